package interp

// This file defines what a prompt needs of the machine: a loop that lives between inputs, and looks at
// tasks, timers, callbacks and frames.

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"aio/diag"
	"aio/interp/compile"
	"aio/loop"
)

// ErrInterrupted is what Config.ReadLine returns when the user has left the line by Ctrl-C.
var ErrInterrupted = errors.New("interrupted")

// SetRestingLoop makes l the loop of a prompt: between two of its runs it counts as running for what is
// started in it, create_task and its like, and yet asyncio.run() can run another one. A nil l is none.
func (th *Thread) SetRestingLoop(l *EventLoop) { th.resting = l }

// HostLoop returns the loop that new tasks of the thread belong to: the running one, else the resting one;
// nil without one.
func (th *Thread) HostLoop() *EventLoop {
	if th.loop == nil && th.otherLoop.IsUnbound() && th.resting != nil && !th.resting.closed {
		return th.resting
	}
	return th.loop
}

// HostLoopValue returns HostLoop, or a running loop that is no EventLoop, as scripts see it; None without one.
func (th *Thread) HostLoopValue() Value {
	if l := th.HostLoop(); l != nil {
		return object(l)
	}
	return th.RunningLoopValue()
}

// InContext calls f in the context c. Errors: RuntimeError when c is entered already.
func (th *Thread) InContext(c *Context, f func()) *Exc {
	if c.entered {
		return RuntimeErrorf("cannot enter context: %s is already entered", th.reprOr(object(c)))
	}
	c.entered = true
	old := th.enterScope(scope{ctx: c})
	f()
	th.leaveScope(old)
	c.entered = false
	return nil
}

// OnTask makes f be called with every task that the loop gets; nil ends that.
func (l *EventLoop) OnTask(f func(t *Task)) { l.born = f }

// RunWhile turns the loop as RunForever does, for as long as more returns true; it is asked before each
// turn. Errors: as of RunForever.
func (l *EventLoop) RunWhile(th *Thread, more func() bool) *Exc {
	leave, err := l.Enter(th)
	if err != nil {
		return err
	}
	defer leave()
	for {
		switch st := l.L.RunUntil(func() bool { return !more() }); {
		case l.fatal != nil:
			err := l.fatal
			l.fatal = nil
			return err
		case st == loop.Stopped:
			return nil
		case st == loop.Deadlock:
			return th.deadlock(l)
		case st == loop.Interrupted:
			if err := th.in.pollSignals(th); err != nil {
				return err
			}
		}
	}
}

// Retrieved notes that the exception of the future was seen.
func (f *Future) Retrieved() { f.logged = false }

// State returns one of "created", "scheduled", "running", "waiting" and "done".
func (t *Task) State(th *Thread) string {
	switch {
	case t.state != futurePending:
		return "done"
	case th.task == t:
		return "running"
	case !t.waiter().IsNone():
		if f, ok := AsFuture(t.waiter()); ok && f.Done() {
			return "scheduled"
		}
		return "waiting"
	case t.coro != nil && t.coro.state == coroCreated:
		return "created"
	}
	return "scheduled"
}

// WaitsFor returns the future that the task waits for, None for nothing.
func (t *Task) WaitsFor() Value { return t.waiter() }

// Place returns "FILE:LINE in NAME()", where the task waits; "" when it is not known.
func (t *Task) Place() string { return strings.TrimPrefix(t.place(), " at ") }

// Awaiters returns the tasks that wait for the future, directly or by gather.
func (f *Future) Awaiters() []*Task {
	var list []*Task
	f.eachCallback(func(c *callback) {
		if c.task != nil {
			list = append(list, c.task)
		}
	})
	return list
}

// Members returns the futures that a future of gather waits for; nil for another.
func (f *Future) Members() []*Future {
	if shapeOf(object(f)) != gatheringShape {
		return nil
	}
	return (*gathering)(ptr(f)).children
}

// Awaits returns the tasks that t waits for: one, or those of a gather that are not done.
func (t *Task) Awaits() []*Task {
	f, ok := AsFuture(t.WaitsFor())
	if !ok {
		return nil
	}
	var list []*Task
	add := func(f *Future) {
		if below := f.IsTask(); below != nil && !f.Done() {
			list = append(list, below)
		}
	}
	for _, m := range f.Members() {
		add(m)
	}
	add(f)
	return list
}

// Sleeping reports whether the future is that of asyncio.sleep, and the time of the loop at which it ends.
func (f *Future) Sleeping() (until time.Duration, ok bool) {
	if f.kind != futureSleeping {
		return 0, false
	}
	return (*sleepFuture)(ptr(f)).timer.When, true
}

// DescribeRunner returns what a queued callback or a timer will do, in a few words.
func (th *Thread) DescribeRunner(r loop.Runner) string {
	switch r := r.(type) {
	case *Task:
		return "step of " + r.Name()
	case *Handle:
		return th.describeHandle(r)
	case *TimerHandle:
		return th.describeHandle(&r.Handle)
	case *sleepFuture:
		if tasks := r.Awaiters(); len(tasks) > 0 {
			return "end of a sleep of " + tasks[0].Name()
		}
		return "end of a sleep"
	}
	return "callback of the loop"
}

