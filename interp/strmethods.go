package interp

// This file defines the methods of str that search, cut and join. Those about letters are in
// strcase.go, about formatting in strformat.go, about encodings in codecs.go.

import (
	"strings"
)

var strMethods = []Builtin{
	{"capitalize()", "Return a capitalized version of the string: the first character in title case, the rest in lower case.", strCapitalize},
	{"casefold()", "Return a version of the string suitable for caseless comparisons.", strCasefold},
	{"center(width, fillchar=' ', /)", "Return a centered string of length width, padded with fillchar.", strCenter},
	{"count(sub, start=None, end=None, /)", "Return the number of non-overlapping occurrences of sub in s[start:end].", strCount},
	{"encode(encoding='utf-8', errors='strict')", "Return the string encoded as bytes.", strEncode},
	{"endswith(suffix, start=None, end=None, /)", "Return True if s[start:end] ends with the suffix, which can be a tuple of strings to try.", strEndsWith},
	{"expandtabs(tabsize=8)", "Return a copy where tabs are replaced by spaces up to the next multiple of tabsize.", strExpandTabs},
	{"find(sub, start=None, end=None, /)", "Return the lowest index of sub in s[start:end], -1 when it is not there.", strFind},
	{"format(*args, **kwargs)", "Return the string with its {fields} replaced by formatted arguments.", strFormat},
	{"format_map(mapping, /)", "Return the string with its {fields} replaced by values of mapping.", strFormatMap},
	{"index(sub, start=None, end=None, /)", "Return the lowest index of sub in s[start:end]. Raises ValueError when it is not there.", strIndex},
	{"isalnum()", "Return True if there is a character and all are letters or digits.", strIsAlnum},
	{"isalpha()", "Return True if there is a character and all are letters.", strIsAlpha},
	{"isascii()", "Return True if all characters are ASCII; the empty string is.", strIsASCII},
	{"isdecimal()", "Return True if there is a character and all are decimal digits.", strIsDecimal},
	{"isdigit()", "Return True if there is a character and all are digits.", strIsDigit},
	{"isidentifier()", "Return True if the string is a valid identifier.", strIsIdentifier},
	{"islower()", "Return True if there is a cased character and all cased ones are lower case.", strIsLower},
	{"isnumeric()", "Return True if there is a character and all are numeric.", strIsNumeric},
	{"isprintable()", "Return True if repr() shows all characters as they are; the empty string is printable.", strIsPrintable},
	{"isspace()", "Return True if there is a character and all are whitespace.", strIsSpace},
	{"istitle()", "Return True if the words begin in upper case and go on in lower case.", strIsTitle},
	{"isupper()", "Return True if there is a cased character and all cased ones are upper case.", strIsUpper},
	{"join(iterable, /)", "Return the strings of the iterable joined, with this string between them.", strJoin},
	{"ljust(width, fillchar=' ', /)", "Return the string left-justified in a string of length width.", strLJust},
	{"lower()", "Return a copy in lower case.", strLower},
	{"lstrip(chars=None, /)", "Return a copy without leading whitespace, or without leading characters of chars.", strLStrip},
	{"partition(sep, /)", "Return the part before the first sep, sep, and the part after it; (s, '', '') when sep is not there.", strPartition},
	{"removeprefix(prefix, /)", "Return the string without the prefix, if it has it.", strRemovePrefix},
	{"removesuffix(suffix, /)", "Return the string without the suffix, if it has it.", strRemoveSuffix},
	{"replace(old, new, count=-1, /)", "Return a copy with the first count occurrences of old replaced by new; -1 replaces all.", strReplace},
	{"rfind(sub, start=None, end=None, /)", "Return the highest index of sub in s[start:end], -1 when it is not there.", strRFind},
	{"rindex(sub, start=None, end=None, /)", "Return the highest index of sub in s[start:end]. Raises ValueError when it is not there.", strRIndex},
	{"rjust(width, fillchar=' ', /)", "Return the string right-justified in a string of length width.", strRJust},
	{"rpartition(sep, /)", "Return the part before the last sep, sep, and the part after it; ('', '', s) when sep is not there.", strRPartition},
	{"rsplit(sep=None, maxsplit=-1)", "Return the words of the string, split from the end; sep=None splits at whitespace.", strRSplit},
	{"rstrip(chars=None, /)", "Return a copy without trailing whitespace, or without trailing characters of chars.", strRStrip},
	{"split(sep=None, maxsplit=-1)", "Return the words of the string; sep=None splits at whitespace.", strSplit},
	{"splitlines(keepends=False)", "Return the lines of the string, without their line breaks unless keepends.", strSplitLines},
	{"startswith(prefix, start=None, end=None, /)", "Return True if s[start:end] starts with the prefix, which can be a tuple of strings to try.", strStartsWith},
	{"strip(chars=None, /)", "Return a copy without leading and trailing whitespace, or characters of chars.", strStrip},
	{"swapcase()", "Return a copy with upper case made lower and lower made upper.", strSwapCase},
	{"title()", "Return a copy where words begin in title case and go on in lower case.", strTitle},
	{"translate(table, /)", "Return a copy where each character is looked up in table by its code point.", strTranslate},
	{"upper()", "Return a copy in upper case.", strUpper},
	{"zfill(width, /)", "Return the string padded with zeros on the left, behind its sign.", strZFill},
	{"__getnewargs__()", "Return the arguments that make a copy.", strGetNewArgs},
	{"__sizeof__()", "Return the size in memory, in bytes.", strSizeOf},
}

