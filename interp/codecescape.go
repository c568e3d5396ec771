package interp

// This file defines the codecs unicode-escape and raw-unicode-escape: text as it stands in a literal.

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func encodeUnicodeEscape(e *encoder) *Exc {
	for s := e.s.s; s != ""; {
		r, n := decodeRune(s)
		s = s[n:]
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\\':
			e.out = appendEscape(e.out, r)
		case r < 0x20 || r >= 0x7f:
			e.out = appendCodeEscape(e.out, r)
		default:
			e.out = append(e.out, byte(r))
		}
	}
	return nil
}

func encodeRawUnicodeEscape(e *encoder) *Exc {
	for s := e.s.s; s != ""; {
		r, n := decodeRune(s)
		s = s[n:]
		if r > 0xff {
			e.out = appendCodeEscape(e.out, r)
		} else {
			e.out = append(e.out, byte(r))
		}
	}
	return nil
}

// simpleEscapes are the escape sequences of one letter.
var simpleEscapes = map[byte]string{'\n': "", '\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f",
	'n': "\n", 'r': "\r", 't': "\t", 'v': "\v"}

func decodeUnicodeEscape(d *decoder) *Exc {
	for i := 0; i < len(d.b); {
		c := d.b[i]
		if c != '\\' {
			d.out = utf8.AppendRune(d.out, rune(c))
			i++
			continue
		}
		next, err := d.escape(i)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

// escape decodes the escape sequence at i and returns where it ends.
func (d *decoder) escape(i int) (int, *Exc) {
	if i+1 >= len(d.b) {
		return d.fail(i, i+1, "\\ at end of string")
	}
	c := d.b[i+1]
	if text, ok := simpleEscapes[c]; ok {
		d.out = append(d.out, text...)
		return i + 2, nil
	}
	switch c {
	case 'x':
		return d.hexEscape(i, 2, "truncated \\xXX escape")
	case 'u':
		return d.hexEscape(i, 4, "truncated \\uXXXX escape")
	case 'U':
		return d.hexEscape(i, 8, "truncated \\UXXXXXXXX escape")
	case '0', '1', '2', '3', '4', '5', '6', '7':
		r, j := rune(0), i+1
		for ; j < len(d.b) && j < i+4 && d.b[j] >= '0' && d.b[j] <= '7'; j++ {
			r = r*8 + rune(d.b[j]-'0')
		}
		d.out = utf8.AppendRune(d.out, r)
		return j, nil
	}
	d.out = append(d.out, '\\')
	return i + 1, nil
}

// hexEscape decodes an escape sequence of a number of hexadecimal digits.
func (d *decoder) hexEscape(i, digits int, truncated string) (int, *Exc) {
	end := i + 2
	for end < len(d.b) && end < i+2+digits && strings.IndexByte("0123456789abcdefABCDEF", d.b[end]) >= 0 {
		end++
	}
	if end < i+2+digits {
		return d.fail(i, end, truncated)
	}
	n, _ := strconv.ParseUint(string(d.b[i+2:end]), 16, 32)
	if n > utf8.MaxRune {
		return d.fail(i, end, "illegal Unicode character")
	}
	d.out = appendRune(d.out, rune(n))
	return end, nil
}

func decodeRawUnicodeEscape(d *decoder) *Exc {
	for i := 0; i < len(d.b); {
		c := d.b[i]
		if c != '\\' {
			d.out = utf8.AppendRune(d.out, rune(c))
			i++
			continue
		}
		slashes := 1
		for i+slashes < len(d.b) && d.b[i+slashes] == '\\' {
			slashes++
		}
		d.out = append(d.out, d.b[i:i+slashes-1]...)
		i += slashes - 1
		if slashes%2 == 0 || i+1 >= len(d.b) || d.b[i+1] != 'u' && d.b[i+1] != 'U' {
			d.out = append(d.out, '\\')
			i++
			continue
		}
		digits, truncated := 4, "truncated \\uXXXX escape"
		if d.b[i+1] == 'U' {
			digits, truncated = 8, "truncated \\UXXXXXXXX escape"
		}
		next, err := d.hexEscape(i, digits, truncated)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}
