package asyncio

// This file defines the module transports: base classes of transports.

import "aio/interp"

var (
	baseTransport       = newBaseTransport()
	readTransport       = abstractClass("transports", "ReadTransport", baseTransport, nil, []string{"is_reading()", "pause_reading()", "resume_reading()"})
	writeTransport      = newWriteTransport()
	transport           = newTransport()
	datagramTransport   = abstractClass("transports", "DatagramTransport", baseTransport, nil, []string{"sendto(data, addr=None)", "abort()"})
	subprocessTransport = abstractClass("transports", "SubprocessTransport", baseTransport, nil, []string{
		"get_pid()", "get_returncode()", "get_pipe_transport(fd)", "send_signal(signal)", "terminate()", "kill()"})
)

var transportsModule = &submodule{
	name: "transports", doc: "Abstract Transport class.",
	types: []*interp.Type{baseTransport, readTransport, writeTransport, transport, datagramTransport, subprocessTransport},
}

// newBaseTransport returns BaseTransport, which keeps extra information.
func newBaseTransport() *interp.Type {
	rows := append(refusals("is_closing()", "close()", "set_protocol(protocol)", "get_protocol()"), interp.Builtin{
		Sig: "get_extra_info(name, default=None)", Doc: "Get optional transport information.", Fn: extraInfo})
	return interp.NewLibraryType("asyncio.transports", "BaseTransport", nil).SetNew("BaseTransport(*args, **kwargs)", newObject).Setup(&interp.Protocol{
		Init: func(th *interp.Thread, self interp.Value, args []interp.Value, kwnames []*interp.Str) *interp.Exc {
			return th.CallInit("__init__(extra=None)", setExtra, self, args, kwnames)
		},
	}, rows, nil)
}

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

func newWriteTransport() *interp.Type {
	return interp.NewLibraryType("asyncio.transports", "WriteTransport", baseTransport).SetNew("WriteTransport(*args, **kwargs)", newObject).Setup(nil, writeMethods(), nil)
}

// newTransport returns Transport, which reads and writes.
func newTransport() *interp.Type {
	return interp.NewLibraryType("asyncio.transports", "Transport", readTransport, writeTransport).SetNew("Transport(*args, **kwargs)", newObject).Setup(nil, nil, nil)
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
