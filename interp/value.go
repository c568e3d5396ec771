// Package interp is the language at run time.
//
//	Config, Interp, New   an interpreter and its outside (interp.go)
//	Value                 what a variable holds: 16 bytes (this file)
//	Type, Shape           what a value is (type.go)
//	Thread                a running thread of script code; the operations on values are its methods
//	Exc                   an exception instance; Go functions return *Exc, nil when all went well
//	Builtin               one row of a table of built-in functions: signature, doc, Go function
//	Coro, Future, Task    generators, coroutines and what drives them
package interp

// This file defines Value. All unsafe code of the package stays here, in frame.go and in the VM loop.

import (
	"math"
	"math/big"
	"unsafe"
)

// Value is what a variable holds. p points to the header of the object; for int, float, bool and None
// it points to a static header and n holds the payload. p == nil means unbound: no value at all.
type Value struct {
	p unsafe.Pointer
	n uint64
}

// Header is the first word of every object.
type Header struct{ shape *Shape }

var (
	intHeader   = Header{intShape}
	floatHeader = Header{floatShape}
	boolHeader  = Header{boolShape}
	noneHeader  = Header{noneShape}
)

// None is the value None.
var None = Value{unsafe.Pointer(&noneHeader), 0}

// True and False are the values of type bool.
var (
	True  = Value{unsafe.Pointer(&boolHeader), 1}
	False = Value{unsafe.Pointer(&boolHeader), 0}
)

// MkInt returns the int i.
func MkInt(i int64) Value { return Value{unsafe.Pointer(&intHeader), uint64(i)} }

// AsInt returns the payload of an exact int that fits in 64 bits. It is false for bool, for a larger
// int and for an instance of a subclass of int: see Thread.Index and IntOf.
func AsInt(v Value) (int64, bool) { return int64(v.n), v.p == unsafe.Pointer(&intHeader) }

// MkFloat returns the float f.
func MkFloat(f float64) Value {
	return Value{unsafe.Pointer(&floatHeader), math.Float64bits(f)}
}

// AsFloat returns the payload of an exact float.
func AsFloat(v Value) (float64, bool) {
	return math.Float64frombits(v.n), v.p == unsafe.Pointer(&floatHeader)
}

// MkBool returns the bool b.
func MkBool(b bool) Value {
	if b {
		return Value{unsafe.Pointer(&boolHeader), 1}
	}
	return Value{unsafe.Pointer(&boolHeader), 0}
}

// AsBool returns the payload of a bool.
func AsBool(v Value) (bool, bool) { return v.n != 0, v.p == unsafe.Pointer(&boolHeader) }

// IsNone reports whether v is None.
func (v Value) IsNone() bool { return v.p == unsafe.Pointer(&noneHeader) }

// IsUnbound reports whether v is no value at all: an argument that was not given, a variable that was
// not assigned.
func (v Value) IsUnbound() bool { return v.p == nil }

// Is reports whether a and b are the same object.
func Is(a, b Value) bool { return a.p == b.p && a.n == b.n }

// TypeOf returns the type of v, which must not be unbound.
func TypeOf(v Value) *Type { return (*Header)(v.p).shape.typ }

func shapeOf(v Value) *Shape { return (*Header)(v.p).shape }

// setInt stores an int; a register that holds an int already needs no pointer write, hence no write
// barrier.
func setInt(d *Value, i int64) {
	if d.p != unsafe.Pointer(&intHeader) {
		d.p = unsafe.Pointer(&intHeader)
	}
	d.n = uint64(i)
}

func setFloat(d *Value, f float64) {
	if d.p != unsafe.Pointer(&floatHeader) {
		d.p = unsafe.Pointer(&floatHeader)
	}
	d.n = math.Float64bits(f)
}

func setBool(d *Value, b bool) { *d = MkBool(b) }

// object returns the Value of an object whose first field is its Header.
func object[T any](o *T) Value { return Value{unsafe.Pointer(o), 0} }

// as returns v as a *T when its type has the layout l: an exact instance or one of a subclass.
func as[T any](v Value, l layout) (*T, bool) {
	if v.p != nil && shapeOf(v).typ.layout == l {
		return (*T)(v.p), true
	}
	return nil, false
}

// BigInt is an int outside 64 bits, and only such.
type BigInt struct {
	Header
	b big.Int
}

// boxed is an instance of a subclass of int or float: its number, and its attributes.
type boxed struct {
	Header
	val  Value // an exact int or float
	dict *Dict
}

// MkBig returns the int b, which must not be changed afterwards.
func MkBig(b *big.Int) Value {
	if b.IsInt64() {
		return MkInt(b.Int64())
	}
	return object(&BigInt{Header{bigIntShape}, *b})
}

