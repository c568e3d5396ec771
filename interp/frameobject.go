package interp

// This file defines code, frame and traceback objects as scripts see them.

import (
	"fmt"

	"aio/interp/compile"
)

// FrameObject is a frame as scripts see it: a picture of the moment when it was asked for. The machine
// uses its frames again, so what a script holds is not one of them.
type FrameObject struct {
	Header
	code   *Code
	pc     int
	line   int   // 0: derived from pc
	locals *Dict // nil: not known any more
	back   *FrameObject
}

// traceTypes are the types of code, frame and traceback objects.
func traceTypes() []typeSetup {
	return []typeSetup{
		{codeType, codeShape, setupCodeType},
		{frameType, frameShape, setupFrameType},
		{tracebackType, tracebackShape, setupTracebackType},
	}
}

// lineOf returns the line of an instruction.
func (c *Code) lineOf(pc int) int {
	if c.Code == nil || c.Source == nil {
		return 0
	}
	return c.Source.Line(c.SpanOf(pc).Start)
}

// CurrentFrame returns the frame of script code that is depth calls up from the running one, with those
// that called it; nil when there are fewer.
func (th *Thread) CurrentFrame(depth int) *FrameObject {
	f := th.frame
	for ; f != nil; f = f.back {
		if !f.isScript() {
			continue
		}
		if depth == 0 {
			return newFrameObject(f)
		}
		depth--
	}
	return nil
}

// isScript reports whether f runs code of a script rather than a stub of ours.
func (f *Frame) isScript() bool { return !f.code.stub && !f.code.native }

// newFrameObject pictures f and the frames that called it.
func newFrameObject(f *Frame) *FrameObject {
	var first, last *FrameObject
	for ; f != nil; f = f.back {
		if !f.isScript() {
			continue
		}
		o := &FrameObject{Header: Header{frameShape}, code: f.code, pc: f.pc(), locals: f.locals()}
		if last == nil {
			first = o
		} else {
			last.back = o
		}
		last = o
	}
	return first
}

// Value returns f as a Value, None for nil.
func (f *FrameObject) Value() Value {
	if f == nil {
		return None
	}
	return object(f)
}

// Globals returns the globals of the frame's code.
func (f *FrameObject) Globals() *Dict { return f.code.globals }

// Back returns the frame that called f, or nil.
func (f *FrameObject) Back() *FrameObject { return f.back }

// Line returns the line that the frame is at.
func (f *FrameObject) Line() int {
	if f.line > 0 {
		return f.line
	}
	return f.code.lineOf(f.pc)
}

// locals returns the variables of a frame that are bound: those of its registers and of its closure.
// For a module these are its globals, for a class body its namespace.
func (f *Frame) locals() *Dict {
	c := f.code
	if c.Kind == compile.ModuleBody && c.NVars == 0 {
		return c.globals
	}
	if len(c.Locals) > 0 && c.Locals[0] == ".namespace" {
		if d, ok := AsDict(*reg(f.regs, 0)); ok {
			return d
		}
	}
	d := NewDict()
	for i, name := range c.Locals[:c.NVars] {
		v := *reg(f.regs, uint16(uintptr(i)*valueSize))
		if v.p != nil && shapeOf(v) == cellShape && c.isCell(i) {
			v = (*Cell)(v.p).v
		}
		if !v.IsUnbound() && name[0] != '.' {
			d.SetName(name, v)
		}
	}
	if f.fn != nil {
		for i, name := range c.FreeVars {
			if i < len(f.fn.closure) && !f.fn.closure[i].v.IsUnbound() {
				d.SetName(name, f.fn.closure[i].v)
			}
		}
	}
	return d
}

// isCell reports whether local i lives in a cell.
func (c *Code) isCell(i int) bool {
	for _, r := range c.CellRegs {
		if int(r) == i {
			return true
		}
	}
	return false
}

