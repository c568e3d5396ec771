package array

// This file defines the methods of arrays.

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"

	"aio/interp"
)

var methods = []interp.Builtin{
	{Sig: "append(v, /)", Doc: "Append new value v to the end of the array.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		item, err := of(a[0]).item(th, a[1])
		if err == nil {
			of(a[0]).list.Append(item)
		}
		return interp.None, err
	}},
	{Sig: "extend(bb, /)", Doc: "Append items to the end of the array.", Fn: extendMethod},
	{Sig: "fromlist(list, /)", Doc: "Append items to array from list.", Fn: fromList},
	{Sig: "insert(i, v, /)", Doc: "Insert a new item v into the array before position i.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		item, err := of(a[0]).item(th, a[2])
		if err != nil {
			return interp.Value{}, err
		}
		return th.CallMethod(of(a[0]).value(), "insert", a[1], item)
	}},
	{Sig: "pop(i=-1, /)", Doc: "Return the i-th element and delete it from the array.", Fn: pop},
	{Sig: "remove(v, /)", Doc: "Remove the first occurrence of v in the array.", Fn: renamed("remove", "array.remove(x): x not in array")},
	{Sig: "index(v, start=0, stop=9223372036854775807, /)", Doc: "Return index of first occurrence of v in the array.", Fn: renamed("index", "array.index(x): x not in array")},
	{Sig: "count(v, /)", Doc: "Return number of occurrences of v in the array.", Fn: renamed("count", "")},
	{Sig: "reverse()", Doc: "Reverse the order of the items in the array.", Fn: renamed("reverse", "")},
	{Sig: "tolist()", Doc: "Convert array to an ordinary list with the same items.", Fn: renamed("copy", "")},
	{Sig: "tobytes()", Doc: "Convert the array to an array of machine values and return the bytes representation.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkBytes(of(a[0]).bytes()), nil
	}},
	{Sig: "frombytes(buffer, /)", Doc: "Appends items from the string, interpreting it as an array of machine values.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		b, ok := interp.BufferOf(a[1])
		if !ok {
			return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[1]))
		}
		return interp.None, of(a[0]).fromBytes(b)
	}},
	{Sig: "tounicode()", Doc: "Convert the array to a unicode string.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if of(a[0]).code != 'u' {
			return interp.Value{}, interp.ValueErrorf("tounicode() may only be called on unicode type arrays")
		}
		return of(a[0]).text(), nil
	}},
	{Sig: "fromunicode(ustr, /)", Doc: "Extends this array with data from the unicode string ustr.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if of(a[0]).code != 'u' {
			return interp.Value{}, interp.ValueErrorf("fromunicode() may only be called on unicode type arrays")
		}
		return interp.None, of(a[0]).extend(th, a[1])
	}},
	{Sig: "tofile(f, /)", Doc: "Write all items (as machine values) to the file object f.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		_, err := th.CallMethod(a[1], "write", interp.MkBytes(of(a[0]).bytes()))
		return interp.None, err
	}},
	{Sig: "fromfile(f, n, /)", Doc: "Read n objects from the file object f and append them to the end of the array.", Fn: fromFile},
	{Sig: "byteswap()", Doc: "Byteswap all items of the array.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		x := of(a[0])
		b := x.bytes()
		for item := range slices.Chunk(b, x.size()) {
			slices.Reverse(item)
		}
		x.list = newList(nil)
		return interp.None, x.fromBytes(b)
	}},
	{Sig: "buffer_info()", Doc: "Return a tuple (address, length) giving the current memory address and the length in items.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.Pair(interp.MkInt(0), interp.MkInt(int64(len(of(a[0]).list.Items())))), nil
	}},
	{Sig: "__copy__()", Doc: "Return a copy of the array.", Fn: copyArray},
	{Sig: "__deepcopy__(unused, /)", Doc: "Return a copy of the array.", Fn: copyArray},
	{Sig: "__reduce_ex__(protocol, /)", Doc: "Return state information for pickling.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		x := of(a[0])
		attrs, ok, err := th.LookupAttr(a[0], "__dict__")
		if !ok {
			attrs = interp.None
		}
		args := interp.Pair(interp.MkStr(string(x.code)), interp.MkList(append([]interp.Value(nil), x.list.Items()...)))
		return interp.MkTuple([]interp.Value{interp.TypeOf(a[0]).Value(), args, attrs}), err
	}},
}

