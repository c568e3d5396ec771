package interp

// This file defines super: the attributes behind a class in the resolution order of an object.

import "fmt"

// Super is a super object.
type Super struct {
	Header
	typ  *Type
	obj  Value // unbound in super(type)
	objt *Type // whose resolution order is followed
	dict *Dict // attributes of an instance of a script's subclass
}

func setupSuper(t *Type) {
	t.Doc = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n"
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			s := (*Super)(v.p)
			if s.obj.IsUnbound() {
				return fmt.Sprintf("<super: <class '%s'>, NULL>", s.typName()), nil
			}
			return fmt.Sprintf("<super: <class '%s'>, <%s object>>", s.typName(), s.objt.Name), nil
		},
		GetAttr: superGetAttr,
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
			s := (*Super)(v.p)
			if obj.IsUnbound() || !s.obj.IsUnbound() {
				return v, nil
			}
			if s.shape != superShape {
				return th.Call(TypeOf(v).Value(), s.typ.Value(), obj)
			}
			return th.newSuper(s.typ, obj)
		},
	}
	t.getset = []GetSet{
		{Name: "__thisclass__", Get: func(th *Thread, v Value) (Value, *Exc) {
			if t := (*Super)(v.p).typ; t != nil {
				return t.Value(), nil
			}
			return None, nil
		}},
		{Name: "__self__", Get: func(th *Thread, v Value) (Value, *Exc) {
			if s := (*Super)(v.p); !s.obj.IsUnbound() {
				return s.obj, nil
			}
			return None, nil
		}},
		{Name: "__self_class__", Get: func(th *Thread, v Value) (Value, *Exc) {
			if s := (*Super)(v.p); s.objt != nil {
				return s.objt.Value(), nil
			}
			return None, nil
		}},
	}
	t.SetInit(t.proto, "super(type=?, object_or_type=?, /)", func(cls *Type) Value {
		return object(&Super{Header: Header{cls.inst}})
	}, superInit)
}

func superInit(th *Thread, a []Value) (Value, *Exc) {
	s, err := th.superFor(a[1], a[2])
	if err == nil {
		self := (*Super)(a[0].p)
		self.typ, self.obj, self.objt = s.typ, s.obj, s.objt
	}
	return None, err
}

// superFor returns what super(typ, obj) is, both of which may be missing.
func (th *Thread) superFor(typ, obj Value) (*Super, *Exc) {
	v := Value{}
	var err *Exc
	t, isType := AsType(typ)
	switch {
	case typ.IsUnbound():
		v, err = th.zeroSuper()
	case !isType:
		return nil, TypeErrorf("super() argument 1 must be a type, not %s", typeName(typ))
	case obj.IsUnbound() || obj.IsNone():
		return &Super{typ: t}, nil
	default:
		v, err = th.newSuper(t, obj)
	}
	if err != nil {
		return nil, err
	}
	return (*Super)(v.p), nil
}

// typName is the name of the class for messages; an instance whose __init__ has not run has none.
func (s *Super) typName() string {
	if s.typ == nil {
		return "NULL"
	}
	return s.typ.Name
}

func (th *Thread) newSuper(typ *Type, obj Value) (Value, *Exc) {
	if t, ok := AsType(obj); ok && t.IsSubtype(typ) {
		return object(&Super{Header{superShape}, typ, obj, t, nil}), nil
	}
	t := TypeOf(obj)
	if !t.IsSubtype(typ) {
		c, ok, err := th.LookupAttr(obj, "__class__")
		if err != nil {
			return Value{}, err
		}
		ct, isType := AsType(c)
		if !ok || !isType || !ct.IsSubtype(typ) {
			return Value{}, TypeErrorf("super(type, obj): obj must be an instance or subtype of type")
		}
		t = ct
	}
	return object(&Super{Header{superShape}, typ, obj, t, nil}), nil
}

// zeroSuper is super() without arguments: the class is the cell __class__ of the running function, the
// object its first parameter.
func (th *Thread) zeroSuper() (Value, *Exc) {
	f := th.frame
	if f == nil || f.code.stub || f.code.native {
		return Value{}, RuntimeErrorf("super(): no current frame")
	}
	if f.code.ArgCount == 0 && !f.code.HasVarargs {
		return Value{}, RuntimeErrorf("super(): no arguments")
	}
	obj := *reg(f.regs, 0)
	if f.code.ArgCount == 0 {
		if t, ok := AsTuple(obj); ok && len(t.a) > 0 {
			obj = t.a[0]
		} else {
			obj = Value{}
		}
	}
	if !obj.IsUnbound() && shapeOf(obj) == cellShape {
		obj = (*Cell)(obj.p).v
	}
	if obj.IsUnbound() {
		return Value{}, RuntimeErrorf("super(): arg[0] deleted")
	}
	for i, n := range f.code.FreeVars {
		if n == "__class__" {
			c := f.fn.closure[i].v
			if c.IsUnbound() {
				return Value{}, RuntimeErrorf("super(): empty __class__ cell")
			}
			t, ok := AsType(c)
			if !ok {
				return Value{}, RuntimeErrorf("super(): __class__ is not a type (%s)", typeName(c))
			}
			return th.newSuper(t, obj)
		}
	}
	return Value{}, RuntimeErrorf("super(): __class__ cell not found")
}

func superGetAttr(th *Thread, v Value, name *Str) (Value, *Exc) {
	s := (*Super)(v.p)
	if d, ok := s.find(name); ok {
		if t, isType := AsType(s.obj); isType && t == s.objt {
			return th.bindDescr(d, Value{}, s.objt)
		}
		return th.bindDescr(d, s.obj, s.objt)
	}
	return th.genericGetAttr(v, TypeOf(v), name)
}

// find looks up an attribute behind the class in the resolution order of the object.
func (s *Super) find(name *Str) (Value, bool) {
	if s.objt == nil || name.s == "__class__" {
		return Value{}, false
	}
	behind := false
	for _, m := range s.objt.mro {
		if behind {
			if d, ok := m.dict.GetStr(name); ok {
				return d, true
			}
		}
		behind = behind || m == s.typ
	}
	return Value{}, false
}
