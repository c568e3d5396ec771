package interp

// This file defines the slow paths of the VM loop that read and store items and slices. They report as
// those of vmslow.go do.

import (
	"unsafe"

	"aio/interp/compile"
)

//go:noinline
func (th *Thread) slowGetItem(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	o := *reg(regs, in.b)
	var k Value
	if in.op == compile.OpGetItemI {
		k = MkInt(int64(int16(in.c)))
	} else {
		k = *reg(regs, in.c)
	}
	if shapeOf(o) == strShape {
		s := (*Str)(o.p)
		if i, ok := AsInt(k); ok && uint64(i) < uint64(s.runes) && s.runes == len(s.s) {
			*reg(regs, in.a) = object(asciiStrs[s.s[i]])
			return callDone
		}
	} else if shapeOf(o) == tupleShape {
		t := (*Tuple)(o.p)
		if i, ok := AsInt(k); ok && uint64(i) < uint64(len(t.a)) {
			*reg(regs, in.a) = t.a[i]
			return callDone
		}
	} else if shapeOf(o) == dictShape {
		d := (*Dict)(o.p)
		var h uint64
		if i, ok := AsInt(k); ok {
			h = hashInt(i)
		} else if shapeOf(k) == strShape {
			h = (*Str)(k.p).Hash()
		} else {
			goto general
		}
		if i, sure := d.findFast(h, k); sure {
			if i < 0 {
				th.exc = KeyErrorOf(k)
				return callRaised
			}
			*reg(regs, in.a) = d.ents[i].v
			return callDone
		}
	}
general:
	return th.getItemInto(f, in.a, o, k)
}

// getItemInto stores o[k] in register dst.
func (th *Thread) getItemInto(f *Frame, dst uint16, o, k Value) int {
	if get, ok := asFunction(scripted(o, spGetItem)); ok && get.code.sync {
		args := [2]Value{o, k}
		return th.pushFunction(f, get, args[:], nil, dst)
	}
	v, err := th.GetItem(o, k)
	if err != nil {
		th.exc = err
		return callRaised
	}
	*reg(f.regs, dst) = v
	return callDone
}

// getSlice makes no slice object for the usual sequences and bounds.
//
//go:noinline
func (th *Thread) getSlice(f *Frame, regs, ip unsafe.Pointer) int {
	in := th.at(f, ip)
	o := *reg(regs, in.b)
	w := window(regs, in.c, 3)
	switch shapeOf(o) {
	case listShape:
		a := (*List)(o.p).a
		if start, step, n, ok := plainIndices(w, len(a)); ok {
			*reg(regs, in.a) = pickList(a, start, step, n)
			return callDone
		}
	case strShape:
		s := (*Str)(o.p)
		if start, step, n, ok := plainIndices(w, s.Len()); ok {
			if step == 1 && n == s.Len() {
				*reg(regs, in.a) = o
			} else {
				*reg(regs, in.a) = s.slice(start, step, n)
			}
			return callDone
		}
	case tupleShape:
		t := (*Tuple)(o.p)
		if start, step, n, ok := plainIndices(w, len(t.a)); ok && step == 1 {
			switch {
			case n == len(t.a):
				*reg(regs, in.a) = o
			case n <= 4:
				*reg(regs, in.a) = newTuple(t.a[start : start+n])
			default: // tuples do not change: share the items
				*reg(regs, in.a) = MkTuple(t.a[start : start+n : start+n])
			}
			return callDone
		}
	}
	return th.getItemInto(f, in.a, o, MkSlice(w[0], w[1], w[2]))
}

//go:noinline
func (th *Thread) setSlice(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	o, x := *reg(regs, in.a), *reg(regs, in.c)
	w := window(regs, in.b, 3)
	if shapeOf(o) == listShape && shapeOf(x) == listShape && o.p != x.p {
		l, items := (*List)(o.p), (*List)(x.p).a
		if start, step, n, ok := plainIndices(w, len(l.a)); ok {
			if step == 1 {
				l.replace(start, start+n, items)
				return false
			} else if n == len(items) {
				l.spread(start, step, items)
				return false
			}
		}
	}
	return th.failed(th.SetItem(o, MkSlice(w[0], w[1], w[2]), x))
}

//go:noinline
func (th *Thread) slowSetItem(f *Frame, regs, ip unsafe.Pointer) bool {
	in := th.at(f, ip)
	o, k, v := *reg(regs, in.a), *reg(regs, in.b), *reg(regs, in.c)
	if shapeOf(o) == dictShape {
		return th.failed((*Dict)(o.p).Set(th, k, v))
	}
	return th.failed(th.SetItem(o, k, v))
}
