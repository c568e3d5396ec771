package json

// This file defines the encoder: a value as JSON text.

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"aio/interp"
)

// encoder is one encoding under way.
type encoder struct {
	th            *interp.Thread
	out           []byte
	skipKeys      bool
	ensureASCII   bool
	checkCircular bool
	allowNaN      bool
	sortKeys      bool
	pretty        bool   // an indent was given
	indent        string // of one level
	itemSep       string
	keySep        string
	fallback      interp.Value // called with what is not serializable; unbound: an error
	depth         int
	open          []interp.Value // the containers around the current value, to find a circle
}

var encoderOptions = []string{"skipkeys", "ensure_ascii", "check_circular", "allow_nan", "indent", "separators", "default", "sort_keys"}

func dumps(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	obj, cls, options := a[0], a[5], []interp.Value{a[1], a[2], a[3], a[4], a[6], a[7], a[8], a[9]}
	extra, _ := interp.AsDict(a[10])
	if !cls.IsNone() || extra.Len() > 0 {
		if cls.IsNone() {
			cls = class(th, "JSONEncoder")
		}
		enc, err := construct(th, cls, encoderOptions, options, a[10])
		if err != nil {
			return interp.Value{}, err
		}
		return th.CallMethod(enc, "encode", obj)
	}
	e := encoder{th: th, itemSep: ", ", keySep: ": "}
	for i, flag := range []*bool{&e.skipKeys, &e.ensureASCII, &e.checkCircular, &e.allowNaN} {
		b, err := th.Truth(options[i])
		if err != nil {
			return interp.Value{}, err
		}
		*flag = b
	}
	var err *interp.Exc
	if e.sortKeys, err = th.Truth(options[7]); err != nil {
		return interp.Value{}, err
	}
	if err := e.setIndent(options[4]); err != nil {
		return interp.Value{}, err
	}
	if e.pretty {
		e.itemSep = ","
	}
	if !options[5].IsNone() {
		if err := e.setSeparators(options[5]); err != nil {
			return interp.Value{}, err
		}
	}
	if !options[6].IsNone() {
		e.fallback = options[6]
	}
	return e.encode(obj)
}

// encodeWith is JSONEncoder.encode: the options are attributes of the encoder.
func encodeWith(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	e := encoder{th: th}
	for _, option := range []struct {
		name string
		flag *bool
	}{
		{"skipkeys", &e.skipKeys}, {"ensure_ascii", &e.ensureASCII}, {"check_circular", &e.checkCircular},
		{"allow_nan", &e.allowNaN}, {"sort_keys", &e.sortKeys},
	} {
		v, err := th.Attr(a[0], option.name)
		if err != nil {
			return interp.Value{}, err
		}
		if *option.flag, err = th.Truth(v); err != nil {
			return interp.Value{}, err
		}
	}
	var attrs [4]interp.Value
	for i, name := range []string{"indent", "item_separator", "key_separator", "default"} {
		v, err := th.Attr(a[0], name)
		if err != nil {
			return interp.Value{}, err
		}
		attrs[i] = v
	}
	if err := e.setIndent(attrs[0]); err != nil {
		return interp.Value{}, err
	}
	if err := e.setSeparators(interp.Pair(attrs[1], attrs[2])); err != nil {
		return interp.Value{}, err
	}
	e.fallback = attrs[3]
	return e.encode(a[1])
}

func (e *encoder) setIndent(v interp.Value) *interp.Exc {
	if v.IsNone() {
		return nil
	}
	e.pretty = true
	if s, ok := interp.StrOf(v); ok {
		e.indent = s
		return nil
	}
	n, err := e.th.IndexInt(v)
	if err == nil {
		e.indent = strings.Repeat(" ", max(n, 0))
	}
	return err
}

func (e *encoder) setSeparators(v interp.Value) *interp.Exc {
	items, err := e.th.Items(v)
	if err != nil {
		return err
	}
	if len(items) != 2 {
		if len(items) > 2 {
			return interp.ValueErrorf("too many values to unpack (expected 2)")
		}
		return interp.ValueErrorf("not enough values to unpack (expected 2, got %d)", len(items))
	}
	for i, sep := range []*string{&e.itemSep, &e.keySep} {
		s, ok := interp.StrOf(items[i])
		if !ok {
			return interp.TypeErrorf("make_encoder() argument %d must be str, not %s", 6-i, interp.TypeName(items[i]))
		}
		*sep = s
	}
	return nil
}