var strStaticMethods = []Builtin{
	{"maketrans(x, y=?, z=?, /)", "Return a table for translate(): from a dict, or two strings of equal length and one of characters to delete.", strMakeTrans},
}

func strGetNewArgs(th *Thread, a []Value) (Value, *Exc) {
	return MkTuple([]Value{object(NewStr((*Str)(a[0].p).s))}), nil // sic: a new object, as in CPython
}

func strSizeOf(th *Thread, a []Value) (Value, *Exc) {
	return MkInt(int64(49 + len((*Str)(a[0].p).s))), nil
}

// sliceBound reads an optional start or end of a search; it clamps integers that are too large.
func (th *Thread) sliceBound(v Value, absent int) (int, *Exc) {
	if i, ok := AsInt(v); ok {
		return int(i), nil
	}
	if v.IsUnbound() || v.IsNone() {
		return absent, nil
	}
	if !hasIndex(v) {
		return 0, TypeErrorf("slice indices must be integers or None or have an __index__ method")
	}
	return th.clampedIndex(v)
}

// searchRange reads the optional start and end of a search in n items; ok is false when the range is
// no range, where not even the empty text is found.
func (th *Thread) searchRange(start, end Value, n int) (i, j int, ok bool, err *Exc) {
	if i, err = th.sliceBound(start, 0); err != nil {
		return
	}
	if j, err = th.sliceBound(end, n); err != nil {
		return
	}
	if i < 0 {
		i = max(i+n, 0)
	}
	if j < 0 {
		j = max(j+n, 0)
	}
	j = min(j, n)
	return i, j, i <= j, nil
}

// searchPart returns s[start:end], and the byte offset and index at which it begins.
func (th *Thread) searchPart(s *Str, start, end Value) (part string, off, index int, ok bool, err *Exc) {
	if start.IsNone() && end.IsNone() {
		return s.s, 0, 0, true, nil
	}
	i, j, ok, err := th.searchRange(start, end, s.Len())
	if err != nil || !ok {
		return "", 0, 0, false, err
	}
	off = s.Offset(i)
	return s.s[off:s.Offset(j)], off, i, true, nil
}

// needStr is the error for an argument that must be a str.
func needStr(v Value) *Exc { return TypeErrorf("must be str, not %s", typeName(v)) }

// search returns the index of a[1] in a[0] by one of the functions of package strings, -1 without one.
func (th *Thread) search(a []Value, find func(s, sub string) int) (int, *Exc) {
	s := (*Str)(a[0].p)
	sub, ok := AsStr(a[1])
	if !ok {
		return 0, needStr(a[1])
	}
	part, _, index, ok, err := th.searchPart(s, a[2], a[3])
	if err != nil || !ok {
		return -1, err
	}
	i := find(part, sub.s)
	if i > 0 && s.runes != len(s.s) {
		i = runeCount(part[:i])
	}
	if i >= 0 {
		i += index
	}
	return i, nil
}

func strFind(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.search(a, strings.Index)
	return MkInt(int64(i)), err
}

func strRFind(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.search(a, strings.LastIndex)
	return MkInt(int64(i)), err
}

func strIndex(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.search(a, strings.Index)
	return found(i, err, "substring not found")
}

func strRIndex(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.search(a, strings.LastIndex)
	return found(i, err, "substring not found")
}

