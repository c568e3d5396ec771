//go:build linux || darwin || freebsd || openbsd || netbsd

package repl

// This file defines how wide the terminal is; only the system knows.

import (
	"syscall"
	"unsafe"
)

// terminalWidth returns the columns of the terminal.
func terminalWidth() int {
	var size struct{ rows, columns, x, y uint16 }
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(syscall.Stdout), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if errno != 0 || size.columns == 0 {
		return standardWidth
	}
	return int(size.columns)
}
