package interp

// This file defines what scripts see of an event loop.

import "fmt"

// abstractLoopMethods are the methods of AbstractEventLoop, all of which raise NotImplementedError.
var abstractLoopMethods = []string{
	"run_forever()", "run_until_complete(future)", "stop()", "is_running()", "is_closed()", "close()", "time()",
	"call_soon(callback, *args, context=None)", "call_later(delay, callback, *args, context=None)",
	"call_at(when, callback, *args, context=None)", "call_soon_threadsafe(callback, *args, context=None)",
	"create_future()", "create_task(coro, *, name=None, context=None)",
	"run_in_executor(executor, func, *args)", "set_default_executor(executor)",
	"add_reader(fd, callback, *args)", "remove_reader(fd)", "add_writer(fd, callback, *args)", "remove_writer(fd)",
	"add_signal_handler(sig, callback, *args)", "remove_signal_handler(sig)",
	"set_task_factory(factory)", "get_task_factory()",
	"get_exception_handler()", "set_exception_handler(handler)", "default_exception_handler(context)",
	"call_exception_handler(context)", "get_debug()", "set_debug(enabled)",
}

// abstractLoopCoroutines are those that are coroutine functions.
var abstractLoopCoroutines = []string{
	"shutdown_asyncgens()", "shutdown_default_executor()",
	"getaddrinfo(host, port, *, family=0, type=0, proto=0, flags=0)", "getnameinfo(sockaddr, flags=0)",
	"create_connection(protocol_factory, host=None, port=None, **kwargs)",
	"create_server(protocol_factory, host=None, port=None, **kwargs)",
	"start_tls(transport, protocol, sslcontext, **kwargs)",
	"create_unix_connection(protocol_factory, path=None, **kwargs)",
	"create_unix_server(protocol_factory, path=None, **kwargs)",
	"connect_accepted_socket(protocol_factory, sock, **kwargs)",
	"create_datagram_endpoint(protocol_factory, local_addr=None, remote_addr=None, **kwargs)",
	"connect_read_pipe(protocol_factory, pipe)", "connect_write_pipe(protocol_factory, pipe)",
	"subprocess_shell(protocol_factory, cmd, **kwargs)", "subprocess_exec(protocol_factory, *args, **kwargs)",
	"sendfile(transport, file, offset=0, count=None, *, fallback=True)",
	"sock_recv(sock, nbytes)", "sock_recv_into(sock, buf)", "sock_recvfrom(sock, bufsize)",
	"sock_recvfrom_into(sock, buf, nbytes=0)", "sock_sendall(sock, data)", "sock_sendto(sock, data, address)",
	"sock_connect(sock, address)", "sock_accept(sock)", "sock_sendfile(sock, file, offset=0, count=None, *, fallback=None)",
}

func setupAbstractLoop(t *Type) {
	t.Module = "asyncio.events"
	t.Doc = "Abstract event loop."
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(newInst(cls)), nil
	}
	t.newSig = "AbstractEventLoop()"
	for _, sig := range abstractLoopMethods {
		t.rows = append(t.rows, Builtin{sig, "", func(th *Thread, a []Value) (Value, *Exc) {
			return Value{}, NewExc(NotImplementedErr)
		}})
	}
	for _, sig := range abstractLoopCoroutines {
		row := Builtin{Sig: sig}
		name := row.Name()
		row.Fn = func(th *Thread, a []Value) (Value, *Exc) {
			return th.NewNativeCoro("AbstractEventLoop."+name, func(*Thread, Value, *Exc) (Value, NativeResult, *Exc) {
				return Value{}, NativeDone, NewExc(NotImplementedErr)
			}), nil
		}
		t.rows = append(t.rows, row)
	}
}