func found(i int, err *Exc, missing string) (Value, *Exc) {
	if err == nil && i < 0 {
		err = ValueErrorf("%s", missing)
	}
	return MkInt(int64(i)), err
}

func strCount(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	sub, ok := AsStr(a[1])
	if !ok {
		return Value{}, needStr(a[1])
	}
	part, _, _, ok, err := th.searchPart(s, a[2], a[3])
	if err != nil || !ok {
		return MkInt(0), err
	}
	if sub.s == "" {
		return MkInt(int64(runeCount(part) + 1)), nil
	}
	return MkInt(int64(strings.Count(part, sub.s))), nil
}

func strStartsWith(th *Thread, a []Value) (Value, *Exc) {
	return th.affix("startswith", a, strings.HasPrefix)
}

func strEndsWith(th *Thread, a []Value) (Value, *Exc) {
	return th.affix("endswith", a, strings.HasSuffix)
}

// affix tests a[0][a[2]:a[3]] for a[1], a str or a tuple of them.
func (th *Thread) affix(name string, a []Value, has func(s, x string) bool) (Value, *Exc) {
	part, _, _, inRange, err := th.searchPart((*Str)(a[0].p), a[2], a[3])
	if err != nil {
		return Value{}, err
	}
	if x, ok := AsStr(a[1]); ok {
		return MkBool(inRange && has(part, x.s)), nil
	}
	t, ok := AsTuple(a[1])
	if !ok {
		return Value{}, TypeErrorf("%s first arg must be str or a tuple of str, not %s", name, typeName(a[1]))
	}
	for _, v := range t.a {
		x, ok := AsStr(v)
		if !ok {
			return Value{}, TypeErrorf("tuple for %s must only contain str, not %s", name, typeName(v))
		}
		if inRange && has(part, x.s) {
			return True, nil
		}
	}
	return False, nil
}

func strRemovePrefix(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	x, ok := AsStr(a[1])
	if !ok {
		return Value{}, TypeErrorf("removeprefix() argument must be str, not %s", typeName(a[1]))
	}
	if strings.HasPrefix(s.s, x.s) {
		return s.part(len(x.s), len(s.s)), nil
	}
	return s.exact(), nil
}

func strRemoveSuffix(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	x, ok := AsStr(a[1])
	if !ok {
		return Value{}, TypeErrorf("removesuffix() argument must be str, not %s", typeName(a[1]))
	}
	if strings.HasSuffix(s.s, x.s) {
		return s.part(0, len(s.s)-len(x.s)), nil
	}
	return s.exact(), nil
}

func strPartition(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	i, n, err := partitionAt(s, a[1], strings.Index)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return newTuple([]Value{s.exact(), object(emptyStr), object(emptyStr)}), nil
	}
	return s.partition(i, a[1], i+n), nil
}

func strRPartition(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	i, n, err := partitionAt(s, a[1], strings.LastIndex)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return newTuple([]Value{object(emptyStr), object(emptyStr), s.exact()}), nil
	}
	return s.partition(i, a[1], i+n), nil
}

// partition returns (s[:i], sep, s[j:]); the two parts are one allocation.
func (s *Str) partition(i int, sep Value, j int) Value {
	pair := &[2]Str{
		{Header: Header{strShape}, s: s.s[:i], runes: -1},
		{Header: Header{strShape}, s: s.s[j:], runes: -1},
	}
	if s.runes == len(s.s) {
		pair[0].runes, pair[1].runes = i, len(s.s)-j
	}
	return newTuple([]Value{object(&pair[0]), sep, object(&pair[1])})
}

func partitionAt(s *Str, sep Value, find func(s, sep string) int) (at, n int, err *Exc) {
	x, ok := AsStr(sep)
	if !ok {
		return 0, 0, needStr(sep)
	}
	if x.s == "" {
		return 0, 0, ValueErrorf("empty separator")
	}
	return find(s.s, x.s), len(x.s), nil
}

