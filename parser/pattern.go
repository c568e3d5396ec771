// This file defines the parsing of the patterns of match.

package parser

import (
	"aio/ast"
	"aio/lexer"
)

// failPattern is fail for patterns.
func (p *parser) failPattern() ast.Pattern {
	p.fail()
	return nil
}

// topPattern parses the patterns of a case: one, or a sequence without brackets.
func (p *parser) topPattern() ast.Pattern {
	start := p.start()
	first := p.maybeStarPattern()
	if first == nil {
		return nil
	}
	if _, star := first.(*ast.MatchStar); p.kind() != lexer.Comma && !star {
		return first
	}
	patterns := []ast.Pattern{first}
	if !p.expect(lexer.Comma) {
		return nil
	}
	for p.kind() != lexer.Colon && p.kind() != lexer.If {
		next := p.maybeStarPattern()
		if next == nil {
			return nil
		}
		patterns = append(patterns, next)
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	return &ast.MatchSequence{At: p.from(start), Patterns: patterns}
}

func (p *parser) maybeStarPattern() ast.Pattern {
	if p.kind() != lexer.Star {
		return p.asPattern()
	}
	start := p.start()
	p.i++
	if p.kind() != lexer.Name {
		return p.failPattern()
	}
	name := p.captureName()
	return &ast.MatchStar{At: p.from(start), Name: name}
}

// captureName consumes a Name; the wildcard _ is no name.
func (p *parser) captureName() string {
	name := lexer.Identifier(p.tokenText(p.i))
	p.i++
	if name == "_" {
		return ""
	}
	return name
}

// asPattern parses pattern as name.
func (p *parser) asPattern() ast.Pattern {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	start := p.start()
	pat := p.orPattern()
	if pat == nil || p.kind() != lexer.As {
		return pat
	}
	p.i++
	if p.kind() != lexer.Name {
		return p.badAsTarget()
	}
	if p.isWord(p.i, "_") {
		p.raise(p.toks[p.i].Span(), "cannot use '_' as a target")
		return nil
	}
	name := p.captureName()
	return &ast.MatchAs{At: p.from(start), Pattern: pat, Name: name}
}

func (p *parser) badAsTarget() ast.Pattern {
	if p.second {
		if e, _ := p.try((*parser).expression); e != nil {
			p.raise(e.Pos(), "invalid pattern target")
		}
	}
	return p.failPattern()
}

func (p *parser) orPattern() ast.Pattern {
	start := p.start()
	first := p.closedPattern()
	if first == nil || p.kind() != lexer.VBar {
		return first
	}
	patterns := []ast.Pattern{first}
	for p.kind() == lexer.VBar {
		p.i++
		next := p.closedPattern()
		if next == nil {
			return nil
		}
		patterns = append(patterns, next)
	}
	return &ast.MatchOr{At: p.from(start), Patterns: patterns}
}

func (p *parser) closedPattern() ast.Pattern {
	start := p.start()
	switch p.kind() {
	case lexer.Number, lexer.Minus:
		e := p.patternNumber()
		if e == nil {
			return nil
		}
		return &ast.MatchValue{At: p.from(start), Value: e}
	case lexer.String, lexer.FStringStart:
		e := p.strings()
		if e == nil {
			return nil
		}
		return &ast.MatchValue{At: p.from(start), Value: e}
	case lexer.None, lexer.True, lexer.False:
		c := p.atom().(*ast.Constant)
		return &ast.MatchSingleton{At: p.from(start), Value: c.Value}
	case lexer.Name:
		return p.namePattern()
	case lexer.LPar, lexer.LSqb:
		return p.sequencePattern()
	case lexer.LBrace:
		return p.mappingPattern()
	}
	return p.failPattern()
}

// patternNumber parses a number with its sign, perhaps with an imaginary part: -1, 2.5, 3 - 4j.
func (p *parser) patternNumber() ast.Expr {
	start := p.start()
	left := p.signedNumber()
	if left == nil {
		return nil
	}
	row := binaries[p.kind()]
	if row.prec != precSum {
		return left
	}
	if isImaginary(left) {
		return p.raise(left.Pos(), "real number required in complex literal")
	}
	opSpan := p.toks[p.i].Span()
	p.i++
	if p.kind() != lexer.Number {
		return p.fail()
	}
	right := p.number()
	if right == nil {
		return nil
	}
	if !isImaginary(right) {
		return p.raise(right.Pos(), "imaginary number required in complex literal")
	}
	return &ast.BinOp{At: p.from(start), Left: left, Op: row.op, OpSpan: opSpan, Right: right}
}

func (p *parser) signedNumber() ast.Expr {
	start := p.start()
	if p.kind() != lexer.Minus {
		if p.kind() != lexer.Number {
			return p.fail()
		}
		return p.number()
	}
	p.i++
	if p.kind() != lexer.Number {
		return p.fail()
	}
	n := p.number()
	if n == nil {
		return nil
	}
	return &ast.UnaryOp{At: p.from(start), Op: ast.USub, Operand: n}
}

func isImaginary(e ast.Expr) bool {
	if u, ok := e.(*ast.UnaryOp); ok {
		e = u.Operand
	}
	c, ok := e.(*ast.Constant)
	if !ok {
		return false
	}
	_, ok = c.Value.(complex128)
	return ok
}

// namePattern parses a capture, the wildcard, a dotted name, or a class pattern.
func (p *parser) namePattern() ast.Pattern {
	start := p.start()
	if k := p.peek(); k != lexer.Dot && k != lexer.LPar {
		name := p.captureName()
		return &ast.MatchAs{At: p.from(start), Name: name}
	}
	e := p.dottedName()
	if e == nil {
		return nil
	}
	if p.kind() != lexer.LPar {
		return &ast.MatchValue{At: p.from(start), Value: e}
	}
	return p.classPattern(e)
}

func (p *parser) dottedName() ast.Expr {
	start := p.start()
	var e ast.Expr = p.name(ast.Load)
	for p.kind() == lexer.Dot {
		p.i++
		if p.kind() != lexer.Name {
			return p.fail()
		}
		attr := p.toks[p.i].Span()
		name := lexer.Identifier(p.tokenText(p.i))
		p.i++
		e = &ast.Attribute{At: p.from(start), Value: e, Attr: name, AttrSpan: attr}
	}
	return e
}

func (p *parser) classPattern(cls ast.Expr) ast.Pattern {
	start := cls.Pos().Start
	m := &ast.MatchClass{Cls: cls}
	p.i++
	var misplaced ast.Span
	for p.kind() != lexer.RPar {
		if p.kind() == lexer.Name && p.peek() == lexer.Assign {
			m.KwdAttrs = append(m.KwdAttrs, lexer.Identifier(p.tokenText(p.i)))
			p.i += 2
			pat := p.asPattern()
			if pat == nil {
				return nil
			}
			m.KwdPatterns = append(m.KwdPatterns, pat)
		} else {
			pat := p.asPattern()
			if pat == nil {
				return nil
			}
			if len(m.KwdAttrs) > 0 {
				if misplaced.End == 0 {
					misplaced = pat.Pos()
				}
				misplaced.End = pat.Pos().End
			}
			m.Patterns = append(m.Patterns, pat)
		}
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if misplaced.End != 0 {
		p.raise(misplaced, "positional patterns follow keyword patterns")
		return nil
	}
	if !p.expect(lexer.RPar) {
		return nil
	}
	m.At = p.from(start)
	return m
}

// sequencePattern parses [patterns], (patterns) and (pattern).
func (p *parser) sequencePattern() ast.Pattern {
	start := p.start()
	closing := p.kind() + 1 // a closing bracket's kind follows its opening one's
	group := p.kind() == lexer.LPar
	p.i++
	m := &ast.MatchSequence{}
	comma := false
	for p.kind() != closing {
		pat := p.maybeStarPattern()
		if pat == nil {
			return nil
		}
		m.Patterns = append(m.Patterns, pat)
		if p.kind() != lexer.Comma {
			break
		}
		comma = true
		p.i++
	}
	if !p.expect(closing) {
		return nil
	}
	if group && !comma && len(m.Patterns) == 1 {
		if _, star := m.Patterns[0].(*ast.MatchStar); star {
			p.i--
			return p.failPattern()
		}
		return m.Patterns[0]
	}
	m.At = p.from(start)
	return m
}

func (p *parser) mappingPattern() ast.Pattern {
	start := p.start()
	p.i++
	m := &ast.MatchMapping{}
	for p.kind() != lexer.RBrace {
		if p.kind() == lexer.StarStar {
			p.i++
			if p.kind() != lexer.Name || p.isWord(p.i, "_") {
				return p.failPattern()
			}
			m.Rest = p.captureName()
			if p.kind() == lexer.Comma {
				p.i++
			}
			break
		}
		key := p.mappingKey()
		if key == nil || !p.expect(lexer.Colon) {
			return nil
		}
		pat := p.asPattern()
		if pat == nil {
			return nil
		}
		m.Keys, m.Patterns = append(m.Keys, key), append(m.Patterns, pat)
		if p.kind() != lexer.Comma {
			break
		}
		p.i++
	}
	if !p.expect(lexer.RBrace) {
		return nil
	}
	m.At = p.from(start)
	return m
}

// mappingKey parses a literal or a dotted name.
func (p *parser) mappingKey() ast.Expr {
	switch p.kind() {
	case lexer.Number, lexer.Minus:
		return p.patternNumber()
	case lexer.String, lexer.FStringStart:
		return p.strings()
	case lexer.None, lexer.True, lexer.False:
		return p.atom()
	case lexer.Name:
		if p.peek() == lexer.Dot {
			return p.dottedName()
		}
		p.i++ // the dot is what is missing
	}
	return p.fail()
}
