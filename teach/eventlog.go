// Package teach shows what a program did: the event log, and what is made from it.
package teach

// This file defines EventLog: what the tasks, timers and callbacks of a program did, as JSON Lines. The
// format is described in docs/trace.md.

import (
	"bufio"
	"io"
	"sync"
	"time"

	"aio/interp"
	"aio/loop"
)

// LogVersion is the version of the format. It rises when a field or an event changes its meaning; new fields
// and events do not change it.
const LogVersion = 1

// EventLog writes the log of one interpreter, whose Config.Observer it is. It is safe for use by the
// goroutines of an interpreter.
type EventLog struct {
	mu      sync.Mutex // guards all below: completions are opened by any goroutine
	w       *bufio.Writer
	err     error // the first of writing
	line    lineWriter
	clock   loop.Clock
	virtual bool
	start   time.Time
	seq     uint64
	loops   uint64
	running []actor // who runs, the innermost last
	ids     map[any]uint64
	last    map[string]uint64 // the last number given, by kind
	tasks   map[*interp.Task]*taskRecord
	places  map[interp.Position][]byte // as JSON
	done    []actor                    // futures whose waiters are being woken, the innermost last
}

// actor is who causes events: a task, a timer, a callback, a completion, or, with kind "", the program itself.
type actor struct {
	kind string
	id   uint64
}

// taskRecord is what the log remembers of a task that is not done.
type taskRecord struct {
	steps     uint64
	requested bool  // its cancellation is requested, and was not delivered yet
	cancelled bool  // the requested CancelledError was raised in it
	by        actor // who requested it
}

// NewEventLog returns a log that is written to w. The clock is the interpreter's. args are the program and
// its arguments.
func NewEventLog(w io.Writer, clock loop.Clock, args []string) *EventLog {
	g := &EventLog{
		w: bufio.NewWriterSize(w, 1<<16), clock: clock, virtual: clock.Jumps(), start: time.Now(),
		ids: map[any]uint64{}, last: map[string]uint64{}, tasks: map[*interp.Task]*taskRecord{},
		places: map[interp.Position][]byte{},
	}
	g.begin("log")
	g.line.integer("version", LogVersion)
	if g.virtual {
		g.line.text("clock", "virtual")
	} else {
		g.line.text("clock", "real")
		g.line.text("started", g.start.UTC().Format(time.RFC3339Nano))
	}
	g.line.strings("argv", args)
	g.end()
	return g
}

// Close writes what is buffered. Errors: the first that writing met.
func (g *EventLog) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("end")
	g.end()
	if err := g.w.Flush(); g.err == nil {
		g.err = err
	}
	return g.err
}

// begin starts the line of an event: its number and its times.
func (g *EventLog) begin(event string) {
	g.seq++
	g.line.open()
	g.line.integer("n", g.seq)
	g.line.seconds("t", g.clock.Now())
	if !g.virtual {
		g.line.seconds("real", time.Since(g.start))
	}
	g.line.text("event", event)
}

// end writes the line.
func (g *EventLog) end() {
	if _, err := g.w.Write(g.line.close()); err != nil && g.err == nil {
		g.err = err
	}
}

// by adds who caused the event.
func (g *EventLog) by() {
	if n := len(g.running); n > 0 {
		g.line.ref("by", g.running[n-1].kind, g.running[n-1].id)
	}
}

// id returns the number of a thing of a kind; things are numbered as they are met.
func (g *EventLog) id(kind string, x any) uint64 {
	n, ok := g.ids[x]
	if !ok {
		g.last[kind]++
		n = g.last[kind]
		g.ids[x] = n
	}
	return n
}

// taskID returns the number of a task, that of its default name. A task that has none of its own gets one
// from a thousand million on.
func (g *EventLog) taskID(t *interp.Task) uint64 {
	if n := t.ID(); n != 0 {
		return n
	}
	return 1e9 + g.id("named task", t)
}

