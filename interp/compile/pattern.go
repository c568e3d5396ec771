package compile

// This file compiles match.
//
// What a pattern captures is stored only when the whole pattern has matched, before the guard. Until
// then it stays in temporaries, which are not freed while the pattern is compiled.

import (
	"aio/ast"
)

// matcher compiles the pattern of one case.
type matcher struct {
	*compiler
	captures []capture
}

// capture is a name that a pattern binds, and where its value is.
type capture struct {
	name string
	span ast.Span
	reg  reg
}

func (c *compiler) match(s *ast.Match) {
	subject := c.alloc()
	c.to(s.Subject, subject)
	m := c.top
	end := c.newLabel()
	for _, k := range s.Cases {
		if c.dead {
			break
		}
		next := c.newLabel()
		p := &matcher{compiler: c}
		p.pattern(k.Pattern, subject, next)
		for _, x := range p.captures {
			c.storeSym(x.span, c.lookup(x.name), x.reg)
		}
		c.top = m
		if k.Guard != nil {
			c.jumpIf(k.Guard, k.Guard.Pos(), false, next)
		}
		c.stmts(k.Body)
		c.goTo(k.Span, end)
		c.place(next)
		c.top = m
	}
	c.place(end)
}

// pattern goes on when R[subject] matches p, else jumps to fail.
func (m *matcher) pattern(p ast.Pattern, subject reg, fail labelID) {
	switch p := p.(type) {
	case *ast.MatchValue:
		m.value(p, subject, OpJNotEqI, OpJNotEq, fail)
	case *ast.MatchSingleton:
		m.singleton(p, subject, fail)
	case *ast.MatchAs:
		if p.Pattern != nil {
			m.pattern(p.Pattern, subject, fail)
		}
		m.capture(p.Name, p.Span, subject)
	case *ast.MatchSequence:
		m.sequence(p, subject, fail)
	case *ast.MatchMapping:
		m.mapping(p, subject, fail)
	case *ast.MatchClass:
		m.class(p, subject, fail)
	case *ast.MatchOr:
		m.or(p, subject, fail)
	}
}

func (m *matcher) capture(name string, span ast.Span, r reg) {
	if name != "" {
		m.captures = append(m.captures, capture{name, span, r})
	}
}

// value compares R[subject] with a value by a jump: the form with an immediate, or the other one.
func (m *matcher) value(p *ast.MatchValue, subject reg, immediate, op Opcode, to labelID) {
	top := m.top
	if i, ok := smallIntExpr(p.Value); ok {
		m.jump(p.Span, immediate, subject, uint16(int16(i)), to)
	} else {
		m.jump(p.Span, op, subject, m.any(p.Value), to)
	}
	m.top = top
}

func (m *matcher) singleton(p *ast.MatchSingleton, subject reg, fail labelID) {
	if p.Value == nil {
		m.jump(p.Span, OpJNotNone, subject, 0, fail)
		return
	}
	t := m.alloc()
	m.loadK(p.Span, t, p.Value)
	m.emit(p.Span, OpIs, t, subject, t)
	m.jump(p.Span, OpJFalse, t, 0, fail)
}

func (m *matcher) sequence(p *ast.MatchSequence, subject reg, fail labelID) {
	star := -1
	plain := true // nothing is looked at but the length
	for i, sub := range p.Patterns {
		switch sub := sub.(type) {
		case *ast.MatchStar:
			star = i
			plain = plain && sub.Name == ""
		case *ast.MatchAs:
			plain = plain && sub.Pattern == nil && sub.Name == ""
		default:
			plain = false
		}
	}
	n := len(p.Patterns)
	length := m.alloc()
	m.emit(p.Span, OpMatchSequence, length, subject, 0)
	m.jump(p.Span, OpJFalse, length, 0, fail)
	if star < 0 {
		m.emit(p.Span, OpLen, length, subject, 0)
		m.jumpLength(p.Span, OpJNotEqI, OpJNotEq, length, n, fail)
	} else if n > 1 {
		m.emit(p.Span, OpLen, length, subject, 0)
		m.jumpLength(p.Span, OpJNotGeI, OpJNotGe, length, n-1, fail)
	}
	switch {
	case plain:
	case star >= 0 && p.Patterns[star].(*ast.MatchStar).Name == "":
		m.itemsAround(p, star, length, subject, fail)
	default:
		m.unpacked(p, star, subject, fail)
	}
}

// jumpLength compares a length with n, which an immediate may not hold.
func (m *matcher) jumpLength(span ast.Span, immediate, op Opcode, length reg, n int, fail labelID) {
	if _, ok := smallInt(int64(n)); ok {
		m.jump(span, immediate, length, uint16(n), fail)
		return
	}
	t := m.alloc()
	m.loadK(span, t, int64(n))
	m.jump(span, op, length, t, fail)
}

// unpacked matches the items of a sequence, all in temporaries.
func (m *matcher) unpacked(p *ast.MatchSequence, star int, subject reg, fail labelID) {
	n := len(p.Patterns)
	base := reg(m.top)
	for range p.Patterns {
		m.alloc()
	}
	if star < 0 {
		m.emit(p.Span, OpUnpack, base, subject, uint16(n))
	} else {
		m.emit(p.Span, OpUnpackEx, base, subject, uint16(star|(n-1-star)<<8))
	}
	for i, sub := range p.Patterns {
		if s, ok := sub.(*ast.MatchStar); ok {
			m.capture(s.Name, s.Span, base+reg(i))
		} else {
			m.pattern(sub, base+reg(i), fail)
		}
	}
}

