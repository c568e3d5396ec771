package interp

// This file defines what the exception types do: constructors, attributes, text.

import (
	"fmt"
	"path"
)

// setupExcType gives an exception type its constructor, protocol, methods and attributes.
func setupExcType(t *Type) {
	t.proto = &Protocol{}
	t.Doc = excDocs[t.Name]
	t.newSig = t.Name + "(*args)"
	switch t {
	case BaseException:
		t.new = newException
		t.proto.Init = initException
		t.proto.Repr = reprException
		t.proto.Str = strException
		t.rows = exceptionMethods
		t.getset = exceptionAttrs
	case KeyError:
		t.proto.Str = strKeyError
	case StopIteration:
		t.exc = &excSpec{[]string{"value"}, fillStopIteration}
	case SystemExit:
		t.exc = &excSpec{[]string{"code"}, fillSystemExit}
	case ImportError:
		t.exc = &excSpec{[]string{"msg", "name", "path"}, fillImportError}
		t.proto.Str = strImportError
	case NameError:
		t.exc = &excSpec{[]string{"name"}, fillByKeyword("NameError", "name")}
	case AttributeError:
		t.exc = &excSpec{[]string{"name", "obj"}, fillByKeyword("AttributeError", "name", "obj")}
	case SyntaxError:
		t.exc = &excSpec{[]string{"msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"}, fillSyntaxError}
		t.proto.Str = strSyntaxError
	case OSError:
		t.exc = &excSpec{[]string{"errno", "strerror", "filename", "filename2"}, fillOSError}
		t.new = newOSError
		t.proto.Init = initOSError
		t.proto.Str = strOSError
	case UnicodeDecodeError:
		t.exc = &excSpec{[]string{"encoding", "object", "start", "end", "reason"}, fillUnicodeDecode}
		t.proto.Str = strUnicodeDecode
	case UnicodeEncodeError:
		t.exc = &excSpec{[]string{"encoding", "object", "start", "end", "reason"}, fillUnicodeEncode}
		t.proto.Str = strUnicodeEncode
	case UnicodeTransError:
		t.exc = &excSpec{[]string{"object", "start", "end", "reason"}, fillUnicodeTranslate}
		t.proto.Str = strUnicodeTranslate
	case BaseExceptionGroup:
		setupExceptionGroup(t)
	}
	if t.exc != nil {
		t.getset = append(t.getset, t.exc.attributes(t == BaseExceptionGroup)...)
	}
	if t == SyntaxError {
		t.newSig = "SyntaxError(msg, details=None)"
	}
}

// excDocs are the docstrings of the exception types.
var excDocs = map[string]string{
	"BaseException":             "Common base class for all exceptions",
	"Exception":                 "Common base class for all non-exit exceptions.",
	"GeneratorExit":             "Request that a generator exit.",
	"SystemExit":                "Request to exit from the interpreter.",
	"KeyboardInterrupt":         "Program interrupted by user.",
	"BaseExceptionGroup":        "A combination of multiple unrelated exceptions.",
	"StopIteration":             "Signal the end from iterator.__next__().",
	"StopAsyncIteration":        "Signal the end from iterator.__anext__().",
	"ArithmeticError":           "Base class for arithmetic errors.",
	"FloatingPointError":        "Floating point operation failed.",
	"OverflowError":             "Result too large to be represented.",
	"ZeroDivisionError":         "Second argument to a division or modulo operation was zero.",
	"AssertionError":            "Assertion failed.",
	"AttributeError":            "Attribute not found.",
	"BufferError":               "Buffer error.",
	"EOFError":                  "Read beyond end of file.",
	"ImportError":               "Import can't find module, or can't find name in module.",
	"ModuleNotFoundError":       "Module not found.",
	"LookupError":               "Base class for lookup errors.",
	"IndexError":                "Sequence index out of range.",
	"KeyError":                  "Mapping key not found.",
	"MemoryError":               "Out of memory.",
	"NameError":                 "Name not found globally.",
	"UnboundLocalError":         "Local name referenced but not bound to a value.",
	"OSError":                   "Base class for I/O related errors.",
	"BlockingIOError":           "I/O operation would block.",
	"ChildProcessError":         "Child process error.",
	"ConnectionError":           "Connection error.",
	"BrokenPipeError":           "Broken pipe.",
	"ConnectionAbortedError":    "Connection aborted.",
	"ConnectionRefusedError":    "Connection refused.",
	"ConnectionResetError":      "Connection reset.",
	"FileExistsError":           "File already exists.",
	"FileNotFoundError":         "File not found.",
	"InterruptedError":          "Interrupted by signal.",
	"IsADirectoryError":         "Operation doesn't work on directories.",
	"NotADirectoryError":        "Operation only works on directories.",
	"PermissionError":           "Not enough permissions.",
	"ProcessLookupError":        "Process not found.",
	"TimeoutError":              "Timeout expired.",
	"ReferenceError":            "Weak ref proxy used after referent went away.",
	"RuntimeError":              "Unspecified run-time error.",
	"NotImplementedError":       "Method or function hasn't been implemented yet.",
	"RecursionError":            "Recursion limit exceeded.",
	"SyntaxError":               "Invalid syntax.",
	"IndentationError":          "Improper indentation.",
	"TabError":                  "Improper mixture of spaces and tabs.",
	"SystemError":               "Internal error of the interpreter.",
	"TypeError":                 "Inappropriate argument type.",
	"ValueError":                "Inappropriate argument value (of correct type).",
	"UnicodeError":              "Unicode related error.",
	"UnicodeDecodeError":        "Unicode decoding error.",
	"UnicodeEncodeError":        "Unicode encoding error.",
	"UnicodeTranslateError":     "Unicode translation error.",
	"Warning":                   "Base class for warning categories.",
	"BytesWarning":              "Base class for warnings about bytes and buffer related problems.",
	"DeprecationWarning":        "Base class for warnings about deprecated features.",
	"EncodingWarning":           "Base class for warnings about encodings.",
	"FutureWarning":             "Base class for warnings about constructs that will change in the future.",
	"ImportWarning":             "Base class for warnings about probable mistakes in module imports",
	"PendingDeprecationWarning": "Base class for warnings about features which will be deprecated.",
	"ResourceWarning":           "Base class for warnings about resource usage.",
	"RuntimeWarning":            "Base class for warnings about dubious runtime behavior.",
	"SyntaxWarning":             "Base class for warnings about dubious syntax.",
	"UnicodeWarning":            "Base class for warnings about Unicode related problems.",
	"UserWarning":               "Base class for warnings generated by user code.",
}

