package interp

// This file defines the formatting of floats and complex numbers.

import (
	"bytes"
	"math"
	"strconv"
)

// appendFloat appends |f| as the C library's printf does for the conversions 'e', 'f' and 'g', with
// prec digits. alt keeps the point and the zeros that 'g' drops; point adds ".0" to a 'g' that would be
// a whole number, and makes it use an exponent one digit earlier, so that "1e+03" is not taken for exact.
// The conversion 'r' is repr, for any prec.
func appendFloat(buf []byte, f float64, conv byte, prec int, alt, point bool) []byte {
	f = math.Abs(f)
	switch {
	case math.IsInf(f, 0):
		return append(buf, "inf"...)
	case math.IsNaN(f):
		return append(buf, "nan"...)
	}
	switch conv {
	case 'f':
		if r, ok := scaledRound(f, prec); ok {
			buf = appendScaled(buf, r, prec)
		} else {
			buf = strconv.AppendFloat(buf, f, 'f', prec, 64)
		}
		if alt && prec == 0 {
			buf = append(buf, '.')
		}
	case 'e':
		start := len(buf)
		buf = strconv.AppendFloat(buf, f, 'e', prec, 64)
		if alt && prec == 0 {
			buf = append(buf[:start+1], "."+string(buf[start+1:])...)
		}
	case 'g':
		buf = appendGeneral(buf, f, max(prec, 1), alt, point)
	default:
		start := len(buf)
		buf = appendFloatRepr(buf, f, point)
		if alt && !hasPoint(buf[start:]) {
			at := start + len(buf[start:])
			if e := bytes.IndexByte(buf[start:], 'e'); e >= 0 {
				at = start + e
			}
			buf = append(buf[:at], "."+string(buf[at:])...)
		}
	}
	return buf
}

// appendScaled appends r / 10**digits.
func appendScaled(buf []byte, r uint64, digits int) []byte {
	start := len(buf)
	buf = strconv.AppendUint(buf, r, 10)
	if digits == 0 {
		return buf
	}
	for len(buf)-start <= digits {
		buf = append(buf, 0)
		copy(buf[start+1:], buf[start:])
		buf[start] = '0'
	}
	at := len(buf) - digits
	buf = append(buf, 0)
	copy(buf[at+1:], buf[at:])
	buf[at] = '.'
	return buf
}

// appendGeneral is appendFloat for 'g': prec significant digits, with an exponent when it is below -4
// or not below prec.
func appendGeneral(buf []byte, f float64, prec int, alt, point bool) []byte {
	var tmp [32]byte
	text := strconv.AppendFloat(tmp[:0], f, 'e', prec-1, 64)
	e := bytes.LastIndexByte(text, 'e')
	exp, _ := strconv.Atoi(string(text[e+1:]))
	digits := append(text[:1:1], text[min(2, e):e]...)
	if !alt {
		for len(digits) > 1 && digits[len(digits)-1] == '0' {
			digits = digits[:len(digits)-1]
		}
	}
	most := prec
	if point {
		most--
	}
	switch {
	case exp < -4 || exp >= most:
		buf = append(buf, digits[0])
		if len(digits) > 1 || alt {
			buf = append(buf, '.')
			buf = append(buf, digits[1:]...)
		}
		return append(buf, text[e:]...)
	case exp < 0:
		buf = append(buf, "0."...)
		for i := exp; i < -1; i++ {
			buf = append(buf, '0')
		}
		return append(buf, digits...)
	}
	for i := 0; i <= exp; i++ {
		if i < len(digits) {
			buf = append(buf, digits[i])
		} else {
			buf = append(buf, '0')
		}
	}
	switch {
	case len(digits) > exp+1:
		buf = append(buf, '.')
		buf = append(buf, digits[exp+1:]...)
	case point:
		buf = append(buf, ".0"...)
	case alt:
		buf = append(buf, '.')
	}
	return buf
}

