package re

// This file defines Pattern: a compiled pattern, and its methods other than sub and subn.

import (
	"strings"
	"sync"

	"github.com/dlclark/regexp2"

	"aio/interp"
)

// pattern is the data of a Pattern object.
type pattern struct {
	value  interp.Value // the object
	source interp.Value // str or bytes
	bytes  bool
	flags  int
	prog   *program // for all subjects
	narrow *program // for ASCII ones; nil until it is needed
	// engines are the compiled variants, by variant and whether the subject is ASCII; nil until needed.
	engines  [variants][2]*regexp2.Regexp
	index    interp.Value // groupindex
	template *template    // the last one that sub was called with
	repl     string
}

// variant is a way to apply a pattern.
type variant uint8

const (
	search    variant = iota
	matchHere         // at the start alone
	matchAll          // all of the subject
	advance           // search for a match that is not empty at the start
	variants
)

// wrap returns the expression of a variant. \G is the place where matching starts.
func (v variant) wrap(expr string) string {
	switch v {
	case matchHere:
		return `\G(?:` + expr + `)`
	case matchAll:
		return `\G(?:` + expr + `)\z`
	case advance:
		return `(?:` + expr + `)(?!\G)`
	}
	return expr
}

var (
	patternType   = interp.NewLibraryType("re", "Pattern", nil)
	matchType     = interp.NewLibraryType("re", "Match", nil)
	matchIterType = interp.NewLibraryType("builtins", "callable_iterator", nil)
)

// setupTypes finishes the types of this package, once for all interpreters.
var setupTypes = sync.OnceFunc(func() {
	patternType.SetNew("Pattern()", noInstance("re.Pattern"))
	patternType.Setup(&interp.Protocol{Repr: patternRepr, Compare: patternCompare, Hash: patternHash}, patternMethods, patternAttrs)
	matchType.SetNew("Match()", noInstance("re.Match"))
	matchType.Setup(&interp.Protocol{Repr: matchRepr, GetItem: matchGetItem}, matchMethods, matchAttrs)
	matchIterType.SetNew("callable_iterator()", noInstance("callable_iterator"))
	matchIterType.Setup(&interp.Protocol{Iter: iterItself, Next: nextMatch}, nil, nil)
})

// noInstance is the constructor of a type that only functions of this module make instances of.
func noInstance(name string) interp.BuiltinFunc {
	return func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		return interp.Value{}, interp.TypeErrorf("cannot create '%s' instances", name)
	}
}

// newPattern compiles a pattern.
func newPattern(th *interp.Thread, source interp.Value, key cacheKey) (interp.Value, *interp.Exc) {
	if err := checkFlags(key); err != nil {
		return interp.Value{}, err
	}
	p := &pattern{source: source, bytes: key.bytes}
	prog, bad := parsePattern(p.runes(), key.flags, p.bytes, false)
	if bad != nil {
		return interp.Value{}, patternError(th, bad.msg, source, bad.pos)
	}
	p.prog, p.flags = prog, prog.flags
	if !p.bytes && p.flags&(flagASCII|flagLocale) == 0 {
		p.flags |= flagUnicode
	}
	if p.flags&flagASCII != 0 && p.flags&flagUnicode != 0 {
		return interp.Value{}, interp.ValueErrorf("ASCII and UNICODE flags are incompatible")
	}
	if _, err := p.engine(th, search, false); err != nil {
		return interp.Value{}, err
	}
	index := interp.NewDict()
	for _, name := range prog.order {
		index.SetStr(interp.Intern(name), interp.MkInt(int64(prog.names[name])))
	}
	p.index = interp.MkMappingProxy(index.Value())
	p.value = interp.NewNative(patternType, p)
	return p.value, nil
}

func checkFlags(key cacheKey) *interp.Exc {
	switch {
	case key.bytes && key.flags&flagUnicode != 0:
		return interp.ValueErrorf("cannot use UNICODE flag with a bytes pattern")
	case key.bytes && key.flags&flagLocale != 0 && key.flags&flagASCII != 0:
		return interp.ValueErrorf("ASCII and LOCALE flags are incompatible")
	case !key.bytes && key.flags&flagLocale != 0:
		return interp.ValueErrorf("cannot use LOCALE flag with a str pattern")
	}
	return nil
}

