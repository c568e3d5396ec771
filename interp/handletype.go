package interp

// This file defines Handle and TimerHandle: callbacks that are queued or due.

import (
	"math"
	"strings"
	"time"

	"aio/loop"
)

// Handle is an asyncio.Handle: a callback that is queued.
type Handle struct {
	Header
	loop      *EventLoop
	fn        Value // unbound: cancelled
	args      []Value
	scope     scope
	cancelled bool
	shown     string // the repr that a cancelled one keeps in debug mode
	source    Value  // where it was made, in debug mode; unbound without
}

// TimerHandle is an asyncio.TimerHandle: a callback that is due at a time.
type TimerHandle struct {
	Handle
	timer loop.Timer
	when  Value
}

// asHandle returns v as a Handle; a TimerHandle is one.
func asHandle(v Value) *Handle { return (*Handle)(v.p) }

func setupHandle(t *Type) {
	t.Module = "asyncio.events"
	t.Doc = "Object returned by callback registration methods."
	t.SetNew("Handle(callback, args, loop, context=None)", func(th *Thread, a []Value) (Value, *Exc) {
		h := &Handle{Header: Header{a[0].asType().inst}}
		return object(h), h.fill(th, a[1], a[2], a[3], a[4])
	})
	t.flags |= flagNoBase
	t.proto = &Protocol{Repr: handleRepr}
	t.rows = []Builtin{
		{"cancel()", "Cancel the callback.", func(th *Thread, a []Value) (Value, *Exc) {
			cancelHandle(th, a[0])
			return None, nil
		}},
		{"cancelled()", "Return True if the callback was cancelled.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkBool(asHandle(a[0]).cancelled), nil
		}},
		{"_run()", "Call the callback.", func(th *Thread, a []Value) (Value, *Exc) {
			h := asHandle(a[0])
			if h.fn.IsUnbound() {
				return None, nil
			}
			return None, h.call(th)
		}},
	}
	t.getset = []GetSet{
		{Name: "_callback", Get: func(th *Thread, v Value) (Value, *Exc) { return orNone(asHandle(v).fn), nil }},
		{Name: "_args", Get: func(th *Thread, v Value) (Value, *Exc) {
			if h := asHandle(v); !h.fn.IsUnbound() {
				return MkTuple(h.args), nil
			}
			return None, nil
		}},
		{Name: "_cancelled", Get: func(th *Thread, v Value) (Value, *Exc) { return MkBool(asHandle(v).cancelled), nil }},
		{Name: "_loop", Get: func(th *Thread, v Value) (Value, *Exc) { return object(asHandle(v).loop), nil }},
		{Name: "_context", Get: func(th *Thread, v Value) (Value, *Exc) { return object(asHandle(v).scope.context()), nil }},
		{Name: "_source_traceback", Get: func(th *Thread, v Value) (Value, *Exc) { return orNone(asHandle(v).source), nil }},
	}
}

func setupTimerHandle(t *Type) {
	t.Module = "asyncio.events"
	t.Doc = "Object returned by timed callback registration methods."
	t.SetNew("TimerHandle(when, callback, args, loop, context=None)", func(th *Thread, a []Value) (Value, *Exc) {
		h := &TimerHandle{when: a[1]}
		h.shape = a[0].asType().inst
		return object(&h.Handle), h.fill(th, a[2], a[3], a[4], a[5])
	})
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Hash:    func(th *Thread, v Value) (uint64, *Exc) { return th.Hash((*TimerHandle)(v.p).when) },
		Compare: timerHandleCompare,
	}
	t.rows = []Builtin{{"when()", "Return a scheduled callback time.", func(th *Thread, a []Value) (Value, *Exc) {
		return (*TimerHandle)(a[0].p).when, nil
	}}}
	t.getset = []GetSet{
		{Name: "_when", Get: func(th *Thread, v Value) (Value, *Exc) { return (*TimerHandle)(v.p).when, nil }},
		{Name: "_scheduled", Get: func(th *Thread, v Value) (Value, *Exc) {
			return MkBool((*TimerHandle)(v.p).timer.Pending()), nil
		}},
	}
}

// asType returns v, which is a class.
func (v Value) asType() *Type { return (*Type)(v.p) }

func orNone(v Value) Value {
	if v.IsUnbound() {
		return None
	}
	return v
}

// fill is Handle.__init__.
func (h *Handle) fill(th *Thread, fn, args, loop, context Value) *Exc {
	l, ok := AsEventLoop(loop)
	if !ok {
		return TypeErrorf("an event loop was expected, got %s", th.reprOr(loop))
	}
	items, err := th.Items(args)
	if err != nil {
		return err
	}
	if h.scope, err = th.scopeOf(context); err != nil {
		return err
	}
	h.loop, h.fn, h.args = l, fn, append([]Value(nil), items...)
	return h.noteSource(th)
}

