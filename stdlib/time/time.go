// Package time is the module time: clocks, sleeping, and calendar times as named tuples.
//
//	time, monotonic, perf_counter, process_time, thread_time, and each with _ns behind
//	sleep
//	localtime, gmtime, mktime, struct_time                    (calendar.go)
//	strftime, asctime, ctime                                  (format.go)
//	strptime                                                  (parse.go)
//	timezone, altzone, daylight, tzname, tzset, get_clock_info
//
// Under a virtual clock all of them follow it, and sleep moves it.
package time

import (
	gomath "math"
	"math/big"
	gotime "time"

	"aio/interp"
)

// Module is the module time.
var Module = &interp.ModuleDef{
	Name:  "time",
	Doc:   "This module provides various functions to manipulate time values.",
	Funcs: functions,
	Init:  initModule,
}

// functions are the functions of the module.
var functions = []interp.Builtin{
	{Sig: "time()", Doc: "Return the current time in seconds since the Epoch.\nFractions of a second may be present if the system clock provides them.", Fn: seconds(wall)},
	{Sig: "time_ns()", Doc: "Return the current time in nanoseconds since the Epoch.", Fn: nanoseconds(wall)},
	{Sig: "monotonic()", Doc: "Monotonic clock, cannot go backward.", Fn: seconds(monotonic)},
	{Sig: "monotonic_ns()", Doc: "Monotonic clock, cannot go backward, as nanoseconds.", Fn: nanoseconds(monotonic)},
	{Sig: "perf_counter()", Doc: "Performance counter for benchmarking.", Fn: seconds(monotonic)},
	{Sig: "perf_counter_ns()", Doc: "Performance counter for benchmarking as nanoseconds.", Fn: nanoseconds(monotonic)},
	{Sig: "process_time()", Doc: "Process time for profiling: sum of the kernel and user-space CPU time.", Fn: seconds(process)},
	{Sig: "process_time_ns()", Doc: "Process time for profiling as nanoseconds: sum of the kernel and user-space CPU time.", Fn: nanoseconds(process)},
	{Sig: "thread_time()", Doc: "Thread time for profiling: sum of the kernel and user-space CPU time.", Fn: seconds(process)},
	{Sig: "thread_time_ns()", Doc: "Thread time for profiling as nanoseconds: sum of the kernel and user-space CPU time.", Fn: nanoseconds(process)},
	{Sig: "sleep(seconds, /)", Doc: "Delay execution for a given number of seconds.  The argument may be\na floating point number for subsecond precision.", Fn: sleep},
	{Sig: "localtime(seconds=None, /)", Doc: "Convert seconds since the Epoch to a time tuple expressing local time.\nWhen 'seconds' is not passed in, convert the current time instead.", Fn: localTime},
	{Sig: "gmtime(seconds=None, /)", Doc: "Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a.\nGMT).  When 'seconds' is not passed in, convert the current time instead.", Fn: gmTime},
	{Sig: "mktime(tuple, /)", Doc: "Convert a time tuple in local time to seconds since the Epoch.", Fn: makeTime},
	{Sig: "strftime(format, tuple=None, /)", Doc: "Convert a time tuple to a string according to a format specification.", Fn: strftime},
	{Sig: "strptime(string, format='%a %b %d %H:%M:%S %Y', /)", Doc: "Parse a string to a time tuple according to a format specification.", Fn: strptime},
	{Sig: "asctime(tuple=None, /)", Doc: "Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.", Fn: asctime},
	{Sig: "ctime(seconds=None, /)", Doc: "Convert a time in seconds since the Epoch to a string in local time.", Fn: ctime},
	{Sig: "tzset()", Doc: "Do nothing: the time zone is that of the start of the program.", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) { return interp.None, nil }},
	{Sig: "get_clock_info(name, /)", Doc: "Get information of the specified clock.", Fn: clockInfo},
}

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	m.Set("struct_time", structTime().Value())
	winter, summer := zonesOf(th.Interp().Config().Now().Year())
	m.Set("timezone", interp.MkInt(int64(-winter.offset)))
	m.Set("altzone", interp.MkInt(int64(-summer.offset)))
	daylight := int64(0)
	if winter != summer {
		daylight = 1
	}
	m.Set("daylight", interp.MkInt(daylight))
	m.Set("tzname", interp.Pair(interp.MkStr(winter.name), interp.MkStr(summer.name)))
	return nil
}

// The clocks, in time since their zero: the epoch, or the start of the interpreter.

func wall(th *interp.Thread) gotime.Duration {
	return gotime.Duration(th.Interp().Config().Now().UnixNano())
}

func monotonic(th *interp.Thread) gotime.Duration { return th.Interp().Config().Clock.Now() }

// process is the CPU time of the process; a virtual clock stands for it too.
func process(th *interp.Thread) gotime.Duration {
	if clock := th.Interp().Config().Clock; clock.Jumps() {
		return clock.Now()
	}
	return cpuTime(th)
}

func seconds(clock func(*interp.Thread) gotime.Duration) interp.BuiltinFunc {
	return func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkFloat(float64(clock(th)) / 1e9), nil
	}
}

func nanoseconds(clock func(*interp.Thread) gotime.Duration) interp.BuiltinFunc {
	return func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(clock(th))), nil
	}
}

func sleep(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	d, err := duration(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if d < 0 {
		return interp.Value{}, interp.ValueErrorf("sleep length must be non-negative")
	}
	return interp.None, th.Sleep(d)
}

// duration reads a number of seconds, rounding away from zero so that a sleep is never too short.
func duration(th *interp.Thread, v interp.Value) (gotime.Duration, *interp.Exc) {
	tooLarge := func() *interp.Exc {
		return interp.Errorf(interp.OverflowError, "timestamp too large to convert to C _PyTime_t")
	}
	if f, ok := interp.FloatOf(v); ok {
		ns := f * 1e9
		switch {
		case gomath.IsNaN(f):
			return 0, interp.ValueErrorf("Invalid value NaN (not a number)")
		case gomath.Abs(ns) >= 1<<63:
			return 0, tooLarge()
		case ns < 0:
			return gotime.Duration(gomath.Floor(ns)), nil
		}
		return gotime.Duration(gomath.Ceil(ns)), nil
	}
	i, err := th.Index(v)
	if err != nil {
		return 0, err
	}
	n, _ := interp.BigOf(i)
	ns := new(big.Int).Mul(n, big.NewInt(1e9))
	if !ns.IsInt64() {
		return 0, tooLarge()
	}
	return gotime.Duration(ns.Int64()), nil
}

func clockInfo(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("get_clock_info() argument 1 must be str, not %s", interp.TypeName(a[0]))
	}
	info := interp.NewSimpleNamespace()
	implementation, isWall := "clock_gettime(CLOCK_MONOTONIC)", false
	switch name {
	case "monotonic", "perf_counter":
	case "time":
		implementation, isWall = "clock_gettime(CLOCK_REALTIME)", true
	case "process_time":
		implementation = "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)"
	case "thread_time":
		implementation = "clock_gettime(CLOCK_THREAD_CPUTIME_ID)"
	default:
		return interp.Value{}, interp.ValueErrorf("unknown clock")
	}
	info.Set("implementation", interp.MkStr(implementation))
	info.Set("monotonic", interp.MkBool(!isWall))
	info.Set("adjustable", interp.MkBool(isWall))
	info.Set("resolution", interp.MkFloat(1e-9))
	return info.Value(), nil
}
