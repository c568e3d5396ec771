// This file tests the parser against CPython's own library, as far as python3 is on this machine.

package parser_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

// python3 runs a script with input on stdin and returns what it prints; without python3 the test is
// skipped.
func python3(t *testing.T, script string, input any) []byte {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine to compare with")
	}
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "-W", "ignore", "-c", script)
	cmd.Stdin = bytes.NewReader(data)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// libraryFiles returns the Python files of CPython's library, its tests included.
func libraryFiles(t *testing.T) []string {
	out := python3(t, `import os; print(os.path.dirname(os.__file__), end="")`, nil)
	var files []string
	err := filepath.WalkDir(string(out), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "site-packages" {
			return filepath.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ".py") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// laterSyntax holds what aio takes from later versions and CPython 3.11 refuses.
var laterSyntax = []string{"multiple exception types must be parenthesized"}

// TestLibraryAccepted checks that a file of CPython's library parses here when it compiles there.
func TestLibraryAccepted(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the whole of CPython's library")
	}
	files := libraryFiles(t)
	out := python3(t, `
import json, sys
verdicts = []
for path in json.load(sys.stdin):
    try:
        with open(path, "rb") as f:
            compile(f.read(), path, "exec", dont_inherit=True)
        verdicts.append("")
    except (SyntaxError, ValueError) as e:
        verdicts.append(str(getattr(e, "msg", e)))
json.dump(verdicts, sys.stdout)`, files)
	var verdicts []string
	if err := json.Unmarshal(out, &verdicts); err != nil {
		t.Fatal(err)
	}
	accepted, rejected := 0, 0
	for i, path := range files {
		err := parseFile(path)
		switch {
		case err != nil && strings.HasPrefix(err.Msg, "unknown encoding: "):
			t.Logf("%s: %s", path, err.Msg)
		case err != nil && verdicts[i] == "":
			t.Errorf("%s:\n%s", path, err.Render())
		case err == nil && verdicts[i] != "" && !isLaterSyntax(verdicts[i]):
			t.Errorf("%s: accepted; CPython says %s", path, verdicts[i])
		case err == nil:
			accepted++
		default:
			rejected++
		}
	}
	t.Logf("%d files accepted, %d rejected, as CPython does", accepted, rejected)
}

func isLaterSyntax(verdict string) bool {
	for _, s := range laterSyntax {
		if verdict == s {
			return true
		}
	}
	return false
}

func parseFile(path string) *diag.Error {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	src, derr := diag.Decode(path, data)
	if derr == nil {
		_, derr = parser.Parse(src)
	}
	return derr
}

// TestTreesAsCPython compares trees and the places of their nodes with CPython's, for a sample of
// its library: small files, evenly spread.
func TestTreesAsCPython(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a sample of CPython's library")
	}
	var sample []string
	files := libraryFiles(t)
	for i := 0; i < len(files); i += max(1, len(files)/220) {
		if info, err := os.Stat(files[i]); err == nil && info.Size() < 40000 && parseFile(files[i]) == nil {
			sample = append(sample, files[i])
		}
	}
	out := python3(t, `
import ast, json, sys
trees = []
for path in json.load(sys.stdin):
    with open(path, "rb") as f:
        trees.append(ast.dump(ast.parse(f.read()), include_attributes=True, indent=" "))
json.dump(trees, sys.stdout)`, sample)
	var trees []string
	if err := json.Unmarshal(out, &trees); err != nil {
		t.Fatal(err)
	}
	for i, path := range sample {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src, derr := diag.Decode(path, data)
		if derr != nil {
			t.Fatal(derr)
		}
		m, derr := parser.Parse(src)
		if derr != nil {
			t.Fatal(derr)
		}
		compareTrees(t, path, ast.DumpSpans(src, m, " "), trees[i])
	}
	t.Logf("%d trees compared", len(sample))
}

// compareTrees reports the first difference, with what leads up to it.
func compareTrees(t *testing.T, path, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-6)
			t.Errorf("%s: trees differ at line %d:\n%s\n got %s\nwant %s", path, i, strings.Join(g[from:i], "\n"), g[i], w[i])
			return
		}
	}
	t.Errorf("%s: trees differ in length: %d and %d lines", path, len(g), len(w))
}
