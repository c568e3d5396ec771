package libm

// This file defines numbers of twice the precision: unevaluated sums of two floats.

import "math"

// dd is hi + lo, with |lo| at most half a unit of hi's last place.
type dd struct{ hi, lo float64 }

// twoSum returns a + b and its rounding error.
func twoSum(a, b float64) dd {
	s := a + b
	t := s - a
	return dd{s, (a - (s - t)) + (b - t)}
}

// fastTwoSum is twoSum for |a| >= |b|.
func fastTwoSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

// twoProduct returns a * b and its rounding error.
func twoProduct(a, b float64) dd {
	p := a * b
	return dd{p, math.FMA(a, b, -p)}
}

func (a dd) add(b dd) dd {
	s := twoSum(a.hi, b.hi)
	t := twoSum(a.lo, b.lo)
	s = fastTwoSum(s.hi, s.lo+t.hi)
	return fastTwoSum(s.hi, s.lo+t.lo)
}

func (a dd) neg() dd { return dd{-a.hi, -a.lo} }

func (a dd) mul(b dd) dd {
	p := twoProduct(a.hi, b.hi)
	return fastTwoSum(p.hi, p.lo+(a.hi*b.lo+a.lo*b.hi))
}

// scale multiplies by a float.
func (a dd) scale(f float64) dd {
	p := twoProduct(a.hi, f)
	return fastTwoSum(p.hi, p.lo+a.lo*f)
}

func (a dd) div(b dd) dd {
	q := a.hi / b.hi
	rest := math.FMA(-q, b.hi, a.hi) + a.lo - q*b.lo
	return fastTwoSum(q, rest/b.hi)
}

// sqrt returns the root of a >= 0.
func (a dd) sqrt() dd {
	if a.hi == 0 {
		return dd{}
	}
	r := math.Sqrt(a.hi)
	rest := math.FMA(-r, r, a.hi) + a.lo
	return fastTwoSum(r, rest/(2*r))
}

// value rounds.
func (a dd) value() float64 { return a.hi + a.lo }
