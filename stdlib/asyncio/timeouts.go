package asyncio

// This file defines timeout, timeout_at and Timeout.

import (
	"strconv"
	"sync"

	"aio/interp"
	"aio/loop"
)

var timeoutType = interp.NewLibraryType("asyncio.timeouts", "Timeout", nil)

var timeoutsModule = &submodule{
	name: "timeouts", doc: "Context managers that limit the time spent on waiting.",
	types: []*interp.Type{timeoutType},
	funcs: []interp.Builtin{
		{Sig: "timeout(delay)", Doc: "Timeout async context manager.\n\nUseful in cases when you want to apply timeout logic around block of code. delay is in seconds; None\ndisables the timeout. The code inside is cancelled, and TimeoutError raised in its place.", Fn: newTimeoutAfter},
		{Sig: "timeout_at(when)", Doc: "Schedule the timeout at absolute time.\n\nLike timeout() but argument gives absolute time in the same clock system as loop.time().", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.NewNative(timeoutType, &timeout{when: a[0]}), nil
		}},
	},
	init: func(*interp.Thread, *interp.Module) *interp.Exc {
		setupTimeout()
		return nil
	},
}

// timeoutState is where a Timeout stands.
type timeoutState uint8

const (
	timeoutCreated timeoutState = iota
	timeoutActive
	timeoutExpiring // the task was cancelled, and is on its way out
	timeoutExpired
	timeoutFinished
)

var timeoutStates = [...]string{"created", "active", "expiring", "expired", "finished"}

// timeout is the data of a Timeout.
type timeout struct {
	when       interp.Value // None: never
	state      timeoutState
	task       *interp.Task
	loop       *interp.EventLoop
	cancelling int // requests to cancel the task that came before
	timer      loop.Timer
	overdue    *overdue // queued because the time was past already; nil: none
}

func timeoutOf(v interp.Value) *timeout {
	t, _ := interp.NativeData[*timeout](v)
	return t
}

// overdue is the queued expiry of a timeout whose time was past when it was set.
type overdue struct{ t *timeout }

// Run expires the timeout, unless it was stopped or set again meanwhile.
func (o *overdue) Run() {
	if o.t.overdue == o {
		o.t.overdue = nil
		o.t.Run()
	}
}

// Run expires the timeout: its task is cancelled.
func (t *timeout) Run() {
	th := t.loop.Thread()
	t.state = timeoutExpiring
	if _, err := t.task.Cancel(th, interp.None); err != nil {
		t.loop.CallbackFailed(th, err)
	}
}

func (t *timeout) stop() {
	t.loop.L.StopTimer(&t.timer)
	t.overdue = nil
}

// schedule sets the time at which it expires.
func (t *timeout) schedule(th *interp.Thread, when interp.Value) *interp.Exc {
	t.stop()
	t.when = when
	if when.IsNone() {
		return nil
	}
	seconds, err := th.Float(when)
	if err != nil {
		return err
	}
	due := interp.LoopTime(seconds)
	if due <= t.loop.L.Time() {
		t.overdue = &overdue{t}
		t.loop.L.Ready(t.overdue)
		return nil
	}
	t.loop.L.StartTimer(&t.timer, due, t)
	return nil
}

func newTimeoutAfter(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := runningEventLoop(th)
	if err != nil {
		return interp.Value{}, err
	}
	when := interp.None
	if !a[0].IsNone() {
		now := interp.MkFloat(l.L.Time().Seconds())
		if when, err = th.Binary(interp.BinAdd, now, a[0]); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.NewNative(timeoutType, &timeout{when: when}), nil
}

func enterTimeout(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	t := timeoutOf(a[0])
	if t.state != timeoutCreated {
		return interp.None, true, interp.RuntimeErrorf("Timeout has already been entered")
	}
	task := th.CurrentTask()
	if task == nil {
		return interp.None, true, interp.RuntimeErrorf("Timeout should be used inside a task").
			WithHint("asyncio.run(coroutine) and asyncio.create_task(coroutine) make tasks")
	}
	t.state, t.task, t.loop, t.cancelling = timeoutActive, task, task.Loop(), task.Cancelling()
	return a[0], true, t.schedule(th, t.when)
}

func exitTimeout(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	t := timeoutOf(a[0])
	if t.state != timeoutActive && t.state != timeoutExpiring {
		return interp.None, true, interp.NewExc(interp.AssertionError)
	}
	t.stop()
	if t.state == timeoutActive {
		t.state = timeoutFinished
		return interp.None, true, nil
	}
	t.state = timeoutExpired
	if t.task.Uncancel() <= t.cancelling && interp.Is(a[1], interp.CancelledError().Value()) {
		// Nobody else has asked for the task to be cancelled.
		cause, _ := interp.AsExc(a[2])
		return interp.None, true, interp.NewExc(interp.TimeoutError).WithCause(cause)
	}
	return interp.None, true, nil
}

func reschedule(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t := timeoutOf(a[0])
	switch t.state {
	case timeoutActive:
		return interp.None, t.schedule(th, a[1])
	case timeoutCreated:
		return interp.Value{}, interp.RuntimeErrorf("Timeout has not been entered")
	}
	return interp.Value{}, interp.RuntimeErrorf("Cannot change state of %s Timeout", timeoutStates[t.state])
}

func reprTimeout(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	t := timeoutOf(v)
	s := "<Timeout [" + timeoutStates[t.state] + "]"
	if t.state == timeoutActive {
		when := t.when
		if f, ok := interp.AsFloat(when); ok {
			rounded, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'f', 3, 64), 64)
			when = interp.MkFloat(rounded)
		}
		text, err := th.Repr(when)
		if err != nil {
			return "", err
		}
		s += " when=" + text
	}
	return s + ">", nil
}

var setupTimeout = sync.OnceFunc(func() {
	timeoutType.Doc = "Asynchronous context manager for cancelling overdue coroutines.\n\nUse `timeout()` or `timeout_at()` rather than instantiating this class directly."
	timeoutType.SetNew("Timeout(when)", func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		cls, _ := interp.AsType(a[0])
		return interp.NewNative(cls, &timeout{when: a[1]}), nil
	})
	timeoutType.AddAsyncMethods([]interp.AsyncBuiltin{
		{Sig: "__aenter__()", Doc: "Start the time.", Ready: enterTimeout},
		{Sig: "__aexit__(exc_type, exc_val, exc_tb)", Doc: "Stop the time. Raise TimeoutError if it was up.", Ready: exitTimeout},
	})
	timeoutType.Setup(&interp.Protocol{Repr: reprTimeout}, []interp.Builtin{
		{Sig: "when()", Doc: "Return the current deadline.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return timeoutOf(a[0]).when, nil
		}},
		{Sig: "reschedule(when)", Doc: "Reschedule the timeout.", Fn: reschedule},
		{Sig: "expired()", Doc: "Is timeout expired during execution?", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			s := timeoutOf(a[0]).state
			return interp.MkBool(s == timeoutExpiring || s == timeoutExpired), nil
		}},
	}, nil)
})
