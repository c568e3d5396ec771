//go:build linux || darwin

package repl

// This file tests sessions on a terminal as a user sees them.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
	ctrlR = "\x12"
	tab   = "\t"
	up    = "\x1b[A"
	left  = "\x1b[D"
)

func TestAwaitAtThePrompt(t *testing.T) {
	c := open(t)
	c.run("1 + 1", "await asyncio.sleep(0.01, 'slept')", "_", "None")
	c.see(">>> 1 + 1\n2\n>>> await asyncio.sleep(0.01, 'slept')\n'slept'\n>>> _\n'slept'\n>>> None\n>>> ")
	c.run("async def f(n):", "return n * 2", "", "asyncio.run(f(4))")
	c.see(">>> asyncio.run(f(4))\n8\n")
	c.run("f(1)")
	c.see("hint: f() only made a coroutine; run it by 'await _'")
	c.run("await _")
	c.see(">>> await _\n2\n")
	c.run("async def g():", "yield 1", "", "", "async for x in g(): x", "")
	c.see("async for x in g(): x\n...\n1\n")
	c.run("async with asyncio.timeout(1) as x: 5", "")
	c.see("as x: 5\n...\n5\n")
}

func TestStartShowsThreeLines(t *testing.T) {
	c := open(t)
	lines := strings.Split(c.text(), "\n")
	if len(lines) != 4 || lines[3] != ">>> " || lines[0] != "aio test" || !strings.HasPrefix(lines[1], "Try:") || !strings.Contains(lines[2], ":help") {
		t.Errorf("the start is\n%s", c.text())
	}
}

// startTicker starts a task that prints a line every so many seconds.
func startTicker(c *console, seconds string) {
	c.run("async def ticker():", "n = 0", "while True:", "n += 1; print('tick', n, flush=True); await asyncio.sleep("+seconds+")", "", "t = asyncio.create_task(ticker(), name='ticker')")
}

func TestTypingWhileATaskPrints(t *testing.T) {
	c := open(t)
	startTicker(c, "0.01")
	line := "typed = 'the quick brown fox jumps over the lazy dog'"
	for _, key := range line {
		c.keys(string(key))
		time.Sleep(8 * time.Millisecond)
	}
	c.until("the line", func() bool { l, x := c.cursor(); return l == ">>> "+line && x == len(">>> "+line) })
	c.enter("")
	c.enter("t.cancel(); print(typed, len(typed))")
	c.see("the quick brown fox jumps over the lazy dog 43\n")
	for _, l := range strings.Split(c.text(), "\n") {
		if strings.HasPrefix(l, "tick") && strings.Trim(l, "tick 0123456789") != "" {
			t.Errorf("a torn line: %q", l)
		}
	}
	if !strings.Contains(c.text(), "tick 20\n") {
		t.Errorf("few ticks came:\n%s", c.text())
	}
}

