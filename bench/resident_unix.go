// This file reads a finished process's peak memory where the system keeps it.

//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// maxResident returns the peak of the process's resident memory in bytes. Linux counts in what this program used
// when it started the process, some 10 MB: smaller figures than that are not seen.
func maxResident(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) * 1024
}
