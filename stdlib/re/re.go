// Package re is the module re: regular expressions, by package regexp2.
//
//	parse.go, class.go, group.go   a pattern, checked and translated
//	pattern.go, scan.go            Pattern: search, match, fullmatch, findall, finditer, split
//	template.go                    sub and subn
//	match.go                       Match
//	re.aio                         the flags and the exception
package re

import (
	_ "embed"

	"aio/interp"
)

//go:embed re.aio
var source string

// Module is the module re.
var Module = &interp.ModuleDef{
	Name:   "re",
	Doc:    "Support for regular expressions (RE).",
	Funcs:  functions,
	Init:   setup,
	Source: source,
}

var functions = []interp.Builtin{
	{Sig: "compile(pattern, flags=0)", Doc: "Compile a regular expression pattern, returning a Pattern object.", Fn: compile},
	{Sig: "search(pattern, string, flags=0)", Doc: "Scan through string looking for a match to the pattern, returning a Match object, or None if no match was found.", Fn: withPattern(2, patternSearch)},
	{Sig: "match(pattern, string, flags=0)", Doc: "Try to apply the pattern at the start of the string, returning a Match object, or None if no match was found.", Fn: withPattern(2, patternMatch)},
	{Sig: "fullmatch(pattern, string, flags=0)", Doc: "Try to apply the pattern to all of the string, returning a Match object, or None if no match was found.", Fn: withPattern(2, patternFullMatch)},
	{Sig: "findall(pattern, string, flags=0)", Doc: "Return a list of all non-overlapping matches in the string.", Fn: withPattern(2, patternFindAll)},
	{Sig: "finditer(pattern, string, flags=0)", Doc: "Return an iterator over all non-overlapping matches in the string.", Fn: withPattern(2, patternFindIter)},
	{Sig: "split(pattern, string, maxsplit=0, flags=0)", Doc: "Split the source string by the occurrences of the pattern, returning a list containing the resulting substrings.", Fn: withPattern(3, patternSplit)},
	{Sig: "sub(pattern, repl, string, count=0, flags=0)", Doc: "Return the string obtained by replacing the leftmost non-overlapping occurrences of the pattern in string by the replacement repl.", Fn: withPattern(4, patternSub)},
	{Sig: "subn(pattern, repl, string, count=0, flags=0)", Doc: "Return a 2-tuple containing (new_string, number).", Fn: withPattern(4, patternSubN)},
	{Sig: "escape(pattern)", Doc: "Escape special characters in a string.", Fn: escapeText},
	{Sig: "purge()", Doc: "Clear the regular expression caches", Fn: purge},
}

// state is what the module keeps in an interpreter.
type state struct {
	module *interp.Module
	cache  map[cacheKey]interp.Value // compiled patterns
	runes  []rune                    // to be used again by the next short subject
	last   subject                   // the last long one, which may be searched again from another place
}

type cacheKey struct {
	source string
	bytes  bool
	flags  int
}

// maxCached is how many patterns are kept; when there are more, all are forgotten.
const maxCached = 512

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "re", func() *state { return &state{cache: map[cacheKey]interp.Value{}} })
}

func setup(th *interp.Thread, m *interp.Module) *interp.Exc {
	setupTypes()
	stateOf(th).module = m
	m.Set("Pattern", patternType.Value())
	m.Set("Match", matchType.Value())
	return nil
}

func purge(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	clear(stateOf(th).cache)
	return interp.None, nil
}

// withPattern makes a function of the module from a method of Pattern: the first argument is compiled,
// and the one at flags is for that.
func withPattern(flags int, method interp.BuiltinFunc) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		p, err := compilePattern(th, a[0], a[flags])
		if err != nil {
			return interp.Value{}, err
		}
		var args [6]interp.Value
		n := copy(args[:], a[:flags])
		args[0] = p
		if n < 4 { // search and the like: pos and endpos
			args[n], args[n+1] = interp.MkInt(0), interp.Value{}
		}
		return method(th, args[:])
	}
}

func compile(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return compilePattern(th, a[0], a[1])
}

// compilePattern returns the Pattern of a str, bytes or Pattern.
func compilePattern(th *interp.Thread, v, flagsArg interp.Value) (interp.Value, *interp.Exc) {
	flags, err := th.IndexInt(flagsArg)
	if err != nil {
		return interp.Value{}, err
	}
	if _, ok := interp.NativeData[*pattern](v); ok {
		if flags != 0 {
			return interp.Value{}, interp.ValueErrorf("cannot process flags argument with a compiled pattern")
		}
		return v, nil
	}
	key := cacheKey{flags: flags}
	if s, ok := interp.StrOf(v); ok {
		key.source = s
	} else if b, ok := interp.BufferOf(v); ok {
		key.source, key.bytes = string(b), true
	} else {
		return interp.Value{}, interp.TypeErrorf("first argument must be string or compiled pattern")
	}
	st := stateOf(th)
	if p, ok := st.cache[key]; ok {
		return p, nil
	}
	p, err := newPattern(th, v, key)
	if err != nil {
		return interp.Value{}, err
	}
	if len(st.cache) >= maxCached {
		clear(st.cache)
	}
	st.cache[key] = p
	return p, nil
}

// patternError returns the exception re.error.
func patternError(th *interp.Thread, msg string, source interp.Value, pos int) *interp.Exc {
	at := interp.None
	if pos >= 0 {
		at = interp.MkInt(int64(pos))
	}
	cls, _ := stateOf(th).module.Get("error")
	v, err := th.Call(cls, interp.MkStr(msg), source, at)
	if err != nil {
		return err
	}
	if e, ok := interp.AsExc(v); ok {
		return e
	}
	return interp.ValueErrorf("%s", msg)
}

// escapeText is re.escape.
func escapeText(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if s, ok := interp.StrOf(a[0]); ok {
		return interp.MkText(escaped([]byte(s))), nil
	}
	b, ok := interp.BufferOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("decoding to str: need a bytes-like object, %s found", interp.TypeName(a[0]))
	}
	return interp.MkBytes(escaped(b)), nil
}

func escaped(text []byte) []byte {
	out := make([]byte, 0, len(text)+8)
	for _, c := range text {
		if c < 0x80 && special[c] {
			out = append(out, '\\')
		}
		out = append(out, c)
	}
	return out
}

// special has the characters that escape puts a backslash before.
var special = func() (t [128]bool) {
	for _, c := range "()[]{}?*+-|^$\\.&~# \t\n\r\v\f" {
		t[c] = true
	}
	return
}()
