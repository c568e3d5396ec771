// This file defines the grammar of statements, and the one table of statements.

package parser

import (
	"errors"
	"slices"

	"github.com/alecthomas/participle/v2"
	plex "github.com/alecthomas/participle/v2/lexer"

	"aio/ast"
	"aio/lexer"
)

// Every struct is a production. A field's tag is its part of the production; the tags of the fields
// follow one another. The grammar is LL(1), and has to stay so: participle does not remember what it
// has tried.
type (
	file struct {
		Body []statement `parser:"@@*"`
	}

	// suite is the body of a compound statement.
	suite struct {
		Line simpleStatements `parser:"':' ( @@"`
		Body []statement      `parser:"| Newline Indent @@+ Dedent )"`
	}

	ifStmt struct {
		Test  namedExpression `parser:"'if' @@"`
		Body  suite           `parser:"@@"`
		Elifs []elifClause    `parser:"@@*"`
		Else  *elseClause     `parser:"@@?"`
	}
	elifClause struct {
		Pos  plex.Position
		Test namedExpression `parser:"'elif' @@"`
		Body suite           `parser:"@@"`
	}
	elseClause struct {
		Body suite `parser:"'else' @@"`
	}
	whileStmt struct {
		Test namedExpression `parser:"'while' @@"`
		Body suite           `parser:"@@"`
		Else *elseClause     `parser:"@@?"`
	}
	forStmt struct {
		Target targets     `parser:"'for' @@"`
		Iter   expressions `parser:"'in' @@"`
		Body   suite       `parser:"@@"`
		Else   *elseClause `parser:"@@?"`
	}
	withStmt struct {
		Items withItems `parser:"'with' @@"`
		Body  suite     `parser:"@@"`
	}
	tryStmt struct {
		Body     suite          `parser:"'try' @@"`
		Handlers []exceptClause `parser:"( @@+"`
		Else     *elseClause    `parser:"  @@?"`
		Finally  *finallyClause `parser:"  @@?"`
		Only     *finallyClause `parser:"| @@ )"`
	}
	exceptClause struct {
		Pos  plex.Position
		Star bool     `parser:"'except' @'*'?"`
		Type excepted `parser:"( @@"`
		Name string   `parser:"( 'as' @Name )? )?"`
		Body suite    `parser:"@@"`
	}
	finallyClause struct {
		Body suite `parser:"'finally' @@"`
	}
	matchStmt struct {
		Subject subject      `parser:"'match' @@ ':'"`
		Cases   []caseClause `parser:"Newline Indent @@+ Dedent"`
	}
	caseClause struct {
		Pattern pattern         `parser:"'case' @@"`
		Guard   namedExpression `parser:"( 'if' @@ )?"`
		Body    suite           `parser:"@@"`
	}
	defStmt struct {
		Pos        plex.Position
		Name       string         `parser:"'def' @Name"`
		TypeParams typeParameters `parser:"@@?"`
		Params     parameters     `parser:"@@"`
		Returns    expression     `parser:"( '->' @@ )?"`
		Body       suite          `parser:"@@"`
	}
	classStmt struct {
		Pos        plex.Position
		Name       string         `parser:"'class' @Name"`
		TypeParams typeParameters `parser:"@@?"`
		Bases      arguments      `parser:"@@?"`
		Body       suite          `parser:"@@"`
	}
	asyncStmt struct {
		Def  *defStmt  `parser:"'async' ( @@"`
		For  *forStmt  `parser:"| @@"`
		With *withStmt `parser:"| @@ )"`
	}
	decorated struct {
		Decorators []decorator `parser:"@@+"`
		Async      *asyncDef   `parser:"( @@"`
		Def        *defStmt    `parser:"| @@"`
		Class      *classStmt  `parser:"| @@ )"`
	}
	decorator struct {
		Expr namedExpression `parser:"'@' @@ Newline"`
	}
	asyncDef struct {
		Pos plex.Position
		Def defStmt `parser:"'async' @@"`
	}

	// exprStmt is an expression, an assignment, an augmented or an annotated one.
	exprStmt struct {
		First  value      `parser:"@@"`
		Ann    *annotated `parser:"( @@"`
		Aug    *augmented `parser:"| @@"`
		Values []value    `parser:"| ( '=' @@ )+ )?"`
	}
	annotated struct {
		Type  expression `parser:"':' @@"`
		Value value      `parser:"( '=' @@ )?"`
	}
	augmented struct {
		Op    string `parser:"@( '+=' | '-=' | '*=' | '/=' | '//=' | '%=' | '@=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' )"`
		Value value  `parser:"@@"`
	}
	typeStmt struct {
		Name       string         `parser:"'type' @Name"`
		TypeParams typeParameters `parser:"@@?"`
		Value      expression     `parser:"'=' @@"`
	}
	returnStmt struct {
		Keyword string      `parser:"@'return'"`
		Value   expressions `parser:"@@?"`
	}
	raiseStmt struct {
		Keyword string     `parser:"@'raise'"`
		Exc     expression `parser:"( @@"`
		Cause   expression `parser:"( 'from' @@ )? )?"`
	}
	assertStmt struct {
		Test expression `parser:"'assert' @@"`
		Msg  expression `parser:"( ',' @@ )?"`
	}
	delStmt struct {
		Targets deleted `parser:"'del' @@"`
	}
	globalStmt struct {
		Names []string `parser:"'global' @Name ( ',' @Name )*"`
	}
	nonlocalStmt struct {
		Names []string `parser:"'nonlocal' @Name ( ',' @Name )*"`
	}
	importStmt struct {
		Names []dottedAlias `parser:"'import' @@ ( ',' @@ )*"`
	}
	dottedAlias struct {
		Pos    plex.Position
		Name   string `parser:"@Name ( @'.' @Name )*"`
		AsName string `parser:"( 'as' @Name )?"`
		EndPos plex.Position
	}
	fromStmt struct {
		Dots   string  `parser:"'from' @( '.' | '...' )*"`
		Module string  `parser:"( @Name ( @'.' @Name )* )?"`
		Star   string  `parser:"'import' ( @'*'"`
		Parens []alias `parser:"| '(' @@ ( ',' @@ )* ','? ')'"`
		Names  []alias `parser:"| @@ ( ',' @@ )* )"`
	}
	alias struct {
		Pos    plex.Position
		Name   string `parser:"@Name"`
		AsName string `parser:"( 'as' @Name )?"`
		EndPos plex.Position
	}
	passStmt struct {
		Keyword string `parser:"@'pass'"`
	}
	breakStmt struct {
		Keyword string `parser:"@'break'"`
	}
	continueStmt struct {
		Keyword string `parser:"@'continue'"`
	}
)

