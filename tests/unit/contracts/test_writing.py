"""Files appear whole or not at all, for whom they are meant."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from sclt.storage import writing
from sclt.storage.sqlite import connect, transaction


def test_a_file_keeps_its_earlier_content_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_bytes(b"earlier")
    with pytest.raises(RuntimeError), writing.appearing(target) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_is_for_whom_it_is_meant(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        for name, mode in (("key", 0o600), ("package", 0o644), ("report", None)):
            writing.write(tmp_path / name, b"x", mode=mode)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == {"key": 0o600, "package": 0o644, "report": 0o640}


def test_a_folder_appears_with_all_that_it_holds_or_not(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writing.appearing_folder(tmp_path / "module") as part:
        (part / "page.md").write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with writing.appearing_folder(tmp_path / "module") as part:
        (part / "page.md").write_text("whole")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == [
        "module",
        "module/page.md",
    ]


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "b.part").mkdir()  # the second cannot be written aside
    with pytest.raises(OSError, match=r"b\.part"):
        writing.write_all({tmp_path / "new" / "a": b"1", tmp_path / "b": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.part"]


def test_a_transaction_keeps_all_or_nothing(tmp_path: Path) -> None:
    database = connect(tmp_path / "some.sqlite", wait=0)
    database.execute("CREATE TABLE item (name TEXT)")
    with pytest.raises(RuntimeError), transaction(database):
        database.execute("INSERT INTO item VALUES ('lost')")
        raise RuntimeError
    with transaction(database):
        database.execute("INSERT INTO item VALUES ('kept')")
        other = connect(tmp_path / "some.sqlite", wait=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(other):
            pass
    assert database.execute("SELECT name FROM item").fetchall() == [("kept",)]
