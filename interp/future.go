package interp

// This file defines Future: a result that will be set once.

import (
	"slices"
	"unsafe"

	"aio/loop"
)

var (
	futureType = builtinType("Future", objectType, layoutFuture)
	taskType   = builtinType("Task", futureType, layoutTask)

	futureShape = shapeFor(futureType)
	taskShape   = shapeFor(taskType)
)

// FutureTypes returns asyncio.Future and asyncio.Task.
func FutureTypes() (future, task *Type) { return futureType, taskType }

type futureState uint8

const (
	futurePending futureState = iota
	futureCancelled
	futureFinished
)

// futureKind tells what a Future is part of.
type futureKind uint8

const (
	futurePlain    futureKind = iota
	futureSleeping            // a sleepFuture, whose timer is to be stopped
	futureStanding            // a standing
	futureEntering            // a standing whose result is None
)

// Future is an asyncio.Future.
//
// Invariant: waiter is the first of the callbacks; further ones are in ext.callbacks, in order. A Watcher
// stays in waiter after the future is done, until it is told.
type Future struct {
	Header
	dict     *Dict
	loop     *EventLoop
	state    futureState
	blocking bool // _asyncio_future_blocking
	logged   bool // an exception nobody has retrieved: __log_traceback
	kind     futureKind
	marked   bool // gather has met it among its arguments
	// The next fields belong to Task; here they fill what alignment would waste.
	indexed    bool // it is in loop.tasks
	mustCancel bool
	quiet      bool   // no warning when it is destroyed pending
	index      int32  // in loop.tasks
	ident      uint32 // what its hash is made from; 0: not given yet
	// result is the result; of a failed future, the traceback that the exception had.
	result Value
	exc    *Exc
	waiter *Header // a Task, or a Watcher
	ext    *futureExt
}

// futureExt is what few futures have.
type futureExt struct {
	callbacks  []callback
	cancelMsg  Value // unbound: None
	cancelExc  *Exc  // the CancelledError to be raised once more: _cancelled_exc
	loopObject Value // a loop that is no EventLoop, or unbound
	coro       Value // of a task: a coroutine that is no Coro
	ctx        *Context
	name       Value
	pending    *Exc                             // of a task: what the next step raises
	cancelling int                              // of a task: requests to cancel
	waiting    Value                            // of a task: the future-like object of a script that it waits for
	th         *Thread                          // of a task without an EventLoop
	source     Value                            // where it was made, in debug mode
	canceller  func(th *Thread, msg Value) bool // replaces cancel
}

// callback is one entry of a future's callbacks.
type callback struct {
	fn      Value // a script's; unbound: one of the next two
	scope   scope
	task    *Task
	watcher *Watcher
	native  func(th *Thread, f *Future)
}

// Watcher is told when one of the futures that it watches is done, in a callback of its own for each.
// Watching a future that nothing else waits for allocates nothing.
type Watcher struct {
	Header
	Name string // how the repr of a future shows it; "": it does not
	Done func(th *Thread, f *Future)
	// Alone is set before Done is called by the one future that is watched: nothing else waited for it.
	Alone bool
}

// watched is a future whose Watcher is to be told.
type watched Future

// Run tells it.
func (f *watched) Run() {
	w := (*Watcher)(unsafe.Pointer(f.waiter))
	f.waiter = nil
	w.Done(f.loop.th, (*Future)(f))
}

var watcherShape = shapeFor(objectType)

// Watch makes w be told when f is done.
func (f *Future) Watch(th *Thread, w *Watcher) {
	w.shape = watcherShape
	f.addCallback(th, callback{watcher: w})
}

// Unwatch is remove_done_callback for a Watcher.
func (f *Future) Unwatch(w *Watcher) {
	if f.state != futurePending {
		return
	}
	if f.waiter == &w.Header {
		f.waiter = nil
	}
	if x := f.ext; x != nil {
		x.callbacks = slices.DeleteFunc(x.callbacks, func(c callback) bool { return c.watcher == w })
	}
}

// NewFuture returns a pending future of a loop.
func NewFuture(l *EventLoop) *Future { return &Future{Header: Header{futureShape}, loop: l} }

// Value returns f as a Value.
func (f *Future) Value() Value { return object(f) }

// AsFuture returns v as a Future; a Task is one.
func AsFuture(v Value) (*Future, bool) {
	if isFuture(v) {
		return (*Future)(v.p), true
	}
	return nil, false
}

func isFuture(v Value) bool {
	if v.p == nil {
		return false
	}
	l := shapeOf(v).typ.layout
	return l == layoutFuture || l == layoutTask
}

func (f *Future) extra() *futureExt {
	if f.ext == nil {
		f.ext = &futureExt{}
	}
	return f.ext
}

// Loop returns the future's loop.
func (f *Future) Loop() *EventLoop { return f.loop }

// Done reports whether the future has a result, an exception, or was cancelled.
func (f *Future) Done() bool { return f.state != futurePending }

