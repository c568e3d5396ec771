// This file defines the one table of what each node is called and made of, after Python's ast module;
// Dump and Walk read it.

package ast

// part is a field of a node: a Node, a list, or a plain value.
type part struct {
	name  string
	value any
}

// optional marks a part that is left out when it is nil or "".
type optional struct{ value any }

// word is a value that is printed bare, as the operators and contexts are.
type word string

func (c Ctx) String() string { return [...]string{"Load", "Store", "Del"}[c] }

func (o Operator) String() string {
	return [...]string{"Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift",
		"BitOr", "BitXor", "BitAnd", "FloorDiv"}[o]
}

func (o UnaryOperator) String() string { return [...]string{"Invert", "Not", "UAdd", "USub"}[o] }

func (o CmpOp) String() string {
	return [...]string{"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"}[o]
}

// list turns a typed slice into one of any.
func list[T any](s []T) []any {
	out := make([]any, len(s))
	for i, v := range s {
		out[i] = v
	}
	return out
}

// opt marks a node that may be missing; a nil pointer in n is a missing node too.
func opt[T any](n *T) optional {
	if n == nil {
		return optional{nil}
	}
	return optional{n}
}

func flag(b bool) any {
	if b {
		return int64(1)
	}
	return int64(0)
}

// named returns name, or asyncName for the async form of a node.
func named(isAsync bool, asyncName, name string) string {
	if isAsync {
		return asyncName
	}
	return name
}

// describe returns what ast calls n, and its parts in ast's order.
func describe(n Node) (string, []part) {
	switch n := n.(type) {
	case *Module:
		return "Module", []part{{"body", list(n.Body)}, {"type_ignores", []any{}}}
	case Stmt:
		return describeStmt(n)
	case Expr:
		return describeExpr(n)
	case Pattern:
		return describePattern(n)
	}
	return describePart(n)
}

func describeStmt(n Stmt) (string, []part) {
	switch n := n.(type) {
	case *FunctionDef:
		return named(n.IsAsync, "AsyncFunctionDef", "FunctionDef"), withTypeParams(n.TypeParams, part{"name", n.Name}, part{"args", n.Args},
			part{"body", list(n.Body)}, part{"decorator_list", list(n.Decorators)}, part{"returns", optional{n.Returns}})
	case *ClassDef:
		return "ClassDef", withTypeParams(n.TypeParams, part{"name", n.Name}, part{"bases", list(n.Bases)},
			part{"keywords", list(n.Keywords)}, part{"body", list(n.Body)}, part{"decorator_list", list(n.Decorators)})
	case *Return:
		return "Return", []part{{"value", optional{n.Value}}}
	case *Delete:
		return "Delete", []part{{"targets", list(n.Targets)}}
	case *Assign:
		return "Assign", []part{{"targets", list(n.Targets)}, {"value", n.Value}}
	case *TypeAlias:
		return "TypeAlias", []part{{"name", n.Name}, {"type_params", list(n.TypeParams)}, {"value", n.Value}}
	case *AugAssign:
		return "AugAssign", []part{{"target", n.Target}, {"op", word(n.Op.String())}, {"value", n.Value}}
	case *AnnAssign:
		return "AnnAssign", []part{{"target", n.Target}, {"annotation", n.Annotation}, {"value", optional{n.Value}}, {"simple", flag(n.Simple)}}
	case *For:
		return named(n.IsAsync, "AsyncFor", "For"), []part{{"target", n.Target}, {"iter", n.Iter}, {"body", list(n.Body)}, {"orelse", list(n.OrElse)}}
	case *While:
		return "While", []part{{"test", n.Test}, {"body", list(n.Body)}, {"orelse", list(n.OrElse)}}
	case *If:
		return "If", []part{{"test", n.Test}, {"body", list(n.Body)}, {"orelse", list(n.OrElse)}}
	case *With:
		return named(n.IsAsync, "AsyncWith", "With"), []part{{"items", list(n.Items)}, {"body", list(n.Body)}}
	case *Match:
		return "Match", []part{{"subject", n.Subject}, {"cases", list(n.Cases)}}
	case *Raise:
		return "Raise", []part{{"exc", optional{n.Exc}}, {"cause", optional{n.Cause}}}
	case *Try:
		return named(n.IsStar, "TryStar", "Try"), []part{{"body", list(n.Body)}, {"handlers", list(n.Handlers)},
			{"orelse", list(n.OrElse)}, {"finalbody", list(n.FinalBody)}}
	case *Assert:
		return "Assert", []part{{"test", n.Test}, {"msg", optional{n.Msg}}}
	case *Import:
		return "Import", []part{{"names", list(n.Names)}}
	case *ImportFrom:
		return "ImportFrom", []part{{"module", optional{n.Module}}, {"names", list(n.Names)}, {"level", int64(n.Level)}}
	case *Global:
		return "Global", []part{{"names", list(n.Names)}}
	case *Nonlocal:
		return "Nonlocal", []part{{"names", list(n.Names)}}
	case *ExprStmt:
		return "Expr", []part{{"value", n.Value}}
	case *Pass:
		return "Pass", nil
	case *Break:
		return "Break", nil
	case *Continue:
		return "Continue", nil
	}
	return "", nil
}

