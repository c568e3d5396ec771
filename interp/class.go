package interp

// This file defines classes: type and object, the resolution order, class statements, isinstance.

import (
	"fmt"
	"strings"
)

// mergeMRO returns the C3 linearization of a type whose bases are set.
func mergeMRO(t *Type) ([]*Type, *Exc) {
	seqs := make([][]*Type, 0, len(t.bases)+1)
	for _, b := range t.bases {
		if b.mro == nil {
			b.mro, _ = mergeMRO(b)
		}
		seqs = append(seqs, b.mro)
	}
	seqs = append(seqs, t.bases)
	mro := []*Type{t}
	for {
		rest := seqs[:0:0]
		for _, s := range seqs {
			if len(s) > 0 {
				rest = append(rest, s)
			}
		}
		if seqs = rest; len(seqs) == 0 {
			return mro, nil
		}
		next := mroHead(seqs)
		if next == nil {
			var names []string
			for _, s := range seqs {
				dup := false
				for _, n := range names {
					dup = dup || n == s[0].Name
				}
				if !dup {
					names = append(names, s[0].Name)
				}
			}
			return nil, TypeErrorf("Cannot create a consistent method resolution\norder (MRO) for bases %s", strings.Join(names, ", "))
		}
		mro = append(mro, next)
		for i, s := range seqs {
			if s[0] == next {
				seqs[i] = s[1:]
			}
		}
	}
}

// mroHead returns the first head that stands in no tail.
func mroHead(seqs [][]*Type) *Type {
	for _, s := range seqs {
		ok := true
		for _, o := range seqs {
			for _, x := range o[1:] {
				if x == s[0] {
					ok = false
				}
			}
		}
		if ok {
			return s[0]
		}
	}
	return nil
}

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
		return TypeErrorf("%s() takes no arguments", t.Name)
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
	sortStrings(names)
	return names, nil
}

func sortStrings(s []string) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j] < s[j-1]; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
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
	if t.layout != old.layout || (t.flags^old.flags)&flagNoDict != 0 {
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

func setupNone(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) { return "None", nil },
		Bool: func(th *Thread, v Value) (bool, *Exc) { return false, nil },
		Hash: func(th *Thread, v Value) (uint64, *Exc) { return 0xfca86420, nil },
	}
	t.SetNew("NoneType()", func(th *Thread, a []Value) (Value, *Exc) { return None, nil })
}

func setupNotImplemented(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) { return "NotImplemented", nil }}
	t.rows = []Builtin{{"__reduce__()", "", func(th *Thread, a []Value) (Value, *Exc) { return MkStr("NotImplemented"), nil }}}
	t.SetNew("NotImplementedType()", func(th *Thread, a []Value) (Value, *Exc) { return NotImplemented, nil })
}

func setupEllipsis(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) { return "Ellipsis", nil }}
	t.rows = []Builtin{{"__reduce__()", "", func(th *Thread, a []Value) (Value, *Exc) { return MkStr("Ellipsis"), nil }}}
	t.SetNew("ellipsis()", func(th *Thread, a []Value) (Value, *Exc) { return Ellipsis, nil })
}

// ---- type

func setupType(t *Type) {
	t.Doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type"
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			return "<class '" + th.qualified((*Type)(v.p)) + "'>", nil
		},
		Call:    typeCall,
		GetAttr: typeGetAttr,
		SetAttr: typeSetAttr,
		Init:    func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc { return typeInit(args, kwnames) },
		Binary:  typeUnion,
		Ops:     ops(BinOr),
	}
	t.new = typeNew
	t.rows = []Builtin{
		{"mro()", "Return a type's method resolution order.", func(th *Thread, a []Value) (Value, *Exc) {
			mro, err := mergeMRO((*Type)(a[0].p))
			return typeList(mro), err
		}},
		{"__subclasses__()", "Return a list of immediate subclasses.", func(th *Thread, a []Value) (Value, *Exc) {
			return typeList(th.in.subclassesOf((*Type)(a[0].p))), nil
		}},
		{"__instancecheck__(instance, /)", "Check if an object is an instance.", func(th *Thread, a []Value) (Value, *Exc) {
			ok, err := th.plainIsInstance(a[1], (*Type)(a[0].p))
			return MkBool(ok), err
		}},
		{"__subclasscheck__(subclass, /)", "Check if a class is a subclass.", func(th *Thread, a []Value) (Value, *Exc) {
			ok, err := th.plainIsSubclass(a[1], (*Type)(a[0].p))
			return MkBool(ok), err
		}},
		{"__dir__()", "Specialized __dir__ implementation for types.", func(th *Thread, a []Value) (Value, *Exc) { return th.defaultDir(a[0]) }},
	}
	t.AddClassMethods([]Builtin{{"__prepare__(*args, **kwargs)", "Create the namespace for the class statement.", func(th *Thread, a []Value) (Value, *Exc) {
		return NewDict().Value(), nil
	}}})
	t.getset = typeAttrs
}

