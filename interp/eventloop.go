package interp

// This file defines EventLoop: the loop of package loop as scripts see it, and Handle.

import (
	"slices"
	"time"

	"aio/loop"
)

var (
	abstractLoopType = builtinType("AbstractEventLoop", objectType, layoutObject)
	loopType         = builtinType("BaseEventLoop", abstractLoopType, layoutLoop)
	handleType       = builtinType("Handle", objectType, layoutOpaque)
	timerHandleType  = builtinType("TimerHandle", handleType, layoutOpaque)

	abstractLoopShape = shapeFor(abstractLoopType)
	loopShape         = shapeFor(loopType)
	handleShape       = shapeFor(handleType)
	timerHandleShape  = shapeFor(timerHandleType)

	cancelledError    = excType("CancelledError", BaseException)
	invalidStateError = excType("InvalidStateError", ExceptionType)
	deadlockError     = excType("DeadlockError", RuntimeError)
)

// asyncErrors are the exceptions of asyncio that the loop itself raises.
func asyncErrors() []*Type {
	list := []*Type{cancelledError, invalidStateError, deadlockError}
	for _, t := range list {
		t.Module = "asyncio.exceptions"
	}
	return list
}

// LoopTypes returns AbstractEventLoop, BaseEventLoop, Handle and TimerHandle.
func LoopTypes() (abstract, base, handle, timerHandle *Type) {
	return abstractLoopType, loopType, handleType, timerHandleType
}

// CancelledError returns asyncio.CancelledError.
func CancelledError() *Type { return cancelledError }

// InvalidStateError returns asyncio.InvalidStateError.
func InvalidStateError() *Type { return invalidStateError }

// DeadlockError returns asyncio.DeadlockError: nothing can wake the tasks that wait.
func DeadlockError() *Type { return deadlockError }

// EventLoop is an asyncio event loop.
type EventLoop struct {
	Header
	dict     *Dict
	L        *loop.Loop
	th       *Thread   // that runs it, or made it
	tasks    []*Task   // that are not done, in the order in which they were made; nil for one that is done
	gone     int       // how many of tasks are nil
	failed   []*Future // whose exception may never have been retrieved; see unretrieved
	gens     []*Coro   // async generators that were begun; see firstIter
	fatal    *Exc      // SystemExit or KeyboardInterrupt on its way out of the loop
	running  bool
	stopping bool
	closed   bool
	Debug    bool
	custom   bool // a script has replaced a method of it
	gensDone bool // shutdown_asyncgens was called
	// handler and taskFactory are a script's, None without one.
	handler, taskFactory Value
	slow                 Value // slow_callback_duration
	current              *Handle
	// Data is what the library keeps with the loop; its method LoopClosed, if it has one, is called when the
	// loop is closed.
	Data any
	born func(t *Task) // see OnTask
}

// loopState is what an interpreter knows of its loops.
type loopState struct {
	nextTask uint64                      // the number of the last task that got a name of its own
	idents   uint32                      // the last Future.ident
	policy   Value                       // what set_event_loop_policy set; unbound: the default policy
	all      []*EventLoop                // that are not closed
	newLoop  func(th *Thread) *EventLoop // what the library makes for new_event_loop
	debug    func(th *Thread) bool       // whether a new loop is in debug mode
}

// NewEventLoop returns a loop that nobody runs yet.
func (th *Thread) NewEventLoop() *EventLoop {
	if f := th.in.loops.newLoop; f != nil {
		return f(th)
	}
	return th.NewEventLoopOf(loopType)
}

// NewEventLoopOf returns a loop of a class that derives from BaseEventLoop.
func (th *Thread) NewEventLoopOf(cls *Type) *EventLoop {
	l := &EventLoop{Header: Header{cls.inst}, L: th.in.newLoop(), th: th, handler: None, taskFactory: None, slow: MkFloat(0.1)}
	if f := th.in.loops.debug; f != nil {
		l.Debug = f(th)
	}
	l.custom = cls.flags&flagHeap != 0 && cls.replacesLoopMethod()
	th.in.loops.all = append(th.in.loops.all, l)
	if o := th.in.cfg.Observer; o != nil {
		l.L.SetTracer(o.LoopMade(l))
	}
	return l
}

