package interp

// This file defines the VM loop. Its cases are shaped for Go's register allocator: the instruction
// pointer moves at the end of a case, and a slow path is a function of its own that decodes the
// instruction again, so that no decoded operand is live over a call.

import (
	"math/bits"
	"unsafe"

	"aio/interp/compile"
)

// run executes frames from f on until a stub frame is reached or the running task suspends. When th.exc
// is set it is raised in f first.
func (th *Thread) run(f *Frame) (Value, status) {
	regs := f.regs
	ip := f.ip
	if th.exc == nil {
		goto loop
	}
raise:
	f.ip = ip
	f = th.unwind(f)
	if f == nil {
		return Value{}, statusRaise
	}
	regs = f.regs
	ip = f.ip
loop:
	for {
		switch (*instr)(ip).op {
		case compile.OpNop:
		case compile.OpMove:
			*reg(regs, (*instr)(ip).a) = *reg(regs, (*instr)(ip).b)
		case compile.OpLoadK:
			*reg(regs, (*instr)(ip).a) = f.code.consts[int((*instr)(ip).b)|int((*instr)(ip).c)<<16]
		case compile.OpLoadInt:
			setInt(reg(regs, (*instr)(ip).a), int64(int16((*instr)(ip).b)))
		case compile.OpCheckLocal:
			if reg(regs, (*instr)(ip).a).p == nil {
				th.exc = unboundLocal(f, ip, (*instr)(ip).a)
				goto raise
			}
		case compile.OpUnbind:
			*reg(regs, (*instr)(ip).a) = Value{}
		case compile.OpLoadGlobal:
			c := &f.code.caches[(*instr)(ip).c]
			if d := c.dict; d != nil && d.keyver == c.ver {
				*reg(regs, (*instr)(ip).a) = d.ents[c.idx].v
			} else if d := f.code.globals; d.keyver == c.ver && c.val.p != nil {
				*reg(regs, (*instr)(ip).a) = c.val
			} else if th.loadGlobal(f, regs, ip) {
				goto raise
			}
		case compile.OpStoreGlobal:
			c := &f.code.caches[(*instr)(ip).c]
			if d := c.dict; d != nil && d.keyver == c.ver {
				d.ents[c.idx].v = *reg(regs, (*instr)(ip).a)
			} else {
				th.storeGlobal(f, regs, ip)
			}
		case compile.OpMakeCell:
			*reg(regs, (*instr)(ip).a) = object(newCell(*reg(regs, (*instr)(ip).a)))
		case compile.OpLoadCell:
			v := (*Cell)(reg(regs, (*instr)(ip).b).p).v
			if v.p == nil {
				th.exc = unboundLocal(f, ip, (*instr)(ip).b)
				goto raise
			}
			*reg(regs, (*instr)(ip).a) = v
		case compile.OpStoreCell:
			(*Cell)(reg(regs, (*instr)(ip).a).p).v = *reg(regs, (*instr)(ip).b)
		case compile.OpLoadFree:
			v := f.fn.closure[(*instr)(ip).b].v
			if v.p == nil {
				th.exc = unboundFree(f.code, (*instr)(ip).b)
				goto raise
			}
			*reg(regs, (*instr)(ip).a) = v
		case compile.OpStoreFree:
			f.fn.closure[(*instr)(ip).b].v = *reg(regs, (*instr)(ip).a)
		case compile.OpLoadFreeCell:
			*reg(regs, (*instr)(ip).a) = object(f.fn.closure[(*instr)(ip).b])

		case compile.OpAdd, compile.OpIAdd:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					if s := x + y; (s^x)&(s^y) >= 0 {
						setInt(reg(regs, (*instr)(ip).a), s)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).c)); ok {
					setFloat(reg(regs, (*instr)(ip).a), x+y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpSub, compile.OpISub:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					if s := x - y; (x^y)&(s^x) >= 0 {
						setInt(reg(regs, (*instr)(ip).a), s)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).c)); ok {
					setFloat(reg(regs, (*instr)(ip).a), x-y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpMul, compile.OpIMul:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					if x == int64(int32(x)) && y == int64(int32(y)) {
						setInt(reg(regs, (*instr)(ip).a), x*y)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
					hi, lo := bits.Mul64(uint64(x), uint64(y))
					hi -= uint64((x>>63)&y) + uint64((y>>63)&x)
					if int64(hi) == int64(lo)>>63 {
						setInt(reg(regs, (*instr)(ip).a), int64(lo))
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).c)); ok {
					setFloat(reg(regs, (*instr)(ip).a), x*y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpMod, compile.OpIMod:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && y > 0 {
					r := x % y
					if r < 0 {
						r += y
					}
					setInt(reg(regs, (*instr)(ip).a), r)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpFloorDiv, compile.OpIFloorDiv:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && y > 0 {
					q := x / y
					if q*y > x {
						q--
					}
					setInt(reg(regs, (*instr)(ip).a), q)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpAddI, compile.OpIAddI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				{
					y := int64(int16((*instr)(ip).c))
					if s := x + y; (s^x)&(s^y) >= 0 {
						setInt(reg(regs, (*instr)(ip).a), s)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpSubI, compile.OpISubI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				{
					y := int64(int16((*instr)(ip).c))
					if s := x - y; (x^y)&(s^x) >= 0 {
						setInt(reg(regs, (*instr)(ip).a), s)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpMulI, compile.OpIMulI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				{
					y := int64(int16((*instr)(ip).c))
					if x == int64(int32(x)) {
						setInt(reg(regs, (*instr)(ip).a), x*y)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpModI, compile.OpIModI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				{
					y := int64(int16((*instr)(ip).c))
					if y > 0 {
						var r int64
						if uint64(x) < 1<<32 {
							r = int64(uint32(x) % uint32(y))
						} else if r = x % y; r < 0 {
							r += y
						}
						setInt(reg(regs, (*instr)(ip).a), r)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpFloorDivI, compile.OpIFloorDivI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				{
					y := int64(int16((*instr)(ip).c))
					if y > 0 {
						q := x / y
						if q*y > x {
							q--
						}
						setInt(reg(regs, (*instr)(ip).a), q)
						ip = unsafe.Add(ip, instrSize)
						continue
					}
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpDiv, compile.OpIDiv:
			if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).c)); ok && y != 0 {
					setFloat(reg(regs, (*instr)(ip).a), x/y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && y != 0 && x == int64(int32(x)) && y == int64(int32(y)) {
					setFloat(reg(regs, (*instr)(ip).a), float64(x)/float64(y))
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpAddK, compile.OpIAddK:
			if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				setFloat(reg(regs, (*instr)(ip).a), x+constFloat(f.code.constsAt, (*instr)(ip).c))
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpSubK, compile.OpISubK:
			if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				setFloat(reg(regs, (*instr)(ip).a), x-constFloat(f.code.constsAt, (*instr)(ip).c))
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpMulK, compile.OpIMulK:
			if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				setFloat(reg(regs, (*instr)(ip).a), x*constFloat(f.code.constsAt, (*instr)(ip).c))
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpDivK, compile.OpIDivK:
			if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				setFloat(reg(regs, (*instr)(ip).a), x/constFloat(f.code.constsAt, (*instr)(ip).c))
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpBitAnd, compile.OpIBitAnd:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setInt(reg(regs, (*instr)(ip).a), x&y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpBitOr, compile.OpIBitOr:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setInt(reg(regs, (*instr)(ip).a), x|y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpBitXor, compile.OpIBitXor:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setInt(reg(regs, (*instr)(ip).a), x^y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpRShift, compile.OpIRShift:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && uint64(y) < 64 {
					setInt(reg(regs, (*instr)(ip).a), x>>uint64(y))
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpLShift, compile.OpILShift:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && uint64(y) < 32 && x == int64(int32(x)) {
					setInt(reg(regs, (*instr)(ip).a), x<<uint64(y))
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpMatMul, compile.OpPow, compile.OpIMatMul, compile.OpIPow:
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpIAddILoopLt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if s := x + int64(int16((*instr)(ip).c)); s > x == (int16((*instr)(ip).c) > 0) {
					reg(regs, (*instr)(ip).a).n = uint64(s)
					ip = unsafe.Add(ip, instrSize)
					if z, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
						if s < z {
							goto taken
						}
						ip = unsafe.Add(ip, instrSize)
					}
					continue
				}
			}
			switch th.slowArith(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpNeg:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok && x != -1<<63 {
				setInt(reg(regs, (*instr)(ip).a), -x)
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
				setFloat(reg(regs, (*instr)(ip).a), -x)
			} else if th.slowUnary(f, regs, ip) {
				goto raise
			}
		case compile.OpPos, compile.OpInvert:
			if th.slowUnary(f, regs, ip) {
				goto raise
			}
		case compile.OpNot:
			if x, ok := AsBool(*reg(regs, (*instr)(ip).b)); ok {
				setBool(reg(regs, (*instr)(ip).a), !x)
			} else if th.slowNot(f, regs, ip) {
				goto raise
			}
		case compile.OpEq:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x == y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpNe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x != y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpLt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x < y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpLe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x <= y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpGt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x > y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpGe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok {
					setBool(reg(regs, (*instr)(ip).a), x >= y)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowCompare(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpIs:
			setBool(reg(regs, (*instr)(ip).a), Is(*reg(regs, (*instr)(ip).b), *reg(regs, (*instr)(ip).c)))
		case compile.OpIsNot:
			setBool(reg(regs, (*instr)(ip).a), !Is(*reg(regs, (*instr)(ip).b), *reg(regs, (*instr)(ip).c)))
		case compile.OpIn, compile.OpNotIn:
			if th.slowIn(f, regs, ip) {
				goto raise
			}
		case compile.OpJmp:
			goto taken
		case compile.OpJmpFar:
			ip = unsafe.Add(ip, (int(int32(uint32((*instr)(ip).b)|uint32((*instr)(ip).c)<<16))+1)*int(instrSize))
			if th.flag.Load() != 0 {
				f.ip = ip
				if th.interrupted(f) {
					goto raise
				}
			}
			continue
		case compile.OpJTrue:
			if x, ok := AsBool(*reg(regs, (*instr)(ip).a)); ok {
				if x {
					goto taken
				}
			} else if r := th.slowTruth(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJFalse:
			if x, ok := AsBool(*reg(regs, (*instr)(ip).a)); ok {
				if !x {
					goto taken
				}
			} else if r := th.slowTruth(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNone:
			if reg(regs, (*instr)(ip).a).IsNone() {
				goto taken
			}
		case compile.OpJNotNone:
			if !reg(regs, (*instr)(ip).a).IsNone() {
				goto taken
			}
		case compile.OpJEq:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x == y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x == y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJEqI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x == y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotEq:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x == y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x == y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotEqI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x == y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x != y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x != y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x != y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotNe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x != y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x != y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotNeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x != y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJLt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x < y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x < y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJLtI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x < y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotLt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x < y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x < y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotLtI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x < y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJLe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x <= y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x <= y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJLeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x <= y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotLe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x <= y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x <= y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotLeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x <= y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJGt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x > y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x > y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJGtI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x > y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotGt:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x > y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x > y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotGtI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x > y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJGe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if x >= y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if x >= y {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJGeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); x >= y {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r > 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotGe:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok {
					if !(x >= y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if x, ok := AsFloat(*reg(regs, (*instr)(ip).a)); ok {
				if y, ok := AsFloat(*reg(regs, (*instr)(ip).b)); ok {
					if !(x >= y) {
						goto taken
					}
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpJNotGeI:
			if x, ok := AsInt(*reg(regs, (*instr)(ip).a)); ok {
				if y := int64(int16((*instr)(ip).b)); !(x >= y) {
					goto taken
				}
				ip = unsafe.Add(ip, instrSize)
				continue
			}
			if r := th.slowJump(f, regs, ip); r == 0 {
				goto taken
			} else if r < 0 {
				goto raise
			}
		case compile.OpGetAttr:
			c := &f.code.caches[(*instr)(ip).c]
			if o := reg(regs, (*instr)(ip).b).p; (*Header)(o).shape == c.shape {
				*reg(regs, (*instr)(ip).a) = (*Inst)(o).slots[c.idx]
			} else {
				switch th.slowGetAttr(f, regs, ip) {
				case callRaised:
					goto raise
				case callPushed:
					goto pushed
				}
			}
		case compile.OpSetAttr:
			c := &f.code.caches[(*instr)(ip).c]
			if p := reg(regs, (*instr)(ip).a).p; (*Header)(p).shape == c.shape {
				o := (*Inst)(p)
				if c.next == nil {
					o.slots[c.idx] = *reg(regs, (*instr)(ip).b)
				} else {
					o.shape = c.next
					if n := len(o.slots); n < cap(o.slots) {
						o.slots = o.slots[:n+1]
						o.slots[n] = *reg(regs, (*instr)(ip).b)
					} else {
						o.slots = append(o.slots, *reg(regs, (*instr)(ip).b))
					}
				}
			} else if th.slowSetAttr(f, regs, ip) {
				goto raise
			}
		case compile.OpLoadMethod:
			c := &f.code.caches[(*instr)(ip).c]
			if o := *reg(regs, (*instr)(ip).b); (*Header)(o.p).shape == c.shape && c.typ.ver == c.ver {
				*reg(regs, (*instr)(ip).a+uint16(valueSize)) = o
				*reg(regs, (*instr)(ip).a) = c.val
			} else if th.slowLoadMethod(f, regs, ip) {
				goto raise
			}
		case compile.OpGetItem:
			if o := reg(regs, (*instr)(ip).b).p; (*Header)(o).shape == listShape {
				l := (*List)(o)
				if x, ok := AsInt(*reg(regs, (*instr)(ip).c)); ok && uint64(x) < uint64(len(l.a)) {
					*reg(regs, (*instr)(ip).a) = l.a[x]
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowGetItem(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpGetItemI:
			if o := reg(regs, (*instr)(ip).b).p; (*Header)(o).shape == listShape {
				l := (*List)(o)
				if x := uint64(int16((*instr)(ip).c)); x < uint64(len(l.a)) {
					*reg(regs, (*instr)(ip).a) = l.a[x]
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			} else if (*Header)(o).shape == tupleShape {
				t := (*Tuple)(o)
				if x := uint64(int16((*instr)(ip).c)); x < uint64(len(t.a)) {
					*reg(regs, (*instr)(ip).a) = t.a[x]
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			switch th.slowGetItem(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpGetSlice:
			switch th.getSlice(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpSetSlice:
			if th.setSlice(f, regs, ip) {
				goto raise
			}
		case compile.OpSetItem:
			if o := reg(regs, (*instr)(ip).a).p; (*Header)(o).shape == listShape {
				l := (*List)(o)
				if x, ok := AsInt(*reg(regs, (*instr)(ip).b)); ok && uint64(x) < uint64(len(l.a)) {
					l.a[x] = *reg(regs, (*instr)(ip).c)
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if th.slowSetItem(f, regs, ip) {
				goto raise
			}
		case compile.OpCall:
			if p := reg(regs, (*instr)(ip).a).p; (*Header)(p).shape == functionShape && f.coro == nil {
				fn := (*Function)(p)
				c := fn.code
				nr := unsafe.Add(regs, uintptr((*instr)(ip).a)+valueSize)
				if c.fast && c.ArgCount == int((*instr)(ip).b) && uintptr(nr)+c.nregs <= th.end && th.depth < th.limit && th.depth < len(th.frames) {
					for j := c.nparams; j < c.clearTo; j++ {
						*(*Value)(unsafe.Add(nr, uintptr(j)*valueSize)) = Value{}
					}
					nf := &th.frames[th.depth]
					th.depth++
					f.ip = ip
					nf.regs = nr
					nf.code = c
					nf.fn = fn
					nf.back = f
					nf.ret = (*instr)(ip).c
					nf.flags = 0
					f = nf
					regs = nr
					ip = c.entry
					continue
				}
			}
			switch th.slowCall(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpCallMethod:
			if p := reg(regs, (*instr)(ip).a).p; p != nil && (*Header)(p).shape == functionShape && f.coro == nil {
				fn := (*Function)(p)
				c := fn.code
				nr := unsafe.Add(regs, uintptr((*instr)(ip).a)+valueSize)
				if c.fast && c.ArgCount == int((*instr)(ip).b)+1 && uintptr(nr)+c.nregs <= th.end && th.depth < th.limit && th.depth < len(th.frames) {
					for j := c.nparams; j < c.clearTo; j++ {
						*(*Value)(unsafe.Add(nr, uintptr(j)*valueSize)) = Value{}
					}
					nf := &th.frames[th.depth]
					th.depth++
					f.ip = ip
					nf.regs = nr
					nf.code = c
					nf.fn = fn
					nf.back = f
					nf.ret = (*instr)(ip).c
					nf.flags = 0
					f = nf
					regs = nr
					ip = c.entry
					continue
				}
			}
			switch th.slowCall(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpListAppendCall:
			if reg(regs, (*instr)(ip).a).p == listAppendValue.p {
				if p := reg(regs, (*instr)(ip).a+uint16(valueSize)).p; (*Header)(p).shape == listShape {
					l := (*List)(p)
					n := len(l.a)
					if n == cap(l.a) {
						l.grow()
					}
					l.a = l.a[:n+1]
					l.a[n] = *reg(regs, (*instr)(ip).a+2*uint16(valueSize))
					*reg(regs, (*instr)(ip).c) = None
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			(*instr)(ip).op = compile.OpCallMethod
			continue
		case compile.OpLenCall:
			if p := reg(regs, (*instr)(ip).a).p; (*Header)(p).shape == builtinShape && (*BuiltinFunction)(p).row == lenRow {
				if n := quickLen(reg(regs, (*instr)(ip).a+uint16(valueSize)).p); n >= 0 {
					setInt(reg(regs, (*instr)(ip).c), int64(n))
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			(*instr)(ip).op = compile.OpCall
			continue
		case compile.OpCallKw, compile.OpCallMethodKw, compile.OpCallEx:
			switch th.slowCall(f, regs, ip) {
			case callRaised:
				goto raise
			case callPushed:
				goto pushed
			}
		case compile.OpRet:
			back := f.back
			th.depth--
			if f.flags == 0 {
				*reg(back.regs, f.ret) = *reg(regs, (*instr)(ip).a)
			} else if th.finishFlagged(f, *reg(regs, (*instr)(ip).a)) {
				f = back
				ip = f.ip
				goto raise
			}
			f = back
			regs = f.regs
			ip = unsafe.Add(f.ip, instrSize)
			continue
		case compile.OpForIter:
			it := reg(regs, (*instr)(ip).a).p
			switch (*Header)(it).shape {
			case rangeIterShape:
				r := (*rangeIter)(it)
				if r.n > 0 {
					setInt(reg(regs, (*instr)(ip).b), r.cur)
					r.cur += r.step
					r.n--
					ip = unsafe.Add(ip, instrSize)
					continue
				}
				goto taken
			case listIterShape:
				l := (*listIter)(it)
				if l.list != nil && l.i < len(l.list.a) {
					*reg(regs, (*instr)(ip).b) = l.list.a[l.i]
					l.i++
					ip = unsafe.Add(ip, instrSize)
					continue
				}
				l.list = nil
				goto taken
			case tupleIterShape:
				if t := (*tupleIter)(it); t.t != nil && t.i < len(t.t.a) {
					*reg(regs, (*instr)(ip).b) = t.t.a[t.i]
					t.i++
					ip = unsafe.Add(ip, instrSize)
					continue
				}
				(*tupleIter)(it).t = nil
				goto taken
			case asciiIterShape:
				if s := (*strIter)(it); s.off < len(s.s) {
					*reg(regs, (*instr)(ip).b) = object(asciiStrs[s.s[s.off]&0x7F])
					s.off++
					ip = unsafe.Add(ip, instrSize)
					continue
				}
				goto taken
			case generatorShape:
				if co := (*Coro)(it); co.state == coroSuspended && !co.inner && co.top() == &co.frame && th.depth < th.limit && co.frame.code.Kind == compile.Generator {
					// Resume a generator that delegates to no other: the usual case.
					co.state = coroRunning
					co.link = unsafe.Pointer(th.root)
					th.root = co
					th.depth++
					f.ip = ip
					nf := &co.frame
					nf.back = f
					nf.ret = (*instr)(ip).b
					if f.coro == nil {
						nf.top = unsafe.Add(regs, f.code.nregs)
					} else {
						nf.top = f.top
					}
					f = nf
					regs = nf.regs
					*reg(regs, (*instr)(nf.ip).a) = None
					ip = unsafe.Add(nf.ip, instrSize)
					continue
				}
			}
			switch th.slowNext(f, regs, ip) {
			case nextEnd:
				goto taken
			case nextUnpacked:
				ip = unsafe.Add(ip, 2*instrSize)
				continue
			case nextRaised:
				goto raise
			case nextPushed:
				goto pushed
			case nextRaiseIn:
				f = th.next
				ip = f.ip
				goto raise
			}
		case compile.OpYield:
			f.ip = ip
			root := th.root
			th.root = root.below()
			root.link = unsafe.Pointer(f)
			root.state = coroSuspended
			th.depth--
			back := root.frame.back
			root.frame.back = nil
			if back.code.stub {
				return *reg(regs, (*instr)(ip).b), statusYield
			}
			*reg(back.regs, root.frame.ret) = *reg(regs, (*instr)(ip).b)
			f = back
			regs = f.regs
			ip = unsafe.Add(f.ip, instrSize)
			continue
		case compile.OpRetGen:
			if f.flags != 0 {
				f.ip = ip
				th.madeEnded(f, *reg(regs, (*instr)(ip).a))
			}
			if back := f.back; f.coro.inner && back.coro != nil && !back.code.native && f.coro.kind != kindAsyncGen {
				// The end of an awaited coroutine: its result goes to who awaits it.
				co := f.coro
				*reg(back.regs, f.ret) = *reg(regs, (*instr)(ip).a)
				back.top = f.top
				co.state = coroClosed
				co.inner = false
				f = back
				if co.fused {
					th.recycle(co)
				} else {
					co.frame.back = nil
				}
				regs = f.regs
				ip = unsafe.Add(f.ip, instrSize)
				continue
			}
			switch th.finishCoro(f, *reg(regs, (*instr)(ip).a)) {
			case finishLeave:
				return th.result, statusDone
			case finishRaise:
				f = th.next
				ip = f.ip
				goto raise
			}
			f = th.next
			regs = f.regs
			ip = f.ip
			continue
		case compile.OpCallAwait, compile.OpCallMethodAwait, compile.OpEnterAwait, compile.OpExitAwait:
			if p := reg(regs, (*instr)(ip).a).p; p != nil && (*Header)(p).shape == functionShape && f.coro != nil && f.coro.depth < 900 {
				fn := (*Function)(p)
				n := int((*instr)(ip).b)
				if (*instr)(ip).op != compile.OpCallAwait {
					n++
				}
				if c := fn.code; c.ArgCount == n && c.simple && c.Kind == compile.Coroutine {
					co := c.spare
					if co == nil {
						co = th.newFused(fn)
					} else {
						c.spare = nil
						co.frame.fn = fn
					}
					for j := 0; j < n; j++ {
						*(*Value)(unsafe.Add(co.frame.regs, uintptr(j)*valueSize)) = *(*Value)(unsafe.Add(regs, uintptr((*instr)(ip).a)+uintptr(j+1)*valueSize))
					}
					co.inner = true
					co.state = coroRunning
					co.depth = f.coro.depth + 1
					nf := &co.frame
					f.ip = ip
					nf.back = f
					nf.ret = (*instr)(ip).c
					nf.top = f.top
					f = nf
					regs = nf.regs
					ip = c.entry
					continue
				}
			}
			goto await
		case compile.OpAsyncFor:
			if it := reg(regs, (*instr)(ip).a).p; (*Header)(it).shape == asyncGenShape {
				if gen := (*Coro)(it); gen.state == coroSuspended && !gen.inner && gen.top() == &gen.frame && f.coro.depth < 900 {
					// Resume an async generator at its yield: the usual case.
					gen.state = coroRunning
					gen.inner = true
					gen.depth = f.coro.depth + 1
					f.ip = ip
					nf := &gen.frame
					nf.back = f
					nf.ret = (*instr)(ip).b
					nf.top = f.top
					f = nf
					regs = nf.regs
					*reg(regs, (*instr)(nf.ip).a) = None
					ip = unsafe.Add(nf.ip, instrSize)
					continue
				}
			}
			goto await
		case compile.OpYieldAsync:
			if back := f.back; !back.code.native {
				gen := f.coro
				gen.link = unsafe.Pointer(f)
				gen.state = coroSuspended
				gen.inner = false
				f.ip = ip
				f.back = nil
				back.top = f.top
				*reg(back.regs, f.ret) = *reg(regs, (*instr)(ip).b)
				f = back
				regs = f.regs
				ip = unsafe.Add(f.ip, instrSize)
				continue
			}
			goto await
		case compile.OpAwait, compile.OpYieldFrom, compile.OpNative, compile.OpCallKwAwait, compile.OpCallMethodKwAwait:
			goto await
		case compile.OpNewList:
			*reg(regs, (*instr)(ip).a) = newList(window(regs, (*instr)(ip).b, int((*instr)(ip).c)))
		case compile.OpNewTuple:
			*reg(regs, (*instr)(ip).a) = newTuple(window(regs, (*instr)(ip).b, int((*instr)(ip).c)))
		case compile.OpUnpack:
			if p := reg(regs, (*instr)(ip).b).p; (*Header)(p).shape == tupleShape && (*instr)(ip).c == 2 {
				if t := (*Tuple)(p); len(t.a) == 2 {
					*reg(regs, (*instr)(ip).a) = t.a[0]
					*reg(regs, (*instr)(ip).a+uint16(valueSize)) = t.a[1]
					ip = unsafe.Add(ip, instrSize)
					continue
				}
			}
			if th.slowUnpack(f, regs, ip) {
				goto raise
			}
		case compile.OpListAppend:
			(*List)(reg(regs, (*instr)(ip).a).p).Append(*reg(regs, (*instr)(ip).b))
		case compile.OpSetAdd:
			if th.setAdd(f, regs, ip) {
				goto raise
			}
		case compile.OpDictSet:
			if th.dictSet(f, regs, ip) {
				goto raise
			}
		case compile.OpExit:
			return *(*Value)(regs), statusDone
		default:
			f.ip = ip
			th.frame = f
			if th.execute(f, regs, (*instr)(ip)) {
				goto raise
			}
			if th.jump {
				th.jump = false
				goto taken
			}
		}
		ip = unsafe.Add(ip, instrSize)
		continue

	pushed:
		f = th.next
		regs = f.regs
		ip = f.ip
		continue

	await:
		switch th.slowAwait(f, regs, ip) {
		case awaitRaised:
			goto raise
		case awaitEnd:
			goto taken
		case awaitPushed:
			goto pushed
		case awaitSuspend:
			return Value{}, statusSuspend
		case awaitYield:
			return th.result, statusYield
		case awaitRaiseIn:
			f = th.next
			ip = f.ip
			goto raise
		}
		ip = unsafe.Add(ip, instrSize)
		continue

	taken:
		if off := int(int16((*instr)(ip).c)); off < 0 {
			ip = unsafe.Add(ip, (off+1)*int(instrSize))
			if th.flag.Load() != 0 {
				f.ip = ip
				if th.interrupted(f) {
					goto raise
				}
			}
		} else {
			ip = unsafe.Add(ip, (off+1)*int(instrSize))
		}
	}
}

// quickLen returns the length of a list, dict or tuple, or of a str that has been counted; else -1.
func quickLen(p unsafe.Pointer) int {
	switch (*Header)(p).shape {
	case listShape:
		return len((*List)(p).a)
	case strShape:
		return (*Str)(p).runes
	case dictShape:
		return (*Dict)(p).used
	case tupleShape:
		return len((*Tuple)(p).a)
	}
	return -1
}

// constFloat returns the float constant i.
func constFloat(consts unsafe.Pointer, i uint16) float64 {
	f, _ := AsFloat(*(*Value)(unsafe.Add(consts, uintptr(i)*valueSize)))
	return f
}
