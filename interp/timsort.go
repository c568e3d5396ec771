package interp

// This file defines the sort of keys that only the script can compare: CPython's list sort, a stable
// merge sort that uses the runs it finds and asks for few comparisons.

// timsorter sorts a; tmp holds the shorter run while two are merged.
type timsorter struct {
	th        *Thread
	a, tmp    []sortItem[Value]
	lessThan  func(th *Thread, x, y Value) (bool, *Exc)
	minGallop int
	runs      []sortRun
	err       *Exc
}

// sortRun is a sorted part of the slice. power is the depth of the boundary behind it in the tree of
// merges: runs are merged while the power before the last is greater (Munro and Wild's powersort).
type sortRun struct{ base, len, power int }

const minGallop = 7

// timsort returns the indices of keys in ascending order; after an error, in some order.
func (th *Thread) timsort(keys []Value, less func(th *Thread, x, y Value) (bool, *Exc)) ([]int32, *Exc) {
	s := &timsorter{th: th, a: make([]sortItem[Value], len(keys)), lessThan: less, minGallop: minGallop}
	for i, k := range keys {
		s.a[i] = sortItem[Value]{k, int32(i)}
	}
	s.sort()
	order := make([]int32, len(keys))
	for i := range s.a {
		order[i] = s.a[i].at
	}
	return order, s.err
}

// less is x < y; once an error came up it is false without asking.
func (s *timsorter) less(x, y *sortItem[Value]) bool {
	if s.err != nil {
		return false
	}
	r, err := s.lessThan(s.th, x.key, y.key)
	if err != nil {
		s.err = err
		return false
	}
	return r
}

func (s *timsorter) sort() {
	n := len(s.a)
	minRun := minRunLength(n)
	for lo := 0; lo < n && s.err == nil; {
		length := s.countRun(lo)
		if length < minRun {
			force := min(n-lo, minRun)
			s.insertionSort(lo, lo+force, lo+length)
			length = force
		}
		s.push(lo, length)
		lo += length
	}
	for len(s.runs) > 1 && s.err == nil {
		i := len(s.runs) - 2
		if i > 0 && s.runs[i-1].len < s.runs[i+1].len {
			i--
		}
		s.mergeAt(i)
	}
}

func minRunLength(n int) int {
	r := 0
	for n >= 64 {
		r |= n & 1
		n >>= 1
	}
	return n + r
}

// countRun returns the length of the run that begins at lo, after reversing it when it descends.
func (s *timsorter) countRun(lo int) int {
	a := s.a[lo:]
	if len(a) == 1 {
		return 1
	}
	n := 2
	if !s.less(&a[1], &a[0]) {
		for n < len(a) && !s.less(&a[n], &a[n-1]) {
			n++
		}
		return n
	}
	for n < len(a) && s.less(&a[n], &a[n-1]) {
		n++
	}
	for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
		a[i], a[j] = a[j], a[i]
	}
	return n
}

// insertionSort sorts [lo, hi), of which [lo, start) is sorted, searching by halves.
func (s *timsorter) insertionSort(lo, hi, start int) {
	for ; start < hi && s.err == nil; start++ {
		pivot := s.a[start]
		l, r := lo, start
		for l < r {
			if m := int(uint(l+r) >> 1); s.less(&pivot, &s.a[m]) {
				r = m
			} else {
				l = m + 1
			}
		}
		copy(s.a[l+1:start+1], s.a[l:start])
		s.a[l] = pivot
	}
}

// push adds a run, after merging the earlier ones that lie deeper in the tree of merges.
func (s *timsorter) push(base, length int) {
	if k := len(s.runs); k > 0 {
		power := mergePower(s.runs[k-1].base, s.runs[k-1].len, length, len(s.a))
		for len(s.runs) > 1 && s.runs[len(s.runs)-2].power > power {
			s.mergeAt(len(s.runs) - 2)
		}
		s.runs[len(s.runs)-1].power = power
	}
	s.runs = append(s.runs, sortRun{base, length, 0})
}