// value returns c as a Value.
func (c *Code) value() Value {
	if c.shape == nil {
		c.shape = codeShape
	}
	return object(c)
}

func setupFrameType(t *Type) {
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) {
		f := (*FrameObject)(v.p)
		file, err := th.Repr(MkStr(f.code.Source.Name))
		return fmt.Sprintf("<frame at %s, file %s, line %d, code %s>", address(v), file, f.Line(), f.code.Name), err
	}}
	t.flags |= flagNoNew | flagNoBase
	get := func(name string, fn func(f *FrameObject) Value) GetSet {
		return GetSet{Name: name, Get: func(th *Thread, v Value) (Value, *Exc) { return fn((*FrameObject)(v.p)), nil }}
	}
	t.getset = []GetSet{
		get("f_code", func(f *FrameObject) Value { return f.code.value() }),
		get("f_lineno", func(f *FrameObject) Value { return MkInt(int64(f.Line())) }),
		get("f_lasti", func(f *FrameObject) Value { return MkInt(int64(f.pc)) }),
		get("f_back", func(f *FrameObject) Value { return f.back.Value() }),
		get("f_globals", func(f *FrameObject) Value { return f.code.globals.Value() }),
		get("f_builtins", func(f *FrameObject) Value { return f.code.builtins.Value() }),
		get("f_locals", func(f *FrameObject) Value { return f.knownLocals().Value() }),
		get("f_trace", func(f *FrameObject) Value { return None }),
	}
	t.rows = []Builtin{{"clear()", "Does nothing: a frame object is a picture of a frame.", func(th *Thread, a []Value) (Value, *Exc) { return None, nil }}}
}

// knownLocals returns f_locals: empty when the frame ended before it was asked for.
func (f *FrameObject) knownLocals() *Dict {
	if f.locals == nil {
		if f.code.Kind == compile.ModuleBody {
			return f.code.globals
		}
		f.locals = NewDict()
	}
	return f.locals
}

func setupTracebackType(t *Type) {
	t.SetNew("traceback(tb_next, tb_frame, tb_lasti, tb_lineno)", newTraceback)
	t.flags |= flagNoBase
	t.getset = []GetSet{
		{Name: "tb_frame", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Traceback)(v.p).frameObject().Value(), nil }},
		{Name: "tb_lineno", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(int64((*Traceback)(v.p).Line())), nil }},
		{Name: "tb_lasti", Get: func(th *Thread, v Value) (Value, *Exc) { return MkInt(int64((*Traceback)(v.p).pc)), nil }},
		{Name: "tb_next", Get: func(th *Thread, v Value) (Value, *Exc) { return (*Traceback)(v.p).next.value(), nil }, Set: setTracebackNext},
	}
}

func newTraceback(th *Thread, a []Value) (Value, *Exc) {
	tb := &Traceback{Header: Header{tracebackShape}}
	if err := setTracebackNext(th, object(tb), a[1]); err != nil {
		return Value{}, err
	}
	if shapeOf(a[2]) != frameShape {
		return Value{}, TypeErrorf("traceback() argument 'tb_frame' must be frame, not %s", typeName(a[2]))
	}
	tb.frame = (*FrameObject)(a[2].p)
	tb.code = tb.frame.code
	lasti, err := th.IndexInt(a[3])
	if err != nil {
		return Value{}, err
	}
	tb.pc = lasti
	tb.lineno, err = th.IndexInt(a[4])
	return object(tb), err
}

func setTracebackNext(th *Thread, self, v Value) *Exc {
	tb := (*Traceback)(self.p)
	switch {
	case v.IsUnbound():
		return TypeErrorf("can't delete tb_next attribute")
	case v.IsNone():
		tb.next = nil
		return nil
	case shapeOf(v) != tracebackShape:
		return TypeErrorf("expected traceback object, got '%s'", typeName(v))
	}
	next := (*Traceback)(v.p)
	for t := next; t != nil; t = t.next {
		if t == tb {
			return ValueErrorf("traceback loop detected")
		}
	}
	tb.next = next
	return nil
}

