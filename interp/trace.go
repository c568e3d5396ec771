package interp

// This file defines how an exception is printed: tracebacks, chains, notes, groups, syntax errors.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"aio/diag"
)

// TraceEntry is one entry of a traceback.
type TraceEntry struct {
	File, Name string
	Line       int
	// EndLine, Col and EndCol end the place of what was running. Columns count characters from 0; EndLine
	// is 0 when the place is not known.
	EndLine, Col, EndCol int
	Source               *diag.Source // nil when the text is to be looked up by File
	Text                 *string      // of the line, when it is given
	Frame                *FrameObject
}

// place sets the position of an entry.
func (e *TraceEntry) place(src *diag.Source, span diag.Span) {
	e.Source = src
	e.Line, e.Col = src.Position(span.Start)
	e.EndLine, e.EndCol = src.Position(span.End)
}

// isPseudoFile reports whether a file name is one in angle brackets, which has no lines to show.
func isPseudoFile(name string) bool {
	return strings.HasPrefix(name, "<") && strings.HasSuffix(name, ">")
}

// Entries returns the entries of a traceback, the outermost first. An inlined comprehension has an entry
// of its own.
func (tb *Traceback) Entries() []TraceEntry {
	var list []TraceEntry
	for ; tb != nil; tb = tb.next {
		c := tb.code
		if c.stub || c.native || c.Source == nil {
			continue
		}
		e := TraceEntry{File: c.Source.Name, Name: c.Name, Line: tb.Line(), Source: c.Source, Frame: tb.frameObject()}
		if tb.lineno > 0 {
			list = append(list, e)
			continue
		}
		name := c.Name
		for i := len(c.Inlined) - 1; i >= 0; i-- {
			if in := &c.Inlined[i]; int(in.Start) <= tb.pc && tb.pc < int(in.End) {
				e.Name = name
				e.place(c.Source, in.Call)
				list = append(list, e)
				name = in.Name
			}
		}
		e.Name = name
		e.place(c.Source, c.SpanOf(tb.pc))
		list = append(list, e)
	}
	return list
}

// StackEntries returns the entries of a frame and those that called it, the outermost first.
func (f *FrameObject) StackEntries() []TraceEntry {
	var list []TraceEntry
	for ; f != nil; f = f.back {
		c := f.code
		if c.Source.Name == librarySource {
			continue
		}
		e := TraceEntry{File: c.Source.Name, Name: c.Name, Frame: f}
		e.place(c.Source, c.SpanOf(f.pc))
		list = append(list, e)
	}
	slices.Reverse(list)
	return list
}

// LineText returns the source line, "" when it is not known.
func (e *TraceEntry) LineText(in *Interp) string {
	if e.Text != nil {
		return *e.Text
	}
	if e.Source != nil && e.Source.Name == e.File {
		if isPseudoFile(e.File) && !e.Source.Typed {
			return ""
		}
		return e.Source.LineText(e.Line)
	}
	return in.SourceLine(e.File, e.Line)
}

// Format returns the entry as tracebacks print it: file and line, source line, carets. What follows the
// source line on its line, blanks, is kept when whole is set.
func (e *TraceEntry) Format(in *Interp, whole bool) string {
	s := fmt.Sprintf("  File \"%s\", line %d, in %s\n", e.File, e.Line, e.Name)
	line := e.LineText(in)
	text := strings.Trim(line, " \t\f")
	if text == "" {
		return s
	}
	if whole {
		text = strings.TrimLeft(line, " \t\f")
	}
	s += "    " + text + "\n"
	if carets := e.carets(line); carets != "" {
		s += "    " + carets + "\n"
	}
	return s
}

const (
	traceLimit    = 1000 // entries that are shown, the innermost ones
	repeatedShown = 3    // of equal entries in a row
	groupWidth    = 15   // members of an exception group that are shown
	groupDepth    = 10   // nested groups that are shown
)

// EntryParts returns entries as tracebacks print them, equal ones in a row counted; whole as for Format.
func EntryParts(in *Interp, list []TraceEntry, whole bool) []string {
	var parts []string
	repeated := 0
	more := func() {
		if n := repeated - repeatedShown; n > 0 {
			parts = append(parts, fmt.Sprintf("  [Previous line repeated %d more time%s]\n", n, plural(n)))
		}
	}
	for i := range list {
		e := &list[i]
		if i == 0 || e.File != list[i-1].File || e.Line != list[i-1].Line || e.Name != list[i-1].Name {
			more()
			repeated = 0
		}
		repeated++
		if repeated <= repeatedShown {
			parts = append(parts, e.Format(in, whole))
		}
	}
	more()
	return parts
}

