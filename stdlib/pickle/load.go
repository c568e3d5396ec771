package pickle

// This file runs a pickle.

import (
	"encoding/binary"
	"math"
	"math/big"
	"strconv"
	"strings"

	"aio/interp"
)

// load runs the instructions up to STOP and returns what they leave.
func (u *unpickler) load(th *interp.Thread) (interp.Value, *interp.Exc) {
	u.stack, u.marks, u.proto = u.stack[:0], u.marks[:0], 0
	for {
		b, err := u.take(th, 1)
		if err != nil {
			return interp.Value{}, err
		}
		op := b[0]
		if op == opStop {
			items, err := u.pop(1)
			if err != nil {
				return interp.Value{}, err
			}
			return items[0], nil
		}
		if err := u.step(th, op); err != nil {
			return interp.Value{}, err
		}
	}
}

// step runs one instruction.
func (u *unpickler) step(th *interp.Thread, op byte) *interp.Exc {
	switch op {
	case opProto:
		return u.loadProto(th)
	case opFrame:
		return u.loadFrame(th)
	case opNone:
		u.push(interp.None)
	case opNewTrue:
		u.push(interp.True)
	case opNewFalse:
		u.push(interp.False)
	case opEmptyTuple:
		u.push(interp.MkTuple(nil))
	case opEmptyList:
		u.push(interp.MkList(nil))
	case opEmptyDict:
		u.push(interp.NewDict().Value())
	case opEmptySet:
		u.push(interp.NewSet().Value())
	case opMark:
		u.marks = append(u.marks, len(u.stack))
	case opPop:
		if n := len(u.marks); n > 0 && u.marks[n-1] == len(u.stack) {
			u.marks = u.marks[:n-1]
			return nil
		}
		_, err := u.pop(1)
		return err
	case opPopMark:
		_, err := u.popMark()
		return err
	case opDup:
		v, err := u.top()
		u.push(v)
		return err
	case opTuple1, opTuple2, opTuple3:
		items, err := u.pop(int(op) - opTuple1 + 1)
		u.push(interp.MkTuple(items))
		return err
	case opTuple:
		items, err := u.popMark()
		u.push(interp.MkTuple(items))
		return err
	case opList:
		items, err := u.popMark()
		u.push(interp.MkList(items))
		return err
	case opDict:
		return u.loadDict(th)
	case opFrozenSet:
		return u.loadFrozenSet(th)
	case opAppend, opAppends:
		return u.loadAppends(th, op == opAppend)
	case opSetItem, opSetItems:
		return u.loadSetItems(th, op == opSetItem)
	case opAddItems:
		return u.loadAddItems(th)
	case opReduce, opNewObj, opNewObjEx, opBuild, opObj, opInst:
		return u.construct(th, op)
	case opGlobal, opStackGlobal:
		return u.loadGlobal(th, op)
	case opPut, opBinPut, opLongBinPut, opMemoize, opGet, opBinGet, opLongBinGet:
		return u.loadMemo(th, op)
	case opPersID, opBinPersID:
		return u.loadPersistent(th, op)
	case opInt, opLong, opFloat, opString, opUnicode:
		return u.loadLine(th, op)
	case opExt1, opExt2, opExt4:
		return interp.ValueErrorf("unregistered extension code")
	case opNextBuffer, opReadOnlyBuffer:
		return interp.Errorf(unpicklingError, "pickle stream refers to out-of-band data but no *buffers* argument was given")
	default:
		return u.loadSized(th, op)
	}
	return nil
}

func (u *unpickler) loadProto(th *interp.Thread) *interp.Exc {
	b, err := u.take(th, 1)
	if err != nil {
		return errIfEnd(err)
	}
	if u.proto = int(b[0]); u.proto > highestProtocol {
		return interp.ValueErrorf("unsupported pickle protocol: %d", u.proto)
	}
	return nil
}

// errIfEnd makes an end of the data within an instruction a truncation.
func errIfEnd(err *interp.Exc) *interp.Exc {
	if err.Is(interp.EOFError) {
		return errTruncated()
	}
	return err
}

// loadFrame reads the frame at once.
func (u *unpickler) loadFrame(th *interp.Thread) *interp.Exc {
	n, err := u.size(th, 8)
	if err != nil {
		return err
	}
	if _, err := u.take(th, n); err != nil {
		return errIfEnd(err)
	}
	u.at -= n
	return nil
}

// size reads a little-endian number of width bytes.
func (u *unpickler) size(th *interp.Thread, width int) (int, *interp.Exc) {
	b, err := u.take(th, width)
	if err != nil {
		return 0, errIfEnd(err)
	}
	var full [8]byte
	copy(full[:], b)
	n := binary.LittleEndian.Uint64(full[:])
	if n > math.MaxInt {
		return 0, interp.Errorf(interp.OverflowError, "size exceeds system's maximum size of %d bytes", math.MaxInt)
	}
	return int(n), nil
}

