// Package decimal is the module decimal: decimal numbers of any precision. It is written in the language, on its ints.
//
//	Decimal, DecimalTuple
//	Context, getcontext, setcontext, localcontext, BasicContext, ExtendedContext, DefaultContext
//	ROUND_HALF_EVEN ...         how results are rounded
//	DivisionByZero, InvalidOperation ...   signals
package decimal

import (
	_ "embed"

	"aio/interp"
)

//go:embed decimal.aio
var source string

// Module is the module decimal.
var Module = &interp.ModuleDef{Name: "decimal", Doc: "C decimal arithmetic module", Source: source}
