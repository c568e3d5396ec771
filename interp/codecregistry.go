package interp

// This file defines how an encoding is found by its name: the table of codecs, and the search functions
// and error handlers that scripts register (module codecs).

import (
	"strings"
	"sync"
)

// codec turns text into bytes and back.
type codec struct {
	id     string // the name that codecs.lookup() gives it
	name   string // as errors say it
	encode func(e *encoder) *Exc
	decode func(d *decoder) *Exc
}

// codecState is what scripts registered.
type codecState struct {
	search   []Value          // functions from a name to a CodecInfo
	found    map[string]Value // what they found
	handlers map[string]Value // of errors
}

// The tables of encodings, by normalized name: the everyday ones, and those with one byte a character.
// setupCodecs makes them: codecs may call scripts, so that a table made here would refer to itself.
var (
	codecs   map[string]*codec
	charmaps func() map[string]*codec
)

func setupCodecs() { codecs, charmaps = newCodecs(), sync.OnceValue(newCharmaps) }

func newCodecs() map[string]*codec {
	m := map[string]*codec{}
	for _, row := range []struct {
		names string
		codec codec
	}{
		{"utf_8 utf8 u8 utf cp65001 utf8_ucs2 utf8_ucs4", codec{"utf-8", "utf-8", encodeUTF8, decodeUTF8}},
		{"utf_8_sig", codec{"utf-8-sig", "utf-8", encodeUTF8Sig, decodeUTF8Sig}},
		{"ascii us_ascii us 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6",
			codec{"ascii", "ascii", encodeASCII, decodeASCII}},
		{"latin_1 latin1 latin l1 iso_8859_1 iso8859_1 iso8859 8859 cp819 ibm819 iso_ir_100 csisolatin1 iso_8859_1_1987",
			codec{"iso8859-1", "latin-1", encodeLatin1, decodeLatin1}},
		{"utf_16 utf16 u16", codec{"utf-16", "utf-16", encodeUTF16, decodeUTF16}},
		{"utf_16_le utf_16le unicodelittleunmarked", codec{"utf-16-le", "utf-16-le", encodeUTF16LE, decodeUTF16LE}},
		{"utf_16_be utf_16be unicodebigunmarked", codec{"utf-16-be", "utf-16-be", encodeUTF16BE, decodeUTF16BE}},
		{"utf_32 utf32 u32", codec{"utf-32", "utf-32", encodeUTF32, decodeUTF32}},
		{"utf_32_le utf_32le", codec{"utf-32-le", "utf-32-le", encodeUTF32LE, decodeUTF32LE}},
		{"utf_32_be utf_32be", codec{"utf-32-be", "utf-32-be", encodeUTF32BE, decodeUTF32BE}},
		{"utf_7 utf7 u7 unicode_1_1_utf_7", codec{"utf-7", "utf7", encodeUTF7, decodeUTF7}},
		{"unicode_escape unicodeescape", codec{"unicode-escape", "unicodeescape", encodeUnicodeEscape, decodeUnicodeEscape}},
		{"raw_unicode_escape rawunicodeescape", codec{"raw-unicode-escape", "rawunicodeescape", encodeRawEscape, decodeRawEscape}},
		{"punycode", codec{"punycode", "punycode", encodePunycode, decodePunycode}},
		{"idna", codec{"idna", "idna", encodeIDNA, decodeIDNA}},
	} {
		for name := range strings.FieldsSeq(row.names) {
			m[name] = &row.codec
		}
	}
	return m
}

