package interp

// This file defines how a module becomes the program: "aio -m NAME", "aio FOLDER".

import (
	"strings"

	"aio/diag"
)

// RunModule runs a module, or the __main__ of a package, as __main__, and returns its exit status.
// sys.argv[0] becomes the module's file.
func (th *Thread) RunModule(name string) int {
	m, src, err := th.findMain(name)
	if err == nil {
		err = th.runAsMain(m, src)
	}
	return th.Finish(err)
}

// RunFolder runs the __main__ of a folder, which must be the first of sys.path, and returns its exit status.
func (th *Thread) RunFolder(folder string) int {
	m, src, err := th.findFile("__main__", []string{folder})
	switch {
	case err != nil:
	case src == nil:
		err = cannotRun("can't find '__main__' module in '" + folder + "'")
	default:
		th.becomeMain(m)
		err = th.runModuleSource(th.in.MainModule(), src)
	}
	return th.Finish(err)
}

// cannotRun returns what ends the program with a sentence on stderr.
func cannotRun(sentence string) *Exc {
	e := NewExc(SystemExit, MkStr("aio: "+sentence))
	e.setField("code", MkStr("aio: "+sentence))
	return e
}

// findMain returns what "aio -m name" runs. Errors: SystemExit with the reason; what a package that had to be
// imported first raised.
func (th *Thread) findMain(name string) (*Module, *diag.Source, *Exc) {
	if strings.HasPrefix(name, ".") {
		return nil, nil, cannotRun("Relative module names not supported")
	}
	m, src, err := th.findToRun(name)
	switch {
	case err != nil:
		return nil, nil, err
	case !m.isPackage():
	case name == "__main__" || strings.HasSuffix(name, ".__main__"):
		return nil, nil, cannotRun("Cannot use package as __main__ module")
	default:
		inner := name + ".__main__"
		if m, src, err = th.findToRun(inner); err != nil {
			if _, imported := th.in.modules.GetName(name); imported && err.Is(SystemExit) {
				err = cannotRun("No module named " + inner + "; '" + name + "' is a package and cannot be directly executed")
			}
			return nil, nil, err
		}
	}
	if src == nil {
		return nil, nil, cannotRun("No code object available for " + name)
	}
	return m, src, nil
}

// isPackage reports whether the module has folders to look for submodules in.
func (m *Module) isPackage() bool {
	_, ok := m.Get("__path__")
	return ok || m.def != nil && m.def.Package
}

// findToRun is find for the program: it imports the package around the module, and says in the command's
// words what is not there.
func (th *Thread) findToRun(name string) (*Module, *diag.Source, *Exc) {
	var parent Value
	if pkg := parentName(name); pkg != "" {
		var err *Exc
		if parent, err = th.Import(pkg); err != nil {
			missing, _ := StrOf(err.field("name"))
			if !err.Is(ModuleNotFound) || missing != pkg && !strings.HasPrefix(pkg, missing+".") {
				return nil, nil, err
			}
			return nil, nil, th.cannotFindSpec(name, err)
		}
		if v, ok := th.in.modules.GetName(name); ok {
			if _, isPackage, _ := th.LookupAttr(v, "__path__"); !isPackage {
				if err := th.warnRunTwice(name, pkg); err != nil {
					return nil, nil, err
				}
			}
		}
		if _, ok, _ := th.LookupAttr(parent, "__path__"); !ok {
			return nil, nil, th.cannotFindSpec(name, moduleNotFound(name, "__path__ attribute not found on '"+pkg+"' while trying to find '"+name+"'"))
		}
	}
	m, src, err := th.find(name, parent)
	if err != nil && err.Is(ModuleNotFound) {
		return nil, nil, cannotRun("No module named " + name)
	}
	return m, src, err
}

func (th *Thread) cannotFindSpec(name string, reason *Exc) *Exc {
	why, err := th.Str(reason.Value())
	if err != nil {
		return err
	}
	text := "Error while finding module specification for '" + name + "' (" + reason.Type().Name + ": " + why + ")"
	if short, ok := strings.CutSuffix(name, ".py"); ok {
		text += ". Try using '" + short + "' instead of '" + name + "' as the module name."
	}
	return cannotRun(text)
}

func (th *Thread) warnRunTwice(name, pkg string) *Exc {
	return th.Warn(RuntimeWarning, "'%[1]s' found in sys.modules after import of package '%[2]s', "+
		"but prior to execution of '%[1]s'; this may result in unpredictable behaviour", name, pkg)
}

// runAsMain runs the body of a module that was found as __main__.
func (th *Thread) runAsMain(m *Module, src *diag.Source) *Exc {
	th.becomeMain(m)
	if file, ok := m.Get("__file__"); ok {
		if err := th.setProgramName(file); err != nil {
			return err
		}
	}
	return th.runModuleSource(th.in.MainModule(), src)
}

// becomeMain gives __main__ what import gave a module, but for its name.
func (th *Thread) becomeMain(m *Module) {
	main := th.in.MainModule()
	for _, name := range []string{"__package__", "__spec__", "__file__", "__cached__"} {
		if v, ok := m.Get(name); ok {
			main.Set(name, v)
		}
	}
}

// setProgramName sets sys.argv[0].
func (th *Thread) setProgramName(file Value) *Exc {
	sys, err := th.Import("sys")
	if err != nil {
		return err
	}
	argv, err := th.Attr(sys, "argv")
	if err != nil {
		return err
	}
	return th.SetItem(argv, MkInt(0), file)
}
