package interp

// This file defines complex: construction, operators, methods, attributes and text.

import (
	"math"
	"math/cmplx"
	"strings"
	"unicode/utf8"

	"aio/internal/libm"
)

func setupComplex(t *Type) {
	t.Doc = "Create a complex number from a real part and an optional imaginary part.\n\nThis is equivalent to (real + imag*1j) where imag defaults to 0."
	t.proto = &Protocol{
		Repr:    func(_ *Thread, v Value) (string, *Exc) { c, _ := AsComplex(v); return complexRepr(c), nil },
		Hash:    complexHash,
		Compare: complexCompare,
		Bool:    func(_ *Thread, v Value) (bool, *Exc) { c, _ := AsComplex(v); return c != 0, nil },
		Binary:  complexOp,
		Ops:     ops(BinAdd, BinSub, BinMul, BinDiv, BinPow),
		Unary:   complexUnary,
		Format:  complexFormat,
	}
	t.rows = []Builtin{
		{"conjugate()", "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.", func(_ *Thread, a []Value) (Value, *Exc) {
			c, _ := AsComplex(a[0])
			return MkComplex(cmplx.Conj(c)), nil
		}},
		{"__abs__()", "abs(self)", complexAbs},
		{"__complex__()", "Convert this value to exact type complex.", func(_ *Thread, a []Value) (Value, *Exc) {
			c, _ := AsComplex(a[0])
			return MkComplex(c), nil
		}},
		{"__pow__(value, mod=None, /)", "Return pow(self, value, mod).", numberPow},
		{"__rpow__(value, mod=None, /)", "Return pow(value, self, mod).", numberRPow},
		{"__getnewargs__()", "", func(_ *Thread, a []Value) (Value, *Exc) {
			c, _ := AsComplex(a[0])
			return Pair(MkFloat(real(c)), MkFloat(imag(c))), nil
		}},
	}
	t.getset = []GetSet{
		{"real", "the real part of a complex number", func(_ *Thread, v Value) (Value, *Exc) { c, _ := AsComplex(v); return MkFloat(real(c)), nil }, nil},
		{"imag", "the imaginary part of a complex number", func(_ *Thread, v Value) (Value, *Exc) { c, _ := AsComplex(v); return MkFloat(imag(c)), nil }, nil},
	}
	t.SetNew("complex(real=?, imag=?)", complexNew)
}

func complexNew(th *Thread, a []Value) (Value, *Exc) {
	cls, _ := AsType(a[0])
	c, err := th.makeComplex(a[1], a[2])
	if err != nil {
		return Value{}, err
	}
	return object(&Complex{Header: Header{cls.inst}, c: c}), nil
}

// makeComplex returns complex(re, im); either may be unbound.
func (th *Thread) makeComplex(re, im Value) (complex128, *Exc) {
	if re.IsUnbound() {
		re = MkInt(0)
	}
	if s, ok := StrOf(re); ok {
		if !im.IsUnbound() {
			return 0, TypeErrorf("complex() can't take second arg if first is a string")
		}
		return parseComplex(s)
	}
	if !im.IsUnbound() {
		if _, ok := AsStr(im); ok {
			return 0, TypeErrorf("complex() second arg can't be a string")
		}
	}
	x, known, err := th.toComplex(re)
	if err != nil {
		return 0, err
	}
	if !known {
		return 0, TypeErrorf("complex() first argument must be a string or a number, not '%s'", typeName(re))
	}
	if im.IsUnbound() {
		return x, nil
	}
	if y, ok := AsComplex(im); ok {
		return complex(real(x)-imag(y), imag(x)+real(y)), nil
	}
	y, known, err := th.asNumber(im)
	if err == nil && !known {
		err = TypeErrorf("complex() second argument must be a number, not '%s'", typeName(im))
	}
	if _, ok := AsComplex(re); !ok {
		return complex(real(x), y), err
	}
	return complex(real(x), imag(x)+y), err
}

