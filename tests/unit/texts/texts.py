"""The texts of the courses by language, as learners read them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html

import sclt
from sclt.model.course import (  # fmt: skip
    Ask,
    Block,
    Box,
    Course,
    Details,
    Module,
    Page,
    Piece,
    Programme,
    Prose,
    Question,
    Scenario,
    Tabs,
    Worksheet,
    walk,
)
from tests.parts import of
from tests.places import REAL

SOURCES = REAL
LANGUAGES = ("lt", "en")
CITED = "cited"
"""In place of a language: works and laws, whose titles are in any language."""
_ADDRESS = re.compile(r",? ?https?://\S+?(?=\)|\s|$)|\bwww\.\S+|\S+@\S+")
_PARAGRAPHS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "figcaption", "dt", "dd", "div", "blockquote"}


class Text(NamedTuple):
    """A piece of text: where it stands, its language, and whether it is a paragraph of a page's own prose."""

    place: str
    language: str
    text: str
    prose: bool = False


MODULES = sorted(f"{path.parent.parent.name}/{path.parent.name}" for path in REAL.glob("*/*/module.yaml"))
"""Every module as programme/module, without reading the courses."""


@functools.cache
def course() -> Course:
    """Return the courses; they must have no fault, but for what their publisher has to fill in."""
    found, findings = sclt.check_sources(SOURCES)
    assert {finding.rule.id for finding in findings} <= {"makers.missing"}
    return found


def modules() -> list[tuple[Programme, Module]]:
    """Return every module with its programme."""
    return [(programme, module) for programme in course().programmes for module in programme.modules]


def module_of(name: str) -> Module:
    """Return the module of a name in ``MODULES``."""
    return next(module for programme, module in modules() if f"{programme.id}/{module.id}" == name)


def blocks(module: Module, language: str) -> list[Block]:
    """Return every block of a module."""
    return [block for page in module.pages for block in walk(page.texts[language].blocks)]


def questions(module: Module, language: str) -> list[Question]:
    """Return every question of a module."""
    return [block for block in blocks(module, language) if isinstance(block, Question)]


@functools.cache
def texts() -> tuple[Text, ...]:
    """Return all texts of all courses."""
    found = (text for programme in course().programmes for text in _of_programme(programme))
    return tuple(text._replace(text=_ADDRESS.sub("", text.text)) for text in found if text.text.strip())


def _of_programme(programme: Programme) -> Iterator[Text]:
    for language in LANGUAGES:
        yield from _metadata(programme, language)
    for module in programme.modules:
        for language in LANGUAGES:
            yield from _metadata(module, language)
            for objective in module.objectives:
                yield Text(f"{module.id}/module.yaml", language, objective.text[language])
            for term in module.terms:
                yield Text(f"{module.id}/glossary.yaml", language, term.term[language])
                yield from _html(f"{module.id}/glossary.yaml", language, term.text[language])
            for page in module.pages:
                yield from of_page(module, page, language)
        yield from _pictures(programme, module)


def _metadata(thing: Programme | Module, language: str) -> Iterator[Text]:
    m = thing.metadata
    for text in (m.title, m.description, m.publisher, m.rights, *([m.contact] if m.contact else [])):
        yield Text(f"{thing.id}/*.yaml", language, text[language])
    for word in m.keywords[language]:
        yield Text(f"{thing.id}/*.yaml", language, word)


def of_page(module: Module, page: Page, language: str) -> Iterator[Text]:
    """Return the texts of a page, paragraph by paragraph."""
    place = f"{module.id}/{language}/{page.id}.md"
    yield Text(place, language, page.texts[language].title)
    cited: set[int] = set()
    for block in walk(page.texts[language].blocks):
        if isinstance(block, Box) and block.kind == "sources":
            cited |= {id(inner) for inner in walk(block.blocks)}
        for markup in _markup(block):
            yield from _html(place, CITED if id(block) in cited else language, markup, prose=isinstance(block, Prose))


def _markup(block: Block) -> Iterator[str]:
    match block:
        case Prose():
            yield block.html
        case Box() | Details() | Scenario() | Worksheet():
            yield html_of(block.title)
            if isinstance(block, Worksheet):
                yield from (html_of(field.label) for field in block.fields)
            if isinstance(block, Scenario):
                yield from (part for step in block.steps for c in step.choices for part in (c.html, c.feedback))
        case Tabs():
            yield from (html_of(tab.title) for tab in block.tabs)
        case Piece():
            yield from (html_of(text) for shown in block.pictures for text in (shown.alt, shown.caption))
            yield from (text for part in block.parts for text in (part.title, html_of(part.mark)))
        case Question():
            yield from (block.prompt, block.hint, block.correct, block.incorrect, block.feedback, block.sample)
            for option in (
                *of(block, "options"),
                *(o for g in of(block, "gaps") for o in (g.options if g.choose else g.options[:1])),
            ):
                yield from (option.html or html_of(option.text), option.feedback)
            yield from (side for pair in of(block, "pairs") for side in (pair.left, pair.right))
            yield from (r.feedback for r in of(block, "ranges"))
            yield html_of(getattr(block, "unit", ""))
        case Ask():
            return


def html_of(text: str) -> str:
    """Return a plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _html(place: str, language: str, markup: str, prose: bool = False) -> Iterator[Text]:
    if not markup.strip():
        return
    root = html.fragment_fromstring(markup, create_parent="div")
    for image in root.iter("img"):
        yield Text(place, language, str(image.get("alt", "")))
    for gap in root.xpath(".//*[@data-gap]"):
        gap.text = "…"
    for foreign in root.xpath(".//*[@lang]"):
        yield Text(place, str(foreign.get("lang")), foreign.text_content())
        foreign.tail, tail = None, foreign.tail or ""
        foreign[:] = []
        foreign.text = " "
        foreign.tail = tail
    for paragraph in _paragraphs(root):
        text = paragraph.strip()
        yield Text(place, language, text, prose and len(text) > 40)


def _paragraphs(root: html.HtmlElement) -> Iterator[str]:
    """Yield the text of each innermost block."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in _PARAGRAPHS:
            own = [element.text or ""]
            for child in element:
                if child.tag not in _PARAGRAPHS and not any(True for _ in child.iter(*_PARAGRAPHS)):
                    own.append(child.text_content())
                own.append(child.tail or "")
            yield "".join(own)


def _pictures(programme: Programme, module: Module) -> Iterator[Text]:
    for name in module.media:
        language = name.split(".")[-2]
        if name.endswith(".svg") and language in LANGUAGES:
            root = etree.parse(str(SOURCES / module.folder / name)).getroot()
            for element in root.iter("{*}text", "{*}title", "{*}desc"):
                yield Text(f"{module.id}/{name}", language, " ".join("".join(element.itertext()).split()))
