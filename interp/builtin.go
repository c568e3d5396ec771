package interp

// This file defines Builtin rows, their signatures, and how arguments are bound to them.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// BuiltinFunc is the body of a built-in function. a holds one entry per parameter of the signature,
// behind self for a method: an optional one that was not given holds its default, or is unbound when
// the default is written as "?"; *args is a tuple and **kwargs a dict. a must not be kept.
type BuiltinFunc func(th *Thread, a []Value) (Value, *Exc)

// Builtin is one row of a table of built-in functions. Sig is its name and parameters as help() shows
// them, "pop(index=-1, /)"; self is not written. Doc is its docstring.
type Builtin struct {
	Sig string
	Doc string
	Fn  BuiltinFunc
}

// Name returns the name of the function.
func (b *Builtin) Name() string {
	name, _, _ := strings.Cut(b.Sig, "(")
	return name
}

// GetSet is a computed attribute of a type. Set is nil when it cannot be set; it is called with an
// unbound value to delete.
type GetSet struct {
	Name string
	Doc  string
	Get  func(th *Thread, self Value) (Value, *Exc)
	Set  func(th *Thread, self, v Value) *Exc
}

// BuiltinFunction is a function written in Go, as scripts see it.
type BuiltinFunction struct {
	Header
	name  *Str
	row   *Builtin
	self  Value // of a bound method; unbound for a function
	owner *Type // the type it is a method of; nil for a function
	mod   string
	spec  atomic.Pointer[paramSpec]
	// pos, which may be nil, is called instead of the row's Fn when nothing is given by keyword: with
	// the arguments as they are, self first. It spares functions with *args the making of a tuple.
	pos BuiltinFunc
	// wrapper marks a method made from the owner's Protocol: operations then use the Protocol itself.
	wrapper bool
	newOf   *Type      // the type whose __new__ this is
	async   *asyncCall // of a coroutine function, nil for others
}

// param is one parameter of a signature.
type param struct {
	name     *Str
	def      Value // unbound when required, or when its default is "?"
	optional bool
}

// paramSpec is a parsed signature.
type paramSpec struct {
	params  []param // positional-only, positional, keyword-only
	posOnly int
	pos     int // positional parameters, the positional-only ones included
	varargs bool
	kwargs  bool
	min     int  // required positional parameters
	plain   bool // only positional parameters: a window of len(params) values is a valid a
	method  bool
	// defaults says that between min and pos positional arguments leave only optional parameters to fill.
	defaults bool
}

// NewBuiltin returns the function of a row; module is its __module__.
func NewBuiltin(row *Builtin, module string) Value {
	return object(&BuiltinFunction{Header: Header{builtinShape}, name: Intern(row.Name()), row: row, mod: module})
}

func (f *BuiltinFunction) params() *paramSpec {
	if s := f.spec.Load(); s != nil {
		return s
	}
	return f.parseParams()
}

func (f *BuiltinFunction) parseParams() *paramSpec {
	s := parseSignature(f.row.Sig)
	s.method = f.owner != nil
	f.spec.Store(s)
	return s
}

// parseSignature reads the text of a row. A mistake in it is a mistake in a table of ours, which the
// test of all rows finds.
func parseSignature(sig string) *paramSpec {
	_, list, _ := strings.Cut(sig, "(")
	list = strings.TrimSuffix(list, ")")
	s := &paramSpec{}
	kwonly := false
	for _, field := range splitParams(list) {
		switch {
		case field == "":
		case field == "/":
			s.posOnly = len(s.params)
		case field == "*":
			kwonly = true
		case strings.HasPrefix(field, "**"):
			s.kwargs = true
		case strings.HasPrefix(field, "*"):
			s.varargs, kwonly = true, true
		default:
			name, def, optional := strings.Cut(field, "=")
			s.params = append(s.params, param{Intern(name), defaultValue(def), optional})
			if !kwonly {
				s.pos++
				if !optional {
					s.min++
				}
			}
		}
	}
	s.defaults = !s.varargs && !s.kwargs
	for i := s.min; i < len(s.params); i++ {
		s.defaults = s.defaults && s.params[i].optional
	}
	s.plain = !s.varargs && !s.kwargs && s.pos == len(s.params)
	return s
}

// splitParams splits at the commas outside quotes and brackets.
func splitParams(list string) []string {
	var out []string
	depth, start, quote := 0, 0, byte(0)
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(list[start:i]))
			start = i + 1
		}
	}
	return append(out, strings.TrimSpace(list[start:]))
}

// defaultValue reads a default as it stands in a signature; one it does not know gives unbound.
func defaultValue(text string) Value {
	switch text {
	case "None":
		return None
	case "True":
		return True
	case "False":
		return False
	case "()":
		return emptyTuple
	case "":
		return Value{}
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return MkInt(i)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return MkFloat(f)
	}
	if n := len(text); n >= 2 && text[0] == '\'' && text[n-1] == '\'' {
		if s, err := strconv.Unquote(`"` + text[1:n-1] + `"`); err == nil {
			return MkStr(s)
		}
	}
	return Value{}
}

