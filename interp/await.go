package interp

// This file defines how coroutines are entered, awaited, suspended and resumed by the VM loop.

import (
	"unsafe"

	"aio/interp/compile"
)

// How the loop goes on after an await.
const (
	awaitReady   = iota // the result is in its register
	awaitRaised         // raise th.exc
	awaitPushed         // run th.next
	awaitSuspend        // the task waits: leave the loop
	awaitYield          // th.result goes to the driver: leave the loop
	awaitEnd            // an async for is over: jump
	awaitRaiseIn        // raise th.exc in th.next
)

// NativeResult says how a step of a native coroutine ended.
type NativeResult uint8

// The results of a NativeStep.
const (
	NativeDone    NativeResult = iota // the coroutine returns the value
	NativeAwait                       // it awaits the value; the result comes with the next step
	NativeYield                       // it yields the value to whoever drives the coroutines
	nativeSwitch                      // th.next runs, and returns to it
	nativeRaiseIn                     // th.exc is raised in th.next, which returns to it
)

// NativeStep is the body of a coroutine written in Go, called once for each time it runs: with what it
// awaited gave, v or err. The first time v is None. Its state is the closure's own.
type NativeStep func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc)

// NativeCoro is a coroutine written in Go.
type NativeCoro struct {
	Coro
	step    NativeStep
	reg     [1]Value // what the next step gets
	waiting Value    // the future it is suspended on
	name    *Str
}

// NewNativeCoro returns a coroutine whose body is step; name is its __qualname__.
func (th *Thread) NewNativeCoro(name string, step NativeStep) Value {
	n := newNative(coroutineShape, Intern(name), step)
	th.created(&n.Coro)
	return object(n)
}

func newNative(s *Shape, name *Str, step NativeStep) *NativeCoro {
	n := &NativeCoro{step: step, name: name}
	n.shape, n.kind = s, kindCoroutine
	n.frame = Frame{ip: nativeCode.entry, regs: unsafe.Pointer(&n.reg[0]), code: nativeCode}
	n.frame.coro = &n.Coro
	n.reg[0] = None
	return n
}

func (co *Coro) native() *NativeCoro {
	if co.frame.code.native {
		return (*NativeCoro)(unsafe.Pointer(co))
	}
	return nil
}

// slowAwait runs what awaits: Await, YieldFrom, AsyncFor, YieldAsync, Native, CallAwait and its relatives.
//
//go:noinline
func (th *Thread) slowAwait(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	switch in.op {
	case compile.OpAwait:
		return th.await(f, *reg(regs, in.b), in.a)
	case compile.OpYieldFrom:
		return th.yieldFrom(f, reg(regs, in.b), in.a)
	case compile.OpAsyncFor:
		return th.asyncNext(f, regs, in)
	case compile.OpYieldAsync:
		return th.yieldAsync(f, *reg(regs, in.b))
	case compile.OpNative:
		return th.stepNative(f)
	}
	return th.slowCallAwait(f, regs, in)
}

// slowCallAwait runs CallAwait and its relatives in the general way: call, then await. The result of the
// call stays in R[A], where resuming looks for the future that was awaited.
func (th *Thread) slowCallAwait(f *Frame, regs unsafe.Pointer, in *instr) int {
	callee, args, kwnames := callWindow(f.code, regs, in)
	switch shapeOf(callee) {
	case functionShape:
		if fn := (*Function)(callee.p); fn.code.Kind == compile.Coroutine {
			return th.enterCall(f, fn, args, kwnames, in.c)
		}
	case boundMethodShape:
		m := (*BoundMethod)(callee.p)
		if fn, ok := asFunction(m.fn); ok && fn.code.Kind == compile.Coroutine {
			n := len(args) + 1
			how := th.enterCall(f, fn, append(append(th.args(n), m.self), args...), kwnames, in.c)
			th.dropArgs(n)
			return how
		}
	default:
		if how, ok := th.awaitBuiltin(f, regs, callee, args, kwnames); ok {
			return how
		}
		if gen, v, ok := asyncGenSend(callee, args); ok {
			return th.sendAsyncGen(f, gen, v, in.c)
		}
	}
	// A function that runs at once and returns an awaitable is called from Go: it is rare enough.
	v, err := th.CallArgs(callee, args, kwnames)
	if err != nil {
		th.exc = err
		return awaitRaised
	}
	*reg(regs, in.a) = v
	if c, ok := asCoro(v); ok && c.state == coroCreated && c.kind == kindCoroutine {
		th.uncreated(c)
	}
	return th.await(f, v, in.c)
}

