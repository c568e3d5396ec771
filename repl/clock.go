package repl

// This file defines switchClock, which :clock switches.

import (
	"sync/atomic"
	"time"

	"aio/loop"
)

// switchClock is the real clock, or a virtual one that goes on from the same time. It is switched while
// nothing waits for it.
type switchClock struct {
	real    *loop.RealClock
	virtual atomic.Pointer[loop.VirtualClock] // nil: the real one
	offset  atomic.Int64                      // what the real one is behind
	start   time.Time                         // the wall time at which it stood at zero
}

func newSwitchClock(virtual bool) *switchClock {
	c := &switchClock{real: loop.NewRealClock(), start: time.Now()}
	c.turn(virtual)
	return c
}

// turn switches to the virtual clock or to the real one. The time does not leap.
func (c *switchClock) turn(virtual bool) {
	now := c.Now()
	switch {
	case virtual == c.Jumps():
	case virtual:
		v := loop.NewVirtualClock()
		v.Wait(now, nil)
		c.virtual.Store(v)
	default:
		c.offset.Store(int64(now - c.real.Now()))
		c.virtual.Store(nil)
	}
}

// Now returns the time since the clock was made.
func (c *switchClock) Now() time.Duration {
	if v := c.virtual.Load(); v != nil {
		return v.Now()
	}
	return c.real.Now() + time.Duration(c.offset.Load())
}

// Wait returns when the time has come, or after a receive from wake.
func (c *switchClock) Wait(until time.Duration, wake <-chan struct{}) {
	if v := c.virtual.Load(); v != nil {
		v.Wait(until, wake)
		return
	}
	if until != loop.Forever {
		until -= time.Duration(c.offset.Load())
	}
	c.real.Wait(until, wake)
}

// Jumps reports whether the clock is the virtual one.
func (c *switchClock) Jumps() bool { return c.virtual.Load() != nil }

// wall returns the wall time.
func (c *switchClock) wall() time.Time {
	if !c.Jumps() && c.offset.Load() == 0 {
		return time.Now()
	}
	return c.start.Add(c.Now())
}
