"""A digest of questions for a meeting of authors: by module and page, as text and as HTML, without who asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from sclt.consulting.desk import Listed
from sclt.consulting.store import State
from sclt.locale import LENDER, in_each
from sclt.records.names import Names
from sclt.records.shown import cell, counted
from sclt.render.pages import template

_WIDTH = 100


class Chapter(NamedTuple):
    """The questions about one page of a module."""

    module: str
    page: str
    questions: list[Listed]


def chapters(found: Iterable[Listed], every: bool = False, module: str = "") -> list[Chapter]:
    """Return the questions by module and page: the open ones, or ``every`` one; of one ``module`` if that is named."""
    chosen = (each for each in found if every or each.state == State.OPEN)
    wanted = [each for each in chosen if module in ("", each.module, each.module.rpartition("/")[2])]
    wanted.sort(key=_place)
    return [Chapter(*place, list(group)) for place, group in groupby(wanted, _place)]


def _place(listed: Listed) -> tuple[str, str]:
    return listed.module, listed.page


def as_text(found: Iterable[Chapter], language: str = LENDER, names: Names | None = None) -> str:
    """Return the digest as plain text; ``language`` is one that reports have, ``names`` tells titles."""
    says = Words(language, names)
    return "\n".join(line for chapter in found for line in _lines(chapter, says)) or says("none")


def as_html(found: Iterable[Chapter], language: str = LENDER, names: Names | None = None) -> str:
    """Return the digest as one page that loads nothing; what learners wrote stands in it as text. As `as_text`."""
    says = Words(language, names)
    return str(template("digest.html").render(chapters=list(found), language=language, says=says))


class Words:
    """What is said about questions in one language of reports; ``names`` tells titles."""

    def __init__(self, language: str, names: Names | None = None) -> None:
        self._language, self._names = language, names or Names()

    def __call__(self, key: str) -> str:
        """Return words by their key."""
        return in_each("records", "digest", key)[self._language]

    def module(self, chapter: Chapter) -> str:
        """Return what a chapter's module is called: its title, or its IRI for want."""
        return self._title(chapter.module, chapter.module) or self("no_module")

    def page(self, chapter: Chapter) -> str:
        """Return what a chapter's page is called: its title, or its identifier for want."""
        return self._title(f"{chapter.module}/pages/{chapter.page}", chapter.page) or self("no_page")

    def _title(self, iri: str, otherwise: str) -> str:
        return self._names.of(iri)[self._language] if self._names.is_known(iri) else otherwise

    def about(self, each: Listed) -> str:
        """Return when a question was asked, by how many, and what became of it."""
        answer = self("state").format(state=cell("state", State(each.state).name)[self._language])
        many = [counted("times", each.asked_by)[self._language]] if each.asked_by > 1 else []
        return " · ".join([each.day or self("no_day"), *many, answer])


def _lines(chapter: Chapter, says: Words) -> Iterator[str]:
    yield f"{says.module(chapter)}  {says.page(chapter)}"
    for each in chapter.questions:
        yield f"  {each.id[:8]}  {says.about(each)}"
        for line in each.text.splitlines():
            yield from textwrap.wrap(line, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        if each.passage:
            yield textwrap.shorten(f"“{each.passage}”", _WIDTH, placeholder=" …”", initial_indent="    ")
    yield ""
