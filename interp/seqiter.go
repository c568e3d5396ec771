package interp

// This file defines the iterators over list, tuple, and anything with __getitem__, forwards and
// backwards, and the iterator of iter(callable, sentinel).

// iterBase begins the iterators that a script can derive from; dict holds the attributes of such.
type iterBase struct {
	Header
	dict *Dict
}

// iterSelf is the Iter of every iterator.
func iterSelf(_ *Thread, v Value) (Value, *Exc) { return v, nil }

// listIter iterates over a list; list is nil once it is exhausted.
type listIter struct {
	Header
	list *List
	i    int
}

// listRevIter iterates over a list from the end; list is nil once it is exhausted.
type listRevIter struct {
	Header
	list *List
	i    int
}

// tupleIter iterates over a tuple; t is nil once it is exhausted.
type tupleIter struct {
	Header
	t *Tuple
	i int
}

// seqIter iterates by asking seq[0], seq[1] ... until IndexError; seq is unbound once it is exhausted.
type seqIter struct {
	Header
	seq Value
	i   int
}

// callIter calls fn until it returns the sentinel; fn is unbound once it did.
type callIter struct {
	Header
	fn, sentinel Value
}

// reversed iterates over seq[n-1] ... seq[0]; seq is unbound once it is exhausted.
type reversed struct {
	iterBase
	seq Value
	i   int
}

var (
	listRevIterType  = builtinType("list_reverseiterator", objectType, layoutOpaque)
	tupleIterType    = builtinType("tuple_iterator", objectType, layoutOpaque)
	seqIterType      = builtinType("iterator", objectType, layoutOpaque)
	callIterType     = builtinType("callable_iterator", objectType, layoutOpaque)
	reversedType     = builtinType("reversed", objectType, layoutIter)
	listRevIterShape = shapeFor(listRevIterType)
	tupleIterShape   = shapeFor(tupleIterType)
	seqIterShape     = shapeFor(seqIterType)
	callIterShape    = shapeFor(callIterType)
	reversedShape    = shapeFor(reversedType)
)

// lengthHint is the row of __length_hint__ of an iterator.
func lengthHint(n func(v Value) int) Builtin {
	return Builtin{"__length_hint__()", "Private method returning an estimate of len(list(it)).", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkInt(int64(max(0, n(a[0])))), nil
	}}
}

// lengthGuess returns how many items an iterator of a known type has left, 0 when that is not known.
func lengthGuess(it Value) int {
	switch shapeOf(it) {
	case listIterShape:
		return listIterLeft(it)
	case tupleIterShape:
		return tupleIterLeft(it)
	case rangeIterShape:
		return int(min((*rangeIter)(it.p).n, maxItems))
	case dictIterShapes[dictKeys], dictIterShapes[dictValues], dictIterShapes[dictItems]:
		return dictIterLeft(it)
	case setIterShape:
		return setIterLeft(it)
	case enumerateShape:
		return lengthGuess((*enumerate)(it.p).it)
	case mapShape:
		if m := (*mapIter)(it.p); len(m.its) == 1 {
			return lengthGuess(m.its[0])
		}
	case zipShape:
		if z := (*zipIter)(it.p); len(z.its) > 0 {
			return lengthGuess(z.its[0])
		}
	}
	return 0
}

// LengthHint is operator.length_hint(): len(v), else what __length_hint__ estimates; ok is false for neither.
func (th *Thread) LengthHint(v Value) (hint Value, ok bool, err *Exc) {
	n, err := th.Len(v)
	if err == nil {
		return MkInt(int64(n)), true, nil
	}
	if !err.Is(TypeError) {
		return Value{}, false, err
	}
	if _, ok := TypeOf(v).Lookup("__length_hint__"); !ok {
		return Value{}, false, nil
	}
	hint, err = th.CallMethod(v, "__length_hint__")
	if err != nil {
		if err.Is(TypeError) {
			err = nil
		}
		return Value{}, false, err
	}
	if Is(hint, NotImplemented) {
		return Value{}, false, nil
	}
	i, big, isInt := IntOf(hint)
	switch {
	case !isInt:
		return Value{}, false, TypeErrorf("__length_hint__ must be an integer, not %s", typeName(hint))
	case big != nil:
		return Value{}, false, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
	case i < 0:
		return Value{}, false, ValueErrorf("__length_hint__() should return >= 0")
	}
	return hint, true, nil
}

// askLength asks an object of a script's class for its length, as everything does that makes a list of it:
// the script sees the call, and its error.
func (th *Thread) askLength(v Value) *Exc {
	t := TypeOf(v)
	if t.specialMethod(spLen).IsUnbound() && t.specialMethod(spLengthHint).IsUnbound() {
		return nil
	}
	_, _, err := th.LengthHint(v)
	return err
}

func (t *Type) setupIterator(next func(th *Thread, v Value) (Value, bool, *Exc), rows []Builtin) {
	t.flags |= flagNoNew
	if t.layout != layoutIter {
		t.flags |= flagNoBase
	}
	t.proto = &Protocol{Iter: iterSelf, Next: next}
	t.rows = rows
}

func setupListIter(t *Type) {
	t.setupIterator(listIterNext, append([]Builtin{lengthHint(listIterLeft)}, listIterPickle...))
}

