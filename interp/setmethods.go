package interp

// This file defines the protocol and the methods of set and frozenset, and their iterator.

var (
	setIterType  = builtinType("set_iterator", objectType, layoutOpaque)
	setIterShape = shapeFor(setIterType)
)

// setIter iterates over a set; s is nil once it is exhausted.
type setIter struct {
	Header
	s    *Set
	i    int
	used int // of s when it began
	left int
}

var setReaders = []Builtin{
	{"copy()", "Return a shallow copy of a set.", setCopy},
	{"difference(*others)", "Return the difference of two or more sets as a new set.", setDifference},
	{"intersection(*others)", "Return the intersection of two sets as a new set.", setIntersection},
	{"isdisjoint(other, /)", "Return True if two sets have a null intersection.", setIsDisjoint},
	{"issubset(other, /)", "Report whether another set contains this set.", setIsSubset},
	{"issuperset(other, /)", "Report whether this set contains another set.", setIsSuperset},
	{"symmetric_difference(other, /)", "Return the symmetric difference of two sets as a new set.", setSymmetricDifference},
	{"union(*others)", "Return the union of sets as a new set.", setUnion},
	{"__reduce__()", "Return state information for pickling.", setReduce},
	{"__sizeof__()", "S.__sizeof__() -> size of S in memory, in bytes", func(_ *Thread, a []Value) (Value, *Exc) {
		n := 200 // CPython's numbers, which scripts compare with one another
		if size := (*Set)(a[0].p).mask() + 1; size > setMinSize {
			n += 16 * size
		}
		return MkInt(int64(n)), nil
	}},
}

var setWriters = []Builtin{
	{"add(object, /)", "Add an element to a set.\n\nThis has no effect if the element is already present.", func(th *Thread, a []Value) (Value, *Exc) {
		return None, (*Set)(a[0].p).Add(th, a[1])
	}},
	{"clear()", "Remove all elements from this set.", func(_ *Thread, a []Value) (Value, *Exc) {
		(*Set)(a[0].p).clear()
		return None, nil
	}},
	{"difference_update(*others)", "Remove all elements of another set from this set.", setDifferenceUpdate},
	{"discard(object, /)", "Remove an element from a set if it is a member.\n\nIf the element is not a member, do nothing.", func(th *Thread, a []Value) (Value, *Exc) {
		_, err := th.discardFrom((*Set)(a[0].p), a[1])
		return None, err
	}},
	{"intersection_update(*others)", "Update a set with the intersection of itself and another.", setIntersectionUpdate},
	{"pop()", "Remove and return an arbitrary set element.\nRaises KeyError if the set is empty.", setPop},
	{"remove(object, /)", "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.", setRemove},
	{"symmetric_difference_update(other, /)", "Update a set with the symmetric difference of itself and another.", func(th *Thread, a []Value) (Value, *Exc) {
		return None, (*Set)(a[0].p).toggle(th, a[1])
	}},
	{"update(*others)", "Update a set with the union of itself and others.", setUpdate},
}

func setProtocol() *Protocol {
	return &Protocol{
		Repr: setRepr, NoHash: true, Compare: setCompare, Len: setLen, Contains: setContains, Iter: setIterate,
		Binary: setBinary, Ops: ops(BinOr, BinAnd, BinSub, BinXor),
	}
}

func setupSet(t *Type) {
	t.Doc = "set() -> new empty set object\nset(iterable) -> new set object\n\nBuild an unordered collection of unique elements."
	t.flags |= flagMatchSelf
	t.proto = setProtocol()
	t.proto.Inplace, t.proto.InOps = setInplace, ops(BinOr, BinAnd, BinSub, BinXor)
	t.rows = append(append([]Builtin(nil), setReaders...), setWriters...)
	t.SetInit(t.proto, "set(iterable=(), /)", func(cls *Type) Value {
		return object(&Set{Header: Header{cls.inst}})
	}, func(th *Thread, a []Value) (Value, *Exc) {
		s := (*Set)(a[0].p)
		if s.fill > 0 {
			s.clear()
		}
		return None, s.update(th, a[1])
	})
	fill := t.proto.Init
	t.proto.Init = func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
		switch {
		case len(kwnames) > 0:
			return TypeErrorf("set() takes no keyword arguments")
		case len(args) > 1:
			return TypeErrorf("%s expected at most 1 argument, got %d", typeName(self), len(args))
		}
		return fill(th, self, args, nil)
	}
}

