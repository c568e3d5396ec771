package shutil

// This file asks Linux how full a disk is.

import (
	"syscall"

	"aio/interp"
)

func diskUsage(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := th.FSPath(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return interp.Value{}, interp.OSErrorOf(err, path)
	}
	all, free, ours := int64(s.Blocks)*s.Frsize, int64(s.Bfree)*s.Frsize, int64(s.Bavail)*s.Frsize
	return interp.MkTuple([]interp.Value{interp.MkInt(all), interp.MkInt(all - free), interp.MkInt(ours)}), nil
}
