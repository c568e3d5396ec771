package interp

// This file defines the methods of str about letters: case mapping, and the questions isalpha() to
// isupper(). ASCII text takes a path of its own everywhere.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// caseMap returns the table of a text like "ßSS ŉʼN ": a character, what it maps to, a space.
func caseMap(text string) map[rune]string {
	m := map[rune]string{}
	for entry := range strings.FieldsSeq(text) {
		r, n := utf8.DecodeRuneInString(entry)
		m[r] = entry[n:]
	}
	return m
}

// known reports whether r is assigned in the version of Unicode that the tables describe.
func known(r rune) bool { return r < 0xcf3 || !unicode.Is(unicode15, r) }

func isLetter(r rune) bool { return unicode.IsLetter(r) && known(r) }

func isDecimal(r rune) bool { return unicode.IsDigit(r) && known(r) }

func isDigit(r rune) bool { return isDecimal(r) || unicode.Is(digitTable, r) }

func isNumeric(r rune) bool { return isDecimal(r) || unicode.Is(numericTable, r) }

func isUpper(r rune) bool {
	return (unicode.IsUpper(r) || unicode.Is(unicode.Other_Uppercase, r)) && known(r)
}

func isLower(r rune) bool {
	return (unicode.IsLower(r) || unicode.Is(unicode.Other_Lowercase, r) && !newLowercase(r)) && known(r)
}

// newLowercase has the modifier letters that are lower case since version 15.
func newLowercase(r rune) bool {
	return r == 0x10FC || r >= 0xA7F2 && r <= 0xA7F4 || r == 0xAB69
}

func isCased(r rune) bool { return isUpper(r) || isLower(r) || unicode.IsTitle(r) }

// isCaseIgnorable reports whether the rule for the final sigma looks past r.
func isCaseIgnorable(r rune) bool {
	switch r {
	case '\'', '.', ':', '^', '`', 0xA8, 0xAD, 0xAF, 0xB4, 0xB7, 0xB8, 0x387, 0x55F, 0x5F4, 0x2018, 0x2019, 0x2024,
		0x2027, 0xFE13, 0xFE52, 0xFE55, 0xFF07, 0xFF0E, 0xFF1A:
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}

// mapped is what the case functions share: ASCII bytes through table, others through mapRune.
func mapped(v Value, table *[128]byte, mapRune func(b []byte, s string, at int, r rune) []byte) (Value, *Exc) {
	s := (*Str)(v.p)
	if s.Len() == 1 && len(s.s) == 1 {
		return object(asciiStrs[table[s.s[0]]]), nil
	}
	i := 0
	for i < len(s.s) && s.s[i] < 0x80 && table[s.s[i]] == s.s[i] {
		i++
	}
	if i == len(s.s) {
		return s.exact(), nil
	}
	if s.runes == len(s.s) {
		r, text := newText(len(s.s))
		r.runes = len(text)
		for i := range text {
			text[i] = table[s.s[i]]
		}
		return object(r), nil
	}
	b := append(make([]byte, 0, len(s.s)+len(s.s)/8), s.s[:i]...)
	for i < len(s.s) {
		c := s.s[i]
		if c < 0x80 {
			b = append(b, table[c])
			i++
			continue
		}
		r, n := decodeRune(s.s[i:])
		b = mapRune(b, s.s, i, r)
		i += n
	}
	return mkBytes(b), nil
}

func asciiTable(f func(c byte) byte) *[128]byte {
	var t [128]byte
	for i := range t {
		t[i] = f(byte(i))
	}
	return &t
}

var (
	asciiUpper = asciiTable(func(c byte) byte { return byte(unicode.ToUpper(rune(c))) })
	asciiLower = asciiTable(func(c byte) byte { return byte(unicode.ToLower(rune(c))) })
	asciiSwap  = asciiTable(func(c byte) byte { return asciiUpper[c] ^ asciiLower[c] ^ c })
)

func appendUpper(b []byte, r rune) []byte {
	if s, ok := specialUpper[r]; ok {
		return append(b, s...)
	}
	return appendRune(b, unicode.ToUpper(r))
}

func appendTitle(b []byte, r rune) []byte {
	if s, ok := specialTitle[r]; ok {
		return append(b, s...)
	}
	return appendRune(b, unicode.ToTitle(r))
}

// appendLower appends the lower case of the r at offset at of s.
func appendLower(b []byte, s string, at int, r rune) []byte {
	switch r {
	case 'İ':
		return append(b, "i̇"...)
	case 'Σ':
		if isFinalSigma(s, at) {
			return append(b, "ς"...)
		}
	}
	return appendRune(b, unicode.ToLower(r))
}

// isFinalSigma reports whether the sigma at offset at ends a word: a cased letter before it and none
// behind it, case-ignorable characters aside.
func isFinalSigma(s string, at int) bool {
	before := false
	for i := at; i > 0; {
		r, n := decodeLastRune(s[:i])
		i -= n
		if !isCaseIgnorable(r) {
			before = isCased(r)
			break
		}
	}
	if !before {
		return false
	}
	for i := at + len("Σ"); i < len(s); {
		r, n := decodeRune(s[i:])
		i += n
		if !isCaseIgnorable(r) {
			return !isCased(r)
		}
	}
	return true
}

func strUpper(th *Thread, a []Value) (Value, *Exc) {
	return mapped(a[0], asciiUpper, func(b []byte, _ string, _ int, r rune) []byte { return appendUpper(b, r) })
}

func strLower(th *Thread, a []Value) (Value, *Exc) {
	return mapped(a[0], asciiLower, appendLower)
}

func strSwapCase(th *Thread, a []Value) (Value, *Exc) {
	return mapped(a[0], asciiSwap, func(b []byte, s string, at int, r rune) []byte {
		switch {
		case isUpper(r):
			return appendLower(b, s, at, r)
		case isLower(r):
			return appendUpper(b, r)
		}
		return appendRune(b, r)
	})
}

func strCasefold(th *Thread, a []Value) (Value, *Exc) {
	return mapped(a[0], asciiLower, func(b []byte, _ string, _ int, r rune) []byte { return appendFold(b, r) })
}

// appendFold appends the case folding of r.
func appendFold(b []byte, r rune) []byte {
	if s, ok := specialFold[r]; ok {
		return append(b, s...)
	}
	if r == 'İ' {
		return append(b, "i̇"...)
	}
	return appendRune(b, unicode.ToLower(r))
}

// foldText returns the case folding of s.
func foldText(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = appendFold(b, r)
	}
	return bytesText(b)
}

