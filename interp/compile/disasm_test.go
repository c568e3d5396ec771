package compile

// This file tests the Code of small programs by its text.

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOps checks that every opcode has its row.
func TestOps(t *testing.T) {
	names := map[string]Opcode{}
	for op, info := range Ops {
		if info.Name == "" || info.Doc == "" {
			t.Errorf("opcode %d has no row", op)
		}
		if other, ok := names[info.Name]; ok {
			t.Errorf("opcodes %d and %d are both called %s", other, op, info.Name)
		}
		names[info.Name] = Opcode(op)
	}
}

// TestDisassembly compares the text of the Code of every testdata/*.py with the .dis file beside it. With
// UPDATE_DIS set in the environment it writes these files instead.
func TestDisassembly(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := Disassemble(&got, compileText(t, string(text), Options{})); err != nil {
				t.Fatal(err)
			}
			checkGolden(t, strings.TrimSuffix(file, ".py")+".dis", got.Bytes())
		})
	}
}

func checkGolden(t *testing.T, file string, got []byte) {
	if os.Getenv("UPDATE_DIS") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		g, w := "", ""
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if g != w {
			t.Fatalf("%s:%d:\n got %s\nwant %s", file, i+1, g, w)
		}
	}
}
