// This file defines the parsing of string literals and f-strings.

package parser

import (
	"fmt"
	"strings"

	"aio/ast"
	"aio/lexer"
)

// strings parses adjacent string literals, which are one value. Like CPython, an f-string and its
// parts have the place of the whole run of literals; the expressions in it have their own.
func (p *parser) strings() ast.Expr {
	first := p.i
	start := p.start()
	if p.kind() == lexer.String && p.peek() != lexer.String && p.peek() != lexer.FStringStart {
		return p.oneString()
	}
	bytes, unicode := p.prefixed(p.i, 'b'), p.prefixed(p.i, 'u')
	acc := joined{}
	var data []byte
	for p.kind() == lexer.String || p.kind() == lexer.FStringStart {
		if p.prefixed(p.i, 'b') != bytes {
			return p.raise(ast.Span{Start: start, End: p.toks[p.runEnd(first)-1].End}, "cannot mix bytes and nonbytes literals")
		}
		if p.kind() == lexer.FStringStart {
			if !p.fstring(&acc) {
				return nil
			}
			continue
		}
		lit := lexer.SplitLiteral(p.tokenText(p.i))
		p.checkEscapes(lit, p.toks[p.i].Span())
		if lit.Bytes {
			b, err := lexer.BytesValue(lit.Body, lit.Raw)
			if err != nil {
				return p.raise(p.toks[p.i].Span(), err.Error())
			}
			data = append(data, b...)
		} else {
			s, err := lexer.TextValue(lit.Body, lit.Raw)
			if err != nil {
				return p.raise(p.toks[p.i].Span(), err.Error())
			}
			acc.text.WriteString(s)
		}
		p.i++
	}
	at := p.from(start)
	switch {
	case bytes:
		return &ast.Constant{At: at, Value: ast.Bytes(data)}
	case !acc.formatted:
		return &ast.Constant{At: at, Value: acc.text.String(), U: unicode}
	}
	acc.flush()
	place(acc.values, at)
	return &ast.JoinedStr{At: at, Values: acc.values}
}

// oneString parses a single literal that is no f-string: the common case.
func (p *parser) oneString() ast.Expr {
	t := p.toks[p.i]
	lit := lexer.SplitLiteral(p.text[t.Start:t.End])
	p.checkEscapes(lit, t.Span())
	c := &ast.Constant{At: ast.At{Span: t.Span()}, U: lit.Unicode}
	if lit.Bytes {
		b, err := lexer.BytesValue(lit.Body, lit.Raw)
		if err != nil {
			return p.raise(t.Span(), err.Error())
		}
		c.Value = ast.Bytes(b)
	} else {
		s, err := lexer.TextValue(lit.Body, lit.Raw)
		if err != nil {
			return p.raise(t.Span(), err.Error())
		}
		c.Value = s
	}
	p.i++
	return c
}

// checkEscapes warns of a backslash in front of a character with which it has no meaning.
func (p *parser) checkEscapes(lit lexer.Literal, span ast.Span) {
	if lit.Raw || strings.IndexByte(lit.Body, '\\') < 0 {
		return
	}
	if e := lexer.InvalidEscape(lit.Body, lit.Bytes); len(e) == 4 && e[1] >= '4' && e[1] <= '7' {
		p.src.Warn("DeprecationWarning", span, "invalid octal escape sequence '"+e+"'")
	} else if e != "" {
		p.src.Warn("DeprecationWarning", span, "invalid escape sequence '"+e+"'")
	}
}

// prefixed reports whether the string at token i has the letter c in its prefix.
func (p *parser) prefixed(i int, c byte) bool {
	for at := p.toks[i].Start; p.text[at] != '\'' && p.text[at] != '"'; at++ {
		if p.text[at]|0x20 == c {
			return true
		}
	}
	return false
}

// runEnd returns the token after the run of plain string literals at token i.
func (p *parser) runEnd(i int) int {
	for p.toks[i].Kind == lexer.String || p.toks[i].Kind == lexer.FStringStart {
		if p.toks[i].Kind == lexer.FStringStart {
			i = p.fstringEnd(i)
		}
		i++
	}
	return i
}

// fstringEnd returns the FStringEnd that belongs to the FStringStart at token i.
func (p *parser) fstringEnd(i int) int {
	for depth := 0; ; i++ {
		switch p.toks[i].Kind {
		case lexer.FStringStart:
			depth++
		case lexer.FStringEnd:
			if depth--; depth == 0 {
				return i
			}
		case lexer.EOF:
			return i - 1
		}
	}
}

// joined collects the parts of an f-string; text is the literal part that is still growing.
type joined struct {
	values    []ast.Expr
	text      strings.Builder
	formatted bool // an f-string is among the literals
	start     int  // the token that begins the f-string
}

// flush ends the literal part.
func (j *joined) flush() {
	if j.text.Len() > 0 {
		j.values = append(j.values, &ast.Constant{Value: j.text.String()})
		j.text.Reset()
	}
}

// place gives the parts of an f-string, and of format specs in it, the place of the whole.
func place(values []ast.Expr, at ast.At) {
	for _, v := range values {
		switch v := v.(type) {
		case *ast.Constant:
			v.At = at
		case *ast.FormattedValue:
			v.At = at
			if v.FormatSpec != nil {
				v.FormatSpec.At = at
				place(v.FormatSpec.Values, at)
			}
		}
	}
}

// fstring parses one f-string into acc.
func (p *parser) fstring(acc *joined) bool {
	acc.formatted = true
	raw := p.prefixed(p.i, 'r')
	acc.start = p.i
	p.i++
	for {
		switch p.kind() {
		case lexer.FStringEnd:
			p.i++
			return true
		case lexer.FStringMiddle:
			if !p.fstringText(acc, raw) {
				return false
			}
		case lexer.LBrace:
			if !p.field(acc, raw) {
				return false
			}
		default:
			p.fail()
			return false
		}
	}
}

