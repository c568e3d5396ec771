// Package structmodule is the module struct: values as bytes in the layout of C structs.
//
//	pack, unpack, calcsize, pack_into, unpack_from, iter_unpack
//	Struct      the same for a format that was read once
//	error       what is raised
//
// format.go reads formats, values.go turns values into bytes and back.
package structmodule

import (
	"sync"

	"aio/interp"
)

var structError = interp.NewLibraryException("struct", "error", interp.ExceptionType)

// Module is the module struct; Native is the module that its types say they are of.
var (
	Module = &interp.ModuleDef{Name: "struct", Doc: "Functions to convert between Python values and C structs.", Funcs: functions, Init: fill}
	Native = &interp.ModuleDef{Name: "_struct", Doc: "Functions to convert between Python values and C structs.", Funcs: functions, Init: fill}
)

var functions = []interp.Builtin{
	{Sig: "calcsize(format, /)", Doc: "Return size in bytes of the struct described by the format string.", Fn: byFormat(func(_ *interp.Thread, f *format, _ []interp.Value) (interp.Value, *interp.Exc) {
		return interp.MkInt(int64(f.size)), nil
	})},
	{Sig: "pack(format, /, *values)", Doc: "Return a bytes object containing the values packed according to the format.", Fn: byFormat(formatPack)},
	{Sig: "unpack(format, buffer, /)", Doc: "Return a tuple containing values unpacked according to the format string.", Fn: byFormat(formatUnpack)},
	{Sig: "pack_into(format, /, *args)", Doc: "Pack the values according to the format and write them into the writable buffer.", Fn: byFormat(formatPackInto)},
	{Sig: "unpack_from(format, /, buffer, offset=0)", Doc: "Return a tuple containing values unpacked from the buffer at offset.", Fn: byFormat(formatUnpackFrom)},
	{Sig: "iter_unpack(format, buffer, /)", Doc: "Return an iterator yielding tuples unpacked from the given bytes.", Fn: byFormat(formatIter)},
	{Sig: "_clearcache()", Doc: "Clear the internal cache.", Fn: func(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
		clear(cacheOf(th).formats)
		return interp.None, nil
	}},
}

var structType = interp.NewLibraryType("_struct", "Struct", nil)

func fill(_ *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	m.Set("error", structError.Value())
	m.Set("Struct", structType.Value())
	return nil
}

var setup = sync.OnceFunc(func() {
	setupIterator()
	structType.Doc = "Struct(fmt) --> compiled struct object"
	p := &interp.Protocol{}
	structType.SetInit(p, "Struct(format)", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &format{})
	}, func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		own, _ := interp.NativeData[*format](a[0])
		f, err := formatOf(th, a[1])
		if err == nil {
			*own = *f
		}
		return interp.None, err
	})
	structType.Setup(p, []interp.Builtin{
		{Sig: "pack(*values)", Doc: "Return a bytes object with the values packed.", Fn: bySelf(formatPack)},
		{Sig: "unpack(buffer, /)", Doc: "Return a tuple containing unpacked values.", Fn: bySelf(formatUnpack)},
		{Sig: "pack_into(*args)", Doc: "Pack values and write the packed bytes into a writable buffer.", Fn: bySelf(formatPackInto)},
		{Sig: "unpack_from(buffer, offset=0)", Doc: "Return a tuple containing unpacked values.", Fn: bySelf(formatUnpackFrom)},
		{Sig: "iter_unpack(buffer, /)", Doc: "Return an iterator yielding tuples.", Fn: bySelf(formatIter)},
	}, []interp.GetSet{
		{Name: "format", Doc: "struct format string", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			f, _ := interp.NativeData[*format](v)
			return interp.MkStr(f.text), nil
		}},
		{Name: "size", Doc: "struct size in bytes", Get: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) {
			f, _ := interp.NativeData[*format](v)
			return interp.MkInt(int64(f.size)), nil
		}},
	})
})

// operation does something by a format; rest is what follows the format among the arguments.
type operation = func(th *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc)

// byFormat is the row function of an operation that gets its format as the first argument.
func byFormat(do operation) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		f, err := formatOf(th, a[0])
		if err != nil {
			return interp.Value{}, err
		}
		return do(th, f, a[1:])
	}
}

// bySelf is the row function of a method of Struct.
func bySelf(do operation) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		f, _ := interp.NativeData[*format](a[0])
		return do(th, f, a[1:])
	}
}

// cache keeps the formats that were read.
type cache struct{ formats map[string]*format }

func cacheOf(th *interp.Thread) *cache {
	return interp.Lib(th.Interp(), "struct", func() *cache { return &cache{map[string]*format{}} })
}

func formatOf(th *interp.Thread, v interp.Value) (*format, *interp.Exc) {
	text, ok := interp.StrOf(v)
	if !ok {
		b, isBytes := interp.BufferOf(v)
		if !isBytes {
			return nil, interp.TypeErrorf("Struct() argument 1 must be a str or bytes object, not %s", interp.TypeName(v))
		}
		text = string(b)
	} else if s, _ := interp.AsStr(v); !s.IsASCII() {
		_, err := th.Encode(s, "ascii", "strict")
		return nil, err
	}
	c := cacheOf(th)
	if f := c.formats[text]; f != nil {
		return f, nil
	}
	f, err := parse(text)
	if err != nil {
		return nil, err
	}
	if len(c.formats) > 100 {
		clear(c.formats)
	}
	c.formats[text] = f
	return f, nil
}

