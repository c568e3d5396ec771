package math

// This file defines gamma and lgamma, by Lanczos' approximation with the coefficients that the Boost
// library found for g = 6.0246... and 13 terms.

import (
	gomath "math"

	"aio/internal/libm"
	"aio/interp"
)

const lanczosG = 6.024680040776729583740234375

// lanczos holds the coefficients of numerator and denominator, of the constant term first.
var lanczos = [13]struct{ num, den float64 }{
	{23531376880.410759688572007674451636754734846804940, 0},
	{42919803642.649098768957899047001988850926355848959, 39916800},
	{35711959237.355668049440185451547166705960488635843, 120543840},
	{17921034426.037209699919755754458931112671403265390, 150917976},
	{6039542586.3520280050642916443072979210699388420708, 105258076},
	{1439720407.3117216736632230727949123939715485786372, 45995730},
	{248874557.86205415651146038641322942321632125127801, 13339535},
	{31426415.585400194380614231628318205362874684987640, 2637558},
	{2876370.6289353724412254090516208496135991145378768, 357423},
	{186056.26539522349504029498971604569928220784236328, 32670},
	{8071.6720023658162106380029022722506138218516325024, 1925},
	{210.82427775157934587250973392071336271166969580291, 66},
	{2.5066282746310002701649081771338373386264310793408, 1},
}

// lanczosSum evaluates the rational function, in powers of 1/x when those of x would grow.
func lanczosSum(x float64) float64 {
	var num, den float64
	if x < 5 {
		for i := len(lanczos) - 1; i >= 0; i-- {
			num = float64(num*x) + lanczos[i].num
			den = float64(den*x) + lanczos[i].den
		}
	} else {
		for _, c := range lanczos {
			num = num/x + c.num
			den = den/x + c.den
		}
	}
	return num / den
}

// sinPi returns sin(pi*x) without the error of pi*x for large x.
func sinPi(x float64) float64 {
	y := gomath.Mod(gomath.Abs(x), 2)
	var r float64
	switch gomath.Round(2 * y) {
	case 0:
		r = libm.Sin(gomath.Pi * y)
	case 1:
		r = libm.Cos(gomath.Pi * (y - 0.5))
	case 2:
		r = libm.Sin(gomath.Pi * (1 - y))
	case 3:
		r = -libm.Cos(gomath.Pi * (y - 1.5))
	default:
		r = libm.Sin(gomath.Pi * (y - 2))
	}
	return gomath.Copysign(1, x) * r
}

// gammaOf returns the gamma function at x, which is finite and no pole.
func gammaOf(x float64) float64 {
	size := gomath.Abs(x)
	switch {
	case x == gomath.Floor(x) && x <= 23:
		product := 1.0
		for i := 2.0; i < x; i++ {
			product *= i
		}
		return product
	case size < 1e-20:
		return 1 / x
	case size > 200:
		if x < 0 {
			return 0 / sinPi(x)
		}
		return gomath.Inf(1)
	}
	const shift = lanczosG - 0.5
	y := size + shift
	var lost float64 // what rounding y lost
	if size > shift {
		lost = (y - size) - shift
	} else {
		lost = (y - shift) - size
	}
	lost = lost * lanczosG / y
	raise := func(r float64, by func(r, p float64) float64) float64 {
		if size < 140 {
			return by(r, libm.Pow(y, size-0.5))
		}
		root := libm.Pow(y, size/2-0.25) // the whole power would overflow
		return by(by(r, root), root)
	}
	if x < 0 {
		r := -gomath.Pi / sinPi(size) / size * libm.Exp(y) / lanczosSum(size)
		r -= float64(lost * r)
		return raise(r, func(r, p float64) float64 { return r / p })
	}
	r := lanczosSum(size) / libm.Exp(y)
	r += float64(lost * r)
	return raise(r, func(r, p float64) float64 { return r * p })
}

// logGamma returns the logarithm of |gamma(x)|; x is finite and no pole.
func logGamma(x float64) float64 {
	size := gomath.Abs(x)
	switch {
	case x == 1 || x == 2:
		return 0
	case size < 1e-20:
		return -libm.Log(size)
	}
	r := libm.Log(lanczosSum(size)) - lanczosG
	r += float64((size - 0.5) * (libm.Log(size+lanczosG-0.5) - 1))
	if x < 0 {
		logPi := libm.Log(gomath.Pi)
		r = logPi - libm.Log(gomath.Abs(sinPi(size))) - libm.Log(size) - r
	}
	return r
}

// pole reports whether x has no gamma.
func pole(x float64) bool { return x <= 0 && x == gomath.Floor(x) }

func gammaFunction(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case pole(x) || gomath.IsInf(x, -1):
		return interp.Value{}, domainError()
	case !finite(x):
		return interp.MkFloat(x), nil
	}
	r := gammaOf(x)
	if gomath.IsInf(r, 0) {
		return interp.Value{}, rangeError()
	}
	return interp.MkFloat(r), nil
}

func lgamma(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case gomath.IsNaN(x):
		return interp.MkFloat(x), nil
	case gomath.IsInf(x, 0):
		return interp.MkFloat(gomath.Inf(1)), nil
	case pole(x):
		return interp.Value{}, domainError()
	}
	r := logGamma(x)
	if gomath.IsInf(r, 0) {
		return interp.Value{}, rangeError()
	}
	return interp.MkFloat(r), nil
}
