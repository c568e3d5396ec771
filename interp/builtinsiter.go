package interp

// This file defines the built-in functions on iterables: all, any, iter, next, max, min, sum, sorted, and
// the asynchronous aiter and anext.

func builtinAll(th *Thread, a []Value) (Value, *Exc) {
	r, err := th.anyTruth(a[0], false)
	return MkBool(!r), err
}

func builtinAny(th *Thread, a []Value) (Value, *Exc) {
	r, err := th.anyTruth(a[0], true)
	return MkBool(r), err
}

// anyTruth reports whether an item of an iterable has the truth want.
func (th *Thread) anyTruth(v Value, want bool) (bool, *Exc) {
	it, err := th.Iter(v)
	if err != nil {
		return false, err
	}
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return false, err
		}
		truth, err := th.Truth(x)
		if err != nil || truth == want {
			return err == nil, err
		}
	}
}

func builtinIter(th *Thread, a []Value) (Value, *Exc) {
	if a[1].IsUnbound() {
		return th.Iter(a[0])
	}
	if !isCallable(a[0]) {
		return Value{}, TypeErrorf("iter(v, w): v must be callable")
	}
	return object(&callIter{Header{callIterShape}, a[0], a[1]}), nil
}

func builtinNext(th *Thread, a []Value) (Value, *Exc) {
	x, ok, err := th.nextOrStop(a[0])
	switch {
	case err != nil:
		return Value{}, err
	case ok:
		return x, nil
	case !a[1].IsUnbound():
		return a[1], nil
	}
	return Value{}, stopIteration(x)
}

func builtinMax(th *Thread, a []Value) (Value, *Exc) {
	return th.extremum(CmpGt, (*Tuple)(a[2].p).a, a[0], a[1])
}

func builtinMin(th *Thread, a []Value) (Value, *Exc) {
	return th.extremum(CmpLt, (*Tuple)(a[2].p).a, a[0], a[1])
}

// extremum is max and min: op says whether an item replaces the best so far.
func (th *Thread) extremum(op CompareOp, args []Value, key, def Value) (Value, *Exc) {
	name := "max"
	if op == CmpLt {
		name = "min"
	}
	switch {
	case len(args) == 0:
		return Value{}, TypeErrorf("%s expected at least 1 argument, got 0", name)
	case len(args) == 1:
		return th.extremumOf(op, name, args[0], key, def)
	case !def.IsUnbound():
		return Value{}, TypeErrorf("Cannot specify a default for %s() with multiple positional arguments", name)
	}
	return th.bestOf(op, args, key)
}

// extremumOf is max(v) and min(v).
func (th *Thread) extremumOf(op CompareOp, name string, v, key, def Value) (Value, *Exc) {
	switch shapeOf(v) {
	case listShape:
		if l := (*List)(v.p); key.IsNone() && len(l.a) > 0 {
			return th.bestOf(op, l.a, key)
		}
	case tupleShape:
		if t := (*Tuple)(v.p); key.IsNone() && len(t.a) > 0 {
			return th.bestOf(op, t.a, key)
		}
	}
	it, err := th.Iter(v)
	if err != nil {
		return Value{}, err
	}
	best, bestKey := Value{}, Value{}
	for {
		x, ok, err := th.Next(it)
		if err != nil {
			return Value{}, err
		}
		if !ok {
			break
		}
		k, err := th.keyOf(key, x)
		if err != nil {
			return Value{}, err
		}
		better := best.IsUnbound()
		if !better {
			if better, err = th.beats(op, k, bestKey); err != nil {
				return Value{}, err
			}
		}
		if better {
			best, bestKey = x, k
		}
	}
	if best.IsUnbound() {
		if def.IsUnbound() {
			return Value{}, ValueErrorf("%s() arg is an empty sequence", name)
		}
		return def, nil
	}
	return best, nil
}

// bestOf is extremum of some items.
func (th *Thread) bestOf(op CompareOp, items []Value, key Value) (Value, *Exc) {
	best := items[0]
	bestKey, err := th.keyOf(key, best)
	if err != nil {
		return Value{}, err
	}
	for _, x := range items[1:] {
		k, err := th.keyOf(key, x)
		if err != nil {
			return Value{}, err
		}
		better, err := th.beats(op, k, bestKey)
		if err != nil {
			return Value{}, err
		}
		if better {
			best, bestKey = x, k
		}
	}
	return best, nil
}

func (th *Thread) keyOf(key, x Value) (Value, *Exc) {
	if key.IsNone() {
		return x, nil
	}
	args := append(th.args(1), x)
	defer th.dropArgs(1)
	return th.CallArgs(key, args, nil)
}

