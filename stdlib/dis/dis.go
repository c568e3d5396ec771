// Package dis is the module dis, which prints the instructions of functions: those of aio's own machine.
//
//	dis, distb, code_info
package dis

import "aio/interp"

// Module is the module dis.
var Module = &interp.ModuleDef{
	Name: "dis",
	Doc:  "Disassembler of the code of functions, classes and source text. The instructions are those of aio.",
	Funcs: []interp.Builtin{
		{Sig: "_text(code, /)", Doc: "Return the instructions of a code object as text.", Fn: text},
	},
	Source: `
import sys
import types


def _code_of(x):
    if isinstance(x, (types.MethodType, classmethod, staticmethod)):
        x = x.__func__
    for name in "__code__", "gi_code", "ag_code", "cr_code":
        if hasattr(x, name):
            return getattr(x, name)
    if isinstance(x, str):
        return compile(x, "<dis>", "exec")
    if isinstance(x, types.CodeType):
        return x
    return None


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of a function, method, class, module, code object or source text."""
    if x is None:
        return distb(file=file)
    code = _code_of(x)
    if code is not None:
        print(_text(code), end="", file=file)
        return
    if not hasattr(x, "__dict__"):
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)
    for name, value in sorted(x.__dict__.items()):
        if isinstance(value, (types.FunctionType, types.MethodType, classmethod, staticmethod)):
            print("Disassembly of %s:" % name, file=file)
            dis(value, file=file)
            print(file=file)


disassemble = disco = dis


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of the function in which the last exception was raised."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
    while tb.tb_next:
        tb = tb.tb_next
    dis(tb.tb_frame.f_code, file=file)


def code_info(x):
    """Return what a code object says of itself."""
    code = _code_of(x)
    if code is None:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)
    return "\n".join([f"Name:              {code.co_name}", f"Filename:          {code.co_filename}",
                      f"Argument count:    {code.co_argcount}", f"Kw-only arguments: {code.co_kwonlyargcount}",
                      f"Variable names:    {', '.join(code.co_varnames)}"])
`,
}

func text(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	s, ok := interp.DisassembleCode(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("_text() argument must be code, not %s", interp.TypeName(a[0]))
	}
	return interp.MkStr(s), nil
}
