package interp

// This file defines the reading of stdin, which may take long: other threads run meanwhile, and signals are
// handled.

import (
	"io"
	"slices"
	"sync"

	"aio/loop"
)

// stdinReader is stdin. A goroutine reads, so that the thread that waits can be woken by a signal; what it
// then brings is there for the next Read.
type stdinReader struct {
	in *Interp
	r  io.Reader

	mu      sync.Mutex
	asked   bool   // the goroutine reads
	buf     []byte // of the goroutine
	rest    []byte // what was read and not taken yet
	err     error  // the end of the file, or a failure, behind rest
	waiting []*Thread
}

// stdinBuffer is how much is read from stdin at once.
const stdinBuffer = 1 << 16

// Read waits for input. Errors: a scriptError with what handling a signal raised; those of the file.
func (s *stdinReader) Read(p []byte) (int, error) {
	th := s.in.gil.running
	for {
		if n, err, ok := s.take(p, th); ok {
			return n, err
		}
		th.park(loop.Forever, true)
		if err := s.in.pollSignals(th); err != nil {
			s.leave(th)
			return 0, &scriptError{err}
		}
	}
}

// take takes what was read; if there is nothing it asks for more, and th will be unparked.
func (s *stdinReader) take(p []byte, th *Thread) (int, error, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.rest) > 0 {
		n := copy(p, s.rest)
		s.rest = s.rest[n:]
		return n, nil, true
	}
	if err := s.err; err != nil {
		s.err = nil // a terminal can go on after its end of file
		return 0, err, true
	}
	if !slices.Contains(s.waiting, th) {
		s.waiting = append(s.waiting, th)
	}
	if !s.asked {
		s.asked = true
		go s.fetch()
	}
	return 0, nil, false
}

func (s *stdinReader) leave(th *Thread) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = slices.DeleteFunc(s.waiting, func(t *Thread) bool { return t == th })
}

// fetch reads once and wakes those who wait.
func (s *stdinReader) fetch() {
	if s.buf == nil {
		s.buf = make([]byte, stdinBuffer)
	}
	n, err := s.r.Read(s.buf)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rest, s.err, s.asked = s.buf[:n], err, false
	for _, th := range s.waiting {
		th.unpark()
	}
	s.waiting = s.waiting[:0]
}
