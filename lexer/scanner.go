// This file defines the scanner: layout, names, operators and brackets.

package lexer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"aio/diag"
)

// The limits of CPython's tokenizer.
const (
	maxBrackets = 200
	maxIndents  = 100
)

// Failure says why a Source could not be cut into tokens to its end.
type Failure struct {
	Err *diag.Error
	// Hard failures are reported before any error of the parser that stands earlier in the text,
	// as CPython does: an unterminated string is the likelier cause of what the parser stumbles on.
	Hard bool
	// Unclosed is set when the text ended inside a bracket; Err names that bracket.
	Unclosed bool
}

type bracket struct {
	char byte
	pos  int
}

// scanner cuts one Source. Invariant: text[:i] is in toks.
type scanner struct {
	src      *diag.Source
	text     string
	i        int
	toks     []Token
	brackets []bracket
	indents  []int // columns with tabs to multiples of 8
	alt      []int // columns with tabs as one column: both must agree
	fstrings []fstring
	failure  *Failure
}

// Scan cuts src into tokens. The last token is EOF; when there is a Failure, the one before it is
// Bad, and stands where the scanner gave up.
func Scan(src *diag.Source) ([]Token, *Failure) {
	s := newScanner(src)
	if i := strings.IndexByte(src.Text, 0); i >= 0 {
		s.failHard(i, i+1, "source code string cannot contain null bytes")
	} else {
		s.run()
	}
	return s.finish()
}

// ScanExpr is Scan for a lone expression: leading blanks are no indentation.
func ScanExpr(src *diag.Source) ([]Token, *Failure) {
	s := newScanner(src)
	if i := strings.IndexByte(src.Text, 0); i >= 0 {
		s.failHard(i, i+1, "source code string cannot contain null bytes")
	} else {
		for s.i < len(s.text) && (s.text[s.i] == ' ' || s.text[s.i] == '\t') {
			s.i++
		}
		s.lineBody()
		s.run()
	}
	return s.finish()
}

func newScanner(src *diag.Source) *scanner {
	return &scanner{
		src: src, text: src.Text,
		toks:    make([]Token, 0, len(src.Text)/4+16),
		indents: []int{0}, alt: []int{0},
	}
}

// run scans line by line; a line is a logical one.
func (s *scanner) run() {
	for s.failure == nil && s.i < len(s.text) {
		if s.indentation() {
			s.lineBody()
		}
	}
	if s.failure != nil {
		return
	}
	if len(s.fstrings) > 0 {
		s.failUnterminated(s.fstrings[0].start, s.fstrings[0].size)
		return
	}
	if n := len(s.brackets); n > 0 {
		b := s.brackets[n-1]
		s.fail(b.pos, b.pos+1, "SyntaxError", fmt.Sprintf("'%c' was never closed", b.char))
		s.failure.Unclosed, s.failure.Err.Incomplete = true, true
	}
}

// finish closes the last line and the open blocks, and adds EOF.
func (s *scanner) finish() ([]Token, *Failure) {
	end := len(s.text)
	if s.failure != nil {
		s.emit(Bad, min(s.i, end), end)
	} else {
		if n := len(s.toks); n > 0 && !s.toks[n-1].Kind.IsLayout() {
			s.emit(Newline, end, end)
		}
		for range s.indents[1:] {
			s.emit(Dedent, end, end)
		}
	}
	s.emit(EOF, end, end)
	return s.toks, s.failure
}

func (s *scanner) emit(k Kind, start, end int) {
	s.toks = append(s.toks, Token{k, uint8(len(s.brackets)), diag.Pos(start), diag.Pos(end)})
}

// fail records the failure at [start, end) that ends the scan; the first one stays.
func (s *scanner) fail(start, end int, kind, msg string) {
	if s.failure == nil {
		s.failure = &Failure{Err: &diag.Error{
			Source: s.src, Kind: kind, Msg: msg,
			Span: diag.Span{Start: diag.Pos(start), End: diag.Pos(end)},
		}}
	}
}

