package time

// This file defines strptime.

import (
	"strings"
	gotime "time"
	"unicode"
	"unicode/utf8"

	"aio/interp"
)

// reader reads a text along a format.
type reader struct {
	text string
	fields
	pm, hour12           int // 12-hour clock: 0 none, 1 AM, 2 PM
	hasYearDay           bool
	hasWeekday           bool
	weekOf               rune // 'U' or 'W' when a week was given
	week                 int
	isoYear, isoWeek     int
	zone, offset         interp.Value
	hasYear, hasMonthDay bool
}

func strptime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	for i, v := range a {
		if _, ok := interp.StrOf(v); !ok {
			return interp.Value{}, interp.TypeErrorf("strptime() argument %d must be str, not <class '%s'>", i, interp.TypeName(v))
		}
	}
	text, _ := interp.StrOf(a[0])
	format, _ := interp.StrOf(a[1])
	r := reader{text: text, fields: fields{year: 1900, mon: 1, mday: 1, isdst: -1}, zone: interp.None, offset: interp.None}
	ok, err := r.follow(format)
	if err != nil {
		return interp.Value{}, err
	}
	if !ok {
		shownText, err := th.Repr(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		shownFormat, err := th.Repr(a[1])
		if err != nil {
			return interp.Value{}, err
		}
		return interp.Value{}, interp.ValueErrorf("time data %s does not match format %s", shownText, shownFormat)
	}
	if r.text != "" {
		return interp.Value{}, interp.ValueErrorf("unconverted data remains: %s", r.text)
	}
	if err := r.finish(); err != nil {
		return interp.Value{}, err
	}
	return r.value(r.zone, r.offset), nil
}

// follow reads the text that the format describes; ok is false when it is not there.
func (r *reader) follow(format string) (ok bool, err *interp.Exc) {
	for format != "" {
		c, n := utf8.DecodeRuneInString(format)
		format = format[n:]
		switch {
		case unicode.IsSpace(c):
			r.text = strings.TrimLeftFunc(r.text, unicode.IsSpace)
			continue
		case c != '%':
			got, size := utf8.DecodeRuneInString(r.text)
			if size == 0 || unicode.ToLower(got) != unicode.ToLower(c) {
				return false, nil
			}
			r.text = r.text[size:]
			continue
		case format == "":
			return false, interp.ValueErrorf("stray %% in format '%%'")
		}
		c, n = utf8.DecodeRuneInString(format)
		format = format[n:]
		if ok, err := r.directive(c); !ok || err != nil {
			return ok, err
		}
	}
	return true, nil
}

// number reads up to width digits of a number between low and high, as many as keep it in range.
func (r *reader) number(width, low, high int, into *int) bool {
	best, size, n := 0, 0, 0
	for i := 0; i < width && i < len(r.text) && r.text[i] >= '0' && r.text[i] <= '9'; i++ {
		n = n*10 + int(r.text[i]-'0')
		if n >= low && n <= high {
			best, size = n, i+1
		}
	}
	if size == 0 {
		return false
	}
	*into, r.text = best, r.text[size:]
	return true
}

// word reads one of the words, whatever its case, and returns its index, or -1.
func (r *reader) word(words []string) int {
	found := -1
	for i, w := range words {
		if len(r.text) >= len(w) && strings.EqualFold(r.text[:len(w)], w) && (found < 0 || len(w) > len(words[found])) {
			found = i
		}
	}
	if found >= 0 {
		r.text = r.text[len(words[found]):]
	}
	return found
}

func short(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n[:3]
	}
	return out
}

// directive reads what %c describes.
func (r *reader) directive(c rune) (ok bool, err *interp.Exc) {
	if format, ok := composed[c]; ok && c != 'h' && c != 'D' && c != 'F' && c != 'r' && c != 'R' && c != 'T' {
		return r.follow(strings.ReplaceAll(format, "%e", "%d"))
	}
	switch c {
	case 'd':
		r.hasMonthDay = true
		return r.number(2, 1, 31, &r.mday) || r.text != "" && r.text[0] == ' ' && r.spacedDay(), nil
	case 'H':
		return r.number(2, 0, 23, &r.hour), nil
	case 'I':
		return r.number(2, 1, 12, &r.hour12), nil
	case 'j':
		r.hasYearDay = true
		return r.number(3, 1, 366, &r.yday), nil
	case 'm':
		return r.number(2, 1, 12, &r.mon), nil
	case 'M':
		return r.number(2, 0, 59, &r.min), nil
	case 'S':
		return r.number(2, 0, 61, &r.sec), nil
	case 'f':
		var micro int
		return r.number(6, 0, 999999, &micro), nil
	case 'Y':
		r.hasYear = true
		return len(r.text) >= 4 && r.number(4, 0, 9999, &r.year), nil
	case 'y':
		r.hasYear = true
		ok := r.number(2, 0, 99, &r.year)
		if r.year += 1900; r.year < 1969 {
			r.year += 100
		}
		return ok, nil
	case 'U', 'W':
		r.weekOf = c
		return r.number(2, 0, 53, &r.week), nil
	case 'G':
		return len(r.text) >= 4 && r.number(4, 0, 9999, &r.isoYear), nil
	case 'V':
		return r.number(2, 1, 53, &r.isoWeek), nil
	case 'w':
		r.hasWeekday = true
		ok := r.number(1, 0, 6, &r.wday)
		r.wday = (r.wday + 6) % 7
		return ok, nil
	case 'u':
		r.hasWeekday = true
		ok := r.number(1, 1, 7, &r.wday)
		r.wday--
		return ok, nil
	case '%':
		ok := strings.HasPrefix(r.text, "%")
		r.text = strings.TrimPrefix(r.text, "%")
		return ok, nil
	}
	return r.nameDirective(c)
}

