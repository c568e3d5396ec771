// Package numbers is the module numbers: the abstract classes of numbers. It is written in the language.
//
//	Number, Complex, Real, Rational, Integral
package numbers

import (
	_ "embed"

	"aio/interp"
)

//go:embed numbers.aio
var source string

// Module is the module numbers.
var Module = &interp.ModuleDef{Name: "numbers", Doc: "Abstract Base Classes (ABCs) for numbers, according to PEP 3141.", Source: source}
