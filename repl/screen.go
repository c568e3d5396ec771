package repl

// This file defines screen, the one writer of the terminal.

import (
	"bytes"
	"io"
	"sync"
)

// blockEnd stands for a line end within the line editor, which knows one line only: a character of the private
// area. On the screen it is blockSign.
const (
	blockEnd  = "\uE00A"
	blockSign = "⏎"
)

// screen is what writes to the terminal: the output of the program, and what the line editor draws. While a
// prompt is open, output goes above it: the prompt's row is cleared, whole lines are written, and the row
// is written again as the editor had drawn it, cursor included.
//
// Invariant: row is what the editor has written since it last stood in the first column of the cursor's row,
// so that writing it there again draws the same.
type screen struct {
	mu     sync.Mutex
	out    io.Writer
	open   bool   // a prompt is open
	row    []byte // see above
	held   []byte // output without a line end, while a prompt is open
	inside bool   // output has left the cursor within a row
	prompt []byte // as the editor writes it, and
	shown  []byte // as the user sees it
}

// Write writes output of the program.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		_, err := s.out.Write(p)
		if len(p) > 0 {
			s.inside = p[len(p)-1] != '\n'
		}
		return len(p), err
	}
	i := bytes.LastIndexByte(p, '\n') + 1
	if i == 0 {
		s.held = append(s.held, p...)
		return len(p), nil
	}
	var b []byte
	b = append(b, "\r\x1b[K"...)
	b = append(b, s.held...)
	b = append(b, p[:i]...)
	b = append(b, s.row...)
	s.held = append(s.held[:0], p[i:]...)
	_, err := s.out.Write(b)
	return len(p), err
}

// freshLine ends a line that output has begun.
func (s *screen) freshLine() {
	s.mu.Lock()
	begun := s.inside || len(s.held) > 0
	s.mu.Unlock()
	if begun {
		s.Write([]byte("\n"))
	}
}

// IsTerminal says so, for sys.stdout.isatty().
func (s *screen) IsTerminal() bool { return true }

// The moves of the line editor: to the first column, and clearing to the end of the row, behind which the
// cursor is placed.
const (
	firstColumn = "\x1b[1G"
	clearRest   = "\x1b[0K"
)

// draw writes what the line editor draws.
func (s *screen) draw(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p = bytes.ReplaceAll(p, []byte(blockEnd), []byte(blockSign))
	if len(s.shown) > 0 {
		if rest, ok := bytes.CutPrefix(p, s.prompt); ok && (len(s.row) == 0 || string(s.row) == firstColumn) {
			p = append(bytes.Clone(s.shown), rest...)
		}
		p = bytes.ReplaceAll(p, []byte(firstColumn+string(s.prompt)), []byte(firstColumn+string(s.shown)))
	}
	s.row = append(s.row, bytes.ReplaceAll(p, []byte("\a"), nil)...)
	s.row = append(s.row[:0], s.row[rowStart(s.row):]...)
	s.out.Write(p)
}

// rowStart returns where the writing of the last row begins in what the editor wrote.
func rowStart(b []byte) int {
	start := bytes.LastIndexByte(b, '\n') + 1
	i := bytes.LastIndex(b[start:], []byte(firstColumn))
	if i >= 0 && bytes.HasSuffix(b[:start+i], []byte(clearRest)) { // places the cursor
		i = bytes.LastIndex(b[start:start+i], []byte(firstColumn))
	}
	return start + max(i, 0)
}

// begin opens a prompt. On the screen it is shown instead of prompt.
func (s *screen) begin(prompt, shown string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inside {
		io.WriteString(s.out, "\n")
		s.inside = false
	}
	s.open, s.row = true, s.row[:0]
	s.prompt, s.shown = []byte(prompt), []byte(shown)
	if prompt == shown {
		s.shown = nil
	}
}

// end closes the prompt, behind the line end that closed it. What was held is written now.
func (s *screen) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open, s.row = false, s.row[:0]
	if len(s.held) > 0 {
		s.out.Write(s.held)
		s.inside = s.held[len(s.held)-1] != '\n'
		s.held = s.held[:0]
	}
}
