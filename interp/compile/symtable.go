package compile

// This file defines the collector, which walks the tree once: it fills the scopes and finds the errors
// that are about names and places ("'return' outside function").

import (
	"slices"

	"aio/ast"
)

// collector walks a tree and fills a table.
type collector struct {
	*table
	cur *scope
}

// collect returns the resolved table of a module or of one expression.
func collect(t *table, m ast.Node) *scope {
	c := &collector{table: t}
	t.root = t.open(moduleScope, "<module>", nil)
	t.byNode[m] = t.root
	c.cur = t.root
	switch m := m.(type) {
	case *ast.Module:
		c.futures(m.Body)
		c.stmts(m.Body)
	case ast.Expr:
		c.expr(m)
	}
	if t.err == nil {
		t.resolve()
	}
	return t.root
}

// futureNames are the features that from __future__ import may name.
var futureNames = []string{
	"nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
	"unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
}

// futures reads the __future__ imports, which stand at the beginning.
func (c *collector) futures(body []ast.Stmt) {
	c.futureAn = c.opt.FutureAnnotations
	early := true
	for i, s := range body {
		imp, ok := s.(*ast.ImportFrom)
		switch {
		case !ok || imp.Level != 0 || imp.Module != "__future__":
			if i > 0 || !isDocString(s) {
				early = false
			}
		case !early:
			c.fail(imp.Span, "from __future__ imports must occur at the beginning of the file")
		default:
			c.future(imp)
		}
	}
}

func (c *collector) future(imp *ast.ImportFrom) {
	for _, a := range imp.Names {
		switch {
		case a.Name == "annotations":
			c.futureAn = true
		case a.Name == "braces":
			c.fail(imp.Span, "not a chance")
		case !slices.Contains(futureNames, a.Name):
			c.fail(imp.Span, "future feature "+a.Name+" is not defined")
		}
	}
}

// within runs f with s as the current scope.
func (c *collector) within(s *scope, f func()) {
	saved := c.cur
	c.cur = s
	f()
	c.cur = saved
}

func (c *collector) load(name string) {
	name = mangle(c.cur.private, name)
	c.symbol(c.cur, name).flags |= symUsed
	if name == "super" && c.cur.host.isFunction() {
		c.symbol(c.cur, "__class__").flags |= symUsed
	}
}

func (c *collector) bind(name string, span ast.Span, flags symFlags) *symbol {
	if name == "__debug__" {
		c.fail(span, "cannot assign to __debug__")
	}
	sym := c.symbol(c.cur, mangle(c.cur.private, name))
	sym.flags |= symBound | flags
	return sym
}

func (c *collector) stmts(list []ast.Stmt) {
	for _, s := range list {
		c.stmt(s)
	}
}

func (c *collector) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		if isCall(s.Value) {
			c.cur.host.dropsCall = true
		}
		c.expr(s.Value)
	case *ast.Assign:
		c.expr(s.Value)
		for _, t := range s.Targets {
			c.target(t)
		}
	case *ast.AugAssign:
		c.expr(s.Value)
		c.expr(s.Target)
		if n, ok := s.Target.(*ast.Name); ok {
			c.bind(n.Id, n.Span, symUsed)
		}
	case *ast.AnnAssign:
		c.annAssign(s)
	case *ast.Return:
		c.returnStmt(s)
	case *ast.If:
		c.ifStmt(s)
	case *ast.For:
		if s.IsAsync {
			c.asyncAllowed(s.Span, "async for")
		}
		c.expr(s.Iter)
		c.target(s.Target)
		c.loopBody(s.Body)
		c.stmts(s.OrElse)
	case *ast.While:
		c.expr(s.Test)
		c.loopBody(s.Body)
		c.stmts(s.OrElse)
	case *ast.Break:
		c.loopExit(s.Span, "'break' outside loop")
	case *ast.Continue:
		c.loopExit(s.Span, "'continue' not properly in loop")
	case *ast.Pass:
	case *ast.FunctionDef:
		c.functionDef(s)
	case *ast.ClassDef:
		c.classDef(s)
	case *ast.With:
		c.with(s)
	case *ast.Try:
		c.try(s)
	case *ast.Raise:
		c.exprs(s.Exc, s.Cause)
	case *ast.Assert:
		c.exprs(s.Test, s.Msg)
	case *ast.Delete:
		for _, t := range s.Targets {
			c.del(t)
		}
	case *ast.Import:
		c.importNames(s)
	case *ast.ImportFrom:
		c.importFrom(s)
	case *ast.Global:
		c.declare(s.Span, s.Names, symGlobal)
	case *ast.Nonlocal:
		c.declare(s.Span, s.Names, symNonlocal)
	case *ast.Match:
		c.match(s)
	case *ast.TypeAlias:
		c.typeAlias(s)
	}
}

