package interp

// This file defines str.format and format_map, and the formatting of the fields of f-strings.

import (
	"fmt"
	"strconv"
	"strings"

	"aio/interp/compile"
)

func strFormatSpec(th *Thread, v Value, spec string) (string, *Exc) {
	var tmp [64]byte
	buf, err := appendStr(tmp[:0], (*Str)(v.p), spec, typeName(v))
	return string(buf), err
}

// formatValue returns the text of a field of an f-string: conv is one of compile.FormatStr ... or 0;
// spec is a str, unbound when there is none.
func (th *Thread) formatValue(v Value, conv int, spec Value) (Value, *Exc) {
	if conv != 0 {
		var err *Exc
		if v, err = th.convert(v, conv); err != nil {
			return Value{}, err
		}
	}
	if spec.IsUnbound() || (*Str)(spec.p).s == "" {
		if i, ok := AsInt(v); ok {
			return strOfInt(i), nil
		}
		if shapeOf(v) == strShape {
			return v, nil
		}
		s, err := th.Format(v, "")
		if err != nil {
			return Value{}, err
		}
		return MkStr(s), nil
	}
	b, err := th.appendFormatted(th.takeScratch(), v, (*Str)(spec.p).s)
	return th.giveScratch(b, err)
}

// takeScratch returns an empty buffer to make a text in; giveScratch takes it back.
func (th *Thread) takeScratch() []byte {
	b := th.scratch
	th.scratch = nil // whoever formats meanwhile gets another one
	if b == nil {
		b = make([]byte, 0, 128)
	}
	return b[:0]
}

// giveScratch returns the str of what is in b, a buffer of takeScratch, unless there was an error.
func (th *Thread) giveScratch(b []byte, err *Exc) (Value, *Exc) {
	if err != nil {
		return Value{}, err
	}
	v := copyStr(b)
	if cap(b) <= maxScratch {
		th.scratch = b
	}
	return v, nil
}

// maxScratch is the largest buffer that a thread keeps.
const maxScratch = 4096

// convert applies the conversion of a field.
func (th *Thread) convert(v Value, conv int) (Value, *Exc) {
	var s string
	var err *Exc
	switch conv {
	case compile.FormatStr:
		return th.ToStr(v)
	case compile.FormatRepr:
		s, err = th.Repr(v)
	case compile.FormatAscii:
		s, err = th.asciiRepr(v)
	}
	if err != nil {
		return Value{}, err
	}
	return MkStr(s), nil
}

// appendFormatted appends format(v, spec); exact ints, floats and strs go straight into the buffer.
func (th *Thread) appendFormatted(b []byte, v Value, spec string) ([]byte, *Exc) {
	switch shapeOf(v) {
	case strShape:
		if spec == "" {
			return append(b, (*Str)(v.p).s...), nil
		}
		return appendStr(b, (*Str)(v.p), spec, "str")
	case intShape:
		if spec == "" || spec == "d" {
			i, _ := AsInt(v)
			return strconv.AppendInt(b, i, 10), nil
		}
		return th.appendInt(b, v, spec)
	case floatShape:
		if spec != "" {
			return appendFloatFormat(b, v, spec)
		}
	}
	s, err := th.Format(v, spec)
	return append(b, s...), err
}

func strFormat(th *Thread, a []Value) (Value, *Exc) {
	f := fieldFormatter{th: th, args: (*Tuple)(a[1].p).a, hasArgs: true, kwargs: a[2]}
	return f.run((*Str)(a[0].p).s)
}

func strFormatMap(th *Thread, a []Value) (Value, *Exc) {
	f := fieldFormatter{th: th, kwargs: a[1]}
	return f.run((*Str)(a[0].p).s)
}

// fieldFormatter is one str.format under way.
type fieldFormatter struct {
	th        *Thread
	args      []Value
	hasArgs   bool  // false for format_map, which has no positional fields
	kwargs    Value // a dict, or the mapping of format_map
	next      int   // the index of the next {}
	numbering byte  // 'a' after {}, 'm' after {0}, 0 before either
}

func (f *fieldFormatter) run(text string) (Value, *Exc) {
	b, err := f.expand(f.th.takeScratch(), text, 2)
	return f.th.giveScratch(b, err)
}