func strReplace(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	old, ok := AsStr(a[1])
	if !ok {
		return Value{}, TypeErrorf("replace() argument 1 must be str, not %s", typeName(a[1]))
	}
	to, ok := AsStr(a[2])
	if !ok {
		return Value{}, TypeErrorf("replace() argument 2 must be str, not %s", typeName(a[2]))
	}
	n, err := th.IndexInt(a[3])
	if err != nil {
		return Value{}, err
	}
	if old.s == "" {
		return s.interleave(to.s, n)
	}
	if n == 0 || old.s == to.s || len(old.s) > len(s.s) {
		return s.exact(), nil
	}
	if len(s.s) <= smallReplace && len(to.s) <= smallReplace {
		return s.replaceSmall(old.s, to, n), nil
	}
	r, err := replaceText(s.s, old.s, to.s, n)
	switch {
	case err != nil:
		return Value{}, err
	case len(r) == len(s.s) && r == s.s:
		return s.exact(), nil
	case s.runes == len(s.s) && to.runes == len(to.s):
		return mkASCII(r), nil
	}
	return MkStr(r), nil
}

// smallReplace bounds what replaceSmall works on.
const smallReplace = 256

// replaceSmall is replace for short texts: the result takes one allocation.
func (s *Str) replaceSmall(old string, to *Str, n int) Value {
	count := strings.Count(s.s, old)
	if n >= 0 {
		count = min(count, n)
	}
	size := len(s.s) + count*(len(to.s)-len(old))
	switch {
	case count == 0:
		return s.exact()
	case size <= 1:
		return MkStr(strings.Replace(s.s, old, to.s, count))
	}
	r, text := newText(size)
	rest, at := s.s, 0
	for ; count > 0; count-- {
		i := strings.Index(rest, old)
		at += copy(text[at:], rest[:i])
		at += copy(text[at:], to.s)
		rest = rest[i+len(old):]
	}
	copy(text[at:], rest)
	if s.runes == len(s.s) && to.runes == len(to.s) {
		r.runes = size
	}
	return object(r)
}

// replaceText is strings.Replace with a limit on the result.
func replaceText(s, old, to string, n int) (string, *Exc) {
	if grow := len(to) - len(old); grow > 0 && len(s)/len(old) > (maxText-len(s))/grow {
		return "", NewExc(MemoryError)
	}
	return strings.Replace(s, old, to, n), nil
}

// interleave puts to before each of the first n code points, and behind the last when n allows.
func (s *Str) interleave(to string, n int) (Value, *Exc) {
	if n < 0 || n > s.Len()+1 {
		n = s.Len() + 1
	}
	if to == "" || n == 0 {
		return s.exact(), nil
	}
	if n > maxText/len(to) {
		return Value{}, NewExc(MemoryError)
	}
	b := make([]byte, 0, len(s.s)+n*len(to))
	off := 0
	for range n {
		b = append(b, to...)
		if off < len(s.s) {
			next := off + runeLen(s.s[off])
			b = append(b, s.s[off:next]...)
			off = next
		}
	}
	return mkBytes(append(b, s.s[off:]...)), nil
}

// charSet is a set of code points to strip.
type charSet struct {
	ascii [2]uint64
	rest  string // the others
}

func newCharSet(chars string) (set charSet) {
	for i := 0; i < len(chars); {
		if c := chars[i]; c < 0x80 {
			set.ascii[c>>6] |= 1 << (c & 63)
			i++
		} else {
			n := runeLen(c)
			set.rest += chars[i : i+n]
			i += n
		}
	}
	return set
}

// has reports whether the code point at the beginning of s is in the set, and its length.
func (set *charSet) has(s string) (bool, int) {
	if c := s[0]; c < 0x80 {
		return set.ascii[c>>6]&(1<<(c&63)) != 0, 1
	}
	n := runeLen(s[0])
	return strings.Contains(set.rest, s[:n]), n
}

// whitespace is what strip and split without argument take away.
var whitespace = newCharSet("\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007" +
	"\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000")

func strStrip(th *Thread, a []Value) (Value, *Exc)  { return th.strip("strip", a, true, true) }
func strLStrip(th *Thread, a []Value) (Value, *Exc) { return th.strip("lstrip", a, true, false) }
func strRStrip(th *Thread, a []Value) (Value, *Exc) { return th.strip("rstrip", a, false, true) }

func (th *Thread) strip(name string, a []Value, left, right bool) (Value, *Exc) {
	s := (*Str)(a[0].p)
	set := &whitespace
	if !a[1].IsNone() {
		chars, ok := AsStr(a[1])
		if !ok {
			return Value{}, TypeErrorf("%s arg must be None or str", name)
		}
		other := newCharSet(chars.s)
		set = &other
	}
	i, j := set.trim(s.s, left, right)
	return s.part(i, j), nil
}