// attributes returns the computed attributes of the fields.
func (s *excSpec) attributes(readOnly bool) []GetSet {
	list := make([]GetSet, len(s.fields))
	for i, name := range s.fields {
		list[i] = GetSet{Name: name, Get: func(th *Thread, self Value) (Value, *Exc) {
			return (*Exc)(self.p).fieldAt(i), nil
		}}
		if !readOnly {
			list[i].Set = func(th *Thread, self, v Value) *Exc {
				(*Exc)(self.p).setFieldAt(i, v)
				return nil
			}
		}
	}
	return list
}

// newException is BaseException.__new__: it keeps the arguments and ignores keywords, which __init__
// judges.
func newException(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	return (&Exc{Header: Header{cls.inst}, args: keepArgs(args[:len(args)-len(kwnames)])}).Value(), nil
}

func keepArgs(args []Value) *Tuple {
	if len(args) == 1 { // one allocation for what nearly all have
		t := &struct {
			Tuple
			arr [1]Value
		}{arr: [1]Value{args[0]}}
		t.shape, t.a = tupleShape, t.arr[:]
		return &t.Tuple
	}
	return &Tuple{Header{tupleShape}, append([]Value(nil), args...)}
}

// initException is BaseException.__init__, and that of all types that only fill fields.
func initException(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
	e := (*Exc)(self.p)
	kwvals := args[len(args)-len(kwnames):]
	args = args[:len(args)-len(kwnames)]
	if !sameValues(e.args.a, args) {
		e.args = keepArgs(args)
	}
	if s := e.shape.typ.exceptionSpec(); s != nil && s.fill != nil {
		return s.fill(th, e, kwnames, kwvals)
	}
	return e.noKeywords(kwnames)
}

func (e *Exc) noKeywords(kwnames []*Str) *Exc {
	if len(kwnames) > 0 {
		return TypeErrorf("%s() takes no keyword arguments", e.Type().Name)
	}
	return nil
}

func sameValues(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !Is(a[i], b[i]) {
			return false
		}
	}
	return true
}

func reprException(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	if len(e.args.a) == 1 {
		s, err := th.Repr(e.args.a[0])
		return e.Type().Name + "(" + s + ")", err
	}
	s, err := th.Repr(object(e.args))
	return e.Type().Name + s, err
}

func strException(th *Thread, v Value) (string, *Exc) {
	switch args := (*Exc)(v.p).args; len(args.a) {
	case 0:
		return "", nil
	case 1:
		return th.Str(args.a[0])
	default:
		return th.Str(object(args))
	}
}

