// Package dataclasses is the module dataclasses. It is written in the language: the methods of a data class
// are compiled from text made for it, so that they run as if written by hand.
//
//	dataclass, field, make_dataclass             making data classes
//	fields, asdict, astuple, replace, is_dataclass
//	Field, InitVar, KW_ONLY, MISSING, FrozenInstanceError
package dataclasses

import (
	_ "embed"

	"aio/interp"
)

//go:embed dataclasses.aio
var source string

// Module is the module dataclasses.
var Module = &interp.ModuleDef{Name: "dataclasses", Doc: "Data classes: classes that are mostly their fields.", Source: source}
