package interp

// This file defines warnings: the list of filters, what a filter decides, and how one is printed. The
// module warnings offers it to scripts.

import (
	"fmt"
	"strings"
)

// warnState is what an interpreter knows about warnings.
type warnState struct {
	filters *List // warnings.filters: tuples (action, message, category, module, lineno)
	// version changes with the filters: what was shown "once a place" may then be shown again.
	version int64
	once    *Dict // onceregistry: the warnings shown by filters with the action "once"
}

// WarnFilters returns the list of filters, which scripts see as warnings.filters.
func (in *Interp) WarnFilters() Value { return object(in.warnFilters()) }

func (in *Interp) warnFilters() *List {
	w := &in.warn
	if w.filters == nil {
		w.filters = &List{Header: Header{listShape}}
		for _, f := range []struct {
			action   string
			category *Type
			module   Value
		}{
			{"default", DeprecationWarning, MkStr("__main__")},
			{"ignore", DeprecationWarning, None},
			{"ignore", PendingDeprecationWarning, None},
			{"ignore", ImportWarning, None},
			{"ignore", ResourceWarning, None},
		} {
			w.filters.Append(MkTuple([]Value{MkStr(f.action), None, f.category.Value(), f.module, MkInt(0)}))
		}
		w.once = NewDict()
	}
	return w.filters
}

// WarnOnce returns warnings.onceregistry.
func (in *Interp) WarnOnce() *Dict {
	in.warnFilters()
	return in.warn.once
}

// WarnFiltersChanged makes warnings that were shown already be judged again.
func (in *Interp) WarnFiltersChanged() { in.warn.version++ }

// WarnPlace is what a warning is about: a line, the module that it is in, and the registry in which that
// module remembers what was shown (nil: none).
type WarnPlace struct {
	File     string
	Line     int
	Module   string
	Registry *Dict
	// Code is the code of the line, nil when it is not known.
	Code *Code
}

// Warn issues a warning about the running line of script code. Errors: the warning itself when a filter
// says so.
func (th *Thread) Warn(category *Type, format string, args ...any) *Exc {
	text := MkStr(fmt.Sprintf(format, args...))
	return th.WarnExplicit(NewExc(category, text), th.WarnPlaceOf(1), None)
}

// WarnPlaceOf returns the place of the level-th frame: 1 is the running one, 2 its caller.
func (th *Thread) WarnPlaceOf(level int) WarnPlace {
	f := th.CurrentFrame(max(level, 1) - 1)
	if f == nil {
		return WarnPlace{File: "sys", Line: 1, Module: "sys", Registry: NewDict()}
	}
	return th.warnPlaceAt(f.code, f.Line())
}

func (th *Thread) warnPlaceAt(c *Code, line int) WarnPlace {
	p := WarnPlace{File: c.Source.Name, Line: line, Module: "<string>", Code: c}
	if name, ok := c.globals.GetName("__name__"); ok {
		if s, ok := StrOf(name); ok {
			p.Module = s
		}
	}
	registry, ok := c.globals.GetName("__warningregistry__")
	if !ok {
		registry = NewDict().Value()
		c.globals.SetName("__warningregistry__", registry)
	}
	p.Registry, _ = AsDict(registry)
	return p
}

// WarnExplicit issues the warning w, an instance of a subclass of Warning, about a place. source is what
// a ResourceWarning is about.
func (th *Thread) WarnExplicit(w *Exc, p WarnPlace, source Value) *Exc {
	text, err := th.Str(w.Value())
	if err != nil {
		return err
	}
	category := w.Type().Value()
	key := MkTuple([]Value{MkStr(text), category, MkInt(int64(p.Line))})
	if seen, err := th.alreadyWarned(p.Registry, key); err != nil || seen {
		return err
	}
	action, err := th.warnAction(w.Type(), text, p)
	if err != nil {
		return err
	}
	show := true
	switch action {
	case "error":
		return w
	case "ignore":
		return nil
	case "always":
	case "once":
		show, err = th.firstWarning(th.in.warn.once, Pair(MkStr(text), category))
	case "module":
		show, err = th.firstWarning(p.Registry, MkTuple([]Value{MkStr(text), category, MkInt(0)}))
	case "default":
		show, err = th.firstWarning(p.Registry, key)
	default:
		return RuntimeErrorf("Unrecognized action (%s) in warnings.filters", action)
	}
	if err != nil || !show {
		return err
	}
	return th.showWarning(w, text, p, source)
}

// alreadyWarned reports whether a registry says that a warning was shown under the present filters.
func (th *Thread) alreadyWarned(registry *Dict, key Value) (bool, *Exc) {
	if registry == nil {
		return false, nil
	}
	if v, ok := registry.GetName("version"); !ok || !Is(v, MkInt(th.in.warn.version)) {
		registry.Clear()
		registry.SetName("version", MkInt(th.in.warn.version))
		return false, nil
	}
	v, ok, err := registry.Get(th, key)
	if err != nil || !ok {
		return false, err
	}
	return th.Truth(v)
}

