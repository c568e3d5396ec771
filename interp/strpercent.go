package interp

// This file defines the % operator of str, bytes and bytearray.

import (
	"math/big"
	"strconv"
	"strings"
)

// percent is one text % args under way.
type percent struct {
	th     *Thread
	text   string
	bytes  bool // the text is of bytes: what it takes for %s and %c differs
	out    []byte
	pos    int
	args   []Value  // what is left to format
	one    [1]Value // backs args when it is one value that is no tuple
	mapped bool     // args is a mapping, which need not be used up
	source Value    // the mapping of %(name)s
}

// directive is one %-directive: flags, width (-1: none), precision (-1: none), conversion.
type directive struct {
	left, plus, space, alt, zero bool
	width, prec                  int
	conv                         byte
}

func (th *Thread) percentStr(s *Str, args Value) (Value, *Exc) {
	p := th.percent // a text within a text, by a __str__ that formats, gets one of its own
	th.percent = nil
	if p == nil {
		p = &percent{out: make([]byte, 0, 128)}
	}
	*p = percent{th: th, text: s.s, out: p.out[:0]}
	err := p.run(args)
	if err != nil {
		return Value{}, err
	}
	v := copyStr(p.out)
	if cap(p.out) <= 1024 {
		*p = percent{out: p.out}
		th.percent = p
	}
	return v, nil
}

func (p *percent) run(args Value) *Exc {
	if t, ok := AsTuple(args); ok {
		p.args = t.a
	} else {
		p.one[0] = args
		p.args, p.source = p.one[:], args
		_, isText := AsStr(args)
		if p.bytes && !isText {
			_, isText = asBytes(args)
		}
		p.mapped = !isText && (TypeOf(args).proto.GetItem != nil || !scripted(args, spGetItem).IsUnbound())
	}
	for {
		i := strings.IndexByte(p.text[p.pos:], '%')
		if i < 0 {
			p.out = append(p.out, p.text[p.pos:]...)
			break
		}
		p.out = append(p.out, p.text[p.pos:p.pos+i]...)
		p.pos += i + 1
		if err := p.directive(); err != nil {
			return err
		}
	}
	if len(p.args) > 0 && !p.mapped {
		return TypeErrorf("not all arguments converted during %s formatting", p.kind())
	}
	return nil
}

func (p *percent) kind() string {
	if p.bytes {
		return "bytes"
	}
	return "string"
}

// take returns the next argument.
func (p *percent) take() (Value, *Exc) {
	if len(p.args) == 0 {
		return Value{}, TypeErrorf("not enough arguments for format string")
	}
	v := p.args[0]
	p.args = p.args[1:]
	return v, nil
}

// peek returns the next byte of the text.
func (p *percent) peek() (byte, *Exc) {
	if p.pos >= len(p.text) {
		return 0, ValueErrorf("incomplete format")
	}
	return p.text[p.pos], nil
}

// directive formats the directive behind the % at pos-1.
func (p *percent) directive() *Exc {
	d := directive{width: -1, prec: -1}
	c, err := p.peek()
	if err != nil {
		return err
	}
	if c == '%' {
		p.pos++
		p.out = append(p.out, '%')
		return nil
	}
	if c == '(' {
		if err := p.key(); err != nil {
			return err
		}
	}
	p.flags(&d)
	if err := p.sizes(&d); err != nil {
		return err
	}
	if c, err = p.peek(); err != nil {
		return err
	}
	if c == 'h' || c == 'l' || c == 'L' {
		p.pos++
		if c, err = p.peek(); err != nil {
			return err
		}
	}
	d.conv = c
	p.pos++
	v, err := p.take()
	if err != nil {
		return err
	}
	return p.convert(&d, v)
}

// key reads %(name) and makes the value of the mapping the next argument.
func (p *percent) key() *Exc {
	if !p.mapped {
		return TypeErrorf("format requires a mapping")
	}
	start, open := p.pos+1, 1
	for p.pos++; p.pos < len(p.text); p.pos++ {
		switch p.text[p.pos] {
		case '(':
			open++
		case ')':
			open--
		}
		if open == 0 {
			break
		}
	}
	if open > 0 {
		return ValueErrorf("incomplete format key")
	}
	name := p.text[start:p.pos]
	p.pos++
	k := MkStr(name)
	if p.bytes {
		k = MkBytes([]byte(name))
	}
	v, err := p.th.GetItem(p.source, k)
	if err != nil {
		return err
	}
	p.one[0] = v
	p.args = p.one[:]
	return nil
}