// hasASCII reports whether c, below 128, is in the set.
func (set *charSet) hasASCII(c byte) bool { return set.ascii[c>>6&1]>>(c&63)&1 != 0 }

// trim returns the part of s that is left without the characters of the set at its ends.
func (set *charSet) trim(s string, left, right bool) (i, j int) {
	j = len(s)
	if left {
		for i < j && s[i] < 0x80 && set.hasASCII(s[i]) {
			i++
		}
		for i < j && s[i] >= 0x80 {
			in, n := set.has(s[i:])
			if !in {
				break
			}
			i = skipSet(s, i+n, set, true)
		}
	}
	for right && i < j {
		k := j - 1
		if s[k] < 0x80 {
			if !set.hasASCII(s[k]) {
				break
			}
			j = k
			continue
		}
		for k > i && s[k]&0xC0 == 0x80 {
			k--
		}
		if in, _ := set.has(s[k:j]); !in {
			break
		}
		j = k
	}
	return i, j
}

// fill makes a str of width: left and right times the fill around s.
func (s *Str) fill(left, right int, with string) (Value, *Exc) {
	if left <= 0 && right <= 0 {
		return s.exact(), nil
	}
	left, right = max(left, 0), max(right, 0)
	if left > maxText/4 || right > maxText/4 {
		return Value{}, NewExc(MemoryError)
	}
	r, text := newText(len(s.s) + (left+right)*len(with))
	pos := fillText(text, with, left)
	pos += copy(text[pos:], s.s)
	fillText(text[pos:], with, right)
	r.runes = left + s.Len() + right
	return object(r), nil
}

// fillText writes s n times.
func fillText(text []byte, s string, n int) int {
	for i := range n {
		copy(text[i*len(s):], s)
	}
	return n * len(s)
}

func appendRepeat(b []byte, s string, n int) []byte {
	if len(s) == 1 {
		for range n {
			b = append(b, s[0])
		}
		return b
	}
	for range n {
		b = append(b, s...)
	}
	return b
}

// fillArgs reads the width and fill character of center, ljust and rjust.
func (th *Thread) fillArgs(a []Value) (s *Str, missing int, with string, err *Exc) {
	s = (*Str)(a[0].p)
	width, err := th.IndexInt(a[1])
	if err != nil {
		return
	}
	c, ok := AsStr(a[2])
	if !ok {
		return nil, 0, "", TypeErrorf("The fill character must be a unicode character, not %s", typeName(a[2]))
	}
	if c.Len() != 1 {
		return nil, 0, "", TypeErrorf("The fill character must be exactly one character long")
	}
	return s, width - s.Len(), c.s, nil
}

func strCenter(th *Thread, a []Value) (Value, *Exc) {
	s, missing, with, err := th.fillArgs(a)
	if err != nil {
		return Value{}, err
	}
	left := centerLeft(missing, missing+s.Len())
	return s.fill(left, missing-left, with)
}

// centerLeft returns how much of the padding goes to the left: the smaller half, or the larger one
// when width is odd.
func centerLeft(missing, width int) int {
	if missing <= 0 {
		return 0
	}
	return missing/2 + missing&width&1
}

func strLJust(th *Thread, a []Value) (Value, *Exc) {
	s, missing, with, err := th.fillArgs(a)
	if err != nil {
		return Value{}, err
	}
	return s.fill(0, missing, with)
}

func strRJust(th *Thread, a []Value) (Value, *Exc) {
	s, missing, with, err := th.fillArgs(a)
	if err != nil {
		return Value{}, err
	}
	return s.fill(missing, 0, with)
}

func strZFill(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	width, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	missing := width - s.Len()
	if missing <= 0 {
		return s.exact(), nil
	}
	if missing > maxText/4 {
		return Value{}, NewExc(MemoryError)
	}
	return mkBytes(zeroFill(s.s, missing)), nil
}

// zeroFill puts zeros before the digits of s, behind the sign.
func zeroFill(s string, zeros int) []byte {
	b := make([]byte, 0, len(s)+zeros)
	if s != "" && (s[0] == '+' || s[0] == '-') {
		b, s = append(b, s[0]), s[1:]
	}
	return append(appendRepeat(b, "0", zeros), s...)
}

func strExpandTabs(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	size, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	if !strings.Contains(s.s, "\t") {
		return s.exact(), nil
	}
	b, err := expandTabs(s.s, size)
	return mkBytes(b), err
}