// OnNewLoop says how the library makes loops, and which are in debug mode from the start.
func (in *Interp) OnNewLoop(make func(th *Thread) *EventLoop, debug func(th *Thread) bool) {
	in.loops.newLoop, in.loops.debug = make, debug
}

// Loops returns the loops that are not closed, in the order in which they were made.
func (in *Interp) Loops() []*EventLoop { return in.loops.all }

// Value returns l as a Value.
func (l *EventLoop) Value() Value { return object(l) }

// AsEventLoop returns v as an EventLoop.
func AsEventLoop(v Value) (*EventLoop, bool) { return as[EventLoop](v, layoutLoop) }

// Running reports whether the loop runs; Closed, whether it was closed.
func (l *EventLoop) Running() bool { return l.running }

// Closed reports whether the loop was closed.
func (l *EventLoop) Closed() bool { return l.closed }

// Thread returns the thread that runs the loop, or made it.
func (l *EventLoop) Thread() *Thread { return l.th }

// RunningLoop returns the loop that runs in the thread, nil for none.
func (th *Thread) RunningLoop() *EventLoop { return th.loop }

// Tasks returns the tasks of the loop that are not done, the oldest first.
func (l *EventLoop) Tasks() []*Task {
	l.packTasks()
	list := make([]*Task, 0, len(l.tasks))
	for _, t := range l.tasks {
		if t.state == futurePending {
			list = append(list, t)
		}
	}
	return list
}

func (l *EventLoop) addTask(t *Task) {
	if n := len(l.tasks); n == cap(l.tasks) && l.gone > n/4 {
		l.packTasks()
	}
	t.index = int32(len(l.tasks))
	t.indexed = true
	l.tasks = append(l.tasks, t)
	if l.born != nil {
		l.born(t)
	}
}

// removeTask forgets a task that is done. The last one leaves no gap, others leave one until packTasks.
func (l *EventLoop) removeTask(t *Task) {
	if !t.indexed {
		return
	}
	t.indexed = false
	l.tasks[t.index] = nil
	l.gone++
	for n := len(l.tasks); n > 0 && l.tasks[n-1] == nil; n-- {
		l.tasks = l.tasks[:n-1]
		l.gone--
	}
}

// packTasks closes the gaps in the list of tasks.
func (l *EventLoop) packTasks() {
	if l.gone == 0 {
		return
	}
	kept := l.tasks[:0]
	for _, t := range l.tasks {
		if t != nil {
			t.index = int32(len(kept))
			kept = append(kept, t)
		}
	}
	clear(l.tasks[len(kept):])
	l.tasks, l.gone = kept, 0
}

// ready queues r as call_soon does.
func (l *EventLoop) ready(th *Thread, r loop.Runner) {
	if l.custom || l.Debug {
		l.readySlowly(th, r)
		return
	}
	l.L.Ready(r)
}

// readySlowly is ready for a loop whose call_soon may be a script's, or that is in debug mode.
func (l *EventLoop) readySlowly(th *Thread, r loop.Runner) {
	if f, ok := l.scripted("call_soon"); ok {
		if h, isHandle := r.(*Handle); isHandle {
			_, err := th.CallArgs(f, append(append([]Value{h.fn}, h.args...), object(h.scope.context())), []*Str{Intern("context")})
			if err != nil {
				th.unraisable(err)
			}
			return
		}
		if _, err := th.Call(f, runnerFunction(r)); err != nil {
			th.unraisable(err)
		}
		return
	}
	if l.Debug {
		r = &timedRunner{l, r}
	}
	l.L.Ready(r)
}