func (p *percent) flags(d *directive) {
	for ; p.pos < len(p.text); p.pos++ {
		switch p.text[p.pos] {
		case '-':
			d.left = true
		case '+':
			d.plus = true
		case ' ':
			d.space = true
		case '#':
			d.alt = true
		case '0':
			d.zero = true
		default:
			return
		}
	}
}

// sizes reads the width and the precision.
func (p *percent) sizes(d *directive) *Exc {
	width, given, err := p.size("width too big")
	if err != nil {
		return err
	}
	if given {
		if width < 0 {
			d.left, width = true, -width
		}
		d.width = width
	}
	if p.pos < len(p.text) && p.text[p.pos] == '.' {
		p.pos++
		prec, _, err := p.size("precision too big")
		if err != nil {
			return err
		}
		d.prec = max(prec, 0)
	}
	return nil
}

// size reads a number or a *, which takes it from the arguments.
func (p *percent) size(tooBig string) (n int, given bool, err *Exc) {
	if p.pos < len(p.text) && p.text[p.pos] == '*' {
		p.pos++
		v, err := p.take()
		if err != nil {
			return 0, false, err
		}
		i, big, ok := IntOf(v)
		if !ok {
			return 0, false, TypeErrorf("* wants int")
		}
		if big != nil || i > maxText || i < -maxText {
			return 0, false, Errorf(OverflowError, "Python int too large to convert to C ssize_t")
		}
		return int(i), true, nil
	}
	for ; p.pos < len(p.text); p.pos++ {
		c := p.text[p.pos]
		if c < '0' || c > '9' {
			break
		}
		n, given = n*10+int(c-'0'), true
		if n > maxText {
			return 0, false, ValueErrorf("%s", tooBig)
		}
	}
	return n, given, nil
}

// convert formats v.
func (p *percent) convert(d *directive, v Value) *Exc {
	switch d.conv {
	case 'd', 'i', 'u':
		if i, ok := AsInt(v); ok && d.width < 0 && d.prec < 0 && !d.plus && !d.space {
			p.out = strconv.AppendInt(p.out, i, 10)
			return nil
		}
		return p.integer(d, v)
	case 'x', 'X', 'o':
		return p.integer(d, v)
	case 'e', 'E', 'f', 'F', 'g', 'G':
		return p.float(d, v)
	case 'c':
		return p.char(d, v)
	case 's', 'r', 'a', 'b':
		if p.bytes {
			return p.bytesField(d, v)
		}
		if d.conv != 'b' {
			return p.strField(d, v)
		}
	}
	r, _ := decodeRune(p.text[p.pos-1:])
	index := p.pos - 1
	if !p.bytes {
		index = runeCount(p.text[:index])
	} else if p.text[index] >= 0x80 {
		return NewExc(OverflowError, MkStr("character argument not in range(0x110000)"))
	}
	shown := '?'
	if p.bytes || r >= 31 && r <= 126 {
		shown = r
	}
	return ValueErrorf("unsupported format character '%c' (0x%x) at index %d", shown, r, index)
}

// pad appends a field whose text has n characters.
func (p *percent) pad(d *directive, text string, n int) {
	missing := max(d.width-n, 0)
	if !d.left {
		p.out = appendRepeat(p.out, " ", missing)
	}
	p.out = append(p.out, text...)
	if d.left {
		p.out = appendRepeat(p.out, " ", missing)
	}
}

func (p *percent) strField(d *directive, v Value) *Exc {
	if d.conv == 's' && d.width < 0 && d.prec < 0 {
		if shapeOf(v) == strShape {
			p.out = append(p.out, (*Str)(v.p).s...)
			return nil
		}
		if i, ok := AsInt(v); ok {
			p.out = strconv.AppendInt(p.out, i, 10)
			return nil
		}
	}
	var text string
	var err *Exc
	switch d.conv {
	case 's':
		text, err = p.th.Str(v)
	case 'r':
		text, err = p.th.Repr(v)
	default:
		text, err = p.th.asciiRepr(v)
	}
	if err != nil {
		return err
	}
	n := runeCount(text)
	if d.prec >= 0 && d.prec < n {
		text, n = text[:skipRunes(text, 0, d.prec)], d.prec
	}
	p.pad(d, text, n)
	return nil
}

