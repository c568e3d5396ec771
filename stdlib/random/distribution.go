package random

// This file defines the distributions of real numbers.

import (
	gomath "math"

	"aio/internal/libm"
	"aio/interp"
)

// parameters reads the two parameters of a distribution.
func parameters(s *stream, a []interp.Value) (x, y float64, err *interp.Exc) {
	if x, err = s.th.Float(a[0]); err != nil {
		return 0, 0, err
	}
	y, err = s.th.Float(a[1])
	return x, y, err
}

func floatResult(f float64) (interp.Value, *interp.Exc) { return interp.MkFloat(f), nil }

// uniform computes with values, since its bounds may be numbers of any kind.
func uniform(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	x, ok := interp.AsFloat(a[0])
	y, ok2 := interp.AsFloat(a[1])
	if ok && ok2 {
		return floatResult(x + float64((y-x)*s.float()))
	}
	width, err := s.th.Binary(interp.BinSub, a[1], a[0])
	if err != nil {
		return interp.Value{}, err
	}
	part, err := s.th.Binary(interp.BinMul, width, interp.MkFloat(s.float()))
	if err != nil {
		return interp.Value{}, err
	}
	return s.th.Binary(interp.BinAdd, a[0], part)
}

func triangular(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	low, high, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	u, c := s.float(), 0.5
	if !a[2].IsNone() {
		mode, err := s.th.Float(a[2])
		if err != nil {
			return interp.Value{}, err
		}
		if high == low {
			return a[0], nil
		}
		c = (mode - low) / (high - low)
	}
	if u > c {
		u, c = 1-u, 1-c
		low, high = high, low
	}
	return floatResult(low + float64((high-low)*gomath.Sqrt(u*c)))
}

// normal draws from the standard normal distribution, by the ratio of uniform deviates of Kinderman and
// Monahan (1977).
func (s *stream) normal() float64 {
	factor := 4 * libm.Exp(-0.5) / gomath.Sqrt(2)
	for {
		u1 := s.float()
		u2 := 1 - s.float()
		z := factor * (u1 - 0.5) / u2
		if s.err != nil || z*z/4 <= -libm.Log(u2) {
			return z
		}
	}
}

func normalVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	mu, sigma, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	return floatResult(mu + float64(s.normal()*sigma))
}

// gauss makes two numbers at a time, by the polar method, and keeps one for the next call.
func gauss(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	mu, sigma, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	z, kept := interp.AsFloat(s.src.gaussNext)
	s.src.gaussNext = interp.None
	if !kept {
		angle := s.float() * (2 * gomath.Pi)
		length := gomath.Sqrt(-2 * libm.Log(1-s.float()))
		z = libm.Cos(angle) * length
		s.src.gaussNext = interp.MkFloat(libm.Sin(angle) * length)
	}
	return floatResult(mu + float64(z*sigma))
}

func logNormVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	mu, sigma, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	x := mu + float64(s.normal()*sigma)
	r := libm.Exp(x)
	if gomath.IsInf(r, 1) && !gomath.IsInf(x, 1) {
		return interp.Value{}, interp.Errorf(interp.OverflowError, "math range error")
	}
	return floatResult(r)
}

func divisionByZero() *interp.Exc {
	return interp.Errorf(interp.ZeroDivisionError, "float division by zero")
}

func expoVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	rate, err := s.th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	x := -libm.Log(1 - s.float())
	if rate == 0 {
		return interp.Value{}, divisionByZero()
	}
	return floatResult(x / rate)
}

// vonMisesVariate is the method of Best and Fisher, as in Fisher, Statistical Analysis of Circular Data
// (1993).
func vonMisesVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	mu, kappa, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	const turn = 2 * gomath.Pi
	if kappa <= 1e-6 {
		return floatResult(turn * s.float())
	}
	half := 0.5 / kappa
	r := half + gomath.Sqrt(1+float64(half*half))
	var z float64
	for {
		z = libm.Cos(gomath.Pi * s.float())
		d := z / (r + z)
		u := s.float()
		if s.err != nil || u < 1-float64(d*d) || u <= (1-d)*libm.Exp(d) {
			break
		}
	}
	q := 1 / r
	f := (q + z) / (1 + float64(q*z))
	theta := mu - libm.Acos(f)
	if s.float() > 0.5 {
		theta = mu + libm.Acos(f)
	}
	return s.th.Binary(interp.BinMod, interp.MkFloat(theta), interp.MkFloat(turn))
}

func gammaVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	alpha, beta, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	if alpha <= 0 || beta <= 0 {
		return interp.Value{}, interp.ValueErrorf("gammavariate: alpha and beta must be > 0.0")
	}
	return floatResult(s.gamma(alpha, beta))
}

func (s *stream) gamma(alpha, beta float64) float64 {
	switch {
	case alpha > 1:
		return s.gammaAbove(alpha) * beta
	case alpha == 1:
		return -libm.Log(1-s.float()) * beta
	}
	return s.gammaBelow(alpha) * beta
}

// gammaAbove is the method of Cheng (1977), for shapes over 1.
func (s *stream) gammaAbove(alpha float64) float64 {
	scale := gomath.Sqrt(float64(2*alpha) - 1)
	b := alpha - libm.Log(4)
	c := alpha + scale
	limit := 1 + libm.Log(4.5)
	for {
		u1 := s.float()
		if s.err == nil && (u1 <= 1e-7 || u1 >= 0.9999999) {
			continue
		}
		u2 := 1 - s.float()
		v := libm.Log(u1/(1-u1)) / scale
		x := alpha * libm.Exp(v)
		z := u1 * u1 * u2
		r := b + float64(c*v) - x
		if s.err != nil || r+limit-float64(4.5*z) >= 0 || r >= libm.Log(z) {
			return x
		}
	}
}

// gammaBelow is algorithm GS of Ahrens and Dieter, for shapes under 1.
func (s *stream) gammaBelow(alpha float64) float64 {
	for {
		u := s.float()
		b := (gomath.E + alpha) / gomath.E
		p := b * u
		var x float64
		if p <= 1 {
			x = libm.Pow(p, 1/alpha)
		} else {
			x = -libm.Log((b - p) / alpha)
		}
		u1 := s.float()
		switch {
		case s.err != nil:
			return x
		case p > 1:
			if u1 <= libm.Pow(x, alpha-1) {
				return x
			}
		case u1 <= libm.Exp(-x):
			return x
		}
	}
}

func betaVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	alpha, beta, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	if alpha <= 0 || beta <= 0 {
		return interp.Value{}, interp.ValueErrorf("gammavariate: alpha and beta must be > 0.0")
	}
	y := s.gamma(alpha, 1)
	if y == 0 {
		return floatResult(0)
	}
	return floatResult(y / (y + s.gamma(beta, 1)))
}

func paretoVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	alpha, err := s.th.Float(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	u := 1 - s.float()
	if alpha == 0 {
		return interp.Value{}, divisionByZero()
	}
	return s.th.Binary(interp.BinPow, interp.MkFloat(u), interp.MkFloat(-1/alpha))
}

func weibullVariate(s *stream, a []interp.Value) (interp.Value, *interp.Exc) {
	alpha, beta, err := parameters(s, a)
	if err != nil {
		return interp.Value{}, err
	}
	u := 1 - s.float()
	if beta == 0 {
		return interp.Value{}, divisionByZero()
	}
	x, err := s.th.Binary(interp.BinPow, interp.MkFloat(-libm.Log(u)), interp.MkFloat(1/beta))
	if err != nil {
		return interp.Value{}, err
	}
	return s.th.Binary(interp.BinMul, interp.MkFloat(alpha), x)
}