// LoopMade is told of a new loop.
func (g *EventLog) LoopMade(l *interp.EventLoop) *loop.Tracer {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.loops++
	number := g.loops
	g.begin("loop_made")
	g.line.integer("loop", number)
	g.end()
	return &loop.Tracer{
		Ready:               func(r loop.Runner) { g.scheduled(number, r, "call_soon") },
		Posted:              func(r loop.Runner) { g.scheduled(number, r, "thread") },
		TimerSet:            g.timerSet,
		TimerFired:          g.timerFired,
		TimerCancelled:      g.timerCancelled,
		PendingOpened:       g.pendingOpened,
		CompletionDelivered: g.completionDelivered,
		TurnBegin:           func(turn uint64, batch int) { g.turn(number, turn, batch) },
		Wait:                func(until time.Duration) { g.wait(number, until) },
		RunBegin:            g.runBegins,
		RunEnd:              g.runEnds,
	}
}

func (g *EventLog) turn(number, turn uint64, batch int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("turn")
	g.line.integer("loop", number)
	g.line.integer("turn", turn)
	g.line.integer("batch", uint64(batch))
	g.end()
}

func (g *EventLog) wait(number uint64, until time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("wait")
	g.line.integer("loop", number)
	if until != loop.Forever {
		g.line.seconds("until", until)
	}
	g.end()
}

// scheduled is told what was queued: a step of a task, with what woke it, or a callback; cause is that of a
// callback whose queueing no future has caused.
func (g *EventLog) scheduled(number uint64, r loop.Runner, cause string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("scheduled")
	g.line.integer("loop", number)
	if t := interp.WokenTask(r); t != nil {
		g.line.integer("task", g.taskID(t))
		g.cause(t)
	} else {
		g.line.integer("callback", g.id("callback", r))
		g.line.text("does", interp.RunnerName(r))
		if n := len(g.done); n > 0 {
			g.line.ref("cause", g.done[n-1].kind, g.done[n-1].id)
		} else {
			g.line.text("cause", cause)
		}
	}
	g.by()
	g.end()
}

// cause adds why the task was queued.
func (g *EventLog) cause(t *interp.Task) {
	f, waits := interp.AsFuture(t.WaitsFor())
	rec := g.tasks[t]
	switch {
	case rec == nil || rec.steps == 0:
		g.line.text("cause", "made")
	case waits && f.Done():
		kind, id := g.futureRef(f)
		g.line.ref("cause", kind, id)
	case !t.WaitsFor().IsNone():
		g.line.text("cause", "future-like object")
	default:
		g.line.text("cause", "yield")
	}
}

// futureRef returns what a future is called in the log.
func (g *EventLog) futureRef(f *interp.Future) (kind string, id uint64) {
	if t := f.IsTask(); t != nil {
		return "task", g.taskID(t)
	}
	return "future", g.id("future", f)
}

func (g *EventLog) timerSet(t *loop.Timer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("timer_set")
	g.line.integer("timer", g.id("timer", t))
	g.line.seconds("due", t.When)
	if f := interp.TimedFuture(t.R); f != nil {
		g.line.integer("future", g.id("future", f))
	} else {
		g.line.text("does", interp.RunnerName(t.R))
	}
	g.by()
	g.end()
}

func (g *EventLog) timerFired(t *loop.Timer, r loop.Runner) {
	g.mu.Lock()
	defer g.mu.Unlock()
	id := g.id("timer", t)
	delete(g.ids, t)
	g.begin("timer_fired")
	g.line.integer("timer", id)
	g.end()
	g.begin("scheduled")
	g.line.integer("callback", g.id("callback", r))
	g.line.text("does", interp.RunnerName(r))
	g.line.ref("cause", "timer", id)
	g.end()
}

func (g *EventLog) timerCancelled(t *loop.Timer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("timer_cancelled")
	g.line.integer("timer", g.id("timer", t))
	delete(g.ids, t)
	g.by()
	g.end()
}

func (g *EventLog) pendingOpened(c *loop.Completion) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("completion_pending")
	g.line.integer("completion", g.id("completion", c))
	g.by()
	g.end()
}

