package asyncio

// This file defines Queue, PriorityQueue, LifoQueue, QueueEmpty and QueueFull.

import (
	"fmt"
	"sync"

	"aio/interp"
)

var queuesModule = &submodule{
	name: "queues", doc: "Queues between coroutines.",
	types: []*interp.Type{queueType, priorityQueueType, lifoQueueType, queueFullError, queueEmptyError},
	init: func(*interp.Thread, *interp.Module) *interp.Exc {
		setupQueues()
		return nil
	},
}

var (
	queueType         = interp.NewLibraryType("asyncio.queues", "Queue", nil)
	priorityQueueType = interp.NewLibraryType("asyncio.queues", "PriorityQueue", queueType)
	lifoQueueType     = interp.NewLibraryType("asyncio.queues", "LifoQueue", queueType)

	queueEmptyError = interp.NewLibraryException("asyncio.queues", "QueueEmpty", interp.ExceptionType)
	queueFullError  = interp.NewLibraryException("asyncio.queues", "QueueFull", interp.ExceptionType)
)

// queue is the data of a Queue.
//
// A class made by a script may replace any method, and by _init, _put and _get how items are kept. So
// what follows asks the script's method for instances of such a class, and itself otherwise.
type queue struct {
	bound
	maxsize    interp.Value
	limit      int // maxsize as an int; negative when it is something else
	getters    line
	putters    line
	unfinished int          // items put and not yet reported by task_done
	finished   event        // set when unfinished is zero
	held       interp.Value // _queue: what holds the items
	store      store        // held as what the type's own methods know; nil when it is something else
}

// store is how a queue keeps its items.
type store interface {
	len() int
	put(th *interp.Thread, x interp.Value) *interp.Exc
	get(th *interp.Thread) (interp.Value, *interp.Exc)
}

// The three orders: first in first out, smallest first, last in first out.
type (
	fifoStore struct{ d *interp.Deque }
	heapStore struct{ l *interp.List }
	lifoStore struct{ l *interp.List }
)

func (s fifoStore) len() int { return s.d.Len() }

func (s fifoStore) put(_ *interp.Thread, x interp.Value) *interp.Exc {
	s.d.Append(x)
	return nil
}

func (s fifoStore) get(*interp.Thread) (interp.Value, *interp.Exc) {
	if s.d.Len() == 0 {
		return interp.Value{}, interp.IndexErrorf("pop from an empty deque")
	}
	return s.d.PopLeft(), nil
}

func (s heapStore) len() int { return len(s.l.Items()) }

func (s heapStore) put(th *interp.Thread, x interp.Value) *interp.Exc { return th.HeapPush(s.l, x) }

func (s heapStore) get(th *interp.Thread) (interp.Value, *interp.Exc) { return th.HeapPop(s.l) }

func (s lifoStore) len() int { return len(s.l.Items()) }

func (s lifoStore) put(_ *interp.Thread, x interp.Value) *interp.Exc {
	s.l.Append(x)
	return nil
}

func (s lifoStore) get(*interp.Thread) (interp.Value, *interp.Exc) {
	if s.len() == 0 {
		return interp.Value{}, interp.IndexErrorf("pop from empty list")
	}
	return s.l.Pop(), nil
}

func queueOf(v interp.Value) *queue {
	q, _ := interp.NativeData[*queue](v)
	return q
}

// hold makes v the _queue of self.
func (q *queue) hold(self, v interp.Value) {
	q.held, q.store = v, nil
	t := interp.TypeOf(self)
	l, isList := interp.AsList(v)
	d, isDeque := interp.AsDeque(v)
	switch {
	case isList && t.IsSubtype(priorityQueueType):
		q.store = heapStore{l}
	case isList && t.IsSubtype(lifoQueueType):
		q.store = lifoStore{l}
	case isDeque:
		q.store = fifoStore{d}
	}
}

