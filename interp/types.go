package interp

// This file defines the list of built-in types and their setup, which runs once: built-in types never
// change afterwards, so all interpreters share them.

import (
	"slices"
	"sync"
)

func builtinType(name string, base *Type, l layout) *Type {
	return &Type{Header: Header{typeShape}, Name: name, QualName: name, Module: "builtins", base: base, layout: l}
}

// NewLibraryType returns a type for the objects of a library module; its methods and protocol are given
// to Setup. Objects of it are made with NewNative, and scripts can derive from it. It has the layout of base,
// nil being object; more are further bases.
func NewLibraryType(module, name string, base *Type, more ...*Type) *Type {
	if base == nil {
		base = objectType
	}
	l := base.layout
	if l == layoutObject {
		l = layoutNative
	}
	t := &Type{Header: Header{typeShape}, Name: name, QualName: name, Module: module, base: base, layout: l}
	if name := module + "." + name; cModules[module] && !notInC[name] {
		t.fullName = name
	}
	t.inst = &Shape{typ: t}
	if len(more) > 0 {
		t.bases = append([]*Type{base}, more...)
	}
	return t
}

// cModules are modules whose types CPython writes in C, and so shows by their full names in messages.
var cModules = map[string]bool{"_io": true, "_thread": true, "collections": true, "functools": true, "itertools": true,
	"operator": true, "re": true, "types": true}

// notInC are the types of cModules that CPython writes in Python.
var notInC = map[string]bool{"collections.Counter": true, "functools.cached_property": true}

// The core types, declared here because the whole package names them. What they can do stands in
// their own files.
var (
	objectType = &Type{Header: Header{typeShape}, Name: "object", QualName: "object", Module: "builtins", layout: layoutObject}
	typeType   = &Type{Name: "type", QualName: "type", Module: "builtins", layout: layoutType}
	typeShape  = &Shape{}

	noneType           = builtinType("NoneType", objectType, layoutOpaque)
	notImplementedType = builtinType("NotImplementedType", objectType, layoutOpaque)
	ellipsisType       = builtinType("ellipsis", objectType, layoutOpaque)
	intType            = builtinType("int", objectType, layoutInt)
	boolType           = builtinType("bool", intType, layoutInt)
	floatType          = builtinType("float", objectType, layoutFloat)
	complexType        = builtinType("complex", objectType, layoutComplex)
	strType            = builtinType("str", objectType, layoutStr)
	bytesType          = builtinType("bytes", objectType, layoutBytes)
	byteArrayType      = builtinType("bytearray", objectType, layoutByteArray)
	listType           = builtinType("list", objectType, layoutList)
	tupleType          = builtinType("tuple", objectType, layoutTuple)
	dictType           = builtinType("dict", objectType, layoutDict)
	setType            = builtinType("set", objectType, layoutSet)
	frozenSetType      = builtinType("frozenset", objectType, layoutSet)
	rangeType          = builtinType("range", objectType, layoutOpaque)
	sliceType          = builtinType("slice", objectType, layoutOpaque)

	functionType         = builtinType("function", objectType, layoutOpaque)
	builtinFunctionType  = builtinType("builtin_function_or_method", objectType, layoutOpaque)
	methodDescrType      = builtinType("method_descriptor", objectType, layoutOpaque)
	slotWrapperType      = builtinType("wrapper_descriptor", objectType, layoutOpaque)
	methodWrapperType    = builtinType("method-wrapper", objectType, layoutOpaque)
	classMethodDescrType = builtinType("classmethod_descriptor", objectType, layoutOpaque)
	getSetType           = builtinType("getset_descriptor", objectType, layoutOpaque)
	memberType           = builtinType("member_descriptor", objectType, layoutOpaque)
	boundMethodType      = builtinType("method", objectType, layoutOpaque)
	cellType             = builtinType("cell", objectType, layoutOpaque)
	codeType             = builtinType("code", objectType, layoutOpaque)
	frameType            = builtinType("frame", objectType, layoutOpaque)
	tracebackType        = builtinType("traceback", objectType, layoutOpaque)
	moduleType           = builtinType("module", objectType, layoutModule)
	mappingProxyType     = builtinType("mappingproxy", objectType, layoutOpaque)
	propertyType         = builtinType("property", objectType, layoutProperty)
	classMethodType      = builtinType("classmethod", objectType, layoutProperty)
	staticMethodType     = builtinType("staticmethod", objectType, layoutProperty)
	superType            = builtinType("super", objectType, layoutSuper)

	generatorType = builtinType("generator", objectType, layoutOpaque)
	coroutineType = builtinType("coroutine", objectType, layoutOpaque)
	asyncGenType  = builtinType("async_generator", objectType, layoutOpaque)
	listIterType  = builtinType("list_iterator", objectType, layoutOpaque)
	rangeIterType = builtinType("range_iterator", objectType, layoutOpaque)
)

