// Package compile turns a syntax tree into Code: register bytecode with its tables. It knows no
// runtime value; constants stay Go values, and interp links a Code before it runs.
//
//	Module, Expression   compile a tree
//	Code                 a compiled body: instructions, constants, handlers, positions
//	Opcode, Ops          the one table of instructions
//	Disassemble          Code as text
package compile

import "aio/diag"

// Kind says what calling a Code makes.
type Kind uint8

// The kinds of Code.
const (
	Func      Kind = iota // runs at once
	Generator             // a generator
	Coroutine             // a coroutine
	AsyncGen              // an async generator
	ModuleBody
	ClassBody // R0 holds the namespace
)

// Instr is one instruction. Registers are numbers here; interp scales them when it links.
type Instr struct {
	Op      Opcode
	A, B, C uint16
}

// Handler is a row of the exception table: an exception raised by an instruction in [Start, End) is
// put into register Reg and execution goes on at Target. Inner rows stand before outer ones.
type Handler struct {
	Start, End, Target int32
	Reg                uint16
}

// Region says that while an instruction in [Start, End) runs, the exception in register Reg is being
// handled: what a bare raise, sys.exc_info() and __context__ see. Inner rows stand before outer ones.
type Region struct {
	Start, End int32
	Reg        uint16
}

// Inlined says that the instructions in [Start, End) are the inlined body of a comprehension, which
// CPython 3.11 shows as a frame of its own in tracebacks. Inner rows stand before outer ones.
type Inlined struct {
	Start, End int32
	Name       string    // "<listcomp>", "<setcomp>" or "<dictcomp>"
	Call       diag.Span // the place of the comprehension in the frame around it
}

// Code is a compiled body. R0 up to len(Locals)-1 are the parameters (positional-only, positional,
// keyword-only, *args, **kwargs) and then the other locals; temporaries come behind. The namespace of a
// ClassBody, or of a ModuleBody compiled with Options.Namespace, is the local ".namespace" in R0.
type Code struct {
	Name, QualName string
	Source         *diag.Source
	Span           diag.Span // the whole definition
	FirstLine      int       // of the first decorator or the def
	Kind           Kind

	ArgCount     int // positional parameters, the positional-only ones included
	PosOnlyCount int
	KwOnlyCount  int
	HasVarargs   bool
	HasKwargs    bool

	Locals   []string // names of registers 0.., in order; inlined comprehension targets carry their name
	NVars    int      // how many of Locals locals() shows; targets of inlined comprehensions stand behind
	CellRegs []uint16 // local registers that hold a cell: the first instructions are their OpMakeCell
	FreeVars []string // names of the closure's cells, by index
	NRegs    int      // at most 4000
	DropReg  uint16   // where expression statements put a call's result; NoReg without one

	Ins     []Instr
	Spans   []diag.Span // per instruction: the node that a traceback underlines
	Consts  []any       // nil, bool, int64, *big.Int, float64, complex128, string, ast.Bytes, ast.Ellipsis, Tuple, FrozenSet, *Code
	Names   []string    // per inline cache: the name it looks up; operand "cache" indexes it
	Exc     []Handler
	Handled []Region
	Inlined []Inlined
	Loops   []Region // over an iterator in Reg, for which leaving early by an exception does what CloseIter does; inner rows first

	Doc    string // the docstring
	HasDoc bool
	// IsNested is true for code of a def, lambda or class within another function (for its QualName).
	IsNested bool
	// FutureAnnotations is from __future__ import annotations.
	FutureAnnotations bool
}

// NoReg marks an absent register operand.
const NoReg = 0xffff

// Tuple is a constant tuple.
type Tuple []any

// FrozenSet is a constant frozenset, made for "x in {1, 2, 3}".
type FrozenSet []any

// SpanOf returns the source span of an instruction.
func (c *Code) SpanOf(pc int) diag.Span {
	if pc < 0 || pc >= len(c.Spans) {
		return c.Span
	}
	return c.Spans[pc]
}
