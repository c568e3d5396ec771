package interp

// This file defines the operations of the built-in functions on numbers of any type: abs, pow, round,
// bin, oct and hex.

import "math/big"

// Abs returns abs(v).
func (th *Thread) Abs(v Value) (Value, *Exc) {
	switch s := shapeOf(v); {
	case s == intShape || s == bigIntShape:
		return absInt(v), nil
	case s == floatShape:
		return floatAbs(th, []Value{v})
	}
	if f := findSpecial(v, spAbs); !f.IsUnbound() {
		return th.callSpecial(f, v)
	}
	return Value{}, TypeErrorf("bad operand type for abs(): '%s'", typeName(v))
}

// Round returns round(v, ndigits); ndigits None is as if it was not given.
func (th *Thread) Round(v, ndigits Value) (Value, *Exc) {
	f := findSpecial(v, spRound)
	switch {
	case f.IsUnbound():
		return Value{}, TypeErrorf("type %s doesn't define __round__ method", typeName(v))
	case ndigits.IsNone():
		return th.callSpecial(f, v)
	}
	return th.callSpecial(f, v, ndigits)
}

// Power returns pow(base, exp, mod); mod None is as if it was not given.
func (th *Thread) Power(base, exp, mod Value) (Value, *Exc) {
	if mod.IsNone() {
		return th.Binary(BinPow, base, exp)
	}
	if f := scripted(base, spPow); !f.IsUnbound() {
		r, err := th.callSpecial(f, base, exp, mod)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	r, err := powMod(base, exp, mod)
	if err == nil && Is(r, NotImplemented) {
		err = TypeErrorf("unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'", typeName(base), typeName(exp), typeName(mod))
	}
	return r, err
}

// powMod is Power of built-in numbers with a mod; NotImplemented when one is no number.
func powMod(base, exp, mod Value) (Value, *Exc) {
	for _, v := range [...]Value{base, exp, mod} {
		switch l := TypeOf(v).layout; {
		case l == layoutFloat:
			return Value{}, TypeErrorf("pow() 3rd argument not allowed unless all arguments are integers")
		case l == layoutComplex:
			return Value{}, ValueErrorf("complex modulo")
		case l != layoutInt:
			return NotImplemented, nil
		}
	}
	x, _ := BigOf(base)
	y, _ := BigOf(exp)
	m, _ := BigOf(mod)
	return intPowMod(x, y, m)
}

// intPowMod returns x**y % m, by the modular inverse for a negative y.
func intPowMod(x, y, m *big.Int) (Value, *Exc) {
	if m.Sign() == 0 {
		return Value{}, ValueErrorf("pow() 3rd argument cannot be 0")
	}
	var size big.Int
	size.Abs(m)
	z := newBig(len(m.Bits()) + 1)
	if y.Sign() < 0 {
		if z.b.ModInverse(x, &size) == nil {
			return Value{}, ValueErrorf("base is not invertible for the given modulus")
		}
		x, y = new(big.Int).Set(&z.b), new(big.Int).Neg(y)
	}
	z.b.Exp(x, y, &size) // between 0 and size
	if m.Sign() < 0 && z.b.Sign() != 0 {
		z.b.Add(&z.b, m)
	}
	return z.value(), nil
}

// numberPow is __pow__ of the built-in numbers, with its third argument.
func numberPow(th *Thread, a []Value) (Value, *Exc) {
	if a[2].IsNone() {
		return TypeOf(a[0]).proto.Binary(th, BinPow, a[0], a[1])
	}
	return powMod(a[0], a[1], a[2])
}

// numberRPow is __rpow__ of the built-in numbers.
func numberRPow(th *Thread, a []Value) (Value, *Exc) {
	if a[2].IsNone() {
		return TypeOf(a[0]).proto.Binary(th, BinPow, a[1], a[0])
	}
	return powMod(a[1], a[0], a[2])
}

// InBase returns an int as bin(), oct() and hex() show it, for base 2, 8 and 16.
func (th *Thread) InBase(v Value, base int) (string, *Exc) {
	i, err := th.Index(v)
	if err != nil {
		return "", err
	}
	return intInBaseText(i, base), nil
}