// Cancelled reports whether the future was cancelled.
func (f *Future) Cancelled() bool { return f.state == futureCancelled }

// Exception returns the exception that was set, nil for none; it counts as retrieved.
func (f *Future) Exception() *Exc {
	f.logged = false
	return f.exc
}

// take returns the result, as result() does: the exception of a failed future is raised, with the
// traceback that it came with; a cancelled one raises CancelledError.
func (f *Future) take() (Value, *Exc) {
	switch {
	case f.state == futureCancelled:
		return Value{}, f.cancelledError()
	case f.state == futurePending:
		return Value{}, NewExc(invalidStateError, MkStr("Result is not set."))
	case f.exc != nil:
		f.logged = false
		f.exc.tb = (*Traceback)(f.result.p)
		return Value{}, f.exc
	}
	return f.result, nil
}

// Result returns the result of a done future. Errors: its exception, CancelledError, InvalidStateError.
func (f *Future) Result() (Value, *Exc) { return f.take() }

// cancelledError returns the CancelledError of a cancelled future: the one that ended a task is raised
// once more by the first who asks.
func (f *Future) cancelledError() *Exc {
	if x := f.ext; x != nil {
		if e := x.cancelExc; e != nil {
			x.cancelExc = nil
			return e
		}
		if !x.cancelMsg.IsUnbound() && !x.cancelMsg.IsNone() {
			return NewExc(cancelledError, x.cancelMsg)
		}
	}
	return NewExc(cancelledError)
}

// SetResult ends the future with a result. Errors: InvalidStateError when it is done.
func (f *Future) SetResult(th *Thread, v Value) *Exc {
	if f.state != futurePending {
		return f.invalidState()
	}
	f.result = v
	f.finish(th, futureFinished)
	return nil
}

// SetException ends the future with an exception. Errors: InvalidStateError when it is done.
func (f *Future) SetException(th *Thread, e *Exc) *Exc {
	if f.state != futurePending {
		return f.invalidState()
	}
	f.fail(th, e)
	return nil
}

// fail gives a pending future its exception.
func (f *Future) fail(th *Thread, e *Exc) {
	f.exc = e
	f.result = Value{p: unsafe.Pointer(e.tb)}
	f.logged = true
	f.finish(th, futureFinished)
	if f.loop != nil {
		f.loop.unretrieved(th, f)
	}
}

func (f *Future) invalidState() *Exc { return NewExc(invalidStateError, MkStr("invalid state")) }

