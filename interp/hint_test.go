// This file tests the hints of errors.

package interp_test

import (
	"bytes"
	"strings"
	"testing"

	"aio/diag"
	"aio/interp"
	"aio/stdlib"
)

func TestHints(t *testing.T) {
	const head = "import asyncio\nasync def f(): pass\n"
	run := func(body string) string { return head + "async def main():\n " + body + "\nasyncio.run(main())" }
	for _, test := range []struct{ source, hint string }{
		{head + "for x in f(): pass", "f() is a coroutine: did you forget 'await'?"},
		{head + "len(f())", "a coroutine is not its result: did you forget 'await'?"},
		{head + "f()()", "a coroutine is not its result: did you forget 'await'?"},
		{head + "f'{f():>3}'", "a coroutine is not its result: did you forget 'await'?"},
		{head + "f().name", "a coroutine is not its result: did you forget 'await'?"},
		{head + "int(f())", "a coroutine is not its result: did you forget 'await'?"},
		{head + "[1][f()]", "a coroutine is not its result: did you forget 'await'?"},
		{head + "-f()", "a coroutine is not its result: did you forget 'await'?"},
		{head + "''.join([f()])", "a coroutine is not its result: did you forget 'await'?"},
		{head + "import json\njson.dumps([f()])", "a coroutine is not its result: did you forget 'await'?"},
		{head + "print(*f())", "a coroutine is not its result: did you forget 'await'?"},
		{head + "asyncio.run(f)", "call the coroutine function: write parentheses behind its name"},
		{head + "asyncio.create_task(f())", "this works inside the coroutine that asyncio.run() runs"},
		{run("await f"), "call the coroutine function: write parentheses behind its name"},
		{run("await 5"), "await takes a coroutine, a task or a future"},
		{run("await [f()]"), "'await asyncio.gather(*several)' waits for several"},
		{run("asyncio.run(f())"), "a loop runs here already: 'await' the coroutine"},
		{run("x = f(); await x; await x"), "a coroutine runs once: call its function again for another one"},
		{run("with asyncio.Lock(): pass"), "did you mean 'async with'?"},
		{"asyncio.run(main())", "did you forget 'import asyncio'?"},
		{"def f(): return math.pi\nf()", "did you forget 'import math'?"},
		{"maths", ""},
		{"1 + 'a'", ""},
		{"raise TypeError", ""},
	} {
		var report bytes.Buffer
		th := interp.New(interp.Config{Modules: stdlib.Modules(), Stdout: &bytes.Buffer{}, Stderr: &report}).Main()
		th.RunProgram(diag.NewSource("hinted", test.source), "")
		text := report.String()
		if test.hint == "" && strings.Contains(text, "\nhint: ") || test.hint != "" && !strings.Contains(text, "\nhint: "+test.hint+"\n") {
			t.Errorf("%s: want the hint %q in\n%s", strings.TrimPrefix(test.source, head), test.hint, text)
		}
	}
}