func (e *encoder) encode(v interp.Value) (interp.Value, *interp.Exc) {
	e.out = make([]byte, 0, 128)
	if err := e.value(v); err != nil {
		return interp.Value{}, err
	}
	return interp.MkText(e.out), nil
}

// value appends v.
func (e *encoder) value(v interp.Value) *interp.Exc {
	if s, ok := interp.StrOf(v); ok {
		e.text(s)
		return nil
	}
	if ok, err := e.scalar(v); ok || err != nil {
		return err
	}
	if l, ok := interp.AsList(v); ok {
		return e.list(v, l.Items)
	}
	if t, ok := interp.AsTuple(v); ok {
		return e.list(v, t.Items)
	}
	if d, ok := interp.AsDict(v); ok {
		return e.dict(v, d)
	}
	return e.other(v)
}

// scalar appends None, bools and numbers.
func (e *encoder) scalar(v interp.Value) (ok bool, err *interp.Exc) {
	if i, ok := interp.AsInt(v); ok {
		e.out = appendInt(e.out, i)
		return true, nil
	}
	if v.IsNone() {
		e.out = append(e.out, "null"...)
		return true, nil
	}
	if b, ok := interp.AsBool(v); ok {
		if b {
			e.out = append(e.out, "true"...)
		} else {
			e.out = append(e.out, "false"...)
		}
		return true, nil
	}
	if f, ok := interp.FloatOf(v); ok {
		return true, e.float(f)
	}
	if i, b, ok := interp.IntOf(v); ok {
		if b == nil {
			e.out = appendInt(e.out, i)
			return true, nil
		}
		s, err := e.th.Repr(interp.MkBig(b))
		e.out = append(e.out, s...)
		return true, err
	}
	return false, nil
}

func (e *encoder) float(f float64) *interp.Exc {
	if !math.IsInf(f, 0) && !math.IsNaN(f) {
		e.out = interp.AppendFloatRepr(e.out, f)
		return nil
	}
	if !e.allowNaN && !e.pretty {
		return interp.ValueErrorf("Out of range float values are not JSON compliant")
	}
	if !e.allowNaN {
		s, err := e.th.Repr(interp.MkFloat(f))
		if err != nil {
			return err
		}
		return interp.ValueErrorf("Out of range float values are not JSON compliant: %s", s)
	}
	switch {
	case math.IsNaN(f):
		e.out = append(e.out, "NaN"...)
	case f > 0:
		e.out = append(e.out, "Infinity"...)
	default:
		e.out = append(e.out, "-Infinity"...)
	}
	return nil
}

// enter notes that v is being encoded.
func (e *encoder) enter(v interp.Value) *interp.Exc {
	if e.checkCircular {
		for _, o := range e.open {
			if interp.Is(o, v) {
				return interp.ValueErrorf("Circular reference detected")
			}
		}
		e.open = append(e.open, v)
	}
	e.depth++
	return e.th.Descend(" while encoding a JSON object")
}

func (e *encoder) leave() {
	if e.checkCircular {
		e.open = e.open[:len(e.open)-1]
	}
	e.depth--
	e.th.Ascend()
}

// newline begins a line of an indented text, by the depth.
func (e *encoder) newline(depth int) {
	if !e.pretty {
		return
	}
	e.out = append(e.out, '\n')
	for range depth {
		e.out = append(e.out, e.indent...)
	}
}

// list appends the items, which encoding one may change.
func (e *encoder) list(v interp.Value, items func() []interp.Value) *interp.Exc {
	if len(items()) == 0 {
		e.out = append(e.out, "[]"...)
		return nil
	}
	if err := e.enter(v); err != nil {
		return err
	}
	defer e.leave()
	e.out = append(e.out, '[')
	for i := 0; i < len(items()); i++ {
		if i > 0 {
			e.out = append(e.out, e.itemSep...)
		}
		e.newline(e.depth)
		if err := e.value(items()[i]); err != nil {
			return err
		}
	}
	e.newline(e.depth - 1)
	e.out = append(e.out, ']')
	return nil
}

