package interp

// This file defines the warning about coroutines that were never awaited. Without reference counts a
// coroutine that is dropped is noticed at once only where an expression statement drops it. The others are
// remembered until they start. When a frame ends that has made one, Go's collector is asked whether
// something still refers to it (collect.go); what is left is reported when the program ends.

import (
	"fmt"
	"sort"
	"strings"

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
		f.flags |= frameMade
	}
	th.made = append(th.made, m)
	if th.originDepth > 0 {
		th.noteOrigin(co)
	}
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
		th.warnNeverAwaited(m, 1)
	}
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

// warnNeverAwaited warns about one coroutine, or about count that were made at the same place.
func (th *Thread) warnNeverAwaited(m createdCoro, count int) {
	exc := th.exc // this may happen while one is on its way up
	defer func() { th.exc = exc }()
	th.exc = nil
	if f, ok := th.replacedReport(); ok {
		if _, err := th.Call(f, object(m.co)); err == nil {
			return
		} else {
			th.Unraisable(err, "", object(m.co))
		}
	}
	msg := fmt.Sprintf("coroutine '%s' was never awaited", m.co.QualName())
	if count > 1 {
		msg += fmt.Sprintf(" (%d times, created at this line)", count)
	}
	msg += th.originText(m.co)
	name := m.co.name()
	hint := fmt.Sprintf("calling %s() only makes a coroutine: write 'await %s(...)', or asyncio.create_task(%s(...)) to run it meanwhile", name, name, name)
	w := NewExc(RuntimeWarning, MkStr(msg)).WithHint(hint)
	place := WarnPlace{File: "sys", Line: 1, Module: "sys", Registry: NewDict()}
	if m.code != nil && m.code.Source != nil {
		place = th.warnPlaceAt(m.code, m.line())
	}
	if err := th.WarnExplicit(w, place, object(m.co)); err != nil {
		th.Unraisable(err, "", object(m.co))
	}
}

// replacedReport returns what a script has put in the place of warnings._warn_unawaited_coroutine.
func (th *Thread) replacedReport() (Value, bool) {
	v, ok := th.in.modules.GetName("warnings")
	if !ok {
		return Value{}, false
	}
	m, ok := AsModule(v)
	if !ok {
		return Value{}, false
	}
	f, ok := m.Get("_warn_unawaited_coroutine")
	if fn, isFunction := asFunction(f); isFunction && fn.code.Source != nil && fn.code.Source.Name == librarySource {
		return Value{}, false
	}
	return f, ok
}

// noteOrigin remembers where a coroutine is made: what cr_origin shows.
func (th *Thread) noteOrigin(co *Coro) {
	var places []Value
	for f := th.frame; f != nil && len(places) < th.originDepth; f = f.back {
		if f.isScript() {
			line := f.code.lineOf(f.pc())
			places = append(places, MkTuple([]Value{MkStr(f.code.Source.Name), MkInt(int64(line)), object(f.code.name)}))
		}
	}
	co.extra().origin = MkTuple(places)
}

// originText returns what the warning says of where the coroutine was made, "" when that is not known.
func (th *Thread) originText(co *Coro) string {
	if co.ext == nil {
		return ""
	}
	places, ok := AsTuple(co.ext.origin)
	if !ok {
		return ""
	}
	text := "\nCoroutine created at (most recent call last)"
	for i := len(places.a) - 1; i >= 0; i-- {
		place, _ := AsTuple(places.a[i])
		file, _ := StrOf(place.a[0])
		line, _ := AsInt(place.a[1])
		name, _ := StrOf(place.a[2])
		text += fmt.Sprintf("\n  File \"%s\", line %d, in %s", file, line, name)
		if src := th.in.sourceOf(file); src != nil {
			text += "\n    " + strings.TrimSpace(src.LineText(int(line)))
		}
	}
	return text
}

// OriginText returns what the warning about a coroutine that was never awaited says of where it was made: lines,
// each after a newline.
func (th *Thread) OriginText(v Value) string {
	if co, ok := asCoro(v); ok {
		return th.originText(co)
	}
	return ""
}

// OriginDepth returns how many places cr_origin of a new coroutine names.
func (th *Thread) OriginDepth() int { return th.originDepth }

// SetOriginDepth sets how many places cr_origin of a new coroutine names.
func (th *Thread) SetOriginDepth(n int) { th.originDepth = n }
