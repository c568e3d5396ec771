package interp

// This file defines what scripts see of a Future.

import (
	"unsafe"
)

var (
	futureIterType  = builtinType("FutureIter", objectType, layoutOpaque)
	futureIterShape = shapeFor(futureIterType)
)

// futureIter is what a future's __await__ returns: it yields the future once, then its result.
type futureIter struct {
	Header
	f *Future // nil: at its end
}

func setupFuture(t *Type) {
	t.Module, t.fullName = "_asyncio", "_asyncio.Future"
	t.Doc = "A result that will be set once: a Future can be awaited, and calls its callbacks when it is done."
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Future{Header: Header{cls.inst}}), nil
	}
	t.newSig = "Future(*, loop=None)"
	iter := func(th *Thread, v Value) (Value, *Exc) {
		f := (*Future)(v.p)
		if err := f.checkReady(); err != nil {
			return Value{}, err
		}
		return object(&futureIter{Header{futureIterShape}, f}), nil
	}
	t.proto = &Protocol{
		Repr: futureRepr, Iter: iter, Await: iter,
		Hash: func(th *Thread, v Value) (uint64, *Exc) { return (*Future)(v.p).hash(th), nil },
		Init: func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
			return th.CallInit("Future(*, loop=None)", futureInit, self, args, kwnames)
		},
		Compare: compareIdentity,
	}
	t.rows = futureMethods()
	t.getset = futureAttrs()
	t.AddClassMethods([]Builtin{{"__class_getitem__(key, /)", "See PEP 585", func(th *Thread, a []Value) (Value, *Exc) {
		return NewGenericAlias(a[0], a[1]), nil
	}}})
}

func futureMethods() []Builtin {
	return []Builtin{
		{"result()", "Return the result this future represents.", func(th *Thread, a []Value) (Value, *Exc) {
			f := (*Future)(a[0].p)
			if !f.initialized() {
				return Value{}, NewExc(invalidStateError, MkStr("Future object is not initialized."))
			}
			return f.take()
		}},
		{"exception()", "Return the exception that was set on this future, None without one.", futureException},
		{"set_result(result, /)", "Mark the future done and set its result.", func(th *Thread, a []Value) (Value, *Exc) {
			f := (*Future)(a[0].p)
			if err := f.checkReady(); err != nil {
				return Value{}, err
			}
			return None, f.SetResult(th, a[1])
		}},
		{"set_exception(exception, /)", "Mark the future done and set an exception.", futureSetException},
		{"add_done_callback(fn, /, *, context=None)", "Add a callback to be run when the future becomes done.", futureAddCallback},
		{"remove_done_callback(fn, /)", "Remove all instances of a callback from the \"call when done\" list.", futureRemoveCallback},
		{"cancel(msg=None)", "Cancel the future and schedule callbacks.", func(th *Thread, a []Value) (Value, *Exc) {
			f := (*Future)(a[0].p)
			if err := f.checkReady(); err != nil {
				return Value{}, err
			}
			done, err := f.cancelAsBuilt(th, a[1])
			return MkBool(done), err
		}},
		{"cancelled()", "Return True if the future was cancelled.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool((*Future)(a[0].p).state == futureCancelled), nil
		}},
		{"done()", "Return True if the future is done.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool((*Future)(a[0].p).state != futurePending), nil
		}},
		{"get_loop()", "Return the event loop the Future is bound to.", func(th *Thread, a []Value) (Value, *Exc) {
			f := (*Future)(a[0].p)
			if err := f.checkReady(); err != nil {
				return Value{}, err
			}
			return f.loopValue(), nil
		}},
		{"_make_cancelled_error()", "Create the CancelledError to raise if the Future is cancelled.", func(th *Thread, a []Value) (Value, *Exc) {
			return object((*Future)(a[0].p).cancelledError()), nil
		}},
	}
}

