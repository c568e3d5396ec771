package ast_test

// This file tests Unparse against the texts that CPython gives annotations (PEP 563).

import (
	"testing"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

func TestUnparse(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{`a + b * c - (d - e)`, `a + b * c - (d - e)`},
		{`(a + b) * c ** -d ** e`, `(a + b) * c ** (-d ** e)`},
		{`-(-a) ** b`, `-(-a) ** b`},
		{`not a and b or not (c or d)`, `not a and b or not (c or d)`},
		{`(a < b) < c`, `(a < b) < c`},
		{`a if b else c if d else e`, `a if b else c if d else e`},
		{`(a if b else c) if d else e`, `(a if b else c) if d else e`},
		{`lambda x, /, y=1, *z, k, w=2, **kw: x + y`, `lambda x, /, y=1, *z, k, w=2, **kw: x + y`},
		{`lambda: (yield)`, `lambda: (yield)`},
		{`[x for x in y if z if w for (a, b) in c]`, `[x for x in y if z if w for a, b in c]`},
		{`{a: b for a, b in c}`, `{a: b for a, b in c}`},
		{`{**a, 'b': 1, **(c or d)}`, `{**a, 'b': 1, **(c or d)}`},
		{`{1, 2}`, `{1, 2}`},
		{`(x for x in y)`, `(x for x in y)`},
		{`f(x for x in y)`, `f(x for x in y)`},
		{`f(a, *b, c=1, **d)`, `f(a, *b, c=1, **d)`},
		{`a.b.c[1:2, ::3, ...]`, `a.b.c[1:2, ::3, ...]`},
		{`a[b]`, `a[b]`},
		{`a[b,]`, `a[b,]`},
		{`a[()]`, `a[()]`},
		{`a[1:2]`, `a[1:2]`},
		{`(1).real`, `1 .real`},
		{`1.5`, `1.5`},
		{`1e100`, `1e+100`},
		{`1e16`, `1e+16`},
		{`0.0001`, `0.0001`},
		{`1e-5`, `1e-05`},
		{`1j`, `1j`},
		{`2.5j`, `2.5j`},
		{`'it''s'`, `'its'`},
		{`"it's"`, `"it's"`},
		{`'a"b\'c\n\t\x00é\u4e2d'`, `'a"b\'c\n\t\x00é中'`},
		{`b'abc\x00\''`, `b"abc\x00'"`},
		{`u'x'`, `u'x'`},
		{`None`, `None`},
		{`True`, `True`},
		{`...`, `...`},
		{`(a,)`, `(a,)`},
		{`()`, `()`},
		{`(a, b)`, `(a, b)`},
		{`[a, b, *c]`, `[a, b, *c]`},
		{`Dict[str, List[int]]`, `Dict[str, List[int]]`},
		{`Callable[[int, str], None]`, `Callable[[int, str], None]`},
		{`'forward'`, `'forward'`},
		{`"a" "b"`, `'ab'`},
		{`f"x{a!r:>{w}}y{{}}{ {1:2} }"`, `f'x{a!r:>{w}}y{{}}{ {1: 2}}'`},
		{`f"{a:.2f}"`, `f'{a:.2f}'`},
		{`a @ b // c % d`, `a @ b // c % d`},
		{`a << b >> c & d | e ^ f`, `a << b >> c & d | e ^ f`},
		{`~a`, `~a`},
		{`+a`, `+a`},
		{`a is not b not in c`, `a is not b not in c`},
		{`(a, b)[0]`, `(a, b)[0]`},
		{`(a + b).c`, `(a + b).c`},
		{`(lambda: 1)()`, `(lambda: 1)()`},
		{`-1`, `-1`},
		{`(-1) ** 2`, `(-1) ** 2`},
		{`-1 ** 2`, `-1 ** 2`},
		{`2 ** -1`, `2 ** (-1)`},
		{`not (not a)`, `not not a`},
		{`(not a) + b`, `(not a) + b`},
		{`a or (b and c)`, `a or b and c`},
		{`(a or b) and c`, `(a or b) and c`},
		{`Optional['X'] | None`, `Optional['X'] | None`},
		{`10**400`, `10 ** 400`},
		{`1_000`, `1000`},
		{`1e400`, `1e309`},
		{`f'{x}' 'y'`, `f'{x}y'`},
		{`x[a:b, c]`, `x[a:b, c]`},
		{`x[*a]`, `x[*a,]`},
		{`x[a if b else c:d]`, `x[a if b else c:d]`},
		{`(await_ + 1)`, `await_ + 1`},
	} {
		e, err := parser.ParseExpr(diag.NewSource("<test>", row.text))
		if err != nil {
			t.Errorf("%s: %v", row.text, err)
			continue
		}
		if got := ast.Unparse(e); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
		}
	}
}
