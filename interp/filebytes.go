package interp

// This file defines byteFile, a buffer over what a file is read from and written to, and the binary file
// objects FileIO, BufferedReader, BufferedWriter and BufferedRandom.

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// File is an open file, as Config.OpenFile gives it: *os.File is one.
type File interface {
	io.Reader
	io.Writer
	io.Seeker
	io.Closer
	Truncate(size int64) error
}

// byteFile is a file with a buffer for reading and one for writing.
//
// Invariant: one of the two buffers is empty.
type byteFile struct {
	in       *Interp
	raw      File
	name     Value
	mode     string // as FileIO shows it: "rb", "wb", "rb+", "ab"
	read     bool
	write    bool
	seek     bool
	direct   bool // not buffered
	closefd  bool
	isClosed bool
	sink     *bufio.Writer // of stdout: takes the place of the buffer for writing
	buf      []byte        // what was read and not yet taken is buf[pos:]
	pos      int
	out      []byte // what was written and not yet given to raw
}

const fileBuffer = 8192

// scriptError carries an exception that a file object of a script raised through Go's interfaces.
type scriptError struct{ exc *Exc }

func (e *scriptError) Error() string { return e.exc.Type().Name }

// ioError returns the exception for an error of a file.
func ioError(err error) *Exc {
	var s *scriptError
	if errors.As(err, &s) {
		return s.exc
	}
	return OSErrorOf(err, "")
}

func unsupported(what string) *Exc { return Errorf(UnsupportedOperation, "%s", what) }

// unread returns what is in the buffer for reading.
func (f *byteFile) unread() []byte { return f.buf[f.pos:] }

// fill reads more behind what is unread; false at the end of the file.
func (f *byteFile) fill() (bool, *Exc) {
	if err := f.flush(); err != nil {
		return false, err
	}
	if f.pos > 0 {
		f.buf = f.buf[:copy(f.buf, f.buf[f.pos:])]
		f.pos = 0
	}
	n := len(f.buf)
	if cap(f.buf)-n < fileBuffer/2 {
		grown := make([]byte, n, 2*cap(f.buf)+fileBuffer)
		copy(grown, f.buf)
		f.buf = grown
	}
	for {
		m, err := f.raw.Read(f.buf[n:cap(f.buf)])
		f.buf = f.buf[:n+m]
		switch {
		case m > 0:
			return true, nil
		case err == io.EOF:
			return false, nil
		case err != nil:
			return false, ioError(err)
		}
	}
}

// readAll reads the rest of the file.
func (f *byteFile) readAll() ([]byte, *Exc) {
	if err := f.flush(); err != nil {
		return nil, err
	}
	b := append([]byte(nil), f.unread()...)
	f.buf, f.pos = f.buf[:0], 0
	for {
		if cap(b)-len(b) < fileBuffer/2 {
			grown := make([]byte, len(b), 2*cap(b)+fileBuffer)
			copy(grown, b)
			b = grown
		}
		n, err := f.raw.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return nil, ioError(err)
		}
	}
}

// readN reads n bytes, or fewer at the end of the file; with once, at most one read of the file below.
func (f *byteFile) readN(n int, once bool) ([]byte, *Exc) {
	if err := f.flush(); err != nil {
		return nil, err
	}
	for len(f.unread()) < n {
		if once && len(f.unread()) > 0 {
			break
		}
		if more, err := f.fill(); err != nil {
			return nil, err
		} else if !more {
			break
		}
	}
	return f.take(min(n, len(f.unread()))), nil
}

// take returns the next n bytes of the buffer as a copy.
func (f *byteFile) take(n int) []byte {
	b := append([]byte(nil), f.buf[f.pos:f.pos+n]...)
	f.pos += n
	return b
}

