package compile

// This file measures compiling.

import (
	"fmt"
	"strings"
	"testing"

	"aio/diag"
	"aio/parser"
)

// bigText returns a text of about n lines that has a bit of everything.
func bigText(n int) string {
	var b strings.Builder
	for i := range n / 27 {
		fmt.Fprintf(&b, `
class Account%[1]d(Base):
    """An account."""
    limit = %[1]d
    def __init__(self, owner, balance=0, *, tags=None):
        self.owner = owner
        self.balance = balance
        self.tags = [t.strip() for t in tags or []]

    def deposit(self, amount):
        if amount <= 0 or amount > self.limit:
            raise ValueError(f"bad amount {amount!r} for {self.owner}")
        self.balance += amount
        return self.balance

def work%[1]d(items, n=10, **options):
    total = 0
    seen = {"a": 1, "b": 2.5, "c": (1, 2, 3)}
    for i, item in enumerate(items):
        try:
            total += item.value * i %% n
        except (AttributeError, KeyError) as e:
            print("skip", item, e, file=options.get("log"))
        while total > 1000 and not seen.get(i):
            total //= 2
    return sorted(seen.items(), key=lambda kv: kv[1]), total
`, i)
	}
	return b.String()
}

func BenchmarkModule(b *testing.B) {
	src := diag.NewSource("<bench>", bigText(20000))
	m, err := parser.Parse(src)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Module(src, m, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(src.Lines()), "ns/line")
}
