// Package math is the module math: the functions of the C library on floats, and exact ones on ints.
//
//	ceil, floor, trunc, fabs, fmod, modf, frexp, ldexp, remainder, copysign, nextafter, ulp
//	sqrt, cbrt, exp, exp2, expm1, log, log1p, log2, log10, pow
//	sin, cos, tan, asin, acos, atan, atan2, hypot, dist, degrees, radians, and the hyperbolic ones
//	erf, erfc, gamma, lgamma
//	fsum, prod, isclose, isfinite, isinf, isnan
//	factorial, comb, perm, gcd, lcm, isqrt                                    (integer.go)
//	pi, e, tau, inf, nan
package math

import (
	gomath "math"

	"aio/internal/libm"
	"aio/interp"
)

// Module is the module math.
var Module = &interp.ModuleDef{
	Name:  "math",
	Doc:   "This module provides access to the mathematical functions\ndefined by the C standard.",
	Funcs: functions,
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("pi", interp.MkFloat(gomath.Pi))
		m.Set("e", interp.MkFloat(gomath.E))
		m.Set("tau", interp.MkFloat(2*gomath.Pi))
		m.Set("inf", interp.MkFloat(gomath.Inf(1)))
		m.Set("nan", interp.MkFloat(gomath.NaN()))
		return nil
	},
}

