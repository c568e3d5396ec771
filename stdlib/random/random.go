// Package random is the module random: the Mersenne Twister and the distributions made from it. The same
// seed gives the same numbers as CPython.
//
//	seed, getstate, setstate, random, getrandbits, randbytes
//	randrange, randint, choice, choices, shuffle, sample                      (sequence.go)
//	uniform, triangular, normalvariate, gauss, lognormvariate, expovariate,
//	vonmisesvariate, gammavariate, betavariate, paretovariate, weibullvariate (distribution.go)
//	Random, SystemRandom                                                      generators of one's own
package random

import (
	"aio/interp"
)

// Module is the module random.
var Module = &interp.ModuleDef{
	Name: "random",
	Doc:  "Random variable generators.",
	Init: initModule,
}

// method is a row of the table of methods; the body gets the arguments without self.
type method struct {
	sig, doc string
	body     func(s *stream, a []interp.Value) (interp.Value, *interp.Exc)
}

// methods are the methods of Random, and the functions of the module.
var methods = []method{
	{"seed(a=None, version=2)", "Initialize internal state from a seed.", seed},
	{"getstate()", "Return internal state; can be passed to setstate() later.", getState},
	{"setstate(state, /)", "Restore internal state from object returned by getstate().", setState},
	{"random()", "random() -> x in the interval [0, 1).", randomFloat},
	{"getrandbits(k, /)", "getrandbits(k) -> x.  Generates an int with k random bits.", getRandBits},
	{"randbytes(n)", "Generate n random bytes.", randBytes},
	{"randrange(start, stop=None, step=1)", "Choose a random item from range(stop) or range(start, stop[, step]).", randRange},
	{"randint(a, b)", "Return random integer in range [a, b], including both end points.", randInt},
	{"choice(seq)", "Choose a random element from a non-empty sequence.", choice},
	{"choices(population, weights=None, *, cum_weights=None, k=1)", "Return a k sized list of population elements chosen with replacement.", choices},
	{"shuffle(x)", "Shuffle list x in place, and return None.", shuffle},
	{"sample(population, k, *, counts=None)", "Chooses k unique random elements from a population sequence.", sample},
	{"uniform(a, b)", "Get a random number in the range [a, b) or [a, b] depending on rounding.", uniform},
	{"triangular(low=0.0, high=1.0, mode=None)", "Triangular distribution.", triangular},
	{"normalvariate(mu=0.0, sigma=1.0)", "Normal distribution.", normalVariate},
	{"gauss(mu=0.0, sigma=1.0)", "Gaussian distribution.", gauss},
	{"lognormvariate(mu, sigma)", "Log normal distribution.", logNormVariate},
	{"expovariate(lambd)", "Exponential distribution.", expoVariate},
	{"vonmisesvariate(mu, kappa)", "Circular data distribution.", vonMisesVariate},
	{"gammavariate(alpha, beta)", "Gamma distribution.  Not the gamma function!", gammaVariate},
	{"betavariate(alpha, beta)", "Beta distribution.", betaVariate},
	{"paretovariate(alpha)", "Pareto distribution.  alpha is the shape parameter.", paretoVariate},
	{"weibullvariate(alpha, beta)", "Weibull distribution.", weibullVariate},
}

var (
	randomType       = interp.NewLibraryType("random", "Random", nil)
	systemRandomType = interp.NewLibraryType("random", "SystemRandom", randomType)
)

func setupTypes() {
	randomType.Doc = "Random number generator base class used by bound module functions."
	randomType.SetNew("Random(*args, **kwargs)", newRandom)
	randomType.Setup(&interp.Protocol{Init: initRandom}, methodRows(), nil)
	systemRandomType.Doc = "Alternate random number generator using sources provided by the operating system."
	systemRandomType.Setup(&interp.Protocol{}, nil, nil)
}

func methodRows() []interp.Builtin {
	rows := make([]interp.Builtin, len(methods))
	for i, m := range methods {
		rows[i] = interp.Builtin{Sig: m.sig, Doc: m.doc, Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			src, ok := interp.NativeData[*source](a[0])
			if !ok {
				return interp.Value{}, interp.TypeErrorf("a Random object was expected, not '%s'", interp.TypeName(a[0]))
			}
			return run(&stream{th: th, self: a[0], src: src}, m.body, a[1:])
		}}
	}
	return rows
}

// run calls the body of a method; what a script's own random() or getrandbits() raised comes first.
func run(s *stream, body func(*stream, []interp.Value) (interp.Value, *interp.Exc), a []interp.Value) (interp.Value, *interp.Exc) {
	s.inspect()
	v, err := body(s, a)
	if s.err != nil {
		return interp.Value{}, s.err
	}
	return v, err
}

// initModule makes the generator that the module's functions draw from.
func initModule(th *interp.Thread, m *interp.Module) *interp.Exc {
	setup()
	shared := &source{}
	self := interp.NewNative(randomType, shared)
	m.Set("_inst", self)
	m.Set("Random", randomType.Value())
	m.Set("SystemRandom", systemRandomType.Value())
	for _, row := range methods {
		b := &interp.Builtin{Sig: row.sig, Doc: row.doc, Fn: func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
			return row.body(&stream{th: th, self: self, src: shared}, a)
		}}
		m.Set(b.Name(), interp.NewBuiltin(b, "random"))
	}
	return nil
}

func newRandom(_ *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	cls, _ := interp.AsType(a[0])
	return interp.NewNative(cls, &source{system: cls.IsSubtype(systemRandomType)}), nil
}

// initRandom is Random.__init__: it seeds, by the method that a script's class may have of its own.
func initRandom(th *interp.Thread, self interp.Value, args []interp.Value, kwnames []*interp.Str) *interp.Exc {
	x := interp.None
	switch {
	case len(args) > 1 || len(kwnames) == 1 && kwnames[0].String() != "x":
		return interp.TypeErrorf("Random() takes at most 1 argument (%d given)", len(args))
	case len(args) == 1:
		x = args[0]
	}
	_, err := th.CallMethod(self, "seed", x)
	return err
}
