package interp

// This file defines contexts and context variables: a context is a pointer to an immutable table, so
// that copying one, as every task does, costs nothing.

import "fmt"

var (
	contextType    = builtinType("Context", objectType, layoutOpaque)
	contextVarType = builtinType("ContextVar", objectType, layoutOpaque)
	tokenType      = builtinType("Token", objectType, layoutOpaque)

	contextShape    = shapeFor(contextType)
	contextVarShape = shapeFor(contextVarType)
	tokenShape      = shapeFor(tokenType)
)

// ContextTypes returns Context, ContextVar and Token, for the module contextvars.
func ContextTypes() (context, contextVar, token *Type) {
	return contextType, contextVarType, tokenType
}

// ctxVars is the immutable table of a context, in the order in which variables were first set; nil is
// the empty one.
type ctxVars struct {
	keys []*ContextVar
	vals []Value
}

func (t *ctxVars) find(v *ContextVar) int {
	if t != nil {
		for i, k := range t.keys {
			if k == v {
				return i
			}
		}
	}
	return -1
}

// with returns the table with v set to x, or without it when x is unbound.
func (t *ctxVars) with(v *ContextVar, x Value) *ctxVars {
	n := &ctxVars{}
	if t != nil {
		n.keys = append(n.keys, t.keys...)
		n.vals = append(n.vals, t.vals...)
	}
	i := n.find(v)
	switch {
	case x.IsUnbound() && i >= 0:
		n.keys = append(n.keys[:i], n.keys[i+1:]...)
		n.vals = append(n.vals[:i], n.vals[i+1:]...)
	case x.IsUnbound():
	case i >= 0:
		n.vals[i] = x
	default:
		n.keys = append(n.keys, v)
		n.vals = append(n.vals, x)
	}
	return n
}

// Context is a contextvars.Context.
type Context struct {
	Header
	vars    *ctxVars
	entered bool
}

// ContextVar is a contextvars.ContextVar.
type ContextVar struct {
	Header
	name *Str
	def  Value // unbound: none
}

// ctxToken is a contextvars.Token.
type ctxToken struct {
	Header
	v    *ContextVar
	old  Value // unbound: the variable was not set
	ctx  *Context
	used bool
}

// tokenMissing is Token.MISSING.
var tokenMissing = object(&Header{shapeFor(builtinType("Token.MISSING", objectType, layoutOpaque))})

// scope is what context a piece of script code runs in: an object that a script can have, or only a
// table of its own.
type scope struct {
	ctx  *Context // nil: no script has the context
	vars *ctxVars
}

// context returns the context of the scope as an object.
func (s scope) context() *Context {
	if s.ctx != nil {
		return s.ctx
	}
	return &Context{Header: Header{contextShape}, vars: s.vars}
}

// current returns the running context as an object.
func (th *Thread) currentContext() *Context {
	if th.ctx == nil {
		th.ctx = &Context{Header: Header{contextShape}, vars: th.vars, entered: true}
	}
	return th.ctx
}

// CopyContext returns a copy of the running context.
func (th *Thread) CopyContext() *Context {
	return &Context{Header: Header{contextShape}, vars: th.vars}
}

// enterScope makes s the running context and returns the one before, for leaveScope.
func (th *Thread) enterScope(s scope) scope {
	old := scope{th.ctx, th.vars}
	th.ctx, th.vars = s.ctx, s.vars
	if s.ctx != nil {
		th.vars = s.ctx.vars
	}
	return old
}

// leaveScope goes back to old and returns the scope as it is now.
func (th *Thread) leaveScope(old scope) scope {
	s := scope{th.ctx, th.vars}
	th.ctx, th.vars = old.ctx, old.vars
	return s
}

// setVars stores a table in the running context.
func (th *Thread) setVars(t *ctxVars) {
	th.vars = t
	if th.ctx != nil {
		th.ctx.vars = t
	}
}

// asContext returns v as a context.
func asContext(v Value) (*Context, bool) {
	if v.p != nil && shapeOf(v) == contextShape {
		return (*Context)(v.p), true
	}
	return nil, false
}

