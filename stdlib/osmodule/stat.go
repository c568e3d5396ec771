package osmodule

// This file defines stat and its result.

import (
	"io/fs"
	"os"
	"sync"

	"aio/interp"
)

// statResult is the type of what stat returns: ten numbers, the last three of which are times in whole
// seconds; the attributes with the names of times are exact.
var statResult = sync.OnceValue(func() *interp.Type {
	return interp.NewLongStructType("os", "stat_result",
		[]string{"st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "_atime", "_mtime", "_ctime"},
		[]string{"st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"})
})

// fileStat is what the system tells of a file beyond fs.FileInfo; times are in nanoseconds.
type fileStat struct {
	inode, device, links, uid, gid int64
	atime, mtime, ctime            int64
	blockSize, blocks, rdev        int64
}

func stat(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	if fd, ok := interp.AsInt(a[0]); ok {
		return statDescriptor(int(fd))
	}
	follow, err := th.Truth(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	if !follow {
		return lstat(th, a)
	}
	return statWith(th, a[0], os.Stat)
}

func lstat(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	return statWith(th, a[0], os.Lstat)
}

func statWith(th *interp.Thread, v interp.Value, f func(string) (fs.FileInfo, error)) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, v)
	if err != nil {
		return interp.Value{}, err
	}
	info, failure := f(path)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, path)
	}
	return newStat(info), nil
}

func statDescriptor(fd int) (interp.Value, *interp.Exc) {
	info, err := describe(fd)
	if err != nil {
		return interp.Value{}, interp.OSErrorOf(err, "")
	}
	return newStat(info), nil
}

func newStat(info fs.FileInfo) interp.Value {
	s := systemStat(info)
	const second = 1e9
	items := []int64{unixMode(info.Mode()), s.inode, s.device, s.links, s.uid, s.gid, info.Size(),
		s.atime / second, s.mtime / second, s.ctime / second}
	var values []interp.Value
	for _, n := range items {
		values = append(values, interp.MkInt(n))
	}
	for _, ns := range []int64{s.atime, s.mtime, s.ctime} {
		values = append(values, interp.MkFloat(float64(ns)/second))
	}
	for _, n := range []int64{s.atime, s.mtime, s.ctime, s.blockSize, s.blocks, s.rdev} {
		values = append(values, interp.MkInt(n))
	}
	return interp.NewStruct(statResult(), values...)
}

// unixMode returns the mode as the stat system call gives it.
func unixMode(m fs.FileMode) int64 {
	mode := int64(m.Perm())
	for flag, bits := range map[fs.FileMode]int64{fs.ModeSetuid: 0o4000, fs.ModeSetgid: 0o2000, fs.ModeSticky: 0o1000} {
		if m&flag != 0 {
			mode |= bits
		}
	}
	switch {
	case m&fs.ModeDir != 0:
		mode |= 0o040000
	case m&fs.ModeSymlink != 0:
		mode |= 0o120000
	case m&fs.ModeNamedPipe != 0:
		mode |= 0o010000
	case m&fs.ModeSocket != 0:
		mode |= 0o140000
	case m&fs.ModeCharDevice != 0:
		mode |= 0o020000
	case m&fs.ModeDevice != 0:
		mode |= 0o060000
	default:
		mode |= 0o100000
	}
	return mode
}
