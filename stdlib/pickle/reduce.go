package pickle

// This file writes objects by what their __reduce_ex__ returns.

import "aio/interp"

// saveOther writes an object of a type that pickles have no instruction for.
func (p *pickler) saveOther(th *interp.Thread, obj interp.Value) *interp.Exc {
	if !p.reducerOverride.IsUnbound() {
		r, err := th.Call(p.reducerOverride, obj)
		if err != nil {
			return err
		}
		if notImplemented, _ := th.Interp().Builtins().Get("NotImplemented"); !interp.Is(r, notImplemented) {
			return p.saveReduced(th, obj, r)
		}
	}
	if _, isClass := interp.AsType(obj); isClass && interp.TypeOf(obj) == interp.TypeOf(interp.TypeOf(interp.None).Value()) {
		return p.saveType(th, obj)
	}
	if interp.IsFunction(obj) {
		return p.saveGlobal(th, obj, "")
	}
	reduced, found, err := p.dispatch(th, interp.TypeOf(obj).Value(), obj)
	if err != nil {
		return err
	}
	if !found {
		if _, isClass := interp.AsType(obj); isClass {
			return p.saveType(th, obj)
		}
		if reduced, err = th.CallMethod(obj, "__reduce_ex__", interp.MkInt(int64(p.proto))); err != nil {
			return err
		}
	}
	return p.saveReduced(th, obj, reduced)
}

// dispatch looks for a function that reduces objects of cls in the dispatch table, the pickler's own or
// that of copyreg.
func (p *pickler) dispatch(th *interp.Thread, cls, obj interp.Value) (reduced interp.Value, found bool, err *interp.Exc) {
	var reduce interp.Value
	if p.dispatchTable.IsUnbound() {
		if p.constructors == nil {
			copyreg, err := th.Import("copyreg")
			if err != nil {
				return interp.Value{}, false, err
			}
			table, err := th.Attr(copyreg, "dispatch_table")
			if err != nil {
				return interp.Value{}, false, err
			}
			p.constructors, _ = interp.AsDict(table)
		}
		reduce, found, err = p.constructors.Get(th, cls)
	} else {
		reduce, err = th.GetItem(p.dispatchTable, cls)
		if found = err == nil; err != nil && err.Is(interp.KeyError) {
			err = nil
		}
	}
	if err != nil || !found {
		return interp.Value{}, false, err
	}
	reduced, err = th.Call(reduce, obj)
	return reduced, true, err
}

// saveReduced writes obj by what a reduce function returned: a name or a tuple.
func (p *pickler) saveReduced(th *interp.Thread, obj, reduced interp.Value) *interp.Exc {
	if name, ok := interp.StrOf(reduced); ok {
		return p.saveGlobal(th, obj, name)
	}
	return p.saveReduce(th, obj, reduced)
}

// saveReduce writes obj as (function, args[, state[, list items[, dict items[, state setter]]]]). An unbound
// obj is not remembered.
func (p *pickler) saveReduce(th *interp.Thread, obj, reduced interp.Value) *interp.Exc {
	var part [6]interp.Value
	n, err := p.checkReduced(reduced, &part)
	if err != nil {
		return err
	}
	for i := n; i < len(part); i++ {
		part[i] = interp.None
	}
	fn, argtuple, state, items, pairs, setter := part[0], part[1], part[2], part[3], part[4], part[5]
	args, _ := interp.AsTuple(argtuple)
	if err := p.saveCall(th, obj, fn, args.Items(), argtuple); err != nil {
		return err
	}
	if !obj.IsUnbound() {
		if n, ok := p.memo[obj]; ok { // what it is made of has made it
			p.emit(opPop)
			p.recall(n)
		} else {
			p.remember(obj)
		}
	}
	if !items.IsNone() {
		if err := p.saveItems(th, items); err != nil {
			return err
		}
	}
	if !pairs.IsNone() {
		if err := p.savePairs(th, pairs); err != nil {
			return err
		}
	}
	return p.saveState(th, obj, state, setter)
}

