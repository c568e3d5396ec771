package collections

// This file defines Counter: a dict of counts. Its operators are in counterops.go.

import "aio/interp"

var counterType = interp.NewLibraryType("collections", "Counter", interp.DictType())

func setupCounter(t *interp.Type) {
	t.Doc = "Dict subclass for counting hashable items.  Sometimes called a bag\nor multiset.  Elements are stored as dictionary keys and their counts\nare stored as dictionary values."
	p := &interp.Protocol{
		Repr: counterRepr, NoHash: true, GetItem: counterGet, SetItem: counterSet, Compare: counterCompare,
		Binary: counterBinary, Ops: interp.Operators(interp.BinAdd, interp.BinSub, interp.BinOr, interp.BinAnd),
		Inplace: counterInplace, InOps: interp.Operators(interp.BinAdd, interp.BinSub, interp.BinOr, interp.BinAnd),
		Unary: counterUnary,
	}
	t.SetInit(p, "Counter(iterable=None, /, **kwds)", interp.NewDictOf, counterUpdate)
	t.AddClassMethods([]interp.Builtin{{Sig: "fromkeys(iterable, v=None)", Doc: "Not defined: there is no one count to give.", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		return interp.Value{}, interp.Errorf(interp.NotImplementedErr, "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")
	}}})
	elementsType.Setup(&interp.Protocol{Iter: elementsIter, Next: elementsNext}, nil, nil)
	t.Setup(p, []interp.Builtin{
		{Sig: "__missing__(key)", Doc: "The count of elements not in the Counter is zero.", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) { return interp.MkInt(0), nil }},
		{Sig: "total()", Doc: "Sum of the counts", Fn: counterTotal},
		{Sig: "most_common(n=None)", Doc: "List the n most common elements and their counts from the most\ncommon to the least.  If n is None, then list all element counts.", Fn: mostCommon},
		{Sig: "elements()", Doc: "Iterator over elements repeating each as many times as its count.", Fn: elements},
		{Sig: "update(iterable=None, /, **kwds)", Doc: "Like dict.update() but add counts instead of replacing them.", Fn: counterUpdate},
		{Sig: "subtract(iterable=None, /, **kwds)", Doc: "Like dict.update() but subtracts counts instead of replacing them.", Fn: counterSubtract},
		{Sig: "copy()", Doc: "Return a shallow copy.", Fn: copyCounter},
		{Sig: "__copy__()", Doc: "Return a shallow copy.", Fn: copyCounter},
		{Sig: "__reduce__()", Doc: "Return state information for pickling.", Fn: reduceCounter},
	}, []interp.GetSet{interp.DictAttr()})
}

// counterGet is c[key]: a missing key counts 0, unless a script's class says otherwise.
func counterGet(th *interp.Thread, v, key interp.Value) (interp.Value, *interp.Exc) {
	x, found, err := th.GetOrMissing(v, key)
	if err != nil || found {
		return x, err
	}
	return interp.MkInt(0), nil
}

// counterSet stores a count; deleting one that is not there is no error.
func counterSet(th *interp.Thread, v, key, x interp.Value) *interp.Exc {
	d := dictOf(v)
	if x.IsUnbound() {
		_, _, err := d.Del(th, key)
		return err
	}
	return d.Set(th, key, x)
}

// count returns the count of a key.
func count(th *interp.Thread, d *interp.Dict, key interp.Value) (interp.Value, *interp.Exc) {
	x, ok, err := d.Get(th, key)
	if !ok {
		x = interp.MkInt(0)
	}
	return x, err
}

func countElements(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	d := dictOf(a[0])
	if d == nil {
		return interp.Value{}, interp.TypeErrorf("_count_elements() needs a dict, not '%s'", interp.TypeName(a[0]))
	}
	return interp.None, th.Iterate(a[1], func(x interp.Value) *interp.Exc { return d.Increment(th, x, interp.MkInt(1)) })
}

