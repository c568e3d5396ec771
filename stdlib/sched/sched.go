// Package sched is the module sched: functions that run at their time. It is written in the language.
//
//	scheduler
package sched

import (
	_ "embed"

	"aio/interp"
)

//go:embed sched.aio
var source string

// Module is the module sched.
var Module = &interp.ModuleDef{Name: "sched", Doc: "A generally useful event scheduler class.", Source: source}
