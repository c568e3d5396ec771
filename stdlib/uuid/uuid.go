// Package uuid is the module uuid: identifiers that are unique (RFC 4122). It is written in the language.
//
//	UUID, uuid1, uuid3, uuid4, uuid5, NAMESPACE_DNS ...
package uuid

import (
	_ "embed"

	"aio/interp"
)

//go:embed uuid.aio
var source string

// Module is the module uuid.
var Module = &interp.ModuleDef{Name: "uuid", Doc: "UUID objects (universally unique identifiers) according to RFC 4122.", Source: source}
