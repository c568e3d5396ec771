package interp

// This file defines Deque: collections.deque, a ring of values that grows at both ends. The queues and
// the waiters of asyncio are deques too.

var (
	dequeType        = NewLibraryType("collections", "deque", nil)
	dequeIterType    = NewLibraryType("_collections", "_deque_iterator", nil)
	dequeRevIterType = NewLibraryType("_collections", "_deque_reverse_iterator", nil)
)

// DequeType returns collections.deque.
func DequeType() *Type { return dequeType }

// Deque is a collections.deque.
//
// Invariant: len(ring) is zero or a power of two, and item i is ring[(head+i)&(len(ring)-1)]; the
// entries that hold no item are unbound.
type Deque struct {
	Header
	dict *Dict
	ring []Value
	head int
	n    int
	max  int    // maxlen; negative: none
	ver  uint32 // changes when an item comes or goes: iterators look at it
}

// dequeIter iterates over a deque, forwards or backwards; d is nil once it is exhausted.
type dequeIter struct {
	Header
	d   *Deque
	i   int
	ver uint32
}

func dequeTypes() []typeSetup {
	dequeType.layout = layoutDeque
	dequeIterType.layout, dequeRevIterType.layout = layoutOpaque, layoutOpaque
	return []typeSetup{
		{dequeType, nil, setupDeque},
		{dequeIterType, nil, func(t *Type) { t.setupIterator(dequeIterNext, []Builtin{lengthHint(dequeIterLeft)}) }},
		{dequeRevIterType, nil, func(t *Type) { t.setupIterator(dequeRevIterNext, []Builtin{lengthHint(dequeIterLeft)}) }},
	}
}

// NewDeque returns an empty deque without a maximal length.
func NewDeque() *Deque { return &Deque{Header: Header{dequeType.inst}, max: -1} }

// AsDeque returns v as a deque.
func AsDeque(v Value) (*Deque, bool) { return as[Deque](v, layoutDeque) }

// Value returns d as a Value.
func (d *Deque) Value() Value { return object(d) }

// Len returns the number of items.
func (d *Deque) Len() int { return d.n }

// At returns item i, which must be there.
func (d *Deque) At(i int) Value { return d.ring[(d.head+i)&(len(d.ring)-1)] }

func (d *Deque) setAt(i int, x Value) { d.ring[(d.head+i)&(len(d.ring)-1)] = x }

func (d *Deque) grow() {
	ring := make([]Value, max(8, 2*len(d.ring)))
	for i := range d.n {
		ring[i] = d.At(i)
	}
	d.ring, d.head = ring, 0
}

// Append adds x at the right end; a full deque loses its first item.
func (d *Deque) Append(x Value) {
	if d.max >= 0 && d.n >= d.max {
		if d.max == 0 {
			return
		}
		d.PopLeft()
	}
	if d.n == len(d.ring) {
		d.grow()
	}
	d.n++
	d.ver++
	d.setAt(d.n-1, x)
}

// AppendLeft adds x at the left end; a full deque loses its last item.
func (d *Deque) AppendLeft(x Value) {
	if d.max >= 0 && d.n >= d.max {
		if d.max == 0 {
			return
		}
		d.Pop()
	}
	if d.n == len(d.ring) {
		d.grow()
	}
	d.head = (d.head - 1) & (len(d.ring) - 1)
	d.n++
	d.ver++
	d.ring[d.head] = x
}

// PopLeft removes and returns the first item, of which there must be one.
func (d *Deque) PopLeft() Value {
	x := d.ring[d.head]
	d.ring[d.head] = Value{}
	d.head = (d.head + 1) & (len(d.ring) - 1)
	d.n--
	d.ver++
	return x
}

// Pop removes and returns the last item, of which there must be one.
func (d *Deque) Pop() Value {
	x := d.At(d.n - 1)
	d.setAt(d.n-1, Value{})
	d.n--
	d.ver++
	return x
}

// RemoveAt removes item i, which must be there; the items on its shorter side move.
func (d *Deque) RemoveAt(i int) {
	if i < d.n/2 {
		for ; i > 0; i-- {
			d.setAt(i, d.At(i-1))
		}
		d.PopLeft()
		return
	}
	for ; i < d.n-1; i++ {
		d.setAt(i, d.At(i+1))
	}
	d.Pop()
}

// Remove removes the first item that is x itself and reports whether there was one.
func (d *Deque) Remove(x Value) bool {
	for i := range d.n {
		if Is(d.At(i), x) {
			d.RemoveAt(i)
			return true
		}
	}
	return false
}

// Clear removes all items.
func (d *Deque) Clear() {
	d.ring, d.head, d.n = nil, 0, 0
	d.ver++
}

