package interp

// This file defines how Go code calls script code: the stub frame under the VM loop, the stack of
// registers, and the making of coroutines.

import (
	"unsafe"

	"aio/interp/compile"
)

const (
	stackChunkSize = 1 << 15 // Values
	stackReserve   = 64      // Values kept free at the end of a chunk, for windows above a frame
	frameCount     = 1024    // frames that need no allocation
	defaultLimit   = 1000
)

// status is how a run of the VM loop ended.
type status uint8

const (
	statusDone    status = iota // the frame above the stub returned the value
	statusYield                 // the root yielded the value to its driver
	statusSuspend               // the task waits
	statusRaise                 // th.exc left the frame above the stub
)

// stubCode is the code of stub frames: what they are returned to leaves the VM loop.
var stubCode = builtinCode(true, instr{op: compile.OpNop}, instr{op: compile.OpExit})

// nativeCode is the code of native coroutines.
var nativeCode = builtinCode(false, instr{op: compile.OpNative}, instr{op: compile.OpRetGen})

func builtinCode(stub bool, ins ...instr) *Code {
	c := &Code{Header: Header{codeShape}, Code: &compile.Code{Name: "<aio>"}, stub: stub, native: !stub, ins: ins, dropReg: compile.NoReg}
	c.entry = unsafe.Pointer(&c.ins[0])
	return c
}

func newThread(in *Interp, frames, stack int) *Thread {
	th := &Thread{in: in, limit: defaultLimit, frames: make([]Frame, frames)}
	th.place.resume = make(chan struct{}, 1)
	th.pushChunk(stack)
	return th
}

func (th *Thread) pushChunk(n int) {
	if th.stack != nil {
		th.chunks = append(th.chunks, stackChunk{th.stack, th.end})
	}
	th.stack = make([]Value, n)
	th.end = uintptr(unsafe.Pointer(&th.stack[0])) + uintptr(n-stackReserve)*valueSize
}

func (th *Thread) popChunk() {
	last := len(th.chunks) - 1
	th.stack, th.end = th.chunks[last].stack, th.chunks[last].end
	th.chunks[last] = stackChunk{}
	th.chunks = th.chunks[:last]
}

// stackTop returns where the registers of a new frame can begin.
func (th *Thread) stackTop() unsafe.Pointer {
	f := th.frame
	if f == nil {
		return unsafe.Pointer(&th.stack[0])
	}
	if f.coro == nil && !f.code.stub {
		return unsafe.Add(f.regs, f.code.nregs)
	}
	return f.top
}

// room makes sure that the registers of c fit at top, and returns where they begin; chunk says that a
// new chunk was begun.
func (th *Thread) room(top unsafe.Pointer, c *Code) (regs unsafe.Pointer, chunk bool) {
	if uintptr(top)+c.nregs <= th.end {
		return top, false
	}
	th.pushChunk(max(stackChunkSize, int(c.nregs/valueSize)+2*stackReserve))
	return unsafe.Pointer(&th.stack[0]), true
}

// newFrame returns the next frame of the stack of frames.
func (th *Thread) newFrame() *Frame {
	th.depth++
	if th.depth <= len(th.frames) {
		return &th.frames[th.depth-1]
	}
	return new(Frame)
}

func (th *Thread) recursionError() *Exc {
	return Errorf(RecursionError, "maximum recursion depth exceeded")
}

// stub returns the stub frame for one more nesting of the VM loop.
func (th *Thread) pushStub() *nestedCall {
	if th.nested == len(th.stubs) {
		n := &nestedCall{}
		n.frame.code = stubCode
		n.frame.regs = unsafe.Pointer(&n.reg[0])
		th.stubs = append(th.stubs, n)
	}
	n := th.stubs[th.nested]
	th.nested++
	n.frame.ip = stubCode.entry
	n.frame.back = th.frame
	return n
}

func (th *Thread) popStub(n *nestedCall) {
	n.reg[0] = Value{}
	n.frame.back = nil
	th.nested--
}

// maxNested bounds how deep Go calls and script calls may alternate: each takes Go stack.
const maxNested = 20000

// callFunction calls a function made by a script, from Go.
func (th *Thread) callFunction(fn *Function, args []Value, kwnames []*Str) (Value, *Exc) {
	c := fn.code
	if !c.sync {
		co, err := th.makeCoro(fn, args, kwnames)
		if err != nil {
			return Value{}, err
		}
		return object(co), nil
	}
	if th.depth >= th.limit || th.nested >= maxNested {
		return Value{}, th.recursionError()
	}
	top := th.stackTop()
	regs, chunk := th.room(top, c)
	dst := unsafe.Slice((*Value)(regs), c.clearTo)
	if err := th.bindArgs(fn, dst, args, kwnames); err != nil {
		if chunk {
			th.popChunk()
		}
		return Value{}, err
	}
	clear(dst[c.nparams:])
	stub := th.pushStub()
	f := th.newFrame()
	*f = Frame{ip: c.entry, regs: regs, code: c, fn: fn, back: &stub.frame}
	if chunk {
		f.flags = frameChunk
	}
	v, _, err := th.runNested(f, stub)
	return v, err
}