func (q *queue) len(th *interp.Thread) (int, *interp.Exc) {
	if q.store != nil {
		return q.store.len(), nil
	}
	if q.held.IsUnbound() {
		return 0, nil
	}
	return th.Len(q.held)
}

// isEmpty and isFull are empty() and full().
func (q *queue) isEmpty(th *interp.Thread) (bool, *interp.Exc) {
	if q.store == nil && !q.held.IsUnbound() {
		some, err := th.Truth(q.held)
		return !some, err
	}
	n, err := q.len(th)
	return n == 0, err
}

func (q *queue) isFull(th *interp.Thread, self interp.Value) (bool, *interp.Exc) {
	if q.limit == 0 {
		return false, nil
	}
	if q.limit < 0 {
		if unlimited, err := th.CompareBool(interp.CmpLe, q.maxsize, interp.MkInt(0)); err != nil || unlimited {
			return false, err
		}
	}
	if !interp.TypeOf(self).Scripted() && q.limit > 0 {
		n, err := q.len(th)
		return n >= q.limit, err
	}
	n, err := th.CallMethod(self, "qsize")
	if err != nil {
		return false, err
	}
	return th.CompareBool(interp.CmpGe, n, q.maxsize)
}

// ask returns what the method of a script's class says.
func ask(th *interp.Thread, self interp.Value, method string) (bool, *interp.Exc) {
	v, err := th.CallMethod(self, method)
	if err != nil {
		return false, err
	}
	return th.Truth(v)
}

func (q *queue) empty(th *interp.Thread, self interp.Value) (bool, *interp.Exc) {
	if interp.TypeOf(self).Scripted() {
		return ask(th, self, "empty")
	}
	return q.isEmpty(th)
}

func (q *queue) full(th *interp.Thread, self interp.Value) (bool, *interp.Exc) {
	if interp.TypeOf(self).Scripted() {
		return ask(th, self, "full")
	}
	return q.isFull(th, self)
}

// basePut and baseGet are _put() and _get().
func (q *queue) basePut(th *interp.Thread, x interp.Value) *interp.Exc {
	if q.store != nil {
		return q.store.put(th, x)
	}
	_, err := th.CallMethod(q.heldOrNone(), "append", x)
	return err
}

func (q *queue) baseGet(th *interp.Thread) (interp.Value, *interp.Exc) {
	if q.store != nil {
		return q.store.get(th)
	}
	return th.CallMethod(q.heldOrNone(), "popleft")
}

func (q *queue) heldOrNone() interp.Value {
	if q.held.IsUnbound() {
		return interp.None
	}
	return q.held
}

// wakeNext wakes the first in a line who still waits, and takes everyone before it out.
func wakeNext(th *interp.Thread, l *line) *interp.Exc {
	for l.len() > 0 {
		f, _ := interp.AsFuture(l.q.PopLeft())
		if f != nil && !f.Done() {
			return f.SetResult(th, interp.None)
		}
	}
	return nil
}

// putNow is put_nowait(). ok is false, and nothing has happened, when the queue is full.
func (q *queue) putNow(th *interp.Thread, self, x interp.Value) (ok bool, err *interp.Exc) {
	if full, err := q.full(th, self); err != nil || full {
		return false, err
	}
	if interp.TypeOf(self).Scripted() {
		_, err = th.CallMethod(self, "_put", x)
	} else {
		err = q.basePut(th, x)
	}
	if err != nil {
		return false, err
	}
	q.unfinished++
	q.finished.set = false
	return true, wakeNext(th, &q.getters)
}

// getNow is get_nowait(). ok is false, and nothing has happened, when the queue is empty.
func (q *queue) getNow(th *interp.Thread, self interp.Value) (x interp.Value, ok bool, err *interp.Exc) {
	if empty, err := q.empty(th, self); err != nil || empty {
		return interp.None, false, err
	}
	if interp.TypeOf(self).Scripted() {
		x, err = th.CallMethod(self, "_get")
	} else {
		x, err = q.baseGet(th)
	}
	if err != nil {
		return interp.None, false, err
	}
	return x, true, wakeNext(th, &q.putters)
}

