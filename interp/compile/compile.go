package compile

// This file defines the entry points and the compiler's core: emitting, registers, labels, constants.

import (
	"slices"

	"aio/ast"
	"aio/diag"
)

// Options say how a module or expression is compiled.
type Options struct {
	Interactive       bool // an expression statement gives its value to the display hook
	Namespace         bool // names of the top level live in the namespace object in R0
	TopLevelAwait     bool // await may stand at the top level; the Code is a Coroutine when it does
	FutureAnnotations bool // as if from __future__ import annotations stood first
}

// Module compiles a module.
func Module(src *diag.Source, m *ast.Module, opt Options) (*Code, *diag.Error) {
	t := &table{src: src, opt: opt, byNode: map[ast.Node]*scope{}}
	root := collect(t, m)
	if t.err != nil {
		return nil, t.err
	}
	c := newCompiler(t, root, "<module>", "<module>", m.Span)
	c.code.Kind = ModuleBody
	if opt.TopLevelAwait && root.awaits {
		c.code.Kind = Coroutine
	}
	c.prologue()
	body := m.Body
	if len(body) > 0 && isDocString(body[0]) && !opt.Interactive {
		c.moduleDoc(body[0].(*ast.ExprStmt))
		body = body[1:]
	}
	if root.annotations {
		c.setupAnnotations(m.Span)
	}
	c.stmts(body)
	c.returnNone(m.Span)
	code := c.finish()
	if t.err != nil {
		return nil, t.err
	}
	return code, nil
}

// Expression compiles an expression to a ModuleBody that returns its value.
func Expression(src *diag.Source, e ast.Expr, opt Options) (*Code, *diag.Error) {
	t := &table{src: src, opt: opt, byNode: map[ast.Node]*scope{}}
	root := collect(t, e)
	if t.err != nil {
		return nil, t.err
	}
	c := newCompiler(t, root, "<module>", "<module>", e.Pos())
	c.code.Kind = ModuleBody
	if opt.TopLevelAwait && root.awaits {
		c.code.Kind = Coroutine
	}
	c.prologue()
	c.ret(c.any(e), e.Pos())
	code := c.finish()
	if t.err != nil {
		return nil, t.err
	}
	return code, nil
}

// reg is a register number.
type reg = uint16

// maxRegs is how many registers a Code may have.
const maxRegs = 4000

// bits is the set of locals that are bound for certain at a place. Locals past its size are never in
// it, which costs them a CheckLocal and nothing else.
type bits [4]uint64

const maxBits = 4 * 64

func (b *bits) set(r reg) {
	if r < maxBits {
		b[r>>6] |= 1 << (r & 63)
	}
}

func (b *bits) clear(r reg) {
	if r < maxBits {
		b[r>>6] &^= 1 << (r & 63)
	}
}

func (b *bits) has(r reg) bool { return r < maxBits && b[r>>6]&(1<<(r&63)) != 0 }

func (b *bits) intersect(o *bits) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b *bits) remove(o *bits) {
	for i := range b {
		b[i] &^= o[i]
	}
}

// label is a place that jumps go to. It gathers what is bound on every way there.
type label struct {
	pc      int32 // -1 until it is placed
	reached bool
	bound   bits
}

// labelID names a label of the compiler.
type labelID int32

// jump is an instruction whose operand C is a label.
type jump struct {
	pc int32
	to labelID
}

// compiler makes one Code.
type compiler struct {
	*table
	code  *Code
	scope *scope // of the names: the host, or a comprehension inlined into it
	host  *scope

	ins    []Instr
	spans  []ast.Span
	jumps  []jump
	labels []label

	bound     bits // bound for certain here
	deletable bits // locals that some del or except clause unbinds
	dead      bool // no way leads here: nothing is emitted

	nlocals reg
	top     int // the next free temporary
	maxTop  int
	blocks  []*block // the try, with and loop statements around, outermost first

	constKeys  []any           // constKey of each constant
	constIndex map[any]int     // the same, once there are many
	sharedName map[nameUse]int // inline caches shared once there are too many
}