// counterUpdate is update and __init__.
func counterUpdate(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	d := dictOf(a[0])
	if !a[1].IsNone() {
		if err := addCounts(th, d, a[1]); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, addCounts(th, d, a[2])
}

// addCounts adds the counts of a mapping, or 1 for each item of another iterable.
func addCounts(th *interp.Thread, d *interp.Dict, v interp.Value) *interp.Exc {
	if o := dictOf(v); o != nil {
		for k, x, i, ok := o.Next(0); ok; k, x, i, ok = o.Next(i) {
			if err := d.Increment(th, k, x); err != nil {
				return err
			}
		}
		return nil
	}
	if counts, ok, err := mappingOf(th, v); err != nil || ok {
		if err != nil {
			return err
		}
		return addCounts(th, d, counts.Value())
	}
	return th.Iterate(v, func(x interp.Value) *interp.Exc { return d.Increment(th, x, interp.MkInt(1)) })
}

// mappingOf returns the items of a mapping that is no dict; ok is false for what is no mapping.
func mappingOf(th *interp.Thread, v interp.Value) (d *interp.Dict, ok bool, err *interp.Exc) {
	if _, ok, err := th.LookupAttr(v, "items"); err != nil || !ok {
		return nil, false, err
	}
	if _, ok, err := th.LookupAttr(v, "keys"); err != nil || !ok {
		return nil, false, err
	}
	d = interp.NewDict()
	return d, true, d.UpdateArgs(th, v, interp.NewDict().Value())
}

func counterSubtract(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	other := interp.NewDict()
	for _, v := range a[1:3] {
		if v.IsNone() {
			continue
		}
		if err := addCounts(th, other, v); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, combine(th, dictOf(a[0]), other, interp.BinSub)
}

// combine stores c[k] op n for the counts n of other.
func combine(th *interp.Thread, d, other *interp.Dict, op interp.BinaryOp) *interp.Exc {
	for k, n, i, ok := other.Next(0); ok; k, n, i, ok = other.Next(i) {
		x, err := count(th, d, k)
		if err != nil {
			return err
		}
		if x, err = th.Binary(op, x, n); err != nil {
			return err
		}
		if err := d.Set(th, k, x); err != nil {
			return err
		}
	}
	return nil
}

func counterTotal(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	d, total := dictOf(a[0]), interp.MkInt(0)
	for _, x, i, ok := d.Next(0); ok; _, x, i, ok = d.Next(i) {
		var err *interp.Exc
		if total, err = th.Binary(interp.BinAdd, total, x); err != nil {
			return interp.Value{}, err
		}
	}
	return total, nil
}

var second = interp.NewBuiltin(&interp.Builtin{Sig: "itemgetter(pair, /)", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(a[0])
	return t.Items()[1], nil
}}, "collections")

// byCount returns the items, the most common first.
func byCount(th *interp.Thread, d *interp.Dict) ([]interp.Value, *interp.Exc) {
	pairs := make([]interp.Value, 0, d.Len())
	for k, x, i, ok := d.Next(0); ok; k, x, i, ok = d.Next(i) {
		pairs = append(pairs, interp.Pair(k, x))
	}
	return pairs, th.SortItems(pairs, second, true)
}

func mostCommon(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n := -1
	if !a[1].IsNone() {
		var err *interp.Exc
		if n, err = th.IndexInt(a[1]); err != nil {
			return interp.Value{}, err
		}
		n = max(n, 0)
	}
	pairs, err := byCount(th, dictOf(a[0]))
	if n >= 0 && n < len(pairs) {
		pairs = pairs[:n:n]
	}
	return interp.MkList(pairs), err
}

func counterRepr(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	name := interp.TypeOf(v).Name
	if dictOf(v).Len() == 0 {
		return name + "()", nil
	}
	return th.GuardRepr(v, "...", func() (string, *interp.Exc) {
		shown := interp.NewDict()
		pairs, err := byCount(th, dictOf(v))
		if err != nil { // counts that cannot be ordered stand as they came
			text, err := interp.DictType().Repr(th, v)
			return name + "(" + text + ")", err
		}
		if err := shown.UpdateArgs(th, interp.MkList(pairs), interp.NewDict().Value()); err != nil {
			return "", err
		}
		text, err := th.Repr(shown.Value())
		return name + "(" + text + ")", err
	})
}

// elementsType is the type of what elements() returns.
var elementsType = interp.NewLibraryType("collections", "_elements", nil)

// elementIter repeats the keys of a Counter.
type elementIter struct {
	d    *interp.Dict
	at   int
	key  interp.Value
	left int // how often key is still to come
}

func elements(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.NewNative(elementsType, &elementIter{d: dictOf(a[0])}), nil
}

func elementsIter(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return v, nil }

func elementsNext(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
	it, _ := interp.NativeData[*elementIter](v)
	for it.left <= 0 {
		k, n, next, ok := it.d.Next(it.at)
		if !ok {
			return interp.Value{}, false, nil
		}
		left, err := th.IndexInt(n)
		if err != nil {
			return interp.Value{}, false, err
		}
		it.key, it.left, it.at = k, left, next
	}
	it.left--
	return it.key, true, nil
}

func copyCounter(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return th.Call(interp.TypeOf(a[0]).Value(), a[0])
}

func reduceCounter(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	plain := dictOf(a[0]).Copy().Value()
	return interp.Pair(interp.TypeOf(a[0]).Value(), interp.MkTuple([]interp.Value{plain})), nil
}
