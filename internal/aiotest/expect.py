"""Writes the expect and raises comments of script tests from what python3 prints.

    python3 internal/aiotest/expect.py FILE...

Old comments of the two kinds are replaced. A comment goes to the line that prints when those lines
run in the order in which they stand in the file, else (and when that tells more apart) to the
statement of the outermost level that made it print. What goes to stderr is shown, for a stderr comment to be written by hand. Read the
result: it says what CPython does, not that the test tests something.
"""
import ast
import contextlib
import io
import json
import os
import re
import subprocess
import sys
import traceback

import driver

DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
INLINE_WIDTH = 110
COMMENT_LINE = re.compile(r"^\s*# expect:.*\n", re.M)
COMMENT_TAIL = re.compile(r"[ ]+# (expect|raises):.*$", re.M)


class Recorder(io.TextIOBase):
    """A stdout that notes for each line which places of the file were active."""

    def __init__(self, path):
        self.path, self.lines, self.open = path, [], ""

    def write(self, text):
        places, frame = [], sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.path:
                places.append(frame.f_lineno)
            frame = frame.f_back
        where = [places[0], places[-1]] if places else [0, 0]
        *whole, self.open = (self.open + text).split("\n")
        self.lines += [[line, *where] for line in whole]
        self.last = where
        return len(text)

    def all_lines(self):
        return self.lines + ([[self.open, *self.last]] if self.open else [])


def record(path):
    """Runs path as __main__ in this process; prints [lines, raised] as JSON when all is over."""
    result = os.fdopen(os.dup(1), "w")
    recorder = sys.stdout = Recorder(path)
    raised = None
    try:
        exec(*driver.become(path))
    except SystemExit:
        pass
    except BaseException as error:
        raised = describe(error, path)
        print(raised, file=sys.stderr)
    json.dump([recorder.all_lines(), raised], result)
    result.close()


def describe(error, path):
    """Returns the line of path where error was raised and the first line of what is said about it."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno, f"{type(error).__name__}: {error.msg}"
    inner = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == path][-1]
    text = traceback.format_exception_only(error)[0].rstrip("\n").split("\n")[0]
    shown = io.StringIO()
    with contextlib.redirect_stderr(shown):
        sys.__excepthook__(type(error), error, error.__traceback__)  # knows suggestions
    return inner, [line for line in map(unframed, shown.getvalue().split("\n")) if line.startswith(text)][-1]


def unframed(line):
    """Returns a line of a traceback without what frames it in the traceback of a group."""
    return line.lstrip("| ")


class Misfit(Exception):
    """The comments cannot stand where a strategy wants them."""


def statements(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case))
            and hasattr(node, "lineno")]


def innermost(nodes, line):
    """Returns the shortest statement around a line."""
    around = [node for node in nodes if node.lineno <= line <= node.end_lineno]
    if not around:
        raise Misfit
    return min(around, key=lambda node: node.end_lineno - node.lineno)


def last_line(node, line):
    """Returns the line after which comments about `line` of this statement may stand."""
    if hasattr(node, "body") and not (node.lineno == node.end_lineno):
        if line == node.lineno < node.body[0].lineno and not isinstance(node, DEFINITIONS):
            return line  # a header
        raise Misfit
    return node.end_lineno


def by_place(lines, nodes, which):
    """Groups the printed lines by the statement that printed them; which is 1 for inner, 2 for outer."""
    groups, before = {}, 0
    for entry in lines:
        line = last_line(innermost(nodes, entry[which]), entry[which])
        if line < before:
            raise Misfit
        before = line
        groups.setdefault(line, []).append(entry[0])
    return groups


def by_statement(lines, tree, nodes):
    """Like by_place for the outermost statements; a compound one is taken apart if its order allows."""
    groups = {}
    for statement in tree.body:
        mine = [e for e in lines if statement.lineno <= e[2] <= statement.end_lineno]
        try:
            groups |= by_place(mine, nodes, 2)
        except Misfit:
            groups[statement.end_lineno] = [e[0] for e in mine]
    return groups


def annotate(path):
    """Rewrites one file; returns whether that changed it."""
    with open(path, encoding="utf-8") as file:
        before = file.read()
    source = COMMENT_TAIL.sub("", COMMENT_LINE.sub("", before))
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
                                "PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}
    stdin = "".join(line + "\n" for line in re.findall(r"# stdin: ?(.*)", source))
    # The recorder is imported, so that __main__ is the script's alone.
    command = [sys.executable, "-c", "import sys, expect; expect.record(sys.argv[1])", path]
    child = subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", env=environment,
                           timeout=20, cwd=os.path.dirname(path))
    lines, raised = json.loads(child.stdout)
    # The script ran with its old comments, whose lines are taken out of the text here.
    lines = [[line, moved(before, inner), moved(before, outer)] for line, inner, outer in lines]
    raised = raised and [moved(before, raised[0]), raised[1]]
    if child.stderr:
        print(f"{path}: stderr:\n{child.stderr}", end="")
    text, groups = source.split("\n"), {}
    if lines:
        tree = ast.parse(source)
        nodes = statements(tree)
        for node in nodes:  # a definition begins with its decorators
            node.lineno = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        groups = by_statement(lines, tree, nodes)
        try:
            inner = by_place(lines, nodes, 1)
            groups = inner if len(inner) >= len(groups) else groups
        except Misfit:
            pass
    if sum(map(len, groups.values())) != len(lines):
        print(f"{path}: some output belongs to no statement")
    for line in sorted(groups | ({raised[0]: 0} if raised else {}), reverse=True):
        expected = groups.get(line, [])
        if raised and raised[0] == line:
            text[line - 1] += f"  # raises: {raised[1]}"
        elif len(expected) == 1 and "# " not in text[line - 1]:
            inline = f"{text[line - 1]}  # expect: {expected[0]}".rstrip()
            if len(inline) <= INLINE_WIDTH:
                text[line - 1] = inline
                continue
        indent = re.match(r"\s*", text[line - 1]).group()
        text[line:line] = [f"{indent}# expect: {e}".rstrip() for e in expected]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(text))
    return "\n".join(text) != before


def moved(source, line):
    """Returns where a line of source stands without the expect comments above it."""
    return line - sum(1 for text in source.split("\n")[:line] if COMMENT_LINE.match(text + "\n"))


if __name__ == "__main__":
    for path in sys.argv[1:]:
        # A script that prints line numbers settles when its comments have found their lines.
        while annotate(os.path.abspath(path)):
            pass
