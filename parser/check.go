// This file defines Check: what is wrong about a program that parses. Names and scopes are in
// scope.go, patterns in checkpattern.go.

package parser

import (
	"slices"

	"aio/ast"
	"aio/diag"
)

// Check returns what CPython's compiler says about a tree that its parser accepts: return outside a
// function, await outside a coroutine function, declarations after use, and the like.
func Check(src *diag.Source, m *ast.Module, o Options) *diag.Error {
	c := &checker{src: src, o: o}
	c.futures(m)
	c.scope = &scope{kind: moduleScope, body: m.Body}
	c.stmts(m.Body)
	return c.verdict()
}

// checkExpr is Check for a lone expression.
func checkExpr(src *diag.Source, e ast.Expr) *diag.Error {
	c := &checker{src: src, scope: &scope{kind: moduleScope}}
	c.expr(e)
	return c.verdict()
}

// CPython's compiler goes over the tree several times; the first pass that finds an error says it.
const (
	futurePass = iota
	symbolPass
	bindingPass
	codePass
	passes
)

type checker struct {
	src   *diag.Source
	o     Options
	scope *scope
	loop  loopKind
	found [passes]*diag.Error

	futureAnnotations bool
	leading           []*ast.ImportFrom // the imports from __future__ that stand at the beginning
}

// loopKind says what break and continue would leave.
type loopKind uint8

const (
	noLoop loopKind = iota
	inLoop
	inExceptStar     // an except* block, which may not be left by break, continue and return
	inExceptStarLoop // a loop in such a block: return may not stand there
)

func (c *checker) report(pass int, span diag.Span, msg string) {
	if c.found[pass] == nil {
		c.found[pass] = &diag.Error{Source: c.src, Span: span, Kind: "SyntaxError", Msg: msg, Hint: hintFor(msg)}
	}
}

func (c *checker) verdict() *diag.Error {
	for _, err := range c.found {
		if err != nil {
			return err
		}
	}
	return nil
}

// features are the names that may be imported from __future__.
var features = map[string]bool{
	"nested_scopes": true, "generators": true, "division": true, "absolute_import": true, "with_statement": true,
	"print_function": true, "unicode_literals": true, "barry_as_FLUFL": true, "generator_stop": true, "annotations": true,
}

// futures checks from __future__ import: only at the beginning, only known features.
func (c *checker) futures(m *ast.Module) {
	beginning := true
	for i, s := range m.Body {
		im, ok := s.(*ast.ImportFrom)
		if !ok || im.Module != "__future__" || im.Level > 0 {
			beginning = beginning && i == 0 && isDocstring(s)
			continue
		}
		if !beginning {
			continue // found when the statement is checked
		}
		for _, n := range im.Names {
			c.feature(im, n.Name)
		}
		c.leading = append(c.leading, im)
	}
}

