"""The page in a browser: an analyst's ten questions, each answered by reading it; usable by all; fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from sclt.records.ingest import ingest
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.records.story import Report
from sclt.records.writing import write
from tests.axe import violations
from tests.conftest import Turns, in_turn
from tests.unit.records import town
from tests.unit.records.conftest import KEY, lines
from tests.unit.records.town import CLUSTERS, FINAL, PARTNERS

pytestmark = pytest.mark.slow
SHOWN = "rows => rows.filter(row => row.checkVisibility()).map(row => [...row.cells].map(cell => cell.innerText))"
WIDTHS = {"desktop": 1280, "phone": 360}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("page") / "records", create=True)
    ingest(store, lines(town.town()), KEY, "test")
    return store


@pytest.fixture(scope="module")
def told(store: Store) -> Report:
    """What a report tells of the cohort, with Tromsø too small to be told of."""
    return made(store, Wanted(smallest=3))


@pytest.fixture(scope="module")
def report(store: Store, told: Report) -> Path:
    file = store.folder.parent / "report.html"
    write(told, file, "html")
    return file


@pytest.fixture(params=in_turn(["light", "dark"], 2))
def page(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from opened(browser, report, request.param)


@pytest.fixture(scope="module")
def reading(browser: Browser, report: Path) -> Iterator[Page]:
    """The page in English, for those who only read and filter."""
    for page in opened(browser, report, "light"):
        page.locator("#en").check()
        yield page


@pytest.fixture
def fresh(reading: Page) -> Page:
    reading.locator("button[type=reset]").click()
    return reading


def opened(browser: Browser, report: Path, scheme: str) -> Iterator[Page]:
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        fetched: list[str] = []
        faults: list[str] = []
        page.on("request", lambda asked: fetched.append(asked.url))
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(report.as_uri())
        yield page
        assert fetched == [report.as_uri()]
        assert faults == []


def table(page: Page, heading: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading that are shown, by their first cell."""
    named = page.locator(".question").get_by_role("heading", name=heading, exact=True)
    rows = named.locator("xpath=following::table[1]").locator("tbody tr")
    shown = rows.evaluate_all(SHOWN)
    return {first.strip(): [" ".join(cell.split()) for cell in rest] for first, *rest in shown}


def test_1_who_has_not_finished_the_programme(fresh: Page) -> None:
    assert table(fresh, "By programme")["clusters"] == ["41% 9 of 22", "10", "13"]
    assert "13 of 22 have not finished" in " ".join(fresh.locator(".summary").inner_text().split())


def test_2_and_which_module(fresh: Page) -> None:
    assert table(fresh, "By module")["Final test"] == ["60% 9 of 15", "6", "60% 9 of 15"]
    assert table(fresh, "By module")["Partners and their goals"] == ["86% 19 of 22", "3", "nobody was judged"]


def test_3_in_which_municipality(fresh: Page) -> None:
    found = table(fresh, "By municipality or group")
    assert found["tromso.example"][1:] == ["too few people", "too few people"]
    fresh.locator("#f-group").select_option("kaunas.example")
    assert table(fresh, "By programme")["clusters"] == ["50% 6 of 12", "4", "6"]
    # k11 and k12 finish nothing; Kaunas alone takes the first day, so that hiding it there would hide nothing
    assert table(fresh, "By module")["Pre-test"] == ["83% 10 of 12", "2", "nobody was judged"]
    assert table(fresh, "By module")["The first day at work"][:2] == ["100% 6 of 6", "0"]
    assert table(fresh, "By module")["Partners and their goals"] == ["too few people"] * 3
    said = " ".join(fresh.locator(".summary").inner_text().split())
    assert "kaunas.example: 6 of 12 have finished all modules (50%)." in said
    assert "vilnius.example" not in said
    # of the final test only Vilnius would be left out, which all minus Kaunas would tell
    worst = fresh.locator(".item").first
    assert worst.locator(".slice:visible").all_inner_texts() == ["kaunas.example: too few people"]
    # nobody was right in the pre-test, wherever they work; of Vilnius and Tromsø ten are left
    before = fresh.locator(".item").last
    assert before.locator(".slice:visible").all_inner_texts() == ["kaunas.example: 0% right, of 10 people"]
    assert table(fresh, "By module")["Final test"] == ["too few people"] * 3


def test_4_where_they_stopped_and_since_when(fresh: Page) -> None:
    assert table(fresh, "Where they stopped") == {"Why it is worth agreeing": ["Partners and their goals", "3 of 22"]}
    rows = fresh.get_by_role("heading", name="When they were last seen").locator("xpath=following::table[1]")
    assert [row.inner_text().split("\t") for row in rows.locator("tbody tr").all()] == [
        ["clusters", "up to a week ago", "6"],
        ["clusters", "up to a month ago", "7"],
    ]


def test_5_what_fails_worst_and_why(fresh: Page) -> None:
    worst = fresh.locator(".item").first
    assert "60% right, of 15 people" in worst.inner_text()
    assert "Final test" in worst.inner_text()
    chosen = {row.locator("th").inner_text(): row.locator("td").inner_text() for row in worst.locator("tr").all()}
    assert {name.removeprefix("✓ "): " ".join(value.split()) for name, value in chosen.items()} == {
        "A shared goal right answer": "60% 9 of 15",
        "A shared plan right answer": "60% 9 of 15",
        "One boss": "40% 6 of 15",
    }
    # who is right in one of the two questions is right in the other
    assert "Nothing is conspicuous" in worst.inner_text()
    assert worst.locator(".signed rect.fore").get_attribute("width") == "50.0"


