// Package inspect is the module inspect: what objects are, and how functions are called.
//
//	isfunction, iscoroutinefunction, isawaitable, isgenerator ...  what an object is
//	signature, Signature, Parameter, BoundArguments, getfullargspec  how it is called
//	getmembers, getattr_static, getdoc, getmodule, getmro, unwrap    what it has
//	getsource, getsourcelines, getfile, findsource                   where it was written
//	currentframe, stack, trace, getframeinfo                         what is running
//	getgeneratorstate, getcoroutinestate, getasyncgenstate
package inspect

import (
	_ "embed"

	"aio/interp"
)

//go:embed inspect.aio
var source string

// Module is the module inspect.
var Module = &interp.ModuleDef{
	Name: "inspect",
	Doc:  "Get useful information from live Python objects.",
	Funcs: []interp.Builtin{
		{Sig: "_builtin_parameters(obj, /)", Doc: "Return the parameters of a built-in function or type as (name, kind, default) tuples, None when they are not known.", Fn: parameters},
		{Sig: "_source_lines(filename, /)", Doc: "Return the lines of a source file, None when it cannot be read.", Fn: sourceLines},
		{Sig: "_def_end(code, /)", Doc: "Return the last line of the definition that a code object was made from.", Fn: lastLine},
	},
	Source: source,
}

// The kinds of parameters, as inspect numbers them.
const (
	positionalOnly = iota
	positionalOrKeyword
	varPositional
	keywordOnly
	varKeyword
)

func parameters(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	list, ok := interp.BuiltinParameters(a[0])
	if !ok {
		return interp.None, nil
	}
	out := make([]interp.Value, len(list))
	for i, p := range list {
		kind := positionalOrKeyword
		switch {
		case p.Star:
			kind = varPositional
		case p.StarStar:
			kind = varKeyword
		case p.KeywordOnly:
			kind = keywordOnly
		case p.PositionalOnly:
			kind = positionalOnly
		}
		item := []interp.Value{interp.MkStr(p.Name), interp.MkInt(int64(kind))}
		if p.Optional {
			item = append(item, p.Default)
		}
		out[i] = interp.MkTuple(item)
	}
	return interp.MkList(out), nil
}

func sourceLines(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, ok := interp.StrOf(a[0])
	if !ok {
		return interp.None, nil
	}
	lines, ok := th.Interp().SourceLines(name)
	if !ok {
		return interp.None, nil
	}
	out := make([]interp.Value, len(lines))
	for i, l := range lines {
		out[i] = interp.MkStr(l + "\n")
	}
	return interp.MkList(out), nil
}

func lastLine(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(int64(interp.CodeLastLine(a[0]))), nil
}
