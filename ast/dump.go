// This file defines Dump: the tree as text, as Python's ast.dump prints it.

package ast

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"aio/diag"
)

// Dump returns the tree below n in the style of Python's ast.dump. indent is repeated for each level
// of nesting; with "" the tree is one line.
func Dump(n Node, indent string) string {
	d := dumper{indent: indent}
	d.format(n, 0)
	return d.text()
}

// DumpSpans is Dump with the line and column of each node, in bytes, as ast.dump's include_attributes.
func DumpSpans(src *diag.Source, n Node, indent string) string {
	d := dumper{indent: indent, src: src}
	d.format(n, 0)
	return d.text()
}

type dumper struct {
	indent string
	src    *diag.Source // nil without spans
	out    []byte
}

func (d *dumper) text() string { return string(d.out) }

// format appends v; simple reports that it is a plain value or an empty node.
func (d *dumper) format(v any, level int) (simple bool) {
	switch v := v.(type) {
	case optional:
		return d.format(v.value, level)
	case word:
		d.out = append(append(d.out, v...), "()"...)
		return true
	case Node:
		return d.node(v, level+1)
	case []any:
		return d.list(v, level+1)
	}
	d.out = append(d.out, Repr(v)...)
	return true
}

func (d *dumper) list(items []any, level int) (simple bool) {
	if len(items) == 0 {
		d.out = append(d.out, "[]"...)
		return true
	}
	d.out = append(d.out, '[')
	for i, v := range items {
		d.separate(i, level)
		d.format(v, level)
	}
	d.out = append(d.out, ']')
	return false
}

// separate begins item i of a list or node that is broken over lines when there is an indent.
func (d *dumper) separate(i, level int) {
	switch {
	case d.indent == "" && i > 0:
		d.out = append(d.out, ", "...)
	case d.indent != "":
		if i > 0 {
			d.out = append(d.out, ',')
		}
		d.out = append(append(d.out, '\n'), strings.Repeat(d.indent, level)...)
	}
}

// node appends n: on one line when it has at most three parts and all are simple.
func (d *dumper) node(n Node, level int) (simple bool) {
	name, parts := describe(n)
	args := make([]string, 0, len(parts)+4)
	allSimple := true
	for _, p := range parts {
		if o, ok := p.value.(optional); ok && (o.value == nil || o.value == "") {
			continue
		}
		outer := d.out
		d.out = nil
		allSimple = d.format(p.value, level) && allSimple
		args = append(args, p.name+"="+string(d.out))
		d.out = outer
	}
	if d.src != nil && hasSpan(n) {
		args = append(args, d.span(n.Pos())...)
	}
	d.out = append(append(d.out, name...), '(')
	if allSimple && len(args) <= 3 {
		d.out = append(d.out, strings.Join(args, ", ")...)
		simple = len(args) == 0
	} else {
		for i, a := range args {
			d.separate(i, level)
			d.out = append(d.out, a...)
		}
	}
	d.out = append(d.out, ')')
	return simple
}

// hasSpan reports whether Python's node of the kind of n has a place.
func hasSpan(n Node) bool {
	switch n.(type) {
	case *Module, *Arguments, *Comprehension, *WithItem, *MatchCase:
		return false
	}
	return true
}

func (d *dumper) span(s Span) []string {
	line, endLine := d.src.Line(s.Start), d.src.Line(s.End)
	return []string{
		fmt.Sprintf("lineno=%d", line),
		fmt.Sprintf("col_offset=%d", s.Start-d.src.LineStart(line)),
		fmt.Sprintf("end_lineno=%d", endLine),
		fmt.Sprintf("end_col_offset=%d", s.End-d.src.LineStart(endLine)),
	}
}

// Repr returns the value of a Constant as Python's repr prints it.
func Repr(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int64:
		return strconv.FormatInt(v, 10)
	case *big.Int:
		return v.String()
	case float64:
		return floatRepr(v)
	case complex128:
		return strings.TrimSuffix(floatRepr(imag(v)), ".0") + "j"
	case string:
		return stringRepr(v)
	case Bytes:
		return bytesRepr(v)
	case EllipsisType:
		return "Ellipsis"
	}
	return fmt.Sprint(v)
}

func floatRepr(f float64) string {
	if math.IsInf(f, 0) {
		return "inf"
	}
	mantissa, exp, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	if n, _ := strconv.Atoi(exp); n < -4 || n >= 16 {
		return mantissa + "e" + exp
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// quoteFor returns the quote that Python's repr puts around s.
func quoteFor(s string) byte {
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		return '"'
	}
	return '\''
}

func stringRepr(s string) string {
	q := quoteFor(s)
	out := []byte{q}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1 && i+2 < len(s) && s[i] == 0xED:
			// A lone surrogate, in its three-byte form.
			r, n = rune(s[i]&0xF)<<12|rune(s[i+1]&0x3F)<<6|rune(s[i+2]&0x3F), 3
			out = fmt.Appendf(out, `\u%04x`, r)
		case r < utf8.RuneSelf:
			out = appendASCII(out, byte(r), q)
		case unicode.IsPrint(r):
			out = utf8.AppendRune(out, r)
		case r <= 0xFF:
			out = fmt.Appendf(out, `\x%02x`, r)
		case r <= 0xFFFF:
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = fmt.Appendf(out, `\U%08x`, r)
		}
		i += n
	}
	return string(append(out, q))
}

func bytesRepr(b Bytes) string {
	q := quoteFor(string(b))
	out := []byte{'b', q}
	for _, c := range b {
		out = appendASCII(out, c, q)
	}
	return string(append(out, q))
}

// appendASCII appends c as it stands in a literal with the quote q.
func appendASCII(out []byte, c, q byte) []byte {
	switch {
	case c == '\\' || c == q:
		return append(out, '\\', c)
	case c == '\n':
		return append(out, '\\', 'n')
	case c == '\r':
		return append(out, '\\', 'r')
	case c == '\t':
		return append(out, '\\', 't')
	case c < ' ' || c >= 0x7F:
		return fmt.Appendf(out, `\x%02x`, c)
	}
	return append(out, c)
}
