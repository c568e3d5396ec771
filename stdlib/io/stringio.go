package io

// This file defines StringIO: text in memory as a file.

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"aio/interp"
)

// stringIO holds its text as UTF-8; pos counts code points, as scripts do.
type stringIO struct {
	b      []byte
	runes  int // in b
	pos    int
	offset int // of pos in b; -1: not known
	// translate makes every line end "\n" when it is written; universal finds lines by all three
	// line ends; else they end with lineEnd.
	translate, universal bool
	lineEnd              string
	closed               bool
}

var stringIOType = interp.NewLibraryType("_io", "StringIO", interp.FileTypes()["TextIOBase"])

// stringMethod is the row function of a method that needs an open StringIO.
func stringMethod(do func(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc)) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		f, err := openStringIO(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		return do(th, f, a)
	}
}

func openStringIO(v interp.Value) (*stringIO, *interp.Exc) {
	f, ok := interp.NativeData[*stringIO](v)
	if !ok || f.closed {
		return nil, closedError()
	}
	return f, nil
}

var stringMethods = []interp.Builtin{
	{Sig: "read(size=-1, /)", Doc: "Read at most size characters, returned as a string.", Fn: stringMethod(stringRead)},
	{Sig: "readline(size=-1, /)", Doc: "Read until newline or EOF.", Fn: stringMethod(stringReadLine)},
	{Sig: "write(s, /)", Doc: "Write string to file.\n\nReturns the number of characters written.", Fn: stringMethod(stringWrite)},
	{Sig: "seek(pos, whence=0, /)", Doc: "Change stream position.", Fn: stringMethod(stringSeek)},
	{Sig: "tell()", Doc: "Tell the current file position.", Fn: stringMethod(func(_ *interp.Thread, f *stringIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		return mkInt(f.pos), nil
	})},
	{Sig: "truncate(pos=None, /)", Doc: "Truncate size to pos.", Fn: stringMethod(stringTruncate)},
	{Sig: "getvalue()", Doc: "Retrieve the entire contents of the object.", Fn: stringMethod(func(_ *interp.Thread, f *stringIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkStr(string(f.b)), nil
	})},
	{Sig: "close()", Doc: "Close the IO object.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if f, ok := interp.NativeData[*stringIO](a[0]); ok {
			f.b, f.closed = nil, true
		}
		return interp.None, nil
	}},
	{Sig: "readable()", Doc: "Returns True if the IO object can be read.", Fn: stringMethod(stringTrue)},
	{Sig: "writable()", Doc: "Returns True if the IO object can be written.", Fn: stringMethod(stringTrue)},
	{Sig: "seekable()", Doc: "Returns True if the IO object can be seeked.", Fn: stringMethod(stringTrue)},
}

func setupStringIO() {
	t := stringIOType
	t.Doc = "Text I/O implementation using an in-memory buffer."
	p := &interp.Protocol{Next: stringNext}
	t.SetInit(p, "StringIO(initial_value='', newline='\\n')", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &stringIO{lineEnd: "\n"})
	}, stringInit)
	closed := interp.GetSet{Name: "closed", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
		f, ok := interp.NativeData[*stringIO](v)
		return interp.MkBool(!ok || f.closed), nil
	}}
	buffering := interp.GetSet{Name: "line_buffering", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
		return interp.False, nil
	}}
	t.Setup(p, stringMethods, []interp.GetSet{closed, buffering})
}

func stringInit(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	f, _ := interp.NativeData[*stringIO](a[0])
	*f = stringIO{lineEnd: "\n"}
	if err := f.setNewline(a[2]); err != nil {
		return interp.Value{}, err
	}
	if a[1].IsNone() {
		return interp.None, nil
	}
	s, ok := interp.StrOf(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("initial_value must be str or None, not %s", interp.TypeName(a[1]))
	}
	f.put(s)
	f.pos, f.offset = 0, 0
	return interp.None, nil
}

func (f *stringIO) setNewline(v interp.Value) *interp.Exc {
	if v.IsNone() {
		f.translate, f.universal = true, true
		return nil
	}
	s, ok := interp.StrOf(v)
	if !ok {
		return interp.TypeErrorf("newline must be str or None, not %s", interp.TypeName(v))
	}
	switch s {
	case "":
		f.universal = true
	case "\n", "\r", "\r\n":
		f.lineEnd = s
	default:
		return interp.ValueErrorf("illegal newline value: '%s'", s)
	}
	return nil
}