// toComplex returns the number of anything that is one; known is false for other values.
func (th *Thread) toComplex(v Value) (c complex128, known bool, err *Exc) {
	if f := findSpecial(v, spComplex); !f.IsUnbound() && shapeOf(v) != complexShape {
		r, err := th.callSpecial(f, v)
		if err != nil {
			return 0, true, err
		}
		c, ok := AsComplex(r)
		if !ok {
			return 0, true, TypeErrorf("__complex__ returned non-complex (type %s)", typeName(r))
		}
		return c, true, th.exactResult("__complex__", r, complexType)
	}
	if c, ok := AsComplex(v); ok {
		return c, true, nil
	}
	f, known, err := th.asNumber(v)
	return complex(f, 0), known, err
}

// numberToComplex is toComplex for the operators: it knows the built-in numbers.
func numberToComplex(v Value) (c complex128, ok bool, err *Exc) {
	if c, ok := AsComplex(v); ok {
		return c, true, nil
	}
	f, ok, err := toFloat64(v)
	return complex(f, 0), ok, err
}

// complexOp is Protocol.Binary of complex: it knows all numbers.
func complexOp(_ *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	x, ok, err := numberToComplex(a)
	if err != nil {
		return Value{}, err
	}
	if !ok {
		return NotImplemented, nil
	}
	y, ok, err := numberToComplex(b)
	if err != nil {
		return Value{}, err
	}
	if !ok {
		return NotImplemented, nil
	}
	var z complex128
	switch op {
	case BinAdd:
		z = x + y
	case BinSub:
		z = x - y
	case BinMul:
		z = complexMul(x, y)
	case BinDiv:
		z, err = complexDivide(x, y)
	case BinPow:
		z, err = complexPower(x, y)
	default:
		return NotImplemented, nil
	}
	if err != nil {
		return Value{}, err
	}
	return MkComplex(z), nil
}

// complexMul is the product by its textbook formula, without the recovery of infinities.
func complexMul(x, y complex128) complex128 {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	return complex(float64(a*c)-float64(b*d), float64(a*d)+float64(b*c))
}

// complexDivide scales by the larger part of the divisor (Smith's method), so that no intermediate
// result overflows.
func complexDivide(x, y complex128) (complex128, *Exc) {
	a, b, c, d := real(x), imag(x), real(y), imag(y)
	switch {
	case y == 0:
		return 0, Errorf(ZeroDivisionError, "complex division by zero")
	case math.Abs(c) >= math.Abs(d):
		ratio := d / c
		denom := c + float64(d*ratio)
		return complex((a+float64(b*ratio))/denom, (b-float64(a*ratio))/denom), nil
	case math.Abs(d) >= math.Abs(c):
		ratio := c / d
		denom := float64(c*ratio) + d
		return complex((float64(a*ratio)+b)/denom, (float64(b*ratio)-a)/denom), nil
	}
	return cmplx.NaN(), nil
}

func complexPower(x, y complex128) (complex128, *Exc) {
	var z complex128
	var err *Exc
	if n := real(y); imag(y) == 0 && n == math.Floor(n) && math.Abs(n) <= 100 {
		z, err = complexIntPower(x, int(n))
	} else {
		z, err = complexGeneralPower(x, y)
	}
	if err == nil && (math.IsInf(real(z), 0) || math.IsInf(imag(z), 0)) {
		err = Errorf(OverflowError, "complex exponentiation")
	}
	return z, err
}

func complexIntPower(x complex128, n int) (complex128, *Exc) {
	z, p := complex128(1), x
	for k := max(n, -n); k > 0; k >>= 1 {
		if k&1 == 1 {
			z = complexMul(z, p)
		}
		if k > 1 {
			p = complexMul(p, p)
		}
	}
	if n < 0 {
		if z == 0 {
			return 0, zeroToNegative()
		}
		return complexDivide(1, z)
	}
	return z, nil
}

func zeroToNegative() *Exc {
	return Errorf(ZeroDivisionError, "0.0 to a negative or complex power")
}

func complexGeneralPower(x, y complex128) (complex128, *Exc) {
	if y == 0 {
		return 1, nil
	}
	if x == 0 {
		if imag(y) != 0 || real(y) < 0 {
			return 0, zeroToNegative()
		}
		return 0, nil
	}
	size, angle := libm.Hypot(real(x), imag(x)), libm.Atan2(imag(x), real(x))
	length, phase := libm.Pow(size, real(y)), angle*real(y)
	if imag(y) != 0 {
		length /= libm.Exp(angle * imag(y))
		phase += imag(y) * libm.Log(size)
	}
	if math.IsInf(phase, 0) {
		return 0, zeroToNegative() // sic: the C library's cos() reports it like that
	}
	return complex(length*libm.Cos(phase), length*libm.Sin(phase)), nil
}

