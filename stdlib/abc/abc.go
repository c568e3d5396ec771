// Package abc is the module abc: abstract base classes. What is asked often, isinstance and issubclass,
// is Go code with caches; the classes are written in the language.
//
//	ABCMeta, ABC            the metaclass, and a base class with it
//	abstractmethod          mark a method that a subclass must define
//	abstractproperty, abstractclassmethod, abstractstaticmethod
//	get_cache_token, update_abstractmethods
package abc

import (
	_ "embed"

	"aio/interp"
)

//go:embed abc.aio
var source string

// Module is the module abc.
var Module = &interp.ModuleDef{
	Name: "abc",
	Doc:  "Abstract Base Classes (ABCs) according to PEP 3119.",
	Funcs: []interp.Builtin{
		{Sig: "_abc_init(cls, /)", Doc: "Prepare a new abstract base class.", Fn: initClass},
		{Sig: "_abc_register(cls, subclass, /)", Doc: "Register a virtual subclass.", Fn: register},
		{Sig: "_abc_instancecheck(cls, instance, /)", Doc: "Answer isinstance(instance, cls).", Fn: instanceCheck},
		{Sig: "_abc_subclasscheck(cls, subclass, /)", Doc: "Answer issubclass(subclass, cls).", Fn: subclassCheck},
		{Sig: "_abc_caches_clear(cls, /)", Doc: "Forget what was answered.", Fn: clearCaches},
		{Sig: "get_cache_token()", Doc: "Return a number that changes with each registration.", Fn: cacheToken},
	},
	Source: source,
}

// state is what an interpreter knows about its abstract base classes.
type state struct {
	registrations int64 // answers of "no" hold until there is another
	classes       map[*interp.Type]*class
}

// class is what is known about one abstract base class.
type class struct {
	registry []*interp.Type
	yes      map[*interp.Type]bool
	no       map[*interp.Type]bool
	noSince  int64 // registrations when no was begun
}

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "abc", func() *state { return &state{classes: map[*interp.Type]*class{}} })
}

func (s *state) class(t *interp.Type) *class {
	c := s.classes[t]
	if c == nil {
		c = &class{yes: map[*interp.Type]bool{}, no: map[*interp.Type]bool{}}
		s.classes[t] = c
	}
	return c
}

// The values of __abc_tpflags__, by which Sequence and Mapping say what patterns their instances match.
const (
	sequenceFlag = 1 << 5
	mappingFlag  = 1 << 6
)

func initClass(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, ok := interp.AsType(a[0])
	if !ok {
		return interp.None, nil
	}
	stateOf(th).class(t)
	v, ok := t.Own("__abc_tpflags__")
	if !ok {
		return interp.None, nil
	}
	flags, _ := interp.AsInt(v)
	if flags&sequenceFlag != 0 {
		t.MatchesSequence()
	}
	if flags&mappingFlag != 0 {
		t.MatchesMapping()
	}
	return interp.None, th.DelAttr(a[0], interp.Intern("__abc_tpflags__"))
}

func register(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t, _ := interp.AsType(a[0])
	sub, ok := interp.AsType(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("Can only register classes")
	}
	if is, err := th.IsSubclass(a[1], a[0]); err != nil || is {
		return a[1], err
	}
	if is, err := th.IsSubclass(a[0], a[1]); err != nil {
		return interp.Value{}, err
	} else if is {
		return interp.Value{}, interp.RuntimeErrorf("Refusing to create an inheritance cycle")
	}
	s := stateOf(th)
	c := s.class(t)
	c.registry = append(c.registry, sub)
	for base := range t.MRO() {
		sequence, mapping := base.PatternKind()
		if sequence {
			sub.MatchesSequence()
		}
		if mapping {
			sub.MatchesMapping()
		}
	}
	s.registrations++
	return a[1], nil
}

func cacheToken(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.MkInt(stateOf(th).registrations), nil
}

func clearCaches(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if t, ok := interp.AsType(a[0]); ok {
		c := stateOf(th).class(t)
		clear(c.yes)
		clear(c.no)
	}
	return interp.None, nil
}

// instanceCheck asks about the class of an instance, and about its __class__ when that is another.
func instanceCheck(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	t := interp.TypeOf(a[1])
	c := stateOf(th).class(mustType(a[0]))
	if c.yes[t] {
		return interp.True, nil
	}
	is, err := th.IsSubclass(t.Value(), a[0])
	if err != nil || is {
		return interp.MkBool(is), err
	}
	cls, err := th.Attr(a[1], "__class__")
	if err != nil {
		return interp.Value{}, err
	}
	if other, ok := interp.AsType(cls); ok && other != t {
		is, err = th.IsSubclass(cls, a[0])
	}
	return interp.MkBool(is), err
}

func mustType(v interp.Value) *interp.Type {
	t, _ := interp.AsType(v)
	return t
}

func subclassCheck(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	sub, ok := interp.AsType(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("issubclass() arg 1 must be a class")
	}
	s := stateOf(th)
	c := s.class(mustType(a[0]))
	if c.yes[sub] {
		return interp.True, nil
	}
	if c.noSince < s.registrations {
		clear(c.no)
		c.noSince = s.registrations
	} else if c.no[sub] {
		return interp.False, nil
	}
	is, err := decide(th, a[0], c, sub)
	if err != nil {
		return interp.Value{}, err
	}
	if is {
		c.yes[sub] = true
	} else {
		c.no[sub] = true
	}
	return interp.MkBool(is), nil
}

// decide answers issubclass(sub, cls) the long way: the hook, the bases, what was registered, and the
// subclasses.
func decide(th *interp.Thread, cls interp.Value, c *class, sub *interp.Type) (bool, *interp.Exc) {
	r, err := th.CallMethod(cls, "__subclasshook__", sub.Value())
	if err != nil {
		return false, err
	}
	if is, ok := interp.AsBool(r); ok {
		return is, nil
	}
	if !interp.Is(r, interp.NotImplemented) {
		return false, interp.NewExc(interp.AssertionError, interp.MkStr("__subclasshook__ must return either False, True, or NotImplemented"))
	}
	if sub.IsSubtype(mustType(cls)) {
		return true, nil
	}
	for _, t := range append([]*interp.Type(nil), c.registry...) {
		if is, err := th.IsSubclass(sub.Value(), t.Value()); err != nil || is {
			return is, err
		}
	}
	derived, err := th.CallMethod(cls, "__subclasses__")
	if err != nil {
		return false, err
	}
	list, err := th.Items(derived)
	if err != nil {
		return false, err
	}
	for _, t := range list {
		if is, err := th.IsSubclass(sub.Value(), t); err != nil || is {
			return is, err
		}
	}
	return false, nil
}