// beats is x op y, numbers first.
func (th *Thread) beats(op CompareOp, x, y Value) (bool, *Exc) {
	if x.p == y.p {
		if i, ok := AsInt(x); ok {
			j, _ := AsInt(y)
			return i != j && i > j == (op == CmpGt), nil
		}
		if f, ok := AsFloat(x); ok {
			g, _ := AsFloat(y)
			if op == CmpGt {
				return f > g, nil
			}
			return f < g, nil
		}
	}
	return th.CompareBool(op, x, y)
}

func builtinSorted(th *Thread, a []Value) (Value, *Exc) {
	items, err := th.Items(a[0])
	if err != nil {
		return Value{}, err
	}
	reverse, err := th.reverseFlag(a[2])
	if err != nil {
		return Value{}, err
	}
	return MkList(items), th.sortItems(items, a[1], reverse)
}

func builtinSum(th *Thread, a []Value) (Value, *Exc) {
	start := a[1]
	switch TypeOf(start).layout {
	case layoutStr:
		return Value{}, TypeErrorf("sum() can't sum strings [use ''.join(seq) instead]")
	case layoutBytes:
		return Value{}, TypeErrorf("sum() can't sum bytes [use b''.join(seq) instead]")
	case layoutByteArray:
		return Value{}, TypeErrorf("sum() can't sum bytearray [use b''.join(seq) instead]")
	}
	if l, ok := AsList(a[0]); ok && l.shape == listShape {
		total, n := sumNumbers(start, l.a)
		if n == len(l.a) {
			return total, nil
		}
		return th.sumIter(total, object(&listIter{Header{listIterShape}, l, n}))
	}
	it, err := th.Iter(a[0])
	if err != nil {
		return Value{}, err
	}
	return th.sumIter(start, it)
}

// sumNumbers adds ints and floats until an item or a sum is neither; n is how many it added.
func sumNumbers(total Value, items []Value) (sum Value, n int) {
	if i, ok := AsInt(total); ok {
		for n < len(items) {
			j, ok := AsInt(items[n])
			if !ok {
				break
			}
			s := i + j
			if (i^s)&(j^s) < 0 {
				return MkInt(i), n
			}
			i = s
			n++
		}
		total = MkInt(i)
		if n == len(items) || shapeOf(items[n]) != floatShape {
			return total, n
		}
		total = MkFloat(float64(i))
	}
	f, ok := AsFloat(total)
	if !ok {
		return total, n
	}
	for ; n < len(items); n++ {
		if g, ok := AsFloat(items[n]); ok {
			f += g
		} else if j, ok := AsInt(items[n]); ok {
			f += float64(j)
		} else {
			break
		}
	}
	return MkFloat(f), n
}

// sumIter adds what is left of an iterator, numbers without a call.
func (th *Thread) sumIter(total, it Value) (Value, *Exc) {
	for {
		x, ok, err := th.Next(it)
		if err != nil {
			return Value{}, err
		}
		if !ok {
			return total, nil
		}
		if i, ok := AsInt(total); ok {
			if j, ok := AsInt(x); ok {
				if s := i + j; (i^s)&(j^s) >= 0 {
					total = MkInt(s)
					continue
				}
			}
		} else if f, ok := AsFloat(total); ok {
			if g, ok := AsFloat(x); ok {
				total = MkFloat(f + g)
				continue
			}
		}
		if total, err = th.Binary(BinAdd, total, x); err != nil {
			return Value{}, err
		}
	}
}

func builtinAIter(th *Thread, a []Value) (Value, *Exc) {
	t := TypeOf(a[0])
	f, ok := t.lookup(specialStrs[spAIter])
	if !ok {
		return Value{}, TypeErrorf("'%s' object is not an async iterable", t.Name)
	}
	it, err := th.callSpecial(f, a[0])
	if err != nil {
		return Value{}, err
	}
	if _, ok := TypeOf(it).lookup(specialStrs[spANext]); !ok {
		return Value{}, TypeErrorf("aiter() returned not an async iterator of type '%s'", typeName(it))
	}
	return it, nil
}

func builtinANext(th *Thread, a []Value) (Value, *Exc) {
	t := TypeOf(a[0])
	f, ok := t.lookup(specialStrs[spANext])
	if !ok {
		return Value{}, TypeErrorf("'%s' object is not an async iterator", t.Name)
	}
	next, err := th.callSpecial(f, a[0])
	if err != nil || a[1].IsUnbound() {
		return next, err
	}
	return newANext(next, a[1]), nil
}
