// This file defines how an Error is printed.

package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Render returns e as CPython prints a SyntaxError (the place, the source line, carets, the
// sentence), and then its hint.
func (e *Error) Render() string {
	var b strings.Builder
	line := 1
	if e.Source != nil {
		line, _ = e.Source.Position(e.Span.Start)
		fmt.Fprintf(&b, "  File \"%s\", line %d\n", e.Source.Name, line)
		e.renderLine(&b, line)
	}
	fmt.Fprintf(&b, "%s: %s\n", e.Kind, e.Msg)
	if e.Hint != "" {
		fmt.Fprintf(&b, "hint: %s\n", e.Hint)
	}
	return b.String()
}

// renderLine prints the source line and the carets below it; of a span over several lines only
// the part on its first is marked.
func (e *Error) renderLine(b *strings.Builder, line int) {
	text := strings.TrimRightFunc(e.Source.LineText(line), unicode.IsSpace)
	stripped := strings.TrimLeft(text, " \t\f")
	if stripped == "" {
		return
	}
	fmt.Fprintf(b, "    %s\n", stripped)
	indent := len([]rune(text)) - len([]rune(stripped))
	_, start := e.Source.Position(e.Span.Start)
	endLine, end := e.Source.Position(e.Span.End)
	if endLine > line {
		end = len([]rune(text))
	}
	start, end = start-indent, end-indent
	if start < 0 {
		return // in the indentation, which is not shown
	}
	// Tabs keep their width in the line of carets.
	b.WriteString("    ")
	pad := []rune(stripped)
	for i := range start {
		if i < len(pad) && pad[i] == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	fmt.Fprintf(b, "%s\n", strings.Repeat("^", max(end-start, 1)))
}
