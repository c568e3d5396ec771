// Package types is the module types: names for the built-in types that have none, and classes made at
// run time.
//
//	FunctionType, CodeType, GeneratorType, CoroutineType, ModuleType ...  the types themselves
//	SimpleNamespace, MappingProxyType, GenericAlias, UnionType
//	new_class, prepare_class, resolve_bases, get_original_bases
//	DynamicClassAttribute, coroutine
package types

import (
	_ "embed"

	"aio/interp"
)

//go:embed types.aio
var source string

// Module is the module types.
var Module = &interp.ModuleDef{
	Name: "types",
	Doc:  "Define names for built-in types that aren't directly accessible as a builtin.",
	Funcs: []interp.Builtin{
		{Sig: "_make_awaitable(func, /)", Doc: "Let the generators of a generator function be awaited; tell whether it is one.",
			Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
				return interp.MkBool(interp.MakeAwaitable(a[0])), nil
			}},
	},
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		alias, union := interp.GenericAliasTypes()
		m.Set("GenericAlias", alias.Value())
		m.Set("UnionType", union.Value())
		m.Set("SimpleNamespace", interp.SimpleNamespaceType().Value())
		m.Set("ModuleType", interp.ModuleType().Value())
		for _, t := range interp.UnnamedTypes() {
			m.Set(t.Name, t.Type.Value())
		}
		return nil
	},
	Source: source,
}
