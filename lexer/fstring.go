// This file defines the scanning of strings and f-strings.

package lexer

import (
	"fmt"

	"aio/diag"
)

// fstring is an f-string being scanned. Its text is scanned by fstringText, its fields ({...}) by the
// scanner of ordinary tokens, which hands back at the delimiter of a field.
type fstring struct {
	start  int  // of the prefix
	quote  byte // ' or "
	size   int  // 1 or 3 quotes
	raw    bool
	fields []field // the open fields; a field inside a format spec is inside another
}

type field struct {
	level  int  // brackets open inside the field's brace: a delimiter at this level is the field's own
	inSpec bool // the scanner is in the format spec
}

// inText reports whether the scanner is in literal text, of the string or of a format spec.
func (f *fstring) inText() bool {
	n := len(f.fields)
	return n == 0 || f.fields[n-1].inSpec
}

// inField reports whether the scanner is in the expression of an f-string field and in none of its brackets.
func (s *scanner) inField() bool {
	n := len(s.fstrings)
	if n == 0 {
		return false
	}
	fields := s.fstrings[n-1].fields
	return len(fields) > 0 && fields[len(fields)-1].level == len(s.brackets)
}

// isStringPrefix reports whether word is a prefix of string literals.
func isStringPrefix(word string) bool {
	if len(word) > 2 {
		return false
	}
	var seen [4]bool
	for i := range len(word) {
		at := -1
		switch word[i] | 0x20 {
		case 'r':
			at = 0
		case 'b':
			at = 1
		case 'u':
			at = 2
		case 'f':
			at = 3
		}
		if at < 0 || seen[at] {
			return false
		}
		seen[at] = true
	}
	return len(word) == 1 || seen[0] && !seen[2]
}

// str scans the string whose prefix begins at start and whose quotes begin at open.
func (s *scanner) str(start, open int) {
	quote, size := s.text[open], 1
	if s.at(open+1) == quote && s.at(open+2) == quote {
		size = 3
	}
	raw, format := false, false
	for _, c := range []byte(s.text[start:open]) {
		raw = raw || c|0x20 == 'r'
		format = format || c|0x20 == 'f'
	}
	s.i = open + size
	if format {
		if len(s.fstrings) >= maxBrackets {
			s.failHard(start, s.i, "too many nested f-strings")
			return
		}
		s.emit(FStringStart, start, s.i)
		s.fstrings = append(s.fstrings, fstring{start: start, quote: quote, size: size, raw: raw})
		return
	}
	for s.i < len(s.text) {
		c := s.text[s.i]
		switch {
		case c == quote && s.closesString(quote, size):
			s.i += size
			s.emit(String, start, s.i)
			return
		case c == '\\':
			s.i++
			if n := s.lineEnd(s.i); n > 0 {
				s.i += n
			} else {
				s.i++
			}
		case size == 1 && (c == '\n' || c == '\r'):
			s.failUnterminated(start, size)
			return
		default:
			s.i++
		}
	}
	s.i = len(s.text)
	s.failUnterminated(start, size)
}

func (s *scanner) closesString(quote byte, size int) bool {
	return size == 1 || s.at(s.i+1) == quote && s.at(s.i+2) == quote
}

// failUnterminated reports the string at start, which has not ended at s.i.
func (s *scanner) failUnterminated(start, size int) {
	if n := len(s.fstrings); n > 0 {
		f := s.fstrings[n-1]
		quoted := start
		for s.at(quoted) != '\'' && s.at(quoted) != '"' {
			quoted++
		}
		if f.start != start {
			s.failHard(start, start+1, s.brokenField(&f, s.text[quoted], size))
			return
		}
		start, size = f.start, f.size
	}
	if size == 3 {
		// The line ends that close the text do not count: CPython's last line is the last with text.
		last := len(s.text)
		if s.at(last-1) == '\n' || s.at(last-1) == '\r' {
			last--
		}
		msg := fmt.Sprintf("unterminated triple-quoted string literal (detected at line %d)", s.src.Line(diag.Pos(last)))
		s.failHard(start, start+1, msg)
		s.failure.Err.Incomplete = true
		return
	}
	line := s.src.Line(diag.Pos(min(s.i, len(s.text))))
	if len(s.fstrings) > 0 {
		line = s.src.Line(diag.Pos(start))
	}
	s.failHard(start, start+1, fmt.Sprintf("unterminated string literal (detected at line %d)", line))
	s.failure.Err.Hint = "add the quote that closes the string"
}