// qualified returns the name that errors of fixed-arity functions use: "list.append", "math.sin" or "len".
func (f *BuiltinFunction) qualified() string {
	if f.owner != nil {
		return f.owner.Name + "." + f.name.s
	}
	if f.mod != "" && f.mod != "builtins" {
		return f.mod + "." + f.name.s
	}
	return f.name.s
}

// call calls f with args, whose last len(kwnames) are by keyword. For a method that is not bound,
// args[0] is self.
func (f *BuiltinFunction) call(th *Thread, args []Value, kwnames []*Str) (Value, *Exc) {
	s := f.params()
	if s.method {
		if !f.self.IsUnbound() {
			n := len(args) + 1
			w := append(th.args(n), f.self)
			w = append(w, args...)
			defer th.dropArgs(n)
			args = w
		} else if err := f.checkSelf(args, len(kwnames)); err != nil {
			return Value{}, err
		}
	}
	return f.invoke(th, s, args, kwnames)
}

// checkSelf checks the first argument of a method called through its type.
func (f *BuiltinFunction) checkSelf(args []Value, nkw int) *Exc {
	if len(args) == nkw {
		return TypeErrorf("unbound method %s.%s() needs an argument", f.owner.Name, f.name.s)
	}
	if t := TypeOf(args[0]); t != f.owner && !t.IsSubtype(f.owner) {
		if f.wrapper {
			return TypeErrorf("descriptor '%s' requires a '%s' object but received a '%s'", f.name.s, f.owner.Name, t.Name)
		}
		return TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", f.name.s, f.owner.Name, t.Name)
	}
	return nil
}

// invoke binds args, self included, and runs the body.
func (f *BuiltinFunction) invoke(th *Thread, s *paramSpec, args []Value, kwnames []*Str) (Value, *Exc) {
	self := 0
	if s.method {
		self = 1
	}
	if len(kwnames) == 0 {
		if f.pos != nil {
			return f.pos(th, args)
		}
		if s.plain && len(args) == self+len(s.params) {
			return f.row.Fn(th, args)
		}
	}
	if given := len(args) - self; s.defaults && len(kwnames) == 0 && given >= s.min && given <= s.pos {
		n := self + len(s.params)
		w := append(th.args(n), args...)
		for i := given; i < len(s.params); i++ {
			w = append(w, s.params[i].def)
		}
		v, err := f.row.Fn(th, w)
		th.dropArgs(n)
		return v, err
	}
	n := self + len(s.params)
	if s.varargs {
		n++
	}
	if s.kwargs {
		n++
	}
	w := th.args(n)[:n]
	defer th.dropArgs(n)
	if err := f.bind(th, s, w, args, kwnames, self); err != nil {
		return Value{}, err
	}
	return f.row.Fn(th, w)
}

func (f *BuiltinFunction) bind(th *Thread, s *paramSpec, w, args []Value, kwnames []*Str, self int) *Exc {
	npos := len(args) - len(kwnames)
	copy(w, args[:self])
	given := npos - self
	take := min(given, s.pos)
	copy(w[self:], args[self:self+take])
	clear(w[self+take:])
	next := self + len(s.params)
	if s.varargs {
		w[next] = newTuple(args[self+take : npos])
		next++
	} else if given > s.pos && !f.likeScript() {
		return f.tooMany(s, given, len(kwnames))
	}
	var kw *Dict
	if s.kwargs {
		kw = NewDict()
		w[next] = kw.Value()
	}
	for i, name := range kwnames {
		if !f.bindKeyword(s, w[self:], name, args[npos+i], take) {
			if kw == nil {
				return f.badKeyword(s, name, given, kwnames)
			}
			kw.SetStr(name, args[npos+i])
		}
	}
	if given > s.pos && !s.varargs {
		return f.scriptTooMany(s, given)
	}
	for i := range s.params {
		if w[self+i].IsUnbound() {
			if p := &s.params[i]; p.optional {
				w[self+i] = p.def
			} else if f.likeScript() {
				return f.scriptMissing(s, w[self:])
			} else {
				return f.missing(s, given, i)
			}
		}
	}
	return nil
}

func (f *BuiltinFunction) bindKeyword(s *paramSpec, w []Value, name *Str, v Value, taken int) bool {
	for i := s.posOnly; i < len(s.params); i++ {
		if s.params[i].name.s == name.s {
			if i < taken || !w[i].IsUnbound() {
				return false
			}
			w[i] = v
			return true
		}
	}
	return false
}

