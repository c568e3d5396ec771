//go:build !linux

package osmodule

// This file defines what of os differs from system to system, where it is not Linux: less is offered.

import (
	"errors"
	"io/fs"
	"os"

	"aio/interp"
)

var (
	errIsDir  = errors.New("Is a directory")
	errNotDir = errors.New("Not a directory")
)

func systemStat(info fs.FileInfo) fileStat {
	t := info.ModTime().UnixNano()
	return fileStat{links: 1, atime: t, mtime: t, ctime: t}
}

func describe(fd int) (fs.FileInfo, error) { return nil, fs.ErrInvalid }

func canAccess(path string, mode int) bool {
	_, err := os.Stat(path)
	return err == nil
}

var descriptorFlags = map[string]int{
	"O_RDONLY": os.O_RDONLY, "O_WRONLY": os.O_WRONLY, "O_RDWR": os.O_RDWR, "O_APPEND": os.O_APPEND,
	"O_CREAT": os.O_CREATE, "O_EXCL": os.O_EXCL, "O_TRUNC": os.O_TRUNC,
}

var descriptorFunctions []interp.Builtin
