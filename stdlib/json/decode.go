package json

// This file defines the decoder: the value of JSON text.

import (
	"math"
	"strconv"
	"strings"

	"aio/interp"
)

// decoder is one decoding under way.
type decoder struct {
	th  *interp.Thread
	doc *interp.Str
	s   string
	// The hooks are unbound when they were not given.
	objectHook, pairsHook, parseFloat, parseInt, parseConstant interp.Value
	strict                                                     bool
	keys                                                       map[string]*interp.Str // keys that were seen
}

func loads(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	doc, err := document(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	extra, _ := interp.AsDict(a[7])
	if !a[1].IsNone() || extra.Len() > 0 {
		return loadsWith(th, doc, a)
	}
	d := decoder{th: th, doc: doc, s: doc.String(), strict: true}
	for i, hook := range []*interp.Value{&d.objectHook, &d.parseFloat, &d.parseInt, &d.parseConstant, &d.pairsHook} {
		if v := a[i+2]; !v.IsNone() {
			*hook = v
		}
	}
	v, _, err := d.decode(0, true)
	return v, err
}

// loadsWith is loads with a class, or with options that the class JSONDecoder is to judge.
func loadsWith(th *interp.Thread, doc *interp.Str, a []interp.Value) (interp.Value, *interp.Exc) {
	cls := a[1]
	if cls.IsNone() {
		cls = class(th, "JSONDecoder")
	}
	var names []string
	var values []interp.Value
	for i, n := range []string{"object_hook", "parse_float", "parse_int", "parse_constant", "object_pairs_hook"} {
		if v := a[i+2]; !v.IsNone() {
			names, values = append(names, n), append(values, v)
		}
	}
	dec, err := construct(th, cls, names, values, a[7])
	if err != nil {
		return interp.Value{}, err
	}
	return th.CallMethod(dec, "decode", doc.Value())
}

// decodeWith is JSONDecoder.decode and raw_decode: the options are attributes of the decoder.
func decodeWith(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	doc, ok := interp.AsStr(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("expected string or bytes-like object, got '%s'", interp.TypeName(a[1]))
	}
	d := decoder{th: th, doc: doc, s: doc.String()}
	for _, hook := range []struct {
		name string
		to   *interp.Value
	}{
		{"object_hook", &d.objectHook}, {"parse_float", &d.parseFloat}, {"parse_int", &d.parseInt},
		{"parse_constant", &d.parseConstant}, {"object_pairs_hook", &d.pairsHook},
	} {
		v, err := th.Attr(a[0], hook.name)
		if err != nil {
			return interp.Value{}, err
		}
		if !v.IsNone() {
			*hook.to = v
		}
	}
	strict, err := th.Attr(a[0], "strict")
	if err != nil {
		return interp.Value{}, err
	}
	if d.strict, err = th.Truth(strict); err != nil {
		return interp.Value{}, err
	}
	at, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	if at < 0 {
		return interp.Value{}, interp.ValueErrorf("idx cannot be negative")
	}
	whole, _ := interp.AsBool(a[3])
	off := len(d.s)
	if at < doc.Len() {
		off = doc.Offset(at)
	}
	v, end, err := d.decode(off, whole)
	if err != nil {
		return interp.Value{}, err
	}
	return interp.Pair(v, interp.MkInt(int64(d.index(end)))), nil
}

// document returns the text of what loads was given.
func document(th *interp.Thread, v interp.Value) (*interp.Str, *interp.Exc) {
	doc, ok := interp.AsStr(v)
	if ok {
		if strings.HasPrefix(doc.String(), "\uFEFF") {
			return nil, decodeError(th, "Unexpected UTF-8 BOM (decode using utf-8-sig)", doc, 0)
		}
		return doc, nil
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("the JSON object must be str, bytes or bytearray, not %s", interp.TypeName(v))
	}
	text, err := th.Decode(b, encodingOf(b), "surrogatepass")
	if err != nil {
		return nil, err
	}
	doc, _ = interp.AsStr(text)
	return doc, nil
}

func detectEncoding(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, ok := interp.BufferOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[0]))
	}
	return interp.MkStr(encodingOf(b)), nil
}