// badKeyword is the error of a call with given positional arguments and kwnames, among them name. A required
// argument that is missing comes before a keyword that nothing is called by.
func (f *BuiltinFunction) badKeyword(s *paramSpec, name *Str, given int, kwnames []*Str) *Exc {
	nkw := len(kwnames)
	if f.likeScript() {
		return f.scriptBadKeyword(s, name)
	}
	if s.posOnly == len(s.params) {
		return TypeErrorf("%s() takes no keyword arguments", f.qualified())
	}
	if f.isSorted() {
		return f.badSorted(given, nkw, name)
	}
	if given+nkw > len(s.params) && !s.varargs {
		return f.tooManyInAll(s, given, nkw)
	}
	for i := s.posOnly; i < len(s.params); i++ {
		if s.params[i].name.s == name.s {
			return TypeErrorf("argument for %s() given by name ('%s') and position (%d)", f.name.s, name.s, i+1)
		}
	}
	for i := given; i < len(s.params); i++ {
		if p := &s.params[i]; !p.optional && !slices.Contains(kwnames, p.name) {
			return f.missing(s, given, i)
		}
	}
	return TypeErrorf("'%s' is an invalid keyword argument for %s()", name.s, f.name.s)
}

// isSorted reports whether f is sorted(), which passes its keywords on to list.sort().
func (f *BuiltinFunction) isSorted() bool { return f.owner == nil && f.name.s == "sorted" }

