package interp

// This file defines Type, the class of a value, and Shape, the layout of its attributes.

import (
	"iter"
	"slices"
	"sync/atomic"
	"unsafe"
)

// layout says which Go struct an object is; a subclass has the layout of its base.
type layout uint8

const (
	layoutOpaque  layout = iota // a Go struct that scripts cannot subclass
	layoutObject                // Inst
	layoutInt                   // int payload, BigInt, boxed
	layoutFloat                 // float payload, boxed
	layoutComplex               // Complex
	layoutStr                   // Str, strSub
	layoutBytes                 // Bytes, bytesSub
	layoutByteArray
	layoutList
	layoutTuple
	layoutDict
	layoutSet // set and frozenset
	layoutType
	layoutExc
	layoutModule
	layoutFuture
	layoutTask
	layoutLoop
	layoutProperty
	layoutSuper
	layoutDeque
	layoutIter   // iterBase: enumerate, zip, map, filter, reversed
	layoutNative // Native: an object of a library type, with its Go data
)

// typeFlags are properties of a type.
type typeFlags uint16

const (
	flagHeap      typeFlags = 1 << iota // made by a script: attributes can be set
	flagNoBase                          // cannot be subclassed
	flagAbstract                        // has abstract methods, cannot be instantiated
	flagNoDict                          // __slots__ without __dict__
	flagSequence                        // matches a sequence pattern
	flagMapping                         // matches a mapping pattern
	flagMatchSelf                       // a class pattern with one positional pattern matches the value itself
	flagNoNew                           // cannot be instantiated by calling
	flagOwnInit                         // __init__ is not object's: calling the type must run it
	flagWeakSlot                        // __slots__ names __weakref__
	flagAttrs                           // a library type on the layout of a built-in one: its objects have attributes
)

// Type is a class.
//
// Invariant: ver changes whenever what an attribute lookup through the type finds may have changed:
// when a class in mro gets, loses or changes an attribute. Types that are not flagHeap never change
// after setup, so interpreters share them.
type Type struct {
	Header
	Name     string
	QualName string
	// fullName is the name with the module, if messages show it; see cModules.
	fullName string
	Module   string // as first given; scripts see the "__module__" of dict for heap types
	Doc      string
	base     *Type // the one that decides the layout
	bases    []*Type
	mro      []*Type
	dict     *Dict
	ver      uint32
	subs     []*Type // heap subclasses; not kept for shared types, see Interp.subclasses
	layout   layout
	flags    typeFlags
	inst     *Shape // of new instances
	proto    *Protocol
	rows     []Builtin // methods, for setup
	getset   []GetSet  // computed attributes, for setup
	// new makes an instance: cls is the type or a subclass. nil: inherited from base.
	new func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc)
	// newSig is the signature of calling the type, for help and arity.
	newSig  string
	special specialCache
	found   *[lookupCacheSize]lookupEntry
	// managers is atomic because interpreters share the built-in types.
	managers atomic.Pointer[managerMethods]
	init     *Function // __init__ of a class whose instances are made in the usual way, as of initVer
	initVer  uint32
	slots    []string // names of __slots__, the bases' included
	width    int      // how many attributes an instance is likely to have
	exc      *excSpec // of exception types with attributes of their own
	id       uint64
}

// Shape is what the objects of one type with the same attribute names in the same order share.
type Shape struct {
	typ   *Type
	keys  []*Str // interned
	index map[*Str]int
	next  map[*Str]*Shape
	// lacking and less are what without was asked and answered last.
	lacking *Str
	less    *Shape
	attrs   bool // an Inst whose attributes are in slots by keys
	asDict  bool // an Inst whose attributes are in the dict in slots[0]
}

// Inst is an instance of a class made by a script.
type Inst struct {
	Header
	slots []Value
}

// MkType returns t as a Value.
func (t *Type) Value() Value { return object(t) }

// AsType returns v as a type.
func AsType(v Value) (*Type, bool) { return as[Type](v, layoutType) }

