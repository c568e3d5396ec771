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
	tripped       atomic.Uint64             // bit n-1 for signal n
	loop          atomic.Pointer[loop.Loop] // that the main thread runs, to be woken
	handlers      map[int]SignalHandler     // what HandleSignal was given
	interrupt     SignalHandler             // what OnInterrupt was given; nil: raise KeyboardInterrupt
	uninterrupted bool                      // interrupts have no effect
	quit          SignalHandler             // what OnQuit was given
}

const (
	maxSignal       = 64 // the last there can be
	interruptSignal = int(syscall.SIGINT)
	quitSignal      = int(syscall.SIGQUIT)
)

// Interrupt makes the program notice an interrupt: running code at its next backward jump, a sleep or an
// event loop at once. It can be called from any goroutine.
func (in *Interp) Interrupt() { in.Signal(interruptSignal) }

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

// OnInterrupt makes f handle interrupts in place of raising KeyboardInterrupt, as long as HandleSignal was not called
// for them, and returns what puts the previous handling back. f runs in the main thread.
func (in *Interp) OnInterrupt(f SignalHandler) (restore func()) {
	previous := in.signals.interrupt
	in.signals.interrupt = f
	return func() { in.signals.interrupt = previous }
}

// OnQuit makes f, which runs in the main thread, answer the quit signal (Ctrl-\ in a terminal) as long as
// HandleSignal was not called for it. It is no handler that a waiting program could hope for.
func (in *Interp) OnQuit(f SignalHandler) { in.signals.quit = f }

// HandleSignal makes f handle a signal in the main thread; nil takes the handler away. That Signal is called when
// the signal comes is the caller's business.
func (in *Interp) HandleSignal(n int, f SignalHandler) {
	s := &in.signals
	if n == interruptSignal {
		s.uninterrupted = f == nil
	}
	if f == nil {
		delete(s.handlers, n)
		return
	}
	if s.handlers == nil {
		s.handlers = map[int]SignalHandler{}
	}
	s.handlers[n] = f
}

// RestoreInterrupt makes interrupts raise KeyboardInterrupt again after HandleSignal was called for them.
func (in *Interp) RestoreInterrupt() {
	delete(in.signals.handlers, interruptSignal)
	in.signals.uninterrupted = false
}

// SignalHandled reports whether something happens at a signal.
func (in *Interp) SignalHandled(n int) bool {
	return in.signals.handlers[n] != nil || n == interruptSignal && !in.signals.uninterrupted
}

// awaitsSignals reports whether a handler of the program may do something that others wait for.
func (in *Interp) awaitsSignals() bool { return len(in.signals.handlers) > 0 }

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
		if err := in.handleSignal(th, n); err != nil {
			if s.tripped.Load() != 0 {
				th.flag.Store(1) // the others are handled soon
			}
			return err
		}
	}
	return nil
}

func (in *Interp) handleSignal(th *Thread, n int) *Exc {
	s := &in.signals
	switch f := s.handlers[n]; {
	case f != nil:
		return f(th)
	case n == quitSignal && s.quit != nil:
		return s.quit(th)
	case n != interruptSignal || s.uninterrupted:
		return nil
	case s.interrupt != nil:
		return s.interrupt(th)
	}
	return NewExc(KeyboardInterrupt)
}
