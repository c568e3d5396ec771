package interp

// This file defines the slow paths of the VM loop. Each takes the frame, its registers and the
// instruction, stores its own result, and reports by its return value how the loop goes on; a bool
// is true when th.exc is to be raised.

import (
	"strings"
	"unsafe"

	"aio/interp/compile"
)

// at notes where script code is, before Go code that may call back.
func (th *Thread) at(f *Frame, ip unsafe.Pointer) *instr {
	f.ip = ip
	th.frame = f
	return (*instr)(ip)
}

func (th *Thread) failed(err *Exc) bool {
	th.exc = err
	return err != nil
}

// unboundLocal is the error of the instruction at ip, which reads a local that is not bound. Within an
// inlined comprehension a variable of the function around it is called free, as it would be in the
// function that CPython 3.11 makes of the comprehension.
func unboundLocal(f *Frame, ip unsafe.Pointer, off uint16) *Exc {
	c, i := f.code, int(uintptr(off)/valueSize)
	pc := int32((uintptr(ip) - uintptr(c.entry)) / instrSize)
	for _, in := range c.Inlined {
		if i < c.NVars && in.Start <= pc && pc < in.End {
			return unbound(NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", c.Locals[i])
		}
	}
	return unbound(UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", c.Locals[i])
}

func unbound(t *Type, text, name string) *Exc {
	e := Errorf(t, text, name)
	e.setField("name", MkStr(name))
	return e
}

func unboundFree(c *Code, i uint16) *Exc {
	return unbound(NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", c.FreeVars[i])
}

func nameError(name string) *Exc {
	e := Errorf(NameError, "name '%s' is not defined", name)
	e.setField("name", MkStr(name))
	return e
}

//go:noinline
func (th *Thread) loadGlobal(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	c, name := &f.code.caches[in.c], f.code.names[in.c]
	d := f.code.globals
	if i := d.findStr(name); i >= 0 {
		*c = inlineCache{dict: d, ver: d.keyver, idx: int32(i)}
		*reg(regs, in.a) = d.ents[i].v
		return false
	}
	b := f.code.builtinsDict(th.in)
	v, ok := b.GetStr(name)
	if !ok {
		return th.failed(nameError(name.s))
	}
	if b == th.in.builtins.dict {
		*c = inlineCache{ver: d.keyver, val: v}
	}
	*reg(regs, in.a) = v
	return false
}

// builtinsDict returns where names that are no globals are looked up: the __builtins__ of the globals
// when a script replaced them.
func (c *Code) builtinsDict(in *Interp) *Dict {
	if v, ok := c.globals.GetName("__builtins__"); ok {
		if d, ok := AsDict(v); ok {
			return d
		}
		if m, ok := as[Module](v, layoutModule); ok {
			return m.dict
		}
	}
	return in.builtins.dict
}

//go:noinline
func (th *Thread) storeGlobal(f *Frame, regs, ip unsafe.Pointer) {
	in := (*instr)(ip)
	c, name := &f.code.caches[in.c], f.code.names[in.c]
	d := f.code.globals
	d.SetStr(name, *reg(regs, in.a))
	*c = inlineCache{dict: d, ver: d.keyver, idx: int32(d.findStr(name))}
}

//go:noinline
func (th *Thread) slowArith(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	a := *reg(regs, in.b)
	var b Value
	op := in.op
	switch {
	case op >= compile.OpAddI && op <= compile.OpModI:
		b, op = MkInt(int64(int16(in.c))), immediateOps[op-compile.OpAddI]
	case op >= compile.OpIAddI && op <= compile.OpIModI:
		b, op = MkInt(int64(int16(in.c))), immediateOps[op-compile.OpIAddI]+(compile.OpIAdd-compile.OpAdd)
	case op == compile.OpIAddILoopLt:
		b, op = MkInt(int64(int16(in.c))), compile.OpIAdd
	case op >= compile.OpAddK && op <= compile.OpDivK:
		b, op = f.code.consts[in.c], constantOps[op-compile.OpAddK]
	case op >= compile.OpIAddK && op <= compile.OpIDivK:
		b, op = f.code.consts[in.c], constantOps[op-compile.OpIAddK]+(compile.OpIAdd-compile.OpAdd)
	default:
		b = *reg(regs, in.c)
	}
	bin, inplace := opBinary(op)
	if t := TypeOf(a); t.flags&flagHeap != 0 && t == TypeOf(b) {
		// Two instances of one class: its method runs in a frame of its own.
		sp := &binarySpecials[bin]
		if !inplace || t.specialMethod(sp.self).IsUnbound() && t.proto.Inplace == nil {
			if fn, ok := asFunction(t.specialMethod(sp.method)); ok && fn.code.sync {
				return th.pushOperator(f, fn, a, b, in.a)
			}
		}
	}
	v, err := th.arith(bin, inplace, a, b)
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(regs, in.a) = v
	return callDone
}

// pushOperator pushes the frame of an operator's special method of two instances of one class.
// NotImplemented is final then, except that == and != fall back to identity.
func (th *Thread) pushOperator(f *Frame, fn *Function, a, b Value, dst uint16) int {
	args := [2]Value{a, b}
	r := th.pushFunction(f, fn, args[:], nil, dst)
	if r == callPushed {
		th.next.flags |= frameOperator
	}
	return r
}

var immediateOps = [...]compile.Opcode{compile.OpAdd, compile.OpSub, compile.OpMul, compile.OpFloorDiv, compile.OpMod}
var constantOps = [...]compile.Opcode{compile.OpAdd, compile.OpSub, compile.OpMul, compile.OpDiv}

// arith is Binary or Inplace with the usual pairs of types first.
func (th *Thread) arith(op BinaryOp, inplace bool, a, b Value) (Value, *Exc) {
	switch {
	case a.p == unsafe.Pointer(&intHeader):
		if b.p == unsafe.Pointer(&intHeader) && op != BinMatMul {
			return intBinary(op, int64(a.n), int64(b.n))
		}
		if y, ok := AsFloat(b); ok {
			if r, err := floatBinary(op, float64(int64(a.n)), y); err != nil || !Is(r, NotImplemented) {
				return r, err
			}
		} else if shapeOf(b) == bigIntShape && op != BinMatMul {
			return intPair(op, a, b)
		}
	case shapeOf(a) == bigIntShape && op != BinMatMul && isExactInt(b):
		return intPair(op, a, b)
	case a.p == unsafe.Pointer(&floatHeader):
		x, _ := AsFloat(a)
		if y, ok := AsFloat(b); ok {
			if r, err := floatBinary(op, x, y); err != nil || !Is(r, NotImplemented) {
				return r, err
			}
		} else if y, ok := AsInt(b); ok {
			if r, err := floatBinary(op, x, float64(y)); err != nil || !Is(r, NotImplemented) {
				return r, err
			}
		}
	case op == BinAdd && shapeOf(a) == strShape && shapeOf(b) == strShape:
		return object(concat((*Str)(a.p), (*Str)(b.p))), nil
	}
	if inplace {
		return th.Inplace(op, a, b)
	}
	return th.Binary(op, a, b)
}

//go:noinline
func (th *Thread) slowUnary(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	v, err := th.Unary(UnaryOp(in.op-compile.OpNeg), *reg(regs, in.b))
	*reg(regs, in.a) = v
	return th.failed(err)
}

//go:noinline
func (th *Thread) slowNot(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	b, err := th.Truth(*reg(regs, in.b))
	*reg(regs, in.a) = MkBool(!b)
	return th.failed(err)
}

//go:noinline
func (th *Thread) slowCompare(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	op := CompareOp(in.op - compile.OpEq)
	a, b := *reg(regs, in.b), *reg(regs, in.c)
	if t := TypeOf(a); t.flags&flagHeap != 0 && t == TypeOf(b) {
		if fn, ok := asFunction(t.specialMethod(compareSpecial[op])); ok && fn.code.sync {
			return th.pushOperator(f, fn, a, b, in.a)
		}
	}
	v, err := th.compareFast(op, a, b)
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(regs, in.a) = v
	return callDone
}

// compareFast is Compare with the usual pairs of types first.
func (th *Thread) compareFast(op CompareOp, a, b Value) (Value, *Exc) {
	if x, ok := AsFloat(a); ok {
		if y, ok := AsFloat(b); ok {
			return MkBool(compareFloats(op, x, y)), nil
		}
	} else if shapeOf(a) == strShape && shapeOf(b) == strShape {
		return MkBool(compareStrs(op, (*Str)(a.p), (*Str)(b.p))), nil
	}
	return th.Compare(op, a, b)
}

func compareStrs(op CompareOp, x, y *Str) bool {
	switch op {
	case CmpEq:
		return x == y || x.s == y.s
	case CmpNe:
		return x != y && x.s != y.s
	case CmpLt:
		return x.s < y.s
	case CmpLe:
		return x.s <= y.s
	case CmpGt:
		return x.s > y.s
	}
	return x.s >= y.s
}

//go:noinline
func (th *Thread) slowIn(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	x, v := *reg(regs, in.b), *reg(regs, in.c)
	var found bool
	var err *Exc
	switch s := shapeOf(v); {
	case s == dictShape:
		_, found, err = (*Dict)(v.p).Get(th, x)
	case s == setShape || s == frozenSetShape:
		found, err = setContains(th, v, x)
	case s == strShape && shapeOf(x) == strShape:
		found = strings.Contains((*Str)(v.p).s, (*Str)(x.p).s)
	default:
		found, err = th.Contains(v, x)
	}
	*reg(regs, in.a) = MkBool(found == (in.op == compile.OpIn))
	return th.failed(err)
}

// setAdd adds an item of a set comprehension.
//
//go:noinline
func (th *Thread) setAdd(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	return th.failed((*Set)(reg(regs, in.a).p).Add(th, *reg(regs, in.b)))
}

// dictSet adds an item of a dict comprehension.
//
//go:noinline
func (th *Thread) dictSet(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	return th.failed((*Dict)(reg(regs, in.a).p).Set(th, *reg(regs, in.b), *reg(regs, in.c)))
}

// slowTruth returns 1 for true, 0 for false, -1 to raise.
//
//go:noinline
func (th *Thread) slowTruth(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	b, err := th.Truth(*reg(regs, in.a))
	if err != nil {
		th.exc = err
		return -1
	}
	if b {
		return 1
	}
	return 0
}

// slowJump is slowTruth of the comparison of a jump.
//
//go:noinline
func (th *Thread) slowJump(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	var b Value
	op := in.op
	if op >= compile.OpJEqI {
		b = MkInt(int64(int16(in.b)))
		op -= compile.OpJEqI
	} else {
		b = *reg(regs, in.b)
		op -= compile.OpJEq
	}
	a := *reg(regs, in.a)
	if shapeOf(a) == strShape && shapeOf(b) == strShape {
		if compareStrs(CompareOp(op%6), (*Str)(a.p), (*Str)(b.p)) {
			return 1
		}
		return 0
	}
	r, err := th.compareFast(CompareOp(op%6), a, b)
	truth := false
	if err == nil {
		truth, err = th.Truth(r)
	}
	if err != nil {
		th.exc = err
		return -1
	}
	if truth {
		return 1
	}
	return 0
}

//go:noinline
func (th *Thread) slowGetAttr(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	c, name := &f.code.caches[in.c], f.code.names[in.c]
	o := *reg(regs, in.b)
	if v, ok := c.hit(o); ok {
		if shapeOf(v) == propertyShape { // the getter runs in a frame of its own
			args := [1]Value{o}
			return th.pushFunction(f, (*Function)((*Property)(v.p).fget.p), args[:], nil, in.a)
		}
		*reg(regs, in.a) = v
		return callDone
	}
	v, err := th.getAttrFill(o, name, c)
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(regs, in.a) = v
	return callDone
}

// hit answers from what GetAttr and LoadMethod cache beyond attributes in slots: a class attribute seen
// through an instance (next is its shape), or a name in a module.
func (c *inlineCache) hit(o Value) (Value, bool) {
	if c.dict != nil && shapeOf(o) == moduleShape {
		if m := (*Module)(o.p); m.dict == c.dict && c.dict.keyver == c.ver {
			return c.dict.ents[c.idx].v, true
		}
	}
	if c.next != nil && shapeOf(o) == c.next && c.typ.ver == c.ver {
		return c.val, true
	}
	if c.idx == cacheOfClass && o.p == unsafe.Pointer(c.typ) && c.typ.ver == c.ver {
		return c.val, true
	}
	return Value{}, false
}

// The idx of caches whose value is never bound to an instance, though it may be a function.
const (
	cacheOfClass  = -1 // an attribute read from the class typ itself
	cacheOfStatic = -2 // the function of a static method seen through an instance
)

// classAttr returns an attribute of a class whose metaclass is type, when reading it runs no code.
func classAttr(o Value, name *Str) (v Value, ok bool) {
	if shapeOf(o) != typeShape {
		return Value{}, false
	}
	if _, inMeta := typeType.lookup(name); inMeta {
		return Value{}, false
	}
	d, ok := (*Type)(o.p).lookup(name)
	switch {
	case !ok:
		return Value{}, false
	case shapeOf(d) == staticMethodShape:
		fn := (*Property)(d.p).fn
		return fn, !fn.IsUnbound()
	}
	return d, shapeOf(d) == functionShape || !isDescr(d)
}

// getAttrFill is GetAttr that remembers in c where it found the attribute.
func (th *Thread) getAttrFill(o Value, name *Str, c *inlineCache) (Value, *Exc) {
	t := TypeOf(o)
	if t == moduleType {
		d := (*Module)(o.p).dict
		if i := d.findStr(name); i >= 0 {
			*c = inlineCache{dict: d, ver: d.keyver, idx: int32(i)}
			return d.ents[i].v, nil
		}
	} else if v, ok := classAttr(o, name); ok {
		cls := (*Type)(o.p)
		*c = inlineCache{typ: cls, ver: cls.ver, idx: cacheOfClass, val: v}
		return v, nil
	} else if t.flags&flagHeap != 0 && t.layout == layoutObject && t.specialMethod(spGetAttribute).IsUnbound() {
		s := shapeOf(o)
		d, inType := t.lookup(name)
		if name == classAttrName && s.attrs {
			if own, _ := objectType.lookup(name); Is(d, own) {
				*c = inlineCache{next: s, typ: t, ver: t.ver, val: t.Value()}
				return t.Value(), nil
			}
		}
		key := name
		if inType && shapeOf(d) == memberShape {
			key = (*memberDescr)(d.p).key
		}
		if s.attrs && (!inType || key != name || !isDataDescr(d)) {
			if i := s.position(key); i >= 0 {
				*c = inlineCache{shape: s, idx: int32(i)}
				return (*Inst)(o.p).slots[i], nil
			}
			if inType && shapeOf(d) == staticMethodShape && !(*Property)(d.p).fn.IsUnbound() {
				d = (*Property)(d.p).fn
				*c = inlineCache{next: s, typ: t, ver: t.ver, idx: cacheOfStatic, val: d}
				return d, nil
			}
			if inType && !isDescr(d) {
				*c = inlineCache{next: s, typ: t, ver: t.ver, val: d}
				return d, nil
			}
		}
		if inType && shapeOf(d) == propertyShape {
			if g, ok := asFunction((*Property)(d.p).fget); ok && g.code.sync {
				*c = inlineCache{next: s, typ: t, ver: t.ver, val: d}
			}
		}
	}
	return th.GetAttr(o, name)
}

var classAttrName = Intern("__class__")

// isDescr reports whether reading d from a class does more than return it.
func isDescr(d Value) bool {
	t := TypeOf(d)
	if t == functionType || t.proto.Get != nil || t.proto.Set != nil {
		return true
	}
	return t.flags&flagHeap != 0 && (!t.specialMethod(spGet).IsUnbound() || !t.specialMethod(spSet).IsUnbound())
}

//go:noinline
func (th *Thread) slowSetAttr(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	c, name := &f.code.caches[in.c], f.code.names[in.c]
	o, v := *reg(regs, in.a), *reg(regs, in.b)
	t := TypeOf(o)
	if t.flags&flagHeap != 0 && t.layout == layoutObject && t.specialMethod(spSetAttr).IsUnbound() {
		s := shapeOf(o)
		d, ok := t.lookup(name)
		if ok && shapeOf(d) == memberShape {
			name = (*memberDescr)(d.p).key
			ok = false
		} else if t.flags&flagNoDict != 0 {
			ok, d = true, Value{} // no attribute beyond the slots
		}
		if s.attrs && (!ok || d.p != nil && !isDataDescr(d)) {
			if i := s.position(name); i >= 0 {
				*c = inlineCache{shape: s, idx: int32(i)}
			} else if len(s.keys) < maxShaped {
				*c = inlineCache{shape: s, next: s.with(name)}
			}
			(*Inst)(o.p).set(name, v)
			return false
		}
	}
	return th.failed(th.SetAttr(o, name, v))
}

//go:noinline
func (th *Thread) slowLoadMethod(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	c, name := &f.code.caches[in.c], f.code.names[in.c]
	o := *reg(regs, in.b)
	self := in.a + uint16(valueSize)
	if v, ok := c.hit(o); ok {
		switch {
		case c.typ == nil || c.idx < 0 || !isMethod(v):
			if shapeOf(v) != propertyShape {
				*reg(regs, in.a), *reg(regs, self) = Value{}, v
				return false
			}
		case !ownAttribute(o, c.typ, name):
			*reg(regs, in.a), *reg(regs, self) = v, o
			return false
		}
	}
	if shapeOf(o) == superShape {
		if s := (*Super)(o.p); s.objt != nil && !Is(s.obj, s.objt.Value()) {
			if d, ok := s.find(name); ok && isMethod(d) {
				*reg(regs, in.a), *reg(regs, self) = d, s.obj
				return false
			}
		}
	}
	t := TypeOf(o)
	if t.proto.GetAttr == nil && (t.flags&flagHeap == 0 || t.specialMethod(spGetAttribute).IsUnbound()) {
		if d, ok := t.lookup(name); ok && isMethod(d) && !ownAttribute(o, t, name) {
			s := shapeOf(o)
			if s.attrs || attrDict(o) == nil {
				*c = inlineCache{shape: s, typ: t, ver: t.ver, val: d}
			} else {
				*c = inlineCache{next: s, typ: t, ver: t.ver, val: d} // a later object may have an attribute of its own
			}
			*reg(regs, in.a), *reg(regs, self) = d, o
			return false
		}
	}
	v, err := th.getAttrFill(o, name, c)
	if c.shape != nil {
		c.shape = nil // LoadMethod reads shape as that of a method
	}
	if err != nil {
		th.exc = err
		return true
	}
	*reg(regs, in.a), *reg(regs, self) = Value{}, v
	return false
}

// isMethod reports whether reading d from a class through an instance binds the instance, and does
// nothing else.
func isMethod(d Value) bool {
	s := shapeOf(d)
	return s == functionShape || s == methodDescrShape || s == slotWrapperShape
}

// ownAttribute reports whether the object itself has an attribute of that name.
func ownAttribute(o Value, t *Type, name *Str) bool {
	if t.inst.attrs {
		_, ok := (*Inst)(o.p).get(name)
		return ok
	}
	if p := attrDict(o); p != nil && *p != nil {
		_, ok := (*p).GetStr(name)
		return ok
	}
	return false
}

// How the loop goes on after a call.
const (
	callDone   = iota
	callRaised // raise th.exc
	callPushed // run th.next
)

//go:noinline
func (th *Thread) slowCall(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	n := int(in.b)
	next := in.a + uint16(valueSize)
	fn := *reg(regs, in.a)
	var args []Value
	var kwnames []*Str
	switch in.op {
	case compile.OpCall:
		args = window(regs, next, n)
		if shapeOf(fn) == builtinShape && in.c != f.code.dropReg {
			// The usual call of a built-in function.
			b := (*BuiltinFunction)(fn.p)
			if s := b.params(); !s.method {
				if b.row == lenRow && n == 1 {
					in.op = compile.OpLenCall
				}
				v, err := b.invoke(th, s, args, nil)
				if err != nil {
					th.exc = err
					return callRaised
				}
				*reg(regs, in.c) = v
				return callDone
			}
		}
	case compile.OpCallMethod:
		if fn.p == nil {
			fn = *reg(regs, next)
			args = window(regs, next+uint16(valueSize), n)
		} else {
			args = window(regs, next, n+1)
			if s := shapeOf(fn); s == methodDescrShape || s == slotWrapperShape {
				return th.callBuiltinMethod(in, regs, fn, args)
			}
		}
	case compile.OpCallKw:
		args = window(regs, next, n)
		kwnames = f.code.keywordNames(*reg(regs, next+uint16(n)*uint16(valueSize)))
	case compile.OpCallMethodKw:
		kwnames = f.code.keywordNames(*reg(regs, next+uint16(n+1)*uint16(valueSize)))
		if fn.p == nil {
			fn = *reg(regs, next)
			args = window(regs, next+uint16(valueSize), n)
		} else {
			args = window(regs, next, n+1)
		}
	default:
		var err *Exc
		if args, kwnames, err = th.spreadArgs(fn, *reg(regs, next), *reg(regs, next+uint16(valueSize))); err != nil {
			th.exc = err
			return callRaised
		}
	}
	dst := in.c
	return th.callValue(f, fn, args, kwnames, dst)
}

// callBuiltinMethod calls a built-in type's method that LoadMethod found: its self is right.
func (th *Thread) callBuiltinMethod(in *instr, regs unsafe.Pointer, fn Value, args []Value) int {
	b := (*BuiltinFunction)(fn.p)
	if fn.p == listAppendValue.p && len(args) == 2 && shapeOf(args[0]) == listShape {
		in.op = compile.OpListAppendCall
	}
	s := b.params()
	var v Value
	var err *Exc
	if s.plain && len(args) == len(s.params)+1 {
		v, err = b.row.Fn(th, args)
	} else {
		v, err = b.invoke(th, s, args, nil)
	}
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(regs, in.c) = v
	return callDone
}

// callValue calls fn for the running frame f; the result goes to register dst.
func (th *Thread) callValue(f *Frame, fn Value, args []Value, kwnames []*Str, dst uint16) int {
	var v Value
	var err *Exc
	switch shapeOf(fn) {
	case functionShape:
		fn := (*Function)(fn.p)
		if fn.code.sync {
			return th.pushFunction(f, fn, args, kwnames, dst)
		}
		var co *Coro
		if co, err = th.makeCoro(fn, args, kwnames); err == nil {
			v = object(co)
			if co.kind != kindCoroutine {
				co.frame.top = f.ip // see ownGenerator
			} else if dst == f.code.dropReg {
				th.dropped(co)
			}
		}
	case boundMethodShape:
		m := (*BoundMethod)(fn.p)
		n := len(args) + 1
		w := append(append(th.args(n), m.self), args...)
		r := th.callValue(f, m.fn, w, kwnames, dst)
		th.dropArgs(n)
		return r
	case builtinShape:
		b := (*BuiltinFunction)(fn.p)
		if s := b.params(); s.plain && !s.method && kwnames == nil && len(args) == len(s.params) {
			v, err = b.row.Fn(th, args)
		} else {
			v, err = b.call(th, args, kwnames)
		}
		if err == nil && dst == f.code.dropReg && shapeOf(v) == coroutineShape {
			th.dropped((*Coro)(v.p))
		}
	default:
		if t, ok := AsType(fn); ok {
			if len(args) == 1 && len(kwnames) == 0 {
				if v = th.quickConvert(t, args[0]); !v.IsUnbound() {
					break
				}
			}
			if len(args) == 1 && len(kwnames) == 0 && (t == setType || t == listType) {
				v, err = th.collected(t, args[0])
				break
			}
			if len(args) == 0 && (t == dictType || t == listType || t == setType) {
				v = emptyContainer(t)
				break
			}
			if t.layout == layoutExc && len(kwnames) == 0 && t.plainException() {
				v = object(newExcWithArgs(t, args))
				break
			}
			if t == superType && len(args) == 0 {
				v, err = th.zeroSuper()
				break
			}
			if init, ok := plainClass(t); ok {
				return th.pushInit(f, t, init, args, kwnames, dst)
			}
		}
		if call, ok := asFunction(scripted(fn, spCall)); ok && call.code.sync {
			n := len(args) + 1
			w := append(append(th.args(n), fn), args...)
			r := th.pushFunction(f, call, w, kwnames, dst)
			th.dropArgs(n)
			return r
		}
		v, err = th.CallArgs(fn, args, kwnames)
	}
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(f.regs, dst) = v
	return callDone
}

// pushFunction pushes a frame for a function that runs at once.
func (th *Thread) pushFunction(f *Frame, fn *Function, args []Value, kwnames []*Str, dst uint16) int {
	c := fn.code
	if th.depth >= th.limit {
		th.exc = th.recursionError()
		return callRaised
	}
	regs, chunk := th.room(th.stackTop(), c)
	params := unsafe.Slice((*Value)(regs), max(c.clearTo, c.nparams))
	if c.simple && len(kwnames) == 0 && len(args) == c.ArgCount {
		copy(params, args)
	} else if err := th.bindArgs(fn, params, args, kwnames); err != nil {
		if chunk {
			th.popChunk()
		}
		th.exc = err
		return callRaised
	}
	clear(params[c.nparams:])
	nf := th.newFrame()
	nf.ip, nf.regs, nf.code, nf.fn, nf.back, nf.ret, nf.flags = c.entry, regs, c, fn, f, dst, 0
	if chunk {
		nf.flags = frameChunk
	}
	th.next = nf
	return callPushed
}

// plainClass returns the __init__ of a class whose instances are made in the usual way: by the
// __new__ of object or BaseException, and a function.
func plainClass(t *Type) (*Function, bool) {
	if t.initVer == t.ver && t.flags&flagHeap != 0 && shapeOf(t.Value()) == typeShape {
		return t.init, t.init != nil
	}
	fn, ok := plainInit(t)
	t.init, t.initVer = nil, t.ver
	if ok {
		t.init = fn
	}
	return fn, ok
}

func plainInit(t *Type) (*Function, bool) {
	if t.flags&(flagHeap|flagAbstract) != flagHeap {
		return nil, false
	}
	if t.layout != layoutObject && (t.layout != layoutExc || t.exceptionSpec() != nil || t.flags&flagNoNew != 0) {
		return nil, false
	}
	if meta := TypeOf(t.Value()); meta != typeType && !meta.specialMethod(spCall).IsUnbound() {
		return nil, false
	}
	if !t.specialMethod(spNew).IsUnbound() {
		return nil, false
	}
	init := t.specialMethod(spInit)
	if init.IsUnbound() {
		return nil, false
	}
	fn, ok := asFunction(init)
	return fn, ok && fn.code.sync
}

// pushInit makes an instance and pushes the frame of its __init__.
func (th *Thread) pushInit(f *Frame, t *Type, init *Function, args []Value, kwnames []*Str, dst uint16) int {
	var o Value
	if t.layout == layoutExc {
		o = object(newExcWithArgs(t, args[:len(args)-len(kwnames)]))
	} else {
		o = object(newInst(t))
	}
	if c := init.code; c.fast && len(kwnames) == 0 && len(args)+1 == c.ArgCount && th.depth < th.limit && th.depth < len(th.frames) {
		if regs := th.stackTop(); uintptr(regs)+c.nregs <= th.end {
			params := unsafe.Slice((*Value)(regs), c.clearTo)
			params[0] = o
			copy(params[1:], args)
			clear(params[c.nparams:])
			nf := &th.frames[th.depth]
			th.depth++
			nf.ip, nf.regs, nf.code, nf.fn, nf.back, nf.ret = c.entry, regs, c, init, f, dst
			nf.flags, nf.top = frameInit, o.p
			th.next = nf
			return callPushed
		}
	}
	n := len(args) + 1
	w := append(append(th.args(n), o), args...)
	r := th.pushFunction(f, init, w, kwnames, dst)
	th.dropArgs(n)
	if r == callPushed {
		th.next.flags |= frameInit
		th.next.top = o.p
	}
	return r
}

// finishFlagged ends a frame that has flags.
func (th *Thread) finishFlagged(f *Frame, v Value) bool {
	if f.flags&frameMade != 0 {
		th.madeEnded(f, v)
	}
	if f.flags&frameChunk != 0 {
		th.popChunk()
	}
	if f.flags&frameOperator != 0 && Is(v, NotImplemented) {
		var err *Exc
		if v, err = th.operatorFailed(f.back); err != nil {
			th.frame = f.back
			th.exc = err
			return true
		}
	}
	if f.flags&frameInit != 0 {
		if !v.IsNone() {
			th.frame = f.back
			th.exc = TypeErrorf("__init__() should return None, not '%s'", typeName(v))
			return true
		}
		v = Value{f.top, 0}
		f.top = nil
	}
	*reg(f.back.regs, f.ret) = v
	return false
}

// operatorFailed answers for an operator whose special method, called by pushOperator, returned
// NotImplemented.
func (th *Thread) operatorFailed(f *Frame) (Value, *Exc) {
	in := (*instr)(f.ip)
	a, b := *reg(f.regs, in.b), *reg(f.regs, in.c)
	if in.op >= compile.OpEq && in.op <= compile.OpGe {
		// The other side is asked too, though it is of the same class, as CPython does.
		op := CompareOp(in.op - compile.OpEq)
		r, err := th.compareOne(compareSwapped[op], b, a)
		switch {
		case err != nil || !Is(r, NotImplemented):
			return r, err
		case op == CmpEq:
			return MkBool(Is(a, b)), nil
		case op == CmpNe:
			return MkBool(!Is(a, b)), nil
		}
		return Value{}, TypeErrorf("'%s' not supported between instances of '%s' and '%s'", op.Symbol(), typeName(a), typeName(b))
	}
	op, inplace := opBinary(in.op)
	symbol := binarySpecials[op].symbol
	if inplace {
		symbol = binarySpecials[op].inplace
	}
	return Value{}, th.binaryError(symbol, op, a, b)
}

// keywordNames are the names in a constant tuple, as calls take them.
type keywordNames struct {
	tuple *Tuple
	names []*Str
}

// maxKeywordNames bounds the search in what a Code remembers.
const maxKeywordNames = 32

// keywordNames returns the names in a constant tuple.
func (c *Code) keywordNames(names Value) []*Str {
	t := (*Tuple)(names.p)
	for i := range c.kwnames {
		if kw := &c.kwnames[i]; kw.tuple == t {
			return kw.names
		}
	}
	k := make([]*Str, len(t.a))
	for i, v := range t.a {
		k[i] = (*Str)(v.p)
	}
	if len(c.kwnames) < maxKeywordNames {
		c.kwnames = append(c.kwnames, keywordNames{t, k})
	}
	return k
}

// spreadArgs returns the arguments of f(*args, **kwargs).
func (th *Thread) spreadArgs(fn, star, kwargs Value) ([]Value, []*Str, *Exc) {
	args, err := th.Items(star)
	if err != nil {
		if err.Is(TypeError) && !isIterable(star) {
			err = TypeErrorf("%s argument after * must be an iterable, not %s", th.callName(fn), typeName(star))
		}
		return nil, nil, err
	}
	if kwargs.IsUnbound() {
		return args, nil, nil
	}
	d, ok := AsDict(kwargs)
	if !ok || d.Len() == 0 {
		return args, nil, nil
	}
	kwnames := make([]*Str, 0, d.Len())
	for i := 0; ; {
		k, v, next, ok := d.Next(i)
		if !ok {
			return args, kwnames, nil
		}
		i = next
		name, isStr := AsStr(k)
		if !isStr {
			if !isCallable(fn) {
				return nil, nil, TypeErrorf("'%s' object is not callable", typeName(fn))
			}
			return nil, nil, TypeErrorf("keywords must be strings")
		}
		kwnames = append(kwnames, name)
		args = append(args, v)
	}
}

// callName returns how errors of a call name the function.
func (th *Thread) callName(fn Value) string {
	if f, ok := asFunction(fn); ok {
		return th.moduleOf(f) + f.qualName.s + "()"
	}
	if m, ok := asBoundMethod(fn); ok {
		return th.callName(m.fn)
	}
	if b, ok := asBuiltin(fn); ok {
		return b.qualified() + "()"
	}
	if t, ok := AsType(fn); ok {
		if t.flags&flagHeap != 0 {
			if module, err := th.Attr(fn, "__module__"); err == nil && shapeOf(module) == strShape {
				return (*Str)(module.p).s + "." + t.QualName + "()"
			}
			return t.QualName + "()"
		}
		return t.Name + "()"
	}
	if text, err := th.Str(fn); err == nil {
		return text
	}
	return typeName(fn) + " object"
}

// moduleOf returns the module of a function with a dot behind it.
func (th *Thread) moduleOf(f *Function) string {
	if v, ok := f.code.globals.GetName("__name__"); ok {
		if s, ok := StrOf(v); ok {
			return s + "."
		}
	}
	return ""
}
