package interp

// This file defines what scripts see of futures, tasks, handles and loops.

import "unsafe"

func asyncTypes() []typeSetup {
	return append([]typeSetup{
		{contextVarType, contextVarShape, setupContextVar},
		{tokenType, tokenShape, setupToken},
		{contextType, contextShape, setupContext},
		{futureType, futureShape, setupFuture},
		{futureIterType, futureIterShape, setupFutureIter},
		{taskType, taskShape, setupTask},
		{gatheringType, gatheringShape, setupGathering},
		{abstractLoopType, abstractLoopShape, setupAbstractLoop},
		{loopType, loopShape, setupLoop},
		{handleType, handleShape, setupHandle},
		{timerHandleType, timerHandleShape, setupTimerHandle},
	}, aliasTypes()...)
}

// ptr returns the address of an object, to be seen as the struct that it begins.
func ptr(f *Future) unsafe.Pointer { return unsafe.Pointer(f) }
