// Package contextvars is the module contextvars: variables that each task has of its own.
//
//	ContextVar, Token        a variable, and what puts its previous value back
//	Context, copy_context    all variables of a task at one time
package contextvars

import "aio/interp"

// Module is the module contextvars.
var Module = &interp.ModuleDef{
	Name: "contextvars",
	Doc:  "Context variables.",
	Funcs: []interp.Builtin{
		{Sig: "copy_context()", Doc: "Return a copy of the current context.", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
			return th.CopyContext().Value(), nil
		}},
	},
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		context, variable, token := interp.ContextTypes()
		m.Set("Context", context.Value())
		m.Set("ContextVar", variable.Value())
		m.Set("Token", token.Value())
		m.Set("__all__", interp.MkTuple([]interp.Value{
			interp.MkStr("Context"), interp.MkStr("ContextVar"), interp.MkStr("Token"), interp.MkStr("copy_context"),
		}))
		return nil
	},
}
