package interp

// This file defines the operators of int: on 64 bits, and the protocol functions that choose between
// those and the ones of bigint.go.

import (
	"math/big"
	"math/bits"
	"unsafe"
)

// intBinary returns x op y. It is what the VM calls when its own fast path does not apply.
func intBinary(op BinaryOp, x, y int64) (Value, *Exc) {
	switch op {
	case BinAdd:
		if z := x + y; (z^x)&(z^y) >= 0 {
			return MkInt(z), nil
		}
		return intOverflow(x, y), nil
	case BinSub:
		if z := x - y; (x^y)&(x^z) >= 0 {
			return MkInt(z), nil
		}
		return intOverflow(x, y), nil
	case BinMul:
		return intMul(x, y), nil
	case BinDiv:
		return intTrueDivide(x, y)
	case BinFloorDiv, BinMod, BinDivmod:
		return intDivmod(op, x, y)
	case BinPow:
		return intPower(x, y)
	case BinLShift:
		return intShiftLeft(x, y)
	case BinRShift:
		if y < 0 {
			return Value{}, ValueErrorf("negative shift count")
		}
		return MkInt(x >> min(uint64(y), 63)), nil
	case BinOr:
		return MkInt(x | y), nil
	case BinXor:
		return MkInt(x ^ y), nil
	case BinAnd:
		return MkInt(x & y), nil
	}
	return NotImplemented, nil
}

// intOverflow returns the sum of the magnitudes of x and y, with the sign of x.
func intOverflow(x, y int64) Value {
	mx, neg := magnitude(x)
	my, _ := magnitude(y)
	lo, hi := bits.Add64(mx, my, 0)
	return wideInt(neg, hi, lo)
}

func intMul(x, y int64) Value {
	mx, nx := magnitude(x)
	my, ny := magnitude(y)
	hi, lo := bits.Mul64(mx, my)
	return wideInt(nx != ny, hi, lo)
}

func intTrueDivide(x, y int64) (Value, *Exc) {
	const exact = 1 << 53
	if -exact <= x && x <= exact && -exact <= y && y <= exact && y != 0 {
		return MkFloat(float64(x) / float64(y)), nil
	}
	return trueDivide(big.NewInt(x), big.NewInt(y))
}

func intDivmod(op BinaryOp, x, y int64) (Value, *Exc) {
	if y == 0 {
		return Value{}, zeroDivisor(op)
	}
	if y == -1 { // the smallest int64 has no opposite
		q := intMul(x, -1)
		switch op {
		case BinFloorDiv:
			return q, nil
		case BinMod:
			return MkInt(0), nil
		}
		return Pair(q, MkInt(0)), nil
	}
	q, r := x/y, x%y
	if r != 0 && (r^y) < 0 {
		q--
		r += y
	}
	switch op {
	case BinFloorDiv:
		return MkInt(q), nil
	case BinMod:
		return MkInt(r), nil
	}
	return Pair(MkInt(q), MkInt(r)), nil
}

func intPower(x, y int64) (Value, *Exc) {
	if y < 0 {
		return floatPower(float64(x), float64(y))
	}
	z, base := int64(1), x
	for n := y; ; {
		if n&1 == 1 {
			hi, lo := mulSigned(z, base)
			if hi != lo>>63 {
				break
			}
			z = lo
		}
		n >>= 1
		if n == 0 {
			return MkInt(z), nil
		}
		hi, lo := mulSigned(base, base)
		if hi != lo>>63 {
			break
		}
		base = lo
	}
	return bigPow(big.NewInt(x), big.NewInt(y))
}

// mulSigned returns the 128-bit product of x and y; it fits in 64 when hi is the sign of lo.
func mulSigned(x, y int64) (hi, lo int64) {
	h, l := bits.Mul64(uint64(x), uint64(y))
	return int64(h) - x>>63&y - y>>63&x, int64(l)
}

