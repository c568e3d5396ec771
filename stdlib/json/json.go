// Package json is the module json.
//
//	dumps, dump    a value as JSON text (encode.go)
//	loads, load    the value of JSON text (decode.go)
//	JSONEncoder, JSONDecoder, JSONDecodeError   classes to derive from (json.aio)
package json

import (
	_ "embed"

	"aio/interp"
)

//go:embed json.aio
var source string

// Module is the module json; Decoder and Encoder are its submodules, which hold the same classes.
var (
	Module = &interp.ModuleDef{
		Name:    "json",
		Doc:     "JSON (JavaScript Object Notation) encoder and decoder, RFC 8259.",
		Funcs:   functions,
		Init:    remember,
		Source:  source,
		Package: true,
	}
	Decoder = &interp.ModuleDef{
		Name:   "json.decoder",
		Doc:    "Implementation of JSONDecoder",
		Source: "from json import JSONDecoder, JSONDecodeError\n",
	}
	Encoder = &interp.ModuleDef{
		Name:   "json.encoder",
		Doc:    "Implementation of JSONEncoder",
		Source: "from json import JSONEncoder\n",
	}
)

var functions = []interp.Builtin{
	{Sig: "dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw)",
		Doc: "Serialize obj to a JSON formatted str.", Fn: dumps},
	{Sig: "loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw)",
		Doc: "Deserialize s, a str, bytes or bytearray with a JSON document, to an object.", Fn: loads},
	{Sig: "detect_encoding(b, /)", Doc: "Return the encoding of a JSON document in bytes.", Fn: detectEncoding},
	{Sig: "_encode(encoder, obj, /)", Doc: "Return the JSON text of obj by the attributes of a JSONEncoder.", Fn: encodeWith},
	{Sig: "_decode(decoder, s, at, whole, /)", Doc: "Return (value, end) of the JSON text in s from at on by the attributes of a JSONDecoder.", Fn: decodeWith},
}

// state is what the module keeps in an interpreter.
type state struct{ module *interp.Module }

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "json", func() *state { return &state{} })
}

func remember(th *interp.Thread, m *interp.Module) *interp.Exc {
	stateOf(th).module = m
	return nil
}

// class returns a class of json.aio.
func class(th *interp.Thread, name string) interp.Value {
	v, _ := stateOf(th).module.Get(name)
	return v
}

// options calls a class with what is not at its default: names and values in the order of the row.
func construct(th *interp.Thread, cls interp.Value, names []string, values []interp.Value, extra interp.Value) (interp.Value, *interp.Exc) {
	var kwnames []*interp.Str
	var args []interp.Value
	for i, n := range names {
		kwnames = append(kwnames, interp.Intern(n))
		args = append(args, values[i])
	}
	if d, ok := interp.AsDict(extra); ok {
		for k, v, i, ok := d.Next(0); ok; k, v, i, ok = d.Next(i) {
			name, _ := interp.StrOf(k)
			kwnames = append(kwnames, interp.Intern(name))
			args = append(args, v)
		}
	}
	return th.CallArgs(cls, args, kwnames)
}
