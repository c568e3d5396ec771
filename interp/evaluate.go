package interp

// This file defines the built-in functions that run source text or look at the frame of their caller:
// compile, eval, exec, globals, locals.

import (
	"bytes"
	"strings"

	"aio/diag"
	"aio/interp/compile"
	"aio/parser"
)

// callerFrame returns the innermost frame of script code, nil without one.
func (th *Thread) callerFrame() *Frame {
	for f := th.frame; f != nil; f = f.back {
		if f.isScript() {
			return f
		}
	}
	return nil
}

// globalsDict returns the globals of the caller; those of __main__ without one.
func (th *Thread) globalsDict() *Dict {
	if f := th.callerFrame(); f != nil {
		return f.code.globals
	}
	return th.in.MainModule().dict
}

// localsDict returns the local variables of the caller.
func (th *Thread) localsDict() *Dict {
	if f := th.callerFrame(); f != nil {
		return f.locals()
	}
	return th.in.MainModule().dict
}

func builtinGlobals(th *Thread, _ []Value) (Value, *Exc) { return th.globalsDict().Value(), nil }

func builtinLocals(th *Thread, _ []Value) (Value, *Exc) { return th.localsDict().Value(), nil }

// The flags of compile() that are known.
const (
	compileTopLevelAwait     = 0x2000
	compileFutureAnnotations = 0x1000000
	compileOnlyAST           = 0x400
)

func builtinCompile(th *Thread, a []Value) (Value, *Exc) {
	filename, ok := StrOf(a[1])
	if !ok {
		b, isBytes := BufferOf(a[1])
		if !isBytes {
			return Value{}, TypeErrorf("expected str, bytes or os.PathLike object, not %s", typeName(a[1]))
		}
		filename = string(b)
	}
	mode, ok := StrOf(a[2])
	if !ok {
		return Value{}, TypeErrorf("compile() argument 'mode' must be str, not %s", typeName(a[2]))
	}
	flags, err := th.IndexInt(a[3])
	if err != nil {
		return Value{}, err
	}
	if flags&compileOnlyAST != 0 {
		return th.syntaxTree(a[0], filename, mode)
	}
	opt := compile.Options{
		Namespace: true, TopLevelAwait: flags&compileTopLevelAwait != 0, FutureAnnotations: flags&compileFutureAnnotations != 0,
	}
	c, err := th.compileText(a[0], "compile", filename, mode, opt)
	if err != nil {
		return Value{}, err
	}
	return object(th.in.linkNew(c, NewDict())), nil
}

