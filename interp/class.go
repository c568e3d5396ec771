package interp

// This file defines how classes are made: the resolution order, slots, class statements.

import (
	"slices"
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

// computeMRO returns the resolution order of a class: what its metaclass's mro() says, if a script defines one.
func (th *Thread) computeMRO(t *Type) ([]*Type, *Exc) {
	meta := TypeOf(t.Value())
	f, ok := meta.Lookup("mro")
	if own, _ := typeType.Own("mro"); meta == typeType || !ok || Is(f, own) {
		return mergeMRO(t)
	}
	r, err := th.callSpecial(f, t.Value())
	if err != nil {
		return nil, err
	}
	items, err := th.Items(r)
	if err != nil {
		return nil, err
	}
	mro := make([]*Type, len(items))
	for i, x := range items {
		c, ok := AsType(x)
		if !ok {
			return nil, TypeErrorf("mro() returned a non-class ('%s')", typeName(x))
		}
		if !t.builtinBase().IsSubtype(c.builtinBase()) {
			return nil, TypeErrorf("mro() returned base with unsuitable layout ('%s')", c.Name)
		}
		mro[i] = c
	}
	return mro, nil
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
	if err := th.checkTypeName(name); err != nil {
		return Value{}, err
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
	winner, err := th.winnerMeta(meta, tup.a)
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

// checkTypeName reports a name that no class can have.
func (th *Thread) checkTypeName(name string) *Exc {
	if strings.IndexByte(name, 0) >= 0 {
		return ValueErrorf("type name must not contain null characters")
	}
	_, err := th.Encode(NewStr(name), "utf-8", "strict")
	return err
}

// winnerMeta returns the most derived metaclass.
func (th *Thread) winnerMeta(meta *Type, bases []Value) (*Type, *Exc) {
	for _, b := range bases {
		switch m := TypeOf(b); {
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
	t.flags &^= flagAbstract | flagWeakSlot
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
	if err := th.fillClassCell(t); err != nil {
		return nil, err
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
	mro, err := th.computeMRO(t)
	if err != nil {
		return nil, err
	}
	if t.mro == nil { // else mro() has assigned __bases__
		t.mro = mro
	}
	for _, b := range bases {
		th.in.addSubclass(b, t)
	}
	return t, nil
}

// fillClassCell gives the class to the cell that super() and __class__ read.
func (th *Thread) fillClassCell(t *Type) *Exc {
	cell, ok := t.dict.GetName("__classcell__")
	if !ok {
		return nil
	}
	c, ok := as[Cell](cell, layoutOpaque)
	if !ok || shapeOf(cell) != cellShape {
		return TypeErrorf("__classcell__ must be a nonlocal cell, not %s", th.reprOr(TypeOf(cell).Value()))
	}
	c.v = t.Value()
	t.dict.DelStr(Intern("__classcell__"))
	return nil
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
	_, inherited := t.base.Lookup("__dict__")
	_, weak := t.base.Lookup("__weakref__")
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
			if inherited || hasDict {
				return TypeErrorf("__dict__ slot disallowed: we already got one")
			}
			hasDict = true
			continue
		}
		if name == "__weakref__" {
			if weak || t.flags&flagWeakSlot != 0 {
				return TypeErrorf("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0")
			}
			t.flags |= flagWeakSlot
			continue
		}
		if mangled(name) {
			name = "_" + strings.TrimLeft(t.Name, "_") + name
		}
		if slices.Contains(t.slots, name) {
			continue
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
	if (!slots || t.flags&flagWeakSlot != 0) && !has("__weakref__") {
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
	if !slices.Contains(t.mro, t) {
		return TypeErrorf("super(type, obj): obj must be an instance or subtype of type")
	}
	for _, m := range t.mro[slices.Index(t.mro, t)+1:] {
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
		w, err := th.winnerMeta(mt, bases)
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
