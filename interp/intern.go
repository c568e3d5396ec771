package interp

// This file defines the table of interned names: attribute and variable names are compared by
// pointer. It is shared by all interpreters, and only ever grows by names that programs spell.

import "sync"

var interned struct {
	sync.RWMutex
	m map[string]*Str
}

// Intern returns the one Str of a name.
func Intern(name string) *Str {
	interned.RLock()
	s := interned.m[name]
	interned.RUnlock()
	if s != nil {
		return s
	}
	interned.Lock()
	defer interned.Unlock()
	if s = interned.m[name]; s != nil {
		return s
	}
	if interned.m == nil {
		interned.m = make(map[string]*Str, 4096)
	}
	s = NewStr(name)
	s.Len()
	s.Hash()
	interned.m[name] = s
	return s
}

// nameCache remembers the interned twins of strings seen lately: getattr and its kin are called with the
// same few constants again and again.
type nameCache [64]struct{ name, twin *Str }

func (th *Thread) internStr(s *Str) *Str {
	e := &th.names[s.Hash()%uint64(len(th.names))]
	if e.name != s {
		e.name, e.twin = s, internStr(s)
	}
	return e.twin
}

// internStr returns the interned twin of s.
func internStr(s *Str) *Str { return Intern(s.s) }
