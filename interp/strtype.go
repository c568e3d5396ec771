package interp

// This file defines what str can do: its construction, protocol, items and iterator.

import (
	"math"
	"strings"
	"unicode/utf8"
)

func stringTypes() []typeSetup {
	return []typeSetup{
		{strType, strShape, setupStr},
		{strIterType, strIterShape, setupStrIter},
		{asciiIterType, asciiIterShape, setupStrIter},
		{bytesType, bytesShape, setupBytes},
		{byteArrayType, byteArrayShape, setupByteArray},
		{bytesIterType, bytesIterShape, setupBytesIter},
		{byteArrayIterType, byteArrayIterShape, setupBytesIter},
		{memoryViewType, memoryViewShape, setupMemoryView},
		{memoryIterType, memoryIterShape, setupMemoryIter},
	}
}

// maxText is how many bytes a str or bytes can have: a larger one is a MemoryError, where Go would end
// the process.
const maxText = 1<<32 - 1

func setupStr(t *Type) {
	t.Doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n" +
		"Return the text of an object, or decode bytes."
	t.flags = flagMatchSelf
	t.proto = &Protocol{
		Repr:     strRepr,
		Str:      func(th *Thread, v Value) (string, *Exc) { return (*Str)(v.p).s, nil },
		Hash:     func(th *Thread, v Value) (uint64, *Exc) { return (*Str)(v.p).Hash(), nil },
		Compare:  strCompare,
		Len:      func(th *Thread, v Value) (int, *Exc) { return (*Str)(v.p).Len(), nil },
		GetItem:  strGetItem,
		Contains: strContains,
		Iter:     strIterOf,
		Binary:   strBinary,
		Ops:      ops(BinAdd, BinMul, BinMod),
		Format:   strFormatSpec,
	}
	t.rows = strMethods
	t.SetNew("str(object=?, encoding=?, errors=?)", strNew)
	general := t.new
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if cls == strType && len(args) == 1 && len(kwnames) == 0 {
			return th.ToStr(args[0])
		}
		return general(th, cls, args, kwnames)
	}
	t.AddStaticMethods(strStaticMethods)
}

func strNew(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	v, err := th.makeStr(a[1], a[2], a[3])
	if err != nil || cls == strType {
		return v, err
	}
	s := (*Str)(v.p)
	return object(&strSub{Str: Str{Header: Header{cls.inst}, s: s.s, runes: s.runes}}), nil
}

// makeStr returns str(v), or str(v, encoding, errors) when one of these is given.
func (th *Thread) makeStr(v, encoding, errors Value) (Value, *Exc) {
	if encoding.IsUnbound() && errors.IsUnbound() && !v.IsUnbound() {
		return th.ToStr(v)
	}
	enc, onError, err := codecArgs("str", encoding, errors)
	if v.IsUnbound() && err == nil {
		return MkStr(""), nil
	}
	if err != nil {
		return Value{}, err
	}
	if _, ok := AsStr(v); ok {
		return Value{}, TypeErrorf("decoding str is not supported")
	}
	b, ok := BufferOf(v)
	if !ok {
		return Value{}, TypeErrorf("decoding to str: need a bytes-like object, %s found", typeName(v))
	}
	return th.decode(b, v, enc, onError)
}

// ToStr returns str(v); an exact str is returned itself.
func (th *Thread) ToStr(v Value) (Value, *Exc) {
	if shapeOf(v) == strShape {
		return v, nil
	}
	if i, ok := AsInt(v); ok {
		return strOfInt(i), nil
	}
	if t := TypeOf(v); t.flags&flagHeap != 0 {
		if f := t.specialMethod(spStr); !f.IsUnbound() {
			return th.textValue(f, v, "__str__")
		}
		if t.proto.Str == nil {
			return th.toRepr(v)
		}
	}
	s, err := th.Str(v)
	if err != nil {
		return Value{}, err
	}
	return MkStr(s), nil
}

// toRepr returns repr(v) as the object that a script's __repr__ gave.
func (th *Thread) toRepr(v Value) (Value, *Exc) {
	if f := scripted(v, spRepr); !f.IsUnbound() {
		return th.textValue(f, v, "__repr__")
	}
	s, err := th.Repr(v)
	return MkStr(s), err
}

func strCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	x, ok := AsStr(a)
	if !ok {
		return NotImplemented, nil
	}
	y, ok := AsStr(b)
	if !ok {
		return NotImplemented, nil
	}
	return MkBool(compareText(op, x.s, y.s)), nil
}

// compareText compares by bytes, which for UTF-8 is by code points.
func compareText(op CompareOp, x, y string) bool {
	switch op {
	case CmpEq:
		return x == y
	case CmpNe:
		return x != y
	case CmpLt:
		return x < y
	case CmpLe:
		return x <= y
	case CmpGt:
		return x > y
	}
	return x >= y
}

// subscript reads an index that is no slice: isInt is false when key is no integer at all.
func (th *Thread) subscript(key Value) (i int, isInt bool, err *Exc) {
	if i, ok := AsInt(key); ok {
		return int(i), true, nil
	}
	if !hasIndex(key) {
		return 0, false, nil
	}
	v, err := th.Index(key)
	if err != nil {
		return 0, true, err
	}
	n, ok := AsInt(v)
	if !ok {
		return 0, true, IndexErrorf("cannot fit '%s' into an index-sized integer", typeName(key))
	}
	return int(n), true, nil
}

