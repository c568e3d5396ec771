// Package concurrent is the package concurrent.futures: calls that run in other threads. It is written in
// the language, on threading.
//
//	ThreadPoolExecutor, Executor     run calls in a pool of threads (thread.aio)
//	Future, wait, as_completed       what a call will give (base.aio)
//	ProcessPoolExecutor              a pool of threads too: there are no processes
package concurrent

import (
	_ "embed"

	"aio/interp"
)

var (
	//go:embed base.aio
	baseSource string
	//go:embed thread.aio
	threadSource string
	//go:embed futures.aio
	futuresSource string
)

// Module is the package concurrent.
var Module = &interp.ModuleDef{
	Name: "concurrent", Doc: "A package for concurrent.futures.", Package: true,
	Submodules: []*interp.ModuleDef{
		{Name: "concurrent.futures", Doc: "Execute computations asynchronously using threads or processes.", Package: true, Source: futuresSource},
		{Name: "concurrent.futures._base", Doc: "Futures and what executors share.", Source: baseSource},
		{Name: "concurrent.futures.thread", Doc: "Implements ThreadPoolExecutor.", Source: threadSource},
	},
}
