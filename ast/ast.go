// Package ast holds the syntax tree: the node types of Python 3.11's own ast module, by the same
// names and fields, with 8-byte spans (byte offsets into the Source) in place of line and column.
//
// Module is the root. Stmt, Expr and Pattern are the node families; Walk visits, Dump prints.
package ast

import "aio/diag"

// Span is a half-open range of byte offsets in the source text.
type Span = diag.Span

// Node is any node of the tree.
type Node interface{ Pos() Span }

// Stmt is a statement.
type Stmt interface {
	Node
	stmt()
}

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// Pattern is a pattern of a case block.
type Pattern interface {
	Node
	pattern()
}

// At is the place of a node; every node embeds it.
type At struct{ Span Span }

// Pos returns the span of the node.
func (a At) Pos() Span { return a.Span }

// Module is a whole source text.
type Module struct {
	At
	Body []Stmt
}

// Statements.
type (
	// FunctionDef is def or async def. TypeParams is 3.12's def f[T]().
	FunctionDef struct {
		At         // from "def" or "async" (decorators are not in the span)
		Name       string
		NameSpan   Span
		Args       *Arguments
		Body       []Stmt
		Decorators []Expr
		Returns    Expr // nil when absent
		IsAsync    bool
		TypeParams []*TypeParam
	}
	// ClassDef is a class statement.
	ClassDef struct {
		At         // from "class"
		Name       string
		NameSpan   Span
		Bases      []Expr
		Keywords   []*Keyword
		Body       []Stmt
		Decorators []Expr
		TypeParams []*TypeParam
	}
	// Return is return; Value is nil without one.
	Return struct {
		At
		Value Expr
	}
	// Delete is del a, b.
	Delete struct {
		At
		Targets []Expr
	}
	// Assign is a = b = value.
	Assign struct {
		At
		Targets []Expr
		Value   Expr
	}
	// TypeAlias is 3.12's type X[T] = value.
	TypeAlias struct {
		At
		Name       *Name
		TypeParams []*TypeParam
		Value      Expr
	}
	// AugAssign is target op= value.
	AugAssign struct {
		At
		Target Expr
		Op     Operator
		Value  Expr
	}
	// AnnAssign is target: annotation = value; Simple is a bare name without parentheses.
	AnnAssign struct {
		At
		Target     Expr
		Annotation Expr
		Value      Expr // nil without one
		Simple     bool
	}
	// For is for or async for.
	For struct {
		At
		Target  Expr
		Iter    Expr
		Body    []Stmt
		OrElse  []Stmt
		IsAsync bool
	}
	// While is while.
	While struct {
		At
		Test   Expr
		Body   []Stmt
		OrElse []Stmt
	}
	// If is if; an elif is an If alone in OrElse.
	If struct {
		At
		Test   Expr
		Body   []Stmt
		OrElse []Stmt
	}
	// With is with or async with.
	With struct {
		At
		Items   []*WithItem
		Body    []Stmt
		IsAsync bool
	}
	// Match is match.
	Match struct {
		At
		Subject Expr
		Cases   []*MatchCase
	}
	// Raise is raise exc from cause; both may be nil.
	Raise struct {
		At
		Exc   Expr
		Cause Expr
	}
	// Try is try; IsStar when its handlers are except*.
	Try struct {
		At
		Body      []Stmt
		Handlers  []*ExceptHandler
		OrElse    []Stmt
		FinalBody []Stmt
		IsStar    bool
	}
	// Assert is assert test, msg.
	Assert struct {
		At
		Test Expr
		Msg  Expr // nil without one
	}
	// Import is import a.b as c, ...
	Import struct {
		At
		Names []*Alias
	}
	// ImportFrom is from module import names; Level counts the leading dots.
	ImportFrom struct {
		At
		Module string // "" in from . import x
		Names  []*Alias
		Level  int
	}
	// Global is global names.
	Global struct {
		At
		Names []string
	}
	// Nonlocal is nonlocal names.
	Nonlocal struct {
		At
		Names []string
	}
	// ExprStmt is an expression used as a statement.
	ExprStmt struct {
		At
		Value Expr
	}
	// Pass is pass.
	Pass struct{ At }
	// Break is break.
	Break struct{ At }
	// Continue is continue.
	Continue struct{ At }
)

