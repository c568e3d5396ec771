// Package logging is the module logging. It is written in the language.
//
//	debug, info, warning, error, critical, exception, log, basicConfig   on the root logger
//	getLogger, Logger, LoggerAdapter, LogRecord, Formatter, Filter
//	Handler, StreamHandler, FileHandler, NullHandler, lastResort
//	addLevelName, getLevelName, disable, shutdown, captureWarnings
package logging

import (
	_ "embed"

	"aio/interp"
)

//go:embed logging.aio
var source string

// Module is the module logging.
var Module = &interp.ModuleDef{
	Name:    "logging",
	Doc:     "Logging package for Python. Based on PEP 282 and comments thereto in comp.lang.python.",
	Funcs:   []interp.Builtin{{Sig: "_at_exit(func, /)", Doc: "Call func when the program ends.", Fn: atExit}},
	Source:  source,
	Package: true,
}

func atExit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fn := a[0]
	th.Interp().AtExit(func(th *interp.Thread) {
		if _, err := th.Call(fn); err != nil {
			th.ReportUncaught(err)
		}
	})
	return interp.None, nil
}
