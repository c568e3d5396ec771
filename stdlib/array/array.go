// Package array is the module array: lists of numbers of one kind.
//
//	array, ArrayType     the type (array.go, methods.go)
//	typecodes            the kinds: b B u h H i I l L q Q f d
package array

import (
	"math"
	"math/big"
	"strings"
	"sync"

	"aio/interp"
)

const typecodes = "bBuhHiIlLqQfd"

// Module is the module array.
var Module = &interp.ModuleDef{
	Name: "array",
	Doc:  "This module defines an object type which can efficiently represent an array of basic values.",
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		setup()
		m.Set("array", arrayType.Value())
		m.Set("ArrayType", arrayType.Value())
		m.Set("typecodes", interp.MkStr(typecodes))
		return nil
	},
	Source: "def _array_reconstructor(arraytype, typecode, mformat_code, items):\n    return arraytype(typecode, items)\n",
}

// array is the Go data of an array: its values as a script sees them, in a list that never leaves it.
type array struct {
	code byte
	list *interp.List
}

var arrayType = interp.NewLibraryType("array", "array", nil)

var setup = sync.OnceFunc(func() {
	t := arrayType
	t.Doc = "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode."
	t.SetNew("array(typecode, initializer=?, /)", newArray)
	t.Subscriptable()
	t.Setup(&interp.Protocol{
		Repr: repr, NoHash: true, Compare: compare, Contains: contains, GetItem: getItem, SetItem: setItem,
		Len: func(_ *interp.Thread, v interp.Value) (int, *interp.Exc) { return len(of(v).list.Items()), nil },
		Iter: func(th *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return th.Iter(of(v).value())
		},
		Binary: operate, Ops: interp.Operators(interp.BinAdd, interp.BinMul),
		Inplace: inplace, InOps: interp.Operators(interp.BinAdd, interp.BinMul),
	}, methods, []interp.GetSet{
		{Name: "typecode", Doc: "the typecode character used to create the array", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkStr(string(of(v).code)), nil
		}},
		{Name: "itemsize", Doc: "the size, in bytes, of one array item", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkInt(int64(of(v).size())), nil
		}},
	})
})

func of(v interp.Value) *array {
	a, _ := interp.NativeData[*array](v)
	return a
}

// value is the list as a value, for the operations of lists.
func (a *array) value() interp.Value { return a.list.Value() }

func newList(items []interp.Value) *interp.List {
	l, _ := interp.AsList(interp.MkList(items))
	return l
}

// size returns the number of bytes of an item.
func (a *array) size() int {
	switch a.code {
	case 'b', 'B':
		return 1
	case 'h', 'H':
		return 2
	case 'u', 'i', 'I', 'f':
		return 4
	}
	return 8
}

// integerNames are the types in the errors of values that do not fit; the first is for too small ones.
var integerNames = map[byte][2]string{
	'b': {"signed char is less than minimum", "signed char is greater than maximum"},
	'B': {"unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum"},
	'h': {"signed short integer is less than minimum", "signed short integer is greater than maximum"},
	'H': {"unsigned short is less than minimum", "unsigned short is greater than maximum"},
	'i': {"signed integer is less than minimum", "signed integer is greater than maximum"},
	'I': {"can't convert negative value to unsigned int", "unsigned int is greater than maximum"},
	'l': {"Python int too large to convert to C long", "Python int too large to convert to C long"},
	'L': {"can't convert negative value to unsigned int", "Python int too large to convert to C unsigned long"},
	'q': {"int too big to convert", "int too big to convert"},
	'Q': {"can't convert negative int to unsigned", "int too big to convert"},
}

