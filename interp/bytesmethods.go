package interp

// This file defines the methods that bytes and bytearray share, and their part of the % operator.

import (
	"bytes"
	"strings"
)

var bytesMethods = []Builtin{
	{"capitalize()", "Return a copy with the first character in upper case and the rest in lower case.", bytesCapitalize},
	{"center(width, fillchar=?, /)", "Return a centered copy of length width, padded with fillchar, a space by default.", bytesCenter},
	{"count(sub, start=None, end=None, /)", "Return the number of non-overlapping occurrences of sub, bytes or an int, in B[start:end].", bytesCount},
	{"decode(encoding='utf-8', errors='strict')", "Return the text that the bytes encode.", bytesDecode},
	{"endswith(suffix, start=None, end=None, /)", "Return True if B[start:end] ends with the suffix, which can be a tuple of bytes to try.", bytesEndsWith},
	{"expandtabs(tabsize=8)", "Return a copy where tabs are replaced by spaces up to the next multiple of tabsize.", bytesExpandTabs},
	{"find(sub, start=None, end=None, /)", "Return the lowest index of sub, bytes or an int, in B[start:end], -1 when it is not there.", bytesFind},
	{"hex(sep=?, bytes_per_sep=1)", "Return the bytes as hexadecimal digits, with sep between groups counted from the right.", bytesHex},
	{"index(sub, start=None, end=None, /)", "Return the lowest index of sub in B[start:end]. Raises ValueError when it is not there.", bytesIndex},
	{"isalnum()", "Return True if there is a byte and all are ASCII letters or digits.", bytesAll(func(c byte) bool { return isByteAlpha(c) || isByteDigit(c) })},
	{"isalpha()", "Return True if there is a byte and all are ASCII letters.", bytesAll(isByteAlpha)},
	{"isascii()", "Return True if all bytes are ASCII; the empty bytes are.", bytesIsASCII},
	{"isdigit()", "Return True if there is a byte and all are ASCII digits.", bytesAll(isByteDigit)},
	{"islower()", "Return True if there is an ASCII letter and all are lower case.", bytesIsLower},
	{"isspace()", "Return True if there is a byte and all are ASCII whitespace.", bytesAll(isByteSpace)},
	{"istitle()", "Return True if the words begin in upper case and go on in lower case.", bytesIsTitle},
	{"isupper()", "Return True if there is an ASCII letter and all are upper case.", bytesIsUpper},
	{"join(iterable_of_bytes, /)", "Return the bytes of the iterable joined, with these bytes between them.", bytesJoin},
	{"ljust(width, fillchar=?, /)", "Return a left-justified copy of length width.", bytesLJust},
	{"lower()", "Return a copy with ASCII letters in lower case.", bytesLower},
	{"lstrip(bytes=None, /)", "Return a copy without leading ASCII whitespace, or without leading bytes of the argument.", bytesLStrip},
	{"partition(sep, /)", "Return the part before the first sep, sep, and the part after it.", bytesPartition},
	{"removeprefix(prefix, /)", "Return a copy without the prefix, if there.", bytesRemovePrefix},
	{"removesuffix(suffix, /)", "Return a copy without the suffix, if there.", bytesRemoveSuffix},
	{"replace(old, new, count=-1, /)", "Return a copy with the first count occurrences of old replaced by new; -1 replaces all.", bytesReplace},
	{"rfind(sub, start=None, end=None, /)", "Return the highest index of sub, bytes or an int, in B[start:end], -1 when it is not there.", bytesRFind},
	{"rindex(sub, start=None, end=None, /)", "Return the highest index of sub in B[start:end]. Raises ValueError when it is not there.", bytesRIndex},
	{"rjust(width, fillchar=?, /)", "Return a right-justified copy of length width.", bytesRJust},
	{"rpartition(sep, /)", "Return the part before the last sep, sep, and the part after it.", bytesRPartition},
	{"rsplit(sep=None, maxsplit=-1)", "Return the parts between separators, split from the end; sep=None splits at ASCII whitespace.", bytesRSplit},
	{"rstrip(bytes=None, /)", "Return a copy without trailing ASCII whitespace, or without trailing bytes of the argument.", bytesRStrip},
	{"split(sep=None, maxsplit=-1)", "Return the parts between separators; sep=None splits at ASCII whitespace.", bytesSplit},
	{"splitlines(keepends=False)", "Return the lines, without their line breaks unless keepends.", bytesSplitLines},
	{"startswith(prefix, start=None, end=None, /)", "Return True if B[start:end] starts with the prefix, which can be a tuple of bytes to try.", bytesStartsWith},
	{"strip(bytes=None, /)", "Return a copy without leading and trailing ASCII whitespace, or bytes of the argument.", bytesStrip},
	{"swapcase()", "Return a copy with upper case made lower and lower made upper.", bytesSwapCase},
	{"title()", "Return a copy where words begin in upper case and go on in lower case.", bytesTitle},
	{"translate(table, /, delete=b'')", "Return a copy without the bytes of delete, the others looked up in table, 256 bytes or None.", bytesTranslate},
	{"upper()", "Return a copy with ASCII letters in upper case.", bytesUpper},
	{"zfill(width, /)", "Return a copy padded with zeros on the left, behind the sign.", bytesZFill},
	{"__sizeof__()", "Return the size in memory, in bytes.", func(th *Thread, a []Value) (Value, *Exc) {
		x := (*Bytes)(a[0].p)
		if x.mutable() {
			return MkInt(int64(56 + cap(x.b))), nil
		}
		return MkInt(int64(33 + len(x.b))), nil
	}},
}

