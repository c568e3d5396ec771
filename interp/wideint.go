package interp

// This file defines the operators on ints of up to 128 bits, which need neither math/big nor more than
// one small allocation.

import (
	"math/big"
	"math/bits"
	"unsafe"
)

// wide is an int of sign and magnitude.
type wide struct {
	neg    bool
	hi, lo uint64
}

// wideOf returns an exact int of up to 128 bits.
func wideOf(v Value) (w wide, ok bool) {
	if v.p == unsafe.Pointer(&intHeader) {
		w.lo, w.neg = magnitude(int64(v.n))
		return w, true
	}
	if shapeOf(v) != bigIntShape {
		return w, false
	}
	b := &(*BigInt)(v.p).b
	switch words := b.Bits(); len(words) {
	case 1:
		return wide{b.Sign() < 0, 0, uint64(words[0])}, true
	case 2:
		return wide{b.Sign() < 0, uint64(words[1]), uint64(words[0])}, true
	}
	return w, false
}

// bigOneWord and bigTwoWords are BigInts with their number.
type (
	bigOneWord struct {
		BigInt
		words [1]big.Word
	}
	bigTwoWords struct {
		BigInt
		words [2]big.Word
	}
)

// wideInt returns the int of sign neg and magnitude hi<<64 + lo.
func wideInt(neg bool, hi, lo uint64) Value {
	var b *BigInt
	switch {
	case hi != 0:
		x := &bigTwoWords{words: [2]big.Word{big.Word(lo), big.Word(hi)}}
		x.b.SetBits(x.words[:])
		b = &x.BigInt
	case lo < 1<<63 || neg && lo == 1<<63:
		if neg {
			return MkInt(-int64(lo))
		}
		return MkInt(int64(lo))
	default:
		x := &bigOneWord{words: [1]big.Word{big.Word(lo)}}
		x.b.SetBits(x.words[:])
		b = &x.BigInt
	}
	b.shape = bigIntShape
	if neg {
		b.b.Neg(&b.b)
	}
	return object(b)
}

// wideBinary returns x op y; ok is false when the result, or the way to it, needs more than 128 bits.
func wideBinary(op BinaryOp, x, y wide) (v Value, ok bool) {
	switch op {
	case BinSub:
		y.neg = !y.neg
		return wideAdd(x, y)
	case BinAdd:
		return wideAdd(x, y)
	case BinMul:
		if x.hi|y.hi == 0 {
			hi, lo := bits.Mul64(x.lo, y.lo)
			return wideInt(x.neg != y.neg, hi, lo), true
		}
	case BinFloorDiv, BinMod:
		if y.hi == 0 && y.lo != 0 {
			return wideDivide(op, x, y), true
		}
	case BinAnd, BinOr, BinXor:
		return wideBits(op, x, y)
	case BinRShift:
		if !y.neg && y.hi == 0 && y.lo < 128 {
			return wideShiftRight(x, uint(y.lo)), true
		}
	case BinLShift:
		n := bits.Len64(x.lo)
		if x.hi != 0 {
			n = 64 + bits.Len64(x.hi)
		}
		if !y.neg && y.hi == 0 && y.lo < 128 && n+int(y.lo) <= 128 {
			s := uint(y.lo)
			return wideInt(x.neg, x.hi<<s|x.lo>>(64-s)|x.lo<<(s-64), x.lo<<s), true
		}
	}
	return Value{}, false
}

func wideAdd(x, y wide) (Value, bool) {
	if x.neg == y.neg {
		lo, carry := bits.Add64(x.lo, y.lo, 0)
		hi, carry := bits.Add64(x.hi, y.hi, carry)
		if carry != 0 {
			return Value{}, false
		}
		return wideInt(x.neg, hi, lo), true
	}
	lo, borrow := bits.Sub64(x.lo, y.lo, 0)
	hi, borrow := bits.Sub64(x.hi, y.hi, borrow)
	if borrow == 0 {
		return wideInt(x.neg && hi|lo != 0, hi, lo), true
	}
	lo, borrow = bits.Sub64(y.lo, x.lo, 0)
	hi, _ = bits.Sub64(y.hi, x.hi, borrow)
	return wideInt(y.neg, hi, lo), true
}

// wideDivide divides by a number of one word, rounding towards minus infinity.
func wideDivide(op BinaryOp, x, y wide) Value {
	hi, r := x.hi/y.lo, x.hi%y.lo
	lo, r := bits.Div64(r, x.lo, y.lo)
	if x.neg != y.neg && r != 0 {
		var carry uint64
		lo, carry = bits.Add64(lo, 1, 0)
		hi += carry
		r = y.lo - r
	}
	if op == BinMod {
		return wideInt(y.neg && r != 0, 0, r)
	}
	return wideInt(x.neg != y.neg && hi|lo != 0, hi, lo)
}

// wideBits is and, or and xor of numbers that are not negative.
func wideBits(op BinaryOp, x, y wide) (Value, bool) {
	if x.neg || y.neg {
		return Value{}, false
	}
	switch op {
	case BinAnd:
		return wideInt(false, x.hi&y.hi, x.lo&y.lo), true
	case BinOr:
		return wideInt(false, x.hi|y.hi, x.lo|y.lo), true
	}
	return wideInt(false, x.hi^y.hi, x.lo^y.lo), true
}

// wideShiftRight shifts by less than 128, rounding towards minus infinity.
func wideShiftRight(x wide, n uint) Value {
	if !x.neg {
		return wideInt(false, x.hi>>n, x.lo>>n|x.hi<<(64-n)|x.hi>>(n-64))
	}
	// -m >> n is -(((m-1) >> n) + 1).
	lo, borrow := bits.Sub64(x.lo, 1, 0)
	hi := x.hi - borrow
	hi, lo = hi>>n, lo>>n|hi<<(64-n)|hi>>(n-64)
	lo, carry := bits.Add64(lo, 1, 0)
	return wideInt(true, hi+carry, lo)
}
