package interp

// This file defines how threads of script code start, wait for one another, and end.

import (
	"slices"
	"sync/atomic"
	"time"

	"aio/loop"
)

// The size of what a thread besides the main one begins with; it grows.
const (
	threadStack  = 1 << 12 // Values
	threadFrames = 64
)

// threadState is what a Thread is to other threads.
type threadState struct {
	ident   uint64
	name    string
	daemon  bool // the program does not wait for it at its end
	ended   bool
	joiners Waiters // parked until it has ended
	locals  map[*Native]*Dict
}

// StartThread starts a thread that calls run. It begins when the calling thread, or another one, gives
// up the turn.
func (th *Thread) StartThread(name string, daemon bool, run func(th *Thread)) *Thread {
	in := th.in
	t := newThread(in, threadFrames, threadStack)
	t.limit = in.main.limit
	in.nextThread++
	t.threadState = threadState{ident: in.nextThread, name: name, daemon: daemon}
	in.gil.several = true
	in.gil.threads = append(in.gil.threads, t)
	go func() {
		<-t.place.resume
		run(t)
		t.leave()
	}()
	in.gil.mu.Lock()
	in.gil.enter(t)
	in.gil.mu.Unlock()
	return t
}

// leave gives the turn up for good.
func (th *Thread) leave() {
	g := &th.in.gil
	th.ended = true
	th.joiners.WakeAll()
	g.threads = slices.DeleteFunc(g.threads, func(t *Thread) bool { return t == th })
	main := th.in.main
	main.made = append(main.made, th.made...) // coroutines that never ran are reported at the end
	g.mu.Lock()
	g.running = nil
	g.next()
	g.mu.Unlock()
}

// Ident returns the number of the thread, threading.get_ident().
func (th *Thread) Ident() uint64 { return th.ident }

// Name returns the name of the thread.
func (th *Thread) Name() string { return th.name }

// SetName gives the thread a name.
func (th *Thread) SetName(name string) { th.name = name }

// Ended reports whether the thread has ended.
func (th *Thread) Ended() bool { return th.ended }

// Join waits until t has ended, or the clock has reached until, and reports whether t has ended. Errors: as
// of Wait.
func (th *Thread) Join(t *Thread, until time.Duration) (bool, *Exc) {
	return th.Wait(&t.joiners, until, func() bool { return t.ended })
}

// SetDaemon says whether the program waits for the thread at its end.
func (th *Thread) SetDaemon(daemon bool) { th.daemon = daemon }

// AtShutdown makes f run when the program ends, before its threads are waited for; the last given first.
func (in *Interp) AtShutdown(f func(th *Thread) *Exc) { in.gil.shutdown = append(in.gil.shutdown, f) }

// endThreads ends the threads at the end of the program: it calls what was given to AtShutdown and waits
// for those that are no daemons.
func (th *Thread) endThreads() *Exc {
	g := &th.in.gil
	for n := len(g.shutdown); n > 0; n = len(g.shutdown) {
		f := g.shutdown[n-1]
		g.shutdown = g.shutdown[:n-1]
		if err := f(th); err != nil {
			return err
		}
	}
	return th.joinAll()
}

// joinAll waits for the threads that are no daemons, as a program does at its end.
func (th *Thread) joinAll() *Exc {
	for {
		i := slices.IndexFunc(th.in.gil.threads, func(t *Thread) bool { return !t.daemon && t != th })
		if i < 0 {
			return nil
		}
		if _, err := th.Join(th.in.gil.threads[i], loop.Forever); err != nil {
			return err
		}
	}
}

// Threads returns the threads that have not ended, the main one first.
func (in *Interp) Threads() []*Thread { return append([]*Thread{in.main}, in.gil.threads...) }

// Deadline returns the time of the interpreter's clock that is d away, for Wait; a negative d is no limit.
func (in *Interp) Deadline(d time.Duration) time.Duration {
	now := in.cfg.Clock.Now()
	if d < 0 || d > loop.Forever-now {
		return loop.Forever
	}
	return now + d
}

// Wait parks the thread until ready returns true, in a list of waiting threads that whoever makes it
// true unparks. It reports whether ready did; otherwise the clock has reached until. Errors: what a signal
// raised; a deadlock, when nothing will ever wake the thread.
func (th *Thread) Wait(list *Waiters, until time.Duration, ready func() bool) (bool, *Exc) {
	for !ready() {
		if until != loop.Forever && th.in.cfg.Clock.Now() >= until {
			return false, nil
		}
		list.add(th)
		awake := th.park(until, th.in.awaitsSignals())
		list.remove(th)
		if err := th.in.pollSignals(th); err != nil {
			return false, err
		}
		if !awake && !ready() {
			return false, Errorf(deadlockError, "all threads wait for one another").
				WithHint("nothing can ever wake the main thread: a lock is not released, or nothing is put in a queue")
		}
	}
	return true, nil
}

// Waiters is a list of parked threads.
type Waiters struct{ list []*Thread }

func (w *Waiters) add(th *Thread) { w.list = append(w.list, th) }

func (w *Waiters) remove(th *Thread) {
	w.list = slices.DeleteFunc(w.list, func(t *Thread) bool { return t == th })
}

// WakeOne unparks the thread that has waited longest, if there is one, and takes it out of the list.
func (w *Waiters) WakeOne() {
	if len(w.list) > 0 {
		w.list[0].unpark()
		w.list = slices.Delete(w.list, 0, 1)
	}
}

// WakeAll unparks the threads.
func (w *Waiters) WakeAll() {
	for _, t := range w.list {
		t.unpark()
	}
}

// loopClock is the clock of an event loop: while it waits, other threads have the turn.
type loopClock struct {
	loop.Clock
	in     *Interp
	l      *loop.Loop
	waiter atomic.Pointer[Thread] // in Wait
	stuck  bool                   // the last Wait ended because nothing will ever happen
}

// newLoop returns a loop for an EventLoop.
func (in *Interp) newLoop() *loop.Loop {
	c := &loopClock{Clock: in.cfg.Clock, in: in}
	c.l = loop.New(c)
	c.l.Share(c.others, c.roused)
	return c.l
}

// Wait waits as the clock itself does, but lets other threads run.
func (c *loopClock) Wait(until time.Duration, wake <-chan struct{}) {
	g := &c.in.gil
	if !g.several {
		c.Clock.Wait(until, wake)
		return
	}
	th := g.running
	c.waiter.Store(th)
	select {
	case <-wake: // came before roused could see the waiter
	default:
		c.stuck = !th.park(until, c.l.Promised())
	}
	c.waiter.Store(nil)
}

// others reports whether another thread, or a signal, may bring the loop something.
func (c *loopClock) others() bool {
	if c.stuck {
		c.stuck = false
		return false
	}
	return len(c.in.gil.threads) > 0 || c.in.awaitsSignals()
}

// roused ends the wait of the thread that runs the loop. It is called from any goroutine.
func (c *loopClock) roused() {
	if th := c.waiter.Load(); th != nil {
		th.unpark()
	}
}
