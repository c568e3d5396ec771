package interp

// This file defines the protocol and the methods of dict. Its storage is in dict.go, its views and
// iterators are in dictviews.go.

import "strings"

func mappingTypes() []typeSetup {
	return []typeSetup{
		{dictType, dictShape, setupDict},
		{dictKeysType, dictKeysShape, setupDictKeys},
		{dictValuesType, dictValuesShape, setupDictValues},
		{dictItemsType, dictItemsShape, setupDictItems},
		{dictIterTypes[dictKeys], dictIterShapes[dictKeys], setupDictIter},
		{dictIterTypes[dictValues], dictIterShapes[dictValues], setupDictIter},
		{dictIterTypes[dictItems], dictIterShapes[dictItems], setupDictIter},
		{dictRevIterTypes[dictKeys], dictRevIterShapes[dictKeys], setupDictRevIter},
		{dictRevIterTypes[dictValues], dictRevIterShapes[dictValues], setupDictRevIter},
		{dictRevIterTypes[dictItems], dictRevIterShapes[dictItems], setupDictRevIter},
		{setType, setShape, setupSet},
		{frozenSetType, frozenSetShape, setupFrozenSet},
		{setIterType, setIterShape, setupSetIter},
		{mappingProxyType, mappingProxyShape, setupMappingProxy},
	}
}

var dictMethods = []Builtin{
	{"clear()", "D.clear() -> None.  Remove all items from D.", func(_ *Thread, a []Value) (Value, *Exc) {
		(*Dict)(a[0].p).Clear()
		return None, nil
	}},
	{"copy()", "D.copy() -> a shallow copy of D", func(_ *Thread, a []Value) (Value, *Exc) {
		return (*Dict)(a[0].p).Copy().Value(), nil
	}},
	{"get(key, default=None, /)", "Return the value for key if key is in the dictionary, else default.", dictGet},
	{"items()", "D.items() -> a set-like object providing a view on D's items", func(_ *Thread, a []Value) (Value, *Exc) {
		return object(&dictView{Header{dictItemsShape}, (*Dict)(a[0].p), dictItems}), nil
	}},
	{"keys()", "D.keys() -> a set-like object providing a view on D's keys", func(_ *Thread, a []Value) (Value, *Exc) {
		return object(&dictView{Header{dictKeysShape}, (*Dict)(a[0].p), dictKeys}), nil
	}},
	{"pop(key, default=?, /)", "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, return the default if given; otherwise,\nraise a KeyError.", dictPop},
	{"popitem()", "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) order.\nRaises KeyError if the dict is empty.", dictPopItem},
	{"setdefault(key, default=None, /)", "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.", dictSetDefault},
	{"update(iterable=?, /, **kwargs)", "D.update([E, ]**F) -> None.  Update D from dict/iterable E and F.", func(th *Thread, a []Value) (Value, *Exc) {
		return None, (*Dict)(a[0].p).updateArgs(th, a[1], a[2])
	}},
	{"values()", "D.values() -> an object providing a view on D's values", func(_ *Thread, a []Value) (Value, *Exc) {
		return object(&dictView{Header{dictValuesShape}, (*Dict)(a[0].p), dictValues}), nil
	}},
	{"__reversed__()", "Return a reverse iterator over the dict keys.", func(_ *Thread, a []Value) (Value, *Exc) {
		return (*Dict)(a[0].p).backwards(dictKeys), nil
	}},
	{"__sizeof__()", "D.__sizeof__() -> size of D in memory, in bytes", func(_ *Thread, a []Value) (Value, *Exc) {
		d := (*Dict)(a[0].p)
		return MkInt(int64(64 + 4*len(d.idx) + 40*cap(d.ents))), nil
	}},
}

var dictClassMethods = []Builtin{
	{"fromkeys(iterable, value=None, /)", "Create a new dictionary with keys from iterable and values set to value.", dictFromKeys},
}

func setupDict(t *Type) {
	t.Doc = "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)"
	t.flags |= flagMapping | flagMatchSelf
	t.proto = &Protocol{
		Repr: dictRepr, NoHash: true, Compare: dictCompare, Len: dictLen, GetItem: dictGetItem, SetItem: dictSetItem,
		Contains: dictContains, Iter: dictIterate, Binary: dictBinary, Ops: ops(BinOr), Inplace: dictInplace, InOps: ops(BinOr),
	}
	t.rows = dictMethods
	t.AddClassMethods(dictClassMethods)
	t.SetInit(t.proto, "dict(iterable=?, /, **kwargs)", newEmptyDict, func(th *Thread, a []Value) (Value, *Exc) {
		return None, (*Dict)(a[0].p).updateArgs(th, a[1], a[2])
	})
}