// IsSubtype reports whether t is u or derives from it.
func (t *Type) IsSubtype(u *Type) bool {
	if t == u {
		return true
	}
	if t.mro == nil {
		return t.derives(u)
	}
	for _, m := range t.mro {
		if m == u {
			return true
		}
	}
	return false
}

// derives follows the bases that decide the layout, as long as a class in the making has no resolution order.
func (t *Type) derives(u *Type) bool {
	return u == objectType || t.derivesFrom(u)
}

// MatchesSequence makes instances of t and its subclasses match sequence patterns. Built-in types, which
// interpreters share, stay as they are.
func (t *Type) MatchesSequence() { t.setPattern(flagSequence) }

// MatchesMapping is MatchesSequence for mapping patterns.
func (t *Type) MatchesMapping() { t.setPattern(flagMapping) }

func (t *Type) setPattern(f typeFlags) {
	if t.flags&flagHeap != 0 {
		t.flags |= f
	}
}

// PatternKind reports whether instances of t itself were made to match sequence or mapping patterns.
func (t *Type) PatternKind() (sequence, mapping bool) {
	return t.flags&flagSequence != 0, t.flags&flagMapping != 0
}

// IsInstance reports whether the type of v is t or derives from it, without asking the script.
func IsInstance(v Value, t *Type) bool { return TypeOf(v).IsSubtype(t) }

// lookup finds an attribute in the type and its bases.
func (t *Type) lookup(name *Str) (Value, bool) {
	if t.flags&flagHeap == 0 {
		return t.search(name)
	}
	// Classes made by scripts belong to one interpreter: they remember what was looked up last.
	if t.found == nil {
		t.found = new([lookupCacheSize]lookupEntry)
	}
	e := &t.found[name.Hash()%lookupCacheSize]
	if e.name != name || e.ver != t.ver {
		v, ok := t.search(name)
		*e = lookupEntry{name, v, t.ver, ok}
	}
	return e.val, e.ok
}

const lookupCacheSize = 32

type lookupEntry struct {
	name *Str
	val  Value
	ver  uint32
	ok   bool
}

func (t *Type) search(name *Str) (Value, bool) {
	for _, m := range t.mro {
		if m.dict != nil && m.dict.used > 0 {
			if v, ok := m.dict.GetStr(name); ok {
				return v, true
			}
		}
	}
	return Value{}, false
}

// Lookup is lookup by a Go string.
func (t *Type) Lookup(name string) (Value, bool) { return t.lookup(Intern(name)) }

// Own returns an attribute of the class itself, not of its bases.
func (t *Type) Own(name string) (Value, bool) {
	if t.dict == nil {
		return Value{}, false
	}
	return t.dict.GetStr(Intern(name))
}

// MRO returns the class and what it derives from, in resolution order.
func (t *Type) MRO() iter.Seq[*Type] { return slices.Values(t.mro) }

// changed tells caches that an attribute of t may have changed.
func (t *Type) changed() {
	t.ver++
	t.special.reset()
	for _, s := range t.subs {
		s.changed()
	}
}

// position returns where an attribute is in the slots, or -1.
func (s *Shape) position(name *Str) int {
	if s.index != nil {
		if i, ok := s.index[name]; ok {
			return i
		}
		return -1
	}
	for i, k := range s.keys {
		if k == name {
			return i
		}
	}
	return -1
}

// with returns the shape with one more attribute.
func (s *Shape) with(name *Str) *Shape {
	if n := s.next[name]; n != nil {
		return n
	}
	n := &Shape{typ: s.typ, attrs: true, keys: append(s.keys[:len(s.keys):len(s.keys)], name)}
	if len(n.keys) > 8 {
		n.index = make(map[*Str]int, len(n.keys))
		for i, k := range n.keys {
			n.index[k] = i
		}
	}
	if s.next == nil {
		s.next = map[*Str]*Shape{}
	}
	s.next[name] = n
	if w := len(n.keys); w > s.typ.width && w <= 16 {
		s.typ.width = w
	}
	return n
}

