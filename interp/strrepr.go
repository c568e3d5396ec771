package interp

// This file defines repr() and ascii() of text, and which characters they show as they are.

import (
	"strconv"
	"strings"
	"unicode"
)

// isPrintable reports whether repr() shows r as it is.
func isPrintable(r rune) bool {
	if r < 0x7F {
		return r >= ' '
	}
	return r >= 0xA1 && unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) && known(r)
}

func strRepr(th *Thread, v Value) (string, *Exc) { return reprStr((*Str)(v.p).s), nil }

// reprStr returns s as a literal: in single quotes, unless it has such and no double ones.
func reprStr(s string) string { return quoteText(s, false) }

func quoteText(s string, ascii bool) string {
	return bytesText(appendQuoted(make([]byte, 0, len(s)+2), s, ascii))
}

// appendQuoted appends s as a literal.
func appendQuoted(b []byte, s string, ascii bool) []byte {
	quote := quoteFor(s)
	b = append(b, quote)
	start := 0 // of what is to be copied as it is
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7F && c != quote && c != '\\' {
			i++
			continue
		}
		n := 1
		r := rune(c)
		if c >= 0x80 {
			r, n = decodeRune(s[i:])
			if !ascii && isPrintable(r) {
				i += n
				continue
			}
		}
		b = append(b, s[start:i]...)
		b = appendEscape(b, r)
		i += n
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, quote)
}

// appendRepr appends repr(v); what containers hold most goes straight into the buffer.
func (th *Thread) appendRepr(b []byte, v Value) ([]byte, *Exc) {
	switch shapeOf(v) {
	case intShape:
		return strconv.AppendInt(b, int64(v.n), 10), nil
	case strShape:
		return appendQuoted(b, (*Str)(v.p).s, false), nil
	case floatShape:
		f, _ := AsFloat(v)
		return appendFloatRepr(b, f, true), nil
	case noneShape:
		return append(b, "None"...), nil
	}
	s, err := th.Repr(v)
	return append(b, s...), err
}

// quoteFor returns the quote that repr() chooses.
func quoteFor(s string) byte {
	if strings.IndexByte(s, '\'') >= 0 && strings.IndexByte(s, '"') < 0 {
		return '"'
	}
	return '\''
}

const lowerHex = "0123456789abcdef"

// appendEscape appends a character as an escape sequence of a literal.
func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	case '\\', '\'', '"':
		return append(b, '\\', byte(r))
	}
	return appendCodeEscape(b, r)
}

// appendCodeEscape appends a character by its number: \x41, \u1234 or \U00012345.
func appendCodeEscape(b []byte, r rune) []byte {
	letter, digits := byte('x'), 2
	if r > 0xFFFF {
		letter, digits = 'U', 8
	} else if r > 0xFF {
		letter, digits = 'u', 4
	}
	b = append(b, '\\', letter)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, lowerHex[r>>shift&15])
	}
	return b
}

// asciiRepr returns ascii(v): repr(v) with characters above 127 escaped.
func (th *Thread) asciiRepr(v Value) (string, *Exc) {
	s, err := th.Repr(v)
	if err != nil || isASCII(s) {
		return s, err
	}
	b := make([]byte, 0, len(s)+8)
	for s != "" {
		r, n := decodeRune(s)
		if r < 0x80 {
			b = append(b, s[0])
		} else {
			b = appendCodeEscape(b, r)
		}
		s = s[n:]
	}
	return bytesText(b), nil
}
