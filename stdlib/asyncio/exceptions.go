package asyncio

// This file defines the exceptions of asyncio.

import "aio/interp"

var (
	incompleteReadError  = interp.NewLibraryException("asyncio.exceptions", "IncompleteReadError", interp.EOFError)
	limitOverrunError    = interp.NewLibraryException("asyncio.exceptions", "LimitOverrunError", interp.ExceptionType)
	sendfileNotAvailable = interp.NewLibraryException("asyncio.exceptions", "SendfileNotAvailableError", interp.RuntimeError)
	brokenBarrierError   = interp.NewLibraryException("asyncio.exceptions", "BrokenBarrierError", interp.RuntimeError)
)

var exceptionsModule = &submodule{
	name: "exceptions", doc: "asyncio exceptions.",
	types: []*interp.Type{
		brokenBarrierError, interp.CancelledError(), interp.InvalidStateError(), interp.TimeoutError,
		incompleteReadError, limitOverrunError, sendfileNotAvailable, interp.DeadlockError(),
	},
}
