// Package unicodedata is the module unicodedata: what the Unicode database says about a character, and
// the normal forms of text.
//
//	name, lookup, category, bidirectional, combining, east_asian_width, mirrored
//	decimal, digit, numeric, normalize, is_normalized
package unicodedata

import (
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"aio/interp"
	"aio/lexer"
)

// Module is the module unicodedata.
var Module = &interp.ModuleDef{
	Name:  "unicodedata",
	Doc:   "This module provides access to the Unicode Character Database, version 14.",
	Funcs: functions,
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("unidata_version", interp.MkStr("14.0.0"))
		return nil
	},
}

var functions = []interp.Builtin{
	{Sig: "name(chr, default=?, /)", Doc: "Returns the name assigned to the character chr as a string.\n\nIf no name is defined, default is returned, or, if not given, ValueError is raised.", Fn: name},
	{Sig: "lookup(name, /)", Doc: "Look up character by name.\n\nIf a character with the given name is found, return the corresponding character. If not found, KeyError is raised.", Fn: lookup},
	{Sig: "category(chr, /)", Doc: "Returns the general category assigned to the character chr as string.", Fn: property("category", func(r rune) interp.Value { return interp.MkStr(category(r)) })},
	{Sig: "bidirectional(chr, /)", Doc: "Returns the bidirectional class assigned to the character chr as string.\n\nIf no such value is defined, an empty string is returned.", Fn: property("bidirectional", func(r rune) interp.Value { return interp.MkStr(bidirectional(r)) })},
	{Sig: "combining(chr, /)", Doc: "Returns the canonical combining class assigned to the character chr as integer.\n\nReturns 0 if no combining class is defined.", Fn: property("combining", combining)},
	{Sig: "east_asian_width(chr, /)", Doc: "Returns the east asian width assigned to the character chr as string.", Fn: property("east_asian_width", func(r rune) interp.Value { return interp.MkStr(eastAsianWidth(r)) })},
	{Sig: "mirrored(chr, /)", Doc: "Returns the mirrored property assigned to the character chr as integer: 1 or 0.", Fn: property("mirrored", mirrored)},
	{Sig: "decimal(chr, default=?, /)", Doc: "Converts a Unicode character into its equivalent decimal value.", Fn: value("decimal", "not a decimal", func(r rune) (interp.Value, bool) {
		d := decimalDigit(r)
		return interp.MkInt(d), d >= 0
	})},
	{Sig: "digit(chr, default=?, /)", Doc: "Converts a Unicode character into its equivalent digit value.", Fn: value("digit", "not a digit", digit)},
	{Sig: "numeric(chr, default=?, /)", Doc: "Converts a Unicode character into its equivalent numeric value, a float.", Fn: value("numeric", "not a numeric character", numeric)},
	{Sig: "normalize(form, unistr, /)", Doc: "Return the normal form 'form' for the Unicode string unistr.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.", Fn: normalize},
	{Sig: "is_normalized(form, unistr, /)", Doc: "Return whether the Unicode string unistr is in the normal form 'form'.", Fn: isNormalized},
}

// char reads an argument that is one character; what names it in the error.
func char(v interp.Value, what string) (rune, *interp.Exc) {
	s, ok := interp.AsStr(v)
	if !ok || s.Len() != 1 {
		return 0, interp.TypeErrorf("%s must be a unicode character, not %s", what, interp.TypeName(v))
	}
	r, _ := interp.DecodeRune(s.String())
	return r, nil
}

// property makes a function of one character.
func property(name string, of func(r rune) interp.Value) interp.BuiltinFunc {
	return func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		r, err := char(a[0], name+"() argument")
		if err != nil {
			return interp.Value{}, err
		}
		return of(r), nil
	}
}

// value makes a function of a character that has a value or else gives the default.
func value(name, missing string, of func(r rune) (interp.Value, bool)) interp.BuiltinFunc {
	return func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		r, err := char(a[0], name+"() argument 1")
		if err != nil {
			return interp.Value{}, err
		}
		v, ok := of(r)
		switch {
		case ok:
			return v, nil
		case a[1].IsUnbound():
			return interp.Value{}, interp.ValueErrorf("%s", missing)
		}
		return a[1], nil
	}
}

func name(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return value("name", "no such name", func(r rune) (interp.Value, bool) {
		n := interp.CharName(r)
		return interp.MkStr(n), n != ""
	})(th, a)
}

func lookup(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[0]))
	}
	r, ok := lexer.LookupName(n)
	if !ok {
		return interp.Value{}, interp.KeyErrorOf(interp.MkStr("undefined character name '" + n + "'"))
	}
	return interp.MkStr(string(r)), nil
}

// categories are the names of the categories, the frequent ones first.
var categories = []string{"Lo", "Ll", "Lu", "So", "Mn", "Nd", "Po", "Sm", "No", "Lm", "Mc", "Nl", "Cf", "Cc", "Ps", "Pe",
	"Sk", "Sc", "Pd", "Zs", "Lt", "Pi", "Pf", "Me", "Pc", "Zl", "Zp", "Co", "Cs"}

