package sys

// This file defines unraisablehook, which gets the exceptions that have nowhere to go.

import (
	"sync"

	"aio/interp"
)

// hookArgs is the type of what unraisablehook is called with.
var hookArgs = sync.OnceValue(func() *interp.Type {
	return interp.NewStructType("sys", "UnraisableHookArgs", "exc_type", "exc_value", "exc_traceback", "err_msg", "object")
})

// reportUnraisable gives an exception to m's unraisablehook, which may have been replaced.
func reportUnraisable(m *interp.Module) func(th *interp.Thread, e *interp.Exc, message, about interp.Value) {
	return func(th *interp.Thread, e *interp.Exc, message, about interp.Value) {
		hook, ok := m.Get("unraisablehook")
		if !ok || hook.IsNone() {
			th.PrintUnraisable(e, message, about)
			return
		}
		args := interp.NewStruct(hookArgs(), e.Type().Value(), e.Value(), e.Traceback(), message, about)
		if _, err := th.Call(hook, args); err != nil {
			th.PrintUnraisable(err, interp.MkStr("Exception ignored in sys.unraisablehook"), hook)
		}
	}
}

func unraisableHook(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, ok := interp.AsTuple(a[0])
	if !ok || interp.TypeOf(a[0]) != hookArgs() {
		return interp.Value{}, interp.TypeErrorf("sys.unraisablehook argument type must be UnraisableHookArgs")
	}
	args := t.Items()
	if e, ok := interp.AsExc(args[1]); ok {
		th.PrintUnraisable(e, args[3], args[4])
	}
	return interp.None, nil
}
