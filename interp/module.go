package interp

// This file defines Module, and how library modules and the main program become modules.

import (
	"fmt"
	"strings"

	"aio/diag"
	"aio/interp/compile"
	"aio/parser"
)

// Module is a module.
type Module struct {
	Header
	name string
	dict *Dict
	def  *ModuleDef // of a library module
	// initializing is true while its body runs: a circular import then sees part of it.
	initializing bool
}

// moduleSpecType is the type of __spec__.
var moduleSpecType = NewLibraryType("importlib.machinery", "ModuleSpec", nil)

// importTypes are the types of modules, their specs, and namespaces.
func importTypes() []typeSetup {
	return []typeSetup{
		{moduleType, moduleShape, setupModuleType},
		{moduleSpecType, nil, setupModuleSpecType},
		{simpleNamespaceType, nil, setupSimpleNamespace},
	}
}

// NewModule returns an empty module.
func (in *Interp) NewModule(name string) *Module {
	m := &Module{Header: Header{moduleShape}, name: name, dict: NewDict()}
	m.Set("__name__", MkStr(name))
	m.Set("__doc__", None)
	m.Set("__package__", None)
	m.Set("__loader__", None)
	m.Set("__spec__", None)
	return m
}

// Value returns m as a Value.
func (m *Module) Value() Value { return object(m) }

// Name returns the name that the module was made with.
func (m *Module) Name() string { return m.name }

// Dict returns the module's namespace.
func (m *Module) Dict() *Dict { return m.dict }

// Set stores an attribute.
func (m *Module) Set(name string, v Value) { m.dict.SetStr(Intern(name), v) }

// Get returns an attribute, and whether there is one.
func (m *Module) Get(name string) (Value, bool) { return m.dict.GetStr(Intern(name)) }

// AsModule returns v as a module.
func AsModule(v Value) (*Module, bool) { return as[Module](v, layoutModule) }

// ModuleType returns the type of modules.
func ModuleType() *Type { return moduleType }

// moduleSetAttr stores an attribute. Functions remember the builtins that they found behind their globals:
// when one changes, every namespace counts as changed.
func moduleSetAttr(th *Thread, v Value, name *Str, x Value) *Exc {
	err := th.genericSetAttr(v, TypeOf(v), name, x)
	if err == nil && (*Module)(v.p) == th.in.builtins {
		for key := range th.in.links {
			key.globals.keyver++
		}
	}
	return err
}

func setupModuleType(t *Type) {
	t.Doc = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type."
	t.proto = &Protocol{Repr: reprModule, GetAttr: moduleGetAttr, SetAttr: moduleSetAttr, Init: initModule}
	t.new = func(th *Thread, cls *Type, args []Value, kwnames []*Str) (Value, *Exc) {
		return object(&Module{Header: Header{cls.inst}, dict: NewDict()}), nil
	}
	t.newSig = "module(name, doc=None)"
	t.getset = []GetSet{
		{Name: "__dict__", Get: dictGetSet.Get},
		{Name: "__annotations__", Get: moduleAnnotations, Set: setModuleAnnotations},
	}
	t.rows = []Builtin{{"__dir__()", "Return the names of the module's attributes.", moduleDir}}
}

var moduleInitSpec = parseSignature("module(name, doc=None)")
var moduleInitRow = Builtin{Sig: "module(name, doc=None)"}

func initModule(th *Thread, self Value, args []Value, kwnames []*Str) *Exc {
	m := (*Module)(self.p)
	f := &BuiltinFunction{Header: Header{builtinShape}, name: Intern("module"), row: &moduleInitRow}
	w := make([]Value, 2)
	if err := f.bind(th, moduleInitSpec, w, args, kwnames, 0); err != nil {
		return err
	}
	name, ok := StrOf(w[0])
	if !ok {
		return TypeErrorf("module() argument 'name' must be str, not %s", typeName(w[0]))
	}
	m.name = name
	m.Set("__name__", w[0])
	m.Set("__doc__", w[1])
	m.Set("__package__", None)
	m.Set("__loader__", None)
	m.Set("__spec__", None)
	return nil
}

