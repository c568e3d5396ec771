package compile

// This file tests the errors that are about names and places.

import (
	"testing"
)

func TestErrors(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"return 1", "'return' outside function"},
		{"class A: return 1", "'return' outside function"},
		{"yield 1", "'yield' outside function"},
		{"await x", "'await' outside function"},
		{"def f(): await x", "'await' outside async function"},
		{"async def f():\n class A: await x", "'await' outside function"},
		{"async def f(): return (lambda: await x)", "'await' outside async function"},
		{"def f():\n async for x in y: pass", "'async for' outside async function"},
		{"async with y: pass", "'async with' outside async function"},
		{"def f(): return [await x for x in y]", "asynchronous comprehension outside of an asynchronous function"},
		{"def f(): return [[x async for x in y] for z in w]", "asynchronous comprehension outside of an asynchronous function"},
		{"async def f(): yield from x", "'yield from' inside async function"},
		{"async def f():\n yield 1\n return 2", "'return' with value in async generator"},
		{"def f(): [(yield x) for x in y]", "'yield' inside list comprehension"},
		{"def f(): ((yield x) for x in y)", "'yield' inside generator expression"},
		{"break", "'break' outside loop"},
		{"continue", "'continue' not properly in loop"},
		{"for x in y:\n def f(): break", "'break' outside loop"},
		{"while 1: pass\nelse: break", "'break' outside loop"},
		{"for x in y:\n try: pass\n except* A: break", "'break', 'continue' and 'return' cannot appear in an except* block"},
		{"def f(a, a): pass", "duplicate argument 'a' in function definition"},
		{"def f(a):\n global a", "name 'a' is parameter and global"},
		{"def f():\n x = 1\n global x", "name 'x' is assigned to before global declaration"},
		{"def f():\n print(x)\n global x", "name 'x' is used prior to global declaration"},
		{"def f():\n x: int\n global x", "annotated name 'x' can't be global"},
		{"def f():\n nonlocal x", "no binding for nonlocal 'x' found"},
		{"nonlocal x", "nonlocal declaration not allowed at module level"},
		{"def f(x):\n def g():\n  nonlocal x\n  global x", "name 'x' is nonlocal and global"},
		{"def f():\n from a import *", "import * only allowed at module level"},
		{"x = 1\nfrom __future__ import annotations", "from __future__ imports must occur at the beginning of the file"},
		{"from __future__ import foo", "future feature foo is not defined"},
		{"__debug__ = 1", "cannot assign to __debug__"},
		{"f(a=1, a=2)", "keyword argument repeated: a"},
		{"*a = 1", "starred assignment target must be in a list or tuple"},
		{"a = *b", "can't use starred expression here"},
		{"*a, *b = c", "multiple starred expressions in assignment"},
		{"try: pass\nexcept: pass\nexcept E: pass", "default 'except:' must be last"},
		{"[x := 1 for x in y]", "assignment expression cannot rebind comprehension iteration variable 'x'"},
		{"[x for x in (y := z)]", "assignment expression cannot be used in a comprehension iterable expression"},
		{"class A: [y := x for x in z]", "assignment expression within a comprehension cannot be used in a class body"},
		{"[[(j := 0) for i in x] for j in y]", "assignment expression cannot rebind comprehension iteration variable 'j'"},
		{"match x:\n case a: pass\n case b: pass", "name capture 'a' makes remaining patterns unreachable"},
		{"match x:\n case _: pass\n case b: pass", "wildcard makes remaining patterns unreachable"},
		{"match x:\n case [a, a]: pass", "multiple assignments to name 'a' in pattern"},
		{"match x:\n case [a] | [b]: pass", "alternative patterns bind different names"},
		{"match x:\n case [*a, *b]: pass", "multiple starred names in sequence pattern"},
		{"match x:\n case {1: a, 1: b}: pass", "mapping pattern checks duplicate key (1)"},
		{"match x:\n case A(b=1, b=2): pass", "attribute name repeated in class pattern: b"},
	} {
		_, err := tryCompile(row.text+"\n", Options{})
		if err == nil || err.Msg != row.want {
			t.Errorf("%s\n got %v\nwant %s", row.text, err, row.want)
		}
	}
}

func TestTopLevelAwait(t *testing.T) {
	opt := Options{TopLevelAwait: true}
	for _, text := range []string{"await x\n", "async for x in y: pass\n", "[await x for x in y]\n"} {
		if code := compileText(t, text, opt); code.Kind != Coroutine {
			t.Errorf("%s is %s", text, kindNames[code.Kind])
		}
	}
	if code := compileText(t, "x = 1\n", opt); code.Kind != ModuleBody {
		t.Errorf("without await: %s", kindNames[code.Kind])
	}
}