def test_6_what_was_learnt_between_the_tests(fresh: Page) -> None:
    before, after, gain, better = table(fresh, "Before and after")["clusters\n15 people took both tests"]
    assert (before, after, gain, better) == ("0%", "60%", "+60 percentage points", "60%")


def test_7_how_far_the_test_can_be_trusted(fresh: Page) -> None:
    listed = fresh.get_by_role("heading", name="How far the tests can be trusted").locator("xpath=following::ul[1]")
    text = " ".join(listed.inner_text().split())
    assert "Final test: 1.00. The questions agree well" in text
    assert "Pre-test: all scores are equal" in text


def test_8_what_they_ask_and_where(fresh: Page) -> None:
    asked = table(fresh, "What do they ask?")
    assert asked[town.ASKED][:3] == ["How an agreement is made", "Partners and their goals", "Lietuvių"]
    fresh.locator("#f-to").fill("2026-03-01")
    assert table(fresh, "What do they ask?") == {}


def test_9_what_one_module_gives(fresh: Page) -> None:
    fresh.locator("#f-in").select_option(PARTNERS)
    assert list(table(fresh, "By module")) == ["Partners and their goals"]
    assert list(table(fresh, "By programme")) == ["clusters"]
    assert not fresh.locator(".item").first.is_visible()
    fresh.locator("#f-in").select_option(CLUSTERS)
    assert len(table(fresh, "By module")) == 3


def test_10_what_a_language_gives_and_what_is_not_divided_by_it(fresh: Page) -> None:
    fresh.locator("#f-language").select_option("lt")
    # one person alone used English, and all minus Lithuanian would tell of that person
    assert table(fresh, "By module")["Final test"] == ["too few people"] * 3
    assert fresh.locator("#fail .undivided").is_visible()
    fresh.locator("button[type=reset]").click()
    fresh.wait_for_function("!document.querySelector('.undivided:not([hidden])')")


def test_10_what_a_month_gives(fresh: Page) -> None:
    fresh.locator("#f-month").select_option("2026-03")
    assert fresh.locator(".item").first.locator(".slice:visible").all_inner_texts() == [
        "2026-03: 60% right, of 15 people"
    ]
    assert fresh.locator("#finish .undivided:visible").count() > 0
    fresh.emulate_media(media="print")
    assert fresh.locator(".chosen").inner_text() == "2026-03"
    fresh.emulate_media(media="screen")


def test_tables_are_sorted_by_what_their_cells_mean(fresh: Page) -> None:
    head = fresh.locator("#h-modules + .wide th button", has_text="share finished")
    head.click()
    assert next(iter(table(fresh, "By module"))) == "Final test"
    head.click()
    assert next(iter(table(fresh, "By module"))) == "The first day at work"
    assert fresh.locator("#h-modules + .wide th[aria-sort=descending]").inner_text().startswith("share finished")


@Turns("language", ["lt", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, language: str) -> None:
    page.locator(f"#{language}").check()
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, "dark" if is_dark else "narrow" if name == "phone" else "light") == [], name
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name


def test_the_keyboard_changes_the_language_and_opens_a_definition(page: Page) -> None:
    page.locator("#lt").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("heading", level=1).inner_text() == "Learning records"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#overview > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#overview .definition summary").press("Enter")
    assert page.locator("#overview pre").is_visible()


def test_printed_the_summary_is_one_page(fresh: Page) -> None:
    fresh.emulate_media(media="print")
    fresh.evaluate("document.body.classList.add('only-summary')")
    assert fresh.locator(".summary").is_visible()
    assert [fresh.locator(each).first.is_visible() for each in ("#finish", "#fail", "#ask", ".filters")] == [False] * 4
    box = fresh.locator(".summary").bounding_box()
    assert box and box["height"] < 1000  # A4 has 1123 pixels of 96 to the inch
    fresh.evaluate("document.body.classList.remove('only-summary')")
    fresh.emulate_media(media="screen")


def test_each_shown_query_gives_the_number_again(reading: Page, store: Store, told: Report) -> None:
    shown = reading.locator("pre").all_text_contents()
    database = duckdb.connect()
    paths = [str(path) for path in store.paths()]
    database.read_parquet(paths, hive_partitioning=False, union_by_name=True).create_view("records")
    database.execute(
        "CREATE VIEW statements AS SELECT *, actor_group AS \"group\" FROM records WHERE verb NOT LIKE '%/voided' "
        "AND id NOT IN (SELECT object FROM records WHERE verb LIKE '%/voided')"
    )
    database.execute(
        "CREATE VIEW members AS SELECT DISTINCT programme, module FROM statements WHERE about OR page IS NOT NULL"
    )
    assert len(shown) == len(told.answers)
    for query, answer in zip(shown, told.answers, strict=True):
        again = database.execute(query).fetchall()
        expected = answer.table.to_pylist()
        assert len(again) == len(expected), answer.metric.name
        for found, row in zip(again, expected, strict=True):
            if not row.pop("hidden", False):  # the query counts also what the page hides
                small = {name for name in answer.metric.small if row[name] is None}
                shown = tuple(None if name in small else value for name, value in zip(row, found, strict=True))
                assert shown == pytest.approx(tuple(row.values())), answer.metric.name


def test_what_is_not_told_stands_nowhere_in_the_page(report: Path, told: Report) -> None:
    """Of the two in Tromsø, hidden with the next smallest group, no row has a number."""
    rows = [row for name in ("groups", "programmes_groups", "modules_by_group") for row in told.rows(name)]
    assert {row["participants"] for row in rows if row["group"] == "tromso.example"} == {None}
    assert "k01" not in report.read_text(encoding="utf-8")
    assert FINAL in report.read_text(encoding="utf-8")  # in the detail alone: the page says its title
