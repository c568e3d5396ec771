// Package hmac is the module hmac: keyed hashes (RFC 2104). It is written in the language, on hashlib.
//
//	new, digest, compare_digest, HMAC
package hmac

import (
	_ "embed"

	"aio/interp"
)

//go:embed hmac.aio
var source string

// Module is the module hmac.
var Module = &interp.ModuleDef{Name: "hmac", Doc: "HMAC (Keyed-Hashing for Message Authentication) module.", Source: source}