func (th *Thread) describeHandle(h *Handle) string {
	if h.fn.IsUnbound() {
		return "a cancelled callback"
	}
	return th.DescribeCallback(h.fn, h.args)
}

// UnstartedCoroutine returns the name of a coroutine that has not been started, and forgets that it is to be
// warned about when it never is; ok is false for another value.
func (th *Thread) UnstartedCoroutine(v Value) (name string, ok bool) {
	co, ok := asCoro(v)
	if !ok || shapeOf(v) != coroutineShape || co.state != coroCreated {
		return "", false
	}
	co.owned = true
	return co.name(), true
}

// Locals returns the variables of the frame.
func (f *FrameObject) Locals() *Dict { return f.knownLocals() }

// Code returns the code of the frame.
func (f *FrameObject) Code() *compile.Code { return f.code.Code }

// Place returns the file, line and function that the frame is at.
func (f *FrameObject) Place() (file string, line int, name string) {
	return f.code.Source.Name, f.Line(), f.code.Name
}

// AddSource keeps a text for tracebacks and warnings.
func (in *Interp) AddSource(src *diag.Source) { in.imports.sources[src.Name] = src }

// CodeOf returns the code of a function, a method, a coroutine or a code object.
func (th *Thread) CodeOf(v Value) (*compile.Code, bool) {
	for _, name := range []string{"__func__", "__code__", "cr_code", "gi_code", "ag_code"} {
		if x, ok, err := th.LookupAttr(v, name); err == nil && ok {
			v = x
		}
	}
	if shapeOf(v) != codeShape {
		return nil, false
	}
	c, ok := as[Code](v, layoutOpaque)
	if !ok {
		return nil, false
	}
	return c.Code, true
}

// Signature returns name(parameters) of a function, a method or a class; ok is false for another value, and
// when the parameters are not known.
func (th *Thread) Signature(v Value) (text string, ok bool) {
	name, err := th.nameOf(v)
	if err != nil {
		return "", false
	}
	if t, isType := AsType(v); isType {
		if t.newSig != "" && t.flags&flagHeap == 0 {
			return t.newSig, true
		}
		init, found := t.Lookup("__init__")
		f, isFunction := asFunction(init)
		if !found || !isFunction {
			return name + "()", true
		}
		params := th.parameters(f)
		return name + "(" + strings.Join(params[min(1, len(params)):], ", ") + ")", true
	}
	if m, isMethod := asBoundMethod(v); isMethod {
		if f, isFunction := asFunction(m.fn); isFunction {
			params := th.parameters(f)
			return name + "(" + strings.Join(params[min(1, len(params)):], ", ") + ")", true
		}
	}
	text = th.signatureOf(v, name)
	return text, !strings.HasSuffix(text, "(...)")
}

// DocLine returns the first line of the docstring of v, "" without one.
func (th *Thread) DocLine(v Value) string {
	doc, ok, err := th.LookupAttr(v, "__doc__")
	if err != nil || !ok {
		return ""
	}
	text, _ := doc.docText()
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// displayHook shows the value of an expression statement that was compiled for a prompt. Errors: RuntimeError
// when sys.displayhook is missing; what it raises.
func (th *Thread) displayHook(v Value) *Exc {
	sys, err := th.Import("sys")
	if err != nil {
		return err
	}
	hook, ok, err := th.LookupAttr(sys, "displayhook")
	if err != nil {
		return err
	}
	if !ok {
		return RuntimeErrorf("lost sys.displayhook")
	}
	_, err = th.Call(hook, v)
	return err
}

// readLine is input() at a prompt, where the line editor reads the line.
func (th *Thread) readLine(a []Value) (Value, *Exc) {
	prompt := ""
	if len(a) > 0 {
		var err *Exc
		if prompt, err = th.Str(a[0]); err != nil {
			return Value{}, err
		}
	}
	if err := th.in.out.Flush(); err != nil {
		return Value{}, OSErrorOf(err, "")
	}
	if err := th.in.pollSignals(th); err != nil {
		return Value{}, err
	}
	var line string
	var rerr error
	th.Blocking(func() { line, rerr = th.in.cfg.ReadLine(prompt) })
	switch {
	case rerr == nil:
		return MkStr(line), nil
	case errors.Is(rerr, ErrInterrupted):
		return Value{}, NewExc(KeyboardInterrupt)
	}
	return Value{}, NewExc(EOFError, MkStr("EOF when reading a line"))
}

// HintLine returns the line that shows a hint, in the user's language; "" without one.
func (in *Interp) HintLine(hint string) string {
	if hint == "" {
		return ""
	}
	if f := in.cfg.Translate; f != nil {
		return fmt.Sprintf("%s: %s\n", f("hint"), f(hint))
	}
	return "hint: " + hint + "\n"
}
