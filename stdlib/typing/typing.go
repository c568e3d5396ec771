// Package typing is the module typing: names for annotations, which can be written, read and shown, and
// mean nothing when a program runs. It is written in the language.
//
//	Any, Union, Optional, Literal, Annotated, ClassVar, Final, Callable, List, Dict ...   annotations
//	TypeVar, ParamSpec, TypeVarTuple, Generic, Protocol                                   generic classes
//	NamedTuple, TypedDict, NewType                                                        making classes
//	cast, overload, final, no_type_check, runtime_checkable, assert_never, reveal_type    functions
//	get_type_hints, get_origin, get_args                                                  reading annotations
package typing

import (
	_ "embed"

	"aio/interp"
)

//go:embed typing.aio
var source string

// Module is the module typing.
var Module = &interp.ModuleDef{Name: "typing", Doc: "The typing module: Support for gradual typing as defined by PEP 484 and subsequent PEPs.", Source: source}
