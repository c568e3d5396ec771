// Package difflib is the module difflib: what differs between two sequences. It is written in the language.
//
//	SequenceMatcher, get_close_matches
//	Differ, ndiff, restore, unified_diff, context_diff
package difflib

import (
	_ "embed"

	"aio/interp"
)

//go:embed difflib.aio
var source string

// Module is the module difflib.
var Module = &interp.ModuleDef{Name: "difflib", Doc: "Helpers for computing deltas between objects.", Source: source}
