package interp

// This file defines AsyncBuiltin: coroutine functions written in Go, such as asyncio.Lock.acquire.

import (
	"unsafe"

	"aio/interp/compile"
)

// AsyncBuiltin is one row of a table of coroutine functions written in Go. Sig and Doc are as those of
// a Builtin, and so are the arguments a.
type AsyncBuiltin struct {
	Sig string
	Doc string
	// Ready does the whole of it when nothing has to be waited for, and returns its result; otherwise it
	// changes nothing, and ok is false. It spares 'await lock.acquire()' the making of a coroutine. It may
	// be nil.
	Ready func(th *Thread, a []Value) (v Value, ok bool, err *Exc)
	// Await returns, when Ready did nothing, what is awaited in place of a coroutine if the call is awaited at
	// once; unbound, when there must be a coroutine. It may be nil.
	Await func(th *Thread, a []Value) (Value, *Exc)
	// Wait returns the body of the coroutine, to be run when Ready did nothing.
	Wait func(th *Thread, a []Value) NativeStep
}

// asyncCall is what a BuiltinFunction knows of its coroutines.
type asyncCall struct {
	row  *AsyncBuiltin
	name *Str // their __qualname__
}

// function returns the function of a row; prefix stands before its name in the coroutines' __qualname__.
func (r *AsyncBuiltin) function(prefix string, s *Shape) *BuiltinFunction {
	row := &Builtin{Sig: r.Sig, Doc: r.Doc}
	call := &asyncCall{r, Intern(prefix + row.Name())}
	row.Fn = func(th *Thread, a []Value) (Value, *Exc) {
		n := newNative(coroutineShape, call.name, r.body(a))
		th.created(&n.Coro)
		return object(n), nil
	}
	return &BuiltinFunction{Header: Header{s}, name: Intern(row.Name()), row: row, async: call}
}

// body returns the step of a coroutine that was called and not awaited at once.
func (r *AsyncBuiltin) body(a []Value) NativeStep {
	a = append([]Value(nil), a...)
	var step NativeStep
	return func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc) {
		if step != nil {
			return step(th, v, err)
		}
		if err != nil {
			return Value{}, NativeDone, err
		}
		if r.Ready != nil {
			if v, ok, err := r.Ready(th, a); ok || err != nil {
				return v, NativeDone, err
			}
		}
		step = r.Wait(th, a)
		return step(th, None, nil)
	}
}

// NewAsyncBuiltin returns the function of a row; module is its __module__.
func NewAsyncBuiltin(r *AsyncBuiltin, module string) Value {
	f := r.function("", builtinShape)
	f.mod = module
	return object(f)
}

// AddAsyncMethods adds coroutine methods to a built-in type.
func (t *Type) AddAsyncMethods(rows []AsyncBuiltin) {
	if t.dict == nil {
		t.dict = NewDict()
	}
	for i := range rows {
		f := rows[i].function(t.Name+".", methodDescrShape)
		f.owner = t
		t.dict.SetStr(f.name, object(f))
	}
}

// IsAsyncBuiltin reports whether v is a coroutine function written in Go, or such a method.
func IsAsyncBuiltin(v Value) bool {
	f, ok := asBuiltin(v)
	return ok && f.async != nil
}

// awaitBuiltin runs a call of a coroutine function written in Go whose result is awaited at once; ok is
// false when the callee is something else, or is given arguments that it does not take.
func (th *Thread) awaitBuiltin(f *Frame, regs unsafe.Pointer, callee Value, args []Value, kwnames []*Str) (how int, ok bool) {
	b, ok := asBuiltin(callee)
	if !ok || b.async == nil {
		return 0, false
	}
	s := b.params()
	n, self := len(s.params), 0
	switch {
	case s.method && !b.self.IsUnbound():
		args = append(append(make([]Value, 0, 4), b.self), args...)
		self = 1
	case s.method:
		self = 1
		if len(args) == len(kwnames) || b.checkSelf(args, len(kwnames)) != nil {
			return 0, false
		}
	}
	n += self
	if s.varargs || s.kwargs || len(args) > n {
		return 0, false
	}
	in := (*instr)(f.ip)
	if !s.plain || len(args) < n || len(kwnames) > 0 {
		w := th.args(n)[:n]
		defer th.dropArgs(n)
		if err := b.bind(th, s, w, args, kwnames, self); err != nil {
			th.exc = err
			return awaitRaised, true
		}
		args = w
	}
	return th.awaitCall(f, regs, b.async, args, in.a, in.c), true
}

// awaitCall calls a coroutine function written in Go with bound arguments and awaits what it gives, which
// stays in register at.
func (th *Thread) awaitCall(f *Frame, regs unsafe.Pointer, c *asyncCall, args []Value, at, dst uint16) int {
	if c.row.Ready != nil {
		v, done, err := c.row.Ready(th, args)
		if err != nil {
			th.exc = err
			return awaitRaised
		}
		if done {
			*reg(regs, dst) = v
			return awaitReady
		}
	}
	if c.row.Await != nil {
		v, err := c.row.Await(th, args)
		if err != nil {
			th.exc = err
			return awaitRaised
		}
		if !v.IsUnbound() {
			*reg(regs, at) = v
			return th.await(f, v, dst)
		}
	}
	co := newNative(coroutineShape, c.name, c.row.Wait(th, args))
	*reg(regs, at) = object(co)
	return th.await(f, object(co), dst)
}

// callWindow returns the callee and the arguments of an instruction that awaits a call.
func callWindow(c *Code, regs unsafe.Pointer, call *instr) (callee Value, args []Value, kwnames []*Str) {
	n := int(call.b)
	next := call.a + uint16(valueSize)
	callee = *reg(regs, call.a)
	if call.op == compile.OpCallAwait || call.op == compile.OpCallKwAwait {
		args = window(regs, next, n)
	} else if callee.p == nil {
		callee = *reg(regs, next)
		next += uint16(valueSize)
		args = window(regs, next, n)
	} else {
		n++
		args = window(regs, next, n)
	}
	if call.op == compile.OpCallKwAwait || call.op == compile.OpCallMethodKwAwait {
		kwnames = c.keywordNames(*reg(regs, next+uint16(n)*uint16(valueSize)))
	}
	return callee, args, kwnames
}

// Name returns the name of the function.
func (r *AsyncBuiltin) Name() string { return (&Builtin{Sig: r.Sig}).Name() }
