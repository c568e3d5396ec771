package compile

// This file compiles functions, lambdas and classes.

import (
	"math"

	"aio/ast"
)

// child returns the compiler of a Code within the current one.
func (c *compiler) child(s *scope, name string, span ast.Span) *compiler {
	k := newCompiler(c.table, s, name, qualPrefix(c.scope)+name, span)
	for p := s.parent; p != nil; p = p.parent {
		k.code.IsNested = k.code.IsNested || p.isFunction()
	}
	return k
}

// qualPrefix returns what stands before the name in the qualified name of a Code made in s.
func qualPrefix(s *scope) string {
	switch s.kind {
	case moduleScope:
		return ""
	case typeScope:
		return qualPrefix(s.parent)
	case classScope:
		return s.qual + "."
	case compScope:
		return qualPrefix(s.parent) + s.name + "."
	case genScope:
		return s.qual + "."
	}
	return s.qual + ".<locals>."
}

// makeFunction emits R[base] = function of code. The values that flags name stand behind base already;
// the closure is put behind them.
func (c *compiler) makeFunction(span ast.Span, s *scope, code *Code, base reg, flags uint16) {
	if c.dead {
		return
	}
	m := c.top
	if len(s.free) > 0 {
		flags |= FuncClosure
		c.closure(span, s)
	}
	i := c.constant(code)
	if i > math.MaxUint16 {
		c.fail(span, "too many constants in one block")
	}
	c.emit(span, OpMakeFunction, base, uint16(i), flags)
	c.top = m
}

// closure puts the tuple of the cells that s needs into the next temporary.
func (c *compiler) closure(span ast.Span, s *scope) {
	t := c.alloc()
	base := reg(c.top)
	for _, f := range s.free {
		r := c.alloc()
		if f.owner.scope.host == c.host {
			c.move(span, r, f.owner.reg)
		} else {
			c.emit(span, OpLoadFreeCell, r, uint16(c.host.freeIndex(f.owner)), 0)
		}
	}
	c.emit(span, OpNewTuple, t, base, uint16(len(s.free)))
}

func (c *compiler) lambda(e *ast.Lambda, dst reg) {
	s := c.byNode[e]
	base := c.window(dst)
	flags := c.defaultValues(e.Args, e.Span)
	if s.code == nil {
		f := c.child(s, "<lambda>", e.Span)
		f.signature(e.Args)
		if s.hasYield {
			f.code.Kind = Generator
		}
		f.prologue()
		f.ret(f.any(e.Body), e.Body.Pos())
		s.code = f.finish()
	}
	c.makeFunction(e.Span, s, s.code, base, flags)
	c.move(e.Span, dst, base)
}

// defaultValues puts the defaults of parameters into the next temporaries.
func (c *compiler) defaultValues(a *ast.Arguments, span ast.Span) (flags uint16) {
	if len(a.Defaults) > 0 {
		flags |= FuncDefaults
		c.to(&ast.Tuple{At: ast.At{Span: span}, Elts: a.Defaults}, c.alloc())
	}
	d := &ast.Dict{At: ast.At{Span: span}}
	for i, value := range a.KwDefaults {
		if value != nil {
			d.Keys = append(d.Keys, &ast.Constant{At: a.KwOnly[i].At, Value: c.mangled(a.KwOnly[i].Name)})
			d.Values = append(d.Values, value)
		}
	}
	if len(d.Keys) > 0 {
		flags |= FuncKwDefaults
		c.to(d, c.alloc())
	}
	return flags
}

