// This file defines the tables of the report, on the terminal and in README.md.

package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// A row compares one script.
type row struct {
	name        string
	python, aio measurement
	failure     string // why there is nothing to compare; "" if there is
}

// ratio is how many times faster aio was.
func (r *row) ratio() float64 { return float64(r.python.cpu) / float64(r.aio.cpu) }

// A table is the rows of one kind.
type table struct {
	kind kind
	rows []row
}

// mean returns the geometric mean of the ratios, and of how many rows.
func (t *table) mean() (float64, int) {
	sum, count := 0.0, 0
	for _, r := range t.rows {
		if r.failure == "" {
			sum += math.Log(r.ratio())
			count++
		}
	}
	return math.Exp(sum / float64(count)), count
}

// A report is everything one run of the command has measured.
type report struct {
	host   string
	tables []*table
	apart  []apartRow
}

// grid is what both outputs share: the rows of a table as text, the first being the head.
type grid [][]string

func (t *table) grid() grid {
	g := grid{{t.kind.name, "CPython ms", "aio ms", "CPython / aio", "CPython MB", "aio MB", ""}}
	for _, r := range t.rows {
		if r.failure != "" {
			g = append(g, []string{r.name, "", "", "", "", "", "FAILS: " + r.failure})
			continue
		}
		mark := ""
		if r.ratio() < t.kind.floor {
			mark = fmt.Sprintf("below the floor of %.1f", t.kind.floor)
		}
		g = append(g, []string{
			r.name,
			fmt.Sprintf("%.0f", ms(r.python.cpu)), fmt.Sprintf("%.0f", ms(r.aio.cpu)),
			fmt.Sprintf("%.2f", r.ratio()),
			megabytes(r.python.memory), megabytes(r.aio.memory),
			mark,
		})
	}
	if mean, count := t.mean(); count > 0 {
		mark := ""
		if mean < t.kind.goal {
			mark = fmt.Sprintf("below the goal of %.1f", t.kind.goal)
		}
		name := fmt.Sprintf("geometric mean of %d", count)
		g = append(g, []string{name, "", "", fmt.Sprintf("%.2f", mean), "", "", mark})
	}
	return g
}

func (r *report) apartGrid() grid {
	g := grid{{"apart", "CPython", "aio", "limit", ""}}
	for _, a := range r.apart {
		mark := ""
		switch {
		case a.failure != "":
			mark = "FAILS: " + a.failure
		case a.over:
			mark = "over the limit"
		}
		g = append(g, []string{a.name, a.python, a.aio, a.limit, mark})
	}
	return g
}

func (r *report) grids() []grid {
	var all []grid
	for _, t := range r.tables {
		if len(t.rows) > 0 {
			all = append(all, t.grid())
		}
	}
	if len(r.apart) > 0 {
		all = append(all, r.apartGrid())
	}
	return all
}

// print writes the tables in columns.
func (r *report) print(w io.Writer) {
	fmt.Fprintln(w, r.host)
	for _, g := range r.grids() {
		fmt.Fprintln(w)
		columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, cells := range g {
			fmt.Fprintln(columns, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
		}
		columns.Flush()
	}
}

// markdown returns the tables as README.md holds them.
func (r *report) markdown() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n", r.host)
	for _, g := range r.grids() {
		text.WriteString("\n")
		for i, cells := range g {
			fmt.Fprintf(&text, "| %s |\n", strings.Join(cells, " | "))
			if i == 0 {
				text.WriteString("|---|" + strings.Repeat("--:|", len(cells)-2) + "---|\n")
			}
		}
	}
	return text.String()
}

// The tables stand between these two lines of README.md.
const (
	tablesBegin = "<!-- tables: written by go run ./bench -md -->\n"
	tablesEnd   = "<!-- end of tables -->\n"
)

// writeInto replaces the tables in the file.
func (r *report) writeInto(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, rest, found := strings.Cut(string(text), tablesBegin)
	_, tail, ended := strings.Cut(rest, tablesEnd)
	if !found || !ended {
		return errors.New(path + " has no place for the tables")
	}
	return os.WriteFile(path, []byte(head+tablesBegin+r.markdown()+tablesEnd+tail), 0o666)
}

// describeHost names what the figures belong to.
func (b *bench) describeHost() string {
	version, err := exec.Command(b.python, "-c", "import platform; print(platform.python_version())").Output()
	if err != nil {
		version = []byte("of unknown version")
	}
	return fmt.Sprintf("CPython %s, %s, %s/%s, %d cores, best of %d, %s", strings.TrimSpace(string(version)),
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.runs, time.Now().Format(time.DateOnly))
}

func ms(d time.Duration) float64 { return d.Seconds() * 1000 }

func megabytes(bytes int64) string {
	if bytes == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f", float64(bytes)/(1<<20))
}
