"""The page and the data for what real records hold: nothing, little, sameness, wrong clocks, others' statements."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from sclt.records.options import chosen, options

from sclt.records.answers import Answer, answers
from sclt.records.engine import open_statements
from sclt.records.store import Store
from sclt.records.writing import page, write
from tests.unit.records.conftest import MODULE, Filled, told

pytestmark = pytest.mark.slow

FUTURE = {"timestamp": "2099-01-01T00:00:00Z", "stored": "2026-03-02T09:00:00Z"}
LONG = "labai " * 5000
MARKUP = "<img src=x onerror=alert(1)></td></table><script>alert(2)</script>&\"'"
OTHERS: list[dict[str, Any]] = [
    told(n, f"p{n}", "launched", object={"id": "urn:other:tool"}, context={})
    | {"verb": {"id": "https://other.example/verbs/opened"}}
    for n in range(6)
]
SAME = [
    told(n, f"p{n // 2}", "answered", f"/questions/q{n % 2}", result={"success": True, "response": "a"})
    for n in range(20)
]


def asked(text: str) -> list[dict[str, Any]]:
    return [told(1, "ana", "asked", "/pages/one", result={"response": text})]


CASES: dict[str, list[dict[str, Any]]] = {
    "no statement": [],
    "one learner": [told(1, "ana", "initialized"), told(2, "ana", "passed", result={"score": {"scaled": 1}})],
    "all the same answer": SAME,
    "a clock that is fast": [told(1, "ana", "initialized", **FUTURE)],
    "twice the same": [told(1, "ana", "initialized")] * 3,
    "another tool": OTHERS,
    "a very long text": asked(LONG),
    "markup": asked(MARKUP),
    "right to left": asked("متى يبدأ المقرر؟"),
    "scores out of range": [
        told(n, f"p{n}", "passed", result={"score": {"raw": n, "min": 0, "max": 0}}) for n in range(6)
    ],
    "an answer that is empty": [
        told(n, f"p{n}", "answered", "/questions/q", result={"success": False, "response": ""}) for n in range(6)
    ],
}


def answered(store: Store, smallest: int = 1) -> list[Answer]:
    return list(answers(open_statements(store)[1], smallest))


def cells(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", cell).strip() for cell in re.findall(r"(?s)<td[^>]*>(.*?)</td>", html)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("smallest", [1, 5])
def test_no_number_is_a_dash_and_never_nan(filled: Filled, tmp_path: Path, case: str, smallest: int) -> None:
    found = answered(filled(CASES[case]), smallest)
    html = page(found, 0, {})
    assert not {"nan", "None", "inf", "-inf", "NaN", "null", "True", "False"} & set(cells(html))
    assert not re.search(r'="(nan|None|-?inf)', html)
    write(found, tmp_path / "data", "parquet", 0)
    for answer in found:
        table = pyarrow.parquet.read_table(tmp_path / "data" / f"{answer.metric.name}.parquet")
        values = [value for row in table.to_pylist() for value in row.values() if isinstance(value, float)]
        assert all(map(math.isfinite, values)), answer.metric.name


def test_what_a_learner_wrote_is_text(filled: Filled) -> None:
    html = page(answered(filled(asked(MARKUP))), 0, {})
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(2)&lt;/script&gt;&amp;" in html


def test_a_fast_clock_does_not_reach_the_weeks(filled: Filled) -> None:
    found = {each.metric.name: each.rows() for each in answered(filled(CASES["a clock that is fast"]))}
    assert [row["week"] for row in found["weeks"]] == ["2026-03-02"]


def test_statements_of_another_tool_count_as_its_own_module(filled: Filled) -> None:
    found = {each.metric.name: each.rows() for each in answered(filled(OTHERS))}
    assert [(row["module"], row["participants"], row["started"]) for row in found["modules"]] == [
        ("urn:other:tool", 6, 0)
    ]
    assert found["funnel"] == found["items"] == []


def with_choices(number: int, response: str, choices: Any) -> dict[str, Any]:
    question = f"{MODULE}/questions/goal"
    thing = {"id": question, "definition": {"interactionType": "choice", "choices": choices}}
    result = {"success": response == "a", "response": response}
    return told(number, f"p{number}", "answered", object=thing, result=result)


def test_options_are_told_by_their_words_in_both_languages(filled: Filled) -> None:
    choices = [
        {"id": "a", "description": {"lt-LT": "Bendras tikslas", "en": "A shared <goal>"}},
        {"id": "b", "description": {"en": "One " + "very " * 100}},
    ]
    store = filled([with_choices(n, "a" if n < 6 else "b[,]c", choices) for n in range(12)])
    words = options(open_statements(store)[1])
    html = page(answered(store), 0, words)
    assert {"Bendras tikslas (a)A shared &lt;goal&gt; (a)"} <= set(cells(html))
    told = chosen("b[,]c", words[f"{MODULE}/questions/goal"])
    assert told["lt"] == told["en"]  # a text that is in one language only stands for both
    assert len(told["en"]) == 160 + len(" (b); c")
    assert chosen("x", words[f"{MODULE}/questions/goal"])["lt"] == "x"


@pytest.mark.parametrize("choices", ["a", [{"id": 1}], [{"description": {"en": "x"}}], [{"id": "a"}]])
def test_definitions_against_the_standard_tell_no_words(filled: Filled, choices: Any) -> None:
    assert options(open_statements(filled([with_choices(1, "a", choices)]))[1]) == {}
