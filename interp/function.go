package interp

// This file defines Function, Cell and BoundMethod, and how arguments are bound to parameters.

import (
	"fmt"
	"strings"

	"aio/interp/compile"
)

// Function is a function made by def or lambda.
type Function struct {
	Header
	code       *Code
	closure    []*Cell
	defaults   []Value // of the last positional parameters
	kwdefaults *Dict   // nil without any
	name       *Str
	qualName   *Str
	doc        Value // unbound: the code's docstring
	module     Value // unbound: globals' __name__
	annots     *Dict
	dict       *Dict
}

// Cell is a variable shared by a function and the functions within it.
type Cell struct {
	Header
	v Value // unbound: empty
}

// BoundMethod is a method with its self.
type BoundMethod struct {
	Header
	fn, self Value
}

// NewBoundMethod returns fn bound to self.
func NewBoundMethod(fn, self Value) Value {
	return object(&BoundMethod{Header{boundMethodShape}, fn, self})
}

func newCell(v Value) *Cell { return &Cell{Header{cellShape}, v} }

func asFunction(v Value) (*Function, bool) {
	if v.p != nil && shapeOf(v) == functionShape {
		return (*Function)(v.p), true
	}
	return nil, false
}

func asBuiltin(v Value) (*BuiltinFunction, bool) {
	if v.p != nil {
		if s := shapeOf(v); s == builtinShape || s == methodDescrShape || s == slotWrapperShape || s == methodWrapperShape || s == classMethodDescrShape {
			return (*BuiltinFunction)(v.p), true
		}
	}
	return nil, false
}

func asBoundMethod(v Value) (*BoundMethod, bool) {
	if v.p != nil && shapeOf(v) == boundMethodShape {
		return (*BoundMethod)(v.p), true
	}
	return nil, false
}

// makeFunction runs MakeFunction: extras are the values of the flags.
func (th *Thread) makeFunction(c *Code, flags uint16, extras []Value) Value {
	f := &Function{Header: Header{functionShape}, code: c, name: c.name, qualName: c.qualName}
	i := 0
	next := func() Value { i++; return extras[i-1] }
	if flags&compile.FuncDefaults != 0 {
		f.defaults = (*Tuple)(next().p).a
	}
	if flags&compile.FuncKwDefaults != 0 {
		f.kwdefaults = (*Dict)(next().p)
	}
	if flags&compile.FuncAnnotations != 0 {
		f.annots = (*Dict)(next().p)
	}
	if flags&compile.FuncClosure != 0 {
		cells := (*Tuple)(next().p).a
		f.closure = make([]*Cell, len(cells))
		for i, c := range cells {
			f.closure[i] = (*Cell)(c.p)
		}
	}
	return object(f)
}

// bindArgs fills the parameter registers of f from args, whose last len(kwnames) are by keyword. dst
// has room for all parameters; it may overlap args when both begin at the same place.
func (th *Thread) bindArgs(f *Function, dst, args []Value, kwnames []*Str) *Exc {
	c := f.code
	npos := len(args) - len(kwnames)
	nparams := c.ArgCount + c.KwOnlyCount
	if c.simple && len(kwnames) == 0 && npos <= c.ArgCount && npos+len(f.defaults) >= c.ArgCount {
		copy(dst, args)
		copy(dst[npos:c.ArgCount], f.defaults[len(f.defaults)-(c.ArgCount-npos):])
		return nil
	}
	var rest Value
	varargs := nparams
	kwargs := nparams
	if c.HasVarargs {
		if npos > c.ArgCount {
			rest = newTuple(args[c.ArgCount:npos])
		} else {
			rest = emptyTuple
		}
		kwargs++
	}
	var kw *Dict
	if c.HasKwargs {
		kw = newDictFor(len(kwnames))
	}
	var kwvals []Value
	if len(kwnames) > 0 { // they may stand where parameters go
		kwvals = append(th.args(len(kwnames)), args[npos:]...)
		th.dropArgs(len(kwnames)) // nothing below takes arguments before kwvals are read
	}
	taken := min(npos, c.ArgCount)
	copy(dst[:taken], args[:taken])
	clear(dst[taken:nparams])
	for i, name := range kwnames {
		if err := f.bindKeyword(dst, name, kwvals[i], kw, kwnames); err != nil {
			return err
		}
	}
	if npos > c.ArgCount && !c.HasVarargs {
		return f.tooMany(npos, dst)
	}
	if err := f.fillDefaults(dst, taken); err != nil {
		return err
	}
	if c.HasVarargs {
		dst[varargs] = rest
	}
	if c.HasKwargs {
		dst[kwargs] = kw.Value()
	}
	return nil
}

