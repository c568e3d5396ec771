package interp

// This file defines types.SimpleNamespace: an object that is its attributes.

import "strings"

var simpleNamespaceType = NewLibraryType("types", "SimpleNamespace", nil)

// SimpleNamespaceType returns types.SimpleNamespace.
func SimpleNamespaceType() *Type { return simpleNamespaceType }

// NewSimpleNamespace returns a types.SimpleNamespace without attributes; Set gives it some.
func NewSimpleNamespace() *Native {
	return &Native{Header: Header{simpleNamespaceType.inst}, dict: NewDict()}
}

// Value returns n as a Value.
func (n *Native) Value() Value { return object(n) }

// Set stores an attribute.
func (n *Native) Set(name string, v Value) {
	if n.dict == nil {
		n.dict = NewDict()
	}
	n.dict.SetStr(Intern(name), v)
}

func setupSimpleNamespace(t *Type) {
	t.Doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)"
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Native{Header: Header{cls.inst}, dict: NewDict()}), nil
	}
	t.newSig = "SimpleNamespace(**kwargs)"
	t.proto = &Protocol{
		Init: func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
			npos := len(args) - len(kwnames)
			if npos > 0 {
				return TypeErrorf("no positional arguments expected")
			}
			for i, name := range kwnames {
				(*Native)(self.p).dict.SetStr(name, args[i])
			}
			return nil
		},
		Repr: reprNamespace,
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			if op != CmpEq && op != CmpNe || !IsInstance(b, simpleNamespaceType) {
				return NotImplemented, nil
			}
			same, err := th.Equal((*Native)(a.p).dict.Value(), (*Native)(b.p).dict.Value())
			return MkBool(same == (op == CmpEq)), err
		},
		NoHash: true,
	}
	t.getset = []GetSet{dictGetSet}
	t.rows = []Builtin{{"__reduce__()", "", func(th *Thread, a []Value) (Value, *Exc) {
		return MkTuple([]Value{TypeOf(a[0]).Value(), emptyTuple, (*Native)(a[0].p).dict.Value()}), nil
	}}}
}

func reprNamespace(th *Thread, v Value) (string, *Exc) {
	name := "namespace"
	if t := TypeOf(v); t != simpleNamespaceType {
		name = t.Name
	}
	if th.enterRepr(v) {
		return name + "(...)", nil
	}
	defer th.leaveRepr()
	var fields []string
	d := (*Native)(v.p).dict
	for i := 0; ; {
		k, x, next, ok := d.Next(i)
		if !ok {
			return name + "(" + strings.Join(fields, ", ") + ")", nil
		}
		text, err := th.Repr(x)
		if err != nil {
			return "", err
		}
		if key, ok := StrOf(k); ok {
			fields = append(fields, key+"="+text)
		}
		i = next
	}
}
