package interp

// This file defines what scripts see of a Task.

import "fmt"

// taskWakeup is how a task that waits for a future appears among the future's callbacks.
var taskWakeup = &BuiltinFunction{Header: Header{methodDescrShape}, name: Intern("task_wakeup"), owner: taskType,
	row: &Builtin{"task_wakeup(future, /)", "Resume the task.", func(th *Thread, a []Value) (Value, *Exc) { return None, nil }}}

func setupTask(t *Type) {
	t.Module, t.fullName = "_asyncio", "_asyncio.Task"
	t.Doc = "A coroutine wrapped in a Future."
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		task := &Task{}
		task.shape = cls.inst
		return object(&task.Future), nil
	}
	t.newSig = "Task(coro, *, loop=None, name=None, context=None)"
	t.proto = &Protocol{Repr: taskRepr, Init: func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
		return th.CallInit("Task(coro, *, loop=None, name=None, context=None)", taskInit, self, args, kwnames)
	}}
	t.rows = taskMethods()
	t.getset = []GetSet{
		{Name: "_coro", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Task)(v.p).CoroObject(), nil }},
		{Name: "_fut_waiter", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Task)(v.p).waiter(), nil }},
		{Name: "_must_cancel", Get: func(th *Thread, v Value) (Value, *Exc) { return MkBool((*Task)(v.p).mustCancel), nil }},
		{Name: "_log_destroy_pending", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkBool(!(*Task)(v.p).quiet), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			if x.IsUnbound() {
				return AttributeErrorf(v, "_log_destroy_pending", "cannot delete attribute")
			}
			yes, err := th.Truth(x)
			(*Task)(v.p).quiet = !yes
			return err
		}},
	}
}

func taskMethods() []Builtin {
	refuse := func(what string) BuiltinFunc {
		return func(th *Thread, a []Value) (Value, *Exc) {
			return Value{}, RuntimeErrorf("Task does not support %s operation", what)
		}
	}
	return []Builtin{
		{"set_result(result, /)", "Raise RuntimeError: the coroutine sets the result.", refuse("set_result")},
		{"set_exception(exception, /)", "Raise RuntimeError: the coroutine sets the exception.", refuse("set_exception")},
		{"cancel(msg=None)", "Request that this task cancel itself.", func(th *Thread, a []Value) (Value, *Exc) {
			t := (*Task)(a[0].p)
			if err := t.checkReady(); err != nil {
				return Value{}, err
			}
			done, err := t.cancel(th, a[1])
			return MkBool(done), err
		}},
		{"cancelling()", "Return the count of the task's cancellation requests.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkInt(int64((*Task)(a[0].p).Cancelling())), nil
		}},
		{"uncancel()", "Decrement the task's count of cancellation requests, and return it.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkInt(int64((*Task)(a[0].p).Uncancel())), nil
		}},
		{"get_name()", "Return the name of the task.", func(th *Thread, a []Value) (Value, *Exc) { return (*Task)(a[0].p).name(), nil }},
		{"set_name(value, /)", "Set the name of the task.", func(th *Thread, a []Value) (Value, *Exc) {
			return None, (*Task)(a[0].p).SetName(th, a[1])
		}},
		{"get_coro()", "Return the coroutine of the task.", func(th *Thread, a []Value) (Value, *Exc) {
			return (*Task)(a[0].p).CoroObject(), nil
		}},
		{"get_stack(*, limit=None)", "Return the list of stack frames for this task's coroutine.", func(th *Thread, a []Value) (Value, *Exc) {
			return (*Task)(a[0].p).stack(th, a[1])
		}},
		{"print_stack(*, limit=None, file=None)", "Print the stack or traceback for this task's coroutine.", taskPrintStack},
	}
}

func taskInit(th *Thread, a []Value) (Value, *Exc) {
	t := (*Task)(a[0].p)
	if t.loop != nil {
		t.loop.removeTask(t)
	}
	h, dict := t.Header, t.dict
	*t = Task{}
	t.Header, t.dict = h, dict
	if err := t.init(th, a[2]); err != nil {
		return Value{}, err
	}
	if !IsCoroutine(a[1]) {
		t.quiet = true
		return Value{}, TypeErrorf("a coroutine was expected, got %s", th.reprOr(a[1]))
	}
	if !a[3].IsNone() {
		if err := t.SetName(th, a[3]); err != nil {
			return Value{}, err
		}
	}
	var ctx *Context
	if !a[4].IsNone() {
		var ok bool
		if ctx, ok = asContext(a[4]); !ok {
			return Value{}, TypeErrorf("a Context was expected, got %s", typeName(a[4]))
		}
	}
	return None, t.start(th, a[1], ctx)
}

