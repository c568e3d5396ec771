package interp

// This file defines encoding and decoding: str.encode, bytes.decode, and the error handlers
// (errors='strict', 'replace' ...) that all codecs share.

import (
	"strings"
	"unicode/utf8"
)

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
	c, info, err := th.findCodec(encoding)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return th.encodeByScript(info, s, encoding, errors)
	}
	e := &encoder{th: th, codec: c, s: s, errors: errors}
	if err := c.encode(e); err != nil {
		if !plainCodecs[c.id] {
			err = th.codecFailed("encoding", encoding, err)
		}
		return nil, err
	}
	return e.out, nil
}

// decode returns the text of b, the content of source, in an encoding. Errors: LookupError,
// UnicodeDecodeError.
func (th *Thread) decode(b []byte, source Value, encoding, errors string) (Value, *Exc) {
	c, info, err := th.findCodec(encoding)
	if err != nil {
		return Value{}, err
	}
	if c == nil {
		return th.decodeByScript(info, b, encoding, errors)
	}
	d := &decoder{th: th, name: c.name, b: b, source: source, errors: errors}
	if err := c.decode(d); err != nil {
		if !plainCodecs[c.id] {
			err = th.codecFailed("decoding", encoding, err)
		}
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
	th     *Thread
	codec  *codec
	s      *Str
	errors string
	out    []byte
}

// decoder is one decoding under way.
type decoder struct {
	th     *Thread
	name   string // the codec's, as errors say it
	b      []byte
	source Value // what b is the content of, for the error
	errors string
	out    []byte // WTF-8
	// partial says that b is a part of more to come: a character that goes on behind its end is left, and
	// rest is its length.
	partial bool
	rest    int
}

// fail handles bytes [start, end) that cannot be decoded, and returns where to go on.
func (d *decoder) fail(start, end int, reason string) (next int, err *Exc) {
	if d.partial && end == len(d.b) && goesOn(reason) {
		d.rest = end - start
		return end, nil
	}
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
		return d.handle(start, end, reason)
	}
	return 0, d.error(start, end, reason)
}

// goesOn reports whether a decoding error says that the text ends within a character.
func goesOn(reason string) bool {
	return strings.HasPrefix(reason, "unexpected end") || strings.HasPrefix(reason, "truncated") ||
		reason == `\\ at end of string` || reason == "unterminated shift sequence"
}

// error is the exception for bytes [start, end).
func (d *decoder) error(start, end int, reason string) *Exc {
	if d.source.IsUnbound() {
		d.source = MkBytes(d.b)
	}
	return NewUnicodeDecodeError(d.name, d.source, start, end, reason)
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

// fail handles the characters in bytes [start, end) of the text, which cannot be encoded, and returns
// where to go on. put appends a character of the replacement that the handler chose, false when it cannot
// be encoded either; surrogatepass and surrogateescape append by themselves.
func (e *encoder) fail(start, end int, reason string, put func(r rune) bool) (next int, err *Exc) {
	var replacement []byte
	each := func(f func(b []byte, r rune) []byte) {
		for s := e.s.s[start:end]; s != ""; {
			r, n := decodeRune(s)
			replacement = f(replacement, r)
			s = s[n:]
		}
	}
	switch e.errors {
	case "strict":
		return 0, e.error(start, end, reason)
	case "ignore":
	case "replace":
		each(func(b []byte, _ rune) []byte { return append(b, '?') })
	case "backslashreplace":
		each(appendCodeEscape)
	case "xmlcharrefreplace":
		each(appendCharRef)
	case "namereplace":
		each(appendNameEscape)
	case "surrogateescape":
		return end, e.escape(start, end, reason)
	case "surrogatepass":
		return end, e.pass(start, end, reason)
	default:
		return e.handle(start, end, reason, put)
	}
	for _, c := range replacement {
		if !put(rune(c)) {
			return 0, e.error(start, end, reason)
		}
	}
	return end, nil
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
