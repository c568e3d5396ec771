// Package csv is the module csv: tables as text. It is written in the language.
//
//	reader, writer, DictReader, DictWriter, Dialect, excel, excel_tab, unix_dialect
//	register_dialect, unregister_dialect, get_dialect, list_dialects, field_size_limit
//	QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, Error
package csv

import (
	_ "embed"

	"aio/interp"
)

//go:embed csv.aio
var source string

// Module is the module csv.
var Module = &interp.ModuleDef{Name: "csv", Doc: "CSV parsing and writing.", Source: source}
