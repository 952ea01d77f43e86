"""A .docx manuscript: its headings of the first level become pages (mammoth reads it)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from lxml import etree

from sclt.errors import Place
from sclt.exchange.draft import LOST, Draft, Page, as_text
from sclt.exchange.formats import Format, Reader, Writer
from sclt.exchange.frames import Frame, Part
from sclt.exchange.officeparts import main_part, parts_of, relations, unsound
from sclt.exchange.word import TERM, write_word
from sclt.exchange.wordcharts import put_figures
from sclt.exchange.wordframes import parts_of as framed_parts
from sclt.exchange.wordtext import DECORATIVE, prepare
from sclt.model.finding import Finding
from sclt.storage import safexml
from sclt.storage.extras import missing

_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_BOOKMARK = re.compile(r'<a id="(sclt_[a-z0-9_]+)"></a>')
_INWARD = re.compile(r'href="#(sclt_[a-z0-9_]+)"')
_TERM = re.compile(rf'href="#{TERM}([a-z0-9_]+)"')
_NAMED = re.compile(r'<p class="title">(.*?)</p>', re.DOTALL)
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-\d+">.*\Z', re.DOTALL)
_NOTE = re.compile(r'<li id="((?:foot|end)note-\d+)">(.*?)</li>(?=<li id="(?:foot|end)note-|</ol>)', re.DOTALL)
_REFERENCE = re.compile(r'<sup><a href="#((?:foot|end)note-\d+)" id="[^"]*">\[(\d+)\]</a></sup>')
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-\d+">↑</a>')
_CAPTIONED = re.compile(r'<p>(<img [^<>]*>)</p>\s*<p class="caption">(.*?)</p>', re.DOTALL)
_OF_TABLE = re.compile(r'<p class="(?:table-)?caption">((?:(?!</p>).)*)</p>\s*<table>', re.DOTALL)
_STYLES = r"""
p[style-name='Title'] => p.title:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='sclt Table Caption'] => p.table-caption:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Quotations'] => blockquote:fresh
p[style-name='HTML Preformatted'] => pre:separator('\n')
p[style-name='Preformatted Text'] => pre:separator('\n')
r[style-name='HTML Code'] => code
p[style-name='List Continue'] => ul|ol > li > p:fresh
p[style-name='List Continue 2'] => ul|ol > li > ul|ol > li > p:fresh
p[style-name='List Continue 3'] => ul|ol > li > ul|ol > li > ul|ol > li > p:fresh
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
"""
_HEAD = re.compile(r"<th\b.*?</th>", re.DOTALL)
_BRACKETED = re.compile(r"\\\((.+?)\\\)")
_NUMBERED = re.compile(r"image\d*\.")
_SHOWN = ("png", "jpg", "gif", "svg", "webp")
"""Kinds of pictures that browsers show."""
_FAULTS = (KeyError, ValueError, AttributeError, OSError, TypeError, IndexError, RecursionError, ExpatError)
"""What mammoth raises for documents that are none."""
_LEFT = {
    "comments": "a comment is left out",
    "header": "a page header is left out",
    "footer": "a page footer is left out",
}


def read_manuscript(path: Path, title: str) -> Draft:
    """Read a .docx. Raises UsageError where it is none, EnvironmentFault where mammoth is missing."""
    try:
        import mammoth
    except ModuleNotFoundError as error:
        raise missing("mammoth", "exchange") from error
    parts = parts_of(path)
    draft = Draft(path.name, title)
    main = main_part(parts, path)
    _prepare(draft, path, parts, main)
    kept = _Pictures(draft, parts)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(_zipped(parts)),
            convert_image=mammoth.images.img_element(kept.take),
            external_file_access=False,
            style_map=_STYLES,
        )
    except (*_FAULTS, zipfile.BadZipFile) as error:
        raise unsound(path, f" ({type(error).__name__})") from error
    for message in result.messages:
        if not message.message.startswith(_LOOKS):
            draft.lose(1, f"{message.message}.")
    draft.pages += _pages(draft, _plain_heads(result.value).replace(f'alt="{DECORATIVE}"', 'alt=""'), title)
    return draft


_LOOKS = (
    "Unrecognised paragraph style",
    "Unrecognised run style",
    "Unrecognised table style",
    "An unrecognised element",
    "Image of type image/svg+xml",
)
"""Messages of mammoth on looks, and on elements of which `sclt.exchange.docxtags` has the fate."""


def _plain_heads(markup: str) -> str:
    """Return tables whose headings bear no mark of their own: they are bold anyway."""
    return _HEAD.sub(lambda head: re.sub("</?strong>", "", head[0]), markup)


def _prepare(draft: Draft, path: Path, parts: dict[str, bytes], main: str) -> None:
    """Bring text and notes into the form that is read, and tell what else the document holds."""

    def tell(message: str, paragraph: int) -> None:
        place = Place(draft.file, paragraph)
        mend = f"Look at paragraph {paragraph}."
        draft.lost.append(Finding(LOST, place, message, mend))

    there = [each for each in relations(parts, main, path) if not each.outside]
    related = [(each.kind, each.target) for each in there]
    charts = {each.id: parts[each.target] for each in there if each.kind == "chart" and each.target in parts}
    for name in (main, *(target for kind, target in related if kind in ("footnotes", "endnotes"))):
        if name in parts:
            root = safexml.parse(parts[name])
            put_figures(root, charts, tell)
            prepare(root, tell)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for kind, target in related:
        for words in _words_of(kind, parts.get(target, b"")):
            draft.lose(1, f"{_LEFT[kind]}: '{words[:200]}'.")


def _words_of(kind: str, content: bytes) -> Iterator[str]:
    """Yield the words of a part that does not come over: of each comment, of a header as a whole."""
    if kind not in _LEFT or not content:
        return
    root = safexml.parse(content)
    for whole in root if kind == "comments" else [root]:
        if words := " ".join(" ".join(map(str, whole.itertext())).split()):
            yield words


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


class _Pictures:
    """Takes the pictures of a document as media."""

    def __init__(self, draft: Draft, parts: dict[str, bytes]) -> None:
        self._draft = draft
        self._parts = {content: name for name, content in parts.items() if name.startswith("word/media/")}

    def _name(self, content: bytes) -> str:
        """Return the name of the part that a picture is, unless a word processor numbered it."""
        name = PurePosixPath(self._parts.get(content, "")).name
        return "" if _NUMBERED.match(name) else name

    def take(self, image: Any) -> dict[str, str]:
        """Keep a picture and return the attributes of its element; one that browsers do not show is told."""
        with image.open() as stream:
            content = stream.read()
        kind = image.content_type.rpartition("/")[2].partition("+")[0].replace("jpeg", "jpg")
        name = self._name(content) or f"picture-{len(self._draft.media) + 1}.{kind}"
        if kind in _SHOWN:
            self._draft.media[name] = content
        else:
            self._draft.lose(1, f"the picture '{name}' is of a kind that browsers do not show.", "Save it as PNG.")
        return {"src": name}


def _pages(draft: Draft, markup: str, title: str) -> list[Page]:
    """Divide a document at its headings of the first level; notes stand at the end of the page that refers to them."""
    notes = _NOTES.search(markup)
    texts = {name: _BACK.sub("", text) for name, text in _NOTE.findall(notes[0])} if notes else {}
    markup = markup[: notes.start()] if notes else markup
    if named := _NAMED.search(markup):
        draft.title = as_text(named[1]) or draft.title
        markup = markup.replace(named[0], "", 1)
    markup = _CAPTIONED.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", markup)
    start, *rest = _TITLE.split(_OF_TABLE.sub(r"<table><caption>\1</caption>", markup))
    first = _page(draft, title, start, texts)
    pages = [first] if as_text(first.html) or first.rest or not rest else []
    for n in range(0, len(rest), 2):
        pages.append(_page(draft, rest[n], rest[n + 1], texts))
    return pages


def _page(draft: Draft, heading: str, markup: str, notes: dict[str, str]) -> Page:
    """Return a page; a bookmark of ours in its heading says what its identifier was."""
    mark = _BOOKMARK.search(heading)
    source = mark[1] if mark else ""
    markup = _TERM.sub(lambda match: f'href="term:{match[1].replace("_", "-")}"', _with_notes(markup, notes))
    found = framed_parts(_INWARD.sub(r'href="\1"', markup), lambda message: draft.lose(1, f"{message}.", "Look at it."))
    parts, serves = _about(draft, found)
    start = parts[0] if parts and isinstance(parts[0], str) else ""
    rest = parts[1:] if start else parts
    title = _BRACKETED.sub(r"\1", as_text(heading)) or draft.title
    name = source.removeprefix("sclt_").replace("_", "-")
    return Page(title, start, source=source, id=name, rest=tuple(rest), objectives=serves)


def _about(draft: Draft, parts: Sequence[Part]) -> tuple[list[Part], tuple[str, ...]]:
    """Take what tables say of the module, and return the other parts and the objectives that the page serves."""
    others: list[Part] = []
    serves: tuple[str, ...] = ()
    for part in parts:
        match part:
            case Frame(name="objectives"):
                draft.objectives |= {line.name: as_text(line.html) for line in part.lines if line.name}
            case Frame(name="glossary"):
                draft.terms |= {line.name: (as_text(line.html), line.feedback) for line in part.lines if line.name}
            case Frame(name="serves"):
                serves = tuple(part.options.get("objectives", "").split())
            case _:
                others.append(part)
    return others, serves


def _with_notes(markup: str, texts: dict[str, str]) -> str:
    """Return a page with its notes as a list at its end, numbered as in the text."""
    used = {number: texts.get(name, "") for name, number in _REFERENCE.findall(markup)}
    body = _REFERENCE.sub(r"<sup>\2</sup>", markup)
    lists = (f'<ol start="{number}"><li>{text}</li></ol>' for number, text in used.items() if text)
    return body + "".join(lists).replace("</ol><ol", "</ol>\n<ol")


FORMAT = Format(
    "docx",
    "manuscript",
    Reader(
        (".docx",),
        read_manuscript,
        "title, headings (the first level begins a page), lists, tables and pictures with captions, links, notes, text "
        "boxes, formulas; tables that are questions or other containers",
        "comments, page headers, deleted text, charts (their figures become a table) and drawings (all are told)",
    ),
    Writer(
        write_word,
        "a Word document to review, edit or translate, with questions and other containers as tables; `sclt import` "
        "reads it again",
    ),
)