func newEmptyDict(cls *Type) Value {
	if cls == dictType {
		return NewDict().Value()
	}
	return object(&dictSub{Dict: Dict{Header: Header{cls.inst}}})
}

func dictRepr(th *Thread, v Value) (string, *Exc) {
	d := (*Dict)(v.p)
	if d.used == 0 {
		return "{}", nil
	}
	return th.guardRepr(v, "{...}", func() (string, *Exc) {
		var b strings.Builder
		sep := "{"
		for k, x, i, ok := d.Next(0); ok; k, x, i, ok = d.Next(i) {
			ks, err := th.Repr(k)
			if err != nil {
				return "", err
			}
			xs, err := th.Repr(x)
			if err != nil {
				return "", err
			}
			b.WriteString(sep)
			b.WriteString(ks)
			b.WriteString(": ")
			b.WriteString(xs)
			sep = ", "
		}
		b.WriteString("}")
		return b.String(), nil
	})
}

func dictCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	y, ok := AsDict(b)
	if !ok || op != CmpEq && op != CmpNe {
		return NotImplemented, nil
	}
	same, err := (*Dict)(a.p).equal(th, y)
	return MkBool(same == (op == CmpEq)), err
}

func (d *Dict) equal(th *Thread, o *Dict) (bool, *Exc) {
	if d.used != o.used {
		return false, nil
	}
	if err := th.descend(inComparison); err != nil {
		return false, err
	}
	defer func() { th.depth-- }()
	for i := 0; i < len(d.ents); i++ {
		e := d.ents[i]
		if e.k.p == nil {
			continue
		}
		j, err := o.find(th, e.hash, e.k)
		if err != nil || j < 0 {
			return false, err
		}
		if same, err := th.sameItem(e.v, o.ents[j].v); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func dictLen(_ *Thread, v Value) (int, *Exc) { return (*Dict)(v.p).used, nil }

func dictGetItem(th *Thread, v, key Value) (Value, *Exc) {
	d := (*Dict)(v.p)
	h, err := th.Hash(key)
	if err != nil {
		return Value{}, err
	}
	i, sure := d.findFast(h, key)
	if !sure {
		if i, err = d.find(th, h, key); err != nil {
			return Value{}, err
		}
	}
	if i >= 0 {
		return d.ents[i].v, nil
	}
	if d.shape != dictShape {
		if f := scripted(v, spMissing); !f.IsUnbound() {
			return th.callSpecial(f, v, key)
		}
	}
	return Value{}, KeyErrorOf(key)
}

func dictSetItem(th *Thread, v, key, x Value) *Exc {
	d := (*Dict)(v.p)
	if !x.IsUnbound() {
		return d.Set(th, key, x)
	}
	_, found, err := d.Del(th, key)
	if err == nil && !found {
		err = KeyErrorOf(key)
	}
	return err
}

func dictContains(th *Thread, v, key Value) (bool, *Exc) {
	h, err := th.Hash(key)
	if err != nil {
		return false, err
	}
	i, err := (*Dict)(v.p).find(th, h, key)
	return i >= 0, err
}

func dictBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok1 := AsDict(a)
	_, ok2 := AsDict(b)
	if !ok1 || !ok2 {
		return NotImplemented, nil
	}
	r := x.Copy()
	return r.Value(), r.update(th, b)
}

func dictInplace(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	return a, (*Dict)(a.p).update(th, b)
}

func dictGet(th *Thread, a []Value) (Value, *Exc) {
	v, ok, err := (*Dict)(a[0].p).Get(th, a[1])
	if !ok {
		return a[2], err
	}
	return v, nil
}

func dictPop(th *Thread, a []Value) (Value, *Exc) {
	if d := (*Dict)(a[0].p); d.used > 0 { // sic: in an empty dict the key is not even hashed
		v, found, err := d.Del(th, a[1])
		if err != nil || found {
			return v, err
		}
	}
	if a[2].IsUnbound() {
		return Value{}, KeyErrorOf(a[1])
	}
	return a[2], nil
}

func dictPopItem(_ *Thread, a []Value) (Value, *Exc) {
	d := (*Dict)(a[0].p)
	i := d.last()
	if i < 0 {
		return Value{}, KeyErrorOf(MkStr("popitem(): dictionary is empty"))
	}
	k := d.ents[i].k
	v := d.removeAt(i)
	if n := len(d.ents); n > i {
		d.ents[n-1].v.n = uint64(i) // where the next search from the end goes on, see last
	}
	return Pair(k, v), nil
}

// last returns the last entry, or -1. A deleted entry may say in v.n that all from there to it are
// deleted too; otherwise emptying a dict by popitem would be quadratic.
func (d *Dict) last() int {
	for i := len(d.ents) - 1; i >= 0; i-- {
		e := &d.ents[i]
		if e.k.p != nil {
			return i
		}
		if skip := int(e.v.n); skip > 0 && skip < i {
			i = skip
		}
	}
	return -1
}

func dictSetDefault(th *Thread, a []Value) (Value, *Exc) {
	d := (*Dict)(a[0].p)
	h, err := th.Hash(a[1])
	if err != nil {
		return Value{}, err
	}
	i, err := d.find(th, h, a[1])
	if err != nil {
		return Value{}, err
	}
	if i >= 0 {
		return d.ents[i].v, nil
	}
	d.insert(h, a[1], a[2])
	return a[2], nil
}

func dictFromKeys(th *Thread, a []Value) (Value, *Exc) {
	r, err := th.Call(a[0])
	if err != nil {
		return Value{}, err
	}
	value := a[2]
	if d, ok := AsDict(r); ok && shapeOf(r) == dictShape {
		if known, err := d.fromHashed(th, a[1], value); known {
			return r, err
		}
		return r, th.Iterate(a[1], func(k Value) *Exc { return d.Set(th, k, value) })
	}
	return r, th.Iterate(a[1], func(k Value) *Exc { return th.SetItem(r, k, value) })
}

// fromHashed sets the keys of a set or dict, whose hashes are known; known is false for anything else.
func (d *Dict) fromHashed(th *Thread, keys, value Value) (known bool, err *Exc) {
	switch shapeOf(keys) {
	case setShape, frozenSetShape:
		for s, i := (*Set)(keys.p), 0; i < len(s.table) && err == nil; i++ {
			if e := s.table[i]; e.k.p != nil {
				err = d.setHash(th, e.hash, e.k, value)
			}
		}
		return true, err
	case dictShape:
		for o, i := (*Dict)(keys.p), 0; i < len(o.ents) && err == nil; i++ {
			if e := o.ents[i]; e.k.p != nil {
				err = d.setHash(th, e.hash, e.k, value)
			}
		}
		return true, err
	}
	return false, nil
}

// updateArgs is dict.update and dict.__init__: iterable may be unbound, kwargs is a dict.
func (d *Dict) updateArgs(th *Thread, iterable, kwargs Value) *Exc {
	if !iterable.IsUnbound() {
		if err := d.update(th, iterable); err != nil {
			return err
		}
	}
	if kw := (*Dict)(kwargs.p); kw.used > 0 {
		return d.merge(th, kw)
	}
	return nil
}

// update adds the items of a mapping or of an iterable of pairs.
func (d *Dict) update(th *Thread, v Value) *Exc {
	if o, ok := AsDict(v); ok && (o.shape == dictShape || scripted(v, spIter).IsUnbound()) {
		return d.merge(th, o)
	}
	keys, ok, err := th.LookupAttr(v, "keys")
	if err != nil {
		return err
	}
	if ok {
		return d.updateByKeys(th, v, keys)
	}
	return d.updatePairs(th, v)
}

// updateByKeys adds the items of a mapping that is no dict; keys is its method.
func (d *Dict) updateByKeys(th *Thread, v, keys Value) *Exc {
	list, err := th.Call(keys)
	if err != nil {
		return err
	}
	return th.Iterate(list, func(k Value) *Exc {
		x, err := th.GetItem(v, k)
		if err != nil {
			return err
		}
		return d.Set(th, k, x)
	})
}

func (d *Dict) updatePairs(th *Thread, v Value) *Exc {
	i := 0
	return th.Iterate(v, func(item Value) *Exc {
		var pair []Value
		switch shapeOf(item) {
		case tupleShape:
			pair = (*Tuple)(item.p).a
		case listShape:
			pair = (*List)(item.p).a
		default:
			var err *Exc
			if pair, err = th.Items(item); err != nil {
				if err.Is(TypeError) {
					return TypeErrorf("cannot convert dictionary update sequence element #%d to a sequence", i)
				}
				return err
			}
		}
		if len(pair) != 2 {
			return ValueErrorf("dictionary update sequence element #%d has length %d; 2 is required", i, len(pair))
		}
		i++
		return d.Set(th, pair[0], pair[1])
	})
}

// merge adds the items of another dict.
func (d *Dict) merge(th *Thread, o *Dict) *Exc {
	if o == d || o.used == 0 {
		return nil
	}
	if d.used == 0 {
		c := o.Copy()
		d.idx, d.ents, d.used = c.idx, c.ents, c.used
		d.keyver++
		return nil
	}
	used := o.used
	for i := 0; i < len(o.ents); i++ {
		e := o.ents[i]
		if e.k.p == nil {
			continue
		}
		if err := d.setHash(th, e.hash, e.k, e.v); err != nil {
			return err
		}
		if o.used != used {
			return RuntimeErrorf("dict mutated during update")
		}
	}
	return nil
}