func newCharmaps() map[string]*codec {
	m := map[string]*codec{}
	for _, row := range charmapRows {
		first, _, _ := strings.Cut(row.names, " ")
		id := first
		if strings.HasPrefix(first, "iso8859_") || strings.HasPrefix(first, "koi8_") || strings.HasPrefix(first, "mac_") || first == "hp_roman8" || first == "tis_620" {
			id = strings.ReplaceAll(first, "_", "-")
		}
		table := sync.OnceValue(func() *charmap { return newCharmap(row.text) })
		c := &codec{id, "charmap",
			func(e *encoder) *Exc { return e.encodeCharmap(table()) },
			func(d *decoder) *Exc { return d.decodeCharmap(table()) }}
		for name := range strings.FieldsSeq(row.names) {
			m[name] = c
		}
	}
	return m
}

// byteCodecs are the encodings from bytes to bytes or str to str, which str.encode refuses.
var byteCodecs = map[string]bool{"hex": true, "hex_codec": true, "base64": true, "base_64": true, "base64_codec": true,
	"rot13": true, "rot_13": true, "zlib": true, "zlib_codec": true, "zip": true, "bz2": true, "bz2_codec": true,
	"uu": true, "uu_codec": true, "quopri": true, "quopri_codec": true, "quoted_printable": true}

// normalEncoding returns the form of an encoding's name in the tables: "UTF-8" becomes "utf_8".
func normalEncoding(name string) string {
	b := make([]byte, 0, len(name))
	gap := false
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.':
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '_')
		}
		gap = false
		b = append(b, c)
	}
	return bytesText(b)
}

// nativeCodec returns the codec of the tables with a name, nil when there is none.
func nativeCodec(name string) *codec {
	switch name {
	case "utf-8", "utf8":
		return codecs["utf_8"]
	}
	if !isASCII(name) {
		return nil
	}
	plain := normalEncoding(name)
	if c := codecs[plain]; c != nil {
		return c
	}
	if c := charmaps()[plain]; c != nil {
		return c
	}
	return codecs[strings.ReplaceAll(plain, ".", "_")]
}

// findCodec returns the codec of an encoding's name, or the CodecInfo that a search function of a script
// has for it.
func (th *Thread) findCodec(name string) (*codec, Value, *Exc) {
	if c := nativeCodec(name); c != nil {
		return c, Value{}, nil
	}
	if strings.IndexByte(name, 0) >= 0 {
		return nil, Value{}, ValueErrorf("embedded null character")
	}
	if byteCodecs[normalEncoding(name)] {
		return nil, Value{}, Errorf(LookupError, "'%s' is not a text encoding; use codecs.encode() to handle arbitrary codecs", name)
	}
	info, err := th.searchCodec(name)
	if err != nil {
		return nil, Value{}, err
	}
	if text, ok, err := th.LookupAttr(info, "_is_text_encoding"); err != nil {
		return nil, Value{}, err
	} else if ok && Is(text, False) {
		return nil, Value{}, Errorf(LookupError, "'%s' is not a text encoding; use codecs.encode() to handle arbitrary codecs", name)
	}
	return nil, info, nil
}

// searchCodec asks the search functions of scripts.
func (th *Thread) searchCodec(name string) (Value, *Exc) {
	st := &th.in.codecs
	key := strings.ReplaceAll(strings.ToLower(name), " ", "_")
	if info, ok := st.found[key]; ok {
		return info, nil
	}
	for _, search := range st.search {
		plain := key
		if isASCII(key) {
			plain = strings.ReplaceAll(key, "-", "_")
		}
		info, err := th.Call(search, MkStr(plain))
		if err != nil {
			return Value{}, err
		}
		if info.IsNone() {
			continue
		}
		if t, ok := AsTuple(info); !ok || len(t.a) != 4 {
			return Value{}, TypeErrorf("codec search functions must return 4-tuples")
		}
		if st.found == nil {
			st.found = map[string]Value{}
		}
		st.found[key] = info
		return info, nil
	}
	return Value{}, Errorf(LookupError, "unknown encoding: %s", name)
}

// RegisterCodec adds a search function, codecs.register().
func (in *Interp) RegisterCodec(search Value) { in.codecs.search = append(in.codecs.search, search) }

