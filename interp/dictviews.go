package interp

// This file defines the views of a dict (keys, values, items) and its iterators in both directions.

// dictKind says what a view or an iterator of a dict gives.
type dictKind uint8

const (
	dictKeys dictKind = iota
	dictValues
	dictItems
)

type dictView struct {
	Header
	d    *Dict
	kind dictKind
}

// dictIter iterates over a dict; d is nil once it is exhausted.
type dictIter struct {
	Header
	d    *Dict
	i    int // position of Dict.Next; backwards, one above the entry to look at
	used int // of d when it began; -1 after an error
	left int
	kind dictKind
}

func dictIterKinds(names ...string) (types [3]*Type, shapes [3]*Shape) {
	for i, name := range names {
		types[i] = builtinType(name, objectType, layoutOpaque)
		shapes[i] = shapeFor(types[i])
	}
	return
}

var (
	dictKeysType    = builtinType("dict_keys", objectType, layoutOpaque)
	dictValuesType  = builtinType("dict_values", objectType, layoutOpaque)
	dictItemsType   = builtinType("dict_items", objectType, layoutOpaque)
	dictKeysShape   = shapeFor(dictKeysType)
	dictValuesShape = shapeFor(dictValuesType)
	dictItemsShape  = shapeFor(dictItemsType)

	dictIterTypes, dictIterShapes       = dictIterKinds("dict_keyiterator", "dict_valueiterator", "dict_itemiterator")
	dictRevIterTypes, dictRevIterShapes = dictIterKinds("dict_reversekeyiterator", "dict_reversevalueiterator", "dict_reverseitemiterator")
)

func (d *Dict) iter(kind dictKind) Value {
	return object(&dictIter{Header{dictIterShapes[kind]}, d, int(d.head), d.used, d.used, kind})
}

func (d *Dict) backwards(kind dictKind) Value {
	return object(&dictIter{Header{dictRevIterShapes[kind]}, d, len(d.ents), d.used, d.used, kind})
}

func dictIterate(_ *Thread, v Value) (Value, *Exc) { return (*Dict)(v.p).iter(dictKeys), nil }

func setupDictIter(t *Type) {
	t.setupIterator(dictIterNext, append([]Builtin{lengthHint(dictIterLeft)}, dictIterPickle...))
	t.proto.NextPair = dictIterNextPair
}

// dictIterNextPair is dictIterNext without the tuple of an item.
func dictIterNextPair(th *Thread, v Value) (a, b Value, n int, err *Exc) {
	it := (*dictIter)(v.p)
	if d := it.d; it.kind == dictItems && d != nil && it.used == d.used && it.left > 0 && it.i < len(d.ents) {
		if e := &d.ents[it.i]; e.k.p != nil {
			it.i++
			it.left--
			return e.k, e.v, 2, nil
		}
	}
	x, ok, err := dictIterNext(th, v)
	if err != nil || !ok {
		return Value{}, Value{}, 0, err
	}
	return x, Value{}, 1, nil
}

func setupDictRevIter(t *Type) {
	t.setupIterator(dictRevIterNext, append([]Builtin{lengthHint(dictIterLeft)}, dictIterPickle...))
}

func dictIterLeft(v Value) int {
	it := (*dictIter)(v.p)
	if it.d == nil || it.used != it.d.used {
		return 0
	}
	return it.left
}

// item returns what the iterator gives for an entry.
func (it *dictIter) item(e *dictEntry) Value {
	it.left--
	switch it.kind {
	case dictKeys:
		return e.k
	case dictValues:
		return e.v
	}
	return Pair(e.k, e.v)
}

func (it *dictIter) checkSize() *Exc {
	if it.used != it.d.used {
		it.used = -1
		return RuntimeErrorf("dictionary changed size during iteration")
	}
	return nil
}

func dictIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*dictIter)(v.p)
	d := it.d
	if d == nil {
		return Value{}, false, nil
	}
	if it.used != d.used {
		return Value{}, false, it.checkSize()
	}
	for i := it.i; i < len(d.ents); i++ {
		if e := &d.ents[i]; e.k.p != nil {
			if it.left == 0 {
				it.d = nil
				return Value{}, false, RuntimeErrorf("dictionary keys changed during iteration")
			}
			it.i = i + 1
			return it.item(e), true, nil
		}
	}
	it.d = nil
	return Value{}, false, nil
}

func dictRevIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*dictIter)(v.p)
	d := it.d
	if d == nil {
		return Value{}, false, nil
	}
	if err := it.checkSize(); err != nil {
		return Value{}, false, err
	}
	for i := min(it.i, len(d.ents)) - 1; i >= 0; i-- {
		if e := &d.ents[i]; e.k.p != nil {
			it.i = i
			return it.item(e), true, nil
		}
	}
	it.d = nil
	return Value{}, false, nil
}

var viewMethods = []Builtin{
	{"__reversed__()", "Return a reverse iterator over the dict view.", func(_ *Thread, a []Value) (Value, *Exc) {
		w := (*dictView)(a[0].p)
		return w.d.backwards(w.kind), nil
	}},
}

var setViewMethods = append([]Builtin{
	{"isdisjoint(other, /)", "Return True if the view and the given iterable have a null intersection.", viewIsDisjoint},
}, viewMethods...)

var viewAttrs = []GetSet{
	{Name: "mapping", Doc: "dictionary that this view refers to", Get: func(_ *Thread, v Value) (Value, *Exc) {
		return MkMappingProxy((*dictView)(v.p).d.Value()), nil
	}},
}

func (t *Type) setupView(p *Protocol, rows []Builtin) {
	t.flags |= flagNoBase | flagNoNew
	p.Repr, p.Len, p.Iter = viewRepr, viewLen, viewIterate
	t.proto, t.rows, t.getset = p, rows, viewAttrs
}

func setupDictKeys(t *Type) {
	t.setupView(&Protocol{
		NoHash: true, Compare: viewCompare, Contains: viewContains, Binary: viewBinary, Ops: ops(BinOr, BinAnd, BinSub, BinXor),
	}, setViewMethods)
}

func setupDictItems(t *Type) {
	t.setupView(&Protocol{
		NoHash: true, Compare: viewCompare, Contains: viewContains, Binary: viewBinary, Ops: ops(BinOr, BinAnd, BinSub, BinXor),
	}, setViewMethods)
}

func setupDictValues(t *Type) { t.setupView(&Protocol{}, viewMethods) }

// asSetView returns v as a view of keys or items.
func asSetView(v Value) (*dictView, bool) {
	if s := shapeOf(v); s == dictKeysShape || s == dictItemsShape {
		return (*dictView)(v.p), true
	}
	return nil, false
}

func viewRepr(th *Thread, v Value) (string, *Exc) {
	w := (*dictView)(v.p)
	return th.guardRepr(v, "...", func() (string, *Exc) {
		items, err := th.Items(w.d.iter(w.kind))
		if err != nil {
			return "", err
		}
		return th.reprItems(w.shape.typ.Name+"([", "])", items)
	})
}

func viewLen(_ *Thread, v Value) (int, *Exc) { return (*dictView)(v.p).d.used, nil }

func viewIterate(_ *Thread, v Value) (Value, *Exc) {
	w := (*dictView)(v.p)
	return w.d.iter(w.kind), nil
}

func viewContains(th *Thread, v, x Value) (bool, *Exc) {
	w := (*dictView)(v.p)
	if w.kind == dictKeys {
		return dictContains(th, w.d.Value(), x)
	}
	t, ok := AsTuple(x)
	if !ok || len(t.a) != 2 {
		return false, nil
	}
	found, ok, err := w.d.Get(th, t.a[0])
	if err != nil || !ok {
		return false, err
	}
	return th.sameItem(found, t.a[1])
}

