package interp

// This file defines the operations that every value has: attributes, calls, items, iteration, truth,
// comparison, hashing and text. Each asks the class's special method when a script defines one, and
// the Protocol of the built-in base otherwise.

import (
	"fmt"
	"unsafe"
)

// typeName returns the name of the type of v, for messages.
func typeName(v Value) string { return TypeOf(v).messageName() }

// messageName is what messages call the type.
func (t *Type) messageName() string {
	if t.fullName != "" {
		return t.fullName
	}
	return t.Name
}

// TypeName returns the name of the type of v, for messages.
func TypeName(v Value) string { return typeName(v) }

// callSpecial calls a special method that was found on the type, so self is passed or bound.
func (th *Thread) callSpecial(method, self Value, args ...Value) (Value, *Exc) {
	if shapeOf(method) == functionShape {
		n := len(args) + 1
		w := append(append(th.args(n), self), args...)
		defer th.dropArgs(n)
		return th.CallArgs(method, w, nil)
	}
	bound, err := th.bindDescr(method, self, TypeOf(self))
	if err != nil {
		return Value{}, err
	}
	return th.CallArgs(bound, args, nil)
}

// Call calls fn with positional arguments.
func (th *Thread) Call(fn Value, args ...Value) (Value, *Exc) { return th.CallArgs(fn, args, nil) }

// CallArgs calls fn; the last len(kwnames) of args are by keyword.
func (th *Thread) CallArgs(fn Value, args []Value, kwnames []*Str) (Value, *Exc) {
	switch shapeOf(fn) {
	case functionShape:
		return th.callFunction((*Function)(fn.p), args, kwnames)
	case boundMethodShape:
		m := (*BoundMethod)(fn.p)
		n := len(args) + 1
		w := append(append(th.args(n), m.self), args...)
		defer th.dropArgs(n)
		return th.CallArgs(m.fn, w, kwnames)
	case builtinShape, methodDescrShape, slotWrapperShape, methodWrapperShape, classMethodDescrShape:
		return (*BuiltinFunction)(fn.p).call(th, args, kwnames)
	}
	if call := scripted(fn, spCall); !call.IsUnbound() {
		bound, err := th.bindDescr(call, fn, TypeOf(fn))
		if err != nil {
			return Value{}, err
		}
		return th.nestedCheck(func() (Value, *Exc) { return th.CallArgs(bound, args, kwnames) })
	}
	if p := TypeOf(fn).proto; p.Call != nil {
		return p.Call(th, fn, args, kwnames)
	}
	return Value{}, TypeErrorf("'%s' object is not callable", typeName(fn))
}

// CallMethod calls the method of that name.
func (th *Thread) CallMethod(v Value, name string, args ...Value) (Value, *Exc) {
	m, err := th.GetAttr(v, Intern(name))
	if err != nil {
		return Value{}, err
	}
	return th.CallArgs(m, args, nil)
}

// GetAttr returns v.name. Errors: AttributeError, and what descriptors raise.
func (th *Thread) GetAttr(v Value, name *Str) (Value, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap == 0 {
		if t.proto.GetAttr != nil {
			return t.proto.GetAttr(th, v, name)
		}
		return th.genericGetAttr(v, t, name)
	}
	var r Value
	var err *Exc
	if ga := t.specialMethod(spGetAttribute); !ga.IsUnbound() {
		r, err = th.callSpecial(ga, v, object(name))
	} else if t.proto.GetAttr != nil {
		r, err = t.proto.GetAttr(th, v, name)
	} else {
		r, err = th.genericGetAttr(v, t, name)
	}
	if err != nil && err.Is(AttributeError) {
		if ga := t.specialMethod(spGetAttr); !ga.IsUnbound() {
			r, err = th.callSpecial(ga, v, object(name))
			if err != nil && err.Type() == AttributeError && err.fields == nil {
				err.fields = []Value{object(name), v} // for the suggestion of a name
			}
		}
	}
	return r, err
}

// Attr is GetAttr by a Go string.
func (th *Thread) Attr(v Value, name string) (Value, *Exc) { return th.GetAttr(v, Intern(name)) }

