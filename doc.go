// Package aio is the root of the module: it holds no code, only the test of who may import whom
// (arrows_test.go). The interpreter is package interp, the command is cmd/aio.
package aio
