package interp

// This file defines Exc, an exception instance, and the table of exception types.

import (
	"fmt"
	"strconv"
	"strings"

	"aio/diag"
)

// Exc is an exception instance. Go functions return one to raise it.
type Exc struct {
	Header
	args     *Tuple
	tb       *Traceback
	context  *Exc // __context__
	cause    *Exc // __cause__
	suppress bool // __suppress_context__
	dict     *Dict
	// fields holds what special attributes some types have beyond args, by the order of excFields.
	fields []Value
	// syntax is where a SyntaxError is, for one made by the parser.
	syntax *diag.Error
	// hint is the learner's next step, printed under the traceback.
	hint string
}

// Traceback is one entry of a traceback: a frame that the exception passed. Next leads inwards.
type Traceback struct {
	Header
	code   *Code
	pc     int
	lineno int // set by scripts that build their own; 0: derived from pc
	next   *Traceback
	frame  *FrameObject
}

// Value returns e as a Value.
func (e *Exc) Value() Value { return object(e) }

// Type returns the exception's class.
func (e *Exc) Type() *Type { return e.shape.typ }

// Is reports whether the exception is an instance of t.
func (e *Exc) Is(t *Type) bool { return e.shape.typ.IsSubtype(t) }

// AsExc returns v as an exception instance.
func AsExc(v Value) (*Exc, bool) { return as[Exc](v, layoutExc) }

// WithHint adds the learner's next step, and returns e.
func (e *Exc) WithHint(hint string) *Exc {
	e.hint = hint
	return e
}

// NewExc returns an exception of type t with args.
func NewExc(t *Type, args ...Value) *Exc {
	e := newExcWithArgs(t, args)
	initExcFields(e)
	return e
}

// newExcWithArgs makes an exception with a copy of args; with none or one it takes one allocation.
func newExcWithArgs(t *Type, args []Value) *Exc {
	if len(args) > 1 {
		return &Exc{Header: Header{t.inst}, args: &Tuple{Header{tupleShape}, append([]Value(nil), args...)}}
	}
	x := &struct {
		Exc
		tuple Tuple
		arr   [1]Value
	}{}
	x.shape = t.inst
	x.tuple.shape = tupleShape
	x.tuple.a = x.arr[:copy(x.arr[:], args)]
	x.args = &x.tuple
	return &x.Exc
}

// plainException reports whether instances of t are made of their args alone, by no code of a script.
func (t *Type) plainException() bool {
	return t.layout == layoutExc && t.exceptionSpec() == nil && t.flags&flagNoNew == 0 && shapeOf(t.Value()) == typeShape &&
		(t.flags&flagHeap == 0 || t.specialMethod(spNew).IsUnbound() && t.specialMethod(spInit).IsUnbound() && t.flags&flagAbstract == 0)
}

// Errorf returns an exception of type t with a formatted message.
func Errorf(t *Type, format string, args ...any) *Exc {
	return NewExc(t, MkStr(message(format, args)))
}

// message is fmt.Sprintf, faster for texts with plain %s and %d.
func message(format string, args []any) string {
	buf := make([]byte, 0, 96)
	rest := format
	for _, arg := range args {
		i := strings.IndexByte(rest, '%')
		if i < 0 || i+1 == len(rest) {
			return fmt.Sprintf(format, args...)
		}
		buf = append(buf, rest[:i]...)
		verb := rest[i+1]
		rest = rest[i+2:]
		switch x := arg.(type) {
		case string:
			if verb != 's' {
				return fmt.Sprintf(format, args...)
			}
			buf = append(buf, x...)
		case int:
			if verb != 'd' {
				return fmt.Sprintf(format, args...)
			}
			buf = strconv.AppendInt(buf, int64(x), 10)
		default:
			return fmt.Sprintf(format, args...)
		}
	}
	if strings.IndexByte(rest, '%') >= 0 {
		return fmt.Sprintf(format, args...)
	}
	return string(append(buf, rest...))
}

// TypeErrorf returns a TypeError.
func TypeErrorf(format string, args ...any) *Exc { return Errorf(TypeError, format, args...) }

// ValueErrorf returns a ValueError.
func ValueErrorf(format string, args ...any) *Exc { return Errorf(ValueError, format, args...) }

// IndexErrorf returns an IndexError.
func IndexErrorf(format string, args ...any) *Exc { return Errorf(IndexError, format, args...) }

// RuntimeErrorf returns a RuntimeError.
func RuntimeErrorf(format string, args ...any) *Exc { return Errorf(RuntimeError, format, args...) }

// AttributeErrorf returns an AttributeError for name of obj.
func AttributeErrorf(obj Value, name string, format string, args ...any) *Exc {
	e := Errorf(AttributeError, format, args...)
	e.fields = []Value{MkStr(name), obj}
	return e
}

