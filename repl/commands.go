package repl

// This file defines the commands.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aio/ast"
	"aio/diag"
	"aio/interp"
	"aio/interp/compile"
	"aio/parser"
	"aio/words"
)

// command is a row of the table of commands.
type command struct {
	name, args, doc string
	run             func(s *session, arg string) *interp.Exc
}

// commands is the table, in the order of :help. It is a function because :help reads it.
func commands() []command {
	return []command{
		{"help", "", "list the commands", (*session).help},
		{"tasks", "", "the tasks: what each waits for, where, since when", (*session).showTasks},
		{"cancel", "NAME", "cancel a task", (*session).cancel},
		{"loop", "", "the event loop: ready queue, timers, pending completions", (*session).showLoop},
		{"time", "EXPR", "run an expression and say how long it took", (*session).time},
		{"doc", "X", "describe an object; X? is the same", (*session).doc},
		{"type", "X", "the type of an object, and its signature", (*session).typeOf},
		{"dis", "X", "the instructions of a function or of source text", (*session).dis},
		{"ast", "SRC", "the syntax tree of source text", (*session).ast},
		{"save", "FILE", "write the session as a script", (*session).save},
		{"load", "FILE", "run a file here; it may use await at its top", (*session).loadCommand},
		{"reload", "", "run the file that was loaded last once more", (*session).reload},
		{"reset", "", "cancel the tasks and forget the names", (*session).reset},
		{"clock", "virtual|real", "under the virtual clock a sleep takes no time", (*session).setClock},
		{"trace", "on|off [FILE]", "write what the loop does to a file, as JSON Lines", (*session).trace},
		{"lang", "en|zh", "the language of aio's own words", (*session).setLanguage},
		{"quit", "", "leave; so do Ctrl-D and exit()", nil},
	}
}

// command runs a line that is a command. Names may be cut short. quit says that it ends the session. Errors:
// SystemExit.
func (s *session) command(line string) (quit bool, err *interp.Exc) {
	name, arg := splitCommand(line)
	var found []command
	for _, c := range commands() {
		if c.name == name {
			found = []command{c}
			break
		}
		if strings.HasPrefix(c.name, name) {
			found = append(found, c)
		}
	}
	switch {
	case len(found) != 1:
		s.say("there is no command :%s; :help lists them", name)
		return false, nil
	case found[0].run == nil:
		return true, nil
	case found[0].args != "" && arg == "":
		s.say("usage: %s", ":"+found[0].name+" "+found[0].args)
		return false, nil
	}
	err = found[0].run(s, arg)
	if err != nil && !err.Is(interp.SystemExit) {
		s.fail(err)
		err = nil
	}
	s.flush()
	return false, err
}

func (s *session) print(format string, args ...any) { fmt.Fprintf(s.out, format, args...) }

func (s *session) help(string) *interp.Exc {
	for _, c := range commands() {
		s.print("  %-20s  %s\n", strings.TrimSpace(":"+c.name+" "+c.args), s.lang.Say(c.doc))
	}
	s.print("%s\n", s.lang.Say("Anything else is run; _ is the last value. Names of commands may be cut short."))
	s.print("%s\n", s.lang.Say("Ctrl-C stops an input, Ctrl-R searches, Tab completes, Tab again explains."))
	return nil
}

// evaluate evaluates an expression, which may await.
func (s *session) evaluate(text string) (interp.Value, *interp.Exc) {
	src := diag.NewSource("<command>", text)
	src.Typed = true
	m, derr := parser.ParseWith(src, parser.Options{TopLevelAwait: true})
	if derr == nil {
		if e, ok := onlyExpression(m); ok {
			code, derr := compile.Expression(src, e, compile.Options{TopLevelAwait: true})
			if derr != nil {
				return interp.Value{}, s.th.SyntaxError(derr)
			}
			return s.runCode(code)
		}
		if _, derr = parser.ParseExpr(src); derr == nil {
			return interp.None, nil // several expressions are statements, and no syntax error
		}
	}
	return interp.Value{}, s.th.SyntaxError(derr)
}

// onlyExpression returns the expression that a text consists of.
func onlyExpression(m *ast.Module) (ast.Expr, bool) {
	if len(m.Body) != 1 {
		return nil, false
	}
	e, ok := m.Body[0].(*ast.ExprStmt)
	if !ok {
		return nil, false
	}
	return e.Value, true
}

func (s *session) time(text string) *interp.Exc {
	start, turns := time.Now(), s.loop.L.Turns()
	before := s.clock.Now()
	v, err := s.evaluate(text)
	took, passed := time.Since(start), s.clock.Now()-before
	if err != nil {
		return err
	}
	turns = s.loop.L.Turns() - turns
	if _, err := s.display(s.th, []interp.Value{v}); err != nil {
		return err
	}
	s.flush()
	line := s.lang.Say("took %s", took.Round(roundTo(took)).String())
	if s.clock.Jumps() {
		line += s.lang.Say(", %s on the virtual clock", passed.String())
	}
	if turns > 0 {
		line += s.lang.Say(", %d turns of the loop", turns)
	}
	s.note(line)
	return nil
}

