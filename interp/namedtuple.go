package interp

// This file defines the classes that collections.namedtuple makes: subclasses of tuple whose items are
// attributes, with a constructor and methods in Go.

import (
	"fmt"
	"strings"
)

// tupleGetter is the attribute of a named tuple that reads an item.
type tupleGetter struct {
	Header
	i   int
	doc Value
}

var (
	tupleGetterType  = NewLibraryType("collections", "_tuplegetter", nil)
	tupleGetterShape = tupleGetterType.inst
)

func namedTupleTypes() []typeSetup {
	tupleGetterType.layout = layoutOpaque
	return []typeSetup{{tupleGetterType, tupleGetterShape, setupTupleGetter}}
}

func setupTupleGetter(t *Type) {
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			g := (*tupleGetter)(v.p)
			doc, err := th.Repr(g.doc)
			return fmt.Sprintf("_tuplegetter(%d, %s)", g.i, doc), err
		},
		Get: func(_ *Thread, v, obj Value, _ *Type) (Value, *Exc) {
			if obj.IsUnbound() {
				return v, nil
			}
			g := (*tupleGetter)(v.p)
			t, ok := AsTuple(obj)
			switch {
			case !ok:
				return Value{}, TypeErrorf("descriptor for index '%d' for tuple subclasses doesn't apply to '%s' object", g.i, typeName(obj))
			case g.i >= len(t.a):
				return Value{}, IndexErrorf("tuple index out of range")
			}
			return t.a[g.i], nil
		},
		Set: func(_ *Thread, _, obj, x Value) *Exc {
			if x.IsUnbound() {
				return Errorf(AttributeError, "can't delete attribute")
			}
			return Errorf(AttributeError, "can't set attribute")
		},
	}
	t.getset = []GetSet{{Name: "__doc__",
		Get: func(_ *Thread, v Value) (Value, *Exc) { return (*tupleGetter)(v.p).doc, nil },
		Set: func(_ *Thread, v, x Value) *Exc { (*tupleGetter)(v.p).doc = x; return nil }}}
	t.SetNew("_tuplegetter(index, doc, /)", func(th *Thread, a []Value) (Value, *Exc) {
		i, err := th.IndexInt(a[1])
		return object(&tupleGetter{Header{tupleGetterShape}, i, a[2]}), err
	})
}

// namedTuple is what the methods of one class know.
type namedTuple struct {
	t        *Type
	fields   []*Str
	defaults []Value // of the last fields
}

// NewNamedTuple returns a new class for tuples with the named fields; defaults are of the last ones.
func (th *Thread) NewNamedTuple(name string, fields []string, defaults []Value, module Value) (Value, *Exc) {
	n := &namedTuple{defaults: defaults}
	ns := NewDict()
	names := make([]Value, len(fields))
	for i, f := range fields {
		n.fields = append(n.fields, Intern(f))
		names[i] = n.fields[i].Value()
	}
	ns.SetName("__doc__", MkStr(name+"("+strings.Join(fields, ", ")+")"))
	ns.SetName("__slots__", emptyTuple)
	ns.SetName("_fields", MkTuple(names))
	ns.SetName("__match_args__", MkTuple(names))
	byName := NewDict()
	for i, v := range defaults {
		byName.SetStr(n.fields[len(fields)-len(defaults)+i], v)
	}
	ns.SetName("_field_defaults", byName.Value())
	for i, f := range n.fields {
		doc := MkStr(fmt.Sprintf("Alias for field number %d", i))
		ns.SetStr(f, object(&tupleGetter{Header{tupleGetterShape}, i, doc}))
	}
	if !module.IsUnbound() {
		ns.SetName("__module__", module)
	}
	t, err := th.makeClass(typeType, name, []*Type{tupleType}, ns)
	if err != nil {
		return Value{}, err
	}
	n.t = t
	n.addMethods(name, fields)
	return t.Value(), nil
}

// addMethods gives the class its methods. The constructor is new, which calls of the class find first as
// long as nobody changes the class, and __new__, which subclasses call.
func (n *namedTuple) addMethods(name string, fields []string) {
	t := n.t
	for _, r := range []Builtin{
		{"__repr__()", "Return a nicely formatted representation string", n.repr},
		{"_asdict()", "Return a new dict which maps field names to their values.", n.asDict},
		{"_replace(**kwds)", "Return a new " + name + " object replacing specified fields with new values", n.replace},
		{"__getnewargs__()", "Return self as a plain tuple.  Used by copy and pickle.", func(_ *Thread, a []Value) (Value, *Exc) {
			return MkTuple((*Tuple)(a[0].p).a), nil
		}},
	} {
		f := &BuiltinFunction{Header: Header{methodDescrShape}, name: Intern(r.Name()), row: &r, owner: t}
		t.dict.SetStr(f.name, object(f))
	}
	t.AddClassMethods([]Builtin{{"_make(iterable)", "Make a new " + name + " object from a sequence or iterable", n.makeFrom}})
	newRow := &Builtin{Sig: "__new__(_cls, /, *args, **kwargs)", Doc: "Create new instance of " + name + "(" + strings.Join(fields, ", ") + ")", Fn: n.scriptNew}
	t.dict.SetName("__new__", NewStaticMethod(NewBuiltin(newRow, "")))
	t.new = n.make
	t.special.vals = new([spCount]Value)
	t.special.known[spNew] = true
}