var bytesClassMethods = []Builtin{
	{"fromhex(string, /)", "Return the bytes that pairs of hexadecimal digits describe; whitespace between pairs is skipped.", bytesFromHex},
}

var bytesStaticMethods = []Builtin{
	{"maketrans(frm, to, /)", "Return a table for translate() that maps each byte of frm to the byte of to at the same place.", bytesMakeTrans},
}

func isByteAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isByteDigit(c byte) bool { return c >= '0' && c <= '9' }
func isByteSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

var asciiWhitespace = newCharSet("\t\n\v\f\r ")

// bytesAll returns a method that asks about every byte.
func bytesAll(is func(c byte) bool) BuiltinFunc {
	return func(th *Thread, a []Value) (Value, *Exc) {
		b := (*Bytes)(a[0].p).b
		for _, c := range b {
			if !is(c) {
				return False, nil
			}
		}
		return MkBool(len(b) > 0), nil
	}
}

func bytesIsASCII(th *Thread, a []Value) (Value, *Exc) {
	return MkBool(isASCII(bytesText((*Bytes)(a[0].p).b))), nil
}

func isByteLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isByteUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func bytesCased(v Value, right, wrong func(c byte) bool) Value {
	any := false
	for _, c := range (*Bytes)(v.p).b {
		if wrong(c) {
			return False
		}
		any = any || right(c)
	}
	return MkBool(any)
}

func bytesIsLower(th *Thread, a []Value) (Value, *Exc) {
	return bytesCased(a[0], isByteLower, isByteUpper), nil
}

func bytesIsUpper(th *Thread, a []Value) (Value, *Exc) {
	return bytesCased(a[0], isByteUpper, isByteLower), nil
}

func bytesIsTitle(th *Thread, a []Value) (Value, *Exc) {
	cased, inWord := false, false
	for _, c := range (*Bytes)(a[0].p).b {
		switch {
		case isByteUpper(c):
			if inWord {
				return False, nil
			}
			inWord, cased = true, true
		case isByteLower(c):
			if !inWord {
				return False, nil
			}
			cased = true
		default:
			inWord = false
		}
	}
	return MkBool(cased), nil
}

