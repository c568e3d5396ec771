package interp

// This file defines encoding and decoding: str.encode, bytes.decode, and the error handlers
// (errors='strict', 'replace' ...) that all codecs share.

import (
	"strings"
	"unicode/utf8"
)

// codec turns text into bytes and back.
type codec struct {
	name   string // as errors say it
	encode func(e *encoder) *Exc
	decode func(d *decoder) *Exc
}

// codecs is the table of encodings, by normalized name.
var codecs = func() map[string]*codec {
	m := map[string]*codec{}
	for _, row := range []struct {
		names string
		codec codec
	}{
		{"utf8 utf-8 u8 utf cp65001", codec{"utf-8", encodeUTF8, decodeUTF8}},
		{"utf-8-sig utf8-sig", codec{"utf-8", encodeUTF8Sig, decodeUTF8Sig}},
		{"ascii us-ascii 646 ansi-x3.4-1968 iso646-us iso-646.irv-1991 cp367 us", codec{"ascii", encodeASCII, decodeASCII}},
		{"latin-1 latin1 latin iso-8859-1 iso8859-1 iso8859 8859 cp819 l1 ibm819 iso-ir-100", codec{"latin-1", encodeLatin1, decodeLatin1}},
		{"utf-16 utf16 u16", codec{"utf-16", encodeUTF16, decodeUTF16}},
		{"utf-16-le utf-16le utf16-le utf16le unicodelittleunmarked", codec{"utf-16-le", encodeUTF16LE, decodeUTF16LE}},
		{"utf-16-be utf-16be utf16-be utf16be unicodebigunmarked", codec{"utf-16-be", encodeUTF16BE, decodeUTF16BE}},
		{"utf-32 utf32 u32", codec{"utf-32", encodeUTF32, decodeUTF32}},
		{"utf-32-le utf-32le utf32-le utf32le", codec{"utf-32-le", encodeUTF32LE, decodeUTF32LE}},
		{"utf-32-be utf-32be utf32-be utf32be", codec{"utf-32-be", encodeUTF32BE, decodeUTF32BE}},
		{"unicode-escape unicodeescape", codec{"unicodeescape", encodeUnicodeEscape, decodeUnicodeEscape}},
		{"raw-unicode-escape rawunicodeescape", codec{"rawunicodeescape", encodeRawUnicodeEscape, decodeRawUnicodeEscape}},
	} {
		for name := range strings.FieldsSeq(row.names) {
			m[name] = &row.codec
		}
	}
	return m
}()

// findCodec returns the codec of an encoding's name.
func findCodec(name string) (*codec, *Exc) {
	if c := codecs[name]; c != nil {
		return c, nil
	}
	if strings.IndexByte(name, 0) >= 0 {
		return nil, ValueErrorf("embedded null character")
	}
	plain := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(name))
	if c := codecs[plain]; c != nil {
		return c, nil
	}
	return nil, Errorf(LookupError, "unknown encoding: %s", name)
}

// codecArgs reads the arguments encoding and errors; unbound ones are the defaults.
func codecArgs(fn string, encoding, errors Value) (enc, onError string, err *Exc) {
	enc, onError = "utf-8", "strict"
	if !encoding.IsUnbound() {
		s, ok := StrOf(encoding)
		if !ok {
			return "", "", TypeErrorf("%s() argument 'encoding' must be str, not %s", fn, typeName(encoding))
		}
		enc = s
	}
	if !errors.IsUnbound() {
		s, ok := StrOf(errors)
		if !ok {
			return "", "", TypeErrorf("%s() argument 'errors' must be str, not %s", fn, typeName(errors))
		}
		onError = s
	}
	return enc, onError, nil
}

func strEncode(th *Thread, a []Value) (Value, *Exc) {
	enc, onError, err := codecArgs("encode", a[1], a[2])
	if err != nil {
		return Value{}, err
	}
	b, err := th.Encode((*Str)(a[0].p), enc, onError)
	if err != nil {
		return Value{}, err
	}
	return MkBytes(b), nil
}

// Encode returns s in an encoding. Errors: LookupError, UnicodeEncodeError.
func (th *Thread) Encode(s *Str, encoding, errors string) ([]byte, *Exc) {
	c, err := findCodec(encoding)
	if err != nil {
		return nil, err
	}
	e := &encoder{codec: c, s: s, errors: errors}
	if err := c.encode(e); err != nil {
		return nil, err
	}
	return e.out, nil
}

// decode returns the text of b, the content of source, in an encoding. Errors: LookupError,
// UnicodeDecodeError.
func (th *Thread) decode(b []byte, source Value, encoding, errors string) (Value, *Exc) {
	c, err := findCodec(encoding)
	if err != nil {
		return Value{}, err
	}
	d := &decoder{name: c.name, b: b, source: source, errors: errors}
	if err := c.decode(d); err != nil {
		return Value{}, err
	}
	return mkBytes(d.out), nil
}

// Decode is the decoding of bytes that no object holds.
func (th *Thread) Decode(b []byte, encoding, errors string) (Value, *Exc) {
	return th.decode(b, Value{}, encoding, errors)
}

// encoder is one encoding under way.
type encoder struct {
	codec  *codec
	s      *Str
	errors string
	out    []byte
}

// decoder is one decoding under way.
type decoder struct {
	name   string // the codec's, as errors say it
	b      []byte
	source Value // what b is the content of, for the error
	errors string
	out    []byte // WTF-8
}

