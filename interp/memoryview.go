package interp

// This file defines memoryview over bytes and bytearray: one dimension, items of one byte.

import "slices"

// memoryView is a memoryview. Its owner may shrink: items beyond its end are no longer there.
type memoryView struct {
	Header
	owner    *Bytes // nil once released
	start    int
	step     int
	n        int
	format   byte // 'B', 'b' or 'c'
	readonly bool
}

var (
	memoryViewType  = builtinType("memoryview", objectType, layoutOpaque)
	memoryViewShape = shapeFor(memoryViewType)
	memoryIterType  = builtinType("memory_iterator", objectType, layoutOpaque)
	memoryIterShape = shapeFor(memoryIterType)
)

func asMemoryView(v Value) (*memoryView, bool) {
	if shapeOf(v) == memoryViewShape {
		return (*memoryView)(v.p), true
	}
	return nil, false
}

// content returns the bytes of the view: shared with the owner where they are adjacent.
func (m *memoryView) content() []byte {
	if m.owner == nil || m.start >= len(m.owner.b) && m.step > 0 {
		return nil
	}
	if m.step == 1 {
		end := min(m.start+m.n, len(m.owner.b))
		return m.owner.b[m.start:end:end]
	}
	return pickBytes(m.owner.b, m.start, m.step, m.n)
}

func setupMemoryView(t *Type) {
	t.Doc = "memoryview(object)\n\nCreate a view of the bytes of an object, without copying them."
	t.flags = flagNoBase | flagSequence
	t.proto = &Protocol{
		Repr: func(th *Thread, v Value) (string, *Exc) {
			if (*memoryView)(v.p).owner == nil {
				return "<released memory at " + address(v) + ">", nil
			}
			return "<memory at " + address(v) + ">", nil
		},
		Hash:    memoryHash,
		Compare: memoryCompare,
		Len:     func(th *Thread, v Value) (int, *Exc) { return (*memoryView)(v.p).n, (*memoryView)(v.p).alive() },
		GetItem: memoryGetItem,
		SetItem: memorySetItem,
		Iter: func(th *Thread, v Value) (Value, *Exc) {
			return object(&memoryIter{Header{memoryIterShape}, (*memoryView)(v.p), 0}), (*memoryView)(v.p).alive()
		},
	}
	t.rows = memoryMethods
	t.getset = memoryAttrs
	t.SetNew("memoryview(object)", func(th *Thread, a []Value) (Value, *Exc) {
		if m, ok := asMemoryView(a[1]); ok {
			view := *m
			return object(&view), m.alive()
		}
		x, ok := asBytes(a[1])
		if !ok {
			return Value{}, TypeErrorf("memoryview: a bytes-like object is required, not '%s'", typeName(a[1]))
		}
		return object(&memoryView{Header{memoryViewShape}, x, 0, 1, len(x.b), 'B', !x.mutable()}), nil
	})
}

// alive is the error for a view that was released.
func (m *memoryView) alive() *Exc {
	if m.owner == nil {
		return ValueErrorf("operation forbidden on released memoryview object")
	}
	return nil
}

var memoryMethods = []Builtin{
	{"tobytes(order=None)", "Return the content as bytes.", func(th *Thread, a []Value) (Value, *Exc) {
		m := (*memoryView)(a[0].p)
		return MkBytes(slices.Clone(m.content())), m.alive()
	}},
	{"tolist()", "Return the items as a list.", func(th *Thread, a []Value) (Value, *Exc) {
		m := (*memoryView)(a[0].p)
		items := make([]Value, 0, m.n)
		for _, c := range m.content() {
			items = append(items, m.item(c))
		}
		return MkList(items), m.alive()
	}},
	{"hex(sep=?, bytes_per_sep=1)", "Return the content as hexadecimal digits.", func(th *Thread, a []Value) (Value, *Exc) {
		m := (*memoryView)(a[0].p)
		if err := m.alive(); err != nil {
			return Value{}, err
		}
		return th.hexText(m.content(), a[1], a[2])
	}},
	{"cast(format, shape=?)", "Return a view with another format: 'B', 'b' or 'c'.", memoryCast},
	{"toreadonly()", "Return a read-only view.", func(th *Thread, a []Value) (Value, *Exc) {
		view := *(*memoryView)(a[0].p)
		view.readonly = true
		return object(&view), view.alive()
	}},
	{"release()", "Let go of the object.", func(th *Thread, a []Value) (Value, *Exc) {
		(*memoryView)(a[0].p).owner = nil
		return None, nil
	}},
	{"__enter__()", "Return the view.", func(th *Thread, a []Value) (Value, *Exc) { return a[0], (*memoryView)(a[0].p).alive() }},
	{"__exit__(*args)", "Release the view.", func(th *Thread, a []Value) (Value, *Exc) {
		(*memoryView)(a[0].p).owner = nil
		return None, nil
	}},
}

