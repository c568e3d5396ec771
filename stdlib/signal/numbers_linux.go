package signal

// This file defines the signals of Linux.

import (
	"os"
	"os/signal"
	"syscall"
)

const alarmSignal = int(syscall.SIGALRM)

type name struct {
	name string
	n    syscall.Signal
}

// names are the signals by number; behind the first of a number stand its other names.
var names = []name{
	{"SIGHUP", syscall.SIGHUP},
	{"SIGINT", syscall.SIGINT},
	{"SIGQUIT", syscall.SIGQUIT},
	{"SIGILL", syscall.SIGILL},
	{"SIGTRAP", syscall.SIGTRAP},
	{"SIGABRT", syscall.SIGABRT},
	{"SIGIOT", syscall.SIGIOT},
	{"SIGBUS", syscall.SIGBUS},
	{"SIGFPE", syscall.SIGFPE},
	{"SIGKILL", syscall.SIGKILL},
	{"SIGUSR1", syscall.SIGUSR1},
	{"SIGSEGV", syscall.SIGSEGV},
	{"SIGUSR2", syscall.SIGUSR2},
	{"SIGPIPE", syscall.SIGPIPE},
	{"SIGALRM", syscall.SIGALRM},
	{"SIGTERM", syscall.SIGTERM},
	{"SIGSTKFLT", syscall.SIGSTKFLT},
	{"SIGCHLD", syscall.SIGCHLD},
	{"SIGCLD", syscall.SIGCLD},
	{"SIGCONT", syscall.SIGCONT},
	{"SIGSTOP", syscall.SIGSTOP},
	{"SIGTSTP", syscall.SIGTSTP},
	{"SIGTTIN", syscall.SIGTTIN},
	{"SIGTTOU", syscall.SIGTTOU},
	{"SIGURG", syscall.SIGURG},
	{"SIGXCPU", syscall.SIGXCPU},
	{"SIGXFSZ", syscall.SIGXFSZ},
	{"SIGVTALRM", syscall.SIGVTALRM},
	{"SIGPROF", syscall.SIGPROF},
	{"SIGWINCH", syscall.SIGWINCH},
	{"SIGIO", syscall.SIGIO},
	{"SIGPOLL", syscall.SIGPOLL},
	{"SIGPWR", syscall.SIGPWR},
	{"SIGSYS", syscall.SIGSYS},
	{"SIGRTMIN", 34}, {"SIGRTMAX", 64},
}

// texts are the system's words for the signals.
var texts = map[int]string{
	1:  "Hangup",
	2:  "Interrupt",
	3:  "Quit",
	4:  "Illegal instruction",
	5:  "Trace/breakpoint trap",
	6:  "Aborted",
	7:  "Bus error",
	8:  "Floating point exception",
	9:  "Killed",
	10: "User defined signal 1",
	11: "Segmentation fault",
	12: "User defined signal 2",
	13: "Broken pipe",
	14: "Alarm clock",
	15: "Terminated",
	16: "Stack fault",
	17: "Child exited",
	18: "Continued",
	19: "Stopped (signal)",
	20: "Stopped",
	21: "Stopped (tty input)",
	22: "Stopped (tty output)",
	23: "Urgent I/O condition",
	24: "CPU time limit exceeded",
	25: "File size limit exceeded",
	26: "Virtual timer expired",
	27: "Profiling timer expired",
	28: "Window changed",
	29: "I/O possible",
	30: "Power failure",
	31: "Bad system call",
}

// harmless are the signals that do nothing to a program that does not handle them.
var harmless = map[int]bool{
	int(syscall.SIGCHLD): true, int(syscall.SIGCONT): true, int(syscall.SIGURG): true, int(syscall.SIGWINCH): true,
}

// cannotHandle are those whose action cannot be changed.
var cannotHandle = map[int]bool{int(syscall.SIGKILL): true, int(syscall.SIGSTOP): true, 32: true, 33: true}

// ignoredAtStart are those that CPython ignores, so that writing raises an exception.
var ignoredAtStart = map[int]bool{int(syscall.SIGPIPE): true, int(syscall.SIGXFSZ): true}

// endBy ends the process by a signal that it does not handle.
func endBy(n int) {
	sig := syscall.Signal(n)
	signal.Reset(sig)
	if err := syscall.Kill(os.Getpid(), sig); err != nil || !endsProcess[n] {
		os.Exit(128 + n)
	}
	select {} // it is on its way
}

// endsProcess are the signals that Go's runtime lets end the process when nobody has asked for them.
var endsProcess = map[int]bool{
	int(syscall.SIGHUP): true, int(syscall.SIGINT): true, int(syscall.SIGTERM): true, int(syscall.SIGKILL): true,
	int(syscall.SIGSTOP): true,
}
