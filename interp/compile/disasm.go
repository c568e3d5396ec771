package compile

// This file prints Code as text.

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"

	"aio/ast"
	"aio/diag"
)

// Disassemble writes code as text: a head line, the instructions with their source lines, the tables,
// and then the Codes among its constants in the same form.
func Disassemble(w io.Writer, code *Code) error {
	out := bufio.NewWriter(w)
	d := &disassembler{out: out}
	d.code(code)
	return out.Flush()
}

type disassembler struct{ out *bufio.Writer }

// kindNames are what the head line calls the kinds of Code.
var kindNames = [...]string{
	Func: "function", Generator: "generator", Coroutine: "coroutine", AsyncGen: "async generator",
	ModuleBody: "module", ClassBody: "class",
}

func (d *disassembler) code(c *Code) {
	fmt.Fprintf(d.out, "%s %s: %d registers", kindNames[c.Kind], c.QualName, c.NRegs)
	if len(c.Locals) > 0 {
		fmt.Fprintf(d.out, ", locals %s", strings.Join(c.Locals, " "))
	}
	if len(c.FreeVars) > 0 {
		fmt.Fprintf(d.out, ", free %s", strings.Join(c.FreeVars, " "))
	}
	fmt.Fprintln(d.out)
	targets := jumpTargets(c)
	line := -1
	for pc, in := range c.Ins {
		d.instruction(c, pc, in, targets, &line)
	}
	for _, h := range c.Exc {
		fmt.Fprintf(d.out, "  exception in %d-%d to %d, R%d\n", h.Start, h.End, h.Target, h.Reg)
	}
	for _, h := range c.Handled {
		fmt.Fprintf(d.out, "  handled in %d-%d: R%d\n", h.Start, h.End, h.Reg)
	}
	for _, l := range c.Loops {
		fmt.Fprintf(d.out, "  loop in %d-%d: R%d\n", l.Start, l.End, l.Reg)
	}
	for _, h := range c.Inlined {
		fmt.Fprintf(d.out, "  inlined in %d-%d: %s\n", h.Start, h.End, h.Name)
	}
	for _, k := range c.Consts {
		if inner, ok := k.(*Code); ok {
			fmt.Fprintln(d.out)
			d.code(inner)
		}
	}
}

// jumpTargets marks the instructions that jumps and handlers lead to.
func jumpTargets(c *Code) []bool {
	targets := make([]bool, len(c.Ins)+1)
	for pc, in := range c.Ins {
		if to, ok := JumpTarget(pc, in); ok && to >= 0 && to < len(targets) {
			targets[to] = true
		}
	}
	for _, h := range c.Exc {
		if int(h.Target) < len(targets) {
			targets[h.Target] = true
		}
	}
	return targets
}

// JumpTarget returns where the jump in at pc leads; ok is false for another instruction.
func JumpTarget(pc int, in Instr) (to int, ok bool) {
	switch {
	case in.Op == OpJmpFar:
		return pc + 1 + int(int32(uint32(in.B)|uint32(in.C)<<16)), true
	case Ops[in.Op].C == Jump:
		return pc + 1 + int(int16(in.C)), true
	}
	return 0, false
}

func (d *disassembler) instruction(c *Code, pc int, in Instr, targets []bool, line *int) {
	mark, number := "  ", ""
	if targets[pc] {
		mark = ">>"
	}
	if at := sourceLine(c.Source, c.SpanOf(pc)); at != *line && at > 0 {
		*line, number = at, strconv.Itoa(at)
	}
	fmt.Fprintf(d.out, "%6s %s %5d  %-18s %s\n", number, mark, pc, Ops[in.Op].Name, operands(c, pc, in))
}

func sourceLine(src *diag.Source, span diag.Span) int {
	if src == nil {
		return 0
	}
	return src.Line(span.Start)
}

// operands returns the operands of an instruction, by their kinds.
func operands(c *Code, pc int, in Instr) string {
	if to, ok := JumpTarget(pc, in); ok {
		info := Ops[in.Op]
		s := operand(c, info.A, in.A)
		if info.B != Count {
			s += operand(c, info.B, in.B)
		}
		return s + "to " + strconv.Itoa(to)
	}
	if in.Op == OpLoadK {
		return operand(c, Reg, in.A) + constAt(c, int(in.B)|int(in.C)<<16)
	}
	info := Ops[in.Op]
	return strings.TrimRight(operand(c, info.A, in.A)+operand(c, info.B, in.B)+operand(c, info.C, in.C), " ")
}

func operand(c *Code, kind Operand, v uint16) string {
	switch kind {
	case Reg:
		if v == NoReg {
			return "- "
		}
		if int(v) < len(c.Locals) {
			return c.Locals[v] + " "
		}
		return "R" + strconv.Itoa(int(v)) + " "
	case Imm:
		return strconv.Itoa(int(int16(v))) + " "
	case Count:
		return "#" + strconv.Itoa(int(v)) + " "
	case Const:
		return constAt(c, int(v)) + " "
	case Cache:
		if int(v) < len(c.Names) {
			return "." + c.Names[v] + " "
		}
		return "cache " + strconv.Itoa(int(v)) + " "
	case Free:
		if int(v) < len(c.FreeVars) {
			return "free " + c.FreeVars[v] + " "
		}
		return "free " + strconv.Itoa(int(v)) + " "
	}
	return ""
}

func constAt(c *Code, i int) string {
	if i >= len(c.Consts) {
		return "const " + strconv.Itoa(i)
	}
	return constText(c.Consts[i])
}

// constText returns a constant as a literal of the language, shortened when it is long.
func constText(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int64:
		return strconv.FormatInt(v, 10)
	case *big.Int:
		return v.String()
	case float64:
		return floatText(v)
	case complex128:
		return floatText(real(v)) + "+" + floatText(imag(v)) + "j"
	case string:
		return quoted(v)
	case ast.Bytes:
		return "b" + quoted(string(v))
	case Tuple:
		return "(" + constList(v) + ")"
	case FrozenSet:
		return "frozenset({" + constList(v) + "})"
	case *Code:
		return "<code " + v.QualName + ">"
	}
	return "..."
}

func floatText(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".eEnN") && !math.IsInf(f, 0) {
		s += ".0"
	}
	return s
}

const maxShown = 60 // bytes of a string, items of a tuple

func quoted(s string) string {
	if len(s) > maxShown {
		return strconv.Quote(s[:maxShown]) + "..."
	}
	return strconv.Quote(s)
}

func constList(items []any) string {
	var b strings.Builder
	for i, v := range items {
		if i > 0 {
			b.WriteString(", ")
		}
		if i == maxShown {
			b.WriteString("...")
			break
		}
		b.WriteString(constText(v))
	}
	if len(items) == 1 {
		b.WriteString(",")
	}
	return b.String()
}
