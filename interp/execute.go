package interp

// This file defines the instructions that are too rare, or too long, for the VM loop itself.

import (
	"math/bits"
	"strings"
	"unsafe"

	"aio/interp/compile"
)

// execute runs one instruction and returns whether th.exc is to be raised; th.jump asks for the jump
// of the instruction.
func (th *Thread) execute(f *Frame, regs unsafe.Pointer, in *instr) bool {
	var err *Exc
	var a *Value
	if in.a != compile.NoReg {
		a = reg(regs, in.a)
	}
	switch in.op {
	case compile.OpDelGlobal:
		if name := f.code.names[in.c]; !f.code.globals.DelStr(name) {
			err = nameError(name.s)
		}
	case compile.OpLoadName:
		*a, err = th.loadName(f, *reg(regs, in.b), f.code.names[in.c])
	case compile.OpStoreName:
		ns := *reg(regs, in.b)
		if d, ok := exactDict(ns); ok {
			d.SetStr(f.code.names[in.c], *a)
		} else {
			err = th.SetItem(ns, object(f.code.names[in.c]), *a)
		}
	case compile.OpDelName:
		err = th.DelItem(*reg(regs, in.b), object(f.code.names[in.c]))
		if err != nil && err.Is(KeyError) {
			err = nameError(f.code.names[in.c].s)
		}
	case compile.OpLoadClassDeref:
		*a, err = th.loadClassDeref(f, *reg(regs, in.b), in.c)
	case compile.OpDelCell:
		if c := (*Cell)(a.p); c.v.p == nil {
			err = unboundLocal(f, f.ip, in.a)
		} else {
			c.v = Value{}
		}
	case compile.OpDelFree:
		if c := f.fn.closure[in.b]; c.v.p == nil {
			err = unboundFree(f.code, in.b)
		} else {
			c.v = Value{}
		}
	case compile.OpDelAttr:
		err = th.DelAttr(*a, f.code.names[in.c])
	case compile.OpDelItem:
		err = th.DelItem(*a, *reg(regs, in.b))
	case compile.OpLoadSpecial:
		err = th.loadSpecial(window(regs, in.a, 2), *reg(regs, in.b), in.c)
	case compile.OpLoadBuildClass:
		*a, _ = th.in.builtins.dict.GetName("__build_class__")
	case compile.OpMakeFunction:
		code := (*Code)(f.code.consts[in.b].p)
		*a = th.makeFunction(code, in.c, window(regs, in.a+uint16(valueSize), bits.OnesCount16(in.c)))
	case compile.OpNewSet:
		s := NewSet()
		err = s.addAll(th, window(regs, in.b, int(in.c)))
		*a = s.Value()
	case compile.OpNewDict:
		d := newDictFor(int(in.c))
		items := window(regs, in.b, 2*int(in.c))
		for i := 0; i < len(items) && err == nil; i += 2 {
			err = d.Set(th, items[i], items[i+1])
		}
		*a = d.Value()
	case compile.OpListExtend:
		err = th.extendStarred((*List)(a.p), *reg(regs, in.b))
	case compile.OpListToTuple:
		*a = MkTuple(append([]Value(nil), (*List)(reg(regs, in.b).p).a...))
	case compile.OpSetUpdate:
		err = (*Set)(a.p).update(th, *reg(regs, in.b))
	case compile.OpDictUpdate:
		err = th.dictMerge((*Dict)(a.p), *reg(regs, in.b), Value{})
	case compile.OpDictMerge:
		err = th.dictMerge((*Dict)(a.p), *reg(regs, in.b), *reg(regs, in.c))
	case compile.OpNewSlice:
		b := window(regs, in.b, 3)
		*a = MkSlice(b[0], b[1], b[2])
	case compile.OpFormat:
		var spec Value
		if in.c&compile.FormatHasSpec != 0 {
			spec = *reg(regs, in.b+uint16(valueSize))
		}
		v := *reg(regs, in.b)
		if in.c == compile.FormatJoined && (shapeOf(v) == intShape || shapeOf(v) == strShape || shapeOf(v) == floatShape) {
			*a = v
			break
		}
		*a, err = th.formatValue(v, int(in.c&compile.FormatConv), spec)
	case compile.OpBuildString:
		*a = joinStrs(window(regs, in.b, int(in.c)))
	case compile.OpUnpackEx:
		before, after := int(in.c&255), int(in.c>>8)
		err = th.unpackStarred(window(regs, in.a, before+1+after), before, after, *reg(regs, in.b))
	case compile.OpGetIter:
		v := *reg(regs, in.b)
		if *a, err = th.Iter(v); err == nil && shapeOf(*a) == generatorShape {
			ownGenerator((*Coro)(a.p), v, spIter, f, in)
		}
	case compile.OpCloseIter:
		th.closeOwned(f, a)
	case compile.OpGetAIter:
		v := *reg(regs, in.b)
		if *a, err = th.asyncIter(v); err == nil && shapeOf(*a) == asyncGenShape {
			ownGenerator((*Coro)(a.p), v, spAIter, f, in)
		}
	case compile.OpRaise:
		th.raise(f, regs, in)
		return true
	case compile.OpReraise:
		th.exc, th.again = (*Exc)(a.p), true
		return true
	case compile.OpExcMatch:
		var ok bool
		ok, err = th.excMatch((*Exc)(a.p), *reg(regs, in.b))
		th.jump = err == nil && !ok
	case compile.OpExcStarMatch:
		w := window(regs, in.a, 2)
		if w[0].IsNone() {
			w[1] = None
		} else {
			w[0], w[1], err = th.excStarMatch((*Exc)(w[0].p), w[1])
		}
	case compile.OpExcStarRaise:
		*a, err = th.excStarRaise((*Exc)(reg(regs, in.b).p), (*List)(reg(regs, in.c).p).a)
	case compile.OpExcInfo:
		e := (*Exc)(reg(regs, in.b).p)
		w := window(regs, in.a, 3)
		w[0], w[1], w[2] = e.Type().Value(), object(e), e.Traceback()
	case compile.OpLoadAssertionError:
		*a = AssertionError.Value()
	case compile.OpImportName:
		level, _ := AsInt(*reg(regs, in.b))
		*a, err = th.importName(f.code.names[in.c], f.code.globals, int(level), *reg(regs, in.b+uint16(valueSize)))
	case compile.OpImportFrom:
		*a, err = th.importFrom(*reg(regs, in.b), f.code.names[in.c])
	case compile.OpImportStar:
		var ns Value
		if in.b != compile.NoReg {
			ns = *reg(regs, in.b)
		}
		err = th.importStar(*a, f.code.globals, ns)
	case compile.OpMatchSequence:
		*a = MkBool(matchesSequence(*reg(regs, in.b)))
	case compile.OpMatchMapping:
		*a = MkBool(matchesMapping(*reg(regs, in.b)))
	case compile.OpMatchKeys:
		*a, err = th.matchKeys(*reg(regs, in.b), (*Tuple)(reg(regs, in.c).p).a)
	case compile.OpMatchClass:
		w := window(regs, in.c, 3)
		n, _ := AsInt(w[1])
		*a, err = th.matchClass(*reg(regs, in.b), w[0], int(n), (*Tuple)(w[2].p).a)
	case compile.OpLen:
		var n int
		n, err = th.Len(*reg(regs, in.b))
		*a = MkInt(int64(n))
	case compile.OpSetupAnnotations:
		ns := f.code.globals.Value()
		if in.a != compile.NoReg {
			ns = *a
		}
		err = th.setupAnnotations(ns)
	case compile.OpPrintExpr:
		err = th.displayHook(*a)
	default:
		err = Errorf(SystemError, "unknown opcode %d", in.op)
	}
	return th.failed(err)
}

