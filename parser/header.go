// This file defines the second reading of statements: of simple ones, and of the headers of clauses.

package parser

import (
	"fmt"

	"aio/ast"
	"aio/lexer"
)

// failingClause returns the first token of the clause, of the statement that failed, which holds the
// token that could not be used.
func (p *parser) failingClause() int {
	clause, depth, level := p.failedAt, 0, 0
	if p.isWord(clause, "match") && p.startsMatch(clause) {
		level = 1 // the clauses of match are indented
	}
	// A clause that begins with the very token that could not be used was not read at all.
	for i := p.failedAt + 1; i < p.far; i++ {
		switch p.toks[i].Kind {
		case lexer.Indent:
			depth++
		case lexer.Dedent:
			depth--
		default:
			if depth == level && p.toks[i-1].Kind.IsLayout() && !p.toks[i].Kind.IsLayout() {
				clause = i
			}
		}
	}
	return clause
}

// header reads the clause at the cursor again, looking for mistakes.
func (p *parser) header() {
	start := p.i
	if p.headlessTry(p.far) {
		return
	}
	if p.kind() == lexer.Async {
		p.i++
	}
	switch k := p.kind(); k {
	case lexer.Elif, lexer.Else, lexer.Except, lexer.Finally:
		if start > p.failedAt || p.continues(start) {
			p.clause(start)
		}
	case lexer.If, lexer.While:
		p.i++
		if p.namedExpression() != nil {
			p.block(start, "'"+k.String()+"' statement", false)
		}
	case lexer.For:
		p.i++
		if p.targets() != nil && p.expect(lexer.In) && p.starExpressions() != nil {
			p.block(start, "'for' statement", false)
		}
	case lexer.With:
		p.i++
		if _, ok := p.withItems(); ok {
			p.block(start, "'with' statement", false)
		}
	case lexer.Try:
		p.i++
		p.block(start, "'try' statement", true)
	case lexer.Def:
		p.defHeader(start)
	case lexer.Class:
		p.classHeader(start)
	case lexer.At:
		p.i++
		p.namedExpression()
	case lexer.Name:
		if !p.matchHeader(start) {
			p.simpleStatement()
		}
	default:
		p.simpleStatement()
	}
}

// continues reports whether the clause keyword at token i follows a statement that it may continue:
// participle takes a clause back when it fails at its second token, and the next statement then
// seems to begin with it.
func (p *parser) continues(i int) bool {
	depth := 0
	for j := i - 1; j >= 0; j-- {
		switch k := p.toks[j].Kind; k {
		case lexer.Dedent:
			depth++
		case lexer.Indent:
			depth--
		default:
			if depth < 0 {
				return false
			}
			if depth == 0 && !k.IsLayout() && (j == 0 || p.toks[j-1].Kind.IsLayout()) {
				return mayContinue(k, p.toks[i].Kind)
			}
		}
	}
	return false
}

// mayContinue reports whether a clause that begins with the keyword next may follow one that begins
// with k.
func mayContinue(k, next lexer.Kind) bool {
	switch k {
	case lexer.If, lexer.Elif:
		return next == lexer.Else || next == lexer.Elif
	case lexer.While, lexer.For, lexer.Async:
		return next == lexer.Else
	case lexer.Except:
		return next == lexer.Else || next == lexer.Finally || next == lexer.Except
	case lexer.Try, lexer.Else:
		return next == lexer.Finally
	}
	return false
}

// clause reads the header of a clause that continues a statement.
func (p *parser) clause(start int) {
	switch k := p.kind(); k {
	case lexer.Except:
		p.exceptHeader(start)
	case lexer.Elif:
		p.i++
		if p.namedExpression() != nil {
			p.block(start, "'elif' statement", false)
		}
	default:
		p.i++
		p.block(start, "'"+k.String()+"' statement", true)
	}
}

// block looks at what follows a header: the colon, and an indented block. forced says that the colon
// is missed at any token and not only at the end of the line.
func (p *parser) block(start int, of string, forced bool) bool {
	if p.err != nil {
		return false
	}
	if p.kind() != lexer.Colon {
		if forced || p.kind() == lexer.Newline {
			p.raise(p.place(p.i), "expected ':'")
		}
		return false
	}
	p.i++
	if p.kind() == lexer.Newline && p.peek() != lexer.Indent {
		line := p.src.Line(p.toks[start].Start)
		p.raiseIndent(p.i+1, fmt.Sprintf("expected an indented block after %s on line %d", of, line))
		return false
	}
	return true
}

