package compile

// This file compiles comparisons and conditions.

import (
	"aio/ast"
)

var compareOps = [...]Opcode{
	ast.Eq: OpEq, ast.NotEq: OpNe, ast.Lt: OpLt, ast.LtE: OpLe, ast.Gt: OpGt, ast.GtE: OpGe,
	ast.Is: OpIs, ast.IsNot: OpIsNot, ast.In: OpIn, ast.NotIn: OpNotIn,
}

// The jumps that compare, by what they compare: two registers or a register and an immediate, jumping
// when it holds or when it does not ("not a < b" is not "a >= b").
var (
	jumpOps = [...]Opcode{
		ast.Eq: OpJEq, ast.NotEq: OpJNe, ast.Lt: OpJLt, ast.LtE: OpJLe, ast.Gt: OpJGt, ast.GtE: OpJGe,
	}
	jumpNotOps = [...]Opcode{
		ast.Eq: OpJNotEq, ast.NotEq: OpJNotNe, ast.Lt: OpJNotLt, ast.LtE: OpJNotLe, ast.Gt: OpJNotGt, ast.GtE: OpJNotGe,
	}
	jumpImmOps = [...]Opcode{
		ast.Eq: OpJEqI, ast.NotEq: OpJNeI, ast.Lt: OpJLtI, ast.LtE: OpJLeI, ast.Gt: OpJGtI, ast.GtE: OpJGeI,
	}
	jumpNotImmOps = [...]Opcode{
		ast.Eq: OpJNotEqI, ast.NotEq: OpJNotNeI, ast.Lt: OpJNotLtI, ast.LtE: OpJNotLeI, ast.Gt: OpJNotGtI, ast.GtE: OpJNotGeI,
	}
)

// compare compiles a comparison, which may be chained, for its value.
func (c *compiler) compare(e *ast.Compare, dst reg) {
	last := len(e.Ops) - 1
	if last == 0 {
		l := c.operandBefore(e.Left, dst, e.Comparators[0])
		c.emit(e.Span, compareOps[e.Ops[0]], dst, l, c.comparator(e.Ops[0], e.Comparators[0]))
		return
	}
	t := c.temp(dst)
	end := c.newLabel()
	l := c.anyBefore(e.Left, e.Comparators[0])
	for i, op := range e.Ops {
		m := c.top
		r := c.middle(e, i)
		c.emit(e.Span, compareOps[op], t, l, r)
		if i < last {
			c.jump(e.Span, OpJFalse, t, 0, end)
			l = r
		} else {
			c.top = m
		}
	}
	c.place(end)
	c.move(e.Span, dst, t)
}

// middle compiles comparator i of a chain; it must outlive the next one.
func (c *compiler) middle(e *ast.Compare, i int) reg {
	if i < len(e.Ops)-1 {
		return c.anyBefore(e.Comparators[i], e.Comparators[i+1])
	}
	return c.comparator(e.Ops[i], e.Comparators[i])
}

// comparator compiles the right side of a comparison. What "in" searches is never changed, so that a
// display of constants becomes a constant.
func (c *compiler) comparator(op ast.CmpOp, e ast.Expr) reg {
	if op != ast.In && op != ast.NotIn {
		return c.any(e)
	}
	var k any
	switch e := e.(type) {
	case *ast.List:
		values, ok := constItems(e.Elts)
		if !ok {
			return c.any(e)
		}
		k = Tuple(values)
	case *ast.Set:
		values, ok := constItems(e.Elts)
		if !ok {
			return c.any(e)
		}
		k = FrozenSet(values)
	default:
		return c.any(e)
	}
	r := c.alloc()
	c.loadK(e.Pos(), r, k)
	return r
}

