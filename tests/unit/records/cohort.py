"""A generated cohort whose truth is known: what a report must recover, and how far chance may take it from there.

Learners come by week, municipality and language, stop at a page with a known probability, and whoever reads all pages
answers every question by a two-parameter logistic model of a normal ability. The answers of a module are then one of
2^items patterns with known probabilities, so that every item statistic and its standard error follow exactly (delta
method on the multinomial), without the code under test and without a simulation.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import numpy as np

COURSE = "https://example.org/courses/office"
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
LITHUANIAN, SWITCHING = 0.65, 0.1
MUNICIPALITIES = {"Kaunas": 0.4, "Vilnius": 0.3, "Klaipėda": 0.2, "Tromsø": 0.1}
WEEKS = (0.05, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05)
PASS = 4
LURE = 0.7
"""Of wrong answers, how many choose option b; the others choose c."""
GAPS = ((2, 2, 0.9), (15, 10, 0.05), (45, 0, 0.05))
"""Minutes between two statements, how many of them count as work, and how likely they are."""

Array: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"


class Module(NamedTuple):
    """A module: how many of the cohort take it, who stops at each page, and its questions (slope, location)."""

    name: str
    share: float
    stops: tuple[float, ...]
    questions: tuple[tuple[float, float], ...]

    @property
    def iri(self) -> str:
        return f"{COURSE}/{self.name}"

    @property
    def reached(self) -> Array:
        """Return the probability of reaching each page, and at last the end."""
        return np.cumprod([1.0, *(1 - stop for stop in self.stops)])


MODULES = (
    Module(
        "first-day", 0.6, (0.05, 0.2, 0.02, 0.1), ((1.5, -1.5), (1.0, -0.5), (2.0, 0.0), (0.4, 0.3), (1.2, 1), (0.8, 2))
    ),
    Module("partners", 0.4, (0.1, 0.02, 0.3), ((2.0, -1.0), (1.5, -1.0), (1.0, 0.0), (0.5, 0.0), (1.8, 0.5))),
)


class Patterns(NamedTuple):
    """The answers to a module's questions (rows: 0 or 1 for each) and the probability of each row."""

    x: Array
    p: Array

    def mean(self, p: Array, values: Array) -> float:
        return float(p @ values / p.sum())

    def difficulty(self, item: int) -> Callable[[Array], float]:
        return lambda p: self.mean(p, self.x[:, item])

    def discrimination(self, item: int) -> Callable[[Array], float]:
        one, rest = self.x[:, item], self.x.sum(axis=1) - self.x[:, item]
        return lambda p: (
            self._covariance(p, one, rest) / math.sqrt(self._covariance(p, one, one) * self._covariance(p, rest, rest))
        )

    def alpha(self, p: Array) -> float:
        size, total = self.x.shape[1], self.x.sum(axis=1)
        parts = sum(self._covariance(p, each, each) for each in self.x.T)
        return size / (size - 1) * (1 - parts / self._covariance(p, total, total))

    def elsewhere(self, item: int) -> Callable[[Array], float]:
        """Return how those who answer an item wrong do on the others."""
        wrong = 1 - self.x[:, item]
        rest = (self.x.sum(axis=1) - self.x[:, item]) / (self.x.shape[1] - 1)
        return lambda p: float((p * wrong) @ rest / ((p * wrong).sum()))

    def _covariance(self, p: Array, one: Array, two: Array) -> float:
        return self.mean(p, one * two) - self.mean(p, one) * self.mean(p, two)


def patterns(module: Module) -> Patterns:
    """Return the answers of a module with their probabilities, integrated over abilities (Gauss–Hermite)."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(61)
    slope, location = np.array(module.questions).T
    right = 1 / (1 + np.exp(-slope * (nodes[:, None] - location)))
    x = np.array(list(itertools.product((0.0, 1.0), repeat=len(slope))))
    chances = np.prod(np.where(x[:, None, :] == 1, right, 1 - right), axis=2)
    return Patterns(x, chances @ weights / weights.sum())


class Truth(NamedTuple):
    """What a number is in the limit, and its standard error in a sample."""

    value: float
    error: float


def proportion(value: float, people: float) -> Truth:
    return Truth(value, math.sqrt(value * (1 - value) / people))


def statistic(of: Callable[[Array], float], p: Array, people: float) -> Truth:
    """Return a statistic of a multinomial sample with its standard error by the delta method."""
    step = 1e-6
    slope = np.array([(of(p + step * one) - of(p - step * one)) / (2 * step) for one in np.eye(len(p))])
    variance = p @ slope**2 - (p @ slope) ** 2
    return Truth(of(p), math.sqrt(variance / people))


def statements(people: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the statements of a cohort, those of a learner in their order."""
    random = Random(seed)
    for number in range(people):
        yield from _learner(f"p{number}", random)


def municipalities(people: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the address of each learner and where they live."""
    random = Random(seed + 1)
    for number in range(people):
        yield f"p{number}@example.org", _drawn(random, MUNICIPALITIES)


def _learner(name: str, random: Random) -> Iterator[dict[str, Any]]:
    module = _drawn(random, {module: module.share for module in MODULES})
    week = _drawn(random, dict(enumerate(WEEKS)))
    moment = START + timedelta(weeks=week, minutes=random.randrange(5 * 1440))
    language = "lt" if random.random() < LITHUANIAN else "en"
    first = {"lt": "en", "en": "lt"}[language] if random.random() < SWITCHING else language
    for place, (verb, thing, result) in enumerate(_events(module, random)):
        yield _statement(random, name, module, moment, verb, thing, result, language if place else first)
        moment += timedelta(minutes=_drawn(random, {minutes: chance for minutes, _, chance in GAPS}))


def _events(module: Module, random: Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "initialized", "", {}
    for number, stop in enumerate(module.stops, 1):
        yield "experienced", f"/pages/page-{number}", {}
        if random.random() < stop:
            return
    ability, right = random.gauss(0, 1), 0
    for number, (slope, location) in enumerate(module.questions, 1):
        x = random.random() < 1 / (1 + math.exp(-slope * (ability - location)))
        right += x
        response = "a" if x else "b" if random.random() < LURE else "c"
        yield "answered", f"/questions/q{number}", {"success": x, "response": response, "score": {"scaled": int(x)}}
    yield ("passed" if right >= PASS else "failed"), "", {"score": {"scaled": right / len(module.questions)}}
    yield "completed", "", {"completion": True}


def _statement(
    random: Random, name: str, module: Module, moment: datetime, verb: str, thing: str, result: Any, language: str
) -> dict[str, Any]:
    made = {
        "id": str(UUID(int=random.getrandbits(128), version=4)),
        "actor": {"mbox": f"mailto:{name}@example.org"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": f"{module.iri}{thing}"},
        "context": {"language": language, "contextActivities": {"grouping": [{"id": module.iri}]}},
        "timestamp": moment.isoformat(),
    }
    if verb == "answered":
        made["object"]["definition"] = {"interactionType": "choice"}  # type: ignore[index]
    return made | ({"result": result} if result else {})


def _drawn(random: Random, chances: dict[Any, float]) -> Any:
    return random.choices(list(chances), list(chances.values()))[0]
