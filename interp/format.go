package interp

// This file defines formatSpec, the format specification mini-language, and the formatting of strings
// and ints by it. Floats and complex numbers are in formatfloat.go.

import (
	"fmt"
	"math/big"
	"strconv"
	"unicode/utf8"
)

// formatSpec is a parsed format specification: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      rune
	align     byte // '<', '>', '=' or '^'
	sign      byte // '+', '-', ' '; 0: not given
	noNegZero bool // z
	alt       bool // #
	width     int  // -1: not given
	grouping  byte // ',' or '_'; 0: none
	prec      int  // -1: not given
	typ       rune // 0: not given
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '=' || c == '^' }

// parseFormatSpec reads a specification for a value of the named type. typ and align are what stands
// for a type and alignment that are not given; a type of 0 stays 0.
func parseFormatSpec(spec, typeName string, typ rune, align byte) (formatSpec, *Exc) {
	f := formatSpec{fill: ' ', align: align, width: -1, prec: -1, typ: typ}
	s := spec
	filled, aligned := false, false
	if r, n := decodeRune(s); n > 0 && len(s) > n && isAlign(s[n]) {
		f.fill, f.align = r, s[n]
		filled, aligned = true, true
		s = s[n+1:]
	} else if s != "" && isAlign(s[0]) {
		f.align, aligned = s[0], true
		s = s[1:]
	}
	if s != "" && (s[0] == '+' || s[0] == '-' || s[0] == ' ') {
		f.sign = s[0]
		s = s[1:]
	}
	if s != "" && s[0] == 'z' {
		f.noNegZero = true
		s = s[1:]
	}
	if s != "" && s[0] == '#' {
		f.alt = true
		s = s[1:]
	}
	if s != "" && s[0] == '0' && !filled {
		f.fill = '0'
		if !aligned && align == '>' {
			f.align = '='
		}
		s = s[1:]
	}
	var err *Exc
	if f.width, s, err = specNumber(s); err != nil {
		return f, err
	}
	if s, err = f.readGrouping(s); err != nil {
		return f, err
	}
	if s != "" && s[0] == '.' {
		if f.prec, s, err = specNumber(s[1:]); err != nil {
			return f, err
		}
		if f.prec < 0 {
			return f, ValueErrorf("Format specifier missing precision")
		}
	}
	if s != "" {
		r, n := decodeRune(s)
		if n != len(s) {
			return f, ValueErrorf("Invalid format specifier '%s' for object of type '%s'", spec, typeName)
		}
		f.typ = r
	}
	return f, f.checkGrouping()
}

// specNumber reads the number that s begins with, -1 without one, and returns what is behind it.
func specNumber(s string) (n int, rest string, err *Exc) {
	n = -1
	for s != "" {
		r, size := decodeRune(s)
		d := decimalDigit(r)
		if d < 0 {
			break
		}
		n = max(n, 0)*10 + d
		if n > 1<<59 {
			return 0, "", ValueErrorf("Too many decimal digits in format string")
		}
		s = s[size:]
	}
	return n, s, nil
}

func (f *formatSpec) readGrouping(s string) (rest string, err *Exc) {
	if s != "" && s[0] == ',' {
		f.grouping = ','
		s = s[1:]
	}
	if s != "" && s[0] == '_' {
		if f.grouping != 0 {
			return "", ValueErrorf("Cannot specify both ',' and '_'.")
		}
		f.grouping = '_'
		s = s[1:]
	}
	if s != "" && s[0] == ',' && f.grouping == '_' {
		return "", ValueErrorf("Cannot specify both ',' and '_'.")
	}
	return s, nil
}

func (f *formatSpec) checkGrouping() *Exc {
	if f.grouping == 0 {
		return nil
	}
	switch f.typ {
	case 'd', 'e', 'f', 'g', 'E', 'G', 'F', '%', 0:
		return nil
	case 'b', 'o', 'x', 'X':
		if f.grouping == '_' {
			return nil
		}
	}
	return ValueErrorf("Cannot specify '%c' with '%s'.", f.grouping, shownCode(f.typ))
}

