// Package doctest is the module doctest: it runs the examples in docstrings. It is written in the language.
//
//	testmod, testfile, run_docstring_examples            what programs call
//	DocTestFinder, DocTestParser, DocTestRunner, OutputChecker, DebugRunner
//	Example, DocTest, TestResults, DocTestFailure, UnexpectedException
//	ELLIPSIS, NORMALIZE_WHITESPACE, IGNORE_EXCEPTION_DETAIL ..., register_optionflag
package doctest

import (
	_ "embed"

	"aio/interp"
)

//go:embed doctest.aio
var source string

// Module is the module doctest.
var Module = &interp.ModuleDef{Name: "doctest", Doc: "Module doctest -- a framework for running examples in docstrings.", Source: source}
