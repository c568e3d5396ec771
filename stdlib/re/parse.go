package re

// This file defines the parser of patterns. It checks a pattern as CPython does and translates it for
// package regexp2, whose syntax is that of .NET: all groups get explicit numbers, so that named ones
// are not counted after the others; character classes and escapes are spelled out; what verbose
// patterns leave out is left out here.

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"aio/interp"
	"aio/lexer"
)

// The flags, with CPython's numbers.
const (
	flagTemplate = 1 << iota
	flagIgnoreCase
	flagLocale
	flagMultiline
	flagDotAll
	flagUnicode
	flagVerbose
	flagDebug
	flagASCII
)

// program is a parsed pattern.
type program struct {
	expr   string         // in the syntax of regexp2
	flags  int            // given ones and inline ones
	groups int            // without group 0
	names  map[string]int // of groups
	order  []string       // names in the order of their groups
	closed []int          // groups in the order in which they close
}

// syntaxError is a mistake in a pattern, at a code point of it.
type syntaxError struct {
	msg string
	pos int
}

// parser reads a pattern.
type parser struct {
	src     []rune
	pos     int
	bytes   bool
	narrow  bool // translate for subjects that are ASCII
	flags   int  // global ones
	prog    *program
	widths  []width // of groups, by number
	open    map[int]bool
	inBack  int // lookbehinds around
	verbose bool
	ahead   []groupRef // of conditionals: they may name a group that follows
}

// groupRef is a reference to a group, and where it stands.
type groupRef struct{ group, pos int }

// width is how many characters something matches at least and at most.
type width struct{ lo, hi int }

const unbounded = math.MaxInt32

func (w width) plus(v width) width {
	return width{min(w.lo+v.lo, unbounded), min(w.hi+v.hi, unbounded)}
}

func (w width) times(lo, hi int) width {
	r := width{w.lo * lo, unbounded}
	if w.hi == 0 {
		r.hi = 0
	} else if hi < unbounded && w.hi < unbounded {
		r.hi = w.hi * hi
	}
	return width{min(r.lo, unbounded), min(r.hi, unbounded)}
}

// parsePattern translates a pattern. narrow makes the translation right for ASCII subjects only, which
// is faster.
func parsePattern(src []rune, flags int, bytes, narrow bool) (*program, *syntaxError) {
	for {
		p := &parser{src: src, bytes: bytes, narrow: narrow, flags: flags, verbose: flags&flagVerbose != 0,
			prog: &program{names: map[string]int{}}, widths: []width{{}}, open: map[int]bool{}}
		expr, err := p.whole()
		if p.flags&flagVerbose != 0 && flags&flagVerbose == 0 {
			flags |= flagVerbose // (?x) at the start: whitespace before it counted until now
			continue
		}
		if err != nil {
			return nil, err
		}
		p.prog.expr, p.prog.flags = expr, p.flags
		return p.prog, nil
	}
}

func (p *parser) whole() (string, *syntaxError) {
	local := p.flags
	expr, _, err := p.alternation(&local)
	if err != nil {
		return "", err
	}
	if p.pos < len(p.src) {
		return "", p.fail("unbalanced parenthesis", p.pos)
	}
	for _, ref := range p.ahead {
		if ref.group > p.prog.groups {
			return "", p.fail(fmt.Sprintf("invalid group reference %d", ref.group), ref.pos)
		}
	}
	return expr, nil
}

func (p *parser) fail(msg string, pos int) *syntaxError { return &syntaxError{msg, pos} }

// peek returns the next character, -1 at the end.
func (p *parser) peek() rune {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return -1
}

// take returns the next character, which must be there, and goes behind it.
func (p *parser) take() rune {
	p.pos++
	return p.src[p.pos-1]
}

func (p *parser) accept(r rune) bool {
	if p.peek() == r {
		p.pos++
		return true
	}
	return false
}

// until reads a name that ends at end; what says what is missing. A backslash hides no end here.
func (p *parser) until(end rune, what string) (string, *syntaxError) {
	start := p.pos
	for p.peek() != end {
		if p.pos >= len(p.src) {
			if p.pos == start {
				return "", p.fail("missing "+what, start)
			}
			return "", p.fail(fmt.Sprintf("missing %c, unterminated name", end), start)
		}
		p.pos++
	}
	name := runesText(p.src[start:p.pos])
	p.pos++
	if name == "" {
		return "", p.fail("missing "+what, p.pos-1)
	}
	return name, nil
}

func runesText(src []rune) string {
	var b []byte
	for _, r := range src {
		b = interp.AppendRune(b, r)
	}
	return string(b)
}

// alternation reads branches up to the closing parenthesis or the end.
func (p *parser) alternation(local *int) (string, width, *syntaxError) {
	text, w, err := p.sequence(local)
	if err != nil || p.peek() != '|' {
		return text, w, err
	}
	var b strings.Builder
	b.WriteString(text)
	for p.accept('|') {
		text, v, err := p.sequence(local)
		if err != nil {
			return "", w, err
		}
		b.WriteByte('|')
		b.WriteString(text)
		w = width{min(w.lo, v.lo), max(w.hi, v.hi)}
	}
	return b.String(), w, nil
}

