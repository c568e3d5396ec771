package re

// This file defines sub and subn, and the templates of replacements.

import (
	"fmt"
	"strconv"
	"strings"

	"aio/interp"
)

// template is a parsed replacement: literals with groups between them.
type template struct {
	literals []string // one more than groups
	groups   []int
}

// templateParser reads a template.
type templateParser struct {
	th     *interp.Thread
	p      *pattern
	source interp.Value
	text   []rune
	out    []byte
	t      template
}

// parseTemplate reads a replacement, a str or bytes as the pattern.
func (p *pattern) parseTemplate(th *interp.Thread, v interp.Value) (*template, *interp.Exc) {
	text, err := p.textOf(v)
	if err != nil {
		return nil, err
	}
	if p.template != nil && p.repl == text {
		return p.template, nil
	}
	tp := templateParser{th: th, p: p, source: v}
	if p.bytes {
		for _, c := range []byte(text) {
			tp.text = append(tp.text, rune(c))
		}
	} else {
		tp.text = appendRunes(nil, text)
	}
	if err := tp.parse(); err != nil {
		return nil, err
	}
	p.template, p.repl = &tp.t, strings.Clone(text)
	return p.template, nil
}

// textOf returns the content of a replacement.
func (p *pattern) textOf(v interp.Value) (string, *interp.Exc) {
	if s, ok := interp.StrOf(v); ok && !p.bytes {
		return s, nil
	}
	if b, ok := interp.BufferOf(v); ok && p.bytes {
		return string(b), nil
	}
	if p.bytes {
		return "", interp.TypeErrorf("sequence item 0: expected a bytes-like object, %s found", interp.TypeName(v))
	}
	return "", interp.TypeErrorf("sequence item 0: expected str instance, %s found", interp.TypeName(v))
}

func (tp *templateParser) parse() *interp.Exc {
	for i := 0; i < len(tp.text); {
		if tp.text[i] != '\\' {
			tp.put(tp.text[i])
			i++
			continue
		}
		n, err := tp.escape(i)
		if err != nil {
			return err
		}
		i = n
	}
	tp.t.literals = append(tp.t.literals, string(tp.out))
	return nil
}

// put appends a character to the current literal.
func (tp *templateParser) put(r rune) {
	if tp.p.bytes {
		tp.out = append(tp.out, byte(r))
	} else {
		tp.out = interp.AppendRune(tp.out, r)
	}
}

func (tp *templateParser) fail(msg string, at int) *interp.Exc {
	return patternError(tp.th, msg, tp.source, at)
}

