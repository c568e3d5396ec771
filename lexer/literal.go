// This file defines the values of string literals: prefixes, escapes, character names.

package lexer

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"
)

// Literal describes a string token: its prefix and the text between its quotes.
type Literal struct {
	Raw, Bytes, Unicode bool // prefixes r, b and u
	Body                string
}

// SplitLiteral takes the text of a String token apart.
func SplitLiteral(text string) Literal {
	var l Literal
	i := 0
	for ; text[i] != '\'' && text[i] != '"'; i++ {
		switch text[i] | 0x20 {
		case 'r':
			l.Raw = true
		case 'b':
			l.Bytes = true
		case 'u':
			l.Unicode = true
		}
	}
	size := 1
	if len(text) >= i+6 && text[i+1] == text[i] && text[i+2] == text[i] {
		size = 3
	}
	l.Body = text[i+size : len(text)-size]
	return l
}

// TextValue returns the value of the body of a str literal. The error is CPython's sentence.
func TextValue(body string, raw bool) (string, error) {
	body = unixLines(body)
	if raw || strings.IndexByte(body, '\\') < 0 {
		return body, nil
	}
	d := decoder{body: body, out: make([]byte, 0, len(body))}
	return d.text()
}

// BytesValue returns the value of the body of a bytes literal. The error is CPython's sentence.
func BytesValue(body string, raw bool) ([]byte, error) {
	body = unixLines(body)
	for i := 0; i < len(body); i++ {
		if body[i] >= 0x80 {
			return nil, fmt.Errorf("bytes can only contain ASCII literal characters")
		}
	}
	if raw || strings.IndexByte(body, '\\') < 0 {
		return []byte(body), nil
	}
	d := decoder{body: body, out: make([]byte, 0, len(body))}
	return d.bytes()
}

// FTextValue returns the value of an FStringMiddle: escapes as in TextValue, and doubled braces made single.
func FTextValue(body string, raw bool) (string, error) {
	if strings.IndexByte(body, '\\') >= 0 && !raw {
		// A doubled brace is undone first only where it is not part of \N{...}.
		d := decoder{body: unixLines(body), out: make([]byte, 0, len(body)), braces: true}
		return d.text()
	}
	body = unixLines(body)
	if strings.IndexByte(body, '{') >= 0 || strings.IndexByte(body, '}') >= 0 {
		body = strings.ReplaceAll(strings.ReplaceAll(body, "{{", "{"), "}}", "}")
	}
	return body, nil
}

// InvalidEscape returns the first escape in the body of a literal that has no meaning, "" without one.
func InvalidEscape(body string, bytes bool) string {
	for i := strings.IndexByte(body, '\\'); i >= 0 && i+1 < len(body); i += 2 {
		c := body[i+1]
		switch {
		case c >= utf8.RuneSelf || c == '\n' || c == '\r' || simpleEscapes[c] != 0 || c == 'x' || !bytes && (c == 'u' || c == 'U' || c == 'N'):
		case isDigitOf(c, 8):
			if c >= '4' && i+3 < len(body) && isDigitOf(body[i+2], 8) && isDigitOf(body[i+3], 8) {
				return body[i : i+4]
			}
		default:
			return body[i : i+2]
		}
		next := strings.IndexByte(body[i+2:], '\\')
		if next < 0 {
			break
		}
		i += next
	}
	return ""
}

// unixLines makes every line end a line feed, as reading a source file does.
func unixLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// decoder undoes the escapes of body into out.
type decoder struct {
	body   string
	i      int
	out    []byte
	braces bool // {{ and }} stand for one brace
}

// simpleEscapes holds the escapes of one character; 0 where there is none.
var simpleEscapes = [256]byte{
	'\\': '\\', '\'': '\'', '"': '"', 'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11,
}

// common undoes the escapes that str and bytes share; it returns false at any other.
func (d *decoder) common(c byte) bool {
	switch {
	case c == '\n':
		d.i++
	case simpleEscapes[c] != 0:
		d.out = append(d.out, simpleEscapes[c])
		d.i++
	default:
		return false
	}
	return true
}