// setupAnnotations makes __annotations__ in a namespace, which may be any mapping, when it is missing.
func (th *Thread) setupAnnotations(ns Value) *Exc {
	if d, ok := AsDict(ns); ok {
		if _, ok := d.GetName("__annotations__"); !ok {
			d.SetName("__annotations__", NewDict().Value())
		}
		return nil
	}
	name := MkStr("__annotations__")
	_, err := th.GetItem(ns, name)
	if err != nil && err.Is(KeyError) {
		err = th.SetItem(ns, name, NewDict().Value())
	}
	return err
}

func exactDict(v Value) (*Dict, bool) {
	if shapeOf(v) == dictShape {
		return (*Dict)(v.p), true
	}
	return nil, false
}

func (th *Thread) loadName(f *Frame, ns Value, name *Str) (Value, *Exc) {
	if d, ok := exactDict(ns); ok {
		if v, ok := d.GetStr(name); ok {
			return v, nil
		}
	} else {
		v, err := th.GetItem(ns, object(name))
		if err == nil || !err.Is(KeyError) {
			return v, err
		}
	}
	if v, ok := f.code.globals.GetStr(name); ok {
		return v, nil
	}
	if v, ok := f.code.builtinsDict(th.in).GetStr(name); ok {
		return v, nil
	}
	return Value{}, nameError(name.s)
}