func isDocstring(s ast.Stmt) bool {
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

func (c *checker) feature(im *ast.ImportFrom, name string) {
	switch {
	case name == "braces":
		c.report(futurePass, im.Span, "not a chance")
	case !features[name]:
		c.report(futurePass, im.Span, "future feature "+name+" is not defined")
	case name == "annotations":
		c.futureAnnotations = true
	}
}

func (c *checker) stmts(body []ast.Stmt) {
	for _, s := range body {
		c.stmt(s)
	}
}

// loopBody checks the body of a loop.
func (c *checker) loopBody(body []ast.Stmt) {
	kind := inLoop
	if c.loop == inExceptStar || c.loop == inExceptStarLoop {
		kind = inExceptStarLoop
	}
	c.body(kind, body)
}

// body checks a body in which break and continue meet kind.
func (c *checker) body(kind loopKind, body []ast.Stmt) {
	outer := c.loop
	c.loop = kind
	c.stmts(body)
	c.loop = outer
}

func (c *checker) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.ExprStmt:
		c.expr(s.Value)
	case *ast.Assign:
		for _, t := range s.Targets {
			c.target(t)
		}
		c.expr(s.Value)
	case *ast.If:
		c.expr(s.Test)
		c.stmts(s.Body)
		c.stmts(s.OrElse)
	case *ast.FunctionDef:
		c.function(s)
	case *ast.Return:
		c.returns(s)
	case *ast.For:
		c.asyncStatement(s.IsAsync, "'async for'", s.Span)
		c.target(s.Target)
		c.expr(s.Iter)
		c.loopBody(s.Body)
		c.stmts(s.OrElse)
	case *ast.While:
		c.expr(s.Test)
		c.loopBody(s.Body)
		c.stmts(s.OrElse)
	case *ast.ClassDef:
		c.class(s)
	case *ast.AugAssign:
		c.target(s.Target)
		c.expr(s.Value)
	case *ast.AnnAssign:
		c.annotatedAssign(s)
	case *ast.With:
		c.asyncStatement(s.IsAsync, "'async with'", s.Span)
		for _, it := range s.Items {
			c.expr(it.Expr)
			if it.Target != nil {
				c.target(it.Target)
			}
		}
		c.stmts(s.Body)
	case *ast.Try:
		c.try(s)
	case *ast.Match:
		c.match(s)
	case *ast.Raise:
		c.exprs(s.Exc, s.Cause)
	case *ast.Assert:
		c.assertion(s)
		c.exprs(s.Test, s.Msg)
	case *ast.Delete:
		for _, t := range s.Targets {
			c.target(t)
		}
	case *ast.Import:
		c.imports(s.Span, s.Names)
	case *ast.ImportFrom:
		c.importFrom(s)
	case *ast.Global:
		c.global(s)
	case *ast.Nonlocal:
		c.nonlocal(s)
	case *ast.Break:
		c.leaves(s.Span, "'break' outside loop")
	case *ast.Continue:
		c.leaves(s.Span, "'continue' not properly in loop")
	case *ast.TypeAlias:
		c.expr(s.Value)
	}
}

// leaves checks a break or continue.
func (c *checker) leaves(span diag.Span, outside string) {
	switch c.loop {
	case noLoop:
		c.report(codePass, span, outside)
	case inExceptStar:
		c.report(codePass, span, exceptStarLeft)
	}
}

const exceptStarLeft = "'break', 'continue' and 'return' cannot appear in an except* block"

func (c *checker) returns(s *ast.Return) {
	switch {
	case !c.scope.isFunction():
		c.report(codePass, s.Span, "'return' outside function")
	case c.loop == inExceptStar || c.loop == inExceptStarLoop:
		c.report(codePass, s.Span, exceptStarLeft)
	case s.Value != nil && c.scope.isAsync && c.scope.valueReturn == nil:
		c.scope.valueReturn = s
	}
	c.exprs(s.Value)
}

// asyncStatement checks where async for and async with stand.
func (c *checker) asyncStatement(isAsync bool, what string, span diag.Span) {
	if isAsync && !c.awaitAllowed() {
		c.report(codePass, span, what+" outside async function")
	}
}

// awaitAllowed reports whether the scope itself may await.
func (c *checker) awaitAllowed() bool {
	return c.scope.isAsync && c.scope.kind == functionScope || c.o.TopLevelAwait && c.scope.kind == moduleScope
}

func (c *checker) try(s *ast.Try) {
	c.stmts(s.Body)
	for i, h := range s.Handlers {
		if h.Type == nil && i < len(s.Handlers)-1 {
			c.report(codePass, h.Span, "default 'except:' must be last")
		}
		c.exprs(h.Type)
		c.bindable(h.Name, h.Span)
		if s.IsStar {
			c.body(inExceptStar, h.Body)
		} else {
			c.stmts(h.Body)
		}
	}
	c.stmts(s.OrElse)
	c.stmts(s.FinalBody)
}

