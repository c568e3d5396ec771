// Package thread is the module _thread: the primitives that threading is made of.
//
//	start_new_thread, get_ident, exit, interrupt_main
//	allocate_lock, LockType, RLock     locks (lock.go)
//	_local                             attributes that each thread has of its own
//	_start, _ThreadHandle              how threading starts and joins a thread
package thread

import (
	"math"
	"time"

	"aio/interp"
	"aio/loop"
)

// Module is the module _thread.
var Module = &interp.ModuleDef{
	Name: "_thread",
	Doc:  "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
	Funcs: []interp.Builtin{
		{Sig: "start_new_thread(function, args, kwargs=?, /)", Doc: "Start a new thread and return its identifier.\n\nThe thread will call the function with positional arguments from the tuple args and keyword arguments taken from\nthe optional dictionary kwargs.", Fn: startNewThread},
		{Sig: "start_new(function, args, kwargs=?, /)", Doc: "An obsolete synonym of start_new_thread().", Fn: startNewThread},
		{Sig: "allocate_lock()", Doc: "Create a new lock object. See help(type(threading.Lock())) for information about locks.", Fn: allocateLock},
		{Sig: "allocate()", Doc: "An obsolete synonym of allocate_lock().", Fn: allocateLock},
		{Sig: "get_ident()", Doc: "Return a non-zero integer that uniquely identifies the current thread amongst other threads that exist\nsimultaneously.", Fn: getIdent},
		{Sig: "get_native_id()", Doc: "Return a non-negative integer identifying the thread as reported by the OS (kernel).", Fn: getIdent},
		{Sig: "exit()", Doc: "This is synonymous to ``raise SystemExit''. It will cause the current thread to exit silently unless the exception is caught.", Fn: exit},
		{Sig: "exit_thread()", Doc: "An obsolete synonym of exit().", Fn: exit},
		{Sig: "interrupt_main(signum=2, /)", Doc: "Simulate the arrival of the given signal in the main thread.", Fn: interruptMain},
		{Sig: "stack_size(size=0, /)", Doc: "Return 0: the stack of a thread grows as it needs.", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(0), nil
		}},
		{Sig: "_count()", Doc: "Return the number of currently running Python threads, excluding the main thread.", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(int64(len(th.Interp().Threads()) - 1)), nil
		}},
		{Sig: "_main_ident()", Doc: "Return the identifier of the main thread.", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(int64(th.Interp().Main().Ident())), nil
		}},
		{Sig: "_set_name(name, /)", Doc: "Give the current thread a name.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			name, err := th.Str(a[0])
			th.SetName(name)
			return interp.None, err
		}},
		{Sig: "_at_shutdown(function, /)", Doc: "Have function called when the program ends, before its threads are waited for.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			fn := a[0]
			th.Interp().AtShutdown(func(th *interp.Thread) *interp.Exc {
				_, err := th.Call(fn)
				return err
			})
			return interp.None, nil
		}},
		{Sig: "_start(function, name, daemon, /)", Doc: "Start a thread that calls function, and return a handle to it.", Fn: start},
	},
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		setup()
		m.Set("error", interp.RuntimeError.Value())
		m.Set("TIMEOUT_MAX", interp.MkFloat(timeoutMax))
		m.Set("LockType", lockType.Value())
		m.Set("RLock", rlockType.Value())
		m.Set("_ThreadHandle", handleType.Value())
		m.Set("_local", interp.LocalType().Value())
		return nil
	},
}

// timeoutMax is how many seconds a wait can be limited to.
const timeoutMax = 9223372036.0

var handleType = interp.NewLibraryType("_thread", "_ThreadHandle", nil)

func getIdent(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(int64(th.Ident())), nil
}

func interruptMain(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 1 || n > 64 {
		return interp.Value{}, interp.ValueErrorf("signal number out of range")
	}
	th.Interp().Signal(n)
	return interp.None, th.PollSignals()
}

func exit(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.Value{}, interp.NewExc(interp.SystemExit)
}

func startNewThread(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fn := a[0]
	_, isTuple := interp.AsTuple(a[1])
	kwargs := a[2]
	if kwargs.IsUnbound() {
		kwargs = interp.NewDict().Value()
	}
	_, isDict := interp.AsDict(kwargs)
	switch {
	case !interp.IsCallable(fn):
		return interp.Value{}, interp.TypeErrorf("first arg must be callable")
	case !isTuple:
		return interp.Value{}, interp.TypeErrorf("2nd arg must be a tuple")
	case !isDict:
		return interp.Value{}, interp.TypeErrorf("optional 3rd arg must be a dictionary")
	}
	positional, names, err := th.SpreadArgs(fn, a[1], kwargs)
	if err != nil {
		return interp.Value{}, err
	}
	positional = append([]interp.Value(nil), positional...)
	t := th.StartThread("Dummy", true, func(th *interp.Thread) {
		if _, err := th.CallArgs(fn, positional, names); err != nil && !err.Is(interp.SystemExit) {
			text := "Exception ignored in thread started by: " + th.ReprOr(fn) + "\n" + th.FormatException(err)
			_ = th.WriteError(text) // nothing is left to tell it to
		}
	})
	return interp.MkInt(int64(t.Ident())), nil
}

// start is _start(): threading's own start of a thread, whose function reports its errors itself.
func start(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fn := a[0]
	name, err := th.Str(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	daemon, err := th.Truth(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	t := th.StartThread(name, daemon, func(th *interp.Thread) {
		if _, err := th.Call(fn); err != nil {
			_ = th.WriteError(th.FormatException(err)) // nothing is left to tell it to
		}
	})
	th.Yield() // as CPython does, it lets the new thread begin
	return interp.NewNative(handleType, t), nil
}

func threadOf(v interp.Value) *interp.Thread {
	t, _ := interp.NativeData[*interp.Thread](v)
	return t
}

func setupHandle() {
	handleType.Setup(&interp.Protocol{}, []interp.Builtin{
		{Sig: "join(timeout=None, /)", Doc: "Wait until the thread has ended, and return whether it has.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			until := loop.Forever
			if !a[1].IsNone() {
				d, err := seconds(th, a[1])
				if err != nil {
					return interp.Value{}, err
				}
				until = th.Interp().Deadline(max(d, 0))
			}
			ended, err := th.Join(threadOf(a[0]), until)
			return interp.MkBool(ended), err
		}},
		{Sig: "is_done()", Doc: "Return whether the thread has ended.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(threadOf(a[0]).Ended()), nil
		}},
	}, []interp.GetSet{{Name: "ident", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(threadOf(v).Ident())), nil
	}}})
}

// seconds reads a number of seconds, rounding up so that no wait ends too early. Errors: OverflowError for one that no wait can be limited to.
func seconds(th *interp.Thread, v interp.Value) (time.Duration, *interp.Exc) {
	f, err := th.Float(v)
	switch {
	case err != nil:
		return 0, err
	case f != f:
		return 0, interp.ValueErrorf("Invalid value NaN (not a number)")
	case f > timeoutMax:
		return 0, interp.Errorf(interp.OverflowError, "timestamp out of range for platform time_t")
	}
	return time.Duration(math.Ceil(f * float64(time.Second))), nil
}
