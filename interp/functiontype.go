package interp

// This file defines what scripts see of functions, methods, descriptors, properties and super.

import (
	"fmt"
)

func functionTypes() []typeSetup {
	return []typeSetup{
		{functionType, functionShape, setupFunction},
		{builtinFunctionType, builtinShape, setupBuiltinFunction},
		{methodDescrType, methodDescrShape, setupMethodDescr},
		{slotWrapperType, slotWrapperShape, setupMethodDescr},
		{methodWrapperType, methodWrapperShape, setupBuiltinFunction},
		{classMethodDescrType, classMethodDescrShape, setupClassMethodDescr},
		{boundMethodType, boundMethodShape, setupBoundMethod},
		{getSetType, getSetShape, setupGetSet},
		{memberType, memberShape, setupMember},
		{cellType, cellShape, setupCell},
		{propertyType, propertyShape, setupProperty},
		{classMethodType, classMethodShape, setupClassMethod},
		{staticMethodType, staticMethodShape, setupStaticMethod},
		{superType, superShape, setupSuper},
	}
}

// ---- function

func setupFunction(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			return fmt.Sprintf("<function %s at %s>", (*Function)(v.p).qualName.s, address(v)), nil
		},
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			return th.callFunction((*Function)(v.p), args, kwnames)
		},
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
			if obj.IsUnbound() {
				return v, nil
			}
			return NewBoundMethod(v, obj), nil
		},
	}
	t.getset = functionAttrs
	t.SetNew("function(code, globals, name=None, argdefs=None, closure=None)", functionNew)
}

func functionNew(th *Thread, a []Value) (Value, *Exc) {
	if shapeOf(a[1]) != codeShape {
		return Value{}, TypeErrorf("function() argument 'code' must be code, not %s", typeName(a[1]))
	}
	globals, ok := AsDict(a[2])
	if !ok {
		return Value{}, TypeErrorf("function() argument 'globals' must be dict, not %s", typeName(a[2]))
	}
	body := (*Code)(a[1].p).Code
	inNamespace := len(body.Locals) > 0 && body.Locals[0] == ".namespace"
	if inNamespace { // the body of a module or class gets the globals as its namespace
		with := *body
		with.ArgCount = 1
		body = &with
	}
	c := th.in.link(body, globals)
	f := &Function{Header: Header{functionShape}, code: c, name: c.name, qualName: c.qualName}
	if s, ok := AsStr(a[3]); ok {
		f.name = s
	}
	if d, ok := AsTuple(a[4]); ok {
		f.defaults = d.a
	}
	if inNamespace {
		f.defaults = []Value{globals.Value()}
	}
	cells, _ := AsTuple(a[5])
	if n := len(c.FreeVars); cells == nil && n > 0 || cells != nil && len(cells.a) != n {
		return Value{}, ValueErrorf("%s requires closure of length %d, not %d", c.name.s, n, lenOf(cells))
	}
	if cells != nil {
		for _, x := range cells.a {
			if shapeOf(x) != cellShape {
				return Value{}, TypeErrorf("arg 5 (closure) expected cell, found %s", typeName(x))
			}
			f.closure = append(f.closure, (*Cell)(x.p))
		}
	}
	return object(f), nil
}

func lenOf(t *Tuple) int {
	if t == nil {
		return 0
	}
	return len(t.a)
}

