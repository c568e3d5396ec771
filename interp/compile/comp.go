package compile

// This file compiles comprehensions, inline into the Code around them, and generator expressions.

import (
	"aio/ast"
)

// loopNest is the clauses of a comprehension while it is compiled.
type loopNest struct {
	span ast.Span
	gens []*ast.Comprehension
	body func() // what is done for each item
	lazy bool   // it is a generator expression
}

func (c *compiler) listComp(e *ast.ListComp, dst reg) {
	c.inlined(e, e.Generators, OpNewList, dst, func(t reg) {
		c.emit(e.Span, OpListAppend, t, c.any(e.Elt), 0)
	})
}

func (c *compiler) setComp(e *ast.SetComp, dst reg) {
	c.inlined(e, e.Generators, OpNewSet, dst, func(t reg) {
		c.emit(e.Span, OpSetAdd, t, c.any(e.Elt), 0)
	})
}

func (c *compiler) dictComp(e *ast.DictComp, dst reg) {
	c.inlined(e, e.Generators, OpNewDict, dst, func(t reg) {
		k := c.anyBefore(e.Key, e.Value)
		c.emit(e.Span, OpDictSet, t, k, c.any(e.Value))
	})
}

// inlined compiles a comprehension: a new collection, filled by add.
func (c *compiler) inlined(e ast.Expr, gens []*ast.Comprehension, makeOp Opcode, dst reg, add func(t reg)) {
	span, s, outer := e.Pos(), c.byNode[e], c.scope
	t := c.temp(dst)
	iter := c.iterator(span, gens[0])
	start := c.pc()
	c.scope = s
	c.startTargets(span, s, gens)
	c.display(span, makeOp, t, t, 0)
	c.loops(&loopNest{span: span, gens: gens, body: func() { add(t) }}, 0, iter)
	c.scope = outer
	if c.pc() > start {
		c.code.Inlined = append(c.code.Inlined, Inlined{start, c.pc(), s.name, span})
	}
	c.move(span, dst, t)
}

// startTargets makes the targets of an inlined comprehension unbound, in fresh cells where they are
// captured. A single name that the first clause binds needs no preparation: nothing reads it before.
func (c *compiler) startTargets(span ast.Span, s *scope, gens []*ast.Comprehension) {
	_, simple := gens[0].Target.(*ast.Name)
	simple = simple && len(gens) == 1
	for _, sym := range s.syms {
		if sym.alias != nil || sym.flags&symIter == 0 {
			continue
		}
		switch sym.kind {
		case localRef:
			c.bound.clear(sym.reg)
			if !simple {
				c.emit(span, OpUnbind, sym.reg, 0, 0)
			}
		case cellRef:
			c.emit(span, OpUnbind, sym.reg, 0, 0)
			c.emit(span, OpMakeCell, sym.reg, 0, 0)
		}
	}
}

// iterator compiles the iterable of a clause and returns the register of its iterator.
func (c *compiler) iterator(span ast.Span, g *ast.Comprehension) reg {
	iter := c.alloc()
	if g.IsAsync {
		c.alloc() // scratch of OpAsyncFor
		c.emit(span, OpGetAIter, iter, c.operand(g.Iter, iter), 0)
	} else {
		c.emit(span, OpGetIter, iter, c.operand(g.Iter, iter), 0)
	}
	return iter
}

// loops compiles the clauses from i on; iter is the iterator of the first.
func (c *compiler) loops(n *loopNest, i int, iter reg) {
	m := c.top
	g := n.gens[i]
	if i > 0 {
		if only := onlyItem(g); only != nil {
			c.loopOnce(n, i, only)
			c.top = m
			return
		}
		iter = c.iterator(n.span, g)
	}
	top, end := c.newLabel(), c.newLabel()
	c.placeTop(top)
	c.nextItem(n.span, g.IsAsync, iter, g.Target, end)
	b := &block{kind: loopBlock, iter: NoReg, open: c.pc()}
	if (i > 0 || n.lazy) && !g.IsAsync && c.mayOwn(g.Iter) {
		b.iter = iter
	}
	c.clauseBody(n, i, top)
	c.closeRange(b)
	c.loopOver(b)
	c.goTo(n.span, top)
	c.place(end)
	c.top = m
}

// clauseBody compiles the conditions of clause i and what stands within it; skip is where a condition
// that fails leads.
func (c *compiler) clauseBody(n *loopNest, i int, skip labelID) {
	m := c.top
	for _, cond := range n.gens[i].Ifs {
		c.jumpIf(cond, n.span, false, skip)
	}
	if i+1 < len(n.gens) {
		c.loops(n, i+1, 0)
	} else {
		n.body()
	}
	c.top = m
}

// onlyItem returns the item of "for x in [item]", which is an assignment and not a loop.
func onlyItem(g *ast.Comprehension) ast.Expr {
	var elts []ast.Expr
	switch e := g.Iter.(type) {
	case *ast.List:
		elts = e.Elts
	case *ast.Tuple:
		elts = e.Elts
	}
	if len(elts) != 1 || hasStar(elts) || g.IsAsync {
		return nil
	}
	return elts[0]
}

func (c *compiler) loopOnce(n *loopNest, i int, item ast.Expr) {
	c.assign(n.gens[i].Target, item)
	end := c.newLabel()
	c.clauseBody(n, i, end)
	c.place(end)
}

// nextItem emits the instruction that steps a loop, and stores the item in the target.
func (c *compiler) nextItem(span ast.Span, async bool, iter reg, target ast.Expr, end labelID) {
	op := OpForIter
	if async {
		op = OpAsyncFor
	}
	if n, ok := target.(*ast.Name); ok {
		if sym := c.lookup(n.Id); sym.kind == localRef {
			c.jump(span, op, iter, sym.reg, end)
			c.bound.set(sym.reg)
			return
		}
	}
	m := c.top
	item := c.alloc()
	c.jump(span, op, iter, item, end)
	c.store(target, item)
	c.top = m
}

// generatorExp compiles a generator expression: a call of a Generator with the first iterator.
func (c *compiler) generatorExp(e *ast.GeneratorExp, dst reg) {
	s := c.byNode[e]
	code := s.code
	if code == nil {
		code = c.generatorCode(e, s)
	}
	base := c.window(dst)
	c.makeFunction(e.Span, s, code, base, 0)
	arg := c.alloc()
	first := e.Generators[0]
	op := OpGetIter
	if first.IsAsync {
		op = OpGetAIter
	}
	c.emit(e.Span, op, arg, c.operand(first.Iter, arg), 0)
	c.emit(e.Span, OpCall, base, 1, dst)
}

func (c *compiler) generatorCode(e *ast.GeneratorExp, s *scope) *Code {
	g := c.child(s, s.name, e.Span)
	g.code.ArgCount = 1
	g.code.PosOnlyCount = 1
	g.code.Kind = Generator
	yield := OpYield
	if s.awaits {
		g.code.Kind, yield = AsyncGen, OpYieldAsync
	}
	g.prologue()
	iter := s.params[0].reg
	if e.Generators[0].IsAsync {
		iter = g.copyOf(e.Span, iter)
		g.alloc() // scratch of OpAsyncFor
	}
	g.loops(&loopNest{span: e.Span, gens: e.Generators, lazy: true, body: func() {
		t := g.alloc()
		g.emit(e.Span, yield, t, g.operand(e.Elt, t), 0)
	}}, 0, iter)
	g.returnNone(e.Span)
	s.code = g.finish()
	return s.code
}
