package compile

// This file compiles expressions.
//
// to(e, dst) puts the value into dst. A temporary may be written early; a local is written by one last
// instruction only, so that an exception on the way leaves it as it was. any(e) returns the register
// that has the value: a bound local stays where it is.

import (
	"math"
	"strings"

	"aio/ast"
)

// any compiles e and returns the register of its value, which is not to be written to.
func (c *compiler) any(e ast.Expr) reg {
	switch e := e.(type) {
	case *ast.Name:
		if sym := c.lookup(e.Id); sym.kind == localRef && e.Id != "__debug__" {
			c.checkLocal(e.Span, sym.reg)
			return sym.reg
		}
	case *ast.NamedExpr:
		if sym := c.lookup(e.Target.Id); sym.kind == localRef {
			c.to(e.Value, sym.reg)
			c.bound.set(sym.reg)
			return sym.reg
		}
	}
	r := c.alloc()
	c.to(e, r)
	return r
}

// anyBefore is any for a value that is used after others were evaluated: when one of these rebinds the
// local that holds it, the value is copied first.
func (c *compiler) anyBefore(e ast.Expr, others ...ast.Expr) reg {
	if name := localName(e); name != "" {
		for _, at := range c.lookup(name).walrus {
			for _, other := range others {
				if span := other.Pos(); span.Start <= at && at < span.End {
					r := c.alloc()
					c.to(e, r)
					return r
				}
			}
		}
	}
	return c.any(e)
}

// localName returns the name whose register any may return for e.
func localName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Name:
		return e.Id
	case *ast.NamedExpr:
		return e.Target.Id
	}
	return ""
}

var binaryOps = [...]Opcode{
	ast.Add: OpAdd, ast.Sub: OpSub, ast.Mult: OpMul, ast.MatMult: OpMatMul, ast.Div: OpDiv,
	ast.Mod: OpMod, ast.Pow: OpPow, ast.LShift: OpLShift, ast.RShift: OpRShift, ast.BitOr: OpBitOr,
	ast.BitXor: OpBitXor, ast.BitAnd: OpBitAnd, ast.FloorDiv: OpFloorDiv,
}

// The forms of an operator with a constant on the right; OpNop where there is none.
var (
	immediateOps = [len(binaryOps)]Opcode{
		ast.Add: OpAddI, ast.Sub: OpSubI, ast.Mult: OpMulI, ast.FloorDiv: OpFloorDivI, ast.Mod: OpModI,
	}
	floatOps = [len(binaryOps)]Opcode{
		ast.Add: OpAddK, ast.Sub: OpSubK, ast.Mult: OpMulK, ast.Div: OpDivK,
	}
)

// inPlace returns the in-place form of a binary operator; the forms stand in the same order.
func inPlace(op Opcode) Opcode {
	switch {
	case op >= OpAdd && op <= OpFloorDiv:
		return op - OpAdd + OpIAdd
	case op >= OpAddI && op <= OpModI:
		return op - OpAddI + OpIAddI
	}
	return op - OpAddK + OpIAddK
}

