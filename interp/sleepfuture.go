package interp

// This file defines the future that asyncio.sleep waits for.

import "aio/loop"

// sleepFuture is a future and its timer in one.
type sleepFuture struct {
	Future
	timer loop.Timer
}

// NewSleep returns a future of l that gets result after a delay in seconds.
func (th *Thread) NewSleep(l *EventLoop, delay float64, result Value) (*Future, *Exc) {
	if f, ok := l.scripted("call_later"); ok {
		return th.newScriptedSleep(l, f, delay, result)
	}
	s := &sleepFuture{}
	s.shape, s.loop, s.kind, s.result = futureShape, l, futureSleeping, result
	l.L.StartTimer(&s.timer, l.L.Time()+LoopTime(delay), s)
	return &s.Future, nil
}

// newScriptedSleep is NewSleep for a loop whose call_later is a script's.
func (th *Thread) newScriptedSleep(l *EventLoop, callLater Value, delay float64, result Value) (*Future, *Exc) {
	f := NewFuture(l)
	end := goFunction("_set_result_unless_cancelled", func(th *Thread) {
		if f.state == futurePending {
			_ = f.SetResult(th, result) // it is pending
		}
	})
	h, err := th.Call(callLater, MkFloat(delay), end)
	if err != nil {
		return nil, err
	}
	f.OnDone(th, func(th *Thread, _ *Future) {
		if _, err := th.CallMethod(h, "cancel"); err != nil {
			th.unraisable(err)
		}
	})
	return f, nil
}

// Run sets the result when the time has come.
func (s *sleepFuture) Run() {
	if s.state == futurePending {
		s.kind = futurePlain
		s.finish(s.loop.th, futureFinished)
	}
}
