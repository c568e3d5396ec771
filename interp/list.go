package interp

// This file defines the protocol and the methods of list. Sorting is in listsort.go.

import "math"

var listMethods = []Builtin{
	{"append(object, /)", "Append object to the end of the list.", listAppend},
	{"clear()", "Remove all items from the list.", listClear},
	{"copy()", "Return a shallow copy of the list.", listCopy},
	{"count(value, /)", "Return number of occurrences of value.", listCount},
	{"extend(iterable, /)", "Extend the list by appending elements from the iterable.", listExtend},
	{"index(value, start=0, stop=9223372036854775807, /)", "Return first index of value.\n\nRaises ValueError if the value is not present.", listIndex},
	{"insert(index, object, /)", "Insert object before index.", listInsert},
	{"pop(index=-1, /)", "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.", listPop},
	{"remove(value, /)", "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.", listRemove},
	{"reverse()", "Reverse the list in place.", listReverse},
	{"sort(*, key=None, reverse=False)", "Sort the list in ascending order, in place.\n\nThe sort is stable. key is called once for each item; reverse sorts in descending order.", listSort},
	{"__reversed__()", "Return a reverse iterator over the list.", listReversed},
	{"__sizeof__()", "Return the size of the list in memory, in bytes.", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkInt(int64(40 + 16*cap((*List)(a[0].p).a))), nil
	}},
}

func setupList(t *Type) {
	t.Doc = "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified."
	t.flags |= flagSequence | flagMatchSelf
	t.proto = &Protocol{
		Repr: listRepr, NoHash: true, Compare: listCompare, Len: listLen, GetItem: listGetItem, SetItem: listSetItem,
		Contains: listContains, Iter: listIterate,
		Binary: listBinary, Ops: ops(BinAdd, BinMul), Inplace: listInplace, InOps: ops(BinAdd, BinMul),
	}
	t.rows = listMethods
	t.SetInit(t.proto, "list(iterable=(), /)", newEmptyList, listInit)
}

func newEmptyList(cls *Type) Value {
	if cls == listType {
		return MkList(nil)
	}
	return object(&listSub{List: List{Header: Header{cls.inst}}})
}

func listInit(th *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	if len(l.a) > 0 {
		l.a = nil
	}
	return None, l.extend(th, a[1])
}

func listRepr(th *Thread, v Value) (string, *Exc) {
	l := (*List)(v.p)
	if len(l.a) == 0 {
		return "[]", nil
	}
	return th.guardRepr(v, "[...]", func() (string, *Exc) { return th.reprItems("[", "]", l.a) })
}

func listCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	y, ok := AsList(b)
	if !ok {
		return NotImplemented, nil
	}
	return th.compareItems(op, &(*List)(a.p).a, &y.a)
}

func listLen(_ *Thread, v Value) (int, *Exc) { return len((*List)(v.p).a), nil }

func listGetItem(th *Thread, v, key Value) (Value, *Exc) {
	l := (*List)(v.p)
	if i, ok := AsInt(key); ok {
		if i < 0 {
			i += int64(len(l.a))
		}
		if uint64(i) < uint64(len(l.a)) {
			return l.a[i], nil
		}
		return Value{}, IndexErrorf("list index out of range")
	}
	if s, ok := AsSlice(key); ok {
		start, _, step, count, err := s.Indices(th, len(l.a))
		if err != nil {
			return Value{}, err
		}
		return pickList(l.a, start, step, count), nil
	}
	i, err := th.itemIndex(key, "list")
	if err != nil {
		return Value{}, err
	}
	return listGetItem(th, v, MkInt(int64(i)))
}

func listSetItem(th *Thread, v, key, x Value) *Exc {
	l := (*List)(v.p)
	if s, ok := AsSlice(key); ok {
		if x.IsUnbound() {
			return l.deleteSlice(th, s)
		}
		return l.setSlice(th, s, v, x)
	}
	i, err := th.itemIndex(key, "list")
	if err != nil {
		return err
	}
	if i < 0 {
		i += len(l.a)
	}
	if uint(i) >= uint(len(l.a)) {
		return IndexErrorf("list assignment index out of range")
	}
	if x.IsUnbound() {
		l.remove(i, i+1)
	} else {
		l.a[i] = x
	}
	return nil
}

// remove removes the items [i, j).
func (l *List) remove(i, j int) {
	if i == 0 && j < len(l.a) && j <= 8 {
		// A list used as a queue: giving up the front costs less than moving the rest.
		clear(l.a[:j])
		l.a = l.a[j:]
		return
	}
	n := copy(l.a[i:], l.a[j:])
	clear(l.a[i+n:])
	l.a = l.a[:i+n]
}

