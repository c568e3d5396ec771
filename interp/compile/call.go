package compile

// This file compiles calls. A call's window is the topmost temporaries: the frame of the function called
// overlaps what lies above its last argument.

import (
	"strings"

	"aio/ast"
)

// maxArgs is how many arguments a call has in its window; more are passed as a list.
const maxArgs = 250

// isPlain reports whether the arguments fit a window.
func isPlain(args []ast.Expr, keywords []*ast.Keyword) bool {
	if len(args)+len(keywords) > maxArgs || hasStar(args) {
		return false
	}
	for _, k := range keywords {
		if k.Name == "" {
			return false
		}
	}
	return true
}

// attrSpan returns what a traceback underlines of an attribute: its name alone when the expression began
// on a line above.
func (c *compiler) attrSpan(e *ast.Attribute) ast.Span {
	if int(e.Span.End) <= len(c.src.Text) && strings.IndexByte(c.src.Text[e.Span.Start:e.Span.End], '\n') >= 0 {
		return e.AttrSpan
	}
	return e.Span
}

// callSpan returns what a traceback underlines of a call: of a method, when the expression began on a
// line above, the part from its name on.
func (c *compiler) callSpan(e *ast.Call) ast.Span {
	if attr, ok := e.Func.(*ast.Attribute); ok {
		if span := c.attrSpan(attr); span != attr.Span {
			return ast.Span{Start: span.Start, End: e.Span.End}
		}
	}
	return e.Span
}

func (c *compiler) call(e *ast.Call, dst reg) {
	span := c.callSpan(e)
	if !isPlain(e.Args, e.Keywords) {
		base := c.window(dst)
		c.to(e.Func, base)
		c.callEx(span, base, e.Args, e.Keywords, dst)
		return
	}
	base := c.window(dst)
	method := c.callee(e, base)
	n := c.arguments(span, e.Args, e.Keywords)
	op := OpCall
	switch {
	case method && len(e.Keywords) > 0:
		op = OpCallMethodKw
	case method:
		op = OpCallMethod
	case len(e.Keywords) > 0:
		op = OpCallKw
	}
	c.emit(span, op, base, n, dst)
}

// callee puts what is called into the window and reports whether it is a method.
func (c *compiler) callee(e *ast.Call, base reg) (method bool) {
	attr, ok := e.Func.(*ast.Attribute)
	if !ok {
		c.to(e.Func, base)
		return false
	}
	obj := c.operand(attr.Value, base)
	c.top = int(base) + 1
	c.alloc()
	span := c.attrSpan(attr)
	c.emit(span, OpLoadMethod, base, obj, c.cache(span, OpLoadMethod, c.mangled(attr.Attr)))
	return true
}

// arguments puts the arguments, and the tuple of keyword names behind them, into the window.
func (c *compiler) arguments(span ast.Span, args []ast.Expr, keywords []*ast.Keyword) (n uint16) {
	c.items(args)
	if len(keywords) > 0 {
		names := make(Tuple, len(keywords))
		for i, k := range keywords {
			names[i] = c.mangled(k.Name)
			c.to(k.Value, c.alloc())
		}
		c.loadK(span, c.alloc(), names)
	}
	return uint16(len(args) + len(keywords))
}

// callEx calls R[base] with arguments of which some are starred or which are many.
func (c *compiler) callEx(span ast.Span, base reg, args []ast.Expr, keywords []*ast.Keyword, dst reg) {
	c.top = int(base) + 1
	list, dict := c.alloc(), c.alloc()
	if len(args) == 1 && hasStar(args) {
		c.to(args[0].(*ast.Starred).Value, list)
	} else {
		c.listInto(span, args, list)
	}
	if len(keywords) == 0 {
		c.emit(span, OpUnbind, dict, 0, 0)
	} else {
		c.keywordDict(span, base, keywords, dict)
	}
	c.emit(span, OpCallEx, base, 0, dst)
}

// keywordDict makes the dict of keyword arguments of a call of R[fn].
func (c *compiler) keywordDict(span ast.Span, fn reg, keywords []*ast.Keyword, dict reg) {
	m := c.top
	plain := 0
	for plain < len(keywords) && plain < maxWindow/2 && keywords[plain].Name != "" {
		plain++
	}
	base := reg(c.top)
	for _, k := range keywords[:plain] {
		c.loadK(span, c.alloc(), c.mangled(k.Name))
		c.to(k.Value, c.alloc())
	}
	c.display(span, OpNewDict, dict, base, plain)
	c.top = m
	starred := false
	for i := plain; i < len(keywords); i++ {
		k := keywords[i]
		switch {
		case k.Name == "":
			starred = true
			c.emit(span, OpDictMerge, dict, c.any(k.Value), fn)
		case starred: // the name may be in the mapping that came before
			r := c.alloc()
			pair := c.alloc()
			c.loadK(span, pair, c.mangled(k.Name))
			c.to(k.Value, c.alloc())
			c.emit(span, OpNewDict, r, pair, 1)
			c.emit(span, OpDictMerge, dict, r, fn)
		default:
			name := c.alloc()
			c.loadK(span, name, c.mangled(k.Name))
			c.emit(span, OpDictSet, dict, name, c.any(k.Value))
		}
		c.top = m
	}
}

// callAwait compiles await f(...) with arguments that fit a window, which needs no coroutine object when f
// is a coroutine function. It reports whether the call is of this form.
func (c *compiler) callAwait(e *ast.Await, call *ast.Call, dst reg) bool {
	if !isPlain(call.Args, call.Keywords) {
		return false
	}
	base := c.window(dst)
	method := c.callee(call, base)
	n := c.arguments(e.Span, call.Args, call.Keywords)
	op := OpCallAwait
	switch {
	case method && len(call.Keywords) > 0:
		op = OpCallMethodKwAwait
	case method:
		op = OpCallMethodAwait
	case len(call.Keywords) > 0:
		op = OpCallKwAwait
	}
	c.emit(e.Span, op, base, n, dst)
	return true
}
