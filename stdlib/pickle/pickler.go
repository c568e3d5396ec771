package pickle

// This file defines the Pickler: where its bytes go, its memo, and its settings.

import (
	"encoding/binary"
	"strconv"

	"aio/interp"
)

const (
	frameTarget = 64 * 1024 // a frame is closed when it is that long
	frameMin    = 4         // a shorter one is written without its header
	frameHeader = 9
	batchSize   = 1000
)

// pickler is the Go data of a Pickler, or what dumps works with.
type pickler struct {
	out   []byte
	proto int
	bin   bool // protocol 1 and later
	// fixImports asks for the module names of Python 2 in protocols before 3.
	fixImports bool
	// framing is on within a dump of protocol 4 and later; frame is where the open frame begins, -1 for none.
	framing bool
	frame   int
	memo    map[interp.Value]int
	fast    bool // without memo
	write   interp.Value
	// What a subclass or the user of a Pickler may give; unbound when not.
	persistentID, reducerOverride, dispatchTable interp.Value
	// constructors is copyreg.dispatch_table, known from the first object that asks for it.
	constructors *interp.Dict
}

// configure reads the arguments protocol and fix_imports.
func (p *pickler) configure(th *interp.Thread, protocol, fixImports interp.Value) *interp.Exc {
	p.proto = defaultProtocol
	if !protocol.IsNone() {
		n, err := th.IndexInt(protocol)
		if err != nil {
			return err
		}
		if n < 0 {
			n = highestProtocol
		}
		if n > highestProtocol {
			return interp.ValueErrorf("pickle protocol must be <= %d", highestProtocol)
		}
		p.proto = n
	}
	p.bin = p.proto > 0
	fix, err := th.Truth(fixImports)
	p.fixImports = fix && p.proto < 3
	p.memo = map[interp.Value]int{}
	return err
}

func (p *pickler) setFile(th *interp.Thread, file interp.Value) *interp.Exc {
	write, ok, err := th.LookupAttr(file, "write")
	if err != nil {
		return err
	}
	if !ok {
		return interp.TypeErrorf("file must have a 'write' attribute")
	}
	p.write = write
	return nil
}

// dump leaves the pickle of obj in p.out.
func (p *pickler) dump(th *interp.Thread, obj interp.Value) *interp.Exc {
	p.out, p.framing, p.frame = nil, false, -1
	if p.proto >= 2 {
		p.emit(opProto, byte(p.proto))
		p.framing = p.proto >= 4
	}
	if err := p.save(th, obj); err != nil {
		return err
	}
	p.emit(opStop)
	p.closeFrame()
	p.framing = false
	return nil
}

func (p *pickler) dumpToFile(th *interp.Thread, obj interp.Value) *interp.Exc {
	if err := p.dump(th, obj); err != nil {
		return err
	}
	_, err := th.Call(p.write, interp.MkBytes(p.out))
	p.out = nil
	return err
}

// openFrame makes room for the header of a frame when one is due.
func (p *pickler) openFrame() {
	if p.framing && p.frame < 0 {
		p.frame = len(p.out)
		p.out = append(p.out, make([]byte, frameHeader)...)
	}
}

// closeFrame ends the open frame.
func (p *pickler) closeFrame() {
	if p.frame < 0 {
		return
	}
	body := len(p.out) - p.frame - frameHeader
	if body >= frameMin {
		p.out[p.frame] = opFrame
		binary.LittleEndian.PutUint64(p.out[p.frame+1:], uint64(body))
	} else {
		copy(p.out[p.frame:], p.out[p.frame+frameHeader:])
		p.out = p.out[:len(p.out)-frameHeader]
	}
	p.frame = -1
}

// boundary ends a frame that is long enough; it is called between instructions.
func (p *pickler) boundary() {
	if p.frame >= 0 && len(p.out)-p.frame-frameHeader >= frameTarget {
		p.closeFrame()
	}
}

func (p *pickler) emit(b ...byte) {
	p.openFrame()
	p.out = append(p.out, b...)
}

// emitText writes an instruction with a line of text.
func (p *pickler) emitText(op byte, text string) {
	p.openFrame()
	p.out = append(append(append(p.out, op), text...), '\n')
}

