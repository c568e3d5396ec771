package interp

// This file defines the module builtins: the one list of built-in functions, and those that work on any
// one object. Those on iterables are in builtinsiter.go, those that run source text in evaluate.go.

import (
	"strings"
	"unicode/utf8"
)

var builtinFunctions = []Builtin{
	{"__build_class__(func, name, /, *bases, **kwds)", "Internal helper function used by the class statement.", builtinBuildClass},
	{"abs(x, /)", "Return the absolute value of the argument.", func(th *Thread, a []Value) (Value, *Exc) { return th.Abs(a[0]) }},
	{"aiter(async_iterable, /)", "Return an AsyncIterator for an AsyncIterable object.", builtinAIter},
	{"all(iterable, /)", "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.", builtinAll},
	{"anext(aiterator, default=?, /)", "Return the next item from the async iterator.\n\nIf default is given and the async iterator is exhausted,\nit is returned instead of raising StopAsyncIteration.", builtinANext},
	{"any(iterable, /)", "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.", builtinAny},
	{"ascii(obj, /)", "Return an ASCII-only representation of an object.", builtinASCII},
	{"bin(number, /)", "Return the binary representation of an integer.", inBase(2)},
	{"breakpoint(*args, **kws)", "Call sys.breakpointhook(*args, **kws).", builtinBreakpoint},
	{"callable(obj, /)", "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method.", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkBool(isCallable(a[0])), nil
	}},
	{"chr(i, /)", "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.", builtinChr},
	{"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)", "Compile source into a code object that can be executed by exec() or eval().\n\nThe source code may represent a Python module, statement or expression.\nThe filename will be used for run-time error messages.\nThe mode must be 'exec' to compile a module, 'single' to compile a\nsingle (interactive) statement, or 'eval' to compile an expression.", builtinCompile},
	{"delattr(obj, name, /)", "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y''", builtinDelAttr},
	{"dir(object=?, /)", "Return an alphabetized list of names comprising (some of) the attributes of the given object.\n\nWithout an argument, return the names in the current scope.", builtinDir},
	{"divmod(x, y, /)", "Return the tuple (x//y, x%y).", func(th *Thread, a []Value) (Value, *Exc) {
		return th.Binary(BinDivmod, a[0], a[1])
	}},
	{"eval(source, globals=None, locals=None, /)", "Evaluate the given source in the context of globals and locals.", builtinEval},
	{"exec(source, globals=None, locals=None, /, *, closure=None)", "Execute the given source in the context of globals and locals.", builtinExec},
	{"format(value, format_spec='', /)", "Return value.__format__(format_spec)", builtinFormat},
	{"getattr(object, name, default=?, /)", "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case.", builtinGetAttr},
	{"globals()", "Return the dictionary containing the current scope's global variables.", builtinGlobals},
	{"hasattr(obj, name, /)", "Return whether the object has an attribute with the given name.", builtinHasAttr},
	{"hash(obj, /)", "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.", builtinHash},
	{"hex(number, /)", "Return the hexadecimal representation of an integer.", inBase(16)},
	{"id(obj, /)", "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkInt(int64(addressOf(a[0]))), nil
	}},
	{"input(prompt='', /)", "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\ntrailing newline before reading input.\n\nIf the user hits EOF, raise EOFError.", builtinInput},
	{"isinstance(obj, class_or_tuple, /)", "Return whether an object is an instance of a class or of a subclass thereof.", func(th *Thread, a []Value) (Value, *Exc) {
		r, err := th.IsInstance(a[0], a[1])
		return MkBool(r), err
	}},
	{"issubclass(cls, class_or_tuple, /)", "Return whether 'cls' is derived from another class or is the same class.", func(th *Thread, a []Value) (Value, *Exc) {
		r, err := th.IsSubclass(a[0], a[1])
		return MkBool(r), err
	}},
	{"iter(object, sentinel=?, /)", "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.  In the first form, the argument must\nsupply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel.", builtinIter},
	{"len(obj, /)", "Return the number of items in a container.", func(th *Thread, a []Value) (Value, *Exc) {
		n, err := th.Len(a[0])
		return MkInt(int64(n)), err
	}},
	{"locals()", "Return a dictionary containing the current scope's local variables.", builtinLocals},
	{"max(*args, key=None, default=?)", "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the largest argument.", builtinMax},
	{"min(*args, key=None, default=?)", "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the smallest argument.", builtinMin},
	{"next(iterator, default=?, /)", "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration.", builtinNext},
	{"oct(number, /)", "Return the octal representation of an integer.", inBase(8)},
	{"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", "Open file and return a stream.  Raise OSError upon failure.\n\nfile is a path or a file descriptor. mode is 'r' (read), 'w' (write), 'x' (create)\nor 'a' (append), with '+' for reading and writing and 'b' for bytes.", builtinOpen},
	{"ord(c, /)", "Return the Unicode code point for a one-character string.", builtinOrd},
	{"pow(base, exp, mod=None)", "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.", func(th *Thread, a []Value) (Value, *Exc) {
		return th.Power(a[0], a[1], a[2])
	}},
	{"print(*args, sep=' ', end='\\n', file=None, flush=False)", "Prints the values to a stream, or to sys.stdout by default.\n\nsep\n  string inserted between values, default a space.\nend\n  string appended after the last value, default a newline.\nfile\n  a file-like object (stream); defaults to the current sys.stdout.\nflush\n  whether to forcibly flush the stream.", builtinPrint},
	{"repr(obj, /)", "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval(repr(obj)) == obj.", func(th *Thread, a []Value) (Value, *Exc) {
		return th.toRepr(a[0])
	}},
	{"round(number, ndigits=None)", "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.", func(th *Thread, a []Value) (Value, *Exc) {
		return th.Round(a[0], a[1])
	}},
	{"setattr(obj, name, value, /)", "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v''", builtinSetAttr},
	{"sorted(iterable, /, *, key=None, reverse=False)", "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order.", builtinSorted},
	{"sum(iterable, /, start=0)", "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric types.", builtinSum},
	{"vars(object=?, /)", "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__.", builtinVars},
}