// jumpIf jumps to a label when the truth of e is when, and goes on behind it otherwise. The truth of a
// value that is no comparison is asked for at the place span.
func (c *compiler) jumpIf(e ast.Expr, span ast.Span, when bool, to labelID) {
	if c.dead {
		return
	}
	if v, ok := fold(e); ok {
		if truth(v) == when {
			c.goTo(span, to)
		}
		return
	}
	m := c.top
	switch e := e.(type) {
	case *ast.UnaryOp:
		if e.Op == ast.Not {
			c.jumpIf(e.Operand, span, !when, to)
			return
		}
	case *ast.BoolOp:
		c.jumpBool(e, span, when, to)
		return
	case *ast.IfExp:
		orElse, end := c.newLabel(), c.newLabel()
		c.jumpIf(e.Test, span, false, orElse)
		c.jumpIf(e.Body, span, when, to)
		c.goTo(span, end)
		c.place(orElse)
		c.jumpIf(e.OrElse, span, when, to)
		c.place(end)
		return
	case *ast.Compare:
		if len(e.Ops) == 1 {
			l := c.anyBefore(e.Left, e.Comparators[0])
			c.jumpCompare(e, 0, l, when, to)
		} else {
			c.jumpChain(e, when, to)
		}
		c.top = m
		return
	}
	r := c.any(e)
	c.jump(span, truthJump(when), r, 0, to)
	c.top = m
}

// spanBehind returns what a traceback underlines of a statement behind its condition e: sic, the last
// comparison of the condition, or else span.
func spanBehind(e ast.Expr, span ast.Span) ast.Span {
	switch e := e.(type) {
	case *ast.Compare:
		return e.Span
	case *ast.UnaryOp:
		if e.Op == ast.Not {
			return spanBehind(e.Operand, span)
		}
	case *ast.BoolOp:
		for _, v := range e.Values {
			span = spanBehind(v, span)
		}
	case *ast.IfExp:
		for _, part := range []ast.Expr{e.Test, e.Body, e.OrElse} {
			span = spanBehind(part, span)
		}
	}
	return span
}

func truthJump(when bool) Opcode {
	if when {
		return OpJTrue
	}
	return OpJFalse
}

// jumpBool compiles and/or as jumps. Where one operand decides, the value is known: true for or.
func (c *compiler) jumpBool(e *ast.BoolOp, span ast.Span, when bool, to labelID) {
	last := len(e.Values) - 1
	if e.Or == when {
		for _, v := range e.Values {
			c.jumpIf(v, span, when, to)
			span = spanBehind(v, span)
		}
		return
	}
	skip := c.newLabel()
	for _, v := range e.Values[:last] {
		c.jumpIf(v, span, e.Or, skip)
		span = spanBehind(v, span)
	}
	c.jumpIf(e.Values[last], span, when, to)
	c.place(skip)
}

// jumpChain compiles a < b < c as jumps.
func (c *compiler) jumpChain(e *ast.Compare, when bool, to labelID) {
	last := len(e.Ops) - 1
	fail := to
	if when {
		fail = c.newLabel()
	}
	l := c.anyBefore(e.Left, e.Comparators[0])
	for i := range e.Ops[:last] {
		l = c.jumpCompare(e, i, l, false, fail)
	}
	c.jumpCompare(e, last, l, when, to)
	if when {
		c.place(fail)
	}
}

// jumpCompare compiles comparison i of a chain as a jump and returns the register of its right side.
func (c *compiler) jumpCompare(e *ast.Compare, i int, l reg, when bool, to labelID) reg {
	op, right, last := e.Ops[i], e.Comparators[i], i == len(e.Ops)-1
	switch op {
	case ast.Is, ast.IsNot:
		if k, ok := right.(*ast.Constant); ok && k.Value == nil && last {
			jump := OpJNone
			if when == (op == ast.IsNot) {
				jump = OpJNotNone
			}
			c.jump(e.Span, jump, l, 0, to)
			return l
		}
		fallthrough
	case ast.In, ast.NotIn:
		r := c.middle(e, i)
		t := c.alloc()
		c.emit(e.Span, compareOps[op], t, l, r)
		c.jump(e.Span, truthJump(when), t, 0, to)
		return r
	}
	if n, ok := smallIntExpr(right); ok && last {
		table := &jumpImmOps
		if !when {
			table = &jumpNotImmOps
		}
		c.jump(e.Span, table[op], l, uint16(int16(n)), to)
		return l
	}
	r := c.middle(e, i)
	table := &jumpOps
	if !when {
		table = &jumpNotOps
	}
	c.jump(e.Span, table[op], l, r, to)
	return r
}
