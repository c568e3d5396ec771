package asyncio

// This file defines Condition.

import "aio/interp"

var conditionType = interp.NewLibraryType("asyncio.locks", "Condition", nil)

// condition is the data of a Condition.
type condition struct {
	bound
	waiters line
	lock    interp.Value
	plain   *lock // the lock, when it is an asyncio.Lock and not of a script's class
}

func conditionOf(v interp.Value) *condition {
	c, _ := interp.NativeData[*condition](v)
	return c
}

// use makes the condition one around a lock.
func (c *condition) use(v interp.Value) {
	c.lock, c.plain = v, nil
	if !interp.TypeOf(v).Scripted() {
		c.plain = lockOf(v)
	}
}

func (c *condition) locked(th *interp.Thread) (bool, *interp.Exc) {
	if c.plain != nil {
		return c.plain.locked, nil
	}
	v, err := th.CallMethod(c.lock, "locked")
	if err != nil {
		return false, err
	}
	return th.Truth(v)
}

func (c *condition) release(th *interp.Thread) *interp.Exc {
	if c.plain != nil {
		return c.plain.release(th)
	}
	_, err := th.CallMethod(c.lock, "release")
	return err
}

func (c *condition) tryAcquire(th *interp.Thread) (bool, *interp.Exc) {
	if c.plain == nil {
		return false, nil
	}
	return c.plain.tryAcquire(th)
}

func (c *condition) acquireHere(th *interp.Thread, _ interp.Value, entering bool) (interp.Value, *interp.Exc) {
	if c.plain != nil {
		return c.plain.acquireHere(th, c.lock, entering)
	}
	return interp.Value{}, nil
}

// Leave only leaves: the lock is acquired afterwards.
func (c *condition) Leave(_ *interp.Thread, f *interp.Future, err *interp.Exc) *interp.Exc {
	c.waiters.remove(f)
	return err
}

func (c *condition) acquireStep(interp.Value) interp.NativeStep {
	if c.plain != nil {
		return c.plain.acquireStep(c.lock)
	}
	b := &body{}
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		v, err := th.CallMethod(c.lock, "acquire")
		if err != nil {
			return fail(err)
		}
		return b.await(v, finish)
	}
	return b.step
}

// finish ends a coroutine with what it awaited.
func finish(_ *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	return v, interp.NativeDone, err
}

// notify wakes n of the line, which then wait for the lock.
func (c *condition) notify(th *interp.Thread, n int) *interp.Exc {
	locked, err := c.locked(th)
	if err != nil {
		return err
	}
	if !locked {
		return interp.RuntimeErrorf("cannot notify on un-acquired lock")
	}
	return c.waiters.wake(th, n, interp.False)
}

// conditionWait is the body of wait(): it gives the lock up, waits in the line, and has the lock again
// when it ends, however that comes about.
type conditionWait struct {
	body
	c         *condition
	self      interp.Value
	result    interp.Value
	err       *interp.Exc
	cancelled bool // while it waited for the lock
}

func (c *condition) waitStep(self interp.Value) interp.NativeStep {
	w := &conditionWait{c: c, self: self}
	w.next = w.begin
	return w.step
}

func (w *conditionWait) begin(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	if err != nil {
		return fail(err)
	}
	locked, err := w.c.locked(th)
	switch {
	case err != nil:
		return fail(err)
	case !locked:
		return fail(interp.RuntimeErrorf("cannot wait on un-acquired lock"))
	}
	if err := w.c.release(th); err != nil {
		return fail(err)
	}
	return w.run(w.c.waiters.stand(w.self, &w.c.bound, w.c), w.woken)
}

func (w *conditionWait) woken(th *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	w.result, w.err = v, err
	return w.reacquire(th)
}

func (w *conditionWait) reacquire(th *interp.Thread) (interp.Value, interp.NativeResult, *interp.Exc) {
	ok, err := w.c.tryAcquire(th)
	if ok || err != nil {
		return w.acquired(th, interp.True, err)
	}
	return w.run(w.c.acquireStep(w.self), w.acquired)
}