// mapBytes returns a copy with each byte mapped; first is about a byte that begins a word.
func mapBytes(v Value, f func(c byte, i int, inWord bool) byte) Value {
	x := (*Bytes)(v.p)
	out := make([]byte, len(x.b))
	inWord := false
	for i, c := range x.b {
		if c < 0x80 {
			out[i] = f(c, i, inWord)
		} else {
			out[i] = c
		}
		inWord = isByteAlpha(c)
	}
	return x.like(out)
}

func bytesLower(th *Thread, a []Value) (Value, *Exc) {
	return mapBytes(a[0], func(c byte, _ int, _ bool) byte { return asciiLower[c] }), nil
}

func bytesUpper(th *Thread, a []Value) (Value, *Exc) {
	return mapBytes(a[0], func(c byte, _ int, _ bool) byte { return asciiUpper[c] }), nil
}

func bytesSwapCase(th *Thread, a []Value) (Value, *Exc) {
	return mapBytes(a[0], func(c byte, _ int, _ bool) byte { return asciiSwap[c] }), nil
}

func bytesCapitalize(th *Thread, a []Value) (Value, *Exc) {
	return mapBytes(a[0], func(c byte, i int, _ bool) byte {
		if i == 0 {
			return asciiUpper[c]
		}
		return asciiLower[c]
	}), nil
}

func bytesTitle(th *Thread, a []Value) (Value, *Exc) {
	return mapBytes(a[0], func(c byte, _ int, inWord bool) byte {
		if inWord {
			return asciiLower[c]
		}
		return asciiUpper[c]
	}), nil
}

func bytesDecode(th *Thread, a []Value) (Value, *Exc) {
	enc, onError, err := codecArgs("decode", a[1], a[2])
	if err != nil {
		return Value{}, err
	}
	x := (*Bytes)(a[0].p)
	return th.decode(x.b, a[0], enc, onError)
}

// subBytes reads what find and count look for: bytes, or a byte given as an int.
func (th *Thread) subBytes(v Value) (string, *Exc) {
	if b, ok := BufferOf(v); ok {
		return bytesText(b), nil
	}
	if !hasIndex(v) {
		return "", TypeErrorf("argument should be integer or bytes-like object, not '%s'", typeName(v))
	}
	c, err := th.toByte(v, "byte")
	return string([]byte{c}), err
}

// searchBytes returns the index of a[1] in a[0][a[2]:a[3]], -1 without one.
func (th *Thread) searchBytes(a []Value, find func(s, sub string) int) (int, *Exc) {
	b := (*Bytes)(a[0].p).b
	sub, err := th.subBytes(a[1])
	if err != nil {
		return 0, err
	}
	i, j, ok, err := th.searchRange(a[2], a[3], len(b))
	if err != nil || !ok {
		return -1, err
	}
	at := find(bytesText(b[i:j]), sub)
	if at >= 0 {
		at += i
	}
	return at, nil
}

func bytesFind(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.searchBytes(a, strings.Index)
	return MkInt(int64(i)), err
}

func bytesRFind(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.searchBytes(a, strings.LastIndex)
	return MkInt(int64(i)), err
}

func bytesIndex(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.searchBytes(a, strings.Index)
	return found(i, err, "subsection not found")
}

func bytesRIndex(th *Thread, a []Value) (Value, *Exc) {
	i, err := th.searchBytes(a, strings.LastIndex)
	return found(i, err, "subsection not found")
}

func bytesCount(th *Thread, a []Value) (Value, *Exc) {
	b := (*Bytes)(a[0].p).b
	sub, err := th.subBytes(a[1])
	if err != nil {
		return Value{}, err
	}
	i, j, ok, err := th.searchRange(a[2], a[3], len(b))
	switch {
	case err != nil || !ok:
		return MkInt(0), err
	case sub == "":
		return MkInt(int64(j - i + 1)), nil
	}
	return MkInt(int64(strings.Count(bytesText(b[i:j]), sub))), nil
}

