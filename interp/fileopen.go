package interp

// This file defines open(), and the standard streams.

import (
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// openMode is a parsed mode of open().
type openMode struct {
	text   string
	flags  int
	fileIO string // as FileIO shows it
	binary bool
	read   bool
	write  bool
	append bool
}

func parseMode(mode string) (openMode, *Exc) {
	m := openMode{text: mode}
	var kinds, plus, texts int
	for i, c := range mode {
		if strings.ContainsRune(mode[:i], c) {
			return m, ValueErrorf("invalid mode: '%s'", mode)
		}
		switch c {
		case 'r':
			kinds++
			m.read = true
		case 'w':
			kinds++
			m.write = true
			m.flags = os.O_CREATE | os.O_TRUNC
		case 'x':
			kinds++
			m.write = true
			m.flags = os.O_CREATE | os.O_EXCL
		case 'a':
			kinds++
			m.write, m.append = true, true
			m.flags = os.O_CREATE | os.O_APPEND
		case '+':
			plus++
		case 'b':
			m.binary = true
		case 't':
			texts++
		default:
			return m, ValueErrorf("invalid mode: '%s'", mode)
		}
	}
	switch {
	case texts > 0 && m.binary:
		return m, ValueErrorf("can't have text and binary mode at once")
	case kinds != 1:
		return m, ValueErrorf("must have exactly one of create/read/write/append mode")
	}
	m.fileIO = strings.Trim(strings.NewReplacer("+", "", "b", "", "t", "").Replace(mode), "") + "b"
	if plus > 0 {
		if m.fileIO == "wb" {
			m.fileIO = "rb"
		}
		m.fileIO += "+"
		m.read, m.write = true, true
	}
	switch {
	case m.read && m.write:
		m.flags |= os.O_RDWR
	case m.write:
		m.flags |= os.O_WRONLY
	}
	return m, nil
}

func builtinOpen(th *Thread, a []Value) (Value, *Exc) {
	file, encoding, errs, newline := a[0], a[3], a[4], a[5]
	text, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("open() argument 'mode' must be str, not %s", typeName(a[1]))
	}
	buffering, err := th.IndexInt(a[2])
	if err != nil {
		return Value{}, err
	}
	m, err := parseMode(text)
	if err != nil {
		return Value{}, err
	}
	if m.binary {
		for i, v := range []Value{encoding, errs, newline} {
			if !v.IsNone() {
				return Value{}, ValueErrorf("binary mode doesn't take %s argument", [...]string{"an encoding", "an errors", "a newline"}[i])
			}
		}
	} else if buffering == 0 {
		return Value{}, ValueErrorf("can't have unbuffered text I/O")
	}
	closefd, err := th.Truth(a[6])
	if err != nil {
		return Value{}, err
	}
	if file, err = th.unwrapPath(file); err != nil {
		return Value{}, err
	}
	f, err := th.openBytes(file, m, closefd, a[7])
	if err != nil {
		return Value{}, err
	}
	f.direct = buffering == 0
	buffer := NewNative(f.bufferType(buffering), f)
	if m.binary {
		return buffer, nil
	}
	t, err := th.newTextFile(f, buffer, encoding, errs, newline)
	if err != nil {
		f.close()
		return Value{}, err
	}
	t.mode = a[1]
	t.lineBuffering = buffering == 1 || isTerminal(f.raw)
	return NewNative(textIOWrapperType, t), nil
}

func (f *byteFile) bufferType(buffering int) *Type {
	switch {
	case buffering == 0:
		return fileIOType
	case f.read && f.write:
		return bufferedRandomType
	case f.read:
		return bufferedReaderType
	}
	return bufferedWriterType
}

// openBytes opens a path or takes over a file descriptor.
func (th *Thread) openBytes(file Value, m openMode, closefd bool, opener Value) (*byteFile, *Exc) {
	if err := th.in.FlushFiles(); err != nil {
		return nil, err
	}
	f := &byteFile{in: th.in, name: file, mode: m.fileIO, read: m.read, write: m.write, closefd: closefd}
	if fd, _, ok := IntOf(file); ok {
		return f, th.openDescriptor(f, int(fd))
	}
	name, err := th.FSPath(file)
	if err != nil {
		return nil, err
	}
	if !closefd {
		return nil, ValueErrorf("Cannot use closefd=False with file name")
	}
	if !opener.IsUnbound() && !opener.IsNone() {
		v, err := th.Call(opener, file, MkInt(int64(m.flags)))
		if err != nil {
			return nil, err
		}
		fd, err := th.IndexInt(v)
		if err != nil {
			return nil, err
		}
		return f, th.openDescriptor(f, fd)
	}
	raw, oserr := th.in.cfg.OpenFile(name, m.flags, 0o666)
	if oserr != nil {
		return nil, withFilename(oserr, file)
	}
	if info, err := th.in.cfg.Stat(name); err == nil && info.IsDir() {
		raw.Close()
		return nil, withFilename(&fs.PathError{Op: "open", Path: name, Err: errIsDir}, file)
	}
	f.raw = raw
	whence := io.SeekCurrent
	if m.append {
		whence = io.SeekEnd
	}
	_, serr := raw.Seek(0, whence)
	f.seek = serr == nil
	return f, nil
}

