package interp

// This file defines float: construction, operators, methods and attributes. Its text is in
// floattext.go.

import (
	"math"
	"math/big"

	"aio/internal/libm"
)

func setupFloat(t *Type) {
	t.Doc = "Convert a string or number to a floating point number, if possible."
	t.flags |= flagMatchSelf
	t.proto = &Protocol{
		Repr:    func(_ *Thread, v Value) (string, *Exc) { f, _ := FloatOf(v); return floatRepr(f), nil },
		Hash:    floatHash,
		Compare: floatCompare,
		Bool:    func(_ *Thread, v Value) (bool, *Exc) { f, _ := FloatOf(v); return f != 0, nil },
		Binary:  floatOp,
		Ops:     ops(BinAdd, BinSub, BinMul, BinDiv, BinMod, BinPow, BinFloorDiv, BinDivmod),
		Unary:   floatUnary,
		Format:  floatFormat,
	}
	t.rows = []Builtin{
		{"as_integer_ratio()", "Return a pair of integers, whose ratio is exactly equal to the original float.", floatAsRatio},
		{"conjugate()", "Return self, the complex conjugate of any float.", floatSelf},
		{"hex()", "Return a hexadecimal representation of a floating-point number.", floatHex},
		{"is_integer()", "Return True if the float is an integer.", floatIsInteger},
		{"__abs__()", "abs(self)", floatAbs},
		{"__int__()", "int(self)", floatTrunc},
		{"__float__()", "float(self)", floatSelf},
		{"__trunc__()", "Return the Integral closest to x between 0 and x.", floatTrunc},
		{"__floor__()", "Return the floor as an Integral.", func(_ *Thread, a []Value) (Value, *Exc) {
			f, _ := FloatOf(a[0])
			return floatToInt(math.Floor(f))
		}},
		{"__ceil__()", "Return the ceiling as an Integral.", func(_ *Thread, a []Value) (Value, *Exc) {
			f, _ := FloatOf(a[0])
			return floatToInt(math.Ceil(f))
		}},
		{"__round__(ndigits=None, /)", "Return the Integral closest to x, rounding half toward even. When an argument is passed, work like built-in round(x, ndigits).", floatRound},
		{"__pow__(value, mod=None, /)", "Return pow(self, value, mod).", numberPow},
		{"__rpow__(value, mod=None, /)", "Return pow(value, self, mod).", numberRPow},
		{"__getnewargs__()", "", func(_ *Thread, a []Value) (Value, *Exc) {
			f, _ := FloatOf(a[0])
			return MkTuple([]Value{MkFloat(f)}), nil
		}},
	}
	t.getset = []GetSet{
		{"real", "the real part of a complex number", func(_ *Thread, v Value) (Value, *Exc) { f, _ := FloatOf(v); return MkFloat(f), nil }, nil},
		{"imag", "the imaginary part of a complex number", func(*Thread, Value) (Value, *Exc) { return MkFloat(0), nil }, nil},
	}
	t.AddClassMethods([]Builtin{
		{"fromhex(string, /)", "Create a floating-point number from a hexadecimal string.", floatFromHex},
		{"__getformat__(typestr, /)", "You probably don't want to use this function.", floatGetFormat},
	})
	t.SetNew("float(x=0.0, /)", floatNew)
	general := t.new
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if cls == floatType && len(args) == 1 && len(kwnames) == 0 {
			return th.toFloat(args[0])
		}
		return general(th, cls, args, kwnames)
	}
}

func floatNew(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	v, err := th.toFloat(a[1])
	if err != nil {
		return Value{}, err
	}
	return instanceOf(cls, floatType, v), nil
}