// headlessTry reports a try without except and finally, behind whose block token i stands.
func (p *parser) headlessTry(i int) bool {
	if p.toks[p.failedAt].Kind != lexer.Try {
		return false
	}
	depth := 0
	for j := p.failedAt + 1; j < i; j++ {
		switch p.toks[j].Kind {
		case lexer.Indent:
			depth++
		case lexer.Dedent:
			depth--
		case lexer.Except, lexer.Finally:
			if depth == 0 {
				return false
			}
		}
	}
	if depth == 0 && p.toks[i-1].Kind.IsLayout() && p.kindAt(p.failedAt+2).IsLayout() == (p.kindAt(p.failedAt+3) == lexer.Indent) {
		p.raise(p.place(i), "expected 'except' or 'finally' block")
	}
	return p.err != nil
}

func (p *parser) exceptHeader(start int) {
	p.i++
	of := "'except' statement"
	star := p.kind() == lexer.Star
	if star {
		of = "'except*' statement"
		p.i++
		if k := p.kind(); k == lexer.Newline || k == lexer.Colon {
			p.raise(p.toks[p.i].Span(), "expected one or more exception types")
			return
		}
	}
	if p.startsExpression() {
		if p.exceptTypes() == nil {
			return
		}
		if p.kind() == lexer.As {
			p.i++
			if !p.expect(lexer.Name) {
				return
			}
		}
	}
	p.block(start, of, false)
}

func (p *parser) defHeader(start int) {
	p.i++
	if !p.expect(lexer.Name) {
		return
	}
	if p.kind() == lexer.LSqb && p.typeParameters() == nil {
		return
	}
	if p.kind() != lexer.LPar {
		p.raise(p.place(p.i), "expected '('")
		return
	}
	p.i++
	if p.parameters(defParameters) == nil || !p.expect(lexer.RPar) {
		return
	}
	if mark := p.i; p.kind() == lexer.Arrow {
		p.i++
		if p.expression() == nil {
			p.retreat(mark)
		}
	}
	p.block(start, "function definition", true)
}

func (p *parser) classHeader(start int) {
	p.i++
	if !p.expect(lexer.Name) {
		return
	}
	if p.kind() == lexer.LSqb && p.typeParameters() == nil {
		return
	}
	if p.kind() == lexer.LPar {
		if _, _, ok := p.arguments(false); !ok {
			return
		}
	}
	p.block(start, "class definition", false)
}

// matchHeader reads a line that begins with match, or with case inside of match; it returns false
// when the line is no header.
func (p *parser) matchHeader(start int) bool {
	switch {
	case p.isWord(start, "case") && start > p.failedAt:
		p.i++
		if p.topPattern() == nil {
			return true
		}
		if p.kind() == lexer.If {
			p.i++
			if p.namedExpression() == nil {
				return true
			}
		}
		p.block(start, "'case' statement", false)
		return true
	case p.isWord(start, "match"):
		p.i++
		subject := p.startsStarred() && p.starNamedExpressions() != nil
		if p.err != nil {
			return true
		}
		if k := p.kind(); subject && (k == lexer.Newline || k == lexer.Colon && start+2 < p.i+1) {
			if p.block(start, "'match' statement", false) && p.kind() != lexer.Newline {
				p.farther = p.i
			}
			return true
		}
		if subject {
			p.farther = p.i
		}
		p.i = start
	}
	return false
}

// simpleStatement reads a simple statement again.
func (p *parser) simpleStatement() {
	k := p.kind()
	switch k {
	case lexer.Return:
		p.i++
		if p.startsStarred() {
			p.starExpressions()
		}
	case lexer.Raise, lexer.Assert:
		p.i++
		if p.startsExpression() && p.expression() != nil && (p.kind() == lexer.From || p.kind() == lexer.Comma) {
			p.i++
			p.expression()
		}
	case lexer.Del:
		p.i++
		e := p.starExpressions()
		if e == nil {
			return
		}
		if bad := store(e, ast.Del); bad != nil {
			p.raise(bad.Pos(), "cannot delete "+exprName(bad))
		}
	case lexer.From:
		p.trailingComma()
	default:
		if p.startsStarred() || k == lexer.Yield {
			p.assignment()
		}
	}
}

// trailingComma reports from a import b, with nothing behind the comma.
func (p *parser) trailingComma() {
	end := p.far
	if p.kindAt(end) == lexer.Comma {
		end++
	}
	listed := p.kindAt(end-2) == lexer.Name && p.kindAt(end-1) == lexer.Comma
	if listed && p.kindAt(end) == lexer.Newline {
		p.raise(p.place(end), "trailing comma not allowed without surrounding parentheses")
	}
}