func reprModule(th *Thread, v Value) (string, *Exc) {
	m := (*Module)(v.p)
	name := m.name
	if n, ok := m.Get("__name__"); ok {
		if s, ok := StrOf(n); ok {
			name = s
		}
	}
	quoted, err := th.Repr(MkStr(name))
	if err != nil {
		return "", err
	}
	if m.def != nil {
		return fmt.Sprintf("<module %s (built-in)>", quoted), nil
	}
	if file, ok := m.Get("__file__"); ok && !file.IsNone() {
		path, err := th.Repr(file)
		return fmt.Sprintf("<module %s from %s>", quoted, path), err
	}
	if _, ok := m.Get("__path__"); ok {
		return fmt.Sprintf("<module %s (namespace)>", quoted), nil
	}
	if name == "builtins" || name == "__main__" {
		return fmt.Sprintf("<module %s (built-in)>", quoted), nil
	}
	return fmt.Sprintf("<module %s>", quoted), nil
}

// moduleAnnotations returns the __annotations__ of a module, which are made when they are asked for.
func moduleAnnotations(th *Thread, v Value) (Value, *Exc) {
	m := (*Module)(v.p)
	if d, ok := m.Get("__annotations__"); ok {
		return d, nil
	}
	d := NewDict().Value()
	m.Set("__annotations__", d)
	return d, nil
}

func setModuleAnnotations(th *Thread, v, x Value) *Exc {
	m := (*Module)(v.p)
	if !x.IsUnbound() {
		m.Set("__annotations__", x)
		return nil
	}
	if !m.dict.DelStr(Intern("__annotations__")) {
		return AttributeErrorf(v, "__annotations__", "__annotations__")
	}
	return nil
}

func moduleDir(th *Thread, a []Value) (Value, *Exc) {
	m := (*Module)(a[0].p)
	if f, ok := m.Get("__dir__"); ok {
		return th.Call(f)
	}
	names := m.dict.names()
	list := make([]Value, len(names))
	for i, n := range names {
		list[i] = MkStr(n)
	}
	return MkList(list), nil
}

func moduleGetAttr(th *Thread, v Value, name *Str) (Value, *Exc) {
	m := (*Module)(v.p)
	t := TypeOf(v)
	d, inType := t.lookup(name)
	if inType && isDataDescr(d) && hasGet(d) {
		return th.bindDescr(d, v, t)
	}
	if r, ok := m.dict.GetStr(name); ok {
		return r, nil
	}
	if inType {
		return th.bindDescr(d, v, t)
	}
	if f, ok := m.Get("__getattr__"); ok {
		return th.Call(f, object(name))
	}
	own, ok := m.Get("__name__")
	text, isText := StrOf(own)
	switch {
	case !ok || !isText:
		return Value{}, AttributeErrorf(v, name.s, "module has no attribute '%s'", name.s)
	case m.initializing:
		return Value{}, AttributeErrorf(v, name.s, "partially initialized module '%s' has no attribute '%s' (most likely due to a circular import)", text, name.s)
	}
	return Value{}, AttributeErrorf(v, name.s, "module '%s' has no attribute '%s'", text, name.s)
}

func setupModuleSpecType(t *Type) {
	t.Doc = "The specification for a module, used for loading."
	t.SetNew("ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)", func(th *Thread, a []Value) (Value, *Exc) {
		cls, _ := AsType(a[0])
		s := &Native{Header: Header{cls.inst}, dict: NewDict()}
		search := None
		if yes, err := th.Truth(a[5]); err != nil {
			return Value{}, err
		} else if yes {
			search = MkList(nil)
		}
		s.fillSpec(a[1], a[2], a[3], search)
		s.dict.SetName("loader_state", a[4])
		return object(s), nil
	})
	t.proto = &Protocol{Repr: reprModuleSpec}
	t.getset = []GetSet{
		dictGetSet,
		{Name: "parent", Get: func(th *Thread, v Value) (Value, *Exc) {
			s := (*Native)(v.p)
			name, _ := s.dict.GetName("name")
			text, _ := StrOf(name)
			if search, _ := s.dict.GetName("submodule_search_locations"); !search.IsNone() {
				return name, nil
			}
			return MkStr(parentName(text)), nil
		}},
		{Name: "has_location", Get: func(th *Thread, v Value) (Value, *Exc) {
			origin, _ := (*Native)(v.p).dict.GetName("origin")
			s, _ := StrOf(origin)
			return MkBool(!origin.IsNone() && s != "built-in"), nil
		}},
	}
}

func (s *Native) fillSpec(name, loader, origin, search Value) {
	s.dict.SetName("name", name)
	s.dict.SetName("loader", loader)
	s.dict.SetName("origin", origin)
	s.dict.SetName("loader_state", None)
	s.dict.SetName("submodule_search_locations", search)
	s.dict.SetName("cached", None)
}

