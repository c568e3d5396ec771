// Package calendar is the module calendar: months and years as lists, text and HTML. It is written in the language.
//
//	Calendar, TextCalendar, HTMLCalendar, isleap, leapdays, weekday, monthrange, monthcalendar, timegm
//	month, calendar, prmonth, prcal, setfirstweekday, month_name, month_abbr, day_name, day_abbr
package calendar

import (
	_ "embed"

	"aio/interp"
)

//go:embed calendar.aio
var source string

// Module is the module calendar.
var Module = &interp.ModuleDef{Name: "calendar", Doc: "Calendar printing functions.", Source: source}