func typeList(ts []*Type) Value {
	l := make([]Value, len(ts))
	for i, t := range ts {
		l[i] = t.Value()
	}
	return MkList(l)
}

func (in *Interp) subclassesOf(t *Type) []*Type {
	if t.flags&flagHeap != 0 {
		return t.subs
	}
	return in.subclasses[t]
}

var typeAttrs = []GetSet{
	{Name: "__name__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkStr((*Type)(v.p).Name), nil },
		Set: func(th *Thread, v, x Value) *Exc {
			t, err := mutableType(v, "__name__", x)
			if err != nil {
				return err
			}
			s, ok := StrOf(x)
			if !ok {
				return TypeErrorf("can only assign string to %s.__name__, not '%s'", t.Name, typeName(x))
			}
			t.Name = s
			return nil
		}},
	{Name: "__qualname__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkStr((*Type)(v.p).QualName), nil },
		Set: func(th *Thread, v, x Value) *Exc {
			t, err := mutableType(v, "__qualname__", x)
			if err != nil {
				return err
			}
			s, ok := StrOf(x)
			if !ok {
				return TypeErrorf("can only assign string to %s.__qualname__, not '%s'", t.Name, typeName(x))
			}
			t.QualName = s
			return nil
		}},
	{Name: "__module__", Get: func(th *Thread, v Value) (Value, *Exc) {
		t := (*Type)(v.p)
		if t.flags&flagHeap != 0 {
			if m, ok := t.dict.GetName("__module__"); ok {
				return m, nil
			}
		}
		return MkStr(t.Module), nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		t, err := mutableType(v, "__module__", x)
		if err == nil {
			t.dict.SetName("__module__", x)
		}
		return err
	}},
	{Name: "__bases__", Get: func(th *Thread, v Value) (Value, *Exc) {
		l, _ := AsList(typeList((*Type)(v.p).bases))
		return MkTuple(l.a), nil
	}, Set: setBases},
	{Name: "__base__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if b := (*Type)(v.p).base; b != nil {
			return b.Value(), nil
		}
		return None, nil
	}},
	{Name: "__mro__", Get: func(th *Thread, v Value) (Value, *Exc) {
		l, _ := AsList(typeList((*Type)(v.p).mro))
		return MkTuple(l.a), nil
	}},
	{Name: "__dict__", Get: func(th *Thread, v Value) (Value, *Exc) {
		return MkMappingProxy((*Type)(v.p).dict.Value()), nil
	}},
	{Name: "__doc__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if t := (*Type)(v.p); t.flags&flagHeap == 0 && t.Doc != "" {
			return MkStr(t.Doc), nil
		}
		if d, ok := (*Type)(v.p).dict.GetName("__doc__"); ok {
			return th.bindDescr(d, Value{}, (*Type)(v.p))
		}
		return None, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		t, err := mutableType(v, "__doc__", x)
		if err == nil {
			t.dict.SetName("__doc__", x)
		}
		return err
	}},
	{Name: "__abstractmethods__", Get: func(th *Thread, v Value) (Value, *Exc) {
		t := (*Type)(v.p)
		if x, ok := t.dict.GetName("__abstractmethods__"); ok {
			return x, nil
		}
		return Value{}, AttributeErrorf(v, "__abstractmethods__", "__abstractmethods__")
	}, Set: func(th *Thread, v, x Value) *Exc {
		t := (*Type)(v.p)
		if x.IsUnbound() {
			t.dict.DelStr(Intern("__abstractmethods__"))
			t.flags &^= flagAbstract
			return nil
		}
		t.dict.SetName("__abstractmethods__", x)
		some, err := th.Truth(x)
		if t.flags &^= flagAbstract; some {
			t.flags |= flagAbstract
		}
		t.changed()
		return err
	}},
	{Name: "__annotations__", Get: func(th *Thread, v Value) (Value, *Exc) {
		t := (*Type)(v.p)
		if x, ok := t.dict.GetName("__annotations__"); ok {
			return x, nil
		}
		if t.flags&flagHeap == 0 {
			return Value{}, AttributeErrorf(v, "__annotations__", "type object '%s' has no attribute '__annotations__'", t.Name)
		}
		d := NewDict().Value()
		t.dict.SetName("__annotations__", d)
		return d, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		t, err := mutableType(v, "__annotations__", x)
		if err == nil {
			t.dict.SetName("__annotations__", x)
		}
		return err
	}},
	{Name: "__flags__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(int64((*Type)(v.p).flags)), nil }},
	{Name: "__basicsize__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(16), nil }},
	{Name: "__itemsize__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(0), nil }},
	{Name: "__dictoffset__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(0), nil }},
	{Name: "__text_signature__", Get: func(th *Thread, v Value) (Value, *Exc) { return None, nil }},
}

func mutableType(v Value, attr string, x Value) (*Type, *Exc) {
	t := (*Type)(v.p)
	if t.flags&flagHeap == 0 {
		return nil, TypeErrorf("cannot set '%s' attribute of immutable type '%s'", attr, t.Name)
	}
	if x.IsUnbound() {
		return nil, TypeErrorf("cannot delete '%s' attribute of type '%s'", attr, t.Name)
	}
	return t, nil
}

func setBases(th *Thread, v, x Value) *Exc {
	t, err := mutableType(v, "__bases__", x)
	if err != nil {
		return err
	}
	tup, ok := AsTuple(x)
	if !ok {
		return TypeErrorf("can only assign tuple to %s.__bases__, not %s", t.Name, typeName(x))
	}
	if len(tup.a) == 0 {
		return TypeErrorf("can only assign non-empty tuple to %s.__bases__, not ()", t.Name)
	}
	var bases []*Type
	for _, b := range tup.a {
		bt, ok := AsType(b)
		if !ok {
			return TypeErrorf("%s.__bases__ must be tuple of classes, not '%s'", t.Name, typeName(b))
		}
		if bt.IsSubtype(t) {
			return TypeErrorf("a __bases__ item causes an inheritance cycle")
		}
		bases = append(bases, bt)
	}
	base, err := bestBase(bases)
	if err != nil {
		return err
	}
	if base.layout != t.layout {
		return TypeErrorf("__bases__ assignment: '%s' object layout differs from '%s'", base.Name, t.base.Name)
	}
	old := t.bases
	t.bases = bases
	mro, err := mergeMRO(t)
	if err != nil {
		t.bases = old
		return err
	}
	for _, b := range old {
		th.in.removeSubclass(b, t)
	}
	for _, b := range bases {
		th.in.addSubclass(b, t)
	}
	t.base, t.mro = base, mro
	t.changed()
	th.refreshMRO(t)
	return nil
}

// refreshMRO recomputes the resolution order of the subclasses of t.
func (th *Thread) refreshMRO(t *Type) {
	for _, s := range t.subs {
		if mro, err := mergeMRO(s); err == nil {
			s.mro = mro
		}
		th.refreshMRO(s)
	}
}

func (in *Interp) addSubclass(base, t *Type) {
	if base.flags&flagHeap != 0 {
		base.subs = append(base.subs, t)
	} else {
		in.subclasses[base] = append(in.subclasses[base], t)
	}
}

func (in *Interp) removeSubclass(base, t *Type) {
	list := in.subclassesOf(base)
	for i, s := range list {
		if s == t {
			list = append(list[:i:i], list[i+1:]...)
		}
	}
	if base.flags&flagHeap != 0 {
		base.subs = list
	} else {
		in.subclasses[base] = list
	}
}

func typeUnion(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	return th.unionType(a, b)
}

func typeInit(args []Value, kwnames []*Str) *Exc {
	if n := len(args) - len(kwnames); n != 1 && n != 3 {
		return TypeErrorf("type.__init__() takes 1 or 3 arguments")
	}
	return nil
}

// typeCall makes an instance: __new__, then __init__ when the result is an instance.
func typeCall(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
	t := (*Type)(v.p)
	if t == typeType {
		if len(args) == 1 && len(kwnames) == 0 {
			return TypeOf(args[0]).Value(), nil
		}
		if n := len(args) - len(kwnames); n != 3 {
			return Value{}, TypeErrorf("type() takes 1 or 3 arguments")
		}
	}
	if t.flags&flagNoNew != 0 {
		return Value{}, TypeErrorf("cannot create '%s' instances", th.qualified(t))
	}
	var o Value
	var err *Exc
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spNew); !f.IsUnbound() {
			f, err = th.bindDescr(f, Value{}, t)
			if err != nil {
				return Value{}, err
			}
			n := len(args) + 1
			w := append(append(th.args(n), v), args...)
			o, err = th.CallArgs(f, w, kwnames)
			th.dropArgs(n)
			if err != nil {
				return Value{}, err
			}
			if !TypeOf(o).IsSubtype(t) {
				return o, nil
			}
			return o, th.initialize(o, args, kwnames)
		}
	}
	if t.new == nil {
		return Value{}, TypeErrorf("cannot create '%s' instances", th.qualified(t))
	}
	if o, err = t.new(th, t, args, kwnames); err != nil {
		return Value{}, err
	}
	if t.flags&(flagHeap|flagOwnInit) == 0 || !TypeOf(o).IsSubtype(t) {
		return o, nil
	}
	return o, th.initialize(o, args, kwnames)
}

func (th *Thread) initialize(o Value, args []Value, kwnames []*Str) *Exc {
	t := TypeOf(o)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spInit); !f.IsUnbound() {
			var r Value
			var err *Exc
			if shapeOf(f) == functionShape {
				n := len(args) + 1
				w := append(append(th.args(n), o), args...)
				r, err = th.CallArgs(f, w, kwnames)
				th.dropArgs(n)
			} else {
				if f, err = th.bindDescr(f, o, t); err != nil {
					return err
				}
				r, err = th.CallArgs(f, args, kwnames)
			}
			if err == nil && !r.IsNone() {
				err = TypeErrorf("__init__() should return None, not '%s'", typeName(r))
			}
			return err
		}
	}
	if t.proto.Init != nil {
		return t.proto.Init(th, o, args, kwnames)
	}
	return nil
}

