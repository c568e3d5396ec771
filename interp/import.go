package interp

// This file defines import: finding a module, running it, and what the import statements do with it.

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"aio/diag"
)

// importState is what an interpreter knows about imports.
type importState struct {
	path    *List                   // sys.path as it was made
	sources map[string]*diag.Source // by file name, for tracebacks and warnings
	fn      Value                   // builtins.__import__ as it was made
}

// importRow is the row of the built-in function __import__.
var importRow = Builtin{"__import__(name, globals=None, locals=None, fromlist=(), level=0)",
	"Import a module. This is what the import statement calls.", builtinImport}

func (in *Interp) setupImports() {
	in.imports.sources = map[string]*diag.Source{}
	l := &List{Header: Header{listShape}}
	for _, p := range in.cfg.Path {
		l.Append(MkStr(p))
	}
	in.imports.path = l
	in.imports.fn = NewBuiltin(&importRow, "builtins")
	in.builtins.Set("__import__", in.imports.fn)
}

// Path returns the list sys.path.
func (in *Interp) Path() Value { return object(in.imports.path) }

// Modules returns the dict sys.modules.
func (in *Interp) Modules() *Dict { return in.modules }

// Builtins returns the module builtins.
func (in *Interp) Builtins() *Module { return in.builtins }

// ModuleDefs returns the names of the library's modules, sorted.
func (in *Interp) ModuleDefs() []string {
	return slices.Sorted(maps.Keys(in.defs))
}

// alwaysBuiltin are modules of the machine itself, which no file replaces.
var alwaysBuiltin = map[string]bool{"sys": true, "builtins": true, "time": true, "gc": true, "itertools": true, "atexit": true, "errno": true}

func parentName(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i]
	}
	return ""
}

// Import imports a module by its absolute name and returns it: for "a.b", b.
func (th *Thread) Import(name string) (Value, *Exc) {
	if v, ok := th.in.modules.GetName(name); ok {
		if v.IsNone() {
			return Value{}, moduleNotFound(name, "import of "+name+" halted; None in sys.modules")
		}
		return v, nil
	}
	parent := parentName(name)
	var parentModule Value
	if parent != "" {
		var err *Exc
		if parentModule, err = th.Import(parent); err != nil {
			return Value{}, err
		}
		if v, ok := th.in.modules.GetName(name); ok { // the parent imported it
			return v, nil
		}
	}
	v, err := th.load(name, parentModule)
	if err != nil {
		return Value{}, err
	}
	if parent != "" {
		if err := th.SetAttr(parentModule, Intern(name[len(parent)+1:]), v); err != nil && !err.Is(AttributeError) {
			return Value{}, err
		}
	}
	return v, nil
}

func moduleNotFound(name, msg string) *Exc {
	e := NewExc(ModuleNotFound, MkStr(msg))
	e.setField("name", MkStr(name))
	return e
}

// load finds a module that is not in sys.modules and runs it.
func (th *Thread) load(name string, parent Value) (Value, *Exc) {
	m, src, err := th.find(name, parent)
	if err != nil {
		return Value{}, err
	}
	in := th.in
	in.modules.SetName(name, m.Value())
	m.initializing = true
	switch {
	case m.def != nil:
		err = th.initModuleFrom(m)
	case src != nil:
		err = th.runModuleSource(m, src)
	}
	m.initializing = false
	if err != nil {
		in.modules.DelStr(NewStr(name))
		return Value{}, err
	}
	v, ok := in.modules.GetName(name) // its body may have put something else there
	if !ok {
		return Value{}, NewExc(KeyError, MkStr(name))
	}
	return v, nil
}

// find returns a new module for a name, and the text to run in it: that of a file in a folder of the
// search path, else of the library.
func (th *Thread) find(name string, parent Value) (*Module, *diag.Source, *Exc) {
	in := th.in
	d := in.defs[name]
	var folders []string
	if parent.IsUnbound() {
		if d != nil && alwaysBuiltin[name] {
			return th.newModuleFrom(d), nil, nil
		}
		folders = th.searchPath()
	} else {
		path, ok, err := th.LookupAttr(parent, "__path__")
		if err != nil {
			return nil, nil, err
		}
		pm, isModule := AsModule(parent)
		if d != nil && !(isModule && pm.def != nil) {
			d = nil // the parent is a file's, which a module of the library does not belong to
		}
		if !ok && d == nil {
			return nil, nil, moduleNotFound(name, "No module named '"+name+"'; '"+parentName(name)+"' is not a package")
		}
		if ok {
			if folders, err = th.folderNames(path); err != nil {
				return nil, nil, err
			}
		}
	}
	if m, src, err := th.findFile(name, folders); m != nil || err != nil {
		return m, src, err
	}
	if d != nil {
		return th.newModuleFrom(d), nil, nil
	}
	return nil, nil, moduleNotFound(name, "No module named '"+name+"'")
}