func setupLoop(t *Type) {
	t.Module = "asyncio.base_events"
	t.Doc = "An event loop: it runs callbacks and tasks, one at a time, in the order in which they were queued."
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(th.NewEventLoopOf(cls)), nil
	}
	t.newSig = "BaseEventLoop()"
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			l := (*EventLoop)(v.p)
			yes := func(b bool) string { return th.reprOr(MkBool(b)) }
			return fmt.Sprintf("<%s running=%s closed=%s debug=%s>", typeName(v), yes(l.running), yes(l.closed), yes(l.Debug)), nil
		},
		SetAttr: loopSetAttr,
		Init: func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
			if len(args) > 0 {
				return TypeErrorf("BaseEventLoop.__init__() takes 1 positional argument but %d were given", len(args)+1)
			}
			return nil
		},
	}
	t.rows = append(append(loopRunMethods(), loopCallMethods()...), loopTaskMethods()...)
	t.getset = loopAttrs()
}

// loopSetAttr stores an attribute. One that hides a method makes the loop ask for it from then on.
func loopSetAttr(th *Thread, v Value, name *Str, x Value) *Exc {
	for _, m := range loopMethods {
		if name.s == m {
			(*EventLoop)(v.p).custom = true
		}
	}
	return th.genericSetAttr(v, TypeOf(v), name, x)
}

func self(a []Value) *EventLoop { return (*EventLoop)(a[0].p) }

func loopAttrs() []GetSet {
	return []GetSet{
		{Name: "slow_callback_duration", Get: func(th *Thread, v Value) (Value, *Exc) { return (*EventLoop)(v.p).slow, nil },
			Set: func(th *Thread, v, x Value) *Exc { (*EventLoop)(v.p).slow = orNone(x); return nil }},
		{Name: "_debug", Get: func(th *Thread, v Value) (Value, *Exc) { return MkBool((*EventLoop)(v.p).Debug), nil },
			Set: func(th *Thread, v, x Value) (err *Exc) {
				(*EventLoop)(v.p).Debug, err = th.Truth(orNone(x))
				return err
			}},
		{Name: "_closed", Get: func(th *Thread, v Value) (Value, *Exc) { return MkBool((*EventLoop)(v.p).closed), nil }},
		{Name: "_stopping", Get: func(th *Thread, v Value) (Value, *Exc) { return MkBool((*EventLoop)(v.p).stopping), nil }},
		{Name: "_exception_handler", Get: func(th *Thread, v Value) (Value, *Exc) { return (*EventLoop)(v.p).handler, nil },
			Set: func(th *Thread, v, x Value) *Exc { (*EventLoop)(v.p).handler = orNone(x); return nil }},
		{Name: "_task_factory", Get: func(th *Thread, v Value) (Value, *Exc) { return (*EventLoop)(v.p).taskFactory, nil },
			Set: func(th *Thread, v, x Value) *Exc { (*EventLoop)(v.p).taskFactory = orNone(x); return nil }},
		{Name: "_asyncgens_shutdown_called", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkBool((*EventLoop)(v.p).gensDone), nil
		}},
		{Name: "_ready", Get: func(th *Thread, v Value) (Value, *Exc) {
			d := NewDeque()
			for range (*EventLoop)(v.p).L.ReadyLen() {
				d.Append(None)
			}
			return d.Value(), nil
		}},
		{Name: "_clock_resolution", Get: func(th *Thread, v Value) (Value, *Exc) { return MkFloat(1e-9), nil }},
	}
}

