// Package string is the module string: constants, capwords, Template and Formatter. All but the parser
// of format strings is written in the language.
package string

import (
	_ "embed"
	"strconv"

	"aio/interp"
)

//go:embed string.aio
var source string

// Module is the module string.
var Module = &interp.ModuleDef{
	Name:   "string",
	Doc:    "A collection of string constants, Template, Formatter and capwords.",
	Source: source,
}

// Parsers is the module _string, the parser of format strings.
var Parsers = &interp.ModuleDef{
	Name: "_string",
	Doc:  "string helper module",
	Funcs: []interp.Builtin{
		{Sig: "formatter_parser(text, /)", Doc: "Return (literal, field name, spec, conversion) of each field.", Fn: parseFormat},
		{Sig: "formatter_field_name_split(name, /)", Doc: "Return the argument that a field name begins with and its (is attribute, name) parts.", Fn: splitField},
	},
}

func parseFormat(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	text, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("expected str, got %s", interp.TypeName(a[0]))
	}
	fields, err := interp.ParseFormat(text)
	if err != nil {
		return interp.Value{}, err
	}
	items := make([]interp.Value, len(fields))
	for i, f := range fields {
		name, spec, conv := interp.None, interp.None, interp.None
		if f.Present {
			name, spec = interp.MkStr(f.Name), interp.MkStr(f.Spec)
		}
		if f.Conv != 0 {
			conv = interp.MkStr(string(f.Conv))
		}
		items[i] = interp.MkTuple([]interp.Value{interp.MkStr(f.Literal), name, spec, conv})
	}
	return th.Iter(interp.MkList(items))
}

func splitField(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("expected str, got %s", interp.TypeName(a[0]))
	}
	first, parts, err := interp.SplitField(name)
	if err != nil {
		return interp.Value{}, err
	}
	items := make([]interp.Value, len(parts))
	for i, p := range parts {
		key := interp.MkStr(p.Name)
		if p.Index >= 0 {
			key = interp.MkInt(int64(p.Index))
		}
		items[i] = interp.Pair(interp.MkBool(p.Attr), key)
	}
	rest, err := th.Iter(interp.MkList(items))
	if i, conv := strconv.Atoi(first); conv == nil && i >= 0 {
		return interp.Pair(interp.MkInt(int64(i)), rest), err
	}
	return interp.Pair(interp.MkStr(first), rest), err
}
