package repl

import (
	"regexp"
	"sync"
)

// lazily returns a regular expression that is compiled when it is first asked for: programs that are run from a
// file start without paying for those of the prompt.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
