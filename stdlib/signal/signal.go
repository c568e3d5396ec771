// Package signal is the module signal: what a program does when the system sends it a signal. Handlers run in
// the main thread.
//
//	signal, getsignal, raise_signal, default_int_handler    handlers
//	Signals, Handlers, strsignal, valid_signals, NSIG       numbers and names
//	alarm, setitimer, getitimer, pause, pthread_kill        timers and waiting
package signal

import (
	_ "embed"
	"os"
	"os/signal"
	"syscall"

	"aio/interp"
)

//go:embed signal.aio
var source string

// Module is the module signal.
var Module = &interp.ModuleDef{
	Name: "signal",
	Doc:  "This module provides mechanisms to use signal handlers in Python.",
	Funcs: []interp.Builtin{
		{Sig: "default_int_handler(signalnum, frame, /)", Doc: "The default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt.", Fn: defaultIntHandler},
		{Sig: "raise_signal(signalnum, /)", Doc: "Send a signal to the executing process.", Fn: raiseSignal},
		{Sig: "alarm(seconds, /)", Doc: "Arrange for SIGALRM to arrive after the given number of seconds.", Fn: alarm},
		{Sig: "setitimer(which, seconds, interval=0.0, /)", Doc: "Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).\n\nThe timer will fire after value seconds and after that every interval seconds.\nThe itimer can be cleared by setting seconds to zero.\n\nReturns old values as a tuple: (delay, interval).", Fn: setITimer},
		{Sig: "getitimer(which, /)", Doc: "Returns current value of given itimer.", Fn: getITimer},
		{Sig: "pause()", Doc: "Wait until a signal arrives.", Fn: pause},
		{Sig: "pthread_kill(thread_id, signalnum, /)", Doc: "Send a signal to a thread.", Fn: threadKill},
		{Sig: "_set(signalnum, handler, /)", Doc: "Set the action of a signal: SIG_DFL, SIG_IGN or a function; return the previous one.", Fn: set},
		{Sig: "_get(signalnum, /)", Doc: "Return the action of a signal.", Fn: get},
		{Sig: "_name(signalnum, /)", Doc: "Return the system's words for a signal.", Fn: describe},
	},
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		numbers := interp.NewDict()
		for _, s := range names {
			numbers.SetName(s.name, interp.MkInt(int64(s.n)))
		}
		m.Set("_numbers", numbers.Value())
		m.Set("NSIG", interp.MkInt(signalCount))
		m.Set("ItimerError", itimerError.Value())
		for i, name := range []string{"ITIMER_REAL", "ITIMER_VIRTUAL", "ITIMER_PROF"} {
			m.Set(name, interp.MkInt(int64(i)))
		}
		f, _ := m.Get("default_int_handler")
		stateOf(th).interrupt = f
		return nil
	},
	Source: source,
}

// signalCount is one more than the last signal number.
const signalCount = 65

// The actions that are no functions: SIG_DFL and SIG_IGN.
const (
	actionDefault = iota
	actionIgnore
)

var itimerError = interp.NewLibraryException("signal", "itimer_error", interp.OSError)

// state is what the program has said about signals.
type state struct {
	actions   map[int]interp.Value // by signal; absent: as at the start
	interrupt interp.Value         // default_int_handler
	incoming  chan os.Signal
	timer     realTimer
}

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "signal", func() *state {
		s := &state{actions: map[int]interp.Value{}, incoming: make(chan os.Signal, 16)}
		in := th.Interp()
		go func() {
			for sig := range s.incoming {
				if n, ok := sig.(syscall.Signal); ok {
					in.Signal(int(n))
				}
			}
		}()
		return s
	})
}

// number returns the number of a signal that an argument gives.
func number(th *interp.Thread, v interp.Value) (int, *interp.Exc) {
	n, err := th.IndexInt(v)
	if err == nil && (n < 1 || n >= signalCount) {
		err = interp.ValueErrorf("signal number out of range")
	}
	return n, err
}

// action returns the action of a signal.
func (s *state) action(n int) interp.Value {
	v, ok := s.actions[n]
	switch {
	case ok:
		return v
	case n == int(syscall.SIGINT):
		return s.interrupt
	case signal.Ignored(syscall.Signal(n)) || ignoredAtStart[n]:
		return interp.MkInt(actionIgnore)
	}
	return interp.MkInt(actionDefault)
}

func get(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := number(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return stateOf(th).action(n), nil
}

func set(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if _, err := th.IndexInt(a[0]); err != nil {
		return interp.Value{}, err
	}
	kind, isKind := interp.AsInt(a[1])
	if isKind && kind != actionDefault && kind != actionIgnore || !isKind && !interp.IsCallable(a[1]) {
		return interp.Value{}, interp.TypeErrorf("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
	}
	if th != th.Interp().Main() {
		return interp.Value{}, interp.ValueErrorf("signal only works in main thread of the main interpreter")
	}
	n, err := number(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if cannotHandle[n] {
		return interp.Value{}, interp.OSErrorOf(syscall.EINVAL, "")
	}
	if err := th.PollSignals(); err != nil { // by the handler that there was when they came
		return interp.Value{}, err
	}
	s := stateOf(th)
	previous := s.action(n)
	s.actions[n] = a[1]
	if n == alarmSignal {
		s.timer.setAction(kind, isKind)
	}
	switch {
	case isKind && kind == actionDefault:
		th.Interp().HandleSignal(n, nil)
		signal.Reset(syscall.Signal(n))
	case isKind:
		th.Interp().HandleSignal(n, nil)
		signal.Ignore(syscall.Signal(n))
	default:
		s.handle(th.Interp(), n, a[1])
		signal.Notify(s.incoming, syscall.Signal(n))
	}
	return previous, nil
}

// handle makes a signal call a function of the script.
func (s *state) handle(in *interp.Interp, n int, fn interp.Value) {
	if n == int(syscall.SIGINT) && interp.Is(fn, s.interrupt) {
		in.RestoreInterrupt()
		return
	}
	in.HandleSignal(n, func(th *interp.Thread) *interp.Exc {
		frame := interp.None
		if f := th.CurrentFrame(0); f != nil {
			frame = f.Value()
		}
		_, err := th.Call(fn, interp.MkInt(int64(n)), frame)
		return err
	})
}

func defaultIntHandler(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.Value{}, interp.NewExc(interp.KeyboardInterrupt)
}

func raiseSignal(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 || n >= signalCount {
		return interp.Value{}, interp.OSErrorOf(syscall.EINVAL, "")
	}
	deliver(th.Interp(), stateOf(th), n)
	return interp.None, th.PollSignals()
}

func threadKill(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if _, err := th.IndexInt(a[0]); err != nil {
		return interp.Value{}, err
	}
	n, err := number(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	deliver(th.Interp(), stateOf(th), n)
	return interp.None, th.PollSignals()
}

// deliver lets a signal have its effect without the way through the system.
func deliver(in *interp.Interp, s *state, n int) {
	kind, isKind := interp.AsInt(s.action(max(n, 1)))
	act(in, n, kind, isKind)
}

// act does what the action of a signal is: kind, or the script's handler.
func act(in *interp.Interp, n int, kind int64, isKind bool) {
	switch {
	case n == 0 || isKind && (kind == actionIgnore || harmless[n]):
	case isKind:
		endBy(n)
	default:
		in.Signal(n)
	}
}

func pause(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	return interp.None, th.WaitSignal()
}

func describe(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := number(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if text := texts[n]; text != "" {
		return interp.MkStr(text), nil
	}
	return interp.None, nil
}
