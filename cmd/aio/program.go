// This file runs programs.

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"aio/interp"
	"aio/loop"
	"aio/repl"
	"aio/stdlib"
	"aio/teach"
)

// program is how a program is run.
type program struct {
	clock string // "real" or "virtual"
	color string // "auto", "always" or "never"
	trace string // the file of the event log, "" for none
}

// run runs the program that args begin with, a file, a folder, "-", "-m" and a module, or "-c" and code, and
// writes its event log.
func (p program) run(args []string) int {
	cfg := interp.Config{Modules: stdlib.Modules(), Unbuffered: isTerminal(os.Stdout), Clock: loop.NewRealClock(), Translate: language().Translate}
	if p.clock == "virtual" {
		cfg.Clock = loop.NewVirtualClock()
	}
	if p.trace == "" {
		return p.runWith(cfg, args)
	}
	f, err := os.Create(p.trace)
	if err != nil {
		fmt.Fprintf(os.Stderr, "aio: can't write the event log: %v\n", err)
		return exitUsage
	}
	log := teach.NewEventLog(f, cfg.Clock, args)
	cfg.Observer = log
	status := p.runWith(cfg, args)
	if err := errors.Join(log.Close(), f.Close()); err != nil {
		fmt.Fprintf(os.Stderr, "aio: can't write the event log: %v\n", err)
		status = max(status, exitError)
	}
	return status
}

// runWith is run in a given outside.
func (p program) runWith(cfg interp.Config, args []string) int {
	file, name, folder, module := "", "", "", ""
	isProgram := false // the folder is the program
	var data []byte
	var err error
	switch args[0] {
	case "-c":
		name, data = "<string>", []byte(args[1])
		args = append([]string{"-c"}, args[2:]...)
	case "-":
		name = "<stdin>"
		data, err = io.ReadAll(os.Stdin)
	case "-m":
		_, folder = absolute("-m")
		module, args = args[1], append([]string{"-m"}, args[2:]...)
	default:
		file, folder = absolute(args[0])
		name = file
		if isFolder(file) {
			folder, isProgram = filepath.Clean(file), true
			break
		}
		data, err = os.ReadFile(args[0])
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "aio: can't open file '%s': %s\n", file, reason(err))
		return exitUsage
	}
	cfg.Args = args
	cfg.Path = append([]string{folder}, filepath.SplitList(os.Getenv("AIOPATH"))...)
	in := interp.New(cfg)
	th := in.Main()
	defer catchSignals(in)()
	switch {
	case module != "":
		return th.RunModule(module)
	case isProgram:
		return th.RunFolder(folder)
	}
	src, exc := th.DecodeSource(name, data)
	if exc != nil {
		return th.Finish(exc)
	}
	return th.RunProgram(src, file)
}

// prompt opens a prompt, after running file if it is not ""; args are sys.argv.
func (p program) prompt(file string, args []string) int {
	folder := ""
	if file != "" {
		_, folder = absolute(file)
	}
	return repl.Run(repl.Options{
		Config: interp.Config{
			Modules: stdlib.Modules(), Args: args,
			Path: append([]string{folder}, filepath.SplitList(os.Getenv("AIOPATH"))...),
		},
		Version: version, Color: p.color, Virtual: p.clock == "virtual", File: file,
	})
}

// catchSignals hands Ctrl-C to the interpreter, makes Ctrl-\ show what the tasks wait for, and returns what ends
// that.
func catchSignals(in *interp.Interp) (stop func()) {
	in.OnQuit(func(th *interp.Thread) *interp.Exc {
		fmt.Fprint(os.Stderr, teach.TaskTree(th))
		return nil
	})
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGQUIT)
	go func() {
		for s := range signals {
			if n, ok := s.(syscall.Signal); ok {
				in.Signal(int(n))
			}
		}
	}()
	return func() { signal.Stop(signals) }
}

// absolute returns the absolute path of a program and of its folder.
func absolute(path string) (file, folder string) {
	file = path
	if !filepath.IsAbs(path) {
		if cwd, err := os.Getwd(); err == nil {
			file = filepath.Join(cwd, path)
		}
	}
	return file, filepath.Dir(file)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// reason returns why a file could not be opened, in Python's words.
func reason(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return fmt.Sprintf("[Errno %d] %s", int(number), interp.ErrnoText(int(number)))
	}
	return err.Error()
}

// isTerminal reports whether a person sits at the file.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
