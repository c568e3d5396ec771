package repl

// This file defines how other goroutines reach the goroutine that runs scripts.

import (
	"sync/atomic"
	"time"
)

// mode is what the script goroutine does.
type mode struct{ n atomic.Int32 }

const (
	inScript int32 = iota // runs an input, or waits where nothing may be asked of it
	inLoop                // turns the loop while a prompt is open
	inDebug               // waits at a breakpoint for a line
)

func (m *mode) set(n int32) { m.n.Store(n) }
func (m *mode) get() int32  { return m.n.Load() }

// scriptPatience is how long the line editor waits for the script goroutine, which a background task may hold.
const scriptPatience = time.Second

// onScript calls f in the script goroutine and waits for its end. It returns false when that does not come in
// time: f has not begun, and will not.
func (t *terminal) onScript(f func()) bool {
	var given atomic.Bool // f was begun, or given up
	done := make(chan struct{})
	call := func() {
		if given.CompareAndSwap(false, true) {
			f()
			close(done)
		}
	}
	switch t.waiting.get() {
	case inLoop:
		t.loop.L.Post(runFunc(call))
	case inDebug:
		select {
		case t.calls <- call:
		case <-time.After(scriptPatience):
		}
	}
	select {
	case <-done:
		return true
	case <-time.After(scriptPatience):
	}
	if given.CompareAndSwap(false, true) {
		return false
	}
	<-done
	return true
}
