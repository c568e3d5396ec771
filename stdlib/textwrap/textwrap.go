// Package textwrap is the module textwrap: wrap, fill, shorten, dedent, indent, TextWrapper. All but the
// cutting of a text into words is written in the language.
package textwrap

import (
	_ "embed"
	"strings"
	"unicode"

	"aio/interp"
)

//go:embed textwrap.aio
var source string

// Module is the module textwrap.
var Module = &interp.ModuleDef{
	Name: "textwrap",
	Doc:  "Text wrapping and filling.",
	Funcs: []interp.Builtin{
		{Sig: "_chunks(text, hyphens, /)", Doc: "Cut text where a line can end: around whitespace, and behind hyphens if wanted.", Fn: chunks},
	},
	Source: source,
}

func chunks(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	text, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("expected str, got %s", interp.TypeName(a[0]))
	}
	hyphens, err := th.Truth(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	c := cutter{text: []rune(text), hyphens: hyphens}
	var items []interp.Value
	for start := 0; start < len(c.text); {
		end := c.next(start)
		items = append(items, interp.MkStr(string(c.text[start:end])))
		start = end
	}
	return interp.MkList(items), nil
}

// cutter finds the places where a line can end.
type cutter struct {
	text    []rune
	hyphens bool
}

// at returns a character, 0 outside the text.
func (c *cutter) at(i int) rune {
	if i < 0 || i >= len(c.text) {
		return 0
	}
	return c.text[i]
}

func isSpace(r rune) bool { return r == ' ' || r >= '\t' && r <= '\r' }

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

func isLetter(r rune) bool { return isWord(r) && !unicode.IsDigit(r) }

// endsWord reports whether a dash behind r can be one between words.
func endsWord(r rune) bool { return isWord(r) || r != 0 && strings.ContainsRune(`!"'&.,?`, r) }

// next returns the end of the chunk that begins at start.
func (c *cutter) next(start int) int {
	i := start
	if isSpace(c.text[i]) {
		for i < len(c.text) && isSpace(c.text[i]) {
			i++
		}
		return i
	}
	if c.hyphens {
		if n := c.dashes(i); n > 0 && endsWord(c.at(i-1)) {
			return i + n
		}
	}
	for i++; i < len(c.text) && !isSpace(c.text[i]); i++ {
		if !c.hyphens || c.text[i] != '-' {
			continue
		}
		if c.hyphen(i) {
			return i + 1
		}
		if endsWord(c.text[i-1]) && c.dashes(i) > 0 {
			return i
		}
	}
	return i
}

// dashes returns the length of a dash of two or more hyphens at i that a word follows, else 0.
func (c *cutter) dashes(i int) int {
	n := 0
	for c.at(i+n) == '-' {
		n++
	}
	if n < 2 || !isWord(c.at(i+n)) {
		return 0
	}
	return n
}

// hyphen reports whether the hyphen at i stands within a word: "ab-cd", "a-b-c".
func (c *cutter) hyphen(i int) bool {
	before := isLetter(c.at(i-1)) && (isLetter(c.at(i-2)) || c.at(i-2) == '-' && isLetter(c.at(i-3)))
	after := isLetter(c.at(i+1)) && (isLetter(c.at(i+2)) || c.at(i+2) == '-' && isLetter(c.at(i+3)))
	return before && after
}
