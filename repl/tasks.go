package repl

// This file defines what :tasks, :cancel and :loop show and do.

import (
	"fmt"
	"strings"
	"time"

	"aio/interp"
)

// taskRow is a line of :tasks.
type taskRow struct{ cells []string }

// showTasks shows the tasks that are not done as a tree: below a task stand those that it awaits.
func (s *session) showTasks(string) *interp.Exc {
	tasks := s.loop.Tasks()
	if len(tasks) == 0 {
		s.say("no tasks")
		return nil
	}
	awaited := map[*interp.Task]bool{}
	for _, t := range tasks {
		for _, below := range s.awaitedBy(t) {
			awaited[below] = true
		}
	}
	rows := []taskRow{{[]string{s.lang.Say("task"), s.lang.Say("state"), s.lang.Say("waits for"), s.lang.Say("where"), s.lang.Say("since")}}}
	shown := map[*interp.Task]bool{}
	for _, t := range tasks {
		if !awaited[t] {
			rows = s.addTask(rows, t, "", "", shown)
		}
	}
	for _, t := range tasks { // that await each other in a circle
		rows = s.addTask(rows, t, "", "", shown)
	}
	s.table(rows)
	return nil
}

// awaitedBy returns the tasks that t awaits: one, or those of a gather.
func (s *session) awaitedBy(t *interp.Task) []*interp.Task {
	f, ok := interp.AsFuture(t.WaitsFor())
	if !ok {
		return nil
	}
	var list []*interp.Task
	for _, m := range append(f.Members(), f) {
		if below, ok := interp.AsTask(m.Value()); ok && !m.Done() {
			list = append(list, below)
		}
	}
	return list
}

// addTask adds the row of a task, behind mark, and those of the tasks below it, behind margin.
func (s *session) addTask(rows []taskRow, t *interp.Task, mark, margin string, shown map[*interp.Task]bool) []taskRow {
	if shown[t] {
		return rows
	}
	shown[t] = true
	since := "-"
	if at, ok := s.woken[t]; ok {
		since = seconds(s.clock.Now() - at)
	}
	rows = append(rows, taskRow{[]string{mark + t.Name() + " " + s.coroName(t), s.lang.Say(t.State(s.th)), s.waitsFor(t), t.Place(), since}})
	below := s.awaitedBy(t)
	for i, b := range below {
		mark, next := "├ ", "│ "
		if i == len(below)-1 {
			mark, next = "└ ", "  "
		}
		rows = s.addTask(rows, b, margin+mark, margin+next, shown)
	}
	return rows
}

// seconds shows a duration as people say it.
func seconds(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// waitsFor says what a task waits for.
func (s *session) waitsFor(t *interp.Task) string {
	w := t.WaitsFor()
	if w.IsNone() {
		return "-"
	}
	f, ok := interp.AsFuture(w)
	if !ok {
		return s.th.ReprOr(w)
	}
	if until, ok := f.Sleeping(); ok {
		return s.lang.Say("sleep, %s left", seconds(max(0, until-s.clock.Now())))
	}
	if other, ok := interp.AsTask(w); ok {
		return other.Name()
	}
	if n := len(f.Members()); n > 0 {
		return s.lang.Say("gather of %d", n)
	}
	text, err := s.th.ShortRepr(w)
	if err != nil {
		return "?"
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">")
}

// cellWidth is how wide the cells of a table may be.
const cellWidth = 32

// table prints rows with their cells below each other.
func (s *session) table(rows []taskRow) {
	widths := make([]int, len(rows[0].cells))
	for _, r := range rows {
		for i, c := range r.cells {
			widths[i] = min(cellWidth, max(widths[i], displayWidth(c)))
		}
	}
	for n, r := range rows {
		var b strings.Builder
		for i, c := range r.cells {
			c = fit(c, cellWidth)
			b.WriteString(c)
			if i < len(r.cells)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-displayWidth(c)+2))
			}
		}
		if line := strings.TrimRight(b.String(), " "); n == 0 {
			s.print("%s\n", s.color.faint(line))
		} else {
			s.print("%s\n", line)
		}
	}
}

// cancel cancels the tasks of a name.
func (s *session) cancel(name string) *interp.Exc {
	found := false
	for _, t := range s.loop.Tasks() {
		if t.Name() != name {
			continue
		}
		found = true
		if _, err := t.Cancel(s.th, interp.None); err != nil {
			return err
		}
	}
	if !found {
		s.say("there is no task '%s'; :tasks lists them", name)
	}
	return nil
}

// listed is how many callbacks or timers :loop lists.
const listed = 10

// showLoop shows what the loop has to do.
func (s *session) showLoop(string) *interp.Exc {
	l := s.loop.L
	clock := "real"
	if s.clock.Jumps() {
		clock = "virtual"
	}
	s.print("%s\n", s.lang.Say("time %s on the %s clock, %d turns, %d tasks", seconds(l.Time()), s.lang.Say(clock), l.Turns(), len(s.loop.Tasks())))
	queued := l.Queued()
	s.print("%s\n", s.lang.Say("ready queue: %d", len(queued)))
	for i, r := range queued {
		if i == listed {
			s.print("%s\n", s.lang.Say("  ... and %d more", len(queued)-i))
			break
		}
		s.print("  %s\n", s.th.DescribeRunner(r))
	}
	timers := l.Timers()
	s.print("%s\n", s.lang.Say("timers: %d", len(timers)))
	for i, t := range timers {
		if i == listed {
			s.print("%s\n", s.lang.Say("  ... and %d more", len(timers)-i))
			break
		}
		s.print("  %s\n", s.lang.Say("in %s: %s", seconds(max(0, t.When-l.Time())), s.th.DescribeRunner(t.R)))
	}
	s.print("%s\n", s.lang.Say("pending completions: %d", l.Promises()))
	return nil
}
