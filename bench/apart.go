// This file defines the rows that are measured apart: starting, loading, and the memory of suspended tasks.

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
)

// An apartRow is a figure with its own unit and limit.
type apartRow struct {
	name    string
	python  string // "" when CPython is not measured
	aio     string
	limit   string
	over    bool // the figure is beyond the limit
	failure string
}

const (
	loadedLines = 20_000    // of the script that is loaded
	liveTasks   = 200_000   // of the script that tells how much memory a suspended task keeps
	manyTasks   = 1_000_000 // of the script that tells how much memory very many take

	startLimit = 10.0 // ms of CPU
	loadLimit  = 1.5  // times CPython's CPU
	taskLimit  = 480  // bytes
	manyLimit  = 700  // MB
)

// measureApart returns the rows that are no comparison of two scripts' speed.
func (b *bench) measureApart() ([]apartRow, error) {
	hello, err := b.write("hello.aio", "print(\"hi\")\n")
	if err != nil {
		return nil, err
	}
	long, err := b.write("long.aio", generate(loadedLines))
	if err != nil {
		return nil, err
	}
	var rows []apartRow
	for _, measure := range []func() (apartRow, error){
		func() (apartRow, error) { return b.measureStart(hello) },
		func() (apartRow, error) { return b.measureLoad(long) },
		b.measureTask,
		b.measureManyTasks,
	} {
		row, err := measure()
		if err != nil {
			b.failed = true
			row.failure = err.Error()
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// write puts a script into the temporary folder and returns its path.
func (b *bench) write(name, text string) (string, error) {
	path := filepath.Join(b.temp, name)
	return path, os.WriteFile(path, []byte(text), 0o666)
}

// both measures a script under both interpreters and fails as the comparison of speeds does.
func (b *bench) both(name, script string, runs int) (row, error) {
	progress(name)
	few := *b
	few.runs = runs
	r := few.compare(name, script)
	if r.failure != "" {
		return r, fmt.Errorf("%s", r.failure)
	}
	return r, nil
}

func (b *bench) measureStart(script string) (apartRow, error) {
	a := apartRow{name: "start and end, `print(\"hi\")`", limit: fmt.Sprintf("%.0f ms", startLimit)}
	r, err := b.both(a.name, script, 4*b.runs)
	if err != nil {
		return a, err
	}
	a.python, a.aio = fmt.Sprintf("%.1f ms", ms(r.python.cpu)), fmt.Sprintf("%.1f ms", ms(r.aio.cpu))
	a.over = ms(r.aio.cpu) > startLimit
	return a, nil
}

func (b *bench) measureLoad(script string) (apartRow, error) {
	a := apartRow{name: fmt.Sprintf("load a script of %d lines", loadedLines), limit: fmt.Sprintf("%.1f × CPython", loadLimit)}
	r, err := b.both(a.name, script, b.runs)
	if err != nil {
		return a, err
	}
	share := 1 / r.ratio()
	a.python = fmt.Sprintf("%.0f ms", ms(r.python.cpu))
	a.aio = fmt.Sprintf("%.0f ms (%.2f ×)", ms(r.aio.cpu), share)
	a.over = share > loadLimit
	return a, nil
}

// suspendedTasks is a script in which so many tasks wait at once.
const suspendedTasks = `import asyncio
import gc
import os


async def wait_at(gate):
    await gate.wait()


async def main():
    gate = asyncio.Event()
    tasks = [asyncio.create_task(wait_at(gate)) for _ in range(%d)]
    await asyncio.sleep(0)
`

// thenCollect ends the script while they wait, after a garbage collection.
const thenCollect = `    gc.collect()
    os._exit(0)


asyncio.run(main())
`

// thenWake lets the tasks end.
const thenWake = `    gate.set()
    await asyncio.gather(*tasks)
    print(len(tasks))


asyncio.run(main())
`

// measureTask compares two runs that differ in the number of suspended tasks: what the last garbage collection
// left alive in aio, while all of them were suspended; the peak of resident memory in CPython.
func (b *bench) measureTask() (apartRow, error) {
	a := apartRow{name: "memory of a suspended task", limit: fmt.Sprintf("%d bytes", taskLimit)}
	progress(a.name)
	var resident, live [2]int64
	for i, count := range []int{0, liveTasks} {
		script, err := b.write("suspended.aio", fmt.Sprintf(suspendedTasks, count)+thenCollect)
		if err != nil {
			return a, err
		}
		python, err := run(b.python, script)
		if err != nil {
			return a, fmt.Errorf("python3: %w", err)
		}
		aio, err := run(b.aio, script, "GODEBUG=gctrace=1")
		if err != nil {
			return a, err
		}
		resident[i], live[i] = python.memory, liveHeap(aio.stderr)
	}
	bytes := (live[1] - live[0]) / liveTasks
	a.python = fmt.Sprintf("%d bytes", (resident[1]-resident[0])/liveTasks)
	a.aio = fmt.Sprintf("%d bytes", bytes)
	a.over = bytes > taskLimit
	return a, nil
}

// A line of Go's GODEBUG=gctrace=1 has the heap before, at the end of and alive after a collection.
var heapSizes = regexp.MustCompile(`\d+->\d+->(\d+) MB`)

// liveHeap returns the bytes that the last collection left alive.
func liveHeap(gctrace string) int64 {
	all := heapSizes.FindAllStringSubmatch(gctrace, -1)
	if len(all) == 0 {
		return 0
	}
	size, _ := strconv.ParseInt(all[len(all)-1][1], 10, 64) // the expression allows digits only
	return size << 20
}

// measureManyTasks leaves CPython out: it takes most of a minute and more than a gigabyte.
func (b *bench) measureManyTasks() (apartRow, error) {
	a := apartRow{name: fmt.Sprintf("peak memory of %d pending tasks", manyTasks), limit: fmt.Sprintf("%d MB", manyLimit)}
	progress(a.name)
	script, err := b.write("many.aio", fmt.Sprintf(suspendedTasks, manyTasks)+thenWake)
	if err != nil {
		return a, err
	}
	m, err := run(b.aio, script)
	if err != nil {
		return a, err
	}
	a.aio = fmt.Sprintf("%d MB (%.1f s CPU)", m.memory>>20, m.cpu.Seconds())
	a.over = m.memory>>20 > manyLimit
	return a, nil
}
