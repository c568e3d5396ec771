// This file compares what came out of a script with what its comments say.

package aiotest

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Outcome is what came out of one run of a script.
type Outcome struct {
	Stdout  string `json:"stdout"`
	Stderr  string `json:"stderr"`
	Exit    int    `json:"exit"`
	Timeout bool   `json:"timeout"` // it was ended because its time was over
}

// Check returns a sentence for each difference between the outcome and the test; none when it passes.
func (test *Test) Check(got Outcome) []string {
	if got.Timeout {
		return []string{fmt.Sprintf("ran out of time; stdout so far:\n%s", got.Stdout)}
	}
	var faults []string
	if fault := test.checkStdout(got.Stdout); fault != "" {
		faults = append(faults, fault)
	}
	if fault := test.checkRaises(got.Stderr); fault != "" {
		faults = append(faults, fault)
	}
	for _, part := range test.Stderr {
		if !strings.Contains(got.Stderr, part) {
			faults = append(faults, fmt.Sprintf("stderr lacks %q", part))
		}
	}
	if test.Line == 0 && len(test.Stderr) == 0 && got.Stderr != "" {
		faults = append(faults, "stderr is not empty")
	}
	if got.Exit != test.Exit {
		faults = append(faults, fmt.Sprintf("exit status %d, expected %d", got.Exit, test.Exit))
	}
	if len(faults) > 0 && got.Stderr != "" {
		faults = append(faults, "stderr:\n"+got.Stderr)
	}
	return faults
}

// checkStdout names the first line that is not the expected one.
func (test *Test) checkStdout(stdout string) string {
	var lines []string
	if stdout != "" {
		lines = strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
	}
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case i >= len(test.Stdout):
			return fmt.Sprintf("stdout line %d is %q, expected the end", i+1, line)
		case line != strings.TrimRight(test.Stdout[i], " \t"):
			return fmt.Sprintf("stdout line %d is %q, expected %q", i+1, line, test.Stdout[i])
		}
	}
	if len(lines) < len(test.Stdout) {
		return fmt.Sprintf("stdout ends after %d lines, expected %q", len(lines), test.Stdout[len(lines)])
	}
	return ""
}

var placeInTraceback = regexp.MustCompile(`(?m)^[ |]*File "([^"]*)", line (\d+)`)

// checkRaises looks at the last traceback only: those before it belong to causes and contexts.
func (test *Test) checkRaises(stderr string) string {
	if test.Line == 0 {
		return ""
	}
	if at := strings.LastIndex(stderr, "Traceback (most recent call last):"); at >= 0 {
		stderr = stderr[at:]
	}
	found := false
	for line := range strings.Lines(stderr) {
		line = strings.TrimLeft(strings.TrimRight(line, "\r\n"), " |") // the frame of an exception group
		found = found || line == test.Raises
	}
	if !found {
		return fmt.Sprintf("stderr lacks the line %q", test.Raises)
	}
	innermost := 0
	for _, place := range placeInTraceback.FindAllStringSubmatch(stderr, -1) {
		if filepath.Base(place[1]) == filepath.Base(test.Path) {
			innermost, _ = strconv.Atoi(place[2])
		}
	}
	if innermost != test.Line {
		return fmt.Sprintf("raised on line %d, expected line %d", innermost, test.Line)
	}
	return ""
}