var functionAttrs = []GetSet{
	{Name: "__name__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*Function)(v.p).name), nil },
		Set: func(th *Thread, v, x Value) *Exc {
			s, ok := AsStr(x)
			if !ok {
				return TypeErrorf("__name__ must be set to a string object")
			}
			(*Function)(v.p).name = s
			return nil
		}},
	{Name: "__qualname__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*Function)(v.p).qualName), nil },
		Set: func(th *Thread, v, x Value) *Exc {
			s, ok := AsStr(x)
			if !ok {
				return TypeErrorf("__qualname__ must be set to a string object")
			}
			(*Function)(v.p).qualName = s
			return nil
		}},
	{Name: "__doc__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*Function)(v.p)
		switch {
		case !f.doc.IsUnbound():
			return f.doc, nil
		case f.code.HasDoc:
			return MkStr(f.code.Doc), nil
		}
		return None, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		if x.IsUnbound() {
			x = None
		}
		(*Function)(v.p).doc = x
		return nil
	}},
	{Name: "__module__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*Function)(v.p)
		if !f.module.IsUnbound() {
			return f.module, nil
		}
		if m, ok := f.code.globals.GetName("__name__"); ok {
			return m, nil
		}
		return None, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		if x.IsUnbound() {
			x = None
		}
		(*Function)(v.p).module = x
		return nil
	}},
	{Name: "__code__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*Function)(v.p).code), nil },
		Set: func(th *Thread, v, x Value) *Exc {
			if x.IsUnbound() || shapeOf(x) != codeShape {
				return TypeErrorf("__code__ must be set to a code object")
			}
			f, c := (*Function)(v.p), (*Code)(x.p).Code
			if len(c.FreeVars) != len(f.closure) {
				return ValueErrorf("%s() requires a code object with %d free vars, not %d", f.name.s, len(f.closure), len(c.FreeVars))
			}
			f.code = th.in.link(c, f.code.globals)
			return nil
		}},
	{Name: "__defaults__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if f := (*Function)(v.p); f.defaults != nil {
			return MkTuple(f.defaults), nil
		}
		return None, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		f := (*Function)(v.p)
		if x.IsUnbound() || x.IsNone() {
			f.defaults = nil
			return nil
		}
		t, ok := AsTuple(x)
		if !ok {
			return TypeErrorf("__defaults__ must be set to a tuple object")
		}
		f.defaults = t.a
		return nil
	}},
	{Name: "__kwdefaults__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if f := (*Function)(v.p); f.kwdefaults != nil {
			return f.kwdefaults.Value(), nil
		}
		return None, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		f := (*Function)(v.p)
		if x.IsUnbound() || x.IsNone() {
			f.kwdefaults = nil
			return nil
		}
		d, ok := AsDict(x)
		if !ok {
			return TypeErrorf("__kwdefaults__ must be set to a dict object")
		}
		f.kwdefaults = d
		return nil
	}},
	{Name: "__annotations__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*Function)(v.p)
		if f.annots == nil {
			f.annots = NewDict()
		}
		return f.annots.Value(), nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		f := (*Function)(v.p)
		if x.IsUnbound() || x.IsNone() {
			f.annots = nil
			return nil
		}
		d, ok := AsDict(x)
		if !ok {
			return TypeErrorf("__annotations__ must be set to a dict object")
		}
		f.annots = d
		return nil
	}},
	{Name: "__closure__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*Function)(v.p)
		if len(f.closure) == 0 {
			return None, nil
		}
		cells := make([]Value, len(f.closure))
		for i, c := range f.closure {
			cells[i] = object(c)
		}
		return MkTuple(cells), nil
	}},
	{Name: "__globals__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Function)(v.p).code.globals.Value(), nil }},
	{Name: "__builtins__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Function)(v.p).code.builtins.Value(), nil }},
	dictGetSet,
}

// dictGetSet is __dict__ of objects that keep their attributes in a dict.
var dictGetSet = GetSet{Name: "__dict__", Doc: "dictionary for instance variables (if defined)",
	Get: func(th *Thread, v Value) (Value, *Exc) { return th.instanceDict(v) },
	Set: func(th *Thread, v, x Value) *Exc { return th.setInstanceDict(v, x) }}

// DictAttr is __dict__ for the table of a library type whose objects have one.
func DictAttr() GetSet { return dictGetSet }

// instanceDict returns the live __dict__ of an object.
func (th *Thread) instanceDict(v Value) (Value, *Exc) {
	t := TypeOf(v)
	if t.inst.attrs && t.flags&flagNoDict == 0 {
		return (*Inst)(v.p).dict().Value(), nil
	}
	p := attrDict(v)
	if p == nil || t.flags&flagNoDict != 0 {
		return Value{}, AttributeErrorf(v, "__dict__", "'%s' object has no attribute '__dict__'", t.Name)
	}
	if *p == nil {
		*p = NewDict()
	}
	return (*p).Value(), nil
}

func (th *Thread) setInstanceDict(v, x Value) *Exc {
	t := TypeOf(v)
	if t.layout == layoutType || t.layout == layoutModule {
		return AttributeErrorf(v, "__dict__", "attribute '__dict__' of '%s' objects is not writable", t.Name)
	}
	if x.IsUnbound() && (t.inst.attrs || t.flags&flagHeap != 0 && t.layout != layoutExc) {
		x = NewDict().Value()
	}
	if x.IsUnbound() {
		return TypeErrorf("cannot delete __dict__")
	}
	d, ok := AsDict(x)
	if !ok {
		return TypeErrorf("__dict__ must be set to a dictionary, not a '%s'", typeName(x))
	}
	if TypeOf(v).inst.attrs {
		(*Inst)(v.p).setDict(d)
	} else if p := attrDict(v); p != nil {
		*p = d
	}
	return nil
}

// ---- functions written in Go

func setupBuiltinFunction(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) { return (*BuiltinFunction)(v.p).describe(th), nil },
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			return (*BuiltinFunction)(v.p).call(th, args, kwnames)
		},
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			y, ok := asBuiltin(b)
			if op > CmpNe || !ok {
				return NotImplemented, nil
			}
			x := (*BuiltinFunction)(a.p)
			return MkBool((x.row == y.row && Is(x.self, y.self)) == (op == CmpEq)), nil
		},
		Hash: func(th *Thread, v Value) (uint64, *Exc) {
			f := (*BuiltinFunction)(v.p)
			h := f.name.Hash()
			if f.self.p != nil {
				h ^= addressOf(f.self)
			}
			return h, nil
		},
	}
	t.rows = []Builtin{{"__reduce__()", "", reduceFunction}}
	t.getset = append([]GetSet{
		{Name: "__self__", Get: func(th *Thread, v Value) (Value, *Exc) {
			f := (*BuiltinFunction)(v.p)
			if !f.self.IsUnbound() {
				return f.self, nil
			}
			if m, ok := th.in.modules.GetName(f.mod); ok && f.owner == nil {
				return m, nil
			}
			return None, nil
		}},
	}, builtinAttrs...)
}

