package interp

// This file defines generators, coroutines and async generators as scripts see them.

import (
	"fmt"
	"unsafe"

	"aio/interp/compile"
)

var (
	asendType       = builtinType("async_generator_asend", objectType, layoutOpaque)
	athrowType      = builtinType("async_generator_athrow", objectType, layoutOpaque)
	anextType       = builtinType("anext_awaitable", objectType, layoutOpaque)
	coroWrapperType = builtinType("coroutine_wrapper", objectType, layoutOpaque)

	asendShape       = shapeFor(asendType)
	athrowShape      = shapeFor(athrowType)
	anextShape       = shapeFor(anextType)
	coroWrapperShape = shapeFor(coroWrapperType)
)

// The names of the awaitables of an async generator.
var (
	asendName  = Intern("asend")
	athrowName = Intern("athrow")
	anextName  = Intern("anext")
)

// coroWrapper is what a coroutine's __await__ returns.
type coroWrapper struct {
	Header
	co *Coro
}

func asCoro(v Value) (*Coro, bool) {
	if v.p == nil {
		return nil, false
	}
	switch shapeOf(v) {
	case generatorShape, coroutineShape, asyncGenShape, asendShape, athrowShape, anextShape:
		return (*Coro)(v.p), true
	}
	return nil, false
}

func coroutineTypes() []typeSetup {
	return []typeSetup{
		{generatorType, generatorShape, setupGenerator},
		{coroutineType, coroutineShape, setupCoroutine},
		{coroWrapperType, coroWrapperShape, setupCoroWrapper},
		{asyncGenType, asyncGenShape, setupAsyncGen},
		{asendType, asendShape, setupAsend},
		{athrowType, athrowShape, setupAsend},
		{anextType, anextShape, setupAsend},
	}
}

var coroNouns = [...]string{"generator", "coroutine", "async generator"}

func (co *Coro) noun() string { return coroNouns[co.kind] }

// name returns the __name__.
func (co *Coro) name() string {
	if co.ext != nil && co.ext.name != nil {
		return co.ext.name.s
	}
	if n := co.native(); n != nil {
		return n.name.s
	}
	return co.frame.fn.name.s
}

// QualName returns the __qualname__.
func (co *Coro) QualName() string {
	if co.ext != nil && co.ext.qualName != nil {
		return co.ext.qualName.s
	}
	if n := co.native(); n != nil {
		return n.name.s
	}
	return co.frame.fn.qualName.s
}

// isIterableCoroutine reports whether types.coroutine marked the generator's function.
func (co *Coro) isIterableCoroutine() bool {
	return co.kind == kindGenerator && !co.frame.code.native && co.frame.code.iterable
}

// resume drives co as a root from Go: it sends v, or raises e in it.
func (th *Thread) resume(co *Coro, v Value, e *Exc) (Value, status, *Exc) {
	if th.depth >= th.limit || th.nested >= maxNested {
		return Value{}, statusRaise, th.recursionError()
	}
	top := th.stackTop()
	stub := th.pushStub()
	if e != nil {
		inner := &co.frame
		if co.state == coroSuspended {
			inner = co.top()
			e = th.abandon(inner, e)
		}
		co.frame.back, co.frame.ret = &stub.frame, 0
		inner.top = top
		co.link = unsafe.Pointer(th.root)
		root := th.root
		th.root = co
		th.depth++
		co.state = coroRunning
		th.exc, th.thrownIn = e, e
		v, st, err := th.runNested(inner, stub)
		th.thrownIn = nil
		th.root = root
		return v, st, err
	}
	root := th.root
	th.enterRoot(co, &stub.frame, 0, top, v)
	v, st, err := th.runNested(th.next, stub)
	th.root = root
	return v, st, err
}

// checkIdle returns the error for resuming a Coro that is running or awaited.
func (co *Coro) checkIdle() *Exc {
	if co.inner && co.kind == kindCoroutine {
		return RuntimeErrorf("coroutine is being awaited already")
	}
	if co.state == coroRunning || co.inner {
		return ValueErrorf("%s already executing", co.noun())
	}
	return nil
}

