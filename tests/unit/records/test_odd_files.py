"""What other people's LRSs, tools and computers write: read by what it means, or set aside with the reason."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.errors import UsageError
from sclt.records.forget import forget
from sclt.records.ingest import Told, ingest
from sclt.records.people import identifiers
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import VIDEO
from tests.unit.records.conftest import KEY, lines, told

ONE, TWO, THREE = (told(n, who, "passed") for n, who in enumerate(("ana", "ben", "cid"), 1))
Kept: TypeAlias = Callable[..., list[Any]]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Return what imports statements and gives a column of what is kept, in their order."""

    def keep(statements: list[Json], column: str) -> list[Any]:
        store = Store(tmp_path / "records", create=True)
        ingest(store, lines(statements), KEY, "f")
        files = [str(path) for path in store.paths()]
        return [
            row[0] for row in duckdb.execute(f"SELECT {column} FROM read_parquet(?) ORDER BY id", [files]).fetchall()
        ]

    return keep


def imported(folder: Path, name: str, content: bytes) -> tuple[Told, list[str]]:
    file = folder / name
    file.write_bytes(content)
    store = Store(folder / "records", create=True)
    found = ingest(store, file, KEY, name)
    return found, [each.reason for each in store.aside()]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def answer(*statements: Json) -> Json:
    return {"more": "", "statements": list(statements)}


