package interp

// This file defines bytes and bytearray: construction, protocol, items, operators, iterator. Their
// methods are in bytesmethods.go, those that change a bytearray in bytearray.go.

import (
	"bytes"
	"math"
)

// Bytes is a bytes or bytearray. The content of a bytes does not change, and may be shared.
type Bytes struct {
	Header
	b    []byte
	hash uint64 // of a bytes; 0 until it is asked for
	dict *Dict
}

// MkBytes returns the bytes b, which must not be changed afterwards.
func MkBytes(b []byte) Value { return object(&Bytes{Header: Header{bytesShape}, b: b}) }

// MkByteArray returns a bytearray that takes over b.
func MkByteArray(b []byte) Value { return object(&Bytes{Header: Header{byteArrayShape}, b: b}) }

// asBytes returns v as a bytes or bytearray, also of a subclass.
func asBytes(v Value) (*Bytes, bool) {
	if l := TypeOf(v).layout; l == layoutBytes || l == layoutByteArray {
		return (*Bytes)(v.p), true
	}
	return nil, false
}

// BufferOf returns the content of a bytes-like object, to be read at once.
func BufferOf(v Value) ([]byte, bool) {
	if x, ok := asBytes(v); ok {
		return x.b, true
	}
	if m, ok := asMemoryView(v); ok {
		return m.content(), true
	}
	return nil, false
}

// needBuffer is BufferOf with the error for other values.
func needBuffer(v Value) ([]byte, *Exc) {
	b, ok := BufferOf(v)
	if !ok {
		return nil, TypeErrorf("a bytes-like object is required, not '%s'", typeName(v))
	}
	return b, nil
}

// mutable reports whether x is a bytearray.
func (x *Bytes) mutable() bool { return x.shape.typ.layout == layoutByteArray }

// like returns b, which it takes over, as what x is: bytes or bytearray.
func (x *Bytes) like(b []byte) Value {
	if x.mutable() {
		return MkByteArray(b)
	}
	return MkBytes(b)
}

// part returns x[i:j] as what x is.
func (x *Bytes) part(i, j int) Value {
	switch {
	case x.mutable():
		return MkByteArray(bytes.Clone(x.b[i:j]))
	case j-i == len(x.b):
		return x.exact()
	}
	return MkBytes(x.b[i:j:j])
}

// exact returns x itself when it is exactly a bytes, else a copy.
func (x *Bytes) exact() Value {
	if x.shape == bytesShape {
		return object(x)
	}
	return x.like(bytes.Clone(x.b))
}

func setupBytes(t *Type) {
	t.Doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\n" +
		"bytes(bytes_or_buffer) -> bytes\nbytes(int) -> bytes of that many zeros\nbytes() -> empty bytes"
	t.flags = flagMatchSelf
	t.proto = bytesProtocol()
	t.proto.Hash = func(th *Thread, v Value) (uint64, *Exc) {
		x := (*Bytes)(v.p)
		if x.hash == 0 {
			x.hash = hashString(bytesText(x.b))
		}
		return x.hash, nil
	}
	t.rows = append(bytesMethods[:len(bytesMethods):len(bytesMethods)],
		Builtin{"__getnewargs__()", "Return the arguments that make a copy.", func(th *Thread, a []Value) (Value, *Exc) {
			return MkTuple([]Value{(*Bytes)(a[0].p).exact()}), nil
		}},
		Builtin{"__bytes__()", "Convert to type bytes.", func(th *Thread, a []Value) (Value, *Exc) {
			return (*Bytes)(a[0].p).exact(), nil
		}})
	t.SetNew("bytes(source=?, encoding=?, errors=?)", bytesNew)
	t.AddClassMethods(bytesClassMethods)
	t.AddStaticMethods(bytesStaticMethods)
}

