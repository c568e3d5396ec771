// Package weakref is the module weakref. A reference here keeps its object: memory is the business of Go's
// collector, which does not say when an object goes, so a reference that died at some moment would make
// programs behave differently from run to run. Callbacks are therefore never called, except that finalize
// runs its function when the program ends.
//
//	ref, proxy, getweakrefcount, getweakrefs, WeakMethod, finalize
//	WeakSet, WeakKeyDictionary, WeakValueDictionary
package weakref

import (
	_ "embed"

	"aio/interp"
)

//go:embed weakref.aio
var source string

// Module is the module weakref.
var Module = &interp.ModuleDef{
	Name: "weakref",
	Doc:  "Weak reference support for Python.",
	Funcs: []interp.Builtin{
		{Sig: "_check(object, /)", Doc: "Raise TypeError unless the object can be referenced weakly.", Fn: check},
		{Sig: "_at_exit(func, /)", Doc: "Call func when the program ends.", Fn: atExit},
	},
	Source: source,
}

func check(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !interp.TypeOf(a[0]).HasWeakRefs() {
		return interp.Value{}, interp.TypeErrorf("cannot create weak reference to '%s' object", interp.TypeName(a[0]))
	}
	return interp.None, nil
}

func atExit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fn := a[0]
	th.Interp().AtExit(func(th *interp.Thread) {
		if _, err := th.Call(fn); err != nil {
			th.ReportUncaught(err)
		}
	})
	return interp.None, nil
}