func copyArray(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x := of(a[0])
	return x.like(interp.MkList(append([]interp.Value(nil), x.list.Items()...))), nil
}

// renamed is a method that is the list's; message replaces that of its ValueError.
func renamed(name, message string) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		v, err := th.CallMethod(of(a[0]).value(), name, a[1:]...)
		if err != nil && err.Is(interp.ValueError) {
			err = interp.ValueErrorf("%s", message)
		}
		return v, err
	}
}

func extendMethod(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x := of(a[0])
	other := of(a[1])
	if other == nil {
		return interp.None, x.extend(th, a[1])
	}
	if other.code != x.code {
		return interp.Value{}, interp.TypeErrorf("can only extend with array of same kind")
	}
	for _, item := range append([]interp.Value(nil), other.list.Items()...) {
		x.list.Append(item)
	}
	return interp.None, nil
}

func fromList(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x := of(a[0])
	l, ok := interp.AsList(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("arg must be list")
	}
	var items []interp.Value
	for _, v := range l.Items() {
		item, err := x.item(th, v)
		if err != nil {
			return interp.Value{}, err
		}
		items = append(items, item)
	}
	for _, item := range items {
		x.list.Append(item)
	}
	return interp.None, nil
}

func pop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x := of(a[0])
	if len(x.list.Items()) == 0 {
		return interp.Value{}, interp.IndexErrorf("pop from empty array")
	}
	i, err := x.place(th, a[1], "pop index out of range")
	if err != nil {
		return interp.Value{}, err
	}
	return th.CallMethod(x.value(), "pop", interp.MkInt(int64(i)))
}

func fromFile(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x := of(a[0])
	n, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 {
		return interp.Value{}, interp.ValueErrorf("negative count")
	}
	v, err := th.CallMethod(a[1], "read", interp.MkInt(int64(n*x.size())))
	if err != nil {
		return interp.Value{}, err
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return interp.Value{}, interp.TypeErrorf("read() didn't return bytes")
	}
	if err := x.fromBytes(b); err != nil {
		return interp.Value{}, err
	}
	if len(b) < n*x.size() {
		return interp.Value{}, interp.Errorf(interp.EOFError, "read() didn't return enough bytes")
	}
	return interp.None, nil
}

// bytes returns the items as machine values.
func (a *array) bytes() []byte {
	var out []byte
	for _, v := range a.list.Items() {
		var bits uint64
		switch a.code {
		case 'f':
			f, _ := interp.AsFloat(v)
			bits = uint64(math.Float32bits(float32(f)))
		case 'd':
			f, _ := interp.AsFloat(v)
			bits = math.Float64bits(f)
		case 'u':
			s, _ := interp.StrOf(v)
			r, _ := interp.DecodeRune(s)
			bits = uint64(r)
		default:
			b, _ := interp.BigOf(v)
			if bits = uint64(b.Int64()); b.IsUint64() {
				bits = b.Uint64()
			}
		}
		var full [8]byte
		binary.LittleEndian.PutUint64(full[:], bits)
		out = append(out, full[:a.size()]...)
	}
	return out
}

// fromBytes appends machine values.
func (a *array) fromBytes(b []byte) *interp.Exc {
	n := a.size()
	if len(b)%n != 0 {
		return interp.ValueErrorf("bytes length not a multiple of item size")
	}
	for ; len(b) > 0; b = b[n:] {
		var full [8]byte
		copy(full[:], b[:n])
		bits := binary.LittleEndian.Uint64(full[:])
		shift := 64 - 8*n
		var v interp.Value
		switch {
		case a.code == 'f':
			v = interp.MkFloat(float64(math.Float32frombits(uint32(bits))))
		case a.code == 'd':
			v = interp.MkFloat(math.Float64frombits(bits))
		case a.code == 'u':
			v = interp.MkText(interp.AppendRune(nil, rune(bits)))
		case a.code < 'a' && bits > math.MaxInt64:
			v = interp.MkBig(new(big.Int).SetUint64(bits))
		case a.code < 'a':
			v = interp.MkInt(int64(bits))
		default:
			v = interp.MkInt(int64(bits<<shift) >> shift)
		}
		a.list.Append(v)
	}
	return nil
}
