// This file defines the checks that need scopes: functions, classes, comprehensions, global and nonlocal.

package parser

import (
	"slices"

	"aio/ast"
	"aio/diag"
)

// scopeKind is the kind of a scope; those of comprehensions print as CPython calls them.
type scopeKind uint8

const (
	moduleScope scopeKind = iota
	classScope
	functionScope
	lambdaScope
	listScope
	setScope
	dictScope
	generatorScope
)

func (k scopeKind) String() string {
	return [...]string{"module", "class", "function", "lambda", "list comprehension", "set comprehension",
		"dict comprehension", "generator expression"}[k]
}

// scope is a block of the program with names of its own.
type scope struct {
	kind        scopeKind
	parent      *scope
	body        []ast.Stmt     // of a module, class or function
	args        *ast.Arguments // of a function or lambda
	isAsync     bool           // an async function; a comprehension that awaits
	isGenerator bool
	valueReturn *ast.Return // the first return with a value in an async function

	// Of comprehensions: the targets of its clauses, and whether an iterable is being checked.
	generators []*ast.Comprehension
	named      []string // what := assigns to in it
	inIterable bool
}

func (s *scope) isFunction() bool { return s.kind == functionScope || s.kind == lambdaScope }

func (s *scope) isComprehension() bool { return s.kind >= listScope }

// within checks with a new scope, in which no loop is open.
func (c *checker) within(s *scope, check func()) {
	outer, loop := c.scope, c.loop
	s.parent, s.inIterable = outer, outer.inIterable
	c.scope, c.loop = s, noLoop
	check()
	c.scope, c.loop = outer, loop
}

func (c *checker) function(f *ast.FunctionDef) {
	c.bindable(f.Name, f.Span)
	c.exprs(f.Decorators...)
	c.defaults(f.Args)
	for _, a := range allArgs(f.Args) {
		c.annotation(a.Annotation)
	}
	c.annotation(f.Returns)
	s := &scope{kind: functionScope, body: f.Body, args: f.Args, isAsync: f.IsAsync}
	c.within(s, func() {
		c.parameters(f.Args, f.Span)
		c.stmts(f.Body)
		if s.isGenerator && s.valueReturn != nil {
			c.report(codePass, s.valueReturn.Span, "'return' with value in async generator")
		}
	})
}

func (c *checker) lambda(l *ast.Lambda) {
	c.defaults(l.Args)
	c.within(&scope{kind: lambdaScope, args: l.Args}, func() {
		c.parameters(l.Args, l.Span)
		c.expr(l.Body)
	})
}

func (c *checker) defaults(a *ast.Arguments) {
	c.exprs(a.Defaults...)
	c.exprs(a.KwDefaults...)
}

// allArgs returns the parameters in the order in which CPython's symbol table meets them.
func allArgs(a *ast.Arguments) []*ast.Arg {
	n := len(a.PosOnly) + len(a.Args) + len(a.KwOnly)
	if n == 0 && a.Vararg == nil && a.Kwarg == nil {
		return nil
	}
	all := make([]*ast.Arg, 0, n+2)
	all = append(append(append(all, a.PosOnly...), a.Args...), a.KwOnly...)
	if a.Vararg != nil {
		all = append(all, a.Vararg)
	}
	if a.Kwarg != nil {
		all = append(all, a.Kwarg)
	}
	return all
}

// parameters checks the names of the parameters of a function at span.
func (c *checker) parameters(a *ast.Arguments, span diag.Span) {
	all := allArgs(a)
	for i, arg := range all {
		c.bindable(arg.Name, span)
		for _, earlier := range all[:i] {
			if earlier.Name == arg.Name {
				c.report(symbolPass, arg.Span, "duplicate argument '"+arg.Name+"' in function definition")
			}
		}
	}
}

func (c *checker) class(s *ast.ClassDef) {
	c.bindable(s.Name, s.Span)
	c.exprs(s.Decorators...)
	c.elements(s.Bases)
	c.keywords(s.Span, s.Keywords)
	c.within(&scope{kind: classScope, body: s.Body}, func() { c.stmts(s.Body) })
}

// comprehension checks a comprehension. Its first iterable belongs to the scope around it.
func (c *checker) comprehension(e ast.Expr, kind scopeKind, gens []*ast.Comprehension, elt, value ast.Expr) {
	s := &scope{kind: kind}
	c.iterable(gens[0].Iter)
	c.within(s, func() {
		outer := s.inIterable
		for i, g := range gens {
			s.isAsync = s.isAsync || g.IsAsync
			s.generators = gens[:i+1]
			c.target(g.Target)
			c.notNamed(s, g.Target)
			if i > 0 {
				s.inIterable = true
				c.expr(g.Iter)
				s.inIterable = outer
			}
			c.exprs(g.Ifs...)
		}
		c.exprs(elt, value)
	})
	if !s.isAsync || kind == generatorScope {
		return
	}
	switch outer := c.scope; {
	case outer.isComprehension():
		outer.isAsync = true
	case !c.awaitAllowed():
		c.report(codePass, e.Pos(), "asynchronous comprehension outside of an asynchronous function")
	}
}