func (e *encoder) dict(v interp.Value, d *interp.Dict) *interp.Exc {
	if d.Len() == 0 {
		e.out = append(e.out, "{}"...)
		return nil
	}
	if err := e.enter(v); err != nil {
		return err
	}
	defer e.leave()
	e.out = append(e.out, '{')
	e.newline(e.depth)
	first := true
	member := func(k, x interp.Value) *interp.Exc {
		mark := len(e.out)
		if !first {
			e.out = append(e.out, e.itemSep...)
			e.newline(e.depth)
		}
		ok, err := e.key(k)
		if err != nil || !ok {
			e.out = e.out[:mark]
			return err
		}
		first = false
		e.out = append(e.out, e.keySep...)
		return e.value(x)
	}
	if err := e.members(d, member); err != nil {
		return err
	}
	e.newline(e.depth - 1)
	e.out = append(e.out, '}')
	return nil
}

// members calls f with the items of d, sorted by key when that was asked for.
func (e *encoder) members(d *interp.Dict, f func(k, x interp.Value) *interp.Exc) *interp.Exc {
	if !e.sortKeys {
		for k, x, i, ok := d.Next(0); ok; k, x, i, ok = d.Next(i) {
			if err := f(k, x); err != nil {
				return err
			}
		}
		return nil
	}
	type item struct{ k, x interp.Value }
	var items []item
	for k, x, i, ok := d.Next(0); ok; k, x, i, ok = d.Next(i) {
		items = append(items, item{k, x})
	}
	var failed *interp.Exc
	slices.SortStableFunc(items, func(a, b item) int {
		less, err := e.th.CompareBool(interp.CmpLt, a.k, b.k)
		if err != nil && failed == nil {
			failed = err
		}
		if less || failed != nil {
			return -1
		}
		if more, _ := e.th.CompareBool(interp.CmpLt, b.k, a.k); more {
			return 1
		}
		return 0
	})
	if failed != nil {
		return failed
	}
	for _, it := range items {
		if err := f(it.k, it.x); err != nil {
			return err
		}
	}
	return nil
}

// key appends a key as a string; ok is false for one to skip.
func (e *encoder) key(k interp.Value) (ok bool, err *interp.Exc) {
	if s, ok := interp.StrOf(k); ok {
		e.text(s)
		return true, nil
	}
	e.out = append(e.out, '"')
	if ok, err := e.scalar(k); ok || err != nil {
		e.out = append(e.out, '"')
		return ok, err
	}
	if e.skipKeys {
		return false, nil
	}
	return false, interp.TypeErrorf("keys must be str, int, float, bool or None, not %s", interp.TypeName(k))
}

// other appends what default() makes of a value of another type.
func (e *encoder) other(v interp.Value) *interp.Exc {
	if e.fallback.IsUnbound() {
		return interp.TypeErrorf("Object of type %s is not JSON serializable", interp.TypeName(v))
	}
	if err := e.enter(v); err != nil {
		return err
	}
	defer e.leave()
	x, err := e.th.Call(e.fallback, v)
	if err != nil {
		return err
	}
	e.depth--
	err = e.value(x)
	e.depth++
	return err
}

const lowerHex = "0123456789abcdef"

// text appends a string in quotes.
func (e *encoder) text(s string) {
	b := append(e.out, '"')
	start := 0 // of what is to be copied as it is
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && (c < 0x7F || c >= 0x7F && !e.ensureASCII) {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		r, n := interp.DecodeRune(s[i:])
		b = appendEscape(b, r)
		i += n
		start = i
	}
	b = append(b, s[start:]...)
	e.out = append(b, '"')
}

func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	}
	if r >= 0x10000 {
		r -= 0x10000
		return appendUnit(appendUnit(b, 0xD800+r>>10), 0xDC00+r&0x3FF)
	}
	return appendUnit(b, r)
}

// appendUnit appends \uXXXX.
func appendUnit(b []byte, r rune) []byte {
	return append(b, '\\', 'u', lowerHex[r>>12&15], lowerHex[r>>8&15], lowerHex[r>>4&15], lowerHex[r&15])
}

func appendInt(b []byte, i int64) []byte { return strconv.AppendInt(b, i, 10) }
