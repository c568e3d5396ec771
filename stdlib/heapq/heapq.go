// Package heapq is the module heapq: heappush, heappop, heapify, heapreplace, heappushpop, nlargest,
// nsmallest, merge. Lists are kept as binary heaps, smallest item first.
package heapq

import "aio/interp"

// Module is the module heapq.
var Module = &interp.ModuleDef{
	Name: "heapq",
	Doc:  "Heap queue algorithm (a.k.a. priority queue).",
	Funcs: []interp.Builtin{
		{Sig: "heappush(heap, item, /)", Doc: "Push item onto heap, maintaining the heap invariant.", Fn: heappush},
		{Sig: "heappop(heap, /)", Doc: "Pop the smallest item off the heap, maintaining the heap invariant.", Fn: heappop},
		{Sig: "heapify(heap, /)", Doc: "Transform list into a heap, in-place, in O(len(heap)) time.", Fn: heapify},
		{Sig: "heapreplace(heap, item, /)", Doc: "Pop and return the current smallest value, and add the new item.", Fn: heapreplace},
		{Sig: "heappushpop(heap, item, /)", Doc: "Push item on the heap, then pop and return the smallest item from the heap.", Fn: heappushpop},
	},
	Source: source,
}

// source holds the functions that lose nothing by being written in the language.
const source = `
def nsmallest(n, iterable, key=None):
    """Find the n smallest elements in a dataset."""
    return sorted(iterable, key=key)[:max(n, 0)]

def nlargest(n, iterable, key=None):
    """Find the n largest elements in a dataset."""
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]

class _Largest:
    __slots__ = ("value",)
    def __init__(self, value):
        self.value = value
    def __lt__(self, other):
        return other.value < self.value

def merge(*iterables, key=None, reverse=False):
    """Merge multiple sorted inputs into a single sorted output."""
    wrap = _Largest if reverse else (lambda value: value)
    heap = []
    for order, iterable in enumerate(iterables):
        it = iter(iterable)
        for value in it:
            heap.append([wrap(value if key is None else key(value)), order, value, it])
            break
    heapify(heap)
    while heap:
        entry = heap[0]
        yield entry[2]
        for value in entry[3]:
            entry[0] = wrap(value if key is None else key(value))
            entry[2] = value
            heapreplace(heap, entry)
            break
        else:
            heappop(heap)
`

func heapOf(v interp.Value) (*interp.List, *interp.Exc) {
	l, ok := interp.AsList(v)
	if !ok {
		return nil, interp.TypeErrorf("heap argument must be a list, not %s", interp.TypeName(v))
	}
	return l, nil
}

// errChanged is raised when a comparison changed the heap.
func errChanged() *interp.Exc { return interp.RuntimeErrorf("list changed size during iteration") }

// siftUp moves the item at pos towards the root until its parent is not larger.
func siftUp(th *interp.Thread, l *interp.List, pos int) *interp.Exc {
	n := len(l.Items())
	for pos > 0 {
		parent := (pos - 1) / 2
		a := l.Items()
		less, err := th.CompareBool(interp.CmpLt, a[pos], a[parent])
		if err != nil {
			return err
		}
		a = l.Items()
		if len(a) != n {
			return errChanged()
		}
		if !less {
			return nil
		}
		a[pos], a[parent] = a[parent], a[pos]
		pos = parent
	}
	return nil
}

// siftDown fills the place pos from below up to a leaf, then lets what stood there rise: it takes fewer
// comparisons than stopping on the way.
func siftDown(th *interp.Thread, l *interp.List, pos int) *interp.Exc {
	n := len(l.Items())
	start := pos
	item := l.Items()[pos]
	for child := 2*pos + 1; child < n; child = 2*pos + 1 {
		a := l.Items()
		if right := child + 1; right < n {
			less, err := th.CompareBool(interp.CmpLt, a[child], a[right])
			if err != nil {
				return err
			}
			if a = l.Items(); len(a) != n {
				return errChanged()
			}
			if !less {
				child = right
			}
		}
		a[pos] = a[child]
		pos = child
	}
	l.Items()[pos] = item
	for pos > start {
		parent := (pos - 1) / 2
		a := l.Items()
		less, err := th.CompareBool(interp.CmpLt, item, a[parent])
		if err != nil {
			return err
		}
		if a = l.Items(); len(a) != n {
			return errChanged()
		}
		if !less {
			break
		}
		a[pos], a[parent] = a[parent], item
		pos = parent
	}
	return nil
}

func heappush(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := heapOf(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	l.Append(a[1])
	return interp.None, siftUp(th, l, len(l.Items())-1)
}

func heappop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := heapOf(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	last, err := th.CallMethod(a[0], "pop")
	if err != nil {
		if err.Is(interp.IndexError) {
			err = interp.IndexErrorf("index out of range")
		}
		return interp.Value{}, err
	}
	items := l.Items()
	if len(items) == 0 {
		return last, nil
	}
	first := items[0]
	items[0] = last
	return first, siftDown(th, l, 0)
}

func heapify(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := heapOf(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	for i := len(l.Items())/2 - 1; i >= 0; i-- {
		if err := siftDown(th, l, i); err != nil {
			return interp.Value{}, err
		}
	}
	return interp.None, nil
}

func heapreplace(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := heapOf(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	items := l.Items()
	if len(items) == 0 {
		return interp.Value{}, interp.IndexErrorf("index out of range")
	}
	first := items[0]
	items[0] = a[1]
	return first, siftDown(th, l, 0)
}

func heappushpop(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	l, err := heapOf(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	items := l.Items()
	if len(items) == 0 {
		return a[1], nil
	}
	less, err := th.CompareBool(interp.CmpLt, items[0], a[1])
	if err != nil || !less {
		return a[1], err
	}
	return heapreplace(th, a)
}
