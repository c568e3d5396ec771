package interp

// This file defines benchmarks of text: what programs do most with it.

import (
	"strings"
	"testing"
)

var sink Value

// benchText is a line of words, ASCII or not.
func benchText(ascii bool) Value {
	words := "the quick brown fox jumps over the lazy dog and runs away "
	if !ascii {
		words = "the quick brown 狐狸 jumps over the lazy dög and runs away "
	}
	v := MkStr(strings.Repeat(words, 4))
	(*Str)(v.p).Len()
	return v
}

func benchCall(b *testing.B, fn BuiltinFunc, a ...Value) {
	th := &Thread{}
	b.ReportAllocs()
	for b.Loop() {
		v, err := fn(th, a)
		if err != nil {
			b.Fatal(err)
		}
		sink = v
	}
}

func BenchmarkStrSplitSpace(b *testing.B) {
	benchCall(b, strSplit, benchText(true), None, MkInt(-1))
}

func BenchmarkStrSplitSep(b *testing.B) {
	benchCall(b, strSplit, benchText(true), MkStr(" "), MkInt(-1))
}

func BenchmarkStrSplitNonASCII(b *testing.B) {
	benchCall(b, strSplit, benchText(false), None, MkInt(-1))
}

func BenchmarkStrJoin(b *testing.B) {
	words, _ := strSplit(nil, []Value{benchText(true), None, MkInt(-1)})
	benchCall(b, strJoin, MkStr(", "), words)
}

func BenchmarkStrReplace(b *testing.B) {
	benchCall(b, strReplace, benchText(true), MkStr("o"), MkStr("00"), MkInt(-1))
}

func BenchmarkStrFind(b *testing.B) {
	benchCall(b, strFind, benchText(true), MkStr("away"), None, None)
}

func BenchmarkStrLower(b *testing.B) { benchCall(b, strLower, MkStr("Hello World Again")) }

func BenchmarkStrStrip(b *testing.B) { benchCall(b, strStrip, MkStr("  hello world  "), None) }

func BenchmarkStrStartsWith(b *testing.B) {
	benchCall(b, strStartsWith, benchText(true), MkStr("the"), None, None)
}

func BenchmarkStrIterate(b *testing.B) {
	for _, ascii := range []bool{true, false} {
		v := benchText(ascii)
		b.Run(map[bool]string{true: "ascii", false: "other"}[ascii], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				it, _ := strIterOf(nil, v)
				for {
					x, ok := (*strIter)(it.p).next()
					if !ok {
						break
					}
					sink = x
				}
			}
		})
	}
}

func BenchmarkStrIndex(b *testing.B) {
	v := benchText(true)
	b.ReportAllocs()
	i := int64(0)
	for b.Loop() {
		sink, _ = strGetItem(nil, v, MkInt(i&127))
		i++
	}
}

func BenchmarkStrAppend(b *testing.B) {
	b.ReportAllocs()
	piece := NewStr("abc")
	piece.Len()
	for b.Loop() {
		s := emptyStr
		for range 1000 {
			s = concat(s, piece)
		}
		sink = object(s)
	}
}

func BenchmarkStrOfInt(b *testing.B) {
	b.ReportAllocs()
	i := int64(0)
	for b.Loop() {
		sink = strOfInt(i)
		i += 7
	}
}

func BenchmarkPercent(b *testing.B) {
	args := MkTuple([]Value{MkInt(42), MkStr("name"), MkFloat(3.14159)})
	format := MkStr("%d: %s = %.2f")
	th := &Thread{}
	b.ReportAllocs()
	for b.Loop() {
		sink, _ = th.percentStr((*Str)(format.p), args)
	}
}

func BenchmarkStrFormat(b *testing.B) {
	args := MkTuple([]Value{MkInt(42), MkStr("name"), MkFloat(3.14159)})
	benchCall(b, strFormat, MkStr("{}: {} = {:.2f}"), args, NewDict().Value())
}

func BenchmarkFString(b *testing.B) {
	th := &Thread{}
	b.ReportAllocs()
	spec := MkStr(".2f")
	parts := []Value{{}, MkStr(": "), {}, MkStr(" = "), {}}
	for b.Loop() {
		parts[0], _ = th.formatValue(MkInt(42), 0, Value{})
		parts[2], _ = th.formatValue(parts[1], 0, Value{})
		parts[4], _ = th.formatValue(MkFloat(3.14159), 0, spec)
		sink = joinStrs(parts)
	}
}

func BenchmarkStrPartition(b *testing.B) {
	benchCall(b, strPartition, MkStr(`name="user1234"`), MkStr("="))
}