// brokenField says what is wrong with the field of f in which a string with these quotes does not end.
func (s *scanner) brokenField(f *fstring, quote byte, size int) string {
	switch b := s.brackets[len(s.brackets)-1]; {
	case quote != f.quote || size != f.size:
		return "f-string: unterminated string"
	case !s.inField():
		return fmt.Sprintf("f-string: unmatched '%c'", b.char)
	}
	// The quote that was taken for the start of a string was meant to end the f-string.
	return s.unfinishedField()
}

// unfinishedField says what is wrong with a field that the f-string ends in: that it has no expression
// comes first.
func (s *scanner) unfinishedField() string {
	for i := len(s.toks) - 1; i > 0; i-- {
		if s.toks[i-1].Kind != LBrace {
			continue
		}
		switch k := s.toks[i].Kind; k {
		case Bang, Colon, Assign:
			return "f-string: expression required before '" + k.String() + "'"
		}
		break
	}
	return "f-string: expecting '}'"
}

// fstringText scans literal text of f up to a field, the end of a field's format spec, or the end of f.
func (s *scanner) fstringText(f *fstring) {
	start := s.i
	inSpec := len(f.fields) > 0
	for s.i < len(s.text) {
		c := s.text[s.i]
		switch {
		case c == f.quote && s.closesString(f.quote, f.size):
			if inSpec {
				s.failHard(s.i, s.i+1, s.unfinishedField())
				return
			}
			s.emitMiddle(start)
			s.i += f.size
			s.emit(FStringEnd, s.i-f.size, s.i)
			s.fstrings = s.fstrings[:len(s.fstrings)-1]
			return
		case c == '\\':
			s.skipEscape(f)
		case c == '{' && !inSpec && s.at(s.i+1) == '{', c == '}' && !inSpec && s.at(s.i+1) == '}':
			s.i += 2
		case c == '{':
			s.emitMiddle(start)
			s.openField(f)
			return
		case c == '}':
			if !inSpec {
				s.failHard(s.i, s.i+1, "f-string: single '}' is not allowed")
				return
			}
			s.emitMiddle(start)
			s.closeField(f)
			return
		case f.size == 1 && (c == '\n' || c == '\r'):
			s.failUnterminated(f.start, f.size)
			return
		default:
			s.i++
		}
	}
	s.i = len(s.text)
}

// skipEscape steps over a backslash and what it escapes; \N{...} is stepped over whole, and a brace
// after a backslash is still a brace.
func (s *scanner) skipEscape(f *fstring) {
	s.i++
	switch c := s.at(s.i); {
	case c == '{' || c == '}' || s.i >= len(s.text):
	case s.lineEnd(s.i) > 0:
		s.i += s.lineEnd(s.i)
	case c == 'N' && !f.raw && s.at(s.i+1) == '{':
		for i := s.i + 2; i < len(s.text) && s.text[i] != f.quote && s.text[i] != '\n'; i++ {
			if s.text[i] == '}' {
				s.i = i + 1
				return
			}
		}
		s.i += 2
	default:
		s.i++
	}
}

func (s *scanner) emitMiddle(start int) {
	if s.i > start {
		s.emit(FStringMiddle, start, s.i)
	}
}

func (s *scanner) openField(f *fstring) {
	if len(f.fields) >= 2 {
		s.failHard(s.i, s.i+1, "f-string: expressions nested too deeply")
		return
	}
	s.open('{')
	f.fields = append(f.fields, field{level: len(s.brackets)})
}

func (s *scanner) closeField(f *fstring) {
	f.fields = f.fields[:len(f.fields)-1]
	s.brackets = s.brackets[:len(s.brackets)-1]
	s.emit(RBrace, s.i, s.i+1)
	s.i++
}

// fieldDelimiter scans the : ! or } that belongs to the innermost field.
func (s *scanner) fieldDelimiter(c byte) {
	f := &s.fstrings[len(s.fstrings)-1]
	switch c {
	case '}':
		s.closeField(f)
	case ':':
		f.fields[len(f.fields)-1].inSpec = true
		s.emit(Colon, s.i, s.i+1)
		s.i++
	default:
		s.emit(Bang, s.i, s.i+1)
		s.i++
	}
}
