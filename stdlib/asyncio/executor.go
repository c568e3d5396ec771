package asyncio

// This file defines run_in_executor and the default executor of a loop: a pool of threads for calls that
// would block it.

import (
	"fmt"
	"runtime"

	"aio/interp"
	"aio/loop"
)

// loopData is what a loop has beyond running callbacks and tasks, its EventLoop.Data.
type loopData struct {
	pool     *pool          // the default executor; nil before it is needed
	executor interp.Value   // what set_default_executor was given; unbound: none
	shutdown bool           // shutdown_default_executor was called
	signals  map[int64]bool // that add_signal_handler has set a handler for
}

func loopDataOf(l *interp.EventLoop) *loopData {
	d, ok := l.Data.(*loopData)
	if !ok {
		d = &loopData{}
		l.Data = d
	}
	return d
}

// LoopClosed lets the threads of the pool end, and takes the signal handlers away, when the loop is closed.
func (d *loopData) LoopClosed(th *interp.Thread) {
	d.removeSignals(th)
	if d.pool != nil {
		d.pool.close()
	}
}

// pool is a default executor. Its threads are those of threading, so that scripts see them.
type pool struct {
	loop    *interp.EventLoop
	queue   []*job
	idle    int // threads that wait for a job, and are not woken yet
	threads int
	closed  bool
	waiting interp.Waiters
	ended   *interp.Future // to be set when the last thread ends; nil while nobody waits
}

// job is one call. It runs in ctx, which may be nil for a context of its own.
type job struct {
	loop    *interp.EventLoop
	result  *interp.Future
	ctx     *interp.Context
	fn      interp.Value
	args    []interp.Value
	kwnames []*interp.Str
	value   interp.Value
	err     *interp.Exc
}

// maxThreads is how many threads a pool has at most.
func maxThreads() int { return min(32, runtime.NumCPU()+4) }

// submit queues a job, and starts a thread for it if none is idle and there may be another one.
func (p *pool) submit(th *interp.Thread, j *job) *interp.Exc {
	p.queue = append(p.queue, j)
	switch {
	case p.idle > 0:
		p.idle--
		p.waiting.WakeOne()
	case p.threads < maxThreads():
		return p.startThread(th)
	}
	return nil
}

func (p *pool) startThread(th *interp.Thread) *interp.Exc {
	if p.threads == 0 {
		th.Interp().AtShutdown(func(*interp.Thread) *interp.Exc {
			p.close()
			return nil
		})
	}
	p.threads++
	return startThread(th, interp.MkStr(fmt.Sprintf("asyncio_%d", p.threads-1)), p.work)
}

// startThread starts a threading.Thread; name may be None.
func startThread(th *interp.Thread, name interp.Value, run interp.BuiltinFunc) *interp.Exc {
	threading, err := th.Import("threading")
	if err != nil {
		return err
	}
	cls, err := th.Attr(threading, "Thread")
	if err != nil {
		return err
	}
	target := interp.NewBuiltin(&interp.Builtin{Sig: "_worker()", Fn: run}, "asyncio.base_events")
	t, err := th.CallArgs(cls, []interp.Value{target, name}, []*interp.Str{interp.Intern("target"), interp.Intern("name")})
	if err != nil {
		return err
	}
	_, err = th.CallMethod(t, "start")
	return err
}

// work is what a thread of the pool does.
func (p *pool) work(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	defer p.leave(th)
	for {
		if len(p.queue) == 0 && !p.closed {
			p.idle++
		}
		if _, err := th.Wait(&p.waiting, loop.Forever, func() bool { return len(p.queue) > 0 || p.closed }); err != nil {
			return interp.Value{}, err
		}
		if len(p.queue) == 0 {
			return interp.None, nil
		}
		j := p.queue[0]
		p.queue = p.queue[1:]
		if !j.result.Cancelled() {
			j.run(th)
		}
	}
}

// leave is the end of a thread of the pool.
func (p *pool) leave(th *interp.Thread) {
	p.threads--
	if p.threads == 0 && p.ended != nil {
		p.loop.L.Post(&job{loop: p.loop, result: p.ended, value: interp.None})
	}
}

// close lets the threads end when the queue is empty.
func (p *pool) close() {
	p.closed = true
	p.waiting.WakeAll()
}

// run makes the call, in a thread of the pool, and sends the loop what it gave.
func (j *job) run(th *interp.Thread) {
	if j.ctx != nil {
		j.value, j.err = th.RunIn(j.ctx, j.fn, j.args, j.kwnames)
	} else {
		j.value, j.err = th.CallArgs(j.fn, j.args, j.kwnames)
	}
	if !j.loop.Closed() {
		j.loop.L.Post(j)
	}
}

