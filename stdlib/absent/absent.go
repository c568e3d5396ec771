// Package absent names the modules that aio does not have, and why: importing one says the reason.
package absent

import "aio/interp"

// reasons is the list of modules and reasons.
var reasons = []struct{ name, reason string }{
	{"ctypes", "aio calls no C functions"},
	{"multiprocessing", "aio runs in one process; asyncio and threading are there"},
	{"socket", "aio has no sockets yet"},
	{"sqlite3", "aio has no database"},
	{"ssl", "aio has no sockets yet"},
	{"symtable", "aio keeps no symbol tables of CPython's kind"},
	{"tkinter", "aio has no windows"},
}

// Modules returns a module for each name, whose import raises ModuleNotFoundError.
func Modules() []*interp.ModuleDef {
	list := make([]*interp.ModuleDef, len(reasons))
	for i, r := range reasons {
		text := "No module named '" + r.name + "': " + r.reason
		list[i] = &interp.ModuleDef{Name: r.name, Init: func(*interp.Thread, *interp.Module) *interp.Exc {
			return interp.NewExc(interp.ModuleNotFound, interp.MkStr(text))
		}}
	}
	return list
}
