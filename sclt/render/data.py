"""What the runtime knows of a module, as docs/contract.md describes it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TypeAlias

from sclt.blocks import kind_of
from sclt.locale import direction
from sclt.model.course import (
    Metadata,
    Module,
    Page,
    PageText,
    Piece,
    Pool,
    Question,
    Scenario,
    Worksheet,
    keeps_texts,
    record_key,
    walk,
)
from sclt.questions import type_of
from sclt.questions.coursejson import first, texts
from sclt.questions.questiontype import Json, Versions
from sclt.render.asking import asking_data
from sclt.render.pace import module_minutes, page_minutes

AnyTask: TypeAlias = Question | Scenario


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
    module, groups = same.module, _groups(same.module)
    contact = module.metadata.contact
    return {
        "format": 1,
        "id": module.id,
        "iri": module.iri,
        "version": module.metadata.version,
        "languages": list(module.languages),
        **_leftward(module.languages),
        "title": module.metadata.title.texts,
        "description": module.metadata.description.texts,
        "programme": module.programme.texts,
        "minutes": module_minutes(module),
        "about": _about(module.metadata),
        "mastery": module.mastery,
        "contact": contact.texts if contact else {},
        "objectives": [_recorded(o.id, o.was) | {"text": o.text.texts} for o in module.objectives],
        "pages": [
            _page(page, time) | way_of(module, page) | groups.get(page.id, {})
            for page, time in zip(module.pages, page_minutes(module), strict=True)
        ],
        **({"groups": [group.title.texts for group in module.groups]} if groups else {}),
        **_short(module),
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
            | _brief(b)
            for page in module.pages
            for b in walk(page.main.blocks)
            if keeps_texts(b)
        },
        "glossary": [{"id": t.id, "term": t.term.texts, "text": t.text.texts} for t in module.terms],
        **asking_data(module),
    }


def _about(metadata: Metadata) -> Json:
    """Return who made a module and what may be done with it."""
    return {
        "publisher": metadata.publisher.texts,
        "rights": metadata.rights.texts,
        "authors": list(metadata.authors),
        "version": metadata.version,
    } | ({"reviewers": list(metadata.reviewers)} if metadata.reviewers else {})


def _brief(block: Worksheet | Piece) -> Json:
    """Return whether what is kept of a block is short, where it is."""
    return {"brief": True} if isinstance(block, Piece) and kind_of(block).brief else {}


def _leftward(languages: Iterable[str]) -> Json:
    """Return which languages are written from right to left, where any is."""
    found = [tag for tag in languages if direction(tag) == "rtl"]
    return {"leftward": found} if found else {}


def _keys(identifier: str, was: tuple[str, ...]) -> Json:
    """Return what finds something in a learner's saved state, now and under its earlier identifiers."""
    return {"key": record_key(identifier), "was": [record_key(name) for name in was]}


def _recorded(identifier: str, was: tuple[str, ...]) -> Json:
    return {"id": identifier} | _keys(identifier, was)


def _groups(module: Module) -> dict[str, Json]:
    """Return which group each page is of, by its place among them, for pages that are of one."""
    return {
        page.id: {"group": module.groups.index(group)} for group, pages in module.grouped if group for page in pages
    }


def _page(page: Page, minutes: int) -> Json:
    return {
        **_recorded(page.id, page.main.was),
        "title": {language: text.title for language, text in page.texts.items()},
        "href": {language: page_name(text) for language, text in page.texts.items()},
        "minutes": minutes,
        "questions": [b.id for b in walk(page.main.blocks) if isinstance(b, Question | Scenario)],
        "objectives": list(page.main.objectives),
    }


_SHORT, _MET = "/short", "/met"
_SEEN = frozenset({"opened", "watched", "minutes"})
"""Conditions of which a saved state must say that they were met; it has answers anyway."""


def _short(module: Module) -> Json:
    """Return what a saved state says the short way by, where there is one."""
    return {"short": record_key(_SHORT)} if any(page.main.short for page in module.pages) else {}


def way_of(module: Module, page: Page) -> Json:
    """Return a page's conditions for going on, and whether it is on the short way, where there are any."""
    asked = module.go_on if page.main.go_on is None else page.main.go_on
    met = {"met": record_key(page.id + _MET)} if asked.keys() & _SEEN else {}
    return ({"go_on": asked} | met if asked else {}) | ({"short": True} if page.main.short else {})


def page_name(text: PageText) -> str:
    """Return the name of a page's file."""
    return f"{text.id}.{text.language}.html"


def _questions(page: Page) -> Iterable[tuple[str, Json]]:
    versions: dict[str, dict[str, AnyTask]] = {}
    for language, text in page.texts.items():
        for block in walk(text.blocks):
            if isinstance(block, Question | Scenario):
                versions.setdefault(block.id, {})[language] = block
    pools = {q.id: b.id for b in walk(page.main.blocks) if isinstance(b, Pool) for q in b.questions}
    for identifier, version in versions.items():
        pool = {"pool": pools[identifier]} if identifier in pools else {}
        yield identifier, _place(identifier, page, version) | pool | _question(version)


def _place(identifier: str, page: Page, versions: Versions[AnyTask]) -> Json:
    """Return where a question's records are found, and what they count for."""
    question = versions[page.main.language]
    counts = {"points": question.points, "objective": question.objective}
    return _keys(identifier, question.was) | {"page": page.id} | counts


def _question(versions: Versions[AnyTask]) -> Json:
    question = first(versions)
    kind = type_of(question)
    says = question if isinstance(question, Question) else kind  # only a question has options to say otherwise
    return {
        "type": kind.name,
        "shape": kind.shape,
        "scored": kind.scored,
        "retries": says.retries,
        "shuffle": says.shuffle,
        "partial": says.partial,
        "text": texts(versions, lambda each: each.text if isinstance(each, Question) else each.title),
        **kind.data(versions),
    }
