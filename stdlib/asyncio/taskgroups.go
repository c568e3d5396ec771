package asyncio

// This file defines TaskGroup.

import (
	"fmt"
	"sync"

	"aio/interp"
)

var taskGroupType = interp.NewLibraryType("asyncio.taskgroups", "TaskGroup", nil)

var taskgroupsModule = &submodule{
	name: "taskgroups", doc: "Groups of tasks that end together.",
	types: []*interp.Type{taskGroupType},
	init: func(*interp.Thread, *interp.Module) *interp.Exc {
		setupTaskGroup()
		return nil
	},
}

// taskGroup is the data of a TaskGroup.
//
// Invariant: open is the number of the tasks that are not done; those among tasks are found by asking
// them, so that a task's end costs no search.
type taskGroup struct {
	self             interp.Value
	loop             *interp.EventLoop
	parent           *interp.Task // whose step entered it; nil before
	tasks            []interp.Value
	open             int
	watcher          interp.Watcher // of the tasks
	errors           []interp.Value // what tasks raised
	baseError        *interp.Exc    // the first SystemExit or KeyboardInterrupt
	allDone          *interp.Future // set when the last task is done; nil while nobody waits
	exiting          bool
	aborting         bool
	parentCancelled  bool // by us: one request to cancel it is ours
	cancelPropagates *interp.Exc
}

func taskGroupOf(v interp.Value) *taskGroup {
	g, _ := interp.NativeData[*taskGroup](v)
	return g
}

func newTaskGroup(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	cls, _ := interp.AsType(a[0])
	g := &taskGroup{}
	g.self = interp.NewNative(cls, g)
	g.watcher.Name = "TaskGroup._on_task_done()"
	g.watcher.Done = g.taskDone
	return g.self, nil
}

func isBaseError(e *interp.Exc) bool {
	return e.Is(interp.SystemExit) || e.Is(interp.KeyboardInterrupt)
}

func enterTaskGroup(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	g := taskGroupOf(a[0])
	if g.parent != nil {
		return interp.None, true, interp.RuntimeErrorf("TaskGroup %s has already been entered", th.ReprOr(a[0]))
	}
	l, err := runningEventLoop(th)
	if err != nil {
		return interp.None, true, err
	}
	task := th.CurrentTask()
	if task == nil {
		return interp.None, true, interp.RuntimeErrorf("TaskGroup %s cannot determine the parent task", th.ReprOr(a[0]))
	}
	g.loop, g.parent = l, task
	return a[0], true, nil
}

func groupCreateTask(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	g := taskGroupOf(a[0])
	problem := ""
	switch {
	case g.parent == nil:
		problem = "has not been entered"
	case g.exiting && g.open == 0:
		problem = "is finished"
	case g.aborting:
		problem = "is shutting down"
	}
	if problem != "" {
		return interp.Value{}, interp.RuntimeErrorf("TaskGroup %s %s", th.ReprOr(a[0]), problem)
	}
	v, err := th.CreateTask(g.loop.Value(), a[1], interp.None, a[3]) // a task with a name of its own counts too
	if err != nil {
		return interp.Value{}, err
	}
	if err := th.SetTaskName(v, a[2]); err != nil {
		return interp.Value{}, err
	}
	return v, g.add(th, v)
}

// add makes a task one of the group.
func (g *taskGroup) add(th *interp.Thread, v interp.Value) *interp.Exc {
	if len(g.tasks) == cap(g.tasks) {
		g.tasks = g.unfinished(make([]interp.Value, 0, max(4, 2*g.open+1)))
	}
	g.tasks = append(g.tasks, v)
	g.open++
	if f, ok := interp.AsFuture(v); ok {
		f.Watch(th, &g.watcher)
		return nil
	}
	return interp.TypeErrorf("a task factory must return a Task in a TaskGroup, not '%s'", interp.TypeName(v))
}

// unfinished appends the tasks that are not done to list.
func (g *taskGroup) unfinished(list []interp.Value) []interp.Value {
	for _, v := range g.tasks {
		if f, ok := interp.AsFuture(v); ok && !f.Done() {
			list = append(list, v)
		}
	}
	return list
}

// abort cancels the tasks.
func (g *taskGroup) abort(th *interp.Thread) *interp.Exc {
	g.aborting = true
	for _, v := range g.unfinished(nil) {
		f, _ := interp.AsFuture(v)
		if _, err := f.Cancel(th, interp.None); err != nil {
			return err
		}
	}
	return nil
}

// taskDone is called when a task is done: one that failed ends the others, and the block itself.
func (g *taskGroup) taskDone(th *interp.Thread, f *interp.Future) {
	g.open--
	if g.open == 0 && g.allDone != nil && !g.allDone.Done() {
		if err := g.allDone.SetResult(th, interp.True); err != nil {
			g.loop.CallbackFailed(th, err)
		}
	}
	if f.Cancelled() {
		return
	}
	e := f.Exception()
	if e == nil {
		return
	}
	g.errors = append(g.errors, e.Value())
	if g.baseError == nil && isBaseError(e) {
		g.baseError = e
	}
	switch {
	case g.parent.Done():
		g.reportOrphan(th, f, e)
	case !g.aborting && !g.parentCancelled:
		if err := g.abort(th); err != nil {
			g.loop.CallbackFailed(th, err)
			return
		}
		g.parentCancelled = true
		if _, err := g.parent.Cancel(th, interp.None); err != nil {
			g.loop.CallbackFailed(th, err)
		}
	}
}