// searchPath returns the folders of sys.path.
func (th *Thread) searchPath() []string {
	path := object(th.in.imports.path)
	if sys, ok := th.in.modules.GetName("sys"); ok {
		if m, ok := AsModule(sys); ok {
			if p, ok := m.Get("path"); ok {
				path = p
			}
		}
	}
	folders, err := th.folderNames(path)
	if err != nil {
		return nil
	}
	return folders
}

func (th *Thread) folderNames(v Value) ([]string, *Exc) {
	items, err := th.Items(v)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, x := range items {
		if s, ok := StrOf(x); ok {
			list = append(list, s)
		}
	}
	return list, nil
}

// findFile looks for a module in folders: a package, a file, or else folders of that name, which
// together make a namespace package.
func (th *Thread) findFile(name string, folders []string) (*Module, *diag.Source, *Exc) {
	tail := name[strings.LastIndexByte(name, '.')+1:]
	if tail == "" {
		return nil, nil, nil
	}
	var portions []Value
	for _, folder := range folders {
		base := filepath.Join(folder, tail)
		isDir := th.isDir(base)
		if isDir {
			if file, data, ok := th.readSource(filepath.Join(base, "__init__")); ok {
				return th.fileModule(name, file, data, MkList([]Value{MkStr(base)}))
			}
		}
		if file, data, ok := th.readSource(base); ok {
			return th.fileModule(name, file, data, None)
		}
		if isDir {
			portions = append(portions, MkStr(base))
		}
	}
	if portions == nil {
		return nil, nil, nil
	}
	m := th.in.NewModule(name)
	path := MkList(portions)
	m.Set("__path__", path)
	m.Set("__package__", MkStr(name))
	m.Set("__spec__", newSpec(name, None, path))
	return m, nil, nil
}

func (th *Thread) isDir(path string) bool {
	info, err := th.in.cfg.Stat(path)
	return err == nil && info.IsDir()
}

// readSource reads base.aio or base.py.
func (th *Thread) readSource(base string) (file string, data []byte, ok bool) {
	for _, ext := range []string{".aio", ".py"} {
		file = base + ext
		if abs, err := filepath.Abs(file); err == nil {
			file = abs
		}
		if data, err := th.in.cfg.ReadFile(file); err == nil {
			return file, data, true
		}
	}
	return "", nil, false
}

// DecodeSource returns the Source that the bytes of a file hold, in any encoding that the codecs know.
// Errors: SyntaxError.
func (th *Thread) DecodeSource(name string, data []byte) (*diag.Source, *Exc) {
	src, d := diag.Decode(name, data)
	if d == nil {
		return src, nil
	}
	if encoding, ok := d.UnknownEncoding(); ok {
		if v, err := th.Decode(data, encoding, "strict"); err == nil {
			if text, ok := StrOf(v); ok {
				return diag.NewSource(name, text), nil
			}
		}
	}
	return nil, th.SyntaxError(d)
}

// fileModule returns a new module for a file; search is its __path__, None when it is no package.
func (th *Thread) fileModule(name, file string, data []byte, search Value) (*Module, *diag.Source, *Exc) {
	src, err := th.DecodeSource(file, data)
	if err != nil {
		return nil, nil, err
	}
	m := th.in.NewModule(name)
	if search.IsNone() {
		m.Set("__package__", MkStr(parentName(name)))
	} else {
		m.Set("__package__", MkStr(name))
		m.Set("__path__", search)
	}
	m.Set("__spec__", newSpec(name, MkStr(file), search))
	m.Set("__file__", MkStr(file))
	m.Set("__cached__", None)
	m.Set("__builtins__", th.in.builtins.Value())
	th.in.imports.sources[src.Name] = src
	return m, src, nil
}

// importName does what "import name" does up to the assignment: name is behind level dots, fromlist is
// None or the tuple of the names of a "from" import.
func (th *Thread) importName(name *Str, globals *Dict, level int, fromlist Value) (Value, *Exc) {
	fn, ok := th.in.builtins.Get("__import__")
	if !ok {
		return Value{}, NewExc(ImportError, MkStr("__import__ not found"))
	}
	if !Is(fn, th.in.imports.fn) {
		return th.Call(fn, object(name), globals.Value(), None, fromlist, MkInt(int64(level)))
	}
	return th.importLevel(name.s, globals, level, fromlist)
}