// checkReduced takes what a reduce function returned apart.
func (p *pickler) checkReduced(reduced interp.Value, part *[6]interp.Value) (int, *interp.Exc) {
	t, ok := interp.AsTuple(reduced)
	if !ok {
		return 0, interp.Errorf(picklingError, "__reduce__ must return a string or tuple")
	}
	n := len(t.Items())
	if n < 2 || n > 6 {
		return 0, interp.Errorf(picklingError, "tuple returned by __reduce__ must contain 2 through 6 elements")
	}
	copy(part[:], t.Items())
	if !interp.IsCallable(part[0]) {
		return 0, interp.Errorf(picklingError, "first item of the tuple returned by __reduce__ must be callable")
	}
	if _, ok := interp.AsTuple(part[1]); !ok {
		return 0, interp.Errorf(picklingError, "second item of the tuple returned by __reduce__ must be a tuple")
	}
	for i, name := range []string{3: "fourth", 4: "fifth"} {
		if i < 3 || i >= n || part[i].IsNone() {
			continue
		}
		if _, ok := interp.TypeOf(part[i]).Lookup("__next__"); !ok {
			return 0, interp.Errorf(picklingError, "%s element of the tuple returned by __reduce__ must be an iterator, not %s", name, interp.TypeName(part[i]))
		}
	}
	if n == 6 && !part[5].IsNone() && !interp.IsCallable(part[5]) {
		return 0, interp.Errorf(picklingError, "sixth element of the tuple returned by __reduce__ must be a function, not %s", interp.TypeName(part[5]))
	}
	return n, nil
}

// saveCall writes the call of fn with args. Two functions of copyreg have instructions of their own.
func (p *pickler) saveCall(th *interp.Thread, obj, fn interp.Value, args []interp.Value, argtuple interp.Value) *interp.Exc {
	if p.proto >= 2 {
		switch name, err := p.functionName(th, fn); {
		case err != nil:
			return err
		case name == "__newobj__":
			return p.saveNewObj(th, obj, args)
		case name == "__newobj_ex__":
			return p.saveNewObjEx(th, args)
		}
	}
	if err := p.save(th, fn); err != nil {
		return err
	}
	if err := p.save(th, argtuple); err != nil {
		return err
	}
	p.emit(opReduce)
	return nil
}

func (p *pickler) functionName(th *interp.Thread, fn interp.Value) (string, *interp.Exc) {
	v, ok, err := th.LookupAttr(fn, "__name__")
	if err != nil || !ok {
		return "", err
	}
	name, _ := interp.StrOf(v)
	return name, nil
}

func (p *pickler) saveNewObj(th *interp.Thread, obj interp.Value, args []interp.Value) *interp.Exc {
	if len(args) == 0 {
		return interp.Errorf(picklingError, "__newobj__ arglist is empty")
	}
	cls, ok := interp.AsType(args[0])
	if !ok {
		return interp.Errorf(picklingError, "args[0] from __newobj__ args is not a type")
	}
	if !obj.IsUnbound() {
		own, err := th.Attr(obj, "__class__")
		if err != nil {
			return err
		}
		if !interp.Is(own, cls.Value()) {
			return interp.Errorf(picklingError, "args[0] from __newobj__ args has the wrong class")
		}
	}
	if err := p.save(th, args[0]); err != nil {
		return err
	}
	if err := p.save(th, interp.MkTuple(append([]interp.Value(nil), args[1:]...))); err != nil {
		return err
	}
	p.emit(opNewObj)
	return nil
}