// readLine reads up to the end of a line, at most limit bytes when limit is not negative.
func (f *byteFile) readLine(limit int) ([]byte, *Exc) {
	if err := f.flush(); err != nil {
		return nil, err
	}
	seen := 0
	for {
		b := f.unread()
		if i := bytes.IndexByte(b[seen:], '\n'); i >= 0 {
			n := seen + i + 1
			if limit >= 0 {
				n = min(n, limit)
			}
			return f.take(n), nil
		}
		if limit >= 0 && len(b) >= limit {
			return f.take(limit), nil
		}
		seen = len(b)
		if more, err := f.fill(); err != nil {
			return nil, err
		} else if !more {
			return f.take(len(f.unread())), nil
		}
	}
}

// put writes b.
func (f *byteFile) put(b []byte) *Exc {
	if f.sink != nil {
		if _, err := f.sink.Write(b); err != nil {
			return ioError(err)
		}
		return nil
	}
	if f.pos < len(f.buf) { // the file below is ahead of what was read here
		if _, err := f.raw.Seek(int64(f.pos-len(f.buf)), io.SeekCurrent); err != nil {
			return ioError(err)
		}
	}
	f.buf, f.pos = f.buf[:0], 0
	if !f.direct && len(f.out)+len(b) <= fileBuffer {
		if len(f.out) == 0 {
			f.in.files.dirty[f] = struct{}{}
		}
		f.out = append(f.out, b...)
		return nil
	}
	if err := f.flush(); err != nil {
		return err
	}
	if _, err := f.raw.Write(b); err != nil {
		return ioError(err)
	}
	return nil
}

// flush gives what was written to the file below.
func (f *byteFile) flush() *Exc {
	if f.sink != nil {
		if err := f.sink.Flush(); err != nil {
			return ioError(err)
		}
		return nil
	}
	if len(f.out) == 0 {
		return nil
	}
	delete(f.in.files.dirty, f)
	b := f.out
	f.out = f.out[:0]
	if _, err := f.raw.Write(b); err != nil {
		return ioError(err)
	}
	return nil
}

// tell returns the position.
func (f *byteFile) tell() (int64, *Exc) {
	if f.sink != nil {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	n, err := f.raw.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, ioError(err)
	}
	return n - int64(len(f.unread())) + int64(len(f.out)), nil
}

// seekTo moves the position and returns it.
func (f *byteFile) seekTo(offset int64, whence int) (int64, *Exc) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	if whence == io.SeekCurrent {
		offset -= int64(len(f.unread()))
	}
	f.buf, f.pos = f.buf[:0], 0
	n, err := f.raw.Seek(offset, whence)
	if err != nil {
		return 0, ioError(err)
	}
	return n, nil
}

func (f *byteFile) truncate(size int64) *Exc {
	if err := f.flush(); err != nil {
		return err
	}
	if err := f.raw.Truncate(size); err != nil {
		return ioError(err)
	}
	return nil
}

func (f *byteFile) close() *Exc {
	if f.isClosed {
		return nil
	}
	exc := f.flush()
	f.isClosed = true
	if f.closefd && f.sink == nil {
		if err := f.raw.Close(); err != nil && exc == nil {
			exc = ioError(err)
		}
	}
	return exc
}

// fileState is what an interpreter knows of its files.
type fileState struct {
	dirty map[*byteFile]struct{} // have something written that the file below did not get
}