func futureAttrs() []GetSet {
	return []GetSet{
		{Name: "_state", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkStr(futureStates[(*Future)(v.p).state]), nil
		}},
		{Name: "_asyncio_future_blocking", Get: func(th *Thread, v Value) (Value, *Exc) {
			f := (*Future)(v.p)
			return MkBool(f.initialized() && f.blocking), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			f := (*Future)(v.p)
			if err := f.checkReady(); err != nil {
				return err
			}
			if x.IsUnbound() {
				return AttributeErrorf(v, "_asyncio_future_blocking", "cannot delete attribute")
			}
			yes, err := th.Truth(x)
			f.blocking = yes
			return err
		}},
		{Name: "_loop", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Future)(v.p).loopValue(), nil }},
		{Name: "_callbacks", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Future)(v.p).callbackList(), nil }},
		{Name: "_result", Get: func(th *Thread, v Value) (Value, *Exc) {
			f := (*Future)(v.p)
			if f.state != futureFinished || f.exc != nil || f.result.IsUnbound() {
				return None, nil
			}
			return f.result, nil
		}},
		{Name: "_exception", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Future)(v.p).exc.valueOrNone(), nil }},
		{Name: "_log_traceback", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkBool((*Future)(v.p).logged), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			if x.IsUnbound() {
				return AttributeErrorf(v, "_log_traceback", "cannot delete attribute")
			}
			yes, err := th.Truth(x)
			if err == nil && yes {
				err = ValueErrorf("_log_traceback can only be set to False")
			}
			if err == nil {
				(*Future)(v.p).logged = false
			}
			return err
		}},
		{Name: "_cancel_message", Get: func(th *Thread, v Value) (Value, *Exc) {
			return (*Future)(v.p).cancelMessage(), nil
		}, Set: func(th *Thread, v, x Value) *Exc {
			(*Future)(v.p).extra().cancelMsg = x
			return nil
		}},
		{Name: "_source_traceback", Get: func(th *Thread, v Value) (Value, *Exc) {
			return (*Future)(v.p).sourceTraceback(), nil
		}},
	}
}

var futureStates = [...]string{"PENDING", "CANCELLED", "FINISHED"}

// initialized reports whether __init__ has run.
func (f *Future) initialized() bool {
	return f.loop != nil || f.ext != nil && !f.ext.loopObject.IsUnbound()
}

func (f *Future) checkReady() *Exc {
	if f.initialized() {
		return nil
	}
	return RuntimeErrorf("%s object is not initialized.", shapeOf(object(f)).typ.builtinBase().Name)
}

// loopValue returns the loop as scripts see it.
func (f *Future) loopValue() Value {
	switch {
	case f.loop != nil:
		return object(f.loop)
	case f.initialized():
		return f.ext.loopObject
	}
	return None
}

// setLoop binds an empty future to a loop.
func (f *Future) setLoop(loop Value) {
	if l, ok := AsEventLoop(loop); ok {
		f.loop = l
		return
	}
	f.extra().loopObject = loop
}

func (f *Future) cancelMessage() Value {
	if f.ext == nil || f.ext.cancelMsg.IsUnbound() {
		return None
	}
	return f.ext.cancelMsg
}

func (f *Future) sourceTraceback() Value {
	if f.ext == nil || f.ext.source.IsUnbound() {
		return None
	}
	return f.ext.source
}

// hash returns a number that counts up as futures are first hashed: sets of futures keep that order
// while they are small against their table.
func (f *Future) hash(th *Thread) uint64 {
	if f.ident == 0 {
		th.in.loops.idents++
		f.ident = th.in.loops.idents
	}
	return uint64(f.ident)
}

func futureInit(th *Thread, a []Value) (Value, *Exc) {
	return None, (*Future)(a[0].p).init(th, a[1])
}

// init is Future.__init__: loop may be None.
func (f *Future) init(th *Thread, loop Value) *Exc {
	if loop.IsNone() {
		var err *Exc
		if loop, err = th.GetEventLoop(); err != nil {
			return err
		}
	}
	h := f.Header
	dict := f.dict
	if shapeOf(object(f)).typ.layout == layoutFuture {
		*f = Future{Header: h, dict: dict}
	}
	f.setLoop(loop)
	return f.noteSource(th)
}

// noteSource keeps where a future was made, when its loop is in debug mode.
func (f *Future) noteSource(th *Thread) *Exc {
	debug := f.loop != nil && f.loop.Debug
	if f.loop == nil {
		v, err := th.CallMethod(f.ext.loopObject, "get_debug")
		if err != nil {
			return err
		}
		if debug, err = th.Truth(v); err != nil {
			return err
		}
	}
	if !debug {
		return nil
	}
	source, err := th.extractStack()
	if err == nil {
		f.extra().source = source
	}
	return err
}

func futureException(th *Thread, a []Value) (Value, *Exc) {
	f := (*Future)(a[0].p)
	if !f.initialized() {
		return Value{}, NewExc(invalidStateError, MkStr("Future object is not initialized."))
	}
	switch f.state {
	case futureCancelled:
		return Value{}, f.cancelledError()
	case futurePending:
		return Value{}, NewExc(invalidStateError, MkStr("Exception is not set."))
	}
	return f.Exception().valueOrNone(), nil
}

func futureSetException(th *Thread, a []Value) (Value, *Exc) {
	f := (*Future)(a[0].p)
	if err := f.checkReady(); err != nil {
		return Value{}, err
	}
	if f.state != futurePending {
		return Value{}, f.invalidState()
	}
	v := a[1]
	if t, ok := AsType(v); ok && t.IsSubtype(BaseException) {
		var err *Exc
		if v, err = th.Call(v); err != nil {
			return Value{}, err
		}
	}
	e, ok := AsExc(v)
	if !ok {
		return Value{}, TypeErrorf("invalid exception object")
	}
	if e.shape.typ == StopIteration {
		return Value{}, TypeErrorf("StopIteration interacts badly with generators and cannot be raised into a Future")
	}
	f.fail(th, e)
	return None, nil
}

