package compile

// This file walks expressions and patterns for the collector.

import (
	"aio/ast"
)

func (c *collector) exprs(list ...ast.Expr) {
	for _, e := range list {
		if e != nil {
			c.expr(e)
		}
	}
}

func (c *collector) expr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Name:
		c.load(e.Id)
	case *ast.Constant:
	case *ast.Attribute:
		c.expr(e.Value)
	case *ast.Call:
		c.expr(e.Func)
		c.args(e.Args)
		c.keywords(e.Keywords)
	case *ast.BinOp:
		c.expr(e.Left)
		c.expr(e.Right)
	case *ast.Compare:
		c.expr(e.Left)
		c.exprs(e.Comparators...)
	case *ast.Subscript:
		c.expr(e.Value)
		c.unstarred(e.Slice)
	case *ast.BoolOp:
		c.exprs(e.Values...)
	case *ast.UnaryOp:
		c.expr(e.Operand)
	case *ast.IfExp:
		c.exprs(e.Test, e.Body, e.OrElse)
	case *ast.Tuple:
		c.args(e.Elts)
	case *ast.List:
		c.args(e.Elts)
	case *ast.Set:
		c.args(e.Elts)
	case *ast.Dict:
		for i, k := range e.Keys {
			c.exprs(k, e.Values[i])
		}
	case *ast.JoinedStr:
		c.exprs(e.Values...)
	case *ast.FormattedValue:
		c.expr(e.Value)
		if e.FormatSpec != nil {
			c.expr(e.FormatSpec)
		}
	case *ast.Slice:
		c.exprs(e.Lower, e.Upper, e.Step)
	case *ast.Lambda:
		c.lambda(e)
	case *ast.NamedExpr:
		c.namedExpr(e)
	case *ast.ListComp:
		c.comprehension(e, compScope, "<listcomp>", e.Generators, e.Elt, nil)
	case *ast.SetComp:
		c.comprehension(e, compScope, "<setcomp>", e.Generators, e.Elt, nil)
	case *ast.DictComp:
		c.comprehension(e, compScope, "<dictcomp>", e.Generators, e.Key, e.Value)
	case *ast.GeneratorExp:
		c.comprehension(e, genScope, "<genexpr>", e.Generators, e.Elt, nil)
	case *ast.Await:
		c.asyncAllowed(e.Span, "await")
		c.expr(e.Value)
	case *ast.Yield:
		c.yield(e.Span, false)
		if e.Value != nil {
			c.expr(e.Value)
		}
	case *ast.YieldFrom:
		c.yield(e.Span, true)
		c.expr(e.Value)
	case *ast.Starred:
		c.fail(e.Span, "can't use starred expression here")
	}
}

// args walks expressions of which each may be starred.
func (c *collector) args(list []ast.Expr) {
	for _, e := range list {
		c.unstarred(e)
	}
}

// unstarred walks an expression that may be starred: an argument, an item, the index in a[*b].
func (c *collector) unstarred(e ast.Expr) { c.expr(unstar(e)) }

func (c *collector) keywords(list []*ast.Keyword) {
	for i, k := range list {
		if k.Name == "__debug__" {
			c.fail(k.Span, "cannot assign to __debug__")
		}
		for _, other := range list[:i] {
			if k.Name != "" && other.Name == k.Name {
				c.fail(k.Span, "keyword argument repeated: "+k.Name)
				break
			}
		}
		c.expr(k.Value)
	}
}

func (c *collector) lambda(e *ast.Lambda) {
	c.defaults(e.Args)
	f := c.open(lambdaScope, "<lambda>", c.cur)
	c.byNode[e] = f
	c.within(f, func() {
		c.params(e.Args)
		c.expr(e.Body)
	})
}

// namedExpr binds target := value in the nearest scope that is no comprehension.
func (c *collector) namedExpr(e *ast.NamedExpr) {
	name := e.Target.Id
	if c.cur.compIter > 0 {
		c.fail(e.Span, "assignment expression cannot be used in a comprehension iterable expression")
	}
	c.expr(e.Value)
	s := c.cur
	mangled := mangle(s.private, name)
	for ; s.isComprehension(); s = s.parent {
		sym := c.symbol(s, mangled)
		if sym.flags&symIter != 0 {
			c.fail(e.Target.Span, "assignment expression cannot rebind comprehension iteration variable '"+name+"'")
		}
		sym.flags |= symUsed | symWalrus
	}
	if s != c.cur && s.kind == classScope {
		c.fail(e.Target.Span, "assignment expression within a comprehension cannot be used in a class body")
	}
	c.within(s, func() {
		sym := c.bind(name, e.Target.Span, symWalrus)
		sym.walrus = append(sym.walrus, e.Span.Start)
	})
}

func (c *collector) comprehension(e ast.Expr, kind scopeKind, name string, gens []*ast.Comprehension, elt, value ast.Expr) {
	outer := c.cur
	outer.compIter++
	c.expr(gens[0].Iter) // evaluated in the scope around
	outer.compIter--
	s := c.open(kind, name, outer)
	c.byNode[e] = s
	if kind == genScope {
		s.params = append(s.params, c.symbol(s, ".0"))
		s.params[0].flags |= symBound | symParam
	}
	c.within(s, func() {
		for i, g := range gens {
			if g.IsAsync {
				s.awaits = true
			}
			if i > 0 {
				s.compIter++
				c.expr(g.Iter)
				s.compIter--
			}
			c.iterTarget(g.Target)
			c.exprs(g.Ifs...)
		}
		c.exprs(elt, value)
	})
	if kind == compScope && s.awaits {
		c.asyncComprehension(outer, e.Pos())
	}
}