// FlushFiles writes out what is in the buffers of all files. A script that drops a file without closing
// it expects its text on the disk, as CPython's reference counts put it there: so open() and the end of
// the program call this.
func (in *Interp) FlushFiles() *Exc {
	var first *Exc
	for f := range in.files.dirty {
		if err := f.flush(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

var (
	fileIOType         = NewLibraryType("_io", "FileIO", rawIOBaseType)
	bufferedReaderType = NewLibraryType("_io", "BufferedReader", bufferedIOBaseType)
	bufferedWriterType = NewLibraryType("_io", "BufferedWriter", bufferedIOBaseType)
	bufferedRandomType = NewLibraryType("_io", "BufferedRandom", bufferedIOBaseType)
)

// asByteFile returns the file of a binary file object. Errors: ValueError when it is closed, in which
// case op says what was tried.
func asByteFile(v Value, op string) (*byteFile, *Exc) {
	f, ok := NativeData[*byteFile](v)
	if !ok {
		return nil, ValueErrorf("I/O operation on uninitialized object")
	}
	if f.isClosed {
		if op == "" {
			return nil, ValueErrorf("I/O operation on closed file.")
		}
		return nil, ValueErrorf("%s closed file", op)
	}
	return f, nil
}

func readable(v Value, op string) (*byteFile, *Exc) {
	f, err := asByteFile(v, op+" of")
	if err == nil && (!f.read || TypeOf(v).IsSubtype(bufferedWriterType)) {
		if TypeOf(v).IsSubtype(fileIOType) {
			op = "File not open for reading"
		}
		err = unsupported(op)
	}
	return f, err
}

func writable(v Value) (*byteFile, *Exc) {
	f, err := asByteFile(v, "write to")
	if err == nil && (!f.write || TypeOf(v).IsSubtype(bufferedReaderType)) {
		if TypeOf(v).IsSubtype(fileIOType) {
			return nil, unsupported("File not open for writing")
		}
		err = unsupported("write")
	}
	return f, err
}

// sizeArg reads the size argument of read and readline; negative means all.
func (th *Thread) sizeArg(v Value) (int, *Exc) {
	if v.IsUnbound() || v.IsNone() {
		return -1, nil
	}
	if !hasIndex(v) {
		return 0, TypeErrorf("argument should be integer or None, not '%s'", typeName(v))
	}
	return th.IndexInt(v)
}

var byteFileMethods = []Builtin{
	{"read(size=-1, /)", "Read and return up to size bytes; all of them when size is negative or None.", func(th *Thread, a []Value) (Value, *Exc) {
		return fileRead(th, a, false)
	}},
	{"read1(size=-1, /)", "Read and return up to size bytes, with at most one read() call to the underlying raw stream.", func(th *Thread, a []Value) (Value, *Exc) {
		return fileRead(th, a, true)
	}},
	{"readall()", "Read all data from the file, returned as bytes.", func(th *Thread, a []Value) (Value, *Exc) {
		return fileRead(th, []Value{a[0], None}, false)
	}},
	{"readinto(buffer, /)", "Read bytes into a pre-allocated, writable bytes-like object.", fileReadInto},
	{"readline(size=-1, /)", "Read and return a line from the stream.", fileReadLine},
	{"readlines(hint=-1, /)", "Return a list of lines from the stream.", baseReadLines},
	{"peek(size=0, /)", "Return bytes from the stream without advancing the position.", filePeek},
	{"write(buffer, /)", "Write buffer to the stream and return the number of bytes written.", fileWrite},
	{"seek(target, whence=0, /)", "Change the position to target bytes from the start (0), from the current position (1) or from the end (2), and return it.", fileSeek},
	{"tell()", "Return the current position.", fileTell},
	{"truncate(size=None, /)", "Change the size of the file, by default to the current position, and return it.", fileTruncate},
	{"flush()", "Write out what is in the buffer.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "flush of")
		if err != nil {
			return Value{}, err
		}
		return None, f.flush()
	}},
	{"close()", "Flush and close the file.", func(th *Thread, a []Value) (Value, *Exc) {
		if f, ok := NativeData[*byteFile](a[0]); ok {
			return None, f.close()
		}
		return None, nil
	}},
	{"fileno()", "Return the underlying file descriptor.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "")
		if err != nil {
			return Value{}, err
		}
		return f.fileno()
	}},
	{"isatty()", "Return whether this is connected to a terminal.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "")
		if err != nil {
			return Value{}, err
		}
		return MkBool(isTerminal(f.raw)), nil
	}},
	{"readable()", "Return whether the file can be read.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "")
		return MkBool(err == nil && f.read), err
	}},
	{"writable()", "Return whether the file can be written.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "")
		return MkBool(err == nil && f.write), err
	}},
	{"seekable()", "Return whether the position can be changed.", func(th *Thread, a []Value) (Value, *Exc) {
		f, err := asByteFile(a[0], "")
		return MkBool(err == nil && f.seek), err
	}},
}