// Cancel cancels the future, or the task, and reports whether that did something.
func (f *Future) Cancel(th *Thread, msg Value) (bool, *Exc) {
	if shapeOf(object(f)).typ.flags&flagHeap != 0 && f.scripted("cancel") {
		m, err := th.Attr(object(f), "cancel")
		if err != nil {
			return false, err
		}
		r, err := th.callCancel(m, msg)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	return f.cancelAsBuilt(th, msg)
}

// cancelAsBuilt is Cancel without regard to what a script's class has instead.
func (f *Future) cancelAsBuilt(th *Thread, msg Value) (bool, *Exc) {
	switch {
	case shapeOf(object(f)).typ.layout == layoutTask:
		return (*Task)(ptr(f)).cancel(th, msg)
	case f.shape == gatheringShape:
		return (*gathering)(ptr(f)).cancelChildren(th, msg)
	case f.ext != nil && f.ext.canceller != nil:
		return f.ext.canceller(th, msg), nil
	}
	return f.cancel(th, msg), nil
}

// SetCanceller makes fn answer calls of cancel.
func (f *Future) SetCanceller(fn func(th *Thread, msg Value) bool) { f.extra().canceller = fn }

func (th *Thread) callCancel(fn, msg Value) (Value, *Exc) {
	if msg.IsUnbound() || msg.IsNone() {
		return th.Call(fn)
	}
	return th.CallArgs(fn, []Value{msg}, []*Str{Intern("msg")})
}

// scripted reports whether the class of f, made by a script, has a method of its own by that name.
func (f *Future) scripted(name string) bool {
	m, ok := shapeOf(object(f)).typ.Lookup(name)
	return ok && shapeOf(m) == functionShape
}

// cancel is Future.cancel.
func (f *Future) cancel(th *Thread, msg Value) bool {
	f.logged = false
	if f.state != futurePending {
		return false
	}
	if !msg.IsUnbound() && !msg.IsNone() {
		f.extra().cancelMsg = msg
	} else if f.ext != nil {
		f.ext.cancelMsg = Value{}
	}
	f.finish(th, futureCancelled)
	return true
}

// finish gives the future its final state and schedules its callbacks.
func (f *Future) finish(th *Thread, s futureState) {
	f.state = s
	if o := th.in.cfg.Observer; o != nil {
		o.FutureDone(th, f)
		f.tell(th)
		o.FutureTold(f)
		return
	}
	f.tell(th)
}

// tell schedules the callbacks of a future that is done.
func (f *Future) tell(th *Thread) {
	if f.kind == futureSleeping {
		f.loop.L.StopTimer(&(*sleepFuture)(ptr(f)).timer)
	}
	switch w := f.waiter; {
	case w == nil:
	case w.shape == watcherShape:
		(*Watcher)(unsafe.Pointer(w)).Alone = f.ext == nil || f.ext.callbacks == nil
		f.loop.ready(th, (*watched)(f))
	default:
		f.waiter = nil
		f.loop.ready(th, (*Task)(unsafe.Pointer(w)))
	}
	if f.ext == nil || f.ext.callbacks == nil {
		return
	}
	cbs := f.ext.callbacks
	f.ext.callbacks = nil
	for i := range cbs {
		f.schedule(th, &cbs[i])
	}
}

// schedule queues a callback of a done future.
func (f *Future) schedule(th *Thread, c *callback) {
	switch {
	case f.loop == nil:
		f.scheduleOn(th, c)
	case c.task != nil:
		f.loop.ready(th, c.task)
	case c.watcher != nil:
		f.loop.ready(th, &nativeCallback{f.loop, f, c.watcher.Done})
	case c.native != nil:
		f.loop.ready(th, &nativeCallback{f.loop, f, c.native})
	default:
		f.loop.callSoon(th, c.fn, []Value{object(f)}, c.scope)
	}
}

// scheduleOn is schedule for a future whose loop is an object of a script.
func (f *Future) scheduleOn(th *Thread, c *callback) {
	fn := c.fn
	switch {
	case c.task != nil:
		fn = runnerFunction(c.task)
	case c.watcher != nil:
		fn = goFunction(c.watcher.Name, func(th *Thread) { c.watcher.Done(th, f) })
	case c.native != nil:
		fn = goFunction("callback", func(th *Thread) { c.native(th, f) })
	}
	if err := th.callSoonOn(f.ext.loopObject, fn, []Value{object(f)}, c.scope); err != nil {
		th.unraisable(err)
	}
}

// callSoonOn calls the method call_soon of a loop.
func (th *Thread) callSoonOn(loop, fn Value, args []Value, s scope) *Exc {
	m, err := th.Attr(loop, "call_soon")
	if err != nil {
		return err
	}
	all := append([]Value{fn}, args...)
	_, err = th.CallArgs(m, append(all, object(s.context())), []*Str{Intern("context")})
	return err
}

// goFunction returns a function that takes any arguments and calls fn.
func goFunction(name string, fn func(th *Thread)) Value {
	return NewBuiltin(&Builtin{Sig: name + "(*args)", Fn: func(th *Thread, a []Value) (Value, *Exc) {
		fn(th)
		return None, nil
	}}, "asyncio")
}

// runnerFunction returns a function that runs r.
func runnerFunction(r loop.Runner) Value {
	return goFunction("run", func(*Thread) { r.Run() })
}

// addCallback adds a callback, or queues it at once when the future is done.
func (f *Future) addCallback(th *Thread, c callback) {
	if f.state != futurePending {
		f.schedule(th, &c)
		return
	}
	if f.waiter == nil && f.loop != nil && (f.ext == nil || len(f.ext.callbacks) == 0) {
		switch {
		case c.task != nil:
			f.waiter = &c.task.Header
			return
		case c.watcher != nil:
			f.waiter = &c.watcher.Header
			return
		}
	}
	x := f.extra()
	x.callbacks = append(x.callbacks, c)
}

// OnDone calls fn, in a callback of its own, when the future is done.
func (f *Future) OnDone(th *Thread, fn func(th *Thread, f *Future)) {
	f.addCallback(th, callback{native: fn})
}

// nativeCallback is a queued callback of Go code.
type nativeCallback struct {
	loop *EventLoop
	f    *Future
	fn   func(th *Thread, f *Future)
}

// Run calls it.
func (c *nativeCallback) Run() { c.fn(c.loop.th, c.f) }

// NewSibling returns a pending future of the loop of f.
func (f *Future) NewSibling() *Future {
	s := &Future{Header: Header{futureShape}}
	s.setLoop(f.loopValue())
	return s
}

// CopyResult ends f, unless it is done, with the result or the exception of another future, which then
// counts as retrieved.
func (f *Future) CopyResult(th *Thread, from *Future) {
	switch e := from.Exception(); {
	case f.state != futurePending:
	case e != nil:
		f.fail(th, e)
	default:
		f.result = from.result
		f.finish(th, futureFinished)
	}
}

// LoopValue returns the loop of the future as scripts see it, None before __init__ has run.
func (f *Future) LoopValue() Value { return f.loopValue() }

// Mark sets a mark and reports whether it was not set: it tells the futures of a list apart. Unmark takes
// the marks away.
func (f *Future) Mark() bool {
	if f.marked {
		return false
	}
	f.marked = true
	return true
}

// Unmark takes away the marks of a list.
func Unmark(list []*Future) {
	for _, f := range list {
		f.marked = false
	}
}
