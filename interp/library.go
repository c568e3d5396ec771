package interp

// This file defines what packages of library modules need beyond types and functions.

// NewLibraryException returns an exception type of a library module; call it once, for a package
// variable.
func NewLibraryException(module, name string, bases ...*Type) *Type {
	setupTypes()
	t := excType(name, bases...)
	t.Module = module
	setupExcType(t)
	t.finish()
	return t
}

// DefaultRepr returns the repr of an object without one of its own: <module.Class object at 0x...>.
func (th *Thread) DefaultRepr(v Value) string {
	return "<" + th.qualified(TypeOf(v)) + " object at " + address(v) + ">"
}

// AddressText returns the address that the repr of an object shows, hex(id(v)).
func AddressText(v Value) string { return address(v) }

// ReprOr is Repr for messages: what fails is shown as "?".
func (th *Thread) ReprOr(v Value) string { return th.reprOr(v) }

// Scripted reports whether the type is a class made by a script: what its base does may be overridden.
func (t *Type) Scripted() bool { return t.flags&flagHeap != 0 }

// GenericGetAttr is object.__getattribute__, for a type whose Protocol has its own GetAttr.
func (th *Thread) GenericGetAttr(v Value, name *Str) (Value, *Exc) {
	return th.genericGetAttr(v, TypeOf(v), name)
}

// SetContext makes context the __context__ of e.
func (e *Exc) SetContext(context *Exc) { setContext(e, context) }

// SpreadArgs returns the arguments of the call fn(*star, **kwargs) as CallArgs takes them.
func (th *Thread) SpreadArgs(fn, star, kwargs Value) ([]Value, []*Str, *Exc) {
	return th.spreadArgs(fn, star, kwargs)
}

// IsFunction reports whether v is a function made by a script: by def or lambda.
func IsFunction(v Value) bool { return v.p != nil && shapeOf(v) == functionShape }

// Value returns the list as a value.
func (l *List) Value() Value { return object(l) }
