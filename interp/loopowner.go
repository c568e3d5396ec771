package interp

// This file defines what leaving a for loop early does to a generator that only the loop holds: it is
// closed at once, an async generator by a task. CPython does so because the last reference goes; here the
// instruction that made the generator tells whether there can be another.

import (
	"unsafe"

	"aio/interp/compile"
)

// ownGenerator notes that only a loop holds co, which in, a GetIter or GetAIter of f, made of v: when the
// call just before made it for nothing else, or the method of v that makes iterators is a generator
// function.
func ownGenerator(co *Coro, v Value, method special, f *Frame, in *instr) {
	if co.state != coroCreated || in.a != in.b {
		return
	}
	if v.p == unsafe.Pointer(co) {
		co.owned = co.frame.top == unsafe.Add(f.ip, -int(instrSize))
		return
	}
	d, _ := TypeOf(v).lookup(specialStrs[method])
	fn, ok := asFunction(d)
	co.owned = ok && fn.code == co.frame.code
}

// closeOwned runs CloseIter: it closes the generator in *r when only the loop that f leaves held it.
func (th *Thread) closeOwned(f *Frame, r *Value) {
	v := *r
	*r = None
	if v.p == nil || shapeOf(v) != generatorShape && shapeOf(v) != asyncGenShape {
		return
	}
	co := (*Coro)(v.p)
	if !co.owned || co.state != coroSuspended || co.inner || th.depth >= th.limit {
		return
	}
	th.frame = f
	if co.kind == kindAsyncGen {
		th.dropAsyncGen(co)
		return
	}
	if err := th.close(co); err != nil {
		th.Unraisable(err, "", v)
	}
}

// dropAsyncGen gives an async generator that nothing refers to any more to the finalizer that it got when
// it began: that of sys.set_asyncgen_hooks, or its event loop's.
func (th *Thread) dropAsyncGen(gen *Coro) {
	x := gen.ext
	switch {
	case x == nil:
	case x.onDrop != nil:
		x.onDrop(th, gen)
	case !x.finalizer.IsUnbound() && !x.finalizer.IsNone():
		if _, err := th.Call(x.finalizer, object(gen)); err != nil {
			th.Unraisable(err, "", object(gen))
		}
	}
}

// leaveLoops closes the generators of the loops that th.exc, raised at pc of f, leaves on its way to h,
// or out of f when h is nil.
func (th *Thread) leaveLoops(f *Frame, pc int, h *compile.Handler) {
	for _, l := range f.code.Loops {
		if pc < int(l.Start) || pc >= int(l.End) || h != nil && f.code.inLoop(l.Reg, h.Target) {
			continue
		}
		e := th.exc
		th.exc = nil
		th.closeOwned(f, reg(f.regs, l.Reg*uint16(valueSize)))
		th.exc = e
	}
}

// inLoop reports whether pc is within the loop over the iterator in a register. The way out by a return or
// break is cut out of a loop, so that it may have several rows.
func (c *Code) inLoop(reg uint16, pc int32) bool {
	for _, l := range c.Loops {
		if l.Reg == reg && pc >= l.Start && pc < l.End {
			return true
		}
	}
	return false
}