// badSorted is the error of a wrong call of sorted() with given positional arguments and nkw keywords, of
// which name, when there is one, is unknown.
func (f *BuiltinFunction) badSorted(given, nkw int, name *Str) *Exc {
	switch {
	case given != 1:
		return TypeErrorf("sorted expected 1 argument, got %d", given)
	case nkw > 2:
		return TypeErrorf("sort() takes at most 2 keyword arguments (%d given)", nkw)
	}
	return TypeErrorf("'%s' is an invalid keyword argument for sort()", name.s)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// searchMethods are the methods of str, bytes and bytearray whose arguments CPython reads by a format.
var searchMethods = map[string]bool{"find": true, "rfind": true, "index": true, "rindex": true, "count": true, "startswith": true, "endswith": true}

// readsByFormat reports whether f speaks of wrong numbers of arguments as CPython's readers of formats do.
func (f *BuiltinFunction) readsByFormat() bool {
	return f.owner != nil && searchMethods[f.name.s] && (f.owner == strType || f.owner == bytesType || f.owner == byteArrayType)
}

func (f *BuiltinFunction) tooMany(s *paramSpec, given, nkw int) *Exc {
	if f.isSorted() {
		return f.badSorted(given, nkw, nil)
	}
	if f.readsByFormat() {
		return TypeErrorf("%s() takes at most %d argument%s (%d given)", f.name.s, s.pos, plural(s.pos), given)
	}
	if s.posOnly == len(s.params) {
		switch {
		case nkw > 0 && !s.kwargs:
			return TypeErrorf("%s() takes no keyword arguments", f.qualified())
		case s.pos == 0:
			return TypeErrorf("%s() takes no arguments (%d given)", f.qualified(), given)
		case s.pos == 1 && s.min == 1:
			return TypeErrorf("%s() takes exactly one argument (%d given)", f.qualified(), given)
		case s.min == s.pos:
			return TypeErrorf("%s expected %d argument%s, got %d", f.name.s, s.pos, plural(s.pos), given)
		default:
			return TypeErrorf("%s expected at most %d argument%s, got %d", f.name.s, s.pos, plural(s.pos), given)
		}
	}
	if given+nkw > len(s.params) && !s.varargs {
		return f.tooManyInAll(s, given, nkw)
	}
	bound := "at most"
	if s.min == s.pos {
		bound = "exactly"
	}
	if s.pos == 0 {
		return TypeErrorf("%s() takes no positional arguments", f.name.s)
	}
	return TypeErrorf("%s() takes %s %d positional argument%s (%d given)", f.name.s, bound, s.pos, plural(s.pos), given)
}

// tooManyInAll is the error of a call with more arguments than there are parameters that have names.
func (f *BuiltinFunction) tooManyInAll(s *paramSpec, given, nkw int) *Exc {
	bound, kind := "at most", ""
	if s.min == len(s.params) {
		bound = "exactly"
	}
	if given == 0 {
		kind = "keyword "
	}
	return TypeErrorf("%s() takes %s %d %sargument%s (%d given)", f.name.s, bound, len(s.params), kind, plural(len(s.params)), given+nkw)
}

func (f *BuiltinFunction) missing(s *paramSpec, given, i int) *Exc {
	if f.isSorted() {
		return f.badSorted(given, 0, nil)
	}
	if f.readsByFormat() {
		return TypeErrorf("%s() takes at least %d argument%s (%d given)", f.name.s, s.min, plural(s.min), given)
	}
	if s.posOnly == len(s.params) {
		switch {
		case s.pos == 1 && s.min == 1:
			return TypeErrorf("%s() takes exactly one argument (%d given)", f.qualified(), given)
		case s.min == s.pos && !s.varargs:
			return TypeErrorf("%s expected %d argument%s, got %d", f.name.s, s.pos, plural(s.pos), given)
		default:
			return TypeErrorf("%s expected at least %d argument%s, got %d", f.name.s, s.min, plural(s.min), given)
		}
	}
	if i < s.posOnly {
		bound := "at least"
		if s.min == s.pos {
			bound = "exactly"
		}
		return TypeErrorf("%s() takes %s %d positional argument%s (%d given)", f.name.s, bound, s.min, plural(s.min), given)
	}
	if i >= s.pos {
		return TypeErrorf("%s() missing required keyword-only argument: '%s'", f.name.s, s.params[i].name.s)
	}
	return TypeErrorf("%s() missing required argument '%s' (pos %d)", f.name.s, s.params[i].name.s, i+1)
}

// bindMethod returns f bound to self.
func (f *BuiltinFunction) bindMethod(self Value) Value {
	b := &BuiltinFunction{Header: Header{builtinShape}, name: f.name, row: f.row, self: self, owner: f.owner, wrapper: f.wrapper, async: f.async}
	if f.wrapper {
		b.shape = methodWrapperShape
	}
	b.spec.Store(f.params())
	return object(b)
}

// describe returns how repr() shows f.
func (f *BuiltinFunction) describe(th *Thread) string {
	switch {
	case f.shape == slotWrapperShape:
		return fmt.Sprintf("<slot wrapper '%s' of '%s' objects>", f.name.s, f.owner.Name)
	case f.shape == methodWrapperShape:
		return fmt.Sprintf("<method-wrapper '%s' of %s object at %s>", f.name.s, TypeOf(f.self).Name, address(f.self))
	case f.likeScript() && f.self.IsUnbound():
		return fmt.Sprintf("<function %s at %s>", f.scriptName(), address(object(f)))
	case f.owner != nil && f.self.IsUnbound():
		return fmt.Sprintf("<method '%s' of '%s' objects>", f.name.s, f.owner.Name)
	case f.owner != nil:
		if t, ok := AsType(f.self); ok {
			return fmt.Sprintf("<built-in method %s of type object at %s>", f.name.s, address(t.Value()))
		}
		if f.likeScript() {
			return fmt.Sprintf("<bound method %s of %s>", f.scriptName(), th.reprOr(f.self))
		}
		return fmt.Sprintf("<built-in method %s of %s object at %s>", f.name.s, TypeOf(f.self).Name, address(f.self))
	}
	return fmt.Sprintf("<built-in function %s>", f.name.s)
}

// ParamInfo is a parameter of a function written in Go, for the module inspect.
type ParamInfo struct {
	Name                                                  string
	PositionalOnly, KeywordOnly, Star, StarStar, Optional bool
	Default                                               Value // None when it is not a simple value
}

// BuiltinParameters returns the parameters of a built-in function, method or type; ok is false when they
// are not known. self stands among those of a method that is not bound.
func BuiltinParameters(v Value) (list []ParamInfo, ok bool) {
	if t, isType := AsType(v); isType {
		if t.newSig == "" || t.flags&flagHeap != 0 {
			return nil, false
		}
		return signatureParams(t.newSig), true
	}
	f, isBuiltin := asBuiltin(v)
	if !isBuiltin || f.row == nil {
		return nil, false
	}
	list = signatureParams(f.row.Sig)
	if f.owner != nil && f.self.IsUnbound() {
		list = append([]ParamInfo{{Name: "self", PositionalOnly: true}}, list...)
	}
	return list, true
}

func signatureParams(sig string) []ParamInfo {
	_, text, _ := strings.Cut(sig, "(")
	var list []ParamInfo
	keywordOnly := false
	for _, field := range splitParams(strings.TrimSuffix(text, ")")) {
		switch {
		case field == "":
		case field == "/":
			for i := range list {
				list[i].PositionalOnly = true
			}
		case field == "*":
			keywordOnly = true
		case strings.HasPrefix(field, "**"):
			list = append(list, ParamInfo{Name: field[2:], StarStar: true})
		case strings.HasPrefix(field, "*"):
			list = append(list, ParamInfo{Name: field[1:], Star: true})
			keywordOnly = true
		default:
			name, def, optional := strings.Cut(field, "=")
			p := ParamInfo{Name: name, KeywordOnly: keywordOnly, Optional: optional}
			if p.Default = defaultValue(def); p.Default.IsUnbound() {
				p.Default = None
			}
			list = append(list, p)
		}
	}
	return list
}
