"""What the page says of the answers: who has not finished, what fails, what they ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sclt.locale import Text, in_each, speaking
from sclt.records.answers import Answer
from sclt.records.metrics.gain import BEFORE
from sclt.records.metrics.metric import SMALLEST
from sclt.records.names import Names
from sclt.records.people import Person
from sclt.records.period import EVER, Period

Row: TypeAlias = dict[str, Any]

FEW = 20
"""Statistics of fewer people are a guess at most."""
_EASY, _HARD, _OFTEN, _BLUNT = 0.95, 0.4, 0.2, 0.1
_GOOD, _ENOUGH, _WEAK = 0.8, 0.7, 0.5
ASKED = ("response", "page", "module", "language", "day", "state")
"""What is told of a question to the authors."""


class Report(NamedTuple):
    """All that a report is made of.

    ``before`` are the answers for as many days before the period; ``people`` are those who have not finished, where
    somebody with the key asked for their names; ``last`` is the day of the last statement. ``questions`` are those to
    the authors that are kept beside the records, as rows of the metric ``asked`` with their ``state``.
    """

    answers: Sequence[Answer]
    names: Names
    aside: int = 0
    smallest: int = SMALLEST
    period: Period = EVER
    before: Sequence[Answer] = ()
    people: Sequence[Person] | None = None
    first: str = ""
    last: str = ""
    questions: Sequence[Row] = ()

    def asked(self) -> list[Row]:
        """Return the questions to the authors: those that are kept, with their ``state``, then what else was told."""
        known = {(row["module"], row["page"], row["response"]) for row in self.questions}
        told = (row | {"state": ""} for row in self.rows("asked"))
        return [*self.questions, *(row for row in told if (row["module"], row["page"], row["response"]) not in known)]

    def rows(self, metric: str) -> list[Row]:
        """Return the rows of a metric, none where there is no such metric."""
        return _rows(self.answers, metric)

    def told(self, metric: str) -> list[Row]:
        """Return the rows of a metric that are not hidden."""
        return [row for row in self.rows(metric) if not row.get("hidden")]

    def earlier(self, metric: str, **keys: Any) -> Row | None:
        """Return the same row of the period before, where it is told."""
        for row in _rows(self.before, metric):
            if not row["hidden"] and all(row[key] == value for key, value in keys.items()):
                return row
        return None


def _rows(answers: Iterable[Answer], metric: str) -> list[Row]:
    return next((answer.rows() for answer in answers if answer.metric.name == metric), [])


class Choice(NamedTuple):
    """An answer to a question: in words, how many chose it, and whether it is right (None where nobody knows)."""

    code: str
    words: Text
    chosen: int
    share: float
    is_right: bool | None


class Slice(NamedTuple):
    """What a part of the people did: those of a group, a language or a month (``by``); None where it is not told."""

    by: str
    value: str
    people: int | None
    share: float | None


class Card(NamedTuple):
    """A question as the page shows it. ``guess`` is a sentence of the likely cause."""

    iri: str
    module: str
    title: Text
    people: int
    share: float
    discrimination: float | None
    choices: list[Choice]
    wrong: list[tuple[Text, int, float | None]]
    guess: Text
    slices: Sequence[Slice] = ()


def cards(report: Report) -> list[Card]:
    """Return the questions that are told, those that most people fail first; those of pre-tests, which teach, last."""
    items = report.told("items")
    means = _means(items)
    options, wrong = (_by_question(report.told(name)) for name in ("options", "wrong_answers"))
    parts = _slices(report)
    made = [
        _card(
            report.names, item, options.get(_key(item), []), wrong.get(_key(item), []), means[item["module"]],
            parts.get(_key(item), []),
        )
        for item in items
    ]  # fmt: skip
    return sorted(made, key=lambda card: (is_before(card.module), card.share, card.discrimination or 0, card.iri))


def _slices(report: Report) -> dict[tuple[str, str], list[Slice]]:
    found: dict[tuple[str, str], list[Slice]] = {}
    for by in ("group", "language", "month"):
        for row in report.rows(f"items_by_{by}"):
            part = Slice(by, row[by], row["participants"], row["difficulty"])
            found.setdefault(_key(row), []).append(part)
    return found


def is_before(module: str) -> bool:
    """Tell whether a module is a pre-test: to fail there is no fault."""
    return bool(re.search(BEFORE, module))


def _key(row: Row) -> tuple[str, str]:
    return row["module"], row["question"]


def _by_question(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return found


def _means(items: Iterable[Row]) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for item in items:
        found.setdefault(item["module"], []).append(item["difficulty"])
    return {module: sum(shares) / len(shares) for module, shares in found.items()}


def _card(names: Names, item: Row, options: list[Row], wrong: list[Row], mean: float, slices: Sequence[Slice]) -> Card:
    iri = item["question"]
    choices = _choices(names, iri, options, item["participants"])
    answers = [(names.answer(iri, row["response"]), row["participants"], row["rest_score"]) for row in wrong]
    reason = cause(item, choices, wrong, mean)
    misleading = max(wrong, key=lambda row: row["rest_score"] or 0, default=None)
    answer = names.answer(iri, misleading["response"]) if misleading else dict.fromkeys(speaking("records"), "")
    guess = {tag: text.format(answer=answer[tag]) for tag, text in in_each("records", "causes", reason).items()}
    few = in_each("records", "causes", "few") if item["participants"] < FEW else dict.fromkeys(guess, "")
    return Card(
        iri, item["module"], names.of(iri), item["participants"], item["difficulty"], item["discrimination"],
        choices, [] if choices else answers, {tag: f"{guess[tag]} {few[tag]}".strip() for tag in guess}, slices,
    )  # fmt: skip


def _choices(names: Names, iri: str, options: list[Row], people: int) -> list[Choice]:
    """Return all options in the question's order, also those that nobody chose."""
    asked = names.question(iri)
    right = {code for pattern in asked.right for code in pattern.split("[,]")}
    chosen = {row["option"]: row["chosen"] for row in options}
    if not chosen:
        return []
    codes = dict.fromkeys([*asked.options, *chosen])
    return [
        Choice(
            code,
            names.answer(iri, code),
            chosen.get(code, 0),
            chosen.get(code, 0) / people,
            code in right if right else None,
        )
        for code in codes
    ]


