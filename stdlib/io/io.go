// Package io is the module io: files, and files in memory.
//
//	open, open_code                    as the built-in function
//	StringIO, BytesIO                  text and bytes in memory
//	TextIOWrapper, BufferedReader, BufferedWriter, BufferedRandom, FileIO
//	IOBase, RawIOBase, BufferedIOBase, TextIOBase
//	UnsupportedOperation, SEEK_SET, SEEK_CUR, SEEK_END, DEFAULT_BUFFER_SIZE
package io

import (
	"sync"

	"aio/interp"
)

// Module is the module io.
var Module = &interp.ModuleDef{
	Name:  "io",
	Doc:   "The io module provides the Python interfaces to stream handling. The builtin open function is defined in this module.",
	Funcs: functions,
	Init:  initModule,
}

var functions = []interp.Builtin{
	{Sig: "open_code(path)", Doc: "Open the file at path for reading bytes.", Fn: openCode},
	{Sig: "text_encoding(encoding, stacklevel=2, /)", Doc: "Return 'utf-8' for None, else encoding.", Fn: textEncoding},
}

// setupTypes finishes the types of this package, once for all interpreters.
var setupTypes = sync.OnceFunc(func() {
	setupStringIO()
	setupBytesIO()
})

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	setupTypes()
	for name, t := range interp.FileTypes() {
		m.Set(name, t.Value())
	}
	m.Set("StringIO", stringIOType.Value())
	m.Set("BytesIO", bytesIOType.Value())
	open, _ := th.Interp().Builtins().Get("open")
	m.Set("open", open)
	m.Set("SEEK_SET", interp.MkInt(0))
	m.Set("SEEK_CUR", interp.MkInt(1))
	m.Set("SEEK_END", interp.MkInt(2))
	m.Set("DEFAULT_BUFFER_SIZE", interp.MkInt(8192))
	m.Set("BlockingIOError", interp.BlockingIOError.Value())
	return nil
}

func openCode(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	open, _ := th.Interp().Builtins().Get("open")
	return th.Call(open, a[0], interp.MkStr("rb"))
}

func textEncoding(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if a[0].IsNone() {
		return interp.MkStr("utf-8"), nil
	}
	return a[0], nil
}

func closedError() *interp.Exc { return interp.ValueErrorf("I/O operation on closed file") }

// size reads the size argument of read and readline; negative means all.
func size(th *interp.Thread, v interp.Value) (int, *interp.Exc) {
	if v.IsNone() {
		return -1, nil
	}
	return th.IndexInt(v)
}

func mkInt(n int) interp.Value { return interp.MkInt(int64(n)) }
