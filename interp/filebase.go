package interp

// This file defines the abstract bases of file objects: IOBase, RawIOBase, BufferedIOBase, TextIOBase. A
// script derives its own files from them; what they offer rests on the methods it defines.

import "bytes"

// UnsupportedOperation is raised for what a file cannot do.
var UnsupportedOperation = func() *Type {
	t := excType("UnsupportedOperation", OSError, ValueError)
	t.Module = "io"
	return t
}()

var (
	ioBaseType         = NewLibraryType("_io", "_IOBase", nil)
	rawIOBaseType      = NewLibraryType("_io", "_RawIOBase", ioBaseType)
	bufferedIOBaseType = NewLibraryType("_io", "_BufferedIOBase", ioBaseType)
	textIOBaseType     = NewLibraryType("_io", "_TextIOBase", ioBaseType)
)

// fileTypes are the types of file objects.
func fileTypes() []typeSetup {
	return []typeSetup{
		{ioBaseType, nil, setupIOBase},
		{rawIOBaseType, nil, setupRawIOBase},
		{bufferedIOBaseType, nil, setupBufferedIOBase},
		{textIOBaseType, nil, setupTextIOBase},
		{fileIOType, nil, setupByteFile},
		{bufferedReaderType, nil, setupByteFile},
		{bufferedWriterType, nil, setupByteFile},
		{bufferedRandomType, nil, setupByteFile},
		{textIOWrapperType, nil, setupTextFile},
	}
}

// FileTypes returns the types of file objects by their names in the module io.
func FileTypes() map[string]*Type {
	return map[string]*Type{
		"IOBase": ioBaseType, "RawIOBase": rawIOBaseType, "BufferedIOBase": bufferedIOBaseType, "TextIOBase": textIOBaseType,
		"FileIO": fileIOType, "BufferedReader": bufferedReaderType, "BufferedWriter": bufferedWriterType,
		"BufferedRandom": bufferedRandomType, "TextIOWrapper": textIOWrapperType, "UnsupportedOperation": UnsupportedOperation,
	}
}

// baseFile is what an object of a script's own file class keeps.
type baseFile struct{ closed bool }

var ioBaseMethods = []Builtin{
	{"close()", "Flush and close the IO object.\n\nThis method has no effect if the file is already closed.", baseClose},
	{"flush()", "Flush write buffers, if applicable.", baseFlush},
	{"fileno()", "Returns underlying file descriptor if one exists.\n\nRaise OSError if the IO object does not use a file descriptor.", unsupportedMethod("fileno")},
	{"isatty()", "Return whether this is an 'interactive' stream.", baseFalse},
	{"readable()", "Return whether object was opened for reading.", baseFalse},
	{"writable()", "Return whether object was opened for writing.", baseFalse},
	{"seekable()", "Return whether object supports random access.", baseFalse},
	{"seek(offset, whence=0, /)", "Change stream position.", unsupportedMethod("seek")},
	{"tell()", "Return current stream position.", func(th *Thread, a []Value) (Value, *Exc) {
		return th.CallMethod(a[0], "seek", MkInt(0), MkInt(1))
	}},
	{"truncate(size=None, /)", "Truncate file to size bytes.", unsupportedMethod("truncate")},
	{"readline(size=-1, /)", "Read and return a line from the stream.", baseReadLine},
	{"readlines(hint=-1, /)", "Return a list of lines from the stream.", baseReadLines},
	{"writelines(lines, /)", "Write a list of lines to stream.\n\nLine separators are not added.", baseWriteLines},
	{"__enter__()", "", func(th *Thread, a []Value) (Value, *Exc) { return a[0], th.checkOpen(a[0]) }},
	{"__exit__(*args)", "", func(th *Thread, a []Value) (Value, *Exc) { return th.CallMethod(a[0], "close") }},
	{"_checkClosed()", "", func(th *Thread, a []Value) (Value, *Exc) { return None, th.checkOpen(a[0]) }},
}

func setupIOBase(t *Type) {
	t.Doc = "The abstract base class for all I/O classes."
	t.proto = &Protocol{Iter: baseIter, Next: baseNext}
	t.rows = ioBaseMethods
	t.getset = []GetSet{{Name: "closed", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*baseFile](v)
		return MkBool(ok && f.closed), nil
	}}}
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Native{Header{cls.inst}, &baseFile{}, nil}), nil
	}
	t.newSig = "_IOBase()"
}

func unsupportedMethod(name string) BuiltinFunc {
	return func(*Thread, []Value) (Value, *Exc) { return Value{}, unsupported(name) }
}

func baseFalse(th *Thread, a []Value) (Value, *Exc) { return False, th.checkOpen(a[0]) }

// checkOpen returns the error of using a closed file.
func (th *Thread) checkOpen(v Value) *Exc {
	c, ok, err := th.LookupAttr(v, "closed")
	if err != nil || !ok {
		return err
	}
	closed, err := th.Truth(c)
	if err == nil && closed {
		err = ValueErrorf("I/O operation on closed file.")
	}
	return err
}

func baseClose(th *Thread, a []Value) (Value, *Exc) {
	f, ok := NativeData[*baseFile](a[0])
	if !ok || f.closed {
		return None, nil
	}
	_, err := th.CallMethod(a[0], "flush")
	f.closed = true
	return None, err
}

