"""What a reader of the courses reads: every text of the loaded value, with its language and its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

from sclt.cache import Cache
from sclt.course import (
    Ask,
    Block,
    Box,
    Course,
    Details,
    Media,
    Module,
    Page,
    Pool,
    Programme,
    Prose,
    Question,
    Scenario,
    Tabs,
    Worksheet,
    walk,
)
from sclt.source.load import load
from tests.contracts.support import REPOSITORY

COURSES = REPOSITORY / "source_modules"
LANGUAGES = ("lt", "en")
GAP = "___"
_SVG = "{http://www.w3.org/2000/svg}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BLOCKS = {
    *("p", "li", "ul", "ol", "h2", "h3", "h4", "figure", "figcaption", "blockquote", "div"),
    *("table", "thead", "tbody", "tr", "td", "th"),
}


class Text(NamedTuple):
    """A piece of text in one language.

    ``running`` is false for what has no sentences: titles, labels, options, pictures. ``foreign`` is what of it may
    stand in another language: words in italics, and all of a list of sources.
    """

    place: str
    language: str
    words: str
    running: bool = True
    foreign: str = ""


class _Source(NamedTuple):
    html: str
    running: bool = True
    cites: bool = False


@cache
def course() -> Course:
    found, findings = load(COURSES, Cache())
    assert not findings
    return found


def modules() -> list[Module]:
    return [module for programme in course().programmes for module in programme.modules]


def blocks(module: Module, language: str) -> Iterator[Block]:
    """Yield every block of a module in one language, in reading order."""
    for page in module.pages:
        yield from walk(page.texts[language].blocks)


def questions(module: Module, language: str) -> Iterator[Question]:
    return (block for block in blocks(module, language) if isinstance(block, Question))


@cache
def everything() -> tuple[Text, ...]:
    """Return every text of every programme, module, page and picture in its language."""
    return tuple(_everything())


def _everything() -> Iterator[Text]:
    for programme in course().programmes:
        yield from _facts(programme)
        for module in programme.modules:
            yield from _facts(module)
            yield from of_module(module)
            yield from _pictures(module)


def of_module(module: Module) -> Iterator[Text]:
    """Yield the texts of a module's objectives, glossary and pages."""
    for language in module.languages:
        for objective in module.objectives:
            yield Text(f"{module.folder}/module.yaml", language, objective.text[language])
        for term in module.terms:
            yield Text(f"{module.folder}/glossary.yaml", language, term.term[language], running=False)
            yield from pieces(f"{module.folder}/glossary.yaml", language, term.text[language])
        for page in module.pages:
            yield from of_page(page, language)


def of_page(page: Page, language: str) -> Iterator[Text]:
    """Yield what a page says in a language, questions and scenarios included."""
    text = page.texts[language]
    yield Text(str(text.place), language, text.title, running=False)
    for source in _of_blocks(text.blocks):
        for piece in pieces(text.place.file, language, source.html):
            foreign = piece.words if source.cites else piece.foreign
            yield piece._replace(running=source.running and piece.running, foreign=foreign)


def sources(page: Page, language: str) -> list[str]:
    """Return the pieces of HTML of which a page's text is made, in reading order."""
    return [source.html for source in _of_blocks(page.texts[language].blocks) if source.html.strip()]


def pieces(place: str, language: str, source: str) -> Iterator[Text]:
    """Yield the paragraphs, list items and cells of some HTML, each as plain text of one language."""
    if source.strip():
        yield from _pieces(place, language, html.fragment_fromstring(source, create_parent="div"))


def _pieces(place: str, language: str, element: html.HtmlElement) -> Iterator[Text]:
    running = element.tag not in {"h1", "h2", "h3", "h4", "th", "figcaption"}
    words = element.text or ""
    for child in element:
        own = child.get("lang", language)
        if "alt" in child.attrib and child.get("alt"):
            yield Text(place, own, child.get("alt", ""))
        if child.tag in _BLOCKS or own != language:
            yield from _pieces(place, own, child)
        elif child.tag == "br":
            words += " "
        elif child.get("data-gap") is not None:
            words += GAP
        else:
            inner = list(_pieces(place, own, child))
            words += "".join(piece.words for piece in inner if piece.running)
        words += child.tail or ""
    if words.strip():
        italics = " ".join(part.text_content() for part in element.iter("em"))
        yield Text(place, language, words.strip(" \n") if element.tag in _BLOCKS else words, running, italics)


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[_Source]:
    for block in blocks:
        match block:
            case Prose():
                yield _Source(block.html)
            case Question():
                yield from _of_question(block)
            case Scenario():
                yield from _of_scenario(block)
            case Pool():
                yield from _of_blocks(block.questions)
            case Ask():
                yield from _of_blocks(block.blocks)
            case _:
                yield from _of_container(block)


def _of_container(block: Block) -> Iterator[_Source]:
    match block:
        case Tabs():
            for tab in block.tabs:
                yield _Source(tab.title, running=False)
                yield from _of_blocks(tab.blocks)
        case Media():
            yield _Source(block.title, running=False)
            yield from _of_blocks(block.transcript)
        case Box(kind="sources"):
            yield _Source(block.title, running=False)
            for source in _of_blocks(block.blocks):
                yield source._replace(running=False, cites=True)
        case Box() | Details() | Worksheet():
            yield _Source(block.title, running=False)
            yield from _of_blocks(block.blocks)
            if isinstance(block, Worksheet):
                yield from (_Source(field.label, running=False) for field in block.fields)


def _of_scenario(scenario: Scenario) -> Iterator[_Source]:
    yield _Source(scenario.title, running=False)
    for step in scenario.steps:
        yield from _of_blocks(step.blocks)
        for choice in step.choices:
            yield _Source(choice.html, running=False)
            yield _Source(choice.feedback)


def _of_question(question: Question) -> Iterator[_Source]:
    yield _Source(question.prompt)
    for option in question.options:
        yield _Source(option.html, running=False)
        yield _Source(option.feedback)
    for pair in question.pairs:
        yield _Source(pair.left, running=False)
        yield _Source(pair.right, running=False)
    for gap in question.gaps:
        for option in gap.options:
            yield _Source(option.html, running=False)
            yield _Source(option.feedback)
    for bounds in question.ranges:
        yield _Source(bounds.feedback)
    for said in (question.hint, question.correct, question.incorrect, question.feedback, question.sample):
        yield _Source(said)


def _facts(part: Programme | Module) -> Iterator[Text]:
    kind = "programme" if isinstance(part, Programme) else "module"
    for language in part.languages:
        place = f"{part.folder}/{kind}.yaml"
        yield Text(place, language, part.metadata.title[language], running=False)
        yield Text(place, language, part.metadata.description[language])
        for word in part.metadata.keywords[language]:
            yield Text(place, language, word, running=False)


def _pictures(module: Module) -> Iterator[Text]:
    for path in sorted((COURSES / module.folder / "media").glob("*.svg")):
        yield from _of_picture(path)


def _of_picture(path: Path) -> Iterator[Text]:
    root = etree.parse(path).getroot()
    for element in root.iter(f"{_SVG}text", f"{_SVG}title", f"{_SVG}desc"):
        words = "".join(element.itertext()).strip()
        yield Text(str(path.relative_to(COURSES)), root.get(_XML_LANG, ""), words, running=False)
