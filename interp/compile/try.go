package compile

// This file compiles try, with and the ways out of them.
//
// A block protects the instructions between its start and its end, but for the exits that return, break
// and continue run within: there its range has a hole. Rows of the tables are appended when a block
// ends, so that inner ones stand first.

import (
	"aio/ast"
)

// blockKind says what has to be done on the way out of a block.
type blockKind uint8

const (
	loopBlock    blockKind = iota // close the iterator, where the block has one
	tryBlock                      // the body of a try with except clauses: nothing
	handlerBlock                  // an exception is being handled: nothing
	nameBlock                     // the body of except ... as name: unbind the name
	finallyBlock                  // run the finally body
	withBlock                     // call __exit__
)

// block is a statement that control may leave.
type block struct {
	kind                blockKind
	onBreak, onContinue labelID // loopBlock
	iter                reg     // loopBlock: the iterator that leaving it closes, or NoReg

	open   int32 // where the current range starts
	ranges []span32

	final   []ast.Stmt // finallyBlock
	name    *symbol    // nameBlock
	with    *withState // withBlock
	handled reg        // handlerBlock: the register of the exception
}

// span32 is a range of instructions.
type span32 struct{ start, end int32 }

func (b *block) exit(isBreak bool) labelID {
	if isBreak {
		return b.onBreak
	}
	return b.onContinue
}

// maxBlocks is how many loops, try and with statements may stand within one another.
const maxBlocks = 20

func (c *compiler) push(span ast.Span, b *block) {
	if len(c.blocks) >= maxBlocks {
		c.fail(span, "too many statically nested blocks")
	}
	b.open = c.pc()
	c.blocks = append(c.blocks, b)
}

// pop ends the innermost block.
func (c *compiler) pop() *block {
	b := c.blocks[len(c.blocks)-1]
	c.blocks = c.blocks[:len(c.blocks)-1]
	c.closeRange(b)
	return b
}

func (c *compiler) closeRange(b *block) {
	if b.open < c.pc() {
		b.ranges = append(b.ranges, span32{b.open, c.pc()})
	}
}

// protect appends the rows of the exception table for a block that has ended, and reports whether there
// are any.
func (c *compiler) protect(b *block, handler labelID, r reg) bool {
	for _, x := range b.ranges {
		c.code.Exc = append(c.code.Exc, Handler{x.start, x.end, int32(handler), r})
	}
	return len(b.ranges) > 0
}

// handledBy appends the rows that say that R[r] is being handled in a block that has ended.
func (c *compiler) handledBy(b *block) {
	for _, x := range b.ranges {
		c.code.Handled = append(c.code.Handled, Region{x.start, x.end, b.handled})
	}
}

// loopOver appends the rows for a loop that has ended over the iterator in R[b.iter].
func (c *compiler) loopOver(b *block) {
	if b.iter == NoReg {
		return
	}
	for _, x := range b.ranges {
		c.code.Loops = append(c.code.Loops, Region{x.start, x.end, b.iter})
	}
}

// innermostLoop returns the index of the innermost loop's block.
func (c *compiler) innermostLoop() int {
	i := len(c.blocks) - 1
	for c.blocks[i].kind != loopBlock {
		i--
	}
	return i
}

// unwinds reports whether something has to be done on the way out of the blocks from depth on.
func (c *compiler) unwinds(depth int) bool {
	for _, b := range c.blocks[depth:] {
		switch b.kind {
		case nameBlock, finallyBlock, withBlock:
			return true
		case loopBlock:
			if b.iter != NoReg {
				return true
			}
		}
	}
	return false
}

// unwind emits the exits of the blocks from depth on, innermost first. Each runs outside its own block.
// reopen must follow the jump or return behind it.
func (c *compiler) unwind(at ast.Span, depth int) {
	saved := c.blocks
	for i := len(saved) - 1; i >= depth && !c.dead; i-- {
		b := saved[i]
		c.closeRange(b)
		b.open = -1
		c.blocks = saved[:i:i]
		switch b.kind {
		case loopBlock:
			if b.iter != NoReg {
				c.emit(at, OpCloseIter, b.iter, 0, 0)
			}
		case nameBlock:
			c.unbindName(at, b.name)
		case finallyBlock:
			c.stmts(b.final)
		case withBlock:
			c.exitWith(b.with)
		}
	}
	c.blocks = saved
}

// reopen starts new ranges for the blocks that unwind closed.
func (c *compiler) reopen(depth int) {
	for _, b := range c.blocks[depth:] {
		if b.open < 0 {
			b.open = c.pc()
		}
	}
}

// handlerLabel returns the label of a handler: what is bound there is what is bound here, but for what
// the protected statements may unbind.
func (c *compiler) handlerLabel() labelID {
	id := c.newLabel()
	l := &c.labels[id]
	l.reached, l.bound = true, c.bound
	l.bound.remove(&c.deletable)
	return id
}

