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
	programSize = 10  // statements of a program behind its definitions
	fixedSeeds  = 200 // programs of the short run
	batchSize   = 50
)

func TestDifferences(t *testing.T) {
	python := aiotest.FindPython()
	if python == "" {
		t.Skip("there is no python3 of version 3.11")
	}
	grammar, err := difftest.ParseGrammar(difftest.Python)
	if err != nil {
		t.Fatal(err)
	}
	if *command == "" {
		*command = aiotest.Build(t)
	}
	s := searcher{grammar: grammar, aio: startWorker(t, *command), python: startWorker(t, python)}
	begin, programs := time.Now(), uint64(0)
	for programs < fixedSeeds || time.Since(begin) < *search {
		s.batch(t, *seed+programs)
		programs += batchSize
		if s.found >= *most {
			break
		}
	}
	t.Logf("%d programs of %d statements in %v", programs, programSize, time.Since(begin).Round(time.Second))
}

func startWorker(t *testing.T, command string) *difftest.Worker {
	t.Helper()
	w, err := difftest.NewWorker(t.TempDir(), command)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// searcher holds what a search goes through its batches with.
type searcher struct {
	grammar     *difftest.Grammar
	aio, python *difftest.Worker
	found       int
}

// batch compares the programs of batchSize seeds and reports the differences.
func (s *searcher) batch(t *testing.T, seed uint64) {
	t.Helper()
	programs := make([]difftest.Program, batchSize)
	for i := range programs {
		programs[i] = s.grammar.Program(seed+uint64(i), programSize)
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
	grammar, err := difftest.ParseGrammar(difftest.Python)
	if err != nil {
		t.Fatal(err)
	}
	first := strings.Join(grammar.Program(7, programSize).Statements(), "\n")
	second := strings.Join(grammar.Program(7, programSize).Statements(), "\n")
	if first != second {
		t.Error("the same seed makes two programs")
	}
	if strings.Contains(first, "<int>") {
		t.Errorf("a placeholder is left:\n%s", first)
	}
}