func bytesStartsWith(th *Thread, a []Value) (Value, *Exc) {
	return th.bytesAffix("startswith", a, bytes.HasPrefix)
}

func bytesEndsWith(th *Thread, a []Value) (Value, *Exc) {
	return th.bytesAffix("endswith", a, bytes.HasSuffix)
}

func (th *Thread) bytesAffix(name string, a []Value, has func(s, x []byte) bool) (Value, *Exc) {
	b := (*Bytes)(a[0].p).b
	i, j, inRange, err := th.searchRange(a[2], a[3], len(b))
	if err != nil {
		return Value{}, err
	}
	if t, ok := AsTuple(a[1]); ok {
		for _, v := range t.a {
			x, err := needBuffer(v)
			if err != nil {
				return Value{}, err
			}
			if inRange && has(b[i:j], x) {
				return True, nil
			}
		}
		return False, nil
	}
	x, ok := BufferOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("%s first arg must be bytes or a tuple of bytes, not %s", name, typeName(a[1]))
	}
	return MkBool(inRange && has(b[i:j], x)), nil
}

func bytesRemovePrefix(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	p, err := needBuffer(a[1])
	if err != nil {
		return Value{}, err
	}
	if bytes.HasPrefix(x.b, p) {
		return x.part(len(p), len(x.b)), nil
	}
	return x.exact(), nil
}

func bytesRemoveSuffix(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	p, err := needBuffer(a[1])
	if err != nil {
		return Value{}, err
	}
	if bytes.HasSuffix(x.b, p) {
		return x.part(0, len(x.b)-len(p)), nil
	}
	return x.exact(), nil
}

func (x *Bytes) partitionAt(sep Value, find func(s, sep []byte) int) (at, n int, err *Exc) {
	s, err := needBuffer(sep)
	if err != nil {
		return 0, 0, err
	}
	if len(s) == 0 {
		return 0, 0, ValueErrorf("empty separator")
	}
	return find(x.b, s), len(s), nil
}

func bytesPartition(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	i, n, err := x.partitionAt(a[1], bytes.Index)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return MkTuple([]Value{x.exact(), x.like(nil), x.like(nil)}), nil
	}
	return MkTuple([]Value{x.part(0, i), x.part(i, i+n), x.part(i+n, len(x.b))}), nil
}

func bytesRPartition(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	i, n, err := x.partitionAt(a[1], bytes.LastIndex)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		return MkTuple([]Value{x.like(nil), x.like(nil), x.exact()}), nil
	}
	return MkTuple([]Value{x.part(0, i), x.part(i, i+n), x.part(i+n, len(x.b))}), nil
}

func bytesReplace(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	old, err := needBuffer(a[1])
	if err != nil {
		return Value{}, err
	}
	to, err := needBuffer(a[2])
	if err != nil {
		return Value{}, err
	}
	n, err := th.IndexInt(a[3])
	if err != nil {
		return Value{}, err
	}
	if len(old) == 0 {
		return x.like(interleaveBytes(x.b, to, n)), nil
	}
	r, err := replaceText(bytesText(x.b), bytesText(old), bytesText(to), n)
	if err != nil {
		return Value{}, err
	}
	return x.like([]byte(r)), nil
}

// interleaveBytes puts to before each of the first n bytes, and behind the last when n allows.
func interleaveBytes(b, to []byte, n int) []byte {
	if n < 0 || n > len(b)+1 {
		n = len(b) + 1
	}
	out := make([]byte, 0, len(b)+n*len(to))
	for i := range n {
		out = append(out, to...)
		if i < len(b) {
			out = append(out, b[i])
		}
	}
	return append(out, b[min(n, len(b)):]...)
}

