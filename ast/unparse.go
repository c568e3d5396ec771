package ast

// This file prints expressions as source text, in the form annotations have as strings (PEP 563).

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unparse returns an expression as source text: one line, with only the parentheses it needs.
func Unparse(e Expr) string {
	var p printer
	p.expr(e, precTest)
	return p.String()
}

// The levels of binding, weakest first.
const (
	precTuple = iota
	precTest
	precOr
	precAnd
	precNot
	precCompare
	precBitOr
	precBitXor
	precBitAnd
	precShift
	precArith
	precTerm
	precFactor
	precPower
	precAwait
	precAtom
)

type printer struct{ strings.Builder }

type operatorText struct {
	text string
	prec int
}

var binaryText = [...]operatorText{
	Add: {" + ", precArith}, Sub: {" - ", precArith}, Mult: {" * ", precTerm}, MatMult: {" @ ", precTerm},
	Div: {" / ", precTerm}, Mod: {" % ", precTerm}, Pow: {" ** ", precPower}, LShift: {" << ", precShift},
	RShift: {" >> ", precShift}, BitOr: {" | ", precBitOr}, BitXor: {" ^ ", precBitXor},
	BitAnd: {" & ", precBitAnd}, FloorDiv: {" // ", precTerm},
}

var unaryText = [...]operatorText{
	Invert: {"~", precFactor}, Not: {"not ", precNot}, UAdd: {"+", precFactor}, USub: {"-", precFactor},
}

var compareText = [...]string{
	Eq: " == ", NotEq: " != ", Lt: " < ", LtE: " <= ", Gt: " > ", GtE: " >= ", Is: " is ",
	IsNot: " is not ", In: " in ", NotIn: " not in ",
}

// paren runs f in parentheses when on.
func (p *printer) paren(on bool, f func()) {
	if on {
		p.WriteByte('(')
	}
	f()
	if on {
		p.WriteByte(')')
	}
}

// expr prints e where what binds weaker than prec needs parentheses.
func (p *printer) expr(e Expr, prec int) {
	switch e := e.(type) {
	case *BoolOp:
		word, own := " and ", precAnd
		if e.Or {
			word, own = " or ", precOr
		}
		p.paren(prec > own, func() { p.list(e.Values, word, own+1) })
	case *NamedExpr:
		p.paren(true, func() {
			p.WriteString(e.Target.Id + " := ")
			p.expr(e.Value, precAtom)
		})
	case *BinOp:
		p.binary(e, prec)
	case *UnaryOp:
		op := unaryText[e.Op]
		p.paren(prec > op.prec, func() {
			p.WriteString(op.text)
			p.expr(e.Operand, op.prec)
		})
	case *Lambda:
		p.paren(prec > precTest, func() {
			p.WriteString("lambda")
			p.arguments(e.Args)
			p.WriteString(": ")
			p.expr(e.Body, precTest)
		})
	case *IfExp:
		p.paren(prec > precTest, func() {
			p.expr(e.Body, precTest+1)
			p.WriteString(" if ")
			p.expr(e.Test, precTest+1)
			p.WriteString(" else ")
			p.expr(e.OrElse, precTest)
		})
	case *Dict:
		p.dict(e)
	case *Set:
		p.WriteByte('{')
		p.list(e.Elts, ", ", precTest)
		p.WriteByte('}')
	case *ListComp:
		p.comprehension("[", e.Elt, nil, e.Generators, "]")
	case *SetComp:
		p.comprehension("{", e.Elt, nil, e.Generators, "}")
	case *DictComp:
		p.comprehension("{", e.Key, e.Value, e.Generators, "}")
	case *GeneratorExp:
		p.comprehension("(", e.Elt, nil, e.Generators, ")")
	case *Await:
		p.paren(prec > precAwait, func() {
			p.WriteString("await ")
			p.expr(e.Value, precAtom)
		})
	case *Yield:
		p.paren(true, func() {
			p.WriteString("yield")
			if e.Value != nil {
				p.WriteByte(' ')
				p.expr(e.Value, precTuple)
			}
		})
	case *YieldFrom:
		p.paren(true, func() {
			p.WriteString("yield from ")
			p.expr(e.Value, precTest)
		})
	case *Compare:
		p.paren(prec > precCompare, func() {
			p.expr(e.Left, precCompare+1)
			for i, op := range e.Ops {
				p.WriteString(compareText[op])
				p.expr(e.Comparators[i], precCompare+1)
			}
		})
	case *Call:
		p.call(e)
	case *JoinedStr:
		var inner printer
		inner.fstring(e)
		p.WriteString("f" + quote(inner.String()))
	case *FormattedValue:
		var inner printer
		inner.field(e)
		p.WriteString("f" + quote(inner.String()))
	case *Constant:
		p.constant(e)
	case *Attribute:
		p.attribute(e)
	case *Subscript:
		p.subscript(e)
	case *Starred:
		p.WriteByte('*')
		p.expr(e.Value, precBitOr)
	case *Name:
		p.WriteString(e.Id)
	case *List:
		p.WriteByte('[')
		p.list(e.Elts, ", ", precTest)
		p.WriteByte(']')
	case *Tuple:
		p.tuple(e, prec)
	case *Slice:
		p.slice(e)
	}
}

