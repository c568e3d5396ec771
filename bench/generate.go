// This file defines the generator of long scripts.

package main

import (
	"fmt"
	"strings"
)

// part is what a generated script repeats, with the number of the repetition in place of %[1]d: definitions of
// many kinds, of which little is run.
const part = `
class Shape%[1]d(Base):
    """A shape, number %[1]d."""

    sides = %[1]d
    names = ["alpha", "beta", "gamma", 'delta %[1]d']

    def __init__(self, width, height=2, *rest, color="red", **options):
        super().__init__(width)
        self.width, self.height = width, height
        self.rest = [item for item in rest if item is not None]
        self.options = {"color": color, **options}

    @property
    def area(self):
        return self.width * self.height - (self.sides + 1) // 2 %% 7

    def compare(self, other, *, strict=False):
        if strict and not isinstance(other, Shape%[1]d):
            raise TypeError(f"expected {self.names[0]!r}, got {type(other).__name__:>10}")
        elif self.area < other.area <= 100 or other is None:
            return -1
        return self.area - other.area if self.area != other.area else 0


def process_%[1]d(records, limit=%[1]d, key=lambda r: r["id"]):
    totals = {}
    count = 0
    for index, record in enumerate(records):
        if index >= limit:
            break
        try:
            name, value = record["name"], record["value"] * 2 + 1
            totals[name] = totals.get(name, 0) + value
        except (KeyError, TypeError) as error:
            print("bad record %%d: %%s" %% (index, error))
            continue
        finally:
            count += 1
    while count > 0 and (count & 3 or ~count << 2):
        count -= 1
    else:
        count = None
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:10], count


async def fetch_%[1]d(source, retries=3):
    async with source.connect("host-%[1]d", port=8000 + %[1]d) as connection:
        for attempt in range(1, retries + 1):
            data = await connection.read(0x%[1]x, timeout=1.5e-1 * attempt)
            if (size := len(data)) > 0:
                yield {"attempt": attempt, "size": size, "ok": True}


TABLE_%[1]d = {
    "id": %[1]d,
    "weights": (0.25, 1e3, -7.5, %[1]d.125),
    "matrix": [[1, 2, 3], [4, 5, 6], [7, 8, %[1]d]],
    "text": "line one\n" "line two \u00e9 %[1]d",
}
RESULT_%[1]d = TABLE_%[1]d["id"] + len(TABLE_%[1]d["matrix"]) ** 2
`

const start = `# Generated: many definitions, little to run.

import asyncio
import sys


class Base:
    def __init__(self, width):
        self.base = width
`

// generate returns a script of at least the given number of lines.
func generate(lines int) string {
	var text strings.Builder
	text.WriteString(start)
	each := strings.Count(part, "\n")
	for i := range lines/each + 1 {
		fmt.Fprintf(&text, part, i+1)
	}
	text.WriteString("\nprint(\"loaded\", RESULT_1, Shape2(3, 4).area)\n")
	return text.String()
}
