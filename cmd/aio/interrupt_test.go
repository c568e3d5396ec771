package main

// This file tests with real processes what Ctrl-C and a deadlock do to a program.

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// start runs a program in a process: this test binary, which TestMain makes a command with AIO_TEST_RUN set.
func start(t *testing.T, code string) (cmd *exec.Cmd, lines *bufio.Scanner, stderr *strings.Builder) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGINT")
	}
	file := filepath.Join(t.TempDir(), "program.aio")
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self, file)
	cmd.Env = append(os.Environ(), "AIO_TEST_RUN=1")
	stderr = new(strings.Builder)
	cmd.Stderr = stderr
	stdin, err := cmd.StdinPipe() // stays open: input() waits
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	watchdog := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() {
		watchdog.Stop()
		_ = stdin.Close()
	})
	return cmd, bufio.NewScanner(stdout), stderr
}

func TestMain(m *testing.M) {
	if os.Getenv("AIO_TEST_RUN") != "" {
		os.Exit(guarded(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// interrupt runs a program, sends it SIGINT once it has printed "ready", and returns what it printed
// afterwards and its exit status.
func interrupt(t *testing.T, code string) (out, stderr string, status int) {
	t.Helper()
	cmd, lines, errs := start(t, code)
	for lines.Scan() {
		if lines.Text() == "ready" {
			time.Sleep(50 * time.Millisecond) // let it reach what it waits in
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			continue
		}
		out += lines.Text() + "\n"
	}
	_ = cmd.Wait() // the status tells
	return out, errs.String(), cmd.ProcessState.ExitCode()
}

func TestInterrupt(t *testing.T) {
	for name, code := range map[string]string{
		"computing": "print('ready', flush=True)\nwhile True:\n    pass\n",
		"sleeping":  "import time\nprint('ready', flush=True)\ntime.sleep(100)\n",
		"input":     "print('ready', flush=True)\ninput()\n",
		"stdin":     "import sys\nprint('ready', flush=True)\nfor line in sys.stdin: pass\n",
		"join":      "import threading, time\nt = threading.Thread(target=time.sleep, args=(100,), daemon=True)\nt.start()\nprint('ready', flush=True)\nt.join()\n",
		"busy thread": "import threading\ndef spin():\n    while True: pass\n" +
			"threading.Thread(target=spin, daemon=True).start()\nprint('ready', flush=True)\ninput()\n",
		"asyncio": "import asyncio\nasync def main():\n    print('ready', flush=True)\n    await asyncio.sleep(100)\nasyncio.run(main())\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, stderr, status := interrupt(t, code)
			if status != 130 || !strings.HasSuffix(stderr, "KeyboardInterrupt\n") {
				t.Errorf("status %d, stdout %q, stderr:\n%s", status, out, stderr)
			}
		})
	}
}

func TestInterruptCancelsTheMainTask(t *testing.T) {
	out, stderr, status := interrupt(t, `import asyncio
async def main():
    try:
        print("ready", flush=True)
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        await asyncio.sleep(0)
        print("cleaned up")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
`)
	if want := "cancelled\ncleaned up\ninterrupted\n"; out != want || status != 0 {
		t.Errorf("status %d, stdout %q, stderr:\n%s", status, out, stderr)
	}
}

func TestInterruptedInputGoesOn(t *testing.T) {
	out, stderr, status := interrupt(t, `import signal, sys
def handler(signum, frame):
    print("handled", signum, frame.f_code.co_name, flush=True)
    sys.exit(7)
signal.signal(signal.SIGINT, handler)
print("ready", flush=True)
input()
`)
	if want := "handled 2 <module>\n"; out != want || status != 7 {
		t.Errorf("status %d, stdout %q, stderr:\n%s", status, out, stderr)
	}
}

func TestDeadlockStatus(t *testing.T) {
	for name, code := range map[string]string{
		"asyncio": "import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n",
		"threads": "import threading\nthreading.Event().wait()\n",
	} {
		t.Run(name, func(t *testing.T) {
			cmd, lines, stderr := start(t, code)
			for lines.Scan() {
			}
			_ = cmd.Wait() // the status tells
			if status := cmd.ProcessState.ExitCode(); status != 3 || !strings.Contains(stderr.String(), "DeadlockError") {
				t.Errorf("status %d, stderr:\n%s", status, stderr)
			}
		})
	}
}

func TestQuitShowsTheTasks(t *testing.T) {
	cmd, lines, errs := start(t, `import asyncio

async def child(event):
    await event.wait()

async def main():
    event = asyncio.Event()
    waiting = [asyncio.create_task(child(event)) for _ in range(2)]
    asyncio.get_running_loop().call_later(0.5, event.set)
    asyncio.get_running_loop().call_soon(lambda: print("ready", flush=True))
    await asyncio.gather(*waiting)
    print("done")

asyncio.run(main())
`)
	out := ""
	for lines.Scan() {
		if lines.Text() == "ready" {
			time.Sleep(50 * time.Millisecond) // let them wait
			if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
				t.Fatal(err)
			}
			continue
		}
		out += lines.Text() + "\n"
	}
	_ = cmd.Wait() // the status tells
	if out != "done\n" || cmd.ProcessState.ExitCode() != 0 {
		t.Errorf("stdout is %q, the exit status %d", out, cmd.ProcessState.ExitCode())
	}
	file := cmd.Args[1]
	want := "loop 1: 3 tasks, 0 ready, 1 timer, 0 pending completions\n" +
		"  Task-1 main(): waits for a gather of 2 at " + file + ":11 in main(): await asyncio.gather(*waiting)\n" +
		"  ├─ Task-2 child(): waits for a future at " + file + ":4 in child(): await event.wait()\n" +
		"  └─ Task-3 child(): waits for a future at " + file + ":4 in child(): await event.wait()\n"
	if errs.String() != want {
		t.Errorf("stderr is\n%s\nexpected\n%s", errs, want)
	}
}