// Line returns the line of the entry.
func (tb *Traceback) Line() int {
	if tb.lineno > 0 {
		return tb.lineno
	}
	return tb.code.lineOf(tb.pc)
}

func (tb *Traceback) frameObject() *FrameObject {
	if tb.frame == nil {
		tb.frame = &FrameObject{Header: Header{frameShape}, code: tb.code, pc: tb.pc, line: tb.lineno}
	}
	return tb.frame
}

// The bits of co_flags.
const (
	codeOptimized      = 0x1
	codeNewLocals      = 0x2
	codeVarargs        = 0x4
	codeVarKeywords    = 0x8
	codeNested         = 0x10
	codeGenerator      = 0x20
	codeCoroutine      = 0x80
	codeIterable       = 0x100 // a generator that can be awaited
	codeAsyncGenerator = 0x200
)

func (c *Code) flags() int64 {
	f := 0
	switch c.Kind {
	case compile.ModuleBody, compile.ClassBody:
	default:
		f = codeOptimized | codeNewLocals
	}
	switch c.Kind {
	case compile.Generator:
		f |= codeGenerator
	case compile.Coroutine:
		f |= codeCoroutine
	case compile.AsyncGen:
		f |= codeAsyncGenerator
	}
	if c.iterable {
		f |= codeIterable
	}
	if c.HasVarargs {
		f |= codeVarargs
	}
	if c.HasKwargs {
		f |= codeVarKeywords
	}
	if c.IsNested {
		f |= codeNested
	}
	return int64(f)
}

// varNames returns co_varnames and co_cellvars: a parameter that lives in a cell is in both.
func (c *Code) varNames() (vars, cells []string) {
	nparams := c.ArgCount + c.KwOnlyCount
	if c.HasVarargs {
		nparams++
	}
	if c.HasKwargs {
		nparams++
	}
	for i, name := range c.Locals[:c.NVars] {
		cell := c.isCell(i)
		if cell {
			cells = append(cells, name)
		}
		if name[0] != '.' && (!cell || i < nparams) {
			vars = append(vars, name)
		}
	}
	return vars, cells
}

func stringTuple(list []string) Value {
	items := make([]Value, len(list))
	for i, s := range list {
		items[i] = MkStr(s)
	}
	return MkTuple(items)
}

func setupCodeType(t *Type) {
	t.proto = &Protocol{Repr: func(th *Thread, v Value) (string, *Exc) {
		c := (*Code)(v.p)
		return fmt.Sprintf("<code object %s at %s, file \"%s\", line %d>", c.Name, address(v), c.Source.Name, c.FirstLine), nil
	}}
	t.flags |= flagNoNew | flagNoBase
	get := func(name string, fn func(c *Code) Value) GetSet {
		return GetSet{Name: name, Get: func(th *Thread, v Value) (Value, *Exc) { return fn((*Code)(v.p)), nil }}
	}
	number := func(name string, fn func(c *Code) int64) GetSet {
		return get(name, func(c *Code) Value { return MkInt(fn(c)) })
	}
	t.getset = []GetSet{
		get("co_name", func(c *Code) Value { return MkStr(c.Name) }),
		get("co_qualname", func(c *Code) Value { return MkStr(c.QualName) }),
		get("co_filename", func(c *Code) Value { return MkStr(c.Source.Name) }),
		get("co_varnames", func(c *Code) Value { vars, _ := c.varNames(); return stringTuple(vars) }),
		get("co_cellvars", func(c *Code) Value { _, cells := c.varNames(); return stringTuple(cells) }),
		get("co_freevars", func(c *Code) Value { return stringTuple(c.FreeVars) }),
		get("co_names", func(c *Code) Value { return stringTuple(distinct(c.Names)) }),
		get("co_consts", func(c *Code) Value { return MkTuple(append([]Value(nil), c.consts...)) }),
		number("co_argcount", func(c *Code) int64 { return int64(c.ArgCount) }),
		number("co_posonlyargcount", func(c *Code) int64 { return int64(c.PosOnlyCount) }),
		number("co_kwonlyargcount", func(c *Code) int64 { return int64(c.KwOnlyCount) }),
		number("co_nlocals", func(c *Code) int64 { vars, _ := c.varNames(); return int64(len(vars)) }),
		number("co_stacksize", func(c *Code) int64 { return int64(c.NRegs) }),
		number("co_firstlineno", func(c *Code) int64 { return int64(c.FirstLine) }),
		number("co_flags", (*Code).flags),
	}
	t.rows = []Builtin{
		{"co_positions()", "Return an iterator over the positions of the instructions: (line, end_line, column, end_column).", codePositions},
		{"co_lines()", "Return an iterator over the lines of the instructions: (start, end, line).", codeLines},
	}
}