// enterCall calls a coroutine function for the running frame f, which awaits its result at once.
func (th *Thread) enterCall(f *Frame, fn *Function, args []Value, kwnames []*Str, dst uint16) int {
	co := th.newFused(fn)
	params := unsafe.Slice((*Value)(co.frame.regs), max(fn.code.nparams, fn.code.clearTo))
	if err := th.bindArgs(fn, params, args, kwnames); err != nil {
		th.exc = err
		return awaitRaised
	}
	return th.enterInner(f, co, dst, None)
}

// coroLike reports whether v is a coroutine or one of the awaitables that are native coroutines.
func coroLike(v Value) (*Coro, bool) {
	s := shapeOf(v)
	if s == coroutineShape || s == asendShape || s == athrowShape || s == anextShape {
		return (*Coro)(v.p), true
	}
	if s == generatorShape && (*Coro)(v.p).isIterableCoroutine() {
		return (*Coro)(v.p), true
	}
	return nil, false
}

// await begins to await v in frame f; the result goes to register dst.
func (th *Thread) await(f *Frame, v Value, dst uint16) int {
	if Is(v, YieldOnce) {
		return th.awaitTurn(f)
	}
	if co, ok := coroLike(v); ok {
		if co.kind == kindCoroutine && (co.inner || co.state != coroCreated) {
			if co.state == coroClosed {
				th.exc = th.reusedError(co)
			} else {
				th.exc = RuntimeErrorf("coroutine is being awaited already")
			}
			return awaitRaised
		}
		return th.enterInner(f, co, dst, None)
	}
	t := TypeOf(v)
	if t.layout == layoutFuture || t.layout == layoutTask {
		if t.flags&flagHeap == 0 || t.specialMethod(spAwait).IsUnbound() {
			return th.awaitFuture(f, (*Future)(v.p), dst)
		}
	}
	it, err := th.awaitIter(v, (*instr)(f.ip).op)
	if err != nil {
		th.exc = err
		return awaitRaised
	}
	if isFuture(it) {
		return th.awaitFuture(f, (*Future)(it.p), dst)
	}
	return th.yieldFrom(f, &it, dst)
}

func (th *Thread) reusedError(co *Coro) *Exc {
	switch co.shape {
	case asendShape:
		return RuntimeErrorf("cannot reuse already awaited __anext__()/asend()")
	case athrowShape:
		return RuntimeErrorf("cannot reuse already awaited aclose()/athrow()")
	}
	return RuntimeErrorf("cannot reuse already awaited coroutine")
}

// awaitIter returns the iterator behind an awaitable: what __await__ returns. The text of its TypeError
// tells which instruction awaits.
func (th *Thread) awaitIter(v Value, by compile.Opcode) (Value, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spAwait); !f.IsUnbound() && !f.IsNone() {
			it, err := th.callSpecial(f, v)
			if err != nil {
				return Value{}, err
			}
			if c, ok := coroLike(it); ok && c.kind == kindCoroutine {
				return Value{}, TypeErrorf("__await__() returned a coroutine")
			}
			if !isIterator(it) && !isFuture(it) {
				return Value{}, TypeErrorf("__await__() returned non-iterator of type '%s'", typeName(it))
			}
			return it, nil
		}
	}
	if t.proto.Await != nil {
		return t.proto.Await(th, v)
	}
	switch by {
	case compile.OpEnterAwait:
		return Value{}, TypeErrorf("'async with' received an object from __aenter__ that does not implement __await__: %s", t.Name)
	case compile.OpExitAwait:
		return Value{}, TypeErrorf("'async with' received an object from __aexit__ that does not implement __await__: %s", t.Name)
	}
	e := TypeErrorf("object %s can't be used in 'await' expression", t.Name)
	if v.IsNone() {
		return Value{}, e.WithHint("the function called here is no coroutine function: write 'async def', or drop the 'await'")
	}
	return Value{}, e
}

