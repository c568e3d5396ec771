package compile

// This file tests what is long, deep or many.

import (
	"fmt"
	"strings"
	"testing"
)

// repeated returns head, then n times the line with its number put in, then tail.
func repeated(head, line string, n int, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		if strings.Contains(line, "%") {
			fmt.Fprintf(&b, line, i)
		} else {
			b.WriteString(line)
		}
	}
	b.WriteString(tail)
	return b.String()
}

func TestLongPrograms(t *testing.T) {
	for _, row := range []struct{ name, text string }{
		{"loop over a long body", repeated("while a < 2:\n", " x.y = z.w(%d)\n", 12000, "\n")},
		{"for with break over a long body", repeated("for a in b:\n if a: break\n", " x.y = z.w(%d)\n", 12000, "\nelse: pass\n")},
		{"try over a long body", repeated("try:\n", " x.y = z.w(%d)\n", 12000, "except E: pass\nfinally: f()\n")},
		{"more names than inline caches", repeated("", "a.b%d = c\n", 50000, "")},
		{"names shared between caches", repeated("", "a.b = c.d\n", 40000, "")},
		{"more constants than 16 bits", repeated("", "f('s%d')\n", 30000, "") + repeated("def g():\n", " f('s%d')\n", 70000, "")},
		{"long elif chain", repeated("if a: pass\n", "elif a == %d: b()\n", 2000, "else: c()\n")},
		{"long sum", "x = a" + strings.Repeat(" + b", 990) + "\n"},
		{"long list", repeated("x = [", "f(%d), ", 5000, "]\n")},
		{"long constant list", repeated("x = [", "%d, ", 5000, "]\n")},
		{"long set", repeated("x = {", "f(%d), ", 5000, "}\n")},
		{"long dict", repeated("x = {", "%d: a, ", 5000, "}\n")},
		{"long tuple", repeated("x = (", "f(%d), ", 5000, ")\n")},
		{"many arguments", repeated("f(", "a%d, ", 400, ")\n")},
		{"many keyword arguments", repeated("f(", "a%d=1, ", 400, ")\n")},
		{"long f-string", repeated("x = f'", "{a} b%d ", 300, "'\n")},
		{"more locals than are tracked", repeated("def f():\n", " a%d = 1\n", 400, " return a399\n")},
		{"many comprehensions", repeated("", "a%d = [x for x in y]\n", 5000, "")},
	} {
		t.Run(row.name, func(t *testing.T) { compileText(t, row.text, Options{}) })
	}
}

func TestTooManyLocals(t *testing.T) {
	_, err := tryCompile(repeated("def f():\n", " a%d = 1\n", 4100, ""), Options{})
	if err == nil || !strings.HasPrefix(err.Msg, "too many variables") {
		t.Fatalf("got %v", err)
	}
}

func TestTooManyBlocks(t *testing.T) {
	nested := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat(" ", i) + "while a:\n")
		}
		return b.String() + strings.Repeat(" ", n) + "b\n"
	}
	compileText(t, nested(20), Options{})
	_, err := tryCompile(nested(21), Options{})
	if err == nil || err.Msg != "too many statically nested blocks" {
		t.Fatalf("got %v", err)
	}
}

// TestLongJump checks that a loop too long for a jump closes with JmpFar.
func TestLongJump(t *testing.T) {
	code := compileText(t, repeated("while a:\n", " x.y = z.w(%d)\n", 12000, "b\n"), Options{})
	far := 0
	for pc, in := range code.Ins {
		if in.Op == OpJmpFar {
			far++
			if to, _ := JumpTarget(pc, in); code.Ins[to].Op != OpLoadGlobal {
				t.Errorf("%d jumps to %d, which is %s", pc, to, Ops[code.Ins[to].Op].Name)
			}
		}
	}
	if far != 2 {
		t.Errorf("%d far jumps", far)
	}
}
