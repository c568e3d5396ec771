package interp

// This file defines _thread._local, threading.local: an object whose attributes each thread has of its own.

var localType = NewLibraryType("_thread", "_local", nil)

// LocalType returns threading.local.
func LocalType() *Type { return localType }

// localArgs is the data of a local: what it was made with, for the __init__ of a script's class, which
// is called once for each thread.
type localArgs struct {
	args    []Value
	kwnames []*Str
}

func threadTypes() []typeSetup { return []typeSetup{{localType, nil, setupLocal}} }

func setupLocal(t *Type) {
	t.Doc = "Thread-local data"
	t.newSig = "_local(*args, **kwargs)"
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		if len(args) > 0 && !cls.overrides(spInit) {
			return Value{}, TypeErrorf("Initialization arguments are not supported")
		}
		n := &Native{Header: Header{cls.inst}, Data: &localArgs{append([]Value(nil), args...), kwnames}}
		th.setLocals(n) // the caller is going to call __init__ for this thread
		return object(n), nil
	}
	t.getset = localDict
	t.proto = &Protocol{
		Init: func(*Thread, Value, []Value, []*Str) *Exc { return nil },
		GetAttr: func(th *Thread, v Value, name *Str) (Value, *Exc) {
			if err := th.switchLocals((*Native)(v.p)); err != nil {
				return Value{}, err
			}
			return th.genericGetAttr(v, TypeOf(v), name)
		},
		SetAttr: func(th *Thread, v Value, name *Str, x Value) *Exc {
			if err := th.switchLocals((*Native)(v.p)); err != nil {
				return err
			}
			return th.genericSetAttr(v, TypeOf(v), name, x)
		},
	}
}

// localDict is the attribute __dict__, which GetAttr has switched to the thread's.
var localDict = []GetSet{{Name: "__dict__", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*Native)(v.p).dict), nil }}}

// setLocals gives the thread an empty dict for the attributes of n.
func (th *Thread) setLocals(n *Native) {
	n.dict = NewDict()
	if th.locals == nil {
		th.locals = map[*Native]*Dict{}
	}
	th.locals[n] = n.dict
}

// switchLocals makes the attributes of n those of the thread.
func (th *Thread) switchLocals(n *Native) *Exc {
	if d, ok := th.locals[n]; ok {
		n.dict = d
		return nil
	}
	th.setLocals(n)
	v := object(n)
	f := scripted(v, spInit)
	if f.IsUnbound() {
		return nil
	}
	bound, err := th.bindDescr(f, v, TypeOf(v))
	if err != nil {
		return err
	}
	made := n.Data.(*localArgs)
	_, err = th.CallArgs(bound, made.args, made.kwnames)
	n.dict = th.locals[n]
	return err
}