// enterInner links co below f and runs it, sending v; its result goes to register dst of f.
func (th *Thread) enterInner(f *Frame, co *Coro, dst uint16, v Value) int {
	if f.coro.depth >= 0xfff0 || int(f.coro.depth)+1+th.depth > th.limit {
		th.exc = th.recursionError()
		return awaitRaised
	}
	nf := &co.frame
	inner := nf
	if co.state == coroSuspended {
		inner = co.top()
	}
	co.inner = true
	co.depth = f.coro.depth + 1
	nf.back = f
	nf.ret = dst
	nf.top, inner.top = f.top, f.top
	if co.state == coroCreated {
		co.state = coroRunning
	} else {
		co.state = coroRunning
		if err := th.deliver(inner, v); err != nil {
			th.exc = err
			th.next = inner
			return awaitRaiseIn
		}
	}
	th.next = inner
	return awaitPushed
}

// yieldFrom delegates to an iterator.
func (th *Thread) yieldFrom(f *Frame, src *Value, dst uint16) int {
	v := *src
	if c, ok := asCoro(v); ok && c.kind != kindAsyncGen {
		if shapeOf(v) == coroutineShape && f.coro.kind == kindGenerator && !f.coro.isIterableCoroutine() {
			th.exc = TypeErrorf("cannot 'yield from' a coroutine object in a non-coroutine generator")
			return awaitRaised
		}
		switch {
		case c.state == coroClosed && c.kind == kindGenerator:
			*reg(f.regs, dst) = None
			return awaitReady
		case c.state == coroClosed:
			th.exc = th.reusedError(c)
			return awaitRaised
		case c.state == coroRunning || c.inner:
			th.exc = ValueErrorf("%s already executing", TypeOf(v).Name)
			return awaitRaised
		}
		return th.enterInner(f, c, dst, None)
	}
	it, err := th.Iter(v)
	if err != nil {
		th.exc = err
		return awaitRaised
	}
	*src = it
	if c, ok := asCoro(it); ok && c.kind == kindGenerator {
		return th.yieldFrom(f, src, dst)
	}
	return th.enterInner(f, &newIterCoro(it).Coro, dst, None)
}

// newIterCoro returns a native coroutine that yields what an iterator yields.
func newIterCoro(it Value) *NativeCoro {
	return newNative(coroutineShape, specialStrs[spAwait], func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc) {
		var r Value
		switch {
		case err != nil:
			var own bool
			if r, own, err = th.throwInto(it, err); own {
				return Value{}, NativeDone, err
			}
		case v.IsNone():
			var ok bool
			r, ok, err = th.nextOrStop(it)
			if err == nil && !ok {
				return r, NativeDone, nil
			}
		default:
			r, err = th.CallMethod(it, "send", v)
		}
		if err != nil {
			if err.Is(StopIteration) {
				return err.field("value"), NativeDone, nil
			}
			return Value{}, NativeDone, err
		}
		return r, NativeYield, nil
	})
}

// nextOrStop is Next that also gives the value that the iterator returned at its end.
func (th *Thread) nextOrStop(it Value) (Value, bool, *Exc) {
	t := TypeOf(it)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spNext); !f.IsUnbound() {
			v, err := th.callSpecial(f, it)
			if err != nil && err.Is(StopIteration) {
				return err.field("value"), false, nil
			}
			return v, true, err
		}
	}
	v, ok, err := th.Next(it)
	if !ok && err == nil && v.IsUnbound() {
		v = None
	}
	return v, ok, err
}

// throwInto raises e in an iterator that is delegated to. own reports that the error is for the one that
// delegates, even when it is a StopIteration: the iterator has no method that takes it.
func (th *Thread) throwInto(it Value, e *Exc) (r Value, own bool, err *Exc) {
	if e.Is(GeneratorExit) {
		if cl, ok, err := th.LookupAttr(it, "close"); err != nil {
			th.Unraisable(err, "", it)
		} else if ok {
			if _, err := th.Call(cl); err != nil {
				return Value{}, true, err
			}
		}
		return Value{}, true, e
	}
	throw, ok, err := th.LookupAttr(it, "throw")
	if err != nil {
		return Value{}, true, err
	}
	if !ok {
		return Value{}, true, e
	}
	r, err = th.Call(throw, object(e))
	return r, false, err
}

