// This file defines the parsing of expressions by precedence.
//
// Every method that returns an ast.Expr returns nil when the text does not match; the parser's err
// then holds a sentence, or far the token that could not be used.

package parser

import (
	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// binary is a row of the table of binary operators.
type binary struct {
	prec uint8 // 0 marks a token that is none; a higher one binds tighter
	op   ast.Operator
}

// Precedences of the binary operators.
const (
	precOr uint8 = iota + 1 // |
	precXor
	precAnd
	precShift
	precSum
	precProduct
)

// binaries is the table of the binary operators that group from the left.
var binaries = [lexer.NumKinds]binary{
	lexer.VBar:       {precOr, ast.BitOr},
	lexer.Caret:      {precXor, ast.BitXor},
	lexer.Amper:      {precAnd, ast.BitAnd},
	lexer.LShift:     {precShift, ast.LShift},
	lexer.RShift:     {precShift, ast.RShift},
	lexer.Plus:       {precSum, ast.Add},
	lexer.Minus:      {precSum, ast.Sub},
	lexer.Star:       {precProduct, ast.Mult},
	lexer.Slash:      {precProduct, ast.Div},
	lexer.SlashSlash: {precProduct, ast.FloorDiv},
	lexer.Percent:    {precProduct, ast.Mod},
	lexer.At:         {precProduct, ast.MatMult},
}

// expressionStarts holds the tokens that an expression may begin with.
var expressionStarts = func() (t [lexer.NumKinds]bool) {
	for _, k := range []lexer.Kind{
		lexer.Name, lexer.Number, lexer.String, lexer.FStringStart, lexer.LPar, lexer.LSqb, lexer.LBrace,
		lexer.Ellipsis, lexer.Plus, lexer.Minus, lexer.Tilde, lexer.Not, lexer.Lambda, lexer.Await,
		lexer.True, lexer.False, lexer.None,
	} {
		t[k] = true
	}
	return t
}()

func (p *parser) startsExpression() bool { return expressionStarts[p.kind()] }

// startsStarred reports whether an expression or *expression may begin here.
func (p *parser) startsStarred() bool { return p.startsExpression() || p.kind() == lexer.Star }

// rightSide parses what may stand right of =: a yield expression or starExpressions.
func (p *parser) rightSide() ast.Expr {
	if p.kind() == lexer.Yield {
		return p.yield()
	}
	return p.starExpressions()
}

// starExpressions parses expressions with commas between them, each perhaps starred: one is itself,
// several, or one with a comma, a tuple.
func (p *parser) starExpressions() ast.Expr { return p.commaList((*parser).starExpression) }

// starNamedExpressions is starExpressions with := allowed, as in a subject of match.
func (p *parser) starNamedExpressions() ast.Expr { return p.commaList((*parser).starNamedExpression) }

func (p *parser) commaList(item func(*parser) ast.Expr) ast.Expr {
	start := p.start()
	first := item(p)
	if first == nil || p.kind() != lexer.Comma {
		return first
	}
	elts := []ast.Expr{first}
	for p.kind() == lexer.Comma {
		p.i++
		if !p.startsStarred() {
			break
		}
		mark := p.i
		e := item(p)
		if e == nil {
			if !p.retreat(mark) {
				return nil
			}
			break
		}
		elts = append(elts, e)
	}
	return &ast.Tuple{At: p.from(start), Elts: elts}
}

// retreat undoes a part that did not match and was not needed: CPython's parser backtracks so, and
// the second reading has to see the same. It reports whether the caller may go on without the part.
func (p *parser) retreat(mark int) bool {
	if !p.second || p.err != nil {
		return false
	}
	p.i = mark
	return true
}

// without is retreat for a part that follows e: it returns e, or nil.
func (p *parser) without(mark int, e ast.Expr) ast.Expr {
	if !p.retreat(mark) {
		return nil
	}
	return e
}

func (p *parser) starExpression() ast.Expr {
	if p.kind() == lexer.Star {
		return p.starred()
	}
	return p.expression()
}

func (p *parser) starNamedExpression() ast.Expr {
	if p.kind() == lexer.Star {
		return p.starred()
	}
	return p.namedExpression()
}

// starred parses *bitwise_or.
func (p *parser) starred() ast.Expr {
	start := p.start()
	p.i++
	e := p.arithmetic(precOr)
	if e == nil {
		return nil
	}
	return &ast.Starred{At: p.from(start), Value: e}
}

// yield parses yield, yield value and yield from value.
func (p *parser) yield() ast.Expr {
	start := p.start()
	p.i++
	if p.kind() == lexer.From {
		p.i++
		e := p.expression()
		if e == nil {
			return nil
		}
		return &ast.YieldFrom{At: p.from(start), Value: e}
	}
	var value ast.Expr
	if p.startsStarred() {
		if value = p.starExpressions(); value == nil {
			return nil
		}
	}
	return &ast.Yield{At: p.from(start), Value: value}
}

// namedExpression parses name := expression, or expression.
func (p *parser) namedExpression() ast.Expr {
	if p.kind() == lexer.Name && p.peek() == lexer.Walrus {
		start := p.start()
		target := p.name(ast.Store)
		p.i++
		value := p.expression()
		if value == nil {
			return nil
		}
		return &ast.NamedExpr{At: p.from(start), Target: target, Value: value}
	}
	startTok := p.i
	e := p.expression()
	if e == nil || p.second && p.mistakenNamed(startTok, e) {
		return nil
	}
	if p.kind() == lexer.Walrus {
		return p.fail()
	}
	return e
}

// expression parses a conditional expression, a lambda, or less.
func (p *parser) expression() ast.Expr {
	if p.kind() == lexer.Lambda {
		return p.lambda()
	}
	startTok := p.i
	body := p.disjunction()
	if body == nil || p.second && p.mistakenExpression(startTok, body) {
		return nil
	}
	if p.kind() != lexer.If {
		return body
	}
	if !p.enter() {
		return nil
	}
	defer p.leave()
	mark := p.i
	p.i++
	test := p.disjunction()
	if test == nil || !p.expect(lexer.Else) {
		return p.without(mark, body)
	}
	orElse := p.expression()
	if orElse == nil {
		return p.without(mark, body)
	}
	return &ast.IfExp{At: p.from(p.toks[startTok].Start), Test: test, Body: body, OrElse: orElse}
}

func (p *parser) lambda() ast.Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	start := p.start()
	p.i++
	args := p.parameters(lambdaParameters)
	if args == nil || !p.expect(lexer.Colon) {
		return nil
	}
	body := p.expression()
	if body == nil {
		return nil
	}
	return &ast.Lambda{At: p.from(start), Args: args, Body: body}
}

