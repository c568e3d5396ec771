package asyncio

// This file defines what the synchronization primitives and the queues share: the loop they are bound
// to, the line of waiting futures, and coroutine bodies that run others.

import "aio/interp"

// bound is the loop that a primitive belongs to: the one that runs when something first waits for it.
type bound struct {
	loop interp.Value // unbound or None before
}

func (b *bound) binding() *bound { return b }

// eventLoop returns the running loop, to which self belongs from now on. Errors: RuntimeError when it
// belongs to another one; AttributeError, CPython's, when no loop runs.
func (b *bound) eventLoop(th *interp.Thread, self interp.Value) (*interp.EventLoop, *interp.Exc) {
	l := th.HostLoop()
	free := b.loop.IsUnbound() || b.loop.IsNone()
	switch {
	case l != nil && !free && interp.Is(b.loop, l.Value()):
		return l, nil
	case !free:
		return nil, interp.RuntimeErrorf("%s is bound to a different event loop", th.ReprOr(self)).
			WithHint("make it inside the coroutine that asyncio.run() runs, so that each loop has one of its own")
	case l == nil:
		return nil, interp.AttributeErrorf(interp.None, "create_future", "'NoneType' object has no attribute 'create_future'")
	}
	b.loop = l.Value()
	return l, nil
}

// loopAttr is the attribute _loop.
var loopAttr = interp.GetSet{
	Name: "_loop",
	Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
		b, ok := interp.NativeData[interface{ binding() *bound }](self)
		if !ok || b.binding().loop.IsUnbound() {
			return interp.None, nil
		}
		return b.binding().loop, nil
	},
	Set: func(th *interp.Thread, self, v interp.Value) *interp.Exc {
		if b, ok := interp.NativeData[interface{ binding() *bound }](self); ok {
			b.binding().loop = v
		}
		return nil
	},
}

// line is the futures that wait for their turn, in order. Scripts see it as a deque.
type line struct {
	q *interp.Deque // nil before the first
}

func (l *line) deque() *interp.Deque {
	if l.q == nil {
		l.q = interp.NewDeque()
	}
	return l.q
}

func (l *line) len() int {
	if l.q == nil {
		return 0
	}
	return l.q.Len()
}

func (l *line) add(f *interp.Future) { l.deque().Append(f.Value()) }

func (l *line) remove(f *interp.Future) {
	if l.q != nil {
		l.q.Remove(f.Value())
	}
}

// at returns the future at place i, nil for something else that a script put there.
func (l *line) at(i int) *interp.Future {
	f, _ := interp.AsFuture(l.q.At(i))
	return f
}

// wake gives v to the first n futures that are not done.
func (l *line) wake(th *interp.Thread, n int, v interp.Value) *interp.Exc {
	for i := 0; i < l.len() && n > 0; i++ {
		if f := l.at(i); f != nil && !f.Done() {
			n--
			if err := f.SetResult(th, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// idle reports whether everyone in the line has been cancelled.
func (l *line) idle() bool {
	for i := range l.len() {
		if f := l.at(i); f == nil || !f.Cancelled() {
			return false
		}
	}
	return true
}

// lineAttr returns the attribute by which scripts see a line.
func lineAttr[T any](name string, of func(T) *line) interp.GetSet {
	return interp.GetSet{
		Name: name,
		Get: func(th *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			x, _ := interp.NativeData[T](self)
			return of(x).deque().Value(), nil
		},
		Set: func(th *interp.Thread, self, v interp.Value) *interp.Exc {
			x, _ := interp.NativeData[T](self)
			q, ok := interp.AsDeque(v)
			if !ok {
				return interp.TypeErrorf("%s must be a deque, not %s", name, interp.TypeName(v))
			}
			of(x).q = q
			return nil
		},
	}
}

// stand returns a coroutine body that waits in the line until it is woken; then it calls Leave of who,
// and returns True.
func (l *line) stand(self interp.Value, b *bound, who interp.Line) interp.NativeStep {
	var f *interp.Future
	return func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if f != nil {
			return interp.True, interp.NativeDone, who.Leave(th, f, err)
		}
		if err != nil {
			return interp.Value{}, interp.NativeDone, err
		}
		loop, err := b.eventLoop(th, self)
		if err != nil {
			return interp.Value{}, interp.NativeDone, err
		}
		f = interp.NewFuture(loop)
		l.add(f)
		return f.Value(), interp.NativeAwait, nil
	}
}

// standHere returns what a coroutine that waits in the line can await itself, instead of the body that
// stand returns.
func (l *line) standHere(th *interp.Thread, self interp.Value, b *bound, who interp.Line, entering bool) (interp.Value, *interp.Exc) {
	loop, err := b.eventLoop(th, self)
	if err != nil {
		return interp.Value{}, err
	}
	f := interp.NewStanding(loop, who, entering)
	l.add(f)
	return f.Value(), nil
}

// body is a coroutine body that runs others. next is called first with None, then with what each body
// that it ran gave, and may set itself to what comes then.
type body struct {
	inner interp.NativeStep
	next  interp.NativeStep
}

// run makes step run, to be followed by next.
func (b *body) run(step, next interp.NativeStep) (interp.Value, interp.NativeResult, *interp.Exc) {
	b.inner, b.next = step, next
	return interp.None, interp.NativeAwait, nil
}

// await makes v be awaited, to be followed by next.
func (b *body) await(v interp.Value, next interp.NativeStep) (interp.Value, interp.NativeResult, *interp.Exc) {
	b.next = next
	return v, interp.NativeAwait, nil
}

// step is the NativeStep of the whole.
func (b *body) step(th *interp.Thread, v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	for {
		if b.inner != nil {
			x, r, e := b.inner(th, v, err)
			if e == nil && r != interp.NativeDone {
				return x, r, nil
			}
			b.inner = nil
			v, err = x, e
		}
		x, r, e := b.next(th, v, err)
		if e != nil || b.inner == nil {
			return x, r, e
		}
		v, err = interp.None, nil
	}
}

// done ends a coroutine with v.
func done(v interp.Value) (interp.Value, interp.NativeResult, *interp.Exc) {
	return v, interp.NativeDone, nil
}

// fail ends a coroutine with err.
func fail(err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	return interp.Value{}, interp.NativeDone, err
}

// cancelled reports whether err is a CancelledError.
func cancelled(err *interp.Exc) bool { return err != nil && err.Is(interp.CancelledError()) }

// reprWith is the repr of an object with its state behind it: <module.Class object at 0x... [state]>.
func reprWith(th *interp.Thread, self interp.Value, state string) string {
	s := th.DefaultRepr(self)
	return s[:len(s)-1] + " [" + state + "]>"
}
