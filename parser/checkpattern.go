// This file defines the checks of match statements.

package parser

import (
	"fmt"
	"math"

	"aio/ast"
)

func (c *checker) match(s *ast.Match) {
	c.expr(s.Subject)
	for i, k := range s.Cases {
		if i < len(s.Cases)-1 && k.Guard == nil {
			c.unreachable(k.Pattern)
		}
		bound := map[string]bool{}
		c.pattern(k.Pattern, bound)
		c.exprs(k.Guard)
		c.stmts(k.Body)
	}
}

// unreachable reports a pattern that always matches although others follow.
func (c *checker) unreachable(p ast.Pattern) {
	as, ok := irrefutable(p).(*ast.MatchAs)
	switch {
	case !ok:
	case as.Name == "":
		c.report(codePass, as.Span, "wildcard makes remaining patterns unreachable")
	default:
		c.report(codePass, as.Span, "name capture '"+as.Name+"' makes remaining patterns unreachable")
	}
}

// irrefutable returns the part of p that makes it always match; nil when it may fail.
func irrefutable(p ast.Pattern) ast.Pattern {
	switch p := p.(type) {
	case *ast.MatchAs:
		if p.Pattern == nil {
			return p
		}
		return irrefutable(p.Pattern)
	case *ast.MatchOr:
		return irrefutable(p.Patterns[len(p.Patterns)-1])
	}
	return nil
}

// bindPattern notes a name that a pattern binds.
func (c *checker) bindPattern(name string, span ast.Span, bound map[string]bool) {
	if name == "" {
		return
	}
	c.bindable(name, span)
	if bound[name] {
		c.report(codePass, span, "multiple assignments to name '"+name+"' in pattern")
	}
	bound[name] = true
}

// pattern checks p; bound are the names bound so far in the case.
func (c *checker) pattern(p ast.Pattern, bound map[string]bool) {
	switch p := p.(type) {
	case *ast.MatchValue:
		if _, ok := p.Value.(*ast.JoinedStr); ok {
			c.report(codePass, p.Span, "patterns may only match literals and attribute lookups")
		}
	case *ast.MatchAs:
		if p.Pattern != nil {
			c.pattern(p.Pattern, bound)
		}
		c.bindPattern(p.Name, p.Span, bound)
	case *ast.MatchStar:
		c.bindPattern(p.Name, p.Span, bound)
	case *ast.MatchSequence:
		c.sequence(p, bound)
	case *ast.MatchMapping:
		c.mapping(p, bound)
	case *ast.MatchClass:
		c.classPattern(p, bound)
	case *ast.MatchOr:
		c.alternatives(p, bound)
	}
}

func (c *checker) sequence(p *ast.MatchSequence, bound map[string]bool) {
	stars := 0
	for _, e := range p.Patterns {
		if _, ok := e.(*ast.MatchStar); ok {
			if stars++; stars == 2 {
				c.report(codePass, p.Span, "multiple starred names in sequence pattern")
			}
		}
		c.pattern(e, bound)
	}
}

func (c *checker) mapping(p *ast.MatchMapping, bound map[string]bool) {
	seen := map[string]bool{}
	for _, k := range p.Keys {
		if _, ok := k.(*ast.JoinedStr); ok {
			c.report(codePass, k.Pos(), "mapping pattern keys may only match literals and attribute lookups")
		}
		key, ok := k.(*ast.Constant)
		if !ok {
			continue
		}
		text := ast.Repr(key.Value)
		if seen[equalKey(key.Value)] {
			c.report(codePass, p.Span, fmt.Sprintf("mapping pattern checks duplicate key (%s)", text))
		}
		seen[equalKey(key.Value)] = true
	}
	for _, e := range p.Patterns {
		c.pattern(e, bound)
	}
	c.bindPattern(p.Rest, p.Span, bound)
}

// equalKey returns a text that is the same for constants that are equal: 0, 0.0, 0j and False.
func equalKey(v any) string {
	if x, ok := v.(complex128); ok && imag(x) == 0 {
		v = real(x)
	}
	if x, ok := v.(float64); ok && x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		v = int64(x)
	}
	switch v {
	case true:
		v = int64(1)
	case false:
		v = int64(0)
	}
	return ast.Repr(v)
}

func (c *checker) classPattern(p *ast.MatchClass, bound map[string]bool) {
	for i, name := range p.KwdAttrs {
		c.bindable(name, p.KwdPatterns[i].Pos())
		for j := range i {
			if p.KwdAttrs[j] == name {
				c.report(codePass, p.KwdPatterns[i].Pos(), "attribute name repeated in class pattern: "+name)
			}
		}
	}
	for _, e := range append(p.Patterns[:len(p.Patterns):len(p.Patterns)], p.KwdPatterns...) {
		c.pattern(e, bound)
	}
}

// alternatives checks a | b: all bind the same names, and only the last may always match.
func (c *checker) alternatives(p *ast.MatchOr, bound map[string]bool) {
	var first map[string]bool
	for i, e := range p.Patterns {
		if i < len(p.Patterns)-1 {
			c.unreachable(e)
		}
		names := map[string]bool{}
		c.pattern(e, names)
		if first == nil {
			first = names
			continue
		}
		same := len(first) == len(names)
		for n := range names {
			same = same && first[n]
		}
		if !same {
			c.report(codePass, e.Pos(), "alternative patterns bind different names")
		}
	}
	for n := range first {
		c.bindPattern(n, p.Span, bound)
	}
}