// LookupAttr is GetAttr that reports a missing attribute by ok instead of AttributeError.
func (th *Thread) LookupAttr(v Value, name string) (r Value, ok bool, err *Exc) {
	return th.findAttr(v, Intern(name))
}

// findAttr is LookupAttr of an interned name. Where no script has a say in the lookup it makes no
// exception for an attribute that is not there.
func (th *Thread) findAttr(v Value, name *Str) (r Value, ok bool, err *Exc) {
	t := TypeOf(v)
	if t.proto.GetAttr == nil && (t.flags&flagHeap == 0 || t.specialMethod(spGetAttribute).IsUnbound() && t.specialMethod(spGetAttr).IsUnbound()) {
		if _, inType := t.lookup(name); !inType {
			if t.inst.attrs {
				r, ok = (*Inst)(v.p).get(name)
				return r, ok, nil
			}
			if !ownAttribute(v, t, name) {
				return Value{}, false, nil
			}
		}
	}
	r, err = th.GetAttr(v, name)
	if err != nil && err.Is(AttributeError) {
		return Value{}, false, nil
	}
	return r, err == nil, err
}

func (th *Thread) genericGetAttr(v Value, t *Type, name *Str) (Value, *Exc) {
	d, inType := t.lookup(name)
	if inType && isDataDescr(d) && hasGet(d) {
		return th.bindDescr(d, v, t)
	}
	if t.inst.attrs {
		if r, ok := (*Inst)(v.p).get(name); ok {
			return r, nil
		}
	} else if p := attrDict(v); p != nil && *p != nil {
		if r, ok := (*p).GetStr(name); ok {
			return r, nil
		}
	}
	if inType {
		return th.bindDescr(d, v, t)
	}
	return Value{}, AttributeErrorf(v, name.s, "'%s' object has no attribute '%s'", t.messageName(), name.s)
}

// isDataDescr reports whether d takes precedence over an attribute of the instance.
func isDataDescr(d Value) bool {
	t := TypeOf(d)
	if t.flags&flagHeap != 0 {
		if !t.specialMethod(spSet).IsUnbound() || !t.specialMethod(spDelete).IsUnbound() {
			return true
		}
	}
	return t.proto.Set != nil
}

// hasGet reports whether reading d from a class runs something: a data descriptor with __set__ alone lets
// the attribute of the instance be read.
func hasGet(d Value) bool {
	t := TypeOf(d)
	return t.proto.Get != nil || t.flags&flagHeap != 0 && !t.specialMethod(spGet).IsUnbound()
}

// bindDescr returns what reading d, found in a class, gives for obj; obj is unbound when it is read
// through the class owner.
func (th *Thread) bindDescr(d, obj Value, owner *Type) (Value, *Exc) {
	if shapeOf(d) == functionShape {
		if obj.IsUnbound() {
			return d, nil
		}
		return object(&BoundMethod{Header{boundMethodShape}, d, obj}), nil
	}
	t := TypeOf(d)
	if t.flags&flagHeap != 0 {
		if get := t.specialMethod(spGet); !get.IsUnbound() {
			if obj.IsUnbound() {
				obj = None
			}
			return th.callSpecial(get, d, obj, owner.Value())
		}
	}
	if t.proto.Get != nil {
		return t.proto.Get(th, d, obj, owner)
	}
	return d, nil
}

// SetAttr stores v.name = x. Errors: AttributeError, and what descriptors raise.
func (th *Thread) SetAttr(v Value, name *Str, x Value) *Exc {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if sa := t.specialMethod(spSetAttr); !sa.IsUnbound() {
			_, err := th.callSpecial(sa, v, object(name), x)
			return err
		}
	}
	if t.proto.SetAttr != nil {
		return t.proto.SetAttr(th, v, name, x)
	}
	return th.genericSetAttr(v, t, name, x)
}

// DelAttr deletes v.name. Errors: AttributeError, and what descriptors raise.
func (th *Thread) DelAttr(v Value, name *Str) *Exc {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if da := t.specialMethod(spDelAttr); !da.IsUnbound() {
			_, err := th.callSpecial(da, v, object(name))
			return err
		}
	}
	if t.proto.SetAttr != nil {
		return t.proto.SetAttr(th, v, name, Value{})
	}
	return th.genericSetAttr(v, t, name, Value{})
}

