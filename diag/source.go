// Package diag holds what every stage says about source text: Source (one text being run), Pos and
// Span (points and half-open ranges in it), Error (a sentence with its place and a hint), rendering
// with the source line and a caret, and did-you-mean. It knows nothing of the language.
package diag

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Pos is a byte offset into a Source's Text.
type Pos uint32

// Span is a half-open range [Start, End) of byte offsets.
type Span struct{ Start, End Pos }

// To returns the span from the start of s to the end of t.
func (s Span) To(t Span) Span { return Span{s.Start, t.End} }

// Source is one text being run.
type Source struct {
	Name  string // what tracebacks print: a path, "<stdin>", "<string>"
	Text  string // the decoded text, with line ends as they were
	Typed bool   // at a prompt: tracebacks show its lines although its name is no file's
	lines []Pos  // start of each line; made on first use

	warnings []Warning
}

// Warning is a sentence about a place in a Source that is no error.
type Warning struct {
	Span     Span
	Category string // "SyntaxWarning" or "DeprecationWarning"
	Msg      string
}

// Warn notes a warning, once for a place.
func (s *Source) Warn(category string, span Span, msg string) {
	w := Warning{span, category, msg}
	if !slices.Contains(s.warnings, w) {
		s.warnings = append(s.warnings, w)
	}
}

// Warnings returns what was noted while the text was read, in the order of the text.
func (s *Source) Warnings() []Warning {
	slices.SortStableFunc(s.warnings, func(a, b Warning) int { return int(a.Span.Start) - int(b.Span.Start) })
	return s.warnings
}

// NewSource returns a Source for text.
func NewSource(name, text string) *Source {
	s := &Source{Name: name, Text: text}
	s.lines = append(make([]Pos, 0, len(text)/32+1), 0)
	for i := 0; i < len(text); {
		j := strings.IndexAny(text[i:], "\n\r")
		if j < 0 {
			break
		}
		i += j + 1
		if text[i-1] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		s.lines = append(s.lines, Pos(i))
	}
	return s
}

// Position returns the line (from 1) and the column (from 0, in characters) of p.
func (s *Source) Position(p Pos) (line, col int) {
	line = s.Line(p)
	start := s.lines[line-1]
	return line, utf8.RuneCountInString(s.Text[start:min(int(p), len(s.Text))])
}

// Line returns the line of p, counted from 1.
func (s *Source) Line(p Pos) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > p })
}

// LineText returns the text of a line (from 1) without its line end; "" when there is no such line.
func (s *Source) LineText(line int) string {
	if line < 1 || line > len(s.lines) {
		return ""
	}
	start, end := s.lines[line-1], Pos(len(s.Text))
	if line < len(s.lines) {
		end = s.lines[line]
	}
	return strings.TrimRight(s.Text[start:end], "\r\n")
}

// LineStart returns the offset of the first byte of a line (from 1).
func (s *Source) LineStart(line int) Pos { return s.lines[line-1] }

// Lines returns how many lines the text has.
func (s *Source) Lines() int { return len(s.lines) }
