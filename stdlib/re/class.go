package re

// This file defines the translation of character classes: [...], \d, \s and \w.

import (
	"fmt"
	"strings"
)

// The classes as the inside of brackets, for all scripts and for ASCII. regexp2 has \d, \s and \w too,
// but they mean other characters than Python's.
var classSets = map[rune]struct{ unicode, ascii string }{
	'd': {`0-9\p{Nd}`, `0-9`},
	's': {`\t-\r \x1c-\x1f\x85\p{Z}`, `\t-\r `},
	'w': {`a-zA-Z0-9_\p{L}\p{N}`, `a-zA-Z0-9_`},
}

// The complements of the classes as the inside of brackets. Those for all scripts are regexp2's own,
// which differ from Python's in a few rare characters: brackets cannot hold the complement of several.
var classComplements = map[rune]struct{ unicode, ascii string }{
	'D': {`\D`, `\x00-/:-` + lastRune},
	'S': {`\S`, `\x00-\x08\x0e-\x1f!-` + lastRune},
	'W': {`\W`, `\x00-/:-@\[-\^` + "`{-" + lastRune},
}

const lastRune = "\U0010FFFF"

// category returns \d, \D, \s, \S, \w or \W.
func (p *parser) category(c rune, local int) string {
	set := classSets[c|0x20]
	text := set.ascii
	if p.unicode(local) {
		text = set.unicode
	} else if c|0x20 == 's' && p.narrow && !p.bytes && local&flagASCII == 0 {
		text = `\t-\r \x1c-\x1f` // str.isspace is true of these four too
	}
	if c < 'a' {
		return "[^" + text + "]"
	}
	return "[" + text + "]"
}

// inClass is category within brackets.
func (p *parser) inClass(c rune, local int) string {
	if c >= 'a' {
		text := p.category(c, local)
		return text[1 : len(text)-1]
	}
	if p.unicode(local) {
		return classComplements[c].unicode
	}
	return classComplements[c].ascii
}

// member is a character or a category in a class.
type member struct {
	r        rune
	category string // in brackets; "" for a character
	source   string
}

// class reads a class up to its closing bracket; start is where its opening one stands.
func (p *parser) class(local, start int) (string, *syntaxError) {
	var b strings.Builder
	b.WriteByte('[')
	if p.accept('^') {
		b.WriteByte('^')
	}
	seen := map[string]bool{}
	for first := true; ; first = false {
		if p.pos >= len(p.src) {
			return "", p.fail("unterminated character set", start)
		}
		if p.peek() == ']' && !first {
			p.pos++
			break
		}
		at := p.pos
		low, err := p.classMember(local)
		if err != nil {
			return "", err
		}
		if !p.accept('-') {
			if low.category != "" {
				seen[low.source] = true
			}
			low.write(&b)
			continue
		}
		if p.pos >= len(p.src) {
			return "", p.fail("unterminated character set", start)
		}
		if p.accept(']') {
			low.write(&b)
			b.WriteString(`\-`)
			break
		}
		high, err := p.classMember(local)
		if err != nil {
			return "", err
		}
		if low.category != "" || high.category != "" || high.r < low.r {
			return "", p.fail(fmt.Sprintf("bad character range %s", runesText(p.src[at:p.pos])), at)
		}
		fmt.Fprintf(&b, "%s-%s", classLiteral(low.r), classLiteral(high.r))
	}
	b.WriteByte(']')
	for _, pair := range []string{"dD", "sS", "wW"} {
		if seen[pair[:1]] && seen[pair[1:]] {
			if strings.HasPrefix(b.String(), "[^") {
				return "(?!)", nil
			}
			return `[\s\S]`, nil
		}
	}
	return b.String(), nil
}

func (m member) write(b *strings.Builder) {
	if m.category != "" {
		b.WriteString(m.category)
		return
	}
	b.WriteString(classLiteral(m.r))
}

// classLiteral returns a character as a member of a class.
func classLiteral(r rune) string {
	if r < 0x80 && strings.ContainsRune(`\]^-[`, r) {
		return `\` + string(r)
	}
	if r < ' ' || r == 0x7F {
		return fmt.Sprintf(`\x%02x`, r)
	}
	if r >= 0xD800 && r < 0xE000 {
		return fmt.Sprintf(`\u%04X`, r)
	}
	return string(r)
}

// classMember reads one member of a class.
func (p *parser) classMember(local int) (member, *syntaxError) {
	at := p.pos
	c := p.take()
	if c != '\\' {
		return member{r: c}, nil
	}
	if p.pos >= len(p.src) {
		return member{}, p.fail("bad escape (end of pattern)", at)
	}
	switch c = p.take(); c {
	case 'd', 'D', 's', 'S', 'w', 'W':
		return member{category: p.inClass(c, local), source: string(c)}, nil
	case 'b':
		return member{r: '\b'}, nil
	case '0', '1', '2', '3', '4', '5', '6', '7':
		r := p.octal(c, 2)
		if r > 0o377 {
			return member{}, p.fail(fmt.Sprintf("octal escape value %s outside of range 0-0o377", string(p.src[at:p.pos])), at)
		}
		return member{r: r}, nil
	case '8', '9':
		return member{}, p.fail(`bad escape \`+string(c), at)
	}
	r, err := p.charEscape(c, at)
	return member{r: r}, err
}
