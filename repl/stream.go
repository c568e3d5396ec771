package repl

// This file defines what runs a standard input that is no terminal: statement by statement.

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"

	"aio/diag"
	"aio/interp"
)

// runStream runs the standard input. Each statement runs as soon as it is read whole; the first error ends
// all.
func runStream(o Options) int {
	in := bufio.NewReader(os.Stdin)
	o.Config.Stdin = oneLine{in} // what follows a statement is what input() reads
	s := newSession(o, os.Stdout, os.Stderr)
	s.brief = true
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	go func() {
		for range signals {
			s.in.Interrupt()
		}
	}()
	if err := s.open(); err != nil {
		return s.th.Finish(err)
	}
	if o.File != "" {
		if err := s.load(o.File); err != nil {
			return s.close(err)
		}
	}
	status, err := s.runLines(in)
	if n := s.close(err); n != 0 {
		return n
	}
	return status
}

// oneLine is a reader that takes no more than a line at a time.
type oneLine struct{ in *bufio.Reader }

func (r oneLine) Read(p []byte) (int, error) {
	for n := range p {
		c, err := r.in.ReadByte()
		if err != nil {
			return n, err
		}
		if p[n] = c; c == '\n' {
			return n + 1, nil
		}
	}
	return len(p), nil
}

// runLines runs the statements of a stream. Errors: SystemExit.
func (s *session) runLines(in *bufio.Reader) (status int, err *interp.Exc) {
	r := &lineReader{in: in}
	for {
		text, line, rerr := r.next()
		if text != "" {
			before := s.failed
			if quit, err := s.runStatement(text, line); quit || err != nil {
				return 0, err
			}
			if s.failed != before {
				return exitFailure, nil
			}
		}
		if rerr != nil {
			if !errors.Is(rerr, io.EOF) {
				s.say("can't read the standard input: %s", rerr)
				return exitFailure, nil
			}
			return 0, nil
		}
	}
}

// runStatement runs a statement, or a command, that begins behind so many lines. Errors: SystemExit.
func (s *session) runStatement(text string, line int) (quit bool, err *interp.Exc) {
	if strings.TrimSpace(text) == "" {
		return false, nil
	}
	if isCommand(text) {
		return s.command(text)
	}
	src := diag.NewSource("<stdin>", strings.Repeat("\n", line)+text)
	src.Typed = true
	err = s.run(src, true)
	s.flush()
	if err != nil && !err.Is(interp.SystemExit) {
		s.fail(err)
		err = nil
	}
	return false, err
}

// lineReader reads statements.
type lineReader struct {
	in    *bufio.Reader
	ahead string // a line that was read and belongs to the next statement
	line  int    // how many lines were given
}

// next returns the next statement and the line at which it begins, from 0. A compound statement is whole at
// the next line that is not indented, and no clause of it.
func (r *lineReader) next() (text string, line int, err error) {
	line = r.line
	var b strings.Builder
	for {
		l := r.ahead
		if r.ahead = ""; l == "" {
			if l, err = r.in.ReadString('\n'); err != nil && l == "" {
				return b.String(), line, err
			}
		}
		if b.Len() > 0 && beginsStatement(l) && judge(b.String()) != part {
			r.ahead = l
			return b.String(), line, nil
		}
		b.WriteString(l)
		r.line++
		if strings.TrimSpace(l) == "" || l[0] == ' ' || l[0] == '\t' {
			continue
		}
		if v := judge(b.String()); v == whole || v == wrong {
			return b.String(), line, nil
		}
	}
}

// clause matches a line that goes on with the statement above.
var clause = lazily(`^(elif|else|except|finally)\b`)

// beginsStatement reports whether a line is the first of a statement: not indented, not blank, no comment, and
// no clause of the statement above.
func beginsStatement(line string) bool {
	if strings.TrimSpace(line) == "" || line[0] == ' ' || line[0] == '\t' || line[0] == '#' {
		return false
	}
	return !clause().MatchString(line)
}