// item is a part of a sequence that a quantifier can follow.
type item struct {
	text string
	w    width
	kind itemKind
}

type itemKind uint8

const (
	itemPlain  itemKind = iota
	itemAnchor          // cannot be repeated
	itemRepeat          // is repeated already
	itemNone            // nothing: a comment, flags
)

// sequence reads items up to a bar, a closing parenthesis or the end.
func (p *parser) sequence(local *int) (string, width, *syntaxError) {
	var done strings.Builder
	var total width
	last := item{kind: itemNone}
	flush := func() {
		done.WriteString(last.text)
		total = total.plus(last.w)
		last = item{kind: itemNone}
	}
	for p.pos < len(p.src) {
		c := p.peek()
		if c == '|' || c == ')' {
			break
		}
		if p.verbose && p.skipSpace() {
			continue
		}
		at := p.pos
		lo, hi, ok, err := p.quantifier()
		if err != nil {
			return "", total, err
		}
		if ok {
			switch last.kind {
			case itemNone, itemAnchor:
				return "", total, p.fail("nothing to repeat", at)
			case itemRepeat:
				return "", total, p.fail("multiple repeat", at)
			}
			last = p.repeat(last, lo, hi)
			continue
		}
		next, err := p.atom(local, at)
		if err != nil {
			return "", total, err
		}
		if next.kind != itemNone {
			flush()
			last = next
		}
	}
	flush()
	return done.String(), total, nil
}

// skipSpace skips what a verbose pattern may have between items.
func (p *parser) skipSpace() bool {
	switch c := p.peek(); {
	case c == ' ' || c >= '\t' && c <= '\r':
		p.pos++
		return true
	case c == '#':
		for p.pos < len(p.src) && p.src[p.pos] != '\n' {
			p.pos++
		}
		return true
	}
	return false
}

// quantifier reads *, +, ? or {m,n}; ok is false when there is none.
func (p *parser) quantifier() (lo, hi int, ok bool, err *syntaxError) {
	switch p.peek() {
	case '*':
		lo, hi = 0, unbounded
	case '+':
		lo, hi = 1, unbounded
	case '?':
		lo, hi = 0, 1
	case '{':
		return p.braces()
	default:
		return 0, 0, false, nil
	}
	p.pos++
	return lo, hi, true, nil
}

// braces reads {m}, {m,}, {,n} or {m,n}; anything else is an ordinary brace.
func (p *parser) braces() (lo, hi int, ok bool, err *syntaxError) {
	start := p.pos
	p.pos++
	if p.peek() == '}' {
		p.pos = start
		return 0, 0, false, nil
	}
	first, second := p.number(), ""
	if p.accept(',') {
		second = p.number()
	} else {
		second = first
	}
	if !p.accept('}') || first == "" && second == "" && p.src[p.pos-2] != ',' {
		p.pos = start
		return 0, 0, false, nil
	}
	lo, hi = 0, unbounded
	if first != "" {
		lo = repeatCount(first)
	}
	if second != "" {
		if hi = repeatCount(second); hi < lo {
			return 0, 0, false, p.fail("min repeat greater than max repeat", start+1)
		}
	}
	return lo, hi, true, nil
}

func (p *parser) number() string {
	start := p.pos
	for p.peek() >= '0' && p.peek() <= '9' {
		p.pos++
	}
	return string(p.src[start:p.pos])
}

func repeatCount(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n > unbounded {
		return unbounded
	}
	return n
}

// repeat applies a quantifier, with the ? or + behind it.
func (p *parser) repeat(x item, lo, hi int) item {
	q := fmt.Sprintf("{%d,%d}", lo, hi)
	switch {
	case lo == 0 && hi == unbounded:
		q = "*"
	case lo == 1 && hi == unbounded:
		q = "+"
	case lo == 0 && hi == 1:
		q = "?"
	case hi == unbounded:
		q = fmt.Sprintf("{%d,}", lo)
	}
	r := item{w: x.w.times(lo, hi), kind: itemRepeat}
	switch {
	case p.accept('?'):
		r.text = x.text + q + "?"
	case p.accept('+'):
		r.text = "(?>" + x.text + q + ")"
	default:
		r.text = x.text + q
	}
	return r
}

var oneChar = width{1, 1}

// atom reads one item that is no quantifier.
func (p *parser) atom(local *int, at int) (item, *syntaxError) {
	switch c := p.take(); c {
	case '.':
		return item{text: ".", w: oneChar}, nil
	case '^':
		return item{text: "^", kind: itemAnchor}, nil
	case '$':
		return item{text: "$", kind: itemAnchor}, nil
	case '[':
		text, err := p.class(*local, at)
		return item{text: text, w: oneChar}, err
	case '(':
		return p.group(local, at)
	case '\\':
		return p.escape(*local, at)
	default:
		return item{text: literal(c), w: oneChar}, nil
	}
}

