// This file defines which characters identifiers are made of.

package lexer

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// isNameStart reports whether r may begin an identifier (Unicode's XID_Start, or _).
func isNameStart(r rune) bool {
	if r < 0x80 {
		return class[byte(r)]&cName != 0
	}
	return (unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)) && !notStart(r)
}

// isNameContinue reports whether r may continue an identifier (XID_Continue).
func isNameContinue(r rune) bool {
	if r < 0x80 {
		return class[byte(r)]&(cName|cDigit) != 0
	}
	return (unicode.IsLetter(r) || unicode.In(r, unicode.Nl, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc,
		unicode.Other_ID_Start, unicode.Other_ID_Continue)) && !notContinue(r)
}

// notContinue holds the characters of ID_Continue whose NFKC form is no identifier (UAX 31, NFKC_QC).
func notContinue(r rune) bool {
	switch {
	case r == 0x37A, 0x309B <= r && r <= 0x309C, 0xFC5E <= r && r <= 0xFC63, 0xFDFA <= r && r <= 0xFDFB:
		return true
	case 0xFE70 <= r && r <= 0xFE7E:
		return r != 0xFE71 && r != 0xFE73 && r != 0xFE77 && r != 0xFE79 && r != 0xFE7B && r != 0xFE7D
	}
	return false
}

// notStart adds the letters whose NFKC form begins with a mark.
func notStart(r rune) bool {
	switch r {
	case 0xE33, 0xEB3, 0xFE71, 0xFE77, 0xFE79, 0xFE7B, 0xFE7D, 0xFF9E, 0xFF9F:
		return true
	}
	return notContinue(r)
}

// Identifier returns the name that text spells: identifiers are compared in NFKC.
func Identifier(text string) string {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return norm.NFKC.String(text)
		}
	}
	return text
}
