package interp

// This file defines how Go's collector is asked which objects nothing refers to any more: coroutines that
// were never awaited, futures whose exception nobody has retrieved, async generators left in the middle.
//
// Such an object is known to the interpreter, which would keep it alive. Before a collection each gets a
// copy that does not refer to it, and the interpreter lets go of the object but for a weak pointer. When the
// object is gone afterwards, the copy takes its place: nobody is left who could tell the difference.

import (
	"runtime"
	"runtime/metrics"
	"unsafe"
	"weak"

	"aio/interp/compile"
)

// suspect is an object that may be unreachable.
type suspect struct {
	gone func() bool      // whether the collection has found that nothing refers to it
	keep func()           // the interpreter takes hold of it again
	lost func(th *Thread) // what happens when it is gone
}

// Collect runs the garbage collector and reports the objects that are found unreachable as CPython does when it
// frees them. It returns their number.
func (th *Thread) Collect() int {
	var list []suspect
	for _, t := range th.in.Threads() {
		list = append(list, t.suspectCoroutines(len(t.made))...)
	}
	for _, l := range th.in.loops.all {
		list = append(list, l.suspectFutures()...)
		list = append(list, l.suspectGenerators()...)
	}
	return th.collect(list)
}

// collect runs the collector, and settles what becomes of the suspects.
func (th *Thread) collect(list []suspect) int {
	th.clearDead()
	runtime.GC()
	var lost []suspect
	for _, s := range list {
		if s.gone() {
			lost = append(lost, s)
		} else {
			s.keep()
		}
	}
	for _, s := range lost {
		s.lost(th)
	}
	return len(lost)
}

// suspectCoroutines takes the last n coroutines that have not started from th.made.
func (th *Thread) suspectCoroutines(n int) []suspect {
	first := len(th.made) - n
	var list []suspect
	for _, m := range th.made[first:] {
		if m.co.state == coroCreated && !m.co.owned {
			list = append(list, th.suspectCoroutine(m))
		}
	}
	clear(th.made[first:])
	th.made = th.made[:first]
	return list
}

func (th *Thread) suspectCoroutine(m createdCoro) suspect {
	w := weak.Make(m.co)
	left := m
	left.co = m.co.remains()
	moved := shareAddress(unsafe.Pointer(m.co), unsafe.Pointer(left.co))
	return suspect{
		gone: func() bool { return w.Value() == nil },
		keep: func() {
			moved()
			m := left
			m.co = w.Value()
			th.made = append(th.made, m)
		},
		lost: func(th *Thread) { th.warnNeverAwaited(left, 1) },
	}
}

// remains returns a closed coroutine of the same names that keeps nothing alive.
func (co *Coro) remains() *Coro {
	r := &Coro{}
	if n := co.native(); n != nil {
		c := &NativeCoro{name: n.name}
		r = &c.Coro
	}
	*r = Coro{Header: co.Header, kind: co.kind, state: coroClosed}
	r.frame.code = co.frame.code
	r.frame.coro = r
	x := r.extra()
	x.name, x.qualName = Intern(co.name()), Intern(co.QualName())
	if co.ext != nil {
		x.origin = co.ext.origin
	}
	return r
}

// suspectFutures takes the failed futures from l.failed whose exception nobody has retrieved.
func (l *EventLoop) suspectFutures() []suspect {
	var list []suspect
	for _, f := range l.failed {
		if f.logged {
			list = append(list, l.suspectFuture(f))
		}
	}
	l.failed = nil
	return list
}

func (l *EventLoop) suspectFuture(f *Future) suspect {
	w := weak.Make(f)
	var left *Future
	if t, ok := AsTask(object(f)); ok {
		t := *t
		left = &t.Future
	} else {
		f := *f
		left = &f
	}
	moved := shareAddress(unsafe.Pointer(f), unsafe.Pointer(left))
	return suspect{
		gone: func() bool { return w.Value() == nil },
		keep: func() {
			moved()
			l.failed = append(l.failed, w.Value())
		},
		lost: func(th *Thread) { l.reportUnretrieved(th, []*Future{left}) },
	}
}

// suspectGenerators takes the async generators that wait at a yield from l.gens.
func (l *EventLoop) suspectGenerators() []suspect {
	var list []suspect
	kept := l.gens[:0]
	for _, g := range l.gens {
		if g.state == coroSuspended && !g.inner && g.top() == &g.frame {
			list = append(list, l.suspectGenerator(g))
		} else {
			kept = append(kept, g)
		}
	}
	clear(l.gens[len(kept):])
	l.gens = kept
	return list
}

func (l *EventLoop) suspectGenerator(g *Coro) suspect {
	w := weak.Make(g)
	left := g.twin()
	moved := shareAddress(unsafe.Pointer(g), unsafe.Pointer(left))
	return suspect{
		gone: func() bool { return w.Value() == nil },
		keep: func() {
			moved()
			l.gens = append(l.gens, w.Value())
		},
		lost: func(th *Thread) {
			l.gens = append(l.gens, left)
			th.dropAsyncGen(left)
		},
	}
}

// twin returns a copy of a generator that waits at a yield. It can go on in the place of co, but not
// beside it.
func (co *Coro) twin() *Coro {
	t := *co
	t.size = 0
	n := co.frame.code.NRegs
	regs := make([]Value, n)
	copy(regs, unsafe.Slice((*Value)(co.frame.regs), n))
	t.frame.regs = unsafe.Pointer(&regs[0])
	r := &t
	r.frame.coro = r
	r.link = unsafe.Pointer(&r.frame)
	return r
}