func strKeyError(th *Thread, v Value) (string, *Exc) {
	if args := (*Exc)(v.p).args.a; len(args) == 1 {
		return th.Repr(args[0])
	}
	return strException(th, v)
}

func fillStopIteration(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	if err := e.noKeywords(kwnames); err != nil {
		return err
	}
	v := None
	if len(e.args.a) > 0 {
		v = e.args.a[0]
	}
	e.fields = []Value{v}
	return nil
}

func fillSystemExit(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	if err := e.noKeywords(kwnames); err != nil {
		return err
	}
	switch len(e.args.a) {
	case 0:
	case 1:
		e.setFieldAt(0, e.args.a[0])
	default:
		e.setFieldAt(0, object(e.args))
	}
	return nil
}

// fillKeywords sets fields from keyword arguments, which must be among names.
func fillKeywords(e *Exc, fn string, names []string, kwnames []*Str, kwvals []Value) *Exc {
next:
	for i, kw := range kwnames {
		for _, n := range names {
			if n == kw.s {
				e.setField(n, kwvals[i])
				continue next
			}
		}
		return TypeErrorf("'%s' is an invalid keyword argument for %s()", kw.s, fn)
	}
	return nil
}

func fillByKeyword(fn string, names ...string) func(*Thread, *Exc, []*Str, []Value) *Exc {
	return func(th *Thread, e *Exc, kwnames []*Str, kwvals []Value) *Exc {
		return fillKeywords(e, fn, names, kwnames, kwvals)
	}
}

func fillImportError(th *Thread, e *Exc, kwnames []*Str, kwvals []Value) *Exc {
	if len(e.args.a) == 1 {
		e.setFieldAt(0, e.args.a[0])
	}
	return fillKeywords(e, "ImportError", []string{"name", "path"}, kwnames, kwvals)
}

func strImportError(th *Thread, v Value) (string, *Exc) {
	if msg := (*Exc)(v.p).field("msg"); shapeOf(msg) == strShape {
		return (*Str)(msg.p).s, nil
	}
	return strException(th, v)
}

func fillSyntaxError(th *Thread, e *Exc, kwnames []*Str, _ []Value) *Exc {
	if err := e.noKeywords(kwnames); err != nil {
		return err
	}
	a := e.args.a
	if len(a) >= 1 {
		e.setFieldAt(0, a[0])
	}
	if len(a) != 2 {
		return nil
	}
	var info []Value
	if t, ok := AsTuple(a[1]); ok {
		info = t.a
	} else if th != nil {
		var err *Exc
		if info, err = th.Items(a[1]); err != nil {
			return err
		}
	}
	switch {
	case len(info) < 4:
		return TypeErrorf("function takes at least 4 arguments (%d given)", len(info))
	case len(info) > 6:
		return TypeErrorf("function takes at most 6 arguments (%d given)", len(info))
	case len(info) == 5:
		return TypeErrorf("end_offset must be provided when end_lineno is provided")
	}
	for i, v := range info {
		e.setFieldAt(i+1, v)
	}
	return nil
}

func strSyntaxError(th *Thread, v Value) (string, *Exc) {
	e := (*Exc)(v.p)
	msg, err := th.Str(e.field("msg"))
	if err != nil {
		return "", err
	}
	file, hasFile := StrOf(e.field("filename"))
	line, hasLine := AsInt(e.field("lineno"))
	switch {
	case hasFile && hasLine:
		return fmt.Sprintf("%s (%s, line %d)", msg, path.Base(file), line), nil
	case hasFile:
		return fmt.Sprintf("%s (%s)", msg, path.Base(file)), nil
	case hasLine:
		return fmt.Sprintf("%s (line %d)", msg, line), nil
	}
	return msg, nil
}

// exceptionAttrs are the attributes of BaseException.
var exceptionAttrs = []GetSet{
	{"args", "", excArgs, excSetArgs},
	{"__traceback__", "", excTraceback, excSetTraceback},
	{"__context__", "", excContext, excSetContext},
	{"__cause__", "", excCause, excSetCause},
	{"__suppress_context__", "", excSuppress, excSetSuppress},
	dictGetSet,
}

// exceptionMethods are the methods of BaseException.
var exceptionMethods = []Builtin{
	{"with_traceback(tb, /)", "Exception.with_traceback(tb) -- set self.__traceback__ to tb and return self.", excWithTraceback},
	{"add_note(note, /)", "Exception.add_note(note) -- add a note to the exception", excAddNote},
	{"__reduce__()", "", excReduce},
	{"__setstate__(state, /)", "", excSetState},
}

func excArgs(th *Thread, self Value) (Value, *Exc) { return object((*Exc)(self.p).args), nil }

