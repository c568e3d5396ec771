package time

// This file defines strftime, asctime and ctime: times as text, in the C locale.

import (
	"fmt"
	"strings"
	gotime "time"

	"aio/interp"
)

var (
	dayNames   = [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
	monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"}
)

// composed are the directives that stand for others.
var composed = map[rune]string{
	'c': "%a %b %e %H:%M:%S %Y", 'D': "%m/%d/%y", 'F': "%Y-%m-%d", 'h': "%b", 'r': "%I:%M:%S %p", 'R': "%H:%M",
	'T': "%H:%M:%S", 'x': "%m/%d/%y", 'X': "%H:%M:%S",
}

func strftime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	format, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("strftime() argument 1 must be str, not %s", interp.TypeName(a[0]))
	}
	f, err := readFields(th, "strftime", a[1])
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkStr(f.format(format)), nil
}

// format returns the fields as a format says.
func (f *fields) format(format string) string {
	var sb strings.Builder
	runes := []rune(format)
	for i := 0; i < len(runes); i++ {
		if runes[i] != '%' || i+1 == len(runes) {
			sb.WriteRune(runes[i])
			continue
		}
		i++
		if runes[i] == '-' && i+1 < len(runes) { // no padding
			i++
			text := strings.TrimLeft(f.directive(runes[i]), "0 ")
			if text == "" {
				text = "0"
			}
			sb.WriteString(text)
			continue
		}
		sb.WriteString(f.directive(runes[i]))
	}
	return sb.String()
}

// directive returns what stands for %c; an unknown one stands for itself.
func (f *fields) directive(c rune) string {
	if format, ok := composed[c]; ok {
		return f.format(format)
	}
	if text, ok := f.name(c); ok {
		return text
	}
	if n, width, ok := f.number(c); ok {
		if width < 0 {
			return fmt.Sprintf("%*d", -width, n)
		}
		return fmt.Sprintf("%0*d", width, n)
	}
	return "%" + string(c)
}

// name returns the directives that are words.
func (f *fields) name(c rune) (string, bool) {
	half := "AM"
	if f.hour >= 12 {
		half = "PM"
	}
	switch c {
	case 'a':
		return dayNames[f.wday][:3], true
	case 'A':
		return dayNames[f.wday], true
	case 'b':
		return monthNames[f.mon-1][:3], true
	case 'B':
		return monthNames[f.mon-1], true
	case 'p':
		return half, true
	case 'P':
		return strings.ToLower(half), true
	case 'n':
		return "\n", true
	case 't':
		return "\t", true
	case '%':
		return "%", true
	case 'Z':
		return f.zone().name, true
	case 'z':
		offset := f.zone().offset
		sign := '+'
		if offset < 0 {
			sign, offset = '-', -offset
		}
		return fmt.Sprintf("%c%02d%02d", sign, offset/3600, offset/60%60), true
	}
	return "", false
}

// zone returns the local time that the fields are in.
func (f *fields) zone() zone {
	if f.local != nil {
		return *f.local
	}
	winter, summer := zonesOf(f.year)
	if f.isdst > 0 {
		return summer
	}
	return winter
}

// number returns the directives that are numbers, and how wide they are: negative for spaces in front.
func (f *fields) number(c rune) (n, width int, ok bool) {
	hour := (f.hour+11)%12 + 1
	switch c {
	case 'd':
		return f.mday, 2, true
	case 'e':
		return f.mday, -2, true
	case 'H':
		return f.hour, 2, true
	case 'I':
		return hour, 2, true
	case 'k':
		return f.hour, -2, true
	case 'l':
		return hour, -2, true
	case 'j':
		return f.yday, 3, true
	case 'm':
		return f.mon, 2, true
	case 'M':
		return f.min, 2, true
	case 'S':
		return f.sec, 2, true
	case 's':
		return int(f.date(gotime.Local).Unix()), 1, true
	case 'u':
		return f.wday + 1, 1, true
	case 'w':
		return (f.wday + 1) % 7, 1, true
	case 'U':
		return (f.yday + 6 - (f.wday+1)%7) / 7, 2, true
	case 'W':
		return (f.yday + 6 - f.wday) / 7, 2, true
	case 'y':
		return (f.year%100 + 100) % 100, 2, true
	case 'Y':
		return f.year, 1, true
	case 'C':
		return f.year / 100, 2, true
	case 'G', 'g', 'V':
		year, week := f.date(gotime.UTC).ISOWeek()
		switch c {
		case 'G':
			return year, 1, true
		case 'g':
			return year % 100, 2, true
		}
		return week, 2, true
	}
	return 0, 0, false
}

// ascii returns the fields as asctime() shows them.
func (f *fields) ascii() string {
	return fmt.Sprintf("%s %s%3d %02d:%02d:%02d %d", dayNames[f.wday][:3], monthNames[f.mon-1][:3], f.mday, f.hour, f.min, f.sec, f.year)
}

func asctime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	f, err := readFields(th, "asctime", a[0])
	if err == nil {
		err = f.check()
	}
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkStr(f.ascii()), nil
}

func ctime(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, err := moment(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	f := fieldsOf(t.In(gotime.Local))
	return interp.MkStr(f.ascii()), nil
}