// send resumes co with v. done is true when it returned, with its value.
func (th *Thread) send(co *Coro, v Value) (r Value, done bool, err *Exc) {
	if err := co.checkIdle(); err != nil {
		return Value{}, false, err
	}
	switch co.state {
	case coroClosed:
		if co.kind == kindCoroutine {
			return Value{}, false, th.reusedError(co)
		}
		return None, true, nil
	case coroCreated:
		if n := co.native(); n != nil {
			n.reg[0] = v
		} else if !v.IsNone() {
			return Value{}, false, TypeErrorf("can't send non-None value to a just-started %s", co.noun())
		}
		th.uncreated(co)
	}
	r, st, err := th.resume(co, v, nil)
	return r, st == statusDone, err
}

// throw raises e in co. done is true when it returned, with its value.
func (th *Thread) throw(co *Coro, e *Exc) (r Value, done bool, err *Exc) {
	if err := co.checkIdle(); err != nil {
		return Value{}, false, err
	}
	switch co.state {
	case coroClosed:
		if co.kind == kindCoroutine {
			return Value{}, false, th.reusedError(co)
		}
		return Value{}, false, e
	case coroCreated:
		th.uncreated(co)
		if co.native() == nil {
			co.state = coroClosed
			th.addTraceback(e, co.frame.code, 0)
			return Value{}, false, e
		}
	case coroSuspended:
		if e.Is(GeneratorExit) {
			if inner := th.closeInner(co); inner != nil {
				e = inner
			}
		}
	}
	r, st, err := th.resume(co, None, e)
	return r, st == statusDone, err
}

// closeInner closes what a suspended co delegates to, the innermost first, so that co itself is what
// runs next. It returns what closing raised.
func (th *Thread) closeInner(co *Coro) *Exc {
	var raised *Exc
	for co.top() != nil && co.top().coro != co {
		inner := co.top().coro
		outer := inner.frame.back
		inner.inner = false
		inner.state = coroSuspended
		inner.link = unsafe.Pointer(&inner.frame)
		inner.frame.back = nil
		co.link = unsafe.Pointer(outer)
		e := raised
		if e == nil {
			e = NewExc(GeneratorExit)
		}
		co.state = coroRunning // as scripts see it meanwhile
		raised = th.closeOne(inner, e)
		co.state = coroSuspended
	}
	return raised
}

// closeOne raises e, usually GeneratorExit, in a suspended co that delegates to nothing.
func (th *Thread) closeOne(co *Coro, e *Exc) *Exc {
	_, st, err := th.resume(co, None, e)
	switch {
	case st == statusYield:
		return RuntimeErrorf("%s ignored GeneratorExit", co.noun())
	case err == nil || err.Is(GeneratorExit) || err.Is(StopIteration):
		return nil
	}
	return err
}

// close ends co.
func (th *Thread) close(co *Coro) *Exc {
	if err := co.checkIdle(); err != nil {
		return err
	}
	switch co.state {
	case coroCreated:
		th.uncreated(co)
		co.state = coroClosed
		return nil
	case coroClosed:
		return nil
	}
	e := th.closeInner(co)
	if e == nil {
		e = NewExc(GeneratorExit)
	}
	return th.closeOne(co, e)
}

// stopIteration returns the exception that carries the value of a generator or coroutine.
func stopIteration(v Value) *Exc {
	if v.IsNone() {
		return NewExc(StopIteration)
	}
	if _, ok := AsTuple(v); ok {
		e := NewExc(StopIteration, v)
		return e
	}
	return NewExc(StopIteration, v)
}

func coroSend(th *Thread, a []Value) (Value, *Exc) {
	co, _ := asCoro(a[0])
	v, done, err := th.send(co, a[1])
	if err == nil && done {
		err = stopIteration(v)
	}
	return v, err
}

// nextGenerator is send(None) with as little around it as can be: builtins such as sum() consume
// generators item by item. At the end ok is false, and x what the generator returned.
func (th *Thread) nextGenerator(co *Coro) (x Value, ok bool, err *Exc) {
	if co.state > coroSuspended || co.inner || th.depth >= th.limit || th.nested >= maxNested {
		x, done, err := th.send(co, None)
		return x, err == nil && !done, err
	}
	top := th.stackTop()
	stub := th.pushStub()
	frame, root := th.frame, th.root
	th.enterRoot(co, &stub.frame, 0, top, None)
	v, st := th.run(th.next)
	th.frame, th.root = frame, root
	th.nested--
	if st == statusRaise {
		err = th.exc
		th.exc = nil
		return Value{}, false, err
	}
	return v, st == statusYield, nil
}