// syntaxTree is compile() with the flag for a tree of objects of the module ast.
func (th *Thread) syntaxTree(source Value, filename, mode string) (Value, *Exc) {
	if th.isTree(source) {
		return source, nil
	}
	text, err := th.sourceText(source, "compile", filename)
	if err != nil {
		return Value{}, err
	}
	src := diag.NewSource(filename, text)
	b, err := th.newTreeBuilder(src)
	if err != nil {
		return Value{}, err
	}
	var tree Value
	switch mode {
	case "exec", "single":
		m, d := parser.ParseTree(src)
		if d != nil {
			return Value{}, th.SyntaxError(d)
		}
		tree = b.module(m, mode)
	case "eval":
		e, d := parser.ParseExpr(src)
		if d != nil {
			return Value{}, th.SyntaxError(d)
		}
		o, v := b.object("Expression")
		if tree = v; b.err == nil {
			o.set(Intern("body"), b.node(e))
		}
	default:
		return Value{}, ValueErrorf("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
	}
	if b.err != nil {
		return Value{}, b.err
	}
	return tree, th.sourceWarnings(src)
}

// isTree reports whether v is a node of the module ast.
func (th *Thread) isTree(v Value) bool {
	t := TypeOf(v)
	if t.flags&flagHeap == 0 {
		return false
	}
	for _, m := range t.mro {
		if m.Name == "AST" && m.moduleName() == "ast" {
			return true
		}
	}
	return false
}

// compileTree compiles a tree of objects of the module ast.
func (th *Thread) compileTree(tree Value, filename, mode string, opt compile.Options) (*compile.Code, *Exc) {
	src, m, e, err := th.readTree(tree, filename, mode)
	if err != nil {
		return nil, err
	}
	var c *compile.Code
	var d *diag.Error
	if e != nil {
		c, d = compile.Expression(src, e, opt)
	} else if d = parser.Check(src, m, parser.Options{TopLevelAwait: opt.TopLevelAwait}); d == nil {
		opt.Interactive = mode == "single"
		c, d = compile.Module(src, m, opt)
	}
	if d != nil {
		return nil, th.SyntaxError(d)
	}
	return c, nil
}

// compileText compiles the source that compile, eval or exec got.
func (th *Thread) compileText(source Value, fn, filename, mode string, opt compile.Options) (*compile.Code, *Exc) {
	if th.isTree(source) && fn == "compile" {
		return th.compileTree(source, filename, mode, opt)
	}
	text, err := th.sourceText(source, fn, filename)
	if err != nil {
		return nil, err
	}
	switch mode {
	case "exec":
		return th.CompileSource(diag.NewSource(filename, text), opt)
	case "single":
		opt.Interactive = true
		return th.CompileSource(diag.NewSource(filename, text), opt)
	case "eval":
		src := diag.NewSource(filename, strings.TrimLeft(text, " \t"))
		e, d := parser.ParseExpr(src)
		if d != nil {
			return nil, th.expressionError(d)
		}
		c, d := compile.Expression(src, e, opt)
		if d != nil {
			return nil, th.SyntaxError(d)
		}
		return c, th.sourceWarnings(src)
	}
	return nil, ValueErrorf("compile() mode must be 'exec', 'eval' or 'single'")
}

// sourceText returns the text of a str or bytes that holds source.
func (th *Thread) sourceText(source Value, fn, filename string) (string, *Exc) {
	text, ok := StrOf(source)
	if !ok {
		b, isBytes := BufferOf(source)
		if !isBytes {
			kinds := "string, bytes or code"
			if fn == "compile" {
				kinds = "string, bytes or AST"
			}
			return "", TypeErrorf("%s() arg 1 must be a %s object", fn, kinds)
		}
		if i := bytes.IndexByte(b, 0); i >= 0 {
			return "", NewExc(SyntaxError, MkStr("source code string cannot contain null bytes"))
		}
		src, err := th.DecodeSource(filename, b)
		if err != nil {
			return "", err
		}
		text = src.Text
	}
	if strings.IndexByte(text, 0) >= 0 {
		return "", NewExc(SyntaxError, MkStr("source code string cannot contain null bytes"))
	}
	return text, nil
}

func builtinEval(th *Thread, a []Value) (Value, *Exc) { return th.evaluate("eval", a[0], a[1], a[2]) }

func builtinExec(th *Thread, a []Value) (Value, *Exc) {
	_, err := th.evaluate("exec", a[0], a[1], a[2])
	return None, err
}

// evaluate is eval and exec.
func (th *Thread) evaluate(fn string, source, globals, locals Value) (Value, *Exc) {
	g, ns, err := th.evalScopes(fn, globals, locals)
	if err != nil {
		return Value{}, err
	}
	if code, ok := as[Code](source, layoutOpaque); ok && shapeOf(source) == codeShape {
		return th.runCodeObject(fn, code, g, ns)
	}
	mode := fn
	own := Is(ns, g.Value())
	c, err := th.compileText(source, fn, "<string>", mode, compile.Options{Namespace: !own})
	if err != nil {
		return Value{}, err
	}
	if own {
		ns = Value{}
	}
	return th.RunCode(c, g, ns)
}

// evalScopes returns the globals and the namespace that eval and exec work in.
func (th *Thread) evalScopes(fn string, globals, locals Value) (*Dict, Value, *Exc) {
	if globals.IsNone() {
		g := th.globalsDict()
		if locals.IsNone() {
			locals = th.localsDict().Value()
		}
		return g, locals, th.checkLocals(fn, locals)
	}
	g, ok := AsDict(globals)
	if !ok {
		if fn == "exec" {
			return nil, Value{}, TypeErrorf("exec() globals must be a dict, not %s", typeName(globals))
		}
		if TypeOf(globals).proto.GetItem != nil || !scripted(globals, spGetItem).IsUnbound() {
			return nil, Value{}, TypeErrorf("globals must be a real dict; try eval(code, {}, mapping)")
		}
		return nil, Value{}, TypeErrorf("globals must be a dict")
	}
	if _, ok := g.GetName("__builtins__"); !ok {
		g.SetName("__builtins__", th.in.builtins.Value())
	}
	if locals.IsNone() {
		return g, globals, nil
	}
	return g, locals, th.checkLocals(fn, locals)
}

func (th *Thread) checkLocals(fn string, locals Value) *Exc {
	if TypeOf(locals).proto.GetItem != nil || !scripted(locals, spGetItem).IsUnbound() {
		return nil
	}
	if fn == "exec" {
		return TypeErrorf("locals must be a mapping or None, not %s", typeName(locals))
	}
	return TypeErrorf("locals must be a mapping")
}

func (th *Thread) runCodeObject(fn string, code *Code, g *Dict, ns Value) (Value, *Exc) {
	c := code.Code
	if len(c.FreeVars) > 0 {
		return Value{}, TypeErrorf("code object passed to %s() may not contain free variables", fn)
	}
	if len(c.Locals) == 0 || c.Locals[0] != ".namespace" {
		ns = Value{}
	}
	return th.RunCode(c, g, ns)
}
