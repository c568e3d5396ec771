package time

// This file defines struct_time, and what converts between it and seconds since the epoch.

import (
	gomath "math"
	"sync"
	gotime "time"

	"aio/interp"
)

// structTime is the type struct_time.
var structTime = sync.OnceValue(func() *interp.Type {
	return interp.NewLongStructType("time", "struct_time",
		[]string{"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"},
		[]string{"tm_zone", "tm_gmtoff"})
})

// weekday counts from Monday, as the language does.
func weekday(t gotime.Time) int { return (int(t.Weekday()) + 6) % 7 }

// tuple returns t as a struct_time.
func tuple(t gotime.Time) interp.Value {
	dst := 0
	if t.IsDST() {
		dst = 1
	}
	fields := fieldsOf(t)
	fields.isdst = dst
	name, offset := t.Zone()
	return fields.value(interp.MkStr(name), interp.MkInt(int64(offset)))
}

// fields are the items of a struct_time.
type fields struct {
	year, mon, mday, hour, min, sec, wday, yday, isdst int
	local                                              *zone // which the struct_time itself names
}

func fieldsOf(t gotime.Time) fields {
	return fields{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), weekday(t), t.YearDay(), 0, nil}
}

func (f *fields) value(zone, offset interp.Value) interp.Value {
	items := make([]interp.Value, 0, 11)
	for _, n := range [...]int{f.year, f.mon, f.mday, f.hour, f.min, f.sec, f.wday, f.yday, f.isdst} {
		items = append(items, interp.MkInt(int64(n)))
	}
	return interp.NewStruct(structTime(), append(items, zone, offset)...)
}

// date returns the time that the fields name in loc, overflowing fields carried over.
func (f *fields) date(loc *gotime.Location) gotime.Time {
	return gotime.Date(f.year, gotime.Month(f.mon), f.mday, f.hour, f.min, f.sec, 0, loc)
}

// moment reads a number of seconds since the epoch; None is now.
func moment(th *interp.Thread, v interp.Value) (gotime.Time, *interp.Exc) {
	if v.IsNone() {
		return th.Interp().Config().Now(), nil
	}
	outOfRange := interp.Errorf(interp.OverflowError, "timestamp out of range for platform time_t")
	if f, ok := interp.FloatOf(v); ok {
		switch {
		case gomath.IsNaN(f):
			return gotime.Time{}, interp.ValueErrorf("Invalid value NaN (not a number)")
		case gomath.Abs(f) >= 1<<62:
			return gotime.Time{}, outOfRange
		}
		return checkYear(gotime.Unix(int64(gomath.Floor(f)), 0))
	}
	i, err := th.Index(v)
	if err != nil {
		return gotime.Time{}, err
	}
	n, ok := interp.AsInt(i)
	if !ok || n > 1<<62 || n < -1<<62 {
		return gotime.Time{}, outOfRange
	}
	return checkYear(gotime.Unix(n, 0))
}

// checkYear refuses times whose year the C library cannot hold.
func checkYear(t gotime.Time) (gotime.Time, *interp.Exc) {
	if y := t.Unix() / 31556952; y > gomath.MaxInt32-2000 || y < gomath.MinInt32 {
		return t, interp.NewExc(interp.OSError, interp.MkInt(75), interp.MkStr("Value too large for defined data type"))
	}
	return t, nil
}

func localTime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, err := moment(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return tuple(t.In(gotime.Local)), nil
}

func gmTime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, err := moment(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	f := fieldsOf(t.UTC())
	return f.value(interp.MkStr("GMT"), interp.MkInt(0)), nil
}

// readFields reads a tuple of nine ints, the argument of fn; None is the local time now.
func readFields(th *interp.Thread, fn string, v interp.Value) (fields, *interp.Exc) {
	if v.IsNone() {
		now := th.Interp().Config().Now().In(gotime.Local)
		f := fieldsOf(now)
		if now.IsDST() {
			f.isdst = 1
		}
		return f, nil
	}
	t, ok := interp.AsTuple(v)
	if !ok {
		return fields{}, interp.TypeErrorf("Tuple or struct_time argument required")
	}
	if len(t.Items()) != 9 {
		return fields{}, interp.TypeErrorf("%s(): illegal time tuple argument", fn)
	}
	var f fields
	for i, p := range [...]*int{&f.year, &f.mon, &f.mday, &f.hour, &f.min, &f.sec, &f.wday, &f.yday, &f.isdst} {
		n, err := th.IndexInt(t.Items()[i])
		if err != nil {
			return fields{}, err
		}
		*p = n
	}
	if interp.TypeOf(v) == structTime() {
		f.local = zoneIn(th, v)
	}
	return f, nil
}

// zoneIn returns the local time that a struct_time names, or nil.
func zoneIn(th *interp.Thread, v interp.Value) *zone {
	name, _ := th.Attr(v, "tm_zone")
	offset, _ := th.Attr(v, "tm_gmtoff")
	text, ok := interp.StrOf(name)
	seconds, ok2 := interp.AsInt(offset)
	if !ok || !ok2 {
		return nil
	}
	return &zone{text, int(seconds)}
}

// check refuses fields out of range; a month, day or day of the year of 0 counts as 1.
func (f *fields) check() *interp.Exc {
	for _, c := range [...]struct {
		field     *int
		low, high int
		name      string
	}{
		{&f.mon, 1, 12, "month"}, {&f.mday, 1, 31, "day of month"}, {&f.hour, 0, 23, "hour"},
		{&f.min, 0, 59, "minute"}, {&f.sec, 0, 61, "seconds"}, {&f.yday, 1, 366, "day of year"},
	} {
		if *c.field == 0 {
			*c.field = c.low
		}
		if *c.field < c.low || *c.field > c.high {
			return interp.ValueErrorf("%s out of range", c.name)
		}
	}
	if f.wday < -1 {
		return interp.ValueErrorf("day of week out of range")
	}
	f.wday = (f.wday + 7) % 7
	return nil
}

func makeTime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if a[0].IsNone() {
		return interp.Value{}, interp.TypeErrorf("Tuple or struct_time argument required")
	}
	f, err := readFields(th, "mktime", a[0])
	if err != nil {
		return interp.Value{}, err
	}
	t := f.date(gotime.Local)
	if f.isdst == 1 && !t.IsDST() || f.isdst == 0 && t.IsDST() { // the clock that was meant is the other one
		winter, summer := zonesOf(t.Year())
		shift := gotime.Duration(summer.offset-winter.offset) * gotime.Second
		if t.IsDST() {
			t = t.Add(shift)
		} else {
			t = t.Add(-shift)
		}
	}
	return interp.MkFloat(float64(t.Unix())), nil
}

// zone is a local time: its name, and its distance from UTC in seconds to the east.
type zone struct {
	name   string
	offset int
}

// zonesOf returns the local times of winter and summer, which are the same where the clock is not
// changed.
func zonesOf(year int) (winter, summer zone) {
	found := map[bool]zone{}
	for _, month := range [...]gotime.Month{gotime.January, gotime.July} {
		t := gotime.Date(year, month, 1, 12, 0, 0, 0, gotime.Local)
		name, offset := t.Zone()
		found[t.IsDST()] = zone{name, offset}
	}
	winter, ok := found[false]
	if !ok {
		winter = found[true]
	}
	if summer, ok = found[true]; !ok {
		summer = winter
	}
	return winter, summer
}