// conversion returns what appendFloat is called with for the type and precision of f. Without a type,
// a complex part (whole true) is shown without ".0".
func (f *formatSpec) conversion(whole bool) (conv byte, prec int, point bool) {
	prec = f.prec
	switch f.typ {
	case 0:
		if prec < 0 {
			return 'r', 0, !whole
		}
		return 'g', prec, !whole
	case 'e', 'E':
		conv = 'e'
	case 'f', 'F', '%':
		conv = 'f'
	case 'g', 'G', 'n':
		conv = 'g'
	}
	if prec < 0 {
		prec = 6
	}
	return conv, prec, false
}

// floatFormat is Protocol.Format of float.
func floatFormat(_ *Thread, v Value, spec string) (string, *Exc) {
	var tmp [64]byte
	buf, err := appendFloatFormat(tmp[:0], v, spec)
	return string(buf), err
}

// appendFloatFormat appends format(v, spec) for a float.
func appendFloatFormat(buf []byte, v Value, spec string) ([]byte, *Exc) {
	x, _ := FloatOf(v)
	f, err := parseFormatSpec(spec, typeName(v), 0, '>')
	if err != nil {
		return nil, err
	}
	switch f.typ {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%':
		return f.appendFloat(buf, x)
	}
	return nil, f.unknownCode(typeName(v))
}

func (f *formatSpec) appendFloat(buf []byte, x float64) ([]byte, *Exc) {
	if err := f.checkSize(); err != nil {
		return nil, err
	}
	if f.prec > math.MaxInt32 {
		return nil, ValueErrorf("precision too big")
	}
	if f.typ == '%' {
		x *= 100
	}
	var tmp [64]byte
	n := f.floatText(tmp[:0], x, false)
	return f.appendNumber(buf, &n), nil
}

// floatText cuts the text of x, which it makes in buf, at its point.
func (f *formatSpec) floatText(buf []byte, x float64, whole bool) numberText {
	conv, prec, point := f.conversion(whole)
	buf = appendFloat(buf, x, conv, prec, f.alt, point)
	if f.typ == 'E' || f.typ == 'F' || f.typ == 'G' {
		buf = bytes.ToUpper(buf)
	}
	n := numberText{neg: math.Signbit(x) && !math.IsNaN(x)}
	if n.neg && f.noNegZero && isZeroText(buf) {
		n.neg = false
	}
	if f.typ == '%' {
		buf = append(buf, '%')
	}
	i := 0
	for i < len(buf) && buf[i] >= '0' && buf[i] <= '9' {
		i++
	}
	text := bytesText(buf)
	n.digits, n.rest = text[:i], text[i:]
	return n
}

// isZeroText reports whether no digit in front of the exponent is other than 0.
func isZeroText(buf []byte) bool {
	for _, c := range buf {
		switch {
		case c == 'e' || c == 'E':
			return true
		case c != '0' && c != '.':
			return false
		}
	}
	return true
}

// complexFormat is Protocol.Format of complex.
func complexFormat(_ *Thread, v Value, spec string) (string, *Exc) {
	c, _ := AsComplex(v)
	f, err := parseFormatSpec(spec, typeName(v), 0, '>')
	if err != nil {
		return "", err
	}
	switch f.typ {
	case 0, 'e', 'E', 'f', 'F', 'g', 'G', 'n':
	default:
		return "", f.unknownCode(typeName(v))
	}
	switch {
	case f.prec > math.MaxInt32:
		return "", ValueErrorf("precision too big")
	case f.fill == '0':
		return "", ValueErrorf("Zero padding is not allowed in complex format specifier")
	case f.align == '=':
		return "", ValueErrorf("'=' alignment flag is not allowed in complex format specifier")
	}
	if err := f.checkSize(); err != nil {
		return "", err
	}
	part := f
	part.width = -1
	var text []byte
	add := func(x float64) {
		n := part.floatText(nil, x, true)
		text = part.appendNumber(text, &n)
	}
	brackets := false
	if f.typ != 0 || real(c) != 0 || math.Signbit(real(c)) {
		brackets = f.typ == 0
		add(real(c))
		part.sign = '+'
	}
	add(imag(c))
	s := string(text) + "j"
	if brackets {
		s = "(" + s + ")"
	}
	return string(f.appendText(nil, s, len(s))), nil
}
