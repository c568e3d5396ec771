package interp

// This file makes the special methods of built-in types, such as int.__add__, from their Protocol.

import (
	"runtime"
	"sync"
	"unsafe"
)

// wrap adds a special method to the dict of t, unless a row of the type has it.
func (t *Type) wrap(sig string, fn BuiltinFunc) *BuiltinFunction {
	row := &Builtin{Sig: sig, Fn: fn, Doc: ""}
	name := Intern(row.Name())
	if _, ok := t.dict.GetStr(name); ok {
		return nil
	}
	f := &BuiltinFunction{Header: Header{slotWrapperShape}, name: name, row: row, owner: t, wrapper: true}
	t.dict.SetStr(name, object(f))
	return f
}

// addWrappers makes the methods for what the type itself, by own, can do.
func addWrappers(t *Type, own *Protocol) {
	p := t.proto
	if own.Repr != nil {
		t.wrap("__repr__()", func(th *Thread, a []Value) (Value, *Exc) {
			s, err := p.Repr(th, a[0])
			return MkStr(s), err
		})
	}
	if own.Str != nil || t == objectType {
		t.wrap("__str__()", func(th *Thread, a []Value) (Value, *Exc) {
			if p.Str != nil {
				s, err := p.Str(th, a[0])
				return MkStr(s), err
			}
			s, err := th.Repr(a[0])
			return MkStr(s), err
		})
	}
	if own.NoHash {
		t.dict.SetName("__hash__", None)
	} else if own.Hash != nil {
		t.wrap("__hash__()", func(th *Thread, a []Value) (Value, *Exc) {
			h, err := p.Hash(th, a[0])
			return MkInt(int64(h)), err
		})
	}
	if own.Compare != nil {
		for op, sp := range compareSpecial {
			t.wrap(specialNames[sp]+"(value, /)", func(th *Thread, a []Value) (Value, *Exc) {
				return p.Compare(th, CompareOp(op), a[0], a[1])
			})
		}
	}
	if own.Bool != nil {
		t.wrap("__bool__()", func(th *Thread, a []Value) (Value, *Exc) {
			b, err := p.Bool(th, a[0])
			return MkBool(b), err
		})
	}
	addContainerWrappers(t, own)
	addOperatorWrappers(t, own)
	if own.Iter != nil {
		t.wrap("__iter__()", func(th *Thread, a []Value) (Value, *Exc) { return p.Iter(th, a[0]) })
	}
	if own.Next != nil {
		t.wrap("__next__()", func(th *Thread, a []Value) (Value, *Exc) {
			v, ok, err := p.Next(th, a[0])
			if err == nil && !ok {
				err = NewExc(StopIteration)
				if c, isCoro := asCoro(a[0]); isCoro && c.kind == kindGenerator && !v.IsUnbound() {
					err = stopIteration(v)
				}
			}
			return v, err
		})
	}
	if own.Call != nil {
		t.wrap("__call__(*args, **kwargs)", func(th *Thread, a []Value) (Value, *Exc) {
			args, names, err := th.spreadArgs(a[0], a[1], a[2])
			if err != nil {
				return Value{}, err
			}
			return p.Call(th, a[0], args, names)
		})
	}
	addAttributeWrappers(t, own)
	if own.Format != nil && t != objectType {
		t.wrap("__format__(format_spec, /)", func(th *Thread, a []Value) (Value, *Exc) {
			spec, ok := StrOf(a[1])
			if !ok {
				return Value{}, TypeErrorf("__format__() argument must be str, not %s", typeName(a[1]))
			}
			s, err := p.Format(th, a[0], spec)
			return MkStr(s), err
		})
	}
	if own.Init != nil {
		init := t.wrap("__init__(*args, **kwargs)", func(th *Thread, a []Value) (Value, *Exc) {
			args, names, err := th.spreadArgs(a[0], a[1], a[2])
			if err != nil {
				return Value{}, err
			}
			return None, p.Init(th, a[0], args, names)
		})
		if t == BaseException && init != nil {
			init.pos = func(th *Thread, a []Value) (Value, *Exc) { return None, p.Init(th, a[0], a[1:], nil) }
		}
	}
	if own.Await != nil {
		t.wrap("__await__()", func(th *Thread, a []Value) (Value, *Exc) {
			v, err := p.Await(th, a[0])
			if err != nil || isFuture(v) {
				return v, err
			}
			return th.Iter(v)
		})
	}
	if t.new != nil && (t.base == nil || t.newSig != t.base.newSig || t == objectType || t.layout != t.base.layout) {
		addNew(t)
	}
}

