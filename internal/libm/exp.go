package libm

// This file defines exponentials, logarithms and powers.

import "math"

// maxExponent is beyond what any float holds, for the exponents of infinite and vanishing results.
const maxExponent = 5000

// expDD returns e**x as m * 2**k with m between about 1 and 2.
func expDD(x dd) (m dd, k int) {
	switch {
	case x.hi > 1000:
		return dd{1, 0}, maxExponent
	case x.hi < -1000:
		return dd{1, 0}, -maxExponent
	}
	n := math.RoundToEven(x.hi * (64 / math.Ln2))
	// r = x - n*ln2/64: the first product is exact, and so is the difference.
	r := twoSum(x.hi-n*ln2By64[0], -n*ln2By64[1])
	r = fastTwoSum(r.hi, r.lo+(x.lo-n*ln2By64[2]))
	i := int(n)
	t := powersOf2[i&63]
	return t.add(t.mul(expm1Small(r))), i >> 6
}

// expm1Small returns e**r - 1 for |r| < 0.006.
func expm1Small(r dd) dd {
	h := r.hi
	square := twoProduct(h, h)
	tail := h * square.hi * (1.0/6 + h*(1.0/24+h*(1.0/120+h*(1.0/720+h*(1.0/5040+h/40320)))))
	s := twoSum(h, square.hi/2)
	return fastTwoSum(s.hi, s.lo+(r.lo+(square.lo/2+h*r.lo)+tail))
}

// ldexp rounds m * 2**k once, also where the result is subnormal. m is at least 1/2 and below 4.
func ldexp(m dd, k int) float64 {
	switch {
	case k > 1100:
		return math.Inf(1)
	case k < -1200:
		return 0
	case k >= -1020:
		if k > 1000 {
			return m.value() * 0x1p1000 * float(k-1000)
		}
		return m.value() * float(k)
	}
	// The last place of the result is 2**-1074: adding 2**52 of it makes the sum round there.
	big := float(-1022 - k)
	s := twoSum(big, m.hi)
	rest := s.lo + m.lo
	rounded := s.hi + rest
	return (rounded - big) * 0x1p-500 * float(k+500)
}

// float returns 2**k for k in the range of normal numbers.
func float(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }

// Exp returns e**x.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case math.IsInf(x, -1):
		return 0
	case math.Abs(x) < 0x1p-54:
		return 1 + x
	}
	return ldexp(expDD(dd{x, 0}))
}

// Exp2 returns 2**x.
func Exp2(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return math.Exp2(x)
	}
	whole := math.RoundToEven(x)
	if math.Abs(whole) > 2000 {
		return math.Exp2(x)
	}
	m, k := expDD(ln2.scale(x - whole))
	return ldexp(m, k+int(whole))
}

// logDD returns the natural logarithm of x, which is positive and finite.
func logDD(x float64) dd {
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	row := &logs[int(m*128+0.5)-90]
	p := twoProduct(m, row.inv)
	l := log1pSmall(fastTwoSum(p.hi-1, p.lo))
	l = row.log.add(l)
	if e == 0 {
		return l
	}
	f := float64(e)
	base := fastTwoSum(f*ln2Parts[0], f*ln2Parts[1])
	base.lo += f * ln2Parts[2]
	return base.add(l)
}

// log1pSmall returns log(1 + r) for |r| < 0.006.
func log1pSmall(r dd) dd {
	h := r.hi
	square := twoProduct(h, h)
	square.lo += 2 * h * r.lo
	cube := square.mul(dd{h, r.lo}).mul(third)
	fourth := square.hi * square.hi
	tail := fourth * (-1.0/4 + h*(1.0/5+h*(-1.0/6+h*(1.0/7+h*(-1.0/8+h*(1.0/9-h/10))))))
	s := twoSum(h, -square.hi/2)
	s = fastTwoSum(s.hi, s.lo+(r.lo-square.lo/2))
	return s.add(fastTwoSum(cube.hi, cube.lo+tail))
}

var third = dd{1.0 / 3, 0x1.5555555555555p-56}

// logOr handles the arguments of a logarithm that have no finite one.
func logOr(x float64, f func(l dd) float64) float64 {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 1):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case x == 1:
		return 0
	}
	return f(logDD(x))
}

// Log returns the natural logarithm of x.
func Log(x float64) float64 { return logOr(x, dd.value) }

// Log2 returns the binary logarithm of x.
func Log2(x float64) float64 {
	if m, e := math.Frexp(x); m == 0.5 {
		return float64(e - 1)
	}
	return logOr(x, func(l dd) float64 { return l.mul(invLn2).value() })
}

// Pow returns x**y, as IEEE 754 and C define it for zeros, infinities and NaN.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0) || x == 0:
		return math.Pow(x, y)
	}
	negative := false
	if x < 0 {
		if y != math.Floor(y) {
			return math.NaN()
		}
		x = -x
		negative = math.Mod(y, 2) != 0
	}
	r := power(x, y)
	if negative {
		r = -r
	}
	return r
}

// power is Pow for x > 0 and finite x and y.
func power(x, y float64) float64 {
	switch y {
	case 2:
		return x * x
	case -1:
		return 1 / x
	}
	l := logDD(x)
	if guess := l.hi * y; guess > 800 || guess < -800 {
		return ldexp(dd{1, 0}, int(math.Copysign(maxExponent, guess)))
	}
	p := twoProduct(l.hi, y)
	return ldexp(expDD(fastTwoSum(p.hi, p.lo+l.lo*y)))
}

// Cbrt returns the cube root of x.
func Cbrt(x float64) float64 {
	r := math.Cbrt(x)
	if r == 0 || math.IsInf(r, 0) || math.IsNaN(r) {
		return r
	}
	cube := twoProduct(r, r).scale(r)
	return r + ((x-cube.hi)-cube.lo)/(3*r*r)
}