// spacedDay reads a day that is padded with a space.
func (r *reader) spacedDay() bool {
	r.text = r.text[1:]
	return r.number(1, 1, 9, &r.mday)
}

// nameDirective reads the directives that are words or zones.
func (r *reader) nameDirective(c rune) (ok bool, err *interp.Exc) {
	i := -1
	switch c {
	case 'a':
		i = r.word(short(dayNames[:]))
		r.wday, r.hasWeekday = i, true
	case 'A':
		i = r.word(dayNames[:])
		r.wday, r.hasWeekday = i, true
	case 'b':
		i = r.word(short(monthNames[:]))
		r.mon = i + 1
	case 'B':
		i = r.word(monthNames[:])
		r.mon = i + 1
	case 'p':
		i = r.word([]string{"AM", "PM"})
		r.pm = i + 1
	case 'Z':
		return r.zoneName(), nil
	case 'z':
		return r.zoneOffset(), nil
	default:
		return false, interp.ValueErrorf("'%c' is a bad directive in format '%%%c'", c, c)
	}
	return i >= 0, nil
}

func (r *reader) zoneName() bool {
	winter, summer := zonesOf(1970)
	i := r.word([]string{"UTC", "GMT", winter.name, summer.name})
	switch i {
	case -1:
		return false
	case 0:
		r.zone = interp.MkStr("UTC")
	case 1:
		r.zone = interp.MkStr("GMT")
	case 2:
		r.zone = interp.MkStr(winter.name)
	case 3:
		r.zone = interp.MkStr(summer.name)
	}
	r.isdst = 0
	if i == 3 && summer != winter {
		r.isdst = 1
	}
	return true
}

func (r *reader) zoneOffset() bool {
	if strings.HasPrefix(r.text, "Z") {
		r.text, r.offset = r.text[1:], interp.MkInt(0)
		return true
	}
	if r.text == "" || r.text[0] != '+' && r.text[0] != '-' {
		return false
	}
	sign := 1
	if r.text[0] == '-' {
		sign = -1
	}
	r.text = r.text[1:]
	var hours, minutes int
	if len(r.text) < 2 || !r.number(2, 0, 23, &hours) {
		return false
	}
	r.text = strings.TrimPrefix(r.text, ":")
	if !r.number(2, 0, 59, &minutes) {
		return false
	}
	r.offset = interp.MkInt(int64(sign * (hours*3600 + minutes*60)))
	return true
}

// finish computes what follows from the rest: the 24-hour clock, the date from a week or from a day of
// the year, the day of the week and of the year.
func (r *reader) finish() *interp.Exc {
	if r.hour12 > 0 {
		r.hour = r.hour12 % 12
		if r.pm == 2 {
			r.hour += 12
		}
	}
	leapDay := !r.hasYear && r.mon == 2 && r.mday == 29
	if leapDay {
		r.year = 1904 // the 29th of February of no year in particular
	}
	switch {
	case r.weekOf != 0 && r.hasWeekday && !r.hasYearDay:
		r.yday, r.hasYearDay = r.dayOfWeek(), true
	case r.isoYear != 0 && r.isoWeek != 0 && r.hasWeekday:
		r.fromISOWeek()
	}
	if r.hasYearDay {
		t := gotime.Date(r.year, 1, r.yday, 0, 0, 0, 0, gotime.UTC)
		r.year, r.mon, r.mday = t.Year(), int(t.Month()), t.Day()
	}
	t := gotime.Date(r.year, gotime.Month(r.mon), r.mday, 0, 0, 0, 0, gotime.UTC)
	if t.Day() != r.mday {
		return interp.ValueErrorf("day is out of range for month")
	}
	r.yday = t.YearDay()
	if !r.hasWeekday {
		r.wday = weekday(t)
	}
	if leapDay {
		r.year = 1900
	}
	return nil
}

// dayOfWeek returns the day of the year of a day in a week that %U or %W gave.
func (r *reader) dayOfWeek() int {
	first := weekday(gotime.Date(r.year, 1, 1, 0, 0, 0, 0, gotime.UTC))
	day := r.wday
	if r.weekOf == 'U' { // weeks begin on Sunday
		first, day = (first+1)%7, (day+1)%7
	}
	if r.week == 0 {
		return 1 + day - first
	}
	return 1 + (7-first)%7 + 7*(r.week-1) + day
}

// fromISOWeek sets the date from a year, week and day of ISO 8601.
func (r *reader) fromISOWeek() {
	fourth := gotime.Date(r.isoYear, 1, 4, 0, 0, 0, 0, gotime.UTC) // always in the first week
	t := fourth.AddDate(0, 0, 7*(r.isoWeek-1)+r.wday-weekday(fourth))
	r.year, r.mon, r.mday = t.Year(), int(t.Month()), t.Day()
}
