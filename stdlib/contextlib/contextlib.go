// Package contextlib is the module contextlib: helpers for the with statement. It is written in the
// language.
//
//	contextmanager, asynccontextmanager          a generator as a context manager
//	AbstractContextManager, ContextDecorator ... base classes
//	closing, aclosing, nullcontext, suppress, redirect_stdout, redirect_stderr, chdir
//	ExitStack, AsyncExitStack                    any number of context managers
package contextlib

import (
	_ "embed"

	"aio/interp"
)

//go:embed contextlib.aio
var source string

// Module is the module contextlib.
var Module = &interp.ModuleDef{
	Name:   "contextlib",
	Doc:    "Utilities for with-statement contexts.  See PEP 343.",
	Source: source,
}
