package compile

// This file folds operations on constants, within CPython's size limits.

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"aio/ast"
)

// The limits of folding: a larger result is left to run time.
const (
	maxFoldBits = 128  // of an int made by *, << or **
	maxFoldStr  = 4096 // of a str or bytes made by *
)

// fold returns the value of a constant expression.
func fold(e ast.Expr) (any, bool) {
	switch e := e.(type) {
	case *ast.Constant:
		return e.Value, true
	case *ast.UnaryOp:
		v, ok := fold(e.Operand)
		if !ok {
			return nil, false
		}
		return foldUnary(e.Op, v)
	case *ast.BinOp:
		r, ok := fold(e.Right) // first: it is the shorter side of a chain
		if !ok {
			return nil, false
		}
		l, ok := fold(e.Left)
		if !ok {
			return nil, false
		}
		return foldBinary(e.Op, l, r)
	case *ast.Tuple:
		t := make(Tuple, 0, len(e.Elts))
		for _, x := range e.Elts {
			v, ok := fold(x)
			if !ok {
				return nil, false
			}
			t = append(t, v)
		}
		return t, true
	case *ast.Name:
		if e.Id == "__debug__" {
			return true, true
		}
	}
	return nil, false
}

// truth returns the truth of a constant.
func truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case int64:
		return v != 0
	case *big.Int:
		return v.Sign() != 0
	case float64:
		return v != 0
	case complex128:
		return v != 0
	case string:
		return v != ""
	case ast.Bytes:
		return len(v) > 0
	case Tuple:
		return len(v) > 0
	case FrozenSet:
		return len(v) > 0
	}
	return true
}

func foldUnary(op ast.UnaryOperator, v any) (any, bool) {
	if op == ast.Not {
		return !truth(v), true
	}
	if i := toBig(v); i != nil {
		switch op {
		case ast.USub:
			return normal(i.Neg(i)), true
		case ast.Invert:
			return normal(i.Not(i)), true
		}
		return normal(i), true
	}
	if op == ast.Invert {
		return nil, false
	}
	switch v := v.(type) {
	case float64:
		if op == ast.USub {
			return -v, true
		}
		return v, true
	case complex128:
		if op == ast.USub {
			return complex(-real(v), -imag(v)), true
		}
		return v, true
	}
	return nil, false
}

// toBig returns an int or bool as a new big.Int, nil for another value.
func toBig(v any) *big.Int {
	switch v := v.(type) {
	case bool:
		if v {
			return big.NewInt(1)
		}
		return new(big.Int)
	case int64:
		return big.NewInt(v)
	case *big.Int:
		return new(big.Int).Set(v)
	}
	return nil
}

// normal returns i as an int64 when it fits.
func normal(i *big.Int) any {
	if i.IsInt64() {
		return i.Int64()
	}
	return i
}

func foldBinary(op ast.Operator, l, r any) (any, bool) {
	if a, ok := l.(bool); ok {
		if b, ok := r.(bool); ok {
			switch op {
			case ast.BitAnd:
				return a && b, true
			case ast.BitOr:
				return a || b, true
			case ast.BitXor:
				return a != b, true
			}
		}
	}
	if a, b := toBig(l), toBig(r); a != nil && b != nil {
		return foldInts(op, a, b)
	}
	if a, ok := toFloat(l); ok {
		if b, ok := toFloat(r); ok {
			return foldFloats(op, a, b)
		}
	}
	if a, ok := toComplex(l); ok {
		if b, ok := toComplex(r); ok {
			return foldComplex(op, a, b)
		}
	}
	return foldSequences(op, l, r)
}

func foldInts(op ast.Operator, a, b *big.Int) (any, bool) {
	out := new(big.Int)
	switch op {
	case ast.Add:
		out.Add(a, b)
	case ast.Sub:
		out.Sub(a, b)
	case ast.Mult:
		if a.BitLen()+b.BitLen() > maxFoldBits {
			return nil, false
		}
		out.Mul(a, b)
	case ast.Div:
		return foldTrueDiv(a, b)
	case ast.FloorDiv:
		if b.Sign() == 0 {
			return nil, false
		}
		floorDivMod(a, b, out, new(big.Int))
	case ast.Mod:
		if b.Sign() == 0 {
			return nil, false
		}
		floorDivMod(a, b, new(big.Int), out)
	case ast.Pow:
		if b.Sign() < 0 || !b.IsInt64() || int64(a.BitLen())*b.Int64() > maxFoldBits || b.Int64() > maxFoldBits {
			return nil, false
		}
		out.Exp(a, b, nil)
	case ast.LShift:
		if b.Sign() < 0 || !b.IsInt64() || b.Int64() > maxFoldBits || a.BitLen()+int(b.Int64()) > maxFoldBits {
			return nil, false
		}
		out.Lsh(a, uint(b.Int64()))
	case ast.RShift:
		if b.Sign() < 0 || !b.IsInt64() || b.Int64() > math.MaxInt32 {
			return nil, false
		}
		out.Rsh(a, uint(b.Int64()))
	case ast.BitOr:
		out.Or(a, b)
	case ast.BitXor:
		out.Xor(a, b)
	case ast.BitAnd:
		out.And(a, b)
	default:
		return nil, false
	}
	return normal(out), true
}

// foldTrueDiv divides ints that a float holds exactly; others are left to run time.
func foldTrueDiv(a, b *big.Int) (any, bool) {
	const exact = 1 << 53
	if b.Sign() == 0 || a.CmpAbs(big.NewInt(exact)) > 0 || b.CmpAbs(big.NewInt(exact)) > 0 {
		return nil, false
	}
	return float64(a.Int64()) / float64(b.Int64()), true
}

