"""The words of the report: everything that it shows has words, and no word is left that nothing shows."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from sclt.locale import locale, speaking
from sclt.records import shown, story, workbook
from sclt.records.answers import answers
from sclt.records.engine import open_statements
from sclt.records.metrics import METRICS
from sclt.storage import resources
from sclt.xapi.statements.vocabulary import Verb
from tests.unit.records.conftest import Filled

pytestmark = pytest.mark.slow

PAGE = resources.read("templates", "records.html").decode()


def test_every_column_and_metric_has_its_words_and_no_others_stand_there(filled: Filled) -> None:
    found = list(answers(open_statements(filled([]))[1]))
    columns = {name for answer in found for name in answer.table.column_names} - {"hidden"}
    columns |= {name for listed in re.findall(r"heads\(\((\".*?)\)\)", PAGE) for name in re.findall(r"\w+", listed)}
    parts = {part for metric in METRICS for part in metric.defined or (metric.name,)}
    code = PAGE + "".join(Path(file.__file__).read_text(encoding="utf-8") for file in (shown, workbook))
    said = {
        *re.findall(r"said\(\"(\w+)\"", code),
        *re.findall(r"nothing\([^)]*\), \"(\w+)\"", PAGE),
        "q_finish",
        "q_fail",
        "q_ask",
    }
    said -= {"q_"}
    causes = {"few", *re.findall(r"(?:return|else) \"(\w+)\"", inspect.getsource(story.cause))}
    for tag in speaking("records"):
        words = locale(tag).records
        assert set(words["columns"]) == columns
        assert set(words["titles"]) == {metric.name for metric in METRICS}
        assert set(words["definitions"]) == parts
        assert set(words["page"]) == said | {"hidden_people", "no_number"}
        assert set(words["causes"]) == causes


def test_every_verb_is_said_in_each_language() -> None:
    names = {verb.rpartition("/")[2] for verb in Verb}
    for tag in speaking("statements"):
        assert set(locale(tag).statements["verbs"]) == names
    assert {tuple(verb.display) for verb in Verb} == {("lt", "en")}


def test_a_definition_is_put_together_of_its_parts() -> None:
    definitions = {metric.name: metric.definition for metric in METRICS}
    assert definitions["groups"]["en"].startswith(definitions["overview"]["en"] + " Group: from the mapping file")
    assert definitions["options"]["lt"].startswith("Imamas pirmas įvertintas žmogaus atsakymas")
    assert set(definitions["weeks"]) == {"lt", "en"}


def test_values_are_shown_as_each_language_writes_them() -> None:
    assert shown.cell("pass_rate", 0.125) == {"lt": "12\N{NO-BREAK SPACE}%", "en": "12%"}
    assert shown.cell("alpha", -0.5) == {"lt": "−0,50", "en": "−0.50"}
    assert shown.cell("kr20", True) == {"lt": "taip", "en": "yes"}
    assert shown.cell("missing", "")["lt"] == ""
    assert shown.cell("missing", "items")["en"] == "fewer than two questions"
    assert shown.cell("group", "") == {"lt": "(nenurodyta)", "en": "(not told)"}
    assert shown.cell("page", "https://example.org/a/pages/one")["en"] == "one"
    assert shown.cell("alpha", None) == {"lt": "negalima pasakyti", "en": "cannot be told"}
    assert shown.cell("participants", None, True) == {"lt": "per mažai žmonių", "en": "too few people"}
    assert shown.cell("band", 4) == {"lt": "40–50\N{NO-BREAK SPACE}%", "en": "40–50%"}
    assert shown.points(-0.2) == {"lt": "−20 proc. punktų", "en": "−20 percentage points"}
    assert [shown.points(n / 100)["lt"] for n in (0, 1, 2, -21, 60.4)] == [
        "±0 proc. punktų", "+1 proc. punktas", "+2 proc. punktai", "−21 proc. punktas", "+60 proc. punktų",
    ]  # fmt: skip
