package teach_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"aio/diag"
	"aio/interp"
	"aio/loop"
	"aio/stdlib"
	"aio/teach"
)

// program has every kind of event in it but those of threads.
const program = `import asyncio

async def worker(name, q):
    while True:
        x = await q.get()
        await asyncio.sleep(0.1)
        print(name, x)
        q.task_done()

async def boom():
    await asyncio.sleep(0)
    raise ValueError("bad")

async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return 5

async def main():
    q = asyncio.Queue()
    workers = [asyncio.create_task(worker(n, q), name=n) for n in "ab"]
    for i in range(3):
        q.put_nowait(i)
    await q.join()
    for w in workers:
        w.cancel("enough")
    await asyncio.gather(*workers, boom(), return_exceptions=True)
    s = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    s.cancel()
    await s
    asyncio.get_running_loop().call_later(0.5, print, "later")
    await asyncio.wait_for(asyncio.sleep(0.6), 1)

asyncio.run(main())
`

// run runs a program under the virtual clock and returns its log and its stdout.
func run(t *testing.T, text string) (log []byte, stdout string) {
	t.Helper()
	var out, logged bytes.Buffer
	clock := loop.NewVirtualClock()
	events := teach.NewEventLog(&logged, clock, []string{"x.aio"})
	in := interp.New(interp.Config{Stdout: &out, Stderr: io.Discard, Modules: stdlib.Modules(), Clock: clock, Observer: events})
	if status := in.Main().RunProgram(diag.NewSource("x.aio", text), "x.aio"); status != 0 {
		t.Fatalf("exit status %d", status)
	}
	if err := events.Close(); err != nil {
		t.Fatal(err)
	}
	return logged.Bytes(), out.String()
}

type event = map[string]any

func events(t *testing.T, log []byte) (list []event) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(log))
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		list = append(list, e)
	}
	return list
}

// find returns the events whose fields have the given values, as JSON shows them.
func find(list []event, fields ...string) (found []event) {
	for _, e := range list {
		ok := true
		for i := 0; i < len(fields); i += 2 {
			v, _ := json.Marshal(e[fields[i]])
			ok = ok && string(v) == fields[i+1]
		}
		if ok {
			found = append(found, e)
		}
	}
	return found
}

func TestTwoRunsWriteTheSameLog(t *testing.T) {
	a, out := run(t, program)
	b, _ := run(t, program)
	if !bytes.Equal(a, b) {
		t.Error("the logs of two runs differ")
	}
	if want := "a 0\nb 1\na 2\nlater\n"; out != want {
		t.Errorf("stdout is %q, expected %q", out, want)
	}
}

func TestEveryWakeNamesItsCause(t *testing.T) {
	log, _ := run(t, program)
	for _, e := range events(t, log) {
		if e["event"] == "scheduled" && (e["cause"] == nil || e["task"] == nil && e["callback"] == nil) {
			t.Errorf("without a cause, or nothing that is woken: %v", e)
		}
	}
}

func TestStepsAndCallbacksAreEnclosed(t *testing.T) {
	log, _ := run(t, program)
	var open []string
	for _, e := range events(t, log) {
		switch name := e["event"].(string); name {
		case "step_begin", "callback_begin":
			kind, _, _ := strings.Cut(strings.Replace(name, "step", "task", 1), "_")
			open = append(open, fmt.Sprint(kind, e[kind]))
		case "step_end", "callback_end":
			kind, _, _ := strings.Cut(strings.Replace(name, "step", "task", 1), "_")
			if n := len(open); n == 0 || open[n-1] != fmt.Sprint(kind, e[kind]) {
				t.Fatalf("%v ends what did not begin: %v", e, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("has no end: %v", open)
	}
}

func TestWhatTheLogTells(t *testing.T) {
	log, _ := run(t, program)
	list := events(t, log)
	for _, want := range [][]string{
		{"event", `"task_made"`, "name", `"Task-2"`, "coro", `"worker"`, "by", `{"task":1}`},
		{"event", `"task_named"`, "task", `2`, "name", `"a"`},
		{"event", `"step_end"`, "task", `2`, "outcome", `"suspended"`, "until", `0.2`},
		{"event", `"cancel_requested"`, "message", `"enough"`, "by", `{"task":1}`},
		{"event", `"cancel_delivered"`, "task", `5`, "requested_by", `{"task":1}`},
		{"event", `"cancel_swallowed"`, "task", `5`},
		{"event", `"task_done"`, "task", `4`, "exception", `"ValueError"`, "message", `"bad"`},
		{"event", `"timer_set"`, "due", `0.7`, "does", `"print"`},
		{"event", `"print"`, "text", `"later\n"`, "t", `0.7`},
		{"event", `"end"`},
	} {
		if len(find(list, want...)) == 0 {
			t.Errorf("no event has %v", want)
		}
	}
	gather := find(list, "event", `"step_end"`, "task", `1`)
	i := slices.IndexFunc(gather, func(e event) bool { return e["gathers"] != nil })
	if i < 0 {
		t.Fatal("the gather is not shown")
	}
	if n := len(gather[i]["gathers"].([]any)); n != 3 {
		t.Errorf("the gather waits for %d, expected 3", n)
	}
	chain, _ := json.Marshal(gather[i]["chain"])
	if want := `[{"col":5,"file":"x.aio","in":"main","line":28,"text":"await asyncio.gather(*workers, boom(), return_exceptions=True)"}]`; string(chain) != want {
		t.Errorf("the chain is %s, expected %s", chain, want)
	}
}

// TestTheFormatIsDocumented holds docs/trace.md against the log.
func TestTheFormatIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/trace.md")
	if err != nil {
		t.Fatal(err)
	}
	log, _ := run(t, program)
	for _, e := range events(t, log) {
		for field := range e {
			if !bytes.Contains(page, []byte("`"+field+"`")) {
				t.Errorf("the field %s of %v is not documented", field, e)
			}
		}
		if !bytes.Contains(page, []byte("`"+e["event"].(string)+"`")) {
			t.Errorf("the event %v is not documented", e["event"])
		}
	}
}

func TestTimesAreExact(t *testing.T) {
	log, _ := run(t, "import asyncio\nasyncio.run(asyncio.sleep(0.000000301))\n")
	if !bytes.Contains(log, []byte(`"due":0.000000301,`)) {
		t.Errorf("the time of the timer is not there:\n%s", log)
	}
}
