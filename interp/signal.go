package interp

// This file defines how an interrupt, Ctrl-C in a terminal, reaches the program.

import (
	"sync/atomic"

	"aio/loop"
)

// signalState is what has come in from outside and was not handled yet.
type signalState struct {
	interrupted atomic.Bool
	loop        atomic.Pointer[loop.Loop] // that the main thread runs, to be woken
	handler     func(th *Thread) *Exc     // nil: raise KeyboardInterrupt
}

// Interrupt makes the program notice an interrupt: running code at its next backward jump, a sleep or an
// event loop at once. It can be called from any goroutine.
func (in *Interp) Interrupt() {
	in.signals.interrupted.Store(true)
	in.main.flag.Store(1)
	in.Wake()
	if l := in.signals.loop.Load(); l != nil {
		l.Interrupt()
	}
}

// OnInterrupt makes f handle interrupts in place of raising KeyboardInterrupt, and returns what puts the
// previous handling back. f runs in the main thread; what it returns is raised there.
func (in *Interp) OnInterrupt(f func(th *Thread) *Exc) (restore func()) {
	previous := in.signals.handler
	in.signals.handler = f
	return func() { in.signals.handler = previous }
}

// pollSignals handles the interrupt that has come, if any: by default with KeyboardInterrupt.
func (in *Interp) pollSignals(th *Thread) *Exc {
	if th != in.main || !in.signals.interrupted.Swap(false) {
		return nil
	}
	if h := in.signals.handler; h != nil {
		return h(th)
	}
	return NewExc(KeyboardInterrupt)
}