// nameUse keys an inline cache that several instructions share.
type nameUse struct {
	op   Opcode
	name string
}

func newCompiler(t *table, s *scope, name, qualName string, span ast.Span) *compiler {
	c := t.compiler()
	c.table, c.scope, c.host = t, s, s
	c.code = &Code{
		Name: name, QualName: qualName, Source: t.src, Span: span, FirstLine: t.src.Line(span.Start),
		Locals: s.locals, NVars: s.nvars, CellRegs: s.cells, DropReg: NoReg,
		FutureAnnotations: t.futureAn,
	}
	for i := range s.free {
		c.code.FreeVars = append(c.code.FreeVars, s.free[i].name)
	}
	s.qual = qualName
	c.nlocals = reg(len(s.locals))
	c.top, c.maxTop = len(s.locals), len(s.locals)
	if s.dropsCall {
		c.code.DropReg = c.alloc()
	}
	for _, sym := range s.syms {
		if sym.kind == localRef && sym.alias == nil && sym.flags&symDeleted != 0 {
			c.deletable.set(sym.reg)
		}
	}
	for _, p := range s.params {
		if p.kind == localRef {
			c.bound.set(p.reg)
		}
	}
	return c
}

// compiler returns a compiler whose buffers may have been used before.
func (t *table) compiler() *compiler {
	n := len(t.idle)
	if n == 0 {
		return &compiler{}
	}
	c := t.idle[n-1]
	t.idle = t.idle[:n-1]
	return c
}

// retire keeps the buffers of a compiler that is done for the next one.
func (c *compiler) retire() {
	t := c.table
	clear(c.constKeys)
	*c = compiler{
		ins: c.ins[:0], spans: c.spans[:0], jumps: c.jumps[:0], labels: c.labels[:0],
		constKeys: c.constKeys[:0], blocks: c.blocks[:0],
	}
	t.idle = append(t.idle, c)
}

// prologue puts the captured locals into cells.
func (c *compiler) prologue() {
	for _, r := range c.host.cells {
		c.emit(c.code.Span, OpMakeCell, r, 0, 0)
	}
}

// finish assembles the Code; the compiler is not used again.
func (c *compiler) finish() *Code {
	code := c.code
	code.NRegs = max(c.maxTop, 1) // an instruction without a register still names R0
	c.assemble()
	code.Ins, code.Spans = slices.Clone(c.ins), slices.Clone(c.spans)
	c.retire()
	return code
}

// alloc reserves the next temporary.
func (c *compiler) alloc() reg {
	r := c.top
	c.top++
	if c.top > c.maxTop {
		c.maxTop = c.top
		if c.top > maxRegs {
			c.fail(c.code.Span, "too many variables and nested expressions in one function")
			c.top, c.maxTop = maxRegs, maxRegs
			return maxRegs - 1
		}
	}
	return reg(r)
}

// isTemp reports whether r is a temporary, which may be written before an expression has its value.
func (c *compiler) isTemp(r reg) bool { return r >= c.nlocals }

// temp returns dst when it may be used as scratch, else a new temporary.
func (c *compiler) temp(dst reg) reg {
	if c.isTemp(dst) {
		return dst
	}
	return c.alloc()
}

// window returns the base of a window of registers that starts at the top of the stack of temporaries;
// dst itself when it is the topmost.
func (c *compiler) window(dst reg) reg {
	if c.isTemp(dst) && int(dst) == c.top-1 && dst != c.code.DropReg {
		return dst
	}
	return c.alloc()
}

// emit appends an instruction; where nothing leads it does nothing.
func (c *compiler) emit(span ast.Span, op Opcode, a, b, cc uint16) {
	if c.dead {
		return
	}
	c.ins = append(c.ins, Instr{op, a, b, cc})
	c.spans = append(c.spans, span)
}

