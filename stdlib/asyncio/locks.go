package asyncio

// This file defines Lock, Event, Semaphore and BoundedSemaphore.

import (
	"fmt"
	"sync"

	"aio/interp"
)

var locksModule = &submodule{
	name: "locks", doc: "Synchronization primitives.",
	types: []*interp.Type{lockType, eventType, conditionType, semaphoreType, boundedSemaphoreType, barrierType},
	init: func(*interp.Thread, *interp.Module) *interp.Exc {
		setupLocks()
		return nil
	},
}

var setupLocks = sync.OnceFunc(func() {
	setupLock()
	setupEvent()
	setupSemaphore()
	setupCondition()
	setupBarrier()
})

var (
	lockType             = interp.NewLibraryType("asyncio.locks", "Lock", nil)
	eventType            = interp.NewLibraryType("asyncio.locks", "Event", nil)
	semaphoreType        = interp.NewLibraryType("asyncio.locks", "Semaphore", nil)
	boundedSemaphoreType = interp.NewLibraryType("asyncio.locks", "BoundedSemaphore", semaphoreType)
)

// acquirer is what 'async with' can hold: a Lock or a Semaphore.
type acquirer interface {
	tryAcquire(th *interp.Thread) (bool, *interp.Exc)
	// acquireStep is the body of acquire() when tryAcquire failed.
	acquireStep(self interp.Value) interp.NativeStep
	// acquireHere returns what to await instead of a coroutine with that body, unbound when there must be one.
	acquireHere(th *interp.Thread, self interp.Value, entering bool) (interp.Value, *interp.Exc)
	release(th *interp.Thread) *interp.Exc
}

// acquireRows are the coroutine methods of an acquirer.
var acquireRows = []interp.AsyncBuiltin{
	{Sig: "acquire()", Doc: "Wait until it can be acquired, acquire it, and return True.", Ready: acquireReady, Await: acquireAwait, Wait: acquireWait},
	{Sig: "__aenter__()", Doc: "Acquire it.", Ready: enterReady, Await: enterAwait, Wait: enterWait},
	{Sig: "__aexit__(exc_type, exc, tb)", Doc: "Release it.", Ready: exitReady, Wait: nil},
}

func acquireReady(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	x, _ := interp.NativeData[acquirer](a[0])
	ok, err := x.tryAcquire(th)
	return interp.True, ok, err
}

func acquireAwait(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, _ := interp.NativeData[acquirer](a[0])
	return x.acquireHere(th, a[0], false)
}

func acquireWait(th *interp.Thread, a []interp.Value) interp.NativeStep {
	x, _ := interp.NativeData[acquirer](a[0])
	return x.acquireStep(a[0])
}

func enterReady(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	if x, ok := interp.NativeData[acquirer](a[0]); ok && !interp.TypeOf(a[0]).Scripted() {
		ok, err := x.tryAcquire(th)
		return interp.None, ok, err
	}
	return interp.None, false, nil
}

func enterAwait(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if x, ok := interp.NativeData[acquirer](a[0]); ok && !interp.TypeOf(a[0]).Scripted() {
		return x.acquireHere(th, a[0], true)
	}
	return interp.Value{}, nil
}

// enterWait awaits self.acquire(), which a script's class may have replaced.
func enterWait(th *interp.Thread, a []interp.Value) interp.NativeStep {
	self := a[0]
	b := &body{}
	entered := func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		return done(interp.None)
	}
	if x, ok := interp.NativeData[acquirer](self); ok && !interp.TypeOf(self).Scripted() {
		b.inner, b.next = x.acquireStep(self), entered
		return b.step
	}
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		v, err := th.CallMethod(self, "acquire")
		if err != nil {
			return fail(err)
		}
		return b.await(v, entered)
	}
	return b.step
}

