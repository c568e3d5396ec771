package repl

// This file defines session: the interpreter behind a prompt, and how an input runs in it.

import (
	"fmt"
	"io"
	"time"

	"aio/diag"
	"aio/interp"
	"aio/interp/compile"
	"aio/loop"
	"aio/words"
)

// session is what stays from input to input. Its loop lives as long as it does, and runs while a prompt is
// open or an input awaits.
type session struct {
	in    *interp.Interp
	th    *interp.Thread
	main  *interp.Module
	loop  *interp.EventLoop
	ctx   *interp.Context // of all inputs
	clock *switchClock
	color colors
	lang  words.Language
	out   io.Writer // what commands show
	errs  io.Writer // aio's own words, and tracebacks

	count     int // of inputs
	failed    int // how many exceptions were reported
	entered   []entry
	loaded    string // the file that :load or -i loaded last
	input     *interp.Task
	running   bool        // an input runs
	reported  *interp.Exc // what has left the loop, and was reported
	brief     bool        // only failures of tasks are announced
	quiet     bool        // ends of tasks are not announced
	log       *eventLog   // that :trace writes; nil: none
	known     map[*interp.Task]taskInfo
	manyKnown int          // how many known may hold before it is swept
	columns   func() int   // of the terminal
	displays  interp.Value // sys.displayhook as it was
}

// entry is an input that has run, for :save.
type entry struct {
	text  string
	async bool // it needs a running loop
}

// runFunc is a callback of a loop.
type runFunc func()

// Run calls it.
func (f runFunc) Run() { f() }

// open makes the loop and the namespace.
func (s *session) open() *interp.Exc {
	s.main = s.in.MainModule()
	m, err := s.th.Import("asyncio")
	if err != nil {
		return err
	}
	s.main.Set("asyncio", m)
	if err := s.newLoop(); err != nil {
		return err
	}
	s.ctx = s.th.CopyContext()
	sys, err := s.th.Import("sys")
	if err != nil {
		return err
	}
	if s.displays, err = s.th.Attr(sys, "displayhook"); err != nil {
		return err
	}
	return s.th.SetAttr(sys, interp.Intern("displayhook"), interp.NewBuiltin(&interp.Builtin{
		Sig: "displayhook(object, /)", Doc: "Print repr(object) unless it is None, and save it in builtins._.", Fn: s.display}, "sys"))
}

// newLoop makes a loop for the session.
func (s *session) newLoop() *interp.Exc {
	v, err := s.th.NewLoopByPolicy()
	if err != nil {
		return err
	}
	l, ok := interp.AsEventLoop(v)
	if !ok {
		return interp.RuntimeErrorf("the event loop of the policy is none of aio's")
	}
	s.loop, s.known, s.manyKnown = l, map[*interp.Task]taskInfo{}, fewKnown
	l.OnTask(s.taskMade)
	s.watchLoop()
	s.th.SetRestingLoop(l)
	return nil
}

// taskInfo is what :tasks shows of a task beyond what the task itself knows.
type taskInfo struct {
	woken time.Duration // when it was last queued
	maker *interp.Task  // whose step made it; nil for none
}

// fewKnown is how many tasks are known before those that are done are forgotten.
const fewKnown = 1000

// know returns what is known of a task, for a change.
func (s *session) know(t *interp.Task) taskInfo {
	info, ok := s.known[t]
	if !ok && len(s.known) >= s.manyKnown {
		for t := range s.known {
			if t.Done() {
				delete(s.known, t)
			}
		}
		s.manyKnown = max(fewKnown, 2*len(s.known))
	}
	return info
}

// taskWoken notes when a task was last queued.
func (s *session) taskWoken(r loop.Runner) {
	if t, ok := r.(*interp.Task); ok {
		info := s.know(t)
		info.woken = s.clock.Now()
		s.known[t] = info
	}
}

// display is sys.displayhook: it adds the hint for a coroutine.
func (s *session) display(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if _, err := th.Call(s.displays, a[0]); err != nil {
		return interp.Value{}, err
	}
	if name, ok := th.UnstartedCoroutine(a[0]); ok && !s.brief {
		if err := s.in.Flush(); err != nil {
			return interp.Value{}, interp.RuntimeErrorf("%v", err)
		}
		s.note(s.lang.Say("hint") + ": " + s.lang.Say("%s() only made a coroutine; run it by 'await _' or asyncio.create_task(_)", name))
	}
	return interp.None, nil
}

// note prints one of aio's own lines.
func (s *session) note(text string) {
	s.freshLine()
	fmt.Fprintln(s.errs, s.color.paint("36", text))
}

// freshLine ends a line of output that the program has begun.
func (s *session) freshLine() {
	s.flush()
	if f, ok := s.errs.(*screen); ok {
		f.freshLine()
	}
}

