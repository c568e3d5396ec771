// Package linecache is the module linecache: lines of source files, kept. It is written in the language.
//
//	getline, getlines, clearcache, checkcache, updatecache, lazycache
package linecache

import (
	_ "embed"

	"aio/interp"
)

//go:embed linecache.aio
var source string

// Module is the module linecache.
var Module = &interp.ModuleDef{Name: "linecache", Doc: "Cache lines from Python source files.", Source: source}
