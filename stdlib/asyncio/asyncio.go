// Package asyncio is the module asyncio: coroutines, tasks and the event loop.
//
//	tasks       run, sleep, gather, wait, wait_for, as_completed, shield, create_task ... (tasks.go, wait.go)
//	runners     run, Runner (runner.go)
//	events      get_event_loop, new_event_loop, policies (events.go)
//	futures     Future, isfuture, wrap_future (futures.go)
//	base_events, selector_events, unix_events        the classes of event loops (loops.go)
//	exceptions, coroutines, log, constants, protocols, transports
//
// What the loop and tasks are stands in package interp, how the loop decides in package loop.
package asyncio

import (
	"strings"

	"aio/interp"
)

// Module is the module asyncio.
var Module = &interp.ModuleDef{
	Name:       "asyncio",
	Doc:        "The asyncio package, tracking PEP 3156.",
	Init:       initModule,
	Package:    true,
	Submodules: submoduleDefs(),
}

// submodule is a module of the package asyncio.
type submodule struct {
	name, doc string
	funcs     []interp.Builtin
	async     []interp.AsyncBuiltin
	types     []*interp.Type
	// init, which may be nil, adds what is neither; it runs last.
	init func(th *interp.Thread, m *interp.Module) *interp.Exc
	// public names what asyncio itself offers of the module; nil: all names without an underscore.
	public []string
}

// submodules is the list of the modules of the package, in the order in which asyncio.__all__ names what
// they offer.
func submodules() []*submodule {
	return []*submodule{
		constantsModule, logModule, exceptionsModule, coroutinesModule, eventsModule, baseFuturesModule, futuresModule,
		baseTasksModule, tasksModule, baseEventsModule, formatHelpersModule, mixinsModule, protocolsModule, transportsModule,
		runnersModule, locksModule, queuesModule, taskgroupsModule, threadsModule, timeoutsModule, selectorEventsModule, unixEventsModule,
	}
}

func submoduleDefs() []*interp.ModuleDef {
	var defs []*interp.ModuleDef
	for _, s := range submodules() {
		defs = append(defs, &interp.ModuleDef{Name: "asyncio." + s.name, Doc: s.doc, Funcs: s.funcs, Init: s.fill})
	}
	return defs
}

// fill is the Init of the submodule.
func (s *submodule) fill(th *interp.Thread, m *interp.Module) *interp.Exc {
	for i := range s.async {
		m.Set(s.async[i].Name(), interp.NewAsyncBuiltin(&s.async[i], "asyncio."+s.name))
	}
	for _, t := range s.types {
		m.Set(t.Name, t.Value())
	}
	if s.init != nil {
		return s.init(th, m)
	}
	return nil
}

// names returns what asyncio offers of the submodule.
func (s *submodule) names() []string {
	if s.public != nil {
		return s.public
	}
	var list []string
	add := func(name string) {
		if !strings.HasPrefix(name, "_") {
			list = append(list, name)
		}
	}
	for _, t := range s.types {
		add(t.Name)
	}
	for i := range s.funcs {
		add(s.funcs[i].Name())
	}
	for i := range s.async {
		add(s.async[i].Name())
	}
	return list
}

// initModule imports the submodules and takes over what they offer.
func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	var all []interp.Value
	for _, s := range submodules() {
		v, err := th.Import("asyncio." + s.name)
		if err != nil {
			return err
		}
		sub, ok := interp.AsModule(v)
		if !ok {
			continue // a script has put something else into sys.modules
		}
		var names []interp.Value
		for _, name := range s.names() {
			x, ok := sub.Get(name)
			if !ok {
				return interp.Errorf(interp.SystemError, "asyncio.%s has no '%s'", s.name, name)
			}
			m.Set(name, x)
			names = append(names, interp.MkStr(name))
		}
		sub.Set("__all__", interp.MkTuple(names))
		all = append(all, names...)
	}
	m.Set("__all__", interp.MkTuple(all))
	return shareModules(th)
}

// shareModules makes the submodules that others use attributes of these, as programs that patch them
// expect.
func shareModules(th *interp.Thread) *interp.Exc {
	shared := []string{"base_events", "base_futures", "base_tasks", "constants", "coroutines", "events", "exceptions", "format_helpers", "futures", "tasks", "protocols", "transports"}
	for _, s := range submodules() {
		v, err := th.Import("asyncio." + s.name)
		if err != nil {
			return err
		}
		m, ok := interp.AsModule(v)
		if !ok {
			continue
		}
		for _, name := range shared {
			if _, has := m.Get(name); !has && name != s.name {
				x, err := th.Import("asyncio." + name)
				if err != nil {
					return err
				}
				m.Set(name, x)
			}
		}
	}
	return nil
}

// function is a short name for the body of a built-in function.
type function = func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc)

// items returns the values of an argument *args.
func items(v interp.Value) []interp.Value {
	t, _ := interp.AsTuple(v)
	return t.Items()
}
