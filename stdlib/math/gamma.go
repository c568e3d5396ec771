package math

// This file defines gamma and lgamma.

import (
	gomath "math"

	"aio/interp"
)

func gammaFunction(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, err := th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case gomath.IsInf(x, -1), x <= 0 && x == gomath.Floor(x):
		return interp.Value{}, domainError()
	case !finite(x):
		return interp.MkFloat(x), nil
	}
	r := gomath.Gamma(x)
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
	case x <= 0 && x == gomath.Floor(x):
		return interp.Value{}, domainError()
	}
	r, _ := gomath.Lgamma(x)
	if gomath.IsInf(r, 0) {
		return interp.Value{}, rangeError()
	}
	return interp.MkFloat(r), nil
}
