package asyncio

// This file defines the module transports: base classes of transports.

import "aio/interp"

var (
	baseTransport       = newBaseTransport()
	readTransport       = transportType("ReadTransport", refusals("is_reading()", "pause_reading()", "resume_reading()"))
	writeTransport      = transportType("WriteTransport", writeMethods())
	transport           = interp.NewLibraryType("asyncio.transports", "Transport", readTransport, writeTransport).Setup(nil, nil, nil)
	datagramTransport   = transportType("DatagramTransport", refusals("sendto(data, addr=None)", "abort()"))
	subprocessTransport = transportType("SubprocessTransport", refusals("get_pid()", "get_returncode()", "get_pipe_transport(fd)",
		"send_signal(signal)", "terminate()", "kill()"))
	flowControlMixin = newFlowControlMixin()
)

var transportsModule = &submodule{
	name: "transports", doc: "Abstract Transport class.",
	types: []*interp.Type{baseTransport, readTransport, writeTransport, transport, datagramTransport, subprocessTransport, flowControlMixin},
}

// newBaseTransport returns BaseTransport, which keeps extra information.
func newBaseTransport() *interp.Type {
	rows := append(refusals("is_closing()", "close()", "set_protocol(protocol)", "get_protocol()"), interp.Builtin{
		Sig: "get_extra_info(name, default=None)", Doc: "Get optional transport information.", Fn: extraInfo})
	t := interp.NewLibraryType("asyncio.transports", "BaseTransport", nil)
	p := &interp.Protocol{}
	t.SetInit(p, "BaseTransport(extra=None)", newObject, setExtra)
	return t.Setup(p, rows, nil)
}

// newObject makes an object without Go data.
func newObject(cls *interp.Type) interp.Value { return interp.NewNative(cls, nil) }

func setExtra(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	extra := a[1]
	if extra.IsNone() {
		extra = interp.NewDict().Value()
	}
	return interp.None, th.SetAttr(a[0], interp.Intern("_extra"), extra)
}

func extraInfo(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	extra, err := th.Attr(a[0], "_extra")
	if err != nil {
		return interp.Value{}, err
	}
	return th.CallMethod(extra, "get", a[1], a[2])
}

// transportType returns a class derived from BaseTransport.
func transportType(name string, rows []interp.Builtin) *interp.Type {
	return interp.NewLibraryType("asyncio.transports", name, baseTransport).Setup(nil, rows, nil)
}

func writeMethods() []interp.Builtin {
	return append(refusals("set_write_buffer_limits(high=None, low=None)", "get_write_buffer_size()", "get_write_buffer_limits()",
		"write(data)", "write_eof()", "can_write_eof()", "abort()"), interp.Builtin{
		Sig: "writelines(list_of_data)", Doc: "Write a list (or any iterable) of data bytes to the transport.", Fn: writeLines})
}

// writeLines writes the items of an iterable, joined.
func writeLines(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	data, err := th.CallMethod(interp.MkBytes(nil), "join", a[1])
	if err != nil {
		return interp.Value{}, err
	}
	_, err = th.CallMethod(a[0], "write", data)
	return interp.None, err
}
