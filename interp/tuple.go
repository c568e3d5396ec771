package interp

// This file defines the protocol and the methods of tuple.

import (
	"math"
	"math/bits"
)

var tupleMethods = []Builtin{
	{"count(value, /)", "Return number of occurrences of value.", func(th *Thread, a []Value) (Value, *Exc) {
		return th.countItem(&(*Tuple)(a[0].p).a, a[1])
	}},
	{"index(value, start=0, stop=9223372036854775807, /)", "Return first index of value.\n\nRaises ValueError if the value is not present.", tupleIndex},
	{"__getnewargs__()", "", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkTuple([]Value{MkTuple((*Tuple)(a[0].p).a)}), nil
	}},
}

func setupTuple(t *Type) {
	t.Doc = "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object."
	t.flags |= flagSequence | flagMatchSelf
	t.proto = &Protocol{
		Repr: tupleRepr, Hash: tupleHash, Compare: tupleCompare, Len: tupleLen, GetItem: tupleGetItem,
		Contains: tupleContains, Iter: tupleIterate, Binary: tupleBinary, Ops: ops(BinAdd, BinMul),
	}
	t.rows = tupleMethods
	t.SetNew("tuple(iterable=(), /)", tupleNew)
}

func tupleNew(th *Thread, a []Value) (Value, *Exc) {
	cls := (*Type)(a[0].p)
	if cls == tupleType && shapeOf(a[1]) == tupleShape {
		return a[1], nil
	}
	items, err := th.Items(a[1])
	if err != nil {
		return Value{}, err
	}
	if cls == tupleType {
		return MkTuple(items), nil
	}
	return object(&tupleSub{Tuple: Tuple{Header{cls.inst}, items}}), nil
}

func tupleRepr(th *Thread, v Value) (string, *Exc) {
	t := (*Tuple)(v.p)
	switch len(t.a) {
	case 0:
		return "()", nil
	case 1:
		return th.guardRepr(v, "(...)", func() (string, *Exc) { return th.reprItems("(", ",)", t.a) })
	}
	return th.guardRepr(v, "(...)", func() (string, *Exc) { return th.reprItems("(", ")", t.a) })
}

// The constants of CPython's tuple hash, which is xxHash's.
const (
	xxPrime1 = 11400714785074694791
	xxPrime2 = 14029467366897019727
	xxPrime5 = 2870177450012600261
)

func tupleHash(th *Thread, v Value) (uint64, *Exc) {
	items := (*Tuple)(v.p).a
	acc := uint64(xxPrime5)
	for _, x := range items {
		var h uint64
		if i, ok := AsInt(x); ok {
			h = hashInt(i)
		} else if shapeOf(x) == strShape {
			h = (*Str)(x.p).Hash()
		} else {
			var err *Exc
			if h, err = th.Hash(x); err != nil {
				return 0, err
			}
		}
		acc = bits.RotateLeft64(acc+h*xxPrime2, 31) * xxPrime1
	}
	acc += uint64(len(items)) ^ (xxPrime5 ^ 3527539)
	if acc == math.MaxUint64 {
		return 1546275796, nil
	}
	return acc, nil
}

func tupleCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	y, ok := AsTuple(b)
	if !ok {
		return NotImplemented, nil
	}
	return th.compareItems(op, &(*Tuple)(a.p).a, &y.a)
}

func tupleLen(_ *Thread, v Value) (int, *Exc) { return len((*Tuple)(v.p).a), nil }

func tupleGetItem(th *Thread, v, key Value) (Value, *Exc) {
	t := (*Tuple)(v.p)
	if i, ok := AsInt(key); ok {
		if i < 0 {
			i += int64(len(t.a))
		}
		if uint64(i) < uint64(len(t.a)) {
			return t.a[i], nil
		}
		return Value{}, IndexErrorf("tuple index out of range")
	}
	if s, ok := AsSlice(key); ok {
		start, _, step, count, err := s.Indices(th, len(t.a))
		if err != nil {
			return Value{}, err
		}
		if count == len(t.a) && step == 1 && t.shape == tupleShape {
			return v, nil
		}
		if step == 1 { // tuples do not change: share the items
			return MkTuple(t.a[start : start+count : start+count]), nil
		}
		return MkTuple(pick(t.a, start, step, count)), nil
	}
	i, err := th.itemIndex(key, "tuple")
	if err != nil {
		return Value{}, err
	}
	return tupleGetItem(th, v, MkInt(int64(i)))
}

func tupleContains(th *Thread, v, x Value) (bool, *Exc) {
	i, err := th.findItem(&(*Tuple)(v.p).a, x, 0, math.MaxInt)
	return i >= 0, err
}

func tupleIterate(_ *Thread, v Value) (Value, *Exc) {
	return object(&tupleIter{Header{tupleIterShape}, (*Tuple)(v.p), 0}), nil
}

func tupleBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	if op == BinAdd {
		x, ok1 := AsTuple(a)
		y, ok2 := AsTuple(b)
		switch {
		case !ok1 || !ok2:
			return NotImplemented, nil
		case len(y.a) == 0 && x.shape == tupleShape:
			return a, nil
		case len(x.a) == 0 && y.shape == tupleShape:
			return b, nil
		}
		out := make([]Value, len(x.a)+len(y.a))
		copy(out[copy(out, x.a):], y.a)
		return MkTuple(out), nil
	}
	seq, count := sequenceAndCount(a, b, layoutTuple)
	n, ok, err := th.repeatCount(count)
	if err != nil || !ok {
		return NotImplemented, err
	}
	if n == 1 && shapeOf(seq) == tupleShape {
		return seq, nil
	}
	items, err := repeatItems((*Tuple)(seq.p).a, n)
	return MkTuple(items), err
}

func tupleIndex(th *Thread, a []Value) (Value, *Exc) {
	t := (*Tuple)(a[0].p)
	start, stop, err := th.searchBounds(a[2], a[3], len(t.a))
	if err != nil {
		return Value{}, err
	}
	i, err := th.findItem(&t.a, a[1], start, stop)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return Value{}, ValueErrorf("tuple.index(x): x not in tuple")
	}
	return MkInt(int64(i)), nil
}
