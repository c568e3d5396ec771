package interp

// This file defines what list and tuple share: repr, comparison, search, repetition, and the setup
// rows of the sequence types.

func sequenceTypes() []typeSetup {
	return []typeSetup{
		{listType, listShape, setupList},
		{tupleType, tupleShape, setupTuple},
		{rangeType, rangeShape, setupRange},
		{sliceType, sliceShape, setupSlice},
		{listIterType, listIterShape, setupListIter},
		{listRevIterType, listRevIterShape, setupListRevIter},
		{tupleIterType, tupleIterShape, setupTupleIter},
		{rangeIterType, rangeIterShape, setupRangeIter},
		{longRangeIterType, longRangeIterShape, setupLongRangeIter},
		{seqIterType, seqIterShape, setupSeqIter},
		{callIterType, callIterShape, setupCallIter},
		{reversedType, reversedShape, setupReversed},
		{enumerateType, enumerateShape, setupEnumerate},
		{zipType, zipShape, setupZip},
		{mapType, mapShape, setupMap},
		{filterType, filterShape, setupFilter},
	}
}

// maxItems bounds what a repetition or a range turned into a list may take: 16 GB.
const maxItems = 1 << 30

// SetInit gives a mutable type its construction in two steps: new makes an empty object whatever the
// arguments, so that a subclass's __init__ may take its own, and __init__, which goes into p, the
// protocol of the type, fills it. sig is as for SetNew; fill gets the object as a[0].
func (t *Type) SetInit(p *Protocol, sig string, empty func(cls *Type) Value, fill BuiltinFunc) {
	row := &Builtin{Sig: sig, Fn: fill}
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern(row.Name()), row: row, newOf: t}
	spec := parseSignature(sig)
	spec.method = true
	f.spec.Store(spec)
	t.newSig = sig
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) { return empty(cls), nil }
	p.Init = func(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
		if len(kwnames) > 0 && TypeOf(self).takesOver(t, spNew, spec) {
			args, kwnames = args[:len(args)-len(kwnames)], nil
		}
		n := len(args) + 1
		w := append(append(th.args(n), self), args...)
		defer th.dropArgs(n)
		_, err := f.invoke(th, spec, w, kwnames)
		return err
	}
}

// descend counts one level of recursion in Go code; give it back with th.depth--. doing ends the
// sentence of the RecursionError.
func (th *Thread) descend(doing string) *Exc {
	if th.depth >= th.limit {
		return Errorf(RecursionError, "maximum recursion depth exceeded%s", doing)
	}
	th.depth++
	return nil
}

const (
	whileRepr    = " while getting the repr of an object"
	whileStr     = " while getting the str of an object"
	inComparison = " in comparison"
)

// reprItems returns the reprs of items between open and closing, separated by commas.
func (th *Thread) reprItems(open, closing string, items []Value) (string, *Exc) {
	var buf [128]byte
	b := append(buf[:0], open...)
	for i, x := range items {
		if i > 0 {
			b = append(b, ", "...)
		}
		var err *Exc
		if b, err = th.appendRepr(b, x); err != nil {
			return "", err
		}
	}
	return string(append(b, closing...)), nil
}

// guardRepr returns what make returns, or again when the repr of v is being made already.
func (th *Thread) guardRepr(v Value, again string, make func() (string, *Exc)) (string, *Exc) {
	if th.enterRepr(v) {
		return again, nil
	}
	defer th.leaveRepr()
	if err := th.descend(whileRepr); err != nil {
		return "", err
	}
	defer func() { th.depth-- }()
	return make()
}

