// This file defines Worker, a process of aio or python3 that runs programs.

package difftest

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

//go:embed worker.py
var workerScript string

//go:embed virtual.py
var virtualScript string

// timeLimit is how long a batch of programs may run.
const timeLimit = 20 * time.Second

// ErrTimeout says that a batch did not end in time.
var ErrTimeout = errors.New("the programs run for too long")

// Worker runs programs in one process, which it starts anew when it has died.
type Worker struct {
	command []string
	folder  string // holds the script of the process
	process *exec.Cmd
	stdin   io.WriteCloser
	stdout  *bufio.Reader
	stderr  strings.Builder
}

// NewWorker returns a worker that starts command, such as "python3", with its script as the last argument.
func NewWorker(folder string, command ...string) (*Worker, error) {
	script := filepath.Join(folder, "worker.py")
	if err := os.WriteFile(script, []byte(workerScript), 0o600); err != nil {
		return nil, err
	}
	return &Worker{command: append(command, script), folder: folder}, nil
}

// NewVirtualPython is NewWorker for a python3 whose event loops run on virtual time, as with --clock=virtual.
func NewVirtualPython(folder, python string) (*Worker, error) {
	prelude := filepath.Join(folder, "virtual.py")
	if err := os.WriteFile(prelude, []byte(virtualScript), 0o600); err != nil {
		return nil, err
	}
	return NewWorker(folder, python, prelude)
}

func (w *Worker) start() error {
	w.process = exec.Command(w.command[0], w.command[1:]...)
	w.process.Env = append(os.Environ(), "PYTHONUTF8=1", "PYTHONWARNINGS=ignore", "PYTHONHASHSEED=0")
	w.stderr.Reset()
	w.process.Stderr = &w.stderr
	var err error
	if w.stdin, err = w.process.StdinPipe(); err != nil {
		return err
	}
	stdout, err := w.process.StdoutPipe()
	if err != nil {
		return err
	}
	w.stdout = bufio.NewReaderSize(stdout, 1<<16)
	return w.process.Start()
}

// Close ends the process.
func (w *Worker) Close() {
	if w.process == nil {
		return
	}
	w.stdin.Close()
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
	w.process = nil
}

// Run returns what each statement of each program printed. An error that is not ErrTimeout holds what
// the process wrote to stderr before it died.
func (w *Worker) Run(programs [][]string) ([][]string, error) {
	if w.process == nil {
		if err := w.start(); err != nil {
			return nil, err
		}
	}
	request, err := json.Marshal(programs)
	if err != nil {
		return nil, err
	}
	timer := time.AfterFunc(timeLimit, func() { _ = w.process.Process.Kill() })
	_, writeErr := w.stdin.Write(append(request, '\n'))
	answer, readErr := w.stdout.ReadBytes('\n')
	inTime := timer.Stop()
	if err := errors.Join(writeErr, readErr); err != nil {
		w.Close()
		if !inTime {
			return nil, ErrTimeout
		}
		return nil, fmt.Errorf("%w\n%s", err, w.stderr.String())
	}
	var seen [][]string
	if err := json.Unmarshal(answer, &seen); err != nil {
		return nil, err
	}
	return seen, nil
}
