package operator

// This file defines attrgetter, itemgetter and methodcaller.

import (
	"strings"

	"aio/interp"
)

var (
	attrGetterType   = interp.NewLibraryType("operator", "attrgetter", nil)
	itemGetterType   = interp.NewLibraryType("operator", "itemgetter", nil)
	methodCallerType = interp.NewLibraryType("operator", "methodcaller", nil)
)

// attrGetter reads attributes; each is a path of names.
type attrGetter struct {
	paths [][]*interp.Str
	names []interp.Value
}

// itemGetter reads items.
type itemGetter struct{ keys []interp.Value }

// methodCaller calls a method with arguments given in advance.
type methodCaller struct {
	name    *interp.Str
	args    []interp.Value
	kwnames []*interp.Str
}

func setupGetters() {
	attrGetterType.Doc = "attrgetter(attr, ...) --> attrgetter object\n\nReturn a callable object that fetches the given attribute(s) from its operand."
	attrGetterType.SetNew("attrgetter(attr, /, *attrs)", newAttrGetter)
	attrGetterType.Setup(&interp.Protocol{Call: callAttrGetter, Repr: reprAttrGetter}, []interp.Builtin{
		{Sig: "__reduce__()", Doc: "Return state information for pickling", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			g, _ := interp.NativeData[*attrGetter](a[0])
			return interp.Pair(interp.TypeOf(a[0]).Value(), interp.MkTuple(g.names)), nil
		}},
	}, nil)
	itemGetterType.Doc = "itemgetter(item, ...) --> itemgetter object\n\nReturn a callable object that fetches the given item(s) from its operand."
	itemGetterType.SetNew("itemgetter(item, /, *items)", newItemGetter)
	itemGetterType.Setup(&interp.Protocol{Call: callItemGetter, Repr: reprItemGetter}, []interp.Builtin{
		{Sig: "__reduce__()", Doc: "Return state information for pickling", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			g, _ := interp.NativeData[*itemGetter](a[0])
			return interp.Pair(interp.TypeOf(a[0]).Value(), interp.MkTuple(g.keys)), nil
		}},
	}, nil)
	methodCallerType.Doc = "methodcaller(name, ...) --> methodcaller object\n\nReturn a callable object that calls the given method on its operand."
	methodCallerType.SetNew("methodcaller(*args, **kwargs)", newMethodCaller)
	methodCallerType.Setup(&interp.Protocol{Call: callMethodCaller, Repr: reprMethodCaller}, nil, nil)
}

// operand returns the one argument of a getter.
func operand(name string, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	switch {
	case len(kwnames) > 0:
		return interp.Value{}, interp.TypeErrorf("%s() takes no keyword arguments", name)
	case len(args) != 1:
		return interp.Value{}, interp.TypeErrorf("%s expected 1 argument, got %d", name, len(args))
	}
	return args[0], nil
}

func newAttrGetter(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	rest, _ := interp.AsTuple(a[2])
	g := &attrGetter{names: append([]interp.Value{a[1]}, rest.Items()...)}
	for _, v := range g.names {
		text, ok := interp.StrOf(v)
		if !ok {
			return interp.Value{}, interp.TypeErrorf("attribute name must be a string")
		}
		var path []*interp.Str
		for _, part := range strings.Split(text, ".") {
			path = append(path, interp.Intern(part))
		}
		g.paths = append(g.paths, path)
	}
	cls, _ := interp.AsType(a[0])
	return interp.NewNative(cls, g), nil
}

func (g *attrGetter) get(th *interp.Thread, obj interp.Value, i int) (interp.Value, *interp.Exc) {
	for _, name := range g.paths[i] {
		var err *interp.Exc
		if obj, err = th.GetAttr(obj, name); err != nil {
			return interp.Value{}, err
		}
	}
	return obj, nil
}

func callAttrGetter(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	obj, err := operand("attrgetter", args, kwnames)
	if err != nil {
		return interp.Value{}, err
	}
	g, _ := interp.NativeData[*attrGetter](v)
	if len(g.paths) == 1 {
		return g.get(th, obj, 0)
	}
	items := make([]interp.Value, len(g.paths))
	for i := range items {
		if items[i], err = g.get(th, obj, i); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.MkTuple(items), nil
}

func newItemGetter(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	rest, _ := interp.AsTuple(a[2])
	cls, _ := interp.AsType(a[0])
	return interp.NewNative(cls, &itemGetter{append([]interp.Value{a[1]}, rest.Items()...)}), nil
}

func callItemGetter(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	obj, err := operand("itemgetter", args, kwnames)
	if err != nil {
		return interp.Value{}, err
	}
	g, _ := interp.NativeData[*itemGetter](v)
	if len(g.keys) == 1 {
		return th.GetItem(obj, g.keys[0])
	}
	items := make([]interp.Value, len(g.keys))
	for i, k := range g.keys {
		if items[i], err = th.GetItem(obj, k); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.MkTuple(items), nil
}

func newMethodCaller(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	args, kwnames := arguments(a[1], a[2])
	if len(args) == len(kwnames) {
		return interp.Value{}, interp.TypeErrorf("methodcaller needs at least one argument, the method name")
	}
	name, ok := interp.StrOf(args[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("method name must be a string")
	}
	cls, _ := interp.AsType(a[0])
	return interp.NewNative(cls, &methodCaller{interp.Intern(name), args[1:], kwnames}), nil
}

func callMethodCaller(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	obj, err := operand("methodcaller", args, kwnames)
	if err != nil {
		return interp.Value{}, err
	}
	m, _ := interp.NativeData[*methodCaller](v)
	fn, err := th.GetAttr(obj, m.name)
	if err != nil {
		return interp.Value{}, err
	}
	return th.CallArgs(fn, m.args, m.kwnames)
}

// shown returns the repr of a call with the arguments.
func shown(th *interp.Thread, name string, args []interp.Value, kwnames []*interp.Str) (string, *interp.Exc) {
	parts := make([]string, len(args))
	for i, x := range args {
		text, err := th.Repr(x)
		if err != nil {
			return "", err
		}
		if k := i - (len(args) - len(kwnames)); k >= 0 {
			text = kwnames[k].String() + "=" + text
		}
		parts[i] = text
	}
	return "operator." + name + "(" + strings.Join(parts, ", ") + ")", nil
}

func reprAttrGetter(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	g, _ := interp.NativeData[*attrGetter](v)
	return shown(th, "attrgetter", g.names, nil)
}

func reprItemGetter(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	g, _ := interp.NativeData[*itemGetter](v)
	return shown(th, "itemgetter", g.keys, nil)
}

func reprMethodCaller(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	m, _ := interp.NativeData[*methodCaller](v)
	return shown(th, "methodcaller", append([]interp.Value{m.name.Value()}, m.args...), m.kwnames)
}
