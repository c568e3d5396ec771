// This file defines Clock and its two implementations.
package loop

import (
	"sync/atomic"
	"time"
)

// A Clock is where a loop takes its time from.
type Clock interface {
	// Now returns the time since the clock was made. It never goes back.
	Now() time.Duration

	// Wait returns when Now has reached until, or after a receive from wake, which may be nil.
	Wait(until time.Duration, wake <-chan struct{})

	// Jumps reports whether Wait moves the time instead of letting it pass. The loop then waits for open
	// completions before it waits for a time.
	Jumps() bool
}

// A RealClock is the machine's monotonic clock. Make one with NewRealClock.
type RealClock struct {
	start time.Time
}

// NewRealClock returns a real clock that stands at zero.
func NewRealClock() *RealClock { return &RealClock{start: time.Now()} }

// Now returns the real time since the clock was made.
func (c *RealClock) Now() time.Duration { return time.Since(c.start) }

// Wait sleeps until the time has come or something is received from wake.
func (c *RealClock) Wait(until time.Duration, wake <-chan struct{}) {
	if until == Forever {
		<-wake
		return
	}
	timer := time.NewTimer(until - c.Now())
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-wake:
	}
}

// Jumps returns false.
func (c *RealClock) Jumps() bool { return false }

// A VirtualClock moves only when it is waited for: a wait for a time moves it there at once. Programs under it
// take no time to sleep, and do the same every time they are run. The zero value stands at zero.
type VirtualClock struct {
	now atomic.Int64
}

// NewVirtualClock returns a virtual clock that stands at zero.
func NewVirtualClock() *VirtualClock { return new(VirtualClock) }

// Now returns the sum of all jumps.
func (c *VirtualClock) Now() time.Duration { return time.Duration(c.now.Load()) }

// Wait moves the clock to until, if that is ahead; until Forever it waits for wake, in real time.
func (c *VirtualClock) Wait(until time.Duration, wake <-chan struct{}) {
	if until == Forever {
		<-wake
		return
	}
	for now := c.now.Load(); now < int64(until); now = c.now.Load() {
		if c.now.CompareAndSwap(now, int64(until)) {
			return
		}
	}
}

// Jumps returns true.
func (c *VirtualClock) Jumps() bool { return true }