func baseFlush(th *Thread, a []Value) (Value, *Exc) { return None, th.checkOpen(a[0]) }

func baseIter(th *Thread, v Value) (Value, *Exc) { return v, th.checkOpen(v) }

func baseNext(th *Thread, v Value) (Value, bool, *Exc) {
	line, err := th.CallMethod(v, "readline")
	if err != nil {
		return Value{}, false, err
	}
	n, err := th.Len(line)
	return line, err == nil && n > 0, err
}

// baseReadLine reads a byte at a time by the method read.
func baseReadLine(th *Thread, a []Value) (Value, *Exc) {
	limit, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	var line []byte
	for limit < 0 || len(line) < limit {
		v, err := th.CallMethod(a[0], "read", MkInt(1))
		if err != nil {
			return Value{}, err
		}
		b, ok := BufferOf(v)
		if !ok {
			return Value{}, Errorf(OSError, "read() should have returned a bytes object, not '%s'", typeName(v))
		}
		line = append(line, b...)
		if len(b) == 0 || bytes.HasSuffix(line, []byte("\n")) {
			break
		}
	}
	return MkBytes(line), nil
}

func baseReadLines(th *Thread, a []Value) (Value, *Exc) {
	hint, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	it, err := th.Iter(a[0])
	if err != nil {
		return Value{}, err
	}
	l := List{}
	for size := 0; hint <= 0 || size < hint; {
		line, ok, err := th.Next(it)
		if err != nil {
			return Value{}, err
		}
		if !ok {
			break
		}
		l.Append(line)
		n, err := th.Len(line)
		if err != nil {
			return Value{}, err
		}
		size += n
	}
	return MkList(l.a), nil
}

func baseWriteLines(th *Thread, a []Value) (Value, *Exc) {
	if err := th.checkOpen(a[0]); err != nil {
		return Value{}, err
	}
	write, err := th.Attr(a[0], "write")
	if err != nil {
		return Value{}, err
	}
	return None, th.Iterate(a[1], func(line Value) *Exc {
		_, err := th.Call(write, line)
		return err
	})
}

func setupRawIOBase(t *Type) {
	t.Doc = "Base class for raw binary I/O."
	t.rows = []Builtin{
		{"read(size=-1, /)", "Read and return up to size bytes, by readinto().", rawRead},
		{"readall()", "Read until EOF, using multiple read() calls.", rawReadAll},
		{"readinto(buffer, /)", "Read bytes into buffer.", unsupportedMethod("readinto")},
		{"write(buffer, /)", "Write buffer.", unsupportedMethod("write")},
	}
	t.proto = &Protocol{}
}

func rawRead(th *Thread, a []Value) (Value, *Exc) {
	n, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	if n < 0 {
		return th.CallMethod(a[0], "readall")
	}
	buf := make([]byte, n)
	v, err := th.CallMethod(a[0], "readinto", MkByteArray(buf))
	if err != nil || v.IsNone() {
		return v, err
	}
	m, err := th.IndexInt(v)
	if err != nil {
		return Value{}, err
	}
	return MkBytes(buf[:max(0, min(m, n))]), nil
}

func rawReadAll(th *Thread, a []Value) (Value, *Exc) {
	var all []byte
	for {
		v, err := th.CallMethod(a[0], "read", MkInt(fileBuffer))
		if err != nil {
			return Value{}, err
		}
		b, _ := BufferOf(v)
		if len(b) == 0 {
			return MkBytes(all), nil
		}
		all = append(all, b...)
	}
}

func setupBufferedIOBase(t *Type) {
	t.Doc = "Base class for buffered IO objects."
	t.rows = []Builtin{
		{"read(size=-1, /)", "Read and return up to size bytes.", unsupportedMethod("read")},
		{"read1(size=-1, /)", "Read and return up to size bytes, with at most one read() call of the raw stream.", unsupportedMethod("read1")},
		{"readinto(buffer, /)", "Read bytes into buffer, by read().", bufferedReadInto},
		{"write(buffer, /)", "Write buffer.", unsupportedMethod("write")},
		{"detach()", "Disconnect this buffer from its underlying raw stream and return it.", unsupportedMethod("detach")},
	}
	t.proto = &Protocol{}
}

func bufferedReadInto(th *Thread, a []Value) (Value, *Exc) {
	dst, err := WritableBuffer(a[1], "readinto")
	if err != nil {
		return Value{}, err
	}
	v, err := th.CallMethod(a[0], "read", MkInt(int64(len(dst))))
	if err != nil {
		return Value{}, err
	}
	b, _ := BufferOf(v)
	return MkInt(int64(copy(dst, b))), nil
}

func setupTextIOBase(t *Type) {
	t.Doc = "Base class for text I/O."
	t.rows = []Builtin{
		{"read(size=-1, /)", "Read at most size characters from stream.", unsupportedMethod("read")},
		{"readline(size=-1, /)", "Read until newline or EOF.", unsupportedMethod("readline")},
		{"write(s, /)", "Write string s to stream.", unsupportedMethod("write")},
		{"detach()", "Separate the underlying buffer from the TextIOBase and return it.", unsupportedMethod("detach")},
	}
	none := func(*Thread, Value) (Value, *Exc) { return None, nil }
	t.getset = []GetSet{{Name: "encoding", Get: none}, {Name: "errors", Get: none}, {Name: "newlines", Get: none}}
	t.proto = &Protocol{}
}