// StoreAttr is object.__setattr__: it stores an attribute whatever __setattr__ the class defines.
func (th *Thread) StoreAttr(v Value, name *Str, x Value) *Exc {
	return th.genericSetAttr(v, TypeOf(v), name, x)
}

// genericSetAttr stores an attribute, or deletes it when x is unbound.
func (th *Thread) genericSetAttr(v Value, t *Type, name *Str, x Value) *Exc {
	d, inType := t.lookup(name)
	if inType && isDataDescr(d) {
		return th.setDescr(d, v, x, name)
	}
	missing := func() *Exc {
		if inType {
			return AttributeErrorf(v, name.s, "'%s' object attribute '%s' is read-only", t.messageName(), name.s)
		}
		return AttributeErrorf(v, name.s, "'%s' object has no attribute '%s'", t.messageName(), name.s)
	}
	if t.inst.attrs {
		if t.flags&flagNoDict != 0 {
			return missing()
		}
		o := (*Inst)(v.p)
		if !x.IsUnbound() {
			o.set(internStr(name), x)
		} else if !o.del(internStr(name)) {
			return AttributeErrorf(v, name.s, "'%s' object has no attribute '%s'", t.messageName(), name.s)
		}
		return nil
	}
	p := attrDict(v)
	if p == nil || t.flags&flagNoDict != 0 {
		return missing()
	}
	if *p == nil {
		*p = NewDict()
	}
	if !x.IsUnbound() {
		(*p).SetStr(internStr(name), x)
	} else if !(*p).DelStr(name) {
		return AttributeErrorf(v, name.s, "'%s' object has no attribute '%s'", t.messageName(), name.s)
	}
	return nil
}

func (th *Thread) setDescr(d, obj, x Value, name *Str) *Exc {
	t := TypeOf(d)
	if t.flags&flagHeap != 0 {
		set, args := t.specialMethod(spSet), []Value{obj, x}
		if x.IsUnbound() {
			set, args = t.specialMethod(spDelete), args[:1]
		}
		if !set.IsUnbound() {
			_, err := th.callSpecial(set, d, args...)
			return err
		}
		if t.proto.Set == nil {
			if x.IsUnbound() {
				return NewExc(AttributeError, MkStr("__delete__"))
			}
			return NewExc(AttributeError, MkStr("__set__"))
		}
	}
	return t.proto.Set(th, d, obj, x)
}

// Truth returns bool(v).
func (th *Thread) Truth(v Value) (bool, *Exc) {
	switch v.p {
	case unsafe.Pointer(&boolHeader), unsafe.Pointer(&intHeader):
		return v.n != 0, nil
	case unsafe.Pointer(&noneHeader):
		return false, nil
	}
	if shapeOf(v) == strShape {
		return (*Str)(v.p).s != "", nil
	}
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spBool); !f.IsUnbound() {
			r, err := th.callSpecial(f, v)
			if err != nil {
				return false, err
			}
			b, ok := AsBool(r)
			if !ok {
				return false, TypeErrorf("__bool__ should return bool, returned %s", typeName(r))
			}
			return b, nil
		}
		if !t.specialMethod(spLen).IsUnbound() && t.proto.Bool == nil {
			n, err := th.Len(v)
			return n != 0, err
		}
	}
	if t.proto.Bool != nil {
		return t.proto.Bool(th, v)
	}
	if t.proto.Len != nil {
		n, err := th.Len(v)
		return n != 0, err
	}
	return true, nil
}

// Len returns len(v).
func (th *Thread) Len(v Value) (int, *Exc) {
	switch shapeOf(v) {
	case listShape:
		return len((*List)(v.p).a), nil
	case strShape:
		return (*Str)(v.p).Len(), nil
	case dictShape:
		return (*Dict)(v.p).used, nil
	}
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spLen); !f.IsUnbound() {
			r, err := th.callSpecial(f, v)
			if err != nil {
				return 0, err
			}
			big, err := th.Index(r)
			if err != nil {
				return 0, err
			}
			n, err := th.IndexInt(big)
			if err != nil {
				if negative, _ := th.CompareBool(CmpLt, big, MkInt(0)); negative {
					return 0, ValueErrorf("__len__() should return >= 0")
				}
				return 0, err
			}
			if n < 0 {
				return 0, ValueErrorf("__len__() should return >= 0")
			}
			return n, nil
		}
	}
	if t.proto.Len != nil {
		return t.proto.Len(th, v)
	}
	return 0, TypeErrorf("object of type '%s' has no len()", t.messageName())
}