func (c *checker) imports(span diag.Span, names []*ast.Alias) {
	for _, n := range names {
		if n.AsName != "" {
			c.bindable(n.AsName, span)
		} else {
			c.bindable(n.Name, span)
		}
	}
}

func (c *checker) importFrom(s *ast.ImportFrom) {
	if s.Names[0].Name == "*" && c.scope.kind != moduleScope {
		c.report(symbolPass, s.Names[0].Span, "import * only allowed at module level")
	}
	if s.Module == "__future__" && s.Level == 0 && !slices.Contains(c.leading, s) {
		c.report(codePass, s.Span, "from __future__ imports must occur at the beginning of the file")
	}
	c.imports(s.Span, s.Names)
}

// bindable checks that a name may be bound: __debug__ may not.
func (c *checker) bindable(name string, span diag.Span) {
	if name == "__debug__" {
		c.report(codePass, span, "cannot assign to __debug__")
	}
}

func (c *checker) annotatedAssign(s *ast.AnnAssign) {
	if n, ok := s.Target.(*ast.Name); ok && s.Simple && c.scope.kind != moduleScope {
		if word := c.scope.declares(n.Id, s); word != "" {
			c.report(symbolPass, s.Span, "annotated name '"+n.Id+"' can't be "+word)
		}
	}
	c.target(s.Target)
	c.annotation(s.Annotation)
	c.exprs(s.Value)
}

// annotation checks an annotation; what it may not hold depends on from __future__ import annotations.
func (c *checker) annotation(e ast.Expr) {
	if e == nil {
		return
	}
	if !c.futureAnnotations {
		if st, ok := e.(*ast.Starred); ok {
			e = st.Value // *args: *Ts
		}
		c.expr(e)
		return
	}
	ast.Walk(e, func(n ast.Node) bool {
		what := ""
		switch n.(type) {
		case *ast.Yield, *ast.YieldFrom:
			what = "yield expression"
		case *ast.Await:
			what = "await expression"
		case *ast.NamedExpr:
			what = "named expression"
		}
		if what != "" {
			c.report(symbolPass, n.Pos(), what+" cannot be used within an annotation")
		}
		return what == ""
	})
}

// target checks an assignment target.
func (c *checker) target(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Name:
		if e.Id == "__debug__" {
			c.report(codePass, e.Span, verb(e.Ctx)+e.Id)
		}
	case *ast.Attribute:
		if e.Attr == "__debug__" {
			c.report(codePass, e.Span, verb(e.Ctx)+e.Attr)
		}
		c.expr(e.Value)
	case *ast.Subscript:
		c.expr(e.Value)
		c.expr(e.Slice)
	case *ast.Tuple:
		c.unpack(e.Span, e.Elts)
	case *ast.List:
		c.unpack(e.Span, e.Elts)
	case *ast.Starred:
		c.report(codePass, e.Span, "starred assignment target must be in a list or tuple")
	default:
		c.expr(e)
	}
}

func verb(ctx ast.Ctx) string {
	if ctx == ast.Del {
		return "cannot delete "
	}
	return "cannot assign to "
}

// unpack checks the elements of a tuple or list that is assigned to.
func (c *checker) unpack(span diag.Span, elts []ast.Expr) {
	starred := false
	for i, e := range elts {
		s, ok := e.(*ast.Starred)
		if !ok {
			c.target(e)
			continue
		}
		switch {
		case starred:
			c.report(codePass, span, "multiple starred expressions in assignment")
		case i >= 1<<8 || len(elts)-i-1 >= 1<<24:
			c.report(codePass, span, "too many expressions in star-unpacking assignment")
		}
		starred = true
		c.target(s.Value)
	}
}

// exprs checks expressions of which any may be missing.
func (c *checker) exprs(list ...ast.Expr) {
	for _, e := range list {
		if e != nil {
			c.expr(e)
		}
	}
}