// ifStmt walks an if with its elif chain, which may be thousands long, without recursion.
func (c *collector) ifStmt(s *ast.If) {
	for {
		c.expr(s.Test)
		c.stmts(s.Body)
		next, ok := elif(s)
		if !ok {
			c.stmts(s.OrElse)
			return
		}
		s = next
	}
}

// elif returns the If that alone makes up the else branch of s.
func elif(s *ast.If) (*ast.If, bool) {
	if len(s.OrElse) != 1 {
		return nil, false
	}
	next, ok := s.OrElse[0].(*ast.If)
	return next, ok
}

func (c *collector) loopBody(body []ast.Stmt) {
	saved := c.cur.inStar
	c.cur.inStar = 0
	c.cur.loops++
	c.stmts(body)
	c.cur.loops--
	c.cur.inStar = saved
}

const exitsStar = "'break', 'continue' and 'return' cannot appear in an except* block"

func (c *collector) loopExit(span ast.Span, outside string) {
	switch {
	case c.cur.inStar > 0:
		c.fail(span, exitsStar)
	case c.cur.loops == 0:
		c.fail(span, outside)
	}
}

func (c *collector) returnStmt(s *ast.Return) {
	if s.Value != nil {
		c.expr(s.Value)
	}
	switch f := c.cur; {
	case f.kind != funcScope:
		c.fail(s.Span, "'return' outside function")
	case f.inStar > 0:
		c.fail(s.Span, exitsStar)
	case s.Value != nil && !f.returnsVal:
		f.returnsVal, f.returnSpan = true, s.Span
	}
}

// asyncAllowed records an await, async for or async with of the current scope.
func (c *collector) asyncAllowed(span ast.Span, what string) {
	f := c.cur
	switch {
	case f.kind == funcScope && f.isAsync, f.isComprehension():
	case f.kind == moduleScope && c.opt.TopLevelAwait:
	case what == "await" && !f.isFunction():
		c.fail(span, "'await' outside function")
	default:
		c.fail(span, "'"+what+"' outside async function")
	}
	f.awaits = true
}

func (c *collector) annAssign(s *ast.AnnAssign) {
	if s.Value != nil {
		c.expr(s.Value)
	}
	switch t := s.Target.(type) {
	case *ast.Name:
		c.annotatedName(s, t)
	default:
		c.target(t)
	}
	if !c.futureAn {
		c.expr(s.Annotation)
	}
	if s.Simple {
		c.cur.host.annotations = true
	}
}

func (c *collector) annotatedName(s *ast.AnnAssign, t *ast.Name) {
	if !s.Simple && s.Value == nil {
		return
	}
	sym := c.bind(t.Id, t.Span, symAnnotated)
	if c.cur.kind == moduleScope {
		return
	}
	switch {
	case sym.flags&symGlobal != 0:
		c.fail(s.Span, "annotated name '"+t.Id+"' can't be global")
	case sym.flags&symNonlocal != 0:
		c.fail(s.Span, "annotated name '"+t.Id+"' can't be nonlocal")
	}
}

// target walks what is assigned to.
func (c *collector) target(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Name:
		var flags symFlags
		if c.cur.isComprehension() {
			flags = symIter
		}
		c.bind(e.Id, e.Span, flags)
	case *ast.Tuple:
		c.targets(e.Span, e.Elts)
	case *ast.List:
		c.targets(e.Span, e.Elts)
	case *ast.Starred:
		c.fail(e.Span, "starred assignment target must be in a list or tuple")
	case *ast.Attribute:
		if e.Attr == "__debug__" {
			c.fail(e.Span, "cannot assign to __debug__")
		}
		c.expr(e.Value)
	default:
		c.expr(e)
	}
}

func (c *collector) targets(span ast.Span, list []ast.Expr) {
	starred := false
	for i, e := range list {
		star, ok := e.(*ast.Starred)
		if !ok {
			c.target(e)
			continue
		}
		if starred {
			c.fail(span, "multiple starred expressions in assignment")
		}
		if i >= 1<<8 || len(list)-1-i >= 1<<8 {
			c.fail(e.Pos(), "too many expressions in star-unpacking assignment")
		}
		starred = true
		c.target(star.Value)
	}
}

