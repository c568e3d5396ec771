package interp

// This file defines tuples whose items have names, such as sys.version_info and time.struct_time.

import "strings"

// NewStructType returns the type of tuples whose items are attributes too, in the order of fields. It is
// called with a sequence of that length.
func NewStructType(module, name string, fields ...string) *Type {
	t := &Type{Header: Header{typeShape}, Name: name, QualName: name, Module: module, base: tupleType, layout: layoutTuple}
	t.inst = &Shape{typ: t}
	t.flags |= flagNoBase | flagSequence
	full := module + "." + name
	p := &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) {
		var sb strings.Builder
		sb.WriteString(full + "(")
		for i, x := range (*Tuple)(v.p).a[:len(fields)] {
			text, err := th.Repr(x)
			if err != nil {
				return "", err
			}
			if i > 0 {
				sb.WriteString(", ")
			}
			sb.WriteString(fields[i] + "=" + text)
		}
		sb.WriteByte(')')
		return sb.String(), nil
	}}
	attrs := make([]GetSet, len(fields))
	for i, f := range fields {
		attrs[i] = GetSet{Name: f, Get: func(th *Thread, v Value) (Value, *Exc) { return (*Tuple)(v.p).a[i], nil }}
	}
	t.SetNew(name+"(iterable=(), /)", func(th *Thread, a []Value) (Value, *Exc) {
		items, err := th.Items(a[1])
		if err != nil {
			return Value{}, TypeErrorf("constructor requires a sequence")
		}
		if len(items) != len(fields) {
			return Value{}, TypeErrorf("%s() takes a %d-sequence (%d-sequence given)", full, len(fields), len(items))
		}
		return NewStruct(t, items...), nil
	})
	t.Setup(p, nil, attrs)
	number := func(name string, n int) { t.dict.SetName(name, MkInt(int64(n))) }
	number("n_fields", len(fields))
	number("n_sequence_fields", len(fields))
	number("n_unnamed_fields", 0)
	t.dict.SetName("__match_args__", stringTuple(fields))
	return t
}

// NewStruct returns a tuple of a type made by NewStructType.
func NewStruct(t *Type, items ...Value) Value { return object(&Tuple{Header{t.inst}, items}) }
