package functools

// This file defines partial: a call with some of its arguments given.

import (
	"strings"

	"aio/interp"
)

// partial is a function and its first arguments.
type partial struct {
	fn   interp.Value
	args []interp.Value
	kw   *interp.Dict
}

func partialOf(v interp.Value) *partial {
	p, _ := interp.NativeData[*partial](v)
	return p
}

func setupPartial(t *interp.Type) {
	t.Doc = "partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n"
	t.SetNew("partial(*args, **keywords)", newPartial)
	t.AddClassMethods([]interp.Builtin{{Sig: "__class_getitem__(item, /)", Doc: "See PEP 585", Fn: genericAlias}})
	t.Setup(&interp.Protocol{Call: callPartial, Repr: reprPartial}, []interp.Builtin{
		{Sig: "__reduce__()", Doc: "", Fn: reducePartial},
		{Sig: "__setstate__(state, /)", Doc: "", Fn: setPartialState},
	}, []interp.GetSet{
		{Name: "func", Doc: "function object to use in future partial calls", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return partialOf(v).fn, nil
		}},
		{Name: "args", Doc: "tuple of arguments to future partial calls", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkTuple(partialOf(v).args), nil
		}},
		{Name: "keywords", Doc: "dictionary of keyword arguments to future partial calls", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return partialOf(v).kw.Value(), nil
		}},
		interp.DictAttr(),
	})
}

func genericAlias(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.NewGenericAlias(a[0], a[1]), nil
}

func newPartial(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	cls, _ := interp.AsType(a[0])
	t, _ := interp.AsTuple(a[1])
	kw, _ := interp.AsDict(a[2])
	if len(t.Items()) == 0 {
		return interp.Value{}, interp.TypeErrorf("type 'partial' takes at least one argument")
	}
	fn, args := t.Items()[0], t.Items()[1:]
	if !interp.IsCallable(fn) {
		return interp.Value{}, interp.TypeErrorf("the first argument must be callable")
	}
	if inner := partialOf(fn); inner != nil && interp.TypeOf(fn) == partialType { // no call within a call
		args = append(append([]interp.Value(nil), inner.args...), args...)
		merged := inner.kw.Copy()
		for k, v, i, ok := kw.Next(0); ok; k, v, i, ok = kw.Next(i) {
			name, _ := interp.AsStr(k)
			merged.SetStr(name, v)
		}
		fn, kw = inner.fn, merged
	}
	return interp.NewNative(cls, &partial{fn, args, kw}), nil
}

func callPartial(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	p := partialOf(v)
	npos := len(args) - len(kwnames)
	all := make([]interp.Value, 0, len(p.args)+len(args)+p.kw.Len())
	all = append(append(all, p.args...), args[:npos]...)
	if p.kw.Len() == 0 {
		return th.CallArgs(p.fn, append(all, args[npos:]...), kwnames)
	}
	var keywords []*interp.Str
	for k, x, i, ok := p.kw.Next(0); ok; k, x, i, ok = p.kw.Next(i) {
		name, isStr := interp.AsStr(k)
		if !isStr {
			return interp.Value{}, interp.TypeErrorf("keywords must be strings")
		}
		for j, given := range kwnames { // the caller's comes first, in the place of ours
			if given.String() == name.String() {
				x = args[npos+j]
			}
		}
		keywords = append(keywords, name)
		all = append(all, x)
	}
	for j, given := range kwnames {
		if _, ok := p.kw.GetStr(given); !ok {
			keywords = append(keywords, given)
			all = append(all, args[npos+j])
		}
	}
	return th.CallArgs(p.fn, all, keywords)
}

func reprPartial(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	p := partialOf(v)
	t := interp.TypeOf(v)
	var sb strings.Builder
	if t == partialType {
		sb.WriteString("functools.partial(")
	} else {
		sb.WriteString(t.QualName + "(")
	}
	text, err := th.Repr(p.fn)
	if err != nil {
		return "", err
	}
	sb.WriteString(text)
	for _, x := range p.args {
		if text, err = th.Repr(x); err != nil {
			return "", err
		}
		sb.WriteString(", " + text)
	}
	for k, x, i, ok := p.kw.Next(0); ok; k, x, i, ok = p.kw.Next(i) {
		name, err := th.Str(k)
		if err != nil {
			return "", err
		}
		if text, err = th.Repr(x); err != nil {
			return "", err
		}
		sb.WriteString(", " + name + "=" + text)
	}
	return sb.String() + ")", nil
}

func reducePartial(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := partialOf(a[0])
	attrs := interp.None
	if d, ok, err := th.LookupAttr(a[0], "__dict__"); err != nil {
		return interp.Value{}, err
	} else if own, isDict := interp.AsDict(d); ok && isDict && own.Len() > 0 {
		attrs = d
	}
	state := []interp.Value{p.fn, interp.MkTuple(p.args), p.kw.Value(), attrs}
	return interp.MkTuple([]interp.Value{interp.TypeOf(a[0]).Value(), interp.MkTuple([]interp.Value{p.fn}), interp.MkTuple(state)}), nil
}

func setPartialState(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, ok := interp.AsTuple(a[1])
	if !ok || len(t.Items()) != 4 || !interp.IsCallable(t.Items()[0]) {
		return interp.Value{}, interp.TypeErrorf("invalid partial state")
	}
	args, isTuple := interp.AsTuple(t.Items()[1])
	kw, isDict := interp.AsDict(t.Items()[2])
	if !isTuple || !isDict && !t.Items()[2].IsNone() {
		return interp.Value{}, interp.TypeErrorf("invalid partial state")
	}
	if !isDict {
		kw = interp.NewDict()
	}
	*partialOf(a[0]) = partial{t.Items()[0], args.Items(), kw.Copy()}
	if attrs := t.Items()[3]; !attrs.IsNone() {
		d, err := th.Attr(a[0], "__dict__")
		if err != nil {
			return interp.Value{}, err
		}
		if _, err := th.CallMethod(d, "update", attrs); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, nil
}
