// Package base64 is the module base64: the encodings of RFC 4648. It is written in the language, on binascii.
//
//	b64encode, b64decode, urlsafe_b64encode, urlsafe_b64decode, standard_b64encode, standard_b64decode
//	b32encode, b32decode, b16encode, b16decode, encodebytes, decodebytes
package base64

import (
	_ "embed"

	"aio/interp"
)

//go:embed base64.aio
var source string

// Module is the module base64.
var Module = &interp.ModuleDef{Name: "base64", Doc: "Base16, Base32, Base64 (RFC 3548), Base85 and Ascii85 data encodings", Source: source}
