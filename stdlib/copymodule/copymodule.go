// Package copymodule is the module copy: copies of objects, shallow and deep.
//
//	copy, deepcopy, Error
package copymodule

import (
	_ "embed"

	"aio/interp"
)

//go:embed copymodule.aio
var source string

// Module is the module copy.
var Module = &interp.ModuleDef{Name: "copy", Doc: "Generic (shallow and deep) copying operations.", Source: source}
