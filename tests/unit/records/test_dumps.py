"""What LRSs and their databases dump, plain and packed: read as JSON Lines are, or refused by name."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sclt.errors import UsageError
from sclt.records.ingest import Told, ingest
from sclt.records.store import Store
from tests.unit.records.conftest import KEY, lines, told

pytestmark = pytest.mark.slow

TOLD = [told(n, f"p{n}", "initialized") for n in range(3)]
Dump: TypeAlias = Callable[[Path], Path]


def written(name: str, content: bytes) -> Dump:
    def write(folder: Path) -> Path:
        file = folder / name
        file.write_bytes(content)
        return file

    return write


def zipped(*names: str) -> Dump:
    def write(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "dump.zip", "w") as archive:
            for name in names:
                archive.writestr(name, lines(TOLD))
        return folder / "dump.zip"

    return write


def wrapped(make: Callable[[dict[str, Any]], Any]) -> bytes:
    return lines([make(each) for each in TOLD])


DUMPS: dict[str, Dump] = {
    "a list": written("dump.json", json.dumps(TOLD).encode()),
    "a list over lines": written("dump.json", json.dumps(TOLD, indent=2).replace("\n", "\r\n").encode()),
    "an LRS's answer": written("dump.json", json.dumps({"statements": TOLD, "more": ""}).encode()),
    "a list, gzipped": written("dump.json.gz", gzip.compress(json.dumps(TOLD).encode())),
    "bzip2": written("dump.jsonl.bz2", bz2.compress(lines(TOLD))),
    "xz": written("dump.jsonl.xz", lzma.compress(lines(TOLD))),
    "a zip": zipped("dump.jsonl"),
    "a name with brackets": written("dump [1]*?.jsonl", lines(TOLD)),
    "Learning Locker": written("dump.jsonl", wrapped(lambda each: {"_id": {"$oid": "5"}, "statement": each})),
    "Elasticsearch of Ralph": written("dump.jsonl", wrapped(lambda each: {"_index": "x", "_id": "5", "_source": each})),
    "SQL LRS": written("dump.jsonl", wrapped(lambda each: {"statement_id": each["id"], "payload": each})),
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_is_read_whole_and_once(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "records", create=True)
    file = DUMPS[name](tmp_path)
    assert ingest(store, file, KEY, file.name) == Told(3)
    assert ingest(store, file, KEY, file.name) == Told(0, 3)


REFUSED: dict[str, Dump] = {
    "a zip of two": zipped("one.jsonl", "two.jsonl"),
    "no zip": written("dump.zip", b"PK no zip"),
    "no bzip2": written("dump.bz2", b"no bzip2"),
    "cut off": written("dump.xz", lzma.compress(lines(TOLD))[:-9]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_unpacked_is_refused_by_name(tmp_path: Path, name: str) -> None:
    file = REFUSED[name](tmp_path)
    with pytest.raises(UsageError) as refused:
        ingest(Store(tmp_path / "records", create=True), file, KEY, file.name)
    assert file.name in refused.value.where
