// Package libm is the part of the C library's mathematics whose last digit programs show: functions that
// round their result once, from twice the precision of a float64. The C library that CPython uses does
// nearly the same, while Go's math package is often a unit off, and further for large powers.
//
//	Exp, Exp2, Expm1, Log, Log2, Log10, Log1p, Pow, Cbrt     (exp.go)
//	Sin, Cos, Tan, Asin, Acos, Atan, Atan2, Hypot            (trig.go)
//	Sinh, Cosh, Tanh, Asinh, Acosh, Atanh                    (hyperbolic.go)
package libm

//go:generate go run gen.go