func loopRunMethods() []Builtin {
	return []Builtin{
		{"run_forever()", "Run until stop() is called.", func(th *Thread, a []Value) (Value, *Exc) {
			return None, self(a).RunForever(th)
		}},
		{"run_until_complete(future)", "Run until the Future is done. A coroutine is wrapped in a Task. Return the Future's result, or raise its exception.", loopRunUntilComplete},
		{"stop()", "Stop running the event loop: what is queued now still runs.", func(th *Thread, a []Value) (Value, *Exc) {
			self(a).Stop()
			return None, nil
		}},
		{"close()", "Close the event loop, which must not be running.", func(th *Thread, a []Value) (Value, *Exc) {
			return None, self(a).Close(th)
		}},
		{"is_running()", "Return True if the event loop is running.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool(self(a).running), nil
		}},
		{"is_closed()", "Return True if the event loop was closed.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool(self(a).closed), nil
		}},
		{"time()", "Return the time according to the event loop's clock, in seconds.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkFloat(self(a).L.Time().Seconds()), nil
		}},
		{"get_debug()", "Return the debug mode of the event loop.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool(self(a).Debug), nil
		}},
		{"set_debug(enabled)", "Set the debug mode of the event loop.", func(th *Thread, a []Value) (Value, *Exc) {
			yes, err := th.Truth(a[1])
			self(a).Debug = yes
			return None, err
		}},
		{"get_exception_handler()", "Return an exception handler, or None if the default one is in use.", func(th *Thread, a []Value) (Value, *Exc) {
			return self(a).handler, nil
		}},
		{"set_exception_handler(handler)", "Set handler as the new event loop exception handler.", func(th *Thread, a []Value) (Value, *Exc) {
			if !a[1].IsNone() && !isCallable(a[1]) {
				return Value{}, TypeErrorf("A callable object or None is expected, got %s", th.reprOr(a[1]))
			}
			self(a).handler = a[1]
			return None, nil
		}},
		{"default_exception_handler(context)", "Log the error message and other context-dependent information.", func(th *Thread, a []Value) (Value, *Exc) {
			d, err := contextDict(a[1])
			if err != nil {
				return Value{}, err
			}
			return None, th.reportContext(self(a), d)
		}},
		{"call_exception_handler(context)", "Call the current event loop's exception handler.", func(th *Thread, a []Value) (Value, *Exc) {
			d, err := contextDict(a[1])
			if err != nil {
				return Value{}, err
			}
			return None, th.handleException(self(a), d)
		}},
		{"shutdown_asyncgens()", "Shutdown all active asynchronous generators.", loopShutdownAsyncGens},
		{"_check_closed()", "Raise RuntimeError if the loop was closed.", func(th *Thread, a []Value) (Value, *Exc) {
			return None, self(a).CheckOpen()
		}},
		{"_run_once()", "Run one turn.", func(th *Thread, a []Value) (Value, *Exc) {
			l := self(a)
			l.stopping = true
			return None, l.RunForever(th)
		}},
	}
}

func contextDict(v Value) (*Dict, *Exc) {
	d, ok := AsDict(v)
	if !ok {
		return nil, AttributeErrorf(v, "get", "'%s' object has no attribute 'get'", typeName(v))
	}
	return d, nil
}

func loopRunUntilComplete(th *Thread, a []Value) (Value, *Exc) {
	l := self(a)
	if err := l.checkIdle(th); err != nil {
		return Value{}, err
	}
	fresh := !IsFutureLike(th, a[1])
	v, err := th.EnsureFuture(a[1], object(l))
	if err != nil {
		return Value{}, err
	}
	f, ok := AsFuture(v)
	if !ok {
		return l.runUntilLike(th, v)
	}
	if t, ok := AsTask(v); ok && fresh {
		t.quiet = true
	}
	return l.RunUntilComplete(th, f)
}

// closureScope checks a callback in debug mode, and returns the scope that it will run in.
func (l *EventLoop) callbackScope(th *Thread, fn, context Value, method string) (scope, *Exc) {
	if err := l.CheckOpen(); err != nil {
		return scope{}, err
	}
	if l.Debug {
		if err := th.checkCallback(fn, method); err != nil {
			return scope{}, err
		}
	}
	return th.scopeOf(context)
}

// checkCallback refuses what cannot be called back.
func (th *Thread) checkCallback(fn Value, method string) *Exc {
	if IsCoroutine(fn) || th.IsCoroutineFunction(fn) {
		return TypeErrorf("coroutines cannot be used with %s()", method)
	}
	if !isCallable(fn) {
		return TypeErrorf("a callable object was expected by %s(), got %s", method, th.reprOr(fn))
	}
	return nil
}

