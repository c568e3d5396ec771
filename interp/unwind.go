package interp

// This file defines how an exception leaves frames, and what is being handled.

import (
	"unsafe"

	"aio/interp/compile"
)

// unwind raises th.exc in f: it returns the frame that goes on, with ip at its handler, or nil when a
// stub frame was reached, with the exception still in th.exc.
func (th *Thread) unwind(f *Frame) *Frame {
	e := th.exc
	if e == th.thrownIn {
		setContext(e, th.handledIn(f))
	} else if e.tb == nil && e.context == nil && !f.code.stub && !th.again {
		if h := th.handledFrom(f); h != nil && h != e {
			e.context = h
		}
	}
	for {
		c := f.code
		if c.stub {
			th.frame = f.back
			return nil
		}
		if c.native {
			if f.coro.state != coroClosed {
				f.ip = c.entry // OpNative sees th.exc
				return f
			}
		} else {
			pc := f.pc()
			if in := (*instr)(f.ip); in.op == compile.OpAsyncFor && e.Is(StopAsyncIteration) {
				th.exc = nil // the end of the loop, whatever try statement is around it
				f.ip = jumpTarget(f.ip)
				return f
			}
			if !th.again {
				th.addTraceback(e, c, pc)
			}
			th.again = false
			h := c.handler(pc)
			if len(c.Loops) > 0 {
				th.leaveLoops(f, pc, h)
			}
			if h != nil {
				*reg(f.regs, h.Reg*uint16(valueSize)) = object(e)
				th.exc = nil
				f.ip = unsafe.Add(c.entry, uintptr(h.Target)*instrSize)
				return f
			}
		}
		back := f.back
		if f.coro == nil {
			th.depth--
			if f.flags&frameMade != 0 {
				th.madeEnded(f, Value{})
			}
			if f.flags&frameChunk != 0 {
				th.popChunk()
			}
			f.flags = 0
		} else {
			if f.flags&frameMade != 0 {
				th.madeEnded(f, Value{})
			}
			e = th.leaveCoro(f.coro, e)
			th.exc = e
			if back.coro != nil {
				back.top = f.top
			}
		}
		f = back
		if e == th.thrownIn {
			setContext(e, th.handledIn(f))
		}
	}
}

// jumpTarget returns where the jump of the instruction at ip goes.
func jumpTarget(ip unsafe.Pointer) unsafe.Pointer {
	return unsafe.Add(ip, (int(int16((*instr)(ip).c))+1)*int(instrSize))
}

// leaveCoro ends a coroutine that an exception leaves.
func (th *Thread) leaveCoro(co *Coro, e *Exc) *Exc {
	co.state = coroClosed
	co.frame.back = nil
	if co.inner {
		co.inner = false
	} else {
		th.root = co.below()
		co.link = nil
		th.depth--
	}
	if !co.frame.code.native {
		clear(unsafe.Slice((*Value)(co.frame.regs), co.frame.code.NRegs))
	}
	what := ""
	switch {
	case e.Is(StopIteration):
		what = [...]string{"generator", "coroutine", "async generator"}[co.kind] + " raised StopIteration"
	case co.kind == kindAsyncGen && e.Is(StopAsyncIteration):
		what = "async generator raised StopAsyncIteration"
	}
	if what == "" || co.frame.code.native {
		return e
	}
	r := RuntimeErrorf("%s", what)
	r.cause, r.context, r.suppress = e, e, true
	return r
}

// addTraceback notes that e passed the instruction pc of c.
func (th *Thread) addTraceback(e *Exc, c *Code, pc int) {
	if c.Source != nil && c.Source.Name == internalSource {
		return
	}
	e.tb = &Traceback{Header: Header{tracebackShape}, code: c, pc: pc, next: e.tb}
}

// internalSource names the text of library modules whose frames are not shown.
const internalSource = "<aio>"

// handler returns the row of the exception table that covers pc.
func (c *Code) handler(pc int) *compile.Handler {
	for i := range c.Exc {
		if h := &c.Exc[i]; pc >= int(h.Start) && pc < int(h.End) {
			return h
		}
	}
	return nil
}

// handledFrom returns the exception that is being handled in f or a frame below it, nil for none.
func (th *Thread) handledFrom(f *Frame) *Exc {
	for ; f != nil; f = f.back {
		if e := th.handledIn(f); e != nil {
			return e
		}
	}
	return nil
}

// handledIn returns the exception that is being handled in f itself. What is thrown into a coroutine gets
// that as its context, in each frame it comes through, not what those that wait for the coroutine handle.
func (th *Thread) handledIn(f *Frame) *Exc {
	c := f.code
	if c.stub || c.native {
		return nil
	}
	pc := f.pc()
	for i := range c.Handled {
		if h := &c.Handled[i]; pc >= int(h.Start) && pc < int(h.End) {
			if e, ok := AsExc(*reg(f.regs, h.Reg*uint16(valueSize))); ok {
				return e
			}
		}
	}
	return nil
}

// Handled returns the exception that is being handled, nil for none: sys.exception().
func (th *Thread) Handled() *Exc { return th.handledFrom(th.frame) }

// setContext makes h the context of e, as raising e while h is handled does, and breaks the cycle that
// this may close.
func setContext(e, h *Exc) {
	if h == nil || h == e {
		return
	}
	slow := h
	for x, n := h, 0; x.context != nil; x, n = x.context, n+1 {
		if x.context == e {
			x.context = nil
			break
		}
		if n&1 == 1 {
			if slow = slow.context; slow == x {
				break
			}
		}
	}
	e.context = h
}

// raise runs the Raise instruction: th.exc gets the exception.
func (th *Thread) raise(f *Frame, regs unsafe.Pointer, in *instr) {
	if in.c == 0 {
		e := th.handledFrom(f)
		if e == nil {
			th.exc = RuntimeErrorf("No active exception to reraise")
			return
		}
		th.exc, th.again = e, true
		return
	}
	e, err := th.makeRaised(*reg(regs, in.a))
	if err != nil {
		th.exc = err
		return
	}
	if in.c == 2 {
		cause := *reg(regs, in.b)
		if cause.IsNone() {
			e.cause = nil
		} else if t, ok := AsType(cause); ok && t.IsSubtype(BaseException) {
			if e.cause, err = th.makeRaised(cause); err != nil {
				th.exc = err
				return
			}
		} else if e.cause, ok = AsExc(cause); !ok {
			th.exc = TypeErrorf("exception causes must derive from BaseException")
			return
		}
		e.suppress = true
	}
	setContext(e, th.handledFrom(f))
	th.exc = e
}

// interrupted is called at a backward jump after the flag was set.
func (th *Thread) interrupted(f *Frame) bool {
	th.flag.Store(0)
	th.frame = f
	th.Yield()
	return th.failed(th.in.pollSignals(th))
}
