package teach

// This file defines TaskTree: what the tasks of a program wait for at a moment.

import (
	"fmt"
	"strings"
	"time"

	"aio/interp"
)

// TaskTree returns the tasks of all loops that are not done, as lines of text: for each what it does, what it
// waits for and where; below a task stand those that it awaits. It runs no script code, and must be called by
// the thread that runs script code at that moment.
func TaskTree(th *interp.Thread) string {
	var b strings.Builder
	for i, l := range th.Interp().Loops() {
		tasks := l.Tasks()
		fmt.Fprintf(&b, "loop %d: %s, %d ready, %s, %d pending completions\n",
			i+1, count(len(tasks), "task"), l.L.ReadyLen(), count(len(l.L.Timers()), "timer"), l.L.Promises())
		w := treeWriter{b: &b, th: th, now: l.L.Time(), shown: map[*interp.Task]bool{}}
		awaited := map[*interp.Task]bool{}
		for _, t := range tasks {
			for _, a := range t.Awaits() {
				awaited[a] = true
			}
		}
		for _, t := range tasks {
			if !awaited[t] {
				w.task(t, "", "")
			}
		}
		for _, t := range tasks { // those that await each other in a circle
			w.task(t, "", "")
		}
	}
	if b.Len() == 0 {
		b.WriteString("no event loop\n")
	}
	return b.String()
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

type treeWriter struct {
	b     *strings.Builder
	th    *interp.Thread
	now   time.Duration
	shown map[*interp.Task]bool
}

// task writes the line of t behind mark, and those of the tasks below it behind margin.
func (w *treeWriter) task(t *interp.Task, mark, margin string) {
	if w.shown[t] {
		return
	}
	w.shown[t] = true
	fmt.Fprintf(w.b, "  %s%s %s(): %s\n", mark, t.Name(), t.CoroName(), w.state(t))
	below := t.Awaits()
	for i, b := range below {
		if i == len(below)-1 {
			w.task(b, margin+"└─ ", margin+"   ")
		} else {
			w.task(b, margin+"├─ ", margin+"│  ")
		}
	}
}

// state says what a task does and where.
func (w *treeWriter) state(t *interp.Task) string {
	s := t.State(w.th)
	if s == "running" {
		if p, ok := w.th.Where(); ok {
			s += fmt.Sprintf(" at %s in %s()", line(p), p.Code.QualName)
		}
		return s
	}
	if s == "waiting" {
		s = "waits for " + w.awaited(t)
	}
	for p := range t.AwaitChain {
		s += fmt.Sprintf(" at %s in %s(): %s", line(p), p.Code.QualName, p.Text())
		break
	}
	return s
}

func line(p interp.Position) string {
	n, _ := p.Start()
	return fmt.Sprintf("%s:%d", p.File(), n)
}

// awaited names what a task waits for.
func (w *treeWriter) awaited(t *interp.Task) string {
	f, ok := interp.AsFuture(t.WaitsFor())
	if !ok {
		return "an object of the script's own"
	}
	if until, ok := f.Sleeping(); ok {
		return fmt.Sprintf("a sleep, %s left", max(0, until-w.now).Round(time.Millisecond))
	}
	if below := f.IsTask(); below != nil {
		return below.Name()
	}
	if n := len(f.Members()); n > 0 {
		return "a gather of " + fmt.Sprint(n)
	}
	return "a future"
}
