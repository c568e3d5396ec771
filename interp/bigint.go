package interp

// This file defines the arithmetic of ints outside 64 bits.

import (
	"math"
	"math/big"
	"math/bits"
)

// A BigInt with room for its number is one allocation instead of two.
type (
	bigThreeWords struct {
		BigInt
		words [3]big.Word
	}
	bigSevenWords struct {
		BigInt
		words [7]big.Word
	}
)

// newBig returns a BigInt with room for n words. It holds zero: set it, then take its value().
func newBig(n int) *BigInt {
	switch {
	case n <= 3:
		x := &bigThreeWords{}
		x.shape = bigIntShape
		x.b.SetBits(x.words[:0])
		return &x.BigInt
	case n <= 7:
		x := &bigSevenWords{}
		x.shape = bigIntShape
		x.b.SetBits(x.words[:0])
		return &x.BigInt
	}
	return &BigInt{Header: Header{bigIntShape}}
}

// value returns the int that was computed in x.
func (x *BigInt) value() Value {
	if x.b.IsInt64() {
		return MkInt(x.b.Int64())
	}
	return object(x)
}

// magnitude returns the absolute value of i and whether i is negative.
func magnitude(i int64) (uint64, bool) {
	if i < 0 {
		return -uint64(i), true
	}
	return uint64(i), false
}

// maxIntBits bounds the ints that operators make: one of more bits is refused before its memory is.
const maxIntBits = 1 << 34

func tooManyDigits() *Exc { return Errorf(OverflowError, "too many digits in integer") }

// bigBinary returns x op y for ints of any size.
func bigBinary(op BinaryOp, x, y *big.Int) (Value, *Exc) {
	switch op {
	case BinAdd:
		z := newBig(max(len(x.Bits()), len(y.Bits())) + 1)
		z.b.Add(x, y)
		return z.value(), nil
	case BinSub:
		z := newBig(max(len(x.Bits()), len(y.Bits())) + 1)
		z.b.Sub(x, y)
		return z.value(), nil
	case BinMul:
		z := newBig(len(x.Bits()) + len(y.Bits()))
		z.b.Mul(x, y)
		return z.value(), nil
	case BinDiv:
		return trueDivide(x, y)
	case BinFloorDiv, BinMod, BinDivmod:
		return bigDivmod(op, x, y)
	case BinPow:
		return bigPow(x, y)
	case BinLShift, BinRShift:
		return bigShift(op, x, y)
	}
	z := newBig(max(len(x.Bits()), len(y.Bits())) + 1)
	switch op {
	case BinOr:
		z.b.Or(x, y)
	case BinXor:
		z.b.Xor(x, y)
	case BinAnd:
		z.b.And(x, y)
	default:
		return NotImplemented, nil
	}
	return z.value(), nil
}

// bigDivmod is bigBinary for the operators that round towards minus infinity.
func bigDivmod(op BinaryOp, x, y *big.Int) (Value, *Exc) {
	if y.Sign() == 0 {
		return Value{}, zeroDivisor(op)
	}
	q, r := newBig(max(len(x.Bits())-len(y.Bits())+2, 1)), newBig(len(x.Bits())+1)
	floorDivide(&q.b, &r.b, x, y)
	switch op {
	case BinFloorDiv:
		return q.value(), nil
	case BinMod:
		return r.value(), nil
	}
	return Pair(q.value(), r.value()), nil
}

var oneInt = big.NewInt(1)

// floorDivide sets q and r to the quotient and remainder of x and y, rounding towards minus infinity.
func floorDivide(q, r, x, y *big.Int) {
	q.QuoRem(x, y, r)
	if r.Sign() != 0 && r.Sign() != y.Sign() {
		q.Sub(q, oneInt)
		r.Add(r, y)
	}
}

func zeroDivisor(op BinaryOp) *Exc {
	switch op {
	case BinDiv:
		return Errorf(ZeroDivisionError, "division by zero")
	case BinMod:
		return Errorf(ZeroDivisionError, "integer modulo by zero")
	}
	return Errorf(ZeroDivisionError, "integer division or modulo by zero")
}

// trueDivide returns the float nearest to x/y.
func trueDivide(x, y *big.Int) (Value, *Exc) {
	if y.Sign() == 0 {
		return Value{}, zeroDivisor(BinDiv)
	}
	if x.Sign() == 0 {
		return MkFloat(math.Copysign(0, float64(y.Sign()))), nil
	}
	if x.BitLen() <= 53 && y.BitLen() <= 53 {
		return MkFloat(float64(x.Int64()) / float64(y.Int64())), nil
	}
	// The quotient is computed as an int of 56 or 57 bits in units of 2**-shift, its last bit set when
	// a remainder is left, so that rounding it rounds x/y.
	diff := x.BitLen() - y.BitLen()
	if diff > 1025 {
		return Value{}, Errorf(OverflowError, "integer division result too large for a float")
	}
	if diff < -1080 {
		return MkFloat(math.Copysign(0, float64(x.Sign()*y.Sign()))), nil
	}
	shift := min(56-diff, 1076) // a subnormal result ends at 2**-1074, two bits earlier
	var q, r, num, den big.Int
	num.Abs(x)
	den.Abs(y)
	if shift >= 0 {
		num.Lsh(&num, uint(shift))
	} else {
		den.Lsh(&den, uint(-shift))
	}
	q.QuoRem(&num, &den, &r)
	u := q.Uint64()
	if r.Sign() != 0 {
		u |= 1
	}
	var f float64
	if u < 1<<55 { // subnormal, or nearly: it has fewer bits than a float can hold
		f = math.Ldexp(float64(roundHalfEven(u, 2)), -1074)
	} else {
		f = math.Ldexp(float64(u), -shift)
	}
	if math.IsInf(f, 0) {
		return Value{}, Errorf(OverflowError, "integer division result too large for a float")
	}
	if x.Sign() != y.Sign() {
		f = -f
	}
	return MkFloat(f), nil
}