// item returns v as an item of the array.
func (a *array) item(th *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
	switch a.code {
	case 'f', 'd':
		if _, ok := interp.AsFloat(v); ok && a.code == 'd' {
			return v, nil
		}
		f, err := th.Float(v)
		if err != nil {
			if _, isStr := interp.StrOf(v); isStr || err.Is(interp.TypeError) {
				return interp.Value{}, interp.TypeErrorf("must be real number, not %s", interp.TypeName(v))
			}
			return interp.Value{}, err
		}
		if a.code == 'f' {
			f = float64(float32(f))
		}
		return interp.MkFloat(f), nil
	case 'u':
		s, ok := interp.AsStr(v)
		if !ok || s.Len() != 1 {
			return interp.Value{}, interp.TypeErrorf("array item must be unicode character")
		}
		return v, nil
	}
	if i, ok := interp.AsInt(v); ok && a.code != 'Q' && a.code != 'L' {
		if low, high := a.limits(); i >= low && i <= high {
			return v, nil
		}
	}
	if _, ok := interp.AsFloat(v); ok {
		return interp.Value{}, interp.TypeErrorf("'float' object cannot be interpreted as an integer")
	}
	x, err := th.Index(v)
	if err != nil {
		return interp.Value{}, err
	}
	b, _ := interp.BigOf(x)
	return x, a.check(b)
}

// limits returns the range of the items of an integer array; that of Q and L is in check.
func (a *array) limits() (low, high int64) {
	bits := 8 * a.size()
	if a.code >= 'a' {
		return math.MinInt64 >> (64 - bits), math.MaxInt64 >> (64 - bits)
	}
	if bits == 64 {
		return 0, math.MaxInt64
	}
	return 0, 1<<bits - 1
}

func (a *array) check(b *big.Int) *interp.Exc {
	low, high := a.limits()
	names := integerNames[a.code]
	if b.Cmp(big.NewInt(low)) < 0 {
		return interp.Errorf(interp.OverflowError, "%s", names[0])
	}
	if (a.code == 'Q' || a.code == 'L') && b.IsUint64() {
		return nil
	}
	if b.Cmp(big.NewInt(high)) > 0 {
		return interp.Errorf(interp.OverflowError, "%s", names[1])
	}
	return nil
}