// runes returns the characters of the pattern; those of bytes are the bytes.
func (p *pattern) runes() []rune {
	if s, ok := interp.StrOf(p.source); ok {
		return appendRunes(nil, s)
	}
	b, _ := interp.BufferOf(p.source)
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return r
}

func appendRunes(r []rune, s string) []rune {
	for i := 0; i < len(s); {
		if c := s[i]; c < 0x80 {
			r = append(r, rune(c))
			i++
			continue
		}
		c, n := interp.DecodeRune(s[i:])
		r = append(r, c)
		i += n
	}
	return r
}

// engine returns a compiled variant.
func (p *pattern) engine(th *interp.Thread, v variant, ascii bool) (*regexp2.Regexp, *interp.Exc) {
	slot := &p.engines[v][0]
	if ascii {
		slot = &p.engines[v][1]
	}
	if *slot != nil {
		return *slot, nil
	}
	prog := p.prog
	if ascii {
		if p.narrow == nil {
			p.narrow, _ = parsePattern(p.runes(), p.flags&^flagUnicode, p.bytes, true)
		}
		prog = p.narrow
	}
	options := regexp2.None
	if p.flags&flagIgnoreCase != 0 {
		options |= regexp2.IgnoreCase
	}
	if p.flags&flagMultiline != 0 {
		options |= regexp2.Multiline
	}
	if p.flags&flagDotAll != 0 {
		options |= regexp2.Singleline
	}
	re, err := regexp2.Compile(v.wrap(prog.expr), options)
	if err != nil {
		return nil, patternError(th, err.Error(), p.source, -1)
	}
	*slot = re
	return re, nil
}

func patternOf(v interp.Value) *pattern {
	p, _ := interp.NativeData[*pattern](v)
	return p
}

// flagOrder is the order in which repr shows the flags.
var flagOrder = []struct {
	bit  int
	name string
}{
	{flagTemplate, "TEMPLATE"}, {flagIgnoreCase, "IGNORECASE"}, {flagLocale, "LOCALE"}, {flagMultiline, "MULTILINE"},
	{flagDotAll, "DOTALL"}, {flagUnicode, "UNICODE"}, {flagVerbose, "VERBOSE"}, {flagDebug, "DEBUG"}, {flagASCII, "ASCII"},
}

func patternRepr(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	p := patternOf(v)
	text, err := th.Repr(p.source)
	if err != nil {
		return "", err
	}
	if s := interp.NewStr(text); s.Len() > 200 {
		text = s.Slice(0, 200)
	}
	flags := p.flags
	if !p.bytes && flags&(flagLocale|flagUnicode|flagASCII) == flagUnicode {
		flags &^= flagUnicode
	}
	var names []string
	for _, f := range flagOrder {
		if flags&f.bit != 0 {
			names = append(names, "re."+f.name)
		}
	}
	if names != nil {
		text += ", " + strings.Join(names, "|")
	}
	return "re.compile(" + text + ")", nil
}

func patternCompare(th *interp.Thread, op interp.CompareOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	p := patternOf(a)
	q := patternOf(b)
	if q == nil || op != interp.CmpEq && op != interp.CmpNe {
		return interp.NotImplemented, nil
	}
	same := p.flags == q.flags && p.bytes == q.bytes
	if same {
		var err *interp.Exc
		if same, err = th.Equal(p.source, q.source); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.MkBool(same == (op == interp.CmpEq)), nil
}

func patternHash(th *interp.Thread, v interp.Value) (uint64, *interp.Exc) {
	p := patternOf(v)
	h, err := th.Hash(p.source)
	return h ^ uint64(p.flags)<<7, err
}

var patternAttrs = []interp.GetSet{
	{Name: "pattern", Doc: "The pattern string from which the RE object was compiled.", Get: patternAttr(func(p *pattern) interp.Value { return p.source })},
	{Name: "flags", Doc: "The regex matching flags.", Get: patternAttr(func(p *pattern) interp.Value { return interp.MkInt(int64(p.flags)) })},
	{Name: "groups", Doc: "The number of capturing groups in the pattern.", Get: patternAttr(func(p *pattern) interp.Value { return interp.MkInt(int64(p.prog.groups)) })},
	{Name: "groupindex", Doc: "A dictionary mapping group names to group numbers.", Get: patternAttr(func(p *pattern) interp.Value { return p.index })},
}

func patternAttr(get func(p *pattern) interp.Value) func(*interp.Thread, interp.Value) (interp.Value, *interp.Exc) {
	return func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return get(patternOf(v)), nil }
}

