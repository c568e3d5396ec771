package interp

// This file defines Frame, Coro and Thread: what runs.

import (
	"aio/interp/compile"
	"sync/atomic"
	"unsafe"
)

// Code is a compile.Code linked to the globals of a module: registers scaled to byte offsets,
// constants as Values, inline caches.
type Code struct {
	Header
	*compile.Code
	entry    unsafe.Pointer // the first of ins
	ins      []instr
	consts   []Value
	constsAt unsafe.Pointer // the first of consts
	caches   []inlineCache
	names    []*Str // per cache
	in       *Interp
	globals  *Dict
	builtins *Dict
	nregs    uintptr // in bytes
	nparams  int     // registers that arguments fill
	clearTo  int     // registers up to here must be unbound at entry: the locals
	simple   bool    // only positional parameters without keyword-only ones, * and **
	fast     bool    // simple and sync
	sync     bool    // runs at once when called: no generator, coroutine, async generator
	native   bool    // the stub of native coroutines
	iterable bool    // types.coroutine marked it: its generators can be awaited
	stub     bool    // the stub below the frames that Go code called
	dropReg  uint16  // scaled
	name     *Str
	qualName *Str
	kwnames  []keywordNames // of calls, as far as they were made
	spare    *Coro          // of a coroutine function: a Coro to be used again, see recycle
}

type instr struct {
	op      compile.Opcode
	a, b, c uint16
}

const instrSize = unsafe.Sizeof(instr{})

// inlineCache is what one instruction remembers of its last lookup.
type inlineCache struct {
	shape *Shape // of the object it was made for
	next  *Shape // for SetAttr that adds: the shape afterwards
	typ   *Type  // whose ver was seen
	val   Value  // a method, or the value of a builtin name
	dict  *Dict  // for globals: where entry idx was found
	ver   uint32
	idx   int32
}

// Frame is the activation of a Code.
//
// Invariant: ip is right whenever the frame is not the one that the VM loop is running; while it calls
// into Go, ip is that of the calling instruction.
type Frame struct {
	ip    unsafe.Pointer
	regs  unsafe.Pointer
	code  *Code
	fn    *Function
	back  *Frame         // who gets the result
	top   unsafe.Pointer // heap frames: where their callees' registers begin
	coro  *Coro          // the coroutine that the frame belongs to, nil for a function's
	ret   uint16         // register of back that gets the result, scaled
	flags uint8
}

// The flags of a frame, seen at its return.
const (
	frameInit     = 1 << iota // __init__ called by a class: the result is the instance, in regs[0] at entry
	frameChunk                // its registers begin a new chunk of the stack
	frameOperator             // a special method of an operator: NotImplemented is not its result
	frameMade                 // a coroutine was made in it, or below it and handed up: see madeEnded
)

// coroKind tells what a Coro is.
type coroKind uint8

const (
	kindGenerator coroKind = iota
	kindCoroutine
	kindAsyncGen
)

// coroState is where a Coro stands.
type coroState uint8

const (
	coroCreated coroState = iota
	coroSuspended
	coroRunning
	coroClosed
)

// Coro is a generator, coroutine or async generator: a frame that lives on the heap.
//
// A chain of Coros awaiting (or yielding from) one another is resumed at its innermost frame, which
// the root, the outermost, remembers in link. Frames lead from the inner to the outer by back. The
// Thread knows the root that is running, whose link is the root below it.
type Coro struct {
	Header
	kind  coroKind
	state coroState
	inner bool   // another Coro awaits it: only the chain may resume it
	fused bool   // made by CallAwait, no script has seen it: it can be used again
	owned bool   // a task will run it; of a generator: only the loop over it holds it
	size  uint8  // the registers that came with it; 0: they are apart
	depth uint16 // of the chain, for RecursionError
	// link is the frame to resume, of a suspended root; the root below, of a running one; the next of those
	// that are to be used again. A word less makes a suspended task of four registers 16 bytes smaller.
	link  unsafe.Pointer
	ext   *coroExt
	frame Frame
}