func (p *parser) fstringText(acc *joined, raw bool) bool {
	body := p.tokenText(p.i)
	if p.peek() == lexer.LBrace { // a backslash may stand in front of it
		body += "{"
	}
	p.checkEscapes(lexer.Literal{Raw: raw, Body: body}, p.toks[p.i].Span())
	s, err := lexer.FTextValue(p.tokenText(p.i), raw)
	if err != nil {
		p.raise(p.toks[p.i].Span(), err.Error())
		return false
	}
	acc.text.WriteString(s)
	p.i++
	return true
}

// field parses {expression=!conversion:spec}.
func (p *parser) field(acc *joined, raw bool) bool {
	if !p.enter() {
		return false
	}
	defer p.leave()
	open := p.i
	p.i++
	switch k := p.kind(); k {
	case lexer.StarStar:
		p.raise(p.toks[p.i].Span(), "f-string: cannot use double starred expression here")
		return false
	case lexer.RBrace:
		if between := p.text[p.toks[open].End:p.toks[p.i].Start]; len(p.quotes(acc.start)) == 1 && strings.ContainsAny(between, "\r\n") {
			at := p.toks[acc.start].Span()
			p.raise(at, fmt.Sprintf("unterminated string literal (detected at line %d)", p.src.Line(at.Start)))
			return false
		}
		p.raise(p.toks[open].Span().To(p.toks[p.i].Span()), "f-string: empty expression not allowed")
		return false
	case lexer.Bang, lexer.Colon, lexer.Assign:
		p.raise(p.toks[p.i].Span(), "f-string: expression required before '"+k.String()+"'")
		return false
	}
	value := p.fieldExpression()
	if value == nil {
		if p.err != nil && p.quoteWithin(acc.start, open) {
			p.err.Msg = "f-string: expecting '}'"
		}
		return false
	}
	if s, ok := value.(*ast.Starred); ok {
		p.raise(s.Span, "f-string: cannot use starred expression here")
		return false
	}
	fv := &ast.FormattedValue{Value: value}
	debug := p.kind() == lexer.Assign
	if debug {
		p.i++
		acc.text.WriteString(p.debugText(open))
	}
	acc.flush()
	if p.kind() == lexer.Bang && !p.conversion(fv) {
		return false
	}
	if p.kind() == lexer.Colon {
		if !p.formatSpec(fv, acc.start, raw) {
			return false
		}
	} else if debug && fv.Conversion == 0 {
		fv.Conversion = 'r'
	}
	if p.kind() != lexer.RBrace {
		if debug || fv.Conversion != 0 {
			p.raise(p.toks[p.i].Span(), "f-string: expecting '}'")
		}
		p.fail()
		return false
	}
	p.i++
	acc.values = append(acc.values, fv)
	return true
}

// fieldExpression parses the expression of a field; sentences about it say that it is in an f-string.
func (p *parser) fieldExpression() ast.Expr {
	quiet := p.err == nil
	value := p.rightSide()
	if value == nil && p.err != nil && quiet && (p.failure == nil || p.err != p.failure.Err) {
		p.err.Msg = "f-string: " + strings.TrimPrefix(p.err.Msg, "f-string: ")
	}
	return value
}

// quotes returns the quotes with which the f-string at token i begins.
func (p *parser) quotes(i int) string {
	return strings.TrimLeft(p.tokenText(i), "fFrR")
}

// quoteWithin reports whether the field at token open holds a string with the quotes of the f-string itself:
// where that is wrong for another reason, they were meant to end it.
func (p *parser) quoteWithin(start, open int) bool {
	quote := p.quotes(start)
	for i := open; i < len(p.toks) && p.toks[i].Kind != lexer.FStringEnd; i++ {
		switch p.toks[i].Kind {
		case lexer.String, lexer.FStringStart:
			if strings.HasPrefix(strings.TrimLeft(p.tokenText(i), "fFrRbBuU"), quote) {
				return true
			}
		}
	}
	return false
}

// debugText returns the text of a field with = from its brace at token open, up to what follows the =.
func (p *parser) debugText(open int) string {
	text := p.text[p.toks[open].End:p.start()]
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// conversion parses !s, !r or !a.
func (p *parser) conversion(fv *ast.FormattedValue) bool {
	p.i++
	const wrong = "f-string: invalid conversion character: expected 's', 'r', or 'a'"
	if p.kind() != lexer.Name {
		p.raise(p.toks[p.i].Span(), wrong)
		return false
	}
	c := p.tokenText(p.i)
	switch {
	case p.toks[p.i].Start != p.toks[p.i-1].End || strings.IndexByte("sra", c[0]) < 0:
		p.raise(p.toks[p.i].Span(), wrong)
		return false
	case len(c) > 1:
		p.raise(p.toks[p.i].Span(), "f-string: expecting '}'")
		return false
	}
	fv.Conversion = c[0]
	p.i++
	return true
}

// formatSpec parses :spec, which is an f-string of its own.
func (p *parser) formatSpec(fv *ast.FormattedValue, start int, raw bool) bool {
	p.i++
	spec := joined{start: start}
	for p.kind() == lexer.FStringMiddle || p.kind() == lexer.LBrace {
		if p.kind() == lexer.LBrace {
			if !p.field(&spec, raw) {
				return false
			}
		} else if !p.fstringText(&spec, raw) {
			return false
		}
	}
	spec.flush()
	fv.FormatSpec = &ast.JoinedStr{Values: spec.values}
	return true
}
