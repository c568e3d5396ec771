package interp

// This file defines how a syntax tree becomes objects of the module ast, as ast.parse returns them.

import (
	"reflect"

	"aio/ast"
	"aio/diag"
)

// treeBuilder makes the objects of one tree.
type treeBuilder struct {
	th      *Thread
	src     *diag.Source
	ast     Value // the module
	classes map[string]*Type
	single  map[string]Value // operators and contexts: one object of each
	err     *Exc
}

func (th *Thread) newTreeBuilder(src *diag.Source) (*treeBuilder, *Exc) {
	m, err := th.Import("ast")
	if err != nil {
		return nil, err
	}
	b := &treeBuilder{th: th, src: src, ast: m, classes: map[string]*Type{}, single: map[string]Value{}}
	return b, nil
}

func (b *treeBuilder) class(name string) *Type {
	if t := b.classes[name]; t != nil {
		return t
	}
	v, err := b.th.Attr(b.ast, name)
	t, ok := AsType(v)
	switch {
	case err != nil:
		b.err = err
	case !ok || t.layout != layoutObject:
		b.err = TypeErrorf("ast.%s is not a node class", name)
	}
	b.classes[name] = t
	return t
}

// object returns an empty node.
func (b *treeBuilder) object(name string) (*Inst, Value) {
	t := b.class(name)
	if b.err != nil {
		return nil, None
	}
	o := newInst(t)
	return o, object(o)
}

// enum returns the one object of an operator or context.
func (b *treeBuilder) enum(name string) Value {
	v, ok := b.single[name]
	if !ok {
		_, v = b.object(name)
		b.single[name] = v
	}
	return v
}

// node returns the object of a node.
func (b *treeBuilder) node(n ast.Node) Value {
	v := reflect.ValueOf(n).Elem()
	typ := v.Type().Name()
	async := false
	if f := v.FieldByName("IsAsync"); f.IsValid() && typ != "Comprehension" {
		async = f.Bool()
	}
	name := className(typ, async)
	if f := v.FieldByName("IsStar"); f.IsValid() && f.Bool() {
		name = "TryStar"
	}
	o, obj := b.object(name)
	if b.err != nil {
		return obj
	}
	for i := range v.NumField() {
		if field := fieldName(typ, v.Type().Field(i).Name); field != "" {
			o.set(Intern(field), b.field(typ, field, v.Field(i)))
		}
	}
	if typ == "Module" {
		o.set(Intern("type_ignores"), MkList(nil))
	} else if b.placed(o.shape.typ) {
		b.place(o, n.Pos())
	}
	return obj
}

// module returns the Module of a text, or the Interactive when it was typed.
func (b *treeBuilder) module(m *ast.Module, mode string) Value {
	tree := b.node(m)
	if mode != "single" || b.err != nil {
		return tree
	}
	body, _ := (*Inst)(tree.p).get(Intern("body"))
	o, v := b.object("Interactive")
	if b.err == nil {
		o.set(Intern("body"), body)
	}
	return v
}

// placed reports whether the objects of a class have a place.
func (b *treeBuilder) placed(t *Type) bool {
	v, ok := t.Lookup("_attributes")
	names, isTuple := AsTuple(v)
	return ok && isTuple && len(names.a) > 0
}

func (b *treeBuilder) place(o *Inst, span ast.Span) {
	set := func(prefix string, p diag.Pos) {
		line := b.src.Line(p)
		o.set(Intern(prefix+"lineno"), MkInt(int64(line)))
		o.set(Intern(prefix+"col_offset"), MkInt(int64(p-b.src.LineStart(line))))
	}
	set("", span.Start)
	set("end_", span.End)
}

func (b *treeBuilder) field(typ, name string, v reflect.Value) Value {
	switch x := v.Interface().(type) {
	case string:
		return b.text(x)
	case bool:
		switch {
		case typ == "BoolOp":
			if x {
				return b.enum("Or")
			}
			return b.enum("And")
		case typ == "Constant" && x:
			return MkStr("u")
		case typ == "Constant":
			return None
		case x:
			return MkInt(1)
		}
		return MkInt(0)
	case int:
		return MkInt(int64(x))
	case byte:
		if x == 0 {
			return MkInt(-1)
		}
		return MkInt(int64(x))
	}
	if names := enumClasses[v.Type()]; names != nil {
		return b.enum(names[v.Uint()])
	}
	switch v.Kind() {
	case reflect.Slice:
		items := make([]Value, v.Len())
		for i := range items {
			items[i] = b.field(typ, name, v.Index(i))
		}
		return MkList(items)
	case reflect.Interface, reflect.Pointer:
		if typ == "Constant" || typ == "MatchSingleton" {
			return b.th.in.constant(v.Interface(), nil)
		}
		if n, ok := v.Interface().(ast.Node); ok && !v.IsNil() {
			return b.node(n)
		}
	}
	return None
}

// text returns a name; one that may be missing is None when it is.
func (b *treeBuilder) text(s string) Value {
	if s == "" {
		return None
	}
	return MkStr(s)
}
