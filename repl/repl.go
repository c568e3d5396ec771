// Package repl is the prompt: the place where somebody types await for the first time. [Run] starts a session
// on a terminal, or runs what stands on a standard input that is none, statement by statement.
//
// The main goroutine runs the interpreter: inputs, and between them the event loop, so that background tasks
// go on while the user types. Another one is in the line editor. What both write goes through the screen,
// which draws the output above the prompt.
package repl

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"time"

	"aio/interp"
	"aio/words"
)

// Options say how a session begins.
type Options struct {
	Config  interp.Config // the outside: Modules, Args, Path; the rest is the session's
	Version string        // the first line
	Color   string        // "auto", "always" or "never"
	Virtual bool          // begins with the virtual clock
	File    string        // is run first; "" for none
}

// The exit statuses of a session.
const exitFailure = 1

// The prompts, and what a block is indented by.
const (
	firstPrompt = ">>> "
	morePrompt  = "... "
	indentStep  = 4
)

// Run runs a session and returns the exit status.
func Run(o Options) int {
	if !isTerminal(os.Stdin) || !isTerminal(os.Stdout) {
		return runStream(o)
	}
	return runTerminal(o)
}

// newSession returns a session that prints to out and errs.
func newSession(o Options, out, errs io.Writer) *session {
	s := &session{out: out, errs: errs, columns: func() int { return standardWidth }, clock: newSwitchClock(o.Virtual), lang: words.Chosen(os.Getenv)}
	o.Config.Clock, o.Config.Now = s.clock, s.clock.wall
	o.Config.Stdout, o.Config.Stderr = out, errs
	o.Config.Translate = func(text string) string { return s.lang.Translate(text) }
	s.in = interp.New(o.Config)
	s.th = s.in.Main()
	return s
}

// terminal is a session on a terminal.
type terminal struct {
	*session
	edit    editor
	history historyFile
	reading sync.Mutex  // held by who has the editor
	calls   chan func() // for the script thread while it waits for a line outside of the loop
	waiting mode
	debug   *debugger // the breakpoint that stopped, nil for none
	tab     tabState
}

func runTerminal(o Options) int {
	out := &screen{out: os.Stdout}
	t := &terminal{history: historyPath(os.Getenv), calls: make(chan func())}
	o.Config.Unbuffered = true
	o.Config.ReadLine = t.readForInput
	o.Config.Stdin = &editorReader{t: t}
	t.session = newSession(o, out, out)
	t.columns = terminalWidth
	t.color = colors(wantsColor(o.Color))
	if err := t.openEditor(out); err != nil {
		fmt.Fprintf(os.Stderr, "aio: %v\n", err)
		return exitFailure
	}
	defer t.edit.close()
	defer closeOnSignal(t.edit)()
	defer t.catchInterrupts()()
	for _, block := range t.history.load() {
		t.edit.remember(block)
	}
	if err := t.open(); err != nil {
		return t.th.Finish(err)
	}
	t.in.OnInterrupt(t.interruptedIdle)
	if err := t.installDebugger(); err != nil {
		return t.th.Finish(err)
	}
	t.greet(o.Version)
	var err *interp.Exc
	if o.File != "" {
		err = t.load(o.File)
	}
	if err == nil {
		err = t.prompts()
	}
	return t.session.close(err)
}

// openEditor chooses the line editor by what the terminal can do.
func (t *terminal) openEditor(out *screen) error {
	if term := strings.ToLower(os.Getenv("TERM")); term == "" || term == "dumb" || term == "cons25" {
		t.edit, t.color = &plainEditor{in: bufio.NewReader(os.Stdin), out: out}, false
		return nil
	}
	e, err := newLineEditor(out, t.color, t.complete)
	if err != nil {
		return err
	}
	e.keys.onKey = t.interruptTyped
	t.edit = e
	return nil
}

// wantsColor decides about colours.
func wantsColor(choice string) bool {
	switch choice {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == ""
}

// greet prints the first lines.
func (t *terminal) greet(version string) {
	fmt.Fprintln(t.out, t.color.strong(version))
	fmt.Fprintln(t.out, t.lang.Say("Try: await asyncio.sleep(1, 'hi')   t = asyncio.create_task(asyncio.sleep(3))"))
	fmt.Fprintln(t.out, t.lang.Say(":help lists the commands; tasks go on while you type; Ctrl-D leaves."))
}

// catchInterrupts hands Ctrl-C, while an input runs, to the interpreter.
func (t *terminal) catchInterrupts() (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		for range signals {
			if !t.edit.interrupted() {
				t.in.Interrupt()
			}
		}
	}()
	return func() { signal.Stop(signals) }
}

// interruptedIdle handles an interrupt while no input runs: it ends the step of a background task that does not
// come to its end, and is otherwise nothing.
func (t *terminal) interruptedIdle(th *interp.Thread) *interp.Exc {
	if t.running || th.CurrentTask() != nil || th.CurrentFrame(0) != nil {
		return interp.NewExc(interp.KeyboardInterrupt)
	}
	return nil
}

// busyAfter is how long a step of a background task may take before Ctrl-C at the prompt ends it.
const busyAfter = 200 * time.Millisecond