// memoryAttr is a row of memoryAttrs.
func memoryAttr(name, doc string, get func(m *memoryView) Value) GetSet {
	return GetSet{Name: name, Doc: doc, Get: func(th *Thread, v Value) (Value, *Exc) {
		m := (*memoryView)(v.p)
		if err := m.alive(); err != nil {
			return Value{}, err
		}
		return get(m), nil
	}}
}

var memoryAttrs = []GetSet{
	memoryAttr("obj", "The underlying object.", func(m *memoryView) Value { return object(m.owner) }),
	memoryAttr("nbytes", "The size in bytes.", func(m *memoryView) Value { return MkInt(int64(m.n)) }),
	memoryAttr("readonly", "Whether items cannot be assigned.", func(m *memoryView) Value { return MkBool(m.readonly) }),
	memoryAttr("format", "The format of an item.", func(m *memoryView) Value { return MkStr(string(m.format)) }),
	memoryAttr("itemsize", "The size of an item in bytes.", func(m *memoryView) Value { return MkInt(1) }),
	memoryAttr("ndim", "The number of dimensions.", func(m *memoryView) Value { return MkInt(1) }),
	memoryAttr("shape", "The size of each dimension.", func(m *memoryView) Value { return MkTuple([]Value{MkInt(int64(m.n))}) }),
	memoryAttr("strides", "The bytes from one item to the next.", func(m *memoryView) Value { return MkTuple([]Value{MkInt(int64(m.step))}) }),
	memoryAttr("suboffsets", "Unused.", func(m *memoryView) Value { return emptyTuple }),
	memoryAttr("c_contiguous", "Whether the items are adjacent.", func(m *memoryView) Value { return MkBool(m.step == 1 || m.n <= 1) }),
	memoryAttr("f_contiguous", "Whether the items are adjacent.", func(m *memoryView) Value { return MkBool(m.step == 1 || m.n <= 1) }),
	memoryAttr("contiguous", "Whether the items are adjacent.", func(m *memoryView) Value { return MkBool(m.step == 1 || m.n <= 1) }),
}

// item returns a byte in the format of the view.
func (m *memoryView) item(c byte) Value {
	switch m.format {
	case 'b':
		return MkInt(int64(int8(c)))
	case 'c':
		return MkBytes([]byte{c})
	}
	return MkInt(int64(c))
}

func memoryHash(th *Thread, v Value) (uint64, *Exc) {
	m := (*memoryView)(v.p)
	if err := m.alive(); err != nil {
		return 0, err
	}
	if !m.readonly {
		return 0, ValueErrorf("cannot hash writable memoryview object")
	}
	return hashString(bytesText(m.content())), nil
}

func memoryCompare(th *Thread, op CompareOp, a, b Value) (Value, *Exc) {
	if op != CmpEq && op != CmpNe {
		return NotImplemented, nil
	}
	y, ok := BufferOf(b)
	if !ok {
		return NotImplemented, nil
	}
	return MkBool(compareText(op, bytesText((*memoryView)(a.p).content()), bytesText(y))), nil
}

// at returns the offset in the owner of item i, or the error when there is none.
func (m *memoryView) at(i int) (int, *Exc) {
	if i < 0 {
		i += m.n
	}
	off := m.start + i*m.step
	if uint(i) >= uint(m.n) || uint(off) >= uint(len(m.owner.b)) {
		return 0, IndexErrorf("index out of bounds on dimension 1")
	}
	return off, nil
}

