package asyncio

// This file defines the module runners: asyncio.run and Runner.

import "aio/interp"

var runnersModule = &submodule{
	name: "runners", doc: "Running a main coroutine.",
	types: []*interp.Type{runnerType},
	funcs: []interp.Builtin{
		{Sig: "run(main, *, debug=None)", Doc: "Execute the coroutine and return the result.", Fn: run},
	},
}

// runner is the data of a Runner.
type runner struct {
	debug, factory interp.Value
	loop           interp.Value // unbound before it is made, and when the runner is closed
	context        interp.Value
	closed         bool
	setLoop        bool // set_event_loop was called
	interrupts     int  // since run() began
}

var runnerType = interp.NewLibraryType("asyncio.runners", "Runner", nil).SetNew("Runner(*, debug=None, loop_factory=None)", func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsType(a[0])
	return interp.NewNative(t, &runner{debug: a[1], factory: a[2]}), nil
}).Setup(nil, []interp.Builtin{
	{Sig: "run(coro, *, context=None)", Doc: "Run a coroutine inside the embedded event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return runnerOf(a).run(th, a[1], a[2])
	}},
	{Sig: "close()", Doc: "Shutdown and close event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, runnerOf(a).close(th)
	}},
	{Sig: "get_loop()", Doc: "Return embedded event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		r := runnerOf(a)
		err := r.open(th)
		return r.loop, err
	}},
	{Sig: "__enter__()", Doc: "Make the event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return a[0], runnerOf(a).open(th)
	}},
	{Sig: "__exit__(exc_type, exc_val, exc_tb)", Doc: "Close the event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, runnerOf(a).close(th)
	}},
}, nil)

func runnerOf(a []interp.Value) *runner {
	r, _ := interp.NativeData[*runner](a[0])
	return r
}

func run(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !th.RunningLoopValue().IsNone() {
		return interp.Value{}, interp.RuntimeErrorf("asyncio.run() cannot be called from a running event loop")
	}
	r := &runner{debug: a[1], factory: interp.None}
	err := r.open(th)
	if err != nil {
		return interp.Value{}, err
	}
	v, err := r.run(th, a[0], interp.None)
	if cerr := r.close(th); cerr != nil {
		if err != nil {
			cerr.SetContext(err)
		}
		return interp.Value{}, cerr
	}
	return v, err
}

// open makes the loop, unless there is one.
func (r *runner) open(th *interp.Thread) (err *interp.Exc) {
	switch {
	case r.closed:
		return interp.RuntimeErrorf("Runner is closed")
	case !r.loop.IsUnbound():
		return nil
	}
	var l interp.Value
	if !r.factory.IsNone() {
		l, err = th.Call(r.factory)
	} else if l, err = th.NewLoopByPolicy(); err == nil && !r.setLoop {
		_, err = setEventLoop(th, []interp.Value{l})
		r.setLoop = true
	}
	if err == nil && !r.debug.IsNone() {
		_, err = th.CallMethod(l, "set_debug", r.debug)
	}
	if err != nil {
		return err
	}
	r.loop, r.context = l, th.CopyContext().Value()
	return nil
}

// run is Runner.run.
func (r *runner) run(th *interp.Thread, coro, context interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsCoroutine(coro) {
		return interp.Value{}, interp.ValueErrorf("a coroutine was expected, got %s", th.ReprOr(coro))
	}
	if !th.RunningLoopValue().IsNone() {
		return interp.Value{}, interp.RuntimeErrorf("Runner.run() cannot be called from a running event loop")
	}
	if err := r.open(th); err != nil {
		return interp.Value{}, err
	}
	if context.IsNone() {
		context = r.context
	}
	task, err := th.CreateTask(r.loop, coro, interp.None, context)
	if err != nil {
		return interp.Value{}, err
	}
	r.interrupts = 0
	defer th.Interp().OnInterrupt(func(th *interp.Thread) *interp.Exc { return r.interrupted(th, task) })()
	v, err := th.CallMethod(r.loop, "run_until_complete", task)
	if err != nil && err.Is(interp.CancelledError()) && r.interrupts > 0 {
		if t, ok := interp.AsTask(task); ok && t.Uncancel() == 0 {
			return interp.Value{}, interp.NewExc(interp.KeyboardInterrupt)
		}
	}
	return v, err
}

// interrupted handles an interrupt: the first cancels the main task.
func (r *runner) interrupted(th *interp.Thread, task interp.Value) *interp.Exc {
	r.interrupts++
	if r.interrupts == 1 {
		if done, err := truthOf(th, task, "done"); err != nil {
			return err
		} else if !done {
			_, err := th.CallMethod(task, "cancel")
			return err
		}
	}
	return interp.NewExc(interp.KeyboardInterrupt)
}

// close is Runner.close.
func (r *runner) close(th *interp.Thread) *interp.Exc {
	if r.loop.IsUnbound() || r.closed {
		return nil
	}
	err := r.shutdown(th)
	if r.setLoop {
		if _, serr := setEventLoop(th, []interp.Value{interp.None}); serr != nil && err == nil {
			err = serr
		}
	}
	_, cerr := th.CallMethod(r.loop, "close")
	r.loop, r.closed = interp.Value{}, true
	if err == nil {
		err = cerr
	}
	return err
}

// shutdown ends what the loop still holds: tasks, async generators, the executor.
func (r *runner) shutdown(th *interp.Thread) *interp.Exc {
	if err := cancelAllTasks(th, r.loop); err != nil {
		return err
	}
	for _, name := range []string{"shutdown_asyncgens", "shutdown_default_executor"} {
		coro, err := th.CallMethod(r.loop, name)
		if err != nil {
			return err
		}
		if _, err := th.CallMethod(r.loop, "run_until_complete", coro); err != nil {
			return err
		}
	}
	return nil
}

// cancelAllTasks cancels the tasks of a loop and runs it until they have ended.
func cancelAllTasks(th *interp.Thread, loop interp.Value) *interp.Exc {
	l, ok := interp.AsEventLoop(loop)
	if !ok {
		return nil
	}
	tasks := l.Tasks()
	if len(tasks) == 0 {
		return nil
	}
	list := make([]interp.Value, len(tasks))
	for i, t := range tasks {
		list[i] = t.Value()
		if _, err := t.Cancel(th, interp.None); err != nil {
			return err
		}
	}
	all, err := th.Gather(list, true)
	if err != nil {
		return err
	}
	if _, err := th.CallMethod(loop, "run_until_complete", all); err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Cancelled() {
			continue
		}
		if e := t.Exception(); e != nil {
			d := interp.NewDict()
			d.SetName("message", interp.MkStr("unhandled exception during asyncio.run() shutdown"))
			d.SetName("exception", e.Value())
			d.SetName("task", t.Value())
			if err := th.CallExceptionHandler(l, d); err != nil {
				return err
			}
		}
	}
	return nil
}
