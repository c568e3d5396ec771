package interp

// This file defines what a loop reports: failures that nobody handles, tasks and exceptions that are
// left at its end, callbacks that take long.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aio/loop"
)

// CallExceptionHandler hands a failure that has nowhere else to go to the loop's exception handler.
// Errors: SystemExit and KeyboardInterrupt, which the handler raised.
func (th *Thread) CallExceptionHandler(l *EventLoop, context *Dict) *Exc {
	if f, ok := l.scripted("call_exception_handler"); ok {
		_, err := th.Call(f, context.Value())
		return err
	}
	return th.handleException(l, context)
}

// handleException is BaseEventLoop.call_exception_handler.
func (th *Thread) handleException(l *EventLoop, context *Dict) *Exc {
	if l.handler.IsNone() {
		err := th.defaultHandler(l, context)
		if err == nil || err.Is(SystemExit) || err.Is(KeyboardInterrupt) {
			return err
		}
		return th.logAsync("Exception in default exception handler", err)
	}
	_, err := th.Call(l.handler, object(l), context.Value())
	if err == nil || err.Is(SystemExit) || err.Is(KeyboardInterrupt) {
		return err
	}
	d := NewDict()
	d.SetName("message", MkStr("Unhandled error in exception handler"))
	d.SetName("exception", object(err))
	d.SetName("context", context.Value())
	err = th.defaultHandler(l, d)
	if err == nil || err.Is(SystemExit) || err.Is(KeyboardInterrupt) {
		return err
	}
	return th.logAsync("Exception in default exception handler while handling an unexpected error in custom exception handler", err)
}

// defaultHandler calls the loop's default_exception_handler.
func (th *Thread) defaultHandler(l *EventLoop, context *Dict) *Exc {
	if f, ok := l.scripted("default_exception_handler"); ok {
		_, err := th.Call(f, context.Value())
		return err
	}
	return th.reportContext(l, context)
}