// typeGetAttr looks up an attribute of a class: in its metaclass for data descriptors, in its own
// resolution order, then in the metaclass.
func typeGetAttr(th *Thread, v Value, name *Str) (Value, *Exc) {
	t := (*Type)(v.p)
	meta := TypeOf(v)
	md, inMeta := meta.lookup(name)
	if inMeta && isDataDescr(md) {
		return th.bindDescr(md, v, meta)
	}
	if d, ok := t.lookup(name); ok {
		return th.bindDescr(d, Value{}, t)
	}
	if inMeta {
		return th.bindDescr(md, v, meta)
	}
	return Value{}, AttributeErrorf(v, name.s, "type object '%s' has no attribute '%s'", t.Name, name.s)
}

func typeSetAttr(th *Thread, v Value, name *Str, x Value) *Exc {
	t := (*Type)(v.p)
	if md, ok := TypeOf(v).lookup(name); ok && isDataDescr(md) {
		if t.flags&flagHeap != 0 {
			defer t.changed()
		}
		return th.setDescr(md, v, x, name)
	}
	if t.flags&flagHeap == 0 {
		if x.IsUnbound() {
			return TypeErrorf("cannot delete '%s' attribute of immutable type '%s'", name.s, t.Name)
		}
		return TypeErrorf("cannot set '%s' attribute of immutable type '%s'", name.s, t.Name)
	}
	if x.IsUnbound() {
		if !t.dict.DelStr(name) {
			return AttributeErrorf(v, name.s, "type object '%s' has no attribute '%s'", t.Name, name.s)
		}
	} else {
		t.dict.SetStr(internStr(name), x)
	}
	t.changed()
	return nil
}