// awaitFuture waits for a future: the running task is woken when it is done. When no task drives the
// coroutines, the future itself is yielded to whoever does.
func (th *Thread) awaitFuture(f *Frame, fut *Future, dst uint16) int {
	if fut.state != futurePending {
		v, err := fut.take()
		if err != nil {
			setContext(err, th.handledFrom(f))
			th.exc = err
			return awaitRaised
		}
		*reg(f.regs, dst) = v
		return awaitReady
	}
	if n := f.coro.native(); n != nil && f == &n.frame {
		n.waiting = object(fut)
	}
	if t := th.task; t != nil && th.root == t.coro && t.coro != nil {
		th.suspendRoot(f)
		t.waitFor(th, fut)
		return awaitSuspend
	}
	fut.blocking = true
	return th.yieldRoot(f, object(fut))
}

// YieldOnce, when it is awaited, gives way for one turn of the loop, as asyncio.sleep(0) does.
var YieldOnce = object(&Header{shapeFor(objectType)})

// awaitTurn suspends the running task for a turn of the loop.
func (th *Thread) awaitTurn(f *Frame) int {
	if t := th.task; t != nil && th.root == t.coro && t.coro != nil {
		th.suspendRoot(f)
		t.again(th)
		return awaitSuspend
	}
	return th.yieldRoot(f, None)
}

// suspendRoot leaves the running root at frame f.
func (th *Thread) suspendRoot(f *Frame) *Coro {
	root := th.root
	th.root = root.below()
	root.link = unsafe.Pointer(f)
	root.state = coroSuspended
	th.depth--
	return root
}

// yieldRoot suspends the running root at frame f and gives v to its driver.
func (th *Thread) yieldRoot(f *Frame, v Value) int {
	root := th.suspendRoot(f)
	back := root.frame.back
	root.frame.back = nil
	if back.code.stub {
		th.result = v
		return awaitYield
	}
	*reg(back.regs, root.frame.ret) = v
	back.ip = unsafe.Add(back.ip, instrSize)
	th.next = back
	return awaitPushed
}

// awaited returns what a suspended frame waits for, unbound when that is no future, and the register that
// gets the result.
func (f *Frame) awaited() (src Value, dst uint16) {
	in := (*instr)(f.ip)
	switch in.op {
	case compile.OpNative:
		return f.coro.native().waiting, 0
	case compile.OpAwait:
		return *reg(f.regs, in.b), in.a
	case compile.OpCallAwait, compile.OpCallMethodAwait, compile.OpEnterAwait, compile.OpExitAwait, compile.OpCallKwAwait, compile.OpCallMethodKwAwait:
		return *reg(f.regs, in.a), in.c
	case compile.OpAsyncFor:
		return *reg(f.regs, in.a+uint16(valueSize)), in.b
	}
	return Value{}, in.a
}

// deliver prepares a suspended frame to go on: what it waited for gave v. Errors: what the future that
// it waited for raised, to be raised in the frame.
func (th *Thread) deliver(f *Frame, v Value) *Exc {
	src, dst := f.awaited()
	native := (*instr)(f.ip).op == compile.OpNative
	if native {
		f.coro.native().waiting = Value{}
	}
	if src.p != nil && isFuture(src) {
		var err *Exc
		fut := (*Future)(src.p)
		if fut.state != futurePending {
			v, err = fut.take()
		} else if v.IsNone() {
			err = RuntimeErrorf("await wasn't used with future")
		}
		if fut.kind >= futureStanding {
			v, err = fut.left(th, v, err)
		}
		if err != nil {
			th.thrownIn = err
			return err
		}
	}
	*reg(f.regs, dst) = v
	if !native {
		f.ip = unsafe.Add(f.ip, instrSize)
	}
	return nil
}