// GetItem returns v[key].
func (th *Thread) GetItem(v, key Value) (Value, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spGetItem); !f.IsUnbound() {
			return th.callSpecial(f, v, key)
		}
	}
	if t.proto.GetItem != nil {
		return t.proto.GetItem(th, v, key)
	}
	if cls, ok := AsType(v); ok {
		if f, ok := cls.lookup(Intern("__class_getitem__")); ok {
			bound, err := th.bindDescr(f, Value{}, cls)
			if err != nil {
				return Value{}, err
			}
			return th.Call(bound, key)
		}
		return Value{}, TypeErrorf("type '%s' is not subscriptable", cls.Name)
	}
	return Value{}, TypeErrorf("'%s' object is not subscriptable", t.messageName()).withCoroutineHint(v)
}

// SetItem stores v[key] = x.
func (th *Thread) SetItem(v, key, x Value) *Exc {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spSetItem); !f.IsUnbound() {
			_, err := th.callSpecial(f, v, key, x)
			return err
		}
	}
	if t.proto.SetItem != nil {
		return t.proto.SetItem(th, v, key, x)
	}
	if t.overrides(spDelItem) {
		return NewExc(AttributeError, MkStr("__setitem__"))
	}
	return TypeErrorf("'%s' object does not support item assignment", t.messageName())
}

// DelItem deletes v[key].
func (th *Thread) DelItem(v, key Value) *Exc {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spDelItem); !f.IsUnbound() {
			_, err := th.callSpecial(f, v, key)
			return err
		}
	}
	if t.proto.SetItem != nil {
		return t.proto.SetItem(th, v, key, Value{})
	}
	if t.overrides(spSetItem) {
		return NewExc(AttributeError, MkStr("__delitem__"))
	}
	not := "does not"
	if _, hasIndex := TypeOf(key).Lookup("__index__"); hasIndex && (t.proto.Len != nil || t.flags&flagHeap != 0) {
		not = "doesn't" // sic: what CPython says of sequences
	}
	return TypeErrorf("'%s' object %s support item deletion", t.messageName(), not)
}

// Contains returns x in v.
func (th *Thread) Contains(v, x Value) (bool, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spContains); f.IsNone() {
			return false, TypeErrorf("'%s' object is not a container", t.messageName())
		} else if !f.IsUnbound() {
			r, err := th.callSpecial(f, v, x)
			if err != nil {
				return false, err
			}
			return th.Truth(r)
		}
	}
	if t.proto.Contains != nil {
		return t.proto.Contains(th, v, x)
	}
	it, err := th.Iter(v)
	if err != nil {
		if err.Is(TypeError) {
			return false, TypeErrorf("argument of type '%s' is not iterable", t.messageName()).withCoroutineHint(v)
		}
		return false, err
	}
	for {
		y, ok, err := th.Next(it)
		if err != nil || !ok {
			return false, err
		}
		if same, err := th.same(y, x); err != nil || same {
			return same, err
		}
	}
}

// same is identity or equality, which containers use to compare items.
func (th *Thread) same(a, b Value) (bool, *Exc) {
	if Is(a, b) { // so a NaN is found in a list that holds it
		return true, nil
	}
	return th.Equal(a, b)
}

// Iter returns iter(v).
func (th *Thread) Iter(v Value) (Value, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spIter); f.IsNone() {
			return Value{}, TypeErrorf("'%s' object is not iterable", t.messageName())
		} else if !f.IsUnbound() {
			it, err := th.callSpecial(f, v)
			if err != nil {
				return Value{}, err
			}
			if !isIterator(it) {
				return Value{}, TypeErrorf("iter() returned non-iterator of type '%s'", typeName(it))
			}
			return it, nil
		}
	}
	if t.proto.Iter != nil {
		return t.proto.Iter(th, v)
	}
	if t.flags&flagHeap != 0 && !t.specialMethod(spGetItem).IsUnbound() {
		return newSequenceIter(v), nil
	}
	return Value{}, TypeErrorf("'%s' object is not iterable", t.messageName()).withCoroutineHint(v)
}

