// Package operator is the module operator: the operators of the language as functions.
//
//	lt, le, eq, ne, ge, gt, not_, truth, is_, is_not
//	add, sub, mul, ... and iadd, isub, ... each also with underscores around
//	contains, countOf, indexOf, getitem, setitem, delitem, concat, length_hint, index, call
//	attrgetter, itemgetter, methodcaller                      (getters.go)
package operator

import (
	"strings"
	"sync"

	"aio/interp"
)

// Module is the module operator.
var Module = &interp.ModuleDef{
	Name:  "operator",
	Doc:   "Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.",
	Funcs: functions,
	Init:  initModule,
}

// Native is the module _operator, where pickles look for the functions.
var Native = &interp.ModuleDef{Name: "_operator", Source: "import operator\nglobals().update(vars(operator))\n__name__ = \"_operator\"\n"}

var setup = sync.OnceFunc(setupGetters)

// binaryFunctions are the functions of binary operators: the name, and how it is written.
var binaryFunctions = []struct {
	name, symbol string
	op           interp.BinaryOp
}{
	{"add", "a + b", interp.BinAdd}, {"sub", "a - b", interp.BinSub}, {"mul", "a * b", interp.BinMul},
	{"matmul", "a @ b", interp.BinMatMul}, {"truediv", "a / b", interp.BinDiv}, {"mod", "a % b", interp.BinMod},
	{"pow", "a ** b", interp.BinPow}, {"lshift", "a << b", interp.BinLShift}, {"rshift", "a >> b", interp.BinRShift},
	{"or_", "a | b", interp.BinOr}, {"xor", "a ^ b", interp.BinXor}, {"and_", "a & b", interp.BinAnd},
	{"floordiv", "a // b", interp.BinFloorDiv},
}

// compareFunctions are the functions of comparisons.
var compareFunctions = []struct {
	name string
	op   interp.CompareOp
}{
	{"lt", interp.CmpLt}, {"le", interp.CmpLe}, {"eq", interp.CmpEq},
	{"ne", interp.CmpNe}, {"ge", interp.CmpGe}, {"gt", interp.CmpGt},
}

// functions are the other functions of the module.
var functions = []interp.Builtin{
	{Sig: "truth(a, /)", Doc: "Return True if a is true, False otherwise.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		b, err := th.Truth(a[0])
		return interp.MkBool(b), err
	}},
	{Sig: "not_(a, /)", Doc: "Same as not a.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		b, err := th.Truth(a[0])
		return interp.MkBool(!b), err
	}},
	{Sig: "is_(a, b, /)", Doc: "Same as a is b.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkBool(interp.Is(a[0], a[1])), nil
	}},
	{Sig: "is_not(a, b, /)", Doc: "Same as a is not b.", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkBool(!interp.Is(a[0], a[1])), nil
	}},
	{Sig: "abs(a, /)", Doc: "Same as abs(a).", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return th.Abs(a[0]) }},
	{Sig: "neg(a, /)", Doc: "Same as -a.", Fn: unary(interp.UnNeg)},
	{Sig: "pos(a, /)", Doc: "Same as +a.", Fn: unary(interp.UnPos)},
	{Sig: "invert(a, /)", Doc: "Same as ~a.", Fn: unary(interp.UnInvert)},
	{Sig: "inv(a, /)", Doc: "Same as ~a.", Fn: unary(interp.UnInvert)},
	{Sig: "index(a, /)", Doc: "Same as a.__index__()", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return th.Index(a[0]) }},
	{Sig: "concat(a, b, /)", Doc: "Same as a + b, for a and b sequences.", Fn: concat(interp.BinAdd, false)},
	{Sig: "iconcat(a, b, /)", Doc: "Same as a += b, for a and b sequences.", Fn: concat(interp.BinAdd, true)},
	{Sig: "contains(a, b, /)", Doc: "Same as b in a (note reversed operands).", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		b, err := th.Contains(a[0], a[1])
		return interp.MkBool(b), err
	}},
	{Sig: "countOf(a, b, /)", Doc: "Return the number of items in a which are, or which equal, b.", Fn: countOf},
	{Sig: "indexOf(a, b, /)", Doc: "Return the first index of b in a.", Fn: indexOf},
	{Sig: "getitem(a, b, /)", Doc: "Same as a[b].", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return th.GetItem(a[0], a[1])
	}},
	{Sig: "setitem(a, b, c, /)", Doc: "Same as a[b] = c.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, th.SetItem(a[0], a[1], a[2])
	}},
	{Sig: "delitem(a, b, /)", Doc: "Same as del a[b].", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, th.DelItem(a[0], a[1])
	}},
	{Sig: "length_hint(obj, default=0, /)", Doc: "Return an estimate of the number of items in obj.", Fn: lengthHint},
	{Sig: "call(obj, /, *args, **kwargs)", Doc: "Same as obj(*args, **kwargs).", Fn: call},
	{Sig: "_compare_digest(a, b, /)", Doc: "Return a == b, for texts that should not be told by timing.", Fn: compareDigest},
}

