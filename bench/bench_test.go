// This file tests what the runner makes of its measurements, and that every script of the folders is sound.

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func example() *report {
	second := measurement{cpu: time.Second, memory: 8 << 20}
	quarter := measurement{cpu: time.Second / 4, memory: 4 << 20}
	return &report{host: "a machine", tables: []*table{{kind: kinds[0], rows: []row{
		{name: "fast", python: second, aio: quarter},
		{name: "slow", python: second, aio: measurement{cpu: 4 * time.Second}},
		{name: "wrong", failure: "ValueError: no"},
	}}}}
}

func TestGeometricMeanLeavesFailuresOut(t *testing.T) {
	mean, count := example().tables[0].mean()
	if count != 2 || mean < 0.999 || mean > 1.001 {
		t.Errorf("mean %v of %d, want 1 of 2", mean, count)
	}
}

func TestMarkdownReplacesTheOldTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "README.md")
	if err := os.WriteFile(path, []byte("before\n"+tablesBegin+"old\n"+tablesEnd+"after\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := example().writeInto(path); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "before\n" + tablesBegin + `a machine

| sync | CPython ms | aio ms | CPython / aio | CPython MB | aio MB |  |
|---|--:|--:|--:|--:|--:|---|
| fast | 1000 | 250 | 4.00 | 8 | 4 |  |
| slow | 1000 | 4000 | 0.25 | 8 |  | below the floor of 1.0 |
| wrong |  |  |  |  |  | FAILS: ValueError: no |
| geometric mean of 2 |  |  | 1.00 |  |  | below the goal of 2.0 |
` + tablesEnd + "after\n"
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestReadmeHasAPlaceForTheTables(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), tablesBegin) || !strings.Contains(string(text), tablesEnd) {
		t.Error("README.md has no place for the tables")
	}
}

func TestLiveHeap(t *testing.T) {
	trace := "gc 1 @0.01s 0%: 0+0+0 ms clock, 4->5->3 MB, 4 MB goal\n" +
		"gc 2 @0.02s 0%: 0+0+0 ms clock, 80->90->70 MB, 8 MB goal\n" +
		"gc 3 @0.03s 0%: 0+0+0 ms clock, 200->200->1 MB, 8 MB goal\n"
	if got := liveHeap(trace); got != 1<<20 {
		t.Errorf("got %d, want 1 MB", got)
	}
}

func TestGeneratedScriptHasTheLines(t *testing.T) {
	text := generate(loadedLines)
	if n := strings.Count(text, "\n"); n < loadedLines || n > loadedLines+200 {
		t.Errorf("%d lines, want about %d", n, loadedLines)
	}
	if strings.Contains(text, "%!") {
		t.Error("a verb of the template has no value")
	}
}

// TestScriptsAreValidPython compiles the scripts with CPython.
func TestScriptsAreValidPython(t *testing.T) {
	python := findPython()
	if python == "" {
		t.Skip("there is no python3")
	}
	generated := filepath.Join(t.TempDir(), "long.aio")
	if err := os.WriteFile(generated, []byte(generate(1000)), 0o666); err != nil {
		t.Fatal(err)
	}
	scripts := []string{generated}
	for _, k := range kinds {
		found, err := filepath.Glob(filepath.Join(k.name, "*.aio"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) < 15 {
			t.Errorf("%d scripts in %s, want at least 15", len(found), k.name)
		}
		scripts = append(scripts, found...)
	}
	const program = "import sys\nfor name in sys.argv[1:]: compile(open(name, encoding='utf-8').read(), name, 'exec')"
	if out, err := exec.Command(python, append([]string{"-c", program}, scripts...)...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