func coroNext(th *Thread, v Value) (Value, bool, *Exc) {
	co, _ := asCoro(v)
	r, done, err := th.send(co, None)
	if err != nil {
		return Value{}, false, err
	}
	return r, !done, nil
}

// instantiateThrown returns what throw() raises for an exception class; that it cannot be called is raised in its
// place.
func (th *Thread) instantiateThrown(class Value) *Exc {
	v, err := th.Call(class)
	if err != nil {
		return err
	}
	if e, ok := AsExc(v); ok {
		return e
	}
	return TypeErrorf("calling %s should have returned an instance of BaseException, not %s", th.reprOr(class), typeName(v))
}

// thrown returns the exception of throw(type, value, traceback).
func (th *Thread) thrown(typ, val, tb Value) (*Exc, *Exc) {
	if !tb.IsUnbound() && !tb.IsNone() && shapeOf(tb) != tracebackShape {
		return nil, TypeErrorf("throw() third argument must be a traceback object")
	}
	var e *Exc
	if t, ok := AsType(typ); ok && t.IsSubtype(BaseException) {
		var err *Exc
		switch x, isExc := AsExc(val); {
		case val.IsUnbound() || val.IsNone():
			e = th.instantiateThrown(typ)
		case isExc && x.Is(t):
			e = x
		default:
			var args []Value
			if tup, ok := AsTuple(val); ok {
				args = tup.a
			} else {
				args = []Value{val}
			}
			var v Value
			if v, err = th.CallArgs(typ, args, nil); err == nil {
				e, err = th.makeRaised(v)
			}
		}
		if err != nil {
			return nil, err
		}
	} else if x, ok := AsExc(typ); ok {
		if !val.IsUnbound() && !val.IsNone() {
			return nil, TypeErrorf("instance exception may not have a separate value")
		}
		e = x
	} else {
		return nil, TypeErrorf("exceptions must be classes or instances deriving from BaseException, not %s", typeName(typ))
	}
	if !tb.IsUnbound() && !tb.IsNone() {
		e.tb = (*Traceback)(tb.p)
	}
	return e, nil
}

func coroThrow(th *Thread, a []Value) (Value, *Exc) {
	co, _ := asCoro(a[0])
	e, err := th.thrown(a[1], a[2], a[3])
	if err != nil {
		return Value{}, err
	}
	v, done, err := th.throw(co, e)
	if err == nil && done {
		err = stopIteration(v)
	}
	return v, err
}

func coroClose(th *Thread, a []Value) (Value, *Exc) {
	co, _ := asCoro(a[0])
	return None, th.close(co)
}

func coroRepr(th *Thread, v Value) (string, *Exc) {
	co, _ := asCoro(v)
	if v.p != nil && shapeOf(v).typ != generatorType && shapeOf(v).typ != coroutineType && shapeOf(v).typ != asyncGenType {
		return fmt.Sprintf("<%s object at %s>", typeName(v), address(v)), nil
	}
	return fmt.Sprintf("<%s object %s at %s>", typeName(v), co.QualName(), address(v)), nil
}

func returnSelf(th *Thread, v Value) (Value, *Exc) { return v, nil }

// coroMethods returns the methods of a kind, which noun names, that resume it.
func coroMethods(noun string) []Builtin {
	return []Builtin{
		{"send(value, /)", "send(arg) -> send 'arg' into " + noun + ",\nreturn next yielded value or raise StopIteration.", coroSend},
		{"throw(typ, val=?, tb=?, /)", "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in " + noun + ", return next yielded value or raise\nStopIteration.", coroThrow},
		{"close()", "close() -> raise GeneratorExit inside " + noun + ".", coroClose},
	}
}

// coroAttrs are the attributes with the prefix gi_, cr_ or ag_.
func coroAttrs(prefix, awaiting, noun string) []GetSet {
	return []GetSet{
		{Name: "__name__", Doc: "name of the " + noun, Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return MkStr(co.name()), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			co, _ := asCoro(v)
			s, ok := AsStr(x)
			if !ok {
				return TypeErrorf("__name__ must be set to a string object")
			}
			co.extra().name = s
			return nil
		}},
		{Name: "__qualname__", Doc: "qualified name of the " + noun, Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return MkStr(co.QualName()), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			co, _ := asCoro(v)
			s, ok := AsStr(x)
			if !ok {
				return TypeErrorf("__qualname__ must be set to a string object")
			}
			co.extra().qualName = s
			return nil
		}},
		{Name: prefix + "_running", Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return MkBool(co.isRunning(th)), nil
		}},
		{Name: prefix + "_suspended", Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return MkBool(co.state == coroSuspended || co.inner && !co.isRunning(th)), nil
		}},
		{Name: prefix + "_frame", Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			if co.state == coroClosed {
				return None, nil
			}
			if co.native() != nil {
				return None, nil
			}
			f := co.frame
			f.back = nil
			return newFrameObject(&f).Value(), nil
		}},
		{Name: prefix + "_code", Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return object(co.frame.code), nil
		}},
		{Name: prefix + "_" + awaiting, Get: func(th *Thread, v Value) (Value, *Exc) {
			co, _ := asCoro(v)
			return co.delegate(), nil
		}},
	}
}