// without returns the shape of instances that have all the attributes but one. It keeps what it found last:
// mostly it is asked for the same.
func (s *Shape) without(name *Str) *Shape {
	if s.lacking == name {
		return s.less
	}
	n := s.typ.inst
	for _, k := range s.keys {
		if k != name {
			n = n.with(k)
		}
	}
	s.lacking, s.less = name, n
	return n
}

// maxShaped is how many attributes an instance can have before they move to a dict: one that is used
// as a table must not make a chain of shapes as long as the table.
const maxShaped = 128

// newInst returns an instance of a class with the layout of object, with room for the attributes that
// earlier instances had.
func newInst(t *Type) *Inst {
	switch w := t.width; {
	case w == 0:
		return &Inst{Header: Header{t.inst}}
	case w <= 2:
		x := &struct {
			Inst
			arr [2]Value
		}{}
		x.shape, x.slots = t.inst, x.arr[:0]
		return &x.Inst
	case w <= 4:
		x := &struct {
			Inst
			arr [4]Value
		}{}
		x.shape, x.slots = t.inst, x.arr[:0]
		return &x.Inst
	case w <= 8:
		x := &struct {
			Inst
			arr [8]Value
		}{}
		x.shape, x.slots = t.inst, x.arr[:0]
		return &x.Inst
	default:
		return &Inst{Header{t.inst}, make([]Value, 0, w)}
	}
}

// get returns an attribute of the instance itself.
func (o *Inst) get(name *Str) (Value, bool) {
	s := o.shape
	if s.asDict {
		return o.tableFor(name).GetStr(name)
	}
	if i := s.position(name); i >= 0 {
		return o.slots[i], true
	}
	return Value{}, false
}

// set stores an attribute of the instance itself.
func (o *Inst) set(name *Str, v Value) {
	s := o.shape
	if s.asDict {
		o.tableFor(name).SetStr(name, v)
		return
	}
	if i := s.position(name); i >= 0 {
		o.slots[i] = v
		return
	}
	if len(s.keys) >= maxShaped {
		o.dict()
		o.tableFor(name).SetStr(name, v)
		return
	}
	o.shape = s.with(name)
	o.slots = append(o.slots, v)
}

// del removes an attribute of the instance itself.
func (o *Inst) del(name *Str) bool {
	s := o.shape
	if s.asDict {
		return o.tableFor(name).DelStr(name)
	}
	i := s.position(name)
	if i < 0 {
		return false
	}
	o.shape = s.without(name)
	copy(o.slots[i:], o.slots[i+1:])
	o.slots[len(o.slots)-1] = Value{}
	o.slots = o.slots[:len(o.slots)-1]
	return true
}

// dict returns the live __dict__ of the instance; from then on its attributes are in it.
func (o *Inst) dict() *Dict {
	s := o.shape
	if s.asDict {
		return (*Dict)(o.slots[0].p)
	}
	d, members := NewDict(), NewDict()
	for i, k := range s.keys {
		if isSlotKey(k) {
			members.SetStr(k, o.slots[i])
		} else {
			d.SetStr(k, o.slots[i])
		}
	}
	clear(o.slots)
	o.shape = s.typ.dictShape()
	o.slots = append(o.slots[:0], object(d), object(members))
	return d
}

// tableFor returns the dict that an attribute is in, of an instance whose attributes are in dicts: what
// __slots__ names is not in __dict__.
func (o *Inst) tableFor(name *Str) *Dict {
	if isSlotKey(name) {
		return (*Dict)(o.slots[1].p)
	}
	return (*Dict)(o.slots[0].p)
}

func isSlotKey(name *Str) bool { return len(name.s) > 0 && name.s[0] == slotPrefix[0] }

// setDict replaces the __dict__ of the instance.
func (o *Inst) setDict(d *Dict) {
	o.dict()
	o.slots[0] = object(d)
}

