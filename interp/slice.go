package interp

// This file defines slice objects, and how an index or a slice selects items of a sequence.

import (
	"math"
	"math/big"
)

// Slice is a slice object; its parts are any values, usually ints and None.
type Slice struct {
	Header
	start, stop, step Value
}

// MkSlice returns slice(start, stop, step).
func MkSlice(start, stop, step Value) Value {
	return object(&Slice{Header{sliceShape}, start, stop, step})
}

// AsSlice returns v as a slice.
func AsSlice(v Value) (*Slice, bool) {
	if shapeOf(v) == sliceShape {
		return (*Slice)(v.p), true
	}
	return nil, false
}

var sliceMethods = []Builtin{
	{"indices(length, /)", "Return (start, stop, step) of the slice for a sequence of that length.", sliceIndices},
	{"__reduce__()", "Return state information for pickling.", func(th *Thread, a []Value) (Value, *Exc) {
		s := (*Slice)(a[0].p)
		return Pair(sliceType.Value(), MkTuple([]Value{s.start, s.stop, s.step})), nil
	}},
}

var sliceAttrs = []GetSet{
	{Name: "start", Get: func(_ *Thread, v Value) (Value, *Exc) { return (*Slice)(v.p).start, nil }},
	{Name: "stop", Get: func(_ *Thread, v Value) (Value, *Exc) { return (*Slice)(v.p).stop, nil }},
	{Name: "step", Get: func(_ *Thread, v Value) (Value, *Exc) { return (*Slice)(v.p).step, nil }},
}

func setupSlice(t *Type) {
	t.Doc = "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object, as seq[start:stop:step] does."
	t.flags |= flagNoBase
	t.proto = &Protocol{Repr: sliceRepr, Compare: sliceCompare, NoHash: true}
	t.rows, t.getset = sliceMethods, sliceAttrs
	t.SetNew("slice(start, stop=?, step=None, /)", func(th *Thread, a []Value) (Value, *Exc) {
		if a[2].IsUnbound() {
			return MkSlice(None, a[1], None), nil
		}
		return MkSlice(a[1], a[2], a[3]), nil
	})
}

func (s *Slice) parts() []Value { return []Value{s.start, s.stop, s.step} }

func sliceRepr(th *Thread, v Value) (string, *Exc) {
	s := (*Slice)(v.p)
	r, err := th.reprItems("slice(", ")", s.parts())
	return r, err
}

func sliceCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	x, _ := AsSlice(a)
	y, ok := AsSlice(b)
	if !ok {
		return NotImplemented, nil
	}
	p, q := x.parts(), y.parts()
	return th.compareItems(op, &p, &q)
}

// sliceIndex returns a part of a slice clamped to the Go ints; None gives the default.
func (th *Thread) sliceIndex(v Value, none int) (int, *Exc) {
	if i, ok := AsInt(v); ok {
		return int(i), nil
	}
	if v.IsNone() {
		return none, nil
	}
	if !hasIndex(v) {
		return 0, TypeErrorf("slice indices must be integers or None or have an __index__ method")
	}
	return th.clampedIndex(v)
}

// hasIndex reports whether v is an int or has __index__.
func hasIndex(v Value) bool {
	if _, _, ok := IntOf(v); ok {
		return true
	}
	return !scripted(v, spIndex).IsUnbound()
}

// clampedIndex returns an index; one that is too large becomes the largest or smallest Go int.
func (th *Thread) clampedIndex(v Value) (int, *Exc) {
	v, err := th.Index(v)
	if err != nil {
		return 0, err
	}
	i, b, _ := IntOf(v)
	switch {
	case b == nil:
		return int(i), nil
	case b.Sign() < 0:
		return math.MinInt, nil
	}
	return math.MaxInt, nil
}

// Indices returns the first index, the end, the step and the count of the items that s selects from a
// sequence of n items. Errors: TypeError, ValueError for a zero step.
func (s *Slice) Indices(th *Thread, n int) (start, stop, step, count int, err *Exc) {
	step = 1
	if !s.step.IsNone() {
		if step, err = th.sliceIndex(s.step, 1); err != nil {
			return
		}
		if step == 0 {
			return 0, 0, 0, 0, ValueErrorf("slice step cannot be zero")
		}
		step = max(step, -math.MaxInt)
	}
	first, last := 0, math.MaxInt
	if step < 0 {
		first, last = math.MaxInt, math.MinInt
	}
	if start, err = th.sliceIndex(s.start, first); err != nil {
		return
	}
	if stop, err = th.sliceIndex(s.stop, last); err != nil {
		return
	}
	start, stop, count = adjustIndices(start, stop, step, n)
	return
}

