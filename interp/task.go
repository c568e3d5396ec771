package interp

// This file defines Task: a Future that drives a coroutine.

import "fmt"

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
	t.loop = l
	_ = t.start(th, coro, ctx) // only a loop of a script's own can refuse
	return t
}

// NewNamedTask is NewTask for a task with a name of its own.
func (th *Thread) NewNamedTask(l *EventLoop, coro Value, ctx *Context, name string) *Task {
	t := &Task{}
	t.shape = taskShape
	t.loop = l
	t.extra().name = MkStr(name)
	_ = t.start(th, coro, ctx) // only a loop of a script's own can refuse
	return t
}

// start makes a task, which has its loop and maybe a name, run a coroutine.
func (t *Task) start(th *Thread, coro Value, ctx *Context) *Exc {
	if t.ext == nil || t.ext.name.IsUnbound() {
		th.in.loops.nextTask++
		t.id = th.in.loops.nextTask
	}
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
	if o := th.in.cfg.Observer; o != nil {
		o.TaskMade(th, t)
	}
	if t.loop == nil {
		t.ext.th = th
		return th.callSoonOn(t.ext.loopObject, runnerFunction(t), nil, t.scope())
	}
	if f, ok := t.loop.scripted("call_soon"); ok {
		if _, err := th.Call(f, runnerFunction(t)); err != nil {
			t.loop.reportPending(th, t) // nobody will ever see it
			return err
		}
		t.loop.addTask(t)
		return nil
	}
	t.loop.addTask(t)
	t.loop.ready(th, t)
	return nil
}

// thread returns the thread that runs the task.
func (t *Task) thread() *Thread {
	if t.loop == nil {
		return t.ext.th
	}
	return t.loop.th
}

// again queues the next step.
func (t *Task) again(th *Thread) {
	if t.loop == nil {
		if err := th.callSoonOn(t.ext.loopObject, runnerFunction(t), nil, t.scope()); err != nil {
			th.unraisable(err)
		}
		return
	}
	t.loop.ready(th, t)
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
	case f.loop != t.loop || f.loop == nil && !Is(f.loopValue(), t.loopValue()):
		t.raiseLater(th, RuntimeErrorf("Task %s got Future %s attached to a different loop", th.reprOr(object(t)), th.reprOr(object(f))))
		return
	case f == &t.Future:
		t.raiseLater(th, RuntimeErrorf("Task cannot await on itself: %s", th.reprOr(object(t))))
		return
	}
	if shapeOf(object(f)).typ.flags&flagHeap != 0 && f.scripted("add_done_callback") {
		f.blocking = true
		if err := t.waitForLike(th, object(f), True); err != nil {
			t.raiseLater(th, err)
		}
		return
	}
	f.addCallback(th, callback{task: t, scope: t.scope()})
	t.waiting = f
	if t.mustCancel {
		if done, err := f.Cancel(th, t.cancelMessage()); err == nil && done {
			t.mustCancel = false
		}
	}
}

// raiseLater makes the next step raise e in the coroutine.
func (t *Task) raiseLater(th *Thread, e *Exc) {
	t.extra().pending = e
	t.again(th)
}

// Run performs one step: it resumes the coroutine until it waits again or ends.
func (t *Task) Run() {
	th := t.thread()
	var e *Exc
	if t.ext != nil && t.ext.pending != nil {
		e = t.ext.pending
		t.ext.pending = nil
	}
	if t.state != futurePending {
		t.stepFailed(th, NewExc(invalidStateError, MkStr(fmt.Sprintf("_step(): already done: %s %s", th.reprOr(object(t)), th.reprOr(e.valueOrNone())))))
		return
	}
	if t.mustCancel {
		if e == nil && t.waiting != nil && t.waiting.state != futurePending {
			// What it waited for failed: that is raised, unless it was cancelled itself.
			if _, err := t.waiting.take(); err != nil && err.Is(cancelledError) {
				e = err
			}
		}
		if e == nil || !e.Is(cancelledError) {
			e = t.cancelledError()
		}
		t.mustCancel = false
	}
	waited := t.waiting
	t.waiting = nil
	if t.ext != nil {
		t.ext.waiting = Value{}
	}
	prev := th.task
	if prev != nil && prev.loop == t.loop && t.loop != nil {
		t.stepFailed(th, RuntimeErrorf("Cannot enter into task %s while another task %s is being executed.", th.reprOr(object(t)), th.reprOr(object(prev))))
		return
	}
	th.task = t
	if o := th.in.cfg.Observer; o != nil {
		o.StepBegins(t, e, e != nil && e.Is(cancelledError) || e == nil && waited != nil && waited.Cancelled())
	}
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
	if o := th.in.cfg.Observer; o != nil {
		o.StepEnds(t)
	}
}

