package sys

// This file defines what sys has for coroutines and async generators.

import (
	"sync"

	"aio/interp"
)

func originDepth(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(int64(th.OriginDepth())), nil
}

func setOriginDepth(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 {
		return interp.Value{}, interp.ValueErrorf("depth must be >= 0")
	}
	th.SetOriginDepth(n)
	return interp.None, nil
}

var asyncGenHooksType = sync.OnceValue(func() *interp.Type {
	return interp.NewStructType("sys", "asyncgen_hooks", "firstiter", "finalizer")
})

func asyncGenHooks(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	firstIter, finalizer := th.AsyncGenHooks()
	return interp.NewStruct(asyncGenHooksType(), firstIter, finalizer), nil
}

func setAsyncGenHooks(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	firstIter, finalizer := th.AsyncGenHooks()
	for i, name := range []string{"firstiter", "finalizer"} {
		hook := a[i]
		switch {
		case hook.IsUnbound():
			continue
		case !hook.IsNone() && !interp.IsCallable(hook):
			return interp.Value{}, interp.TypeErrorf("callable %s expected, got %s", name, interp.TypeName(hook))
		case i == 0:
			firstIter = hook
		default:
			finalizer = hook
		}
	}
	th.SetAsyncGenHooks(firstIter, finalizer)
	return interp.None, nil
}
