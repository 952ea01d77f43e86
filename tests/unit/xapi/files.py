"""Statements that are written to files by tests and benchmarks."""

from __future__ import annotations

import copy
import json
from uuid import UUID

from tests.unit.xapi.cases import BASES


def lines(count: int, bases: tuple[str, ...] = ("account", "choice", "plain", "matching", "mentored")) -> list[str]:
    """Return so many sound statements as JSON, each with an id, an activity and a learner of its own."""
    made = []
    for number in range(count):
        statement = copy.deepcopy(BASES[bases[number % len(bases)]])
        statement["id"] = str(UUID(int=number, version=4))
        target = statement["object"]
        if "id" in target:
            target["id"] = f"https://example.org/courses/{number // 50}/page-{number}"
        if "account" in statement["actor"]:
            statement["actor"]["account"]["name"] = f"learner-{number % 997}"
        made.append(json.dumps(statement, ensure_ascii=False, separators=(",", ":")))
    return made
