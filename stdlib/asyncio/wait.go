package asyncio

// This file defines wait, wait_for and as_completed.

import "aio/interp"

// short names for the types of native coroutines
type (
	thread = interp.Thread
	value  = interp.Value
	exc    = interp.Exc
	result = interp.NativeResult
)

// release ends a waiter, unless that has happened already.
func release(th *thread, waiter *interp.Future) {
	if !waiter.Done() {
		_ = waiter.SetResult(th, interp.None) // it is pending
	}
}

// releaser returns a watcher that ends a waiter.
func releaser(waiter *interp.Future) *interp.Watcher {
	return &interp.Watcher{Name: "_release_waiter", Done: func(th *thread, _ *interp.Future) { release(th, waiter) }}
}

// waiting is the state of a coroutine wait_for(fut, timeout).
type waiting struct {
	fut     value
	timeout value
	inner   *interp.Future
	waiter  *interp.Future
	watcher *interp.Watcher
	timer   *interp.GoTimer
	step    func(w *waiting, th *thread, v value, err *exc) (value, result, *exc)
	raise   *exc // to be raised when the inner future is done
}

func waitFor(th *thread, a []value) interp.NativeStep {
	w := &waiting{fut: a[0], timeout: a[1], step: (*waiting).start}
	return func(th *thread, v value, err *exc) (value, result, *exc) {
		v, r, err := w.step(w, th, v, err)
		if (r == interp.NativeDone || err != nil) && w.timer != nil {
			w.timer.Stop()
		}
		return v, r, err
	}
}

func (w *waiting) start(th *thread, _ value, err *exc) (value, result, *exc) {
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	loop, err := runningEventLoop(th)
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	if w.timeout.IsNone() {
		w.step = (*waiting).pass
		return w.fut, interp.NativeAwait, nil
	}
	now, err := th.CompareBool(interp.CmpLe, w.timeout, interp.MkInt(0))
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	var seconds float64
	if !now {
		if seconds, err = secondsOf(th, w.timeout); err != nil {
			return value{}, interp.NativeDone, err
		}
		w.waiter = interp.NewFuture(loop)
		waiter := w.waiter
		w.timer = loop.CallLater(interp.LoopTime(seconds), func(th *thread) { release(th, waiter) })
	}
	v, err := th.EnsureFuture(w.fut, loop.Value())
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	var ok bool
	if w.inner, ok = interp.AsFuture(v); !ok {
		return value{}, interp.NativeDone, interp.TypeErrorf("an asyncio.Future is required, got %s", th.ReprOr(v))
	}
	if now {
		if w.inner.Done() {
			v, err := w.inner.Result()
			return v, interp.NativeDone, err
		}
		return w.cancelAndWait(th, nil)
	}
	w.watcher = releaser(w.waiter)
	w.inner.Watch(th, w.watcher)
	w.step = (*waiting).wake
	return w.waiter.Value(), interp.NativeAwait, nil
}

// pass is the step behind an await of what was given.
func (w *waiting) pass(_ *thread, v value, err *exc) (value, result, *exc) {
	return v, interp.NativeDone, err
}

// wake is the step when the inner future is done, the time is over, or the coroutine is cancelled.
func (w *waiting) wake(th *thread, _ value, err *exc) (value, result, *exc) {
	switch {
	case err != nil && !err.Is(interp.CancelledError()):
		return value{}, interp.NativeDone, err
	case w.inner.Done():
		v, err := w.inner.Result()
		return v, interp.NativeDone, err
	}
	w.inner.Unwatch(w.watcher)
	return w.cancelAndWait(th, err)
}

// cancelAndWait cancels the inner future and waits until it is done; then it raises the given exception or
// else, when the cancellation succeeded, TimeoutError.
func (w *waiting) cancelAndWait(th *thread, raise *exc) (value, result, *exc) {
	w.raise = raise
	w.waiter = w.inner.NewSibling()
	w.watcher = releaser(w.waiter)
	w.inner.Watch(th, w.watcher)
	if _, err := w.inner.Cancel(th, interp.None); err != nil {
		w.inner.Unwatch(w.watcher)
		return value{}, interp.NativeDone, err
	}
	w.step = (*waiting).cancelled
	return w.waiter.Value(), interp.NativeAwait, nil
}

// cancelled is the step behind cancelAndWait.
func (w *waiting) cancelled(th *thread, _ value, err *exc) (value, result, *exc) {
	w.inner.Unwatch(w.watcher)
	if err == nil {
		err = w.raise
	}
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	v, err := w.inner.Result()
	if err != nil && err.Is(interp.CancelledError()) {
		err = interp.NewExc(interp.TimeoutError).WithCause(err)
	}
	return v, interp.NativeDone, err
}