func (co *Coro) extra() *coroExt {
	if co.ext == nil {
		co.ext = &coroExt{}
	}
	return co.ext
}

// root returns the outermost of the chain that co is in.
func (co *Coro) outermost() *Coro {
	for co.inner && co.frame.back != nil && co.frame.back.coro != nil {
		co = co.frame.back.coro
	}
	return co
}

func (co *Coro) isRunning(th *Thread) bool {
	return co.outermost().state == coroRunning && co.state == coroRunning
}

// delegate returns what co awaits or yields from, None when it runs or is not suspended there.
func (co *Coro) delegate() Value {
	if co.state != coroSuspended && !co.inner {
		return None
	}
	root := co.outermost()
	if root.state != coroSuspended || root.top() == nil {
		return None
	}
	if root.top().coro == co {
		f := root.top()
		if n := co.native(); n != nil {
			if n.waiting.p != nil {
				return n.waiting
			}
			return None
		}
		in := (*instr)(f.ip)
		switch in.op {
		case compile.OpAwait:
			return *reg(f.regs, in.b)
		case compile.OpCallAwait, compile.OpCallMethodAwait, compile.OpEnterAwait, compile.OpExitAwait, compile.OpCallKwAwait, compile.OpCallMethodKwAwait:
			return *reg(f.regs, in.a)
		case compile.OpAsyncFor:
			return *reg(f.regs, in.a+uint16(valueSize))
		}
		return None
	}
	for f := root.top(); f != nil && f.coro != nil; f = f.back {
		if f.back == &co.frame {
			f.coro.fused = false // a script sees it now
			return object(f.coro)
		}
	}
	return None
}

func setupGenerator(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Repr: coroRepr, Iter: returnSelf, Next: coroNext}
	t.rows = coroMethods("generator")
	t.getset = coroAttrs("gi", "yieldfrom", "generator")
}

func setupCoroutine(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Repr: coroRepr}
	t.rows = append([]Builtin{{"__await__()", "Return an iterator to be used in await expression.", func(th *Thread, a []Value) (Value, *Exc) {
		co, _ := asCoro(a[0])
		return object(&coroWrapper{Header{coroWrapperShape}, co}), nil
	}}}, coroMethods("coroutine")...)
	t.getset = append(coroAttrs("cr", "await", "coroutine"), GetSet{Name: "cr_origin", Get: func(th *Thread, v Value) (Value, *Exc) {
		co, _ := asCoro(v)
		if co.ext == nil {
			return None, nil
		}
		return orNone(co.ext.origin), nil
	}})
}

func setupCoroWrapper(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	self := func(f BuiltinFunc) BuiltinFunc {
		return func(th *Thread, a []Value) (Value, *Exc) {
			b := append([]Value(nil), a...)
			b[0] = object((*coroWrapper)(a[0].p).co)
			return f(th, b)
		}
	}
	t.proto = &Protocol{Iter: returnSelf, Next: func(th *Thread, v Value) (Value, bool, *Exc) {
		r, done, err := th.send((*coroWrapper)(v.p).co, None)
		if err == nil && done {
			err = stopIteration(r)
		}
		return r, true, err
	}}
	for _, m := range coroMethods("coroutine") {
		t.rows = append(t.rows, Builtin{m.Sig, m.Doc, self(m.Fn)})
	}
}

