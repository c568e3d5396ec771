package interp

// This file defines "Did you mean": the name nearest to one that was not found.

const (
	moveCost       = 2
	caseCost       = 1
	maxNameLength  = 40
	maxSuggestFrom = 750 // names; with more of them none is suggested
)

// suggestion returns the name that a NameError or AttributeError probably meant, or "".
func (th *Thread) suggestion(e *Exc) string {
	name, ok := StrOf(e.field("name"))
	if !ok {
		return ""
	}
	switch {
	case e.Is(AttributeError):
		obj := e.field("obj")
		if obj.IsNone() {
			return ""
		}
		return Nearest(name, th.attributeNames(obj))
	case e.Is(NameError) && !e.Is(UnboundLocalError):
		return suggestName(e, name)
	}
	return ""
}

// suggestName looks among the variables of the innermost frame, its globals and the builtins.
func suggestName(e *Exc, name string) string {
	tb := e.tb
	if tb == nil {
		return ""
	}
	for tb.next != nil {
		tb = tb.next
	}
	c := tb.code
	vars, _ := c.varNames()
	if s := Nearest(name, vars); s != "" {
		return s
	}
	if s := Nearest(name, c.globals.names()); s != "" {
		return s
	}
	if c.builtins == nil {
		return ""
	}
	return Nearest(name, c.builtins.names())
}

// names returns the keys that are str.
func (d *Dict) names() []string {
	list := make([]string, 0, d.Len())
	for i := 0; ; {
		k, _, next, ok := d.Next(i)
		if !ok {
			return list
		}
		if s, ok := StrOf(k); ok {
			list = append(list, s)
		}
		i = next
	}
}

// attributeNames returns dir(obj), nothing when it fails.
func (th *Thread) attributeNames(obj Value) []string {
	dir, ok := th.in.builtins.dict.GetName("dir")
	if !ok {
		return nil
	}
	v, err := th.Call(dir, obj)
	if err != nil {
		return nil
	}
	items, err := th.Items(v)
	if err != nil {
		return nil
	}
	var list []string
	for _, x := range items {
		if s, ok := StrOf(x); ok {
			list = append(list, s)
		}
	}
	return list
}

// Nearest returns the candidate that differs least from name, "" when none is near: at most a third of
// the characters may differ.
func Nearest(name string, candidates []string) string {
	if len(candidates) >= maxSuggestFrom {
		return ""
	}
	best, bestDistance := "", int(^uint(0)>>1)
	for _, c := range candidates {
		if c == name {
			continue
		}
		limit := min((len(name)+len(c)+3)*moveCost/6, bestDistance-1)
		if d := editDistance(name, c, limit); d <= limit {
			best, bestDistance = c, d
		}
	}
	return best
}

// editDistance returns the cost of turning a into b, or more than limit when that is exceeded.
func editDistance(a, b string, limit int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return (len(a) + len(b)) * moveCost
	}
	if len(a) > maxNameLength || len(b) > maxNameLength {
		return limit + 1
	}
	if len(b) < len(a) {
		a, b = b, a
	}
	if (len(b)-len(a))*moveCost > limit {
		return limit + 1
	}
	row := make([]int, len(a))
	for i := range row {
		row[i] = (i + 1) * moveCost
	}
	result := 0
	for j := range len(b) {
		result = j * moveCost
		diagonal, smallest := result, limit+1
		for i := range len(a) {
			substitute := diagonal + substitutionCost(b[j], a[i])
			diagonal = row[i]
			result = min(substitute, min(result, diagonal)+moveCost)
			row[i] = result
			smallest = min(smallest, result)
		}
		if smallest > limit {
			return limit + 1
		}
	}
	return result
}

func substitutionCost(a, b byte) int {
	switch {
	case a == b:
		return 0
	case lowerByte(a) == lowerByte(b):
		return caseCost
	}
	return moveCost
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
