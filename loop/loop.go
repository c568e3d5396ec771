// This file defines Loop and its turn, the only place where the order of callbacks is decided.

// Package loop is the event loop under asyncio: it decides what runs next, and when. It knows no
// value of the language; what it runs is a Runner.
//
//	Loop              the ready queue, the timers, the inbox, and the turns over them
//	Runner            one queued callback
//	Timer             a callback due at a time, embedded in the structure that waits for it
//	Completion        an operation outside the loop whose result is promised
//	Clock             RealClock, or VirtualClock, which jumps instead of waiting
//	Tracer            hooks that see every decision of the loop
//	State             why a run of turns ended
//
// A Loop belongs to one goroutine, the loop thread. Only Post, Completion.Done and Interrupt may be
// called from another one; they leave what they bring in the inbox, which the loop thread looks at
// once a turn and before each callback is queued, so that callbacks run in the order they were queued
// in, whoever queued them.
//
// A turn is CPython's BaseEventLoop._run_once: wait if nothing is ready, take in what arrived, queue the
// timers that are due, then run the batch: what is in the ready queue at that moment, and nothing that
// gets queued meanwhile.
package loop

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// A Runner is one queued callback. Run performs one step of it on the loop thread and does not wait for
// anything the loop itself would have to deliver.
type Runner interface{ Run() }

// A State says how a turn, or a run of turns, ended.
type State int

const (
	Running     State = iota // the turn was made; there may be more to do
	Stopped                  // the caller's stop condition holds
	Deadlock                 // nothing is ready, no timer is set, no completion is pending: nothing can ever happen
	Interrupted              // Interrupt was called; no callback was lost
	Broken                   // a callback called Break; the rest of its batch is still queued
)

// Forever is the deadline of a wait that only a delivery can end.
const Forever time.Duration = math.MaxInt64

// A Loop is an event loop. Make one with New.
type Loop struct {
	ready  ring[Runner] // callbacks to run, oldest first
	timers timerQueue   // callbacks to queue once their time has come
	clock  Clock

	batch  int    // callbacks of the current batch that are still to run
	broken bool   // Break was called during the current batch
	turns  uint64 // turns begun

	trace *Tracer // nil when nobody looks

	others func() bool // nil: none; see Share
	roused func()

	open      atomic.Int64  // completions promised and not delivered
	attention atomic.Bool   // Invariant: true while the inbox holds something or interrupted is set
	wake      chan struct{} // holds a token when attention rose since the last wait; capacity 1

	mu          sync.Mutex // guards the fields below
	inbox       []delivery // brought by other goroutines, not yet queued
	interrupted bool       // Interrupt was called and no turn has reported it

	spare []delivery // the empty other half of the inbox's double buffer; loop thread only
}

// New returns a loop with nothing to do, which takes its time from clock.
func New(clock Clock) *Loop {
	return &Loop{clock: clock, wake: make(chan struct{}, 1)}
}

// Clock returns the clock the loop was made with.
func (l *Loop) Clock() Clock { return l.clock }

// Time returns the loop's time: monotonic, from a zero of the clock's own.
func (l *Loop) Time() time.Duration { return l.clock.Now() }

// SetTracer installs hooks, or removes them when t is nil.
func (l *Loop) SetTracer(t *Tracer) { l.trace = t }

// Share tells the loop of other threads of the program. others reports whether they may bring something:
// then the loop waits for it instead of reporting a deadlock. roused is called, from any goroutine, when
// something was brought from outside, besides the token for Clock.Wait.
func (l *Loop) Share(others func() bool, roused func()) { l.others, l.roused = others, roused }

// Promised reports whether a completion is open.
func (l *Loop) Promised() bool { return l.open.Load() > 0 }

// Ready queues r behind everything queued so far. The usual case is kept free of calls that return here.
func (l *Loop) Ready(r Runner) {
	q := &l.ready
	slots, n := q.slots, q.n
	if n == len(slots) || l.trace != nil || l.attention.Load() {
		l.readySlowly(r)
		return
	}
	slots[(q.head+n)&(len(slots)-1)] = r
	q.n = n + 1
}