// shownCode is how errors show the code of a type.
func shownCode(r rune) string {
	if r > 32 && r < 128 {
		return string(r)
	}
	return fmt.Sprintf("\\x%x", r)
}

func (f *formatSpec) unknownCode(typeName string) *Exc {
	return ValueErrorf("Unknown format code '%s' for object of type '%s'", shownCode(f.typ), typeName)
}

// appendText appends text, which has n code points, in the field. Padding of '=' goes in front, as of
// '>'.
func (f *formatSpec) appendText(buf []byte, text string, n int) []byte {
	if n >= f.width {
		return append(buf, text...)
	}
	left := 0
	switch f.align {
	case '>', '=':
		left = f.width - n
	case '^':
		left = (f.width - n) / 2
	}
	buf = appendFill(buf, f.fill, left)
	buf = append(buf, text...)
	return appendFill(buf, f.fill, f.width-n-left)
}

func appendFill(buf []byte, fill rune, n int) []byte {
	for range n {
		if fill < utf8.RuneSelf {
			buf = append(buf, byte(fill))
		} else {
			buf = appendRune(buf, fill)
		}
	}
	return buf
}

// maxFieldWidth bounds the memory that a width or precision asks for.
const maxFieldWidth = 1 << 32

// checkSize refuses a field that no memory would hold.
func (f *formatSpec) checkSize() *Exc {
	if f.width > maxFieldWidth {
		return NewExc(MemoryError)
	}
	return nil
}

// appendStr appends format(s, spec) for a str.
func appendStr(buf []byte, s *Str, spec, typeName string) ([]byte, *Exc) {
	f, err := parseFormatSpec(spec, typeName, 's', '<')
	if err != nil {
		return nil, err
	}
	switch {
	case f.typ != 's':
		return nil, f.unknownCode(typeName)
	case f.sign == ' ':
		return nil, ValueErrorf("Space not allowed in string format specifier")
	case f.sign != 0:
		return nil, ValueErrorf("Sign not allowed in string format specifier")
	case f.noNegZero:
		return nil, ValueErrorf("Negative zero coercion (z) not allowed in string format specifier")
	case f.alt:
		return nil, ValueErrorf("Alternate form (#) not allowed in string format specifier")
	case f.align == '=':
		return nil, ValueErrorf("'=' alignment not allowed in string format specifier")
	}
	if err := f.checkSize(); err != nil {
		return nil, err
	}
	text, n := s.s, s.Len()
	if f.prec >= 0 && f.prec < n {
		text, n = s.Slice(0, f.prec), f.prec
	}
	return f.appendText(buf, text, n), nil
}

// numberText is a number cut into what formatting moves apart.
type numberText struct {
	neg    bool
	prefix string // 0x
	digits string // in front of the point
	rest   string // the point and what follows
}

// appendNumber appends a number in its field: sign, prefix, zeros or fill, grouped digits.
func (f *formatSpec) appendNumber(buf []byte, n *numberText) []byte {
	sign := ""
	switch {
	case n.neg:
		sign = "-"
	case f.sign == '+':
		sign = "+"
	case f.sign == ' ':
		sign = " "
	}
	size := len(sign) + len(n.prefix) + len(n.digits) + len(n.rest)
	every, zeros := 0, 0
	if f.grouping != 0 && n.digits != "" {
		every = 3
		switch f.typ {
		case 'b', 'o', 'x', 'X':
			every = 4
		}
		least := 0
		if f.fill == '0' && f.align == '=' {
			least = f.width - len(sign) - len(n.prefix) - len(n.rest)
		}
		zeros = groupZeros(len(n.digits), every, least)
		size += zeros + (len(n.digits)+zeros-1)/every
	}
	left, inside, right := 0, 0, 0
	if missing := f.width - size; missing > 0 {
		switch f.align {
		case '<':
			right = missing
		case '^':
			left = missing / 2
			right = missing - left
		case '=':
			inside = missing
		default:
			left = missing
		}
	}
	buf = appendFill(buf, f.fill, left)
	buf = append(buf, sign...)
	buf = append(buf, n.prefix...)
	buf = appendFill(buf, f.fill, inside)
	if every > 0 {
		buf = appendGrouped(buf, n.digits, f.grouping, every, zeros)
	} else {
		buf = append(buf, n.digits...)
	}
	buf = append(buf, n.rest...)
	return appendFill(buf, f.fill, right)
}