// to compiles e and puts its value into dst.
func (c *compiler) to(e ast.Expr, dst reg) {
	if c.dead {
		return
	}
	m := c.top
	switch e := e.(type) {
	case *ast.Name:
		if e.Id == "__debug__" {
			c.loadK(e.Span, dst, true)
			break
		}
		c.loadSym(e.Span, c.lookup(e.Id), dst)
	case *ast.Constant:
		c.loadK(e.Span, dst, e.Value)
	case *ast.Call:
		c.call(e, dst)
	case *ast.Attribute:
		obj, span := c.operand(e.Value, dst), c.attrSpan(e)
		c.emit(span, OpGetAttr, dst, obj, c.cache(span, OpGetAttr, c.mangled(e.Attr)))
	case *ast.BinOp:
		c.binary(e, dst)
	case *ast.Subscript:
		c.subscript(e, dst)
	case *ast.Compare:
		c.compare(e, dst)
	case *ast.BoolOp:
		c.boolOp(e, dst)
	case *ast.UnaryOp:
		c.unary(e, dst)
	case *ast.IfExp:
		c.ifExp(e, dst)
	case *ast.NamedExpr:
		r := c.assignNamed(e)
		c.move(e.Span, dst, r)
	case *ast.Tuple:
		c.tuple(e, dst)
	case *ast.List:
		c.list(e, dst)
	case *ast.Set:
		c.set(e, dst)
	case *ast.Dict:
		c.dict(e, dst)
	case *ast.JoinedStr:
		c.joinedStr(e, dst)
	case *ast.FormattedValue:
		c.formatted(e, dst, 0)
	case *ast.Slice:
		c.slice(e, dst)
	case *ast.Lambda:
		c.lambda(e, dst)
	case *ast.ListComp:
		c.listComp(e, dst)
	case *ast.SetComp:
		c.setComp(e, dst)
	case *ast.DictComp:
		c.dictComp(e, dst)
	case *ast.GeneratorExp:
		c.generatorExp(e, dst)
	case *ast.Await:
		c.await(e, dst)
	case *ast.Yield:
		c.yield(e, dst)
	case *ast.YieldFrom:
		r := c.alloc()
		c.to(e.Value, r)
		c.emit(e.Span, OpYieldFrom, dst, r, 0)
	}
	c.top = m
}

// operand compiles the only, or first, operand of an instruction that then writes dst: dst serves as
// its temporary.
func (c *compiler) operand(e ast.Expr, dst reg) reg {
	if name := localName(e); name != "" && name != "__debug__" && c.lookup(name).kind == localRef || !c.isTemp(dst) {
		return c.any(e)
	}
	c.to(e, dst)
	return dst
}

// operandBefore is operand for a value that others are evaluated after.
func (c *compiler) operandBefore(e ast.Expr, dst reg, other ast.Expr) reg {
	if name := localName(e); name != "" || !c.isTemp(dst) {
		return c.anyBefore(e, other)
	}
	c.to(e, dst)
	return dst
}

// assignNamed compiles target := value and returns the register of the value.
func (c *compiler) assignNamed(e *ast.NamedExpr) reg {
	sym := c.lookup(e.Target.Id)
	if sym.kind == localRef {
		c.to(e.Value, sym.reg)
		c.bound.set(sym.reg)
		return sym.reg
	}
	r := c.any(e.Value)
	c.storeSym(e.Target.Span, sym, r)
	return r
}

func (c *compiler) binary(e *ast.BinOp, dst reg) {
	if v, ok := fold(e); ok {
		c.loadK(e.Span, dst, v)
		return
	}
	l := c.operandBefore(e.Left, dst, e.Right)
	c.binaryOp(e.Span, e.Op, false, dst, l, e.Right)
}

// binaryOp emits R[dst] = R[l] op right, or its in-place form.
func (c *compiler) binaryOp(span ast.Span, operator ast.Operator, aug bool, dst, l reg, right ast.Expr) {
	op, arg := c.rightOperand(operator, right)
	if aug {
		op = inPlace(op)
	}
	c.emit(span, op, dst, l, arg)
}

// rightOperand returns the opcode for an operator with the given right side, and its operand C.
func (c *compiler) rightOperand(operator ast.Operator, right ast.Expr) (Opcode, uint16) {
	if i, ok := smallIntExpr(right); ok && immediateOps[operator] != OpNop {
		return immediateOps[operator], uint16(int16(i))
	}
	if k, ok := right.(*ast.Constant); ok && floatOps[operator] != OpNop {
		f, ok := k.Value.(float64)
		if ok && (f != 0 || operator != ast.Div) && !c.dead {
			if i := c.constant(f); i <= math.MaxUint16 {
				return floatOps[operator], uint16(i)
			}
		}
	}
	return binaryOps[operator], c.any(right)
}