// say prints a translated line.
func (s *session) say(format string, args ...any) { s.note(s.lang.Say(format, args...)) }

// fail reports an exception.
func (s *session) fail(e *interp.Exc) {
	s.failed++
	s.freshLine()
	if e.Is(interp.KeyboardInterrupt) && e.Traceback().IsNone() {
		fmt.Fprintln(s.errs, s.color.paint("1;31", "KeyboardInterrupt"))
		return
	}
	if sys, ok := s.in.Modules().GetName("sys"); ok {
		if hook, own := s.scriptHook(sys); own {
			_, err := s.th.Call(hook, e.Type().Value(), e.Value(), e.Traceback())
			s.flush()
			if err == nil {
				return
			}
			e = err
		}
	}
	fmt.Fprint(s.errs, s.color.failure(s.th.FormatException(e)))
}

// scriptHook returns sys.excepthook when a script has replaced it.
func (s *session) scriptHook(sys interp.Value) (interp.Value, bool) {
	hook, ok, err := s.th.LookupAttr(sys, "excepthook")
	if err != nil || !ok {
		return hook, false
	}
	first, ok, err := s.th.LookupAttr(sys, "__excepthook__")
	return hook, err == nil && ok && !interp.Is(hook, first)
}

// flush writes what the program has printed. An output that cannot be written to is found at the next print.
func (s *session) flush() { _ = s.in.Flush() }

// enter runs an input. Errors: SystemExit; others were reported.
func (s *session) enter(text string) *interp.Exc {
	s.count++
	src := diag.NewSource(fmt.Sprintf("<input %d>", s.count), text)
	src.Typed = true
	err := s.run(src, true)
	if err == nil {
		s.flush()
		return nil
	}
	if err.Is(interp.SystemExit) {
		return err
	}
	s.fail(err)
	return nil
}

// run compiles and runs a text in the namespace of the session; echo shows the values of expression
// statements. Errors: of the text, KeyboardInterrupt.
func (s *session) run(src *diag.Source, echo bool) *interp.Exc {
	s.in.AddSource(src)
	code, err := s.th.CompileSource(src, compile.Options{Interactive: echo, TopLevelAwait: true})
	if err != nil {
		return err
	}
	before := len(s.entered)
	s.entered = append(s.entered, entry{text: src.Text, async: code.Kind == compile.Coroutine})
	if _, err := s.runCode(code); err != nil {
		s.entered = s.entered[:before]
		return err
	}
	return nil
}

// runCode runs the code of an input: as a task, the loop running, when it awaits; else as it is, the loop
// resting, so that it may call asyncio.run. It returns the value of an expression.
func (s *session) runCode(code *compile.Code) (v interp.Value, err *interp.Exc) {
	s.running = true
	defer func() { s.running = false }()
	cerr := s.th.InContext(s.ctx, func() { v, err = s.th.RunCode(code, s.main.Dict(), interp.Value{}) })
	if cerr != nil {
		return v, cerr
	}
	if err != nil || code.Kind != compile.Coroutine {
		return v, err
	}
	return s.await(v)
}

// await runs a coroutine of an input to its end. Ctrl-C cancels it.
func (s *session) await(coro interp.Value) (interp.Value, *interp.Exc) {
	s.quiet = true
	t := s.th.NewNamedTask(s.loop, coro, s.ctx, fmt.Sprintf("input %d", s.count))
	s.quiet = false
	outer := s.input
	s.input = t
	defer func() { s.input = outer }()
	interrupts := 0
	restore := s.in.OnInterrupt(func(th *interp.Thread) *interp.Exc {
		interrupts++
		if now := th.CurrentTask(); interrupts > 1 || now == t {
			return interp.NewExc(interp.KeyboardInterrupt)
		}
		_, err := t.Cancel(th, interp.None)
		return err
	})
	err := s.loop.RunWhile(s.th, func() bool { return !t.Done() })
	restore()
	if t.Done() {
		v, terr := t.Result()
		switch {
		case terr != nil && t.Cancelled() && interrupts > 0:
			return v, interp.NewExc(interp.KeyboardInterrupt)
		case terr != nil:
			return v, terr
		}
		return v, err
	}
	if err.Is(interp.DeadlockError()) {
		s.giveUp(t)
	} else {
		s.say("the input goes on in the background as '%s'", t.Name())
	}
	return interp.None, err
}

// giveUp ends a task that nothing will ever wake.
func (s *session) giveUp(t *interp.Task) {
	if _, err := t.Cancel(s.th, interp.None); err != nil {
		s.fail(err)
		return
	}
	if err := s.loop.RunWhile(s.th, func() bool { return !t.Done() }); err != nil {
		s.fail(err)
	}
	t.Retrieved()
}

