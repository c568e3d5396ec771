package interp

// This file defines Task: a Future that drives a coroutine.

// Task is an asyncio.Task.
type Task struct {
	Future
	coro    *Coro   // nil: another coroutine object, in ext.coro
	waiting *Future // what it waits for
	vars    *ctxVars
	id      uint64
}

// AsTask returns v as a Task.
func AsTask(v Value) (*Task, bool) {
	if v.p != nil && shapeOf(v).typ.layout == layoutTask {
		return (*Task)(v.p), true
	}
	return nil, false
}

// CurrentTask returns the task whose step is running, nil outside of one.
func (th *Thread) CurrentTask() *Task { return th.task }

// NewTask returns a task that runs coro, a coroutine object, and queues its first step. ctx may be nil:
// the task gets a copy of the running context.
func (th *Thread) NewTask(l *EventLoop, coro Value, ctx *Context) *Task {
	t := &Task{}
	t.shape = taskShape
	t.start(th, l, coro, ctx)
	return t
}

// start makes a task of an empty one.
func (t *Task) start(th *Thread, l *EventLoop, coro Value, ctx *Context) {
	th.in.loops.nextTask++
	t.id = th.in.loops.nextTask
	t.loop = l
	if co, ok := coroLike(coro); ok {
		t.coro = co
		co.owned = true
		th.uncreated(co)
	} else {
		t.extra().coro = coro
	}
	if ctx != nil {
		t.extra().ctx = ctx
	} else {
		t.vars = th.vars
	}
	l.addTask(t)
	l.ready(th, t)
}

// CoroObject returns the coroutine.
func (t *Task) CoroObject() Value {
	if t.coro != nil {
		return object(t.coro)
	}
	if t.ext != nil {
		return t.ext.coro
	}
	return None
}

// scope returns the context of the task.
func (t *Task) scope() scope {
	if t.ext != nil && t.ext.ctx != nil {
		return scope{ctx: t.ext.ctx}
	}
	return scope{vars: t.vars}
}

// keepScope stores the context as the step left it.
func (t *Task) keepScope(s scope) {
	t.vars = s.vars
	if s.ctx != nil {
		t.extra().ctx = s.ctx
	}
}

// waitFor suspends the task, whose step is running, until f is done.
func (t *Task) waitFor(th *Thread, f *Future) {
	switch {
	case f.loop != t.loop && f.loop != nil:
		t.raiseLater(th, RuntimeErrorf("Task %s got Future %s attached to a different loop", th.reprOr(object(t)), th.reprOr(object(f))))
		return
	case f == &t.Future:
		t.raiseLater(th, RuntimeErrorf("Task cannot await on itself: %s", th.reprOr(object(t))))
		return
	}
	f.addCallback(th, callback{task: t, scope: t.scope()})
	t.waiting = f
	if t.mustCancel {
		msg := None
		if t.ext != nil && !t.ext.cancelMsg.IsUnbound() {
			msg = t.ext.cancelMsg
		}
		if done, err := f.Cancel(th, msg); err == nil && done {
			t.mustCancel = false
		}
	}
}

// raiseLater makes the next step raise e in the coroutine.
func (t *Task) raiseLater(th *Thread, e *Exc) {
	t.extra().pending = e
	t.loop.ready(th, t)
}

// Run performs one step: it resumes the coroutine until it waits again or ends.
func (t *Task) Run() {
	if t.state != futurePending {
		return
	}
	th := t.loop.th
	var e *Exc
	if t.ext != nil && t.ext.pending != nil {
		e = t.ext.pending
		t.ext.pending = nil
	}
	if t.mustCancel {
		if e == nil && t.waiting != nil && t.waiting.state != futurePending {
			// What it waited for failed: that is raised, unless it was cancelled itself.
			if _, err := t.waiting.peek(); err != nil && err.Is(cancelledError) {
				_, e = t.waiting.take()
			}
		}
		if e == nil || !e.Is(cancelledError) {
			e = t.makeCancelled()
		}
		t.mustCancel = false
	}
	t.waiting = nil
	prev := th.task
	if prev != nil && prev.loop == t.loop {
		t.loop.callbackFailed(th, RuntimeErrorf("Cannot enter into task %s while another task %s is being executed.", th.reprOr(object(t)), th.reprOr(object(prev))), nil)
		return
	}
	th.task = t
	old := th.enterScope(t.scope())
	var v Value
	var st status
	if t.coro != nil {
		v, st, e = th.stepCoro(t.coro, e)
	} else {
		v, st, e = th.stepObject(t.ext.coro, e)
	}
	t.keepScope(th.leaveScope(old))
	if st == statusYield {
		t.yielded(th, v)
	}
	th.task = prev
	switch st {
	case statusDone:
		t.returned(th, v)
	case statusRaise:
		t.failed(th, e)
	}
}