// emitSized writes an instruction that is followed by the size of data in width bytes, and data; a large
// one stands outside of frames.
func (p *pickler) emitSized(op byte, width int, data []byte) {
	if p.framing && len(data) >= frameTarget {
		p.closeFrame()
		p.framing = false
		defer func() { p.framing = true }()
	}
	p.openFrame()
	var size [8]byte
	binary.LittleEndian.PutUint64(size[:], uint64(len(data)))
	p.out = append(append(append(p.out, op), size[:width]...), data...)
}

// remember gives v the next place in the memo.
func (p *pickler) remember(v interp.Value) {
	if p.fast {
		return
	}
	n := len(p.memo)
	p.memo[v] = n
	switch {
	case p.proto >= 4:
		p.emit(opMemoize)
	case !p.bin:
		p.emitText(opPut, strconv.Itoa(n))
	case n < 256:
		p.emit(opBinPut, byte(n))
	default:
		p.emit(binary.LittleEndian.AppendUint32([]byte{opLongBinPut}, uint32(n))...)
	}
}

// recall writes how to get what has the place n of the memo.
func (p *pickler) recall(n int) {
	switch {
	case !p.bin:
		p.emitText(opGet, strconv.Itoa(n))
	case n < 256:
		p.emit(opBinGet, byte(n))
	default:
		p.emit(binary.LittleEndian.AppendUint32([]byte{opLongBinGet}, uint32(n))...)
	}
}

var picklerType = interp.NewLibraryType("_pickle", "Pickler", nil)

func setupPickler() {
	t := picklerType
	t.Doc = "This takes a binary file for writing a pickle data stream."
	p := &interp.Protocol{}
	t.SetInit(p, "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &pickler{})
	}, picklerInit)
	t.Setup(p, []interp.Builtin{
		{Sig: "dump(obj, /)", Doc: "Write a pickled representation of the given object to the open file.", Fn: picklerDump},
		{Sig: "clear_memo()", Doc: "Clears the pickler's \"memo\".", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			p, _ := interp.NativeData[*pickler](a[0])
			p.memo = map[interp.Value]int{}
			return interp.None, nil
		}},
	}, []interp.GetSet{
		interp.DictAttr(),
		{Name: "bin", Get: picklerGet(func(p *pickler) interp.Value { return interp.MkBool(p.bin) })},
		{Name: "fast", Get: picklerGet(func(p *pickler) interp.Value { return interp.MkBool(p.fast) }),
			Set: func(th *interp.Thread, self, v interp.Value) *interp.Exc {
				p, _ := interp.NativeData[*pickler](self)
				fast, err := th.Truth(v)
				p.fast = fast
				return err
			}},
		{Name: "memo", Get: picklerGet(func(p *pickler) interp.Value { return p.memoDict() })},
	})
}

func picklerGet(get func(p *pickler) interp.Value) func(*interp.Thread, interp.Value) (interp.Value, *interp.Exc) {
	return func(_ *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
		p, _ := interp.NativeData[*pickler](self)
		return get(p), nil
	}
}

// memoDict shows the memo as a dict of places and objects.
func (p *pickler) memoDict() interp.Value {
	list := make([]interp.Value, len(p.memo))
	for v, n := range p.memo {
		list[n] = v
	}
	d := interp.NewDict()
	for n, v := range list {
		d.SetName(strconv.Itoa(n), v)
	}
	return d.Value()
}

func picklerInit(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p, _ := interp.NativeData[*pickler](a[0])
	if err := p.configure(th, a[2], a[3]); err != nil {
		return interp.Value{}, err
	}
	return interp.None, p.setFile(th, a[1])
}

func picklerDump(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	p, _ := interp.NativeData[*pickler](a[0])
	if p.memo == nil {
		return interp.Value{}, interp.Errorf(picklingError, "Pickler.__init__() was not called by %s.__init__()", interp.TypeName(a[0]))
	}
	for _, hook := range []struct {
		name string
		to   *interp.Value
	}{{"persistent_id", &p.persistentID}, {"reducer_override", &p.reducerOverride}, {"dispatch_table", &p.dispatchTable}} {
		v, ok, err := th.LookupAttr(a[0], hook.name)
		if err != nil {
			return interp.Value{}, err
		}
		if *hook.to = v; !ok {
			*hook.to = interp.Value{}
		}
	}
	return interp.None, p.dumpToFile(th, a[1])
}
