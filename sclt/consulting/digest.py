"""A digest of questions for a meeting of authors: by module and page, as text and as HTML, without who asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from sclt.consulting.desk import Listed
from sclt.consulting.store import State
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


def as_text(found: Iterable[Chapter]) -> str:
    """Return the digest as plain text."""
    return "\n".join(line for chapter in found for line in _lines(chapter))


def _lines(chapter: Chapter) -> Iterator[str]:
    yield f"{chapter.module or '(no module)'}  {chapter.page or '(no page)'}"
    for each in chapter.questions:
        many = f", asked {each.asked_by} times" if each.asked_by > 1 else ""
        yield f"  {each.id[:8]}  {each.day or 'no day'}, {each.state}{many}"
        for line in each.text.splitlines():
            yield from textwrap.wrap(line, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        if each.passage:
            yield textwrap.shorten(f"“{each.passage}”", _WIDTH, placeholder=" …”", initial_indent="    ")
    yield ""


def as_html(found: Iterable[Chapter]) -> str:
    """Return the digest as one page that loads nothing; what learners wrote stands in it as text."""
    return str(template("digest.html").render(chapters=list(found)))