// enterHandler goes on at a handler.
func (c *compiler) enterHandler(id labelID) {
	c.dead = true
	c.place(id)
}

// endHandler pops the block in which R[b.handled] is being handled.
func (c *compiler) endHandler() { c.handledBy(c.pop()) }

func (c *compiler) try(s *ast.Try) {
	if len(s.FinalBody) == 0 {
		c.tryExcept(s)
		return
	}
	m := c.top
	handler, end := c.handlerLabel(), c.newLabel()
	c.push(s.Span, &block{kind: finallyBlock, final: s.FinalBody})
	c.tryExcept(s)
	b := c.pop()
	c.stmts(s.FinalBody)
	if c.protect(b, handler, reg(m)) {
		c.goTo(s.Span, end)
		c.enterHandler(handler)
		exc := c.alloc()
		c.push(s.Span, &block{kind: handlerBlock, handled: exc})
		c.stmts(s.FinalBody)
		c.endHandler()
		c.emit(s.Span, OpReraise, exc, 0, 0)
		c.dead = true
		c.top = m
	}
	c.place(end)
}

// tryExcept compiles a try without its finally.
func (c *compiler) tryExcept(s *ast.Try) {
	if len(s.Handlers) == 0 {
		c.stmts(s.Body)
		c.stmts(s.OrElse)
		return
	}
	m := c.top
	handler, end := c.handlerLabel(), c.newLabel()
	c.push(s.Span, &block{kind: tryBlock})
	c.stmts(s.Body)
	b := c.pop()
	c.stmts(s.OrElse)
	if c.protect(b, handler, reg(m)) {
		c.goTo(s.Span, end)
		c.enterHandler(handler)
		exc := c.alloc()
		if s.IsStar {
			c.starHandlers(s, exc, end)
		} else {
			c.handlers(s, exc, end)
		}
		c.top = m
	}
	c.place(end)
}

// handlers compiles the except clauses for the exception in R[exc].
func (c *compiler) handlers(s *ast.Try, exc reg, end labelID) {
	c.push(s.Handlers[0].Span, &block{kind: handlerBlock, handled: exc})
	m := c.top
	for _, h := range s.Handlers {
		next := c.newLabel()
		if h.Type != nil {
			c.jump(h.Span, OpExcMatch, exc, c.any(h.Type), next)
			c.top = m
		}
		if h.Name == "" {
			c.stmts(h.Body)
		} else {
			c.storeSym(h.Span, c.lookup(h.Name), exc)
			c.namedBody(h)
		}
		c.goTo(h.Span, end)
		c.place(next)
	}
	if !c.dead {
		c.emit(s.Handlers[len(s.Handlers)-1].Span, OpReraise, exc, 0, 0)
		c.dead = true
	}
	c.endHandler()
}

// namedBody compiles the body of "except ... as name", which unbinds the name however it ends.
func (c *compiler) namedBody(h *ast.ExceptHandler) {
	m := c.top
	sym := c.lookup(h.Name)
	cleanup, end := c.handlerLabel(), c.newLabel()
	c.push(h.Span, &block{kind: nameBlock, name: sym})
	c.stmts(h.Body)
	b := c.pop()
	if !c.dead {
		c.unbindName(h.Span, sym)
	}
	if c.protect(b, cleanup, reg(m)) {
		c.goTo(h.Span, end)
		c.enterHandler(cleanup)
		exc := c.alloc()
		c.unbindName(h.Span, sym)
		c.emit(h.Span, OpReraise, exc, 0, 0)
		c.dead = true
		c.top = m
	}
	c.place(end)
}

// unbindName does "name = None; del name": the name may be unbound already.
func (c *compiler) unbindName(at ast.Span, sym *symbol) {
	if sym.kind == localRef {
		c.unbind(at, sym.reg)
		return
	}
	r := c.alloc()
	c.loadK(at, r, nil)
	c.storeSym(at, sym, r)
	c.delSym(at, sym)
	c.top = int(r)
}

// starHandlers compiles the except* clauses for the exception in R[exc] (PEP 654): each takes its part of
// what is left, and what they raise is gathered with what nobody took.
func (c *compiler) starHandlers(s *ast.Try, exc reg, end labelID) {
	c.push(s.Handlers[0].Span, &block{kind: handlerBlock, handled: exc})
	raised, rest, match := c.alloc(), c.alloc(), c.alloc()
	last := s.Handlers[len(s.Handlers)-1].Span
	c.display(last, OpNewList, raised, raised, 0)
	c.move(last, rest, exc)
	for _, h := range s.Handlers {
		c.to(h.Type, match)
		c.emit(h.Span, OpExcStarMatch, rest, 0, 0)
		c.starBody(h, raised, match)
	}
	done := c.newLabel()
	c.jump(last, OpJNone, rest, 0, done)
	c.emit(last, OpListAppend, raised, rest, 0)
	c.place(done)
	c.emit(last, OpExcStarRaise, raised, exc, raised)
	c.jump(last, OpJNone, raised, 0, end)
	c.emit(last, OpReraise, raised, 0, 0)
	c.dead = true
	c.endHandler()
}