// lowerer is a statement of the grammar; lower makes the node, which reaches from token start to
// token end. It returns nil after it has said what is wrong, or when second sight has to say it.
type lowerer interface {
	lower(p *parser, start int, at ast.At) ast.Stmt
}

// rule parses one statement at the cursor.
type rule func(*plex.PeekingLexer) (lowerer, error)

// statementRow is a row of the table of statements.
type statementRow struct {
	kind     lexer.Kind // the keyword it begins with
	word     string     // the soft keyword, when kind is Name
	compound bool
	rule     func(*grammar) rule
	member   any // for the generated EBNF
}

// statements is the table of statements. The last row is for all that no other row begins.
var statements = []statementRow{
	{lexer.If, "", true, ruleOf[ifStmt], &ifStmt{}},
	{lexer.While, "", true, ruleOf[whileStmt], &whileStmt{}},
	{lexer.For, "", true, ruleOf[forStmt], &forStmt{}},
	{lexer.With, "", true, ruleOf[withStmt], &withStmt{}},
	{lexer.Try, "", true, ruleOf[tryStmt], &tryStmt{}},
	{lexer.Name, "match", true, ruleOf[matchStmt], &matchStmt{}},
	{lexer.Def, "", true, ruleOf[defStmt], &defStmt{}},
	{lexer.Class, "", true, ruleOf[classStmt], &classStmt{}},
	{lexer.Async, "", true, ruleOf[asyncStmt], &asyncStmt{}},
	{lexer.At, "", true, ruleOf[decorated], &decorated{}},
	{lexer.Name, "type", false, ruleOf[typeStmt], &typeStmt{}},
	{lexer.Return, "", false, ruleOf[returnStmt], &returnStmt{}},
	{lexer.Raise, "", false, ruleOf[raiseStmt], &raiseStmt{}},
	{lexer.Assert, "", false, ruleOf[assertStmt], &assertStmt{}},
	{lexer.Del, "", false, ruleOf[delStmt], &delStmt{}},
	{lexer.Global, "", false, ruleOf[globalStmt], &globalStmt{}},
	{lexer.Nonlocal, "", false, ruleOf[nonlocalStmt], &nonlocalStmt{}},
	{lexer.Import, "", false, ruleOf[importStmt], &importStmt{}},
	{lexer.From, "", false, ruleOf[fromStmt], &fromStmt{}},
	{lexer.Pass, "", false, ruleOf[passStmt], &passStmt{}},
	{lexer.Break, "", false, ruleOf[breakStmt], &breakStmt{}},
	{lexer.Continue, "", false, ruleOf[continueStmt], &continueStmt{}},
	{lexer.EOF, "", false, ruleOf[exprStmt], &exprStmt{}},
}

