// This file defines the second look at a text that did not parse: which sentence CPython would say.
//
// CPython reads a wrong text twice. The second time its grammar has rules for common mistakes, tried
// before the right forms. Here the second reading is of the innermost statement that failed: the
// header of the clause that failed is read again with parser.second set (header.go), and the
// expression parser asks the functions below.

package parser

import (
	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// maybeEquality is CPython's sentence about = in an expression.
const maybeEquality = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"

// diagnose looks for the sentence about the statement that failed.
func (p *parser) diagnose() {
	far := p.far
	p.again(p.failingClause())
	p.header()
	if p.err == nil {
		p.far = max(far, p.farther)
	}
}

// verdict returns the error to report after a parse that was, or was not, ok.
func (p *parser) verdict(ok bool) *diag.Error {
	if ok && p.err == nil {
		return nil
	}
	err := p.err
	if k := p.toks[p.far].Kind; p.failure != nil && p.failure.Hard && (err != nil || k != lexer.Indent && k != lexer.Dedent) {
		err = p.failure.Err
	} else if err == nil {
		err = p.generic()
	}
	last := p.toks[p.far]
	if f := p.failure; f != nil && f.Unclosed && err != f.Err {
		// What looks wrong on a later line is wrong because of the bracket.
		if p.src.Line(last.Start) > p.src.Line(f.Err.Span.Start) {
			unclosed := *f.Err
			unclosed.Incomplete = false // more text cannot mend what stands between
			err = &unclosed
		}
	}
	if last.Kind == lexer.EOF || last.Kind == lexer.Dedent && int(last.Start) == len(p.text) {
		err.Incomplete = true
	}
	if err.Hint == "" {
		err.Hint = p.hint(err)
	}
	return err
}

// generic is the sentence about a token that cannot stand where it stands.
func (p *parser) generic() *diag.Error {
	switch p.toks[p.far].Kind {
	case lexer.Bad:
		p.err = p.failure.Err
	case lexer.Indent:
		p.raiseIndent(p.far, "unexpected indent")
	case lexer.Dedent:
		p.raiseIndent(p.far, "unexpected unindent")
	default:
		msg := "invalid syntax"
		if p.inFString(p.far) {
			msg = "f-string: " + msg
		}
		p.raise(p.place(p.far), msg)
	}
	return p.err
}

// raiseIndent records an IndentationError at token i.
func (p *parser) raiseIndent(i int, msg string) {
	if p.err == nil && p.toks[i].Kind == lexer.Bad {
		p.err = p.failure.Err
	} else if p.err == nil {
		p.far = max(p.far, i)
		p.raise(p.place(i), msg)
		p.err.Kind = "IndentationError"
	}
}

// place returns where an error at token i is shown: at the end of the text that is the end of the
// last line, and for an indent the blanks.
func (p *parser) place(i int) ast.Span {
	t := p.toks[i]
	switch {
	case t.Kind == lexer.Indent && t.Start > 0:
		return ast.Span{Start: t.Start - 1, End: t.Start - 1}
	case t.Kind == lexer.EOF || t.Kind == lexer.Dedent && int(t.Start) == len(p.text):
		for i > 0 && p.toks[i].Kind != lexer.Newline {
			i--
		}
		return ast.Span{Start: p.toks[i].End, End: p.toks[i].End}
	}
	return t.Span()
}

// inFString reports whether token i stands in a field of an f-string.
func (p *parser) inFString(i int) bool {
	depth := 0
	for i--; i >= 0 && p.toks[i].Kind != lexer.Newline; i-- {
		switch p.toks[i].Kind {
		case lexer.FStringEnd:
			depth++
		case lexer.FStringStart:
			if depth--; depth < 0 {
				return true
			}
		}
	}
	return false
}

// try runs a parsing method on the side, without looking for mistakes: nothing is consumed and no
// sentence is kept. It also returns the token at which the method ended.
func (p *parser) try(f func(*parser) ast.Expr) (e ast.Expr, end int) {
	saved := *p
	p.second, p.far = false, 0
	e = f(p)
	end = p.i
	broken := p.toks[p.far].Kind == lexer.Bad
	*p = saved
	if broken && p.err == nil {
		p.err = p.failure.Err
	}
	return e, end
}

// look is a search for a mistake at a token.
type look struct {
	mistake byte
	tok     int
}

// The searches that read text which is read again afterwards.
const (
	lookMissingElse byte = iota
	lookLegacy
	lookForTarget
	lookComma
)

// first reports whether the mistake is looked for at token i for the first time. In nested brackets
// the second search would double the work at every level.
func (p *parser) first(mistake byte, i int) bool {
	l := look{mistake, i}
	if p.looked[l] {
		return false
	}
	p.looked[l] = true
	return true
}

// mistakenExpression looks for a mistake behind body, the start of an expression: a missing comma, a
// missing else, print without parentheses.
func (p *parser) mistakenExpression(startTok int, body ast.Expr) bool {
	if p.startsExpression() && !p.softStart(startTok) && !isLegacy(body) && p.first(lookComma, p.i) {
		next, end := p.try((*parser).expression)
		if p.err != nil {
			return true
		}
		if next != nil && p.toks[end-1].Level > 0 {
			p.far = max(p.far, end)
			p.raise(p.toks[startTok].Span().To(next.Pos()), "invalid syntax. Perhaps you forgot a comma?")
			return true
		}
	}
	if p.kind() == lexer.If && p.first(lookMissingElse, p.i) && p.missingElse(startTok) {
		return true
	}
	return p.legacyStatement(startTok)
}

// softStart reports whether the expression at token i begins with a soft keyword, or with a name
// before a string: a prefix that is none.
func (p *parser) softStart(i int) bool {
	if p.toks[i].Kind != lexer.Name {
		return false
	}
	if k := p.kindAt(i + 1); k == lexer.String || k == lexer.FStringStart {
		return true
	}
	return p.isWord(i, "match") || p.isWord(i, "case") || p.isWord(i, "_")
}

// isLegacy reports whether e is the name of a statement of Python 2.
func isLegacy(e ast.Expr) bool {
	n, ok := e.(*ast.Name)
	return ok && (n.Id == "print" || n.Id == "exec")
}

// missingElse reports "a if b" without else.
func (p *parser) missingElse(startTok int) bool {
	mark := p.i
	p.i++
	test := p.disjunction()
	if test != nil && p.kind() != lexer.Else && p.kind() != lexer.Colon {
		p.raise(p.toks[startTok].Span().To(p.toks[p.i-1].Span()), "expected 'else' after 'if' expression")
	}
	p.i = mark
	return p.err != nil
}

// legacyStatement reports print x and exec x, from print to the end of x. Behind any other name, too,
// what stands there is read for mistakes, when no operator can join it to the name.
func (p *parser) legacyStatement(startTok int) bool {
	if p.toks[startTok].Kind != lexer.Name {
		return false
	}
	word := p.tokenText(startTok)
	legacy := word == "print" || word == "exec"
	switch k := p.kindAt(startTok + 1); {
	case k == lexer.LPar, !expressionStarts[k] && k != lexer.Star:
		return false
	case !legacy && (k == lexer.LSqb || k == lexer.Plus || k == lexer.Minus || k == lexer.Star || k == lexer.Not):
		return false
	}
	if !p.first(lookLegacy, startTok) {
		return false
	}
	mark := p.i
	p.i = startTok + 1
	if p.starExpressions() != nil && legacy {
		p.raise(p.toks[startTok].Span().To(p.toks[p.i-1].Span()),
			"Missing parentheses in call to '"+word+"'. Did you mean "+word+"(...)?")
	}
	p.i = mark
	return p.err != nil
}

// mistakenNamed looks at what follows e where name := value may stand: := behind what is no name,
// and = for == or :=.
func (p *parser) mistakenNamed(startTok int, e ast.Expr) bool {
	mark := p.i
	switch p.kind() {
	case lexer.Walrus:
		p.i++
		if p.expression() != nil {
			p.raise(e.Pos(), "cannot use assignment expressions with "+exprName(e))
		}
	case lexer.Assign:
		if !isOperand(e) {
			return false
		}
		p.i++
		right := p.arithmetic(precOr)
		if k := p.kind(); right == nil || k == lexer.Assign || k == lexer.Walrus {
			break
		}
		if _, isName := e.(*ast.Name); isName && mark == startTok+1 {
			p.raise(p.toks[startTok].Span().To(p.toks[p.i-1].Span()), maybeEquality)
		} else if !isLiteralTarget(e) {
			p.raise(e.Pos(), "cannot assign to "+exprName(e)+" here. Maybe you meant '==' instead of '='?")
		}
	}
	p.i = mark
	return p.err != nil
}

// isOperand reports whether e binds tighter than comparisons.
func isOperand(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BoolOp, *ast.Compare, *ast.IfExp, *ast.Lambda:
		return false
	case *ast.UnaryOp:
		return e.Op != ast.Not
	}
	return true
}

