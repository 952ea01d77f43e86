"""A module for reading: as an EPUB 3 book (W3C EPUB 3.3) and as a PDF, made from the same XHTML."""

from __future__ import annotations

import mimetypes
import os
import time
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree, html

from sclt.course import Module, PageText
from sclt.errors import EnvironmentFault, UsageError
from sclt.render.pages import render_blocks
from sclt.site import Content
from sclt.words import words

_XHTML = "http://www.w3.org/1999/xhtml"
_STYLE = "body{font-family:sans-serif;line-height:1.4}img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .4em}ul.options{list-style:none}[hidden]{display:none}"  # noqa: E501
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(module: Module, root: Path, language: str) -> dict[str, Content]:
    """Return the files of an EPUB 3 book of a module in one language; ``root`` is the course's folder."""
    texts = [page.texts[language] for page in module.pages]
    pages: dict[str, Content] = {f"OPS/{t.id}.xhtml": _document(t.title, language, _body(t)).encode() for t in texts}
    media: dict[str, Content] = {f"OPS/{name}": root / module.folder / name for name in module.media}
    rows = "".join(f'<li><a href="{t.id}.xhtml">{escape(t.title)}</a></li>' for t in texts)
    title = module.metadata.title[language]
    nav = f'<nav epub:type="toc"><h1>{escape(title)}</h1><ol>{rows}</ol></nav>'
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "OPS/book.opf": _package(module, language, [t.id for t in texts]).encode(),
        "OPS/nav.xhtml": _document(title, language, nav).encode(),
        **pages,
        **media,
    }


def write_pdf(module: Module, root: Path, language: str, out: Path) -> None:
    """Print a module by WeasyPrint; raises EnvironmentFault where that or its libraries are missing."""
    try:
        import weasyprint
    except (ModuleNotFoundError, OSError) as error:
        raise EnvironmentFault(
            "WeasyPrint or a library of it (Pango) is missing.", hint="pip install 'sclt[exchange]' and install Pango."
        ) from error
    body = "".join(_body(page.texts[language], inside=True) for page in module.pages)
    folder = (root / module.folder).resolve().as_uri() + "/"

    class Own(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            if not url.startswith(folder) or ".." in url:
                raise ValueError("only the module's own files are read")
            return super().fetch(url, headers)

    text = _document(module.metadata.title[language], language, body)
    part = out.with_name(f".{out.name}.part")
    try:
        weasyprint.HTML(string=text, base_url=folder, url_fetcher=Own()).write_pdf(part)
        part.replace(out)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error
    finally:
        part.unlink(missing_ok=True)


def _document(title: str, language: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"><head>'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _body(text: PageText, inside: bool = False) -> str:
    """Return a page as XHTML: without buttons, links between pages kept. ``inside`` one document they lead nowhere."""
    main = html.fragment_fromstring(render_blocks(text.blocks, words(text.language)), create_parent="main")
    for idle in main.xpath('.//*[contains(@class,"actions") or contains(@class,"result")] | .//button'):
        idle.drop_tree()
    for form in main.xpath(".//form"):  # a form makes a page "scripted" (EPUB 3.3, 5.2.2), and nobody answers here
        form.tag = "section"
        form.attrib.pop("novalidate", None)
    for link in main.xpath(".//a[@href]"):
        page = link.get("data-page-link")
        if page and not inside:
            link.set("href", f"{page}.xhtml" + "".join(link.get("href").partition("#")[1:]))
        elif page or link.get("href").startswith("#"):
            del link.attrib["href"]
    inner = etree.tostring(main, encoding="unicode", method="xml")
    return f"<h1>{escape(text.title)}</h1>{inner}"


def _package(module: Module, language: str, pages: list[str]) -> str:
    files = [("nav", "nav.xhtml", "application/xhtml+xml", ' properties="nav"')]
    files += [(f"p-{name}", f"{name}.xhtml", "application/xhtml+xml", "") for name in pages]
    files += [(f"m-{n}", name, _type(name), "") for n, name in enumerate(module.media)]
    items = "".join(f'<item id="{i}" href={quoteattr(h)} media-type="{t}"{p}/>' for i, h, t, p in files)
    spine = "".join(f'<itemref idref="p-{name}"/>' for name in pages)
    modified = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH") or 315532800)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{escape(module.iri)}</dc:identifier>'
        f"<dc:title>{escape(module.metadata.title[language])}</dc:title><dc:language>{language}</dc:language>"
        f'<meta property="dcterms:modified">{modified}</meta></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def _type(name: str) -> str:
    kind = {".vtt": "text/vtt"}.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    if not kind:
        raise UsageError("its type is not known.", name, "Rename it with the ending of its type.")
    return kind