// compareItems compares two sequences as list and tuple do; the slices are read anew after each
// comparison, since it may run script code that changes them.
func (th *Thread) compareItems(op CompareOp, a, b *[]Value) (Value, *Exc) {
	if len(*a) != len(*b) && (op == CmpEq || op == CmpNe) {
		return MkBool(op == CmpNe), nil
	}
	if err := th.descend(inComparison); err != nil {
		return Value{}, err
	}
	defer func() { th.depth-- }()
	for i := 0; i < len(*a) && i < len(*b); i++ {
		x, y := (*a)[i], (*b)[i]
		same, err := th.same(x, y)
		if err != nil {
			return Value{}, err
		}
		if !same {
			switch op {
			case CmpEq:
				return False, nil
			case CmpNe:
				return True, nil
			}
			return th.Compare(op, x, y)
		}
	}
	return MkBool(compareInts(op, len(*a), len(*b))), nil
}

func compareInts(op CompareOp, a, b int) bool {
	switch op {
	case CmpEq:
		return a == b
	case CmpNe:
		return a != b
	case CmpLt:
		return a < b
	case CmpLe:
		return a <= b
	case CmpGt:
		return a > b
	}
	return a >= b
}

// findItem returns the first index from start on, below stop, of an item that equals x, or -1.
func (th *Thread) findItem(items *[]Value, x Value, start, stop int) (int, *Exc) {
	if i, ok := AsInt(x); ok {
		return th.findInt(items, i, x, start, stop)
	}
	for i := start; i < stop && i < len(*items); i++ {
		if same, err := th.sameItem((*items)[i], x); err != nil {
			return -1, err
		} else if same {
			return i, nil
		}
	}
	return -1, nil
}

// findInt is findItem for an int, which most items need no call to compare with.
func (th *Thread) findInt(items *[]Value, n int64, x Value, start, stop int) (int, *Exc) {
	for i := start; i < stop && i < len(*items); i++ {
		y := (*items)[i]
		if m, ok := AsInt(y); ok {
			if m == n {
				return i, nil
			}
			continue
		}
		if same, err := th.sameItem(y, x); err != nil {
			return -1, err
		} else if same {
			return i, nil
		}
	}
	return -1, nil
}

// sameItem is same with the common types first.
func (th *Thread) sameItem(item, x Value) (bool, *Exc) {
	if shapeOf(item) == strShape && shapeOf(x) == strShape {
		return item.p == x.p || (*Str)(item.p).s == (*Str)(x.p).s, nil
	}
	return th.same(item, x)
}

// countItem returns how many items equal x.
func (th *Thread) countItem(items *[]Value, x Value) (Value, *Exc) {
	n := 0
	for i := 0; ; n++ {
		at, err := th.findItem(items, x, i, len(*items))
		if err != nil {
			return Value{}, err
		}
		if at < 0 {
			return MkInt(int64(n)), nil
		}
		i = at + 1
	}
}

// repeatCount reads the number of a repetition; ok is false when v is no integer.
func (th *Thread) repeatCount(v Value) (n int, ok bool, err *Exc) {
	if !hasIndex(v) {
		return 0, false, nil
	}
	n, err = th.IndexInt(v)
	return max(n, 0), true, err
}

// repeatItems returns items count times.
func repeatItems(items []Value, count int) ([]Value, *Exc) {
	if len(items) == 0 || count == 0 {
		return nil, nil
	}
	if count > maxItems/len(items) {
		return nil, NewExc(MemoryError)
	}
	out := make([]Value, len(items)*count)
	repeatInto(out, items)
	return out, nil
}

// repeatInto fills out, whose items must be unbound, by items again and again.
func repeatInto(out, items []Value) {
	if len(items) == 1 {
		fill(out, items[0])
		return
	}
	for n := copy(out, items); n < len(out); n *= 2 {
		copy(out[n:], out[:n])
	}
}

// sequenceAndCount orders the operands of a repetition.
func sequenceAndCount(a, b Value, l layout) (seq, count Value) {
	if TypeOf(a).layout == l {
		return a, b
	}
	return b, a
}

// Descend counts one level of recursion in the Go code of a library module; give it back with Ascend.
// doing ends the sentence of the RecursionError.
func (th *Thread) Descend(doing string) *Exc { return th.descend(doing) }

// Ascend ends a level that Descend began.
func (th *Thread) Ascend() { th.depth-- }
