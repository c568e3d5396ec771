package interp

// This file defines generic aliases (list[int]) and unions of types (int | None).

import "strings"

var (
	genericAliasType = NewLibraryType("types", "GenericAlias", nil)
	unionTypeType    = NewLibraryType("types", "UnionType", nil)
)

// genericAlias is the data of a GenericAlias.
type genericAlias struct {
	origin, args Value
	params       Value // unbound until it is asked for
	starred      bool
}

// NewGenericAlias returns origin[args].
func NewGenericAlias(origin, args Value) Value {
	if t, ok := AsTuple(args); !ok || shapeOf(args) != tupleShape {
		args = MkTuple([]Value{args})
	} else if len(t.a) == 0 {
		args = emptyTuple
	}
	return NewNative(genericAliasType, &genericAlias{origin: origin, args: args})
}

// classGetItem is the row that makes a type subscriptable: list[int].
var classGetItem = []Builtin{{"__class_getitem__(item, /)", "See PEP 585", func(th *Thread, a []Value) (Value, *Exc) {
	return NewGenericAlias(a[0], a[1]), nil
}}}

// GenericAliasTypes returns types.GenericAlias and types.UnionType.
func GenericAliasTypes() (alias, union *Type) { return genericAliasType, unionTypeType }

func aliasTypes() []typeSetup {
	return []typeSetup{{genericAliasType, nil, setupGenericAlias}, {unionTypeType, nil, setupUnion}}
}

func asAlias(v Value) (*genericAlias, bool) { return NativeData[*genericAlias](v) }

// aliasExceptions are the attributes that an alias answers itself.
var aliasExceptions = map[string]bool{"__class__": true, "__origin__": true, "__args__": true, "__parameters__": true,
	"__mro_entries__": true, "__reduce_ex__": true, "__reduce__": true, "__copy__": true, "__deepcopy__": true,
	"__unpacked__": true, "__typing_unpacked_tuple_args__": true}

// Subscriptable lets scripts write t[int].
func (t *Type) Subscriptable() *Type {
	t.AddClassMethods(classGetItem)
	return t
}