func (c *compiler) unary(e *ast.UnaryOp, dst reg) {
	if v, ok := fold(e); ok {
		c.loadK(e.Span, dst, v)
		return
	}
	op := OpNot
	switch e.Op {
	case ast.Invert:
		op = OpInvert
	case ast.UAdd:
		op = OpPos
	case ast.USub:
		op = OpNeg
	}
	c.emit(e.Span, op, dst, c.operand(e.Operand, dst), 0)
}

func (c *compiler) subscript(e *ast.Subscript, dst reg) {
	obj := c.operandBefore(e.Value, dst, e.Slice)
	if i, ok := smallIntExpr(e.Slice); ok {
		c.emit(e.Span, OpGetItemI, dst, obj, uint16(int16(i)))
		return
	}
	if s, ok := e.Slice.(*ast.Slice); ok {
		c.emit(e.Span, OpGetSlice, dst, obj, c.sliceParts(s))
		return
	}
	c.emit(e.Span, OpGetItem, dst, obj, c.index(e.Slice))
}

// index compiles what stands in the brackets of a subscript.
func (c *compiler) index(e ast.Expr) reg {
	if star, ok := e.(*ast.Starred); ok {
		e = &ast.Tuple{At: star.At, Elts: []ast.Expr{star}}
	}
	return c.any(e)
}

func (c *compiler) slice(e *ast.Slice, dst reg) {
	c.emit(e.Span, OpNewSlice, dst, c.sliceParts(e), 0)
}

// sliceParts compiles start, stop and step of a slice to a window of three registers.
func (c *compiler) sliceParts(e *ast.Slice) reg {
	base := c.alloc()
	c.alloc()
	c.alloc()
	for i, part := range []ast.Expr{e.Lower, e.Upper, e.Step} {
		if part == nil {
			c.loadK(e.Span, base+reg(i), nil)
		} else {
			c.to(part, base+reg(i))
		}
	}
	return base
}

// boolOp compiles and/or for its value. A local is not written before the end.
func (c *compiler) boolOp(e *ast.BoolOp, dst reg) {
	t := c.temp(dst)
	op := OpJFalse
	if e.Or {
		op = OpJTrue
	}
	end := c.newLabel()
	for i, v := range e.Values {
		c.to(v, t)
		if i < len(e.Values)-1 {
			c.jump(e.Span, op, t, 0, end)
		}
	}
	c.place(end)
	c.move(e.Span, dst, t)
}

func (c *compiler) ifExp(e *ast.IfExp, dst reg) {
	orElse, end := c.newLabel(), c.newLabel()
	c.jumpIf(e.Test, e.Span, false, orElse)
	c.to(e.Body, dst)
	c.goTo(e.Span, end)
	c.place(orElse)
	c.to(e.OrElse, dst)
	c.place(end)
}

func (c *compiler) await(e *ast.Await, dst reg) {
	if call, ok := e.Value.(*ast.Call); ok && c.callAwait(e, call, dst) {
		return
	}
	r := c.temp(dst)
	c.to(e.Value, r)
	c.emit(e.Span, OpAwait, dst, r, 0)
}

func (c *compiler) yield(e *ast.Yield, dst reg) {
	op := OpYield
	if c.code.Kind == AsyncGen {
		op = OpYieldAsync
	}
	r := dst
	if e.Value == nil {
		r = c.temp(dst)
		c.loadK(e.Span, r, nil)
	} else {
		r = c.operand(e.Value, dst)
	}
	c.emit(e.Span, op, dst, r, 0)
}

// maxWindow is how many items a display has in registers at once.
const maxWindow = 64

// display emits the making of a collection from a window of n items; an empty window stands anywhere.
func (c *compiler) display(span ast.Span, op Opcode, dst, base reg, n int) {
	if n == 0 {
		base = dst
	}
	c.emit(span, op, dst, base, uint16(n))
}

// items puts the values into consecutive new registers and returns the first.
func (c *compiler) items(list []ast.Expr) reg {
	base := reg(c.top)
	for _, e := range list {
		c.to(e, c.alloc())
	}
	return base
}

