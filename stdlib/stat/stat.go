// Package stat is the module stat: what the numbers of os.stat() mean. It is written in the language.
//
//	S_ISDIR, S_ISREG, S_ISLNK ..., S_IMODE, S_IFMT, filemode; the constants S_* and ST_*
package stat

import (
	_ "embed"

	"aio/interp"
)

//go:embed stat.aio
var source string

// Module is the module stat.
var Module = &interp.ModuleDef{Name: "stat", Doc: "Constants and functions for interpreting results of os.stat().", Source: source}
