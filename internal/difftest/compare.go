// This file compares what two workers see, and shrinks the programs on which they differ.

package difftest

import "errors"

// Difference is the first statement of a program that did not do the same.
type Difference struct {
	Program   int // the index among those compared
	Statement int // the index within the program
	Got, Want string
}

// Compare runs the programs on both workers. A program that ends a worker, or does not end in time on one,
// is a difference too; one that ends in time on neither is none.
func Compare(got, want *Worker, programs []Program) ([]Difference, error) {
	texts := make([][]string, len(programs))
	for i, p := range programs {
		texts[i] = p.Statements()
	}
	wanted, wantErr := want.Run(texts)
	seen, gotErr := got.Run(texts)
	switch {
	case wantErr == nil && gotErr == nil:
		return differences(seen, wanted), nil
	case len(programs) == 1 && errors.Is(wantErr, ErrTimeout):
		return nil, nil
	case len(programs) == 1 && wantErr != nil:
		return nil, wantErr
	case len(programs) == 1:
		return []Difference{{0, len(programs[0]) - 1, gotErr.Error(), wanted[0][len(wanted[0])-1]}}, nil
	}
	half := len(programs) / 2
	first, err := Compare(got, want, programs[:half])
	if err != nil {
		return nil, err
	}
	second, err := Compare(got, want, programs[half:])
	for _, d := range second {
		d.Program += half
		first = append(first, d)
	}
	return first, err
}

func differences(seen, wanted [][]string) []Difference {
	var found []Difference
	for i := range wanted {
		for j, want := range wanted[i] {
			if seen[i][j] != want {
				found = append(found, Difference{i, j, seen[i][j], want})
				break
			}
		}
	}
	return found
}

// shrinkBatch is how many smaller programs are tried at once.
const shrinkBatch = 40

// Shrink returns a smaller program on which the workers differ too, and its difference.
func Shrink(grammar *Grammar, got, want *Worker, p Program, d Difference) (Program, Difference, error) {
	p = p[:d.Statement+1]
	for {
		smaller, next, err := shrinkOnce(grammar, got, want, p)
		if err != nil || smaller == nil {
			return p, d, err
		}
		p, d = smaller[:next.Statement+1], next
	}
}

// shrinkOnce tries the programs that are one step smaller, and returns the first that still differs.
func shrinkOnce(grammar *Grammar, got, want *Worker, p Program) (Program, Difference, error) {
	candidates := p.smaller(grammar)
	for len(candidates) > 0 {
		batch := candidates[:min(shrinkBatch, len(candidates))]
		candidates = candidates[len(batch):]
		found, err := Compare(got, want, batch)
		if err != nil {
			return nil, Difference{}, err
		}
		if len(found) > 0 {
			return batch[found[0].Program], found[0], nil
		}
	}
	return nil, Difference{}, nil
}

// smaller are the programs that lack one statement, or have a simpler node in place of one.
func (p Program) smaller(grammar *Grammar) []Program {
	var out []Program
	for size := len(p) / 2; size >= 1; size /= 2 {
		for at := 0; at+size < len(p); at += size {
			out = append(out, append(append(Program(nil), p[:at]...), p[at+size:]...))
		}
	}
	for i, node := range p {
		for _, simpler := range node.simpler(grammar) {
			changed := append(Program(nil), p...)
			changed[i] = simpler
			out = append(out, changed)
		}
	}
	return out
}

// simpler are the copies of the tree with one node replaced: by a node of its kind below it, or by a leaf.
func (n *Node) simpler(grammar *Grammar) []*Node {
	var out []*Node
	out = append(out, n.below(n.kind)...)
	if k := grammar.kinds[n.kind]; k != nil && len(k.leaves) > 0 && n.rule != k.leaves[0] && (n.rule == nil || len(n.kids) > 0) {
		out = append(out, &Node{kind: n.kind, rule: k.leaves[0]})
	}
	for i, kid := range n.kids {
		for _, simpler := range kid.simpler(grammar) {
			copied := *n
			copied.kids = append([]*Node(nil), n.kids...)
			copied.kids[i] = simpler
			out = append(out, &copied)
		}
	}
	return out
}

// below are the nodes of a kind under n, the highest first of each branch.
func (n *Node) below(kind string) []*Node {
	var out []*Node
	for _, kid := range n.kids {
		if kid.kind == kind {
			out = append(out, kid)
		} else {
			out = append(out, kid.below(kind)...)
		}
	}
	return out
}