func (c *collector) del(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Name:
		if e.Id == "__debug__" {
			c.fail(e.Span, "cannot delete __debug__")
			return
		}
		c.bind(e.Id, e.Span, symDeleted)
	case *ast.Tuple:
		for _, x := range e.Elts {
			c.del(x)
		}
	case *ast.List:
		for _, x := range e.Elts {
			c.del(x)
		}
	default:
		c.expr(e)
	}
}

func (c *collector) with(s *ast.With) {
	if s.IsAsync {
		c.asyncAllowed(s.Span, "async with")
	}
	for _, item := range s.Items {
		c.expr(item.Expr)
		if item.Target != nil {
			c.target(item.Target)
		}
	}
	c.stmts(s.Body)
}

func (c *collector) try(s *ast.Try) {
	c.stmts(s.Body)
	for i, h := range s.Handlers {
		if h.Type != nil {
			c.expr(h.Type)
		} else if i < len(s.Handlers)-1 {
			c.fail(h.Span, "default 'except:' must be last")
		}
		if h.Name != "" {
			c.bind(h.Name, h.Span, symDeleted)
		}
		if s.IsStar {
			savedLoops := c.cur.loops
			c.cur.loops = 0
			c.cur.inStar++
			c.stmts(h.Body)
			c.cur.inStar--
			c.cur.loops = savedLoops
		} else {
			c.stmts(h.Body)
		}
	}
	c.stmts(s.OrElse)
	c.stmts(s.FinalBody)
}

func (c *collector) importNames(s *ast.Import) {
	for _, a := range s.Names {
		c.bind(boundName(a), s.Span, 0)
	}
}

// boundName returns the name that "import a.b" or "import a as b" binds.
func boundName(a *ast.Alias) string {
	if a.AsName != "" {
		return a.AsName
	}
	for i := range len(a.Name) {
		if a.Name[i] == '.' {
			return a.Name[:i]
		}
	}
	return a.Name
}

func (c *collector) importFrom(s *ast.ImportFrom) {
	for _, a := range s.Names {
		switch {
		case a.Name != "*":
			name := a.AsName
			if name == "" {
				name = a.Name
			}
			c.bind(name, s.Span, 0)
		case c.cur.kind != moduleScope:
			c.fail(a.Span, "import * only allowed at module level")
		}
	}
}

// declare records a global or nonlocal statement.
func (c *collector) declare(span ast.Span, names []string, flag symFlags) {
	word := "global"
	if flag == symNonlocal {
		word = "nonlocal"
		if c.cur.kind == moduleScope {
			c.fail(span, "nonlocal declaration not allowed at module level")
			return
		}
	}
	for _, name := range names {
		sym := c.symbol(c.cur, mangle(c.cur.private, name))
		switch f := sym.flags; {
		case f&symParam != 0:
			c.fail(span, "name '"+name+"' is parameter and "+word)
		case f&(symGlobal|symNonlocal) != 0 && f&flag == 0:
			c.fail(sym.declared, "name '"+name+"' is nonlocal and global")
		case f&flag != 0:
		case f&symAnnotated != 0:
			c.fail(span, "annotated name '"+name+"' can't be "+word)
		case f&symBound != 0:
			c.fail(span, "name '"+name+"' is assigned to before "+word+" declaration")
		case f&symUsed != 0:
			c.fail(span, "name '"+name+"' is used prior to "+word+" declaration")
		}
		sym.flags |= flag
		sym.declared = span
		if m := c.module(); flag == symGlobal && c.cur != m {
			c.symbol(m, sym.name).flags |= symInnerGlobal
		}
		if flag == symNonlocal {
			c.nonlocals = append(c.nonlocals, nonlocalDecl{span, sym})
		}
	}
}

// module returns the scope of the module.
func (c *collector) module() *scope {
	s := c.cur
	for s.parent != nil {
		s = s.parent
	}
	return s
}

