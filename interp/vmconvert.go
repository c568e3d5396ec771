package interp

// This file defines what the VM knows of calls of built-in types: the usual conversions, made without binding
// arguments.

import "strconv"

// emptyContainer is dict(), list() or set().
func emptyContainer(t *Type) Value {
	switch t {
	case dictType:
		return NewDict().Value()
	case setType:
		return NewSet().Value()
	}
	return newList(nil)
}

// collected is set(x) or list(x).
func (th *Thread) collected(t *Type, x Value) (Value, *Exc) {
	if t == setType {
		s, err := th.setOf(x)
		return object(s), err
	}
	l := sizedList(0)
	return object(l), l.extend(th, x)
}

// quickConvert is t(x) for the usual conversions, unbound when it takes the general way.
func (th *Thread) quickConvert(t *Type, x Value) Value {
	switch t {
	case strType:
		if i, ok := AsInt(x); ok {
			return strOfInt(i)
		}
		if f, ok := AsFloat(x); ok {
			var buf [32]byte
			return copyStr(appendFloatRepr(buf[:0], f, true))
		}
		if shapeOf(x) == strShape {
			return x
		}
	case intType:
		if _, ok := AsInt(x); ok {
			return x
		}
		if f, ok := AsFloat(x); ok && f > -1<<62 && f < 1<<62 {
			return MkInt(int64(f))
		}
		if shapeOf(x) == strShape {
			return digitsInt((*Str)(x.p).s)
		}
	case floatType:
		if i, ok := AsInt(x); ok {
			return MkFloat(float64(i))
		}
		if _, ok := AsFloat(x); ok {
			return x
		}
		if shapeOf(x) == strShape {
			return pointFloat((*Str)(x.p).s)
		}
	case listType:
		switch shapeOf(x) {
		case listShape:
			return newList((*List)(x.p).a)
		case tupleShape:
			return newList((*Tuple)(x.p).a)
		}
	case tupleType:
		switch shapeOf(x) {
		case listShape:
			return newTuple((*List)(x.p).a)
		case tupleShape:
			return x
		}
	case typeType:
		return TypeOf(x).Value()
	case boolType:
		if _, ok := AsInt(x); ok || x.IsNone() || shapeOf(x) == boolShape {
			return MkBool(x.n != 0)
		}
	}
	return Value{}
}

// digitsInt returns the int of at most 18 digits and nothing else, else unbound.
func digitsInt(s string) Value {
	if s == "" || len(s) > 18 {
		return Value{}
	}
	n := int64(0)
	for i := 0; i < len(s); i++ {
		d := s[i] - '0'
		if d > 9 {
			return Value{}
		}
		n = n*10 + int64(d)
	}
	return MkInt(n)
}

// pointFloat returns the float of digits with one point among them and nothing else, else unbound.
func pointFloat(s string) Value {
	points := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			points++
		} else if s[i]-'0' > 9 {
			return Value{}
		}
	}
	if points != 1 || len(s) == 1 {
		return Value{}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return Value{}
	}
	return MkFloat(f)
}
