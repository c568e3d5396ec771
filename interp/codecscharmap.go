package interp

// This file defines encoding and decoding with one byte a character, by a table.

// noChar is what a table holds for bytes that stand for nothing.
const noChar = '\uFFFE'

type charmap struct {
	chars [256]rune
	bytes map[rune]byte
}

// newCharmap reads the text of a row of charmapRows; a short one begins at 0x80, behind ASCII.
func newCharmap(text string) *charmap {
	m := &charmap{bytes: make(map[rune]byte, 256)}
	i := 256 - runeCount(text)
	for c := range i {
		m.add(c, rune(c))
	}
	for _, r := range text {
		m.add(i, r)
		i++
	}
	return m
}

func (m *charmap) add(c int, r rune) {
	m.chars[c] = r
	if r != noChar {
		m.bytes[r] = byte(c)
	}
}

func (e *encoder) encodeCharmap(m *charmap) *Exc {
	s := e.s.s
	e.out = make([]byte, 0, e.s.Len())
	put := func(r rune) bool {
		c, ok := m.bytes[r]
		if ok {
			e.out = append(e.out, c)
		}
		return ok
	}
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		if put(r) {
			i += n
			continue
		}
		end := i + n
		for end < len(s) {
			r, n := decodeRune(s[end:])
			if _, ok := m.bytes[r]; ok {
				break
			}
			end += n
		}
		next, err := e.fail(i, end, "character maps to <undefined>", put)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

func (d *decoder) decodeCharmap(m *charmap) *Exc {
	d.out = make([]byte, 0, len(d.b))
	for i := 0; i < len(d.b); {
		if r := m.chars[d.b[i]]; r != noChar {
			d.out = appendRune(d.out, r)
			i++
			continue
		}
		next, err := d.fail(i, i+1, "character maps to <undefined>")
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}
