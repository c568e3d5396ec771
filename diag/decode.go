// This file defines Decode: from the bytes of a file to its text.

package diag

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// cookie finds the encoding declaration of PEP 263 in a line.
var cookie = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`)

// Decode returns the Source that data holds. The encoding is UTF-8, with or without a byte order
// mark, unless one of the first two lines declares another (PEP 263): Latin-1 and ASCII are known.
func Decode(name string, data []byte) (*Source, *Error) {
	body, bom := bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	declared := declaredEncoding(body)
	encoding := normalizeEncoding(declared)
	switch {
	case bom && declared != "" && !strings.HasPrefix(strings.ToLower(strings.ReplaceAll(declared, "_", "-")), "utf-8"):
		return nil, decodeError(name, body, 0, fmt.Sprintf("encoding problem: %s with BOM", declared))
	case encoding == "" || encoding == "utf-8":
		return decodeUTF8(name, body, encoding != "")
	case encoding == "iso-8859-1":
		return finish(name, latin1(body))
	case encoding == "ascii":
		if at := bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }); at >= 0 {
			return nil, decodeError(name, body, 0, fmt.Sprintf(
				"(unicode error) 'ascii' codec can't decode byte 0x%02x in position %d: ordinal not in range(128)", body[at], at))
		}
		return finish(name, string(body))
	}
	return nil, decodeError(name, body, 0, unknownEncoding+declared)
}

const unknownEncoding = "unknown encoding: "

// UnknownEncoding returns the encoding that Decode did not know; ok is false for another error.
func (e *Error) UnknownEncoding() (name string, ok bool) {
	return strings.CutPrefix(e.Msg, unknownEncoding)
}

// declaredEncoding returns the encoding that the first or second line names; "" without one. The
// second line counts only after a comment or a blank line.
func declaredEncoding(data []byte) string {
	for range 2 {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		if m := cookie.FindSubmatch(line); m != nil {
			return string(m[1])
		}
		if code := bytes.TrimLeft(line, " \t\f\r"); len(code) > 0 && code[0] != '#' {
			return ""
		}
		data = rest
	}
	return ""
}

// normalizeEncoding returns the one name of an encoding known by several.
func normalizeEncoding(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch {
	case name == "utf8" || name == "utf-8" || strings.HasPrefix(name, "utf-8-"):
		return "utf-8"
	case name == "latin1" || name == "l1":
		return "iso-8859-1"
	case name == "us-ascii":
		return "ascii"
	}
	for _, latin := range []string{"latin-1", "iso-8859-1", "iso-latin-1"} {
		if name == latin || strings.HasPrefix(name, latin+"-") {
			return "iso-8859-1"
		}
	}
	return name
}

func latin1(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func decodeUTF8(name string, data []byte, declared bool) (*Source, *Error) {
	if utf8.Valid(data) {
		return finish(name, string(data))
	}
	at := 0
	for {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	if declared {
		return nil, decodeError(name, data, at, fmt.Sprintf(
			"(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %d: %s", data[at], at, badByte(data[at:])))
	}
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	return nil, decodeError(name, data, at, fmt.Sprintf(
		"Non-UTF-8 code starting with '\\x%02x' in file %s on line %d, but no encoding declared; "+
			"see https://peps.python.org/pep-0263/ for details", data[at], name, line))
}

// badByte is the reason that CPython's codec gives for the first byte of data.
func badByte(data []byte) string {
	c := data[0]
	switch {
	case c < 0xC2 || c > 0xF4:
		return "invalid start byte"
	case len(data) < 2 || len(data) < 3 && c >= 0xE0 || len(data) < 4 && c >= 0xF0:
		return "unexpected end of data"
	}
	return "invalid continuation byte"
}

func finish(name, text string) (*Source, *Error) {
	if at := strings.IndexByte(text, 0); at >= 0 {
		return nil, decodeError(name, []byte(text), at, "source code string cannot contain null bytes")
	}
	return NewSource(name, text), nil
}

// decodeError makes an error at offset at of data; what is readable of data is kept to be shown.
func decodeError(name string, data []byte, at int, msg string) *Error {
	before := strings.ToValidUTF8(string(data[:at]), "\uFFFD")
	after := strings.ToValidUTF8(string(data[at:]), "\uFFFD")
	pos := Pos(len(before))
	return &Error{Source: NewSource(name, before+after), Span: Span{pos, pos}, Kind: "SyntaxError", Msg: msg}
}
