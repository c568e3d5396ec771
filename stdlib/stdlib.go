// Package stdlib holds the one list of library modules.
package stdlib

import (
	"aio/interp"
	"aio/stdlib/abc"
	"aio/stdlib/collectionsabc"
	"aio/stdlib/contextlib"
	"aio/stdlib/io"
	"aio/stdlib/math"
	"aio/stdlib/random"
	"aio/stdlib/sys"
	"aio/stdlib/time"
	"aio/stdlib/traceback"
	"aio/stdlib/types"
	"aio/stdlib/warnings"
)

// Modules returns the library, for Config.Modules.
func Modules() []*interp.ModuleDef {
	return []*interp.ModuleDef{
		abc.Module,
		collectionsabc.Module,
		contextlib.Module,
		io.Module,
		math.Module,
		random.Module,
		sys.Module,
		time.Module,
		traceback.Module,
		types.Module,
		warnings.Module,
	}
}