// annotationValues puts the dict of a function's annotations into the next temporary.
func (c *compiler) annotationValues(s *ast.FunctionDef) (flags uint16) {
	d := &ast.Dict{At: s.At}
	add := func(name string, at ast.At, annotation ast.Expr) {
		d.Keys = append(d.Keys, &ast.Constant{At: at, Value: name})
		d.Values = append(d.Values, c.annotation(annotation))
	}
	eachAnnotated(s.Args, func(a *ast.Arg) { add(c.mangled(a.Name), a.At, a.Annotation) })
	if s.Returns != nil {
		add("return", s.At, s.Returns)
	}
	if len(d.Keys) == 0 {
		return 0
	}
	c.to(d, c.alloc())
	return FuncAnnotations
}

// annotation returns the expression that an annotation stands for: its text when it is not evaluated.
func (c *compiler) annotation(e ast.Expr) ast.Expr {
	at := ast.At{Span: e.Pos()}
	if c.futureAn {
		return &ast.Constant{At: at, Value: ast.Unparse(e)}
	}
	if star, ok := e.(*ast.Starred); ok { // *args: *Ts is the one item of Ts
		first := &ast.Constant{At: at, Value: int64(0)}
		return &ast.Subscript{At: at, Value: &ast.Tuple{At: at, Elts: []ast.Expr{star}}, Slice: first}
	}
	return e
}

// signature copies what the parameters are into the Code.
func (c *compiler) signature(a *ast.Arguments) {
	c.code.PosOnlyCount = len(a.PosOnly)
	c.code.ArgCount = len(a.PosOnly) + len(a.Args)
	c.code.KwOnlyCount = len(a.KwOnly)
	c.code.HasVarargs = a.Vararg != nil
	c.code.HasKwargs = a.Kwarg != nil
}

// decorators puts the decorators into the next temporaries and returns the first.
func (c *compiler) decorators(list []ast.Expr) reg { return c.items(list) }

// decorate calls the decorators with what stands behind them in base; the result is in the first.
func (c *compiler) decorate(list []ast.Expr, first reg) {
	for i := len(list) - 1; i >= 0; i-- {
		r := first + reg(i)
		c.emit(list[i].Pos(), OpCall, r, 1, r)
	}
}

func (c *compiler) functionDef(s *ast.FunctionDef) {
	m := c.top
	first := c.decorators(s.Decorators)
	base := c.alloc()
	if len(s.TypeParams) > 0 {
		c.withTypeParams(s.Span, s.TypeParams, s.Name, base, func(g *compiler, dst reg) { g.function(s, dst) })
	} else {
		c.function(s, base)
	}
	c.decorate(s.Decorators, first)
	c.storeSym(s.Span, c.lookup(s.Name), first)
	c.top = m
}

// function makes the function of a def in the topmost temporary base.
func (c *compiler) function(s *ast.FunctionDef, base reg) {
	if c.dead {
		return
	}
	m := c.top
	flags := c.defaultValues(s.Args, s.Span)
	flags |= c.annotationValues(s)
	scope := c.byNode[s]
	if scope.code == nil {
		scope.code = c.functionCode(s, scope)
	}
	c.makeFunction(s.Span, scope, scope.code, base, flags)
	c.top = m
}

func (c *compiler) functionCode(s *ast.FunctionDef, scope *scope) *Code {
	f := c.child(scope, s.Name, s.Span)
	if sym := c.scope.find(c.mangled(s.Name)); sym != nil && sym.flags&symGlobal != 0 {
		f.setQualName(s.Name)
	}
	if len(s.Decorators) > 0 {
		f.code.FirstLine = c.src.Line(s.Decorators[0].Pos().Start)
	}
	f.signature(s.Args)
	switch {
	case scope.isAsync && scope.hasYield:
		f.code.Kind = AsyncGen
	case scope.isAsync:
		f.code.Kind = Coroutine
	case scope.hasYield:
		f.code.Kind = Generator
	}
	f.prologue()
	f.stmts(f.docString(s.Body))
	f.returnNone(s.Span)
	return f.finish()
}

func (c *compiler) setQualName(name string) { c.code.QualName, c.host.qual = name, name }

