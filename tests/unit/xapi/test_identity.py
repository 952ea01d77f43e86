"""When two statements are the same: one answer, whoever asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sclt.xapi.judging.judge import judge
from sclt.xapi.statements.identity import canonical, same_statement

ID = "7ab1d5ae-2f6c-4a3c-8d7e-5e4b7a3c9f10"
ONA = {"account": {"homePage": "https://lms.example.org", "name": "17"}}
JONAS = {"account": {"homePage": "https://lms.example.org", "name": "18"}}
PAGE = "https://courses.example.org/trees"
WHOLE: dict[str, Any] = {
    "id": ID,
    "actor": {"name": "Ona", **ONA},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"en": "experienced"}},
    "object": {"id": PAGE, "definition": {"name": {"en": "Trees"}}},
    "timestamp": "2026-05-04T10:00:00+02:00",
    "context": {"contextActivities": {"grouping": [{"id": f"{PAGE}/a"}, {"id": f"{PAGE}/b"}]}},
}
GROUP = {"objectType": "Group", "member": [ONA, JONAS]}

SAME: dict[str, dict[str, Any]] = {
    "another name of the actor": {"actor": {"name": "Ona Onaitė", **ONA}},
    "no name of the actor": {"actor": ONA},
    "another display of the verb": {"verb": {**WHOLE["verb"], "display": {"lt": "patyrė"}}},
    "another definition of the activity": {"object": {"id": PAGE, "objectType": "Activity"}},
    "another offset of the time": {"timestamp": "2026-05-04T08:00:00Z"},
    "activities in another order": {
        "context": {"contextActivities": {"grouping": [{"id": f"{PAGE}/b"}, {"id": f"{PAGE}/a"}]}}
    },
    "what an LRS sets": {
        "stored": "2026-05-05T10:00:00Z",
        "authority": {"mbox": "mailto:lrs@example.org"},
        "version": "1.0.3",
    },
}
OTHERS: dict[str, dict[str, Any]] = {
    "another actor": {"actor": {"name": "Ona", **JONAS}},
    "another verb": {"verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "experienced"}}},
    "another activity": {"object": {"id": f"{PAGE}/c"}},
    "another time": {"timestamp": "2026-05-04T10:00:01+02:00"},
    "other activities": {"context": {"contextActivities": {"grouping": [{"id": f"{PAGE}/a"}]}}},
    "a result": {"result": {"success": True}},
}


def judged(path: Path, *statements: dict[str, Any]) -> set[str]:
    """Return the rules about the whole file that statements break."""
    path.write_text("\n".join(map(json.dumps, statements)), encoding="utf-8")
    return {finding.rule.id for finding in judge(path).findings if finding.rule.id.startswith("file.")}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_the_same_event_is_repeated(change: dict[str, Any], tmp_path: Path) -> None:
    other = WHOLE | change
    assert same_statement(WHOLE, other)
    assert judged(tmp_path / "two.jsonl", WHOLE, other) == {"file.id-repeated"}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_another_event_under_the_same_id_is_a_conflict(change: dict[str, Any], tmp_path: Path) -> None:
    other = WHOLE | change
    assert not same_statement(WHOLE, other)
    assert judged(tmp_path / "two.jsonl", WHOLE, other) == {"file.id-conflict"}


def test_a_time_that_one_lacks_is_no_difference(tmp_path: Path) -> None:
    without = {name: value for name, value in WHOLE.items() if name != "timestamp"}
    assert same_statement(WHOLE, without)
    assert judged(tmp_path / "two.jsonl", without, WHOLE) == {"file.id-repeated"}


def test_members_of_a_group_stand_in_any_order(tmp_path: Path) -> None:
    one, other = WHOLE | {"actor": GROUP}, WHOLE | {"actor": {"objectType": "Group", "member": [JONAS, ONA]}}
    assert same_statement(one, other)
    assert judged(tmp_path / "two.jsonl", one, other) == {"file.id-repeated"}


@pytest.mark.parametrize(
    "unsound",
    [
        {"actor": 5},
        {"actor": {"member": "nobody"}},
        {"actor": {"member": [7, None, {}]}},
        {"actor": {"account": "17"}},
        {"verb": []},
        {"object": {"objectType": "SubStatement", "actor": None, "timestamp": 5}},
        {"timestamp": {}},
        {"timestamp": "9999-12-31T23:59:59-14:00"},
        {"context": {"team": 1, "contextActivities": {"parent": [None, "x"], "other": {}}}},
    ],
    ids=str,
)
def test_what_is_unsound_has_a_form_too(unsound: dict[str, Any]) -> None:
    statement = WHOLE | unsound
    assert canonical(statement).same(canonical(json.loads(json.dumps(statement))))
    assert not canonical(statement).same(canonical(WHOLE))


def test_a_statement_is_not_changed() -> None:
    before = json.dumps(WHOLE)
    canonical(WHOLE)
    assert json.dumps(WHOLE) == before
