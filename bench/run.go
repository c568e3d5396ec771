// This file defines how one process is run and what is measured of it.

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Longer than this no script may take, in real time.
const timeLimit = 2 * time.Minute

// A measurement is what one finished process, or the best of several, has used.
type measurement struct {
	cpu    time.Duration // user and system time; zero when nothing was measured
	memory int64         // most bytes resident at once; zero where the system does not tell
	stdout string
	stderr string
}

// keepBest lowers m to the smaller figures of both.
func (m *measurement) keepBest(o measurement) {
	if m.cpu == 0 || o.cpu < m.cpu {
		m.cpu = o.cpu
	}
	if m.memory == 0 || o.memory < m.memory {
		m.memory = o.memory
	}
}

// run executes an interpreter with arguments, and setting added to its environment, and measures it as the
// operating system accounts for it when it has ended.
func run(interpreter string, argument string, setting ...string) (measurement, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, interpreter, argument)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), setting...)
	err := cmd.Run()
	if ctx.Err() != nil {
		return measurement{}, fmt.Errorf("takes more than %v", timeLimit)
	}
	if err != nil {
		return measurement{}, explain(err, stderr.String())
	}
	state := cmd.ProcessState
	return measurement{
		cpu:    state.UserTime() + state.SystemTime(),
		memory: maxResident(state),
		stdout: stdout.String(),
		stderr: stderr.String(),
	}, nil
}

// explain prefers the last line a failed interpreter wrote, the exception, to its exit status.
func explain(err error, stderr string) error {
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return errors.New(last)
	}
	return err
}
