// Package graphlib is the module graphlib: an order of tasks that depend on each other. It is written in the language.
//
//	TopologicalSorter, CycleError
package graphlib

import (
	_ "embed"

	"aio/interp"
)

//go:embed graphlib.aio
var source string

// Module is the module graphlib.
var Module = &interp.ModuleDef{Name: "graphlib", Doc: "TopologicalSorter", Source: source}