// The errors of the system that are ours to find.
var (
	errIsDir         error = syscall.EISDIR
	errBadDescriptor error = syscall.EBADF
	errNoSeek        error = syscall.ESPIPE
)

// withFilename returns the OSError of a failed open, which names the file as the script did.
func withFilename(err error, file Value) *Exc {
	e := OSErrorOf(err, "")
	if args := e.Args(); len(args) == 2 {
		return NewExc(e.Type(), args[0], args[1], file)
	}
	return e
}

// openDescriptor makes f a file over a descriptor; 0, 1 and 2 are the interpreter's own streams.
func (th *Thread) openDescriptor(f *byteFile, fd int) *Exc {
	if fd < 0 {
		return ValueErrorf("negative file descriptor")
	}
	in := th.in
	switch {
	case fd == 0:
		f.raw = &stdStream{fd: 0, r: in.std.reader}
	case fd == 1:
		f.raw, f.sink = &stdStream{fd: 1, w: in.cfg.Stdout}, in.out
	case fd == 2:
		f.raw = &stdStream{fd: 2, w: in.cfg.Stderr}
	default:
		file := os.NewFile(uintptr(fd), "")
		if file == nil {
			return OSErrorOf(errBadDescriptor, "")
		}
		if _, err := file.Stat(); err != nil {
			return OSErrorOf(err, "")
		}
		f.raw = file
		_, err := file.Seek(0, io.SeekCurrent)
		f.seek = err == nil
	}
	return nil
}

// FSPath returns the path that a str, bytes or os.PathLike stands for.
func (th *Thread) FSPath(v Value) (string, *Exc) {
	if s, ok := StrOf(v); ok {
		if strings.IndexByte(s, 0) >= 0 {
			return "", ValueErrorf("embedded null byte")
		}
		return s, nil
	}
	if b, ok := as[Bytes](v, layoutBytes); ok {
		return string(b.b), nil
	}
	r, err := th.unwrapPath(v)
	if err != nil {
		return "", err
	}
	if r != v {
		return th.FSPath(r)
	}
	return "", TypeErrorf("expected str, bytes or os.PathLike object, not %s", typeName(v))
}

// unwrapPath returns what __fspath__ of v returns, a str or bytes; v itself when it has none.
func (th *Thread) unwrapPath(v Value) (Value, *Exc) {
	f, ok := TypeOf(v).Lookup("__fspath__")
	if !ok {
		return v, nil
	}
	r, err := th.callSpecial(f, v)
	if err != nil {
		return Value{}, err
	}
	if _, isStr := AsStr(r); isStr {
		return r, nil
	}
	if _, isBytes := as[Bytes](r, layoutBytes); isBytes {
		return r, nil
	}
	return Value{}, TypeErrorf("expected %s.__fspath__() to return str or bytes, not %s", typeName(v), typeName(r))
}

// stdStream is a standard stream as a File.
type stdStream struct {
	fd int
	r  io.Reader
	w  io.Writer
}

func (s *stdStream) Read(p []byte) (int, error) {
	if s.r == nil {
		return 0, errBadDescriptor
	}
	return s.r.Read(p)
}

func (s *stdStream) Write(p []byte) (int, error) {
	if s.w == nil {
		return 0, errBadDescriptor
	}
	return s.w.Write(p)
}

func (s *stdStream) Seek(int64, int) (int64, error) { return 0, errNoSeek }
func (s *stdStream) Truncate(int64) error           { return errNoSeek }
func (s *stdStream) Close() error                   { return nil }
func (s *stdStream) Fd() uintptr                    { return uintptr(s.fd) }

