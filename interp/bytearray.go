package interp

// This file defines what changes a bytearray: item and slice assignment, +=, *=, and its methods.

import (
	"bytes"
	"slices"
)

var byteArrayMethods = []Builtin{
	{"append(item, /)", "Append a single byte at the end.", byteArrayAppend},
	{"clear()", "Remove all bytes.", byteArrayClear},
	{"copy()", "Return a copy.", func(th *Thread, a []Value) (Value, *Exc) {
		return MkByteArray(bytes.Clone((*Bytes)(a[0].p).b)), nil
	}},
	{"extend(iterable_of_ints, /)", "Append all the bytes of an iterable of ints, or of a bytes-like object.", byteArrayExtend},
	{"insert(index, item, /)", "Insert a single byte before the index.", byteArrayInsert},
	{"pop(index=-1, /)", "Remove and return the byte at index. Raises IndexError if there is none.", byteArrayPop},
	{"remove(value, /)", "Remove the first occurrence of a byte. Raises ValueError if there is none.", byteArrayRemove},
	{"reverse()", "Reverse the order of the bytes in place.", func(th *Thread, a []Value) (Value, *Exc) {
		slices.Reverse((*Bytes)(a[0].p).b)
		return None, nil
	}},
	{"__alloc__()", "Return the number of bytes allocated.", func(th *Thread, a []Value) (Value, *Exc) {
		return MkInt(int64(cap((*Bytes)(a[0].p).b))), nil
	}},
	{"__reduce__()", "Return state information for pickling.", byteArrayReduce},
}

func byteArrayAppend(th *Thread, a []Value) (Value, *Exc) {
	c, err := th.toByte(a[1], "byte")
	if err != nil {
		return Value{}, err
	}
	x := (*Bytes)(a[0].p)
	x.b = append(x.b, c)
	return None, nil
}

func byteArrayClear(th *Thread, a []Value) (Value, *Exc) {
	(*Bytes)(a[0].p).b = nil
	return None, nil
}

func byteArrayExtend(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	b, ok := BufferOf(a[1])
	if !ok {
		it, err := th.Iter(a[1])
		if err != nil {
			if err.Is(TypeError) {
				err = TypeErrorf("can't extend bytearray with %s", typeName(a[1]))
			}
			return Value{}, err
		}
		if b, err = th.bytesOfInts("bytearray", it); err != nil {
			return Value{}, err
		}
	}
	x.b = append(x.b, b...)
	return None, nil
}

func byteArrayInsert(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	i, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	c, err := th.toByte(a[2], "byte")
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		i = max(i+len(x.b), 0)
	}
	x.b = slices.Insert(x.b, min(i, len(x.b)), c)
	return None, nil
}

func byteArrayPop(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	i, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	if len(x.b) == 0 {
		return Value{}, IndexErrorf("pop from empty bytearray")
	}
	if i < 0 {
		i += len(x.b)
	}
	if uint(i) >= uint(len(x.b)) {
		return Value{}, IndexErrorf("pop index out of range")
	}
	c := x.b[i]
	x.b = slices.Delete(x.b, i, i+1)
	return MkInt(int64(c)), nil
}

func byteArrayRemove(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	c, err := th.toByte(a[1], "byte")
	if err != nil {
		return Value{}, err
	}
	i := bytes.IndexByte(x.b, c)
	if i < 0 {
		return Value{}, ValueErrorf("value not found in bytearray")
	}
	x.b = slices.Delete(x.b, i, i+1)
	return None, nil
}

func byteArrayReduce(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	text, err := th.Decode(x.b, "latin-1", "strict")
	if err != nil {
		return Value{}, err
	}
	state := None
	if x.dict != nil {
		state = x.dict.Value()
	}
	return MkTuple([]Value{TypeOf(a[0]).Value(), Pair(text, MkStr("latin-1")), state}), nil
}

func byteArraySetItem(th *Thread, v, key, val Value) *Exc {
	x := (*Bytes)(v.p)
	if sl, ok := AsSlice(key); ok {
		return x.setSlice(th, sl, val)
	}
	i, err := th.byteIndex(x, key)
	if err != nil {
		return err
	}
	if val.IsUnbound() {
		x.b = slices.Delete(x.b, i, i+1)
		return nil
	}
	c, err := th.toByte(val, "byte")
	if err != nil {
		return err
	}
	if i >= len(x.b) { // __index__ of the value has shortened it
		return IndexErrorf("bytearray index out of range")
	}
	x.b[i] = c
	return nil
}

// setSlice assigns to a slice, or deletes it when val is unbound.
func (x *Bytes) setSlice(th *Thread, sl *Slice, val Value) *Exc {
	var with []byte
	if !val.IsUnbound() {
		b, ok := BufferOf(val)
		if ok {
			with = bytes.Clone(b)
		} else {
			if _, _, isInt := IntOf(val); isInt {
				return TypeErrorf("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
			}
			if _, isStr := AsStr(val); isStr {
				return TypeErrorf("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
			}
			var err *Exc
			if with, err = th.bytesOfInts("bytearray", val); err != nil {
				return err
			}
		}
	}
	start, stop, step, n, err := sl.Indices(th, len(x.b))
	if err != nil {
		return err
	}
	if step == 1 {
		x.b = slices.Replace(x.b, start, max(start, stop), with...)
		return nil
	}
	if len(with) == 0 {
		x.deleteStepped(start, step, n)
		return nil
	}
	if len(with) != n {
		return ValueErrorf("attempt to assign bytes of size %d to extended slice of size %d", len(with), n)
	}
	for i, c := range with {
		x.b[start+i*step] = c
	}
	return nil
}

// deleteStepped removes the n bytes start, start+step, ...
func (x *Bytes) deleteStepped(start, step, n int) {
	if n <= 0 {
		return
	}
	if step < 0 {
		start, step = start+(n-1)*step, -step
	}
	out := x.b[:start]
	for i := start; i < len(x.b); i++ {
		if (i-start)%step != 0 || (i-start)/step >= n {
			out = append(out, x.b[i])
		}
	}
	x.b = out
}

func byteArrayInplace(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x := (*Bytes)(a.p)
	if op == BinAdd {
		y, ok := BufferOf(b)
		if !ok {
			return NotImplemented, nil
		}
		x.b = append(x.b, y...)
		return a, nil
	}
	n, isInt, err := th.repeatCount(b)
	if err != nil || !isInt {
		return NotImplemented, err
	}
	r, err := x.repeat(n)
	if err != nil {
		return Value{}, err
	}
	x.b = r
	return a, nil
}