// firstWarning notes in a registry that a warning is shown, and reports whether it was not yet.
func (th *Thread) firstWarning(registry *Dict, key Value) (bool, *Exc) {
	if registry == nil {
		return true, nil
	}
	_, seen, err := registry.Get(th, key)
	if err != nil || seen {
		return false, err
	}
	return true, registry.Set(th, key, True)
}

// currentFilters returns the filters: those that stand in the module warnings once it was imported, since
// catch_warnings puts another list there.
func (th *Thread) currentFilters() ([]Value, *Exc) {
	if v, ok := th.in.modules.GetName("warnings"); ok {
		if m, ok := AsModule(v); ok {
			if list, ok := m.Get("filters"); ok {
				l, ok := AsList(list)
				if !ok {
					return nil, ValueErrorf("warnings.filters must be a list")
				}
				return l.a, nil
			}
		}
	}
	return th.in.warnFilters().a, nil
}

// warnAction returns the action of the first filter that matches.
func (th *Thread) warnAction(category *Type, text string, p WarnPlace) (string, *Exc) {
	filters, err := th.currentFilters()
	if err != nil {
		return "", err
	}
	for _, item := range filters {
		f, ok := AsTuple(item)
		if !ok || len(f.a) != 5 {
			return "", ValueErrorf("warnings.filters item isn't a 5-tuple")
		}
		if cat, ok := AsType(f.a[2]); !ok || !category.IsSubtype(cat) {
			continue
		}
		if line, _ := AsInt(f.a[4]); line != 0 && int(line) != p.Line {
			continue
		}
		if ok, err := th.filterMatches(f.a[1], text); err != nil {
			return "", err
		} else if !ok {
			continue
		}
		if ok, err := th.filterMatches(f.a[3], p.Module); err != nil {
			return "", err
		} else if !ok {
			continue
		}
		return th.Str(f.a[0])
	}
	return th.defaultWarnAction(), nil
}

// defaultWarnAction returns warnings.defaultaction, for what no filter matches.
func (th *Thread) defaultWarnAction() string {
	if v, ok := th.in.modules.GetName("warnings"); ok {
		if m, ok := AsModule(v); ok {
			if action, ok := m.Get("defaultaction"); ok {
				if s, ok := StrOf(action); ok {
					return s
				}
			}
		}
	}
	return "default"
}

// filterMatches compares text with a filter's pattern: None, a str, or an object with match().
func (th *Thread) filterMatches(pattern Value, text string) (bool, *Exc) {
	if pattern.IsNone() {
		return true, nil
	}
	if s, ok := StrOf(pattern); ok {
		return s == text, nil
	}
	m, err := th.CallMethod(pattern, "match", MkStr(text))
	if err != nil {
		return false, err
	}
	return th.Truth(m)
}

// showWarning hands a warning to the module warnings when a script imported it, which may have
// replaced showwarning there; else it prints it.
func (th *Thread) showWarning(w *Exc, text string, p WarnPlace, source Value) *Exc {
	if m, ok := th.in.modules.GetName("warnings"); ok {
		show, ok, err := th.LookupAttr(m, "_show")
		if err != nil {
			return err
		}
		if ok {
			_, err := th.Call(show, w.Value(), w.Type().Value(), MkStr(p.File), MkInt(int64(p.Line)), source)
			return err
		}
	}
	s := fmt.Sprintf("%s:%d: %s: %s\n", p.File, p.Line, w.Type().Name, text)
	if line := strings.TrimSpace(th.placeLine(p)); line != "" {
		s += "  " + line + "\n"
	}
	s += th.in.HintLine(w.hint)
	return th.WriteError(s)
}

// placeLine returns the text of the line that a warning is about.
func (th *Thread) placeLine(p WarnPlace) string {
	if p.Code != nil {
		if isPseudoFile(p.File) {
			return ""
		}
		return p.Code.Source.LineText(p.Line)
	}
	return th.in.SourceLine(p.File, p.Line)
}

// WriteError writes to sys.stderr: what a script put there, else the interpreter's own. What print left
// in its buffer goes first, so that the two streams keep their order.
func (th *Thread) WriteError(text string) *Exc {
	if err := th.in.out.Flush(); err != nil {
		return OSErrorOf(err, "")
	}
	if m, ok := th.in.modules.GetName("sys"); ok {
		if f, ok, _ := th.LookupAttr(m, "stderr"); ok && !f.IsNone() {
			_, err := th.CallMethod(f, "write", MkStr(text))
			return err
		}
	}
	_, _ = th.in.cfg.Stderr.Write([]byte(text))
	return nil
}
