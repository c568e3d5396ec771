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
	text := NewStr(line)
	column := func(i int) int { return displayWidth(text.Slice(indent, max(i, indent))) }
	var sb strings.Builder
	sb.WriteString(strings.Repeat(" ", column(start)))
	if left < 0 {
		sb.WriteString(strings.Repeat("^", column(end)-column(start)))
		return sb.String()
	}
	sb.WriteString(strings.Repeat("~", column(start+left)-column(start)))
	sb.WriteString(strings.Repeat("^", column(start+right)-column(start+left)))
	sb.WriteString(strings.Repeat("~", column(end)-column(start+right)))
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
		left, right = binaryAnchors(segment, int(e.Left.Pos().End), int(e.Right.Pos().Start))
	case *ast.Subscript:
		left, right = int(e.Value.Pos().End), int(e.Slice.Pos().End)
		for left < len(segment) && segment[left] != '[' {
			left++
		}
		for right < len(segment) && segment[right] != ']' {
			right++
		}
		right = min(right+1, len(segment))
	default:
		return -1, -1
	}
	return runeCount(segment[:left]), runeCount(segment[:right])
}

// binaryAnchors returns where the operator between start and end stands. That a bracket behind it belongs
// to it is what CPython 3.11 shows.
func binaryAnchors(segment string, start, end int) (left, right int) {
	for i := start; i < end; i++ {
		if isBlank(segment[i]) {
			continue
		}
		left, right = i, i+1
		if i+1 < end && !isBlank(segment[i+1]) {
			right++
		}
		if segment[i] != ')' {
			break
		}
	}
	return left, right
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' }
