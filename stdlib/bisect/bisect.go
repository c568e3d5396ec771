// Package bisect is the module bisect: places in sorted lists.
//
//	bisect_left, bisect_right, bisect     where an item belongs
//	insort_left, insort_right, insort     put it there
package bisect

import "aio/interp"

// Module is the module bisect.
var Module = &interp.ModuleDef{
	Name: "bisect",
	Doc:  "Bisection algorithms.",
	Funcs: []interp.Builtin{
		{Sig: "bisect_left(a, x, lo=0, hi=None, *, key=None)", Doc: "Return the index where to insert item x in list a, assuming a is sorted: in front of equal items.", Fn: search(false)},
		{Sig: "bisect_right(a, x, lo=0, hi=None, *, key=None)", Doc: "Return the index where to insert item x in list a, assuming a is sorted: behind equal items.", Fn: search(true)},
		{Sig: "insort_left(a, x, lo=0, hi=None, *, key=None)", Doc: "Insert item x in list a, and keep it sorted assuming a is sorted.", Fn: insert(false)},
		{Sig: "insort_right(a, x, lo=0, hi=None, *, key=None)", Doc: "Insert item x in list a, and keep it sorted assuming a is sorted.", Fn: insert(true)},
	},
	Source: "bisect = bisect_right\ninsort = insort_right\n",
}

// find is one search: for the first item that is not less than x, or is greater if right.
func find(th *interp.Thread, a []interp.Value, right bool) (int, *interp.Exc) {
	list, x, key := a[0], a[1], a[4]
	lo, err := th.IndexInt(a[2])
	if err != nil {
		return 0, err
	}
	if lo < 0 {
		return 0, interp.ValueErrorf("lo must be non-negative")
	}
	var hi int
	if a[3].IsNone() {
		hi, err = th.Len(list)
	} else {
		hi, err = th.IndexInt(a[3])
	}
	if err != nil {
		return 0, err
	}
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		item, err := th.GetItem(list, interp.MkInt(int64(mid)))
		if err == nil && !key.IsNone() {
			item, err = th.Call(key, item)
		}
		if err != nil {
			return 0, err
		}
		var less bool
		if right {
			less, err = th.CompareBool(interp.CmpLt, x, item)
			less = !less
		} else {
			less, err = th.CompareBool(interp.CmpLt, item, x)
		}
		if err != nil {
			return 0, err
		}
		if less {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, nil
}

func search(right bool) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		i, err := find(th, a, right)
		return interp.MkInt(int64(i)), err
	}
}

func insert(right bool) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		wanted := append([]interp.Value(nil), a...)
		if !a[4].IsNone() {
			k, err := th.Call(a[4], a[1])
			if err != nil {
				return interp.Value{}, err
			}
			wanted[1] = k
		}
		i, err := find(th, wanted, right)
		if err != nil {
			return interp.Value{}, err
		}
		_, err = th.CallMethod(a[0], "insert", interp.MkInt(int64(i)), a[1])
		return interp.None, err
	}
}
