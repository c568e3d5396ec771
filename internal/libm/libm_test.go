package libm

import (
	"math"
	"math/rand"
	"strconv"
	"testing"
)

func TestPowersOfTenAreTheLiterals(t *testing.T) {
	for n := -323; n <= 308; n++ {
		want, _ := strconv.ParseFloat("1e"+strconv.Itoa(n), 64)
		if n == 23 {
			continue // 10**23 is the middle of two floats but for one part in 2**23 of their distance
		}
		if got := Pow(10, float64(n)); got != want {
			t.Errorf("Pow(10, %d) = %g", n, got)
		}
	}
}

// TestRounding checks arguments whose results are hard to round, or far from where the series are good.
func TestRounding(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"Exp(1)", Exp(1), math.E},
		{"Exp(-745)", Exp(-745), 5e-324},
		{"Exp(709.78)", Exp(709.78), 1.7928227943945155e308},
		{"Exp(710)", Exp(710), math.Inf(1)},
		{"Exp(-710.5)", Exp(-710.5), 2.71500483752131e-309},
		{"Log(5e-324)", Log(5e-324), -744.4400719213812},
		{"Log(2.5)", Log(2.5), 0.9162907318741551},
		{"Log2(8)", Log2(8), 3},
		{"Log2(2.5)", Log2(2.5), 1.3219280948873624},
		{"Log10(1000)", Log10(1000), 3},
		{"Log10(5)", Log10(5), 0.6989700043360189},
		{"Pow(2.675, -2.5)", Pow(2.675, -2.5), 0.08544576337017984},
		{"Pow(-1220778290, -14)", Pow(-1220778290, -14), 6.124700237513326e-128},
		{"Pow(0.9999, 1e6)", Pow(0.9999, 1e6), 3.7015207857933866e-44},
		{"Sin(1e22)", Sin(1e22), -0.8522008497671888},
		{"Cos(1e308)", Cos(1e308), -0.8913089376870335},
		{"Tan(1e20)", Tan(1e20), -0.8446024630198843},
		{"Sin(math.Pi)", Sin(math.Pi), 1.2246467991473532e-16},
		{"Cos(math.Pi/2)", Cos(math.Pi / 2), 6.123233995736766e-17},
		{"Atan2(57, 7)", Atan2(57, 7), 1.4486011561035415},
		{"Acos(-1)", Acos(-1), math.Pi},
		{"Cbrt(27)", Cbrt(27), 3},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestNearMathPackage finds gross mistakes: the math package is at most a few units off.
func TestNearMathPackage(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, c := range []struct {
		name      string
		ours, its func(float64) float64
	}{
		{"Exp", Exp, math.Exp}, {"Exp2", Exp2, math.Exp2}, {"Log", Log, math.Log}, {"Log2", Log2, math.Log2},
		{"Log10", Log10, math.Log10}, {"Cbrt", Cbrt, math.Cbrt},
		{"Sin", Sin, math.Sin}, {"Cos", Cos, math.Cos}, {"Tan", Tan, math.Tan},
		{"Asin", Asin, math.Asin}, {"Acos", Acos, math.Acos}, {"Atan", Atan, math.Atan},
		{"Sinh", Sinh, math.Sinh}, {"Cosh", Cosh, math.Cosh}, {"Tanh", Tanh, math.Tanh},
		{"Asinh", Asinh, math.Asinh}, {"Acosh", Acosh, math.Acosh}, {"Atanh", Atanh, math.Atanh},
	} {
		for _, x := range []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1} {
			if a, b := c.ours(x), c.its(x); math.Float64bits(a) != math.Float64bits(b) && !near(a, b) {
				t.Errorf("%s(%v) = %v, the math package says %v", c.name, x, a, b)
			}
		}
		for range 2000 {
			x := r.NormFloat64() * 3
			if a, b := c.ours(x), c.its(x); !near(a, b) {
				t.Errorf("%s(%v) = %v, the math package says %v", c.name, x, a, b)
			}
		}
	}
}

func near(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-13*math.Abs(b)
}