func (g *EventLog) completionDelivered(c *loop.Completion, r loop.Runner) {
	g.mu.Lock()
	defer g.mu.Unlock()
	id := g.id("completion", c)
	delete(g.ids, c)
	g.begin("completion_delivered")
	g.line.integer("completion", id)
	g.end()
	if r == nil {
		return
	}
	g.begin("scheduled")
	g.line.integer("callback", g.id("callback", r))
	g.line.text("does", interp.RunnerName(r))
	g.line.ref("cause", "completion", id)
	g.end()
}

// runBegins and runEnds enclose a callback; the steps of tasks have StepBegins and StepEnds.
func (g *EventLog) runBegins(r loop.Runner) {
	if interp.WokenTask(r) != nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	id := g.id("callback", r)
	g.begin("callback_begin")
	g.line.integer("callback", id)
	g.line.text("does", interp.RunnerName(r))
	g.end()
	g.running = append(g.running, actor{"callback", id})
}

func (g *EventLog) runEnds(r loop.Runner) {
	if interp.WokenTask(r) != nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("callback_end")
	g.line.integer("callback", g.id("callback", r))
	delete(g.ids, r)
	g.end()
	g.leave("callback")
}

// leave ends the innermost actor of a kind, and those above it that an error has left behind.
func (g *EventLog) leave(kind string) {
	for n := len(g.running); n > 0; n-- {
		if g.running[n-1].kind == kind {
			g.running = g.running[:n-1]
			return
		}
	}
}

// TaskMade is told of a new task.
func (g *EventLog) TaskMade(th *interp.Thread, t *interp.Task) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rec := &taskRecord{}
	g.tasks[t] = rec
	g.begin("task_made")
	g.line.integer("task", g.taskID(t))
	g.line.text("name", t.Name())
	g.line.text("coro", t.CoroName())
	g.by()
	if p, ok := th.Where(); ok {
		g.line.key("at")
		g.place(p)
	}
	g.end()
}

// TaskNamed is told that a task got another name.
func (g *EventLog) TaskNamed(t *interp.Task) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.tasks[t] == nil {
		return // it is being made
	}
	g.begin("task_named")
	g.line.integer("task", g.taskID(t))
	g.line.text("name", t.Name())
	g.by()
	g.end()
}

// StepBegins is told that a task is going to run.
func (g *EventLog) StepBegins(t *interp.Task, thrown *interp.Exc, cancelled bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rec := g.record(t)
	rec.steps++
	id := g.taskID(t)
	if cancelled && rec.requested {
		rec.requested, rec.cancelled = false, true
		g.begin("cancel_delivered")
		g.line.integer("task", id)
		g.requester(rec)
		g.end()
	}
	g.begin("step_begin")
	g.line.integer("task", id)
	g.line.integer("step", rec.steps)
	if thrown != nil {
		g.line.text("raises", thrown.Type().Name)
	}
	g.end()
	g.running = append(g.running, actor{"task", id})
}

// record returns what is remembered of a task.
func (g *EventLog) record(t *interp.Task) *taskRecord {
	rec := g.tasks[t]
	if rec == nil {
		rec = &taskRecord{}
		g.tasks[t] = rec
	}
	return rec
}

// StepEnds is told that a task waits, has yielded, or is done.
func (g *EventLog) StepEnds(t *interp.Task) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.leave("task")
	g.begin("step_end")
	g.line.integer("task", g.taskID(t))
	switch {
	case t.Done():
		g.line.text("outcome", "done")
		g.end()
		delete(g.tasks, t)
		delete(g.ids, t)
		return
	case t.WaitsFor().IsNone():
		g.line.text("outcome", "yielded")
	default:
		g.line.text("outcome", "suspended")
		g.awaiting(t.WaitsFor())
	}
	n := 0
	for p := range t.AwaitChain {
		if n == 0 {
			g.line.key("chain")
			g.line.openList()
		}
		g.place(p)
		n++
	}
	if n > 0 {
		g.line.closeList()
	}
	g.end()
}