// loadSized runs the instructions that are followed by a number of bytes.
func (u *unpickler) loadSized(th *interp.Thread, op byte) *interp.Exc {
	width := 0 // of the size in front; 0: the instruction tells
	n := 0
	switch op {
	case opBinInt1:
		n = 1
	case opBinInt2:
		n = 2
	case opBinInt:
		n = 4
	case opBinFloat:
		n = 8
	case opLong1, opShortBinString, opShortBinBytes, opShortBinUnicode:
		width = 1
	case opLong4, opBinString, opBinBytes, opBinUnicode:
		width = 4
	case opBinUnicode8, opBinBytes8, opByteArray8:
		width = 8
	default:
		if op >= 0x20 && op < 0x7f && op != '\'' {
			return interp.Errorf(unpicklingError, "invalid load key, '%c'.", op)
		}
		return interp.Errorf(unpicklingError, "invalid load key, '\\x%02x'.", op)
	}
	if width > 0 {
		var err *interp.Exc
		if n, err = u.size(th, width); err != nil {
			return err
		}
		if op == opLong4 && n > math.MaxInt32 {
			return interp.Errorf(unpicklingError, "LONG pickle has negative byte count")
		}
		if op == opBinString && n > math.MaxInt32 {
			return interp.Errorf(unpicklingError, "BINSTRING pickle has negative byte count")
		}
	}
	b, err := u.take(th, n)
	if err != nil {
		return errIfEnd(err)
	}
	return u.pushSized(th, op, b)
}

func (u *unpickler) pushSized(th *interp.Thread, op byte, b []byte) *interp.Exc {
	switch op {
	case opBinInt1:
		u.push(interp.MkInt(int64(b[0])))
	case opBinInt2:
		u.push(interp.MkInt(int64(binary.LittleEndian.Uint16(b))))
	case opBinInt:
		u.push(interp.MkInt(int64(int32(binary.LittleEndian.Uint32(b)))))
	case opBinFloat:
		u.push(interp.MkFloat(math.Float64frombits(binary.BigEndian.Uint64(b))))
	case opLong1, opLong4:
		u.push(interp.MkBig(fromTwosComplement(b)))
	case opShortBinBytes, opBinBytes, opBinBytes8:
		u.push(interp.MkBytes(append([]byte(nil), b...)))
	case opByteArray8:
		u.push(interp.MkByteArray(append([]byte(nil), b...)))
	case opShortBinString, opBinString:
		return u.pushOldString(th, b)
	default:
		v, err := th.Decode(b, "utf-8", "surrogatepass")
		u.push(v)
		return err
	}
	return nil
}

// pushOldString pushes a str of Python 2.
func (u *unpickler) pushOldString(th *interp.Thread, b []byte) *interp.Exc {
	b = append([]byte(nil), b...)
	if u.encoding == "bytes" {
		u.push(interp.MkBytes(b))
		return nil
	}
	v, err := th.Decode(b, u.encoding, u.errors)
	u.push(v)
	return err
}

// fromTwosComplement reads little-endian bytes with a sign.
func fromTwosComplement(b []byte) *big.Int {
	n := len(b)
	back := make([]byte, n)
	for i, c := range b {
		back[n-1-i] = c
	}
	x := new(big.Int).SetBytes(back)
	if n > 0 && back[0] >= 0x80 {
		x.Sub(x, new(big.Int).Lsh(big.NewInt(1), uint(8*n)))
	}
	return x
}

// loadLine runs the instructions that are followed by a line of text.
func (u *unpickler) loadLine(th *interp.Thread, op byte) *interp.Exc {
	line, err := u.line(th)
	if err != nil {
		return err
	}
	switch op {
	case opInt:
		if line == "00" || line == "01" {
			u.push(interp.MkBool(line == "01"))
			return nil
		}
		return u.pushNumber(line)
	case opLong:
		return u.pushNumber(strings.TrimSuffix(line, "L"))
	case opFloat:
		f, bad := strconv.ParseFloat(strings.TrimSpace(line), 64)
		if bad != nil && !math.IsInf(f, 0) {
			return interp.ValueErrorf("could not convert string to float: %s", th.ReprOr(interp.MkStr(line)))
		}
		u.push(interp.MkFloat(f))
		return nil
	case opUnicode:
		v, err := th.Decode([]byte(line), "raw-unicode-escape", "strict")
		u.push(v)
		return err
	}
	return u.loadQuoted(th, line)
}

func (u *unpickler) pushNumber(text string) *interp.Exc {
	b, ok := new(big.Int).SetString(strings.TrimSpace(text), 10)
	if !ok {
		return interp.ValueErrorf("could not convert string to int")
	}
	u.push(interp.MkBig(b))
	return nil
}

