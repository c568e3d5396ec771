package math

// This file defines the functions on ints.

import (
	gomath "math"
	"math/big"

	"aio/interp"
)

// integer returns an argument that must be an int, or have __index__.
func integer(th *interp.Thread, v interp.Value) (*big.Int, *interp.Exc) {
	i, err := th.Index(v)
	if err != nil {
		return nil, err
	}
	b, _ := interp.BigOf(i)
	return b, nil
}

// mantissa returns m and e such that b is m * 2**e and 0.5 <= m < 1.
func mantissa(b *big.Int) (m float64, e int) {
	e = b.BitLen()
	m, _ = new(big.Float).SetMantExp(new(big.Float).SetInt(b), -e).Float64()
	if m == 1 {
		return 0.5, e + 1
	}
	return m, e
}

func gcd(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(a[0])
	var small uint64
	var large *big.Int // the result once it needs more than 64 bits
	for _, v := range t.Items() {
		n, err := th.Index(v)
		if err != nil {
			return interp.Value{}, err
		}
		i, b, _ := interp.IntOf(n)
		if b == nil && large == nil {
			small = gcd64(small, magnitude(i))
			continue
		}
		if large == nil {
			large = new(big.Int).SetUint64(small)
		}
		if b == nil {
			b = big.NewInt(i)
		}
		large = new(big.Int).GCD(nil, nil, large, new(big.Int).Abs(b))
		if large.IsUint64() {
			small, large = large.Uint64(), nil
		}
	}
	if large != nil {
		return interp.MkBig(large), nil
	}
	return interp.MkBig(new(big.Int).SetUint64(small)), nil
}

func magnitude(i int64) uint64 {
	if i < 0 {
		return -uint64(i)
	}
	return uint64(i)
}

func gcd64(x, y uint64) uint64 {
	for y != 0 {
		x, y = y, x%y
	}
	return x
}

func lcm(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsTuple(a[0])
	result := big.NewInt(1)
	for _, v := range t.Items() {
		b, err := integer(th, v)
		if err != nil {
			return interp.Value{}, err
		}
		if b.Sign() == 0 || result.Sign() == 0 {
			result = new(big.Int)
			continue
		}
		b = new(big.Int).Abs(b)
		divisor := new(big.Int).GCD(nil, nil, result, b)
		result.Mul(result, b.Quo(b, divisor))
	}
	return interp.MkBig(result), nil
}

func isqrt(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := integer(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if b.Sign() < 0 {
		return interp.Value{}, interp.ValueErrorf("isqrt() argument must be nonnegative")
	}
	if b.BitLen() <= 52 {
		return interp.MkInt(int64(gomath.Sqrt(float64(b.Int64())))), nil
	}
	return interp.MkBig(new(big.Int).Sqrt(b)), nil
}

func factorial(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := integer(th, a[0])
	switch {
	case err != nil:
		return interp.Value{}, err
	case b.Sign() < 0:
		return interp.Value{}, interp.ValueErrorf("factorial() not defined for negative values")
	case !b.IsInt64():
		return interp.Value{}, interp.Errorf(interp.OverflowError, "factorial() argument should not exceed %d", int64(gomath.MaxInt64))
	}
	return interp.MkBig(new(big.Int).MulRange(1, b.Int64())), nil
}

// chosen reads the arguments n and k of comb and perm.
func chosen(th *interp.Thread, a []interp.Value) (n, k *big.Int, err *interp.Exc) {
	if n, err = integer(th, a[0]); err != nil {
		return nil, nil, err
	}
	if k, err = integer(th, a[1]); err != nil {
		return nil, nil, err
	}
	switch {
	case n.Sign() < 0:
		err = interp.ValueErrorf("n must be a non-negative integer")
	case k.Sign() < 0:
		err = interp.ValueErrorf("k must be a non-negative integer")
	}
	return n, k, err
}

func comb(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, k, err := chosen(th, a)
	if err != nil {
		return interp.Value{}, err
	}
	rest := new(big.Int).Sub(n, k)
	if rest.Sign() < 0 {
		return interp.MkInt(0), nil
	}
	if rest.Cmp(k) < 0 {
		k = rest
	}
	if !k.IsInt64() {
		return interp.Value{}, interp.Errorf(interp.OverflowError, "min(n - k, k) must not exceed %d", int64(gomath.MaxInt64))
	}
	if n.IsInt64() {
		return interp.MkBig(new(big.Int).Binomial(n.Int64(), k.Int64())), nil
	}
	return interp.MkBig(new(big.Int).Quo(falling(n, k.Int64()), new(big.Int).MulRange(1, k.Int64()))), nil
}

func perm(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if a[1].IsNone() {
		return factorial(th, a[:1])
	}
	n, k, err := chosen(th, a)
	switch {
	case err != nil:
		return interp.Value{}, err
	case n.Cmp(k) < 0:
		return interp.MkInt(0), nil
	case !k.IsInt64():
		return interp.Value{}, interp.Errorf(interp.OverflowError, "k must not exceed %d", int64(gomath.MaxInt64))
	case n.IsInt64():
		return interp.MkBig(new(big.Int).MulRange(n.Int64()-k.Int64()+1, n.Int64())), nil
	}
	return interp.MkBig(falling(n, k.Int64())), nil
}

// falling returns n * (n-1) * ... of k factors.
func falling(n *big.Int, k int64) *big.Int {
	product, factor := big.NewInt(1), new(big.Int).Set(n)
	for range k {
		product.Mul(product, factor)
		factor.Sub(factor, big.NewInt(1))
	}
	return product
}
