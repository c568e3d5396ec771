// Package statistics is the module statistics: means, medians, deviations. It is written in the language; sums are exact.
//
//	mean, fmean, geometric_mean, harmonic_mean, median, median_low, median_high, median_grouped, mode, multimode
//	variance, pvariance, stdev, pstdev, quantiles, covariance, correlation, linear_regression
package statistics

import (
	_ "embed"

	"aio/interp"
)

//go:embed statistics.aio
var source string

// Module is the module statistics.
var Module = &interp.ModuleDef{Name: "statistics", Doc: "Basic statistics module.", Source: source}
