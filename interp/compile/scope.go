package compile

// This file defines scopes and symbols: the side table that says where each name lives.

import (
	"strings"

	"aio/ast"
	"aio/diag"
)

// scopeKind says what opens a scope.
type scopeKind uint8

const (
	moduleScope scopeKind = iota
	classScope
	funcScope
	lambdaScope
	genScope  // a generator expression
	compScope // a list, set or dict comprehension: inlined into the Code around it
	typeScope // the type parameters around a def, class or type statement
)

// symFlags is what the text of one scope says about a name.
type symFlags uint16

const (
	symBound       symFlags = 1 << iota // assigned, imported, a parameter, ...
	symParam                            // a parameter
	symGlobal                           // named in a global statement
	symInnerGlobal                      // of a module: named in a global statement of a function in it
	symNonlocal                         // named in a nonlocal statement
	symUsed                             // read
	symAnnotated                        // x: int
	symIter                             // the target of a comprehension
	symWalrus                           // the target of a named expression
	symDeleted                          // del, or the name of an except clause
)

// refKind is where a name lives, seen from the Code that names it.
type refKind uint8

const (
	globalRef refKind = iota
	nameRef           // the namespace in R0, then globals and builtins
	localRef          // a register
	cellRef           // a cell in a register
	freeRef           // a cell of the closure
)

// symbol is one name in one scope.
type symbol struct {
	name  string
	flags symFlags
	kind  refKind
	reg   uint16 // localRef, cellRef: the register; freeRef: the index in FreeVars
	// alias is set on a name that an inlined comprehension takes from the scopes around it in the same
	// Code; the fields of the alias hold then.
	alias    *symbol
	owner    *symbol // freeRef: the symbol that the cell belongs to
	scope    *scope
	captured bool       // some inner Code refers to it
	walrus   []diag.Pos // where named expressions bind it
	declared ast.Span   // the global or nonlocal statement
	// loadCache and storeCache are 1 + the shared inline cache of the name, 0 before the first use.
	loadCache, storeCache int32
}

// freeVar is one cell that a Code gets from its closure.
type freeVar struct {
	name  string
	owner *symbol
}

// scope is one block of names.
type scope struct {
	kind    scopeKind
	name    string
	parent  *scope
	host    *scope // the scope whose Code holds the instructions: itself, but for a compScope
	private string // the innermost class's name, for mangling
	depth   int    // compScope: how many inlined comprehensions stand around it, itself included
	syms    []*symbol
	index   map[string]*symbol // made when syms grows long

	free      []freeVar
	comps     []*scope // host: the comprehensions inlined into it
	params    []*symbol
	classCell *symbol // classScope: the implicit __class__, when a method needs it

	isAsync     bool // async def
	hasYield    bool
	awaits      bool // an await, async for or async with stands in it
	annotations bool // module or class: has an annotated name
	dropsCall   bool // has an expression statement that is a call
	returnSpan  ast.Span
	returnsVal  bool

	// What the collector keeps while it is in the scope.
	loops    int
	inStar   int // except* blocks around
	compIter int // comprehension iterables around

	code   *Code  // the finished Code, for a body that is emitted twice
	qual   string // the qualified name of the Code
	locals []string
	nvars  int
	cells  []uint16
}

// maxLinear is how many symbols a scope holds before it gets an index.
const maxLinear = 8

// find returns the symbol of name, or nil.
func (s *scope) find(name string) *symbol {
	if s.index != nil {
		return s.index[name]
	}
	for _, sym := range s.syms {
		if sym.name == name {
			return sym
		}
	}
	return nil
}

// add appends a symbol that is not there yet.
func (s *scope) add(sym *symbol) {
	s.syms = append(s.syms, sym)
	if s.index != nil {
		s.index[sym.name] = sym
	} else if len(s.syms) > maxLinear {
		s.index = make(map[string]*symbol, 2*maxLinear)
		for _, x := range s.syms {
			s.index[x.name] = x
		}
	}
}

