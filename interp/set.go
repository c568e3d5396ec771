package interp

// This file defines Set, the storage of set and frozenset. Probing, growth and the way each operation
// walks its operands are CPython's, so that equal hashes give the same iteration order; methods are in
// setmethods.go.

type setEntry struct {
	hash uint64 // setDeleted where a key was removed
	k    Value  // unbound in a free and in a deleted entry
}

// Set is a set or frozenset.
//
// Invariant: len(table) is a power of two, at least setMinSize; or table is nil, which counts as one of
// setMinSize free entries.
type Set struct {
	Header
	table  []setEntry
	fill   int    // entries that are not free
	used   int    // keys
	finger int    // where pop goes on
	hash   uint64 // of a frozenset, when hashed
	ver    uint32 // changes when a key may have left its entry
	hashed bool
	dict   *Dict // attributes of an instance of a subclass
}

const (
	setMinSize   = 8
	linearProbes = 9
	perturbShift = 5
	setDeleted   = ^uint64(0) // no key has this hash: it would be -1
)

// NewSet returns an empty set.
func NewSet() *Set { return newSetWithTable(setShape) }

// newSetWithTable makes a set and its first table in one allocation.
func newSetWithTable(shape *Shape) *Set {
	s := &struct {
		Set
		arr [setMinSize]setEntry
	}{}
	s.shape = shape
	s.table = s.arr[:]
	return &s.Set
}

// NewFrozenSet returns an empty frozenset, to be filled before a script sees it.
func NewFrozenSet() *Set { return newSetWithTable(frozenSetShape) }

func (s *Set) addAll(th *Thread, items []Value) *Exc {
	for _, k := range items {
		if err := s.Add(th, k); err != nil {
			return err
		}
	}
	return nil
}

// Value returns s as a Value.
func (s *Set) Value() Value { return object(s) }

// AsSet returns v as a set or frozenset, also of a subclass.
func AsSet(v Value) (*Set, bool) { return as[Set](v, layoutSet) }

// Len returns the number of keys.
func (s *Set) Len() int { return s.used }

func (s *Set) mask() int {
	if s.table == nil {
		return setMinSize - 1
	}
	return len(s.table) - 1
}

// Next returns the first key at or behind position i, and the position behind it; ok is false at the
// end. Start with 0.
func (s *Set) Next(i int) (k Value, next int, ok bool) {
	e, next := s.next(i)
	if e == nil {
		return Value{}, next, false
	}
	return e.k, next, true
}

func (s *Set) next(i int) (*setEntry, int) {
	for ; i < len(s.table); i++ {
		if e := &s.table[i]; e.k.p != nil {
			return e, i + 1
		}
	}
	return nil, i
}

// find returns the entry of a key, or where it would go: into the last deleted entry on the way to a
// free one, else into that. Comparing may run script code that changes s: then it starts again.
func (s *Set) find(th *Thread, h uint64, k Value) (slot int, found bool, err *Exc) {
	if s.table == nil {
		s.table = make([]setEntry, setMinSize)
	}
restart:
	ver, deleted := s.ver, -1
	mask := uint64(len(s.table) - 1)
	i, perturb := h&mask, h
	for {
		last := i
		if i+linearProbes <= mask {
			last += linearProbes
		}
		for j := i; j <= last; j++ {
			e := &s.table[j]
			if e.k.p == nil {
				if e.hash == setDeleted {
					deleted = int(j)
					continue
				}
				if deleted >= 0 {
					return deleted, false, nil
				}
				return int(j), false, nil
			}
			if e.hash != h {
				continue
			}
			if e.k.p == k.p && e.k.n == k.n {
				return int(j), true, nil
			}
			same, sure := fastEqual(e.k, k)
			if !sure {
				same, err = th.Equal(e.k, k)
				if err != nil {
					return 0, false, err
				}
				if s.ver != ver {
					if s.table == nil {
						s.table = make([]setEntry, setMinSize)
					}
					goto restart
				}
			}
			if same {
				return int(j), true, nil
			}
		}
		perturb >>= perturbShift
		i = (i*5 + 1 + perturb) & mask
	}
}

