// Package sys is the module sys: the interpreter as a program sees it.
//
//	argv, path, modules, flags        how it was started and what it loaded
//	stdin, stdout, stderr             the standard streams, put in place by the interpreter
//	exit, exc_info, exception         leaving, and what is being handled
//	_getframe, excepthook, displayhook
//	version_info, implementation, hexversion, platform, byteorder, maxsize, float_info, int_info, hash_info
//	getrecursionlimit, setrecursionlimit, getsizeof, intern, getrefcount
package sys

import (
	"os"
	"runtime"

	"aio/interp"
)

// Module is the module sys.
var Module = &interp.ModuleDef{
	Name:  "sys",
	Doc:   "This module provides access to some objects used or maintained by the interpreter.",
	Funcs: functions,
	Init:  initModule,
}

// functions are the functions of the module.
var functions = []interp.Builtin{
	{Sig: "exit(status=None, /)", Doc: "Exit the interpreter by raising SystemExit(status).", Fn: exit},
	{Sig: "exc_info()", Doc: "Return (type, value, traceback) of the exception that is being handled.", Fn: excInfo},
	{Sig: "exception()", Doc: "Return the exception that is being handled, or None.", Fn: exception},
	{Sig: "excepthook(exctype, value, traceback, /)", Doc: "Handle an exception by displaying it with a traceback on sys.stderr.", Fn: exceptHook},
	{Sig: "unraisablehook(unraisable, /)", Doc: "Handle an exception that has nowhere to go by displaying it on sys.stderr.", Fn: unraisableHook},
	{Sig: "_getframe(depth=0, /)", Doc: "Return a frame object from the call stack.", Fn: getFrame},
	{Sig: "getrecursionlimit()", Doc: "Return the maximum depth of calls.", Fn: getRecursionLimit},
	{Sig: "setrecursionlimit(limit, /)", Doc: "Set the maximum depth of calls.", Fn: setRecursionLimit},
	{Sig: "getdefaultencoding()", Doc: "Return 'utf-8'.", Fn: constant("utf-8")},
	{Sig: "getfilesystemencoding()", Doc: "Return 'utf-8'.", Fn: constant("utf-8")},
	{Sig: "getfilesystemencodeerrors()", Doc: "Return 'surrogateescape'.", Fn: constant("surrogateescape")},
	{Sig: "intern(string, /)", Doc: "Return the string itself.", Fn: intern},
	{Sig: "getsizeof(object, default=?)", Doc: "Return an estimate of the size of object in bytes.", Fn: getSizeOf},
	{Sig: "getrefcount(object, /)", Doc: "Return 2: there are no reference counts.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return interp.MkInt(2), nil }},
	{Sig: "is_finalizing()", Doc: "Return False.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return interp.False, nil }},
	{Sig: "displayhook(object, /)", Doc: "Print repr(object) unless it is None, and save it in builtins._.", Fn: displayHook},
	{Sig: "get_coroutine_origin_tracking_depth()", Doc: "Check status of origin tracking for coroutine objects in this thread.", Fn: originDepth},
	{Sig: "set_coroutine_origin_tracking_depth(depth)", Doc: "Enable or disable origin tracking for coroutine objects in this thread.\n\nCoroutine objects will track 'depth' frames of traceback information\nabout where they came from, available in their cr_origin attribute.\n\nSet a depth of 0 to disable.", Fn: setOriginDepth},
	{Sig: "get_asyncgen_hooks()", Doc: "Return the installed asynchronous generators hooks.\n\nThis returns a namedtuple of the form (firstiter, finalizer).", Fn: asyncGenHooks},
	{Sig: "set_asyncgen_hooks(firstiter=?, finalizer=?)", Doc: "Set a finalizer for async generators objects.", Fn: setAsyncGenHooks},
	{Sig: "getswitchinterval()", Doc: "Return 0.005.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkFloat(0.005), nil
	}},
	{Sig: "setswitchinterval(interval, /)", Doc: "Do nothing: there is one running thread.", Fn: nothing},
	{Sig: "gettrace()", Doc: "Return None.", Fn: nothing},
	{Sig: "getprofile()", Doc: "Return None.", Fn: nothing},
	{Sig: "getallocatedblocks()", Doc: "Return the number of heap objects.", Fn: allocatedBlocks},
	{Sig: "_clear_type_cache()", Doc: "Do nothing.", Fn: nothing},
	{Sig: "audit(event, /, *args)", Doc: "Do nothing: there are no audit hooks.", Fn: nothing},
	{Sig: "get_int_max_str_digits()", Doc: "Return the maximum number of digits of an int made from or shown as text.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(th.Interp().StrDigits())), nil
	}},
	{Sig: "set_int_max_str_digits(maxdigits)", Doc: "Set the maximum string digits limit for non-binary int<->str conversions.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		n, err := th.IndexInt(a[0])
		if err == nil {
			err = th.Interp().SetStrDigits(n)
		}
		return interp.None, err
	}},
}

func nothing(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) { return interp.None, nil }

func constant(text string) interp.BuiltinFunc {
	return func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) { return interp.MkStr(text), nil }
}

func exit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if a[0].IsNone() {
		return interp.Value{}, interp.NewExc(interp.SystemExit)
	}
	if t, ok := interp.AsTuple(a[0]); ok {
		return interp.Value{}, interp.NewExc(interp.SystemExit, append([]interp.Value(nil), t.Items()...)...)
	}
	return interp.Value{}, interp.NewExc(interp.SystemExit, a[0])
}

