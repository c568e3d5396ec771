package interp

// This file defines float as text: repr, rounding to decimal digits, reading, and hexadecimal.

import (
	"math"
	"strconv"
	"strings"
)

// tenTo holds the powers of ten that are exact floats.
var tenTo = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
	1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// floatRepr returns repr(f).
func floatRepr(f float64) string {
	var buf [32]byte
	return string(appendFloatRepr(buf[:0], f, true))
}

// appendFloatRepr appends the shortest text that reads back as f; point adds ".0" to a whole number.
func appendFloatRepr(buf []byte, f float64, point bool) []byte {
	if i := int64(f); float64(i) == f && -1e15 < f && f < 1e15 && (i != 0 || !math.Signbit(f)) {
		buf = strconv.AppendInt(buf, i, 10)
		if point {
			buf = append(buf, ".0"...)
		}
		return buf
	}
	switch a := math.Abs(f); {
	case math.IsNaN(f):
		return append(buf, "nan"...)
	case math.IsInf(f, 1):
		return append(buf, "inf"...)
	case math.IsInf(f, -1):
		return append(buf, "-inf"...)
	case f != 0 && (a < 1e-4 || a >= 1e16):
		return strconv.AppendFloat(buf, f, 'e', -1, 64)
	}
	start := len(buf)
	buf = strconv.AppendFloat(buf, f, 'f', -1, 64)
	if point && !hasPoint(buf[start:]) {
		buf = append(buf, ".0"...)
	}
	return buf
}

func hasPoint(digits []byte) bool {
	for _, c := range digits {
		if c == '.' {
			return true
		}
	}
	return false
}

// scaledRound returns f * 10**digits rounded to the nearest whole number, exact halves to even, for
// f >= 0; ok is false when it cannot be had from two floats exactly.
func scaledRound(f float64, digits int) (r uint64, ok bool) {
	if digits >= len(tenTo) || f != 0 && f < 1e-200 {
		return 0, false
	}
	scale := tenTo[digits]
	p := f * scale
	if !(p < 1<<52) {
		return 0, false
	}
	rest := math.FMA(f, scale, -p) // p + rest is the exact product, and |rest| is at most half a unit of p
	r = uint64(p)
	switch frac := p - float64(r); {
	case frac > 0.5, frac == 0.5 && (rest > 0 || rest == 0 && r&1 == 1):
		r++
	}
	return r, true
}

// roundByText is roundDigits for the numbers that scaledRound cannot do.
func roundByText(f float64, digits int) float64 {
	if digits >= 0 {
		r, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'f', digits, 64), 64)
		return r
	}
	text := strconv.FormatFloat(math.Abs(f), 'e', 17, 64)
	exp, _ := strconv.Atoi(text[strings.IndexByte(text, 'e')+1:])
	keep := exp + 1 + digits // significant digits in front of the rounded ones
	var r float64
	switch {
	case keep < 0:
	case keep == 0: // zero or one unit; exactly half a unit goes to zero, which is even
		if unit, _ := strconv.ParseFloat("5e"+strconv.Itoa(exp), 64); math.Abs(f) > unit {
			r, _ = strconv.ParseFloat("1e"+strconv.Itoa(exp+1), 64)
		}
	default:
		r, _ = strconv.ParseFloat(strconv.FormatFloat(math.Abs(f), 'e', keep-1, 64), 64)
	}
	return math.Copysign(r, f)
}

// scanFloat returns the length of the float literal, "inf" or "nan" that s begins with, 0 without one;
// digits may be separated by single underscores.
func scanFloat(s string) int {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for _, word := range [...]string{"infinity", "inf", "nan"} {
		if len(s)-i >= len(word) && strings.EqualFold(s[i:i+len(word)], word) {
			return i + len(word)
		}
	}
	whole := scanDigits(s[i:])
	i += whole
	frac := 0
	if i < len(s) && s[i] == '.' {
		frac = scanDigits(s[i+1:])
		if whole > 0 || frac > 0 {
			i += 1 + frac
		}
	}
	if whole == 0 && frac == 0 {
		return 0
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if n := scanDigits(s[j:]); n > 0 {
			i = j + n
		}
	}
	return i
}

