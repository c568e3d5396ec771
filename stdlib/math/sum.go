package math

// This file defines fsum, hypot and dist, which round once.

import (
	gomath "math"

	"aio/interp"
)

// partials is a sum kept exactly: floats that do not overlap, of increasing magnitude.
type partials []float64

// add adds x and reports whether the sum stays finite.
func (p *partials) add(x float64) bool {
	n := 0
	for _, y := range *p {
		hi, lo := twoSum(x, y)
		if lo != 0 {
			(*p)[n] = lo
			n++
		}
		x = hi
	}
	*p = (*p)[:n]
	if x != 0 {
		*p = append(*p, x)
	}
	return finite(x)
}

// total returns the float nearest to the sum.
func (p partials) total() float64 {
	n := len(p)
	if n == 0 {
		return 0
	}
	n--
	hi, lo := p[n], 0.0
	for n > 0 && lo == 0 {
		n--
		hi, lo = twoSum(hi, p[n])
	}
	// A remainder of exactly half a unit was rounded to even: what is left below it decides.
	if n > 0 && (lo < 0 && p[n-1] < 0 || lo > 0 && p[n-1] > 0) {
		if up := hi + 2*lo; up-hi == 2*lo {
			return up
		}
	}
	return hi
}

// twoSum returns x + y rounded, and the rounding error.
func twoSum(x, y float64) (sum, rest float64) {
	sum = x + y
	back := sum - x
	return sum, (x - (sum - back)) + (y - back)
}

func fsum(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var p partials
	special, infinities := 0.0, 0.0
	err := th.Iterate(a[0], func(v interp.Value) *interp.Exc {
		x, err := th.Float(v)
		if err != nil {
			return err
		}
		if !finite(x) {
			if gomath.IsInf(x, 0) {
				infinities += x
			}
			special += x
			return nil
		}
		if !p.add(x) {
			return interp.Errorf(interp.OverflowError, "intermediate overflow in fsum")
		}
		return nil
	})
	switch {
	case err != nil:
		return interp.Value{}, err
	case special != 0:
		if gomath.IsNaN(infinities) {
			return interp.Value{}, interp.ValueErrorf("-inf + inf in fsum")
		}
		return interp.MkFloat(special), nil
	}
	return interp.MkFloat(p.total()), nil
}

// norm returns the length of a vector. The squares are summed exactly after scaling by a power of two,
// and one Newton step corrects the root, so that the result is rounded once.
func norm(v []float64) float64 {
	largest, nan := 0.0, false
	for i, x := range v {
		x = gomath.Abs(x)
		v[i] = x
		nan = nan || gomath.IsNaN(x)
		if x > largest {
			largest = x
		}
	}
	switch {
	case gomath.IsInf(largest, 0):
		return largest
	case nan:
		return gomath.NaN()
	case largest == 0:
		return 0
	case len(v) == 1:
		return largest
	}
	_, e := gomath.Frexp(largest)
	var p partials
	for _, x := range v {
		x = gomath.Ldexp(x, -e)
		square := x * x
		p.add(square)
		p.add(gomath.FMA(x, x, -square))
	}
	root := gomath.Sqrt(p.total())
	square := root * root
	p.add(-square)
	p.add(-gomath.FMA(root, root, -square))
	return gomath.Ldexp(root+p.total()/(2*root), e)
}

func hypot(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(a[0])
	v := make([]float64, len(t.Items()))
	for i, x := range t.Items() {
		var err *interp.Exc
		if v[i], err = th.Float(x); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.MkFloat(norm(v)), nil
}

func dist(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var points [2][]interp.Value
	for i := range points {
		var err *interp.Exc
		if points[i], err = th.Items(a[i]); err != nil {
			return interp.Value{}, err
		}
	}
	if len(points[0]) != len(points[1]) {
		return interp.Value{}, interp.ValueErrorf("both points must have the same number of dimensions")
	}
	v := make([]float64, len(points[0]))
	for i := range v {
		p, err := th.Float(points[0][i])
		if err != nil {
			return interp.Value{}, err
		}
		q, err := th.Float(points[1][i])
		if err != nil {
			return interp.Value{}, err
		}
		v[i] = p - q
	}
	return interp.MkFloat(norm(v)), nil
}
