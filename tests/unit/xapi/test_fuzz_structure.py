"""No text makes a traceback: 20,000 changed statements, judged alone, in files of each form, by a profile, and read."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from sclt.errors import ScltError
from sclt.xapi.judging.judge import judge
from sclt.xapi.judging.validate import validate_text
from sclt.xapi.profiles.document import judge_profile
from sclt.xapi.profiles.profile import read as read_profile
from sclt.xapi.sending.mentions import places
from sclt.xapi.sending.reading import read
from sclt.xapi.statements.identity import canonical
from tests.unit.xapi.fuzz import broken, changed, deep, dumped, nested, texts
from tests.unit.xapi.standins import FILM, SESSION

pytestmark = pytest.mark.slow

PROFILES = (read_profile(SESSION), read_profile(FILM))
BATCH = 100
MANY = 20_000
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 2 + MANY // BATCH))]
"""Each gives a hundred texts, always the same ones."""


@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_makes_the_judge_fail(seed: int, tmp_path: Path) -> None:
    made = list(texts(BATCH, seed))
    for raw in made:
        for version in ("", "2.0"):
            for finding in validate_text(raw, version):
                assert finding.message
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"\n".join(raw.replace(b"\n", b" ") for raw in made))
    whole = tmp_path / "array.json.gz"
    whole.write_bytes(gzip.compress(b"[" + b",\n".join(made) + b"]"))
    answer = tmp_path / "answer.json"
    answer.write_bytes(b'{"statements": [' + b",".join(made[:20]) + b'], "more": ""}')
    for file in (lines, whole, answer):
        for finding in judge(file, profiles=PROFILES).findings:
            assert finding.place.line > 0
        try:
            for each in read(file):
                canonical(each.statement)
                list(places(each.statement))
        except ScltError as error:
            assert str(error)


def whole(**more: object) -> bytes:
    actor = {"mbox": "mailto:a@b.org"}
    return json.dumps({"id": "x", "actor": actor, "verb": {"id": "x:y"}, "object": {"id": "x:y"}, **more}).encode()


DEEP = {
    "arrays": b"[" * 100_000,
    "closed arrays": b"[" * 5_000 + b"]" * 5_000,
    "objects": b'{"a":' * 100_000,
    "a value in a line": b'{"id": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "in an array": b"[" + whole() + b"," + b"[" * 5_000 + b"]" * 5_000 + b"]",
    "in an answer": b'{"statements": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}",
    **{f"extensions {n}": whole(result={"extensions": {"x:y": deep(n)}}) for n in (100, 300, 480, 490, 600, 900)},
    **{f"SubStatements {n}": whole(object=nested(n)) for n in (2, 100, 200, 300, 330, 480, 900)},
    "a member twice": whole(result={"extensions": {"x:y": deep(400)}}).replace(b'"id": "x",', b'"id": "x", "id": "x",'),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_deep_is_told_or_taken(name: str, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_bytes(DEEP[name])
    told = judge(file, profiles=PROFILES)
    assert told.statements or told.findings
    validate_text(DEEP[name])
    try:
        for each in read(file):
            canonical(each.statement)
    except ScltError as error:
        assert "is not a statement in JSON" in str(error)


def test_no_profile_makes_it_fail(tmp_path: Path) -> None:
    """Profiles come from strangers too: the same changes, of a profile."""
    chance = random.Random(3)
    file = tmp_path / "p.jsonld"
    for number in range(150):
        raw = dumped(changed(SESSION, chance), chance)
        file.write_bytes(broken(raw, chance) if number % 5 == 0 else raw)
        try:
            judged, profile = judge_profile(file)
        except ScltError as error:
            assert "is no xAPI profile" in str(error)
            continue
        assert all(finding.message for finding in judged.findings)
        statement = tmp_path / "s.json"
        statement.write_bytes(whole(context={"extensions": {"https://example.org/session/extensions/session": 5}}))
        judge(statement, profiles=(profile,))
