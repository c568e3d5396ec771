package interp

// This file defines Protocol, what a built-in type can do, and the special methods by which a class
// made by a script says the same.

import (
	"reflect"

	"aio/interp/compile"
)

// CompareOp is a comparison.
type CompareOp uint8

// The comparisons.
const (
	CmpEq CompareOp = iota
	CmpNe
	CmpLt
	CmpLe
	CmpGt
	CmpGe
)

var compareSymbols = [...]string{"==", "!=", "<", "<=", ">", ">="}
var compareSwapped = [...]CompareOp{CmpEq, CmpNe, CmpGt, CmpGe, CmpLt, CmpLe}
var compareSpecial = [...]special{spEq, spNe, spLt, spLe, spGt, spGe}

// Symbol returns the operator as it is written.
func (op CompareOp) Symbol() string { return compareSymbols[op] }

// BinaryOp is a binary operator, in the order of the opcodes from Add on.
type BinaryOp uint8

// The binary operators.
const (
	BinAdd BinaryOp = iota
	BinSub
	BinMul
	BinMatMul
	BinDiv
	BinMod
	BinPow
	BinLShift
	BinRShift
	BinOr
	BinXor
	BinAnd
	BinFloorDiv
	BinDivmod // the function divmod(), which has no opcode
)

// binarySpecials is the table of binary operators: symbol and special methods.
var binarySpecials = [...]struct {
	symbol, inplace         string
	method, reflected, self special
}{
	BinAdd:      {"+", "+=", spAdd, spRAdd, spIAdd},
	BinSub:      {"-", "-=", spSub, spRSub, spISub},
	BinMul:      {"*", "*=", spMul, spRMul, spIMul},
	BinMatMul:   {"@", "@=", spMatMul, spRMatMul, spIMatMul},
	BinDiv:      {"/", "/=", spTrueDiv, spRTrueDiv, spITrueDiv},
	BinMod:      {"%", "%=", spMod, spRMod, spIMod},
	BinPow:      {"** or pow()", "**=", spPow, spRPow, spIPow},
	BinLShift:   {"<<", "<<=", spLShift, spRLShift, spILShift},
	BinRShift:   {">>", ">>=", spRShift, spRRShift, spIRShift},
	BinOr:       {"|", "|=", spOr, spROr, spIOr},
	BinXor:      {"^", "^=", spXor, spRXor, spIXor},
	BinAnd:      {"&", "&=", spAnd, spRAnd, spIAnd},
	BinFloorDiv: {"//", "//=", spFloorDiv, spRFloorDiv, spIFloorDiv},
	BinDivmod:   {"divmod()", "divmod()", spDivmod, spRDivmod, spNone},
}

// UnaryOp is a prefix operator, in the order of the opcodes from Neg on.
type UnaryOp uint8

// The prefix operators.
const (
	UnNeg UnaryOp = iota
	UnPos
	UnInvert
)

// ops returns a set of binary operators, for Protocol.Ops.
func ops(list ...BinaryOp) (set uint16) {
	for _, op := range list {
		set |= 1 << op
	}
	return
}

// Protocol is what values of a built-in type can do. A nil field is inherited from the base, and means
// that the type cannot do it when no base can.
type Protocol struct {
	Repr func(th *Thread, v Value) (string, *Exc)
	Str  func(th *Thread, v Value) (string, *Exc) // nil: as Repr
	Hash func(th *Thread, v Value) (uint64, *Exc)
	// NoHash marks a type whose values are not hashable ("unhashable type: 'list'").
	NoHash bool
	// Compare answers a op b for a of the type; NotImplemented when it does not know b.
	Compare func(th *Thread, op CompareOp, a, b Value) (Value, *Exc)
	Bool    func(th *Thread, v Value) (bool, *Exc)
	Len     func(th *Thread, v Value) (int, *Exc)
	GetItem func(th *Thread, v, key Value) (Value, *Exc)
	// SetItem stores an item, or deletes it when x is unbound.
	SetItem  func(th *Thread, v, key, x Value) *Exc
	Contains func(th *Thread, v, x Value) (bool, *Exc)
	Iter     func(th *Thread, v Value) (Value, *Exc)
	// Next returns the next item of an iterator; ok is false at its end.
	Next func(th *Thread, v Value) (x Value, ok bool, err *Exc)
	// NextPair is Next of an iterator whose items are pairs, for a loop that unpacks them at once: it
	// saves the tuple. n is 2, or 0 at the end; with 1 the item is no pair, and it is a.
	NextPair func(th *Thread, v Value) (a, b Value, n int, err *Exc)
	Call     func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc)
	// GetAttr replaces the generic attribute lookup.
	GetAttr func(th *Thread, v Value, name *Str) (Value, *Exc)
	// SetAttr replaces the generic attribute store; x is unbound to delete.
	SetAttr func(th *Thread, v Value, name *Str, x Value) *Exc
	// Binary answers a op b when a or b is of the type; NotImplemented when it does not know the other.
	// Ops is the set of operators that it can know.
	Binary func(th *Thread, op BinaryOp, a, b Value) (Value, *Exc)
	Ops    uint16
	// Inplace changes a and returns it, or NotImplemented to fall back to Binary; InOps as Ops.
	Inplace func(th *Thread, op BinaryOp, a, b Value) (Value, *Exc)
	InOps   uint16
	Unary   func(th *Thread, op UnaryOp, v Value) (Value, *Exc)
	Format  func(th *Thread, v Value, spec string) (string, *Exc)
	// Init is __init__; it is called with what new was called with.
	Init func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc
	// Await returns what an await of v waits for: a Coro, a Future, or an iterator.
	Await func(th *Thread, v Value) (Value, *Exc)
	// Get and Set make the type a descriptor; obj is unbound when it is read through the class.
	// Set is called with an unbound x to delete.
	Get func(th *Thread, v, obj Value, owner *Type) (Value, *Exc)
	Set func(th *Thread, v, obj, x Value) *Exc
}

