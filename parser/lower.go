// This file defines the lowering of the grammar's statements to ast.

package parser

import (
	"strings"

	"aio/ast"
	"aio/lexer"
)

func (s *suite) stmts() []ast.Stmt {
	switch l := s.Line.(type) {
	case ast.Stmt:
		return []ast.Stmt{l}
	case line:
		return l
	}
	return flatten(nil, s.Body)
}

func (c *elseClause) stmts() []ast.Stmt {
	if c == nil {
		return nil
	}
	return c.Body.stmts()
}

func (c *finallyClause) stmts() []ast.Stmt {
	if c == nil {
		return nil
	}
	return c.Body.stmts()
}

// names returns the identifiers that texts spell.
func names(texts []string) []string {
	for i, t := range texts {
		texts[i] = lexer.Identifier(t)
	}
	return texts
}

func (s *ifStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	if len(s.Elifs) > maxChain {
		p.tooDeep()
		return nil
	}
	orElse := s.Else.stmts()
	for i := len(s.Elifs) - 1; i >= 0; i-- {
		e := &s.Elifs[i]
		nested := ast.At{Span: ast.Span{Start: p.toks[e.Pos.Offset].Start, End: at.Span.End}}
		orElse = []ast.Stmt{&ast.If{At: nested, Test: e.Test, Body: e.Body.stmts(), OrElse: orElse}}
	}
	return &ast.If{At: at, Test: s.Test, Body: s.Body.stmts(), OrElse: orElse}
}

func (s *whileStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.While{At: at, Test: s.Test, Body: s.Body.stmts(), OrElse: s.Else.stmts()}
}

func (s *forStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.For{At: at, Target: s.Target, Iter: s.Iter, Body: s.Body.stmts(), OrElse: s.Else.stmts()}
}

func (s *withStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.With{At: at, Items: s.Items.items(), Body: s.Body.stmts()}
}

func (s *tryStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	final := s.Finally
	if s.Only != nil {
		final = s.Only
	}
	t := &ast.Try{At: at, Body: s.Body.stmts(), OrElse: s.Else.stmts(), FinalBody: final.stmts()}
	for i := range s.Handlers {
		h := s.Handlers[i].handler(p)
		if h == nil {
			return nil
		}
		star := s.Handlers[i].Star
		if i > 0 && star != t.IsStar {
			span := p.clauseSpan(s.Handlers[i].Pos.Offset)
			if star {
				span = span.To(p.clauseSpan(s.Handlers[i].Pos.Offset + 1))
			}
			p.raise(span, "cannot have both 'except' and 'except*' on the same 'try'")
			return nil
		}
		t.IsStar = star
		t.Handlers = append(t.Handlers, h)
	}
	return t
}

// clauseSpan returns the place of the keyword at token i.
func (p *parser) clauseSpan(i int) ast.Span { return p.toks[i].Span() }

func (c *exceptClause) handler(p *parser) *ast.ExceptHandler {
	h := &ast.ExceptHandler{Name: lexer.Identifier(c.Name), Body: c.Body.stmts()}
	if c.Type == nil {
		if c.Star {
			p.raise(p.toks[c.Pos.Offset+2].Span(), "expected one or more exception types")
			return nil
		}
	} else {
		h.Type = c.Type
	}
	if t, ok := h.Type.(*ast.Tuple); ok && !t.Paren && (c.Name != "" || len(t.Elts) == 1) {
		if len(t.Elts) > 1 {
			p.raise(t.Span, "multiple exception types must be parenthesized")
		} else {
			p.raise(t.Span, "invalid syntax")
		}
		return nil
	}
	end := h.Body[len(h.Body)-1].Pos().End
	h.At = ast.At{Span: ast.Span{Start: p.toks[c.Pos.Offset].Start, End: end}}
	return h
}

func (s *matchStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	m := &ast.Match{At: at, Subject: s.Subject}
	for i := range s.Cases {
		c := &s.Cases[i]
		m.Cases = append(m.Cases, &ast.MatchCase{Pattern: c.Pattern, Guard: c.Guard, Body: c.Body.stmts()})
	}
	return m
}

func (s *defStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	f := &ast.FunctionDef{
		At: at, Name: lexer.Identifier(s.Name), NameSpan: p.toks[s.Pos.Offset+1].Span(),
		Args: s.Params.arguments(), Body: s.Body.stmts(), Returns: s.Returns,
	}
	if s.TypeParams != nil {
		f.TypeParams = s.TypeParams.params()
	}
	return f
}

func (s *classStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	c := &ast.ClassDef{
		At: at, Name: lexer.Identifier(s.Name), NameSpan: p.toks[s.Pos.Offset+1].Span(), Body: s.Body.stmts(),
	}
	if s.TypeParams != nil {
		c.TypeParams = s.TypeParams.params()
	}
	if s.Bases != nil {
		a := s.Bases.call()
		c.Bases, c.Keywords = a.args, a.keywords
	}
	return c
}

func (s *asyncStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	switch {
	case s.Def != nil:
		f := s.Def.lower(p, start, at).(*ast.FunctionDef)
		f.IsAsync = true
		return f
	case s.For != nil:
		f := s.For.lower(p, start, at).(*ast.For)
		f.IsAsync = true
		return f
	}
	w := s.With.lower(p, start, at).(*ast.With)
	w.IsAsync = true
	return w
}