// interruptTyped is told of a Ctrl-C typed at a prompt. The line editor clears the line; if the loop does
// not turn, a background task holds it, and is interrupted.
func (t *terminal) interruptTyped(byte) {
	if t.waiting.get() != inLoop {
		return
	}
	turned := make(chan struct{})
	t.loop.L.Post(runFunc(func() { close(turned) }))
	go func() {
		select {
		case <-turned:
		case <-time.After(busyAfter):
			t.in.Interrupt()
		}
	}()
}

// prompts reads and runs inputs until the user leaves. Errors: SystemExit.
func (t *terminal) prompts() *interp.Exc {
	for {
		text, err := t.block(t.promptText("ps1", firstPrompt), t.ask)
		switch {
		case errors.Is(err, errAborted):
			continue
		case err != nil:
			return nil
		}
		if quit, err := t.handle(text); quit || err != nil {
			return err
		}
	}
}

// block reads an input whole; ask reads a line of it. Errors: errAborted, io.EOF.
func (t *terminal) block(first string, ask func(prompt, text string) (string, error)) (string, error) {
	text, prompt, indent := "", first, ""
	blank, atOnce := false, false
	for {
		line, err := ask(prompt, indent)
		if errors.Is(err, io.EOF) && text != "" {
			err = errAborted // leaves the block, not the session
		}
		if err != nil {
			return "", err
		}
		p, pasted := t.edit.pasted()
		if pasted {
			t.showPasted(p.lines)
		} else if text == "" && (isCommand(line) || strings.TrimSpace(line) == "") {
			t.remember(line)
			return line, nil
		}
		atOnce = atOnce || pasted || strings.Contains(line, "\n")
		wasBlank := blank
		blank = strings.TrimSpace(line) == "" && !pasted
		if text += line + "\n" + p.lines; atOnce {
			text = withoutPrompts(text)
		}
		if !pasted && t.edit.ahead() && strings.HasPrefix(line, " ") && !blank {
			prompt, indent = t.promptText("ps2", morePrompt), ""
			continue // typed faster than by hand: the end of a block is not within it
		}
		if !p.more && ready(text, blank, wasBlank, atOnce) {
			text = strings.TrimRight(text, " \t\n")
			t.remember(text)
			return text + "\n", nil
		}
		prompt, indent = t.promptText("ps2", morePrompt), nextIndent(text)
	}
}

// showPasted writes the lines of a pasted block behind the first, as if they had been typed.
func (t *terminal) showPasted(text string) {
	if text == "" {
		return
	}
	more := t.color.prompt(morePrompt)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(more + strings.ReplaceAll(line, "\x1b", "") + "\n")
	}
	fmt.Fprint(t.out, b.String())
}

// remember adds a block to the history.
func (t *terminal) remember(block string) {
	if strings.TrimSpace(block) == "" {
		return
	}
	t.edit.remember(block)
	t.history.add(block)
}

// promptText returns sys.ps1 or sys.ps2.
func (t *terminal) promptText(name, standard string) string {
	sys, ok := t.in.Modules().GetName("sys")
	if !ok {
		return standard
	}
	v, ok, err := t.th.LookupAttr(sys, name)
	if err != nil || !ok {
		return standard
	}
	text, err := t.th.Str(v)
	if err != nil {
		return standard
	}
	return text
}

// ask reads a line while the loop turns. Errors: errAborted, io.EOF.
func (t *terminal) ask(prompt, text string) (line string, err error) {
	answered := false
	c := t.loop.L.Pending()
	t.waiting.set(inLoop)
	go func() {
		l, e := t.read(prompt, text)
		c.Done(runFunc(func() { line, err, answered = l, e, true }))
	}()
	for !answered {
		if e := t.loop.RunWhile(t.th, func() bool { return !answered }); e != nil {
			t.loopLeft(e)
		}
	}
	t.waiting.set(inScript)
	return line, err
}

// loopLeft reports what a background task or a callback has thrown out of the loop. The end of the task itself
// is not announced then.
func (t *terminal) loopLeft(e *interp.Exc) {
	t.reported = e
	t.fail(e)
}

// read reads a line by the editor, when that is free. It is not when a background task asks for a line while
// the prompt is open: the task gets the next one.
func (t *terminal) read(prompt, text string) (string, error) {
	if !t.reading.TryLock() {
		t.say("a background task asks for a line; the next one is for it")
		t.reading.Lock()
	}
	defer t.reading.Unlock()
	return t.edit.read(prompt, text)
}

// readForInput reads a line for input(), which holds everything else up.
func (t *terminal) readForInput(prompt string) (string, error) {
	line, err := t.read(prompt, "")
	if errors.Is(err, errAborted) {
		return "", interp.ErrInterrupted
	}
	return line, err
}

// editorReader is sys.stdin: lines of the editor.
type editorReader struct {
	t    *terminal
	rest string
}

func (r *editorReader) Read(p []byte) (int, error) {
	if r.rest == "" {
		line, err := r.t.read("", "")
		if errors.Is(err, errAborted) {
			r.t.in.Interrupt()
			err = io.EOF
		}
		if err != nil {
			return 0, err
		}
		r.rest = line + "\n"
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// IsTerminal says so, for sys.stdin.isatty().
func (r *editorReader) IsTerminal() bool { return true }

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