func (p *printer) list(list []Expr, separator string, prec int) {
	for i, e := range list {
		if i > 0 {
			p.WriteString(separator)
		}
		p.expr(e, prec)
	}
}

func (p *printer) tuple(e *Tuple, prec int) {
	if len(e.Elts) == 0 {
		p.WriteString("()")
		return
	}
	p.paren(prec > precTuple, func() {
		p.list(e.Elts, ", ", precTest)
		if len(e.Elts) == 1 {
			p.WriteByte(',')
		}
	})
}

func (p *printer) binary(e *BinOp, prec int) {
	op := binaryText[e.Op]
	left, right := op.prec, op.prec+1
	if e.Op == Pow {
		left, right = op.prec+1, op.prec
	}
	p.paren(prec > op.prec, func() {
		p.expr(e.Left, left)
		p.WriteString(op.text)
		p.expr(e.Right, right)
	})
}

func (p *printer) dict(e *Dict) {
	p.WriteByte('{')
	for i, k := range e.Keys {
		if i > 0 {
			p.WriteString(", ")
		}
		if k == nil {
			p.WriteString("**")
			p.expr(e.Values[i], precBitOr)
			continue
		}
		p.expr(k, precTest)
		p.WriteString(": ")
		p.expr(e.Values[i], precTest)
	}
	p.WriteByte('}')
}

func (p *printer) comprehension(open string, elt, value Expr, gens []*Comprehension, end string) {
	p.WriteString(open)
	p.expr(elt, precTest)
	if value != nil {
		p.WriteString(": ")
		p.expr(value, precTest)
	}
	for _, g := range gens {
		if g.IsAsync {
			p.WriteString(" async")
		}
		p.WriteString(" for ")
		p.expr(g.Target, precTuple)
		p.WriteString(" in ")
		p.expr(g.Iter, precTest+1)
		for _, cond := range g.Ifs {
			p.WriteString(" if ")
			p.expr(cond, precTest+1)
		}
	}
	p.WriteString(end)
}

func (p *printer) call(e *Call) {
	p.expr(e.Func, precAtom)
	if len(e.Args) == 1 && len(e.Keywords) == 0 {
		if g, ok := e.Args[0].(*GeneratorExp); ok {
			p.expr(g, precTest)
			return
		}
	}
	p.WriteByte('(')
	p.list(e.Args, ", ", precTest)
	for i, k := range e.Keywords {
		if i > 0 || len(e.Args) > 0 {
			p.WriteString(", ")
		}
		if k.Name == "" {
			p.WriteString("**")
		} else {
			p.WriteString(k.Name + "=")
		}
		p.expr(k.Value, precTest)
	}
	p.WriteByte(')')
}

func (p *printer) attribute(e *Attribute) {
	p.expr(e.Value, precAtom)
	if k, ok := e.Value.(*Constant); ok {
		if _, ok := k.Value.(int64); ok {
			p.WriteByte(' ') // 1 .real
		}
	}
	p.WriteString("." + e.Attr)
}

func (p *printer) subscript(e *Subscript) {
	p.expr(e.Value, precAtom)
	p.WriteByte('[')
	p.expr(e.Slice, precTuple)
	p.WriteByte(']')
}

func (p *printer) slice(e *Slice) {
	if e.Lower != nil {
		p.expr(e.Lower, precTest)
	}
	p.WriteByte(':')
	if e.Upper != nil {
		p.expr(e.Upper, precTest)
	}
	if e.Step != nil {
		p.WriteByte(':')
		p.expr(e.Step, precTest)
	}
}

