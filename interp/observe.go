package interp

// This file defines Observer, by which a run is watched, and what it may ask of what it sees.

import (
	"unsafe"

	"aio/loop"
)

// Observer is told what the tasks of a program do. Its methods are called by the thread that runs script
// code at that moment; they may look at what they get, and must not change it or run script code.
type Observer interface {
	// LoopMade is told of a new loop, and returns the hooks that watch it.
	LoopMade(l *EventLoop) *loop.Tracer
	// TaskMade is told of a new task, before its first step is queued.
	TaskMade(th *Thread, t *Task)
	// TaskNamed is told that a task got another name.
	TaskNamed(t *Task)
	// StepBegins and StepEnds enclose a step. thrown is what the step raises in the coroutine, nil for nothing;
	// cancelled says that the coroutine gets a CancelledError, by thrown or from the future that it awaited.
	StepBegins(t *Task, thrown *Exc, cancelled bool)
	StepEnds(t *Task)
	// FutureDone and FutureTold enclose the waking of those who wait for a future, or a task, that is done.
	FutureDone(th *Thread, f *Future)
	FutureTold(f *Future)
	// CancelRequested is told of a call of a task's method cancel; msg may be unbound.
	CancelRequested(th *Thread, t *Task, msg Value)
	// Printed is told what print writes to stdout.
	Printed(text string)
}

// Observe makes o, or with nil nobody, the observer from now on; it is not told of the loops that there are.
// It must not be called while a task runs.
func (in *Interp) Observe(o Observer) { in.cfg.Observer = o }

// Position is a place in the source: the expression that an instruction belongs to. It can be compared.
type Position struct {
	Code *Code
	PC   int
}

// File returns the name of the source.
func (p Position) File() string { return p.Code.Source.Name }

// Start returns where the expression begins: its line, from 1, and its column, from 0, in characters.
func (p Position) Start() (line, col int) { return p.Code.Source.Position(p.Code.SpanOf(p.PC).Start) }

// Text returns the expression as the source has it, its first line only; "" when the source is gone.
func (p Position) Text() string {
	line, col := p.Start()
	text := []rune(p.Code.Source.LineText(line))
	end := len(text)
	if endLine, endCol := p.Code.Source.Position(p.Code.SpanOf(p.PC).End); endLine == line {
		end = min(end, endCol)
	}
	if col >= end {
		return ""
	}
	return string(text[col:end])
}

func (f *Frame) position() Position { return Position{f.code, f.pc()} }

// hasPosition reports whether f runs code of a script whose source is known.
func (f *Frame) hasPosition() bool { return f.isScript() && f.code.Source != nil }

// Where returns where the thread is, false when no script code runs.
func (th *Thread) Where() (Position, bool) {
	for f := th.frame; f != nil; f = f.back {
		if f.hasPosition() {
			return f.position(), true
		}
	}
	return Position{}, false
}

// AwaitChain calls yield with where a suspended task waits: the innermost await first, the coroutine of
// the task last. It does not when the task has not started, or is done.
func (t *Task) AwaitChain(yield func(Position) bool) {
	if t.coro == nil || t.coro.state != coroSuspended {
		return
	}
	for f := t.coro.top(); f != nil; f = f.back {
		if f.hasPosition() && !yield(f.position()) {
			return
		}
	}
}

// ID returns the number of the task, unique in its interpreter; 0 for a task whose creator gave it a name
// before it had one.
func (t *Task) ID() uint64 { return t.id }

// IsTask returns the task that the future is, nil when it is none.
func (f *Future) IsTask() *Task {
	if shapeOf(object(f)).typ.layout == layoutTask {
		return (*Task)(ptr(f))
	}
	return nil
}

// Failure returns the exception of a failed future, nil for none. It does not count as retrieved.
func (f *Future) Failure() *Exc { return f.exc }

// Outcome returns the result of a future that is done without an exception, None otherwise.
func (f *Future) Outcome() Value {
	if f.state != futureFinished || f.exc != nil || f.result.IsUnbound() {
		return None
	}
	return f.result
}

// WokenTask returns the task whose step a queued callback is, nil for another callback.
func WokenTask(r loop.Runner) *Task {
	switch r := r.(type) {
	case *Task:
		return r
	case *timedRunner:
		return WokenTask(r.r)
	}
	return nil
}

// TimedFuture returns the future that a queued callback or a timer ends, nil for none.
func TimedFuture(r loop.Runner) *Future {
	if s, ok := r.(*sleepFuture); ok {
		return &s.Future
	}
	return nil
}

// IsPlain reports whether making the repr of v runs no script code: None, a bool, a number, a str or bytes.
func IsPlain(v Value) bool {
	switch shapeOf(v) {
	case noneShape, boolShape, intShape, floatShape, complexShape, strShape, bytesShape:
		return true
	}
	return false
}

// CoroName returns the qualified name of the task's coroutine, that of its class when a script made the
// object itself.
func (t *Task) CoroName() string {
	if t.coro != nil {
		return t.coro.QualName()
	}
	return typeName(t.CoroObject())
}

// RunnerName returns what a queued callback or a timer will do, in a few words; it runs no script code.
func RunnerName(r loop.Runner) string {
	switch r := r.(type) {
	case *timedRunner:
		return RunnerName(r.r)
	case *Handle:
		return callableName(r.fn)
	case *TimerHandle:
		return callableName(r.fn)
	case *sleepFuture:
		return "end of a sleep"
	case *watched:
		return (*Watcher)(unsafe.Pointer(r.waiter)).Name
	}
	return "callback of the loop"
}

// callableName returns the qualified name of a function or method, the name of the class of another object.
func callableName(fn Value) string {
	if fn.IsUnbound() {
		return "nothing: it was cancelled"
	}
	switch shapeOf(fn) {
	case functionShape:
		return (*Function)(fn.p).qualName.s
	case boundMethodShape:
		return callableName((*BoundMethod)(fn.p).fn)
	}
	if f, ok := asBuiltin(fn); ok {
		return f.name.s
	}
	return typeName(fn)
}

// Origin returns where the exception was raised, false when no script code raised it.
func (e *Exc) Origin() (Position, bool) {
	var last *Traceback
	for tb := e.tb; tb != nil; tb = tb.next {
		if tb.code != nil && tb.code.Source != nil && !tb.code.stub && !tb.code.native {
			last = tb
		}
	}
	if last == nil {
		return Position{}, false
	}
	return Position{last.code, last.pc}, true
}
