package interp

// This file defines the warning about coroutines that were never awaited. Without reference counts a
// coroutine that is dropped is noticed at once only where an expression statement drops it; the others
// are remembered until they start, and reported when the program ends.

import (
	"fmt"
	"sort"

	"aio/diag"
)

// createdCoro is a coroutine that was made and has not started.
type createdCoro struct {
	co   *Coro
	code *Code // that made it; nil: Go code
	pc   int32
}

// created remembers a coroutine until it starts. The list is swept when it is full, so it costs a
// constant time per coroutine and holds at most about as many finished coroutines as waiting ones.
func (th *Thread) created(co *Coro) {
	if len(th.made) == cap(th.made) {
		live := th.made[:0]
		for _, m := range th.made {
			if m.co.state == coroCreated && !m.co.owned {
				live = append(live, m)
			}
		}
		clear(th.made[len(live):])
		th.made = live
		if cap(live) < 1024 || len(live) > cap(live)/2 {
			grown := make([]createdCoro, len(live), max(1024, 2*cap(live)))
			copy(grown, live)
			th.made = grown
		}
	}
	m := createdCoro{co: co}
	if f := th.frame; f != nil && !f.code.stub && !f.code.native {
		m.code, m.pc = f.code, int32(f.pc())
	}
	th.made = append(th.made, m)
}

// uncreated forgets a coroutine that starts or is closed; the last one made is dropped from the list
// at once, the others when it is swept.
func (th *Thread) uncreated(co *Coro) {
	if n := len(th.made); n > 0 && th.made[n-1].co == co {
		th.made[n-1] = createdCoro{}
		th.made = th.made[:n-1]
	}
}

// dropped warns about a coroutine that an expression statement has just dropped.
func (th *Thread) dropped(co *Coro) {
	if co.state != coroCreated || co.owned {
		return
	}
	if n := len(th.made); n > 0 && th.made[n-1].co == co {
		m := th.made[n-1]
		th.uncreated(co)
		key := warnKey{m.code, m.line()}
		if th.in.pending.warned[key] {
			return
		}
		if th.in.pending.warned == nil {
			th.in.pending.warned = map[warnKey]bool{}
		}
		th.in.pending.warned[key] = true
		th.warnNeverAwaited(m, 1)
	}
}

// neverAwaited remembers what was warned about.
type neverAwaited struct {
	warned map[warnKey]bool
}

type warnKey struct {
	code *Code
	line int
}

func (m *createdCoro) line() int {
	if m.code == nil || m.code.Source == nil {
		return 0
	}
	return m.code.Source.Line(m.span().Start)
}

func (m *createdCoro) span() diag.Span { return m.code.SpanOf(int(m.pc)) }

// ReportNeverAwaited warns about the coroutines that have not started, one warning a creating line, in
// the order of the lines' first coroutine.
func (th *Thread) ReportNeverAwaited() {
	type group struct {
		first createdCoro
		order int
		count int
	}
	groups := map[warnKey]*group{}
	for i, m := range th.made {
		if m.co.state != coroCreated || m.co.owned {
			continue
		}
		k := warnKey{m.code, m.line()}
		if g := groups[k]; g != nil {
			g.count++
		} else {
			groups[k] = &group{m, i, 1}
		}
	}
	th.made = nil
	list := make([]*group, 0, len(groups))
	for _, g := range groups {
		list = append(list, g)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].order < list[j].order })
	for _, g := range list {
		th.warnNeverAwaited(g.first, g.count)
	}
}

func (th *Thread) warnNeverAwaited(m createdCoro, count int) {
	msg := fmt.Sprintf("coroutine '%s' was never awaited", m.co.QualName())
	if count > 1 {
		msg += fmt.Sprintf(" (%d times, created at this line)", count)
	}
	name := m.co.name()
	hint := fmt.Sprintf("calling %s() only makes a coroutine: write 'await %s(...)', or asyncio.create_task(%s(...)) to run it meanwhile", name, name, name)
	w := NewExc(RuntimeWarning, MkStr(msg)).WithHint(hint)
	place := WarnPlace{File: "sys", Line: 1, Module: "sys", Registry: NewDict()}
	if m.code != nil && m.code.Source != nil {
		place = th.warnPlaceAt(m.code, m.line())
	}
	if err := th.WarnExplicit(w, place, None); err != nil {
		th.Unraisable(err, "", object(m.co))
	}
}
