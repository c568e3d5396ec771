package interp

// This file defines Dict, the storage of dict: compact, insertion-ordered, open addressing.
// Its methods are in dictmethods.go.

import "unsafe"

type dictEntry struct {
	hash uint64
	k, v Value // k is unbound in a deleted entry
}

// Dict is a dict.
type Dict struct {
	Header
	idx  []int32 // slots: index into ents, dictEmpty or dictDeleted; nil up to 8 entries
	ents []dictEntry
	used int // entries that are not deleted
	// keyver changes whenever the set of keys changes: inline caches of globals compare it, and
	// iterators notice a change of size by it.
	keyver uint32
	// head is how many entries at the front are deleted: taking items from the front stays linear.
	head uint32
}

const (
	dictEmpty   = -1
	dictDeleted = -2
	dictSmall   = 8 // up to so many entries are searched in order, without slots
)

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{Header: Header{dictShape}} }

// newDictFor returns an empty dict for n entries; room for few of them is in the same allocation.
func newDictFor(n int) *Dict {
	switch {
	case n == 0 || n > 4:
		return NewDict()
	case n <= 2:
		d := &struct {
			Dict
			arr [2]dictEntry
		}{}
		d.shape = dictShape
		d.ents = d.arr[:0]
		return &d.Dict
	}
	d := &struct {
		Dict
		arr [4]dictEntry
	}{}
	d.shape = dictShape
	d.ents = d.arr[:0]
	return &d.Dict
}

// Value returns d as a Value.
func (d *Dict) Value() Value { return object(d) }

// AsDict returns v as a dict, also of a subclass.
func AsDict(v Value) (*Dict, bool) { return as[Dict](v, layoutDict) }

// Len returns the number of keys.
func (d *Dict) Len() int { return d.used }

// findFast looks up a key whose comparison needs no script code: str and int keys against entries of
// any kind that are str or int. It reports the entry, -1 when it is not there, or false when a
// general comparison is needed.
func (d *Dict) findFast(h uint64, k Value) (int, bool) {
	var text *Str
	if shapeOf(k) == strShape {
		text = (*Str)(k.p)
	}
	if d.idx == nil {
		for i := range d.ents {
			e := &d.ents[i]
			if e.hash == h && e.k.p != nil {
				if e.k.p == k.p && e.k.n == k.n {
					return i, true
				}
				if text != nil && shapeOf(e.k) == strShape {
					if (*Str)(e.k.p).s == text.s {
						return i, true
					}
				} else if same, sure := fastEqual(e.k, k); !sure {
					return 0, false
				} else if same {
					return i, true
				}
			}
		}
		return -1, true
	}
	mask := uint64(len(d.idx) - 1)
	i, perturb := h&mask, h
	for {
		x := d.idx[i]
		if x == dictEmpty {
			return -1, true
		}
		if x >= 0 {
			e := &d.ents[x]
			if e.hash == h {
				if e.k.p == k.p && e.k.n == k.n {
					return int(x), true
				}
				if text != nil && shapeOf(e.k) == strShape {
					if (*Str)(e.k.p).s == text.s {
						return int(x), true
					}
				} else if same, sure := fastEqual(e.k, k); !sure {
					return 0, false
				} else if same {
					return int(x), true
				}
			}
		}
		perturb >>= 5
		i = (i*5 + perturb + 1) & mask
	}
}

// fastEqual compares two values of equal hash that are not identical, when no script code is needed.
func fastEqual(a, b Value) (same, sure bool) {
	if shapeOf(a) == strShape && shapeOf(b) == strShape {
		return (*Str)(a.p).s == (*Str)(b.p).s, true
	}
	if a.p == unsafe.Pointer(&intHeader) && (b.p == a.p || shapeOf(b) == strShape) {
		return false, true // equal ints are identical Values
	}
	if shapeOf(a) == tupleShape && shapeOf(b) == tupleShape {
		return fastEqualTuples((*Tuple)(a.p).a, (*Tuple)(b.p).a)
	}
	return false, false
}

