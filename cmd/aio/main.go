// Command aio runs and inspects aio programs.
package main

import (
	"fmt"
	"io"
	"os"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

const usage = `usage:
  aio ast FILE     print the syntax tree
  aio check FILE   look for syntax errors
  aio grammar      print the grammar (EBNF)
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command; it returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	switch {
	case len(args) == 1 && args[0] == "grammar":
		fmt.Fprint(stdout, parser.EBNF())
		return 0
	case len(args) == 2 && (args[0] == "ast" || args[0] == "check"):
		src, m, status := parse(args[1], stderr)
		if status == 0 && args[0] == "ast" {
			fmt.Fprintln(stdout, ast.DumpSpans(src, m, "  "))
		}
		return status
	}
	fmt.Fprint(stderr, usage)
	return 2
}

// parse reads and parses a file; it reports what is wrong and returns the exit status.
func parse(name string, stderr io.Writer) (*diag.Source, *ast.Module, int) {
	data, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintf(stderr, "aio: can't open file '%s': %v\n", name, err)
		return nil, nil, 2
	}
	src, derr := diag.Decode(name, data)
	var m *ast.Module
	if derr == nil {
		m, derr = parser.Parse(src)
	}
	if derr != nil {
		fmt.Fprint(stderr, derr.Render())
		return nil, nil, 1
	}
	return src, m, 0
}
