package collections

// This file defines the operators of Counter: they treat it as a multiset, and drop counts that are not
// positive from their results.

import "aio/interp"

var zero = interp.MkInt(0)

// positive reports whether a count is over zero.
func positive(th *interp.Thread, x interp.Value) (bool, *interp.Exc) {
	if i, ok := interp.AsInt(x); ok {
		return i > 0, nil
	}
	return th.CompareBool(interp.CmpGt, x, zero)
}

// merged returns what the count of a key becomes from the counts of both sides.
func merged(th *interp.Thread, op interp.BinaryOp, x, y interp.Value) (interp.Value, *interp.Exc) {
	switch op {
	case interp.BinAdd, interp.BinSub:
		return th.Binary(op, x, y)
	}
	less, err := th.CompareBool(interp.CmpLt, x, y)
	if less == (op == interp.BinOr) { // the larger of both for |, the smaller for &
		return y, err
	}
	return x, err
}

func counterBinary(th *interp.Thread, op interp.BinaryOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsInstance(a, counterType) || !interp.IsInstance(b, counterType) {
		return interp.NotImplemented, nil
	}
	x, y := dictOf(a), dictOf(b)
	result := interp.NewDictOf(counterType)
	keep := func(k, n interp.Value) *interp.Exc {
		ok, err := positive(th, n)
		if err != nil || !ok {
			return err
		}
		return dictOf(result).Set(th, k, n)
	}
	for k, n, i, ok := x.Next(0); ok; k, n, i, ok = x.Next(i) {
		m, err := count(th, y, k)
		if err == nil {
			m, err = merged(th, op, n, m)
		}
		if err == nil {
			err = keep(k, m)
		}
		if err != nil {
			return interp.Value{}, err
		}
	}
	if op == interp.BinAnd {
		return result, nil
	}
	for k, m, i, ok := y.Next(0); ok; k, m, i, ok = y.Next(i) {
		if _, there, err := x.Get(th, k); err != nil {
			return interp.Value{}, err
		} else if there {
			continue
		}
		n, err := merged(th, op, zero, m)
		if err == nil {
			err = keep(k, n)
		}
		if err != nil {
			return interp.Value{}, err
		}
	}
	return result, nil
}

func counterInplace(th *interp.Thread, op interp.BinaryOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	y := dictOf(b)
	if y == nil {
		return interp.NotImplemented, nil
	}
	x := dictOf(a)
	if op == interp.BinAnd {
		for k, n, i, ok := x.Next(0); ok; k, n, i, ok = x.Next(i) {
			m, err := count(th, y, k)
			if err == nil {
				m, err = merged(th, op, n, m)
			}
			if err == nil {
				err = x.Set(th, k, m)
			}
			if err != nil {
				return interp.Value{}, err
			}
		}
		return a, dropNonPositive(th, x)
	}
	for k, m, i, ok := y.Next(0); ok; k, m, i, ok = y.Next(i) {
		n, err := count(th, x, k)
		if err == nil {
			n, err = merged(th, op, n, m)
		}
		if err == nil {
			err = x.Set(th, k, n)
		}
		if err != nil {
			return interp.Value{}, err
		}
	}
	return a, dropNonPositive(th, x)
}

func dropNonPositive(th *interp.Thread, d *interp.Dict) *interp.Exc {
	var drop []interp.Value
	for k, n, i, ok := d.Next(0); ok; k, n, i, ok = d.Next(i) {
		keep, err := positive(th, n)
		if err != nil {
			return err
		}
		if !keep {
			drop = append(drop, k)
		}
	}
	for _, k := range drop {
		if _, _, err := d.Del(th, k); err != nil {
			return err
		}
	}
	return nil
}

// counterUnary is +c, the positive counts, and -c, the negative ones turned over.
func counterUnary(th *interp.Thread, op interp.UnaryOp, v interp.Value) (interp.Value, *interp.Exc) {
	result := interp.NewDictOf(counterType)
	d := dictOf(v)
	for k, n, i, ok := d.Next(0); ok; k, n, i, ok = d.Next(i) {
		var err *interp.Exc
		switch op {
		case interp.UnNeg:
			if n, err = th.Binary(interp.BinSub, zero, n); err != nil {
				return interp.Value{}, err
			}
		case interp.UnInvert:
			return interp.NotImplemented, nil
		}
		keep, err := positive(th, n)
		if err == nil && keep {
			err = dictOf(result).Set(th, k, n)
		}
		if err != nil {
			return interp.Value{}, err
		}
	}
	return result, nil
}

// counterCompare compares multisets: a missing key counts 0, and <= is inclusion.
func counterCompare(th *interp.Thread, op interp.CompareOp, a, b interp.Value) (interp.Value, *interp.Exc) {
	if !interp.IsInstance(b, counterType) {
		return interp.NotImplemented, nil
	}
	x, y := dictOf(a), dictOf(b)
	switch op {
	case interp.CmpNe:
		same, err := allCounts(th, interp.CmpEq, x, y)
		return interp.MkBool(!same), err
	case interp.CmpLt, interp.CmpGt:
		within, err := allCounts(th, op+1, x, y) // <= and >= stand behind < and >
		if err != nil || !within {
			return interp.False, err
		}
		same, err := allCounts(th, interp.CmpEq, x, y)
		return interp.MkBool(!same), err
	}
	r, err := allCounts(th, op, x, y)
	return interp.MkBool(r), err
}

// allCounts reports whether the counts of x and y compare so for the keys of both.
func allCounts(th *interp.Thread, op interp.CompareOp, x, y *interp.Dict) (bool, *interp.Exc) {
	for _, d := range [...]*interp.Dict{x, y} {
		for k, _, i, ok := d.Next(0); ok; k, _, i, ok = d.Next(i) {
			n, err := count(th, x, k)
			if err != nil {
				return false, err
			}
			m, err := count(th, y, k)
			if err != nil {
				return false, err
			}
			if holds, err := th.CompareBool(op, n, m); err != nil || !holds {
				return false, err
			}
		}
	}
	return true, nil
}