// functions are the functions of the module.
var functions = []interp.Builtin{
	{Sig: "acos(x, /)", Doc: "Return the arc cosine (measured in radians) of x.\n\nThe result is between 0 and pi.", Fn: ofFloat(libm.Acos, domainError)},
	{Sig: "acosh(x, /)", Doc: "Return the inverse hyperbolic cosine of x.", Fn: ofFloat(libm.Acosh, domainError)},
	{Sig: "asin(x, /)", Doc: "Return the arc sine (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.", Fn: ofFloat(libm.Asin, domainError)},
	{Sig: "asinh(x, /)", Doc: "Return the inverse hyperbolic sine of x.", Fn: ofFloat(libm.Asinh, domainError)},
	{Sig: "atan(x, /)", Doc: "Return the arc tangent (measured in radians) of x.\n\nThe result is between -pi/2 and pi/2.", Fn: ofFloat(libm.Atan, domainError)},
	{Sig: "atan2(y, x, /)", Doc: "Return the arc tangent (measured in radians) of y/x.\n\nUnlike atan(y/x), the signs of both x and y are considered.", Fn: ofFloats(libm.Atan2)},
	{Sig: "atanh(x, /)", Doc: "Return the inverse hyperbolic tangent of x.", Fn: ofFloat(libm.Atanh, domainError)},
	{Sig: "cbrt(x, /)", Doc: "Return the cube root of x.", Fn: ofFloat(libm.Cbrt, domainError)},
	{Sig: "ceil(x, /)", Doc: "Return the ceiling of x as an Integral.\n\nThis is the smallest integer >= x.", Fn: ceil},
	{Sig: "comb(n, k, /)", Doc: "Number of ways to choose k items from n items without repetition and without order.", Fn: comb},
	{Sig: "copysign(x, y, /)", Doc: "Return a float with the magnitude (absolute value) of x but the sign of y.", Fn: ofFloats(gomath.Copysign)},
	{Sig: "cos(x, /)", Doc: "Return the cosine of x (measured in radians).", Fn: ofFloat(libm.Cos, domainError)},
	{Sig: "cosh(x, /)", Doc: "Return the hyperbolic cosine of x.", Fn: ofFloat(libm.Cosh, rangeError)},
	{Sig: "degrees(x, /)", Doc: "Convert angle x from radians to degrees.", Fn: ofFloat(func(x float64) float64 { return x * (180 / gomath.Pi) }, nil)},
	{Sig: "dist(p, q, /)", Doc: "Return the Euclidean distance between two points p and q.\n\nThe points should be specified as sequences (or iterables) of\ncoordinates. Both inputs must have the same dimension.", Fn: dist},
	{Sig: "erf(x, /)", Doc: "Error function at x.", Fn: ofFloat(gomath.Erf, nil)},
	{Sig: "erfc(x, /)", Doc: "Complementary error function at x.", Fn: ofFloat(gomath.Erfc, nil)},
	{Sig: "exp(x, /)", Doc: "Return e raised to the power of x.", Fn: ofFloat(libm.Exp, rangeError)},
	{Sig: "exp2(x, /)", Doc: "Return 2 raised to the power of x.", Fn: ofFloat(libm.Exp2, rangeError)},
	{Sig: "expm1(x, /)", Doc: "Return exp(x)-1.\n\nThis function avoids the loss of precision involved in the direct evaluation of exp(x)-1 for small x.", Fn: ofFloat(libm.Expm1, rangeError)},
	{Sig: "fabs(x, /)", Doc: "Return the absolute value of the float x.", Fn: ofFloat(gomath.Abs, nil)},
	{Sig: "factorial(n, /)", Doc: "Find n!.\n\nRaise a ValueError if x is negative or non-integral.", Fn: factorial},
	{Sig: "floor(x, /)", Doc: "Return the floor of x as an Integral.\n\nThis is the largest integer <= x.", Fn: floor},
	{Sig: "fmod(x, y, /)", Doc: "Return fmod(x, y), according to platform C.\n\nx % y may differ.", Fn: fmod},
	{Sig: "frexp(x, /)", Doc: "Return the mantissa and exponent of x, as pair (m, e).\n\nm is a float and e is an int, such that x = m * 2.**e.\nIf x is 0, m and e are both 0.  Else 0.5 <= abs(m) < 1.0.", Fn: frexp},
	{Sig: "fsum(seq, /)", Doc: "Return an accurate floating point sum of values in the iterable seq.\n\nAssumes IEEE-754 floating point arithmetic.", Fn: fsum},
	{Sig: "gamma(x, /)", Doc: "Gamma function at x.", Fn: gammaFunction},
	{Sig: "gcd(*integers)", Doc: "Greatest Common Divisor.", Fn: gcd},
	{Sig: "hypot(*coordinates)", Doc: "Multidimensional Euclidean distance from the origin to a point.", Fn: hypot},
	{Sig: "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", Doc: "Determine whether two floating point numbers are close in value.", Fn: isClose},
	{Sig: "isfinite(x, /)", Doc: "Return True if x is neither an infinity nor a NaN, and False otherwise.", Fn: test(func(x float64) bool { return !gomath.IsInf(x, 0) && !gomath.IsNaN(x) })},
	{Sig: "isinf(x, /)", Doc: "Return True if x is a positive or negative infinity, and False otherwise.", Fn: test(func(x float64) bool { return gomath.IsInf(x, 0) })},
	{Sig: "isnan(x, /)", Doc: "Return True if x is a NaN (not a number), and False otherwise.", Fn: test(gomath.IsNaN)},
	{Sig: "isqrt(n, /)", Doc: "Return the integer part of the square root of the input.", Fn: isqrt},
	{Sig: "lcm(*integers)", Doc: "Least Common Multiple.", Fn: lcm},
	{Sig: "ldexp(x, i, /)", Doc: "Return x * (2**i).\n\nThis is essentially the inverse of frexp().", Fn: ldexp},
	{Sig: "lgamma(x, /)", Doc: "Natural logarithm of absolute value of Gamma function at x.", Fn: lgamma},
	{Sig: "log(x, base=?, /)", Doc: "Return the logarithm of x to the given base.\n\nIf the base not specified, returns the natural logarithm (base e) of x.", Fn: log},
	{Sig: "log10(x, /)", Doc: "Return the base 10 logarithm of x.", Fn: logarithm(libm.Log10)},
	{Sig: "log1p(x, /)", Doc: "Return the natural logarithm of 1+x (base e).\n\nThe result is computed in a way which is accurate for x near zero.", Fn: ofFloat(libm.Log1p, domainError)},
	{Sig: "log2(x, /)", Doc: "Return the base 2 logarithm of x.", Fn: logarithm(libm.Log2)},
	{Sig: "modf(x, /)", Doc: "Return the fractional and integer parts of x.\n\nBoth results carry the sign of x and are floats.", Fn: modf},
	{Sig: "nextafter(x, y, /)", Doc: "Return the next floating-point value after x towards y.", Fn: ofFloats(nextAfter)},
	{Sig: "perm(n, k=None, /)", Doc: "Number of ways to choose k items from n items without repetition and with order.", Fn: perm},
	{Sig: "pow(x, y, /)", Doc: "Return x**y (x to the power of y).", Fn: pow},
	{Sig: "prod(iterable, /, *, start=1)", Doc: "Calculate the product of all the elements in the input iterable.\n\nThe default start value for the product is 1.", Fn: prod},
	{Sig: "radians(x, /)", Doc: "Convert angle x from degrees to radians.", Fn: ofFloat(func(x float64) float64 { return x * (gomath.Pi / 180) }, nil)},
	{Sig: "remainder(x, y, /)", Doc: "Difference between x and the closest integer multiple of y.", Fn: remainder},
	{Sig: "sin(x, /)", Doc: "Return the sine of x (measured in radians).", Fn: ofFloat(libm.Sin, domainError)},
	{Sig: "sinh(x, /)", Doc: "Return the hyperbolic sine of x.", Fn: ofFloat(libm.Sinh, rangeError)},
	{Sig: "sqrt(x, /)", Doc: "Return the square root of x.", Fn: ofFloat(gomath.Sqrt, domainError)},
	{Sig: "tan(x, /)", Doc: "Return the tangent of x (measured in radians).", Fn: ofFloat(libm.Tan, domainError)},
	{Sig: "tanh(x, /)", Doc: "Return the hyperbolic tangent of x.", Fn: ofFloat(libm.Tanh, domainError)},
	{Sig: "trunc(x, /)", Doc: "Truncates the Real x to the nearest Integral toward 0.\n\nUses the __trunc__ magic method.", Fn: trunc},
	{Sig: "ulp(x, /)", Doc: "Return the value of the least significant bit of the float x.", Fn: ofFloat(ulp, nil)},
}

