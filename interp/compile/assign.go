package compile

// This file compiles assignments.

import (
	"aio/ast"
)

func (c *compiler) assignStmt(s *ast.Assign) {
	if len(s.Targets) == 1 {
		c.assign(s.Targets[0], s.Value)
		return
	}
	others := make([]ast.Expr, 0, len(s.Targets))
	others = append(others, s.Targets...)
	r := c.anyBefore(s.Value, others...)
	if !c.isTemp(r) {
		r = c.copyOf(s.Value.Pos(), r) // an earlier target may be the local itself
	}
	for _, t := range s.Targets {
		c.store(t, r)
	}
}

func (c *compiler) copyOf(span ast.Span, r reg) reg {
	t := c.alloc()
	c.move(span, t, r)
	return t
}

// assign compiles target = value.
func (c *compiler) assign(target, value ast.Expr) {
	m := c.top
	switch t := target.(type) {
	case *ast.Name:
		c.assignName(t, value)
	case *ast.Tuple:
		if !c.assignPairs(t.Elts, value) {
			c.unpack(t.Span, t.Elts, c.any(value))
		}
	case *ast.List:
		if !c.assignPairs(t.Elts, value) {
			c.unpack(t.Span, t.Elts, c.any(value))
		}
	default:
		c.store(target, c.anyBefore(value, target))
	}
	c.top = m
}

func (c *compiler) assignName(t *ast.Name, value ast.Expr) {
	sym := c.lookup(t.Id)
	if sym.kind == localRef {
		c.to(value, sym.reg)
		c.bound.set(sym.reg)
		return
	}
	c.storeSym(t.Span, sym, c.any(value))
}

// assignPairs compiles a, b = x, y without a tuple: all the values, then the stores in order.
func (c *compiler) assignPairs(targets []ast.Expr, value ast.Expr) bool {
	var values []ast.Expr
	switch v := value.(type) {
	case *ast.Tuple:
		values = v.Elts
	case *ast.List:
		values = v.Elts
	}
	n := len(values)
	if n == 0 || n != len(targets) || n > maxWindow || hasStar(targets) || hasStar(values) {
		return false
	}
	if c.assignLocals(targets, values) {
		return true
	}
	base := c.items(values)
	for i, t := range targets {
		c.store(t, base+reg(i))
	}
	return true
}

// assignLocals is assignPairs for targets that are different locals: the last value goes straight into
// its target, and a value that is a local none of the targets rebinds needs no copy.
func (c *compiler) assignLocals(targets, values []ast.Expr) bool {
	var regs [8]reg
	n := len(targets)
	if n > len(regs) {
		return false
	}
	for i, t := range targets {
		name, ok := t.(*ast.Name)
		if !ok {
			return false
		}
		sym := c.lookup(name.Id)
		if sym.kind != localRef || len(sym.walrus) > 0 || isIn(sym.reg, regs[:i]) {
			return false
		}
		regs[i] = sym.reg
	}
	var from [len(regs)]reg
	for i, v := range values[:n-1] {
		from[i] = c.stableValue(v, regs[:n])
	}
	c.to(values[n-1], regs[n-1])
	for i := range n - 1 {
		c.move(targets[i].Pos(), regs[i], from[i])
	}
	for _, r := range regs[:n] {
		c.bound.set(r)
	}
	return true
}

// stableValue compiles a value that must outlive stores to the locals in targets.
func (c *compiler) stableValue(e ast.Expr, targets []reg) reg {
	if name, ok := e.(*ast.Name); ok && name.Id != "__debug__" {
		sym := c.lookup(name.Id)
		if sym.kind == localRef && len(sym.walrus) == 0 && !isIn(sym.reg, targets) {
			return c.any(e)
		}
	}
	r := c.alloc()
	c.to(e, r)
	return r
}

func isIn(r reg, list []reg) bool {
	for _, x := range list {
		if x == r {
			return true
		}
	}
	return false
}

// store stores R[src] in a target.
func (c *compiler) store(target ast.Expr, src reg) {
	m := c.top
	switch t := target.(type) {
	case *ast.Name:
		c.storeSym(t.Span, c.lookup(t.Id), src)
	case *ast.Attribute:
		obj, span := c.any(t.Value), c.attrSpan(t)
		c.emit(span, OpSetAttr, obj, src, c.cache(span, OpSetAttr, c.mangled(t.Attr)))
	case *ast.Subscript:
		obj := c.anyBefore(t.Value, t.Slice)
		if s, ok := t.Slice.(*ast.Slice); ok {
			c.emit(t.Span, OpSetSlice, obj, c.sliceParts(s), src)
		} else {
			c.emit(t.Span, OpSetItem, obj, c.index(t.Slice), src)
		}
	case *ast.Tuple:
		c.unpack(t.Span, t.Elts, src)
	case *ast.List:
		c.unpack(t.Span, t.Elts, src)
	}
	c.top = m
}