// addNew makes __new__, a static method that checks its first argument.
func addNew(t *Type) {
	row := &Builtin{Sig: "__new__(*args, **kwargs)", Doc: "Create and return a new object.  See help(type) for accurate signature.",
		Fn: func(th *Thread, a []Value) (Value, *Exc) {
			args := (*Tuple)(a[0].p).a
			if len(args) == 0 {
				return Value{}, TypeErrorf("%s.__new__(): not enough arguments", t.Name)
			}
			cls, ok := AsType(args[0])
			if !ok {
				return Value{}, TypeErrorf("%s.__new__(X): X is not a type object (%s)", t.Name, typeName(args[0]))
			}
			if !cls.IsSubtype(t) {
				return Value{}, TypeErrorf("%s.__new__(%s): %s is not a subtype of %s", t.Name, cls.Name, cls.Name, t.Name)
			}
			if b := cls.builtinBase(); b.layout != t.layout && t.layout != layoutObject || b.flags&flagNoNew != 0 && b != t {
				return Value{}, TypeErrorf("%s.__new__(%s) is not safe, use %s.__new__()", t.Name, cls.Name, b.Name)
			}
			rest, names, err := th.spreadArgs(args[0], MkTuple(args[1:]), a[1])
			if err != nil {
				return Value{}, err
			}
			return t.new(th, cls, rest, names)
		}}
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern("__new__"), row: row, owner: nil, self: Value{}}
	f.newOf = t
	t.dict.SetStr(f.name, object(f))
}

func addContainerWrappers(t *Type, own *Protocol) {
	p := t.proto
	if own.Len != nil {
		t.wrap("__len__()", func(th *Thread, a []Value) (Value, *Exc) {
			n, err := p.Len(th, a[0])
			return MkInt(int64(n)), err
		})
	}
	if own.GetItem != nil {
		t.wrap("__getitem__(key, /)", func(th *Thread, a []Value) (Value, *Exc) { return p.GetItem(th, a[0], a[1]) })
	}
	if own.SetItem != nil {
		t.wrap("__setitem__(key, value, /)", func(th *Thread, a []Value) (Value, *Exc) {
			return None, p.SetItem(th, a[0], a[1], a[2])
		})
		t.wrap("__delitem__(key, /)", func(th *Thread, a []Value) (Value, *Exc) {
			return None, p.SetItem(th, a[0], a[1], Value{})
		})
	}
	if own.Contains != nil {
		t.wrap("__contains__(key, /)", func(th *Thread, a []Value) (Value, *Exc) {
			b, err := p.Contains(th, a[0], a[1])
			return MkBool(b), err
		})
	}
}

// repeatWrapper is __mul__ of a sequence, which says what it needs instead of NotImplemented.
func repeatWrapper(binary func(th *Thread, op BinaryOp, a, b Value) (Value, *Exc)) BuiltinFunc {
	return func(th *Thread, a []Value) (Value, *Exc) {
		r, err := binary(th, BinMul, a[0], a[1])
		if err == nil && Is(r, NotImplemented) {
			err = TypeErrorf("'%s' object cannot be interpreted as an integer", typeName(a[1]))
		}
		return r, err
	}
}

func addOperatorWrappers(t *Type, own *Protocol) {
	p := t.proto
	for i := range binarySpecials {
		op, sp := BinaryOp(i), &binarySpecials[i]
		if own.Binary != nil && own.Ops&(1<<op) != 0 {
			if op == BinPow {
				t.wrap("__pow__(value, mod=None, /)", func(th *Thread, a []Value) (Value, *Exc) {
					if !a[2].IsNone() {
						return powMod(a[0], a[1], a[2])
					}
					return p.Binary(th, op, a[0], a[1])
				})
				t.wrap("__rpow__(value, mod=None, /)", func(th *Thread, a []Value) (Value, *Exc) { return p.Binary(th, op, a[1], a[0]) })
			} else {
				apply := func(th *Thread, a []Value) (Value, *Exc) { return p.Binary(th, op, a[0], a[1]) }
				if op == BinMul && p.Len != nil {
					apply = repeatWrapper(p.Binary)
				}
				t.wrap(specialNames[sp.method]+"(value, /)", apply)
				if !(op == BinAdd && t.flags&flagSequence != 0) {
					t.wrap(specialNames[sp.reflected]+"(value, /)", func(th *Thread, a []Value) (Value, *Exc) { return p.Binary(th, op, a[1], a[0]) })
				}
			}
		}
		if own.Inplace != nil && own.InOps&(1<<op) != 0 && sp.self != spNone {
			t.wrap(specialNames[sp.self]+"(value, /)", func(th *Thread, a []Value) (Value, *Exc) { return p.Inplace(th, op, a[0], a[1]) })
		}
	}
	if own.Unary != nil {
		for op, name := range []string{"__neg__()", "__pos__()", "__invert__()"} {
			if op == 2 && t.layout != layoutInt {
				continue
			}
			t.wrap(name, func(th *Thread, a []Value) (Value, *Exc) { return p.Unary(th, UnaryOp(op), a[0]) })
		}
	}
}

