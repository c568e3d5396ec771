// This file defines the adapter between aio's tokens and participle: its lexer.Definition, and the
// productions that the expression parser gives to the grammar.

package parser

import (
	"io"

	"github.com/alecthomas/participle/v2"
	plex "github.com/alecthomas/participle/v2/lexer"

	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// definition is participle's view of the tokens: a symbol for each class that the grammar names.
type definition struct{}

func (definition) Symbols() map[string]plex.TokenType {
	symbols := map[string]plex.TokenType{"EOF": plex.EOF}
	for k := lexer.Bad; k < lexer.LPar; k++ {
		symbols[k.String()] = plex.TokenType(k)
	}
	return symbols
}

// Lex is what participle calls to parse from a reader.
func (definition) Lex(name string, r io.Reader) (plex.Lexer, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	src, derr := diag.Decode(name, data)
	if derr != nil {
		return nil, derr
	}
	toks, failure := lexer.Scan(src)
	if failure != nil {
		return nil, failure.Err
	}
	return &tokenReader{text: src.Text, toks: toks}, nil
}

// tokenReader hands out tokens as participle's. The Offset of a token's position is its index, so
// that the productions of both parsers speak of the same tokens.
type tokenReader struct {
	text string
	toks []lexer.Token
	i    int
}

func (r *tokenReader) Next() (plex.Token, error) {
	if r.i == len(r.toks) || r.toks[r.i].Kind == lexer.EOF {
		return plex.Token{Type: plex.EOF, Pos: plex.Position{Offset: r.i}}, nil
	}
	t := r.toks[r.i]
	tok := plex.Token{Type: plex.TokenType(t.Kind), Pos: plex.Position{Offset: r.i}}
	if !t.Kind.IsLayout() {
		tok.Value = r.text[t.Start:t.End]
	}
	r.i++
	return tok, nil
}

// The productions of the expression parser, as the grammar names them. participle tells productions
// apart by their interface type.
type (
	expression          interface{ ast.Expr }
	namedExpression     interface{ ast.Expr }
	expressions         interface{ ast.Expr } // with commas and stars
	subject             interface{ ast.Expr } // expressions with := allowed
	value               interface{ ast.Expr } // expressions, or yield
	targets             interface{ ast.Expr }
	deleted             interface{ exprs() []ast.Expr }
	excepted            interface{ ast.Expr }
	pattern             interface{ ast.Pattern }
	parameters          interface{ arguments() *ast.Arguments }
	arguments           interface{ call() *argumentList }
	typeParameters      interface{ params() []*ast.TypeParam }
	withItems           interface{ items() []*ast.WithItem }
	statement           any
	simpleStatements    any
	exprList            []ast.Expr
	parameterResult     struct{ args *ast.Arguments }
	typeParameterResult []*ast.TypeParam
	withItemResult      []*ast.WithItem
	argumentList        struct {
		args     []ast.Expr
		keywords []*ast.Keyword
	}
)

func (l exprList) exprs() []ast.Expr                { return l }
func (r parameterResult) arguments() *ast.Arguments { return r.args }
func (a *argumentList) call() *argumentList         { return a }
func (t typeParameterResult) params() []*ast.TypeParam {
	return t
}
func (w withItemResult) items() []*ast.WithItem { return w }

// exprProduction gives the parsing method f to participle as the production T.
func exprProduction[T any](g *grammar, starts func(*parser) bool, f func(*parser) ast.Expr) participle.Option {
	return production(g, starts, func(p *parser) (v T, ok bool) {
		e := f(p)
		if e == nil {
			return v, false
		}
		return e.(T), true
	})
}

// production gives f to participle as the production T; starts says whether a T can begin here.
func production[T any](g *grammar, starts func(*parser) bool, f func(*parser) (T, bool)) participle.Option {
	return participle.ParseTypeWith(func(lex *plex.PeekingLexer) (none T, err error) {
		p := g.p
		p.i = g.at(lex)
		if !starts(p) {
			p.fail()
			return none, participle.NextMatch
		}
		v, ok := f(p)
		if !ok {
			return none, errFailed
		}
		lex.FastForward(plex.RawCursor(p.i - 1 - g.base))
		return v, nil
	})
}

// expressionProductions is the list of what the expression parser gives to the grammar.
func expressionProductions(g *grammar) []participle.Option {
	return []participle.Option{
		exprProduction[expression](g, (*parser).startsExpression, (*parser).expression),
		exprProduction[namedExpression](g, (*parser).startsExpression, (*parser).namedExpression),
		exprProduction[expressions](g, (*parser).startsStarred, (*parser).starExpressions),
		exprProduction[subject](g, (*parser).startsStarred, (*parser).starNamedExpressions),
		exprProduction[value](g, (*parser).startsValue, (*parser).rightSide),
		exprProduction[targets](g, (*parser).startsStarred, (*parser).targets),
		exprProduction[excepted](g, (*parser).startsExpression, (*parser).exceptTypes),
		production(g, (*parser).startsStarred, (*parser).deletedTargets),
		production(g, (*parser).startsPattern, func(p *parser) (pattern, bool) {
			v := p.topPattern()
			return v, v != nil
		}),
		production(g, (*parser).atLPar, func(p *parser) (parameters, bool) {
			p.i++
			args := p.parameters(defParameters)
			return parameterResult{args}, args != nil && p.expect(lexer.RPar)
		}),
		production(g, (*parser).atLPar, func(p *parser) (arguments, bool) {
			args, keywords, ok := p.arguments(false)
			return &argumentList{args, keywords}, ok
		}),
		production(g, (*parser).atLSqb, func(p *parser) (typeParameters, bool) {
			params := p.typeParameters()
			return typeParameterResult(params), params != nil
		}),
		production(g, (*parser).startsExpression, (*parser).withItems),
	}
}

func (p *parser) startsValue() bool { return p.startsStarred() || p.kind() == lexer.Yield }

func (p *parser) atLPar() bool { return p.kind() == lexer.LPar }

func (p *parser) atLSqb() bool { return p.kind() == lexer.LSqb }

func (p *parser) startsPattern() bool {
	return p.kind() == lexer.Star || p.kind() == lexer.Minus || p.startsExpression()
}

// exceptTypes parses the type of an except; several need no parentheses (PEP 758).
func (p *parser) exceptTypes() ast.Expr { return p.commaList((*parser).expression) }

// deletedTargets parses the targets of del.
func (p *parser) deletedTargets() (deleted, bool) {
	e := p.commaList((*parser).target)
	if e == nil {
		return nil, false
	}
	elts := exprList{e}
	if t, ok := e.(*ast.Tuple); ok && !t.Paren {
		elts = t.Elts
	}
	if p.kind() != lexer.Semi && p.kind() != lexer.Newline {
		p.fail()
		return nil, false
	}
	if bad := storeAll(elts, ast.Del); bad != nil {
		p.raise(bad.Pos(), "cannot delete "+exprName(bad))
		return nil, false
	}
	return elts, true
}

// withItems parses the items of with; they may all stand in one pair of parentheses, which is told
// apart from an expression in parentheses by the colon behind it.
func (p *parser) withItems() (withItems, bool) {
	if p.kind() == lexer.LPar {
		if items := p.parenthesizedItems(); items != nil {
			return items, true
		}
		if p.err != nil {
			return nil, false
		}
	}
	var items withItemResult
	for {
		item := p.withItem()
		if item == nil {
			return nil, false
		}
		items = append(items, item)
		if p.kind() != lexer.Comma {
			return items, true
		}
		p.i++
	}
}

// parenthesizedItems parses (items) before a colon; without success it consumes nothing.
func (p *parser) parenthesizedItems() withItemResult {
	start, far := p.i, p.far
	var items withItemResult
	p.i++
	for p.startsExpression() {
		item := p.withItem()
		if item == nil {
			items = nil
			break
		}
		items = append(items, item)
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if items != nil && p.kind() == lexer.RPar && (p.peek() == lexer.Colon || p.second && p.peek() == lexer.Newline) {
		p.i++
		return items
	}
	p.i, p.far = start, far
	return nil
}

// withItem parses expression as target.
func (p *parser) withItem() *ast.WithItem {
	start := p.start()
	e := p.expression()
	if e == nil {
		return nil
	}
	item := &ast.WithItem{Expr: e}
	if p.kind() == lexer.As {
		p.i++
		parse := (*parser).target
		if p.second {
			parse = (*parser).expression // a missing comma is found there
		}
		t := parse(p)
		if t == nil {
			return nil
		}
		if k := p.kind(); k != lexer.Comma && k != lexer.RPar && k != lexer.Colon && k != lexer.Newline {
			p.fail()
			return nil
		}
		if bad := store(t, ast.Store); bad != nil {
			if p.second {
				p.raise(bad.Pos(), "cannot assign to "+exprName(bad))
			}
			p.fail()
			return nil
		}
		item.Target = t
	}
	item.At = p.from(start)
	return item
}