// fastEqualTuples is fastEqual for tuples of ints and str.
func fastEqualTuples(a, b []Value) (same, sure bool) {
	if len(a) != len(b) {
		return false, true
	}
	for i, x := range a {
		y := b[i]
		if x.p == y.p && x.n == y.n {
			continue
		}
		s, t := shapeOf(x), shapeOf(y)
		switch {
		case s == strShape && t == strShape:
			if (*Str)(x.p).s != (*Str)(y.p).s {
				return false, true
			}
		case s == intShape && t == intShape:
			return false, true
		default:
			return false, false
		}
	}
	return true, true
}

// find looks up a key; comparing may run script code, which may change d: then it starts again.
func (d *Dict) find(th *Thread, h uint64, k Value) (int, *Exc) {
	if i, sure := d.findFast(h, k); sure {
		return i, nil
	}
restart:
	ver := d.keyver
	for i := 0; ; i++ {
		x, more := d.candidate(h, i)
		if !more {
			return -1, nil
		}
		if x < 0 {
			continue
		}
		e := d.ents[x]
		if e.hash != h || e.k.p == nil {
			continue
		}
		if Is(e.k, k) {
			return x, nil
		}
		same, err := th.Equal(e.k, k)
		if err != nil {
			return -1, err
		}
		if d.keyver != ver {
			goto restart
		}
		if same {
			return x, nil
		}
	}
}

// candidate returns the n-th entry of the probe sequence of h, or a negative number for a slot without
// one; more is false at its end.
func (d *Dict) candidate(h uint64, n int) (entry int, more bool) {
	if d.idx == nil {
		return n, n < len(d.ents)
	}
	mask := uint64(len(d.idx) - 1)
	i, perturb := h&mask, h
	for ; n > 0; n-- {
		perturb >>= 5
		i = (i*5 + perturb + 1) & mask
	}
	x := d.idx[i]
	return int(x), x != dictEmpty
}

// resize makes room for at least one more entry and drops the deleted ones.
func (d *Dict) resize() {
	if d.used != len(d.ents) {
		live := d.ents[:0]
		for _, e := range d.ents {
			if e.k.p != nil {
				live = append(live, e)
			}
		}
		clear(d.ents[len(live):])
		d.ents, d.head = live, 0
		d.keyver++
	}
	if d.used < dictSmall {
		d.idx = nil
		if cap(d.ents) == 0 {
			d.ents = make([]dictEntry, 0, 4)
		}
		return
	}
	n := 16
	for n*2/3 <= d.used*2 {
		n *= 2
	}
	if c := n*2/3 + 1; cap(d.ents) < c {
		ents := make([]dictEntry, len(d.ents), c)
		copy(ents, d.ents)
		d.ents = ents
	}
	d.idx = make([]int32, n)
	for i := range d.idx {
		d.idx[i] = dictEmpty
	}
	for j := range d.ents {
		d.link(d.ents[j].hash, j)
	}
}

func (d *Dict) link(h uint64, entry int) {
	mask := uint64(len(d.idx) - 1)
	i, perturb := h&mask, h
	for d.idx[i] >= 0 {
		perturb >>= 5
		i = (i*5 + perturb + 1) & mask
	}
	d.idx[i] = int32(entry)
}

// insert adds a key that is not there.
func (d *Dict) insert(h uint64, k, v Value) {
	if d.idx == nil {
		if len(d.ents) >= dictSmall || len(d.ents) == 0 {
			d.resize()
		}
	} else if len(d.ents) >= len(d.idx)*2/3 {
		d.resize()
	}
	if d.idx != nil {
		d.link(h, len(d.ents))
	}
	d.ents = append(d.ents, dictEntry{h, k, v})
	d.used++
	d.keyver++
}

func (d *Dict) removeAt(i int) Value {
	e := &d.ents[i]
	v := e.v
	if d.idx != nil {
		mask := uint64(len(d.idx) - 1)
		j, perturb := e.hash&mask, e.hash
		for d.idx[j] != int32(i) {
			perturb >>= 5
			j = (j*5 + perturb + 1) & mask
		}
		d.idx[j] = dictDeleted
	}
	e.k, e.v = Value{}, Value{}
	d.used--
	d.keyver++
	if d.idx == nil && i == len(d.ents)-1 { // with slots, the deleted ones must be counted by ents
		d.ents = d.ents[:i]
	}
	if d.used == 0 {
		d.idx, d.ents, d.head = nil, d.ents[:0], 0
	} else if i == int(d.head) {
		for d.ents[d.head].k.p == nil {
			d.head++
		}
	}
	return v
}

