package interp

// This file defines the builtins that are for the prompt: exit, quit, copyright, credits, license, help.

import "strings"

var (
	quitterType = NewLibraryType("_sitebuiltins", "Quitter", nil)
	printerType = NewLibraryType("_sitebuiltins", "_Printer", nil)
	helperType  = NewLibraryType("_sitebuiltins", "_Helper", nil)
)

func siteTypes() []typeSetup {
	return []typeSetup{{quitterType, nil, setupQuitter}, {printerType, nil, setupPrinter}, {helperType, nil, setupHelper}}
}

// addSiteBuiltins adds them to the module builtins.
func (in *Interp) addSiteBuiltins(m *Module) {
	m.Set("exit", NewNative(quitterType, "exit"))
	m.Set("quit", NewNative(quitterType, "quit"))
	m.Set("copyright", NewNative(printerType, "The authors of aio. All rights reserved."))
	m.Set("credits", NewNative(printerType, "Thanks to all who make Python and Go."))
	m.Set("license", NewNative(printerType, "See the file LICENSE of the project."))
	m.Set("help", NewNative(helperType, nil))
}

// callProtocol returns a protocol of a callable object of a library type: fn gets the object first.
func callProtocol(sig string, fn BuiltinFunc, repr func(th *Thread, v Value) (string, *Exc)) *Protocol {
	row := &Builtin{Sig: sig, Fn: fn}
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern(row.Name()), row: row}
	spec := parseSignature(sig)
	spec.method = true
	f.spec.Store(spec)
	return &Protocol{
		Repr: repr,
		Call: func(th *Thread, v Value, args []Value, kwnames []*Str) (Value, *Exc) {
			n := len(args) + 1
			w := append(append(th.args(n), v), args...)
			defer th.dropArgs(n)
			return f.invoke(th, spec, w, kwnames)
		},
	}
}

func setupQuitter(t *Type) {
	t.proto = callProtocol("__call__(code=None)", func(th *Thread, a []Value) (Value, *Exc) {
		return Value{}, NewExc(SystemExit, a[1])
	}, func(_ *Thread, v Value) (string, *Exc) {
		name, _ := NativeData[string](v)
		return "Use " + name + "() or Ctrl-D (i.e. EOF) to exit", nil
	})
}

func setupPrinter(t *Type) {
	text := func(_ *Thread, v Value) (string, *Exc) {
		s, _ := NativeData[string](v)
		return s, nil
	}
	t.proto = callProtocol("__call__()", func(th *Thread, a []Value) (Value, *Exc) {
		s, _ := NativeData[string](a[0])
		return None, th.print([]Value{MkStr(s)}, " ", "\n", None, false)
	}, text)
}

func setupHelper(t *Type) {
	t.proto = callProtocol("__call__(object=?)", func(th *Thread, a []Value) (Value, *Exc) {
		text := "help(object) describes an object: its signature, its text, its methods.\n"
		if !a[1].IsUnbound() {
			var err *Exc
			if text, err = th.helpText(a[1]); err != nil {
				return Value{}, err
			}
		}
		return None, th.print([]Value{MkStr(text)}, " ", "", None, false)
	}, func(*Thread, Value) (string, *Exc) {
		return "Type help() for interactive help, or help(object) for help about object.", nil
	})
}

// helpText returns what help(v) prints.
func (th *Thread) helpText(v Value) (string, *Exc) {
	kind := typeName(v)
	switch shapeOf(v) {
	case builtinShape:
		kind = "built-in function"
	case functionShape:
		kind = "function"
	case moduleShape:
		kind = "module"
	case methodDescrShape:
		kind = "method_descriptor"
	}
	described := v
	if _, ok := AsType(v); ok {
		kind = "class"
	} else if !isDescribed(v) {
		described = TypeOf(v).Value()
		kind += " object"
	}
	name, err := th.nameOf(described)
	if err != nil {
		return "", err
	}
	title := "Help on " + kind
	if kind == "class" || !strings.HasSuffix(kind, " object") {
		title += " " + name
	}
	if m, ok, err := th.LookupAttr(described, "__module__"); err != nil {
		return "", err
	} else if s, isStr := StrOf(m); ok && isStr && s != "" {
		title += " in module " + s
	}
	body, err := th.describe(described, name)
	return title + ":\n\n" + body, err
}