// TraceOptions say what of an exception is printed.
type TraceOptions struct {
	NoChain bool // without causes and contexts
	// Limit is how many entries are shown of each traceback: the first ones, or the last -Limit when it
	// is negative. HasLimit says that it counts.
	Limit    int
	HasLimit bool
	// Help adds what an uncaught exception gets: suggestions of names, hints.
	Help bool
}

// FormatException returns the text printed for an uncaught exception.
func (th *Thread) FormatException(e *Exc) string {
	return th.FormatTrace(e, TraceOptions{Help: true, Limit: -th.tracebackLimit(), HasLimit: true})
}

// tracebackLimit returns sys.tracebacklimit.
func (th *Thread) tracebackLimit() int {
	if m, ok := th.in.modules.GetName("sys"); ok {
		if d := (*Module)(m.p).dict; m.p != nil && TypeOf(m) == moduleType {
			if v, ok := d.GetName("tracebacklimit"); ok {
				if n, ok := AsInt(v); ok {
					return max(0, min(int(n), traceLimit))
				}
			}
		}
	}
	return traceLimit
}

// FormatTrace returns the text of an exception with its traceback and what it was chained to.
func (th *Thread) FormatTrace(e *Exc, o TraceOptions) string {
	return strings.Join(th.TraceParts(e, o), "")
}

// TraceParts is FormatTrace in parts, as traceback.format_exception returns them: a header, an entry of
// a traceback, a message are a part each.
func (th *Thread) TraceParts(e *Exc, o TraceOptions) []string {
	p := &tracePrinter{th: th, options: o, seen: map[*Exc]bool{}}
	p.exception(e)
	if o.Help {
		if hint := th.hintFor(e); hint != "" {
			p.parts = append(p.parts, th.in.HintLine(hint))
		}
	}
	return p.parts
}

// tracePrinter writes exceptions. depth is how many exception groups surround what is written.
type tracePrinter struct {
	th        *Thread
	options   TraceOptions
	parts     []string
	seen      map[*Exc]bool
	depth     int
	needClose bool // the last member of a group is being written, and its frame is open
}

// write writes text, each line behind the margin of the groups around it.
func (p *tracePrinter) write(text string) {
	margin := p.margin()
	if margin != "" {
		text = margin + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+margin) + "\n"
	}
	p.parts = append(p.parts, text)
}

func (p *tracePrinter) margin() string {
	if p.depth == 0 {
		return ""
	}
	return strings.Repeat("  ", p.depth) + "| "
}

// exception writes e behind what it was chained to.
func (p *tracePrinter) exception(e *Exc) {
	p.seen[e] = true
	if !p.options.NoChain {
		switch {
		case e.cause != nil:
			if !p.seen[e.cause] {
				p.chained(e.cause, "The above exception was the direct cause of the following exception:")
			}
		case e.context != nil && !e.suppress && !p.seen[e.context]:
			p.chained(e.context, "During handling of the above exception, another exception occurred:")
		}
	}
	if e.Is(BaseExceptionGroup) {
		p.group(e)
	} else {
		p.single(e)
	}
}

func (p *tracePrinter) chained(e *Exc, sentence string) {
	needClose := p.needClose
	p.exception(e)
	p.needClose = needClose
	p.write("\n" + sentence + "\n\n")
}

// single writes one exception: traceback, place of a syntax error, message, notes.
func (p *tracePrinter) single(e *Exc) {
	if e.tb != nil {
		p.traceback(e)
	}
	for _, part := range p.th.ExceptionOnly(e, p.options.Help) {
		if p.options.Help { // sic: further lines of an uncaught message have no margin
			p.parts = append(p.parts, p.margin()+part)
		} else {
			p.write(part)
		}
	}
}

func (p *tracePrinter) traceback(e *Exc) {
	header := "Traceback (most recent call last):\n"
	group := e.Is(BaseExceptionGroup)
	if group {
		header = "Exception Group " + header
	}
	list := e.tb.Entries()
	if p.options.HasLimit {
		if n := p.options.Limit; n >= 0 {
			list = list[:min(n, len(list))]
		} else {
			list = list[max(0, len(list)+n):]
		}
		if p.options.Limit == 0 && p.options.Help {
			return
		}
	}
	if group && p.depth == 1 {
		p.parts = append(p.parts, "  + "+header)
	} else {
		p.write(header)
	}
	for _, part := range EntryParts(p.th.in, list, p.options.Help) {
		p.write(part)
	}
}

