// This file tests what must hold for any text: no panic, an error that lies in the text, and for every
// prefix of a valid program that it is valid, wrong or Incomplete.

package parser_test

import (
	"strings"
	"testing"

	"aio/ast"
	"aio/diag"
	"aio/parser"
)

// everything is a valid program with every statement and expression in it.
const everything = `"""doc"""
from __future__ import annotations
import os, sys as s, a.b.c
from . import x
from .a.b import (c as d, e,)
@dec(1)
@dec.two
async def f(a, /, b: int = 3, *args: *Ts, c, d=4, **kw) -> int:
    """doc"""
    global g
    return [await x async for x in y if x] + a[1:2, ::3, ...]
class A(B, metaclass=M):
    x: int = 5
    (y): int
    def g(self): pass; return
if a := 3: pass
elif b:
    x = y = 3
else: z += 1
print(f"{a!r:>{w}} {b=} x{{y}} {c:%H:%M} {d['k']:{'>' + "5"}}", "abc" 'd', b'q', rb'\x', u'z', f'''{
    a
}''')
with (open(x) as f, g): pass
with (a, b) as c, d: pass
async def g():
    async with a as b: pass
    async for i in j: pass
    else: yield 3
    await x
for i, *j in range(3): break
else: x = 1
while not x is not None and y not in z or -1 ** 2 < 3:
    continue
try: x
except* (A, B) as e: pass
else: pass
finally: pass
try: x
except A, B: raise X from Y
except: raise
match x, *y:
    case [1, -2.5, "a", *rest] | (1, 2, *rest): pass
    case {"k": v, -1: w, **r} if r: pass
    case A.b(x=3, y=None) | A(): pass
    case (1 + 2j) as q: pass
    case _: pass
del a, b[3], (c.d, e)
k = lambda x, /, *y, z=1, **k: x if y else z
type X[T: int, *Ts, **P] = T
def h[T](x: T) -> T:
    nonlocal_ = 1
    def i():
        nonlocal nonlocal_
        yield
        x = yield from i()
class G[T]: pass
x = *a, b
x[*a, 1] = {**a, 'b': 1, **c}
y = {1, *x, 2}, {k: v for k, v in z}, {a for a in b}, (a for a in b), f(a for a in b), f(*a, **b, c=1)
assert x, "y"
x, (y, [z]) = 0x_ff, 0b1, 0o7, 1_0.5e-3, 1j, 10**100
x = a @ b // c % d << e >> f & g | h ^ ~i
` + "if x:\n\ty\nif x:\\\n  y\nчисло = 变量 = \"\\N{BULLET}\\u1234\\ud800\"\r\nx; y;\f\n"

func FuzzParse(f *testing.F) {
	f.Add(everything)
	for _, text := range []string{"", "\\", "x = (", "f'{", "'''", "if x:\n", "\t x\n  y", "a\x00b", "f'{x!r:{y}}'", "match x:\n case {", "\ufeffx"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src, err := diag.Decode("fuzz", []byte(text))
		if err != nil {
			return
		}
		m, err := parser.Parse(src)
		if err != nil {
			checkError(t, src, err)
			return
		}
		ast.Dump(m, "")
		ast.Walk(m, func(n ast.Node) bool {
			if s := n.Pos(); s.Start > s.End || int(s.End) > len(src.Text) {
				t.Errorf("%T has the place %v in a text of %d bytes", n, s, len(src.Text))
			}
			return true
		})
	})
}

func FuzzParseExpr(f *testing.F) {
	for _, text := range []string{"  1 + 2\n", "f(x for x in y)", "lambda: (yield)", "a if b else c", "[*a, b]", "(x := 1)", "*a, b", "x = 1", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src, err := diag.Decode("fuzz", []byte(text))
		if err != nil {
			return
		}
		if _, err := parser.ParseExpr(src); err != nil {
			checkError(t, src, err)
		}
	})
}

// checkError checks that an error has a sentence and a place in the text, and can be shown.
func checkError(t *testing.T, src *diag.Source, err *diag.Error) {
	t.Helper()
	if err.Msg == "" || err.Kind == "" || err.Source == nil {
		t.Errorf("an error without a sentence: %+v", err)
	}
	if err.Span.Start > err.Span.End || int(err.Span.End) > len(src.Text) {
		t.Errorf("%s at %v in a text of %d bytes", err, err.Span, len(src.Text))
	}
	if !strings.Contains(err.Render(), err.Msg) {
		t.Errorf("%s is not in what is shown:\n%s", err, err.Render())
	}
}

