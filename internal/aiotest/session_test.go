package aiotest

import (
	"os"
	"path/filepath"
	"testing"
)

func TestReadSession(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doc.md")
	text := "# Title\n>>> not fenced\n```\nnot begun\n>>> for x in y:\n...     x\n...\n1\n2\n>>> None\n```\nprose\n```\n>>> z\na ... b\n```\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := ReadSession(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []Exchange{{"for x in y:\n    x\n\n", "1\n2\n", 5}, {"None\n", "", 10}, {"z\n", "a ... b\n", 14}}
	if len(list) != len(want) {
		t.Fatalf("read %v", list)
	}
	for i, e := range list {
		if e != want[i] {
			t.Errorf("exchange %d is %v, not %v", i, e, want[i])
		}
	}
	for _, test := range []struct {
		output string
		want   bool
	}{{"a b c b\n", true}, {"a  b\n", true}, {"a b\n", false}, {"a x b\nmore\n", false}, {"", false}} {
		if got := list[2].Matches(test.output); got != test.want {
			t.Errorf("%q matches: %v", test.output, got)
		}
	}
}
