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
		for _, c := range tup.a {
			if is, err := th.IsInstance(v, c); err != nil || is {
				return is, err
			}
		}
		return false, nil
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
	return false, TypeErrorf("isinstance() arg 2 must be a type, a tuple of types, or a union")
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
	d, ok := vt.Lookup("__class__")
	if !ok || shapeOf(d) == getSetShape {
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
		for _, x := range tup.a {
			if is, err := th.IsSubclass(c, x); err != nil || is {
				return is, err
			}
		}
		return false, nil
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
	return false, TypeErrorf("issubclass() arg 2 must be a class, a tuple of classes, or a union")
}

func (th *Thread) plainIsSubclass(c Value, t *Type) (bool, *Exc) {
	ct, ok := AsType(c)
	if !ok {
		return false, TypeErrorf("issubclass() arg 1 must be a class")
	}
	return ct.IsSubtype(t), nil
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
	} else {
		t := TypeOf(v)
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