func setupContext(t *Type) {
	t.Module = "contextvars"
	t.flags |= flagNoBase
	t.SetNew("Context(*args, **kwargs)", func(th *Thread, a []Value) (Value, *Exc) {
		if len((*Tuple)(a[1].p).a) > 0 || (*Dict)(a[2].p).Len() > 0 {
			return Value{}, TypeErrorf("Context() does not accept any arguments")
		}
		return object(&Context{Header: Header{contextShape}}), nil
	})
	t.proto = &Protocol{
		Len: func(th *Thread, v Value) (int, *Exc) {
			if t := (*Context)(v.p).vars; t != nil {
				return len(t.keys), nil
			}
			return 0, nil
		},
		GetItem: func(th *Thread, v, key Value) (Value, *Exc) {
			cv, err := contextKey(key)
			if err != nil {
				return Value{}, err
			}
			c := (*Context)(v.p)
			if i := c.vars.find(cv); i >= 0 {
				return c.vars.vals[i], nil
			}
			return Value{}, KeyErrorOf(key)
		},
		Contains: func(th *Thread, v, key Value) (bool, *Exc) {
			cv, err := contextKey(key)
			if err != nil {
				return false, err
			}
			return (*Context)(v.p).vars.find(cv) >= 0, nil
		},
		Iter: func(th *Thread, v Value) (Value, *Exc) { return th.Iter((*Context)(v.p).list(0)) },
		Compare: func(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
			y, ok := asContext(b)
			if !ok || op > CmpNe {
				return NotImplemented, nil
			}
			same, err := th.equalContexts((*Context)(a.p), y)
			return MkBool(same == (op == CmpEq)), err
		},
		NoHash: true,
	}
	t.rows = []Builtin{
		{"run(*args, **kwargs)", "Run a callable in the context.", contextRun},
		{"copy()", "Return a shallow copy of the context object.", func(th *Thread, a []Value) (Value, *Exc) {
			return object(&Context{Header: Header{contextShape}, vars: (*Context)(a[0].p).vars}), nil
		}},
		{"get(key, default=None, /)", "Return the value for `key` if `key` has the value in the context object.", func(th *Thread, a []Value) (Value, *Exc) {
			cv, err := contextKey(a[1])
			if err != nil {
				return Value{}, err
			}
			c := (*Context)(a[0].p)
			if i := c.vars.find(cv); i >= 0 {
				return c.vars.vals[i], nil
			}
			return a[2], nil
		}},
		{"keys()", "Return a list of all variables in the context object.", func(th *Thread, a []Value) (Value, *Exc) { return (*Context)(a[0].p).list(0), nil }},
		{"values()", "Return a list of all variables' values in the context object.", func(th *Thread, a []Value) (Value, *Exc) { return (*Context)(a[0].p).list(1), nil }},
		{"items()", "Return all variables and their values in the context object.", func(th *Thread, a []Value) (Value, *Exc) { return (*Context)(a[0].p).list(2), nil }},
	}
}

// list returns the keys (0), values (1) or items (2).
func (c *Context) list(which int) Value {
	var items []Value
	if c.vars != nil {
		for i, k := range c.vars.keys {
			switch which {
			case 0:
				items = append(items, object(k))
			case 1:
				items = append(items, c.vars.vals[i])
			default:
				items = append(items, Pair(object(k), c.vars.vals[i]))
			}
		}
	}
	return MkList(items)
}

