"""Metrics on data worked out by hand, against scipy, and on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import ibis.expr.types as ir
import pytest
from scipy import stats

from sclt.records.answers import answers, counted
from sclt.records.engine import held, open_statements
from sclt.records.ingest import ingest
from sclt.records.metrics import METRICS
from sclt.records.store import Store
from tests.conftest import in_turn
from tests.unit.records.conftest import KEY, MODULE, Filled, lines, told
from tests.unit.records.town import town

pytestmark = pytest.mark.slow


def small() -> list[dict[str, Any]]:
    """Ana passes, Ben fails and stops at page two, Cid only begins; a voided completion of Cid."""
    passed, failed = ({"result": {"score": {"scaled": scaled}}} for scaled in (0.9, 0.4))
    events = [
        ("ana", "initialized", "", 0, {}),
        ("ana", "experienced", "/pages/one", 1, {}),
        ("ana", "experienced", "/pages/two", 6, {"language": "en"}),
        ("ana", "passed", "", 21, passed),
        ("ana", "completed", "", 21, {}),
        ("ben", "initialized", "", 0, {}),
        ("ben", "experienced", "/pages/one", 2, {}),
        ("ben", "experienced", "/pages/two", 40, {}),
        ("ben", "failed", "", 41, failed),
        ("cid", "initialized", "", 0, {}),
        ("cid", "completed", "", 1, {}),
        ("cid", "asked", "/pages/one", 1, {"result": {"response": "Why?"}}),
    ]
    made = [told(n, who, verb, thing, minute, **more) for n, (who, verb, thing, minute, more) in enumerate(events, 1)]
    voids = {"objectType": "StatementRef", "id": made[10]["id"]}
    return [*made, told(99, "admin", "voided", minute=50, object=voids), made[0]]


def answered(number: int, person: str, question: str, score: float, minute: int = 0) -> dict[str, Any]:
    result = {"success": score == 1, "score": {"scaled": score}, "response": "a" if score == 1 else "b"}
    return told(number, person, "answered", f"/questions/{question}", minute, result=result)


def cohort() -> tuple[list[dict[str, Any]], list[list[int]]]:
    """Sixty people of differing ability answer five questions of differing difficulty."""
    random = Random(7)
    matrix = [
        [int(random.random() < 1 / (1 + 2.7 ** (difficulty - ability))) for difficulty in (-1.5, -1, 0, 0.5, 1)]
        for ability in (random.gauss(0, 1.5) for _ in range(60))
    ]
    flat = [(person, question, x) for person, row in enumerate(matrix) for question, x in enumerate(row)]
    return [answered(n, f"p{p}", f"q{q}", x, n % 90) for n, (p, q, x) in enumerate(flat, 1000)], matrix


def rows(store: Store, engine: str = "duckdb", session: Any = None, smallest: int = 1) -> dict[str, Any]:
    _, statements = open_statements(store, engine, (), session)
    return {each.metric.name: each.rows() for each in answers(statements, smallest)}


def test_small_data_give_what_was_worked_out_by_hand(filled: Filled) -> None:
    found = rows(filled(small()))
    (all_,) = found["overview"]
    assert [all_[name] for name in ("participants", "started", "completed", "passed", "failed")] == [3, 3, 1, 1, 1]
    assert (all_["completion_rate"], all_["pass_rate"]) == (pytest.approx(1 / 3), 0.5)
    (time,) = found["time_spent"]  # Ana 1 + 5 + 10 (of 15) + 0, Ben 2 + 0 (a break of 38) + 1, Cid 1
    assert (time["median_minutes"], time["mean_minutes"]) == (3, pytest.approx(20 / 3))
    one, two = found["funnel"]
    assert (one["participants"], one["stopped"], two["participants"], two["stopped"]) == (2, 0, 2, 1)
    assert [each["week"] for each in found["weeks"]] == ["2026-03-02"]
    (switching,) = found["language_switches"]
    assert (switching["switched"], switching["switches"]) == (1, 2)
    assert [(each["response"], each["page"]) for each in found["asked"]] == [("Why?", f"{MODULE}/pages/one")]
    assert [(each["band"], each["learners"]) for each in found["score_bands"]] == [(4, 1), (9, 1)]


def test_items_agree_with_scipy(filled: Filled) -> None:
    statements, matrix = cohort()
    found = rows(filled(statements))
    for number, item in enumerate(found["items"]):
        x = [row[number] for row in matrix]
        assert item["difficulty"] == pytest.approx(sum(x) / 60)
        rest = [sum(row) - row[number] for row in matrix]
        assert item["discrimination"] == pytest.approx(stats.pointbiserialr(x, rest).statistic)
    variances = sum(stats.tvar([row[n] for row in matrix]) for n in range(5))
    alpha = 5 / 4 * (1 - variances / stats.tvar([sum(row) for row in matrix]))
    (reliability,) = found["reliability"]
    assert (reliability["alpha"], reliability["kr20"]) == (pytest.approx(alpha), True)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, spark: Any) -> Iterator[list[ir.Table]]:
    """The statements of everything here in both engines, at hand in each."""
    store = Store(tmp_path_factory.mktemp("both") / "records", create=True)
    film = {"id": f"{MODULE}/films/one", "definition": {"type": "https://w3id.org/xapi/video/activity-type/video"}}
    ingest(store, lines([*small(), *cohort()[0], *town(), told(5000, "ana", "completed", object=film)]), KEY, "test")
    tables = [open_statements(store)[1], open_statements(store, "spark", (), spark)[1]]
    with held(tables[0]), held(tables[1]):
        yield tables


@pytest.mark.parametrize("name", in_turn([metric.name for metric in METRICS], 4))
def test_both_engines_answer_the_same(both: list[ir.Table], name: str) -> None:
    (metric,) = [each for each in METRICS if each.name == name]
    expected, other = (counted(table, [metric])[name][0].to_pylist() for table in both)
    assert len(other) == len(expected) > 0
    for one, two in zip(expected, other, strict=True):
        assert two == pytest.approx(one)


def test_small_groups_are_hidden(filled: Filled) -> None:
    (all_,) = rows(filled(small()), smallest=5)["overview"]
    assert all_.pop("hidden") is True
    assert set(all_.values()) == {None}


def test_same_answers_and_no_data_give_no_number_but_a_reason(filled: Filled) -> None:
    same = [answered(n, f"p{n // 2}", f"q{n % 2}", 1) for n in range(20)]
    found = rows(filled(same))
    assert {each["discrimination"] for each in found["items"]} == {None}
    assert [(each["alpha"], each["missing"]) for each in found["reliability"]] == [(None, "spread")]


def test_groups_of_a_file(filled: Filled) -> None:
    mapping = [(KEY.pseudonym("mbox mailto:ana@example.org"), "Kaunas")]
    _, statements = open_statements(filled(small()), "duckdb", mapping)
    found = {each.metric.name: each.rows() for each in answers(statements, 1)}
    assert [(each["group"], each["participants"]) for each in found["groups"]] == [("", 2), ("Kaunas", 1)]