func (p *pickler) saveNewObjEx(th *interp.Thread, args []interp.Value) *interp.Exc {
	if len(args) != 3 {
		return interp.Errorf(picklingError, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %d", len(args))
	}
	if _, ok := interp.AsType(args[0]); !ok {
		return interp.Errorf(picklingError, "first item from NEWOBJ_EX argument tuple must be a class, not %s", interp.TypeName(args[0]))
	}
	positional, ok := interp.AsTuple(args[1])
	if !ok {
		return interp.Errorf(picklingError, "second item from NEWOBJ_EX argument tuple must be a tuple, not %s", interp.TypeName(args[1]))
	}
	if _, ok := interp.AsDict(args[2]); !ok {
		return interp.Errorf(picklingError, "third item from NEWOBJ_EX argument tuple must be a dict, not %s", interp.TypeName(args[2]))
	}
	if p.proto >= 4 {
		for _, x := range args {
			if err := p.save(th, x); err != nil {
				return err
			}
		}
		p.emit(opNewObjEx)
		return nil
	}
	// Older protocols call functools.partial(cls.__new__, cls, *args, **kwargs).
	functools, err := th.Import("functools")
	if err != nil {
		return err
	}
	partial, err := th.Attr(functools, "partial")
	if err != nil {
		return err
	}
	make, err := th.Attr(args[0], "__new__")
	if err != nil {
		return err
	}
	all, names, err := th.SpreadArgs(partial, interp.MkTuple(append([]interp.Value{make, args[0]}, positional.Items()...)), args[2])
	if err != nil {
		return err
	}
	bound, err := th.CallArgs(partial, all, names)
	if err != nil {
		return err
	}
	if err := p.save(th, bound); err != nil {
		return err
	}
	p.emit(opEmptyTuple, opReduce)
	return nil
}

// saveItems writes the appending of the items of an iterator.
func (p *pickler) saveItems(th *interp.Thread, it interp.Value) *interp.Exc {
	return p.saveBatches(th, it, opAppend, opAppends, p.save)
}

// savePairs writes the setting of the items of an iterator of pairs.
func (p *pickler) savePairs(th *interp.Thread, it interp.Value) *interp.Exc {
	return p.saveBatches(th, it, opSetItem, opSetItems, func(th *interp.Thread, pair interp.Value) *interp.Exc {
		t, ok := interp.AsTuple(pair)
		if !ok || len(t.Items()) != 2 {
			return interp.TypeErrorf("dict items iterator must return 2-tuples")
		}
		if err := p.save(th, t.Items()[0]); err != nil {
			return err
		}
		return p.save(th, t.Items()[1])
	})
}

// saveBatches writes items in batches, a last one that is alone without a mark.
func (p *pickler) saveBatches(th *interp.Thread, it interp.Value, one, many byte, save func(*interp.Thread, interp.Value) *interp.Exc) *interp.Exc {
	for n := batchSize; n == batchSize; {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return err
		}
		next, more, err := th.Next(it)
		if err != nil {
			return err
		}
		if !p.bin || !more {
			if err := save(th, x); err != nil {
				return err
			}
			p.emit(one)
			if !more {
				return nil
			}
			if err := save(th, next); err != nil {
				return err
			}
			p.emit(one)
			continue
		}
		p.emit(opMark)
		if err := save(th, x); err != nil {
			return err
		}
		for n = 1; more; {
			if err := save(th, next); err != nil {
				return err
			}
			if n++; n == batchSize {
				break
			}
			if next, more, err = th.Next(it); err != nil {
				return err
			}
		}
		p.emit(many)
	}
	return nil
}

// saveState writes how the object gets its state.
func (p *pickler) saveState(th *interp.Thread, obj, state, setter interp.Value) *interp.Exc {
	if state.IsNone() {
		return nil
	}
	if setter.IsNone() {
		err := p.save(th, state)
		p.emit(opBuild)
		return err
	}
	for _, x := range []interp.Value{setter, obj, state} {
		if err := p.save(th, x); err != nil {
			return err
		}
	}
	p.emit(opTuple2, opReduce, opPop)
	return nil
}