// mergePower returns the depth at which the midpoints of two neighbouring runs part.
func mergePower(base, n1, n2, n int) int {
	a := 2*base + n1
	b := a + n1 + n2
	for power := 1; ; power++ {
		switch {
		case a >= n:
			a -= n
			b -= n
		case b >= n:
			return power
		}
		a <<= 1
		b <<= 1
	}
}

// mergeAt merges the runs i and i+1.
func (s *timsorter) mergeAt(i int) {
	x, y := s.runs[i], s.runs[i+1]
	s.runs[i].len += y.len
	s.runs = append(s.runs[:i+1], s.runs[i+2:]...)
	// What already stands right at both ends takes no part.
	k := s.gallopRight(&s.a[y.base], s.a[x.base:x.base+x.len], 0)
	x.base += k
	x.len -= k
	if x.len == 0 || s.err != nil {
		return
	}
	y.len = s.gallopLeft(&s.a[y.base-1], s.a[y.base:y.base+y.len], y.len-1)
	if y.len == 0 || s.err != nil {
		return
	}
	if x.len <= y.len {
		s.mergeLow(x.base, x.len, y.base, y.len)
	} else {
		s.mergeHigh(x.base, x.len, y.base, y.len)
	}
}

// gallopLeft returns where key goes in the sorted a, before equal ones, searching outwards from hint.
func (s *timsorter) gallopLeft(key *sortItem[Value], a []sortItem[Value], hint int) int {
	lo, hi := 0, 1
	if s.less(&a[hint], key) {
		limit := len(a) - hint
		for hi < limit && s.less(&a[hint+hi], key) {
			lo, hi = hi, hi<<1+1
		}
		lo, hi = lo+hint, min(hi, limit)+hint
	} else {
		limit := hint + 1
		for hi < limit && !s.less(&a[hint-hi], key) {
			lo, hi = hi, hi<<1+1
		}
		lo, hi = hint-min(hi, limit), hint-lo
	}
	for lo++; lo < hi; {
		if m := lo + (hi-lo)>>1; s.less(&a[m], key) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return hi
}

// gallopRight is gallopLeft that goes behind equal ones.
func (s *timsorter) gallopRight(key *sortItem[Value], a []sortItem[Value], hint int) int {
	lo, hi := 0, 1
	if s.less(key, &a[hint]) {
		limit := hint + 1
		for hi < limit && s.less(key, &a[hint-hi]) {
			lo, hi = hi, hi<<1+1
		}
		lo, hi = hint-min(hi, limit), hint-lo
	} else {
		limit := len(a) - hint
		for hi < limit && !s.less(key, &a[hint+hi]) {
			lo, hi = hi, hi<<1+1
		}
		lo, hi = lo+hint, min(hi, limit)+hint
	}
	for lo++; lo < hi; {
		if m := lo + (hi-lo)>>1; s.less(key, &a[m]) {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return hi
}

func (s *timsorter) hold(a []sortItem[Value]) []sortItem[Value] {
	if cap(s.tmp) < len(a) {
		s.tmp = make([]sortItem[Value], len(a))
	}
	t := s.tmp[:len(a)]
	copy(t, a)
	return t
}

// mergeLow merges two neighbouring runs from the left; the first is not the longer, its first item is
// greater than the second's first and its last greater than all of the second.
func (s *timsorter) mergeLow(base1, n1, base2, n2 int) {
	a := s.a
	x := s.hold(a[base1 : base1+n1])
	i, j, end, w := 0, base2, base2+n2, base1
	defer func() { copy(a[w:], x[i:]) }() // also after an error: what is left of x fills the gap
	a[w] = a[j]
	w++
	j++
	if j == end {
		return
	}
	for {
		xs, ys := 0, 0
		for xs < s.minGallop && ys < s.minGallop { // one at a time, until one side keeps winning
			if n1-i == 1 {
				s.lastOfLow(&w, j, end)
				return
			}
			if s.less(&a[j], &x[i]) {
				a[w] = a[j]
				w++
				if j++; j == end {
					return
				}
				ys++
				xs = 0
			} else {
				if s.err != nil {
					return
				}
				a[w] = x[i]
				w++
				i++
				xs++
				ys = 0
			}
		}
		if n1-i == 1 {
			s.lastOfLow(&w, j, end)
			return
		}
		s.minGallop++
		for { // that side by the run
			s.minGallop -= min(1, s.minGallop-1)
			xs = s.gallopRight(&a[j], x[i:], 0)
			if s.err != nil {
				return
			}
			w += copy(a[w:], x[i:i+xs])
			i += xs
			if n1-i <= 1 {
				s.lastOfLow(&w, j, end)
				return
			}
			a[w] = a[j]
			w++
			if j++; j == end {
				return
			}
			ys = s.gallopLeft(&x[i], a[j:end], 0)
			if s.err != nil {
				return
			}
			w += copy(a[w:], a[j:j+ys])
			if j += ys; j == end {
				return
			}
			a[w] = x[i]
			w++
			i++
			if n1-i == 1 {
				s.lastOfLow(&w, j, end)
				return
			}
			if xs < minGallop && ys < minGallop {
				break
			}
		}
		s.minGallop++ // a penalty for leaving the gallop
	}
}

// lastOfLow moves the rest of the second run before the one item that is left of the first.
func (s *timsorter) lastOfLow(w *int, j, end int) { *w += copy(s.a[*w:], s.a[j:end]) }

// mergeHigh merges two neighbouring runs from the right; the second is the shorter.
func (s *timsorter) mergeHigh(base1, n1, base2, n2 int) {
	a := s.a
	y := s.hold(a[base2 : base2+n2])
	i, j, w := base1+n1-1, n2-1, base2+n2-1 // i, j: the last of each that is left
	defer func() { copy(a[w-j:w+1], y[:j+1]) }()
	a[w] = a[i]
	w--
	i--
	if i < base1 {
		return
	}
	for {
		xs, ys := 0, 0
		for xs < s.minGallop && ys < s.minGallop {
			if j == 0 {
				s.lastOfHigh(&w, base1, i)
				return
			}
			if s.less(&y[j], &a[i]) {
				a[w] = a[i]
				w--
				if i--; i < base1 {
					return
				}
				xs++
				ys = 0
			} else {
				if s.err != nil {
					return
				}
				a[w] = y[j]
				w--
				j--
				ys++
				xs = 0
			}
		}
		if j == 0 {
			s.lastOfHigh(&w, base1, i)
			return
		}
		s.minGallop++
		for {
			s.minGallop -= min(1, s.minGallop-1)
			left := i - base1 + 1
			xs = left - s.gallopRight(&y[j], a[base1:i+1], left-1)
			if s.err != nil {
				return
			}
			copy(a[w-xs+1:w+1], a[i-xs+1:i+1])
			w -= xs
			if i -= xs; i < base1 {
				return
			}
			a[w] = y[j]
			w--
			if j--; j <= 0 {
				s.lastOfHigh(&w, base1, i)
				return
			}
			ys = j + 1 - s.gallopLeft(&a[i], y[:j+1], j)
			if s.err != nil {
				return
			}
			w -= ys
			j -= ys
			copy(a[w+1:], y[j+1:j+1+ys])
			if j <= 0 {
				s.lastOfHigh(&w, base1, i)
				return
			}
			a[w] = a[i]
			w--
			if i--; i < base1 {
				return
			}
			if xs < minGallop && ys < minGallop {
				break
			}
		}
		s.minGallop++
	}
}

// lastOfHigh moves the rest of the first run behind the one item that is left of the second.
func (s *timsorter) lastOfHigh(w *int, base1, i int) {
	n := i - base1 + 1
	copy(s.a[*w-n+1:*w+1], s.a[base1:i+1])
	*w -= n
}
