"""What is printed: scenarios with the ties of their branches, room to write, answers at the end, marks for readers."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

import pytest
from lxml import etree, html

import sclt
from sclt.exchange.pages import page
from sclt.exchange.solutions import solutions
from sclt.model.course import Module
from tests.coursemaker import Plan, write_course

ALL = """---
title: All of it
---

See [the other page](page-1.md) and [below](#below).

## Below

::::scenario {#gathering title="A meeting"}
:::step {#start}
You meet.

- [Talk to *all*](#good)
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
- When? ____

| Day | Task |
|---|---|
| Monday | ____ |
| ____ | by ____ |
:::

:::question {#write type=long-answer rows=4}
Write.
:::

:::question {#m type=matching}
Match.

- a :: 1
- b :: 2
- :: 3
:::

:::question {#g type=gaps}
A [[b | c]] d [[*e | f]].
:::

:::question {#n type=numeric unit=kg}
How much?

- [x] 2..3
- [ ] 9
- [50%] 4

> Correct: Because.
:::

:::question {#t type=true-false answer=false}
Snow is black.
:::

:::question {#o type=ordering}
Order.

1. z
2. y
:::
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    module = write_course(tmp_path_factory.mktemp("course"), Plan(pages=1, questions=0)) / "trial" / "module-1"
    for language in ("lt", "en"):
        (module / language / "all.md").write_text(ALL, encoding="utf-8")
    facts = (module / "module.yaml").read_text(encoding="utf-8")
    (module / "module.yaml").write_text(facts.replace("pages: [", "pages: [all, "), encoding="utf-8")
    return module


@pytest.fixture(scope="module")
def module(folder: Path) -> Module:
    course, findings = sclt.check_sources(folder)
    assert [f for f in findings if f.rule.severity == "error"] == []
    return course.programmes[0].modules[0]


def leading(page_id: str, part: str) -> str:
    """Return an address in a document of all pages."""
    return f"#{part}" if part else f"#page-{page_id}"


@pytest.fixture(scope="module")
def printed(module: Module) -> html.HtmlElement:
    return html.fragment_fromstring(page(module, module.pages[0].texts["en"], leading), create_parent="div")


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_scenario_says_where_each_choice_leads(printed: html.HtmlElement) -> None:
    (scenario,) = printed.xpath(".//section[contains(@class,'scenario')]")
    assert [said(each) for each in scenario.xpath(".//h3")] == [
        "Step 1",
        "Step 2 – ending, 100 %",
        "Step 3 – ending, 0 %",
    ]
    rows = [[said(cell) for cell in row] for row in scenario.xpath(".//table[@class='branches']//tr")]
    assert rows == [["If you choose this", "Go on to"], ["Talk to all", "Step 2"], ["Leave", "Step 3"]]
    assert [each.get("href") for each in scenario.xpath(".//table//a")] == [
        f"#{each.get('id')}" for each in scenario.xpath(".//h3")[1:]
    ]
    assert scenario.xpath(".//button") == []


def test_there_is_room_to_write(printed: html.HtmlElement) -> None:
    (sheet,) = printed.xpath(".//section[contains(@class,'worksheet')]")
    first, second = sheet.xpath("./ul/li")
    assert len(first.xpath("./span[@class='write']")) == 3
    assert "____" in second.text_content()
    cells = [[cell.get("class") for cell in row] for row in sheet.xpath(".//tbody/tr")]
    assert cells == [[None, "room"], ["room", None]]
    assert "_" in sheet.xpath(".//tbody/tr[2]/td[2]")[0].text_content()
    assert len(printed.xpath(".//section[@id='q-write']//span[@class='write']")) == 4


def test_links_between_pages_lead_to_their_headings(printed: html.HtmlElement) -> None:
    assert [each.get("href") for each in printed.xpath("./main/p[1]/a")] == ["#page-page-1", "#part-below"]
    assert printed.xpath("./h1")[0].get("id") == "page-all"


def test_answers_are_listed_by_page(module: Module) -> None:
    listed = html.fragment_fromstring(solutions(module, "en"), create_parent="div")
    assert [said(each) for each in listed.xpath("./h1 | ./h2")] == ["Answers", "All of it"]
    found: dict[str, list[str]] = {}
    for each in listed.xpath(".//dt | .//dd"):
        if each.tag == "dt":
            found[said(each)] = asked = []
        else:
            asked.append(said(each))
    assert found == {
        "Match.": ["a – 1; b – 2"],
        "A … d ….": ["b / c; e"],
        "How much?": ["2–3 kg; 4 (50 %) kg", "Because."],
        "Snow is black.": ["False"],
        "Order.": ["1. z; 2. y"],
    }


def test_a_module_without_questions_has_no_answers(module: Module, tmp_path: Path) -> None:
    assert solutions(module, "lt").startswith("<h1>Atsakymai</h1>")
    course, _ = sclt.check_sources(write_course(tmp_path, Plan(pages=1, questions=0)))
    assert solutions(course.programmes[0].modules[0], "en") == ""


def inflated(stream: bytes) -> bytes:
    """Return what a stream of a PDF holds; nothing of a font or another that is packed otherwise."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.slow
def test_a_pdf_is_marked_up_and_ends_with_the_answers(folder: Path, tmp_path: Path) -> None:
    sclt.export_course(folder, "pdf", tmp_path / "book.pdf", "en")
    raw = (tmp_path / "book.pdf").read_bytes()
    content = raw + b"".join(map(inflated, re.findall(rb"stream\n(.*?)\nendstream", raw, re.DOTALL)))
    assert b"/MarkInfo" in content and b"/StructTreeRoot" in content
    assert b"pdfuaid" in content
    assert b"/Title (Answers)" in content, "it stands in the outline"


def test_a_book_says_for_whom_it_is(folder: Path, tmp_path: Path) -> None:
    sclt.export_course(folder, "epub", tmp_path / "book.epub", "en")
    with zipfile.ZipFile(tmp_path / "book.epub") as book:
        package = etree.fromstring(book.read("OPS/book.opf"))
    told: dict[str, list[str]] = {}
    for meta in package.iterfind(".//{*}meta"):
        told.setdefault(meta.get("property", "").removeprefix("schema:"), []).append(meta.text or "")
    assert told["accessMode"] == ["textual"]
    assert told["accessModeSufficient"] == ["textual"]
    assert "alternativeText" not in told["accessibilityFeature"]
    assert told["accessibilityHazard"] == ["none"]
    assert told["accessibilitySummary"][0]