func domainError() *interp.Exc { return interp.ValueErrorf("math domain error") }

func rangeError() *interp.Exc { return interp.Errorf(interp.OverflowError, "math range error") }

func finite(x float64) bool { return !gomath.IsInf(x, 0) && !gomath.IsNaN(x) }

// ofFloat makes a builtin of f. A NaN of a number is a domain error; infinite is the error of an
// infinity of a finite number, nil when there is neither error.
func ofFloat(f func(float64) float64, infinite func() *interp.Exc) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		x, err := th.Float(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		r := f(x)
		if infinite != nil && !finite(r) {
			switch {
			case gomath.IsNaN(r) && !gomath.IsNaN(x):
				return interp.Value{}, domainError()
			case gomath.IsInf(r, 0) && finite(x):
				return interp.Value{}, infinite()
			}
		}
		return interp.MkFloat(r), nil
	}
}

// ofFloats makes a builtin of a function of two floats that knows no errors.
func ofFloats(f func(x, y float64) float64) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		x, y, err := twoFloats(th, a)
		if err != nil {
			return interp.Value{}, err
		}
		return interp.MkFloat(f(x, y)), nil
	}
}

func twoFloats(th *interp.Thread, a []interp.Value) (x, y float64, err *interp.Exc) {
	if x, err = th.Float(a[0]); err != nil {
		return 0, 0, err
	}
	y, err = th.Float(a[1])
	return x, y, err
}

// test makes a builtin of a predicate.
func test(f func(float64) bool) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		x, err := th.Float(a[0])
		return interp.MkBool(f(x)), err
	}
}

// bySpecial calls the special method of a value that is no float; ok is false when it has none.
func bySpecial(th *interp.Thread, v interp.Value, name string) (r interp.Value, ok bool, err *interp.Exc) {
	if _, defined := interp.TypeOf(v).Lookup(name); !defined {
		return interp.Value{}, false, nil
	}
	r, err = th.CallMethod(v, name)
	return r, true, err
}

func floor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return roundTo(th, a[0], "__floor__", gomath.Floor)
}

func ceil(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return roundTo(th, a[0], "__ceil__", gomath.Ceil)
}

func roundTo(th *interp.Thread, v interp.Value, special string, f func(float64) float64) (interp.Value, *interp.Exc) {
	x, exact := interp.AsFloat(v)
	if !exact {
		if r, ok, err := bySpecial(th, v, special); ok {
			return r, err
		}
		var err *interp.Exc
		if x, err = th.Float(v); err != nil {
			return interp.Value{}, err
		}
	}
	return th.Int(interp.MkFloat(f(x)))
}

func trunc(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if r, ok, err := bySpecial(th, a[0], "__trunc__"); ok {
		return r, err
	}
	return interp.Value{}, interp.TypeErrorf("type %s doesn't define __trunc__ method", interp.TypeName(a[0]))
}

func fmod(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, y, err := twoFloats(th, a)
	if err != nil {
		return interp.Value{}, err
	}
	if gomath.IsInf(y, 0) && finite(x) {
		return interp.MkFloat(x), nil
	}
	r := gomath.Mod(x, y)
	if gomath.IsNaN(r) && !gomath.IsNaN(x) && !gomath.IsNaN(y) {
		return interp.Value{}, domainError()
	}
	return interp.MkFloat(r), nil
}