// toFloat returns float(v).
func (th *Thread) toFloat(v Value) (Value, *Exc) {
	switch shapeOf(v) {
	case floatShape:
		return v, nil
	case intShape, boolShape:
		return MkFloat(float64(int64(v.n))), nil
	case strShape:
		return th.parseFloat((*Str)(v.p).s, v)
	}
	f, known, err := th.asNumber(v)
	if err != nil || known {
		return MkFloat(f), err
	}
	if text, ok := textOfNumber(v); ok {
		return th.parseFloat(text, v)
	}
	return Value{}, TypeErrorf("float() argument must be a string or a real number, not '%s'", typeName(v))
}

// asNumber returns the number of a value with __float__ or __index__; known is false for others.
func (th *Thread) asNumber(v Value) (f float64, known bool, err *Exc) {
	if m := findSpecial(v, spFloat); !m.IsUnbound() {
		r, err := th.callSpecial(m, v)
		if err != nil {
			return 0, true, err
		}
		f, ok := FloatOf(r)
		if !ok {
			return 0, true, TypeErrorf("%s.__float__ returned non-float (type %s)", typeName(v), typeName(r))
		}
		if err := th.exactResult(typeName(v)+".__float__", r, floatType); err != nil {
			return 0, true, err
		}
		return f, true, nil
	}
	if m := findSpecial(v, spIndex); !m.IsUnbound() {
		i, err := th.Index(v)
		if err != nil {
			return 0, true, err
		}
		f, _, err := toFloat64(i)
		return f, true, err
	}
	return 0, false, nil
}

// Float returns the number of a real number, as functions of library modules read it. Errors:
// TypeError for anything else, OverflowError for an int that is too large.
func (th *Thread) Float(v Value) (float64, *Exc) {
	if f, ok := AsFloat(v); ok {
		return f, nil
	}
	if i, ok := AsInt(v); ok {
		return float64(i), nil
	}
	f, known, err := th.asNumber(v)
	if err == nil && !known {
		err = TypeErrorf("must be real number, not %s", typeName(v))
	}
	return f, err
}

// toFloat64 returns the number of a float or int; ok is false for anything else.
func toFloat64(v Value) (f float64, ok bool, err *Exc) {
	if f, ok := FloatOf(v); ok {
		return f, true, nil
	}
	i, b, ok := IntOf(v)
	if !ok {
		return 0, false, nil
	}
	if b != nil {
		f, err := bigToFloat(b)
		return f, true, err
	}
	return float64(i), true, nil
}

// floatToInt returns f without its fraction.
func floatToInt(f float64) (Value, *Exc) {
	if f >= -1<<63 && f < 1<<63 {
		return MkInt(int64(f)), nil
	}
	if err := notFinite(f, "integer"); err != nil {
		return Value{}, err
	}
	frac, exp := math.Frexp(math.Abs(f))
	z := newBig(exp/64 + 1)
	z.b.SetUint64(uint64(frac * (1 << 53)))
	z.b.Lsh(&z.b, uint(exp-53))
	if f < 0 {
		z.b.Neg(&z.b)
	}
	return z.value(), nil
}

// notFinite returns the error of converting an infinity or NaN, nil for other numbers.
func notFinite(f float64, to string) *Exc {
	switch {
	case math.IsInf(f, 0) && to == "integer":
		return Errorf(OverflowError, "cannot convert float infinity to integer")
	case math.IsNaN(f) && to == "integer":
		return ValueErrorf("cannot convert float NaN to integer")
	case math.IsInf(f, 0):
		return Errorf(OverflowError, "cannot convert Infinity to %s", to)
	case math.IsNaN(f):
		return ValueErrorf("cannot convert NaN to %s", to)
	}
	return nil
}

// floatOp is Protocol.Binary of float: it knows floats and ints.
func floatOp(_ *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok, err := toFloat64(a)
	if err != nil {
		return Value{}, err
	}
	if !ok {
		return NotImplemented, nil
	}
	y, ok, err := toFloat64(b)
	if err != nil {
		return Value{}, err
	}
	if !ok {
		return NotImplemented, nil
	}
	return floatBinary(op, x, y)
}