func addAttributeWrappers(t *Type, own *Protocol) {
	p := t.proto
	if own.GetAttr != nil || t == objectType {
		t.wrap("__getattribute__(name, /)", func(th *Thread, a []Value) (Value, *Exc) {
			name, ok := AsStr(a[1])
			if !ok {
				return Value{}, TypeErrorf("attribute name must be string, not '%s'", typeName(a[1]))
			}
			if p.GetAttr != nil {
				return p.GetAttr(th, a[0], internStr(name))
			}
			if q := TypeOf(a[0]).proto; q.GetAttr != nil {
				return q.GetAttr(th, a[0], internStr(name))
			}
			return th.genericGetAttr(a[0], TypeOf(a[0]), internStr(name))
		})
	}
	if own.SetAttr != nil || t == objectType {
		set := func(th *Thread, v, k, x Value) *Exc {
			name, ok := AsStr(k)
			if !ok {
				return TypeErrorf("attribute name must be string, not '%s'", typeName(k))
			}
			if q := TypeOf(v).proto; q.SetAttr != nil {
				if t == objectType && TypeOf(v).layout == layoutType {
					return TypeErrorf("can't apply this __setattr__ to %s object", typeName(v))
				}
				return q.SetAttr(th, v, internStr(name), x)
			}
			return th.genericSetAttr(v, TypeOf(v), internStr(name), x)
		}
		t.wrap("__setattr__(name, value, /)", func(th *Thread, a []Value) (Value, *Exc) { return None, set(th, a[0], a[1], a[2]) })
		t.wrap("__delattr__(name, /)", func(th *Thread, a []Value) (Value, *Exc) { return None, set(th, a[0], a[1], Value{}) })
	}
	if own.Get != nil {
		t.wrap("__get__(instance, owner=None, /)", func(th *Thread, a []Value) (Value, *Exc) {
			obj := a[1]
			owner, _ := AsType(a[2])
			if obj.IsNone() && owner != noneType {
				if owner == nil {
					return Value{}, TypeErrorf("__get__(None, None) is invalid")
				}
				obj = Value{}
			}
			return p.Get(th, a[0], obj, owner)
		})
	}
	if own.Set != nil {
		t.wrap("__set__(instance, value, /)", func(th *Thread, a []Value) (Value, *Exc) { return None, p.Set(th, a[0], a[1], a[2]) })
		t.wrap("__delete__(instance, /)", func(th *Thread, a []Value) (Value, *Exc) { return None, p.Set(th, a[0], a[1], Value{}) })
	}
}

// addresses gives every object whose identity is asked for a number: memory addresses would differ from
// run to run.
var addresses struct {
	sync.Mutex
	m    map[uintptr]uint64
	next uint64
}

// addressOf returns the number of an object; equal ints, floats, bools and None have equal ones.
func addressOf(v Value) uint64 {
	if h := shapeOf(v); h == intShape || h == floatShape || h == boolShape || h == noneShape {
		return 0x7f0000000000 + (v.n&0xffffffffff)<<5 + uint64(h.typ.layout)<<1
	}
	key := uintptr(v.p)
	addresses.Lock()
	defer addresses.Unlock()
	if a, ok := addresses.m[key]; ok {
		return a
	}
	if addresses.m == nil {
		addresses.m = map[uintptr]uint64{}
	}
	addresses.next++
	a := 0x7f3a00000000 + addresses.next*64
	addresses.m[key] = a
	runtime.AddCleanup((*Header)(v.p), forgetAddress, addressEntry{key, a})
	return a
}

// shareAddress gives the object at to the number of that at from, if it has one, and returns what undoes that.
func shareAddress(from, to unsafe.Pointer) (undo func()) {
	addresses.Lock()
	defer addresses.Unlock()
	a, ok := addresses.m[uintptr(from)]
	if !ok {
		return func() {}
	}
	e := addressEntry{uintptr(to), a}
	addresses.m[e.key] = a
	runtime.AddCleanup((*Header)(to), forgetAddress, e)
	return func() { forgetAddress(e) }
}

type addressEntry struct {
	key uintptr
	a   uint64
}

func forgetAddress(e addressEntry) {
	addresses.Lock()
	defer addresses.Unlock()
	if addresses.m[e.key] == e.a {
		delete(addresses.m, e.key)
	}
}