// isCompound holds the keywords that begin compound statements.
var isCompound = func() (t [lexer.NumKinds]bool) {
	for _, row := range statements {
		t[row.kind] = row.compound && row.word == ""
	}
	return t
}()

// ruleOf returns the rule that parses the production P; *P is a lowerer. participle reads the tags of P
// when the rule is first used: a small program pays only for the statements in it.
func ruleOf[P any](g *grammar) rule {
	var parser *participle.Parser[P]
	trailing := participle.AllowTrailing(true)
	return func(lex *plex.PeekingLexer) (lowerer, error) {
		if parser == nil {
			parser = participle.MustBuild[P](g.options...)
		}
		v, err := parser.ParseFromLexer(lex, trailing)
		if err != nil {
			return nil, err
		}
		return any(v).(lowerer), nil
	}
}

// grammar is the grammar as participle runs it; p is the run that is using it, on the tokens from base to end.
type grammar struct {
	p        *parser
	base     int
	end      int
	options  []participle.Option
	file     *participle.Parser[file]
	keywords [lexer.NumKinds]rule // by the keyword a statement begins with
	match    rule
	typ      rule
	expr     rule
}

func newGrammar() *grammar {
	g := &grammar{}
	g.options = append(expressionProductions(g),
		participle.Lexer(definition{}), participle.UseLookahead(1),
		participle.ParseTypeWith(g.statement), participle.ParseTypeWith(g.simpleLine))
	g.file = participle.MustBuild[file](g.options...)
	for _, row := range statements {
		r := row.rule(g)
		switch {
		case row.word == "match":
			g.match = r
		case row.word == "type":
			g.typ = r
		case row.kind == lexer.EOF:
			g.expr = r
		default:
			g.keywords[row.kind] = r
		}
	}
	return g
}

// module parses all tokens, a few statements at a time: participle keeps its own copy of the tokens it
// is given, and growing that copy to the size of a long file costs more than parsing it.
func (g *grammar) module() ([]ast.Stmt, bool) {
	p := g.p
	var body []ast.Stmt
	for g.base = 0; p.toks[g.base].Kind != lexer.EOF; g.base = g.end {
		g.end = p.chunkEnd(g.base)
		lex, err := plex.Upgrade(&tokenReader{text: p.text, toks: p.toks[:g.end], i: g.base})
		if err != nil {
			return nil, false
		}
		f, err := g.file.ParseFromLexer(lex)
		if err != nil || p.failedAt >= 0 || p.err != nil {
			if p.failedAt < 0 {
				p.failedAt = g.at(lex)
			}
			return nil, false
		}
		body = flatten(body, f.Body)
	}
	return body, true
}

// chunkTokens is how many tokens a chunk has at least.
const chunkTokens = 200

// chunkEnd returns the token before which the chunk that begins at token i may end: a token that begins a
// statement of the module and neither continues the one before nor is decorated by it.
func (p *parser) chunkEnd(i int) int {
	depth, decorated := 0, false
	for j := i; ; j++ {
		k := p.toks[j].Kind
		switch k {
		case lexer.EOF:
			return j
		case lexer.Indent:
			depth++
			continue
		case lexer.Dedent:
			depth--
			continue
		case lexer.Newline:
			continue
		}
		if depth > 0 || j > 0 && !p.toks[j-1].Kind.IsLayout() {
			continue
		}
		continues := k == lexer.Elif || k == lexer.Else || k == lexer.Except || k == lexer.Finally
		if !decorated && !continues && j-i >= chunkTokens {
			return j
		}
		decorated = k == lexer.At
	}
}

// at returns the token at the cursor of lex, which holds the tokens of a chunk.
func (g *grammar) at(lex *plex.PeekingLexer) int { return g.base + int(lex.RawCursor()) }

// kind returns the kind of the token at the cursor of lex.
func (g *grammar) kind(lex *plex.PeekingLexer) lexer.Kind { return g.p.toks[g.at(lex)].Kind }

// line is several simple statements on one line.
type line []ast.Stmt

// flatten appends the statements of a body to out.
func flatten(out []ast.Stmt, body []statement) []ast.Stmt {
	out = slices.Grow(out, len(body))
	for _, s := range body {
		switch s := s.(type) {
		case ast.Stmt:
			out = append(out, s)
		case line:
			out = append(out, s...)
		}
	}
	return out
}