// bestBase returns the base that decides the layout.
func bestBase(bases []*Type) (*Type, *Exc) {
	var best *Type
	for _, b := range bases {
		if b.flags&flagNoBase != 0 {
			return nil, TypeErrorf("type '%s' is not an acceptable base type", b.qualifiedName())
		}
		switch {
		case best == nil || best.layout == layoutObject && b.layout != layoutObject:
			best = b
		case b.layout == layoutObject:
		case b.builtinBase().IsSubtype(best.builtinBase()):
			if b.builtinBase() != best.builtinBase() {
				best = b
			}
		case !best.builtinBase().IsSubtype(b.builtinBase()) && (best.layout != b.layout || best.layout != layoutExc):
			return nil, TypeErrorf("multiple bases have instance lay-out conflict")
		}
	}
	return best, nil
}

func (t *Type) qualifiedName() string {
	if t.Module == "builtins" {
		return t.Name
	}
	return t.Module + "." + t.Name
}

// typeNew is type.__new__: a class from its name, bases and namespace.
func typeNew(th *Thread, meta *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	npos := len(args) - len(kwnames)
	if npos != 3 {
		return Value{}, TypeErrorf("type.__new__() takes exactly 3 arguments (%d given)", npos)
	}
	name, ok := StrOf(args[0])
	if !ok {
		return Value{}, TypeErrorf("type.__new__() argument 1 must be str, not %s", typeName(args[0]))
	}
	tup, ok := AsTuple(args[1])
	if !ok {
		return Value{}, TypeErrorf("type.__new__() argument 2 must be tuple, not %s", typeName(args[1]))
	}
	ns, ok := AsDict(args[2])
	if !ok {
		return Value{}, TypeErrorf("type.__new__() argument 3 must be dict, not %s", typeName(args[2]))
	}
	var bases []*Type
	for _, b := range tup.a {
		bt, ok := AsType(b)
		if !ok {
			if _, has, _ := th.LookupAttr(b, "__mro_entries__"); has {
				return Value{}, TypeErrorf("type() doesn't support MRO entry resolution; use types.new_class()")
			}
			return Value{}, TypeErrorf("bases must be types")
		}
		bases = append(bases, bt)
	}
	if len(bases) == 0 {
		bases = []*Type{objectType}
	}
	winner, err := th.winnerMeta(meta, bases)
	if err != nil {
		return Value{}, err
	}
	if winner != meta && winner.overrides(spNew) {
		return th.CallArgs(winner.Value(), args, kwnames)
	}
	t, err := th.makeClass(winner, name, bases, ns)
	if err != nil {
		return Value{}, err
	}
	return t.Value(), th.classMade(t, args[3:], kwnames)
}