// IsCoroutine is asyncio.iscoroutine: whether v is a coroutine or generator, or an object of a class with
// the methods of one.
func IsCoroutine(v Value) bool {
	switch shapeOf(v) {
	case coroutineShape, generatorShape, asendShape, athrowShape, anextShape:
		return true
	}
	t := TypeOf(v)
	if t.flags&flagHeap == 0 {
		return false
	}
	for _, name := range [...]string{"__await__", "send", "throw", "close"} {
		if m, ok := t.Lookup(name); !ok || m.IsNone() {
			return false
		}
	}
	return true
}

// name returns the name, the default one when none was set.
func (t *Task) name() Value {
	if t.ext != nil && !t.ext.name.IsUnbound() {
		return t.ext.name
	}
	return MkStr(fmt.Sprintf("Task-%d", t.id))
}

// SetName sets the name to str(v).
func (t *Task) SetName(th *Thread, v Value) *Exc {
	s, ok := AsStr(v)
	if !ok || shapeOf(v) != strShape {
		text, err := th.Str(v)
		if err != nil {
			return err
		}
		s = NewStr(text)
	}
	t.extra().name = object(s)
	if o := th.in.cfg.Observer; o != nil {
		o.TaskNamed(t)
	}
	return nil
}

// Name returns the name.
func (t *Task) Name() string {
	s, _ := StrOf(t.name())
	return s
}

// Cancelling returns how many requests to cancel the task were made and not taken back.
func (t *Task) Cancelling() int {
	if t.ext == nil {
		return 0
	}
	return t.ext.cancelling
}

// Uncancel takes back one request to cancel the task, and returns how many are left.
func (t *Task) Uncancel() int {
	if t.ext == nil {
		return 0
	}
	if t.ext.cancelling > 0 {
		t.ext.cancelling--
	}
	return t.ext.cancelling
}

// SetQuiet makes the task not be reported when it is still pending at the end.
func (t *Task) SetQuiet() { t.quiet = true }

// waiter is the attribute _fut_waiter.
func (t *Task) waiter() Value {
	switch {
	case t.waiting != nil:
		return object(t.waiting)
	case t.ext != nil && !t.ext.waiting.IsUnbound():
		return t.ext.waiting
	}
	return None
}

// stack is get_stack: the frames where the task is suspended, or those of the traceback it ended with.
func (t *Task) stack(th *Thread, limit Value) (Value, *Exc) {
	frames, err := t.stackFrames(th)
	if err != nil {
		return Value{}, err
	}
	if !limit.IsNone() {
		n, err := th.IndexInt(limit)
		if err != nil {
			return Value{}, err
		}
		if n = max(n, 0); n < len(frames) {
			if t.exc != nil {
				frames = frames[:n]
			} else {
				frames = frames[len(frames)-n:]
			}
		}
	}
	return MkList(frames), nil
}

func (t *Task) stackFrames(th *Thread) ([]Value, *Exc) {
	var frames []Value
	if t.coro == nil || t.state != futurePending {
		if t.exc != nil {
			for tb := (*Traceback)(t.result.p); tb != nil; tb = tb.next {
				frames = append(frames, tb.frameObject().Value())
			}
		}
		return frames, nil
	}
	v, ok, err := th.LookupAttr(object(t.coro), t.coro.framePrefix()+"_frame")
	if err != nil || !ok || v.IsNone() {
		return nil, err
	}
	if f, ok := AsFrame(v); ok {
		for f := f; f != nil; f = f.back {
			frames = append(frames, f.Value())
		}
	}
	for i, j := 0, len(frames)-1; i < j; i, j = i+1, j-1 {
		frames[i], frames[j] = frames[j], frames[i]
	}
	return frames, nil
}

// framePrefix returns the prefix of the coroutine's attributes.
func (co *Coro) framePrefix() string {
	if co.kind == kindGenerator {
		return "gi"
	}
	return "cr"
}

func taskPrintStack(th *Thread, a []Value) (Value, *Exc) {
	t := (*Task)(a[0].p)
	stack, err := t.stack(th, a[1])
	if err != nil {
		return Value{}, err
	}
	frames := (*List)(stack.p).a
	text := ""
	switch {
	case len(frames) == 0:
		text = fmt.Sprintf("No stack for %s\n", th.reprOr(a[0]))
	case t.exc != nil:
		text = fmt.Sprintf("Traceback for %s (most recent call last):\n", th.reprOr(a[0]))
	default:
		text = fmt.Sprintf("Stack for %s (most recent call last):\n", th.reprOr(a[0]))
	}
	for _, v := range frames {
		f, _ := AsFrame(v)
		e := TraceEntry{File: f.code.Source.Name, Name: f.code.Name, Line: f.Line()}
		text += e.Format(th.in, false)
	}
	if t.exc != nil {
		for _, line := range th.ExceptionOnly(t.exc, false) {
			text += line
		}
	}
	if a[2].IsNone() {
		return None, th.WriteError(text)
	}
	_, err = th.CallMethod(a[2], "write", MkStr(text))
	return None, err
}
