// Package fnmatch is the module fnmatch: file names by shell patterns. It is written in the language.
//
//	fnmatch, fnmatchcase, filter, translate
package fnmatch

import (
	_ "embed"

	"aio/interp"
)

//go:embed fnmatch.aio
var source string

// Module is the module fnmatch.
var Module = &interp.ModuleDef{Name: "fnmatch", Doc: "Filename matching with shell patterns.", Source: source}
