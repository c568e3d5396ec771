package interp

// This file defines what a call with the wrong arguments says when the callee, written in Go here, is
// written in Python in CPython: its errors are then those of a function made by a script.

import (
	"fmt"
	"strings"
)

// scriptModules are the modules, and packages, whose functions and classes CPython writes in Python.
var scriptModules = map[string]bool{"asyncio": true}

// likeScript reports whether the errors are those of a function made by a script.
func (f *BuiltinFunction) likeScript() bool {
	mod := f.mod
	switch {
	case f.owner != nil:
		mod = f.owner.Module
	case f.newOf != nil:
		mod = f.newOf.Module
	}
	top, _, _ := strings.Cut(mod, ".")
	return scriptModules[top]
}

// scriptName is the name that such errors use.
func (f *BuiltinFunction) scriptName() string {
	switch {
	case f.owner != nil:
		return f.owner.Name + "." + f.name.s
	case f.newOf != nil:
		return f.newOf.Name + ".__init__"
	}
	return f.name.s
}

func (f *BuiltinFunction) scriptTooMany(s *paramSpec, given int) *Exc {
	least, most := s.min, s.pos
	if s.method {
		least, most, given = least+1, most+1, given+1
	}
	takes := fmt.Sprint(most)
	if least < most {
		takes = fmt.Sprintf("from %d to %d", least, most)
	}
	were := "were"
	if given == 1 {
		were = "was"
	}
	return TypeErrorf("%s() takes %s positional argument%s but %d %s given", f.scriptName(), takes, plural(most), given, were)
}

// scriptMissing is the error for required parameters that got nothing; w is what they got.
func (f *BuiltinFunction) scriptMissing(s *paramSpec, w []Value) *Exc {
	names := func(from, to int) (list []string) {
		for i := from; i < to; i++ {
			if w[i].IsUnbound() && !s.params[i].optional {
				list = append(list, s.params[i].name.s)
			}
		}
		return list
	}
	if list := names(0, s.pos); list != nil {
		return missingArguments(f.scriptName(), "positional", list)
	}
	return missingArguments(f.scriptName(), "keyword-only", names(s.pos, len(s.params)))
}

func (f *BuiltinFunction) scriptBadKeyword(s *paramSpec, name *Str) *Exc {
	for i := range s.params {
		switch {
		case s.params[i].name.s != name.s:
		case i < s.posOnly:
			return TypeErrorf("%s() got some positional-only arguments passed as keyword arguments: '%s'", f.scriptName(), name.s)
		default:
			return TypeErrorf("%s() got multiple values for argument '%s'", f.scriptName(), name.s)
		}
	}
	return TypeErrorf("%s() got an unexpected keyword argument '%s'", f.scriptName(), name.s)
}