func exitReady(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	if x, ok := interp.NativeData[acquirer](a[0]); ok && !interp.TypeOf(a[0]).Scripted() {
		return interp.None, true, x.release(th)
	}
	_, err := th.CallMethod(a[0], "release")
	return interp.None, true, err
}

// lock is the data of a Lock.
type lock struct {
	bound
	waiters line
	locked  bool
}

func newLock(cls *interp.Type) interp.Value { return interp.NewNative(cls, &lock{}) }

func lockOf(v interp.Value) *lock {
	k, _ := interp.NativeData[*lock](v)
	return k
}

func (k *lock) tryAcquire(*interp.Thread) (bool, *interp.Exc) {
	if k.locked || !k.waiters.idle() {
		return false, nil
	}
	k.locked = true
	return true, nil
}

func (k *lock) acquireStep(self interp.Value) interp.NativeStep {
	return k.waiters.stand(self, &k.bound, k)
}

func (k *lock) acquireHere(th *interp.Thread, self interp.Value, entering bool) (interp.Value, *interp.Exc) {
	return k.waiters.standHere(th, self, &k.bound, k, entering)
}

// Leave has the lock acquired by the one whose turn it is.
func (k *lock) Leave(th *interp.Thread, f *interp.Future, err *interp.Exc) *interp.Exc {
	k.waiters.remove(f)
	if err == nil {
		k.locked = true
	} else if cancelled(err) && !k.locked {
		if e := k.wakeFirst(th); e != nil {
			return e
		}
	}
	return err
}

func (k *lock) release(th *interp.Thread) *interp.Exc {
	if !k.locked {
		return interp.RuntimeErrorf("Lock is not acquired.")
	}
	k.locked = false
	return k.wakeFirst(th)
}

// wakeFirst wakes the first of the line, if it is not awake yet: only it may take the lock next.
func (k *lock) wakeFirst(th *interp.Thread) *interp.Exc {
	if k.waiters.len() == 0 {
		return nil
	}
	if f := k.waiters.at(0); f != nil && !f.Done() {
		return f.SetResult(th, interp.True)
	}
	return nil
}

func setupLock() {
	p := &interp.Protocol{Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
		k := lockOf(v)
		return reprWith(th, v, lockState(k.locked, &k.waiters)), nil
	}}
	lockType.Doc = "Primitive lock objects.\n\nA primitive lock is a synchronization primitive that is not owned by a particular coroutine when\nlocked. When more than one coroutine waits in acquire(), they get the lock in the order in which\nthey came. 'async with lock:' acquires it, and releases it at the end of the block."
	lockType.SetInit(p, "Lock()", newLock, func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		*lockOf(a[0]) = lock{}
		return interp.None, nil
	})
	lockType.AddAsyncMethods(acquireRows)
	lockType.Setup(p, []interp.Builtin{
		{Sig: "locked()", Doc: "Return True if lock is acquired.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(lockOf(a[0]).locked), nil
		}},
		{Sig: "release()", Doc: "Release a lock.\n\nThe first coroutine in the line gets it. Raises RuntimeError when the lock is not acquired.", Fn: releaseAcquirer},
	}, []interp.GetSet{
		loopAttr,
		lineAttr("_waiters", func(k *lock) *line { return &k.waiters }),
		{Name: "_locked", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(lockOf(self).locked), nil
		}, Set: func(th *interp.Thread, self, v interp.Value) (err *interp.Exc) {
			lockOf(self).locked, err = th.Truth(v)
			return err
		}},
	})
}

func releaseAcquirer(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, _ := interp.NativeData[acquirer](a[0])
	return interp.None, x.release(th)
}

// lockState is how the repr of a lock or condition shows it.
func lockState(locked bool, waiters *line) string {
	s := "unlocked"
	if locked {
		s = "locked"
	}
	return s + waitersText(waiters)
}

func waitersText(l *line) string {
	if n := l.len(); n > 0 {
		return fmt.Sprintf(", waiters:%d", n)
	}
	return ""
}

// event is the data of an Event.
type event struct {
	bound
	waiters line
	set     bool
}

