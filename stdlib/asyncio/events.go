package asyncio

// This file defines the module events: the current loop, and the policy that decides about it.

import "aio/interp"

var eventsModule = &submodule{
	name: "events", doc: "Event loop and event loop policy.",
	types: []*interp.Type{policyType, abstractServerType},
	funcs: []interp.Builtin{
		{Sig: "get_event_loop_policy()", Doc: "Get the current event loop policy.", Fn: getPolicy},
		{Sig: "set_event_loop_policy(policy)", Doc: "Set the current event loop policy; None restores the default one.", Fn: setPolicy},
		{Sig: "get_event_loop()", Doc: "Return the running event loop, or else what the policy returns.", Fn: getEventLoop},
		{Sig: "set_event_loop(loop)", Doc: "Equivalent to calling get_event_loop_policy().set_event_loop(loop).", Fn: setEventLoop},
		{Sig: "new_event_loop()", Doc: "Equivalent to calling get_event_loop_policy().new_event_loop().", Fn: newEventLoop},
		{Sig: "get_child_watcher()", Doc: "Raise NotImplementedError: there are no child watchers.", Fn: notImplemented},
		{Sig: "set_child_watcher(watcher)", Doc: "Raise NotImplementedError: there are no child watchers.", Fn: notImplemented},
		{Sig: "_set_running_loop(loop, /)", Doc: "Set the running event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			th.SetRunningLoop(a[0])
			return interp.None, nil
		}},
		{Sig: "get_running_loop()", Doc: "Return the running event loop.  Raise a RuntimeError if there is none.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return runningLoop(th)
		}},
		{Sig: "_get_running_loop()", Doc: "Return the running event loop or None.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.RunningLoopValue(), nil
		}},
		{Sig: "_get_event_loop(stacklevel=3)", Doc: "Return the running event loop, or else what the policy returns.", Fn: getEventLoop},
	},
	public: []string{"AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy",
		"set_event_loop_policy", "get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher", "set_child_watcher",
		"_set_running_loop", "get_running_loop", "_get_running_loop"},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		abstract, _, handle, timer := interp.LoopTypes()
		m.Set("AbstractEventLoop", abstract.Value())
		m.Set("Handle", handle.Value())
		m.Set("TimerHandle", timer.Value())
		m.Set("BaseDefaultEventLoopPolicy", defaultPolicyType.Value())
		return nil
	},
}

func notImplemented(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.Value{}, interp.NewExc(interp.NotImplementedErr)
}

// refusals returns methods that raise NotImplementedError.
func refusals(sigs ...string) []interp.Builtin {
	rows := make([]interp.Builtin, len(sigs))
	for i, sig := range sigs {
		rows[i] = interp.Builtin{Sig: sig, Fn: notImplemented}
	}
	return rows
}

var policyType = plainType("asyncio.events", "AbstractEventLoopPolicy", nil,
	refusals("get_event_loop()", "set_event_loop(loop)", "new_event_loop()", "get_child_watcher()", "set_child_watcher(watcher)"))

// plainType returns a type whose objects have no Go data; a script's class derived from it may have an
// __init__ of its own.
func plainType(module, name string, base *interp.Type, rows []interp.Builtin, more ...*interp.Type) *interp.Type {
	t := interp.NewLibraryType(module, name, base, more...)
	p := &interp.Protocol{}
	t.SetInit(p, name+"()", func(cls *interp.Type) interp.Value { return interp.NewNative(cls, nil) }, func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, nil
	})
	return t.Setup(p, rows, nil)
}

var defaultPolicyType = plainType("asyncio.unix_events", "_UnixDefaultEventLoopPolicy", policyType,
	[]interp.Builtin{
		{Sig: "get_event_loop()", Doc: "Get the event loop for the current context.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.DefaultEventLoop()
		}},
		{Sig: "set_event_loop(loop)", Doc: "Set the event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return interp.None, th.SetDefaultEventLoop(a[1])
		}},
		{Sig: "new_event_loop()", Doc: "Create a new event loop.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return th.NewEventLoop().Value(), nil
		}},
	})

// state is what an interpreter keeps for the module.
type state struct {
	policy interp.Value // the object of the default policy, made when a script asks for it
	logger interp.Value
	// entered pairs loops with the tasks that _enter_task made their current ones; registered are what
	// _register_task was given.
	entered    [][2]interp.Value
	registered []interp.Value
}

func stateOf(th *interp.Thread) *state {
	return interp.Lib(th.Interp(), "asyncio", func() *state { return &state{} })
}

func getPolicy(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if p := th.Interp().Policy(); !p.IsUnbound() {
		return p, nil
	}
	s := stateOf(th)
	if s.policy.IsUnbound() {
		s.policy = interp.NewNative(defaultPolicyType, nil)
	}
	return s.policy, nil
}

func setPolicy(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if !a[0].IsNone() && !interp.IsInstance(a[0], policyType) {
		return interp.Value{}, interp.TypeErrorf("policy must be an instance of AbstractEventLoopPolicy or None, not '%s'", interp.TypeName(a[0]))
	}
	p := a[0]
	if p.IsNone() || interp.TypeOf(p) == defaultPolicyType {
		p = interp.Value{}
	}
	th.Interp().SetPolicy(p)
	return interp.None, nil
}

func getEventLoop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return th.GetEventLoop()
}

func setEventLoop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if p := th.Interp().Policy(); !p.IsUnbound() {
		return th.CallMethod(p, "set_event_loop", a[0])
	}
	return interp.None, th.SetDefaultEventLoop(a[0])
}

func newEventLoop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return th.NewLoopByPolicy()
}

var abstractServerType = plainType("asyncio.events", "AbstractServer", nil,
	refusals("close()", "get_loop()", "is_serving()", "start_serving()", "serve_forever()", "wait_closed()"))
