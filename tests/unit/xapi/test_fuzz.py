"""Nothing that JSON can say makes the judge fail: any value in any place of a valid statement, or in place of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sclt.xapi.judging.validate import validate, validate_text
from tests.growth import LINEAR, growth
from tests.unit.xapi.cases import BASES, statement

pytestmark = pytest.mark.slow

ODD = [
    None,
    True,
    0,
    -1.5,
    "",
    "a",
    "x:y",
    [],
    [None],
    [[]],
    [{}],
    {},
    {"id": 5},
    {"objectType": "Group"},
    {"objectType": []},
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, holder: Any = None, key: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield where each part of a statement is held."""
    if holder is not None:
        yield holder, key
    for name, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, value, name)


@pytest.mark.parametrize("base", BASES)
def test_any_value_in_any_place(base: str) -> None:
    made = copy.deepcopy(BASES[base])
    for holder, key in list(places(made)):
        kept = holder[key]
        for odd in ODD:
            holder[key] = odd
            for finding in validate(made) + validate(made, "2.0"):
                assert finding.rule.id
        holder[key] = kept
    assert validate(made) == []


@given(value=VALUES)
def test_any_value_as_statement(value: Any) -> None:
    assert validate(value)
    assert validate_text(json.dumps(value)) or value == []


@given(raw=st.binary(max_size=40))
def test_any_bytes(raw: bytes) -> None:
    assert validate_text(raw) or raw.strip() == b"[]"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    pattern=st.text(alphabet="a1.,:[]{}=- lang", max_size=30),
    kind=st.sampled_from(["performance", "numeric", "fill-in", "matching"]),
)
def test_any_response(pattern: str, kind: str) -> None:
    made = {**BASES["plain"], "object": {"id": "https://a.org", "definition": {"interactionType": kind}}}
    made["object"]["definition"]["correctResponsesPattern"] = [pattern]
    made["result"] = {"response": pattern}
    validate(made)


LONG = 200_000
HOSTILE = [  # pointer, what stands before, what is repeated, how often, what follows
    ("/id", "", "a", LONG, ""),
    ("/verb/id", "", "a", LONG, ""),
    ("/verb/id", "https://", "a", LONG, " "),
    ("/verb/id", "https://a/", "a/", LONG, "<"),
    ("/verb/id", "https://a/", "%", LONG, ""),
    ("/timestamp", "2026-05-04T10:11:12.", "1", LONG, ""),
    ("/result/duration", "P", "1", LONG, ""),
    ("/result/duration", "P", "1Y", LONG, ""),
    ("/result/duration", "PT", "1H", LONG, ""),
    ("/context/language", "en-", "aaaaa-", LONG, ""),
    ("/context/language", "", "-", LONG, ""),
    ("/context/team/mbox", "mailto:", "a.", LONG, ""),
    ("/context/team/mbox", "mailto:", "a", LONG, "@"),
    ("/attachments/0/contentType", "text/a", ";a=b", LONG, ";"),
    ("/attachments/0/contentType", "text/", " ", LONG, ""),
]


@pytest.mark.parametrize(("pointer", "before", "part", "count", "after"), HOSTILE)
def test_long_texts_take_no_longer_than_their_length(
    pointer: str, before: str, part: str, count: int, after: str
) -> None:
    def judged(text: str) -> object:
        return validate(statement({"base": "account", "set": {pointer: f"{before}{text}{after}"}}))

    assert growth(judged, part, count) < LINEAR


def test_an_endless_number_is_judged() -> None:
    assert validate(statement({"base": "account", "set": {"/result/score/raw": 10**5000}}))


PARTS = [("{case_matters=true}", 20_000), ("a[.]b[,]", 50_000), ("{", LONG), ("[:]", LONG)]


@pytest.mark.parametrize("base", ["fill-in", "performance", "matching"])
@pytest.mark.parametrize(("part", "count"), PARTS)
def test_long_responses_take_no_longer_than_their_length(base: str, part: str, count: int) -> None:
    def judged(text: str) -> object:
        changed = {"/object/definition/correctResponsesPattern": [text], "/result/response": text}
        return validate(statement({"base": base, "set": changed}))

    assert growth(judged, part, count) < LINEAR


def test_a_value_that_no_message_can_show() -> None:
    ((finding,),) = [validate({**BASES["plain"], "result": {"score": 10**5000}})]
    assert finding.message == "the score a value of type int is no object."