// awaiting adds what a suspended task waits for.
func (g *EventLog) awaiting(v interp.Value) {
	f, ok := interp.AsFuture(v)
	if !ok {
		g.line.text("awaits", "future-like object")
		return
	}
	kind, id := g.futureRef(f)
	g.line.ref("awaits", kind, id)
	if until, ok := f.Sleeping(); ok {
		g.line.seconds("until", until)
	}
	if members := f.Members(); members != nil {
		g.line.key("gathers")
		g.line.openList()
		for _, f := range members {
			kind, id := g.futureRef(f)
			g.line.object(kind, id)
		}
		g.line.closeList()
	}
}

// place writes a place in the source as an object. A program has few places: each is made once.
func (g *EventLog) place(p interp.Position) {
	text, ok := g.places[p]
	if !ok {
		var w lineWriter
		line, col := p.Start()
		w.begin()
		w.text("file", p.File())
		w.integer("line", uint64(line))
		w.integer("col", uint64(col+1))
		w.text("in", p.Code.QualName)
		if s := p.Text(); s != "" {
			w.text("text", s)
		}
		w.finish()
		text = w.b
		g.places[p] = text
	}
	g.line.made(text)
}

// FutureDone is told that a future, or a task, has its result.
func (g *EventLog) FutureDone(th *interp.Thread, f *interp.Future) {
	g.mu.Lock()
	defer g.mu.Unlock()
	kind, id := g.futureRef(f)
	g.done = append(g.done, actor{kind, id})
	if t := f.IsTask(); t != nil {
		if rec := g.tasks[t]; rec != nil && rec.cancelled && !f.Cancelled() && t.Cancelling() > 0 {
			g.begin("cancel_swallowed")
			g.line.integer("task", id)
			g.requester(rec)
			g.end()
		}
		g.begin("task_done")
	} else {
		g.begin("future_done")
	}
	g.line.integer(kind, id)
	switch e := f.Failure(); {
	case f.Cancelled():
		g.line.text("state", "cancelled")
	case e != nil:
		g.line.text("state", "failed")
		g.line.text("exception", e.Type().Name)
		if args := e.Args(); len(args) == 1 && interp.IsPlain(args[0]) {
			if s, err := th.Str(args[0]); err == nil {
				g.line.text("message", s)
			}
		}
		if p, ok := e.Origin(); ok {
			g.line.key("at")
			g.place(p)
		}
	default:
		g.line.text("state", "finished")
		g.result(th, f.Outcome())
	}
	g.by()
	g.end()
}

// result adds a result whose repr runs no script code; of another one its type.
func (g *EventLog) result(th *interp.Thread, v interp.Value) {
	if v.IsNone() {
		return
	}
	if interp.IsPlain(v) {
		if s, err := th.ShortRepr(v); err == nil {
			g.line.text("result", s)
			return
		}
	}
	g.line.text("result_type", interp.TypeOf(v).Name)
}

// FutureTold is told that those who waited for the future are woken: nothing more happens to it.
func (g *EventLog) FutureTold(f *interp.Future) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.done = g.done[:len(g.done)-1]
	delete(g.ids, f)
}

// requester adds who asked a task to be cancelled.
func (g *EventLog) requester(rec *taskRecord) {
	if rec.by.kind != "" {
		g.line.ref("requested_by", rec.by.kind, rec.by.id)
	}
}

// CancelRequested is told of a call of Task.cancel.
func (g *EventLog) CancelRequested(th *interp.Thread, t *interp.Task, msg interp.Value) {
	g.mu.Lock()
	defer g.mu.Unlock()
	rec := g.record(t)
	rec.requested, rec.by = true, actor{}
	if n := len(g.running); n > 0 {
		rec.by = g.running[n-1]
	}
	g.begin("cancel_requested")
	g.line.integer("task", g.taskID(t))
	if s, ok := interp.StrOf(msg); ok {
		g.line.text("message", s)
	}
	g.by()
	if p, ok := th.Where(); ok {
		g.line.key("at")
		g.place(p)
	}
	g.end()
}

// Printed is told what print writes to stdout.
func (g *EventLog) Printed(text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin("print")
	g.line.text("text", text)
	g.by()
	g.end()
}
