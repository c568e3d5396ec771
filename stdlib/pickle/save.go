package pickle

// This file writes the objects of built-in types; all others go by their __reduce_ex__ (reduce.go).

import (
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"strings"

	"aio/interp"
)

// save writes the instructions that make obj.
func (p *pickler) save(th *interp.Thread, obj interp.Value) *interp.Exc {
	p.boundary()
	if !p.persistentID.IsUnbound() {
		if done, err := p.savePersistent(th, obj); done || err != nil {
			return err
		}
	}
	if p.saveAtom(obj) {
		return nil
	}
	if n, ok := p.memo[obj]; ok {
		p.recall(n)
		return nil
	}
	if err := th.Descend(" while pickling an object"); err != nil {
		return err
	}
	defer th.Ascend()
	if save, ok := savers[interp.TypeOf(obj)]; ok {
		return save(p, th, obj)
	}
	return p.saveOther(th, obj)
}

// saver writes an object of an exact type.
type saver = func(p *pickler, th *interp.Thread, obj interp.Value) *interp.Exc

// savers is the table of the types that pickles have instructions for.
var savers map[*interp.Type]saver

func setupSavers() {
	savers = map[*interp.Type]saver{
		interp.TypeOf(interp.MkStr("")):              (*pickler).saveStr,
		interp.TypeOf(interp.MkBytes(nil)):           (*pickler).saveBytes,
		interp.TypeOf(interp.MkByteArray(nil)):       (*pickler).saveByteArray,
		interp.TypeOf(interp.MkTuple(nil)):           (*pickler).saveTuple,
		interp.TypeOf(interp.MkList(nil)):            (*pickler).saveList,
		interp.TypeOf(interp.NewDict().Value()):      (*pickler).saveDict,
		interp.TypeOf(interp.NewSet().Value()):       (*pickler).saveSet,
		interp.TypeOf(interp.NewFrozenSet().Value()): (*pickler).saveFrozenSet,
	}
}

func (p *pickler) savePersistent(th *interp.Thread, obj interp.Value) (bool, *interp.Exc) {
	id, err := th.Call(p.persistentID, obj)
	if err != nil || id.IsNone() {
		return false, err
	}
	if p.bin {
		hook := p.persistentID
		p.persistentID = interp.Value{}
		err := p.save(th, id)
		p.persistentID = hook
		p.emit(opBinPersID)
		return true, err
	}
	text, err := th.Str(id)
	if err != nil {
		return true, err
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
		return true, interp.Errorf(picklingError, "persistent IDs in protocol 0 must be ASCII strings")
	}
	p.emitText(opPersID, text)
	return true, nil
}

// saveAtom writes None, bools, ints and floats.
func (p *pickler) saveAtom(obj interp.Value) bool {
	if i, ok := interp.AsInt(obj); ok {
		p.saveInt(i)
		return true
	}
	if f, ok := interp.AsFloat(obj); ok {
		if p.bin {
			p.emit(binary.BigEndian.AppendUint64([]byte{opBinFloat}, math.Float64bits(f))...)
		} else {
			p.emitText(opFloat, string(interp.AppendFloatRepr(nil, f)))
		}
		return true
	}
	if b, ok := interp.AsBool(obj); ok {
		switch {
		case p.proto >= 2 && b:
			p.emit(opNewTrue)
		case p.proto >= 2:
			p.emit(opNewFalse)
		case b:
			p.emitText(opInt, "01")
		default:
			p.emitText(opInt, "00")
		}
		return true
	}
	if obj.IsNone() {
		p.emit(opNone)
		return true
	}
	if interp.TypeOf(obj) == interp.TypeOf(interp.MkInt(0)) {
		b, _ := interp.BigOf(obj)
		p.saveLong(b)
		return true
	}
	return false
}

func (p *pickler) saveInt(i int64) {
	switch {
	case i < math.MinInt32 || i > math.MaxInt32:
		p.saveLong(big.NewInt(i))
	case !p.bin:
		p.emitText(opInt, strconv.FormatInt(i, 10))
	case i >= 0 && i <= 0xff:
		p.emit(opBinInt1, byte(i))
	case i >= 0 && i <= 0xffff:
		p.emit(opBinInt2, byte(i), byte(i>>8))
	default:
		p.emit(binary.LittleEndian.AppendUint32([]byte{opBinInt}, uint32(i))...)
	}
}

func (p *pickler) saveLong(b *big.Int) {
	if p.proto < 2 {
		p.emitText(opLong, b.String()+"L")
		return
	}
	data := twosComplement(b)
	if len(data) < 256 {
		p.emitSized(opLong1, 1, data)
	} else {
		p.emitSized(opLong4, 4, data)
	}
}

