package interp

// This file defines how a thread sleeps.

import "time"

// virtualEpoch is the wall time at which a clock that jumps begins, so that every run sees the same
// times.
var virtualEpoch = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// Sleep lets d pass on the interpreter's clock; a virtual one jumps. Errors: what handling a signal that
// comes meanwhile raises, such as KeyboardInterrupt.
func (th *Thread) Sleep(d time.Duration) *Exc {
	clock := th.in.cfg.Clock
	until := clock.Now() + max(d, 0)
	if until < 0 {
		until = 1<<63 - 1
	}
	if d <= 0 {
		th.Yield()
	}
	for clock.Now() < until {
		if th.in.gil.several {
			th.park(until, false)
		} else {
			clock.Wait(until, th.in.wake)
		}
		if err := th.in.pollSignals(th); err != nil {
			return err
		}
	}
	return nil
}

// Wake makes a sleeping thread look for signals. It can be called from any goroutine.
func (in *Interp) Wake() {
	select {
	case in.wake <- struct{}{}:
	default: // a wake-up is on its way already
	}
	in.main.unpark()
}
