package interp

// FrameObject is a frame as scripts see it.
type FrameObject struct{ Header }

type warnState struct{}

func setupExcType(t *Type) {}
func initExcFields(e *Exc) {}