// winnerMeta returns the most derived metaclass.
func (th *Thread) winnerMeta(meta *Type, bases []*Type) (*Type, *Exc) {
	for _, b := range bases {
		switch m := TypeOf(b.Value()); {
		case meta.IsSubtype(m):
		case m.IsSubtype(meta):
			meta = m
		default:
			return nil, TypeErrorf("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases")
		}
	}
	return meta, nil
}

// makeClass makes a class; its hooks are not called yet.
func (th *Thread) makeClass(meta *Type, name string, bases []*Type, ns *Dict) (*Type, *Exc) {
	base, err := bestBase(bases)
	if err != nil {
		return nil, err
	}
	for i, b := range bases {
		for _, c := range bases[:i] {
			if b == c {
				return nil, TypeErrorf("duplicate base class %s", b.Name)
			}
		}
	}
	t := &Type{Header: Header{meta.inst}, Name: name, QualName: name, bases: bases, base: base, layout: base.layout,
		flags: flagHeap, proto: base.proto, new: base.new, newSig: base.newSig, dict: NewDict(), ver: 1}
	for _, b := range bases {
		if b.flags&flagAbstract != 0 {
			t.flags |= flagAbstract
		}
	}
	t.flags &^= flagAbstract
	for i := 0; ; {
		k, v, next, ok := ns.Next(i)
		if !ok {
			break
		}
		i = next
		s, isStr := AsStr(k)
		if !isStr {
			if err := t.dict.Set(th, k, v); err != nil {
				return nil, err
			}
			continue
		}
		t.dict.SetStr(internStr(s), v)
	}
	if v, ok := t.dict.GetName("__qualname__"); ok {
		q, ok := StrOf(v)
		if !ok {
			return nil, TypeErrorf("type __qualname__ must be a str, not %s", typeName(v))
		}
		t.QualName = q
		t.dict.DelStr(Intern("__qualname__"))
	}
	if _, ok := t.dict.GetName("__module__"); !ok {
		if f := th.frame; f != nil && f.code.globals != nil {
			if m, ok := f.code.globals.GetName("__name__"); ok {
				t.dict.SetName("__module__", m)
			}
		}
	}
	if _, ok := t.dict.GetName("__doc__"); !ok {
		t.dict.SetName("__doc__", None)
	}
	t.wrapImplicit()
	if _, ok := t.dict.GetName("__eq__"); ok {
		if _, ok := t.dict.GetName("__hash__"); !ok {
			t.dict.SetName("__hash__", None)
		}
	}
	if err := th.makeSlots(t, bases); err != nil {
		return nil, err
	}
	t.addInstanceAttrs(bases)
	t.inst = &Shape{typ: t, attrs: t.layout == layoutObject}
	if t.mro, err = mergeMRO(t); err != nil {
		return nil, err
	}
	if cell, ok := t.dict.GetName("__classcell__"); ok {
		c, ok := as[Cell](cell, layoutOpaque)
		if !ok || shapeOf(cell) != cellShape {
			return nil, TypeErrorf("type.__new__() argument 3 must be dict with a cell as '__classcell__', not '%s'", typeName(cell))
		}
		c.v = t.Value()
		t.dict.DelStr(Intern("__classcell__"))
	}
	for _, b := range bases {
		th.in.addSubclass(b, t)
	}
	return t, nil
}