func (th *Thread) equalContexts(a, b *Context) (bool, *Exc) {
	n, m := 0, 0
	if a.vars != nil {
		n = len(a.vars.keys)
	}
	if b.vars != nil {
		m = len(b.vars.keys)
	}
	if n != m {
		return false, nil
	}
	for i := range n {
		j := b.vars.find(a.vars.keys[i])
		if j < 0 {
			return false, nil
		}
		if same, err := th.Equal(a.vars.vals[i], b.vars.vals[j]); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func contextKey(v Value) (*ContextVar, *Exc) {
	if shapeOf(v) != contextVarShape {
		return nil, TypeErrorf("a ContextVar key was expected, got %s", typeName(v))
	}
	return (*ContextVar)(v.p), nil
}

func contextRun(th *Thread, a []Value) (Value, *Exc) {
	args := (*Tuple)(a[1].p).a
	if len(args) == 0 {
		return Value{}, TypeErrorf("run() missing 1 required positional argument")
	}
	rest, names, err := th.spreadArgs(args[0], MkTuple(args[1:]), a[2])
	if err != nil {
		return Value{}, err
	}
	return th.RunIn((*Context)(a[0].p), args[0], rest, names)
}

// RunIn calls fn in the context c, as Context.run does.
func (th *Thread) RunIn(c *Context, fn Value, args []Value, kwnames []*Str) (Value, *Exc) {
	if c.entered {
		return Value{}, RuntimeErrorf("cannot enter context: %s is already entered", th.reprOr(object(c)))
	}
	c.entered = true
	old := th.enterScope(scope{ctx: c})
	v, err := th.CallArgs(fn, args, kwnames)
	th.leaveScope(old)
	c.entered = false
	return v, err
}

func setupContextVar(t *Type) {
	t.Module = "contextvars"
	t.flags |= flagNoBase
	t.SetNew("ContextVar(name, /, *, default=?)", func(th *Thread, a []Value) (Value, *Exc) {
		name, ok := AsStr(a[1])
		if !ok {
			return Value{}, TypeErrorf("context variable name must be a str")
		}
		return object(&ContextVar{Header{contextVarShape}, name, a[2]}), nil
	})
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) {
		cv := (*ContextVar)(v.p)
		def := ""
		if !cv.def.IsUnbound() {
			s, err := th.Repr(cv.def)
			if err != nil {
				return "", err
			}
			def = " default=" + s
		}
		name, err := th.Repr(object(cv.name))
		return fmt.Sprintf("<ContextVar name=%s%s at %s>", name, def, address(v)), err
	}}
	t.getset = []GetSet{{Name: "name", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*ContextVar)(v.p).name), nil }}}
	t.rows = []Builtin{
		{"get(default=?, /)", "Return a value for the context variable for the current context.", func(th *Thread, a []Value) (Value, *Exc) {
			cv := (*ContextVar)(a[0].p)
			if i := th.vars.find(cv); i >= 0 {
				return th.vars.vals[i], nil
			}
			switch {
			case !a[1].IsUnbound():
				return a[1], nil
			case !cv.def.IsUnbound():
				return cv.def, nil
			}
			return Value{}, NewExc(LookupError, a[0])
		}},
		{"set(value, /)", "Call to set a new value for the context variable in the current context.", func(th *Thread, a []Value) (Value, *Exc) {
			cv := (*ContextVar)(a[0].p)
			tok := &ctxToken{Header: Header{tokenShape}, v: cv, ctx: th.currentContext()}
			if i := th.vars.find(cv); i >= 0 {
				tok.old = th.vars.vals[i]
			}
			th.setVars(th.vars.with(cv, a[1]))
			return object(tok), nil
		}},
		{"reset(token, /)", "Reset the context variable.", contextVarReset},
	}
	t.AddClassMethods([]Builtin{{"__class_getitem__(key, /)", "See PEP 585", func(th *Thread, a []Value) (Value, *Exc) {
		return NewGenericAlias(a[0], a[1]), nil
	}}})
}

func contextVarReset(th *Thread, a []Value) (Value, *Exc) {
	cv := (*ContextVar)(a[0].p)
	if shapeOf(a[1]) != tokenShape {
		return Value{}, TypeErrorf("expected an instance of Token, got %s", th.reprOr(a[1]))
	}
	tok := (*ctxToken)(a[1].p)
	switch {
	case tok.used:
		return Value{}, RuntimeErrorf("%s has already been used once", th.reprOr(a[1]))
	case tok.v != cv:
		return Value{}, ValueErrorf("%s was created by a different ContextVar", th.reprOr(a[1]))
	case tok.ctx != th.currentContext():
		return Value{}, ValueErrorf("%s was created in a different Context", th.reprOr(a[1]))
	}
	tok.used = true
	th.setVars(th.vars.with(cv, tok.old))
	return None, nil
}

func setupToken(t *Type) {
	t.Module = "contextvars"
	t.flags |= flagNoBase | flagNoNew
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) {
		tok := (*ctxToken)(v.p)
		used := ""
		if tok.used {
			used = " used"
		}
		s, err := th.Repr(object(tok.v))
		return fmt.Sprintf("<Token%s var=%s at %s>", used, s, address(v)), err
	}}
	t.getset = []GetSet{
		{Name: "var", Get: func(th *Thread, v Value) (Value, *Exc) { return object((*ctxToken)(v.p).v), nil }},
		{Name: "old_value", Get: func(th *Thread, v Value) (Value, *Exc) {
			if o := (*ctxToken)(v.p).old; !o.IsUnbound() {
				return o, nil
			}
			return tokenMissing, nil
		}},
	}
	t.AddClassMethods([]Builtin{{"__class_getitem__(key, /)", "See PEP 585", func(th *Thread, a []Value) (Value, *Exc) {
		return NewGenericAlias(a[0], a[1]), nil
	}}})
	if t.dict == nil {
		t.dict = NewDict()
	}
	t.dict.SetName("MISSING", tokenMissing)
	missing := tokenMissing
	TypeOf(missing).proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) { return "<Token.MISSING>", nil }}
	TypeOf(missing).inst = shapeOf(missing)
	TypeOf(missing).finish()
}

// Value returns c as a Value.
func (c *Context) Value() Value { return object(c) }