func excSetArgs(th *Thread, self, v Value) *Exc {
	if v.IsUnbound() {
		return TypeErrorf("args may not be deleted")
	}
	items, err := th.Items(v)
	if err != nil {
		return err
	}
	(*Exc)(self.p).args = &Tuple{Header{tupleShape}, items}
	return nil
}

func excTraceback(th *Thread, self Value) (Value, *Exc) {
	return (*Exc)(self.p).tb.value(), nil
}

// value returns tb as a Value, None for nil.
func (tb *Traceback) value() Value {
	if tb == nil {
		return None
	}
	tb.shape = tracebackShape
	return object(tb)
}

func excSetTraceback(th *Thread, self, v Value) *Exc {
	e := (*Exc)(self.p)
	switch {
	case v.IsUnbound():
		return TypeErrorf("__traceback__ may not be deleted")
	case v.IsNone():
		e.tb = nil
	case shapeOf(v) == tracebackShape:
		e.tb = (*Traceback)(v.p)
	default:
		return TypeErrorf("__traceback__ must be a traceback or None")
	}
	return nil
}

// valueOrNone returns e as a Value, None for nil.
func (e *Exc) valueOrNone() Value {
	if e == nil {
		return None
	}
	return e.Value()
}

func excContext(th *Thread, self Value) (Value, *Exc) {
	return (*Exc)(self.p).context.valueOrNone(), nil
}

func excSetContext(th *Thread, self, v Value) *Exc {
	return setLinked(&(*Exc)(self.p).context, v, "__context__", "context")
}

// setLinked stores an exception or None.
func setLinked(field **Exc, v Value, attr, what string) *Exc {
	if v.IsUnbound() {
		return TypeErrorf("%s may not be deleted", attr)
	}
	if v.IsNone() {
		*field = nil
		return nil
	}
	x, ok := AsExc(v)
	if !ok {
		return TypeErrorf("exception %s must be None or derive from BaseException", what)
	}
	*field = x
	return nil
}

func excCause(th *Thread, self Value) (Value, *Exc) {
	return (*Exc)(self.p).cause.valueOrNone(), nil
}

func excSetCause(th *Thread, self, v Value) *Exc {
	e := (*Exc)(self.p)
	if err := setLinked(&e.cause, v, "__cause__", "cause"); err != nil {
		return err
	}
	e.suppress = true
	return nil
}

func excSuppress(th *Thread, self Value) (Value, *Exc) { return MkBool((*Exc)(self.p).suppress), nil }

func excSetSuppress(th *Thread, self, v Value) *Exc {
	if v.IsUnbound() {
		return TypeErrorf("can't delete numeric/char attribute")
	}
	b, ok := AsBool(v)
	if !ok {
		return TypeErrorf("attribute value type must be bool")
	}
	(*Exc)(self.p).suppress = b
	return nil
}

func excWithTraceback(th *Thread, a []Value) (Value, *Exc) {
	return a[0], excSetTraceback(th, a[0], a[1])
}

func excAddNote(th *Thread, a []Value) (Value, *Exc) {
	if _, ok := AsStr(a[1]); !ok {
		return Value{}, TypeErrorf("note must be a str, not '%s'", typeName(a[1]))
	}
	notes, ok, err := th.LookupAttr(a[0], "__notes__")
	if err != nil {
		return Value{}, err
	}
	if !ok {
		notes = MkList(nil)
		if err := th.SetAttr(a[0], Intern("__notes__"), notes); err != nil {
			return Value{}, err
		}
	}
	l, ok := AsList(notes)
	if !ok {
		return Value{}, TypeErrorf("Cannot add note: __notes__ is not a list")
	}
	l.Append(a[1])
	return None, nil
}

func excReduce(th *Thread, a []Value) (Value, *Exc) {
	e := (*Exc)(a[0].p)
	r := []Value{e.Type().Value(), object(e.args)}
	if e.dict != nil && e.dict.Len() > 0 {
		r = append(r, e.dict.Value())
	}
	return MkTuple(r), nil
}

func excSetState(th *Thread, a []Value) (Value, *Exc) {
	if a[1].IsNone() {
		return None, nil
	}
	d, ok := AsDict(a[1])
	if !ok {
		return Value{}, TypeErrorf("state is not a dictionary")
	}
	for i := 0; ; {
		k, v, next, ok := d.Next(i)
		if !ok {
			return None, nil
		}
		name, ok := AsStr(k)
		if !ok {
			return Value{}, TypeErrorf("attribute name must be string, not '%s'", typeName(k))
		}
		if err := th.SetAttr(a[0], name, v); err != nil {
			return Value{}, err
		}
		i = next
	}
}