// inherit fills the fields that p leaves nil from base.
func (p *Protocol) inherit(base *Protocol) {
	if p.Hash == nil && !p.NoHash {
		// As in CPython: a type that says how to compare and not how to hash takes neither.
		p.NoHash = base.NoHash
	}
	if p.Binary != nil {
		base = &Protocol{Repr: base.Repr, Str: base.Str, Hash: base.Hash, Compare: base.Compare, Bool: base.Bool,
			Len: base.Len, GetItem: base.GetItem, SetItem: base.SetItem, Contains: base.Contains, Iter: base.Iter,
			Next: base.Next, Call: base.Call, GetAttr: base.GetAttr, SetAttr: base.SetAttr, Inplace: base.Inplace,
			InOps: base.InOps, Unary: base.Unary, Format: base.Format, Init: base.Init, Await: base.Await,
			Get: base.Get, Set: base.Set}
	}
	dst, src := reflect.ValueOf(p).Elem(), reflect.ValueOf(base).Elem()
	for i := range dst.NumField() {
		if f := dst.Field(i); f.Kind() != reflect.Bool && f.IsZero() {
			f.Set(src.Field(i))
		}
	}
	if p.NoHash {
		p.Hash = nil
	}
}

// special is a special method that operations look up on the type of a value.
type special uint8

// The special methods; specialNames is their table.
const (
	spNone special = iota
	spNew
	spInit
	spRepr
	spStr
	spHash
	spEq
	spNe
	spLt
	spLe
	spGt
	spGe
	spBool
	spLen
	spLengthHint
	spGetItem
	spSetItem
	spDelItem
	spMissing
	spContains
	spIter
	spNext
	spReversed
	spCall
	spGetAttribute
	spGetAttr
	spSetAttr
	spDelAttr
	spGet
	spSet
	spDelete
	spFormat
	spBytes
	spInt
	spFloat
	spComplex
	spIndex
	spTrunc
	spRound
	spFloor
	spCeil
	spAbs
	spNeg
	spPos
	spInvert
	spAdd
	spRAdd
	spIAdd
	spSub
	spRSub
	spISub
	spMul
	spRMul
	spIMul
	spMatMul
	spRMatMul
	spIMatMul
	spTrueDiv
	spRTrueDiv
	spITrueDiv
	spFloorDiv
	spRFloorDiv
	spIFloorDiv
	spMod
	spRMod
	spIMod
	spDivmod
	spRDivmod
	spPow
	spRPow
	spIPow
	spLShift
	spRLShift
	spILShift
	spRShift
	spRRShift
	spIRShift
	spAnd
	spRAnd
	spIAnd
	spOr
	spROr
	spIOr
	spXor
	spRXor
	spIXor
	spAwait
	spAIter
	spANext
	spEnter
	spExit
	spAEnter
	spAExit
	spInstanceCheck
	spSubclassCheck
	spDir
	spCount
)

