package interp

// This file links a compile.Code to globals: registers become byte offsets, constants Values.

import (
	"math/big"
	"unsafe"

	"aio/ast"
	"aio/interp/compile"
)

// link returns c ready to run with globals.
func (in *Interp) link(c *compile.Code, globals *Dict) *Code {
	key := linkKey{c, globals}
	if l := in.links[key]; l != nil {
		return l
	}
	l := in.linkNew(c, globals)
	in.links[key] = l
	return l
}

func (in *Interp) linkNew(c *compile.Code, globals *Dict) *Code {
	l := &Code{
		Header: Header{codeShape}, Code: c, in: in, globals: globals, builtins: in.builtins.dict,
		name: Intern(c.Name), qualName: MkStrObject(c.QualName),
		nregs: uintptr(c.NRegs+2) * valueSize, dropReg: compile.NoReg,
		sync: c.Kind == compile.Func || c.Kind == compile.ModuleBody || c.Kind == compile.ClassBody,
	}
	l.nparams = c.ArgCount + c.KwOnlyCount
	if c.HasVarargs {
		l.nparams++
	}
	if c.HasKwargs {
		l.nparams++
	}
	l.simple = l.nparams == c.ArgCount
	l.fast = l.simple && l.sync
	l.clearTo = len(c.Locals)
	if c.DropReg != compile.NoReg {
		l.dropReg = c.DropReg * uint16(valueSize)
	}
	l.ins = make([]instr, len(c.Ins)+1)
	for i, x := range c.Ins {
		info := &compile.Ops[x.Op]
		l.ins[i] = instr{x.Op, scale(info.A, x.A), scale(info.B, x.B), scale(info.C, x.C)}
	}
	l.entry = unsafe.Pointer(&l.ins[0])
	l.consts = make([]Value, len(c.Consts)+1)
	for i, k := range c.Consts {
		l.consts[i] = in.constant(k, globals)
	}
	l.constsAt = unsafe.Pointer(&l.consts[0])
	l.caches = make([]inlineCache, len(c.Names))
	l.names = make([]*Str, len(c.Names))
	for i, n := range c.Names {
		l.names[i] = Intern(n)
	}
	fuseLoops(l.ins)
	return l
}

func scale(kind compile.Operand, x uint16) uint16 {
	if kind == compile.Reg && x != compile.NoReg {
		return x * uint16(valueSize)
	}
	return x
}

// fuseLoops joins "i += 1" with the comparison that closes the loop.
func fuseLoops(ins []instr) {
	for i := 0; i+1 < len(ins); i++ {
		x, y := &ins[i], &ins[i+1]
		if (x.op == compile.OpIAddI || x.op == compile.OpAddI) && x.a == x.b && y.op == compile.OpJLt && y.a == x.a && int16(y.c) < 0 {
			x.op = compile.OpIAddILoopLt
		}
	}
}

// MkStrObject returns a new Str; unlike MkStr it returns the object itself.
func MkStrObject(s string) *Str { return NewStr(s) }

// constant turns a constant of the compiler into a Value.
func (in *Interp) constant(k any, globals *Dict) Value {
	switch k := k.(type) {
	case nil:
		return None
	case bool:
		return MkBool(k)
	case int64:
		return MkInt(k)
	case *big.Int:
		return MkBig(k)
	case float64:
		return MkFloat(k)
	case complex128:
		return MkComplex(k)
	case string:
		if len(k) <= 20 {
			return object(Intern(k))
		}
		return MkStr(k)
	case ast.Bytes:
		return MkBytes([]byte(k))
	case ast.EllipsisType:
		return Ellipsis
	case compile.Tuple:
		items := make([]Value, len(k))
		for i, x := range k {
			items[i] = in.constant(x, globals)
		}
		return MkTuple(items)
	case compile.FrozenSet:
		return in.frozenConstant(k, globals)
	case *compile.Code:
		return object(in.link(k, globals))
	}
	return None
}

// frozenConstant returns a constant frozenset. CPython makes it, and makes it again of its own items when
// it merges equal constants: that decides the order of the keys.
func (in *Interp) frozenConstant(k compile.FrozenSet, globals *Dict) Value {
	items := make([]Value, len(k))
	for i, x := range k {
		items[i] = in.constant(x, globals)
	}
	var s *Set
	for range 2 {
		s = NewFrozenSet()
		if err := s.addAll(in.main, items); err != nil {
			break // constants are hashable
		}
		items = s.items()
	}
	return s.Value()
}