func setupFrozenSet(t *Type) {
	t.Doc = "frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nBuild an immutable unordered collection of unique elements."
	t.flags |= flagMatchSelf
	t.proto = setProtocol()
	t.proto.NoHash = false
	t.proto.Hash = func(_ *Thread, v Value) (uint64, *Exc) { return (*Set)(v.p).frozenHash(), nil }
	t.rows = setReaders
	t.SetNew("frozenset(iterable=(), /)", func(th *Thread, a []Value) (Value, *Exc) {
		cls := (*Type)(a[0].p)
		if cls == frozenSetType && shapeOf(a[1]) == frozenSetShape {
			return a[1], nil
		}
		s := &Set{Header: Header{cls.inst}}
		return object(s), s.update(th, a[1])
	})
	plain := t.new
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if len(kwnames) == 0 && len(args) > 1 {
			return Value{}, TypeErrorf("%s expected at most 1 argument, got %d", cls.Name, len(args))
		}
		return plain(th, cls, args, kwnames)
	}
}

func setupSetIter(t *Type) {
	t.setupIterator(setIterNext, append([]Builtin{lengthHint(setIterLeft)}, setIterPickle...))
}

func setIterate(_ *Thread, v Value) (Value, *Exc) {
	s := (*Set)(v.p)
	return object(&setIter{Header{setIterShape}, s, 0, s.used, s.used}), nil
}

func setIterLeft(v Value) int {
	it := (*setIter)(v.p)
	if it.s == nil || it.used != it.s.used {
		return 0
	}
	return it.left
}

func setIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*setIter)(v.p)
	s := it.s
	if s == nil {
		return Value{}, false, nil
	}
	if it.used != s.used {
		it.used = -1
		return Value{}, false, RuntimeErrorf("Set changed size during iteration")
	}
	for i := it.i; i < len(s.table); i++ {
		if k := s.table[i].k; k.p != nil {
			it.i = i + 1
			it.left--
			return k, true, nil
		}
	}
	it.s = nil
	return Value{}, false, nil
}

func (s *Set) items() []Value {
	out := make([]Value, 0, s.used)
	for i := range s.table {
		if k := s.table[i].k; k.p != nil {
			out = append(out, k)
		}
	}
	return out
}

func setRepr(th *Thread, v Value) (string, *Exc) {
	s := (*Set)(v.p)
	name := s.shape.typ.Name
	if s.used == 0 {
		return name + "()", nil
	}
	return th.guardRepr(v, name+"(...)", func() (string, *Exc) {
		if s.shape == setShape {
			return th.reprItems("{", "}", s.items())
		}
		return th.reprItems(name+"({", "})", s.items())
	})
}

func setCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	x := (*Set)(a.p)
	y, ok := AsSet(b)
	if !ok {
		return NotImplemented, nil
	}
	var r bool
	var err *Exc
	switch op {
	case CmpEq, CmpNe:
		if x.used == y.used && !(x.hashed && y.hashed && x.hash != y.hash) {
			r, err = x.subsetOf(th, y)
		}
		r = r != (op == CmpNe)
	case CmpLe:
		r, err = x.subsetOf(th, y)
	case CmpGe:
		r, err = y.subsetOf(th, x)
	case CmpLt:
		if x.used < y.used {
			r, err = x.subsetOf(th, y)
		}
	case CmpGt:
		if x.used > y.used {
			r, err = y.subsetOf(th, x)
		}
	}
	return MkBool(r), err
}

func setLen(_ *Thread, v Value) (int, *Exc) { return (*Set)(v.p).used, nil }

// setKey returns a key that may be a set, which is then searched as the frozenset it equals; it
// returns the error of hashing it otherwise.
func setKey(k Value, err *Exc) (Value, *Exc) {
	if s, ok := AsSet(k); ok && err.Is(TypeError) {
		return object(s.copy(frozenSetShape)), nil
	}
	return Value{}, err
}

func setContains(th *Thread, v, k Value) (bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		if k, err = setKey(k, err); err != nil {
			return false, err
		}
		h = (*Set)(k.p).frozenHash()
	}
	return (*Set)(v.p).hasHash(th, h, k)
}

func (th *Thread) discardFrom(s *Set, k Value) (bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		if k, err = setKey(k, err); err != nil {
			return false, err
		}
		h = (*Set)(k.p).frozenHash()
	}
	return s.discardHash(th, h, k)
}

func setBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok1 := AsSet(a)
	_, ok2 := AsSet(b)
	if !ok1 || !ok2 {
		return NotImplemented, nil
	}
	var r *Set
	var err *Exc
	switch op {
	case BinOr:
		r, err = x.union(th, b)
	case BinAnd:
		r, err = x.intersection(th, b)
	case BinSub:
		r, err = x.difference(th, b)
	case BinXor:
		r, err = x.symmetric(th, b)
	}
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

// symmetric returns the keys that are in one of s and other, an iterable, and not in both.
func (s *Set) symmetric(th *Thread, other Value) (*Set, *Exc) {
	r := &Set{Header: Header{s.plainShape()}}
	if err := r.update(th, other); err != nil {
		return nil, err
	}
	return r, r.toggle(th, object(s))
}

