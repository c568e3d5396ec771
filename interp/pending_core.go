package interp

func asyncTypes() []typeSetup { return nil }

type loopState struct{}

type futureState uint8

const futurePending futureState = 0

// Future is a result to come.
type Future struct {
	Header
	dict     *Dict
	state    futureState
	blocking bool
}

func (f *Future) take() (Value, *Exc)                 { return None, nil }
func isFuture(v Value) bool                           { return false }
func (t *Task) waitFor(th *Thread, f *Future)         {}
func (in *Interp) pollSignals(th *Thread) *Exc        { return nil }
func unionMembers(v Value) ([]Value, bool)            { return nil, false }
func (th *Thread) unionType(a, b Value) (Value, *Exc) { return NotImplemented, nil }

// EventLoop is an event loop.
type EventLoop struct {
	Header
	dict *Dict
}

// Context is a contextvars context.
type Context struct{ Header }

// Task drives a coroutine.
type Task struct {
	Future
	coro *Coro
}

func (th *Thread) displayHook(v Value) *Exc { return nil }
