package interp

// This file defines isinstance, issubclass and dir.

import "slices"

// IsInstance returns isinstance(v, cls). Errors: TypeError when cls is no class or tuple of classes.
func (th *Thread) IsInstance(v, cls Value) (bool, *Exc) {
	t, ok := AsType(cls)
	if ok && TypeOf(v) == t {
		return true, nil
	}
	if ok && TypeOf(cls) == typeType {
		return th.plainIsInstance(v, t)
	}
	if tup, ok := AsTuple(cls); ok {
		return th.anyOf(tup.a, " in __instancecheck__", func(c Value) (bool, *Exc) { return th.IsInstance(v, c) })
	}
	if members, ok := unionMembers(cls); ok {
		for _, c := range members {
			if c.IsNone() {
				c = noneType.Value()
			}
			if is, err := th.IsInstance(v, c); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if f, ok := TypeOf(cls).Lookup("__instancecheck__"); ok {
		r, err := th.callSpecial(f, cls, v)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	return th.abstractIsInstance(v, cls)
}

// abstractIsInstance is isinstance for an object that is no class and has __bases__, as a class would.
func (th *Thread) abstractIsInstance(v, cls Value) (bool, *Exc) {
	if _, ok, err := th.abstractBases(cls); err != nil {
		return false, err
	} else if !ok {
		return false, TypeErrorf("isinstance() arg 2 must be a type, a tuple of types, or a union")
	}
	c, ok, err := th.LookupAttr(v, "__class__")
	if err != nil || !ok {
		return false, err
	}
	return th.abstractIsSubclass(c, cls)
}

// abstractBases returns the __bases__ of an object when that is a tuple.
func (th *Thread) abstractBases(cls Value) ([]Value, bool, *Exc) {
	b, ok, err := th.LookupAttr(cls, "__bases__")
	if err != nil || !ok {
		return nil, false, err
	}
	t, ok := AsTuple(b)
	if !ok {
		return nil, false, nil
	}
	return t.a, true, nil
}

// abstractIsSubclass follows __bases__ from c to cls.
func (th *Thread) abstractIsSubclass(c, cls Value) (bool, *Exc) {
	for {
		if Is(c, cls) {
			return true, nil
		}
		bases, ok, err := th.abstractBases(c)
		if err != nil || !ok || len(bases) == 0 {
			return false, err
		}
		if len(bases) == 1 {
			c = bases[0]
			continue
		}
		return th.anyOf(bases, " in __issubclass__", func(b Value) (bool, *Exc) { return th.abstractIsSubclass(b, cls) })
	}
}

// anyOf asks one after the other, one level deeper, unless that is too deep.
func (th *Thread) anyOf(items []Value, where string, ask func(x Value) (bool, *Exc)) (bool, *Exc) {
	if th.depth >= th.limit {
		return false, Errorf(RecursionError, "maximum recursion depth exceeded%s", where)
	}
	th.depth++
	defer func() { th.depth-- }()
	for _, x := range items {
		if is, err := ask(x); err != nil || is {
			return is, err
		}
	}
	return false, nil
}

// plainIsInstance follows the class of v, and its __class__ when that says otherwise.
func (th *Thread) plainIsInstance(v Value, t *Type) (bool, *Exc) {
	vt := TypeOf(v)
	if vt.IsSubtype(t) {
		return true, nil
	}
	if vt.flags&flagHeap == 0 {
		return false, nil
	}
	if d, ok := vt.Lookup("__class__"); ok && shapeOf(d) == getSetShape && vt.specialMethod(spGetAttribute).IsUnbound() {
		return false, nil
	}
	c, ok, err := th.LookupAttr(v, "__class__")
	if err != nil || !ok {
		return false, err
	}
	ct, ok := AsType(c)
	return ok && ct != vt && ct.IsSubtype(t), nil
}

// IsSubclass returns issubclass(c, cls). Errors: TypeError.
func (th *Thread) IsSubclass(c, cls Value) (bool, *Exc) {
	if t, ok := AsType(cls); ok && TypeOf(cls) == typeType {
		return th.plainIsSubclass(c, t)
	}
	if tup, ok := AsTuple(cls); ok {
		return th.anyOf(tup.a, " in __subclasscheck__", func(x Value) (bool, *Exc) { return th.IsSubclass(c, x) })
	}
	if members, ok := unionMembers(cls); ok {
		for _, x := range members {
			if x.IsNone() {
				x = noneType.Value()
			}
			if is, err := th.IsSubclass(c, x); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if f, ok := TypeOf(cls).Lookup("__subclasscheck__"); ok {
		r, err := th.callSpecial(f, cls, c)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	if _, ok, err := th.abstractBases(c); err != nil {
		return false, err
	} else if !ok {
		return false, TypeErrorf("issubclass() arg 1 must be a class")
	}
	if _, ok, err := th.abstractBases(cls); err != nil {
		return false, err
	} else if !ok {
		return false, TypeErrorf("issubclass() arg 2 must be a class, a tuple of classes, or a union")
	}
	return th.abstractIsSubclass(c, cls)
}

func (th *Thread) plainIsSubclass(c Value, t *Type) (bool, *Exc) {
	if ct, ok := AsType(c); ok {
		return ct.IsSubtype(t), nil
	}
	if _, ok, err := th.abstractBases(c); err != nil {
		return false, err
	} else if !ok {
		return false, TypeErrorf("issubclass() arg 1 must be a class")
	}
	return th.abstractIsSubclass(c, t.Value())
}

// defaultDir returns the names that dir() shows, sorted.
func (th *Thread) defaultDir(v Value) (Value, *Exc) {
	seen := map[string]bool{}
	addDict := func(d *Dict) {
		for i := 0; d != nil; {
			k, _, next, ok := d.Next(i)
			if !ok {
				return
			}
			i = next
			if s, ok := StrOf(k); ok {
				seen[s] = true
			}
		}
	}
	if t, ok := AsType(v); ok {
		for _, m := range t.mro {
			addDict(m.dict)
		}
	} else if t := TypeOf(v); t.layout == layoutModule && t.flags&flagHeap != 0 {
		d, err := th.Attr(v, "__dict__")
		if err != nil {
			return Value{}, err
		}
		dict, ok := AsDict(d)
		if !ok {
			return Value{}, TypeErrorf("%s.__dict__ is not a dictionary", t.Name)
		}
		addDict(dict)
	} else {
		if t.layout != layoutModule {
			for _, m := range t.mro {
				addDict(m.dict)
			}
		}
		if t.inst.attrs {
			o := (*Inst)(v.p)
			if o.shape.asDict {
				addDict((*Dict)(o.slots[0].p))
			}
			for _, k := range o.shape.keys {
				if !isSlotKey(k) {
					seen[k.s] = true
				}
			}
		} else if p := attrDict(v); p != nil {
			addDict(*p)
		}
	}
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	slices.Sort(names)
	items := make([]Value, len(names))
	for i, n := range names {
		items[i] = MkStr(n)
	}
	return MkList(items), nil
}