func (s *scanner) failHard(start, end int, msg string) {
	s.fail(start, end, "SyntaxError", msg)
	s.failure.Hard = true
}

// at returns the byte at i, 0 at the end of the text (which holds no NUL).
func (s *scanner) at(i int) byte {
	if i < len(s.text) {
		return s.text[i]
	}
	return 0
}

// lineEnd returns how many bytes of line end stand at i: 0, 1, or 2 for CR LF.
func (s *scanner) lineEnd(i int) int {
	switch s.at(i) {
	case '\n':
		return 1
	case '\r':
		if s.at(i+1) == '\n' {
			return 2
		}
		return 1
	}
	return 0
}

// skipComment returns the end of the comment at i (the line end is not in it).
func (s *scanner) skipComment(i int) int {
	for i < len(s.text) && s.text[i] != '\n' && s.text[i] != '\r' {
		i++
	}
	return i
}

// continuation consumes the backslash at s.i and its line end; ok is false when it failed.
func (s *scanner) continuation() (ok bool) {
	n := s.lineEnd(s.i + 1)
	if n == 0 && s.i+1 < len(s.text) {
		msg := "unexpected character after line continuation character"
		if len(s.fstrings) > 0 {
			msg = "f-string expression part cannot include a backslash"
		}
		s.fail(s.i+1, s.i+1, "SyntaxError", msg)
		return false
	}
	if s.i+1+n >= len(s.text) {
		end := len(s.text)
		s.i = end
		s.fail(end, end, "SyntaxError", "unexpected EOF while parsing")
		s.failure.Err.Incomplete = true
		return false
	}
	s.i += 1 + n
	return true
}

// indentation measures the blanks at the start of a line and emits INDENT and DEDENT. It returns
// false when the line is blank (it is then consumed) or wrong.
func (s *scanner) indentation() bool {
	col, alt := 0, 0
	continued, contCol := false, 0
	for {
		switch s.at(s.i) {
		case ' ':
			col, alt = col+1, alt+1
		case '\t':
			col, alt = (col/8+1)*8, alt+1
		case '\f':
			col, alt = 0, 0
		case '\\':
			// A backslash fixes the column at where it stands; what follows it is free.
			if !continued {
				continued, contCol = true, col
			}
			if !s.continuation() {
				return false
			}
			continue
		case '#':
			s.i = s.skipComment(s.i)
			s.i += s.lineEnd(s.i)
			return false
		case '\n', '\r':
			s.i += s.lineEnd(s.i)
			return false
		default:
			if s.i >= len(s.text) {
				return false
			}
			if continued && contCol > 0 {
				col, alt = contCol, contCol
			}
			s.setIndent(col, alt)
			return s.failure == nil
		}
		s.i++
	}
}

func (s *scanner) setIndent(col, alt int) {
	top := len(s.indents) - 1
	switch {
	case col == s.indents[top]:
		if alt != s.alt[top] {
			s.failTabs()
		}
	case col > s.indents[top]:
		switch {
		case len(s.indents) >= maxIndents:
			s.fail(s.i, s.i, "IndentationError", "too many levels of indentation")
		case alt <= s.alt[top]:
			s.failTabs()
		default:
			s.indents, s.alt = append(s.indents, col), append(s.alt, alt)
			s.emit(Indent, s.i, s.i)
		}
	default:
		for col < s.indents[top] {
			top--
		}
		switch {
		case col != s.indents[top]:
			end := s.skipComment(s.i)
			s.fail(end, end, "IndentationError", "unindent does not match any outer indentation level")
			return
		case alt != s.alt[top]:
			s.failTabs()
			return
		}
		for range s.indents[top+1:] {
			s.emit(Dedent, s.i, s.i)
		}
		s.indents, s.alt = s.indents[:top+1], s.alt[:top+1]
	}
}