// floorDivMod sets q and m to the floored quotient and remainder.
func floorDivMod(a, b, q, m *big.Int) {
	q.QuoRem(a, b, m)
	if m.Sign() != 0 && m.Sign() != b.Sign() {
		q.Sub(q, big.NewInt(1))
		m.Add(m, b)
	}
}

// toFloat returns a float, or an int or bool that a float holds exactly.
func toFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), v >= -1<<53 && v <= 1<<53
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	}
	return 0, false
}

func foldFloats(op ast.Operator, a, b float64) (any, bool) {
	switch op {
	case ast.Add:
		return a + b, true
	case ast.Sub:
		return a - b, true
	case ast.Mult:
		return a * b, true
	case ast.Div:
		if b != 0 {
			return a / b, true
		}
	}
	return nil, false
}

func toComplex(v any) (complex128, bool) {
	if c, ok := v.(complex128); ok {
		return c, true
	}
	f, ok := toFloat(v)
	return complex(f, 0), ok
}

// foldComplex folds what a literal such as 1-2j needs.
func foldComplex(op ast.Operator, a, b complex128) (any, bool) {
	switch op {
	case ast.Add:
		return complex(real(a)+real(b), imag(a)+imag(b)), true
	case ast.Sub:
		return complex(real(a)-real(b), imag(a)-imag(b)), true
	}
	return nil, false
}

func foldSequences(op ast.Operator, l, r any) (any, bool) {
	if op == ast.Add {
		switch l := l.(type) {
		case string:
			if r, ok := r.(string); ok {
				return l + r, true
			}
		case ast.Bytes:
			if r, ok := r.(ast.Bytes); ok {
				return append(l[:len(l):len(l)], r...), true
			}
		}
		return nil, false
	}
	if op != ast.Mult {
		return nil, false
	}
	n, ok := r.(int64)
	if !ok {
		n, ok = l.(int64)
		l = r
	}
	if !ok {
		return nil, false
	}
	n = max(n, 0)
	switch s := l.(type) {
	case string:
		if n <= maxFoldStr && int64(len(s))*n <= maxFoldStr {
			return strings.Repeat(s, int(n)), true
		}
	case ast.Bytes:
		if n <= maxFoldStr && int64(len(s))*n <= maxFoldStr {
			return ast.Bytes(strings.Repeat(string(s), int(n))), true
		}
	}
	return nil, false
}

// smallInt returns an int constant that fits an immediate operand.
func smallInt(v any) (int, bool) {
	i, ok := v.(int64)
	return int(i), ok && i >= math.MinInt16 && i <= math.MaxInt16
}

// smallIntExpr is smallInt of the value of a constant expression.
func smallIntExpr(e ast.Expr) (int, bool) {
	switch e.(type) {
	case *ast.Constant, *ast.UnaryOp, *ast.BinOp:
		if v, ok := fold(e); ok {
			return smallInt(v)
		}
	}
	return 0, false
}

// constSet is a set of constants that are equal to one another as the language says: 1 == True == 1.0.
type constSet struct{ keys []any }

// add reports whether v was not there yet.
func (s *constSet) add(v any) bool {
	switch x := v.(type) {
	case bool:
		v = toBig(x).Int64()
	case float64:
		if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			v = int64(x)
		}
	}
	key := constKey(v)
	for _, k := range s.keys {
		if k == key {
			return false
		}
	}
	s.keys = append(s.keys, key)
	return true
}

// The keys of constants whose values do not compare as wanted: -0.0 is not 0.0, nan is nan.
type (
	floatKey   uint64
	complexKey [2]uint64
	bytesKey   string
	textKey    string
)

// constKey returns a comparable value that two constants share only when they are the same: 1, 1.0 and
// True are three, 0.0 and -0.0 two.
func constKey(v any) any {
	switch v := v.(type) {
	case float64:
		return floatKey(math.Float64bits(v))
	case complex128:
		return complexKey{math.Float64bits(real(v)), math.Float64bits(imag(v))}
	case ast.Bytes:
		return bytesKey(v)
	case *big.Int:
		return textKey("int " + v.String())
	case Tuple:
		return textKey(deepText("tuple", v))
	case FrozenSet:
		return textKey(deepText("frozenset", v))
	}
	return v // nil, bool, int64, string, Ellipsis, *Code
}

// deepText writes the items so that different ones differ; each is preceded by its type and length.
func deepText(word string, items []any) string {
	var b strings.Builder
	b.WriteString(word)
	for _, item := range items {
		var kind, text string
		switch item := item.(type) {
		case nil:
			kind = "none"
		case bool:
			kind, text = "bool", strconv.FormatBool(item)
		case int64:
			kind, text = "int", strconv.FormatInt(item, 10)
		case *big.Int:
			kind, text = "int", item.String()
		case float64:
			kind, text = "float", strconv.FormatUint(math.Float64bits(item), 16)
		case complex128:
			kind = "complex"
			text = strconv.FormatUint(math.Float64bits(real(item)), 16) + " " + strconv.FormatUint(math.Float64bits(imag(item)), 16)
		case string:
			kind, text = "str", item
		case ast.Bytes:
			kind, text = "bytes", string(item)
		case Tuple:
			kind, text = "tuple", deepText("", item)
		case FrozenSet:
			kind, text = "frozenset", deepText("", item)
		default:
			kind = "ellipsis"
		}
		b.WriteString(" " + kind + strconv.Itoa(len(text)) + ":" + text)
	}
	return b.String()
}
