package interp

// This file defines formatSpec, the format specification mini-language, and the formatting of strings
// and ints by it. Floats and complex numbers are in formatfloat.go.

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
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

// pad returns text, which has n code points, in the field. Padding of '=' goes in front, as of '>'.
func (f *formatSpec) pad(text string, n int) string {
	if n >= f.width {
		return text
	}
	left := 0
	switch f.align {
	case '>', '=':
		left = f.width - n
	case '^':
		left = (f.width - n) / 2
	}
	right := f.width - n - left
	buf := make([]byte, 0, len(text)+(left+right)*utf8.RuneLen(max(f.fill, 0)))
	buf = appendFill(buf, f.fill, left)
	buf = append(buf, text...)
	return string(appendFill(buf, f.fill, right))
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

// formatStr returns format(s, spec) for a str.
func formatStr(s *Str, spec, typeName string) (string, *Exc) {
	f, err := parseFormatSpec(spec, typeName, 's', '<')
	if err != nil {
		return "", err
	}
	switch {
	case f.typ != 's':
		return "", f.unknownCode(typeName)
	case f.sign == ' ':
		return "", ValueErrorf("Space not allowed in string format specifier")
	case f.sign != 0:
		return "", ValueErrorf("Sign not allowed in string format specifier")
	case f.noNegZero:
		return "", ValueErrorf("Negative zero coercion (z) not allowed in string format specifier")
	case f.alt:
		return "", ValueErrorf("Alternate form (#) not allowed in string format specifier")
	case f.align == '=':
		return "", ValueErrorf("'=' alignment not allowed in string format specifier")
	}
	if err := f.checkSize(); err != nil {
		return "", err
	}
	text, n := s.s, s.Len()
	if f.prec >= 0 && f.prec < n {
		text, n = s.Slice(0, f.prec), f.prec
	}
	return f.pad(text, n), nil
}

// numberText is a number cut into what formatting moves apart.
type numberText struct {
	neg    bool
	prefix string // 0x
	digits string // in front of the point
	rest   string // the point and what follows
}

// layout puts a number in its field: sign, prefix, zeros or fill, grouped digits.
func (f *formatSpec) layout(n numberText) string {
	sign := ""
	switch {
	case n.neg:
		sign = "-"
	case f.sign == '+':
		sign = "+"
	case f.sign == ' ':
		sign = " "
	}
	head := sign + n.prefix
	if f.grouping != 0 {
		every := 3
		switch f.typ {
		case 'b', 'o', 'x', 'X':
			every = 4
		}
		least := 0
		if f.fill == '0' && f.align == '=' {
			least = f.width - len(head) - len(n.rest)
		}
		n.digits = groupDigits(n.digits, f.grouping, every, least)
	}
	size := len(head) + len(n.digits) + len(n.rest)
	if size >= f.width {
		return head + n.digits + n.rest
	}
	if f.align != '=' {
		return f.pad(head+n.digits+n.rest, size)
	}
	buf := make([]byte, 0, f.width)
	buf = append(buf, head...)
	buf = appendFill(buf, f.fill, f.width-size)
	buf = append(buf, n.digits...)
	return string(append(buf, n.rest...))
}

// groupDigits puts a separator between groups of digits, and zeros in front until the whole is at
// least so long. Zeros make up whole groups: none begins with a separator.
func groupDigits(digits string, sep byte, every, least int) string {
	if digits == "" {
		return ""
	}
	n := len(digits)
	for n+(n-1)/every < least {
		n++
	}
	zeros := n - len(digits)
	buf := make([]byte, 0, n+n/every)
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
	return string(buf)
}

// intFormat is Protocol.Format of int.
func intFormat(th *Thread, v Value, spec string) (string, *Exc) {
	f, err := parseFormatSpec(spec, typeName(v), 'd', '>')
	if err != nil {
		return "", err
	}
	i, b, _ := IntOf(v)
	switch f.typ {
	case 'd', 'b', 'o', 'x', 'X', 'n', 'c':
		return f.formatInt(th, i, b)
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		x, _, err := toFloat64(v)
		if err != nil {
			return "", err
		}
		return f.formatFloat(x, typeName(v))
	}
	return "", f.unknownCode(typeName(v))
}

// boolFormat is Protocol.Format of bool: its text, unless a specification asks for a number.
func boolFormat(th *Thread, v Value, spec string) (string, *Exc) {
	if spec == "" {
		return th.Str(v)
	}
	return intFormat(th, v, spec)
}

func (f *formatSpec) formatInt(th *Thread, i int64, b *big.Int) (string, *Exc) {
	switch {
	case f.prec >= 0:
		return "", ValueErrorf("Precision not allowed in integer format specifier")
	case f.noNegZero:
		return "", ValueErrorf("Negative zero coercion (z) not allowed in integer format specifier")
	}
	if err := f.checkSize(); err != nil {
		return "", err
	}
	if f.typ == 'c' {
		return f.formatChar(i, b)
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
	var digits string
	var err *Exc
	switch {
	case b == nil:
		digits = strconv.FormatInt(i, base)
	case base == 10:
		if digits, err = th.bigText(b); err != nil {
			return "", err
		}
	default:
		digits = b.Text(base)
	}
	n := numberText{digits: digits}
	if digits[0] == '-' {
		n.neg, n.digits = true, digits[1:]
	}
	if f.alt {
		n.prefix = prefix
	}
	if f.typ == 'X' {
		n.digits = strings.ToUpper(n.digits)
	}
	return f.layout(n), nil
}

func (f *formatSpec) formatChar(i int64, b *big.Int) (string, *Exc) {
	switch {
	case f.sign != 0:
		return "", ValueErrorf("Sign not allowed with integer format specifier 'c'")
	case f.alt:
		return "", ValueErrorf("Alternate form (#) not allowed with integer format specifier 'c'")
	case b != nil:
		return "", Errorf(OverflowError, "Python int too large to convert to C long")
	case i < 0 || i > utf8.MaxRune:
		return "", Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	return f.pad(string(appendRune(nil, rune(i))), 1), nil
}
