// Package errno is the module errno: the names of the system's error numbers, and errorcode, which maps
// the numbers to the names.
package errno

import (
	"syscall"

	"aio/interp"
)

// Module is the module errno.
var Module = &interp.ModuleDef{
	Name: "errno",
	Doc: "This module makes available standard errno system symbols.\n\nThe value of each symbol is the corresponding integer value,\n" +
		"e.g., on most systems, errno.ENOENT equals the integer 2.\n\nThe dictionary errno.errorcode maps numeric codes to symbol names,\n" +
		"e.g., errno.errorcode[2] could be the string 'ENOENT'.\n\nSymbols that are not relevant to the underlying system are not defined.\n\n" +
		"To map error codes to error messages, use the function os.strerror(),\ne.g. os.strerror(2) could return 'No such file or directory'.",
	Init: func(th *interp.Thread, m *interp.Module) *interp.Exc {
		codes := interp.NewDict()
		for _, e := range names {
			number := interp.MkInt(int64(e.number))
			m.Set(e.name, number)
			if err := codes.Set(th, number, interp.MkStr(e.name)); err != nil {
				return err
			}
		}
		m.Set("errorcode", codes.Value())
		return nil
	},
}

// names is the table of error numbers. Of two names for one number the later is in errorcode.
var names = []struct {
	name   string
	number syscall.Errno
}{
	{"ENOTSUP", syscall.ENOTSUP},
	{"E2BIG", syscall.E2BIG},
	{"EACCES", syscall.EACCES},
	{"EWOULDBLOCK", syscall.EWOULDBLOCK},
	{"EADDRINUSE", syscall.EADDRINUSE},
	{"EADDRNOTAVAIL", syscall.EADDRNOTAVAIL},
	{"EAFNOSUPPORT", syscall.EAFNOSUPPORT},
	{"EALREADY", syscall.EALREADY},
	{"EBADF", syscall.EBADF},
	{"EBADMSG", syscall.EBADMSG},
	{"EBUSY", syscall.EBUSY},
	{"ECANCELED", syscall.ECANCELED},
	{"ECHILD", syscall.ECHILD},
	{"ECONNABORTED", syscall.ECONNABORTED},
	{"ECONNREFUSED", syscall.ECONNREFUSED},
	{"ECONNRESET", syscall.ECONNRESET},
	{"EDEADLK", syscall.EDEADLK},
	{"EDESTADDRREQ", syscall.EDESTADDRREQ},
	{"EDOM", syscall.EDOM},
	{"EDQUOT", syscall.EDQUOT},
	{"EEXIST", syscall.EEXIST},
	{"EFAULT", syscall.EFAULT},
	{"EFBIG", syscall.EFBIG},
	{"EHOSTDOWN", syscall.EHOSTDOWN},
	{"EHOSTUNREACH", syscall.EHOSTUNREACH},
	{"EIDRM", syscall.EIDRM},
	{"EILSEQ", syscall.EILSEQ},
	{"EINPROGRESS", syscall.EINPROGRESS},
	{"EINTR", syscall.EINTR},
	{"EINVAL", syscall.EINVAL},
	{"EIO", syscall.EIO},
	{"EISCONN", syscall.EISCONN},
	{"EISDIR", syscall.EISDIR},
	{"ELOOP", syscall.ELOOP},
	{"EMFILE", syscall.EMFILE},
	{"EMLINK", syscall.EMLINK},
	{"EMSGSIZE", syscall.EMSGSIZE},
	{"EMULTIHOP", syscall.EMULTIHOP},
	{"ENAMETOOLONG", syscall.ENAMETOOLONG},
	{"ENETDOWN", syscall.ENETDOWN},
	{"ENETRESET", syscall.ENETRESET},
	{"ENETUNREACH", syscall.ENETUNREACH},
	{"ENFILE", syscall.ENFILE},
	{"ENOBUFS", syscall.ENOBUFS},
	{"ENODEV", syscall.ENODEV},
	{"ENOENT", syscall.ENOENT},
	{"ENOEXEC", syscall.ENOEXEC},
	{"ENOLCK", syscall.ENOLCK},
	{"ENOLINK", syscall.ENOLINK},
	{"ENOMEM", syscall.ENOMEM},
	{"ENOMSG", syscall.ENOMSG},
	{"ENOPROTOOPT", syscall.ENOPROTOOPT},
	{"ENOSPC", syscall.ENOSPC},
	{"ENOSYS", syscall.ENOSYS},
	{"ENOTCONN", syscall.ENOTCONN},
	{"ENOTDIR", syscall.ENOTDIR},
	{"ENOTEMPTY", syscall.ENOTEMPTY},
	{"ENOTSOCK", syscall.ENOTSOCK},
	{"ENOTTY", syscall.ENOTTY},
	{"ENXIO", syscall.ENXIO},
	{"EOPNOTSUPP", syscall.EOPNOTSUPP},
	{"EOVERFLOW", syscall.EOVERFLOW},
	{"EPERM", syscall.EPERM},
	{"EPFNOSUPPORT", syscall.EPFNOSUPPORT},
	{"EPIPE", syscall.EPIPE},
	{"EPROTO", syscall.EPROTO},
	{"EPROTONOSUPPORT", syscall.EPROTONOSUPPORT},
	{"EPROTOTYPE", syscall.EPROTOTYPE},
	{"ERANGE", syscall.ERANGE},
	{"EROFS", syscall.EROFS},
	{"ESHUTDOWN", syscall.ESHUTDOWN},
	{"ESOCKTNOSUPPORT", syscall.ESOCKTNOSUPPORT},
	{"ESPIPE", syscall.ESPIPE},
	{"ESRCH", syscall.ESRCH},
	{"ESTALE", syscall.ESTALE},
	{"ETIMEDOUT", syscall.ETIMEDOUT},
	{"ETOOMANYREFS", syscall.ETOOMANYREFS},
	{"ETXTBSY", syscall.ETXTBSY},
	{"EUSERS", syscall.EUSERS},
	{"EXDEV", syscall.EXDEV},
	{"EAGAIN", syscall.EAGAIN},
}