// clearDead clears registers that no instruction will read: what lies there would count as referred to.
func (th *Thread) clearDead() {
	th.result, th.next = Value{}, nil
	clear(th.argbuf[min(th.argtop, len(th.argbuf)):])
	if th.depth < len(th.frames) {
		clear(th.frames[th.depth:])
	}
	for f := th.frame; f != nil; f = f.back {
		if f.code.dropReg != compile.NoReg && f.isScript() {
			*reg(f.regs, f.code.dropReg) = Value{}
		}
		if f.coro != nil && !f.code.native {
			clearBehindCall(f)
		}
	}
	start := unsafe.Pointer(&th.stack[0])
	top := start
	if f := th.scriptFrame(); f != nil && f.coro == nil {
		top = clearBehindCall(f)
	} else if f != nil {
		top = f.top
	}
	if used := (uintptr(top) - uintptr(start)) / valueSize; used <= uintptr(len(th.stack)) {
		clear(th.stack[used:])
	}
}

// scriptFrame returns the innermost frame of script code, nil without one.
func (th *Thread) scriptFrame() *Frame {
	f := th.frame
	for f != nil && (f.code.stub || f.code.native) {
		f = f.back
	}
	return f
}

// clearBehindCall clears the registers of a frame above the arguments of the call that it is in, and
// returns where they begin.
func clearBehindCall(f *Frame) unsafe.Pointer {
	in := (*instr)(f.ip)
	end := unsafe.Add(f.regs, uintptr(f.code.NRegs)*valueSize)
	switch in.op {
	case compile.OpCall, compile.OpCallMethod:
		first := uintptr(in.a)/valueSize + 1 + uintptr(in.b)
		if in.op == compile.OpCallMethod {
			first++ // the object
		}
		if n := uintptr(f.code.NRegs); first < n {
			clear(unsafe.Slice((*Value)(unsafe.Add(f.regs, first*valueSize)), n-first))
			return unsafe.Add(f.regs, first*valueSize)
		}
	}
	return end
}

// The limits of what is spent on looking for coroutines that ended frames have left behind.
const (
	maxTail      = 16       // coroutines looked at
	maxChecks    = 3        // fruitless looks for coroutines of one place
	maxCheckHeap = 16 << 20 // bytes, above which a collection takes too long
	maxLooks     = 200      // that were fruitless, in all
)

// checkState is what was spent.
type checkState struct {
	fruitless map[checkKey]int
	total     int
}

type checkKey struct {
	code *Code
	pc   int32
}

// madeEnded is called when f, in which a coroutine was made, ends with v: it reports the coroutines that
// nothing refers to now. Those that are still there may be dropped by the frame that called f.
func (th *Thread) madeEnded(f *Frame, v Value) {
	f.flags &^= frameMade
	n, handed := 0, false
	for i := len(th.made) - 1; i >= 0 && n < maxTail; i-- {
		m := &th.made[i]
		if m.co.state != coroCreated || m.co.owned {
			if i == len(th.made)-1 {
				*m = createdCoro{}
				th.made = th.made[:i]
			} else {
				n++
			}
			continue
		}
		if v.p == unsafe.Pointer(m.co) {
			if back := f.back; back != nil && back.isScript() && f.ret == back.code.dropReg {
				th.dropped(m.co)
				continue
			}
			handed = true
			break
		}
		if th.in.checks.fruitless[checkKey{m.code, m.pc}] >= maxChecks {
			break
		}
		n++
	}
	if n > 0 && f.code.comprehension() {
		handed = true // what it made is in its result
	} else if n > 0 && th.mayCheck() {
		th.checkMade(f, n, v)
	}
	if back := f.back; (handed || n > 0 && len(th.made) > 0) && back != nil && !back.code.stub && !back.code.native {
		back.flags |= frameMade
	}
}

// comprehension reports whether c is the body of a comprehension or generator expression.
func (c *Code) comprehension() bool {
	switch c.Name {
	case "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>":
		return true
	}
	return false
}

// mayCheck reports whether a collection is cheap enough.
func (th *Thread) mayCheck() bool {
	if th.in.checks.total > maxLooks {
		return false
	}
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64() < maxCheckHeap
}

// checkMade looks for the last n coroutines that were made; f is the frame that ends with v.
func (th *Thread) checkMade(f *Frame, n int, v Value) {
	exc, frame := th.exc, th.frame
	saved := *f // clearDead clears it
	saved.fn = nil
	list := th.suspectCoroutines(min(n, len(th.made)))
	// Its registers are dead, but for that of v.
	if f.coro == nil {
		clear(unsafe.Slice((*Value)(f.regs), f.code.NRegs))
		th.frame = f.back
	} else {
		th.frame = f
		clear(unsafe.Slice((*Value)(f.regs), f.code.NRegs))
	}
	if th.collect(list) == 0 {
		th.in.checks.total++
	}
	for _, m := range th.made[max(0, len(th.made)-n):] {
		if th.in.checks.fruitless == nil {
			th.in.checks.fruitless = map[checkKey]int{}
		}
		th.in.checks.fruitless[checkKey{m.code, m.pc}]++
	}
	if f.coro == nil {
		*f = saved
	} else if in := (*instr)(f.ip); in.op == compile.OpRetGen {
		*reg(f.regs, in.a) = v
	}
	th.exc, th.frame = exc, frame
}
