// This file searches for programs that aio and python3 run differently.

package difftest_test

import (
	"flag"
	"strings"
	"testing"
	"time"

	"aio/internal/aiotest"
	"aio/internal/difftest"
)

var (
	search  = flag.Duration("search", 0, "search for differences for this long; 0: run the programs of fixed seeds")
	seed    = flag.Uint64("seed", 1, "the seed of the first program")
	most    = flag.Int("most", 10, "how many differences to report")
	command = flag.String("aio", "", "the aio to test; it is built when this is empty")
)

const (
	fixedSeeds = 200 // programs of a short run
	batchSize  = 50
)

// subjects are what is searched, each with a grammar of its own.
var subjects = []struct {
	name    string
	grammar string
	size    int // statements of a program behind its definitions
	workers func(t *testing.T, aio, python string) (*difftest.Worker, *difftest.Worker)
}{
	{"types", difftest.Python, 10, func(t *testing.T, aio, python string) (*difftest.Worker, *difftest.Worker) {
		return started(t)(difftest.NewWorker(t.TempDir(), aio)), started(t)(difftest.NewWorker(t.TempDir(), python))
	}},
	{"asyncio", difftest.Asyncio, 3, func(t *testing.T, aio, python string) (*difftest.Worker, *difftest.Worker) {
		return started(t)(difftest.NewWorker(t.TempDir(), aio, "--clock=virtual")),
			started(t)(difftest.NewVirtualPython(t.TempDir(), python))
	}},
}

func TestDifferences(t *testing.T) {
	python := aiotest.FindPython()
	if python == "" {
		t.Skip("there is no python3 of version 3.11")
	}
	if *command == "" {
		*command = aiotest.Build(t)
	}
	for _, subject := range subjects {
		t.Run(subject.name, func(t *testing.T) {
			grammar, err := difftest.ParseGrammar(subject.grammar)
			if err != nil {
				t.Fatal(err)
			}
			s := searcher{grammar: grammar, size: subject.size}
			s.aio, s.python = subject.workers(t, *command, python)
			begin, programs := time.Now(), uint64(0)
			for programs < fixedSeeds || time.Since(begin) < *search {
				s.batch(t, *seed+programs)
				programs += batchSize
				if s.found >= *most {
					break
				}
			}
			t.Logf("%d programs in %v", programs, time.Since(begin).Round(time.Second))
		})
	}
}

// started returns a function that takes what NewWorker returns, and closes the worker when the test ends.
func started(t *testing.T) func(*difftest.Worker, error) *difftest.Worker {
	return func(w *difftest.Worker, err error) *difftest.Worker {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(w.Close)
		return w
	}
}

// searcher holds what a search goes through its batches with.
type searcher struct {
	grammar     *difftest.Grammar
	size        int
	aio, python *difftest.Worker
	found       int
}

// batch compares the programs of batchSize seeds and reports the differences.
func (s *searcher) batch(t *testing.T, seed uint64) {
	t.Helper()
	programs := make([]difftest.Program, batchSize)
	for i := range programs {
		programs[i] = s.grammar.Program(seed+uint64(i), s.size)
	}
	differences, err := difftest.Compare(s.aio, s.python, programs)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		if s.found++; s.found > *most {
			return
		}
		program, small, err := difftest.Shrink(s.grammar, s.aio, s.python, programs[d.Program], d)
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("seed %d, statement %d:\n%s\n--- aio:\n%s\n--- python3:\n%s", seed+uint64(d.Program), d.Statement,
			strings.Join(program.Statements(), "\n"), small.Got, small.Want)
	}
}

func TestProgramsRepeat(t *testing.T) {
	for _, subject := range subjects {
		grammar, err := difftest.ParseGrammar(subject.grammar)
		if err != nil {
			t.Fatal(err)
		}
		first := strings.Join(grammar.Program(7, subject.size).Statements(), "\n")
		second := strings.Join(grammar.Program(7, subject.size).Statements(), "\n")
		if first != second {
			t.Errorf("%s: the same seed makes two programs", subject.name)
		}
		for _, kind := range []string{"<int>", "<coro>"} {
			if strings.Contains(first, kind) {
				t.Errorf("%s: a placeholder is left:\n%s", subject.name, first)
			}
		}
	}
}
