"""Makes statements of what an analyst has written down: arguments, or rows of a CSV such as a list of attendance."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sclt.errors import Place, UsageError
from sclt.model.finding import Finding, Rule, Severity, Topic, declare
from sclt.model.judged import plain_finding
from sclt.storage.tables import Line, lines
from sclt.xapi.judging.validate import validate
from sclt.xapi.statements import build
from sclt.xapi.statements.identity import Json, agent_key
from sclt.xapi.statements.vocabulary import ActivityType, Verb

VERBS = {
    verb.name.lower(): verb
    for verb in (Verb.ATTENDED, Verb.EXPERIENCED, Verb.ASKED, Verb.ANSWERED, Verb.COMPLETED, Verb.PASSED, Verb.FAILED)
}
FIELDS = ("actor", "actor-name", "timestamp", "duration", "score", "success", "response", "registration")
"""What differs from row to row; each may also be said once for all."""
ROW = declare(
    "emit.row",
    Severity.ERROR,
    "A row tells who did it and when, in forms that can be read",
    topic=Topic.RECORDS,
    why="what is guessed at here is wrong in every report",
    mend="Write the cell in a form that docs/analysts.md names.",
)
TWICE = declare(
    "emit.twice",
    Severity.WARNING,
    "A row differs from the others",
    topic=Topic.RECORDS,
    why="the same event counts once only",
    mend="Remove the repeated row, or give each its own time.",
)
_NAMESPACE = UUID("5b0a3c52-5a5f-5d7e-8a3b-2f6f7e0a9c11")
_FACTS: dict[Verb, dict[str, bool]] = {
    Verb.COMPLETED: {"completion": True},
    Verb.PASSED: {"success": True},
    Verb.FAILED: {"success": False},
}
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_CLOCK = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?")


class Event(NamedTuple):
    """What all statements of a run share.

    ``home_page`` makes actors accounts there; ``zone`` is that of times without an offset, refused otherwise.
    """

    verb: Verb
    activity: str
    kind: ActivityType
    name: Mapping[str, str]
    home_page: str = ""
    zone: tzinfo | None = None


class Row(NamedTuple):
    """Values by field, as they were written, and the line where; 0 for the command line."""

    line: int
    values: dict[str, str]


def rows(file: Path, columns: Mapping[str, str], fixed: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a table, as `sclt.storage.tables.lines` reads it, whose first line names the columns.

    ``columns`` gives the column of a field that is not named like it, ``fixed`` what is the same in every row. Raises
    UsageError for a column that is not there or another encoding, EnvironmentFault where the file cannot be read.
    """
    told = lines(file)
    names = next(told, Line(1, [])).cells
    alike = {name.lower(): place for place, name in reversed(list(enumerate(names)))}
    alike |= {name: place for place, name in enumerate(names)}
    chosen = {field: alike[field] for field in FIELDS if field in alike}
    for field, column in columns.items():
        place = alike.get(column, alike.get(column.lower()))
        if place is None:
            raise UsageError(f"has no column '{column}' for {field}.", str(file), f"It has: {', '.join(names)}.")
        chosen[field] = place
    for line, cells in told:
        if any(cells):
            values = {field: cells[place] for field, place in chosen.items() if place < len(cells)}
            yield Row(line, {**fixed, **{field: value for field, value in values.items() if value}})


def emit(event: Event, told: Iterable[Row], file: str) -> tuple[list[Json], list[Finding]]:
    """Return a statement for each row, and every finding with its line in ``file``.

    An id is made of the statement's content, so that the same row is the same statement whenever it is emitted.
    """
    made: dict[str, tuple[int, Json]] = {}
    found: list[Finding] = []
    for row in told:
        try:
            statement = _statement(event, row.values)
        except UsageError as error:
            found.append(_finding(ROW, file, row.line, error.message, error.hint))
            continue
        first, _ = made.setdefault(statement["id"], (row.line, statement))
        if first != row.line:
            found.append(_finding(TWICE, file, row.line, f"This tells the same as line {first}; it counts once."))
        found += (_moved(finding, file, row.line) for finding in validate(statement) if first == row.line)
    return [statement for _, statement in made.values()], found


def _finding(rule: Rule, file: str, line: int, message: str, mend: str = "") -> Finding:
    return plain_finding(Finding(rule, Place(file, line), message, mend))


def _moved(finding: Finding, file: str, line: int) -> Finding:
    return _finding(finding.rule, file, line, f"{finding.place.pointer}: {finding.message}", finding.mend)


def _statement(event: Event, values: Mapping[str, str]) -> Json:
    told = {field: _READERS[field](values[field]) for field in _READERS if field in values}
    result: dict[str, Any] = {name: told[name] for name in ("duration", "success", "response") if name in told}
    if "score" in told:
        result["score"] = {"scaled": told["score"]}
    built = build.statement(
        event.verb,
        _actor(event, values),
        build.activity(event.activity, event.kind, event.name),
        build.context(registration=told.get("registration")),
        build.When(_NAMESPACE, moment(values.get("timestamp", ""), event.zone)),
        **{**result, **_FACTS.get(event.verb, {})},
    )
    statement = build.as_json(built)
    return {**statement, "id": str(uuid5(_NAMESPACE, _event(statement)))}


def _event(statement: Json) -> str:
    """Return what makes the event: names of people, verbs and activities may change without making it another."""
    facts = {name: statement.get(name) for name in ("timestamp", "result", "context")}
    who = agent_key(statement["actor"])
    facts |= {"actor": who, "verb": statement["verb"]["id"], "object": statement["object"]["id"]}
    return json.dumps(facts, sort_keys=True)


def _actor(event: Event, values: Mapping[str, str]) -> Any:
    actor = values.get("actor", "")
    if not actor:
        raise UsageError("There is nobody who did it.", hint="Fill in the actor.")
    return build.person(f"{event.home_page}|{actor}" if event.home_page else actor, values.get("actor-name", ""))


def moment(text: str, zone: tzinfo | None) -> datetime:
    """Return a time that is written as ISO 8601; raises UsageError without an offset where there is no zone."""
    hint = "Write for instance 2026-03-01T18:00+02:00."
    if not text:
        raise UsageError("There is no time.", hint=hint)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no time.", hint=hint) from None
    if found.tzinfo:
        return found
    if zone is None:
        raise UsageError(f"'{text}' has no offset.", hint=f"{hint} Or say --timezone.")
    return found.replace(tzinfo=zone)


def duration(text: str) -> timedelta:
    """Return a duration that is written as H:MM, H:MM:SS or as ISO 8601 without months; raises UsageError."""
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()):
        raise UsageError(f"'{text}' is no duration.", hint="Write 1:30 or PT1H30M.")
    days, hours, minutes = (int(part or 0) for part in match.groups()[:3])
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=float(match[4] or 0))


def _score(text: str) -> float:
    number = text.removesuffix("%").strip().replace(",", ".")
    try:
        score = float(number) / (100 if text.endswith("%") else 1)
    except ValueError:
        score = 2
    if not -1 <= score <= 1:
        raise UsageError(f"'{text}' is no score.", hint="Write 0.85 or 85 %.")
    return round(score, 4)


def success(text: str) -> bool:
    """Return what a word such as true or no says; raises UsageError."""
    for words, value in ((("true", "yes", "1"), True), (("false", "no", "0"), False)):
        if text.lower() in words:
            return value
    raise UsageError(f"'{text}' is neither true nor false.", hint="Write true or false.")


def _registration(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UsageError(f"'{text}' is no UUID.") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "duration": duration,
    "score": _score,
    "success": success,
    "response": str,
    "registration": _registration,
}
