package interp

// This file defines what anext() with a default gives.

// newANext returns an awaitable that awaits next and gives def when that ends the iteration.
func newANext(next, def Value) Value {
	started := false
	var driven *Coro // what next is, when the first that it got was an exception
	return object(newNative(coroutineShape, anextName, func(th *Thread, v Value, err *Exc) (Value, NativeResult, *Exc) {
		result := NativeDone
		switch {
		case driven == nil && !started && err == nil:
			started = true
			return next, NativeAwait, nil
		case driven == nil && !started:
			driven, started = asDriven(next), true
		}
		if driven != nil {
			var done bool
			if v, done, err = th.sendOrThrow(driven, v, err); err == nil && !done {
				result = NativeYield
			}
		}
		if err != nil && err.Is(StopAsyncIteration) {
			return def, NativeDone, nil
		}
		return v, result, err
	}))
}

func asDriven(v Value) *Coro {
	co, _ := coroLike(v)
	return co
}

// sendOrThrow resumes co with v, or with err when it is not nil.
func (th *Thread) sendOrThrow(co *Coro, v Value, err *Exc) (r Value, done bool, e *Exc) {
	if err != nil {
		return th.throw(co, err)
	}
	return th.send(co, v)
}