func stringTrue(*interp.Thread, *stringIO, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.True, nil
}

// at returns the byte offset of pos, len(b) when pos lies behind the end.
func (f *stringIO) at() int {
	if f.offset < 0 {
		f.offset = runeOffset(f.b, f.pos)
	}
	return f.offset
}

// runeOffset returns the number of bytes of the first n code points of b.
func runeOffset(b []byte, n int) int {
	i := 0
	for ; n > 0 && i < len(b); n-- {
		i++
		for i < len(b) && !utf8.RuneStart(b[i]) {
			i++
		}
	}
	return i
}

func countRunes(b []byte) int {
	n := 0
	for _, c := range b {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

// take returns the next text, up to n bytes.
func (f *stringIO) take(n int) interp.Value {
	i := f.at()
	part := string(f.b[i : i+n])
	v := interp.MkStr(part)
	s, _ := interp.AsStr(v)
	f.pos += s.Len()
	f.offset = i + n
	return v
}

// put writes s at the position.
func (f *stringIO) put(s string) {
	if f.translate {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	} else if f.lineEnd != "\n" {
		s = strings.ReplaceAll(s, "\n", f.lineEnd)
	}
	n := countRunes([]byte(s))
	if n == 0 {
		return
	}
	if gap := f.pos - f.runes; gap > 0 {
		f.b = append(f.b, make([]byte, gap)...)
		f.runes = f.pos
		f.offset = len(f.b)
	}
	i := f.at()
	if i == len(f.b) {
		f.b = append(f.b, s...)
		f.runes += n
	} else {
		replaced := runeOffset(f.b[i:], n)
		f.runes += n - countRunes(f.b[i:i+replaced])
		tail := append([]byte(nil), f.b[i+replaced:]...)
		f.b = append(append(f.b[:i], s...), tail...)
	}
	f.pos += n
	f.offset = i + len(s)
}

func stringRead(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := size(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	rest := f.b[f.at():]
	if n < 0 {
		return f.take(len(rest)), nil
	}
	return f.take(runeOffset(rest, n)), nil
}

// lineLen returns the number of bytes up to the end of the line.
func (f *stringIO) lineLen() int {
	rest := f.b[f.at():]
	if !f.universal || f.translate {
		if i := bytes.Index(rest, []byte(f.lineEnd)); i >= 0 {
			return i + len(f.lineEnd)
		}
		return len(rest)
	}
	i := bytes.IndexAny(rest, "\r\n")
	switch {
	case i < 0:
		return len(rest)
	case rest[i] == '\r' && i+1 < len(rest) && rest[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

func stringReadLine(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := size(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	line := f.lineLen()
	if n >= 0 {
		line = min(line, runeOffset(f.b[f.at():], n))
	}
	return f.take(line), nil
}

func stringNext(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
	f, err := openStringIO(v)
	if err != nil {
		return interp.Value{}, false, err
	}
	n := f.lineLen()
	return f.take(n), n > 0, nil
}

func stringWrite(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc) {
	s, ok := interp.AsStr(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("string argument expected, got '%s'", interp.TypeName(a[1]))
	}
	f.put(s.String())
	return mkInt(s.Len()), nil
}

func stringSeek(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc) {
	pos, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	whence, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case whence < 0 || whence > 2:
		return interp.Value{}, interp.ValueErrorf("Invalid whence (%d, should be 0, 1 or 2)", whence)
	case whence == 0 && pos < 0:
		return interp.Value{}, interp.ValueErrorf("Negative seek position %d", pos)
	case whence != 0 && pos != 0:
		return interp.Value{}, interp.Errorf(interp.OSError, "Can't do nonzero cur-relative seeks")
	case whence == 1:
		pos = f.pos
	case whence == 2:
		pos = f.runes
	}
	f.pos, f.offset = pos, -1
	return mkInt(pos), nil
}

func stringTruncate(th *interp.Thread, f *stringIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n := f.pos
	if !a[1].IsNone() {
		var err *interp.Exc
		if n, err = th.IndexInt(a[1]); err != nil {
			return interp.Value{}, err
		}
	}
	if n < 0 {
		return interp.Value{}, interp.ValueErrorf("Negative size value %d", n)
	}
	if n < f.runes {
		f.b = f.b[:runeOffset(f.b, n)]
		f.runes = n
		f.offset = -1
	}
	return mkInt(n), nil
}
