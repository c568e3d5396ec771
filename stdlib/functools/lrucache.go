package functools

// This file defines lru_cache and cache.

import "aio/interp"

// cached is a function with the results of its calls.
type cached struct {
	fn           interp.Value
	limit        int // of the number of results; negative: none
	typed        bool
	hits, misses int64
	// table finds the result of a key; with a limit, the position of its entry.
	table *interp.Dict
	// ring links the entries from the least recently used, ring[0].next, on; ring[0] holds none.
	ring []entry
}

// entry is a result in the order of use.
type entry struct {
	key, result interp.Value
	prev, next  int32
}

func cachedOf(v interp.Value) *cached {
	c, _ := interp.NativeData[*cached](v)
	return c
}

func setupCache(t *interp.Type) {
	t.Setup(&interp.Protocol{
		Call: callCached,
		Get: func(_ *interp.Thread, v, obj interp.Value, _ *interp.Type) (interp.Value, *interp.Exc) {
			if obj.IsUnbound() {
				return v, nil
			}
			return interp.NewBoundMethod(v, obj), nil
		},
	}, []interp.Builtin{
		{Sig: "cache_info()", Doc: "Report cache statistics", Fn: cacheInfo},
		{Sig: "cache_clear()", Doc: "Clear the cache and cache statistics", Fn: cacheClear},
		{Sig: "__copy__()", Doc: "Return self: the cache is shared.", Fn: itself},
		{Sig: "__deepcopy__(memo, /)", Doc: "Return self: the cache is shared.", Fn: itself},
	}, []interp.GetSet{interp.DictAttr()})
}

func itself(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return a[0], nil }

func lruCache(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	typed, err := th.Truth(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	limit := 128
	switch {
	case a[0].IsNone():
		limit = -1
	case interp.TypeOf(a[0]).IsSubtype(interp.TypeOf(interp.MkInt(0))):
		if limit, err = th.IndexInt(a[0]); err != nil {
			return interp.Value{}, err
		}
		limit = max(limit, 0)
	case interp.IsCallable(a[0]):
		return makeCached(th, a[0], limit, typed)
	default:
		return interp.Value{}, interp.TypeErrorf("Expected first argument to be an integer, a callable, or None")
	}
	decorate := &interp.Builtin{Sig: "decorating_function(user_function, /)", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return makeCached(th, a[0], limit, typed)
	}}
	return interp.NewBuiltin(decorate, "functools"), nil
}

func unboundedCache(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return makeCached(th, a[0], -1, false)
}

// makeCached returns fn with a cache, looking like fn.
func makeCached(th *interp.Thread, fn interp.Value, limit int, typed bool) (interp.Value, *interp.Exc) {
	if !interp.IsCallable(fn) {
		return interp.Value{}, interp.TypeErrorf("the first argument must be callable")
	}
	c := &cached{fn: fn, limit: limit, typed: typed}
	c.clear()
	v := interp.NewNative(cacheType, c)
	parameters := &interp.Builtin{Sig: "cache_parameters()", Doc: "Return the parameters of lru_cache().", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		d := interp.NewDict()
		d.SetName("maxsize", c.limitValue())
		d.SetName("typed", interp.MkBool(typed))
		return d.Value(), nil
	}}
	if err := th.SetAttr(v, interp.Intern("cache_parameters"), interp.NewBuiltin(parameters, "functools")); err != nil {
		return interp.Value{}, err
	}
	return updateWrapper(th, []interp.Value{v, fn, {}, {}})
}

func (c *cached) limitValue() interp.Value {
	if c.limit < 0 {
		return interp.None
	}
	return interp.MkInt(int64(c.limit))
}

func (c *cached) clear() {
	c.hits, c.misses = 0, 0
	c.table = interp.NewDict()
	c.ring = []entry{{}}
}

// keywordMark stands in keys between the positional and the keyword arguments.
var keywordMark = interp.NewNative(keywordMarkType, nil)

// key returns what tells the arguments of calls apart: the argument itself where there is only one and
// it is an int or str.
func (c *cached) key(args []interp.Value, kwnames []*interp.Str) interp.Value {
	if len(args) == 1 && len(kwnames) == 0 && !c.typed {
		if t := interp.TypeOf(args[0]); t == intType || t == strType {
			return args[0]
		}
	}
	npos := len(args) - len(kwnames)
	key := make([]interp.Value, 0, 2*len(args)+1+len(kwnames))
	key = append(key, args[:npos]...)
	if len(kwnames) > 0 {
		key = append(key, keywordMark)
		for i, name := range kwnames {
			key = append(key, name.Value(), args[npos+i])
		}
	}
	if c.typed {
		for _, x := range args {
			key = append(key, interp.TypeOf(x).Value())
		}
	}
	return interp.MkTuple(key)
}

var intType, strType = interp.TypeOf(interp.MkInt(0)), interp.TypeOf(interp.MkStr(""))

func callCached(th *interp.Thread, v interp.Value, args []interp.Value, kwnames []*interp.Str) (interp.Value, *interp.Exc) {
	c := cachedOf(v)
	if c.limit == 0 {
		c.misses++
		return th.CallArgs(c.fn, args, kwnames)
	}
	key := c.key(args, kwnames)
	found, ok, err := c.table.Get(th, key)
	if err != nil {
		return interp.Value{}, err
	}
	if ok {
		c.hits++
		if c.limit < 0 {
			return found, nil
		}
		at, _ := interp.AsInt(found)
		c.unlink(int32(at))
		c.link(int32(at))
		return c.ring[at].result, nil
	}
	c.misses++
	result, err := th.CallArgs(c.fn, args, kwnames)
	if err != nil {
		return interp.Value{}, err
	}
	if c.limit < 0 {
		return result, c.table.Set(th, key, result)
	}
	return result, c.remember(th, key, result)
}

// remember stores a result, in the place of the least recently used one when there is no other.
func (c *cached) remember(th *interp.Thread, key, result interp.Value) *interp.Exc {
	if _, ok, err := c.table.Get(th, key); err != nil || ok {
		return err // the call itself led to the same call, which is stored already
	}
	at := int32(len(c.ring))
	if len(c.ring) > c.limit {
		at = c.ring[0].next
		c.unlink(at)
		if _, _, err := c.table.Del(th, c.ring[at].key); err != nil {
			return err
		}
		c.ring[at] = entry{key: key, result: result}
	} else {
		c.ring = append(c.ring, entry{key: key, result: result})
	}
	c.link(at)
	return c.table.Set(th, key, interp.MkInt(int64(at)))
}

func (c *cached) unlink(at int32) {
	e := &c.ring[at]
	c.ring[e.prev].next, c.ring[e.next].prev = e.next, e.prev
}

// link puts an entry at the end: most recently used.
func (c *cached) link(at int32) {
	last := c.ring[0].prev
	c.ring[at].prev, c.ring[at].next = last, 0
	c.ring[last].next, c.ring[0].prev = at, at
}

// cacheInfo makes a CacheInfo, a named tuple that the part of the module written in the language defines.
func cacheInfo(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	c := cachedOf(a[0])
	m, err := th.Import("functools")
	if err != nil {
		return interp.Value{}, err
	}
	make, err := th.Attr(m, "_cache_info")
	if err != nil {
		return interp.Value{}, err
	}
	return th.Call(make, interp.MkInt(c.hits), interp.MkInt(c.misses), c.limitValue(), interp.MkInt(int64(c.table.Len())))
}

func cacheClear(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	cachedOf(a[0]).clear()
	return interp.None, nil
}
