package interp

// This file defines enumerate, zip, map and filter.

import (
	"fmt"
	"math"
)

type enumerate struct {
	iterBase
	it Value
	i  int64
	n  Value // the next number once it no longer fits in i; else unbound
}

type zipIter struct {
	iterBase
	its    []Value
	strict bool
	done   bool
}

type mapIter struct {
	iterBase
	fn  Value
	its []Value
}

type filterIter struct {
	iterBase
	fn, it Value
}

var (
	enumerateType  = builtinType("enumerate", objectType, layoutIter)
	zipType        = builtinType("zip", objectType, layoutIter)
	mapType        = builtinType("map", objectType, layoutIter)
	filterType     = builtinType("filter", objectType, layoutIter)
	enumerateShape = shapeFor(enumerateType)
	zipShape       = shapeFor(zipType)
	mapShape       = shapeFor(mapType)
	filterShape    = shapeFor(filterType)
)

func setupEnumerate(t *Type) {
	t.Doc = "Return an enumerate object.\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument."
	t.setupIterator(enumerateNext, reduceIterator(func(v Value) []Value {
		e := (*enumerate)(v.p)
		if e.n.IsUnbound() {
			return []Value{e.it, MkInt(e.i)}
		}
		return []Value{e.it, e.n}
	}))
	t.proto.NextPair = enumerateNextPair
	t.flags &^= flagNoNew
	t.SetNew("enumerate(iterable=?, start=0)", enumerateNew)
	t.setPositional(func(th *Thread, args []Value) (Value, bool, *Exc) {
		if len(args) != 1 {
			return Value{}, false, nil
		}
		it, err := th.Iter(args[0])
		e := &enumerate{it: it}
		e.shape = enumerateShape
		return object(e), err == nil, err
	})
}

func enumerateNew(th *Thread, a []Value) (Value, *Exc) {
	if a[1].IsUnbound() {
		return Value{}, TypeErrorf("enumerate() missing required argument 'iterable'")
	}
	start, err := th.Index(a[2])
	if err != nil {
		return Value{}, err
	}
	it, err := th.Iter(a[1])
	if err != nil {
		return Value{}, err
	}
	e := &enumerate{it: it}
	e.shape = (*Type)(a[0].p).inst
	if i, ok := AsInt(start); ok {
		e.i = i
	} else {
		e.n = start
	}
	return object(e), nil
}

func enumerateNext(th *Thread, v Value) (Value, bool, *Exc) {
	e := (*enumerate)(v.p)
	x, ok, err := th.Next(e.it)
	if err != nil || !ok {
		return Value{}, false, err
	}
	n := e.n
	if n.IsUnbound() {
		n = MkInt(e.i)
		if e.i < math.MaxInt64 {
			e.i++
			return Pair(n, x), true, nil
		}
	}
	if e.n, err = th.Binary(BinAdd, n, MkInt(1)); err != nil {
		return Value{}, false, err
	}
	return Pair(n, x), true, nil
}

// iterAll puts the iterators of several iterables into its.
func (th *Thread) iterAll(its, iterables []Value) *Exc {
	for i, x := range iterables {
		it, err := th.Iter(x)
		if err != nil {
			return err
		}
		its[i] = it
	}
	return nil
}

func setupZip(t *Type) {
	t.Doc = "The zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip(). The i-th element in every tuple\ncomes from the i-th iterable argument to zip(). This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError."
	t.setupIterator(zipNext, reduceIterator(func(v Value) []Value { return (*zipIter)(v.p).its }))
	t.proto.NextPair = zipNextPair
	t.flags &^= flagNoNew
	t.SetNew("zip(*iterables, strict=False)", func(th *Thread, a []Value) (Value, *Exc) {
		strict, err := th.Truth(a[1])
		if err != nil {
			return Value{}, err
		}
		z, err := th.newZip((*Tuple)(a[2].p).a, strict)
		if err == nil {
			(*zipIter)(z.p).shape = (*Type)(a[0].p).inst
		}
		return z, err
	})
	t.setPositional(func(th *Thread, args []Value) (Value, bool, *Exc) {
		z, err := th.newZip(args, false)
		return z, err == nil, err
	})
}

func (th *Thread) newZip(iterables []Value, strict bool) (Value, *Exc) {
	z := &struct {
		zipIter
		arr [2]Value
	}{}
	z.shape, z.strict = zipShape, strict
	if n := len(iterables); n <= len(z.arr) {
		z.its = z.arr[:n]
	} else {
		z.its = make([]Value, n)
	}
	return object(&z.zipIter), th.iterAll(z.its, iterables)
}

// zipNextPair is zipNext of two iterables, without the tuple.
func zipNextPair(th *Thread, v Value) (a, b Value, n int, err *Exc) {
	z := (*zipIter)(v.p)
	if len(z.its) != 2 || z.strict || z.done {
		x, ok, err := zipNext(th, v)
		if err != nil || !ok {
			return Value{}, Value{}, 0, err
		}
		return x, Value{}, 1, nil
	}
	a, ok, err := th.Next(z.its[0])
	if err != nil || !ok {
		return Value{}, Value{}, 0, err
	}
	b, ok, err = th.Next(z.its[1])
	if err != nil || !ok {
		return Value{}, Value{}, 0, err
	}
	return a, b, 2, nil
}

