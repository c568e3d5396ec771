//go:build !linux

package shutil

// This file says that how full a disk is cannot be asked here.

import "aio/interp"

func diskUsage(*interp.Thread, []interp.Value) (interp.Value, *interp.Exc) {
	return interp.Value{}, interp.NewExc(interp.NotImplementedErr, interp.MkStr("disk_usage is not available on this platform"))
}
