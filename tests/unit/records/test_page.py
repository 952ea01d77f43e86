"""The report in a browser: usable by everybody, in both languages, light and dark, on a phone; it fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from sclt.records.answers import Answer, answers
from sclt.records.engine import open_statements
from sclt.records.ingest import ingest
from sclt.records.store import Store
from sclt.records.writing import write
from tests.conftest import Turns
from tests.places import AXE
from tests.unit.records import cohort
from tests.unit.records.conftest import KEY, lines, told

pytestmark = pytest.mark.slow
RUN = """() => axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})
  .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html)}`))"""
WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("page") / "records", create=True)
    question = told(1, "ana", "asked", "/pages/one", result={"response": "Kada <b>prasideda</b>? " + "ilgas" * 200})
    ingest(store, lines([*cohort.statements(200, 1), question]), KEY, "test")
    return store


@pytest.fixture(scope="module")
def found(store: Store) -> list[Answer]:
    return list(answers(open_statements(store)[1]))


@pytest.fixture(scope="module")
def report(store: Store, found: list[Answer]) -> Path:
    file = store.folder.parent / "report.html"
    write(found, file, "html", 0)
    return file


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    with browser.new_context(color_scheme=request.param) as context:
        page = context.new_page()
        fetched: list[str] = []
        page.on("request", lambda asked: fetched.append(asked.url))
        page.goto(report.as_uri())
        yield page
        assert fetched == [report.as_uri()]


@Turns("language", ["lt", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, language: str) -> None:
    page.locator(f"#{language}").check()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(RUN) == [], name
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name


def test_the_keyboard_changes_the_language_and_opens_a_definition(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("heading", level=1).inner_text() == "Learning records"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("pre").first.is_visible()


def test_the_first_screen_tells_what_fails_and_what_is_asked(page: Page) -> None:
    right: dict[str, list[bool]] = {}
    for each in cohort.statements(200, 1):
        if each["verb"]["id"].endswith("answered"):
            right.setdefault(each["object"]["id"], []).append(each["result"]["success"])
    hardest, share = min(((name, sum(all_) / len(all_)) for name, all_ in right.items()), key=lambda each: each[1])
    page.locator("#en").check()
    facts = page.locator(".facts div").all_inner_texts()
    assert [" ".join(fact.split()) for fact in facts[-2:]] == [
        f"hardest question {share:.0%} {hardest.rpartition('/')[2]}",
        "questions to the authors 1",
    ]


def test_each_chart_is_named_and_has_its_table(page: Page) -> None:
    charts = page.get_by_role("img")
    assert charts.count() == 7
    for chart in charts.all():
        assert chart.evaluate("it => document.getElementById(it.getAttribute('aria-labelledby')).innerText")
        assert chart.evaluate("it => it.closest('section').querySelectorAll('td').length") > 0
    bars = page.locator("section:has(#modules) rect")
    assert bars.count() == 6  # participants, completed and passed of two modules
    widths = [bar.bounding_box() for bar in bars.all()]
    assert all(box and box["width"] > 0 for box in widths)


def test_each_shown_query_gives_the_number_again(page: Page, store: Store, found: list[Answer]) -> None:
    shown = page.locator("pre").all_text_contents()
    database = duckdb.connect()
    paths = [str(path) for path in store.paths()]
    database.read_parquet(paths, hive_partitioning=False).create_view("records")
    database.execute('CREATE VIEW statements AS SELECT *, actor_group AS "group" FROM records')
    assert len(shown) == len(found)
    for query, answer in zip(shown, found, strict=True):
        again = database.execute(query).fetchall()
        expected = [tuple(row.values()) for row in answer.table.to_pylist()]
        assert again == [pytest.approx(row) for row in expected], answer.metric.name
