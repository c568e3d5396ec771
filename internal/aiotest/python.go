// This file runs script tests on python3.

package aiotest

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

//go:embed driver.py
var driver string

// pythonVersion is the version whose behaviour and error texts aio follows.
const pythonVersion = "3.11"

// RunPython runs the script tests dir/topic/name.aio on python3, in one process that forks a child for
// each file, and reports each as the subtest topic/name. It skips where there is no python3 of the
// version aio follows.
func RunPython(t *testing.T, dir string) {
	t.Helper()
	tests, err := ReadDir(dir)
	runAllPython(t, tests, err)
}

// RunPythonFlat is RunPython for the files dir/name.aio.
func RunPythonFlat(t *testing.T, dir string) {
	t.Helper()
	tests, err := ReadFlat(dir)
	runAllPython(t, tests, err)
}

func runAllPython(t *testing.T, tests []*Test, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	python := FindPython()
	if python == "" {
		t.Skip("there is no python3 of version " + pythonVersion)
	}
	outcomes := runDriver(t, python, tests)
	for i, test := range tests {
		t.Run(test.Name, func(t *testing.T) {
			faults := test.Check(outcomes[i])
			// These files run on the real clock: a busy machine can break the order of sleeps.
			for try := 0; try < 2 && len(faults) > 0 && test.Differs == ""; try++ {
				faults = test.Check(runDriver(t, python, tests[i:i+1])[0])
			}
			if test.Differs != "" {
				if len(faults) == 0 {
					t.Error("CPython agrees; the file says that it differs: " + test.Differs)
				}
				return
			}
			for _, fault := range faults {
				t.Error(fault)
			}
		})
	}
}

// doctestOfDocument runs the fenced sessions of the document argv[1]; the rest of its lines become empty ones.
const doctestOfDocument = `
import doctest, sys
lines, fenced = [], False
for line in open(sys.argv[1], encoding="utf-8"):
    fence = line.startswith("` + "```" + `")
    lines.append(line if fenced and not fence else "\n")
    fenced ^= fence
test = doctest.DocTestParser().get_doctest("".join(lines), {"__name__": "__main__"}, sys.argv[1], sys.argv[1], 0)
sys.exit(doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed > 0)
`

// RunSessionPython runs the sessions of a document on python3 with its doctest. It skips where RunPython does.
func RunSessionPython(t *testing.T, path string) {
	t.Helper()
	python := FindPython()
	if python == "" {
		t.Skip("there is no python3 of version " + pythonVersion)
	}
	command := exec.Command(python, "-c", doctestOfDocument, path)
	command.Env = append(os.Environ(), "PYTHONUTF8=1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("python3 disagrees with %s: %v\n%s", path, err, out)
	}
}

// FindPython returns a python of the version aio follows that can fork, or "".
func FindPython() string {
	if runtime.GOOS == "windows" {
		return ""
	}
	for _, name := range []string{"python3", "python" + pythonVersion} {
		out, err := exec.Command(name, "--version").Output()
		if err == nil && strings.HasPrefix(string(out), "Python "+pythonVersion+".") {
			return name
		}
	}
	return ""
}

// runDriver hands the tests to driver.py, which answers with one line of JSON a test.
func runDriver(t *testing.T, python string, tests []*Test) []Outcome {
	t.Helper()
	type request struct {
		Path  string `json:"path"`
		Stdin string `json:"stdin"`
	}
	requests := make([]request, len(tests))
	for i, test := range tests {
		requests[i] = request{test.Path, test.Stdin}
	}
	input, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "driver.py"), []byte(driver), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, python, "-c", "import driver; exec(*driver.main())")
	command.Env = append(os.Environ(), "PYTHONUTF8=1", "PYTHONHASHSEED=0", "PYTHONDONTWRITEBYTECODE=1", "PYTHONPATH="+folder)
	command.Stdin = strings.NewReader(string(input))
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v", python, err)
	}
	outcomes := make([]Outcome, 0, len(tests))
	lines := bufio.NewScanner(strings.NewReader(string(out)))
	lines.Buffer(nil, len(out)+1)
	for lines.Scan() {
		var outcome Outcome
		if err := json.Unmarshal(lines.Bytes(), &outcome); err != nil {
			t.Fatalf("%s: %v", python, err)
		}
		outcomes = append(outcomes, outcome)
	}
	if len(outcomes) != len(tests) {
		t.Fatalf("%s ran %d of %d files", python, len(outcomes), len(tests))
	}
	return outcomes
}