func TestBackgroundTasksAreAnnouncedOnce(t *testing.T) {
	c := open(t)
	c.run("async def f(n):", "await asyncio.sleep(0.05); return 10 / n", "")
	c.run("a = asyncio.create_task(f(5), name='good')", "b = asyncio.create_task(f(0), name='bad')")
	c.see("[good f() is done: 2.0]")
	c.see("[bad f() failed]")
	c.see("ZeroDivisionError: division by zero")
	c.run("await asyncio.create_task(f(2), name='awaited')")
	c.enter("exit()")
	if status := c.leave(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	for _, text := range []string{"[good f() is done", "[bad f() failed]", "ZeroDivisionError:"} {
		if n := strings.Count(c.text(), text); n != 1 {
			t.Errorf("%q comes %d times:\n%s", text, n, c.text())
		}
	}
	if strings.Contains(c.text(), "[awaited") {
		t.Errorf("a task whose result was awaited is announced:\n%s", c.text())
	}
}

func TestInterruptOfASleep(t *testing.T) {
	c := open(t)
	startTicker(c, "0.05")
	c.enter("try: await asyncio.sleep(60)")
	c.enter("finally: print('cleaned up')")
	c.enter("")
	time.Sleep(100 * time.Millisecond)
	c.keys(ctrlC)
	c.see("cleaned up\n")
	c.see("KeyboardInterrupt\n")
	c.run("t.done(), 'still ticking'")
	c.see("(False, 'still ticking')")
}

func TestInterruptOfBlockingCode(t *testing.T) {
	c := open(t)
	c.enter("while True: pass")
	c.enter("")
	time.Sleep(200 * time.Millisecond)
	c.keys(ctrlC)
	c.see("KeyboardInterrupt\n>>> ")
	c.enter("import time; time.sleep(60)")
	time.Sleep(200 * time.Millisecond)
	c.keys(ctrlC)
	c.until("a second interrupt", func() bool { return strings.Count(c.text(), "KeyboardInterrupt\n>>>") == 2 })
	c.run("async def busy():", "while True: pass", "", "")
	c.enter("await busy()")
	time.Sleep(300 * time.Millisecond)
	c.keys(ctrlC)
	c.until("a third interrupt", func() bool { return strings.Count(c.text(), "KeyboardInterrupt\n>>>") == 3 })
	c.run("'alive'")
	c.see("\n'alive'\n")
}

func TestInterruptOfABusyBackgroundTask(t *testing.T) {
	c := open(t)
	c.run("async def busy():", "await asyncio.sleep(0.1)", "while True: pass", "", "", "t = asyncio.create_task(busy())")
	time.Sleep(300 * time.Millisecond)
	c.keys(ctrlC)
	c.see("KeyboardInterrupt\n")
	c.run("'alive'")
	c.see("\n'alive'\n")
}

func TestInterruptAtThePromptClearsTheLine(t *testing.T) {
	c := open(t)
	c.keys("half a line")
	c.see(">>> half a line")
	c.keys(ctrlC)
	c.see(">>> half a line^C\n>>> ")
	c.enter("if True:")
	c.see("... ")
	c.keys(ctrlC)
	c.run("3 + 4")
	c.see(">>> 3 + 4\n7\n")
}

func TestEndOfFileCancelsAndSays(t *testing.T) {
	c := open(t)
	c.run("async def f():", "try: await asyncio.sleep(60)", "finally: print('f is cancelled')", "", "", "t = asyncio.create_task(f(), name='sleeper')", "await asyncio.sleep(0)")
	c.keys(ctrlD)
	if status := c.leave(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	c.see("cancelling 1 task:\n  sleeper f()  <input 1>:2 in f()\nf is cancelled\n")
}

func TestExitHasAStatus(t *testing.T) {
	c := open(t)
	c.enter("exit(3)")
	if status := c.leave(); status != 3 {
		t.Errorf("exit status %d", status)
	}
}

func TestBlocksAreIndented(t *testing.T) {
	c := open(t)
	c.run("def f(x):", "if x:", "return 1")
	c.until("an indentation of one step", func() bool { l, x := c.cursor(); return l == "..." && x == 8 })
	c.run("return 2", "", "f(1), f(0)")
	c.see("(1, 2)\n")
	c.run("for i in range(2):", "i")
	c.keys("\x7f")
	c.until("the indentation taken back", func() bool { _, x := c.cursor(); return x == 4 })
	c.run("else:", "'over'", "")
	c.see("'over'\n")
}

// pasted returns text as a terminal hands a paste on.
func pasted(text string) string {
	return pasteBegin + strings.ReplaceAll(text, "\n", "\r") + pasteEnd
}

func TestPasteOfABlock(t *testing.T) {
	c := open(t)
	c.keys(pasted("def f():\n\tx = 1\n\n\ty = 2\n\n\n\treturn x + y\n\nprint(f())\nf() * 2\n"))
	c.see("\n3\n6\n>>> ")
	c.keys(pasted(">>> 20 + 1\n21\n>>> def g():\n...     return 5\n...\n>>> g()\n5\n"))
	c.see("\n21\n5\n>>> ")
	c.keys(pasted("def h():\n    a = 1\n    return a"))
	c.until("the last line typed on", func() bool { l, _ := c.cursor(); return l == "...     return a" })
	c.run("", "h()")
	c.see(">>> h()\n1\n")
	c.keys(pasted("1 + 1") + pasted(" + 1"))
	c.run("")
	c.see(">>> 1 + 1 + 1\n3\n")
}

func TestPasteOf100kB(t *testing.T) {
	c := open(t)
	var b strings.Builder
	b.WriteString("def f(n):\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "\tn += %d  # a comment that makes the line long enough\n", i)
		if i%10 == 0 {
			b.WriteString("\n")
		}
	}
	b.WriteString("\treturn n\n\nprint('sum', f(0))\n")
	if b.Len() < 100000 {
		t.Fatalf("only %d bytes", b.Len())
	}
	start := time.Now()
	c.keys(pasted(b.String()))
	c.see("\nsum 1999000\n>>> ")
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("100 kB took %v", took)
	} else {
		t.Logf("%d bytes took %v", b.Len(), took)
	}
}

func TestLinesTypedFasterThanByHand(t *testing.T) {
	c := open(t)
	c.keys("def f(x):\r    if x:\r        return 1\r    return 2\r\rf(0)\r")
	c.see(">>> f(0)\n2\n")
}

func TestHistoryAcrossRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "history")
	c := open(t, "AIO_HISTORY="+file)
	c.run("def double(x):", "return x * 2  # \\n", "", "double(21)")
	c.see("\n42\n")
	c.keys(ctrlD)
	c.leave()

	c = open(t, "AIO_HISTORY="+file)
	c.keys(up + up)
	c.see(">>> def double(x):⏎    return x * 2  # \\n")
	c.run("")
	c.see(">>> def double(x):\n...     return x * 2  # \\n\n>>> ")
	c.keys(ctrlR + "double(2")
	c.see("(reverse-i-search)`double(2': double(21)")
	c.run("")
	c.see("\n42\n")
	data, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(data), `def double(x):\n    return x * 2  # \\n`+"\ndouble(21)\n") {
		t.Errorf("the file of the history: %v\n%s", err, data)
	}
}

