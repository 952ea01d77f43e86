"""Ways through a module: conditions for going on from a page, and a short way. What can never be met is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sclt.blocks import kind_of
from sclt.errors import Place
from sclt.model.course import Block, Details, Module, Page, PageText, Piece, Question, Scenario, Tabs, walk
from sclt.model.finding import Severity, Topic, declare
from sclt.questions import type_of
from sclt.source.rules import Sheet

_declare = partial(declare, topic=Topic.SOURCES)
_declare(
    "way.idle",
    Severity.WARNING,
    "A page has what its condition for going on asks for",
    why="the condition says nothing, or the page was meant to have more",
    mend="Take the condition off go_on, or add what it asks for.",
)
_declare(
    "way.time",
    Severity.WARNING,
    "A page holds nobody longer than the whole module takes",
    why="a learner who has read everything would wait",
    mend="Lower the minutes, or mend the module's duration.",
)
_declare(
    "way.short",
    Severity.ERROR,
    "The short way can be passed",
    why="learners on it would never reach the score that passes",
    mend="Put a page with scored questions on the short way, or leave out mastery.",
)
_declare(
    "way.whole",
    Severity.WARNING,
    "The short way is shorter than the whole one",
    why="learners would choose between two ways that are the same",
    mend="Leave 'short: true' out of pages that the short way can do without.",
)
_MINUTES = re.compile(r"(\d+) minutes?")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?")


def _asks(block: Block) -> bool:
    return isinstance(block, Question | Scenario)


def _scores(block: Block) -> bool:
    return isinstance(block, Question | Scenario) and type_of(block).scored and block.points > 0


_NEEDS: Mapping[str, tuple[Callable[[Block], bool], str]] = {
    "answered": (_asks, "a question"),
    "passed": (_scores, "a question that is scored"),
    "opened": (lambda block: isinstance(block, Details | Tabs), "anything to open"),
    "watched": (lambda block: isinstance(block, Piece) and bool(kind_of(block).spoken), "a film or a sound"),
}
"""Conditions, what of a page they ask for, and its name."""


def conditions(names: Iterable[str]) -> dict[str, float]:
    """Return conditions by name, as the course's JSON has them: minutes with their number, others with 1."""
    return dict(_condition(name) for name in names)


def _condition(name: str) -> tuple[str, float]:
    minutes = _MINUTES.fullmatch(name)
    return ("minutes", float(minutes[1])) if minutes else (name, 1.0)


def go_on_of(facts: Mapping[str, Any]) -> dict[str, float] | None:
    """Return the conditions that a file names; None where it says nothing of them."""
    return conditions(facts["go_on"]) if "go_on" in facts else None


def check_ways(module: Module, sheet: Sheet) -> None:
    """Note conditions that ask for what a page does not have, and a short way that leads nowhere."""
    longest = _minutes(module.metadata.duration)
    for page in module.pages:
        for text in page.texts.values():
            _check_page(text, sheet)
        held = (page.main.go_on or {}).get("minutes", 0)
        if longest and held > longest:
            message = f"the page holds learners for {held:g} minutes, but the module takes {longest}."
            sheet.note("way.time", page.main.place, message)
    _check_short(module, sheet)


def _check_page(text: PageText, sheet: Sheet) -> None:
    blocks = list(walk(text.blocks))
    for name in (text.go_on or {}).keys() & _NEEDS.keys():
        has, what = _NEEDS[name]
        if not any(map(has, blocks)):
            sheet.note("way.idle", text.place, f"'{name}' is a condition for going on, but the page has not {what}.")


def _check_short(module: Module, sheet: Sheet) -> None:
    short = [page for page in module.pages if page.main.short]
    place = Place(f"{module.folder}/module.yaml")
    if short and len(short) == len(module.pages):
        sheet.note("way.whole", place, "every page is on the short way.")
    if short and module.mastery and _any_scored(module.pages) and not _any_scored(short):
        sheet.note("way.short", place, "no page of the short way has a question that is scored.")


def _any_scored(pages: Iterable[Page]) -> bool:
    return any(_scores(block) for page in pages for block in walk(page.main.blocks))


def _minutes(duration: str) -> int:
    """Return the minutes of an ISO 8601 duration, 0 where it says none."""
    match = _DURATION.fullmatch(duration)
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return (days * 24 + hours) * 60 + minutes


def differing(page: Page) -> Iterator[tuple[Place, str]]:
    """Yield the languages whose page names other conditions or another way than the first one."""
    first = page.main
    for text in page.texts.values():
        if (text.go_on, text.short) != (first.go_on, first.short):
            yield text.place, f"'go_on' or 'short' is not as in the page in '{first.language}'."
