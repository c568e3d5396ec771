// This file defines the warnings about programs that parse and surely do not do what they seem to.

package parser

import (
	"math/big"

	"aio/ast"
)

func (c *checker) warn(n ast.Node, msg string) { c.src.Warn("SyntaxWarning", n.Pos(), msg) }

// assertion warns of assert (test, message), which is always true.
func (c *checker) assertion(s *ast.Assert) {
	if t, ok := s.Test.(*ast.Tuple); ok && len(t.Elts) > 0 {
		c.warn(s, "assertion is always true, perhaps remove parentheses?")
	}
}

// identity warns of is with a literal, once a chain.
func (c *checker) identity(e *ast.Compare) {
	left := isLiteral(e.Left)
	for i, op := range e.Ops {
		right := isLiteral(e.Comparators[i])
		if left || right {
			switch op {
			case ast.Is:
				c.warn(e, `"is" with a literal. Did you mean "=="?`)
				return
			case ast.IsNot:
				c.warn(e, `"is not" with a literal. Did you mean "!="?`)
				return
			}
		}
		left = right
	}
}

// isLiteral reports whether an expression is a constant other than None, True, False and Ellipsis.
func isLiteral(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Constant:
		switch e.Value.(type) {
		case nil, bool, ast.EllipsisType:
			return false
		}
		return true
	case *ast.UnaryOp:
		return e.Op != ast.Not && isNumber(e.Operand)
	case *ast.Tuple:
		for _, x := range e.Elts {
			if _, ok := x.(*ast.Constant); !ok && !isLiteral(x) {
				return false
			}
		}
		return true
	}
	return false
}

func isNumber(e ast.Expr) bool {
	k, ok := e.(*ast.Constant)
	if !ok {
		return false
	}
	switch k.Value.(type) {
	case int64, *big.Int, float64, complex128:
		return true
	}
	return false
}

// typeOf returns the name of the type of a literal, display, comprehension or lambda; "" for others.
func typeOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Constant:
		switch e.Value.(type) {
		case nil:
			return "NoneType"
		case bool:
			return "bool"
		case int64, *big.Int:
			return "int"
		case float64:
			return "float"
		case complex128:
			return "complex"
		case string:
			return "str"
		case ast.Bytes:
			return "bytes"
		case ast.EllipsisType:
			return "ellipsis"
		}
	case *ast.Tuple:
		return "tuple"
	case *ast.List, *ast.ListComp:
		return "list"
	case *ast.Dict, *ast.DictComp:
		return "dict"
	case *ast.Set, *ast.SetComp:
		return "set"
	case *ast.GeneratorExp:
		return "generator"
	case *ast.Lambda:
		return "function"
	case *ast.JoinedStr:
		return "str"
	}
	return ""
}

// callee warns of a call of what is surely not callable.
func (c *checker) callee(e *ast.Call) {
	if t := typeOf(e.Func); t != "" && t != "function" {
		c.warn(e, "'"+t+"' object is not callable; perhaps you missed a comma?")
	}
}

// subscripted warns of an index into what has none, or of the wrong type.
func (c *checker) subscripted(e *ast.Subscript) {
	switch t := typeOf(e.Value); t {
	case "NoneType", "bool", "int", "float", "complex", "ellipsis", "set", "generator", "function":
		c.warn(e, "'"+t+"' object is not subscriptable; perhaps you missed a comma?")
	case "str", "bytes", "tuple", "list":
		index := typeOf(e.Slice)
		if index == "" || index == "int" || index == "bool" {
			return
		}
		c.warn(e, t+" indices must be integers or slices, not "+index+"; perhaps you missed a comma?")
	}
}
