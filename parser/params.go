// This file defines the parsing of parameters, of def and of lambda, and of type parameters.

package parser

import (
	"aio/ast"
	"aio/lexer"
)

// parameterStyle is what differs between the parameters of def and of lambda.
type parameterStyle struct {
	closing    lexer.Kind // what ends them; it is not consumed
	annotated  bool
	parenthese string // CPython's sentence about parentheses around them
}

var (
	defParameters    = parameterStyle{lexer.RPar, true, "Function parameters cannot be parenthesized"}
	lambdaParameters = parameterStyle{lexer.Colon, false, "Lambda expression parameters cannot be parenthesized"}
)

// parameterList is the state of parsing parameters.
type parameterList struct {
	args     *ast.Arguments
	style    parameterStyle
	slash    bool // / has been seen
	star     bool // * or *args has been seen
	bareStar int  // the token of a * that no name has followed; 0 for none
}

// parameters parses parameters up to the token that closes them; nil when they are wrong.
func (p *parser) parameters(style parameterStyle) *ast.Arguments {
	l := &parameterList{args: &ast.Arguments{}, style: style}
	start := p.start()
	first := p.i
	for p.kind() != style.closing {
		if !p.parameter(l) {
			return nil
		}
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if p.kind() != style.closing {
		p.fail()
		return nil
	}
	if l.bareStar > 0 {
		at := l.bareStar
		if !style.annotated {
			at = p.i // CPython looks one token further in a lambda
		}
		p.raise(p.toks[at].Span(), "named arguments must follow bare *")
		return nil
	}
	if p.i > first {
		l.args.At = p.from(start)
	}
	return l.args
}

// parameter parses one parameter, or the marker / or *.
func (p *parser) parameter(l *parameterList) bool {
	if l.args.Kwarg != nil {
		if k := p.kind(); k == lexer.Name || k == lexer.Star || k == lexer.StarStar || k == lexer.Slash {
			p.raise(p.toks[p.i].Span(), "arguments cannot follow var-keyword argument")
		}
		p.fail()
		return false
	}
	switch p.kind() {
	case lexer.Name:
		return p.plainParameter(l)
	case lexer.Slash:
		return p.slash(l)
	case lexer.Star:
		return p.starParameter(l)
	case lexer.StarStar:
		return p.starStarParameter(l)
	case lexer.LPar:
		if p.parenthesizedParameters() {
			p.raise(p.parenthesesHere(), l.style.parenthese)
		}
	}
	p.fail()
	return false
}

// arg parses a name with its annotation; a starred annotation only where *args may have one.
func (p *parser) arg(l *parameterList, star bool) *ast.Arg {
	if p.kind() != lexer.Name {
		p.fail()
		return nil
	}
	start := p.start()
	a := &ast.Arg{Name: lexer.Identifier(p.tokenText(p.i))}
	p.i++
	if l.style.annotated && p.kind() == lexer.Colon {
		p.i++
		if star {
			a.Annotation = p.starExpression()
		} else {
			a.Annotation = p.expression()
		}
		if a.Annotation == nil {
			return nil
		}
	}
	a.At = p.from(start)
	return a
}

// defaultValue parses = value.
func (p *parser) defaultValue(l *parameterList) ast.Expr {
	eq := p.i
	p.i++
	if k := p.kind(); k == lexer.Comma || k == l.style.closing {
		if l.style.annotated {
			p.raise(p.toks[eq].Span(), "expected default value expression")
		}
		return p.fail()
	}
	return p.expression()
}

func (p *parser) plainParameter(l *parameterList) bool {
	a := p.arg(l, false)
	if a == nil {
		return false
	}
	var value ast.Expr
	if p.kind() == lexer.Assign {
		if value = p.defaultValue(l); value == nil {
			return false
		}
	}
	if l.star {
		l.args.KwOnly = append(l.args.KwOnly, a)
		l.args.KwDefaults = append(l.args.KwDefaults, value)
		l.bareStar = 0
		return true
	}
	if value == nil && len(l.args.Defaults) > 0 && (p.kind() == lexer.Comma || p.kind() == l.style.closing) {
		p.raise(a.Span, "non-default argument follows default argument")
		return false
	}
	l.args.Args = append(l.args.Args, a)
	if value != nil {
		l.args.Defaults = append(l.args.Defaults, value)
	}
	return true
}

func (p *parser) slash(l *parameterList) bool {
	span := p.toks[p.i].Span()
	switch {
	case l.slash:
		p.raise(span, "/ may appear only once")
	case l.star:
		p.raise(span, "/ must be ahead of *")
	case len(l.args.Args) == 0:
		if p.peek() == lexer.Comma {
			p.raise(span, "at least one argument must precede /")
		}
		p.fail()
	default:
		p.i++
		if p.kind() == lexer.Star {
			p.raise(p.toks[p.i].Span(), "expected comma between / and *")
			return false
		}
		l.slash = true
		l.args.PosOnly, l.args.Args = l.args.Args, nil
		return true
	}
	return false
}

func (p *parser) starParameter(l *parameterList) bool {
	if l.star {
		p.raise(p.toks[p.i].Span(), "* argument may appear only once")
		return false
	}
	l.star = true
	starTok := p.i
	p.i++
	if p.kind() != lexer.Name {
		l.bareStar = starTok
		if p.kind() == lexer.Comma && p.peek() == lexer.StarStar {
			p.raise(p.toks[starTok].Span(), "named arguments must follow bare *")
			return false
		}
		return true
	}
	if l.args.Vararg = p.arg(l, true); l.args.Vararg == nil {
		return false
	}
	if p.kind() == lexer.Assign {
		p.raise(p.toks[p.i].Span(), "var-positional argument cannot have default value")
		return false
	}
	return true
}

func (p *parser) starStarParameter(l *parameterList) bool {
	if l.bareStar > 0 {
		p.raise(p.toks[l.bareStar].Span(), "named arguments must follow bare *")
		return false
	}
	p.i++
	if l.args.Kwarg = p.arg(l, false); l.args.Kwarg == nil {
		return false
	}
	if p.kind() == lexer.Assign {
		p.raise(p.toks[p.i].Span(), "var-keyword argument cannot have default value")
		return false
	}
	return true
}

// parenthesizedParameters reports whether (name, ...) stands here.
func (p *parser) parenthesizedParameters() bool {
	i := p.i + 1
	for p.toks[i].Kind == lexer.Name {
		i++
		if p.toks[i].Kind == lexer.Comma {
			i++
		}
	}
	return i > p.i+1 && p.toks[i].Kind == lexer.RPar
}

// parenthesesHere returns the place of the bracket that opens here, with all in it.
func (p *parser) parenthesesHere() ast.Span {
	i := p.i
	for level := p.toks[i].Level - 1; p.toks[i].Level > level && p.toks[i].Kind != lexer.EOF; {
		i++
	}
	return p.toks[p.i].Span().To(p.toks[i].Span())
}

// typeParameters parses [T: bound, *Ts, **P].
func (p *parser) typeParameters() []*ast.TypeParam {
	p.i++
	var params []*ast.TypeParam
	for p.kind() != lexer.RSqb || params == nil {
		t := p.typeParameter()
		if t == nil {
			return nil
		}
		params = append(params, t)
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if !p.expect(lexer.RSqb) {
		return nil
	}
	return params
}

func (p *parser) typeParameter() *ast.TypeParam {
	start := p.start()
	t := &ast.TypeParam{}
	switch p.kind() {
	case lexer.Star:
		t.Kind = '*'
		p.i++
	case lexer.StarStar:
		t.Kind = 'P'
		p.i++
	}
	if p.kind() != lexer.Name {
		p.fail()
		return nil
	}
	t.Name = lexer.Identifier(p.tokenText(p.i))
	p.i++
	if t.Kind == 0 && p.kind() == lexer.Colon {
		p.i++
		if t.Bound = p.expression(); t.Bound == nil {
			return nil
		}
	}
	t.At = p.from(start)
	return t
}