func (s *decorated) lower(p *parser, start int, at ast.At) ast.Stmt {
	var decorators []ast.Expr
	for i := range s.Decorators {
		decorators = append(decorators, s.Decorators[i].Expr)
	}
	from := func(i int) ast.At {
		return ast.At{Span: ast.Span{Start: p.toks[i].Start, End: at.Span.End}}
	}
	if s.Class != nil {
		c := s.Class.lower(p, start, from(s.Class.Pos.Offset)).(*ast.ClassDef)
		c.Decorators = decorators
		return c
	}
	def, first := s.Def, 0
	if s.Async != nil {
		def, first = &s.Async.Def, s.Async.Pos.Offset
	} else {
		first = def.Pos.Offset
	}
	f := def.lower(p, start, from(first)).(*ast.FunctionDef)
	f.IsAsync, f.Decorators = s.Async != nil, decorators
	return f
}

func (s *exprStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	switch {
	case s.Ann != nil:
		return s.lowerAnnotated(p, start, at)
	case s.Aug != nil:
		return s.lowerAugmented(p, at)
	case s.Values == nil:
		return &ast.ExprStmt{At: at, Value: s.First}
	}
	last := len(s.Values) - 1
	targets := make([]ast.Expr, 1, last+1)
	targets[0] = s.First
	for _, t := range s.Values[:last] {
		targets = append(targets, t)
	}
	if storeAll(targets, ast.Store) != nil {
		return nil
	}
	return &ast.Assign{At: at, Targets: targets, Value: s.Values[last]}
}

func (s *exprStmt) lowerAnnotated(p *parser, start int, at ast.At) ast.Stmt {
	bare := p.toks[start].Kind != lexer.LPar
	switch t := ast.Expr(s.First).(type) {
	case *ast.Name:
		t.Ctx = ast.Store
	case *ast.Attribute:
		t.Ctx, bare = ast.Store, false
	case *ast.Subscript:
		t.Ctx, bare = ast.Store, false
	default:
		return nil
	}
	a := &ast.AnnAssign{At: at, Target: s.First, Annotation: s.Ann.Type, Simple: bare}
	if s.Ann.Value != nil {
		a.Value = s.Ann.Value
	}
	return a
}

// augmentedOps maps the operators of augmented assignment.
var augmentedOps = map[string]ast.Operator{
	"+=": ast.Add, "-=": ast.Sub, "*=": ast.Mult, "@=": ast.MatMult, "/=": ast.Div, "%=": ast.Mod, "&=": ast.BitAnd,
	"|=": ast.BitOr, "^=": ast.BitXor, "<<=": ast.LShift, ">>=": ast.RShift, "**=": ast.Pow, "//=": ast.FloorDiv,
}

func (s *exprStmt) lowerAugmented(p *parser, at ast.At) ast.Stmt {
	switch t := ast.Expr(s.First).(type) {
	case *ast.Name:
		t.Ctx = ast.Store
	case *ast.Attribute:
		t.Ctx = ast.Store
	case *ast.Subscript:
		t.Ctx = ast.Store
	default:
		return nil
	}
	return &ast.AugAssign{At: at, Target: s.First, Op: augmentedOps[s.Aug.Op], Value: s.Aug.Value}
}

func (s *typeStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	name := &ast.Name{At: ast.At{Span: p.toks[start+1].Span()}, Id: lexer.Identifier(s.Name), Ctx: ast.Store}
	t := &ast.TypeAlias{At: at, Name: name, Value: s.Value}
	if s.TypeParams != nil {
		t.TypeParams = s.TypeParams.params()
	}
	return t
}

func (s *returnStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Return{At: at, Value: s.Value}
}

func (s *raiseStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Raise{At: at, Exc: s.Exc, Cause: s.Cause}
}

func (s *assertStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Assert{At: at, Test: s.Test, Msg: s.Msg}
}

func (s *delStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Delete{At: at, Targets: s.Targets.exprs()}
}

func (s *globalStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Global{At: at, Names: names(s.Names)}
}

func (s *nonlocalStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	return &ast.Nonlocal{At: at, Names: names(s.Names)}
}

// aliasAt returns the place of an alias between two tokens; the second is the one behind it.
func (p *parser) aliasAt(first, next int) ast.At {
	return ast.At{Span: ast.Span{Start: p.toks[first].Start, End: p.toks[next-1].End}}
}

func (s *importStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	im := &ast.Import{At: at}
	for _, n := range s.Names {
		im.Names = append(im.Names, &ast.Alias{
			At: p.aliasAt(n.Pos.Offset, n.EndPos.Offset), Name: lexer.Identifier(n.Name), AsName: lexer.Identifier(n.AsName),
		})
	}
	return im
}

func (s *fromStmt) lower(p *parser, start int, at ast.At) ast.Stmt {
	im := &ast.ImportFrom{At: at, Module: lexer.Identifier(s.Module), Level: strings.Count(s.Dots, ".")}
	if im.Level == 0 && im.Module == "" {
		p.far = start + 1
		return nil
	}
	if s.Star != "" {
		im.Names = []*ast.Alias{{At: p.aliasAt(p.i-1, p.i), Name: "*"}}
		return im
	}
	for _, n := range append(s.Parens, s.Names...) {
		im.Names = append(im.Names, &ast.Alias{
			At: p.aliasAt(n.Pos.Offset, n.EndPos.Offset), Name: lexer.Identifier(n.Name), AsName: lexer.Identifier(n.AsName),
		})
	}
	return im
}

func (s *passStmt) lower(p *parser, start int, at ast.At) ast.Stmt { return &ast.Pass{At: at} }

func (s *breakStmt) lower(p *parser, start int, at ast.At) ast.Stmt { return &ast.Break{At: at} }

func (s *continueStmt) lower(p *parser, start int, at ast.At) ast.Stmt { return &ast.Continue{At: at} }
