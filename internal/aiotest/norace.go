//go:build !race

// This file tells Build that the tests do not run under the race detector.

package aiotest

const raceDetector = false