func (s *scanner) failTabs() {
	line := int(s.src.LineStart(s.src.Line(diag.Pos(s.i))))
	s.fail(line, line, "TabError", "inconsistent use of tabs and spaces in indentation")
}

// Classes of bytes.
const (
	cName  = 1 << iota // may begin a name
	cDigit             // decimal digit
	cHex               // hexadecimal digit
	cBlank             // space, tab, form feed
)

var class = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c >= 0x80:
			t[c] = cName
		case '0' <= c && c <= '9':
			t[c] = cDigit | cHex
		case c == ' ', c == '\t', c == '\f':
			t[c] = cBlank
		}
		if 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' {
			t[c] |= cHex
		}
	}
	return t
}()

// lineBody scans the tokens of a logical line, its NEWLINE included.
func (s *scanner) lineBody() {
	for s.failure == nil {
		if n := len(s.fstrings); n > 0 && s.fstrings[n-1].inText() {
			if s.i >= len(s.text) {
				return
			}
			s.fstringText(&s.fstrings[n-1])
			continue
		}
		if s.i >= len(s.text) {
			return
		}
		c := s.text[s.i]
		switch k := class[c]; {
		case k&cBlank != 0:
			s.i++
		case k&cName != 0:
			s.name()
		case k&cDigit != 0, c == '.' && class[s.at(s.i+1)]&cDigit != 0:
			s.number()
		case c == '\n' || c == '\r' || c == '#':
			if s.newline() {
				return
			}
		case c == '"' || c == '\'':
			s.str(s.i, s.i)
		case c == '\\':
			s.continuation()
		default:
			s.operator(c)
		}
	}
}

// newline consumes an optional comment and a line end; it returns true when they end the logical line.
func (s *scanner) newline() bool {
	start := s.i
	if s.text[s.i] == '#' {
		if n := len(s.fstrings); n > 0 && s.fstrings[n-1].size == 1 {
			s.failHard(s.i, s.i+1, "f-string expression part cannot include '#'")
			return false
		}
		s.i = s.skipComment(s.i)
	}
	end := s.i
	s.i += s.lineEnd(s.i)
	if len(s.brackets) > 0 {
		return false
	}
	if end > start && end == len(s.text) {
		// A comment at the very end: the NEWLINE that is missing comes after it.
		return true
	}
	s.emit(Newline, start, end)
	return true
}

// name scans an identifier, a keyword, or the prefix of a string.
func (s *scanner) name() {
	start, ascii := s.i, true
	for s.i < len(s.text) {
		c := s.text[s.i]
		if class[c]&(cName|cDigit) == 0 {
			break
		}
		if c >= 0x80 {
			ascii = false
		}
		s.i++
	}
	word := s.text[start:s.i]
	if c := s.at(s.i); (c == '"' || c == '\'') && isStringPrefix(word) {
		s.str(start, s.i)
		return
	}
	if !ascii && !s.verifyName(start, word) {
		return
	}
	kind := Name
	if len(word) <= len("nonlocal") && len(word) > 1 {
		if k, ok := keywords[word]; ok {
			kind = k
		}
	}
	s.emit(kind, start, s.i)
}

// verifyName fails at the first character of word that no identifier may hold.
func (s *scanner) verifyName(start int, word string) bool {
	for i, r := range word {
		if i == 0 && isNameStart(r) || i > 0 && isNameContinue(r) {
			continue
		}
		s.invalidChar(start+i, r)
		return false
	}
	return true
}

func (s *scanner) invalidChar(at int, r rune) {
	end := at + utf8.RuneLen(r)
	if r == utf8.RuneError || end <= at {
		end = at + 1
	}
	if unicode.IsPrint(r) {
		s.failHard(at, end, fmt.Sprintf("invalid character '%c' (U+%04X)", r, r))
	} else {
		s.failHard(at, end, fmt.Sprintf("invalid non-printable character U+%04X", r))
	}
	s.failure.Err.Hint = charHint(r)
}