// isDescribed reports whether v is itself what help is about, not an instance of it.
func isDescribed(v Value) bool {
	switch shapeOf(v) {
	case functionShape, builtinShape, boundMethodShape, methodDescrShape, slotWrapperShape, methodWrapperShape,
		classMethodDescrShape, moduleShape, getSetShape:
		return true
	}
	return false
}

func (th *Thread) nameOf(v Value) (string, *Exc) {
	name, ok, err := th.LookupAttr(v, "__name__")
	if err != nil {
		return "", err
	}
	if s, isStr := StrOf(name); ok && isStr {
		return s, nil
	}
	return typeName(v), nil
}

func (th *Thread) describe(v Value, name string) (string, *Exc) {
	doc, _, err := th.LookupAttr(v, "__doc__")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	t, isType := AsType(v)
	switch {
	case isType:
		b.WriteString("class " + name)
		if len(t.bases) > 0 && t.bases[0] != objectType {
			var bases []string
			for _, base := range t.bases {
				bases = append(bases, base.Name)
			}
			b.WriteString("(" + strings.Join(bases, ", ") + ")")
		}
		b.WriteString("\n")
	case shapeOf(v) != moduleShape:
		b.WriteString(th.signatureOf(v, name) + "\n")
	}
	if s, ok := doc.docText(); ok {
		b.WriteString(indent(s))
	}
	if isType {
		th.describeMethods(&b, t)
	}
	return b.String(), nil
}

// docText returns a docstring without the indentation of its lines.
func (v Value) docText() (string, bool) {
	if v.p == nil {
		return "", false
	}
	s, ok := StrOf(v)
	if !ok || s == "" {
		return "", false
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimLeft(l, " \t")
	}
	return strings.Join(lines, "\n"), true
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ") + "\n"
}

// signatureOf returns name(parameters) of a function.
func (th *Thread) signatureOf(v Value, name string) string {
	if f, ok := asBuiltin(v); ok {
		return f.row.Sig
	}
	if m, ok := asBoundMethod(v); ok {
		v = m.fn
	}
	f, ok := asFunction(v)
	if !ok {
		return name + "(...)"
	}
	return name + "(" + strings.Join(th.parameters(f), ", ") + ")"
}

// parameters returns the parameters of a function as they were written.
func (th *Thread) parameters(f *Function) []string {
	c := f.code
	var out []string
	firstDefault := c.ArgCount - len(f.defaults)
	for i := range c.ArgCount {
		p := c.Locals[i]
		if i >= firstDefault {
			p += "=" + th.reprOrDots(f.defaults[i-firstDefault])
		}
		out = append(out, p)
		if i == c.PosOnlyCount-1 {
			out = append(out, "/")
		}
	}
	next := c.ArgCount + c.KwOnlyCount
	if c.HasVarargs {
		out = append(out, "*"+c.Locals[next])
		next++
	} else if c.KwOnlyCount > 0 {
		out = append(out, "*")
	}
	for i := c.ArgCount; i < c.ArgCount+c.KwOnlyCount; i++ {
		p := c.Locals[i]
		if f.kwdefaults != nil {
			if d, ok := f.kwdefaults.GetName(p); ok {
				p += "=" + th.reprOrDots(d)
			}
		}
		out = append(out, p)
	}
	if c.HasKwargs {
		out = append(out, "**"+c.Locals[next])
	}
	return out
}

func (th *Thread) reprOrDots(v Value) string {
	s, err := th.Repr(v)
	if err != nil {
		return "..."
	}
	return s
}

// describeMethods adds the public methods of a class to its help.
func (th *Thread) describeMethods(b *strings.Builder, t *Type) {
	first := true
	for k, v, i, ok := t.dict.Next(0); ok; k, v, i, ok = t.dict.Next(i) {
		name, _ := StrOf(k)
		_, isBuiltin := asBuiltin(v)
		_, isFunction := asFunction(v)
		if !isBuiltin && !isFunction || strings.HasPrefix(name, "_") && name != "__init__" {
			continue
		}
		if first {
			b.WriteString("\n    Methods:\n")
			first = false
		}
		b.WriteString("\n" + indent(th.signatureOf(v, name)))
		if doc, found, err := th.LookupAttr(v, "__doc__"); err == nil && found {
			if s, ok := doc.docText(); ok {
				b.WriteString(indent(indent(s)))
			}
		}
	}
}