// Expressions.
type (
	// BoolOp is a chain of and, or of or.
	BoolOp struct {
		At
		Or     bool
		Values []Expr
	}
	// NamedExpr is target := value.
	NamedExpr struct {
		At
		Target *Name
		Value  Expr
	}
	// BinOp is left op right.
	BinOp struct {
		At
		Left   Expr
		Op     Operator
		OpSpan Span // the operator's own place, for carets
		Right  Expr
	}
	// UnaryOp is op operand.
	UnaryOp struct {
		At
		Op      UnaryOperator
		Operand Expr
	}
	// Lambda is lambda args: body.
	Lambda struct {
		At
		Args *Arguments
		Body Expr
	}
	// IfExp is body if test else orelse.
	IfExp struct {
		At
		Test   Expr
		Body   Expr
		OrElse Expr
	}
	// Dict is {k: v, **m}; a nil key marks **value.
	Dict struct {
		At
		Keys   []Expr
		Values []Expr
	}
	// Set is {a, b}.
	Set struct {
		At
		Elts []Expr
	}
	// ListComp is [elt for ...].
	ListComp struct {
		At
		Elt        Expr
		Generators []*Comprehension
	}
	// SetComp is {elt for ...}.
	SetComp struct {
		At
		Elt        Expr
		Generators []*Comprehension
	}
	// DictComp is {key: value for ...}.
	DictComp struct {
		At
		Key        Expr
		Value      Expr
		Generators []*Comprehension
	}
	// GeneratorExp is (elt for ...).
	GeneratorExp struct {
		At
		Elt        Expr
		Generators []*Comprehension
	}
	// Await is await value.
	Await struct {
		At
		Value Expr
	}
	// Yield is yield value; Value is nil without one.
	Yield struct {
		At
		Value Expr
	}
	// YieldFrom is yield from value.
	YieldFrom struct {
		At
		Value Expr
	}
	// Compare is left op comparator op comparator ...
	Compare struct {
		At
		Left        Expr
		Ops         []CmpOp
		Comparators []Expr
	}
	// Call is func(args, keywords); a Starred arg is *x, a Keyword with Name "" is **x.
	Call struct {
		At
		Func     Expr
		Args     []Expr
		Keywords []*Keyword
	}
	// FormattedValue is one {value!conversion:spec} of an f-string.
	FormattedValue struct {
		At
		Value      Expr
		Conversion byte       // 's', 'r', 'a', or 0
		FormatSpec *JoinedStr // nil without one
	}
	// JoinedStr is an f-string: Constants (str) and FormattedValues.
	JoinedStr struct {
		At
		Values []Expr
	}
	// Constant is a literal. Value is nil (None), bool, int64, *big.Int (outside int64), float64,
	// complex128, string (UTF-8; lone surrogates in their three-byte form), Bytes, or Ellipsis.
	Constant struct {
		At
		Value any
		U     bool // written with the u prefix
	}
	// Attribute is value.attr.
	Attribute struct {
		At
		Value    Expr
		Attr     string
		AttrSpan Span
		Ctx      Ctx
	}
	// Subscript is value[slice].
	Subscript struct {
		At
		Value Expr
		Slice Expr
		Ctx   Ctx
	}
	// Starred is *value.
	Starred struct {
		At
		Value Expr
		Ctx   Ctx
	}
	// Name is an identifier, in NFKC.
	Name struct {
		At
		Id  string
		Ctx Ctx
	}
	// List is [a, b].
	List struct {
		At
		Elts []Expr
		Ctx  Ctx
	}
	// Tuple is (a, b), or a, b.
	Tuple struct {
		At
		Elts  []Expr
		Ctx   Ctx
		Paren bool // written in parentheses, which are then in the span
	}
	// Slice is lower:upper:step inside a subscript; each may be nil.
	Slice struct {
		At
		Lower, Upper, Step Expr
	}
)

// Bytes is the value of a bytes literal.
type Bytes []byte

// EllipsisType is the type of Ellipsis.
type EllipsisType struct{}

// Ellipsis is the value of the literal "...".
var Ellipsis = EllipsisType{}

// Parts of nodes.
type (
	// Comprehension is one "for target in iter if a if b".
	Comprehension struct {
		At
		Target  Expr
		Iter    Expr
		Ifs     []Expr
		IsAsync bool
	}
	// ExceptHandler is except type as name: body. Type is nil in a bare except, Name "" without one.
	ExceptHandler struct {
		At
		Type Expr
		Name string
		Body []Stmt
	}
	// Arguments are the parameters of a function. Defaults belong to the last of PosOnly+Args;
	// KwDefaults has one entry per KwOnly parameter, nil where it has no default.
	Arguments struct {
		At
		PosOnly    []*Arg
		Args       []*Arg
		Vararg     *Arg // nil when absent
		KwOnly     []*Arg
		KwDefaults []Expr
		Kwarg      *Arg // nil when absent
		Defaults   []Expr
	}
	// Arg is one parameter.
	Arg struct {
		At
		Name       string
		Annotation Expr // nil without one
	}
	// Keyword is name=value in a call or class statement; Name is "" for **value.
	Keyword struct {
		At
		Name  string
		Value Expr
	}
	// Alias is name as asname in an import; AsName is "" without one. Name may be dotted, or "*".
	Alias struct {
		At
		Name   string
		AsName string
	}
	// WithItem is expr as target; Target may be nil.
	WithItem struct {
		At
		Expr   Expr
		Target Expr
	}
	// MatchCase is case pattern if guard: body.
	MatchCase struct {
		At
		Pattern Pattern
		Guard   Expr // nil without one
		Body    []Stmt
	}
	// TypeParam is one of 3.12's [T: bound, *Ts, **P]; Kind is 0, '*' or 'P' for the three forms.
	TypeParam struct {
		At
		Kind  byte
		Name  string
		Bound Expr
	}
)