// addHash adds a key whose hash is known.
func (s *Set) addHash(th *Thread, h uint64, k Value) *Exc {
	slot, found, err := s.find(th, h, k)
	if err != nil || found {
		return err
	}
	s.used++
	e := &s.table[slot]
	if e.hash == setDeleted {
		*e = setEntry{h, k}
		return nil
	}
	*e = setEntry{h, k}
	s.fill++
	if s.fill*5 >= (len(s.table)-1)*3 {
		s.grow()
	}
	return nil
}

// Add adds a key. Errors: what hashing and comparing raise.
func (s *Set) Add(th *Thread, k Value) *Exc {
	h, err := th.Hash(k)
	if err != nil {
		return err
	}
	return s.addHash(th, h, k)
}

func (s *Set) hasHash(th *Thread, h uint64, k Value) (bool, *Exc) {
	if s.used == 0 {
		return false, nil
	}
	_, found, err := s.find(th, h, k)
	return found, err
}

// Has reports whether a key is in s. Errors: what hashing and comparing raise.
func (s *Set) Has(th *Thread, k Value) (bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		return false, err
	}
	return s.hasHash(th, h, k)
}

// discardHash removes a key and reports whether it was there.
func (s *Set) discardHash(th *Thread, h uint64, k Value) (bool, *Exc) {
	if s.used == 0 {
		return false, nil
	}
	slot, found, err := s.find(th, h, k)
	if found {
		s.deleteAt(slot)
	}
	return found, err
}

// Discard removes a key and reports whether it was there. Errors: what hashing and comparing raise.
func (s *Set) Discard(th *Thread, k Value) (bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		return false, err
	}
	return s.discardHash(th, h, k)
}

func (s *Set) deleteAt(slot int) {
	s.table[slot] = setEntry{hash: setDeleted}
	s.used--
	s.ver++
}

// pop removes the next key in turn; s is not empty.
func (s *Set) pop() Value {
	i := s.finger & s.mask()
	for s.table[i].k.p == nil {
		if i++; i > s.mask() {
			i = 0
		}
	}
	k := s.table[i].k
	s.deleteAt(i)
	s.finger = i + 1
	return k
}

func (s *Set) clear() {
	s.table, s.fill, s.used = nil, 0, 0
	s.ver++
}

// grow makes the table as large as CPython makes it for the keys that are there.
func (s *Set) grow() {
	if s.used > 50000 {
		s.resize(s.used * 2)
	} else {
		s.resize(s.used * 4)
	}
}

// resize makes a table of more than least entries and drops the deleted ones.
func (s *Set) resize(least int) {
	size := setMinSize
	for size <= least {
		size *= 2
	}
	if size == setMinSize && s.mask() == setMinSize-1 && s.fill == s.used {
		return
	}
	old := s.table
	s.table = make([]setEntry, size)
	s.fill = s.used
	s.ver++
	for i := range old {
		if e := &old[i]; e.k.p != nil {
			s.insertClean(e.hash, e.k)
		}
	}
}

// insertClean puts a key that is not there into a table without deleted entries.
func (s *Set) insertClean(h uint64, k Value) {
	mask := uint64(len(s.table) - 1)
	i, perturb := h&mask, h
	for {
		last := i
		if i+linearProbes <= mask {
			last += linearProbes
		}
		for j := i; j <= last; j++ {
			if e := &s.table[j]; e.k.p == nil {
				e.hash, e.k = h, k
				return
			}
		}
		perturb >>= perturbShift
		i = (i*5 + 1 + perturb) & mask
	}
}

// reserve makes room for n more keys, expecting that few of them are there.
func (s *Set) reserve(n int) {
	if (s.fill+n)*5 >= s.mask()*3 {
		s.resize((s.used + n) * 2)
	}
}

