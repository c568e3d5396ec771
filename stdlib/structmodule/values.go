package structmodule

// This file turns values into bytes and back.

import (
	"math"
	"math/big"

	"aio/interp"
)

// pack writes values, whose number is right, into out, which is zero.
func (f *format) pack(th *interp.Thread, out []byte, values []interp.Value) *interp.Exc {
	for i := range f.fields {
		x := &f.fields[i]
		at := out[x.offset:]
		switch x.code {
		case 'x':
		case 's', 'p':
			b, ok := bytesOf(values[0])
			if !ok {
				return interp.Errorf(structError, "argument for '%c' must be a bytes object", x.code)
			}
			if x.code == 's' {
				copy(at[:x.n], b)
			} else if x.n > 0 {
				n := copy(at[1:x.n], b)
				at[0] = byte(min(n, 255))
			}
			values = values[1:]
		default:
			for k := 0; k < x.n; k++ {
				if err := f.put(th, x, at[k*x.width:][:x.width], values[k]); err != nil {
					return err
				}
			}
			values = values[x.n:]
		}
	}
	return nil
}

// bytesOf returns the content of bytes or a bytearray.
func bytesOf(v interp.Value) ([]byte, bool) {
	if t := interp.TypeOf(v); !t.IsSubtype(interp.TypeOf(interp.MkBytes(nil))) && !t.IsSubtype(interp.TypeOf(interp.MkByteArray(nil))) {
		return nil, false
	}
	return interp.BufferOf(v)
}

// put writes one value.
func (f *format) put(th *interp.Thread, x *field, at []byte, v interp.Value) *interp.Exc {
	switch x.code {
	case 'c':
		b, ok := interp.BufferOf(v)
		if !ok || len(b) != 1 || !interp.TypeOf(v).IsSubtype(interp.TypeOf(interp.MkBytes(nil))) {
			return interp.Errorf(structError, "char format requires a bytes object of length 1")
		}
		at[0] = b[0]
		return nil
	case '?':
		yes, err := th.Truth(v)
		if yes {
			at[0] = 1
		}
		return err
	case 'e', 'f', 'd':
		d, err := th.Float(v)
		if err != nil {
			return interp.Errorf(structError, "required argument is not a float")
		}
		err = f.putFloat(x, at, d)
		if _, isInt := interp.BigOf(v); err != nil && isInt {
			return interp.Errorf(structError, "int too large to convert") // sic
		}
		return err
	}
	n, err := number(th, v)
	if err != nil {
		return err
	}
	u, err := x.bits(n)
	if err != nil {
		return err
	}
	f.store(at, u)
	return nil
}

// store writes the low bytes of u.
func (f *format) store(at []byte, u uint64) {
	switch len(at) {
	case 1:
		at[0] = byte(u)
	case 2:
		f.order.PutUint16(at, uint16(u))
	case 4:
		f.order.PutUint32(at, uint32(u))
	default:
		f.order.PutUint64(at, u)
	}
}

func (f *format) load(at []byte) uint64 {
	switch len(at) {
	case 1:
		return uint64(at[0])
	case 2:
		return uint64(f.order.Uint16(at))
	case 4:
		return uint64(f.order.Uint32(at))
	}
	return f.order.Uint64(at)
}

func (f *format) putFloat(x *field, at []byte, d float64) *interp.Exc {
	switch x.code {
	case 'd':
		f.store(at, math.Float64bits(d))
	case 'f':
		s := float32(d)
		if math.IsInf(float64(s), 0) && !math.IsInf(d, 0) && !f.native {
			return interp.Errorf(interp.OverflowError, "float too large to pack with f format")
		}
		f.store(at, uint64(math.Float32bits(s)))
	default:
		h, ok := halfBits(d)
		if !ok {
			return interp.Errorf(interp.OverflowError, "float too large to pack with e format")
		}
		f.store(at, uint64(h))
	}
	return nil
}

// number returns an argument that must be an integer.
func number(th *interp.Thread, v interp.Value) (*big.Int, *interp.Exc) {
	if b, ok := interp.BigOf(v); ok {
		return b, nil
	}
	if _, ok := interp.TypeOf(v).Lookup("__index__"); !ok {
		return nil, interp.Errorf(structError, "required argument is not an integer")
	}
	i, err := th.Index(v)
	if err != nil {
		return nil, err
	}
	b, _ := interp.BigOf(i)
	return b, nil
}

// rangeNames are the codes whose errors name the type.
var rangeNames = map[byte]string{'b': "byte", 'B': "ubyte", 'h': "short", 'H': "ushort"}