func TestChinese(t *testing.T) {
	c := open(t, "LANG=zh_CN.UTF-8", "AIO_LANG=en")
	c.keys("变量名 = '中文“引号”'")
	c.until("the cursor behind the text", func() bool { l, x := c.cursor(); return l == ">>> 变量名 = '中文“引号”'" && x == 25 })
	c.keys(left + left + left)
	c.until("the cursor ahead of a wide character", func() bool { _, x := c.cursor(); return x == 21 })
	c.keys("好")
	c.until("a character in the middle", func() bool { l, x := c.cursor(); return l == ">>> 变量名 = '中文“引好号”'" && x == 23 })
	c.keys("\x7f\r")
	c.keys("变" + tab)
	c.until("the completed name", func() bool { l, x := c.cursor(); return l == ">>> 变量名" && x == 10 })
	c.run("")
	c.see("'中文“引号”'\n>>> ")
}

func TestCompletion(t *testing.T) {
	c := open(t)
	for _, test := range []struct{ typed, completed string }{
		{"asyncio.create_t" + tab, "asyncio.create_task"},
		{"import itert" + tab, "import itertools"},
		{"from asyncio import wait_f" + tab, "from asyncio import wait_for"},
		{"asyncio.sleep(1, res" + tab, "asyncio.sleep(1, result="},
		{"prin" + tab, "print"},
		{"contin" + tab, "continue"},
		{":rel" + tab, ":reload"},
		{":clock v" + tab, ":clock virtual"},
	} {
		c.keys(test.typed)
		c.until(test.completed, func() bool { l, _ := c.cursor(); return l == ">>> "+test.completed })
		c.keys(ctrlC)
		c.until("an empty prompt", func() bool { l, _ := c.cursor(); return l == ">>>" })
	}
	c.run("d = {'first key': 1}")
	c.keys("d['fi" + tab)
	c.see(">>> d['first key']")
	c.keys(ctrlC)
	c.keys("asyncio.wait_for" + tab)
	c.see("wait_for(fut, timeout)  Wait for")
	c.keys(ctrlC)
	file := filepath.Join(t.TempDir(), "some_script.aio")
	if err := os.WriteFile(file, []byte("loaded = await asyncio.sleep(0, 'yes')\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.keys(":load " + strings.TrimSuffix(file, "cript.aio") + tab)
	time.Sleep(200 * time.Millisecond)
	c.run("", "loaded")
	c.see(">>> loaded\n'yes'\n")
}

func TestInputBreakpointHelp(t *testing.T) {
	c := open(t)
	c.enter("name = input('who? ')")
	c.see("who? ")
	c.run("Bob", "name")
	c.see("'Bob'")
	c.enter("input('stop? ')")
	c.see("stop? ")
	c.keys(ctrlC)
	c.see("KeyboardInterrupt")
	c.run("def f(secret):", "breakpoint()", "return secret + 1", "")
	c.enter("f(41)")
	c.see("<input 4>:2 in f")
	c.see("break> ")
	c.run("secret")
	c.see("break> secret\n41\n")
	c.keys("sec" + tab)
	c.see("break> secret")
	c.run(" * 2", ":where")
	c.see("82\n")
	c.see("> <input 4>:2 in f")
	c.run(":c")
	c.see("break> :c\n42\n")
	c.run("help(len)")
	c.see("Return the number of items in a container.")
}

func TestABackgroundTaskAsksForALine(t *testing.T) {
	c := open(t)
	c.run("async def ask():", "await asyncio.sleep(0.2); print('got', input('task> '))", "", "t = asyncio.create_task(ask())")
	c.keys("1 + ")
	c.see("a background task asks for a line")
	c.see(">>> 1 +")
	c.enter("1")
	c.see("task>")
	c.enter("for the task")
	c.see("got for the task\n[Task-1 ask() is done]\n2\n")
}

func TestOutputWithoutALineEnd(t *testing.T) {
	c := open(t)
	c.run("print('no end', end='')")
	c.see("no end\n>>> ")
	c.run("async def dots():", "await asyncio.sleep(0.1)", "for i in range(3): print('.', end='', flush=True); await asyncio.sleep(0.01)", "", "t = asyncio.create_task(dots())")
	c.keys("'typed'")
	c.see("\n...\n[Task-1 dots() is done]\n")
	c.run("")
	c.see(">>> 'typed'\n")
}

func TestEndOfFileInABlockLeavesTheBlock(t *testing.T) {
	c := open(t)
	c.run("if True:")
	n := c.prompts()
	c.keys("\x7f")
	c.keys(ctrlD)
	c.until("a prompt", func() bool { return c.prompts() > n })
	c.run("'here'")
	c.see("\n'here'\n")
}

func TestExitInABackgroundTask(t *testing.T) {
	c := open(t)
	c.run("import sys", "async def f(): sys.exit(5)", "", "t = asyncio.create_task(f())")
	c.see("SystemExit: 5")
	c.run("'here'")
	c.see("\n'here'\n")
	if strings.Count(c.text(), "SystemExit: 5") != 1 {
		t.Errorf("it is said more than once:\n%s", c.text())
	}
}

func TestANarrowTerminal(t *testing.T) {
	c := openSize(t, 30)
	line := "'" + strings.Repeat("0123456789", 8) + "'[-3:]"
	for _, key := range line {
		c.keys(string(key))
	}
	c.until("the end of the line", func() bool { l, _ := c.cursor(); return strings.HasPrefix(l, ">>> {") && strings.HasSuffix(l, "[-3:]") })
	c.run("")
	c.see("\n'789'\n")
}

// TestNotATerminal runs what stands on a pipe.
func TestNotATerminal(t *testing.T) {
	for _, test := range []struct {
		stdin, stdout, stderr string
		status                int
	}{
		{"await asyncio.sleep(0.01, 'done')", "'done'\n", "", 0},
		{"x = 1\nfor i in range(2):\n    i\n\n    i * 10\nx\n", "0\n0\n1\n10\n1\n", "", 0},
		{"name = input()\nBob\nname\n", "'Bob'\n", "", 0},
		{"1\n\nint('x')\n2\n", "1\n", "  File \"<stdin>\", line 3, in <module>\n", 1},
		{"1\nx = = 2\n3\n", "1\n", "SyntaxError: invalid syntax\n", 1},
		{"import sys\nsys.exit(4)\n", "", "", 4},
		{"async def f():\n    await asyncio.sleep(60)\nt = asyncio.create_task(f(), name='left')\nawait asyncio.sleep(0)\n", "", "cancelling 1 task:\n  left f()", 0},
	} {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), childVariable+"=", "AIO_LANG=en")
		c.Stdin = strings.NewReader(test.stdin)
		var stdout, stderr strings.Builder
		c.Stdout, c.Stderr = &stdout, &stderr
		_ = c.Run()
		if stdout.String() != test.stdout || !strings.Contains(stderr.String(), test.stderr) || test.stderr == "" && stderr.Len() > 0 || c.ProcessState.ExitCode() != test.status {
			t.Errorf("%q prints %q and %q, status %d", test.stdin, stdout.String(), stderr.String(), c.ProcessState.ExitCode())
		}
	}
}