// itemsAround matches the items before and behind *_ by their indexes; the length is in R[length].
func (m *matcher) itemsAround(p *ast.MatchSequence, star int, length, subject reg, fail labelID) {
	n := len(p.Patterns)
	for i, sub := range p.Patterns {
		as, ok := sub.(*ast.MatchAs)
		if i == star || ok && as.Pattern == nil && as.Name == "" {
			continue
		}
		item := m.alloc()
		if i < star {
			m.loadK(p.Span, item, int64(i))
		} else {
			m.emit(p.Span, OpSubI, item, length, uint16(n-i))
		}
		m.emit(p.Span, OpGetItem, item, subject, item)
		m.pattern(sub, item, fail)
	}
}

func (m *matcher) mapping(p *ast.MatchMapping, subject reg, fail labelID) {
	n := len(p.Keys)
	t := m.alloc()
	m.emit(p.Span, OpMatchMapping, t, subject, 0)
	m.jump(p.Span, OpJFalse, t, 0, fail)
	if n > 0 {
		m.emit(p.Span, OpLen, t, subject, 0)
		m.jumpLength(p.Span, OpJNotGeI, OpJNotGe, t, n, fail)
	}
	keys := m.alloc()
	if n > 0 {
		m.to(&ast.Tuple{At: p.At, Elts: p.Keys}, keys)
		m.emit(p.Span, OpMatchKeys, t, subject, keys)
		m.jump(p.Span, OpJNone, t, 0, fail)
		base := reg(m.top)
		for range p.Keys {
			m.alloc()
		}
		m.emit(p.Span, OpUnpack, base, t, uint16(n))
		for i, sub := range p.Patterns {
			m.pattern(sub, base+reg(i), fail)
		}
	}
	if p.Rest != "" {
		m.mappingRest(p, subject, keys)
	}
}

// mappingRest captures what is left of a mapping without the keys of the pattern.
func (m *matcher) mappingRest(p *ast.MatchMapping, subject, keys reg) {
	rest := m.alloc()
	m.display(p.Span, OpNewDict, rest, rest, 0)
	m.emit(p.Span, OpDictUpdate, rest, subject, 0)
	m.capture(p.Rest, p.Span, rest)
	if len(p.Keys) == 0 {
		return
	}
	top := m.top
	base := reg(m.top)
	for range p.Keys {
		m.alloc()
	}
	m.emit(p.Span, OpUnpack, base, keys, uint16(len(p.Keys)))
	for i := range p.Keys {
		m.emit(p.Span, OpDelItem, rest, base+reg(i), 0)
	}
	m.top = top
}

func (m *matcher) class(p *ast.MatchClass, subject reg, fail labelID) {
	class := m.alloc()
	count, names := m.alloc(), m.alloc()
	m.to(p.Cls, class)
	m.loadK(p.Span, count, int64(len(p.Patterns)))
	attrs := make(Tuple, len(p.KwdAttrs))
	for i, a := range p.KwdAttrs {
		attrs[i] = m.mangled(a)
	}
	m.loadK(p.Span, names, attrs)
	m.emit(p.Span, OpMatchClass, class, subject, class)
	m.jump(p.Span, OpJNone, class, 0, fail)
	n := len(p.Patterns) + len(p.KwdPatterns)
	if n == 0 {
		return
	}
	base := reg(m.top)
	for range n {
		m.alloc()
	}
	m.emit(p.Span, OpUnpack, base, class, uint16(n))
	for i, sub := range p.Patterns {
		m.pattern(sub, base+reg(i), fail)
	}
	for i, sub := range p.KwdPatterns {
		m.pattern(sub, base+reg(len(p.Patterns)+i), fail)
	}
}

// or matches the alternatives in order. They bind the same names, which each puts into the same
// temporaries.
func (m *matcher) or(p *ast.MatchOr, subject reg, fail labelID) {
	before := len(m.captures)
	done := m.newLabel()
	var shared []capture
	var first int // the temporaries of shared
	for i, sub := range p.Patterns {
		next := m.newLabel()
		if i == len(p.Patterns)-1 {
			next = fail
		} else if v, ok := sub.(*ast.MatchValue); ok {
			m.value(v, subject, OpJEqI, OpJEq, done)
			continue
		}
		if i == 0 {
			first = m.top
			for range countNames(sub) {
				m.alloc()
			}
		}
		m.captures = m.captures[:before:before]
		top := m.top
		m.pattern(sub, subject, next)
		if i == 0 {
			for j, x := range m.captures[before:] {
				shared = append(shared, capture{x.name, x.span, reg(first + j)})
			}
		}
		for _, x := range m.captures[before:] {
			for _, s := range shared {
				if s.name == x.name {
					m.move(x.span, s.reg, x.reg)
				}
			}
		}
		m.top = top
		if next != fail {
			m.goTo(sub.Pos(), done)
			m.place(next)
		}
	}
	m.place(done)
	m.captures = append(m.captures[:before], shared...)
}

// countNames returns how many names a pattern captures.
func countNames(p ast.Pattern) int {
	n := 0
	count := func(name string) {
		if name != "" {
			n++
		}
	}
	switch p := p.(type) {
	case *ast.MatchAs:
		if p.Pattern != nil {
			n += countNames(p.Pattern)
		}
		count(p.Name)
	case *ast.MatchStar:
		count(p.Name)
	case *ast.MatchSequence:
		for _, sub := range p.Patterns {
			n += countNames(sub)
		}
	case *ast.MatchMapping:
		for _, sub := range p.Patterns {
			n += countNames(sub)
		}
		count(p.Rest)
	case *ast.MatchClass:
		for _, sub := range p.Patterns {
			n += countNames(sub)
		}
		for _, sub := range p.KwdPatterns {
			n += countNames(sub)
		}
	case *ast.MatchOr:
		n += countNames(p.Patterns[0])
	}
	return n
}
