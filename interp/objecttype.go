package interp

// This file defines the types object, NoneType, NotImplementedType and ellipsis.

import (
	"fmt"
	"slices"
	"strings"
)

func coreTypes() []typeSetup {
	return []typeSetup{
		{objectType, nil, setupObject},
		{typeType, typeShape, setupType},
		{noneType, noneShape, setupNone},
		{notImplementedType, notImplementedShape, setupNotImplemented},
		{ellipsisType, ellipsisShape, setupEllipsis},
	}
}

// address returns the address that the repr of an object shows: it looks like one and repeats from run
// to run.
func address(v Value) string { return fmt.Sprintf("0x%012x", addressOf(v)) }

func setupObject(t *Type) {
	t.Doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n"
	t.inst = shapeFor(t)
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			return fmt.Sprintf("<%s object at %s>", th.qualified(TypeOf(v)), address(v)), nil
		},
		Hash:    func(th *Thread, v Value) (uint64, *Exc) { return addressOf(v) >> 4, nil },
		Compare: compareIdentity,
		Init:    objectInit,
	}
	t.rows = []Builtin{
		{"__format__(format_spec, /)", "Default object formatter.", func(th *Thread, a []Value) (Value, *Exc) {
			spec, ok := StrOf(a[1])
			if !ok {
				return Value{}, TypeErrorf("__format__() argument must be str, not %s", typeName(a[1]))
			}
			if spec != "" {
				return Value{}, TypeErrorf("unsupported format string passed to %s.__format__", typeName(a[0]))
			}
			s, err := th.Str(a[0])
			return MkStr(s), err
		}},
		{"__reduce__()", "Helper for pickle.", objectReduce},
		{"__reduce_ex__(protocol, /)", "Helper for pickle.", objectReduceEx},
		{"__getstate__()", "Helper for pickle.", objectGetState},
		{"__sizeof__()", "Size of object in memory, in bytes.", func(th *Thread, a []Value) (Value, *Exc) { return MkInt(16), nil }},
		{"__dir__()", "Default dir() implementation.", func(th *Thread, a []Value) (Value, *Exc) { return th.defaultDir(a[0]) }},
	}
	t.AddClassMethods([]Builtin{
		{"__init_subclass__()", "This method is called when a class is subclassed.", func(th *Thread, a []Value) (Value, *Exc) { return None, nil }},
		{"__subclasshook__(cls, /)", "Abstract classes can override this to customize issubclass().", func(th *Thread, a []Value) (Value, *Exc) { return NotImplemented, nil }},
	})
	t.getset = []GetSet{
		{Name: "__class__", Get: func(th *Thread, v Value) (Value, *Exc) { return TypeOf(v).Value(), nil }, Set: setClass},
	}
	t.new = objectNew
}

func compareIdentity(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	switch {
	case op == CmpEq && Is(a, b):
		return True, nil
	case op == CmpNe:
		r, err := th.compareOne(CmpEq, a, b)
		if err != nil || Is(r, NotImplemented) {
			return r, err
		}
		eq, err := th.Truth(r)
		return MkBool(!eq), err
	}
	return NotImplemented, nil
}

func objectNew(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	if len(args) > 0 {
		if cls.overrides(spNew) {
			return Value{}, TypeErrorf("object.__new__() takes exactly one argument (the type to instantiate)")
		}
		if !cls.overrides(spInit) {
			return Value{}, TypeErrorf("%s() takes no arguments", cls.Name)
		}
	}
	if cls.flags&flagAbstract != 0 {
		return Value{}, th.abstractError(cls)
	}
	if cls.layout != layoutObject {
		return Value{}, TypeErrorf("object.__new__(%s) is not safe, use %s.__new__()", cls.Name, cls.builtinBase().Name)
	}
	return object(newInst(cls)), nil
}

// overrides reports whether a script gave the class the special method.
func (t *Type) overrides(s special) bool {
	return t.flags&flagHeap != 0 && !t.specialMethod(s).IsUnbound()
}

func objectInit(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
	t := TypeOf(self)
	if len(args) == 0 || t.layout != layoutObject {
		return nil
	}
	if t.overrides(spInit) {
		return TypeErrorf("object.__init__() takes exactly one argument (the instance to initialize)")
	}
	if !t.overrides(spNew) {
		return TypeErrorf("%s.__init__() takes exactly one argument (the instance to initialize)", t.Name)
	}
	return nil
}

func (th *Thread) abstractError(cls *Type) *Exc {
	names, err := th.abstractNames(cls)
	if err != nil {
		return err
	}
	return TypeErrorf("Can't instantiate abstract class %s with abstract method%s %s", cls.Name, plural(len(names)), strings.Join(names, ", "))
}