// loadQuoted pushes a str of Python 2 that stands as a literal.
func (u *unpickler) loadQuoted(th *interp.Thread, line string) *interp.Exc {
	line = strings.TrimRight(line, " \t\r")
	n := len(line)
	if n < 2 || line[0] != line[n-1] || line[0] != '\'' && line[0] != '"' {
		return interp.Errorf(unpicklingError, "the STRING opcode argument must be quoted")
	}
	v, err := th.Decode([]byte(line[1:n-1]), "unicode-escape", "strict")
	if err != nil {
		return err
	}
	s, _ := interp.AsStr(v)
	b, err := th.Encode(s, "latin-1", "strict")
	if err != nil {
		return err
	}
	return u.pushOldString(th, b)
}

func (u *unpickler) loadDict(th *interp.Thread) *interp.Exc {
	items, err := u.popMark()
	if err != nil {
		return err
	}
	d := interp.NewDict()
	u.push(d.Value())
	return u.setItems(th, d.Value(), items)
}

func (u *unpickler) loadFrozenSet(th *interp.Thread) *interp.Exc {
	items, err := u.popMark()
	if err != nil {
		return err
	}
	s := interp.NewFrozenSet()
	for _, x := range items {
		if err := s.Add(th, x); err != nil {
			return err
		}
	}
	u.push(s.Value())
	return nil
}

// above returns what an instruction adds to the object below: one value, or all above the mark.
func (u *unpickler) above(one bool, n int) (obj interp.Value, items []interp.Value, err *interp.Exc) {
	if one {
		items, err = u.pop(n)
	} else {
		items, err = u.popMark()
	}
	if err != nil {
		return interp.Value{}, nil, err
	}
	obj, err = u.top()
	return obj, items, err
}

func (u *unpickler) loadAppends(th *interp.Thread, one bool) *interp.Exc {
	obj, items, err := u.above(one, 1)
	if err != nil {
		return err
	}
	if l, ok := interp.AsList(obj); ok && !interp.TypeOf(obj).Scripted() {
		for _, x := range items {
			l.Append(x)
		}
		return nil
	}
	if extend, ok, err := th.LookupAttr(obj, "extend"); err != nil {
		return err
	} else if ok {
		_, err := th.Call(extend, interp.MkList(items))
		return err
	}
	add, err := th.Attr(obj, "append")
	if err != nil {
		return err
	}
	for _, x := range items {
		if _, err := th.Call(add, x); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpickler) loadSetItems(th *interp.Thread, one bool) *interp.Exc {
	obj, items, err := u.above(one, 2)
	if err != nil {
		return err
	}
	return u.setItems(th, obj, items)
}

// setItems sets keys and values, which alternate.
func (u *unpickler) setItems(th *interp.Thread, obj interp.Value, items []interp.Value) *interp.Exc {
	if len(items)%2 != 0 {
		return interp.Errorf(unpicklingError, "odd number of items for SETITEMS")
	}
	for i := 0; i < len(items); i += 2 {
		if err := th.SetItem(obj, items[i], items[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpickler) loadAddItems(th *interp.Thread) *interp.Exc {
	obj, items, err := u.above(false, 0)
	if err != nil {
		return err
	}
	s, isSet := interp.AsSet(obj)
	for _, x := range items {
		if isSet {
			err = s.Add(th, x)
		} else {
			_, err = th.CallMethod(obj, "add", x)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// loadMemo runs the instructions that store to the memo or read it.
func (u *unpickler) loadMemo(th *interp.Thread, op byte) *interp.Exc {
	n := len(u.memo)
	var err *interp.Exc
	switch op {
	case opPut, opGet:
		line, err := u.line(th)
		if err != nil {
			return err
		}
		i, bad := strconv.Atoi(line)
		if bad != nil {
			return interp.ValueErrorf("invalid literal for int() with base 10: %s", th.ReprOr(interp.MkStr(line)))
		}
		if n = i; n < 0 {
			return interp.ValueErrorf("negative PUT argument")
		}
	case opBinPut, opBinGet:
		n, err = u.size(th, 1)
	case opLongBinPut, opLongBinGet:
		n, err = u.size(th, 4)
	}
	if err != nil {
		return err
	}
	switch op {
	case opGet, opBinGet, opLongBinGet:
		v, ok := u.memo[n]
		if !ok {
			return interp.Errorf(unpicklingError, "Memo value not found at index %d", n)
		}
		u.push(v)
		return nil
	}
	v, err := u.top()
	u.memo[n] = v
	return err
}

func (u *unpickler) loadPersistent(th *interp.Thread, op byte) *interp.Exc {
	var id interp.Value
	if op == opPersID {
		line, err := u.line(th)
		if err != nil {
			return err
		}
		id = interp.MkStr(line)
	} else {
		items, err := u.pop(1)
		if err != nil {
			return err
		}
		id = items[0]
	}
	if u.persistentLoad.IsUnbound() {
		return interp.Errorf(unpicklingError, "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.")
	}
	v, err := th.Call(u.persistentLoad, id)
	u.push(v)
	return err
}