// dictShape returns the shape of instances whose attributes are in a dict.
func (t *Type) dictShape() *Shape {
	if t.inst.next == nil {
		t.inst.next = map[*Str]*Shape{}
	}
	s := t.inst.next[nil]
	if s == nil {
		s = &Shape{typ: t, asDict: true}
		t.inst.next[nil] = s
	}
	return s
}

// attrDict returns where an object that is no Inst keeps its attributes, nil when it has none. The
// dict may be nil until an attribute is set.
func attrDict(v Value) **Dict {
	t := shapeOf(v).typ
	switch t.layout {
	case layoutExc:
		return &(*Exc)(v.p).dict
	case layoutModule:
		return &(*Module)(v.p).dict
	case layoutOpaque:
		if t == functionType {
			return &(*Function)(v.p).dict
		}
		return nil
	case layoutFuture, layoutTask:
		return &(*Future)(v.p).dict
	case layoutLoop:
		return &(*EventLoop)(v.p).dict
	case layoutNative:
		return &(*Native)(v.p).dict
	case layoutProperty:
		return &(*Property)(v.p).dict
	case layoutSuper:
		if t.flags&flagHeap != 0 {
			return &(*Super)(v.p).dict
		}
		return nil
	case layoutIter:
		if t.flags&flagHeap != 0 {
			return &(*iterBase)(v.p).dict
		}
		return nil
	case layoutDeque:
		if t.flags&flagHeap != 0 {
			return &(*Deque)(v.p).dict
		}
		return nil
	}
	if t.flags&(flagHeap|flagAttrs) == 0 {
		return nil
	}
	switch t.layout {
	case layoutInt, layoutFloat:
		return &(*boxed)(v.p).dict
	case layoutComplex:
		return &(*Complex)(v.p).dict
	case layoutStr:
		return &(*strSub)(v.p).dict
	case layoutBytes, layoutByteArray:
		return &(*Bytes)(v.p).dict
	case layoutList:
		return &(*listSub)(v.p).dict
	case layoutTuple:
		return &(*tupleSub)(v.p).dict
	case layoutDict:
		return &(*dictSub)(v.p).dict
	case layoutSet:
		return &(*Set)(v.p).dict
	}
	return nil
}

// The structs of instances of subclasses: the base's struct and behind it the attributes.
type (
	listSub struct {
		List
		dict *Dict
	}
	tupleSub struct {
		Tuple
		dict *Dict
	}
	dictSub struct {
		Dict
		dict *Dict
	}
)

// Native is an object of a type that a library defines: its Go data in Data.
type Native struct {
	Header
	Data any
	dict *Dict
}

// NewNative returns an object of a library type, or of a script's subclass of one.
func NewNative(t *Type, data any) Value { return object(&Native{Header{t.inst}, data, nil}) }

// NativeData returns the Go data of an object of a library type.
func NativeData[T any](v Value) (T, bool) {
	if n, ok := as[Native](v, layoutNative); ok {
		d, ok := n.Data.(T)
		return d, ok
	}
	var zero T
	return zero, false
}

// emptySlots is the size of a Value, for the VM's address arithmetic.
const valueSize = unsafe.Sizeof(Value{})

// HasWeakRefs reports whether objects of the type can be referenced weakly in CPython: those of classes
// made by scripts, functions, generators, sets and the like, and not numbers, text and plain containers.
func (t *Type) HasWeakRefs() bool {
	switch t.layout {
	case layoutType, layoutSet, layoutExc, layoutModule, layoutFuture, layoutTask, layoutLoop, layoutNative:
		return true
	case layoutInt, layoutTuple, layoutBytes:
		return false
	case layoutOpaque:
		switch t {
		case noneType, notImplementedType, ellipsisType, rangeType, sliceType, cellType, mappingProxyType, propertyType, superType:
			return false
		}
		return true
	}
	return t.flags&flagHeap != 0
}
