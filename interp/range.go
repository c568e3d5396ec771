package interp

// This file defines range: arithmetic progressions of ints of any size.

import (
	"math/big"
	"math/bits"
)

// Range is a range.
//
// Invariant: n is the number of items, from first on, by apart, and end is the stop that was given; but n
// is -1 when one of them does not fit in 64 bits: then big holds the three.
type Range struct {
	Header
	first, by, n, end int64
	big               *[3]Value
}

var rangeMethods = []Builtin{
	{"count(value, /)", "Return number of occurrences of value.", rangeCount},
	{"index(value, /)", "Return index of value.\nRaise ValueError if the value is not present.", rangeIndex},
	{"__reversed__()", "Return a reverse iterator.", func(_ *Thread, a []Value) (Value, *Exc) {
		return (*Range)(a[0].p).backwards(), nil
	}},
	{"__reduce__()", "", func(_ *Thread, a []Value) (Value, *Exc) {
		start, stop, step := (*Range)(a[0].p).parts()
		return Pair(rangeType.Value(), MkTuple([]Value{start, stop, step})), nil
	}},
}

var rangeAttrs = []GetSet{
	{Name: "start", Get: func(_ *Thread, r Value) (Value, *Exc) {
		v, _, _ := (*Range)(r.p).parts()
		return v, nil
	}},
	{Name: "stop", Get: func(_ *Thread, r Value) (Value, *Exc) {
		_, v, _ := (*Range)(r.p).parts()
		return v, nil
	}},
	{Name: "step", Get: func(_ *Thread, r Value) (Value, *Exc) {
		_, _, v := (*Range)(r.p).parts()
		return v, nil
	}},
}

func setupRange(t *Type) {
	t.Doc = "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step."
	t.flags |= flagNoBase | flagSequence
	t.proto = &Protocol{
		Repr: rangeRepr, Hash: rangeHash, Compare: rangeCompare, Len: rangeLen, Bool: rangeBool,
		GetItem: rangeGetItem, Contains: rangeContains, Iter: rangeIterate,
	}
	t.rows, t.getset = rangeMethods, rangeAttrs
	t.SetNew("range(start, stop=?, step=1, /)", rangeNew)
	t.setPositional(rangeOfInts)
}

// rangeOfInts makes the range of one or two ints that fit in 64 bits.
func rangeOfInts(_ *Thread, args []Value) (Value, bool, *Exc) {
	var start, stop int64
	ok := true
	switch len(args) {
	case 1:
		stop, ok = AsInt(args[0])
	case 2:
		var okStop bool
		start, ok = AsInt(args[0])
		stop, okStop = AsInt(args[1])
		ok = ok && okStop
	default:
		return Value{}, false, nil
	}
	n := int64(0)
	if start < stop {
		n = stop - start
	}
	if !ok || n < 0 { // n overflowed
		return Value{}, false, nil
	}
	return object(&Range{Header: Header{rangeShape}, first: start, by: 1, n: n, end: stop}), true, nil
}

func rangeNew(th *Thread, a []Value) (Value, *Exc) {
	start, stop, step := a[1], a[2], a[3]
	if stop.IsUnbound() {
		start, stop = MkInt(0), a[1]
	}
	var err *Exc
	if start, err = th.Index(start); err != nil {
		return Value{}, err
	}
	if stop, err = th.Index(stop); err != nil {
		return Value{}, err
	}
	if step, err = th.Index(step); err != nil {
		return Value{}, err
	}
	if Is(step, MkInt(0)) {
		return Value{}, ValueErrorf("range() arg 3 must not be zero")
	}
	return object(newRange(start, stop, step)), nil
}

// newRange returns the range of three exact ints; step is not 0.
func newRange(start, stop, step Value) *Range {
	i, ok1 := AsInt(start)
	j, ok2 := AsInt(stop)
	by, ok3 := AsInt(step)
	if ok1 && ok2 && ok3 {
		if n := progressionLen(i, j, by); n >= 0 {
			return &Range{Header: Header{rangeShape}, first: i, by: by, n: n, end: j}
		}
	}
	return &Range{Header: Header{rangeShape}, n: -1, big: &[3]Value{start, stop, step}}
}

// parts returns start, stop and step.
func (r *Range) parts() (start, stop, step Value) {
	if r.small() {
		return MkInt(r.first), MkInt(r.end), MkInt(r.by)
	}
	return r.big[0], r.big[1], r.big[2]
}

// bigParts is parts as big.Ints that must not be changed.
func (r *Range) bigParts() (start, stop, step *big.Int) {
	i, j, by := r.parts()
	start, _ = BigOf(i)
	stop, _ = BigOf(j)
	step, _ = BigOf(by)
	return
}

// progressionLen returns the number of items of range(i, j, by), -1 when it does not fit.
func progressionLen(i, j, by int64) int64 {
	distance, step := uint64(j)-uint64(i), uint64(by)
	if by < 0 {
		i, j, distance, step = j, i, -distance, -step
	}
	if i >= j {
		return 0
	}
	if n := (distance-1)/step + 1; n <= 1<<62 {
		return int64(n)
	}
	return -1
}

