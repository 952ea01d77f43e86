"""Nothing that JSON can say makes the judge fail: any value in any place of a valid statement, or in place of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sclt.xapi.validate import validate, validate_text
from tests.xapi.cases import BASES

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
