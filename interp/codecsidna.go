package interp

// This file defines the codecs of names on the net, idna and punycode, and utf-7 of old mail.

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The parameters of punycode (RFC 3492).
const (
	punyBase  = 36
	punyTMin  = 1
	punyTMax  = 26
	punySkew  = 38
	punyDamp  = 700
	punyBias  = 72
	punyFirst = 128
)

const punyDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

func punyAdapt(delta, count int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / count
	k := 0
	for delta > (punyBase-punyTMin)*punyTMax/2 {
		delta /= punyBase - punyTMin
		k += punyBase
	}
	return k + punyBase*delta/(delta+punySkew)
}

func punyThreshold(k, bias int) int { return min(max(k-bias, punyTMin), punyTMax) }

// punyEncode returns text in punycode.
func punyEncode(s string) []byte {
	var chars []rune
	var out []byte
	for s != "" {
		r, n := decodeRune(s)
		chars = append(chars, r)
		if r < punyFirst {
			out = append(out, byte(r))
		}
		s = s[n:]
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	delta, bias, n := 0, punyBias, rune(punyFirst)
	for done := basic; done < len(chars); {
		next := rune(utf8.MaxRune + 1)
		for _, r := range chars {
			if r >= n && r < next {
				next = r
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range chars {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := punyBase; ; k += punyBase {
				t := punyThreshold(k, bias)
				if q < t {
					break
				}
				out = append(out, punyDigits[t+(q-t)%(punyBase-t)])
				q = (q - t) / (punyBase - t)
			}
			out = append(out, punyDigits[q])
			bias = punyAdapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return out
}

// punyDecode returns the text of punycode; reason is what is wrong with it.
func punyDecode(b string) (text []rune, reason string) {
	digits := b
	if i := strings.LastIndexByte(b, '-'); i >= 0 {
		text, digits = []rune(b[:i]), b[i+1:]
	}
	n, at, bias := punyFirst, 0, punyBias
	for p := 0; p < len(digits); {
		start := at
		for k, w := punyBase, 1; ; k += punyBase {
			if p >= len(digits) {
				return text, "incomplete punicode string"
			}
			c := digits[p] | 0x20
			if digits[p] >= '0' && digits[p] <= '9' {
				c = digits[p]
			}
			digit := strings.IndexByte(punyDigits, c)
			if digit < 0 {
				return text, "Invalid extended code point '" + string(rune(digits[p])) + "'"
			}
			p++
			at += digit * w
			t := punyThreshold(k, bias)
			if digit < t {
				break
			}
			w *= punyBase - t
			if at > 1<<31 {
				return text, "Invalid character U+" + strings.ToUpper(strings.TrimLeft(lowerHexOf(at), "0"))
			}
		}
		bias = punyAdapt(at-start, len(text)+1, start == 0)
		n += at / (len(text) + 1)
		at %= len(text) + 1
		if n > utf8.MaxRune {
			return text, "Invalid character U+" + strings.ToUpper(lowerHexOf(n))
		}
		text = slices.Insert(text, at, rune(n))
		at++
	}
	return text, ""
}

func lowerHexOf(n int) string {
	var b []byte
	for ; n > 0; n >>= 4 {
		b = append(b, lowerHex[n&15])
	}
	slices.Reverse(b)
	return string(b)
}

func encodePunycode(e *encoder) *Exc {
	e.out = punyEncode(e.s.s)
	return nil
}

// asciiOnly is the error of a byte above 127, which the codecs of names report as ASCII does.
func (d *decoder) asciiOnly() *Exc {
	d.name = "ascii"
	for i, c := range d.b {
		if c >= 0x80 {
			return d.error(i, i+1, "ordinal not in range(128)")
		}
	}
	return nil
}

func decodePunycode(d *decoder) *Exc {
	if d.errors != "strict" && d.errors != "replace" && d.errors != "ignore" {
		return Errorf(UnicodeError, "Unsupported error handling %s", d.errors)
	}
	if err := d.asciiOnly(); err != nil {
		return err
	}
	text, reason := punyDecode(bytesText(d.b))
	if reason != "" && d.errors == "strict" {
		return Errorf(UnicodeError, "%s", reason)
	}
	for _, r := range text {
		d.out = appendRune(d.out, r)
	}
	return nil
}

const acePrefix = "xn--"

// isLabelDot reports whether r separates labels of a name.
func isLabelDot(r rune) bool { return r == '.' || r == '\u3002' || r == '\uFF0E' || r == '\uFF61' }

func encodeIDNA(e *encoder) *Exc {
	if e.errors != "strict" {
		return Errorf(UnicodeError, "unsupported error handling %s", e.errors)
	}
	s := e.s.s
	if s == "" {
		return nil
	}
	if e.s.IsASCII() {
		labels := strings.Split(s, ".")
		for i, l := range labels {
			if l == "" && i < len(labels)-1 || len(l) >= 64 {
				return Errorf(UnicodeError, "label empty or too long")
			}
		}
		e.out = []byte(s)
		return nil
	}
	var labels []string
	start := 0
	for i, r := range s {
		if isLabelDot(r) {
			labels = append(labels, s[start:i])
			start = i + utf8.RuneLen(r)
		}
	}
	trailing := start == len(s)
	if !trailing {
		labels = append(labels, s[start:])
	}
	for i, l := range labels {
		if i > 0 {
			e.out = append(e.out, '.')
		}
		b, err := idnaLabel(l)
		if err != nil {
			return err
		}
		e.out = append(e.out, b...)
	}
	if trailing {
		e.out = append(e.out, '.')
	}
	return nil
}

// idnaLabel returns a label of a name in ASCII (RFC 3490, ToASCII).
func idnaLabel(l string) ([]byte, *Exc) {
	if !isASCII(l) {
		l = nameprep(l)
	}
	if !utf8.ValidString(l) {
		r, _ := decodeRune(l[strings.IndexByte(l, 0xED):])
		return nil, Errorf(UnicodeError, "Invalid character %s", reprStr(string(appendRune(nil, r))))
	}
	if isASCII(l) {
		if l == "" || len(l) >= 64 {
			return nil, Errorf(UnicodeError, "label empty or too long")
		}
		return []byte(l), nil
	}
	if strings.HasPrefix(l, acePrefix) {
		return nil, Errorf(UnicodeError, "Label starts with ACE prefix")
	}
	b := append([]byte(acePrefix), punyEncode(l)...)
	if len(b) >= 64 {
		return nil, Errorf(UnicodeError, "label empty or too long")
	}
	return b, nil
}

// nameprep brings a label into the form that names are compared in (RFC 3491): folded and NFKC, without
// what is mapped to nothing.
func nameprep(l string) string {
	l = strings.Map(func(r rune) rune {
		switch {
		case r == 0xAD || r == 0x34F || r == 0x1806 || r >= 0x180B && r <= 0x180D || r >= 0x200B && r <= 0x200D || r == 0x2060 || r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF:
			return -1
		}
		return r
	}, l)
	return norm.NFKC.String(foldText(norm.NFKC.String(foldText(l))))
}

func decodeIDNA(d *decoder) *Exc {
	if d.errors != "strict" {
		return Errorf(UnicodeError, "Unsupported error handling %s", d.errors)
	}
	s := bytesText(d.b)
	if !strings.Contains(strings.ToLower(s), acePrefix) {
		d.out = []byte(s)
		return d.asciiOnly()
	}
	for i, l := range strings.Split(s, ".") {
		if i > 0 {
			d.out = append(d.out, '.')
		}
		if !strings.HasPrefix(strings.ToLower(l), acePrefix) {
			d.out = append(d.out, l...)
			continue
		}
		text, reason := punyDecode(l[len(acePrefix):])
		if reason != "" {
			return Errorf(UnicodeError, "%s", reason)
		}
		back, err := idnaLabel(string(text))
		if err != nil {
			return err
		}
		if !strings.EqualFold(string(back), l) {
			return Errorf(UnicodeError, "IDNA does not round-trip, %s, %s", appendBytesRepr(nil, []byte(l), false), appendBytesRepr(nil, back, false))
		}
		d.out = append(d.out, string(text)...)
	}
	return nil
}

// utf7Base64 is the alphabet of shifted sequences.
var utf7Base64 = base64.StdEncoding.WithPadding(base64.NoPadding)

// isUTF7Direct reports whether utf-7 writes a character as it is.
func isUTF7Direct(r rune) bool {
	return r < 0x80 && r != '+' && r != '\\' && r != '~' && (r >= ' ' && r < 0x7F || r == '\t' || r == '\n' || r == '\r' || r == 0)
}

func isBase64(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/'
}

func encodeUTF7(e *encoder) *Exc {
	s := e.s.s
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		switch {
		case r == '+':
			e.out = append(e.out, "+-"...)
			i += n
		case isUTF7Direct(r):
			e.out = append(e.out, byte(r))
			i += n
		default:
			i = e.shiftUTF7(i)
		}
	}
	return nil
}

// shiftUTF7 writes the characters from i on that are not direct as a shifted sequence.
func (e *encoder) shiftUTF7(i int) int {
	s := e.s.s
	var units []byte
	next := rune(-1)
	for i < len(s) {
		r, n := decodeRune(s[i:])
		if isUTF7Direct(r) {
			next = r
			break
		}
		if r >= 0x10000 {
			high, low := 0xD800+(r-0x10000)>>10, 0xDC00+(r-0x10000)&0x3FF
			units = append(units, byte(high>>8), byte(high), byte(low>>8), byte(low))
		} else {
			units = append(units, byte(r>>8), byte(r))
		}
		i += n
	}
	e.out = append(e.out, '+')
	e.out = utf7Base64.AppendEncode(e.out, units)
	if next < 0 || next < 0x80 && (isBase64(byte(next)) || next == '-') {
		e.out = append(e.out, '-')
	}
	return i
}

func decodeUTF7(d *decoder) *Exc {
	for i := 0; i < len(d.b); {
		c := d.b[i]
		next, reason := i+1, ""
		switch {
		case c == '+':
			next, reason = d.unshiftUTF7(i)
		case c < 0x80:
			d.out = append(d.out, c)
		default:
			reason = "unexpected special character"
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

// unshiftUTF7 reads the shifted sequence at i and returns where it ends.
func (d *decoder) unshiftUTF7(i int) (next int, reason string) {
	end := i + 1
	if end < len(d.b) && d.b[end] == '-' {
		d.out = append(d.out, '+')
		return end + 1, ""
	}
	if end < len(d.b) && !isBase64(d.b[end]) {
		return end + 1, "ill-formed sequence"
	}
	before := len(d.out)
	bits, count, high := uint32(0), 0, rune(0)
	for end < len(d.b) && isBase64(d.b[end]) {
		digit, _ := utf7Base64.Strict().DecodeString("AAA" + string(d.b[end]))
		bits, count = bits<<6|uint32(digit[2]&63), count+6
		end++
		if count < 16 {
			continue
		}
		count -= 16
		r := rune(bits >> count & 0xFFFF)
		bits &= 1<<count - 1
		if high != 0 && r >= 0xDC00 && r < 0xE000 {
			d.out = utf8.AppendRune(d.out, (high-0xD800)<<10+r-0xDC00+0x10000)
			high = 0
			continue
		}
		if high != 0 {
			d.out = appendRune(d.out, high)
			high = 0
		}
		if r >= 0xD800 && r < 0xDC00 {
			high = r
		} else {
			d.out = appendRune(d.out, r)
		}
	}
	if end == len(d.b) && d.partial {
		d.out = d.out[:before]
		return end, "unterminated shift sequence"
	}
	if end == len(d.b) && (high != 0 || count >= 6 || bits != 0) {
		return end, "unterminated shift sequence"
	}
	if high != 0 {
		d.out = appendRune(d.out, high)
	}
	if end < len(d.b) && d.b[end] < 0x80 {
		switch {
		case count >= 6:
			return end + 1, "partial character in base64 sequence"
		case bits != 0:
			return end + 1, "non-zero padding bits in shift sequence"
		}
		if d.b[end] == '-' {
			end++
		}
	}
	return end, ""
}
