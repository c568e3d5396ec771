//go:build linux || darwin

package repl

// This file defines how tests sit at a terminal: a session in a process of its own behind a pty, and the
// screen that it draws.

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/mattn/go-runewidth"

	"aio/interp"
	"aio/stdlib"
)

// childVariable is set in the environment of a test binary that is to be a session; its value is the file of -i.
const childVariable = "AIO_REPL_TEST_CHILD"

func TestMain(m *testing.M) {
	file, ok := os.LookupEnv(childVariable)
	if !ok {
		os.Exit(m.Run())
	}
	crash := &interp.ModuleDef{Name: "crash", Funcs: []interp.Builtin{{Sig: "now()", Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		panic("on purpose")
	}}}}
	os.Exit(Run(Options{
		Config:  interp.Config{Modules: append(stdlib.Modules(), crash), Args: []string{""}},
		Version: "aio test", Color: os.Getenv("AIO_REPL_TEST_COLOR"), File: file,
	}))
}

// console is a session behind a pty, and the screen in front of it.
type console struct {
	t    *testing.T
	cmd  *exec.Cmd
	pty  *os.File
	tty  *os.File // the other side, to ask for its modes
	done chan struct{}

	mu     sync.Mutex
	screen display
	raw    strings.Builder
}

// open starts a session on a terminal of 80 columns; env is added to the environment.
func open(t *testing.T, env ...string) *console {
	t.Helper()
	return openSize(t, 80, env...)
}

func openSize(t *testing.T, columns int, env ...string) *console {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pty: %v", err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, pty: master, tty: tty, done: make(chan struct{}), screen: display{columns: columns}}
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, tty
	c.cmd.SysProcAttr = ownSession()
	c.cmd.Env = append([]string{
		"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir(), "AIO_HISTORY=" + filepath.Join(t.TempDir(), "history"),
		"AIO_REPL_TEST_COLOR=never", childVariable + "=", "PATH=" + os.Getenv("PATH"),
	}, env...)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go c.watch()
	t.Cleanup(c.kill)
	c.see(">>> ")
	return c
}

func (c *console) kill() {
	_ = c.cmd.Process.Kill()
	_, _ = c.cmd.Process.Wait()
	c.pty.Close()
	c.tty.Close()
}

// watch draws what the session writes.
func (c *console) watch() {
	buf := make([]byte, 1<<16)
	for {
		n, err := c.pty.Read(buf)
		c.mu.Lock()
		c.raw.Write(buf[:n])
		c.screen.write(buf[:n])
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// keys types.
func (c *console) keys(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.pty, text); err != nil {
		c.t.Fatal(err)
	}
}

// enter types a line.
func (c *console) enter(line string) {
	c.t.Helper()
	c.keys(line + "\r")
}

// run types lines and waits for a prompt behind each.
func (c *console) run(lines ...string) {
	c.t.Helper()
	for _, line := range lines {
		n := c.prompts()
		c.enter(line)
		c.until(fmt.Sprintf("a prompt after %q", line), func() bool { return c.prompts() > n })
	}
}

// prompts returns how many prompts stand on the screen.
func (c *console) prompts() int {
	n := 0
	for _, line := range strings.Split(c.text(), "\n") {
		if strings.HasPrefix(line, ">>>") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "break>") {
			n++
		}
	}
	return n
}

// text returns the screen, with all that has left it at its top.
func (c *console) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.screen.text()
}

// cursor returns the line and the column of the cursor.
func (c *console) cursor() (line string, column int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.screen.line(c.screen.y), c.screen.x
}

// written returns everything that was written.
func (c *console) written() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// limit is how long a test waits for what must come.
const limit = 20 * time.Second

// until waits for something.
func (c *console) until(what string, ok func() bool) {
	c.t.Helper()
	for end := time.Now().Add(limit); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("no %s on the screen:\n%s", what, c.text())
		}
	}
}

// see waits until a text stands on the screen.
func (c *console) see(text string) {
	c.t.Helper()
	c.until(strconv.Quote(text), func() bool { return strings.Contains(c.text(), text) })
}

// leave waits for the end of the session and returns its exit status.
func (c *console) leave() int {
	c.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- c.cmd.Wait() }()
	select {
	case <-ended:
		time.Sleep(20 * time.Millisecond) // for what it wrote last
		return c.cmd.ProcessState.ExitCode()
	case <-time.After(limit):
		c.t.Fatalf("the session does not end:\n%s", c.text())
		return 0
	}
}

// display is a terminal's screen that keeps what is scrolled away.
type display struct {
	columns int
	rows    [][]string // a cell holds a character; that behind a wide one is ""
	x, y    int
	pending []byte
}

func (d *display) write(p []byte) {
	b := append(d.pending, p...)
	d.pending = nil
	for len(b) > 0 {
		n := d.step(b)
		if n == 0 {
			d.pending = append([]byte(nil), b...)
			return
		}
		b = b[n:]
	}
}

// step draws one character or obeys one sequence, and returns its length; 0 when it is not whole.
func (d *display) step(b []byte) int {
	switch b[0] {
	case '\r':
		d.x = 0
		return 1
	case '\n':
		d.y++
		return 1
	case '\a':
		return 1
	case '\t':
		d.x = (d.x/8 + 1) * 8
		return 1
	case 0x1b:
		return d.sequence(b)
	}
	r, size := decode(b)
	if size == 0 {
		return 0
	}
	d.put(r)
	return size
}

func decode(b []byte) (string, int) {
	size := 1
	switch {
	case b[0] >= 0xF0:
		size = 4
	case b[0] >= 0xE0:
		size = 3
	case b[0] >= 0xC0:
		size = 2
	}
	if len(b) < size {
		return "", 0
	}
	return string(b[:size]), size
}

func (d *display) put(c string) {
	w := runewidth.StringWidth(c)
	if d.x+w > d.columns {
		d.x = 0
		d.y++
	}
	row := d.row(d.y)
	for len(*row) < d.x+w {
		*row = append(*row, " ")
	}
	(*row)[d.x] = c
	if w == 2 {
		(*row)[d.x+1] = ""
	}
	d.x += w
}

func (d *display) row(y int) *[]string {
	for len(d.rows) <= y {
		d.rows = append(d.rows, nil)
	}
	return &d.rows[y]
}

func (d *display) sequence(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	if b[1] != '[' {
		return 2
	}
	i := 2
	for i < len(b) && (b[i] < '@' || b[i] > '~') {
		i++
	}
	if i == len(b) {
		return 0
	}
	arg := string(b[2:i])
	n, err := strconv.Atoi(arg)
	if err != nil {
		n = 1
	}
	switch b[i] {
	case 'G':
		d.x = n - 1
	case 'C':
		d.x += n
	case 'A':
		d.y = max(0, d.y-n)
	case 'B':
		d.y += n
	case 'K':
		row := d.row(d.y)
		*row = (*row)[:min(len(*row), d.x)]
	case 'J', 'H':
		d.rows, d.x, d.y = nil, 0, 0
	}
	return i + 1
}

func (d *display) line(y int) string {
	return strings.TrimRight(strings.Join(*d.row(y), ""), " ")
}

func (d *display) text() string {
	var lines []string
	for y := range d.rows {
		lines = append(lines, d.line(y))
	}
	text := strings.Join(lines, "\n")
	if d.x > 0 && d.y == len(d.rows)-1 && (strings.HasSuffix(text, ">>>") || strings.HasSuffix(text, "...") || strings.HasSuffix(text, "break>")) {
		return text + " "
	}
	return text + "\n"
}