// Items returns a copy of the items.
func (d *Deque) Items() []Value {
	items := make([]Value, d.n)
	for i := range items {
		items[i] = d.At(i)
	}
	return items
}

func (d *Deque) extend(th *Thread, v Value, add func(x Value)) *Exc {
	if v.p == object(d).p {
		for _, x := range d.Items() {
			add(x)
		}
		return nil
	}
	return th.Iterate(v, func(x Value) *Exc {
		add(x)
		return nil
	})
}

// like returns an empty deque of the class and the maximal length of d.
func (d *Deque) like(th *Thread) (*Deque, *Exc) {
	t := TypeOf(object(d))
	if t == dequeType {
		return &Deque{Header: Header{dequeType.inst}, max: d.max}, nil
	}
	args := []Value{}
	if d.max >= 0 {
		args = []Value{emptyTuple, MkInt(int64(d.max))}
	}
	v, err := th.Call(t.Value(), args...)
	if err != nil {
		return nil, err
	}
	n, ok := AsDeque(v)
	if !ok {
		return nil, TypeErrorf("%s() must return a deque, not %s", t.Name, typeName(v))
	}
	return n, nil
}

func (d *Deque) copy(th *Thread) (*Deque, *Exc) {
	n, err := d.like(th)
	if err == nil {
		for i := range d.n {
			n.Append(d.At(i))
		}
	}
	return n, err
}

func setupDeque(t *Type) {
	t.Doc = "deque([iterable[, maxlen]]) --> deque object\n\nA list-like sequence optimized for data accesses near its endpoints."
	t.flags |= flagSequence
	t.proto = &Protocol{
		Repr: dequeRepr, NoHash: true, Compare: dequeCompare, GetItem: dequeGetItem, SetItem: dequeSetItem,
		Len: func(_ *Thread, v Value) (int, *Exc) { return (*Deque)(v.p).n, nil },
		Contains: func(th *Thread, v, x Value) (bool, *Exc) {
			i, err := (*Deque)(v.p).find(th, x, 0, -1)
			return i >= 0, err
		},
		Iter: func(_ *Thread, v Value) (Value, *Exc) {
			d := (*Deque)(v.p)
			return object(&dequeIter{Header{dequeIterType.inst}, d, 0, d.ver}), nil
		},
		Binary: dequeBinary, Ops: ops(BinAdd, BinMul), Inplace: dequeInplace, InOps: ops(BinAdd, BinMul),
	}
	t.rows = dequeMethods
	t.getset = []GetSet{{Name: "maxlen", Doc: "maximum size of a deque or None if unbounded", Get: func(_ *Thread, v Value) (Value, *Exc) {
		if n := (*Deque)(v.p).max; n >= 0 {
			return MkInt(int64(n)), nil
		}
		return None, nil
	}}}
	t.SetInit(t.proto, "deque(iterable=?, maxlen=None)", func(cls *Type) Value { return object(&Deque{Header: Header{cls.inst}, max: -1}) }, dequeInit)
	t.AddClassMethods(classGetItem)
}

func dequeInit(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	d.max = -1
	if !a[2].IsNone() {
		n, err := th.IndexInt(a[2])
		switch {
		case err != nil && err.Is(TypeError):
			return Value{}, TypeErrorf("an integer is required")
		case err != nil:
			return Value{}, err
		case n < 0:
			return Value{}, ValueErrorf("maxlen must be non-negative")
		}
		d.max = n
	}
	if d.n > 0 {
		d.Clear()
	}
	if a[1].IsUnbound() {
		return None, nil
	}
	return None, d.extend(th, a[1], d.Append)
}

