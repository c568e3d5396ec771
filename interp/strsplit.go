package interp

// This file defines how text is split and joined: str.split and its family, str.join, and the joining
// of the pieces of an f-string.

import (
	"math"
	"strconv"
	"strings"
)

// strMaker makes the pieces of a str, several structs an allocation. A chunk is small, since one piece
// that lives on keeps its whole chunk.
type strMaker struct {
	free  []Str
	chunk int
	ascii bool // so are all pieces
	items []Value
}

const maxStrChunk = 16

func (m *strMaker) add(s string) {
	if len(s) <= 1 {
		m.items = append(m.items, MkStr(s))
		return
	}
	if len(m.free) == 0 {
		m.chunk = min(2*m.chunk, maxStrChunk)
		m.free = make([]Str, m.chunk)
	}
	p := &m.free[0]
	m.free = m.free[1:]
	p.shape, p.s, p.runes = strShape, s, -1
	if m.ascii {
		p.runes = len(s)
	}
	m.items = append(m.items, object(p))
}

func newStrMaker(s *Str, size int) *strMaker {
	return &strMaker{ascii: s.runes == len(s.s), chunk: min(max(size/2, 1), maxStrChunk), items: make([]Value, 0, size)}
}

// splitArgs reads the arguments of split and rsplit: the separator, "" for whitespace, and how often
// to split.
func (th *Thread) splitArgs(a []Value) (sep string, limit int, err *Exc) {
	limit, err = th.IndexInt(a[2])
	if err != nil {
		return
	}
	if limit < 0 {
		limit = math.MaxInt
	}
	if a[1].IsNone() {
		return "", limit, nil
	}
	x, ok := AsStr(a[1])
	if !ok {
		return "", 0, TypeErrorf("must be str or None, not %s", typeName(a[1]))
	}
	if x.s == "" {
		return "", 0, ValueErrorf("empty separator")
	}
	return x.s, limit, nil
}

func strSplit(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	sep, limit, err := th.splitArgs(a)
	if err != nil {
		return Value{}, err
	}
	m := newStrMaker(s, splitSize(s.s, sep, limit))
	sp := splitter{s: s.s, sep: sep, limit: limit, space: &whitespace}
	for i, j := sp.next(); i >= 0; i, j = sp.next() {
		m.add(s.s[i:j])
	}
	return MkList(m.items), nil
}

// splitSize returns room for the pieces: exact for a separator, a guess for whitespace.
func splitSize(s, sep string, limit int) int {
	if sep == "" {
		return min(limit, len(s)/6) + 1
	}
	return min(limit, strings.Count(s, sep)) + 1
}

// splitter cuts s at a separator, or at whitespace when it is "".
type splitter struct {
	s, sep string
	space  *charSet
	limit  int // how often to split
	pos    int // negative at the end
}

// next returns where the next piece is; i is negative at the end.
func (sp *splitter) next() (i, j int) {
	if sp.pos < 0 {
		return -1, 0
	}
	if sp.sep == "" {
		return sp.nextWord()
	}
	i = sp.pos
	if sp.limit > 0 {
		sp.limit--
		if len(sp.sep) == 1 {
			j = strings.IndexByte(sp.s[i:], sp.sep[0])
		} else {
			j = strings.Index(sp.s[i:], sp.sep)
		}
		if j >= 0 {
			sp.pos = i + j + len(sp.sep)
			return i, i + j
		}
	}
	sp.pos = -1
	return i, len(sp.s)
}

// nextWord returns the next word; what is behind the last split keeps its whitespace, except in front.
func (sp *splitter) nextWord() (i, j int) {
	i = skipSet(sp.s, sp.pos, sp.space, true)
	if i == len(sp.s) {
		sp.pos = -1
		return -1, 0
	}
	if sp.limit == 0 {
		sp.pos = -1
		return i, len(sp.s)
	}
	sp.limit--
	j = skipSet(sp.s, i, sp.space, false)
	sp.pos = j
	return i, j
}

// skipSet returns the first offset from i on whose code point's being in the set differs from in.
func skipSet(s string, i int, set *charSet, in bool) int {
	for i < len(s) {
		c := s[i]
		if c < 0x80 {
			if set.hasASCII(c) != in {
				return i
			}
			i++
			continue
		}
		is, n := set.has(s[i:])
		if is != in {
			return i
		}
		i += n
	}
	return i
}

func strRSplit(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	sep, limit, err := th.splitArgs(a)
	if err != nil {
		return Value{}, err
	}
	m := newStrMaker(s, splitSize(s.s, sep, limit))
	rsplit(s.s, sep, limit, &whitespace, m.add)
	reverse(m.items)
	return MkList(m.items), nil
}

// rsplit passes the parts to add, the last first; sep is "" to split at whitespace.
func rsplit(s, sep string, limit int, space *charSet, add func(string)) {
	if sep != "" {
		for ; limit > 0; limit-- {
			i := strings.LastIndex(s, sep)
			if i < 0 {
				break
			}
			add(s[i+len(sep):])
			s = s[:i]
		}
		add(s)
		return
	}
	for {
		_, j := space.trim(s, false, true)
		if s = s[:j]; s == "" {
			return
		}
		if limit == 0 {
			add(s)
			return
		}
		i := lastInSet(s, space)
		add(s[i:])
		s, limit = s[:i], limit-1
	}
}

