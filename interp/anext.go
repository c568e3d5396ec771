package interp

// This file defines what anext() with a default gives.

// newANext returns an awaitable that awaits next and gives def when that ends the iteration.
func newANext(next, def Value) Value {
	started := false
	return object(newNative(coroutineShape, anextName, func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc) {
		if !started {
			started = true
			return next, NativeAwait, nil
		}
		if err != nil && err.Is(StopAsyncIteration) {
			return def, NativeDone, nil
		}
		return v, NativeDone, err
	}))
}