func strCapitalize(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	if s.s == "" {
		return s.exact(), nil
	}
	r, n := decodeRune(s.s)
	b := appendTitle(make([]byte, 0, len(s.s)+4), r)
	return mkBytes(lowerFrom(b, s.s, n)), nil
}

// lowerFrom appends the lower case of s[i:].
func lowerFrom(b []byte, s string, i int) []byte {
	for i < len(s) {
		if c := s[i]; c < 0x80 {
			b = append(b, asciiLower[c])
			i++
			continue
		}
		r, n := decodeRune(s[i:])
		b = appendLower(b, s, i, r)
		i += n
	}
	return b
}

func strTitle(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p).s
	b := make([]byte, 0, len(s)+4)
	inWord := false
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		if inWord {
			b = appendLower(b, s, i, r)
		} else {
			b = appendTitle(b, r)
		}
		inWord = isCased(r)
		i += n
	}
	return mkBytes(b), nil
}

// all answers a question that is about every character; ascii is its answer for ASCII.
func all(v Value, ascii *[128]bool, is func(r rune) bool) (Value, *Exc) {
	s := (*Str)(v.p).s
	for i := 0; i < len(s); {
		if c := s[i]; c < 0x80 {
			if !ascii[c] {
				return False, nil
			}
			i++
			continue
		}
		r, n := decodeRune(s[i:])
		if !is(r) {
			return False, nil
		}
		i += n
	}
	return MkBool(s != ""), nil
}

func asciiSet(is func(r rune) bool) *[128]bool {
	var t [128]bool
	for i := range t {
		t[i] = is(rune(i))
	}
	return &t
}

func isAlnum(r rune) bool { return isLetter(r) || isNumeric(r) }

var (
	asciiAlnum = asciiSet(isAlnum)
	asciiAlpha = asciiSet(isLetter)
	asciiDigit = asciiSet(isDecimal)
	asciiSpace = asciiSet(isSpace)
)

