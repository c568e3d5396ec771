package interp

// This file defines EventLoop: the loop of package loop as scripts see it, and Handle.

import (
	"time"

	"aio/loop"
)

var (
	loopType        = builtinType("BaseEventLoop", objectType, layoutLoop)
	handleType      = builtinType("Handle", objectType, layoutOpaque)
	timerHandleType = builtinType("TimerHandle", handleType, layoutOpaque)

	loopShape        = shapeFor(loopType)
	handleShape      = shapeFor(handleType)
	timerHandleShape = shapeFor(timerHandleType)

	cancelledError    = excType("CancelledError", BaseException)
	invalidStateError = excType("InvalidStateError", ExceptionType)
)

// asyncErrors are the exceptions of asyncio that the loop itself raises.
func asyncErrors() []*Type {
	for _, t := range []*Type{cancelledError, invalidStateError} {
		t.Module = "asyncio.exceptions"
	}
	return []*Type{cancelledError, invalidStateError}
}

// LoopTypes returns BaseEventLoop, Handle and TimerHandle.
func LoopTypes() (loop, handle, timerHandle *Type) { return loopType, handleType, timerHandleType }

// CancelledError and InvalidStateError return asyncio's exceptions.
func CancelledError() *Type { return cancelledError }

// InvalidStateError returns asyncio.InvalidStateError.
func InvalidStateError() *Type { return invalidStateError }

// EventLoop is an asyncio event loop.
type EventLoop struct {
	Header
	dict     *Dict
	L        *loop.Loop
	th       *Thread // that runs it, or made it
	tasks    []*Task // that are not done
	fatal    *Exc    // SystemExit or KeyboardInterrupt on its way out of the loop
	running  bool
	stopping bool
	closed   bool
	Debug    bool
	// ExceptionHandler and TaskFactory are a script's, None without one.
	ExceptionHandler, TaskFactory Value
	// Data is what the library keeps with the loop.
	Data any
}

// loopState is what an interpreter knows of its loops.
type loopState struct {
	nextTask uint64
}

// NewEventLoop returns a loop that nobody runs yet.
func (th *Thread) NewEventLoop() *EventLoop {
	return &EventLoop{Header: Header{loopShape}, L: loop.New(th.in.cfg.Clock), th: th, ExceptionHandler: None, TaskFactory: None}
}

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

// Tasks returns the tasks of the loop that are not done.
func (l *EventLoop) Tasks() []*Task { return append([]*Task(nil), l.tasks...) }

func (l *EventLoop) addTask(t *Task) {
	t.index = int32(len(l.tasks))
	t.indexed = true
	l.tasks = append(l.tasks, t)
}

func (l *EventLoop) removeTask(t *Task) {
	if !t.indexed {
		return
	}
	t.indexed = false
	last := len(l.tasks) - 1
	l.tasks[t.index] = l.tasks[last]
	l.tasks[t.index].index = t.index
	l.tasks[last] = nil
	l.tasks = l.tasks[:last]
}

// ready queues r as call_soon does.
func (l *EventLoop) ready(th *Thread, r loop.Runner) { l.L.Ready(r) }

// Handle is an asyncio.Handle or TimerHandle: a callback that is queued or due.
type Handle struct {
	Header
	loop      *EventLoop
	fn        Value
	args      []Value
	scope     scope
	cancelled bool
	timer     loop.Timer // of a TimerHandle
	when      time.Duration
	source    *Traceback
}

// callSoon queues a callback in a scope.
func (l *EventLoop) callSoon(th *Thread, fn Value, args []Value, s scope) *Handle {
	h := &Handle{Header: Header{handleShape}, loop: l, fn: fn, args: args, scope: s}
	l.L.Ready(h)
	return h
}

// callAt queues a callback when the loop's time has reached when.
func (l *EventLoop) callAt(th *Thread, when time.Duration, fn Value, args []Value, s scope) *Handle {
	h := &Handle{Header: Header{timerHandleShape}, loop: l, fn: fn, args: args, scope: s, when: when}
	l.L.StartTimer(&h.timer, when, h)
	return h
}

// cancel makes the handle do nothing.
func (h *Handle) cancel() {
	if h.cancelled {
		return
	}
	h.cancelled = true
	h.loop.L.StopTimer(&h.timer)
	if !h.loop.Debug {
		h.fn, h.args = None, nil
	}
}

// Run calls the callback. What it raises goes to the loop's exception handler, but SystemExit and
// KeyboardInterrupt leave the loop.
func (h *Handle) Run() {
	if h.cancelled {
		return
	}
	th := h.loop.th
	old := th.enterScope(h.scope)
	_, err := th.CallArgs(h.fn, h.args, nil)
	th.leaveScope(old)
	if err == nil {
		return
	}
	if err.Is(SystemExit) || err.Is(KeyboardInterrupt) {
		h.loop.fatal = err
		h.loop.L.Break()
		return
	}
	h.loop.callbackFailed(th, err, h)
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

// callbackFailed reports an exception that a callback raised.
func (l *EventLoop) callbackFailed(th *Thread, e *Exc, h *Handle) {
	d := NewDict()
	msg := "Exception in callback"
	if h != nil {
		msg += " " + th.describeCallback(h.fn, h.args)
		d.SetName("message", MkStr(msg))
		d.SetName("exception", object(e))
		d.SetName("handle", object(h))
	} else {
		d.SetName("message", MkStr(msg))
		d.SetName("exception", object(e))
	}
	th.CallExceptionHandler(l, d)
}

// Enter makes l the running loop of the thread and returns what undoes it. Errors: RuntimeError when
// the loop, or another one in this thread, runs already.
func (l *EventLoop) Enter(th *Thread) (leave func(), err *Exc) {
	switch {
	case l.closed:
		return nil, RuntimeErrorf("Event loop is closed")
	case l.running:
		return nil, RuntimeErrorf("This event loop is already running")
	case th.loop != nil:
		return nil, RuntimeErrorf("Cannot run the event loop while another loop is running")
	}
	l.th, th.loop, l.running = th, l, true
	if th == th.in.main {
		th.in.signals.loop.Store(l.L)
	}
	task := th.task
	th.task = nil
	return func() {
		th.loop, l.running, th.task = nil, false, task
		if th == th.in.main {
			th.in.signals.loop.Store(nil)
		}
	}, nil
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
			l.stopping = false
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
	f.OnDone(th, func(th *Thread, f *Future) {
		if !waiting || f.exc != nil && (f.exc.Is(SystemExit) || f.exc.Is(KeyboardInterrupt)) {
			return // the loop was left already
		}
		l.Stop()
	})
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

// Close closes the loop. Errors: RuntimeError when it runs.
func (l *EventLoop) Close() *Exc {
	if l.running {
		return RuntimeErrorf("Cannot close a running event loop")
	}
	l.closed = true
	return nil
}

// CheckOpen returns the error for using a closed loop.
func (l *EventLoop) CheckOpen() *Exc {
	if l.closed {
		return RuntimeErrorf("Event loop is closed")
	}
	return nil
}
