package interp

// This file defines how futures, tasks, handles and callbacks are shown.

import (
	"fmt"
	"sort"
	"strings"
)

// futureRepr is the repr of a Future that is no Task.
func futureRepr(th *Thread, v Value) (string, *Exc) {
	return th.guardRepr(v, "...", func() (string, *Exc) {
		info, err := (*Future)(v.p).describe(th)
		return "<" + TypeOf(v).Name + " " + strings.Join(info, " ") + ">", err
	})
}

// describe returns the parts of a future's repr behind the name of its class.
func (f *Future) describe(th *Thread) ([]string, *Exc) {
	info := []string{strings.ToLower(futureStates[f.state])}
	if f.state == futureFinished {
		if f.exc != nil {
			s, err := th.Repr(object(f.exc))
			if err != nil {
				return nil, err
			}
			info = append(info, "exception="+s)
		} else {
			r := f.result
			if r.IsUnbound() {
				r = None
			}
			s, err := th.ShortRepr(r)
			if err != nil {
				return nil, err
			}
			info = append(info, "result="+s)
		}
	}
	var callbacks []string
	f.eachCallback(func(c *callback) { callbacks = append(callbacks, th.describeDoneCallback(c)) })
	switch n := len(callbacks); {
	case n > 2:
		info = append(info, fmt.Sprintf("cb=[%s, <%d more>, %s]", callbacks[0], n-2, callbacks[n-1]))
	case n > 0:
		info = append(info, "cb=["+strings.Join(callbacks, ", ")+"]")
	}
	if place := th.createdAt(f.sourceTraceback()); place != "" {
		info = append(info, place)
	}
	return info, nil
}

// createdAt returns "created at FILE:LINE" for a stack that debug mode has kept.
func (th *Thread) createdAt(source Value) string {
	l, ok := AsList(source)
	if !ok || len(l.a) == 0 {
		return ""
	}
	last := l.a[len(l.a)-1]
	file, err := th.Attr(last, "filename")
	if err != nil {
		return ""
	}
	line, err := th.Attr(last, "lineno")
	if err != nil {
		return ""
	}
	return fmt.Sprintf("created at %s:%s", th.reprText(file), th.reprText(line))
}

// reprText is str(v), "?" when that fails.
func (th *Thread) reprText(v Value) string {
	s, err := th.Str(v)
	if err != nil {
		return "?"
	}
	return s
}

func (th *Thread) describeDoneCallback(c *callback) string {
	switch {
	case c.task != nil:
		return "Task.task_wakeup()"
	case c.watcher != nil:
		return c.watcher.Name + "()"
	case c.native != nil:
		return "callback()"
	}
	return th.DescribeCallback(c.fn, nil)
}

// taskRepr is the repr of a Task.
func taskRepr(th *Thread, v Value) (string, *Exc) {
	return th.guardRepr(v, "...", func() (string, *Exc) {
		t := (*Task)(v.p)
		info, err := t.Future.describe(th)
		if err != nil {
			return "", err
		}
		if t.Cancelling() > 0 && t.state == futurePending {
			info[0] = "cancelling"
		}
		name, err := th.Repr(t.name())
		if err != nil {
			return "", err
		}
		parts := []string{"<" + TypeOf(v).Name, info[0], "name=" + name}
		if c := t.CoroObject(); !c.IsUnbound() {
			parts = append(parts, "coro=<"+th.DescribeCoroutine(c)+">")
		}
		if w := t.waiter(); !w.IsNone() {
			s, err := th.Repr(w)
			if err != nil {
				return "", err
			}
			parts = append(parts, "wait_for="+s)
		}
		return strings.Join(append(parts, info[1:]...), " ") + ">", nil
	})
}

// DescribeCoroutine shows a coroutine with the line that it is at.
func (th *Thread) DescribeCoroutine(v Value) string {
	co, ok := asCoro(v)
	if !ok {
		return th.describeCoroutineObject(v)
	}
	name := co.QualName() + "()"
	if co.native() != nil {
		return name
	}
	code := co.frame.code
	if code.Source == nil {
		return name
	}
	switch co.state {
	case coroClosed:
		return fmt.Sprintf("%s done, defined at %s:%d", name, code.Source.Name, code.FirstLine)
	case coroCreated:
		return fmt.Sprintf("%s running at %s:%d", name, code.Source.Name, code.FirstLine)
	}
	return fmt.Sprintf("%s running at %s:%d", name, code.Source.Name, code.lineOf(co.frame.pc()))
}