// group writes an exception group as a tree.
func (p *tracePrinter) group(e *Exc) {
	if p.depth > groupDepth {
		p.write(fmt.Sprintf("... (max_group_depth is %d)\n", groupDepth))
		return
	}
	top := p.depth == 0
	if top {
		p.depth = 1
	}
	p.single(e)
	members := e.Members()
	n := min(len(members), groupWidth+1)
	p.needClose = false
	for i := range n {
		last := i == n-1
		if last {
			p.needClose = true // a group within may close the frame
		}
		p.groupFrame(i)
		p.depth++
		if i >= groupWidth {
			rest := len(members) - groupWidth
			p.write(fmt.Sprintf("and %d more exception%s\n", rest, plural(rest)))
		} else {
			p.exception((*Exc)(members[i].p))
		}
		if last && p.needClose {
			p.parts = append(p.parts, strings.Repeat("  ", p.depth)+"+------------------------------------\n")
			p.needClose = false
		}
		p.depth--
	}
	if top {
		p.depth = 0
	}
}

// groupFrame writes the line above member i.
func (p *tracePrinter) groupFrame(i int) {
	begin, label := "  ", "..."
	if i == 0 {
		begin = "+-"
	}
	if i < groupWidth {
		label = fmt.Sprint(i + 1)
	}
	p.parts = append(p.parts, fmt.Sprintf("%s%s+---------------- %s ----------------\n", strings.Repeat("  ", p.depth), begin, label))
}

// ExceptionOnly returns the parts about an exception itself: the place of a syntax error, type and
// message, notes.
func (th *Thread) ExceptionOnly(e *Exc, help bool) []string {
	name := th.exceptionName(e)
	place, msg, ok := th.syntaxErrorText(e, !help)
	if !ok {
		var err *Exc
		if msg, err = th.Str(e.Value()); err != nil {
			msg = "<exception str() failed>"
		}
	}
	var parts []string
	for _, line := range strings.SplitAfter(place, "\n") {
		if line != "" {
			parts = append(parts, line)
		}
	}
	s := name
	if msg != "" {
		s += ": " + msg
	}
	if help {
		if other := th.suggestion(e); other != "" {
			s += ". Did you mean: '" + other + "'?"
		}
	}
	return append(append(parts, s+"\n"), th.noteLines(e)...)
}

// exceptionName returns the class with its module, as the last line of a traceback begins.
func (th *Thread) exceptionName(e *Exc) string {
	t := e.Type()
	module := t.Module
	if v, ok := t.dict.GetStr(Intern("__module__")); ok {
		if s, ok := StrOf(v); ok {
			module = s
		}
	}
	if module == "builtins" || module == "__main__" || module == "" {
		return t.QualName
	}
	return module + "." + t.QualName
}

// noteLines returns the lines of the notes of an exception.
func (th *Thread) noteLines(e *Exc) []string {
	v, ok, err := th.LookupAttr(e.Value(), "__notes__")
	if err != nil || !ok || v.IsNone() {
		return nil
	}
	if !isSequence(v) || TypeOf(v).layout == layoutStr {
		text, err := th.Repr(v)
		if err != nil {
			text = "<__notes__ repr() failed>"
		}
		return []string{text + "\n"}
	}
	items, err := th.Items(v)
	if err != nil {
		return nil
	}
	var lines []string
	for _, note := range items {
		text, err := th.Str(note)
		if err != nil {
			text = "<note str() failed>"
		}
		for _, line := range strings.Split(text, "\n") {
			lines = append(lines, line+"\n")
		}
	}
	return lines
}

// syntaxErrorText returns the File line, source line and carets of a SyntaxError, and its message
// without the place; ok is false when e has no place. tabs is that of syntaxCarets.
func (th *Thread) syntaxErrorText(e *Exc, tabs bool) (place, msg string, ok bool) {
	if !e.Is(SyntaxError) {
		return "", "", false
	}
	lineno, hasLine := AsInt(e.field("lineno"))
	file, hasFile := StrOf(e.field("filename"))
	if !hasFile {
		if !e.field("filename").IsNone() {
			return "", "", false
		}
		file = "<string>"
	}
	if !hasLine {
		return "", "", false
	}
	msg, err := th.Str(e.field("msg"))
	if err != nil {
		return "", "", false
	}
	place = fmt.Sprintf("  File \"%s\", line %d\n", file, lineno)
	text, ok := StrOf(e.field("text"))
	if !ok {
		return place, msg, true
	}
	offset, _ := AsInt(e.field("offset"))
	end, _ := AsInt(e.field("end_offset"))
	if endLine, ok := AsInt(e.field("end_lineno")); ok && endLine > lineno {
		end = int64(len(text))
	}
	return place + syntaxCarets(text, int(offset), int(end), tabs), msg, true
}