func eventOf(v interp.Value) *event {
	e, _ := interp.NativeData[*event](v)
	return e
}

func (e *event) fire(th *interp.Thread) *interp.Exc {
	if e.set {
		return nil
	}
	e.set = true
	return e.waiters.wake(th, e.waiters.len(), interp.True)
}

// Leave only leaves: whoever waits for an event needs nothing but its turn.
func (e *event) Leave(_ *interp.Thread, f *interp.Future, err *interp.Exc) *interp.Exc {
	e.waiters.remove(f)
	return err
}

func setupEvent() {
	p := &interp.Protocol{Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
		e := eventOf(v)
		state := "unset"
		if e.set {
			state = "set"
		}
		return reprWith(th, v, state+waitersText(&e.waiters)), nil
	}}
	eventType.Doc = "Asynchronous equivalent to threading.Event.\n\nset() sets its flag and wakes everyone in wait(); clear() takes the flag back. It is not set at first."
	eventType.SetInit(p, "Event()", func(cls *interp.Type) interp.Value { return interp.NewNative(cls, &event{}) },
		func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			*eventOf(a[0]) = event{}
			return interp.None, nil
		})
	eventType.AddAsyncMethods([]interp.AsyncBuiltin{{
		Sig: "wait()",
		Doc: "Block until the flag is set, and return True.",
		Ready: func(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
			return interp.True, eventOf(a[0]).set, nil
		},
		Await: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			e := eventOf(a[0])
			return e.waiters.standHere(th, a[0], &e.bound, e, false)
		},
		Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep {
			e := eventOf(a[0])
			return e.waiters.stand(a[0], &e.bound, e)
		},
	}})
	eventType.Setup(p, []interp.Builtin{
		{Sig: "is_set()", Doc: "Return True if and only if the flag is set.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(eventOf(a[0]).set), nil
		}},
		{Sig: "set()", Doc: "Set the flag. All coroutines waiting for it are awakened.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, eventOf(a[0]).fire(th)
		}},
		{Sig: "clear()", Doc: "Take the flag back: coroutines that call wait() block until set() is called again.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			eventOf(a[0]).set = false
			return interp.None, nil
		}},
	}, []interp.GetSet{
		loopAttr,
		lineAttr("_waiters", func(e *event) *line { return &e.waiters }),
		{Name: "_value", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(eventOf(self).set), nil
		}, Set: func(th *interp.Thread, self, v interp.Value) (err *interp.Exc) {
			eventOf(self).set, err = th.Truth(v)
			return err
		}},
	})
}

// semaphore is the data of a Semaphore, or of a BoundedSemaphore.
type semaphore struct {
	bound
	waiters line
	value   int
	limit   int // of value; negative: none
}

func semaphoreOf(v interp.Value) *semaphore {
	s, _ := interp.NativeData[*semaphore](v)
	return s
}

// locked reports whether acquire() would wait: there is nothing left, or others wait already.
func (s *semaphore) locked() bool { return s.value == 0 || !s.waiters.idle() }

func (s *semaphore) tryAcquire(*interp.Thread) (bool, *interp.Exc) {
	if s.locked() {
		return false, nil
	}
	s.value--
	return true, nil
}

func (s *semaphore) acquireStep(self interp.Value) interp.NativeStep {
	return s.waiters.stand(self, &s.bound, s)
}

func (s *semaphore) acquireHere(th *interp.Thread, self interp.Value, entering bool) (interp.Value, *interp.Exc) {
	return s.waiters.standHere(th, self, &s.bound, s, entering)
}

// Leave passes on what is left for others.
func (s *semaphore) Leave(th *interp.Thread, f *interp.Future, err *interp.Exc) *interp.Exc {
	s.waiters.remove(f)
	switch {
	case err == nil && s.value > 0:
		return s.wakeNext(th)
	case cancelled(err) && !f.Cancelled(): // it had been woken: the turn goes to the next
		s.value++
		if e := s.wakeNext(th); e != nil {
			return e
		}
	}
	return err
}

