package asyncio

// This file defines the functions that make tasks and futures: create_task, gather, shield, sleep ...

import "aio/interp"

var tasksModule = &submodule{
	name: "tasks", doc: "Support for tasks, coroutines and the scheduler.",
	funcs: []interp.Builtin{
		{Sig: "create_task(coro, *, name=None, context=None)", Doc: "Schedule the execution of a coroutine object in a spawn task. Return a Task object.", Fn: createTask},
		{Sig: "as_completed(fs, *, timeout=None)", Doc: "Return an iterator whose values are coroutines.", Fn: asCompleted},
		{Sig: "gather(*coros_or_futures, return_exceptions=False)", Doc: "Return a future aggregating results from the given coroutines/futures.", Fn: gather},
		{Sig: "shield(arg)", Doc: "Wait for a future, shielding it from cancellation.", Fn: shield},
		{Sig: "ensure_future(coro_or_future, *, loop=None)", Doc: "Wrap a coroutine or an awaitable in a future.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.EnsureFuture(a[0], a[1])
		}},
		{Sig: "run_coroutine_threadsafe(coro, loop)", Doc: "Submit a coroutine object to a given event loop. Return a concurrent.futures.Future to access the result.", Fn: runCoroutineThreadsafe},
		{Sig: "current_task(loop=None)", Doc: "Return a currently executed task.", Fn: currentTask},
		{Sig: "all_tasks(loop=None)", Doc: "Return a set of all tasks for the loop.", Fn: allTasks},
	},
	async: []interp.AsyncBuiltin{
		{Sig: "sleep(delay, result=None)", Doc: "Coroutine that completes after a given time (in seconds).", Await: sleepAwait, Wait: sleepWait},
		{Sig: "wait(fs, *, timeout=None, return_when='ALL_COMPLETED')", Doc: "Wait for the Futures or Tasks given by fs to complete. Return two sets of Future: (done, pending).", Wait: wait},
		{Sig: "wait_for(fut, timeout)", Doc: "Wait for the single Future or coroutine to complete, with timeout.", Wait: waitFor},
	},
	public: []string{"Task", "create_task", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "wait", "wait_for", "as_completed",
		"sleep", "gather", "shield", "ensure_future", "run_coroutine_threadsafe", "current_task", "all_tasks",
		"_register_task", "_unregister_task", "_enter_task", "_leave_task"},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		_, task := interp.FutureTypes()
		for _, name := range []string{"Task", "_PyTask", "_CTask"} {
			m.Set(name, task.Value())
		}
		m.Set("_GatheringFuture", interp.GatheringType().Value())
		shareIntrospection(m)
		for _, name := range []string{"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"} {
			m.Set(name, interp.MkStr(name))
		}
		return nil
	},
}

var baseTasksModule = &submodule{name: "base_tasks", doc: "How tasks are shown.", public: []string{}}

// runningLoop returns the running loop. Errors: RuntimeError without one.
func runningLoop(th *interp.Thread) (interp.Value, *interp.Exc) {
	if v := th.HostLoopValue(); !v.IsNone() {
		return v, nil
	}
	return interp.Value{}, interp.RuntimeErrorf("no running event loop")
}

// runningEventLoop is runningLoop for what only an EventLoop can do.
func runningEventLoop(th *interp.Thread) (*interp.EventLoop, *interp.Exc) {
	if l := th.HostLoop(); l != nil {
		return l, nil
	}
	return nil, interp.RuntimeErrorf("no running event loop")
}

func createTask(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	loop, err := runningLoop(th)
	if err != nil {
		return interp.Value{}, err
	}
	t, err := th.CreateTask(loop, a[0], interp.None, a[2])
	if err != nil || a[1].IsNone() {
		return t, err
	}
	return t, th.SetTaskName(t, a[1])
}

