package interp

// This file defines how a program ends: uncaught exceptions, exit functions, exit status.

import "aio/diag"

// The exit statuses of a program.
const (
	exitFailure     = 1
	exitDeadlock    = 3 // nothing could wake the program any more
	exitInterrupted = 130
)

// RunProgram runs a program as __main__ and returns its exit status. What it left uncaught is reported
// on stderr; file is its __file__, "" when it has none.
func (th *Thread) RunProgram(src *diag.Source, file string) int {
	return th.Finish(th.RunMain(src, file))
}

// Finish ends a program that left err, which may be nil: it reports the exception, waits for threads, runs
// the exit functions, warns about coroutines that were never awaited, flushes stdout, and returns the exit
// status.
func (th *Thread) Finish(err *Exc) int {
	status := th.exitStatus(err)
	if err := th.endThreads(); err != nil {
		status = th.exitStatus(err)
	}
	in := th.in
	for len(in.exiting) > 0 {
		f := in.exiting[len(in.exiting)-1]
		in.exiting = in.exiting[:len(in.exiting)-1]
		f(th)
	}
	th.ReportLoops()
	th.ReportNeverAwaited()
	if err := in.FlushFiles(); err != nil && status == 0 {
		status = exitFailure
	}
	if th.flushStdout() != nil && status == 0 {
		status = exitFailure
	}
	return status
}

// AtExit makes f run when the program ends, the last given first.
func (in *Interp) AtExit(f func(th *Thread)) { in.exiting = append(in.exiting, f) }

// flushStdout flushes sys.stdout, when a script put another file there, and the interpreter's own.
func (th *Thread) flushStdout() error {
	if m, ok := th.in.modules.GetName("sys"); ok {
		if f, ok, _ := th.LookupAttr(m, "stdout"); ok && !f.IsNone() {
			if flush, ok, _ := th.LookupAttr(f, "flush"); ok {
				if _, err := th.Call(flush); err != nil && !err.Is(ValueError) { // a closed file
					return th.in.Flush()
				}
			}
		}
	}
	return th.in.Flush()
}

func (th *Thread) exitStatus(err *Exc) int {
	switch {
	case err == nil:
		return 0
	case err.Is(SystemExit):
		return th.systemExit(err)
	}
	th.ReportUncaught(err)
	switch {
	case err.Is(KeyboardInterrupt):
		return exitInterrupted
	case err.Is(deadlockError):
		return exitDeadlock
	}
	return exitFailure
}

// systemExit returns the status that a SystemExit asks for; a code that is no int is a message.
func (th *Thread) systemExit(err *Exc) int {
	code := err.field("code")
	if code.IsNone() {
		return 0
	}
	if i, b, ok := IntOf(code); ok {
		if b != nil {
			return 255
		}
		return int(i & 0xff)
	}
	text, serr := th.Str(code)
	if serr != nil {
		text = "<exception str() failed>"
	}
	if werr := th.WriteError(text + "\n"); werr != nil {
		return exitFailure
	}
	return exitFailure
}

// ReportUncaught gives an exception to sys.excepthook, which prints it on stderr unless a script
// replaced it.
func (th *Thread) ReportUncaught(e *Exc) {
	text := ""
	if m, ok := th.in.modules.GetName("sys"); ok {
		hook, ok, _ := th.LookupAttr(m, "excepthook")
		if ok && !isBuiltinNamed(hook, "excepthook") {
			_, err := th.Call(hook, e.Type().Value(), e.Value(), e.tb.value())
			if err == nil {
				return
			}
			if err.Is(SystemExit) {
				return
			}
			text = "Error in sys.excepthook:\n" + th.FormatException(err) + "\nOriginal exception was:\n"
		}
	}
	text += th.FormatException(e)
	if err := th.WriteError(text); err != nil {
		_, _ = th.in.cfg.Stderr.Write([]byte(text))
	}
}

func isBuiltinNamed(v Value, name string) bool {
	f, ok := asBuiltin(v)
	return ok && f.mod == "sys" && f.name.s == name
}

// defaultRecursionLimit is sys.getrecursionlimit() at the start.
const defaultRecursionLimit = 1000

// RecursionLimit returns how deep calls may go.
func (th *Thread) RecursionLimit() int {
	if th.limit > 0 {
		return th.limit
	}
	return defaultRecursionLimit
}

// SetRecursionLimit sets how deep calls may go. Errors: RecursionError when they are deeper now.
func (th *Thread) SetRecursionLimit(n int) *Exc {
	if th.depth >= n {
		return Errorf(RecursionError, "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", n, th.depth)
	}
	th.limit = n
	return nil
}