// withTypeParams adds the type parameters of 3.12, which older trees do not have, when there are any.
func withTypeParams(params []*TypeParam, parts ...part) []part {
	if len(params) > 0 {
		parts = append(parts, part{"type_params", list(params)})
	}
	return parts
}

func describeExpr(n Expr) (string, []part) {
	switch n := n.(type) {
	case *BoolOp:
		op := word("And")
		if n.Or {
			op = "Or"
		}
		return "BoolOp", []part{{"op", op}, {"values", list(n.Values)}}
	case *NamedExpr:
		return "NamedExpr", []part{{"target", n.Target}, {"value", n.Value}}
	case *BinOp:
		return "BinOp", []part{{"left", n.Left}, {"op", word(n.Op.String())}, {"right", n.Right}}
	case *UnaryOp:
		return "UnaryOp", []part{{"op", word(n.Op.String())}, {"operand", n.Operand}}
	case *Lambda:
		return "Lambda", []part{{"args", n.Args}, {"body", n.Body}}
	case *IfExp:
		return "IfExp", []part{{"test", n.Test}, {"body", n.Body}, {"orelse", n.OrElse}}
	case *Dict:
		return "Dict", []part{{"keys", list(n.Keys)}, {"values", list(n.Values)}}
	case *Set:
		return "Set", []part{{"elts", list(n.Elts)}}
	case *ListComp:
		return "ListComp", []part{{"elt", n.Elt}, {"generators", list(n.Generators)}}
	case *SetComp:
		return "SetComp", []part{{"elt", n.Elt}, {"generators", list(n.Generators)}}
	case *DictComp:
		return "DictComp", []part{{"key", n.Key}, {"value", n.Value}, {"generators", list(n.Generators)}}
	case *GeneratorExp:
		return "GeneratorExp", []part{{"elt", n.Elt}, {"generators", list(n.Generators)}}
	case *Await:
		return "Await", []part{{"value", n.Value}}
	case *Yield:
		return "Yield", []part{{"value", optional{n.Value}}}
	case *YieldFrom:
		return "YieldFrom", []part{{"value", n.Value}}
	case *Compare:
		ops := make([]any, len(n.Ops))
		for i, op := range n.Ops {
			ops[i] = word(op.String())
		}
		return "Compare", []part{{"left", n.Left}, {"ops", ops}, {"comparators", list(n.Comparators)}}
	case *Call:
		return "Call", []part{{"func", n.Func}, {"args", list(n.Args)}, {"keywords", list(n.Keywords)}}
	case *FormattedValue:
		conversion := int64(-1)
		if n.Conversion != 0 {
			conversion = int64(n.Conversion)
		}
		return "FormattedValue", []part{{"value", n.Value}, {"conversion", conversion}, {"format_spec", opt(n.FormatSpec)}}
	case *JoinedStr:
		return "JoinedStr", []part{{"values", list(n.Values)}}
	case *Constant:
		if n.U {
			return "Constant", []part{{"value", n.Value}, {"kind", "u"}}
		}
		return "Constant", []part{{"value", n.Value}}
	case *Attribute:
		return "Attribute", []part{{"value", n.Value}, {"attr", n.Attr}, {"ctx", word(n.Ctx.String())}}
	case *Subscript:
		return "Subscript", []part{{"value", n.Value}, {"slice", n.Slice}, {"ctx", word(n.Ctx.String())}}
	case *Starred:
		return "Starred", []part{{"value", n.Value}, {"ctx", word(n.Ctx.String())}}
	case *Name:
		return "Name", []part{{"id", n.Id}, {"ctx", word(n.Ctx.String())}}
	case *List:
		return "List", []part{{"elts", list(n.Elts)}, {"ctx", word(n.Ctx.String())}}
	case *Tuple:
		return "Tuple", []part{{"elts", list(n.Elts)}, {"ctx", word(n.Ctx.String())}}
	case *Slice:
		return "Slice", []part{{"lower", optional{n.Lower}}, {"upper", optional{n.Upper}}, {"step", optional{n.Step}}}
	}
	return "", nil
}