func setupGenericAlias(t *Type) {
	for _, c := range []*Type{listType, tupleType, dictType, setType, frozenSetType, typeType, generatorType, coroutineType, asyncGenType,
		mappingProxyType, BaseExceptionGroup} {
		c.Subscriptable()
	}
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			a, _ := asAlias(v)
			s, err := th.typeText(a.origin)
			if err != nil {
				return "", err
			}
			args := (*Tuple)(a.args.p).a
			parts := make([]string, len(args))
			for i, x := range args {
				if parts[i], err = th.typeText(x); err != nil {
					return "", err
				}
			}
			if len(parts) == 0 {
				parts = []string{"()"}
			}
			return s + "[" + strings.Join(parts, ", ") + "]", nil
		},
		Hash: func(th *Thread, v Value) (uint64, *Exc) {
			a, _ := asAlias(v)
			h, err := th.Hash(a.origin)
			if err != nil {
				return 0, err
			}
			g, err := th.Hash(a.args)
			return h ^ g, err
		},
		Compare: func(th *Thread, op CompareOp, x, y Value) (Value, *Exc) {
			a, _ := asAlias(x)
			b, ok := asAlias(y)
			if !ok || op > CmpNe {
				return NotImplemented, nil
			}
			same, err := th.Equal(a.origin, b.origin)
			if err == nil && same {
				same, err = th.Equal(a.args, b.args)
			}
			return MkBool(same == (op == CmpEq)), err
		},
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			a, _ := asAlias(v)
			r, err := th.CallArgs(a.origin, args, kwnames)
			if err == nil {
				if e := th.SetAttr(r, Intern("__orig_class__"), v); e != nil && !e.Is(AttributeError) && !e.Is(TypeError) {
					return Value{}, e
				}
			}
			return r, err
		},
		GetItem: func(th *Thread, v, key Value) (Value, *Exc) {
			a, _ := asAlias(v)
			return th.substitute(v, a, key)
		},
		GetAttr: func(th *Thread, v Value, name *Str) (Value, *Exc) {
			a, _ := asAlias(v)
			if aliasExceptions[name.s] {
				return th.genericGetAttr(v, TypeOf(v), name)
			}
			if strings.HasPrefix(name.s, "__") && strings.HasSuffix(name.s, "__") {
				if _, ok := genericAliasType.lookup(name); ok && name.s != "__doc__" && name.s != "__init__" && name.s != "__new__" {
					return th.genericGetAttr(v, TypeOf(v), name)
				}
			}
			return th.GetAttr(a.origin, name)
		},
		Iter: func(th *Thread, v Value) (Value, *Exc) {
			a, _ := asAlias(v)
			s := NewNative(genericAliasType, &genericAlias{origin: a.origin, args: a.args, starred: true})
			return th.Iter(MkTuple([]Value{s}))
		},
		Binary: typeUnion,
		Ops:    ops(BinOr),
	}
	t.getset = []GetSet{
		{Name: "__origin__", Get: func(th *Thread, v Value) (Value, *Exc) { a, _ := asAlias(v); return a.origin, nil }},
		{Name: "__args__", Get: func(th *Thread, v Value) (Value, *Exc) { a, _ := asAlias(v); return a.args, nil }},
		{Name: "__parameters__", Get: func(th *Thread, v Value) (Value, *Exc) {
			a, _ := asAlias(v)
			return th.typeParameters(a)
		}},
		{Name: "__unpacked__", Get: func(th *Thread, v Value) (Value, *Exc) { a, _ := asAlias(v); return MkBool(a.starred), nil }},
	}
	t.rows = []Builtin{
		{"__mro_entries__(bases, /)", "", func(th *Thread, a []Value) (Value, *Exc) {
			g, _ := asAlias(a[0])
			return MkTuple([]Value{g.origin}), nil
		}},
		{"__instancecheck__(instance, /)", "", func(th *Thread, a []Value) (Value, *Exc) {
			return Value{}, TypeErrorf("isinstance() argument 2 cannot be a parameterized generic")
		}},
		{"__subclasscheck__(subclass, /)", "", func(th *Thread, a []Value) (Value, *Exc) {
			return Value{}, TypeErrorf("issubclass() argument 2 cannot be a parameterized generic")
		}},
	}
	t.SetNew("GenericAlias(origin, args, /)", func(th *Thread, a []Value) (Value, *Exc) { return NewGenericAlias(a[1], a[2]), nil })
}

// typeText returns how a type is shown inside an alias or union.
func (th *Thread) typeText(v Value) (string, *Exc) {
	switch {
	case Is(v, Ellipsis):
		return "...", nil
	case v.IsNone():
		return "None", nil
	case Is(v, noneType.Value()):
		return "None", nil
	}
	if t, ok := AsType(v); ok {
		return th.qualified(t), nil
	}
	return th.Repr(v)
}

// typeParameters returns the type variables among the arguments.
func (th *Thread) typeParameters(a *genericAlias) (Value, *Exc) {
	if !a.params.IsUnbound() {
		return a.params, nil
	}
	var list []Value
	add := func(v Value) {
		for _, x := range list {
			if Is(x, v) {
				return
			}
		}
		list = append(list, v)
	}
	for _, x := range (*Tuple)(a.args.p).a {
		if _, isType := AsType(x); isType {
			continue
		}
		if _, ok, err := th.LookupAttr(x, "__typing_subst__"); err != nil {
			return Value{}, err
		} else if ok {
			add(x)
			continue
		}
		p, ok, err := th.LookupAttr(x, "__parameters__")
		if err != nil {
			return Value{}, err
		}
		if t, isTuple := AsTuple(p); ok && isTuple {
			for _, y := range t.a {
				add(y)
			}
		}
	}
	a.params = MkTuple(list)
	return a.params, nil
}