func bytesStrip(th *Thread, a []Value) (Value, *Exc)  { return stripBytes(a, true, true) }
func bytesLStrip(th *Thread, a []Value) (Value, *Exc) { return stripBytes(a, true, false) }
func bytesRStrip(th *Thread, a []Value) (Value, *Exc) { return stripBytes(a, false, true) }

func stripBytes(a []Value, left, right bool) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	in := isByteSpace
	if !a[1].IsNone() {
		set, err := needBuffer(a[1])
		if err != nil {
			return Value{}, err
		}
		in = func(c byte) bool { return bytes.IndexByte(set, c) >= 0 }
	}
	i, j := 0, len(x.b)
	for left && i < j && in(x.b[i]) {
		i++
	}
	for right && i < j && in(x.b[j-1]) {
		j--
	}
	return x.part(i, j), nil
}

// fillBytes pads a[0] to the width a[1] with a[2]; left says how much of the padding goes to the left.
func (th *Thread) fillBytes(name string, a []Value, left func(missing, width int) int) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	width, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	with := " "
	if !a[2].IsUnbound() {
		c, ok := asBytes(a[2])
		if !ok || len(c.b) != 1 {
			return Value{}, TypeErrorf("%s() argument 2 must be a byte string of length 1, not %s", name, typeName(a[2]))
		}
		with = string(c.b)
	}
	missing := width - len(x.b)
	if missing <= 0 {
		return x.exact(), nil
	}
	if missing > maxText {
		return Value{}, NewExc(MemoryError)
	}
	n := left(missing, width)
	out := appendRepeat(make([]byte, 0, width), with, n)
	out = append(out, x.b...)
	return x.like(appendRepeat(out, with, missing-n)), nil
}

func bytesCenter(th *Thread, a []Value) (Value, *Exc) {
	return th.fillBytes("center", a, centerLeft)
}

func bytesLJust(th *Thread, a []Value) (Value, *Exc) {
	return th.fillBytes("ljust", a, func(missing, width int) int { return 0 })
}

func bytesRJust(th *Thread, a []Value) (Value, *Exc) {
	return th.fillBytes("rjust", a, func(missing, width int) int { return missing })
}

func bytesZFill(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	width, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	missing := width - len(x.b)
	if missing <= 0 {
		return x.exact(), nil
	}
	if missing > maxText {
		return Value{}, NewExc(MemoryError)
	}
	return x.like(zeroFill(bytesText(x.b), missing)), nil
}

func bytesExpandTabs(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	size, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	// A byte is a column here, also one that would continue a character.
	if tabs := bytes.Count(x.b, []byte{'\t'}); size > 0 && tabs > maxText/size {
		return Value{}, Errorf(OverflowError, "result too long")
	}
	out := make([]byte, 0, len(x.b)+8)
	column := 0
	for _, c := range x.b {
		switch {
		case c == '\t':
			if size > 0 {
				n := size - column%size
				column += n
				out = appendRepeat(out, " ", n)
			}
			continue
		case c == '\n' || c == '\r':
			column = 0
		default:
			column++
		}
		out = append(out, c)
	}
	return x.like(out), nil
}

// bytesSplitArgs is splitArgs for bytes.
func (th *Thread) bytesSplitArgs(a []Value) (sep string, limit int, err *Exc) {
	limit, err = th.IndexInt(a[2])
	if err != nil {
		return
	}
	if limit < 0 {
		limit = maxText
	}
	if a[1].IsNone() {
		return "", limit, nil
	}
	b, err := needBuffer(a[1])
	if err != nil {
		return "", 0, err
	}
	if len(b) == 0 {
		return "", 0, ValueErrorf("empty separator")
	}
	return bytesText(b), limit, nil
}

// adder returns a function that adds parts of x's content to items.
func (x *Bytes) adder(items *[]Value) func(string) {
	return func(s string) {
		b := textBytes(s)
		if x.mutable() {
			b = bytes.Clone(b)
		}
		*items = append(*items, x.like(b[:len(b):len(b)]))
	}
}

