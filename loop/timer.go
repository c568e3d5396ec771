// This file defines Timer and the queue that orders timers.
package loop

import (
	"slices"
	"time"
)

// A Timer queues a Runner once a time has come. The structure that waits embeds it by value, so that a
// sleeping task allocates nothing for its timer. Its zero value is not set; it can be set again once it
// has fired or was stopped.
type Timer struct {
	When time.Duration // the loop's time at which it is due
	R    Runner        // what is queued then; nil when the timer is not set
	seq  uint64        // its place among timers of equal When; zero when the timer is not set
}

// Pending reports whether the timer is set and has neither fired nor been stopped.
func (t *Timer) Pending() bool { return t.seq != 0 }

// StartTimer sets t to queue r at when; if t was pending, that no longer counts. Timers due at the same time
// fire in the order they were started in; one whose time is past fires in the next turn.
func (l *Loop) StartTimer(t *Timer, when time.Duration, r Runner) {
	l.StopTimer(t)
	t.When, t.R = when, r
	l.timers.push(t)
	if l.trace != nil {
		l.trace.timerSet(t)
	}
}

// StopTimer makes sure that t does not fire any more. It reports whether t was pending.
func (l *Loop) StopTimer(t *Timer) bool {
	if t.seq == 0 {
		return false
	}
	if l.trace != nil {
		l.trace.timerCancelled(t)
	}
	l.timers.remove(t)
	t.R = nil
	return true
}

// nextDeadline returns when the first timer is due, or Forever.
func (l *Loop) nextDeadline() time.Duration {
	for {
		first := l.timers.min()
		if first == nil {
			return Forever
		}
		if first.live() {
			return first.when
		}
		l.timers.pop(first)
	}
}

// A timerQueue orders timers by (when, seq). Its entries hold a copy of what they are compared by and timers
// do not know their place, so that ordering touches the queue's own memory only: with a million timers each
// touch of a Timer is a cache miss.
//
// The price is that a cancelled timer's entry stays where it is until it comes to the front, or until more
// than half of the entries are such leftovers.
type timerQueue struct {
	lane      ring[timerEntry] // timers started in the order of their deadlines, as those of equal delays are
	heap      []timerEntry     // the others: a heap with four children a node
	seq       uint64           // of the timer started last
	cancelled int              // entries whose timer was stopped since
}

// A timerEntry belongs to a timer that is still set if both have the same seq.
type timerEntry struct {
	when  time.Duration
	seq   uint64
	timer *Timer
}

// Up to this many leftovers a sweep is not worth its pass over the queue.
const minSweep = 64

func (e *timerEntry) live() bool { return e.timer.seq == e.seq }

func (e *timerEntry) before(o *timerEntry) bool {
	return e.when < o.when || e.when == o.when && e.seq < o.seq
}

func (q *timerQueue) len() int { return q.lane.n + len(q.heap) }

// min returns the first entry, whose timer may have been cancelled, or nil.
func (q *timerQueue) min() *timerEntry {
	if len(q.heap) == 0 {
		if q.lane.n == 0 {
			return nil
		}
		return q.lane.at(0)
	}
	if q.lane.n > 0 && q.lane.at(0).before(&q.heap[0]) {
		return q.lane.at(0)
	}
	return &q.heap[0]
}

func (q *timerQueue) push(t *Timer) {
	q.seq++
	t.seq = q.seq
	e := timerEntry{t.When, t.seq, t}
	if q.lane.n == 0 || q.lane.at(q.lane.n-1).when <= e.when {
		q.lane.push(e)
		return
	}
	q.heap = append(q.heap, e)
	q.up(0, len(q.heap)-1, e)
}

// pop removes the entry that min returned and returns its timer, no longer set, or nil if it was cancelled.
func (q *timerQueue) pop(first *timerEntry) *Timer {
	e := *first
	if len(q.heap) > 0 && first == &q.heap[0] {
		moved := q.dropLast()
		if len(q.heap) > 0 {
			q.down(0, moved)
		}
	} else {
		q.lane.pop()
	}
	if !e.live() {
		q.cancelled--
		return nil
	}
	e.timer.seq = 0
	return e.timer
}

// dropLast removes the last entry of the heap, which no other stands below, and returns it.
func (q *timerQueue) dropLast() timerEntry {
	last := len(q.heap) - 1
	e := q.heap[last]
	q.heap[last] = timerEntry{}
	q.heap = q.heap[:last]
	return e
}

// remove unsets t, which must be set. An entry that was pushed last can be dropped at once, and often it is the
// one: a timeout around something that does not take long.
func (q *timerQueue) remove(t *Timer) {
	seq := t.seq
	t.seq = 0
	if n := q.lane.n; n > 0 && q.lane.at(n-1).seq == seq {
		q.lane.truncate(n - 1)
		return
	}
	if n := len(q.heap); n > 0 && q.heap[n-1].seq == seq {
		q.dropLast()
		return
	}
	q.cancelled++
	if q.cancelled > minSweep && q.cancelled > q.len()/2 {
		q.sweep()
	}
}

// sweep drops the leftovers of cancelled timers.
func (q *timerQueue) sweep() {
	kept := 0
	for i := range q.lane.n {
		if e := *q.lane.at(i); e.live() {
			*q.lane.at(kept) = e
			kept++
		}
	}
	q.lane.truncate(kept)
	q.heap = slices.DeleteFunc(q.heap, func(e timerEntry) bool { return !e.live() })
	for i := (len(q.heap) + 2) / 4; i > 0; i-- { // every node that has children, the lowest first
		q.down(i-1, q.heap[i-1])
	}
	q.cancelled = 0
}

// up puts e into the free place i of the heap or above it, up to top.
func (q *timerQueue) up(top, i int, e timerEntry) {
	heap := q.heap
	for i > top {
		parent := (i - 1) / 4
		if !e.before(&heap[parent]) {
			break
		}
		heap[i] = heap[parent]
		i = parent
	}
	heap[i] = e
}

// down puts e into the free place top of the heap or below it. The place first sinks to the bottom without a
// look at e, which came from there and mostly belongs there: that saves a comparison a level.
func (q *timerQueue) down(top int, e timerEntry) {
	heap, i := q.heap, top
	for {
		least := 4*i + 1
		if least >= len(heap) {
			break
		}
		for c, end := least+1, min(least+4, len(heap)); c < end; c++ {
			if heap[c].before(&heap[least]) {
				least = c
			}
		}
		heap[i] = heap[least]
		i = least
	}
	q.up(top, i, e)
}
