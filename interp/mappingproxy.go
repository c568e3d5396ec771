package interp

// This file defines mappingproxy, the read-only view of a mapping that a class shows as its __dict__.

type mappingProxy struct {
	Header
	m Value
}

// MkMappingProxy returns a read-only view of a mapping.
func MkMappingProxy(m Value) Value { return object(&mappingProxy{Header{mappingProxyShape}, m}) }

// proxied returns the mapping of a mappingproxy, and any other value itself.
func proxied(v Value) Value {
	if shapeOf(v) == mappingProxyShape {
		return (*mappingProxy)(v.p).m
	}
	return v
}

// forward is the row of a method that the mapping itself answers.
func forward(sig, doc string) Builtin {
	row := Builtin{Sig: sig, Doc: doc}
	name := row.Name()
	row.Fn = func(th *Thread, a []Value) (Value, *Exc) {
		return th.CallMethod((*mappingProxy)(a[0].p).m, name, a[1:]...)
	}
	return row
}

var mappingProxyMethods = []Builtin{
	forward("copy()", "D.copy() -> a shallow copy of D"),
	forward("get(key, default=None, /)", "Return the value for key if key is in the mapping, else default."),
	forward("items()", "D.items() -> a set-like object providing a view on D's items"),
	forward("keys()", "D.keys() -> a set-like object providing a view on D's keys"),
	forward("values()", "D.values() -> an object providing a view on D's values"),
	forward("__reversed__()", "D.__reversed__() -> reverse iterator"),
}

func setupMappingProxy(t *Type) {
	t.Doc = "Read-only proxy of a mapping."
	t.flags |= flagNoBase | flagMapping
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			r, err := th.Repr(proxied(v))
			return "mappingproxy(" + r + ")", err
		},
		Str:     func(th *Thread, v Value) (string, *Exc) { return th.Str(proxied(v)) },
		Hash:    func(th *Thread, v Value) (uint64, *Exc) { return th.Hash(proxied(v)) },
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) { return th.Compare(op, proxied(a), b) },
		Len:     func(th *Thread, v Value) (int, *Exc) { return th.Len(proxied(v)) },
		GetItem: func(th *Thread, v, key Value) (Value, *Exc) { return th.GetItem(proxied(v), key) },
		Contains: func(th *Thread, v, key Value) (bool, *Exc) {
			return th.Contains(proxied(v), key)
		},
		Iter: func(th *Thread, v Value) (Value, *Exc) { return th.Iter(proxied(v)) },
		Binary: func(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
			return th.binary(op, proxied(a), proxied(b))
		},
		Ops: ops(BinOr),
		Inplace: func(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
			return Value{}, TypeErrorf("'|=' is not supported by %s; use '|' instead", typeName(a))
		},
		InOps: ops(BinOr),
	}
	t.rows = mappingProxyMethods
	t.SetNew("mappingproxy(mapping)", func(th *Thread, a []Value) (Value, *Exc) {
		if TypeOf(a[1]).proto.GetItem == nil && scripted(a[1], spGetItem).IsUnbound() || a[1].isSequence() {
			return Value{}, TypeErrorf("mappingproxy() argument must be a mapping, not %s", typeName(a[1]))
		}
		return MkMappingProxy(a[1]), nil
	})
}

// isSequence reports whether v is a list or a tuple.
func (v Value) isSequence() bool {
	l := TypeOf(v).layout
	return l == layoutList || l == layoutTuple
}
