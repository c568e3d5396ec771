package re

// This file defines the translation of what begins with a parenthesis: groups, lookarounds,
// conditionals, inline flags.

import (
	"fmt"
	"strconv"
	"strings"

	"aio/interp"
)

// group reads what follows an opening parenthesis at start.
func (p *parser) group(local *int, start int) (item, *syntaxError) {
	if !p.accept('?') {
		return p.capture("", *local, start)
	}
	if p.pos >= len(p.src) {
		return item{}, p.fail("unexpected end of pattern", p.pos)
	}
	switch c := p.take(); c {
	case 'P':
		return p.named(*local, start)
	case ':':
		return p.wrapped("(?:", *local, start)
	case '>':
		return p.wrapped("(?>", *local, start)
	case '#':
		return p.comment(start)
	case '=', '!':
		return p.look("(?"+string(c), *local, start)
	case '<':
		return p.lookbehind(*local, start)
	case '(':
		return p.conditional(*local, start)
	case '-':
		return p.inlineFlags(c, local, start)
	default:
		if strings.ContainsRune("aiLmsxut", c) {
			return p.inlineFlags(c, local, start)
		}
		return item{}, p.fail("unknown extension ?"+string(c), start+1)
	}
}

// body reads the inside of a group and its closing parenthesis.
func (p *parser) body(local, start int) (string, width, *syntaxError) {
	text, w, err := p.alternation(&local)
	if err == nil && !p.accept(')') {
		err = p.fail("missing ), unterminated subpattern", start)
	}
	return text, w, err
}

// capture reads the inside of a group that is remembered.
func (p *parser) capture(name string, local, start int) (item, *syntaxError) {
	p.prog.groups++
	n := p.prog.groups
	if name != "" {
		p.prog.names[name] = n
		p.prog.order = append(p.prog.order, name)
	}
	p.widths = append(p.widths, width{0, unbounded})
	p.open[n] = true
	text, w, err := p.body(local, start)
	delete(p.open, n)
	p.widths[n] = w
	p.prog.closed = append(p.prog.closed, n)
	return item{text: fmt.Sprintf("(?<%d>%s)", n, text), w: w}, err
}

// wrapped reads the inside of a group that is not remembered.
func (p *parser) wrapped(opening string, local, start int) (item, *syntaxError) {
	text, w, err := p.body(local, start)
	return item{text: opening + text + ")", w: w}, err
}

// named reads (?P<name>...) or (?P=name).
func (p *parser) named(local, start int) (item, *syntaxError) {
	switch {
	case p.accept('<'):
		at := p.pos
		name, err := p.until('>', "group name")
		if err != nil {
			return item{}, err
		}
		if err := p.checkName(name, at); err != nil {
			return item{}, err
		}
		if old, ok := p.prog.names[name]; ok {
			return item{}, p.fail(fmt.Sprintf("redefinition of group name '%s' as group %d; was group %d", name, p.prog.groups+1, old), at)
		}
		return p.capture(name, local, start)
	case p.accept('='):
		at := p.pos
		name, err := p.until(')', "group name")
		if err != nil {
			return item{}, err
		}
		if err := p.checkName(name, at); err != nil {
			return item{}, err
		}
		n, ok := p.prog.names[name]
		if !ok {
			return item{}, p.fail(fmt.Sprintf("unknown group name '%s'", name), at)
		}
		return p.reference(n, at, at)
	case p.pos >= len(p.src):
		return item{}, p.fail("unexpected end of pattern", p.pos)
	}
	p.pos++
	return item{}, p.fail("unknown extension ?P"+string(p.src[p.pos-1]), start+1)
}

func (p *parser) checkName(name string, at int) *syntaxError {
	if interp.IsIdentifier(name) && (!p.bytes || interp.NewStr(name).IsASCII()) {
		return nil
	}
	return p.fail("bad character in group name "+quoted(name, p.bytes), at)
}

// quoted returns a name as errors show it.
func quoted(name string, bytes bool) string {
	q := strconv.Quote(name)
	q = "'" + q[1:len(q)-1] + "'"
	if bytes {
		q = "b" + q
	}
	return q
}

func (p *parser) comment(start int) (item, *syntaxError) {
	for !p.accept(')') {
		if p.pos >= len(p.src) {
			return item{}, p.fail("missing ), unterminated comment", start)
		}
		p.pos++
	}
	return item{kind: itemNone}, nil
}

// look reads the inside of a lookahead.
func (p *parser) look(opening string, local, start int) (item, *syntaxError) {
	text, _, err := p.body(local, start)
	return item{text: opening + text + ")"}, err
}

func (p *parser) lookbehind(local, start int) (item, *syntaxError) {
	if p.pos >= len(p.src) {
		return item{}, p.fail("unexpected end of pattern", p.pos)
	}
	c := p.take()
	if c != '=' && c != '!' {
		return item{}, p.fail("unknown extension ?<"+string(c), start+1)
	}
	p.inBack++
	text, w, err := p.body(local, start)
	p.inBack--
	if err == nil && w.lo != w.hi {
		err = p.fail("look-behind requires fixed-width pattern", -1)
	}
	return item{text: "(?<" + string(c) + text + ")"}, err
}