func (f *Function) bindKeyword(dst []Value, name *Str, v Value, kw *Dict, all []*Str) *Exc {
	c := f.code
	for i := c.PosOnlyCount; i < c.ArgCount+c.KwOnlyCount; i++ {
		if c.Locals[i] == name.s {
			if !dst[i].IsUnbound() {
				return TypeErrorf("%s() got multiple values for argument '%s'", f.qualName.s, name.s)
			}
			dst[i] = v
			return nil
		}
	}
	if kw != nil {
		kw.SetStr(name, v)
		return nil
	}
	var posOnly []string
	for i := range c.PosOnlyCount {
		for _, n := range all {
			if c.Locals[i] == n.s {
				posOnly = append(posOnly, c.Locals[i])
			}
		}
	}
	if len(posOnly) > 0 {
		return TypeErrorf("%s() got some positional-only arguments passed as keyword arguments: '%s'", f.qualName.s, strings.Join(posOnly, ", "))
	}
	return TypeErrorf("%s() got an unexpected keyword argument '%s'", f.qualName.s, name.s)
}

func (f *Function) fillDefaults(dst []Value, taken int) *Exc {
	c := f.code
	firstDefault := c.ArgCount - len(f.defaults)
	var missing []string
	for i := taken; i < c.ArgCount; i++ {
		if dst[i].IsUnbound() {
			if i < firstDefault {
				missing = append(missing, c.Locals[i])
			} else {
				dst[i] = f.defaults[i-firstDefault]
			}
		}
	}
	if missing != nil {
		return f.missing("positional", missing)
	}
	for i := c.ArgCount; i < c.ArgCount+c.KwOnlyCount; i++ {
		if dst[i].IsUnbound() {
			if f.kwdefaults != nil {
				if v, ok := f.kwdefaults.GetName(c.Locals[i]); ok {
					dst[i] = v
					continue
				}
			}
			missing = append(missing, c.Locals[i])
		}
	}
	if missing != nil {
		return f.missing("keyword-only", missing)
	}
	return nil
}

func (f *Function) missing(kind string, names []string) *Exc {
	return missingArguments(f.qualName.s, kind, names)
}

// missingArguments is the error of a call that leaves out required arguments.
func missingArguments(fn, kind string, names []string) *Exc {
	for i := range names {
		names[i] = "'" + names[i] + "'"
	}
	var list string
	switch n := len(names); n {
	case 1:
		list = names[0]
	case 2:
		list = names[0] + " and " + names[1]
	default:
		list = strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
	return TypeErrorf("%s() missing %d required %s argument%s: %s", fn, len(names), kind, plural(len(names)), list)
}

func (f *Function) tooMany(given int, dst []Value) *Exc {
	c := f.code
	kwonly := 0
	for i := c.ArgCount; i < c.ArgCount+c.KwOnlyCount; i++ {
		if !dst[i].IsUnbound() {
			kwonly++
		}
	}
	takes := fmt.Sprint(c.ArgCount)
	many := c.ArgCount != 1
	if n := len(f.defaults); n > 0 {
		takes = fmt.Sprintf("from %d to %d", c.ArgCount-n, c.ArgCount)
		many = true
	}
	also := ""
	if kwonly > 0 {
		also = fmt.Sprintf(" positional argument%s (and %d keyword-only argument%s)", plural(given), kwonly, plural(kwonly))
	}
	s, verb := "", "were"
	if many {
		s = "s"
	}
	if given == 1 && kwonly == 0 {
		verb = "was"
	}
	return TypeErrorf("%s() takes %s positional argument%s but %d%s %s given", f.qualName.s, takes, s, given, also, verb)
}