// isIterator reports whether v has __next__.
func isIterator(v Value) bool {
	t := TypeOf(v)
	return t.proto.Next != nil || t.flags&flagHeap != 0 && !t.specialMethod(spNext).IsUnbound()
}

// Next returns the next item of an iterator; ok is false at its end.
func (th *Thread) Next(it Value) (x Value, ok bool, err *Exc) {
	switch shapeOf(it) {
	case listIterShape:
		if l := (*listIter)(it.p); l.list != nil && l.i < len(l.list.a) {
			l.i++
			return l.list.a[l.i-1], true, nil
		}
	case tupleIterShape:
		if t := (*tupleIter)(it.p); t.t != nil && t.i < len(t.t.a) {
			t.i++
			return t.t.a[t.i-1], true, nil
		}
	case rangeIterShape:
		return rangeIterNext(th, it)
	case generatorShape:
		return th.nextGenerator((*Coro)(it.p))
	}
	t := TypeOf(it)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spNext); !f.IsUnbound() {
			x, err = th.callSpecial(f, it)
			if err != nil {
				if err.Is(StopIteration) {
					err = nil
				}
				return Value{}, false, err
			}
			return x, true, nil
		}
	}
	if t.proto.Next != nil {
		return t.proto.Next(th, it)
	}
	return Value{}, false, TypeErrorf("'%s' object is not an iterator", t.messageName())
}

// Iterate calls f with each item of an iterable until it returns an error.
func (th *Thread) Iterate(v Value, f func(x Value) *Exc) *Exc {
	it, err := th.Iter(v)
	if err != nil {
		return err
	}
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
	}
}

// Items returns the items of an iterable as a new slice.
func (th *Thread) Items(v Value) ([]Value, *Exc) {
	switch shapeOf(v) {
	case listShape:
		return append([]Value(nil), (*List)(v.p).a...), nil
	case tupleShape:
		return append([]Value(nil), (*Tuple)(v.p).a...), nil
	}
	l := List{}
	if TypeOf(v).flags&flagHeap != 0 {
		err := l.extend(th, v)
		return l.a, err
	}
	err := th.Iterate(v, func(x Value) *Exc { l.Append(x); return nil })
	return l.a, err
}

// Equal returns a == b as a bool.
func (th *Thread) Equal(a, b Value) (bool, *Exc) { return th.CompareBool(CmpEq, a, b) }

// CompareBool returns the truth of a op b.
func (th *Thread) CompareBool(op CompareOp, a, b Value) (bool, *Exc) {
	r, err := th.Compare(op, a, b)
	if err != nil {
		return false, err
	}
	return th.Truth(r)
}

