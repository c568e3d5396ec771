package repl

// This file defines keys, what the user types on its way from the terminal to the line editor.

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"
)

// The marks that a terminal puts around what is pasted.
const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// The keys that mean something here.
const (
	keyInterrupt = 3
	keyEOF       = 4
	keyBackspace = 8
	keyDelete    = 127
)

// keys reads the terminal and hands the keys to the line editor while it has a prompt open; the others wait.
// Of a pasted block the editor gets the first line only, as if it had been typed; the rest is for
// takePasted.
type keys struct {
	to io.WriteCloser // the editor

	mu      sync.Mutex
	changed *sync.Cond // signalled when there may be something to hand over
	queue   []keyRun
	open    bool
	indent  int    // blanks that the prompt began with and that nothing was typed behind yet
	pasted  string // the rest of a pasted block
	block   bool   // pasted is to be taken
	onKey   func(b byte)
	ended   bool // the terminal is gone
}

// keyRun is something typed, or pasted.
type keyRun struct {
	text   []byte
	pasted bool
}

func newKeys(to io.WriteCloser) *keys {
	k := &keys{to: to}
	k.changed = sync.NewCond(&k.mu)
	return k
}

// read reads the terminal until it ends.
func (k *keys) read(from io.Reader) {
	buf := make([]byte, 1<<16)
	var rest []byte
	for {
		n, err := from.Read(buf)
		rest = k.split(append(rest, buf[:n]...))
		if err != nil {
			k.mu.Lock()
			k.ended = true
			k.changed.Broadcast()
			k.mu.Unlock()
			return
		}
	}
}

// split queues what was read and returns what more must be read for.
func (k *keys) split(b []byte) (rest []byte) {
	for len(b) > 0 {
		begin := bytes.Index(b, []byte(pasteBegin))
		if begin < 0 {
			n := len(b) - partOf(b, pasteBegin)
			k.add(keyRun{text: bytes.Clone(b[:n])})
			return bytes.Clone(b[n:])
		}
		k.add(keyRun{text: bytes.Clone(b[:begin])})
		end := bytes.Index(b[begin:], []byte(pasteEnd))
		if end < 0 {
			return bytes.Clone(b[begin:])
		}
		k.add(keyRun{text: bytes.Clone(b[begin+len(pasteBegin) : begin+end]), pasted: true})
		b = b[begin+end+len(pasteEnd):]
	}
	return nil
}

// partOf returns how many bytes at the end of b, three at least, begin mark: an Escape alone is a key.
func partOf(b []byte, mark string) int {
	for n := min(len(mark)-1, len(b)); n >= 3; n-- {
		if strings.HasPrefix(mark, string(b[len(b)-n:])) {
			return n
		}
	}
	return 0
}

func (k *keys) add(r keyRun) {
	if len(r.text) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.open && k.onKey != nil && !r.pasted && bytes.IndexByte(r.text, keyInterrupt) >= 0 {
		k.onKey(keyInterrupt)
	}
	k.queue = append(k.queue, r)
	k.changed.Broadcast()
}

// begin opens a prompt with a line of indent blanks.
func (k *keys) begin(indent int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open, k.indent = true, indent
	k.changed.Broadcast()
}

// waiting reports whether something was typed ahead.
func (k *keys) waiting() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.queue) > 0
}

// end closes the prompt.
func (k *keys) end() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open = false
}

// interrupt types a Ctrl-C at an open prompt, and reports whether there is one: the terminal hands Ctrl-C over as a
// key only once the line editor has set its modes. Without a prompt what was typed ahead is dropped.
func (k *keys) interrupt() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.queue, k.pasted, k.block = nil, "", false
	if !k.open {
		return false
	}
	k.queue = []keyRun{{text: []byte{keyInterrupt}}}
	k.changed.Broadcast()
	return true
}

// takePasted returns what was pasted behind the line that ended the prompt. The beginning of a last line is
// typed on at the next prompt.
func (k *keys) takePasted() (p paste, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.block {
		return paste{}, false
	}
	i := strings.LastIndexByte(k.pasted, '\n') + 1
	p.lines = k.pasted[:i]
	if tail := k.pasted[i:]; tail != "" {
		p.more = true
		k.queue = slices.Insert(k.queue, 0, keyRun{text: typed(tail)})
	}
	k.pasted, k.block = "", false
	return p, true
}

// feed hands keys over for ever.
func (k *keys) feed() {
	for {
		k.mu.Lock()
		for !k.open || len(k.queue) == 0 {
			if k.ended && len(k.queue) == 0 {
				k.mu.Unlock()
				k.to.Close() // the editor reads the end of its input
				return
			}
			k.changed.Wait()
		}
		b := k.next()
		k.mu.Unlock()
		if _, err := k.to.Write(b); err != nil {
			return
		}
	}
}

// next takes the next keys from the queue: no further than what ends the prompt, since the rest is for the
// next one. The caller holds mu.
func (k *keys) next() []byte {
	r := k.queue[0]
	if r.pasted {
		k.queue = k.queue[1:]
		return k.paste(string(r.text))
	}
	n := len(r.text)
	if i := bytes.IndexAny(r.text, "\r\n\x03"); i >= 0 {
		n = i + 1
		k.open = false
	}
	b := r.text[:n]
	if n == len(r.text) {
		k.queue = k.queue[1:]
	} else {
		k.queue[0].text = r.text[n:]
	}
	return k.unindent(b)
}

// unindent makes Backspace delete a whole step of an indentation that nothing was typed behind.
func (k *keys) unindent(b []byte) []byte {
	var out []byte
	for i, c := range b {
		if k.indent == 0 || c != keyBackspace && c != keyDelete {
			k.indent = 0
			return append(out, b[i:]...)
		}
		n := (k.indent-1)%indentStep + 1
		k.indent -= n
		out = append(out, bytes.Repeat([]byte{c}, n)...)
	}
	return out
}

// paste returns the keys for a pasted text.
func (k *keys) paste(text string) []byte {
	k.indent = 0
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	first, rest, several := strings.Cut(text, "\n")
	if !several {
		return typed(first)
	}
	k.open, k.block, k.pasted = false, true, rest
	return append(typed(first), '\r')
}

// typed returns text as keys: a tab is four blanks, other control characters are left out.
func typed(text string) []byte {
	return []byte(strings.Map(func(r rune) rune {
		if r < ' ' || r == keyDelete {
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\t", strings.Repeat(" ", indentStep))))
}
