// This file tests that script tests are read as the package comment says, and that a wrong outcome fails.

package aiotest

import (
	"slices"
	"strings"
	"testing"
)

const sample = `# differs: only a sample
# clock: real
# stdin: first
# stdin:
print(1)  # expect: 1
for i in range(2):
    print("#", i)
    # expect: # 0
    # expect: # 1
print()  # expect:
warn()  # stderr: careful
int("x")  # raises: ValueError: no number
`

func parseSample(t *testing.T) *Test {
	t.Helper()
	test, err := Parse("/tests/int/sample.aio", sample)
	if err != nil {
		t.Fatal(err)
	}
	return test
}

func TestParse(t *testing.T) {
	test := parseSample(t)
	if want := []string{"1", "# 0", "# 1", ""}; !slices.Equal(test.Stdout, want) {
		t.Errorf("Stdout = %q, want %q", test.Stdout, want)
	}
	if test.Name != "int/sample" || test.Differs != "only a sample" || !test.Real || test.Stdin != "first\n\n" {
		t.Errorf("wrong directives: %+v", test)
	}
	if test.Raises != "ValueError: no number" || test.Line != 12 || test.Exit != 1 {
		t.Errorf("wrong raises: %q on line %d, exit %d", test.Raises, test.Line, test.Exit)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"print(1)\n",
		"f()  # raises: A\ng()  # raises: B\n",
		"print(1)  # expect: 1\n# differs: too late\n",
		"# exit: none\n",
	} {
		if _, err := Parse("/tests/int/x.aio", text); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

func TestCheck(t *testing.T) {
	const trace = "Traceback (most recent call last):\n  File \"/tests/int/sample.aio\", line "
	right := Outcome{
		Stdout: "1\n# 0\n# 1\n\n",
		Stderr: "careful!\n" + trace + "12, in <module>\nValueError: no number\n",
		Exit:   1,
	}
	if faults := parseSample(t).Check(right); len(faults) != 0 {
		t.Errorf("the right outcome fails: %q", faults)
	}
	for name, spoil := range map[string]func(*Outcome){
		"a line too many":     func(o *Outcome) { o.Stdout += "2\n" },
		"a line too few":      func(o *Outcome) { o.Stdout = "1\n# 0\n" },
		"another order":       func(o *Outcome) { o.Stdout = "1\n# 1\n# 0\n\n" },
		"exit status":         func(o *Outcome) { o.Exit = 0 },
		"time":                func(o *Outcome) { o.Timeout = true },
		"line of the error":   func(o *Outcome) { o.Stderr = strings.Replace(o.Stderr, "line 12", "line 2", 1) },
		"text of the error":   func(o *Outcome) { o.Stderr = strings.Replace(o.Stderr, "no number", "number", 1) },
		"warning not printed": func(o *Outcome) { o.Stderr = strings.Replace(o.Stderr, "careful", "careless", 1) },
		"only an inner cause": func(o *Outcome) { o.Stderr += trace + "12, in <module>\nKeyError: 1\n" },
	} {
		wrong := right
		spoil(&wrong)
		if len(parseSample(t).Check(wrong)) == 0 {
			t.Errorf("%s: a wrong outcome passes", name)
		}
	}
}

func TestCheckWantsSilence(t *testing.T) {
	test, err := Parse("/tests/int/x.aio", "print(1)  # expect: 1\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(test.Check(Outcome{Stdout: "1\n", Stderr: "a warning\n"})) == 0 {
		t.Error("a warning that no comment expects passes")
	}
}
