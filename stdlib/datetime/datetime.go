// Package datetime is the module datetime: dates, times and differences of them. It is written in the language; time zones by name are in zoneinfo.
//
//	date, time, datetime, timedelta, tzinfo, timezone, UTC, MINYEAR, MAXYEAR
package datetime

import (
	_ "embed"

	"aio/interp"
)

//go:embed datetime.aio
var source string

// Module is the module datetime.
var Module = &interp.ModuleDef{Name: "datetime", Doc: "Fast implementation of the datetime type.", Source: source}