// isFunction reports whether the scope is the body of a function, lambda or generator expression.
func (s *scope) isFunction() bool {
	switch s.kind {
	case funcScope, lambdaScope, genScope, typeScope:
		return true
	}
	return false
}

// isComprehension reports whether the scope is any comprehension or a generator expression.
func (s *scope) isComprehension() bool { return s.kind == compScope || s.kind == genScope }

// mangle returns the name that __x stands for inside the class private.
func mangle(private, name string) string {
	if private == "" || len(name) < 3 || name[0] != '_' || name[1] != '_' {
		return name
	}
	if strings.HasSuffix(name, "__") || strings.IndexByte(name, '.') >= 0 {
		return name
	}
	class := strings.TrimLeft(private, "_")
	if class == "" {
		return name
	}
	return "_" + class + name
}

// table is the side table of one compilation.
type table struct {
	src      *diag.Source
	opt      Options
	root     *scope
	byNode   map[ast.Node]*scope
	all      []*scope // in the order of the text, parents first
	slab     []symbol
	futureAn bool // from __future__ import annotations
	// nonlocals are checked when the text has been read: the binding may stand behind the declaration.
	nonlocals []nonlocalDecl
	idle      []*compiler // with buffers to use again
	err       *diag.Error
}

// nonlocalDecl is a name in a nonlocal statement.
type nonlocalDecl struct {
	span ast.Span
	sym  *symbol
}

// fail keeps the first error.
func (t *table) fail(span ast.Span, msg string) {
	if t.err == nil {
		t.err = &diag.Error{Source: t.src, Span: span, Kind: "SyntaxError", Msg: msg}
	}
}

// open makes a scope below parent.
func (t *table) open(kind scopeKind, name string, parent *scope) *scope {
	s := &scope{kind: kind, name: name, parent: parent}
	s.host = s
	if parent != nil {
		s.private = parent.private
		s.compIter = parent.compIter
	}
	if kind == compScope {
		s.host = parent.host
		s.depth = 1
		if parent.kind == compScope {
			s.depth = parent.depth + 1
		}
		s.host.comps = append(s.host.comps, s)
	}
	t.all = append(t.all, s)
	return s
}

// symbol returns the symbol of an already mangled name in s, made on first use.
func (t *table) symbol(s *scope, name string) *symbol {
	if sym := s.find(name); sym != nil {
		return sym
	}
	if len(t.slab) == 0 {
		t.slab = make([]symbol, 64)
	}
	sym := &t.slab[0]
	t.slab = t.slab[1:]
	sym.name, sym.scope = name, s
	s.add(sym)
	return sym
}

// resolve says where every name lives and gives registers to the locals.
func (t *table) resolve() {
	for _, d := range t.nonlocals {
		if t.lookup(d.sym.scope, d.sym.name) == nil {
			t.fail(d.span, "no binding for nonlocal '"+d.sym.name+"' found")
			return
		}
	}
	for _, s := range t.all {
		for _, sym := range s.syms {
			t.resolveSymbol(s, sym)
		}
	}
	for _, s := range t.all {
		if s.host == s {
			t.allot(s)
		}
	}
	for _, s := range t.all {
		for _, sym := range s.syms {
			if sym.kind == freeRef {
				sym.reg = uint16(s.host.freeIndex(sym.owner))
			}
		}
	}
}

func (t *table) resolveSymbol(s *scope, sym *symbol) {
	switch {
	case sym.flags&(symGlobal|symInnerGlobal) != 0:
		sym.kind = globalRef
	case sym.flags&symBound != 0 && sym.flags&symNonlocal == 0:
		switch {
		case s.kind == classScope, s.kind == moduleScope && t.opt.Namespace:
			sym.kind = nameRef
		case s.kind == moduleScope:
			sym.kind = globalRef
		default:
			sym.kind = localRef
		}
	default:
		owner := t.lookup(s, sym.name)
		switch {
		case owner != nil && owner.scope.host == s.host:
			sym.alias = owner
		case owner != nil:
			t.capture(s, sym, owner)
		case s.kind == classScope, s.kind == moduleScope && t.opt.Namespace:
			sym.kind = nameRef
		default:
			sym.kind = globalRef
		}
	}
}

