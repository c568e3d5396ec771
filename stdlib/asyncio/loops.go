package asyncio

// This file defines the classes of event loops and the modules that they stand in.

import "aio/interp"

var (
	selectorLoopType = newSelectorLoopType()
	unixLoopType     = newUnixLoopType()
)

// newSelectorLoopType completes BaseEventLoop by what it has from this package, and returns
// BaseSelectorEventLoop.
func newSelectorLoopType() *interp.Type {
	_, base, _, _ := interp.LoopTypes()
	t := interp.NewLibraryType("asyncio.selector_events", "BaseSelectorEventLoop", base).Setup(nil, nil, nil)
	base.AddAsyncMethods(executorCoroutines)
	base.AddMethods(executorMethods)
	return t
}

func newUnixLoopType() *interp.Type {
	return interp.NewLibraryType("asyncio.unix_events", "_UnixSelectorEventLoop", selectorLoopType).Setup(nil, signalMethods, nil)
}

var baseEventsModule = &submodule{
	name: "base_events", doc: "Base implementation of event loop.",
	public: []string{"BaseEventLoop"},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		_, base, _, _ := interp.LoopTypes()
		m.Set("BaseEventLoop", base.Value())
		th.Interp().OnNewLoop(func(th *interp.Thread) *interp.EventLoop { return th.NewEventLoopOf(unixLoopType) }, debugFromStart)
		return shareLogger(th, m)
	},
}

var selectorEventsModule = &submodule{
	name: "selector_events", doc: "Event loop using a selector.", types: []*interp.Type{selectorLoopType}, public: []string{},
}

var unixEventsModule = &submodule{
	name: "unix_events", doc: "Selector event loop for Unix.", types: []*interp.Type{unixLoopType},
	public: []string{"SelectorEventLoop", "DefaultEventLoopPolicy"},
	init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("SelectorEventLoop", unixLoopType.Value())
		m.Set("DefaultEventLoopPolicy", defaultPolicyType.Value())
		m.Set("_UnixDefaultEventLoopPolicy", defaultPolicyType.Value())
		return nil
	},
}