func listIterLeft(v Value) int {
	it := (*listIter)(v.p)
	if it.list == nil {
		return 0
	}
	return len(it.list.a) - it.i
}

func listIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*listIter)(v.p)
	if l := it.list; l != nil {
		if i := it.i; i < len(l.a) {
			it.i = i + 1
			return l.a[i], true, nil
		}
		it.list = nil
	}
	return Value{}, false, nil
}

func setupListRevIter(t *Type) {
	t.setupIterator(listRevIterNext, append([]Builtin{lengthHint(func(v Value) int {
		it := (*listRevIter)(v.p)
		if it.list == nil || it.i >= len(it.list.a) {
			return 0
		}
		return it.i + 1
	})}, listRevIterPickle...))
}

func listRevIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*listRevIter)(v.p)
	if l := it.list; l != nil {
		if i := it.i; i >= 0 && i < len(l.a) {
			it.i = i - 1
			return l.a[i], true, nil
		}
		it.list = nil
	}
	return Value{}, false, nil
}

func setupTupleIter(t *Type) {
	t.setupIterator(tupleIterNext, append([]Builtin{lengthHint(tupleIterLeft)}, tupleIterPickle...))
}

func tupleIterLeft(v Value) int {
	it := (*tupleIter)(v.p)
	if it.t == nil {
		return 0
	}
	return len(it.t.a) - it.i
}

func tupleIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*tupleIter)(v.p)
	if t := it.t; t != nil {
		if i := it.i; i < len(t.a) {
			it.i = i + 1
			return t.a[i], true, nil
		}
		it.t = nil
	}
	return Value{}, false, nil
}

// newSequenceIter returns the iterator of an object that has __getitem__ and no __iter__.
func newSequenceIter(v Value) Value { return object(&seqIter{Header{seqIterShape}, v, 0}) }

func setupSeqIter(t *Type) { t.setupIterator(seqIterNext, seqIterPickle) }

func seqIterNext(th *Thread, v Value) (Value, bool, *Exc) {
	it := (*seqIter)(v.p)
	if it.seq.IsUnbound() {
		return Value{}, false, nil
	}
	x, err := th.GetItem(it.seq, MkInt(int64(it.i)))
	if err != nil {
		if err.Is(IndexError) || err.Is(StopIteration) {
			it.seq, err = Value{}, nil
		}
		return Value{}, false, err
	}
	it.i++
	return x, true, nil
}

func setupCallIter(t *Type) { t.setupIterator(callIterNext, callIterPickle) }

func callIterNext(th *Thread, v Value) (Value, bool, *Exc) {
	it := (*callIter)(v.p)
	if it.fn.IsUnbound() {
		return Value{}, false, nil
	}
	x, err := th.CallArgs(it.fn, nil, nil)
	if err != nil {
		if err.Is(StopIteration) {
			it.fn, err = Value{}, nil
		}
		return Value{}, false, err
	}
	same, err := th.same(it.sentinel, x)
	if err != nil {
		return Value{}, false, err
	}
	if same {
		it.fn = Value{}
		return Value{}, false, nil
	}
	return x, true, nil
}

func setupReversed(t *Type) {
	t.Doc = "Return a reverse iterator over the values of the given sequence."
	t.setupIterator(reversedNext, append([]Builtin{lengthHint(func(v Value) int {
		it := (*reversed)(v.p)
		if it.seq.IsUnbound() {
			return 0
		}
		return it.i + 1
	})}, reversedPickle...))
	t.flags &^= flagNoNew
	t.SetNew("reversed(sequence, /)", func(th *Thread, a []Value) (Value, *Exc) { return th.newReversed((*Type)(a[0].p), a[1]) })
}

// Reversed returns reversed(v). Errors: TypeError when v has no order.
func (th *Thread) Reversed(v Value) (Value, *Exc) { return th.newReversed(reversedType, v) }

func (th *Thread) newReversed(cls *Type, v Value) (Value, *Exc) {
	t := TypeOf(v)
	if f, ok := t.lookup(specialStrs[spReversed]); ok {
		if f.IsNone() {
			return Value{}, TypeErrorf("'%s' object is not reversible", t.Name)
		}
		return th.callSpecial(f, v)
	}
	isSequence := t.proto.GetItem != nil && t.proto.Len != nil && t.flags&flagMapping == 0
	if t.flags&flagHeap != 0 && !t.specialMethod(spGetItem).IsUnbound() {
		isSequence = true
	}
	if !isSequence {
		return Value{}, TypeErrorf("'%s' object is not reversible", t.Name)
	}
	n, err := th.Len(v)
	if err != nil {
		return Value{}, err
	}
	return object(&reversed{iterBase{Header{cls.inst}, nil}, v, n - 1}), nil
}

func reversedNext(th *Thread, v Value) (Value, bool, *Exc) {
	it := (*reversed)(v.p)
	if it.seq.IsUnbound() || it.i < 0 {
		it.seq = Value{}
		return Value{}, false, nil
	}
	if t, ok := AsTuple(it.seq); ok && t.shape == tupleShape {
		it.i--
		return t.a[it.i+1], true, nil
	}
	x, err := th.GetItem(it.seq, MkInt(int64(it.i)))
	if err != nil {
		if err.Is(IndexError) || err.Is(StopIteration) {
			it.seq, err = Value{}, nil
		}
		return Value{}, false, err
	}
	it.i--
	return x, true, nil
}
