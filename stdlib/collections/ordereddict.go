package collections

// This file defines OrderedDict: every dict keeps its order, this one also compares it and moves keys.

import "aio/interp"

var orderedDictType = interp.NewLibraryType("collections", "OrderedDict", interp.DictType())

func dictOf(v interp.Value) *interp.Dict {
	d, _ := interp.AsDict(v)
	return d
}

func setupOrderedDict(t *interp.Type) {
	t.Doc = "Dictionary that remembers insertion order"
	p := &interp.Protocol{Repr: orderedRepr, Compare: orderedCompare, NoHash: true, Binary: orderedBinary, Ops: interp.Operators(interp.BinOr)}
	t.SetInit(p, "OrderedDict(iterable=?, /, **kwargs)", interp.NewDictOf, func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, updateItems(th, a[0], a[1], a[2])
	})
	t.Setup(p, []interp.Builtin{
		{Sig: "move_to_end(key, last=True)", Doc: "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.", Fn: moveToEnd},
		{Sig: "popitem(last=True)", Doc: "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if false.", Fn: popItem},
		{Sig: "copy()", Doc: "od.copy() -> a shallow copy of od", Fn: copyOrdered},
		{Sig: "__copy__()", Doc: "od.copy() -> a shallow copy of od", Fn: copyOrdered},
		{Sig: "update(iterable=?, /, **kwargs)", Doc: "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, updateItems(th, a[0], a[1], a[2])
		}},
		{Sig: "__reduce__()", Doc: "Return state information for pickling", Fn: reduceOrdered},
	}, []interp.GetSet{interp.DictAttr()})
}

// updateItems stores items; by the __setitem__ of a script's class when there is one.
func updateItems(th *interp.Thread, self, iterable, kwargs interp.Value) *interp.Exc {
	if t := interp.TypeOf(self); t == orderedDictType || !overridesSetItem(t) {
		return dictOf(self).UpdateArgs(th, iterable, kwargs)
	}
	items := interp.NewDict()
	if err := items.UpdateArgs(th, iterable, kwargs); err != nil {
		return err
	}
	for k, v, i, ok := items.Next(0); ok; k, v, i, ok = items.Next(i) {
		if err := th.SetItem(self, k, v); err != nil {
			return err
		}
	}
	return nil
}

func overridesSetItem(t *interp.Type) bool {
	own, _ := t.Lookup("__setitem__")
	base, _ := orderedDictType.Lookup("__setitem__")
	return !interp.Is(own, base)
}

func orderedRepr(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	return th.GuardRepr(v, "...", func() (string, *interp.Exc) {
		d := dictOf(v)
		name := interp.TypeOf(v).Name
		if d.Len() == 0 {
			return name + "()", nil
		}
		items, err := th.CallMethod(v, "items")
		if err != nil {
			return "", err
		}
		pairs, err := th.Items(items)
		if err != nil {
			return "", err
		}
		text, err := th.Repr(interp.MkList(pairs))
		return name + "(" + text + ")", err
	})
}

// orderedCompare compares the order too, with another OrderedDict.
func orderedCompare(th *interp.Thread, op interp.CompareOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	if op != interp.CmpEq && op != interp.CmpNe {
		return interp.NotImplemented, nil
	}
	if !interp.IsInstance(b, orderedDictType) {
		return interp.DictType().Compare(th, op, a, b)
	}
	same, err := dictOf(a).SameOrder(th, dictOf(b))
	return interp.MkBool(same == (op == interp.CmpEq)), err
}

func orderedBinary(th *interp.Thread, op interp.BinaryOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	if dictOf(a) == nil || dictOf(b) == nil {
		return interp.NotImplemented, nil
	}
	own := a
	if !interp.IsInstance(a, orderedDictType) {
		own = b
	}
	r, err := th.Call(interp.TypeOf(own).Value(), a)
	if err != nil {
		return interp.Value{}, err
	}
	_, err = th.CallMethod(r, "update", b)
	return r, err
}

func moveToEnd(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	last, err := th.Truth(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	found, err := dictOf(a[0]).MoveToEnd(th, a[1], last)
	if err == nil && !found {
		err = interp.KeyErrorOf(a[1])
	}
	return interp.None, err
}

func popItem(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	last, err := th.Truth(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	k, v, ok := dictOf(a[0]).PopEnd(last)
	if !ok {
		return interp.Value{}, interp.KeyErrorOf(interp.MkStr("dictionary is empty"))
	}
	return interp.Pair(k, v), nil
}

func copyOrdered(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return th.Call(interp.TypeOf(a[0]).Value(), a[0])
}

func reduceOrdered(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	items, err := th.CallMethod(a[0], "items")
	if err != nil {
		return interp.Value{}, err
	}
	it, err := th.Iter(items)
	return interp.MkTuple([]interp.Value{interp.TypeOf(a[0]).Value(), interp.MkTuple(nil), interp.None, interp.None, it}), err
}