// charHint names the ASCII character that was probably meant by r.
func charHint(r rune) string {
	const looks, meant = "‘’“”，；：（）【】！？。、＝＋－—–×÷", "''\"\",;:()[]!?.,=+---*/"
	at := 0
	for _, l := range looks {
		if l == r {
			return fmt.Sprintf("write %q in its plain (ASCII) form", meant[at:at+1])
		}
		at++
	}
	if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
		return "delete this invisible character, or write an ordinary space"
	}
	return ""
}

// The operators by length; the longest match wins.
var (
	operators3 = operatorsOfLength(3)
	operators2 = operatorsOfLength(2)
	operators1 = func() (t [256]Kind) {
		for text, k := range operatorsOfLength(1) {
			t[text[0]] = k
		}
		return t
	}()
)

func operatorsOfLength(n int) map[string]Kind {
	m := map[string]Kind{}
	for k := LPar; k < False; k++ {
		if len(Kinds[k]) == n {
			m[Kinds[k]] = k
		}
	}
	return m
}

// operator scans an operator or delimiter that begins with c.
func (s *scanner) operator(c byte) {
	start := s.i
	if s.inField() && (c == ':' || c == '!' && s.at(start+1) != '=' || c == '}') {
		s.fieldDelimiter(c)
		return
	}
	switch c {
	case '(', '[', '{':
		s.open(c)
		return
	case ')', ']', '}':
		s.close(c)
		return
	}
	if isOperatorTail(s.at(start + 1)) {
		if start+3 <= len(s.text) {
			if k, ok := operators3[s.text[start:start+3]]; ok {
				s.i += 3
				s.emit(k, start, s.i)
				return
			}
		}
		two := s.text[start : start+2]
		if k, ok := operators2[two]; ok {
			s.i += 2
			s.emit(k, start, s.i)
			return
		}
		if two == "<>" {
			s.i += 2
			s.emit(Unknown, start, s.i)
			return
		}
	}
	if k := operators1[c]; k != 0 && c != '!' {
		s.i++
		s.emit(k, start, s.i)
		return
	}
	if c == '!' || c == '?' || c == '$' || c == '`' {
		s.i++
		s.emit(Unknown, start, s.i)
		return
	}
	s.invalidChar(start, rune(c))
}

// isOperatorTail reports whether c can be the second character of an operator.
func isOperatorTail(c byte) bool {
	return c == '=' || c == '*' || c == '/' || c == '<' || c == '>' || c == '.'
}

func (s *scanner) open(c byte) {
	start := s.i
	if len(s.brackets) >= maxBrackets {
		s.failHard(start, start+1, "too many nested parentheses")
		return
	}
	s.i++
	s.brackets = append(s.brackets, bracket{c, start})
	s.emit(operators1[c], start, s.i)
}

func (s *scanner) close(c byte) {
	start, n := s.i, len(s.brackets)
	prefix := ""
	if len(s.fstrings) > 0 {
		prefix = "f-string: "
	}
	if n == 0 || s.inField() {
		s.failHard(start, start+1, fmt.Sprintf("%sunmatched '%c'", prefix, c))
		return
	}
	b := s.brackets[n-1]
	if b.char+1 != c && b.char+2 != c { // in ASCII ')' is '('+1, ']' is '['+2, '}' is '{'+2
		msg := fmt.Sprintf("%sclosing parenthesis '%c' does not match opening parenthesis '%c'", prefix, c, b.char)
		if line := s.src.Line(diag.Pos(b.pos)); line != s.src.Line(diag.Pos(start)) {
			msg += fmt.Sprintf(" on line %d", line)
		}
		s.failHard(start, start+1, msg)
		return
	}
	s.i++
	s.brackets = s.brackets[:n-1]
	s.emit(operators1[c], start, s.i)
}
