package interp

// This file defines gil, the interpreter lock: which of the threads of script code runs. Each thread is a
// goroutine, but only one at a time has the turn; the others wait in a queue, first come first served, or
// are parked until something wakes them. So a program with threads does the same in every run, as long as
// no thread computes for longer than a slice.

import (
	"slices"
	"sync"
	"time"

	"aio/loop"
)

// timeSlice is how long a thread may compute while others want the turn.
const timeSlice = 5 * time.Millisecond

// gil is the interpreter lock.
//
// Invariant: while several is false there is one thread, the main one, which has the turn.
type gil struct {
	clock loop.Clock

	mu      sync.Mutex
	running *Thread   // has the turn; nil while all are parked or outside
	ready   []*Thread // want it
	parked  []*Thread // wait to be woken, in the order in which they began to
	outside int       // threads in Blocking
	timer   *time.Timer

	several bool      // read by the thread with the turn only, as is the next field
	threads []*Thread // that were started and have not ended

	shutdown []func(th *Thread) *Exc // what AtShutdown was given
}

// place is what the gil knows of one thread.
type place struct {
	resume  chan struct{} // receives a token when the thread has the turn
	parked  bool
	woken   bool          // unpark was called since the last park began
	until   time.Duration // when parked: the time at which it wakes by itself, or loop.Forever
	promise bool          // when parked: something outside will wake it
	stuck   bool          // nothing will ever wake any thread: park has given up
}

// park gives the turn up until unpark is called or the clock has reached until. It may return early. promise
// says that something outside the program's threads will call unpark. It returns false when nothing
// ever will: all threads wait, for ever.
func (th *Thread) park(until time.Duration, promise bool) bool {
	g := &th.in.gil
	p := &th.place
	g.mu.Lock()
	if p.woken {
		p.woken = false
		g.mu.Unlock()
		return true
	}
	p.parked, p.until, p.promise, p.stuck = true, until, promise, false
	g.parked = append(g.parked, th)
	g.running = nil
	g.next()
	g.mu.Unlock()
	if until == loop.Forever || g.clock.Jumps() {
		<-p.resume
	} else {
		th.sleepParked(until)
	}
	return !p.stuck
}

// sleepParked waits for the turn under a clock that does not jump.
func (th *Thread) sleepParked(until time.Duration) {
	g := &th.in.gil
	timer := time.NewTimer(until - g.clock.Now())
	select {
	case <-th.place.resume:
		timer.Stop()
		return
	case <-timer.C:
	}
	g.mu.Lock()
	g.wake(th)
	g.mu.Unlock()
	<-th.place.resume
}

// unpark wakes a parked thread; if it is not parked, its next park returns at once. It can be called
// from any goroutine.
func (th *Thread) unpark() {
	g := &th.in.gil
	g.mu.Lock()
	defer g.mu.Unlock()
	if !th.place.parked {
		th.place.woken = true
		return
	}
	g.wake(th)
}

// wake makes a parked thread want the turn. The caller holds g.mu.
func (g *gil) wake(th *Thread) {
	if th.place.parked {
		g.remove(th)
		g.enter(th)
	}
}

// remove takes a thread out of the parked ones.
func (g *gil) remove(th *Thread) {
	th.place.parked = false
	i := slices.Index(g.parked, th)
	g.parked = slices.Delete(g.parked, i, i+1)
}

// enter makes th want the turn. The caller holds g.mu.
func (g *gil) enter(th *Thread) {
	g.ready = append(g.ready, th)
	if g.running == nil {
		g.next()
	} else if g.timer == nil {
		g.timer = time.AfterFunc(timeSlice, g.sliceOver)
	}
}

// sliceOver asks the running thread to give others the turn.
func (g *gil) sliceOver() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.timer = nil
	if len(g.ready) > 0 && g.running != nil {
		g.running.flag.Store(1)
		g.timer = time.AfterFunc(timeSlice, g.sliceOver)
	}
}

// next gives the turn, which nobody has, to the thread that has wanted it longest. When all wait, a clock
// that jumps is moved to the earliest time that one waits for. The caller holds g.mu.
func (g *gil) next() {
	if len(g.ready) == 0 && g.outside == 0 {
		g.idle()
	}
	if len(g.ready) == 0 {
		return
	}
	th := g.ready[0]
	g.ready[0] = nil
	g.ready = g.ready[1:]
	g.running = th
	th.place.resume <- struct{}{}
}

// idle is called when every thread is parked: it wakes those that wait for the earliest time if the clock
// jumps, and the main thread if nothing can happen any more.
func (g *gil) idle() {
	first, promised := loop.Forever, false
	for _, th := range g.parked {
		promised = promised || th.place.promise
		first = min(first, th.place.until)
	}
	switch {
	case first == loop.Forever && !promised:
		for _, th := range g.parked {
			if th == th.in.main {
				th.place.stuck = true
				g.remove(th)
				g.ready = append(g.ready, th)
				return
			}
		}
	case first != loop.Forever && !promised && g.clock.Jumps():
		g.clock.Wait(first, nil)
		for _, th := range slices.Clone(g.parked) {
			if th.place.until == first {
				g.remove(th)
				g.ready = append(g.ready, th)
			}
		}
	}
}

// Blocking runs f, which waits for something outside, while other threads run. f must not touch values
// of the language.
func (th *Thread) Blocking(f func()) {
	g := &th.in.gil
	if !g.several {
		f()
		return
	}
	g.mu.Lock()
	g.outside++
	g.running = nil
	g.next()
	g.mu.Unlock()
	f()
	g.mu.Lock()
	g.outside--
	g.enter(th)
	g.mu.Unlock()
	<-th.place.resume
}

// Yield gives the turn to the threads that want it.
func (th *Thread) Yield() {
	g := &th.in.gil
	if !g.several {
		return
	}
	g.mu.Lock()
	if len(g.ready) == 0 {
		g.mu.Unlock()
		return
	}
	g.ready = append(g.ready, th)
	g.next()
	g.mu.Unlock()
	<-th.place.resume
}
