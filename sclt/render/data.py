"""What the runtime knows of a module, as ARCHITECTURE.md describes it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from sclt.model.course import (
    Gap,
    Module,
    Option,
    Page,
    PageText,
    Pair,
    Pool,
    Question,
    Scenario,
    Step,
    Worksheet,
    first_name,
    option_codes,
    record_key,
    walk,
)

Json: TypeAlias = dict[str, Any]
Versions: TypeAlias = dict[str, Any]
"""The same question, in each language."""


class _Same:
    """A module as a key: the very same value, not an equal one; comparing takes longer than making the data."""

    def __init__(self, module: Module) -> None:
        self.module = module

    def __hash__(self) -> int:
        return id(self.module)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.module is self.module


def course_data(module: Module) -> Json:
    """Return the course JSON of the shell. It is made once for a module, and nobody changes it."""
    return _course_data(_Same(module))


@functools.lru_cache(maxsize=64)
def _course_data(same: _Same) -> Json:
    module = same.module
    contact = module.metadata.contact
    return {
        "format": 1,
        "id": module.id,
        "iri": module.iri,
        "version": module.metadata.version,
        "languages": list(module.languages),
        "title": module.metadata.title.texts,
        "mastery": module.mastery,
        "contact": contact.texts if contact else {},
        "objectives": [_recorded(o.id, o.was) | {"text": o.text.texts} for o in module.objectives],
        "pages": [_page(page) for page in module.pages],
        "questions": {key: value for page in module.pages for key, value in _questions(page)},
        "pools": {
            b.id: {"draw": b.draw, "questions": [q.id for q in b.questions]}
            for page in module.pages
            for b in walk(page.main.blocks)
            if isinstance(b, Pool)
        },
        "worksheets": {
            b.id: _keys(b.id, b.was)
            | {"page": page.id, "fields": [f.id for f in b.fields], "labels": [f.label for f in b.fields]}
            for page in module.pages
            for b in walk(page.main.blocks)
            if isinstance(b, Worksheet)
        },
        "glossary": [{"id": t.id, "term": t.term.texts, "text": t.text.texts} for t in module.terms],
    }


def _keys(identifier: str, was: tuple[str, ...]) -> Json:
    """Return what finds something in a learner's saved state, now and under its earlier identifiers."""
    return {"key": record_key(identifier), "was": [record_key(name) for name in was]}


def _recorded(identifier: str, was: tuple[str, ...]) -> Json:
    return {"id": identifier} | _keys(identifier, was)


def _page(page: Page) -> Json:
    return {
        **_recorded(page.id, page.main.was),
        "title": {language: text.title for language, text in page.texts.items()},
        "href": {language: page_name(text) for language, text in page.texts.items()},
        "questions": [b.id for b in walk(page.main.blocks) if isinstance(b, Question | Scenario)],
        "objectives": list(page.main.objectives),
    }


def page_name(text: PageText) -> str:
    """Return the name of a page's file."""
    return f"{text.id}.{text.language}.html"


def _questions(page: Page) -> Iterable[tuple[str, Json]]:
    versions: dict[str, Versions] = {}
    for language, text in page.texts.items():
        for block in walk(text.blocks):
            if isinstance(block, Question | Scenario):
                versions.setdefault(block.id, {})[language] = block
    pools = {q.id: b.id for b in walk(page.main.blocks) if isinstance(b, Pool) for q in b.questions}
    for identifier, version in versions.items():
        question = version[page.main.language]
        common: Json = {
            **_keys(identifier, question.was),
            "page": page.id,
            "points": question.points,
            "objective": question.objective,
        }
        if identifier in pools:
            common["pool"] = pools[identifier]
        special = _scenario(version) if isinstance(question, Scenario) else _question(version)
        yield identifier, common | special


def _texts(versions: Versions, text: Callable[[Any], str]) -> dict[str, str]:
    return {language: text(question) for language, question in versions.items()}


def _scenario(versions: Versions) -> Json:
    scenario: Scenario = next(iter(versions.values()))
    return {
        "type": "scenario",
        "retries": -1,
        "shuffle": False,
        "partial": True,
        "text": _texts(versions, lambda q: q.title),
        "steps": _coded(
            scenario.steps,
            [{"id": s.id, "score": s.score, "choices": [c.goto for c in s.choices]} for s in scenario.steps],
        ),
    }


