//go:build !(linux || darwin || freebsd || openbsd || netbsd)

package repl

// This file defines terminalWidth where the system is not asked.

func terminalWidth() int { return standardWidth }