func complexUnary(_ *Thread, op UnaryOp, v Value) (Value, *Exc) {
	c, _ := AsComplex(v)
	switch op {
	case UnNeg:
		return MkComplex(-c), nil
	case UnPos:
		return MkComplex(c), nil
	}
	return NotImplemented, nil
}

func complexCompare(_ *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	if op != CmpEq && op != CmpNe {
		return NotImplemented, nil
	}
	x, _ := AsComplex(a)
	var equal bool
	if y, ok := AsComplex(b); ok {
		equal = x == y
	} else if f, ok := FloatOf(b); ok {
		equal = imag(x) == 0 && real(x) == f
	} else if i, big, ok := IntOf(b); ok {
		equal = imag(x) == 0 && !math.IsNaN(real(x)) && compareFloatInt(real(x), i, big) == 0
	} else {
		return NotImplemented, nil
	}
	return MkBool(equal == (op == CmpEq)), nil
}

func complexHash(_ *Thread, v Value) (uint64, *Exc) {
	c, _ := AsComplex(v)
	const imagFactor = 1000003
	return uint64(fixHash(int64(hashFloat(real(c)) + imagFactor*hashFloat(imag(c))))), nil
}

func complexAbs(_ *Thread, a []Value) (Value, *Exc) {
	c, _ := AsComplex(a[0])
	r := libm.Hypot(real(c), imag(c))
	if math.IsInf(r, 0) && !cmplx.IsInf(c) {
		return Value{}, Errorf(OverflowError, "absolute value too large")
	}
	return MkFloat(r), nil
}

func complexRepr(c complex128) string {
	buf := make([]byte, 0, 48)
	if real(c) == 0 && !math.Signbit(real(c)) {
		buf = appendFloatRepr(buf, imag(c), false)
		return string(append(buf, 'j'))
	}
	buf = append(buf, '(')
	buf = appendFloatRepr(buf, real(c), false)
	if math.IsNaN(imag(c)) || !math.Signbit(imag(c)) {
		buf = append(buf, '+')
	}
	buf = appendFloatRepr(buf, imag(c), false)
	return string(append(buf, "j)"...))
}

// strayUnderscore reports whether s has an underscore that is not between two digits, before its first
// NUL and its first character beyond ASCII.
func strayUnderscore(s string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := 0; i < len(s) && s[i] != 0 && s[i] < utf8.RuneSelf; i++ {
		if s[i] == '_' && !(digit(i-1) && digit(i+1)) {
			return true
		}
	}
	return false
}

// parseComplex returns complex(text).
func parseComplex(text string) (complex128, *Exc) {
	malformed := ValueErrorf("complex() arg is a malformed string")
	s := asciiNumber(text)
	if strayUnderscore(text) {
		return 0, ValueErrorf("could not convert string to complex: %s", reprStr(text))
	}
	if strings.HasPrefix(s, "(") {
		if !strings.HasSuffix(s, ")") {
			return 0, malformed
		}
		s = strings.TrimFunc(s[1:len(s)-1], isNumberSpace)
	}
	if s == "" {
		return 0, malformed
	}
	var re, im float64
	n := scanFloat(s)
	if n == len(s) {
		return complex(readFloat(s), 0), nil
	}
	rest := s
	if n > 0 && (s[n] == '+' || s[n] == '-') {
		re = readFloat(s[:n])
		rest = s[n:]
	}
	// What is left must be the imaginary part: [sign] [number] j.
	last := len(rest) - 1
	if rest[last] != 'j' && rest[last] != 'J' {
		return 0, malformed
	}
	switch number := rest[:last]; number {
	case "", "+":
		im = 1
	case "-":
		im = -1
	default:
		if scanFloat(number) != len(number) {
			return 0, malformed
		}
		im = readFloat(number)
	}
	return complex(re, im), nil
}
