"""The cases of statements: a base, what is changed in it, and what must be found.

tests/unit/xapi/cases/*.yaml hold, by rule, `fail:` and `pass:`. A case has a `base` of bases.yaml ("plain" by default),
`set:` values by JSON pointer, `remove:` pointers, `version:` to read it by; or the `text:` of a statement, its `hex:`,
or `repeat:`. A failing case says `at:`, the pointer of what is found; nothing else may be found.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.places import table

HERE = Path(__file__).parent
BASES: dict[str, Any] = table(HERE / "bases.yaml")


def all_cases() -> dict[str, Any]:
    """Return the cases of every rule; a rule stands in one file alone."""
    found: dict[str, Any] = {}
    for path in sorted((HERE / "cases").glob("*.yaml")):
        for rule, cases in table(path).items():
            assert rule not in found, f"{rule} stands in two files"
            found[rule] = cases
    return found


def statement(case: dict[str, Any]) -> Any:
    """Return the statement that a case describes."""
    made = copy.deepcopy(BASES[case.get("base", "plain")])
    for pointer in case.get("remove", ()):
        holder, key = _place(made, pointer)
        del holder[key]
    for pointer, value in case.get("set", {}).items():
        holder, key = _place(made, pointer)
        holder[key] = value
    return made


def text(case: dict[str, Any]) -> bytes:
    """Return the JSON text that a case describes."""
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "repeat" in case:
        part, times = case["repeat"]
        return (part * times).encode()
    if "text" in case:
        return str(case["text"]).replace("{plain}", json.dumps(BASES["plain"])[1:-1]).encode()
    return json.dumps(statement(case), ensure_ascii=False).encode()


def each(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield rule and case of every failing or passing case."""
    for rule, cases in all_cases().items():
        for case in cases.get(kind, ()):
            yield rule, case


def _place(value: Any, pointer: str) -> tuple[Any, Any]:
    *parents, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    for part in parents:
        value = value[int(part) if isinstance(value, list) else part]
    return value, int(last) if isinstance(value, list) else last