func itself(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return a[0], nil }

var patternMethods = []interp.Builtin{
	{Sig: "search(string, pos=0, endpos=?)", Doc: "Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches.", Fn: patternSearch},
	{Sig: "match(string, pos=0, endpos=?)", Doc: "Matches zero or more characters at the beginning of the string.", Fn: patternMatch},
	{Sig: "fullmatch(string, pos=0, endpos=?)", Doc: "Matches against all of the string.", Fn: patternFullMatch},
	{Sig: "findall(string, pos=0, endpos=?)", Doc: "Return a list of all non-overlapping matches of pattern in string.", Fn: patternFindAll},
	{Sig: "finditer(string, pos=0, endpos=?)", Doc: "Return an iterator over all non-overlapping matches for the RE pattern in string.", Fn: patternFindIter},
	{Sig: "split(string, maxsplit=0)", Doc: "Split string by the occurrences of pattern.", Fn: patternSplit},
	{Sig: "sub(repl, string, count=0)", Doc: "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.", Fn: patternSub},
	{Sig: "subn(repl, string, count=0)", Doc: "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.", Fn: patternSubN},
	{Sig: "__copy__()", Doc: "", Fn: itself},
	{Sig: "__deepcopy__(memo, /)", Doc: "", Fn: itself},
}

func patternSearch(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return matchOnce(th, a, search)
}

func patternMatch(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return matchOnce(th, a, matchHere)
}

func patternFullMatch(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return matchOnce(th, a, matchAll)
}

func matchOnce(th *interp.Thread, a []interp.Value, v variant) (interp.Value, *interp.Exc) {
	p := patternOf(a[0])
	s, err := p.subject(th, a[1], a[2], a[3])
	if err != nil {
		return interp.Value{}, err
	}
	spans, err := p.run(th, s, v, s.pos)
	s.release(th)
	if err != nil || spans == nil {
		return interp.None, err
	}
	return p.newMatch(s, spans), nil
}

func patternFindAll(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := patternOf(a[0])
	s, err := p.subject(th, a[1], a[2], a[3])
	if err != nil {
		return interp.Value{}, err
	}
	defer s.release(th)
	var items []interp.Value
	sc := scanner{p: p, s: s, pos: s.pos}
	for {
		spans, err := sc.next(th)
		if err != nil {
			return interp.Value{}, err
		}
		if spans == nil {
			return interp.MkList(items), nil
		}
		switch {
		case p.prog.groups == 0:
			items = append(items, s.text(spans[0], spans[1]))
		case p.prog.groups == 1:
			items = append(items, s.group(spans, 1, true))
		default:
			groups := make([]interp.Value, p.prog.groups)
			for i := range groups {
				groups[i] = s.group(spans, i+1, true)
			}
			items = append(items, interp.MkTuple(groups))
		}
	}
}

func patternSplit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := patternOf(a[0])
	s, err := p.subject(th, a[1], interp.MkInt(0), interp.Value{})
	if err != nil {
		return interp.Value{}, err
	}
	defer s.release(th)
	limit, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	var items []interp.Value
	last := 0
	sc := scanner{p: p, s: s}
	for n := 0; limit <= 0 && limit == 0 || n < limit; n++ {
		spans, err := sc.next(th)
		if err != nil {
			return interp.Value{}, err
		}
		if spans == nil {
			break
		}
		items = append(items, s.text(last, spans[0]))
		for i := 1; i <= p.prog.groups; i++ {
			items = append(items, s.group(spans, i, false))
		}
		last = spans[1]
	}
	return interp.MkList(append(items, s.text(last, s.end))), nil
}
