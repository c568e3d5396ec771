package compile

// This file turns labels into distances. A jump too long for an operand goes over a JmpFar.

import (
	"math"

	"aio/ast"
)

// assemble resolves the jumps and the tables of the Code.
func (c *compiler) assemble() {
	for i := range c.jumps {
		c.jumps[i].to = c.thread(c.jumps[i].to)
	}
	long := c.longJumps()
	if len(long) == 0 {
		for _, j := range c.jumps {
			c.ins[j.pc].C = uint16(int16(c.labels[j.to].pc - j.pc - 1))
		}
		c.tables(func(pc int32) int32 { return pc })
		return
	}
	at := c.lengthen(long)
	c.tables(func(pc int32) int32 { return at[pc] })
}

// thread returns the label that a jump to id ends at, past unconditional jumps.
func (c *compiler) thread(id labelID) labelID {
	const maxHops = 8
	for range maxHops {
		pc := c.labels[id].pc
		if int(pc) >= len(c.ins) || c.ins[pc].Op != OpJmp {
			break
		}
		i := c.jumpAt(pc)
		next := c.jumps[i].to
		if next == id {
			break
		}
		id = next
	}
	return id
}

// jumpAt returns the index of the jump at pc; the jumps are in the order of the instructions.
func (c *compiler) jumpAt(pc int32) int {
	lo, hi := 0, len(c.jumps)
	for lo < hi {
		mid := (lo + hi) / 2
		if c.jumps[mid].pc < pc {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// tables puts the places of instructions into the tables.
func (c *compiler) tables(at func(int32) int32) {
	exc := c.code.Exc
	for i := range exc {
		h := &exc[i]
		h.Start, h.End = at(h.Start), at(h.End)
		h.Target = at(c.labels[h.Target].pc)
	}
	for i := range c.code.Handled {
		h := &c.code.Handled[i]
		h.Start, h.End = at(h.Start), at(h.End)
	}
	for i := range c.code.Loops {
		l := &c.code.Loops[i]
		l.Start, l.End = at(l.Start), at(l.End)
	}
	for i := range c.code.Inlined {
		h := &c.code.Inlined[i]
		h.Start, h.End = at(h.Start), at(h.End)
	}
}

// longJumps returns the indexes into jumps of those whose distance does not fit: a set that is closed
// under the growth it causes. Nil when all fit.
func (c *compiler) longJumps() map[int]bool {
	if len(c.ins) < math.MaxInt16 {
		return nil
	}
	long := map[int]bool{}
	for {
		at := c.places(long)
		grown := false
		for i, j := range c.jumps {
			d := at[c.labels[j.to].pc] - at[j.pc] - 1
			if !long[i] && (d < math.MinInt16 || d > math.MaxInt16) {
				long[i], grown = true, true
			}
		}
		if !grown {
			return long
		}
	}
}

// size returns how many instructions a long jump takes: JmpFar alone, or, for a condition, the jump over
// a jump to the JmpFar.
func size(op Opcode) int32 {
	if op == OpJmp {
		return 1
	}
	return 3
}

// places returns where each instruction, and the end, comes to stand when the long jumps are lengthened.
func (c *compiler) places(long map[int]bool) []int32 {
	at := make([]int32, len(c.ins)+1)
	var pc int32
	next := 0
	for i, in := range c.ins {
		at[i] = pc
		pc++
		if next < len(c.jumps) && int(c.jumps[next].pc) == i {
			if long[next] {
				pc += size(in.Op) - 1
			}
			next++
		}
	}
	at[len(c.ins)] = pc
	return at
}

// lengthen rewrites the instructions with the long jumps in place and returns where each one went.
func (c *compiler) lengthen(long map[int]bool) []int32 {
	at := c.places(long)
	old, oldSpans := c.ins, c.spans
	c.ins = make([]Instr, 0, at[len(old)])
	c.spans = make([]ast.Span, 0, at[len(old)])
	next := 0
	for i, in := range old {
		if next == len(c.jumps) || int(c.jumps[next].pc) != i {
			c.ins, c.spans = append(c.ins, in), append(c.spans, oldSpans[i])
			continue
		}
		target := at[c.labels[c.jumps[next].to].pc]
		if !long[next] {
			in.C = uint16(int16(target - at[i] - 1))
			c.ins, c.spans = append(c.ins, in), append(c.spans, oldSpans[i])
			next++
			continue
		}
		next++
		if in.Op != OpJmp {
			in.C = 1
			c.ins = append(c.ins, in, Instr{Op: OpJmp, C: 1})
			c.spans = append(c.spans, oldSpans[i], oldSpans[i])
		}
		d := uint32(target - int32(len(c.ins)) - 1)
		c.ins = append(c.ins, Instr{OpJmpFar, 0, uint16(d), uint16(d >> 16)})
		c.spans = append(c.spans, oldSpans[i])
	}
	return at
}
