// Package atexit is the module atexit: functions that run when the program ends.
//
//	register, unregister, _clear, _run_exitfuncs, _ncallbacks
package atexit

import (
	"slices"

	"aio/interp"
)

// Module is the module atexit.
var Module = &interp.ModuleDef{
	Name: "atexit",
	Doc:  "allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n",
	Funcs: []interp.Builtin{
		{Sig: "register(func, /, *args, **kwargs)", Doc: "Register a function to be executed upon normal program termination\n\n    func - function to be called at exit\n    args - optional arguments to pass to func\n    kwargs - optional keyword arguments to pass to func\n\n    func is returned to facilitate usage as a decorator.", Fn: register},
		{Sig: "unregister(func, /)", Doc: "Unregister an exit function which was previously registered using\natexit.register\n\n    func - function to be unregistered", Fn: unregister},
		{Sig: "_clear()", Doc: "Clear the list of previously registered exit functions.", Fn: clearAll},
		{Sig: "_run_exitfuncs()", Doc: "Run all registered exit functions.", Fn: runAll},
		{Sig: "_ncallbacks()", Doc: "Return the number of registered exit functions.", Fn: count},
	},
}

// state is the registered functions, the last registered at the end.
type state struct{ list []*callback }

// callback is a registered function; fn is unbound when it has run or was unregistered.
type callback struct {
	fn, args, kwargs interp.Value
}

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "atexit", func() *state { return &state{} })
}

func register(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsCallable(a[0]) {
		return interp.Value{}, interp.TypeErrorf("the first argument must be callable")
	}
	c := &callback{a[0], a[1], a[2]}
	s := stateOf(th)
	s.list = append(s.list, c)
	th.Interp().AtExit(c.run)
	return a[0], nil
}

// run calls the function once, and reports what it raises.
func (c *callback) run(th *interp.Thread) {
	fn := c.fn
	if fn.IsUnbound() {
		return
	}
	c.fn = interp.Value{}
	args, names, err := th.SpreadArgs(fn, c.args, c.kwargs)
	if err == nil {
		_, err = th.CallArgs(fn, args, names)
	}
	if err != nil {
		th.Unraisable(err, "Exception ignored in atexit callback", fn)
	}
}

func unregister(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	for _, c := range stateOf(th).live() {
		same, err := th.Equal(c.fn, a[0])
		if err != nil {
			return interp.Value{}, err
		}
		if same {
			c.fn = interp.Value{}
		}
	}
	return interp.None, nil
}

// live returns the functions that have not run, and forgets the others.
func (s *state) live() []*callback {
	s.list = slices.DeleteFunc(s.list, func(c *callback) bool { return c.fn.IsUnbound() })
	return slices.Clone(s.list)
}

func clearAll(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	for _, c := range stateOf(th).live() {
		c.fn = interp.Value{}
	}
	return interp.None, nil
}

func runAll(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	for _, c := range slices.Backward(stateOf(th).live()) {
		c.run(th)
	}
	return interp.None, nil
}

func count(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(int64(len(stateOf(th).live()))), nil
}