func (w *conditionWait) acquired(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	switch {
	case cancelled(err):
		w.cancelled = true
		return w.reacquire(th)
	case err != nil:
		return fail(err)
	case w.cancelled:
		return fail(interp.NewExc(interp.CancelledError()))
	}
	return w.result, interp.NativeDone, w.err
}

// waitUntil is the body of wait_for(): it waits until holds returns a true value, and returns it. wait
// makes the body of one wait, or nil to have self.wait() called.
func (c *condition) waitUntil(self interp.Value, holds func(th *interp.Thread) (interp.Value, *interp.Exc)) interp.NativeStep {
	b := &body{}
	scripted := interp.TypeOf(self).Scripted()
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		v, err := holds(th)
		if err != nil {
			return fail(err)
		}
		ok, err := th.Truth(v)
		switch {
		case err != nil:
			return fail(err)
		case ok:
			return done(v)
		case !scripted:
			return b.run(c.waitStep(self), b.next)
		}
		w, err := th.CallMethod(self, "wait")
		if err != nil {
			return fail(err)
		}
		return b.await(w, b.next)
	}
	return b.step
}

func newCondition(cls *interp.Type) interp.Value { return interp.NewNative(cls, &condition{}) }

// initCondition is Condition.__init__: the condition has the lock's own methods.
func initCondition(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	self, k := a[0], a[1]
	if k.IsNone() {
		k = newLock(lockType)
	}
	c := conditionOf(self)
	*c = condition{}
	c.use(k)
	for _, name := range []string{"locked", "acquire", "release"} {
		m, err := th.Attr(k, name)
		if err != nil {
			return interp.Value{}, err
		}
		if err := th.SetAttr(self, interp.Intern(name), m); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, nil
}

func setupCondition() {
	p := &interp.Protocol{Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
		c := conditionOf(v)
		locked, err := c.locked(th)
		if err != nil {
			return "", err
		}
		return reprWith(th, v, lockState(locked, &c.waiters)), nil
	}}
	conditionType.Doc = "Asynchronous equivalent to threading.Condition.\n\nA condition variable allows one or more coroutines to wait until they are notified by another\ncoroutine. A Lock is made for it when none is given."
	conditionType.SetInit(p, "Condition(lock=None)", newCondition, initCondition)
	conditionType.AddAsyncMethods(append([]interp.AsyncBuiltin{
		{Sig: "wait()", Doc: "Wait until notified.\n\nRaises RuntimeError when the lock is not acquired. It is released while this waits, and acquired again\nbefore it returns True.",
			Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep { return conditionOf(a[0]).waitStep(a[0]) }},
		{Sig: "wait_for(predicate)", Doc: "Wait until a predicate becomes true.\n\nThe predicate is called without arguments; its result, when true, is what this returns.",
			Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep {
				predicate := a[1]
				return conditionOf(a[0]).waitUntil(a[0], func(th *interp.Thread) (interp.Value, *interp.Exc) { return th.Call(predicate) })
			}},
	}, acquireRows[1:]...))
	conditionType.Setup(p, []interp.Builtin{
		{Sig: "notify(n=1)", Doc: "By default, wake up one coroutine waiting on this condition, if any; at most n.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			n, err := th.IndexInt(a[1])
			if err != nil {
				return interp.Value{}, err
			}
			return interp.None, conditionOf(a[0]).notify(th, n)
		}},
		{Sig: "notify_all()", Doc: "Wake up all coroutines waiting on this condition.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			c := conditionOf(a[0])
			if interp.TypeOf(a[0]).Scripted() {
				_, err := th.CallMethod(a[0], "notify", interp.MkInt(int64(c.waiters.len())))
				return interp.None, err
			}
			return interp.None, c.notify(th, c.waiters.len())
		}},
	}, []interp.GetSet{
		loopAttr,
		lineAttr("_waiters", func(c *condition) *line { return &c.waiters }),
		{Name: "_lock", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return conditionOf(self).lock, nil
		}, Set: func(th *interp.Thread, self, v interp.Value) *interp.Exc {
			conditionOf(self).use(v)
			return nil
		}},
	})
}
