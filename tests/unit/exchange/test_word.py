"""A module as a Word document: sound for another reader, and the same course when it is brought back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree, html

import sclt
from sclt.exchange.bring import read_any
from sclt.exchange.draft import as_text
from sclt.exchange.frames import Frame
from sclt.exchange.omml import office_math, tex_of
from sclt.exchange.word import bookmark, write_word
from sclt.exchange.wordframes import options_of, parts_of
from sclt.model.course import Box, Course, Module, Question, Scenario, Worksheet, walk
from sclt.source.formula import mathml
from sclt.storage import safexml
from tests.coursemaker import Plan, write_course
from tests.unit.exchange.test_imports import PIXEL
from tests.unit.exchange.test_roundtrip import compare, questions, written_page

pytestmark = pytest.mark.slow

ALL = """---
title: All of it
---

Words with **bold**, *soft*, ~~gone~~, `code`, H~2~O, 10^3^, [a link](https://example.org/), [the
other page](page-2.md) and $\\frac{1}{2}$.

- one
  - two

    still two
- three

1. first
2. second

```
if a < b:
    go
```

> Said by others

![A dot](../media/dot.png "What it is")

![](../media/line.svg){.decorative}

| Who | What |
|---|---|
| Ona | helps\u00a0much |

: Who does *what*

:::note {title="Keep in mind"}
A note with a list:

- a
- b
:::

:::details {title="More"}
Hidden.
:::

::::tabs
:::tab {title="One"}
First.
:::
:::tab {title="Two"}
Second.
:::
::::

