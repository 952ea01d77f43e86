"""A module for reading: as an EPUB 3 book (W3C EPUB 3.3)."""

from __future__ import annotations

import mimetypes
import os
import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from sclt.errors import UsageError
from sclt.exchange.formats import Format, Writer
from sclt.exchange.pages import cover, document, media_files, page
from sclt.locale import direction, document_words
from sclt.model.course import Module
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.storage.archive import write_zip
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


def epub(module: Module, root: Path, language: str) -> dict[str, Content]:
    """Return the files of an EPUB 3 book of a module in one language; ``root`` is the course's folder."""
    texts = [each.texts[language] for each in module.pages]
    title, media = module.metadata.title[language], media_files(module, root)
    documents = {_COVER: (title, cover(module, language))}
    documents |= {t.id: (t.title, page(module, t, "{}.xhtml".format)) for t in texts}
    nav = f'<nav epub:type="toc"><h1>{escape(title)}</h1><ol>{_contents(module, language)}</ol></nav>'
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "OPS/book.opf": _package(module, language, documents, media).encode(),
        "OPS/nav.xhtml": document(title, module, language, nav).encode(),
        **{f"OPS/{n}.xhtml": document(name, module, language, body).encode() for n, (name, body) in documents.items()},
        **{f"OPS/{name}": content for name, content in media.items()},
    }


def _contents(module: Module, language: str) -> str:
    """Return the entries of the table of contents; a group has a list of its own below its title (EPUB 3.3, 5.4.1)."""
    entries = []
    for group, pages in module.grouped:
        texts = [page.texts[language] for page in pages]
        rows = "".join(f'<li><a href="{text.id}.xhtml">{escape(text.title)}</a></li>' for text in texts)
        entries.append(f"<li><span>{escape(group.title[language])}</span><ol>{rows}</ol></li>" if group else rows)
    return "".join(entries)


def _progress(language: str) -> str:
    """Return how a book's pages follow each other where its language is written from right to left (EPUB 3, 5.7.1)."""
    return ' page-progression-direction="rtl"' if direction(language) == "rtl" else ""


def _package(module: Module, language: str, pages: Mapping[str, tuple[str, str]], media: Iterable[str]) -> str:
    """Return the package document; a file to download lies beside the reading order.

    A hyperlink leads to a document of the spine, and a foreign one has a fallback (EPUB 3.3, section 3.5): the cover.
    """
    linked = {name for _, body in pages.values() for name in _LINK.findall(body)}
    files = [("nav", "nav.xhtml", "application/xhtml+xml", ' properties="nav"')]
    files += [
        (f"p-{name}", f"{name}.xhtml", "application/xhtml+xml", _holds(body)) for name, (_, body) in pages.items()
    ]
    rows = [(f"m-{n}", name, name in linked) for n, name in enumerate(media)]
    files += [(i, name, _type(name), _FALLBACK if beside else "") for i, name, beside in rows]
    items = "".join(f'<item id="{i}" href={quoteattr(h)} media-type="{t}"{p}/>' for i, h, t, p in files)
    spine = "".join(f'<itemref idref="p-{name}"/>' for name in pages)
    spine += "".join(f'<itemref idref="{i}" linear="no"/>' for i, _, beside in rows if beside)
    modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or 315532800)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{escape(module.iri)}</dc:identifier>'
        f"<dc:title>{escape(module.metadata.title[language])}</dc:title><dc:language>{language}</dc:language>"
        f'<meta property="dcterms:modified">{modified}</meta>{_accessible(language, pages)}</metadata>'
        f"<manifest>{items}</manifest><spine{_progress(language)}>{spine}</spine></package>"
    )


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


def write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    """Write a module as a book; an earlier one at ``out`` is replaced whole."""
    write_zip(out, epub(module, root, language), "mimetype", Cache())
    return []


FORMAT = Format(
    "epub",
    "EPUB 3",
    writer=Writer(
        write,
        "the pages as an EPUB 3 book with the theme's logo, colours and fonts; lines to write on in place of fields",
    ),
)