// groupZeros returns how many zeros in front make n digits, with a separator between groups, at least
// so long. Zeros make up whole groups: none begins with a separator.
func groupZeros(n, every, least int) int {
	zeros := 0
	for n+zeros+(n+zeros-1)/every < least {
		zeros++
	}
	return zeros
}

// appendGrouped appends zeros and digits with a separator between groups.
func appendGrouped(buf []byte, digits string, sep byte, every, zeros int) []byte {
	n := len(digits) + zeros
	for i := range n {
		if i > 0 && (n-i)%every == 0 {
			buf = append(buf, sep)
		}
		if i < zeros {
			buf = append(buf, '0')
		} else {
			buf = append(buf, digits[i-zeros])
		}
	}
	return buf
}

// intFormat is Protocol.Format of int.
func intFormat(th *Thread, v Value, spec string) (string, *Exc) {
	var tmp [64]byte
	buf, err := th.appendInt(tmp[:0], v, spec)
	return string(buf), err
}

// appendInt appends format(v, spec) for an int.
func (th *Thread) appendInt(buf []byte, v Value, spec string) ([]byte, *Exc) {
	f, err := parseFormatSpec(spec, typeName(v), 'd', '>')
	if err != nil {
		return nil, err
	}
	switch f.typ {
	case 'd', 'b', 'o', 'x', 'X', 'n', 'c':
		i, b, _ := IntOf(v)
		return f.appendInt(buf, th, i, b)
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		x, _, err := toFloat64(v)
		if err != nil {
			return nil, err
		}
		return f.appendFloat(buf, x)
	}
	return nil, f.unknownCode(typeName(v))
}

// boolFormat is Protocol.Format of bool: its text, unless a specification asks for a number.
func boolFormat(th *Thread, v Value, spec string) (string, *Exc) {
	if spec == "" {
		return th.Str(v)
	}
	return intFormat(th, v, spec)
}

func (f *formatSpec) appendInt(buf []byte, th *Thread, i int64, b *big.Int) ([]byte, *Exc) {
	switch {
	case f.prec >= 0:
		return nil, ValueErrorf("Precision not allowed in integer format specifier")
	case f.noNegZero:
		return nil, ValueErrorf("Negative zero coercion (z) not allowed in integer format specifier")
	}
	if err := f.checkSize(); err != nil {
		return nil, err
	}
	if f.typ == 'c' {
		return f.appendChar(buf, i, b)
	}
	base, prefix := 10, ""
	switch f.typ {
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	}
	var tmp [65]byte
	var digits []byte
	switch {
	case b == nil:
		digits = strconv.AppendInt(tmp[:0], i, base)
	case base == 10:
		text, err := th.bigText(b)
		if err != nil {
			return nil, err
		}
		digits = []byte(text)
	default:
		digits = b.Append(nil, base)
	}
	n := numberText{neg: digits[0] == '-'}
	if n.neg {
		digits = digits[1:]
	}
	if f.alt {
		n.prefix = prefix
	}
	if f.typ == 'X' {
		for i, c := range digits {
			digits[i] = asciiUpper[c]
		}
	}
	n.digits = bytesText(digits)
	return f.appendNumber(buf, &n), nil
}

func (f *formatSpec) appendChar(buf []byte, i int64, b *big.Int) ([]byte, *Exc) {
	switch {
	case f.sign != 0:
		return nil, ValueErrorf("Sign not allowed with integer format specifier 'c'")
	case f.alt:
		return nil, ValueErrorf("Alternate form (#) not allowed with integer format specifier 'c'")
	case b != nil:
		return nil, Errorf(OverflowError, "Python int too large to convert to C long")
	case i < 0 || i > utf8.MaxRune:
		return nil, Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	return f.appendText(buf, string(appendRune(nil, rune(i))), 1), nil
}
