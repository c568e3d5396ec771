// Package tempfile is the module tempfile: files and folders that go away. It is written in the language.
//
//	TemporaryFile, NamedTemporaryFile, SpooledTemporaryFile, TemporaryDirectory
//	mkstemp, mkdtemp, mktemp, gettempdir, gettempprefix
package tempfile

import (
	_ "embed"

	"aio/interp"
)

//go:embed tempfile.aio
var source string

// Module is the module tempfile.
var Module = &interp.ModuleDef{Name: "tempfile", Doc: "Temporary files.", Source: source}
