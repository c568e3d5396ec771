package interp

// This file defines the future that asyncio.sleep waits for.

import "aio/loop"

// sleepFuture is a future and its timer in one.
type sleepFuture struct {
	Future
	timer loop.Timer
}

// NewSleep returns a future of l that gets result after a delay in seconds.
func (th *Thread) NewSleep(l *EventLoop, delay float64, result Value) *Future {
	s := &sleepFuture{}
	s.shape, s.loop, s.sleeping, s.result = futureShape, l, true, result
	l.L.StartTimer(&s.timer, l.L.Time()+LoopTime(delay), s)
	return &s.Future
}

// Run sets the result when the time has come.
func (s *sleepFuture) Run() {
	if s.state == futurePending {
		s.sleeping = false
		s.finish(s.loop.th, futureFinished)
	}
}