// KeyErrorOf returns a KeyError for a key.
func KeyErrorOf(key Value) *Exc { return NewExc(KeyError, key) }

func excType(name string, bases ...*Type) *Type {
	t := &Type{Name: name, QualName: name, Module: "builtins", layout: layoutExc, bases: bases}
	t.Header = Header{typeShape}
	if len(bases) > 0 {
		t.base = bases[0]
	}
	t.inst = &Shape{typ: t}
	return t
}

// The exception types.
var (
	BaseException      = excType("BaseException", objectType)
	ExceptionType      = excType("Exception", BaseException)
	GeneratorExit      = excType("GeneratorExit", BaseException)
	SystemExit         = excType("SystemExit", BaseException)
	KeyboardInterrupt  = excType("KeyboardInterrupt", BaseException)
	BaseExceptionGroup = excType("BaseExceptionGroup", BaseException)
	ExceptionGroup     = excType("ExceptionGroup", BaseExceptionGroup, ExceptionType)

	StopIteration      = excType("StopIteration", ExceptionType)
	StopAsyncIteration = excType("StopAsyncIteration", ExceptionType)
	ArithmeticError    = excType("ArithmeticError", ExceptionType)
	FloatingPointError = excType("FloatingPointError", ArithmeticError)
	OverflowError      = excType("OverflowError", ArithmeticError)
	ZeroDivisionError  = excType("ZeroDivisionError", ArithmeticError)
	AssertionError     = excType("AssertionError", ExceptionType)
	AttributeError     = excType("AttributeError", ExceptionType)
	BufferError        = excType("BufferError", ExceptionType)
	EOFError           = excType("EOFError", ExceptionType)
	ImportError        = excType("ImportError", ExceptionType)
	ModuleNotFound     = excType("ModuleNotFoundError", ImportError)
	LookupError        = excType("LookupError", ExceptionType)
	IndexError         = excType("IndexError", LookupError)
	KeyError           = excType("KeyError", LookupError)
	MemoryError        = excType("MemoryError", ExceptionType)
	NameError          = excType("NameError", ExceptionType)
	UnboundLocalError  = excType("UnboundLocalError", NameError)
	OSError            = excType("OSError", ExceptionType)
	BlockingIOError    = excType("BlockingIOError", OSError)
	ChildProcessError  = excType("ChildProcessError", OSError)
	ConnectionError    = excType("ConnectionError", OSError)
	BrokenPipeError    = excType("BrokenPipeError", ConnectionError)
	ConnectionAborted  = excType("ConnectionAbortedError", ConnectionError)
	ConnectionRefused  = excType("ConnectionRefusedError", ConnectionError)
	ConnectionReset    = excType("ConnectionResetError", ConnectionError)
	FileExistsError    = excType("FileExistsError", OSError)
	FileNotFoundError  = excType("FileNotFoundError", OSError)
	InterruptedError   = excType("InterruptedError", OSError)
	IsADirectoryError  = excType("IsADirectoryError", OSError)
	NotADirectoryError = excType("NotADirectoryError", OSError)
	PermissionError    = excType("PermissionError", OSError)
	ProcessLookupError = excType("ProcessLookupError", OSError)
	TimeoutError       = excType("TimeoutError", OSError)
	ReferenceError     = excType("ReferenceError", ExceptionType)
	RuntimeError       = excType("RuntimeError", ExceptionType)
	NotImplementedErr  = excType("NotImplementedError", RuntimeError)
	RecursionError     = excType("RecursionError", RuntimeError)
	SyntaxError        = excType("SyntaxError", ExceptionType)
	IndentationError   = excType("IndentationError", SyntaxError)
	TabError           = excType("TabError", IndentationError)
	SystemError        = excType("SystemError", ExceptionType)
	TypeError          = excType("TypeError", ExceptionType)
	ValueError         = excType("ValueError", ExceptionType)
	UnicodeError       = excType("UnicodeError", ValueError)
	UnicodeDecodeError = excType("UnicodeDecodeError", UnicodeError)
	UnicodeEncodeError = excType("UnicodeEncodeError", UnicodeError)
	UnicodeTransError  = excType("UnicodeTranslateError", UnicodeError)

	Warning                   = excType("Warning", ExceptionType)
	BytesWarning              = excType("BytesWarning", Warning)
	DeprecationWarning        = excType("DeprecationWarning", Warning)
	EncodingWarning           = excType("EncodingWarning", Warning)
	FutureWarning             = excType("FutureWarning", Warning)
	ImportWarning             = excType("ImportWarning", Warning)
	PendingDeprecationWarning = excType("PendingDeprecationWarning", Warning)
	ResourceWarning           = excType("ResourceWarning", Warning)
	RuntimeWarning            = excType("RuntimeWarning", Warning)
	SyntaxWarning             = excType("SyntaxWarning", Warning)
	UnicodeWarning            = excType("UnicodeWarning", Warning)
	UserWarning               = excType("UserWarning", Warning)
)