// iterable checks the first iterable of a comprehension, in which := may not stand.
func (c *checker) iterable(e ast.Expr) {
	outer := c.scope
	inner := *outer
	inner.inIterable = true
	c.scope = &inner
	c.expr(e)
	inner.inIterable = outer.inIterable
	*outer = inner
	c.scope = outer
}

// namedExpr checks name := value, which inside comprehensions binds in the function around them.
func (c *checker) namedExpr(e *ast.NamedExpr) {
	c.expr(e.Value)
	c.bindable(e.Target.Id, e.Target.Span)
	if c.scope.inIterable {
		c.report(symbolPass, e.Span, "assignment expression cannot be used in a comprehension iterable expression")
		return
	}
	for s := c.scope; s != nil; s = s.parent {
		switch {
		case s.isComprehension():
			if s.bindsByClause(e.Target.Id) {
				c.report(symbolPass, e.Target.Span,
					"assignment expression cannot rebind comprehension iteration variable '"+e.Target.Id+"'")
				return
			}
			s.named = append(s.named, e.Target.Id)
		case s.kind == classScope && s != c.scope:
			c.report(symbolPass, e.Target.Span, "assignment expression within a comprehension cannot be used in a class body")
			return
		default:
			return
		}
	}
}

// notNamed reports a target of an inner loop that := has assigned to before.
func (c *checker) notNamed(s *scope, target ast.Expr) {
	if len(s.named) == 0 {
		return
	}
	ast.Walk(target, func(n ast.Node) bool {
		if v, ok := n.(*ast.Name); ok && v.Ctx == ast.Store && slices.Contains(s.named, v.Id) {
			c.report(symbolPass, v.Span, "comprehension inner loop cannot rebind assignment expression target '"+v.Id+"'")
		}
		return true
	})
}

// bindsByClause reports whether a clause of the comprehension assigns to name.
func (s *scope) bindsByClause(name string) bool {
	found := false
	for _, g := range s.generators {
		ast.Walk(g.Target, func(n ast.Node) bool {
			if v, ok := n.(*ast.Name); ok && v.Ctx == ast.Store && v.Id == name {
				found = true
			}
			return !found
		})
	}
	return found
}

// uses says how a scope uses a name.
type uses struct{ param, loaded, annotated, stored, imported, global, nonlocal bool }

// usesBefore returns how the scope uses name before the statement stop; nil means in all of it.
// It walks the scope again, which only programs with global and nonlocal pay for.
func (s *scope) usesBefore(name string, stop ast.Node) uses {
	var u uses
	if s.args != nil {
		for _, a := range allArgs(s.args) {
			u.param = u.param || a.Name == name
		}
	}
	w := useWalker{name: name, stop: stop, uses: &u}
	for _, st := range s.body {
		ast.Walk(st, w.visit)
	}
	return u
}

// useWalker visits the nodes that belong to one scope.
type useWalker struct {
	name    string
	stop    ast.Node
	stopped bool
	inner   bool // inside a comprehension: only := reaches out of it
	uses    *uses
}

func (w *useWalker) visit(n ast.Node) bool {
	if w.stopped || w.stop != nil && n == w.stop {
		w.stopped = true
		return false
	}
	switch n := n.(type) {
	case *ast.Name:
		w.useName(n)
	case *ast.FunctionDef:
		w.bind(n.Name)
		w.outside(n.Args, n.Decorators...)
		w.walk(n.Returns)
		for _, a := range allArgs(n.Args) {
			w.walk(a.Annotation)
		}
		return false
	case *ast.Lambda:
		w.outside(n.Args)
		return false
	case *ast.ClassDef:
		w.bind(n.Name)
		w.all(n.Decorators)
		w.all(n.Bases)
		for _, k := range n.Keywords {
			w.walk(k.Value)
		}
		return false
	case *ast.ListComp:
		return w.comprehension(n.Generators, n.Elt, nil)
	case *ast.SetComp:
		return w.comprehension(n.Generators, n.Elt, nil)
	case *ast.DictComp:
		return w.comprehension(n.Generators, n.Key, n.Value)
	case *ast.GeneratorExp:
		return w.comprehension(n.Generators, n.Elt, nil)
	default:
		w.declaration(n)
	}
	return true
}

