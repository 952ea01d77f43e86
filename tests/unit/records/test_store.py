"""The store: nothing lost, nothing doubled, nobody known; and a real LRS as source."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.errors import EnvironmentFault
from sclt.lrs.access import Owner
from sclt.lrs.server import running
from sclt.records.engine import open_statements
from sclt.records.forget import forget
from sclt.records.ingest import Told, ingest
from sclt.records.people import identifiers
from sclt.records.pull import pull
from sclt.records.store import Store
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.source import Source
from tests.unit.records.conftest import KEY, Filled, lines, told
from tests.unit.xapi_send import proxy as proxies

pytestmark = pytest.mark.slow

OWNER = Owner("puller", "s3cret")


def test_the_same_file_twice_doubles_nothing_and_what_is_malformed_is_counted(tmp_path: Path) -> None:
    store = Store(tmp_path / "records", create=True)
    content = (
        lines([told(1, "ana", "passed"), told(1, "ana", "passed"), told(2, "ben", "passed", actor={})]) + b"{bad\n"
    ) + lines([told(3, "ben", "passed", id="3")])
    assert ingest(store, content, KEY, "f") == Told(1, 1, 3)
    assert ingest(store, content, KEY, "f") == Told(0, 2, 3)
    assert [(each.place, each.reason) for each in store.aside()] == [
        ("f:3", "has no actor who can be told from others"),
        ("f:4", "is no JSON"),
        ("f:5", "has no id that is a UUID"),
    ]


def test_what_a_killed_command_left_does_not_count_and_goes(filled: Filled) -> None:
    store = filled([told(1, "ana", "passed")])
    stray = store.folder / "parts" / "stray.parquet"
    stray.write_bytes(b"half")
    with pytest.raises(ZeroDivisionError):
        ingest(store, lines([told(2, "ben", "passed")]), KEY, "f", lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    assert sum(part.statements for part in store.parts()) == 1
    store.sweep()
    assert not stray.exists()
    assert len(list(store.folder.rglob("*.parquet"))) == 2  # with that of the columns


def test_forget_removes_a_person_for_good(filled: Filled) -> None:
    statements = [told(1, "ana", "passed"), told(2, "ben", "passed")]
    store = filled(statements)
    assert forget(store, KEY, "ana@example.org")[:3] == (1, 1, 0)
    assert ingest(store, lines(statements), KEY, "f").added == 0
    assert sum(part.statements for part in store.parts()) == 1
    pseudonym = KEY.pseudonym(identifiers("ana@example.org")[0]).encode()
    assert not [file for file in store.folder.rglob("*.parquet") if pseudonym in file.read_bytes()]


def test_pull_goes_on_after_faults(tmp_path: Path) -> None:
    store = Store(tmp_path / "records", create=True)
    with running(OWNER) as served, proxies.running(served.address.endpoint) as proxy:
        source = Source(proxy.endpoint, Credentials(OWNER.key, OWNER.secret), retries=2)
        source.post(lines([]) or json.dumps([told(n, f"p{n}", "passed") for n in range(1, 31)]).encode())
        proxy.faults.extend([proxies.answer(503), proxies.no_response])
        assert sum(each.added for each in pull(store, source, KEY, limit=10)) == 30
        source.post(json.dumps([told(n, f"p{n}", "passed") for n in range(31, 36)]).encode())
        proxy.faults.extend([proxies.answer(503)] * 3)
        with pytest.raises(EnvironmentFault):
            list(pull(store, source, KEY, limit=10))
        assert sum(each.added for each in pull(store, source, KEY, limit=10)) == 5


def test_an_lrs_without_statements_gives_records_that_can_be_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "records", create=True)
    with running(OWNER) as served:
        source = Source(served.address.endpoint, Credentials(OWNER.key, OWNER.secret))
        assert list(pull(store, source, KEY)) == [Told()]
    _, statements = open_statements(store)
    assert statements.count().execute() == 0


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    file, out, page = tmp_path / "s.jsonl", str(tmp_path / "records"), tmp_path / "report.html"
    evil = {"result": {"response": "<script>alert(1)</script>"}}
    file.write_bytes(lines([told(1, "ana", "asked", "/pages/one", **evil)]))
    run = CliRunner().invoke
    assert run(main, ["records", "import", str(file), "--out", out]).exit_code == 0
    assert (tmp_path / "config" / "sclt" / "records.key").stat().st_mode & 0o777 == 0o600 or os.name != "posix"
    assert run(main, ["records", "report", out, "--out", str(page)]).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert "example.org" in html
    assert "ana@" not in html
    assert "nan" not in html.lower().split()
    result = run(main, ["records", "forget", "ana@example.org", "--records", out])
    assert "1 statements removed" in result.output
    assert run(main, ["records", "forget", "nobody@example.org", "--records", out]).exit_code == 1
    assert "ana@" not in result.output
    assert run(main, ["records", "report", out, "--out", str(page)]).exit_code == 0
    assert "niekas nepradėjo mokytis" in page.read_text(encoding="utf-8")
