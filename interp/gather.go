package interp

// This file defines ensure_future and gather.

import "aio/interp/compile"

// IsFutureLike is asyncio.isfuture: whether v is a Future, or an object whose class behaves as one.
func IsFutureLike(th *Thread, v Value) bool {
	if isFuture(v) {
		return true
	}
	if TypeOf(v).flags&flagHeap == 0 {
		return false
	}
	cls, err := th.Attr(v, "__class__") // a mock says that it is something else
	if err != nil {
		return false
	}
	if t, ok := AsType(cls); !ok {
		return false
	} else if _, ok := t.Lookup("_asyncio_future_blocking"); !ok {
		return false
	}
	b, ok, err := th.LookupAttr(v, "_asyncio_future_blocking")
	return err == nil && ok && !b.IsNone()
}

// IsCoroutineFunction is asyncio.iscoroutinefunction.
func (th *Thread) IsCoroutineFunction(v Value) bool {
	for range 100 {
		switch {
		case shapeOf(v) == functionShape:
			if code := (*Function)(v.p).code; code.Kind == compile.Coroutine {
				return true
			}
			return th.markedCoroutine(v)
		case shapeOf(v) == boundMethodShape:
			v = (*BoundMethod)(v.p).fn
		case isPartial(v):
			inner, err := th.Attr(v, "func")
			if err != nil {
				return false
			}
			v = inner
		default:
			if f, ok := asBuiltin(v); ok {
				return f.async != nil
			}
			return th.markedCoroutine(v)
		}
	}
	return false
}

// markedCoroutine reports whether a function says of itself that it is a coroutine function.
func (th *Thread) markedCoroutine(v Value) bool {
	m, ok, err := th.LookupAttr(v, "_is_coroutine")
	return err == nil && ok && Is(m, CoroutineMark)
}

// CoroutineMark is asyncio.coroutines._is_coroutine.
var CoroutineMark = object(&Header{shapeFor(objectType)})

// EnsureFuture is asyncio.ensure_future: it returns a Future as it is, and wraps a coroutine or another
// awaitable in a task. loop may be None. Errors: TypeError for another object.
func (th *Thread) EnsureFuture(v, loop Value) (Value, *Exc) {
	if IsFutureLike(th, v) {
		if !loop.IsNone() {
			own, err := th.FutureLoop(v)
			if err != nil {
				return Value{}, err
			}
			if !Is(own, loop) {
				return Value{}, ValueErrorf("The future belongs to a different loop than the one specified as the loop argument")
			}
		}
		return v, nil
	}
	coro := v
	wrapped := false
	if !IsCoroutine(v) {
		if !isAwaitable(v) {
			return Value{}, TypeErrorf("An asyncio.Future, a coroutine or an awaitable is required")
		}
		coro, wrapped = th.wrapAwaitable(v), true
	}
	if loop.IsNone() {
		var err *Exc
		if loop, err = th.GetEventLoop(); err != nil {
			return Value{}, err
		}
	}
	t, err := th.CreateTask(loop, coro, None, None)
	if err != nil && err.Is(RuntimeError) && !wrapped {
		if _, cerr := th.CallMethod(coro, "close"); cerr != nil {
			return Value{}, cerr
		}
	}
	return t, err
}

// wrapAwaitable returns a coroutine that awaits v.
func (th *Thread) wrapAwaitable(v Value) Value {
	started := false
	return th.NewNativeCoro("_wrap_awaitable", func(th *Thread, got Value, err *Exc) (Value, NativeResult, *Exc) {
		if started || err != nil {
			return got, NativeDone, err
		}
		started = true
		return v, NativeAwait, nil
	})
}

// gathering is what gather returns: a future of the results of its children.
type gathering struct {
	Future
	watcher          Watcher
	children         []*Future
	count            int // children, each counted once
	finished         int
	returnExceptions bool
	cancelRequested  bool
}

var (
	gatheringType  = builtinType("_GatheringFuture", futureType, layoutFuture)
	gatheringShape = shapeFor(gatheringType)
)

func setupGathering(t *Type) {
	t.Module = "asyncio.tasks"
	t.flags |= flagNoBase | flagNoNew
	t.rows = []Builtin{{"cancel(msg=None)", "Cancel the children that are not done.", func(th *Thread, a []Value) (Value, *Exc) {
		done, err := (*gathering)(a[0].p).cancelChildren(th, a[1])
		return MkBool(done), err
	}}}
	t.getset = []GetSet{
		{Name: "_children", Get: func(th *Thread, v Value) (Value, *Exc) {
			children := (*gathering)(v.p).children
			list := make([]Value, len(children))
			for i, c := range children {
				list[i] = object(c)
			}
			return MkList(list), nil
		}},
		{Name: "_cancel_requested", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkBool((*gathering)(v.p).cancelRequested), nil
		}},
	}
}

