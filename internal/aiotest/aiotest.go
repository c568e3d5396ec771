// Package aiotest reads script tests and runs them on a built aio and on python3.
//
// A script test is an .aio file of 5 to 40 lines, named after the behaviour it shows, that says in
// comments what must come out of it:
//
//		print(1 + 2)          # expect: 3
//		show_two_lines()
//		# expect: first
//		# expect: second
//		await_it_again()      # raises: RuntimeError: cannot reuse already awaited coroutine
//
//	  - "# expect: TEXT" is one line of stdout. Stdout must be the texts of all expect comments, in the
//	    order in which they stand in the file, and nothing else; blanks at the end of a line do not count. By custom the comment stands at the end
//	    of the line that prints, or below the call that prints several lines.
//	  - "# raises: TEXT" stands on the line that fails. TEXT must be a line of its own in the last
//	    traceback on stderr, and the innermost place of this file in that traceback must be the comment's
//	    line. The exit status must be 1. One a file.
//	  - "# stderr: TEXT" is a part of a line of stderr; an empty one lets stderr hold anything. Without
//	    a raises or a stderr comment stderr must be empty.
//	  - "# exit: N" is the exit status: 0 without it, 1 with raises.
//	  - "# stdin: TEXT" is one line of the standard input, which is empty without it.
//	  - "# clock: real" runs the file on the real clock; aio runs it on the virtual one without it.
//	  - "# differs: REASON" on line 1: aio must do what the file says and CPython must not.
//	  - "# module" on line 1: the file is imported by a test beside it and is none itself.
//
// Exactly one blank follows the colon; the rest of the line is TEXT, which may be empty.
//
// Tests lie in dir/topic/name.aio. What lies deeper is there to be imported. [Run] runs a folder on
// aio, [RunPython] the same files on python3. The command `python3 internal/aiotest/expect.py FILE...`
// writes the expect comments of a file that python3 runs without a failure.
package aiotest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Test is one script test as its comments describe it.
type Test struct {
	Path    string   // absolute
	Name    string   // topic/name, without the suffix
	Stdin   string   // "" or lines that end in a newline
	Stdout  []string // the lines expected, in order
	Stderr  []string // parts that must be found in stderr
	Raises  string   // last line of the traceback; "" when nothing is raised
	Line    int      // where Raises stands, from 1; 0 when nothing is raised
	Exit    int      // expected exit status
	Differs string   // why CPython must not agree; "" when it must
	Real    bool     // wants the real clock
}

// ReadDir reads the script tests of dir/topic/name.aio, in the order of their names.
func ReadDir(dir string) ([]*Test, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*.aio"))
	if err != nil {
		return nil, err
	}
	return readAll(paths)
}

// ReadFlat reads the script tests of dir/name.aio, in the order of their names.
func ReadFlat(dir string) ([]*Test, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.aio"))
	if err != nil {
		return nil, err
	}
	return readAll(paths)
}

func readAll(paths []string) ([]*Test, error) {
	var tests []*Test
	for _, path := range paths {
		absolute, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(absolute)
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(string(text), "# module") {
			continue
		}
		test, err := Parse(absolute, string(text))
		if err != nil {
			return nil, err
		}
		tests = append(tests, test)
	}
	return tests, nil
}

// Parse reads the comments of one script test. A text that expects nothing is an error: it would
// pass whatever the interpreter does.
func Parse(path, text string) (*Test, error) {
	topic := filepath.Base(filepath.Dir(path))
	test := &Test{Path: path, Name: topic + "/" + strings.TrimSuffix(filepath.Base(path), ".aio")}
	exit, expects := -1, false
	for i, line := range strings.Split(text, "\n") {
		key, value, found := directive(strings.TrimSuffix(line, "\r"))
		if !found {
			continue
		}
		switch key {
		case "expect":
			test.Stdout = append(test.Stdout, value)
			expects = true
		case "raises":
			if test.Line != 0 {
				return nil, fmt.Errorf("%s:%d: a second raises comment", path, i+1)
			}
			test.Raises, test.Line = value, i+1
			expects = true
		case "stderr":
			test.Stderr = append(test.Stderr, value)
			expects = true
		case "exit":
			number, err := strconv.Atoi(value)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %q is no exit status", path, i+1, value)
			}
			exit = number
			expects = true
		case "stdin":
			test.Stdin += value + "\n"
		case "clock":
			test.Real = value == "real"
		case "differs":
			if i != 0 {
				return nil, fmt.Errorf("%s:%d: a differs comment belongs on line 1", path, i+1)
			}
			test.Differs = value
		}
	}
	if !expects {
		return nil, fmt.Errorf("%s: expects nothing", path)
	}
	switch {
	case exit >= 0:
		test.Exit = exit
	case test.Line != 0:
		test.Exit = 1
	}
	return test, nil
}

// directives are the words that Parse knows.
var directives = []string{"expect", "raises", "stderr", "exit", "stdin", "clock", "differs"}

// directive finds the first "# word: text" of a line whose word is one of the directives.
func directive(line string) (word, text string, found bool) {
	first := len(line)
	for _, candidate := range directives {
		at := strings.Index(line, "# "+candidate+":")
		if at >= 0 && at < first {
			first, word = at, candidate
			text = strings.TrimPrefix(line[at+len("# "+candidate+":"):], " ")
			found = true
		}
	}
	return word, text, found
}
