package interp

// This file tests how modules are run as the program.

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runFiles are the modules that the tests run.
var runFiles = map[string]string{
	"one.py":               "print(__name__, repr(__package__), __spec__.name)\nprint(__file__.rpartition('/')[2])",
	"pkg/__init__.py":      "print('package', __name__)",
	"pkg/__main__.py":      "from . import part\nfrom .inner.deep import up\nprint(__name__, __package__, part.x, up.__name__)",
	"pkg/part.py":          "x = 1",
	"pkg/inner/deep.py":    "from .. import part as up",
	"bare/__init__.py":     "",
	"again/__init__.py":    "import again.part",
	"again/part.py":        "print(__name__)",
	"fails/__init__.py":    "import nothing_there",
	"folder/__main__.py":   "import beside\nprint(__name__, repr(__package__), beside.y)",
	"folder/beside.py":     "y = 2",
	"circular/__init__.py": "",
	"circular/a.py":        "from circular.b import y\nx = 1",
	"circular/b.py":        "from circular.a import x\ny = 2",
}

// bareSys is the module sys with nothing but argv.
var bareSys = ModuleDef{Name: "sys", Init: func(th *Thread, m *Module) *Exc {
	m.Set("argv", MkList([]Value{MkStr("-m")}))
	return nil
}}

func TestRunModule(t *testing.T) {
	top := t.TempDir()
	for name, text := range runFiles {
		file := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		run    string // a module, or a folder with a slash behind it
		status int
		out    string // what it prints
		err    string // the end of what it reports
	}{
		{"one", 0, "__main__ '' one\none.py\n", ""},
		{"pkg", 0, "package pkg\n__main__ pkg 1 pkg.part\n", ""},
		{"pkg.part", 0, "package pkg\n", ""},
		{"again.part", 0, "again.part\n__main__\n", "this may result in unpredictable behaviour\n"},
		{"folder/", 0, "__main__ '' 2\n", ""},
		{"bare/", 1, "", "aio: can't find '__main__' module in '" + top + "/bare'\n"},
		{"nope", 1, "", "aio: No module named nope\n"},
		{"pkg.nope", 1, "package pkg\n", "aio: No module named pkg.nope\n"},
		{"pkg.", 1, "package pkg\n", "aio: No module named pkg.\n"},
		{".pkg", 1, "", "aio: Relative module names not supported\n"},
		{"bare", 1, "", "aio: No module named bare.__main__; 'bare' is a package and cannot be directly executed\n"},
		{"one.py", 1, "one '' one\none.py\n", "aio: Error while finding module specification for 'one.py' (ModuleNotFoundError: __path__ attribute " +
			"not found on 'one' while trying to find 'one.py'). Try using 'one' instead of 'one.py' as the module name.\n"},
		{"fails", 1, "", "ModuleNotFoundError: No module named 'nothing_there'\n"},
		{"circular.a", 1, "", "ImportError: cannot import name 'y' from partially initialized module 'circular.b' " +
			"(most likely due to a circular import) (" + top + "/circular/b.py)\n"},
	} {
		var out, report bytes.Buffer
		folder, isFolder := strings.CutSuffix(test.run, "/")
		path := top
		if isFolder {
			path = filepath.Join(top, folder)
		}
		th := New(Config{Modules: []*ModuleDef{&bareSys}, Stdout: &out, Stderr: &report, Path: []string{path}}).Main()
		status := 0
		if isFolder {
			status = th.RunFolder(path)
		} else {
			status = th.RunModule(test.run)
		}
		if status != test.status || !strings.HasSuffix(report.String(), test.err) || test.err == "" && report.Len() > 0 {
			t.Errorf("%s: status %d, report %q", test.run, status, report.String())
		}
		if out.String() != test.out {
			t.Errorf("%s: printed %q, want %q", test.run, out.String(), test.out)
		}
	}
}
