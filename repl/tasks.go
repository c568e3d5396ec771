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

// showTasks shows the tasks that are not done as a tree: below a task stand those that it awaits, and those that
// it made.
func (s *session) showTasks(string) *interp.Exc {
	tasks := s.loop.Tasks()
	if len(tasks) == 0 {
		s.say("no tasks")
		return nil
	}
	below := s.tree(tasks)
	rows := []taskRow{{[]string{s.lang.Say("task"), s.lang.Say("state"), s.lang.Say("waits for"), s.lang.Say("where"), s.lang.Say("since")}}}
	for _, t := range below[nil] {
		rows = s.addTask(rows, t, "", "", below)
	}
	s.table(rows)
	return nil
}

// tree returns the tasks below each task, and below nil those that stand at the top.
func (s *session) tree(tasks []*interp.Task) map[*interp.Task][]*interp.Task {
	above := map[*interp.Task]*interp.Task{}
	for _, t := range tasks {
		for _, b := range t.Awaits() {
			if above[b] == nil {
				above[b] = t
			}
		}
	}
	for _, t := range tasks {
		if maker := s.known[t].maker; above[t] == nil && maker != nil && !maker.Done() {
			above[t] = maker
		}
	}
	below := map[*interp.Task][]*interp.Task{}
	for _, t := range tasks {
		a := above[t]
		for up := a; up != nil; up = above[up] {
			if up == t { // they await each other in a circle
				a, above[t] = nil, nil
				break
			}
		}
		below[a] = append(below[a], t)
	}
	return below
}

// addTask adds the row of a task, behind mark, and those of the tasks below it, behind margin.
func (s *session) addTask(rows []taskRow, t *interp.Task, mark, margin string, tree map[*interp.Task][]*interp.Task) []taskRow {
	since := "-"
	if info, ok := s.known[t]; ok {
		since = seconds(s.clock.Now() - info.woken)
	}
	rows = append(rows, taskRow{[]string{mark + t.Name() + " " + s.coroName(t), s.lang.Say(t.State(s.th)), s.waitsFor(t), s.where(t), since}})
	for i, b := range tree[t] {
		mark, next := "├ ", "│ "
		if i == len(tree[t])-1 {
			mark, next = "└ ", "  "
		}
		rows = s.addTask(rows, b, margin+mark, margin+next, tree)
	}
	return rows
}

// where returns the place where a task waits, and the function when it is not the task's own.
func (s *session) where(t *interp.Task) string {
	own := s.coroName(t)
	return strings.TrimSuffix(t.Place(), " in "+own[strings.LastIndexByte(own, '.')+1:])
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
	return s.lang.Say("a future")
}

// narrowCell is what no cell of a table is cut below.
const narrowCell = 10

// table prints rows with their cells below each other, cut to fit the terminal.
func (s *session) table(rows []taskRow) {
	widths := make([]int, len(rows[0].cells))
	total := -2
	for i := range widths {
		for _, r := range rows {
			widths[i] = max(widths[i], displayWidth(r.cells[i]))
		}
		total += widths[i] + 2
	}
	for total >= s.columns() {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= narrowCell {
			break
		}
		widths[widest]--
		total--
	}
	for n, r := range rows {
		var b strings.Builder
		for i, c := range r.cells {
			c = fit(c, widths[i])
			b.WriteString(c + strings.Repeat(" ", widths[i]-displayWidth(c)+2))
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