// floatBinary returns x op y. It is what the VM calls when its own fast path does not apply.
func floatBinary(op BinaryOp, x, y float64) (Value, *Exc) {
	switch op {
	case BinAdd:
		return MkFloat(x + y), nil
	case BinSub:
		return MkFloat(x - y), nil
	case BinMul:
		return MkFloat(x * y), nil
	case BinDiv:
		if y == 0 {
			return Value{}, Errorf(ZeroDivisionError, "float division by zero")
		}
		return MkFloat(x / y), nil
	case BinFloorDiv:
		if y == 0 {
			return Value{}, Errorf(ZeroDivisionError, "float floor division by zero")
		}
		q, _ := floatDivmod(x, y)
		return MkFloat(q), nil
	case BinMod:
		if y == 0 {
			return Value{}, Errorf(ZeroDivisionError, "float modulo")
		}
		_, r := floatDivmod(x, y)
		return MkFloat(r), nil
	case BinDivmod:
		if y == 0 {
			return Value{}, Errorf(ZeroDivisionError, "float divmod()")
		}
		q, r := floatDivmod(x, y)
		return Pair(MkFloat(q), MkFloat(r)), nil
	case BinPow:
		return floatPower(x, y)
	}
	return NotImplemented, nil
}

// fmod returns the exact remainder of x/y with the sign of x. math.Mod subtracts bit by bit: when the
// quotient is below 2**53, one fused multiplication gives the remainder of a quotient that is at most
// one off.
func fmod(x, y float64) float64 {
	ax, ay := math.Abs(x), math.Abs(y)
	q := math.Trunc(ax / ay)
	if !(q < 1<<53) || ay < 1e-290 || math.IsInf(y, 0) {
		return math.Mod(x, y)
	}
	r := math.FMA(-q, ay, ax)
	if r < 0 {
		r += ay
	} else if r >= ay {
		r -= ay
	}
	return math.Copysign(r, x)
}

// floatDivmod returns the quotient, rounded towards minus infinity, and the remainder with the sign of
// y, which is not zero.
func floatDivmod(x, y float64) (q, r float64) {
	r = fmod(x, y)
	q = (x - r) / y
	if r != 0 {
		if (y < 0) != (r < 0) {
			r += y
			q--
		}
	} else {
		r = math.Copysign(0, y)
	}
	if q == 0 {
		return math.Copysign(0, x/y), r
	}
	whole := math.Floor(q)
	if q-whole > 0.5 { // q is near to a whole number, not always exactly it
		whole++
	}
	return whole, r
}

// floatPower returns x ** y: a complex number for a fractional power of a negative one.
func floatPower(x, y float64) (Value, *Exc) {
	if x == 0 && y < 0 && !math.IsInf(y, -1) {
		return Value{}, Errorf(ZeroDivisionError, "0.0 cannot be raised to a negative power")
	}
	finite := !math.IsInf(x, 0) && !math.IsInf(y, 0)
	if x < 0 && finite && !math.IsNaN(y) && y != math.Floor(y) {
		c, err := complexPower(complex(x, 0), complex(y, 0))
		return MkComplex(c), err
	}
	z := libm.Pow(x, y)
	if math.IsInf(z, 0) && finite {
		return Value{}, rangeError()
	}
	return MkFloat(z), nil
}

// rangeError is the error of a result that no float can hold, as the C library words it.
func rangeError() *Exc {
	return NewExc(OverflowError, MkInt(34), MkStr("Numerical result out of range"))
}

func floatUnary(_ *Thread, op UnaryOp, v Value) (Value, *Exc) {
	f, _ := FloatOf(v)
	switch op {
	case UnNeg:
		return MkFloat(-f), nil
	case UnPos:
		return MkFloat(f), nil
	}
	return NotImplemented, nil
}

