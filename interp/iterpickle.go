package interp

// This file defines how iterators say what is left of them, for copy and pickle: __reduce__ and
// __setstate__.

import (
	"math/big"
)

const reduceDoc = "Return state information for pickling."

// reduceRow is the row of __reduce__.
func reduceRow(fn BuiltinFunc) Builtin { return Builtin{"__reduce__()", reduceDoc, fn} }

// setStateRow is the row of __setstate__ of an iterator whose state is a position.
func setStateRow(set func(v Value, i int)) Builtin {
	return Builtin{"__setstate__(state, /)", "Set state information for unpickling.", func(th *Thread, a []Value) (Value, *Exc) {
		i, err := th.IndexInt(a[1])
		if err == nil {
			set(a[0], i)
		}
		return None, err
	}}
}

// reduceIterAt is the result of __reduce__ of an iterator that stands at item i of seq.
func (th *Thread) reduceIterAt(seq Value, i int) (Value, *Exc) {
	iter, err := th.builtinIter()
	return MkTuple([]Value{iter, MkTuple([]Value{seq}), MkInt(int64(i))}), err
}

// builtinIter returns what builtins.iter is.
func (th *Thread) builtinIter() (Value, *Exc) {
	f, ok, err := th.in.builtins.dict.Get(th, MkStr("iter"))
	if err == nil && !ok {
		err = AttributeErrorf(Value{}, "iter", "module 'builtins' has no attribute 'iter'")
	}
	return f, err
}

// reduceIter is the result of __reduce__ of an iterator over seq.
func (th *Thread) reduceIter(seq Value) (Value, *Exc) {
	iter, err := th.builtinIter()
	return Pair(iter, MkTuple([]Value{seq})), err
}

// reduceList is the result of __reduce__ of an iterator that gives up its place: what is left as a list,
// which next yields.
func (th *Thread) reduceList(copied Value) (Value, *Exc) {
	items, err := th.Items(copied)
	if err != nil {
		return Value{}, err
	}
	return th.reduceIter(MkList(items))
}

// reduceAs is the result of __reduce__ of an iterator that its class makes from args.
func reduceAs(v Value, args ...Value) (Value, *Exc) {
	return Pair(TypeOf(v).Value(), MkTuple(args)), nil
}

var listIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*listIter)(a[0].p)
		if it.list == nil {
			return th.reduceIter(MkList(nil))
		}
		return th.reduceIterAt(object(it.list), it.i)
	}),
	setStateRow(func(v Value, i int) {
		if it := (*listIter)(v.p); it.list != nil {
			it.i = min(max(i, 0), len(it.list.a))
		}
	}),
}

var listRevIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*listRevIter)(a[0].p)
		if it.list == nil {
			return th.reduceIter(MkList(nil))
		}
		return MkTuple([]Value{reversedType.Value(), MkTuple([]Value{object(it.list)}), MkInt(int64(it.i))}), nil
	}),
	setStateRow(func(v Value, i int) {
		if it := (*listRevIter)(v.p); it.list != nil {
			it.i = min(max(i, -1), len(it.list.a)-1)
		}
	}),
}

var tupleIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*tupleIter)(a[0].p)
		if it.t == nil {
			return th.reduceIter(emptyTuple)
		}
		return th.reduceIterAt(object(it.t), it.i)
	}),
	setStateRow(func(v Value, i int) {
		if it := (*tupleIter)(v.p); it.t != nil {
			it.i = min(max(i, 0), len(it.t.a))
		}
	}),
}

var seqIterPickle = []Builtin{
	{"__length_hint__()", "Private method returning an estimate of len(list(it)).", func(th *Thread, a []Value) (Value, *Exc) {
		it := (*seqIter)(a[0].p)
		if it.seq.IsUnbound() {
			return MkInt(0), nil
		}
		n, err := th.Len(it.seq)
		if err != nil {
			return NotImplemented, nil
		}
		return MkInt(int64(max(0, n-it.i))), nil
	}},
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*seqIter)(a[0].p)
		if it.seq.IsUnbound() {
			return th.reduceIter(emptyTuple)
		}
		return th.reduceIterAt(it.seq, it.i)
	}),
	setStateRow(func(v Value, i int) {
		if it := (*seqIter)(v.p); !it.seq.IsUnbound() {
			it.i = max(i, 0)
		}
	}),
}

