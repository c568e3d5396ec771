package asyncio

// This file defines the module log: asyncio's logger. Until a program imports logging, which then decides,
// it prints what is at least a warning on stderr.

import (
	"strings"

	"aio/interp"
)

var logModule = &submodule{
	name: "log", doc: "Logging configuration.", public: []string{},
	init: shareLogger,
}

// shareLogger sets the attribute logger of a module.
func shareLogger(th *interp.Thread, m *interp.Module) *interp.Exc {
	s := stateOf(th)
	if s.logger.IsUnbound() {
		s.logger = interp.NewNative(loggerType, nil)
	}
	m.Set("logger", s.logger)
	return nil
}

var loggerType = newLoggerType()

// newLoggerType returns the type of the logger: its methods are those of logging.getLogger('asyncio')
// once logging is there.
func newLoggerType() *interp.Type {
	t := interp.NewLibraryType("asyncio.log", "Logger", nil)
	var rows []interp.Builtin
	for _, level := range []string{"debug", "info"} {
		rows = append(rows, interp.Builtin{Sig: level + "(msg, *args, exc_info=None, **kwargs)", Doc: "Log a message.", Fn: logBy(level, false)})
	}
	for _, level := range []string{"warning", "error", "exception", "critical"} {
		rows = append(rows, interp.Builtin{Sig: level + "(msg, *args, exc_info=None, **kwargs)", Doc: "Log a message.", Fn: logBy(level, true)})
	}
	return t.Setup(&interp.Protocol{
		GetAttr: func(th *interp.Thread, v interp.Value, name *interp.Str) (interp.Value, *interp.Exc) {
			if l, ok, err := realLogger(th); ok || err != nil {
				if err != nil {
					return interp.Value{}, err
				}
				return th.GetAttr(l, name)
			}
			return th.GenericGetAttr(v, name)
		},
	}, rows, nil)
}

// realLogger returns logging.getLogger('asyncio') if a program has imported logging.
func realLogger(th *interp.Thread) (logger interp.Value, ok bool, err *interp.Exc) {
	m, ok := th.Interp().Modules().GetName("logging")
	if !ok {
		return interp.Value{}, false, nil
	}
	get, ok, err := th.LookupAttr(m, "getLogger")
	if err != nil || !ok {
		return interp.Value{}, false, err
	}
	logger, err = th.Call(get, interp.MkStr("asyncio"))
	return logger, err == nil, err
}

// logBy returns the body of a method of the logger: it prints what is shown as logging prints it without
// configuration.
func logBy(level string, shown bool) function {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		if !shown {
			return interp.None, nil
		}
		msg, info := a[1], a[2]
		if args, _ := interp.AsTuple(a[3]); len(args.Items()) > 0 {
			var err *interp.Exc
			if msg, err = th.Binary(interp.BinMod, msg, a[3]); err != nil {
				return interp.Value{}, err
			}
		}
		text, err := th.Str(msg)
		if err != nil {
			return interp.Value{}, err
		}
		if e := infoException(th, info, level); e != nil {
			text = strings.TrimSuffix(text, "\n") + "\n" + strings.TrimSuffix(th.FormatException(e), "\n")
		}
		return interp.None, th.WriteError(text + "\n")
	}
}

// infoException returns the exception that an argument exc_info means, nil for none.
func infoException(th *interp.Thread, info interp.Value, level string) *interp.Exc {
	if e, ok := interp.AsExc(info); ok {
		return e
	}
	if t, ok := interp.AsTuple(info); ok && len(t.Items()) == 3 {
		e, _ := interp.AsExc(t.Items()[1])
		return e
	}
	if yes, err := th.Truth(info); err == nil && yes || level == "exception" {
		return th.Handled()
	}
	return nil
}
