package interp

func (in *Interp) newBuiltinsModule() *Module { return in.NewModule("builtins") }