func (th *Thread) loadClassDeref(f *Frame, ns Value, free uint16) (Value, *Exc) {
	if d, ok := AsDict(ns); ok {
		if v, ok := d.GetName(f.code.FreeVars[free]); ok {
			return v, nil
		}
	}
	v := f.fn.closure[free].v
	if v.p == nil {
		return Value{}, unboundFree(f.code, free)
	}
	return v, nil
}

// loadSpecial looks up a special method of with on the type of v.
func (th *Thread) loadSpecial(w []Value, v Value, which uint16) *Exc {
	t := TypeOf(v)
	d := t.managing()[which]
	if d.IsUnbound() {
		sp := managingSpecials[which]
		kind, missed := "", ""
		if which >= compile.SpecialAEnter {
			kind = "asynchronous "
		}
		if which == compile.SpecialExit || which == compile.SpecialAExit {
			missed = " (missed " + specialNames[sp] + " method)"
		}
		return TypeErrorf("'%s' object does not support the %scontext manager protocol%s", typeName(v), kind, missed).withCoroutineHint(v).withManagerHint(t, which)
	}
	if isMethod(d) {
		w[0], w[1] = d, v
		return nil
	}
	bound, err := th.bindDescr(d, v, t)
	w[0], w[1] = Value{}, bound
	return err
}

// withManagerHint adds the hint for the wrong one of with and async with.
func (e *Exc) withManagerHint(t *Type, which uint16) *Exc {
	switch methods := t.managing(); {
	case which < compile.SpecialAEnter && !methods[compile.SpecialAEnter].IsUnbound():
		return e.WithHint("did you mean 'async with'?")
	case which >= compile.SpecialAEnter && !methods[compile.SpecialEnter].IsUnbound():
		return e.WithHint("did you mean 'with'?")
	}
	return e
}

// managingSpecials are the methods of context managers, in the order of compile.SpecialEnter and those
// that follow.
var managingSpecials = [...]special{spEnter, spExit, spAEnter, spAExit}

// managing returns the methods of a context manager, unbound where the type has none.
func (t *Type) managing() *[len(managingSpecials)]Value {
	if m := t.managers.Load(); m != nil && (t.flags&flagHeap == 0 || m.ver == t.ver) {
		return &m.methods
	}
	m := &managerMethods{ver: t.ver}
	for i, sp := range managingSpecials {
		m.methods[i], _ = t.lookup(specialStrs[sp])
	}
	t.managers.Store(m)
	return &m.methods
}

// managerMethods is what a type remembers for with statements.
type managerMethods struct {
	methods [len(managingSpecials)]Value
	ver     uint32 // of the type then
}

func (th *Thread) extendStarred(l *List, v Value) *Exc {
	if !isIterable(v) {
		return TypeErrorf("Value after * must be an iterable, not %s", typeName(v)).withCoroutineHint(v)
	}
	return l.extend(th, v)
}