// Patterns.
type (
	// MatchValue is a literal or a dotted name, compared with ==.
	MatchValue struct {
		At
		Value Expr
	}
	// MatchSingleton is None, True or False (nil, true, false), compared with is.
	MatchSingleton struct {
		At
		Value any
	}
	// MatchSequence is [a, b, *rest].
	MatchSequence struct {
		At
		Patterns []Pattern
	}
	// MatchMapping is {key: pattern, **rest}; Rest is "" without one.
	MatchMapping struct {
		At
		Keys     []Expr
		Patterns []Pattern
		Rest     string
	}
	// MatchClass is Cls(a, b, key=pattern).
	MatchClass struct {
		At
		Cls         Expr
		Patterns    []Pattern
		KwdAttrs    []string
		KwdPatterns []Pattern
	}
	// MatchStar is *name; Name is "" for *_.
	MatchStar struct {
		At
		Name string
	}
	// MatchAs is pattern as name, a capture (Pattern nil), or the wildcard (both empty).
	MatchAs struct {
		At
		Pattern Pattern
		Name    string
	}
	// MatchOr is a | b.
	MatchOr struct {
		At
		Patterns []Pattern
	}
)

// Ctx says how an expression is used.
type Ctx uint8

// The contexts.
const (
	Load Ctx = iota
	Store
	Del
)

// Operator is a binary operator.
type Operator uint8

// The binary operators.
const (
	Add Operator = iota
	Sub
	Mult
	MatMult
	Div
	Mod
	Pow
	LShift
	RShift
	BitOr
	BitXor
	BitAnd
	FloorDiv
)

// UnaryOperator is a prefix operator.
type UnaryOperator uint8

// The prefix operators.
const (
	Invert UnaryOperator = iota
	Not
	UAdd
	USub
)

// CmpOp is a comparison operator.
type CmpOp uint8

// The comparison operators.
const (
	Eq CmpOp = iota
	NotEq
	Lt
	LtE
	Gt
	GtE
	Is
	IsNot
	In
	NotIn
)

func (*FunctionDef) stmt() {}
func (*ClassDef) stmt()    {}
func (*Return) stmt()      {}
func (*Delete) stmt()      {}
func (*Assign) stmt()      {}
func (*TypeAlias) stmt()   {}
func (*AugAssign) stmt()   {}
func (*AnnAssign) stmt()   {}
func (*For) stmt()         {}
func (*While) stmt()       {}
func (*If) stmt()          {}
func (*With) stmt()        {}
func (*Match) stmt()       {}
func (*Raise) stmt()       {}
func (*Try) stmt()         {}
func (*Assert) stmt()      {}
func (*Import) stmt()      {}
func (*ImportFrom) stmt()  {}
func (*Global) stmt()      {}
func (*Nonlocal) stmt()    {}
func (*ExprStmt) stmt()    {}
func (*Pass) stmt()        {}
func (*Break) stmt()       {}
func (*Continue) stmt()    {}

func (*BoolOp) expr()         {}
func (*NamedExpr) expr()      {}
func (*BinOp) expr()          {}
func (*UnaryOp) expr()        {}
func (*Lambda) expr()         {}
func (*IfExp) expr()          {}
func (*Dict) expr()           {}
func (*Set) expr()            {}
func (*ListComp) expr()       {}
func (*SetComp) expr()        {}
func (*DictComp) expr()       {}
func (*GeneratorExp) expr()   {}
func (*Await) expr()          {}
func (*Yield) expr()          {}
func (*YieldFrom) expr()      {}
func (*Compare) expr()        {}
func (*Call) expr()           {}
func (*FormattedValue) expr() {}
func (*JoinedStr) expr()      {}
func (*Constant) expr()       {}
func (*Attribute) expr()      {}
func (*Subscript) expr()      {}
func (*Starred) expr()        {}
func (*Name) expr()           {}
func (*List) expr()           {}
func (*Tuple) expr()          {}
func (*Slice) expr()          {}

func (*MatchValue) pattern()     {}
func (*MatchSingleton) pattern() {}
func (*MatchSequence) pattern()  {}
func (*MatchMapping) pattern()   {}
func (*MatchClass) pattern()     {}
func (*MatchStar) pattern()      {}
func (*MatchAs) pattern()        {}
func (*MatchOr) pattern()        {}
