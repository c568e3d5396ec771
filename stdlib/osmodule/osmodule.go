// Package osmodule holds the modules os and os.path (posixpath): files, folders, the environment and the
// process. What asks the system is written in Go, the rest in the language.
//
//	environ, getenv, putenv, unsetenv              the environment
//	getcwd, chdir, listdir, scandir, walk, stat    looking at files and folders
//	mkdir, makedirs, remove, rmdir, removedirs, rename, replace, link, symlink, chmod, utime, truncate
//	open, close, read, write, pipe, isatty         files by descriptor
//	getpid, getppid, getuid, cpu_count, urandom, kill, _exit, fspath, fsencode, fsdecode, PathLike
//	os.path: join, split, splitext, basename, dirname, exists, isfile, isdir, abspath, realpath, ...
package osmodule

import (
	_ "embed"
	"os"
	"runtime"
	"strings"

	"aio/interp"
)

//go:embed os.aio
var source string

//go:embed path.aio
var pathSource string

// Module is the module os.
var Module = &interp.ModuleDef{
	Name:   "os",
	Doc:    "OS routines for NT or Posix depending on what system we're on.",
	Funcs:  functions,
	Init:   initModule,
	Source: source,
}

// Path is the module posixpath, which is os.path.
var Path = &interp.ModuleDef{
	Name:   "posixpath",
	Doc:    "Common operations on Posix pathnames.",
	Source: pathSource,
}

// functions are the functions of os that ask the system.
var functions = append([]interp.Builtin{
	{Sig: "getpid()", Doc: "Return the current process id.", Fn: number(os.Getpid)},
	{Sig: "getppid()", Doc: "Return the parent's process id.", Fn: number(os.Getppid)},
	{Sig: "getuid()", Doc: "Return the current process's user id.", Fn: number(os.Getuid)},
	{Sig: "geteuid()", Doc: "Return the current process's effective user id.", Fn: number(os.Geteuid)},
	{Sig: "getgid()", Doc: "Return the current process's group id.", Fn: number(os.Getgid)},
	{Sig: "getegid()", Doc: "Return the current process's effective group id.", Fn: number(os.Getegid)},
	{Sig: "cpu_count()", Doc: "Return the number of CPUs in the system.", Fn: number(runtime.NumCPU)},
	{Sig: "strerror(code, /)", Doc: "Translate an error code to a message string.", Fn: errorText},
	{Sig: "urandom(size, /)", Doc: "Return a bytes object containing random bytes suitable for cryptographic use.", Fn: randomBytes},
	{Sig: "putenv(name, value, /)", Doc: "Change or add an environment variable of the processes that are started.", Fn: putEnv},
	{Sig: "unsetenv(name, /)", Doc: "Delete an environment variable of the processes that are started.", Fn: unsetEnv},
	{Sig: "_exit(status)", Doc: "Exit to the system with specified status, without normal exit processing.", Fn: exitNow},
	{Sig: "_environment()", Doc: "Return the environment as a dict.", Fn: environment},
}, append(fileFunctions, descriptorFunctions...)...)

func number(f func() int) interp.BuiltinFunc {
	return func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(f())), nil
	}
}

func errorText(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	code, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkStr(interp.ErrnoText(code)), nil
}

// maxRandom bounds what urandom returns at once.
const maxRandom = 1 << 28

func randomBytes(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, err := th.IndexInt(a[0])
	switch {
	case err != nil:
		return interp.Value{}, err
	case n < 0:
		return interp.Value{}, interp.ValueErrorf("negative argument not allowed")
	case n > maxRandom:
		return interp.Value{}, interp.NewExc(interp.MemoryError)
	}
	buf := make([]byte, n)
	if err := th.Interp().Entropy(buf); err != nil {
		return interp.Value{}, interp.OSErrorOf(err, "")
	}
	return interp.MkBytes(buf), nil
}

func environment(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	d := interp.NewDict()
	for _, pair := range th.Interp().Config().Environ() {
		if i := strings.IndexByte(pair, '='); i > 0 {
			d.SetName(pair[:i], interp.MkStr(pair[i+1:]))
		}
	}
	return d.Value(), nil
}

func putEnv(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	value, _ := interp.StrOf(a[1])
	return done(os.Setenv(name, value), "")
}

func unsetEnv(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	return done(os.Unsetenv(name), "")
}

func exitNow(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	status, err := th.IndexInt(a[0])
	if err == nil {
		os.Exit(status)
	}
	return interp.Value{}, err
}

// done returns None, or the exception for a failure.
func done(err error, path string) (interp.Value, *interp.Exc) {
	if err != nil {
		return interp.Value{}, interp.OSErrorOf(err, path)
	}
	return interp.None, nil
}

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	name := "posix"
	if runtime.GOOS == "windows" {
		name = "nt"
	}
	m.Set("name", interp.MkStr(name))
	m.Set("devnull", interp.MkStr(os.DevNull))
	m.Set("stat_result", statResult().Value())
	for name, value := range descriptorFlags {
		m.Set(name, interp.MkInt(int64(value)))
	}
	return nil
}