func (l *Loop) readySlowly(r Runner) {
	if l.attention.Load() {
		l.collect()
	}
	l.ready.push(r)
	if l.trace != nil {
		l.trace.ready(r)
	}
}

// ReadyLen returns the number of callbacks queued and not yet started.
func (l *Loop) ReadyLen() int { return l.ready.n }

// Turns returns the number of turns begun since the loop was made.
func (l *Loop) Turns() uint64 { return l.turns }

// Break, called by a running callback, ends the turn when that callback returns; what is left of the
// batch stays queued and the turn's state is Broken. It is how SystemExit and KeyboardInterrupt leave
// the loop from within a callback.
func (l *Loop) Break() {
	l.batch = 0
	l.broken = true
}

// RunOnce makes one turn, waiting first if nothing is ready. It returns Running, or the reason why the turn
// was not made (Deadlock, Interrupted) or cut short (Broken).
func (l *Loop) RunOnce() State { return l.turn(false) }

// RunUntil makes turns until stop returns true, which it is asked once after each turn, or until a turn
// has another end than Running. At least one turn is made; when stop holds before it, that turn does not
// wait.
func (l *Loop) RunUntil(stop func() bool) State {
	for poll := stop(); ; poll = false {
		if s := l.turn(poll); s != Running {
			return s
		}
		if stop() {
			return Stopped
		}
	}
}

// turn is one iteration of the loop. With poll it does not wait, whatever there is to wait for.
func (l *Loop) turn(poll bool) State {
	if l.ready.n == 0 && !poll && !l.wait() {
		return Deadlock
	}
	if l.attention.Load() {
		if l.takeInterrupt() {
			return Interrupted
		}
		l.collect()
	}
	if l.timers.len() > 0 {
		l.fireDue()
	}
	return l.runBatch()
}

// wait blocks until a timer is due or something lies in the inbox. It returns false, at once, when
// neither can happen.
func (l *Loop) wait() bool {
	for !l.attention.Load() {
		until := l.nextDeadline()
		promised := l.open.Load() > 0
		if !promised && l.attention.Load() {
			break // the last completion was delivered just now
		}
		if until == Forever && !promised && (l.others == nil || !l.others()) {
			return false
		}
		if until <= l.clock.Now() {
			break
		}
		if promised && l.clock.Jumps() {
			until = Forever // the result belongs before any later time, however long it takes
		}
		if l.trace != nil {
			l.trace.wait(until)
		}
		// The token may be left over from a delivery that was collected without waiting: look again.
		l.clock.Wait(until, l.wake)
	}
	return true
}

// fireDue queues the timers whose time has come. The time is read once, so a timer that becomes due
// meanwhile belongs to the next turn.
func (l *Loop) fireDue() {
	now := l.clock.Now()
	for {
		first := l.timers.min()
		if first == nil || first.when > now {
			return
		}
		t := l.timers.pop(first)
		if t == nil {
			continue // was cancelled
		}
		r := t.R
		t.R = nil
		l.ready.push(r)
		if l.trace != nil {
			l.trace.timerFired(t, r)
		}
	}
}

// runBatch runs what is ready now. The count lives in the loop so that Break can end it without the batch
// paying for a check, and so that a turn made by a callback of this very loop leaves it consistent.
func (l *Loop) runBatch() State {
	outer := l.batch
	l.batch = l.ready.n
	l.turns++
	if l.trace != nil {
		l.trace.turnBegin(l.turns, l.batch)
	}
	for l.batch > 0 && l.ready.n > 0 {
		l.batch--
		r := l.ready.pop()
		if l.trace != nil {
			l.trace.run(r)
			continue
		}
		r.Run()
	}
	if l.trace != nil {
		l.trace.turnEnd(l.turns)
	}
	l.batch = outer
	if l.broken {
		l.broken = false
		return Broken
	}
	return Running
}
