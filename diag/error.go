package diag

// Error is one sentence about a place in a Source. The sentence is CPython's where CPython has one;
// the learner's next step goes to Hint.
type Error struct {
	Source     *Source
	Span       Span
	Kind       string // "SyntaxError", "IndentationError" or "TabError"
	Msg        string
	Hint       string // "" without one
	Incomplete bool   // more input could make the text valid
}

func (e *Error) Error() string { return e.Kind + ": " + e.Msg }
