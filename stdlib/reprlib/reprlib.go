// Package reprlib is the module reprlib: repr() with limits on sizes. It is written in the language.
//
//	Repr, repr, aRepr, recursive_repr
package reprlib

import (
	_ "embed"

	"aio/interp"
)

//go:embed reprlib.aio
var source string

// Module is the module reprlib.
var Module = &interp.ModuleDef{Name: "reprlib", Doc: "Redo the builtin repr() (representation) but with limits on most sizes.", Source: source}
