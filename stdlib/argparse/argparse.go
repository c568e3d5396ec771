// Package argparse is the module argparse: arguments of the command line. It is written in the language.
//
//	ArgumentParser, Namespace, Action, BooleanOptionalAction, FileType, ArgumentError, ArgumentTypeError
//	HelpFormatter, RawDescriptionHelpFormatter, RawTextHelpFormatter, ArgumentDefaultsHelpFormatter, MetavarTypeHelpFormatter
//	SUPPRESS, OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER, PARSER
package argparse

import (
	_ "embed"

	"aio/interp"
)

//go:embed argparse.aio
var source string

// Module is the module argparse.
var Module = &interp.ModuleDef{Name: "argparse", Doc: "Command-line parsing library", Source: source}