// reportContext is BaseEventLoop.default_exception_handler: it logs the message and what else the context
// holds.
func (th *Thread) reportContext(l *EventLoop, context *Dict) *Exc {
	message := "Unhandled exception in event loop"
	if m, ok := context.GetName("message"); ok {
		if yes, err := th.Truth(m); err != nil {
			return err
		} else if yes {
			if message, err = th.Str(m); err != nil {
				return err
			}
		}
	}
	if _, ok := context.GetName("source_traceback"); !ok && l.current != nil && !l.current.source.IsUnbound() {
		context.SetName("handle_traceback", l.current.source)
	}
	var keys []string
	for k, _, i, ok := context.Next(0); ok; k, _, i, ok = context.Next(i) {
		if s, ok := StrOf(k); ok && s != "message" && s != "exception" {
			keys = append(keys, s)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		v, _ := context.GetName(k)
		text, err := th.contextText(k, v)
		if err != nil {
			return err
		}
		message += "\n" + k + ": " + text
	}
	var e *Exc
	if v, ok := context.GetName("exception"); ok {
		e, _ = AsExc(v)
	}
	return th.logAsync(message, e)
}

func (th *Thread) contextText(key string, v Value) (string, *Exc) {
	title := ""
	switch key {
	case "source_traceback":
		title = "Object created at (most recent call last):\n"
	case "handle_traceback":
		title = "Handle created at (most recent call last):\n"
	default:
		return th.Repr(v)
	}
	m, err := th.Import("traceback")
	if err != nil {
		return "", err
	}
	list, err := th.CallMethod(m, "format_list", v)
	if err != nil {
		return "", err
	}
	items, err := th.Items(list)
	if err != nil {
		return "", err
	}
	for _, s := range items {
		text, _ := StrOf(s)
		title += text
	}
	return strings.TrimRight(title, "\n "), nil
}

// logAsync logs an error by the logger of asyncio.
func (th *Thread) logAsync(message string, e *Exc) *Exc {
	info := False
	if e != nil {
		info = MkTuple([]Value{e.Type().Value(), object(e), e.Traceback()})
	}
	return th.callLogger("error", []Value{MkStr(message), info}, []*Str{Intern("exc_info")})
}

// callLogger calls a method of asyncio's logger.
func (th *Thread) callLogger(method string, args []Value, kwnames []*Str) *Exc {
	m, err := th.Import("asyncio.base_events")
	if err != nil {
		return err
	}
	logger, err := th.Attr(m, "logger")
	if err != nil {
		return err
	}
	f, err := th.Attr(logger, method)
	if err != nil {
		return err
	}
	_, err = th.CallArgs(f, args, kwnames)
	return err
}

// unretrieved remembers a future that failed, until somebody has asked for its exception. The list is
// swept when it is full; what then is still there is kept up to maxUnretrieved.
func (l *EventLoop) unretrieved(th *Thread, f *Future) {
	if len(l.failed) == cap(l.failed) {
		kept := l.failed[:0]
		for _, x := range l.failed {
			if x.logged {
				kept = append(kept, x)
			}
		}
		clear(l.failed[len(kept):])
		l.failed = kept
		if n := len(kept); n > maxUnretrieved {
			l.reportUnretrieved(th, kept[:n/2])
			l.failed = append([]*Future(nil), kept[n/2:]...)
		}
		if cap(l.failed) < 64 || len(l.failed) > cap(l.failed)/2 {
			l.failed = append(make([]*Future, 0, max(64, 2*cap(l.failed))), l.failed...)
		}
	}
	l.failed = append(l.failed, f)
}

// maxUnretrieved is how many exceptions nobody has asked for are kept for the end of the loop.
const maxUnretrieved = 4096

func (l *EventLoop) reportUnretrieved(th *Thread, list []*Future) {
	for _, f := range list {
		if !f.logged {
			continue
		}
		f.logged = false
		d := NewDict()
		d.SetName("message", MkStr(typeName(object(f))+" exception was never retrieved"))
		d.SetName("exception", object(f.exc))
		d.SetName("future", object(f))
		if s := f.sourceTraceback(); !s.IsNone() {
			d.SetName("source_traceback", s)
		}
		if err := th.CallExceptionHandler(l, d); err != nil {
			th.unraisable(err)
		}
	}
}

// reportLeft reports what a loop leaves behind: exceptions that nobody retrieved, tasks that still wait.
func (l *EventLoop) reportLeft(th *Thread) {
	failed := l.failed
	l.failed = nil
	l.reportUnretrieved(th, failed)
	tasks := l.Tasks()
	l.tasks = nil
	for _, t := range tasks {
		t.indexed = false
		if !t.quiet {
			l.reportPending(th, t)
		}
	}
}

// reportPending reports a task that will never be done.
func (l *EventLoop) reportPending(th *Thread, t *Task) {
	d := NewDict()
	d.SetName("task", object(t))
	d.SetName("message", MkStr("Task was destroyed but it is pending!"))
	if s := t.sourceTraceback(); !s.IsNone() {
		d.SetName("source_traceback", s)
	}
	if err := th.CallExceptionHandler(l, d); err != nil {
		th.unraisable(err)
	}
}

// ReportLoops reports, at the end of a program, what its loops leave behind.
func (th *Thread) ReportLoops() {
	all := th.in.loops.all
	th.in.loops.all = nil
	for _, l := range all {
		l.reportLeft(th)
	}
}

// extractStack returns the stack of the running script, for debug mode: a traceback.StackSummary.
func (th *Thread) extractStack() (Value, *Exc) {
	m, err := th.Import("traceback")
	if err != nil {
		return Value{}, err
	}
	return th.CallMethod(m, "extract_stack")
}

// timedRunner runs a callback in debug mode, where one that takes long is reported.
type timedRunner struct {
	loop *EventLoop
	r    loop.Runner
}

// Run runs the callback.
func (t *timedRunner) Run() {
	l := t.loop
	h, isHandle := t.r.(*Handle)
	if isHandle {
		l.current = h
	}
	start := l.L.Time()
	t.r.Run()
	l.current = nil
	took := l.L.Time() - start
	limit, ok := FloatOf(l.slow)
	if i, isInt := AsInt(l.slow); isInt {
		limit, ok = float64(i), true
	}
	if !ok || !l.Debug || took.Seconds() < limit {
		return
	}
	if err := l.reportSlow(t.r, took); err != nil && l.fatal == nil {
		l.Leave(err)
	}
}

func (l *EventLoop) reportSlow(r loop.Runner, took time.Duration) *Exc {
	var what Value
	switch r := r.(type) {
	case *Handle:
		what = object(r)
	case *Task:
		what = object(r)
	default:
		return nil
	}
	s, err := l.th.Repr(what)
	if err != nil {
		return err
	}
	return l.th.callLogger("warning", []Value{MkStr("Executing %s took %.3f seconds"), MkStr(s), MkFloat(took.Seconds())}, nil)
}

// deadlock describes a loop in which nothing can wake the waiting tasks.
func (th *Thread) deadlock(l *EventLoop) *Exc {
	var b strings.Builder
	l.packTasks()
	switch n := len(l.tasks); n {
	case 0:
		b.WriteString("deadlock: the event loop waits for ever: there is no task, no timer and nothing else that could wake it")
	case 1:
		b.WriteString("deadlock: nothing can wake the task that waits:")
	default:
		fmt.Fprintf(&b, "deadlock: nothing can wake the %d tasks that wait:", n)
	}
	for i, t := range l.tasks {
		if i == maxDeadlocked {
			fmt.Fprintf(&b, "\n  ... and %d more", len(l.tasks)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %s%s awaits %s", t.Name(), t.place(), t.awaited(th))
	}
	return NewExc(deadlockError, MkStr(b.String()))
}

// maxDeadlocked is how many tasks the message about a deadlock names.
const maxDeadlocked = 20

// place returns where the task waits: " at FILE:LINE in NAME()".
func (t *Task) place() string {
	if t.coro == nil || t.coro.state != coroSuspended {
		return ""
	}
	for f := t.coro.top(); f != nil; f = f.back {
		if f.isScript() && f.code.Source != nil {
			return fmt.Sprintf(" at %s:%d in %s()", f.code.Source.Name, f.code.lineOf(f.pc()), f.code.Name)
		}
	}
	return ""
}

// awaited describes what the task waits for.
func (t *Task) awaited(th *Thread) string {
	w := t.waiter()
	if w.IsNone() {
		return "nothing"
	}
	if other, ok := AsTask(w); ok {
		return "the task " + other.Name()
	}
	return th.reprOr(w)
}

// dropGen closes an async generator that nothing refers to any more, in a task of its own.
func (l *EventLoop) dropGen(th *Thread, gen *Coro) {
	l.gens = slices.DeleteFunc(l.gens, func(g *Coro) bool { return g == gen })
	if l.closed {
		return
	}
	l.Call(func(th *Thread) {
		aclose, err := th.athrow(gen, nil)
		if err == nil {
			_, err = th.CallMethod(object(l), "create_task", aclose)
		}
		if err != nil {
			th.Unraisable(err, "", object(gen))
		}
	})
}

// firstIter remembers an async generator that begins, to close it at the end of the loop. The list is
// swept of those that have ended when it is full.
func (l *EventLoop) firstIter(th *Thread, gen Value) *Exc {
	if l.gensDone {
		w := NewExc(ResourceWarning, MkStr(fmt.Sprintf("asynchronous generator %s was scheduled after loop.shutdown_asyncgens() call", th.reprOr(gen))))
		if err := th.WarnExplicit(w, th.WarnPlaceOf(1), object(l)); err != nil {
			return err
		}
	}
	if len(l.gens) == cap(l.gens) {
		live := l.gens[:0]
		for _, g := range l.gens {
			if g.state != coroClosed {
				live = append(live, g)
			}
		}
		clear(l.gens[len(live):])
		l.gens = live
		if cap(live) < 64 || len(live) > cap(live)/2 {
			l.gens = append(make([]*Coro, 0, max(64, 2*cap(live))), live...)
		}
	}
	l.gens = append(l.gens, (*Coro)(gen.p))
	return nil
}
