// This file defines the literals of programs: numbers and texts near the limits of their representations.

package difftest

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
)

// literals are the kinds whose texts are drawn by a function.
var literals = map[string]func(*rand.Rand) string{
	"int": intLiteral,
	"small": func(r *rand.Rand) string {
		return []string{"0", "1", "2", "3", "4", "5", "-1", "-2", "-3", "7"}[r.IntN(10)]
	},
	"width": func(r *rand.Rand) string { return strconv.Itoa(1 + r.IntN(14)) },
	"digit": func(r *rand.Rand) string { return strconv.Itoa(r.IntN(8)) },
	"float": floatLiteral,
	"str":   func(r *rand.Rand) string { return quote(randomText(r)) },
	"bytes": bytesLiteral,
	"word":  func(r *rand.Rand) string { return words[r.IntN(len(words))] },
}

var words = []string{"a", "b", "key", "name", "value", "x1", "_y", "Zed"}

// edges are ints at which representations change: small ones, machine words, digits of CPython's ints.
var edges = []uint{7, 8, 15, 16, 30, 31, 32, 53, 60, 62, 63, 64, 90, 127, 128, 200}

func intLiteral(r *rand.Rand) string {
	n := new(big.Int)
	switch r.IntN(6) {
	case 0, 1, 2:
		n.SetInt64(int64(r.IntN(24)))
	case 3:
		n.SetInt64(r.Int64N(1 << (1 + r.IntN(62))))
	case 4:
		n.Lsh(big.NewInt(1), edges[r.IntN(len(edges))])
		n.Add(n, big.NewInt(int64(r.IntN(3)-1)))
	case 5:
		n.Exp(big.NewInt(10), big.NewInt(int64(r.IntN(30))), nil)
		n.Add(n, big.NewInt(int64(r.IntN(5)-2)))
	}
	if n.Sign() < 0 || r.IntN(4) == 0 {
		return "(-" + n.Abs(n).String() + ")"
	}
	return n.String()
}

func floatLiteral(r *rand.Rand) string {
	var f float64
	switch r.IntN(6) {
	case 0:
		f = float64(r.IntN(40)) / 4
	case 1:
		f = float64(r.IntN(100000)) / 1000
	case 2:
		f = r.Float64()
	case 3:
		f = math.Ldexp(float64(1+r.IntN(9)), r.IntN(200)-100)
	case 4:
		f = math.Pow10(r.IntN(40)-15) * float64(1+r.IntN(999))
	case 5:
		f = []float64{0, 0.5, 1.5, 2.5, 1e16, 1e15, 9007199254740993, 1e-5, 1e-4, 123456789.125, 5e-324, 1.7976931348623157e308, 1e22, 0.1}[r.IntN(14)]
	}
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	if r.IntN(4) == 0 {
		return "(-" + text + ")"
	}
	return text
}

// alphabet holds characters of one to four bytes, of each category that methods of str ask for.
var alphabet = []rune("aabbcxyzABZ  012579,._-+%{}<>\t\n\r'\"\\éßÀşİıǅΣς٣²½ªñ中あ😀\u0301\u00a0\u2028\x00\x1c\x7f\u200b")

func randomText(r *rand.Rand) string {
	if r.IntN(3) == 0 {
		return []string{"", "a", "abc", "Hello World", "12", "-7", "3.5", " x ", "a,b,c", "ab cd\nef", "0x1f", "1_000", "True", "é", "ÀÉ"}[r.IntN(15)]
	}
	set := alphabet
	if r.IntN(2) == 0 {
		set = []rune("abcABC 01,.")
	}
	n := r.IntN(9)
	text := make([]rune, n)
	for i := range text {
		text[i] = set[r.IntN(len(set))]
	}
	return string(text)
}

// quote writes text as a literal of the language.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, c := range text {
		switch {
		case c == '\'' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, "\\x%02x", c)
		case c > 0x7e && c < 0x10000:
			fmt.Fprintf(&b, "\\u%04x", c)
		case c >= 0x10000:
			fmt.Fprintf(&b, "\\U%08x", c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func bytesLiteral(r *rand.Rand) string {
	if r.IntN(4) == 0 {
		return []string{"b''", "b'abc'", "b'a,b,,c'", "b' \\tx\\n'", "b'\\x00\\xff'", "b'Hello 12'"}[r.IntN(6)]
	}
	var b strings.Builder
	b.WriteString("b'")
	for range r.IntN(7) {
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, "\\x%02x", r.IntN(256))
		} else {
			b.WriteByte("abcABC 01,.%"[r.IntN(12)])
		}
	}
	b.WriteByte('\'')
	return b.String()
}
