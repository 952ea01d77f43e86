"""Figures by hand: two programmes, and everything in them that is awry (see town.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sclt.records.answers import answers
from sclt.records.engine import open_statements
from sclt.records.ingest import ingest
from sclt.records.people import named
from sclt.records.period import Period
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.records.story import Report, cards
from tests.unit.records import town
from tests.unit.records.conftest import KEY, lines
from tests.unit.records.town import CLUSTERS, FINAL, FIRST_DAY, OFFICE, PARTNERS, PRE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("town") / "rec[1]", create=True)
    ingest(store, lines(town.town()), KEY, "town")
    yield store
    store.close()


@pytest.fixture(scope="module")
def told(store: Store) -> Report:
    return made(store, Wanted(smallest=1))


def row(report: Report, metric: str, **keys: Any) -> dict[str, Any]:
    (found,) = [row for row in report.rows(metric) if all(row[key] == value for key, value in keys.items())]
    return found


def figures(report: Report, metric: str, *columns: str, **keys: Any) -> list[Any]:
    found = row(report, metric, **keys)
    return [found[column] for column in columns]


def test_a_programme_is_finished_when_all_its_modules_are(told: Report) -> None:
    wanted = ("participants", "completed", "partly", "unfinished", "modules")
    assert figures(told, "programmes", *wanted, programme=CLUSTERS) == [22, 9, 10, 13, 3]
    assert figures(told, "programmes", *wanted, programme=OFFICE) == [6, 6, 0, 0, 1]
    assert figures(told, "overview", "participants", "completed") == [22, 9]


def test_a_module_is_finished_by_statements_about_itself(told: Report) -> None:
    finished = {each["module"]: (each["participants"], each["completed"]) for each in told.rows("modules")}
    assert finished == {PRE: (22, 19), PARTNERS: (22, 19), FINAL: (15, 9), FIRST_DAY: (6, 6)}


def test_who_failed_and_passed_later_has_passed_and_attempts_are_registrations(told: Report) -> None:
    assert figures(told, "modules", "passed", "failed", "judged", module=FINAL) == [9, 6, 15]
    assert figures(told, "scores", "participants", "attempts", module=FINAL) == [15, 16]


def test_municipalities(told: Report) -> None:
    finished = {
        each["group"]: (each["participants"], each["completed"])
        for each in told.rows("programmes_groups")
        if each["programme"] == CLUSTERS
    }
    assert finished == {"kaunas.example": (12, 6), "vilnius.example": (8, 3), "tromso.example": (2, 0)}


def test_where_and_since_when(told: Report) -> None:
    stopped = {each["page"].rpartition("/")[2]: each["stopped"] for each in told.rows("funnel")}
    assert stopped == {"why": 3, "how": 0}
    waiting = {each["since"]: each["learners"] for each in told.rows("waiting")}
    # ten days lie between the modules and the final test, which six of the thirteen took
    assert waiting == {0: 6, 1: 7}


def test_answers_are_one_whatever_their_order_and_mark(told: Report) -> None:
    (goal,) = [card for card in cards(told) if card.iri == f"{FINAL}/questions/goal"]
    assert (goal.people, goal.share) == (15, pytest.approx(9 / 15))
    assert [(each.words["en"], each.chosen, each.is_right) for each in goal.choices] == [
        ("A shared goal", 9, True),
        ("A shared plan", 9, True),
        ("One boss", 6, False),
    ]
    (trust,) = [card for card in cards(told) if card.iri == f"{PRE}/questions/trust"]
    assert [(words["lt"], n) for words, n, _ in trust.wrong] == [("pinigų", 19)]


def test_before_and_after(told: Report) -> None:
    # of the fifteen who took both, nobody was right before; nine were right in everything after
    wanted = figures(told, "gain", "participants", "before", "after", "better_rate", programme=CLUSTERS)
    assert wanted == [15, 0, pytest.approx(9 / 15), pytest.approx(9 / 15)]


def test_people_by_name_are_those_who_have_not_finished_and_who_have_not_begun(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "actor,name,group\nk01@kaunas.example,Adomas,Kaunas\nK11@Kaunas.example,Birutė,Kaunas\n"
        "v04@vilnius.example,Cezaris,Vilnius\nnew@vilnius.example,Daiva,Vilnius\n",
        encoding="utf-8",
    )
    people = made(store, Wanted(people=named(file, KEY))).people or []
    found = [(each.name, each.done, each.modules, each.module) for each in people if each.programme == CLUSTERS]
    assert found == [("Birutė", 0, 3, PARTNERS), ("Cezaris", 2, 3, FINAL), ("Daiva", 0, 3, "")]


def test_a_course_tells_which_modules_a_programme_has(store: Store) -> None:
    members = [(OFFICE, FIRST_DAY), (OFFICE, PARTNERS), (OFFICE, f"{OFFICE}/never-begun")]
    told = made(store, Wanted(members=members, smallest=1))
    # partners is part of both; all who took it take part in both, and nobody can have finished what nobody began
    assert figures(told, "programmes", "participants", "completed", "modules", programme=OFFICE) == [22, 0, 3]
    assert figures(told, "programmes", "participants", "modules", programme=CLUSTERS) == [22, 2]


def test_a_period_is_compared_with_the_days_before_and_kept_apart_from_the_whole(store: Store) -> None:
    period = Period(date(2026, 3, 10), date(2026, 3, 17))
    told = made(store, Wanted(smallest=1, period=period))
    assert figures(told, "modules", "participants", "completed", module=FINAL) == [15, 9]
    assert told.earlier("modules", module=PARTNERS, programme=CLUSTERS)["participants"] == 22  # type: ignore[index]
    hidden = made(store, Wanted(smallest=8, period=period))
    # 22 in all and 15 in the period: seven could be told apart
    assert row(hidden, "overview")["participants"] is None


def test_small_groups_and_their_texts_are_told_in_no_row(store: Store) -> None:
    told = made(store, Wanted())
    assert row(told, "groups", group="tromso.example")["participants"] is None
    assert [each["stopped"] for each in told.rows("funnel") if each["page"].endswith("why")] == [None]
    hidden = [each for each in told.rows("wrong_answers") if each["hidden"]]
    assert [each["response"] for each in hidden] == [None] * len(hidden)


def test_what_cannot_be_is_set_aside_with_its_reason_and_reports_go_on(tmp_path: Path) -> None:
    store = Store(tmp_path / "records", create=True)
    bad = list(town.impossible())
    good = [each for each in town.town() if each["actor"]["mbox"].startswith("mailto:k")]
    assert ingest(store, lines([*(each for each, _ in bad), *good]), KEY, "x").aside == len(bad)
    assert [each.reason for each in store.aside()] == [reason for _, reason in bad]
    assert made(store, Wanted(smallest=1)).rows("overview")[0]["participants"] == 12


@pytest.mark.full
def test_spark_gives_the_same(store: Store, told: Report, spark: Any) -> None:
    other = {each.metric.name: each.rows() for each in answers(open_statements(store, "spark", (), spark)[1], 1)}
    for answer in told.answers:
        for one, two in zip(answer.rows(), other[answer.metric.name], strict=True):
            assert two == pytest.approx(one), answer.metric.name
