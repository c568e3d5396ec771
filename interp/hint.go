package interp

// This file defines the hints that the sentence of an error tells: they are looked for when it is reported.

import (
	"fmt"
	"strings"
)

// sentence is an error by the start and the end of its text.
type sentence struct {
	typ        *Type
	start, end string
}

// sentenceHints are the learner's next steps; the first row that fits counts.
var sentenceHints = []struct {
	hint   string
	errors []sentence
}{
	{
		hint: "a coroutine is not its result: did you forget 'await'?",
		errors: []sentence{
			{TypeError, "'coroutine' object ", ""},
			{AttributeError, "'coroutine' object ", ""},
			{TypeError, "object of type 'coroutine' ", ""},
			{TypeError, "Object of type coroutine ", ""},
			{TypeError, "unsupported format string passed to coroutine.", ""},
			{TypeError, "bad operand type for ", ": 'coroutine'"},
			{TypeError, "", ", not coroutine"},
			{TypeError, "", ", not 'coroutine'"},
			{TypeError, "", ", coroutine found"},
		},
	},
	{
		hint: "'async for' goes through what an asynchronous generator yields",
		errors: []sentence{
			{TypeError, "object async_generator can't be used in 'await' expression", ""},
			{TypeError, "'async_generator' object is not ", ""},
		},
	},
	{
		hint: "call the coroutine function: write parentheses behind its name",
		errors: []sentence{
			{TypeError, "object function can't be used in 'await' expression", ""},
			{TypeError, "object method can't be used in 'await' expression", ""},
			{ValueError, "a coroutine was expected, got <function ", ""},
			{ValueError, "a coroutine was expected, got <bound method ", ""},
			{TypeError, "a coroutine was expected, got <function ", ""},
			{TypeError, "a coroutine was expected, got <bound method ", ""},
		},
	},
	{
		hint: "'await asyncio.gather(*several)' waits for several",
		errors: []sentence{
			{TypeError, "object list can't be used in 'await' expression", ""},
			{TypeError, "object tuple can't be used in 'await' expression", ""},
			{TypeError, "object set can't be used in 'await' expression", ""},
			{TypeError, "object generator can't be used in 'await' expression", ""},
		},
	},
	{
		hint:   "await takes a coroutine, a task or a future",
		errors: []sentence{{TypeError, "object ", " can't be used in 'await' expression"}},
	},
	{
		hint: "a loop runs here already: 'await' the coroutine",
		errors: []sentence{
			{RuntimeError, "asyncio.run() cannot be called from a running event loop", ""},
			{RuntimeError, "This event loop is already running", ""},
			{RuntimeError, "Cannot run the event loop while another loop is running", ""},
		},
	},
	{
		hint:   "this works inside the coroutine that asyncio.run() runs",
		errors: []sentence{{RuntimeError, "no running event loop", ""}},
	},
	{
		hint:   "a coroutine runs once: call its function again for another one",
		errors: []sentence{{RuntimeError, "cannot reuse already awaited coroutine", ""}},
	},
}

// hintFor returns the next step for an error that is reported, "" when there is none.
func (th *Thread) hintFor(e *Exc) string {
	if e.hint != "" {
		return e.hint
	}
	if e.Type() == NameError {
		if name, ok := StrOf(e.field("name")); ok && !strings.HasPrefix(name, "_") && th.in.defs[name] != nil {
			return fmt.Sprintf("did you forget 'import %s'?", name)
		}
		return ""
	}
	if len(e.args.a) != 1 {
		return ""
	}
	text, ok := StrOf(e.args.a[0])
	if !ok {
		return ""
	}
	for _, row := range sentenceHints {
		for _, s := range row.errors {
			if e.Type() == s.typ && strings.HasPrefix(text, s.start) && strings.HasSuffix(text, s.end) {
				return row.hint
			}
		}
	}
	return ""
}
