package interp

// This file defines UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError.

import "fmt"

// NewUnicodeDecodeError returns the exception for bytes [start, end) of object, which encoding cannot
// decode.
func NewUnicodeDecodeError(encoding string, object Value, start, end int, reason string) *Exc {
	return NewExc(UnicodeDecodeError, MkStr(encoding), object, MkInt(int64(start)), MkInt(int64(end)), MkStr(reason))
}

// NewUnicodeEncodeError returns the exception for characters [start, end) of object, which encoding
// cannot encode.
func NewUnicodeEncodeError(encoding string, object Value, start, end int, reason string) *Exc {
	return NewExc(UnicodeEncodeError, MkStr(encoding), object, MkInt(int64(start)), MkInt(int64(end)), MkStr(reason))
}

func fillUnicodeDecode(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	return fillUnicode(th, e, kwnames, "sbnns")
}

func fillUnicodeEncode(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	return fillUnicode(th, e, kwnames, "ssnns")
}

func fillUnicodeTranslate(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	return fillUnicode(th, e, kwnames, "snns")
}

// fillUnicode checks and stores the arguments; kinds has a letter for each: str, bytes, number.
func fillUnicode(th *Thread, e *Exc, kwnames []*Str, kinds string) *Exc {
	if err := e.noKeywords(kwnames); err != nil {
		return err
	}
	a := e.args.a
	if len(a) != len(kinds) {
		return TypeErrorf("function takes exactly %d arguments (%d given)", len(kinds), len(a))
	}
	fields := append([]Value(nil), a...)
	for i, v := range a {
		switch kinds[i] {
		case 's':
			if _, ok := AsStr(v); !ok {
				return TypeErrorf("argument %d must be str, not %s", i+1, typeName(v))
			}
		case 'b':
			if l := TypeOf(v).layout; l != layoutBytes && l != layoutByteArray {
				return TypeErrorf("a bytes-like object is required, not '%s'", typeName(v))
			}
		case 'n':
			n, err := th.IndexInt(v)
			if err != nil {
				return err
			}
			fields[i] = MkInt(int64(n))
		}
	}
	e.fields = fields
	return nil
}

// unicodeRange returns the fields start and end, which may lie outside of the object.
func (e *Exc) unicodeRange() (start, end int) {
	s, _ := AsInt(e.field("start"))
	t, _ := AsInt(e.field("end"))
	return int(s), int(t)
}

func strUnicodeDecode(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	if len(e.fields) == 0 {
		return "", nil
	}
	encoding, reason, err := e.unicodeTexts(th)
	if err != nil {
		return "", err
	}
	b, ok := BufferOf(e.field("object"))
	if !ok {
		return "", TypeErrorf("object attribute must be bytes")
	}
	start, end := e.unicodeRange()
	if end == start+1 && start >= 0 && start < len(b) {
		return fmt.Sprintf("'%s' codec can't decode byte 0x%02x in position %d: %s", encoding, b[start], start, reason), nil
	}
	return fmt.Sprintf("'%s' codec can't decode bytes in position %d-%d: %s", encoding, start, end-1, reason), nil
}

func (e *Exc) unicodeTexts(th *Thread) (encoding, reason string, err *Exc) {
	if encoding, err = th.Str(e.field("encoding")); err != nil {
		return "", "", err
	}
	reason, err = th.Str(e.field("reason"))
	return encoding, reason, err
}

func strUnicodeEncode(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	if len(e.fields) == 0 {
		return "", nil
	}
	encoding, _, err := e.unicodeTexts(th)
	if err != nil {
		return "", err
	}
	return e.unencodable(th, fmt.Sprintf("'%s' codec can't encode", encoding))
}

func strUnicodeTranslate(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	if len(e.fields) == 0 {
		return "", nil
	}
	return e.unencodable(th, "can't translate")
}

// unencodable returns the text about characters of a str.
func (e *Exc) unencodable(th *Thread, what string) (string, *Exc) {
	_, reason, err := e.unicodeTexts(th)
	if err != nil {
		return "", err
	}
	s, ok := AsStr(e.field("object"))
	if !ok {
		return "", TypeErrorf("object attribute must be unicode")
	}
	start, end := e.unicodeRange()
	if end != start+1 || start < 0 || start >= s.Len() {
		return fmt.Sprintf("%s characters in position %d-%d: %s", what, start, end-1, reason), nil
	}
	r, _ := decodeRune(s.Slice(start, start+1))
	format := `\U%08x`
	if r <= 0xff {
		format = `\x%02x`
	} else if r <= 0xffff {
		format = `\u%04x`
	}
	return fmt.Sprintf("%s character '"+format+"' in position %d: %s", what, r, start, reason), nil
}