// TestEveryPrefix cuts a valid program after each byte.
func TestEveryPrefix(t *testing.T) {
	if _, err := parser.Parse(diag.NewSource("all", everything)); err != nil {
		t.Fatal(err.Render())
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(everything); i += step {
		src := diag.NewSource("prefix", everything[:i])
		if _, err := parser.Parse(src); err != nil {
			checkError(t, src, err)
		}
	}
}

// TestDamagedPrograms takes single tokens out of a valid program, and doubles them.
func TestDamagedPrograms(t *testing.T) {
	words := strings.SplitAfter(everything, " ")
	for i := range words {
		for _, middle := range []string{"", words[i] + words[i]} {
			src := diag.NewSource("damaged", strings.Join(words[:i], "")+middle+strings.Join(words[i+1:], ""))
			if _, err := parser.Parse(src); err != nil {
				checkError(t, src, err)
			}
		}
	}
}

func TestIncomplete(t *testing.T) {
	tests := []struct {
		text       string
		incomplete bool
	}{
		{"x = (1,\n", true}, {"x = [\n", true}, {"'''abc\n", true}, {"f'''{a}\n", true}, {"x = 1 + \\\n", true}, {"if x:\n", true},
		{"def f():\n", true}, {"try:\n    x\n", true}, {"@dec\n", true}, {"class A:\n    def f(self):\n", true}, {"if x:\n    y\nelse:\n", true},
		{"match x:\n", true}, {"f(a,\n  b=[1,\n", true},
		{"x = \n", false}, {"x y\n", false}, {"'abc\n", false}, {"if x\n", false}, {"f(a b\n", false}, {"(a b\nc\n", false}, {")\n", false}, {"1abc\n", false},
		{"if x:\ny\n", false}, {"return\n", false}, {"x = (1 $\n", false},
	}
	for _, tt := range tests {
		_, err := parser.Parse(diag.NewSource("t", tt.text))
		if err == nil {
			t.Errorf("%q is accepted", tt.text)
		} else if err.Incomplete != tt.incomplete {
			t.Errorf("%q: Incomplete is %v (%s)", tt.text, err.Incomplete, err)
		}
	}
}

func TestDepthIsLimited(t *testing.T) {
	n := 60000
	for _, text := range []string{
		strings.Repeat("(", n), strings.Repeat("[", n) + strings.Repeat("]", n), strings.Repeat("-", n) + "1", strings.Repeat("not ", n) + "x",
		"x" + strings.Repeat("+x", n), "x" + strings.Repeat(".y", n), "x" + strings.Repeat("()", n), strings.Repeat("lambda: ", n) + "x",
		strings.Repeat("x if y else ", n) + "z", "x" + strings.Repeat("**x", n), "if x: pass\n" + strings.Repeat("elif y: pass\n", n),
		"match x:\n case " + strings.Repeat("(", 150) + "x" + strings.Repeat(")", 150) + ": " + strings.Repeat("-", n) + "x",
		strings.Repeat("f'{", n), "x" + strings.Repeat("[x", n), strings.Repeat("await ", n) + "x", strings.Repeat("*", n) + "x",
	} {
		if _, err := parser.Parse(diag.NewSource("deep", text+"\n")); err == nil {
			t.Errorf("accepted: %.40q...", text)
		}
	}
}

// TestLaterSyntax checks what aio takes from versions after 3.11.
func TestLaterSyntax(t *testing.T) {
	for _, text := range []string{
		"type X = int", "type X[T] = list[T]", "def f[T: int, *Ts, **P](x: T): pass", "class C[T](B): pass",
		"try: x\nexcept A, B: pass", "try: x\nexcept* A, B: pass", `f"{x["y"]}"`, `f'{f'{f'{1}'}'}'`, `f"{'\n'.join(x)}"`,
		"f'''{\n# comment\nx}'''", "type = 1", "type(x)", "match = 1", "match(x)", "match[x]", "match.x", "case = match", "_ = 1", "print(type)",
		"match x:\n    case match: pass", "match (x):\n    case 1: pass", "match [x]:\n    case 1: pass", "match -x:\n    case 1: pass",
	} {
		if _, err := parser.Parse(diag.NewSource("t", text+"\n")); err != nil {
			t.Errorf("%s\n%s", text, err.Render())
		}
	}
}

func TestTopLevelAwait(t *testing.T) {
	for _, text := range []string{"await x", "async for x in y: pass", "async with x: pass", "[x async for x in y]", "x = [await y for y in z]"} {
		src := diag.NewSource("t", text+"\n")
		if _, err := parser.ParseWith(src, parser.Options{TopLevelAwait: true}); err != nil {
			t.Errorf("%s\n%s", text, err.Render())
		}
		if _, err := parser.Parse(src); err == nil {
			t.Errorf("accepted without the option: %s", text)
		}
	}
}

func TestParseExpr(t *testing.T) {
	tests := []struct{ text, want string }{
		{" \t1 + 2\n\n", "BinOp(left=Constant(value=1), op=Add(), right=Constant(value=2))"},
		{"a,", "Tuple(elts=[Name(id='a', ctx=Load())], ctx=Load())"},
		{"(\n1\n)", "Constant(value=1)"},
		{"'a' # comment", "Constant(value='a')"},
	}
	for _, tt := range tests {
		e, err := parser.ParseExpr(diag.NewSource("<string>", tt.text))
		if err != nil {
			t.Errorf("%q: %s", tt.text, err)
		} else if got := ast.Dump(e, ""); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
	for _, text := range []string{"", "x = 1", "x\n y", "1 2", "pass", "x; y", "(", "f(a b)"} {
		if _, err := parser.ParseExpr(diag.NewSource("<string>", text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

// TestSecondReadingIsNotExponential nests constructs for which the second reading looks ahead; were a
// level to double the work, the test would not end.
func TestSecondReadingIsNotExponential(t *testing.T) {
	for _, open := range []string{"(", "f(", "{a: ", "(a if ", "(lambda x: ", "(x = ", "[a for ", "[a for b in ", "(print ", "a {", "(a b ", "f'{", "print (", "(a < "} {
		for _, tail := range []string{"", "x y", "$", "1 = 2", "x for y", "x if y"} {
			for _, text := range []string{"z = " + strings.Repeat(open, 100) + tail, "for " + strings.Repeat(open, 100) + tail + " in\n"} {
				if _, err := parser.Parse(diag.NewSource("nested", text)); err == nil {
					t.Errorf("accepted: %.30q...", text)
				}
			}
		}
	}
}