var specialNames = [spCount]string{
	spNew: "__new__", spInit: "__init__", spRepr: "__repr__", spStr: "__str__", spHash: "__hash__",
	spEq: "__eq__", spNe: "__ne__", spLt: "__lt__", spLe: "__le__", spGt: "__gt__", spGe: "__ge__",
	spBool: "__bool__", spLen: "__len__", spLengthHint: "__length_hint__",
	spGetItem: "__getitem__", spSetItem: "__setitem__", spDelItem: "__delitem__", spMissing: "__missing__",
	spContains: "__contains__", spIter: "__iter__", spNext: "__next__", spReversed: "__reversed__",
	spCall: "__call__", spGetAttribute: "__getattribute__", spGetAttr: "__getattr__",
	spSetAttr: "__setattr__", spDelAttr: "__delattr__", spGet: "__get__", spSet: "__set__", spDelete: "__delete__",
	spFormat: "__format__", spBytes: "__bytes__", spInt: "__int__", spFloat: "__float__",
	spComplex: "__complex__", spIndex: "__index__", spTrunc: "__trunc__", spRound: "__round__",
	spFloor: "__floor__", spCeil: "__ceil__", spAbs: "__abs__", spNeg: "__neg__", spPos: "__pos__", spInvert: "__invert__",
	spAdd: "__add__", spRAdd: "__radd__", spIAdd: "__iadd__", spSub: "__sub__", spRSub: "__rsub__", spISub: "__isub__",
	spMul: "__mul__", spRMul: "__rmul__", spIMul: "__imul__",
	spMatMul: "__matmul__", spRMatMul: "__rmatmul__", spIMatMul: "__imatmul__",
	spTrueDiv: "__truediv__", spRTrueDiv: "__rtruediv__", spITrueDiv: "__itruediv__",
	spFloorDiv: "__floordiv__", spRFloorDiv: "__rfloordiv__", spIFloorDiv: "__ifloordiv__",
	spMod: "__mod__", spRMod: "__rmod__", spIMod: "__imod__", spDivmod: "__divmod__", spRDivmod: "__rdivmod__",
	spPow: "__pow__", spRPow: "__rpow__", spIPow: "__ipow__",
	spLShift: "__lshift__", spRLShift: "__rlshift__", spILShift: "__ilshift__",
	spRShift: "__rshift__", spRRShift: "__rrshift__", spIRShift: "__irshift__",
	spAnd: "__and__", spRAnd: "__rand__", spIAnd: "__iand__", spOr: "__or__", spROr: "__ror__", spIOr: "__ior__",
	spXor: "__xor__", spRXor: "__rxor__", spIXor: "__ixor__",
	spAwait: "__await__", spAIter: "__aiter__", spANext: "__anext__",
	spEnter: "__enter__", spExit: "__exit__", spAEnter: "__aenter__", spAExit: "__aexit__",
	spInstanceCheck: "__instancecheck__", spSubclassCheck: "__subclasscheck__", spDir: "__dir__",
}

// specialStrs are the interned names, by special.
var specialStrs = func() (t [spCount]*Str) {
	for i, n := range specialNames {
		if n != "" {
			t[i] = Intern(n)
		}
	}
	return
}()

// specialCache remembers, for one type, which special methods scripts define.
type specialCache struct {
	known [spCount]bool
	vals  *[spCount]Value
}

func (c *specialCache) reset() {
	if c.vals != nil {
		c.known = [spCount]bool{}
	}
}

// special returns the special method that a script gave to the class, unbound when the built-in base
// answers, by its Protocol. It is for heap types.
func (t *Type) specialMethod(s special) Value {
	c := &t.special
	if c.vals != nil && c.known[s] {
		return c.vals[s]
	}
	if c.vals == nil {
		c.vals = new([spCount]Value)
	}
	v, ok := t.lookup(specialStrs[s])
	if ok {
		if f, isBuiltin := asBuiltin(v); isBuiltin && (f.owner != nil || f.newOf != nil) {
			if base, ok := t.builtinBase().lookup(specialStrs[s]); ok && Is(base, v) {
				v = Value{}
			}
		}
	}
	c.vals[s], c.known[s] = v, true
	return v
}

// builtinBase returns the nearest base that is not made by a script.
func (t *Type) builtinBase() *Type {
	for t.flags&flagHeap != 0 {
		t = t.base
	}
	return t
}

// scripted returns the special method that a script gave to the type of v, unbound when there is none.
func scripted(v Value, s special) Value {
	t := TypeOf(v)
	if t.flags&flagHeap == 0 {
		return Value{}
	}
	return t.specialMethod(s)
}

// opBinary returns the operator of an opcode between Add and FloorDiv, or IAdd and IFloorDiv.
func opBinary(op compile.Opcode) (b BinaryOp, inplace bool) {
	if op >= compile.OpIAdd {
		return BinaryOp(op - compile.OpIAdd), true
	}
	return BinaryOp(op - compile.OpAdd), false
}
