package repl

// This file defines how a line is read: editor, by liner on a terminal, or as it comes.

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/peterh/liner"
)

// errAborted is the error of a line that the user gave up by Ctrl-C.
var errAborted = errors.New("aborted")

// editor reads lines. The error of read is io.EOF, errAborted, or that of the terminal.
type editor interface {
	// read shows the prompt, and after it the text, which is to be edited, and returns the line.
	read(prompt, text string) (string, error)
	// pasted returns what was pasted behind the line that read returned; ok is false when that was typed.
	pasted() (p paste, ok bool)
	// ahead reports whether more was typed already.
	ahead() bool
	// remember adds a block to the history.
	remember(block string)
	// interrupted is told of an interrupt. It gives up the line that is being read and returns true; without one
	// it drops what was typed ahead.
	interrupted() bool
	// above writes a text above the open prompt.
	above(text string)
	close()
}

// paste is a pasted block behind its first line.
type paste struct {
	lines string // whole ones, each with its line end
	more  bool   // the beginning of a last line waits at the next prompt
}

// lineEditor is liner between two pipes. liner reads os.Stdin and prints to os.Stdout; it is given pipes in
// their place, so that the keys can be looked through on their way to it, and what it draws on its way to
// the screen. The terminal's modes it sets itself.
type lineEditor struct {
	state  *liner.State
	keys   *keys
	screen *screen
	color  colors
	stdout *os.File // os.Stdout as it was
	drawn  *os.File // what liner prints to
	drains chan chan struct{}
}

// drained marks the end of what liner has drawn for a prompt, in the pipe.
const drained = "\x00"

// newLineEditor takes the terminal over. complete is called for Tab.
func newLineEditor(s *screen, c colors, complete func(line string, pos int) (head string, list []string, tail string)) (*lineEditor, error) {
	keysOut, keysIn, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	drawn, draw, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	// Characters of ambiguous width, such as Chinese quotation marks, take one column in terminals of today, in
	// Chinese locales too.
	runewidth.DefaultCondition.EastAsianWidth = false
	e := &lineEditor{keys: newKeys(keysIn), screen: s, color: c, stdout: os.Stdout, drawn: draw, drains: make(chan chan struct{}, 1)}
	stdin := os.Stdin
	os.Stdin = keysOut
	term := os.Getenv("TERM")
	os.Setenv("TERM", "xterm") // so that it moves to columns by their number, as all terminals of today can
	e.state = liner.NewLiner()
	os.Setenv("TERM", term)
	os.Stdin = stdin
	os.Stdout = draw
	e.state.SetCtrlCAborts(true)
	e.state.SetBeep(false)
	e.state.SetWordCompleter(complete)
	go e.keys.read(stdin)
	go e.keys.feed()
	go e.drawAll(drawn)
	io.WriteString(e.stdout, "\x1b[?2004h") // pasted text comes with marks
	return e, nil
}

// drawAll writes what liner draws to the screen, for ever.
func (e *lineEditor) drawAll(from *os.File) {
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		for rest := string(buf[:n]); rest != ""; {
			part, more, end := strings.Cut(rest, drained)
			if part != "" {
				e.screen.draw([]byte(part))
			}
			if rest = more; end {
				close(<-e.drains)
			}
		}
	}
}

// drain waits until everything that liner has drawn is on the screen.
func (e *lineEditor) drain() {
	done := make(chan struct{})
	e.drains <- done
	if _, err := io.WriteString(e.drawn, drained); err == nil {
		<-done
	}
}

// read reads a line. What stands in the prompt ahead of its last line is written first, since liner knows
// one line.
func (e *lineEditor) read(prompt, text string) (string, error) {
	if i := strings.LastIndexByte(prompt, '\n') + 1; i > 0 {
		fmt.Fprint(e.screen, prompt[:i])
		prompt = prompt[i:]
	}
	prompt = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) {
			return -1
		}
		return r
	}, escapes().ReplaceAllString(prompt, ""))
	e.screen.begin(prompt, e.color.prompt(prompt))
	if text != "" && e.keys.waiting() {
		text = "" // it comes with its own indentation
	}
	e.keys.begin(len(text))
	line, err := e.state.PromptWithSuggestion(prompt, text, -1)
	e.keys.end()
	if errors.Is(err, io.EOF) {
		fmt.Fprintln(e.drawn)
	}
	e.drain()
	e.screen.end()
	if errors.Is(err, liner.ErrPromptAborted) {
		return "", errAborted
	}
	if strings.Contains(line, blockEnd) {
		line = strings.ReplaceAll(line, blockEnd, "\n")
		e.spread(prompt, line)
	}
	return line, err
}

// spread shows a block, which was entered in one row, as it would have been typed.
func (e *lineEditor) spread(prompt, block string) {
	lines := strings.Split(block, "\n")
	for i := range lines {
		if i == 0 {
			lines[i] = e.color.prompt(prompt) + lines[i]
		} else {
			lines[i] = e.color.prompt(morePrompt) + lines[i]
		}
	}
	fmt.Fprintf(e.screen, "\x1b[1A\r\x1b[K%s\n", strings.Join(lines, "\n"))
}

func (e *lineEditor) pasted() (paste, bool) { return e.keys.takePasted() }

func (e *lineEditor) ahead() bool { return e.keys.waiting() }

func (e *lineEditor) remember(block string) {
	e.state.AppendHistory(strings.ReplaceAll(block, "\n", blockEnd))
}

func (e *lineEditor) interrupted() bool { return e.keys.interrupt() }

func (e *lineEditor) above(text string) { fmt.Fprint(e.screen, text) }

// close gives the terminal back.
func (e *lineEditor) close() {
	os.Stdout = e.stdout
	io.WriteString(e.stdout, "\x1b[?2004l")
	e.state.Close()
}

// plainEditor reads lines as they come: on a terminal that cannot move the cursor.
type plainEditor struct {
	in  *bufio.Reader
	out *screen
}

func (e *plainEditor) read(prompt, _ string) (string, error) {
	fmt.Fprint(e.out, prompt)
	line, err := e.in.ReadString('\n')
	if line == "" && err != nil {
		return "", err
	}
	e.out.inside = false // the terminal shows the line end that was typed
	return strings.TrimRight(line, "\r\n"), nil
}

func (e *plainEditor) pasted() (paste, bool) { return paste{}, false }
func (e *plainEditor) ahead() bool           { return e.in.Buffered() > 0 }
func (e *plainEditor) remember(string)       {}
func (e *plainEditor) interrupted() bool     { return false }
func (e *plainEditor) above(text string)     { fmt.Fprint(e.out, text) }
func (e *plainEditor) close()                {}

// closeOnSignal gives the terminal back when the process is told to end, and then ends it.
func closeOnSignal(e editor) (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		s, ok := <-signals
		if !ok {
			return
		}
		e.close()
		n, _ := s.(syscall.Signal)
		os.Exit(128 + int(n))
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}