func formatPack(th *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc) {
	values, _ := interp.AsTuple(rest[0])
	if len(values.Items()) != f.count {
		return interp.Value{}, interp.Errorf(structError, "pack expected %d items for packing (got %d)", f.count, len(values.Items()))
	}
	out := make([]byte, f.size)
	return interp.MkBytes(out), f.pack(th, out, values.Items())
}

func formatPackInto(th *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc) {
	args, _ := interp.AsTuple(rest[0])
	a := args.Items()
	switch {
	case len(a) == 0:
		return interp.Value{}, interp.Errorf(structError, "pack_into expected buffer argument")
	case len(a) == 1:
		return interp.Value{}, interp.Errorf(structError, "pack_into expected offset argument")
	case len(a)-2 != f.count:
		return interp.Value{}, interp.Errorf(structError, "pack_into expected %d items for packing (got %d)", f.count, len(a)-2)
	}
	b, err := interp.WritableBuffer(a[0], "pack_into")
	if err != nil {
		return interp.Value{}, interp.TypeErrorf("argument must be read-write bytes-like object, not %s", interp.TypeName(a[0]))
	}
	at, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	offset := at
	if at < 0 {
		if at+f.size > 0 {
			return interp.Value{}, interp.Errorf(structError, "no space to pack %d bytes at offset %d", f.size, offset)
		}
		if at += len(b); at < 0 {
			return interp.Value{}, interp.Errorf(structError, "offset %d out of range for %d-byte buffer", offset, len(b))
		}
	}
	if at > len(b) || len(b)-at < f.size {
		return interp.Value{}, interp.Errorf(structError, "pack_into requires a buffer of at least %d bytes for packing %d bytes at offset %d (actual buffer size is %d)", at+f.size, f.size, at, len(b))
	}
	clear(b[at : at+f.size])
	return interp.None, f.pack(th, b[at:at+f.size], a[2:])
}

func buffer(v interp.Value) ([]byte, *interp.Exc) {
	b, ok := interp.BufferOf(v)
	if !ok {
		return nil, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(v))
	}
	return b, nil
}

func formatUnpack(_ *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(rest[0])
	if err != nil {
		return interp.Value{}, err
	}
	if len(b) != f.size {
		return interp.Value{}, interp.Errorf(structError, "unpack requires a buffer of %d bytes", f.size)
	}
	return f.unpack(b), nil
}

func formatUnpackFrom(th *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc) {
	b, err := buffer(rest[0])
	if err != nil {
		return interp.Value{}, err
	}
	at, err := th.IndexInt(rest[1])
	if err != nil {
		return interp.Value{}, err
	}
	offset := at
	if at < 0 {
		if at+f.size > 0 {
			return interp.Value{}, interp.Errorf(structError, "not enough data to unpack %d bytes at offset %d", f.size, offset)
		}
		if at += len(b); at < 0 {
			return interp.Value{}, interp.Errorf(structError, "offset %d out of range for %d-byte buffer", offset, len(b))
		}
	}
	if at > len(b) || len(b)-at < f.size {
		return interp.Value{}, interp.Errorf(structError, "unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at offset %d (actual buffer size is %d)", at+f.size, f.size, at, len(b))
	}
	return f.unpack(b[at : at+f.size]), nil
}

// iterator is what iter_unpack returns.
type iterator struct {
	format *format
	buffer interp.Value
	at     int
}

var iteratorType = interp.NewLibraryType("_struct", "unpack_iterator", nil)

func setupIterator() {
	iteratorType.Setup(&interp.Protocol{
		Iter: func(_ *interp.Thread, v interp.Value) (interp.Value, *interp.Exc) { return v, nil },
		Next: func(_ *interp.Thread, v interp.Value) (interp.Value, bool, *interp.Exc) {
			it, _ := interp.NativeData[*iterator](v)
			b, _ := interp.BufferOf(it.buffer)
			if it.at+it.format.size > len(b) {
				return interp.Value{}, false, nil
			}
			it.at += it.format.size
			return it.format.unpack(b[it.at-it.format.size : it.at]), true, nil
		},
	}, []interp.Builtin{{Sig: "__length_hint__()", Doc: "Private method returning an estimate of len(list(it)).", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		it, _ := interp.NativeData[*iterator](a[0])
		b, _ := interp.BufferOf(it.buffer)
		return interp.MkInt(int64((len(b) - it.at) / it.format.size)), nil
	}}}, nil)
}

func formatIter(_ *interp.Thread, f *format, rest []interp.Value) (interp.Value, *interp.Exc) {
	if f.size == 0 {
		return interp.Value{}, interp.Errorf(structError, "cannot iteratively unpack with a struct of length 0")
	}
	b, err := buffer(rest[0])
	if err != nil {
		return interp.Value{}, err
	}
	if len(b)%f.size != 0 {
		return interp.Value{}, interp.Errorf(structError, "iterative unpacking requires a buffer of a multiple of %d bytes", f.size)
	}
	return interp.NewNative(iteratorType, &iterator{format: f, buffer: rest[0]}), nil
}
