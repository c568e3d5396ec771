// Package collections is the module collections: kinds of containers.
//
//	deque, defaultdict          types of package interp
//	namedtuple                  (namedtuple.go)
//	Counter                     (counter.go, counterops.go)
//	OrderedDict                 (ordereddict.go)
//	ChainMap, UserDict, UserList, UserString      classes written in the language, loaded when first asked for
package collections

import (
	_ "embed"
	"sync"

	"aio/interp"
)

// Module is the module collections.
var Module = &interp.ModuleDef{
	Name:    "collections",
	Doc:     "This module implements specialized container datatypes providing\nalternatives to Python's general purpose built-in containers, dict,\nlist, set, and tuple.",
	Funcs:   functions,
	Init:    initModule,
	Package: true,
}

//go:embed classes.aio
var classesSource string

// Classes holds the classes of collections that are written in the language: few programs use them.
var Classes = &interp.ModuleDef{
	Name:   "_collections_classes",
	Doc:    "Classes of collections that are written in the language.",
	Source: classesSource,
}

// functions are the functions of the module.
var functions = []interp.Builtin{
	{Sig: "namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)", Doc: "Returns a new subclass of tuple with named fields.", Fn: namedTuple},
	{Sig: "_count_elements(mapping, iterable, /)", Doc: "Count elements in the iterable, updating the mapping", Fn: countElements},
	{Sig: "__getattr__(name, /)", Doc: "Load the classes that are written in the language.", Fn: loadClass},
}

var exported = []string{"ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque", "namedtuple"}

var setup = sync.OnceFunc(func() {
	setupCounter(counterType)
	setupOrderedDict(orderedDictType)
})

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	names := make([]interp.Value, len(exported))
	for i, n := range exported {
		names[i] = interp.MkStr(n)
	}
	m.Set("__all__", interp.MkList(names))
	m.Set("deque", interp.DequeType().Value())
	m.Set("defaultdict", interp.DefaultDictType().Value())
	m.Set("Counter", counterType.Value())
	m.Set("OrderedDict", orderedDictType.Value())
	return nil
}

// loadClass is __getattr__ of the module.
func loadClass(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	switch name {
	case "ChainMap", "UserDict", "UserList", "UserString":
	case "abc": // it is there without an import, as CPython has loaded it at its start
		return th.Import("collections.abc")
	default:
		return interp.Value{}, interp.Errorf(interp.AttributeError, "module 'collections' has no attribute '%s'", name)
	}
	classes, err := th.Import(Classes.Name)
	if err != nil {
		return interp.Value{}, err
	}
	cls, err := th.Attr(classes, name)
	if err != nil {
		return interp.Value{}, err
	}
	m, err := th.Import("collections")
	if err != nil {
		return interp.Value{}, err
	}
	return cls, th.SetAttr(m, interp.Intern(name), cls)
}