func setupByteArray(t *Type) {
	t.Doc = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n" +
		"bytearray(bytes_or_buffer) -> mutable copy\nbytearray(int) -> bytearray of that many zeros\nbytearray() -> empty bytearray"
	t.flags = flagMatchSelf
	t.proto = bytesProtocol()
	t.proto.NoHash = true
	t.proto.SetItem = byteArraySetItem
	t.proto.Inplace = byteArrayInplace
	t.proto.InOps = ops(BinAdd, BinMul)
	t.rows = append(bytesMethods[:len(bytesMethods):len(bytesMethods)], byteArrayMethods...)
	t.SetInit(t.proto, "bytearray(source=?, encoding=?, errors=?)",
		func(cls *Type) Value { return object(&Bytes{Header: Header{cls.inst}}) },
		func(th *Thread, a []Value) (Value, *Exc) {
			b, err := th.bytesFrom("bytearray", a[1], a[2], a[3])
			if err == nil {
				(*Bytes)(a[0].p).b = b
			}
			return None, err
		})
	t.AddClassMethods(bytesClassMethods)
	t.AddStaticMethods(bytesStaticMethods)
}

// bytesProtocol is what bytes and bytearray share.
func bytesProtocol() *Protocol {
	return &Protocol{
		Repr:     bytesRepr,
		Compare:  bytesCompare,
		Len:      func(th *Thread, v Value) (int, *Exc) { return len((*Bytes)(v.p).b), nil },
		GetItem:  bytesGetItem,
		Contains: bytesContains,
		Iter:     bytesIterOf,
		Binary:   bytesBinary,
		Ops:      ops(BinAdd, BinMul, BinMod),
	}
}

func bytesNew(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	if cls == bytesType && !a[1].IsUnbound() && a[2].IsUnbound() && a[3].IsUnbound() && shapeOf(a[1]) == bytesShape {
		return a[1], nil
	}
	if cls == bytesType && !a[1].IsUnbound() && a[2].IsUnbound() && a[3].IsUnbound() {
		if f := scripted(a[1], spBytes); !f.IsUnbound() {
			return th.callBytes(f, a[1])
		}
	}
	b, err := th.bytesFrom("bytes", a[1], a[2], a[3])
	if err != nil {
		return Value{}, err
	}
	return object(&Bytes{Header: Header{cls.inst}, b: b}), nil
}

// bytesFrom returns the content that the arguments of bytes() or bytearray() describe, as a new slice.
func (th *Thread) bytesFrom(fn string, source, encoding, errors Value) ([]byte, *Exc) {
	enc, onError, err := codecArgs(fn, encoding, errors)
	if err != nil {
		return nil, err
	}
	if !source.IsUnbound() {
		if s, ok := AsStr(source); ok {
			if !encoding.IsUnbound() {
				return th.Encode(s, enc, onError)
			}
			if f := scripted(source, spBytes); f.IsUnbound() || fn != "bytes" || !errors.IsUnbound() {
				return nil, TypeErrorf("string argument without an encoding")
			}
		}
	}
	switch {
	case !encoding.IsUnbound():
		return nil, TypeErrorf("encoding without a string argument")
	case !errors.IsUnbound():
		return nil, TypeErrorf("errors without a string argument")
	case source.IsUnbound():
		return nil, nil
	}
	if fn == "bytes" {
		if f := scripted(source, spBytes); !f.IsUnbound() {
			r, err := th.callBytes(f, source)
			if err != nil {
				return nil, err
			}
			return (*Bytes)(r.p).b, nil
		}
	}
	if hasIndex(source) {
		if b, err := th.zeroBytes(source); err == nil || !err.Is(TypeError) {
			return b, err
		}
	}
	if b, ok := BufferOf(source); ok {
		return bytes.Clone(b), nil
	}
	return th.bytesOfInts(fn, source)
}

// callBytes returns the bytes, also of a subclass, that __bytes__ returns.
func (th *Thread) callBytes(method, v Value) (Value, *Exc) {
	r, err := th.callSpecial(method, v)
	if err != nil {
		return Value{}, err
	}
	if _, ok := as[Bytes](r, layoutBytes); !ok {
		return Value{}, TypeErrorf("__bytes__ returned non-bytes (type %s)", typeName(r))
	}
	return r, nil
}

