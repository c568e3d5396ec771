// This file defines Grammar, which makes random programs, and Node, the tree a program is made as.

package difftest

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// Python is the grammar of programs over the built-in types.
//
//go:embed grammar.txt
var Python string

// Asyncio is the grammar of programs that print in which order their tasks run.
//
//go:embed asyncio.txt
var Asyncio string

// Grammar is a set of kinds, such as int or stmt, and of the ways to write something of a kind.
type Grammar struct {
	kinds map[string]*kind
}

// kind is one section of the grammar.
type kind struct {
	name   string
	rules  []*rule
	leaves []*rule // the rules without placeholders
}

// rule is one way to write a kind: texts with placeholders between them.
type rule struct {
	texts []string // one more than kinds
	kinds []string
}

// Node is a piece of a program: the rule it was made by, and what stands for the placeholders.
type Node struct {
	kind    string
	rule    *rule
	literal string // the text, when rule is nil
	kids    []*Node
}

var placeholder = regexp.MustCompile(`<([a-z_]+)>`)

// ParseGrammar reads sections "[kind]" with a rule a line, and "[kind ...]" with rules that are separated
// by empty lines. "<kind>" in a rule is a placeholder. Lines that begin with "##" are comments.
func ParseGrammar(text string) (*Grammar, error) {
	g := &Grammar{kinds: map[string]*kind{}}
	var current *kind
	var block []string
	long := false
	endRule := func() {
		if len(block) > 0 {
			current.add(strings.Join(block, "\n"))
			block = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.HasPrefix(line, "##"):
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && isHeader(line):
			endRule()
			name := strings.TrimSuffix(line[1:len(line)-1], " ...")
			long = strings.HasSuffix(line, " ...]")
			current = &kind{name: name}
			g.kinds[name] = current
		case line == "":
			endRule()
		case current == nil:
			return nil, fmt.Errorf("a rule before the first section: %q", line)
		case long:
			block = append(block, line)
		default:
			current.add(line)
		}
	}
	endRule()
	return g, g.check()
}

var header = regexp.MustCompile(`^\[[a-z_]+( \.\.\.)?\]$`)

func isHeader(line string) bool { return header.MatchString(line) }

func (k *kind) add(text string) {
	r := &rule{}
	end := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		r.texts = append(r.texts, text[end:at[0]])
		r.kinds = append(r.kinds, text[at[2]:at[3]])
		end = at[1]
	}
	r.texts = append(r.texts, text[end:])
	k.rules = append(k.rules, r)
	if len(r.kinds) == 0 {
		k.leaves = append(k.leaves, r)
	}
}

// check reports placeholders without a section, and kinds that could not end.
func (g *Grammar) check() error {
	for _, k := range g.kinds {
		if len(k.leaves) == 0 && literals[k.name] == nil && !g.delegates(k) {
			return fmt.Errorf("kind %s has no rule without placeholders", k.name)
		}
		for _, r := range k.rules {
			for _, name := range r.kinds {
				if g.kinds[name] == nil && literals[name] == nil {
					return fmt.Errorf("kind %s: there is no kind %s", k.name, name)
				}
			}
		}
	}
	return nil
}

// delegates reports whether the rules of k lead to kinds that end by themselves.
func (g *Grammar) delegates(k *kind) bool {
	for _, name := range k.rules[0].kinds {
		other := g.kinds[name]
		if literals[name] == nil && (other == nil || len(other.leaves) == 0) {
			return false
		}
	}
	return true
}

// Program is the statements of one program.
type Program []*Node

// prelude are the kinds that each program begins with: something of each of their rules.
var prelude = []string{"variables", "helpers", "classes"}

// Program makes the program of a seed with size statements behind its definitions.
func (g *Grammar) Program(seed uint64, size int) Program {
	m := maker{g, rand.New(rand.NewPCG(seed, 0))}
	var p Program
	for _, name := range prelude {
		for _, r := range g.kinds[name].rules {
			p = append(p, m.follow(name, r, 4))
		}
	}
	for range size {
		p = append(p, m.make("top", 3+m.random.IntN(4)))
	}
	return p
}

// Statements are the texts of the program, one a statement.
func (p Program) Statements() []string {
	texts := make([]string, len(p))
	for i, node := range p {
		texts[i] = node.String()
	}
	return texts
}

// maker makes the nodes of one program.
type maker struct {
	*Grammar
	random *rand.Rand
}

// oneInWrong is how seldom a value of any type stands where another is asked for.
const oneInWrong = 60

// make makes something of a kind whose tree is at most about depth levels deep.
func (m maker) make(name string, depth int) *Node {
	k := m.kinds[name]
	if k == nil {
		return &Node{kind: name, literal: literals[name](m.random)}
	}
	if literals[name] != nil && (depth <= 0 || m.random.IntN(4) == 0) {
		return &Node{kind: name, literal: literals[name](m.random)}
	}
	rules := k.rules
	if depth <= 0 && len(k.leaves) > 0 {
		rules = k.leaves
	}
	r := rules[m.random.IntN(len(rules))]
	if depth <= 0 && len(k.leaves) == 0 {
		r = k.rules[0]
	}
	return m.follow(name, r, depth)
}

// follow makes something of a kind by the rule r.
func (m maker) follow(name string, r *rule, depth int) *Node {
	node := &Node{kind: name, rule: r}
	for _, kid := range r.kinds {
		if depth > 1 && m.values(kid) && !r.repeats() && m.random.IntN(oneInWrong) == 0 {
			kid = "any"
		}
		node.kids = append(node.kids, m.make(kid, depth-1))
	}
	return node
}

// repeats reports whether the rule may be a repetition: a sequence in place of a factor would become huge.
func (r *rule) repeats() bool {
	return slices.ContainsFunc(r.texts, func(text string) bool { return strings.Contains(text, " * ") })
}

// values reports whether the kind is one of those that "any" stands for.
func (m maker) values(name string) bool {
	for _, r := range m.kinds["any"].rules {
		if len(r.kinds) == 1 && r.kinds[0] == name {
			return true
		}
	}
	return false
}

// String is the text of the node. What stands for a placeholder at the beginning of a line is indented
// like it.
func (n *Node) String() string {
	if n.rule == nil {
		return n.literal
	}
	var b strings.Builder
	for i, text := range n.rule.texts {
		b.WriteString(text)
		if i == len(n.kids) {
			break
		}
		kid := n.kids[i].String()
		if strings.Contains(kid, "\n") {
			line := b.String()[strings.LastIndexByte(b.String(), '\n')+1:]
			if indent := strings.TrimRight(line, " "); indent == "" {
				kid = strings.ReplaceAll(kid, "\n", "\n"+line)
			}
		}
		b.WriteString(kid)
	}
	return b.String()
}
