package repl

// This file tests the session behind the prompt, and runs the sessions of the documents.

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aio/internal/aiotest"
	"aio/interp"
	"aio/stdlib"
	"aio/words"
)

// start returns a session on the virtual clock that prints to a buffer.
func start(t *testing.T) (*session, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	s := newSession(Options{Config: interp.Config{Modules: stdlib.Modules(), Args: []string{""}}, Virtual: true}, &out, &out)
	s.lang = words.English
	if err := s.open(); err != nil {
		t.Fatal(s.th.FormatException(err))
	}
	return s, &out
}

func TestDocument(t *testing.T) {
	runDocument(t, "../docs/repl.md", func(output string) string { return output })
}

// TestSpecification runs the sessions of the language, which say of an error only its last line.
func TestSpecification(t *testing.T) {
	runDocument(t, "../docs/spec.md", aiotest.ShortError)
}

func TestSpecificationOnPython(t *testing.T) { aiotest.RunSessionPython(t, "../docs/spec.md") }

// runDocument types the session of a document and compares what is printed, after shorten, with what it shows.
func runDocument(t *testing.T, path string, shorten func(string) string) {
	list, err := aiotest.ReadSession(path)
	if err != nil {
		t.Fatal(err)
	}
	s, out := start(t)
	for _, e := range list {
		out.Reset()
		quit, err := s.handle(e.Input)
		if quit || err != nil {
			t.Fatalf("line %d leaves", e.Line)
		}
		e.Output = shorten(e.Output)
		if got := shorten(out.String()); !e.Matches(got) {
			t.Errorf("%s:%d: %sprints\n%s\nnot\n%s", path, e.Line, e.Input, got, e.Output)
		}
	}
}

func TestJudge(t *testing.T) {
	for text, want := range map[string]verdict{
		"x = 1\n": whole, "await x\n": whole, "f(\n": part, "'''\n\n": part, "x = \\\n": part, "@d\n": part, "def f():\n": part,
		"def f(): pass\n": block, "if x:\n    y\n": block, "try:\n    x\n": part, "x = = 1\n": wrong, "async for x in y: z\n": block,
		"if x:\n    y\nz\n": whole, "": whole,
	} {
		if got := judge(text); got != want {
			t.Errorf("judge(%q) is %d, not %d", text, got, want)
		}
	}
}

