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

// internStr returns the interned twin of s.
func internStr(s *Str) *Str { return Intern(s.s) }