// assignment reads an expression statement or an assignment again. The order of its steps is the
// order of the alternatives in CPython's grammar.
func (p *parser) assignment() {
	start := p.i
	if p.kind() == lexer.Name && p.peek() == lexer.Colon {
		p.i += 2
		if p.expression() != nil && p.kind() == lexer.Assign {
			p.i++
			p.rightSide()
		}
		return
	}
	if p.soundAssignment() || p.err != nil {
		return
	}
	p.i = start
	if p.mistakenAnnotation() || p.err != nil {
		return
	}
	p.i = start
	p.mistakenTargets()
}

// soundAssignment reads targets and a value; it returns true when they are right as far as they go,
// so that the mistake must be behind them.
func (p *parser) soundAssignment() bool {
	for n := 0; ; n++ {
		if p.kind() == lexer.Yield {
			sound := p.yield() != nil && p.kind() != lexer.Assign
			if n == 0 && sound {
				p.farther = p.i
			}
			return sound
		}
		e := p.starExpressions()
		if e == nil {
			return false
		}
		if n == 0 && augmentedAssigns[p.kind()] && isSingleTarget(e) {
			p.i++
			p.rightSide()
			return true
		}
		if p.kind() != lexer.Assign {
			return n > 0
		}
		if store(e, ast.Store) != nil {
			return false
		}
		p.i++
	}
}

// isSingleTarget reports whether e may be assigned to by an augmented assignment.
func isSingleTarget(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Name, *ast.Attribute, *ast.Subscript:
		return true
	}
	return false
}

// mistakenAnnotation looks for an annotation on what cannot have one. On the way it meets the first
// elements of a statement as named expressions, which is where "=" for "==" is found.
func (p *parser) mistakenAnnotation() bool {
	start := p.i
	first := p.starNamedExpression()
	if p.err != nil {
		return true
	}
	if first != nil && p.kind() == lexer.Comma {
		p.i++
		for p.startsStarred() {
			if p.starNamedExpression() == nil || p.kind() != lexer.Comma {
				break
			}
			p.i++
		}
		if p.err == nil && p.annotated() {
			p.raise(first.Pos(), "only single target (not tuple) can be annotated")
		}
		return p.err != nil
	}
	p.i = start
	if p.kind() == lexer.Star {
		return false
	}
	e := p.expression()
	if e == nil || isSingleTarget(e) || p.kind() != lexer.Colon {
		return false
	}
	colon := p.place(p.i)
	if !p.annotated() {
		if p.err == nil {
			p.raiseHint(colon, "invalid syntax", "a line that opens a block begins with a keyword: def, class, if, for, while ...")
		}
		return true
	}
	switch e.(type) {
	case *ast.List, *ast.Tuple:
		p.raise(e.Pos(), fmt.Sprintf("only single target (not %s) can be annotated", exprName(e)))
	default:
		p.raise(e.Pos(), "illegal target for annotation")
	}
	return true
}

// annotated reads : annotation.
func (p *parser) annotated() bool {
	if p.kind() != lexer.Colon {
		return false
	}
	p.i++
	return p.startsExpression() && p.expression() != nil
}

// mistakenTargets looks for what cannot be assigned to.
func (p *parser) mistakenTargets() {
	for {
		if p.kind() == lexer.Yield {
			p.yieldTarget()
			return
		}
		e := p.starExpressions()
		if e == nil {
			return
		}
		if augmentedAssigns[p.kind()] {
			p.raise(e.Pos(), fmt.Sprintf("'%s' is an illegal expression for augmented assignment", exprName(e)))
			return
		}
		if p.kind() != lexer.Assign {
			return
		}
		if bad := store(e, ast.Store); bad != nil {
			p.raise(bad.Pos(), "cannot assign to "+exprName(bad))
			return
		}
		p.i++
	}
}

// yieldTarget reports yield x = value.
func (p *parser) yieldTarget() {
	e := p.yield()
	if e != nil && p.kind() == lexer.Assign {
		p.raise(e.Pos(), "assignment to yield expression not possible")
	}
}

// augmentedAssigns holds the operators of augmented assignment.
var augmentedAssigns = func() (t [lexer.NumKinds]bool) {
	for k := lexer.PlusEq; k <= lexer.StarStarEq; k++ {
		t[k] = true
	}
	return t
}()