func bytesSplit(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	sep, limit, err := th.bytesSplitArgs(a)
	if err != nil {
		return Value{}, err
	}
	items := make([]Value, 0, splitSize(bytesText(x.b), sep, limit))
	sp := splitter{s: bytesText(x.b), sep: sep, limit: limit, space: &asciiWhitespace}
	for i, j := sp.next(); i >= 0; i, j = sp.next() {
		items = append(items, x.part(i, j))
	}
	return MkList(items), nil
}

func bytesRSplit(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	sep, limit, err := th.bytesSplitArgs(a)
	if err != nil {
		return Value{}, err
	}
	var items []Value
	rsplit(bytesText(x.b), sep, limit, &asciiWhitespace, x.adder(&items))
	reverse(items)
	return MkList(items), nil
}

func bytesSplitLines(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	keep, err := th.Truth(a[1])
	if err != nil {
		return Value{}, err
	}
	var items []Value
	add := x.adder(&items)
	for s := bytesText(x.b); s != ""; {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			add(s)
			break
		}
		end := i + lineBreak(s[i:])
		if keep {
			add(s[:end])
		} else {
			add(s[:i])
		}
		s = s[end:]
	}
	return MkList(items), nil
}

func bytesJoin(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	it, err := th.Iter(a[1])
	if err != nil {
		if err.Is(TypeError) {
			err = TypeErrorf("can only join an iterable")
		}
		return Value{}, err
	}
	items, err := th.Items(it)
	if err != nil {
		return Value{}, err
	}
	size := 0
	for i, v := range items {
		b, ok := BufferOf(v)
		if !ok {
			return Value{}, TypeErrorf("sequence item %d: expected a bytes-like object, %s found", i, typeName(v))
		}
		size += len(b) + len(x.b)
	}
	if size > maxText {
		return Value{}, NewExc(MemoryError)
	}
	if len(items) == 1 && shapeOf(items[0]) == bytesShape && !x.mutable() {
		return items[0], nil
	}
	out := make([]byte, 0, size)
	for i, v := range items {
		if i > 0 {
			out = append(out, x.b...)
		}
		b, _ := BufferOf(v)
		out = append(out, b...)
	}
	return x.like(out), nil
}

func bytesTranslate(th *Thread, a []Value) (Value, *Exc) {
	x := (*Bytes)(a[0].p)
	var table []byte
	var err *Exc
	if !a[1].IsNone() {
		if table, err = needBuffer(a[1]); err != nil {
			return Value{}, err
		}
		if len(table) != 256 {
			return Value{}, ValueErrorf("translation table must be 256 characters long")
		}
	}
	var drop [256]bool
	if !a[2].IsUnbound() {
		set, err := needBuffer(a[2])
		if err != nil {
			return Value{}, err
		}
		for _, c := range set {
			drop[c] = true
		}
	}
	out := make([]byte, 0, len(x.b))
	for _, c := range x.b {
		if drop[c] {
			continue
		}
		if table != nil {
			c = table[c]
		}
		out = append(out, c)
	}
	return x.like(out), nil
}

func bytesMakeTrans(th *Thread, a []Value) (Value, *Exc) {
	from, err := needBuffer(a[0])
	if err != nil {
		return Value{}, err
	}
	to, err := needBuffer(a[1])
	if err != nil {
		return Value{}, err
	}
	if len(from) != len(to) {
		return Value{}, ValueErrorf("maketrans arguments must have same length")
	}
	table := make([]byte, 256)
	for i := range table {
		table[i] = byte(i)
	}
	for i, c := range from {
		table[c] = to[i]
	}
	return MkBytes(table), nil
}

func bytesHex(th *Thread, a []Value) (Value, *Exc) {
	return th.hexText((*Bytes)(a[0].p).b, a[1], a[2])
}

