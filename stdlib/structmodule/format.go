package structmodule

// This file reads formats such as "<2ih4s".

import (
	"encoding/binary"
	"math"
	"strings"

	"aio/interp"
)

// format is a format that was read.
type format struct {
	text   string
	order  binary.ByteOrder
	native bool // alignment, and the sizes of this machine
	fields []field
	size   int
	count  int // of values
}

// field is a run of values of one code. For 's' and 'p' n is the length of the one value.
type field struct {
	code   byte
	n      int
	width  int // of one value
	offset int
}

// widths are the standard sizes of the codes.
var widths = map[byte]int{'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 's': 1, 'p': 1, 'h': 2, 'H': 2, 'e': 2, 'i': 4, 'I': 4,
	'l': 4, 'L': 4, 'f': 4, 'q': 8, 'Q': 8, 'd': 8}

// width returns the size of a code, 0 when there is none of that name.
func (f *format) width(code byte) int {
	if f.native {
		switch code {
		case 'l', 'L', 'n', 'N', 'P':
			return 8
		}
	}
	return widths[code]
}

func parse(text string) (*format, *interp.Exc) {
	f := &format{text: text, order: binary.LittleEndian, native: true}
	rest := text
	if text != "" && strings.IndexByte("@=<>!", text[0]) >= 0 {
		rest = text[1:]
		f.native = text[0] == '@'
		if text[0] == '>' || text[0] == '!' {
			f.order = binary.BigEndian
		}
	}
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if c == ' ' || c >= '\t' && c <= '\r' {
			continue
		}
		n := 1
		if c >= '0' && c <= '9' {
			n = 0
			for ; i < len(rest) && rest[i] >= '0' && rest[i] <= '9'; i++ {
				if d := int(rest[i] - '0'); n > (math.MaxInt-d)/10 {
					return nil, errTooLong()
				} else {
					n = n*10 + d
				}
			}
			if i == len(rest) {
				return nil, interp.Errorf(structError, "repeat count given without format specifier")
			}
			c = rest[i]
		}
		if err := f.add(c, n); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func errTooLong() *interp.Exc { return interp.Errorf(structError, "total struct size too long") }

// add puts n values of a code at the end.
func (f *format) add(code byte, n int) *interp.Exc {
	width := f.width(code)
	if code == 0 {
		return interp.Errorf(structError, "embedded null character")
	}
	if width == 0 {
		return interp.Errorf(structError, "bad char in struct format")
	}
	if f.native {
		f.size = (f.size + width - 1) / width * width
	}
	if n > (math.MaxInt-f.size)/width {
		return errTooLong()
	}
	f.fields = append(f.fields, field{code, n, width, f.size})
	f.size += n * width
	switch code {
	case 'x':
	case 's', 'p':
		f.count++
	default:
		f.count += n
	}
	return nil
}
