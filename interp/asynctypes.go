package interp

// This file defines what scripts see of futures, tasks, handles and loops.

import "unsafe"

func asyncTypes() []typeSetup {
	return append([]typeSetup{
		{contextVarType, contextVarShape, setupContextVar},
		{tokenType, tokenShape, setupToken},
		{contextType, contextShape, setupContext},
		{futureType, futureShape, setupFuture},
		{taskType, taskShape, setupTask},
		{loopType, loopShape, setupLoop},
		{handleType, handleShape, setupHandle},
		{timerHandleType, timerHandleShape, setupHandle},
	}, aliasTypes()...)
}

// ptr returns the address of an object, to be seen as the struct that it begins.
func ptr(f *Future) unsafe.Pointer { return unsafe.Pointer(f) }

func setupFuture(t *Type) {}

func setupTask(t *Type) {}

func setupLoop(t *Type) {}

func setupHandle(t *Type) {}

// deadlock describes a loop in which nothing can wake the waiting tasks.
func (th *Thread) deadlock(l *EventLoop) *Exc {
	return RuntimeErrorf("deadlock: no task can ever be woken")
}

// describeCallback returns how messages show a callback.
func (th *Thread) describeCallback(fn Value, args []Value) string { return th.reprOr(fn) }

// CallExceptionHandler hands a failure that has nowhere else to go to the loop's exception handler.
func (th *Thread) CallExceptionHandler(l *EventLoop, context *Dict) {
	if v, ok := context.GetName("exception"); ok {
		if e, ok := AsExc(v); ok {
			th.unraisable(e)
		}
	}
}

func (th *Thread) displayHook(v Value) *Exc { return nil }
