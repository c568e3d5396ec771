//go:build !linux

package signal

// This file defines the signals of systems other than Linux: those whose numbers are the same everywhere.

import (
	"os"
	"syscall"
)

const alarmSignal = 14

type name struct {
	name string
	n    syscall.Signal
}

// names are the signals by number.
var names = []name{
	{"SIGHUP", 1},
	{"SIGINT", 2},
	{"SIGQUIT", 3},
	{"SIGILL", 4},
	{"SIGTRAP", 5},
	{"SIGABRT", 6},
	{"SIGFPE", 8},
	{"SIGKILL", 9},
	{"SIGSEGV", 11},
	{"SIGPIPE", 13},
	{"SIGALRM", 14},
	{"SIGTERM", 15},
}

// texts are the words for the signals.
var texts = map[int]string{
	1:  "Hangup",
	2:  "Interrupt",
	3:  "Quit",
	4:  "Illegal instruction",
	5:  "Trace/breakpoint trap",
	6:  "Aborted",
	8:  "Floating point exception",
	9:  "Killed",
	11: "Segmentation fault",
	13: "Broken pipe",
	14: "Alarm clock",
	15: "Terminated",
}

var (
	harmless       = map[int]bool{}
	cannotHandle   = map[int]bool{9: true}
	ignoredAtStart = map[int]bool{13: true}
)

// endBy ends the process as a signal that it does not handle would.
func endBy(n int) { os.Exit(128 + n) }