var byteFileAttrs = []GetSet{
	{Name: "closed", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*byteFile](v)
		return MkBool(ok && f.isClosed), nil
	}},
	{Name: "name", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*byteFile](v)
		if !ok || f.name.IsUnbound() {
			return Value{}, AttributeErrorf(v, "name", "'%s' object has no attribute 'name'", TypeOf(v).qualifiedName())
		}
		return f.name, nil
	}},
	{Name: "mode", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*byteFile](v)
		if !ok {
			return None, nil
		}
		return MkStr(f.mode), nil
	}},
	{Name: "raw", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*byteFile](v)
		if !ok {
			return None, nil
		}
		return NewNative(fileIOType, f), nil
	}},
	{Name: "closefd", Get: func(_ *Thread, v Value) (Value, *Exc) {
		f, ok := NativeData[*byteFile](v)
		return MkBool(ok && f.closefd), nil
	}},
}

func setupByteFile(t *Type) {
	t.proto = &Protocol{Repr: fileRepr, Iter: baseIter, Next: fileNext}
	t.rows, t.getset = byteFileMethods, byteFileAttrs
	if t == fileIOType {
		t.SetInit(t.proto, "FileIO(file, mode='r', closefd=True, opener=None)", newEmptyFile, fileIOInit)
		return
	}
	t.SetInit(t.proto, t.Name+"(raw, buffer_size=8192)", newEmptyFile, func(th *Thread, a []Value) (Value, *Exc) {
		f, err := th.fileOver(a[1])
		if err != nil {
			return Value{}, err
		}
		return None, setFile(a[0], f)
	})
}

// newEmptyFile is __new__ of the file types: a subclass may take other arguments, and __init__ opens the file.
func newEmptyFile(cls *Type) Value { return NewNative(cls, nil) }

// setFile gives a file object what it reads and writes.
func setFile(v Value, data any) *Exc {
	n, ok := as[Native](v, layoutNative)
	if !ok {
		return TypeErrorf("descriptor '__init__' does not apply to a '%s' object", typeName(v))
	}
	n.Data = data
	return nil
}

// fileIOInit is FileIO.__init__.
func fileIOInit(th *Thread, a []Value) (Value, *Exc) {
	mode, ok := StrOf(a[2])
	if !ok {
		return Value{}, TypeErrorf("FileIO() argument 'mode' must be str, not %s", typeName(a[2]))
	}
	closefd, err := th.Truth(a[3])
	if err != nil {
		return Value{}, err
	}
	m, err := parseMode(mode + "b")
	if err != nil {
		return Value{}, err
	}
	f, err := th.openBytes(a[1], m, closefd, a[4])
	if err != nil {
		return Value{}, err
	}
	f.direct = true
	return None, setFile(a[0], f)
}

func fileRepr(th *Thread, v Value) (string, *Exc) {
	f, ok := NativeData[*byteFile](v)
	name := TypeOf(v).qualifiedName()
	if !ok || f.name.IsUnbound() {
		return "<" + name + ">", nil
	}
	r, err := th.Repr(f.name)
	text := "<" + name + " name=" + r
	if TypeOf(v).IsSubtype(fileIOType) {
		text += " mode='" + f.mode + "' closefd=True"
	}
	return text + ">", err
}

func fileRead(th *Thread, a []Value, once bool) (Value, *Exc) {
	f, err := readable(a[0], "read")
	if err != nil {
		return Value{}, err
	}
	n, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	var b []byte
	switch {
	case n < 0 && !once:
		b, err = f.readAll()
	case n < 0:
		b, err = f.readN(fileBuffer, true)
	default:
		b, err = f.readN(n, once)
	}
	return MkBytes(b), err
}

