package interp

// This file defines what the library's kinds of dict are made of: Counter, OrderedDict and defaultdict
// derive from dict in Go.

// DictType returns the type dict.
func DictType() *Type { return dictType }

// NewDictOf returns an empty instance of a type that derives from dict.
func NewDictOf(cls *Type) Value { return newEmptyDict(cls) }

// SortItems sorts items by what key returns for them, or by themselves when key is None.
func (th *Thread) SortItems(items []Value, key Value, reverse bool) *Exc {
	return th.sortItems(items, key, reverse)
}

// Operators returns a set of operators, for Protocol.Ops and Protocol.InOps.
func Operators(list ...BinaryOp) uint16 { return ops(list...) }

// GuardRepr returns the text that make makes, or again when v contains itself.
func (th *Thread) GuardRepr(v Value, again string, make func() (string, *Exc)) (string, *Exc) {
	return th.guardRepr(v, again, make)
}

// Compare compares as instances of t itself do, whatever the classes of a and b define.
func (t *Type) Compare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	return t.proto.Compare(th, op, a, b)
}

// Repr returns the text that instances of t itself have, whatever the class of v defines.
func (t *Type) Repr(th *Thread, v Value) (string, *Exc) { return t.proto.Repr(th, v) }

// GetOrMissing returns v[key] of an instance of a library type derived from dict. When the key is not
// there it asks the __missing__ that a script's class may define; found is false when there is none.
func (th *Thread) GetOrMissing(v, key Value) (x Value, found bool, err *Exc) {
	d := (*Dict)(v.p)
	h, err := th.Hash(key)
	if err != nil {
		return Value{}, false, err
	}
	i, err := d.find(th, h, key)
	if err != nil {
		return Value{}, false, err
	}
	if i >= 0 {
		return d.ents[i].v, true, nil
	}
	if f := scripted(v, spMissing); !f.IsUnbound() {
		x, err = th.callSpecial(f, v, key)
		return x, true, err
	}
	return Value{}, false, nil
}

// Increment adds by to the value of key, which counts as 0 when it is not there.
func (d *Dict) Increment(th *Thread, key, by Value) *Exc {
	h, err := th.Hash(key)
	if err != nil {
		return err
	}
	i, err := d.find(th, h, key)
	if err != nil {
		return err
	}
	if i < 0 {
		d.insert(h, key, by)
		return nil
	}
	x, ok := AsInt(d.ents[i].v)
	if y, ok2 := AsInt(by); ok && ok2 {
		if z := x + y; (z^x)&(z^y) >= 0 {
			d.ents[i].v = MkInt(z)
			return nil
		}
	}
	z, err := th.Binary(BinAdd, d.ents[i].v, by)
	if err != nil {
		return err
	}
	return d.setHash(th, h, key, z)
}

// UpdateArgs is dict.update: iterable may be unbound, kwargs is a dict.
func (d *Dict) UpdateArgs(th *Thread, iterable, kwargs Value) *Exc {
	return d.updateArgs(th, iterable, kwargs)
}

// MoveToEnd moves a key behind all others, or in front of them; found is false when it is not there.
func (d *Dict) MoveToEnd(th *Thread, key Value, last bool) (found bool, err *Exc) {
	h, err := th.Hash(key)
	if err != nil {
		return false, err
	}
	i, err := d.find(th, h, key)
	if err != nil || i < 0 {
		return false, err
	}
	e := d.ents[i]
	if last {
		if i != len(d.ents)-1 {
			d.removeAt(i)
			d.insert(h, e.k, e.v)
		}
		return true, nil
	}
	if i == int(d.head) {
		return true, nil
	}
	d.removeAt(i)
	rest := d.Copy()
	d.Clear()
	d.insert(h, e.k, e.v)
	for _, e := range rest.ents {
		if e.k.p != nil {
			d.insert(e.hash, e.k, e.v)
		}
	}
	return true, nil
}

// PopEnd removes the last item, or the first; ok is false when there is none.
func (d *Dict) PopEnd(last bool) (k, v Value, ok bool) {
	if d.used == 0 {
		return Value{}, Value{}, false
	}
	i := int(d.head)
	if last {
		i = len(d.ents) - 1
		for d.ents[i].k.p == nil {
			i--
		}
	}
	k = d.ents[i].k
	return k, d.removeAt(i), true
}

// SameOrder reports whether two dicts have equal items in the same order.
func (d *Dict) SameOrder(th *Thread, o *Dict) (bool, *Exc) {
	if same, err := d.equal(th, o); err != nil || !same {
		return false, err
	}
	i, j := 0, 0
	for {
		a, _, nextA, ok := d.Next(i)
		b, _, nextB, ok2 := o.Next(j)
		if !ok || !ok2 {
			return ok == ok2, nil
		}
		if same, err := th.sameItem(a, b); err != nil || !same {
			return false, err
		}
		i, j = nextA, nextB
	}
}