// UnregisterCodec removes a search function and forgets what was found.
func (in *Interp) UnregisterCodec(search Value) {
	for i, f := range in.codecs.search {
		if Is(f, search) {
			in.codecs.search = append(in.codecs.search[:i:i], in.codecs.search[i+1:]...)
			in.codecs.found = nil
			return
		}
	}
}

// FindCodec returns the name of the codec that the interpreter has for an encoding, or what a script's
// search function returned for it.
func (th *Thread) FindCodec(name string) (id string, info Value, err *Exc) {
	if c := nativeCodec(name); c != nil {
		return c.id, Value{}, nil
	}
	info, err = th.searchCodec(name)
	return "", info, err
}

// RegisterErrorHandler makes handler the one that errors=name names.
func (in *Interp) RegisterErrorHandler(name string, handler Value) {
	if in.codecs.handlers == nil {
		in.codecs.handlers = map[string]Value{}
	}
	in.codecs.handlers[name] = handler
}

// ErrorHandler returns the handler that a script registered. Errors: LookupError.
func (in *Interp) ErrorHandler(name string) (Value, *Exc) {
	if h, ok := in.codecs.handlers[name]; ok {
		return h, nil
	}
	return Value{}, Errorf(LookupError, "unknown error handler name '%s'", name)
}

// encodeByScript encodes by the CodecInfo of a script.
func (th *Thread) encodeByScript(info Value, s *Str, encoding, errors string) ([]byte, *Exc) {
	r, err := th.callCodec(info, 0, s.exact(), encoding, errors)
	if err != nil {
		return nil, err
	}
	if b, ok := asBytes(r); ok {
		if TypeOf(r).layout == layoutByteArray {
			return b.b, th.Warn(RuntimeWarning, "encoder %s returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types", encoding)
		}
		return b.b, nil
	}
	return nil, TypeErrorf("'%s' encoder returned '%s' instead of 'bytes'; use codecs.encode() to encode to arbitrary types", encoding, typeName(r))
}

// decodeByScript is encodeByScript for decoding.
func (th *Thread) decodeByScript(info Value, b []byte, encoding, errors string) (Value, *Exc) {
	r, err := th.callCodec(info, 1, MkBytes(b), encoding, errors)
	if err != nil {
		return Value{}, err
	}
	if _, ok := AsStr(r); !ok {
		return Value{}, TypeErrorf("'%s' decoder returned '%s' instead of 'str'; use codecs.decode() to decode to arbitrary types", encoding, typeName(r))
	}
	return r, nil
}

// callCodec calls the encoder or decoder of a CodecInfo and returns the first of the pair that it gives.
func (th *Thread) callCodec(info Value, i int, x Value, encoding, errors string) (Value, *Exc) {
	t, _ := AsTuple(info)
	args := []Value{x}
	if errors != "strict" {
		args = append(args, MkStr(errors))
	}
	r, err := th.CallArgs(t.a[i], args, nil)
	if err != nil {
		return Value{}, th.codecFailed([...]string{"encoding", "decoding"}[i], encoding, err)
	}
	if p, ok := AsTuple(r); ok && len(p.a) == 2 {
		return p.a[0], nil
	}
	return Value{}, TypeErrorf("%s must return a tuple (object, integer)", [...]string{"encoder", "decoder"}[i])
}

// codecFailed says in the message of an exception that a codec raised which codec it was; an exception
// with more than a message stays as it is.
func (th *Thread) codecFailed(what, encoding string, e *Exc) *Exc {
	a := e.args.a
	if e.Type().flags&flagHeap != 0 || len(e.fields) > 0 || e.dict != nil || len(a) > 1 {
		return e
	}
	text := e.Type().Name
	if len(a) == 1 {
		s, ok := StrOf(a[0])
		if !ok {
			return e
		}
		text += ": " + s
	}
	return Errorf(e.Type(), "%s with '%s' codec failed (%s)", what, encoding, text).WithCause(e)
}

