package pickle

// This file defines the Unpickler: where its bytes come from, its stack, memo and settings.

import (
	"bytes"

	"aio/interp"
)

// unpickler is the Go data of an Unpickler, or what loads works with.
type unpickler struct {
	data []byte // what is read from; at is the position in it
	at   int
	// read and readLine are methods of the file that more comes from; unbound without one.
	read, readLine interp.Value
	self           interp.Value // the Unpickler object; unbound for load and loads
	stack          []interp.Value
	marks          []int
	memo           map[int]interp.Value
	proto          int
	fixImports     bool
	encoding       string
	errors         string
	persistentLoad interp.Value
}

func (u *unpickler) configure(fixImports, encoding, errors interp.Value) *interp.Exc {
	fix, ok := interp.AsBool(fixImports)
	u.fixImports = fix || !ok
	if u.encoding, ok = interp.StrOf(encoding); !ok {
		return interp.TypeErrorf("argument 'encoding' must be str, not %s", interp.TypeName(encoding))
	}
	if u.errors, ok = interp.StrOf(errors); !ok {
		return interp.TypeErrorf("argument 'errors' must be str, not %s", interp.TypeName(errors))
	}
	u.memo = map[int]interp.Value{}
	return nil
}

func (u *unpickler) setFile(th *interp.Thread, file interp.Value) *interp.Exc {
	for _, m := range []struct {
		name string
		to   *interp.Value
	}{{"read", &u.read}, {"readline", &u.readLine}} {
		v, ok, err := th.LookupAttr(file, m.name)
		if err != nil {
			return err
		}
		if !ok {
			return interp.TypeErrorf("file must have 'read' and 'readline' attributes")
		}
		*m.to = v
	}
	return nil
}

// take returns the next n bytes.
func (u *unpickler) take(th *interp.Thread, n int) ([]byte, *interp.Exc) {
	if n <= len(u.data)-u.at {
		b := u.data[u.at : u.at+n]
		u.at += n
		return b, nil
	}
	if u.read.IsUnbound() {
		if u.at >= len(u.data) && n == 1 {
			return nil, interp.Errorf(interp.EOFError, "Ran out of input")
		}
		return nil, errTruncated()
	}
	rest := append([]byte(nil), u.data[u.at:]...)
	v, err := th.Call(u.read, interp.MkInt(int64(n-len(rest))))
	if err != nil {
		return nil, err
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("read() returned non-bytes object (%s)", interp.TypeName(v))
	}
	if len(b) == 0 && len(rest) == 0 {
		return nil, interp.Errorf(interp.EOFError, "Ran out of input")
	}
	if rest = append(rest, b...); len(rest) < n {
		return nil, errTruncated()
	}
	u.data, u.at = rest, n
	return rest[:n], nil
}

// line returns the rest of the line, without its end.
func (u *unpickler) line(th *interp.Thread) (string, *interp.Exc) {
	if i := bytes.IndexByte(u.data[u.at:], '\n'); i >= 0 {
		s := string(u.data[u.at : u.at+i])
		u.at += i + 1
		return s, nil
	}
	if u.readLine.IsUnbound() {
		return "", errTruncated()
	}
	v, err := th.Call(u.readLine)
	if err != nil {
		return "", err
	}
	b, ok := interp.BufferOf(v)
	if !ok {
		return "", interp.TypeErrorf("readline() returned non-bytes object (%s)", interp.TypeName(v))
	}
	s := string(u.data[u.at:]) + string(b)
	u.at = len(u.data)
	if len(s) == 0 || s[len(s)-1] != '\n' {
		return "", errTruncated()
	}
	return s[:len(s)-1], nil
}

func errTruncated() *interp.Exc {
	return interp.Errorf(unpicklingError, "pickle data was truncated")
}

func errUnderflow() *interp.Exc {
	return interp.Errorf(unpicklingError, "unpickling stack underflow")
}

func (u *unpickler) push(v interp.Value) { u.stack = append(u.stack, v) }

// fence is where the part of the stack begins that instructions without a mark may reach.
func (u *unpickler) fence() int {
	if n := len(u.marks); n > 0 {
		return u.marks[n-1]
	}
	return 0
}

// pop takes the topmost n values from the stack.
func (u *unpickler) pop(n int) ([]interp.Value, *interp.Exc) {
	at := len(u.stack) - n
	if at < u.fence() {
		if len(u.marks) > 0 {
			return nil, interp.Errorf(unpicklingError, "unexpected MARK found")
		}
		return nil, errUnderflow()
	}
	items := append([]interp.Value(nil), u.stack[at:]...)
	u.stack = u.stack[:at]
	return items, nil
}

// popMark takes what is above the last mark.
func (u *unpickler) popMark() ([]interp.Value, *interp.Exc) {
	if len(u.marks) == 0 {
		return nil, interp.Errorf(unpicklingError, "could not find MARK")
	}
	at := u.fence()
	u.marks = u.marks[:len(u.marks)-1]
	items := append([]interp.Value(nil), u.stack[at:]...)
	u.stack = u.stack[:at]
	return items, nil
}

// top returns the topmost value, which stays.
func (u *unpickler) top() (interp.Value, *interp.Exc) {
	if len(u.stack) <= u.fence() {
		return interp.Value{}, errUnderflow()
	}
	return u.stack[len(u.stack)-1], nil
}

var unpicklerType = interp.NewLibraryType("_pickle", "Unpickler", nil)

func setupUnpickler() {
	t := unpicklerType
	t.Doc = "This takes a binary file for reading a pickle data stream."
	p := &interp.Protocol{}
	t.SetInit(p, "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &unpickler{})
	}, func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		u, _ := interp.NativeData[*unpickler](a[0])
		if err := u.configure(a[2], a[3], a[4]); err != nil {
			return interp.Value{}, err
		}
		return interp.None, u.setFile(th, a[1])
	})
	t.Setup(p, []interp.Builtin{
		{Sig: "load()", Doc: "Load a pickle.", Fn: unpicklerLoad},
		{Sig: "find_class(module_name, global_name, /)", Doc: "Return an object from a specified module.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			u, _ := interp.NativeData[*unpickler](a[0])
			module, ok1 := interp.StrOf(a[1])
			name, ok2 := interp.StrOf(a[2])
			if !ok1 || !ok2 {
				return interp.Value{}, interp.TypeErrorf("find_class() arguments must be str")
			}
			return u.findClass(th, module, name)
		}},
	}, []interp.GetSet{interp.DictAttr()})
}

func unpicklerLoad(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	u, _ := interp.NativeData[*unpickler](a[0])
	if u.memo == nil {
		return interp.Value{}, interp.Errorf(unpicklingError, "Unpickler.__init__() was not called by %s.__init__()", interp.TypeName(a[0]))
	}
	u.self = a[0]
	hook, ok, err := th.LookupAttr(a[0], "persistent_load")
	if err != nil {
		return interp.Value{}, err
	}
	if u.persistentLoad = hook; !ok {
		u.persistentLoad = interp.Value{}
	}
	return u.load(th)
}
