// Package queue is the module queue: queues between threads. It is written in the language.
//
//	Queue, LifoQueue, PriorityQueue, SimpleQueue, Empty, Full
package queue

import (
	_ "embed"

	"aio/interp"
)

//go:embed queue.aio
var source string

// Module is the module queue.
var Module = &interp.ModuleDef{
	Name: "queue",
	Doc:  "A multi-producer, multi-consumer queue.",
	Init: func(_ *interp.Thread, m *interp.Module) *interp.Exc {
		m.Set("_deque", interp.DequeType().Value())
		push := interp.Builtin{Sig: "_heappush(heap, item, /)", Doc: "Push item onto heap.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			l, ok := interp.AsList(a[0])
			if !ok {
				return interp.Value{}, interp.TypeErrorf("heap must be a list")
			}
			return interp.None, th.HeapPush(l, a[1])
		}}
		pop := interp.Builtin{Sig: "_heappop(heap, /)", Doc: "Pop the smallest item off the heap.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			l, ok := interp.AsList(a[0])
			if !ok {
				return interp.Value{}, interp.TypeErrorf("heap must be a list")
			}
			return th.HeapPop(l)
		}}
		m.Set("_heappush", interp.NewBuiltin(&push, "queue"))
		m.Set("_heappop", interp.NewBuiltin(&pop, "queue"))
		return nil
	},
	Source: source,
}