// underscored are the names that also exist as __name__; a name that ends in an underscore loses it.
var underscored = []string{"lt", "le", "eq", "ne", "ge", "gt", "not_", "abs", "add", "and_", "floordiv", "index", "inv",
	"invert", "lshift", "mod", "mul", "matmul", "neg", "or_", "pos", "pow", "rshift", "sub", "truediv", "xor", "concat",
	"contains", "delitem", "getitem", "setitem", "iadd", "iand", "iconcat", "ifloordiv", "ilshift", "imod", "imul",
	"imatmul", "ior", "ipow", "irshift", "isub", "itruediv", "ixor", "call"}

func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	add := func(row interp.Builtin) { m.Set(row.Name(), interp.NewBuiltin(&row, "_operator")) }
	for _, f := range binaryFunctions {
		add(interp.Builtin{Sig: f.name + "(a, b, /)", Doc: "Same as " + f.symbol + ".", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.Binary(f.op, a[0], a[1])
		}})
		name := "i" + trimUnderscore(f.name)
		add(interp.Builtin{Sig: name + "(a, b, /)", Doc: "Same as " + strings.TrimSuffix(f.symbol, " b") + "= b.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.Inplace(f.op, a[0], a[1])
		}})
	}
	for _, f := range compareFunctions {
		add(interp.Builtin{Sig: f.name + "(a, b, /)", Doc: "Same as a " + f.op.Symbol() + " b.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.Compare(f.op, a[0], a[1])
		}})
	}
	for _, name := range underscored {
		v, _ := m.Get(name)
		m.Set("__"+trimUnderscore(name)+"__", v)
	}
	m.Set("attrgetter", attrGetterType.Value())
	m.Set("itemgetter", itemGetterType.Value())
	m.Set("methodcaller", methodCallerType.Value())
	return nil
}

func trimUnderscore(name string) string {
	if name[len(name)-1] == '_' {
		return name[:len(name)-1]
	}
	return name
}

func unary(op interp.UnaryOp) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) { return th.Unary(op, a[0]) }
}

func concat(op interp.BinaryOp, inplace bool) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if _, ok := interp.TypeOf(a[0]).Lookup("__getitem__"); !ok {
			return interp.Value{}, interp.TypeErrorf("'%s' object can't be concatenated", interp.TypeName(a[0]))
		}
		if inplace {
			return th.Inplace(op, a[0], a[1])
		}
		return th.Binary(op, a[0], a[1])
	}
}

func countOf(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	n, want := 0, a[1]
	err := th.Iterate(a[0], func(x interp.Value) *interp.Exc {
		same, err := th.Equal(x, want)
		if same || interp.Is(x, want) {
			n++
		}
		return err
	})
	return interp.MkInt(int64(n)), err
}

func indexOf(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	it, err := th.Iter(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	for i := int64(0); ; i++ {
		x, ok, err := th.Next(it)
		switch {
		case err != nil:
			return interp.Value{}, err
		case !ok:
			return interp.Value{}, interp.ValueErrorf("sequence.index(x): x not in sequence")
		}
		same, err := th.Equal(x, a[1])
		if err != nil {
			return interp.Value{}, err
		}
		if same || interp.Is(x, a[1]) {
			return interp.MkInt(i), nil
		}
	}
}

func lengthHint(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if _, _, ok := interp.IntOf(a[1]); !ok {
		return interp.Value{}, interp.TypeErrorf("'%s' object cannot be interpreted as an integer", interp.TypeName(a[1]))
	}
	hint, ok, err := th.LengthHint(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	if !ok {
		return a[1], nil
	}
	return hint, nil
}

func call(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	args, kwnames := arguments(a[1], a[2])
	return th.CallArgs(a[0], args, kwnames)
}

// arguments returns *args and **kwargs as a call takes them.
func arguments(positional, keywords interp.Value) (args []interp.Value, kwnames []*interp.Str) {
	t, _ := interp.AsTuple(positional)
	kw, _ := interp.AsDict(keywords)
	args = append(args, t.Items()...)
	for k, v, i, ok := kw.Next(0); ok; k, v, i, ok = kw.Next(i) {
		name, _ := interp.AsStr(k)
		kwnames = append(kwnames, name)
		args = append(args, v)
	}
	return args, kwnames
}

func compareDigest(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	same, err := th.Equal(a[0], a[1])
	return interp.MkBool(same), err
}