// replace puts items in the place of [i, j).
func (l *List) replace(i, j int, items []Value) {
	grow := len(items) - (j - i)
	switch {
	case grow == 0:
		copy(l.a[i:j], items)
	case grow < 0:
		copy(l.a[i:], items)
		l.remove(i+len(items), j)
	default:
		n := len(l.a)
		l.reserve(grow)
		l.a = l.a[:n+grow]
		copy(l.a[j+grow:], l.a[j:n])
		copy(l.a[i:], items)
	}
}

// reserve makes room for n more items.
func (l *List) reserve(n int) {
	if need := len(l.a) + n; need > cap(l.a) {
		a := make([]Value, len(l.a), max(need, min(2*cap(l.a), need+need/2)))
		copy(a, l.a)
		l.a = a
	}
}

func (l *List) setSlice(th *Thread, s *Slice, self, x Value) *Exc {
	start, stop, step, count, err := s.Indices(th, len(l.a))
	if err != nil {
		return err
	}
	var items []Value
	if shapeOf(x) == tupleShape {
		items = (*Tuple)(x.p).a
	} else if shapeOf(x) == listShape && x.p != self.p {
		items = (*List)(x.p).a
	} else if items, err = th.Items(x); err != nil {
		if err.Is(TypeError) && step == 1 && !isIterable(x) {
			return TypeErrorf("can only assign an iterable")
		}
		if err.Is(TypeError) && !isIterable(x) {
			return TypeErrorf("must assign iterable to extended slice")
		}
		return err
	}
	if step == 1 {
		// Making the items may have run script code that changed the list.
		start, stop = min(start, len(l.a)), min(stop, len(l.a))
		l.replace(start, max(start, stop), items)
		return nil
	}
	if len(items) != count {
		return ValueErrorf("attempt to assign sequence of size %d to extended slice of size %d", len(items), count)
	}
	l.spread(start, step, items)
	return nil
}

// spread stores items from start on, step apart.
func (l *List) spread(start, step int, items []Value) {
	for i, j := 0, start; i < len(items) && uint(j) < uint(len(l.a)); i, j = i+1, j+step {
		l.a[j] = items[i]
	}
}

func isIterable(v Value) bool {
	t := TypeOf(v)
	if t.proto.Iter != nil {
		return true
	}
	return t.flags&flagHeap != 0 && (!t.specialMethod(spIter).IsUnbound() || !t.specialMethod(spGetItem).IsUnbound())
}

func (l *List) deleteSlice(th *Thread, s *Slice) *Exc {
	start, stop, step, count, err := s.Indices(th, len(l.a))
	if err != nil || count == 0 {
		return err
	}
	if step == 1 {
		l.remove(start, stop)
		return nil
	}
	if step < 0 {
		start, step = start+step*(count-1), -step
	}
	w := start
	for r := start; r < len(l.a); r++ {
		if (r-start)%step == 0 && (r-start)/step < count {
			continue
		}
		l.a[w] = l.a[r]
		w++
	}
	clear(l.a[w:])
	l.a = l.a[:w]
	return nil
}

func listContains(th *Thread, v, x Value) (bool, *Exc) {
	i, err := th.findItem(&(*List)(v.p).a, x, 0, math.MaxInt)
	return i >= 0, err
}

func listIterate(_ *Thread, v Value) (Value, *Exc) {
	return object(&listIter{Header{listIterShape}, (*List)(v.p), 0}), nil
}

func listBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	if op == BinAdd {
		x, ok1 := AsList(a)
		y, ok2 := AsList(b)
		if !ok1 || !ok2 {
			return NotImplemented, nil
		}
		l := sizedList(len(x.a) + len(y.a))
		copy(l.a[copy(l.a, x.a):], y.a)
		return object(l), nil
	}
	seq, count := sequenceAndCount(a, b, layoutList)
	n, ok, err := th.repeatCount(count)
	if err != nil || !ok {
		return NotImplemented, err
	}
	items := (*List)(seq.p).a
	if n > 0 && n <= 16 && n*len(items) <= 16 {
		l := sizedList(n * len(items))
		repeatInto(l.a, items)
		return object(l), nil
	}
	items, err = repeatItems(items, n)
	return MkList(items), err
}

func listInplace(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	l := (*List)(a.p)
	if op == BinAdd {
		return a, l.extend(th, b)
	}
	n, ok, err := th.repeatCount(b)
	if err != nil || !ok {
		return NotImplemented, err
	}
	items, err := repeatItems(l.a, n)
	if err == nil {
		l.a = items
	}
	return a, err
}

