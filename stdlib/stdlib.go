// Package stdlib holds the one list of library modules.
package stdlib

import (
	"aio/interp"
	"aio/stdlib/abc"
	"aio/stdlib/asyncio"
	"aio/stdlib/collections"
	"aio/stdlib/collectionsabc"
	"aio/stdlib/concurrent"
	"aio/stdlib/contextlib"
	"aio/stdlib/contextvars"
	"aio/stdlib/copymodule"
	"aio/stdlib/copyreg"
	"aio/stdlib/dataclasses"
	"aio/stdlib/enum"
	"aio/stdlib/errno"
	"aio/stdlib/functools"
	"aio/stdlib/future"
	"aio/stdlib/gc"
	"aio/stdlib/heapq"
	"aio/stdlib/importlib"
	"aio/stdlib/inspect"
	"aio/stdlib/io"
	"aio/stdlib/itertools"
	"aio/stdlib/json"
	"aio/stdlib/keyword"
	"aio/stdlib/locale"
	"aio/stdlib/logging"
	"aio/stdlib/math"
	"aio/stdlib/operator"
	"aio/stdlib/osmodule"
	"aio/stdlib/queue"
	"aio/stdlib/random"
	"aio/stdlib/re"
	"aio/stdlib/string"
	"aio/stdlib/sys"
	"aio/stdlib/textwrap"
	"aio/stdlib/thread"
	"aio/stdlib/threading"
	"aio/stdlib/time"
	"aio/stdlib/traceback"
	"aio/stdlib/types"
	"aio/stdlib/typing"
	"aio/stdlib/unicodedata"
	"aio/stdlib/warnings"
	"aio/stdlib/weakref"
)

// Modules returns the library, for Config.Modules.
func Modules() []*interp.ModuleDef {
	list := []*interp.ModuleDef{
		abc.Module,
		asyncio.Module,
		collections.Module,
		collections.Classes,
		collectionsabc.Module,
		concurrent.Module,
		contextlib.Module,
		contextvars.Module,
		copymodule.Module,
		copyreg.Module,
		dataclasses.Module,
		enum.Module,
		errno.Module,
		functools.Module,
		future.Module,
		gc.Module,
		heapq.Module,
		inspect.Module,
		io.Module,
		itertools.Module,
		json.Module,
		keyword.Module,
		locale.Module,
		logging.Module,
		math.Module,
		operator.Module,
		osmodule.Module,
		osmodule.Path,
		queue.Module,
		random.Module,
		re.Module,
		string.Module,
		textwrap.Module,
		sys.Module,
		thread.Module,
		threading.Module,
		time.Module,
		traceback.Module,
		types.Module,
		typing.Module,
		unicodedata.Module,
		warnings.Module,
		weakref.Module,
	}
	list = append(list, importlib.Modules()...)
	return list
}
