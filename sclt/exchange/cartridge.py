"""Writes a module as an IMS Common Cartridge 1.3 (2013): its pages as web content, its questions as an assessment.

An assessment is a learning application object: its descriptor lies in a folder of its own (section 3.3), and so its
pictures are part of its text as data URLs.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from sclt.exchange.book import of_module
from sclt.exchange.fidelity import questions_of
from sclt.exchange.formats import Format, Writer, left_behind
from sclt.exchange.pages import document, page, page_file
from sclt.exchange.qti12 import write_assessment
from sclt.locale import words
from sclt.model.course import ChoiceQuestion, Group, Module, Question, TextQuestion
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.storage import reading
from sclt.storage.archive import write_zip
from sclt.storage.cache import Cache

_CP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
_NSMAP: Any = {None: _CP, "lom": _LOM}
_ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p3/assessment"
_QUIZ = "questions/assessment.xml"
_FIRST = "pages/cover.html"
_SOURCE = re.compile(r'src="(media/[^"]+)"')


def cartridge(module: Module, root: Path, language: str) -> tuple[dict[str, Content], list[tuple[Question, str]]]:
    """Return the files of a cartridge in one language, and the questions without a place in its assessment.

    Those stand in their pages to read. ``root`` is the course's folder.
    """
    t = words(language, module.theme.words)
    title = f"{module.metadata.title[language]}: {t['cartridge_questions']}"
    questions = [_with_pictures(q, root / module.folder) for q in questions_of(module, language)]
    assessment, lost = write_assessment(f"{module.id}-questions", title, questions, t)
    asked = frozenset(q.id for q in questions) - {q.id for q, _why in lost}
    pages = {_FIRST: (module.metadata.title[language], of_module(module).cover(language))}
    for each in module.pages:
        text = each.texts[language]
        pages[f"pages/{each.id}.html"] = (text.title, page(module, text, page_file("html"), asked))
    files: dict[str, Content] = {
        name: document(heading, module.theme, language, body).encode() for name, (heading, body) in pages.items()
    }
    files |= {f"pages/{name}": content for name, content in of_module(module).media(root).items()}
    quiz = {_QUIZ: title} if asked else {}
    items = {name: heading for name, (heading, _body) in pages.items()} | quiz
    other = sorted(files.keys() - items.keys())
    files |= {_QUIZ: assessment} if asked else {}
    return {"imsmanifest.xml": _manifest(module, language, items, other), **files}, lost


def _with_pictures(question: Question, folder: Path) -> Question:
    """Return a question whose texts hold their pictures."""

    def held(match: re.Match[str]) -> str:
        kind = mimetypes.guess_type(match[1])[0] or "application/octet-stream"
        return f'src="data:{kind};base64,{base64.b64encode(reading.content(folder / match[1])).decode()}"'

    def inside(markup: str) -> str:
        return _SOURCE.sub(held, markup)

    said = {name: inside(getattr(question, name)) for name in ("prompt", "correct", "incorrect", "feedback", "sample")}
    if isinstance(question, ChoiceQuestion | TextQuestion):
        lines = ((o, inside(o.html), inside(o.feedback)) for o in question.options)
        options = tuple(msgspec.structs.replace(o, html=markup, feedback=feedback) for o, markup, feedback in lines)
        return msgspec.structs.replace(question, options=options, **said)
    return msgspec.structs.replace(question, **said)


def _manifest(module: Module, language: str, items: dict[str, str], other: Sequence[str]) -> bytes:
    """Return imsmanifest.xml: ``items`` are titles by file in their order, ``other`` files that pages show."""
    root = etree.Element(f"{{{_CP}}}manifest", {"identifier": f"cc-{module.id}-{language}"}, nsmap=_NSMAP)
    metadata = _sub(root, "metadata")
    _sub(metadata, "schema").text = "IMS Common Cartridge"
    _sub(metadata, "schemaversion").text = "1.3.0"
    _lom(metadata, module, language)
    organization = _sub(_sub(root, "organizations"), "organization", identifier="o", structure="rooted-hierarchy")
    top = _sub(organization, "item", identifier="root")
    resources = _sub(root, "resources")
    groups = {f"pages/{page.id}.html": group for group, pages in module.grouped for page in pages}
    folder, open_group = top, None
    for n, (name, heading) in enumerate(items.items()):
        if groups.get(name) is not open_group:
            open_group = groups.get(name)
            folder = _folder(top, open_group, language)
        item = _sub(folder, "item", identifier=f"i-{n}", identifierref=f"r-{n}")
        _sub(item, "title").text = heading
        _resource(resources, f"r-{n}", name, other)
    if other:
        shown = _sub(resources, "resource", identifier="r-media", type="webcontent")
        for name in other:
            _sub(shown, "file", href=name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _folder(top: etree._Element, group: Group | None, language: str) -> etree._Element:
    """Return where the pages of a group stand: below an item without a resource; those of none, below ``top``."""
    if group is None:
        return top
    folder = _sub(top, "item", identifier=f"g-{group.first}")
    _sub(folder, "title").text = group.title[language]
    return folder


def _resource(resources: etree._Element, identifier: str, name: str, other: Sequence[str]) -> None:
    """Add a resource; an assessment has no address of its own (section 3.3), web content has one."""
    facts = {"type": _ASSESSMENT} if name == _QUIZ else {"type": "webcontent", "href": name}
    resource = _sub(resources, "resource", identifier=identifier, **facts)
    _sub(resource, "file", href=name)
    if other and name != _QUIZ:
        _sub(resource, "dependency", identifierref="r-media")


def _lom(metadata: etree._Element, module: Module, language: str) -> None:
    """Describe the module: the elements of LOM that a cartridge's manifest has (section 4.2)."""
    lom = etree.SubElement(metadata, f"{{{_LOM}}}lom")
    general = etree.SubElement(lom, f"{{{_LOM}}}general")
    _string(general, "title", module.metadata.title[language], language)
    etree.SubElement(general, f"{{{_LOM}}}language").text = language
    _string(general, "description", module.metadata.description[language], language)
    for keyword in module.metadata.keywords[language]:
        _string(general, "keyword", keyword, language)
    rights = etree.SubElement(lom, f"{{{_LOM}}}rights")
    _string(rights, "description", module.metadata.rights[language], language)


def _string(parent: etree._Element, name: str, text: str, language: str) -> None:
    element = etree.SubElement(parent, f"{{{_LOM}}}{name}")
    etree.SubElement(element, f"{{{_LOM}}}string", language=language).text = text


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_CP}}}{name}", attributes)


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    files, lost = cartridge(module, root, language)
    write_zip(out, files, "imsmanifest.xml", Cache())
    return left_behind("cc", module, language, lost)


FORMAT = Format(
    "cc",
    "Common Cartridge 1.3",
    writer=Writer(
        _write,
        "a Common Cartridge 1.3 (name it `.imscc`): the pages as web content, the questions as one assessment",
    ),
)