// stepNative runs one step of the native coroutine of frame f.
func (th *Thread) stepNative(f *Frame) int {
	n := f.coro.native()
	for {
		err := th.exc
		th.exc = nil
		v := n.reg[0]
		n.reg[0] = Value{}
		n.waiting = Value{}
		v, r, err := n.step(th, v, err)
		if err != nil {
			n.state = coroClosed
			th.exc = err
			return awaitRaised
		}
		switch r {
		case NativeDone:
			n.reg[0] = v
			f.ip = unsafe.Add(nativeCode.entry, instrSize)
			th.next = f
			return awaitPushed
		case NativeYield:
			return th.yieldRoot(f, v)
		case nativeSwitch:
			return awaitPushed
		case nativeRaiseIn:
			return awaitRaiseIn
		}
		switch w := th.await(f, v, 0); w {
		case awaitReady:
		case awaitRaised: // the body sees it
			if e := th.exc; e.tb == nil && e.context == nil {
				setContext(e, th.handledFrom(f))
			}
		default:
			return w
		}
	}
}

// How RetGen goes on.
const (
	finishGoOn  = iota // run th.next
	finishLeave        // th.result leaves the loop
	finishRaise        // raise th.exc in th.next
)

// finishCoro ends the coroutine of frame f, which returned v.
//
//go:noinline
func (th *Thread) finishCoro(f *Frame, v Value) int {
	co := f.coro
	back := f.back
	co.state = coroClosed
	co.frame.back = nil
	if !co.inner {
		th.root = co.below()
		co.link = nil
		th.depth--
		if back.code.stub {
			th.result = v
			return finishLeave
		}
		back.ip = jumpTarget(back.ip) // the end of a for loop over a generator
		th.next = back
		return finishGoOn
	}
	co.inner = false
	back.top = f.top
	th.next = back
	if co.kind == kindAsyncGen {
		if (*instr)(back.ip).op != compile.OpAsyncFor {
			th.exc = NewExc(StopAsyncIteration)
			return finishRaise
		}
		back.ip = jumpTarget(back.ip)
		return finishGoOn
	}
	*reg(back.regs, f.ret) = v
	if !back.code.native {
		back.ip = unsafe.Add(back.ip, instrSize)
	}
	return finishGoOn
}

// asyncNext runs AsyncFor.
func (th *Thread) asyncNext(f *Frame, regs unsafe.Pointer, in *instr) int {
	it := *reg(regs, in.a)
	*reg(regs, in.a+uint16(valueSize)) = Value{}
	if shapeOf(it) == asyncGenShape {
		gen := (*Coro)(it.p)
		if err := th.startAsyncGen(gen); err != nil {
			th.exc = err
			return awaitRaised
		}
		if gen.state == coroClosed {
			return awaitEnd
		}
		return th.enterInner(f, gen, in.b, None)
	}
	t := TypeOf(it)
	next, ok := t.lookup(specialStrs[spANext])
	if !ok {
		th.exc = TypeErrorf("'async for' requires an iterator with __anext__ method, got %s", t.Name)
		return awaitRaised
	}
	if fn, ok := asFunction(next); ok && fn.code.Kind == compile.Coroutine {
		return th.enterCall(f, fn, []Value{it}, nil, in.b)
	}
	aw, err := th.callSpecial(next, it)
	if err != nil {
		th.exc = err
		return awaitRaised
	}
	*reg(regs, in.a+uint16(valueSize)) = aw
	if !isAwaitable(aw) {
		th.exc = TypeErrorf("'async for' received an invalid object from __anext__: %s", typeName(aw))
		return awaitRaised
	}
	if c, ok := asCoro(aw); ok && c.state == coroCreated {
		th.uncreated(c)
	}
	if _, ok := coroLike(aw); ok || isFuture(aw) {
		return th.await(f, aw, in.b)
	}
	aiter, err := th.awaitIter(aw, compile.OpAwait)
	if err != nil {
		th.exc = TypeErrorf("'async for' received an invalid object from __anext__: %s", typeName(aw)).WithCause(err)
		return awaitRaised
	}
	if isFuture(aiter) {
		return th.awaitFuture(f, (*Future)(aiter.p), in.b)
	}
	return th.yieldFrom(f, &aiter, in.b)
}

