package interp

// This file defines int and bool: construction, methods and attributes. Their operators are in
// intops.go and bigint.go, their text in inttext.go.

import (
	"math/big"
	"math/bits"
)

// numberTypes lists the types of numbers.
func numberTypes() []typeSetup {
	return []typeSetup{
		{intType, intShape, setupInt},
		{boolType, boolShape, setupBool},
		{floatType, floatShape, setupFloat},
		{complexType, complexShape, setupComplex},
	}
}

const intDoc = `int([x]) -> integer
int(x, base=10) -> integer

Convert a number or string to an integer, or return 0 if no arguments
are given.  If x is a number, return x.__int__().  For floating point
numbers, this truncates towards zero.

If x is not a number or if base is given, then x must be a string,
bytes, or bytearray instance representing an integer literal in the
given base.  The literal can be preceded by '+' or '-' and be surrounded
by whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.
Base 0 means to interpret the base from the string as an integer literal.`

func setupInt(t *Type) {
	t.Doc = intDoc
	t.flags |= flagMatchSelf
	t.proto = &Protocol{
		Repr:    intRepr,
		Hash:    intHash,
		Compare: intCompare,
		Bool:    func(_ *Thread, v Value) (bool, *Exc) { i, b, _ := IntOf(v); return i != 0 || b != nil, nil },
		Binary:  intOp,
		Ops: ops(BinAdd, BinSub, BinMul, BinDiv, BinMod, BinPow, BinLShift, BinRShift, BinOr, BinXor, BinAnd,
			BinFloorDiv, BinDivmod),
		Unary:  intUnary,
		Format: intFormat,
	}
	t.rows = []Builtin{
		{"as_integer_ratio()", "Return a pair of integers, whose ratio is equal to the original int.", intAsRatio},
		{"bit_count()", "Number of ones in the binary representation of the absolute value of self.", intBitCount},
		{"bit_length()", "Number of bits necessary to represent self in binary.", intBitLength},
		{"conjugate()", "Returns self, the complex conjugate of any int.", intSelf},
		{"to_bytes(length=1, byteorder='big', *, signed=False)", "Return an array of bytes representing an integer.", intToBytes},
		{"__abs__()", "abs(self)", intAbs},
		{"__int__()", "int(self)", intSelf},
		{"__float__()", "float(self)", intFloat},
		{"__index__()", "Return self converted to an integer, if self is suitable for use as an index into a list.", intSelf},
		{"__trunc__()", "Truncating an Integral returns itself.", intSelf},
		{"__floor__()", "Flooring an Integral returns itself.", intSelf},
		{"__ceil__()", "Ceiling of an Integral returns itself.", intSelf},
		{"__round__(ndigits=?, /)", "Rounding an Integral returns itself. Rounding with an ndigits argument also returns an integer.", intRound},
		{"__pow__(value, mod=None, /)", "Return pow(self, value, mod).", numberPow},
		{"__rpow__(value, mod=None, /)", "Return pow(value, self, mod).", numberRPow},
		{"__getnewargs__()", "", func(_ *Thread, a []Value) (Value, *Exc) { return MkTuple([]Value{exactInt(a[0])}), nil }},
		{"__sizeof__()", "Returns size in memory, in bytes.", intSizeof},
	}
	t.getset = []GetSet{
		{"real", "the real part of a complex number", intReal, nil},
		{"imag", "the imaginary part of a complex number", func(*Thread, Value) (Value, *Exc) { return MkInt(0), nil }, nil},
		{"numerator", "the numerator of a rational number in lowest terms", intReal, nil},
		{"denominator", "the denominator of a rational number in lowest terms", func(*Thread, Value) (Value, *Exc) { return MkInt(1), nil }, nil},
	}
	t.AddClassMethods([]Builtin{
		{"from_bytes(bytes, byteorder='big', *, signed=False)", "Return the integer represented by the given array of bytes.", intFromBytes},
	})
	t.SetNew("int(x=?, /, base=?)", intNew)
	general := t.new
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if cls == intType && len(args) == 1 && len(kwnames) == 0 {
			return th.Int(args[0])
		}
		return general(th, cls, args, kwnames)
	}
}

