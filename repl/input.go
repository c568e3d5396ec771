package repl

// This file defines how lines become inputs: when one is whole, and what is a command.

import (
	"strings"

	"aio/ast"
	"aio/diag"
	"aio/interp"
	"aio/parser"
)

// verdict is what the parser says of the lines so far.
type verdict int

const (
	whole verdict = iota // it can run
	block                // it can run, and a further line may belong to it
	part                 // it needs more lines
	wrong                // it can never run
)

// judge parses a text.
func judge(text string) verdict {
	m, err := parser.ParseWith(diag.NewSource("<input>", text), parser.Options{TopLevelAwait: true})
	switch {
	case err != nil && err.Incomplete:
		return part
	case err != nil:
		return wrong
	case len(m.Body) > 0 && isCompound(m.Body[len(m.Body)-1]):
		return block
	}
	return whole
}

func isCompound(n ast.Stmt) bool {
	switch n.(type) {
	case *ast.FunctionDef, *ast.ClassDef, *ast.For, *ast.While, *ast.If, *ast.With, *ast.Match, *ast.Try:
		return true
	}
	return false
}

// ready reports whether the lines so far are to be run. A block that is typed ends with a blank line; atOnce
// says that the lines came together.
func ready(text string, blank, wasBlank, atOnce bool) bool {
	if isCommand(text) {
		return true
	}
	switch judge(text) {
	case whole, wrong:
		return true
	case block:
		return blank || atOnce
	}
	return blank && wasBlank && !inBrackets(text) // a statement without its block: the error says so
}

// inBrackets reports whether a text ends within brackets or a string, which a blank line does not end.
func inBrackets(text string) bool {
	_, err := parser.Parse(diag.NewSource("<input>", text))
	return err != nil && (strings.HasSuffix(err.Msg, "was never closed") || strings.HasPrefix(err.Msg, "unterminated"))
}

// leaves matches a line behind which a block ends.
var leaves = lazily(`^\s*(return|break|continue|pass|raise)\b`)

// nextIndent returns the indentation that the next line will probably have.
func nextIndent(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	last := lines[len(lines)-1]
	if strings.TrimSpace(last) == "" {
		return ""
	}
	indent := last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	code := last
	if i := strings.IndexByte(code, '#'); i >= 0 && !strings.ContainsAny(code[i:], `"'`) {
		code = code[:i]
	}
	code = strings.TrimRight(code, " \t")
	step := strings.Repeat(" ", indentStep)
	switch {
	case strings.HasSuffix(code, ":"), strings.HasSuffix(code, "("), strings.HasSuffix(code, "["), strings.HasSuffix(code, "{"):
		return indent + step
	case leaves().MatchString(code):
		return strings.TrimSuffix(indent, step)
	}
	return indent
}

// withoutPrompts returns a pasted session without its prompts and its output.
func withoutPrompts(text string) string {
	if !strings.HasPrefix(text, firstPrompt) {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, firstPrompt); ok {
			b.WriteString(rest)
		} else if rest, ok := strings.CutPrefix(line, morePrompt); ok {
			b.WriteString(rest)
		}
	}
	return b.String()
}

var (
	commandLine  = lazily(`^\s*:([a-z]+)\s*(.*?)\s*$`)
	questionLine = lazily(`^\s*([\pL_][\pL\pN_.]*)\s*\?\s*$`)
)

// isCommand reports whether a text begins with a line that is a command.
func isCommand(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return commandLine().MatchString(line) || questionLine().MatchString(line)
}

// splitCommand returns the name of a command and what stands behind it; "X?" is ":doc X".
func splitCommand(line string) (name, arg string) {
	line = strings.TrimSpace(line)
	if m := questionLine().FindStringSubmatch(line); m != nil {
		return "doc", m[1]
	}
	m := commandLine().FindStringSubmatch(line)
	return m[1], m[2]
}

// cut returns the first command of a text, or the statements ahead of the first one, and what follows.
func cut(text string) (first, rest string) {
	if isCommand(text) {
		first, rest, _ = strings.Cut(text, "\n")
		return first, rest
	}
	for i := 0; i < len(text); {
		end := strings.IndexByte(text[i:], '\n')
		if end < 0 {
			break
		}
		if i += end + 1; isCommand(text[i:]) && judge(text[:i]) != part {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// handle runs what was entered: statements, commands, or both. quit says that a command ends the session.
// Errors: SystemExit.
func (s *session) handle(text string) (quit bool, err *interp.Exc) {
	for text != "" {
		var first string
		first, text = cut(text)
		switch {
		case strings.TrimSpace(first) == "":
		case isCommand(first):
			if quit, err = s.command(first); quit || err != nil {
				return quit, err
			}
		default:
			if err := s.enter(first); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}
