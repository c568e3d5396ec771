package random

// This file defines what chooses ints and items.

import (
	gomath "math"
	"math/big"
	"sort"

	"aio/internal/libm"
	"aio/interp"
)

// whole returns an argument of randrange: an int, or a float that is whole.
func whole(th *interp.Thread, v interp.Value, which string) (*big.Int, *interp.Exc) {
	i, err := th.Index(v)
	if err == nil {
		b, _ := interp.BigOf(i)
		return b, nil
	}
	if !err.Is(interp.TypeError) {
		return nil, err
	}
	if i, err = th.Int(v); err != nil {
		return nil, err
	}
	if same, err := th.Equal(i, v); err != nil {
		return nil, err
	} else if !same {
		return nil, interp.ValueErrorf("non-integer %s for randrange()", which)
	}
	b, _ := interp.BigOf(i)
	return b, nil
}

func randRange(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	start, err := whole(s.th, a[0], "arg 1")
	if err != nil {
		return interp.Value{}, err
	}
	if a[1].IsNone() {
		if step, ok := interp.AsInt(a[2]); !ok || step != 1 {
			return interp.Value{}, interp.TypeErrorf("Missing a non-None stop argument")
		}
		if start.Sign() <= 0 {
			return interp.Value{}, interp.ValueErrorf("empty range for randrange()")
		}
		return interp.MkBig(s.bigBelow(start)), nil
	}
	stop, err := whole(s.th, a[1], "stop")
	if err != nil {
		return interp.Value{}, err
	}
	step, err := whole(s.th, a[2], "step")
	if err != nil {
		return interp.Value{}, err
	}
	width := new(big.Int).Sub(stop, start)
	if step.IsInt64() && step.Int64() == 1 {
		return s.inRange(start, stop, width)
	}
	switch step.Sign() {
	case 0:
		return interp.Value{}, interp.ValueErrorf("zero step for randrange()")
	case 1:
		width.Add(width, step).Sub(width, big.NewInt(1))
	default:
		width.Add(width, step).Add(width, big.NewInt(1))
	}
	n := width.Quo(width, step) // rounds towards zero: an empty range gives no more than 0
	if n.Sign() <= 0 {
		return interp.Value{}, interp.ValueErrorf("empty range for randrange()")
	}
	r := s.bigBelow(n)
	r = new(big.Int).Mul(r, step)
	return interp.MkBig(r.Add(r, start)), nil
}

// inRange returns a random int of width possible ones from start on.
func (s *stream) inRange(start, stop, width *big.Int) (interp.Value, *interp.Exc) {
	if width.Sign() <= 0 {
		return interp.Value{}, interp.ValueErrorf("empty range for randrange() (%s, %s, %s)", start, stop, width)
	}
	return interp.MkBig(new(big.Int).Add(start, s.bigBelow(width))), nil
}

func randInt(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	lo, ok := interp.AsInt(a[0])
	hi, ok2 := interp.AsInt(a[1])
	if ok && ok2 && lo <= hi && hi-lo >= 0 && hi-lo < gomath.MaxInt64 {
		return interp.MkInt(lo + s.below(hi-lo+1)), nil
	}
	stop, err := s.th.Binary(interp.BinAdd, a[1], interp.MkInt(1))
	if err != nil {
		return interp.Value{}, err
	}
	return randRange(s, []interp.Value{a[0], stop, interp.MkInt(1)})
}

