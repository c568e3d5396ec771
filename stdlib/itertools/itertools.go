// Package itertools is the module itertools: iterators made from iterators.
//
//	count, cycle, repeat                                                   without end (infinite.go)
//	accumulate, chain, compress, dropwhile, takewhile, filterfalse, starmap,
//	islice, pairwise, zip_longest                                          item by item (items.go, slices.go)
//	groupby, tee                                                           several from one (split.go)
//	product, permutations, combinations, combinations_with_replacement     (combinatoric.go)
package itertools

import (
	"sync"

	"aio/interp"
)

// Module is the module itertools.
var Module = &interp.ModuleDef{
	Name:  "itertools",
	Doc:   "Functional tools for creating and using iterators.",
	Funcs: []interp.Builtin{{Sig: "tee(iterable, n=2, /)", Doc: "Returns a tuple of n independent iterators.", Fn: tee}},
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		for _, t := range types() {
			m.Set(t.Name, t.Value())
		}
		return nil
	},
}

// iteratorType is a row of the table of iterators.
type iteratorType struct {
	typ  *interp.Type
	sig  string
	doc  string
	make interp.BuiltinFunc // gets the class as a[0]
	next func(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc)
	// more is what the type has beyond being an iterator; nil for most.
	more func(t *interp.Type, p *interp.Protocol) []interp.Builtin
}

func newType(name string) *interp.Type { return interp.NewLibraryType("itertools", name, nil) }

// types sets the iterators up, and returns those that the module shows.
var types = sync.OnceValue(func() []*interp.Type {
	for _, row := range hidden {
		setup(row)
	}
	var list []*interp.Type
	for _, family := range [][]iteratorType{infinite(), itemwise(), slices(), split(), combinatoric()} {
		for _, row := range family {
			setup(row)
			list = append(list, row.typ)
		}
	}
	return list
})

func setup(row iteratorType) {
	t := row.typ
	t.Doc = row.doc
	p := &interp.Protocol{
		Iter: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return v, nil },
		Next: row.next,
	}
	var methods []interp.Builtin
	if row.more != nil {
		methods = row.more(t, p)
	}
	if row.make != nil {
		t.SetNew(row.sig, row.make)
	}
	t.Setup(p, methods, nil)
}

// nextOf makes a Protocol.Next of a method of the iterator's Go data.
func nextOf[T any](next func(it *T, th *interp.Thread) (interp.Value, bool, *interp.Exc)) func(*interp.Thread, interp.Value) (interp.Value, bool, *interp.Exc) {
	return func(th *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
		it, _ := interp.NativeData[*T](v)
		return next(it, th)
	}
}

// instance returns an iterator of the class cls.
func instance(cls interp.Value, data any) interp.Value {
	t, _ := interp.AsType(cls)
	return interp.NewNative(t, data)
}

// done is the result of an iterator at its end.
func done() (interp.Value, bool, *interp.Exc) { return interp.Value{}, false, nil }

func failed(err *interp.Exc) (interp.Value, bool, *interp.Exc) { return interp.Stopped(err) }

// iterators returns the iterators of the items of a tuple.
func iterators(th *interp.Thread, args interp.Value) ([]interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(args)
	its := make([]interp.Value, len(t.Items()))
	for i, x := range t.Items() {
		var err *interp.Exc
		if its[i], err = th.Iter(x); err != nil {
			return nil, err
		}
	}
	return its, nil
}