func setupBool(t *Type) {
	t.Doc = "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.\n" +
		"The builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed."
	t.flags |= flagNoBase | flagMatchSelf
	t.proto = &Protocol{
		Repr: func(_ *Thread, v Value) (string, *Exc) {
			if v.n != 0 {
				return "True", nil
			}
			return "False", nil
		},
		Binary: boolOp,
		Ops:    intType.proto.Ops,
		Format: boolFormat,
	}
	t.SetNew("bool(x=False, /)", func(th *Thread, a []Value) (Value, *Exc) {
		b, err := th.Truth(a[1])
		return MkBool(b), err
	})
}

// instanceOf returns number as an instance of cls, a subclass of its type; or itself for its own type.
func instanceOf(cls, own *Type, number Value) Value {
	if cls == own {
		return number
	}
	return object(&boxed{Header: Header{cls.inst}, val: number})
}

func intNew(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	x, base := a[1], a[2]
	var v Value
	var err *Exc
	switch {
	case x.IsUnbound() && !base.IsUnbound():
		err = TypeErrorf("int() missing string argument")
	case x.IsUnbound():
		v = MkInt(0)
	case base.IsUnbound():
		v, err = th.Int(x)
	default:
		v, err = th.intInBase(x, base)
	}
	if err != nil {
		return Value{}, err
	}
	return instanceOf(cls, intType, v), nil
}

// intInBase returns int(x, base).
func (th *Thread) intInBase(x, base Value) (Value, *Exc) {
	n, err := th.Index(base)
	if err != nil {
		return Value{}, err
	}
	b, small := AsInt(n)
	if !small || b != 0 && (b < 2 || b > 36) {
		return Value{}, ValueErrorf("int() base must be >= 2 and <= 36, or 0")
	}
	text, ok := textOfNumber(x)
	if !ok {
		return Value{}, TypeErrorf("int() can't convert non-string with explicit base")
	}
	return th.parseInt(text, int(b), x)
}

// textOfNumber returns the characters of a str, bytes or bytearray that may spell a number.
func textOfNumber(v Value) (string, bool) {
	if s, ok := StrOf(v); ok {
		return s, true
	}
	if b, ok := BufferOf(v); ok {
		return string(b), true
	}
	return "", false
}

// findSpecial returns a special method of the class of v, unbound when it has none; a built-in class
// has only those that are rows or wrappers.
func findSpecial(v Value, s special) Value {
	f, ok := TypeOf(v).lookup(specialStrs[s])
	if !ok {
		return Value{}
	}
	return f
}

// Int returns int(v).
func (th *Thread) Int(v Value) (Value, *Exc) {
	switch s := shapeOf(v); s {
	case intShape, bigIntShape:
		return v, nil
	case boolShape:
		return MkInt(int64(v.n)), nil
	case floatShape:
		f, _ := AsFloat(v)
		return floatToInt(f)
	case strShape:
		return th.parseInt((*Str)(v.p).s, 10, v)
	}
	if f := findSpecial(v, spInt); !f.IsUnbound() {
		r, err := th.callSpecial(f, v)
		if err != nil {
			return Value{}, err
		}
		if _, _, ok := IntOf(r); !ok {
			return Value{}, TypeErrorf("__int__ returned non-int (type %s)", typeName(r))
		}
		if err := th.exactResult("__int__", r, intType); err != nil {
			return Value{}, err
		}
		return exactInt(r), nil
	}
	if f := findSpecial(v, spIndex); !f.IsUnbound() {
		return th.Index(v)
	}
	if f := findSpecial(v, spTrunc); !f.IsUnbound() {
		if err := th.Warn(DeprecationWarning, "The delegation of int() to __trunc__ is deprecated."); err != nil {
			return Value{}, err
		}
		r, err := th.callSpecial(f, v)
		if err != nil {
			return Value{}, err
		}
		if _, _, ok := IntOf(r); ok || !findSpecial(r, spIndex).IsUnbound() {
			return th.Index(r)
		}
		if findSpecial(r, spInt).IsUnbound() {
			return Value{}, TypeErrorf("__trunc__ returned non-Integral (type %s)", typeName(r))
		}
		return th.Int(r)
	}
	if text, ok := textOfNumber(v); ok {
		return th.parseInt(text, 10, v)
	}
	return Value{}, TypeErrorf("int() argument must be a string, a bytes-like object or a real number, not '%s'", typeName(v))
}