// stepFailed reports that a step could not be made.
func (t *Task) stepFailed(th *Thread, e *Exc) {
	if t.loop == nil {
		th.unraisable(e)
	} else if err := t.loop.callbackFailed(th, e, nil); err != nil {
		t.loop.Leave(err)
	}
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
		t.again(th)
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

// waitForObject waits for a future-like object of a script: one with _asyncio_future_blocking. It
// returns false for another object.
func (t *Task) waitForObject(th *Thread, v Value) bool {
	b, ok, err := th.LookupAttr(v, "_asyncio_future_blocking")
	if err == nil && (!ok || b.IsNone()) {
		return false
	}
	if err == nil {
		err = t.waitForLike(th, v, b)
	}
	if err != nil {
		t.raiseLater(th, err)
	}
	return true
}

// waitForLike waits for v, whose _asyncio_future_blocking is b. Errors are to be raised in the coroutine.
func (t *Task) waitForLike(th *Thread, v, b Value) *Exc {
	loop, err := th.FutureLoop(v)
	if err != nil {
		return err
	}
	blocking, err := th.Truth(b)
	switch {
	case err != nil:
		return err
	case !Is(loop, t.loopValue()):
		return RuntimeErrorf("Task %s got Future %s attached to a different loop", th.reprOr(object(t)), th.reprOr(v))
	case !blocking:
		return RuntimeErrorf("yield was used instead of yield from in task %s with %s", th.reprOr(object(t)), th.reprOr(v))
	case Is(v, object(t)):
		return RuntimeErrorf("Task cannot await on itself: %s", th.reprOr(object(t)))
	}
	if err := th.SetAttr(v, Intern("_asyncio_future_blocking"), False); err != nil {
		return err
	}
	wake := goFunction("task_wakeup", func(th *Thread) {
		if _, err := th.CallMethod(v, "result"); err != nil {
			t.extra().pending = err
		}
		t.Run()
	})
	m, err := th.Attr(v, "add_done_callback")
	if err != nil {
		return err
	}
	if _, err := th.CallArgs(m, []Value{wake, object(t.scope().context())}, []*Str{Intern("context")}); err != nil {
		return err
	}
	t.extra().waiting = v
	if t.mustCancel {
		if done, err := th.cancelObject(v, t.cancelMessage()); err == nil && done {
			t.mustCancel = false
		}
	}
	return nil
}

// cancelObject calls the method cancel of a future-like object.
func (th *Thread) cancelObject(v, msg Value) (bool, *Exc) {
	m, err := th.Attr(v, "cancel")
	if err != nil {
		return false, err
	}
	r, err := th.CallArgs(m, []Value{msg}, []*Str{Intern("msg")})
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}

// returned ends the task with the coroutine's result.
func (t *Task) returned(th *Thread, v Value) {
	t.unregister()
	if t.mustCancel {
		t.mustCancel = false
		t.Future.cancel(th, t.cancelMessage())
		return
	}
	t.result = v
	t.finish(th, futureFinished)
}

// failed ends the task with what the coroutine raised.
func (t *Task) failed(th *Thread, e *Exc) {
	t.unregister()
	if e.Is(cancelledError) {
		t.extra().cancelExc = e
		t.Future.cancel(th, Value{})
		return
	}
	t.fail(th, e)
	if t.loop != nil && (e.Is(KeyboardInterrupt) || e.Is(SystemExit)) {
		t.loop.fatal = e
		t.loop.L.Break()
	}
}

func (t *Task) unregister() {
	if t.loop != nil {
		t.loop.removeTask(t)
	}
}

// cancel is Task.cancel.
func (t *Task) cancel(th *Thread, msg Value) (bool, *Exc) {
	t.logged = false
	if t.state != futurePending {
		return false, nil
	}
	if o := th.in.cfg.Observer; o != nil {
		o.CancelRequested(th, t, msg)
	}
	x := t.extra()
	x.cancelling++
	if t.waiting != nil {
		done, err := t.waiting.Cancel(th, msg)
		if err != nil || done {
			return done, err
		}
	} else if !x.waiting.IsUnbound() {
		done, err := th.cancelObject(x.waiting, msg)
		if err != nil || done {
			return done, err
		}
	}
	t.mustCancel = true
	x.cancelMsg = msg
	return true, nil
}