// expandTabs replaces tabs by spaces; columns are counted in code points.
func expandTabs(s string, size int) ([]byte, *Exc) {
	if size > 0 && strings.Count(s, "\t") > maxText/size {
		return nil, Errorf(OverflowError, "new string is too long")
	}
	b := make([]byte, 0, len(s)+8)
	column := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\t':
			if size > 0 {
				n := size - column%size
				column += n
				b = appendRepeat(b, " ", n)
			}
		case c == '\n' || c == '\r':
			column = 0
			b = append(b, c)
		default:
			if c&0xC0 != 0x80 {
				column++
			}
			b = append(b, c)
		}
	}
	return b, nil
}

func strTranslate(th *Thread, a []Value) (Value, *Exc) {
	s := (*Str)(a[0].p)
	var cached [128]string // the result of ASCII characters
	var known [128]bool
	b := make([]byte, 0, len(s.s))
	for i := 0; i < len(s.s); {
		if c := s.s[i]; c < 0x80 {
			if !known[c] {
				to, err := th.translateRune(a[1], rune(c), s.s[i:i+1])
				if err != nil {
					return Value{}, err
				}
				cached[c], known[c] = to, true
			}
			b = append(b, cached[c]...)
			i++
			continue
		}
		r, n := decodeRune(s.s[i:])
		to, err := th.translateRune(a[1], r, s.s[i:i+n])
		if err != nil {
			return Value{}, err
		}
		b = append(b, to...)
		i += n
	}
	return mkBytes(b), nil
}

// translateRune looks up r, whose text is self, in the table of translate.
func (th *Thread) translateRune(table Value, r rune, self string) (string, *Exc) {
	v, err := th.GetItem(table, MkInt(int64(r)))
	if err != nil {
		if err.Is(LookupError) {
			return self, nil
		}
		return "", err
	}
	if v.IsNone() {
		return "", nil
	}
	if s, ok := StrOf(v); ok {
		return s, nil
	}
	i, big, ok := IntOf(v)
	if !ok {
		return "", TypeErrorf("character mapping must return integer, None or str")
	}
	if big != nil || i < 0 || i > 0x10FFFF {
		return "", ValueErrorf("character mapping must be in range(0x110000)")
	}
	return string(appendRune(nil, rune(i))), nil
}

func strMakeTrans(th *Thread, a []Value) (Value, *Exc) {
	d := NewDict()
	if a[1].IsUnbound() {
		m, ok := AsDict(a[0])
		if !ok {
			return Value{}, TypeErrorf("if you give only one argument to maketrans it must be a dict")
		}
		for k, v, i, ok := m.Next(0); ok; k, v, i, ok = m.Next(i) {
			if s, ok := AsStr(k); ok {
				if s.Len() != 1 {
					return Value{}, ValueErrorf("string keys in translate table must be of length 1")
				}
				r, _ := decodeRune(s.s)
				k = MkInt(int64(r))
			} else if _, _, ok := IntOf(k); !ok {
				return Value{}, TypeErrorf("keys in translate table must be strings or integers")
			}
			if err := d.Set(th, k, v); err != nil {
				return Value{}, err
			}
		}
		return d.Value(), nil
	}
	x, ok := AsStr(a[0])
	if !ok {
		return Value{}, TypeErrorf("first maketrans argument must be a string if there is a second argument")
	}
	y, ok := AsStr(a[1])
	if !ok {
		return Value{}, TypeErrorf("maketrans() argument 2 must be str, not %s", typeName(a[1]))
	}
	if x.Len() != y.Len() {
		return Value{}, ValueErrorf("the first two maketrans arguments must have equal length")
	}
	from, to := x.s, y.s
	for from != "" {
		r, n := decodeRune(from)
		t, m := decodeRune(to)
		if err := d.Set(th, MkInt(int64(r)), MkInt(int64(t))); err != nil {
			return Value{}, err
		}
		from, to = from[n:], to[m:]
	}
	if a[2].IsUnbound() {
		return d.Value(), nil
	}
	z, ok := StrOf(a[2])
	if !ok {
		return Value{}, TypeErrorf("maketrans() argument 3 must be str, not %s", typeName(a[2]))
	}
	for z != "" {
		r, n := decodeRune(z)
		if err := d.Set(th, MkInt(int64(r)), None); err != nil {
			return Value{}, err
		}
		z = z[n:]
	}
	return d.Value(), nil
}