// expand appends text with its fields replaced; depth is how deep fields can stand in one another.
func (f *fieldFormatter) expand(b []byte, text string, depth int) ([]byte, *Exc) {
	if depth <= 0 {
		return nil, ValueErrorf("Max string recursion exceeded")
	}
	for {
		i := 0
		for i < len(text) && text[i] != '{' && text[i] != '}' {
			i++
		}
		b = append(b, text[:i]...)
		if i == len(text) {
			return b, nil
		}
		c := text[i]
		text = text[i+1:]
		if text != "" && text[0] == c {
			b = append(b, c)
			text = text[1:]
			continue
		}
		if c == '}' || text == "" {
			return nil, ValueErrorf("Single '%c' encountered in format string", c)
		}
		field, rest, err := parseField(text)
		if err != nil {
			return nil, err
		}
		if b, err = f.render(b, &field, depth); err != nil {
			return nil, err
		}
		text = rest
	}
}

// replacementField is what stands between braces.
type replacementField struct {
	name   string
	conv   rune // 0 without one
	spec   string
	nested bool // the spec has fields itself
}

// parseField reads a field up to its closing brace and returns the text behind it.
func parseField(s string) (f replacementField, rest string, err *Exc) {
	i := 0
	c := byte(0)
scan:
	for i < len(s) {
		c = s[i]
		i++
		switch c {
		case '{':
			return f, "", ValueErrorf("unexpected '{' in field name")
		case '[':
			for i < len(s) && s[i] != ']' {
				i++
			}
		case '}', ':', '!':
			break scan
		}
	}
	switch c {
	case '}', ':', '!':
		f.name = s[:i-1]
	default:
		return f, "", ValueErrorf("expected '}' before end of string")
	}
	if c == '}' {
		return f, s[i:], nil
	}
	if c == '!' {
		if i >= len(s) {
			return f, "", ValueErrorf("end of string while looking for conversion specifier")
		}
		r, n := decodeRune(s[i:])
		f.conv = r
		i += n
		if i < len(s) {
			i++
			if s[i-1] == '}' {
				return f, s[i:], nil
			}
			if s[i-1] != ':' {
				return f, "", ValueErrorf("expected ':' after conversion specifier")
			}
		}
	}
	start, open := i, 1
	for ; i < len(s); i++ {
		switch s[i] {
		case '{':
			f.nested = true
			open++
		case '}':
			if open--; open == 0 {
				f.spec = s[start:i]
				return f, s[i+1:], nil
			}
		}
	}
	return f, "", ValueErrorf("unmatched '{' in format spec")
}

// render appends the text of a field.
func (f *fieldFormatter) render(b []byte, field *replacementField, depth int) ([]byte, *Exc) {
	v, err := f.lookup(field.name)
	if err != nil {
		return nil, err
	}
	switch field.conv {
	case 0:
	case 's':
		v, err = f.th.convert(v, compile.FormatStr)
	case 'r':
		v, err = f.th.convert(v, compile.FormatRepr)
	case 'a':
		v, err = f.th.convert(v, compile.FormatAscii)
	default:
		if field.conv > 32 && field.conv < 127 {
			return nil, ValueErrorf("Unknown conversion specifier %c", field.conv)
		}
		return nil, ValueErrorf("Unknown conversion specifier \\x%x", field.conv)
	}
	if err != nil {
		return nil, err
	}
	spec := field.spec
	if field.nested {
		expanded, err := f.expand(nil, spec, depth-1)
		if err != nil {
			return nil, err
		}
		spec = bytesText(expanded)
	}
	return f.th.appendFormatted(b, v, spec)
}

// lookup returns the value of a field name: an argument, then attributes and items of it.
func (f *fieldFormatter) lookup(name string) (Value, *Exc) {
	end := fieldHead(name)
	v, err := f.argument(name[:end])
	for rest := name[end:]; rest != "" && err == nil; {
		var part string
		kind := rest[0]
		if part, rest, err = fieldPart(rest); err == nil {
			v, err = f.member(v, kind, part)
		}
	}
	return v, err
}

// fieldHead returns where the first attribute or item of a name begins.
func fieldHead(name string) int {
	if i := strings.IndexAny(name, ".["); i >= 0 {
		return i
	}
	return len(name)
}