// scopeOf returns the scope of a callback: a given context, or a copy of the running one.
func (th *Thread) scopeOf(context Value) (scope, *Exc) {
	if context.IsNone() {
		return scope{vars: th.vars}, nil
	}
	c, ok := asContext(context)
	if !ok {
		return scope{}, TypeErrorf("a Context was expected, got %s", typeName(context))
	}
	return scope{ctx: c}, nil
}

func futureAddCallback(th *Thread, a []Value) (Value, *Exc) {
	f := (*Future)(a[0].p)
	if err := f.checkReady(); err != nil {
		return Value{}, err
	}
	s, err := th.scopeOf(a[2])
	if err != nil {
		return Value{}, err
	}
	f.addCallback(th, callback{fn: a[1], scope: s})
	return None, nil
}

func futureRemoveCallback(th *Thread, a []Value) (Value, *Exc) {
	f := (*Future)(a[0].p)
	if err := f.checkReady(); err != nil {
		return Value{}, err
	}
	if f.ext == nil {
		return MkInt(0), nil
	}
	kept := make([]callback, 0, len(f.ext.callbacks))
	all := f.ext.callbacks
	for i := range all {
		if !all[i].fn.IsUnbound() {
			same, err := th.Equal(all[i].fn, a[1])
			if err != nil {
				return Value{}, err
			}
			if same {
				continue
			}
		}
		kept = append(kept, all[i])
	}
	if len(f.ext.callbacks) != len(all) { // an __eq__ has changed them
		return MkInt(0), nil
	}
	f.ext.callbacks = kept
	return MkInt(int64(len(all) - len(kept))), nil
}

// eachCallback calls fn with the callbacks in order.
func (f *Future) eachCallback(fn func(c *callback)) {
	if f.state != futurePending {
		return
	}
	if w := f.waiter; w != nil {
		if w.shape == watcherShape {
			if w := (*Watcher)(unsafe.Pointer(w)); w.Name != "" {
				fn(&callback{watcher: w})
			}
		} else {
			t := (*Task)(unsafe.Pointer(w))
			fn(&callback{task: t, scope: t.scope()})
		}
	}
	if f.ext != nil {
		for i := range f.ext.callbacks {
			fn(&f.ext.callbacks[i])
		}
	}
}

// value returns the callback as scripts see it.
func (c *callback) value() Value {
	switch {
	case c.task != nil:
		return taskWakeup.bindMethod(object(c.task))
	case c.watcher != nil:
		return goFunction(c.watcher.Name, func(*Thread) {})
	case c.native != nil:
		return goFunction("callback", func(*Thread) {})
	}
	return c.fn
}

// callbackList is the attribute _callbacks: pairs of callback and context, None when there is none.
func (f *Future) callbackList() Value {
	var list []Value
	f.eachCallback(func(c *callback) {
		list = append(list, Pair(c.value(), object(c.scope.context())))
	})
	if list == nil {
		return None
	}
	return MkList(list)
}

func setupFutureIter(t *Type) {
	t.Module = "_asyncio"
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Iter: returnSelf, Next: func(th *Thread, v Value) (Value, bool, *Exc) {
		r, done, err := (*futureIter)(v.p).step()
		if err == nil && done {
			err = stopIteration(r)
		}
		return r, true, err
	}}
	t.rows = []Builtin{
		{"send(value, /)", "Resume the iterator.", func(th *Thread, a []Value) (Value, *Exc) {
			r, done, err := (*futureIter)(a[0].p).step()
			if err == nil && done {
				err = stopIteration(r)
			}
			return r, err
		}},
		{"throw(typ, val=?, tb=?, /)", "Raise an exception in the iterator.", func(th *Thread, a []Value) (Value, *Exc) {
			(*futureIter)(a[0].p).f = nil
			e, err := th.thrown(a[1], a[2], a[3])
			if err != nil {
				return Value{}, err
			}
			return Value{}, e
		}},
		{"close()", "Close the iterator.", func(th *Thread, a []Value) (Value, *Exc) {
			(*futureIter)(a[0].p).f = nil
			return None, nil
		}},
	}
}

// step resumes the iterator: it gives the future, and then its result, with done.
func (it *futureIter) step() (v Value, done bool, err *Exc) {
	f := it.f
	if f == nil {
		return None, true, nil
	}
	if f.state == futurePending {
		if f.blocking {
			return Value{}, false, RuntimeErrorf("await wasn't used with future")
		}
		f.blocking = true
		return object(f), false, nil
	}
	it.f = nil
	v, err = f.take()
	return v, true, err
}
