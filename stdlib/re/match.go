package re

// This file defines Match: where a pattern matched.

import (
	"fmt"

	"aio/interp"
)

// match is the data of a Match object.
type match struct {
	p        *pattern
	s        *subject // without its runes
	spans    []int
	pos, end int
}

func (p *pattern) newMatch(s *subject, spans []int) interp.Value {
	m := &match{p: p, spans: spans, pos: s.pos, end: s.end}
	m.s = &subject{value: s.value, str: s.str, bytes: s.bytes}
	return interp.NewNative(matchType, m)
}

func matchOf(v interp.Value) *match {
	m, _ := interp.NativeData[*match](v)
	return m
}

var matchMethods = []interp.Builtin{
	{Sig: "group(*args)", Doc: "group([group1, ...]) -> str or tuple.\nReturn subgroup(s) of the match by indices or names.\nFor 0 returns the entire match.", Fn: matchGroup},
	{Sig: "groups(default=None)", Doc: "Return a tuple containing all the subgroups of the match, from 1.", Fn: matchGroups},
	{Sig: "groupdict(default=None)", Doc: "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.", Fn: matchGroupDict},
	{Sig: "start(group=0, /)", Doc: "Return index of the start of the substring matched by group.", Fn: matchStart},
	{Sig: "end(group=0, /)", Doc: "Return index of the end of the substring matched by group.", Fn: matchEnd},
	{Sig: "span(group=0, /)", Doc: "For match object m, return the 2-tuple (m.start(group), m.end(group)).", Fn: matchSpan},
	{Sig: "expand(template)", Doc: "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.", Fn: matchExpand},
	{Sig: "__copy__()", Doc: "", Fn: itself},
	{Sig: "__deepcopy__(memo, /)", Doc: "", Fn: itself},
}

var matchAttrs = []interp.GetSet{
	{Name: "string", Doc: "The string passed to match() or search().", Get: matchAttr(func(m *match) interp.Value { return m.s.value })},
	{Name: "re", Doc: "The regular expression object.", Get: matchAttr(func(m *match) interp.Value { return m.p.value })},
	{Name: "pos", Doc: "The index into the string at which the RE engine started looking for a match.", Get: matchAttr(func(m *match) interp.Value { return mkInt(m.pos) })},
	{Name: "endpos", Doc: "The index into the string beyond which the RE engine will not go.", Get: matchAttr(func(m *match) interp.Value { return mkInt(m.end) })},
	{Name: "lastindex", Doc: "The integer index of the last matched capturing group.", Get: matchAttr(func(m *match) interp.Value {
		if n := m.last(); n > 0 {
			return mkInt(n)
		}
		return interp.None
	})},
	{Name: "lastgroup", Doc: "The name of the last matched capturing group.", Get: matchAttr(func(m *match) interp.Value {
		n := m.last()
		for name, i := range m.p.prog.names {
			if i == n {
				return interp.MkStr(name)
			}
		}
		return interp.None
	})},
	{Name: "regs", Doc: "The spans of all groups.", Get: matchAttr(func(m *match) interp.Value {
		regs := make([]interp.Value, len(m.spans)/2)
		for i := range regs {
			regs[i] = interp.Pair(mkInt(m.spans[2*i]), mkInt(m.spans[2*i+1]))
		}
		return interp.MkTuple(regs)
	})},
}

func mkInt(i int) interp.Value { return interp.MkInt(int64(i)) }

func matchAttr(get func(m *match) interp.Value) func(*interp.Thread, interp.Value) (interp.Value, *interp.Exc) {
	return func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return get(matchOf(v)), nil }
}

// last returns the group that closed last: the one that ends last, and of several the one whose
// parenthesis closes last.
func (m *match) last() int {
	n := 0
	for _, g := range m.p.prog.closed {
		if m.spans[2*g] >= 0 && (n == 0 || m.spans[2*g+1] >= m.spans[2*n+1]) {
			n = g
		}
	}
	return n
}

// number reads a group given by number or name.
func (m *match) number(th *interp.Thread, v interp.Value) (int, *interp.Exc) {
	if i, ok := interp.AsInt(v); ok && i >= 0 && int(i) <= m.p.prog.groups {
		return int(i), nil
	}
	if name, ok := interp.StrOf(v); ok {
		if n, ok := m.p.prog.names[name]; ok {
			return n, nil
		}
	} else if n, err := th.IndexInt(v); err == nil && n >= 0 && n <= m.p.prog.groups {
		return n, nil
	}
	return 0, interp.IndexErrorf("no such group")
}

func (m *match) group(th *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
	n, err := m.number(th, v)
	if err != nil {
		return interp.Value{}, err
	}
	return m.s.group(m.spans, n, false), nil
}

func matchGetItem(th *interp.Thread, v, key interp.Value) (interp.Value, *interp.Exc) {
	return matchOf(v).group(th, key)
}

func matchGroup(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	t, _ := interp.AsTuple(a[1])
	switch args := t.Items(); len(args) {
	case 0:
		return m.s.group(m.spans, 0, false), nil
	case 1:
		return m.group(th, args[0])
	default:
		groups := make([]interp.Value, len(args))
		for i, v := range args {
			g, err := m.group(th, v)
			if err != nil {
				return interp.Value{}, err
			}
			groups[i] = g
		}
		return interp.MkTuple(groups), nil
	}
}

// groupOr is group that gives def for one that did not match.
func (m *match) groupOr(n int, def interp.Value) interp.Value {
	if m.spans[2*n] < 0 {
		return def
	}
	return m.s.group(m.spans, n, false)
}

func matchGroups(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	groups := make([]interp.Value, m.p.prog.groups)
	for i := range groups {
		groups[i] = m.groupOr(i+1, a[1])
	}
	return interp.MkTuple(groups), nil
}

func matchGroupDict(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	d := interp.NewDict()
	for _, name := range m.p.prog.order {
		d.SetStr(interp.Intern(name), m.groupOr(m.p.prog.names[name], a[1]))
	}
	return d.Value(), nil
}

func matchStart(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	n, err := m.number(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return mkInt(m.spans[2*n]), nil
}

func matchEnd(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	n, err := m.number(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return mkInt(m.spans[2*n+1]), nil
}

func matchSpan(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	n, err := m.number(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.Pair(mkInt(m.spans[2*n]), mkInt(m.spans[2*n+1])), nil
}

func matchRepr(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	m := matchOf(v)
	text, err := th.Repr(m.s.group(m.spans, 0, false))
	if err != nil {
		return "", err
	}
	if s := interp.NewStr(text); s.Len() > 50 {
		text = s.Slice(0, 50)
	}
	return fmt.Sprintf("<re.Match object; span=(%d, %d), match=%s>", m.spans[0], m.spans[1], text), nil
}