// builtinTypes are the types among the builtins.
var builtinTypes = []*Type{
	boolType, byteArrayType, bytesType, classMethodType, complexType, dictType, enumerateType, filterType, floatType,
	frozenSetType, intType, listType, mapType, memoryViewType, objectType, propertyType, rangeType, reversedType, setType, sliceType,
	staticMethodType, strType, superType, tupleType, typeType, zipType,
}

// positional are the functions that take their arguments as they are when none is by keyword.
var positional = map[string]BuiltinFunc{
	"__build_class__": func(th *Thread, a []Value) (Value, *Exc) { return th.buildClass(a, nil) },

	"max":   func(th *Thread, a []Value) (Value, *Exc) { return th.extremum(CmpGt, a, None, Value{}) },
	"min":   func(th *Thread, a []Value) (Value, *Exc) { return th.extremum(CmpLt, a, None, Value{}) },
	"print": func(th *Thread, a []Value) (Value, *Exc) { return None, th.print(a, " ", "\n", None, false) },
}

// newBuiltinsModule returns the module that every name lookup ends in.
func (in *Interp) newBuiltinsModule() *Module {
	m := in.NewModule("builtins")
	m.Set("__doc__", MkStr("Built-in functions, types, exceptions, and other objects.\n\nThis module provides direct access to all 'built-in' identifiers."))
	for i := range builtinFunctions {
		row := &builtinFunctions[i]
		f := NewBuiltin(row, "builtins")
		(*BuiltinFunction)(f.p).pos = positional[row.Name()]
		m.Set(row.Name(), f)
	}
	for _, t := range builtinTypes {
		m.Set(t.Name, t.Value())
	}
	for _, t := range excTypes {
		m.Set(t.Name, t.Value())
	}
	m.Set("EnvironmentError", OSError.Value())
	m.Set("IOError", OSError.Value())
	for name, v := range map[string]Value{
		"None": None, "True": True, "False": False, "Ellipsis": Ellipsis, "NotImplemented": NotImplemented, "__debug__": True,
	} {
		m.Set(name, v)
	}
	in.addSiteBuiltins(m)
	return m
}

func builtinBuildClass(th *Thread, a []Value) (Value, *Exc) {
	args, names := withKeywords(append([]Value{a[0], a[1]}, (*Tuple)(a[2].p).a...), a[3])
	return th.buildClass(args, names)
}

// attrName reads the name argument of getattr and its kin.
func (th *Thread) attrName(v Value, fn string) (*Str, *Exc) {
	s, ok := AsStr(v)
	if !ok {
		return nil, TypeErrorf("%sattribute name must be string, not '%s'", fn, typeName(v))
	}
	return th.internStr(s), nil
}

func builtinGetAttr(th *Thread, a []Value) (Value, *Exc) {
	name, err := th.attrName(a[1], "")
	if err != nil {
		return Value{}, err
	}
	if a[2].IsUnbound() {
		return th.GetAttr(a[0], name)
	}
	r, ok, err := th.findAttr(a[0], name)
	if err == nil && !ok {
		return a[2], nil
	}
	return r, err
}

func builtinHasAttr(th *Thread, a []Value) (Value, *Exc) {
	name, err := th.attrName(a[1], "")
	if err != nil {
		return Value{}, err
	}
	_, ok, err := th.findAttr(a[0], name)
	return MkBool(ok), err
}

func builtinSetAttr(th *Thread, a []Value) (Value, *Exc) {
	name, err := th.attrName(a[1], "")
	if err != nil {
		return Value{}, err
	}
	return None, th.SetAttr(a[0], name, a[2])
}

func builtinDelAttr(th *Thread, a []Value) (Value, *Exc) {
	name, err := th.attrName(a[1], "")
	if err != nil {
		return Value{}, err
	}
	return None, th.DelAttr(a[0], name)
}

