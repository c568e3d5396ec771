package interp

// This file defines textFile and TextIOWrapper: text over a byteFile, with encodings and newlines.

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// textFile reads and writes text. Lines are found in the bytes of the buffer, which all encodings but
// the wide ones allow, and are decoded one by one: so the position is always that of the bytes taken.
type textFile struct {
	f        *byteFile
	buffer   Value  // f as scripts see it
	mode     Value  // unbound: none
	encoding string // as it was asked for
	codec    string // the same by its first name
	errors   string
	// translate makes every line end "\n" on reading; universal finds lines by "\n", "\r" and "\r\n";
	// else they end with lineEnd.
	translate, universal bool
	lineEnd              string
	writeEnd             string // what "\n" is written as
	lineBuffering        bool
	writeThrough         bool
	decoded              bool // of a wide encoding: the buffer of f holds UTF-8 already
	begun                bool // something was written: no byte order mark any more
	seen                 lineEnds
}

// lineEnds is the set of line ends that were read.
type lineEnds uint8

const (
	seenLF lineEnds = 1 << iota
	seenCR
	seenCRLF
)

var textIOWrapperType = NewLibraryType("_io", "TextIOWrapper", textIOBaseType)

// newTextFile returns a textFile; encoding and newline are None or str.
func (th *Thread) newTextFile(f *byteFile, buffer, encoding, errs, newline Value) (*textFile, *Exc) {
	t := &textFile{f: f, buffer: buffer, encoding: "UTF-8", errors: "strict"}
	if !encoding.IsNone() {
		s, ok := StrOf(encoding)
		if !ok {
			return nil, TypeErrorf("open() argument 'encoding' must be str or None, not %s", typeName(encoding))
		}
		if t.encoding = s; s == "locale" {
			t.encoding = "UTF-8"
		}
	}
	if !errs.IsNone() {
		s, ok := StrOf(errs)
		if !ok {
			return nil, TypeErrorf("open() argument 'errors' must be str or None, not %s", typeName(errs))
		}
		t.errors = s
	}
	c, _, err := th.findCodec(t.encoding)
	if err != nil {
		return nil, err
	}
	t.codec = t.encoding
	if c != nil {
		t.codec = c.id
	}
	return t, t.setNewline(newline)
}

func (t *textFile) setNewline(v Value) *Exc {
	t.translate, t.universal, t.lineEnd, t.writeEnd = false, false, "\n", "\n"
	if v.IsNone() {
		t.translate, t.universal = true, true
		return nil
	}
	s, ok := StrOf(v)
	if !ok {
		return TypeErrorf("open() argument 'newline' must be str or None, not %s", typeName(v))
	}
	switch s {
	case "":
		t.universal = true
	case "\n", "\r", "\r\n":
		t.lineEnd, t.writeEnd = s, s
	default:
		return ValueErrorf("illegal newline value: %s", s)
	}
	return nil
}

// isWide reports whether line ends cannot be found in the bytes.
func (t *textFile) isWide() bool {
	return strings.HasPrefix(t.codec, "utf-16") || strings.HasPrefix(t.codec, "utf-32") || t.codec == "utf-8-sig"
}

// isPlain reports whether text is written as it is.
func (t *textFile) isPlain() bool {
	return t.codec == "utf-8" && t.errors == "strict" && t.writeEnd == "\n" && !t.f.isClosed
}

// fill reads more into the buffer; false at the end. Text that is not valid shows itself here, before
// its line is reached, as in CPython, which decodes by the buffer.
func (t *textFile) fill(th *Thread) (bool, *Exc) {
	if t.isWide() {
		return t.fillDecoded(th)
	}
	old := len(t.f.unread())
	more, err := t.f.fill()
	if err != nil || !more || t.codec != "utf-8" || t.errors != "strict" {
		return more, err
	}
	b := t.f.unread()
	start := old - incompleteTail(b[:old])
	b = b[start:]
	if part := b[:len(b)-incompleteTail(b)]; !utf8.Valid(part) {
		_, err = th.Decode(b, t.codec, t.errors)
	}
	return true, err
}

// fillDecoded reads the whole rest of a file in a wide encoding.
func (t *textFile) fillDecoded(th *Thread) (bool, *Exc) {
	b, err := t.f.readAll()
	if err != nil || t.decoded || len(b) == 0 {
		t.f.buf = b
		return false, err
	}
	t.decoded = true
	v, err := th.Decode(b, t.codec, t.errors)
	if err != nil {
		return false, err
	}
	text, _ := StrOf(v)
	t.f.buf, t.f.pos = []byte(text), 0
	return true, nil
}