// roundHalfEven returns u / 2**n, rounded to the nearest int and to even at the middle.
func roundHalfEven(u uint64, n uint) uint64 {
	half := uint64(1) << (n - 1)
	q, rest := u>>n, u&(half<<1-1)
	if rest > half || rest == half && q&1 == 1 {
		q++
	}
	return q
}

func bigPow(x, y *big.Int) (Value, *Exc) {
	if y.Sign() < 0 {
		fx, err := bigToFloat(x)
		if err != nil {
			return Value{}, err
		}
		fy, err := bigToFloat(y)
		if err != nil {
			return Value{}, err
		}
		return floatPower(fx, fy)
	}
	if x.BitLen() <= 1 { // -1, 0 or 1
		switch {
		case y.Sign() == 0 || x.Sign() > 0:
			return MkInt(1), nil
		case x.Sign() == 0:
			return MkInt(0), nil
		}
		return MkInt(1 - 2*int64(y.Bit(0))), nil
	}
	if !y.IsInt64() || y.Int64() > maxIntBits/int64(x.BitLen()-1) {
		return Value{}, NewExc(MemoryError)
	}
	n := y.Int64()
	z := newBig(int(n*int64(x.BitLen())/64) + 2)
	if t := x.TrailingZeroBits(); int(t) == x.BitLen()-1 { // a power of two
		z.b.Lsh(oneInt, t*uint(n))
		if x.Sign() < 0 && n&1 == 1 {
			z.b.Neg(&z.b)
		}
		return z.value(), nil
	}
	z.b.Exp(x, y, nil)
	return z.value(), nil
}

func bigShift(op BinaryOp, x, y *big.Int) (Value, *Exc) {
	if y.Sign() < 0 {
		return Value{}, ValueErrorf("negative shift count")
	}
	if x.Sign() == 0 {
		return MkInt(0), nil
	}
	if op == BinLShift {
		if !y.IsInt64() || y.Int64() > 1<<60 {
			return Value{}, tooManyDigits()
		}
		if y.Int64() > maxIntBits-int64(x.BitLen()) {
			return Value{}, NewExc(MemoryError)
		}
		n := uint(y.Int64())
		z := newBig(len(x.Bits()) + int(n/64) + 1)
		z.b.Lsh(x, n)
		return z.value(), nil
	}
	if !y.IsInt64() || y.Int64() >= int64(x.BitLen()) {
		if x.Sign() < 0 {
			return MkInt(-1), nil
		}
		return MkInt(0), nil
	}
	n := uint(y.Int64())
	z := newBig(len(x.Bits()) - int(n/64) + 1)
	z.b.Rsh(x, n)
	return z.value(), nil
}

// bigToFloat returns the float nearest to b.
func bigToFloat(b *big.Int) (float64, *Exc) {
	f, _ := b.Float64()
	if math.IsInf(f, 0) {
		return 0, Errorf(OverflowError, "int too large to convert to float")
	}
	return f, nil
}

// compareFloatInt compares f, which is no NaN, with an int exactly: -1, 0 or 1.
func compareFloatInt(f float64, i int64, b *big.Int) int {
	if b != nil {
		return compareFloatBig(f, b)
	}
	const exact = 1 << 53
	if -exact <= i && i <= exact {
		switch g := float64(i); {
		case f < g:
			return -1
		case f > g:
			return 1
		}
		return 0
	}
	switch {
	case f >= 1<<63:
		return 1
	case f < -1<<63:
		return -1
	}
	whole := int64(f) // |i| is over 2**53: a fraction in f decides nothing that its whole part does not
	switch {
	case whole < i:
		return -1
	case whole > i:
		return 1
	}
	return 0
}

func compareFloatBig(f float64, b *big.Int) int {
	if math.IsInf(f, 0) || math.Abs(f) < 1<<62 {
		switch {
		case math.IsInf(f, 1):
			return 1
		case math.IsInf(f, -1):
			return -1
		}
		return -b.Sign()
	}
	whole, _ := new(big.Float).SetFloat64(f).Int(nil) // so large a float has no fraction
	return whole.Cmp(b)
}

// hashBig is hashInt for a large int: words are folded by 2**64 = 8 modulo 2**61-1.
func hashBig(b *big.Int) uint64 {
	var h uint64
	words := b.Bits()
	for i := len(words) - 1; i >= 0; i-- {
		w := uint64(words[i])
		hi, lo := bits.Mul64(h, 8)
		lo, carry := bits.Add64(lo, w, 0)
		_, h = bits.Div64(hi+carry, lo, hashModulus)
	}
	r := int64(h)
	if b.Sign() < 0 {
		r = -r
	}
	return uint64(fixHash(r))
}
