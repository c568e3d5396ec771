package compile

// This file defines the check of finished Code that the tests run on everything they compile.

import (
	"fmt"
	"testing"

	"aio/diag"
	"aio/parser"
)

// verify returns what is wrong with a Code or one within it.
func verify(c *Code) error {
	if len(c.Ins) != len(c.Spans) {
		return fmt.Errorf("%s: %d instructions, %d spans", c.QualName, len(c.Ins), len(c.Spans))
	}
	if c.NRegs > maxRegs || c.NRegs < len(c.Locals) {
		return fmt.Errorf("%s: %d registers for %d locals", c.QualName, c.NRegs, len(c.Locals))
	}
	for pc, in := range c.Ins {
		if err := verifyInstr(c, pc, in); err != nil {
			return fmt.Errorf("%s: %d %s: %w", c.QualName, pc, Ops[in.Op].Name, err)
		}
	}
	if n := len(c.Ins); n == 0 || !endsFlow(c.Ins[n-1].Op) {
		return fmt.Errorf("%s: runs off its end", c.QualName)
	}
	for _, h := range c.Exc {
		if h.Start < 0 || h.Start >= h.End || int(h.End) > len(c.Ins) || int(h.Target) >= len(c.Ins) || int(h.Reg) >= c.NRegs {
			return fmt.Errorf("%s: bad handler %v", c.QualName, h)
		}
		if h.Target >= h.Start && h.Target < h.End {
			return fmt.Errorf("%s: handler %v protects itself", c.QualName, h)
		}
	}
	for _, h := range c.Handled {
		if h.Start < 0 || h.Start >= h.End || int(h.End) > len(c.Ins) || int(h.Reg) < len(c.Locals) || int(h.Reg) >= c.NRegs {
			return fmt.Errorf("%s: bad region %v", c.QualName, h)
		}
	}
	for _, l := range c.Loops {
		if l.Start < 0 || l.Start >= l.End || int(l.End) > len(c.Ins) || int(l.Reg) >= c.NRegs {
			return fmt.Errorf("%s: bad loop %v", c.QualName, l)
		}
	}
	for _, k := range c.Consts {
		if inner, ok := k.(*Code); ok {
			if err := verify(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

func endsFlow(op Opcode) bool {
	switch op {
	case OpRet, OpRetGen, OpJmp, OpJmpFar, OpRaise, OpReraise:
		return true
	}
	return false
}

func verifyInstr(c *Code, pc int, in Instr) error {
	info := Ops[in.Op]
	if info.Internal {
		return fmt.Errorf("is internal")
	}
	if to, ok := JumpTarget(pc, in); ok && (to < 0 || to >= len(c.Ins)) {
		return fmt.Errorf("jumps to %d", to)
	}
	if in.Op == OpLoadK {
		if i := int(in.B) | int(in.C)<<16; i >= len(c.Consts) {
			return fmt.Errorf("constant %d", i)
		}
		return verifyOperand(c, Reg, in.A)
	}
	for _, o := range []struct {
		kind Operand
		v    uint16
	}{{info.A, in.A}, {info.B, in.B}, {info.C, in.C}} {
		if err := verifyOperand(c, o.kind, o.v); err != nil {
			return err
		}
	}
	return verifyWindow(c, in)
}

func verifyOperand(c *Code, kind Operand, v uint16) error {
	switch kind {
	case Reg:
		if int(v) >= c.NRegs && v != NoReg {
			return fmt.Errorf("register %d of %d", v, c.NRegs)
		}
	case Const:
		if int(v) >= len(c.Consts) {
			return fmt.Errorf("constant %d", v)
		}
	case Cache:
		if int(v) >= len(c.Names) {
			return fmt.Errorf("cache %d", v)
		}
	case Free:
		if int(v) >= len(c.FreeVars) {
			return fmt.Errorf("free variable %d", v)
		}
	case None:
		if v != 0 {
			return fmt.Errorf("operand %d where none is read", v)
		}
	}
	return nil
}

// verifyWindow checks that a window of registers lies within the frame and behind the locals.
func verifyWindow(c *Code, in Instr) error {
	base, n := int(in.B), int(in.C)
	switch in.Op {
	case OpNewList, OpNewTuple, OpNewSet, OpBuildString:
	case OpNewDict:
		n *= 2
	case OpNewSlice, OpSetSlice:
		n = 3
	case OpGetSlice:
		base, n = int(in.C), 3
	case OpCall, OpCallAwait:
		base, n = int(in.A), int(in.B)+1
	case OpCallMethod, OpCallMethodAwait, OpEnterAwait, OpExitAwait, OpCallKw, OpCallKwAwait:
		base, n = int(in.A), int(in.B)+2
	case OpCallMethodKw, OpCallMethodKwAwait:
		base, n = int(in.A), int(in.B)+3
	case OpCallEx:
		base, n = int(in.A), 3
	default:
		return nil
	}
	if n > 0 && base < len(c.Locals) || base+n > c.NRegs && n > 0 {
		return fmt.Errorf("window of %d at %d, %d registers", n, base, c.NRegs)
	}
	return nil
}

// compileText compiles a module and verifies the Code.
func compileText(t testing.TB, text string, opt Options) *Code {
	t.Helper()
	code, err := tryCompile(text, opt)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if err := verify(code); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return code
}

func tryCompile(text string, opt Options) (*Code, *diag.Error) {
	src := diag.NewSource("<test>", text)
	m, err := parser.ParseWith(src, parser.Options{TopLevelAwait: opt.TopLevelAwait})
	if err != nil {
		return nil, err
	}
	return Module(src, m, opt)
}
