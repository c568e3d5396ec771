// Package parser makes the syntax tree of a source text.
//
// Parse reads a module, ParseExpr one expression; both return CPython's sentence about a wrong text
// as a *diag.Error. Statements are a participle grammar (grammar.go, lowered to ast in lower.go);
// expressions are parsed by precedence (expr.go); Check finds what is wrong about names and the
// places of statements; diagnose.go looks a second time at a text that did not parse, to say why.
package parser

import (
	"errors"
	"sync"

	"aio/ast"
	"aio/diag"
	"aio/lexer"
)

// Options change what Parse accepts.
type Options struct {
	TopLevelAwait bool // await, async for and async with outside of functions, as in a REPL
}

// Parse parses a module.
func Parse(src *diag.Source) (*ast.Module, *diag.Error) { return ParseWith(src, Options{}) }

// ParseWith parses a module as Options say.
func ParseWith(src *diag.Source, o Options) (*ast.Module, *diag.Error) {
	m, err := parseModule(src)
	if err == nil {
		err = Check(src, m, o)
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// ParseTree parses a module and leaves what Check would say to its compilation.
func ParseTree(src *diag.Source) (*ast.Module, *diag.Error) { return parseModule(src) }

// ParseExpr parses one expression, as eval does; blanks and line ends around it are allowed.
func ParseExpr(src *diag.Source) (ast.Expr, *diag.Error) {
	toks, failure := lexer.ScanExpr(src)
	p := newParser(src, toks, failure)
	e := p.wholeExpression()
	if e == nil && p.err == nil {
		p.again(0)
		p.wholeExpression()
	}
	if err := p.verdict(e != nil); err != nil {
		return nil, err
	}
	return e, checkExpr(src, e)
}

// wholeExpression parses expressions up to the end of the text.
func (p *parser) wholeExpression() ast.Expr {
	e := p.starExpressions()
	if e == nil {
		return nil
	}
	for p.kind() == lexer.Newline {
		p.i++
	}
	if p.kind() != lexer.EOF {
		return p.fail()
	}
	return e
}

func parseModule(src *diag.Source) (*ast.Module, *diag.Error) {
	toks, failure := lexer.Scan(src)
	g := grammars.Get().(*grammar)
	defer grammars.Put(g)
	p := newParser(src, toks, failure)
	g.p = p
	body, ok := g.module()
	if !ok && p.err == nil {
		p.diagnose()
	}
	if err := p.verdict(ok); err != nil {
		return nil, err
	}
	return &ast.Module{At: ast.At{Span: ast.Span{End: diag.Pos(len(src.Text))}}, Body: body}, nil
}

// grammars keeps grammars: building one costs more than parsing a small file.
var grammars = sync.Pool{New: func() any { return newGrammar() }}

// parser is one run over the tokens of a Source.
type parser struct {
	src     *diag.Source
	text    string
	toks    []lexer.Token
	failure *lexer.Failure // why the tokens end early; nil when they do not

	i     int // the token the expression parser looks at
	far   int // the last token that could not be used: where a generic error stands
	depth int // of nested expressions

	// second is set while a text that did not parse is read again, to find a better sentence than
	// "invalid syntax": only then are the common mistakes looked for.
	second bool
	looked map[look]bool // the mistakes that were looked for and not found
	err    *diag.Error   // the first sentence found

	farther  int // in a second reading, a token that only CPython's longer look ahead would reach
	failedAt int // the first token of the innermost statement that did not parse; -1 for none
}

// errFailed tells participle that a production failed; the sentence is found elsewhere.
var errFailed = errors.New("invalid syntax")

func newParser(src *diag.Source, toks []lexer.Token, failure *lexer.Failure) *parser {
	return &parser{src: src, text: src.Text, toks: toks, failure: failure, failedAt: -1}
}

// again makes the parser look for mistakes from token i on.
func (p *parser) again(i int) {
	p.second, p.i, p.depth = true, i, 0
	p.looked = map[look]bool{}
}

func (p *parser) kind() lexer.Kind { return p.toks[p.i].Kind }

// peek returns the kind of the token after the current one.
func (p *parser) peek() lexer.Kind {
	if p.i+1 < len(p.toks) {
		return p.toks[p.i+1].Kind
	}
	return lexer.EOF
}

// start returns where the current token begins.
func (p *parser) start() diag.Pos { return p.toks[p.i].Start }

// from returns the place from start to the end of the last token consumed.
func (p *parser) from(start diag.Pos) ast.At {
	return ast.At{Span: ast.Span{Start: start, End: p.toks[p.i-1].End}}
}

// tokenText returns the text of token i.
func (p *parser) tokenText(i int) string {
	t := p.toks[i]
	return p.text[t.Start:t.End]
}

// isWord reports whether token i is the soft keyword word.
func (p *parser) isWord(i int, word string) bool {
	return p.toks[i].Kind == lexer.Name && p.tokenText(i) == word
}

// fail records that the current token cannot be used; it returns nil for the caller to return.
func (p *parser) fail() ast.Expr {
	p.far = max(p.far, p.i)
	if p.second && p.err == nil && p.kind() == lexer.Bad {
		p.err = p.failure.Err // a second reading that comes to the end of the tokens ends there
	}
	return nil
}

// expect consumes a token of kind k, or fails.
func (p *parser) expect(k lexer.Kind) bool {
	if p.kind() != k {
		p.fail()
		return false
	}
	p.i++
	return true
}

// raise records the sentence about a wrong text, unless one is there already; it returns nil.
func (p *parser) raise(span diag.Span, msg string) ast.Expr {
	return p.raiseHint(span, msg, "")
}

func (p *parser) raiseHint(span diag.Span, msg, hint string) ast.Expr {
	p.far = max(p.far, p.i)
	if p.err == nil {
		p.err = &diag.Error{Source: p.src, Span: span, Kind: "SyntaxError", Msg: msg, Hint: hint}
	}
	return nil
}

// maxDepth limits nested expressions; Go's stack must never run out. maxChain limits operators and
// trailers in a row: they nest to the left in the tree.
const (
	maxDepth = 1000
	maxChain = 50000
)

// enter counts a nested expression; leave undoes it.
func (p *parser) enter() bool {
	p.depth++
	if p.depth > maxDepth {
		p.tooDeep()
		return false
	}
	return true
}

func (p *parser) leave() { p.depth-- }

func (p *parser) tooDeep() ast.Expr {
	return p.raiseHint(p.toks[p.i].Span(), "expression nested too deeply", "give a part of it a name, on a line of its own")
}
