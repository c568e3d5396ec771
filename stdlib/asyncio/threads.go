package asyncio

// This file defines to_thread.

import "aio/interp"

var threadsModule = &submodule{
	name: "threads", doc: "High-level support for working with threads in asyncio.",
	async: []interp.AsyncBuiltin{{
		Sig:  "to_thread(func, /, *args, **kwargs)",
		Doc:  "Asynchronously run function *func* in a separate thread.\n\nAny *args and **kwargs supplied for this function are directly passed to *func*. The current context is\npropagated. Return a coroutine that can be awaited to get the eventual result of *func*.",
		Wait: toThread,
	}},
}

func toThread(_ *interp.Thread, a []interp.Value) interp.NativeStep {
	fn, star, kwargs := a[0], a[1], a[2]
	b := &body{}
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		l, err := runningEventLoop(th)
		if err != nil {
			return fail(err)
		}
		args, names, err := th.SpreadArgs(fn, star, kwargs)
		if err != nil {
			return fail(err)
		}
		if !loopDataOf(l).executor.IsUnbound() {
			return b.awaitCustom(th, l, fn, star, kwargs)
		}
		f, err := runInDefault(th, l, th.CopyContext(), fn, args, names)
		if err != nil {
			return fail(err)
		}
		return b.await(f.Value(), finish)
	}
	return b.step
}

// awaitCustom awaits a call in the executor that a script made the default one.
func (b *body) awaitCustom(th *interp.Thread, l *interp.EventLoop, fn, star, kwargs interp.Value) (interp.Value, interp.NativeResult, *interp.Exc) {
	ctx := th.CopyContext()
	call := interp.NewBuiltin(&interp.Builtin{Sig: "_call()", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		args, names, err := th.SpreadArgs(fn, star, kwargs)
		if err != nil {
			return interp.Value{}, err
		}
		return th.RunIn(ctx, fn, args, names)
	}}, "asyncio.threads")
	f, err := runInExecutor(th, []interp.Value{l.Value(), interp.None, call, interp.MkTuple(nil)})
	if err != nil {
		return fail(err)
	}
	return b.await(f, finish)
}