// taskMade watches a task that an input has made, to say when it has ended.
func (s *session) taskMade(t *interp.Task) {
	if maker := s.th.CurrentTask(); maker != nil && maker != s.input {
		info := s.know(t)
		info.maker = maker
		s.known[t] = info
	}
	if now := s.th.CurrentTask(); !s.running || s.quiet || now != nil && now != s.input {
		return
	}
	if n := len(s.entered); n > 0 {
		s.entered[n-1].async = true
	}
	w := &interp.Watcher{}
	w.Done = func(th *interp.Thread, _ *interp.Future) {
		if w.Alone {
			s.taskEnded(t)
		}
	}
	t.Watch(s.th, w)
}

// taskEnded announces the end of a task that nothing awaits.
func (s *session) taskEnded(t *interp.Task) {
	if s.quiet {
		return
	}
	s.freshLine()
	name := t.Name() + " " + s.coroName(t)
	switch e := t.Exception(); {
	case s.brief && e == nil:
	case e != nil && e == s.reported:
		t.Retrieved()
	case t.Cancelled():
		s.note(s.lang.Say("[%s was cancelled]", name))
	case e != nil:
		t.Retrieved()
		fmt.Fprint(s.errs, s.color.paint("36", s.lang.Say("[%s failed]", name))+"\n"+s.color.failure(s.th.FormatException(e)))
	default:
		v, _ := t.Result()
		if v.IsNone() {
			s.note(s.lang.Say("[%s is done]", name))
			return
		}
		text, err := s.th.ShortRepr(v)
		if err != nil {
			text = "..."
		}
		s.note(s.lang.Say("[%s is done: %s]", name, text))
	}
}

// coroName returns the name of a task's coroutine, with brackets.
func (s *session) coroName(t *interp.Task) string {
	v, ok, err := s.th.LookupAttr(t.CoroObject(), "__qualname__")
	if err != nil || !ok {
		return "?()"
	}
	name, _ := interp.StrOf(v)
	return name + "()"
}

// close ends the session: it cancels the tasks, says which, and returns the exit status for err, which may
// be nil.
func (s *session) close(err *interp.Exc) int {
	s.cancelAll()
	s.shutDown()
	s.endLog()
	s.th.SetRestingLoop(nil)
	if cerr := s.loop.Close(s.th); cerr != nil {
		s.fail(cerr)
	}
	return s.th.Finish(err)
}

// patience is how long the end of a session waits for tasks that were cancelled.
const patience = 3 * time.Second

// cancelAll cancels the tasks and waits for their ends. A Ctrl-C meanwhile ends the waiting.
func (s *session) cancelAll() {
	tasks := s.loop.Tasks()
	if len(tasks) == 0 {
		return
	}
	s.announceCancelled(tasks)
	s.quiet = true
	defer func() { s.quiet = false }()
	for _, t := range tasks {
		if _, err := t.Cancel(s.th, interp.None); err != nil {
			s.fail(err)
		}
	}
	over := false
	timer := time.AfterFunc(patience, func() {
		s.loop.L.Post(runFunc(func() { over = true }))
	})
	defer timer.Stop()
	if err := s.loop.RunWhile(s.th, func() bool { return !over && len(s.loop.Tasks()) > 0 }); err != nil {
		s.fail(err)
	}
	for _, t := range tasks {
		if e := t.Exception(); t.Done() && !t.Cancelled() && e != nil {
			t.Retrieved()
			s.say("%s failed while it was cancelled:", t.Name())
			s.fail(e)
		}
	}
}

// cancelledShown is how many cancelled tasks are named.
const cancelledShown = 10

func (s *session) announceCancelled(tasks []*interp.Task) {
	s.flush()
	if len(tasks) == 1 {
		s.say("cancelling 1 task:")
	} else {
		s.say("cancelling %d tasks:", len(tasks))
	}
	for i, t := range tasks {
		if i == cancelledShown {
			s.say("  ... and %d more", len(tasks)-i)
			break
		}
		line := "  " + t.Name() + " " + s.coroName(t)
		if p := t.Place(); p != "" {
			line += "  " + p
		}
		s.note(line)
	}
}

// shutDown closes the async generators of the loop, and its executor.
func (s *session) shutDown() {
	s.quiet = true
	defer func() { s.quiet = false }()
	for _, name := range []string{"shutdown_asyncgens", "shutdown_default_executor"} {
		coro, err := s.th.CallMethod(s.loop.Value(), name)
		if err == nil {
			_, err = s.th.CallMethod(s.loop.Value(), "run_until_complete", coro)
		}
		if err != nil {
			s.fail(err)
		}
	}
}