func newArray(th *interp.Thread, args []interp.Value) (interp.Value, *interp.Exc) {
	cls, _ := interp.AsType(args[0])
	code, ok := interp.StrOf(args[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("array() argument 1 must be a unicode character, not %s", interp.TypeName(args[1]))
	}
	if len([]rune(code)) != 1 {
		return interp.Value{}, interp.TypeErrorf("array() argument 1 must be a unicode character, not str")
	}
	if !strings.Contains(typecodes, code) {
		return interp.Value{}, interp.ValueErrorf("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
	}
	a := &array{code[0], newList(nil)}
	v := interp.NewNative(cls, a)
	if args[2].IsUnbound() {
		return v, nil
	}
	if _, isStr := interp.StrOf(args[2]); isStr && a.code != 'u' {
		return interp.Value{}, interp.TypeErrorf("cannot use a str to initialize an array with typecode '%c'", a.code)
	}
	t := interp.TypeOf(args[2])
	if t == interp.TypeOf(interp.MkBytes(nil)) || t == interp.TypeOf(interp.MkByteArray(nil)) {
		b, _ := interp.BufferOf(args[2])
		return v, a.fromBytes(b)
	}
	return v, a.extend(th, args[2])
}

func (a *array) extend(th *interp.Thread, items interp.Value) *interp.Exc {
	return th.Iterate(items, func(x interp.Value) *interp.Exc {
		v, err := a.item(th, x)
		if err == nil {
			a.list.Append(v)
		}
		return err
	})
}

func repr(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	a := of(v)
	name := interp.TypeOf(v).Name
	items := a.list.Items()
	if len(items) == 0 {
		return name + "('" + string(a.code) + "')", nil
	}
	inner := a.value()
	if a.code == 'u' {
		inner = a.text()
	}
	s, err := th.Repr(inner)
	return name + "('" + string(a.code) + "', " + s + ")", err
}

// text returns the characters of an array of code u.
func (a *array) text() interp.Value {
	var b strings.Builder
	for _, x := range a.list.Items() {
		s, _ := interp.StrOf(x)
		b.WriteString(s)
	}
	return interp.MkStr(b.String())
}

func compare(th *interp.Thread, op interp.CompareOp, x, y interp.Value) (interp.Value, *interp.Exc) {
	a, b := of(x), of(y)
	if b == nil {
		notImplemented, _ := th.Interp().Builtins().Get("NotImplemented")
		return notImplemented, nil
	}
	return th.Compare(op, a.value(), b.value())
}

func contains(th *interp.Thread, v, x interp.Value) (bool, *interp.Exc) {
	return th.Contains(of(v).value(), x)
}

// place returns the index of an item. Errors: IndexError, or TypeError for what is no index.
func (a *array) place(th *interp.Thread, key interp.Value, message string) (int, *interp.Exc) {
	if _, ok := interp.BigOf(key); !ok {
		if _, ok := interp.TypeOf(key).Lookup("__index__"); !ok {
			return 0, interp.TypeErrorf("array indices must be integers")
		}
	}
	i, err := th.IndexInt(key)
	if err != nil {
		return 0, err
	}
	n := len(a.list.Items())
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		return 0, interp.IndexErrorf("%s", message)
	}
	return i, nil
}

// like returns an array of the same kind that takes over a list.
func (a *array) like(list interp.Value) interp.Value {
	l, _ := interp.AsList(list)
	return interp.NewNative(arrayType, &array{a.code, l})
}

func getItem(th *interp.Thread, v, key interp.Value) (interp.Value, *interp.Exc) {
	a := of(v)
	if i, ok := interp.AsInt(key); ok && i >= 0 && i < int64(len(a.list.Items())) {
		return a.list.Items()[i], nil
	}
	if _, ok := interp.AsSlice(key); ok {
		part, err := th.GetItem(a.value(), key)
		if err != nil {
			return interp.Value{}, err
		}
		return a.like(part), nil
	}
	i, err := a.place(th, key, "array index out of range")
	if err != nil {
		return interp.Value{}, err
	}
	return a.list.Items()[i], nil
}

func setItem(th *interp.Thread, v, key, x interp.Value) *interp.Exc {
	a := of(v)
	_, isSlice := interp.AsSlice(key)
	if !isSlice {
		i, err := a.place(th, key, "array assignment index out of range")
		if err != nil {
			return err
		}
		if x.IsUnbound() {
			return th.DelItem(a.value(), interp.MkInt(int64(i)))
		}
		item, err := a.item(th, x)
		if err == nil {
			a.list.Items()[i] = item
		}
		return err
	}
	if x.IsUnbound() {
		return th.DelItem(a.value(), key)
	}
	other := of(x)
	if other == nil {
		return interp.TypeErrorf("can only assign array (not \"%s\") to array slice", interp.TypeName(x))
	}
	if other.code != a.code {
		return interp.TypeErrorf("bad argument type for built-in operation")
	}
	return th.SetItem(a.value(), key, interp.MkList(append([]interp.Value(nil), other.list.Items()...)))
}

func operate(th *interp.Thread, op interp.BinaryOp, x, y interp.Value) (interp.Value, *interp.Exc) {
	a, b := of(x), of(y)
	if op == interp.BinAdd {
		if a == nil {
			notImplemented, _ := th.Interp().Builtins().Get("NotImplemented")
			return notImplemented, nil
		}
		if b == nil {
			return interp.Value{}, interp.TypeErrorf("can only append array (not \"%s\") to array", interp.TypeName(y))
		}
		if a.code != b.code {
			return interp.Value{}, interp.TypeErrorf("bad argument type for built-in operation")
		}
		x, y = a.value(), b.value()
	} else if a != nil {
		x = a.value()
	} else {
		a, y = b, b.value()
	}
	list, err := th.Binary(op, x, y)
	if err != nil {
		return interp.Value{}, err
	}
	return a.like(list), nil
}

func inplace(th *interp.Thread, op interp.BinaryOp, x, y interp.Value) (interp.Value, *interp.Exc) {
	a := of(x)
	if op == interp.BinAdd {
		b := of(y)
		if b == nil {
			return interp.Value{}, interp.TypeErrorf("can only extend with array (not \"%s\")", interp.TypeName(y))
		}
		_, err := extendMethod(th, []interp.Value{x, y})
		return x, err
	}
	_, err := th.Inplace(op, a.value(), y)
	return x, err
}