// plainIndices is Indices of the parts w of a slice that are ints or None; ok is false for others.
func plainIndices(w []Value, n int) (start, step, count int, ok bool) {
	step = 1
	if !w[2].IsNone() {
		i, isInt := AsInt(w[2])
		if !isInt || i == 0 || i == math.MinInt64 {
			return 0, 0, 0, false
		}
		step = int(i)
	}
	first, stop := 0, math.MaxInt
	if step < 0 {
		first, stop = math.MaxInt, math.MinInt
	}
	if i, isInt := AsInt(w[0]); isInt {
		first = int(i)
	} else if !w[0].IsNone() {
		return 0, 0, 0, false
	}
	if i, isInt := AsInt(w[1]); isInt {
		stop = int(i)
	} else if !w[1].IsNone() {
		return 0, 0, 0, false
	}
	start, _, count = adjustIndices(first, stop, step, n)
	return start, step, count, true
}

// adjustIndices brings the bounds of a slice into a sequence of n items and counts the items.
func adjustIndices(start, stop, step, n int) (int, int, int) {
	clamp := func(i int) int {
		if i < 0 {
			i += n
			if i < 0 {
				if step < 0 {
					return -1
				}
				return 0
			}
			return i
		}
		if i >= n {
			if step < 0 {
				return n - 1
			}
			return n
		}
		return i
	}
	start, stop = clamp(start), clamp(stop)
	switch {
	case step < 0 && stop < start:
		return start, stop, (start-stop-1)/(-step) + 1
	case step > 0 && start < stop:
		return start, stop, (stop-start-1)/step + 1
	}
	return start, stop, 0
}

func sliceIndices(th *Thread, a []Value) (Value, *Exc) {
	s := (*Slice)(a[0].p)
	lv, err := th.Index(a[1])
	if err != nil {
		return Value{}, err
	}
	n, _ := BigOf(lv)
	if n.Sign() < 0 {
		return Value{}, ValueErrorf("length should not be negative")
	}
	step := big.NewInt(1)
	if !s.step.IsNone() {
		if step, err = th.sliceBig(s.step); err != nil {
			return Value{}, err
		}
		if step.Sign() == 0 {
			return Value{}, ValueErrorf("slice step cannot be zero")
		}
	}
	lower, upper := big.NewInt(0), n
	if step.Sign() < 0 {
		lower, upper = big.NewInt(-1), new(big.Int).Sub(n, big.NewInt(1))
	}
	bound := func(v Value, none *big.Int) (*big.Int, *Exc) {
		if v.IsNone() {
			return none, nil
		}
		i, err := th.sliceBig(v)
		if err != nil {
			return nil, err
		}
		if i.Sign() < 0 {
			if i = new(big.Int).Add(i, n); i.Cmp(lower) < 0 {
				return lower, nil
			}
		} else if i.Cmp(upper) > 0 {
			return upper, nil
		}
		return i, nil
	}
	first, last := lower, upper
	if step.Sign() < 0 {
		first, last = upper, lower
	}
	start, err := bound(s.start, first)
	if err != nil {
		return Value{}, err
	}
	stop, err := bound(s.stop, last)
	if err != nil {
		return Value{}, err
	}
	return MkTuple([]Value{MkBig(start), MkBig(stop), MkBig(step)}), nil
}

// sliceBig returns a part of a slice that is not None.
func (th *Thread) sliceBig(v Value) (*big.Int, *Exc) {
	if !hasIndex(v) {
		return nil, TypeErrorf("slice indices must be integers or None or have an __index__ method")
	}
	v, err := th.Index(v)
	if err != nil {
		return nil, err
	}
	b, _ := BigOf(v)
	return b, nil
}

// itemIndex returns key as an index of a sequence; what names the sequence in the error.
func (th *Thread) itemIndex(key Value, what string) (int, *Exc) {
	if i, ok := AsInt(key); ok {
		return int(i), nil
	}
	if !hasIndex(key) {
		return 0, TypeErrorf("%s indices must be integers or slices, not %s", what, typeName(key))
	}
	key, err := th.Index(key)
	if err != nil {
		return 0, err
	}
	if i, ok := AsInt(key); ok {
		return int(i), nil
	}
	return 0, IndexErrorf("cannot fit 'int' into an index-sized integer")
}

// searchBounds reads the start and stop arguments of list.index and tuple.index.
func (th *Thread) searchBounds(start, stop Value, n int) (int, int, *Exc) {
	bound := func(v Value) (int, *Exc) {
		if !hasIndex(v) {
			return 0, TypeErrorf("slice indices must be integers or have an __index__ method")
		}
		i, err := th.clampedIndex(v)
		if err == nil && i < 0 {
			i = max(0, i+n)
		}
		return i, err
	}
	i, err := bound(start)
	if err != nil {
		return 0, 0, err
	}
	j, err := bound(stop)
	return i, min(j, n), err
}

// pickList returns a new list of the count items of a from start on, step apart.
func pickList(a []Value, start, step, count int) Value {
	if step == 1 {
		return newList(a[start : start+count])
	}
	l := sizedList(count)
	for i := range l.a {
		l.a[i] = a[start]
		start += step
	}
	return object(l)
}

// pick returns the count items of a from start on, step apart, as a new slice.
func pick(a []Value, start, step, count int) []Value {
	out := make([]Value, count)
	if step == 1 {
		copy(out, a[start:start+count])
		return out
	}
	for i := range out {
		out[i] = a[start]
		start += step
	}
	return out
}