func (h *Handle) noteSource(th *Thread) (err *Exc) {
	if h.loop.Debug {
		h.source, err = th.extractStack()
	}
	return err
}

func timerHandleCompare(th *Thread, op CompareOp, x, y Value) (Value, *Exc) {
	if !IsInstance(y, timerHandleType) {
		return NotImplemented, nil
	}
	a, b := (*TimerHandle)(x.p), (*TimerHandle)(y.p)
	strict := op
	switch op {
	case CmpLe:
		strict = CmpLt
	case CmpGe:
		strict = CmpGt
	case CmpEq, CmpNe:
		same, err := th.sameTimers(a, b)
		return MkBool(same == (op == CmpEq)), err
	}
	yes, err := th.CompareBool(strict, a.when, b.when)
	if err == nil && !yes && strict != op {
		yes, err = th.sameTimers(a, b)
	}
	return MkBool(yes), err
}

func (th *Thread) sameTimers(a, b *TimerHandle) (bool, *Exc) {
	if a.cancelled != b.cancelled {
		return false, nil
	}
	for _, pair := range [...][2]Value{{a.when, b.when}, {orNone(a.fn), orNone(b.fn)}, {MkTuple(a.args), MkTuple(b.args)}} {
		if same, err := th.Equal(pair[0], pair[1]); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func handleRepr(th *Thread, v Value) (string, *Exc) {
	h := asHandle(v)
	if h.shown != "" {
		return h.shown, nil
	}
	info := []string{typeName(v)}
	if h.cancelled {
		info = append(info, "cancelled")
	}
	if shapeOf(v) == timerHandleShape {
		s, err := th.Str((*TimerHandle)(v.p).when)
		if err != nil {
			return "", err
		}
		info = append(info, "when="+s)
	}
	if !h.fn.IsUnbound() {
		info = append(info, th.DescribeCallback(h.fn, h.args))
	}
	if place := th.createdAt(orNone(h.source)); place != "" {
		info = append(info, place)
	}
	return "<" + strings.Join(info, " ") + ">", nil
}

// callSoon queues a callback in a scope.
func (l *EventLoop) callSoon(th *Thread, fn Value, args []Value, s scope) *Handle {
	h := &Handle{Header: Header{handleShape}, loop: l, fn: fn, args: args, scope: s}
	l.ready(th, h)
	return h
}

// callAt queues a callback when the loop's time has reached when.
func (l *EventLoop) callAt(when float64, v, fn Value, args []Value, s scope) *TimerHandle {
	h := &TimerHandle{when: v, Handle: Handle{Header: Header{timerHandleShape}, loop: l, fn: fn, args: args, scope: s}}
	l.L.StartTimer(&h.timer, LoopTime(when), h)
	return h
}

// LoopTime turns seconds into the loop's time. What is too far away is the end of time.
func LoopTime(seconds float64) time.Duration {
	const limit = float64(loop.Forever - time.Hour)
	switch ns := math.Round(seconds * 1e9); {
	case ns != ns:
		return 0
	case ns >= limit:
		return loop.Forever - time.Hour
	case ns <= -limit:
		return time.Hour - loop.Forever
	default:
		return time.Duration(ns)
	}
}

// cancelHandle makes a handle do nothing.
func cancelHandle(th *Thread, v Value) {
	h := asHandle(v)
	if h.cancelled {
		return
	}
	h.cancelled = true
	if shapeOf(v) == timerHandleShape {
		h.loop.L.StopTimer(&(*TimerHandle)(v.p).timer)
	}
	if h.loop.Debug { // for the message about what took long
		h.shown = th.reprOr(v)
	}
	h.fn, h.args = Value{}, nil
}

// Run calls the callback.
func (h *Handle) Run() {
	if h.cancelled {
		return
	}
	th := h.loop.th
	if err := h.call(th); err != nil {
		h.loop.Leave(err)
	}
}

// call calls the callback. What it raises goes to the loop's exception handler. Errors: SystemExit and
// KeyboardInterrupt, which leave the loop.
func (h *Handle) call(th *Thread) *Exc {
	old := th.enterScope(h.scope)
	_, err := th.CallArgs(h.fn, h.args, nil)
	th.leaveScope(old)
	if err == nil || err.Is(SystemExit) || err.Is(KeyboardInterrupt) {
		return err
	}
	return h.loop.callbackFailed(th, err, h)
}