// reportOrphan tells the exception handler of the loop about a task that failed when the one that
// entered the group had ended already.
func (g *taskGroup) reportOrphan(th *interp.Thread, f *interp.Future, e *interp.Exc) {
	d := interp.NewDict()
	d.SetName("message", interp.MkStr(fmt.Sprintf("Task %s has errored out but its parent task %s is already completed",
		th.ReprOr(f.Value()), th.ReprOr(g.parent.Value()))))
	d.SetName("exception", e.Value())
	d.SetName("task", f.Value())
	if err := th.CallExceptionHandler(g.loop, d); err != nil {
		g.loop.Leave(err)
	}
}

// beginExit is the part of __aexit__ before waiting. exc is what the block raised, nil for nothing.
func (g *taskGroup) beginExit(th *interp.Thread, typ interp.Value, exc *interp.Exc) *interp.Exc {
	g.exiting = true
	if exc != nil && g.baseError == nil && isBaseError(exc) {
		g.baseError = exc
	}
	if interp.Is(typ, interp.CancelledError().Value()) {
		g.cancelPropagates = exc
	}
	if g.parentCancelled && g.parent.Uncancel() == 0 {
		g.cancelPropagates = nil // nobody but us has asked for it
	}
	if !typ.IsNone() && !g.aborting {
		return g.abort(th)
	}
	return nil
}

// endExit is the part of __aexit__ when all tasks are done.
func (g *taskGroup) endExit(typ interp.Value, exc *interp.Exc) *interp.Exc {
	switch {
	case g.baseError != nil:
		return g.baseError
	case g.cancelPropagates != nil && len(g.errors) == 0:
		return g.cancelPropagates
	}
	if exc != nil && !interp.Is(typ, interp.CancelledError().Value()) {
		g.errors = append(g.errors, exc.Value())
	}
	if len(g.errors) == 0 {
		return nil
	}
	errors := g.errors
	g.errors = nil
	return interp.NewExceptionGroup("unhandled errors in a TaskGroup", errors).WithCause(nil)
}

func exitReadyTaskGroup(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	g := taskGroupOf(a[0])
	if g.open > 0 {
		return interp.None, false, nil
	}
	exc, _ := interp.AsExc(a[2])
	if err := g.beginExit(th, a[1], exc); err != nil {
		return interp.None, true, err
	}
	return interp.None, true, g.endExit(a[1], exc)
}

// exitTaskGroup waits until all tasks are done. Being cancelled meanwhile does not end the wait, but the
// tasks.
func exitTaskGroup(_ *interp.Thread, a []interp.Value) interp.NativeStep {
	g, typ := taskGroupOf(a[0]), a[1]
	exc, _ := interp.AsExc(a[2])
	begun := false
	return func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		switch {
		case !begun && err == nil:
			begun = true
			err = g.beginExit(th, typ, exc)
		case cancelled(err):
			if !g.aborting {
				g.cancelPropagates = err
				err = g.abort(th)
			} else {
				err = nil
			}
		}
		if err != nil {
			return fail(err)
		}
		if g.open == 0 {
			g.allDone = nil
			return end(interp.None, g.endExit(typ, exc))
		}
		g.allDone = interp.NewFuture(g.loop)
		return g.allDone.Value(), interp.NativeAwait, nil
	}
}

func reprTaskGroup(_ *interp.Thread, v interp.Value) (string, *interp.Exc) {
	g := taskGroupOf(v)
	s := "<TaskGroup"
	if g.open > 0 {
		s += fmt.Sprintf(" tasks=%d", g.open)
	}
	if n := len(g.errors); n > 0 {
		s += fmt.Sprintf(" errors=%d", n)
	}
	switch {
	case g.aborting:
		s += " cancelling"
	case g.parent != nil:
		s += " entered"
	}
	return s + ">", nil
}

var setupTaskGroup = sync.OnceFunc(func() {
	taskGroupType.Doc = "Asynchronous context manager for managing groups of tasks.\n\nExample use:\n\n    async with asyncio.TaskGroup() as group:\n        task1 = group.create_task(some_coroutine(...))\n        task2 = group.create_task(other_coroutine(...))\n    print(\"Both tasks have completed now.\")\n\nAll tasks are awaited when the context manager exits.\n\nAny exceptions other than `asyncio.CancelledError` raised within a task will cancel all remaining tasks and wait\nfor them to exit. The exceptions are then combined and raised as an `ExceptionGroup`."
	taskGroupType.SetNew("TaskGroup()", newTaskGroup)
	taskGroupType.AddAsyncMethods([]interp.AsyncBuiltin{
		{Sig: "__aenter__()", Doc: "Begin a group.", Ready: enterTaskGroup},
		{Sig: "__aexit__(et, exc, tb)", Doc: "Wait for the tasks of the group.", Ready: exitReadyTaskGroup, Wait: exitTaskGroup},
	})
	taskGroupType.Setup(&interp.Protocol{Repr: reprTaskGroup}, []interp.Builtin{
		{Sig: "create_task(coro, *, name=None, context=None)", Doc: "Create a new task in this group and return it.\n\nSimilar to `asyncio.create_task`.", Fn: groupCreateTask},
	}, []interp.GetSet{
		{Name: "_tasks", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			s := interp.NewSet()
			for _, v := range taskGroupOf(self).unfinished(nil) {
				if err := s.Add(th, v); err != nil {
					return interp.Value{}, err
				}
			}
			return s.Value(), nil
		}},
		{Name: "_errors", Get: func(_ *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkList(append([]interp.Value(nil), taskGroupOf(self).errors...)), nil
		}},
	})
})