// enumerateNextPair is enumerateNext without the tuple.
func enumerateNextPair(th *Thread, v Value) (a, b Value, n int, err *Exc) {
	e := (*enumerate)(v.p)
	if !e.n.IsUnbound() || e.i == math.MaxInt64 {
		x, ok, err := enumerateNext(th, v)
		if err != nil || !ok {
			return Value{}, Value{}, 0, err
		}
		return x, Value{}, 1, nil
	}
	x, ok, err := th.Next(e.it)
	if err != nil || !ok {
		return Value{}, Value{}, 0, err
	}
	e.i++
	return MkInt(e.i - 1), x, 2, nil
}

func zipNext(th *Thread, v Value) (Value, bool, *Exc) {
	z := (*zipIter)(v.p)
	if z.done {
		return Value{}, false, nil
	}
	if len(z.its) == 2 && !z.strict {
		x, ok, err := th.Next(z.its[0])
		if err != nil || !ok {
			return Value{}, false, err
		}
		y, ok, err := th.Next(z.its[1])
		if err != nil || !ok {
			return Value{}, false, err
		}
		return Pair(x, y), true, nil
	}
	if len(z.its) == 0 {
		return Value{}, false, nil
	}
	items := make([]Value, len(z.its))
	for i, it := range z.its {
		x, ok, err := th.Next(it)
		if err != nil {
			return Value{}, false, err
		}
		if !ok {
			if z.strict {
				return Value{}, false, z.lengthError(th, i)
			}
			return Value{}, false, nil
		}
		items[i] = x
	}
	return MkTuple(items), true, nil
}

// lengthError returns the error of a strict zip whose iterator i ended, nil when all end together.
func (z *zipIter) lengthError(th *Thread, i int) *Exc {
	z.done = true
	if i > 0 {
		return zipLengthError(i, "shorter")
	}
	for j := 1; j < len(z.its); j++ {
		_, more, err := th.Next(z.its[j])
		if err != nil {
			return err
		}
		if more {
			return zipLengthError(j, "longer")
		}
	}
	return nil
}

func zipLengthError(i int, how string) *Exc {
	before := "argument 1"
	if i > 1 {
		before = fmt.Sprintf("arguments 1-%d", i)
	}
	return ValueErrorf("zip() argument %d is %s than %s", i+1, how, before)
}

func setupMap(t *Type) {
	t.Doc = "map(func, *iterables) --> map object\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted."
	t.setupIterator(mapNext, reduceIterator(func(v Value) []Value {
		m := (*mapIter)(v.p)
		return append([]Value{m.fn}, m.its...)
	}))
	t.flags &^= flagNoNew
	t.SetNew("map(*args)", func(th *Thread, a []Value) (Value, *Exc) {
		m, err := th.newMap((*Tuple)(a[1].p).a)
		if err == nil {
			(*mapIter)(m.p).shape = (*Type)(a[0].p).inst
		}
		return m, err
	})
	t.setPositional(func(th *Thread, args []Value) (Value, bool, *Exc) {
		m, err := th.newMap(args)
		return m, err == nil, err
	})
}

func (th *Thread) newMap(args []Value) (Value, *Exc) {
	if len(args) < 2 {
		return Value{}, TypeErrorf("map() must have at least two arguments.")
	}
	m := &mapIter{iterBase{Header{mapShape}, nil}, args[0], make([]Value, len(args)-1)}
	return object(m), th.iterAll(m.its, args[1:])
}

func mapNext(th *Thread, v Value) (Value, bool, *Exc) {
	m := (*mapIter)(v.p)
	n := len(m.its)
	args := th.args(n)[:n]
	defer th.dropArgs(n)
	for i, it := range m.its {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return Value{}, false, err
		}
		args[i] = x
	}
	x, err := th.CallArgs(m.fn, args, nil)
	if err != nil {
		return Stopped(err)
	}
	return x, true, nil
}

// Stopped is the result of an iterator that ends, or whose next item failed with err, raised by a function that it calls:
// as in an iterator made by a script, StopIteration ends the iteration.
func Stopped(err *Exc) (Value, bool, *Exc) {
	if err != nil && err.Is(StopIteration) {
		return err.field("value"), false, nil
	}
	return Value{}, false, err
}

func setupFilter(t *Type) {
	t.Doc = "filter(function or None, iterable) --> filter object\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true."
	t.setupIterator(filterNext, reduceIterator(func(v Value) []Value { return []Value{(*filterIter)(v.p).fn, (*filterIter)(v.p).it} }))
	t.flags &^= flagNoNew
	t.SetNew("filter(function, iterable, /)", func(th *Thread, a []Value) (Value, *Exc) {
		it, err := th.Iter(a[2])
		return object(&filterIter{iterBase{Header{(*Type)(a[0].p).inst}, nil}, a[1], it}), err
	})
}

func filterNext(th *Thread, v Value) (Value, bool, *Exc) {
	f := (*filterIter)(v.p)
	plain := f.fn.IsNone() || Is(f.fn, boolType.Value())
	for {
		x, ok, err := th.Next(f.it)
		if err != nil || !ok {
			return Value{}, false, err
		}
		r := x
		if !plain {
			args := append(th.args(1), x)
			r, err = th.CallArgs(f.fn, args, nil)
			th.dropArgs(1)
			if err != nil {
				return Stopped(err)
			}
		}
		keep, err := th.Truth(r)
		if err != nil {
			return Stopped(err)
		}
		if keep {
			return x, true, nil
		}
	}
}