func builtinImport(th *Thread, a []Value) (Value, *Exc) {
	name, ok := StrOf(a[0])
	if !ok {
		return Value{}, TypeErrorf("__import__() argument 1 must be str, not %s", typeName(a[0]))
	}
	level, err := th.IndexInt(a[4])
	if err != nil {
		return Value{}, err
	}
	if level < 0 {
		return Value{}, ValueErrorf("level must be >= 0")
	}
	globals, _ := AsDict(a[1])
	return th.importLevel(name, globals, level, a[3])
}

func (th *Thread) importLevel(name string, globals *Dict, level int, fromlist Value) (Value, *Exc) {
	full := name
	if level > 0 {
		base, err := th.packageOf(globals, level)
		if err != nil {
			return Value{}, err
		}
		full = base
		if name != "" {
			full += "." + name
		}
	} else if name == "" {
		return Value{}, ValueErrorf("Empty module name")
	}
	m, err := th.Import(full)
	if err != nil {
		return Value{}, err
	}
	hasFrom, err := th.Truth(fromlist)
	if err != nil {
		return Value{}, err
	}
	if hasFrom {
		return m, th.importSubmodules(m, fromlist)
	}
	if name == "" {
		return m, nil
	}
	// "import a.b" binds a.
	first, _, dotted := strings.Cut(name, ".")
	if !dotted {
		return m, nil
	}
	return th.Import(full[:len(full)-len(name)+len(first)])
}

// packageOf returns the name that a relative import begins at: the package of globals for one dot, its
// parent for two.
func (th *Thread) packageOf(globals *Dict, level int) (string, *Exc) {
	noParent := NewExc(ImportError, MkStr("attempted relative import with no known parent package"))
	if globals == nil {
		return "", NewExc(KeyError, MkStr("'__name__' not in globals"))
	}
	pkg := ""
	if v, ok := globals.GetName("__package__"); ok && !v.IsNone() {
		if pkg, ok = StrOf(v); !ok {
			return "", TypeErrorf("__package__ must be a string")
		}
	} else {
		v, ok := globals.GetName("__name__")
		if !ok {
			return "", NewExc(KeyError, MkStr("'__name__' not in globals"))
		}
		pkg, _ = StrOf(v)
		if _, ok := globals.GetName("__path__"); !ok {
			pkg = parentName(pkg)
		}
	}
	if pkg == "" {
		return "", noParent
	}
	for ; level > 1; level-- {
		i := strings.LastIndexByte(pkg, '.')
		if i < 0 {
			return "", NewExc(ImportError, MkStr("attempted relative import beyond top-level package"))
		}
		pkg = pkg[:i]
	}
	return pkg, nil
}

// importSubmodules imports the submodules that "from m import names" names and m does not have yet.
func (th *Thread) importSubmodules(m Value, names Value) *Exc {
	if _, ok, err := th.LookupAttr(m, "__path__"); err != nil || !ok {
		return err
	}
	items, err := th.Items(names)
	if err != nil {
		return err
	}
	for _, x := range items {
		name, ok := StrOf(x)
		if !ok {
			return TypeErrorf("Item in ``from list'' must be str, not %s", typeName(x))
		}
		if name == "*" {
			if all, ok, err := th.LookupAttr(m, "__all__"); err != nil {
				return err
			} else if ok {
				if err := th.importAll(m, all); err != nil {
					return err
				}
			}
			continue
		}
		if err := th.importSubmodule(m, name); err != nil {
			return err
		}
	}
	return nil
}