func loopCallMethods() []Builtin {
	return []Builtin{
		{"call_soon(callback, *args, context=None)", "Arrange for a callback to be called as soon as possible.", func(th *Thread, a []Value) (Value, *Exc) {
			l := self(a)
			s, err := l.callbackScope(th, a[1], a[2], "call_soon")
			if err != nil {
				return Value{}, err
			}
			h := &Handle{Header: Header{handleShape}, loop: l, fn: a[1], args: (*Tuple)(a[3].p).a, scope: s}
			l.queue(h)
			return object(h), h.noteSource(th)
		}},
		{"call_soon_threadsafe(callback, *args, context=None)", "Like call_soon(), but thread-safe.", func(th *Thread, a []Value) (Value, *Exc) {
			l := self(a)
			s, err := l.callbackScope(th, a[1], a[2], "call_soon_threadsafe")
			if err != nil {
				return Value{}, err
			}
			h := &Handle{Header: Header{handleShape}, loop: l, fn: a[1], args: (*Tuple)(a[3].p).a, scope: s}
			l.L.Post(h)
			return object(h), h.noteSource(th)
		}},
		{"call_later(delay, callback, *args, context=None)", "Arrange for a callback to be called after a delay in seconds.", func(th *Thread, a []Value) (Value, *Exc) {
			if a[1].IsNone() {
				return Value{}, TypeErrorf("delay must not be None")
			}
			l := self(a)
			now, err := l.now(th)
			if err != nil {
				return Value{}, err
			}
			when, err := th.Binary(BinAdd, now, a[1])
			if err != nil {
				return Value{}, err
			}
			return l.timerHandle(th, when, a[2], a[4], a[3], "call_later")
		}},
		{"call_at(when, callback, *args, context=None)", "Like call_later(), but uses an absolute time of the loop's clock.", func(th *Thread, a []Value) (Value, *Exc) {
			if a[1].IsNone() {
				return Value{}, TypeErrorf("when cannot be None")
			}
			return self(a).timerHandle(th, a[1], a[2], a[4], a[3], "call_at")
		}},
	}
}

// queue is L.Ready for what a script queues.
func (l *EventLoop) queue(h *Handle) {
	if l.Debug {
		l.L.Ready(&timedRunner{l, h})
		return
	}
	l.L.Ready(h)
}

// now returns the loop's time.
func (l *EventLoop) now(th *Thread) (Value, *Exc) {
	if f, ok := l.scripted("time"); ok {
		return th.Call(f)
	}
	return MkFloat(l.L.Time().Seconds()), nil
}

// timerHandle is the body of call_later and call_at.
func (l *EventLoop) timerHandle(th *Thread, when, fn, args, context Value, method string) (Value, *Exc) {
	s, err := l.callbackScope(th, fn, context, method)
	if err != nil {
		return Value{}, err
	}
	seconds, err := th.Float(when)
	if err != nil {
		return Value{}, err
	}
	h := l.callAt(seconds, when, fn, (*Tuple)(args.p).a, s)
	return object(h), h.noteSource(th)
}

func loopTaskMethods() []Builtin {
	return []Builtin{
		{"create_future()", "Create a Future object attached to the loop.", func(th *Thread, a []Value) (Value, *Exc) {
			f := NewFuture(self(a))
			return object(f), f.noteSource(th)
		}},
		{"create_task(coro, *, name=None, context=None)", "Schedule a coroutine object. Return a task object.", func(th *Thread, a []Value) (Value, *Exc) {
			return th.makeTask(self(a), a[1], a[2], a[3])
		}},
		{"get_task_factory()", "Return a task factory, or None if the default one is in use.", func(th *Thread, a []Value) (Value, *Exc) {
			return self(a).taskFactory, nil
		}},
		{"set_task_factory(factory)", "Set a task factory that will be used by loop.create_task().", func(th *Thread, a []Value) (Value, *Exc) {
			if !a[1].IsNone() && !isCallable(a[1]) {
				return Value{}, TypeErrorf("task factory must be a callable or None")
			}
			self(a).taskFactory = a[1]
			return None, nil
		}},
	}
}