var callIterPickle = []Builtin{reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
	iter, err := th.builtinIter()
	if err != nil {
		return Value{}, err
	}
	it := (*callIter)(a[0].p)
	if it.fn.IsUnbound() {
		return Pair(iter, MkTuple([]Value{emptyTuple})), nil
	}
	return Pair(iter, Pair(it.fn, it.sentinel)), nil
})}

var reversedPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*reversed)(a[0].p)
		if it.seq.IsUnbound() {
			return reduceAs(a[0], emptyTuple)
		}
		return MkTuple([]Value{TypeOf(a[0]).Value(), MkTuple([]Value{it.seq}), MkInt(int64(it.i))}), nil
	}),
	{"__setstate__(state, /)", "Set state information for unpickling.", func(th *Thread, a []Value) (Value, *Exc) {
		i, err := th.IndexInt(a[1])
		if it := (*reversed)(a[0].p); err == nil && !it.seq.IsUnbound() {
			var n int
			if n, err = th.Len(it.seq); err == nil {
				it.i = min(max(i, -1), n-1)
			}
		}
		return None, err
	}},
}

var strIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*strIter)(a[0].p)
		if it.off >= len(it.s) {
			return th.reduceIter(MkStr(""))
		}
		return th.reduceIterAt(MkStr(it.s), runeCount(it.s[:it.off]))
	}),
	setStateRow(func(v Value, i int) {
		it := (*strIter)(v.p)
		it.off = skipRunes(it.s, 0, min(max(i, 0), runeCount(it.s)))
	}),
}

var bytesIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*bytesIter)(a[0].p)
		if it.src == nil {
			return th.reduceIter(emptyTuple)
		}
		return th.reduceIterAt(object(it.src), it.i)
	}),
	setStateRow(func(v Value, i int) {
		if it := (*bytesIter)(v.p); it.src != nil {
			it.i = min(max(i, 0), len(it.src.b))
		}
	}),
}

var setIterPickle = []Builtin{reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
	it := *(*setIter)(a[0].p)
	return th.reduceList(object(&it))
})}

var dictIterPickle = []Builtin{reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
	it := *(*dictIter)(a[0].p)
	return th.reduceList(object(&it))
})}

var rangeIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*rangeIter)(a[0].p)
		stop := new(big.Int).Mul(big.NewInt(it.n), big.NewInt(it.step))
		r := newRange(MkInt(it.cur), MkBig(stop.Add(stop, big.NewInt(it.cur))), MkInt(it.step))
		return th.reduceIterAt(object(r), 0)
	}),
	{"__setstate__(state, /)", "Set state information for unpickling.", func(th *Thread, a []Value) (Value, *Exc) {
		i, err := th.Index(a[1])
		if err != nil {
			return Value{}, err
		}
		it := (*rangeIter)(a[0].p)
		at := bigOrZero(i)
		if n := big.NewInt(it.n); at.Cmp(n) > 0 {
			at = n
		}
		it.cur += at.Int64() * it.step
		it.n -= at.Int64()
		return None, nil
	}},
}

// bigOrZero returns an int as a big one, a negative one as 0.
func bigOrZero(v Value) *big.Int {
	b, _ := BigOf(v)
	if b.Sign() < 0 {
		return new(big.Int)
	}
	return b
}

var longRangeIterPickle = []Builtin{
	reduceRow(func(th *Thread, a []Value) (Value, *Exc) {
		it := (*longRangeIter)(a[0].p)
		stop := new(big.Int).Mul(it.n, it.step)
		r := newRange(MkBig(it.cur), MkBig(stop.Add(stop, it.cur)), MkBig(it.step))
		return th.reduceIterAt(object(r), 0)
	}),
	{"__setstate__(state, /)", "Set state information for unpickling.", func(th *Thread, a []Value) (Value, *Exc) {
		i, err := th.Index(a[1])
		if err != nil {
			return Value{}, err
		}
		it := (*longRangeIter)(a[0].p)
		at := bigOrZero(i)
		if at.Cmp(it.n) > 0 {
			at = it.n
		}
		it.cur = new(big.Int).Add(it.cur, new(big.Int).Mul(at, it.step))
		it.n = new(big.Int).Sub(it.n, at)
		return None, nil
	}},
}