func distinct(names []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

func codePositions(th *Thread, a []Value) (Value, *Exc) {
	c := (*Code)(a[0].p)
	list := make([]Value, len(c.Spans))
	for i, s := range c.Spans {
		line, col := c.Source.Position(s.Start)
		endLine, endCol := c.Source.Position(s.End)
		list[i] = MkTuple([]Value{MkInt(int64(line)), MkInt(int64(endLine)), MkInt(int64(col)), MkInt(int64(endCol))})
	}
	return th.Iter(MkList(list))
}

func codeLines(th *Thread, a []Value) (Value, *Exc) {
	c := (*Code)(a[0].p)
	var list []Value
	for start := 0; start < len(c.Spans); {
		line, end := c.lineOf(start), start+1
		for end < len(c.Spans) && c.lineOf(end) == line {
			end++
		}
		list = append(list, MkTuple([]Value{MkInt(int64(start)), MkInt(int64(end)), MkInt(int64(line))}))
		start = end
	}
	return th.Iter(MkList(list))
}

// NamedType is a type under the name that the module types gives it.
type NamedType struct {
	Name string
	Type *Type
}

// UnnamedTypes returns the built-in types that are no builtins, for the module types.
func UnnamedTypes() []NamedType {
	return []NamedType{
		{"FunctionType", functionType}, {"LambdaType", functionType}, {"CodeType", codeType}, {"MappingProxyType", mappingProxyType},
		{"CellType", cellType}, {"GeneratorType", generatorType}, {"CoroutineType", coroutineType}, {"AsyncGeneratorType", asyncGenType},
		{"MethodType", boundMethodType}, {"BuiltinFunctionType", builtinFunctionType}, {"BuiltinMethodType", builtinFunctionType},
		{"WrapperDescriptorType", slotWrapperType}, {"MethodWrapperType", methodWrapperType}, {"MethodDescriptorType", methodDescrType},
		{"ClassMethodDescriptorType", classMethodDescrType}, {"TracebackType", tracebackType}, {"FrameType", frameType},
		{"GetSetDescriptorType", getSetType}, {"MemberDescriptorType", memberType}, {"EllipsisType", ellipsisType},
		{"NoneType", noneType}, {"NotImplementedType", notImplementedType},
	}
}

// MakeAwaitable lets the generators of a generator function be awaited, as types.coroutine does; it
// reports whether fn is one.
func MakeAwaitable(fn Value) bool {
	f, ok := asFunction(fn)
	if !ok || f.code.Kind != compile.Generator {
		return false
	}
	c := *f.code
	c.iterable = true
	f.code = &c
	return true
}

// CodeLastLine returns the last line of the definition that a code object was made from, 0 when v is none.
func CodeLastLine(v Value) int {
	if shapeOf(v) != codeShape {
		return 0
	}
	c := (*Code)(v.p)
	return c.Source.Line(max(c.Span.End, 1) - 1)
}