var dequeMethods = []Builtin{
	{"append(object, /)", "Add an element to the right side of the deque.", func(_ *Thread, a []Value) (Value, *Exc) {
		(*Deque)(a[0].p).Append(a[1])
		return None, nil
	}},
	{"appendleft(object, /)", "Add an element to the left side of the deque.", func(_ *Thread, a []Value) (Value, *Exc) {
		(*Deque)(a[0].p).AppendLeft(a[1])
		return None, nil
	}},
	{"clear()", "Remove all elements from the deque.", func(_ *Thread, a []Value) (Value, *Exc) {
		(*Deque)(a[0].p).Clear()
		return None, nil
	}},
	{"copy()", "Return a shallow copy of a deque.", dequeCopy},
	{"__copy__()", "Return a shallow copy of a deque.", dequeCopy},
	{"count(value, /)", "D.count(value) -- return number of occurrences of value", dequeCount},
	{"extend(iterable, /)", "Extend the right side of the deque with elements from the iterable", func(th *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		return None, d.extend(th, a[1], d.Append)
	}},
	{"extendleft(iterable, /)", "Extend the left side of the deque with elements from the iterable", func(th *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		return None, d.extend(th, a[1], d.AppendLeft)
	}},
	{"index(value, start=0, stop=9223372036854775807, /)", "D.index(value, [start, [stop]]) -- return first index of value.\nRaises ValueError if the value is not present.", dequeIndex},
	{"insert(index, object, /)", "D.insert(index, object) -- insert object before index", dequeInsert},
	{"pop()", "Remove and return the rightmost element.", func(_ *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		if d.n == 0 {
			return Value{}, IndexErrorf("pop from an empty deque")
		}
		return d.Pop(), nil
	}},
	{"popleft()", "Remove and return the leftmost element.", func(_ *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		if d.n == 0 {
			return Value{}, IndexErrorf("pop from an empty deque")
		}
		return d.PopLeft(), nil
	}},
	{"remove(value, /)", "D.remove(value) -- remove first occurrence of value.", dequeRemove},
	{"reverse()", "D.reverse() -- reverse *IN PLACE*", func(_ *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		items := d.Items()
		reverseValues(items)
		for i, x := range items {
			d.setAt(i, x)
		}
		return None, nil
	}},
	{"rotate(n=1, /)", "Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left.", dequeRotate},
	{"__reversed__()", "D.__reversed__() -- return a reverse iterator over the deque", func(_ *Thread, a []Value) (Value, *Exc) {
		d := (*Deque)(a[0].p)
		return object(&dequeIter{Header{dequeRevIterType.inst}, d, 0, d.ver}), nil
	}},
	{"__reduce__()", "Return state information for pickling.", dequeReduce},
	{"__sizeof__()", "D.__sizeof__() -- size of D in memory, in bytes", func(_ *Thread, a []Value) (Value, *Exc) {
		return MkInt(int64(72 + 16*len((*Deque)(a[0].p).ring))), nil
	}},
}

func dequeCopy(th *Thread, a []Value) (Value, *Exc) {
	n, err := (*Deque)(a[0].p).copy(th)
	return n.orNone(), err
}

func (d *Deque) orNone() Value {
	if d == nil {
		return None
	}
	return object(d)
}

// find returns the first index from start on, below stop, of an item that equals x, or -1. A negative
// stop is the end.
func (d *Deque) find(th *Thread, x Value, start, stop int) (int, *Exc) {
	ver := d.ver
	if stop < 0 || stop > d.n {
		stop = d.n
	}
	for i := start; i < stop; i++ {
		same, err := th.sameItem(d.At(i), x)
		if err != nil {
			return -1, err
		}
		if d.ver != ver {
			return -1, RuntimeErrorf("deque mutated during iteration")
		}
		if same {
			return i, nil
		}
	}
	return -1, nil
}

func dequeCount(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	n := 0
	for i := 0; ; i++ {
		i, err := d.find(th, a[1], i, -1)
		if err != nil || i < 0 {
			return MkInt(int64(n)), err
		}
		n++
	}
}

func dequeIndex(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	start, stop, err := th.searchBounds(a[2], a[3], d.n)
	if err != nil {
		return Value{}, err
	}
	i, err := d.find(th, a[1], start, max(stop, 0))
	if err == nil && i < 0 {
		err = ValueErrorf("%s is not in deque", th.reprOr(a[1]))
	}
	return MkInt(int64(i)), err
}

func dequeInsert(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	if d.n == d.max {
		return Value{}, IndexErrorf("deque already at its maximum size")
	}
	i, err := th.IndexInt(a[1])
	if err != nil {
		return Value{}, err
	}
	if i < 0 {
		i += d.n
	}
	i = min(max(i, 0), d.n)
	d.Append(a[2])
	for j := d.n - 1; j > i; j-- {
		d.setAt(j, d.At(j-1))
	}
	d.setAt(i, a[2])
	return None, nil
}

func dequeRemove(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	i, err := d.find(th, a[1], 0, -1)
	switch {
	case err != nil && err.Is(RuntimeError):
		return Value{}, IndexErrorf("deque mutated during remove().")
	case err != nil:
		return Value{}, err
	case i < 0:
		return Value{}, ValueErrorf("%s is not in deque", th.reprOr(a[1]))
	}
	d.RemoveAt(i)
	return None, nil
}

func dequeRotate(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	n, err := th.IndexInt(a[1])
	if err != nil || d.n < 2 {
		return None, err
	}
	n %= d.n
	if n > d.n/2 {
		n -= d.n
	} else if n < -d.n/2 {
		n += d.n
	}
	limit := d.max
	d.max = -1
	for ; n > 0; n-- {
		d.AppendLeft(d.Pop())
	}
	for ; n < 0; n++ {
		d.Append(d.PopLeft())
	}
	d.max = limit
	return None, nil
}

