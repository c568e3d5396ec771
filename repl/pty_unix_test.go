//go:build linux || darwin

package repl

// This file defines what tests ask of the system about terminals.

import (
	"os"
	"syscall"
	"testing"
	"unsafe"

	"github.com/creack/pty"
)

// ownSession makes the terminal that of the process, so that Ctrl-C reaches it.
func ownSession() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Setctty: true}
}

// modesOf returns the modes of a terminal.
func modesOf(t *testing.T, tty *os.File) syscall.Termios {
	t.Helper()
	var m syscall.Termios
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, tty.Fd(), getModes, uintptr(unsafe.Pointer(&m))); errno != 0 {
		t.Fatal(errno)
	}
	return m
}

// freshModes returns the modes that a terminal begins with.
func freshModes(t *testing.T) syscall.Termios {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer tty.Close()
	return modesOf(t, tty)
}
