package repl

import "syscall"

// getModes is the request that reads the modes of a terminal.
const getModes = syscall.TIOCGETA