func fileReadInto(th *Thread, a []Value) (Value, *Exc) {
	f, err := readable(a[0], "readinto")
	if err != nil {
		return Value{}, err
	}
	dst, err := WritableBuffer(a[1], "readinto")
	if err != nil {
		return Value{}, err
	}
	b, err := f.readN(len(dst), false)
	copy(dst, b)
	return MkInt(int64(len(b))), err
}

// WritableBuffer returns the bytes of a bytearray or memoryview, to be written to.
func WritableBuffer(v Value, fn string) ([]byte, *Exc) {
	b, ok := BufferOf(v)
	if _, isBytes := as[Bytes](v, layoutBytes); !ok || isBytes {
		return nil, TypeErrorf("%s() argument must be read-write bytes-like object, not %s", fn, typeName(v))
	}
	return b, nil
}

func fileReadLine(th *Thread, a []Value) (Value, *Exc) {
	f, err := readable(a[0], "readline")
	if err != nil {
		return Value{}, err
	}
	n, err := th.sizeArg(a[1])
	if err != nil {
		return Value{}, err
	}
	b, err := f.readLine(n)
	return MkBytes(b), err
}

func fileNext(th *Thread, v Value) (Value, bool, *Exc) {
	if TypeOf(v).flags&flagHeap != 0 {
		return baseNext(th, v)
	}
	f, err := readable(v, "readline")
	if err != nil {
		return Value{}, false, err
	}
	b, err := f.readLine(-1)
	return MkBytes(b), len(b) > 0, err
}

func filePeek(th *Thread, a []Value) (Value, *Exc) {
	f, err := readable(a[0], "peek")
	if err != nil {
		return Value{}, err
	}
	if len(f.unread()) == 0 {
		if _, err := f.fill(); err != nil {
			return Value{}, err
		}
	}
	return MkBytes(append([]byte(nil), f.unread()...)), nil
}

func fileWrite(th *Thread, a []Value) (Value, *Exc) {
	f, err := writable(a[0])
	if err != nil {
		return Value{}, err
	}
	b, ok := BufferOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("a bytes-like object is required, not '%s'", typeName(a[1]))
	}
	return MkInt(int64(len(b))), f.put(b)
}

func fileSeek(th *Thread, a []Value) (Value, *Exc) {
	f, err := asByteFile(a[0], "seek of")
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
	case !f.seek:
		return Value{}, unsupported("File or stream is not seekable.")
	case whence < 0 || whence > 2:
		return Value{}, ValueErrorf("whence value %d unsupported", whence)
	}
	n, err := f.seekTo(int64(offset), whence)
	return MkInt(n), err
}

func fileTell(_ *Thread, a []Value) (Value, *Exc) {
	f, err := asByteFile(a[0], "tell of")
	if err != nil {
		return Value{}, err
	}
	if !f.seek {
		return Value{}, unsupported("File or stream is not seekable.")
	}
	n, err := f.tell()
	return MkInt(n), err
}

func fileTruncate(th *Thread, a []Value) (Value, *Exc) {
	f, err := asByteFile(a[0], "truncate of")
	if err != nil {
		return Value{}, err
	}
	if !f.write {
		return Value{}, unsupported("truncate")
	}
	var size int64
	if a[1].IsNone() {
		size, err = f.tell()
	} else {
		var n int
		n, err = th.IndexInt(a[1])
		size = int64(n)
	}
	if err != nil {
		return Value{}, err
	}
	return MkInt(size), f.truncate(size)
}

func (f *byteFile) fileno() (Value, *Exc) {
	switch x := f.raw.(type) {
	case interface{ Fd() uintptr }:
		return MkInt(int64(x.Fd())), nil
	case *objectFile:
		return x.th.CallMethod(x.v, "fileno")
	}
	return Value{}, unsupported("fileno")
}
