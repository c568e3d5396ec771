package asyncio

// This file defines the modules protocols and transports: base classes that programs derive from.

import "aio/interp"

// abstractClass returns a class of base methods: those of nothing do nothing, the others raise
// NotImplementedError.
func abstractClass(module, name string, base *interp.Type, nothing, refused []string) *interp.Type {
	rows := refusals(refused...)
	for _, sig := range nothing {
		rows = append(rows, interp.Builtin{Sig: sig, Fn: func(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) { return interp.None, nil }})
	}
	return plainType("asyncio."+module, name, base, rows)
}

var (
	baseProtocol       = abstractClass("protocols", "BaseProtocol", nil, []string{"connection_made(transport)", "connection_lost(exc)", "pause_writing()", "resume_writing()"}, nil)
	protocol           = abstractClass("protocols", "Protocol", baseProtocol, []string{"data_received(data)", "eof_received()"}, nil)
	bufferedProtocol   = abstractClass("protocols", "BufferedProtocol", baseProtocol, []string{"get_buffer(sizehint)", "buffer_updated(nbytes)", "eof_received()"}, nil)
	datagramProtocol   = abstractClass("protocols", "DatagramProtocol", baseProtocol, []string{"datagram_received(data, addr)", "error_received(exc)"}, nil)
	subprocessProtocol = abstractClass("protocols", "SubprocessProtocol", baseProtocol, []string{"pipe_data_received(fd, data)", "pipe_connection_lost(fd, exc)", "process_exited()"}, nil)
)

var protocolsModule = &submodule{
	name: "protocols", doc: "Abstract Protocol base classes.",
	types: []*interp.Type{baseProtocol, protocol, datagramProtocol, subprocessProtocol, bufferedProtocol},
}
