// Package doctest is the module doctest: it runs the examples in docstrings. It is written in the language.
//
//	testmod, testfile, run_docstring_examples            what programs call
//	DocTestFinder, DocTestParser, DocTestRunner, OutputChecker, DebugRunner
//	Example, DocTest, TestResults, DocTestFailure, UnexpectedException
//	ELLIPSIS, NORMALIZE_WHITESPACE, IGNORE_EXCEPTION_DETAIL ..., register_optionflag
package doctest

import (
	_ "embed"

	"aio/diag"
	"aio/interp"
)

//go:embed doctest.aio
var source string

// Module is the module doctest.
var Module = &interp.ModuleDef{
	Name: "doctest",
	Doc:  "Module doctest -- a framework for running examples in docstrings.",
	Funcs: []interp.Builtin{
		{Sig: "_keep(filename, source, /)", Doc: "Keep the source of an example for the tracebacks that show it.", Fn: keep},
	},
	Source: source,
}

func keep(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	text, _ := interp.StrOf(a[1])
	src := diag.NewSource(name, text)
	src.Typed = true
	th.Interp().AddSource(src)
	return interp.None, nil
}
