"""The page and the data for what real records hold: nothing, little, sameness, wrong clocks, others' statements."""

from __future__ import annotations

import csv
import html
import math
import re
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from sclt.records.engine import open_statements
from sclt.records.names import names
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.records.story import Report
from sclt.records.writing import page, write
from tests.conftest import Turns
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


def answered(store: Store, smallest: int = 1) -> Report:
    return made(store, Wanted(smallest=smallest))


def cells(text: str) -> list[str]:
    return [re.sub("<[^>]*>", "", cell).strip() for cell in re.findall(r"(?s)<t[dh][^>]*>(.*?)</t[dh]>", text)]


@pytest.mark.parametrize("case", CASES)
@Turns("smallest", [1, 5])
def test_no_number_is_said_in_words_and_never_nan(filled: Filled, tmp_path: Path, case: str, smallest: int) -> None:
    found = answered(filled(CASES[case]), smallest)
    text = page(found)
    assert not {"–", "nan", "None", "inf", "-inf", "NaN", "null", "True", "False"} & set(cells(text))
    assert not re.search(r'="(nan|None|-?inf)', text)
    write(found, tmp_path / "data", "parquet")
    write(found, tmp_path / "report.xlsx", "xlsx")
    for answer in found.answers:
        table = pyarrow.parquet.read_table(tmp_path / "data" / f"{answer.metric.name}.parquet")
        values = [value for row in table.to_pylist() for value in row.values() if isinstance(value, float)]
        assert all(map(math.isfinite, values)), answer.metric.name


def test_what_a_learner_wrote_is_text(filled: Filled) -> None:
    text = page(answered(filled(asked(MARKUP))))
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(2)&lt;/script&gt;&amp;" in text


def test_a_fast_clock_does_not_reach_the_weeks(filled: Filled) -> None:
    found = answered(filled(CASES["a clock that is fast"]))
    assert [row["week"] for row in found.rows("weeks")] == ["2026-03-02"]


def test_statements_of_another_tool_count_as_its_own_module(filled: Filled) -> None:
    found = answered(filled(OTHERS))
    told = [(row["module"], row["programme"], row["participants"], row["started"]) for row in found.rows("modules")]
    assert told == [("urn:other:tool", "urn:other:tool", 6, 0)]
    assert found.rows("funnel") == found.rows("items") == []


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
    report = answered(store)
    assert {"Bendras tikslasA shared &lt;goal&gt;"} <= set(cells(page(report)))
    words = report.names.answer(f"{MODULE}/questions/goal", "b[,]c")
    assert words["lt"] == words["en"]  # a text that is in one language only stands for both
    assert len(words["en"]) == 300
    assert report.names.answer(f"{MODULE}/questions/goal", "x")["lt"] == "x"


def test_the_fullest_definition_counts(filled: Filled) -> None:
    """One statement lacks the choices, another has a description of null."""
    choices = [{"id": "a", "description": {"lt": "Bendras tikslas"}}, {"id": "b", "description": None}]
    store = filled([with_choices(1, "a", []), with_choices(2, "a", choices), with_choices(3, "a", [])])
    assert answered(store).names.answer(f"{MODULE}/questions/goal", "a[,]b")["lt"] == "Bendras tikslas; b"


@pytest.mark.parametrize("choices", ["a", [{"id": 1}], [{"description": {"en": "x"}}], [{"id": "a"}]])
def test_definitions_against_the_standard_tell_no_words(filled: Filled, choices: Any) -> None:
    assert names(open_statements(filled([with_choices(1, "a", choices)]))[1]).questions == {}


FORMULAS = ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "plain"]


def test_no_program_takes_a_text_for_a_formula(filled: Filled, tmp_path: Path) -> None:
    told = [told_by(n, text) for n, text in enumerate(FORMULAS)]
    report = answered(filled(told))
    write(report, tmp_path / "csv", "csv")
    with (tmp_path / "csv" / "asked.csv").open(encoding="utf-8", newline="") as stream:
        found = [row["response"] for row in csv.DictReader(stream)]
    assert sorted(found) == sorted([f"'{text}" for text in FORMULAS[:-1]] + ["plain"])
    write(report, tmp_path / "report.xlsx", "xlsx")
    with zipfile.ZipFile(tmp_path / "report.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
        texts = html.unescape(book.read("xl/sharedStrings.xml").decode())
    assert not any("<f>" in sheet for sheet in sheets)
    assert all(text.strip() in texts for text in FORMULAS)


def told_by(number: int, text: str) -> dict[str, Any]:
    return told(number, f"p{number}", "asked", "/pages/one", result={"response": text})
