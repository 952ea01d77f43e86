"""Knows the headings of Moodle's report "Interactions", in whatever language it was downloaded.

Behind the titles of the modules each question has up to four columns, numbered from 0 on and always in one order:
question, response, right answer, result (moodle/moodle, mod/scorm/report/interactions/classes/report.php, display).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sclt.errors import UsageError
from sclt.locale import known
from sclt.records.cells import unnumbered

CELLS = ("question", "response", "right", "result")
_NUMBER = re.compile(r"^\d+(?=\s*[.)]?\s)|\d+$")


def kinds(headings: Sequence[str], columns: Mapping[str, str], where: str) -> list[str]:
    """Return what each column holds: one of `CELLS`, or nothing for a module; ``columns`` names some of them.

    Headings of a language that is not known are counted, which tells what is what where all four are there. Raises
    UsageError where it does not.
    """
    named = {heading.lower(): kind for kind, heading in columns.items() if kind in CELLS}
    words = {name: kind for kind in CELLS for name in known("headings")[kind]} | named
    found = [words.get(unnumbered(each), "") if _NUMBER.search(each) else "" for each in headings]
    if "question" in found:
        return found
    names, count = _counted(headings)
    if len(names) == len(CELLS):
        return [""] * (len(headings) - count * len(CELLS)) + list(CELLS) * count
    if names and not any(found):
        listed = ", ".join(f"'{name}'" for name in names)
        hint = f"Say which of {listed} is which: --column 'question=HEADING' --column 'response=HEADING'."
        raise UsageError("has columns of questions in a language that is not known.", where, hint)
    return found


def _counted(headings: Sequence[str]) -> tuple[list[str], int]:
    """Return the words of numbered columns, and how many numbers there are; no words where they are in no order."""
    parts = [(int(number[0]), unnumbered(each)) for each in headings if (number := _NUMBER.search(each))]
    names = list(dict.fromkeys(name for _, name in parts))
    count = len(parts) // (len(names) or 1)
    in_order = parts == [(number, name) for number in range(count) for name in names]
    return (names, count) if in_order else ([], 0)


def are_objectives(titles: Sequence[str]) -> bool:
    """Tell what only the report "Objectives" has as headings: an IRI of ours, or the two columns of an objective."""
    status, score = ("|".join(map(re.escape, known("headings")[f"objective {name}"])) for name in ("status", "score"))
    pair = rf"/objectives/|\t([^\t]+) (?:{status})\t\1 (?:{score})(?=\t)"
    return bool(re.search(pair, "\t".join(["", *titles, ""])))
