// This file tunes the garbage collector.

package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// heapRoom is how much may be allocated between two collections of a small program. Go's own
	// 4 MB make a program that makes objects collect all the time.
	heapRoom = 32 << 20
	// heapShare is the part of the live heap that may be allocated on top of heapRoom: a large heap must
	// not grow to a multiple of itself.
	heapShare = 0.25
)

// gcTuner is an object that nothing refers to: its finalizer runs after each collection.
type gcTuner struct{ _ *gcTuner }

// tuneGC sets the distance to the next collection by the size of the live heap, after each one.
func tuneGC() {
	debug.SetGCPercent(heapRoom / (4 << 20) * 100)
	t := &gcTuner{}
	runtime.SetFinalizer(t, retune)
}

func retune(t *gcTuner) {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := float64(max(sample[0].Value.Uint64(), 4<<20))
	debug.SetGCPercent(int((heapRoom + heapShare*live) / live * 100))
	runtime.SetFinalizer(t, retune)
}
