package compile

// This file compiles statements, but for try, with and match.

import (
	"strings"

	"aio/ast"
)

func (c *compiler) stmts(list []ast.Stmt) {
	for _, s := range list {
		if c.dead {
			return
		}
		c.stmt(s)
	}
}

func (c *compiler) stmt(s ast.Stmt) {
	m := c.top
	switch s := s.(type) {
	case *ast.ExprStmt:
		c.exprStmt(s)
	case *ast.Assign:
		c.assignStmt(s)
	case *ast.AugAssign:
		c.augAssign(s)
	case *ast.AnnAssign:
		c.annAssign(s)
	case *ast.Return:
		c.returnStmt(s)
	case *ast.If:
		c.ifStmt(s)
	case *ast.For:
		c.forStmt(s)
	case *ast.While:
		c.whileStmt(s)
	case *ast.Break:
		c.exitLoop(s.Span, true)
	case *ast.Continue:
		c.exitLoop(s.Span, false)
	case *ast.FunctionDef:
		c.functionDef(s)
	case *ast.ClassDef:
		c.classDef(s)
	case *ast.With:
		c.with(s, s.Items)
	case *ast.Try:
		c.try(s)
	case *ast.Raise:
		c.raise(s)
	case *ast.Assert:
		c.assert(s)
	case *ast.Delete:
		for _, t := range s.Targets {
			c.del(t)
		}
	case *ast.Import:
		c.importNames(s)
	case *ast.ImportFrom:
		c.importFrom(s)
	case *ast.Match:
		c.match(s)
	case *ast.TypeAlias:
		c.typeAlias(s)
	}
	c.top = m
}

func (c *compiler) exprStmt(s *ast.ExprStmt) {
	if c.opt.Interactive && c.host.kind == moduleScope {
		c.emit(s.Span, OpPrintExpr, c.any(s.Value), 0, 0)
		return
	}
	switch s.Value.(type) {
	case *ast.Constant:
	case *ast.Call:
		c.to(s.Value, c.code.DropReg)
	default:
		c.any(s.Value)
	}
}

func (c *compiler) returnStmt(s *ast.Return) {
	switch {
	case !c.unwinds(0):
		if s.Value == nil {
			c.returnNone(s.Span)
			return
		}
		c.ret(c.any(s.Value), s.Span)
	case s.Value == nil:
		c.unwind(s.Span, 0)
		c.returnNone(s.Span)
	default:
		r := c.alloc() // what the exits run must not change it
		c.to(s.Value, r)
		c.unwind(s.Span, 0)
		c.ret(r, s.Span)
	}
	c.reopen(0)
}

func (c *compiler) ifStmt(s *ast.If) {
	end := c.newLabel()
	for !c.dead {
		if v, ok := fold(s.Test); ok && truth(v) {
			c.stmts(s.Body)
			break
		} else if !ok {
			orElse := c.newLabel()
			if !c.branchOut(s, orElse) {
				c.jumpIf(s.Test, s.Span, false, orElse)
				c.stmts(s.Body)
			}
			if len(s.OrElse) > 0 {
				c.goTo(s.Span, end)
			}
			c.place(orElse)
		}
		next, ok := elif(s)
		if !ok {
			c.stmts(s.OrElse)
			break
		}
		s = next
	}
	c.place(end)
}

// branchOut compiles "if test: break" (or continue) as one conditional jump when nothing has to be done
// on the way out. Without an else, orElse then is what follows.
func (c *compiler) branchOut(s *ast.If, orElse labelID) bool {
	if len(s.Body) != 1 || len(s.OrElse) != 0 {
		return false
	}
	var isBreak bool
	switch s.Body[0].(type) {
	case *ast.Break:
		isBreak = true
	case *ast.Continue:
	default:
		return false
	}
	i := c.innermostLoop()
	if c.unwinds(i + 1) {
		return false
	}
	c.jumpIf(s.Test, s.Span, true, c.blocks[i].exit(isBreak))
	return true
}

func (c *compiler) whileStmt(s *ast.While) {
	v, constant := fold(s.Test)
	if constant && !truth(v) {
		c.stmts(s.OrElse)
		return
	}
	top, next, exit, end := c.newLabel(), c.newLabel(), c.newLabel(), c.newLabel()
	if constant {
		next = top
	} else {
		c.jumpIf(s.Test, s.Span, false, exit)
	}
	c.placeTop(top)
	c.push(s.Span, &block{kind: loopBlock, onBreak: end, onContinue: next, iter: NoReg})
	c.stmts(s.Body)
	c.pop()
	if constant {
		c.goTo(s.Span, top)
	} else {
		c.place(next)
		c.jumpIf(s.Test, s.Span, true, top)
	}
	c.place(exit)
	c.stmts(s.OrElse)
	c.place(end)
}

