// This file defines the parsing of brackets: groups, tuples, lists, sets, dicts and comprehensions.

package parser

import (
	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// display parses an atom that begins with a bracket.
func (p *parser) display() ast.Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	switch p.kind() {
	case lexer.LPar:
		return p.group()
	case lexer.LSqb:
		return p.list()
	}
	return p.dictOrSet()
}

// group parses (), (expression), (yield), a tuple in parentheses, or a generator expression.
func (p *parser) group() ast.Expr {
	start := p.start()
	p.i++
	switch p.kind() {
	case lexer.RPar:
		p.i++
		return &ast.Tuple{At: p.from(start), Paren: true}
	case lexer.Yield:
		e := p.yield()
		if e == nil || !p.expect(lexer.RPar) {
			return nil
		}
		return e
	}
	if p.second && p.kind() == lexer.StarStar {
		return p.doubleStarredGroup()
	}
	first := p.starNamedExpression()
	if first == nil {
		return nil
	}
	switch _, starred := first.(*ast.Starred); {
	case p.kind() == lexer.Comma:
		elts := p.rest(first, lexer.RPar)
		if elts == nil {
			return nil
		}
		return &ast.Tuple{At: p.from(start), Elts: elts, Paren: true}
	case p.startsComprehension():
		gens := p.comprehension(first)
		if gens == nil || !p.expect(lexer.RPar) {
			return nil
		}
		return &ast.GeneratorExp{At: p.from(start), Elt: first, Generators: gens}
	case starred:
		if p.kind() == lexer.RPar {
			return p.raise(first.Pos(), "cannot use starred expression here")
		}
		return p.fail()
	}
	if !p.expect(lexer.RPar) {
		return nil
	}
	return first
}

// rest parses what follows the first element of a list, tuple or set, with its closing bracket.
func (p *parser) rest(first ast.Expr, closing lexer.Kind) []ast.Expr {
	elts := []ast.Expr{first}
	for p.kind() == lexer.Comma {
		p.i++
		if p.kind() == closing {
			break
		}
		if p.second && closing != lexer.RPar && p.startsComprehension() {
			p.bareTarget(first.Pos().To(p.toks[p.i-1].Span()))
			return nil
		}
		e := p.starNamedExpression()
		if e == nil {
			return nil
		}
		elts = append(elts, e)
	}
	if p.second && closing != lexer.RPar && p.startsComprehension() {
		p.bareTarget(first.Pos().To(elts[len(elts)-1].Pos()))
		return nil
	}
	if !p.expect(closing) {
		return nil
	}
	return elts
}

func (p *parser) list() ast.Expr {
	start := p.start()
	p.i++
	if p.kind() == lexer.RSqb {
		p.i++
		return &ast.List{At: p.from(start)}
	}
	first := p.starNamedExpression()
	if first == nil {
		return nil
	}
	if p.startsComprehension() {
		gens := p.comprehension(first)
		if gens == nil || !p.expect(lexer.RSqb) {
			return nil
		}
		return &ast.ListComp{At: p.from(start), Elt: first, Generators: gens}
	}
	elts := p.rest(first, lexer.RSqb)
	if elts == nil {
		return nil
	}
	return &ast.List{At: p.from(start), Elts: elts}
}

func (p *parser) dictOrSet() ast.Expr {
	start := p.start()
	p.i++
	if p.kind() == lexer.RBrace {
		p.i++
		return &ast.Dict{At: p.from(start)}
	}
	if p.kind() == lexer.StarStar {
		return p.dict(start, nil)
	}
	first := p.starNamedExpression()
	if first == nil {
		return nil
	}
	switch {
	case p.kind() == lexer.Colon:
		return p.dict(start, first)
	case p.startsComprehension():
		gens := p.comprehension(first)
		if gens == nil || !p.expect(lexer.RBrace) {
			return nil
		}
		return &ast.SetComp{At: p.from(start), Elt: first, Generators: gens}
	}
	elts := p.rest(first, lexer.RBrace)
	if elts == nil {
		return nil
	}
	return &ast.Set{At: p.from(start), Elts: elts}
}

// dict parses a dict or a dict comprehension, whose first key has been read unless it is **.
func (p *parser) dict(start diag.Pos, key ast.Expr) ast.Expr {
	if _, starred := key.(*ast.Starred); starred {
		return p.fail()
	}
	unpacked := p.toks[p.i].Span()
	d := &ast.Dict{}
	for {
		value := p.dictValue(key)
		if value == nil {
			return nil
		}
		d.Keys, d.Values = append(d.Keys, key), append(d.Values, value)
		if len(d.Keys) == 1 && p.startsComprehension() {
			return p.dictComp(start, unpacked, key, value)
		}
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
		if p.kind() == lexer.RBrace {
			break
		}
		if key = nil; p.kind() != lexer.StarStar {
			if key = p.expression(); key == nil {
				return nil
			}
			if p.kind() != lexer.Colon {
				if p.second {
					end := p.toks[p.i-1].End
					p.raise(diag.Span{Start: end - 1, End: end}, "':' expected after dictionary key")
				}
				return p.fail()
			}
		}
	}
	if !p.expect(lexer.RBrace) {
		return nil
	}
	d.At = p.from(start)
	return d
}

// dictValue parses ": value", or "** value" when there is no key.
func (p *parser) dictValue(key ast.Expr) ast.Expr {
	p.i++
	if key == nil {
		return p.arithmetic(precOr)
	}
	if p.second && p.mistakenDictValue() {
		return nil
	}
	return p.expression()
}

