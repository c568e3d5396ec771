package itertools

// This file defines groupby and tee: several iterators that share one.

import "aio/interp"

var (
	grouperType = newType("_grouper")
	teeType     = newType("_tee")
)

// hidden are the iterators that only functions make.
var hidden = []iteratorType{
	{grouperType, "", "", nil, nextOf((*grouper).next), nil},
	{teeType, "", "Iterator wrapped to make it copyable.", nil, nextOf((*teeIter).next), func(_ *interp.Type, _ *interp.Protocol) []interp.Builtin {
		return []interp.Builtin{{Sig: "__copy__()", Doc: "Returns an independent iterator.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			it, _ := interp.NativeData[*teeIter](a[0])
			c := *it
			return interp.NewNative(teeType, &c), nil
		}}}
	}},
}

func split() []iteratorType {
	return []iteratorType{
		{newType("groupby"), "groupby(iterable, key=None)", "make an iterator that returns consecutive keys and groups from the iterable", newGroupBy, nextOf((*groupBy).next), nil},
	}
}

// groupBy gives pairs of a key and a grouper. The groupers share its iterator: only that of the group
// that came last gives items.
type groupBy struct {
	it, fn  interp.Value
	item    interp.Value // read and not given yet; unbound at first
	key     interp.Value // of item
	group   interp.Value // key of the group that came last; unbound at first
	current *grouper
}

type grouper struct {
	parent *groupBy
	key    interp.Value
}

func newGroupBy(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	return instance(a[0], &groupBy{it: it, fn: a[2]}), err
}

// advance reads the next item and its key.
func (g *groupBy) advance(th *interp.Thread) (ok bool, err *interp.Exc) {
	x, ok, err := th.Next(g.it)
	if err != nil || !ok {
		return false, err
	}
	key := x
	if !g.fn.IsNone() {
		if key, err = th.Call(g.fn, x); err != nil {
			return false, err
		}
	}
	g.item, g.key = x, key
	return true, nil
}

func (g *groupBy) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	g.current = nil
	for {
		if !g.key.IsUnbound() {
			if g.group.IsUnbound() {
				break
			}
			same, err := same(th, g.group, g.key)
			if err != nil {
				return failed(err)
			}
			if !same {
				break
			}
		}
		if ok, err := g.advance(th); err != nil || !ok {
			return failed(err)
		}
	}
	g.group = g.key
	g.current = &grouper{g, g.group}
	return interp.Pair(g.key, interp.NewNative(grouperType, g.current)), true, nil
}

func same(th *interp.Thread, a, b interp.Value) (bool, *interp.Exc) {
	if interp.Is(a, b) {
		return true, nil
	}
	return th.Equal(a, b)
}

func (r *grouper) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	g := r.parent
	if g.current != r {
		return done()
	}
	if g.item.IsUnbound() {
		if ok, err := g.advance(th); err != nil || !ok {
			return failed(err)
		}
	}
	if same, err := same(th, r.key, g.key); err != nil || !same {
		return failed(err)
	}
	x := g.item
	g.item = interp.Value{}
	return x, true, nil
}

// teeNode is a link of the items that one iterator gave, shared by all of a tee.
type teeNode struct {
	item interp.Value
	next *teeNode // nil: not read yet
	it   interp.Value
}

type teeIter struct{ at *teeNode }

func tee(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 {
		return interp.Value{}, interp.ValueErrorf("n must be >= 0")
	}
	types()
	var first *teeNode
	if t, ok := interp.NativeData[*teeIter](a[0]); ok {
		first = t.at
	} else {
		it, err := th.Iter(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		first = &teeNode{it: it}
	}
	items := make([]interp.Value, n)
	for i := range items {
		items[i] = interp.NewNative(teeType, &teeIter{first})
	}
	return interp.MkTuple(items), nil
}

// next gives the item of the node, which is read when the first of the iterators comes there.
func (t *teeIter) next(th *interp.Thread) (interp.Value, bool, *interp.Exc) {
	n := t.at
	if n.next == nil {
		x, ok, err := th.Next(n.it)
		if err != nil || !ok {
			return failed(err)
		}
		if n.next == nil {
			n.item, n.next = x, &teeNode{it: n.it}
		}
	}
	t.at = n.next
	return n.item, true, nil
}