// literal returns a character as a pattern that matches it.
func literal(r rune) string {
	if r >= 0xD800 && r < 0xE000 {
		return fmt.Sprintf(`\u%04X`, r)
	}
	if r < 0x80 && strings.ContainsRune(`\.^$|?*+()[]{}#-&~`, r) {
		return `\` + string(r)
	}
	return string(r)
}

// escape reads what follows a backslash outside a class.
func (p *parser) escape(local, at int) (item, *syntaxError) {
	if p.pos >= len(p.src) {
		return item{}, p.fail("bad escape (end of pattern)", at)
	}
	switch c := p.take(); c {
	case 'A':
		return item{text: `\A`, kind: itemAnchor}, nil
	case 'Z':
		return item{text: `\z`, kind: itemAnchor}, nil
	case 'b', 'B':
		return item{text: p.boundary(c, local), kind: itemAnchor}, nil
	case 'd', 'D', 's', 'S', 'w', 'W':
		return item{text: p.category(c, local), w: oneChar}, nil
	case '0':
		return item{text: literal(p.octal(c, 2)), w: oneChar}, nil
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.numberEscape(c, at)
	default:
		r, err := p.charEscape(c, at)
		return item{text: literal(r), w: oneChar}, err
	}
}

// octal reads up to more further octal digits.
func (p *parser) octal(c rune, more int) rune {
	r := c - '0'
	for ; more > 0 && p.peek() >= '0' && p.peek() <= '7'; more-- {
		r = r<<3 | (p.take() - '0')
	}
	return r
}

// numberEscape reads a reference to a group, or a character by three octal digits.
func (p *parser) numberEscape(c rune, at int) (item, *syntaxError) {
	n := int(c - '0')
	if d := p.peek(); d >= '0' && d <= '9' {
		if c <= '7' && d <= '7' && p.pos+1 < len(p.src) && p.src[p.pos+1] >= '0' && p.src[p.pos+1] <= '7' {
			r := p.octal(c, 2)
			if r > 0o377 {
				return item{}, p.fail(fmt.Sprintf("octal escape value %s outside of range 0-0o377", string(p.src[at:p.pos])), at)
			}
			return item{text: literal(r), w: oneChar}, nil
		}
		n = n*10 + int(p.take()-'0')
	}
	return p.reference(n, at+1, at)
}

// reference is an item that matches what a group matched.
func (p *parser) reference(n, pos, openPos int) (item, *syntaxError) {
	if n > p.prog.groups {
		return item{}, p.fail(fmt.Sprintf("invalid group reference %d", n), pos)
	}
	if p.open[n] {
		if p.inBack > 0 {
			return item{}, p.fail("cannot refer to an open group", openPos)
		}
		return item{}, p.fail("cannot refer to an open group", openPos)
	}
	return item{text: fmt.Sprintf(`\k<%d>`, n), w: p.widths[n]}, nil
}

var simpleEscapes = map[rune]rune{'a': 7, 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}

// charEscape reads an escape that stands for one character.
func (p *parser) charEscape(c rune, at int) (rune, *syntaxError) {
	if r, ok := simpleEscapes[c]; ok {
		return r, nil
	}
	switch {
	case c == 'x':
		return p.hexEscape(2, at)
	case c == 'u' && !p.bytes:
		return p.hexEscape(4, at)
	case c == 'U' && !p.bytes:
		r, err := p.hexEscape(8, at)
		if err == nil && r > 0x10FFFF {
			return 0, p.fail("bad escape "+string(p.src[at:p.pos]), at)
		}
		return r, err
	case c == 'N' && !p.bytes:
		return p.nameEscape(at)
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return 0, p.fail(`bad escape \`+string(c), at)
	}
	return c, nil
}

func (p *parser) hexEscape(digits, at int) (rune, *syntaxError) {
	start := p.pos
	for p.pos < len(p.src) && p.pos-start < digits && strings.ContainsRune("0123456789abcdefABCDEF", p.src[p.pos]) {
		p.pos++
	}
	if p.pos-start != digits {
		return 0, p.fail("incomplete escape "+runesText(p.src[at:p.pos]), at)
	}
	n, _ := strconv.ParseUint(string(p.src[start:p.pos]), 16, 64)
	return rune(min(n, math.MaxInt32)), nil
}

func (p *parser) nameEscape(at int) (rune, *syntaxError) {
	if !p.accept('{') {
		return 0, p.fail("missing {", p.pos)
	}
	name, err := p.until('}', "character name")
	if err != nil {
		return 0, err
	}
	r, ok := lexer.LookupName(name)
	if !ok {
		return 0, p.fail(fmt.Sprintf("undefined character name '%s'", name), at)
	}
	return r, nil
}

// unicode reports whether classes mean all scripts.
func (p *parser) unicode(local int) bool { return !p.bytes && !p.narrow && local&flagASCII == 0 }

// boundary returns \b or \B.
func (p *parser) boundary(c rune, local int) string {
	if p.unicode(local) {
		return `\` + string(c)
	}
	const w = "[a-zA-Z0-9_]"
	if c == 'b' {
		return "(?:(?<=" + w + ")(?!" + w + ")|(?<!" + w + ")(?=" + w + "))"
	}
	return "(?:(?<=" + w + ")(?=" + w + ")|(?<!" + w + ")(?!" + w + "))"
}