func intShiftLeft(x, y int64) (Value, *Exc) {
	if y < 0 {
		return Value{}, ValueErrorf("negative shift count")
	}
	m, neg := magnitude(x)
	if y < 64 {
		return wideInt(neg, m>>(64-uint(y)), m<<uint(y)), nil
	}
	return bigShift(BinLShift, big.NewInt(x), big.NewInt(y))
}

// intPair returns a op b for exact ints that are not both of 64 bits.
func intPair(op BinaryOp, a, b Value) (Value, *Exc) {
	if x, ok := wideOf(a); ok {
		if y, ok := wideOf(b); ok {
			if v, ok := wideBinary(op, x, y); ok {
				return v, nil
			}
		}
	}
	if x, ok := AsInt(a); ok {
		return bigBinary(op, big.NewInt(x), &(*BigInt)(b.p).b)
	}
	if y, ok := AsInt(b); ok {
		return bigBinary(op, &(*BigInt)(a.p).b, big.NewInt(y))
	}
	return bigBinary(op, &(*BigInt)(a.p).b, &(*BigInt)(b.p).b)
}

// isExactInt reports whether v is of type int itself.
func isExactInt(v Value) bool { return v.p == unsafe.Pointer(&intHeader) || shapeOf(v) == bigIntShape }

// intOp is Protocol.Binary of int: it knows ints of all kinds.
func intOp(_ *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	if TypeOf(a).layout != layoutInt || TypeOf(b).layout != layoutInt {
		return NotImplemented, nil
	}
	a, b = exactInt(a), exactInt(b)
	if x, ok := AsInt(a); ok {
		if y, ok := AsInt(b); ok {
			return intBinary(op, x, y)
		}
	}
	return intPair(op, a, b)
}

// boolOp is Protocol.Binary of bool: and, or and xor of two bools are bools.
func boolOp(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	if x, ok := AsBool(a); ok {
		if y, ok := AsBool(b); ok {
			switch op {
			case BinOr:
				return MkBool(x || y), nil
			case BinXor:
				return MkBool(x != y), nil
			case BinAnd:
				return MkBool(x && y), nil
			}
		}
	}
	return intOp(th, op, a, b)
}

func intUnary(_ *Thread, op UnaryOp, v Value) (Value, *Exc) {
	i, b, _ := IntOf(v)
	switch op {
	case UnPos:
		return exactInt(v), nil
	case UnNeg:
		if b == nil {
			m, neg := magnitude(i)
			return wideInt(!neg, 0, m), nil
		}
		z := newBig(len(b.Bits()) + 1)
		z.b.Neg(b)
		return z.value(), nil
	}
	if b == nil {
		return MkInt(^i), nil
	}
	z := newBig(len(b.Bits()) + 1)
	z.b.Not(b)
	return z.value(), nil
}

// exactInt returns an int of any kind as one of type int.
func exactInt(v Value) Value {
	if shapeOf(v) == bigIntShape {
		return v
	}
	if i, b, _ := IntOf(v); b == nil {
		return MkInt(i)
	}
	return exactInt((*boxed)(v.p).val)
}

// holds reports whether op is true of operands that compare as cmp: -1, 0 or 1.
func (op CompareOp) holds(cmp int) bool {
	switch op {
	case CmpEq:
		return cmp == 0
	case CmpNe:
		return cmp != 0
	case CmpLt:
		return cmp < 0
	case CmpLe:
		return cmp <= 0
	case CmpGt:
		return cmp > 0
	}
	return cmp >= 0
}

func intCompare(_ *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	x, xb, _ := IntOf(a)
	y, yb, ok := IntOf(b)
	if !ok {
		return NotImplemented, nil
	}
	var cmp int
	switch {
	case xb != nil && yb != nil:
		cmp = xb.Cmp(yb)
	case xb != nil:
		cmp = xb.Sign() // it is outside the range of the other
	case yb != nil:
		cmp = -yb.Sign()
	case x < y:
		cmp = -1
	case x > y:
		cmp = 1
	}
	return MkBool(op.holds(cmp)), nil
}