// loopMethods are the methods of a loop that the machine asks for when a script has replaced them.
var loopMethods = [...]string{"call_soon", "call_later", "call_at", "time", "create_task", "create_future", "call_exception_handler", "default_exception_handler"}

// replacesLoopMethod reports whether a script's class has one of loopMethods.
func (t *Type) replacesLoopMethod() bool {
	for _, name := range loopMethods {
		if m, ok := t.Lookup(name); ok && shapeOf(m) == functionShape {
			return true
		}
	}
	return false
}

// scripted returns a method, bound, when a script has replaced it.
func (l *EventLoop) scripted(name string) (Value, bool) {
	if !l.custom {
		return Value{}, false
	}
	if l.dict != nil {
		if v, ok := l.dict.GetName(name); ok {
			return v, true
		}
	}
	if m, ok := l.shape.typ.Lookup(name); ok && shapeOf(m) == functionShape {
		return NewBoundMethod(m, object(l)), true
	}
	return Value{}, false
}

// Call queues fn, a callback of Go code, as call_soon does.
func (l *EventLoop) Call(fn func(th *Thread)) { l.L.Ready(&goCallback{l, fn}) }

// goCallback is a queued callback of Go code.
type goCallback struct {
	loop *EventLoop
	fn   func(th *Thread)
}

// Run calls it.
func (c *goCallback) Run() { c.fn(c.loop.th) }

// GoTimer is a timer that calls Go code.
type GoTimer struct {
	loop  *EventLoop
	fn    func(th *Thread)
	timer loop.Timer
}

// CallLater calls fn after a delay; Stop cancels it.
func (l *EventLoop) CallLater(delay time.Duration, fn func(th *Thread)) *GoTimer {
	return l.CallAt(l.L.Time()+delay, fn)
}

// CallAt calls fn when the loop's time has reached when.
func (l *EventLoop) CallAt(when time.Duration, fn func(th *Thread)) *GoTimer {
	t := &GoTimer{loop: l, fn: fn}
	l.L.StartTimer(&t.timer, when, t)
	return t
}

// Run calls the function.
func (t *GoTimer) Run() { t.fn(t.loop.th) }

// Stop cancels the timer.
func (t *GoTimer) Stop() { t.loop.L.StopTimer(&t.timer) }

// Leave makes the run of the loop end with err.
func (l *EventLoop) Leave(err *Exc) {
	l.fatal = err
	l.L.Break()
}

// CallbackFailed reports what a callback of Go code raised.
func (l *EventLoop) CallbackFailed(th *Thread, e *Exc) {
	if err := l.callbackFailed(th, e, nil); err != nil {
		l.Leave(err)
	}
}

// callbackFailed reports an exception that a callback raised; h is nil for a step of a task. Errors:
// SystemExit and KeyboardInterrupt, which the exception handler raised.
func (l *EventLoop) callbackFailed(th *Thread, e *Exc, h *Handle) *Exc {
	d := NewDict()
	msg := "Exception in callback"
	if h != nil && !h.fn.IsUnbound() {
		msg += " " + th.DescribeCallback(h.fn, h.args)
	}
	d.SetName("message", MkStr(msg))
	d.SetName("exception", object(e))
	if h != nil {
		d.SetName("handle", object(h))
		if !h.source.IsUnbound() {
			d.SetName("source_traceback", h.source)
		}
	}
	return th.CallExceptionHandler(l, d)
}

// Enter makes l the running loop of the thread and returns what undoes it. Errors: RuntimeError when
// the loop, or another one in this thread, runs already.
func (l *EventLoop) Enter(th *Thread) (leave func(), err *Exc) {
	if err := l.checkIdle(th); err != nil {
		return nil, err
	}
	l.th, th.loop, l.running = th, l, true
	if th == th.in.main {
		th.in.signals.loop.Store(l.L)
	}
	task, hooks, depth := th.task, th.asyncgen, th.originDepth
	th.task = nil
	th.asyncgen = asyncGenHooks{onFirst: l.firstIter, onDrop: l.dropGen}
	if l.Debug {
		th.originDepth = debugOriginDepth
	}
	return func() {
		th.originDepth = depth
		th.loop, l.running, l.stopping, th.task, th.asyncgen = nil, false, false, task, hooks
		if th == th.in.main {
			th.in.signals.loop.Store(nil)
		}
	}, nil
}