// Run settles the future, in the thread of the loop.
func (j *job) Run() {
	if j.result.Done() {
		return
	}
	th := j.loop.Thread()
	var err *interp.Exc
	if j.err != nil {
		err = j.result.SetException(th, j.err)
	} else {
		err = j.result.SetResult(th, j.value)
	}
	if err != nil {
		j.loop.CallbackFailed(th, err)
	}
}

// runInDefault makes a call in the default executor and returns the future of its result.
func runInDefault(th *interp.Thread, l *interp.EventLoop, ctx *interp.Context, fn interp.Value, args []interp.Value, kwnames []*interp.Str) (*interp.Future, *interp.Exc) {
	d := loopDataOf(l)
	if d.shutdown {
		return nil, interp.RuntimeErrorf("Executor shutdown has been called")
	}
	if d.pool == nil {
		d.pool = &pool{loop: l}
	}
	j := &job{loop: l, result: interp.NewFuture(l), ctx: ctx, fn: fn, args: append([]interp.Value(nil), args...), kwnames: kwnames}
	return j.result, d.pool.submit(th, j)
}

// executorMethods are the methods of a loop about its executor.
var executorMethods = []interp.Builtin{
	{Sig: "run_in_executor(executor, func, *args)", Doc: "Run a function in a thread, or in the given executor, and return a Future for its result.", Fn: runInExecutor},
	{Sig: "set_default_executor(executor)", Doc: "Make executor, a ThreadPoolExecutor, the one for run_in_executor(None, ...).", Fn: setDefaultExecutor},
}

// executorCoroutines are the coroutine methods of a loop about its executor.
var executorCoroutines = []interp.AsyncBuiltin{{
	Sig: "shutdown_default_executor()", Doc: "Schedule the shutdown of the default executor.",
	Ready: func(_ *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
		l, _ := interp.AsEventLoop(a[0])
		d := loopDataOf(l)
		d.shutdown = true
		return interp.None, (d.pool == nil || d.pool.threads == 0) && d.executor.IsUnbound(), nil
	},
	Wait: shutdownExecutor,
}}

func shutdownExecutor(_ *interp.Thread, a []interp.Value) interp.NativeStep {
	l, _ := interp.AsEventLoop(a[0])
	d := loopDataOf(l)
	b := &body{}
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		if !d.executor.IsUnbound() {
			f, err := d.shutdownCustom(th, l)
			if err != nil {
				return fail(err)
			}
			return b.await(f.Value(), finish)
		}
		d.pool.ended = interp.NewFuture(l)
		d.pool.close()
		return b.await(d.pool.ended.Value(), finish)
	}
	return b.step
}

// shutdownCustom shuts a script's executor down, in a thread of its own since that may take long.
func (d *loopData) shutdownCustom(th *interp.Thread, l *interp.EventLoop) (*interp.Future, *interp.Exc) {
	j := &job{loop: l, result: interp.NewFuture(l), value: interp.None}
	executor := d.executor
	return j.result, startThread(th, interp.None, func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		_, j.err = th.CallMethod(executor, "shutdown")
		if !l.Closed() {
			l.L.Post(j)
		}
		return interp.None, nil
	})
}

func runInExecutor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, _ := interp.AsEventLoop(a[0])
	executor, fn, args := a[1], a[2], items(a[3])
	if err := l.CheckOpen(); err != nil {
		return interp.Value{}, err
	}
	if executor.IsNone() {
		if d := loopDataOf(l); d.executor.IsUnbound() || d.shutdown {
			f, err := runInDefault(th, l, nil, fn, args, nil)
			if err != nil {
				return interp.Value{}, err
			}
			return f.Value(), nil
		}
		executor = loopDataOf(l).executor
	}
	f, err := th.CallMethod(executor, "submit", append([]interp.Value{fn}, args...)...)
	if err != nil {
		return interp.Value{}, err
	}
	return wrapFuture(th, []interp.Value{f, a[0]})
}

func setDefaultExecutor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, _ := interp.AsEventLoop(a[0])
	m, err := th.Import("concurrent.futures")
	if err != nil {
		return interp.Value{}, err
	}
	cls, err := th.Attr(m, "ThreadPoolExecutor")
	if err != nil {
		return interp.Value{}, err
	}
	if ok, err := th.IsInstance(a[1], cls); err != nil || !ok {
		if err == nil {
			err = interp.TypeErrorf("executor must be ThreadPoolExecutor instance")
		}
		return interp.Value{}, err
	}
	d := loopDataOf(l)
	if d.pool != nil {
		d.pool.close() // nobody can give it anything to do any more
	}
	d.pool, d.executor = nil, a[1]
	return interp.None, nil
}
