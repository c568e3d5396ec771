// Package getopt is the module getopt: options of command lines in the way of C. It is written in the language.
//
//	getopt, gnu_getopt, GetoptError
package getopt

import (
	_ "embed"

	"aio/interp"
)

//go:embed getopt.aio
var source string

// Module is the module getopt.
var Module = &interp.ModuleDef{Name: "getopt", Doc: "Parser for command line options.", Source: source}