// octal reads up to three octal digits at d.i.
func (d *decoder) octal() rune {
	v := rune(0)
	for n := 0; n < 3 && d.i < len(d.body) && isDigitOf(d.body[d.i], 8); n++ {
		v = v*8 + rune(d.body[d.i]-'0')
		d.i++
	}
	return v
}

// hex reads exactly n hexadecimal digits at d.i; when there are fewer it stops behind them.
func (d *decoder) hex(n int) (v uint32, ok bool) {
	for ; n > 0; n-- {
		if d.i >= len(d.body) || class[d.body[d.i]]&cHex == 0 {
			return v, false
		}
		c := d.body[d.i]
		switch {
		case c <= '9':
			c -= '0'
		default:
			c = c | 0x20 - 'a' + 10
		}
		v = v<<4 | uint32(c)
		d.i++
	}
	return v, true
}

func (d *decoder) text() (string, error) {
	for d.i < len(d.body) {
		c := d.body[d.i]
		if c != '\\' {
			d.out = append(d.out, c)
			d.i++
			if d.braces && (c == '{' || c == '}') && d.i < len(d.body) && d.body[d.i] == c {
				d.i++
			}
			continue
		}
		start := d.i
		d.i++
		if d.i >= len(d.body) {
			// Only in an f-string, before a field: the backslash stands for itself.
			d.out = append(d.out, '\\')
			break
		}
		if err := d.escape(start); err != nil {
			return "", err
		}
	}
	return string(d.out), nil
}

// escape undoes the escape whose backslash is at start.
func (d *decoder) escape(start int) error {
	c := d.body[d.i]
	switch {
	case d.common(c):
		return nil
	case isDigitOf(c, 8):
		d.out = appendRune(d.out, d.octal())
		return nil
	case c == 'x':
		return d.hexEscape(start, 2, `truncated \xXX escape`)
	case c == 'u':
		return d.hexEscape(start, 4, `truncated \uXXXX escape`)
	case c == 'U':
		return d.hexEscape(start, 8, `truncated \UXXXXXXXX escape`)
	case c == 'N':
		return d.namedEscape(start)
	}
	d.out = append(d.out, '\\')
	return nil
}

func (d *decoder) hexEscape(start, digits int, truncated string) error {
	d.i++
	v, ok := d.hex(digits)
	switch {
	case !ok:
		return d.unicodeError(start, truncated)
	case v > utf8.MaxRune:
		return d.unicodeError(start, "illegal Unicode character")
	}
	d.out = appendRune(d.out, rune(v))
	return nil
}

func (d *decoder) namedEscape(start int) error {
	const malformed = `malformed \N character escape`
	d.i++
	if d.i >= len(d.body) || d.body[d.i] != '{' {
		return d.unicodeError(start, malformed)
	}
	d.i++
	n := strings.IndexByte(d.body[d.i:], '}')
	if n <= 0 {
		if n < 0 {
			d.i = len(d.body)
		}
		return d.unicodeError(start, malformed)
	}
	name := d.body[d.i : d.i+n]
	d.i += n + 1
	s, ok := LookupName(name)
	if !ok {
		return d.unicodeError(start, "unknown Unicode character name")
	}
	d.out = appendRune(d.out, s)
	return nil
}

// unicodeError is CPython's sentence about the escape from start to d.i. CPython decodes a copy in
// which every character outside ASCII is ten characters long (\UXXXXXXXX), and counts in that.
func (d *decoder) unicodeError(start int, reason string) error {
	width := func(s string) int {
		n := 0
		for _, r := range s {
			if r < utf8.RuneSelf {
				n++
			} else {
				n += 10
			}
		}
		return n
	}
	from := width(d.body[:start])
	to := from + width(d.body[start:d.i]) - 1
	return fmt.Errorf("(unicode error) 'unicodeescape' codec can't decode bytes in position %d-%d: %s", from, to, reason)
}

func (d *decoder) bytes() ([]byte, error) {
	for d.i < len(d.body) {
		c := d.body[d.i]
		d.i++
		if c != '\\' {
			d.out = append(d.out, c)
			continue
		}
		start := d.i - 1
		c = d.body[d.i]
		switch {
		case d.common(c):
		case isDigitOf(c, 8):
			d.out = append(d.out, byte(d.octal()))
		case c == 'x':
			d.i++
			v, ok := d.hex(2)
			if !ok {
				return nil, fmt.Errorf(`(value error) invalid \x escape at position %d`, start)
			}
			d.out = append(d.out, byte(v))
		default:
			d.out = append(d.out, '\\')
		}
	}
	return d.out, nil
}

