package interp

// This file defines the line of carets under a source line in a traceback.

import (
	"strings"
	"unicode/utf8"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

// caretLine returns the carets under the stripped line that mark span, "" when they would underline all
// of it. line is the text of the line that the span begins in.
func caretLine(src *diag.Source, span diag.Span, line string) string {
	stripped := strings.TrimLeft(line, " \t\f")
	indent := utf8.RuneCountInString(line) - utf8.RuneCountInString(stripped)
	first, start := src.Position(span.Start)
	last, end := src.Position(span.End)
	left, right := -1, -1
	if first == last {
		left, right = operatorAnchors(src.Text[span.Start:span.End])
	} else {
		end = utf8.RuneCountInString(strings.TrimRight(line, " \t\f"))
	}
	if left < 0 && end-start == utf8.RuneCountInString(stripped) {
		return ""
	}
	var sb strings.Builder
	for i := indent; i < end; i++ {
		switch {
		case i < start:
			sb.WriteByte(' ')
		case left < 0 || start+left <= i && i < start+right:
			sb.WriteByte('^')
		default:
			sb.WriteByte('~')
		}
	}
	return sb.String()
}

// operatorAnchors returns where, in characters, the operator of a binary operation or the brackets of a
// subscript stand in its text; -1 for other expressions.
func operatorAnchors(segment string) (left, right int) {
	e, err := parser.ParseExpr(diag.NewSource("<segment>", segment))
	if err != nil {
		return -1, -1
	}
	switch e := e.(type) {
	case *ast.BinOp:
		for i := int(e.Left.Pos().End); i < int(e.Right.Pos().Start); i++ {
			if isBlank(segment[i]) {
				continue
			}
			left, right = i, i+1
			if i+1 < int(e.Right.Pos().Start) && !isBlank(segment[i+1]) {
				right++
			}
			return runeCount(segment[:left]), runeCount(segment[:right])
		}
	case *ast.Subscript:
		left, right = int(e.Value.Pos().End), min(int(e.Slice.Pos().End)+1, len(segment))
		return runeCount(segment[:left]), runeCount(segment[:right])
	}
	return -1, -1
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' }