func (th *Thread) importAll(m, all Value) *Exc {
	items, err := th.Items(all)
	if err != nil {
		return err
	}
	for _, x := range items {
		if name, ok := StrOf(x); ok {
			if err := th.importSubmodule(m, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// importSubmodule imports m.name unless m has such an attribute; that there is none is no error.
func (th *Thread) importSubmodule(m Value, name string) *Exc {
	if _, ok, err := th.LookupAttr(m, name); err != nil || ok {
		return err
	}
	own, err := th.Attr(m, "__name__")
	if err != nil {
		return err
	}
	text, _ := StrOf(own)
	full := text + "." + name
	if _, err := th.Import(full); err != nil {
		if missing, _ := StrOf(err.field("name")); err.Is(ModuleNotFound) && missing == full {
			return nil
		}
		return err
	}
	return nil
}

// importFrom returns what "from m import name" binds: the attribute, or the submodule. Errors:
// ImportError.
func (th *Thread) importFrom(m Value, name *Str) (Value, *Exc) {
	v, err := th.GetAttr(m, name)
	if err == nil || !err.Is(AttributeError) {
		return v, err
	}
	own, ok, err := th.LookupAttr(m, "__name__")
	if err != nil {
		return Value{}, err
	}
	text, isText := StrOf(own)
	if ok && isText {
		if v, ok := th.in.modules.GetName(text + "." + name.s); ok {
			return v, nil
		}
	} else {
		text = "<unknown module name>"
	}
	return Value{}, th.cannotImport(m, name.s, text)
}

func (th *Thread) cannotImport(m Value, name, module string) *Exc {
	where := "unknown location"
	path := None
	if file, ok, _ := th.LookupAttr(m, "__file__"); ok {
		if s, ok := StrOf(file); ok {
			where, path = s, file
		}
	}
	what := "'" + module + "'"
	if mod, ok := AsModule(m); ok && mod.initializing {
		what = "partially initialized module " + what + " (most likely due to a circular import)"
	}
	e := NewExc(ImportError, MkStr("cannot import name '"+name+"' from "+what+" ("+where+")"))
	e.setField("name", MkStr(module))
	e.setField("path", path)
	return e
}

// importStar copies the public names of m to ns, or to globals when ns is unbound.
func (th *Thread) importStar(m Value, globals *Dict, ns Value) *Exc {
	names, err := th.publicNames(m)
	if err != nil {
		return err
	}
	for _, name := range names {
		v, err := th.GetAttr(m, name)
		if err != nil {
			return err
		}
		if ns.IsUnbound() {
			globals.SetStr(name, v)
		} else if err := th.SetItem(ns, object(name), v); err != nil {
			return err
		}
	}
	return nil
}

// publicNames returns what "import *" takes from m: __all__, else the names without a leading underscore.
func (th *Thread) publicNames(m Value) ([]*Str, *Exc) {
	all, hasAll, err := th.LookupAttr(m, "__all__")
	if err != nil {
		return nil, err
	}
	where := "__all__"
	var items []Value
	if hasAll {
		items, err = th.Items(all)
	} else {
		d, ok, derr := th.LookupAttr(m, "__dict__")
		if derr != nil {
			return nil, derr
		}
		if !ok {
			return nil, NewExc(ImportError, MkStr("from-import-* object has no __dict__ and no __all__"))
		}
		where = "__dict__"
		items, err = th.Items(d)
	}
	if err != nil {
		return nil, err
	}
	var names []*Str
	for _, x := range items {
		s, ok := AsStr(x)
		if !ok {
			kind := "Item"
			if !hasAll {
				kind = "Key"
			}
			name, _ := AsModule(m)
			return nil, TypeErrorf("%s in %s.%s must be str, not %s", kind, name.name, where, typeName(x))
		}
		if hasAll || !strings.HasPrefix(s.s, "_") {
			names = append(names, internStr(s))
		}
	}
	return names, nil
}

// ModuleSpecType returns the type of __spec__.
func ModuleSpecType() *Type { return moduleSpecType }

// FindSpec returns the spec of a module that was not imported yet and whose parent was; None when there is
// no such module.
func (th *Thread) FindSpec(name string) (Value, *Exc) {
	parent := Value{}
	if p := parentName(name); p != "" {
		parent, _ = th.in.modules.GetName(p)
	}
	m, _, err := th.find(name, parent)
	if err != nil {
		if err.Is(ModuleNotFound) {
			return None, nil
		}
		return Value{}, err
	}
	spec, _ := m.Get("__spec__")
	return spec, nil
}

// Reload runs the body of a module again, in its namespace.
func (th *Thread) Reload(m *Module) *Exc {
	if m.def != nil {
		return th.initModuleFrom(m)
	}
	name := m.name
	if v, ok := m.Get("__name__"); ok {
		name, _ = StrOf(v)
	}
	parent := Value{}
	if p := parentName(name); p != "" {
		parent, _ = th.in.modules.GetName(p)
	}
	found, src, err := th.find(name, parent)
	if err != nil {
		return err
	}
	if src == nil {
		return nil
	}
	spec, _ := found.Get("__spec__")
	m.Set("__spec__", spec)
	return th.runModuleSource(m, src)
}
