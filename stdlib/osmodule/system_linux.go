package osmodule

// This file defines what of os is Linux's own: descriptors, inodes, access rights.

import (
	"io/fs"
	"os"
	"syscall"

	"aio/interp"
)

var (
	errIsDir  error = syscall.EISDIR
	errNotDir error = syscall.ENOTDIR
)

func systemStat(info fs.FileInfo) fileStat {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t := info.ModTime().UnixNano()
		return fileStat{atime: t, mtime: t, ctime: t}
	}
	return fileStat{
		inode: int64(s.Ino), device: int64(s.Dev), links: int64(s.Nlink), uid: int64(s.Uid), gid: int64(s.Gid),
		atime: s.Atim.Nano(), mtime: s.Mtim.Nano(), ctime: s.Ctim.Nano(),
		blockSize: int64(s.Blksize), blocks: int64(s.Blocks), rdev: int64(s.Rdev),
	}
}

// describe is stat by descriptor: of a copy, which Go may close when it likes.
func describe(fd int) (fs.FileInfo, error) {
	copied, err := syscall.Dup(fd)
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(copied), "")
	defer f.Close()
	return f.Stat()
}

func canAccess(path string, mode int) bool { return syscall.Access(path, uint32(mode)) == nil }

var descriptorFlags = map[string]int{
	"O_RDONLY": syscall.O_RDONLY, "O_WRONLY": syscall.O_WRONLY, "O_RDWR": syscall.O_RDWR, "O_APPEND": syscall.O_APPEND,
	"O_CREAT": syscall.O_CREAT, "O_EXCL": syscall.O_EXCL, "O_TRUNC": syscall.O_TRUNC, "O_NONBLOCK": syscall.O_NONBLOCK,
	"O_CLOEXEC": syscall.O_CLOEXEC, "O_NOFOLLOW": syscall.O_NOFOLLOW, "O_SYNC": syscall.O_SYNC,
}

var descriptorFunctions = []interp.Builtin{
	{Sig: "open(path, flags, mode=511, *, dir_fd=None)", Doc: "Open a file for low level IO. Returns a file descriptor.", Fn: openDescriptor},
	{Sig: "close(fd)", Doc: "Close a file descriptor.", Fn: closeDescriptor},
	{Sig: "read(fd, length, /)", Doc: "Read from a file descriptor. Returns a bytes object.", Fn: readDescriptor},
	{Sig: "write(fd, data, /)", Doc: "Write a bytes object to a file descriptor.", Fn: writeDescriptor},
	{Sig: "lseek(fd, position, how, /)", Doc: "Set the position of a file descriptor. Return the new position.", Fn: seekDescriptor},
	{Sig: "fstat(fd)", Doc: "Perform a stat system call on the given file descriptor.", Fn: descriptorStat},
	{Sig: "fsync(fd)", Doc: "Force write of fd to disk.", Fn: onDescriptor(syscall.Fsync)},
	{Sig: "dup(fd, /)", Doc: "Return a duplicate of a file descriptor.", Fn: dupDescriptor},
	{Sig: "pipe()", Doc: "Create a pipe. Returns (read_fd, write_fd).", Fn: makePipe},
	{Sig: "isatty(fd, /)", Doc: "Return True if the fd is connected to a terminal.", Fn: isTerminal},
	{Sig: "kill(pid, signal, /)", Doc: "Kill a process with a signal.", Fn: kill},
	{Sig: "umask(mask, /)", Doc: "Set the current numeric umask and return the previous umask.", Fn: setUmask},
	{Sig: "getpgid(pid)", Doc: "Return the process group id of the process.", Fn: processGroup},
}

func openDescriptor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := th.FSPath(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	flags, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	mode, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	fd, failure := syscall.Open(path, flags|syscall.O_CLOEXEC, uint32(mode))
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, path)
	}
	return interp.MkInt(int64(fd)), nil
}

func onDescriptor(f func(fd int) error) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		fd, err := th.IndexInt(a[0])
		if err != nil {
			return interp.Value{}, err
		}
		return done(f(fd), "")
	}
}

var closeDescriptor = onDescriptor(syscall.Close)

func readDescriptor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fd, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	n, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	if n < 0 {
		return interp.Value{}, interp.OSErrorOf(syscall.EINVAL, "")
	}
	buf := make([]byte, min(n, 1<<20))
	n, failure := syscall.Read(fd, buf)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, "")
	}
	return interp.MkBytes(buf[:n]), nil
}

func writeDescriptor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fd, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	data, ok := interp.BufferOf(a[1])
	if !ok {
		return interp.Value{}, interp.TypeErrorf("a bytes-like object is required, not '%s'", interp.TypeName(a[1]))
	}
	n, failure := syscall.Write(fd, data)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, "")
	}
	return interp.MkInt(int64(n)), nil
}

func seekDescriptor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var n [3]int
	for i := range n {
		var err *interp.Exc
		if n[i], err = th.IndexInt(a[i]); err != nil {
			return interp.Value{}, err
		}
	}
	at, failure := syscall.Seek(n[0], int64(n[1]), n[2])
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, "")
	}
	return interp.MkInt(at), nil
}

func descriptorStat(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fd, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return statDescriptor(fd)
}

func dupDescriptor(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fd, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	copied, failure := syscall.Dup(fd)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, "")
	}
	return interp.MkInt(int64(copied)), nil
}

func makePipe(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	var fd [2]int
	if err := syscall.Pipe2(fd[:], syscall.O_CLOEXEC); err != nil {
		return interp.Value{}, interp.OSErrorOf(err, "")
	}
	return interp.Pair(interp.MkInt(int64(fd[0])), interp.MkInt(int64(fd[1]))), nil
}

func isTerminal(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	fd, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	info, failure := describe(fd)
	return interp.MkBool(failure == nil && info.Mode()&fs.ModeCharDevice != 0 && !isNullDevice(info)), nil
}

func isNullDevice(info fs.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(null, info)
}

func kill(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	pid, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	sig, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	if pid == os.Getpid() && th.Interp().SignalHandled(sig) {
		th.Interp().Signal(sig) // no way through the system, so that the handler has run when kill returns
		return interp.None, th.PollSignals()
	}
	return done(syscall.Kill(pid, syscall.Signal(sig)), "")
}

func setUmask(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	mask, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkInt(int64(syscall.Umask(mask))), nil
}

func processGroup(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	pid, err := th.IndexInt(a[0])
	if err != nil {
		return interp.Value{}, err
	}
	group, failure := syscall.Getpgid(pid)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, "")
	}
	return interp.MkInt(int64(group)), nil
}
