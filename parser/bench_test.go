// This file measures parsing.

package parser_test

import (
	"fmt"
	"strings"
	"testing"

	"aio/diag"
	"aio/parser"
)

// manyLines is a program of about n lines of everyday statements.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n / 14 {
		fmt.Fprintf(&b, `class Class%d(Base):
    """A class."""
    def method(self, a, b=None, *args, **kwargs):
        # what it does
        total = self.call(a, key=b) + [v * 2 for v in args if v][0]
        if total > %d and not a:
            return {"a": total, "b": (a, b)}
        for i, v in enumerate(args):
            total += v * i
        try:
            print(f"{total!r} and {b:>10}", kwargs.get("x", 1))
        except (ValueError, KeyError) as e:
            raise RuntimeError("bad") from e

`, i, i)
	}
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	text := manyLines(20000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parser.Parse(diag.NewSource("bench", text)); err != nil {
			b.Fatal(err)
		}
	}
}
