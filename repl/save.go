package repl

// This file defines :save, which writes the session as a script.

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"aio/ast"
	"aio/diag"
	"aio/interp"
	"aio/parser"
)

// save writes the inputs that ran without an error. Those up to the first one that needs a running loop stand
// at the top of the script; from there on only imports, functions and classes do, and the others are main().
func (s *session) save(path string) *interp.Exc {
	text := script(s.entered)
	if err := os.WriteFile(expandHome(path), []byte(text), 0o644); err != nil {
		s.say("can't write file '%s': %s", path, reason(err))
		return nil
	}
	s.say("wrote %d lines to %s", strings.Count(text, "\n"), path)
	return nil
}

// script returns the inputs as a program.
func script(entered []entry) string {
	var top, body strings.Builder
	top.WriteString("import asyncio\n")
	names := map[string]bool{}
	for _, e := range entered {
		src := diag.NewSource("<input>", e.text)
		m, err := parser.ParseWith(src, parser.Options{TopLevelAwait: true})
		if err != nil {
			continue // it ran, so it was parsed
		}
		if body.Len() == 0 && !e.async || onlyDefines(m) {
			top.WriteString("\n" + e.text)
			continue
		}
		body.WriteString("\n" + indented(src, m))
		bound(m.Body, names)
	}
	if body.Len() == 0 {
		return top.String()
	}
	text := top.String() + "\n\nasync def main():\n"
	if len(names) > 0 {
		list := make([]string, 0, len(names))
		for name := range names {
			list = append(list, name)
		}
		slices.Sort(list)
		text += "    global " + strings.Join(list, ", ") + "\n"
	}
	return text + strings.TrimLeft(body.String(), "\n") + "\n\nasyncio.run(main())\n"
}

// onlyDefines reports whether an input only imports, or defines functions and classes.
func onlyDefines(m *ast.Module) bool {
	for _, n := range m.Body {
		switch n.(type) {
		case *ast.Import, *ast.ImportFrom, *ast.FunctionDef, *ast.ClassDef:
		default:
			return false
		}
	}
	return true
}

// indented returns the text one step to the right, but for lines that begin within a string.
func indented(src *diag.Source, m *ast.Module) string {
	inString := map[int]bool{}
	ast.Walk(m, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Constant, *ast.JoinedStr:
			first, last := src.Line(n.Pos().Start), src.Line(n.Pos().End)
			for line := first + 1; line <= last; line++ {
				inString[line] = true
			}
		}
		return true
	})
	var b strings.Builder
	for line := 1; line <= src.Lines(); line++ {
		text := src.LineText(line)
		switch {
		case line == src.Lines() && text == "":
		case inString[line] || text == "":
			b.WriteString(text + "\n")
		default:
			fmt.Fprintf(&b, "%*s%s\n", indentStep, "", text)
		}
	}
	return b.String()
}

// bound adds the names that statements bind, functions within them apart.
func bound(body []ast.Stmt, names map[string]bool) {
	for _, n := range body {
		ast.Walk(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Name:
				if n.Ctx == ast.Store || n.Ctx == ast.Del {
					names[n.Id] = true
				}
			case *ast.Alias:
				name, _, _ := strings.Cut(n.Name, ".")
				if n.AsName != "" {
					name = n.AsName
				}
				names[name] = true
			case *ast.ExceptHandler:
				if n.Name != "" {
					names[n.Name] = true
				}
			case *ast.MatchAs:
				if n.Name != "" {
					names[n.Name] = true
				}
			case *ast.MatchStar:
				if n.Name != "" {
					names[n.Name] = true
				}
			case *ast.FunctionDef:
				names[n.Name] = true
				return false
			case *ast.ClassDef:
				names[n.Name] = true
				return false
			case *ast.Lambda, *ast.ListComp, *ast.SetComp, *ast.DictComp, *ast.GeneratorExp:
				return false
			}
			return true
		})
	}
}
