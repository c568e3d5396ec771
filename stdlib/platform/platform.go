// Package platform is the module platform: what is known of the machine, the system and the interpreter.
//
//	system, node, release, version, machine, processor, architecture, platform, uname
//	python_version, python_version_tuple, python_implementation, python_compiler, python_build, libc_ver
package platform

import (
	"os"
	"runtime"
	"strings"

	"aio/interp"
)

// Module is the module platform.
var Module = &interp.ModuleDef{
	Name: "platform",
	Doc:  "This module tries to retrieve as much platform-identifying data as possible.",
	Funcs: []interp.Builtin{
		{Sig: "_facts()", Doc: "Return system, node, machine and release.", Fn: facts},
	},
	Source: source,
}

// systems are the names of systems that differ from Go's with a capital letter.
var systems = map[string]string{"freebsd": "FreeBSD", "netbsd": "NetBSD", "openbsd": "OpenBSD", "js": "Emscripten"}

// machines are the names of processors that differ from Go's.
var machines = map[string]string{"amd64": "x86_64", "386": "i686", "arm64": "aarch64"}

func facts(th *interp.Thread, a []interp.Value) (interp.Value, *interp.Exc) {
	system, ok := systems[runtime.GOOS]
	if !ok {
		system = strings.ToUpper(runtime.GOOS[:1]) + runtime.GOOS[1:]
	}
	machine, ok := machines[runtime.GOARCH]
	if !ok {
		machine = runtime.GOARCH
	}
	node, err := os.Hostname()
	if err != nil {
		node = ""
	}
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		release = nil
	}
	return interp.MkTuple([]interp.Value{interp.MkStr(system), interp.MkStr(node), interp.MkStr(machine),
		interp.MkStr(strings.TrimSpace(string(release)))}), nil
}

// source holds the functions, which lose nothing by being written in the language.
const source = `
import collections
import sys

uname_result = collections.namedtuple("uname_result", "system node release version machine processor")
_system, _node, _machine, _release = _facts()


def uname():
    """Fairly portable uname interface. Returns a tuple of strings (system, node, release, version,
    machine, processor) identifying the underlying platform."""
    return uname_result(_system, _node, _release, "", _machine, "")


def system():
    """Returns the system/OS name, e.g. 'Linux', 'Windows' or 'Java'."""
    return _system


def node():
    """Returns the computer's network name (which may not be fully qualified)."""
    return _node


def release():
    """Returns the system's release, e.g. '2.2.0' or 'NT'."""
    return _release


def version():
    """Returns the system's release version, e.g. '#3 on degas'."""
    return ""


def machine():
    """Returns the machine type, e.g. 'i386'."""
    return _machine


def processor():
    """Returns the (true) processor name, '' when it is not known."""
    return ""


def architecture(executable=sys.executable, bits="", linkage=""):
    """Returns a tuple (bits, linkage): those of the interpreter."""
    return bits or ("64bit" if sys.maxsize > 2 ** 32 else "32bit"), linkage or ("ELF" if _system == "Linux" else "")


def platform(aliased=False, terse=False):
    """Returns a single string identifying the underlying platform."""
    return "-".join(part for part in (_system, _release, *(() if terse else (_machine,))) if part)


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """Returns (lib, version) as given: the interpreter needs no libc."""
    return lib, version


def python_implementation():
    """Returns the name of the interpreter."""
    return sys.implementation.name


def python_version():
    """Returns the Python version as string 'major.minor.patchlevel'."""
    return ".".join(python_version_tuple())


def python_version_tuple():
    """Returns the Python version as tuple (major, minor, patchlevel) of strings."""
    return tuple(map(str, sys.version_info[:3]))


def python_branch():
    return ""


def python_revision():
    return ""


def python_build():
    """Returns a tuple (buildno, builddate)."""
    return "main", ""


def python_compiler():
    """Returns a string identifying the compiler."""
    return "Go"
`