// waitTurn is the body of get() and put() for a queue that cannot serve at once: it waits in the line
// while blocked, and then does try.
func (q *queue) waitTurn(self interp.Value, l *line, blocked func(*interp.Thread) (bool, *interp.Exc), try interp.NativeStep) interp.NativeStep {
	var f *interp.Future
	return func(th *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if err != nil {
			if f != nil {
				err = q.giveUp(th, f, l, blocked, err)
			}
			return fail(err)
		}
		wait, err := blocked(th)
		switch {
		case err != nil:
			return fail(err)
		case !wait:
			return try(th, interp.None, nil)
		}
		loop, err := q.eventLoop(th, self)
		if err != nil {
			return fail(err)
		}
		f = interp.NewFuture(loop)
		l.add(f)
		return f.Value(), interp.NativeAwait, nil
	}
}

// giveUp leaves the line with err; when it was our turn already, the next one gets it.
func (q *queue) giveUp(th *interp.Thread, f *interp.Future, l *line, blocked func(*interp.Thread) (bool, *interp.Exc), err *interp.Exc) *interp.Exc {
	if _, e := f.Cancel(th, interp.None); e != nil {
		return e
	}
	l.remove(f)
	wait, e := blocked(th)
	if e == nil && !wait && !f.Cancelled() {
		e = wakeNext(th, l)
	}
	if e != nil {
		return e
	}
	return err
}

func putReady(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	if interp.TypeOf(a[0]).Scripted() {
		return interp.None, false, nil
	}
	ok, err := queueOf(a[0]).putNow(th, a[0], a[1])
	return interp.None, ok, err
}

func putWait(th *interp.Thread, a []interp.Value) interp.NativeStep {
	self, x := a[0], a[1]
	q := queueOf(self)
	blocked := func(th *interp.Thread) (bool, *interp.Exc) { return q.full(th, self) }
	return q.waitTurn(self, &q.putters, blocked, func(th *interp.Thread, _ interp.Value, _ *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if interp.TypeOf(self).Scripted() {
			return end(th.CallMethod(self, "put_nowait", x))
		}
		return end(queuePutNowait(th, []interp.Value{self, x}))
	})
}

// end ends a coroutine with what a call gave.
func end(v interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
	return v, interp.NativeDone, err
}

func getReady(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
	if interp.TypeOf(a[0]).Scripted() {
		return interp.None, false, nil
	}
	return queueOf(a[0]).getNow(th, a[0])
}

func getWait(th *interp.Thread, a []interp.Value) interp.NativeStep {
	self := a[0]
	q := queueOf(self)
	blocked := func(th *interp.Thread) (bool, *interp.Exc) { return q.empty(th, self) }
	return q.waitTurn(self, &q.getters, blocked, func(th *interp.Thread, _ interp.Value, _ *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
		if interp.TypeOf(self).Scripted() {
			return end(th.CallMethod(self, "get_nowait"))
		}
		return end(queueGetNowait(th, []interp.Value{self}))
	})
}

func queuePutNowait(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	ok, err := queueOf(a[0]).putNow(th, a[0], a[1])
	if err == nil && !ok {
		err = interp.NewExc(queueFullError)
	}
	return interp.None, err
}

func queueGetNowait(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	x, ok, err := queueOf(a[0]).getNow(th, a[0])
	if err == nil && !ok {
		err = interp.NewExc(queueEmptyError)
	}
	return x, err
}

func queueTaskDone(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	q := queueOf(a[0])
	if q.unfinished <= 0 {
		return interp.Value{}, interp.ValueErrorf("task_done() called too many times")
	}
	if q.unfinished--; q.unfinished == 0 {
		return interp.None, q.finished.fire(th)
	}
	return interp.None, nil
}