func (th *Thread) zeroBytes(count Value) ([]byte, *Exc) {
	n, err := th.IndexInt(count)
	switch {
	case err != nil:
		return nil, err
	case n < 0:
		return nil, ValueErrorf("negative count")
	case n > maxText:
		return nil, NewExc(MemoryError)
	}
	return make([]byte, n), nil
}

// bytesOfInts returns the bytes that an iterable of ints gives.
func (th *Thread) bytesOfInts(fn string, source Value) ([]byte, *Exc) {
	it, err := th.Iter(source)
	if err != nil {
		if err.Is(TypeError) {
			err = TypeErrorf("cannot convert '%s' object to %s", typeName(source), fn)
		}
		return nil, err
	}
	what := "byte"
	if fn == "bytes" {
		what = "bytes"
	}
	var b []byte
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return b, err
		}
		c, err := th.toByte(x, what)
		if err != nil {
			return nil, err
		}
		b = append(b, c)
	}
}

// toByte reads a byte given as an integer; what begins the error.
func (th *Thread) toByte(v Value, what string) (byte, *Exc) {
	if i, ok := AsInt(v); ok && i >= 0 && i < 256 {
		return byte(i), nil
	}
	v, err := th.Index(v)
	if err != nil {
		return 0, err
	}
	i, ok := AsInt(v)
	if !ok || i < 0 || i > 255 {
		return 0, ValueErrorf("%s must be in range(0, 256)", what)
	}
	return byte(i), nil
}

func bytesRepr(th *Thread, v Value) (string, *Exc) {
	x := (*Bytes)(v.p)
	if !x.mutable() {
		return string(appendBytesRepr(nil, x.b, false)), nil
	}
	b := append([]byte(typeName(v)), '(')
	return string(append(appendBytesRepr(b, x.b, true), ')')), nil
}

// appendBytesRepr appends b as a literal. escape makes it escape single quotes also in double ones,
// as a bytearray does.
func appendBytesRepr(out, b []byte, escape bool) []byte {
	quote := quoteFor(bytesText(b))
	out = append(out, 'b', quote)
	for _, c := range b {
		switch {
		case c == quote || c == '\'' && escape:
			out = append(out, '\\', c)
		case c == '"' || c == '\'':
			out = append(out, c)
		case c < ' ' || c >= 0x7F || c == '\\':
			out = appendEscape(out, rune(c))
		default:
			out = append(out, c)
		}
	}
	return append(out, quote)
}

func bytesCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	y, ok := BufferOf(b)
	if !ok {
		return NotImplemented, nil
	}
	return MkBool(compareText(op, bytesText((*Bytes)(a.p).b), bytesText(y))), nil
}

func bytesGetItem(th *Thread, v, key Value) (Value, *Exc) {
	x := (*Bytes)(v.p)
	if sl, ok := AsSlice(key); ok {
		start, _, step, n, err := sl.Indices(th, len(x.b))
		if err != nil {
			return Value{}, err
		}
		if n <= 0 {
			return x.like(nil), nil
		}
		if step == 1 {
			return x.part(start, start+n), nil
		}
		return x.like(pickBytes(x.b, start, step, n)), nil
	}
	i, err := th.byteIndex(x, key)
	if err != nil {
		return Value{}, err
	}
	return MkInt(int64(x.b[i])), nil
}

func pickBytes(b []byte, start, step, n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = b[start+i*step]
	}
	return out
}

// byteIndex reads an index of x.
func (th *Thread) byteIndex(x *Bytes, key Value) (int, *Exc) {
	i, isInt, err := th.subscript(key)
	if err != nil {
		return 0, err
	}
	if !isInt {
		kind := "byte"
		if x.mutable() {
			kind = "bytearray"
		}
		return 0, TypeErrorf("%s indices must be integers or slices, not %s", kind, typeName(key))
	}
	if i < 0 {
		i += len(x.b)
	}
	if uint(i) >= uint(len(x.b)) {
		if x.mutable() {
			return 0, IndexErrorf("bytearray index out of range")
		}
		return 0, IndexErrorf("index out of range")
	}
	return i, nil
}

