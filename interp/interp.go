package interp

// This file defines Config and Interp: the embedding API.

import (
	"bufio"
	"crypto/rand"
	"io"
	"io/fs"
	"os"
	"time"

	"aio/interp/compile"
	"aio/loop"
)

// Config is the outside of an interpreter. The zero Config is completed by New: the process's own
// standard streams, files and environment, and the real clock.
type Config struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Unbuffered makes every print reach Stdout at once (it is a terminal).
	Unbuffered bool
	Args       []string            // sys.argv
	Path       []string            // sys.path: the folders that imports search, ahead of the built-in modules
	Modules    []*ModuleDef        // the library
	Clock      loop.Clock          // of event loops; nil: the real clock
	Getenv     func(string) string // os.Getenv
	Environ    func() []string     // the whole environment, "name=value"; os.Environ
	ReadFile   func(string) ([]byte, error)
	Stat       func(string) (fs.FileInfo, error)
	// OpenFile is what open() opens files with, os.OpenFile by default; flag and perm are those of os.
	OpenFile func(name string, flag int, perm fs.FileMode) (File, error)
	// ReadLine reads a line for input() while sys.stdin and sys.stdout are the interpreter's own; nil: it is read
	// from Stdin. Errors: ErrInterrupted; any other is the end of the input.
	ReadLine func(prompt string) (string, error)
	// Translate returns aio's own words, such as hints, in the user's language; nil: they stay English.
	Translate func(text string) string
	Now       func() time.Time // wall clock; nil: the system's, or behind a virtual Clock one that begins in 2000
	Random    io.Reader        // what unseeded randomness is drawn from; nil: the system
	HashSeed  uint64
	// Observer is told what the tasks do; nil: nobody is.
	Observer Observer
}

// ModuleDef is a library module. Init, which may be nil, fills the module's dict beyond Funcs.
type ModuleDef struct {
	Name  string
	Doc   string
	Funcs []Builtin
	Init  func(th *Thread, m *Module) *Exc
	// Source is the text of a module written in the language; Funcs and Init run before it.
	Source string
	// Package says that the module can have submodules; Submodules are those that belong to it.
	Package    bool
	Submodules []*ModuleDef
}

// Interp is one interpreter: its modules, its types made by scripts, its outside. Two never meet.
type Interp struct {
	cfg        Config
	out        *bufio.Writer
	defs       map[string]*ModuleDef
	modules    *Dict // sys.modules
	builtins   *Module
	main       *Thread
	subclasses map[*Type][]*Type // heap subclasses of built-in types
	links      map[linkKey]*Code
	addresses  map[uintptr]uint64
	lib        map[string]any // state of library modules
	loops      loopState
	std        stdStreams
	files      fileState
	warn       warnState
	imports    importState
	signals    signalState
	checks     checkState // for coroutines that were never awaited
	exiting    []func(th *Thread)
	// onUnraisable reports exceptions that have nowhere to go; nil: they are printed.
	onUnraisable func(th *Thread, e *Exc, message, about Value)
	wake         chan struct{} // ends a sleep, see Wake
	gil          gil
	nextThread   uint64
	strDigits    *int // what sys.set_int_max_str_digits set; nil: the default
	codecs       codecState
}

type linkKey struct {
	code    *compile.Code
	globals *Dict
}

// New returns an interpreter.
func New(cfg Config) *Interp {
	setupTypes()
	if cfg.Stdin == nil {
		cfg.Stdin = os.Stdin
	}
	if cfg.Stdout == nil {
		cfg.Stdout = os.Stdout
	}
	if cfg.Stderr == nil {
		cfg.Stderr = os.Stderr
	}
	if cfg.Getenv == nil {
		cfg.Getenv = os.Getenv
	}
	if cfg.Environ == nil {
		cfg.Environ = os.Environ
	}
	if cfg.ReadFile == nil {
		cfg.ReadFile = os.ReadFile
	}
	if cfg.Stat == nil {
		cfg.Stat = os.Stat
	}
	if cfg.OpenFile == nil {
		cfg.OpenFile = func(name string, flag int, perm fs.FileMode) (File, error) { return os.OpenFile(name, flag, perm) }
	}
	if cfg.Random == nil {
		cfg.Random = rand.Reader
	}
	if cfg.Clock == nil {
		cfg.Clock = loop.NewRealClock()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
		if clock := cfg.Clock; clock.Jumps() {
			cfg.Now = func() time.Time { return virtualEpoch.Add(clock.Now()) }
		}
	}
	in := &Interp{
		cfg: cfg, out: bufio.NewWriterSize(cfg.Stdout, 1<<16),
		wake: make(chan struct{}, 1),
		defs: map[string]*ModuleDef{}, modules: NewDict(), lib: map[string]any{},
		subclasses: map[*Type][]*Type{}, links: map[linkKey]*Code{}, addresses: map[uintptr]uint64{},
	}
	for _, d := range cfg.Modules {
		in.defs[d.Name] = d
		for _, sub := range d.Submodules {
			in.defs[sub.Name] = sub
		}
	}
	in.main = newThread(in, frameCount, stackChunkSize)
	in.main.threadState = threadState{ident: 1, name: "MainThread"}
	in.nextThread = 1
	in.gil.clock, in.gil.running = cfg.Clock, in.main
	in.setupStdStreams()
	in.builtins = in.newBuiltinsModule()
	in.modules.SetName("builtins", in.builtins.Value())
	in.setupImports()
	return in
}

// Main returns the main thread.
func (in *Interp) Main() *Thread { return in.main }

// Config returns the interpreter's outside.
func (in *Interp) Config() *Config { return &in.cfg }

// Interp returns the interpreter of the thread.
func (th *Thread) Interp() *Interp { return th.in }

// Entropy fills buf with random bytes.
func (in *Interp) Entropy(buf []byte) error {
	_, err := io.ReadFull(in.cfg.Random, buf)
	return err
}

// Flush writes what print left in the buffer.
func (in *Interp) Flush() error { return in.out.Flush() }

// Lib returns the state that a library module keeps in this interpreter, making it on first use.
func Lib[T any](in *Interp, key string, make func() *T) *T {
	if v, ok := in.lib[key]; ok {
		return v.(*T)
	}
	v := make()
	in.lib[key] = v
	return v
}

// RunCode runs a compiled module body, expression or class body with globals; ns is the namespace when
// it was compiled with one.
func (th *Thread) RunCode(c *compile.Code, globals *Dict, ns Value) (Value, *Exc) {
	fn := &Function{Header: Header{functionShape}, code: th.in.link(c, globals)}
	fn.name, fn.qualName = fn.code.name, fn.code.qualName
	var args []Value
	if !ns.IsUnbound() {
		args = []Value{ns}
	}
	return th.runBody(fn, args)
}