// Compare returns a op b, asking b first when its type derives from a's.
func (th *Thread) Compare(op CompareOp, a, b Value) (Value, *Exc) {
	ta, tb := TypeOf(a), TypeOf(b)
	swapped := false
	if ta != tb && tb.flags&flagHeap != 0 && tb.IsSubtype(ta) && !tb.specialMethod(compareSpecial[compareSwapped[op]]).IsUnbound() {
		swapped = true
		if r, err := th.compareOne(compareSwapped[op], b, a); err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	if r, err := th.compareOne(op, a, b); err != nil || !Is(r, NotImplemented) {
		return r, err
	}
	if !swapped {
		if r, err := th.compareOne(compareSwapped[op], b, a); err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	switch op {
	case CmpEq:
		return MkBool(Is(a, b)), nil
	case CmpNe:
		return MkBool(!Is(a, b)), nil
	}
	return Value{}, TypeErrorf("'%s' not supported between instances of '%s' and '%s'", op.Symbol(), ta.messageName(), tb.messageName()).
		withCoroutineHint(a).withCoroutineHint(b)
}

// compareOne asks a alone.
func (th *Thread) compareOne(op CompareOp, a, b Value) (Value, *Exc) {
	t := TypeOf(a)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(compareSpecial[op]); f.IsNone() {
			return NotImplemented, nil
		} else if !f.IsUnbound() {
			return th.callSpecial(f, a, b)
		}
		if op == CmpNe { // object.__ne__ is the opposite of __eq__
			if f := t.specialMethod(spEq); !f.IsUnbound() && !f.IsNone() {
				r, err := th.callSpecial(f, a, b)
				if err != nil || Is(r, NotImplemented) {
					return r, err
				}
				eq, err := th.Truth(r)
				return MkBool(!eq), err
			}
		}
	}
	if t.proto.Compare != nil {
		return t.proto.Compare(th, op, a, b)
	}
	return NotImplemented, nil
}

// Hash returns hash(v) as it goes into tables; as an int64 it is what hash() returns.
func (th *Thread) Hash(v Value) (uint64, *Exc) {
	if i, ok := AsInt(v); ok {
		return hashInt(i), nil
	}
	s := shapeOf(v)
	if s == strShape {
		return (*Str)(v.p).Hash(), nil
	}
	t := s.typ
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spHash); f.IsNone() {
			return 0, TypeErrorf("unhashable type: '%s'", t.messageName())
		} else if !f.IsUnbound() {
			r, err := th.callSpecial(f, v)
			if err != nil {
				return 0, err
			}
			i, b, ok := IntOf(r)
			if !ok {
				return 0, TypeErrorf("__hash__ method should return an integer")
			}
			if b != nil {
				return hashBig(b), nil
			}
			return uint64(fixHash(i)), nil
		}
	}
	if t.proto.Hash == nil {
		return 0, TypeErrorf("unhashable type: '%s'", t.messageName())
	}
	return t.proto.Hash(th, v)
}

func fixHash(i int64) int64 {
	if i == -1 {
		return -2
	}
	return i
}

const hashModulus = 1<<61 - 1

// hashInt is CPython's hash of an int: its remainder modulo 2**61-1, with its sign.
func hashInt(i int64) uint64 {
	if i > -hashModulus && i < hashModulus {
		if i == -1 {
			i = -2
		}
		return uint64(i)
	}
	return uint64(fixHash(i % hashModulus))
}

// Repr returns repr(v).
func (th *Thread) Repr(v Value) (string, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spRepr); !f.IsUnbound() {
			return th.textOf(f, v, "__repr__")
		}
	}
	return t.proto.Repr(th, v)
}

// Str returns str(v).
func (th *Thread) Str(v Value) (string, *Exc) {
	if shapeOf(v) == strShape {
		return (*Str)(v.p).s, nil
	}
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spStr); !f.IsUnbound() {
			return th.textOf(f, v, "__str__")
		}
	}
	if t.proto.Str != nil {
		return t.proto.Str(th, v)
	}
	return th.Repr(v)
}

func (th *Thread) textOf(method, v Value, name string) (string, *Exc) {
	r, err := th.textValue(method, v, name)
	if err != nil {
		return "", err
	}
	return (*Str)(r.p).s, nil
}

// textValue returns what a script's __str__ or __repr__ gives: a str, also of a subclass.
func (th *Thread) textValue(method, v Value, name string) (Value, *Exc) {
	doing := whileRepr
	if name == "__str__" {
		doing = whileStr
	}
	if err := th.descend(doing); err != nil { // __repr__ may be object.__str__
		return Value{}, err
	}
	r, err := th.callSpecial(method, v)
	th.depth--
	if err != nil {
		return Value{}, err
	}
	if _, ok := AsStr(r); !ok {
		return Value{}, TypeErrorf("%s returned non-string (type %s)", name, typeName(r))
	}
	return r, nil
}

// Format returns format(v, spec).
func (th *Thread) Format(v Value, spec string) (string, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spFormat); !f.IsUnbound() {
			r, err := th.callSpecial(f, v, MkStr(spec))
			if err != nil {
				return "", err
			}
			s, ok := StrOf(r)
			if !ok {
				return "", TypeErrorf("__format__ must return a str, not %s", typeName(r))
			}
			return s, nil
		}
	}
	if spec == "" {
		return th.Str(v)
	}
	if t.proto.Format != nil {
		return t.proto.Format(th, v, spec)
	}
	return "", TypeErrorf("unsupported format string passed to %s.__format__", t.messageName())
}

