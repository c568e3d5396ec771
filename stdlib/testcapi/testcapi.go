// Package testcapi is the module _testcapi, of which CPython's tests of calls know functions of each calling
// convention of its C API. Here they are built-in functions and methods of each kind of signature.
//
//	meth_varargs, meth_varargs_keywords, meth_o, meth_noargs, meth_fastcall, meth_fastcall_keywords
//	MethInstance, MethClass, MethStatic                       the same as methods
//	pyobject_fastcall, pyobject_fastcalldict, pyobject_vectorcall, pyvectorcall_call
//	MethodDescriptorBase, MethodDescriptorDerived, MethodDescriptorNopGet, MethodDescriptor2
package testcapi

import "aio/interp"

// Module is the module _testcapi.
var Module = &interp.ModuleDef{
	Name: "_testcapi",
	Funcs: append(conventions(module, 0), []interp.Builtin{
		{Sig: "pyobject_fastcall(func, func_args, /)", Fn: fastcall},
		{Sig: "pyobject_fastcalldict(func, func_args, kwargs, /)", Fn: fastcallDict},
		{Sig: "pyobject_vectorcall(func, func_args, kwnames, /)", Fn: vectorcall},
		{Sig: "pyvectorcall_call(func, argstuple, kwargs=None, /)", Fn: fastcallDict},
	}...),
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		for _, t := range types() {
			m.Set(t.Name, t.Value())
		}
		return nil
	},
}

// conventions returns the functions; self says what they return as their self, skip how many arguments
// stand in front of theirs.
func conventions(self func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc), skip int) []interp.Builtin {
	plain := func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		s, err := self(th, a)
		return interp.Pair(s, a[skip]), err
	}
	keywords := func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		s, err := self(th, a)
		if kw, ok := interp.AsDict(a[skip+1]); ok && kw.Len() == 0 {
			return interp.MkTuple([]interp.Value{s, a[skip], interp.None}), err
		}
		return interp.MkTuple([]interp.Value{s, a[skip], a[skip+1]}), err
	}
	return []interp.Builtin{
		{Sig: "meth_varargs(*args)", Fn: plain},
		{Sig: "meth_varargs_keywords(*args, **kwargs)", Fn: keywords},
		{Sig: "meth_o(arg, /)", Fn: plain},
		{Sig: "meth_noargs()", Fn: self},
		{Sig: "meth_fastcall(*args)", Fn: plain},
		{Sig: "meth_fastcall_keywords(*args, **kwargs)", Fn: keywords},
	}
}

func module(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return th.Import("_testcapi")
}

func first(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return a[0], nil }

func nobody(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return interp.None, nil }

// types makes the classes of the module.
func types() []*interp.Type {
	newType := func(name string, base *interp.Type, p *interp.Protocol, rows []interp.Builtin) *interp.Type {
		t := interp.NewLibraryType("builtins", name, base)
		t.SetNew(name+"()", func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			cls, _ := interp.AsType(a[0])
			return interp.NewNative(cls, nil), nil
		})
		if p == nil {
			p = &interp.Protocol{}
		}
		return t.Setup(p, rows, nil)
	}
	class := interp.NewLibraryType("builtins", "MethClass", nil)
	class.AddClassMethods(conventions(first, 1))
	static := interp.NewLibraryType("builtins", "MethStatic", nil)
	static.AddStaticMethods(conventions(nobody, 0))
	for _, t := range []*interp.Type{class, static} {
		t.SetNew(t.Name+"()", func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			cls, _ := interp.AsType(a[0])
			return interp.NewNative(cls, nil), nil
		}).Setup(&interp.Protocol{}, nil, nil)
	}
	instance := newType("MethInstance", nil, nil, conventions(first, 1))
	// The call of a descriptor says whether it went the way of functions; there is one way here.
	called := func(answer bool) *interp.Protocol {
		return &interp.Protocol{
			Call: func(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
				return interp.MkBool(answer), nil
			},
			Get: func(th *interp.Thread, v, obj interp.Value, owner *interp.Type) (interp.Value, *interp.Exc) {
				if obj.IsUnbound() {
					return v, nil
				}
				return interp.NewBoundMethod(v, obj), nil
			},
		}
	}
	base := newType("MethodDescriptorBase", nil, called(true), nil)
	return []*interp.Type{
		class, static, instance, base,
		newType("MethodDescriptorDerived", base, nil, nil),
		newType("MethodDescriptor2", base, called(false), nil),
		newType("MethodDescriptorNopGet", base, &interp.Protocol{
			Call: func(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
				return interp.MkTuple(append([]interp.Value(nil), args...)), nil
			},
			Get: func(th *interp.Thread, v, obj interp.Value, owner *interp.Type) (interp.Value, *interp.Exc) {
				return v, nil
			},
		}, nil),
	}
}

// positional returns the items of a tuple, none of None.
func positional(v interp.Value) ([]interp.Value, *interp.Exc) {
	if v.IsNone() {
		return nil, nil
	}
	t, ok := interp.AsTuple(v)
	if !ok {
		return nil, interp.TypeErrorf("args must be None or a tuple")
	}
	return t.Items(), nil
}

func fastcall(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	args, err := positional(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return th.Call(a[0], args...)
}

func fastcallDict(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	args, err := positional(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	kw, ok := interp.AsDict(a[2])
	if !ok {
		return th.Call(a[0], args...)
	}
	values := append([]interp.Value(nil), args...)
	var names []*interp.Str
	for k, v, i, ok := kw.Next(0); ok; k, v, i, ok = kw.Next(i) {
		name, isStr := interp.AsStr(k)
		if !isStr {
			return interp.Value{}, interp.TypeErrorf("keywords must be strings")
		}
		names, values = append(names, name), append(values, v)
	}
	return th.CallArgs(a[0], values, names)
}

func vectorcall(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	args, err := positional(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	given, err := positional(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	var names []*interp.Str
	for _, x := range given {
		if name, ok := interp.AsStr(x); ok {
			names = append(names, name)
		}
	}
	return th.CallArgs(a[0], append([]interp.Value(nil), args...), names)
}
