package thread

// This file defines lock and RLock.

import (
	"fmt"
	"sync"
	"time"

	"aio/interp"
	"aio/loop"
)

var (
	lockType  = interp.NewLibraryType("_thread", "lock", nil)
	rlockType = interp.NewLibraryType("_thread", "RLock", nil)
)

// setup finishes the types of the module.
var setup = sync.OnceFunc(func() {
	setupHandle()
	setupLock()
	setupRLock()
})

// lock is the data of a lock and, with owner and count, of an RLock.
type lock struct {
	locked  bool
	owner   *interp.Thread
	count   int
	waiters interp.Waiters
}

func lockOf(v interp.Value) *lock {
	k, _ := interp.NativeData[*lock](v)
	return k
}

// take waits until the lock is free, or the clock has reached until, and takes it.
func (k *lock) take(th *interp.Thread, until time.Duration) (bool, *interp.Exc) {
	ok, err := th.Wait(&k.waiters, until, func() bool { return !k.locked })
	if ok {
		k.locked = true
	}
	return ok, err
}

func (k *lock) free() {
	k.locked = false
	k.waiters.WakeOne()
}

// limit reads the arguments of acquire(): until when it waits; now says not at all.
func limit(th *interp.Thread, blocking, timeout interp.Value) (until time.Duration, now bool, err *interp.Exc) {
	block, err := th.IndexInt(blocking)
	if err != nil {
		return 0, false, err
	}
	d, err := seconds(th, timeout)
	switch {
	case err != nil:
		return 0, false, err
	case block == 0 && d != -time.Second:
		return 0, false, interp.ValueErrorf("can't specify a timeout for a non-blocking call")
	case d < 0 && d != -time.Second:
		return 0, false, interp.ValueErrorf("timeout value must be positive")
	case block == 0:
		return 0, true, nil
	case d < 0:
		return loop.Forever, false, nil
	}
	return th.Interp().Deadline(d), false, nil
}

func allocateLock(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.NewNative(lockType, &lock{}), nil
}

func acquire(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	k := lockOf(a[0])
	until, now, err := limit(th, a[1], a[2])
	if err != nil {
		return interp.Value{}, err
	}
	if !k.locked {
		k.locked = true
		return interp.True, nil
	}
	if now {
		return interp.False, nil
	}
	ok, err := k.take(th, until)
	return interp.MkBool(ok), err
}

func release(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	k := lockOf(a[0])
	if !k.locked {
		return interp.Value{}, interp.RuntimeErrorf("release unlocked lock")
	}
	k.free()
	return interp.None, nil
}

func enterLock(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	ok, err := lockOf(a[0]).take(th, loop.Forever)
	return interp.MkBool(ok), err
}

func locked(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkBool(lockOf(a[0]).locked), nil
}

func resetLock(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	*lockOf(a[0]) = lock{}
	return interp.None, nil
}

// state is how the repr of a lock begins.
func (k *lock) state() string {
	if k.locked {
		return "locked"
	}
	return "unlocked"
}

func setupLock() {
	lockType.Doc = "A lock object is a synchronization primitive. To create a lock,\ncall threading.Lock()."
	lockType.Setup(&interp.Protocol{Repr: func(_ *interp.Thread, v interp.Value) (string, *interp.Exc) {
		return fmt.Sprintf("<%s _thread.lock object at %s>", lockOf(v).state(), interp.AddressText(v)), nil
	}}, []interp.Builtin{
		{Sig: "acquire(blocking=True, timeout=-1)", Doc: "acquire(blocking=True, timeout=-1) -> bool\n\nLock the lock. Without argument, this blocks if the lock is already locked (even by the same thread), waiting\nfor another thread to release the lock, and returns True once it has it.", Fn: acquire},
		{Sig: "acquire_lock(blocking=True, timeout=-1)", Doc: "An obsolete synonym of acquire().", Fn: acquire},
		{Sig: "release()", Doc: "Release the lock, allowing another thread that is blocked waiting for the lock to acquire the lock.", Fn: release},
		{Sig: "release_lock()", Doc: "An obsolete synonym of release().", Fn: release},
		{Sig: "locked()", Doc: "Return whether the lock is in the locked state.", Fn: locked},
		{Sig: "locked_lock()", Doc: "An obsolete synonym of locked().", Fn: locked},
		{Sig: "__enter__()", Doc: "Lock the lock.", Fn: enterLock},
		{Sig: "__exit__(*args)", Doc: "Release the lock.", Fn: release},
		{Sig: "_at_fork_reinit()", Doc: "Make the lock a new one.", Fn: resetLock},
	}, nil)
}

