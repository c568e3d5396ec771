package asyncio

// This file defines add_signal_handler and remove_signal_handler: callbacks of a loop for signals.

import (
	"fmt"

	"aio/interp"
)

var signalMethods = []interp.Builtin{
	{Sig: "add_signal_handler(sig, callback, *args)", Doc: "Add a handler for a signal.  UNIX only.\n\nRaise ValueError if the signal number is invalid or uncatchable.\nRaise RuntimeError if there is a problem setting up the handler.", Fn: addSignalHandler},
	{Sig: "remove_signal_handler(sig)", Doc: "Remove a handler for a signal.  UNIX only.\n\nReturn True if a signal handler was removed, False if not.", Fn: removeSignalHandler},
}

// signalName names what stands for the handler in signal.getsignal().
const signalName = "_sighandler_noop"

func addSignalHandler(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, _ := interp.AsEventLoop(a[0])
	callback := a[2]
	if interp.IsCoroutine(callback) || th.IsCoroutineFunction(callback) {
		return interp.Value{}, interp.TypeErrorf("coroutines cannot be used with add_signal_handler()")
	}
	n, err := signalNumber(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	if err := l.CheckOpen(); err != nil {
		return interp.Value{}, err
	}
	args, _ := interp.AsTuple(a[3])
	context := th.CopyContext()
	handler := interp.NewBuiltin(&interp.Builtin{Sig: signalName + "(signum, frame)", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		fn, err := th.Attr(l.Value(), "call_soon_threadsafe")
		if err == nil {
			_, err = th.CallArgs(fn, append(append([]interp.Value{callback}, args.Items()...), context.Value()), []*interp.Str{interp.Intern("context")})
		}
		return interp.None, err
	}}, "asyncio.unix_events")
	if err := setSignal(th, n, handler); err != nil {
		return interp.Value{}, signalError(th, err, n)
	}
	d := loopDataOf(l)
	if d.signals == nil {
		d.signals = map[int64]bool{}
	}
	d.signals[n] = true
	return interp.None, nil
}

// signalError is what add_signal_handler makes of an error of signal.signal.
func signalError(th *interp.Thread, err *interp.Exc, n int64) *interp.Exc {
	switch {
	case err.Is(interp.ValueError):
		text, serr := th.Str(err.Value())
		if serr != nil {
			return serr
		}
		return interp.RuntimeErrorf("%s", text)
	case err.Is(interp.OSError):
		return interp.RuntimeErrorf("sig %d cannot be caught", n)
	}
	return err
}

// signalNumber checks a signal.
func signalNumber(th *interp.Thread, v interp.Value) (int64, *interp.Exc) {
	n, big, ok := interp.IntOf(v)
	if !ok || big != nil {
		text, err := th.Repr(v)
		if err == nil {
			err = interp.TypeErrorf("sig must be an int, not %s", text)
		}
		return 0, err
	}
	m, err := th.Import("signal")
	if err != nil {
		return 0, err
	}
	valid, err := th.CallMethod(m, "valid_signals")
	if err != nil {
		return 0, err
	}
	known, err := th.Contains(valid, v)
	if err == nil && !known {
		err = interp.ValueErrorf("invalid signal number %s", th.ReprOr(v))
	}
	return n, err
}

func setSignal(th *interp.Thread, n int64, action interp.Value) *interp.Exc {
	m, err := th.Import("signal")
	if err == nil {
		_, err = th.CallMethod(m, "signal", interp.MkInt(n), action)
	}
	return err
}

func removeSignalHandler(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, _ := interp.AsEventLoop(a[0])
	n, err := signalNumber(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	d := loopDataOf(l)
	if !d.signals[n] {
		return interp.False, nil
	}
	return interp.True, d.removeSignal(th, n)
}

// removeSignal gives a signal the action that it has in a program that does not ask for it.
func (d *loopData) removeSignal(th *interp.Thread, n int64) *interp.Exc {
	delete(d.signals, n)
	m, err := th.Import("signal")
	if err != nil {
		return err
	}
	action := interp.MkInt(0)
	if n == interruptSignal {
		if action, err = th.Attr(m, "default_int_handler"); err != nil {
			return err
		}
	}
	return setSignal(th, n, action)
}

// interruptSignal is SIGINT.
const interruptSignal = 2

// removeSignals removes the handlers that are left when the loop is closed.
func (d *loopData) removeSignals(th *interp.Thread) {
	for n := range d.signals {
		if err := d.removeSignal(th, n); err != nil {
			th.Unraisable(err, fmt.Sprintf("Exception ignored while the handler of signal %d was removed", n), interp.None)
		}
	}
}
