// Package locale is the module locale, which knows the locales C and POSIX, and UTF-8 as the encoding.
//
//	setlocale, getlocale, getdefaultlocale, getpreferredencoding, getencoding, localeconv
//	strcoll, strxfrm, normalize, str, atof, atoi, format_string, currency
package locale

import (
	_ "embed"

	"aio/interp"
)

//go:embed locale.aio
var source string

// Module is the module locale.
var Module = &interp.ModuleDef{
	Name:   "locale",
	Doc:    "Locale support: the locale is C, and text is UTF-8.",
	Source: source,
}
