package asyncio

// This file defines current_task and all_tasks, and the functions by which task classes of a script's own
// take part in them.

import "aio/interp"

// introspection are the functions of the module tasks that task classes call; each stands there under
// three names.
var introspection = []interp.Builtin{
	{Sig: "_register_task(task)", Doc: "Register a new task in asyncio as executed by loop.", Fn: func(th *thread, a []value) (value, *exc) {
		s := stateOf(th)
		s.registered = append(s.registered, a[0])
		return interp.None, nil
	}},
	{Sig: "_unregister_task(task)", Doc: "Unregister a task.", Fn: func(th *thread, a []value) (value, *exc) {
		s := stateOf(th)
		for i, t := range s.registered {
			if interp.Is(t, a[0]) {
				s.registered = append(s.registered[:i:i], s.registered[i+1:]...)
				break
			}
		}
		return interp.None, nil
	}},
	{Sig: "_enter_task(loop, task)", Doc: "Enter into task execution or resume suspended task.", Fn: enterTask},
	{Sig: "_leave_task(loop, task)", Doc: "Leave task execution or suspend a task.", Fn: leaveTask},
}

// shareIntrospection sets the functions under their names.
func shareIntrospection(m *interp.Module) {
	for i := range introspection {
		f := interp.NewBuiltin(&introspection[i], "asyncio.tasks")
		name := introspection[i].Name()
		for _, prefix := range []string{"", "_py", "_c"} {
			m.Set(prefix+name, f)
		}
	}
}

// runningIn returns the task whose step is running in a loop, unbound for none.
func runningIn(th *thread, loop value) value {
	if t := th.CurrentTask(); t != nil && interp.Is(t.LoopValue(), loop) {
		return t.Value()
	}
	for _, e := range stateOf(th).entered {
		if interp.Is(e[0], loop) {
			return e[1]
		}
	}
	return value{}
}

func enterTask(th *thread, a []value) (value, *exc) {
	loop, task := a[0], a[1]
	if t := runningIn(th, loop); !t.IsUnbound() {
		return value{}, interp.RuntimeErrorf("Cannot enter into task %s while another task %s is being executed.", th.ReprOr(task), th.ReprOr(t))
	}
	s := stateOf(th)
	s.entered = append(s.entered, [2]value{loop, task})
	return interp.None, nil
}

func leaveTask(th *thread, a []value) (value, *exc) {
	loop, task := a[0], a[1]
	s := stateOf(th)
	for i, e := range s.entered {
		if interp.Is(e[0], loop) && interp.Is(e[1], task) {
			s.entered = append(s.entered[:i:i], s.entered[i+1:]...)
			return interp.None, nil
		}
	}
	current := runningIn(th, loop)
	if current.IsUnbound() {
		current = interp.None
	}
	return value{}, interp.RuntimeErrorf("Leaving task %s does not match the current task %s.", th.ReprOr(task), th.ReprOr(current))
}

// givenLoop returns the loop that an argument loop=None means: the running one without it.
func givenLoop(th *thread, loop value) (value, *exc) {
	if !loop.IsNone() {
		return loop, nil
	}
	return runningLoop(th)
}

func currentTask(th *thread, a []value) (value, *exc) {
	loop, err := givenLoop(th, a[0])
	if err != nil {
		return value{}, err
	}
	if t := runningIn(th, loop); !t.IsUnbound() {
		return t, nil
	}
	return interp.None, nil
}

func allTasks(th *thread, a []value) (value, *exc) {
	loop, err := givenLoop(th, a[0])
	if err != nil {
		return value{}, err
	}
	set := interp.NewSet()
	if l, ok := interp.AsEventLoop(loop); ok {
		for _, t := range l.Tasks() {
			if err := set.Add(th, t.Value()); err != nil {
				return value{}, err
			}
		}
	}
	for _, t := range stateOf(th).registered {
		own, err := th.FutureLoop(t)
		if err != nil {
			return value{}, err
		}
		if !interp.Is(own, loop) {
			continue
		}
		if done, err := truthOf(th, t, "done"); err != nil {
			return value{}, err
		} else if !done {
			if err := set.Add(th, t); err != nil {
				return value{}, err
			}
		}
	}
	return set.Value(), nil
}