// isTerminal reports whether a file is a terminal.
func isTerminal(f File) bool {
	var file *os.File
	switch x := f.(type) {
	case *os.File:
		file = x
	case *stdStream:
		if t, ok := x.w.(interface{ IsTerminal() bool }); ok {
			return t.IsTerminal()
		}
		if r, ok := x.r.(*stdinReader); ok {
			if t, ok := r.r.(interface{ IsTerminal() bool }); ok {
				return t.IsTerminal()
			}
			file, _ = r.r.(*os.File)
		} else {
			file, _ = x.w.(*os.File)
		}
	}
	if file == nil {
		return false
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&fs.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// stdStreams are the standard streams as scripts see them.
type stdStreams struct {
	in, out, err    Value
	inFile, outFile *textFile
	reader          *stdinReader
	sys             *Dict // of the module sys, once it is imported
}

// setupStdStreams makes sys.stdin, sys.stdout and sys.stderr.
func (in *Interp) setupStdStreams() {
	in.files.dirty = map[*byteFile]struct{}{}
	stream := func(name string, raw *stdStream, mode, errors string) (Value, *textFile) {
		f := &byteFile{in: in, raw: raw, name: MkStr(name), mode: mode + "b", read: raw.r != nil, write: raw.w != nil}
		t := &textFile{
			f: f, mode: MkStr(mode), encoding: "utf-8", codec: "utf-8", errors: errors,
			translate: raw.r != nil, universal: raw.r != nil, lineEnd: "\n", writeEnd: "\n",
		}
		t.buffer = NewNative(f.bufferType(-1), f)
		return NewNative(textIOWrapperType, t), t
	}
	in.std.reader = &stdinReader{in: in, r: in.cfg.Stdin}
	in.std.in, in.std.inFile = stream("<stdin>", &stdStream{fd: 0, r: in.std.reader}, "r", "strict")
	in.std.out, in.std.outFile = stream("<stdout>", &stdStream{fd: 1, w: in.cfg.Stdout}, "w", "strict")
	in.std.outFile.f.sink = in.out
	in.std.outFile.lineBuffering = in.cfg.Unbuffered
	var stderr *textFile
	in.std.err, stderr = stream("<stderr>", &stdStream{fd: 2, w: in.cfg.Stderr}, "w", "backslashreplace")
	stderr.f.direct, stderr.lineBuffering = true, true
}

// StdStreams returns what sys.stdin, sys.stdout and sys.stderr are at first.
func (in *Interp) StdStreams() (stdin, stdout, stderr Value) {
	return in.std.in, in.std.out, in.std.err
}

// objectFile is a file object of a script as a File, for a buffer over it.
type objectFile struct {
	th *Thread
	v  Value
}

// fileOver returns a buffer over a file object. One of ours gives its own.
func (th *Thread) fileOver(v Value) (*byteFile, *Exc) {
	if f, ok := NativeData[*byteFile](v); ok {
		return f, nil
	}
	f := &byteFile{in: th.in, raw: &objectFile{th, v}, closefd: true}
	for _, ask := range []struct {
		method string
		answer *bool
	}{{"readable", &f.read}, {"writable", &f.write}, {"seekable", &f.seek}} {
		r, err := th.CallMethod(v, ask.method)
		if err != nil {
			return nil, err
		}
		if *ask.answer, err = th.Truth(r); err != nil {
			return nil, err
		}
	}
	name, ok, err := th.LookupAttr(v, "name")
	if ok {
		f.name = name
	}
	return f, err
}

func (o *objectFile) call(method string, args ...Value) (Value, error) {
	v, err := o.th.CallMethod(o.v, method, args...)
	if err != nil {
		return Value{}, &scriptError{err}
	}
	return v, nil
}

func (o *objectFile) Read(p []byte) (int, error) {
	v, err := o.call("read", MkInt(int64(len(p))))
	if err != nil {
		return 0, err
	}
	b, ok := BufferOf(v)
	if !ok {
		return 0, &scriptError{TypeErrorf("underlying read() should have returned a bytes-like object, not '%s'", typeName(v))}
	}
	if len(b) == 0 {
		return 0, io.EOF
	}
	return copy(p, b), nil
}

func (o *objectFile) Write(p []byte) (int, error) {
	_, err := o.call("write", MkBytes(append([]byte(nil), p...)))
	return len(p), err
}

func (o *objectFile) Seek(offset int64, whence int) (int64, error) {
	v, err := o.call("seek", MkInt(offset), MkInt(int64(whence)))
	n, _ := AsInt(v)
	return n, err
}

func (o *objectFile) Truncate(size int64) error {
	_, err := o.call("truncate", MkInt(size))
	return err
}

func (o *objectFile) Close() error {
	_, err := o.call("close")
	return err
}
