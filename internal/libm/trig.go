package libm

// This file defines the trigonometric functions and their inverses.

import (
	"math"
	"math/big"
)

// reduce returns k modulo 128 and r such that x = k*pi/64 + r and |r| <= pi/128.
func reduce(x float64) (k int, r dd) {
	if math.Abs(x) > 0x1p28 {
		return reduceLarge(x)
	}
	n := math.RoundToEven(x * (64 / math.Pi))
	t := math.FMA(-n, piBy64[0], x) // exact: it has no place below that of piBy64[0]
	p := twoProduct(n, piBy64[1])
	s := twoSum(t, -p.hi)
	return int(n) & 127, fastTwoSum(s.hi, s.lo-p.lo-n*piBy64[2])
}

// inversePiBits returns 64/pi * 2**1260.
func inversePiBits() *big.Int {
	b, _ := new(big.Int).SetString(inversePi, 16)
	return b
}

// reduceLarge is reduce for numbers whose quotient by pi has more places than a float.
func reduceLarge(x float64) (k int, r dd) {
	frac, e := math.Frexp(math.Abs(x))
	q := new(big.Int).SetUint64(uint64(frac * (1 << 53)))
	q.Mul(q, inversePiBits())
	// q is |x| * 64/pi * 2**point.
	point := uint(1260 - (e - 53))
	k = int(new(big.Int).Rsh(q, point).Bits()[0] & 127)
	mask := new(big.Int).Lsh(big.NewInt(1), point)
	q.And(q, mask.Sub(mask, big.NewInt(1)))
	if q.Bit(int(point)-1) == 1 { // the nearest multiple is the next one
		q.Sub(q, mask.Add(mask, big.NewInt(1)))
		k = (k + 1) & 127
	}
	whole := new(big.Float).SetMantExp(new(big.Float).SetInt(q), -int(point))
	hi, _ := whole.Float64()
	lo, _ := new(big.Float).Sub(whole, new(big.Float).SetFloat64(hi)).Float64()
	r = fastTwoSum(hi, lo).mul(dd{piBy64[0], piBy64[1]})
	if x < 0 {
		return -k & 127, r.neg()
	}
	return k, r
}

// sincosDD returns the sine and cosine of x.
func sincosDD(x float64) (sin, cos dd) {
	k, r := reduce(x)
	s, c := sines[k], sines[(k+32)&127]
	h := r.hi
	square := twoProduct(h, h)
	z := square.hi
	// cos(r) - 1 and sin(r)
	cosm1 := fastTwoSum(-z/2, z*z*(1.0/24+z*(-1.0/720+z*(1.0/40320-z/3628800)))-square.lo/2-h*r.lo)
	sinr := fastTwoSum(h, h*z*(-1.0/6+z*(1.0/120+z*(-1.0/5040+z/362880)))+r.lo*(1-z/2))
	sin = s.add(c.mul(sinr).add(s.mul(cosm1)))
	cos = c.add(c.mul(cosm1).add(s.mul(sinr).neg()))
	return sin, cos
}

// special reports whether x has no sine: it is infinite or NaN.
func special(x float64) bool { return math.IsInf(x, 0) || math.IsNaN(x) }

// Sin returns the sine of x.
func Sin(x float64) float64 {
	if special(x) || math.Abs(x) < 0x1p-27 {
		return math.Sin(x)
	}
	s, _ := sincosDD(x)
	return s.value()
}

// Cos returns the cosine of x.
func Cos(x float64) float64 {
	if special(x) {
		return math.NaN()
	}
	_, c := sincosDD(x)
	return c.value()
}

// Tan returns the tangent of x.
func Tan(x float64) float64 {
	if special(x) || math.Abs(x) < 0x1p-27 {
		return math.Tan(x)
	}
	s, c := sincosDD(x)
	return s.div(c).value()
}

// angle returns the angle of the point (x, y), whose coordinates are of moderate size: one Newton step
// from what the math package gives.
func angle(y, x dd) dd {
	t := math.Atan2(y.hi, x.hi)
	s, c := sincosDD(t)
	across := y.mul(c).add(x.mul(s).neg())
	along := x.mul(c).add(y.mul(s))
	return twoSum(t, across.div(along).value())
}

// Atan returns the arc tangent of x.
func Atan(x float64) float64 {
	if special(x) || math.Abs(x) < 0x1p-27 || math.Abs(x) > 0x1p60 {
		return math.Atan(x)
	}
	return angle(dd{x, 0}, dd{1, 0}).value()
}

// Atan2 returns the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	if special(x) || special(y) || x == 0 || y == 0 {
		return math.Atan2(y, x)
	}
	_, ex := math.Frexp(x)
	_, ey := math.Frexp(y)
	if d := ey - ex; d > 60 || d < -60 {
		if d < -60 && x > 0 {
			return y / x
		}
		return math.Atan2(y, x)
	}
	return angle(dd{math.Ldexp(y, -ex), 0}, dd{math.Ldexp(x, -ex), 0}).value()
}

// cofactor returns sqrt(1 - x*x).
func cofactor(x float64) dd {
	return twoSum(1, -x).mul(twoSum(1, x)).sqrt()
}

// Asin returns the arc sine of x.
func Asin(x float64) float64 {
	if !(math.Abs(x) < 1) || math.Abs(x) < 0x1p-27 {
		return math.Asin(x)
	}
	return angle(dd{x, 0}, cofactor(x)).value()
}

// Acos returns the arc cosine of x.
func Acos(x float64) float64 {
	if !(math.Abs(x) < 1) {
		return math.Acos(x)
	}
	return angle(cofactor(x), dd{x, 0}).value()
}

// Hypot returns the length of the vector (x, y).
func Hypot(x, y float64) float64 {
	x, y = math.Abs(x), math.Abs(y)
	if special(x) || special(y) || x == 0 || y == 0 {
		return math.Hypot(x, y)
	}
	if x < y {
		x, y = y, x
	}
	_, e := math.Frexp(x)
	x, y = math.Ldexp(x, -e), math.Ldexp(y, -e)
	if y < 0x1p-60 {
		return math.Ldexp(x, e)
	}
	return math.Ldexp(twoProduct(x, x).add(twoProduct(y, y)).sqrt().value(), e)
}
