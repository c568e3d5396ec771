package io

// This file defines BytesIO: bytes in memory as a file.

import (
	"bytes"

	"aio/interp"
)

type bytesIO struct {
	b      []byte
	pos    int
	closed bool
}

var bytesIOType = interp.NewLibraryType("_io", "BytesIO", interp.FileTypes()["BufferedIOBase"])

// bytesMethod is the row function of a method that needs an open BytesIO.
func bytesMethod(do func(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc)) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		f, err := openBytesIO(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		return do(th, f, a)
	}
}

func openBytesIO(v interp.Value) (*bytesIO, *interp.Exc) {
	f, ok := interp.NativeData[*bytesIO](v)
	if !ok || f.closed {
		return nil, closedError()
	}
	return f, nil
}

var bytesMethods = []interp.Builtin{
	{Sig: "read(size=-1, /)", Doc: "Read at most size bytes, returned as a bytes object.", Fn: bytesMethod(bytesRead)},
	{Sig: "read1(size=-1, /)", Doc: "Read at most size bytes, returned as a bytes object.", Fn: bytesMethod(bytesRead)},
	{Sig: "readinto(buffer, /)", Doc: "Read bytes into buffer.", Fn: bytesMethod(bytesReadInto)},
	{Sig: "readline(size=-1, /)", Doc: "Next line from the file, as a bytes object.", Fn: bytesMethod(bytesReadLine)},
	{Sig: "write(b, /)", Doc: "Write bytes to file.\n\nReturn the number of bytes written.", Fn: bytesMethod(bytesWrite)},
	{Sig: "seek(pos, whence=0, /)", Doc: "Change stream position.", Fn: bytesMethod(bytesSeek)},
	{Sig: "tell()", Doc: "Current file position, an integer.", Fn: bytesMethod(func(_ *interp.Thread, f *bytesIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		return mkInt(f.pos), nil
	})},
	{Sig: "truncate(size=None, /)", Doc: "Truncate the file to at most size bytes.", Fn: bytesMethod(bytesTruncate)},
	{Sig: "getvalue()", Doc: "Retrieve the entire contents of the BytesIO object.", Fn: bytesMethod(func(_ *interp.Thread, f *bytesIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkBytes(bytes.Clone(f.b)), nil
	})},
	{Sig: "getbuffer()", Doc: "Get a read-write view over the contents of the BytesIO object.", Fn: bytesMethod(func(th *interp.Thread, f *bytesIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		view, _ := th.Interp().Builtins().Get("memoryview")
		return th.Call(view, interp.MkByteArray(f.b))
	})},
	{Sig: "close()", Doc: "Disable all I/O operations.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if f, ok := interp.NativeData[*bytesIO](a[0]); ok {
			f.b, f.closed = nil, true
		}
		return interp.None, nil
	}},
	{Sig: "readable()", Doc: "Return True if the IO object can be read.", Fn: bytesMethod(bytesTrue)},
	{Sig: "writable()", Doc: "Return True if the IO object can be written.", Fn: bytesMethod(bytesTrue)},
	{Sig: "seekable()", Doc: "Return True if the IO object can be seeked.", Fn: bytesMethod(bytesTrue)},
	{Sig: "__getstate__()", Doc: "", Fn: bytesMethod(func(_ *interp.Thread, f *bytesIO, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkTuple([]interp.Value{interp.MkBytes(bytes.Clone(f.b)), mkInt(f.pos), interp.None}), nil
	})},
}

func setupBytesIO() {
	t := bytesIOType
	t.Doc = "Buffered I/O implementation using an in-memory bytes buffer."
	p := &interp.Protocol{Next: bytesNext}
	t.SetInit(p, "BytesIO(initial_bytes=b'')", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &bytesIO{})
	}, bytesInit)
	t.Setup(p, bytesMethods, []interp.GetSet{{Name: "closed", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
		f, ok := interp.NativeData[*bytesIO](v)
		return interp.MkBool(!ok || f.closed), nil
	}}})
}

func bytesInit(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	f, _ := interp.NativeData[*bytesIO](a[0])
	*f = bytesIO{}
	if a[1].IsUnbound() || a[1].IsNone() {
		return interp.None, nil
	}
	b, ok := interp.BufferOf(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[1]))
	}
	f.b = bytes.Clone(b)
	return interp.None, nil
}

func bytesTrue(*interp.Thread, *bytesIO, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.True, nil
}

// take returns the next n bytes.
func (f *bytesIO) take(n int) interp.Value {
	left := max(0, len(f.b)-f.pos)
	if n < 0 || n > left {
		n = left
	}
	b := bytes.Clone(f.b[min(f.pos, len(f.b)):][:n])
	f.pos += n
	return interp.MkBytes(b)
}

// lineLen returns the number of bytes up to the end of the line.
func (f *bytesIO) lineLen() int {
	rest := f.b[min(f.pos, len(f.b)):]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		return i + 1
	}
	return len(rest)
}

func bytesRead(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := size(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return f.take(n), nil
}

func bytesReadInto(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	dst, err := interp.WritableBuffer(a[1], "readinto")
	if err != nil {
		return interp.Value{}, err
	}
	n := copy(dst, f.b[min(f.pos, len(f.b)):])
	f.pos += n
	return mkInt(n), nil
}

func bytesReadLine(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := size(th, a[1])
	if err != nil {
		return interp.Value{}, err
	}
	line := f.lineLen()
	if n >= 0 {
		line = min(n, line)
	}
	return f.take(line), nil
}

func bytesNext(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
	f, err := openBytesIO(v)
	if err != nil {
		return interp.Value{}, false, err
	}
	n := f.lineLen()
	return f.take(n), n > 0, nil
}

func bytesWrite(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	b, ok := interp.BufferOf(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[1]))
	}
	if len(b) == 0 {
		return mkInt(0), nil
	}
	if f.pos > len(f.b) {
		f.b = append(f.b, make([]byte, f.pos-len(f.b))...)
	}
	n := copy(f.b[f.pos:], b)
	f.b = append(f.b, b[n:]...)
	f.pos += len(b)
	return mkInt(len(b)), nil
}

func bytesSeek(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	pos, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	whence, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	switch {
	case whence == 0 && pos < 0:
		return interp.Value{}, interp.ValueErrorf("negative seek value %d", pos)
	case whence == 1:
		pos += f.pos
	case whence == 2:
		pos += len(f.b)
	case whence != 0:
		return interp.Value{}, interp.ValueErrorf("invalid whence (%d, should be 0, 1 or 2)", whence)
	}
	f.pos = max(0, pos)
	return mkInt(f.pos), nil
}

func bytesTruncate(th *interp.Thread, f *bytesIO, a []interp.Value) (interp.Value, *interp.Exc) {
	n := f.pos
	if !a[1].IsNone() {
		var err *interp.Exc
		if n, err = th.IndexInt(a[1]); err != nil {
			return interp.Value{}, err
		}
	}
	if n < 0 {
		return interp.Value{}, interp.ValueErrorf("negative size value %d", n)
	}
	if n < len(f.b) {
		f.b = f.b[:n]
	}
	return mkInt(n), nil
}