// wrapImplicit makes the methods static or class methods that are so without a decorator.
func (t *Type) wrapImplicit() {
	if v, ok := t.dict.GetName("__new__"); ok && shapeOf(v) == functionShape {
		t.dict.SetName("__new__", NewStaticMethod(v))
	}
	for _, n := range []string{"__init_subclass__", "__class_getitem__"} {
		if v, ok := t.dict.GetName(n); ok && shapeOf(v) == functionShape {
			t.dict.SetName(n, NewClassMethod(v))
		}
	}
}

// makeSlots reads __slots__.
func (th *Thread) makeSlots(t *Type, bases []*Type) *Exc {
	hasDict := false
	for _, b := range bases {
		if b != objectType && b.flags&flagNoDict == 0 && (b.flags&flagHeap != 0 || b.layout == layoutExc || b.layout == layoutNative) {
			hasDict = true
		}
	}
	v, ok := t.dict.GetName("__slots__")
	if !ok {
		return nil
	}
	var names []Value
	if _, isStr := AsStr(v); isStr {
		names = []Value{v}
	} else {
		var err *Exc
		if names, err = th.Items(v); err != nil {
			return err
		}
	}
	if t.layout != layoutObject {
		switch t.layout {
		case layoutInt, layoutTuple, layoutBytes:
			if len(names) > 0 {
				return TypeErrorf("nonempty __slots__ not supported for subtype of '%s'", t.base.Name)
			}
		}
	}
	for _, n := range names {
		s, isStr := AsStr(n)
		if !isStr {
			return TypeErrorf("__slots__ items must be strings, not '%s'", typeName(n))
		}
		if !IsIdentifier(s.s) {
			return TypeErrorf("__slots__ must be identifiers")
		}
		name := s.s
		if name == "__dict__" {
			hasDict = true
			continue
		}
		if name == "__weakref__" {
			continue
		}
		if mangled(name) {
			name = "_" + strings.TrimLeft(t.Name, "_") + name
		}
		if _, dup := t.dict.GetName(name); dup {
			return ValueErrorf("'%s' in __slots__ conflicts with class variable", name)
		}
		t.dict.SetName(name, object(&memberDescr{Header{memberShape}, Intern(name), Intern(slotPrefix + name), t}))
		t.slots = append(t.slots, name)
	}
	if !hasDict {
		t.flags |= flagNoDict
	}
	return nil
}

// addInstanceAttrs gives a class the descriptors of __dict__ and __weakref__, unless a base has them.
func (t *Type) addInstanceAttrs(bases []*Type) {
	has := func(name string) bool {
		for _, b := range bases {
			if _, ok := b.Lookup(name); ok {
				return true
			}
		}
		return t.layout == layoutType
	}
	_, slots := t.dict.GetName("__slots__")
	if t.flags&flagNoDict == 0 && !has("__dict__") {
		t.dict.SetName("__dict__", object(&getSetDescr{Header{getSetShape}, &dictGetSet, t}))
	}
	if !slots && !has("__weakref__") {
		t.dict.SetName("__weakref__", object(&getSetDescr{Header{getSetShape}, &weakrefGetSet, t}))
	}
}

// weakrefGetSet is __weakref__: there are no weak references to list.
var weakrefGetSet = GetSet{Name: "__weakref__", Get: func(th *Thread, v Value) (Value, *Exc) { return None, nil }}

// slotPrefix begins the names under which instances keep what is in their __slots__: the names of no
// attribute, so that __dict__ does not show them.
const slotPrefix = "\x00"

// memberDescr is a name of __slots__: it reads and stores the attribute of the instance.
type memberDescr struct {
	Header
	name  *Str
	key   *Str // of the instance's attributes
	owner *Type
}

