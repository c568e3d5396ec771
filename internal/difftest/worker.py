"""Runs programs: reads lines of JSON from stdin, each a list of programs, each a list of statements; answers
each line with one of JSON, which holds for each statement what it printed and the exception it ended with."""
import io
import json
import re
import sys

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
LIMIT = 4000


def describe(error):
    try:
        text = str(error)
    except Exception as inner:
        text = "str() raises " + repr(inner)
    parts = [type(error).__name__ + ": " + text]
    for link in ("__cause__", "__context__"):
        other = getattr(error, link)
        if other is not None:
            parts.append(link + " " + type(other).__name__)
    return "\n".join(parts)


def run(statements):
    namespace = {"__name__": "program"}
    seen = []
    for text in statements:
        out = io.StringIO()
        stdout, sys.stdout = sys.stdout, out
        try:
            exec(compile(text, "<program>", "exec"), namespace)
        except Exception as error:
            out.write(describe(error))
        finally:
            sys.stdout = stdout
        seen.append(ADDRESS.sub(" at 0x", out.getvalue())[:LIMIT])
    return seen


for line in sys.stdin:
    sys.stdout.write(json.dumps([run(program) for program in json.loads(line)]) + "\n")
    sys.stdout.flush()