func intHash(_ *Thread, v Value) (uint64, *Exc) {
	i, b, _ := IntOf(v)
	if b != nil {
		return hashBig(b), nil
	}
	return hashInt(i), nil
}

func intReal(_ *Thread, v Value) (Value, *Exc) { return exactInt(v), nil }

func intSelf(_ *Thread, a []Value) (Value, *Exc) { return exactInt(a[0]), nil }

func intAsRatio(_ *Thread, a []Value) (Value, *Exc) { return Pair(exactInt(a[0]), MkInt(1)), nil }

func intBitLength(_ *Thread, a []Value) (Value, *Exc) {
	i, b, _ := IntOf(a[0])
	if b != nil {
		return MkInt(int64(b.BitLen())), nil
	}
	m, _ := magnitude(i)
	return MkInt(int64(bits.Len64(m))), nil
}

func intBitCount(_ *Thread, a []Value) (Value, *Exc) {
	i, b, _ := IntOf(a[0])
	if b == nil {
		m, _ := magnitude(i)
		return MkInt(int64(bits.OnesCount64(m))), nil
	}
	n := 0
	for _, w := range b.Bits() {
		n += bits.OnesCount(uint(w))
	}
	return MkInt(int64(n)), nil
}

func intAbs(_ *Thread, a []Value) (Value, *Exc) { return absInt(a[0]), nil }

func absInt(v Value) Value {
	i, b, _ := IntOf(v)
	switch {
	case b == nil:
		m, _ := magnitude(i)
		return wideInt(false, 0, m)
	case b.Sign() > 0:
		return exactInt(v)
	}
	z := newBig(len(b.Bits()))
	z.b.Abs(b)
	return z.value()
}

func intFloat(_ *Thread, a []Value) (Value, *Exc) {
	i, b, _ := IntOf(a[0])
	if b == nil {
		return MkFloat(float64(i)), nil
	}
	f, err := bigToFloat(b)
	return MkFloat(f), err
}

// intSizeof follows the sizes that CPython reports.
func intSizeof(_ *Thread, a []Value) (Value, *Exc) {
	b, _ := BigOf(a[0])
	return MkInt(24 + 4*int64(max(1, (b.BitLen()+29)/30))), nil
}

func intRound(th *Thread, a []Value) (Value, *Exc) {
	if a[1].IsUnbound() {
		return exactInt(a[0]), nil
	}
	n, err := th.Index(a[1])
	if err != nil {
		return Value{}, err
	}
	digits, nb, _ := IntOf(n)
	if nb != nil && nb.Sign() > 0 || nb == nil && digits >= 0 {
		return exactInt(a[0]), nil
	}
	x, _ := BigOf(a[0])
	if nb != nil || -digits > int64(x.BitLen()) { // the unit is more than twice x
		return MkInt(0), nil
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(-digits), nil)
	var q, r, twice big.Int
	floorDivide(&q, &r, x, unit)
	twice.Lsh(&r, 1)
	if cmp := twice.Cmp(unit); cmp > 0 || cmp == 0 && q.Bit(0) == 1 {
		q.Add(&q, oneInt)
	}
	z := newBig(len(x.Bits()) + 1)
	z.b.Mul(&q, unit)
	return z.value(), nil
}