// incompleteTail returns how many bytes at the end begin a character that goes on behind them.
func incompleteTail(b []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(b)); n++ {
		if c := b[len(b)-n]; c >= 0xC0 {
			if runeLen(c) > n {
				return n
			}
			return 0
		} else if c < 0x80 {
			return 0
		}
	}
	return 0
}

// text decodes bytes that were taken from the buffer.
func (t *textFile) text(th *Thread, b []byte) (Value, *Exc) {
	if t.decoded || t.codec == "utf-8" && utf8.Valid(b) {
		return copyStr(b), nil
	}
	return th.Decode(b, t.codec, t.errors)
}

// endOfLine returns the end of the first line of b, of which the first from bytes hold none; 0 when it
// is not in b.
func (t *textFile) endOfLine(b []byte, from int, eof bool) int {
	if !t.universal {
		if len(t.lineEnd) == 2 && from > 0 {
			from--
		}
		if i := bytes.Index(b[from:], []byte(t.lineEnd)); i >= 0 {
			return from + i + len(t.lineEnd)
		}
		return 0
	}
	end := bytes.IndexByte(b[from:], '\n')
	line := b[from:]
	if end >= 0 {
		line = line[:end]
	}
	if cr := bytes.IndexByte(line, '\r'); cr >= 0 {
		at := from + cr + 1
		switch {
		case at < len(b) && b[at] == '\n':
			t.seen |= seenCRLF
			return at + 1
		case at < len(b) || eof:
			t.seen |= seenCR
			return at
		}
		return 0
	}
	if end < 0 {
		return 0
	}
	t.seen |= seenLF
	return from + end + 1
}

// readLine reads a line, at most limit characters of it when limit is not negative.
func (t *textFile) readLine(th *Thread, limit int) (Value, *Exc) {
	if err := t.f.flush(); err != nil {
		return Value{}, err
	}
	end, seen := 0, 0
	for {
		b := t.f.unread()
		if end = t.endOfLine(b, seen, false); end > 0 {
			break
		}
		if seen = len(b); seen > 0 && t.universal && b[seen-1] == '\r' {
			seen--
		}
		if limit >= 0 && len(b) >= limit*utf8.UTFMax {
			end = len(b)
			break
		}
		more, err := t.fill(th)
		if err != nil {
			return Value{}, err
		}
		if !more {
			b = t.f.unread()
			if end = t.endOfLine(b, seen, true); end == 0 {
				end = len(b)
			}
			break
		}
	}
	line := t.f.unread()[:end]
	if limit >= 0 {
		line = line[:t.charsOffset(line, limit)]
	}
	t.f.pos += len(line)
	if n := len(line); t.translate && n > 0 {
		if line[n-1] == '\r' {
			line = append(line[:n-1:n-1], '\n')
		} else if n > 1 && line[n-2] == '\r' {
			line = append(line[:n-2:n-2], '\n')
		}
	}
	return t.text(th, line)
}

// charsOffset returns the number of bytes of the first n characters of b, or all.
func (t *textFile) charsOffset(b []byte, n int) int {
	if !t.decoded && t.codec != "utf-8" {
		return min(n, len(b))
	}
	i := 0
	for ; n > 0 && i < len(b); n-- {
		i = min(i+runeLen(b[i]), len(b))
	}
	return i
}

// readAll reads the rest of the file.
func (t *textFile) readAll(th *Thread) (Value, *Exc) {
	if t.isWide() {
		if _, err := t.fill(th); err != nil {
			return Value{}, err
		}
	}
	b, err := t.f.readAll()
	if err != nil {
		return Value{}, err
	}
	return t.text(th, t.unifyLines(b))
}