func TestNextIndent(t *testing.T) {
	for text, want := range map[string]int{
		"if x:\n": 4, "if x:  # why\n": 4, "def f():\n    x\n": 4, "def f():\n    if x:\n": 8, "def f():\n    return 1\n": 0,
		"f(\n": 4, "x = '# :'\n": 0, "while x:\n        y\n": 8, "if x:\n\n": 0,
	} {
		if got := len(nextIndent(text)); got != want {
			t.Errorf("behind %q %d blanks, not %d", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	first, rest := cut("x = 1\n:tasks\ny = 2\n")
	if first != "x = 1\n" || rest != ":tasks\ny = 2\n" {
		t.Errorf("cut returns %q and %q", first, rest)
	}
	if first, rest = cut(rest); first != ":tasks" || rest != "y = 2\n" {
		t.Errorf("cut returns %q and %q", first, rest)
	}
	if first, rest = cut("x = '''\n:tasks\n'''\n"); rest != "" {
		t.Errorf("cut within a string returns %q and %q", first, rest)
	}
}

func TestStatementsOfAStream(t *testing.T) {
	text := "x = 1\n\nif x:\n    y\n\n    z\nelse:\n    w\n# comment\nfor a in b: c\nf(\n1\n)\n:tasks\ndef g():\n  pass"
	r := &lineReader{in: bufio.NewReader(strings.NewReader(text))}
	want := []string{"x = 1\n", "\n", "if x:\n    y\n\n    z\nelse:\n    w\n# comment\n", "for a in b: c\n", "f(\n1\n)\n", ":tasks\n", "def g():\n  pass"}
	for i := 0; ; i++ {
		got, _, err := r.next()
		if i >= len(want) || got != want[i] {
			t.Fatalf("statement %d is %q", i, got)
		}
		if err != nil {
			break
		}
	}
}

// TestSave runs what :save wrote.
func TestSave(t *testing.T) {
	s, out := start(t)
	for _, text := range []string{
		"import math\n", "total = 0\n", "async def add(n):\n    global total\n    await asyncio.sleep(0)\n    total += n\n",
		"1 / 0\n", "for i in range(3): await add(i)\n", "text = '''two\nlines'''\n", "t = asyncio.create_task(add(10))\n",
		"with open(__file__ if '__file__' in globals() else '/dev/null'): pass\n", "await t\n",
		"def show():\n    print(total, text, math.floor(2.5))\n", "show()\n", "asyncio.current_task()\n",
	} {
		if _, err := s.handle(text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "saved.aio")
	out.Reset()
	if _, err := s.handle(":save " + path); err != nil || !strings.Contains(out.String(), "wrote ") {
		t.Fatalf("%v %s", err, out)
	}
	got, err := exec.Command(aiotest.Build(t), path).CombinedOutput()
	if err != nil || string(got) != "13 two\nlines 2\n" {
		text, _ := os.ReadFile(path)
		t.Errorf("the script prints %q: %v\n%s", got, err, text)
	}
}

func TestTrace(t *testing.T) {
	s, out := start(t)
	path := filepath.Join(t.TempDir(), "log.jsonl")
	for _, line := range []string{":trace off", ":trace on " + path, ":trace on", "await asyncio.sleep(0)\n", ":trace off", "await asyncio.sleep(0)\n"} {
		if _, err := s.handle(line); err != nil {
			t.Fatal(err)
		}
	}
	want := "the event log is off\nthe event log is on already: " + path + "\nthe event log is in " + path + "\n"
	if out.String() != want {
		t.Errorf("said %q, expected %q", out, want)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), `"outcome":"done"`); n != 1 || !strings.HasSuffix(string(data), `"event":"end"}`+"\n") {
		t.Errorf("the log has the ends of %d tasks, expected 1:\n%s", n, data)
	}
}

func TestResetAndReload(t *testing.T) {
	s, out := start(t)
	path := filepath.Join(t.TempDir(), "f.aio")
	if err := os.WriteFile(path, []byte("n = await asyncio.sleep(0, globals().get('n', 0) + 1)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{":load " + path, ":reload", "n\n", "t = asyncio.create_task(asyncio.sleep(9))\n", ":reset", ":reload", "n\n", ":tasks", ":load /no/such/file"} {
		if _, err := s.handle(text); err != nil {
			t.Fatal(err)
		}
	}
	want := "2\ncancelling 1 task:\n  Task-1 sleep()\nforgot 2 names\n1\nno tasks\ncan't open file '/no/such/file': no such file or directory\n"
	if out.String() != want {
		t.Errorf("the session prints\n%s\nnot\n%s", out, want)
	}
}

func TestContextVariablesStay(t *testing.T) {
	s, out := start(t)
	for _, text := range []string{"import contextvars\n", "v = contextvars.ContextVar('v')\n", "_ = v.set(1)\n", "v.get(), await asyncio.sleep(0, 'x')\n", "_ = v.set(2), await asyncio.sleep(0)\n", "v.get()\n"} {
		if _, err := s.handle(text); err != nil {
			t.Fatal(err)
		}
	}
	if want := "(1, 'x')\n2\n"; out.String() != want {
		t.Errorf("the session prints %q", out)
	}
}

func TestRowStart(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "",
		">>> abc":                               ">>> abc",
		"old\n>>> ab":                           ">>> ab",
		"\x1b[1G>>> ab\x1b[0K\x1b[6G":           "\x1b[1G>>> ab\x1b[0K\x1b[6G",
		"\x1b[1G>>> a\x1b[0K\x1b[6G\x1b[1G>>> ": "\x1b[1G>>> ",
		"\x1b[1Gab\x1b[0K\x1b[1G":               "\x1b[1Gab\x1b[0K\x1b[1G",
	} {
		if got := text[rowStart([]byte(text)):]; got != want {
			t.Errorf("the row of %q is %q", text, got)
		}
	}
}

func TestKeysSplitPastes(t *testing.T) {
	k := newKeys(nil)
	var rest []byte
	for _, part := range []string{"ab\x1b[20", "0~one\r", "two\x1b[201~c", "d\x1b", "[A"} {
		rest = k.split(append(rest, part...))
	}
	var got []string
	for _, r := range k.queue {
		if r.pasted {
			got = append(got, "<"+string(r.text)+">")
		} else {
			got = append(got, string(r.text))
		}
	}
	if text := strings.Join(got, "|"); text != "ab|<one\rtwo>|c|d\x1b|[A" || len(rest) > 0 {
		t.Errorf("the keys are %q and %q", text, rest)
	}
}
