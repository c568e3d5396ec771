package interp

// This file defines the future that a coroutine awaits while it stands in a line: for a lock, an event.

// A Line is what coroutines wait for in a line.
type Line interface {
	// Leave takes f out of the line, when the coroutine that awaited it goes on. err is how the wait ended, nil
	// when its turn has come; Leave returns what is raised there.
	Leave(th *Thread, f *Future, err *Exc) *Exc
}

// standing is a future in a line. To await it is all that the coroutine written in Go does which it
// stands for: acquire() of a lock, wait() of an event.
type standing struct {
	Future
	line Line
}

// NewStanding returns a future of l in a line, to be awaited at once. With entering its result is None,
// as that of __aenter__(), whatever it is set to.
func NewStanding(l *EventLoop, line Line, entering bool) *Future {
	s := &standing{line: line}
	s.shape, s.loop, s.kind = futureShape, l, futureStanding
	if entering {
		s.kind = futureEntering
	}
	return &s.Future
}

// left ends the wait for f, which gave v or err.
func (f *Future) left(th *Thread, v Value, err *Exc) (Value, *Exc) {
	switch f.kind {
	case futureEntering:
		v = None
		fallthrough
	case futureStanding:
		f.kind = futurePlain // a script that found f in the line may await it too
		err = (*standing)(ptr(f)).line.Leave(th, f, err)
	}
	return v, err
}

// abandon ends the wait of a suspended frame in which e is raised. It returns what is raised instead.
func (th *Thread) abandon(f *Frame, e *Exc) *Exc {
	if src, _ := f.awaited(); src.p != nil && isFuture(src) {
		_, e = (*Future)(src.p).left(th, None, e)
	}
	return e
}
