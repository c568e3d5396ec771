// Package shutil is the module shutil: copying, moving and removing files and trees. It is written in the
// language. The functions for archives are left out.
//
//	copyfileobj, copyfile, copymode, copystat, copy, copy2, copytree, ignore_patterns
//	move, rmtree, which, get_terminal_size, disk_usage, chown
package shutil

import (
	_ "embed"

	"aio/interp"
)

//go:embed shutil.aio
var source string

// Module is the module shutil.
var Module = &interp.ModuleDef{
	Name: "shutil",
	Doc:  "Utility functions for copying and archiving files and directory trees.",
	Funcs: []interp.Builtin{
		{Sig: "_disk_usage(path, /)", Doc: "The bytes of a file system: all, used, free.", Fn: diskUsage},
	},
	Source: source,
}