// plainCodecs are those whose errors are not told by codecFailed.
var plainCodecs = map[string]bool{"utf-8": true, "utf-16": true, "utf-32": true, "ascii": true, "iso8859-1": true}

// handleCodecError calls the handler that a script registered and returns the replacement and where to
// go on in an object of length n.
func (th *Thread) handleCodecError(name string, e *Exc, n int, want string, ok func(v Value) bool) (Value, int, *Exc) {
	h, err := th.in.ErrorHandler(name)
	if err != nil {
		return Value{}, 0, err
	}
	r, err := th.Call(h, e.Value())
	if err != nil {
		return Value{}, 0, err
	}
	t, isTuple := AsTuple(r)
	if !isTuple || len(t.a) != 2 || !ok(t.a[0]) {
		return Value{}, 0, TypeErrorf("%s", want)
	}
	if !isIntLike(t.a[1]) {
		return Value{}, 0, TypeErrorf("%s", want)
	}
	pos, err := th.IndexInt(t.a[1])
	if err != nil {
		return Value{}, 0, err
	}
	at := pos
	if at < 0 {
		at += n
	}
	if at < 0 || at > n {
		return Value{}, 0, Errorf(IndexError, "position %d from error handler out of bounds", pos)
	}
	return t.a[0], at, nil
}

// unit returns how many bytes the smallest character has.
func (c *codec) unit() int {
	switch {
	case strings.HasPrefix(c.id, "utf-16"):
		return 2
	case strings.HasPrefix(c.id, "utf-32"):
		return 4
	}
	return 1
}

func isIntLike(v Value) bool { return TypeOf(v).layout == layoutInt }

// handle is fail by a handler of a script.
func (d *decoder) handle(start, end int, reason string) (next int, err *Exc) {
	e := d.error(start, end, reason)
	isStr := func(v Value) bool { _, ok := AsStr(v); return ok }
	text, next, err := d.th.handleCodecError(d.errors, e, len(d.b), "decoding error handler must return (str, int) tuple", isStr)
	if err != nil {
		return 0, err
	}
	if b, ok := BufferOf(e.field("object")); ok && len(b) != len(d.b) {
		d.b, d.source = b, e.field("object") // sic: a handler may go on in other bytes
	}
	s, _ := StrOf(text)
	d.out = append(d.out, s...)
	return next, nil
}

// handle is fail by a handler of a script.
func (e *encoder) handle(start, end int, reason string, put func(r rune) bool) (next int, err *Exc) {
	isText := func(v Value) bool {
		_, ok := AsStr(v)
		return ok || TypeOf(v).layout == layoutBytes
	}
	exc := e.error(start, end, reason)
	v, pos, err := e.th.handleCodecError(e.errors, exc, e.s.Len(), "encoding error handler must return (str/bytes, int) tuple", isText)
	if err != nil {
		return 0, err
	}
	if b, ok := asBytes(v); ok {
		if len(b.b)%e.codec.unit() != 0 {
			return 0, exc
		}
		e.out = append(e.out, b.b...)
		return e.s.Offset(pos), nil
	}
	for s, _ := StrOf(v); s != ""; {
		r, n := decodeRune(s)
		if !put(r) {
			return 0, exc
		}
		s = s[n:]
	}
	return e.s.Offset(pos), nil
}

// DecodePart decodes what may be a part of more to come, and returns how many bytes it took: those of a
// character that goes on behind the end of b are left unless final is true.
func (th *Thread) DecodePart(b []byte, encoding, errors string, final bool) (Value, int, *Exc) {
	c := nativeCodec(encoding)
	if c == nil {
		v, err := th.Decode(b, encoding, errors)
		return v, len(b), err
	}
	d := &decoder{th: th, name: c.name, b: b, errors: errors, partial: !final}
	if err := c.decode(d); err != nil {
		return Value{}, 0, err
	}
	return copyStr(d.out), len(b) - d.rest, nil
}