// lookup returns the symbol that a name not bound in s refers to in the scopes around it; nil means a
// global.
func (t *table) lookup(s *scope, name string) *symbol {
	for p := s.parent; p != nil && p.kind != moduleScope; p = p.parent {
		if p.kind == classScope {
			if name == "__class__" {
				if p.classCell == nil {
					p.classCell = &symbol{name: name, flags: symBound, kind: cellRef, scope: p}
				}
				return p.classCell
			}
			continue
		}
		sym := p.find(name)
		switch {
		case sym == nil:
		case sym.flags&symGlobal != 0:
			return nil
		case sym.flags&(symBound|symNonlocal) == symBound:
			return sym
		}
	}
	return nil
}

// capture makes sym, named in s, a cell of the closure that comes from owner through every Code between.
func (t *table) capture(s *scope, sym, owner *symbol) {
	owner.captured = true
	sym.kind, sym.owner = freeRef, owner
	for h := s.host; h != owner.scope.host; h = h.parent.host {
		if h.freeIndex(owner) >= 0 {
			return // and so has every Code between
		}
		at := 0
		for at < len(h.free) && h.free[at].name < sym.name {
			at++
		}
		h.free = append(h.free, freeVar{})
		copy(h.free[at+1:], h.free[at:])
		h.free[at] = freeVar{sym.name, owner}
	}
}

// freeIndex returns the index in FreeVars of the cell that belongs to owner, or -1.
func (s *scope) freeIndex(owner *symbol) int {
	for i := range s.free {
		if s.free[i].owner == owner {
			return i
		}
	}
	return -1
}

// namespaceName is what R0 of a body with a namespace is called.
const namespaceName = ".namespace"

// allot gives registers to the namespace, the parameters, the locals and the targets of inlined
// comprehensions, in this order.
func (t *table) allot(s *scope) {
	s.locals = make([]string, 0, len(s.syms)+1)
	if s.kind == classScope || s.kind == moduleScope && t.opt.Namespace {
		s.locals = append(s.locals, namespaceName)
	}
	for _, sym := range s.params {
		s.give(sym)
	}
	if s.classCell != nil {
		s.give(s.classCell)
	}
	for _, sym := range s.syms {
		if sym.kind == localRef && sym.flags&symParam == 0 {
			s.give(sym)
		}
	}
	s.nvars = len(s.locals)
	if len(s.comps) == 0 {
		return
	}
	shared := make(map[target]uint16, len(s.comps))
	for _, comp := range s.comps {
		s.giveTargets(comp, shared)
	}
}

// give puts a local into the next register.
func (s *scope) give(sym *symbol) {
	sym.reg = uint16(len(s.locals))
	s.locals = append(s.locals, sym.name)
	if sym.captured {
		sym.kind = cellRef
		s.cells = append(s.cells, sym.reg)
	}
}

// target is a name bound by the inlined comprehensions of one depth.
type target struct {
	name  string
	depth int
}

// giveTargets puts the targets of an inlined comprehension into registers. Comprehensions side by side
// share the register of a name; a comprehension within another one does not, as both are alive.
func (s *scope) giveTargets(comp *scope, shared map[target]uint16) {
	for _, sym := range comp.syms {
		if sym.kind != localRef {
			continue
		}
		if sym.captured {
			sym.kind = cellRef
		}
		reg, ok := shared[target{sym.name, comp.depth}]
		if !ok {
			reg = uint16(len(s.locals))
			s.locals = append(s.locals, sym.name)
			shared[target{sym.name, comp.depth}] = reg
		}
		sym.reg = reg
	}
}
