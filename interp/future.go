package interp

// This file defines Future: a result that will be set once.

import (
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

// Future is an asyncio.Future.
//
// Invariant: waiter is the first of the callbacks; further ones are in ext.callbacks, in order.
type Future struct {
	Header
	dict     *Dict
	loop     *EventLoop
	state    futureState
	blocking bool // _asyncio_future_blocking
	logged   bool // an exception nobody has retrieved: __log_traceback
	sleeping bool // a sleepFuture, whose timer is to be stopped
	indexed  bool // a task that is in loop.tasks
	// The next fields belong to Task; here they fill what alignment would waste.
	mustCancel bool
	started    bool
	quiet      bool  // no warning when it is destroyed pending
	index      int32 // in loop.tasks
	result     Value
	exc        *Exc
	waiter     *Task
	ext        *futureExt
}

// futureExt is what few futures have.
type futureExt struct {
	callbacks  []callback
	cancelMsg  Value // unbound: None
	cancelExc  *Exc  // the CancelledError to be raised once more: _cancelled_exc
	loopObject Value // a loop that is no EventLoop
	coro       Value // of a task: a coroutine that is no Coro
	ctx        *Context
	name       Value
	pending    *Exc // of a task: what the next step raises
	cancelling int  // of a task: requests to cancel
	source     Value
}

// callback is one entry of a future's callbacks.
type callback struct {
	fn     Value // a script's; unbound: one of the next two
	scope  scope
	task   *Task
	native func(th *Thread, f *Future)
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

// take returns the result, as result() does: the exception of a failed future is raised, a cancelled
// one raises CancelledError.
func (f *Future) take() (Value, *Exc) {
	switch {
	case f.state == futureCancelled:
		return Value{}, f.cancelledError()
	case f.state == futurePending:
		return Value{}, NewExc(invalidStateError, MkStr("Result is not set."))
	case f.exc != nil:
		f.logged = false
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
		return f.invalidState(th)
	}
	f.result = v
	f.finish(th, futureFinished)
	return nil
}

// SetException ends the future with an exception. Errors: InvalidStateError when it is done.
func (f *Future) SetException(th *Thread, e *Exc) *Exc {
	if f.state != futurePending {
		return f.invalidState(th)
	}
	f.exc = e
	f.logged = true
	f.finish(th, futureFinished)
	return nil
}

func (f *Future) invalidState(th *Thread) *Exc {
	names := [...]string{"PENDING", "CANCELLED", "FINISHED"}
	s, err := th.Repr(object(f))
	if err != nil {
		return err
	}
	return NewExc(invalidStateError, MkStr(names[f.state]+": "+s))
}

// Cancel cancels the future, or the task, and reports whether that did something.
func (f *Future) Cancel(th *Thread, msg Value) (bool, *Exc) {
	t := shapeOf(object(f)).typ
	if t.flags&flagHeap != 0 { // a script may have its own
		if d, ok := t.Lookup("cancel"); ok && shapeOf(d) == functionShape {
			r, err := th.callCancel(d, object(f), msg)
			if err != nil {
				return false, err
			}
			return th.Truth(r)
		}
	}
	if t.layout == layoutTask {
		return (*Task)(ptr(f)).cancel(th, msg)
	}
	return f.cancel(th, msg), nil
}

func (th *Thread) callCancel(fn, self, msg Value) (Value, *Exc) {
	if msg.IsUnbound() || msg.IsNone() {
		return th.Call(fn, self)
	}
	return th.CallArgs(fn, []Value{self, msg}, []*Str{Intern("msg")})
}

// cancel is Future.cancel.
func (f *Future) cancel(th *Thread, msg Value) bool {
	f.logged = false
	if f.state != futurePending {
		return false
	}
	if !msg.IsUnbound() && !msg.IsNone() {
		f.extra().cancelMsg = msg
	}
	f.finish(th, futureCancelled)
	return true
}

// finish gives the future its final state and schedules its callbacks.
func (f *Future) finish(th *Thread, s futureState) {
	f.state = s
	if f.sleeping {
		f.loop.L.StopTimer(&(*sleepFuture)(ptr(f)).timer)
	}
	if t := f.waiter; t != nil {
		f.waiter = nil
		f.loop.ready(th, t)
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
	case c.task != nil:
		f.loop.ready(th, c.task)
	case c.native != nil:
		f.loop.ready(th, &nativeCallback{f.loop, f, c.native})
	case f.loop == nil:
		ctx := c.scope.ctx
		if ctx == nil {
			ctx = &Context{Header: Header{contextShape}, vars: c.scope.vars}
		}
		m, err := th.Attr(f.ext.loopObject, "call_soon")
		if err == nil {
			_, err = th.CallArgs(m, []Value{c.fn, object(f), object(ctx)}, []*Str{Intern("context")})
		}
		if err != nil {
			th.unraisable(err)
		}
	default:
		f.loop.callSoon(th, c.fn, []Value{object(f)}, c.scope)
	}
}

// addCallback adds a callback, or queues it at once when the future is done.
func (f *Future) addCallback(th *Thread, c callback) {
	if f.state != futurePending {
		f.schedule(th, &c)
		return
	}
	if c.task != nil && f.waiter == nil && (f.ext == nil || len(f.ext.callbacks) == 0) {
		f.waiter = c.task
		return
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

// sleepFuture is the future of asyncio.sleep and its timer in one.
type sleepFuture struct {
	Future
	timer loop.Timer
}

// Run sets the result when the time has come.
func (s *sleepFuture) Run() {
	if s.state == futurePending {
		s.sleeping = false
		s.finish(s.loop.th, futureFinished)
	}
}
