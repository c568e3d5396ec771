// Package stdlib holds the one list of library modules.
package stdlib

import (
	"aio/interp"
	"aio/stdlib/math"
	"aio/stdlib/sys"
)

// Modules returns the library, for Config.Modules.
func Modules() []*interp.ModuleDef {
	return []*interp.ModuleDef{
		math.Module,
		sys.Module,
	}
}
