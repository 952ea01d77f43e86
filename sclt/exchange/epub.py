"""A module or a programme for reading: as an EPUB 3 book (W3C EPUB 3.3)."""

from __future__ import annotations

import mimetypes
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sclt.errors import UsageError
from sclt.exchange.book import Book, entries, of_module
from sclt.exchange.formats import Format, Writer
from sclt.exchange.pages import document, page, page_file
from sclt.locale import direction, document_words, words
from sclt.model.course import Module
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.storage.archive import fill_zip, write_stamped
from sclt.storage.cache import Cache

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_COVER = "cover-page"
"""No page is called so: the first document of a book."""
_FALLBACK = f' fallback="p-{_COVER}"'
_MODES = {"<img": "visual", "<video": "visual", "<audio": "auditory"}
_FEATURES = {
    "<img": "alternativeText",
    "<math": "MathML",
    "<track": "captions",
    "<video": "transcript",
    "<audio": "transcript",
}
"""What a book has for readers who cannot see or hear a part of it, by the elements that show it."""
_LINK = re.compile(r'<a [^<>]*?href="(media/[^"#]+)')


def epub(book: Book, root: Path, language: str) -> dict[str, Content]:
    """Return the files of an EPUB 3 book in one language; ``root`` is the course's folder."""
    documents, media = dict(_documents(book, language)), book.media(root)
    title = book.metadata.title[language]
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "OPS/book.opf": _package(book, language, documents, media).encode(),
        "OPS/nav.xhtml": document(title, book.theme, language, _contents(book, language)).encode(),
        **{f"OPS/{n}.xhtml": document(t, book.theme, language, body).encode() for n, (t, body) in documents.items()},
        **{f"OPS/{name}": content for name, content in media.items()},
    }


def _documents(book: Book, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the name, title and body of each document in reading order."""
    yield _COVER, (book.metadata.title[language], book.cover(language))
    for module in book.modules:
        folder = book.folder(module)
        if opening := book.opening(module, language):
            yield f"{folder}{_COVER}", (module.metadata.title[language], opening)
        for text in (each.texts[language] for each in module.pages):
            yield f"{folder}{text.id}", (text.title, page(module, text, page_file("xhtml")))


def _contents(book: Book, language: str) -> str:
    """Return the table of contents: pages by their groups, in a programme's book below their modules."""
    rows = [_module_rows(book, module, language) for module in book.modules]
    heading = words(language, book.theme.words)["contents"]
    return f'<nav epub:type="toc"><h1>{escape(heading)}</h1><ol>{"".join(rows)}</ol></nav>'


def _module_rows(book: Book, module: Module, language: str) -> str:
    folder = book.folder(module)
    pages = entries(module, language, lambda each: _row(f"{folder}{each.id}", each.texts[language].title))
    title = module.metadata.title[language]
    return _row(f"{folder}{_COVER}", title, f"<ol>{pages}</ol>") if book.whole else pages


def _row(name: str, title: str, below: str = "") -> str:
    return f'<li><a href="{name}.xhtml">{escape(title)}</a>{below}</li>'


def _progress(language: str) -> str:
    """Return how a book's pages follow each other where its language is written from right to left (EPUB 3, 5.7.1)."""
    return ' page-progression-direction="rtl"' if direction(language) == "rtl" else ""


def _package(book: Book, language: str, pages: Mapping[str, tuple[str, str]], media: Iterable[str]) -> str:
    """Return the package document; a file to download lies beside the reading order.

    A hyperlink leads to a document of the spine, and a foreign one has a fallback (EPUB 3.3, section 3.5): the cover.
    """
    linked = {_beside(name, found) for name, (_, body) in pages.items() for found in _LINK.findall(body)}
    files = [("nav", "nav.xhtml", "application/xhtml+xml", ' properties="nav"')]
    files += [
        (_item(name), f"{name}.xhtml", "application/xhtml+xml", _holds(body)) for name, (_, body) in pages.items()
    ]
    rows = [(f"m-{n}", name, name in linked) for n, name in enumerate(media)]
    files += [(i, name, _type(name), _FALLBACK if beside else "") for i, name, beside in rows]
    items = "".join(f'<item id="{i}" href={quoteattr(h)} media-type="{t}"{p}/>' for i, h, t, p in files)
    spine = "".join(f'<itemref idref="{_item(name)}"/>' for name in pages)
    spine += "".join(f'<itemref idref="{i}" linear="no"/>' for i, _, beside in rows if beside)
    modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or 315532800)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{_about(book, language)}"
        f'<meta property="dcterms:modified">{modified}</meta>{_accessible(language, pages)}</metadata>'
        f"<manifest>{items}</manifest><spine{_progress(language)}>{spine}</spine></package>"
    )


def _item(name: str) -> str:
    """Return the identifier of a document in the package document; identifiers of authors have no underscore."""
    return f"p-{name.replace('/', '_')}"


def _beside(document: str, address: str) -> str:
    """Return the path of a file that a document leads to."""
    return str(PurePosixPath(document).parent / address)


def _about(book: Book, language: str) -> str:
    """Return what catalogues want to know (EPUB 3.3, 5.5.3); each language of a course is a book of its own."""
    facts = book.metadata
    said = [("title", facts.title[language]), ("language", language)]
    said += [("creator", author) for author in facts.authors]
    said += [("contributor", reviewer) for reviewer in facts.reviewers]
    said += [("publisher", facts.publisher[language]), ("rights", facts.rights[language])]
    said += [("description", facts.description[language])]
    said += [("subject", keyword) for keyword in facts.keywords.get(language, ())]
    identifier = f'<dc:identifier id="id">{escape(f"{book.iri}/book/{language}")}</dc:identifier>'
    return identifier + "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in said if text)


def _accessible(language: str, pages: Mapping[str, tuple[str, str]]) -> str:
    """Return what readers are told before they open the book (EPUB Accessibility 1.1, 2: discovery metadata)."""
    whole = "".join(body for _, body in pages.values())
    modes = ["textual", *(mode for sign, mode in _MODES.items() if sign in whole)]
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    features += dict.fromkeys(feature for sign, feature in _FEATURES.items() if sign in whole)
    said = [("accessMode", mode) for mode in dict.fromkeys(modes)]
    said += [("accessModeSufficient", "textual")]  # pictures have alternatives, films and sounds transcripts
    said += [("accessibilityFeature", feature) for feature in features]
    said += [("accessibilityHazard", "unknown" if "<video" in whole else "none")]
    said += [("accessibilitySummary", document_words(language)["access"])]
    return "".join(f'<meta property="schema:{name}">{escape(value)}</meta>' for name, value in said)


def _holds(body: str) -> str:
    """Return the attribute that says that a document has formulas (EPUB 3.3, 5.5.5.4)."""
    return ' properties="mathml"' if "<math" in body else ""


def _type(name: str) -> str:
    kind = {".vtt": "text/vtt"}.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    if not kind:
        raise UsageError("its type is not known.", name, "Rename it with the ending of its type.")
    return kind


def fill(book: Book, root: Path, language: str, stream: BinaryIO, cache: Cache) -> None:
    """Write a book into a stream; ``root`` is the course's folder."""
    fill_zip(stream, epub(book, root, language), "mimetype", cache)


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_stamped(out, "", lambda stream: fill(of_module(module), root, language, stream, Cache()), Cache())
    return []


FORMAT = Format(
    "epub",
    "EPUB 3",
    writer=Writer(
        _write,
        "the pages as an EPUB 3 book with the theme's logo, colours and fonts; lines to write on in place of fields",
    ),
)