// excTypes is the one list of exception types, in the order of the hierarchy.
var excTypes = []*Type{
	BaseException, ExceptionType, GeneratorExit, SystemExit, KeyboardInterrupt, BaseExceptionGroup, ExceptionGroup,
	StopIteration, StopAsyncIteration, ArithmeticError, FloatingPointError, OverflowError, ZeroDivisionError,
	AssertionError, AttributeError, BufferError, EOFError, ImportError, ModuleNotFound, LookupError, IndexError,
	KeyError, MemoryError, NameError, UnboundLocalError, OSError, BlockingIOError, ChildProcessError,
	ConnectionError, BrokenPipeError, ConnectionAborted, ConnectionRefused, ConnectionReset, FileExistsError,
	FileNotFoundError, InterruptedError, IsADirectoryError, NotADirectoryError, PermissionError,
	ProcessLookupError, TimeoutError, ReferenceError, RuntimeError, NotImplementedErr, RecursionError,
	SyntaxError, IndentationError, TabError, SystemError, TypeError, ValueError, UnicodeError,
	UnicodeDecodeError, UnicodeEncodeError, UnicodeTransError,
	Warning, BytesWarning, DeprecationWarning, EncodingWarning, FutureWarning, ImportWarning,
	PendingDeprecationWarning, ResourceWarning, RuntimeWarning, SyntaxWarning, UnicodeWarning, UserWarning,
}

// excSpec is what exceptions of a type have beyond args.
type excSpec struct {
	fields []string // names of the attributes; their values are Exc.fields
	// fill sets the fields from args and the keywords of a constructor call. th is nil, and there are no
	// keywords, for an exception made by Go code.
	fill func(th *Thread, e *Exc, kwnames []*Str, kwvals []Value) *Exc
}

// exceptionSpec returns the spec of exceptions of type t, inherited from the nearest base with one; nil
// without.
func (t *Type) exceptionSpec() *excSpec {
	for _, m := range t.mro {
		if m.exc != nil {
			return m.exc
		}
	}
	return nil
}

// initExcFields fills the special attributes of an exception made by Go code.
func initExcFields(e *Exc) {
	if s := e.shape.typ.exceptionSpec(); s != nil && s.fill != nil {
		s.fill(nil, e, nil, nil)
	}
}

// field returns a special attribute; None when it was never set.
func (e *Exc) field(name string) Value {
	if s := e.shape.typ.exceptionSpec(); s != nil {
		for i, n := range s.fields {
			if n == name {
				return e.fieldAt(i)
			}
		}
	}
	return None
}

// fieldAt is field by its index in the spec.
func (e *Exc) fieldAt(i int) Value {
	if i < len(e.fields) && !e.fields[i].IsUnbound() {
		return e.fields[i]
	}
	return None
}

func (e *Exc) setField(name string, v Value) {
	if s := e.shape.typ.exceptionSpec(); s != nil {
		for i, n := range s.fields {
			if n == name {
				e.setFieldAt(i, v)
			}
		}
	}
}

func (e *Exc) setFieldAt(i int, v Value) {
	if len(e.fields) <= i {
		e.fields = append(e.fields, make([]Value, i+1-len(e.fields))...)
	}
	e.fields[i] = v
}

// Args returns the constructor's arguments, which must not be changed.
func (e *Exc) Args() []Value { return e.args.a }

// Traceback returns __traceback__: None without one.
func (e *Exc) Traceback() Value { return e.tb.value() }

// SetTraceback sets __traceback__ to a traceback or None. Errors: TypeError for another value.
func (e *Exc) SetTraceback(v Value) *Exc { return excSetTraceback(nil, e.Value(), v) }

// AsTraceback returns v as a traceback object.
func AsTraceback(v Value) (*Traceback, bool) {
	if v.p != nil && shapeOf(v) == tracebackShape {
		return (*Traceback)(v.p), true
	}
	return nil, false
}

// AsFrame returns v as a frame object.
func AsFrame(v Value) (*FrameObject, bool) {
	if v.p != nil && shapeOf(v) == frameShape {
		return (*FrameObject)(v.p), true
	}
	return nil, false
}

// Hint returns the learner's next step, "" without one.
func (e *Exc) Hint() string { return e.hint }

// StopValue returns the value of a StopIteration: what the generator returned.
func (e *Exc) StopValue() Value { return e.field("value") }

// WithCause makes cause the __cause__ of e, as "raise e from cause" does while it is handled, and returns e.
func (e *Exc) WithCause(cause *Exc) *Exc {
	e.cause, e.context, e.suppress = cause, cause, true
	return e
}
