// This file defines the scanning and the values of numbers.

package lexer

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"aio/diag"
)

// maxDecimalDigits is CPython's limit on decimal integers (sys.set_int_max_str_digits).
const maxDecimalDigits = 4300

// number scans a number literal; a wrong one is reported as CPython's tokenizer does.
func (s *scanner) number() {
	start := s.i
	ok := false
	if s.text[s.i] == '0' {
		switch s.at(s.i+1) | 0x20 {
		case 'x':
			ok = s.radix("hexadecimal", 16)
		case 'o':
			ok = s.radix("octal", 8)
		case 'b':
			ok = s.radix("binary", 2)
		default:
			ok = s.leadingZero(start)
		}
	} else {
		ok = s.at(s.i) == '.' || s.digits()
		ok = ok && s.fraction()
	}
	if ok {
		s.emit(Number, start, s.i)
	}
}

// badNumber reports an error at the last character that was read.
func (s *scanner) badNumber(msg string) bool {
	s.failHard(s.i-1, s.i, msg)
	return false
}

// radix scans 0x, 0o and 0b literals.
func (s *scanner) radix(name string, base int) bool {
	s.i += 2
	for {
		if s.at(s.i) == '_' {
			s.i++
		}
		c := s.at(s.i)
		if !isDigitOf(c, base) {
			if class[c]&cDigit != 0 {
				s.i++
				return s.badNumber(fmt.Sprintf("invalid digit '%c' in %s literal", c, name))
			}
			return s.badNumber("invalid " + name + " literal")
		}
		for isDigitOf(s.at(s.i), base) {
			s.i++
		}
		if s.at(s.i) != '_' {
			break
		}
	}
	if c := s.at(s.i); class[c]&cDigit != 0 {
		s.i++
		return s.badNumber(fmt.Sprintf("invalid digit '%c' in %s literal", c, name))
	}
	return s.endOfNumber(name)
}

func isDigitOf(c byte, base int) bool {
	if base == 16 {
		return class[c]&cHex != 0
	}
	return c >= '0' && int(c) < '0'+base
}

// leadingZero scans a literal that begins with 0: zero, a float, or the octal form of Python 2.
func (s *scanner) leadingZero(start int) bool {
	for {
		if s.at(s.i) == '_' {
			s.i++
			if class[s.at(s.i)]&cDigit == 0 {
				return s.badNumber("invalid decimal literal")
			}
		}
		if s.at(s.i) != '0' {
			break
		}
		s.i++
	}
	zerosEnd, nonzero := s.i, false
	if class[s.at(s.i)]&cDigit != 0 {
		nonzero = true
		if !s.digits() {
			return false
		}
	}
	switch s.at(s.i) {
	case '.', 'e', 'E', 'j', 'J':
		return s.fraction()
	}
	if nonzero {
		s.failHard(start, zerosEnd, "leading zeros in decimal integer literals are not permitted; "+
			"use an 0o prefix for octal integers")
		return false
	}
	return s.endOfNumber("decimal")
}

// digits scans decimal digits with single underscores between them.
func (s *scanner) digits() bool {
	for {
		for class[s.at(s.i)]&cDigit != 0 {
			s.i++
		}
		if s.at(s.i) != '_' {
			return true
		}
		s.i++
		if class[s.at(s.i)]&cDigit == 0 {
			return s.badNumber("invalid decimal literal")
		}
	}
}

// fraction scans what may follow the digits before the point.
func (s *scanner) fraction() bool {
	if s.at(s.i) == '.' {
		s.i++
		if class[s.at(s.i)]&cDigit != 0 && !s.digits() {
			return false
		}
	}
	if c := s.at(s.i); c == 'e' || c == 'E' {
		at := s.i
		s.i++
		signed := s.at(s.i) == '+' || s.at(s.i) == '-'
		if signed {
			s.i++
		}
		if class[s.at(s.i)]&cDigit == 0 {
			if signed {
				return s.badNumber("invalid decimal literal")
			}
			s.i = at // 1else: the e belongs to the next word, when that is one that may follow
			return s.endOfNumber("decimal")
		}
		if !s.digits() {
			return false
		}
	}
	if c := s.at(s.i); c == 'j' || c == 'J' {
		s.i++
		return s.endOfNumber("imaginary")
	}
	return s.endOfNumber("decimal")
}

// wordsAfterNumbers may follow a number without a blank ("0if x else 1").
var wordsAfterNumbers = []string{"and", "else", "for", "if", "in", "is", "or", "not"}

func (s *scanner) endOfNumber(name string) bool {
	c := s.at(s.i)
	if class[c]&(cName|cDigit) == 0 {
		return true
	}
	for _, w := range wordsAfterNumbers {
		if strings.HasPrefix(s.text[s.i:], w) {
			at := diag.Pos(s.i - 1)
			s.src.Warn("SyntaxWarning", diag.Span{Start: at, End: at}, "invalid "+name+" literal")
			return true
		}
	}
	return s.badNumber("invalid " + name + " literal")
}

// NumberValue returns the value of a number literal: int64, *big.Int, float64 or complex128. The error is
// CPython's sentence about a decimal integer that is too long.
func NumberValue(text string) (any, error) {
	if len(text) == 1 {
		return int64(text[0] - '0'), nil
	}
	text = strings.ReplaceAll(text, "_", "")
	if base := text[1] | 0x20; text[0] == '0' && (base == 'x' || base == 'o' || base == 'b') {
		return integer(text, 0), nil
	}
	if last := text[len(text)-1]; last == 'j' || last == 'J' {
		return complex(0, float(text[:len(text)-1])), nil
	}
	if strings.ContainsAny(text, ".eE") {
		return float(text), nil
	}
	if len(text) > maxDecimalDigits {
		return nil, fmt.Errorf("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; "+
			"use sys.set_int_max_str_digits() to increase the limit - "+
			"Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", maxDecimalDigits, len(text))
	}
	return integer(text, 10), nil
}

func integer(text string, base int) any {
	if v, err := strconv.ParseInt(text, base, 64); err == nil {
		return v
	}
	v, _ := new(big.Int).SetString(text, base)
	return v
}

// float converts text, which the scanner has checked; what is too large is infinite, as in CPython.
func float(text string) float64 {
	v, _ := strconv.ParseFloat(text, 64)
	return v
}