func describePattern(n Pattern) (string, []part) {
	switch n := n.(type) {
	case *MatchValue:
		return "MatchValue", []part{{"value", n.Value}}
	case *MatchSingleton:
		return "MatchSingleton", []part{{"value", n.Value}}
	case *MatchSequence:
		return "MatchSequence", []part{{"patterns", list(n.Patterns)}}
	case *MatchMapping:
		return "MatchMapping", []part{{"keys", list(n.Keys)}, {"patterns", list(n.Patterns)}, {"rest", optional{n.Rest}}}
	case *MatchClass:
		return "MatchClass", []part{{"cls", n.Cls}, {"patterns", list(n.Patterns)}, {"kwd_attrs", list(n.KwdAttrs)}, {"kwd_patterns", list(n.KwdPatterns)}}
	case *MatchStar:
		return "MatchStar", []part{{"name", optional{n.Name}}}
	case *MatchAs:
		return "MatchAs", []part{{"pattern", optional{n.Pattern}}, {"name", optional{n.Name}}}
	case *MatchOr:
		return "MatchOr", []part{{"patterns", list(n.Patterns)}}
	}
	return "", nil
}

func describePart(n Node) (string, []part) {
	switch n := n.(type) {
	case *Comprehension:
		return "comprehension", []part{{"target", n.Target}, {"iter", n.Iter}, {"ifs", list(n.Ifs)}, {"is_async", flag(n.IsAsync)}}
	case *ExceptHandler:
		return "ExceptHandler", []part{{"type", optional{n.Type}}, {"name", optional{n.Name}}, {"body", list(n.Body)}}
	case *Arguments:
		return "arguments", []part{{"posonlyargs", list(n.PosOnly)}, {"args", list(n.Args)}, {"vararg", opt(n.Vararg)},
			{"kwonlyargs", list(n.KwOnly)}, {"kw_defaults", list(n.KwDefaults)}, {"kwarg", opt(n.Kwarg)}, {"defaults", list(n.Defaults)}}
	case *Arg:
		return "arg", []part{{"arg", n.Name}, {"annotation", optional{n.Annotation}}}
	case *Keyword:
		return "keyword", []part{{"arg", optional{n.Name}}, {"value", n.Value}}
	case *Alias:
		return "alias", []part{{"name", n.Name}, {"asname", optional{n.AsName}}}
	case *WithItem:
		return "withitem", []part{{"context_expr", n.Expr}, {"optional_vars", optional{n.Target}}}
	case *MatchCase:
		return "match_case", []part{{"pattern", n.Pattern}, {"guard", optional{n.Guard}}, {"body", list(n.Body)}}
	case *TypeParam:
		switch n.Kind {
		case '*':
			return "TypeVarTuple", []part{{"name", n.Name}}
		case 'P':
			return "ParamSpec", []part{{"name", n.Name}}
		}
		return "TypeVar", []part{{"name", n.Name}, {"bound", optional{n.Bound}}}
	}
	return "", nil
}

// Walk calls visit for n and then, when visit returns true, for the nodes in n, in source order of
// their fields.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	_, parts := describe(n)
	for _, p := range parts {
		walkPart(p.value, visit)
	}
}

func walkPart(v any, visit func(Node) bool) {
	switch v := v.(type) {
	case Node:
		Walk(v, visit)
	case optional:
		walkPart(v.value, visit)
	case []any:
		for _, e := range v {
			walkPart(e, visit)
		}
	}
}