func setupAsyncGen(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Repr: coroRepr}
	t.rows = []Builtin{
		{"__aiter__()", "Return an awaitable, that resolves in asynchronous iterator.", func(th *Thread, a []Value) (Value, *Exc) { return a[0], nil }},
		{"__anext__()", "Return a value or raise StopAsyncIteration.", func(th *Thread, a []Value) (Value, *Exc) {
			return th.asend((*Coro)(a[0].p), None)
		}},
		{"asend(value, /)", "asend(v) -> send 'v' in generator.", func(th *Thread, a []Value) (Value, *Exc) {
			return th.asend((*Coro)(a[0].p), a[1])
		}},
		{"athrow(typ, val=?, tb=?, /)", "athrow(value) -> raise exception in generator.", func(th *Thread, a []Value) (Value, *Exc) {
			return th.athrow((*Coro)(a[0].p), append([]Value(nil), a[1:]...))
		}},
		{"aclose()", "aclose() -> raise GeneratorExit inside generator.", func(th *Thread, a []Value) (Value, *Exc) {
			return th.athrow((*Coro)(a[0].p), nil)
		}},
	}
	t.getset = coroAttrs("ag", "await", "async generator")
}

func setupAsend(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Repr: coroRepr, Iter: returnSelf, Next: func(th *Thread, v Value) (Value, bool, *Exc) {
		r, err := coroSend(th, []Value{v, None})
		return r, true, err
	}}
	t.rows = append([]Builtin{{"__await__()", "Return an iterator to be used in await expression.", func(th *Thread, a []Value) (Value, *Exc) { return a[0], nil }}}, coroMethods("async generator")...)
}

// startAsyncGen calls the hook for the first iteration of an async generator.
func (th *Thread) startAsyncGen(gen *Coro) *Exc {
	if gen.inner || gen.state == coroRunning {
		return RuntimeErrorf("anext(): asynchronous generator is already running")
	}
	return th.hookAsyncGen(gen)
}

func (th *Thread) hookAsyncGen(gen *Coro) *Exc {
	if gen.state != coroCreated || gen.ext != nil && gen.ext.hooked {
		return nil
	}
	h := &th.asyncgen
	if h.firstIter.IsUnbound() && h.onFirst == nil {
		return nil
	}
	x := gen.extra()
	x.hooked = true
	x.finalizer, x.onDrop = h.finalizer, h.onDrop
	if h.onFirst != nil {
		if err := h.onFirst(th, object(gen)); err != nil {
			return err
		}
	}
	if !h.firstIter.IsUnbound() && !h.firstIter.IsNone() {
		_, err := th.Call(h.firstIter, object(gen))
		return err
	}
	return nil
}

// asyncGenHooks are what sys.set_asyncgen_hooks sets, and the loop's own.
type asyncGenHooks struct {
	firstIter, finalizer Value
	onDrop               func(th *Thread, gen *Coro)
	onFirst              func(th *Thread, gen Value) *Exc
}

// asyncGenSend recognizes the calls of asend(v) and __anext__() of an async generator, and of anext() with one.
func asyncGenSend(callee Value, args []Value) (gen *Coro, v Value, ok bool) {
	if len(args) == 0 || shapeOf(args[0]) != asyncGenShape {
		return nil, Value{}, false
	}
	gen = (*Coro)(args[0].p)
	if shapeOf(callee) != methodDescrShape {
		return gen, None, len(args) == 1 && isANext(callee)
	}
	switch name := (*BuiltinFunction)(callee.p).name; {
	case name == asendName && len(args) == 2:
		return gen, args[1], true
	case name == specialStrs[spANext] && len(args) == 1:
		return gen, None, true
	}
	return nil, Value{}, false
}

// isANext reports whether a callee is the built-in function anext.
func isANext(callee Value) bool {
	if shapeOf(callee) != builtinShape {
		return false
	}
	b := (*BuiltinFunction)(callee.p)
	return b.name == anextName && b.mod == "builtins" && b.self.IsUnbound()
}

// sendAsyncGen sends v to an async generator and awaits what comes, without an awaitable in between.
func (th *Thread) sendAsyncGen(f *Frame, gen *Coro, v Value, dst uint16) int {
	err := th.startAsyncGen(gen)
	switch {
	case err != nil:
	case gen.state == coroClosed:
		err = NewExc(StopAsyncIteration)
	case gen.state == coroCreated && !v.IsNone():
		err = TypeErrorf("can't send non-None value to a just-started async generator")
	default:
		return th.enterInner(f, gen, dst, v)
	}
	th.exc = err
	return awaitRaised
}

// AsyncGenHooks returns what SetAsyncGenHooks has set for the thread; None: nothing.
func (th *Thread) AsyncGenHooks() (firstIter, finalizer Value) {
	return orNone(th.asyncgen.firstIter), orNone(th.asyncgen.finalizer)
}