// dictMerge updates d by a mapping; with fn, as **v in a call of fn, where keys must be new strings.
func (th *Thread) dictMerge(d *Dict, v, fn Value) *Exc {
	set := func(k, x Value) *Exc {
		if fn.IsUnbound() {
			return d.Set(th, k, x)
		}
		if _, ok := AsStr(k); !ok {
			if !isCallable(fn) {
				return TypeErrorf("'%s' object is not callable", typeName(fn))
			}
			return TypeErrorf("keywords must be strings")
		}
		if _, ok, err := d.Get(th, k); err != nil || ok {
			if err == nil {
				s, _ := StrOf(k)
				err = TypeErrorf("%s got multiple values for keyword argument '%s'", th.callName(fn), s)
			}
			return err
		}
		return d.Set(th, k, x)
	}
	if m, ok := exactDict(v); ok {
		for i := 0; ; {
			k, x, next, ok := m.Next(i)
			if !ok {
				return nil
			}
			i = next
			if err := set(k, x); err != nil {
				return err
			}
		}
	}
	keys, ok, err := th.LookupAttr(v, "keys")
	if err != nil {
		return err
	}
	if !ok {
		if fn.IsUnbound() {
			return TypeErrorf("'%s' object is not a mapping", typeName(v))
		}
		return TypeErrorf("%s argument after ** must be a mapping, not %s", th.callName(fn), typeName(v))
	}
	it, err := th.Call(keys)
	if err != nil {
		return err
	}
	return th.Iterate(it, func(k Value) *Exc {
		x, err := th.GetItem(v, k)
		if err != nil {
			return err
		}
		return set(k, x)
	})
}

// unpack stores the items of v, which must be as many as dst.
//
//go:noinline
func (th *Thread) slowUnpack(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	return th.failed(th.unpack(window(regs, in.a, int(in.c)), *reg(regs, in.b)))
}

func (th *Thread) unpack(dst []Value, v Value) *Exc {
	var items []Value
	switch shapeOf(v) {
	case tupleShape:
		items = (*Tuple)(v.p).a
	case listShape:
		items = (*List)(v.p).a
	default:
		return th.unpackIter(dst, v)
	}
	if len(items) == len(dst) {
		copy(dst, items)
		return nil
	}
	if len(items) < len(dst) {
		return ValueErrorf("not enough values to unpack (expected %d, got %d)", len(dst), len(items))
	}
	return ValueErrorf("too many values to unpack (expected %d)", len(dst))
}

func (th *Thread) unpackIter(dst []Value, v Value) *Exc {
	if !isIterable(v) {
		return TypeErrorf("cannot unpack non-iterable %s object", typeName(v)).withCoroutineHint(v)
	}
	it, err := th.Iter(v)
	if err != nil {
		return err
	}
	got := make([]Value, 0, len(dst))
	for {
		x, ok, err := th.Next(it)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if len(got) == len(dst) {
			return ValueErrorf("too many values to unpack (expected %d)", len(dst))
		}
		got = append(got, x)
	}
	if len(got) < len(dst) {
		return ValueErrorf("not enough values to unpack (expected %d, got %d)", len(dst), len(got))
	}
	copy(dst, got)
	return nil
}

func (th *Thread) unpackStarred(dst []Value, before, after int, v Value) *Exc {
	if !isIterable(v) {
		return TypeErrorf("cannot unpack non-iterable %s object", typeName(v)).withCoroutineHint(v)
	}
	var items []Value
	switch shapeOf(v) {
	case listShape:
		items = (*List)(v.p).a
	case tupleShape:
		items = (*Tuple)(v.p).a
	default:
		var err *Exc
		if items, err = th.Items(v); err != nil {
			return err
		}
	}
	if len(items) < before+after {
		return ValueErrorf("not enough values to unpack (expected at least %d, got %d)", before+after, len(items))
	}
	copy(dst, items[:before])
	middle := items[before : len(items)-after]
	copy(dst[before+1:], items[len(items)-after:])
	dst[before] = newList(middle)
	return nil
}

// newTuple returns a tuple with a copy of items; small ones take one allocation.
func newTuple(items []Value) Value {
	switch len(items) {
	case 0:
		return emptyTuple
	case 2:
		return Pair(items[0], items[1])
	case 1:
		t := &struct {
			Tuple
			arr [1]Value
		}{arr: [1]Value(items)}
		t.shape, t.a = tupleShape, t.arr[:]
		return object(&t.Tuple)
	case 3:
		t := &struct {
			Tuple
			arr [3]Value
		}{arr: [3]Value(items)}
		t.shape, t.a = tupleShape, t.arr[:]
		return object(&t.Tuple)
	case 4:
		t := &struct {
			Tuple
			arr [4]Value
		}{arr: [4]Value(items)}
		t.shape, t.a = tupleShape, t.arr[:]
		return object(&t.Tuple)
	}
	return object(&Tuple{Header{tupleShape}, append([]Value(nil), items...)})
}