// docString takes the docstring off a body.
func (c *compiler) docString(body []ast.Stmt) []ast.Stmt {
	if len(body) == 0 || !isDocString(body[0]) {
		return body
	}
	c.code.Doc = body[0].(*ast.ExprStmt).Value.(*ast.Constant).Value.(string)
	c.code.HasDoc = true
	return body[1:]
}

// moduleDoc stores the docstring of a module.
func (c *compiler) moduleDoc(s *ast.ExprStmt) {
	m := c.top
	r := c.alloc()
	c.to(s.Value, r)
	c.storeName(s.Span, "__doc__", r)
	c.top = m
}

// storeName stores a name that the text does not mention in the namespace of a class or module.
func (c *compiler) storeName(span ast.Span, name string, r reg) {
	op := OpStoreName
	if c.host.kind == moduleScope && !c.opt.Namespace {
		op = OpStoreGlobal
	}
	c.emit(span, op, r, 0, c.cache(span, op, name))
}

// loadName loads a name that the text does not mention from the namespace of a class or module.
func (c *compiler) loadName(span ast.Span, name string, dst reg) {
	op := OpLoadName
	if c.host.kind == moduleScope && !c.opt.Namespace {
		op = OpLoadGlobal
	}
	c.emit(span, op, dst, 0, c.cache(span, op, name))
}

func (c *compiler) setupAnnotations(span ast.Span) {
	ns := reg(NoReg)
	if c.host.kind == classScope || c.opt.Namespace {
		ns = 0
	}
	c.emit(span, OpSetupAnnotations, ns, 0, 0)
}

func (c *compiler) classDef(s *ast.ClassDef) {
	m := c.top
	first := c.decorators(s.Decorators)
	base := c.alloc()
	if len(s.TypeParams) > 0 {
		c.withTypeParams(s.Span, s.TypeParams, s.Name, base, func(g *compiler, dst reg) { g.class(s, dst) })
	} else {
		c.class(s, base)
	}
	c.decorate(s.Decorators, first)
	c.storeSym(s.Span, c.lookup(s.Name), first)
	c.top = m
}

// class calls __build_class__; the class is in the topmost temporary base.
func (c *compiler) class(s *ast.ClassDef, base reg) {
	if c.dead {
		return
	}
	m := c.top
	scope := c.byNode[s]
	if scope.code == nil {
		scope.code = c.classCode(s, scope)
	}
	c.emit(s.Span, OpLoadBuildClass, base, 0, 0)
	if isPlain(s.Bases, s.Keywords) {
		c.classHead(s, scope)
		n := c.arguments(s.Span, s.Bases, s.Keywords) + 2
		op := OpCall
		if len(s.Keywords) > 0 {
			op = OpCallKw
		}
		c.emit(s.Span, op, base, n, base)
	} else {
		list, dict := c.alloc(), c.alloc()
		head := c.classHead(s, scope)
		c.emit(s.Span, OpNewList, list, head, 2)
		c.top = int(head)
		c.appendAll(s.Span, s.Bases, list)
		c.keywordDict(s.Span, base, s.Keywords, dict)
		c.emit(s.Span, OpCallEx, base, 0, base)
	}
	c.top = m
}

// classHead puts the function of the body and the name into the next temporaries.
func (c *compiler) classHead(s *ast.ClassDef, scope *scope) reg {
	f := c.alloc()
	c.makeFunction(s.Span, scope, scope.code, f, 0)
	c.loadK(s.Span, c.alloc(), s.Name)
	return f
}