// Get returns the value of a key. Errors: what hashing and comparing raise.
func (d *Dict) Get(th *Thread, k Value) (Value, bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		return Value{}, false, err
	}
	i, sure := d.findFast(h, k)
	if !sure {
		if i, err = d.find(th, h, k); err != nil {
			return Value{}, false, err
		}
	}
	if i < 0 {
		return Value{}, false, nil
	}
	return d.ents[i].v, true, nil
}

// Set stores the value of a key. Errors: what hashing and comparing raise.
func (d *Dict) Set(th *Thread, k, v Value) *Exc {
	h, err := th.Hash(k)
	if err != nil {
		return err
	}
	return d.setHash(th, h, k, v)
}

func (d *Dict) setHash(th *Thread, h uint64, k, v Value) *Exc {
	i, sure := d.findFast(h, k)
	if !sure {
		var err *Exc
		if i, err = d.find(th, h, k); err != nil {
			return err
		}
	}
	if i >= 0 {
		d.ents[i].v = v
	} else {
		d.insert(h, k, v)
	}
	return nil
}

// Del removes a key and returns its value, and whether it was there.
func (d *Dict) Del(th *Thread, k Value) (Value, bool, *Exc) {
	h, err := th.Hash(k)
	if err != nil {
		return Value{}, false, err
	}
	i, err := d.find(th, h, k)
	if err != nil || i < 0 {
		return Value{}, false, err
	}
	return d.removeAt(i), true, nil
}

// findStr looks up a str key among keys that compare without script code; a key of another kind with
// the same hash is no match.
func (d *Dict) findStr(k *Str) int {
	h := k.Hash()
	if i, sure := d.findFast(h, object(k)); sure {
		return i
	}
	for i := range d.ents {
		if e := &d.ents[i]; e.hash == h && e.k.p != nil {
			if s, ok := AsStr(e.k); ok && s.s == k.s {
				return i
			}
		}
	}
	return -1
}

// GetStr returns the value of a str key.
func (d *Dict) GetStr(k *Str) (Value, bool) {
	if i := d.findStr(k); i >= 0 {
		return d.ents[i].v, true
	}
	return Value{}, false
}

// SetStr stores the value of a str key.
func (d *Dict) SetStr(k *Str, v Value) {
	if i := d.findStr(k); i >= 0 {
		d.ents[i].v = v
	} else {
		d.insert(k.Hash(), object(k), v)
	}
}

// DelStr removes a str key and reports whether it was there.
func (d *Dict) DelStr(k *Str) bool {
	i := d.findStr(k)
	if i >= 0 {
		d.removeAt(i)
	}
	return i >= 0
}

// GetName is GetStr for a Go string.
func (d *Dict) GetName(k string) (Value, bool) { return d.GetStr(NewStr(k)) }

// SetName is SetStr for a Go string.
func (d *Dict) SetName(k string, v Value) { d.SetStr(NewStr(k), v) }

// Clear removes all keys.
func (d *Dict) Clear() {
	d.idx, d.ents, d.used, d.head = nil, nil, 0, 0
	d.keyver++
}

// Copy returns a new dict with the same items.
func (d *Dict) Copy() *Dict {
	c := NewDict()
	if d.used == len(d.ents) {
		c.ents = append(make([]dictEntry, 0, cap(d.ents)), d.ents...)
		c.idx = append([]int32(nil), d.idx...)
		c.used = d.used
		return c
	}
	for _, e := range d.ents {
		if e.k.p != nil {
			c.insert(e.hash, e.k, e.v)
		}
	}
	return c
}

// Next returns the first item at or behind position i, and the position behind it; ok is false at the
// end. Start with 0.
func (d *Dict) Next(i int) (k, v Value, next int, ok bool) {
	i = max(i, int(d.head))
	for ; i < len(d.ents); i++ {
		if e := &d.ents[i]; e.k.p != nil {
			return e.k, e.v, i + 1, true
		}
	}
	return Value{}, Value{}, i, false
}
