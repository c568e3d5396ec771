package interp

// This file defines how signals, such as the interrupt of Ctrl-C in a terminal, reach the program.

import (
	"math/bits"
	"sync/atomic"
	"syscall"

	"aio/loop"
)

// SignalHandler is what a program wants to happen at a signal. What it returns is raised in the main thread.
type SignalHandler func(th *Thread) *Exc

// signalState is what has come in from outside and was not handled yet, and how the program handles it.
type signalState struct {
	tripped   atomic.Uint64             // bit n-1 for signal n
	loop      atomic.Pointer[loop.Loop] // that the main thread runs, to be woken
	handlers  map[int]SignalHandler
	interrupt SignalHandler // what DefaultInterrupt calls; nil: it raises KeyboardInterrupt
}

// maxSignal is the number of the last signal there can be.
const maxSignal = 64

// Interrupt makes the program notice an interrupt: running code at its next backward jump, a sleep or an
// event loop at once. It can be called from any goroutine.
func (in *Interp) Interrupt() { in.Signal(int(syscall.SIGINT)) }

// Signal is Interrupt for any signal. One that has no handler has no effect.
func (in *Interp) Signal(n int) {
	if n < 1 || n > maxSignal {
		return
	}
	in.signals.tripped.Or(1 << (n - 1))
	in.main.flag.Store(1)
	in.Wake()
	if l := in.signals.loop.Load(); l != nil {
		l.Interrupt()
	}
}

// DefaultInterrupt is the handler of interrupts at first: it raises KeyboardInterrupt, or calls what OnInterrupt was
// given.
func DefaultInterrupt(th *Thread) *Exc {
	if f := th.in.signals.interrupt; f != nil {
		return f(th)
	}
	return NewExc(KeyboardInterrupt)
}

// OnInterrupt makes f handle interrupts in place of raising KeyboardInterrupt, as long as their handler is
// DefaultInterrupt, and returns what puts the previous handling back. f runs in the main thread.
func (in *Interp) OnInterrupt(f SignalHandler) (restore func()) {
	previous := in.signals.interrupt
	in.signals.interrupt = f
	return func() { in.signals.interrupt = previous }
}

// HandleSignal makes f handle a signal in the main thread; nil takes the handler away. That Signal is called when
// the signal comes is the caller's business.
func (in *Interp) HandleSignal(n int, f SignalHandler) {
	if f == nil {
		delete(in.signals.handlers, n)
	} else {
		in.signals.handlers[n] = f
	}
}

// SignalHandled reports whether the signal has a handler.
func (in *Interp) SignalHandled(n int) bool { return in.signals.handlers[n] != nil }

// PollSignals handles the signals that have come, if th is the main thread. Errors: what a handler raised.
func (th *Thread) PollSignals() *Exc { return th.in.pollSignals(th) }

// WaitSignal waits until a signal has come, and handles it.
func (th *Thread) WaitSignal() *Exc {
	for th.in.signals.tripped.Load() == 0 {
		th.park(loop.Forever, true)
	}
	return th.in.pollSignals(th)
}

// pollSignals handles the signals that have come, in the order of their numbers.
func (in *Interp) pollSignals(th *Thread) *Exc {
	if th != in.main {
		return nil
	}
	for s := &in.signals; s.tripped.Load() != 0; {
		n := bits.TrailingZeros64(s.tripped.Load()) + 1
		s.tripped.And(^(uint64(1) << (n - 1)))
		f := s.handlers[n]
		if f == nil {
			continue
		}
		if err := f(th); err != nil {
			if s.tripped.Load() != 0 {
				th.flag.Store(1) // the others are handled soon
			}
			return err
		}
	}
	return nil
}