func choice(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := s.th.Len(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n == 0 {
		return interp.Value{}, interp.NewExc(interp.IndexError, interp.MkStr("Cannot choose from an empty sequence"))
	}
	return s.th.GetItem(a[0], interp.MkInt(s.below(int64(n))))
}

func shuffle(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := s.th.Len(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	for i := n - 1; i > 0; i-- {
		x, y := interp.MkInt(int64(i)), interp.MkInt(s.below(int64(i)+1))
		if err := swap(s.th, a[0], x, y); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, nil
}

// swap exchanges the items i and j of any sequence.
func swap(th *interp.Thread, seq, i, j interp.Value) *interp.Exc {
	x, err := th.GetItem(seq, i)
	if err != nil {
		return err
	}
	y, err := th.GetItem(seq, j)
	if err != nil {
		return err
	}
	if err := th.SetItem(seq, i, y); err != nil {
		return err
	}
	return th.SetItem(seq, j, x)
}

func sample(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	population := a[0]
	if !interp.IsSequence(population) {
		return interp.Value{}, interp.TypeErrorf("Population must be a sequence.  For dicts or sets, use sorted(d).")
	}
	n, err := s.th.Len(population)
	if err != nil {
		return interp.Value{}, err
	}
	k, err := s.th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	item := func(i int) (interp.Value, *interp.Exc) { return s.th.GetItem(population, interp.MkInt(int64(i))) }
	if !a[2].IsNone() {
		last, err := s.cumulativeCounts(a[2], n)
		if err != nil {
			return interp.Value{}, err
		}
		n = last[n-1]
		unit := item
		item = func(i int) (interp.Value, *interp.Exc) { return unit(sort.SearchInts(last, i+1)) }
	}
	if k < 0 || k > n {
		return interp.Value{}, interp.ValueErrorf("Sample larger than population or is negative")
	}
	result := make([]interp.Value, k)
	for i, at := range s.positions(n, k) {
		if result[i], err = item(at); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.MkList(result), nil
}

// cumulativeCounts returns the running totals of the counts of n items.
func (s *stream) cumulativeCounts(counts interp.Value, n int) ([]int, *interp.Exc) {
	items, err := s.th.Items(counts)
	if err != nil {
		return nil, err
	}
	if len(items) != n {
		return nil, interp.ValueErrorf("The number of counts does not match the population")
	}
	total, last := 0, make([]int, n)
	for i, v := range items {
		c, _, ok := interp.IntOf(v)
		if !ok {
			return nil, interp.TypeErrorf("Counts must be integers")
		}
		total += int(c)
		last[i] = total
	}
	if total <= 0 {
		return nil, interp.ValueErrorf("Total of counts must be greater than zero")
	}
	return last, nil
}

// positions returns k different positions below n. Which of two ways finds them decides what is drawn,
// so the choice between them is CPython's: by the sizes that its list and its set would have.
func (s *stream) positions(n, k int) []int {
	result := make([]int, k)
	setSize := 21
	if k > 5 {
		setSize += int(libm.Pow(4, gomath.Ceil(libm.Log(float64(k*3))/libm.Log(4))))
	}
	if n <= setSize {
		pool := make([]int, n)
		for i := range pool {
			pool[i] = i
		}
		for i := range result {
			j := s.below(int64(n - i))
			result[i] = pool[j]
			pool[j] = pool[n-i-1]
		}
		return result
	}
	seen := make(map[int64]bool, k)
	for i := range result {
		j := s.below(int64(n))
		for seen[j] && s.err == nil {
			j = s.below(int64(n))
		}
		seen[j] = true
		result[i] = int(j)
	}
	return result
}

func choices(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := s.th.Len(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	k, err := s.th.IndexInt(a[3])
	if err != nil {
		return interp.Value{}, err
	}
	cumulative, err := s.cumulativeWeights(a[1], a[2], a[3], n)
	if err != nil {
		return interp.Value{}, err
	}
	result := make([]interp.Value, 0, max(k, 0))
	for range k {
		var at int
		if cumulative == nil {
			at = int(s.float() * float64(n))
		} else {
			x := s.float() * cumulative[n-1]
			at = sort.Search(n-1, func(i int) bool { return cumulative[i] > x })
		}
		v, err := s.th.GetItem(a[0], interp.MkInt(int64(at)))
		if err != nil {
			return interp.Value{}, err
		}
		result = append(result, v)
	}
	return interp.MkList(result), nil
}

// cumulativeWeights returns the running totals of the weights, nil when all weigh the same.
func (s *stream) cumulativeWeights(weights, cumulative, k interp.Value, n int) ([]float64, *interp.Exc) {
	given := cumulative
	switch {
	case cumulative.IsNone() && weights.IsNone():
		return nil, nil
	case cumulative.IsNone():
		if _, _, ok := interp.IntOf(weights); ok {
			shown, _ := s.th.Str(weights)
			return nil, interp.TypeErrorf("The number of choices must be a keyword argument: k=%s", shown)
		}
		given = weights
	case !weights.IsNone():
		return nil, interp.TypeErrorf("Cannot specify both weights and cumulative weights")
	}
	items, err := s.th.Items(given)
	if err != nil {
		return nil, err
	}
	if len(items) != n {
		return nil, interp.ValueErrorf("The number of weights does not match the population")
	}
	totals, sum := make([]float64, n), 0.0
	for i, v := range items {
		w, err := s.th.Float(v)
		if err != nil {
			return nil, err
		}
		sum += w
		totals[i] = sum
		if !cumulative.IsNone() {
			totals[i] = w
		}
	}
	if n == 0 {
		return nil, interp.NewExc(interp.IndexError, interp.MkStr("list index out of range"))
	}
	switch total := totals[n-1]; {
	case total <= 0:
		return nil, interp.ValueErrorf("Total of weights must be greater than zero")
	case gomath.IsInf(total, 0) || gomath.IsNaN(total):
		return nil, interp.ValueErrorf("Total of weights must be finite")
	}
	return totals, nil
}
