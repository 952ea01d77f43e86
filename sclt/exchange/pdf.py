"""A module or a programme for reading as a PDF: the XHTML of the EPUB book, printed by WeasyPrint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import escape

from lxml import html
from lxml.html import builder

from sclt.errors import EnvironmentFault
from sclt.exchange.book import Book, entries, of_module
from sclt.exchange.formats import Format, Writer
from sclt.exchange.pages import PAGE, document, page_tree, titled
from sclt.exchange.solutions import solutions
from sclt.locale import document_words, words
from sclt.model.course import Module
from sclt.model.finding import Finding
from sclt.model.site import Content
from sclt.source.theme import default_colours
from sclt.storage import reading, resources
from sclt.storage.archive import write_stamped
from sclt.storage.cache import Cache
from sclt.storage.extras import missing

_BASE = "https://book.invalid/"
"""Where files of a book seem to lie (RFC 6761: nobody has this name), so that no path of a computer gets into it."""
_MEDIA = "media/"
_DATED = datetime(1980, 1, 1, tzinfo=UTC)
"""When files that come with a PDF were made: the same day for everybody."""


def weasyprint() -> Any:
    """Return the library; raises EnvironmentFault where it or what it needs of the system is missing."""
    try:
        import weasyprint
    except ModuleNotFoundError as error:
        raise missing("weasyprint", "exchange") from error
    except OSError as error:
        hint = "Install Pango (Debian: libpango-1.0-0 libpangoft2-1.0-0)."
        raise EnvironmentFault("WeasyPrint misses a library of the system, most likely Pango.", hint=hint) from error
    return weasyprint


class Printable(NamedTuple):
    """What is printed: the text as XHTML, the files that it shows by their path, and those to keep along with it."""

    text: str
    media: dict[str, Content]
    kept: tuple[str, ...]


def made_by() -> str:
    """Return what decides, beside the sources and the fonts, how a page looks; raises as `weasyprint` does."""
    library = weasyprint()
    return f"WeasyPrint {library.__version__}, Pango {library.text.ffi.pango.pango_version()}"


def fill(book: Book, root: Path, language: str, stream: BinaryIO, cache: Cache) -> None:
    """Print a book into a stream; ``root`` is the course's folder.

    The same sources give the same bytes where WeasyPrint, Pango and the fonts are the same. Raises EnvironmentFault
    where WeasyPrint or its libraries are missing.
    """
    library, printed = weasyprint(), printable(book, root, language)
    for content in printed.media.values():
        if isinstance(content, Path):
            reading.size(content)  # WeasyPrint would leave out what has vanished
    own = {_BASE + name: content for name, content in printed.media.items()}
    fetcher: Any = library.urls.URLFetcher

    class Own(fetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if not isinstance(content := own.get(url), Path):
                raise ValueError("only the book's own files are read")
            return super().fetch(content.resolve().as_uri(), headers)

    along = [
        library.Attachment(string=_bytes(printed.media[name]), name=name, created=_DATED, modified=_DATED)
        for name in printed.kept
    ]
    laid_out = library.HTML(string=printed.text, base_url=_BASE, url_fetcher=Own())
    laid_out.write_pdf(stream, pdf_variant="pdf/ua-1", attachments=along)


def _bytes(content: Content) -> bytes:
    return reading.content(content) if isinstance(content, Path) else content


def printable(book: Book, root: Path, language: str) -> Printable:
    """Return a whole book as one document."""
    media = book.media(root)
    kept: dict[str, None] = {}
    body = book.cover(language) + _contents(book, language)
    for module in book.modules:
        body += book.opening(module, language)
        for each in module.pages:
            main = page_tree(module, each.texts[language], partial(_place, module))
            kept |= dict.fromkeys(_apart(main, _mark(module, each.id), book.folder(module), media))
            body += titled(each.texts[language], _mark(module, each.id), main)
        if answers := solutions(module, language):
            body += f'<div class="solutions" id="{_answers(module)}">{answers}</div>'
    kind = "programme" if book.whole else "module"
    text = document(
        book.metadata.title[language], book.theme, language, f'<div class="{kind}">{body}</div>', _style(book)
    )
    return Printable(text, media, tuple(kept))


def _place(module: Module, page_id: str, part: str) -> str:
    """Return the address of a page, or of a part of it, in a document of all pages."""
    mark = _mark(module, page_id)
    return f"#{mark}{part}" if part else f"#{PAGE}{mark}"


def _apart(main: html.HtmlElement, mark: str, folder: str, media: Mapping[str, Content]) -> Iterator[str]:
    """Make identifiers and files of a page those of the whole book, and yield the files that it gives to keep."""
    _still(main)
    for anchor in main.xpath(".//a[starts-with(@href,'#') and not(@data-page-link)]"):
        anchor.set("href", f"#{mark}{anchor.get('href')[1:]}")
    for named in main.xpath(".//*[@id]"):
        named.set("id", f"{mark}{named.get('id')}")
    for shown in main.xpath(".//img[@src]"):
        shown.set("src", folder + shown.get("src"))
    for anchor in main.xpath(f".//a[starts-with(@href,'{_MEDIA}')]"):
        name = folder + anchor.attrib.pop("href").partition("#")[0]
        if name in media and not anchor.xpath("ancestor::figure"):
            yield name


def _still(main: html.HtmlElement) -> None:
    """Put the picture of a film in its place; its transcript stands below it."""
    for film in main.xpath(".//video | .//audio"):
        if poster := film.get("poster"):
            film.addprevious(builder.IMG(src=poster, alt=film.get("aria-label", "")))
        film.drop_tree()


def _mark(module: Module, page_id: str) -> str:
    """Return what stands before the identifiers of a page; those of authors have no full stop."""
    return f"{module.id}.{page_id}."


def _answers(module: Module) -> str:
    return f"{module.id}.answers"


def _contents(book: Book, language: str) -> str:
    """Return the table of contents with the numbers of pages."""
    rows = [_module_rows(book, module, language) for module in book.modules]
    heading = escape(words(language, book.theme.words)["contents"])
    return f'<nav class="contents"><h1>{heading}</h1><ol>{"".join(rows)}</ol></nav>'


def _module_rows(book: Book, module: Module, language: str) -> str:
    pages = entries(module, language, lambda each: _row(PAGE + _mark(module, each.id), each.texts[language].title))
    if solutions(module, language):
        pages += _row(_answers(module), document_words(language)["solutions"])
    title = module.metadata.title[language]
    return _row(PAGE + module.id, title, f"<ol>{pages}</ol>") if book.whole else pages


def _row(name: str, title: str, below: str = "") -> str:
    return f'<li><a href="#{name}">{escape(title)}</a>{below}</li>'


def _style(book: Book) -> str:
    """Return the rules of paper, with the colours of the light scheme."""
    rules = resources.read("templates", "print.css").decode()
    colours = default_colours("light") | book.theme.light
    return re.sub(r"var\(--([a-z-]+)\)", lambda name: colours[name[1]], rules)


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_stamped(out, "", lambda stream: fill(of_module(module), root, language, stream, Cache()), Cache())
    return []


FORMAT = Format(
    "pdf",
    "PDF",
    writer=Writer(
        _write,
        "the same with the answers at its end, printed by WeasyPrint (which needs Pango) and marked up for screen "
        "readers (PDF/UA-1)",
    ),
)