// scanDigits returns the length of the digits, with single underscores between them, that s begins
// with.
func scanDigits(s string) int {
	n := 0
	for n < len(s) {
		switch {
		case s[n] >= '0' && s[n] <= '9':
			n++
		case s[n] == '_' && n > 0 && s[n-1] != '_' && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9':
			n++
		default:
			return n
		}
	}
	return n
}

// readFloat returns the number of a text that scanFloat accepts as a whole. One that is too large is
// an infinity.
func readFloat(s string) float64 {
	sign := 1.0
	body := s
	if s[0] == '-' || s[0] == '+' {
		if s[0] == '-' {
			sign = -1
		}
		body = s[1:]
	}
	switch body[0] {
	case 'i', 'I':
		return math.Inf(int(sign))
	case 'n', 'N':
		return math.Copysign(math.NaN(), sign)
	}
	if strings.IndexByte(body, '_') >= 0 {
		body = strings.ReplaceAll(body, "_", "")
	}
	f, _ := strconv.ParseFloat(body, 64)
	return math.Copysign(f, sign)
}

// parseFloat returns float(text); original is what an error shows.
func (th *Thread) parseFloat(text string, original Value) (Value, *Exc) {
	s := asciiNumber(text)
	if n := scanFloat(s); n > 0 && n == len(s) {
		return MkFloat(readFloat(s)), nil
	}
	shown, err := th.Repr(original)
	if err != nil {
		return Value{}, err
	}
	return Value{}, ValueErrorf("could not convert string to float: %s", shown)
}

func floatHex(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return MkStr(floatRepr(f)), nil
	}
	b := math.Float64bits(f)
	exp, frac := int(b>>52&0x7ff), b&(1<<52-1)
	lead := "1."
	switch {
	case f == 0:
		return MkStr(strings.Repeat("-", int(b>>63)) + "0x0.0p+0"), nil
	case exp == 0: // subnormal
		lead, exp = "0.", 1
	}
	hex := strconv.FormatUint(frac, 16)
	e := strconv.Itoa(exp - 1023)
	if exp >= 1023 {
		e = "+" + e
	}
	return MkStr(strings.Repeat("-", int(b>>63)) + "0x" + lead + strings.Repeat("0", 13-len(hex)) + hex + "p" + e), nil
}

func floatFromHex(th *Thread, a []Value) (Value, *Exc) {
	text, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("bad argument type for built-in operation")
	}
	f, err := parseHexFloat(strings.TrimFunc(text, isNumberSpace))
	if err != nil {
		return Value{}, err
	}
	if cls, _ := AsType(a[0]); cls != floatType {
		return th.Call(a[0], MkFloat(f))
	}
	return MkFloat(f), nil
}

// parseHexFloat reads sign, optional 0x, hexadecimal digits with an optional point, and an optional
// binary exponent.
func parseHexFloat(s string) (float64, *Exc) {
	malformed := ValueErrorf("invalid hexadecimal floating-point string")
	sign, body := "", s
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign, body = s[:1], s[1:]
	}
	switch strings.ToLower(body) {
	case "inf", "infinity", "nan":
		return readFloat(s), nil
	}
	body = strings.TrimPrefix(strings.TrimPrefix(body, "0x"), "0X")
	mantissa, exp := body, "0"
	if i := strings.IndexAny(body, "pP"); i >= 0 {
		mantissa, exp = body[:i], body[i+1:]
		if exp == "" || strings.Trim(exp[1:], "0123456789") != "" || strings.Trim(exp[:1], "+-0123456789") != "" || exp == "+" || exp == "-" {
			return 0, malformed
		}
	}
	digits := strings.Replace(mantissa, ".", "", 1)
	if digits == "" || strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
		return 0, malformed
	}
	f, err := strconv.ParseFloat(sign+"0x"+mantissa+"p"+exp, 64)
	if err != nil && math.IsInf(f, 0) {
		return 0, Errorf(OverflowError, "hexadecimal value too large to represent as a float")
	}
	return f, nil
}

// AppendFloatRepr appends repr(f).
func AppendFloatRepr(buf []byte, f float64) []byte {
	return appendFloatRepr(buf, f, true)
}