func shapeFor(t *Type) *Shape { return &Shape{typ: t} }

var (
	noneShape           = shapeFor(noneType)
	notImplementedShape = shapeFor(notImplementedType)
	ellipsisShape       = shapeFor(ellipsisType)
	intShape            = shapeFor(intType)
	bigIntShape         = shapeFor(intType)
	boolShape           = shapeFor(boolType)
	floatShape          = shapeFor(floatType)
	complexShape        = shapeFor(complexType)
	strShape            = shapeFor(strType)
	bytesShape          = shapeFor(bytesType)
	byteArrayShape      = shapeFor(byteArrayType)
	listShape           = shapeFor(listType)
	tupleShape          = shapeFor(tupleType)
	dictShape           = shapeFor(dictType)
	setShape            = shapeFor(setType)
	frozenSetShape      = shapeFor(frozenSetType)
	rangeShape          = shapeFor(rangeType)
	sliceShape          = shapeFor(sliceType)

	functionShape         = shapeFor(functionType)
	builtinShape          = shapeFor(builtinFunctionType)
	methodDescrShape      = shapeFor(methodDescrType)
	slotWrapperShape      = shapeFor(slotWrapperType)
	methodWrapperShape    = shapeFor(methodWrapperType)
	classMethodDescrShape = shapeFor(classMethodDescrType)
	getSetShape           = shapeFor(getSetType)
	memberShape           = shapeFor(memberType)
	boundMethodShape      = shapeFor(boundMethodType)
	cellShape             = shapeFor(cellType)
	codeShape             = shapeFor(codeType)
	frameShape            = shapeFor(frameType)
	tracebackShape        = shapeFor(tracebackType)
	moduleShape           = shapeFor(moduleType)
	mappingProxyShape     = shapeFor(mappingProxyType)
	propertyShape         = shapeFor(propertyType)
	classMethodShape      = shapeFor(classMethodType)
	staticMethodShape     = shapeFor(staticMethodType)
	superShape            = shapeFor(superType)

	generatorShape = shapeFor(generatorType)
	coroutineShape = shapeFor(coroutineType)
	asyncGenShape  = shapeFor(asyncGenType)
	listIterShape  = shapeFor(listIterType)
	rangeIterShape = shapeFor(rangeIterType)
)

// NotImplemented and Ellipsis are the values of those names.
var (
	NotImplemented = object(&Header{notImplementedShape})
	Ellipsis       = object(&Header{ellipsisShape})
)

// typeSetup pairs a type with the function that gives it its protocol, methods and attributes.
type typeSetup struct {
	typ   *Type
	shape *Shape // of its instances; nil: made
	setup func(t *Type)
}

var setupOnce sync.Once

// listAppendValue is the method list.append, which the VM loop knows.
var listAppendValue Value

// lenRow is the row of len, which the VM loop knows.
var lenRow *Builtin

// setupTypes finishes all built-in types.
func setupTypes() {
	setupOnce.Do(func() {
		setupCodecs()
		for _, t := range []*Type{listType, dictType, tupleType, setType, frozenSetType} {
			t.AddClassMethods(classGetItem)
		}
		typeShape.typ = typeType
		typeType.Header = Header{typeShape}
		typeType.base = objectType
		for _, family := range [][]typeSetup{
			coreTypes(), numberTypes(), stringTypes(), sequenceTypes(), mappingTypes(), coroutineTypes(), functionTypes(), asyncTypes(),
			traceTypes(), importTypes(), siteTypes(), fileTypes(), dequeTypes(), defaultDictTypes(), namedTupleTypes(), threadTypes(),
		} {
			for _, s := range family {
				if s.shape == nil {
					s.shape = s.typ.inst
				}
				if s.shape == nil {
					s.shape = shapeFor(s.typ)
				}
				s.typ.inst = s.shape
				s.setup(s.typ)
				s.typ.finish()
			}
		}
		for _, t := range append(append(excTypes[:len(excTypes):len(excTypes)], UnsupportedOperation), asyncErrors()...) {
			setupExcType(t)
			t.finish()
		}
		listAppendValue, _ = listType.dict.GetName("append")
		lenRow = &builtinFunctions[slices.IndexFunc(builtinFunctions, func(b Builtin) bool { return b.Name() == "len" })]
	})
}

// Setup finishes a type of a library module; call it once, before the type is used.
func (t *Type) Setup(p *Protocol, methods []Builtin, attrs []GetSet) *Type {
	setupTypes()
	t.proto, t.rows, t.getset = p, methods, attrs
	for i := range attrs {
		if attrs[i].Name == dictGetSet.Name {
			t.flags |= flagAttrs
		}
	}
	t.finish()
	return t
}