// isLiteralTarget holds what CPython says a plainer sentence about when it is assigned to.
func isLiteralTarget(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.List, *ast.Tuple, *ast.GeneratorExp:
		return true
	case *ast.Constant:
		switch e.Value.(type) {
		case nil, bool:
			return true
		}
	}
	return false
}

// bareTarget reports [a, b for ...], whose targets need parentheses.
func (p *parser) bareTarget(span ast.Span) {
	p.raise(span, "did you forget parentheses around the comprehension target?")
}

// doubleStarredGroup reports (**a).
func (p *parser) doubleStarredGroup() ast.Expr {
	start := p.start()
	p.i++
	if p.expression() != nil && p.kind() == lexer.RPar {
		p.raise(p.from(start).Span, "cannot use double starred expression here")
	}
	return nil
}

// mistakenDictValue looks for *value and for no value at all behind the colon of a key.
func (p *parser) mistakenDictValue() bool {
	switch p.kind() {
	case lexer.Star:
		start := p.start()
		p.i++
		if p.arithmetic(precOr) != nil {
			p.raise(p.from(start).Span, "cannot use a starred expression in a dictionary value")
		}
	case lexer.RBrace, lexer.Comma:
		p.raise(p.toks[p.i-1].Span(), "expression expected after dictionary key and ':'")
	}
	return p.err != nil
}

// mistakenKeyword reports an argument e=value whose e is no name.
func (p *parser) mistakenKeyword(start diag.Pos, e ast.Expr) ast.Expr {
	span := ast.Span{Start: start, End: p.toks[p.i].End}
	if c, ok := e.(*ast.Constant); ok && isLiteralTarget(c) {
		return p.raise(span, "cannot assign to "+exprName(c))
	}
	return p.raise(span, `expression cannot contain assignment, perhaps you meant "=="?`)
}