// appendRune appends r in UTF-8, a surrogate in its three-byte form (which utf8.AppendRune refuses).
func appendRune(b []byte, r rune) []byte {
	if r >= 0xD800 && r <= 0xDFFF {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0xBF, 0x80|byte(r)&0xBF)
	}
	return utf8.AppendRune(b, r)
}

// runesByName is the reverse of runenames.Name; building it costs some milliseconds, and only
// programs that write \N{...} pay.
var runesByName = sync.OnceValue(func() map[string]rune {
	m := make(map[string]rune, 40000)
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if r == 0xAC00 || r == 0xF0000 {
			if r == 0xF0000 {
				break // private use planes have no names
			}
			r = 0xD7A4 // Hangul syllables are computed
		}
		if name := runenames.Name(r); name != "" && name[0] != '<' {
			m[name] = r
		}
	}
	return m
})

// LookupName returns the character with a Unicode name, as in \N{name} and unicodedata.lookup.
func LookupName(name string) (rune, bool) {
	name = strings.ToUpper(name)
	if r, ok := hangulByName(name); ok {
		return r, true
	}
	if hex, ok := strings.CutPrefix(name, "CJK UNIFIED IDEOGRAPH-"); ok && (len(hex) == 4 || len(hex) == 5) {
		var r rune
		if _, err := fmt.Sscanf(hex, "%X", &r); err == nil && strings.HasPrefix(runenames.Name(r), "<CJK Ideograph") {
			return r, true
		}
		return 0, false
	}
	if r, ok := runesByName()[name]; ok {
		return r, true
	}
	r, ok := nameAliases[name]
	return r, ok
}

// nameAliases holds the common formal aliases; the names of control characters are only that.
var nameAliases = map[string]rune{
	"NULL": 0, "NUL": 0, "ALERT": 7, "BEL": 7, "BACKSPACE": 8, "BS": 8, "CHARACTER TABULATION": 9, "HORIZONTAL TABULATION": 9,
	"TAB": 9, "HT": 9, "LINE FEED": 10, "NEW LINE": 10, "END OF LINE": 10, "LF": 10, "NL": 10, "EOL": 10,
	"LINE TABULATION": 11, "VERTICAL TABULATION": 11, "VT": 11, "FORM FEED": 12, "FF": 12, "CARRIAGE RETURN": 13, "CR": 13,
	"ESCAPE": 27, "ESC": 27, "DELETE": 127, "DEL": 127, "NEXT LINE": 0x85, "NEL": 0x85,
	"NBSP": 0xA0, "SHY": 0xAD, "ZWSP": 0x200B, "ZWNJ": 0x200C, "ZWJ": 0x200D, "LRM": 0x200E, "RLM": 0x200F,
	"BYTE ORDER MARK": 0xFEFF, "BOM": 0xFEFF, "ZWNBSP": 0xFEFF, "START OF HEADING": 1, "START OF TEXT": 2, "END OF TEXT": 3,
	"END OF TRANSMISSION": 4, "ENQUIRY": 5, "ACKNOWLEDGE": 6, "SHIFT OUT": 14, "SHIFT IN": 15, "SUBSTITUTE": 26,
}

// The parts of the names of Hangul syllables (Unicode, section 3.12).
var (
	hangulL = []string{"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"}
	hangulV = []string{"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"}
	hangulT = []string{"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H"}
)

func hangulByName(name string) (rune, bool) {
	rest, ok := strings.CutPrefix(name, "HANGUL SYLLABLE ")
	if !ok {
		return 0, false
	}
	for l, lead := range hangulL {
		tail, ok := strings.CutPrefix(rest, lead)
		if !ok {
			continue
		}
		for v, vowel := range hangulV {
			end, ok := strings.CutPrefix(tail, vowel)
			if !ok {
				continue
			}
			for t, final := range hangulT {
				if end == final {
					return rune(0xAC00 + (l*len(hangulV)+v)*len(hangulT) + t), true
				}
			}
		}
	}
	return 0, false
}