func hasStar(list []ast.Expr) bool {
	for _, e := range list {
		if _, ok := e.(*ast.Starred); ok {
			return true
		}
	}
	return false
}

// constItems returns the values when all the expressions are constants.
func constItems(list []ast.Expr) ([]any, bool) {
	if len(list) == 0 {
		return nil, false
	}
	if _, ok := fold(list[len(list)-1]); !ok {
		return nil, false
	}
	values := make([]any, 0, len(list))
	for _, e := range list {
		v, ok := fold(e)
		if !ok {
			return nil, false
		}
		values = append(values, v)
	}
	return values, true
}

func (c *compiler) tuple(e *ast.Tuple, dst reg) {
	if values, ok := constItems(e.Elts); ok || len(e.Elts) == 0 {
		c.loadK(e.Span, dst, Tuple(values))
		return
	}
	if len(e.Elts) <= maxWindow && !hasStar(e.Elts) {
		c.display(e.Span, OpNewTuple, dst, c.items(e.Elts), len(e.Elts))
		return
	}
	t := c.temp(dst)
	c.listInto(e.Span, e.Elts, t)
	c.emit(e.Span, OpListToTuple, dst, t, 0)
}

// minConstList is from how many constants on a list or set is made from one constant.
const minConstList = 3

func (c *compiler) list(e *ast.List, dst reg) {
	if len(e.Elts) <= maxWindow && !hasStar(e.Elts) {
		values, ok := constItems(e.Elts)
		if !ok || len(values) < minConstList {
			c.display(e.Span, OpNewList, dst, c.items(e.Elts), len(e.Elts))
			return
		}
	}
	t := c.temp(dst)
	c.listInto(e.Span, e.Elts, t)
	c.move(e.Span, dst, t)
}

// listInto makes a list, of any size and with starred items, in the temporary t.
func (c *compiler) listInto(span ast.Span, list []ast.Expr, t reg) {
	m := c.top
	if values, ok := constItems(list); ok {
		c.display(span, OpNewList, t, t, 0)
		r := c.alloc()
		c.loadK(span, r, Tuple(values))
		c.emit(span, OpListExtend, t, r, 0)
		c.top = m
		return
	}
	n := 0
	for n < len(list) && n < maxWindow && !hasStar(list[n:n+1]) {
		n++
	}
	c.display(span, OpNewList, t, c.items(list[:n]), n)
	c.top = m
	c.appendAll(span, list[n:], t)
}

// appendAll appends expressions, of which each may be starred, to the list R[t].
func (c *compiler) appendAll(span ast.Span, list []ast.Expr, t reg) {
	m := c.top
	for _, e := range list {
		op := OpListAppend
		if star, ok := e.(*ast.Starred); ok {
			op, e = OpListExtend, star.Value
		}
		c.emit(span, op, t, c.any(e), 0)
		c.top = m
	}
}

func (c *compiler) set(e *ast.Set, dst reg) {
	if values, ok := constItems(e.Elts); ok && len(values) >= minConstList {
		t, r := c.temp(dst), c.alloc()
		c.display(e.Span, OpNewSet, t, t, 0)
		c.loadK(e.Span, r, FrozenSet(values))
		c.emit(e.Span, OpSetUpdate, t, r, 0)
		c.move(e.Span, dst, t)
		return
	}
	if len(e.Elts) <= maxWindow && !hasStar(e.Elts) {
		c.display(e.Span, OpNewSet, dst, c.items(e.Elts), len(e.Elts))
		return
	}
	t := c.temp(dst)
	m := c.top
	c.display(e.Span, OpNewSet, t, t, 0)
	for _, x := range e.Elts {
		op := OpSetAdd
		if star, ok := x.(*ast.Starred); ok {
			op, x = OpSetUpdate, star.Value
		}
		c.emit(e.Span, op, t, c.any(x), 0)
		c.top = m
	}
	c.move(e.Span, dst, t)
}