// escape reads the escape at i and returns where it ends.
func (tp *templateParser) escape(i int) (int, *interp.Exc) {
	if i+1 >= len(tp.text) {
		return 0, tp.fail("bad escape (end of pattern)", i)
	}
	c := tp.text[i+1]
	switch {
	case c == 'g':
		return tp.named(i)
	case c == '0':
		r, end := rune(0), i+2
		for end < len(tp.text) && end < i+4 && tp.text[end] >= '0' && tp.text[end] <= '7' {
			r = r<<3 | (tp.text[end] - '0')
			end++
		}
		tp.put(r & 0xFF)
		return end, nil
	case c >= '1' && c <= '9':
		return tp.number(i)
	}
	if r, ok := simpleEscapes[c]; ok {
		tp.put(r)
		return i + 2, nil
	}
	if isAlpha(c) && c < 0x80 {
		return 0, tp.fail(`bad escape \`+string(c), i)
	}
	tp.put('\\')
	tp.put(c)
	return i + 2, nil
}

// number reads \1 to \99, or a character by three octal digits.
func (tp *templateParser) number(i int) (int, *interp.Exc) {
	at := func(k int) rune {
		if i+k < len(tp.text) {
			return tp.text[i+k]
		}
		return 0
	}
	octal := func(r rune) bool { return r >= '0' && r <= '7' }
	n, end := int(at(1)-'0'), i+2
	if d := at(2); d >= '0' && d <= '9' {
		if octal(at(1)) && octal(d) && octal(at(3)) {
			r := (at(1)-'0')<<6 | (d-'0')<<3 | (at(3) - '0')
			if r > 0o377 {
				return 0, tp.fail(fmt.Sprintf("octal escape value %s outside of range 0-0o377", string(tp.text[i:i+4])), i)
			}
			tp.put(r)
			return i + 4, nil
		}
		n, end = n*10+int(d-'0'), i+3
	}
	return end, tp.reference(n, i+1)
}

// named reads \g<name>.
func (tp *templateParser) named(i int) (int, *interp.Exc) {
	at := i + 3
	if at > len(tp.text) || tp.text[at-1] != '<' {
		return 0, tp.fail("missing <", i+2)
	}
	end := at
	for end < len(tp.text) && tp.text[end] != '>' {
		end++
	}
	switch {
	case end >= len(tp.text) && end == at:
		return 0, tp.fail("missing group name", at)
	case end >= len(tp.text):
		return 0, tp.fail("missing >, unterminated name", at)
	case end == at:
		return 0, tp.fail("missing group name", at)
	}
	name := runesText(tp.text[at:end])
	if n, ok := tp.p.prog.names[name]; ok {
		return end + 1, tp.reference(n, at)
	}
	if interp.IsIdentifier(name) {
		return 0, interp.IndexErrorf("unknown group name %s", quoted(name, tp.p.bytes))
	}
	n, bad := strconv.ParseUint(name, 10, 31)
	if bad != nil {
		return 0, tp.fail("bad character in group name "+quoted(name, tp.p.bytes), at)
	}
	return end + 1, tp.reference(int(n), at)
}

func (tp *templateParser) reference(n, at int) *interp.Exc {
	if n > tp.p.prog.groups {
		return tp.fail(fmt.Sprintf("invalid group reference %d", n), at)
	}
	tp.t.literals = append(tp.t.literals, string(tp.out))
	tp.t.groups = append(tp.t.groups, n)
	tp.out = nil
	return nil
}

// expand appends the template for a match.
func (t *template) expand(b []byte, s *subject, spans []int) []byte {
	for i, g := range t.groups {
		b = append(b, t.literals[i]...)
		if spans[2*g] >= 0 {
			b = s.append(b, spans[2*g], spans[2*g+1])
		}
	}
	return append(b, t.literals[len(t.groups)]...)
}

// append appends the part [i, j) of the subject.
func (s *subject) append(b []byte, i, j int) []byte {
	if s.str != nil {
		return append(b, s.str.Slice(i, j)...)
	}
	return append(b, s.bytes[i:j]...)
}

// make returns text built from parts of the subject as what the subject is.
func (s *subject) make(b []byte) interp.Value {
	if s.str != nil {
		return interp.CopyText(b)
	}
	return interp.MkBytes(b)
}

func matchExpand(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m := matchOf(a[0])
	t, err := m.p.parseTemplate(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return m.s.make(t.expand(nil, m.s, m.spans)), nil
}

func patternSub(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	v, _, err := substitute(th, a)
	return v, err
}

func patternSubN(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	v, n, err := substitute(th, a)
	if err != nil {
		return interp.Value{}, err
	}
	return interp.Pair(v, mkInt(n)), nil
}

// substitute replaces matches in a[2] by a[1], a template or function, a[3] times at most.
func substitute(th *interp.Thread, a []interp.Value) (interp.Value, int, *interp.Exc) {
	p := patternOf(a[0])
	var t *template
	_, isStr := interp.StrOf(a[1])
	_, isBytes := interp.BufferOf(a[1])
	callable := !isStr && !isBytes
	if !callable {
		var err *interp.Exc
		if t, err = p.parseTemplate(th, a[1]); err != nil {
			return interp.Value{}, 0, err
		}
	}
	s, err := p.subject(th, a[2], interp.MkInt(0), interp.Value{})
	if err != nil {
		return interp.Value{}, 0, err
	}
	defer s.release(th)
	limit, err := th.IndexInt(a[3])
	if err != nil {
		return interp.Value{}, 0, err
	}
	var b []byte
	last, n := 0, 0
	sc := scanner{p: p, s: s}
	for limit <= 0 || n < limit {
		spans, err := sc.next(th)
		if err != nil {
			return interp.Value{}, 0, err
		}
		if spans == nil {
			break
		}
		b = s.append(b, last, spans[0])
		if callable {
			if b, err = p.callRepl(th, b, a[1], s, spans); err != nil {
				return interp.Value{}, 0, err
			}
		} else {
			b = t.expand(b, s, spans)
		}
		last = spans[1]
		n++
	}
	if n == 0 {
		return s.value, 0, nil
	}
	return s.make(s.append(b, last, s.end)), n, nil
}

// callRepl appends what the function of a replacement returns for a match.
func (p *pattern) callRepl(th *interp.Thread, b []byte, fn interp.Value, s *subject, spans []int) ([]byte, *interp.Exc) {
	v, err := th.Call(fn, p.newMatch(s, spans))
	if err != nil || v.IsNone() {
		return b, err
	}
	if text, ok := interp.StrOf(v); ok && s.str != nil {
		return append(b, text...), nil
	}
	if text, ok := interp.BufferOf(v); ok && s.str == nil {
		return append(b, text...), nil
	}
	want := "str instance"
	if s.str == nil {
		want = "a bytes-like object"
	}
	return nil, interp.TypeErrorf("sequence item 0: expected %s, %s found", want, interp.TypeName(v))
}