func (p *parser) disjunction() ast.Expr { return p.boolOp(lexer.Or, (*parser).conjunction) }

func (p *parser) conjunction() ast.Expr { return p.boolOp(lexer.And, (*parser).inversion) }

// boolOp parses operands with the keyword op between them.
func (p *parser) boolOp(op lexer.Kind, operand func(*parser) ast.Expr) ast.Expr {
	start := p.start()
	first := operand(p)
	if first == nil || p.kind() != op {
		return first
	}
	values := []ast.Expr{first}
	for p.kind() == op {
		mark := p.i
		p.i++
		e := operand(p)
		if e == nil {
			if !p.retreat(mark) {
				return nil
			}
			break
		}
		values = append(values, e)
	}
	if len(values) == 1 {
		return first
	}
	return &ast.BoolOp{At: p.from(start), Or: op == lexer.Or, Values: values}
}

func (p *parser) inversion() ast.Expr {
	if p.kind() != lexer.Not {
		return p.comparison()
	}
	if !p.enter() {
		return nil
	}
	defer p.leave()
	start := p.start()
	p.i++
	e := p.inversion()
	if e == nil {
		return nil
	}
	return &ast.UnaryOp{At: p.from(start), Op: ast.Not, Operand: e}
}

// comparisons maps tokens to operators; is not and not in are found by comparisonOp.
var comparisons = [lexer.NumKinds]struct {
	ok bool
	op ast.CmpOp
}{
	lexer.EqEq: {true, ast.Eq}, lexer.NotEq: {true, ast.NotEq},
	lexer.Less: {true, ast.Lt}, lexer.LessEq: {true, ast.LtE},
	lexer.Greater: {true, ast.Gt}, lexer.GreaterEq: {true, ast.GtE},
	lexer.In: {true, ast.In}, lexer.Is: {true, ast.Is}, lexer.Not: {true, ast.NotIn},
}

