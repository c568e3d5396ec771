// This file tests the printed grammar.

package parser_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"aio/parser"
)

func TestGrammarFileIsCurrent(t *testing.T) {
	data, err := os.ReadFile("../docs/grammar.ebnf")
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != parser.EBNF() {
		t.Error("docs/grammar.ebnf is not what the parser says; write it again: go run ./cmd/aio grammar > docs/grammar.ebnf")
	}
}

// TestGrammarIsClosed checks that every production that is named is also defined.
func TestGrammarIsClosed(t *testing.T) {
	quoted := regexp.MustCompile(`"[^"]*"`)
	name := regexp.MustCompile(`[A-Z]\w*`)
	defined, used := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(parser.EBNF()), "\n") {
		left, right, ok := strings.Cut(line, " = ")
		if !ok {
			continue
		}
		defined[left] = true
		for _, n := range name.FindAllString(quoted.ReplaceAllString(right, ""), -1) {
			used[n] = true
		}
	}
	for n := range used {
		if !defined[n] {
			t.Errorf("%s is used and not defined", n)
		}
	}
}