// peek is take that leaves everything as it is.
func (f *Future) peek() (Value, *Exc) {
	switch {
	case f.state == futureCancelled:
		return Value{}, NewExc(cancelledError)
	case f.exc != nil:
		return Value{}, f.exc
	}
	return f.result, nil
}

// stepCoro resumes the task's coroutine, or raises e in it.
func (th *Thread) stepCoro(co *Coro, e *Exc) (Value, status, *Exc) {
	if co.state == coroClosed {
		return Value{}, statusRaise, th.reusedError(co)
	}
	if err := co.checkIdle(); err != nil {
		return Value{}, statusRaise, err
	}
	if e != nil && co.state == coroCreated && co.native() == nil {
		co.state = coroClosed
		th.addTraceback(e, co.frame.code, 0)
		return Value{}, statusRaise, e
	}
	return th.resume(co, None, e)
}

// stepObject is stepCoro for a coroutine object that a script made.
func (th *Thread) stepObject(coro Value, e *Exc) (Value, status, *Exc) {
	var v Value
	var err *Exc
	if e == nil {
		v, err = th.CallMethod(coro, "send", None)
	} else {
		v, err = th.CallMethod(coro, "throw", object(e))
	}
	switch {
	case err == nil:
		return v, statusYield, nil
	case err.Is(StopIteration):
		return err.field("value"), statusDone, nil
	}
	return Value{}, statusRaise, err
}

// yielded handles what the coroutine yielded instead of awaiting it.
func (t *Task) yielded(th *Thread, v Value) {
	if v.IsNone() {
		t.loop.ready(th, t)
		return
	}
	f, ok := AsFuture(v)
	switch {
	case ok && f.blocking:
		f.blocking = false
		t.waitFor(th, f)
	case ok:
		t.raiseLater(th, RuntimeErrorf("yield was used instead of yield from in task %s with %s", th.reprOr(object(t)), th.reprOr(v)))
	default:
		if t.waitForObject(th, v) {
			return
		}
		if c, isCoro := asCoro(v); isCoro && c.kind == kindGenerator {
			t.raiseLater(th, RuntimeErrorf("yield was used instead of yield from for generator in task %s with %s", th.reprOr(object(t)), th.reprOr(v)))
			return
		}
		t.raiseLater(th, RuntimeErrorf("Task got bad yield: %s", th.reprOr(v)))
	}
}

// waitForObject waits for a future-like object of a script: one with _asyncio_future_blocking.
func (t *Task) waitForObject(th *Thread, v Value) bool {
	b, ok, err := th.LookupAttr(v, "_asyncio_future_blocking")
	if err != nil || !ok || b.IsNone() {
		return false
	}
	blocking, err := th.Truth(b)
	if err != nil || !blocking {
		return false
	}
	if err := th.SetAttr(v, Intern("_asyncio_future_blocking"), False); err != nil {
		return false
	}
	wake := NewBuiltin(&Builtin{Sig: "wakeup(future, /)", Fn: func(th *Thread, a []Value) (Value, *Exc) {
		if _, err := th.CallMethod(a[0], "result"); err != nil {
			t.extra().pending = err
		}
		t.Run()
		return None, nil
	}}, "asyncio")
	if _, err := th.CallMethod(v, "add_done_callback", wake); err != nil {
		t.raiseLater(th, err)
	}
	return true
}

// returned ends the task with the coroutine's result.
func (t *Task) returned(th *Thread, v Value) {
	t.loop.removeTask(t)
	if t.mustCancel {
		t.mustCancel = false
		msg := None
		if t.ext != nil {
			msg = t.ext.cancelMsg
		}
		t.Future.cancel(th, msg)
	} else {
		t.result = v
		t.finish(th, futureFinished)
	}
	t.coro = t.doneCoro()
}

// failed ends the task with what the coroutine raised.
func (t *Task) failed(th *Thread, e *Exc) {
	t.loop.removeTask(t)
	switch {
	case e.Is(cancelledError):
		t.extra().cancelExc = e
		t.Future.cancel(th, Value{})
	case e.Is(KeyboardInterrupt) || e.Is(SystemExit):
		t.exc, t.logged = e, true
		t.finish(th, futureFinished)
		t.loop.fatal = e
		t.loop.L.Break()
	default:
		t.exc, t.logged = e, true
		t.finish(th, futureFinished)
	}
	t.coro = t.doneCoro()
}

// doneCoro returns the coroutine of a done task: it is kept, for get_coro().
func (t *Task) doneCoro() *Coro { return t.coro }

func (t *Task) makeCancelled() *Exc { return t.cancelledError() }

// cancel is Task.cancel.
func (t *Task) cancel(th *Thread, msg Value) (bool, *Exc) {
	t.logged = false
	if t.state != futurePending {
		return false, nil
	}
	t.extra().cancelling++
	if t.waiting != nil {
		done, err := t.waiting.Cancel(th, msg)
		if err != nil || done {
			return done, err
		}
	}
	t.mustCancel = true
	t.extra().cancelMsg = msg
	return true, nil
}