var builtinAttrs = []GetSet{
	{Name: "__name__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*BuiltinFunction)(v.p).name), nil }},
	{Name: "__qualname__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*BuiltinFunction)(v.p)
		if f.owner != nil {
			return MkStr(f.owner.QualName + "." + f.name.s), nil
		}
		return object(f.name), nil
	}},
	{Name: "__doc__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if d := (*BuiltinFunction)(v.p).row.Doc; d != "" {
			return MkStr(d), nil
		}
		return None, nil
	}},
	{Name: "__module__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if m := (*BuiltinFunction)(v.p).mod; m != "" {
			return MkStr(m), nil
		}
		return None, nil
	}},
	{Name: "__text_signature__", Get: func(th *Thread, v Value) (Value, *Exc) {
		f := (*BuiltinFunction)(v.p)
		return MkStr(f.row.Sig[len(f.row.Name()):]), nil
	}},
	{Name: "__objclass__", Get: func(th *Thread, v Value) (Value, *Exc) {
		if o := (*BuiltinFunction)(v.p).owner; o != nil {
			return o.Value(), nil
		}
		return Value{}, AttributeErrorf(v, "__objclass__", "'%s' object has no attribute '__objclass__'", typeName(v))
	}},
}

func setupMethodDescr(t *Type) {
	setupBuiltinFunction(t)
	t.proto.Get = func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
		if obj.IsUnbound() {
			return v, nil
		}
		f := (*BuiltinFunction)(v.p)
		if f.wrapper || !TypeOf(obj).IsSubtype(f.owner) {
			if err := f.checkSelf([]Value{obj}, 0); err != nil {
				return Value{}, err
			}
		}
		return f.bindMethod(obj), nil
	}
	t.getset = builtinAttrs
}

func setupClassMethodDescr(t *Type) {
	setupBuiltinFunction(t)
	t.proto.Get = func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
		if owner == nil {
			owner = TypeOf(obj)
		}
		return (*BuiltinFunction)(v.p).bindMethod(owner.Value()), nil
	}
	t.getset = builtinAttrs
}

// ---- bound methods

