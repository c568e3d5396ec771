// This file defines Tracer, the hooks through which the loop can be watched.
package loop

import "time"

// A Tracer is a set of hooks. Each may be nil. They are called on the loop thread, except PendingOpened, which
// is called by whoever opens the completion; they must not call the loop.
type Tracer struct {
	Ready               func(r Runner)                // r was queued by Ready
	Posted              func(r Runner)                // r, which Post brought, was queued
	TimerSet            func(t *Timer)                // t was started
	TimerFired          func(t *Timer, r Runner)      // t was due and r was queued
	TimerCancelled      func(t *Timer)                // t is about to be stopped
	PendingOpened       func(c *Completion)           // c was opened
	CompletionDelivered func(c *Completion, r Runner) // c was done and r, unless nil, was queued
	TurnBegin           func(turn uint64, batch int)  // turn, counted from 1, is going to run batch callbacks
	TurnEnd             func(turn uint64)             // the batch of turn was run
	RunBegin            func(r Runner)                // r is going to run
	RunEnd              func(r Runner)                // r has run
	Wait                func(until time.Duration)     // nothing is ready; the loop waits till until, or Forever
}

func (t *Tracer) ready(r Runner) {
	if t.Ready != nil {
		t.Ready(r)
	}
}

func (t *Tracer) timerSet(timer *Timer) {
	if t.TimerSet != nil {
		t.TimerSet(timer)
	}
}

func (t *Tracer) timerFired(timer *Timer, r Runner) {
	if t.TimerFired != nil {
		t.TimerFired(timer, r)
	}
}

func (t *Tracer) timerCancelled(timer *Timer) {
	if t.TimerCancelled != nil {
		t.TimerCancelled(timer)
	}
}

func (t *Tracer) pendingOpened(c *Completion) {
	if t.PendingOpened != nil {
		t.PendingOpened(c)
	}
}

// delivered reports a delivery by the hook of what brought it.
func (t *Tracer) delivered(d delivery) {
	if d.c == nil {
		if t.Posted != nil {
			t.Posted(d.r)
		}
	} else if t.CompletionDelivered != nil {
		t.CompletionDelivered(d.c, d.r)
	}
}

func (t *Tracer) turnBegin(turn uint64, batch int) {
	if t.TurnBegin != nil {
		t.TurnBegin(turn, batch)
	}
}

func (t *Tracer) turnEnd(turn uint64) {
	if t.TurnEnd != nil {
		t.TurnEnd(turn)
	}
}

// run runs r between its two hooks.
func (t *Tracer) run(r Runner) {
	if t.RunBegin != nil {
		t.RunBegin(r)
	}
	r.Run()
	if t.RunEnd != nil {
		t.RunEnd(r)
	}
}

func (t *Tracer) wait(until time.Duration) {
	if t.Wait != nil {
		t.Wait(until)
	}
}
