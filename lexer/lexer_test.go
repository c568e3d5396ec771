// This file tests the cutting of texts into tokens, and the values of literals.

package lexer_test

import (
	"math/big"
	"strings"
	"testing"

	"aio/diag"
	"aio/lexer"
)

// show returns the tokens of text, with the text of those that have one.
func show(text string) string {
	toks, failure := lexer.Scan(diag.NewSource("t", text))
	var words []string
	for _, t := range toks {
		switch s := text[t.Start:t.End]; {
		case t.Kind.IsLayout():
			words = append(words, strings.ToUpper(t.Kind.String()))
		case s == t.Kind.String():
			words = append(words, s)
		default:
			words = append(words, t.Kind.String()+":"+s)
		}
	}
	if failure != nil {
		words = append(words, "! "+failure.Err.Msg)
	}
	return strings.Join(words, " ")
}

func TestTokens(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", "EOF"},
		{"x", "Name:x NEWLINE EOF"},
		{"# c\n\n  # d\nx # e\n", "Name:x NEWLINE EOF"},
		{"if x:\r\n\ty\r\nz\r\n", "if Name:x : NEWLINE INDENT Name:y NEWLINE DEDENT Name:z NEWLINE EOF"},
		{"a:\n  b:\n    c", "Name:a : NEWLINE INDENT Name:b : NEWLINE INDENT Name:c NEWLINE DEDENT DEDENT EOF"},
		{"f(\n  1,\n\n # c\n)\n", "Name:f ( Number:1 , ) NEWLINE EOF"},
		{"x = \\\n  1\n", "Name:x = Number:1 NEWLINE EOF"},
		{"a**=b//c->d...:=e", "Name:a **= Name:b // Name:c -> Name:d ... := Name:e NEWLINE EOF"},
		{"1.5e-3+.5j-0x_F", "Number:1.5e-3 + Number:.5j - Number:0x_F NEWLINE EOF"},
		{"1if x else 2", "Number:1 if Name:x else Number:2 NEWLINE EOF"},
		{"rb'\\'' Rb\"\" '''a\n'b'''", "String:rb'\\'' String:Rb\"\" String:'''a\n'b''' NEWLINE EOF"},
		{"ur'a'", "Name:ur String:'a' NEWLINE EOF"},
		{"f'a{b!r:>{c}}{{d'", "FStringStart:f' FStringMiddle:a { Name:b ! Name:r : FStringMiddle:> { Name:c } } FStringMiddle:{{d FStringEnd:' NEWLINE EOF"},
		{"f'{a != b:=5}'", "FStringStart:f' { Name:a != Name:b : FStringMiddle:=5 } FStringEnd:' NEWLINE EOF"},
		{"f'{x['k']}{ {1: 2}[1] }'", "FStringStart:f' { Name:x [ String:'k' ] } { { Number:1 : Number:2 } [ Number:1 ] } FStringEnd:' NEWLINE EOF"},
		{"f'\\N{BULLET}{x}'", "FStringStart:f' FStringMiddle:\\N{BULLET} { Name:x } FStringEnd:' NEWLINE EOF"},
		{"变量 = é", "Name:变量 = Name:é NEWLINE EOF"},
		{"a ? b", "Name:a Unknown:? Name:b NEWLINE EOF"},
		{"a\n  b\n c", "Name:a NEWLINE INDENT Name:b NEWLINE Bad:c EOF ! unindent does not match any outer indentation level"},
		{"(a", "( Name:a Bad: EOF ! '(' was never closed"},
		{"x = '", "Name:x = Bad: EOF ! unterminated string literal (detected at line 1)"},
	}
	for _, tt := range tests {
		if got := show(tt.text); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestKindsAreNamed(t *testing.T) {
	seen := map[string]bool{}
	for k, name := range lexer.Kinds {
		if name == "" || seen[name] {
			t.Errorf("kind %d has no name of its own: %q", k, name)
		}
		seen[name] = true
	}
}

func TestNumberValue(t *testing.T) {
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	tests := []struct {
		text string
		want any
	}{
		{"0", int64(0)}, {"00_0", int64(0)}, {"1_000", int64(1000)}, {"0xFF", int64(255)}, {"0o17", int64(15)}, {"0B1_0", int64(2)},
		{"9223372036854775807", int64(1<<63 - 1)}, {"1.5", 1.5}, {"1e3", 1e3}, {"1_0.5_0", 10.5}, {"09.5", 9.5}, {"2j", complex(0, 2)}, {"1.5e1J", complex(0, 15)},
	}
	for _, tt := range tests {
		if got, err := lexer.NumberValue(tt.text); err != nil || got != tt.want {
			t.Errorf("%s: %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
	if got, _ := lexer.NumberValue("123456789012345678901234567890"); got.(*big.Int).Cmp(huge) != 0 {
		t.Errorf("a large integer: %v", got)
	}
	if _, err := lexer.NumberValue(strings.Repeat("9", 5000)); err == nil {
		t.Error("a decimal integer of 5000 digits is accepted")
	}
}

func TestTextValue(t *testing.T) {
	tests := []struct{ body, want string }{
		{`a\n\t\\\'\x41\u00e9\U0001F600`, "a\n\t\\'Aé😀"},
		{`\0\101\q`, "\x00A\\q"},
		{"a\\\nb", "ab"},
		{"a\r\nb\rc", "a\nb\nc"},
		{`\N{BULLET}\N{latin small letter a}\N{HANGUL SYLLABLE HAN}\N{LF}\N{CJK UNIFIED IDEOGRAPH-4E2D}`, "•a한\n中"},
		{`\ud83d`, "\xed\xa0\xbd"},
	}
	for _, tt := range tests {
		if got, err := lexer.TextValue(tt.body, false); err != nil || got != tt.want {
			t.Errorf("%s: %q, %v; want %q", tt.body, got, err, tt.want)
		}
	}
	if got, _ := lexer.TextValue(`\n`, true); got != `\n` {
		t.Errorf("a raw string: %q", got)
	}
	if got, _ := lexer.FTextValue(`{{\x7b\N{BULLET}}}`, false); got != "{{•}" {
		t.Errorf("the text of an f-string: %q", got)
	}
}

func TestIdentifier(t *testing.T) {
	if got := lexer.Identifier("ﬁx"); got != "fix" {
		t.Errorf("identifiers are compared in NFKC: %q", got)
	}
}