// top returns the frame at which a suspended root is to be resumed.
func (co *Coro) top() *Frame { return (*Frame)(co.link) }

// below returns the root that resumed a running one.
func (co *Coro) below() *Coro { return (*Coro)(co.link) }

// coroExt is what few Coros have.
type coroExt struct {
	name, qualName *Str
	finalizer      Value                       // of an async generator, see dropAsyncGen
	onDrop         func(th *Thread, gen *Coro) // of an async generator: its loop's finalizer
	hooked         bool
	origin         Value // cr_origin, unbound when it is not known
}

// Thread is one running thread of script code. The operations on values are its methods.
type Thread struct {
	in     *Interp
	flag   atomic.Uint32 // set to make the VM loop look up from its work at the next backward jump
	depth  int           // frames of functions that are active
	limit  int           // of depth
	nested int           // calls from Go into the VM loop that are active
	frames []Frame
	stack  []Value
	end    uintptr    // address at which a frame's registers no longer fit in the chunk
	frame  *Frame     // the innermost frame, right while Go code runs
	root   *Coro      // the running root, nil in plain functions
	task   *Task      // the task whose step is running
	loop   *EventLoop // that runs in the thread
	// resting is the loop of a prompt, see SetRestingLoop.
	resting *EventLoop
	// otherLoop is the running loop when it is no EventLoop; current, what set_event_loop set, which
	// currentSet says was called.
	otherLoop, current Value
	currentSet         bool
	ctx                *Context // the running context, nil while no script has it
	vars               *ctxVars // its variables
	exc                *Exc     // on its way up
	stubs              []*nestedCall
	argbuf             []Value
	argtop             int
	chunks             []stackChunk
	free               [maxCoroRegs + 1]*Coro // by size
	repr               []Value                // containers whose repr is being made
	percent            *percent               // room for the % operator of str, nil while it is used
	next               *Frame                 // what a slow path pushed, or where it goes on
	result             Value                  // what leaves the VM loop
	jump               bool                   // execute asks for the jump of its instruction
	thrownIn           *Exc                   // what was thrown into a coroutine last
	again              bool                   // the exception on its way up is raised again: its traceback has this frame
	made               []createdCoro
	originDepth        int // of cr_origin
	asyncgen           asyncGenHooks
	place              place
	names              nameCache
	scratch            []byte // see takeScratch
	threadState
}

// nestedCall is the stub frame below a call from Go, with its result register.
type nestedCall struct {
	frame Frame
	reg   [2]Value
}

type stackChunk struct {
	stack []Value
	end   uintptr
}

func (f *Frame) pc() int {
	return int(uintptr(f.ip)-uintptr(f.code.entry)) / int(instrSize)
}

// reg returns the register at a scaled offset.
func reg(regs unsafe.Pointer, off uint16) *Value {
	return (*Value)(unsafe.Add(regs, uintptr(off)))
}

// window returns n registers from a scaled offset on. With n of 0 the offset may be that behind the last
// register, to which there must be no pointer: another object may begin there.
func window(regs unsafe.Pointer, off uint16, n int) []Value {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*Value)(unsafe.Add(regs, uintptr(off))), n)
}

// Line returns the line that the innermost frame of script code is at, and its Code; 0 and nil without
// one.
func (th *Thread) Line() (int, *Code) {
	for f := th.frame; f != nil; f = f.back {
		if !f.code.stub && !f.code.native {
			return f.code.Source.Line(f.code.SpanOf(f.pc()).Start), f.code
		}
	}
	return 0, nil
}

// args reserves n entries of the argument stack and returns them, empty; give them back with
// dropArgs(n), the last reserved first.
func (th *Thread) args(n int) []Value {
	if th.argtop+n > len(th.argbuf) {
		th.argbuf = make([]Value, max(1024, 2*n))
		th.argtop = 0
	}
	a := th.argbuf[th.argtop : th.argtop : th.argtop+n]
	th.argtop += n
	return a
}

func (th *Thread) dropArgs(n int) {
	th.argtop = max(0, th.argtop-n)
}