// describeCoroutineObject is DescribeCoroutine for an object of a script's class, by its attributes.
func (th *Thread) describeCoroutineObject(v Value) string {
	attr := func(o Value, names ...string) Value {
		for _, n := range names {
			if x, ok, err := th.LookupAttr(o, n); err == nil && ok && !x.IsNone() {
				return x
			}
		}
		return None
	}
	name := "<" + TypeOf(v).Name + " without __name__>()"
	if n := attr(v, "__qualname__", "__name__"); !n.IsNone() {
		name = th.reprText(n) + "()"
	}
	code := attr(v, "cr_code", "gi_code")
	if code.IsNone() {
		if running, err := th.Truth(attr(v, "cr_running", "gi_running")); err == nil && running {
			return name + " running"
		}
		return name
	}
	file := attr(code, "co_filename")
	place := "<empty co_filename>"
	if yes, err := th.Truth(file); err == nil && yes {
		place = th.reprText(file)
	}
	if frame := attr(v, "gi_frame", "cr_frame"); !frame.IsNone() {
		return fmt.Sprintf("%s running at %s:%s", name, place, th.reprText(attr(frame, "f_lineno")))
	}
	return fmt.Sprintf("%s done, defined at %s:%s", name, place, th.reprText(attr(code, "co_firstlineno")))
}

// DescribeCallback shows a callback with its arguments and where it is defined.
func (th *Thread) DescribeCallback(fn Value, args []Value) string {
	s := th.describeCall(fn, args, nil, "")
	if code := th.codeOf(fn); code != nil && code.Source != nil {
		s += fmt.Sprintf(" at %s:%d", code.Source.Name, code.FirstLine)
	}
	return s
}

// codeOf returns the code behind a callback, looking through partials and wrappers; nil without one.
func (th *Thread) codeOf(fn Value) *Code {
	for range 100 {
		if f, ok := asFunction(fn); ok {
			if w, ok, err := th.LookupAttr(fn, "__wrapped__"); err == nil && ok {
				fn = w
				continue
			}
			return f.code
		}
		if !isPartial(fn) {
			return nil
		}
		inner, err := th.Attr(fn, "func")
		if err != nil {
			return nil
		}
		fn = inner
	}
	return nil
}

// isPartial reports whether v is a functools.partial.
func isPartial(v Value) bool {
	t := TypeOf(v)
	return t.Name == "partial" && (t.Module == "functools" || t.flags&flagHeap == 0)
}

func (th *Thread) describeCall(fn Value, args []Value, kwargs *Dict, suffix string) string {
	if isPartial(fn) {
		inner, err1 := th.Attr(fn, "func")
		a, err2 := th.Attr(fn, "args")
		k, err3 := th.Attr(fn, "keywords")
		if t, ok := AsTuple(a); err1 == nil && err2 == nil && err3 == nil && ok {
			d, _ := AsDict(k)
			return th.describeCall(inner, t.a, d, th.describeArgs(args, kwargs)+suffix)
		}
	}
	name := ""
	for _, attr := range [...]string{"__qualname__", "__name__"} {
		if n, ok, err := th.LookupAttr(fn, attr); err == nil && ok && name == "" {
			name, _ = StrOf(n)
		}
	}
	if name == "" {
		name = th.reprOr(fn)
	}
	return name + th.describeArgs(args, kwargs) + suffix
}

func (th *Thread) describeArgs(args []Value, kwargs *Dict) string {
	var items []string
	for _, a := range args {
		items = append(items, th.shortReprOr(a))
	}
	if kwargs != nil {
		for k, v, i, ok := kwargs.Next(0); ok; k, v, i, ok = kwargs.Next(i) {
			items = append(items, th.reprText(k)+"="+th.shortReprOr(v))
		}
	}
	return "(" + strings.Join(items, ", ") + ")"
}

func (th *Thread) shortReprOr(v Value) string {
	s, err := th.ShortRepr(v)
	if err != nil {
		return "?"
	}
	return s
}

// The limits of reprlib.repr.
const (
	shortLevel  = 6
	shortItems  = 6
	shortPairs  = 4
	shortString = 30
	shortInt    = 40
)

// ShortRepr is reprlib.repr: a repr that leaves out what is too long.
func (th *Thread) ShortRepr(v Value) (string, *Exc) { return th.shortRepr(v, shortLevel) }

