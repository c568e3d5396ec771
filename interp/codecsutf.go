package interp

// This file defines the codecs: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32.

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"
)

func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func be32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

// appendCharRef appends the XML reference of r.
func appendCharRef(b []byte, r rune) []byte {
	return append(strconv.AppendInt(append(b, "&#"...), int64(r), 10), ';')
}

// appendNameEscape appends \N{name}, or the number for a character without a name.
func appendNameEscape(b []byte, r rune) []byte {
	name := CharName(r)
	if name == "" {
		return appendCodeEscape(b, r)
	}
	return append(append(append(b, `\N{`...), name...), '}')
}

// CharName returns the Unicode name of a character, "" when it has none.
func CharName(r rune) string {
	switch {
	case r >= 0xAC00 && r <= 0xD7A3:
		return "HANGUL SYLLABLE " + hangulName(int(r-0xAC00))
	case !known(r):
		return ""
	}
	name := runenames.Name(r)
	if !strings.HasPrefix(name, "<") {
		return name
	}
	if strings.HasPrefix(name, "<CJK Ideograph") {
		return "CJK UNIFIED IDEOGRAPH-" + strings.ToUpper(strconv.FormatInt(int64(r), 16))
	}
	return ""
}

var (
	hangulLeads  = strings.Split("G GG N D DD R M B BB S SS  J JJ C K T P H", " ")
	hangulVowels = strings.Split("A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I", " ")
	hangulTails  = strings.Split(" G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H", " ")
)

// hangulName composes the name of a syllable from the names of its letters.
func hangulName(i int) string {
	return hangulLeads[i/588] + hangulVowels[i%588/28] + hangulTails[i%28]
}

func encodeUTF8(e *encoder) *Exc {
	s := e.s.s
	if utf8.ValidString(s) {
		e.out = append(make([]byte, 0, len(e.out)+len(s)), e.out...)
		e.out = append(e.out, s...)
		return nil
	}
	start := 0
	for i := 0; i < len(s); {
		if !surrogateAt(s, i) {
			i += runeLen(s[i])
			continue
		}
		e.out = append(e.out, s[start:i]...)
		j := i
		for j < len(s) && surrogateAt(s, j) {
			j += 3
		}
		next, err := e.fail(i, j, "surrogates not allowed", e.putUTF8)
		if err != nil {
			return err
		}
		i, start = next, next
	}
	e.out = append(e.out, s[start:]...)
	return nil
}

func (e *encoder) putUTF8(r rune) bool {
	if isSurrogate(r) {
		return false
	}
	e.out = utf8.AppendRune(e.out, r)
	return true
}

// surrogateAt reports whether a surrogate stands at offset i.
func surrogateAt(s string, i int) bool { return s[i] == 0xED && s[i+1] >= 0xA0 }

