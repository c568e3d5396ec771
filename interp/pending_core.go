package interp

import "aio/interp/compile"

func coreTypes() []typeSetup             { return nil }
func functionTypes() []typeSetup         { return nil }
func coroutineTypes() []typeSetup        { return nil }
func asyncTypes() []typeSetup            { return nil }
func mergeMRO(t *Type) ([]*Type, *Exc)   { return nil, nil }
func addWrappers(t *Type, own *Protocol) {}

type loopState struct{}
type asyncGenHooks struct{}
type neverAwaited struct{}

// Future is a result to come.
type Future struct {
	Header
	dict *Dict
}

// EventLoop is an event loop.
type EventLoop struct {
	Header
	dict *Dict
}

// Context is a contextvars context.
type Context struct{ Header }

// Property is a property, classmethod or staticmethod.
type Property struct {
	Header
	dict *Dict
}
type wrappedFunction struct {
	Header
	fn   Value
	dict *Dict
}

func asCoro(v Value) (*Coro, bool) { return nil, false }
func (c *Coro) name() string       { return "" }
func address(v Value) string       { return "0x" }
func newThread(in *Interp) *Thread { return &Thread{in: in} }
func (th *Thread) callFunction(f *Function, args []Value, kwnames []*Str) (Value, *Exc) {
	return None, nil
}
func (th *Thread) nestedCheck(f func() (Value, *Exc)) (Value, *Exc) { return f() }
func (th *Thread) runBody(f *Function, args []Value) (Value, *Exc)  { return None, nil }

func (in *Interp) link(c *compile.Code, globals *Dict) *Code { return nil }

// Task drives a coroutine.
type Task struct{ Future }

// Handled returns the exception that is being handled, nil for none: sys.exception().
func (th *Thread) Handled() *Exc { return nil }