// arguments prints the parameters of a lambda, after a space when there are any.
func (p *printer) arguments(a *Arguments) {
	separator := " "
	next := func(text string) {
		p.WriteString(separator + text)
		separator = ", "
	}
	positional := append(append([]*Arg(nil), a.PosOnly...), a.Args...)
	for i, arg := range positional {
		next(arg.Name)
		if d := i - (len(positional) - len(a.Defaults)); d >= 0 {
			p.WriteByte('=')
			p.expr(a.Defaults[d], precTest)
		}
		if i == len(a.PosOnly)-1 {
			next("/")
		}
	}
	if a.Vararg != nil {
		next("*" + a.Vararg.Name)
	} else if len(a.KwOnly) > 0 {
		next("*")
	}
	for i, arg := range a.KwOnly {
		next(arg.Name)
		if d := a.KwDefaults[i]; d != nil {
			p.WriteByte('=')
			p.expr(d, precTest)
		}
	}
	if a.Kwarg != nil {
		next("**" + a.Kwarg.Name)
	}
}

// fstring prints the inside of an f-string.
func (p *printer) fstring(e *JoinedStr) {
	for _, v := range e.Values {
		switch v := v.(type) {
		case *Constant:
			text, _ := v.Value.(string)
			p.WriteString(strings.NewReplacer("{", "{{", "}", "}}").Replace(text))
		case *FormattedValue:
			p.field(v)
		}
	}
}

func (p *printer) field(e *FormattedValue) {
	var inner printer
	inner.expr(e.Value, precTest+1)
	text := inner.String()
	p.WriteByte('{')
	if strings.HasPrefix(text, "{") {
		p.WriteByte(' ')
	}
	p.WriteString(text)
	if e.Conversion != 0 {
		p.WriteString("!" + string(rune(e.Conversion)))
	}
	if e.FormatSpec != nil {
		p.WriteByte(':')
		p.fstring(e.FormatSpec)
	}
	p.WriteByte('}')
}

func (p *printer) constant(e *Constant) {
	switch v := e.Value.(type) {
	case nil:
		p.WriteString("None")
	case bool:
		if v {
			p.WriteString("True")
		} else {
			p.WriteString("False")
		}
	case int64:
		p.WriteString(strconv.FormatInt(v, 10))
	case *big.Int:
		p.WriteString(v.String())
	case float64:
		p.WriteString(floatText(v))
	case complex128:
		p.WriteString(strings.TrimSuffix(floatText(imag(v)), ".0") + "j")
	case string:
		if e.U {
			p.WriteByte('u')
		}
		p.WriteString(quote(v))
	case Bytes:
		p.WriteString("b" + quoteBytes(v))
	default:
		p.WriteString("...")
	}
}

// floatText prints a float as repr does; infinity as a literal that overflows to it.
func floatText(f float64) string {
	if math.IsInf(f, 0) {
		return "1e309"
	}
	format := byte('f')
	if f != 0 && (math.Abs(f) < 1e-4 || math.Abs(f) >= 1e16) {
		format = 'e'
	}
	s := strconv.FormatFloat(f, format, -1, 64)
	if format == 'f' && !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// quote prints a string as repr does.
func quote(s string) string {
	mark := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		mark = '"'
	}
	var b strings.Builder
	b.WriteByte(mark)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 && i+3 <= len(s) && s[i] == 0xed { // a lone surrogate
			r, n = rune(s[i]&15)<<12|rune(s[i+1]&63)<<6|rune(s[i+2]&63), 3
			fmt.Fprintf(&b, `\u%04x`, r)
			i += n
			continue
		}
		i += n
		switch {
		case r == rune(mark) || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte(mark)
	return b.String()
}

// quoteBytes prints the quoted part of a bytes literal as repr does.
func quoteBytes(s Bytes) string {
	mark := byte('\'')
	if strings.Contains(string(s), "'") && !strings.Contains(string(s), `"`) {
		mark = '"'
	}
	var b strings.Builder
	b.WriteByte(mark)
	for _, x := range s {
		switch {
		case x == mark || x == '\\':
			b.WriteByte('\\')
			b.WriteByte(x)
		case x == '\n':
			b.WriteString(`\n`)
		case x == '\r':
			b.WriteString(`\r`)
		case x == '\t':
			b.WriteString(`\t`)
		case x < ' ' || x > '~':
			fmt.Fprintf(&b, `\x%02x`, x)
		default:
			b.WriteByte(x)
		}
	}
	b.WriteByte(mark)
	return b.String()
}