func matchesSequence(v Value) bool {
	t := TypeOf(v)
	for _, m := range t.mro {
		if m.flags&flagSequence != 0 {
			return true
		}
		if m.flags&flagMapping != 0 {
			return false
		}
	}
	return false
}

// IsSequence reports whether v is an instance of collections.abc.Sequence.
func IsSequence(v Value) bool {
	switch TypeOf(v).layout {
	case layoutStr, layoutBytes, layoutByteArray:
		return true
	}
	return matchesSequence(v)
}

func matchesMapping(v Value) bool {
	for _, m := range TypeOf(v).mro {
		if m.flags&flagMapping != 0 {
			return true
		}
		if m.flags&flagSequence != 0 {
			return false
		}
	}
	return false
}

func (th *Thread) matchKeys(v Value, keys []Value) (Value, *Exc) {
	var valBuf [4]Value
	vals := valBuf[:0]
	seen := NewDict()
	for _, k := range keys {
		if _, dup, err := seen.Get(th, k); err != nil {
			return Value{}, err
		} else if dup {
			r, _ := th.Repr(k)
			return Value{}, ValueErrorf("mapping pattern checks duplicate key (%s)", r)
		}
		if err := seen.Set(th, k, None); err != nil {
			return Value{}, err
		}
		if d, ok := exactDict(v); ok {
			x, ok, err := d.Get(th, k)
			if err != nil || !ok {
				return None, err
			}
			vals = append(vals, x)
			continue
		}
		missing := object(&Header{ellipsisShape})
		x, err := th.CallMethod(v, "get", k, missing)
		if err != nil {
			return Value{}, err
		}
		if x.p == missing.p {
			return None, nil
		}
		vals = append(vals, x)
	}
	return newTuple(vals), nil
}

var matchArgsName = Intern("__match_args__")

func (th *Thread) matchClass(v, cls Value, npos int, kwattrs []Value) (Value, *Exc) {
	t, ok := AsType(cls)
	if !ok {
		return Value{}, TypeErrorf("called match pattern must be a class")
	}
	if is, err := th.IsInstance(v, cls); err != nil || !is {
		return None, err
	}
	var valBuf [4]Value
	var seenBuf [4]*Str
	vals, seen := valBuf[:0], seenBuf[:0]
	attr := func(name *Str) (bool, *Exc) {
		for _, s := range seen {
			if s.s == name.s {
				return false, TypeErrorf("%s() got multiple sub-patterns for attribute '%s'", t.Name, name.s)
			}
		}
		seen = append(seen, name)
		x, ok, err := th.findAttr(v, th.internStr(name))
		vals = append(vals, x)
		return ok, err
	}
	if npos > 0 {
		ma, has, err := th.findAttr(cls, matchArgsName)
		if err != nil {
			return Value{}, err
		}
		self := !has && t.matchesSelf()
		allowed := 0
		var names []Value
		if has {
			mt, ok := AsTuple(ma)
			if !ok {
				return Value{}, TypeErrorf("%s.__match_args__ must be a tuple (got %s)", t.Name, typeName(ma))
			}
			names, allowed = mt.a, len(mt.a)
		} else if self {
			allowed = 1
		}
		if npos > allowed {
			return Value{}, TypeErrorf("%s() accepts %d positional sub-pattern%s (%d given)", t.Name, allowed, plural(allowed), npos)
		}
		if self {
			vals = append(vals, v)
		} else {
			for _, n := range names[:npos] {
				s, ok := AsStr(n)
				if !ok {
					return Value{}, TypeErrorf("__match_args__ elements must be strings (got %s)", typeName(n))
				}
				if found, err := attr(s); err != nil || !found {
					return None, err
				}
			}
		}
	}
	for _, n := range kwattrs {
		s, _ := AsStr(n)
		if found, err := attr(s); err != nil || !found {
			return None, err
		}
	}
	return newTuple(vals), nil
}

func (t *Type) matchesSelf() bool {
	for _, m := range t.mro {
		if m.flags&flagMatchSelf != 0 {
			return true
		}
	}
	return false
}

// mangled reports whether a name is private to the class whose body spells it.
func mangled(name string) bool {
	return strings.HasPrefix(name, "__") && !strings.HasSuffix(name, "__")
}
