package interp

// This file defines the disassembly of code objects, for the module dis.

import (
	"strings"

	"aio/interp/compile"
)

// DisassembleCode returns the instructions of a code object as text; ok is false for another value.
func DisassembleCode(v Value) (text string, ok bool) {
	if shapeOf(v) != codeShape {
		return "", false
	}
	var b strings.Builder
	if err := compile.Disassemble(&b, (*Code)(v.p).Code); err != nil {
		return "", false
	}
	return b.String(), true
}
