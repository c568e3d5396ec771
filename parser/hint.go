// This file defines the hints: the learner's next step after a sentence.

package parser

import (
	"strings"

	"aio/diag"
	"aio/lexer"
)

// hints is the table of hints by the beginning of the sentence.
var hints = []struct{ sentence, hint string }{
	{"expected ':'", "a line that opens a block ends with a colon"},
	{"expected an indented block", "indent the lines of the block, by four spaces"},
	{"unindent does not match", "give the line the same indentation as the block that it belongs to"},
	{"unexpected indent", "a line is indented only inside a block; delete the spaces at its start"},
	{"inconsistent use of tabs", "indent with spaces only"},
	{"'await' outside", "await works inside a function that is defined with 'async def'"},
	{"'async for' outside", "async for works inside a function that is defined with 'async def'"},
	{"'async with' outside", "async with works inside a function that is defined with 'async def'"},
	{"asynchronous comprehension outside", "make the function around it an 'async def'"},
	{"'return' outside function", "return works inside a function; to end the program, call sys.exit()"},
	{"'yield' outside function", "yield works inside a function, and makes it a generator"},
	{"'break' outside loop", "break works inside for and while"},
	{"'continue' not properly in loop", "continue works inside for and while"},
	{"expected 'except' or 'finally' block", "a try needs an except or a finally below it"},
	{"unterminated triple-quoted string", "add the three quotes that close the string"},
	{"no binding for nonlocal", "nonlocal means a variable of a function around this one; for one of the module, use global"},
	{"positional argument follows keyword argument", "put the arguments with names behind those without"},
	{"non-default argument follows default argument", "put the parameters with defaults behind those without"},
	{"default 'except:' must be last", "move the bare except to the end"},
}

// hintFor returns the hint of the table for a sentence; "" without one.
func hintFor(msg string) string {
	for _, row := range hints {
		if strings.HasPrefix(msg, row.sentence) {
			return row.hint
		}
	}
	return ""
}

// hint returns the hint for an error of the parser.
func (p *parser) hint(err *diag.Error) string {
	if strings.HasSuffix(err.Msg, "' was never closed") {
		opening := err.Msg[1]
		closing := map[byte]string{'(': ")", '[': "]", '{': "}"}[opening]
		return "add the '" + closing + "' that closes it"
	}
	if err.Msg == "invalid syntax" {
		return p.genericHint()
	}
	if err.Msg == "expected ':'" && p.kindAt(p.far) == lexer.If && p.kindAt(p.far-1) == lexer.Else {
		return "'else if' is written 'elif'"
	}
	return hintFor(err.Msg)
}

func (p *parser) kindAt(i int) lexer.Kind {
	if i < 0 || i >= len(p.toks) {
		return lexer.EOF
	}
	return p.toks[i].Kind
}

// genericHint looks at the token that could not be used for a habit from another language.
func (p *parser) genericHint() string {
	k, before := p.kindAt(p.far), p.kindAt(p.far-1)
	switch {
	case before == k && k == lexer.Amper:
		return "'&&' is written 'and'"
	case before == k && k == lexer.VBar:
		return "'||' is written 'or'"
	case k == lexer.Unknown:
		switch p.tokenText(p.far) {
		case "!":
			return "'!' is written 'not'"
		case "<>":
			return "'<>' is written '!='"
		case "?":
			return "'a ? b : c' is written 'b if a else c'"
		}
	case k == lexer.Newline && before == p.kindAt(p.far-2) && (before == lexer.Plus || before == lexer.Minus):
		op := before.String()
		return "'x" + op + op + "' is written 'x " + op + "= 1'"
	case k == lexer.Assign && before.IsKeyword():
		return "'" + before.String() + "' is a keyword and cannot be a variable's name"
	case k == lexer.LBrace && before == lexer.RPar:
		return "a block is opened by ':' and indented; braces make dicts and sets"
	case k == lexer.Greater && before == lexer.Assign:
		return "'=>' is written '>='"
	}
	return ""
}