// fieldPart reads the attribute or item that the rest of a name begins with.
func fieldPart(s string) (part, rest string, err *Exc) {
	kind := s[0]
	s = s[1:]
	switch kind {
	case '.':
		end := fieldHead(s)
		part, rest = s[:end], s[end:]
	case '[':
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", "", ValueErrorf("Missing ']' in format string")
		}
		part, rest = s[:end], s[end+1:]
	default:
		return "", "", ValueErrorf("Only '.' or '[' may follow ']' in format field specifier")
	}
	if part == "" {
		return "", "", ValueErrorf("Empty attribute in format string")
	}
	return part, rest, nil
}

func (f *fieldFormatter) member(v Value, kind byte, name string) (Value, *Exc) {
	if kind == '.' {
		return f.th.Attr(v, name)
	}
	i, isInt, err := fieldIndex(name)
	if err != nil {
		return Value{}, err
	}
	if isInt {
		return f.th.GetItem(v, MkInt(int64(i)))
	}
	return f.th.GetItem(v, MkStr(name))
}

// fieldIndex reads a name that is a number.
func fieldIndex(name string) (i int, isInt bool, err *Exc) {
	i, rest, err := specNumber(name)
	return i, err == nil && i >= 0 && rest == "", err
}

// argument returns the argument that a field begins with: by number, by name, or the next one.
func (f *fieldFormatter) argument(name string) (Value, *Exc) {
	i, isInt, err := fieldIndex(name)
	if err != nil {
		return Value{}, err
	}
	if !isInt && name != "" {
		if f.kwargs.IsUnbound() {
			return Value{}, KeyErrorOf(MkStr(name))
		}
		return f.th.GetItem(f.kwargs, MkStr(name))
	}
	numbering := byte('m')
	if name == "" {
		numbering = 'a'
		i = f.next
		f.next++
	}
	if f.numbering == 0 {
		f.numbering = numbering
	}
	if f.numbering != numbering {
		kinds := [2]string{"automatic field numbering", "manual field specification"}
		if f.numbering == 'm' {
			kinds[0], kinds[1] = kinds[1], kinds[0]
		}
		return Value{}, ValueErrorf("cannot switch from %s to %s", kinds[0], kinds[1])
	}
	if !f.hasArgs {
		return Value{}, ValueErrorf("Format string contains positional fields")
	}
	if i >= len(f.args) {
		return Value{}, NewExc(IndexError, MkStr(fmt.Sprintf("Replacement index %d out of range for positional args tuple", i)))
	}
	return f.args[i], nil
}

// FormatField is a part of a format string: literal text, and the field behind it when Present.
type FormatField struct {
	Literal, Name, Spec string
	Conv                rune // 0 without one
	Present             bool
}

// ParseFormat cuts a format string as str.format does. Errors: ValueError.
func ParseFormat(text string) ([]FormatField, *Exc) {
	var fields []FormatField
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			return append(fields, FormatField{Literal: text}), nil
		}
		c, rest := text[i], text[i+1:]
		if rest != "" && rest[0] == c {
			fields = append(fields, FormatField{Literal: text[:i+1]})
			text = rest[1:]
			continue
		}
		if c == '}' || rest == "" {
			return nil, ValueErrorf("Single '%c' encountered in format string", c)
		}
		f, behind, err := parseField(rest)
		if err != nil {
			return nil, err
		}
		fields = append(fields, FormatField{text[:i], f.name, f.spec, f.conv, true})
		text = behind
	}
	return fields, nil
}

// FieldPart is an attribute or item in the name of a field; Index is its number when it is one, else
// -1.
type FieldPart struct {
	Attr  bool
	Name  string
	Index int
}

// SplitField cuts the name of a field: what it begins with, and the attributes and items behind it.
func SplitField(name string) (first string, parts []FieldPart, err *Exc) {
	end := fieldHead(name)
	for rest := name[end:]; rest != ""; {
		var part string
		attr := rest[0] == '.'
		if part, rest, err = fieldPart(rest); err != nil {
			return "", nil, err
		}
		i, isInt, err := fieldIndex(part)
		if err != nil {
			return "", nil, err
		}
		if attr || !isInt {
			i = -1
		}
		parts = append(parts, FieldPart{attr, part, i})
	}
	return name[:end], parts, nil
}
