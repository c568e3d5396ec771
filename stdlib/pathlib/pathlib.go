// Package pathlib is the module pathlib: paths as objects. It is written in the language.
//
//	PurePath, PurePosixPath, Path, PosixPath
package pathlib

import (
	_ "embed"

	"aio/interp"
)

//go:embed pathlib.aio
var source string

// Module is the module pathlib.
var Module = &interp.ModuleDef{Name: "pathlib", Doc: "Object-oriented filesystem paths.", Source: source}
