"""The order of a QTI test: its sections as pages, each with its items (QTI 2.1, Assessment Test model; QTI 3 too)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from sclt.exchange.draft import line_of
from sclt.exchange.qtiforms import as_qti2
from sclt.exchange.qtitags import local, losses


class Section(NamedTuple):
    """A section with items of its own: its title, what learners read in front of them, the files of its items."""

    title: str
    markup: str
    items: tuple[str, ...]


class Test(NamedTuple):
    """A test: its title, its sections in their order, and what of it is lost with the line on which it stands."""

    title: str
    sections: tuple[Section, ...]
    lost: tuple[tuple[int, str], ...]


def sections_of(root: etree._Element, name: str) -> Test:
    """Read a test; ``name`` is its file in the package, to which its items are relative."""
    root = as_qti2(root)
    lost = [(line_of(element), message) for element, message in losses(root)]
    sections = []
    for section in (element for element in root.iter() if local(element) == "assessmentSection"):
        sections.append(_section(section, name))
        lost += [(line_of(rubric), _note(rubric)) for rubric in _rubrics(section) if not _for_learners(rubric)]
    return Test(root.get("title", "").strip(), tuple(s for s in sections if s.items or s.markup), tuple(lost))


def _section(section: etree._Element, name: str) -> Section:
    folder = posixpath.dirname(name)
    hrefs = (child.get("href", "") for child in section if local(child) == "assessmentItemRef")
    items = tuple(posixpath.normpath(posixpath.join(folder, unquote(href))) for href in hrefs if href)
    markup = "".join(_markup(rubric) for rubric in _rubrics(section) if _for_learners(rubric))
    return Section(section.get("title", "").strip(), markup, items)


def _rubrics(section: etree._Element) -> Iterator[etree._Element]:
    return (child for child in section if local(child) == "rubricBlock")


def _for_learners(rubric: etree._Element) -> bool:
    return "candidate" in (rubric.get("view") or "candidate").split()


def _note(rubric: etree._Element) -> str:
    said = " ".join("".join(map(str, rubric.itertext())).split())
    return f"a note for others than learners ({rubric.get('view')}) is left out: '{said[:200]}'."


def _markup(rubric: etree._Element) -> str:
    """Return what learners read as HTML without namespaces."""
    for element in rubric.iter():
        if isinstance(element.tag, str):
            element.tag = local(element)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in rubric)