func (th *Thread) shortRepr(v Value, level int) (string, *Exc) {
	switch shapeOf(v) {
	case listShape:
		return th.shortItems("[", (*List)(v.p).a, "]", level)
	case tupleShape:
		items := (*Tuple)(v.p).a
		if len(items) == 1 && level > 0 {
			return th.shortItems("(", items, ",)", level)
		}
		return th.shortItems("(", items, ")", level)
	case setShape, frozenSetShape:
		return th.shortSet(v, level)
	case dictShape:
		return th.shortDict((*Dict)(v.p), level)
	case strShape:
		return th.shortStr(v)
	}
	s, err := th.Repr(v)
	if err != nil {
		if TypeOf(v).flags&flagHeap == 0 {
			return "", err
		}
		return fmt.Sprintf("<%s instance at %s>", typeName(v), address(v)), nil
	}
	limit := shortString
	if _, _, ok := IntOf(v); ok {
		limit = shortInt
	}
	return middleOut(s, limit), nil
}

// middleOut replaces the middle of a text that is longer than limit.
func middleOut(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	i := max(0, (limit-3)/2)
	j := max(0, limit-3-i)
	return string(r[:i]) + "..." + string(r[len(r)-j:])
}

func (th *Thread) shortStr(v Value) (string, *Exc) {
	text, _ := StrOf(v)
	r := []rune(text)
	head := r[:min(len(r), shortString)]
	s, err := th.Repr(MkStr(string(head)))
	if err != nil || len([]rune(s)) <= shortString && len(r) <= shortString {
		return s, err
	}
	i := max(0, (shortString-3)/2)
	j := max(0, shortString-3-i)
	both := append(append([]rune(nil), r[:min(i, len(r))]...), r[max(0, len(r)-j):]...)
	s, err = th.Repr(MkStr(string(both)))
	q := []rune(s)
	return string(q[:min(i, len(q))]) + "..." + string(q[max(0, len(q)-j):]), err
}

func (th *Thread) shortItems(open string, items []Value, end string, level int) (string, *Exc) {
	if level <= 0 && len(items) > 0 {
		return open + "..." + end, nil
	}
	var parts []string
	for _, x := range items[:min(len(items), shortItems)] {
		s, err := th.shortRepr(x, level-1)
		if err != nil {
			return "", err
		}
		parts = append(parts, s)
	}
	if len(items) > shortItems {
		parts = append(parts, "...")
	}
	return open + strings.Join(parts, ", ") + end, nil
}

func (th *Thread) shortSet(v Value, level int) (string, *Exc) {
	open, end, empty := "{", "}", "set()"
	if shapeOf(v) == frozenSetShape {
		open, end, empty = "frozenset({", "})", "frozenset()"
	}
	items, err := th.Items(v)
	if err != nil || len(items) == 0 {
		return empty, err
	}
	return th.shortItems(open, th.sortedOrSame(items), end, level)
}

// sortedOrSame returns the items sorted, or as they are when they cannot be compared.
func (th *Thread) sortedOrSame(items []Value) []Value {
	sorted := append([]Value(nil), items...)
	var failed *Exc
	sort.SliceStable(sorted, func(i, j int) bool {
		r, err := th.Compare(CmpLt, sorted[i], sorted[j])
		if err == nil {
			var less bool
			if less, err = th.Truth(r); err == nil {
				return less
			}
		}
		failed = err
		return false
	})
	if failed != nil {
		return items
	}
	return sorted
}

func (th *Thread) shortDict(d *Dict, level int) (string, *Exc) {
	if d.Len() == 0 {
		return "{}", nil
	}
	if level <= 0 {
		return "{...}", nil
	}
	var keys []Value
	for k, _, i, ok := d.Next(0); ok; k, _, i, ok = d.Next(i) {
		keys = append(keys, k)
	}
	keys = th.sortedOrSame(keys)
	var parts []string
	for _, k := range keys[:min(len(keys), shortPairs)] {
		v, _, err := d.Get(th, k)
		if err != nil {
			return "", err
		}
		ks, err := th.shortRepr(k, level-1)
		if err != nil {
			return "", err
		}
		vs, err := th.shortRepr(v, level-1)
		if err != nil {
			return "", err
		}
		parts = append(parts, ks+": "+vs)
	}
	if len(keys) > shortPairs {
		parts = append(parts, "...")
	}
	return "{" + strings.Join(parts, ", ") + "}", nil
}
