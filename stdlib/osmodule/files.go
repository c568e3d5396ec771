package osmodule

// This file defines the functions of os that work on files and folders by path.

import (
	"io/fs"
	"os"
	"time"

	"aio/interp"
)

var fileFunctions = []interp.Builtin{
	{Sig: "getcwd()", Doc: "Return a unicode string representing the current working directory.", Fn: getCwd},
	{Sig: "chdir(path)", Doc: "Change the current working directory to the specified path.", Fn: onPath(os.Chdir)},
	{Sig: "listdir(path=None)", Doc: "Return a list containing the names of the files in the directory.", Fn: listDir},
	{Sig: "stat(path, *, dir_fd=None, follow_symlinks=True)", Doc: "Perform a stat system call on the given path.", Fn: stat},
	{Sig: "lstat(path, *, dir_fd=None)", Doc: "Perform a stat system call on the given path, without following symbolic links.", Fn: lstat},
	{Sig: "mkdir(path, mode=511, *, dir_fd=None)", Doc: "Create a directory.", Fn: makeDir},
	{Sig: "rmdir(path, *, dir_fd=None)", Doc: "Remove a directory.", Fn: onPath(removeDir)},
	{Sig: "remove(path, *, dir_fd=None)", Doc: "Remove a file (same as unlink()).", Fn: onPath(removeFile)},
	{Sig: "unlink(path, *, dir_fd=None)", Doc: "Remove a file (same as remove()).", Fn: onPath(removeFile)},
	{Sig: "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", Doc: "Rename a file or directory.", Fn: onPaths(os.Rename)},
	{Sig: "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", Doc: "Rename a file or directory, overwriting the destination.", Fn: onPaths(os.Rename)},
	{Sig: "link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", Doc: "Create a hard link to a file.", Fn: onPaths(os.Link)},
	{Sig: "symlink(src, dst, target_is_directory=False, *, dir_fd=None)", Doc: "Create a symbolic link pointing to src named dst.", Fn: onPaths(os.Symlink)},
	{Sig: "readlink(path, *, dir_fd=None)", Doc: "Return a string representing the path to which the symbolic link points.", Fn: readLink},
	{Sig: "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", Doc: "Change the access permissions of a file.", Fn: changeMode},
	{Sig: "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", Doc: "Use the real uid/gid to test for access to a path.", Fn: access},
	{Sig: "truncate(path, length)", Doc: "Truncate a file, specified by path, to a specific length.", Fn: truncate},
	{Sig: "_utime(path, access, modification)", Doc: "Set the access and modified time of path, in nanoseconds.", Fn: setTimes},
}

// pathOf returns the path that v stands for. What scripts have written to files is on the disk then, also
// where they dropped a file without closing it.
func pathOf(th *interp.Thread, v interp.Value) (string, *interp.Exc) {
	if err := th.Interp().FlushFiles(); err != nil {
		return "", err
	}
	return th.FSPath(v)
}

// onPath makes a function of a path.
func onPath(f func(path string) error) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		path, err := pathOf(th, a[0])
		if err != nil {
			return interp.Value{}, err
		}
		return done(f(path), path)
	}
}

// onPaths makes a function of two paths.
func onPaths(f func(src, dst string) error) interp.BuiltinFunc {
	return func(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
		src, err := pathOf(th, a[0])
		if err != nil {
			return interp.Value{}, err
		}
		dst, err := pathOf(th, a[1])
		if err != nil {
			return interp.Value{}, err
		}
		if failure := f(src, dst); failure != nil {
			e := interp.OSErrorOf(failure, "")
			if n := e.Args(); len(n) == 2 {
				e = interp.NewExc(e.Type(), n[0], n[1], interp.MkStr(src), interp.None, interp.MkStr(dst))
			}
			return interp.Value{}, e
		}
		return interp.None, nil
	}
}

func getCwd(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	dir, err := os.Getwd()
	if err != nil {
		return interp.Value{}, interp.OSErrorOf(err, "")
	}
	return interp.MkStr(dir), nil
}

func listDir(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path := "."
	if !a[0].IsNone() {
		var err *interp.Exc
		if path, err = pathOf(th, a[0]); err != nil {
			return interp.Value{}, err
		}
	}
	list, err := os.ReadDir(path)
	if err != nil {
		return interp.Value{}, interp.OSErrorOf(err, path)
	}
	_, bytes := interp.BufferOf(a[0])
	names := make([]interp.Value, len(list))
	for i, e := range list {
		names[i] = interp.MkStr(e.Name())
		if bytes {
			names[i] = interp.MkBytes([]byte(e.Name()))
		}
	}
	return interp.MkList(names), nil
}

func makeDir(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	mode, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return done(os.Mkdir(path, fs.FileMode(mode)&fs.ModePerm), path)
}

// removeFile and removeDir remove what they are named after alone, which os.Remove does not tell apart.
func removeFile(path string) error {
	if info, err := os.Lstat(path); err == nil && info.IsDir() {
		return errIsDir
	}
	return os.Remove(path)
}

func removeDir(path string) error {
	if info, err := os.Lstat(path); err == nil && !info.IsDir() {
		return errNotDir
	}
	return os.Remove(path)
}

func readLink(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	target, failure := os.Readlink(path)
	if failure != nil {
		return interp.Value{}, interp.OSErrorOf(failure, path)
	}
	return interp.MkStr(target), nil
}

func changeMode(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	mode, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	m := fs.FileMode(mode) & fs.ModePerm
	for bit, flag := range map[int]fs.FileMode{0o4000: fs.ModeSetuid, 0o2000: fs.ModeSetgid, 0o1000: fs.ModeSticky} {
		if mode&bit != 0 {
			m |= flag
		}
	}
	return done(os.Chmod(path, m), path)
}

func access(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	mode, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return interp.MkBool(canAccess(path, mode)), nil
}

func truncate(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	n, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	return done(os.Truncate(path, int64(n)), path)
}

func setTimes(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	path, err := pathOf(th, a[0])
	if err != nil {
		return interp.Value{}, err
	}
	at, err := th.IndexInt(a[1])
	if err != nil {
		return interp.Value{}, err
	}
	mt, err := th.IndexInt(a[2])
	if err != nil {
		return interp.Value{}, err
	}
	return done(os.Chtimes(path, time.Unix(0, int64(at)), time.Unix(0, int64(mt))), path)
}