// roundTo returns what leaves three digits of d.
func roundTo(d time.Duration) time.Duration {
	r := time.Duration(1)
	for d >= 1000*r {
		r *= 10
	}
	return r
}

func (s *session) doc(text string) *interp.Exc {
	v, err := s.evaluate(text)
	if err != nil {
		return err
	}
	help, _ := s.in.Builtins().Get("help")
	_, err = s.th.Call(help, v)
	return err
}

func (s *session) typeOf(text string) *interp.Exc {
	v, err := s.evaluate(text)
	if err != nil {
		return err
	}
	name, err := s.th.Repr(interp.TypeOf(v).Value())
	if err != nil {
		return err
	}
	s.print("%s\n", name)
	if callable, _ := s.in.Builtins().Get("callable"); !callable.IsUnbound() {
		if yes, err := s.th.Call(callable, v); err != nil || !interp.Is(yes, interp.True) {
			return err
		}
	}
	if sig, ok := s.th.Signature(v); ok {
		s.print("%s\n", sig)
	}
	return nil
}

// dis shows the instructions of a function, a method or a coroutine, or of a text that is none of them.
func (s *session) dis(text string) *interp.Exc {
	if judge(text) == whole {
		if v, err := s.evaluate(text); err == nil {
			if code, ok := s.th.CodeOf(v); ok {
				s.disassemble(code)
				return nil
			}
		}
	}
	code, err := s.th.CompileSource(diag.NewSource("<command>", text+"\n"), compile.Options{TopLevelAwait: true})
	if err != nil {
		return err
	}
	s.disassemble(code)
	return nil
}

func (s *session) disassemble(code *compile.Code) {
	_ = compile.Disassemble(s.out, code) // the session's own output
}

func (s *session) ast(text string) *interp.Exc {
	m, derr := parser.ParseWith(diag.NewSource("<command>", text+"\n"), parser.Options{TopLevelAwait: true})
	if derr != nil {
		return s.th.SyntaxError(derr)
	}
	s.print("%s\n", ast.Dump(m, "  "))
	return nil
}

func (s *session) loadCommand(path string) *interp.Exc { return s.load(expandHome(path)) }

func (s *session) reload(string) *interp.Exc {
	if s.loaded == "" {
		s.say("nothing was loaded yet: :load FILE")
		return nil
	}
	return s.load(s.loaded)
}

// load runs a file in the namespace of the session. Errors: SystemExit; others are reported.
func (s *session) load(path string) *interp.Exc {
	data, ferr := os.ReadFile(path)
	if ferr != nil {
		s.say("can't open file '%s': %s", path, reason(ferr))
		return nil
	}
	s.loaded = path
	src, derr := diag.Decode(path, data)
	var err *interp.Exc
	if derr != nil {
		err = s.th.SyntaxError(derr)
	} else {
		s.main.Set("__file__", interp.MkStr(path))
		err = s.run(src, false)
	}
	s.flush()
	if err == nil || err.Is(interp.SystemExit) {
		return err
	}
	s.fail(err)
	return nil
}

// reason returns an error of the system without the operation and the path.
func reason(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err.Error()
}

// expandHome replaces a ~ at the start of a path.
func expandHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// reset begins anew: other names, no tasks, another loop.
func (s *session) reset(string) *interp.Exc {
	s.cancelAll()
	if err := s.loop.Close(s.th); err != nil {
		return err
	}
	if err := s.newLoop(); err != nil {
		return err
	}
	d := s.main.Dict()
	var names []string
	for k, _, i, ok := d.Next(0); ok; k, _, i, ok = d.Next(i) {
		if name, _ := interp.StrOf(k); !strings.HasPrefix(name, "__") && name != "asyncio" {
			names = append(names, name)
		}
	}
	for _, name := range names {
		d.DelStr(interp.NewStr(name))
	}
	s.ctx, s.entered = s.th.CopyContext(), nil
	s.say("forgot %d names", len(names))
	return nil
}

func (s *session) setClock(arg string) *interp.Exc {
	switch arg {
	case "virtual", "real":
		s.clock.turn(arg == "virtual")
	default:
		s.say("usage: %s", ":clock virtual|real")
	}
	return nil
}

func (s *session) setLanguage(arg string) *interp.Exc {
	l, ok := words.ByName(arg)
	if !ok {
		s.say("usage: %s", ":lang en|zh")
		return nil
	}
	s.lang = l
	return nil
}