// littleEndian reads a byteorder argument.
func littleEndian(fn string, v Value) (bool, *Exc) {
	order, ok := StrOf(v)
	switch {
	case !ok:
		return false, TypeErrorf("%s() argument 'byteorder' must be str, not %s", fn, typeName(v))
	case order == "little":
		return true, nil
	case order == "big":
		return false, nil
	}
	return false, ValueErrorf("byteorder must be either 'little' or 'big'")
}

func reverseBytes(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}

func intToBytes(th *Thread, a []Value) (Value, *Exc) {
	length, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	little, err := littleEndian("to_bytes", a[2])
	if err != nil {
		return Value{}, err
	}
	signed, err := th.Truth(a[3])
	if err != nil {
		return Value{}, err
	}
	x, _ := BigOf(a[0])
	switch {
	case length < 0:
		return Value{}, ValueErrorf("length argument must be non-negative")
	case x.Sign() < 0 && !signed:
		return Value{}, Errorf(OverflowError, "can't convert negative int to unsigned")
	case length > maxIntBits/8:
		return Value{}, NewExc(MemoryError)
	}
	need := x.BitLen()
	if signed {
		if x.Sign() < 0 { // -2**n needs only n bits and the sign
			need = new(big.Int).Not(x).BitLen()
		}
		if x.Sign() > 0 || need > 0 { // sic: -1 needs no byte
			need++
		}
	}
	if need > length*8 {
		return Value{}, Errorf(OverflowError, "int too big to convert")
	}
	if x.Sign() < 0 {
		x = new(big.Int).Add(x, new(big.Int).Lsh(oneInt, uint(length)*8))
	}
	buf := x.FillBytes(make([]byte, length))
	if little {
		reverseBytes(buf)
	}
	return object(&Bytes{Header: Header{bytesShape}, b: buf}), nil
}

func intFromBytes(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	little, err := littleEndian("from_bytes", a[2])
	if err != nil {
		return Value{}, err
	}
	signed, err := th.Truth(a[3])
	if err != nil {
		return Value{}, err
	}
	buf, err := th.bytesOf(a[1])
	if err != nil {
		return Value{}, err
	}
	if little {
		reverseBytes(buf)
	}
	z := newBig(len(buf)/8 + 1)
	z.b.SetBytes(buf)
	if signed && len(buf) > 0 && buf[0] >= 0x80 {
		z.b.Sub(&z.b, new(big.Int).Lsh(oneInt, uint(len(buf))*8))
	}
	if cls == intType {
		return z.value(), nil
	}
	return th.Call(a[0], z.value())
}

// bytesOf returns a new slice with the bytes of bytes, bytearray or an iterable of ints.
func (th *Thread) bytesOf(v Value) ([]byte, *Exc) {
	if b, ok := as[Bytes](v, layoutBytes); ok {
		return append([]byte(nil), b.b...), nil
	}
	if b, ok := as[Bytes](v, layoutByteArray); ok {
		return append([]byte(nil), b.b...), nil
	}
	if f := findSpecial(v, spBytes); !f.IsUnbound() {
		r, err := th.callBytes(f, v)
		if err != nil {
			return nil, err
		}
		return append([]byte(nil), (*Bytes)(r.p).b...), nil
	}
	_, isInt, _ := IntOf(v)
	if _, isStr := AsStr(v); isStr || isInt != nil || TypeOf(v).layout == layoutInt {
		return nil, TypeErrorf("cannot convert '%s' object to bytes", typeName(v))
	}
	var buf []byte
	it, err := th.Iter(v)
	if err != nil {
		return nil, TypeErrorf("cannot convert '%s' object to bytes", typeName(v))
	}
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return buf, err
		}
		i, err := th.IndexInt(x)
		if err != nil {
			return nil, err
		}
		if i < 0 || i > 255 {
			return nil, ValueErrorf("bytes must be in range(0, 256)")
		}
		buf = append(buf, byte(i))
	}
}
