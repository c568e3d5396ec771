// Package lexer cuts source text into tokens.
//
// Scan returns the Tokens of a Source: names, numbers, strings, operators, keywords and the layout
// tokens NEWLINE, INDENT and DEDENT. Kind is the class of a Token and Kinds the one table of them.
// An f-string is a run of tokens (FStringStart, FStringMiddle, the tokens of its fields, FStringEnd).
// NumberValue, TextValue, BytesValue and FTextValue give the values of literals.
package lexer

import "aio/diag"

// Kind is the class of a token: one for each keyword and operator.
type Kind uint8

// Token is a lexeme and its place.
type Token struct {
	Kind       Kind
	Level      uint8 // how many brackets are open after the token
	Start, End diag.Pos
}

// Span returns the place of the token.
func (t Token) Span() diag.Span { return diag.Span{Start: t.Start, End: t.End} }

// The kinds of tokens.
const (
	EOF Kind = iota
	Bad      // where the scanner gave up; the failure says why
	Name
	Number
	String
	FStringStart  // prefix and opening quotes
	FStringMiddle // literal text, with its escapes and doubled braces
	FStringEnd
	Newline
	Indent
	Dedent
	Unknown // a character that no construct uses: ? $ ! `

	LPar
	RPar
	LSqb
	RSqb
	LBrace
	RBrace
	Comma
	Colon
	Semi
	Dot
	Ellipsis
	Arrow
	At
	Assign
	Walrus
	Bang // ! before the conversion of an f-string field

	Plus
	Minus
	Star
	Slash
	SlashSlash
	Percent
	StarStar
	LShift
	RShift
	Amper
	VBar
	Caret
	Tilde
	EqEq
	NotEq
	Less
	LessEq
	Greater
	GreaterEq

	PlusEq
	MinusEq
	StarEq
	SlashEq
	SlashSlashEq
	PercentEq
	AtEq
	AmperEq
	VBarEq
	CaretEq
	LShiftEq
	RShiftEq
	StarStarEq

	False
	None
	True
	And
	As
	Assert
	Async
	Await
	Break
	Class
	Continue
	Def
	Del
	Elif
	Else
	Except
	Finally
	For
	From
	Global
	If
	Import
	In
	Is
	Lambda
	Nonlocal
	Not
	Or
	Pass
	Raise
	Return
	Try
	While
	With
	Yield

	NumKinds
)

// Kinds has a row for each Kind: the text of an operator or keyword, or the name of the class.
var Kinds = [NumKinds]string{
	EOF: "EOF", Bad: "Bad", Name: "Name", Number: "Number", String: "String",
	FStringStart: "FStringStart", FStringMiddle: "FStringMiddle", FStringEnd: "FStringEnd",
	Newline: "Newline", Indent: "Indent", Dedent: "Dedent", Unknown: "Unknown",

	LPar: "(", RPar: ")", LSqb: "[", RSqb: "]", LBrace: "{", RBrace: "}",
	Comma: ",", Colon: ":", Semi: ";", Dot: ".", Ellipsis: "...", Arrow: "->", At: "@",
	Assign: "=", Walrus: ":=", Bang: "!",

	Plus: "+", Minus: "-", Star: "*", Slash: "/", SlashSlash: "//", Percent: "%", StarStar: "**",
	LShift: "<<", RShift: ">>", Amper: "&", VBar: "|", Caret: "^", Tilde: "~",
	EqEq: "==", NotEq: "!=", Less: "<", LessEq: "<=", Greater: ">", GreaterEq: ">=",

	PlusEq: "+=", MinusEq: "-=", StarEq: "*=", SlashEq: "/=", SlashSlashEq: "//=", PercentEq: "%=",
	AtEq: "@=", AmperEq: "&=", VBarEq: "|=", CaretEq: "^=", LShiftEq: "<<=", RShiftEq: ">>=",
	StarStarEq: "**=",

	False: "False", None: "None", True: "True", And: "and", As: "as", Assert: "assert",
	Async: "async", Await: "await", Break: "break", Class: "class", Continue: "continue",
	Def: "def", Del: "del", Elif: "elif", Else: "else", Except: "except", Finally: "finally",
	For: "for", From: "from", Global: "global", If: "if", Import: "import", In: "in", Is: "is",
	Lambda: "lambda", Nonlocal: "nonlocal", Not: "not", Or: "or", Pass: "pass", Raise: "raise",
	Return: "return", Try: "try", While: "while", With: "with", Yield: "yield",
}

// String returns the row of k in Kinds.
func (k Kind) String() string { return Kinds[k] }

// IsKeyword reports whether k is a (hard) keyword.
func (k Kind) IsKeyword() bool { return k >= False && k < NumKinds }

// IsLayout reports whether k is a token of layout, not of text.
func (k Kind) IsLayout() bool { return k == Newline || k == Indent || k == Dedent || k == EOF }

// keywords maps the text of each keyword to its Kind.
var keywords = func() map[string]Kind {
	m := make(map[string]Kind, NumKinds-False)
	for k := False; k < NumKinds; k++ {
		m[Kinds[k]] = k
	}
	return m
}()