func (c *compiler) pc() int32 { return int32(len(c.ins)) }

func (c *compiler) move(span ast.Span, dst, src reg) {
	if dst != src {
		c.emit(span, OpMove, dst, src, 0)
	}
}

func (c *compiler) newLabel() labelID {
	c.labels = append(c.labels, label{pc: -1})
	return labelID(len(c.labels) - 1)
}

// reach records a way from here to a label.
func (c *compiler) reach(to labelID) {
	l := &c.labels[to]
	if l.reached {
		l.bound.intersect(&c.bound)
	} else {
		l.reached, l.bound = true, c.bound
	}
}

// jump emits a conditional jump.
func (c *compiler) jump(span ast.Span, op Opcode, a, b uint16, to labelID) {
	if c.dead {
		return
	}
	c.reach(to)
	c.jumps = append(c.jumps, jump{c.pc(), to})
	c.emit(span, op, a, b, 0)
}

// goTo emits an unconditional jump.
func (c *compiler) goTo(span ast.Span, to labelID) {
	c.jump(span, OpJmp, 0, 0, to)
	c.dead = true
}

// place puts a label here.
func (c *compiler) place(id labelID) {
	l := &c.labels[id]
	l.pc = c.pc()
	switch {
	case !l.reached:
	case c.dead:
		c.dead, c.bound = false, l.bound
	default:
		c.bound.intersect(&l.bound)
	}
}

// placeTop puts the label of a loop's top here: what the loop may unbind is not bound for certain.
func (c *compiler) placeTop(id labelID) {
	c.bound.remove(&c.deletable)
	l := &c.labels[id]
	l.pc, l.reached, l.bound = c.pc(), true, c.bound
}

// linearConsts is how many constants a Code has before they get an index.
const linearConsts = 12

// constant returns the index of a constant, adding it if need be.
func (c *compiler) constant(v any) int {
	key := constKey(v)
	list := c.constKeys
	if len(list) <= linearConsts {
		for i, k := range list {
			if k == key {
				return i
			}
		}
	} else if i, ok := c.constIndex[key]; ok {
		return i
	}
	i := len(list)
	c.code.Consts = append(c.code.Consts, v)
	c.constKeys = append(list, key)
	switch {
	case i == linearConsts:
		c.constIndex = make(map[any]int, 4*linearConsts)
		for j, k := range c.constKeys {
			c.constIndex[k] = j
		}
	case i > linearConsts:
		c.constIndex[key] = i
	}
	return i
}

// loadK loads a constant.
func (c *compiler) loadK(span ast.Span, dst reg, v any) {
	if c.dead {
		return
	}
	if i, ok := smallInt(v); ok {
		c.emit(span, OpLoadInt, dst, uint16(int16(i)), 0)
		return
	}
	i := c.constant(v)
	c.emit(span, OpLoadK, dst, uint16(i), uint16(i>>16))
}

// shareCaches is how many inline caches a Code has before instructions share them by name.
const shareCaches = 48000

// cache returns the index of an inline cache for name.
func (c *compiler) cache(span ast.Span, op Opcode, name string) uint16 {
	if c.dead {
		return 0
	}
	n := len(c.code.Names)
	if n >= shareCaches {
		if i, ok := c.sharedName[nameUse{op, name}]; ok {
			return uint16(i)
		}
		if n >= NoReg {
			c.fail(span, "too many names in one block")
			return 0
		}
		if c.sharedName == nil {
			c.sharedName = map[nameUse]int{}
		}
		c.sharedName[nameUse{op, name}] = n
	}
	c.code.Names = append(c.code.Names, name)
	return uint16(n)
}

// lookup returns the symbol that a name written in the current scope stands for.
func (c *compiler) lookup(name string) *symbol {
	sym := c.scope.find(mangle(c.scope.private, name))
	for sym.alias != nil {
		sym = sym.alias
	}
	return sym
}

// mangled returns an attribute's name as the current class sees it.
func (c *compiler) mangled(name string) string { return mangle(c.scope.private, name) }