func strGetItem(th *Thread, v, key Value) (Value, *Exc) {
	s := (*Str)(v.p)
	if sl, ok := AsSlice(key); ok {
		start, _, step, n, err := sl.Indices(th, s.Len())
		if err != nil {
			return Value{}, err
		}
		return s.slice(start, step, n), nil
	}
	i, isInt, err := th.subscript(key)
	if err != nil {
		return Value{}, err
	}
	if !isInt {
		return Value{}, TypeErrorf("string indices must be integers, not '%s'", typeName(key))
	}
	n := s.Len()
	if i < 0 {
		i += n
	}
	if uint(i) >= uint(n) {
		return Value{}, IndexErrorf("string index out of range")
	}
	return s.at(i), nil
}

// slice returns the n code points start, start+step, ...
func (s *Str) slice(start, step, n int) Value {
	switch {
	case n <= 0:
		return object(emptyStr)
	case step == 1 && s.IsASCII():
		return s.part(start, start+n)
	case step == 1:
		return s.part(s.Offset(start), s.Offset(start+n))
	case s.IsASCII():
		if n == 1 {
			return object(asciiStrs[s.s[start]])
		}
		r, text := newText(n)
		for i := range text {
			text[i] = s.s[start+i*step]
		}
		r.runes = n
		return object(r)
	}
	b := make([]byte, 0, n*2)
	for i := range n {
		off := s.Offset(start + i*step)
		b = append(b, s.s[off:off+runeLen(s.s[off])]...)
	}
	return mkBytes(b)
}

func strContains(th *Thread, v, x Value) (bool, *Exc) {
	sub, ok := AsStr(x)
	if !ok {
		return false, TypeErrorf("'in <string>' requires string as left operand, not %s", typeName(x))
	}
	return strings.Contains((*Str)(v.p).s, sub.s), nil
}

func strBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok := AsStr(a)
	switch op {
	case BinAdd:
		y, ok2 := AsStr(b)
		if !ok || !ok2 {
			return NotImplemented, nil
		}
		return concat(x, y).exact(), nil
	case BinMod:
		if !ok {
			return NotImplemented, nil
		}
		return th.percentStr(x, b)
	case BinMul:
		count := b
		if !ok {
			x, _ = AsStr(b)
			count = a
		}
		n, isInt, err := th.repeatCount(count)
		if err != nil || !isInt {
			return NotImplemented, err
		}
		return x.repeat(n)
	}
	return NotImplemented, nil
}

func (s *Str) repeat(n int) (Value, *Exc) {
	switch {
	case n <= 0 || s.s == "":
		return object(emptyStr), nil
	case n == 1:
		return s.exact(), nil
	case len(s.s) > math.MaxInt/n:
		return Value{}, Errorf(OverflowError, "repeated string is too long")
	case len(s.s) > maxText/n:
		return Value{}, NewExc(MemoryError)
	}
	r := &Str{Header: Header{strShape}, s: strings.Repeat(s.s, n), runes: -1}
	if s.runes >= 0 {
		r.runes = s.runes * n
	}
	return object(r), nil
}

// strIter is the iterator of a str.
type strIter struct {
	Header
	s   string
	off int // the next code point begins here
}

var (
	strIterType    = builtinType("str_iterator", objectType, layoutOpaque)
	asciiIterType  = builtinType("str_ascii_iterator", objectType, layoutOpaque)
	strIterShape   = shapeFor(strIterType)
	asciiIterShape = shapeFor(asciiIterType)
)

func strIterOf(th *Thread, v Value) (Value, *Exc) {
	s := (*Str)(v.p)
	shape := strIterShape
	if s.IsASCII() {
		shape = asciiIterShape
	}
	return object(&strIter{Header: Header{shape}, s: s.s}), nil
}

func setupStrIter(t *Type) {
	t.flags = flagNoNew | flagNoBase
	t.proto = &Protocol{
		Iter: func(th *Thread, v Value) (Value, *Exc) { return v, nil },
		Next: func(th *Thread, v Value) (Value, bool, *Exc) {
			x, ok := (*strIter)(v.p).next()
			return x, ok, nil
		},
	}
	t.rows = []Builtin{
		{"__length_hint__()", "Return how many code points are left.", func(th *Thread, a []Value) (Value, *Exc) {
			it := (*strIter)(a[0].p)
			return MkInt(int64(runeCount(it.s[it.off:]))), nil
		}},
	}
	t.rows = append(t.rows, strIterPickle...)
}

// next returns the next code point; ok is false at the end.
func (it *strIter) next() (x Value, ok bool) {
	if it.off >= len(it.s) {
		return Value{}, false
	}
	c := it.s[it.off]
	if c < utf8.RuneSelf {
		it.off++
		return object(asciiStrs[c]), true
	}
	n := runeLen(c)
	x = object(&Str{Header: Header{strShape}, s: it.s[it.off : it.off+n], runes: 1})
	it.off += n
	return x, true
}
