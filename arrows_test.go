// This file holds the table of import arrows and the test that keeps the packages to it.

package aio

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// anything is the only entry of a row whose packages may import what they need.
const anything = "*"

// arrow is one row: packages that match pkg may import the standard library and what imports lists.
type arrow struct {
	pkg     string   // path below the module; "stdlib/*" is every package one level below stdlib
	imports []string // paths below the module, or paths of other modules with all below them
}

// A package imports only what has its row further up.
// Imports of test files do not count.
var arrows = []arrow{
	{"", nil},
	{"diag", nil},
	{"loop", nil},
	{"lexer", []string{"diag", "golang.org/x/text/unicode"}},
	{"ast", []string{"diag"}},
	{"parser", []string{"ast", "lexer", "diag", "github.com/alecthomas/participle/v2"}},
	{"internal/libm", nil},
	{"interp/compile", []string{"ast", "diag"}},
	{"interp", []string{"interp/compile", "parser", "ast", "diag", "loop", "internal/libm", "golang.org/x/text/unicode"}},
	{"stdlib/re", []string{"interp", "lexer", "github.com/dlclark/regexp2"}},
	{"stdlib/unicodedata", []string{"interp", "lexer", "golang.org/x/text"}},
	{"stdlib/*", []string{"interp", "loop", "diag", "internal/libm"}},
	{"stdlib", []string{"stdlib/*", "interp"}},
	{"teach", []string{"interp", "interp/compile", "parser", "ast", "loop", "diag"}},
	{"words", nil},
	{"repl", []string{"interp", "interp/compile", "parser", "ast", "loop", "stdlib", "teach", "diag", "words", "github.com/peterh/liner", "github.com/mattn/go-runewidth"}},
	{"cmd/aio", []string{anything}},
	{"playground", []string{anything}},
	{"bench", nil},
	{"bench/*", nil},
	{"examples", nil},
	{"internal/aiotest", nil},
	{"internal/difftest", nil},
}

// goPackage is what the test reads of `go list -json`.
type goPackage struct {
	ImportPath string
	Imports    []string
}

func TestImportArrows(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "aio"), "/")
		row := slices.IndexFunc(arrows, func(a arrow) bool { return matches(a.pkg, name) })
		if row < 0 {
			t.Errorf("package %s has no row in the table of arrows", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if !arrows[row].allows(imported) {
				t.Errorf("%s imports %s: no such arrow", p.ImportPath, imported)
			}
		}
	}
}

// TestArrowsPointUp keeps the table free of cycles.
func TestArrowsPointUp(t *testing.T) {
	for i, row := range arrows {
		for _, imported := range row.imports {
			if imported == anything || strings.Contains(imported, ".") {
				continue
			}
			at := slices.IndexFunc(arrows, func(a arrow) bool { return a.pkg == imported })
			if at < 0 || at >= i {
				t.Errorf("row %q allows %q, which has no row above it", row.pkg, imported)
			}
		}
	}
}

// allows reports whether the row lets its packages import path.
func (a arrow) allows(path string) bool {
	first, below, _ := strings.Cut(path, "/")
	if first != "aio" && !strings.Contains(first, ".") {
		return true // the standard library
	}
	for _, allowed := range a.imports {
		switch {
		case allowed == anything,
			first == "aio" && matches(allowed, below),
			path == allowed,
			strings.Contains(allowed, ".") && strings.HasPrefix(path, allowed+"/"):
			return true
		}
	}
	return false
}

// matches reports whether name is the package pattern, or lies one level below it if it ends in "/*".
func matches(pattern, name string) bool {
	parent, ok := strings.CutSuffix(pattern, "/*")
	if !ok {
		return pattern == name
	}
	rest, ok := strings.CutPrefix(name, parent+"/")
	return ok && !strings.Contains(rest, "/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "aio/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages
		case err != nil:
			t.Fatalf("go list prints what is no JSON: %v", err)
		}
		packages = append(packages, p)
	}
}
