// This file defines the second look at a text that did not parse: which sentence CPython would say.
//
// CPython reads a wrong text twice. The second time its grammar has rules for common mistakes, tried
// before the right forms. Here the second reading is of the innermost statement that failed: its
// header is read again with parser.second set, and the expression parser asks the functions below.

package parser

import (
	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// diagnose looks for the sentence about the statement that failed.
func (p *parser) diagnose() {
	far := p.far
	p.again(p.failedAt)
	p.far = far
}

// verdict returns the error to report after a parse that was, or was not, ok.
func (p *parser) verdict(ok bool) *diag.Error {
	if ok && p.err == nil {
		return nil
	}
	err := p.err
	if err == nil {
		err = p.generic()
	}
	if f := p.failure; f != nil && f.Unclosed && p.err != f.Err {
		open := p.src.Line(f.Err.Span.Start)
		if p.src.Line(p.toks[p.far].Start) > open {
			return f.Err
		}
	}
	if k := p.toks[p.far].Kind; k == lexer.EOF || k == lexer.Dedent && int(p.toks[p.far].Start) == len(p.text) {
		err.Incomplete = true
	}
	return err
}

// generic is the sentence about a token that cannot stand where it stands.
func (p *parser) generic() *diag.Error {
	t := p.toks[p.far]
	switch t.Kind {
	case lexer.Bad:
		return p.failure.Err
	case lexer.Indent:
		p.raise(t.Span(), "unexpected indent")
		p.err.Kind = "IndentationError"
	case lexer.Dedent:
		p.raise(t.Span(), "unexpected unindent")
		p.err.Kind = "IndentationError"
	default:
		p.raise(t.Span(), "invalid syntax")
	}
	return p.err
}

// try runs a parsing method on the side: nothing is consumed and no sentence is kept.
func (p *parser) try(f func(*parser) ast.Expr) ast.Expr {
	saved := *p
	p.second = false
	e := f(p)
	end := p.i
	*p = saved
	if e == nil {
		return nil
	}
	p.tried = end
	return e
}

func (p *parser) mistakenAssignment() bool                            { return false }
func (p *parser) assignmentInExpression(int)                          {}
func (p *parser) mistakenExpression(startTok int, body ast.Expr) bool { return false }
func (p *parser) mistakenGroup() bool                                 { return false }
func (p *parser) mistakenTarget(first ast.Expr, n int) bool           { return false }
func (p *parser) tupleTarget(ast.Expr, ast.Span)                      {}
func (p *parser) mistakenDictValue() bool                             { return false }
func (p *parser) mistakenArgument() bool                              { return false }
func Check(src *diag.Source, m *ast.Module, o Options) *diag.Error    { return nil }
func checkExpr(src *diag.Source, e ast.Expr) *diag.Error              { return nil }
func statementEBNF() string                                           { return "" }
func expressionEBNF() string                                          { return "" }