func (c *collector) functionDef(s *ast.FunctionDef) {
	for _, d := range s.Decorators {
		c.expr(d)
	}
	c.bind(s.Name, s.Span, 0)
	outer := c.cur
	if len(s.TypeParams) > 0 {
		c.cur = c.openTypeParams(s.TypeParams, s.Name)
	}
	c.defaults(s.Args)
	if !c.futureAn {
		c.annotations(s.Args)
		if s.Returns != nil {
			c.expr(s.Returns)
		}
	}
	f := c.open(funcScope, s.Name, c.cur)
	f.isAsync = s.IsAsync
	c.byNode[s] = f
	c.cur = f
	c.params(s.Args)
	c.stmts(s.Body)
	if f.isAsync && f.hasYield && f.returnsVal {
		c.fail(f.returnSpan, "'return' with value in async generator")
	}
	c.cur = outer
}

// openTypeParams opens the scope of type parameters; the first of them stands for it in the table.
func (c *collector) openTypeParams(params []*ast.TypeParam, name string) *scope {
	s := c.open(typeScope, "<generic parameters of "+name+">", c.cur)
	c.byNode[params[0]] = s
	c.within(s, func() {
		for _, p := range params {
			c.bind(p.Name, p.Span, 0)
			if p.Bound != nil {
				bound := c.open(lambdaScope, p.Name, s)
				c.byNode[p.Bound] = bound
				c.within(bound, func() { c.expr(p.Bound) })
			}
		}
	})
	return s
}

func (c *collector) typeAlias(s *ast.TypeAlias) {
	c.bind(s.Name.Id, s.Name.Span, 0)
	outer := c.cur
	if len(s.TypeParams) > 0 {
		c.cur = c.openTypeParams(s.TypeParams, s.Name.Id)
	}
	f := c.open(lambdaScope, s.Name.Id, c.cur)
	c.byNode[s] = f
	c.within(f, func() { c.expr(s.Value) })
	c.cur = outer
}

func (c *collector) defaults(a *ast.Arguments) {
	for _, d := range a.Defaults {
		c.expr(d)
	}
	for _, d := range a.KwDefaults {
		if d != nil {
			c.expr(d)
		}
	}
}

func (c *collector) annotations(a *ast.Arguments) {
	eachAnnotated(a, func(arg *ast.Arg) { c.unstarred(arg.Annotation) })
}

// eachAnnotated calls f for the annotated parameters, in the order CPython evaluates them.
func eachAnnotated(a *ast.Arguments, f func(*ast.Arg)) {
	visit := func(arg *ast.Arg) {
		if arg != nil && arg.Annotation != nil {
			f(arg)
		}
	}
	for _, arg := range a.Args {
		visit(arg)
	}
	for _, arg := range a.PosOnly {
		visit(arg)
	}
	visit(a.Vararg)
	for _, arg := range a.KwOnly {
		visit(arg)
	}
	visit(a.Kwarg)
}

// params binds the parameters, in the order of their registers.
func (c *collector) params(a *ast.Arguments) {
	for _, arg := range a.PosOnly {
		c.param(arg)
	}
	for _, arg := range a.Args {
		c.param(arg)
	}
	for _, arg := range a.KwOnly {
		c.param(arg)
	}
	if a.Vararg != nil {
		c.param(a.Vararg)
	}
	if a.Kwarg != nil {
		c.param(a.Kwarg)
	}
}

func (c *collector) param(arg *ast.Arg) {
	if sym := c.cur.find(mangle(c.cur.private, arg.Name)); sym != nil {
		c.fail(arg.Span, "duplicate argument '"+arg.Name+"' in function definition")
		return
	}
	c.cur.params = append(c.cur.params, c.bind(arg.Name, arg.Span, symParam))
}

func (c *collector) classDef(s *ast.ClassDef) {
	for _, d := range s.Decorators {
		c.expr(d)
	}
	c.bind(s.Name, s.Span, 0)
	outer := c.cur
	if len(s.TypeParams) > 0 {
		c.cur = c.openTypeParams(s.TypeParams, s.Name)
	}
	c.args(s.Bases)
	c.keywords(s.Keywords)
	k := c.open(classScope, s.Name, c.cur)
	k.private = s.Name
	c.byNode[s] = k
	c.cur = k
	c.stmts(s.Body)
	c.cur = outer
}

func isDocString(s ast.Stmt) bool {
	e, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	k, ok := e.Value.(*ast.Constant)
	if !ok {
		return false
	}
	_, ok = k.Value.(string)
	return ok
}

func isCall(e ast.Expr) bool {
	_, ok := e.(*ast.Call)
	return ok
}