// IntOf returns the number of any int: bool, large, and of subclasses; exactly one of the results
// holds it, big being nil when it fits in 64 bits.
func IntOf(v Value) (i int64, b *big.Int, ok bool) {
	if v.p == unsafe.Pointer(&intHeader) || v.p == unsafe.Pointer(&boolHeader) {
		return int64(v.n), nil, true
	}
	if v.p == nil || shapeOf(v).typ.layout != layoutInt {
		return 0, nil, false
	}
	if shapeOf(v) == bigIntShape {
		return 0, &(*BigInt)(v.p).b, true
	}
	return IntOf((*boxed)(v.p).val)
}

// BigOf is IntOf as a big.Int that must not be changed.
func BigOf(v Value) (*big.Int, bool) {
	i, b, ok := IntOf(v)
	if ok && b == nil {
		b = big.NewInt(i)
	}
	return b, ok
}

// FloatOf returns the number of any float, also of a subclass.
func FloatOf(v Value) (float64, bool) {
	if f, ok := AsFloat(v); ok {
		return f, true
	}
	if v.p == nil || shapeOf(v).typ.layout != layoutFloat {
		return 0, false
	}
	return FloatOf((*boxed)(v.p).val)
}

// Complex is a complex number.
type Complex struct {
	Header
	c    complex128
	dict *Dict
}

// MkComplex returns the complex c.
func MkComplex(c complex128) Value { return object(&Complex{Header: Header{complexShape}, c: c}) }

// AsComplex returns the number of a complex.
func AsComplex(v Value) (complex128, bool) {
	if c, ok := as[Complex](v, layoutComplex); ok {
		return c.c, true
	}
	return 0, false
}

// List is a list.
type List struct {
	Header
	a []Value
}

// Tuple is a tuple.
type Tuple struct {
	Header
	a []Value
}

// MkList returns a new list that takes over items.
func MkList(items []Value) Value { return object(&List{Header{listShape}, items}) }

// newList returns a new list of a copy of items.
func newList(items []Value) Value {
	l := sizedList(len(items))
	copy(l.a, items)
	return object(l)
}

// sizedList returns a new list of n unbound items, to be filled; a short one takes one allocation.
func sizedList(n int) *List {
	switch {
	case n == 0:
		return &List{Header: Header{listShape}}
	case n <= 3:
		l := &struct {
			List
			arr [3]Value
		}{}
		l.shape, l.a = listShape, l.arr[:n]
		return &l.List
	case n <= 6:
		l := &struct {
			List
			arr [6]Value
		}{}
		l.shape, l.a = listShape, l.arr[:n]
		return &l.List
	case n <= 10:
		l := &struct {
			List
			arr [10]Value
		}{}
		l.shape, l.a = listShape, l.arr[:n]
		return &l.List
	case n <= 16:
		l := &struct {
			List
			arr [16]Value
		}{}
		l.shape, l.a = listShape, l.arr[:n]
		return &l.List
	}
	return &List{Header{listShape}, make([]Value, n)}
}

// fill stores x in all of a, whose items must be unbound. An int, float, bool or None needs no write
// barrier: its pointer leads out of the heap.
func fill(a []Value, x Value) {
	switch x.p {
	case unsafe.Pointer(&intHeader), unsafe.Pointer(&floatHeader), unsafe.Pointer(&boolHeader), unsafe.Pointer(&noneHeader):
		words := unsafe.Slice((*[2]uintptr)(unsafe.Pointer(unsafe.SliceData(a))), len(a))
		w := [2]uintptr{uintptr(x.p), uintptr(x.n)}
		for i := range words {
			words[i] = w
		}
	default:
		for i := range a {
			a[i] = x
		}
	}
}

// AsList returns v as a list, also of a subclass.
func AsList(v Value) (*List, bool) { return as[List](v, layoutList) }

// Items returns the items, to be read at once.
func (l *List) Items() []Value { return l.a }

// Append adds v at the end. It grows by doubling: Go's own rule grows by a quarter, which costs more.
func (l *List) Append(v Value) {
	if len(l.a) == cap(l.a) {
		l.grow()
	}
	l.a = append(l.a, v)
}

func (l *List) grow() {
	a := make([]Value, len(l.a), max(4, 2*cap(l.a)))
	copy(a, l.a)
	l.a = a
}

var emptyTuple = Value{unsafe.Pointer(&Tuple{Header: Header{tupleShape}}), 0}

// MkTuple returns a tuple that takes over items.
func MkTuple(items []Value) Value {
	if len(items) == 0 {
		return emptyTuple
	}
	return object(&Tuple{Header{tupleShape}, items})
}

// Pair returns the tuple (a, b) in one allocation.
func Pair(a, b Value) Value {
	t := &struct {
		Tuple
		arr [2]Value
	}{arr: [2]Value{a, b}}
	t.shape = tupleShape
	t.a = t.arr[:]
	return object(&t.Tuple)
}

// AsTuple returns v as a tuple, also of a subclass.
func AsTuple(v Value) (*Tuple, bool) { return as[Tuple](v, layoutTuple) }

// Items returns the items, which must not be changed.
func (t *Tuple) Items() []Value { return t.a }
