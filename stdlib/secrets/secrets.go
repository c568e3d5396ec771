// Package secrets is the module secrets: numbers and tokens that cannot be guessed. It is written in the language.
//
//	choice, randbelow, randbits, SystemRandom
//	token_bytes, token_hex, token_urlsafe, compare_digest
package secrets

import (
	_ "embed"

	"aio/interp"
)

//go:embed secrets.aio
var source string

// Module is the module secrets.
var Module = &interp.ModuleDef{Name: "secrets", Doc: "Generate cryptographically strong pseudo-random numbers suitable for managing secrets such as account authentication, tokens, and similar.", Source: source}