def cause(item: Row, choices: Sequence[Choice], wrong: Sequence[Row], mean: float) -> str:
    """Return the likely cause of how a question does: a key among the words of causes."""
    share, tells = item["difficulty"], item["discrimination"]
    right = max((each.share for each in choices if each.is_right), default=None)
    preferred = right is not None and any(each.share > right for each in choices if each.is_right is False)
    if tells is not None and tells < 0 and preferred:
        return "wrong_key"
    if share >= _EASY:
        return "give_away"
    if tells is None:
        return "hard" if share < _HARD else "untold"
    if tells < _BLUNT:
        as_good = any((row["rest_score"] or 0) >= mean and row["share"] >= _OFTEN for row in wrong)
        return "two_right" if as_good else "unclear"
    return "not_taught" if share < _HARD else "sound"


class Objective(NamedTuple):
    """A learning objective: the share of right first answers to its questions, of how many answers and questions."""

    text: Text
    share: float
    answers: int
    questions: int


def objectives(report: Report) -> list[Objective]:
    """Return the objectives of the course that questions name, those that are reached least first."""
    found: dict[str, list[Row]] = {}
    texts: dict[str, Text] = {}
    for item in report.told("items"):
        if text := report.names.question(item["question"]).objective:
            key = "\n".join(text.values())
            texts[key] = text
            found.setdefault(key, []).append(item)
    made = [_objective(texts[key], items) for key, items in found.items()]
    return sorted(made, key=lambda each: each.share)


def _objective(text: Text, items: Sequence[Row]) -> Objective:
    answers = sum(item["participants"] for item in items)
    right = sum(item["difficulty"] * item["participants"] for item in items)
    return Objective(text, right / answers, answers, len(items))


def meaning(alpha: float) -> Text:
    """Return what a reliability means."""
    steps = ((_GOOD, "good"), (_ENOUGH, "enough"), (_WEAK, "weak"))
    return in_each("records", "reliability", next((name for least, name in steps if alpha >= least), "low"))


def stops(report: Report) -> list[Row]:
    """Return the pages at which most people stopped."""
    rows = [row for row in report.told("funnel") if row["stopped"]]
    return sorted(rows, key=lambda row: (-row["stopped"], row["module"], row["page"]))


def topics(report: Report) -> list[tuple[str, int]]:
    """Return how many questions to the authors were asked in each module, the most first."""
    counts: dict[str, int] = {}
    for row in report.asked():
        counts[row["module"]] = counts.get(row["module"], 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def parts_of(report: Report) -> Mapping[str, list[str]]:
    """Return the modules of each programme, as their participation lists them."""
    found: dict[str, list[str]] = {row["programme"]: [] for row in report.rows("programmes")}
    for row in report.rows("modules"):
        found.setdefault(row["programme"], []).append(row["module"])
    return found