func (w *useWalker) useName(n *ast.Name) {
	switch {
	case n.Id != w.name:
	case n.Ctx != ast.Load:
		w.uses.stored = true
	case !w.inner:
		w.uses.loaded = true
	}
}

// declaration notes the statements and patterns that bind or declare a name by its text.
func (w *useWalker) declaration(n ast.Node) {
	switch n := n.(type) {
	case *ast.Alias:
		name := n.AsName
		if name == "" {
			name = n.Name
		}
		w.uses.imported = w.uses.imported || name == w.name
	case *ast.ExceptHandler:
		w.bind(n.Name)
	case *ast.MatchAs:
		w.bind(n.Name)
	case *ast.MatchStar:
		w.bind(n.Name)
	case *ast.MatchMapping:
		w.bind(n.Rest)
	case *ast.AnnAssign:
		if t, ok := n.Target.(*ast.Name); ok && t.Id == w.name {
			w.uses.annotated = true
		}
	case *ast.Global:
		w.uses.global = w.uses.global || slices.Contains(n.Names, w.name)
	case *ast.Nonlocal:
		w.uses.nonlocal = w.uses.nonlocal || slices.Contains(n.Names, w.name)
	}
}

func (w *useWalker) bind(name string) {
	w.uses.stored = w.uses.stored || name == w.name && name != ""
}

func (w *useWalker) walk(e ast.Expr) {
	if e != nil {
		ast.Walk(e, w.visit)
	}
}

func (w *useWalker) all(list []ast.Expr) {
	for _, e := range list {
		w.walk(e)
	}
}

// outside walks the parts of a function that are evaluated in the scope around it.
func (w *useWalker) outside(a *ast.Arguments, decorators ...ast.Expr) {
	w.all(decorators)
	w.all(a.Defaults)
	w.all(a.KwDefaults)
}

// comprehension walks a comprehension: the first iterable, and whatever := binds.
func (w *useWalker) comprehension(gens []*ast.Comprehension, elts ...ast.Expr) bool {
	w.walk(gens[0].Iter)
	named := func(n ast.Node) bool {
		if e, ok := n.(*ast.NamedExpr); ok && !w.stopped {
			w.bind(e.Target.Id)
		}
		return true
	}
	for _, e := range elts {
		if e != nil {
			ast.Walk(e, named)
		}
	}
	for _, g := range gens {
		for _, e := range g.Ifs {
			ast.Walk(e, named)
		}
	}
	return false
}

// declares returns "global" or "nonlocal" when the scope declares name so before the statement stop.
func (s *scope) declares(name string, stop ast.Node) string {
	switch u := s.usesBefore(name, stop); {
	case u.global:
		return "global"
	case u.nonlocal:
		return "nonlocal"
	}
	return ""
}

// declaredLate reports a declaration of names that the scope has used before it.
func (c *checker) declaredLate(s ast.Stmt, names []string, word string) {
	for _, name := range names {
		u := c.scope.usesBefore(name, s)
		msg := ""
		switch {
		case u.param:
			msg = "name '" + name + "' is parameter and " + word
		case u.loaded:
			msg = "name '" + name + "' is used prior to " + word + " declaration"
		case u.annotated:
			msg = "annotated name '" + name + "' can't be " + word
		case u.stored:
			msg = "name '" + name + "' is assigned to before " + word + " declaration"
		default:
			continue
		}
		c.report(symbolPass, s.Pos(), msg)
	}
}

func (c *checker) global(s *ast.Global) {
	c.declaredLate(s, s.Names, "global")
	for _, name := range s.Names {
		if c.scope.usesBefore(name, nil).nonlocal {
			c.report(bindingPass, s.Span, "name '"+name+"' is nonlocal and global")
		}
	}
}

func (c *checker) nonlocal(s *ast.Nonlocal) {
	if c.scope.kind == moduleScope {
		c.report(bindingPass, s.Span, "nonlocal declaration not allowed at module level")
		return
	}
	c.declaredLate(s, s.Names, "nonlocal")
	for _, name := range s.Names {
		u := c.scope.usesBefore(name, nil)
		switch {
		case u.global:
			c.report(bindingPass, s.Span, "name '"+name+"' is nonlocal and global")
		case !c.scope.parent.binds(name):
			c.report(bindingPass, s.Span, "no binding for nonlocal '"+name+"' found")
		}
	}
}

// binds reports whether the scope or a function around it has name as a local variable.
func (s *scope) binds(name string) bool {
	for ; s != nil; s = s.parent {
		switch {
		case s.kind == classScope && name == "__class__":
			return true
		case !s.isFunction():
			continue
		}
		u := s.usesBefore(name, nil)
		if u.global {
			return false
		}
		if u.param || u.stored || u.imported || u.annotated {
			if !u.nonlocal {
				return true
			}
		}
	}
	return false
}