// encodingOf tells the encoding of a JSON document by its first bytes: the first two characters are
// ASCII, so the places of the zeros say it.
func encodingOf(b []byte) string {
	has := func(prefix string) bool { return strings.HasPrefix(string(b[:min(len(b), 4)]), prefix) }
	zero := func(i int) bool { return b[i] == 0 }
	switch {
	case has("\x00\x00\xFE\xFF") || has("\xFF\xFE\x00\x00"):
		return "utf-32"
	case has("\xFE\xFF") || has("\xFF\xFE"):
		return "utf-16"
	case has("\xEF\xBB\xBF"):
		return "utf-8-sig"
	case len(b) >= 4 && zero(0) && zero(1):
		return "utf-32-be"
	case len(b) >= 4 && zero(0):
		return "utf-16-be"
	case len(b) >= 4 && zero(1) && !zero(2):
		return "utf-16-le"
	case len(b) >= 4 && zero(1) && !zero(3):
		return "utf-16-le"
	case len(b) >= 4 && zero(1):
		return "utf-32-le"
	case len(b) == 2 && zero(0):
		return "utf-16-be"
	case len(b) == 2 && zero(1):
		return "utf-16-le"
	}
	return "utf-8"
}

// decodeError returns a JSONDecodeError for the byte offset at.
func decodeError(th *interp.Thread, msg string, doc *interp.Str, at int) *interp.Exc {
	d := decoder{doc: doc, s: doc.String()}
	v, err := th.Call(class(th, "JSONDecodeError"), interp.MkStr(msg), doc.Value(), interp.MkInt(int64(d.index(at))))
	if err != nil {
		return err
	}
	e, ok := interp.AsExc(v)
	if !ok {
		return interp.ValueErrorf("%s", msg)
	}
	return e
}

func (d *decoder) error(msg string, at int) *interp.Exc { return decodeError(d.th, msg, d.doc, at) }

// index returns the index of the code point at a byte offset.
func (d *decoder) index(off int) int {
	if d.doc.IsASCII() {
		return off
	}
	return interp.NewStr(d.s[:off]).Len()
}

// decode reads a document from offset at on; whole says that nothing may follow it.
func (d *decoder) decode(at int, whole bool) (interp.Value, int, *interp.Exc) {
	if whole {
		at = d.space(at)
	}
	v, end, err := d.value(at)
	if err != nil || !whole {
		return v, end, err
	}
	end = d.space(end)
	if end != len(d.s) {
		return interp.Value{}, 0, d.error("Extra data", end)
	}
	return v, end, nil
}

// space skips whitespace.
func (d *decoder) space(i int) int {
	for i < len(d.s) && (d.s[i] == ' ' || d.s[i] == '\n' || d.s[i] == '\t' || d.s[i] == '\r') {
		i++
	}
	return i
}

// value reads the value that begins at i and returns the offset behind it.
func (d *decoder) value(i int) (interp.Value, int, *interp.Exc) {
	if i >= len(d.s) {
		return interp.Value{}, 0, d.error("Expecting value", i)
	}
	switch c := d.s[i]; c {
	case '"':
		s, end, err := d.text(i)
		if err != nil {
			return interp.Value{}, 0, err
		}
		return interp.CopyText(s), end, nil
	case '{':
		return d.nested(i, "object", d.object)
	case '[':
		return d.nested(i, "array", d.array)
	case 'n':
		if strings.HasPrefix(d.s[i:], "null") {
			return interp.None, i + 4, nil
		}
	case 't':
		if strings.HasPrefix(d.s[i:], "true") {
			return interp.True, i + 4, nil
		}
	case 'f':
		if strings.HasPrefix(d.s[i:], "false") {
			return interp.False, i + 5, nil
		}
	case 'N':
		if strings.HasPrefix(d.s[i:], "NaN") {
			return d.constant("NaN", math.NaN(), i)
		}
	case 'I':
		if strings.HasPrefix(d.s[i:], "Infinity") {
			return d.constant("Infinity", math.Inf(1), i)
		}
	case '-':
		if strings.HasPrefix(d.s[i:], "-Infinity") {
			return d.constant("-Infinity", math.Inf(-1), i)
		}
		return d.number(i)
	default:
		if c >= '0' && c <= '9' {
			return d.number(i)
		}
	}
	return interp.Value{}, 0, d.error("Expecting value", i)
}