// SetNew says how an instance is made by calling the type: sig is "Name(params)"; fn gets the class,
// which may be a script's subclass, as a[0].
func (t *Type) SetNew(sig string, fn BuiltinFunc) *Type {
	row := &Builtin{Sig: sig, Fn: fn}
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern(row.Name()), row: row, newOf: t}
	spec := parseSignature(sig)
	spec.method = true
	f.spec.Store(spec)
	t.newSig = sig
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if len(kwnames) > 0 && cls.takesOver(t, spInit, spec) {
			args, kwnames = args[:len(args)-len(kwnames)], nil
		}
		n := len(args) + 1
		w := append(append(th.args(n), cls.Value()), args...)
		defer th.dropArgs(n)
		return f.invoke(th, spec, w, kwnames)
	}
	return t
}

// takesOver reports whether cls, derived from a type that takes no keywords, has a method of its own that
// may take them: __init__ for __new__ and the other way round.
func (cls *Type) takesOver(t *Type, s special, spec *paramSpec) bool {
	if cls == t || cls.flags&flagHeap == 0 || spec.kwargs || spec.posOnly < len(spec.params) {
		return false
	}
	return !cls.specialMethod(s).IsUnbound()
}

// setPositional gives the type a shorter way from positional arguments to an instance than SetNew's,
// which must have been called: fn returns false to go that way after all.
func (t *Type) setPositional(fn func(th *Thread, args []Value) (Value, bool, *Exc)) {
	general := t.new
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if len(kwnames) == 0 && cls == t {
			if v, ok, err := fn(th, args); ok || err != nil {
				return v, err
			}
		}
		return general(th, cls, args, kwnames)
	}
}

// finish computes the resolution order, inherits what is missing, and fills the dict of a type that
// no script made.
func (t *Type) finish() {
	if t.mro == nil {
		if t.bases == nil && t.base != nil {
			t.bases = []*Type{t.base}
		}
		t.mro, _ = mergeMRO(t)
	}
	if t.proto == nil {
		t.proto = &Protocol{}
	}
	own := *t.proto
	if own.Init != nil || t.base != nil && t.base != objectType && t.base.flags&flagOwnInit != 0 {
		t.flags |= flagOwnInit
	}
	if t.base != nil {
		t.proto.inherit(t.base.proto)
		if t.new == nil {
			t.new, t.newSig = t.base.new, t.base.newSig
		}
	}
	if t.dict == nil {
		t.dict = NewDict()
	}
	t.ver = 1
	for i := range t.rows {
		r := &t.rows[i]
		f := &BuiltinFunction{Header: Header{methodDescrShape}, name: Intern(r.Name()), row: r, owner: t}
		t.dict.SetStr(f.name, object(f))
	}
	for i := range t.getset {
		g := &t.getset[i]
		t.dict.SetName(g.Name, object(&getSetDescr{Header{getSetShape}, g, t}))
	}
	addWrappers(t, &own)
	if _, ok := t.dict.GetName("__doc__"); !ok { // else the instances have a docstring of their own
		if t.Doc != "" {
			t.dict.SetName("__doc__", MkStr(t.Doc))
		} else {
			t.dict.SetName("__doc__", None)
		}
	}
}

// AddMethods adds methods to a built-in type that is set up.
func (t *Type) AddMethods(rows []Builtin) {
	for i := range rows {
		f := &BuiltinFunction{Header: Header{methodDescrShape}, name: Intern(rows[i].Name()), row: &rows[i], owner: t}
		t.dict.SetStr(f.name, object(f))
	}
}

// AddClassMethods adds class methods to a built-in type; a[0] of their bodies is the class.
func (t *Type) AddClassMethods(rows []Builtin) {
	if t.dict == nil {
		t.dict = NewDict()
	}
	for i := range rows {
		f := &BuiltinFunction{Header: Header{classMethodDescrShape}, name: Intern(rows[i].Name()), row: &rows[i], owner: t}
		t.dict.SetStr(f.name, object(f))
	}
}

// AddStaticMethods adds static methods to a built-in type.
func (t *Type) AddStaticMethods(rows []Builtin) {
	if t.dict == nil {
		t.dict = NewDict()
	}
	for i := range rows {
		f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern(rows[i].Name()), row: &rows[i]}
		t.dict.SetStr(f.name, NewStaticMethod(object(f)))
	}
}

// getSetDescr is a computed attribute as it stands in its type.
type getSetDescr struct {
	Header
	row   *GetSet
	owner *Type
}
