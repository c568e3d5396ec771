// Package difftest makes random programs over the built-in types, or of asyncio tasks on virtual time, and looks
// for one that aio and CPython run differently.
//
//	grammar, err := difftest.ParseGrammar(difftest.Python) // what programs are made of: grammar.txt; or Asyncio
//	program := grammar.Program(seed, size)                 // the same seed, the same program
//	aio, err := difftest.Start("path/to/aio")              // a Worker: runs programs, statement by statement
//	found, err := difftest.Compare(aio, python, programs)  // the Differences
//	small, err := difftest.Shrink(aio, python, program)    // the same difference, in fewer words
//
// A program is a list of statements. A worker executes each in the namespace of the program, and reports
// what it printed and the exception it ended with. Most statements are well-typed; some are not, so that
// the texts of errors are compared too.
//
// The test of the package runs a few hundred programs with fixed seeds. It searches on when it is told to:
//
//	go test ./internal/difftest -run TestDifferences -v -timeout 0 -search 1h -seed 12345
//
// -run TestDifferences/asyncio searches the order of tasks alone; 10 minutes are thousands of programs.
package difftest