func (d *decoder) constant(name string, f float64, i int) (interp.Value, int, *interp.Exc) {
	if d.parseConstant.IsUnbound() {
		return interp.MkFloat(f), i + len(name), nil
	}
	v, err := d.th.Call(d.parseConstant, interp.MkStr(name))
	return v, i + len(name), err
}

// digits skips decimal digits.
func (d *decoder) digits(i int) int {
	for i < len(d.s) && d.s[i] >= '0' && d.s[i] <= '9' {
		i++
	}
	return i
}

func (d *decoder) number(start int) (interp.Value, int, *interp.Exc) {
	i := start
	if d.s[i] == '-' {
		i++
	}
	if i < len(d.s) && d.s[i] == '0' {
		i++
	} else if end := d.digits(i); end > i {
		i = end
	} else {
		return interp.Value{}, 0, d.error("Expecting value", start)
	}
	whole := true
	if i < len(d.s) && d.s[i] == '.' {
		if end := d.digits(i + 1); end > i+1 {
			i, whole = end, false
		}
	}
	if i < len(d.s) && d.s[i]|0x20 == 'e' {
		j := i + 1
		if j < len(d.s) && (d.s[j] == '+' || d.s[j] == '-') {
			j++
		}
		if end := d.digits(j); end > j {
			i, whole = end, false
		}
	}
	v, err := d.numeral(d.s[start:i], whole)
	return v, i, err
}

// numeral returns the value of the text of a number.
func (d *decoder) numeral(text string, whole bool) (interp.Value, *interp.Exc) {
	hook := d.parseFloat
	if whole {
		hook = d.parseInt
	}
	if !hook.IsUnbound() {
		return d.th.Call(hook, interp.MkStr(strings.Clone(text)))
	}
	if !whole {
		f, _ := strconv.ParseFloat(text, 64) // out of range gives an infinity, as it should
		return interp.MkFloat(f), nil
	}
	if len(text) < 19 {
		i, _ := strconv.ParseInt(text, 10, 64)
		return interp.MkInt(i), nil
	}
	return d.th.Int(interp.MkStr(text))
}

// nested reads an object or array, one level deeper.
func (d *decoder) nested(i int, kind string, read func(i int) (interp.Value, int, *interp.Exc)) (interp.Value, int, *interp.Exc) {
	if err := d.th.Descend(" while decoding a JSON " + kind + " from a unicode string"); err != nil {
		return interp.Value{}, 0, err
	}
	v, end, err := read(i + 1)
	d.th.Ascend()
	return v, end, err
}

func (d *decoder) array(i int) (interp.Value, int, *interp.Exc) {
	var items []interp.Value
	if i = d.space(i); i < len(d.s) && d.s[i] == ']' {
		return interp.MkList(nil), i + 1, nil
	}
	for {
		v, end, err := d.value(i)
		if err != nil {
			return interp.Value{}, 0, err
		}
		items = append(items, v)
		i = d.space(end)
		if i < len(d.s) && d.s[i] == ']' {
			return interp.MkList(items), i + 1, nil
		}
		if i >= len(d.s) || d.s[i] != ',' {
			return interp.Value{}, 0, d.error("Expecting ',' delimiter", i)
		}
		i = d.space(i + 1)
	}
}

func (d *decoder) object(i int) (interp.Value, int, *interp.Exc) {
	dict := interp.NewDict()
	var pairs []interp.Value
	if i = d.space(i); i < len(d.s) && d.s[i] == '}' {
		v, err := d.finish(dict, pairs)
		return v, i + 1, err
	}
	for {
		if i >= len(d.s) || d.s[i] != '"' {
			return interp.Value{}, 0, d.error("Expecting property name enclosed in double quotes", i)
		}
		key, end, err := d.key(i)
		if err != nil {
			return interp.Value{}, 0, err
		}
		if i = d.space(end); i >= len(d.s) || d.s[i] != ':' {
			return interp.Value{}, 0, d.error("Expecting ':' delimiter", i)
		}
		v, end, err := d.value(d.space(i + 1))
		if err != nil {
			return interp.Value{}, 0, err
		}
		if d.pairsHook.IsUnbound() {
			dict.SetStr(key, v)
		} else {
			pairs = append(pairs, interp.Pair(key.Value(), v))
		}
		i = d.space(end)
		if i < len(d.s) && d.s[i] == '}' {
			v, err := d.finish(dict, pairs)
			return v, i + 1, err
		}
		if i >= len(d.s) || d.s[i] != ',' {
			return interp.Value{}, 0, d.error("Expecting ',' delimiter", i)
		}
		i = d.space(i + 1)
	}
}