func (r *Range) small() bool { return r.n >= 0 }

// bigLen returns the number of items.
func (r *Range) bigLen() *big.Int {
	if r.small() {
		return big.NewInt(r.n)
	}
	start, stop, step := r.bigParts()
	d := new(big.Int).Sub(stop, start)
	if step.Sign() < 0 {
		d.Neg(d)
		step = new(big.Int).Neg(step)
	}
	if d.Sign() <= 0 {
		return new(big.Int)
	}
	d.Sub(d, big.NewInt(1))
	return d.Add(d.Quo(d, step), big.NewInt(1))
}

// at returns item i, 0 <= i < len.
func (r *Range) at(i *big.Int) *big.Int {
	start, _, step := r.bigParts()
	return new(big.Int).Add(start, new(big.Int).Mul(i, step))
}

func rangeRepr(th *Thread, v Value) (string, *Exc) {
	r := (*Range)(v.p)
	start, stop, step := r.parts()
	parts := []Value{start, stop, step}
	if Is(step, MkInt(1)) {
		parts = parts[:2]
	}
	return th.reprItems("range(", ")", parts)
}

// identity returns what ranges with the same items have in common.
func (r *Range) identity() *Tuple {
	n := r.bigLen()
	t := &Tuple{Header{tupleShape}, []Value{MkBig(n), None, None}}
	start, _, step := r.parts()
	if n.Sign() > 0 {
		t.a[1] = start
		if n.Cmp(big.NewInt(1)) > 0 {
			t.a[2] = step
		}
	}
	return t
}

func rangeHash(th *Thread, v Value) (uint64, *Exc) {
	return tupleHash(th, object((*Range)(v.p).identity()))
}

func rangeCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	if shapeOf(b) != rangeShape || op != CmpEq && op != CmpNe {
		return NotImplemented, nil
	}
	return th.compareItems(op, &(*Range)(a.p).identity().a, &(*Range)(b.p).identity().a)
}

func rangeLen(_ *Thread, v Value) (int, *Exc) {
	if r := (*Range)(v.p); r.small() {
		return int(r.n), nil
	}
	n := (*Range)(v.p).bigLen()
	if !n.IsInt64() {
		return 0, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
	}
	return int(n.Int64()), nil
}

func rangeBool(_ *Thread, v Value) (bool, *Exc) {
	r := (*Range)(v.p)
	return r.n > 0 || r.n < 0 && r.bigLen().Sign() > 0, nil
}

func rangeGetItem(th *Thread, v, key Value) (Value, *Exc) {
	r := (*Range)(v.p)
	if i, ok := AsInt(key); ok && r.small() {
		if i < 0 {
			i += r.n
		}
		if uint64(i) < uint64(r.n) {
			return MkInt(r.first + i*r.by), nil
		}
		return Value{}, IndexErrorf("range object index out of range")
	}
	if s, ok := AsSlice(key); ok {
		return r.slice(th, s)
	}
	if !hasIndex(key) {
		return Value{}, TypeErrorf("range indices must be integers or slices, not %s", typeName(key))
	}
	key, err := th.Index(key)
	if err != nil {
		return Value{}, err
	}
	i, _ := BigOf(key)
	n := r.bigLen()
	if i.Sign() < 0 {
		i = new(big.Int).Add(i, n)
	}
	if i.Sign() < 0 || i.Cmp(n) >= 0 {
		return Value{}, IndexErrorf("range object index out of range")
	}
	return MkBig(r.at(i)), nil
}

func (r *Range) slice(th *Thread, s *Slice) (Value, *Exc) {
	t, err := sliceIndices(th, []Value{object(s), MkBig(r.bigLen())})
	if err != nil {
		return Value{}, err
	}
	parts := (*Tuple)(t.p).a
	start, _ := BigOf(parts[0])
	stop, _ := BigOf(parts[1])
	by, _ := BigOf(parts[2])
	_, _, step := r.bigParts()
	return object(newRange(MkBig(r.at(start)), MkBig(r.at(stop)), MkBig(new(big.Int).Mul(by, step)))), nil
}

// indexOf returns the index of an int, nil when it is not there.
func (r *Range) indexOf(x Value) *big.Int {
	if i, ok := AsInt(x); ok && r.small() {
		if at := r.position(i); at >= 0 {
			return big.NewInt(at)
		}
		return nil
	}
	b, _ := BigOf(x)
	start, _, step := r.bigParts()
	at, rest := new(big.Int).QuoRem(new(big.Int).Sub(b, start), step, new(big.Int))
	if rest.Sign() != 0 || at.Sign() < 0 || at.Cmp(r.bigLen()) >= 0 {
		return nil
	}
	return at
}

// position returns the index of x in a small range, or -1.
func (r *Range) position(x int64) int64 {
	distance, step := uint64(x)-uint64(r.first), uint64(r.by)
	if r.by < 0 {
		if x > r.first {
			return -1
		}
		distance, step = -distance, -step
	} else if x < r.first {
		return -1
	}
	at, rest := bits.Div64(0, distance, step)
	if rest != 0 || at >= uint64(r.n) {
		return -1
	}
	return int64(at)
}

