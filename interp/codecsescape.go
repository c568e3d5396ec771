package interp

// This file defines the codecs unicode_escape and raw_unicode_escape, which write text as literals do.

import (
	"bytes"
	"unicode/utf8"
)

func encodeUnicodeEscape(e *encoder) *Exc {
	for s := e.s.s; s != ""; {
		r, n := decodeRune(s)
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\\':
			e.out = appendEscape(e.out, r)
		case r >= ' ' && r < 0x7F:
			e.out = append(e.out, byte(r))
		default:
			e.out = appendCodeEscape(e.out, r)
		}
		s = s[n:]
	}
	return nil
}

func encodeRawEscape(e *encoder) *Exc {
	for s := e.s.s; s != ""; {
		r, n := decodeRune(s)
		if r < 0x100 {
			e.out = append(e.out, byte(r))
		} else {
			e.out = appendCodeEscape(e.out, r)
		}
		s = s[n:]
	}
	return nil
}

func decodeUnicodeEscape(d *decoder) *Exc {
	d.out = make([]byte, 0, len(d.b))
	invalid := -1 // the first backslash that begins no escape
	for i := 0; i < len(d.b); {
		c := d.b[i]
		if c != '\\' {
			d.out = utf8.AppendRune(d.out, rune(c))
			i++
			continue
		}
		next, reason := d.unicodeEscape(i)
		switch {
		case reason != "":
			var err *Exc
			if next, err = d.fail(i, next, reason); err != nil {
				return err
			}
		case next == i:
			if invalid < 0 {
				invalid = i
			}
			d.out = append(d.out, '\\')
			next++
		}
		i = next
	}
	if invalid >= 0 && !d.partial {
		r := rune(d.b[invalid+1])
		if r >= '0' && r <= '7' {
			return d.th.Warn(DeprecationWarning, "invalid octal escape sequence '\\%s'", d.b[invalid+1:invalid+4])
		}
		return d.th.Warn(DeprecationWarning, "invalid escape sequence '\\%c'", r)
	}
	return nil
}

// unicodeEscape undoes the escape at i and returns where it ends: i itself when it is none.
func (d *decoder) unicodeEscape(i int) (next int, reason string) {
	if i+1 >= len(d.b) {
		return len(d.b), `\ at end of string`
	}
	c := d.b[i+1]
	if at := bytes.IndexByte([]byte("abfnrtv\\'\""), c); at >= 0 {
		d.out = append(d.out, "\a\b\f\n\r\t\v\\'\""[at])
		return i + 2, ""
	}
	switch {
	case c == '\n':
		return i + 2, ""
	case c >= '0' && c <= '7':
		r, end := rune(0), i+1
		for end < len(d.b) && end < i+4 && d.b[end] >= '0' && d.b[end] <= '7' {
			r = r*8 + rune(d.b[end]-'0')
			end++
		}
		d.out = utf8.AppendRune(d.out, r)
		return end, ""
	case c == 'x':
		return d.hexEscape(i, 2, `truncated \xXX escape`)
	case c == 'u':
		return d.hexEscape(i, 4, `truncated \uXXXX escape`)
	case c == 'U':
		return d.hexEscape(i, 8, `truncated \UXXXXXXXX escape`)
	case c == 'N':
		return d.nameEscape(i)
	}
	return i, ""
}

// hexEscape reads the digits of the escape at i.
func (d *decoder) hexEscape(i, digits int, truncated string) (next int, reason string) {
	r, end := uint32(0), i+2
	for ; end < i+2+digits; end++ {
		if end >= len(d.b) || hexDigit(d.b[end]) < 0 {
			return end, truncated
		}
		r = r<<4 | uint32(hexDigit(d.b[end]))
	}
	if r > utf8.MaxRune {
		return end, "illegal Unicode character"
	}
	d.out = appendRune(d.out, rune(r))
	return end, ""
}

// nameEscape reads the name of the escape \N{...} at i.
func (d *decoder) nameEscape(i int) (next int, reason string) {
	const malformed = `malformed \N character escape`
	if i+2 >= len(d.b) || d.b[i+2] != '{' {
		return i + 2, malformed
	}
	n := bytes.IndexByte(d.b[i+3:], '}')
	if n < 0 {
		return len(d.b), malformed
	}
	end := i + 3 + n + 1
	if n == 0 {
		return end, malformed
	}
	r, ok := d.th.charByName(string(d.b[i+3 : end-1]))
	if !ok {
		return end, "unknown Unicode character name"
	}
	d.out = append(d.out, r...)
	return end, ""
}

// charByName asks the module unicodedata for a character.
func (th *Thread) charByName(name string) (string, bool) {
	m, err := th.Import("unicodedata")
	if err != nil {
		return "", false
	}
	v, err := th.CallMethod(m, "lookup", MkStr(name))
	if err != nil {
		return "", false
	}
	return StrOf(v)
}

func decodeRawEscape(d *decoder) *Exc {
	d.out = make([]byte, 0, len(d.b))
	for i := 0; i < len(d.b); {
		c := d.b[i]
		if c != '\\' || i+1 >= len(d.b) || d.b[i+1] != 'u' && d.b[i+1] != 'U' {
			d.out = utf8.AppendRune(d.out, rune(c))
			if i++; c == '\\' && i < len(d.b) {
				d.out = utf8.AppendRune(d.out, rune(d.b[i])) // a pair: the next backslash begins nothing
				i++
			}
			continue
		}
		digits, truncated := 4, `truncated \uXXXX escape`
		if d.b[i+1] == 'U' {
			digits, truncated = 8, `truncated \UXXXXXXXX escape`
		}
		next, reason := d.hexEscape(i, digits, truncated)
		if reason == "illegal Unicode character" {
			reason = `\Uxxxxxxxx out of range`
		}
		if reason != "" {
			var err *Exc
			if next, err = d.fail(i, next, reason); err != nil {
				return err
			}
		}
		i = next
	}
	return nil
}
