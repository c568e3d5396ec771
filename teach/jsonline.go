package teach

// This file writes lines of JSON: objects of a few fields, many thousands a second.

import (
	"encoding/json"
	"strconv"
	"time"
)

// lineWriter composes one line at a time in a buffer of its own.
type lineWriter struct {
	b     []byte
	comma bool // a field or an element precedes
}

func (w *lineWriter) open() {
	w.b = append(w.b[:0], '{')
	w.comma = false
}

// close ends the line and returns it; it stands until the next open.
func (w *lineWriter) close() []byte {
	w.b = append(w.b, '}', '\n')
	return w.b
}

// key begins a field, whose value is to follow. Keys need no escaping.
func (w *lineWriter) key(name string) {
	w.separate()
	w.b = append(w.b, '"')
	w.b = append(w.b, name...)
	w.b = append(w.b, '"', ':')
	w.comma = false
}

func (w *lineWriter) separate() {
	if w.comma {
		w.b = append(w.b, ',')
	}
	w.comma = true
}

func (w *lineWriter) integer(key string, n uint64) {
	w.key(key)
	w.b = strconv.AppendUint(w.b, n, 10)
	w.comma = true
}

// seconds writes a time exactly: seconds with as many decimals as it needs, at most nine.
func (w *lineWriter) seconds(key string, d time.Duration) {
	w.key(key)
	if d < 0 {
		w.b = append(w.b, '-')
		d = -d
	}
	w.b = strconv.AppendInt(w.b, int64(d/time.Second), 10)
	if rest := int64(d % time.Second); rest != 0 {
		w.b = append(w.b, '.')
		at := len(w.b)
		w.b = strconv.AppendInt(w.b, rest+int64(time.Second), 10)
		w.b = append(w.b[:at], w.b[at+1:]...)
		for w.b[len(w.b)-1] == '0' {
			w.b = w.b[:len(w.b)-1]
		}
	}
	w.comma = true
}

func (w *lineWriter) text(key, s string) {
	w.key(key)
	w.quote(s)
	w.comma = true
}

func (w *lineWriter) quote(s string) {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			q, _ := json.Marshal(s) // a string can always be marshalled
			w.b = append(w.b, q...)
			return
		}
	}
	w.b = append(w.b, '"')
	w.b = append(w.b, s...)
	w.b = append(w.b, '"')
}

// ref writes a reference: {"task": 3}.
func (w *lineWriter) ref(key, kind string, id uint64) {
	w.key(key)
	w.object(kind, id)
}

// object writes {kind: id} as a value.
func (w *lineWriter) object(kind string, id uint64) {
	w.begin()
	w.integer(kind, id)
	w.finish()
}

// begin and finish enclose the fields of an object that is a value.
func (w *lineWriter) begin() {
	w.separate()
	w.b = append(w.b, '{')
	w.comma = false
}

func (w *lineWriter) finish() {
	w.b = append(w.b, '}')
	w.comma = true
}

// made writes a value that is JSON already.
func (w *lineWriter) made(value []byte) {
	w.separate()
	w.b = append(w.b, value...)
}

// openList and closeList enclose the values of a list.
func (w *lineWriter) openList() {
	w.b = append(w.b, '[')
	w.comma = false
}

func (w *lineWriter) closeList() {
	w.b = append(w.b, ']')
	w.comma = true
}

func (w *lineWriter) strings(key string, list []string) {
	w.key(key)
	w.openList()
	for _, s := range list {
		w.separate()
		w.quote(s)
	}
	w.closeList()
}
