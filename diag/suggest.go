// This file defines did-you-mean.

package diag

// CPython's costs and limits for suggestions.
const (
	moveCost      = 2
	caseCost      = 1
	maxCandidates = 750
	maxNameSize   = 40 // bytes, behind the common prefix and before the common suffix
)

// DidYouMean returns the candidate that name was probably meant to be, by CPython's rule: at most a
// third of the characters differ. It returns "" when no candidate is near, or there are too many.
func DidYouMean(name string, candidates []string) string {
	if len(candidates) >= maxCandidates {
		return ""
	}
	best, bestDistance := "", -1
	for _, c := range candidates {
		if c == name {
			continue
		}
		limit := (len(name) + len(c) + 3) * moveCost / 6
		if bestDistance >= 0 {
			limit = min(limit, bestDistance-1)
		}
		if d, ok := distance(name, c); ok && d <= limit {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance returns the Levenshtein distance of a and b in CPython's costs; ok is false when they are
// too long to be compared.
func distance(a, b string) (d int, ok bool) {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if a == "" || b == "" {
		return (len(a) + len(b)) * moveCost, true
	}
	if len(a) > maxNameSize || len(b) > maxNameSize {
		return 0, false
	}
	var row [maxNameSize + 1]int
	for j := range row {
		row[j] = j * moveCost
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = (i + 1) * moveCost
		for j := range len(b) {
			substituted := diagonal + substitution(a[i], b[j])
			diagonal = row[j+1]
			row[j+1] = min(substituted, row[j]+moveCost, diagonal+moveCost)
		}
	}
	return row[len(b)], true
}

// substitution is the cost of writing b for a; another case is the smaller mistake.
func substitution(a, b byte) int {
	switch {
	case a == b:
		return 0
	case lower(a) == lower(b):
		return caseCost
	}
	return moveCost
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
