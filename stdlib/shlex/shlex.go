// Package shlex is the module shlex: texts cut into words as a shell does. It is written in the language.
//
//	split, join, quote
package shlex

import (
	_ "embed"

	"aio/interp"
)

//go:embed shlex.aio
var source string

// Module is the module shlex.
var Module = &interp.ModuleDef{Name: "shlex", Doc: "A lexical analyzer class for simple shell-like syntaxes.", Source: source}