func dequeReduce(th *Thread, a []Value) (Value, *Exc) {
	d := (*Deque)(a[0].p)
	args := emptyTuple
	if d.max >= 0 {
		args = Pair(emptyTuple, MkInt(int64(d.max)))
	}
	state := None
	if d.dict != nil {
		state = object(d.dict)
	}
	it, err := th.Iter(a[0])
	return MkTuple([]Value{TypeOf(a[0]).Value(), args, state, it}), err
}

func dequeRepr(th *Thread, v Value) (string, *Exc) {
	d := (*Deque)(v.p)
	return th.guardRepr(v, "[...]", func() (string, *Exc) {
		s, err := th.reprItems("[", "]", d.Items())
		if err != nil {
			return "", err
		}
		s = TypeOf(v).Name + "(" + s
		if d.max >= 0 {
			limit, _ := th.Repr(MkInt(int64(d.max)))
			s += ", maxlen=" + limit
		}
		return s + ")", nil
	})
}

func dequeCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	y, ok := AsDeque(b)
	if !ok {
		return NotImplemented, nil
	}
	left, right := (*Deque)(a.p).Items(), y.Items()
	return th.compareItems(op, &left, &right)
}

// index returns the place of an item from a key.
func (d *Deque) index(th *Thread, key Value) (int, *Exc) {
	if !hasIndex(key) {
		return 0, TypeErrorf("sequence index must be integer, not '%s'", typeName(key))
	}
	i, err := th.itemIndex(key, "sequence")
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += d.n
	}
	if uint(i) >= uint(d.n) {
		return 0, IndexErrorf("deque index out of range")
	}
	return i, nil
}

func dequeGetItem(th *Thread, v, key Value) (Value, *Exc) {
	d := (*Deque)(v.p)
	i, err := d.index(th, key)
	if err != nil {
		return Value{}, err
	}
	return d.At(i), nil
}

func dequeSetItem(th *Thread, v, key, x Value) *Exc {
	d := (*Deque)(v.p)
	i, err := d.index(th, key)
	if err != nil {
		return err
	}
	if x.IsUnbound() {
		d.RemoveAt(i)
	} else {
		d.setAt(i, x)
	}
	return nil
}

func dequeBinary(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	if op == BinAdd {
		d, ok := AsDeque(a)
		if !ok {
			return NotImplemented, nil
		}
		y, ok := AsDeque(b)
		if !ok {
			return Value{}, TypeErrorf(`can only concatenate deque (not "%s") to deque`, typeName(b))
		}
		n, err := d.copy(th)
		if err == nil {
			err = n.extend(th, object(y), n.Append)
		}
		return n.orNone(), err
	}
	seq, count := sequenceAndCount(a, b, layoutDeque)
	times, ok, err := th.repeatCount(count)
	if err != nil || !ok {
		return NotImplemented, err
	}
	n, err := (*Deque)(seq.p).copy(th)
	if err == nil {
		err = n.repeat(times)
	}
	return n.orNone(), err
}

// repeat makes d hold its items times over.
func (d *Deque) repeat(times int) *Exc {
	items, err := repeatItems(d.Items(), times)
	if err != nil {
		return err
	}
	d.Clear()
	for _, x := range items {
		d.Append(x)
	}
	return nil
}

func dequeInplace(th *Thread, op BinaryOp, a, b Value) (Value, *Exc) {
	d := (*Deque)(a.p)
	if op == BinAdd {
		return a, d.extend(th, b, d.Append)
	}
	times, ok, err := th.repeatCount(b)
	if err != nil || !ok {
		return NotImplemented, err
	}
	return a, d.repeat(times)
}

func dequeIterLeft(v Value) int {
	it := (*dequeIter)(v.p)
	if it.d == nil {
		return 0
	}
	return it.d.n - it.i
}

// step returns the index that the iterator has reached, and whether it is one.
func (it *dequeIter) step() (i int, ok bool, err *Exc) {
	if it.d == nil {
		return 0, false, nil
	}
	if it.ver != it.d.ver {
		it.d = nil
		return 0, false, RuntimeErrorf("deque mutated during iteration")
	}
	i = it.i
	if i >= it.d.n {
		it.d = nil
		return 0, false, nil
	}
	it.i++
	return i, true, nil
}

func dequeIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*dequeIter)(v.p)
	i, ok, err := it.step()
	if !ok {
		return Value{}, false, err
	}
	return it.d.At(i), true, nil
}

func dequeRevIterNext(_ *Thread, v Value) (Value, bool, *Exc) {
	it := (*dequeIter)(v.p)
	i, ok, err := it.step()
	if !ok {
		return Value{}, false, err
	}
	return it.d.At(it.d.n - 1 - i), true, nil
}
