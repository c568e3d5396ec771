// Package pickle is the module pickle: objects as bytes and back, protocols 0 to 5.
//
//	dumps, dump, Pickler       an object as a pickle (pickler.go, save.go, reduce.go, global.go)
//	loads, load, Unpickler     the object of a pickle (unpickler.go, load.go)
//	PickleError, PicklingError, UnpicklingError
//
// A pickle is a program for a small stack machine; opcodes.go lists its instructions.
package pickle

import (
	"sync"

	"aio/interp"
)

const (
	highestProtocol = 5
	defaultProtocol = 4
)

var (
	pickleError     = interp.NewLibraryException("_pickle", "PickleError", interp.ExceptionType)
	picklingError   = interp.NewLibraryException("_pickle", "PicklingError", pickleError)
	unpicklingError = interp.NewLibraryException("_pickle", "UnpicklingError", pickleError)
)

// setup makes the types ready, once in a process.
var setup = sync.OnceFunc(func() {
	setupSavers()
	setupPickler()
	setupUnpickler()
})

// Module is the module pickle; Native is the module that its types say they are of.
var (
	Module = &interp.ModuleDef{
		Name:  "pickle",
		Doc:   "Create portable serialized representations of Python objects.",
		Funcs: functions,
		Init:  fill,
	}
	Native = &interp.ModuleDef{
		Name:  "_pickle",
		Doc:   "Optimized C implementation for the Python pickle module.",
		Funcs: functions,
		Init:  fill,
	}
)

func fill(_ *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	for _, t := range []*interp.Type{pickleError, picklingError, unpicklingError, picklerType, unpicklerType} {
		m.Set(t.Name, t.Value())
	}
	m.Set("_Pickler", picklerType.Value())
	m.Set("_Unpickler", unpicklerType.Value())
	m.Set("HIGHEST_PROTOCOL", interp.MkInt(highestProtocol))
	m.Set("DEFAULT_PROTOCOL", interp.MkInt(defaultProtocol))
	m.Set("format_version", interp.MkStr("4.0"))
	formats := []interp.Value{}
	for _, f := range []string{"1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"} {
		formats = append(formats, interp.MkStr(f))
	}
	m.Set("compatible_formats", interp.MkList(formats))
	for _, op := range opcodeNames {
		m.Set(op.name, interp.MkBytes([]byte{op.code}))
	}
	return nil
}

var functions = []interp.Builtin{
	{Sig: "dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)", Doc: "Write a pickled representation of obj to the open file object file.", Fn: dump},
	{Sig: "dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None)", Doc: "Return the pickled representation of the object as a bytes object.", Fn: dumps},
	{Sig: "load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", Doc: "Read and return an object from the pickle data stored in a file.", Fn: load},
	{Sig: "loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", Doc: "Read and return an object from the given pickle data.", Fn: loads},
}

func dumps(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := &pickler{}
	if err := p.configure(th, a[1], a[2]); err != nil {
		return interp.Value{}, err
	}
	if err := p.dump(th, a[0]); err != nil {
		return interp.Value{}, err
	}
	return interp.MkBytes(p.out), nil
}

func dump(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := &pickler{}
	if err := p.configure(th, a[2], a[3]); err != nil {
		return interp.Value{}, err
	}
	if err := p.setFile(th, a[1]); err != nil {
		return interp.Value{}, err
	}
	return interp.None, p.dumpToFile(th, a[0])
}

func loads(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, ok := interp.BufferOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[0]))
	}
	u := &unpickler{data: b}
	if err := u.configure(a[1], a[2], a[3]); err != nil {
		return interp.Value{}, err
	}
	return u.load(th)
}

func load(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	u := &unpickler{}
	if err := u.configure(a[1], a[2], a[3]); err != nil {
		return interp.Value{}, err
	}
	if err := u.setFile(th, a[0]); err != nil {
		return interp.Value{}, err
	}
	return u.load(th)
}