func builtinASCII(th *Thread, a []Value) (Value, *Exc) {
	r, err := th.toRepr(a[0])
	if err != nil {
		return Value{}, err
	}
	if s := (*Str)(r.p); !s.IsASCII() {
		return MkStr(escapeNonASCII(s.s)), nil
	}
	return r, nil
}

// escapeNonASCII writes the characters of s beyond ASCII as escapes.
func escapeNonASCII(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		i += n
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case r < 0x100:
			b.WriteString(`\x` + hexDigits(r, 2))
		case r < 0x10000:
			b.WriteString(`\u` + hexDigits(r, 4))
		default:
			b.WriteString(`\U` + hexDigits(r, 8))
		}
	}
	return b.String()
}

func hexDigits(r rune, n int) string {
	const digits = "0123456789abcdef"
	b := make([]byte, n)
	for i := n - 1; i >= 0; i-- {
		b[i] = digits[r&15]
		r >>= 4
	}
	return string(b)
}

func inBase(base int) BuiltinFunc {
	return func(th *Thread, a []Value) (Value, *Exc) {
		s, err := th.InBase(a[0], base)
		return MkStr(s), err
	}
}

func builtinChr(th *Thread, a []Value) (Value, *Exc) {
	if n, ok := AsInt(a[0]); ok && uint64(n) < 128 {
		return object(asciiStrs[n]), nil
	}
	i, err := th.Index(a[0])
	if err != nil {
		return Value{}, err
	}
	n, ok := AsInt(i)
	if !ok || n != int64(int32(n)) {
		return Value{}, Errorf(OverflowError, "Python int too large to convert to C int")
	}
	if n < 0 || n > utf8.MaxRune {
		return Value{}, ValueErrorf("chr() arg not in range(0x110000)")
	}
	return MkStr(string(appendRune(nil, rune(n)))), nil
}

func builtinOrd(_ *Thread, a []Value) (Value, *Exc) {
	var n int
	if s, ok := AsStr(a[0]); ok {
		if n = s.Len(); n == 1 {
			r, _ := decodeRune(s.s)
			return MkInt(int64(r)), nil
		}
	} else if b, ok := BufferOf(a[0]); ok {
		if n = len(b); n == 1 {
			return MkInt(int64(b[0])), nil
		}
	} else {
		return Value{}, TypeErrorf("ord() expected string of length 1, but %s found", typeName(a[0]))
	}
	return Value{}, TypeErrorf("ord() expected a character, but string of length %d found", n)
}

func builtinFormat(th *Thread, a []Value) (Value, *Exc) {
	spec, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("format() argument 2 must be str, not %s", typeName(a[1]))
	}
	s, err := th.Format(a[0], spec)
	return MkStr(s), err
}

func builtinHash(th *Thread, a []Value) (Value, *Exc) {
	h, err := th.Hash(a[0])
	return MkInt(int64(h)), err
}

func builtinDir(th *Thread, a []Value) (Value, *Exc) {
	if a[0].IsUnbound() {
		names, err := th.Items(th.localsDict().Value())
		if err != nil {
			return Value{}, err
		}
		return MkList(names), th.sortItems(names, None, false)
	}
	t := TypeOf(a[0])
	f, ok := t.lookup(specialStrs[spDir])
	if !ok {
		return Value{}, TypeErrorf("object does not provide __dir__")
	}
	r, err := th.callSpecial(f, a[0])
	if err != nil {
		return Value{}, err
	}
	names, err := th.Items(r)
	if err != nil {
		return Value{}, err
	}
	return MkList(names), th.sortItems(names, None, false)
}

func builtinVars(th *Thread, a []Value) (Value, *Exc) {
	if a[0].IsUnbound() {
		return th.localsDict().Value(), nil
	}
	d, ok, err := th.LookupAttr(a[0], "__dict__")
	if err == nil && !ok {
		err = TypeErrorf("vars() argument must have __dict__ attribute")
	}
	return d, err
}

func builtinBreakpoint(th *Thread, a []Value) (Value, *Exc) {
	if sys, ok := th.in.modules.GetName("sys"); ok {
		hook, ok, err := th.LookupAttr(sys, "breakpointhook")
		if err != nil {
			return Value{}, err
		}
		if ok {
			return th.callStar(hook, a[0], a[1])
		}
	}
	return None, th.WriteError("breakpoint() was reached: there is no debugger, the program goes on\n")
}

// callStar calls fn(*args, **kwargs).
func (th *Thread) callStar(fn, args, kwargs Value) (Value, *Exc) {
	list, names := withKeywords(append([]Value(nil), (*Tuple)(args.p).a...), kwargs)
	return th.CallArgs(fn, list, names)
}

// withKeywords returns args with the values of **kwargs behind them, and their names.
func withKeywords(args []Value, kwargs Value) ([]Value, []*Str) {
	var names []*Str
	kw := (*Dict)(kwargs.p)
	for k, v, i, ok := kw.Next(0); ok; k, v, i, ok = kw.Next(i) {
		name, _ := AsStr(k)
		names = append(names, name)
		args = append(args, v)
	}
	return args, names
}
