// This file defines looks at what a loop has to do.
package loop

import "slices"

// Queued returns the callbacks that are ready, in their order.
func (l *Loop) Queued() []Runner {
	list := make([]Runner, l.ready.n)
	for i := range list {
		list[i] = *l.ready.at(i)
	}
	return list
}

// Timers returns the timers that are set, in the order in which they are due.
func (l *Loop) Timers() []*Timer {
	var set []timerEntry
	for i := range l.timers.lane.n {
		set = append(set, *l.timers.lane.at(i))
	}
	set = append(set, l.timers.heap...)
	set = slices.DeleteFunc(set, func(e timerEntry) bool { return !e.live() })
	slices.SortFunc(set, func(a, b timerEntry) int {
		if a.before(&b) {
			return -1
		}
		return 1
	})
	list := make([]*Timer, len(set))
	for i, e := range set {
		list[i] = e.timer
	}
	return list
}

// Promises returns how many completions are open.
func (l *Loop) Promises() int { return int(l.open.Load()) }
