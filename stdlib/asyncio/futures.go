package asyncio

// This file defines the modules futures and base_futures, and how futures are chained.

import "aio/interp"

var futuresModule = &submodule{
	name: "futures", doc: "A Future class similar to the one in PEP 3148.",
	funcs: []interp.Builtin{
		{Sig: "wrap_future(future, *, loop=None)", Doc: "Wrap concurrent.futures.Future object.", Fn: wrapFuture},
		{Sig: "isfuture(obj)", Doc: "Return True if obj is a Future.", Fn: isFuture},
		{Sig: "_get_loop(fut)", Doc: "Return the loop of a future.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.FutureLoop(a[0])
		}},
		{Sig: "_chain_future(source, destination)", Doc: "Chain two futures so that when one completes, so does the other.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, chainFutures(th, a[0], a[1])
		}},
		{Sig: "_set_result_unless_cancelled(fut, result)", Doc: "Set the result only if the future was not cancelled.", Fn: setResultUnlessCancelled},
		{Sig: "_copy_future_state(source, dest)", Doc: "Copy the state of a future that is done to another.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, copyState(th, a[0], a[1])
		}},
	},
	public: []string{"Future", "wrap_future", "isfuture"},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		future, _ := interp.FutureTypes()
		for _, name := range []string{"Future", "_PyFuture", "_CFuture"} {
			m.Set(name, future.Value())
		}
		setFutureStates(m)
		return nil
	},
}

var baseFuturesModule = &submodule{
	name: "base_futures", doc: "What futures are made of.", public: []string{},
	funcs: []interp.Builtin{{Sig: "isfuture(obj)", Doc: "Return True if obj is a Future.", Fn: isFuture}},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		setFutureStates(m)
		return nil
	},
}

func setFutureStates(m *interp.Module) {
	for _, s := range []string{"PENDING", "CANCELLED", "FINISHED"} {
		m.Set("_"+s, interp.MkStr(s))
	}
}

func isFuture(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkBool(interp.IsFutureLike(th, a[0])), nil
}

// truthOf calls a method and returns the truth of what it returns.
func truthOf(th *interp.Thread, v interp.Value, method string) (bool, *interp.Exc) {
	r, err := th.CallMethod(v, method)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}

func setResultUnlessCancelled(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if cancelled, err := truthOf(th, a[0], "cancelled"); err != nil || cancelled {
		return interp.None, err
	}
	_, err := th.CallMethod(a[0], "set_result", a[1])
	return interp.None, err
}

// isConcurrent reports whether v is a future of the module concurrent.futures.
func isConcurrent(th *interp.Thread, v interp.Value) (bool, *interp.Exc) {
	m, ok := th.Interp().Modules().GetName("concurrent.futures")
	if !ok {
		return false, nil // it was never imported: nobody has one
	}
	cls, err := th.Attr(m, "Future")
	if err != nil {
		return false, err
	}
	return th.IsInstance(v, cls)
}

func wrapFuture(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if interp.IsFutureLike(th, a[0]) {
		return a[0], nil
	}
	if ok, err := isConcurrent(th, a[0]); err != nil {
		return interp.Value{}, err
	} else if !ok {
		return interp.Value{}, interp.Errorf(interp.AssertionError, "concurrent.futures.Future is expected, got %s", th.ReprOr(a[0]))
	}
	loop := a[1]
	if loop.IsNone() {
		var err *interp.Exc
		if loop, err = th.GetEventLoop(); err != nil {
			return interp.Value{}, err
		}
	}
	f, err := th.CallMethod(loop, "create_future")
	if err != nil {
		return interp.Value{}, err
	}
	return f, chainFutures(th, a[0], f)
}

// loopOf returns the loop of an asyncio future, None for one of concurrent.futures.
func loopOf(th *interp.Thread, f interp.Value, what string) (interp.Value, *interp.Exc) {
	if interp.IsFutureLike(th, f) {
		return th.FutureLoop(f)
	}
	ok, err := isConcurrent(th, f)
	if err == nil && !ok {
		err = interp.TypeErrorf("A future is required for %s argument", what)
	}
	return interp.None, err
}