func (c *compiler) classCode(s *ast.ClassDef, scope *scope) *Code {
	k := c.child(scope, s.Name, s.Span)
	if sym := c.scope.find(c.mangled(s.Name)); sym != nil && sym.flags&symGlobal != 0 {
		k.setQualName(s.Name)
	}
	if len(s.Decorators) > 0 {
		k.code.FirstLine = c.src.Line(s.Decorators[0].Pos().Start)
	}
	k.code.Kind = ClassBody
	k.bound.set(0)
	k.prologue()
	r := k.alloc()
	k.loadName(s.Span, "__name__", r)
	k.storeName(s.Span, "__module__", r)
	k.loadK(s.Span, r, k.code.QualName)
	k.storeName(s.Span, "__qualname__", r)
	if scope.annotations {
		k.setupAnnotations(s.Span)
	}
	body := k.docString(s.Body)
	if k.code.HasDoc {
		k.loadK(s.Span, r, k.code.Doc)
		k.storeName(s.Span, "__doc__", r)
	}
	k.top = int(r)
	k.stmts(body)
	if cell := scope.classCell; cell != nil {
		k.storeName(s.Span, "__classcell__", cell.reg)
		k.ret(cell.reg, s.Span)
	} else {
		k.returnNone(s.Span)
	}
	return k.finish()
}

// withTypeParams makes what def, class or type statements with type parameters define, in base: the call
// of a function that binds the parameters and returns it.
func (c *compiler) withTypeParams(span ast.Span, params []*ast.TypeParam, name string, base reg, define func(g *compiler, dst reg)) {
	if c.dead {
		return
	}
	s := c.byNode[params[0]]
	if s.code == nil {
		g := c.child(s, s.name, span)
		g.prologue()
		for _, p := range params {
			g.typeParam(p)
		}
		result := g.alloc()
		define(g, result)
		g.ret(result, span)
		s.code = g.finish()
	}
	c.makeFunction(span, s, s.code, base, 0)
	c.emit(span, OpCall, base, 0, base)
}

// typeParam binds a type parameter: __typeparam__(name, kind, bound), where bound is a function or None.
func (c *compiler) typeParam(p *ast.TypeParam) {
	m := c.top
	f := c.alloc()
	c.emit(p.Span, OpLoadGlobal, f, 0, c.cache(p.Span, OpLoadGlobal, "__typeparam__"))
	c.loadK(p.Span, c.alloc(), p.Name)
	kind := ""
	if p.Kind != 0 {
		kind = string(rune(p.Kind))
	}
	c.loadK(p.Span, c.alloc(), kind)
	bound := c.alloc()
	if p.Bound == nil {
		c.loadK(p.Span, bound, nil)
	} else {
		c.thunk(p.Span, p.Bound, p.Name, p.Bound, bound)
	}
	c.emit(p.Span, OpCall, f, 3, f)
	c.storeSym(p.Span, c.lookup(p.Name), f)
	c.top = m
}

// thunk makes a function without parameters that returns e; node is its key in the table of scopes.
func (c *compiler) thunk(span ast.Span, node ast.Node, name string, e ast.Expr, dst reg) {
	s := c.byNode[node]
	if s.code == nil {
		f := c.child(s, name, span)
		f.prologue()
		f.ret(f.any(e), e.Pos())
		s.code = f.finish()
	}
	c.makeFunction(span, s, s.code, dst, 0)
}

// typeAlias compiles type X = value: X = __typealias__("X", function that returns the value).
func (c *compiler) typeAlias(s *ast.TypeAlias) {
	m := c.top
	base := c.alloc()
	define := func(g *compiler, dst reg) {
		top := g.top
		g.emit(s.Span, OpLoadGlobal, dst, 0, g.cache(s.Span, OpLoadGlobal, "__typealias__"))
		g.loadK(s.Span, g.alloc(), s.Name.Id)
		g.thunk(s.Span, s, s.Name.Id, s.Value, g.alloc())
		g.emit(s.Span, OpCall, dst, 2, dst)
		g.top = top
	}
	if len(s.TypeParams) > 0 {
		c.withTypeParams(s.Span, s.TypeParams, s.Name.Id, base, define)
	} else {
		define(c, base)
	}
	c.storeSym(s.Span, c.lookup(s.Name.Id), base)
	c.top = m
}
