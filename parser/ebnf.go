// This file defines EBNF: the grammar as text.

package parser

import (
	"fmt"
	"strings"

	"github.com/alecthomas/participle/v2"

	"aio/lexer"
)

// EBNF returns the grammar of the language: the productions of statements as participle reads them
// off the grammar's structs, then those of the expression parser.
func EBNF() string { return statementEBNF() + "\n\n" + expressionEBNF() }

// The grammar that is printed has unions where the one that runs looks the statement up by keyword.
type (
	simpleStatement any
	simpleLine      struct {
		Stmts []simpleStatement `parser:"@@ ( ';' @@ )* ';'? Newline"`
	}
)

func statementEBNF() string {
	var compound []statement
	var simple []simpleStatement
	for _, row := range statements {
		if row.compound {
			compound = append(compound, row.member)
		} else {
			simple = append(simple, row.member)
		}
	}
	options := append(expressionProductions(&grammar{}),
		participle.Lexer(definition{}), participle.UseLookahead(1),
		participle.Union(append(compound, &simpleLine{})...),
		participle.Union[simpleStatements](&simpleLine{}),
		participle.Union(simple...))
	return participle.MustBuild[file](options...).String()
}

// binaryLevels names the precedences of the table of binary operators, from the loosest.
var binaryLevels = []string{precOr: "BitOr", precXor: "BitXor", precAnd: "BitAnd", precShift: "Shift", precSum: "Sum", precProduct: "Product"}

// binaryEBNF prints the table of binary operators.
func binaryEBNF() string {
	var b strings.Builder
	for prec := precOr; prec <= precProduct; prec++ {
		next := "Factor"
		if prec < precProduct {
			next = binaryLevels[prec+1]
		}
		var ops []string
		for k, row := range binaries {
			if row.prec == prec {
				ops = append(ops, fmt.Sprintf("%q", lexer.Kind(k).String()))
			}
		}
		fmt.Fprintf(&b, "%s = %s ((%s) %s)* .\n", binaryLevels[prec], next, strings.Join(ops, " | "), next)
	}
	return b.String()
}

func expressionEBNF() string { return looserEBNF + binaryEBNF() + tighterEBNF }

const looserEBNF = `Value = ("yield" (("from" Expression) | Expressions?)) | Expressions .
Expressions = StarExpression ("," StarExpression)* ","? .
StarExpression = ("*" BitOr) | Expression .
Subject = StarNamed ("," StarNamed)* ","? .
StarNamed = ("*" BitOr) | NamedExpression .
NamedExpression = (<name> ":=" Expression) | Expression .
Expression = ("lambda" LambdaParameters ":" Expression) | (Disjunction ("if" Disjunction "else" Expression)?) .
Targets = Target ("," Target)* ","? .
Target = "*"? BitOr .
Deleted = Target ("," Target)* ","? .
Excepted = Expression ("," Expression)* ","? .
WithItems = ("(" WithItem ("," WithItem)* ","? ")") | (WithItem ("," WithItem)*) .
WithItem = Expression ("as" Target)? .
Disjunction = Conjunction ("or" Conjunction)* .
Conjunction = Inversion ("and" Inversion)* .
Inversion = ("not" Inversion) | Comparison .
Comparison = BitOr (("==" | "!=" | "<" | "<=" | ">" | ">=" | ("not"? "in") | ("is" "not"?)) BitOr)* .
`

const tighterEBNF = `Factor = (("+" | "-" | "~") Factor) | Power .
Power = "await"? Primary ("**" Factor)? .
Primary = Atom (("." <name>) | Arguments | ("[" Slices "]"))* .
Atom = <name> | <number> | Strings | "None" | "True" | "False" | "..." | Group | List | DictOrSet .
Strings = (<string> | FString)+ .
FString = <fstringstart> (<fstringmiddle> | Field)* <fstringend> .
Field = "{" Value "="? ("!" <name>)? (":" (<fstringmiddle> | Field)*)? "}" .
Group = "(" (Value | NamedExpression | (StarNamed ("," StarNamed)* ","?) | (NamedExpression Comprehension))? ")" .
List = "[" ((StarNamed ("," StarNamed)* ","?) | (NamedExpression Comprehension))? "]" .
DictOrSet = "{" ((Pair ("," Pair)* ","?) | (Pair Comprehension) | (StarNamed ("," StarNamed)* ","?) | (NamedExpression Comprehension))? "}" .
Pair = (Expression ":" Expression) | ("**" BitOr) .
Comprehension = ("async"? "for" Targets "in" Disjunction ("if" Disjunction)*)+ .
Slices = Slice ("," Slice)* ","? .
Slice = (Expression? ":" Expression? (":" Expression?)?) | NamedExpression | ("*" BitOr) .
Arguments = "(" ((Argument ("," Argument)* ","?) | (NamedExpression Comprehension))? ")" .
Argument = (<name> "=" Expression) | NamedExpression | ("*" Expression) | ("**" Expression) .
Parameters = "(" (Parameter ("," Parameter)* ","?)? ")" .
Parameter = (<name> (":" Expression)? ("=" Expression)?) | "/" | ("*" (<name> (":" StarExpression)?)?) | ("**" <name> (":" Expression)?) .
LambdaParameters = (LambdaParameter ("," LambdaParameter)* ","?)? .
LambdaParameter = (<name> ("=" Expression)?) | "/" | ("*" <name>?) | ("**" <name>) .
TypeParameters = "[" TypeParameter ("," TypeParameter)* ","? "]" .
TypeParameter = (<name> (":" Expression)?) | ("*" <name>) | ("**" <name>) .
Pattern = StarPattern ("," StarPattern)* ","? .
StarPattern = ("*" <name>) | AsPattern .
AsPattern = OrPattern ("as" <name>)? .
OrPattern = ClosedPattern ("|" ClosedPattern)* .
ClosedPattern = PatternNumber | Strings | "None" | "True" | "False" | <name> | DottedName | ClassPattern | SequencePattern | MappingPattern .
PatternNumber = "-"? <number> (("+" | "-") <number>)? .
DottedName = <name> ("." <name>)+ .
ClassPattern = <name> ("." <name>)* "(" (PatternArgument ("," PatternArgument)* ","?)? ")" .
PatternArgument = (<name> "=" AsPattern) | AsPattern .
SequencePattern = ("[" (StarPattern ("," StarPattern)* ","?)? "]") | ("(" (StarPattern ("," StarPattern)* ","?)? ")") .
MappingPattern = "{" (KeyPattern ("," KeyPattern)* ("," "**" <name>)? ","?)? "}" .
KeyPattern = (PatternNumber | Strings | "None" | "True" | "False" | DottedName) ":" AsPattern .
`