func (c *compiler) forStmt(s *ast.For) {
	iter := c.alloc()
	op := OpGetIter
	if s.IsAsync {
		c.alloc() // scratch of OpAsyncFor
		op = OpGetAIter
	}
	c.emit(s.Span, op, iter, c.operand(s.Iter, iter), 0)
	top, exit, end := c.newLabel(), c.newLabel(), c.newLabel()
	owned := reg(NoReg)
	if c.mayOwn(s.Iter) {
		owned = iter
	}
	c.placeTop(top)
	c.nextItem(s.Span, s.IsAsync, iter, s.Target, exit)
	c.push(s.Span, &block{kind: loopBlock, onBreak: end, onContinue: top, iter: owned})
	c.stmts(s.Body)
	c.loopOver(c.pop())
	c.goTo(s.Span, top)
	c.place(exit)
	c.stmts(s.OrElse)
	closes := owned != NoReg && c.labels[end].reached
	c.place(end)
	if closes {
		c.emit(s.Span, OpCloseIter, iter, 0, 0)
	}
}

// mayOwn reports whether a loop over e may be the only holder of a generator, so that it has to close
// it when it is left early: CPython does so by counting references.
func (c *compiler) mayOwn(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Call:
		if f, ok := e.Func.(*ast.Name); ok {
			switch f.Id {
			case "range", "enumerate", "zip", "reversed", "sorted", "list", "tuple", "set", "dict":
				return false
			}
		}
		return true
	case *ast.Name, *ast.Attribute, *ast.Subscript, *ast.GeneratorExp:
		return true
	}
	return false
}

// exitLoop compiles break or continue.
func (c *compiler) exitLoop(span ast.Span, isBreak bool) {
	i := c.innermostLoop()
	c.unwind(span, i+1)
	c.goTo(span, c.blocks[i].exit(isBreak))
	c.reopen(i + 1)
}

func (c *compiler) raise(s *ast.Raise) {
	switch {
	case s.Exc == nil:
		c.emit(s.Span, OpRaise, 0, 0, 0)
	case s.Cause == nil:
		c.emit(s.Span, OpRaise, c.any(s.Exc), 0, 1)
	default:
		exc := c.anyBefore(s.Exc, s.Cause)
		c.emit(s.Span, OpRaise, exc, c.any(s.Cause), 2)
	}
	c.dead = true
}

func (c *compiler) assert(s *ast.Assert) {
	end := c.newLabel()
	c.jumpIf(s.Test, s.Span, true, end)
	span := spanBehind(s.Test, s.Span)
	exc := c.alloc()
	c.emit(span, OpLoadAssertionError, exc, 0, 0)
	if s.Msg != nil {
		c.to(s.Msg, c.alloc())
		c.emit(span, OpCall, exc, 1, exc)
	}
	c.emit(span, OpRaise, exc, 0, 1)
	c.dead = true
	c.place(end)
}

func (c *compiler) del(e ast.Expr) {
	m := c.top
	switch e := e.(type) {
	case *ast.Name:
		c.delSym(e.Span, c.lookup(e.Id))
	case *ast.Attribute:
		obj, span := c.any(e.Value), c.attrSpan(e)
		c.emit(span, OpDelAttr, obj, 0, c.cache(span, OpDelAttr, c.mangled(e.Attr)))
	case *ast.Subscript:
		obj := c.anyBefore(e.Value, e.Slice)
		c.emit(e.Span, OpDelItem, obj, c.index(e.Slice), 0)
	case *ast.Tuple:
		for _, x := range e.Elts {
			c.del(x)
		}
	case *ast.List:
		for _, x := range e.Elts {
			c.del(x)
		}
	}
	c.top = m
}

// importModule emits __import__ and returns the register of the module.
func (c *compiler) importModule(span ast.Span, name string, level int, fromList any) reg {
	module := c.alloc()
	args := c.alloc()
	c.loadK(span, args, int64(level))
	c.loadK(span, c.alloc(), fromList)
	c.emit(span, OpImportName, module, args, c.cache(span, OpImportName, name))
	c.top = int(module) + 1
	return module
}

func (c *compiler) importNames(s *ast.Import) {
	m := c.top
	for _, a := range s.Names {
		r := c.importModule(s.Span, a.Name, 0, nil)
		if a.AsName != "" {
			_, rest, dotted := strings.Cut(a.Name, ".")
			for dotted {
				var part string
				part, rest, dotted = strings.Cut(rest, ".")
				c.emit(s.Span, OpImportFrom, r, r, c.cache(s.Span, OpImportFrom, part))
			}
		}
		c.storeSym(s.Span, c.lookup(boundName(a)), r)
		c.top = m
	}
}

func (c *compiler) importFrom(s *ast.ImportFrom) {
	names := make(Tuple, len(s.Names))
	for i, a := range s.Names {
		names[i] = a.Name
	}
	module := c.importModule(s.Span, s.Module, s.Level, names)
	r := c.alloc()
	for _, a := range s.Names {
		if a.Name == "*" {
			ns := reg(NoReg)
			if c.opt.Namespace {
				ns = 0
			}
			c.emit(s.Span, OpImportStar, module, ns, 0)
			continue
		}
		c.emit(s.Span, OpImportFrom, r, module, c.cache(s.Span, OpImportFrom, a.Name))
		name := a.AsName
		if name == "" {
			name = a.Name
		}
		c.storeSym(s.Span, c.lookup(name), r)
	}
}
