"""What is remembered of earlier statements changes nothing that is found."""

from __future__ import annotations

import json
import uuid

import pytest

from sclt.xapi.judging import memory
from sclt.xapi.judging.memory import Memory
from sclt.xapi.judging.validate import findings, validate_text
from tests.unit.xapi.cases import BASES, each, text

pytestmark = pytest.mark.slow

TEXTS = [*(text(case) for kind in ("fail", "pass") for _rule, case in each(kind)), *map(json.dumps, BASES.values())]


def raw(given: bytes | str) -> bytes:
    return given if isinstance(given, bytes) else given.encode()


@pytest.mark.parametrize("version", ["", "1.0.3", "2.0"])
def test_a_statement_is_judged_alike_at_first_and_again(version: str) -> None:
    remembered, looked_at = Memory(), 0
    for _again in range(2):
        for given in map(raw, TEXTS):
            if known := remembered.judged(given, version):
                statement, found = known
                assert findings(found) == validate_text(given, version), given
                assert statement == json.loads(given)
                looked_at += 1
    assert looked_at > len(TEXTS)  # the others are not JSON, or say a member twice


def test_what_recurs_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = Memory()
    first = raw(json.dumps(BASES["account"]))
    assert remembered.judged(first, "")
    decoded: list[bytes] = []
    real = memory._decode
    monkeypatch.setattr(memory, "_decode", lambda given: decoded.append(bytes(given)) or real(given))
    assert remembered.judged(first, "")
    assert not any(b"lms.example.org" in each or b"Kursas" in each for each in decoded)


def test_what_is_broken_is_found_each_time() -> None:
    remembered = Memory()
    broken = raw(json.dumps({**BASES["plain"], "verb": {"id": "x"}}))
    told = [remembered.judged(broken, "") for _ in range(3)]
    assert [len(found) for _statement, found in filter(None, told)] == [2, 2, 2]  # no scheme, no display


def test_what_recurs_in_other_activities_is_not_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered, decoded = Memory(), list[bytes]()
    real = memory._decode
    monkeypatch.setattr(memory, "_decode", lambda given: decoded.append(bytes(given)) or real(given))
    for number in range(2):
        activity = {"id": f"https://example.org/{number}", "definition": {"name": {"lt": "Kursas"}}}
        place = {
            "registration": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number}")),
            "contextActivities": {"other": [{"id": "urn:x:y"}]},
        }
        made = {**BASES["plain"], "object": activity, "context": place}
        assert remembered.judged(raw(json.dumps(made)), "")
    assert [sum(word in each for each in decoded) for word in (b"Kursas", b"urn:x:y")] == [1, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"objectType": "Nothing"}, {"id": "urn:x:y"}),  # of another kind: its definition is not asked
        ({"mbox": "mailto:a@example.org"}, {"id": "urn:x:y"}),  # told to be an actor
        ({"id": "urn:x:y"}, {"objectType": "Agent", "mbox": "mailto:a@example.org"}),  # who has no definition
    ],
)
def test_what_was_not_asked_is_not_remembered_as_sound(first: dict[str, str], second: dict[str, str]) -> None:
    remembered = Memory()
    for definition in ({"type": "no IRI"}, {"name": {"lt": "Kursas"}}):
        for target in (first, second):
            given = raw(json.dumps({**BASES["plain"], "object": {**target, "definition": definition}}))
            known = remembered.judged(given, "")
            assert known
            assert findings(known[1]) == validate_text(given, ""), given


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "KEPT", 3)
    remembered = Memory()
    for number in range(20):
        made = {**BASES["plain"], "actor": {"mbox": f"mailto:p{number}@example.org"}}
        assert remembered.judged(raw(json.dumps(made)), "")
    assert all(len(kept) <= 3 for kept in remembered._sound.values())


@pytest.mark.parametrize(
    "given",
    [
        b"[]",
        b"5",
        b"",
        b"{",
        b'{"statements": []}',
        b'{"verb": {"id": 1, "id": 2}}',
        b'{"id": 1, "id": 2}',
        b'{"a": "\xff"}',
    ],
)
def test_other_texts_are_looked_at_as_a_whole(given: bytes) -> None:
    assert Memory().judged(given, "") is None
    assert Memory().judged(b'{"verb": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", "") is None
