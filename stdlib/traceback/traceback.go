// Package traceback is the module traceback: tracebacks as text and as lists of entries. The text is
// interp's; the classes are written in the language.
//
//	print_exc, format_exc, print_exception, format_exception, format_exception_only
//	print_tb, format_tb, extract_tb          of a traceback
//	print_stack, format_stack, extract_stack of what is running
//	TracebackException, StackSummary, FrameSummary
package traceback

import (
	_ "embed"

	"aio/interp"
)

//go:embed traceback.aio
var source string

// Module is the module traceback.
var Module = &interp.ModuleDef{
	Name: "traceback",
	Doc:  "Extract, format and print information about Python stack traces.",
	Funcs: []interp.Builtin{
		{Sig: "_tb_entries(tb, /)", Doc: "Return the entries of a traceback as tuples.", Fn: tracebackEntries},
		{Sig: "_frame_entries(frame, /)", Doc: "Return the entries of a frame and its callers as tuples, the outermost first.", Fn: frameEntries},
		{Sig: "_entry_text(filename, lineno, name, line, end_lineno, colno, end_colno, /)", Doc: "Return an entry as tracebacks print it.", Fn: entryText},
		{Sig: "_source_line(filename, lineno, /)", Doc: "Return a line of a source file, '' when there is none.", Fn: sourceLine},
		{Sig: "_exception_parts(exc, tb, chain, limit, /)", Doc: "Return the parts of the text of an exception.", Fn: exceptionParts},
		{Sig: "_exception_only(exc, /)", Doc: "Return the parts of the text of an exception without its traceback.", Fn: exceptionOnly},
	},
	Source: source,
}

func number(i int) interp.Value { return interp.MkInt(int64(i)) }

// entryValues returns entries as tuples (filename, lineno, name, line, end_lineno, colno, end_colno, frame).
func entryValues(th *interp.Thread, list []interp.TraceEntry) interp.Value {
	out := make([]interp.Value, len(list))
	for i := range list {
		e := &list[i]
		endLine, col, endCol := interp.None, interp.None, interp.None
		if e.EndLine > 0 {
			endLine, col, endCol = number(e.EndLine), number(e.Col), number(e.EndCol)
		}
		out[i] = interp.MkTuple([]interp.Value{
			interp.MkStr(e.File), number(e.Line), interp.MkStr(e.Name), interp.MkStr(e.LineText(th.Interp())), endLine, col, endCol, e.Frame.Value(),
		})
	}
	return interp.MkList(out)
}

func tracebackEntries(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	tb, ok := interp.AsTraceback(a[0])
	if !ok && !a[0].IsNone() {
		return interp.Value{}, interp.TypeErrorf("expected traceback object, got '%s'", interp.TypeName(a[0]))
	}
	return entryValues(th, tb.Entries()), nil
}

func frameEntries(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	f, _ := interp.AsFrame(a[0])
	return entryValues(th, f.StackEntries()), nil
}

func entryText(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	file, err := th.Str(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	name, err := th.Str(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	e := interp.TraceEntry{File: file, Name: name, Text: new(string)}
	if s, ok := interp.StrOf(a[3]); ok {
		*e.Text = s
	}
	for _, field := range []struct {
		v  interp.Value
		to *int
	}{{a[1], &e.Line}, {a[4], &e.EndLine}, {a[5], &e.Col}, {a[6], &e.EndCol}} {
		if !field.v.IsNone() {
			if *field.to, err = th.IndexInt(field.v); err != nil {
				return interp.Value{}, err
			}
		}
	}
	return interp.MkStr(e.Format(th.Interp(), false)), nil
}

func sourceLine(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	name, _ := interp.StrOf(a[0])
	line, ok := interp.AsInt(a[1])
	if !ok {
		return interp.MkStr(""), nil
	}
	return interp.MkStr(th.Interp().SourceLine(name, int(line))), nil
}

func partValues(parts []string) interp.Value {
	out := make([]interp.Value, len(parts))
	for i, p := range parts {
		out[i] = interp.MkStr(p)
	}
	return interp.MkList(out)
}

// exceptionParts formats an exception with another traceback than its own, as the functions allow.
func exceptionParts(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	e, ok := interp.AsExc(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("Exception expected for value, %s found", interp.TypeName(a[0]))
	}
	chain, err := th.Truth(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	o := interp.TraceOptions{NoChain: !chain}
	if !a[3].IsNone() {
		o.HasLimit = true
		if o.Limit, err = th.IndexInt(a[3]); err != nil {
			return interp.Value{}, err
		}
	}
	own := e.Traceback()
	if err := e.SetTraceback(a[1]); err != nil {
		return interp.Value{}, err
	}
	parts := th.TraceParts(e, o)
	return partValues(parts), e.SetTraceback(own)
}

func exceptionOnly(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	e, ok := interp.AsExc(a[0])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("Exception expected for value, %s found", interp.TypeName(a[0]))
	}
	return partValues(th.ExceptionOnly(e, false)), nil
}