func (p *parser) comparison() ast.Expr {
	start := p.start()
	left := p.arithmetic(precOr)
	if left == nil || !comparisons[p.kind()].ok {
		return left
	}
	cmp := &ast.Compare{Left: left}
	for comparisons[p.kind()].ok {
		mark := p.i
		op, ok := p.comparisonOp()
		if !ok {
			break
		}
		e := p.arithmetic(precOr)
		if e == nil {
			if !p.retreat(mark) {
				return nil
			}
			break
		}
		cmp.Ops, cmp.Comparators = append(cmp.Ops, op), append(cmp.Comparators, e)
	}
	if cmp.Ops == nil {
		return left
	}
	cmp.At = p.from(start)
	return cmp
}

// comparisonOp consumes a comparison operator; not without in is none.
func (p *parser) comparisonOp() (ast.CmpOp, bool) {
	op := comparisons[p.kind()].op
	switch {
	case op == ast.NotIn:
		if p.peek() != lexer.In {
			p.far = max(p.far, p.i+1)
			return 0, false
		}
		p.i++
	case op == ast.Is && p.peek() == lexer.Not:
		op = ast.IsNot
		p.i++
	}
	p.i++
	return op, true
}

// arithmetic parses binary operators of at least the precedence least.
func (p *parser) arithmetic(least uint8) ast.Expr {
	start := p.start()
	left := p.factor()
	if left == nil {
		return nil
	}
	for n := 0; ; n++ {
		row := binaries[p.kind()]
		if row.prec < least || row.prec == 0 {
			return left
		}
		if n > maxChain {
			return p.tooDeep()
		}
		mark := p.i
		p.i++
		right := p.arithmetic(row.prec + 1)
		if right == nil {
			return p.without(mark, left)
		}
		opSpan := p.toks[mark].Span()
		left = &ast.BinOp{At: p.from(start), Left: left, Op: row.op, OpSpan: opSpan, Right: right}
	}
}

var unaries = map[lexer.Kind]ast.UnaryOperator{
	lexer.Plus: ast.UAdd, lexer.Minus: ast.USub, lexer.Tilde: ast.Invert,
}

func (p *parser) factor() ast.Expr {
	switch k := p.kind(); k {
	case lexer.Plus, lexer.Minus, lexer.Tilde:
		if !p.enter() {
			return nil
		}
		defer p.leave()
		start := p.start()
		p.i++
		e := p.factor()
		if e == nil {
			return nil
		}
		return &ast.UnaryOp{At: p.from(start), Op: unaries[k], Operand: e}
	}
	return p.power()
}

func (p *parser) power() ast.Expr {
	start := p.start()
	base := p.awaited()
	if base == nil || p.kind() != lexer.StarStar {
		return base
	}
	if !p.enter() {
		return nil
	}
	defer p.leave()
	mark := p.i
	p.i++
	exp := p.factor()
	if exp == nil {
		return p.without(mark, base)
	}
	opSpan := p.toks[mark].Span()
	return &ast.BinOp{At: p.from(start), Left: base, Op: ast.Pow, OpSpan: opSpan, Right: exp}
}

func (p *parser) awaited() ast.Expr {
	if p.kind() != lexer.Await {
		return p.primary()
	}
	start := p.start()
	p.i++
	e := p.primary()
	if e == nil {
		return nil
	}
	return &ast.Await{At: p.from(start), Value: e}
}

