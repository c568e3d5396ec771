package interp

// This file defines the sorting of lists. Keys that are all ints, all floats or all str are sorted as
// such; any others by the merge sort in timsort.go, which asks the script to compare.

import (
	"cmp"
	"math"
	"slices"
)

// sortItem is a key that is being sorted and the index its item had before.
type sortItem[K any] struct {
	key K
	at  int32
}

func listSort(th *Thread, a []Value) (Value, *Exc) {
	reverse, err := th.reverseFlag(a[2])
	if err != nil {
		return Value{}, err
	}
	return None, th.sortList((*List)(a[0].p), a[1], reverse)
}

// reverseFlag reads the argument reverse, which is any int.
func (th *Thread) reverseFlag(v Value) (bool, *Exc) {
	if b, ok := AsBool(v); ok {
		return b, nil
	}
	n, err := th.Index(v)
	if err != nil {
		return false, err
	}
	i, ok := AsInt(n)
	if !ok || i != int64(int32(i)) {
		return false, Errorf(OverflowError, "Python int too large to convert to C int")
	}
	return i != 0, nil
}

// sortList sorts l in place by a key function, None for the items themselves. While it runs l is
// empty, so that script code that looks at it or changes it can do no harm.
func (th *Thread) sortList(l *List, key Value, reverse bool) *Exc {
	items := l.a
	l.a = nil
	err := th.sortItems(items, key, reverse)
	if l.a != nil && err == nil {
		err = ValueErrorf("list modified during sort")
	}
	l.a = items
	return err
}

// sortItems sorts a slice by a key function. After an error it holds the same items in some order.
func (th *Thread) sortItems(items []Value, key Value, reverse bool) *Exc {
	keys := items
	if !key.IsNone() && key.p != nil {
		var err *Exc
		if keys, err = th.mapKeys(key, items); err != nil {
			return err
		}
	}
	if len(items) < 2 {
		return nil
	}
	if &keys[0] == &items[0] && sortPlain(items, reverse) {
		return nil
	}
	if len(items) <= insertionMax && !reverse {
		if s := keyShape(keys); s == intShape || s == strShape || s == floatShape {
			insertionSort(keys, items, s)
			return nil
		}
	}
	var order []int32
	var err *Exc
	if reverse { // equal keys must keep their order: sort the reversed list and reverse the result
		keys = slices.Clone(keys)
		slices.Reverse(keys)
	}
	switch keyShape(keys) {
	case intShape:
		order = orderBy(keys, func(v Value) int64 { return int64(v.n) })
	case floatShape:
		order = orderBy(keys, func(v Value) float64 { return math.Float64frombits(v.n) })
	case strShape:
		order = orderBy(keys, func(v Value) string { return (*Str)(v.p).s })
	case tupleShape:
		order, err = th.timsort(keys, (*Thread).lessTuple)
	default:
		order, err = th.timsort(keys, (*Thread).less)
	}
	permute(items, order, reverse)
	return err
}

// mapKeys calls the key function with each item.
func (th *Thread) mapKeys(key Value, items []Value) ([]Value, *Exc) {
	keys := make([]Value, len(items))
	args := th.args(1)[:1]
	defer th.dropArgs(1)
	for i, x := range items {
		args[0] = x
		k, err := th.CallArgs(key, args, nil)
		if err != nil {
			return nil, err
		}
		keys[i] = k
	}
	return keys, nil
}

// keyShape returns the shape that all keys have when they are ints, floats without NaN, or str, and
// tupleShape when they are tuples that are not empty; else nil.
func keyShape(keys []Value) *Shape {
	s := shapeOf(keys[0])
	switch s {
	case intShape, strShape:
		for _, k := range keys {
			if shapeOf(k) != s {
				return nil
			}
		}
		return s
	case floatShape:
		for _, k := range keys {
			if f, ok := AsFloat(k); !ok || f != f {
				return nil
			}
		}
		return s
	case tupleShape:
		for _, k := range keys {
			if shapeOf(k) != s || len((*Tuple)(k.p).a) == 0 {
				return nil
			}
		}
		return s
	}
	return nil
}

// sortPlain sorts items that are their own keys when equal ones cannot be told apart: ints, and floats
// without NaN and -0.0.
func sortPlain(items []Value, reverse bool) bool {
	switch keyShape(items) {
	case intShape:
		ints := make([]int64, len(items))
		for i, v := range items {
			ints[i] = int64(v.n)
		}
		slices.Sort(ints)
		for i, n := range ints {
			items[i].n = uint64(n)
		}
	case floatShape:
		floats := make([]float64, len(items))
		for i, v := range items {
			f, _ := AsFloat(v)
			if f == 0 && math.Signbit(f) {
				return false
			}
			floats[i] = f
		}
		slices.Sort(floats)
		for i, f := range floats {
			items[i].n = math.Float64bits(f)
		}
	default:
		return false
	}
	if reverse {
		slices.Reverse(items)
	}
	return true
}

