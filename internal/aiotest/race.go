//go:build race

// This file tells Build that the tests run under the race detector.

package aiotest

const raceDetector = true
