// This file runs script tests on a built aio.

package aiotest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// timeLimit is how long one script may run, on aio and on python3.
const timeLimit = 20 * time.Second

// Build builds cmd/aio into a temporary folder of t and returns its path. Under `go test -race` the
// command is built with the race detector too.
func Build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "aio")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	arguments := []string{"build", "-o", binary}
	if raceDetector {
		arguments = append(arguments, "-race")
	}
	out, err := exec.Command("go", append(arguments, "aio/cmd/aio")...).CombinedOutput()
	if err != nil {
		t.Fatalf("building aio: %v\n%s", err, out)
	}
	return binary
}

// Run runs the script tests dir/topic/name.aio on the aio at binary, each as the parallel subtest
// topic/name.
func Run(t *testing.T, dir, binary string) {
	t.Helper()
	tests, err := ReadDir(dir)
	runAll(t, tests, err, binary)
}

// RunFlat is Run for the files dir/name.aio.
func RunFlat(t *testing.T, dir, binary string) {
	t.Helper()
	tests, err := ReadFlat(dir)
	runAll(t, tests, err, binary)
}

func runAll(t *testing.T, tests []*Test, err error, binary string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if len(tests) == 0 {
		t.Fatal("no script tests found")
	}
	for _, test := range tests {
		t.Run(test.Name, func(t *testing.T) {
			t.Parallel()
			for _, fault := range test.Check(test.run(binary)) {
				t.Error(fault)
			}
		})
	}
}

// run runs the script in its own folder.
func (test *Test) run(binary string) Outcome {
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	clock := "--clock=virtual"
	if test.Real {
		clock = "--clock=real"
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, binary, clock, test.Path)
	command.Dir, command.Env = filepath.Dir(test.Path), append(os.Environ(), "AIO_LANG=en")
	command.Stdin = strings.NewReader(test.Stdin)
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	outcome := Outcome{Stdout: stdout.String(), Stderr: stderr.String(), Exit: command.ProcessState.ExitCode()}
	outcome.Timeout = errors.Is(ctx.Err(), context.DeadlineExceeded)
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		outcome.Stderr += "aiotest: " + err.Error()
	}
	return outcome
}