// queueJoin is join(), whose wait for the event finished returns None.
var queueJoin = interp.AsyncBuiltin{
	Sig: "join()",
	Doc: "Block until all items in the queue have been gotten and processed.\n\nput() counts an item as unfinished, task_done() as finished; when none is left, join() unblocks.",
	Ready: func(th *interp.Thread, a []interp.Value) (interp.Value, bool, *interp.Exc) {
		q := queueOf(a[0])
		return interp.None, q.unfinished <= 0 || q.finished.set, nil
	},
	Await: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		e := &queueOf(a[0]).finished
		return e.waiters.standHere(th, a[0], &e.bound, e, true)
	},
	Wait: func(th *interp.Thread, a []interp.Value) interp.NativeStep {
		e := &queueOf(a[0]).finished
		b := &body{inner: e.waiters.stand(a[0], &e.bound, e)}
		b.next = func(_ *interp.Thread, _ interp.Value, err *interp.Exc) (interp.Value, interp.NativeResult, *interp.Exc) {
			return interp.None, interp.NativeDone, err
		}
		return b.step
	},
}

func initQueue(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	self := a[0]
	q := queueOf(self)
	*q = queue{maxsize: a[1], limit: -1, finished: event{set: true}}
	if n, ok := interp.AsInt(a[1]); ok {
		q.limit = int(max(n, 0))
	}
	if interp.TypeOf(self).Scripted() {
		_, err := th.CallMethod(self, "_init", a[1])
		return interp.None, err
	}
	return queueInit(th, a)
}

// queueInit is _init(): it makes what holds the items.
func queueInit(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	held := interp.MkList(nil)
	if t := interp.TypeOf(a[0]); !t.IsSubtype(priorityQueueType) && !t.IsSubtype(lifoQueueType) {
		held = interp.NewDeque().Value()
	}
	queueOf(a[0]).hold(a[0], held)
	return interp.None, nil
}

// format is _format(): the state of the queue as repr and str show it.
func (q *queue) format(th *interp.Thread) (string, *interp.Exc) {
	s, err := th.Repr(q.maxsize)
	if err != nil {
		return "", err
	}
	s = "maxsize=" + s
	if !q.held.IsUnbound() {
		list, err := th.Items(q.held)
		if err != nil {
			return "", err
		}
		if len(list) > 0 {
			text, err := th.Repr(interp.MkList(list))
			if err != nil {
				return "", err
			}
			s += " _queue=" + text
		}
	}
	if n := q.getters.len(); n > 0 {
		s += fmt.Sprintf(" _getters[%d]", n)
	}
	if n := q.putters.len(); n > 0 {
		s += fmt.Sprintf(" _putters[%d]", n)
	}
	if q.unfinished > 0 {
		s += fmt.Sprintf(" tasks=%d", q.unfinished)
	}
	return s, nil
}

var queueMethods = []interp.Builtin{
	{Sig: "qsize()", Doc: "Number of items in the queue.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		n, err := queueOf(a[0]).len(th)
		return interp.MkInt(int64(n)), err
	}},
	{Sig: "empty()", Doc: "Return True if the queue is empty, False otherwise.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		yes, err := queueOf(a[0]).isEmpty(th)
		return interp.MkBool(yes), err
	}},
	{Sig: "full()", Doc: "Return True if there are maxsize items in the queue.\n\nA queue with a maxsize of 0 is never full.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		yes, err := queueOf(a[0]).isFull(th, a[0])
		return interp.MkBool(yes), err
	}},
	{Sig: "put_nowait(item)", Doc: "Put an item into the queue without blocking. Raises QueueFull when no slot is free.", Fn: queuePutNowait},
	{Sig: "get_nowait()", Doc: "Remove and return an item from the queue. Raises QueueEmpty when there is none.", Fn: queueGetNowait},
	{Sig: "task_done()", Doc: "Indicate that a formerly enqueued task is complete.\n\nTo be called once for each item taken out. Raises ValueError if it is called more often than that.", Fn: queueTaskDone},
	{Sig: "_init(maxsize)", Doc: "Make what holds the items.", Fn: queueInit},
	{Sig: "_put(item)", Doc: "Store an item.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.None, queueOf(a[0]).basePut(th, a[1])
	}},
	{Sig: "_get()", Doc: "Take the next item out.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return queueOf(a[0]).baseGet(th)
	}},
	{Sig: "_wakeup_next(waiters)", Doc: "Wake up the next waiter that isn't cancelled.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		d, ok := interp.AsDeque(a[1])
		if !ok {
			return interp.Value{}, interp.TypeErrorf("waiters must be a deque, not %s", interp.TypeName(a[1]))
		}
		return interp.None, wakeNext(th, &line{d})
	}},
	{Sig: "_format()", Doc: "Return the state of the queue as text.", Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		s, err := queueOf(a[0]).format(th)
		return interp.MkStr(s), err
	}},
}

