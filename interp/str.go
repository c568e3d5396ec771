package interp

// This file defines Str, the storage of str: UTF-8 with a cached hash and character count.
// Its methods are in strmethods.go.

import (
	"math/bits"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// Str is a str. Lone surrogates stand in it in their three-byte form (WTF-8).
type Str struct {
	Header
	s     string
	hash  uint64 // 0 until it is asked for
	runes int    // number of code points, -1 until it is counted; len(s) means ASCII
	ext   *strExt
}

// strExt is what only few long strings have. The strings that grew out of one another by += share it:
// each is a prefix of buf.
type strExt struct {
	// index[i] is the byte offset of code point i*indexStep. It grows as far as it is asked for.
	index []uint32
	// buf is what s is a prefix of, with room behind it: s + t appends in place when s is still the
	// whole of buf, which keeps building a string by += linear.
	buf []byte
}

// joined marks a long string made by +. Only when it is added to once more does the result get a buffer
// with room: most are not.
var joined = &strExt{}

const indexStep = 32

// strSub is an instance of a subclass of str.
type strSub struct {
	Str
	dict *Dict
}

// NewStr returns a new str object.
func NewStr(s string) *Str { return &Str{Header: Header{strShape}, s: s, runes: -1} }

var emptyStr = NewStr("")

// asciiStrs are the one-character strings, which loops over text make all the time.
var asciiStrs = func() (t [128]*Str) {
	for i := range t {
		t[i] = NewStr(string(rune(i)))
		t[i].runes = 1
	}
	return
}()

// MkStr returns the str s.
func MkStr(s string) Value {
	if len(s) <= 1 {
		if len(s) == 0 {
			return object(emptyStr)
		}
		if s[0] < 128 {
			return object(asciiStrs[s[0]])
		}
	}
	return object(NewStr(s))
}

// mkASCII is MkStr for a text that is known to be ASCII.
func mkASCII(s string) Value {
	if len(s) <= 1 {
		return MkStr(s)
	}
	return object(&Str{Header: Header{strShape}, s: s, runes: len(s)})
}

// newText returns a new str of n bytes, n > 1, and the bytes to fill in. Short ones stand behind the
// struct: one allocation instead of two.
func newText(n int) (*Str, []byte) {
	var s *Str
	var text []byte
	switch {
	case n <= 16:
		o := &struct {
			Str
			buf [16]byte
		}{}
		s, text = &o.Str, o.buf[:n]
	case n <= 32:
		o := &struct {
			Str
			buf [32]byte
		}{}
		s, text = &o.Str, o.buf[:n]
	case n <= 64:
		o := &struct {
			Str
			buf [64]byte
		}{}
		s, text = &o.Str, o.buf[:n]
	default:
		s, text = &Str{}, make([]byte, n)
	}
	s.shape, s.s, s.runes = strShape, bytesText(text), -1
	return s, text
}

// copyStr returns the str of bytes that may be changed afterwards.
func copyStr(b []byte) Value {
	if len(b) <= 1 {
		return MkStr(string(b))
	}
	s, text := newText(len(b))
	copy(text, b)
	return object(s)
}

// strOfInt returns the decimal digits of i.
func strOfInt(i int64) Value {
	if i >= 0 && i < 10 {
		return object(asciiStrs['0'+i])
	}
	var buf [20]byte
	b := strconv.AppendInt(buf[:0], i, 10)
	s, text := newText(len(b))
	s.runes = copy(text, b)
	return object(s)
}

// mkBytes returns the str of bytes that are not changed afterwards.
func mkBytes(b []byte) Value { return MkStr(bytesText(b)) }

// bytesText returns b as a string without copying; b must not change while it is used.
func bytesText(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// textBytes returns s as bytes without copying, to be read only.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// exact returns s as an exact str: s itself unless it is of a subclass.
func (s *Str) exact() Value {
	if s.shape == strShape {
		return object(s)
	}
	return MkStr(s.s)
}

// part returns the str of bytes [i, j) of s, which must be boundaries of code points.
func (s *Str) part(i, j int) Value {
	switch {
	case j-i == len(s.s):
		return s.exact()
	case j-i <= 1:
		return MkStr(s.s[i:j])
	case s.runes == len(s.s):
		return object(&Str{Header: Header{strShape}, s: s.s[i:j], runes: j - i})
	}
	return object(NewStr(s.s[i:j]))
}

// at returns code point i, 0 <= i < Len(), as a str.
func (s *Str) at(i int) Value {
	if s.runes == len(s.s) {
		return object(asciiStrs[s.s[i]])
	}
	off := s.Offset(i)
	if c := s.s[off]; c < utf8.RuneSelf {
		return object(asciiStrs[c])
	}
	return object(&Str{Header: Header{strShape}, s: s.s[off : off+runeLen(s.s[off])], runes: 1})
}

// runeLen returns the number of bytes of the code point that begins with c.
func runeLen(c byte) int {
	switch {
	case c < 0x80:
		return 1
	case c < 0xE0:
		return 2
	case c < 0xF0:
		return 3
	}
	return 4
}

// Value returns s as a Value.
func (s *Str) Value() Value { return object(s) }

// String returns the text.
func (s *Str) String() string { return s.s }

// AsStr returns v as a str, also of a subclass.
func AsStr(v Value) (*Str, bool) { return as[Str](v, layoutStr) }

// StrOf returns the text of a str, also of a subclass.
func StrOf(v Value) (string, bool) {
	if s, ok := AsStr(v); ok {
		return s.s, true
	}
	return "", false
}

// Len returns the number of code points.
func (s *Str) Len() int {
	if s.runes < 0 {
		s.runes = runeCount(s.s)
	}
	return s.runes
}

// IsASCII reports whether every code point is below 128, so that byte offsets are indices.
func (s *Str) IsASCII() bool { return s.Len() == len(s.s) }

// runeCount counts code points; a surrogate in its three-byte form counts as one.
func runeCount(s string) int {
	i := asciiPrefix(s)
	n := i
	for ; i+8 <= len(s); i += 8 {
		w := load8(s, i)
		n += 8 - bits.OnesCount64(w>>7&^(w>>6)&lowBits) // less the continuation bytes, 10xxxxxx
	}
	for ; i < len(s); i++ {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// load8 returns the eight bytes of s from i on.
func load8(s string, i int) uint64 {
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
}

// asciiPrefix returns how many bytes of s, counted in steps of eight, are ASCII for certain.
func asciiPrefix(s string) int {
	i := 0
	for i+8 <= len(s) && load8(s, i)&highBits == 0 {
		i += 8
	}
	return i
}

// isASCII reports whether s has no byte above 127.
func isASCII(s string) bool {
	for i := asciiPrefix(s); i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Offset returns the byte offset of code point i, 0 <= i <= Len().
func (s *Str) Offset(i int) int {
	n := s.Len()
	if n == len(s.s) {
		return i
	}
	if i == n {
		return len(s.s)
	}
	if n < 2*indexStep {
		return skipRunes(s.s, 0, i)
	}
	if s.ext == nil || s.ext == joined {
		s.ext = &strExt{}
	}
	return skipRunes(s.s, s.ext.entry(s.s, i/indexStep), i%indexStep)
}

// entry returns the offset of code point i*indexStep of s.
func (x *strExt) entry(s string, i int) int {
	if x.index == nil {
		x.index = make([]uint32, 1, len(s)/(2*indexStep)+1)
	}
	for len(x.index) <= i {
		x.index = append(x.index, uint32(skipRunes(s, int(x.index[len(x.index)-1]), indexStep)))
	}
	return int(x.index[i])
}

func skipRunes(s string, off, n int) int {
	for n > 0 {
		off++
		for off < len(s) && s[off]&0xC0 == 0x80 {
			off++
		}
		n--
	}
	return off
}

// Slice returns the text of code points [i, j).
func (s *Str) Slice(i, j int) string {
	if j <= i {
		return ""
	}
	return s.s[s.Offset(i):s.Offset(j)]
}

// decodeRune is utf8.DecodeRuneInString that knows the three-byte form of surrogates.
func decodeRune(s string) (rune, int) {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[0] == 0xED {
		return rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return r, n
}

// decodeLastRune is utf8.DecodeLastRuneInString that knows the three-byte form of surrogates.
func decodeLastRune(s string) (rune, int) {
	r, n := utf8.DecodeLastRuneInString(s)
	if r == utf8.RuneError && n == 1 && len(s) >= 3 && s[len(s)-3] == 0xED {
		return decodeRune(s[len(s)-3:])
	}
	return r, n
}

// appendRune is utf8.AppendRune that knows the three-byte form of surrogates.
func appendRune(b []byte, r rune) []byte {
	if r >= 0xD800 && r <= 0xDFFF {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r)&0xBF)
	}
	return utf8.AppendRune(b, r)
}

// Hash returns the hash of the text; it is never 0.
func (s *Str) Hash() uint64 {
	if s.hash == 0 {
		s.hash = hashString(s.s)
	}
	return s.hash
}

const (
	hashM1 = 0xa0761d6478bd642f
	hashM2 = 0xe7037ed1a0b428db
)

// hashString mixes eight bytes a step by a 64x64 multiplication (the wyhash construction) with a fixed
// seed, so that a program runs the same way twice.
func hashString(s string) uint64 {
	p := unsafe.Pointer(unsafe.StringData(s))
	n := len(s)
	h := uint64(n) ^ hashM1
	i := 0
	for ; i+8 <= n; i += 8 {
		hi, lo := bits.Mul64(*(*uint64)(unsafe.Add(p, i))^hashM2, h)
		h = hi ^ lo
	}
	var tail uint64
	for ; i < n; i++ {
		tail = tail<<8 | uint64(s[i])
	}
	hi, lo := bits.Mul64(tail^hashM1, h^hashM2)
	h = hi ^ lo
	if h == 0 || int64(h) == -1 {
		h = 1
	}
	return h
}

// concat returns a + b.
func concat(a, b *Str) *Str {
	if len(b.s) == 0 {
		return a
	}
	if len(a.s) == 0 {
		return b
	}
	n := len(a.s) + len(b.s)
	if n < 64 {
		r, text := newText(n)
		copy(text[copy(text, a.s):], b.s)
		r.runes = addRunes(a, b)
		return r
	}
	r := &Str{Header: Header{strShape}, runes: addRunes(a, b)}
	if x := a.ext; x != nil {
		if x == joined || len(x.buf) != len(a.s) || cap(x.buf) < n {
			buf := make([]byte, 0, n+n/4*3)
			x = &strExt{buf: append(buf, a.s...)}
		}
		x.buf = append(x.buf, b.s...)
		r.s, r.ext = bytesText(x.buf), x
		return r
	}
	r.s, r.ext = a.s+b.s, joined
	return r
}

// addRunes returns the number of code points of a + b, -1 when it is not known at once.
func addRunes(a, b *Str) int {
	if a.runes < 0 || b.runes < 0 && len(b.s) > 64 {
		return -1
	}
	return a.runes + b.Len()
}

// MkText returns the str of UTF-8 bytes, which it takes over.
func MkText(b []byte) Value { return mkBytes(b) }

// CopyText returns the str of UTF-8 bytes, which it copies.
func CopyText(b []byte) Value { return copyStr(b) }

// DecodeRune returns the first code point of s, which may be a surrogate, and its length in bytes.
func DecodeRune(s string) (rune, int) { return decodeRune(s) }

// AppendRune appends a code point, which may be a surrogate.
func AppendRune(b []byte, r rune) []byte { return appendRune(b, r) }

// TextBytes returns s as bytes without copying, to be read only.
func TextBytes(s string) []byte { return textBytes(s) }

// Part returns the code points [i, j) as a str, 0 <= i <= j <= Len().
func (s *Str) Part(i, j int) Value { return s.part(s.Offset(i), s.Offset(j)) }