// char formats %c.
func (p *percent) char(d *directive, v Value) *Exc {
	if p.bytes {
		return p.byteField(d, v)
	}
	if s, ok := AsStr(v); ok {
		if s.Len() != 1 {
			return TypeErrorf("%%c requires int or char")
		}
		p.pad(d, s.s, 1)
		return nil
	}
	if !hasIndex(v) {
		return TypeErrorf("%%c requires int or char")
	}
	v, err := p.th.Index(v)
	if err != nil {
		return err
	}
	i, ok := AsInt(v)
	if !ok || i < 0 || i > 0x10FFFF {
		return Errorf(OverflowError, "%%c arg not in range(0x110000)")
	}
	p.pad(d, string(appendRune(nil, rune(i))), 1)
	return nil
}

// integer formats %d, %x, %X and %o.
func (p *percent) integer(d *directive, v Value) *Exc {
	i, b, err := p.toInt(d.conv, v)
	if err != nil {
		return err
	}
	base, prefix := 10, ""
	switch d.conv {
	case 'x', 'X':
		base, prefix = 16, "0"+string(d.conv)
	case 'o':
		base, prefix = 8, "0o"
	}
	var digits string
	switch {
	case b == nil:
		digits = strconv.FormatInt(i, base)
	case base == 10:
		if digits, err = p.th.bigText(b); err != nil {
			return err
		}
	default:
		digits = b.Text(base)
	}
	if d.conv == 'X' {
		digits = strings.ToUpper(digits)
	}
	neg := digits[0] == '-'
	if neg {
		digits = digits[1:]
	}
	if !d.alt {
		prefix = ""
	}
	if zeros := d.prec - len(digits); zeros > 0 {
		digits = strings.Repeat("0", zeros) + digits
	}
	p.number(d, neg, prefix, digits)
	return nil
}

// toInt returns the number of v for an integer conversion.
func (p *percent) toInt(conv byte, v Value) (i int64, b *big.Int, err *Exc) {
	if i, b, ok := IntOf(v); ok {
		return i, b, nil
	}
	if conv == 'x' || conv == 'X' || conv == 'o' {
		if !hasIndex(v) {
			return 0, nil, TypeErrorf("%%%c format: an integer is required, not %s", conv, typeName(v))
		}
		v, err = p.th.Index(v)
	} else {
		_, isComplex := AsComplex(v)
		if isComplex || findSpecial(v, spInt).IsUnbound() && findSpecial(v, spIndex).IsUnbound() {
			return 0, nil, TypeErrorf("%%%c format: a real number is required, not %s", conv, typeName(v))
		}
		v, err = p.th.Int(v)
	}
	if err != nil {
		return 0, nil, err
	}
	i, b, _ = IntOf(v)
	return i, b, nil
}

// float formats %e, %f and %g.
func (p *percent) float(d *directive, v Value) *Exc {
	f, err := p.th.Float(v)
	if err != nil {
		if p.bytes && err.Is(TypeError) {
			return TypeErrorf("float argument required, not %s", typeName(v))
		}
		return err
	}
	prec := d.prec
	if prec < 0 {
		prec = 6
	}
	var buf [64]byte
	text := appendFloat(buf[:0], f, d.conv|0x20, prec, d.alt, false)
	if d.conv < 'a' {
		for i, c := range text {
			if c >= 'a' && c <= 'z' {
				text[i] = c - 0x20
			}
		}
	}
	p.number(d, isNegative(f), "", bytesText(text))
	return nil
}

// isNegative reports whether a float is written with a minus sign.
func isNegative(f float64) bool { return f < 0 || f == 0 && 1/f < 0 }

// number appends a number in its field.
func (p *percent) number(d *directive, neg bool, prefix, digits string) {
	sign := ""
	switch {
	case neg:
		sign = "-"
	case d.plus:
		sign = "+"
	case d.space:
		sign = " "
	}
	missing := max(d.width-len(sign)-len(prefix)-len(digits), 0)
	if !d.left && !d.zero {
		p.out = appendRepeat(p.out, " ", missing)
	}
	p.out = append(p.out, sign...)
	p.out = append(p.out, prefix...)
	if !d.left && d.zero {
		p.out = appendRepeat(p.out, "0", missing)
	}
	p.out = append(p.out, digits...)
	if d.left {
		p.out = appendRepeat(p.out, " ", missing)
	}
}