// runBody runs a module or class body.
func (th *Thread) runBody(fn *Function, args []Value) (Value, *Exc) {
	if fn.code.sync {
		n := len(args)
		c := fn.code
		top := th.stackTop()
		if th.depth >= th.limit {
			return Value{}, th.recursionError()
		}
		regs, chunk := th.room(top, c)
		dst := unsafe.Slice((*Value)(regs), max(c.clearTo, n))
		copy(dst, args)
		clear(dst[n:])
		stub := th.pushStub()
		f := th.newFrame()
		*f = Frame{ip: c.entry, regs: regs, code: c, fn: fn, back: &stub.frame}
		if chunk {
			f.flags = frameChunk
		}
		v, _, err := th.runNested(f, stub)
		return v, err
	}
	co := th.newCoro(fn)
	copy(unsafe.Slice((*Value)(co.frame.regs), len(args)), args)
	return object(co), nil
}

// runNested runs the frame above a stub until it is back there.
func (th *Thread) runNested(f *Frame, stub *nestedCall) (Value, status, *Exc) {
	frame, root := th.frame, th.root
	v, st := th.run(f)
	th.frame, th.root = frame, root
	th.popStub(stub)
	if st == statusRaise {
		err := th.exc
		th.exc = nil
		return Value{}, st, err
	}
	return v, st, nil
}

// nestedCheck runs f one level deeper, unless that is too deep.
func (th *Thread) nestedCheck(f func() (Value, *Exc)) (Value, *Exc) {
	if th.depth >= th.limit {
		return Value{}, Errorf(RecursionError, "maximum recursion depth exceeded while calling a Python object")
	}
	th.depth++
	defer func() { th.depth-- }()
	return f()
}

// maxCoroRegs is how many registers a Coro comes with at most.
const maxCoroRegs = 16

// coroWith is a Coro with its registers R behind it, an array of Values.
type coroWith[R any] struct {
	Coro
	r R
}

func allocCoro[R any](size uint8) *Coro {
	x := new(coroWith[R])
	x.size = size
	x.frame.regs = unsafe.Pointer(&x.r)
	return &x.Coro
}

// coroSizes has, for each number of registers, that which a Coro for so many comes with: sizes that fill what
// Go's allocator gives.
var coroSizes = [maxCoroRegs + 1]uint8{4, 4, 4, 4, 4, 5, 6, 7, 8, 10, 10, 12, 12, 16, 16, 16, 16}

// allocCoroFor returns a new Coro with room for n registers.
func allocCoroFor(n int) *Coro {
	if n > maxCoroRegs {
		r := make([]Value, n)
		co := &Coro{}
		co.frame.regs = unsafe.Pointer(&r[0])
		return co
	}
	switch size := coroSizes[n]; size {
	case 4:
		return allocCoro[[4]Value](size)
	case 5:
		return allocCoro[[5]Value](size)
	case 6:
		return allocCoro[[6]Value](size)
	case 7:
		return allocCoro[[7]Value](size)
	case 8:
		return allocCoro[[8]Value](size)
	case 10:
		return allocCoro[[10]Value](size)
	case 12:
		return allocCoro[[12]Value](size)
	default:
		return allocCoro[[maxCoroRegs]Value](maxCoroRegs)
	}
}

// newCoro returns a Coro for fn, its registers unbound.
func (th *Thread) newCoro(fn *Function) *Coro {
	c := fn.code
	var co *Coro
	if n := c.NRegs; n <= maxCoroRegs && th.free[coroSizes[n]] != nil {
		size := coroSizes[n]
		co = th.free[size]
		th.free[size] = (*Coro)(co.link)
		co.link = nil
	} else {
		co = allocCoroFor(n)
	}
	switch c.Kind {
	case compile.Generator:
		co.shape, co.kind = generatorShape, kindGenerator
	case compile.AsyncGen:
		co.shape, co.kind = asyncGenShape, kindAsyncGen
	default:
		co.shape, co.kind = coroutineShape, kindCoroutine
	}
	co.frame.coro = co
	co.frame.code = c
	co.frame.fn = fn
	co.frame.ip = c.entry
	return co
}

// newFused returns a Coro for a call of fn that is awaited at once.
func (th *Thread) newFused(fn *Function) *Coro {
	co := fn.code.spare
	if co == nil {
		co = th.newCoro(fn)
		co.fused = true
		return co
	}
	fn.code.spare = nil
	co.frame.fn, co.frame.ip = fn, fn.code.entry
	co.state = coroCreated
	return co
}

// recycle takes back a Coro that no script has seen. The next call of its function that is awaited at once
// finds it as good as new; when one lies there already, it is for any function.
func (th *Thread) recycle(co *Coro) {
	c := co.frame.code
	clear(unsafe.Slice((*Value)(co.frame.regs), c.NRegs))
	if c.spare == nil {
		co.frame.back, co.frame.fn = nil, nil
		c.spare = co
		return
	}
	if co.size == 0 {
		return
	}
	regs := co.frame.regs
	size := co.size
	*co = Coro{size: size}
	co.frame.regs = regs
	co.link = unsafe.Pointer(th.free[size])
	th.free[size] = co
}

// makeCoro makes the generator, coroutine or async generator that calling fn gives.
func (th *Thread) makeCoro(fn *Function, args []Value, kwnames []*Str) (*Coro, *Exc) {
	co := th.newCoro(fn)
	dst := unsafe.Slice((*Value)(co.frame.regs), max(fn.code.nparams, fn.code.clearTo))
	if err := th.bindArgs(fn, dst, args, kwnames); err != nil {
		return nil, err
	}
	if co.kind == kindCoroutine {
		th.created(co)
	}
	return co, nil
}
