package itertools

// This file defines product, permutations and the combinations. Each keeps the items in a pool, and the
// positions of the tuple that comes next.

import "aio/interp"

func combinatoric() []iteratorType {
	return []iteratorType{
		{newType("product"), "product(*iterables, repeat=1)", "product(*iterables, repeat=1) --> product object\n\nCartesian product of input iterables.  Equivalent to nested for-loops.", newProduct, nextOf((*product).next), nil},
		{newType("permutations"), "permutations(iterable, r=None)", "Return successive r-length permutations of elements in the iterable.", newPermutations, nextOf((*permutations).next), nil},
		{newType("combinations"), "combinations(iterable, r)", "Return successive r-length combinations of elements in the iterable.", newCombinations, nextOf((*combinations).next), nil},
		{newType("combinations_with_replacement"), "combinations_with_replacement(iterable, r)", "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.", newCombinationsAgain, nextOf((*combinations).next), nil},
	}
}

// product counts through its pools like an odometer.
type product struct {
	pools [][]interp.Value
	at    []int // nil before the first tuple
	over  bool
}

func newProduct(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	repeat, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	if repeat < 0 {
		return interp.Value{}, interp.ValueErrorf("repeat argument cannot be negative")
	}
	t, _ := interp.AsTuple(a[2])
	p := &product{}
	for _, v := range t.Items() {
		pool, err := th.Items(v)
		if err != nil {
			return interp.Value{}, err
		}
		p.pools = append(p.pools, pool)
		p.over = p.over || len(pool) == 0
	}
	once := p.pools
	p.pools = nil
	for range repeat {
		p.pools = append(p.pools, once...)
	}
	p.over = p.over && repeat > 0
	return instance(a[0], p), nil
}

func (p *product) next(*interp.Thread) (interp.Value, bool, *interp.Exc) {
	if p.over {
		return done()
	}
	if p.at == nil {
		p.at = make([]int, len(p.pools))
	} else if !p.turn() {
		p.over = true
		return done()
	}
	items := make([]interp.Value, len(p.pools))
	for i, j := range p.at {
		items[i] = p.pools[i][j]
	}
	return interp.MkTuple(items), true, nil
}

// turn moves to the next positions; false at the end.
func (p *product) turn() bool {
	for i := len(p.at) - 1; i >= 0; i-- {
		if p.at[i]++; p.at[i] < len(p.pools[i]) {
			return true
		}
		p.at[i] = 0
	}
	return false
}

// pool reads the arguments iterable and r; an optional r may be None, for all items.
func pool(th *interp.Thread, iterable, r interp.Value, optional bool) (items []interp.Value, n int, err *interp.Exc) {
	if items, err = th.Items(iterable); err != nil {
		return nil, 0, err
	}
	n = len(items)
	if !r.IsNone() || !optional {
		if n, err = th.IndexInt(r); err != nil {
			return nil, 0, err
		}
	}
	if n < 0 {
		err = interp.ValueErrorf("r must be non-negative")
	}
	return items, n, err
}

// pick returns the tuple of the items at positions.
func pick(items []interp.Value, at []int) interp.Value {
	chosen := make([]interp.Value, len(at))
	for i, j := range at {
		chosen[i] = items[j]
	}
	return interp.MkTuple(chosen)
}

// permutations has all positions in order, of which the first r count, and how many steps each of those
// has left before those behind it are as at first.
type permutations struct {
	items  []interp.Value
	r      int
	order  []int // nil before the first tuple
	cycles []int
	over   bool
}

func newPermutations(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !a[2].IsNone() {
		if _, _, ok := interp.IntOf(a[2]); !ok {
			return interp.Value{}, interp.TypeErrorf("Expected int as r")
		}
	}
	items, r, err := pool(th, a[1], a[2], true)
	if err != nil {
		return interp.Value{}, err
	}
	return instance(a[0], &permutations{items: items, r: r, over: r > len(items)}), nil
}

func (p *permutations) next(*interp.Thread) (interp.Value, bool, *interp.Exc) {
	if p.over {
		return done()
	}
	n := len(p.items)
	if p.order == nil {
		p.order, p.cycles = make([]int, n), make([]int, p.r)
		for i := range p.order {
			p.order[i] = i
		}
		for i := range p.cycles {
			p.cycles[i] = n - i
		}
	} else if !p.turn() {
		p.over = true
		return done()
	}
	return pick(p.items, p.order[:p.r]), true, nil
}

// turn moves to the next order; false at the end.
func (p *permutations) turn() bool {
	n := len(p.order)
	for i := p.r - 1; i >= 0; i-- {
		p.cycles[i]--
		if p.cycles[i] > 0 {
			j := n - p.cycles[i]
			p.order[i], p.order[j] = p.order[j], p.order[i]
			return true
		}
		first := p.order[i] // it has been everywhere behind: back to the end
		copy(p.order[i:], p.order[i+1:])
		p.order[n-1] = first
		p.cycles[i] = n - i
	}
	return false
}

// combinations has rising positions; with again set, positions that do not fall.
type combinations struct {
	items []interp.Value
	r     int
	again bool
	at    []int // nil before the first tuple
	over  bool
}

func newCombinations(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	items, r, err := pool(th, a[1], a[2], false)
	if err != nil {
		return interp.Value{}, err
	}
	return instance(a[0], &combinations{items: items, r: r, over: r > len(items)}), nil
}

func newCombinationsAgain(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	items, r, err := pool(th, a[1], a[2], false)
	if err != nil {
		return interp.Value{}, err
	}
	return instance(a[0], &combinations{items: items, r: r, again: true, over: r > 0 && len(items) == 0}), nil
}

func (c *combinations) next(*interp.Thread) (interp.Value, bool, *interp.Exc) {
	if c.over {
		return done()
	}
	if c.at == nil {
		c.at = make([]int, c.r)
		if !c.again {
			for i := range c.at {
				c.at[i] = i
			}
		}
	} else if !c.turn() {
		c.over = true
		return done()
	}
	return pick(c.items, c.at), true, nil
}

// turn raises the last position that can be raised, and puts those behind it as low as they may be.
func (c *combinations) turn() bool {
	rise := 1 // from one position to the next
	if c.again {
		rise = 0
	}
	for i := c.r - 1; i >= 0; i-- {
		if c.at[i] < len(c.items)-1-rise*(c.r-1-i) {
			c.at[i]++
			for j := i + 1; j < c.r; j++ {
				c.at[j] = c.at[j-1] + rise
			}
			return true
		}
	}
	return false
}
