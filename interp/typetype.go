package interp

// This file defines the type type: its attributes, calling a class, and classes that change their bases.

import "slices"

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
			if err := th.checkTypeName(s); err != nil {
				return err
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
			if !t.dict.DelStr(Intern("__abstractmethods__")) {
				return AttributeErrorf(v, "__abstractmethods__", "__abstractmethods__")
			}
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
		if t := (*Type)(v.p); x.IsUnbound() && t.flags&flagHeap != 0 {
			if !t.dict.DelStr(Intern("__annotations__")) {
				return AttributeErrorf(v, "__annotations__", "__annotations__")
			}
			return nil
		}
		t, err := mutableType(v, "__annotations__", x)
		if err == nil {
			t.dict.SetName("__annotations__", x)
		}
		return err
	}},
	{Name: "__flags__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt((*Type)(v.p).publicFlags()), nil }},
	{Name: "__basicsize__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(16), nil }},
	{Name: "__itemsize__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(0), nil }},
	{Name: "__dictoffset__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(0), nil }},
	{Name: "__text_signature__", Get: func(th *Thread, v Value) (Value, *Exc) { return None, nil }},
}

// The bits of __flags__, which inspect, copyreg and programs read.
const (
	bitSequence      = 1 << 5
	bitMapping       = 1 << 6
	bitNoNew         = 1 << 7
	bitImmutable     = 1 << 8
	bitHeap          = 1 << 9
	bitBase          = 1 << 10
	bitReady         = 1 << 12
	bitCollected     = 1 << 14
	bitMethod        = 1 << 17
	bitAbstract      = 1 << 20
	bitMatchSelf     = 1 << 22
	bitInt           = 1 << 24
	bitList          = 1 << 25
	bitTuple         = 1 << 26
	bitBytes         = 1 << 27
	bitStr           = 1 << 28
	bitDict          = 1 << 29
	bitBaseException = 1 << 30
	bitType          = 1 << 31
)

// layoutBits says for which built-in bases a type has a bit.
var layoutBits = map[layout]int64{
	layoutInt: bitInt, layoutList: bitList, layoutTuple: bitTuple, layoutBytes: bitBytes, layoutStr: bitStr,
	layoutDict: bitDict, layoutExc: bitBaseException, layoutType: bitType,
}

// publicFlags returns the flags as __flags__ shows them.
func (t *Type) publicFlags() int64 {
	bits := int64(bitReady) | layoutBits[t.layout]
	set := func(cond bool, bit int64) {
		if cond {
			bits |= bit
		}
	}
	set(t.flags&flagHeap != 0, bitHeap|bitCollected)
	set(t.flags&flagHeap == 0, bitImmutable)
	set(t.flags&flagNoBase == 0, bitBase)
	set(t.flags&flagAbstract != 0, bitAbstract)
	set(t.flags&flagSequence != 0, bitSequence)
	set(t.flags&flagMapping != 0, bitMapping)
	set(t.flags&flagNoNew != 0, bitNoNew)
	set(t.flags&flagMatchSelf != 0, bitMatchSelf)
	set(t == functionType || t == methodDescrType || t == slotWrapperType, bitMethod)
	return bits
}

func mutableType(v Value, attr string, x Value) (*Type, *Exc) {
	t := (*Type)(v.p)
	if t.flags&flagHeap == 0 {
		return nil, TypeErrorf("cannot set '%s' attribute of immutable type '%s'", attr, t.Name)
	}
	if x.IsUnbound() {
		return nil, TypeErrorf("cannot delete '%s' attribute of immutable type '%s'", attr, t.Name)
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
		if bt.IsSubtype(t) || bt.derivesFrom(t) {
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
	oldBases, oldBase := t.bases, t.base
	t.bases, t.base = bases, base
	var done []mroChange
	if err := th.refreshMRO(t, &done); err != nil {
		for _, c := range slices.Backward(done) {
			if sameSlice(c.typ.mro, c.now) {
				c.typ.mro = c.was
				c.typ.changed()
			}
		}
		if sameSlice(t.bases, bases) {
			t.bases, t.base = oldBases, oldBase
		}
		return err
	}
	if sameSlice(t.bases, bases) { // else an mro() has assigned __bases__ in between
		for _, b := range oldBases {
			th.in.removeSubclass(b, t)
		}
		for _, b := range bases {
			th.in.addSubclass(b, t)
		}
	}
	t.changed()
	th.in.forgetCaches()
	return nil
}

// mroChange is a resolution order that an assignment to __bases__ changed.
type mroChange struct {
	typ      *Type
	was, now []*Type
}

// refreshMRO computes the resolution orders of t and its subclasses, and adds what it changed to done.
func (th *Thread) refreshMRO(t *Type, done *[]mroChange) *Exc {
	was := t.mro
	now, err := th.computeMRO(t)
	if err != nil {
		return err
	}
	if !sameSlice(t.mro, was) { // computeMRO ran a script that assigned __bases__
		return nil
	}
	t.mro = now
	t.changed()
	*done = append(*done, mroChange{t, was, now})
	for _, s := range t.subs {
		if err := th.refreshMRO(s, done); err != nil {
			return err
		}
	}
	return nil
}

// sameSlice reports whether a and b are one slice, not two with the same items.
func sameSlice(a, b []*Type) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// derivesFrom reports whether u is among the bases that decide the layout of t, which may be ahead of its
// resolution order.
func (t *Type) derivesFrom(u *Type) bool {
	for ; t != nil; t = t.base {
		if t == u {
			return true
		}
	}
	return false
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
	if inMeta && isDataDescr(md) && hasGet(md) {
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
			return TypeErrorf("cannot set '%s' attribute of immutable type '%s'", name.s, t.Name)
		}
		return TypeErrorf("cannot set '%s' attribute of immutable type '%s'", name.s, t.Name)
	}
	stale := t.shadowed(name, x)
	if x.IsUnbound() {
		if !t.dict.DelStr(name) {
			return AttributeErrorf(v, name.s, "type object '%s' has no attribute '%s'", t.Name, name.s)
		}
	} else {
		t.dict.SetStr(internStr(name), x)
	}
	t.changed()
	if stale {
		th.in.forgetCaches()
	}
	return nil
}

// shadowed reports whether instructions may remember where instances have an attribute that a class
// attribute takes over: inline caches of attributes in slots look at the instance's shape alone.
func (t *Type) shadowed(name *Str, x Value) bool {
	switch name.s {
	case "__getattribute__", "__setattr__", "__delattr__", "__get__", "__set__", "__delete__":
		return true
	}
	if old, ok := t.dict.GetStr(name); ok && shapeOf(old) == memberShape {
		return true
	}
	return !x.IsUnbound() && isDataDescr(x) && t.instancesHave(Intern(name.s))
}

// instancesHave reports whether instances of t or of a subclass have had an attribute of that name.
func (t *Type) instancesHave(name *Str) bool {
	if t.inst != nil && t.inst.leadsTo(name) {
		return true
	}
	for _, s := range t.subs {
		if s.instancesHave(name) {
			return true
		}
	}
	return false
}

// leadsTo reports whether a shape made from s has the name.
func (s *Shape) leadsTo(name *Str) bool {
	for k, n := range s.next {
		if k == name || n.leadsTo(name) {
			return true
		}
	}
	return false
}

// forgetCaches empties the inline caches of all code: what only a shape guarded is no longer true.
func (in *Interp) forgetCaches() {
	for _, c := range in.links {
		clear(c.caches)
	}
}
