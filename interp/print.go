package interp

// This file defines print and input.

import "strings"

func builtinPrint(th *Thread, a []Value) (Value, *Exc) {
	sep, err := printText(a[0], "sep", " ")
	if err != nil {
		return Value{}, err
	}
	end, err := printText(a[1], "end", "\n")
	if err != nil {
		return Value{}, err
	}
	flush, err := th.Truth(a[3])
	if err != nil {
		return Value{}, err
	}
	return None, th.print((*Tuple)(a[4].p).a, sep, end, a[2], flush)
}

func printText(v Value, name, none string) (string, *Exc) {
	if v.IsNone() {
		return none, nil
	}
	s, ok := StrOf(v)
	if !ok {
		return "", TypeErrorf("%s must be None or a string, not %s", name, typeName(v))
	}
	return s, nil
}

// print writes the texts of args to a file; None is what sys.stdout is now.
func (th *Thread) print(args []Value, sep, end string, file Value, flush bool) *Exc {
	in := th.in
	if file.IsNone() {
		file = in.currentStream(stdoutName, in.std.out)
		if file.IsNone() {
			return nil
		}
	}
	if Is(file, in.std.out) && in.std.outFile.isPlain() {
		return th.printStdout(args, sep, end, flush)
	}
	write, err := th.Attr(file, "write")
	if err != nil {
		return err
	}
	put := func(s Value) *Exc {
		_, err := th.Call(write, s)
		return err
	}
	for i, x := range args {
		if i > 0 {
			if err := put(MkStr(sep)); err != nil {
				return err
			}
		}
		s, err := th.Str(x)
		if err != nil {
			return err
		}
		if err := put(MkStr(s)); err != nil {
			return err
		}
	}
	if err := put(MkStr(end)); err != nil {
		return err
	}
	if flush {
		_, err = th.CallMethod(file, "flush")
	}
	return err
}

var stdinName, stdoutName = Intern("stdin"), Intern("stdout")

// currentStream returns sys.stdin or sys.stdout: the interpreter's own until a script replaces it.
func (in *Interp) currentStream(name *Str, own Value) Value {
	if in.std.sys == nil {
		v, _ := in.modules.GetName("sys")
		m, ok := as[Module](v, layoutModule)
		if !ok {
			return own
		}
		in.std.sys = m.dict
	}
	if v, ok := in.std.sys.GetStr(name); ok {
		return v
	}
	return own
}

// printStdout is print to the interpreter's own stdout: straight into its buffer.
func (th *Thread) printStdout(args []Value, sep, end string, flush bool) *Exc {
	out := th.in.out
	if o := th.in.cfg.Observer; o != nil {
		text, err := th.printedText(args, sep)
		if err != nil {
			return err
		}
		o.Printed(text + end)
		args = []Value{MkStr(text)}
	}
	for i, x := range args {
		if i > 0 {
			out.WriteString(sep)
		}
		if shapeOf(x) == strShape {
			if err := th.writeStdout((*Str)(x.p).s); err != nil {
				return err
			}
			continue
		}
		s, err := th.Str(x)
		if err != nil {
			return err
		}
		if err := th.writeStdout(s); err != nil {
			return err
		}
	}
	out.WriteString(end)
	if flush || th.in.std.outFile.lineBuffering && strings.HasSuffix(end, "\n") {
		if err := out.Flush(); err != nil {
			return OSErrorOf(err, "")
		}
	}
	return nil
}

// writeStdout puts text into the buffer of the interpreter's own stdout. Errors: UnicodeEncodeError for
// a lone surrogate, which UTF-8 cannot say.
func (th *Thread) writeStdout(s string) *Exc {
	if i := strings.IndexByte(s, 0xED); i >= 0 {
		b, err := th.Encode(NewStr(s), "utf-8", "strict")
		if err != nil {
			return err
		}
		th.in.out.Write(b)
		return nil
	}
	th.in.out.WriteString(s)
	return nil
}

func builtinInput(th *Thread, a []Value) (Value, *Exc) {
	if in := th.in; in.cfg.ReadLine != nil && Is(in.currentStream(stdinName, in.std.in), in.std.in) && Is(in.currentStream(stdoutName, in.std.out), in.std.out) {
		return th.readLine(a)
	}
	if err := th.print(a, "", "", None, true); err != nil {
		return Value{}, err
	}
	var line Value
	var err *Exc
	if stdin := th.in.currentStream(stdinName, th.in.std.in); Is(stdin, th.in.std.in) && !th.in.std.inFile.f.isClosed {
		line, err = th.in.std.inFile.readLine(th, -1)
	} else if stdin.IsNone() {
		return Value{}, RuntimeErrorf("input(): lost sys.stdin")
	} else {
		line, err = th.CallMethod(stdin, "readline")
	}
	if err != nil {
		return Value{}, err
	}
	s, ok := StrOf(line)
	if !ok {
		return Value{}, TypeErrorf("object.readline() returned non-string")
	}
	if s == "" {
		return Value{}, NewExc(EOFError, MkStr("EOF when reading a line"))
	}
	return MkStr(strings.TrimSuffix(s, "\n")), nil
}

// printedText returns the texts of args as print joins them.
func (th *Thread) printedText(args []Value, sep string) (string, *Exc) {
	var b strings.Builder
	for i, x := range args {
		if i > 0 {
			b.WriteString(sep)
		}
		s, err := th.Str(x)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}
