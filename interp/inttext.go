package interp

// This file defines int as text: repr, the bases, and reading.

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxStrDigits is how many decimal digits an int may have to become text or be read from it, unless
// sys.set_int_max_str_digits says otherwise: both take quadratic time in CPython.
const maxStrDigits = 4300

func intRepr(th *Thread, v Value) (string, *Exc) {
	i, b, _ := IntOf(v)
	if b == nil {
		return strconv.FormatInt(i, 10), nil
	}
	return th.bigText(b)
}

// digitLimit returns the limit that sys.set_int_max_str_digits set; 0 is none.
func (th *Thread) digitLimit() int {
	if th.in.strDigits == nil {
		return maxStrDigits
	}
	return *th.in.strDigits
}

// StrDigits returns how many digits an int made from or shown as text can have, 0 for any number.
func (in *Interp) StrDigits() int { return in.main.digitLimit() }

// minStrDigits is the least limit that can be set.
const minStrDigits = 640

// SetStrDigits sets what StrDigits returns. Errors: ValueError below 640, except for 0.
func (in *Interp) SetStrDigits(n int) *Exc {
	if n != 0 && n < minStrDigits {
		return ValueErrorf("maxdigits must be 0 or larger than %d", minStrDigits)
	}
	in.strDigits = &n
	return nil
}

// bigText returns the decimal digits of b.
func (th *Thread) bigText(b *big.Int) (string, *Exc) {
	limit := th.digitLimit()
	tooLong := func() *Exc {
		return ValueErrorf("Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit", limit)
	}
	if limit == 0 || b.BitLen() < limit*3 {
		return b.String(), nil
	}
	if float64(b.BitLen()-1)*0.30102999 > float64(limit)+1 {
		return "", tooLong()
	}
	s := b.String()
	if len(strings.TrimPrefix(s, "-")) > limit {
		return "", tooLong()
	}
	return s, nil
}

// intInBaseText returns the digits of an int in base 2, 8 or 16 behind a prefix, as bin(), oct() and
// hex() show it.
func intInBaseText(v Value, base int) string {
	prefix := map[int]string{2: "0b", 8: "0o", 16: "0x"}[base]
	i, b, _ := IntOf(v)
	var s string
	if b != nil {
		s = b.Text(base)
	} else {
		s = strconv.FormatInt(i, base)
	}
	if s[0] == '-' {
		return "-" + prefix + s[1:]
	}
	return prefix + s
}

// decimalDigit returns the value of a decimal digit of any script, or -1.
func decimalDigit(r rune) int {
	if r < 128 {
		if '0' <= r && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	return -1
}

// isSpace reports whether str.isspace() is true of r.
func isSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f || r >= 128 && unicode.IsSpace(r)
}

// isNumberSpace reports whether r may stand around the text of a number: the separators of ASCII may not.
func isNumberSpace(r rune) bool { return isSpace(r) && (r < 0x1c || r > 0x1f) }

// asciiNumber returns the text of a number with its surrounding space removed and the digits of other
// scripts as ASCII digits; other characters outside ASCII become '?', which no number contains.
func asciiNumber(s string) string {
	s = strings.TrimFunc(s, isNumberSpace)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if d := decimalDigit(r); d >= 0 {
					return '0' + rune(d)
				}
				if r >= utf8.RuneSelf {
					return '?'
				}
				return r
			}, s)
		}
	}
	return s
}

// shortDecimal reads up to 18 ASCII digits behind an optional sign, which is what most texts are.
func shortDecimal(s string) (int64, bool) {
	i, neg := 0, false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		i, neg = 1, s[0] == '-'
	}
	if n := len(s) - i; n == 0 || n > 18 {
		return 0, false
	}
	var x int64
	for ; i < len(s); i++ {
		d := s[i] - '0'
		if d > 9 {
			return 0, false
		}
		x = x*10 + int64(d)
	}
	if neg {
		x = -x
	}
	return x, true
}

// parseInt returns int(text, base); original is what an error shows.
func (th *Thread) parseInt(text string, base int, original Value) (Value, *Exc) {
	if base == 10 {
		if i, ok := shortDecimal(text); ok {
			return MkInt(i), nil
		}
	}
	s := asciiNumber(text)
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	digits, radix, ok := splitPrefix(s, base)
	if ok {
		digits, ok = joinDigits(digits, radix)
	}
	if !ok {
		return Value{}, th.badIntLiteral(base, original)
	}
	if limit := th.digitLimit(); radix&(radix-1) != 0 && limit > 0 && len(digits) > limit {
		return Value{}, ValueErrorf("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; use sys.set_int_max_str_digits() to increase the limit", limit, len(digits))
	}
	if len(digits) <= 12 { // 36**12 fits in 64 bits
		u, _ := strconv.ParseUint(digits, radix, 64)
		return wideInt(neg, 0, u), nil
	}
	z := newBig(len(digits)*6/64 + 1)
	z.b.SetString(digits, radix)
	if neg {
		z.b.Neg(&z.b)
	}
	return z.value(), nil
}

// splitPrefix removes the prefix of base 0, 2, 8 or 16 and returns the base that the digits are in.
func splitPrefix(s string, base int) (digits string, radix int, ok bool) {
	if len(s) > 1 && s[0] == '0' {
		named := 0
		switch s[1] {
		case 'b', 'B':
			named = 2
		case 'o', 'O':
			named = 8
		case 'x', 'X':
			named = 16
		}
		if named != 0 && (base == named || base == 0) {
			return strings.TrimPrefix(s[2:], "_"), named, true
		}
	}
	if base != 0 {
		return s, base, true
	}
	if len(s) > 1 && s[0] == '0' && strings.Trim(s, "0_") != "" { // 012 was octal once
		return "", 0, false
	}
	return s, 10, true
}

// joinDigits checks that s is digits with single underscores between them, and removes those.
func joinDigits(s string, radix int) (string, bool) {
	underscores := 0
	last := byte('_')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			if last == '_' {
				return "", false
			}
			underscores++
		} else if digitValue(c) >= radix {
			return "", false
		}
		last = c
	}
	if last == '_' {
		return "", false
	}
	if underscores > 0 {
		s = strings.ReplaceAll(s, "_", "")
	}
	return s, true
}

// digitValue returns the value of a digit or letter in bases up to 36; 36 when it is neither.
func digitValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return 36
}

func (th *Thread) badIntLiteral(base int, original Value) *Exc {
	if b, ok := as[Bytes](original, layoutByteArray); ok { // shown as the bytes it holds
		original = object(&Bytes{Header: Header{bytesShape}, b: b.b})
	}
	shown, err := th.Repr(original)
	if err != nil {
		return err
	}
	if utf8.RuneCountInString(shown) > 200 {
		shown = string([]rune(shown)[:200])
	}
	return ValueErrorf("invalid literal for int() with base %d: %s", base, shown)
}