// lastInSet returns the offset behind the last code point of s that is in the set.
func lastInSet(s string, set *charSet) int {
	for i := len(s); i > 0; {
		k := i - 1
		for k > 0 && s[k]&0xC0 == 0x80 {
			k--
		}
		if in, _ := set.has(s[k:i]); in {
			return i
		}
		i = k
	}
	return 0
}

func reverse(a []Value) {
	for i, j := 0, len(a)-1; i < j; i, j = i+1, j-1 {
		a[i], a[j] = a[j], a[i]
	}
}

func strSplitLines(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	keep, err := th.Truth(a[1])
	if err != nil {
		return Value{}, err
	}
	m := newStrMaker(s, strings.Count(s.s, "\n")+1)
	splitLines(s.s, keep, m.add)
	return MkList(m.items), nil
}

// splitLines passes the lines of s to add.
func splitLines(s string, keep bool, add func(string)) {
	start := 0
	for i := 0; i < len(s); {
		n := lineBreak(s[i:])
		if n == 0 {
			i++
			continue
		}
		end := i
		if keep {
			end += n
		}
		add(s[start:end])
		i += n
		start = i
	}
	if start < len(s) {
		add(s[start:])
	}
}

// lineBreak returns the length of the line break at the beginning of s, 0 when there is none.
func lineBreak(s string) int {
	switch c := s[0]; {
	case c > '\r' && c < 0x1C:
		return 0
	case c == '\r':
		if len(s) > 1 && s[1] == '\n' {
			return 2
		}
		return 1
	case c >= '\n' && c <= '\f' || c >= 0x1C && c <= 0x1E:
		return 1
	case c == 0xC2 && s[1] == 0x85:
		return 2
	case c == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9):
		return 3
	}
	return 0
}

func strJoin(th *Thread, a []Value) (Value, *Exc) {
	var items []Value
	if l, ok := AsList(a[1]); ok && shapeOf(a[1]) == listShape {
		items = l.a
	} else if t, ok := AsTuple(a[1]); ok && shapeOf(a[1]) == tupleShape {
		items = t.a
	} else {
		it, err := th.Iter(a[1])
		if err != nil {
			if err.Is(TypeError) {
				err = TypeErrorf("can only join an iterable")
			}
			return Value{}, err
		}
		if items, err = th.Items(it); err != nil {
			return Value{}, err
		}
	}
	return joinItems((*Str)(a[0].p), items)
}

// joinItems returns the strs in items with sep between them.
func joinItems(sep *Str, items []Value) (Value, *Exc) {
	size, runes, known := 0, 0, true
	for i, v := range items {
		if shapeOf(v) != strShape {
			if _, ok := AsStr(v); !ok {
				return Value{}, TypeErrorf("sequence item %d: expected str instance, %s found", i, typeName(v))
			}
		}
		s := (*Str)(v.p)
		size += len(s.s)
		runes += s.runes
		known = known && s.runes >= 0
	}
	switch len(items) {
	case 0:
		return object(emptyStr), nil
	case 1:
		return (*Str)(items[0].p).exact(), nil
	}
	gaps := len(items) - 1
	if size > maxText || len(sep.s) > 0 && gaps > (maxText-size)/len(sep.s) {
		return Value{}, NewExc(MemoryError)
	}
	size += gaps * len(sep.s)
	if size == 0 {
		return object(emptyStr), nil
	}
	r, text := newText(size)
	pos := copy(text, (*Str)(items[0].p).s)
	for _, v := range items[1:] {
		copy(text[pos:], sep.s)
		pos += len(sep.s)
		s := (*Str)(v.p).s
		copy(text[pos:], s)
		pos += len(s)
	}
	if known {
		r.runes = runes + gaps*sep.Len()
	}
	return object(r), nil
}

// joinStrs returns the text of an f-string; parts are exact strs, and exact ints that have no format.
func joinStrs(parts []Value) Value {
	size, runes, known := 0, 0, true
	for _, v := range parts {
		if shapeOf(v) != strShape {
			return joinMixed(parts)
		}
		s := (*Str)(v.p)
		size += len(s.s)
		runes += s.runes
		known = known && s.runes >= 0
	}
	if !known {
		runes = -1
	}
	if size <= 1 {
		return joinTiny(parts)
	}
	r, text := newText(size)
	r.runes = runes
	pos := 0
	for _, v := range parts {
		s := (*Str)(v.p).s
		copy(text[pos:], s)
		pos += len(s)
	}
	return object(r)
}

// joinMixed is joinStrs with ints and floats among the parts.
func joinMixed(parts []Value) Value {
	var buf [128]byte
	b := buf[:0]
	ascii := true
	for _, v := range parts {
		if i, ok := AsInt(v); ok {
			b = strconv.AppendInt(b, i, 10)
			continue
		}
		if f, ok := AsFloat(v); ok {
			b = appendFloatRepr(b, f, true)
			continue
		}
		s := (*Str)(v.p)
		ascii = ascii && s.runes == len(s.s)
		b = append(b, s.s...)
	}
	v := copyStr(b)
	if ascii && len(b) > 1 {
		(*Str)(v.p).runes = len(b)
	}
	return v
}

// joinTiny is joinStrs for a result of at most one byte.
func joinTiny(parts []Value) Value {
	for _, v := range parts {
		if (*Str)(v.p).s != "" {
			return MkStr((*Str)(v.p).s)
		}
	}
	return object(emptyStr)
}
