// Package glob is the module glob: files by shell patterns. It is written in the language.
//
//	glob, iglob, escape, has_magic
package glob

import (
	_ "embed"

	"aio/interp"
)

//go:embed glob.aio
var source string

// Module is the module glob.
var Module = &interp.ModuleDef{Name: "glob", Doc: "Filename globbing utility.", Source: source}