// debugOriginDepth is how many places cr_origin names in debug mode.
const debugOriginDepth = 10

// checkIdle returns the error for running a loop that is closed, or while one runs.
func (l *EventLoop) checkIdle(th *Thread) *Exc {
	switch {
	case l.closed:
		return RuntimeErrorf("Event loop is closed")
	case l.running:
		return RuntimeErrorf("This event loop is already running")
	case !th.RunningLoopValue().IsNone():
		return RuntimeErrorf("Cannot run the event loop while another loop is running")
	}
	return nil
}

// RunForever turns the loop until Stop. Errors: what left the loop (SystemExit, KeyboardInterrupt), or a
// deadlock.
func (l *EventLoop) RunForever(th *Thread) *Exc {
	leave, err := l.Enter(th)
	if err != nil {
		return err
	}
	defer leave()
	for {
		st := l.L.RunUntil(func() bool { return l.stopping })
		if err := l.fatal; err != nil {
			l.fatal = nil
			return err
		}
		switch st {
		case loop.Stopped:
			return nil
		case loop.Deadlock:
			return th.deadlock(l)
		case loop.Interrupted:
			if err := th.in.pollSignals(th); err != nil {
				return err
			}
		}
	}
}

// Stop ends RunForever after the turn that is running.
func (l *EventLoop) Stop() { l.stopping = true }

// RunUntilComplete turns the loop until f is done and returns its result. Errors: as RunForever; the
// future's exception; RuntimeError when the loop was stopped before.
func (l *EventLoop) RunUntilComplete(th *Thread, f *Future) (Value, *Exc) {
	waiting := true
	stop := func() {
		if !waiting || f.exc != nil && (f.exc.Is(SystemExit) || f.exc.Is(KeyboardInterrupt)) {
			return // the loop was left already
		}
		l.Stop()
	}
	if shapeOf(object(f)).typ.flags&flagHeap != 0 && f.scripted("add_done_callback") {
		if _, err := th.CallMethod(object(f), "add_done_callback", goFunction("_run_until_complete_cb", func(*Thread) { stop() })); err != nil {
			return Value{}, err
		}
	} else {
		f.Watch(th, &Watcher{Name: "_run_until_complete_cb", Done: func(*Thread, *Future) { stop() }})
	}
	err := l.RunForever(th)
	waiting = false
	if err != nil {
		if f.Done() && !f.Cancelled() {
			f.logged = false
		}
		return Value{}, err
	}
	if !f.Done() {
		return Value{}, RuntimeErrorf("Event loop stopped before Future completed.")
	}
	return f.take()
}

// runUntilLike is RunUntilComplete for a future-like object of a script.
func (l *EventLoop) runUntilLike(th *Thread, f Value) (Value, *Exc) {
	stop := goFunction("_run_until_complete_cb", func(*Thread) { l.Stop() })
	if _, err := th.CallMethod(f, "add_done_callback", stop); err != nil {
		return Value{}, err
	}
	err := l.RunForever(th)
	if _, rerr := th.CallMethod(f, "remove_done_callback", stop); rerr != nil && err == nil {
		err = rerr
	}
	if err != nil {
		return Value{}, err
	}
	v, err := th.CallMethod(f, "done")
	if err != nil {
		return Value{}, err
	}
	if done, err := th.Truth(v); err != nil {
		return Value{}, err
	} else if !done {
		return Value{}, RuntimeErrorf("Event loop stopped before Future completed.")
	}
	return th.CallMethod(f, "result")
}

