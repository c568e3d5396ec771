package interp

// This file defines how an object tells what it is made of: __reduce_ex__ and __getstate__, which copy and
// pickle read.

// objectReduceEx is object.__reduce_ex__: the class's own __reduce__, else how to make the object again by
// __new__.
func objectReduceEx(th *Thread, a []Value) (Value, *Exc) {
	protocol, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	own, _ := TypeOf(a[0]).Lookup("__reduce__")
	if base, _ := objectType.Lookup("__reduce__"); !Is(own, base) {
		return th.CallMethod(a[0], "__reduce__")
	}
	return th.reduce(a[0], protocol)
}

func objectReduce(th *Thread, a []Value) (Value, *Exc) { return th.reduce(a[0], 0) }

// reduce returns (copyreg.__newobj__, (class, *args), state, items of a list, items of a dict).
func (th *Thread) reduce(v Value, protocol int) (Value, *Exc) {
	t := TypeOf(v)
	switch t.layout {
	case layoutOpaque, layoutModule, layoutFuture, layoutTask, layoutLoop, layoutNative, layoutType:
		return Value{}, TypeErrorf("cannot pickle '%s' object", t.Name)
	}
	fn, args, err := th.newArgs(v)
	if err != nil {
		return Value{}, err
	}
	state, err := th.CallMethod(v, "__getstate__")
	if err != nil {
		return Value{}, err
	}
	items, pairs := None, None
	if t.layout == layoutList {
		if items, err = th.Iter(v); err != nil {
			return Value{}, err
		}
	}
	if t.layout == layoutDict {
		view, err := th.CallMethod(v, "items")
		if err != nil {
			return Value{}, err
		}
		if pairs, err = th.Iter(view); err != nil {
			return Value{}, err
		}
	}
	return MkTuple([]Value{fn, args, state, items, pairs}), nil
}

// newArgs returns the function of copyreg that makes an object again, and its arguments.
func (th *Thread) newArgs(v Value) (fn, args Value, err *Exc) {
	copyreg, err := th.Import("copyreg")
	if err != nil {
		return Value{}, Value{}, err
	}
	cls := TypeOf(v).Value()
	if f, ok, err := th.LookupAttr(v, "__getnewargs_ex__"); err != nil {
		return Value{}, Value{}, err
	} else if ok {
		r, err := th.Call(f)
		if err != nil {
			return Value{}, Value{}, err
		}
		t, ok := AsTuple(r)
		if !ok {
			return Value{}, Value{}, TypeErrorf("__getnewargs_ex__ should return a tuple, not '%s'", typeName(r))
		}
		if len(t.a) != 2 {
			return Value{}, Value{}, ValueErrorf("__getnewargs_ex__ should return a tuple of length 2, not %d", len(t.a))
		}
		fn, err := th.Attr(copyreg, "__newobj_ex__")
		return fn, MkTuple([]Value{cls, t.a[0], t.a[1]}), err
	}
	list := []Value{cls}
	if f, ok, err := th.LookupAttr(v, "__getnewargs__"); err != nil {
		return Value{}, Value{}, err
	} else if ok {
		r, err := th.Call(f)
		if err != nil {
			return Value{}, Value{}, err
		}
		t, ok := AsTuple(r)
		if !ok {
			return Value{}, Value{}, TypeErrorf("__getnewargs__ should return a tuple, not '%s'", typeName(r))
		}
		list = append(list, t.a...)
	}
	fn, err = th.Attr(copyreg, "__newobj__")
	return fn, MkTuple(list), err
}

// objectGetState is object.__getstate__: a copy of __dict__ or None, and with __slots__ the pair of that
// and a dict of what is in them.
func objectGetState(th *Thread, a []Value) (Value, *Exc) {
	state := None
	d, ok, err := th.LookupAttr(a[0], "__dict__")
	if err != nil {
		return Value{}, err
	}
	if own, isDict := AsDict(d); ok && isDict && own.Len() > 0 {
		state = own.Copy().Value()
	}
	t := TypeOf(a[0])
	slots := NewDict()
	for _, name := range t.slots {
		if name == "__dict__" || name == "__weakref__" {
			continue
		}
		if v, ok, err := th.LookupAttr(a[0], name); err != nil {
			return Value{}, err
		} else if ok {
			slots.SetName(name, v)
		}
	}
	if slots.Len() > 0 {
		return Pair(state, slots.Value()), nil
	}
	return state, nil
}