func category(r rune) string {
	if interp.IsNewChar(r) {
		return "Cn"
	}
	for _, c := range categories {
		if unicode.Is(unicode.Categories[c], r) {
			return c
		}
	}
	return "Cn"
}

// bidiNames are the names of the classes that package bidi tells apart.
var bidiNames = map[bidi.Class]string{bidi.L: "L", bidi.R: "R", bidi.EN: "EN", bidi.ES: "ES", bidi.ET: "ET", bidi.AN: "AN",
	bidi.CS: "CS", bidi.B: "B", bidi.S: "S", bidi.WS: "WS", bidi.ON: "ON", bidi.BN: "BN", bidi.NSM: "NSM", bidi.AL: "AL"}

// bidiControls are the controls, which package bidi does not tell apart.
var bidiControls = map[rune]string{0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
	0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI"}

func bidirectional(r rune) string {
	if n, ok := bidiControls[r]; ok {
		return n
	}
	switch category(r) {
	case "Cn":
		return ""
	case "Cs", "Co":
		return "L"
	}
	p, _ := bidi.LookupRune(r)
	return bidiNames[p.Class()]
}

func combining(r rune) interp.Value {
	if interp.IsNewChar(r) {
		return interp.MkInt(0)
	}
	return interp.MkInt(int64(norm.NFC.PropertiesString(string(r)).CCC()))
}

func eastAsianWidth(r rune) string {
	switch category(r) {
	case "Cn":
		return "F" // sic: what CPython 3.11 answers
	case "Cs":
		return "N"
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianAmbiguous:
		return "A"
	case width.EastAsianWide:
		return "W"
	case width.EastAsianNarrow:
		return "Na"
	case width.EastAsianFullwidth:
		return "F"
	case width.EastAsianHalfwidth:
		return "H"
	}
	return "N"
}

func mirrored(r rune) interp.Value {
	if unicode.Is(mirroredTable, r) {
		return interp.MkInt(1)
	}
	return interp.MkInt(0)
}

// decimalDigit returns the value of a decimal digit of any script, -1 for other characters. The digits
// of a script are ten in a row.
func decimalDigit(r rune) int64 {
	if interp.IsNewChar(r) {
		return -1
	}
	for _, x := range unicode.Nd.R16 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return int64(r-rune(x.Lo)) % 10
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r >= rune(x.Lo) && r <= rune(x.Hi) {
			return int64(r-rune(x.Lo)) % 10
		}
	}
	return -1
}

func digit(r rune) (interp.Value, bool) {
	if d := decimalDigit(r); d >= 0 {
		return interp.MkInt(d), true
	}
	if !interp.IsDigitChar(r) {
		return interp.Value{}, false
	}
	num, _, ok := fraction(r)
	return interp.MkInt(num), ok
}

func numeric(r rune) (interp.Value, bool) {
	if d := decimalDigit(r); d >= 0 {
		return interp.MkFloat(float64(d)), true
	}
	num, den, ok := fraction(r)
	return interp.MkFloat(float64(num) / float64(den)), ok
}

// fraction returns the numeric value of a character that is no decimal digit.
func fraction(r rune) (num, den int64, ok bool) {
	lo, hi := 0, len(numericRuns)
	for lo < hi {
		mid := (lo + hi) / 2
		if run := &numericRuns[mid]; r > run.last {
			lo = mid + 1
		} else if r < run.first {
			hi = mid
		} else {
			return run.num + run.step*int64(r-run.first), run.den, true
		}
	}
	return 0, 1, false
}

// formArgs reads the arguments of normalize and is_normalized.
func formArgs(fn string, a []interp.Value) (norm.Form, string, *interp.Exc) {
	var texts [2]string
	for i := range texts {
		s, ok := interp.StrOf(a[i])
		if !ok {
			return 0, "", interp.TypeErrorf("%s() argument %d must be str, not %s", fn, i+1, interp.TypeName(a[i]))
		}
		texts[i] = s
	}
	switch texts[0] {
	case "NFC":
		return norm.NFC, texts[1], nil
	case "NFD":
		return norm.NFD, texts[1], nil
	case "NFKC":
		return norm.NFKC, texts[1], nil
	case "NFKD":
		return norm.NFKD, texts[1], nil
	}
	return 0, "", interp.ValueErrorf("invalid normalization form")
}

func normalize(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if s, ok := interp.StrOf(a[1]); ok && s == "" {
		return a[1], nil // sic: whatever the form
	}
	form, s, err := formArgs("normalize", a)
	if err != nil {
		return interp.Value{}, err
	}
	if form.IsNormalString(s) {
		return a[1], nil
	}
	return interp.MkStr(form.String(s)), nil
}

func isNormalized(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	form, s, err := formArgs("is_normalized", a)
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkBool(form.IsNormalString(s)), nil
}