func TestFileThenPrompt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "begin.aio")
	text := "import asyncio\nvalue = 7\nasync def work():\n    await asyncio.sleep(60)\ntask = asyncio.create_task(work(), name='from the file')\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, childVariable+"="+file)
	c.run("value", ":tasks")
	c.see(">>> value\n7\n")
	c.see("from the file work()")
}

func TestErrorsShowTheInput(t *testing.T) {
	c := open(t)
	c.run("def f():", "return 1 / 0", "", "f()")
	c.see("  File \"<input 2>\", line 1, in <module>\n    f()\n  File \"<input 1>\", line 2, in f\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n")
	c.run("x = = 1")
	c.see("  File \"<input 3>\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n")
	c.run("await asyncio.Future()")
	c.see("DeadlockError")
	c.run("'alive'")
	c.see("\n'alive'\n")
}

func TestColors(t *testing.T) {
	c := open(t, "AIO_REPL_TEST_COLOR=auto")
	c.run("1 / 0")
	if w := c.written(); !strings.Contains(w, "\x1b[1;32m>>> \x1b[0m") || !strings.Contains(w, "\x1b[1;31mZeroDivisionError\x1b[0m") {
		t.Errorf("no colours: %q", w)
	}
	for _, env := range []string{"NO_COLOR=1", "TERM=dumb", "AIO_REPL_TEST_COLOR=never"} {
		c := open(t, "AIO_REPL_TEST_COLOR=auto", env)
		c.enter("1 / 0")
		c.see("ZeroDivisionError")
		if w := c.written(); strings.Contains(w, "\x1b[1;3") || strings.Contains(w, "\x1b[3") {
			t.Errorf("colours with %s: %q", env, w)
		}
	}
}