def _question(versions: Versions) -> Json:
    question: Question = next(iter(versions.values()))
    common = {
        "type": question.type,
        "retries": question.retries,
        "shuffle": question.shuffle,
        "partial": question.partial,
        "text": _texts(versions, lambda q: q.text),
    }
    return common | _BY_TYPE[question.type](versions, question)


def _nth(versions: Versions, rows: Callable[[Any], Sequence[Any]], n: int, attribute: str = "text") -> dict[str, str]:
    """Return the text of the n-th row in each language."""
    return _texts(versions, lambda question: str(getattr(rows(question)[n], attribute)))


def _choices(versions: Versions, question: Question) -> Json:
    return {"options": _options(versions, lambda q: q.options)}


def _ordering(versions: Versions, question: Question) -> Json:
    return _choices(versions, question) | {
        "answer": _texts(versions, lambda q: " → ".join(option.text for option in q.options))
    }


def _options(versions: Versions, rows: Callable[[Any], Sequence[Any]]) -> list[Json]:
    first = rows(next(iter(versions.values())))
    return _coded(
        first, [{"id": o.id, "correct": o.correct, "text": _nth(versions, rows, n)} for n, o in enumerate(first)]
    )


def _coded(parts: Sequence[Option | Pair | Step | Gap], rows: list[Json]) -> list[Json]:
    """Give each row the code that stands for its part in a learner's saved state, whatever it is called now."""
    names = [part.id if isinstance(part, Gap) else first_name(part) for part in parts]
    codes = option_codes(names)
    return [{"id": row["id"], "code": codes[name]} | row for name, row in zip(names, rows, strict=True)]


def _short_answer(versions: Versions, question: Question) -> Json:
    accepted = {
        language: [{"id": o.id, "text": o.text, "correct": o.correct} for o in q.options]
        for language, q in versions.items()
    }
    answer = _texts(versions, lambda q: _first_right(q.options))
    return {"accepted": accepted, "answer": answer, "case": question.case, "max": question.max}


def _first_right(options: Sequence[Option]) -> str:
    return next(option.text for option in options if option.correct)


def _numeric(versions: Versions, question: Question) -> Json:
    ranges = [{"id": r.id, "low": r.low, "high": r.high, "correct": r.correct} for r in question.ranges]
    return {"ranges": ranges, "unit": _texts(versions, lambda q: q.unit)}


def _matching(versions: Versions, question: Question) -> Json:
    """Treat right sides with the same text as one, known by the first of their lines."""
    first: dict[str, str] = {}
    for pair in question.pairs:
        first.setdefault(pair.right_text, pair.id)
    pairs = list(enumerate(question.pairs))

    def side(name: str, lines: list[int]) -> list[Json]:
        rows = [{"id": question.pairs[n].id, "text": _nth(versions, lambda q: q.pairs, n, name)} for n in lines]
        return _coded([question.pairs[n] for n in lines], rows)

    return {
        "left": side("left_text", [n for n, pair in pairs if pair.left]),
        "right": side("right_text", [n for n, pair in pairs if first[pair.right_text] == pair.id]),
        "pairs": {pair.id: first[pair.right_text] for _, pair in pairs if pair.left},
        "answer": _texts(
            versions, lambda q: "; ".join(f"{pair.left_text} – {pair.right_text}" for pair in q.pairs if pair.left)
        ),
    }


def _gaps(versions: Versions, question: Question) -> Json:
    gaps = [_gap(versions, gap, n) for n, gap in enumerate(question.gaps)]
    answer = _texts(versions, lambda q: "; ".join(_first_right(gap.options) for gap in q.gaps))
    return {"gaps": _coded(question.gaps, gaps), "answer": answer, "case": question.case, "max": question.max}


def _gap(versions: Versions, gap: Gap, n: int) -> Json:
    if gap.choose:
        return {"id": gap.id, "choose": True, "options": _options(versions, lambda q: q.gaps[n].options)}
    accepted = {language: [o.text for o in q.gaps[n].options] for language, q in versions.items()}
    return {"id": gap.id, "choose": False, "accepted": accepted}


def _long_answer(versions: Versions, question: Question) -> Json:
    return {"max": question.max, "rows": question.rows}


_BY_TYPE: dict[str, Callable[[Versions, Question], Json]] = {
    "single-choice": _choices,
    "multiple-choice": _choices,
    "likert": _choices,
    "ordering": _ordering,
    "true-false": _choices,
    "short-answer": _short_answer,
    "numeric": _numeric,
    "matching": _matching,
    "gaps": _gaps,
    "long-answer": _long_answer,
}
