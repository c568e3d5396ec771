package itertools

// This file defines islice, pairwise and zip_longest.

import (
	gomath "math"

	"aio/interp"
)

func slices() []iteratorType {
	return []iteratorType{
		{newType("islice"), "islice(*args)", "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable.", newSlice, nextOf((*slice).next), nil},
		{newType("pairwise"), "pairwise(iterable, /)", "Return an iterator of overlapping pairs taken from the input iterator.", newPairwise, nextOf((*pairwise).next), nil},
		{newType("zip_longest"), "zip_longest(*iterables, fillvalue=None)", "Return a zip_longest object whose .__wanted_() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.", newZipLongest, nextOf((*zipLongest).next), nil},
	}
}

type slice struct {
	it        interp.Value // unbound at its end
	at        int          // of the next item of it
	wanted    int          // position of the next item to give
	stop      int
	step      int
	exhausted bool
}

func newSlice(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(a[1])
	args := t.Items()
	switch {
	case len(args) < 2:
		return interp.Value{}, interp.TypeErrorf("islice expected at least 2 arguments, got %d", len(args))
	case len(args) > 4:
		return interp.Value{}, interp.TypeErrorf("islice expected at most 4 arguments, got %d", len(args))
	}
	s := &slice{step: 1}
	const indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
	const stops = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
	var err *interp.Exc
	if len(args) == 2 {
		if s.stop, err = bound(th, args[1], gomath.MaxInt, stops); err != nil {
			return interp.Value{}, err
		}
	} else {
		if s.stop, err = bound(th, args[2], gomath.MaxInt, stops); err != nil {
			return interp.Value{}, err
		}
		if s.wanted, err = bound(th, args[1], 0, indices); err != nil {
			return interp.Value{}, err
		}
	}
	if len(args) == 4 {
		const steps = "Step for islice() must be a positive integer or None."
		if s.step, err = bound(th, args[3], 1, steps); err != nil {
			return interp.Value{}, err
		}
		if s.step == 0 {
			return interp.Value{}, interp.ValueErrorf(steps)
		}
	}
	s.it, err = th.Iter(args[0])
	return instance(a[0], s), err
}

// bound reads an argument that is None or an int that is not negative.
func bound(th *interp.Thread, v interp.Value, none int, message string) (int, *interp.Exc) {
	if v.IsNone() {
		return none, nil
	}
	n, err := th.IndexInt(v)
	if err != nil || n < 0 {
		return 0, interp.ValueErrorf("%s", message)
	}
	return n, nil
}

func (s *slice) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if s.exhausted {
		return done()
	}
	stop := min(s.wanted, s.stop) // items in front of the wanted one are taken and dropped
	for s.at < stop {
		if _, ok, err := th.Next(s.it); err != nil || !ok {
			s.end()
			return failed(err)
		}
		s.at++
	}
	if s.at >= s.stop {
		s.end()
		return done()
	}
	x, ok, err := th.Next(s.it)
	if err != nil || !ok {
		s.end()
		return failed(err)
	}
	s.at++
	if s.wanted += s.step; s.wanted < 0 {
		s.wanted = gomath.MaxInt
	}
	return x, true, nil
}

func (s *slice) end() { s.exhausted, s.it = true, interp.Value{} }

type pairwise struct{ it, last interp.Value } // last is unbound before the first item

func newPairwise(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	return instance(a[0], &pairwise{it: it}), err
}

func (p *pairwise) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if p.it.IsUnbound() {
		return done()
	}
	if p.last.IsUnbound() {
		x, ok, err := th.Next(p.it)
		if err != nil || !ok {
			p.it = interp.Value{}
			return failed(err)
		}
		p.last = x
	}
	x, ok, err := th.Next(p.it)
	if err != nil || !ok {
		p.it, p.last = interp.Value{}, interp.Value{}
		return failed(err)
	}
	pair := interp.Pair(p.last, x)
	p.last = x
	return pair, true, nil
}

type zipLongest struct {
	its  []interp.Value // unbound where exhausted
	left int
	fill interp.Value
}

func newZipLongest(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	its, err := iterators(th, a[2])
	return instance(a[0], &zipLongest{its, len(its), a[1]}), err
}

func (z *zipLongest) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if z.left == 0 {
		return done()
	}
	items := make([]interp.Value, len(z.its))
	for i, it := range z.its {
		items[i] = z.fill
		if it.IsUnbound() {
			continue
		}
		x, ok, err := th.Next(it)
		switch {
		case err != nil:
			z.left = 0
			return failed(err)
		case ok:
			items[i] = x
		default:
			z.its[i] = interp.Value{}
			if z.left--; z.left == 0 {
				return done()
			}
		}
	}
	return interp.MkTuple(items), true, nil
}
