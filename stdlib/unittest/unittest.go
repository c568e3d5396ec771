// Package unittest is the package unittest: a test framework. It is written in the language.
//
//	unittest.case         TestCase, its assertions, skip, expectedFailure, subTest (case.aio, asserts.aio)
//	unittest.async_case   IsolatedAsyncioTestCase
//	unittest.suite, unittest.loader                tests put together
//	unittest.result, unittest.runner, unittest.main   tests run
//	unittest.mock         objects that note what is done to them (mock.aio)
package unittest

import (
	_ "embed"

	"aio/interp"
)

var (
	//go:embed unittest.aio
	source string
	//go:embed case.aio
	caseSource string
	//go:embed asserts.aio
	assertsSource string
	//go:embed async.aio
	asyncSource string
	//go:embed suite.aio
	suiteSource string
	//go:embed loader.aio
	loaderSource string
	//go:embed result.aio
	resultSource string
	//go:embed runner.aio
	runnerSource string
	//go:embed main.aio
	mainSource string
	//go:embed mock.aio
	mockSource string
)

// Module is the package unittest.
var Module = &interp.ModuleDef{
	Name: "unittest", Doc: "Python unit testing framework, based on Erich Gamma's JUnit and Kent Beck's Smalltalk testing framework.",
	Package: true, Source: source,
	Submodules: []*interp.ModuleDef{
		{Name: "unittest.case", Doc: "Test case implementation", Source: caseSource},
		{Name: "unittest._asserts", Doc: "The assertions of TestCase", Source: assertsSource},
		{Name: "unittest.async_case", Source: asyncSource},
		{Name: "unittest.suite", Doc: "TestSuite", Source: suiteSource},
		{Name: "unittest.loader", Doc: "Loading unittests.", Source: loaderSource},
		{Name: "unittest.result", Doc: "Test result object", Source: resultSource},
		{Name: "unittest.runner", Doc: "Running tests", Source: runnerSource},
		{Name: "unittest.main", Doc: "Unittest main program", Source: mainSource},
		{Name: "unittest.__main__", Doc: "Main entry point", Source: "import sys\nfrom unittest.main import main\nsys.argv[0] = 'python -m unittest'\n__unittest = True\nmain(module=None)\n"},
		{Name: "unittest.mock", Doc: "Mock objects for tests.", Source: mockSource},
	},
}
