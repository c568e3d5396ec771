// Package codecs is the module codecs: the registry of encodings and of error handlers, and encoding and
// decoding by parts.
//
//	encode, decode, lookup, register, unregister   encodings by name
//	register_error, lookup_error                   what errors="name" does
//	getencoder, getincrementaldecoder, getreader   parts of a CodecInfo
//	open, EncodedFile, iterencode, iterdecode      streams
package codecs

import (
	_ "embed"

	"aio/interp"
)

//go:embed codecs.aio
var source string

var funcs = []interp.Builtin{
	{Sig: "register(search_function, /)", Doc: "Register a codec search function.\n\nSearch functions are expected to take one argument, the encoding name in\nall lower case letters, and either return None, or a tuple of functions\n(encoder, decoder, stream_reader, stream_writer) (or a CodecInfo object).", Fn: register},
	{Sig: "unregister(search_function, /)", Doc: "Unregister a codec search function and clear the registry's cache.", Fn: unregister},
	{Sig: "register_error(errors, handler, /)", Doc: "Register the specified error handler under the name errors.", Fn: registerError},
	{Sig: "_registered_error(errors, /)", Doc: "The error handler that register_error() was given.", Fn: registeredError},
	{Sig: "_find(encoding, /)", Doc: "The name of a built-in codec, or the CodecInfo of a registered one.", Fn: find},
	{Sig: "_encode(text, encoding, errors, /)", Doc: "Encode by a built-in codec.", Fn: encode},
	{Sig: "_decode(data, encoding, errors, final, /)", Doc: "Decode by a built-in codec; returns the text and how many bytes it took.", Fn: decode},
}

// Module is the module codecs.
var Module = &interp.ModuleDef{
	Name:   "codecs",
	Doc:    "Python Codec Registry, API and helpers.",
	Funcs:  funcs,
	Source: source,
}

// Native is the module _codecs, where pickles look for encode.
var Native = &interp.ModuleDef{
	Name:   "_codecs",
	Source: "import codecs\nglobals().update({k: v for k, v in vars(codecs).items() if callable(v) and not isinstance(v, type)})\n",
}

func register(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsCallable(a[0]) {
		return interp.Value{}, interp.TypeErrorf("argument must be callable")
	}
	th.Interp().RegisterCodec(a[0])
	return interp.None, nil
}

func unregister(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	th.Interp().UnregisterCodec(a[0])
	return interp.None, nil
}

// text reads an argument that must be a str.
func text(fn string, pos string, v interp.Value) (string, *interp.Exc) {
	s, ok := interp.StrOf(v)
	if !ok {
		return "", interp.TypeErrorf("%s() argument%s must be str, not %s", fn, pos, interp.TypeName(v))
	}
	return s, nil
}

func registerError(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, err := text("register_error", " 1", a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if !interp.IsCallable(a[1]) {
		return interp.Value{}, interp.TypeErrorf("handler must be callable")
	}
	th.Interp().RegisterErrorHandler(name, a[1])
	return interp.None, nil
}

func registeredError(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, err := text("lookup_error", "", a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return th.Interp().ErrorHandler(name)
}

func find(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, err := text("lookup", "", a[0])
	if err != nil {
		return interp.Value{}, err
	}
	id, info, err := th.FindCodec(name)
	if err != nil || id == "" {
		return info, err
	}
	return interp.MkStr(id), nil
}

func encode(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	s, ok := interp.AsStr(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("encode() argument 'str' must be str, not %s", interp.TypeName(a[0]))
	}
	encoding, _ := interp.StrOf(a[1])
	errors, err := text("encode", " 'errors'", a[2])
	if err != nil {
		return interp.Value{}, err
	}
	b, err := th.Encode(s, encoding, errors)
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkBytes(b), nil
}

func decode(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, ok := interp.BufferOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[0]))
	}
	encoding, _ := interp.StrOf(a[1])
	errors, err := text("decode", " 'errors'", a[2])
	if err != nil {
		return interp.Value{}, err
	}
	v, used, err := th.DecodePart(b, encoding, errors, interp.Is(a[3], interp.True))
	if err != nil {
		return interp.Value{}, err
	}
	return interp.Pair(v, interp.MkInt(int64(used))), nil
}