// enter locks an RLock for the thread, once more if it has it already.
func (k *lock) enter(th *interp.Thread, until time.Duration, now bool) (bool, *interp.Exc) {
	if k.owner == th {
		k.count++
		return true, nil
	}
	if k.locked && now {
		return false, nil
	}
	ok, err := k.take(th, until)
	if ok {
		k.owner, k.count = th, 1
	}
	return ok, err
}

func (k *lock) exit(th *interp.Thread) *interp.Exc {
	if k.owner != th {
		return interp.RuntimeErrorf("cannot release un-acquired lock")
	}
	if k.count--; k.count == 0 {
		k.owner = nil
		k.free()
	}
	return nil
}

func setupRLock() {
	rlockType.Doc = "A reentrant lock: the thread that has it can acquire it again, and has to release it as often."
	rlockType.SetNew("RLock()", func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		cls, _ := interp.AsType(a[0])
		return interp.NewNative(cls, &lock{}), nil
	})
	exit := func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, lockOf(a[0]).exit(th)
	}
	rlockType.Setup(&interp.Protocol{Repr: reprRLock}, []interp.Builtin{
		{Sig: "acquire(blocking=True, timeout=-1)", Doc: "Lock the lock.\n\nIf this thread already owns the lock, the recursion level is incremented and True returned.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			until, now, err := limit(th, a[1], a[2])
			if err != nil {
				return interp.Value{}, err
			}
			ok, err := lockOf(a[0]).enter(th, until, now)
			return interp.MkBool(ok), err
		}},
		{Sig: "release()", Doc: "Release the lock, decrementing the recursion level.", Fn: exit},
		{Sig: "__enter__()", Doc: "Lock the lock.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			ok, err := lockOf(a[0]).enter(th, loop.Forever, false)
			return interp.MkBool(ok), err
		}},
		{Sig: "__exit__(*args)", Doc: "Release the lock.", Fn: exit},
		{Sig: "_is_owned()", Doc: "For internal use by threading.Condition.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(lockOf(a[0]).owner == th), nil
		}},
		{Sig: "_recursion_count()", Doc: "How often this thread has acquired it.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			if k := lockOf(a[0]); k.owner == th {
				return interp.MkInt(int64(k.count)), nil
			}
			return interp.MkInt(0), nil
		}},
		{Sig: "_release_save()", Doc: "For internal use by threading.Condition: release it altogether.", Fn: releaseSave},
		{Sig: "_acquire_restore(state, /)", Doc: "For internal use by threading.Condition: acquire it as it was.", Fn: acquireRestore},
		{Sig: "_at_fork_reinit()", Doc: "Make the lock a new one.", Fn: resetLock},
	}, nil)
}

func releaseSave(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	k := lockOf(a[0])
	if k.owner != th {
		return interp.Value{}, interp.RuntimeErrorf("cannot release un-acquired lock")
	}
	count := k.count
	k.owner, k.count = nil, 0
	k.free()
	return interp.MkInt(int64(count)), nil
}

func acquireRestore(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	count, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	k := lockOf(a[0])
	if _, err := k.take(th, loop.Forever); err != nil {
		return interp.Value{}, err
	}
	k.owner, k.count = th, count
	return interp.None, nil
}

func reprRLock(_ *interp.Thread, v interp.Value) (string, *interp.Exc) {
	k := lockOf(v)
	owner := uint64(0)
	if k.owner != nil {
		owner = k.owner.Ident()
	}
	return fmt.Sprintf("<%s _thread.RLock object owner=%d count=%d at %s>", k.state(), owner, k.count, interp.AddressText(v)), nil
}
