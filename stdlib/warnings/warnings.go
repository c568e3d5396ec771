// Package warnings is the module warnings: issuing and filtering warnings. What decides about a warning
// is interp's; what shows one is written in the language, because programs replace it.
//
//	warn, warn_explicit                          issue a warning
//	filterwarnings, simplefilter, resetwarnings  say what is done with which
//	catch_warnings                               restore the filters, or record instead of showing
//	showwarning, formatwarning                   how one is shown
package warnings

import (
	_ "embed"

	"aio/interp"
)

//go:embed warnings.aio
var source string

// Module is the module warnings.
var Module = &interp.ModuleDef{
	Name: "warnings",
	Doc:  "Python part of the warnings subsystem.",
	Funcs: []interp.Builtin{
		{Sig: "warn(message, category=None, stacklevel=1, source=None)", Doc: "Issue a warning, or maybe ignore it or raise an exception.", Fn: warn},
		{Sig: "warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)",
			Doc: "Issue a warning about a place, or maybe ignore it or raise an exception.", Fn: warnExplicit},
		{Sig: "_filters_mutated()", Doc: "Make warnings that were shown be judged again.", Fn: filtersMutated},
		{Sig: "_source_line(filename, lineno, /)", Doc: "Return a line of a source file, '' when there is none.", Fn: sourceLine},
		{Sig: "_origin(coro, /)", Doc: "Return what a warning says of where a coroutine was made, or ''.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkStr(th.OriginText(a[0])), nil
		}},
		{Sig: "_hint(message, /)", Doc: "Return the line with the next step that a warning of the interpreter offers, or ''.", Fn: hint},
	},
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("filters", th.Interp().WarnFilters())
		m.Set("onceregistry", th.Interp().WarnOnce().Value())
		m.Set("defaultaction", interp.MkStr("default"))
		return nil
	},
	Source: source,
}

func filtersMutated(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	th.Interp().WarnFiltersChanged()
	return interp.None, nil
}

func sourceLine(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	line, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkStr(th.Interp().SourceLine(name, line)), nil
}

func hint(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if e, ok := interp.AsExc(a[0]); ok {
		return interp.MkStr(th.Interp().HintLine(e.Hint())), nil
	}
	return interp.MkStr(""), nil
}

// asWarning returns the warning that message and category mean.
func asWarning(th *interp.Thread, message, category interp.Value) (*interp.Exc, *interp.Exc) {
	if interp.IsInstance(message, interp.Warning) {
		e, _ := interp.AsExc(message)
		return e, nil
	}
	if category.IsNone() {
		category = interp.UserWarning.Value()
	}
	t, ok := interp.AsType(category)
	if !ok || !t.IsSubtype(interp.Warning) {
		name := interp.TypeName(category)
		if ok {
			name = "type"
		}
		return nil, interp.TypeErrorf("category must be a Warning subclass, not '%s'", name)
	}
	v, err := th.Call(category, message)
	if err != nil {
		return nil, err
	}
	e, ok := interp.AsExc(v)
	if !ok {
		return nil, interp.TypeErrorf("category must be a Warning subclass, not '%s'", interp.TypeName(v))
	}
	return e, nil
}

func warn(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	level, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	w, err := asWarning(th, a[0], a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.None, th.WarnExplicit(w, th.WarnPlaceOf(level), a[3])
}

func warnExplicit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	w, err := asWarning(th, a[0], a[1])
	if err != nil {
		return interp.Value{}, err
	}
	file, ok := interp.StrOf(a[2])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("warn_explicit() argument 3 must be str, not %s", interp.TypeName(a[2]))
	}
	line, err := th.IndexInt(a[3])
	if err != nil {
		return interp.Value{}, err
	}
	p := interp.WarnPlace{File: file, Line: line, Module: moduleOf(file)}
	if s, ok := interp.StrOf(a[4]); ok {
		p.Module = s
	}
	if d, ok := interp.AsDict(a[5]); ok {
		p.Registry = d
	} else if !a[5].IsNone() {
		return interp.Value{}, interp.TypeErrorf("'registry' must be a dict or None")
	}
	return interp.None, th.WarnExplicit(w, p, a[7])
}

// moduleOf returns the module name that a file name stands for.
func moduleOf(file string) string {
	if file == "" {
		return "<unknown>"
	}
	if n := len(file); n > 3 && file[n-3:] == ".py" {
		return file[:n-3]
	}
	return file
}