// loadSym loads a name.
func (c *compiler) loadSym(span ast.Span, sym *symbol, dst reg) {
	switch sym.kind {
	case localRef:
		c.checkLocal(span, sym.reg)
		c.move(span, dst, sym.reg)
	case cellRef:
		c.emit(span, OpLoadCell, dst, sym.reg, 0)
	case freeRef:
		if c.scope.kind == classScope {
			c.emit(span, OpLoadClassDeref, dst, 0, sym.reg)
			return
		}
		c.emit(span, OpLoadFree, dst, sym.reg, 0)
	case nameRef:
		c.emit(span, OpLoadName, dst, 0, c.loadCache(span, OpLoadName, sym))
	case globalRef:
		c.emit(span, OpLoadGlobal, dst, 0, c.loadCache(span, OpLoadGlobal, sym))
	}
}

// loadCache returns the one cache that all loads of a global name share.
func (c *compiler) loadCache(span ast.Span, op Opcode, sym *symbol) uint16 {
	if c.dead {
		return 0
	}
	if sym.loadCache == 0 {
		sym.loadCache = int32(c.cache(span, op, sym.name)) + 1
	}
	return uint16(sym.loadCache - 1)
}

// storeCache returns the one cache that all stores and deletions of a global name share.
func (c *compiler) storeCache(span ast.Span, op Opcode, sym *symbol) uint16 {
	if c.dead {
		return 0
	}
	if sym.storeCache == 0 {
		sym.storeCache = int32(c.cache(span, op, sym.name)) + 1
	}
	return uint16(sym.storeCache - 1)
}

// checkLocal makes sure that a local is bound.
func (c *compiler) checkLocal(span ast.Span, r reg) {
	if !c.bound.has(r) {
		c.emit(span, OpCheckLocal, r, 0, 0)
		c.bound.set(r)
	}
}

// storeSym stores R[src] in a name.
func (c *compiler) storeSym(span ast.Span, sym *symbol, src reg) {
	switch sym.kind {
	case localRef:
		c.move(span, sym.reg, src)
		c.bound.set(sym.reg)
	case cellRef:
		c.emit(span, OpStoreCell, sym.reg, src, 0)
	case freeRef:
		c.emit(span, OpStoreFree, src, sym.reg, 0)
	case nameRef:
		c.emit(span, OpStoreName, src, 0, c.storeCache(span, OpStoreName, sym))
	case globalRef:
		c.emit(span, OpStoreGlobal, src, 0, c.storeCache(span, OpStoreGlobal, sym))
	}
}

// delSym deletes a name.
func (c *compiler) delSym(span ast.Span, sym *symbol) {
	switch sym.kind {
	case localRef:
		c.checkLocal(span, sym.reg)
		c.unbind(span, sym.reg)
	case cellRef:
		c.emit(span, OpDelCell, sym.reg, 0, 0)
	case freeRef:
		c.emit(span, OpDelFree, 0, sym.reg, 0)
	case nameRef:
		c.emit(span, OpDelName, 0, 0, c.storeCache(span, OpDelName, sym))
	case globalRef:
		c.emit(span, OpDelGlobal, 0, 0, c.storeCache(span, OpDelGlobal, sym))
	}
}

func (c *compiler) unbind(span ast.Span, r reg) {
	c.emit(span, OpUnbind, r, 0, 0)
	c.bound.clear(r)
}

// ret emits the return of R[r].
func (c *compiler) ret(r reg, span ast.Span) {
	op := OpRet
	switch c.code.Kind {
	case Generator, Coroutine, AsyncGen:
		op = OpRetGen
	}
	c.emit(span, op, r, 0, 0)
	c.dead = true
}

func (c *compiler) returnNone(span ast.Span) {
	if c.dead {
		return
	}
	m := c.top
	r := c.alloc()
	c.loadK(span, r, nil)
	c.ret(r, span)
	c.top = m
}