// classMade calls __set_name__ of the attributes and __init_subclass__ of the base.
func (th *Thread) classMade(t *Type, kwvals []Value, kwnames []*Str) *Exc {
	for i := 0; ; {
		k, v, next, ok := t.dict.Next(i)
		if !ok {
			break
		}
		i = next
		d, ok := TypeOf(v).Lookup("__set_name__")
		if !ok {
			continue
		}
		if _, err := th.callSpecial(d, v, t.Value(), k); err != nil {
			r := RuntimeErrorf("Error calling __set_name__ on '%s' instance %s in '%s'", typeName(v), th.reprOr(k), t.Name)
			r.cause, r.context, r.suppress = err, err, true
			return r
		}
	}
	for _, m := range t.mro[1:] {
		if d, ok := m.dict.GetName("__init_subclass__"); ok {
			f, err := th.bindDescr(d, Value{}, t)
			if err != nil {
				return err
			}
			if m == objectType && len(kwnames) > 0 {
				return TypeErrorf("%s.__init_subclass__() takes no keyword arguments", t.Name)
			}
			_, err = th.CallArgs(f, kwvals, kwnames)
			return err
		}
	}
	return nil
}

func (th *Thread) reprOr(v Value) string {
	s, err := th.Repr(v)
	if err != nil {
		return "?"
	}
	return s
}

// buildClass is builtins.__build_class__.
func (th *Thread) buildClass(args []Value, kwnames []*Str) (Value, *Exc) {
	npos := len(args) - len(kwnames)
	if npos < 2 {
		return Value{}, TypeErrorf("__build_class__: not enough arguments")
	}
	fn, ok := asFunction(args[0])
	if !ok {
		return Value{}, TypeErrorf("__build_class__: func must be a function")
	}
	orig := append([]Value(nil), args[2:npos]...)
	bases, resolved, err := th.resolveBases(orig)
	if err != nil {
		return Value{}, err
	}
	var meta Value
	var kwvals []Value
	var names []*Str
	for i, n := range kwnames {
		if n.s == "metaclass" {
			meta = args[npos+i]
		} else {
			names = append(names, n)
			kwvals = append(kwvals, args[npos+i])
		}
	}
	if meta.IsUnbound() {
		meta = typeType.Value()
		if len(bases) > 0 {
			meta = TypeOf(bases[0]).Value()
		}
	}
	if mt, ok := AsType(meta); ok {
		var bt []*Type
		for _, b := range bases {
			if t, ok := AsType(b); ok {
				bt = append(bt, t)
			}
		}
		w, err := th.winnerMeta(mt, bt)
		if err != nil {
			return Value{}, err
		}
		meta = w.Value()
	}
	basesTuple := MkTuple(bases)
	callArgs := append([]Value{args[1], basesTuple}, kwvals...)
	ns := NewDict().Value()
	if prep, ok, err := th.LookupAttr(meta, "__prepare__"); err != nil {
		return Value{}, err
	} else if ok && !Is(meta, typeType.Value()) {
		if ns, err = th.CallArgs(prep, callArgs, names); err != nil {
			return Value{}, err
		}
		if _, isDict := AsDict(ns); !isDict {
			if _, has := TypeOf(ns).Lookup("__getitem__"); !has {
				return Value{}, TypeErrorf("%s.__prepare__() must return a mapping, not %s", th.metaName(meta), typeName(ns))
			}
		}
	}
	cell, err := th.runBody(fn, []Value{ns})
	if err != nil {
		return Value{}, err
	}
	if resolved {
		if err := th.SetItem(ns, MkStr("__orig_bases__"), MkTuple(orig)); err != nil {
			return Value{}, err
		}
	}
	w := append([]Value{args[1], basesTuple, ns}, kwvals...)
	cls, err := th.CallArgs(meta, w, names)
	if err != nil {
		return Value{}, err
	}
	if c, ok := as[Cell](cell, layoutOpaque); ok && shapeOf(cell) == cellShape {
		if _, isType := AsType(cls); isType && c.v.IsUnbound() {
			return Value{}, RuntimeErrorf("__class__ not set defining %s as %s. Was __classcell__ propagated to type.__new__?", th.reprOr(args[1]), th.reprOr(cls))
		}
	}
	return cls, nil
}

func (th *Thread) metaName(meta Value) string {
	if t, ok := AsType(meta); ok {
		return t.Name
	}
	return "<metaclass>"
}

// resolveBases replaces the bases that have __mro_entries__.
func (th *Thread) resolveBases(bases []Value) (out []Value, resolved bool, err *Exc) {
	for _, b := range bases {
		if _, ok := AsType(b); ok {
			out = append(out, b)
			continue
		}
		f, ok, err := th.LookupAttr(b, "__mro_entries__")
		if err != nil {
			return nil, false, err
		}
		if !ok {
			out = append(out, b)
			continue
		}
		r, err := th.Call(f, MkTuple(bases))
		if err != nil {
			return nil, false, err
		}
		t, ok := AsTuple(r)
		if !ok {
			return nil, false, TypeErrorf("__mro_entries__ must return a tuple")
		}
		out = append(out, t.a...)
		resolved = true
	}
	return out, resolved, nil
}

