package asyncio

// This file defines Barrier.

import (
	"fmt"

	"aio/interp"
)

var barrierType = interp.NewLibraryType("asyncio.locks", "Barrier", nil)

// barrierState is where a Barrier stands.
type barrierState uint8

const (
	barrierFilling   barrierState = iota // tasks come
	barrierDraining                      // all have come, and leave
	barrierResetting                     // reset() was called while some waited
	barrierBroken                        // abort() was called
)

var barrierStates = [...]string{"filling", "draining", "resetting", "broken"}

// barrier is the data of a Barrier. A task in wait() holds cond except while it waits.
type barrier struct {
	cond    interp.Value // a Condition
	parties int
	count   int // tasks in wait() that have been counted
	state   barrierState
}

func barrierOf(v interp.Value) *barrier {
	b, _ := interp.NativeData[*barrier](v)
	return b
}

func (b *barrier) binding() *bound { return &conditionOf(b.cond).bound }

// waiting returns n_waiting.
func (b *barrier) waiting() int {
	if b.state == barrierFilling {
		return b.count
	}
	return 0
}

// until is the body that waits, holding cond, for the state to be one that holds accepts.
func (b *barrier) until(holds func(s barrierState) bool) interp.NativeStep {
	return conditionOf(b.cond).waitUntil(b.cond, func(*interp.Thread) (interp.Value, *interp.Exc) {
		return interp.MkBool(holds(b.state)), nil
	})
}

// change sets the state and wakes everybody.
func (b *barrier) change(th *interp.Thread, s barrierState) *interp.Exc {
	b.state = s
	c := conditionOf(b.cond)
	return c.notify(th, c.waiters.len())
}

// holding is a coroutine body that acquires cond, goes on with then, and has to call leave at its end.
type holding struct {
	body
	b *barrier
}

func (b *barrier) hold(then func(h *holding) interp.NativeStep) interp.NativeStep {
	h := &holding{b: b}
	first := then(h)
	h.next = func(th *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		c := conditionOf(b.cond)
		ok, err := c.tryAcquire(th)
		switch {
		case err != nil:
			return fail(err)
		case ok:
			return first(th, interp.None, nil)
		}
		return h.run(c.acquireStep(b.cond), first)
	}
	return h.step
}

// leave releases cond and ends the coroutine with v or err.
func (h *holding) leave(th *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	if e := conditionOf(h.b.cond).release(th); e != nil {
		err = e
	}
	return v, interp.NativeDone, err
}

// waitStep is the body of wait().
func (b *barrier) waitStep() interp.NativeStep {
	return b.hold(func(h *holding) interp.NativeStep {
		return func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
			if err != nil {
				return fail(err)
			}
			return h.run(b.until(func(s barrierState) bool { return s != barrierDraining && s != barrierResetting }), h.arrive)
		}
	})
}

// arrive goes on when the barrier takes tasks in: the last one lets all go, the others wait for it.
func (h *holding) arrive(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	b := h.b
	if err == nil && b.state == barrierBroken {
		err = interp.Errorf(brokenBarrierError, "Barrier aborted")
	}
	if err != nil {
		return h.leave(th, interp.Value{}, err)
	}
	index := b.count
	b.count++
	depart := func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err == nil && (b.state == barrierBroken || b.state == barrierResetting) {
			err = interp.Errorf(brokenBarrierError, "Abort or reset of barrier")
		}
		b.count--
		if e := b.exit(th); e != nil {
			err = e
		}
		return h.leave(th, interp.MkInt(int64(index)), err)
	}
	if b.count < b.parties {
		return h.run(b.until(func(s barrierState) bool { return s != barrierFilling }), depart)
	}
	err = b.change(th, barrierDraining)
	return depart(th, interp.None, err)
}

// exit lets new tasks in when the last one has left.
func (b *barrier) exit(th *interp.Thread) *interp.Exc {
	if b.count > 0 {
		return nil
	}
	s := b.state
	if s == barrierResetting || s == barrierDraining {
		s = barrierFilling
	}
	return b.change(th, s)
}

