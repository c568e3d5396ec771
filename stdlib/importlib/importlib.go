// Package importlib is the module importlib with importlib.util, importlib.machinery and importlib.abc:
// imports by name.
//
//	import_module, reload, invalidate_caches, __import__
//	util.find_spec, util.module_from_spec, util.resolve_name
package importlib

import (
	"aio/interp"
)

// Modules are the modules of the package.
func Modules() []*interp.ModuleDef {
	return []*interp.ModuleDef{
		{
			Name: "importlib", Doc: "A pure Python implementation of import.", Package: true, Source: mainSource,
			Funcs: []interp.Builtin{{Sig: "_reload(module, /)", Doc: "Run the body of a module again.", Fn: reload}},
		},
		{
			Name: "importlib.util", Doc: "Utility code for constructing importers, etc.", Source: utilSource,
			Funcs: []interp.Builtin{{Sig: "_find(name, /)", Doc: "Return the spec of a module that was not imported, or None.", Fn: find}},
		},
		{
			Name: "importlib.machinery", Doc: "The machinery of importlib: finders, loaders, hooks, etc.",
			Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
				m.Set("ModuleSpec", interp.ModuleSpecType().Value())
				m.Set("SOURCE_SUFFIXES", interp.MkList([]interp.Value{interp.MkStr(".aio"), interp.MkStr(".py")}))
				m.Set("BYTECODE_SUFFIXES", interp.MkList(nil))
				m.Set("EXTENSION_SUFFIXES", interp.MkList(nil))
				return nil
			},
			Source: "def all_suffixes():\n    \"\"\"Returns a list of all recognized module suffixes for this process\"\"\"\n    return list(SOURCE_SUFFIXES)\n",
		},
	}
}

const mainSource = `
import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

_import = __import__


def __import__(name, globals=None, locals=None, fromlist=(), level=0):
    """Import a module."""
    return _import(name, globals, locals, fromlist, level)


def import_module(name, package=None):
    """Import a module: the one of that name, not the package that it is in."""
    if name.startswith("."):
        from importlib.util import resolve_name
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import "
                            f"for {name!r}")
        name = resolve_name(name, package)
    _import(name)
    return sys.modules[name]


def invalidate_caches():
    """Forget what finders remember: nothing is."""


def reload(module):
    """Reload the module and return it."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    _reload(module)
    return sys.modules[name]
`

const utilSource = `
import sys
import types
from importlib.machinery import ModuleSpec


def resolve_name(name, package):
    """Resolve a relative module name to an absolute one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    bits = package.rsplit(".", level - 1)
    if len(bits) < level:
        raise ImportError("attempted relative import beyond top-level package")
    rest = name[level:]
    return f"{bits[0]}.{rest}" if rest else bits[0]


def find_spec(name, package=None):
    """Return the spec for the specified module, None when there is none."""
    name = resolve_name(name, package)
    if name in sys.modules:
        module = sys.modules[name]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f"{name}.__spec__ is not set") from None
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent = name.rpartition(".")[0]
    if parent:
        __import__(parent)
    return _find(name)


def module_from_spec(spec):
    """Create a module based on the provided spec."""
    module = types.ModuleType(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module
`

func reload(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	m, ok := interp.AsModule(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("reload() argument must be a module")
	}
	return interp.None, th.Reload(m)
}

func find(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, ok := interp.StrOf(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("name must be str, not %s", interp.TypeName(a[0]))
	}
	return th.FindSpec(name)
}
