package interp

// This file defines collections.defaultdict.

var defaultDictType = NewLibraryType("collections", "defaultdict", dictType)

// DefaultDictType returns collections.defaultdict.
func DefaultDictType() *Type { return defaultDictType }

type defaultDict struct {
	dictSub
	factory Value // None: a missing key is an error
}

func defaultDictTypes() []typeSetup { return []typeSetup{{defaultDictType, nil, setupDefaultDict}} }

func setupDefaultDict(t *Type) {
	t.Doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe default factory is called without arguments to produce\na new value when a key is not present, in __getitem__ only.\nA defaultdict compares equal to a dict with the same items.\nAll remaining arguments are treated the same as if they were\npassed to the dict constructor, including keyword arguments."
	t.proto = &Protocol{Repr: defaultDictRepr, GetItem: defaultDictGetItem, NoHash: true, Binary: defaultDictBinary, Ops: ops(BinOr)}
	t.rows = []Builtin{
		{"__missing__(key, /)", "Called by __getitem__ for missing key; pseudo-code:\n  if self.default_factory is None: raise KeyError((key,))\n  self[key] = value = self.default_factory()\n  return value", func(th *Thread, a []Value) (Value, *Exc) {
			return (*defaultDict)(a[0].p).missing(th, a[0], a[1])
		}},
		{"copy()", "D.copy() -> a shallow copy of D.", defaultDictCopy},
		{"__copy__()", "D.copy() -> a shallow copy of D.", defaultDictCopy},
		{"__reduce__()", "Return state information for pickling.", defaultDictReduce},
	}
	t.getset = []GetSet{{Name: "default_factory", Doc: "Factory for default value called by __missing__().",
		Get: func(_ *Thread, v Value) (Value, *Exc) { return (*defaultDict)(v.p).factory, nil },
		Set: func(_ *Thread, v, x Value) *Exc {
			if x.IsUnbound() {
				x = None
			}
			(*defaultDict)(v.p).factory = x
			return nil
		}}}
	t.SetInit(t.proto, "defaultdict(default_factory=None, iterable=?, /, **kwargs)", func(cls *Type) Value {
		return object(newDefaultDict(cls, None))
	}, func(th *Thread, a []Value) (Value, *Exc) {
		d := (*defaultDict)(a[0].p)
		if !a[1].IsNone() && !isCallable(a[1]) {
			return Value{}, TypeErrorf("first argument must be callable or None")
		}
		d.factory = a[1]
		return None, d.updateArgs(th, a[2], a[3])
	})
}

func newDefaultDict(cls *Type, factory Value) *defaultDict {
	d := &defaultDict{factory: factory}
	d.shape = cls.inst
	return d
}

func defaultDictGetItem(th *Thread, v, key Value) (Value, *Exc) {
	x, found, err := th.GetOrMissing(v, key)
	if err != nil || found {
		return x, err
	}
	return (*defaultDict)(v.p).missing(th, v, key)
}

// missing makes the value of a key that is not there.
func (d *defaultDict) missing(th *Thread, v, key Value) (Value, *Exc) {
	if d.factory.IsNone() {
		return Value{}, KeyErrorOf(key)
	}
	x, err := th.Call(d.factory)
	if err != nil {
		return Value{}, err
	}
	return x, th.SetItem(v, key, x)
}

func defaultDictRepr(th *Thread, v Value) (string, *Exc) {
	made := (*defaultDict)(v.p).factory
	factory, err := th.guardRepr(made, "...", func() (string, *Exc) { return th.Repr(made) })
	if err != nil {
		return "", err
	}
	items, err := dictRepr(th, v)
	return TypeOf(v).Name + "(" + factory + ", " + items + ")", err
}

func defaultDictCopy(th *Thread, a []Value) (Value, *Exc) {
	if TypeOf(a[0]) != defaultDictType {
		return th.Call(TypeOf(a[0]).Value(), (*defaultDict)(a[0].p).factory, a[0])
	}
	d := newDefaultDict(defaultDictType, (*defaultDict)(a[0].p).factory)
	return object(d), d.update(th, a[0])
}

func defaultDictReduce(th *Thread, a []Value) (Value, *Exc) {
	d := (*defaultDict)(a[0].p)
	args := emptyTuple
	if !d.factory.IsNone() {
		args = MkTuple([]Value{d.factory})
	}
	items, err := th.CallMethod(a[0], "items")
	if err != nil {
		return Value{}, err
	}
	it, err := th.Iter(items)
	return MkTuple([]Value{TypeOf(a[0]).Value(), args, None, None, it}), err
}

// defaultDictBinary is | with a dict on either side; the factory is that of the defaultdict.
func defaultDictBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	_, ok := AsDict(a)
	_, ok2 := AsDict(b)
	if !ok || !ok2 {
		return NotImplemented, nil
	}
	own := a
	if !IsInstance(a, defaultDictType) {
		own = b
	}
	d := newDefaultDict(TypeOf(own), (*defaultDict)(own.p).factory)
	if err := d.update(th, a); err != nil {
		return Value{}, err
	}
	return object(d), d.update(th, b)
}
