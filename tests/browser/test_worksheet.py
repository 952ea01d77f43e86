"""A worksheet as a Word document, made in the browser: read by python-docx, whatever the learner wrote in it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from tests.browser.conftest import Desk, unpack_with
from tests.browser.learner import Learner
from tests.browser.lms import Lms

pytestmark = pytest.mark.slow
SHEET = """
:::worksheet {#plan title="My plan & yours <b>"}
Fill it in with **somebody** who knows H~2~O, see [the page](https://example.org/?a=1&b=2).

### What to plant

1. Beans: ____
2. Peas

   - sweet ones: ____ x3
   - others

| Row | Who |
|---|---|
| First | ____ |
| ____ | ____ |

```
keep  this
```

1. Anew
:::
"""
HOSTILE = "]]> </w:t></w:r> &amp; <script>alert(1)</script> \" ' \x01 \ud83c\udf31 $& \\1"
SHOWN = "]]> </w:t></w:r> &amp; <script>alert(1)</script> \" '  \ud83c\udf31 $& \\1".encode(
    "utf-16", "surrogatepass"
).decode("utf-16")


@pytest.fixture(scope="module")
def packages(lms: Lms, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with such a worksheet, for the web and as one file."""
    unpack_with(SHEET, tmp_path_factory.mktemp("sheets"), lms.packages / "sheets")
    return lms.packages / "sheets"


@pytest.fixture
def learner(desk: Desk, packages: Path) -> Learner:
    return Learner.visit(
        desk.sit_down(), desk.lms.url("/packages/sheets/garden_kinds_web/kinds/index.html?language=en")
    )


def save(learner: Learner, target: Path, **texts: str) -> Document:
    """Fill the worksheet in, save it and open what was saved."""
    sheet = learner.find("form.worksheet")
    for name, text in texts.items():
        sheet.locator(f"[data-field={name}]").evaluate(FILL, text)
    with learner.page.expect_download() as download:
        sheet.locator("[data-action=download]").click()
    assert download.value.suggested_filename == "plan.docx"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    return docx.Document(str(target))


FILL = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }"


def said(document: Document) -> list[tuple[str, str]]:
    """Return the paragraphs outside of tables with their styles."""
    return [(str(each.style and each.style.name), text_of(each._p)) for each in document.paragraphs if each.text]


def text_of(element: Any) -> str:
    """Return the text of a paragraph, also of links, of which python-docx takes no notice."""
    signs = {qn("w:br"): "\n"}
    return "".join(signs.get(each.tag) or each.text or "" for each in element.iter(qn("w:t"), qn("w:br")))


def number(paragraph: Any) -> tuple[int, int] | None:
    found = paragraph._p.find(f".//{qn('w:numPr')}")
    return found if found is None else tuple(int(each.get(qn("w:val"))) for each in found)  # type: ignore[return-value]


def test_it_reads_as_it_stands_on_the_page(learner: Learner, tmp_path: Path) -> None:
    document = save(
        learner,
        tmp_path / "plan.docx",
        f1="Šparaginės pupelės",
        f2="cukriniai\nžirniai\n\nąčęėįšųūž",
        f3="Žiedė",
        f5="„Kas kita“",
    )
    lines = said(document)
    assert lines[:3] == [
        ("Heading 1", "My plan & yours <b>"),
        ("Normal", "Fill it in with somebody who knows H2O, see the page."),
        ("Heading 1", "What to plant"),
    ]
    assert [text.rstrip() for _, text in lines[3:]] == [
        "Beans: Šparaginės pupelės",
        "Peas",
        "sweet ones: cukriniai\nžirniai\n\nąčęėįšųūž",
        "others",
        "keep  this",
        "Anew",
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Row", "Who"],
        ["First", "Žiedė"],
        ["", "„Kas kita“"],
    ]
    assert table.style is not None
    assert table.style.name == "Table Grid"
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None, "the head stands on each page again"
    bold = {run.text for each in document.paragraphs for run in each.runs if run.bold}
    assert bold == {"somebody"}
    (link,) = document.element.iter(qn("w:fldSimple"))
    assert link.get(qn("w:instr")) == 'HYPERLINK "https://example.org/?a=1&b=2"'


def test_lists_have_numbers_of_their_own(learner: Learner, tmp_path: Path) -> None:
    document = save(learner, tmp_path / "plan.docx")
    numbers = {each.text.split(":")[0]: number(each) for each in document.paragraphs if each.text}
    first, inner, again = numbers["Beans"], numbers["others"], numbers["Anew"]
    assert first and inner and again
    assert (first[0], inner[0], again[0]) == (0, 1, 0)
    assert numbers["Peas"] == first
    assert len({first[1], inner[1], again[1]}) == 3, "the second list of numbers begins anew"
    kinds = document.part.numbering_part.element
    formats = {
        num.get(qn("w:numId")): kinds.find(
            f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{num[0].get(qn('w:val'))}']/{qn('w:lvl')}/{qn('w:numFmt')}"
        ).get(qn("w:val"))
        for num in kinds.iterfind(qn("w:num"))
    }
    assert [formats[str(each[1])] for each in (first, inner, again)] == ["decimal", "bullet", "decimal"]


def test_what_is_empty_leaves_room_to_write(learner: Learner, tmp_path: Path) -> None:
    document = save(learner, tmp_path / "plan.docx")
    lines = [text for _, text in said(document)]
    line = "_" * 24
    assert f"Beans: {line}" in lines
    assert f"sweet ones: {line}\n{line}\n{line}" in lines
    assert document.tables[0].cell(1, 1).text == ""


def test_hostile_words_stay_words(learner: Learner, tmp_path: Path) -> None:
    document = save(learner, tmp_path / "plan.docx", f1=HOSTILE, f3=HOSTILE)
    assert ("Normal", f"Beans: {SHOWN}") in said(document)
    assert document.tables[0].cell(1, 1).text == SHOWN


def test_from_right_to_left(learner: Learner, tmp_path: Path) -> None:
    left = save(learner, tmp_path / "left.docx", f1="Pupos")
    assert not list(left.element.iter(qn("w:bidi"), qn("w:bidiVisual"), qn("w:rtl")))
    learner.frame.evaluate("document.documentElement.dir = 'rtl'")
    document = save(learner, tmp_path / "plan.docx", f1="فاصوليا خضراء")
    assert all(each._p.find(f".//{qn('w:bidi')}") is not None for each in document.paragraphs if each.text)
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    leftward = [
        run.text for each in document.paragraphs for run in each.runs if run._r.find(f".//{qn('w:rtl')}") is not None
    ]
    assert leftward == ["فاصوليا خضراء"]