// elements checks expressions that may be starred.
func (c *checker) elements(list []ast.Expr) {
	for _, e := range list {
		if s, ok := e.(*ast.Starred); ok {
			e = s.Value
		}
		if e != nil {
			c.expr(e)
		}
	}
}

func (c *checker) expr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Name, *ast.Constant:
	case *ast.Attribute:
		c.expr(e.Value)
	case *ast.Call:
		c.callee(e)
		c.expr(e.Func)
		c.elements(e.Args)
		c.keywords(e.Span, e.Keywords)
	case *ast.BinOp:
		c.expr(e.Left)
		c.expr(e.Right)
	case *ast.Subscript:
		c.subscripted(e)
		c.expr(e.Value)
		c.expr(e.Slice)
	case *ast.Compare:
		c.identity(e)
		c.expr(e.Left)
		c.exprs(e.Comparators...)
	case *ast.BoolOp:
		c.exprs(e.Values...)
	case *ast.UnaryOp:
		c.expr(e.Operand)
	case *ast.Tuple:
		c.elements(e.Elts)
	case *ast.List:
		c.elements(e.Elts)
	case *ast.Set:
		c.elements(e.Elts)
	case *ast.Dict:
		c.exprs(e.Keys...)
		c.exprs(e.Values...)
	case *ast.IfExp:
		c.exprs(e.Test, e.Body, e.OrElse)
	case *ast.JoinedStr:
		c.exprs(e.Values...)
	case *ast.FormattedValue:
		c.expr(e.Value)
		if e.FormatSpec != nil {
			c.expr(e.FormatSpec)
		}
	case *ast.Lambda:
		c.lambda(e)
	case *ast.ListComp:
		c.comprehension(e, listScope, e.Generators, e.Elt, nil)
	case *ast.SetComp:
		c.comprehension(e, setScope, e.Generators, e.Elt, nil)
	case *ast.DictComp:
		c.comprehension(e, dictScope, e.Generators, e.Key, e.Value)
	case *ast.GeneratorExp:
		c.comprehension(e, generatorScope, e.Generators, e.Elt, nil)
	case *ast.NamedExpr:
		c.namedExpr(e)
	case *ast.Await:
		c.await(e)
	case *ast.Yield:
		c.yields(e.Span)
		c.exprs(e.Value)
	case *ast.YieldFrom:
		c.yields(e.Span)
		if c.scope.isFunction() && c.scope.isAsync {
			c.report(codePass, e.Span, "'yield from' inside async function")
		}
		c.expr(e.Value)
	case *ast.Starred:
		c.report(codePass, e.Span, "can't use starred expression here")
		c.expr(e.Value)
	case *ast.Slice:
		c.exprs(e.Lower, e.Upper, e.Step)
	}
}

// keywords checks the keyword arguments of a call, or of a class statement, at span.
func (c *checker) keywords(span diag.Span, list []*ast.Keyword) {
	for i, k := range list {
		c.bindable(k.Name, span)
		for _, later := range list[i+1:] {
			if k.Name != "" && later.Name == k.Name {
				c.report(codePass, later.Span, "keyword argument repeated: "+k.Name)
			}
		}
		c.expr(k.Value)
	}
}

func (c *checker) await(e *ast.Await) {
	s := c.scope
	switch {
	case s.kind == moduleScope && c.o.TopLevelAwait:
	case s.kind == moduleScope || s.kind == classScope:
		c.report(codePass, e.Span, "'await' outside function")
	case s.isComprehension():
		s.isAsync = true
	case !s.isAsync:
		c.report(codePass, e.Span, "'await' outside async function")
	}
	c.expr(e.Value)
}

func (c *checker) yields(span diag.Span) {
	s := c.scope
	switch {
	case s.isComprehension():
		c.report(symbolPass, span, "'yield' inside "+s.kind.String())
	case !s.isFunction():
		c.report(codePass, span, "'yield' outside function")
	default:
		s.isGenerator = true
	}
}
