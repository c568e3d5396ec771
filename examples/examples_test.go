// Package examples holds scripts for a newcomer, numbered in the order in which they teach. This file
// runs them on aio and on python3 and compares what they print with their comments.
package examples

import (
	"testing"

	"aio/internal/aiotest"
)

func TestExamples(t *testing.T) { aiotest.RunFlat(t, ".", aiotest.Build(t)) }

func TestExamplesOnPython(t *testing.T) { aiotest.RunPythonFlat(t, ".") }