FORMS: dict[str, tuple[str, bytes]] = {
    "of PowerShell": ("a.jsonl", lines([ONE, TWO]).decode().replace("\n", "\r\n").encode("utf-16")),
    "with a byte order mark": ("a.jsonl", b"\xef\xbb\xbf" + lines([ONE, TWO])),
    "lists in a list": ("a.json", json.dumps([[ONE], [TWO]]).encode()),
    "answers in a list": ("a.json", json.dumps([answer(ONE), answer(TWO)], indent=1).encode()),
    "an answer that begins with more": ("a.json", json.dumps({"more": "/m" * 99, "statements": [ONE, TWO]}).encode()),
    "answers by line": ("a.jsonl", lines([answer(ONE), answer(TWO)])),
    "gzip by another name": ("a.jsonl", gzip.compress(lines([ONE, TWO]))),
    "no gzip by its name": ("a.jsonl.gz", lines([ONE, TWO])),
    "gzip in a zip": ("a.zip", zipped(a=gzip.compress(lines([ONE, TWO])))),
    "a zip of a Mac": ("a.zip", zipped(**{"a.jsonl": lines([ONE, TWO]), "__MACOSX/._a": b"x", ".DS_Store": b"x"})),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_statements_are_found_however_they_are_packed(tmp_path: Path, form: str) -> None:
    assert imported(tmp_path, *FORMS[form]) == (Told(2), [])


def tar(content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.jsonl")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


REFUSED = {
    "tar": ("a.tar.gz", tar(lines([ONE])), "archive of several files"),
    "a table in a zip": ("a.zip", zipped(**{"a.csv": b"learner\n"}), "holds a table"),
    "half a sign": ("a.jsonl", lines([ONE]).decode().encode("utf-16")[:-1], "neither in UTF-8 nor in UTF-16"),
}


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_packed_otherwise_is_refused_with_the_mend(tmp_path: Path, form: str) -> None:
    name, content, reason = REFUSED[form]
    with pytest.raises(UsageError, match=reason) as refused:
        imported(tmp_path, name, content)
    assert refused.value.hint
    assert Store(tmp_path / "records").parts() == []


DATABASES: dict[str, list[Any]] = {
    "Learning Locker": [{"_id": {"$oid": "5a"}, "statement": ONE, "active": True}],
    "Ralph on Elasticsearch": [
        {"_index": "statements", "_source": ONE},
        {"_source": {"statement": TWO, "metadata": {}}},
    ],
    "Ralph on ClickHouse": [{"event_id": "x", "event": json.dumps(ONE)}, {"event_id": "y", "event": TWO}],
    "SQL LRS": [{"id": 1, "payload": ONE, "is_voided": False}, {"id": 2, "payload": json.dumps(TWO), "is_voided": 0}],
    "TRAX": [{"uuid": "x", "data": ONE}, {"uuid": "y", "raw": TWO, "voided": None}],
}


@pytest.mark.parametrize("database", DATABASES)
def test_rows_of_databases_hold_statements(tmp_path: Path, database: str) -> None:
    rows = DATABASES[database]
    assert imported(tmp_path, "dump.json", lines(rows)) == (Told(len(rows)), [])


def participants(store: Store) -> int:
    found = made(store, Wanted(smallest=1))
    return next(each for each in found.answers if each.metric.name == "overview").rows()[0]["participants"]


def void(number: int, target: str) -> Json:
    return told(number, "admin", "voided", object={"objectType": "StatementRef", "id": target})


@pytest.mark.parametrize("mark", [{"voided": True}, {"is_voided": True}, {"is_voided": 1}, {"voided": "true"}])
def test_what_a_database_marks_as_voided_does_not_count(tmp_path: Path, mark: Json) -> None:
    rows = [{"statement": ONE} | mark, {"statement": TWO, "voided": False}]
    assert imported(tmp_path, "dump.json", lines(rows))[0] == Told(2)
    assert participants(Store(tmp_path / "records")) == 1


@pytest.mark.parametrize("spelt", [str, str.upper, "urn:uuid:{}".format])
def test_a_statement_is_voided_by_another_file_that_comes_first(tmp_path: Path, spelt: Callable[[str], str]) -> None:
    imported(tmp_path, "void.jsonl", lines([void(9, spelt(ONE["id"]))]))
    imported(tmp_path, "told.jsonl", lines([ONE, TWO]))
    assert participants(Store(tmp_path / "records")) == 1


TIMES = {
    "2026-03-02T08:15:00,5Z": "2026-03-02 08:15:00.5",
    "20260302T081500Z": "2026-03-02 08:15:00",
    "20260302T101500+0200": "2026-03-02 08:15:00",
    "2026-03-02t08:15:00z": "2026-03-02 08:15:00",
    "2026-03-02T08:15:00 Z": "2026-03-02 08:15:00",
    "2026-03-02T23:59:60Z": "2026-03-02 23:59:59",
    "2026-03-02T08:15:00+02": "2026-03-02 06:15:00",
}


@pytest.mark.parametrize("time", TIMES)
def test_iso_8601_has_many_forms_of_a_time(kept: Kept, time: str) -> None:
    assert kept([told(1, "ana", "passed", timestamp=time)], "make_timestamp(moment * 1000)::VARCHAR") == [TIMES[time]]


def test_an_object_of_mongodb_may_hold_a_time(kept: Kept) -> None:
    times = {"timestamp": {"$date": "2026-03-02T08:15:00Z"}, "stored": {"$date": "2026-03-02T09:15:00.000Z"}}
    assert kept([told(1, "ana", "passed", **times)], "make_timestamp(moment * 1000)::VARCHAR") == [
        "2026-03-02 08:15:00"
    ]


def test_times_without_an_offset_are_told(tmp_path: Path) -> None:
    statements = [told(1, "ana", "passed", timestamp="2026-03-02T08:15:00"), TWO, told(3, "cid", "passed", actor={})]
    found, _ = imported(tmp_path, "f.jsonl", lines(statements))
    assert found.notes == ("f.jsonl has 1 times without an offset; they are taken for UTC.",)


DURATIONS: dict[str, float | None] = {
    "PT90S": 90, "PT1.5S": 1.5, "PT1,5S": 1.5, "pt5s": 5, "PT1H30M": 5400, "P1DT2H3M4.5S": 93784.5, "P1W": 604800,
    "P1Y": 31536000, "P1M": 2592000, "P0Y0M0DT0H0M5S": 5, "PT": None, "P": None, "90": None, "PT1M30": None,
    "PT1e3S": None, "1:30": None, "PT5M-": None,
}  # fmt: skip


@pytest.mark.parametrize("duration", DURATIONS)
def test_a_duration_is_read_or_is_none_but_never_another(kept: Kept, duration: str) -> None:
    assert kept([told(1, "ana", "passed", result={"duration": duration})], "seconds") == [DURATIONS[duration]]


@pytest.mark.parametrize("duration", ["-PT5S", "PT-5S", "-P1D", "PT99999999999S", "P11Y"])
def test_a_duration_that_nobody_can_have_is_set_aside(tmp_path: Path, duration: str) -> None:
    content = lines([told(1, "ana", "passed", result={"duration": duration}), TWO])
    assert imported(tmp_path, "f", content) == (Told(1, 0, 1), ["has a duration below 0 or of more than 10 years"])


def test_what_computers_make_of_one_is_one(kept: Kept) -> None:
    scores = (1.0000000000000002, -1.0000001, 0.5)
    statements = [told(n, "ana", "passed", result={"score": {"scaled": score}}) for n, score in enumerate(scores)]
    assert kept(statements, "score") == [1, -1, 0.5]


def test_a_mailbox_is_one_however_it_is_spelt_and_forget_finds_it(tmp_path: Path) -> None:
    spelt = ["mailto:ona@example.org", "MAILTO:Ona@Example.org", "ona@example.org", " mailto:ona@example.org ",
             "mailto: ona@example.org", ["mailto:ona@example.org"]]  # fmt: skip
    statements = [told(n, "", "passed", actor={"mbox": each}) for n, each in enumerate(spelt)]
    assert imported(tmp_path, "f", lines(statements))[0] == Told(len(spelt))
    store = Store(tmp_path / "records")
    groups = duckdb.execute(
        "SELECT DISTINCT actor, actor_group FROM read_parquet(?)", [[str(path) for path in store.paths()]]
    )
    assert groups.fetchall() == [(KEY.pseudonym(identifiers("ona@example.org")[0]), "example.org")]
    assert forget(store, KEY, "ONA@example.org").removed == len(spelt)


@pytest.mark.parametrize(
    "actor",
    [{"mbox": ""}, {"mbox": "mailto:"}, {"mbox": " "}, {"account": {"name": "", "homePage": "https://lms"}},
     {"account": {"name": "x"}}, [], "ana", None],
    ids=str,
)  # fmt: skip
def test_nobody_is_nobody_and_not_one_person(tmp_path: Path, actor: Any) -> None:
    found = imported(tmp_path, "f", lines([told(1, "", "passed", actor=actor), TWO]))
    assert found == (Told(1, 0, 1), ["has no actor who can be told from others"])


ODD: list[Json] = [
    {"result": None},
    {"result": []},
    {"result": {"success": "yes", "score": [], "response": {"a": 1}, "duration": 5}},
    {"result": {"score": {"raw": 85}, "response": ["a"], "extensions": "x"}},
    {"context": "x"},
    {"context": {"contextActivities": [], "registration": 5, "language": ["lt"]}},
    {"context": {"contextActivities": {"grouping": [None, [], "x"], "parent": {"id": "https://example.org/m"}}}},
    {"object": {"id": "https://example.org/m", "definition": "{x"}},
    {"object": {"id": "https://example.org/m", "definition": {"type": [], "name": "x", "choices": {"id": 1}}}},
    {"object": {"objectType": "SubStatement", "actor": {}, "verb": {}, "object": {}}},
]


def test_odd_members_spoil_neither_the_others_nor_a_report(tmp_path: Path) -> None:
    statements = [told(n, f"p{n}", "passed", **odd) for n, odd in enumerate(ODD)]
    broken = b'{"a":' * 3000 + b"1" + b"}" * 3000 + b'\n{"id": \xff}\nnull\n[]\n'
    found, reasons = imported(tmp_path, "f.jsonl", lines(statements) + broken + lines([void(90, "x")]))
    assert (found.added, set(reasons)) == (len(ODD) + 1, {"has no verb", "is no JSON"})
    assert participants(Store(tmp_path / "records")) == len(ODD)


def test_what_is_set_aside_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    content = lines([ONE]) + b"{bad\n\n" + lines([TWO]) + b"5\n"
    imported(tmp_path, "f.jsonl", content)
    aside = Store(tmp_path / "records").aside()
    assert [(each.place, each.reason) for each in aside] == [("f.jsonl:2", "is no JSON"), ("f.jsonl:4", "has no verb")]


def test_the_share_of_a_film_that_was_seen_can_only_be_a_share(kept: Kept) -> None:
    told_of = [0.5, "0.75", 1.0000001, 85, -1, "x", {"x": 1}]
    film = {"id": "https://example.org/film", "definition": {"type": f"{VIDEO}/activity-type/video"}}
    statements = [
        told(n, "ana", "passed", object=film, result={"extensions": {f"{VIDEO}/extensions/progress": share}})
        for n, share in enumerate(told_of)
    ]
    assert kept(statements, "progress") == [0.5, 0.75, 1, None, None, None, None]


def test_no_number_of_days_is_too_large_to_be_refused(tmp_path: Path) -> None:
    imported(tmp_path, "f", lines([ONE]))
    arguments = ["records", "expire", str(tmp_path / "records"), "--older-than"]
    assert CliRunner().invoke(main, [*arguments, "9" * 12]).exit_code == 2
    done = CliRunner().invoke(main, [*arguments, "365000"])
    assert "0 statements" in done.output