// wakeNext gives what there is to the first that is not awake yet: it need not take it itself.
func (s *semaphore) wakeNext(th *interp.Thread) *interp.Exc {
	for i := range s.waiters.len() {
		if f := s.waiters.at(i); f != nil && !f.Done() {
			s.value--
			return f.SetResult(th, interp.True)
		}
	}
	return nil
}

func (s *semaphore) release(th *interp.Thread) *interp.Exc {
	if s.limit >= 0 && s.value >= s.limit {
		return interp.ValueErrorf("BoundedSemaphore released too many times")
	}
	s.value++
	return s.wakeNext(th)
}

func initSemaphore(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	negative, err := th.CompareBool(interp.CmpLt, a[1], interp.MkInt(0))
	if err != nil {
		return interp.Value{}, err
	}
	if negative {
		return interp.Value{}, interp.ValueErrorf("Semaphore initial value must be >= 0")
	}
	n, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	s := semaphoreOf(a[0])
	*s = semaphore{value: n, limit: -1}
	if interp.TypeOf(a[0]).IsSubtype(boundedSemaphoreType) {
		s.limit = n
	}
	return interp.None, nil
}

func newSemaphore(cls *interp.Type) interp.Value {
	return interp.NewNative(cls, &semaphore{value: 1, limit: -1})
}

func setupSemaphore() {
	p := &interp.Protocol{Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
		s := semaphoreOf(v)
		state := "locked"
		if !s.locked() {
			state = fmt.Sprintf("unlocked, value:%d", s.value)
		}
		return reprWith(th, v, state+waitersText(&s.waiters)), nil
	}}
	semaphoreType.Doc = "A Semaphore implementation.\n\nA semaphore manages a counter which acquire() counts down and release() counts up. It never goes\nbelow zero: acquire() then waits until some other coroutine calls release()."
	semaphoreType.SetInit(p, "Semaphore(value=1)", newSemaphore, initSemaphore)
	semaphoreType.AddAsyncMethods(acquireRows)
	semaphoreType.Setup(p, []interp.Builtin{
		{Sig: "locked()", Doc: "Returns True if semaphore cannot be acquired immediately.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(semaphoreOf(a[0]).locked()), nil
		}},
		{Sig: "release()", Doc: "Release a semaphore, incrementing the internal counter by one, and wake the first in the line.", Fn: releaseAcquirer},
		{Sig: "_wake_up_next()", Doc: "Wake up the first waiter that isn't done.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, semaphoreOf(a[0]).wakeNext(th)
		}},
	}, []interp.GetSet{
		loopAttr,
		lineAttr("_waiters", func(s *semaphore) *line { return &s.waiters }),
		intAttr("_value", func(s *semaphore) *int { return &s.value }),
	})
	bounded := &interp.Protocol{}
	boundedSemaphoreType.Doc = "A bounded semaphore implementation.\n\nThis raises ValueError in release() if it would increase the value above the initial value."
	boundedSemaphoreType.SetInit(bounded, "BoundedSemaphore(value=1)", newSemaphore, initSemaphore)
	boundedSemaphoreType.Setup(bounded, nil, []interp.GetSet{intAttr("_bound_value", func(s *semaphore) *int { return &s.limit })})
}

// intAttr returns an attribute that is a counter in the data of an object.
func intAttr[T any](name string, of func(T) *int) interp.GetSet {
	return interp.GetSet{
		Name: name,
		Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			x, _ := interp.NativeData[T](self)
			return interp.MkInt(int64(*of(x))), nil
		},
		Set: func(th *interp.Thread, self, v interp.Value) *interp.Exc {
			x, _ := interp.NativeData[T](self)
			n, err := th.IndexInt(v)
			if err == nil {
				*of(x) = n
			}
			return err
		},
	}
}