var setupQueues = sync.OnceFunc(func() {
	p := &interp.Protocol{
		Repr: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
			s, err := queueOf(v).format(th)
			return fmt.Sprintf("<%s at %s %s>", interp.TypeName(v), interp.AddressText(v), s), err
		},
		Str: func(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
			s, err := queueOf(v).format(th)
			return fmt.Sprintf("<%s %s>", interp.TypeName(v), s), err
		},
	}
	queueType.Doc = "A queue, useful for coordinating producer and consumer coroutines.\n\nIf maxsize is less than or equal to zero, the queue size is infinite. If it is an integer greater\nthan 0, then \"await put()\" will block when the queue reaches maxsize, until an item is removed by get()."
	queueType.SetInit(p, "Queue(maxsize=0)", func(cls *interp.Type) interp.Value {
		return interp.NewNative(cls, &queue{maxsize: interp.MkInt(0), finished: event{set: true}})
	}, initQueue)
	queueType.AddAsyncMethods([]interp.AsyncBuiltin{
		{Sig: "put(item)", Doc: "Put an item into the queue. If the queue is full, wait until a free slot is available.", Ready: putReady, Wait: putWait},
		{Sig: "get()", Doc: "Remove and return an item from the queue. If the queue is empty, wait until an item is available.", Ready: getReady, Wait: getWait},
		queueJoin,
	})
	queueType.AddClassMethods([]interp.Builtin{{Sig: "__class_getitem__(item, /)", Doc: "See PEP 585", Fn: func(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		return interp.NewGenericAlias(a[0], a[1]), nil
	}}})
	queueType.Setup(p, queueMethods, []interp.GetSet{
		{Name: "maxsize", Doc: "Number of items allowed in the queue.", Get: queueMaxsize},
		{Name: "_maxsize", Get: queueMaxsize},
		{Name: "_queue", Get: func(_ *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
			if q := queueOf(self); !q.held.IsUnbound() {
				return q.held, nil
			}
			return interp.Value{}, interp.AttributeErrorf(self, "_queue", "'%s' object has no attribute '_queue'", interp.TypeName(self))
		}, Set: func(_ *interp.Thread, self, v interp.Value) *interp.Exc {
			queueOf(self).hold(self, v)
			return nil
		}},
		loopAttr,
		lineAttr("_getters", func(q *queue) *line { return &q.getters }),
		lineAttr("_putters", func(q *queue) *line { return &q.putters }),
		intAttr("_unfinished_tasks", func(q *queue) *int { return &q.unfinished }),
	})
	priorityQueueType.Doc = "A subclass of Queue; retrieves entries in priority order (lowest first).\n\nEntries are typically tuples of the form: (priority number, data)."
	priorityQueueType.Setup(&interp.Protocol{}, nil, nil)
	lifoQueueType.Doc = "A subclass of Queue that retrieves most recently added entries first."
	lifoQueueType.Setup(&interp.Protocol{}, nil, nil)
})

func queueMaxsize(_ *interp.Thread, self interp.Value) (interp.Value, *interp.Exc) {
	return queueOf(self).maxsize, nil
}
