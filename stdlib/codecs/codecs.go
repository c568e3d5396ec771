// Package codecs is the module codecs: text encodings by name. It is written in the language.
//
//	encode, decode, lookup, CodecInfo, getencoder, getdecoder, open, iterencode, iterdecode
//	BOM_UTF8, BOM_UTF16_LE ...           the marks at the beginning of files
package codecs

import (
	_ "embed"

	"aio/interp"
)

//go:embed codecs.aio
var source string

// Module is the module codecs; Native is what pickles call it.
var (
	Module = &interp.ModuleDef{Name: "codecs", Doc: "Python Codec Registry, API and helpers.", Source: source}
	Native = &interp.ModuleDef{Name: "_codecs", Source: "from codecs import encode, decode, lookup\n"}
)