// substitute returns alias[key]: the parameters replaced.
func (th *Thread) substitute(self Value, a *genericAlias, key Value) (Value, *Exc) {
	p, err := th.typeParameters(a)
	if err != nil {
		return Value{}, err
	}
	params := (*Tuple)(p.p).a
	if len(params) == 0 {
		return Value{}, TypeErrorf("%s is not a generic class", th.reprOr(self))
	}
	items := []Value{key}
	if t, ok := AsTuple(key); ok {
		items = t.a
	}
	if len(items) != len(params) {
		many := "many"
		if len(items) < len(params) {
			many = "few"
		}
		return Value{}, TypeErrorf("Too %s arguments for %s; actual %d, expected %d", many, th.reprOr(self), len(items), len(params))
	}
	var args []Value
	for _, x := range (*Tuple)(a.args.p).a {
		replaced := false
		for i, q := range params {
			if Is(x, q) {
				args = append(args, items[i])
				replaced = true
			}
		}
		if replaced {
			continue
		}
		if in, ok := asAlias(x); ok {
			ip, err := th.typeParameters(in)
			if err != nil {
				return Value{}, err
			}
			var sub []Value
			for _, q := range (*Tuple)(ip.p).a {
				for i, r := range params {
					if Is(q, r) {
						sub = append(sub, items[i])
					}
				}
			}
			if len(sub) > 0 {
				if x, err = th.substitute(x, in, MkTuple(sub)); err != nil {
					return Value{}, err
				}
			}
		}
		args = append(args, x)
	}
	return NewGenericAlias(a.origin, MkTuple(args)), nil
}

// ---- unions

// unionMembers returns the types of a union.
func unionMembers(v Value) ([]Value, bool) {
	if u, ok := NativeData[*unionOf](v); ok {
		return u.args, true
	}
	return nil, false
}

// unionOf is the data of a UnionType.
type unionOf struct{ args []Value }

func unionable(v Value) bool {
	if v.IsNone() {
		return true
	}
	if _, ok := AsType(v); ok {
		return true
	}
	if _, ok := asAlias(v); ok {
		return true
	}
	_, ok := unionMembers(v)
	return ok
}

// unionType returns a | b for types, without duplicates.
func (th *Thread) unionType(a, b Value) (Value, *Exc) {
	if !unionable(a) || !unionable(b) {
		return NotImplemented, nil
	}
	var args []Value
	add := func(v Value) *Exc {
		if v.IsNone() {
			v = noneType.Value()
		}
		for _, x := range args {
			if same, err := th.Equal(x, v); err != nil || same {
				return err
			}
		}
		args = append(args, v)
		return nil
	}
	for _, v := range []Value{a, b} {
		list, ok := unionMembers(v)
		if !ok {
			list = []Value{v}
		}
		for _, x := range list {
			if err := add(x); err != nil {
				return Value{}, err
			}
		}
	}
	if len(args) == 1 {
		return args[0], nil
	}
	return NewNative(unionTypeType, &unionOf{args}), nil
}

func setupUnion(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			args, _ := unionMembers(v)
			parts := make([]string, len(args))
			for i, x := range args {
				var err *Exc
				if parts[i], err = th.typeText(x); err != nil {
					return "", err
				}
			}
			return strings.Join(parts, " | "), nil
		},
		Hash: func(th *Thread, v Value) (uint64, *Exc) {
			args, _ := unionMembers(v)
			var h uint64
			for _, x := range args {
				g, err := th.Hash(x)
				if err != nil {
					return 0, err
				}
				h ^= g * hashM1
			}
			return h, nil
		},
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			x, _ := unionMembers(a)
			y, ok := unionMembers(b)
			if !ok || op > CmpNe {
				return NotImplemented, nil
			}
			same := len(x) == len(y)
			for _, v := range x {
				found := false
				for _, w := range y {
					if eq, err := th.Equal(v, w); err != nil {
						return Value{}, err
					} else if eq {
						found = true
					}
				}
				same = same && found
			}
			return MkBool(same == (op == CmpEq)), nil
		},
		Binary: typeUnion,
		Ops:    ops(BinOr),
	}
	t.getset = []GetSet{
		{Name: "__args__", Get: func(th *Thread, v Value) (Value, *Exc) {
			args, _ := unionMembers(v)
			return MkTuple(args), nil
		}},
		{Name: "__parameters__", Get: func(th *Thread, v Value) (Value, *Exc) { return emptyTuple, nil }},
	}
	t.rows = []Builtin{
		{"__instancecheck__(instance, /)", "", func(th *Thread, a []Value) (Value, *Exc) {
			ok, err := th.IsInstance(a[1], a[0])
			return MkBool(ok), err
		}},
		{"__subclasscheck__(subclass, /)", "", func(th *Thread, a []Value) (Value, *Exc) {
			ok, err := th.IsSubclass(a[1], a[0])
			return MkBool(ok), err
		}},
	}
}
