"""What satisfies an AU, a block and a course (moveOn; cmi5, 9.3.9, 13.1.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from typing import TypeAlias

from sclt.lrs.cmi5.structure import Au, Block, Course
from sclt.xapi.statements.vocabulary import Verb

Verbs: TypeAlias = Set[str]
Done: TypeAlias = Mapping[str, Verbs]
"""Verbs of the defined statements of a registration, by the activity id of the AU."""

_MET: dict[str, Callable[[Verbs], bool]] = {
    "Passed": lambda verbs: Verb.PASSED in verbs,
    "Completed": lambda verbs: Verb.COMPLETED in verbs,
    "CompletedAndPassed": lambda verbs: {Verb.COMPLETED, Verb.PASSED} <= verbs,
    "CompletedOrPassed": lambda verbs: bool({Verb.COMPLETED, Verb.PASSED} & verbs),
    "NotApplicable": lambda verbs: True,
}
COUNTED = (Verb.COMPLETED, Verb.PASSED, Verb.WAIVED)
"""The verbs that may satisfy an AU."""


def is_met(au: Au, done: Done) -> bool:
    """Tell whether an AU's moveOn is met; one that was waived always is (cmi5, 9.3.7)."""
    verbs = done.get(au.activity, frozenset())
    return Verb.WAIVED in verbs or _MET[au.move_on](verbs)


def is_satisfied(thing: Course | Block, done: Done) -> bool:
    """Tell whether moveOn is met in all AUs of a block or course, those of inner blocks too."""
    return all(is_met(child, done) if isinstance(child, Au) else is_satisfied(child, done) for child in thing.children)


def satisfied(thing: Course | Block, done: Done) -> Iterator[Course | Block]:
    """Yield what is satisfied of a course, inner blocks before outer ones and the course at the end."""
    for child in thing.children:
        if isinstance(child, Block):
            yield from satisfied(child, done)
    if is_satisfied(thing, done):
        yield thing