// make is the constructor.
func (n *namedTuple) make(_ *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
	if len(kwnames) == 0 && len(args) == len(n.fields) {
		return newTupleOf(cls, args), nil
	}
	items, err := n.bind(args, kwnames)
	if err != nil {
		return Value{}, err
	}
	return newTupleOf(cls, items), nil
}

// newTupleOf returns a copy of items as an instance of a subclass of tuple, small ones in one allocation.
func newTupleOf(cls *Type, items []Value) Value {
	if len(items) > 4 {
		return object(&tupleSub{Tuple: Tuple{Header{cls.inst}, append([]Value(nil), items...)}})
	}
	if len(items) > 2 {
		t := &struct {
			tupleSub
			arr [4]Value
		}{}
		t.shape, t.a = cls.inst, t.arr[:len(items):len(items)]
		copy(t.a, items)
		return object(&t.tupleSub)
	}
	t := &struct {
		tupleSub
		arr [2]Value
	}{}
	t.shape, t.a = cls.inst, t.arr[:len(items):len(items)]
	copy(t.a, items)
	return object(&t.tupleSub)
}

// bind puts arguments in the order of the fields. Its errors are those of a function __new__.
func (n *namedTuple) bind(args []Value, kwnames []*Str) ([]Value, *Exc) {
	npos := len(args) - len(kwnames)
	fn := n.t.Name + ".__new__"
	if npos > len(n.fields) {
		takes := fmt.Sprint(len(n.fields) + 1)
		if d := len(n.defaults); d > 0 {
			takes = fmt.Sprintf("from %d to %d", len(n.fields)+1-d, len(n.fields)+1)
		}
		return nil, TypeErrorf("%s() takes %s positional argument%s but %d were given", fn, takes, plural(len(n.fields)+1), npos+1)
	}
	items := make([]Value, len(n.fields))
	copy(items, args[:npos])
	for i, name := range kwnames {
		at := n.position(name)
		switch {
		case at < 0:
			return nil, TypeErrorf("%s() got an unexpected keyword argument '%s'", fn, name.s)
		case !items[at].IsUnbound():
			return nil, TypeErrorf("%s() got multiple values for argument '%s'", fn, name.s)
		}
		items[at] = args[npos+i]
	}
	var missing []string
	first := len(n.fields) - len(n.defaults)
	for i := range items {
		switch {
		case !items[i].IsUnbound():
		case i >= first:
			items[i] = n.defaults[i-first]
		default:
			missing = append(missing, n.fields[i].s)
		}
	}
	if missing != nil {
		return nil, missingArguments(fn, "positional", missing)
	}
	return items, nil
}

func (n *namedTuple) position(name *Str) int {
	for i, f := range n.fields {
		if f.s == name.s {
			return i
		}
	}
	return -1
}

// scriptNew is __new__ called by a script, as a subclass does.
func (n *namedTuple) scriptNew(th *Thread, a []Value) (Value, *Exc) {
	cls, ok := AsType(a[0])
	if !ok || !cls.IsSubtype(tupleType) {
		return Value{}, TypeErrorf("%s.__new__(X): X is not a type object (%s)", n.t.Name, typeName(a[0]))
	}
	args := (*Tuple)(a[1].p).a
	var kwnames []*Str
	for k, v, i, ok := (*Dict)(a[2].p).Next(0); ok; k, v, i, ok = (*Dict)(a[2].p).Next(i) {
		kwnames = append(kwnames, (*Str)(k.p))
		args = append(args[:len(args):len(args)], v)
	}
	return n.make(th, cls, args, kwnames)
}

func (n *namedTuple) makeFrom(th *Thread, a []Value) (Value, *Exc) {
	items, err := th.Items(a[1])
	if err != nil {
		return Value{}, err
	}
	if len(items) != len(n.fields) {
		return Value{}, TypeErrorf("Expected %d arguments, got %d", len(n.fields), len(items))
	}
	return newTupleOf((*Type)(a[0].p), items), nil
}

func (n *namedTuple) repr(th *Thread, a []Value) (Value, *Exc) {
	text, err := th.guardRepr(a[0], "...", func() (string, *Exc) {
		var sb strings.Builder
		sb.WriteString(typeName(a[0]) + "(")
		for i, x := range (*Tuple)(a[0].p).a {
			text, err := th.Repr(x)
			if err != nil {
				return "", err
			}
			if i > 0 {
				sb.WriteString(", ")
			}
			sb.WriteString(n.fields[i].s + "=" + text)
		}
		return sb.String() + ")", nil
	})
	return MkStr(text), err
}

func (n *namedTuple) asDict(_ *Thread, a []Value) (Value, *Exc) {
	d := NewDict()
	for i, x := range (*Tuple)(a[0].p).a {
		d.SetStr(n.fields[i], x)
	}
	return d.Value(), nil
}

func (n *namedTuple) replace(th *Thread, a []Value) (Value, *Exc) {
	items := append([]Value(nil), (*Tuple)(a[0].p).a...)
	var unknown []Value
	kw := (*Dict)(a[1].p)
	for k, v, i, ok := kw.Next(0); ok; k, v, i, ok = kw.Next(i) {
		if at := n.position((*Str)(k.p)); at >= 0 {
			items[at] = v
		} else {
			unknown = append(unknown, k)
		}
	}
	if unknown != nil {
		shown, err := th.Repr(MkList(unknown))
		if err != nil {
			return Value{}, err
		}
		return Value{}, ValueErrorf("Got unexpected field names: %s", shown)
	}
	return newTupleOf(TypeOf(a[0]), items), nil
}