// viewCompare compares as sets do, with a set or another view.
func viewCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	_, isSet := AsSet(b)
	if _, isView := asSetView(b); !isSet && !isView {
		return NotImplemented, nil
	}
	x, err := th.Len(a)
	if err != nil {
		return Value{}, err
	}
	y, err := th.Len(b)
	if err != nil {
		return Value{}, err
	}
	var r bool
	switch op {
	case CmpEq, CmpNe:
		if x == y {
			r, err = th.allIn(a, b)
		}
		r = r != (op == CmpNe)
	case CmpLt:
		if x < y {
			r, err = th.allIn(a, b)
		}
	case CmpLe:
		if x <= y {
			r, err = th.allIn(a, b)
		}
	case CmpGt:
		if x > y {
			r, err = th.allIn(b, a)
		}
	case CmpGe:
		if x >= y {
			r, err = th.allIn(b, a)
		}
	}
	return MkBool(r), err
}

// allIn reports whether every item of a is in b.
func (th *Thread) allIn(a, b Value) (bool, *Exc) {
	it, err := th.Iter(a)
	if err != nil {
		return false, err
	}
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return err == nil, err
		}
		if has, err := th.Contains(b, x); err != nil || !has {
			return false, err
		}
	}
}

// viewBinary is the set operations of a view with any iterable on either side; they make a set.
func viewBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	var r *Set
	var err *Exc
	switch {
	case op == BinAnd:
		return th.intersectView(a, b)
	case op == BinXor && shapeOf(a) == dictItemsShape && shapeOf(b) == dictItemsShape:
		r, err = th.toggleItems((*dictView)(a.p).d, (*dictView)(b.p).d)
	default:
		if r, err = th.setOf(a); err != nil {
			return Value{}, err
		}
		switch op {
		case BinOr:
			err = r.update(th, b)
		case BinSub:
			err = r.subtract(th, b)
		case BinXor:
			err = r.toggle(th, b)
		}
	}
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

func (th *Thread) intersectView(a, b Value) (Value, *Exc) {
	w, ok := asSetView(a)
	if !ok {
		w, _ = asSetView(b)
		a, b = b, a
	}
	if s := shapeOf(b); s == setShape || s == frozenSetShape {
		if o := (*Set)(b.p); w.d.used <= o.used {
			r, err := o.intersection(th, a)
			if err != nil {
				return Value{}, err
			}
			r.shape = setShape
			return object(r), nil
		}
	}
	if o, ok := asSetView(b); ok && o.d.used > w.d.used {
		a, b = b, a
	}
	r := NewSet()
	return object(r), th.Iterate(b, func(x Value) *Exc {
		has, err := viewContains(th, a, x)
		if err == nil && has {
			err = r.Add(th, x)
		}
		return err
	})
}

// toggleItems returns the items that are in one of two dicts only, in CPython's order.
func (th *Thread) toggleItems(a, b *Dict) (*Set, *Exc) {
	if a.used > b.used {
		a, b = b, a
	}
	rest, r := a.Copy(), NewSet()
	for k, v, i, ok := b.Next(0); ok; k, v, i, ok = b.Next(i) {
		other, found, err := rest.Get(th, k)
		if err != nil {
			return nil, err
		}
		if found {
			same, err := th.sameItem(other, v)
			if err != nil {
				return nil, err
			}
			if same {
				if _, _, err := rest.Del(th, k); err != nil {
					return nil, err
				}
				continue
			}
		}
		if err := r.Add(th, Pair(k, v)); err != nil {
			return nil, err
		}
	}
	return r, r.update(th, object(&dictView{Header{dictItemsShape}, rest, dictItems}))
}

func viewIsDisjoint(th *Thread, a []Value) (Value, *Exc) {
	self, other := a[0], a[1]
	w := (*dictView)(self.p)
	if Is(self, other) {
		return MkBool(w.d.used == 0), nil
	}
	_, isSet := AsSet(other)
	if _, isView := asSetView(other); isSet || isView {
		n, err := th.Len(other)
		if err != nil {
			return Value{}, err
		}
		if n > w.d.used {
			self, other = other, self
		}
	}
	it, err := th.Iter(other)
	for err == nil {
		x, ok, nextErr := th.Next(it)
		if err = nextErr; err != nil || !ok {
			return True, err
		}
		var has bool
		if has, err = th.Contains(self, x); has {
			return False, nil
		}
	}
	return Value{}, err
}