// group is the state of a coroutine wait(fs).
type group struct {
	futures []*interp.Future
	count   int // that are not done
	until   string
	waiter  *interp.Future
	watcher interp.Watcher
	timer   *interp.GoTimer
}

func wait(th *thread, a []value) interp.NativeStep {
	fs, timeout, returnWhen := a[0], a[1], a[2]
	var g *group
	return func(th *thread, _ value, err *exc) (value, result, *exc) {
		if g != nil {
			return g.finish(th, err)
		}
		if err != nil {
			return value{}, interp.NativeDone, err
		}
		made, err := newGroup(th, fs, returnWhen)
		if err != nil {
			return value{}, interp.NativeDone, err
		}
		loop, err := runningEventLoop(th)
		if err != nil {
			return value{}, interp.NativeDone, err
		}
		if err := made.start(th, loop, timeout); err != nil {
			return value{}, interp.NativeDone, err
		}
		g = made
		return g.waiter.Value(), interp.NativeAwait, nil
	}
}

// newGroup checks the arguments of wait.
func newGroup(th *thread, fs, returnWhen value) (*group, *exc) {
	if interp.IsFutureLike(th, fs) || interp.IsCoroutine(fs) {
		return nil, interp.TypeErrorf("expect a list of futures, not %s", interp.TypeOf(fs).Name)
	}
	if some, err := th.Truth(fs); err != nil {
		return nil, err
	} else if !some {
		return nil, interp.ValueErrorf("Set of Tasks/Futures is empty.")
	}
	g := &group{}
	g.until, _ = interp.StrOf(returnWhen)
	if g.until != "FIRST_COMPLETED" && g.until != "FIRST_EXCEPTION" && g.until != "ALL_COMPLETED" {
		text, err := th.Str(returnWhen)
		if err != nil {
			return nil, err
		}
		return nil, interp.ValueErrorf("Invalid return_when value: %s", text)
	}
	list, err := th.Items(fs)
	if err != nil {
		return nil, err
	}
	for _, v := range list {
		if interp.IsCoroutine(v) {
			return nil, interp.TypeErrorf("Passing coroutines is forbidden, use tasks explicitly.")
		}
	}
	g.futures, err = distinctFutures(th, list)
	return g, err
}

// distinctFutures returns the futures of a list, each once.
func distinctFutures(th *thread, list []value) ([]*interp.Future, *exc) {
	futures := make([]*interp.Future, 0, len(list))
	defer func() { interp.Unmark(futures) }()
	for _, v := range list {
		f, ok := interp.AsFuture(v)
		if !ok {
			return nil, interp.AttributeErrorf(v, "add_done_callback", "'%s' object has no attribute 'add_done_callback'", interp.TypeName(v))
		}
		if f.Mark() {
			futures = append(futures, f)
		}
	}
	return futures, nil
}

func (g *group) start(th *thread, loop *interp.EventLoop, timeout value) *exc {
	g.waiter = interp.NewFuture(loop)
	if !timeout.IsNone() {
		seconds, err := secondsOf(th, timeout)
		if err != nil {
			return err
		}
		g.timer = loop.CallLater(interp.LoopTime(seconds), func(th *thread) { release(th, g.waiter) })
	}
	g.count = len(g.futures)
	g.watcher = interp.Watcher{Name: "_wait.<locals>._on_completion", Done: g.done}
	for _, f := range g.futures {
		f.Watch(th, &g.watcher)
	}
	return nil
}

// done is called when a future of the group is done.
func (g *group) done(th *thread, f *interp.Future) {
	g.count--
	if g.count > 0 && g.until != "FIRST_COMPLETED" && (g.until != "FIRST_EXCEPTION" || f.Cancelled() || f.Exception() == nil) {
		return
	}
	if g.timer != nil {
		g.timer.Stop()
	}
	release(th, g.waiter)
}

// finish returns the two sets.
func (g *group) finish(th *thread, err *exc) (value, result, *exc) {
	if g.timer != nil {
		g.timer.Stop()
	}
	for _, f := range g.futures {
		f.Unwatch(&g.watcher)
	}
	if err != nil {
		return value{}, interp.NativeDone, err
	}
	done, pending := interp.NewSet(), interp.NewSet()
	for _, f := range g.futures {
		set := pending
		if f.Done() {
			set = done
		}
		if err := set.Add(th, f.Value()); err != nil {
			return value{}, interp.NativeDone, err
		}
	}
	return interp.Pair(done.Value(), pending.Value()), interp.NativeDone, nil
}

// completing is the iterator that as_completed returns, and the queue that its coroutines wait at.
type completing struct {
	fs, timeout value
	started     bool
	left        int // coroutines to be given
	todo        map[*interp.Future]bool
	done        []*interp.Future // nil stands for the end of the time
	getters     []*interp.Future
	loop        *interp.EventLoop
	watcher     interp.Watcher
	timer       *interp.GoTimer
}

