package re

// This file defines how a pattern is applied: the subject, one match, and the sequence of all matches.

import (
	"strings"

	"github.com/dlclark/regexp2"

	"aio/interp"
)

// subject is what a pattern is applied to. Positions are code points, or bytes of bytes.
type subject struct {
	value    interp.Value
	str      *interp.Str // nil for bytes
	bytes    []byte
	runes    []rune
	ascii    bool
	pos, end int
	borrowed bool // runes are those of the state
}

// longSubject is the length from which on a subject's runes are kept: a program may go through a long
// text by matching from one position after the other.
const longSubject = 256

// subject reads the arguments string, pos and endpos.
func (p *pattern) subject(th *interp.Thread, v, pos, endpos interp.Value) (*subject, *interp.Exc) {
	s := &subject{value: v}
	var ok bool
	if s.str, ok = interp.AsStr(v); ok {
		if p.bytes {
			return nil, interp.TypeErrorf("cannot use a bytes pattern on a string-like object")
		}
		s.end, s.ascii = s.str.Len(), s.str.IsASCII()
	} else if s.bytes, ok = interp.BufferOf(v); ok {
		if !p.bytes {
			return nil, interp.TypeErrorf("cannot use a string pattern on a bytes-like object")
		}
		s.end = len(s.bytes)
	} else {
		return nil, interp.TypeErrorf("expected string or bytes-like object, got '%s'", interp.TypeName(v))
	}
	s.load(stateOf(th))
	n := s.end
	if !endpos.IsUnbound() {
		e, err := th.IndexInt(endpos)
		if err != nil {
			return nil, err
		}
		s.end = min(max(e, 0), n)
	}
	at, err := th.IndexInt(pos)
	if err != nil {
		return nil, err
	}
	s.pos = min(max(at, 0), n)
	return s, nil
}

// load fills runes.
func (s *subject) load(st *state) {
	if s.end >= longSubject && s.str != nil && st.last.str == s.str {
		s.runes = st.last.runes
		return
	}
	var r []rune
	if s.end < longSubject && st.runes != nil {
		r, st.runes, s.borrowed = st.runes[:0], nil, true
	} else {
		r = make([]rune, 0, max(s.end, longSubject))
		s.borrowed = s.end < longSubject
	}
	if s.str == nil {
		for _, c := range s.bytes {
			r = append(r, rune(c))
		}
	} else {
		r = appendRunes(r, s.str.String())
	}
	s.runes = r
	if s.end >= longSubject && s.str != nil {
		st.last = subject{str: s.str, runes: r}
	}
}

// release gives the runes back, for the next subject.
func (s *subject) release(th *interp.Thread) {
	if s.borrowed {
		stateOf(th).runes, s.runes, s.borrowed = s.runes, nil, false
	}
}

// text returns the part [i, j).
func (s *subject) text(i, j int) interp.Value {
	if s.str != nil {
		return s.str.Part(i, j)
	}
	return interp.MkBytes(append([]byte(nil), s.bytes[i:j]...))
}

// group returns the text of a group; of one that did not match: None, or empty.
func (s *subject) group(spans []int, n int, empty bool) interp.Value {
	if spans[2*n] >= 0 {
		return s.text(spans[2*n], spans[2*n+1])
	}
	if empty {
		return s.text(0, 0)
	}
	return interp.None
}

// run applies a variant at a position. spans holds start and end of each group, -1 for one that did
// not match; it is nil without a match.
func (p *pattern) run(th *interp.Thread, s *subject, v variant, at int) (spans []int, err *interp.Exc) {
	if at > s.end {
		return nil, nil
	}
	re, err := p.engine(th, v, s.ascii && !p.bytes)
	if err != nil {
		return nil, err
	}
	m, bad := re.FindRunesMatchStartingAt(s.runes[:s.end], at)
	if bad != nil {
		return nil, interp.RuntimeErrorf("%s", strings.TrimSpace(bad.Error()))
	}
	if m == nil {
		return nil, nil
	}
	return p.spans(m), nil
}

func (p *pattern) spans(m *regexp2.Match) []int {
	spans := make([]int, 2*(p.prog.groups+1))
	spans[0], spans[1] = m.Index, m.Index+m.Length
	for i := 1; i <= p.prog.groups; i++ {
		g := m.GroupByNumber(i)
		if g == nil || len(g.Captures) == 0 {
			spans[2*i], spans[2*i+1] = -1, -1
		} else {
			spans[2*i], spans[2*i+1] = g.Index, g.Index+g.Length
		}
	}
	return spans
}

// scanner goes through the matches that do not overlap. An empty match may touch the match before it;
// after an empty one the next must not be empty at the same place.
type scanner struct {
	p       *pattern
	s       *subject
	pos     int
	advance bool
}

// next returns the spans of the next match, nil at the end.
func (sc *scanner) next(th *interp.Thread) ([]int, *interp.Exc) {
	v := search
	if sc.advance {
		v = advance
	}
	spans, err := sc.p.run(th, sc.s, v, sc.pos)
	if err != nil || spans == nil {
		return nil, err
	}
	sc.pos, sc.advance = spans[1], spans[0] == spans[1]
	return spans, nil
}

// matchIter is the iterator that finditer returns.
type matchIter struct {
	sc   scanner
	done bool
}

func iterItself(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return v, nil }

func nextMatch(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
	it, _ := interp.NativeData[*matchIter](v)
	if it.done {
		return interp.Value{}, false, nil
	}
	spans, err := it.sc.next(th)
	if err != nil || spans == nil {
		it.done = true
		return interp.Value{}, false, err
	}
	return it.sc.p.newMatch(it.sc.s, spans), true, nil
}

func patternFindIter(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := patternOf(a[0])
	s, err := p.subject(th, a[1], a[2], a[3])
	if err != nil {
		return interp.Value{}, err
	}
	s.borrowed = false // the iterator keeps the runes
	return interp.NewNative(matchIterType, &matchIter{sc: scanner{p: p, s: s, pos: s.pos}}), nil
}
