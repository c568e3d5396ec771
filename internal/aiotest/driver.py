"""Runs many scripts, each in a forked child of one python3, as if each were started by itself.

Reads from stdin a JSON list of {path, stdin}; writes one line of JSON {stdout, stderr, exit, timeout}
for each, in order. A child that gets a file leaves the loop below and runs it as __main__ to the
natural end of the process, so that what CPython does at exit happens to it too. For that nothing of
this module may hold the globals of __main__. To be started as: import driver; exec(*driver.main())
"""
import asyncio, builtins, contextvars, gc, importlib.machinery, json, os, signal, sys, tempfile, time  # warm

TIME_LIMIT = 20


def start(request):
    """Forks; returns (pid, deadline, files) in the parent and None in the child that shall run it."""
    files = [tempfile.TemporaryFile() for _ in range(3)]
    files[0].write(request["stdin"].encode())
    files[0].seek(0)
    pid = os.fork()
    if pid:
        return pid, time.monotonic() + TIME_LIMIT, files
    for descriptor, file in enumerate(files):
        os.dup2(file.fileno(), descriptor)
    os.chdir(os.path.dirname(request["path"]))
    return None


def read(file):
    file.seek(0)
    return file.read().decode("utf-8", "backslashreplace")


def run_children(requests):
    """Runs all requests; returns the path to run in a child, and None in the parent after the last."""
    at_once = max(2, os.cpu_count() or 2)
    running, outcomes, printed = {}, {}, 0
    waiting = list(enumerate(requests))[::-1]
    while waiting or running:
        while waiting and len(running) < at_once:
            index, request = waiting.pop()
            running[index] = start(request)
            if running[index] is None:
                return request["path"]
        time.sleep(0.001)
        for index, (pid, deadline, files) in list(running.items()):
            late = time.monotonic() > deadline
            if late:
                os.kill(pid, signal.SIGKILL)
            ended, status = os.waitpid(pid, 0 if late else os.WNOHANG)
            if ended:
                del running[index]
                exit = os.waitstatus_to_exitcode(status)
                outcomes[index] = {"stdout": read(files[1]), "stderr": read(files[2]), "exit": exit, "timeout": late}
                for file in files:
                    file.close()
        while printed in outcomes:
            print(json.dumps(outcomes.pop(printed)), flush=True)
            printed += 1
    return None


def without_driver(kind, value, trace):
    """Prints an exception that nobody caught, without the frames that started the script."""
    while trace is not None and trace.tb_frame.f_code.co_filename in ("<string>", __file__):
        trace = trace.tb_next
    value.__traceback__ = trace
    sys.__excepthook__(kind, value, trace)  # unlike module traceback it knows suggestions


def import_aio_files():
    """Lets import statements find name.aio as they find name.py."""
    machinery = importlib.machinery
    loaders = [(machinery.SourceFileLoader, [".py", ".aio"]),
               (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES)]
    sys.path_hooks.insert(0, machinery.FileFinder.path_hook(*loaders))
    sys.path_importer_cache.clear()


def become(path):
    """Makes this process look like `python3 path`; returns the code to run and its globals."""
    sys.argv[:] = [path]
    sys.path[0] = os.path.dirname(path)
    sys.excepthook = without_driver
    import_aio_files()
    main = sys.modules["__main__"] = type(sys)("__main__")
    main.__file__, main.__builtins__ = path, builtins
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True), main.__dict__


def main():
    """Runs the requests of stdin; returns what is to be run as __main__: in the parent, nothing."""
    gc.freeze()  # a child need not look at what it shares with the parent
    path = run_children(json.load(sys.stdin))
    return become(path) if path else ("", {})