// primary parses an atom and its trailers: .name, (arguments), [slices].
func (p *parser) primary() ast.Expr {
	start := p.start()
	e := p.atom()
	for n := 0; e != nil; n++ {
		mark := p.i
		var next ast.Expr
		switch p.kind() {
		case lexer.Dot:
			next = p.attribute(start, e)
		case lexer.LPar:
			next = p.call(start, e)
		case lexer.LSqb:
			next = p.subscript(start, e)
		default:
			return e
		}
		if next == nil {
			return p.without(mark, e)
		}
		if n > maxChain {
			return p.tooDeep()
		}
		e = next
	}
	return nil
}

func (p *parser) attribute(start diag.Pos, value ast.Expr) ast.Expr {
	p.i++
	if p.kind() != lexer.Name {
		return p.fail()
	}
	attr := p.toks[p.i].Span()
	p.i++
	return &ast.Attribute{At: p.from(start), Value: value, Attr: lexer.Identifier(p.text[attr.Start:attr.End]), AttrSpan: attr}
}

func (p *parser) subscript(start diag.Pos, value ast.Expr) ast.Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	p.i++
	index := p.slices()
	if index == nil || !p.expect(lexer.RSqb) {
		return nil
	}
	return &ast.Subscript{At: p.from(start), Value: value, Slice: index}
}

// slices parses the inside of a subscript: one slice, or a tuple of them.
func (p *parser) slices() ast.Expr {
	start := p.start()
	first := p.slice()
	if first == nil {
		return nil
	}
	_, starred := first.(*ast.Starred)
	if p.kind() != lexer.Comma && !starred {
		return first
	}
	elts := []ast.Expr{first}
	for p.kind() == lexer.Comma {
		p.i++
		if p.kind() == lexer.RSqb {
			break
		}
		e := p.slice()
		if e == nil {
			return nil
		}
		elts = append(elts, e)
	}
	return &ast.Tuple{At: p.from(start), Elts: elts}
}

// slice parses lower:upper:step, an expression, or *expression.
func (p *parser) slice() ast.Expr {
	start := p.start()
	var lower ast.Expr
	if p.kind() == lexer.Star {
		return p.starred()
	}
	if p.kind() != lexer.Colon {
		if lower = p.namedExpression(); lower == nil || p.kind() != lexer.Colon {
			return lower
		}
		if _, named := lower.(*ast.NamedExpr); named && p.toks[p.i-1].Kind != lexer.RPar {
			return p.fail()
		}
	}
	p.i++
	s := &ast.Slice{Lower: lower}
	if p.startsExpression() {
		if s.Upper = p.expression(); s.Upper == nil {
			return nil
		}
	}
	if p.kind() == lexer.Colon {
		p.i++
		if p.startsExpression() {
			if s.Step = p.expression(); s.Step == nil {
				return nil
			}
		}
	}
	s.At = p.from(start)
	return s
}

// name consumes a Name.
func (p *parser) name(ctx ast.Ctx) *ast.Name {
	t := p.toks[p.i]
	p.i++
	return &ast.Name{At: ast.At{Span: t.Span()}, Id: lexer.Identifier(p.text[t.Start:t.End]), Ctx: ctx}
}

func (p *parser) atom() ast.Expr {
	switch p.kind() {
	case lexer.Name:
		return p.name(ast.Load)
	case lexer.Number:
		return p.number()
	case lexer.String, lexer.FStringStart:
		return p.strings()
	case lexer.LPar, lexer.LSqb, lexer.LBrace:
		return p.display()
	case lexer.True:
		return p.constant(true)
	case lexer.False:
		return p.constant(false)
	case lexer.None:
		return p.constant(nil)
	case lexer.Ellipsis:
		return p.constant(ast.Ellipsis)
	}
	return p.fail()
}

// constant consumes a token whose value is v.
func (p *parser) constant(v any) ast.Expr {
	p.i++
	return &ast.Constant{At: ast.At{Span: p.toks[p.i-1].Span()}, Value: v}
}

func (p *parser) number() ast.Expr {
	v, err := lexer.NumberValue(p.tokenText(p.i))
	if err != nil {
		return p.raise(p.toks[p.i].Span(), err.Error())
	}
	return p.constant(v)
}