// IsInstance returns isinstance(v, cls). Errors: TypeError when cls is no class or tuple of classes.
func (th *Thread) IsInstance(v, cls Value) (bool, *Exc) {
	t, ok := AsType(cls)
	if ok && TypeOf(v) == t {
		return true, nil
	}
	if ok && TypeOf(cls) == typeType {
		return th.plainIsInstance(v, t)
	}
	if tup, ok := AsTuple(cls); ok {
		for _, c := range tup.a {
			if is, err := th.IsInstance(v, c); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if members, ok := unionMembers(cls); ok {
		for _, c := range members {
			if c.IsNone() {
				c = noneType.Value()
			}
			if is, err := th.IsInstance(v, c); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if f, ok := TypeOf(cls).Lookup("__instancecheck__"); ok {
		r, err := th.callSpecial(f, cls, v)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	return false, TypeErrorf("isinstance() arg 2 must be a type, a tuple of types, or a union")
}

// plainIsInstance follows the class of v, and its __class__ when that says otherwise.
func (th *Thread) plainIsInstance(v Value, t *Type) (bool, *Exc) {
	vt := TypeOf(v)
	if vt.IsSubtype(t) {
		return true, nil
	}
	if vt.flags&flagHeap == 0 {
		return false, nil
	}
	d, ok := vt.Lookup("__class__")
	if !ok || shapeOf(d) == getSetShape {
		return false, nil
	}
	c, ok, err := th.LookupAttr(v, "__class__")
	if err != nil || !ok {
		return false, err
	}
	ct, ok := AsType(c)
	return ok && ct != vt && ct.IsSubtype(t), nil
}

// IsSubclass returns issubclass(c, cls). Errors: TypeError.
func (th *Thread) IsSubclass(c, cls Value) (bool, *Exc) {
	if t, ok := AsType(cls); ok && TypeOf(cls) == typeType {
		return th.plainIsSubclass(c, t)
	}
	if tup, ok := AsTuple(cls); ok {
		for _, x := range tup.a {
			if is, err := th.IsSubclass(c, x); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if members, ok := unionMembers(cls); ok {
		for _, x := range members {
			if x.IsNone() {
				x = noneType.Value()
			}
			if is, err := th.IsSubclass(c, x); err != nil || is {
				return is, err
			}
		}
		return false, nil
	}
	if f, ok := TypeOf(cls).Lookup("__subclasscheck__"); ok {
		r, err := th.callSpecial(f, cls, c)
		if err != nil {
			return false, err
		}
		return th.Truth(r)
	}
	return false, TypeErrorf("issubclass() arg 2 must be a class, a tuple of classes, or a union")
}

func (th *Thread) plainIsSubclass(c Value, t *Type) (bool, *Exc) {
	ct, ok := AsType(c)
	if !ok {
		return false, TypeErrorf("issubclass() arg 1 must be a class")
	}
	return ct.IsSubtype(t), nil
}

// defaultDir returns the names that dir() shows, sorted.
func (th *Thread) defaultDir(v Value) (Value, *Exc) {
	seen := map[string]bool{}
	addDict := func(d *Dict) {
		for i := 0; d != nil; {
			k, _, next, ok := d.Next(i)
			if !ok {
				return
			}
			i = next
			if s, ok := StrOf(k); ok {
				seen[s] = true
			}
		}
	}
	if t, ok := AsType(v); ok {
		for _, m := range t.mro {
			addDict(m.dict)
		}
	} else {
		t := TypeOf(v)
		if t.layout != layoutModule {
			for _, m := range t.mro {
				addDict(m.dict)
			}
		}
		if t.inst.attrs {
			o := (*Inst)(v.p)
			if o.shape.asDict {
				addDict((*Dict)(o.slots[0].p))
			}
			for _, k := range o.shape.keys {
				if !isSlotKey(k) {
					seen[k.s] = true
				}
			}
		} else if p := attrDict(v); p != nil {
			addDict(*p)
		}
	}
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	sortNames(names)
	items := make([]Value, len(names))
	for i, n := range names {
		items[i] = MkStr(n)
	}
	return MkList(items), nil
}