// Index returns v as an exact int, by __index__ when it is no int.
func (th *Thread) Index(v Value) (Value, *Exc) {
	if i, b, ok := IntOf(v); ok {
		if b != nil {
			return MkBig(b), nil
		}
		return MkInt(i), nil
	}
	if f := scripted(v, spIndex); !f.IsUnbound() {
		r, err := th.callSpecial(f, v)
		if err != nil {
			return Value{}, err
		}
		if _, _, ok := IntOf(r); !ok {
			return Value{}, TypeErrorf("__index__ returned non-int (type %s)", typeName(r))
		}
		if err := th.exactResult("__index__", r, intType); err != nil {
			return Value{}, err
		}
		return th.Index(r)
	}
	return Value{}, TypeErrorf("'%s' object cannot be interpreted as an integer", typeName(v))
}

// exactResult warns when a method that returns a number returned one of a subclass of t.
func (th *Thread) exactResult(method string, r Value, t *Type) *Exc {
	if TypeOf(r) == t {
		return nil
	}
	return th.Warn(DeprecationWarning, "%s returned non-%s (type %s).  The ability to return an instance of a strict subclass of %s is deprecated, and may be removed in a future version of Python.", method, t.Name, typeName(r), t.Name)
}

// IndexInt returns v as a Go int. Errors: TypeError when it is no integer, OverflowError when it is
// too large.
func (th *Thread) IndexInt(v Value) (int, *Exc) {
	if i, ok := AsInt(v); ok {
		return int(i), nil
	}
	v, err := th.Index(v)
	if err != nil {
		return 0, err
	}
	i, ok := AsInt(v)
	if !ok {
		return 0, Errorf(OverflowError, "cannot fit 'int' into an index-sized integer")
	}
	return int(i), nil
}

// Binary returns a op b.
func (th *Thread) Binary(op BinaryOp, a, b Value) (Value, *Exc) {
	r, err := th.binary(op, a, b)
	if err == nil && Is(r, NotImplemented) {
		return Value{}, th.binaryError(binarySpecials[op].symbol, op, a, b)
	}
	return r, err
}

func (th *Thread) binaryError(symbol string, op BinaryOp, a, b Value) *Exc {
	if op == BinAdd && symbol == "+" || op == BinAdd {
		// Sequences have their own words for a wrong right side.
		switch l := TypeOf(a).layout; {
		case l == layoutStr && TypeOf(a).flags&flagHeap == 0:
			return TypeErrorf("can only concatenate str (not \"%s\") to str", typeName(b)).withCoroutineHint(b)
		case l == layoutList && symbol == "+":
			return TypeErrorf("can only concatenate list (not \"%s\") to list", typeName(b)).withCoroutineHint(b)
		case l == layoutTuple:
			return TypeErrorf("can only concatenate tuple (not \"%s\") to tuple", typeName(b)).withCoroutineHint(b)
		case l == layoutBytes || l == layoutByteArray:
			return TypeErrorf("can't concat %s to %s", typeName(b), typeName(a)).withCoroutineHint(b)
		}
	}
	if op == BinMul {
		switch TypeOf(a).layout {
		case layoutStr, layoutList, layoutTuple, layoutBytes, layoutByteArray:
			return TypeErrorf("can't multiply sequence by non-int of type '%s'", typeName(b))
		}
		switch TypeOf(b).layout {
		case layoutStr, layoutList, layoutTuple, layoutBytes, layoutByteArray:
			return TypeErrorf("can't multiply sequence by non-int of type '%s'", typeName(a))
		}
	}
	if f, ok := asBuiltin(a); ok && symbol == ">>" && f.name.s == "print" {
		return TypeErrorf("unsupported operand type(s) for >>: '%s' and '%s'. Did you mean \"print(<message>, file=<output_stream>)\"?",
			typeName(a), typeName(b))
	}
	return TypeErrorf("unsupported operand type(s) for %s: '%s' and '%s'", symbol, typeName(a), typeName(b)).
		withCoroutineHint(a).withCoroutineHint(b)
}

