// This file defines Timer and the heap that orders timers.
package loop

import "time"

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
	for !l.timers.empty() {
		if first := l.timers.min(); first.live() {
			return first.when
		}
		l.timers.pop()
	}
	return Forever
}

// A timerHeap is a heap with four children a node, ordered by (when, seq). The entries hold a copy of what
// they are compared by and timers do not know their place, so that sifting touches the heap's own memory
// only: with a million timers each touch of a Timer is a cache miss.
//
// The price is that a cancelled timer's entry stays where it is until it comes to the top, or until more
// than half of the entries are such leftovers.
type timerHeap struct {
	entries   []timerEntry
	seq       uint64 // of the timer set last
	cancelled int    // entries whose timer was stopped since
}

// A timerEntry belongs to a timer that is still set if both have the same seq.
type timerEntry struct {
	when  time.Duration
	seq   uint64
	timer *Timer
}

// Below this many leftovers a sweep is not worth its pass over the heap.
const minSweep = 64

func (e *timerEntry) live() bool { return e.timer.seq == e.seq }

func (e *timerEntry) before(o *timerEntry) bool {
	return e.when < o.when || e.when == o.when && e.seq < o.seq
}

func (h *timerHeap) empty() bool { return len(h.entries) == 0 }

// min returns the first entry, whose timer may have been cancelled.
func (h *timerHeap) min() *timerEntry { return &h.entries[0] }

func (h *timerHeap) push(t *Timer) {
	h.seq++
	t.seq = h.seq
	h.entries = append(h.entries, timerEntry{})
	h.up(len(h.entries)-1, timerEntry{t.When, t.seq, t})
}

// pop removes the first entry and returns its timer, no longer set, or nil if that was cancelled.
func (h *timerHeap) pop() *Timer {
	first := h.entries[0]
	last := len(h.entries) - 1
	moved := h.entries[last]
	h.entries[last] = timerEntry{}
	h.entries = h.entries[:last]
	if last > 0 {
		h.down(0, moved)
	}
	if !first.live() {
		h.cancelled--
		return nil
	}
	first.timer.seq = 0
	return first.timer
}

// remove unsets t, which must be set. The entry that was pushed last can simply be dropped, and often is the
// one: a timeout around something that does not take long.
func (h *timerHeap) remove(t *Timer) {
	last := len(h.entries) - 1
	if h.entries[last].seq == t.seq {
		h.entries[last] = timerEntry{}
		h.entries = h.entries[:last]
		t.seq = 0
		return
	}
	t.seq = 0
	h.cancelled++
	if h.cancelled > minSweep && h.cancelled > len(h.entries)/2 {
		h.sweep()
	}
}

// sweep drops the leftovers of cancelled timers.
func (h *timerHeap) sweep() {
	kept := h.entries[:0]
	for i := range h.entries {
		if h.entries[i].live() {
			kept = append(kept, h.entries[i])
		}
	}
	clear(h.entries[len(kept):])
	h.entries = kept
	h.cancelled = 0
	for i := (len(kept) - 2) / 4; i >= 0 && len(kept) > 1; i-- {
		h.down(i, kept[i])
	}
}

// up puts e into the free place i or above it.
func (h *timerHeap) up(i int, e timerEntry) {
	entries := h.entries
	for i > 0 {
		parent := (i - 1) / 4
		if !e.before(&entries[parent]) {
			break
		}
		entries[i] = entries[parent]
		i = parent
	}
	entries[i] = e
}

// down puts e into the free place i or below it.
func (h *timerHeap) down(i int, e timerEntry) {
	entries := h.entries
	for {
		least := 4*i + 1
		if least >= len(entries) {
			break
		}
		for c, end := least+1, min(least+4, len(entries)); c < end; c++ {
			if entries[c].before(&entries[least]) {
				least = c
			}
		}
		if !entries[least].before(&e) {
			break
		}
		entries[i] = entries[least]
		i = least
	}
	entries[i] = e
}
