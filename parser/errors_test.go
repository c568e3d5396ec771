// This file tests the sentences about wrong programs.

package parser_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"aio/diag"
	"aio/parser"
)

// errorCase is a wrong program of testdata/errors.txt, with the sentence about it.
type errorCase struct {
	program string
	line    int
	col     int // counted from 1; 0 when the place is not CPython's
	verdict string
}

// readErrorCases reads programs, each followed by a line "=> LINE:COL KIND: SENTENCE" and separated by
// "---". With "~" in place of the position, aio's differs from CPython's on purpose.
func readErrorCases(t *testing.T) []errorCase {
	data, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []errorCase
	for _, text := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n---\n") {
		at := strings.LastIndex(text, "\n=> ")
		if at < 0 {
			t.Fatalf("a case without a verdict:\n%s", text)
		}
		place, verdict, _ := strings.Cut(text[at+len("\n=> "):], " ")
		c := errorCase{program: text[:at], verdict: verdict}
		if !strings.HasSuffix(c.program, `\`) {
			c.program += "\n"
		}
		if place != "~" {
			if _, err := fmt.Sscanf(place, "%d:%d", &c.line, &c.col); err != nil {
				t.Fatalf("%q: %v", place, err)
			}
		}
		cases = append(cases, c)
	}
	return cases
}

func TestErrorSentences(t *testing.T) {
	cases := readErrorCases(t)
	for _, c := range cases {
		_, err := parser.Parse(diag.NewSource("<t>", c.program))
		if err == nil {
			t.Errorf("accepted:\n%s\nwant %s", c.program, c.verdict)
			continue
		}
		if err.Error() != c.verdict {
			t.Errorf("%s\n got %s\nwant %s", c.program, err.Error(), c.verdict)
			continue
		}
		line, col := err.Source.Position(err.Span.Start)
		if c.line > 0 && (line != c.line || col+1 != c.col) {
			t.Errorf("%s\n%s\n got %d:%d\nwant %d:%d", c.program, c.verdict, line, col+1, c.line, c.col)
		}
	}
	t.Logf("%d wrong programs", len(cases))
}

// TestErrorSentencesAreCPythons compares the table itself with python3.
func TestErrorSentencesAreCPythons(t *testing.T) {
	cases := readErrorCases(t)
	programs := make([]string, len(cases))
	for i, c := range cases {
		programs[i] = c.program
	}
	out := python3(t, `
import json, sys
verdicts = []
for text in json.load(sys.stdin):
    try:
        compile(text, "<t>", "exec", dont_inherit=True)
        verdicts.append(["accepted", 0, 0])
    except SyntaxError as e:
        verdicts.append([type(e).__name__ + ": " + e.msg, e.lineno, e.offset])
json.dump(verdicts, sys.stdout)`, programs)
	var verdicts [][3]any
	if err := json.Unmarshal(out, &verdicts); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		v := verdicts[i]
		if v[0] != c.verdict || c.line > 0 && (v[1] != float64(c.line) || v[2] != float64(c.col)) {
			t.Errorf("%s\ntable says %d:%d %s\npython3 says %v", c.program, c.line, c.col, c.verdict, v)
		}
	}
}
