package asyncio

// This file defines transports._FlowControlMixin: a transport that tells its protocol when to pause writing.

import "aio/interp"

func newFlowControlMixin() *interp.Type {
	t := interp.NewLibraryType("asyncio.transports", "_FlowControlMixin", transport)
	p := &interp.Protocol{}
	t.SetInit(p, "_FlowControlMixin(extra=None, loop=None)", newObject, flowInit)
	return t.Setup(p, append(refusals("get_write_buffer_size()"),
		interp.Builtin{Sig: "get_write_buffer_limits()", Doc: "Return the low and the high mark.", Fn: flowLimits},
		interp.Builtin{Sig: "set_write_buffer_limits(high=None, low=None)", Doc: "Set the marks for write flow control.", Fn: flowSetLimits},
		interp.Builtin{Sig: "_set_write_buffer_limits(high=None, low=None)", Doc: "Set the marks.", Fn: func(th *thread, a []value) (value, *exc) {
			return interp.None, setLimits(th, a[0], a[1], a[2])
		}},
		interp.Builtin{Sig: "_maybe_pause_protocol()", Doc: "Pause the protocol when the buffer is above the high mark.", Fn: func(th *thread, a []value) (value, *exc) {
			return interp.None, maybePause(th, a[0])
		}},
		interp.Builtin{Sig: "_maybe_resume_protocol()", Doc: "Resume the protocol when the buffer is below the low mark.", Fn: func(th *thread, a []value) (value, *exc) {
			return interp.None, maybeResume(th, a[0])
		}},
	), nil)
}

func flowInit(th *thread, a []value) (value, *exc) {
	if _, err := setExtra(th, a); err != nil {
		return value{}, err
	}
	if a[2].IsNone() {
		return value{}, interp.NewExc(interp.AssertionError)
	}
	if err := th.SetAttr(a[0], interp.Intern("_loop"), a[2]); err != nil {
		return value{}, err
	}
	if err := th.SetAttr(a[0], interp.Intern("_protocol_paused"), interp.False); err != nil {
		return value{}, err
	}
	return interp.None, setLimits(th, a[0], interp.None, interp.None)
}

// setLimits sets the marks; what is None is derived from the other.
func setLimits(th *thread, self, high, low value) (err *exc) {
	if high.IsNone() {
		if low.IsNone() {
			high = interp.MkInt(64 * 1024)
		} else if high, err = th.Binary(interp.BinMul, interp.MkInt(4), low); err != nil {
			return err
		}
	}
	if low.IsNone() {
		if low, err = th.Binary(interp.BinFloorDiv, high, interp.MkInt(4)); err != nil {
			return err
		}
	}
	for _, pair := range [][2]value{{high, low}, {low, interp.MkInt(0)}} {
		ok, err := th.CompareBool(interp.CmpGe, pair[0], pair[1])
		if err != nil {
			return err
		}
		if !ok {
			return interp.ValueErrorf("high (%s) must be >= low (%s) must be >= 0", th.ReprOr(high), th.ReprOr(low))
		}
	}
	if err := th.SetAttr(self, interp.Intern("_high_water"), high); err != nil {
		return err
	}
	return th.SetAttr(self, interp.Intern("_low_water"), low)
}

func flowLimits(th *thread, a []value) (value, *exc) {
	low, err := th.Attr(a[0], "_low_water")
	if err != nil {
		return value{}, err
	}
	high, err := th.Attr(a[0], "_high_water")
	return interp.Pair(low, high), err
}

func flowSetLimits(th *thread, a []value) (value, *exc) {
	m, err := th.Attr(a[0], "_set_write_buffer_limits")
	if err != nil {
		return value{}, err
	}
	if _, err := th.Call(m, a[1], a[2]); err != nil {
		return value{}, err
	}
	return th.CallMethod(a[0], "_maybe_pause_protocol")
}

// buffered compares the size of the buffer with a mark.
func buffered(th *thread, self value, op interp.CompareOp, mark string) (bool, *exc) {
	size, err := th.CallMethod(self, "get_write_buffer_size")
	if err != nil {
		return false, err
	}
	limit, err := th.Attr(self, mark)
	if err != nil {
		return false, err
	}
	return th.CompareBool(op, size, limit)
}

func maybePause(th *thread, self value) *exc {
	above, err := buffered(th, self, interp.CmpGt, "_high_water")
	if err != nil || !above {
		return err
	}
	return tellProtocol(th, self, true)
}

func maybeResume(th *thread, self value) *exc {
	below, err := buffered(th, self, interp.CmpLe, "_low_water")
	if err != nil || !below {
		return err
	}
	return tellProtocol(th, self, false)
}

// tellProtocol calls pause_writing or resume_writing of the protocol, unless that was done already.
func tellProtocol(th *thread, self value, pause bool) *exc {
	now, err := th.Attr(self, "_protocol_paused")
	if err != nil {
		return err
	}
	if paused, err := th.Truth(now); err != nil || paused == pause {
		return err
	}
	if err := th.SetAttr(self, interp.Intern("_protocol_paused"), interp.MkBool(pause)); err != nil {
		return err
	}
	protocol, err := th.Attr(self, "_protocol")
	if err != nil {
		return err
	}
	method := "resume_writing"
	if pause {
		method = "pause_writing"
	}
	_, err = th.CallMethod(protocol, method)
	if err == nil || err.Is(interp.SystemExit) || err.Is(interp.KeyboardInterrupt) {
		return err
	}
	loop, lerr := th.Attr(self, "_loop")
	if lerr != nil {
		return lerr
	}
	d := interp.NewDict()
	d.SetName("message", interp.MkStr("protocol."+method+"() failed"))
	d.SetName("exception", err.Value())
	d.SetName("transport", self)
	d.SetName("protocol", protocol)
	_, err = th.CallMethod(loop, "call_exception_handler", d.Value())
	return err
}
