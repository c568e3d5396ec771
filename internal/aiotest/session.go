package aiotest

// This file defines how sessions, `>>>` text within documents, are read.

import (
	"fmt"
	"os"
	"strings"
)

// Exchange is one input of a session and what it prints.
type Exchange struct {
	Input  string // lines that end in a newline, without their prompts
	Output string // lines that end in a newline; "..." within a line stands for any text
	Line   int    // of the input in the file, from 1
}

// ReadSession reads the exchanges of a document: of its blocks that are fenced by ``` those lines that begin with
// ">>> ", the "... " lines below each, and up to the next prompt or the end of the block what they print.
func ReadSession(path string) ([]Exchange, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []Exchange
	fenced, begun := false, false
	for i, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "```") {
			fenced, begun = !fenced, false
			continue
		}
		if !fenced {
			continue
		}
		prompt, rest, _ := strings.Cut(line, " ")
		switch {
		case prompt == ">>>":
			list = append(list, Exchange{Input: rest + "\n", Line: i + 1})
			begun = true
		case !begun:
		case prompt == "..." && list[len(list)-1].Output == "":
			list[len(list)-1].Input += rest + "\n"
		default:
			list[len(list)-1].Output += line + "\n"
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no session", path)
	}
	return list, nil
}

// ShortError replaces a traceback at the end of an output by the line of the error; hints go too.
func ShortError(output string) string {
	const header = "Traceback (most recent call last):\n"
	before, trace, found := strings.Cut(output, header)
	if !found {
		return output
	}
	last := ""
	for line := range strings.Lines(trace) {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "hint:") {
			last = line
		}
	}
	return before + header + last
}

// Matches reports whether an output is as the session says.
func (e *Exchange) Matches(output string) bool {
	want, got := strings.Split(e.Output, "\n"), strings.Split(output, "\n")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if !matchesLine(strings.TrimRight(want[i], " "), strings.TrimRight(got[i], " ")) {
			return false
		}
	}
	return true
}

// matchesLine compares a line; "..." in want matches any text.
func matchesLine(want, got string) bool {
	parts := strings.Split(want, "...")
	if len(parts) == 1 {
		return want == got
	}
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(got, first) || !strings.HasSuffix(got[len(first):], last) {
		return false
	}
	got = got[len(first) : len(got)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(got, part)
		if i < 0 {
			return false
		}
		got = got[i+len(part):]
	}
	return true
}
