// This file defines the command: its flags, what it measures in which order, and what it prints.

// Bench runs the scripts of bench/sync and bench/async under aio and under python3 and compares what they
// print, the CPU time they take and the memory they need.
//
//	go run ./bench [-n runs] [-kind sync|async] [-run regexp] [-md] [-aio file]
//
// It ends with status 1 when a script fails or prints something else than under python3; being slower than the
// floor is marked in the table and is not a failure.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A kind is a folder of scripts, with the speeds that are promised for it.
type kind struct {
	name  string
	floor float64 // no row may be below this multiple of CPython's speed
	goal  float64 // the geometric mean of the rows must reach this one
}

var kinds = []kind{
	{"sync", 1, 2},
	{"async", 3, 10},
}

// A bench is one run of the command.
type bench struct {
	dir    string // the folder of this program, with the scripts
	temp   string // for what is built and generated; removed at the end
	aio    string // the interpreters
	python string
	runs   int
	kind   string         // "" for all
	filter *regexp.Regexp // of script names
	failed bool
}

func main() {
	b := &bench{}
	flag.IntVar(&b.runs, "n", 5, "runs of each script under each interpreter; the fastest counts")
	flag.StringVar(&b.kind, "kind", "", "only the scripts of this kind: sync or async")
	flag.StringVar(&b.aio, "aio", "", "measure this executable instead of building cmd/aio")
	filter := flag.String("run", "", "only the scripts whose name matches this regular expression")
	markdown := flag.Bool("md", false, "write the table into bench/README.md too")
	flag.Parse()
	if err := b.main(*filter, *markdown); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) main(filter string, markdown bool) (err error) {
	if b.filter, err = regexp.Compile(filter); err != nil {
		return err
	}
	if b.python = findPython(); b.python == "" {
		fmt.Println("bench: skipped: there is no python3 on this machine to compare with")
		return nil
	}
	if b.temp, err = os.MkdirTemp("", "aio-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.temp)
	if err := b.prepare(); err != nil {
		return err
	}
	r := &report{host: b.describeHost()}
	for _, k := range kinds {
		if b.kind != "" && b.kind != k.name {
			continue
		}
		t, err := b.compareAll(k)
		if err != nil {
			return err
		}
		r.tables = append(r.tables, t)
	}
	if filter == "" && b.kind == "" {
		if r.apart, err = b.measureApart(); err != nil {
			return err
		}
	}
	progress("")
	r.print(os.Stdout)
	if markdown {
		if err := r.writeInto(filepath.Join(b.dir, "README.md")); err != nil {
			return err
		}
	}
	if b.failed {
		return errors.New("there were failures")
	}
	return nil
}

// findPython returns the executable behind python3, or "". A version manager puts a shell script of that name on the
// path, whose time must not be counted.
func findPython() string {
	out, err := exec.Command("python3", "-c", "import sys; print(sys.executable)").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// prepare finds the scripts and builds the interpreter.
func (b *bench) prepare() error {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	root := strings.TrimSpace(string(out))
	b.dir = filepath.Join(root, "bench")
	if b.aio != "" {
		b.aio, err = filepath.Abs(b.aio)
		return err
	}
	b.aio = filepath.Join(b.temp, "aio.exe")
	build := exec.Command("go", "build", "-o", b.aio, "./cmd/aio")
	build.Dir, build.Stderr = root, os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build ./cmd/aio: %w", err)
	}
	return nil
}

// compareAll measures the scripts of one kind.
func (b *bench) compareAll(k kind) (*table, error) {
	scripts, err := filepath.Glob(filepath.Join(b.dir, k.name, "*.aio"))
	if err != nil {
		return nil, err
	}
	t := &table{kind: k}
	for _, script := range scripts {
		name := strings.TrimSuffix(filepath.Base(script), ".aio")
		if b.filter.MatchString(name) {
			progress(k.name + " " + name)
			t.rows = append(t.rows, b.compare(name, script))
		}
	}
	return t, nil
}

// compare measures one script under both interpreters, in turn, so that a slow minute of the machine is shared.
func (b *bench) compare(name, script string) row {
	r := row{name: name}
	for range b.runs {
		python, err := run(b.python, script)
		if err != nil {
			return b.fail(r, "python3: "+err.Error())
		}
		aio, err := run(b.aio, script)
		if err != nil {
			return b.fail(r, err.Error())
		}
		if aio.stdout != python.stdout {
			return b.fail(r, fmt.Sprintf("prints %.60q, python3 %.60q", aio.stdout, python.stdout))
		}
		r.python.keepBest(python)
		r.aio.keepBest(aio)
	}
	return r
}

func (b *bench) fail(r row, why string) row {
	b.failed = true
	r.failure = why
	return r
}

// progress shows on the terminal what is being measured; with "" it clears the line.
func progress(what string) {
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintf(os.Stderr, "\r%-40s\r", what)
	}
}
