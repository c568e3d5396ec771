package interp

// This file defines how the nodes of the syntax tree and the objects of the module ast correspond: the
// names of classes and fields.

import (
	"reflect"
	"strings"

	"aio/ast"
)

// nodeTypes are the Go types of the nodes, by the name of their class.
var nodeTypes = func() map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, n := range []ast.Node{
		&ast.Module{}, &ast.FunctionDef{}, &ast.ClassDef{}, &ast.Return{}, &ast.Delete{}, &ast.Assign{}, &ast.AugAssign{},
		&ast.AnnAssign{}, &ast.For{}, &ast.While{}, &ast.If{}, &ast.With{}, &ast.Match{}, &ast.Raise{}, &ast.Try{}, &ast.Assert{},
		&ast.Import{}, &ast.ImportFrom{}, &ast.Global{}, &ast.Nonlocal{}, &ast.ExprStmt{}, &ast.Pass{}, &ast.Break{}, &ast.Continue{},
		&ast.BoolOp{}, &ast.NamedExpr{}, &ast.BinOp{}, &ast.UnaryOp{}, &ast.Lambda{}, &ast.IfExp{}, &ast.Dict{}, &ast.Set{},
		&ast.ListComp{}, &ast.SetComp{}, &ast.DictComp{}, &ast.GeneratorExp{}, &ast.Await{}, &ast.Yield{}, &ast.YieldFrom{},
		&ast.Compare{}, &ast.Call{}, &ast.FormattedValue{}, &ast.JoinedStr{}, &ast.Constant{}, &ast.Attribute{}, &ast.Subscript{},
		&ast.Starred{}, &ast.Name{}, &ast.List{}, &ast.Tuple{}, &ast.Slice{}, &ast.Comprehension{}, &ast.ExceptHandler{},
		&ast.Arguments{}, &ast.Arg{}, &ast.Keyword{}, &ast.Alias{}, &ast.WithItem{}, &ast.MatchCase{}, &ast.MatchValue{},
		&ast.MatchSingleton{}, &ast.MatchSequence{}, &ast.MatchMapping{}, &ast.MatchClass{}, &ast.MatchStar{}, &ast.MatchAs{}, &ast.MatchOr{},
	} {
		t := reflect.TypeOf(n).Elem()
		m[className(t.Name(), false)] = t
	}
	for _, name := range []string{"FunctionDef", "For", "With"} {
		m["Async"+name] = m[name]
	}
	m["TryStar"] = m["Try"]
	return m
}()

// className returns the class of a node by the name of its Go type; async is for async def, for and with.
func className(name string, async bool) string {
	switch name {
	case "ExprStmt":
		return "Expr"
	case "Arguments", "Arg", "Keyword", "Alias", "WithItem", "Comprehension":
		return strings.ToLower(name)
	case "MatchCase":
		return "match_case"
	}
	if async {
		return "Async" + name
	}
	return name
}

// fieldNames are the fields whose names are not those of the Go fields in lower case; "" is no field.
var fieldNames = map[string]string{
	"At": "", "NameSpan": "", "AttrSpan": "", "OpSpan": "", "Paren": "", "TypeParams": "", "IsStar": "", "IsAsync": "",
	"Decorators": "decorator_list", "PosOnly": "posonlyargs", "KwOnly": "kwonlyargs", "KwDefaults": "kw_defaults",
	"KwdAttrs": "kwd_attrs", "KwdPatterns": "kwd_patterns", "FormatSpec": "format_spec", "U": "kind", "Or": "op",
	"WithItem.Expr": "context_expr", "WithItem.Target": "optional_vars", "Arg.Name": "arg", "Keyword.Name": "arg",
	"Comprehension.IsAsync": "is_async",
}

func fieldName(typ, field string) string {
	if n, ok := fieldNames[typ+"."+field]; ok {
		return n
	}
	if n, ok := fieldNames[field]; ok {
		return n
	}
	return strings.ToLower(field)
}

// The classes of operators and contexts, in the order of their Go constants.
var (
	binaryClasses  = []string{"Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd", "FloorDiv"}
	unaryClasses   = []string{"Invert", "Not", "UAdd", "USub"}
	compareClasses = []string{"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"}
	contextClasses = []string{"Load", "Store", "Del"}
	boolClasses    = []string{"And", "Or"}
)

// enumClasses are those classes by the Go type of the field.
var enumClasses = map[reflect.Type][]string{
	reflect.TypeFor[ast.Operator](): binaryClasses, reflect.TypeFor[ast.UnaryOperator](): unaryClasses,
	reflect.TypeFor[ast.CmpOp](): compareClasses, reflect.TypeFor[ast.Ctx](): contextClasses,
}