// finish returns what the hooks make of an object.
func (d *decoder) finish(dict *interp.Dict, pairs []interp.Value) (interp.Value, *interp.Exc) {
	switch {
	case !d.pairsHook.IsUnbound():
		return d.th.Call(d.pairsHook, interp.MkList(pairs))
	case !d.objectHook.IsUnbound():
		return d.th.Call(d.objectHook, dict.Value())
	}
	return dict.Value(), nil
}

// key reads a key; equal keys of a document are one object.
func (d *decoder) key(i int) (*interp.Str, int, *interp.Exc) {
	text, end, err := d.text(i)
	if err != nil {
		return nil, 0, err
	}
	if k := d.keys[string(text)]; k != nil {
		return k, end, nil
	}
	if d.keys == nil {
		d.keys = map[string]*interp.Str{}
	}
	k, _ := interp.AsStr(interp.CopyText(text))
	d.keys[k.String()] = k
	return k, end, nil
}

// text reads the string whose quote is at start. The bytes are of the document unless there was an
// escape in it.
func (d *decoder) text(start int) (b []byte, end int, err *interp.Exc) {
	i := start + 1
	from := i // of what is not in b yet
	copied := false
	for {
		for i < len(d.s) && d.s[i] != '"' && d.s[i] != '\\' && (d.s[i] >= ' ' || !d.strict) {
			i++
		}
		if i >= len(d.s) {
			return nil, 0, d.error("Unterminated string starting at", start)
		}
		switch d.s[i] {
		case '"':
			if !copied {
				return interp.TextBytes(d.s[from:i]), i + 1, nil
			}
			return append(b, d.s[from:i]...), i + 1, nil
		case '\\':
			b = append(b, d.s[from:i]...)
			copied = true
			if b, i, err = d.escape(b, i, start); err != nil {
				return nil, 0, err
			}
			from = i
		default:
			return nil, 0, d.error("Invalid control character at", i)
		}
	}
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads the escape sequence at i and returns the offset behind it.
func (d *decoder) escape(b []byte, i, start int) ([]byte, int, *interp.Exc) {
	if i+1 >= len(d.s) {
		return nil, 0, d.error("Unterminated string starting at", start)
	}
	c := d.s[i+1]
	if c != 'u' {
		r, ok := escapes[c]
		if !ok {
			return nil, 0, d.error("Invalid \\escape", i)
		}
		return append(b, r), i + 2, nil
	}
	r, ok := d.unit(i)
	if !ok {
		return nil, 0, d.error("Invalid \\uXXXX escape", i+1)
	}
	i += 6
	if r >= 0xD800 && r < 0xDC00 && strings.HasPrefix(d.s[i:], `\u`) {
		if low, ok := d.unit(i); ok && low >= 0xDC00 && low < 0xE000 {
			return interp.AppendRune(b, (r-0xD800)<<10+(low-0xDC00)+0x10000), i + 6, nil
		}
	}
	return interp.AppendRune(b, r), i, nil
}

// unit reads the four digits of \uXXXX at i.
func (d *decoder) unit(i int) (r rune, ok bool) {
	if i+6 > len(d.s) {
		return 0, false
	}
	for _, c := range []byte(d.s[i+2 : i+6]) {
		x := strings.IndexByte("0123456789abcdefABCDEF", c)
		if x < 0 {
			return 0, false
		}
		if x >= 16 {
			x -= 6
		}
		r = r<<4 | rune(x)
	}
	return r, true
}