// fail handles bytes [start, end) that cannot be decoded, and returns where to go on.
func (d *decoder) fail(start, end int, reason string) (next int, err *Exc) {
	bad := d.b[start:end]
	switch d.errors {
	case "strict":
	case "ignore":
		return end, nil
	case "replace":
		d.out = utf8.AppendRune(d.out, utf8.RuneError)
		return end, nil
	case "backslashreplace":
		for _, c := range bad {
			d.out = appendCodeEscape(d.out, rune(c))
		}
		return end, nil
	case "surrogateescape":
		n := 0
		for n < len(bad) && n < 4 && bad[n] >= 0x80 {
			d.out = appendRune(d.out, 0xDC00+rune(bad[n]))
			n++
		}
		if n > 0 {
			return start + n, nil
		}
	case "surrogatepass":
		if r, n := d.surrogate(start); n > 0 {
			d.out = appendRune(d.out, r)
			return start + n, nil
		}
	case "xmlcharrefreplace", "namereplace":
		return 0, TypeErrorf("don't know how to handle UnicodeDecodeError in error callback")
	default:
		return 0, unknownHandler(d.errors)
	}
	if d.source.IsUnbound() {
		d.source = MkBytes(d.b)
	}
	return 0, NewUnicodeDecodeError(d.name, d.source, start, end, reason)
}

// surrogate returns the surrogate that stands at offset i in the form of the codec, n = 0 for none.
func (d *decoder) surrogate(i int) (r rune, n int) {
	b := d.b[i:]
	switch {
	case strings.HasPrefix(d.name, "utf-8") && len(b) >= 3 && b[0] == 0xED && b[1]&0xE0 == 0xA0 && b[2]&0xC0 == 0x80:
		return rune(b[0]&15)<<12 | rune(b[1]&63)<<6 | rune(b[2]&63), 3
	case d.name == "utf-16-le" && len(b) >= 2:
		r, n = rune(b[0])|rune(b[1])<<8, 2
	case d.name == "utf-16-be" && len(b) >= 2:
		r, n = rune(b[1])|rune(b[0])<<8, 2
	case d.name == "utf-32-le" && len(b) >= 4:
		r, n = rune(le32(b)), 4
	case d.name == "utf-32-be" && len(b) >= 4:
		r, n = rune(be32(b)), 4
	}
	if !isSurrogate(r) {
		return 0, 0
	}
	return r, n
}

func isSurrogate(r rune) bool { return r >= 0xD800 && r < 0xE000 }

func unknownHandler(name string) *Exc {
	return Errorf(LookupError, "unknown error handler name '%s'", name)
}

// fail handles the characters in bytes [start, end) of the text, which cannot be encoded. put appends
// the replacement that the handler chose in the encoding; surrogatepass and surrogateescape append by
// themselves.
func (e *encoder) fail(start, end int, reason string, put func(r rune)) *Exc {
	text := func(b []byte) {
		for _, c := range b {
			put(rune(c))
		}
	}
	each := func(f func(r rune)) {
		for s := e.s.s[start:end]; s != ""; {
			r, n := decodeRune(s)
			f(r)
			s = s[n:]
		}
	}
	switch e.errors {
	case "strict":
	case "ignore":
		return nil
	case "replace":
		each(func(rune) { put('?') })
		return nil
	case "backslashreplace":
		each(func(r rune) { text(appendCodeEscape(nil, r)) })
		return nil
	case "xmlcharrefreplace":
		each(func(r rune) { text(appendCharRef(nil, r)) })
		return nil
	case "namereplace":
		each(func(r rune) { text(appendNameEscape(nil, r)) })
		return nil
	case "surrogateescape":
		return e.escape(start, end, reason)
	case "surrogatepass":
		return e.pass(start, end, reason)
	default:
		return unknownHandler(e.errors)
	}
	return e.error(start, end, reason)
}

// error is the exception for the characters in bytes [start, end).
func (e *encoder) error(start, end int, reason string) *Exc {
	i := runeCount(e.s.s[:start])
	return NewUnicodeEncodeError(e.codec.name, e.s.exact(), i, i+runeCount(e.s.s[start:end]), reason)
}

// escape turns the surrogates that surrogateescape made while decoding back into their bytes, which
// encodings of several bytes a unit have no place for.
func (e *encoder) escape(start, end int, reason string) *Exc {
	if strings.HasPrefix(e.codec.name, "utf-16") || strings.HasPrefix(e.codec.name, "utf-32") {
		return e.error(start, end, reason)
	}
	for i := start; i < end; {
		r, n := decodeRune(e.s.s[i:])
		if r < 0xDC80 || r > 0xDCFF {
			return e.error(i, end, reason)
		}
		e.out = append(e.out, byte(r-0xDC00))
		i += n
	}
	return nil
}

// pass writes surrogates in the form of the encoding.
func (e *encoder) pass(start, end int, reason string) *Exc {
	for i := start; i < end; {
		r, n := decodeRune(e.s.s[i:])
		if !isSurrogate(r) {
			return e.error(start, end, reason)
		}
		switch strings.TrimSuffix(e.codec.name, "-sig") {
		case "utf-8":
			e.out = append(e.out, e.s.s[i:i+n]...)
		case "utf-16", "utf-16-le":
			e.out = append(e.out, byte(r), byte(r>>8))
		case "utf-16-be":
			e.out = append(e.out, byte(r>>8), byte(r))
		case "utf-32", "utf-32-le":
			e.out = append(e.out, byte(r), byte(r>>8), 0, 0)
		case "utf-32-be":
			e.out = append(e.out, 0, 0, byte(r>>8), byte(r))
		default:
			return e.error(start, end, reason)
		}
		i += n
	}
	return nil
}
