// Package fractions is the module fractions: exact fractions. It is written in the language.
//
//	Fraction
package fractions

import (
	_ "embed"

	"aio/interp"
)

//go:embed fractions.aio
var source string

// Module is the module fractions.
var Module = &interp.ModuleDef{Name: "fractions", Doc: "Fraction, infinite-precision, rational numbers.", Source: source}
