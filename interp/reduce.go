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
	if protocol < 2 {
		return th.reduceOld(a[0], protocol)
	}
	return th.reduce(a[0])
}

// reduceFunction is __reduce__ of functions and methods: a name, or getattr and what it takes.
func reduceFunction(th *Thread, a []Value) (Value, *Exc) {
	var self, name Value
	switch f := a[0]; {
	case shapeOf(f) == boundMethodShape:
		m := (*BoundMethod)(f.p)
		n, err := th.Attr(m.fn, "__name__")
		if err != nil {
			return Value{}, err
		}
		self, name = m.self, n
	default:
		b := (*BuiltinFunction)(f.p)
		self, name = b.self, object(b.name)
		if self.IsUnbound() {
			if b.owner == nil {
				return name, nil
			}
			self = b.owner.Value()
		}
	}
	getattr, _ := th.in.builtins.Get("getattr")
	return Pair(getattr, Pair(self, name)), nil
}

// reduceIterator returns the row of __reduce__ of an iterator that is made again by calling its type.
func reduceIterator(args func(v Value) []Value) []Builtin {
	return []Builtin{{"__reduce__()", "Return state information for pickling.", func(th *Thread, a []Value) (Value, *Exc) {
		return Pair(TypeOf(a[0]).Value(), MkTuple(args(a[0]))), nil
	}}}
}

func objectReduce(th *Thread, a []Value) (Value, *Exc) { return th.reduceOld(a[0], 0) }

// reduceOld is what object.__reduce__ returns: a library function makes it.
func (th *Thread) reduceOld(v Value, protocol int) (Value, *Exc) {
	copyreg, err := th.Import("copyreg")
	if err != nil {
		return Value{}, err
	}
	return th.CallMethod(copyreg, "_reduce_ex", v, MkInt(int64(protocol)))
}

// reduce returns (copyreg.__newobj__, (class, *args), state, items of a list, items of a dict).
func (th *Thread) reduce(v Value) (Value, *Exc) {
	t := TypeOf(v)
	switch t.layout {
	case layoutOpaque, layoutModule, layoutIter, layoutFuture, layoutTask, layoutLoop, layoutNative, layoutType:
		if t == memoryViewType {
			return Value{}, TypeErrorf("cannot pickle memoryview objects") // sic
		}
		return Value{}, TypeErrorf("cannot pickle '%s' object", reduceName(t))
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

// reduceName is a type as errors say that its objects cannot be pickled: types of the library with their module.
func reduceName(t *Type) string {
	if t.flags&flagHeap != 0 || t.Module == "builtins" || t.Module == "types" {
		return t.Name
	}
	return t.Module + "." + t.Name
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
		if _, ok := AsTuple(t.a[0]); !ok {
			return Value{}, Value{}, TypeErrorf("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%s'", typeName(t.a[0]))
		}
		kw, ok := AsDict(t.a[1])
		if !ok {
			return Value{}, Value{}, TypeErrorf("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%s'", typeName(t.a[1]))
		}
		if kw.Len() == 0 {
			args, _ := AsTuple(t.a[0])
			fn, err := th.Attr(copyreg, "__newobj__")
			return fn, MkTuple(append([]Value{cls}, args.a...)), err
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
	names, err := th.slotNames(TypeOf(a[0]))
	if err != nil {
		return Value{}, err
	}
	slots := NewDict()
	for _, name := range names {
		if v, ok, err := th.findAttr(a[0], name); err != nil {
			return Value{}, err
		} else if ok {
			slots.SetStr(name, v)
		}
	}
	if slots.Len() > 0 {
		return Pair(state, slots.Value()), nil
	}
	return state, nil
}

// slotNames returns the names of the slots of a class and its bases.
func (th *Thread) slotNames(t *Type) ([]*Str, *Exc) {
	if _, ok := t.Lookup("__slots__"); !ok {
		if _, ok := t.Own("__slotnames__"); !ok {
			return nil, nil
		}
	}
	copyreg, err := th.Import("copyreg")
	if err != nil {
		return nil, err
	}
	list, err := th.CallMethod(copyreg, "_slotnames", t.Value())
	if err != nil {
		return nil, err
	}
	l, ok := AsList(list)
	if !ok {
		return nil, TypeErrorf("copyreg._slotnames didn't return a list or None")
	}
	var names []*Str
	for _, x := range l.a {
		if s, ok := AsStr(x); ok {
			names = append(names, Intern(s.s))
		}
	}
	return names, nil
}