func decodeUTF8(d *decoder) *Exc {
	if utf8.Valid(d.b) {
		d.out = append(make([]byte, 0, len(d.b)), d.b...)
		return nil
	}
	for i := 0; i < len(d.b); {
		r, n := utf8.DecodeRune(d.b[i:])
		if r != utf8.RuneError || n > 1 {
			d.out = append(d.out, d.b[i:i+n]...)
			i += n
			continue
		}
		end, reason := badUTF8(d.b, i)
		next, err := d.fail(i, end, reason)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

// badUTF8 returns where the invalid sequence at i ends, and what is wrong with it.
func badUTF8(b []byte, i int) (end int, reason string) {
	c := b[i]
	if c < 0xC2 || c > 0xF4 {
		return i + 1, "invalid start byte"
	}
	for k := 1; k < runeLen(c); k++ {
		if i+k >= len(b) {
			return len(b), "unexpected end of data"
		}
		x := b[i+k]
		bad := x&0xC0 != 0x80
		if k == 1 {
			bad = bad || c == 0xE0 && x < 0xA0 || c == 0xED && x >= 0xA0 || c == 0xF0 && x < 0x90 || c == 0xF4 && x >= 0x90
		}
		if bad {
			return i + k, "invalid continuation byte"
		}
	}
	return i + 1, "invalid start byte"
}

const utf8Mark = "\xEF\xBB\xBF"

func encodeUTF8Sig(e *encoder) *Exc {
	e.out = append(e.out, utf8Mark...)
	return encodeUTF8(e)
}

func decodeUTF8Sig(d *decoder) *Exc {
	if strings.HasPrefix(bytesText(d.b), utf8Mark) {
		d.b, d.source = d.b[3:], Value{}
	}
	d.name = "utf-8"
	return decodeUTF8(d)
}

func encodeASCII(e *encoder) *Exc { return e.encodeNarrow(0x80, "ordinal not in range(128)") }

func encodeLatin1(e *encoder) *Exc { return e.encodeNarrow(0x100, "ordinal not in range(256)") }

// encodeNarrow encodes characters below limit as one byte each.
func (e *encoder) encodeNarrow(limit rune, reason string) *Exc {
	s := e.s.s
	if e.s.IsASCII() {
		e.out = []byte(s)
		return nil
	}
	e.out = make([]byte, 0, e.s.Len())
	for i := 0; i < len(s); {
		r, n := decodeRune(s[i:])
		if r < limit {
			e.out = append(e.out, byte(r))
			i += n
			continue
		}
		j := i + n
		for j < len(s) {
			r, n := decodeRune(s[j:])
			if r < limit {
				break
			}
			j += n
		}
		next, err := e.fail(i, j, reason, func(r rune) bool {
			if r >= limit {
				return false
			}
			e.out = append(e.out, byte(r))
			return true
		})
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

func decodeASCII(d *decoder) *Exc {
	d.out = make([]byte, 0, len(d.b))
	for i := 0; i < len(d.b); {
		if c := d.b[i]; c < 0x80 {
			d.out = append(d.out, c)
			i++
			continue
		}
		next, err := d.fail(i, i+1, "ordinal not in range(128)")
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

func decodeLatin1(d *decoder) *Exc {
	d.out = make([]byte, 0, len(d.b))
	for _, c := range d.b {
		d.out = utf8.AppendRune(d.out, rune(c))
	}
	return nil
}

func encodeUTF16(e *encoder) *Exc {
	e.out = append(e.out, 0xFF, 0xFE)
	return encodeUTF16LE(e)
}

func encodeUTF16LE(e *encoder) *Exc { return e.encodeWide(binary.LittleEndian, 2) }
func encodeUTF16BE(e *encoder) *Exc { return e.encodeWide(binary.BigEndian, 2) }

func encodeUTF32(e *encoder) *Exc {
	e.out = append(e.out, 0xFF, 0xFE, 0, 0)
	return encodeUTF32LE(e)
}

func encodeUTF32LE(e *encoder) *Exc { return e.encodeWide(binary.LittleEndian, 4) }
func encodeUTF32BE(e *encoder) *Exc { return e.encodeWide(binary.BigEndian, 4) }

// encodeWide encodes in units of two or four bytes.
func (e *encoder) encodeWide(order binary.AppendByteOrder, unit int) *Exc {
	put := func(r rune) bool {
		switch {
		case isSurrogate(r):
			return false
		case unit == 4:
			e.out = order.AppendUint32(e.out, uint32(r))
		case r < 0x10000:
			e.out = order.AppendUint16(e.out, uint16(r))
		default:
			r -= 0x10000
			e.out = order.AppendUint16(e.out, uint16(0xD800+r>>10))
			e.out = order.AppendUint16(e.out, uint16(0xDC00+r&0x3FF))
		}
		return true
	}
	s := e.s.s
	for i := 0; i < len(s); {
		if !surrogateAt(s, i) {
			r, n := utf8.DecodeRuneInString(s[i:])
			put(r)
			i += n
			continue
		}
		next, err := e.fail(i, i+3, "surrogates not allowed", put)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

func decodeUTF16(d *decoder) *Exc {
	switch {
	case len(d.b) >= 2 && d.b[0] == 0xFE && d.b[1] == 0xFF:
		d.name = "utf-16-be"
		return d.decodeUTF16(2, binary.BigEndian)
	case len(d.b) >= 2 && d.b[0] == 0xFF && d.b[1] == 0xFE:
		d.name = "utf-16-le"
		return d.decodeUTF16(2, binary.LittleEndian)
	}
	d.name = "utf-16-le"
	return d.decodeUTF16(0, binary.LittleEndian)
}

func decodeUTF16LE(d *decoder) *Exc { return d.decodeUTF16(0, binary.LittleEndian) }
func decodeUTF16BE(d *decoder) *Exc { return d.decodeUTF16(0, binary.BigEndian) }

func (d *decoder) decodeUTF16(i int, order binary.ByteOrder) *Exc {
	d.out = make([]byte, 0, len(d.b))
	for i < len(d.b) {
		r, n, end, reason := d.unit16(i, order)
		if reason == "" {
			d.out = utf8.AppendRune(d.out, r)
			i += n
			continue
		}
		next, err := d.fail(i, end, reason)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}

// unit16 reads one character of n bytes, or says where the wrong one ends and why it is wrong.
func (d *decoder) unit16(i int, order binary.ByteOrder) (r rune, n, end int, reason string) {
	if i+2 > len(d.b) {
		return 0, 0, len(d.b), "truncated data"
	}
	r = rune(order.Uint16(d.b[i:]))
	switch {
	case !isSurrogate(r):
		return r, 2, 0, ""
	case r >= 0xDC00:
		return 0, 0, i + 2, "illegal encoding"
	case i+4 > len(d.b):
		return 0, 0, len(d.b), "unexpected end of data"
	}
	low := rune(order.Uint16(d.b[i+2:]))
	if low < 0xDC00 || low >= 0xE000 {
		return 0, 0, i + 2, "illegal UTF-16 surrogate"
	}
	return (r-0xD800)<<10 + low - 0xDC00 + 0x10000, 4, 0, ""
}

func decodeUTF32(d *decoder) *Exc {
	switch {
	case len(d.b) >= 4 && be32(d.b) == 0xFEFF:
		d.name = "utf-32-be"
		return d.decodeUTF32(4, binary.BigEndian)
	case len(d.b) >= 4 && le32(d.b) == 0xFEFF:
		d.name = "utf-32-le"
		return d.decodeUTF32(4, binary.LittleEndian)
	}
	d.name = "utf-32-le"
	return d.decodeUTF32(0, binary.LittleEndian)
}

func decodeUTF32LE(d *decoder) *Exc { return d.decodeUTF32(0, binary.LittleEndian) }
func decodeUTF32BE(d *decoder) *Exc { return d.decodeUTF32(0, binary.BigEndian) }

func (d *decoder) decodeUTF32(i int, order binary.ByteOrder) *Exc {
	d.out = make([]byte, 0, len(d.b)/2)
	for i < len(d.b) {
		end, reason := i+4, ""
		if end > len(d.b) {
			end, reason = len(d.b), "truncated data"
		} else if u := order.Uint32(d.b[i:]); u > utf8.MaxRune {
			reason = "code point not in range(0x110000)"
		} else if isSurrogate(rune(u)) {
			reason = "code point in surrogate code point range(0xd800, 0xe000)"
		} else {
			d.out = utf8.AppendRune(d.out, rune(u))
			i = end
			continue
		}
		next, err := d.fail(i, end, reason)
		if err != nil {
			return err
		}
		i = next
	}
	return nil
}