// iterTarget binds the target of a comprehension.
func (c *collector) iterTarget(e ast.Expr) {
	if n, ok := e.(*ast.Name); ok {
		if sym := c.cur.find(mangle(c.cur.private, n.Id)); sym != nil && sym.flags&symWalrus != 0 {
			c.fail(e.Pos(), "comprehension inner loop cannot rebind assignment expression target '"+n.Id+"'")
		}
	}
	c.target(e)
}

// asyncComprehension records that an inlined comprehension awaits, which its surroundings must allow.
func (c *collector) asyncComprehension(outer *scope, span ast.Span) {
	switch {
	case outer.kind == funcScope && outer.isAsync, outer.isComprehension():
	case outer.kind == moduleScope && c.opt.TopLevelAwait:
	default:
		c.fail(span, "asynchronous comprehension outside of an asynchronous function")
	}
	outer.awaits = true
}

func (c *collector) yield(span ast.Span, from bool) {
	f := c.cur
	switch {
	case f.isComprehension():
		c.fail(span, "'yield' inside "+comprehensionWords[f.name])
	case f.kind != funcScope && f.kind != lambdaScope:
		c.fail(span, "'yield' outside function")
	case from && f.isAsync:
		c.fail(span, "'yield from' inside async function")
	}
	f.hasYield = true
}

var comprehensionWords = map[string]string{
	"<listcomp>": "list comprehension",
	"<setcomp>":  "set comprehension",
	"<dictcomp>": "dict comprehension",
	"<genexpr>":  "generator expression",
}

func (c *collector) match(s *ast.Match) {
	c.expr(s.Subject)
	for i, k := range s.Cases {
		var names []string
		c.pattern(k.Pattern, &names)
		if k.Guard != nil {
			c.expr(k.Guard)
		} else if i < len(s.Cases)-1 {
			c.refutable(k.Pattern)
		}
		c.stmts(k.Body)
	}
}

// refutable fails when a pattern that others follow matches everything.
func (c *collector) refutable(p ast.Pattern) {
	for {
		as, ok := p.(*ast.MatchAs)
		switch {
		case !ok:
			if or, ok := p.(*ast.MatchOr); ok {
				p = or.Patterns[len(or.Patterns)-1]
				continue
			}
			return
		case as.Pattern != nil:
			p = as.Pattern
		case as.Name != "":
			c.fail(as.Span, "name capture '"+as.Name+"' makes remaining patterns unreachable")
			return
		default:
			c.fail(as.Span, "wildcard makes remaining patterns unreachable")
			return
		}
	}
}

// pattern walks a pattern and appends the names it captures.
func (c *collector) pattern(p ast.Pattern, names *[]string) {
	switch p := p.(type) {
	case *ast.MatchValue:
		c.expr(p.Value)
	case *ast.MatchSingleton:
	case *ast.MatchAs:
		if p.Pattern != nil {
			c.pattern(p.Pattern, names)
		}
		c.patternName(p.Name, p.Span, names)
	case *ast.MatchStar:
		c.patternName(p.Name, p.Span, names)
	case *ast.MatchSequence:
		stars := 0
		for _, sub := range p.Patterns {
			if _, ok := sub.(*ast.MatchStar); ok {
				stars++
			}
			c.pattern(sub, names)
		}
		if stars > 1 {
			c.fail(p.Span, "multiple starred names in sequence pattern")
		}
	case *ast.MatchMapping:
		c.mappingPattern(p, names)
	case *ast.MatchClass:
		c.classPattern(p, names)
	case *ast.MatchOr:
		c.orPattern(p, names)
	}
}

func (c *collector) patternName(name string, span ast.Span, names *[]string) {
	if name == "" {
		return
	}
	for _, other := range *names {
		if other == name {
			c.fail(span, "multiple assignments to name '"+name+"' in pattern")
		}
	}
	*names = append(*names, name)
	c.bind(name, span, 0)
}

func (c *collector) mappingPattern(p *ast.MatchMapping, names *[]string) {
	var seen constSet
	for i, k := range p.Keys {
		if v, ok := fold(k); ok && !seen.add(v) {
			c.fail(p.Span, "mapping pattern checks duplicate key ("+constText(v)+")")
		}
		c.expr(k)
		c.pattern(p.Patterns[i], names)
	}
	c.patternName(p.Rest, p.Span, names)
}

func (c *collector) classPattern(p *ast.MatchClass, names *[]string) {
	c.expr(p.Cls)
	for _, sub := range p.Patterns {
		c.pattern(sub, names)
	}
	for i, attr := range p.KwdAttrs {
		for _, other := range p.KwdAttrs[:i] {
			if other == attr {
				c.fail(p.KwdPatterns[i].Pos(), "attribute name repeated in class pattern: "+attr)
			}
		}
		c.pattern(p.KwdPatterns[i], names)
	}
}

func (c *collector) orPattern(p *ast.MatchOr, names *[]string) {
	before := len(*names)
	var first []string
	for i, sub := range p.Patterns {
		*names = (*names)[:before]
		c.pattern(sub, names)
		bound := append([]string(nil), (*names)[before:]...)
		if i == 0 {
			first = bound
		} else if !sameNames(first, bound) {
			c.fail(p.Span, "alternative patterns bind different names")
		}
		if i < len(p.Patterns)-1 {
			c.refutable(sub)
		}
	}
}

func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		found := false
		for _, y := range b {
			found = found || x == y
		}
		if !found {
			return false
		}
	}
	return true
}