func setupBoundMethod(t *Type) {
	t.flags |= flagNoBase
	t.rows = []Builtin{{"__reduce__()", "", reduceFunction}}
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			m := (*BoundMethod)(v.p)
			name := "?"
			for _, attr := range []string{"__qualname__", "__name__"} {
				if q, ok, _ := th.LookupAttr(m.fn, attr); ok {
					if s, ok := StrOf(q); ok {
						name = s
						break
					}
				}
			}
			self, err := th.Repr(m.self)
			return fmt.Sprintf("<bound method %s of %s>", name, self), err
		},
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			return th.CallArgs(v, args, kwnames)
		},
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			y, ok := asBoundMethod(b)
			if op > CmpNe || !ok {
				return NotImplemented, nil
			}
			x := (*BoundMethod)(a.p)
			same, err := th.Equal(x.fn, y.fn)
			return MkBool((same && Is(x.self, y.self)) == (op == CmpEq)), err
		},
		Hash: func(th *Thread, v Value) (uint64, *Exc) {
			m := (*BoundMethod)(v.p)
			h, err := th.Hash(m.fn)
			return h ^ addressOf(m.self)>>4, err
		},
		GetAttr: func(th *Thread, v Value, name *Str) (Value, *Exc) {
			if d, ok := boundMethodType.lookup(name); ok && (isDataDescr(d) || name.s != "__doc__") {
				return th.bindDescr(d, v, boundMethodType)
			}
			return th.GetAttr((*BoundMethod)(v.p).fn, name)
		},
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) { return v, nil },
	}
	t.getset = []GetSet{
		{Name: "__func__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*BoundMethod)(v.p).fn, nil }},
		{Name: "__self__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*BoundMethod)(v.p).self, nil }},
	}
	t.SetNew("method(function, instance, /)", func(th *Thread, a []Value) (Value, *Exc) {
		if !isCallable(a[1]) {
			return Value{}, TypeErrorf("first argument must be callable")
		}
		if a[2].IsNone() {
			return Value{}, TypeErrorf("instance must not be None")
		}
		return NewBoundMethod(a[1], a[2]), nil
	})
}

// isCallable reports what callable() does.
func isCallable(v Value) bool {
	t := TypeOf(v)
	return t.proto.Call != nil || t.flags&flagHeap != 0 && !t.specialMethod(spCall).IsUnbound()
}

// IsCallable reports whether v can be called.
func IsCallable(v Value) bool { return isCallable(v) }

// ---- computed attributes and slots

func setupGetSet(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			d := (*getSetDescr)(v.p)
			return fmt.Sprintf("<attribute '%s' of '%s' objects>", d.row.Name, d.owner.Name), nil
		},
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
			d := (*getSetDescr)(v.p)
			if obj.IsUnbound() {
				return v, nil
			}
			if !TypeOf(obj).IsSubtype(d.owner) {
				return Value{}, TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.row.Name, d.owner.Name, typeName(obj))
			}
			return d.row.Get(th, obj)
		},
		Set: func(th *Thread, v, obj, x Value) *Exc {
			d := (*getSetDescr)(v.p)
			if !TypeOf(obj).IsSubtype(d.owner) {
				return TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.row.Name, d.owner.Name, typeName(obj))
			}
			if d.row.Set == nil {
				return AttributeErrorf(obj, d.row.Name, "attribute '%s' of '%s' objects is not writable", d.row.Name, d.owner.Name)
			}
			return d.row.Set(th, obj, x)
		},
	}
	t.getset = []GetSet{
		{Name: "__name__", Get: func(th *Thread, v Value) (Value, *Exc) { return MkStr((*getSetDescr)(v.p).row.Name), nil }},
		{Name: "__qualname__", Get: func(th *Thread, v Value) (Value, *Exc) {
			d := (*getSetDescr)(v.p)
			return MkStr(d.owner.QualName + "." + d.row.Name), nil
		}},
		{Name: "__doc__", Get: func(th *Thread, v Value) (Value, *Exc) {
			if d := (*getSetDescr)(v.p).row.Doc; d != "" {
				return MkStr(d), nil
			}
			return None, nil
		}},
		{Name: "__objclass__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*getSetDescr)(v.p).owner.Value(), nil }},
	}
}