// unifyLines makes every line end "\n" when the file says so.
func (t *textFile) unifyLines(b []byte) []byte {
	if !t.universal {
		return b
	}
	cr := bytes.Count(b, []byte("\r"))
	lf := bytes.Count(b, []byte("\n"))
	crlf := 0
	if cr > 0 {
		crlf = bytes.Count(b, []byte("\r\n"))
	}
	for _, kind := range []struct {
		count int
		seen  lineEnds
	}{{lf - crlf, seenLF}, {cr - crlf, seenCR}, {crlf, seenCRLF}} {
		if kind.count > 0 {
			t.seen |= kind.seen
		}
	}
	if !t.translate || cr == 0 {
		return b
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
}

// readN reads n characters, or fewer at the end.
func (t *textFile) readN(th *Thread, n int) (Value, *Exc) {
	if err := t.f.flush(); err != nil {
		return Value{}, err
	}
	var out []byte
	for n > 0 {
		b := t.f.unread()
		if need := t.needsMore(b); need {
			more, err := t.fill(th)
			if err != nil {
				return Value{}, err
			}
			if b = t.f.unread(); !more && len(b) == 0 {
				break
			}
		}
		size := 1
		if t.decoded || t.codec == "utf-8" {
			size = min(runeLen(b[0]), len(b))
		}
		c := b[:size]
		if t.universal && c[0] == '\r' {
			if t.seen |= seenCR; len(b) > 1 && b[1] == '\n' {
				t.seen |= seenCRLF
				if t.translate {
					size = 2
				}
			}
			if t.translate {
				c = []byte("\n")
			}
		}
		out = append(out, c...)
		t.f.pos += size
		n--
	}
	return t.text(th, out)
}

// needsMore reports whether the first character of b is not in it entirely.
func (t *textFile) needsMore(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	if b[0] == '\r' {
		return t.translate && len(b) == 1
	}
	return t.codec == "utf-8" && len(b) < runeLen(b[0])
}

// write writes text.
func (t *textFile) write(th *Thread, s *Str) *Exc {
	text := s.s
	if t.writeEnd != "\n" {
		text = strings.ReplaceAll(text, "\n", t.writeEnd)
	}
	b := textBytes(text)
	if t.codec != "utf-8" || strings.IndexByte(text, 0xED) >= 0 {
		codec := t.codec
		if t.begun { // the mark stands at the beginning only
			codec = map[string]string{"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}[codec]
			if codec == "" {
				codec = t.codec
			}
		}
		var err *Exc
		if b, err = th.Encode(NewStr(text), codec, t.errors); err != nil {
			return err
		}
	}
	t.begun = true
	if err := t.f.put(b); err != nil {
		return err
	}
	if t.writeThrough || t.lineBuffering && strings.ContainsAny(text, "\n\r") {
		return t.f.flush()
	}
	return nil
}

// asTextFile returns the file of a text file object. Errors: ValueError when it is closed.
func asTextFile(v Value) (*textFile, *Exc) {
	t, ok := NativeData[*textFile](v)
	if !ok {
		return nil, ValueErrorf("I/O operation on uninitialized object")
	}
	if t.f == nil {
		return nil, ValueErrorf("underlying buffer has been detached")
	}
	if t.f.isClosed {
		return nil, ValueErrorf("I/O operation on closed file.")
	}
	return t, nil
}

func readableText(v Value) (*textFile, *Exc) {
	t, err := asTextFile(v)
	if err == nil && !t.f.read {
		err = unsupported("not readable")
	}
	return t, err
}

// withTextFile is the row function of a method that needs an open text file.
func withTextFile(do func(th *Thread, t *textFile, a []Value) (Value, *Exc)) BuiltinFunc {
	return func(th *Thread, a []Value) (Value, *Exc) {
		t, err := asTextFile(a[0])
		if err != nil {
			return Value{}, err
		}
		return do(th, t, a)
	}
}

var textFileMethods = []Builtin{
	{"read(size=-1, /)", "Read at most size characters; all of them when size is negative or None.", textRead},
	{"readline(size=-1, /)", "Read until newline or EOF.", func(th *Thread, a []Value) (Value, *Exc) {
		t, err := readableText(a[0])
		if err != nil {
			return Value{}, err
		}
		n, err := th.sizeArg(a[1])
		if err != nil {
			return Value{}, err
		}
		return t.readLine(th, n)
	}},
	{"readlines(hint=-1, /)", "Return a list of lines from the stream.", baseReadLines},
	{"write(text, /)", "Write text to the stream and return the number of characters written.", textWrite},
	{"seek(cookie, whence=0, /)", "Change the position to one that tell() returned, to the start or to the end.", textSeek},
	{"tell()", "Return the current position.", withTextFile(func(th *Thread, t *textFile, a []Value) (Value, *Exc) {
		if !t.f.seek {
			return Value{}, unsupported("underlying stream is not seekable")
		}
		n, err := t.f.tell()
		return MkInt(n), err
	})},
	{"truncate(pos=None, /)", "Change the size of the file, by default to the current position, and return it.", withTextFile(func(th *Thread, t *textFile, a []Value) (Value, *Exc) {
		return fileTruncate(th, []Value{t.buffer, a[1]})
	})},
	{"flush()", "Write out what is in the buffer.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) {
		return None, t.f.flush()
	})},
	{"close()", "Flush and close the file.", func(_ *Thread, a []Value) (Value, *Exc) {
		if t, ok := NativeData[*textFile](a[0]); ok && t.f != nil {
			return None, t.f.close()
		}
		return None, nil
	}},
	{"detach()", "Separate the underlying buffer from the object and return it.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) {
		err := t.f.flush()
		t.f = nil
		return t.buffer, err
	})},
	{"reconfigure(*, encoding=None, errors=None, newline=?, line_buffering=None, write_through=None)", "Reconfigure the text stream with new parameters.\n\nThis also does an implicit stream flush.", textReconfigure},
	{"fileno()", "Return the underlying file descriptor.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) { return t.f.fileno() })},
	{"isatty()", "Return whether this is connected to a terminal.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) {
		return MkBool(isTerminal(t.f.raw)), nil
	})},
	{"readable()", "Return whether the file can be read.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) { return MkBool(t.f.read), nil })},
	{"writable()", "Return whether the file can be written.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) { return MkBool(t.f.write), nil })},
	{"seekable()", "Return whether the position can be changed.", withTextFile(func(_ *Thread, t *textFile, _ []Value) (Value, *Exc) { return MkBool(t.f.seek), nil })},
}

// textAttr is a computed attribute of a text file, closed or not.
func textAttr(name string, get func(t *textFile) Value) GetSet {
	return GetSet{Name: name, Get: func(_ *Thread, v Value) (Value, *Exc) {
		t, ok := NativeData[*textFile](v)
		if !ok {
			return Value{}, ValueErrorf("I/O operation on uninitialized object")
		}
		x := get(t)
		if x.IsUnbound() {
			return Value{}, AttributeErrorf(v, name, "'%s' object has no attribute '%s'", TypeOf(v).qualifiedName(), name)
		}
		return x, nil
	}}
}

var textFileAttrs = []GetSet{
	textAttr("closed", func(t *textFile) Value { return MkBool(t.f != nil && t.f.isClosed) }),
	textAttr("buffer", func(t *textFile) Value { return t.buffer }),
	textAttr("encoding", func(t *textFile) Value { return MkStr(t.encoding) }),
	textAttr("errors", func(t *textFile) Value { return MkStr(t.errors) }),
	textAttr("line_buffering", func(t *textFile) Value { return MkBool(t.lineBuffering) }),
	textAttr("write_through", func(t *textFile) Value { return MkBool(t.writeThrough) }),
	textAttr("newlines", (*textFile).newlines),
	textAttr("name", func(t *textFile) Value {
		if t.f == nil {
			return Value{}
		}
		return t.f.name
	}),
	{Name: "mode", Get: func(_ *Thread, v Value) (Value, *Exc) {
		t, ok := NativeData[*textFile](v)
		if !ok || t.mode.IsUnbound() {
			return Value{}, AttributeErrorf(v, "mode", "'%s' object has no attribute 'mode'", TypeOf(v).qualifiedName())
		}
		return t.mode, nil
	}, Set: func(_ *Thread, v, x Value) *Exc {
		if t, ok := NativeData[*textFile](v); ok {
			t.mode = x
		}
		return nil
	}},
}

func (t *textFile) newlines() Value {
	var found []Value
	for _, kind := range []struct {
		seen lineEnds
		text string
	}{{seenCR, "\r"}, {seenLF, "\n"}, {seenCRLF, "\r\n"}} {
		if t.seen&kind.seen != 0 {
			found = append(found, MkStr(kind.text))
		}
	}
	switch len(found) {
	case 0:
		return None
	case 1:
		return found[0]
	}
	return MkTuple(found)
}

func setupTextFile(t *Type) {
	t.Doc = "Character and line based layer over a BufferedIOBase object, buffer."
	t.proto = &Protocol{Repr: textRepr, Iter: baseIter, Next: textNext}
	t.rows, t.getset = textFileMethods, textFileAttrs
	t.SetInit(t.proto, "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", newEmptyFile, textInit)
}

// textInit is TextIOWrapper.__init__.
func textInit(th *Thread, a []Value) (Value, *Exc) {
	f, err := th.fileOver(a[1])
	if err != nil {
		return Value{}, err
	}
	t, err := th.newTextFile(f, a[1], a[2], a[3], a[4])
	if err != nil {
		return Value{}, err
	}
	if t.lineBuffering, err = th.Truth(a[5]); err != nil {
		return Value{}, err
	}
	if t.writeThrough, err = th.Truth(a[6]); err != nil {
		return Value{}, err
	}
	return None, setFile(a[0], t)
}

func textRepr(th *Thread, v Value) (string, *Exc) {
	t, ok := NativeData[*textFile](v)
	if !ok {
		return "<_io.TextIOWrapper>", nil
	}
	text := "<" + TypeOf(v).qualifiedName()
	if t.f != nil && !t.f.name.IsUnbound() {
		r, err := th.Repr(t.f.name)
		if err != nil {
			return "", err
		}
		text += " name=" + r
	}
	if !t.mode.IsUnbound() {
		r, err := th.Repr(t.mode)
		if err != nil {
			return "", err
		}
		text += " mode=" + r
	}
	return text + " encoding='" + t.encoding + "'>", nil
}

func textRead(th *Thread, a []Value) (Value, *Exc) {
	t, err := readableText(a[0])
	if err != nil {
		return Value{}, err
	}
	n, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	if n < 0 {
		return t.readAll(th)
	}
	return t.readN(th, n)
}

func textNext(th *Thread, v Value) (Value, bool, *Exc) {
	if TypeOf(v).flags&flagHeap != 0 {
		return baseNext(th, v)
	}
	t, err := readableText(v)
	if err != nil {
		return Value{}, false, err
	}
	line, err := t.readLine(th, -1)
	if err != nil {
		return Value{}, false, err
	}
	return line, (*Str)(line.p).s != "", nil
}

func textWrite(th *Thread, a []Value) (Value, *Exc) {
	t, err := asTextFile(a[0])
	if err != nil {
		return Value{}, err
	}
	s, ok := AsStr(a[1])
	if !ok {
		return Value{}, TypeErrorf("write() argument must be str, not %s", typeName(a[1]))
	}
	if !t.f.write {
		return Value{}, unsupported("not writable")
	}
	return MkInt(int64(s.Len())), t.write(th, s)
}

func textSeek(th *Thread, a []Value) (Value, *Exc) {
	t, err := asTextFile(a[0])
	if err != nil {
		return Value{}, err
	}
	offset, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	whence, err := th.IndexInt(a[2])
	if err != nil {
		return Value{}, err
	}
	switch {
	case !t.f.seek:
		return Value{}, unsupported("underlying stream is not seekable")
	case whence == 1 && offset != 0:
		return Value{}, unsupported("can't do nonzero cur-relative seeks")
	case whence == 2 && offset != 0:
		return Value{}, unsupported("can't do nonzero end-relative seeks")
	case whence < 0 || whence > 2:
		return Value{}, ValueErrorf("invalid whence (%d, should be 0, 1 or 2)", whence)
	case whence == 0 && offset < 0:
		return Value{}, ValueErrorf("negative seek position %d", offset)
	}
	t.decoded, t.begun = false, offset != 0 || whence != 0
	n, err := t.f.seekTo(int64(offset), whence)
	return MkInt(n), err
}

func textReconfigure(th *Thread, a []Value) (Value, *Exc) {
	t, err := asTextFile(a[0])
	if err != nil {
		return Value{}, err
	}
	if err := t.f.flush(); err != nil {
		return Value{}, err
	}
	errs := a[2]
	if errs.IsNone() && a[1].IsNone() {
		errs = MkStr(t.errors)
	}
	encoding := a[1]
	if encoding.IsNone() {
		encoding = MkStr(t.encoding)
	}
	c, err := th.newTextFile(t.f, t.buffer, encoding, errs, None)
	if err != nil {
		return Value{}, err
	}
	t.encoding, t.codec, t.errors = c.encoding, c.codec, c.errors
	if !a[3].IsUnbound() {
		if err := t.setNewline(a[3]); err != nil {
			return Value{}, err
		}
	}
	for i, flag := range []*bool{&t.lineBuffering, &t.writeThrough} {
		if v := a[4+i]; !v.IsNone() {
			if *flag, err = th.Truth(v); err != nil {
				return Value{}, err
			}
		}
	}
	return None, nil
}