func listAppend(_ *Thread, a []Value) (Value, *Exc) {
	(*List)(a[0].p).Append(a[1])
	return None, nil
}

func listClear(_ *Thread, a []Value) (Value, *Exc) {
	(*List)(a[0].p).a = nil
	return None, nil
}

func listCopy(_ *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	return newList(l.a), nil
}

func listCount(th *Thread, a []Value) (Value, *Exc) { return th.countItem(&(*List)(a[0].p).a, a[1]) }

func listExtend(th *Thread, a []Value) (Value, *Exc) { return None, (*List)(a[0].p).extend(th, a[1]) }

// extend appends the items of an iterable.
func (l *List) extend(th *Thread, v Value) *Exc {
	switch shapeOf(v) {
	case listShape:
		l.appendAll((*List)(v.p).a)
		return nil
	case tupleShape:
		l.appendAll((*Tuple)(v.p).a)
		return nil
	case rangeShape:
		if r := (*Range)(v.p); r.small() {
			return l.appendRange(r)
		}
	case dictShape:
		d := (*Dict)(v.p)
		l.reserve(d.used)
		for i := range d.ents {
			if k := d.ents[i].k; k.p != nil {
				l.a = append(l.a, k)
			}
		}
		return nil
	case setShape, frozenSetShape:
		s := (*Set)(v.p)
		l.reserve(s.used)
		for i := range s.table {
			if k := s.table[i].k; k.p != nil {
				l.a = append(l.a, k)
			}
		}
		return nil
	}
	it, err := th.Iter(v)
	if err != nil {
		return err
	}
	if TypeOf(v).flags&flagHeap != 0 {
		if err := th.askLength(v); err != nil {
			return err
		}
	} else if n := lengthGuess(it); n > 0 {
		l.reserve(n)
	}
	for {
		x, ok, err := th.Next(it)
		if err != nil || !ok {
			return err
		}
		l.Append(x)
	}
}

func (l *List) appendAll(items []Value) {
	if len(items) > 0 {
		l.reserve(len(items))
		l.a = append(l.a, items...)
	}
}

func (l *List) appendRange(r *Range) *Exc {
	if r.n > maxItems {
		return NewExc(MemoryError)
	}
	l.reserve(int(r.n))
	for i, x := int64(0), r.first; i < r.n; i, x = i+1, x+r.by {
		l.a = append(l.a, MkInt(x))
	}
	return nil
}

func listIndex(th *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	start, stop, err := th.searchBounds(a[2], a[3], len(l.a))
	if err != nil {
		return Value{}, err
	}
	i, err := th.findItem(&l.a, a[1], start, stop)
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		r, err := th.Repr(a[1])
		if err != nil {
			return Value{}, err
		}
		return Value{}, ValueErrorf("%s is not in list", r)
	}
	return MkInt(int64(i)), nil
}

func listInsert(th *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	i, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	n := len(l.a)
	if i < 0 {
		i = max(0, i+n)
	}
	i = min(i, n)
	l.Append(Value{})
	copy(l.a[i+1:], l.a[i:n])
	l.a[i] = a[2]
	return None, nil
}

func listPop(th *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	i, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	n := len(l.a)
	if n == 0 {
		return Value{}, IndexErrorf("pop from empty list")
	}
	if i < 0 {
		i += n
	}
	if uint(i) >= uint(n) {
		return Value{}, IndexErrorf("pop index out of range")
	}
	x := l.a[i]
	if i == n-1 {
		l.a[i] = Value{}
		l.a = l.a[:i]
	} else {
		l.remove(i, i+1)
	}
	return x, nil
}

func listRemove(th *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	i, err := th.findItem(&l.a, a[1], 0, math.MaxInt)
	if err != nil {
		return Value{}, err
	}
	if i < 0 || i >= len(l.a) {
		return Value{}, ValueErrorf("list.remove(x): x not in list")
	}
	l.remove(i, i+1)
	return None, nil
}

// Pop removes and returns the last item, of which there must be one.
func (l *List) Pop() Value {
	n := len(l.a) - 1
	x := l.a[n]
	l.a[n] = Value{}
	l.a = l.a[:n]
	return x
}

func listReverse(_ *Thread, a []Value) (Value, *Exc) {
	reverseValues((*List)(a[0].p).a)
	return None, nil
}

func reverseValues(a []Value) {
	for i, j := 0, len(a)-1; i < j; i, j = i+1, j-1 {
		a[i], a[j] = a[j], a[i]
	}
}

func listReversed(_ *Thread, a []Value) (Value, *Exc) {
	l := (*List)(a[0].p)
	return object(&listRevIter{Header{listRevIterShape}, l, len(l.a) - 1}), nil
}
