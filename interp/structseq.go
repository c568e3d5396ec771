package interp

// This file defines tuples whose items have names, such as sys.version_info and time.struct_time.

import "strings"

// NewStructType returns the type of tuples whose items are attributes too, in the order of fields. It is
// called with a sequence of that length.
func NewStructType(module, name string, fields ...string) *Type {
	return NewLongStructType(module, name, fields, nil)
}

// NewLongStructType is NewStructType with attributes that are not items of the tuple. It is called with a
// sequence that may go on with them.
func NewLongStructType(module, name string, fields, hidden []string) *Type {
	t := &Type{Header: Header{typeShape}, Name: name, QualName: name, Module: module, base: tupleType, layout: layoutTuple}
	t.inst = &Shape{typ: t}
	t.flags |= flagNoBase | flagSequence
	full := module + "." + name
	attrs := make([]GetSet, len(fields), len(fields)+len(hidden))
	for i, f := range fields {
		attrs[i] = GetSet{Name: f, Get: func(th *Thread, v Value) (Value, *Exc) { return (*Tuple)(v.p).a[i], nil }}
	}
	for i, f := range hidden {
		attrs = append(attrs, GetSet{Name: f, Get: func(th *Thread, v Value) (Value, *Exc) { return hiddenItem(v, i), nil }})
	}
	t.SetNew(name+"(iterable=(), /)", func(th *Thread, a []Value) (Value, *Exc) {
		items, err := th.Items(a[1])
		if err != nil {
			return Value{}, TypeErrorf("constructor requires a sequence")
		}
		if err := checkStructLength(full, len(items), len(fields), len(fields)+len(hidden)); err != nil {
			return Value{}, err
		}
		for len(items) < len(fields)+len(hidden) {
			items = append(items, None)
		}
		return NewStruct(t, items...), nil
	})
	t.Setup(&Protocol{Repr: structRepr(full, fields)}, nil, attrs)
	number := func(name string, n int) { t.dict.SetName(name, MkInt(int64(n))) }
	number("n_fields", len(fields)+len(hidden))
	number("n_sequence_fields", len(fields))
	number("n_unnamed_fields", 0)
	t.dict.SetName("__match_args__", stringTuple(fields))
	return t
}

func checkStructLength(full string, n, least, most int) *Exc {
	switch {
	case least == most && n != least:
		return TypeErrorf("%s() takes a %d-sequence (%d-sequence given)", full, least, n)
	case n < least:
		return TypeErrorf("%s() takes an at least %d-sequence (%d-sequence given)", full, least, n)
	case n > most:
		return TypeErrorf("%s() takes an at most %d-sequence (%d-sequence given)", full, most, n)
	}
	return nil
}

func structRepr(full string, fields []string) func(th *Thread, v Value) (string, *Exc) {
	return func(th *Thread, v Value) (string, *Exc) {
		var sb strings.Builder
		sb.WriteString(full + "(")
		for i, x := range (*Tuple)(v.p).a {
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
	}
}

// NewStruct returns a tuple of a type made by NewStructType; hidden items come last. They stand behind
// the end of the tuple's slice, where only hiddenItem looks.
func NewStruct(t *Type, items ...Value) Value {
	n, _ := t.dict.GetName("n_sequence_fields")
	return object(&Tuple{Header{t.inst}, items[:n.n]})
}

func hiddenItem(v Value, i int) Value {
	t := (*Tuple)(v.p)
	return t.a[: len(t.a)+i+1 : cap(t.a)][len(t.a)+i]
}