// Close closes the loop. Errors: RuntimeError when it runs.
func (l *EventLoop) Close(th *Thread) *Exc {
	if l.running {
		return RuntimeErrorf("Cannot close a running event loop")
	}
	if l.closed {
		return nil
	}
	l.closed = true
	th.in.loops.all = slices.DeleteFunc(th.in.loops.all, func(x *EventLoop) bool { return x == l })
	l.reportLeft(th)
	if d, ok := l.Data.(interface{ LoopClosed(th *Thread) }); ok {
		d.LoopClosed(th)
	}
	l.L = th.in.newLoop() // what is still queued is forgotten
	return nil
}

// CheckOpen returns the error for using a closed loop.
func (l *EventLoop) CheckOpen() *Exc {
	if l.closed {
		return RuntimeErrorf("Event loop is closed")
	}
	return nil
}

// GetEventLoop returns what asyncio.get_event_loop() does: the running loop, else that of the policy.
func (th *Thread) GetEventLoop() (Value, *Exc) {
	if v := th.HostLoopValue(); !v.IsNone() {
		return v, nil
	}
	if p := th.in.loops.policy; !p.IsUnbound() {
		return th.CallMethod(p, "get_event_loop")
	}
	return th.DefaultEventLoop()
}

// DefaultEventLoop is get_event_loop of the default policy: the loop that was set for the thread; the main
// thread gets one when none was set yet.
func (th *Thread) DefaultEventLoop() (Value, *Exc) {
	if th.current.IsUnbound() {
		if th != th.in.main || th.currentSet {
			return Value{}, RuntimeErrorf("There is no current event loop in thread '%s'.", th.Name())
		}
		v, err := th.NewLoopByPolicy()
		if err != nil {
			return Value{}, err
		}
		th.current = v
	}
	return th.current, nil
}

// NewLoopByPolicy is asyncio.new_event_loop().
func (th *Thread) NewLoopByPolicy() (Value, *Exc) {
	if p := th.in.loops.policy; !p.IsUnbound() {
		return th.CallMethod(p, "new_event_loop")
	}
	return object(th.NewEventLoop()), nil
}

// SetDefaultEventLoop is set_event_loop of the default policy.
func (th *Thread) SetDefaultEventLoop(v Value) *Exc {
	th.currentSet = true
	if v.IsNone() {
		th.current = Value{}
		return nil
	}
	if !IsInstance(v, abstractLoopType) {
		return TypeErrorf("loop must be an instance of AbstractEventLoop or None, not '%s'", typeName(v))
	}
	th.current = v
	return nil
}

// Policy returns what SetPolicy set, unbound before.
func (in *Interp) Policy() Value { return in.loops.policy }

// SetPolicy makes a script's event loop policy, or with an unbound value the default one, the current one.
func (in *Interp) SetPolicy(p Value) { in.loops.policy = p }

// RunningLoopValue returns the running loop of the thread as scripts see it, None without one.
func (th *Thread) RunningLoopValue() Value {
	switch {
	case th.loop != nil:
		return object(th.loop)
	case !th.otherLoop.IsUnbound():
		return th.otherLoop
	}
	return None
}

// SetRunningLoop is asyncio._set_running_loop.
func (th *Thread) SetRunningLoop(v Value) {
	th.loop, th.otherLoop = nil, Value{}
	if l, ok := AsEventLoop(v); ok {
		th.loop = l
	} else if !v.IsNone() {
		th.otherLoop = v
	}
}

// FutureLoop returns the loop of a future-like object.
func (th *Thread) FutureLoop(v Value) (Value, *Exc) {
	if f, ok := AsFuture(v); ok && shapeOf(v).typ.flags&flagHeap == 0 {
		if err := f.checkReady(); err != nil {
			return Value{}, err
		}
		return f.loopValue(), nil
	}
	get, ok, err := th.LookupAttr(v, "get_loop")
	if err != nil {
		return Value{}, err
	}
	if ok {
		return th.Call(get)
	}
	return th.Attr(v, "_loop")
}