func rangeContains(th *Thread, v, x Value) (bool, *Exc) {
	r := (*Range)(v.p)
	if i, ok := AsInt(x); ok && r.small() {
		return r.position(i) >= 0, nil
	}
	if s := shapeOf(x); s == intShape || s == bigIntShape || s == boolShape {
		return r.indexOf(plainInt(x)) != nil, nil
	}
	i, err := th.searchIter(r.iter(), x)
	return i >= 0, err
}

// plainInt returns a bool as an int.
func plainInt(v Value) Value {
	if b, ok := AsBool(v); ok {
		if b {
			return MkInt(1)
		}
		return MkInt(0)
	}
	return v
}

// searchIter returns how many items stand before the first that equals x, or -1.
func (th *Thread) searchIter(it, x Value) (int, *Exc) {
	for i := 0; ; i++ {
		y, ok, err := th.Next(it)
		if err != nil || !ok {
			return -1, err
		}
		if same, err := th.sameItem(y, x); err != nil {
			return -1, err
		} else if same {
			return i, nil
		}
	}
}

func rangeCount(th *Thread, a []Value) (Value, *Exc) {
	r := (*Range)(a[0].p)
	if s := shapeOf(a[1]); s == intShape || s == bigIntShape || s == boolShape {
		if r.indexOf(plainInt(a[1])) != nil {
			return MkInt(1), nil
		}
		return MkInt(0), nil
	}
	n := int64(0)
	err := th.Iterate(a[0], func(x Value) *Exc {
		same, err := th.sameItem(x, a[1])
		if same {
			n++
		}
		return err
	})
	return MkInt(n), err
}

func rangeIndex(th *Thread, a []Value) (Value, *Exc) {
	r := (*Range)(a[0].p)
	if s := shapeOf(a[1]); s == intShape || s == bigIntShape || s == boolShape {
		if at := r.indexOf(plainInt(a[1])); at != nil {
			return MkBig(at), nil
		}
		text, err := th.Repr(a[1])
		if err != nil {
			return Value{}, err
		}
		return Value{}, ValueErrorf("%s is not in range", text)
	}
	i, err := th.searchIter(r.iter(), a[1])
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return Value{}, ValueErrorf("sequence.index(x): x not in sequence")
	}
	return MkInt(int64(i)), nil
}

func rangeIterate(_ *Thread, v Value) (Value, *Exc) { return (*Range)(v.p).iter(), nil }

func (r *Range) iter() Value {
	if r.small() {
		return object(&rangeIter{Header{rangeIterShape}, r.first, r.by, r.n})
	}
	start, _, step := r.bigParts()
	return object(&longRangeIter{Header{longRangeIterShape}, start, step, r.bigLen()})
}

// backwards returns the iterator over the items from the last to the first.
func (r *Range) backwards() Value {
	if r.small() && r.by != -1<<63 {
		return object(&rangeIter{Header{rangeIterShape}, r.first + (r.n-1)*r.by, -r.by, r.n})
	}
	n := r.bigLen()
	_, _, step := r.bigParts()
	last := r.at(new(big.Int).Sub(n, big.NewInt(1)))
	return object(&longRangeIter{Header{longRangeIterShape}, last, new(big.Int).Neg(step), n})
}

// rangeIter iterates over a range whose items fit in 64 bits; n is how many are left.
type rangeIter struct {
	Header
	cur, step, n int64
}

var iterRangeMethods = []Builtin{
	{"__length_hint__()", "Private method returning an estimate of len(list(it)).", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkInt((*rangeIter)(a[0].p).n), nil
	}},
}

func setupRangeIter(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Iter: iterSelf, Next: rangeIterNext}
	t.rows = append(iterRangeMethods, rangeIterPickle...)
}

func rangeIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*rangeIter)(v.p)
	if it.n <= 0 {
		return Value{}, false, nil
	}
	x := it.cur
	it.n--
	it.cur += it.step
	return MkInt(x), true, nil
}

// longRangeIter iterates over any other range; n is how many items are left.
type longRangeIter struct {
	Header
	cur, step, n *big.Int
}

var (
	longRangeIterType  = builtinType("longrange_iterator", objectType, layoutOpaque)
	longRangeIterShape = shapeFor(longRangeIterType)
)

func setupLongRangeIter(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Iter: iterSelf, Next: longRangeIterNext}
	t.rows = []Builtin{
		{"__length_hint__()", "Private method returning an estimate of len(list(it)).", func(_ *Thread, a []Value) (Value, *Exc) {
			return MkBig((*longRangeIter)(a[0].p).n), nil
		}},
	}
	t.rows = append(t.rows, longRangeIterPickle...)
}

func longRangeIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*longRangeIter)(v.p)
	if it.n.Sign() <= 0 {
		return Value{}, false, nil
	}
	x := it.cur
	it.n = new(big.Int).Sub(it.n, big.NewInt(1))
	it.cur = new(big.Int).Add(x, it.step)
	return MkBig(x), true, nil
}
