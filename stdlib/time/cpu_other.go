//go:build !unix

package time

// This file stands in for the CPU time of the process where it cannot be asked for: the time that passed.

import (
	gotime "time"

	"aio/interp"
)

func cpuTime(th *interp.Thread) gotime.Duration { return monotonic(th) }
