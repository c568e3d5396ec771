package interp

// This file defines what happens to an exception that has nowhere to go: one raised by a callback, a
// finalizer or a closed generator.

// unraisable reports an exception that has nowhere to go.
func (th *Thread) unraisable(e *Exc) { th.Unraisable(e, "", None) }

// Unraisable reports an exception that has nowhere to go: it goes to what OnUnraisable was given, and is
// printed on stderr otherwise. about is the object that caused it, or None; message replaces "Exception
// ignored in", and may be "".
func (th *Thread) Unraisable(e *Exc, message string, about Value) {
	msg := None
	if message != "" {
		msg = MkStr(message)
	}
	if th.in.onUnraisable == nil {
		th.PrintUnraisable(e, msg, about)
		return
	}
	frame := th.frame
	th.in.onUnraisable(th, e, msg, about)
	th.frame = frame
}

// OnUnraisable makes f report exceptions that have nowhere to go; message and about may be None.
func (in *Interp) OnUnraisable(f func(th *Thread, e *Exc, message, about Value)) { in.onUnraisable = f }

// PrintUnraisable prints an exception that has nowhere to go; message and about may be None.
func (th *Thread) PrintUnraisable(e *Exc, message, about Value) {
	text, ok := StrOf(message)
	switch {
	case !about.IsNone():
		if !ok {
			text = "Exception ignored in"
		}
		object, err := th.Repr(about)
		if err != nil {
			object = "<object repr() failed>"
		}
		text += ": " + object + "\n"
	case ok:
		text += ":\n"
	}
	// Nothing is left to tell a failure to.
	_ = th.WriteError(text + th.FormatTrace(e, TraceOptions{NoChain: true}))
}