func (p *parser) dictComp(start diag.Pos, unpacked diag.Span, key, value ast.Expr) ast.Expr {
	if key == nil {
		if p.second {
			p.raise(unpacked, "dict unpacking cannot be used in dict comprehension")
		}
		return p.fail()
	}
	gens := p.comprehension(key)
	if gens == nil || !p.expect(lexer.RBrace) {
		return nil
	}
	return &ast.DictComp{At: p.from(start), Key: key, Value: value, Generators: gens}
}

func (p *parser) startsComprehension() bool {
	return p.kind() == lexer.For || p.kind() == lexer.Async && p.peek() == lexer.For
}

// comprehension parses the clauses after the element elt.
func (p *parser) comprehension(elt ast.Expr) []*ast.Comprehension {
	if _, starred := elt.(*ast.Starred); starred {
		p.raise(elt.Pos(), "iterable unpacking cannot be used in comprehension")
		return nil
	}
	var gens []*ast.Comprehension
	for p.startsComprehension() {
		c := &ast.Comprehension{}
		start := p.start()
		if p.kind() == lexer.Async {
			c.IsAsync = true
			p.i++
		}
		p.i++
		if c.Target = p.targets(); c.Target == nil || !p.expect(lexer.In) {
			return nil
		}
		if c.Iter = p.disjunction(); c.Iter == nil {
			return nil
		}
		for p.kind() == lexer.If {
			p.i++
			cond := p.disjunction()
			if cond == nil {
				return nil
			}
			c.Ifs = append(c.Ifs, cond)
		}
		c.At = p.from(start)
		gens = append(gens, c)
	}
	return gens
}

// call parses the arguments of a call of fn, which began at start.
func (p *parser) call(start diag.Pos, fn ast.Expr) ast.Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	args, keywords, ok := p.arguments(true)
	if !ok {
		return nil
	}
	return &ast.Call{At: p.from(start), Func: fn, Args: args, Keywords: keywords}
}

// arguments parses (arguments); a generator expression may be the single one of a call, and then
// needs no parentheses of its own.
func (p *parser) arguments(call bool) (args []ast.Expr, keywords []*ast.Keyword, ok bool) {
	open := p.start()
	p.i++
	unpacked := false // ** has been seen
	misplaced := ""   // the sentence about a positional argument behind others
	for p.kind() != lexer.RPar {
		switch {
		case p.kind() == lexer.Star:
			if unpacked {
				p.raise(p.toks[p.i].Span(), "iterable argument unpacking follows keyword argument unpacking")
				return nil, nil, false
			}
			e := p.unpacking()
			if e == nil {
				return nil, nil, false
			}
			args = append(args, e)
		case p.kind() == lexer.StarStar || p.kind() == lexer.Name && p.peek() == lexer.Assign:
			unpacked = unpacked || p.kind() == lexer.StarStar
			k := p.keyword()
			if k == nil {
				return nil, nil, false
			}
			keywords = append(keywords, k)
		default:
			e := p.argument(open, call, len(args)+len(keywords) == 0)
			if e == nil {
				return nil, nil, false
			}
			if len(keywords) > 0 && misplaced == "" {
				misplaced = "positional argument follows keyword argument"
				if unpacked {
					misplaced += " unpacking"
				}
			}
			args = append(args, e)
		}
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if misplaced != "" {
		if p.second {
			p.raise(p.toks[p.i].Span(), misplaced)
		}
		p.fail()
		return nil, nil, false
	}
	if !p.expect(lexer.RPar) {
		return nil, nil, false
	}
	if len(args) == 1 {
		// f(x for x in y): the parentheses of the call are the generator's own.
		if g, bare := args[0].(*ast.GeneratorExp); bare && g.Span.Start == open {
			g.Span.End = p.toks[p.i-1].End
		}
	}
	return args, keywords, true
}

// unpacking parses *expression among arguments.
func (p *parser) unpacking() ast.Expr {
	start := p.start()
	p.i++
	e := p.expression()
	if e == nil {
		return nil
	}
	starred := &ast.Starred{At: p.from(start), Value: e}
	if p.second && p.startsComprehension() {
		return p.raise(starred.Span, "iterable unpacking cannot be used in comprehension")
	}
	return starred
}

// keyword parses name=value and **value.
func (p *parser) keyword() *ast.Keyword {
	start := p.start()
	name := ""
	if p.kind() == lexer.Name {
		name = lexer.Identifier(p.tokenText(p.i))
		p.i++
	}
	equals := p.toks[p.i].End
	p.i++
	value := p.expression()
	if value == nil {
		return nil
	}
	if p.second && name != "" && p.startsComprehension() {
		p.raise(diag.Span{Start: start, End: equals}, maybeEquality)
		return nil
	}
	return &ast.Keyword{At: p.from(start), Name: name, Value: value}
}

// argument parses a positional argument of the brackets at open.
func (p *parser) argument(open diag.Pos, call, first bool) ast.Expr {
	start := p.start()
	var e ast.Expr
	if p.kind() == lexer.Name && p.peek() == lexer.Walrus {
		e = p.namedExpression()
	} else if e = p.expression(); e != nil {
		if p.second && p.kind() == lexer.Assign {
			return p.mistakenKeyword(start, e)
		}
		if p.kind() == lexer.Walrus {
			return p.fail()
		}
	}
	if e == nil || !p.startsComprehension() {
		return e
	}
	if !call {
		return p.fail()
	}
	gens := p.comprehension(e)
	if gens == nil {
		return nil
	}
	if !first || p.kind() == lexer.Comma {
		return p.raise(p.from(start).Span, "Generator expression must be parenthesized")
	}
	return &ast.GeneratorExp{At: p.from(open), Elt: e, Generators: gens}
}
