"""Which options of a question are right, as its list marks them with [x] and [ ]: read, and set where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sclt.errors import UsageError

_OPEN = re.compile(r"(:{3,})\s*question\b[^\n]*?\{[^}\n]*#([a-z0-9-]+)")
_MARK = re.compile(r"(\s*[-*+]\s+\[)([ xX])(\]\s)")


def marks(source: str, question: str) -> list[bool]:
    """Return of each marked option of a question whether it is right; nothing where the page has no such question."""
    return [match[2] != " " for _, match in _marked(source.split("\n"), question)]


def with_right(source: str, question: str, right: Collection[int]) -> str:
    """Return a page with those options of a question marked as right whose numbers, from 0, are in ``right``.

    Raises UsageError where the question has no such options.
    """
    lines = source.split("\n")
    found = list(_marked(lines, question))
    if not found or not set(right) <= set(range(len(found))):
        raise UsageError(f"'{question}' has no such options.", hint="Open the page again.")
    for number, (at, match) in enumerate(found):
        if (number in right) != (match[2] != " "):
            sign = "x" if number in right else " "
            lines[at] = f"{match[1]}{sign}{match[3]}{lines[at][match.end() :]}"
    return "\n".join(lines)


def _marked(lines: list[str], question: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the lines of a question's list that have a mark, by their number in the page."""
    fence = ""
    for at, line in enumerate(lines):
        opened = _OPEN.match(line)
        if not fence:
            fence = opened[1] if opened and opened[2] == question else ""
        elif line.strip() == fence:
            return
        elif match := _MARK.match(line):
            yield at, match