// SetAsyncGenHooks sets what is called when an async generator begins, and what gets one that is dropped in the
// middle; None: nothing.
func (th *Thread) SetAsyncGenHooks(firstIter, finalizer Value) {
	th.asyncgen = asyncGenHooks{firstIter: firstIter, finalizer: finalizer}
}

// asend returns the awaitable that sends v to an async generator.
func (th *Thread) asend(gen *Coro, v Value) (Value, *Exc) {
	if err := th.hookAsyncGen(gen); err != nil {
		return Value{}, err
	}
	var n *NativeCoro
	started := false
	n = newNative(asendShape, asendName, func(th *Thread, got Value, err *Exc) (Value, NativeResult, *Exc) {
		if started {
			return got, NativeDone, err
		}
		started = true
		if err != nil {
			return th.raiseInAsyncGen(gen, n, err)
		}
		if v.IsNone() && !got.IsUnbound() {
			v = got // the first send() to the awaitable itself
		}
		if gen.inner || gen.state == coroRunning {
			return Value{}, NativeDone, RuntimeErrorf("anext(): asynchronous generator is already running")
		}
		switch gen.state {
		case coroClosed:
			return Value{}, NativeDone, NewExc(StopAsyncIteration)
		case coroCreated:
			if !v.IsNone() {
				return Value{}, NativeDone, TypeErrorf("can't send non-None value to a just-started async generator")
			}
		}
		switch th.enterInner(&n.frame, gen, 0, v) {
		case awaitPushed:
			return Value{}, nativeSwitch, nil
		case awaitRaiseIn:
			return Value{}, nativeRaiseIn, nil
		}
		e := th.exc
		th.exc = nil
		return Value{}, NativeDone, e
	})
	return object(n), nil
}

// athrow returns the awaitable that raises an exception in an async generator; without thrown, the one
// that closes it.
func (th *Thread) athrow(gen *Coro, thrown []Value) (Value, *Exc) {
	if err := th.hookAsyncGen(gen); err != nil {
		return Value{}, err
	}
	var n *NativeCoro
	started, closing := false, thrown == nil
	n = newNative(athrowShape, athrowName, func(th *Thread, got Value, err *Exc) (Value, NativeResult, *Exc) {
		if started {
			return finishAthrow(closing, got, err)
		}
		started = true
		if err != nil {
			return th.raiseInAsyncGen(gen, n, err)
		}
		if gen.inner || gen.state == coroRunning {
			what := "athrow"
			if closing {
				what = "aclose"
			}
			return Value{}, NativeDone, RuntimeErrorf("%s(): asynchronous generator is already running", what)
		}
		if gen.state == coroClosed {
			return None, NativeDone, nil
		}
		e := NewExc(GeneratorExit)
		if !closing {
			if e, err = th.thrown(thrown[0], thrown[1], thrown[2]); err != nil {
				return Value{}, NativeDone, err
			}
		}
		if gen.state == coroCreated && closing {
			gen.state = coroClosed
			return None, NativeDone, nil
		}
		return th.raiseInAsyncGen(gen, n, e)
	})
	return object(n), nil
}

// raiseInAsyncGen raises e where gen waits, on behalf of the awaitable n.
func (th *Thread) raiseInAsyncGen(gen *Coro, n *NativeCoro, e *Exc) (Value, NativeResult, *Exc) {
	if err := gen.checkIdle(); err != nil {
		return Value{}, NativeDone, err
	}
	if gen.state == coroCreated || gen.state == coroClosed {
		gen.state = coroClosed
		return Value{}, NativeDone, e
	}
	nf := &gen.frame
	gen.inner = true
	gen.depth = n.depth + 1
	gen.state = coroRunning
	nf.back, nf.ret, nf.top = &n.frame, 0, n.frame.top
	th.next, th.exc, th.thrownIn = nf, e, e
	return Value{}, nativeRaiseIn, nil
}

func finishAthrow(closing bool, got Value, err *Exc) (Value, NativeResult, *Exc) {
	if !closing {
		return got, NativeDone, err
	}
	if err == nil {
		return Value{}, NativeDone, RuntimeErrorf("async generator ignored GeneratorExit")
	}
	if err.Is(StopAsyncIteration) || err.Is(GeneratorExit) {
		return None, NativeDone, nil
	}
	return Value{}, NativeDone, err
}