func (c *compiler) dict(e *ast.Dict, dst reg) {
	plain := 0 // items before the first **
	for plain < len(e.Keys) && plain < maxWindow/2 && e.Keys[plain] != nil {
		plain++
	}
	t := dst
	if plain < len(e.Keys) {
		t = c.temp(dst)
	}
	m := c.top
	base := reg(c.top)
	for i, k := range e.Keys[:plain] {
		c.to(k, c.alloc())
		c.to(e.Values[i], c.alloc())
	}
	c.display(e.Span, OpNewDict, t, base, plain)
	c.top = m
	for i := plain; i < len(e.Keys); i++ {
		if k := e.Keys[i]; k != nil {
			kr := c.anyBefore(k, e.Values[i])
			c.emit(e.Span, OpDictSet, t, kr, c.any(e.Values[i]))
		} else {
			c.emit(e.Span, OpDictUpdate, t, c.any(e.Values[i]), 0)
		}
		c.top = m
	}
	c.move(e.Span, dst, t)
}

// joinedStr compiles an f-string.
func (c *compiler) joinedStr(e *ast.JoinedStr, dst reg) {
	parts := mergeStrings(e.Values)
	switch len(parts) {
	case 0:
		c.loadK(e.Span, dst, "")
		return
	case 1:
		c.to(parts[0], dst)
		return
	}
	c.joinParts(e.Span, parts, dst)
}

// joinParts joins the parts, in chunks when they are many.
func (c *compiler) joinParts(span ast.Span, parts []ast.Expr, dst reg) {
	base := reg(c.top)
	n := 0 // pieces in registers
	for len(parts) > 0 {
		if n == maxWindow {
			c.emit(span, OpBuildString, base, base, uint16(n))
			c.top = int(base) + 1
			n = 1
		}
		c.joinPart(parts[0], c.alloc())
		parts = parts[1:]
		n++
	}
	c.emit(span, OpBuildString, dst, base, uint16(n))
}

// joinPart compiles a part for BuildString.
func (c *compiler) joinPart(e ast.Expr, dst reg) {
	field, ok := e.(*ast.FormattedValue)
	if !ok || c.dead {
		c.to(e, dst)
		return
	}
	m := c.top
	c.formatted(field, dst, FormatJoined)
	c.top = m
}

// mergeStrings joins the constant strings that stand side by side and drops the empty ones.
func mergeStrings(values []ast.Expr) []ast.Expr {
	merged := make([]ast.Expr, 0, len(values))
	for i := 0; i < len(values); i++ {
		k, ok := values[i].(*ast.Constant)
		if !ok {
			merged = append(merged, values[i])
			continue
		}
		text, at := k.Value.(string), k.At
		if next := i + 1; next < len(values) && isString(values[next]) {
			var b strings.Builder
			b.WriteString(text)
			for ; next < len(values) && isString(values[next]); next++ {
				b.WriteString(values[next].(*ast.Constant).Value.(string))
				at.Span = at.Span.To(values[next].Pos())
				i = next
			}
			text = b.String()
		}
		if text != "" {
			merged = append(merged, &ast.Constant{At: at, Value: text})
		}
	}
	return merged
}

func isString(e ast.Expr) bool {
	k, ok := e.(*ast.Constant)
	if !ok {
		return false
	}
	_, ok = k.Value.(string)
	return ok
}

// formatted compiles one replacement field of an f-string; flags is FormatJoined or 0.
func (c *compiler) formatted(e *ast.FormattedValue, dst reg, flags uint16) {
	switch e.Conversion {
	case 's':
		flags |= FormatStr
	case 'r':
		flags |= FormatRepr
	case 'a':
		flags |= FormatAscii
	}
	if e.FormatSpec == nil {
		c.emit(e.Span, OpFormat, dst, c.operand(e.Value, dst), flags)
		return
	}
	value := c.alloc()
	c.to(e.Value, value)
	c.to(e.FormatSpec, c.alloc())
	c.emit(e.Span, OpFormat, dst, value, flags|FormatHasSpec)
}
