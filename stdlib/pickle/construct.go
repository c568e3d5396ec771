package pickle

// This file runs the instructions that find classes and functions, and make objects of them.

import (
	"strings"

	"aio/interp"
)

func (u *unpickler) loadGlobal(th *interp.Thread, op byte) *interp.Exc {
	var module, name string
	if op == opGlobal {
		var err *interp.Exc
		if module, err = u.line(th); err == nil {
			name, err = u.line(th)
		}
		if err != nil {
			return err
		}
	} else {
		items, err := u.pop(2)
		if err != nil {
			return err
		}
		var ok1, ok2 bool
		module, ok1 = interp.StrOf(items[0])
		name, ok2 = interp.StrOf(items[1])
		if !ok1 || !ok2 {
			return interp.Errorf(unpicklingError, "STACK_GLOBAL requires str")
		}
	}
	v, err := u.find(th, module, name)
	u.push(v)
	return err
}

// find calls find_class, which a subclass of Unpickler may have replaced.
func (u *unpickler) find(th *interp.Thread, module, name string) (interp.Value, *interp.Exc) {
	if u.self.IsUnbound() || !interp.TypeOf(u.self).Scripted() {
		return u.findClass(th, module, name)
	}
	return th.CallMethod(u.self, "find_class", interp.MkStr(module), interp.MkStr(name))
}

func (u *unpickler) findClass(th *interp.Thread, module, name string) (interp.Value, *interp.Exc) {
	if u.proto < 3 && u.fixImports {
		module, name = fromPython2(module, name)
	}
	m, err := th.Import(module)
	if err != nil {
		return interp.Value{}, err
	}
	path := []string{name}
	if u.proto >= 4 {
		path = strings.Split(name, ".")
	}
	v := m
	for _, part := range path {
		next, ok, err := th.LookupAttr(v, part)
		if err != nil {
			return interp.Value{}, err
		}
		if part == "<locals>" || !ok {
			return interp.Value{}, interp.AttributeErrorf(v, part, "Can't get attribute %s on %s", th.ReprOr(interp.MkStr(name)), th.ReprOr(m))
		}
		v = next
	}
	return v, nil
}

// construct runs the instructions that call something.
func (u *unpickler) construct(th *interp.Thread, op byte) *interp.Exc {
	switch op {
	case opBuild:
		return u.build(th)
	case opObj, opInst:
		return u.oldInstance(th, op)
	}
	n := 2
	if op == opNewObjEx {
		n = 3
	}
	items, err := u.pop(n)
	if err != nil {
		return err
	}
	args, isTuple := interp.AsTuple(items[1])
	if !isTuple {
		return interp.TypeErrorf("argument list must be a tuple")
	}
	if op == opReduce {
		v, err := th.Call(items[0], args.Items()...)
		u.push(v)
		return err
	}
	if _, ok := interp.AsType(items[0]); !ok {
		opcode := "NEWOBJ"
		if op == opNewObjEx {
			opcode = "NEWOBJ_EX"
		}
		return interp.Errorf(unpicklingError, "%s class argument must be a type, not %s", opcode, interp.TypeName(items[0]))
	}
	create, err := th.Attr(items[0], "__new__")
	if err != nil {
		return err
	}
	list := append([]interp.Value{items[0]}, args.Items()...)
	var names []*interp.Str
	if op == opNewObjEx {
		if list, names, err = th.SpreadArgs(create, interp.MkTuple(list), items[2]); err != nil {
			return err
		}
	}
	v, err := th.CallArgs(create, list, names)
	u.push(v)
	return err
}

// oldInstance runs INST and OBJ: a class and its arguments stand above the mark.
func (u *unpickler) oldInstance(th *interp.Thread, op byte) *interp.Exc {
	items, err := u.popMark()
	if err != nil {
		return err
	}
	var cls interp.Value
	if op == opInst {
		module, err := u.line(th)
		if err != nil {
			return err
		}
		name, err := u.line(th)
		if err != nil {
			return err
		}
		if cls, err = u.find(th, module, name); err != nil {
			return err
		}
	} else {
		if len(items) == 0 {
			return errUnderflow()
		}
		cls, items = items[0], items[1:]
	}
	if _, isClass := interp.AsType(cls); isClass && len(items) == 0 {
		v, err := th.CallMethod(cls, "__new__", cls) // an instance of Python 2 gets its attributes by BUILD
		u.push(v)
		return err
	}
	v, err := th.Call(cls, items...)
	u.push(v)
	return err
}

// build gives the object its state: by __setstate__, else as attributes.
func (u *unpickler) build(th *interp.Thread) *interp.Exc {
	items, err := u.pop(1)
	if err != nil {
		return err
	}
	state := items[0]
	obj, err := u.top()
	if err != nil {
		return err
	}
	if set, ok, err := th.LookupAttr(obj, "__setstate__"); err != nil {
		return err
	} else if ok {
		_, err := th.Call(set, state)
		return err
	}
	slots := interp.None
	if t, ok := interp.AsTuple(state); ok && len(t.Items()) == 2 {
		state, slots = t.Items()[0], t.Items()[1]
	}
	if !state.IsNone() {
		if err := u.fillDict(th, obj, state); err != nil {
			return err
		}
	}
	if slots.IsNone() {
		return nil
	}
	d, ok := interp.AsDict(slots)
	if !ok {
		return interp.Errorf(unpicklingError, "slot state is not a dictionary")
	}
	for k, v, i, ok := d.Next(0); ok; k, v, i, ok = d.Next(i) {
		name, _ := interp.StrOf(k)
		if err := th.SetAttr(obj, interp.Intern(name), v); err != nil {
			return err
		}
	}
	return nil
}

// fillDict puts state into the __dict__ of obj.
func (u *unpickler) fillDict(th *interp.Thread, obj, state interp.Value) *interp.Exc {
	d, ok := interp.AsDict(state)
	if !ok {
		return interp.Errorf(unpicklingError, "state is not a dictionary")
	}
	space, err := th.Attr(obj, "__dict__")
	if err != nil {
		return err
	}
	for k, v, i, ok := d.Next(0); ok; k, v, i, ok = d.Next(i) {
		if name, isStr := interp.AsStr(k); isStr && !interp.TypeOf(k).Scripted() {
			k = interp.Intern(name.String()).Value()
		}
		if err := th.SetItem(space, k, v); err != nil {
			return err
		}
	}
	return nil
}
