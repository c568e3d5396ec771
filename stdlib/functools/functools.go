// Package functools is the module functools: functions that act on functions.
//
//	partial                                                   (partial.go)
//	lru_cache, cache                                          (lrucache.go)
//	reduce, cmp_to_key, update_wrapper, wraps, cached_property
//	partialmethod, total_ordering, singledispatch, singledispatchmethod       (functools.aio)
package functools

import (
	_ "embed"
	"sync"

	"aio/interp"
)

//go:embed functools.aio
var source string

// Module is the module functools.
var Module = &interp.ModuleDef{
	Name:   "functools",
	Doc:    "functools.py - Tools for working with functions and callable objects",
	Funcs:  functions,
	Init:   initModule,
	Source: source,
}

// functions are the functions of the module.
var functions = []interp.Builtin{
	{Sig: "reduce(function, iterable, initial=?, /)", Doc: "Apply a function of two arguments cumulatively to the items of a sequence or iterable, from left to right.", Fn: reduce},
	{Sig: "cmp_to_key(mycmp)", Doc: "Convert a cmp= function into a key= function", Fn: compareToKey},
	{Sig: "update_wrapper(wrapper, wrapped, assigned=?, updated=?)", Doc: "Update a wrapper function to look like the wrapped function", Fn: updateWrapper},
	{Sig: "wraps(wrapped, assigned=?, updated=?)", Doc: "Decorator factory to apply update_wrapper() to a wrapper function", Fn: wraps},
	{Sig: "lru_cache(maxsize=128, typed=False)", Doc: "Least-recently-used cache decorator.", Fn: lruCache},
	{Sig: "cache(user_function, /)", Doc: "Simple lightweight unbounded cache.  Sometimes called \"memoize\".", Fn: unboundedCache},
}

var (
	partialType        = interp.NewLibraryType("functools", "partial", nil)
	cacheType          = interp.NewLibraryType("functools", "_lru_cache_wrapper", nil)
	keywordMarkType    = interp.NewLibraryType("functools", "_kwd_mark", nil)
	keyFactoryType     = interp.NewLibraryType("functools", "KeyWrapper", nil)
	keyType            = interp.NewLibraryType("functools", "KeyWrapper", nil)
	cachedPropertyType = interp.NewLibraryType("functools", "cached_property", nil)
)

var setup = sync.OnceFunc(func() {
	setupPartial(partialType)
	setupCache(cacheType)
	keywordMarkType.Setup(&interp.Protocol{}, nil, nil)
	setupKeys()
	setupCachedProperty(cachedPropertyType)
})

// The attributes that update_wrapper copies when it is not told.
var (
	wrapperAssignments = []string{"__module__", "__name__", "__qualname__", "__doc__", "__annotations__"}
	wrapperUpdates     = []string{"__dict__"}
)

func names(list []string) interp.Value {
	items := make([]interp.Value, len(list))
	for i, n := range list {
		items[i] = interp.Intern(n).Value()
	}
	return interp.MkTuple(items)
}

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	m.Set("partial", partialType.Value())
	m.Set("cached_property", cachedPropertyType.Value())
	m.Set("_lru_cache_wrapper", cacheType.Value())
	m.Set("WRAPPER_ASSIGNMENTS", names(wrapperAssignments))
	m.Set("WRAPPER_UPDATES", names(wrapperUpdates))
	return nil
}

func reduce(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[1])
	if err != nil {
		if err.Is(interp.TypeError) {
			return interp.Value{}, interp.TypeErrorf("reduce() arg 2 must support iteration")
		}
		return interp.Value{}, err
	}
	fn, result := a[0], a[2]
	for {
		x, ok, err := th.Next(it)
		switch {
		case err != nil:
			return interp.Value{}, err
		case !ok && result.IsUnbound():
			return interp.Value{}, interp.TypeErrorf("reduce() of empty iterable with no initial value")
		case !ok:
			return result, nil
		case result.IsUnbound():
			result = x
			continue
		}
		if result, err = th.Call(fn, result, x); err != nil {
			return interp.Value{}, err
		}
	}
}

func updateWrapper(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	wrapper, wrapped := a[0], a[1]
	assigned, updated := a[2], a[3]
	if assigned.IsUnbound() {
		assigned = names(wrapperAssignments)
	}
	if updated.IsUnbound() {
		updated = names(wrapperUpdates)
	}
	err := th.Iterate(assigned, func(name interp.Value) *interp.Exc {
		text, _ := interp.StrOf(name)
		v, ok, err := th.LookupAttr(wrapped, text)
		if err != nil || !ok {
			return err
		}
		return th.SetAttr(wrapper, interp.Intern(text), v)
	})
	if err != nil {
		return interp.Value{}, err
	}
	err = th.Iterate(updated, func(name interp.Value) *interp.Exc {
		text, _ := interp.StrOf(name)
		from, ok, err := th.LookupAttr(wrapped, text)
		if err != nil || !ok {
			return err
		}
		into, err := th.Attr(wrapper, text)
		if err != nil {
			return err
		}
		_, err = th.CallMethod(into, "update", from)
		return err
	})
	if err != nil {
		return interp.Value{}, err
	}
	return wrapper, th.SetAttr(wrapper, interp.Intern("__wrapped__"), wrapped)
}

// wraps returns the partial call of update_wrapper that waits for the wrapper.
func wraps(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m, err := th.Import("functools")
	if err != nil {
		return interp.Value{}, err
	}
	fn, err := th.Attr(m, "update_wrapper")
	if err != nil {
		return interp.Value{}, err
	}
	kw := interp.NewDict()
	kw.SetName("wrapped", a[0])
	kw.SetName("assigned", names(wrapperAssignments))
	kw.SetName("updated", names(wrapperUpdates))
	for i, name := range [...]string{"assigned", "updated"} {
		if !a[1+i].IsUnbound() {
			kw.SetName(name, a[1+i])
		}
	}
	return interp.NewNative(partialType, &partial{fn: fn, kw: kw}), nil
}
