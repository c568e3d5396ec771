// Package timeit is the module timeit: how long code takes. It is written in the language.
//
//	timeit, repeat, default_timer, Timer
package timeit

import (
	_ "embed"

	"aio/interp"
)

//go:embed timeit.aio
var source string

// Module is the module timeit.
var Module = &interp.ModuleDef{Name: "timeit", Doc: "Tool for measuring execution time of small code snippets.", Source: source}
