// Package enum is the module enum: enumerations. It is written in the language.
//
//	Enum, IntEnum, StrEnum, Flag, IntFlag, ReprEnum   base classes
//	auto, unique, member, nonmember, property, verify, global_enum
//	FlagBoundary, EnumCheck, EnumType
package enum

import (
	_ "embed"

	"aio/interp"
)

//go:embed enum.aio
var source string

// Module is the module enum.
var Module = &interp.ModuleDef{Name: "enum", Doc: "Enumerations.", Source: source}