// newSpec returns a __spec__. origin and search are None when there is none.
func newSpec(name string, origin, search Value) Value {
	s := &Native{Header: Header{moduleSpecType.inst}, dict: NewDict()}
	s.fillSpec(MkStr(name), None, origin, search)
	return object(s)
}

func reprModuleSpec(th *Thread, v Value) (string, *Exc) {
	s := (*Native)(v.p)
	text := "ModuleSpec("
	for i, field := range []string{"name", "loader", "origin", "submodule_search_locations"} {
		x, ok := s.dict.GetName(field)
		if !ok || i >= 2 && x.IsNone() {
			continue
		}
		r, err := th.Repr(x)
		if err != nil {
			return "", err
		}
		if i > 0 {
			text += ", "
		}
		text += field + "=" + r
	}
	return text + ")", nil
}

// CompileSource compiles a program. Errors: SyntaxError and its kin.
func (th *Thread) CompileSource(src *diag.Source, opt compile.Options) (*compile.Code, *Exc) {
	m, d := parser.ParseWith(src, parser.Options{TopLevelAwait: opt.TopLevelAwait})
	if d != nil {
		return nil, th.SyntaxError(d)
	}
	c, d := compile.Module(src, m, opt)
	if d != nil {
		return nil, th.SyntaxError(d)
	}
	return c, th.sourceWarnings(src)
}

// sourceWarnings issues what was noted about a text that compiles. Errors: SyntaxError for a warning that
// a filter makes an error.
func (th *Thread) sourceWarnings(src *diag.Source) *Exc {
	for _, w := range src.Warnings() {
		category := SyntaxWarning
		if w.Category == "DeprecationWarning" {
			category = DeprecationWarning
		}
		place := WarnPlace{File: src.Name, Line: src.Line(w.Span.Start), Module: strings.TrimSuffix(src.Name, ".py")}
		err := th.WarnExplicit(NewExc(category, MkStr(w.Msg)), place, None)
		if err != nil && err.Is(category) {
			err = th.SyntaxError(&diag.Error{Source: src, Span: w.Span, Kind: "SyntaxError", Msg: w.Msg})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// newModuleFrom returns the module of a definition, its body not yet run.
func (th *Thread) newModuleFrom(d *ModuleDef) *Module {
	m := th.in.NewModule(d.Name)
	m.def = d
	if d.Doc != "" {
		m.Set("__doc__", MkStr(d.Doc))
	}
	search := None
	if d.Package {
		search = MkList(nil)
		m.Set("__path__", search)
		m.Set("__package__", MkStr(d.Name))
	} else {
		m.Set("__package__", MkStr(parentName(d.Name)))
	}
	m.Set("__spec__", newSpec(d.Name, MkStr("built-in"), search))
	return m
}

// librarySource names the text of library modules: their frames are not shown in tracebacks.
const librarySource = "<aio>"

// initModuleFrom fills the module of a definition: functions, Init, then the part written in the
// language.
func (th *Thread) initModuleFrom(m *Module) *Exc {
	d := m.def
	for i := range d.Funcs {
		f := NewBuiltin(&d.Funcs[i], d.Name)
		m.dict.SetStr((*BuiltinFunction)(f.p).name, f)
	}
	if d.Init != nil {
		if err := d.Init(th, m); err != nil {
			return err
		}
	}
	if d.Source == "" {
		return nil
	}
	m.Set("__builtins__", th.in.builtins.Value())
	return th.runModuleSource(m, diag.NewSource(librarySource, d.Source))
}

func (th *Thread) runModuleSource(m *Module, src *diag.Source) *Exc {
	c, err := th.CompileSource(src, compile.Options{})
	if err != nil {
		return err
	}
	_, err = th.RunCode(c, m.dict, Value{})
	return err
}

// MainModule returns the module __main__, made on first use.
func (in *Interp) MainModule() *Module {
	if v, ok := in.modules.GetName("__main__"); ok {
		if m, ok := AsModule(v); ok {
			return m
		}
	}
	m := in.NewModule("__main__")
	m.Set("__annotations__", NewDict().Value())
	m.Set("__builtins__", in.builtins.Value())
	in.modules.SetName("__main__", m.Value())
	return m
}

// RunMain runs a program as __main__. file is its __file__, "" when it has none.
func (th *Thread) RunMain(src *diag.Source, file string) *Exc {
	m := th.in.MainModule()
	if file != "" {
		m.Set("__file__", MkStr(file))
		m.Set("__cached__", None)
	}
	th.in.imports.sources[src.Name] = src
	return th.runModuleSource(m, src)
}