func excInfo(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	e := th.Handled()
	if e == nil {
		return interp.MkTuple([]interp.Value{interp.None, interp.None, interp.None}), nil
	}
	return interp.MkTuple([]interp.Value{e.Type().Value(), e.Value(), e.Traceback()}), nil
}

func exception(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if e := th.Handled(); e != nil {
		return e.Value(), nil
	}
	return interp.None, nil
}

func exceptHook(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	e, ok := interp.AsExc(a[1])
	if !ok {
		text, err := th.Repr(a[1])
		if err != nil {
			return interp.Value{}, err
		}
		return interp.None, th.WriteError("TypeError: print_exception(): Exception expected for value, " + interp.TypeName(a[1]) + " found\n" + text + "\n")
	}
	return interp.None, th.WriteError(th.FormatException(e))
}

func getFrame(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	depth, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	f := th.CurrentFrame(max(depth, 0))
	if f == nil {
		return interp.Value{}, interp.ValueErrorf("call stack is not deep enough")
	}
	return f.Value(), nil
}

func getRecursionLimit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(int64(th.RecursionLimit())), nil
}

func setRecursionLimit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 1 {
		return interp.Value{}, interp.ValueErrorf("recursion limit must be greater or equal than 1")
	}
	return interp.None, th.SetRecursionLimit(n)
}

func intern(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if _, ok := interp.AsStr(a[0]); !ok {
		return interp.Value{}, interp.TypeErrorf("intern() argument must be str, not %s", interp.TypeName(a[0]))
	}
	return a[0], nil
}

// getSizeOf asks the object's __sizeof__, and guesses from its length otherwise.
func getSizeOf(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if f, ok, err := th.LookupAttr(a[0], "__sizeof__"); err != nil {
		return interp.Value{}, err
	} else if ok {
		return th.Call(f)
	}
	if n, err := th.Len(a[0]); err == nil {
		return interp.MkInt(int64(56 + 8*n)), nil
	}
	return interp.MkInt(48), nil
}

func allocatedBlocks(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return interp.MkInt(int64(m.HeapObjects)), nil
}

func displayHook(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if a[0].IsNone() {
		return interp.None, nil
	}
	b := th.Interp().Builtins()
	b.Set("_", interp.None)
	text, err := th.Repr(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	print, _ := b.Get("print")
	if _, err := th.Call(print, interp.MkStr(text)); err != nil {
		return interp.Value{}, err
	}
	b.Set("_", a[0])
	return interp.None, nil
}

// initModule fills the attributes that are no functions.
func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	in := th.Interp()
	argv := make([]interp.Value, len(in.Config().Args))
	for i, arg := range in.Config().Args {
		argv[i] = interp.MkStr(arg)
	}
	m.Set("argv", interp.MkList(argv))
	m.Set("orig_argv", interp.MkList(append([]interp.Value(nil), argv...)))
	m.Set("path", in.Path())
	m.Set("modules", in.Modules().Value())
	m.Set("meta_path", interp.MkList(nil))
	m.Set("path_hooks", interp.MkList(nil))
	m.Set("path_importer_cache", interp.NewDict().Value())
	m.Set("warnoptions", interp.MkList(nil))
	m.Set("_xoptions", interp.NewDict().Value())
	m.Set("dont_write_bytecode", interp.True)
	m.Set("pycache_prefix", interp.None)
	m.Set("ps1", interp.MkStr(">>> "))
	m.Set("ps2", interp.MkStr("... "))
	m.Set("copyright", interp.MkStr(""))
	m.Set("platform", interp.MkStr(platform()))
	m.Set("byteorder", interp.MkStr("little"))
	m.Set("maxsize", interp.MkInt(1<<63-1))
	m.Set("maxunicode", interp.MkInt(0x10ffff))
	m.Set("api_version", interp.MkInt(1013))
	m.Set("hexversion", interp.MkInt(hexVersion))
	m.Set("version", interp.MkStr(version))
	m.Set("prefix", interp.MkStr("/usr"))
	m.Set("exec_prefix", interp.MkStr("/usr"))
	m.Set("base_prefix", interp.MkStr("/usr"))
	m.Set("base_exec_prefix", interp.MkStr("/usr"))
	m.Set("executable", interp.MkStr(executable()))
	m.Set("float_repr_style", interp.MkStr("short"))
	m.Set("builtin_module_names", interp.MkTuple(moduleNames(in)))
	m.Set("stdlib_module_names", interp.MkTuple(moduleNames(in)))
	stdin, stdout, stderr := in.StdStreams()
	m.Set("stdin", stdin)
	m.Set("stdout", stdout)
	m.Set("stderr", stderr)
	for _, name := range []string{"stdin", "stdout", "stderr", "excepthook", "unraisablehook", "displayhook"} {
		f, _ := m.Get(name)
		m.Set("__"+name+"__", f)
	}
	in.OnUnraisable(reportUnraisable(m))
	return setStructures(m)
}

func platform() string {
	if runtime.GOOS == "windows" {
		return "win32"
	}
	return runtime.GOOS
}

func executable() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return path
}

func moduleNames(in *interp.Interp) []interp.Value {
	names := in.ModuleDefs()
	list := make([]interp.Value, len(names))
	for i, n := range names {
		list[i] = interp.MkStr(n)
	}
	return list
}