func setupMember(t *Type) {
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			d := (*memberDescr)(v.p)
			return fmt.Sprintf("<member '%s' of '%s' objects>", d.name.s, d.owner.Name), nil
		},
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
			d := (*memberDescr)(v.p)
			if obj.IsUnbound() {
				return v, nil
			}
			if !TypeOf(obj).IsSubtype(d.owner) {
				return Value{}, TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.name.s, d.owner.Name, typeName(obj))
			}
			if x, ok := slotGet(obj, d.key); ok {
				return x, nil
			}
			return Value{}, AttributeErrorf(obj, d.name.s, "'%s' object has no attribute '%s'", typeName(obj), d.name.s)
		},
		Set: func(th *Thread, v, obj, x Value) *Exc {
			d := (*memberDescr)(v.p)
			if !TypeOf(obj).IsSubtype(d.owner) {
				return TypeErrorf("descriptor '%s' for '%s' objects doesn't apply to a '%s' object", d.name.s, d.owner.Name, typeName(obj))
			}
			if !slotSet(obj, d.key, x) {
				return NewExc(AttributeError, object(d.name))
			}
			return nil
		},
	}
	t.getset = []GetSet{
		{Name: "__name__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*memberDescr)(v.p).name), nil }},
		{Name: "__qualname__", Get: func(th *Thread, v Value) (Value, *Exc) {
			d := (*memberDescr)(v.p)
			return MkStr(d.owner.QualName + "." + d.name.s), nil
		}},
		{Name: "__objclass__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*memberDescr)(v.p).owner.Value(), nil }},
	}
}

func slotGet(obj Value, name *Str) (Value, bool) {
	if TypeOf(obj).inst.attrs {
		return (*Inst)(obj.p).get(name)
	}
	if p := attrDict(obj); p != nil && *p != nil {
		return (*p).GetStr(name)
	}
	return Value{}, false
}

// slotSet stores a slot, or empties it when x is unbound; false: it was empty.
func slotSet(obj Value, name *Str, x Value) bool {
	if TypeOf(obj).inst.attrs {
		o := (*Inst)(obj.p)
		if x.IsUnbound() {
			return o.del(name)
		}
		o.set(name, x)
		return true
	}
	p := attrDict(obj)
	if p == nil {
		return false
	}
	if *p == nil {
		*p = NewDict()
	}
	if x.IsUnbound() {
		return (*p).DelStr(name)
	}
	(*p).SetStr(name, x)
	return true
}

func setupCell(t *Type) {
	t.flags |= flagNoBase
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			c := (*Cell)(v.p)
			if c.v.IsUnbound() {
				return fmt.Sprintf("<cell at %s: empty>", address(v)), nil
			}
			return fmt.Sprintf("<cell at %s: %s object at %s>", address(v), typeName(c.v), address(c.v)), nil
		},
		NoHash: true,
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			if shapeOf(b) != cellShape {
				return NotImplemented, nil
			}
			x, y := (*Cell)(a.p).v, (*Cell)(b.p).v
			if x.IsUnbound() || y.IsUnbound() {
				n, m := 1, 1
				if x.IsUnbound() {
					n = 0
				}
				if y.IsUnbound() {
					m = 0
				}
				return MkBool(compareFloats(op, float64(n), float64(m))), nil
			}
			return th.Compare(op, x, y)
		},
	}
	t.getset = []GetSet{{Name: "cell_contents", Get: func(th *Thread, v Value) (Value, *Exc) {
		c := (*Cell)(v.p)
		if c.v.IsUnbound() {
			return Value{}, ValueErrorf("Cell is empty")
		}
		return c.v, nil
	}, Set: func(th *Thread, v, x Value) *Exc {
		(*Cell)(v.p).v = x
		return nil
	}}}
	t.SetNew("cell(contents=?, /)", func(th *Thread, a []Value) (Value, *Exc) { return object(newCell(a[1])), nil })
}

// ---- property, classmethod, staticmethod

// Property is a property; a classmethod or staticmethod has its function in fn.
type Property struct {
	Header
	fget, fset, fdel, doc Value // None when absent
	name                  *Str
	getterDoc             bool // doc is that of fget
	fn                    Value
	dict                  *Dict
}

// NewStaticMethod returns staticmethod(fn).
func NewStaticMethod(fn Value) Value {
	return object(&Property{Header: Header{staticMethodShape}, fn: fn})
}

// NewClassMethod returns classmethod(fn).
func NewClassMethod(fn Value) Value {
	return object(&Property{Header: Header{classMethodShape}, fn: fn})
}

