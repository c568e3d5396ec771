// This file tests decoding, rendering and suggestions.

package diag_test

import (
	"testing"

	"aio/diag"
)

func TestDecode(t *testing.T) {
	tests := []struct{ data, text, err string }{
		{"x = 1\n", "x = 1\n", ""},
		{"\xef\xbb\xbfx = 'é'\n", "x = 'é'\n", ""},
		{"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n", ""},
		{"#!/bin/x\n# vim: set fileencoding=ISO_8859-1 :\n'\xe9'", "#!/bin/x\n# vim: set fileencoding=ISO_8859-1 :\n'é'", ""},
		{"x = 1\ny = 2\n# coding: nonsense\n", "x = 1\ny = 2\n# coding: nonsense\n", ""},
		{"# coding: nonsense\n", "", "unknown encoding: nonsense"},
		{"# coding: utf-8\n'\xff'", "", "(unicode error) 'utf-8' codec can't decode byte 0xff in position 17: invalid start byte"},
		{"# coding: ascii\n'\xc3\xa9'", "", "(unicode error) 'ascii' codec can't decode byte 0xc3 in position 17: ordinal not in range(128)"},
		{"\xef\xbb\xbf# coding: latin-1\n", "", "encoding problem: latin-1 with BOM"},
		{"a = 1\nb = '\xe9'\n", "", "Non-UTF-8 code starting with '\\xe9' in file f.py on line 2, but no encoding declared; " +
			"see https://peps.python.org/pep-0263/ for details"},
		{"x = 1\x00\n", "", "source code string cannot contain null bytes"},
	}
	for _, tt := range tests {
		src, err := diag.Decode("f.py", []byte(tt.data))
		switch {
		case err != nil && err.Msg != tt.err:
			t.Errorf("%q: %s, want %q", tt.data, err.Msg, tt.err)
		case err == nil && tt.err != "":
			t.Errorf("%q: no error, want %s", tt.data, tt.err)
		case err == nil && src.Text != tt.text:
			t.Errorf("%q: %q, want %q", tt.data, src.Text, tt.text)
		}
	}
}

func TestRender(t *testing.T) {
	at := func(text string, start, end diag.Pos) *diag.Error {
		return &diag.Error{Source: diag.NewSource("f.py", text), Span: diag.Span{Start: start, End: end}, Kind: "SyntaxError", Msg: "m"}
	}
	hinted := at("x\n", 0, 1)
	hinted.Hint = "do this"
	tests := []struct {
		err  *diag.Error
		want string
	}{
		{at("a\n    é = f( x\n", 11, 13), "  File \"f.py\", line 2\n    é = f( x\n        ^^\nSyntaxError: m\n"},
		{at("\tif\tx\n", 4, 4), "  File \"f.py\", line 1\n    if\tx\n      \t^\nSyntaxError: m\n"},
		{at("f(a\n  b)\n", 2, 7), "  File \"f.py\", line 1\n    f(a\n      ^\nSyntaxError: m\n"},
		{at("x\n   y\n", 4, 4), "  File \"f.py\", line 2\n    y\nSyntaxError: m\n"},
		{at("", 0, 0), "  File \"f.py\", line 1\nSyntaxError: m\n"},
		{hinted, "  File \"f.py\", line 1\n    x\n    ^\nSyntaxError: m\nhint: do this\n"},
	}
	for _, tt := range tests {
		if got := tt.err.Render(); got != tt.want {
			t.Errorf("got:\n%swant:\n%s", got, tt.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	tests := []struct {
		name       string
		candidates []string
		want       string
	}{
		{"pritn", []string{"abs", "print", "repr"}, "print"},
		{"append_", []string{"append", "extend"}, "append"},
		{"Value", []string{"valve", "value"}, "value"},
		{"x", []string{"y", "z"}, ""},
		{"blech", []string{"bluch", "bleach"}, "bluch"},
		{"same", []string{"same"}, ""},
		{"completely", []string{"different"}, ""},
		{"print", make([]string, 800), ""},
	}
	for _, tt := range tests {
		if got := diag.DidYouMean(tt.name, tt.candidates); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