// merge adds the keys of o.
func (s *Set) merge(th *Thread, o *Set) *Exc {
	if o == s || o.used == 0 {
		return nil
	}
	s.reserve(o.used)
	if s.fill > 0 {
		for i := 0; i < len(o.table); i++ {
			if e := &o.table[i]; e.k.p != nil {
				if err := s.addHash(th, e.hash, e.k); err != nil {
					return err
				}
			}
		}
		return nil
	}
	s.fill, s.used = o.used, o.used
	s.ver++
	if o.fill == o.used && o.mask() == s.mask() {
		s.table = append([]setEntry(nil), o.table...)
		return nil
	}
	if s.table == nil {
		s.table = make([]setEntry, setMinSize)
	}
	for i := range o.table {
		if e := &o.table[i]; e.k.p != nil {
			s.insertClean(e.hash, e.k)
		}
	}
	return nil
}

// update adds the items of an iterable.
func (s *Set) update(th *Thread, v Value) *Exc {
	if o, ok := AsSet(v); ok {
		return s.merge(th, o)
	}
	switch shapeOf(v) {
	case dictShape:
		d := (*Dict)(v.p)
		s.reserve(d.used)
		for i := 0; i < len(d.ents); i++ {
			if e := &d.ents[i]; e.k.p != nil {
				if err := s.addHash(th, e.hash, e.k); err != nil {
					return err
				}
			}
		}
		return nil
	case listShape:
		for l, i := (*List)(v.p), 0; i < len(l.a); i++ {
			if err := s.Add(th, l.a[i]); err != nil {
				return err
			}
		}
		return nil
	}
	return th.Iterate(v, func(x Value) *Exc { return s.Add(th, x) })
}

// copy returns a set of the given shape with the keys of s.
func (s *Set) copy(shape *Shape) *Set {
	if s.fill == s.used && s.mask() == setMinSize-1 {
		c := newSetWithTable(shape)
		copy(c.table, s.table)
		c.fill, c.used = s.fill, s.used
		return c
	}
	c := &Set{Header: Header{shape}}
	if s.used > 0 {
		c.merge(nil, s) // into an empty table, which compares nothing
	}
	return c
}

// plainShape returns the shape of what an operation on s makes: a set or a frozenset, no subclass.
func (s *Set) plainShape() *Shape {
	if s.shape == setShape {
		return setShape
	}
	if s.shape.typ.IsSubtype(frozenSetType) {
		return frozenSetShape
	}
	return setShape
}

// setOf returns a plain set with the items of an iterable.
func (th *Thread) setOf(v Value) (*Set, *Exc) {
	s := NewSet()
	return s, s.update(th, v)
}