func setupProperty(t *Type) {
	t.Doc = "Property attribute."
	t.proto = &Protocol{
		Get: propertyGet,
		Set: propertySet,
		Init: func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
			return th.CallInit("property(fget=None, fset=None, fdel=None, doc=None)", propertyInit, self, args, kwnames)
		},
	}
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Property{Header: Header{cls.inst}, fget: None, fset: None, fdel: None, doc: None, fn: None}), nil
	}
	copyWith := func(set func(p *Property, f Value)) BuiltinFunc {
		return func(th *Thread, a []Value) (Value, *Exc) {
			p := *(*Property)(a[0].p)
			set(&p, a[1])
			if p.shape == propertyShape {
				if p.getterDoc {
					p.doc = None
					if err := th.docFromGetter(&p); err != nil {
						return Value{}, err
					}
				}
				return object(&p), nil
			}
			doc := p.doc
			if p.getterDoc && !p.fget.IsNone() {
				doc = None // the new object asks the getter
			}
			v, err := th.Call(TypeOf(a[0]).Value(), p.fget, p.fset, p.fdel, doc)
			if err == nil {
				if q, ok := as[Property](v, layoutProperty); ok {
					q.name = p.name
				}
			}
			return v, err
		}
	}
	t.rows = []Builtin{
		{"getter(fget, /)", "Descriptor to obtain a copy of the property with a different getter.", copyWith(func(p *Property, f Value) { p.fget = f })},
		{"setter(fset, /)", "Descriptor to obtain a copy of the property with a different setter.", copyWith(func(p *Property, f Value) { p.fset = f })},
		{"deleter(fdel, /)", "Descriptor to obtain a copy of the property with a different deleter.", copyWith(func(p *Property, f Value) { p.fdel = f })},
		{"__set_name__(*args)", "Method to set name of a property.", func(th *Thread, a []Value) (Value, *Exc) {
			args, _ := AsTuple(a[1])
			if len(args.a) != 2 {
				return Value{}, TypeErrorf("__set_name__() takes 2 positional arguments but %d were given", len(args.a))
			}
			if s, ok := AsStr(args.a[1]); ok {
				(*Property)(a[0].p).name = s
			}
			return None, nil
		}},
	}
	t.getset = []GetSet{
		{Name: "fget", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).fget, nil }},
		{Name: "fset", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).fset, nil }},
		{Name: "fdel", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).fdel, nil }},
		{Name: "__doc__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).doc, nil },
			Set: func(th *Thread, v, x Value) *Exc { (*Property)(v.p).doc = x; return nil }},
		{Name: "__isabstractmethod__", Get: func(th *Thread, v Value) (Value, *Exc) {
			p := (*Property)(v.p)
			for _, f := range []Value{p.fget, p.fset, p.fdel} {
				if x, ok, err := th.LookupAttr(f, "__isabstractmethod__"); err != nil {
					return Value{}, err
				} else if ok {
					if b, err := th.Truth(x); err != nil || b {
						return MkBool(b), err
					}
				}
			}
			return False, nil
		}},
	}
}

func propertyInit(th *Thread, a []Value) (Value, *Exc) {
	p := (*Property)(a[0].p)
	p.fget, p.fset, p.fdel, p.doc = a[1], a[2], a[3], a[4]
	p.name = nil
	if p.getterDoc = false; p.doc.IsNone() {
		if err := th.docFromGetter(p); err != nil {
			return Value{}, err
		}
	}
	if p.shape != propertyShape && p.getterDoc {
		// The class of the object has a __doc__ of its own: that of the getter is an attribute of the object.
		return None, th.SetAttr(a[0], Intern("__doc__"), p.doc)
	}
	return None, nil
}

// docFromGetter gives a property without a docstring that of its getter.
func (th *Thread) docFromGetter(p *Property) *Exc {
	if p.fget.IsNone() {
		return nil
	}
	d, ok, err := th.LookupAttr(p.fget, "__doc__")
	if err == nil && ok && !d.IsNone() {
		p.doc, p.getterDoc = d, true
	}
	return err
}

func (p *Property) describe(obj Value) string {
	if p.name != nil {
		return fmt.Sprintf("property '%s' of '%s' object", p.name.s, TypeOf(obj).QualName)
	}
	return fmt.Sprintf("property of '%s' object", TypeOf(obj).QualName)
}