// hexText returns b in hexadecimal, with sep between groups of the given size; a positive size counts
// from the right, a negative one from the left.
func (th *Thread) hexText(b []byte, sep, groups Value) (Value, *Exc) {
	with := -1
	if !sep.IsUnbound() {
		n, err := th.Len(sep)
		if err != nil {
			return Value{}, err
		}
		if n != 1 {
			return Value{}, ValueErrorf("sep must be length 1.")
		}
		text, ok := StrOf(sep)
		if buf, isBuf := BufferOf(sep); isBuf {
			text, ok = string(buf), true
		}
		if !ok {
			return Value{}, TypeErrorf("sep must be str or bytes.")
		}
		if text[0] >= 0x80 {
			return Value{}, ValueErrorf("sep must be ASCII.")
		}
		with = int(text[0])
	}
	size, err := th.IndexInt(groups)
	if err != nil {
		return Value{}, err
	}
	out := make([]byte, 0, len(b)*3)
	for i, c := range b {
		if i > 0 && with >= 0 && size != 0 && (size > 0 && (len(b)-i)%size == 0 || size < 0 && i%-size == 0) {
			out = append(out, byte(with))
		}
		out = append(out, lowerHex[c>>4], lowerHex[c&15])
	}
	return mkASCII(bytesText(out)), nil
}

func bytesFromHex(th *Thread, a []Value) (Value, *Exc) {
	s, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("fromhex() argument must be str, not %s", typeName(a[1]))
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r > 127 }); i >= 0 {
		return Value{}, ValueErrorf("non-hexadecimal number found in fromhex() arg at position %d", i)
	}
	out := make([]byte, 0, len(s)/2)
	for i := 0; i < len(s); {
		if isByteSpace(s[i]) {
			i++
			continue
		}
		for k := range 2 {
			if i+k >= len(s) || hexDigit(s[i+k]) < 0 {
				return Value{}, ValueErrorf("non-hexadecimal number found in fromhex() arg at position %d", i+k)
			}
		}
		out = append(out, byte(hexDigit(s[i])<<4|hexDigit(s[i+1])))
		i += 2
	}
	cls, _ := AsType(a[0])
	switch cls {
	case bytesType:
		return MkBytes(out), nil
	case byteArrayType:
		return MkByteArray(out), nil
	}
	return th.Call(a[0], MkBytes(out))
}

// hexDigit returns the value of a hexadecimal digit, -1 for any other byte.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// bytesField formats %s, %b, %r and %a of a bytes.
func (p *percent) bytesField(d *directive, v Value) *Exc {
	var text string
	if d.conv == 'r' || d.conv == 'a' {
		s, err := p.th.asciiRepr(v)
		if err != nil {
			return err
		}
		text = s
	} else if b, ok := BufferOf(v); ok {
		text = bytesText(b)
	} else if f := scripted(v, spBytes); !f.IsUnbound() {
		b, err := p.th.callBytes(f, v)
		if err != nil {
			return err
		}
		text = bytesText((*Bytes)(b.p).b)
	} else {
		return TypeErrorf("%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'", typeName(v))
	}
	if d.prec >= 0 && d.prec < len(text) {
		text = text[:d.prec]
	}
	p.pad(d, text, len(text))
	return nil
}

// byteField formats %c of a bytes.
func (p *percent) byteField(d *directive, v Value) *Exc {
	if x, ok := asBytes(v); ok && len(x.b) == 1 {
		p.pad(d, string(x.b), 1)
		return nil
	}
	if !hasIndex(v) {
		return TypeErrorf("%%c requires an integer in range(256) or a single byte")
	}
	v, err := p.th.Index(v)
	if err != nil {
		return err
	}
	i, ok := AsInt(v)
	if !ok || i < 0 || i > 255 {
		return Errorf(OverflowError, "%%c arg not in range(256)")
	}
	p.pad(d, string([]byte{byte(i)}), 1)
	return nil
}
