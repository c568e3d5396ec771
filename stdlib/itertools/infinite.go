package itertools

// This file defines count, cycle and repeat.

import "aio/interp"

func infinite() []iteratorType {
	return []iteratorType{
		{newType("count"), "count(start=0, step=1)", "Return a count object whose .__next__() method returns consecutive values.", newCount, nextOf((*count).next),
			func(_ *interp.Type, p *interp.Protocol) []interp.Builtin {
				p.Repr = reprCount
				return []interp.Builtin{{Sig: "__reduce__()", Doc: "Return state information for pickling.", Fn: reduceCount}}
			}},
		{newType("cycle"), "cycle(iterable, /)", "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.", newCycle, nextOf((*cycle).next), nil},
		{newType("repeat"), "repeat(object, times=?)", "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.", newRepeat, nextOf((*repeat).next),
			func(_ *interp.Type, p *interp.Protocol) []interp.Builtin {
				p.Repr = reprRepeat
				return []interp.Builtin{{Sig: "__length_hint__()", Doc: "Private method returning an estimate of len(list(it)).", Fn: repeatHint}}
			}},
	}
}

// count counts in ints of 64 bits as long as it can.
type count struct {
	i, step     int64
	small       bool
	value, size interp.Value // the next number and the step, otherwise
}

func newCount(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	for _, v := range a[1:] {
		if !isNumber(v) {
			return interp.Value{}, interp.TypeErrorf("a number is required")
		}
	}
	c := &count{value: a[1], size: a[2]}
	i, ok := interp.AsInt(a[1])
	step, ok2 := interp.AsInt(a[2])
	if ok && ok2 {
		c.i, c.step, c.small = i, step, true
	}
	return instance(a[0], c), nil
}

func isNumber(v interp.Value) bool {
	for _, name := range [...]string{"__float__", "__index__", "__int__", "__complex__"} {
		if _, ok := interp.TypeOf(v).Lookup(name); ok {
			return true
		}
	}
	return false
}

func (c *count) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if c.small {
		i := c.i
		if next := i + c.step; (next^i)&(next^c.step) >= 0 {
			c.i = next
			return interp.MkInt(i), true, nil
		}
		c.small, c.value = false, interp.MkInt(i)
	}
	v := c.value
	next, err := th.Binary(interp.BinAdd, v, c.size)
	if err != nil {
		return failed(err)
	}
	c.value = next
	return v, true, nil
}

func (c *count) current() interp.Value {
	if c.small {
		return interp.MkInt(c.i)
	}
	return c.value
}

func reprCount(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	c, _ := interp.NativeData[*count](v)
	text, err := th.Repr(c.current())
	if err != nil {
		return "", err
	}
	if step, ok := interp.AsInt(c.size); ok && step == 1 {
		return interp.TypeOf(v).Name + "(" + text + ")", nil
	}
	size, err := th.Repr(c.size)
	return interp.TypeOf(v).Name + "(" + text + ", " + size + ")", err
}

func reduceCount(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	c, _ := interp.NativeData[*count](a[0])
	return interp.Pair(interp.TypeOf(a[0]).Value(), interp.Pair(c.current(), c.size)), nil
}

// cycle keeps the items of the first round.
type cycle struct {
	it    interp.Value // unbound after the first round
	saved []interp.Value
	i     int
}

func newCycle(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	return instance(a[0], &cycle{it: it}), err
}

func (c *cycle) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	if !c.it.IsUnbound() {
		x, ok, err := th.Next(c.it)
		if err != nil {
			return failed(err)
		}
		if ok {
			c.saved = append(c.saved, x)
			return x, true, nil
		}
		c.it = interp.Value{}
	}
	if len(c.saved) == 0 {
		return done()
	}
	x := c.saved[c.i]
	c.i = (c.i + 1) % len(c.saved)
	return x, true, nil
}

type repeat struct {
	x    interp.Value
	left int // negative: without end
}

func newRepeat(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	r := &repeat{a[1], -1}
	if !a[2].IsUnbound() {
		n, err := th.IndexInt(a[2])
		if err != nil {
			return interp.Value{}, err
		}
		r.left = max(n, 0)
	}
	return instance(a[0], r), nil
}

func (r *repeat) next(*interp.Thread) (interp.Value, bool, *interp.Exc) {
	if r.left == 0 {
		return done()
	}
	if r.left > 0 {
		r.left--
	}
	return r.x, true, nil
}

func reprRepeat(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	r, _ := interp.NativeData[*repeat](v)
	text, err := th.Repr(r.x)
	if err != nil || r.left < 0 {
		return interp.TypeOf(v).Name + "(" + text + ")", err
	}
	left, err := th.Repr(interp.MkInt(int64(r.left)))
	return interp.TypeOf(v).Name + "(" + text + ", " + left + ")", err
}

func repeatHint(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	r, _ := interp.NativeData[*repeat](a[0])
	if r.left < 0 {
		return interp.Value{}, interp.TypeErrorf("len() of unsized object")
	}
	return interp.MkInt(int64(r.left)), nil
}