// union returns the keys of s and the items of other iterables.
func (s *Set) union(th *Thread, others ...Value) (*Set, *Exc) {
	r := s.copy(s.plainShape())
	for _, o := range others {
		if o.p == object(s).p {
			continue
		}
		if err := r.update(th, o); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// intersection returns the keys of s that are in other, an iterable, walking the smaller when it is a
// set.
func (s *Set) intersection(th *Thread, other Value) (*Set, *Exc) {
	shape := s.plainShape()
	if other.p == object(s).p {
		return s.copy(shape), nil
	}
	result := newSetWithTable(shape)
	keep := func(h uint64, k Value) *Exc {
		has, err := s.hasHash(th, h, k)
		if err == nil && has {
			err = result.addHash(th, h, k)
		}
		return err
	}
	if o, ok := AsSet(other); ok {
		if o.used > s.used {
			s, o = o, s
		}
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			if err := keep(e.hash, e.k); err != nil {
				return nil, err
			}
		}
		return result, nil
	}
	return result, th.Iterate(other, func(x Value) *Exc {
		h, err := th.Hash(x)
		if err != nil {
			return err
		}
		return keep(h, x)
	})
}

// subtract removes the items of an iterable.
func (s *Set) subtract(th *Thread, other Value) *Exc {
	o, ok := AsSet(other)
	switch {
	case ok && o == s:
		s.clear()
		return nil
	case ok:
		if o.used>>3 > s.used {
			var err *Exc
			if o, err = s.intersection(th, other); err != nil {
				return err
			}
		}
		for e, i := o.next(0); e != nil; e, i = o.next(i) {
			if _, err := s.discardHash(th, e.hash, e.k); err != nil {
				return err
			}
		}
	default:
		err := th.Iterate(other, func(x Value) *Exc {
			_, err := s.Discard(th, x)
			return err
		})
		if err != nil {
			return err
		}
	}
	if s.fill-s.used > s.mask()/4 {
		s.grow()
	}
	return nil
}

// difference returns the keys of s that are not in other, an iterable.
func (s *Set) difference(th *Thread, other Value) (*Set, *Exc) {
	var size int
	var has func(h uint64, k Value) (bool, *Exc)
	o, isSet := AsSet(other)
	switch {
	case isSet:
		size = o.used
		has = func(h uint64, k Value) (bool, *Exc) { return o.hasHash(th, h, k) }
	case shapeOf(other) == dictShape:
		d := (*Dict)(other.p)
		size = d.used
		has = func(h uint64, k Value) (bool, *Exc) {
			i, err := d.find(th, h, k)
			return i >= 0, err
		}
	}
	if has == nil || s.used>>2 > size {
		c := s.copy(s.plainShape())
		return c, c.subtract(th, other)
	}
	result := newSetWithTable(s.plainShape())
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		h, k := e.hash, e.k
		found, err := has(h, k)
		if err == nil && !found {
			err = result.addHash(th, h, k)
		}
		if err != nil {
			return nil, err
		}
	}
	return result, nil
}

// toggle removes the keys of other that s has and adds those that it has not.
func (s *Set) toggle(th *Thread, other Value) *Exc {
	flip := func(h uint64, k Value) *Exc {
		had, err := s.discardHash(th, h, k)
		if err == nil && !had {
			err = s.addHash(th, h, k)
		}
		return err
	}
	if shapeOf(other) == dictShape {
		d := (*Dict)(other.p)
		for i := 0; i < len(d.ents); i++ {
			if e := d.ents[i]; e.k.p != nil {
				if err := flip(e.hash, e.k); err != nil {
					return err
				}
			}
		}
		return nil
	}
	o, ok := AsSet(other)
	if !ok {
		var err *Exc
		if o, err = th.setOf(other); err != nil {
			return err
		}
	}
	if o == s {
		s.clear()
		return nil
	}
	for e, i := o.next(0); e != nil; e, i = o.next(i) {
		if err := flip(e.hash, e.k); err != nil {
			return err
		}
	}
	return nil
}

// subsetOf reports whether all keys of s are in o.
func (s *Set) subsetOf(th *Thread, o *Set) (bool, *Exc) {
	if s.used > o.used {
		return false, nil
	}
	for e, i := s.next(0); e != nil; e, i = s.next(i) {
		if has, err := o.hasHash(th, e.hash, e.k); err != nil || !has {
			return false, err
		}
	}
	return true, nil
}

// frozenHash is CPython's hash of a frozenset.
func (s *Set) frozenHash() uint64 {
	if s.hashed {
		return s.hash
	}
	shuffle := func(h uint64) uint64 { return ((h ^ 89869747) ^ (h << 16)) * 3644798167 }
	var h uint64
	for i := range s.table {
		if e := &s.table[i]; e.k.p != nil {
			h ^= shuffle(e.hash)
		}
	}
	h ^= uint64(s.used+1) * 1927868237
	h ^= h>>11 ^ h>>25
	h = h*69069 + 907133923
	if h == ^uint64(0) {
		h = 590923713
	}
	s.hash, s.hashed = h, true
	return h
}

// takeOver makes s hold what o holds.
func (s *Set) takeOver(o *Set) {
	s.table, s.fill, s.used = o.table, o.fill, o.used
	s.ver++
}
