package asyncio

// This file defines the modules that are small: coroutines, constants, mixins, format_helpers.

import "aio/interp"

var coroutinesModule = &submodule{
	name: "coroutines", doc: "Predicates about coroutines.",
	funcs: []interp.Builtin{
		{Sig: "iscoroutinefunction(func)", Doc: "Return True if func is a decorated coroutine function.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(th.IsCoroutineFunction(a[0])), nil
		}},
		{Sig: "iscoroutine(obj)", Doc: "Return True if obj is a coroutine object.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(interp.IsCoroutine(a[0])), nil
		}},
		{Sig: "_format_coroutine(coro)", Doc: "Return how messages show a coroutine.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkStr(th.DescribeCoroutine(a[0])), nil
		}},
		{Sig: "_is_debug_mode()", Doc: "Return True if PYTHONASYNCIODEBUG is set.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.MkBool(debugByEnvironment(th)), nil
		}},
	},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("_is_coroutine", interp.CoroutineMark)
		return nil
	},
}

// debugFromStart reports whether a new loop is in debug mode: what coroutines._is_debug_mode says, which a
// program may have replaced.
func debugFromStart(th *interp.Thread) bool {
	m, ok := th.Interp().Modules().GetName("asyncio.coroutines")
	if !ok {
		return false
	}
	f, ok, err := th.LookupAttr(m, "_is_debug_mode")
	if err != nil || !ok {
		return false
	}
	v, err := th.Call(f)
	if err != nil {
		return false
	}
	yes, err := th.Truth(v)
	return err == nil && yes
}

// debugByEnvironment reports whether the environment asks for loops in debug mode.
func debugByEnvironment(th *interp.Thread) bool {
	return th.Interp().Config().Getenv("PYTHONASYNCIODEBUG") != ""
}

var constantsModule = &submodule{
	name: "constants", doc: "Constants of asyncio.", public: []string{},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("LOG_THRESHOLD_FOR_CONNLOST_WRITES", interp.MkInt(5))
		m.Set("ACCEPT_RETRY_DELAY", interp.MkInt(1))
		m.Set("DEBUG_STACK_DEPTH", interp.MkInt(10))
		m.Set("SSL_HANDSHAKE_TIMEOUT", interp.MkFloat(60))
		m.Set("SSL_SHUTDOWN_TIMEOUT", interp.MkFloat(30))
		m.Set("SENDFILE_FALLBACK_READBUFFER_SIZE", interp.MkInt(1024*256))
		m.Set("FLOW_CONTROL_HIGH_WATER_SSL_READ", interp.MkInt(256))
		m.Set("FLOW_CONTROL_HIGH_WATER_SSL_WRITE", interp.MkInt(512))
		return nil
	},
}

var mixinsModule = &submodule{name: "mixins", doc: "Event loop mixins.", public: []string{}}

var formatHelpersModule = &submodule{
	name: "format_helpers", doc: "How callbacks are shown.", public: []string{},
	funcs: []interp.Builtin{
		{Sig: "_format_callback_source(func, args)", Doc: "Return how messages show a callback.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			args, err := th.Items(a[1])
			if err != nil {
				return interp.Value{}, err
			}
			return interp.MkStr(th.DescribeCallback(a[0], args)), nil
		}},
	},
}