func memoryGetItem(th *Thread, v, key Value) (Value, *Exc) {
	m := (*memoryView)(v.p)
	if err := m.alive(); err != nil {
		return Value{}, err
	}
	if sl, ok := AsSlice(key); ok {
		view, err := m.slice(th, sl)
		return object(view), err
	}
	i, isInt, err := th.subscript(key)
	if err != nil {
		return Value{}, err
	}
	if !isInt {
		return Value{}, TypeErrorf("memoryview: invalid slice key")
	}
	off, err := m.at(i)
	if err != nil {
		return Value{}, err
	}
	return m.item(m.owner.b[off]), nil
}

func (m *memoryView) slice(th *Thread, sl *Slice) (*memoryView, *Exc) {
	start, _, step, n, err := sl.Indices(th, m.n)
	view := *m
	view.start, view.step, view.n = m.start+start*m.step, m.step*step, max(n, 0)
	return &view, err
}

func memorySetItem(th *Thread, v, key, val Value) *Exc {
	m := (*memoryView)(v.p)
	if err := m.alive(); err != nil {
		return err
	}
	if m.readonly {
		return TypeErrorf("cannot modify read-only memory")
	}
	if val.IsUnbound() {
		return TypeErrorf("cannot delete memory")
	}
	if sl, ok := AsSlice(key); ok {
		return m.setSlice(th, sl, val)
	}
	i, isInt, err := th.subscript(key)
	if err != nil {
		return err
	}
	if !isInt {
		return TypeErrorf("memoryview: invalid slice key")
	}
	off, err := m.at(i)
	if err != nil {
		return err
	}
	c, err := m.toItem(th, val)
	if err == nil {
		m.owner.b[off] = c
	}
	return err
}

// toItem reads an item in the format of the view.
func (m *memoryView) toItem(th *Thread, v Value) (byte, *Exc) {
	low, high := int64(0), int64(255)
	switch m.format {
	case 'c':
		x, ok := as[Bytes](v, layoutBytes)
		if !ok {
			return 0, TypeErrorf("memoryview: invalid type for format 'c'")
		}
		if len(x.b) != 1 {
			return 0, ValueErrorf("memoryview: invalid value for format 'c'")
		}
		return x.b[0], nil
	case 'b':
		low, high = -128, 127
	}
	if !hasIndex(v) {
		return 0, TypeErrorf("memoryview: invalid type for format '%c'", m.format)
	}
	v, err := th.Index(v)
	if err != nil {
		return 0, err
	}
	i, ok := AsInt(v)
	if !ok || i < low || i > high {
		return 0, ValueErrorf("memoryview: invalid value for format '%c'", m.format)
	}
	return byte(i), nil
}

func (m *memoryView) setSlice(th *Thread, sl *Slice, val Value) *Exc {
	dst, err := m.slice(th, sl)
	if err != nil {
		return err
	}
	src, err := needBuffer(val)
	if err != nil {
		return err
	}
	if len(src) != dst.n || len(dst.content()) != dst.n {
		return ValueErrorf("memoryview assignment: lvalue and rvalue have different structures")
	}
	for i, c := range slices.Clone(src) {
		m.owner.b[dst.start+i*dst.step] = c
	}
	return nil
}

func memoryCast(th *Thread, a []Value) (Value, *Exc) {
	view := *(*memoryView)(a[0].p)
	if err := view.alive(); err != nil {
		return Value{}, err
	}
	format, ok := StrOf(a[1])
	if !ok {
		return Value{}, TypeErrorf("cast() argument 'format' must be str, not %s", typeName(a[1]))
	}
	switch format {
	case "B", "b", "c", "@B", "@b", "@c":
		view.format = format[len(format)-1]
		return object(&view), nil
	}
	return Value{}, ValueErrorf("memoryview: destination format must be a native single character format prefixed with an optional '@'")
}

// memoryIter is the iterator of a memoryview.
type memoryIter struct {
	Header
	m *memoryView
	i int
}

func setupMemoryIter(t *Type) {
	t.flags = flagNoNew | flagNoBase
	t.proto = &Protocol{
		Iter: func(th *Thread, v Value) (Value, *Exc) { return v, nil },
		Next: func(th *Thread, v Value) (Value, bool, *Exc) {
			it := (*memoryIter)(v.p)
			if it.i >= it.m.n {
				return Value{}, false, nil
			}
			if err := it.m.alive(); err != nil {
				return Value{}, false, err
			}
			off, err := it.m.at(it.i)
			if err != nil {
				return Value{}, false, err
			}
			it.i++
			return it.m.item(it.m.owner.b[off]), true, nil
		},
	}
}
