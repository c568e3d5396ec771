package interp

// This file defines the heap operations of the module heapq, which asyncio.PriorityQueue needs too. The
// comparisons are made in CPython's order: a script can watch them, and they decide among equals.

// HeapPush adds x to a list that is a heap.
func (th *Thread) HeapPush(l *List, x Value) *Exc {
	l.Append(x)
	return th.heapUp(l, 0, len(l.a)-1)
}

// HeapPop removes and returns the smallest item of a list that is a heap. Errors: IndexError when it is
// empty.
func (th *Thread) HeapPop(l *List) (Value, *Exc) {
	n := len(l.a) - 1
	if n < 0 {
		return Value{}, IndexErrorf("index out of range")
	}
	last := l.a[n]
	l.a[n] = Value{}
	l.a = l.a[:n]
	if n == 0 {
		return last, nil
	}
	first := l.a[0]
	l.a[0] = last
	return first, th.heapDown(l, 0)
}

// Heapify makes a list a heap.
func (th *Thread) Heapify(l *List) *Exc {
	for i := len(l.a)/2 - 1; i >= 0; i-- {
		if err := th.heapDown(l, i); err != nil {
			return err
		}
	}
	return nil
}

// heapLess is l[i] < l[j].
func (th *Thread) heapLess(l *List, i, j int) (bool, *Exc) {
	n := len(l.a)
	yes, err := th.less(l.a[i], l.a[j])
	if err == nil && len(l.a) != n {
		err = RuntimeErrorf("list changed size during iteration")
	}
	return yes, err
}

// heapUp moves the item at i towards start until its parent is not larger.
func (th *Thread) heapUp(l *List, start, i int) *Exc {
	for i > start {
		parent := (i - 1) >> 1
		smaller, err := th.heapLess(l, i, parent)
		if err != nil || !smaller {
			return err
		}
		l.a[i], l.a[parent] = l.a[parent], l.a[i]
		i = parent
	}
	return nil
}

// heapDown moves the item at start down to a leaf along the smaller children, and then up to its place:
// that takes fewer comparisons than stopping where it fits, since most items belong near the leaves.
func (th *Thread) heapDown(l *List, start int) *Exc {
	i, end := start, len(l.a)
	for {
		child := 2*i + 1
		if child >= end {
			break
		}
		if right := child + 1; right < end {
			smaller, err := th.heapLess(l, child, right)
			if err != nil {
				return err
			}
			if !smaller {
				child = right
			}
		}
		l.a[i], l.a[child] = l.a[child], l.a[i]
		i = child
	}
	return th.heapUp(l, start, i)
}