func TestChineseWords(t *testing.T) {
	c := open(t)
	c.run(":lang zh", ":help", "async def f(): pass", "", "f()")
	c.see("列出命令")
	c.see("提示: f() 只创建了协程")
	c.run("while 1")
	c.see("提示: 开始代码块的行以冒号结尾")
	for _, env := range []string{"AIO_LANG=zh", "LANG=zh_CN.UTF-8"} {
		open(t, env).see(":help 列出命令")
	}
}

func TestTheTerminalIsRestored(t *testing.T) {
	for _, test := range []struct {
		name   string
		end    func(c *console)
		status int
	}{
		{"exit", func(c *console) { c.enter("exit()") }, 0},
		{"end of file", func(c *console) { c.keys(ctrlD) }, 0},
		{"kill -TERM", func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGTERM) }, 143},
		{"kill -TERM while an input runs", func(c *console) {
			c.enter("await asyncio.sleep(60)")
			time.Sleep(100 * time.Millisecond)
			_ = c.cmd.Process.Signal(syscall.SIGTERM)
		}, 143},
		{"crash", func(c *console) { c.enter("import crash; crash.now()") }, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := open(t)
			test.end(c)
			if status := c.leave(); status != test.status {
				t.Errorf("exit status %d, not %d\n%s", status, test.status, c.text())
			}
			if fresh, now := freshModes(t), modesOf(t, c.tty); now != fresh {
				t.Errorf("the modes of the terminal were %+v, and are %+v", fresh, now)
			}
			if strings.Count(c.written(), "\x1b[?2004h") != strings.Count(c.written(), "\x1b[?2004l") {
				t.Errorf("bracketed paste is left on: %q", c.written())
			}
		})
	}
}