// insertionSort sorts few items by their keys, which may be the items themselves, all of shape s.
func insertionSort(keys, items []Value, s *Shape) {
	same := &keys[0] == &items[0]
	for i := 1; i < len(keys); i++ {
		k, x := keys[i], items[i]
		j := i
		for ; j > 0 && lessOf(s, k, keys[j-1]); j-- {
			keys[j] = keys[j-1]
			if !same {
				items[j] = items[j-1]
			}
		}
		keys[j] = k
		items[j] = x
	}
}

// lessOf is x < y for two ints of 64 bits, floats or str.
func lessOf(s *Shape, x, y Value) bool {
	switch s {
	case intShape:
		return int64(x.n) < int64(y.n)
	case floatShape:
		return math.Float64frombits(x.n) < math.Float64frombits(y.n)
	}
	return (*Str)(x.p).s < (*Str)(y.p).s
}

// permute moves the item at order[i] to i; with reverse, order counts from the end and so does i.
func permute(items []Value, order []int32, reverse bool) {
	old := slices.Clone(items)
	last := len(items) - 1
	if reverse {
		for i, at := range order {
			items[last-i] = old[last-int(at)]
		}
		return
	}
	for i, at := range order {
		items[i] = old[at]
	}
}

// orderBy returns the indices of keys in stable ascending order.
func orderBy[K cmp.Ordered](keys []Value, get func(Value) K) []int32 {
	a := make([]sortItem[K], len(keys))
	for i, k := range keys {
		a[i] = sortItem[K]{get(k), int32(i)}
	}
	mergeSort(a, make([]sortItem[K], len(a)))
	order := make([]int32, len(a))
	for i := range a {
		order[i] = a[i].at
	}
	return order
}

const insertionMax = 12

// mergeSort sorts a stably; tmp is as long as a.
func mergeSort[K cmp.Ordered](a, tmp []sortItem[K]) {
	if len(a) <= insertionMax {
		for i := 1; i < len(a); i++ {
			x := a[i]
			j := i
			for ; j > 0 && x.key < a[j-1].key; j-- {
				a[j] = a[j-1]
			}
			a[j] = x
		}
		return
	}
	mid := len(a) / 2
	mergeSort(a[:mid], tmp[:mid])
	mergeSort(a[mid:], tmp[mid:])
	if !(a[mid].key < a[mid-1].key) {
		return
	}
	if a[len(a)-1].key < a[0].key { // descending runs, all of the right below all of the left
		copy(tmp, a[:mid])
		n := copy(a, a[mid:])
		copy(a[n:], tmp[:mid])
		return
	}
	left := tmp[:copy(tmp, a[:mid])]
	right := a[mid:]
	i, j, w := 0, 0, 0
	for i < len(left) && j < len(right) {
		if right[j].key < left[i].key {
			a[w] = right[j]
			j++
		} else {
			a[w] = left[i]
			i++
		}
		w++
	}
	copy(a[w:], left[i:])
}

// less is x < y as sorting asks it.
func (th *Thread) less(x, y Value) (bool, *Exc) {
	switch shapeOf(x) {
	case intShape:
		if shapeOf(y) == intShape {
			return int64(x.n) < int64(y.n), nil
		}
	case floatShape:
		if shapeOf(y) == floatShape {
			return math.Float64frombits(x.n) < math.Float64frombits(y.n), nil
		}
	case strShape:
		if shapeOf(y) == strShape {
			return (*Str)(x.p).s < (*Str)(y.p).s, nil
		}
	case tupleShape:
		if shapeOf(y) == tupleShape {
			return th.lessTuple(x, y)
		}
	}
	return th.CompareBool(CmpLt, x, y)
}

// lessTuple is less for tuples: their first items that differ decide.
func (th *Thread) lessTuple(x, y Value) (bool, *Exc) {
	a, b := (*Tuple)(x.p).a, (*Tuple)(y.p).a
	for i := 0; i < len(a) && i < len(b); i++ {
		p, q := a[i], b[i]
		if p.p == q.p && shapeOf(p) == intShape {
			if p.n != q.n {
				return int64(p.n) < int64(q.n), nil
			}
			continue
		}
		same, err := th.sameItem(p, q)
		if err != nil {
			return false, err
		}
		if !same {
			if shapeOf(p) == tupleShape { // deep nesting must end in a RecursionError
				return th.CompareBool(CmpLt, p, q)
			}
			return th.less(p, q)
		}
	}
	return len(a) < len(b), nil
}