// bits returns n as the bits of a value of the field, or says that it does not fit.
func (x *field) bits(n *big.Int) (uint64, *interp.Exc) {
	unsigned := x.code >= 'A' && x.code <= 'Z'
	if x.code == 'P' {
		if n.BitLen() > 64 || n.Sign() < 0 && !n.IsInt64() {
			return 0, interp.Errorf(structError, "int too large to convert")
		}
		return new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64(), nil
	}
	if unsigned && x.width >= 4 {
		if !n.IsUint64() {
			return 0, interp.Errorf(structError, "argument out of range")
		}
		if u := n.Uint64(); x.width == 8 || u <= math.MaxUint32 {
			return u, nil
		}
		return 0, interp.Errorf(structError, "'%c' format requires 0 <= number <= %d", x.code, uint32(math.MaxUint32))
	}
	if !n.IsInt64() {
		return 0, interp.Errorf(structError, "argument out of range")
	}
	i := n.Int64()
	low, high := int64(math.MinInt64)>>(64-8*x.width), int64(math.MaxInt64)>>(64-8*x.width)
	if unsigned {
		low, high = 0, 1<<(8*x.width)-1
	}
	if i >= low && i <= high {
		return uint64(i), nil
	}
	if name := rangeNames[x.code]; name != "" {
		return 0, interp.Errorf(structError, "%s format requires %d <= number <= %d", name, low, high)
	}
	return 0, interp.Errorf(structError, "'%c' format requires %d <= number <= %d", x.code, low, high)
}

// unpack returns the tuple of the values in b, which has the format's size.
func (f *format) unpack(b []byte) interp.Value {
	items := make([]interp.Value, 0, f.count)
	for i := range f.fields {
		x := &f.fields[i]
		at := b[x.offset:]
		switch x.code {
		case 'x':
		case 's':
			items = append(items, interp.MkBytes(append([]byte(nil), at[:x.n]...)))
		case 'p':
			n := 0
			if x.n > 0 {
				n = min(int(at[0]), x.n-1)
				at = at[1:]
			}
			items = append(items, interp.MkBytes(append([]byte(nil), at[:n]...)))
		default:
			for k := 0; k < x.n; k++ {
				items = append(items, f.get(x.code, at[k*x.width:][:x.width]))
			}
		}
	}
	return interp.MkTuple(items)
}

// get reads one value.
func (f *format) get(code byte, at []byte) interp.Value {
	u := f.load(at)
	switch code {
	case 'c':
		return interp.MkBytes([]byte{byte(u)})
	case '?':
		return interp.MkBool(u != 0)
	case 'e':
		return interp.MkFloat(halfFloat(uint16(u)))
	case 'f':
		return interp.MkFloat(float64(math.Float32frombits(uint32(u))))
	case 'd':
		return interp.MkFloat(math.Float64frombits(u))
	case 'B', 'H', 'I', 'L', 'Q', 'N', 'P':
		if u > math.MaxInt64 {
			return interp.MkBig(new(big.Int).SetUint64(u))
		}
		return interp.MkInt(int64(u))
	}
	shift := 64 - 8*len(at)
	return interp.MkInt(int64(u<<shift) >> shift)
}

// halfBits returns d as a float of 16 bits, rounded half to even; false when it is too large.
func halfBits(d float64) (uint16, bool) {
	sign := uint16(0)
	if math.Signbit(d) {
		sign = 0x8000
	}
	switch d = math.Abs(d); {
	case math.IsNaN(d):
		return sign | 0x7e00, true
	case math.IsInf(d, 0):
		return sign | 0x7c00, true
	case d == 0:
		return sign, true
	}
	_, exp := math.Frexp(d)
	exp = max(exp-1, -14)
	m := math.RoundToEven(math.Ldexp(d, 10-exp)) // 1024 to 2048, less when subnormal
	if m == 2048 {
		m, exp = 1024, exp+1
	}
	if exp > 15 {
		return 0, false
	}
	if m < 1024 {
		return sign | uint16(m), true
	}
	return sign | uint16(exp+15)<<10 | uint16(m)&0x3ff, true
}

func halfFloat(h uint16) float64 {
	exp, m := int(h>>10&31), float64(h&0x3ff)
	var d float64
	switch {
	case exp == 31 && m != 0:
		d = math.NaN()
	case exp == 31:
		d = math.Inf(1)
	case exp == 0:
		d = math.Ldexp(m, -24)
	default:
		d = math.Ldexp(m+1024, exp-25)
	}
	if h&0x8000 != 0 {
		return math.Copysign(d, -1)
	}
	return d
}
