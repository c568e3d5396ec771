package itertools

// This file defines the iterators that take items one by one and give some of them, or what a function
// makes of them.

import "aio/interp"

func itemwise() []iteratorType {
	return []iteratorType{
		{newType("accumulate"), "accumulate(iterable, func=None, *, initial=None)", "Return series of accumulated sums.", newAccumulate, nextOf((*accumulate).next), nil},
		{newType("chain"), "chain(*iterables)", "Return a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.", newChain, nextOf((*chain).next),
			func(t *interp.Type, _ *interp.Protocol) []interp.Builtin {
				t.AddClassMethods([]interp.Builtin{{Sig: "from_iterable(iterable, /)", Doc: "Alternative chain() constructor taking a single iterable argument that evaluates lazily.", Fn: chainFrom}})
				return nil
			}},
		{newType("compress"), "compress(data, selectors)", "Return data elements corresponding to true selector elements.", newCompress, nextOf((*compress).next), nil},
		{newType("dropwhile"), "dropwhile(predicate, iterable, /)", "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.", newFilter, nextOf((*filter).dropWhile), nil},
		{newType("takewhile"), "takewhile(predicate, iterable, /)", "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.", newFilter, nextOf((*filter).takeWhile), nil},
		{newType("filterfalse"), "filterfalse(function, iterable, /)", "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.", newFilter, nextOf((*filter).filterFalse), nil},
		{newType("starmap"), "starmap(function, iterable, /)", "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.", newFilter, nextOf((*filter).starMap), nil},
	}
}

type accumulate struct {
	it, fn  interp.Value
	total   interp.Value // unbound before the first item
	initial interp.Value // what comes first, unbound without
}

func newAccumulate(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	acc := &accumulate{it: it, fn: a[2]}
	if !a[3].IsNone() {
		acc.initial = a[3]
	}
	return instance(a[0], acc), nil
}

func (a *accumulate) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if !a.initial.IsUnbound() {
		a.total, a.initial = a.initial, interp.Value{}
		return a.total, true, nil
	}
	x, ok, err := th.Next(a.it)
	if err != nil || !ok {
		return failed(err)
	}
	switch {
	case a.total.IsUnbound():
		a.total = x
	case a.fn.IsNone():
		a.total, err = th.Binary(interp.BinAdd, a.total, x)
	default:
		a.total, err = th.Call(a.fn, a.total, x)
	}
	if err != nil {
		return failed(err)
	}
	return a.total, true, nil
}

// chain goes through the iterables that an iterator gives.
type chain struct{ sources, it interp.Value } // either is unbound at its end

func newChain(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	return instance(a[0], &chain{sources: it}), err
}

func chainFrom(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return newChain(th, a)
}

func (c *chain) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	for !c.sources.IsUnbound() {
		if c.it.IsUnbound() {
			source, ok, err := th.Next(c.sources)
			if err != nil || !ok {
				c.sources = interp.Value{}
				return failed(err)
			}
			if c.it, err = th.Iter(source); err != nil {
				c.sources = interp.Value{}
				return failed(err)
			}
		}
		x, ok, err := th.Next(c.it)
		if err != nil || ok {
			return x, ok, err
		}
		c.it = interp.Value{}
	}
	return done()
}

type compress struct{ data, selectors interp.Value }

func newCompress(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	data, err := th.Iter(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	selectors, err := th.Iter(a[2])
	return instance(a[0], &compress{data, selectors}), err
}

func (c *compress) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	for {
		x, ok, err := th.Next(c.data)
		if err != nil || !ok {
			return failed(err)
		}
		s, ok, err := th.Next(c.selectors)
		if err != nil || !ok {
			return failed(err)
		}
		keep, err := th.Truth(s)
		if err != nil {
			return failed(err)
		}
		if keep {
			return x, true, nil
		}
	}
}

// filter is a function and an iterator.
type filter struct {
	fn, it interp.Value
	over   bool // the predicate of dropwhile or takewhile was false once
}

func newFilter(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[2])
	return instance(a[0], &filter{fn: a[1], it: it}), err
}

func (f *filter) test(th *interp.Thread, x interp.Value) (bool, *interp.Exc) {
	r, err := th.Call(f.fn, x)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}

func (f *filter) dropWhile(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	for {
		x, ok, err := th.Next(f.it)
		if err != nil || !ok || f.over {
			return x, ok, err
		}
		drop, err := f.test(th, x)
		if err != nil {
			return failed(err)
		}
		if !drop {
			f.over = true
			return x, true, nil
		}
	}
}

func (f *filter) takeWhile(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if f.over {
		return done()
	}
	x, ok, err := th.Next(f.it)
	if err != nil || !ok {
		return failed(err)
	}
	take, err := f.test(th, x)
	if err != nil {
		return failed(err)
	}
	f.over = !take
	return x, take, nil
}

func (f *filter) filterFalse(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	for {
		x, ok, err := th.Next(f.it)
		if err != nil || !ok {
			return failed(err)
		}
		var drop bool
		if f.fn.IsNone() {
			drop, err = th.Truth(x)
		} else {
			drop, err = f.test(th, x)
		}
		if err != nil {
			return failed(err)
		}
		if !drop {
			return x, true, nil
		}
	}
}

func (f *filter) starMap(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	x, ok, err := th.Next(f.it)
	if err != nil || !ok {
		return failed(err)
	}
	args, err := th.Items(x)
	if err != nil {
		return failed(err)
	}
	r, err := th.CallArgs(f.fn, args, nil)
	if err != nil {
		return failed(err)
	}
	return r, true, nil
}
