// This file runs the script tests of the language, testdata/topic/name.aio, on aio and on python3.

package interp_test

import (
	"testing"

	"aio/internal/aiotest"
)

func TestScripts(t *testing.T) { aiotest.Run(t, "testdata", aiotest.Build(t)) }

func TestScriptsOnPython(t *testing.T) { aiotest.RunPython(t, "testdata") }
