package repl

// This file defines :trace.

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"aio/interp"
	"aio/loop"
	"aio/teach"
)

// traceFile is where the event log goes when no file is named.
const traceFile = "aio-trace.jsonl"

// eventLog is the event log that is being written.
type eventLog struct {
	*teach.EventLog
	file *os.File
}

// trace begins or ends the event log.
func (s *session) trace(arg string) *interp.Exc {
	what, name, _ := strings.Cut(arg, " ")
	switch {
	case what == "on" && s.log != nil:
		s.say("the event log is on already: %s", s.log.file.Name())
	case what == "on":
		if name = strings.TrimSpace(name); name == "" {
			name = traceFile
		}
		s.startLog(name)
	case what == "off" && name == "" && s.log == nil:
		s.say("the event log is off")
	case what == "off" && name == "":
		s.endLog()
	default:
		s.say("usage: %s", ":trace on|off [FILE]")
	}
	return nil
}

func (s *session) startLog(name string) {
	f, err := os.Create(expandHome(name))
	if err != nil {
		s.say("can't write file '%s': %s", name, reason(err))
		return
	}
	s.log = &eventLog{teach.NewEventLog(f, s.clock, []string{filepath.Base(os.Args[0])}), f}
	s.in.Observe(s.log)
	s.watchLoop()
}

// endLog ends the event log, if there is one, and says where it is.
func (s *session) endLog() {
	if s.log == nil {
		return
	}
	log := s.log
	s.log = nil
	s.in.Observe(nil)
	s.watchLoop()
	if err := errors.Join(log.Close(), log.file.Close()); err != nil {
		s.say("can't write file '%s': %s", log.file.Name(), reason(err))
		return
	}
	s.say("the event log is in %s", log.file.Name())
}

// watchLoop makes the session's loop report when tasks are queued, and all that it does to the event log.
func (s *session) watchLoop() {
	t := &loop.Tracer{}
	if s.log != nil {
		t = s.log.LoopMade(s.loop)
	}
	logged := t.Ready
	t.Ready = func(r loop.Runner) {
		s.taskWoken(r)
		if logged != nil {
			logged(r)
		}
	}
	s.loop.L.SetTracer(t)
}
