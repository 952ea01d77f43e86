"""Nobody who was forgotten comes back, by whatever spelling; what is too old goes; who may not look cannot."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from sclt.errors import UsageError
from sclt.records import keeping
from sclt.records.expire import expire
from sclt.records.forget import forget
from sclt.records.ingest import ingest
from sclt.records.people import groups, identifiers
from sclt.records.reporting import Wanted, made
from tests.unit.records.conftest import KEY, Filled, lines, told

pytestmark = pytest.mark.slow

SPELLINGS = [
    {"mbox": "mailto:Ana@Example.ORG"},
    {"mbox": "mailto:ana@example.org"},
    {"mbox_sha1sum": "7B2EA6D8F2A9CB2C9DD9E9F0A8B0BE8E0E0F4D9A"},
]


def test_a_person_is_forgotten_by_every_spelling(filled: Filled) -> None:
    hashed = next(each for each in identifiers("ana@example.org") if each.startswith("mbox_sha1sum"))
    spellings = [*SPELLINGS[:2], {"mbox_sha1sum": hashed.partition(" ")[2].upper()}]
    store = filled([told(n, "x", "passed", actor=actor) for n, actor in enumerate(spellings)])
    assert forget(store, KEY, "ANA@example.org")[:3] == (3, 1, 0)
    assert made(store, Wanted(smallest=1)).rows("overview")[0]["participants"] == 0


def test_what_a_forgotten_person_voided_stays_voided_and_their_name_goes(filled: Filled) -> None:
    gone = told(1, "ben", "passed")
    voids = told(2, "ana", "voided", object={"objectType": "StatementRef", "id": gone["id"]})
    store = filled([gone, voids, told(3, "ben", "initialized")])
    assert forget(store, KEY, "ana@example.org").kept == 1
    assert ingest(store, lines([voids]), KEY, "again").added == 0
    (row,) = made(store, Wanted(smallest=1)).rows("overview")
    assert (row["participants"], row["passed"]) == (1, 0)
    paths = [str(path) for path in store.paths()]
    found = duckdb.execute("SELECT DISTINCT actor, actor_group FROM read_parquet(?) WHERE verb LIKE '%voided'", [paths])
    assert found.fetchall() == [("", "")]


def test_a_voiding_of_somebody_forgotten_earlier_counts_too(filled: Filled) -> None:
    gone = told(1, "ben", "passed")
    store = filled([gone, told(2, "ana", "initialized")])
    forget(store, KEY, "ana@example.org")
    voids = told(3, "ana", "voided", object={"objectType": "StatementRef", "id": gone["id"]})
    ingest(store, lines([voids, told(4, "ana", "passed")]), KEY, "later")
    (row,) = made(store, Wanted(smallest=1)).rows("overview")
    assert (row["participants"], row["passed"]) == (0, 0)


def test_texts_of_others_that_may_name_the_person_are_listed_for_a_human(filled: Filled) -> None:
    texts = ["Ask Petraitis, please", "ana.petraitis@example.org knows", "nothing", "call Anutė"]
    store = filled([told(n, f"p{n}", "asked", "/pages/one", result={"response": text}) for n, text in enumerate(texts)])
    ingest(store, lines([told(9, "ana.petraitis", "passed")]), KEY, "f")
    done = forget(store, KEY, "ana.petraitis@example.org", ["Anutė"])
    assert done.removed == 1
    assert [each.text for each in done.mentions] == [texts[0], texts[1], texts[3]]
    assert sum(part.statements for part in store.parts()) == 4  # it is the human who decides


def test_what_is_too_old_goes_and_does_not_come_back(filled: Filled) -> None:
    statements = [told(n, f"p{n}", "passed", timestamp=f"202{n}-03-02T08:00:00Z") for n in range(3, 6)]
    store = filled(statements)
    assert expire(store, date(2025, 1, 1))[:2] == (2, 1)
    assert ingest(store, lines(statements), KEY, "again").added == 0
    assert expire(store, date(2020, 1, 1))[:2] == (0, 1)
    assert ingest(store, lines(statements), KEY, "again").added == 0
    store.close()
    assert keeping.expire(store.folder, timedelta(days=10), date(2026, 3, 1)).value.left == 0


def test_nobody_is_in_two_groups(tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("actor,group\nana@example.org,Kaunas\nANA@example.org,Vilnius\n", encoding="utf-8")
    with pytest.raises(UsageError, match="second group"):
        list(groups(file, KEY))


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_records_and_lists_of_names_are_closed_to_others(filled: Filled, tmp_path: Path) -> None:
    store = filled([told(1, "ana", "initialized")])
    assert store.folder.stat().st_mode & 0o777 == 0o700
    key, people, out = tmp_path / "key", tmp_path / "people.csv", tmp_path / "report.html"
    key.write_text("01" * 32)
    key.chmod(0o600)
    people.write_text("actor,name\nana@example.org,Ona Onaitė\n", encoding="utf-8")
    keeping.report(store.folder, out, key=key, names=people)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "Ona Onaitė" in out.read_text(encoding="utf-8")
    keeping.report(store.folder, out, key=key)
    assert "Ona Onaitė" not in out.read_text(encoding="utf-8")