// twosComplement returns the fewest little-endian bytes that hold b with its sign.
func twosComplement(b *big.Int) []byte {
	n := b.BitLen()/8 + 1
	x := b
	if b.Sign() < 0 {
		// -128 needs one byte although its magnitude has eight bits.
		n = new(big.Int).Not(b).BitLen()/8 + 1
		x = new(big.Int).Add(b, new(big.Int).Lsh(big.NewInt(1), uint(8*n)))
	}
	data := x.FillBytes(make([]byte, n))
	for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
		data[i], data[j] = data[j], data[i]
	}
	return data
}

func (p *pickler) saveStr(th *interp.Thread, obj interp.Value) *interp.Exc {
	text, _ := interp.StrOf(obj)
	data := interp.TextBytes(text)
	switch {
	case !p.bin:
		p.emitText(opUnicode, rawUnicodeEscape(text))
	case p.proto >= 4 && len(data) < 256:
		p.emitSized(opShortBinUnicode, 1, data)
	case len(data) <= math.MaxUint32:
		p.emitSized(opBinUnicode, 4, data)
	case p.proto >= 4:
		p.emitSized(opBinUnicode8, 8, data)
	default:
		return interp.Errorf(interp.OverflowError, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher")
	}
	p.remember(obj)
	return nil
}

// rawUnicodeEscape is the encoding of that name, which also escapes what would end the line.
func rawUnicodeEscape(text string) string {
	const hex = "0123456789abcdef"
	var b []byte
	for len(text) > 0 {
		r, n := interp.DecodeRune(text)
		text = text[n:]
		switch {
		case r == '\\' || r == 0 || r == '\n' || r == '\r' || r == 0x1a || r > 0xff && r <= 0xffff:
			b = append(b, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		case r > 0xffff:
			b = append(b, '\\', 'U')
			for shift := 28; shift >= 0; shift -= 4 {
				b = append(b, hex[r>>shift&15])
			}
		default:
			b = append(b, byte(r))
		}
	}
	return string(b)
}

func (p *pickler) saveBytes(th *interp.Thread, obj interp.Value) *interp.Exc {
	data, _ := interp.BufferOf(obj)
	switch {
	case p.proto < 3:
		return p.saveOldBytes(th, obj, data)
	case len(data) < 256:
		p.emitSized(opShortBinBytes, 1, data)
	case len(data) <= math.MaxUint32:
		p.emitSized(opBinBytes, 4, data)
	case p.proto >= 4:
		p.emitSized(opBinBytes8, 8, data)
	default:
		return interp.Errorf(interp.OverflowError, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher")
	}
	p.remember(obj)
	return nil
}

// saveOldBytes writes bytes for the protocols of Python 2: as a call of codecs.encode.
func (p *pickler) saveOldBytes(th *interp.Thread, obj interp.Value, data []byte) *interp.Exc {
	if len(data) == 0 {
		return p.saveReduce(th, obj, interp.Pair(interp.TypeOf(obj).Value(), interp.MkTuple(nil)))
	}
	text, err := th.Decode(data, "latin-1", "strict")
	if err != nil {
		return err
	}
	codecs, err := th.Import("codecs")
	if err != nil {
		return err
	}
	encode, err := th.Attr(codecs, "encode")
	if err != nil {
		return err
	}
	return p.saveReduce(th, obj, interp.Pair(encode, interp.Pair(text, interp.MkStr("latin1"))))
}

func (p *pickler) saveByteArray(th *interp.Thread, obj interp.Value) *interp.Exc {
	data, _ := interp.BufferOf(obj)
	if p.proto >= 5 {
		p.emitSized(opByteArray8, 8, data)
		p.remember(obj)
		return nil
	}
	args := interp.MkTuple(nil)
	if len(data) > 0 {
		args = interp.MkTuple([]interp.Value{interp.MkBytes(append([]byte(nil), data...))})
	}
	return p.saveReduce(th, obj, interp.Pair(interp.TypeOf(obj).Value(), args))
}

func (p *pickler) saveTuple(th *interp.Thread, obj interp.Value) *interp.Exc {
	t, _ := interp.AsTuple(obj)
	items := t.Items()
	if len(items) == 0 {
		if p.bin {
			p.emit(opEmptyTuple)
		} else {
			p.emit(opMark, opTuple)
		}
		return nil
	}
	short := len(items) <= 3 && p.proto >= 2
	if !short {
		p.emit(opMark)
	}
	for _, x := range items {
		if err := p.save(th, x); err != nil {
			return err
		}
	}
	if n, ok := p.memo[obj]; ok { // the tuple is among its own items, which have made it
		switch {
		case !short && p.bin:
			p.emit(opPopMark)
		case short:
			p.emit([]byte{opPop, opPop, opPop}[:len(items)]...)
		default:
			p.emit([]byte(strings.Repeat(string(rune(opPop)), len(items)+1))...)
		}
		p.recall(n)
		return nil
	}
	if short {
		p.emit(byte(opTuple1 - 1 + len(items)))
	} else {
		p.emit(opTuple)
	}
	p.remember(obj)
	return nil
}

func (p *pickler) saveList(th *interp.Thread, obj interp.Value) *interp.Exc {
	if p.bin {
		p.emit(opEmptyList)
	} else {
		p.emit(opMark, opList)
	}
	p.remember(obj)
	l, _ := interp.AsList(obj)
	if !p.bin {
		for i := 0; i < len(l.Items()); i++ {
			if err := p.save(th, l.Items()[i]); err != nil {
				return err
			}
			p.emit(opAppend)
		}
		return nil
	}
	if len(l.Items()) == 1 {
		err := p.save(th, l.Items()[0])
		p.emit(opAppend)
		return err
	}
	for i := 0; i < len(l.Items()); {
		p.emit(opMark)
		for n := 0; n < batchSize && i < len(l.Items()); n++ {
			if err := p.save(th, l.Items()[i]); err != nil {
				return err
			}
			i++
		}
		p.emit(opAppends)
	}
	return nil
}

func (p *pickler) saveDict(th *interp.Thread, obj interp.Value) *interp.Exc {
	if p.bin {
		p.emit(opEmptyDict)
	} else {
		p.emit(opMark, opDict)
	}
	p.remember(obj)
	d, _ := interp.AsDict(obj)
	size, many := d.Len(), d.Len() > 1 && p.bin
	k, v, i, ok := d.Next(0)
	for ok {
		if many {
			p.emit(opMark)
		}
		for n := 0; n < batchSize && ok; n++ {
			if err := p.save(th, k); err != nil {
				return err
			}
			if err := p.save(th, v); err != nil {
				return err
			}
			if d.Len() != size {
				return interp.RuntimeErrorf("dictionary changed size during iteration")
			}
			if !many {
				p.emit(opSetItem)
			}
			k, v, i, ok = d.Next(i)
		}
		if many {
			p.emit(opSetItems)
		}
	}
	return nil
}

func (p *pickler) saveSet(th *interp.Thread, obj interp.Value) *interp.Exc {
	s, _ := interp.AsSet(obj)
	if p.proto < 4 {
		return p.saveOldSet(th, obj, s)
	}
	p.emit(opEmptySet)
	p.remember(obj)
	size := s.Len()
	k, i, ok := s.Next(0)
	for ok {
		p.emit(opMark)
		for n := 0; n < batchSize && ok; n++ {
			if err := p.save(th, k); err != nil {
				return err
			}
			if s.Len() != size {
				return interp.RuntimeErrorf("set changed size during iteration")
			}
			k, i, ok = s.Next(i)
		}
		p.emit(opAddItems)
	}
	return nil
}

// saveOldSet writes a set or frozenset as a call with the list of its items.
func (p *pickler) saveOldSet(th *interp.Thread, obj interp.Value, s *interp.Set) *interp.Exc {
	var items []interp.Value
	for k, i, ok := s.Next(0); ok; k, i, ok = s.Next(i) {
		items = append(items, k)
	}
	args := interp.MkTuple([]interp.Value{interp.MkList(items)})
	return p.saveReduce(th, obj, interp.Pair(interp.TypeOf(obj).Value(), args))
}

func (p *pickler) saveFrozenSet(th *interp.Thread, obj interp.Value) *interp.Exc {
	s, _ := interp.AsSet(obj)
	if p.proto < 4 {
		return p.saveOldSet(th, obj, s)
	}
	p.emit(opMark)
	for k, i, ok := s.Next(0); ok; k, i, ok = s.Next(i) {
		if err := p.save(th, k); err != nil {
			return err
		}
	}
	if n, ok := p.memo[obj]; ok {
		p.emit(opPopMark)
		p.recall(n)
		return nil
	}
	p.emit(opFrozenSet)
	p.remember(obj)
	return nil
}

// saveType writes a class: by its name, but for the types of None and its like, which no module holds.
func (p *pickler) saveType(th *interp.Thread, obj interp.Value) *interp.Exc {
	for _, name := range []string{"None", "NotImplemented", "Ellipsis"} {
		only := interp.None
		if name != "None" {
			only, _ = th.Interp().Builtins().Get(name)
		}
		if interp.Is(obj, interp.TypeOf(only).Value()) {
			return p.saveReduce(th, obj, interp.Pair(interp.TypeOf(obj).Value(), interp.MkTuple([]interp.Value{only})))
		}
	}
	return p.saveGlobal(th, obj, "")
}