func (th *Thread) abstractNames(cls *Type) ([]string, *Exc) {
	v, ok := cls.lookup(Intern("__abstractmethods__"))
	if !ok {
		return nil, nil
	}
	items, err := th.Items(v)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, x := range items {
		s, _ := StrOf(x)
		names = append(names, s)
	}
	slices.Sort(names)
	return names, nil
}

func setClass(th *Thread, v, x Value) *Exc {
	if x.IsUnbound() {
		return TypeErrorf("can't delete __class__ attribute")
	}
	t, ok := AsType(x)
	if !ok {
		return TypeErrorf("__class__ must be set to a class, not '%s' object", typeName(x))
	}
	old := TypeOf(v)
	if t.flags&flagHeap == 0 || old.flags&flagHeap == 0 {
		return TypeErrorf("__class__ assignment only supported for mutable types or ModuleType subclasses")
	}
	if !sameSlots(t, old) {
		return TypeErrorf("__class__ assignment: '%s' object layout differs from '%s'", t.Name, old.Name)
	}
	if t.layout != layoutObject {
		(*Header)(v.p).shape = t.inst
		return nil
	}
	o := (*Inst)(v.p)
	if o.shape.asDict {
		o.shape = t.dictShape()
		return nil
	}
	s := t.inst
	for _, k := range o.shape.keys {
		s = s.with(k)
	}
	o.shape = s
	return nil
}

// sameSlots reports whether instances of a and b hold the same: an object of one can become one of the other.
func sameSlots(a, b *Type) bool {
	a, b = a.slotOwner(), b.slotOwner()
	if a == b {
		return true
	}
	if a.base == nil || a.base != b.base || len(a.slots) != len(b.slots) {
		return false
	}
	for _, s := range a.slots {
		if !slices.Contains(b.slots, s) {
			return false
		}
	}
	return a.adds("__dict__") == b.adds("__dict__") && a.adds("__weakref__") == b.adds("__weakref__")
}

// slotOwner returns the class that decided last what instances of t hold.
func (t *Type) slotOwner() *Type {
	for t.flags&flagHeap != 0 && len(t.slots) == 0 && !t.adds("__dict__") && !t.adds("__weakref__") {
		t = t.base
	}
	return t
}

// adds reports whether a class gives its instances the attribute that its base's have not.
func (t *Type) adds(name string) bool {
	_, ok := t.Own(name)
	if ok && t.base != nil {
		_, inBase := t.base.Lookup(name)
		ok = !inBase
	}
	return ok
}

// qualified returns the name of a type with its module, as reprs show it.
func (th *Thread) qualified(t *Type) string {
	m := t.moduleName()
	if m == "builtins" || m == "" {
		return t.QualName
	}
	return m + "." + t.QualName
}

// moduleName returns the __module__.
func (t *Type) moduleName() string {
	if t.flags&flagHeap != 0 {
		if v, ok := t.dict.GetName("__module__"); ok {
			if s, ok := StrOf(v); ok {
				return s
			}
		}
	}
	return t.Module
}

// setNewSingle makes a call of the class return its only instance.
func (t *Type) setNewSingle(v Value) {
	t.newSig = t.Name + "()"
	t.new = func(_ *Thread, _ *Type, args []Value, _ []*Str) (Value, *Exc) {
		if len(args) > 0 {
			return Value{}, TypeErrorf("%s takes no arguments", t.Name)
		}
		return v, nil
	}
}

func setupNone(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) { return "None", nil },
		Bool: func(th *Thread, v Value) (bool, *Exc) { return false, nil },
		Hash: func(th *Thread, v Value) (uint64, *Exc) { return 0xfca86420, nil },
	}
	t.setNewSingle(None)
}

func setupNotImplemented(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) { return "NotImplemented", nil },
		Bool: func(th *Thread, v Value) (bool, *Exc) {
			return true, th.Warn(DeprecationWarning, "NotImplemented should not be used in a boolean context")
		},
	}
	t.rows = []Builtin{{"__reduce__()", "", func(th *Thread, a []Value) (Value, *Exc) { return MkStr("NotImplemented"), nil }}}
	t.setNewSingle(NotImplemented)
}

func setupEllipsis(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) { return "Ellipsis", nil }}
	t.rows = []Builtin{{"__reduce__()", "", func(th *Thread, a []Value) (Value, *Exc) { return MkStr("Ellipsis"), nil }}}
	t.setNewSingle(Ellipsis)
}

// ---- type
