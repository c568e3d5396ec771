// This file defines what other goroutines may do to a loop: post, deliver a completion, interrupt.
package loop

// A Completion is the result, promised and not yet delivered, of an operation outside the loop. While one is
// open the loop waits instead of reporting a deadlock.
type Completion struct {
	loop *Loop
	done bool // Done was called; guarded by loop.mu
}

// A delivery is one thing in the inbox.
type delivery struct {
	r Runner      // to queue; nil when a completion closes without a callback
	c *Completion // nil for a post
}

// Pending opens a completion: the caller promises that Done will be called. Safe from any goroutine.
func (l *Loop) Pending() *Completion {
	c := &Completion{loop: l}
	l.open.Add(1)
	if l.trace != nil {
		l.trace.pendingOpened(c)
	}
	return c
}

// Done delivers the completion: r is queued on the loop thread, unless it is nil. Only the first call counts.
// Safe from any goroutine.
func (c *Completion) Done(r Runner) {
	l := c.loop
	l.mu.Lock()
	if c.done {
		l.mu.Unlock()
		return
	}
	c.done = true
	l.deliver(delivery{r, c})
}

// Post queues r and wakes the loop. Safe from any goroutine. It does not keep a loop alive that has
// nothing else to wait for: a goroutine that is going to post holds a completion open until it did.
func (l *Loop) Post(r Runner) {
	l.mu.Lock()
	l.deliver(delivery{r: r})
}

// deliver puts d into the inbox and releases l.mu, which the caller holds.
func (l *Loop) deliver(d delivery) {
	l.inbox = append(l.inbox, d)
	l.attention.Store(true)
	if d.c != nil {
		// Behind the line above, so that the loop never sees neither the promise nor the delivery; before the
		// unlocking, so that it does not see the promise again once it has collected the delivery.
		l.open.Add(-1)
	}
	l.mu.Unlock()
	l.rouse()
}

// Interrupt makes the current wait, or else the next turn, end with Interrupted before it runs anything. Safe
// from any goroutine. The interruption may be reported when its cause has been dealt with elsewhere; the
// caller of the turn then just goes on with the next.
func (l *Loop) Interrupt() {
	l.mu.Lock()
	l.interrupted = true
	l.attention.Store(true)
	l.mu.Unlock()
	l.rouse()
}

// rouse ends the wait, if there is one, after attention was raised.
func (l *Loop) rouse() {
	select {
	case l.wake <- struct{}{}:
	default: // a token lies there already
	}
	if l.roused != nil {
		l.roused()
	}
}

// takeInterrupt reports whether the loop was interrupted, and forgets it.
func (l *Loop) takeInterrupt() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.interrupted
	l.interrupted = false
	l.attention.Store(len(l.inbox) > 0)
	return was
}

// collect queues what lies in the inbox, in the order it arrived.
func (l *Loop) collect() {
	l.mu.Lock()
	arrived := l.inbox
	l.inbox = l.spare[:0]
	l.attention.Store(l.interrupted)
	l.mu.Unlock()
	for i, d := range arrived {
		arrived[i] = delivery{}
		if d.r != nil {
			l.ready.push(d.r)
		}
		if l.trace != nil {
			l.trace.delivered(d)
		}
	}
	l.spare = arrived
}
