package functools

// This file defines cmp_to_key and cached_property.

import "aio/interp"

// comparer is the key function that cmp_to_key returns.
type comparer struct{ cmp interp.Value }

// key is an object that compares by a comparer's function.
type key struct{ cmp, obj interp.Value }

func setupKeys() {
	keyFactoryType.Setup(&interp.Protocol{
		Call: func(_ *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
			c, _ := interp.NativeData[*comparer](v)
			if len(args) != 1 || len(kwnames) == 1 && kwnames[0].String() != "obj" {
				return interp.Value{}, interp.TypeErrorf("K() takes exactly one argument (%d given)", len(args))
			}
			return interp.NewNative(keyType, &key{c.cmp, args[0]}), nil
		},
	}, nil, nil)
	keyType.Setup(&interp.Protocol{Compare: compareKeys, NoHash: true}, nil, []interp.GetSet{
		{Name: "obj", Doc: "Value wrapped by a key function.", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			k, _ := interp.NativeData[*key](v)
			return k.obj, nil
		}},
	})
}

func compareToKey(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return interp.NewNative(keyFactoryType, &comparer{a[0]}), nil
}

func compareKeys(th *interp.Thread, op interp.CompareOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	x, _ := interp.NativeData[*key](a)
	y, ok := interp.NativeData[*key](b)
	if !ok {
		return interp.Value{}, interp.TypeErrorf("other argument must be K instance")
	}
	r, err := th.Call(x.cmp, x.obj, y.obj)
	if err != nil {
		return interp.Value{}, err
	}
	return th.Compare(op, r, interp.MkInt(0))
}

// cachedProperty computes an attribute when it is first read. The result goes to the instance, where it
// is found ahead of the property from then on.
type cachedProperty struct {
	fn, doc interp.Value
	name    string // "" until it is assigned to an attribute
}

func propertyOf(v interp.Value) *cachedProperty {
	p, _ := interp.NativeData[*cachedProperty](v)
	return p
}

func setupCachedProperty(t *interp.Type) {
	t.SetNew("cached_property(func)", func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		cls, _ := interp.AsType(a[0])
		doc, ok, err := th.LookupAttr(a[1], "__doc__")
		if err != nil {
			return interp.Value{}, err
		}
		if !ok {
			doc = interp.None
		}
		return interp.NewNative(cls, &cachedProperty{fn: a[1], doc: doc}), nil
	})
	t.AddClassMethods([]interp.Builtin{{Sig: "__class_getitem__(item, /)", Doc: "See PEP 585", Fn: genericAlias}})
	t.Setup(&interp.Protocol{Get: getCachedProperty}, []interp.Builtin{
		{Sig: "__set_name__(owner, name, /)", Doc: "Remember the attribute that the property is.", Fn: setPropertyName},
	}, []interp.GetSet{
		{Name: "func", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return propertyOf(v).fn, nil }},
		{Name: "__doc__", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return propertyOf(v).doc, nil }},
		{Name: "attrname", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			if name := propertyOf(v).name; name != "" {
				return interp.MkStr(name), nil
			}
			return interp.None, nil
		}},
	})
}

func setPropertyName(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p := propertyOf(a[0])
	name, _ := interp.StrOf(a[2])
	if p.name != "" && p.name != name {
		shown := [2]string{}
		for i, n := range [...]string{p.name, name} {
			text, err := th.Repr(interp.MkStr(n))
			if err != nil {
				return interp.Value{}, err
			}
			shown[i] = text
		}
		return interp.Value{}, interp.TypeErrorf("Cannot assign the same cached_property to two different names (%s and %s).", shown[0], shown[1])
	}
	p.name = name
	return interp.None, nil
}

func getCachedProperty(th *interp.Thread, v, obj interp.Value, _ *interp.Type) (interp.Value, *interp.Exc) {
	if obj.IsUnbound() {
		return v, nil
	}
	p := propertyOf(v)
	if p.name == "" {
		return interp.Value{}, interp.TypeErrorf("Cannot use cached_property instance without calling __set_name__ on it.")
	}
	x, err := th.Call(p.fn, obj)
	if err != nil {
		return interp.Value{}, err
	}
	if err := th.StoreAttr(obj, interp.Intern(p.name), x); err != nil {
		if !err.Is(interp.AttributeError) {
			return interp.Value{}, err
		}
		return interp.Value{}, interp.TypeErrorf("No '__dict__' attribute on '%s' instance to cache '%s' property.", interp.TypeName(obj), p.name)
	}
	return x, nil
}