// yieldAsync gives v to who awaits the next item of an async generator.
func (th *Thread) yieldAsync(f *Frame, v Value) int {
	co := f.coro
	back := f.back
	co.link = unsafe.Pointer(f)
	co.state = coroSuspended
	co.inner = false
	f.back = nil
	back.top = f.top
	*reg(back.regs, f.ret) = v
	if back.code.native {
		back.ip = back.code.entry
	} else {
		back.ip = unsafe.Add(back.ip, instrSize)
	}
	th.next = back
	return awaitPushed
}

// isAwaitable reports whether v can be awaited.
func isAwaitable(v Value) bool {
	if _, ok := coroLike(v); ok || isFuture(v) {
		return true
	}
	t := TypeOf(v)
	return t.proto.Await != nil || t.flags&flagHeap != 0 && !t.specialMethod(spAwait).IsUnbound()
}

// asyncIter runs GetAIter.
func (th *Thread) asyncIter(v Value) (Value, *Exc) {
	t := TypeOf(v)
	if shapeOf(v) == asyncGenShape {
		return v, nil
	}
	f, ok := t.lookup(specialStrs[spAIter])
	if !ok {
		return Value{}, TypeErrorf("'async for' requires an object with __aiter__ method, got %s", t.Name).withCoroutineHint(v)
	}
	it, err := th.callSpecial(f, v)
	if err != nil {
		return Value{}, err
	}
	if _, ok := TypeOf(it).lookup(specialStrs[spANext]); !ok {
		return Value{}, TypeErrorf("'async for' received an object from __aiter__ that does not implement __anext__: %s", typeName(it))
	}
	return it, nil
}

// How slowNext ended.
const (
	nextItem = iota
	nextEnd
	nextRaised
	nextPushed
	nextRaiseIn  // raise th.exc in th.next
	nextUnpacked // go on behind the Unpack
)

// slowNext runs ForIter for iterators that the loop does not know.
//
//go:noinline
func (th *Thread) slowNext(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	it := *reg(regs, in.a)
	if shapeOf(it) == generatorShape {
		c := (*Coro)(it.p)
		switch {
		case c.state == coroClosed:
			return nextEnd
		case c.state == coroRunning || c.inner:
			th.exc = ValueErrorf("generator already executing")
			return nextRaised
		case th.depth >= th.limit:
			th.exc = th.recursionError()
			return nextRaised
		}
		top := f.top
		if f.coro == nil {
			top = unsafe.Add(regs, f.code.nregs)
		}
		if th.enterRoot(c, f, in.b, top, None) {
			return nextRaiseIn
		}
		return nextPushed
	}
	if p := TypeOf(it).proto; p.NextPair != nil && TypeOf(it).flags&flagHeap == 0 {
		if u := (*instr)(unsafe.Add(ip, instrSize)); u.op == compile.OpUnpack && u.c == 2 && u.b == in.b {
			return th.nextPair(p, it, regs, u)
		}
	}
	v, ok, err := th.Next(it)
	if err != nil {
		th.exc = err
		return nextRaised
	}
	if !ok {
		return nextEnd
	}
	*reg(regs, in.b) = v
	return nextItem
}

// nextPair runs ForIter and the Unpack u behind it.
func (th *Thread) nextPair(p *Protocol, it Value, regs unsafe.Pointer, u *instr) int {
	a, b, n, err := p.NextPair(th, it)
	switch {
	case err != nil:
		th.exc = err
		return nextRaised
	case n == 2:
		w := window(regs, u.a, 2)
		w[0], w[1] = a, b
		return nextUnpacked
	case n == 1:
		*reg(regs, u.b) = a
		return nextItem
	}
	return nextEnd
}

// enterRoot makes co the running root, driven by back, and prepares th.next to go on with v. It returns
// true when th.exc is to be raised there instead.
func (th *Thread) enterRoot(co *Coro, back *Frame, ret uint16, top unsafe.Pointer, v Value) bool {
	inner := &co.frame
	if co.state == coroSuspended {
		inner = co.top()
	}
	co.frame.back = back
	co.frame.ret = ret
	inner.top = top
	co.link = unsafe.Pointer(th.root)
	th.root = co
	th.depth++
	created := co.state == coroCreated
	co.state = coroRunning
	th.next = inner
	if created {
		return false
	}
	return th.failed(th.deliver(inner, v))
}