func setInplace(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	s := (*Set)(a.p)
	if _, ok := AsSet(b); !ok {
		return NotImplemented, nil
	}
	var err *Exc
	switch op {
	case BinOr:
		err = s.update(th, b)
	case BinAnd:
		var r *Set
		if r, err = s.intersection(th, b); err == nil {
			s.takeOver(r)
		}
	case BinSub:
		err = s.subtract(th, b)
	case BinXor:
		err = s.toggle(th, b)
	}
	return a, err
}

func setCopy(_ *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	if s.shape == frozenSetShape {
		return a[0], nil
	}
	return object(s.copy(s.plainShape())), nil
}

func setDifference(th *Thread, a []Value) (Value, *Exc) {
	s, others := (*Set)(a[0].p), (*Tuple)(a[1].p).a
	if len(others) == 0 {
		return setCopy(th, a)
	}
	r, err := s.difference(th, others[0])
	for _, o := range others[1:] {
		if err != nil {
			break
		}
		err = r.subtract(th, o)
	}
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

// intersectAll returns the intersection of s with all others.
func (s *Set) intersectAll(th *Thread, others Value) (*Set, *Exc) {
	list := (*Tuple)(others.p).a
	if len(list) == 0 {
		return s.copy(s.plainShape()), nil
	}
	for _, o := range list {
		var err *Exc
		if s, err = s.intersection(th, o); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func setIntersection(th *Thread, a []Value) (Value, *Exc) {
	r, err := (*Set)(a[0].p).intersectAll(th, a[1])
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

func setIsDisjoint(th *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	if o, ok := AsSet(a[1]); ok {
		if o == s {
			return MkBool(s.used == 0), nil
		}
		if o.used > s.used {
			s, o = o, s
		}
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			if has, err := s.hasHash(th, e.hash, e.k); err != nil || has {
				return False, err
			}
		}
		return True, nil
	}
	it, err := th.Iter(a[1])
	for err == nil {
		x, ok, nextErr := th.Next(it)
		if err = nextErr; err != nil || !ok {
			return True, err
		}
		var has bool
		if has, err = s.Has(th, x); has {
			return False, nil
		}
	}
	return Value{}, err
}

func setIsSubset(th *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	o, ok := AsSet(a[1])
	if !ok {
		var err *Exc
		if o, err = s.intersection(th, a[1]); err != nil {
			return Value{}, err
		}
		return MkBool(o.used == s.used), nil
	}
	r, err := s.subsetOf(th, o)
	return MkBool(r), err
}

func setIsSuperset(th *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	if o, ok := AsSet(a[1]); ok {
		r, err := o.subsetOf(th, s)
		return MkBool(r), err
	}
	it, err := th.Iter(a[1])
	for err == nil {
		x, ok, nextErr := th.Next(it)
		if err = nextErr; err != nil || !ok {
			return True, err
		}
		var has bool
		if has, err = s.Has(th, x); err == nil && !has {
			return False, nil
		}
	}
	return Value{}, err
}

func setSymmetricDifference(th *Thread, a []Value) (Value, *Exc) {
	r, err := (*Set)(a[0].p).symmetric(th, a[1])
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

func setUnion(th *Thread, a []Value) (Value, *Exc) {
	r, err := (*Set)(a[0].p).union(th, (*Tuple)(a[1].p).a...)
	if err != nil {
		return Value{}, err
	}
	return object(r), nil
}

func setReduce(_ *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	state := None
	if s.dict != nil {
		state = s.dict.Value()
	}
	return MkTuple([]Value{s.shape.typ.Value(), MkTuple([]Value{MkList(s.items())}), state}), nil
}

func setDifferenceUpdate(th *Thread, a []Value) (Value, *Exc) {
	for _, o := range (*Tuple)(a[1].p).a {
		if err := (*Set)(a[0].p).subtract(th, o); err != nil {
			return Value{}, err
		}
	}
	return None, nil
}

func setIntersectionUpdate(th *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	r, err := s.intersectAll(th, a[1])
	if err != nil {
		return Value{}, err
	}
	s.takeOver(r)
	return None, nil
}

func setPop(_ *Thread, a []Value) (Value, *Exc) {
	s := (*Set)(a[0].p)
	if s.used == 0 {
		return Value{}, KeyErrorOf(MkStr("pop from an empty set"))
	}
	return s.pop(), nil
}

func setRemove(th *Thread, a []Value) (Value, *Exc) {
	found, err := th.discardFrom((*Set)(a[0].p), a[1])
	if err == nil && !found {
		err = KeyErrorOf(a[1])
	}
	return None, err
}

func setUpdate(th *Thread, a []Value) (Value, *Exc) {
	for _, o := range (*Tuple)(a[1].p).a {
		if err := (*Set)(a[0].p).update(th, o); err != nil {
			return Value{}, err
		}
	}
	return None, nil
}
