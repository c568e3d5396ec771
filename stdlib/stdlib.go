// Package stdlib holds the one list of library modules.
package stdlib

import (
	"aio/interp"
	"aio/stdlib/contextlib"
	"aio/stdlib/io"
	"aio/stdlib/math"
	"aio/stdlib/random"
	"aio/stdlib/sys"
	"aio/stdlib/traceback"
	"aio/stdlib/warnings"
)

// Modules returns the library, for Config.Modules.
func Modules() []*interp.ModuleDef {
	return []*interp.ModuleDef{
		contextlib.Module,
		io.Module,
		math.Module,
		random.Module,
		sys.Module,
		traceback.Module,
		warnings.Module,
	}
}
