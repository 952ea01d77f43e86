"""How far a learner is in a course, read from the statements of a registration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sclt.lrs.cmi5.enrolments import Enrolment
from sclt.lrs.cmi5.following import done_in
from sclt.lrs.cmi5.moveon import is_met, is_satisfied
from sclt.lrs.cmi5.structure import Au, units
from sclt.lrs.cmi5.told import is_defined, statements_in
from sclt.lrs.store import Store
from sclt.xapi.rules.demand import is_number
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import Extension, Verb


class UnitProgress(NamedTuple):
    """How far a learner is in an AU.

    ``score`` is the scaled score of passed, else of the latest failed, from 0 to 1; ``progress`` is what the AU told
    last, in per cent. Both are None where nothing was told.
    """

    publisher_id: str
    titles: dict[str, str]
    move_on: str
    completed: bool
    passed: bool
    failed: bool
    waived: bool
    satisfied: bool
    score: float | None
    progress: int | None


class Progress(NamedTuple):
    """How far a learner is in a course, by the publisher's ids; ``satisfied`` is that of the whole course."""

    registration: str
    course: str
    satisfied: bool
    units: list[UnitProgress]


def progress_of(store: Store, enrolled: Enrolment) -> Progress:
    """Return how far a learner is."""
    done = done_in(store, enrolled.registration)
    told = statements_in(store, enrolled.registration)
    listed = [_of(unit, told, is_met(unit, done)) for unit in units(enrolled.course)]
    return Progress(enrolled.registration, enrolled.course.publisher_id, is_satisfied(enrolled.course, done), listed)


def _of(unit: Au, told: Iterable[Json], satisfied: bool) -> UnitProgress:
    mine = [each for each in told if each["object"].get("id") == unit.activity]
    defined = {each["verb"]["id"]: each for each in mine if is_defined(each)}
    verdict = defined.get(Verb.PASSED) or defined.get(Verb.FAILED) or {}
    return UnitProgress(
        publisher_id=unit.publisher_id,
        titles=unit.titles,
        move_on=unit.move_on,
        completed=Verb.COMPLETED in defined,
        passed=Verb.PASSED in defined,
        failed=Verb.FAILED in defined,
        waived=Verb.WAIVED in defined,
        satisfied=satisfied,
        score=_result(verdict).get("score", {}).get("scaled"),
        progress=_progress(mine),
    )


def _result(statement: Json) -> Json:
    return statement.get("result") or {}


def _progress(statements: Iterable[Json]) -> int | None:
    """Return the progress that was told last."""
    told = [(_result(each).get("extensions") or {}).get(Extension.PROGRESS) for each in statements]
    return next((int(each) for each in reversed(told) if is_number(each)), None)