func strIsAlnum(th *Thread, a []Value) (Value, *Exc)   { return all(a[0], asciiAlnum, isAlnum) }
func strIsAlpha(th *Thread, a []Value) (Value, *Exc)   { return all(a[0], asciiAlpha, isLetter) }
func strIsDecimal(th *Thread, a []Value) (Value, *Exc) { return all(a[0], asciiDigit, isDecimal) }
func strIsDigit(th *Thread, a []Value) (Value, *Exc)   { return all(a[0], asciiDigit, isDigit) }
func strIsNumeric(th *Thread, a []Value) (Value, *Exc) { return all(a[0], asciiDigit, isNumeric) }
func strIsSpace(th *Thread, a []Value) (Value, *Exc)   { return all(a[0], asciiSpace, isSpace) }

func strIsASCII(th *Thread, a []Value) (Value, *Exc) {
	return MkBool((*Str)(a[0].p).IsASCII()), nil
}

func strIsPrintable(th *Thread, a []Value) (Value, *Exc) {
	for s := (*Str)(a[0].p).s; s != ""; {
		r, n := decodeRune(s)
		if !isPrintable(r) {
			return False, nil
		}
		s = s[n:]
	}
	return True, nil
}

func strIsIdentifier(th *Thread, a []Value) (Value, *Exc) {
	return MkBool(IsIdentifier((*Str)(a[0].p).s)), nil
}

// IsIdentifier reports whether s can be written as a name; keywords can.
func IsIdentifier(s string) bool {
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		if !isNameStart(r) && (i == 0 || !isNameContinue(r)) {
			return false
		}
		i += n
	}
	return s != ""
}

// isNameStart is XID_Start, and the underscore.
func isNameStart(r rune) bool {
	switch r {
	case '_', 0x2118, 0x212E, 0x1885, 0x1886, 0x309B, 0x309C:
		return r < 0x309B
	case 0x37A, 0xE33, 0xEB3, 0x2E2F:
		return false
	}
	if r < 0x80 {
		return asciiAlpha[r]
	}
	return (isLetter(r) || unicode.Is(unicode.Nl, r)) && !notXID(r) && !(r == 0xFF9E || r == 0xFF9F)
}

// notXID has the letters that NFKC would turn into something that is no identifier.
func notXID(r rune) bool {
	switch {
	case r >= 0xFC5E && r <= 0xFC63, r == 0xFDFA, r == 0xFDFB, r == 0xFE70, r == 0xFE72, r == 0xFE74, r == 0xFE76,
		r == 0xFE78, r == 0xFE7A, r == 0xFE7C, r == 0xFE7E:
		return true
	}
	return false
}

// isNameContinue is XID_Continue.
func isNameContinue(r rune) bool {
	if isNameStart(r) || isDecimal(r) {
		return true
	}
	switch r {
	case 0xB7, 0x387, 0x19DA, 0xE33, 0xEB3, 0xFF9E, 0xFF9F:
		return true
	}
	return r >= 0x1369 && r <= 0x1371 || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Pc) && known(r)
}

// cases reports whether text has a cased character, and only ones that are right.
func cases(s string, right, wrong func(r rune) bool) bool {
	any := false
	for s != "" {
		r, n := decodeRune(s)
		s = s[n:]
		if wrong(r) {
			return false
		}
		any = any || right(r)
	}
	return any
}

func strIsLower(th *Thread, a []Value) (Value, *Exc) {
	return MkBool(cases((*Str)(a[0].p).s, isLower, func(r rune) bool { return isUpper(r) || unicode.IsTitle(r) })), nil
}

func strIsUpper(th *Thread, a []Value) (Value, *Exc) {
	return MkBool(cases((*Str)(a[0].p).s, isUpper, func(r rune) bool { return isLower(r) || unicode.IsTitle(r) })), nil
}

func strIsTitle(th *Thread, a []Value) (Value, *Exc) {
	cased, inWord := false, false
	for s := (*Str)(a[0].p).s; s != ""; {
		r, n := decodeRune(s)
		s = s[n:]
		switch {
		case isUpper(r) || unicode.IsTitle(r):
			if inWord {
				return False, nil
			}
			inWord, cased = true, true
		case isLower(r):
			if !inWord {
				return False, nil
			}
			cased = true
		default:
			inWord = false
		}
	}
	return MkBool(cased), nil
}

// IsNewChar reports whether a character came into Unicode after version 14, which the language knows.
func IsNewChar(r rune) bool { return !known(r) }

// IsDigitChar reports whether str.isdigit() is true of r.
func IsDigitChar(r rune) bool { return isDigit(r) }