// conditional reads (?(group)yes|no).
func (p *parser) conditional(local, start int) (item, *syntaxError) {
	at := p.pos
	name, err := p.until(')', "group name")
	if err != nil {
		return item{}, err
	}
	n, ok := p.prog.names[name]
	if !ok {
		if interp.IsIdentifier(name) {
			return item{}, p.fail(fmt.Sprintf("unknown group name '%s'", name), at)
		}
		number, bad := strconv.ParseUint(name, 10, 31)
		switch {
		case bad != nil:
			return item{}, p.fail("bad character in group name "+quoted(name, p.bytes), at)
		case number == 0:
			return item{}, p.fail("bad group number", at)
		}
		n = int(number)
		p.ahead = append(p.ahead, groupRef{n, at})
	}
	yes, w, err := p.sequence(&local)
	if err != nil {
		return item{}, err
	}
	no, other := "", width{}
	if p.accept('|') {
		if no, other, err = p.sequence(&local); err != nil {
			return item{}, err
		}
		if p.peek() == '|' {
			return item{}, p.fail("conditional backref with more than two branches", p.pos)
		}
	}
	if !p.accept(')') {
		return item{}, p.fail("missing ), unterminated subpattern", start)
	}
	w = width{min(w.lo, other.lo), max(w.hi, other.hi)}
	return item{text: fmt.Sprintf("(?(%d)(?:%s)|(?:%s))", n, yes, no), w: w}, nil
}

var flagLetters = map[rune]int{'a': flagASCII, 'i': flagIgnoreCase, 'L': flagLocale, 'm': flagMultiline, 's': flagDotAll,
	'u': flagUnicode, 'x': flagVerbose, 't': flagTemplate}

const typeFlags = flagASCII | flagLocale | flagUnicode

// inlineFlags reads (?flags), which must stand at the start, or (?on-off:...). c is the first letter.
func (p *parser) inlineFlags(c rune, local *int, start int) (item, *syntaxError) {
	on, off := 0, 0
	if c != '-' {
		for {
			if err := p.addFlag(&on, c); err != nil {
				return item{}, err
			}
			if p.pos >= len(p.src) {
				return item{}, p.fail("missing -, : or )", p.pos)
			}
			c = p.take()
			if c == ')' || c == '-' || c == ':' {
				break
			}
			if flagLetters[c] == 0 {
				if isAlpha(c) {
					return item{}, p.fail("unknown flag", p.pos-1)
				}
				return item{}, p.fail("missing -, : or )", p.pos-1)
			}
		}
	}
	if c == ')' {
		if start > 0 && !p.atStart(start) {
			return item{}, p.fail("global flags not at the start of the expression", start)
		}
		p.flags |= on
		*local |= on
		p.verbose = p.flags&flagVerbose != 0
		return item{kind: itemNone}, nil
	}
	if c == '-' {
		if err := p.flagsOff(&off); err != nil {
			return item{}, err
		}
		if on&off != 0 {
			return item{}, p.fail("bad inline flags: flag turned on and off", p.pos-1)
		}
	}
	return p.scoped(*local, on, off, start)
}

func isAlpha(c rune) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// atStart reports whether only other flags stand before start.
func (p *parser) atStart(start int) bool {
	for i := 0; i < start; {
		if p.verbose && (p.src[i] == ' ' || p.src[i] >= '\t' && p.src[i] <= '\r') {
			i++
			continue
		}
		end := i
		for end < start && p.src[end] != ')' {
			end++
		}
		if end >= start || end-i < 2 || p.src[i] != '(' || p.src[i+1] != '?' {
			return false
		}
		for _, c := range p.src[i+2 : end] {
			if flagLetters[c] == 0 {
				return false
			}
		}
		i = end + 1
	}
	return true
}

func (p *parser) addFlag(flags *int, c rune) *syntaxError {
	f := flagLetters[c]
	switch {
	case c == 'L' && !p.bytes:
		return p.fail("bad inline flags: cannot use 'L' flag with a str pattern", p.pos)
	case c == 'u' && p.bytes:
		return p.fail("bad inline flags: cannot use 'u' flag with a bytes pattern", p.pos)
	}
	*flags |= f
	if f&typeFlags != 0 && *flags&typeFlags != f {
		return p.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible", p.pos)
	}
	return nil
}

// flagsOff reads the flags behind a minus and the colon.
func (p *parser) flagsOff(off *int) *syntaxError {
	for {
		if p.pos >= len(p.src) {
			return p.fail("missing flag", p.pos)
		}
		c := p.take()
		if c == ':' && *off != 0 {
			return nil
		}
		f := flagLetters[c]
		switch {
		case f == 0 && isAlpha(c):
			return p.fail("unknown flag", p.pos-1)
		case f == 0 && *off == 0:
			return p.fail("missing flag", p.pos-1)
		case f == 0:
			return p.fail("missing :", p.pos-1)
		case f&typeFlags != 0:
			return p.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'", p.pos)
		}
		*off |= f
		if p.pos >= len(p.src) {
			return p.fail("missing :", p.pos)
		}
	}
}

// scoped reads the inside of a group with flags of its own.
func (p *parser) scoped(local, on, off, start int) (item, *syntaxError) {
	if on&typeFlags != 0 {
		local &^= typeFlags
	}
	local = (local | on) &^ off
	verbose := p.verbose
	p.verbose = local&flagVerbose != 0
	text, w, err := p.body(local, start)
	p.verbose = verbose
	opening := "(?"
	for _, f := range []rune{'i', 'm', 's'} {
		if on&flagLetters[f] != 0 {
			opening += string(f)
		}
	}
	minus := "-"
	for _, f := range []rune{'i', 'm', 's'} {
		if off&flagLetters[f] != 0 {
			opening += minus + string(f)
			minus = ""
		}
	}
	return item{text: opening + ":" + text + ")", w: w}, err
}
