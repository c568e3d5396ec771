package repl

// This file defines debugger: the prompt that breakpoint() opens within a frame.

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"aio/diag"
	"aio/interp"
	"aio/interp/compile"
)

// debugPrompt is the prompt at a breakpoint.
const debugPrompt = "break> "

// debugger is a breakpoint that has stopped.
type debugger struct {
	frame *interp.FrameObject // whose names are seen
}

// installDebugger makes breakpoint() open a prompt.
func (t *terminal) installDebugger() *interp.Exc {
	sys, err := t.th.Import("sys")
	if err != nil {
		return err
	}
	hook := interp.NewBuiltin(&interp.Builtin{
		Sig: "breakpointhook(*args, **kws)", Doc: "Open a prompt in the frame that called breakpoint().", Fn: t.stopHere}, "sys")
	for _, name := range []string{"breakpointhook", "__breakpointhook__"} {
		if err := t.th.SetAttr(sys, interp.Intern(name), hook); err != nil {
			return err
		}
	}
	return nil
}

// stopHere is sys.breakpointhook. Everything stands still until :c.
func (t *terminal) stopHere(th *interp.Thread, _ []interp.Value) (interp.Value, *interp.Exc) {
	f := th.CurrentFrame(0)
	if f == nil || th != t.th {
		return interp.None, nil
	}
	outer := t.debug
	t.debug = &debugger{frame: f}
	defer func() { t.debug = outer }()
	t.flush()
	t.showFrame()
	t.say("stopped; :c goes on, :where shows the frames, :up and :down move, :q gives up")
	for {
		text, err := t.block(debugPrompt, t.askStopped)
		switch {
		case errors.Is(err, errAborted):
			continue
		case errors.Is(err, io.EOF):
			return interp.None, nil
		case err != nil:
			return interp.None, interp.RuntimeErrorf("%v", err)
		}
		goOn, exc := t.debugCommand(th, text)
		if goOn || exc != nil {
			return interp.None, exc
		}
	}
}

// askStopped reads a line while the script stands still.
func (t *terminal) askStopped(prompt, text string) (string, error) {
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	was := t.waiting.get()
	t.waiting.set(inDebug)
	defer t.waiting.set(was)
	go func() {
		line, err := t.read(prompt, text)
		answers <- answer{line, err}
	}()
	for {
		select {
		case a := <-answers:
			return a.line, a.err
		case call := <-t.calls:
			call()
		}
	}
}

// debugCommand runs what was entered at a breakpoint. goOn says that the program goes on. Errors: what leaves
// the program: KeyboardInterrupt for :q, SystemExit.
func (t *terminal) debugCommand(th *interp.Thread, text string) (goOn bool, err *interp.Exc) {
	if strings.TrimSpace(text) == "" {
		return false, nil
	}
	if !isCommand(text) {
		return false, t.runInFrame(text)
	}
	switch name, _ := splitCommand(text); name {
	case "c", "continue":
		return true, nil
	case "q", "quit":
		return false, interp.NewExc(interp.KeyboardInterrupt)
	case "w", "where":
		t.showFrames(th)
		return false, nil
	case "u", "up":
		t.move(t.debug.frame.Back())
		return false, nil
	case "d", "down":
		t.move(below(th.CurrentFrame(0), t.debug.frame))
		return false, nil
	}
	_, err = t.command(text)
	return false, err
}

// below returns the frame that outer called, nil for the innermost.
func below(f, outer *interp.FrameObject) *interp.FrameObject {
	for ; f != nil; f = f.Back() {
		if b := f.Back(); b != nil && b.Code() == outer.Code() && b.Line() == outer.Line() {
			return f
		}
	}
	return nil
}

func (t *terminal) move(f *interp.FrameObject) {
	if f == nil {
		t.say("there is no further frame")
		return
	}
	t.debug.frame = f
	t.showFrame()
}

// showFrame shows where the frame is.
func (t *terminal) showFrame() {
	file, line, name := t.debug.frame.Place()
	fmt.Fprintf(t.out, "%s\n", t.color.strong(fmt.Sprintf("%s:%d in %s", file, line, name)))
	if text := strings.TrimSpace(t.in.SourceLine(file, line)); text != "" {
		fmt.Fprintf(t.out, "    %s\n", text)
	}
}

// showFrames shows the frames, the outermost first.
func (t *terminal) showFrames(th *interp.Thread) {
	var lines []string
	for f := th.CurrentFrame(0); f != nil; f = f.Back() {
		file, line, name := f.Place()
		mark := "  "
		if f.Code() == t.debug.frame.Code() && f.Line() == t.debug.frame.Line() {
			mark = "> "
		}
		lines = append(lines, fmt.Sprintf("%s%s:%d in %s", mark, file, line, name))
	}
	for i := len(lines) - 1; i >= 0; i-- {
		fmt.Fprintln(t.out, lines[i])
	}
}

// runInFrame runs a text with the names of the frame. Errors: SystemExit; others are reported.
func (t *terminal) runInFrame(text string) *interp.Exc {
	src := diag.NewSource("<break>", text)
	src.Typed = true
	code, err := t.th.CompileSource(src, compile.Options{Interactive: true, Namespace: true})
	if err == nil {
		_, err = t.th.RunCode(code, t.debug.frame.Globals(), t.debug.frame.Locals().Value())
	}
	t.flush()
	if err != nil && !err.Is(interp.SystemExit) {
		t.fail(err)
		return nil
	}
	return err
}