// changeStep is the body of reset() and abort(): holding cond, it sets the state that to returns.
func (b *barrier) changeStep(to func() barrierState) interp.NativeStep {
	return b.hold(func(h *holding) interp.NativeStep {
		return func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
			if err != nil {
				return fail(err)
			}
			return h.leave(th, interp.None, b.change(th, to()))
		}
	})
}

// afterReset returns the state that reset() leads to.
func (b *barrier) afterReset() barrierState {
	if b.count > 0 {
		return barrierResetting
	}
	return barrierFilling
}

func initBarrier(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	few, err := th.CompareBool(interp.CmpLt, a[1], interp.MkInt(1))
	if err != nil {
		return interp.Value{}, err
	}
	if few {
		return interp.Value{}, interp.ValueErrorf("parties must be > 0")
	}
	n, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	cond, err := th.Call(conditionType.Value())
	if err != nil {
		return interp.Value{}, err
	}
	*barrierOf(a[0]) = barrier{cond: cond, parties: n}
	return interp.None, nil
}

// enterBarrier is the body of __aenter__: it awaits self.wait(), which a script's class may have replaced.
func enterBarrier(th *interp.Thread, a []interp.Value) interp.NativeStep {
	self := a[0]
	if !interp.TypeOf(self).Scripted() {
		return barrierOf(self).waitStep()
	}
	b := &body{}
	b.next = func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			return fail(err)
		}
		v, err := th.CallMethod(self, "wait")
		if err != nil {
			return fail(err)
		}
		return b.await(v, finish)
	}
	return b.step
}

func setupBarrier() {
	p := &interp.Protocol{Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
		b := barrierOf(v)
		state := barrierStates[b.state]
		if b.state != barrierBroken {
			state += fmt.Sprintf(", waiters:%d/%d", b.waiting(), b.parties)
		}
		return reprWith(th, v, state), nil
	}}
	barrierType.Doc = "Asyncio equivalent to threading.Barrier\n\nA point that a number of tasks (parties) have to reach before any of them goes on. It can be used again\nafterwards."
	barrierType.SetInit(p, "Barrier(parties)", func(cls *interp.Type) interp.Value { return interp.NewNative(cls, &barrier{}) }, initBarrier)
	barrierType.AddAsyncMethods([]interp.AsyncBuiltin{
		{Sig: "wait()", Doc: "Wait for the barrier.\n\nWhen the specified number of tasks have started waiting, they are all awakened simultaneously. Returns a\nnumber from 0 to parties-1, a different one for each.",
			Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep { return barrierOf(a[0]).waitStep() }},
		{Sig: "reset()", Doc: "Reset the barrier to the initial state. Tasks that wait get a BrokenBarrierError.",
			Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep {
				b := barrierOf(a[0])
				return b.changeStep(b.afterReset)
			}},
		{Sig: "abort()", Doc: "Place the barrier into a 'broken' state. Tasks that wait, and those to come, get a BrokenBarrierError.",
			Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep {
				return barrierOf(a[0]).changeStep(func() barrierState { return barrierBroken })
			}},
		{Sig: "__aenter__()", Doc: "Wait for the barrier, and return the task's number.", Wait: enterBarrier},
		{Sig: "__aexit__(exc_type, exc, tb)", Doc: "Do nothing.", Ready: func(*interp.Thread, []interp.Value) (interp.Value, bool, *interp.Exc) {
			return interp.None, true, nil
		}},
	})
	barrierType.Setup(p, nil, []interp.GetSet{
		{Name: "parties", Doc: "Return the number of tasks required to trip the barrier.", Get: barrierInt(func(b *barrier) int { return b.parties })},
		{Name: "n_waiting", Doc: "Return the number of tasks currently waiting at the barrier.", Get: barrierInt((*barrier).waiting)},
		{Name: "broken", Doc: "Return True if the barrier is in a broken state.", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(barrierOf(self).state == barrierBroken), nil
		}},
		{Name: "_cond", Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			return barrierOf(self).cond, nil
		}},
		intAttr("_count", func(b *barrier) *int { return &b.count }),
		intAttr("_parties", func(b *barrier) *int { return &b.parties }),
	})
}

func barrierInt(of func(b *barrier) int) func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
	return func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(of(barrierOf(self)))), nil
	}
}