::::scenario {#gathering title="A meeting" points=2}
:::step {#start}
You meet.

- [Talk](#good)
  > They listen.
- [Leave](#bad)
:::
:::step {#good score=100}
Well done.
:::
:::step {#bad score=0}
A pity.
:::
::::

:::worksheet {#sheet title="A plan"}
- Who? ____ x3
- When? ____ {#when}

| Day | Task |
|---|---|
| ____ | ____ |

: The week
:::

::::pool {#drawn draw=1}
:::question {#snow type=true-false answer=false}
Snow is black.

> Correct: Yes.
:::
:::question {#which type=single-choice retries=unlimited}
Which?

- [x] {#right} This
  > Good.
- [50%] That
- [ ] {.fixed} None of them
:::
::::
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 5h40"/></svg>'


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_course(tmp_path_factory.mktemp("course"), Plan(pages=2, questions=10))
    module = root / "trial" / "module-1"
    for language in ("lt", "en"):
        (module / language / "all.md").write_text(ALL, encoding="utf-8")
    (module / "media").mkdir(exist_ok=True)
    (module / "media" / "dot.png").write_bytes(PIXEL)
    (module / "media" / "line.svg").write_bytes(SVG)
    facts = (module / "module.yaml").read_text(encoding="utf-8")
    (module / "module.yaml").write_text(facts.replace("pages: [", "pages: [all, "), encoding="utf-8")
    return module


@pytest.fixture(scope="module")
def document(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "module.docx"
    result = sclt.export_course(course, "docx", out, "en")
    assert result.findings == []
    return out


@pytest.fixture(scope="module")
def back(document: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("back")
    result = sclt.import_course(document, folder / "trial" / "module-1", "en")
    assert result.findings == []
    return result.value


def text_of(folder: Path, page: str) -> str:
    """Return a page without its head and empty lines, with the marks of lists that the writer of Markdown has."""
    text = (folder / "en" / f"{page}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    lines = (line.rstrip().replace("--- | ---", "---|---").replace("| ---|", "|---|") for line in text.splitlines())
    return "\n".join(line.replace("---|--- |", "---|---|") for line in lines if line)


def test_a_page_comes_back_as_it_was(course: Path, back: Path) -> None:
    went = text_of(course, "all").replace("[the\nother page]", "[the other page]")
    assert text_of(back, "all") == went


def test_pages_keep_their_identifiers_and_their_order(course: Path, back: Path) -> None:
    went, came = (sclt.check_sources(folder)[0].programmes[0].modules[0] for folder in (course, back))
    assert [page.id for page in came.pages] == [page.id for page in went.pages]
    assert [page.main.title for page in came.pages] == [page.texts["en"].title for page in went.pages]


def test_objectives_and_glossary_come_back(course: Path, back: Path) -> None:
    went, came = (sclt.check_sources(folder)[0].programmes[0].modules[0] for folder in (course, back))
    assert went.objectives and went.terms
    assert [(each.id, each.text["en"]) for each in came.objectives] == [
        (each.id, each.text["en"]) for each in went.objectives
    ]
    assert [(each.id, each.term["en"], each.text["en"]) for each in came.terms] == [
        (each.id, each.term["en"], each.text["en"]) for each in went.terms
    ]
    for one, other in zip(went.pages, came.pages, strict=True):
        assert one.texts["en"].objectives == other.main.objectives
        links = [[(r.kind, r.target) for r in text.references] for text in (one.texts["en"], other.main)]
        assert links[0] == links[1]


def test_questions_and_containers_come_back(course: Path, back: Path) -> None:
    def blocks(folder: Path) -> dict[str, Any]:
        pages = sclt.check_sources(folder)[0].programmes[0].modules[0].pages
        found = (block for page in pages for block in walk(page.texts["en"].blocks))
        return {block.id: block for block in found if isinstance(block, Question | Scenario | Worksheet)}

    went, came = blocks(course), blocks(back)
    assert came.keys() == went.keys()
    for name, block in went.items():
        if isinstance(block, Question):
            compare(block, came[name], set())
            assert (came[name].retries, came[name].sample) == (block.retries, block.sample)
            assert came[name].objective == block.objective
            ids = [[line.id for line in getattr(each, "options", ())] for each in (came[name], block)]
            assert ids[0] == ids[1]
    assert came["sheet"].fields == went["sheet"].fields


def test_another_reader_finds_a_sound_document(document: Path) -> None:
    read = docx.Document(str(document))
    assert read.core_properties.title == read.paragraphs[0].text
    assert [p.style.name for p in read.paragraphs if p.style.name != "sclt Apart"][:2] == ["Title", "Heading 1"]
    assert {style.name for style in read.styles} >= {"Caption", "List Paragraph", "Quote"}
    first = [table.cell(0, 1).text for table in read.tables if table.cell(0, 1).text.startswith(":::")]
    assert ":::question {#which" not in first, "it lies in the table of its pool"
    assert ":::note" in first and ":::scenario {#gathering points=2}" in first
    assert len(read.inline_shapes) == 2


def test_the_document_refers_to_nothing_that_is_not_there(document: Path) -> None:
    with zipfile.ZipFile(document) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = safexml.parse(parts["word/document.xml"])
    relations = safexml.parse(parts["word/_rels/document.xml.rels"])
    known = {each.get("Id") for each in relations}
    used = {
        value for each in body.iter() for key, value in each.attrib.items() if "officeDocument/2006/rel" in str(key)
    }
    assert used and used <= known
    for each in relations:
        assert each.get("TargetMode") == "External" or f"word/{each.get('Target')}" in parts
    styles = {
        each.get(key) for each in safexml.parse(parts["word/styles.xml"]) for key in each.attrib if "Id" in str(key)
    }
    named = {next(iter(each.attrib.values())) for each in body.iter("{*}pStyle", "{*}rStyle", "{*}tblStyle")}
    assert named <= styles


def test_a_document_is_the_same_each_time(course: Path, document: Path, tmp_path: Path) -> None:
    sclt.export_course(course, "docx", tmp_path / "again.docx", "en")
    assert (tmp_path / "again.docx").read_bytes() == document.read_bytes()


def test_a_table_that_a_person_wrote_is_a_question(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Page", 1)
    rows = (
        ("Klausimas", ":::question {#q-1 type=single-choice points=2 title=“A b”}", ""),
        ("", "", ""), ("x", "Yes", "Right so"), ("[ ]", "No", ""), ("50 %", "Perhaps", ""),
        ("Užuomina:", "Think", ""), ("Kažkas", "else", ""),
    )  # fmt: skip
    table = made.add_table(len(rows), 3)
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    made.save(str(tmp_path / "t.docx"))
    draft = read_any(tmp_path / "t.docx")
    assert [f.message for f in draft.lost] == ["a row of a table is not understood: 'Kažkas | else | '."]
    (frame,) = draft.pages[0].rest
    assert not isinstance(frame, str)
    assert frame.options == {"id": "q-1", "type": "single-choice", "points": "2", "title": "A b"}
    assert [(line.mark, as_text(line.html), as_text(line.feedback)) for line in frame.lines] == [
        ("x", "Yes", "Right so"), (" ", "No", ""), ("50%", "Perhaps", ""),
    ]  # fmt: skip
    assert frame.notes == (("Hint", "Think"),)
    assert list(draft.pages[0].kinds()) == ["single-choice"]


def test_cells_need_not_be_merged() -> None:
    rows = (("Question", ":::question {#q type=single-choice}", ""), ("Who?", "", ""), ("✓", "you", ""), ("✗", "I", ""))
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    (frame,) = parts_of(f"<table>{''.join(f'<tr>{each}</tr>' for each in cells)}</table>", pytest.fail)
    assert isinstance(frame, Frame)
    assert [as_text(part) for part in frame.body if isinstance(part, str)] == ["Who?"]
    assert [(line.mark, line.html) for line in frame.lines] == [("x", "you"), (" ", "I")]


def test_a_table_of_strangers_stays_a_table() -> None:
    markup = "<table><tr><td>Question</td><td>Answer</td></tr><tr><td>:::</td><td>b</td></tr></table>"
    assert parts_of(markup, pytest.fail) == (markup,)


def test_options_are_read_in_any_quotation_marks() -> None:
    assert options_of("#a-b type=gaps unit=„m/s“ max=9") == {"id": "a-b", "type": "gaps", "unit": "m/s", "max": "9"}


def test_a_bookmark_is_one_that_word_takes() -> None:
    assert bookmark("page-one") == "sclt_page_one"
    assert bookmark("p" * 36) == ""


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{2}", "x^2", "a_i", r"x_i^2", r"\sqrt{x}", r"\sqrt[3]{x}", r"\sum_{i=1}^{n}i", r"a \le b",
        r"\begin{matrix}a & b \\ c & d\end{matrix}", r"\text{words here}",
    ],
)  # fmt: skip
def test_formulas_go_to_word_and_come_back(tex: str) -> None:
    def bare(markup: str) -> str:
        root = etree.fromstring(markup.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', ""))
        return "".join("".join(str(each) for each in root.itertext()).split())

    def shape(markup: str) -> list[str]:
        found = re.findall(r"<(mfrac|msup|msub|msubsup|msqrt|mroot|munderover|mtable|mtd)\b", markup)
        return sorted(found)

    came = tex_of(office_math(html.fragment_fromstring(mathml(tex))))
    assert bare(mathml(came)) == bare(mathml(tex))
    assert shape(mathml(came)) == shape(mathml(tex))


@pytest.fixture(scope="module")
def module(course: Path) -> tuple[Course, Module]:
    read, _ = sclt.check_sources(course)
    return read, read.programmes[0].modules[0]


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(question=questions(), boxed=st.booleans())
def test_any_question_comes_back(
    module: tuple[Course, Module], tmp_path_factory: pytest.TempPathFactory, question: Any, boxed: bool
) -> None:
    course, whole = module
    text = msgspec.structs.replace(
        whole.pages[0].texts["en"], blocks=(Box("note", "", (question,)) if boxed else question,)
    )
    page = msgspec.structs.replace(whole.pages[0], texts={"en": text})
    out = tmp_path_factory.mktemp("w") / "q.docx"
    assert not [f for f in write_word(msgspec.structs.replace(whole, pages=(page,)), Path(course.root), "en", out)
                if f.rule.id == "exchange.lost"]  # fmt: skip
    draft = read_any(out)
    assert draft.lost == []
    compare(question, written_page(draft.pages[0], draft.media), set())