// syntaxCarets returns the source line of a syntax error and the carets under it. Offsets count from 1. With
// tabs the tabs at the start of the line stay, as in the module traceback.
func syntaxCarets(text string, offset, end int, tabs bool) string {
	carets := 1
	if end > 0 && end > offset {
		carets = end - offset
	}
	offset--
	blanks := " \t\f"
	if tabs {
		blanks = " \n\f"
	}
	stripped := strings.TrimLeft(text, blanks)
	offset -= len(text) - len(stripped)
	stripped = strings.TrimSuffix(stripped, "\n")
	n := runeCount(stripped)
	offset = min(offset, n)
	for {
		i := strings.IndexByte(stripped, '\n')
		if i < 0 || i >= offset {
			break
		}
		stripped = stripped[i+1:]
		offset -= i + 1
	}
	s := "    " + stripped + "\n"
	if offset < 0 {
		return s
	}
	under := strings.Repeat(" ", offset)
	if tabs {
		under = under[:0]
		for _, c := range []rune(stripped)[:offset] {
			if !unicode.IsSpace(c) {
				c = ' '
			}
			under += string(c)
		}
	}
	return s + "    " + under + strings.Repeat("^", carets) + "\n"
}

// SyntaxError returns the exception for what the parser or the compiler says.
func (th *Thread) SyntaxError(d *diag.Error) *Exc {
	t := SyntaxError
	switch d.Kind {
	case "IndentationError":
		t = IndentationError
	case "TabError":
		t = TabError
	}
	line, col := d.Source.Position(d.Span.Start)
	endLine, endCol := d.Source.Position(d.Span.End)
	if d.Span.End <= d.Span.Start {
		endLine, endCol = line, col
	}
	endCol++
	if d.Span.End <= d.Span.Start {
		switch t { // sic: what CPython's tokenizer says about a place without an end
		case IndentationError:
			endCol = -1
		case TabError:
			endCol = 0
		}
	}
	text := d.Source.LineText(line) + "\n"
	return NewExc(t, MkStr(d.Msg), syntaxPlace(d.Source, text, line, col+1, endLine, endCol)).withSyntax(d)
}

// syntaxPlace returns the second argument of a SyntaxError. Columns count from 1.
func syntaxPlace(src *diag.Source, text string, line, col, endLine, endCol int) Value {
	return MkTuple([]Value{MkStr(src.Name), MkInt(int64(line)), MkInt(int64(col)), MkStr(text),
		MkInt(int64(endLine)), MkInt(int64(endCol))})
}

// expressionError is SyntaxError for source that is an expression. To it no line end is added, and an
// error at its end has no column.
func (th *Thread) expressionError(d *diag.Error) *Exc {
	src := d.Source
	line, col := src.Position(d.Span.Start)
	if line < src.Lines() || strings.HasSuffix(src.Text, "\n") {
		return th.SyntaxError(d)
	}
	endLine, endCol := src.Position(max(d.Span.Start, d.Span.End))
	col, endCol = col+1, endCol+1
	rest := strings.TrimLeft(src.Text[min(int(d.Span.Start), len(src.Text)):], " \t\f")
	switch {
	case src.Text == "":
		line, col, endLine, endCol = 0, 0, 0, 0
	case rest == "" || rest[0] == '#':
		col, endCol = 0, 0
	case strings.HasSuffix(d.Msg, "was never closed"):
		endCol = 0
	}
	e := th.SyntaxError(d)
	return NewExc(e.Type(), MkStr(d.Msg), syntaxPlace(src, src.LineText(max(line, 1)), line, col, endLine, endCol)).withSyntax(d)
}

// withSyntax keeps what the exception was made from.
func (e *Exc) withSyntax(d *diag.Error) *Exc {
	e.syntax, e.hint = d, d.Hint
	return e
}

// SourceLine returns a line of a file that was run or can be read, "" when there is none.
func (in *Interp) SourceLine(file string, line int) string {
	if src := in.sourceOf(file); src != nil {
		return src.LineText(line)
	}
	return ""
}

// SourceLines returns the lines of a file that was run or can be read.
func (in *Interp) SourceLines(file string) (lines []string, ok bool) {
	src := in.sourceOf(file)
	if src == nil {
		return nil, false
	}
	n := src.Lines()
	if n > 0 && src.LineText(n) == "" {
		n-- // the line behind the last line end
	}
	for i := 1; i <= n; i++ {
		lines = append(lines, src.LineText(i))
	}
	return lines, true
}

func (in *Interp) sourceOf(file string) *diag.Source {
	src := in.imports.sources[file]
	if isPseudoFile(file) && (src == nil || !src.Typed) {
		return nil
	}
	if src == nil {
		text, err := in.cfg.ReadFile(filepath.FromSlash(file))
		if err != nil {
			return nil
		}
		src = diag.NewSource(file, string(text))
		in.imports.sources[file] = src
	}
	return src
}