// chainFutures makes dest get what source gets, and source be cancelled when dest is.
func chainFutures(th *interp.Thread, source, dest interp.Value) *interp.Exc {
	sourceLoop, err := loopOf(th, source, "source")
	if err != nil {
		return err
	}
	destLoop, err := loopOf(th, dest, "destination")
	if err != nil {
		return err
	}
	checkCancel := interp.NewBuiltin(&interp.Builtin{Sig: "_call_check_cancel(destination)", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if cancelled, err := truthOf(th, dest, "cancelled"); err != nil || !cancelled {
			return interp.None, err
		}
		if sourceLoop.IsNone() || interp.Is(sourceLoop, destLoop) {
			return th.CallMethod(source, "cancel")
		}
		cancel, err := th.Attr(source, "cancel")
		if err != nil {
			return interp.Value{}, err
		}
		return th.CallMethod(sourceLoop, "call_soon_threadsafe", cancel)
	}}, "asyncio.futures")
	copyNow := interp.NewBuiltin(&interp.Builtin{Sig: "_set_state()", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, copyState(th, source, dest)
	}}, "asyncio.futures")
	setState := interp.NewBuiltin(&interp.Builtin{Sig: "_call_set_state(source)", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if destLoop.IsNone() || interp.Is(destLoop, sourceLoop) {
			return interp.None, copyState(th, source, dest)
		}
		if closed, err := truthOf(th, destLoop, "is_closed"); err != nil || closed {
			return interp.None, err
		}
		return th.CallMethod(destLoop, "call_soon_threadsafe", copyNow)
	}}, "asyncio.futures")
	if _, err := th.CallMethod(dest, "add_done_callback", checkCancel); err != nil {
		return err
	}
	_, err = th.CallMethod(source, "add_done_callback", setState)
	return err
}

// copyState gives dest what source, which is done, got.
func copyState(th *interp.Thread, source, dest interp.Value) *interp.Exc {
	cancelled, err := truthOf(th, source, "cancelled")
	if err != nil {
		return err
	}
	if !interp.IsFutureLike(th, dest) {
		return copyToConcurrent(th, source, dest, cancelled)
	}
	if gone, err := truthOf(th, dest, "cancelled"); err != nil || gone {
		return err
	}
	if cancelled {
		_, err := th.CallMethod(dest, "cancel")
		return err
	}
	return copyOutcome(th, source, dest)
}

func copyToConcurrent(th *interp.Thread, source, dest interp.Value, cancelled bool) *interp.Exc {
	if cancelled {
		if _, err := th.CallMethod(dest, "cancel"); err != nil {
			return err
		}
	}
	if running, err := truthOf(th, dest, "set_running_or_notify_cancel"); err != nil || !running {
		return err
	}
	return copyOutcome(th, source, dest)
}

// copyOutcome sets the exception or the result of dest to that of source.
func copyOutcome(th *interp.Thread, source, dest interp.Value) *interp.Exc {
	e, err := th.CallMethod(source, "exception")
	if err != nil {
		return err
	}
	if !e.IsNone() {
		_, err = th.CallMethod(dest, "set_exception", convertException(th, e))
		return err
	}
	r, err := th.CallMethod(source, "result")
	if err != nil {
		return err
	}
	_, err = th.CallMethod(dest, "set_result", r)
	return err
}

// convertException turns exceptions of concurrent.futures into those of asyncio.
func convertException(th *interp.Thread, v interp.Value) interp.Value {
	e, ok := interp.AsExc(v)
	if !ok || e.Type().Module != "concurrent.futures._base" {
		return v
	}
	switch e.Type().Name {
	case "CancelledError":
		return interp.NewExc(interp.CancelledError(), e.Args()...).Value()
	case "InvalidStateError":
		return interp.NewExc(interp.InvalidStateError(), e.Args()...).Value()
	}
	return v
}

// failConcurrent gives a future of concurrent.futures an exception, unless it was cancelled.
func failConcurrent(th *interp.Thread, future interp.Value, e *interp.Exc) *interp.Exc {
	if running, err := truthOf(th, future, "set_running_or_notify_cancel"); err != nil || !running {
		return err
	}
	_, err := th.CallMethod(future, "set_exception", e.Value())
	return err
}
