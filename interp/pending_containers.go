package interp

// Set is a set or frozenset.
type Set struct {
	Header
	dict *Dict
}

func sequenceTypes() []typeSetup              { return nil }
func mappingTypes() []typeSetup               { return nil }
func newSequenceIter(v Value) Value           { return v }
func (in *Interp) newBuiltinsModule() *Module { return in.NewModule("builtins") }
