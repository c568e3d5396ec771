package main

import (
	"aio/diag"
	"aio/interp"
	"aio/stdlib"
	"os"
	"runtime/debug"
	"runtime/pprof"
)

func main() {
	debug.SetGCPercent(1600)
	f, _ := os.Create(os.Args[1])
	data, _ := os.ReadFile(os.Args[2])
	th := interp.New(interp.Config{Modules: stdlib.Modules()}).Main()
	src, _ := diag.Decode(os.Args[2], data)
	pprof.StartCPUProfile(f)
	th.RunProgram(src, os.Args[2])
	pprof.StopCPUProfile()
}
