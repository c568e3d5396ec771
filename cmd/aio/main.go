// Command aio runs and inspects aio programs.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"aio/ast"
	"aio/diag"
	"aio/interp/compile"
	"aio/parser"
	"aio/words"
)

const version = "aio 0.1 (Python 3.11 language)"

const usage = `usage: aio [OPTIONS]                    open a prompt; from a pipe: run statement by statement
       aio [OPTIONS] FILE [ARG...]      run a program
       aio [OPTIONS] run FILE [ARG...]  the same
       aio [OPTIONS] -i FILE            run a program, then open a prompt with its names
       aio [OPTIONS] -c CODE [ARG...]   run CODE
       aio [OPTIONS] -m NAME [ARG...]   run a module, or a package's __main__
       aio [OPTIONS] - [ARG...]         run what stands on stdin
       aio check FILE                   look for syntax errors
       aio ast FILE                     print the syntax tree
       aio dis FILE                     print the instructions
       aio grammar                      print the grammar (EBNF)

options:
  --clock=real|virtual   the clock of event loops; the virtual one jumps to the next timer
  --color=auto|always|never
                         colours at the prompt; NO_COLOR turns them off too
  --trace FILE           write what tasks, timers and callbacks do to FILE, as JSON Lines
  --version              print the version
  -h, --help             print this text
`

// The exit statuses of the command itself.
const (
	exitError    = 1
	exitUsage    = 2
	exitInternal = 70
)

func main() {
	tuneGC()
	os.Exit(guarded(os.Args[1:]))
}

// guarded is run, with a mistake of ours reported in a sentence.
func guarded(args []string) (status int) {
	defer func() {
		if os.Getenv("AIO_DEBUG") != "" {
			return // whoever looks for the mistake wants Go's own report
		}
		if p := recover(); p != nil {
			fmt.Fprintf(os.Stderr, "aio: internal error: %v; please report it with the program that led to it\n", p)
			status = exitInternal
		}
	}()
	return run(args, os.Stdout, os.Stderr)
}

// run is the command; it returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	p := program{clock: "real", color: "auto"}
	for len(args) > 0 && strings.HasPrefix(args[0], "-") && args[0] != "-" && args[0] != "-c" && args[0] != "-m" && args[0] != "-i" {
		switch option := args[0]; {
		case option == "--version" || option == "-V":
			fmt.Fprintln(stdout, version)
			return 0
		case option == "--help" || option == "-h":
			fmt.Fprint(stdout, usage)
			return 0
		case option == "--clock=real" || option == "--clock=virtual":
			p.clock = strings.TrimPrefix(option, "--clock=")
		case option == "--color=auto" || option == "--color=always" || option == "--color=never":
			p.color = strings.TrimPrefix(option, "--color=")
		case option == "--trace" && len(args) > 1:
			args = args[1:]
			p.trace = args[0]
		case strings.HasPrefix(option, "--trace=") && option != "--trace=":
			p.trace = strings.TrimPrefix(option, "--trace=")
		default:
			fmt.Fprintf(stderr, "aio: unknown option %s\n%s", option, usage)
			return exitUsage
		}
		args = args[1:]
	}
	if len(args) == 0 {
		return p.prompt("", []string{""})
	}
	return command(p, args, stdout, stderr)
}

// command runs one of the commands.
func command(p program, args []string, stdout, stderr io.Writer) int {
	switch name := args[0]; {
	case name == "grammar" && len(args) == 1:
		fmt.Fprint(stdout, parser.EBNF())
		return 0
	case (name == "ast" || name == "check" || name == "dis") && len(args) == 2:
		return inspect(name, args[1], stdout, stderr)
	case (name == "run" || name == "-c" || name == "-m" || name == "-i") && len(args) == 1:
		fmt.Fprint(stderr, usage)
		return exitUsage
	case name == "-i":
		return p.prompt(args[1], args[1:])
	case name == "run":
		args = args[1:]
	}
	return p.run(args)
}

// language returns that of aio's own words.
func language() words.Language { return words.Chosen(os.Getenv) }

// inspect checks a file, or prints its tree or instructions.
func inspect(what, name string, stdout, stderr io.Writer) int {
	data, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintf(stderr, "aio: can't open file '%s': %v\n", name, err)
		return exitUsage
	}
	src, derr := diag.Decode(name, data)
	var m *ast.Module
	if derr == nil {
		m, derr = parser.Parse(src)
	}
	var code *compile.Code
	if derr == nil && what != "ast" {
		code, derr = compile.Module(src, m, compile.Options{})
	}
	if derr != nil {
		derr.Hint = language().Translate(derr.Hint)
		fmt.Fprint(stderr, strings.Replace(derr.Render(), "\nhint: ", "\n"+language().Say("hint")+": ", 1))
		return exitError
	}
	switch what {
	case "ast":
		fmt.Fprintln(stdout, ast.DumpSpans(src, m, "  "))
	case "dis":
		if err := compile.Disassemble(stdout, code); err != nil {
			return exitError
		}
	}
	return 0
}