// makeTask is BaseEventLoop.create_task.
func (th *Thread) makeTask(l *EventLoop, coro, name, context Value) (Value, *Exc) {
	if err := l.CheckOpen(); err != nil {
		return Value{}, err
	}
	if !l.taskFactory.IsNone() {
		return th.makeTaskByFactory(l, coro, name, context)
	}
	if !IsCoroutine(coro) {
		return Value{}, TypeErrorf("a coroutine was expected, got %s", th.reprOr(coro))
	}
	var ctx *Context
	if !context.IsNone() {
		var ok bool
		if ctx, ok = asContext(context); !ok {
			return Value{}, TypeErrorf("a Context was expected, got %s", typeName(context))
		}
	}
	t := &Task{}
	t.shape = taskShape
	t.loop = l
	if !name.IsNone() {
		if err := t.SetName(th, name); err != nil {
			return Value{}, err
		}
	}
	if err := t.start(th, coro, ctx); err != nil {
		return Value{}, err
	}
	if l.Debug {
		return object(&t.Future), t.noteSource(th)
	}
	return object(&t.Future), nil
}

func (th *Thread) makeTaskByFactory(l *EventLoop, coro, name, context Value) (Value, *Exc) {
	args := []Value{object(l), coro}
	var names []*Str
	if !context.IsNone() {
		args, names = append(args, context), []*Str{Intern("context")}
	}
	t, err := th.CallArgs(l.taskFactory, args, names)
	if err != nil {
		return Value{}, err
	}
	return t, th.SetTaskName(t, name)
}

// SetTaskName calls set_name of a task that may be a script's.
func (th *Thread) SetTaskName(t, name Value) *Exc {
	if name.IsNone() {
		return nil
	}
	if task, ok := AsTask(t); ok && shapeOf(t) == taskShape {
		return task.SetName(th, name)
	}
	set, ok, err := th.LookupAttr(t, "set_name")
	if err != nil {
		return err
	}
	if !ok {
		return th.Warn(DeprecationWarning, "Task.set_name() was added in Python 3.8, the method support will be mandatory for third-party task implementations since 3.13.")
	}
	_, err = th.Call(set, name)
	return err
}

// CreateTask is loop.create_task(coro, name=, context=); loop may be a script's, name and context None.
func (th *Thread) CreateTask(loop, coro, name, context Value) (Value, *Exc) {
	l, ok := AsEventLoop(loop)
	if ok {
		if _, own := l.scripted("create_task"); !own {
			return th.makeTask(l, coro, name, context)
		}
	}
	m, err := th.Attr(loop, "create_task")
	if err != nil {
		return Value{}, err
	}
	args := []Value{coro}
	var names []*Str
	if !context.IsNone() {
		args, names = append(args, context), append(names, Intern("context"))
	}
	t, err := th.CallArgs(m, args, names)
	if err != nil {
		return Value{}, err
	}
	return t, th.SetTaskName(t, name)
}

// loopShutdownAsyncGens is shutdown_asyncgens: it closes, all at a time, the generators that were begun
// and have not ended.
func loopShutdownAsyncGens(th *Thread, a []Value) (Value, *Exc) {
	l := self(a)
	var closing []*Coro
	started := false
	return th.NewNativeCoro("BaseEventLoop.shutdown_asyncgens", func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc) {
		if started {
			return None, NativeDone, l.reportClosing(th, closing, v, err)
		}
		if err != nil {
			return Value{}, NativeDone, err
		}
		started = true
		l.gensDone = true
		for _, g := range l.gens {
			if g.state != coroClosed {
				closing = append(closing, g)
			}
		}
		l.gens = nil
		if len(closing) == 0 {
			return None, NativeDone, nil
		}
		aws := make([]Value, len(closing))
		for i, g := range closing {
			if aws[i], err = th.athrow(g, nil); err != nil {
				return Value{}, NativeDone, err
			}
		}
		all, err := th.Gather(aws, true)
		return all, NativeAwait, err
	}), nil
}

// reportClosing reports what closing async generators raised.
func (l *EventLoop) reportClosing(th *Thread, gens []*Coro, results Value, err *Exc) *Exc {
	if err != nil {
		return err
	}
	for i, r := range (*List)(results.p).a {
		if e, ok := AsExc(r); ok && e.Is(ExceptionType) {
			g := object(gens[i])
			d := NewDict()
			d.SetName("message", MkStr("an error occurred during closing of asynchronous generator "+th.reprOr(g)))
			d.SetName("exception", r)
			d.SetName("asyncgen", g)
			if err := th.CallExceptionHandler(l, d); err != nil {
				return err
			}
		}
	}
	return nil
}