func remainder(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, y, err := twoFloats(th, a)
	if err != nil {
		return interp.Value{}, err
	}
	r := gomath.Remainder(x, y)
	if gomath.IsNaN(r) && !gomath.IsNaN(x) && !gomath.IsNaN(y) {
		return interp.Value{}, domainError()
	}
	return interp.MkFloat(r), nil
}

func modf(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case gomath.IsInf(x, 0):
		return interp.Pair(interp.MkFloat(gomath.Copysign(0, x)), interp.MkFloat(x)), nil
	case gomath.IsNaN(x):
		return interp.Pair(interp.MkFloat(x), interp.MkFloat(x)), nil
	}
	whole := gomath.Trunc(x)
	return interp.Pair(interp.MkFloat(gomath.Copysign(x-whole, x)), interp.MkFloat(whole)), nil
}

func frexp(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	m, e := x, 0
	if finite(x) {
		m, e = gomath.Frexp(x)
	}
	return interp.Pair(interp.MkFloat(m), interp.MkInt(int64(e))), nil
}

func ldexp(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	i, big, ok := interp.IntOf(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("Expected an int as second argument to ldexp.")
	}
	if big != nil {
		i = int64(big.Sign()) * 1 << 30
	}
	r := gomath.Ldexp(x, int(min(max(i, -1<<30), 1<<30)))
	if gomath.IsInf(r, 0) && finite(x) {
		return interp.Value{}, rangeError()
	}
	return interp.MkFloat(r), nil
}

func nextAfter(x, y float64) float64 {
	if x == y {
		return y
	}
	return gomath.Nextafter(x, y)
}

// ulp returns the value of the last bit of x.
func ulp(x float64) float64 {
	x = gomath.Abs(x)
	if !finite(x) {
		return x
	}
	if up := gomath.Nextafter(x, gomath.Inf(1)); !gomath.IsInf(up, 0) {
		return up - x
	}
	return x - gomath.Nextafter(x, 0)
}

func pow(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, y, err := twoFloats(th, a)
	if err != nil {
		return interp.Value{}, err
	}
	r := libm.Pow(x, y)
	if finite(x) && finite(y) && !finite(r) {
		if gomath.IsNaN(r) || x == 0 {
			return interp.Value{}, domainError()
		}
		return interp.Value{}, rangeError()
	}
	return interp.MkFloat(r), nil
}

// logarithm makes a builtin of a logarithm, which also takes ints that are larger than any float.
func logarithm(f func(float64) float64) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		r, err := logOf(th, a[0], f)
		return interp.MkFloat(r), err
	}
}

func logOf(th *interp.Thread, v interp.Value, f func(float64) float64) (float64, *interp.Exc) {
	if _, big, ok := interp.IntOf(v); ok && big != nil {
		if big.Sign() < 0 {
			return 0, domainError()
		}
		if x, _ := big.Float64(); finite(x) {
			return f(x), nil
		}
		m, e := mantissa(big)
		return f(m) + f(2)*float64(e), nil
	}
	x, err := th.Float(v)
	if err != nil {
		return 0, err
	}
	if x <= 0 {
		return 0, domainError()
	}
	return f(x), nil
}

func log(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := logOf(th, a[0], libm.Log)
	if err != nil || a[1].IsUnbound() {
		return interp.MkFloat(x), err
	}
	base, err := logOf(th, a[1], libm.Log)
	if err != nil {
		return interp.Value{}, err
	}
	if base == 0 {
		return interp.Value{}, interp.Errorf(interp.ZeroDivisionError, "float division by zero")
	}
	return interp.MkFloat(x / base), nil
}

func isClose(th *interp.Thread, args []interp.Value) (interp.Value, *interp.Exc) {
	var n [4]float64
	for i, v := range args {
		var err *interp.Exc
		if n[i], err = th.Float(v); err != nil {
			return interp.Value{}, err
		}
	}
	a, b, rel, abs := n[0], n[1], n[2], n[3]
	switch {
	case rel < 0 || abs < 0:
		return interp.Value{}, interp.ValueErrorf("tolerances must be non-negative")
	case a == b:
		return interp.True, nil
	case gomath.IsInf(a, 0) || gomath.IsInf(b, 0):
		return interp.False, nil
	}
	diff := gomath.Abs(b - a)
	return interp.MkBool(diff <= gomath.Abs(rel*b) || diff <= gomath.Abs(rel*a) || diff <= abs), nil
}

func prod(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	total := a[1]
	err := th.Iterate(a[0], func(x interp.Value) *interp.Exc {
		var err *interp.Exc
		total, err = th.Binary(interp.BinMul, total, x)
		return err
	})
	return total, err
}
