package compile

// This file compiles CPython's own library, as far as python3 is on this machine.

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aio/diag"
	"aio/parser"
)

// TestLibrary checks that every file of CPython's library that parses compiles to sound Code.
func TestLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the whole of CPython's library")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	root, err := exec.Command(python, "-c", `import os; print(os.path.dirname(os.__file__), end="")`).Output()
	if err != nil {
		t.Fatal(err)
	}
	compiled := 0
	err = filepath.WalkDir(string(root), func(path string, d os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "site-packages":
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".py") || strings.Contains(path, "bad"):
			return nil
		}
		if compileFile(t, path) {
			compiled++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files compiled", compiled)
}

func compileFile(t *testing.T, path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	src, derr := diag.Decode(path, data)
	if derr != nil {
		return false
	}
	m, derr := parser.Parse(src)
	if derr != nil {
		return false
	}
	code, derr := Module(src, m, Options{})
	if derr != nil {
		line, _ := src.Position(derr.Span.Start)
		t.Errorf("%s:%d: %v", path, line, derr)
		return false
	}
	if err := verify(code); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return true
}