func floatCompare(_ *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	x, _ := FloatOf(a)
	if y, ok := FloatOf(b); ok {
		return MkBool(compareFloats(op, x, y)), nil
	}
	i, big, ok := IntOf(b)
	if !ok {
		return NotImplemented, nil
	}
	if math.IsNaN(x) {
		return MkBool(op == CmpNe), nil
	}
	return MkBool(op.holds(compareFloatInt(x, i, big))), nil
}

// compareFloats returns x op y.
func compareFloats(op CompareOp, x, y float64) bool {
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

// hashInfinity is the hash of infinity.
const hashInfinity = 314159

// hashFloat returns the hash of f: that of the fraction it is exactly, modulo 2**61-1, so that equal
// numbers of all types hash alike. CPython hashes a NaN by its identity, of which there is none here:
// one hash serves all.
func hashFloat(f float64) uint64 {
	if i := int64(f); float64(i) == f && f > -1<<62 && f < 1<<62 {
		return hashInt(i)
	}
	switch {
	case math.IsNaN(f):
		return hashInfinity * 7
	case math.IsInf(f, 1):
		return hashInfinity
	case math.IsInf(f, -1):
		return uint64(1<<64 - hashInfinity)
	}
	// f = m * 2**e with a whole m, and 2**61 is 1 modulo 2**61-1: the power only rotates m's 61 bits.
	frac, e := math.Frexp(math.Abs(f))
	m := uint64(frac * (1 << 53))
	e = (e - 53) % 61
	if e < 0 {
		e += 61
	}
	h := m<<e&hashModulus | m>>(61-e)
	r := int64(h % hashModulus)
	if f < 0 {
		r = -r
	}
	return uint64(fixHash(r))
}

func floatHash(_ *Thread, v Value) (uint64, *Exc) {
	f, _ := FloatOf(v)
	return hashFloat(f), nil
}

func floatSelf(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	return MkFloat(f), nil
}

func floatAbs(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	return MkFloat(math.Abs(f)), nil
}

func floatTrunc(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	return floatToInt(f)
}

func floatIsInteger(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	return MkBool(f == math.Floor(f) && !math.IsInf(f, 0)), nil
}

func floatAsRatio(_ *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	if err := notFinite(f, "integer ratio"); err != nil {
		return Value{}, err
	}
	r := new(big.Rat).SetFloat64(f)
	return Pair(MkBig(r.Num()), MkBig(r.Denom())), nil
}

func floatRound(th *Thread, a []Value) (Value, *Exc) {
	f, _ := FloatOf(a[0])
	if a[1].IsNone() {
		return floatToInt(math.RoundToEven(f))
	}
	n, err := th.Index(a[1])
	if err != nil {
		return Value{}, err
	}
	digits, b, _ := IntOf(n)
	if b != nil {
		digits = int64(b.Sign()) * 1000
	}
	return roundDigits(f, digits)
}

// roundDigits returns f rounded to a number of decimal digits, correctly: as the decimal number that
// it is exactly.
func roundDigits(f float64, digits int64) (Value, *Exc) {
	switch {
	case math.IsInf(f, 0) || math.IsNaN(f) || digits > 323 || f == 0:
		return MkFloat(f), nil
	case digits < -308:
		return MkFloat(math.Copysign(0, f)), nil
	}
	if digits >= 0 {
		if r, ok := scaledRound(math.Abs(f), int(digits)); ok {
			return MkFloat(math.Copysign(float64(r)/tenTo[digits], f)), nil
		}
	}
	r := roundByText(f, int(digits))
	if math.IsInf(r, 0) {
		return Value{}, Errorf(OverflowError, "rounded value too large to represent")
	}
	return MkFloat(r), nil
}

func floatGetFormat(_ *Thread, a []Value) (Value, *Exc) {
	s, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("__getformat__() argument must be str, not %s", typeName(a[1]))
	}
	if s != "double" && s != "float" {
		return Value{}, ValueErrorf("__getformat__() argument 1 must be 'double' or 'float'")
	}
	return MkStr("IEEE, little-endian"), nil
}