func gather(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	yes, err := th.Truth(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return th.Gather(items(a[1]), yes)
}

// sleepDelay reads the argument of sleep: give is true for a delay that is not above zero.
func sleepDelay(th *interp.Thread, v interp.Value) (seconds float64, give bool, err *interp.Exc) {
	if i, ok := interp.AsInt(v); ok {
		return float64(i), i <= 0, nil
	}
	if f, ok := interp.AsFloat(v); ok {
		return f, f <= 0, nil
	}
	if give, err = th.CompareBool(interp.CmpLe, v, interp.MkInt(0)); err != nil || give {
		return 0, give, err
	}
	seconds, err = secondsOf(th, v)
	return seconds, false, err
}

// secondsOf reads a delay, which CPython adds to the time of the loop: that is what wrong types fail at.
func secondsOf(th *interp.Thread, v interp.Value) (float64, *interp.Exc) {
	sum, err := th.Binary(interp.BinAdd, interp.MkFloat(0), v)
	if err != nil {
		return 0, err
	}
	return th.Float(sum)
}

// sleepAwait returns what "await sleep(...)" waits for.
func sleepAwait(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	seconds, give, err := sleepDelay(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if give {
		if a[1].IsNone() {
			return interp.YieldOnce, nil
		}
		return interp.Value{}, nil
	}
	l, err := runningEventLoop(th)
	if err != nil {
		return interp.Value{}, err
	}
	f, err := th.NewSleep(l, seconds, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return f.Value(), nil
}

// sleepWait is the body of a coroutine sleep(...).
func sleepWait(th *interp.Thread, a []interp.Value) interp.NativeStep {
	delay, result := a[0], a[1]
	started, gave := false, false
	return func(th *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if started {
			if gave {
				v = result
			}
			return v, interp.NativeDone, err
		}
		started = true
		var seconds float64
		if seconds, gave, err = sleepDelay(th, delay); err != nil {
			return interp.Value{}, interp.NativeDone, err
		}
		if gave {
			return interp.None, interp.NativeYield, nil
		}
		l, err := runningEventLoop(th)
		if err != nil {
			return interp.Value{}, interp.NativeDone, err
		}
		f, err := th.NewSleep(l, seconds, result)
		if err != nil {
			return interp.Value{}, interp.NativeDone, err
		}
		return f.Value(), interp.NativeAwait, nil
	}
}

func shield(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	v, err := th.EnsureFuture(a[0], interp.None)
	if err != nil {
		return interp.Value{}, err
	}
	inner, ok := interp.AsFuture(v)
	if !ok {
		return interp.Value{}, interp.TypeErrorf("an asyncio.Future is required, got %s", th.ReprOr(v))
	}
	if inner.Done() {
		return v, nil
	}
	outer := inner.NewSibling()
	innerDone := &interp.Watcher{Name: "shield.<locals>._inner_done_callback", Done: func(th *interp.Thread, inner *interp.Future) {
		finishShield(th, outer, inner)
	}}
	inner.Watch(th, innerDone)
	outer.Watch(th, &interp.Watcher{Name: "shield.<locals>._outer_done_callback", Done: func(th *interp.Thread, outer *interp.Future) {
		if !inner.Done() {
			inner.Unwatch(innerDone)
		}
	}})
	return outer.Value(), nil
}

// finishShield gives the outer future of a shield what became of the inner one.
func finishShield(th *interp.Thread, outer, inner *interp.Future) {
	switch {
	case outer.Cancelled():
		if !inner.Cancelled() {
			inner.Exception() // it counts as retrieved
		}
	case inner.Cancelled():
		_, _ = outer.Cancel(th, interp.None)
	default:
		outer.CopyResult(th, inner)
	}
}

// runCoroutineThreadsafe is run_coroutine_threadsafe: it makes a future of concurrent.futures.
func runCoroutineThreadsafe(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsCoroutine(a[0]) {
		return interp.Value{}, interp.TypeErrorf("A coroutine object is required")
	}
	m, err := th.Import("concurrent.futures")
	if err != nil {
		return interp.Value{}, err
	}
	future, err := th.CallMethod(m, "Future")
	if err != nil {
		return interp.Value{}, err
	}
	coro, loop := a[0], a[1]
	start := interp.NewBuiltin(&interp.Builtin{Sig: "callback()", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		inner, err := th.EnsureFuture(coro, loop)
		if err == nil {
			err = chainFutures(th, inner, future)
		}
		if err == nil || err.Is(interp.SystemExit) || err.Is(interp.KeyboardInterrupt) {
			return interp.None, err
		}
		if err := failConcurrent(th, future, err); err != nil {
			return interp.Value{}, err
		}
		return interp.Value{}, err
	}}, "asyncio.tasks")
	_, err = th.CallMethod(loop, "call_soon_threadsafe", start)
	return future, err
}
