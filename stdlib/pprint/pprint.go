// Package pprint is the module pprint: values over several lines. It is written in the language.
//
//	pprint, pp, pformat, PrettyPrinter, saferepr, isreadable, isrecursive
package pprint

import (
	_ "embed"

	"aio/interp"
)

//go:embed pprint.aio
var source string

// Module is the module pprint.
var Module = &interp.ModuleDef{Name: "pprint", Doc: "Support to pretty-print lists, tuples, & dictionaries recursively.", Source: source}