func bytesContains(th *Thread, v, x Value) (bool, *Exc) {
	b := (*Bytes)(v.p).b
	if hasIndex(x) {
		c, err := th.toByte(x, "byte")
		if err != nil {
			return false, err
		}
		return bytes.IndexByte(b, c) >= 0, nil
	}
	sub, err := needBuffer(x)
	if err != nil {
		return false, err
	}
	return bytes.Contains(b, sub), nil
}

func bytesBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok := asBytes(a)
	switch op {
	case BinAdd:
		y, ok2 := BufferOf(b)
		if !ok || !ok2 {
			return NotImplemented, nil
		}
		return x.like(append(append(make([]byte, 0, len(x.b)+len(y)), x.b...), y...)), nil
	case BinMod:
		if !ok {
			return NotImplemented, nil
		}
		p := percent{th: th, text: bytesText(x.b), bytes: true}
		if err := p.run(b); err != nil {
			return Value{}, err
		}
		return x.like(p.out), nil
	case BinMul:
		count := b
		if !ok {
			x, _ = asBytes(b)
			count = a
		}
		n, isInt, err := th.repeatCount(count)
		if err != nil || !isInt {
			return NotImplemented, err
		}
		r, err := x.repeat(n)
		if err != nil {
			return Value{}, err
		}
		if n == 1 && !x.mutable() {
			return x.exact(), nil
		}
		return x.like(r), nil
	}
	return NotImplemented, nil
}

// repeat returns the content n times as a new slice.
func (x *Bytes) repeat(n int) ([]byte, *Exc) {
	switch {
	case n <= 0 || len(x.b) == 0:
		return nil, nil
	case len(x.b) > math.MaxInt/n && x.mutable():
		return nil, NewExc(MemoryError)
	case len(x.b) > math.MaxInt/n:
		return nil, Errorf(OverflowError, "repeated bytes are too long")
	case len(x.b) > maxText/n:
		return nil, NewExc(MemoryError)
	}
	return bytes.Repeat(x.b, n), nil
}

// bytesIter is the iterator of a bytes or bytearray.
type bytesIter struct {
	Header
	src *Bytes // nil at the end
	i   int
}

var (
	bytesIterType      = builtinType("bytes_iterator", objectType, layoutOpaque)
	byteArrayIterType  = builtinType("bytearray_iterator", objectType, layoutOpaque)
	bytesIterShape     = shapeFor(bytesIterType)
	byteArrayIterShape = shapeFor(byteArrayIterType)
)

func bytesIterOf(th *Thread, v Value) (Value, *Exc) {
	it := &bytesIter{Header{bytesIterShape}, (*Bytes)(v.p), 0}
	if it.src.mutable() {
		it.shape = byteArrayIterShape
	}
	return object(it), nil
}

func setupBytesIter(t *Type) {
	t.flags = flagNoNew | flagNoBase
	t.proto = &Protocol{
		Iter: func(th *Thread, v Value) (Value, *Exc) { return v, nil },
		Next: func(th *Thread, v Value) (Value, bool, *Exc) {
			it := (*bytesIter)(v.p)
			if it.src == nil {
				return Value{}, false, nil
			}
			if it.i >= len(it.src.b) {
				it.src = nil
				return Value{}, false, nil
			}
			it.i++
			return MkInt(int64(it.src.b[it.i-1])), true, nil
		},
	}
	t.rows = []Builtin{
		{"__length_hint__()", "Return how many bytes are left.", func(th *Thread, a []Value) (Value, *Exc) {
			it := (*bytesIter)(a[0].p)
			if it.src == nil {
				return MkInt(0), nil
			}
			return MkInt(int64(max(len(it.src.b)-it.i, 0))), nil
		}},
	}
	t.rows = append(t.rows, bytesIterPickle...)
}
