package pickle

// This file writes what a pickle refers to by module and name: classes and functions.

import (
	"strings"

	"aio/interp"
)

// saveGlobal writes obj as the attribute name of its module; "" stands for its __qualname__.
func (p *pickler) saveGlobal(th *interp.Thread, obj interp.Value, name string) *interp.Exc {
	if name == "" {
		var err *interp.Exc
		if name, err = p.globalName(th, obj); err != nil {
			return err
		}
	}
	path := strings.Split(name, ".")
	module, err := p.whichModule(th, obj, path)
	if err != nil {
		return err
	}
	m, err := th.Import(module)
	if err != nil {
		return interp.Errorf(picklingError, "Can't pickle %s: import of module %s failed", th.ReprOr(obj), th.ReprOr(interp.MkStr(module))).WithCause(err)
	}
	found, parent, err := p.dotted(th, m, path)
	if err != nil {
		if strings.Contains(name, "<locals>") {
			return interp.Errorf(interp.AttributeError, "Can't pickle local object %s", th.ReprOr(interp.MkStr(name)))
		}
		return interp.Errorf(picklingError, "Can't pickle %s: attribute lookup %s on %s failed", th.ReprOr(obj), name, module)
	}
	if !interp.Is(found, obj) {
		return interp.Errorf(picklingError, "Can't pickle %s: it's not the same object as %s.%s", th.ReprOr(obj), module, name)
	}
	switch last := path[len(path)-1]; {
	case p.proto >= 4:
		if err := p.save(th, moduleName(obj, module)); err != nil {
			return err
		}
		if err := p.save(th, interp.Intern(name).Value()); err != nil {
			return err
		}
		p.emit(opStackGlobal)
	case len(path) > 1:
		getattr, _ := th.Interp().Builtins().Get("getattr")
		if err := p.saveReduce(th, interp.Value{}, interp.Pair(getattr, interp.Pair(parent, interp.MkStr(last)))); err != nil {
			return err
		}
	default:
		if p.fixImports {
			module, name = toPython2(module, name)
		}
		p.emitText(opGlobal, module+"\n"+name)
	}
	p.remember(obj)
	return nil
}

// functionsModule is what __module__ of built-in functions is: CPython has another object there than for
// types, and so a pickle of both has the name twice.
var functionsModule = interp.MkStr("builtins")

func moduleName(obj interp.Value, module string) interp.Value {
	if _, isClass := interp.AsType(obj); !isClass && module == "builtins" {
		return functionsModule
	}
	return interp.Intern(module).Value()
}

func (p *pickler) globalName(th *interp.Thread, obj interp.Value) (string, *interp.Exc) {
	v, ok, err := th.LookupAttr(obj, "__qualname__")
	if err == nil && !ok {
		v, err = th.Attr(obj, "__name__")
	}
	if err != nil {
		return "", err
	}
	name, _ := interp.StrOf(v)
	return name, nil
}

// whichModule returns the name of the module that holds obj: its __module__, else the first that has it.
func (p *pickler) whichModule(th *interp.Thread, obj interp.Value, path []string) (string, *interp.Exc) {
	v, ok, err := th.LookupAttr(obj, "__module__")
	if err != nil {
		return "", err
	}
	if name, isStr := interp.StrOf(v); ok && isStr {
		return name, nil
	}
	modules := th.Interp().Modules()
	for k, m, i, ok := modules.Next(0); ok; k, m, i, ok = modules.Next(i) {
		name, _ := interp.StrOf(k)
		if name == "__main__" || name == "__mp_main__" || m.IsNone() {
			continue
		}
		if found, _, err := p.dotted(th, m, path); err == nil && interp.Is(found, obj) {
			return name, nil
		}
	}
	return "__main__", nil
}

// dotted follows path from v; parent is what the last name was found on.
func (p *pickler) dotted(th *interp.Thread, v interp.Value, path []string) (found, parent interp.Value, err *interp.Exc) {
	found = v
	for _, name := range path {
		parent = found
		if name == "<locals>" {
			return interp.Value{}, interp.Value{}, interp.Errorf(interp.AttributeError, "<locals>")
		}
		if found, err = th.Attr(parent, name); err != nil {
			return interp.Value{}, interp.Value{}, err
		}
	}
	return found, parent, nil
}

// renamed are the modules that had another name in Python 2.
var renamed = map[string]string{
	"builtins": "__builtin__", "copyreg": "copy_reg", "queue": "Queue", "configparser": "ConfigParser", "reprlib": "repr",
	"socketserver": "SocketServer", "_thread": "thread", "_dummy_thread": "dummy_thread", "pickle": "cPickle", "_pickle": "cPickle",
}

// moved are the names that were elsewhere in Python 2.
var moved = map[[2]string][2]string{
	{"builtins", "range"}: {"__builtin__", "xrange"}, {"builtins", "zip"}: {"itertools", "izip"}, {"builtins", "map"}: {"itertools", "imap"},
	{"builtins", "filter"}: {"itertools", "ifilter"}, {"builtins", "chr"}: {"__builtin__", "unichr"}, {"builtins", "str"}: {"__builtin__", "unicode"},
	{"builtins", "int"}: {"__builtin__", "long"}, {"functools", "reduce"}: {"__builtin__", "reduce"}, {"sys", "intern"}: {"__builtin__", "intern"},
	{"itertools", "filterfalse"}: {"itertools", "ifilterfalse"}, {"itertools", "zip_longest"}: {"itertools", "izip_longest"},
	{"collections", "UserDict"}: {"UserDict", "IterableUserDict"}, {"collections", "UserList"}: {"UserList", "UserList"},
	{"collections", "UserString"}: {"UserString", "UserString"},
}

// toPython2 returns the module and name that Python 2 has for a global.
func toPython2(module, name string) (string, string) {
	if to, ok := moved[[2]string{module, name}]; ok {
		return to[0], to[1]
	}
	if module == "builtins" && (strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Warning") ||
		name == "StopIteration" || name == "KeyboardInterrupt" || name == "SystemExit" || name == "GeneratorExit") {
		return "exceptions", name
	}
	if to, ok := renamed[module]; ok {
		return to, name
	}
	return module, name
}

// fromPython2 is the way back.
func fromPython2(module, name string) (string, string) {
	for to, from := range moved {
		if from == [2]string{module, name} {
			return to[0], to[1]
		}
	}
	if module == "exceptions" {
		return "builtins", name
	}
	for to, from := range renamed {
		if from == module {
			if from == "cPickle" {
				to = "pickle"
			}
			return to, name
		}
	}
	return module, name
}
