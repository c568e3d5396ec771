// Package binascii is the module binascii: bytes as text and back.
//
//	hexlify, unhexlify, b2a_hex, a2b_hex
//	b2a_base64, a2b_base64
//	crc32, crc_hqx
package binascii

import (
	"encoding/base64"
	"encoding/hex"
	"hash/crc32"
	"strings"

	"aio/interp"
)

var (
	binasciiError = interp.NewLibraryException("binascii", "Error", interp.ValueError)
	incomplete    = interp.NewLibraryException("binascii", "Incomplete", interp.ExceptionType)
)

// Module is the module binascii.
var Module = &interp.ModuleDef{
	Name: "binascii",
	Doc:  "Conversion between binary data and ASCII",
	Funcs: []interp.Builtin{
		{Sig: "hexlify(data, sep=None, bytes_per_sep=1)", Doc: "Hexadecimal representation of binary data.", Fn: hexlify},
		{Sig: "b2a_hex(data, sep=None, bytes_per_sep=1)", Doc: "Hexadecimal representation of binary data.", Fn: hexlify},
		{Sig: "unhexlify(hexstr, /)", Doc: "Binary data of hexadecimal representation.", Fn: unhexlify},
		{Sig: "a2b_hex(hexstr, /)", Doc: "Binary data of hexadecimal representation.", Fn: unhexlify},
		{Sig: "b2a_base64(data, /, *, newline=True)", Doc: "Base64-code line of data.", Fn: toBase64},
		{Sig: "a2b_base64(data, /, *, strict_mode=False)", Doc: "Decode a line of base64 data.", Fn: fromBase64},
		{Sig: "crc32(data, crc=0, /)", Doc: "Compute CRC-32 incrementally.", Fn: crc},
		{Sig: "crc_hqx(data, crc, /)", Doc: "Compute CRC-CCITT incrementally.", Fn: crcHqx},
	},
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("Error", binasciiError.Value())
		m.Set("Incomplete", incomplete.Value())
		return nil
	},
}

func buffer(v interp.Value) ([]byte, *interp.Exc) {
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(v))
	}
	return b, nil
}

// ascii returns an argument that may be bytes or a str of ASCII.
func ascii(v interp.Value) ([]byte, *interp.Exc) {
	if s, ok := interp.AsStr(v); ok {
		if !s.IsASCII() {
			return nil, interp.ValueErrorf("string argument should contain only ASCII characters")
		}
		return []byte(s.String()), nil
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("argument should be bytes, buffer or ASCII string, not '%s'", interp.TypeName(v))
	}
	return b, nil
}

func hexlify(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if a[1].IsNone() {
		return interp.MkBytes([]byte(hex.EncodeToString(b))), nil
	}
	text, err := th.CallMethod(interp.MkBytes(append([]byte(nil), b...)), "hex", a[1], a[2])
	if err != nil {
		return interp.Value{}, err
	}
	s, _ := interp.StrOf(text)
	return interp.MkBytes([]byte(s)), nil
}

func unhexlify(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := ascii(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if len(b)%2 != 0 {
		return interp.Value{}, interp.Errorf(binasciiError, "Odd-length string")
	}
	out := make([]byte, len(b)/2)
	if _, bad := hex.Decode(out, b); bad != nil {
		return interp.Value{}, interp.Errorf(binasciiError, "Non-hexadecimal digit found")
	}
	return interp.MkBytes(out), nil
}

func toBase64(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	newline, err := th.Truth(a[1])
	out := base64.StdEncoding.AppendEncode(nil, b)
	if newline {
		out = append(out, '\n')
	}
	return interp.MkBytes(out), err
}

// fromBase64 skips what is not of the alphabet, as CPython does out of its strict mode.
func fromBase64(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := ascii(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	strict, err := th.Truth(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out []byte
	bits, n, pads, quad := uint(0), 0, 0, 0
	for _, c := range b {
		if c == '=' {
			pads++
			if quad >= 2 && quad+pads >= 4 {
				return interp.MkBytes(out), nil
			}
			continue
		}
		d := strings.IndexByte(alphabet, c)
		if d < 0 {
			if strict {
				return interp.Value{}, interp.Errorf(binasciiError, "Only base64 data is allowed")
			}
			continue
		}
		pads = 0
		n++
		bits = bits<<6 | uint(d)
		if quad > 0 {
			out = append(out, byte(bits>>(6-2*uint(quad))))
			bits &= 1<<(6-2*uint(quad)) - 1
		}
		quad = (quad + 1) % 4
	}
	if quad == 1 {
		return interp.Value{}, interp.Errorf(binasciiError, "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4", n)
	}
	if quad != 0 {
		return interp.Value{}, interp.Errorf(binasciiError, "Incorrect padding")
	}
	return interp.MkBytes(out), nil
}

func crc(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	start, err := th.IndexInt(a[1])
	return interp.MkInt(int64(crc32.Update(uint32(start), crc32.IEEETable, b))), err
}

func crcHqx(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	start, err := th.IndexInt(a[1])
	sum := uint16(start)
	for _, c := range b {
		sum ^= uint16(c) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return interp.MkInt(int64(sum)), err
}
