// This file defines what may be assigned to and deleted.

package parser

import (
	"aio/ast"
	"aio/lexer"
)

// targets parses the targets of for: a name, attribute, subscript, or a tuple or list of such.
func (p *parser) targets() ast.Expr {
	startTok := p.i
	e := p.commaList((*parser).target)
	if e == nil && !p.second {
		return nil
	}
	if e == nil || store(e, ast.Store) != nil || p.second && p.kind() != lexer.In {
		p.i = startTok
		if p.second && p.first(lookForTarget, startTok) {
			p.mistakenForTarget()
		}
		return p.fail()
	}
	return e
}

// mistakenForTarget looks for a mistake in what stands behind for, where "targets in" does not.
func (p *parser) mistakenForTarget() {
	mark := p.i
	e := p.starExpressions()
	if cmp, ok := e.(*ast.Compare); ok && cmp.Ops[0] == ast.In {
		e = cmp.Left
	} else if ok {
		e = nil
	}
	p.i = mark
	if e != nil && p.err == nil {
		if bad := store(e, ast.Store); bad != nil {
			p.raise(bad.Pos(), "cannot assign to "+exprName(bad))
		}
	}
}

// target parses less than a comparison, so that the in of a for is left alone.
func (p *parser) target() ast.Expr {
	if p.kind() == lexer.Star {
		return p.starred()
	}
	return p.arithmetic(precOr)
}

// store gives e and what is in it the context ctx (Store or Del); it returns the first part that
// cannot have it, and nil when all can.
func store(e ast.Expr, ctx ast.Ctx) ast.Expr {
	switch e := e.(type) {
	case *ast.Name:
		e.Ctx = ctx
	case *ast.Attribute:
		e.Ctx = ctx
	case *ast.Subscript:
		e.Ctx = ctx
	case *ast.Tuple:
		e.Ctx = ctx
		return storeAll(e.Elts, ctx)
	case *ast.List:
		e.Ctx = ctx
		return storeAll(e.Elts, ctx)
	case *ast.Starred:
		if ctx == ast.Del {
			return e
		}
		e.Ctx = ctx
		return store(e.Value, ctx)
	default:
		return e
	}
	return nil
}

func storeAll(elts []ast.Expr, ctx ast.Ctx) ast.Expr {
	for _, e := range elts {
		if bad := store(e, ctx); bad != nil {
			return bad
		}
	}
	return nil
}

// exprName is what CPython's sentences call an expression.
func exprName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Attribute:
		return "attribute"
	case *ast.Subscript:
		return "subscript"
	case *ast.Starred:
		return "starred"
	case *ast.Name:
		return "name"
	case *ast.List:
		return "list"
	case *ast.Tuple:
		return "tuple"
	case *ast.Lambda:
		return "lambda"
	case *ast.Call:
		return "function call"
	case *ast.BoolOp, *ast.BinOp, *ast.UnaryOp:
		return "expression"
	case *ast.GeneratorExp:
		return "generator expression"
	case *ast.Yield, *ast.YieldFrom:
		return "yield expression"
	case *ast.Await:
		return "await expression"
	case *ast.ListComp:
		return "list comprehension"
	case *ast.SetComp:
		return "set comprehension"
	case *ast.DictComp:
		return "dict comprehension"
	case *ast.Dict:
		return "dict literal"
	case *ast.Set:
		return "set display"
	case *ast.JoinedStr, *ast.FormattedValue:
		return "f-string expression"
	case *ast.Constant:
		return constantName(e)
	case *ast.Compare:
		return "comparison"
	case *ast.IfExp:
		return "conditional expression"
	case *ast.NamedExpr:
		return "named expression"
	}
	return "expression"
}

func constantName(c *ast.Constant) string {
	switch c.Value {
	case nil:
		return "None"
	case true:
		return "True"
	case false:
		return "False"
	case ast.Ellipsis:
		return "ellipsis"
	}
	return "literal"
}