// statement parses a statement, or a line of simple ones: an ast.Stmt or a line.
func (g *grammar) statement(lex *plex.PeekingLexer) (statement, error) {
	p := g.p
	i := g.at(lex)
	k := p.toks[i].Kind
	switch {
	case i >= g.end || k == lexer.Dedent:
		return nil, participle.NextMatch
	case isCompound[k]:
		return g.one(g.keywords[k], lex)
	case k == lexer.Name && p.startsMatch(i):
		return g.one(g.match, lex)
	}
	return g.simpleLine(lex)
}

// simpleLine parses simple statements up to their NEWLINE.
func (g *grammar) simpleLine(lex *plex.PeekingLexer) (simpleStatements, error) {
	p := g.p
	i := g.at(lex)
	if p.toks[i].Kind == lexer.Newline {
		return nil, participle.NextMatch
	}
	first, err := g.simple(lex)
	if err != nil {
		return nil, err
	}
	if g.kind(lex) == lexer.Newline {
		lex.Next()
		return first, nil
	}
	stmts := line{first}
	for g.kind(lex) == lexer.Semi {
		lex.Next()
		if g.kind(lex) == lexer.Newline {
			break
		}
		next, err := g.simple(lex)
		if err != nil {
			return nil, err
		}
		stmts = append(stmts, next)
	}
	if at := g.at(lex); p.toks[at].Kind != lexer.Newline {
		p.far = max(p.far, at)
		p.skipSeparator(i)
		return nil, p.failStatement(i)
	}
	lex.Next()
	return stmts, nil
}

// simple parses one simple statement.
func (g *grammar) simple(lex *plex.PeekingLexer) (ast.Stmt, error) {
	p := g.p
	i := g.at(lex)
	k := p.toks[i].Kind
	switch {
	case isCompound[k]:
		p.far = max(p.far, i)
		return nil, p.failStatement(i)
	case g.keywords[k] != nil:
		return g.one(g.keywords[k], lex)
	case k == lexer.Name && p.startsTypeAlias(i):
		return g.one(g.typ, lex)
	}
	return g.one(g.expr, lex)
}

// one parses a statement by r and lowers it.
func (g *grammar) one(r rule, lex *plex.PeekingLexer) (ast.Stmt, error) {
	p := g.p
	start := g.at(lex)
	v, err := r(lex)
	if err != nil {
		var unexpected *participle.UnexpectedTokenError
		if errors.As(err, &unexpected) {
			p.far = max(p.far, unexpected.Unexpected.Pos.Offset)
			p.skipSeparator(start)
		}
		return nil, p.failStatement(start)
	}
	end := g.at(lex) - 1
	for p.toks[end].Kind.IsLayout() {
		end--
	}
	p.i = end + 1
	s := v.lower(p, start, p.from(p.toks[start].Start))
	if s == nil {
		return nil, p.failStatement(start)
	}
	return s, nil
}

// skipSeparator moves an error from the first token of an optional part to the second, when that is
// the wrong one: participle takes an optional part back when it fails so early.
func (p *parser) skipSeparator(start int) {
	k, next := p.toks[p.far].Kind, p.toks[min(p.far+1, len(p.toks)-1)].Kind
	switch p.toks[start].Kind {
	case lexer.Import, lexer.From, lexer.Global, lexer.Nonlocal:
		if p.toks[start].Kind == lexer.From && p.toks[start+1].Kind == lexer.Import {
			p.far = start + 1
			return
		}
		if p.toks[p.far-1].Kind != lexer.Name {
			return
		}
		if (k == lexer.Comma || k == lexer.Dot || k == lexer.As) && next != lexer.Name {
			p.far++
		}
	case lexer.Try:
		if k == lexer.As && next != lexer.Name {
			p.far++
		}
	}
}

// failStatement remembers the innermost statement that failed, which is the first to come here.
func (p *parser) failStatement(start int) error {
	if p.failedAt < 0 {
		p.failedAt = start
	}
	return errFailed
}

// startsMatch reports whether the Name at token i begins a match statement: the line ends in a
// colon and an indented case follows.
func (p *parser) startsMatch(i int) bool {
	if !p.isWord(i, "match") {
		return false
	}
	for i++; p.toks[i].Kind != lexer.Newline; i++ {
		if p.toks[i].Kind == lexer.EOF {
			return false
		}
	}
	return p.toks[i-1].Kind == lexer.Colon && i+2 < len(p.toks) &&
		p.toks[i+1].Kind == lexer.Indent && p.isWord(i+2, "case")
}

// startsTypeAlias reports whether the Name at token i begins type X = ...
func (p *parser) startsTypeAlias(i int) bool {
	return p.isWord(i, "type") && p.toks[i+1].Kind == lexer.Name &&
		(p.toks[i+2].Kind == lexer.Assign || p.toks[i+2].Kind == lexer.LSqb)
}
