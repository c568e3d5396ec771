// Package threading is the module threading: threads, and what keeps them apart. It is written in the
// language, on the module _thread.
//
//	Thread, Timer, current_thread, main_thread, enumerate, active_count, excepthook
//	Lock, RLock, Condition, Event, Semaphore, BoundedSemaphore, Barrier
//	local                                   attributes that each thread has of its own
package threading

import (
	_ "embed"

	"aio/interp"
)

//go:embed threading.aio
var source string

// Module is the module threading.
var Module = &interp.ModuleDef{
	Name:   "threading",
	Doc:    "Thread module emulating a subset of Java's threading model.",
	Source: source,
}