// starBody compiles the body of one except* clause, which runs unless R[match] is None.
func (c *compiler) starBody(h *ast.ExceptHandler, raised, match reg) {
	m := c.top
	next := c.newLabel()
	c.jump(h.Span, OpJNone, match, 0, next)
	caught := c.handlerLabel()
	c.push(h.Span, &block{kind: tryBlock})
	c.push(h.Span, &block{kind: handlerBlock, handled: match})
	if h.Name == "" {
		c.stmts(h.Body)
	} else {
		c.storeSym(h.Span, c.lookup(h.Name), match)
		c.namedBody(h)
	}
	c.endHandler()
	if c.protect(c.pop(), caught, reg(m)) {
		c.goTo(h.Span, next)
		c.enterHandler(caught)
		exc := c.alloc()
		c.emit(h.Span, OpListAppend, raised, exc, 0)
		c.top = m
	}
	c.place(next)
}

// withState is where an open with statement keeps what its end needs.
type withState struct {
	span  ast.Span
	exit  reg // the window of __exit__, as LoadSpecial made it
	async bool
}

// with compiles the items, each around the rest, and the body.
func (c *compiler) with(s *ast.With, items []*ast.WithItem) {
	m := c.top
	item := items[0]
	exc := c.alloc() // the context manager, then the exception
	w := &withState{s.Span, c.alloc(), s.IsAsync}
	c.alloc()
	c.enterWith(w, item, exc)
	handler, end := c.handlerLabel(), c.newLabel()
	c.push(s.Span, &block{kind: withBlock, with: w})
	if item.Target != nil {
		c.store(item.Target, w.exit+2)
	}
	c.top = int(w.exit) + 2
	if len(items) > 1 {
		c.with(s, items[1:])
	} else {
		c.stmts(s.Body)
	}
	b := c.pop()
	if !c.dead {
		c.exitWith(w)
	}
	if c.protect(b, handler, exc) {
		c.goTo(s.Span, end)
		c.enterHandler(handler)
		c.exceptWith(w, exc, end)
	}
	c.place(end)
	c.top = m
}

// enterWith looks up __enter__ and __exit__ of an item, in this order, and calls the first; its result is
// in the register behind the window of __exit__.
func (c *compiler) enterWith(w *withState, item *ast.WithItem, manager reg) {
	enter, exit := uint16(SpecialEnter), uint16(SpecialExit)
	if w.async {
		enter, exit = SpecialAEnter, SpecialAExit
	}
	c.to(item.Expr, manager)
	base := c.alloc()
	c.alloc()
	c.emit(w.span, OpLoadSpecial, base, manager, enter)
	c.emit(w.span, OpLoadSpecial, w.exit, manager, exit)
	op := OpCallMethod
	if w.async {
		op = OpEnterAwait
	}
	c.emit(w.span, op, base, 0, base)
	c.top = int(base) + 1
}

// exitWith calls __exit__(None, None, None).
func (c *compiler) exitWith(w *withState) {
	m := c.top
	base := c.exitWindow(w)
	for range 3 {
		c.loadK(w.span, c.alloc(), nil)
	}
	c.emit(w.span, w.exitOp(), base, 3, base)
	c.top = m
}

// exitOp is the opcode that calls __exit__, or calls and awaits __aexit__.
func (w *withState) exitOp() Opcode {
	if w.async {
		return OpExitAwait
	}
	return OpCallMethod
}

// exitWindow returns a window for a call of __exit__ on top of the temporaries: on this way out it is not
// called again, so that its own registers serve when nothing lies above them.
func (c *compiler) exitWindow(w *withState) reg {
	if c.top == int(w.exit)+2 {
		return w.exit
	}
	base := c.alloc()
	c.alloc()
	c.move(w.span, base, w.exit)
	c.move(w.span, base+1, w.exit+1)
	return base
}

// exceptWith calls __exit__ for the exception in R[exc], which goes on unless the result is true.
func (c *compiler) exceptWith(w *withState, exc reg, end labelID) {
	c.push(w.span, &block{kind: handlerBlock, handled: exc})
	base := c.exitWindow(w)
	args := c.alloc()
	c.alloc()
	c.alloc()
	c.emit(w.span, OpExcInfo, args, exc, 0)
	c.emit(w.span, w.exitOp(), base, 3, base)
	c.jump(w.span, OpJTrue, base, 0, end)
	c.emit(w.span, OpReraise, exc, 0, 0)
	c.dead = true
	c.endHandler()
}