// binary is Binary that returns NotImplemented when neither side knows the other.
func (th *Thread) binary(op BinaryOp, a, b Value) (Value, *Exc) {
	ta, tb := TypeOf(a), TypeOf(b)
	sp := &binarySpecials[op]
	var left, right Value
	if ta.flags&flagHeap != 0 {
		left = ta.specialMethod(sp.method)
	}
	if tb != ta && tb.flags&flagHeap != 0 {
		right = tb.specialMethod(sp.reflected)
	}
	if !right.IsUnbound() && !right.IsNone() && tb.IsSubtype(ta) {
		if f, ok := ta.lookup(specialStrs[sp.reflected]); !ok || !Is(f, right) {
			r, err := th.callSpecial(right, b, a)
			if err != nil || !Is(r, NotImplemented) {
				return r, err
			}
			right = Value{}
		}
	}
	if tb != ta && left.IsUnbound() && refines(tb, ta) {
		r, err := tb.proto.Binary(th, op, a, b)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	if left.IsNone() {
		return NotImplemented, nil
	}
	if !left.IsUnbound() {
		r, err := th.callSpecial(left, a, b)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	} else if p := ta.proto; p.Binary != nil && p.Ops&(1<<op) != 0 {
		r, err := p.Binary(th, op, a, b)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	if right.IsNone() {
		return NotImplemented, nil
	}
	if !right.IsUnbound() {
		return th.callSpecial(right, b, a)
	}
	if p := tb.proto; tb != ta && p.Binary != nil && p.Ops&(1<<op) != 0 {
		return p.Binary(th, op, a, b)
	}
	return NotImplemented, nil
}

// refines reports whether t is, or derives from, a library type that is a kind of the built-in base, so
// that its operators come first: dict | OrderedDict is an OrderedDict.
func refines(t, base *Type) bool {
	if base.flags&flagHeap != 0 || t == boolType {
		return false
	}
	b := t.builtinBase()
	return b != base && b.base == base && b.proto.Binary != nil
}

// Inplace returns the result of a op= b.
func (th *Thread) Inplace(op BinaryOp, a, b Value) (Value, *Exc) {
	t := TypeOf(a)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(binarySpecials[op].self); !f.IsUnbound() {
			r, err := th.callSpecial(f, a, b)
			if err != nil || !Is(r, NotImplemented) {
				return r, err
			}
		}
	}
	if p := t.proto; p.Inplace != nil && p.InOps&(1<<op) != 0 {
		r, err := p.Inplace(th, op, a, b)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	r, err := th.binary(op, a, b)
	if err == nil && Is(r, NotImplemented) {
		return Value{}, th.binaryError(binarySpecials[op].inplace, op, a, b)
	}
	return r, err
}

// Unary returns the result of a prefix operator.
func (th *Thread) Unary(op UnaryOp, v Value) (Value, *Exc) {
	t := TypeOf(v)
	if t.flags&flagHeap != 0 {
		if f := t.specialMethod(spNeg + special(op)); !f.IsUnbound() {
			return th.callSpecial(f, v)
		}
	}
	if t.proto.Unary != nil {
		r, err := t.proto.Unary(th, op, v)
		if err != nil || !Is(r, NotImplemented) {
			return r, err
		}
	}
	return Value{}, TypeErrorf("bad operand type for unary %c: '%s'", "-+~"[op], t.messageName())
}

// withCoroutineHint adds the hint for a coroutine that is used as a value.
func (e *Exc) withCoroutineHint(v Value) *Exc {
	if c, ok := asCoro(v); ok && c.kind == kindCoroutine && e.hint == "" {
		e.hint = fmt.Sprintf("%s() is a coroutine: did you forget 'await'?", c.name())
	}
	return e
}

// enterRepr reports whether the repr of a container is being made already; leaveRepr ends it.
func (th *Thread) enterRepr(v Value) (again bool) {
	for _, x := range th.repr {
		if x.p == v.p {
			return true
		}
	}
	th.repr = append(th.repr, v)
	return false
}

func (th *Thread) leaveRepr() { th.repr = th.repr[:len(th.repr)-1] }