// Gather is asyncio.gather.
func (th *Thread) Gather(aws []Value, returnExceptions bool) (Value, *Exc) {
	if len(aws) == 0 {
		loop, err := th.GetEventLoop()
		if err != nil {
			return Value{}, err
		}
		v, err := th.CallMethod(loop, "create_future")
		if f, ok := AsFuture(v); ok && err == nil {
			err = f.SetResult(th, MkList(nil))
		}
		return v, err
	}
	g := &gathering{returnExceptions: returnExceptions, children: make([]*Future, 0, len(aws))}
	g.shape = gatheringShape
	g.watcher = Watcher{Name: "gather.<locals>._done_callback", Done: g.childDone}
	err := g.addChildren(th, aws)
	for _, c := range g.children {
		c.marked = false
	}
	if err != nil {
		return Value{}, err
	}
	return object(&g.Future), nil
}

// addChildren makes a future of each argument and watches it; one that stands there twice is one child.
func (g *gathering) addChildren(th *Thread, aws []Value) *Exc {
	loop := None
	for i, aw := range aws {
		c, err := g.known(th, aws[:i], aw)
		if err != nil {
			return err
		}
		if c != nil {
			g.children = append(g.children, c)
			continue
		}
		v, err := th.EnsureFuture(aw, loop)
		if err != nil {
			return err
		}
		f, ok := AsFuture(v)
		if !ok {
			return TypeErrorf("gather() needs an asyncio.Future, got %s", th.reprOr(v))
		}
		if loop.IsNone() {
			loop = f.loopValue()
			g.setLoop(loop)
		}
		if !Is(v, aw) {
			f.quiet = true
		}
		f.marked = true
		g.count++
		g.children = append(g.children, f)
		f.Watch(th, &g.watcher)
	}
	return nil
}

// known returns the child of an argument that stood among the arguments before, nil for a new one. Errors:
// TypeError for one that is not hashable.
func (g *gathering) known(th *Thread, before []Value, aw Value) (*Future, *Exc) {
	if f, ok := AsFuture(aw); ok {
		if f.marked {
			return f, nil
		}
		return nil, nil
	}
	if co, ok := coroLike(aw); ok {
		if co.owned {
			for _, c := range g.children {
				if t, ok := AsTask(object(c)); ok && t.coro == co {
					return c, nil
				}
			}
		}
		return nil, nil
	}
	if _, err := th.Hash(aw); err != nil {
		return nil, err
	}
	for i, x := range before {
		if same, err := th.same(x, aw); err != nil {
			return nil, err
		} else if same {
			return g.children[i], nil
		}
	}
	return nil, nil
}

// cancelChildren is the method cancel.
func (g *gathering) cancelChildren(th *Thread, msg Value) (bool, *Exc) {
	if g.state != futurePending {
		return false, nil
	}
	if err := th.descend(" while calling a Python object"); err != nil { // a task may wait for itself
		return false, err
	}
	defer func() { th.depth-- }()
	any := false
	for _, c := range g.children {
		done, err := c.Cancel(th, msg)
		if err != nil {
			return false, err
		}
		any = any || done
	}
	if any {
		g.cancelRequested = true
	}
	return any, nil
}

// childDone is called when a child is done.
func (g *gathering) childDone(th *Thread, f *Future) {
	g.finished++
	if g.state != futurePending {
		f.logged = false
		return
	}
	if !g.returnExceptions {
		if f.state == futureCancelled {
			g.fail(th, f.cancelledError())
			return
		}
		if e := f.Exception(); e != nil {
			g.fail(th, e)
			return
		}
	}
	if g.finished == g.count {
		g.finishAll(th)
	}
}

// finishAll sets the result when all children are done.
func (g *gathering) finishAll(th *Thread) {
	results := make([]Value, len(g.children))
	for i, c := range g.children {
		switch {
		case c.state == futureCancelled:
			msg := c.cancelMessage()
			if msg.IsNone() {
				msg = MkStr("")
			}
			results[i] = object(NewExc(cancelledError, msg))
		case c.exc != nil:
			c.logged = false
			results[i] = object(c.exc)
		default:
			results[i] = orNone(c.result)
		}
	}
	if g.cancelRequested {
		g.fail(th, g.children[len(g.children)-1].cancelledError())
		return
	}
	g.result = MkList(results)
	g.finish(th, futureFinished)
}

// GatheringType returns the type of what gather returns.
func GatheringType() *Type { return gatheringType }