func propertyGet(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
	if obj.IsUnbound() {
		return v, nil
	}
	p := (*Property)(v.p)
	if p.fget.IsNone() {
		return Value{}, NewExc(AttributeError, MkStr(p.describe(obj)+" has no getter"))
	}
	return th.Call(p.fget, obj)
}

func propertySet(th *Thread, v, obj, x Value) *Exc {
	p := (*Property)(v.p)
	var err *Exc
	switch {
	case x.IsUnbound() && p.fdel.IsNone():
		err = NewExc(AttributeError, MkStr(p.describe(obj)+" has no deleter"))
	case x.IsUnbound():
		_, err = th.Call(p.fdel, obj)
	case p.fset.IsNone():
		err = NewExc(AttributeError, MkStr(p.describe(obj)+" has no setter"))
	default:
		_, err = th.Call(p.fset, obj, x)
	}
	return err
}

// CallInit binds args to a signature and calls fn with self in front: the body of an __init__.
func (th *Thread) CallInit(sig string, fn BuiltinFunc, self Value, args []Value, kwnames []*Str) *Exc {
	row := &Builtin{Sig: sig, Fn: fn}
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern(row.Name()), row: row}
	spec := parseSignature(sig)
	spec.method = true
	n := len(args) + 1
	w := append(append(th.args(n), self), args...)
	defer th.dropArgs(n)
	_, err := f.invoke(th, spec, w, kwnames)
	return err
}

// wrapperAttrs are the attributes of classmethod and staticmethod.
var wrapperAttrs = []GetSet{
	{Name: "__func__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).fn, nil }},
	{Name: "__wrapped__", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Property)(v.p).fn, nil }},
	{Name: "__annotations__", Get: func(th *Thread, v Value) (Value, *Exc) {
		return th.Attr((*Property)(v.p).fn, "__annotations__") // not copied: most functions never make the dict
	}},
	{Name: "__isabstractmethod__", Get: func(th *Thread, v Value) (Value, *Exc) {
		x, ok, err := th.LookupAttr((*Property)(v.p).fn, "__isabstractmethod__")
		if err != nil || !ok {
			return False, err
		}
		b, err := th.Truth(x)
		return MkBool(b), err
	}},
	dictGetSet,
}

// setupWrapper gives a type what classmethod and staticmethod share.
func setupWrapper(t *Type) {
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Property{Header: Header{cls.inst}, fn: None}), nil
	}
	t.proto.Init = func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
		return th.CallInit(t.Name+"(function, /)", func(th *Thread, a []Value) (Value, *Exc) {
			p := (*Property)(a[0].p)
			p.fn = a[1]
			for _, n := range []string{"__module__", "__name__", "__qualname__", "__doc__"} {
				if x, ok, err := th.LookupAttr(a[1], n); err != nil {
					return Value{}, err
				} else if ok {
					if p.dict == nil {
						p.dict = NewDict()
					}
					p.dict.SetName(n, x)
				}
			}
			return None, nil
		}, self, args, kwnames)
	}
	t.proto.Repr = func(th *Thread, v Value) (string, *Exc) {
		s, err := th.Repr((*Property)(v.p).fn)
		return "<" + t.Name + "(" + s + ")>", err
	}
	t.getset = wrapperAttrs
}

func setupClassMethod(t *Type) {
	t.proto = &Protocol{Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) {
		fn := (*Property)(v.p).fn
		if owner == nil {
			owner = TypeOf(obj)
		}
		if shapeOf(fn) == functionShape {
			return NewBoundMethod(fn, owner.Value()), nil
		}
		if ft := TypeOf(fn); ft.proto.Get != nil || ft.overrides(spGet) {
			return th.bindDescr(fn, owner.Value(), TypeOf(owner.Value()))
		}
		return NewBoundMethod(fn, owner.Value()), nil
	}}
	setupWrapper(t)
}

func setupStaticMethod(t *Type) {
	t.proto = &Protocol{
		Get: func(th *Thread, v, obj Value, owner *Type) (Value, *Exc) { return (*Property)(v.p).fn, nil },
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			return th.CallArgs((*Property)(v.p).fn, args, kwnames)
		},
	}
	setupWrapper(t)
}