// unpack stores the items of R[src] in the targets, of which one may be starred.
func (c *compiler) unpack(span ast.Span, targets []ast.Expr, src reg) {
	m := c.top
	star := -1
	for i, t := range targets {
		if _, ok := t.(*ast.Starred); ok {
			star = i
		}
	}
	base, direct := c.localRun(targets)
	if len(targets) == 0 {
		base = src // nothing is written
	} else if !direct {
		base = reg(c.top)
		for range targets {
			c.alloc()
		}
	}
	if star < 0 {
		c.emit(span, OpUnpack, base, src, uint16(len(targets)))
	} else {
		c.emit(span, OpUnpackEx, base, src, uint16(star|(len(targets)-1-star)<<8))
	}
	for i, t := range targets {
		if direct {
			c.bound.set(base + reg(i))
		} else {
			c.store(unstar(t), base+reg(i))
		}
	}
	c.top = m
}

// localRun returns the first register when the targets are locals in registers that follow one another:
// unpacking, which writes all or nothing, can write to them.
func (c *compiler) localRun(targets []ast.Expr) (first reg, ok bool) {
	for i, t := range targets {
		name, ok := unstar(t).(*ast.Name)
		if !ok {
			return 0, false
		}
		sym := c.lookup(name.Id)
		switch {
		case sym.kind != localRef:
			return 0, false
		case i == 0:
			first = sym.reg
		case sym.reg != first+reg(i):
			return 0, false
		}
	}
	return first, len(targets) > 0
}

// unstar returns what stands behind the star of a starred expression, or e itself.
func unstar(e ast.Expr) ast.Expr {
	if s, ok := e.(*ast.Starred); ok {
		return s.Value
	}
	return e
}

func (c *compiler) augAssign(s *ast.AugAssign) {
	switch t := s.Target.(type) {
	case *ast.Name:
		sym := c.lookup(t.Id)
		if sym.kind == localRef {
			l := c.anyBefore(&ast.Name{At: t.At, Id: t.Id}, s.Value)
			c.binaryOp(s.Span, s.Op, true, sym.reg, l, s.Value)
			return
		}
		r := c.alloc()
		c.loadSym(t.Span, sym, r)
		c.binaryOp(s.Span, s.Op, true, r, r, s.Value)
		c.storeSym(t.Span, sym, r)
	case *ast.Attribute:
		obj := c.anyBefore(t.Value, s.Value)
		r := c.alloc()
		name, span := c.mangled(t.Attr), c.attrSpan(t)
		c.emit(span, OpGetAttr, r, obj, c.cache(span, OpGetAttr, name))
		c.binaryOp(s.Span, s.Op, true, r, r, s.Value)
		c.emit(span, OpSetAttr, obj, r, c.cache(span, OpSetAttr, name))
	case *ast.Subscript:
		obj := c.anyBefore(t.Value, t.Slice, s.Value)
		index := t.Slice
		if star, ok := index.(*ast.Starred); ok {
			index = &ast.Tuple{At: star.At, Elts: []ast.Expr{star}}
		}
		i := c.anyBefore(index, s.Value)
		r := c.alloc()
		c.emit(t.Span, OpGetItem, r, obj, i)
		c.binaryOp(s.Span, s.Op, true, r, r, s.Value)
		c.emit(t.Span, OpSetItem, obj, i, r)
	}
}

func (c *compiler) annAssign(s *ast.AnnAssign) {
	if s.Value != nil {
		c.assign(s.Target, s.Value)
	}
	evaluated := !c.host.isFunction()
	t, ok := s.Target.(*ast.Name)
	switch {
	case ok && s.Simple && evaluated:
		c.storeAnnotation(s, t)
		return
	case !ok && s.Value == nil:
		c.probe(s.Target)
	}
	if evaluated && !c.futureAn {
		c.any(s.Annotation)
	}
}

// probe evaluates what an annotated target without a value names, for its errors.
func (c *compiler) probe(target ast.Expr) {
	switch t := target.(type) {
	case *ast.Attribute:
		c.any(t.Value)
	case *ast.Subscript:
		c.any(t.Value)
		c.index(t.Slice)
	}
}

// storeAnnotation compiles __annotations__["name"] = annotation.
func (c *compiler) storeAnnotation(s *ast.AnnAssign, t *ast.Name) {
	value := c.alloc()
	c.to(c.annotation(s.Annotation), value)
	dict := c.alloc()
	c.loadName(s.Span, "__annotations__", dict)
	key := c.alloc()
	c.loadK(s.Span, key, c.mangled(t.Id))
	c.emit(s.Span, OpSetItem, dict, key, value)
}
