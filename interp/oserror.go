package interp

// This file defines OSError: which subclass an errno makes, its text, and how errors of Go's os package
// become exceptions.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// errnoTypes is the table of errnos that make a subclass of OSError.
var errnoTypes = map[syscall.Errno]*Type{
	syscall.EAGAIN: BlockingIOError, syscall.EALREADY: BlockingIOError, syscall.EINPROGRESS: BlockingIOError,
	syscall.EPIPE: BrokenPipeError, syscall.ECHILD: ChildProcessError, syscall.ECONNABORTED: ConnectionAborted,
	syscall.ECONNREFUSED: ConnectionRefused, syscall.ECONNRESET: ConnectionReset, syscall.EEXIST: FileExistsError,
	syscall.ENOENT: FileNotFoundError, syscall.EISDIR: IsADirectoryError, syscall.ENOTDIR: NotADirectoryError,
	syscall.EINTR: InterruptedError, syscall.EACCES: PermissionError, syscall.EPERM: PermissionError,
	syscall.ESRCH: ProcessLookupError, syscall.ETIMEDOUT: TimeoutError,
}

// OSErrorOf returns the exception for an error of Go's os package: FileNotFoundError and the like, with
// errno, strerror, and filename unless it is "".
func OSErrorOf(err error, filename string) *Exc {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			errno = syscall.ENOENT
		case errors.Is(err, fs.ErrExist):
			errno = syscall.EEXIST
		case errors.Is(err, fs.ErrPermission):
			errno = syscall.EACCES
		case errors.Is(err, os.ErrDeadlineExceeded):
			return Errorf(TimeoutError, "timed out")
		default:
			return Errorf(OSError, "%s", err)
		}
	}
	t := errnoTypes[errno]
	if t == nil {
		t = OSError
	}
	args := []Value{MkInt(int64(errno)), MkStr(strerror(errno))}
	if filename != "" {
		args = append(args, MkStr(filename))
	}
	return NewExc(t, args...)
}

// ErrnoText returns the system's words for an errno.
func ErrnoText(code int) string { return strerror(syscall.Errno(code)) }

// strerror returns the system's words for an errno, which begin with a capital where Go's do not.
func strerror(errno syscall.Errno) string {
	s := errno.Error()
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		s = string(s[0]-32) + s[1:]
	}
	return s
}

// osErrorInits reports whether __init__ sets the fields of an instance of cls, rather than __new__: when
// a script's subclass overrides it and not __new__.
func osErrorInits(cls *Type) bool {
	return cls.flags&flagHeap != 0 && !cls.specialMethod(spInit).IsUnbound() && cls.specialMethod(spNew).IsUnbound()
}

func newOSError(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	if osErrorInits(cls) {
		return (&Exc{Header: Header{cls.inst}, args: keepArgs(nil)}).Value(), nil
	}
	if len(kwnames) > 0 {
		return Value{}, TypeErrorf("%s() takes no keyword arguments", cls.Name)
	}
	if cls == OSError && len(args) >= 2 && len(args) <= 5 {
		if i, ok := AsInt(args[0]); ok {
			if t := errnoTypes[syscall.Errno(i)]; t != nil && i > 0 {
				cls = t
			}
		}
	}
	e := &Exc{Header: Header{cls.inst}, args: keepArgs(args)}
	return e.Value(), fillOSError(th, e, nil, nil)
}

func initOSError(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
	e := (*Exc)(self.p)
	if !osErrorInits(e.Type()) {
		return nil
	}
	if err := e.noKeywords(kwnames); err != nil {
		return err
	}
	e.args = keepArgs(args)
	return fillOSError(th, e, nil, nil)
}

func fillOSError(th *Thread, e *Exc, _ []*Str, _ []Value) *Exc {
	a := e.args.a
	if len(a) < 2 || len(a) > 5 {
		return nil
	}
	e.fields = []Value{a[0], a[1], {}, {}}
	if len(a) >= 3 && !a[2].IsNone() {
		e.fields[2] = a[2]
		if len(a) == 5 && !a[4].IsNone() {
			e.fields[3] = a[4]
		}
		e.args = &Tuple{Header{tupleShape}, a[:2:2]}
	}
	return nil
}

func strOSError(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	if len(e.fields) == 0 {
		return strException(th, v)
	}
	no, err := th.Str(e.fieldAt(0))
	if err != nil {
		return "", err
	}
	text, err := th.Str(e.fieldAt(1))
	if err != nil {
		return "", err
	}
	s := fmt.Sprintf("[Errno %s] %s", no, text)
	for i, sep := range []string{": ", " -> "} {
		if f := e.fieldAt(2 + i); !f.IsNone() {
			name, err := th.Repr(f)
			if err != nil {
				return "", err
			}
			s += sep + name
		}
	}
	return s, nil
}
