"""Films on the page in Lithuanian: on a phone without sideways scrolling, and printed without what stays closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from sclt.records.ingest import ingest
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.records.writing import write
from sclt.xapi.statements.vocabulary import VIDEO
from tests.axe import violations
from tests.unit.records import town
from tests.unit.records.conftest import KEY, lines
from tests.unit.records.town import FIRST_DAY

pytestmark = pytest.mark.slow
FILM = f"{FIRST_DAY}/films/welcome"
TITLE = "Pirmoji diena: kodėl verta pasisveikinti su kiekvienu kolega"
OVERFULL = (
    "() => [...document.querySelectorAll('td:has(> .bar)')].filter(cell => cell.scrollWidth > cell.clientWidth).length"
)


def films() -> Iterator[dict[str, Any]]:
    """Yield who of the cohort saw how much: 11 a half, 11 all."""
    for number, person in enumerate(town.EVERYBODY):
        share = 0.5 if number % 2 else 1.0
        yield {
            "id": str(UUID(int=0x4000_8000_0000_0000_0000 + 9000 + number)),
            "actor": {"mbox": f"mailto:{person}@{town.PLACES[person[0]]}"},
            "verb": {"id": f"{VIDEO}/verbs/paused"},
            "object": {"id": FILM, "definition": {"type": f"{VIDEO}/activity-type/video", "name": {"lt": TITLE}}},
            "result": {"extensions": {f"{VIDEO}/extensions/progress": share}},
            "context": {"language": "lt", "contextActivities": {"grouping": [{"id": FIRST_DAY}]}},
            "timestamp": "2026-03-05T10:00:00Z",
        }


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = Store(tmp_path_factory.mktemp("films") / "records", create=True)
    ingest(store, lines([*town.town(), *films()]), KEY, "test")
    file = store.folder.parent / "report.html"
    write(made(store, Wanted(smallest=3)), file, "html")
    return file


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    with browser.new_context(locale="lt-LT", viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(report.as_uri())
        yield page


def test_a_film_is_told_of_on_a_phone_without_scrolling_sideways(page: Page) -> None:
    table = page.get_by_role("group", name="Kiek peržiūrėta vaizdo įrašų")
    row = table.locator("tr", has_text=TITLE)
    assert row.locator("th").inner_text().split("\n") == [TITLE, "Pirma diena darbe"]
    cells = [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]
    assert cells == ["75 %", "50 % 11 iš 22"]
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    assert page.evaluate(OVERFULL) == 0
    assert violations(page) == []


def test_paper_has_no_closed_lists_and_no_figure_over_another(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 without its margins
    assert page.locator("details:visible").count() == 0
    assert not page.get_by_role("heading", name="Visi skaičiai").is_visible()
    assert page.evaluate(OVERFULL) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 688
    assert " ".join(page.locator("#h-ask ~ .lead").inner_text().split()).startswith("1 klausimas autoriams. Kas")
    assert page.get_by_text("+60 proc. punktų").is_visible()
