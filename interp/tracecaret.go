package interp

// This file defines the line of carets under a source line in a traceback.

import (
	"strings"
	"unicode/utf8"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

// carets returns the carets under the stripped source line, "" when the place is not known or they would
// underline all of it. line is the whole text of the line.
func (e *TraceEntry) carets(line string) string {
	if e.EndLine == 0 || e.EndLine == e.Line && e.EndCol <= e.Col {
		return ""
	}
	stripped := strings.TrimLeft(line, " \t\f")
	width := utf8.RuneCountInString(stripped)
	indent := utf8.RuneCountInString(line) - width
	start, end := e.Col, e.EndCol
	if start > indent+width {
		return "" // the text is not that of the time when it ran
	}
	left, right := -1, -1
	if e.EndLine == e.Line {
		left, right = operatorAnchors(NewStr(line).Slice(start, min(end, indent+width)))
	} else {
		end = utf8.RuneCountInString(strings.TrimRight(line, " \t\f"))
	}
	if left < 0 && end-start == width {
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