var completingType = interp.NewLibraryType("asyncio.tasks", "as_completed_iterator", nil).Setup(&interp.Protocol{
	Iter: func(th *thread, v value) (value, *exc) { return v, nil },
	Next: func(th *thread, v value) (value, bool, *exc) {
		c, _ := interp.NativeData[*completing](v)
		return c.next(th)
	},
}, nil, nil)

func asCompleted(th *thread, a []value) (value, *exc) {
	return interp.NewNative(completingType, &completing{fs: a[0], timeout: a[1]}), nil
}

func (c *completing) next(th *thread) (value, bool, *exc) {
	if !c.started {
		c.started = true
		if err := c.start(th); err != nil {
			return value{}, false, err
		}
	}
	if c.left == 0 {
		return value{}, false, nil
	}
	c.left--
	return th.NewNativeCoro("as_completed.<locals>._wait_for_one", c.waitForOne()), true, nil
}

func (c *completing) start(th *thread) *exc {
	if interp.IsFutureLike(th, c.fs) || interp.IsCoroutine(c.fs) {
		return interp.TypeErrorf("expect an iterable of futures, not %s", interp.TypeOf(c.fs).Name)
	}
	loop, err := th.GetEventLoop()
	if err != nil {
		return err
	}
	var ok bool
	if c.loop, ok = interp.AsEventLoop(loop); !ok {
		return interp.TypeErrorf("an event loop is required, got %s", th.ReprOr(loop))
	}
	set := interp.NewSet()
	if err := th.Iterate(c.fs, func(x value) *exc { return set.Add(th, x) }); err != nil {
		return err
	}
	list, err := th.Items(set.Value())
	if err != nil {
		return err
	}
	for i, v := range list {
		if list[i], err = th.EnsureFuture(v, loop); err != nil {
			return err
		}
	}
	futures, err := distinctFutures(th, list)
	if err != nil {
		return err
	}
	c.watcher = interp.Watcher{Name: "as_completed.<locals>._on_completion", Done: c.completed}
	c.todo = make(map[*interp.Future]bool, len(futures))
	c.left = len(futures)
	for _, f := range futures {
		c.todo[f] = true
		f.Watch(th, &c.watcher)
	}
	if len(futures) > 0 && !c.timeout.IsNone() {
		seconds, err := secondsOf(th, c.timeout)
		if err != nil {
			return err
		}
		c.timer = c.loop.CallLater(interp.LoopTime(seconds), c.timedOut)
	}
	return nil
}

// completed is called when one of the futures is done.
func (c *completing) completed(th *thread, f *interp.Future) {
	if len(c.todo) == 0 {
		return // the time was over before
	}
	delete(c.todo, f)
	c.put(th, f)
	if len(c.todo) == 0 && c.timer != nil {
		c.timer.Stop()
	}
}

func (c *completing) timedOut(th *thread) {
	for f := range c.todo {
		f.Unwatch(&c.watcher)
		c.put(th, nil)
	}
	clear(c.todo)
}

func (c *completing) put(th *thread, f *interp.Future) {
	c.done = append(c.done, f)
	c.wakeNext(th)
}

// wakeNext wakes the first coroutine that waits.
func (c *completing) wakeNext(th *thread) {
	for len(c.getters) > 0 {
		g := c.getters[0]
		c.getters = c.getters[1:]
		if !g.Done() {
			release(th, g)
			return
		}
	}
}

// waitForOne returns the body of a coroutine that gives the result of the next future that is done.
func (c *completing) waitForOne() interp.NativeStep {
	var getter *interp.Future
	return func(th *thread, _ value, err *exc) (value, result, *exc) {
		if err != nil {
			c.giveUp(th, getter)
			return value{}, interp.NativeDone, err
		}
		if len(c.done) == 0 {
			getter = interp.NewFuture(c.loop)
			c.getters = append(c.getters, getter)
			return getter.Value(), interp.NativeAwait, nil
		}
		f := c.done[0]
		c.done = c.done[1:]
		if f == nil {
			return value{}, interp.NativeDone, interp.NewExc(interp.TimeoutError)
		}
		v, err := f.Result()
		return v, interp.NativeDone, err
	}
}

// giveUp passes the turn of a coroutine that was cancelled on to the next one.
func (c *completing) giveUp(th *thread, getter *interp.Future) {
	if getter == nil {
		return
	}
	_, _ = getter.Cancel(th, interp.None)
	for i, g := range c.getters {
		if g == getter {
			c.getters = append(c.getters[:i:i], c.getters[i+1:]...)
			break
		}
	}
	if len(c.done) > 0 && !getter.Cancelled() {
		c.wakeNext(th)
	}
}
